"""Find gaps in reporting, and reports still to come."""

import math
from typing import Any

import numpy as np
import pandas as pd

from ipgtools._deprecated import renamed
from ipgtools.periods import Period

__all__ = ["DAY", "Array", "late_reports", "reporting_gaps"]

Array = np.ndarray[Any, Any]

DAY = pd.Timedelta(days=1)
_FEWEST = 10
"""Incidents below which a silence is not tested."""
_FEWEST_COUNTS = 8
"""Half weeks, or months, below which the dispersion is not measured."""
_MANY = 1e6
"""Degrees of freedom of a dispersion that is not measured."""


@renamed(least_days="min_days")
def reporting_gaps(
    times: pd.Series, *, period: Period, alpha: float = 0.05, min_days: float = 3.0
) -> pd.DataFrame:
    """
    Find stretches without any incident that are longer than chance explains.

    The first and last weeks that a file does not hold, and months missing in between.

    Parameters
    ----------
    times : Series of datetime64, n_incidents
        `occurred_from`; only those in the period count.
    period : Period
        What the figures are to be about.
    alpha : float, default 0.05
        Chance of calling any stretch too long where nothing is missing.
    min_days : float, default 3
        Shorter stretches are no news.

    Returns
    -------
    DataFrame, a row per stretch
        `start`, `end` (of the silence), `days`, `where` ("start", "middle" or "end" of the
        period), `expected` (incidents in as long a time) and `p_value` (corrected for the
        number of stretches). Longest first. ``attrs``: `n_used`, `dispersion`, `method`.

    Notes
    -----
    Of m incidents distributed evenly over the period a given stretch between two is a share x of
    it or more with chance ``(1 - x) ** m``; that is multiplied by the m + 1 stretches. Days weigh
    by how many incidents fall on their weekday. Incidents come in series and quiet holidays: m is
    their number divided by the dispersion (variance by mean, at least 1) of counts per half week,
    without the longest empty stretch. That dispersion is an estimate with f degrees of freedom,
    and over what it may be the chance is ``(1 - 2 m log(1 - x) / f) ** (-f / 2)``. With fewer
    than 10 incidents nothing is called a silence. If most incidents are known by month only, only
    empty months count.

    References
    ----------
    Spacings: Pyke (1965), J. R. Stat. Soc. B 27, 395-449.

    Examples
    --------
    Two a day until 20 January and nothing in the five weeks after it:

    >>> days = pd.Series(pd.date_range("2025-01-01", "2025-01-20 12:00", freq="12h"))
    >>> found = reporting_gaps(days, period=Period("2025-01-01", "2025-03-01"))
    >>> found[["where", "days"]].to_numpy().tolist()
    [['end', 39.5]]
    """
    inside = times[period.contains(times)].sort_values()
    n = len(inside)
    edges = pd.DatetimeIndex([period.start, *inside, period.end]).as_unit("s")
    begins, ends = edges[:-1], edges[1:]
    length = (ends - begins) / DAY
    months = _by_month(inside)
    at = _weekday_time(edges, inside, period, even=months)
    share = np.diff(at)
    counts = _per_month(inside) if months else _per_half_week(at[1:-1], period)
    dispersion, freedom = _dispersion(counts)
    independent = n / dispersion
    expected = -independent * np.log1p(-np.minimum(share, 1 - 1e-12))
    p = np.minimum(1.0, (independent + 1) * (1 + 2 * expected / freedom) ** (-freedom / 2))
    long = (p <= alpha) & (length >= (32 if months else min_days)) & (n >= _FEWEST)
    table = pd.DataFrame(
        {
            "start": begins,
            "end": ends,
            "days": length,
            "where": pd.array(["start", *["middle"] * max(n - 1, 0), "end"][: n + 1], dtype="str"),
            "expected": n * share / np.maximum(1 - share, 1e-12),
            "p_value": p,
        }
    )[long]
    table = table.sort_values("days", ascending=False, kind="stable", ignore_index=True)
    table.attrs |= {
        "n_used": n,
        "dispersion": dispersion,
        "method": {"name": "reporting_gaps", "alpha": alpha, "min_days": min_days},
    }
    return table


def late_reports(
    incidents: pd.DataFrame, *, period: Period, days: int = 14, settled: int = 60
) -> dict[str, Any]:
    """
    Estimate how many incidents of the last days were not reported yet when the file was made.

    Parameters
    ----------
    incidents : DataFrame, n_incidents
        With `occurred_from` and `reported_at`; of all kinds and of more than the period.
    period : Period
        What the figures are to be about.
    days : int, default 14
        How many of the period's last days.
    settled : int, default 60
        Days after which reports are taken to be complete: older incidents show how late
        reports come.

    Returns
    -------
    dict
        `n` (incidents in those days), `known_share` (share of such incidents that is reported by
        the last report in the file), `n_missing` (estimate), `n_settled` (incidents that the
        estimate rests on), `last_report`. With fewer than 30 settled incidents `known_share`
        and `n_missing` are NaN.

    Examples
    --------
    Half of all incidents are reported at once and half after ten days; the last report is half
    a day before the period ends:

    >>> occurred = pd.Series(pd.date_range("2025-01-01", "2025-05-31", freq="12h"))
    >>> lag = pd.to_timedelta(np.arange(len(occurred)) % 2 * 10, unit="D")
    >>> incidents = pd.DataFrame({"occurred_from": occurred, "reported_at": occurred + lag})
    >>> known = incidents[incidents["reported_at"] < "2025-05-31"]
    >>> found = late_reports(known, period=Period("2025-01-01", "2025-05-31"), days=10)
    >>> round(found["known_share"], 2)
    0.47
    """
    when, heard = incidents["occurred_from"], incidents["reported_at"]
    both = when.notna() & heard.notna()
    lag = ((heard - when) / DAY)[both & (heard >= when)]
    last = heard.max()
    final = when[(when >= period.end - days * DAY) & (when < period.end)]
    facts: dict[str, Any] = {
        "n": len(final),
        "known_share": math.nan,
        "n_missing": math.nan,
        "n_settled": 0,
        "last_report": last,
    }
    if pd.isna(last):
        return facts
    old = lag[when[lag.index] <= last - settled * DAY]
    facts["n_settled"] = len(old)
    if len(old) < 30:
        return facts
    # the share known of a steady stream over those days: the mean of the lag's distribution
    room = (last - (period.end - days * DAY)) / DAY - (np.arange(24 * days) + 0.5) / 24
    ranked = np.sort(old.to_numpy(dtype=float))
    known = np.searchsorted(ranked, np.maximum(room, -1e-9), side="right") / len(ranked)
    facts["known_share"] = share = float(known.mean())
    facts["n_missing"] = len(final) * (1 / share - 1) if share > 0 else math.nan
    return facts


def _weekday_time(
    times: pd.DatetimeIndex, inside: pd.Series, period: Period, *, even: bool
) -> Array:
    """Return moments as a share of the period, with days weighted by their weekday."""
    first = period.start.normalize()
    days = pd.date_range(first, period.end.normalize() + DAY, freq="D")
    n = np.bincount(inside.dt.day_of_week, minlength=7)
    weight = np.ones(7) if even else (n + 1) / (n.mean() + 1)
    passed = np.concatenate([[0.0], np.cumsum(weight[days.day_of_week])[:-1]])
    at = np.interp((times - first) / DAY, np.arange(len(days)), passed)
    return np.asarray((at - at[0]) / (at[-1] - at[0]))


def _per_half_week(share: Array, period: Period) -> Array:
    n = int(period.days // 3.5)
    return np.bincount(np.minimum((share * n).astype(np.int64), n - 1), minlength=n)


def _per_month(inside: pd.Series) -> Array:
    month = (12 * inside.dt.year + inside.dt.month).to_numpy()
    return np.bincount(month - month.min())


def _dispersion(counts: Array) -> tuple[float, float]:
    """Measure variance by mean without the longest run of zeros, and its degrees of freedom."""
    if len(counts) < _FEWEST_COUNTS or not counts.any():
        return 1.0, _MANY
    filled = np.flatnonzero(counts)
    after = np.concatenate([filled, [len(counts)]])
    before = np.concatenate([[-1], filled])
    longest = int(np.argmax(after - before))
    kept = np.delete(counts, np.arange(before[longest] + 1, after[longest]))
    if len(kept) < 2:
        return 1.0, _MANY
    return float(max(kept.var(ddof=1) / kept.mean(), 1.0)), float(len(kept) - 1)


def _by_month(inside: pd.Series) -> bool:
    """Return whether times look like months: most of them the first of one, at midnight."""
    if not len(inside):
        return False
    first = (inside.dt.day == 1) & (inside == inside.dt.normalize())
    return bool(first.mean() > 0.5)
