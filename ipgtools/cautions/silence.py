"""Find stretches of time in which it is too quiet to be true, and reports still to come."""

import math
from typing import Any

import numpy as np
import pandas as pd

from ipgtools.periods import Period

DAY = pd.Timedelta(days=1)
_FEWEST = 10
"""Incidents below which a silence says nothing."""


def silences(
    times: pd.Series, *, period: Period, alpha: float = 0.05, least_days: float = 3.0
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
    least_days : float, default 3
        Shorter stretches are no news.

    Returns
    -------
    DataFrame, a row per stretch
        `start`, `end` (of the silence), `days`, `where` ("start", "middle" or "end" of the
        period), `expected` (incidents in as long a time) and `p_value` (corrected for the
        number of stretches). Longest first. ``attrs``: `n_used`, `dispersion`, `method`.

    Notes
    -----
    Of n incidents dealt out evenly over the period a given stretch between two is a share x of
    it or more with chance ``(1 - x) ** n``; that is multiplied by the n + 1 stretches. Incidents
    come in series and quiet holidays: n is divided by the dispersion of weekly counts (variance
    by mean, at least 1). With fewer than 10 incidents nothing is called a silence. If most
    incidents are known by month only, only empty months count.

    References
    ----------
    Spacings: Pyke (1965), J. R. Stat. Soc. B 27, 395-449.

    Examples
    --------
    Two a day in January and nothing after the 20th:

    >>> days = pd.Series(pd.date_range("2025-01-01", "2025-01-20 12:00", freq="12h"))
    >>> found = silences(days, period=Period("2025-01-01", "2025-02-01"))
    >>> found[["where", "days"]].to_numpy().tolist()
    [['end', 11.5]]
    """
    inside = times[period.contains(times)].sort_values()
    n, whole = len(inside), period.end - period.start
    edges = pd.DatetimeIndex([period.start, *inside, period.end]).as_unit("s")
    begins, ends = edges[:-1], edges[1:]
    length = (ends - begins) / DAY
    dispersion = _dispersion(inside, period)
    share = np.asarray((ends - begins) / whole, dtype=float)
    p = np.minimum(1.0, (n + 1) * (1 - share) ** (n / dispersion))
    months = _by_month(inside)
    long = (p <= alpha) & (length >= (32 if months else least_days)) & (n >= _FEWEST)
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
        "method": {"name": "silences", "alpha": alpha, "least_days": least_days},
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
        Days after which reports are taken to be complete: older incidents tell how late
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


def _dispersion(inside: pd.Series, period: Period) -> float:
    weeks = int(period.days // 7)
    if weeks < 4 or not len(inside):
        return 1.0
    since = ((inside - period.start) / DAY).to_numpy(dtype=float)
    counts = np.bincount((since[since < weeks * 7] // 7).astype(np.int64), minlength=weeks)
    used = counts[counts > 0]
    return float(max(used.var(ddof=1) / used.mean(), 1.0)) if len(used) > 1 else 1.0


def _by_month(inside: pd.Series) -> bool:
    """Tell whether times look like months: most of them the first of one, at midnight."""
    if not len(inside):
        return False
    first = (inside.dt.day == 1) & (inside == inside.dt.normalize())
    return bool(first.mean() > 0.5)
