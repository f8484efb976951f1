"""
Know the nights in which the clock is changed.

Police systems keep the local time of the clock without saying which time it is. So once a
year an hour is written that doesn't exist (when summer time begins) and once a year an hour
runs twice (when it ends). What is written is kept as it is written, and counted. Only where an
end comes before its beginning because both lie in the hour that ran twice, the interval
becomes that whole hour: all that can be said.
"""

import datetime as dt
import functools
import zoneinfo
from typing import TYPE_CHECKING, Any

from ipgtools import _arrow

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["dst_changes", "in_intervals"]

_FIRST, _LAST = 1946, 2100
"""Years in which a change of the clock is looked for."""
_DAY = 86_400


def dst_changes(
    timezone: str, *, first: int, last: int
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """
    List the local times that a zone passes over, and those that it has twice.

    Examples
    --------
    >>> import numpy as np
    >>> found = dst_changes("Europe/Amsterdam", first=2025, last=2025)
    >>> [[str(np.datetime64(end, "s")) for end in span] for spans in found for span in spans]
    [['2025-03-30T02:00:00', '2025-03-30T03:00:00'], ['2025-10-26T02:00:00', '2025-10-26T03:00:00']]
    """
    skipped: list[tuple[int, int]] = []
    doubled: list[tuple[int, int]] = []
    for year in range(max(first, _FIRST), min(last, _LAST) + 1):
        for begin, end, forward in _of_year(timezone, year):
            (skipped if forward else doubled).append((begin, end))
    return skipped, doubled


def in_intervals(
    times: "pd.Series", hours: list[tuple[int, int]]
) -> "tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]":
    """
    Find the local times that lie in one of some spans.

    Examples
    --------
    >>> import pandas as pd
    >>> _, doubled = dst_changes("Europe/Amsterdam", first=2025, last=2025)
    >>> night = pd.Series(pd.to_datetime(["2025-10-26 03:00", "2025-10-26 02:30", None]))
    >>> in_intervals(night, doubled)
    (array([1]), array([0]))
    """
    import numpy as np

    seconds = times.to_numpy(dtype="datetime64[s]").view("int64")
    rows, which = [np.empty(0, dtype="int64")], [np.empty(0, dtype="int64")]
    begin, end = np.array(hours, dtype="int64").reshape(-1, 2).T
    days = np.unique([begin // _DAY, (end - 1) // _DAY])
    for span in _arrow.chunks(len(seconds) if hours else 0):
        part = seconds[span]
        near = np.flatnonzero(np.isin(part // _DAY, days))
        at = np.searchsorted(begin, part[near], side="right") - 1
        hit = (at >= 0) & (part[near] < end[at])
        rows.append(near[hit] + span.start)
        which.append(at[hit])
    return np.concatenate(rows), np.concatenate(which)


@functools.lru_cache(maxsize=1000)
def _of_year(timezone: str, year: int) -> list[tuple[int, int, bool]]:
    """Find the changes of a year: begin and end on the local clock, and whether it went forward."""
    zone = zoneinfo.ZoneInfo(timezone)
    found = []
    at = dt.datetime(year, 1, 1, tzinfo=dt.UTC)
    before = _offset(zone, at)
    while at.year == year:
        next_day = at + dt.timedelta(days=1)
        after = _offset(zone, next_day)
        if after != before:
            instant = _instant(zone, at, next_day, before)
            begin, end = sorted((instant + before, instant + after))
            found.append((begin, end, after > before))
        at, before = next_day, after
    return found


def _offset(zone: zoneinfo.ZoneInfo, at: dt.datetime) -> int:
    offset = at.astimezone(zone).utcoffset()
    return round(offset.total_seconds()) if offset is not None else 0


def _instant(zone: zoneinfo.ZoneInfo, low: dt.datetime, high: dt.datetime, before: int) -> int:
    """Return the second, since 1970, in which the offset stops being what it was."""
    begin, end = round(low.timestamp()), round(high.timestamp())
    while end - begin > 1:
        middle = (begin + end) // 2
        same = _offset(zone, dt.datetime.fromtimestamp(middle, dt.UTC)) == before
        begin, end = (middle, end) if same else (begin, middle)
    return end
