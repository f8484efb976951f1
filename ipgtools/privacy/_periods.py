"""
Find what is wrong with a period given those released before, and periods that are allowed.

Pure functions on dates; `ipgtools.privacy.release_calendar` reads the released periods and refuses.
"""

import datetime as dt
import itertools
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from ipgtools.errors import ReleaseError
from ipgtools.nl import formats
from ipgtools.periods import Period

if TYPE_CHECKING:
    from ipgtools.privacy.release_calendar import Terms

__all__ = ["BUURT_DAYS", "SHORTEST", "Fault", "Released", "allowed", "fault"]

SHORTEST = {"months": 28, "weeks": 7}
"""Calendars, and the days that a piece of time must have before a number may be about it."""
BUURT_DAYS = 28
"""A buurt has no numbers over less: 82 % of them would be withheld."""
_AROUND = {"months": 13, "weeks": 26}
"""How many break points either way an allowed period is looked for."""


@dataclass(frozen=True)
class Released:
    """A period that was released of an area that shares ground with this one."""

    area: str
    division: int
    start: pd.Timestamp
    end: pd.Timestamp
    day: str


@dataclass(frozen=True)
class Fault:
    """Why a period is refused: the code of the Dutch text, the English one, and facts."""

    code: str
    message: str
    facts: dict[str, Any]

    def refuse(self, period: Period, allowed: list[Period]) -> None:
        near = " or ".join(map(repr, allowed)) or "none near it"
        msg = f"{self.message}. Allowed: {near}"
        facts = {"period": formats.period(period), "allowed": [*map(formats.period, allowed)]}
        raise ReleaseError(msg, code=self.code, **(facts | self.facts))


def fault(
    area: str,
    period: Period,
    terms: "Terms",
    earlier: Collection[Released],
    data_until: dt.date | None,
) -> Fault | None:
    """Find what is wrong with a period, if anything."""
    days = int(period.days)
    if not all(_is_break(end, terms.breaks) for end in (period.start, period.end)):
        message = f"{period!r} does not begin and end on break points ({terms.breaks})"
        return Fault("calendar_breaks", message, {"breaks": terms.breaks})
    if data_until is not None and period.end.date() > data_until + dt.timedelta(days=1):
        message = f"{period!r} is not over: the data run until {data_until}"
        return Fault("calendar_unfinished", message, {"until": formats.date(data_until)})
    if area.startswith("BU") and days < BUURT_DAYS:
        message = f"{period!r} of {area} is {days} days, expected {BUURT_DAYS} or more for a buurt"
        return Fault("calendar_buurt", message, {"days": days, "shortest": BUURT_DAYS})
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
            return Fault("calendar_division", message, facts)
    if (piece := _piece(period, earlier, SHORTEST[terms.breaks])) is not None:
        left, one = piece
        message = (
            f"{period!r} and {_written(one)!r}, released of {one.area} on {one.day}, give "
            f"{left!r} by subtraction: {int(left.days)} days"
        )
        facts = {"earlier": _said(one), "left": formats.period(left), "days": int(left.days)}
        return Fault("calendar_short", message, facts | {"shortest": SHORTEST[terms.breaks]})
    if not terms.rolling:
        for one in earlier:
            first, second = sorted([(period.start, period.end), (one.start, one.end)])
            if first[0] < second[0] < first[1] < second[1]:
                message = (
                    f"{period!r} overlaps {_written(one)!r}, released of {one.area} on {one.day}, "
                    "in part; a series of such periods gives every step between them"
                )
                return Fault("calendar_overlap", message, {"earlier": _said(one)})
    return None


def _piece(
    period: Period, earlier: Collection[Released], shortest: int
) -> tuple[Period, Released] | None:
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


def allowed(
    area: str,
    period: Period,
    terms: "Terms",
    earlier: Collection[Released],
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
        if fault(area, candidate, terms, earlier, data_until) is None:
            yield candidate


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


def _written(one: Released) -> Period:
    return Period(one.start, one.end)


def _said(one: Released) -> str:
    return formats.period(_written(one))
