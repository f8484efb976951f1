"""
Read schouw reports that kept their table: CSV, Excel and Word.

Cells are taken as they are; nothing is mended here.
"""

import datetime as dt
import math
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ipgtools.errors import ReadError
from ipgtools.gazetteer.alike import plain
from ipgtools.nl import schouw as nl

_LARGEST = 200_000_000
NEEDED = ("location", "description")


@dataclass(frozen=True)
class Table:
    """
    Rows of a report as text.

    Parameters
    ----------
    heading : tuple of str
        Lines before the table.
    rows : tuple of (int, dict of str to str)
        Row number in the source and cells by column of `nl.schouw.COLUMNS`; cells that hold
        several lines keep their line breaks.
    broken : tuple of (int, str)
        Rows that do not fit the header.
    columns : dict of str to str
        Our column to the source's.
    """

    heading: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]
    broken: tuple[tuple[int, str], ...]
    columns: dict[str, str]


def read_sheet(path: Path) -> Table:
    """
    Read a CSV or Excel report.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    Table
        Rows by the columns of the header.

    Raises
    ------
    ReadError
        If the file can't be opened or lacks place and description.
    """
    from ipgtools.io import files

    table, rejected = files.read(path)
    columns = columns_of([str(name) for name in table.columns], path.name)
    rows = []
    for number, values in zip(table.index, table[list(columns.values())].to_numpy(), strict=True):
        cells = {ours: _text(value) for ours, value in zip(columns, values.tolist(), strict=True)}
        rows.append((int(number), cells))
    broken = tuple(
        (int(row), str(reason))
        for row, reason in zip(rejected["source_row"], rejected["reason"], strict=True)
    )
    return Table((), tuple(rows), broken, columns)


def read_document(path: Path) -> Table:
    """
    Read a Word report: all tables whose first row is the header, and the lines above them.

    Parameters
    ----------
    path : Path
        A .docx file.

    Returns
    -------
    Table
        Rows of all such tables, numbered through.

    Raises
    ------
    ReadError
        If the file is no Word document, or has no table with place and description.
    """
    import docx
    from lxml import etree

    try:
        with zipfile.ZipFile(path) as parts:
            size = sum(part.file_size for part in parts.infolist())
        if size > _LARGEST:
            msg = f"{path.name} unpacks to {size} bytes, more than a report can be"
            raise ReadError(msg, code="schouw_too_large", path=path.name)
        document = docx.Document(str(path))
        heading = [line.text.strip() for line in document.paragraphs if line.text.strip()]
        grids = [
            [[_cell(cell) for cell in row.cells] for row in table.rows] for table in document.tables
        ]
    except ReadError:
        raise
    except (OSError, KeyError, ValueError, AttributeError, IndexError, zipfile.BadZipFile,
            NotImplementedError, RuntimeError, EOFError, zlib.error,
            etree.LxmlError) as cause:  # fmt: skip
        reason = str(cause).splitlines()[0][:200] if str(cause) else type(cause).__name__
        msg = f"{path.name} can't be read as a Word document: {reason}"
        raise ReadError(msg, code="file_unreadable", path=path.name, reason=reason) from cause
    return of_grids(heading, grids, path.name)


def columns_of(names: Sequence[str], file: str) -> dict[str, str]:
    """
    Recognise the columns of a report.

    Parameters
    ----------
    names : sequence of str
        Names as the source has them.
    file : str
        Name of the file, for messages.

    Returns
    -------
    dict of str to str
        Our column to the source's.

    Raises
    ------
    ReadError
        If place or description is missing.

    Examples
    --------
    >>> columns_of(["nr.", "Adres / locatie", "Omschrijving", "Actie door"], "verslag.docx")
    {'number': 'nr.', 'location': 'Adres / locatie', 'description': 'Omschrijving',
     'actor': 'Actie door'}
    """
    found: dict[str, str] = {}
    for ours, spellings in nl.COLUMNS.items():
        known = [_key(spelling) for spelling in spellings]
        hits = [name for name in names if _key(name) in known and name not in found.values()]
        if hits:
            found[ours] = min(hits, key=lambda name: known.index(_key(name)))
    missing = [column for column in NEEDED if column not in found]
    if missing:
        words = ", ".join(nl.COLUMNS[column][0] for column in missing)
        msg = f"{file} lacks the column(s) {words}; it has {', '.join(names) or 'none'}"
        raise ReadError(
            msg, code="schouw_columns", path=file, missing=words, found=", ".join(names)
        )
    return found


def of_grids(heading: list[str], grids: list[list[list[str]]], file: str) -> Table:
    """
    Take the rows of all grids that have the header of a report, or go on from one that has.

    Parameters
    ----------
    heading : list of str
        Lines before the table.
    grids : list of list of list of str
        Cells by row by table.
    file : str
        Name of the file, for messages.

    Returns
    -------
    Table
        Numbered through.

    Raises
    ------
    ReadError
        If no table has place and description.
    """
    header: list[str] = []
    columns: dict[str, str] = {}
    rows: list[tuple[int, dict[str, str]]] = []
    fault: ReadError | None = None
    for grid in grids:
        if not grid:
            continue
        try:
            columns, header = columns_of(grid[0], file), grid[0]
        except ReadError as error:
            if len(grid[0]) != len(header):
                fault = fault or error
                continue
        places = {ours: header.index(name) for ours, name in columns.items()}
        for cells in grid:
            if not _is_header(cells, columns):
                found = {ours: cells[at] for ours, at in places.items() if at < len(cells)}
                rows.append((len(rows) + 1, found))
    if columns:
        return Table(tuple(heading), tuple(rows), (), columns)
    if fault:
        raise fault
    msg = f"{file} has no table with a header and rows"
    raise ReadError(msg, code="schouw_no_table", path=file)


def _is_header(cells: Sequence[str], columns: dict[str, str]) -> bool:
    return set(map(_key, columns.values())) <= set(map(_key, cells))


def _cell(cell: Any) -> str:
    return "\n".join(line.text.strip() for line in cell.paragraphs if line.text.strip())


def _key(name: str) -> str:
    return " ".join(re.sub(r"[/|,()]+", " ", plain(str(name)).replace("_", " ")).split())


def _text(value: Any) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return str(value).strip()
