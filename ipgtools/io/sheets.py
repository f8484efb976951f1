"""
Read tables from Excel and OpenDocument sheets.

As with text the header needn't stand on the first line. A cell that is merged over several rows
below the header counts for each of them (.xlsx). How workbooks are opened is told in `books`.
"""

import itertools
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools.errors import ReadError
from ipgtools.io import books, sheet_parts
from ipgtools.io.books import SUFFIXES, Row, sheets
from ipgtools.io.report import no_rejects
from ipgtools.nl.reading import REASONS, fields

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

__all__ = ["SUFFIXES", "above", "header_line", "names", "read", "sheets"]

MOST_CELLS = 30_000_000
"""Cells above which a sheet isn't read; Excel's own limit is 17 thousand million."""
_MISSING = {"", "NA", "N/A", "NaN", "NULL", "null", "#N/A", "#N/B", "\\N"}
_LOOK = 300
_HEADER_WITHIN = 40


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

    Raises
    ------
    ReadError
        If the sheet is empty.
    """
    with closing(books.rows(path, sheet, {})) as rows:
        top = list(itertools.islice(rows, _LOOK))
    if not any(top):
        msg = f"{path.name} has a sheet without cells"
        raise ReadError(msg, code="file_empty", path=path.name)
    return _names(top, header_line(top))


def above(path: Path, sheet: str | None) -> list[str]:
    """
    Give the lines above the header: titles and notes.

    Parameters
    ----------
    path : Path
        Of one of the `SUFFIXES`.
    sheet : str, optional
        The first one if not given.

    Returns
    -------
    list of str
        The cells of a row joined by a space; rows without any left out.
    """
    with closing(books.rows(path, sheet, {})) as rows:
        top = list(itertools.islice(rows, _LOOK))
    lines = (" ".join(str(cell) for cell in row if cell is not None) for row in top)
    return [line for line in itertools.islice(lines, header_line(top)) if line]


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
    with closing(books.rows(path, sheet, about)) as rows:
        top = list(itertools.islice(rows, _LOOK))
        at = header_line(top)
        every = _names(top, at)
        wanted = [place for place, name in enumerate(every) if columns is None or name in columns]
        below = itertools.chain(top[at + 1 :], rows)
        merged = sheet_parts.merged(path, about.get("part"), at)
        values, wrong, n = _collect(below, wanted, len(every), sheet_parts.fill(merged), path)
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
    if formulas := sheet_parts.uncomputed(path, about.get("part")):
        table.attrs["formulas"] = formulas
    rejected = pd.DataFrame(
        {
            "source_row": [number for number, _ in wrong],
            "column": "",
            "found": [fields(width, len(every)) for _, width in wrong],
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
            row = sheet_parts.filled(row, above, fill[number])
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
