"""
Read tables from Excel and OpenDocument sheets, row by row.

Sheets are streamed: neither empty columns without end nor cells that are repeated a million
times are ever laid out in memory. openpyxl reads .xlsx, xlrd .xls and GDAL .ods; all three give
formulas as they were last computed. As with text the header needn't stand on the first line.
A cell that is merged over several rows below the header counts for each of them (.xlsx).
"""

import io
import itertools
import re
import warnings
import zipfile
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools.errors import ReadError
from ipgtools.io.report import no_rejects
from ipgtools.nl.reading import REASONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

SUFFIXES = {".xlsx", ".xlsm", ".xls", ".ods"}
MOST_CELLS = 30_000_000
"""Cells above which a sheet isn't read; Excel's own limit is 17 thousand million."""
MOST_ROWS = 1 << 20
"""Rows of the longest sheet that Excel and LibreOffice make."""
_MOST_SHARED = 256 << 20
"""Bytes of an .xlsx part that is held as a whole: its texts."""
_MISSING = {"", "NA", "N/A", "NaN", "NULL", "null", "#N/A", "#N/B", "\\N"}
_LOOK = 300
_HEADER_WITHIN = 40
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_MOST_MERGED = 100_000
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_TO_COMPUTE = re.compile(rb'fullCalcOnLoad="(?:1|true)"')

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


def names(path: Path, sheet: str | None) -> list[str]:
    """
    Give the names of the columns of a sheet.

    Parameters
    ----------
    path : Path
        Of one of the `SUFFIXES`.
    sheet : str, optional
        The first one if not given.

    Returns
    -------
    list of str
        A column without a name is ``kolom`` with its number.
    """
    with closing(_rows(path, sheet, {})) as rows:
        top = list(itertools.islice(rows, _LOOK))
    return _names(top, header_line(top))


def read(
    path: Path, sheet: str | None, columns: "Sequence[str] | None"
) -> "tuple[pd.DataFrame, pd.DataFrame]":
    """
    Read a sheet as it stands.

    Parameters
    ----------
    path : Path
        Of one of the `SUFFIXES`.
    sheet : str, optional
        The first one if not given.
    columns : sequence of str, optional
        Which columns to read; all if not given.

    Returns
    -------
    rows : DataFrame, n_rows
        Numbers, times and text as the sheet has them (.ods: text). `source_row` as index, from
        1 after the header. `attrs` has `header_line` where the header isn't on the first line,
        `merged_cells` where cells are merged over rows, and `formulas` where there are formulas
        that no program has computed yet.
    rejected : DataFrame
        Rows with values beyond the last column.

    Raises
    ------
    ReadError
        If the sheet holds more cells than are read.
    """
    import pandas as pd

    about: dict[str, str] = {}
    with closing(_rows(path, sheet, about)) as rows:
        top = list(itertools.islice(rows, _LOOK))
        at = header_line(top)
        every = _names(top, at)
        wanted = [place for place, name in enumerate(every) if columns is None or name in columns]
        below = itertools.chain(top[at + 1 :], rows)
        merged = _merged(path, about.get("part"), at)
        values, wrong, n = _collect(below, wanted, len(every), _fill(merged), path)
    index = pd.RangeIndex(1, n + 1)
    if wrong:
        index = index.difference([number for number, _ in wrong])
    table = pd.DataFrame(
        {every[place]: _column(cells) for place, cells in zip(wanted, values, strict=True)},
    )
    table.index = index
    table.index.name = "source_row"
    if at:
        table.attrs["header_line"] = at + 1
    if merged:
        table.attrs["merged_cells"] = len(merged)
    if formulas := _uncomputed(path, about.get("part")):
        table.attrs["formulas"] = formulas
    rejected = pd.DataFrame(
        {
            "source_row": [number for number, _ in wrong],
            "column": "",
            "found": [f"{width} in plaats van {len(every)}" for _, width in wrong],
            "reason": REASONS["columns"],
        }
    )
    return table, (rejected if wrong else no_rejects())


def header_line(rows: list[Row]) -> int:
    """
    Find the row that names the columns.

    Rows of a table are filled alike; titles and notes above it are not. The header is the
    first row with nearly as many cells as the table's, none of them a number or a date; where
    there is none like that, the first row with anything in it.

    Parameters
    ----------
    rows : list of tuple
        The first rows of a sheet.

    Returns
    -------
    int
        Its place in `rows`.

    Examples
    --------
    >>> header_line([("Overzicht 2025",), (), ("datum", "x", "y"), ("1-9-2025", 25, 47)])
    2
    """
    filled = [sum(cell is not None for cell in row) for row in rows]
    first = next((at for at, n in enumerate(filled) if n), 0)
    sizes = set(filled) - {0, 1}
    if not sizes:
        return first
    usual = max(sizes, key=lambda size: (size * sum(n >= 0.7 * size for n in filled), size))
    for at in range(first, min(len(rows), _HEADER_WITHIN)):
        enough = filled[at] >= 0.7 * usual
        if enough and (at == first or all(_is_name(cell) for cell in rows[at])):
            return at
    return first


def _is_name(cell: object) -> bool:
    if cell is None:
        return True
    return isinstance(cell, str) and not re.fullmatch(r"[-\d.,/: T]+", cell.strip())


def _names(top: list[Row], at: int) -> list[str]:
    """Name every column that has a name or, in the first rows, a value."""
    given = top[at] if top else ()
    width = max((len(row) for row in top[at:]), default=0)
    padded = [*given, *[None] * (width - len(given))]
    return [
        f"kolom {place}" if name is None else _as_name(name)
        for place, name in enumerate(padded, start=1)
    ]


def _as_name(name: object) -> str:
    return re.sub(r"\s+", " ", str(name)).strip()


def _collect(
    rows: Iterator[Row],
    wanted: list[int],
    width: int,
    fill: dict[int, set[int]],
    path: Path,
) -> tuple[list[list[Any]], list[tuple[int, int]], int]:
    """Gather the wanted columns; rows that are too wide apart; count up to the last filled."""
    values: list[list[Any]] = [[] for _ in wanted]
    wrong: list[tuple[int, int]] = []
    above: Row = ()
    n_empty, last = 0, 0
    for number, read_row in enumerate(rows, start=1):
        row = read_row
        if number in fill:
            row = _filled(row, above, fill[number])
        above = row
        if not row:
            n_empty += 1
            continue
        if number * len(values) > MOST_CELLS:
            msg = f"{path.name} has more than {MOST_CELLS} cells; save it as CSV or Parquet"
            raise ReadError(msg, code="file_too_large", path=path.name)
        for _ in range(n_empty):
            for cells in values:
                cells.append(None)
        n_empty, last = 0, number
        if len(row) > width:
            wrong.append((number, len(row)))
            continue
        for place, cells in zip(wanted, values, strict=True):
            cells.append(row[place] if place < len(row) else None)
    return values, wrong, last


def _column(cells: list[Any]) -> "pd.Series":
    """Make a column of what pandas makes of the cells; text that means nothing is missing."""
    import pandas as pd

    return pd.Series([None if type(cell) is str and cell in _MISSING else cell for cell in cells])


def _rows(path: Path, sheet: str | None, about: dict[str, str]) -> Generator[Row, None, None]:
    """Give the rows of a sheet from its first line, without the empty cells at their ends."""
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
    import openpyxl

    with zipfile.ZipFile(path) as archive:
        for one in archive.infolist():
            part = one.filename.lower()
            if "worksheets/" not in part and "media/" not in part and one.file_size > _MOST_SHARED:
                msg = f"{path.name} holds more text than is read"
                raise ReadError(msg, code="file_too_large", path=path.name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with path.open("rb") as stream:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            try:
                yield book
            finally:
                book.close()


def _xlsx_rows(path: Path, sheet: str | None, about: dict[str, str]) -> Iterator[Row]:
    with _xlsx(path) as book:
        found = book[sheet] if sheet else book.worksheets[0]
        about["part"] = str(getattr(found, "_worksheet_path", "")).lstrip("/")
        found.reset_dimensions()
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


def _merged(path: Path, part: str | None, at: int) -> list[tuple[int, int, int]]:
    """List the cells below the header that are merged over rows: first and last row, column."""
    if not part:
        return []
    merged: list[tuple[int, int, int]] = []
    tail = b""
    with zipfile.ZipFile(path) as archive, archive.open(part) as stream:
        while block := stream.read(1 << 20):
            text = tail + block
            for left, first, _, last in _MERGED.findall(text):
                span = (int(first) - at - 1, int(last) - at - 1, _place(left.decode()))
                if 1 <= span[0] < span[1] <= MOST_ROWS and span not in merged[-50:]:
                    merged.append(span)
            tail = text[-200:]
            if len(merged) > _MOST_MERGED:
                break
    return merged


def _uncomputed(path: Path, part: str | None) -> int:
    """
    Count the formulas of a sheet that was written by a program that can't compute.

    Such a program leaves out what a formula gives, or writes 0, and asks for all of it to be
    computed when the workbook is opened.
    """
    if not part:
        return 0
    n, tail = 0, b""
    with zipfile.ZipFile(path) as archive:
        book = "xl/workbook.xml"
        if book not in archive.namelist():
            return 0
        with archive.open(book) as stream:
            if not _TO_COMPUTE.search(stream.read(1 << 20)):
                return 0
        with archive.open(part) as stream:
            while block := stream.read(1 << 20):
                text = tail + block
                n += len(_FORMULA.findall(text))
                tail = text[-30:]
                n -= len(_FORMULA.findall(tail))
    return n + len(_FORMULA.findall(tail))


def _fill(merged: list[tuple[int, int, int]]) -> dict[int, set[int]]:
    """Say for each row below a merged cell's first which columns take the value from above."""
    fill: dict[int, set[int]] = {}
    for first, last, column in merged:
        for row in range(first + 1, min(last, first + 10_000) + 1):
            fill.setdefault(row, set()).add(column)
    return fill


def _filled(row: Row, above: Row, columns: set[int]) -> Row:
    cells = list(row)
    for column in columns:
        if column < len(above) and above[column] is not None:
            cells += [None] * (column + 1 - len(cells))
            if cells[column] is None:
                cells[column] = above[column]
    return tuple(cells)


def _place(letters: str) -> int:
    """
    Count a column from 0.

    Examples
    --------
    >>> _place("A"), _place("AA")
    (0, 26)
    """
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
