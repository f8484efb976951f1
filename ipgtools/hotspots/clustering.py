"""
Group incidents that lie close together, in space or in space and time.

All three methods know noise: most incidents belong to no cluster. Which incidents are near
enough is a choice, not a test; for clusters with the number that chance gives, see
`hotspots.hierarchical_clusters`, and for the question whether a spot stands out `gi_star`.
Incidents on one spot are always together, and the order of rows does not matter.
"""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from ipgtools import _checks, crs
from ipgtools.grid import FloatArray, IntArray, coordinates

__all__ = ["clusters", "hdbscan", "largest_first", "st_dbscan"]

_TOLERANCE = 1e-9
"""Relative, so that incidents exactly at the distance asked for are neighbours."""

_SPOT = 0.001
"""Metres that incidents on one spot count as apart where a density must stay finite."""


def clusters(incidents: gpd.GeoDataFrame, *, eps: float, min_incidents: int) -> pd.Series:
    """
    Group incidents that lie close together (DBSCAN).

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents
        Points in a projected CRS in metres; some may be missing.
    eps : float
        Metres within which incidents are neighbours, that distance included.
    min_incidents : int
        Incidents within `eps`, itself included, that make an incident part of a core.

    Returns
    -------
    Series of int64, n_incidents
        `cluster` on the index of `incidents`: 0 for the largest, -1 for none. Incidents on
        one spot are always together, and row order does not matter. ``attrs``: `n_used`,
        `n_without_geometry`, `method`.

    Raises
    ------
    CrsError
        If `incidents` is not in a projected CRS in metres.
    ContractError
        If a geometry is no point.
    ValueError
        If `eps` or `min_incidents` is not positive.

    References
    ----------
    Ester, Kriegel, Sander & Xu (1996), KDD-96, 226-231.

    Examples
    --------
    >>> incidents = gpd.GeoDataFrame(
    ...     geometry=gpd.points_from_xy([0, 900, 10, 20], [0, 0, 0, 0]), crs=28992)
    >>> clusters(incidents, eps=50, min_incidents=3).tolist()
    [0, -1, 0, 0]
    """
    _positive(eps=eps, min_incidents=min_incidents)
    xy, known = _points(incidents)
    labels = np.full(len(known), -1, dtype=np.int64)
    if known.any():
        labels[known] = _dbscan(xy[known], eps, min_incidents)
    return _series(labels, incidents, known, {"name": "dbscan", "eps": eps} | _least(min_incidents))


def hdbscan(
    incidents: gpd.GeoDataFrame,
    *,
    min_incidents: int,
    core: int | None = None,
    merge_within: float = 0.0,
) -> pd.Series:
    """
    Group incidents into clusters that need not be equally dense (HDBSCAN).

    One distance for a whole town finds the centre only, or joins all of it. Here each cluster
    is as dense as lasts longest when the distance is varied.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents
        Points in a projected CRS in metres; some may be missing.
    min_incidents : int
        Fewest incidents in a cluster, 2 or more.
    core : int, optional
        Incidents, itself included, that make up the surroundings of an incident: more of them
        call more incidents noise. By default `min_incidents`.
    merge_within : float, default 0
        Metres below which clusters are not split further.

    Returns
    -------
    Series of int64, n_incidents
        As from `clusters`.

    Raises
    ------
    CrsError, ContractError
        As `clusters`.
    ValueError
        If an option is not positive, `min_incidents` is below 2, or `merge_within` negative.

    Notes
    -----
    Incidents on one spot count as some millimetres apart; a spot with `min_incidents` or more is
    a cluster as dense as there can be. Unless all lie on one spot, all incidents together are
    no cluster. Time grows with the square of the number of incidents.

    References
    ----------
    Campello, Moulavi & Sander (2013), PAKDD, LNCS 7819, 160-172.

    Examples
    --------
    Two groups of unlike density, and one incident far away:

    >>> x = [0, 1, 2, 3, 500, 540, 580, 620, 9000]
    >>> incidents = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, [0] * 9), crs=28992)
    >>> hdbscan(incidents, min_incidents=3, core=2).tolist()
    [0, 0, 0, 0, 1, 1, 1, 1, -1]
    """
    core = min_incidents if core is None else core
    _positive(min_incidents=min_incidents, core=core)
    if min_incidents < 2 or not 0 <= merge_within < np.inf:
        msg = f"`min_incidents` is 2 or more, found {min_incidents!r}; `merge_within` is metres"
        raise ValueError(msg)
    xy, known = _points(incidents)
    labels = np.full(len(known), -1, dtype=np.int64)
    if known.sum() >= max(min_incidents, core):
        labels[known] = _hdbscan(xy[known], min_incidents, core, merge_within)
    method = {"name": "hdbscan", "core": core, "merge_within": merge_within}
    return _series(labels, incidents, known, method | _least(min_incidents))


def st_dbscan(
    incidents: gpd.GeoDataFrame, *, eps: float, days: int, min_incidents: int
) -> pd.Series:
    """
    Group incidents that lie close together in space and in time (ST-DBSCAN).

    As `clusters`, with incidents neighbours only if their dates are near too: a series, not a
    place that is busy all year.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents
        Points in a projected CRS in metres with `occurred_from`; either may be missing.
    eps : float
        Metres within which incidents are neighbours, that distance included.
    days : int
        Whole days between their dates within which they are, that number included.
    min_incidents : int
        Incidents within both, itself included, that make an incident part of a core.

    Returns
    -------
    Series of int64, n_incidents
        As from `clusters`; ``attrs`` also hold `n_without_time`.

    Raises
    ------
    CrsError, ContractError
        As `clusters`.
    ValueError
        If `eps` or `min_incidents` is not positive, or `days` negative.

    Notes
    -----
    The day of the earliest time counts (`occurred_from`). Birant & Kut also part neighbours by
    a further value; that is left out. Memory grows with the pairs that are near in both.

    References
    ----------
    Birant & Kut (2007), Data & Knowledge Engineering 60, 208-221.

    Examples
    --------
    The fourth incident is near, but a month late:

    >>> incidents = gpd.GeoDataFrame(
    ...     {"occurred_from": pd.to_datetime(["2025-01-01", "2025-01-03", "2025-01-05",
    ...                                       "2025-02-05"])},
    ...     geometry=gpd.points_from_xy([0, 10, 20, 15], [0, 0, 0, 0]), crs=28992)
    >>> st_dbscan(incidents, eps=50, days=3, min_incidents=3).tolist()
    [0, 0, 0, -1]
    """
    _positive(eps=eps, min_incidents=min_incidents)
    if not 0 <= days < np.inf:
        msg = f"`days` is {days!r}, expected a number of days, 0 or more"
        raise ValueError(msg)
    xy, placed = _points(incidents)
    times = pd.to_datetime(incidents["occurred_from"])
    known = placed & times.notna().to_numpy()
    labels = np.full(len(known), -1, dtype=np.int64)
    if known.any():
        day = times.to_numpy()[known].astype("datetime64[D]").astype(np.int64)
        labels[known] = _st_dbscan(xy[known], day - day.min(), eps, days, min_incidents)
    method = {"name": "st_dbscan", "eps": eps, "days": days} | _least(min_incidents)
    found = _series(labels, incidents, known, method)
    found.attrs["n_without_geometry"] = int((~placed).sum())
    found.attrs["n_without_time"] = int((placed & ~known).sum())
    return found


def _least(min_incidents: int) -> dict[str, Any]:
    return {"min_incidents": min_incidents}


def _positive(**options: float) -> None:
    _checks.number(**options)
    wrong = [f"`{name}` is {value!r}" for name, value in options.items() if not value > 0]
    if wrong:
        msg = f"{' and '.join(wrong)}, expected more than 0"
        raise ValueError(msg)


def _points(incidents: gpd.GeoDataFrame) -> tuple[FloatArray, np.ndarray[Any, Any]]:
    crs.require(incidents=incidents)
    xy = np.column_stack(coordinates(incidents, label="incidents"))
    return xy, ~np.isnan(xy[:, 0])


def _series(
    labels: IntArray,
    incidents: gpd.GeoDataFrame,
    known: np.ndarray[Any, Any],
    method: dict[str, Any],
) -> pd.Series:
    found = pd.Series(labels, index=incidents.index, name="cluster")
    found.attrs |= {
        "n_used": int(known.sum()),
        "n_without_geometry": int((~known).sum()),
        "method": method,
    }
    return found


def _dbscan(xy: FloatArray, eps: float, min_incidents: int) -> IntArray:
    """Label distinct places weighted by their incidents, so that ties cost no memory."""
    from sklearn.cluster import DBSCAN

    places, place, n = np.unique(xy, axis=0, return_inverse=True, return_counts=True)
    found = DBSCAN(eps=eps, min_samples=min_incidents).fit(places, sample_weight=n).labels_
    return largest_first(found.astype(np.int64)[place.ravel()])


def _hdbscan(xy: FloatArray, min_incidents: int, core: int, merge_within: float) -> IntArray:
    from sklearn.cluster import HDBSCAN

    order = np.lexsort((xy[:, 1], xy[:, 0]))
    model = HDBSCAN(
        min_cluster_size=min_incidents,
        min_samples=core,
        cluster_selection_epsilon=merge_within,
        copy=True,
    )
    apart = _apart(xy[order])
    if not np.ptp(apart[:, :2], axis=0).any():
        return np.zeros(len(xy), dtype=np.int64)
    labels = np.empty(len(xy), dtype=np.int64)
    labels[order] = model.fit(apart).labels_
    return largest_first(labels)


def _apart(xy: FloatArray) -> FloatArray:
    """
    Lay incidents on one spot out in a disc across two more dimensions, millimetres apart.

    At distance 0 a cluster would be infinitely dense, which HDBSCAN can't weigh.
    """
    new = np.ones(len(xy), dtype=bool)
    new[1:] = (np.diff(xy, axis=0) != 0).any(axis=1)
    first = np.flatnonzero(new)
    nth = np.arange(len(xy)) - first[np.cumsum(new) - 1]
    turn, away = nth * np.pi * (3 - np.sqrt(5)), _SPOT * np.sqrt(nth)
    return np.column_stack([xy - xy.mean(axis=0), away * np.cos(turn), away * np.sin(turn)])


def _st_dbscan(
    xy: FloatArray, day: IntArray, eps: float, days: float, min_incidents: int
) -> IntArray:
    """Find neighbours in a box of space and time, then cut the box's corners off."""
    from scipy.sparse import csr_array
    from scipy.spatial import cKDTree
    from sklearn.cluster import DBSCAN

    events = np.column_stack([xy, day])
    events, event, n = np.unique(events, axis=0, return_inverse=True, return_counts=True)
    # half a day more than asked for parts whole days without rounding
    scale = np.array([eps, eps, days + 0.5])
    tree = cKDTree((events - events.mean(axis=0)) / scale)
    pairs = tree.query_pairs(1 + _TOLERANCE, p=np.inf, output_type="ndarray")
    far = np.hypot(*(events[pairs[:, 0], :2] - events[pairs[:, 1], :2]).T)
    pairs = pairs[far <= eps * (1 + _TOLERANCE)]
    one, other = np.concatenate([pairs, pairs[:, ::-1]]).T
    itself = np.arange(len(events))
    one, other = np.concatenate([one, itself]), np.concatenate([other, itself])
    near = csr_array((np.ones(len(one)), (one, other)), shape=(len(events), len(events)))
    model = DBSCAN(eps=1.0, min_samples=min_incidents, metric="precomputed")
    found = model.fit(near, sample_weight=n).labels_
    return largest_first(found.astype(np.int64)[event.ravel()])


def largest_first(labels: IntArray) -> IntArray:
    """
    Number clusters by size.

    Examples
    --------
    >>> largest_first(np.array([0, 1, 1, -1])).tolist()
    [1, 0, 0, -1]
    """
    sizes = np.bincount(labels[labels >= 0])
    if not len(sizes):
        return np.full(len(labels), -1, dtype=np.int64)
    rank = np.empty(len(sizes), dtype=np.int64)
    rank[np.argsort(-sizes, kind="stable")] = np.arange(len(sizes))
    return np.where(labels >= 0, rank[labels], -1)
