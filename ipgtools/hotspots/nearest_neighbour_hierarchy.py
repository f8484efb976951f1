"""
Group incidents by nearest neighbours, then the groups, and estimate how many arise by chance.

The distance that counts as near follows from how far apart incidents would lie by chance in
the same area, so the area decides the outcome: one that holds fields around a town makes
everything in town a cluster.
"""

import logging
import math
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy import special

from ipgtools import inference
from ipgtools.grid import FloatArray, IntArray
from ipgtools.hotspots import cluster_polygons
from ipgtools.patterns import window as win
from ipgtools.patterns.window import Rng

__all__ = ["group", "hierarchical_clusters", "nearness_threshold"]

log = logging.getLogger(__name__)

_TOLERANCE = 1e-9
_MOST_ORDERS = 10


def hierarchical_clusters(
    incidents: gpd.GeoDataFrame,
    area: gpd.GeoDataFrame | gpd.GeoSeries,
    *,
    min_incidents: int = 10,
    min_clusters: int = 2,
    distance: float | None = None,
    likelihood: float = 0.5,
    shape: str = "ellipse",
    buffer: float = 25.0,
    n_simulations: int = 0,
    rng: Rng = None,
) -> tuple[gpd.GeoDataFrame, pd.Series]:
    """
    Group incidents that lie nearer than chance would put them, and groups of groups.

    The incident with most others within the distance takes these into its cluster; then the
    one with most of those left, and so on while clusters reach `min_incidents`. The centres of
    these first-order clusters are grouped the same way into clusters of the second order, with
    the distance that chance would give between as many centres, and so on.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents
        Points in a projected CRS in metres; those outside the area are left out.
    area : GeoDataFrame or GeoSeries
        Polygons in the same CRS: where incidents could have been.
    min_incidents : int, default 10
        Fewest incidents in a cluster of the first order, 2 or more.
    min_clusters : int, default 2
        Fewest clusters in one of a higher order, 2 or more.
    distance : float, optional
        Metres within which incidents are near, for the first order; by default from chance.
    likelihood : float, default 0.5
        The distance is the mean distance to the nearest neighbour by chance, less as many of
        its standard errors as leave this share of the normal curve below: 0.5 takes the mean
        itself, less than 0.5 a shorter distance.
    shape : {"ellipse", "convex", "concave"}, default "ellipse"
        As for `cluster_shapes`.
    buffer : float, default 25
        Metres around hulls, or the least semi-axis of ellipses.
    n_simulations : int, default 0
        How many times to place as many incidents uniformly over the area, to estimate how many
        clusters chance gives; 0 leaves that out.
    rng : int, Generator or None
        Seed of the simulations.

    Returns
    -------
    clusters : GeoDataFrame, n_clusters
        `cluster_id` (order and rank, text), `order`, `parent_id` (of the next order; missing
        without one), `n` (incidents), `n_places`, `n_members` (incidents, or clusters of the
        order below), `x` and `y` (mean centre, or that of the squares), `area_m2`, `per_km2`,
        `few_places` (drawn as squares, see `cluster_shapes`) and the polygon; largest first
        within an order. With
        simulations `p_size`: the chance that random incidents give any cluster of the first
        order this large, so that it is corrected for their number; NaN for higher orders.
        ``attrs``: `n_used`, `n_outside`, `n_without_geometry`, `n_stacked`, `distances` (metres
        per order), `area_m2`, `method`; and `orders`: for each order `n_clusters` and, with
        simulations, `expected`, `low` and `high` (95 % of the simulations), `p_value` (as many
        clusters or more) and `q_value` (Benjamini-Hochberg over the orders).
    labels : Series of str, n_incidents
        `cluster_id` of the first-order cluster each incident is in; missing for none.

    Raises
    ------
    CrsError
        If the tables do not share a projected CRS in metres.
    ContractError
        If a geometry of `incidents` is no point.
    IpgError
        If `area` has no surface.
    ValueError
        If an option has an unknown value.

    Notes
    -----
    The standard error is that of the mean, ``sqrt((4 - pi) / (4 pi)) sqrt(area) / n``, as in
    CrimeStat; with many incidents it is small and `likelihood` hardly moves the distance, so
    `likelihood` is no chance that two incidents are near. Judge by the simulations.

    Evenly spread incidents are what chance means here. Houses and people are not spread
    evenly, and incidents with one address for many are not either: more clusters than expected
    means that incidents cluster, not that police should look for a cause other than where
    people are. Ties are broken by nearness and then by place, so that the order of rows does
    not matter.

    References
    ----------
    Levine (2013), CrimeStat IV, chapter 7, National Institute of Justice; distances by chance:
    Clark & Evans (1954), Ecology 35, 445-453.

    Examples
    --------
    Two groups of three near each other, and one incident far away:

    >>> x, y = [10, 11, 12, 30, 31, 32, 90], [10, 10, 10, 10, 10, 10, 90]
    >>> incidents = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y), crs=28992)
    >>> area = gpd.GeoSeries([shapely.box(0, 0, 100, 100)], crs=28992)
    >>> found, labels = hierarchical_clusters(incidents, area, min_incidents=3, distance=5)
    >>> found[["cluster_id", "n", "parent_id"]].to_numpy().tolist()
    [['1-1', 3, '2-1'], ['1-2', 3, '2-1'], ['2-1', 6, nan]]
    >>> labels.tolist()
    ['1-1', '1-1', '1-1', '1-2', '1-2', '1-2', nan]
    """
    _check(min_incidents, min_clusters, distance, likelihood, shape, buffer)
    win.check_simulations(n_simulations, 0.05)
    window = win.as_window(incidents, area)
    surface = float(window.shape.area)
    levels, distances = _levels(
        window.xy, surface, min_incidents, min_clusters, distance, likelihood
    )
    table = _table(window.xy, levels, shape, buffer)
    orders: list[dict[str, Any]] = [
        {"order": k + 1, "n_clusters": int(level.max()) + 1} for k, level in enumerate(levels)
    ]
    method: dict[str, Any] = {
        "name": "hierarchical_clusters",
        "min_incidents": min_incidents,
        "min_clusters": min_clusters,
        "distance": distance,
        "likelihood": likelihood,
        "shape": shape,
    }
    if n_simulations:
        draw = np.random.default_rng(rng)
        numbers, largest = _by_chance(
            window, n_simulations, draw, max(len(levels), 1),
            (min_incidents, min_clusters, distance, likelihood),
        )  # fmt: skip
        orders = _against_chance(orders, numbers)
        first = table["order"].to_numpy() == 1
        size = table["n"].to_numpy()
        p = (1 + (largest[None, :] >= size[:, None]).sum(axis=1)) / (n_simulations + 1)
        table.insert(table.shape[1] - 1, "p_size", np.where(first, p, np.nan))
        method |= {"n_simulations": n_simulations, "seed": win.seed_of(rng)}
    result = gpd.GeoDataFrame(table, geometry="geometry", crs=incidents.crs)
    result.attrs |= window.attrs | {
        "area_m2": surface,
        "distances": distances,
        "orders": orders,
        "method": method,
    }
    return result, _labels(incidents, window, levels)


def nearness_threshold(n: int, surface: float, likelihood: float) -> float:
    """
    Return the distance within which points are nearer than chance would put them.

    Examples
    --------
    >>> nearness_threshold(100, 10_000, 0.5), round(nearness_threshold(100, 10_000, 0.05), 4)
    (5.0, 4.5701)
    """
    if not n:
        return math.inf
    mean = 0.5 * math.sqrt(surface / n)
    error = math.sqrt((4 - math.pi) / (4 * math.pi) * surface) / n
    return float(max(mean + special.ndtri(likelihood) * error, 0.0))


def group(xy: FloatArray, weights: IntArray, distance: float, min_size: int) -> IntArray:
    """Group points around those with most others near, each group apart."""
    from scipy.sparse import csr_array
    from scipy.spatial import cKDTree

    n = len(xy)
    labels = np.full(n, -1, dtype=np.int64)
    if n == 0 or weights.sum() < min_size:
        return labels
    reach = distance * (1 + _TOLERANCE)
    pairs = cKDTree(xy - xy.mean(axis=0)).query_pairs(reach, output_type="ndarray")
    one, other = np.concatenate([pairs, pairs[:, ::-1]]).T
    near = csr_array((np.ones(len(one), dtype=np.int8), (one, other)), shape=(n, n))
    start, to = near.indptr, near.indices
    count = weights + np.bincount(one, weights=weights[other], minlength=n).astype(np.int64)
    how_far = np.bincount(
        one, weights=np.hypot(*(xy[one] - xy[other]).T) * weights[other], minlength=n
    )
    free = np.ones(n, dtype=bool)
    waiting = np.flatnonzero(count >= min_size)
    found = 0
    while len(waiting):
        # most around it first, then the nearest, then the one furthest west and south
        best = np.lexsort((xy[waiting, 1], xy[waiting, 0], how_far[waiting], -count[waiting]))[0]
        seed = waiting[best]
        around = to[start[seed] : start[seed + 1]]
        members = np.append(around[free[around]], seed)
        labels[members] = found
        found += 1
        free[members] = False
        for gone in members:
            touched = to[start[gone] : start[gone + 1]]
            count[touched] -= weights[gone]
        waiting = waiting[free[waiting] & (count[waiting] >= min_size)]
    return labels


def _check(
    min_incidents: int,
    min_clusters: int,
    distance: float | None,
    likelihood: float,
    shape: str,
    buffer: float,
) -> None:
    if min_incidents < 2 or min_clusters < 2:
        msg = f"a cluster has 2 members or more, found {min_incidents!r} and {min_clusters!r}"
        raise ValueError(msg)
    if distance is not None and not 0 < distance < math.inf:
        msg = f"`distance` is {distance!r}, expected metres, more than 0"
        raise ValueError(msg)
    if not 0 < likelihood < 1:
        msg = f"`likelihood` is {likelihood!r}, expected a number between 0 and 1 such as 0.5"
        raise ValueError(msg)
    if shape not in cluster_polygons.SHAPES or not 0 < buffer < math.inf:
        known = cluster_polygons.SHAPES
        msg = f"`shape` is one of {known} and `buffer` metres; found {shape!r}, {buffer!r}"
        raise ValueError(msg)


def _levels(
    xy: FloatArray,
    surface: float,
    min_incidents: int,
    min_clusters: int,
    distance: float | None,
    likelihood: float,
) -> tuple[list[IntArray], list[float]]:
    """Return the group of each incident, then of each group, until nothing groups any more."""
    levels: list[IntArray] = []
    distances: list[float] = []
    at, sizes, min_size = xy, np.ones(len(xy), dtype=np.int64), min_incidents
    while len(at) >= min_size and len(levels) < _MOST_ORDERS:
        near = (
            distance
            if distance and not levels
            else nearness_threshold(len(at), surface, likelihood)
        )
        places, place, n = np.unique(at, axis=0, return_inverse=True, return_counts=True)
        labels = group(places, n.astype(np.int64), near, min_size)[place.ravel()]
        if (labels < 0).all():
            break
        inside = labels >= 0
        total = np.bincount(labels[inside], weights=sizes[inside]).astype(np.int64)
        mass = np.column_stack(
            [np.bincount(labels[inside], weights=at[inside, axis]) for axis in (0, 1)]
        )
        centres = mass / np.bincount(labels[inside])[:, None]
        order = np.lexsort((centres[:, 1], centres[:, 0], -total))
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        levels.append(np.where(inside, rank[labels], -1))
        distances.append(near)
        at, sizes, min_size = centres[order], total[order], min_clusters
    return levels, distances


def _table(xy: FloatArray, levels: list[IntArray], shape: str, buffer: float) -> pd.DataFrame:
    rows, drawn = [], []
    of_incident = np.full(len(xy), -1, dtype=np.int64)
    for k, level in enumerate(levels):
        of_incident = level if k == 0 else np.where(of_incident >= 0, level[of_incident], -1)
        parents = levels[k + 1] if k + 1 < len(levels) else np.full(int(level.max()) + 1, -1)
        members = np.bincount(level[level >= 0])
        for number in range(int(level.max()) + 1):
            here = xy[of_incident == number]
            n_places = len(np.unique(here, axis=0))
            few = n_places < cluster_polygons.FEWEST_PLACES
            polygon = (
                cluster_polygons.squares(here)
                if few
                else cluster_polygons.around(here, shape=shape, buffer=buffer)
            )
            parent = f"{k + 2}-{parents[number] + 1}" if parents[number] >= 0 else None
            middle = shapely.get_coordinates(polygon.centroid)[0] if few else here.mean(axis=0)
            rows.append(
                (f"{k + 1}-{number + 1}", k + 1, parent, len(here), n_places, members[number],
                 *middle, polygon.area, len(here) / polygon.area * 1e6, few)
            )  # fmt: skip
            drawn.append(polygon)
    kinds = {
        "cluster_id": "str", "order": "int64", "parent_id": "str", "n": "int64",
        "n_places": "int64", "n_members": "int64", "x": "float64", "y": "float64",
        "area_m2": "float64", "per_km2": "float64", "few_places": "bool",
    }  # fmt: skip
    table = pd.DataFrame(rows, columns=list(kinds)).astype(kinds)
    return table.assign(geometry=np.array(drawn, dtype=object))


def _labels(incidents: gpd.GeoDataFrame, window: win.Window, levels: list[IntArray]) -> pd.Series:
    names = pd.Series(pd.NA, index=incidents.index, dtype="str", name="cluster_id")
    if levels:
        points = incidents.geometry.to_numpy()
        x, y = shapely.get_x(points), shapely.get_y(points)
        used = np.flatnonzero(shapely.intersects_xy(window.shape, x, y))
        grouped = levels[0] >= 0
        names.iloc[used[grouped]] = [f"1-{number + 1}" for number in levels[0][grouped]]
    return names


def _by_chance(
    window: win.Window,
    n_simulations: int,
    draw: np.random.Generator,
    n_orders: int,
    options: tuple[int, int, float | None, float],
) -> tuple[IntArray, IntArray]:
    """Count the clusters of each order in random patterns, and size the largest of the first."""
    numbers = np.zeros((n_simulations, n_orders), dtype=np.int64)
    largest = np.zeros(n_simulations, dtype=np.int64)
    for run in range(n_simulations):
        xy = win.scatter(len(window.xy), window.shape, draw)
        levels, _ = _levels(xy, float(window.shape.area), *options)
        for k, level in enumerate(levels[:n_orders]):
            numbers[run, k] = level.max() + 1
        if levels:
            largest[run] = np.bincount(levels[0][levels[0] >= 0]).max()
    return numbers, largest


def _against_chance(orders: list[dict[str, Any]], numbers: IntArray) -> list[dict[str, Any]]:
    orders = orders or [{"order": 1, "n_clusters": 0}]
    found = np.array([one["n_clusters"] for one in orders])
    p = (1 + (numbers >= found).sum(axis=0)) / (len(numbers) + 1)
    low, high = np.quantile(numbers, [0.025, 0.975], axis=0, method="inverted_cdf")
    return [
        one
        | {
            "expected": float(numbers[:, k].mean()),
            "low": int(low[k]),
            "high": int(high[k]),
            "p_value": float(p[k]),
            "q_value": float(q),
        }
        for k, (one, q) in enumerate(zip(orders, inference.benjamini_hochberg(p), strict=True))
    ]
