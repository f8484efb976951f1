"""
Detect when a source moved the fixed points of its incidents.

Sources that protect addresses put incidents on the nearest point of a list, and renew that list
now and then. From that month on every place seems to be new, and every old one empty, while
nothing happened but the renewal.
"""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from ipgtools._tails import at_most
from ipgtools.grid import coordinates

__all__ = ["MONTHS_BEFORE", "moved_points"]

MONTHS_BEFORE = 6
"""Months in which a point counts as known."""
_FEWEST_MONTHS = 3
_FEWEST = 50
"""Incidents in a month below which it is not used."""
_KNOWN = 0.15
"""Share of incidents on known points, in usual months, below which points are not fixed."""
_PART = 0.5
"""Part of the usual share below which a month is one of new points."""
_CHANCE = 1e-6
_STAYS = 3


def moved_points(incidents: gpd.GeoDataFrame) -> pd.Timestamp | None:
    """
    Find the last month in which the points of a source were renewed.

    For each month the share of incidents is taken that lie on a point with incidents in the six
    months before. A month is one of renewal if that share is less than half the median of all
    months, far beyond what that median predicts (binomial, p < 0.000001), and if the two
    months after it, where there are any, hardly use the points from before it either.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents
        INCIDENTS of all areas and times: points and `occurred_from`.

    Returns
    -------
    Timestamp or None
        The first day of that month; None where points are exact, or were never renewed.

    Raises
    ------
    ContractError
        If a geometry is no point.

    Examples
    --------
    Forty points for half a year, and forty others 30 m away after it:

    >>> when = pd.date_range("2025-01-01", periods=720, freq="12h")
    >>> at = np.arange(720) % 40 * 100 + np.where(when < "2025-07-01", 0, 30)
    >>> incidents = gpd.GeoDataFrame(
    ...     {"occurred_from": when}, geometry=gpd.points_from_xy(at, at), crs=28992)
    >>> str(moved_points(incidents))[:10], moved_points(incidents[when < "2025-07-01"])
    ('2025-07-01', None)
    """
    table = _monthly(incidents)
    usable = table[(table["n"] >= _FEWEST) & table["known"].notna()]
    if len(usable) < _FEWEST_MONTHS:
        return None
    usual = float((usable["known"] / usable["n"]).median())
    if usual < _KNOWN:
        return None
    low = at_most(usable["known"], usable["n"], usual) < _CHANCE
    candidates = usable[low & (usable["known"] < _PART * usual * usable["n"])]
    renewed = candidates[candidates["stays"] < _PART * usual]
    if renewed.empty:
        return None
    first = pd.Period(incidents["occurred_from"].min(), freq="M")
    return (first + int(renewed.index[-1])).start_time


def _monthly(incidents: gpd.GeoDataFrame) -> pd.DataFrame:
    """
    Count per month how many incidents lie on known points.

    `n`, `known` (NaN in the first three months) and `stays`: the share of the incidents of the
    month and the two after it that lie on points of the six months before it.
    """
    x, y = coordinates(incidents, label="incidents")
    when = incidents["occurred_from"]
    used = np.isfinite(x) & when.notna().to_numpy()
    empty = pd.DataFrame({"n": [], "known": [], "stays": []})
    if not used.any():
        return empty
    when = when[used]
    first = when.min()
    month = ((when.dt.year - first.year) * 12 + when.dt.month - first.month).to_numpy(np.int64)
    point = _codes(np.round(np.column_stack([x[used], y[used]]), 1))
    pairs = pd.DataFrame({"month": month, "point": point}).value_counts().reset_index(name="n")
    by_month: dict[Any, pd.Series] = {
        at: rows.set_index("point")["n"] for at, rows in pairs.groupby("month")
    }
    rows = []
    for at in range(int(month.max()) + 1):
        before = range(at - MONTHS_BEFORE, at)
        points = [by_month[one].index.to_numpy() for one in before if one in by_month]
        there = by_month.get(at, pd.Series(dtype="int64"))
        if at < _FEWEST_MONTHS or not points:
            rows.append((int(there.sum()), np.nan, np.nan))
            continue
        old = np.unique(np.concatenate(points))
        later = [by_month[one] for one in range(at, at + _STAYS) if one in by_month]
        held = sum(int(one[np.isin(one.index, old)].sum()) for one in later)
        total = sum(int(one.sum()) for one in later)
        known = int(there[np.isin(there.index, old)].sum())
        rows.append((int(there.sum()), float(known), held / total if total else np.nan))
    return pd.DataFrame(rows, columns=empty.columns)


def _codes(points: np.ndarray) -> np.ndarray:
    return np.unique(points, axis=0, return_inverse=True)[1].ravel()
