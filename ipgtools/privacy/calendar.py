"""
Hold releases to one calendar, so that no two of them differ by a few days.

Two numbers of one area whose periods differ by a day give the count of that day; a series of
periods that each start a week later gives every week. So the ends of periods lie on break
points, months or ISO weeks; periods follow each other or lie within each other; and no piece
that follows from the periods released so far is shorter than 28 days (months) or 7 (weeks).
The first release settles the calendar, and with it the division of areas, the cell size of
maps and the list of kinds; others are refused, since a second set of definitions of the same
incidents can be subtracted from the first.

As in `ipgtools.privacy.numbers`, functions work on the connection and in the transaction that
they are given.
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
from ipgtools.privacy.cell_ids import kinds_key

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

SHORTEST = {"months": 28, "weeks": 7}
"""Calendars, and the days that a piece of time must have before a number may be about it."""
BUURT_DAYS = 28
"""A buurt has no numbers over less: 82 % of them would be withheld."""
PERSONS_MONTHS = 6
"""Between two dates for which persons are counted."""
_CODE = re.compile(r"(GM|WK|BU)(\d{4}|\d{6}|\d{8})")
_DIGITS = {"GM": 4, "WK": 6, "BU": 8}
_AROUND = {"months": 13, "weeks": 26}
"""How many break points either way an allowed period is looked for."""
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
        Let periods overlap earlier ones in part. The count of a month in a buurt is then
        guessed right in .43 instead of .36, a week in .65 instead of .34, with .35 by its mean
        alone (`benchmarks/attack_release.py`).
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

    Parameters
    ----------
    connection : sqlite3.Connection
        To the register.
    area : str
        Code of a gemeente, wijk or buurt.
    period : Period
    terms : Terms
    outline : str, optional
        From `outline_of`: the area's border, the same as in earlier releases.
    data_until : date, optional
        Last day that the data cover in full; a period that isn't over by then is refused.

    Raises
    ------
    ReleaseError
        With what was found, and which periods near it are allowed.

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
    if fault := _fault(area, period, terms, earlier, data_until):
        allowed = list(itertools.islice(_allowed(area, period, terms, earlier, data_until), _NAMED))
        fault.refuse(period, allowed)


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
    """
    Check a period as `require` does, and remember it and the terms.

    Parameters
    ----------
    connection, area, period, terms, outline, data_until
        As `require`.
    run : str
        Name of the run, as the register knows it.
    day : date or str
        Of the release.

    Raises
    ------
    ReleaseError
        As `require`; then nothing is written.
    """
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
    """
    List the periods that were released.

    Returns
    -------
    DataFrame
        ``source``, ``area``, ``division``, ``start``, ``end``, ``profile``, ``day`` and ``run``
        of the first release; by area and start.
    """
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
    """
    List what the first releases settled.

    Returns
    -------
    DataFrame
        ``source``, ``profile`` (empty for all), ``name`` (calendar, cell_size, kinds), ``value``
        as text, a list of kinds as JSON, ``day`` and ``run`` of that release.
    """
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
    """
    Refuse a second table of persons that could be subtracted from the first.

    Parameters
    ----------
    connection : sqlite3.Connection
    area : str
        Code of the area.
    reference : date
        The day for which persons are counted.
    classes : collection of str
        In which persons are counted.
    source : str
        Name of the data.

    Raises
    ------
    ReleaseError
        If persons were counted within half a year of that date, or for it in other classes.
    """
    query = "SELECT reference, classes, day FROM released_persons WHERE source = ?"
    for found, other, day in _read(connection, "released_persons", query, (source,)):
        earlier = dt.date.fromisoformat(found)
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


@dataclass(frozen=True)
class _Released:
    """A period that was released of an area that shares ground with this one."""

    area: str
    division: int
    start: pd.Timestamp
    end: pd.Timestamp
    day: str


@dataclass(frozen=True)
class _Fault:
    """Why a period is refused: the code of the Dutch text, the English one, and facts."""

    code: str
    message: str
    facts: dict[str, Any]

    def refuse(self, period: Period, allowed: list[Period]) -> None:
        near = " or ".join(map(repr, allowed)) or "none near it"
        msg = f"{self.message}. Allowed: {near}"
        facts = {"period": formats.period(period), "allowed": [*map(formats.period, allowed)]}
        raise ReleaseError(msg, code=self.code, **(facts | self.facts))


def _fault(
    area: str,
    period: Period,
    terms: Terms,
    earlier: Collection[_Released],
    data_until: dt.date | None,
) -> _Fault | None:
    """Find what is wrong with a period, if anything."""
    days = int(period.days)
    if not all(_is_break(end, terms.breaks) for end in (period.start, period.end)):
        message = f"{period!r} does not begin and end on break points ({terms.breaks})"
        return _Fault("calendar_breaks", message, {"breaks": terms.breaks})
    if data_until is not None and period.end.date() > data_until + dt.timedelta(days=1):
        message = f"{period!r} is not over: the data run until {data_until}"
        return _Fault("calendar_unfinished", message, {"until": formats.date(data_until)})
    if _code(area).startswith("BU") and days < BUURT_DAYS:
        message = f"{period!r} of {area} is {days} days, expected {BUURT_DAYS} or more for a buurt"
        return _Fault("calendar_buurt", message, {"days": days, "shortest": BUURT_DAYS})
    if any((period.start, period.end) == (one.start, one.end) for one in earlier):
        same = [one for one in earlier if (period.start, period.end) == (one.start, one.end)]
        if all(one.division == terms.division for one in same):
            return None
    for one in earlier:
        if one.division != terms.division and one.start < period.end and period.start < one.end:
            message = (
                f"{period!r} overlaps {_written(one)!r}, released of {one.area} in the division "
                f"of {one.division}; found {terms.division}"
            )
            facts = {"found": terms.division, "known": one.division, "earlier": _said(one)}
            return _Fault("calendar_division", message, facts)
    if (piece := _piece(period, earlier, SHORTEST[terms.breaks])) is not None:
        left, one = piece
        message = (
            f"{period!r} beside {_written(one)!r}, released of {one.area} on {one.day}, gives "
            f"{left!r} by subtraction: {int(left.days)} days"
        )
        facts = {"earlier": _said(one), "left": formats.period(left), "days": int(left.days)}
        return _Fault("calendar_short", message, facts | {"shortest": SHORTEST[terms.breaks]})
    if not terms.rolling:
        for one in earlier:
            first, second = sorted([(period.start, period.end), (one.start, one.end)])
            if first[0] < second[0] < first[1] < second[1]:
                message = (
                    f"{period!r} overlaps {_written(one)!r}, released of {one.area} on {one.day}, "
                    "in part; a series of such periods gives every step between them"
                )
                return _Fault("calendar_overlap", message, {"earlier": _said(one)})
    return None


def _piece(
    period: Period, earlier: Collection[_Released], shortest: int
) -> tuple[Period, _Released] | None:
    """
    Find a piece of time, shorter than allowed, that follows from the released periods.

    A released period gives the difference of the running count at its ends. Two ends that are
    joined by a chain of periods have a known difference, however the chain runs back and
    forth: so the pieces that follow are those between ends in one connected part.
    """
    ends: dict[pd.Timestamp, pd.Timestamp] = {}

    def root(at: pd.Timestamp) -> pd.Timestamp:
        while (above := ends.setdefault(at, at)) != at:
            at = above
        return at

    for one in earlier:
        ends[root(one.start)] = root(one.end)
    before = {at: root(at) for at in list(ends)}
    ends[root(period.start)] = root(period.end)
    joined = sorted(at for at in list(ends) if root(at) == root(period.start))
    for first, second in itertools.pairwise(joined):
        was = before.get(first) is not None and before.get(first) == before.get(second)
        if (second - first).days < shortest and not was:
            own = {period.start, period.end}
            near = [one for one in earlier if {one.start, one.end} & {first, second} - own]
            return Period(first, second), (near or list(earlier))[0]
    return None


def _allowed(
    area: str,
    period: Period,
    terms: Terms,
    earlier: Collection[_Released],
    data_until: dt.date | None,
) -> Iterator[Period]:
    """Give allowed periods, those nearest to the wanted one first."""
    around = _AROUND[terms.breaks]
    points = sorted(
        {
            _break_near(end, terms.breaks, step)
            for end in (period.start, period.end)
            for step in range(-around, around + 1)
        }
    )
    pairs = [(first, last) for first in points for last in points if first < last]
    pairs.sort(key=lambda pair: (abs(pair[0] - period.start) + abs(pair[1] - period.end), pair))
    for first, last in pairs:
        candidate = Period(first, last)
        if _fault(area, candidate, terms, earlier, data_until) is None:
            yield candidate


def _require_area(area: str, terms: Terms) -> None:
    code = _code(area)
    found = _CODE.fullmatch(code)
    known = found is not None and len(found[2]) == _DIGITS[found[1]]
    if not known and code not in {_code(one) for one in terms.own_areas}:
        msg = (
            f"{area!r} is no code of a gemeente, wijk or buurt; numbers of areas drawn freely can "
            "be subtracted from those of wijken and buurten"
        )
        raise ReleaseError(msg, code="calendar_area", area=area)


def _require_terms(connection: sqlite3.Connection, terms: Terms) -> None:
    """Refuse a calendar, cell size or list of kinds beside those of earlier releases."""
    query = "SELECT profile, name, value, day FROM released_terms WHERE source = ?"
    known = _read(connection, "released_terms", query, (terms.source,))
    for profile, name, value, day in known:
        since = formats.date(dt.date.fromisoformat(day[:10]))
        if name == "calendar" and value != terms.breaks:
            msg = (
                f"releases have been by {value} since {day}; periods by {terms.breaks} beside "
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
        f"maps have cells of {known:g} m since {since}; cells of {size:g} m beside them can be "
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


def _earlier(connection: sqlite3.Connection, area: str, terms: Terms) -> Iterator[_Released]:
    """Give the released periods of areas that hold this one or lie in it."""
    query = "SELECT area, division, first, until, day FROM released_periods WHERE source = ?"
    own = {_code(one) for one in terms.own_areas}
    code = _code(area)
    for other, division, start, end, day in sorted(
        _read(connection, "released_periods", query, (terms.source,))
    ):
        inside = code[2:].startswith(other[2:]) or other[2:].startswith(code[2:])
        if inside or code in own or _CODE.fullmatch(other) is None:
            yield _Released(other, division, pd.Timestamp(start), pd.Timestamp(end), day)


def _settled(terms: Terms) -> Iterator[tuple[str, str, str]]:
    """Give what a release settles: for which profile, what, and how."""
    yield "", "calendar", terms.breaks
    yield terms.profile, "kinds", _listed(terms.kinds)
    if terms.cell_size is not None:
        yield terms.profile, "cell_size", f"{terms.cell_size:g}"


def _is_break(moment: pd.Timestamp, breaks: str) -> bool:
    if moment != moment.normalize():
        return False
    return moment.day == 1 if breaks == "months" else moment.weekday() == 0


def _break_near(moment: pd.Timestamp, breaks: str, step: int) -> pd.Timestamp:
    """Give a break point, counted from the last one that is not after a moment."""
    day = moment.normalize()
    if breaks == "months":
        return day.replace(day=1) + pd.DateOffset(months=step)
    return day - pd.Timedelta(days=day.weekday()) + pd.Timedelta(weeks=step)


def _written(one: _Released) -> Period:
    return Period(one.start, one.end)


def _said(one: _Released) -> str:
    return formats.period(_written(one))


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
