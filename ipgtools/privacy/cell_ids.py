"""
Name each number by its definition, so that one definition has one published number.

A cell is one number that can leave: incidents of some kinds, in one area or grid cell or
street, in one period and part of the week. Its id is written from that definition alone:
not from who asks, not from the run, not from what happened to be counted. Two ways to write
one definition (another case, kinds in another order, a date with a time of midnight) give
one id; two definitions never do.

The audience is no part of the id: the public and a partner see the same number, and put
together they know no more than one of them.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd

from ipgtools.errors import ReleaseError

__all__ = [
    "FIELDS", "VERSION", "Definition", "cell_id", "cell_ids", "definition", "kinds_key",
    "street_key",
]  # fmt: skip

VERSION = "1"
"""Of the method: a number published by another version is another number."""
FIELDS = (
    "source", "area", "division", "cell", "cell_size", "street", "start", "end", "kinds", "part",
    "measure",
)  # fmt: skip
"""What defines a cell, as keywords of `cell_id` and as columns of `cell_ids`."""
_SEPARATOR = "|"
_WORD = re.compile(r"[^|\x00-\x1f]+")


class Definition(NamedTuple):
    """What a cell id says, as text; `kinds` is a code or ``#`` with the hash of a list."""

    version: str
    source: str
    place: str
    start: str
    end: str
    kinds: str
    part: str
    measure: str


def cell_id(
    *,
    source: str,
    area: str | None = None,
    division: int | None = None,
    cell: str | None = None,
    cell_size: float | None = None,
    street: str | None = None,
    start: Any,
    end: Any,
    kinds: str | Iterable[str],
    part: str = "",
    measure: str = "incidents",
) -> str:
    """
    Write the id of a cell from its definition.

    Examples
    --------
    >>> cell_id(source="bvh", area="BU01530101", division=2025, kinds="A20",
    ...         start="2025-10-01", end="2026-01-01")
    '1|bvh|BU01530101@2025|2025-10-01|2026-01-01|A20||incidents'
    >>> cell_id(source="bvh", cell="E2596N4714", cell_size=100, kinds=["B10", "A20"],
    ...         start="2025-10-01", end="2026-01-01", part="werkdag avond")
    '1|bvh|E2596N4714@100m|2025-10-01|2026-01-01|#8bdb8633109605d3|werkdag avond|incidents'
    """
    parts = (
        VERSION,
        _word(source, "source"),
        _place(area, division, cell, cell_size, street),
        *_ends(start, end),
        kinds_key(kinds),
        _word(part, "part") if part else "",
        _word(measure, "measure"),
    )
    return _SEPARATOR.join(parts)


def cell_ids(table: pd.DataFrame, **fixed: Any) -> pd.Series:
    """
    Write the ids of a table of numbers.

    Examples
    --------
    >>> table = pd.DataFrame({"area": ["BU01530101", "BU01530102"], "n": [12, 7]})
    >>> cell_ids(table, source="bvh", division=2025, kinds="A20",
    ...          start="2025-10-01", end="2026-01-01").str[:22].tolist()
    ['1|bvh|BU01530101@2025|', '1|bvh|BU01530102@2025|']
    """
    columns = [name for name in FIELDS if name in table and name not in fixed]
    known: dict[tuple[Any, ...], str] = {}
    written = []
    for row in zip(*(table[name] for name in columns), strict=True) if columns else ():
        if (found := known.get(row)) is None:
            given = {
                name: value
                for name, value in zip(columns, row, strict=True)
                if isinstance(value, tuple) or not pd.isna(value)
            }
            found = known[row] = cell_id(**(fixed | given))
        written.append(found)
    if not columns and len(table):
        written = [cell_id(**fixed)] * len(table)
    return pd.Series(written, index=table.index, dtype="str", name="cell_id")


def kinds_key(kinds: str | Iterable[str]) -> str:
    """
    Write a list of kinds as part of an id: the code of a single one, the hash of several.

    Order, case, white space and kinds named twice make no difference.

    Examples
    --------
    >>> kinds_key("a 20"), kinds_key(["B10", "A20"]) == kinds_key(["A20 ", "b10", "A20"])
    ('A20', True)
    """
    return _kinds_key((kinds,) if isinstance(kinds, str) else tuple(kinds))


@lru_cache(maxsize=1024)
def _kinds_key(listed: tuple[str, ...]) -> str:
    plain = sorted({"".join(_word(one, "kinds").upper().split()) for one in listed})
    if not plain:
        msg = "a number counts no kinds; give `kinds` the list of the profile"
        raise ReleaseError(msg, code="cell_undefined", field="kinds")
    if len(plain) == 1:
        return plain[0]
    return "#" + hashlib.sha256(_SEPARATOR.join(plain).encode()).hexdigest()[:16]


def definition(cell: str) -> Definition:
    """
    Read an id back.

    Examples
    --------
    >>> one = cell_id(source="bvh", area="WK015301", division=2025, kinds="A20",
    ...               start="2025-10-01", end="2026-01-01")
    >>> definition(one).place, definition(one).kinds
    ('WK015301@2025', 'A20')
    """
    parts = cell.split(_SEPARATOR)
    if len(parts) != len(Definition._fields) or parts[0] != VERSION:
        msg = f"{cell!r} is no id of a cell; write it with `cell_id`"
        raise ReleaseError(msg, code="cell_undefined", field="cell_id")
    return Definition(*parts)


def _place(
    area: str | None,
    division: int | None,
    cell: str | None,
    cell_size: float | None,
    street: str | None,
) -> str:
    """Write where a number is about."""
    if cell is not None and cell_size is not None and street is None:
        square = f"{_word(cell, 'cell').upper()}@{float(cell_size):g}m"
        if area is None:
            return square
        if division is not None:
            return f"{square}/{_word(area, 'area').upper()}@{int(division)}"
    if area is None or division is None or cell is not None:
        msg = (
            "a number is about an area with the year of its division, or about a grid cell with "
            f"its size; found area {area!r} of {division!r}, cell {cell!r} of {cell_size!r}"
        )
        raise ReleaseError(msg, code="cell_undefined", field="area")
    whole = f"{_word(area, 'area').upper()}@{int(division)}"
    return f"{whole}/{street_key(street)}" if street is not None else whole


def street_key(street: str) -> str:
    """
    Write the name of a street as ids have it.

    Examples
    --------
    >>> street_key(" Van  Goghstraat")
    'van goghstraat'
    """
    return _word(street, "street").replace("|", "/").casefold()


@lru_cache(maxsize=4096)
def _word(given: object, field: str) -> str:
    """Write a word in one way, or refuse it."""
    text = " ".join(unicodedata.normalize("NFKC", str(given)).split())
    if not _WORD.fullmatch(text):
        msg = f"`{field}` of a number is {given!r}, expected text without `|`"
        raise ReleaseError(msg, code="cell_undefined", field=field)
    return text


@lru_cache(maxsize=1024)
def _ends(start: Any, end: Any) -> tuple[str, str]:
    """Write the ends of a period in one way."""
    first, last = _moment(start), _moment(end)
    if not first < last:
        msg = f"the period of a number runs from {first} to {last}; swap them?"
        raise ReleaseError(msg, code="period_reversed", start=str(first), end=str(last))
    return _iso(first), _iso(last)


def _moment(given: Any) -> pd.Timestamp:
    try:
        moment = pd.Timestamp(given)
    except (ValueError, TypeError):
        moment = pd.NaT
    if moment is pd.NaT or moment.tzinfo is not None:
        msg = f"a date of a number is {given!r}, expected a local date such as 2025-09-01"
        raise ReleaseError(msg, code="period_unreadable", found=str(given))
    return moment


def _iso(moment: pd.Timestamp) -> str:
    return str(moment.date()) if moment == moment.normalize() else moment.isoformat()
