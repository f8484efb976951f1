"""
Read tables from Excel and OpenDocument sheets.

As with text the header needn't stand on the first line. A cell that is merged over several rows
below the header counts for each of them. How workbooks are opened is told in `books`.
"""

import itertools
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools.errors import ReadError
from ipgtools.io.files import workbooks, xlsx_metadata
from ipgtools.io.files.workbooks import SUFFIXES, Row, hidden, sheets
from ipgtools.io.report import no_rejects

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

__all__ = [
    "ERRORS", "SUFFIXES", "lines_above_header", "days_from_1900", "header_line", "hidden", "names",
    "read",
    "sheets",
]  # fmt: skip

MOST_CELLS = 30_000_000
"""Cells above which a sheet isn't read; Excel's own limit is 17 thousand million."""
_MISSING = {"", "NA", "N/A", "NaN", "NULL", "null", "\\N"}
ERRORS = {
    "#N/A", "#N/B", "#DIV/0!", "#DEEL/0!", "#VALUE!", "#WAARDE!", "#REF!", "#VERW!", "#NAME?",
    "#NAAM?", "#NUM!", "#GETAL!", "#NULL!", "#LEEG!", "#SPILL!", "#OVERLOOP!", "#CALC!",
    "#GETTING_DATA",
}  # fmt: skip
"""What stands in a cell whose formula fails, in English and in Dutch."""
_DAYS_TO_1904 = 1462
_LOOK = 300
_HEADER_WITHIN = 40


def names(path: Path, sheet: str | None) -> list[str]:
    """Return the names of the columns of a sheet."""
    with closing(workbooks.rows(path, sheet, {})) as rows:
        top = list(itertools.islice(rows, _LOOK))
    if not any(top):
        msg = f"{path.name} has a sheet without cells"
        raise ReadError(msg, code="file_empty", path=path.name)
    return [name for name in _names(top, header_line(top)) if name is not None]


def lines_above_header(path: Path, sheet: str | None) -> list[str]:
    """Return the lines above the header: titles and notes."""
    with closing(workbooks.rows(path, sheet, {})) as rows:
        top = list(itertools.islice(rows, _LOOK))
    lines = (" ".join(str(cell) for cell in row if cell is not None) for row in top)
    return [line for line in itertools.islice(lines, header_line(top)) if line]


def read(
    path: Path, sheet: str | None, columns: "Sequence[str] | None"
) -> "tuple[pd.DataFrame, pd.DataFrame]":
    """Read a sheet unchanged."""
    import pandas as pd

    about: workbooks.About = {}
    with closing(workbooks.rows(path, sheet, about)) as rows:
        top = list(itertools.islice(rows, _LOOK))
        at = header_line(top)
        every = _names(top, at)
        wanted = [
            place for place, name in enumerate(every)
            if name is not None and (columns is None or name in columns)
        ]  # fmt: skip
        below = itertools.chain(top[at + 1 :], rows)
        merged, n_hidden = xlsx_metadata.merged_and_hidden(path, about, at)
        values, beside, n = _collect(
            below, wanted, every, xlsx_metadata.columns_to_fill(merged), path
        )
    errors = sum(sum(map(_is_error, cells)) for cells in values)
    table = pd.DataFrame(
        {every[place]: _column(cells) for place, cells in zip(wanted, values, strict=True)},
    )
    table.index = pd.RangeIndex(1, n + 1, name="source_row")
    counts = {
        "header_line": at + 1 if at else 0,
        "merged_cells": len(merged),
        "hidden_rows": n_hidden,
        "error_cells": errors,
        "beside": beside,
        "formulas": xlsx_metadata.uncomputed(path, about.get("part")),
        "since_1904": bool(about.get("since_1904")),
    }
    table.attrs |= {name: n for name, n in counts.items() if n}
    return table, no_rejects()


def days_from_1900(column: "pd.Series") -> "pd.Series":
    """
    Count the days of a column from 1900 that a workbook counts from 1904.

    Examples
    --------
    >>> import pandas as pd
    >>> days_from_1900(pd.Series([44439, "1-9-2025"], dtype=object)).tolist()
    [45901, '1-9-2025']
    """
    import pandas as pd

    if pd.api.types.is_numeric_dtype(column):
        return column + _DAYS_TO_1904
    if column.dtype != object:
        return column
    return column.map(lambda cell: cell + _DAYS_TO_1904 if type(cell) in {int, float} else cell)


def header_line(rows: list[Row]) -> int:
    """
    Find the row that names the columns.

    Rows of a table are filled alike; titles and notes above it are not. The header is the
    first row with nearly as many cells as the table's, none of them a number or a date; where
    there is none like that, the first row with anything in it. Empty rows don't count: a
    picture may lie over them.

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
    for at in itertools.islice((at for at, n in enumerate(filled) if n), _HEADER_WITHIN):
        enough = filled[at] >= 0.7 * usual
        if enough and (at == first or all(_is_name(cell) for cell in rows[at])):
            return at
    return first


def _is_name(cell: object) -> bool:
    if cell is None:
        return True
    return isinstance(cell, str) and not re.fullmatch(r"[-\d.,/: T]+", cell.strip())


def _names(top: list[Row], at: int) -> list[str | None]:
    """Name every column that has a name or, in the first rows, a value; None for others."""
    given = top[at] if top else ()
    width = max((len(row) for row in top[at:]), default=0)
    names = [None if name is None else _as_name(name) for name in given]
    names += [None] * (width - len(given))
    for row in top[at + 1 :]:
        for place, cell in enumerate(row):
            if cell is not None and names[place] is None:
                names[place] = f"kolom {place + 1}"
    return names


def _as_name(name: object) -> str:
    return re.sub(r"\s+", " ", str(name)).strip()


def _collect(
    rows: Iterator[Row],
    wanted: list[int],
    names: list[str | None],
    fill: dict[int, set[int]],
    path: Path,
) -> tuple[list[list[Any]], int, int]:
    """Collect the wanted columns; count rows with further cells, and filled rows."""
    values: list[list[Any]] = [[] for _ in wanted]
    nameless = [place for place, name in enumerate(names) if name is None]
    width, above, beside = len(names), (), 0
    n_empty, last = 0, 0
    for number, read_row in enumerate(rows, start=1):
        row = read_row
        if number in fill:
            row = xlsx_metadata.fill_merged(row, above, fill[number])
        above = row
        if len(row) > width or any(row[at] is not None for at in nameless if at < len(row)):
            beside += 1
            row = tuple(None if at in nameless else cell for at, cell in enumerate(row[:width]))
            row = row if any(cell is not None for cell in row) else ()
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
        for place, cells in zip(wanted, values, strict=True):
            cells.append(row[place] if place < len(row) else None)
    return values, beside, last


def _is_error(cell: Any) -> bool:
    return type(cell) is str and cell in ERRORS


def _column(cells: list[Any]) -> "pd.Series":
    """Make a column of what pandas makes of the cells; text that means nothing is missing."""
    import pandas as pd

    nothing = _MISSING | ERRORS
    return pd.Series([None if type(cell) is str and cell in nothing else cell for cell in cells])
