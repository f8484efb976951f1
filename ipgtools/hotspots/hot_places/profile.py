"""
Describe hot places by counts: now and before, what happened, how long, what was found there.

Nothing here is tested, and nothing speaks of chance.
"""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ipgtools import crs, repeats
from ipgtools.findings import is_open
from ipgtools.hotspots.hot_places.membership import (
    incidents_of_places,
    kinds_of,
    points_in_places,
)
from ipgtools.periods import Period

__all__ = ["LEAST", "MOST_KINDS", "PLACEHOLDER", "SHORTEST", "WINDOW", "Array", "profile"]

Array = np.ndarray[Any, Any]

MOST_KINDS = 3
"""Kinds that are listed."""
WINDOW, LEAST = 3, 2
"""Months that are looked at together, and incidents in them from which a place is not quiet."""
SHORTEST = 6
"""Months of incidents below which its duration is not reported."""
PLACEHOLDER = ("streets", "mix")
"""What shows that a point stands in for others; a high count alone may be one busy address."""
_QUIET, _MOST_QUIET = pd.Timedelta(days=7), pd.Timedelta(days=31)
_GAPS = 10
"""A file may start so many mean gaps after a period does, and still cover it."""


def profile(
    places: gpd.GeoDataFrame,
    incidents: gpd.GeoDataFrame,
    *,
    period: Period,
    before: Period | None = None,
    last_year: Period | None = None,
    kind: "str | pd.Series | None" = None,
    findings: gpd.GeoDataFrame | None = None,
    actions: pd.DataFrame | None = None,
    repeats_table: gpd.GeoDataFrame | None = None,
) -> pd.DataFrame:
    """
    Describe places by counts.

    Examples
    --------
    >>> from ipgtools import Period
    >>> spot = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 100, 100)], crs=28992)
    >>> doors = gpd.GeoDataFrame(
    ...     {"occurred_from": pd.to_datetime(["2025-10-01", "2025-10-08", "2025-11-01"]),
    ...      "category_label": ["inbraak", "inbraak", "vernieling"]},
    ...     geometry=gpd.points_from_xy([10, 10, 60], [10, 10, 60]), crs=28992)
    >>> table = profile(spot, doors, period=Period("2025-09-01", "2025-12-01"))
    >>> table["kinds"].iloc[0], table["repeat_addresses"].tolist()
    ((('inbraak', 2), ('vernieling', 1)), [1])
    """
    crs.require(places=places, incidents=incidents, findings=findings)
    shapes = places.geometry.to_numpy()
    times = incidents["occurred_from"]
    labels = kinds_of(incidents, kind)
    of, rows = incidents_of_places(places, incidents, labels)
    when = times.to_numpy()[rows]
    now = period.contains(times).to_numpy()
    of_now, rows_now = of[now[rows]], rows[now[rows]]
    n_places = len(places)
    n_now = np.bincount(of_now, minlength=n_places)
    table = pd.DataFrame(index=places.index)
    table["n"] = pd.array(n_now, dtype="Int64")
    for name, past in (("n_before", before), ("n_last_year", last_year)):
        table[name] = pd.array([pd.NA] * n_places, dtype="Int64")
        if past is not None and _covered(past, times):
            then = past.contains(times).to_numpy()[rows]
            table[name] = pd.array(np.bincount(of[then], minlength=n_places), dtype="Int64")
    table["kinds"] = _kinds(of_now, labels.iloc[rows_now], places.index)
    known = repeats_table if repeats_table is not None else repeats.places(incidents[now])
    placeholder = _is_placeholder(known)
    at, address = points_in_places(shapes, known)
    addresses = ~placeholder[address] & (known["n"].to_numpy()[address] > 1)
    table["repeat_addresses"] = pd.array(
        np.bincount(at[addresses], minlength=n_places), dtype="Int64"
    )
    table["share_one_address"] = _busiest(of_now, rows_now, incidents, n_places) / np.where(
        n_now > 0, n_now, np.nan
    )
    table["findings"], table["open_actions"] = _schouw(shapes, findings, actions)
    first = times.min() - _margin(times)
    starts = [_since(when[of == place], period, first) for place in range(n_places)]
    table["since"] = pd.array([start for start, _ in starts], dtype="datetime64[s]")
    table["since_open"] = np.array([is_first for _, is_first in starts], dtype=bool)
    table["reporting_point"] = np.bincount(at[placeholder[address]], minlength=n_places) > 0
    return table


def _covered(past: Period, times: pd.Series) -> bool:
    """Return whether the incidents begin before a period, or just after its start."""
    return bool(times.min() - _margin(times) <= past.start and past.contains(times).any())


def _margin(times: pd.Series) -> pd.Timedelta:
    """Return how long a file that covers a day may be silent after it."""
    n_known = max(int(times.notna().sum()), 1)
    mean_gap = (times.max() - times.min()) / n_known
    return _QUIET if pd.isna(mean_gap) else min(max(_QUIET, _GAPS * mean_gap), _MOST_QUIET)


def _kinds(of: Array, kind: pd.Series, index: pd.Index) -> pd.Series:
    """List the commonest kinds of each place, with their numbers."""
    known = pd.DataFrame({"place": of, "kind": kind.to_numpy()}).dropna()
    counts = known.groupby(["place", "kind"]).size().rename("n").reset_index()
    counts = counts.sort_values(["place", "n", "kind"], ascending=[True, False, True])
    rank = counts.groupby("place").cumcount()
    counts = counts[rank < MOST_KINDS]
    listed: list[tuple[tuple[str, int], ...]] = [()] * len(index)
    for place, some in counts.groupby("place"):
        listed[int(place)] = tuple(
            (str(label), int(n)) for label, n in zip(some["kind"], some["n"], strict=True)
        )
    return pd.Series(listed, index=index, dtype=object)


def _is_placeholder(known: gpd.GeoDataFrame) -> Array:
    """Return which points look like the stand-in for incidents without an address."""
    reasons = known["stacked_reason"].astype("str").fillna("").str.split(", ")
    return np.array([bool({*PLACEHOLDER} & {*each}) for each in reasons], dtype=bool)


def _busiest(of: Array, rows: Array, incidents: gpd.GeoDataFrame, n_places: int) -> Array:
    """Count the incidents at the busiest exact coordinate of each place."""
    points = incidents.geometry.to_numpy()[rows]
    table = pd.DataFrame({"of": of, "x": shapely.get_x(points), "y": shapely.get_y(points)})
    most = table.groupby(["of", "x", "y"]).size().groupby("of").max()
    return most.reindex(range(n_places), fill_value=0).to_numpy(float)


def _schouw(
    shapes: Array, findings: gpd.GeoDataFrame | None, actions: pd.DataFrame | None
) -> tuple[Any, Any]:
    """Count findings inside, and the open actions on them."""
    unknown = pd.array([pd.NA] * len(shapes), dtype="Int64")
    if findings is None:
        return unknown, unknown
    of, rows = points_in_places(shapes, findings, label="findings")
    n_findings = pd.array(np.bincount(of, minlength=len(shapes)), dtype="Int64")
    if actions is None:
        return n_findings, unknown
    todo = actions.loc[is_open(actions), "finding_id"].value_counts()
    n_open = findings["finding_id"].map(todo).fillna(0).to_numpy(float)[rows]
    total = np.bincount(of, weights=n_open, minlength=len(shapes)).astype(np.int64)
    return n_findings, pd.array(total, dtype="Int64")


def _since(when: Array, period: Period, first: pd.Timestamp) -> tuple[Any, bool]:
    """Return the first month of the run up to the end of the period, and whether it began so."""
    if pd.isna(first):
        return pd.NaT, False
    edges = [period.end]
    while (month := period.end - pd.DateOffset(months=len(edges))) >= first:
        edges.append(month)
    n_months = len(edges) - 1
    if n_months < SHORTEST:
        return pd.NaT, False
    starts = np.array(edges[::-1], dtype="datetime64[s]")
    month = np.searchsorted(starts, when[~pd.isna(when)].astype("datetime64[s]"), side="right") - 1
    counts = np.bincount(month[(month >= 0) & (month < n_months)], minlength=n_months)
    sums = np.convolve(counts, np.ones(WINDOW, np.int64), mode="valid")
    quiet = np.flatnonzero(sums < LEAST)
    begin = int(quiet[-1]) + 1 if len(quiet) else 0
    if begin == len(sums):
        return pd.NaT, False
    return pd.Timestamp(starts[begin + int(np.argmax(counts[begin:] > 0))]), begin == 0
