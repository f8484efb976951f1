"""
Open Excel and OpenDocument workbooks, and give the rows of a sheet one by one.

openpyxl reads .xlsx, xlrd .xls and GDAL .ods; all three give formulas as they were last computed.
Sheets are streamed: neither empty columns without end nor cells that are repeated a million
times take memory. Calamine reads 15 times as fast as openpyxl, but ends the process at a sheet
with one cell far away, gives failed formulas as empty, and doesn't know hidden rows.
"""

import datetime as dt
import functools
import io
import itertools
import re
import warnings
import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ipgtools.errors import ReadError
from ipgtools.io.files import detect_format, ods_metadata

__all__ = ["MOST_ROWS", "SUFFIXES", "About", "Row", "hidden", "rows", "sheets"]

SUFFIXES = {".xlsx", ".xlsm", ".xls", ".ods"}
MOST_ROWS = 1 << 20
"""Rows of the longest sheet that Excel and LibreOffice make."""
_MOST_SHARED = 256 << 20
"""Bytes of an .xlsx part that is held as a whole: its texts."""

_DURATION = re.compile(r"PT(\d+)H(\d\d)M(\d\d)(?:[.,]\d+)?S")

_LOOK = 300
_BLOCK = 512
"""Bytes of the smallest block of an .xls."""

Row = tuple[Any, ...]
About = dict[str, Any]
"""What is told of a sheet besides its cells: `rows` says what."""


def sheets(path: Path) -> list[str]:
    """List the sheets with cells, hidden ones aside."""
    every = _every(path)
    return [name for name, shown in every if shown] or [name for name, _ in every]


def hidden(path: Path) -> list[str]:
    """List the sheets that are hidden among others."""
    shown = sheets(path)
    return [name for name, _ in _every(path) if name not in shown]


def _every(path: Path) -> tuple[tuple[str, bool], ...]:
    """Return for every sheet with cells whether it is visible."""
    about = path.stat()
    return _looked_at(path, about.st_mtime_ns, about.st_size)


@functools.lru_cache(maxsize=16)
def _looked_at(path: Path, changed: int, size: int) -> tuple[tuple[str, bool], ...]:  # noqa: ARG001
    return tuple(_list(path).items())


def _list(path: Path) -> dict[str, bool]:
    if path.suffix.lower() == ".ods":
        import pyogrio

        _require_ods(path)
        away = ods_metadata.hidden_sheets(path)
        return {str(name): name not in away for name in pyogrio.list_layers(path)[:, 0]}
    if path.suffix.lower() == ".xls":
        with _xls(path) as book:
            found = {one.name: not one.visibility for one in book.sheets() if one.nrows}
            return found or dict.fromkeys(book.sheet_names(), True)
    with _xlsx(path) as book:
        every = {one.title: one.sheet_state == "visible" for one in book.worksheets}
        filled = [one.title for one in book.worksheets if len(every) == 1 or _has_cells(one)]
    return {name: every[name] for name in filled} or every


def _has_cells(sheet: Any) -> bool:
    """Return whether there is anything in the first rows of an .xlsx sheet, or it can't be read."""
    try:
        rows = itertools.islice(sheet.iter_rows(values_only=True), _LOOK)
        return any(cell is not None for row in rows for cell in row)
    except Exception:  # noqa: BLE001 - whoever reads it will say so
        return True


def rows(path: Path, sheet: str | None, about: About) -> Generator[Row, None, None]:
    """Return the rows of a sheet from its first line, without the empty cells at their ends."""
    kind = path.suffix.lower()
    reader = {".ods": _ods_rows, ".xls": _xls_rows}.get(kind, _xlsx_rows)
    for number, row in enumerate(reader(path, sheet, about)):
        if number >= MOST_ROWS:
            msg = f"{path.name} has more rows than a sheet can have"
            raise ReadError(msg, code="file_too_large", path=path.name)
        end = len(row)
        while end and row[end - 1] in (None, ""):
            end -= 1
        yield tuple(
            None if cell == "" else _clock(cell) if type(cell) is dt.timedelta else cell
            for cell in row[:end]
        )


def _clock(length: dt.timedelta) -> str:
    """
    Write a length of time as sheets show it: 24:00 in a sheet is a day long.

    Examples
    --------
    >>> _clock(dt.timedelta(days=1)), _clock(dt.timedelta(hours=9, minutes=5))
    ('24:00:00', '09:05:00')
    """
    seconds = round(length.total_seconds())
    if seconds < 0:
        return str(length)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


@contextmanager
def _xlsx(path: Path) -> Iterator[Any]:
    """Open an .xlsx for reading row by row; what openpyxl doesn't know of it is no matter."""
    from ipgtools.io.files import _openpyxl

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


def _xlsx_rows(path: Path, sheet: str | None, about: About) -> Iterator[Row]:
    with _xlsx(path) as book:
        about["since_1904"] = book.epoch.year == 1904
        found = book[sheet] if sheet else book.worksheets[0]
        about["part"] = str(getattr(found, "_worksheet_path", "")).lstrip("/")
        yield from found.iter_rows(values_only=True)


@contextmanager
def _xls(path: Path) -> Iterator[Any]:
    import xlrd

    with xlrd.open_workbook(
        str(path), file_contents=_xls_records(path), on_demand=True, ragged_rows=True,
        formatting_info=True, logfile=io.StringIO(),
    ) as book:  # fmt: skip
        yield book


def _xls_records(path: Path) -> bytes:
    """Return the records of an .xls; xlrd would go round for ever in one whose blocks do."""
    import olefile

    content = path.read_bytes()
    if not content.startswith(olefile.MAGIC):
        return content
    n_tables = int.from_bytes(content[44:48], "little")
    if n_tables * _BLOCK > len(content):
        raise _broken(path)
    with olefile.OleFileIO(content) as parts:
        for name in ("Workbook", "Book"):
            if parts.exists(name):
                if parts.get_size(name) > len(content):
                    raise _broken(path)
                return bytes(parts.openstream(name).read())
    msg = f"{path.name} holds no workbook"
    raise detect_format.actual_format_error(path) or ReadError(
        msg, code="file_other_kind", path=path.name, kind="xls"
    )


def _broken(path: Path) -> ReadError:
    msg = f"{path.name} says that more is in it than there is"
    return ReadError(msg, code="file_cut_off", path=path.name)


def _xls_rows(path: Path, sheet: str | None, about: About) -> Iterator[Row]:
    import xlrd

    with _xls(path) as book:
        found = book.sheet_by_name(sheet) if sheet else book.sheet_by_index(0)
        about["since_1904"] = book.datemode == 1
        about["hidden"] = {at + 1 for at, row in found.rowinfo_map.items() if row.hidden}
        about["merged"] = [
            (top + 1, bottom, left) for top, bottom, left, _ in found.merged_cells
            if bottom > top + 1
        ]  # fmt: skip
        lengths = _formats_of_lengths(book)
        for number in range(found.nrows):
            yield tuple(_xls_cell(cell, book.datemode, lengths, xlrd) for cell in found.row(number))


def _formats_of_lengths(book: Any) -> set[int]:
    """Return the formats of an .xls that show how long something takes."""
    return {
        at for at, one in enumerate(book.xf_list)
        if (known := book.format_map.get(one.format_key)) is not None
        and known.format_str.lower().startswith(("[h", "[u"))
    }  # fmt: skip


def _xls_cell(cell: Any, datemode: int, lengths: set[int], xlrd: Any) -> Any:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return cell.value
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        whole = int(cell.value) if abs(cell.value) < 1e15 else cell.value
        return whole if whole == cell.value else cell.value
    if cell.ctype == xlrd.XL_CELL_DATE:
        if cell.xf_index in lengths and 0 <= cell.value < MOST_ROWS:
            return dt.timedelta(days=cell.value)
        try:
            moment = xlrd.xldate_as_datetime(cell.value, datemode)
        except (ValueError, OverflowError, xlrd.xldate.XLDateError):
            return cell.value
        return moment.time() if cell.value < 1 else moment
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return "#N/A"
    return None


def _require_ods(path: Path) -> None:
    """Require an OpenDocument, so that GDAL isn't handed anything else."""
    with zipfile.ZipFile(path) as archive:
        if "content.xml" not in archive.namelist():
            msg = f"{path.name} is no ods inside"
            raise ReadError(msg, code="file_other_kind", path=path.name, kind="ods")


def _ods_rows(path: Path, sheet: str | None, about: About) -> Iterator[Row]:
    import pyogrio

    _require_ods(path)
    about["merged"], about["hidden"] = ods_metadata.rows(path, sheet)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rows = pyogrio.read_dataframe(
            path, layer=sheet, HEADERS="DISABLE", FIELD_TYPES="STRING", read_geometry=False
        )
    for row in rows.itertuples(index=False, name=None):
        yield tuple(None if cell != cell or cell is None else _ods_cell(cell) for cell in row)


def _ods_cell(cell: str) -> str:
    """
    Write a time of day as sheets show it.

    Examples
    --------
    >>> _ods_cell("PT24H00M00S"), _ods_cell("PTT")
    ('24:00:00', 'PTT')
    """
    if not cell.startswith("PT") or not (found := _DURATION.fullmatch(cell)):
        return cell
    return f"{int(found[1]):02d}:{found[2]}:{found[3]}"
