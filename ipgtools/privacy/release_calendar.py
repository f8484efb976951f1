"""
Hold releases to one calendar, so that no two of them differ by a few days.

Two numbers of one area whose periods differ by a day give the count of that day; a series of
periods that each start a week later gives every week. So the ends of periods lie on break
points, months or ISO weeks; periods follow each other or lie within each other; and no piece
that follows from the periods released so far is shorter than 28 days (months) or 7 (weeks).
The first release settles the calendar, and with it the division of areas, the cell size of
maps and the list of kinds; others are refused, since a second set of definitions of the same
incidents can be subtracted from the first.

As in `ipgtools.privacy.published_numbers`, functions work on the connection and in the
transaction that they are given.
"""

import datetime as dt
import hashlib
import itertools
import json
import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from ipgtools.errors import ReleaseError
from ipgtools.nl import formats
from ipgtools.periods import Period
from ipgtools.privacy._incident_axes import inside
from ipgtools.privacy._periods import SHORTEST, Released, allowed, fault
from ipgtools.privacy.cell_ids import kinds_key

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = [
    "PERSONS_MONTHS", "Terms", "outline_of", "record", "record_persons", "released", "require",
    "require_persons", "settled",
]  # fmt: skip

PERSONS_MONTHS = 6
"""Between two dates for which persons are counted."""
_CODE = re.compile(r"(GM|WK|BU)(\d{4}|\d{6}|\d{8})")
_DIGITS = {"GM": 4, "WK": 6, "BU": 8}
_NAMED = 2
_TABLES = (
    """
    CREATE TABLE IF NOT EXISTS released_terms (
        source TEXT NOT NULL, profile TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
        day TEXT NOT NULL, run TEXT NOT NULL,
        PRIMARY KEY (source, profile, name)
    ) WITHOUT ROWID""",
    """
    CREATE TABLE IF NOT EXISTS released_periods (
        source TEXT NOT NULL, area TEXT NOT NULL, division INTEGER NOT NULL,
        first TEXT NOT NULL, until TEXT NOT NULL, profile TEXT NOT NULL,
        outline TEXT NOT NULL, day TEXT NOT NULL, run TEXT NOT NULL,
        PRIMARY KEY (source, area, division, first, until, profile)
    ) WITHOUT ROWID""",
    """
    CREATE TABLE IF NOT EXISTS released_persons (
        source TEXT NOT NULL, area TEXT NOT NULL, reference TEXT NOT NULL, classes TEXT NOT NULL,
        day TEXT NOT NULL, run TEXT NOT NULL,
        PRIMARY KEY (source, area, reference)
    ) WITHOUT ROWID""",
)


@dataclass(frozen=True)
class Terms:
    """
    How numbers are made that leave: settled by the first release, the same in later ones.

    Parameters
    ----------
    source : str
        Name of the data, as in `cell_id`.
    profile : str
        For whom. Calendar and periods are shared by all profiles; the cell size and the list
        of kinds are one per profile.
    division : int
        Year of the division of areas (CBS *indelingsjaar*).
    kinds : collection of str
        All codes that the profile lists, also those that no incident has.
    breaks : {"months", "weeks"}, default "months"
        Where periods may begin and end: the first of a month, or a Monday.
    cell_size : float, optional
        Metres; without a map none.
    own_areas : collection of str, optional
        Codes of a fixed division of the organisation itself, such as its teams. Others than
        these and CBS's are free polygons.
    rolling : bool, default False
        Let periods overlap earlier ones in part. From two years of them a week of a buurt is
        guessed right in .61 instead of .37 (.36 by its mean alone), a month in .42 instead of
        .36 (`benchmarks/attack_release.py`).
    """

    source: str
    profile: str
    division: int
    kinds: Collection[str]
    breaks: str = "months"
    cell_size: float | None = None
    own_areas: Collection[str] = ()
    rolling: bool = False

    def __post_init__(self) -> None:
        if self.breaks not in SHORTEST:
            known = ", ".join(SHORTEST)
            msg = f"`breaks` of a calendar is {self.breaks!r}, expected one of {known}"
            raise ReleaseError(msg, code="calendar_unknown", found=self.breaks, known=known)


def require(
    connection: sqlite3.Connection,
    area: str,
    period: Period,
    terms: Terms,
    *,
    outline: str = "",
    data_until: dt.date | None = None,
) -> None:
    """
    Refuse a period or an area that together with earlier releases tells too much.

    Examples
    --------
    >>> register = sqlite3.connect(":memory:")
    >>> terms = Terms(source="bvh", profile="openbaar", division=2025, kinds=["A20", "B10"])
    >>> record(register, "WK015301", Period("2025-07-01", "2025-10-01"), terms,
    ...        run="r1", day="2025-10-01")
    >>> require(register, "WK015301", Period("2025-10-01", "2026-01-01"), terms)
    >>> require(register, "BU01530101", Period("2025-07-01", "2025-10-02"), terms)
    Traceback (most recent call last):
    ipgtools.errors.ReleaseError: Period('2025-07-01', '2025-10-02') does not begin and end on
    break points (months). Allowed: Period('2025-07-01', '2025-10-01') or
    Period('2025-07-01', '2025-11-01')
    """
    _require_area(area, terms)
    _require_terms(connection, terms)
    _require_outline(connection, area, terms, outline)
    earlier = list(_earlier(connection, area, terms))
    if wrong := fault(_code(area), period, terms, earlier, data_until):
        near = allowed(_code(area), period, terms, earlier, data_until)
        wrong.refuse(period, list(itertools.islice(near, _NAMED)))


def record(
    connection: sqlite3.Connection,
    area: str,
    period: Period,
    terms: Terms,
    *,
    run: str,
    day: dt.date | str,
    outline: str = "",
    data_until: dt.date | None = None,
) -> None:
    """Check a period as `require` does, and remember it and the terms."""
    require(connection, area, period, terms, outline=outline, data_until=data_until)
    state = str(day) if isinstance(day, str) else day.isoformat()
    for statement in _TABLES:
        connection.execute(statement)
    connection.executemany(
        "INSERT OR IGNORE INTO released_terms VALUES (?, ?, ?, ?, ?, ?)",
        [
            (terms.source, profile, name, value, state, run)
            for profile, name, value in _settled(terms)
        ],
    )
    connection.execute(
        "INSERT INTO released_periods VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET outline = excluded.outline WHERE outline = ''",
        (
            terms.source, _code(area), terms.division, period.start.isoformat(),
            period.end.isoformat(), terms.profile, outline, state, run,
        ),
    )  # fmt: skip


def released(connection: sqlite3.Connection, source: str | None = None) -> pd.DataFrame:
    """List the periods that were released."""
    columns = ["source", "area", "division", "start", "end", "profile", "day", "run"]
    query = "SELECT source, area, division, first, until, profile, day, run FROM released_periods"
    rows = _read(connection, "released_periods", query)
    table = pd.DataFrame(rows, columns=columns)
    for name in ("start", "end"):
        table[name] = pd.to_datetime(table[name])
    if source is not None:
        table = table[table["source"] == source]
    return table.sort_values(["source", "area", "start", "end"], ignore_index=True)


def settled(connection: sqlite3.Connection) -> pd.DataFrame:
    """List what the first releases settled."""
    columns = ["source", "profile", "name", "value", "day", "run"]
    query = f"SELECT {', '.join(columns)} FROM released_terms"  # noqa: S608
    return pd.DataFrame(_read(connection, "released_terms", query), columns=columns)


def outline_of(shape: "BaseGeometry") -> str:
    """
    Tell an area's border from others, to the metre.

    Examples
    --------
    >>> from shapely.geometry import box
    >>> of = outline_of(box(0, 0, 9, 9))
    >>> of == outline_of(box(0, 0, 9, 9.001)), of == outline_of(box(0, 0, 9, 8))
    (True, False)
    """
    import shapely

    plain = shapely.normalize(shapely.set_precision(shape, 1.0))
    return hashlib.sha256(shapely.to_wkb(plain, byte_order=1)).hexdigest()[:16]


def require_persons(
    connection: sqlite3.Connection,
    area: str,
    reference: dt.date,
    classes: Collection[str],
    *,
    source: str,
) -> None:
    """Refuse a second table of persons that could be subtracted from the first."""
    query = "SELECT reference, classes, day, area FROM released_persons WHERE source = ?"
    for found, other, day, there in _read(connection, "released_persons", query, (source,)):
        earlier = dt.date.fromisoformat(found)
        mine = _code(area)
        if there != mine and earlier == reference and (inside(there, mine) or inside(mine, there)):
            msg = (
                f"persons of {area} would be counted with those of {there} (released {day}), "
                "of which one lies in the other: together they tell of small numbers"
            )
            raise ReleaseError(msg, code="calendar_persons_area", area=area, other=there)
        if earlier == reference and other == _listed(classes):
            continue
        first, last = sorted((earlier, reference))
        if (pd.Timestamp(first) + pd.DateOffset(months=PERSONS_MONTHS)).date() > last:
            after = (pd.Timestamp(earlier) + pd.DateOffset(months=PERSONS_MONTHS)).date()
            msg = (
                f"persons of {area} would be counted for {reference}, and were for {earlier} "
                f"(released {day}): the difference of the two tells who came in between. Repeat "
                f"that table, or choose a date from {after}"
            )
            raise ReleaseError(
                msg, code="calendar_persons", area=area, found=formats.date(reference),
                earlier=formats.date(earlier), after=formats.date(after),
            )  # fmt: skip


def record_persons(
    connection: sqlite3.Connection,
    area: str,
    reference: dt.date,
    classes: Collection[str],
    *,
    source: str,
    run: str,
    day: dt.date | str,
) -> None:
    """Check a table of persons as `require_persons` does, and remember it."""
    require_persons(connection, area, reference, classes, source=source)
    state = str(day) if isinstance(day, str) else day.isoformat()
    for statement in _TABLES:
        connection.execute(statement)
    connection.execute(
        "INSERT OR IGNORE INTO released_persons VALUES (?, ?, ?, ?, ?, ?)",
        (source, _code(area), reference.isoformat(), _listed(classes), state, run),
    )


def _require_area(area: str, terms: Terms) -> None:
    code = _code(area)
    if not code:
        msg = "a release to others than the police needs a gemeente, wijk or buurt; none was chosen"
        raise ReleaseError(msg, code="calendar_no_area")
    found = _CODE.fullmatch(code)
    known = found is not None and len(found[2]) == _DIGITS[found[1]]
    if not known and code not in {_code(one) for one in terms.own_areas}:
        msg = (
            f"{area!r} is no code of a gemeente, wijk or buurt; numbers of areas drawn freely can "
            "be subtracted from those of wijken and buurten"
        )
        raise ReleaseError(msg, code="calendar_area", area=area)


def _require_terms(connection: sqlite3.Connection, terms: Terms) -> None:
    """Refuse a calendar, cell size or list of kinds unlike those of earlier releases."""
    query = "SELECT profile, name, value, day FROM released_terms WHERE source = ?"
    known = _read(connection, "released_terms", query, (terms.source,))
    for profile, name, value, day in known:
        since = formats.date(dt.date.fromisoformat(day[:10]))
        if name == "calendar" and value != terms.breaks:
            msg = (
                f"releases have been by {value} since {day}; periods by {terms.breaks} and "
                f"them leave pieces of a few days. Choose a period by {value}"
            )
            raise ReleaseError(
                msg, code="calendar_second", known=value, found=terms.breaks, since=since
            )
        if name == "cell_size" and terms.cell_size is not None:
            _require_cell_size(float(value), terms, profile, since)
        if name == "kinds" and profile == terms.profile:
            before = json.loads(value)
            if kinds_key(before) != kinds_key(terms.kinds):
                more = sorted(set(terms.kinds) - set(before))
                fewer = sorted(set(before) - set(terms.kinds))
                msg = (
                    f"the list of kinds for {profile} is another one than on {day}: {len(more)} "
                    f"more and {len(fewer)} fewer. Totals of two lists can be subtracted; use the "
                    "first list"
                )
                raise ReleaseError(
                    msg, code="calendar_kinds", profile=profile, since=since,
                    n_more=len(more), n_fewer=len(fewer),
                )  # fmt: skip


def _require_cell_size(known: float, terms: Terms, profile: str, since: str) -> None:
    """Refuse a second size of a profile, and sizes of two profiles that don't nest."""
    size = float(terms.cell_size or 0)
    small, large = sorted((size, known))
    if size == known or (profile != terms.profile and small > 0 and large % small == 0):
        return
    msg = (
        f"maps have cells of {known:g} m since {since}; cells of {size:g} m can be "
        f"subtracted from them. Use {known:g} m"
    )
    raise ReleaseError(
        msg, code="calendar_cell_size", found=f"{size:g}", known=f"{known:g}", since=since
    )


def _require_outline(connection: sqlite3.Connection, area: str, terms: Terms, outline: str) -> None:
    query = (
        "SELECT outline, day FROM released_periods WHERE source = ? AND area = ? AND division = ?"
    )
    about = (terms.source, _code(area), terms.division)
    for found, day in _read(connection, "released_periods", query, about):
        if outline and found and outline != found:
            msg = (
                f"{area} has another border than in the release of {day}, in the same division "
                f"({terms.division}). Use the same map file"
            )
            raise ReleaseError(msg, code="calendar_outline", area=area, division=terms.division)


def _earlier(connection: sqlite3.Connection, area: str, terms: Terms) -> Iterator[Released]:
    """Give the released periods of areas that hold this one or lie in it."""
    query = "SELECT area, division, first, until, day FROM released_periods WHERE source = ?"
    own = {_code(one) for one in terms.own_areas}
    code = _code(area)
    for other, division, start, end, day in sorted(
        _read(connection, "released_periods", query, (terms.source,))
    ):
        inside = code[2:].startswith(other[2:]) or other[2:].startswith(code[2:])
        if inside or code in own or _CODE.fullmatch(other) is None:
            yield Released(other, division, pd.Timestamp(start), pd.Timestamp(end), day)


def _settled(terms: Terms) -> Iterator[tuple[str, str, str]]:
    """Give what a release settles: for which profile, what, and how."""
    yield "", "calendar", terms.breaks
    yield terms.profile, "kinds", _listed(terms.kinds)
    if terms.cell_size is not None:
        yield terms.profile, "cell_size", f"{terms.cell_size:g}"


def _code(area: str) -> str:
    return area.strip().upper()


def _listed(words: Iterable[str]) -> str:
    return json.dumps(sorted(set(words)), ensure_ascii=False)


def _read(
    connection: sqlite3.Connection, table: str, query: str, values: tuple[Any, ...] = ()
) -> list[tuple[Any, ...]]:
    """Read rows of a table that may not be there yet."""
    known = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    if connection.execute(known, (table,)).fetchone() is None:
        return []
    return [tuple(row) for row in connection.execute(query, values)]
