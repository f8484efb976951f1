"""
Add up incidents per part of the week or the year, and per step of a period.

Police know of most thefts only that they happened between two times. An incident is spread
evenly over that interval, so that it weighs 1 in all (aoristic analysis). Times are local
wall-clock times and every day has 24 hours: in the nights when the clock is set, an interval
is an hour longer or shorter than it was by the wall clock, which moves an incident's weight
by at most that hour.
"""

from typing import Any, Literal

import numpy as np
import pandas as pd

from ipgtools import _checks, coverage
from ipgtools._deprecated import renamed
from ipgtools.periods import DAYPARTS, Period

__all__ = ["Array", "aoristic", "per_hour_of_week", "spans", "trend"]

Array = np.ndarray[Any, Any]

_HOUR = 3600
_WEEK = 168
_MONDAY = 4 * 24 * _HOUR
"""The first Monday of the epoch, 5 January 1970, in seconds."""


@renamed(longest="max_interval")
def aoristic(
    incidents: pd.DataFrame,
    *,
    by: Literal["hour", "weekday", "daypart", "hour_weekday", "month"] = "hour",
    max_interval: pd.Timedelta | None = None,
) -> pd.DataFrame:
    """
    Add up incidents per part of the day, week or year, spreading each over its interval.

    Each incident is spread over ``[occurred_from, occurred_to)``, exact to the second: from
    23:30 to 00:30 gives half to each hour. It counts whole in the part of `occurred_from` if
    the interval has no length, no end, or an end before its start.

    Parameters
    ----------
    incidents : DataFrame, n_incidents rows
        `occurred_from` and, if there is one, `occurred_to`: local times without zone.
    by : {"hour", "weekday", "daypart", "hour_weekday", "month"}
        Parts to add up by; `month` is the month of the year.
    max_interval : Timedelta, optional
        Incidents with a longer interval are left out; by default all are used. A long interval
        gives little information on when something happened and adds a flat layer to the table.

    Returns
    -------
    DataFrame, one row per part, empty ones too
        `hour` (0 to 23), `weekday` (0 is Monday), `weekday` and `hour`, `daypart` (as in
        `periods.DAYPARTS`) or `month` (1 to 12), and `weight`, in incidents. The weights add
        up to `attrs["n_used"]`. `attrs` also holds `n_without_time` (no start) and `n_too_long`,
        which were left out, and `n_without_end` and `n_reversed`, which were not.

    Raises
    ------
    ContractError
        If the incidents are known by month only and `by` is not "month".
    ValueError
        If `by` is another value.

    References
    ----------
    Ratcliffe & McCullagh (1998), International Journal of Geographical Information Science
    12, 751-764. Ratcliffe (2000), the same 14, 669-679.

    Examples
    --------
    >>> night = pd.DataFrame({"occurred_from": pd.to_datetime(["2025-01-03 23:30"]),
    ...                       "occurred_to": pd.to_datetime(["2025-01-04 00:30"])})
    >>> aoristic(night, by="daypart")
       daypart  weight
    0    nacht     0.5
    1  ochtend     0.0
    2   middag     0.0
    3    avond     0.5
    """
    if by != "month":
        coverage.require_days(incidents, f"a table by {by}")
    start, end, left_out = _intervals(incidents, max_interval)
    if by == "month":
        table = pd.DataFrame({"month": range(1, 13), "weight": _per_month(start, end)})
    elif by in ("hour", "weekday", "daypart", "hour_weekday"):
        week = per_hour_of_week(start, end).reshape(7, 24)
        table = pd.DataFrame(
            {
                "hour": lambda: {"hour": range(24), "weight": week.sum(axis=0)},
                "weekday": lambda: {"weekday": range(7), "weight": week.sum(axis=1)},
                "daypart": lambda: {
                    "daypart": list(DAYPARTS),
                    "weight": week.sum(axis=0).reshape(4, 6).sum(axis=1),
                },
                "hour_weekday": lambda: {
                    "weekday": np.repeat(range(7), 24),
                    "hour": np.tile(range(24), 7),
                    "weight": week.ravel(),
                },
            }[by]()
        )
    else:
        msg = f"`by` is {by!r}, expected 'hour', 'weekday', 'daypart', 'hour_weekday' or 'month'"
        raise ValueError(msg)
    table.attrs |= left_out | {
        "method": {
            "name": "aoristic",
            "by": by,
            "max_interval_hours": None
            if max_interval is None
            else max_interval.total_seconds() / _HOUR,
        }
    }
    return table


def trend(
    incidents: pd.DataFrame, *, period: Period, step: Literal["day", "week", "month"] = "week"
) -> pd.DataFrame:
    """
    Count incidents per day, week or month of a period.

    Parameters
    ----------
    incidents : DataFrame, n_incidents rows
        `occurred_from`: local times without zone.
    period : Period
        Only incidents that start in it count.
    step : {"day", "week", "month"}
        Calendar steps; weeks start on Monday.

    Returns
    -------
    DataFrame, one row per step that touches the period
        `start` and `end` (half-open, of the whole step), `n`, and `complete`: whether the step
        lies wholly in the period. An incomplete step holds fewer days and can't be compared
        with the others. `attrs` holds `n_used`, `n_without_time` and `n_outside`.

    Raises
    ------
    ContractError
        If the incidents are known by month only and `step` is not "month".
    ValueError
        If `step` is another value.

    Examples
    --------
    >>> times = pd.DataFrame({"occurred_from": pd.to_datetime(["2025-09-02", "2025-09-09"])})
    >>> trend(times, period=Period("2025-09-01", "2025-09-10"))
           start        end  n  complete
    0 2025-09-01 2025-09-08  1      True
    1 2025-09-08 2025-09-15  1     False
    """
    codes = {"day": "D", "week": "W-SUN", "month": "M"}
    if step not in codes:
        msg = f"`step` is {step!r}, expected 'day', 'week' or 'month'"
        raise ValueError(msg)
    if step != "month":
        coverage.require_days(incidents, f"a trend by {step}")
    _checks.period(period)
    last = period.end - pd.Timedelta(1, "us")
    steps = pd.period_range(period.start, last, freq=codes[step])
    start = pd.Series(steps.start_time).dt.as_unit("s")
    end = pd.Series((steps + 1).start_time).dt.as_unit("s")
    times = pd.to_datetime(incidents["occurred_from"])
    used = times[period.contains(times)]
    position = np.searchsorted(start.to_numpy(), used.dt.as_unit("s").to_numpy(), "right") - 1
    table = pd.DataFrame(
        {
            "start": start,
            "end": end,
            "n": np.bincount(position, minlength=len(steps)),
            "complete": (start >= period.start) & (end <= period.end),
        }
    )
    n_without_time = int(times.isna().sum())
    table.attrs |= {
        "n_used": len(used),
        "n_without_time": n_without_time,
        "n_outside": len(times) - len(used) - n_without_time,
        "method": {"name": "trend", "step": step},
    }
    return table


def spans(incidents: pd.DataFrame) -> tuple[Array, Array, Array]:
    """Convert the intervals of incidents to numbers."""
    start, end, has_start, _, _ = _bounds(incidents)
    return start, end - start, has_start


def _bounds(incidents: pd.DataFrame) -> tuple[Array, Array, Array, Array, Array]:
    """Return starts, ends, whether these are there, and which ends come before the start."""
    start, has_start = _seconds(incidents["occurred_from"])
    if "occurred_to" in incidents:
        end, has_end = _seconds(incidents["occurred_to"])
    else:
        end, has_end = start, np.zeros(len(start), dtype=bool)
    backwards = has_start & has_end & (end < start)
    return start, np.where(has_end & ~backwards, end, start), has_start, has_end, backwards


def _intervals(
    incidents: pd.DataFrame, max_interval: pd.Timedelta | None
) -> tuple[Array, Array, dict[str, int]]:
    """Return intervals in seconds since the epoch; points have their end at their start."""
    start, end, has_start, has_end, backwards = _bounds(incidents)
    too_long = np.zeros(len(start), dtype=bool)
    if max_interval is not None:
        too_long = has_start & (end - start > max_interval.total_seconds())
    used = has_start & ~too_long
    left_out = {
        "n_used": int(used.sum()),
        "n_without_time": int((~has_start).sum()),
        "n_too_long": int(too_long.sum()),
        "n_without_end": int((used & ~has_end).sum()),
        "n_reversed": int((used & backwards).sum()),
    }
    return start[used], end[used], left_out


def _seconds(times: pd.Series) -> tuple[Array, Array]:
    stamps = pd.to_datetime(times).to_numpy().astype("datetime64[s]")
    return stamps.astype(np.int64), ~np.isnat(stamps)


def per_hour_of_week(start: Array, end: Array) -> Array:
    """
    Spread intervals over the 168 hours of the week, Monday 00:00 first.

    Whole hours between the first and the last one are added as runs of equal weight, so the
    work grows with the number of incidents and not with the length of their intervals.
    """
    start, end = start - _MONDAY, end - _MONDAY
    first, last = start // _HOUR, end // _HOUR
    total = np.zeros(_WEEK)
    within = first == last
    np.add(total, np.bincount(first[within] % _WEEK, minlength=_WEEK), out=total)
    start, end, first, last = (values[~within] for values in (start, end, first, last))
    length = (end - start).astype(np.float64)
    total += np.bincount(first % _WEEK, ((first + 1) * _HOUR - start) / length, minlength=_WEEK)
    total += np.bincount(last % _WEEK, (end - last * _HOUR) / length, minlength=_WEEK)
    weeks, hours = np.divmod(last - first - 1, _WEEK)
    weight = _HOUR / length
    run = (first + 1) % _WEEK
    runs = np.bincount(run, weight, minlength=2 * _WEEK + 1)
    runs -= np.bincount(run + hours, weight, minlength=2 * _WEEK + 1)
    total += np.cumsum(runs)[: 2 * _WEEK].reshape(2, _WEEK).sum(axis=0)
    return total + (weeks * weight).sum()


def _per_month(start: Array, end: Array) -> Array:
    """Spread intervals over calendar months and add these up per month of the year."""
    if not len(start):
        return np.zeros(12)
    first, last = (
        values.astype("datetime64[s]").astype("datetime64[M]") for values in (start, end)
    )
    months = np.arange(first.min(), last.max() + 2)
    edge = months.astype("datetime64[s]").astype(np.int64)
    zero = months[0]
    one, two = (first - zero).astype(np.int64), (last - zero).astype(np.int64)
    total = np.zeros(len(months))
    within = one == two
    total += np.bincount(one[within], minlength=len(months))
    start, end, one, two = (values[~within] for values in (start, end, one, two))
    length = (end - start).astype(np.float64)
    total += np.bincount(one, (edge[one + 1] - start) / length, minlength=len(months))
    total += np.bincount(two, (end - edge[two]) / length, minlength=len(months))
    runs = np.bincount(one + 1, 1 / length, minlength=len(months))
    runs -= np.bincount(two, 1 / length, minlength=len(months))
    total[:-1] += np.cumsum(runs)[:-1] * np.diff(edge)
    return np.bincount(months.astype(np.int64) % 12, total, minlength=12)
