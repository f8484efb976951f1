"""
Read schouw reports that kept their table: CSV, Excel, and the grids of Word and PDF.

Cells are taken as they are; nothing is mended here.
"""

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

from ipgtools.errors import ReadError
from ipgtools.gazetteer.alike import plain
from ipgtools.nl import schouw as nl

NEEDED = ("location", "description")
_WITHIN = 6
"""Rows of a table among which its header is."""


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
    notes : tuple of str
        What to say of it: columns, tables and headings in between that are no part of it.
    """

    heading: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]
    broken: tuple[tuple[int, str], ...]
    columns: dict[str, str]
    notes: tuple[str, ...] = ()


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

    names: list[str | None] = [*files.layers(path)] or [None]
    headers = {name: files.header(path, layer=name) for name in names}
    wanted = [name for name in names if fits(headers[name])]
    heading: list[str] = []
    rows: list[tuple[int, dict[str, str]]] = []
    broken: list[tuple[int, str]] = []
    columns: dict[str, str] = {}
    unused: list[str] = []
    before = 0
    for name in wanted or names[:1]:
        found = columns_of(headers[name], path.name)
        table, rejected = files.read(path, layer=name)
        heading += _above(path, name)
        values = table[list(found.values())].astype(object).to_numpy().tolist()
        for number, cells in zip(table.index, values, strict=True):
            texts = {ours: _text(cell) for ours, cell in zip(found, cells, strict=True)}
            rows.append((before + int(number), texts))
        broken += [
            (before + int(row), str(reason))
            for row, reason in zip(rejected["source_row"], rejected["reason"], strict=True)
        ]
        before = max((number for number, _ in (*rows, *broken)), default=0)
        columns |= found
        unused += [each for each in headers[name] if each not in {*found.values(), *unused}]
    notes = [nl.columns_unused(unused)] if unused else []
    if len(names) > 1:
        others = [str(name) for name in names if name not in wanted]
        notes.append(nl.sheets_used([str(name) for name in wanted or names[:1]], others))
    return Table(tuple(heading), tuple(rows), tuple(broken), columns, tuple(notes))


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
    found = _recognised(names)
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
        If no table has place and description, or none has rows below these.
    """
    lines, sections = list(heading), [""]
    columns: dict[str, str] = {}
    places: dict[str, list[int]] = {}
    header: list[str] = []
    rows: list[tuple[int, dict[str, str]]] = []
    others: list[list[list[str]]] = []
    unused: list[str] = []
    for given in grids:
        found = _head(given) or _head([list(each) for each in zip_longest(*given, fillvalue="")])
        grid = given
        if found is not None:
            top, grid, header, columns = found
            lines += top
            places = _places(header, columns)
            used = {at for each in places.values() for at in each}
            unused += [
                name
                for at, name in enumerate(header)
                if at not in used
                and name not in unused
                and any(row[at:][:1] > [""] for row in grid)
            ]
            sections.append("")
        elif not _goes_on(grid, header, places, rows):
            others.append(given)
            continue
        for cells in grid:
            if _is_header(cells, columns):
                continue
            if (section := _section(cells, places)) is not None:
                sections.append(section)
                continue
            row = {ours: _of(cells, at, ours) for ours, at in places.items()}
            if row["description"] and not row["location"]:
                row["location"] = sections[-1]
            rows.append((len(rows) + 1, row))
    if not columns:
        first = next((grid[0] for grid in others if grid), None)
        if first is not None:
            columns_of(first, file)
        msg = f"{file} has no table with a header and rows"
        raise ReadError(msg, code="schouw_no_table", path=file)
    if not rows:
        msg = f"{file} has a header but no rows"
        raise ReadError(msg, code="file_no_rows", path=file)
    notes = [nl.columns_unused(unused)] if unused else []
    if named := [each for each in sections if each]:
        notes.append(nl.sections(named))
    if others := [grid for grid in others if any(any(row) for row in grid)]:
        notes.append(nl.tables_unused(len(others), sum(map(len, others))))
    return Table(tuple(lines), tuple(rows), (), columns, tuple(notes))


def _recognised(names: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for ours, spellings in nl.COLUMNS.items():
        known = [_key(spelling) for spelling in spellings]
        hits = [name for name in names if _key(name) in known and name not in found.values()]
        if hits:
            found[ours] = min(hits, key=lambda name: known.index(_key(name)))
    return found


def _above(path: Path, sheet: str | None) -> list[str]:
    """Give the lines above the header: area and day stand there."""
    from ipgtools.io import files, layout, sheets

    with files.opened(path, sheet) as (local, inner):
        if files.kind(path) == "sheet":
            return sheets.above(local, inner)
        if local.suffix.lower() == ".gz":
            return []
        shape = layout.shape(local)
        with local.open(encoding=shape.encoding, errors="replace") as stream:
            lines = [next(stream, "") for _ in range(shape.line)]
    return [
        line for each in lines if (line := each.replace(shape.separator, " ").strip("\ufeff \n\"'"))
    ]


def fits(names: Sequence[str]) -> bool:
    """
    Tell whether columns are those of a report.

    Examples
    --------
    >>> fits(["Straat", "Huisnr.", "Wat is er?"]), fits(["naam", "adres"])
    (True, False)
    """
    return set(NEEDED) <= set(_recognised(names))


def is_name(text: str) -> bool:
    """
    Tell whether a text is the name of a column of a report.

    Examples
    --------
    >>> is_name("Adres / locatie"), is_name("Dorpsplein 1")
    (True, False)
    """
    return _key(text) in _spellings()


@cache
def _spellings() -> frozenset[str]:
    return frozenset(_key(one) for each in nl.COLUMNS.values() for one in each)


_Head = tuple[list[str], list[list[str]], list[str], dict[str, str]]


def _head(grid: list[list[str]]) -> _Head | None:
    """Find the header among the first rows: the lines above, the rows below, names, columns."""
    for at in range(min(len(grid), _WITHIN)):
        for depth in (2, 1):
            names = _names(grid[at : at + depth], depth)
            if names and fits(names):
                above = [" ".join(dict.fromkeys(filter(None, row))) for row in grid[:at]]
                return above, grid[at + depth :], names, columns_of(names, "")
    return None


def _names(rows: list[list[str]], depth: int) -> list[str]:
    """Give the names of a header of one row, or of two that belong together."""
    if len(rows) < depth:
        return []
    if depth == 1:
        return [_flat(cell) for cell in rows[0]]
    pairs = list(zip(*rows, strict=False))
    further = [below for above, below in pairs if below and below != above]
    if len({len(row) for row in rows}) > 1 or sum(map(is_name, set(rows[0]))) < len(NEEDED):
        return []
    if not further or not all(map(is_name, further)):
        return []
    return [_flat(above if below in {"", above} else f"{above} {below}") for above, below in pairs]


def _places(names: list[str], columns: dict[str, str]) -> dict[str, list[int]]:
    """Give the places of each column: several where its name is merged over them."""
    return {
        ours: [at for at, name in enumerate(names) if name == theirs]
        for ours, theirs in columns.items()
    }


def _of(cells: list[str], at: list[int], ours: str) -> str:
    texts = dict.fromkeys(cells[one] for one in at if one < len(cells) and cells[one])
    return (": " if ours in {"actor", "task"} else " ").join(texts)


def _section(cells: list[str], places: dict[str, list[int]]) -> str | None:
    """Give the text of a row that is one merged cell, or stands where only numbers do."""
    texts = set(filter(None, cells))
    if len(texts) != 1 or len(cells) < len(NEEDED) + 1:
        return None
    text = texts.pop()
    numbers = places.get("number", [])
    alone = [at for at, cell in enumerate(cells) if cell] == numbers[:1]
    if len(set(cells)) == 1 or (alone and not any(letter.isdigit() for letter in text[:4])):
        return _flat(text)
    return None


def _goes_on(
    grid: list[list[str]],
    header: list[str],
    places: dict[str, list[int]],
    rows: list[tuple[int, dict[str, str]]],
) -> bool:
    """Tell whether a table without header goes on from the one before it."""
    if not grid or not header or len(grid[0]) != len(header):
        return False
    numbered = [row for _, row in rows if row.get("number")]
    if not numbered or len(numbered) < len(rows) / 2:
        return True
    first = _of(grid[0], places["number"], "number")
    return not first or first[:1].isdigit()


def _is_header(cells: Sequence[str], columns: dict[str, str]) -> bool:
    return set(map(_key, columns.values())) <= set(map(_key, cells))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _key(name: str) -> str:
    return " ".join(re.sub(r"[/|,()]+", " ", plain(str(name)).replace("_", " ")).split())


def _text(value: Any) -> str:
    if value is None or value != value or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return str(value).strip()
