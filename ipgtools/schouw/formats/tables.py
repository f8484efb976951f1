"""
Read schouw reports that kept their table: CSV, Excel, and the grids of Word and PDF.

Cells are taken as they are; nothing is corrected here.
"""

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ipgtools.errors import ReadError
from ipgtools.geocoder.string_similarity import normalise_name
from ipgtools.nl import action_lists, schouw_notes
from ipgtools.nl.messages import Message, message
from ipgtools.schouw.ocr.segment_columns import street_shape

__all__ = [
    "NEEDED", "Table", "columns_of", "fits", "flat", "is_header", "is_name", "is_wide", "key_of",
    "read_sheet", "street_of",
]  # fmt: skip

NEEDED = ("location", "description")
_ACTS = ("actor", "task")
_LONGEST_TITLE = 6


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
    notes : tuple of Message
        What to say of it: columns, tables and headings in between that are no part of it.
    """

    heading: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]
    broken: tuple[tuple[int, str], ...]
    columns: dict[str, str]
    notes: tuple[Message, ...] = ()


def read_sheet(path: Path) -> Table:
    """Read a CSV or Excel report."""
    from ipgtools.io import files

    names: list[str | None] = [*files.layers(path)] or [None]
    headers = {name: files.header(path, layer=name) for name in names}
    wanted = [name for name in names if fits(headers[name], title=name or "")]
    titled: list[str] = []
    heading: list[str] = []
    rows: list[tuple[int, dict[str, str]]] = []
    broken: list[tuple[int, str]] = []
    columns: dict[str, str] = {}
    unused: list[str] = []
    before = 0
    for name in wanted or names[:1]:
        title = "" if fits(headers[name]) or name not in wanted else street_of(name or "")
        found = columns_of(headers[name], path.name, title=title)
        titled += [title] if title else []
        table, rejected = files.read(path, layer=name)
        heading += _above(path, name)
        values = table[list(found.values())].astype(object).to_numpy().tolist()
        for number, cells in zip(table.index, values, strict=True):
            texts = {ours: _text(cell) for ours, cell in zip(found, cells, strict=True)}
            if title and any(texts.get(ours) for ours in ("description", *_ACTS)):
                texts["location"] = title
            rows.append((before + int(number), texts))
        broken += [
            (before + int(row), str(code))
            for row, code in zip(rejected["source_row"], rejected["code"], strict=True)
        ]
        before = max((number for number, _ in (*rows, *broken)), default=0)
        columns |= found
        unused += [each for each in headers[name] if each not in {*found.values(), *unused}]
    notes = [message("columns_unused", names=unused)] if unused else []
    if titled:
        notes.append(message("places_from_titles", titles=titled))
    if len(names) > 1:
        others = [str(name) for name in names if name not in wanted]
        notes.append(schouw_notes.sheets_used([str(name) for name in wanted or names[:1]], others))
    return Table(tuple(heading), tuple(rows), tuple(broken), columns, tuple(notes))


def columns_of(names: Sequence[str], file: str, *, title: str = "") -> dict[str, str]:
    """
    Recognise the columns of a report.

    Examples
    --------
    >>> columns_of(["nr.", "Adres / locatie", "Omschrijving", "Actie door"], "verslag.docx")
    {'number': 'nr.', 'location': 'Adres / locatie', 'description': 'Omschrijving',
     'actor': 'Actie door'}
    """
    found = _recognised(names)
    missing = [column for column in NEEDED if column not in found]
    missing = [column for column in missing if not (title and column == "location")]
    if missing:
        words = ", ".join(action_lists.COLUMNS[column][0] for column in missing)
        msg = f"{file} lacks the column(s) {words}; it has {', '.join(names) or 'none'}"
        raise ReadError(
            msg, code="schouw_columns", path=file, missing=words, found=", ".join(names)
        )
    return found


def street_of(title: str) -> str:
    """
    Return the street that a title is, or nothing.

    Examples
    --------
    >>> street_of("Beukenlaan:"), street_of("Actielijst"), street_of("2. Omgeving Dorpsplein")
    ('Beukenlaan', '', 'Omgeving Dorpsplein')
    """
    bare = re.sub(r"^\s*(?:[-•*]|\d{1,3}[.)])\s+", "", title).strip(" :.")
    words = bare.split()
    streets = [one for word in words if (one := street_shape(word.strip(",")))]
    return bare if streets and len(words) <= _LONGEST_TITLE else ""


def _recognised(names: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for ours, spellings in action_lists.COLUMNS.items():
        known = [key_of(spelling) for spelling in spellings]
        hits = [name for name in names if key_of(name) in known and name not in found.values()]
        if hits:
            found[ours] = min(hits, key=lambda name: known.index(key_of(name)))
    return found


def _above(path: Path, sheet: str | None) -> list[str]:
    """Return the lines above the header, with area and day."""
    from ipgtools.io import files
    from ipgtools.io.files import dialect, sheets

    with files.open_path(path, sheet) as (local, inner):
        if files.kind(path) == "sheet":
            return sheets.lines_above_header(local, inner)
        if local.suffix.lower() == ".gz":
            return []
        shape = dialect.sniff(local)
        with local.open(encoding=shape.encoding, errors="replace") as stream:
            lines = [next(stream, "") for _ in range(shape.line)]
    return [
        line for each in lines if (line := each.replace(shape.separator, " ").strip("\ufeff \n\"'"))
    ]


def fits(names: Sequence[str], *, title: str = "") -> bool:
    """
    Return whether columns are those of a report.

    Examples
    --------
    >>> fits(["Straat", "Huisnr.", "Wat is er?"]), fits(["naam", "adres"])
    (True, False)
    >>> fits(["Huisnr.", "Bevinding", "Actie"], title="Beukenlaan")
    True
    """
    found = set(_recognised(names))
    if title and street_of(title) and "description" in found and found & {"house_number", *_ACTS}:
        return True
    return set(NEEDED) <= found


def is_name(text: str) -> bool:
    """
    Return whether a text is a column name of a report.

    Examples
    --------
    >>> is_name("Adres / locatie"), is_name("Dorpsplein 1")
    (True, False)
    """
    return key_of(text) in _spellings()


def is_wide(line: str) -> bool:
    """
    Return whether a line is the header of a table with more columns than place, finding, action.

    Examples
    --------
    >>> is_wide("Nr Locatie Constatering Actie Actiehouder Deadline")
    True
    >>> is_wide("nr. adres / locatie omschrijving actie door")
    False
    """
    found = set(_recognised([*line.split()]))
    more = found & {"status", "due", "closed_on"}
    return set(NEEDED) <= found and bool(more)


def is_header(line: str) -> bool:
    """
    Return whether a line has the words of a header: a place and a finding.

    Examples
    --------
    >>> is_header("Nr. Adres / locatie Omschrijving Actie door")
    True
    >>> is_header("Oostveenweg 52 Het gras staat hoog")
    False
    """
    return set(NEEDED) <= set(_recognised([*line.split()]))


@cache
def _spellings() -> frozenset[str]:
    return frozenset(key_of(one) for each in action_lists.COLUMNS.values() for one in each)


def flat(text: str) -> str:
    """Give a text as one line."""
    return " ".join(text.split())


def key_of(name: str) -> str:
    """Return the name of a column in plain form."""
    if str(name).strip() == "#":
        return "nr"
    return " ".join(re.sub(r"[/|,()]+", " ", normalise_name(str(name)).replace("_", " ")).split())


def _text(value: Any) -> str:
    if value is None or value != value or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return str(value).strip()
