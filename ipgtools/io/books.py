"""
Open Excel and OpenDocument workbooks, and give the rows of a sheet one by one.

openpyxl reads .xlsx, xlrd .xls and GDAL .ods; all three give formulas as they were last computed.
Sheets are streamed: neither empty columns without end nor cells that are repeated a million
times take memory.
"""

import io
import warnings
import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ipgtools.errors import ReadError

SUFFIXES = {".xlsx", ".xlsm", ".xls", ".ods"}
MOST_ROWS = 1 << 20
"""Rows of the longest sheet that Excel and LibreOffice make."""
_MOST_SHARED = 256 << 20
"""Bytes of an .xlsx part that is held as a whole: its texts."""

Row = tuple[Any, ...]


def sheets(path: Path) -> list[str]:
    """
    List the sheets with cells, hidden ones aside.

    Parameters
    ----------
    path : Path
        Of one of the `SUFFIXES`.

    Returns
    -------
    list of str
        In the order of the file.
    """
    if path.suffix.lower() == ".ods":
        import pyogrio

        _require_ods(path)
        return [str(name) for name in pyogrio.list_layers(path)[:, 0]]
    if path.suffix.lower() == ".xls":
        with _xls(path) as book:
            return list(book.sheet_names())
    with _xlsx(path) as book:
        shown = [one.title for one in book.worksheets if one.sheet_state == "visible"]
        return shown or [one.title for one in book.worksheets]


def rows(path: Path, sheet: str | None, about: dict[str, str]) -> Generator[Row, None, None]:
    """
    Give the rows of a sheet from its first line, without the empty cells at their ends.

    Parameters
    ----------
    path : Path
        Of one of the `SUFFIXES`.
    sheet : str or None
        The first one if None.
    about : dict
        Gets ``part``, where the sheet stands in an .xlsx.

    Yields
    ------
    tuple
        Cells as they are; None for an empty one.

    Raises
    ------
    ReadError
        If there are more rows, or more text, than a sheet can hold.
    """
    kind = path.suffix.lower()
    reader = {".ods": _ods_rows, ".xls": _xls_rows}.get(kind, _xlsx_rows)
    for number, row in enumerate(reader(path, sheet, about)):
        if number >= MOST_ROWS:
            msg = f"{path.name} has more rows than a sheet can have"
            raise ReadError(msg, code="file_too_large", path=path.name)
        end = len(row)
        while end and row[end - 1] in (None, ""):
            end -= 1
        yield tuple(None if cell == "" else cell for cell in row[:end])


@contextmanager
def _xlsx(path: Path) -> Iterator[Any]:
    """Open an .xlsx for reading row by row; what openpyxl doesn't know of it is no matter."""
    from ipgtools.io import _openpyxl

    with zipfile.ZipFile(path) as archive:
        for one in archive.infolist():
            part = one.filename.lower()
            if "worksheets/" not in part and "media/" not in part and one.file_size > _MOST_SHARED:
                msg = f"{path.name} holds more text than is read"
                raise ReadError(msg, code="file_too_large", path=path.name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with path.open("rb") as stream:
            book = _openpyxl.opened(stream)
            try:
                yield book
            finally:
                book.close()


def _xlsx_rows(path: Path, sheet: str | None, about: dict[str, str]) -> Iterator[Row]:
    with _xlsx(path) as book:
        found = book[sheet] if sheet else book.worksheets[0]
        about["part"] = str(getattr(found, "_worksheet_path", "")).lstrip("/")
        yield from found.iter_rows(values_only=True)


@contextmanager
def _xls(path: Path) -> Iterator[Any]:
    import xlrd

    with xlrd.open_workbook(str(path), on_demand=True, ragged_rows=True, logfile=io.StringIO()) \
            as book:  # fmt: skip
        yield book


def _xls_rows(path: Path, sheet: str | None, about: dict[str, str]) -> Iterator[Row]:  # noqa: ARG001
    import xlrd

    with _xls(path) as book:
        found = book.sheet_by_name(sheet) if sheet else book.sheet_by_index(0)
        for number in range(found.nrows):
            yield tuple(_xls_cell(cell, book.datemode, xlrd) for cell in found.row(number))


def _xls_cell(cell: Any, datemode: int, xlrd: Any) -> Any:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return cell.value
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        whole = int(cell.value) if abs(cell.value) < 1e15 else cell.value
        return whole if whole == cell.value else cell.value
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            moment = xlrd.xldate_as_datetime(cell.value, datemode)
        except (ValueError, OverflowError, xlrd.xldate.XLDateError):
            return cell.value
        return moment.time() if cell.value < 1 else moment
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    return None


def _require_ods(path: Path) -> None:
    """Require an OpenDocument, so that GDAL isn't handed anything else."""
    with zipfile.ZipFile(path) as archive:
        if "content.xml" not in archive.namelist():
            msg = f"{path.name} is no ods inside"
            raise ReadError(msg, code="file_other_kind", path=path.name, kind="ods")


def _ods_rows(path: Path, sheet: str | None, about: dict[str, str]) -> Iterator[Row]:  # noqa: ARG001
    import pyogrio

    _require_ods(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rows = pyogrio.read_dataframe(
            path, layer=sheet, HEADERS="DISABLE", FIELD_TYPES="STRING", read_geometry=False
        )
    for row in rows.itertuples(index=False, name=None):
        yield tuple(None if cell != cell or cell is None else cell for cell in row)
