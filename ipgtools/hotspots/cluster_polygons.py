"""
Draw clusters of incidents as polygons that can be shown, and count what is in them.

A polygon around one address points at whoever lives there. So a cluster on fewer than three
places is drawn as the squares of 100 m that it lies in, which are the same whoever it is
about, and the table states it.
"""

import logging
import math
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ipgtools import crs
from ipgtools.grid import FloatArray, IntArray, coordinates

__all__ = ["FEWEST_PLACES", "SHAPES", "around", "cluster_shapes", "ellipse", "squares"]

log = logging.getLogger(__name__)

FEWEST_PLACES = 3
"""Places below which a cluster is drawn as squares of 100 m."""

_SQUARE = 100.0
SHAPES = ("convex", "concave", "ellipse")


def cluster_shapes(
    incidents: gpd.GeoDataFrame,
    clusters: pd.Series,
    *,
    shape: str = "convex",
    buffer: float = 25.0,
    ratio: float = 0.3,
) -> gpd.GeoDataFrame:
    """
    Draw clusters as polygons, with what is in them.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents
        Points in a projected CRS in metres; `occurred_from` is used where present.
    clusters : Series, n_incidents
        Their clusters, as `clusters`, `hdbscan` or `st_dbscan` give them: below 0 or missing
        for none.
    shape : {"convex", "concave", "ellipse"}, default "convex"
        The convex hull; a hull that follows hollows; or the standard deviational ellipse.
        Hulls hold all incidents of the cluster, the ellipse about two thirds of a round one.
    buffer : float, default 25
        Metres added around, more than 0: a cluster along a line has a surface too.
    ratio : float, default 0.3
        For "concave": 0 follows every hollow, 1 is the convex hull.

    Returns
    -------
    GeoDataFrame, n_clusters
        `cluster`, `n`, `n_places` (different points), `share` (of all incidents with a point),
        `first` and `last` (times; only if the input has them), `area_m2`, `per_km2`, `stacked`
        (half or more of the incidents are on one point that looks like a stand-in, see
        `repeats.places`), `few_places` and the polygon. Where `few_places`, the polygon is
        not the shape asked for but squares of 100 m. ``attrs``: `n_used`, `n_in_clusters`,
        `n_few_places`, `n_stacked`, `method`.

    Raises
    ------
    CrsError
        If `incidents` is not in a projected CRS in metres.
    ContractError
        If a geometry is no point.
    ValueError
        If an option has an unknown value, or `clusters` is not on the index of `incidents`.

    References
    ----------
    Ellipse: Yuill (1971), Geografiska Annaler B 53, 28-39, with n - 2 degrees of freedom.

    Examples
    --------
    >>> incidents = gpd.GeoDataFrame(
    ...     geometry=gpd.points_from_xy([0, 100, 100, 0], [0, 0, 100, 100]), crs=28992)
    >>> found = cluster_shapes(incidents, pd.Series([0, 0, 0, -1]), buffer=10)
    >>> found[["cluster", "n", "n_places"]].to_numpy().tolist(), round(found.area[0])
    ([[0, 3, 3]], 8726)
    """
    if shape not in SHAPES:
        msg = f"`shape` is {shape!r}, expected 'convex', 'concave' or 'ellipse'"
        raise ValueError(msg)
    if not (0 < buffer < math.inf and 0 <= ratio <= 1):
        msg = f"`buffer` is metres, more than 0, and `ratio` from 0 to 1; found {buffer}, {ratio}"
        raise ValueError(msg)
    if not clusters.index.equals(incidents.index):
        msg = "`clusters` is not on the index of `incidents`; are they of the same table?"
        raise ValueError(msg)
    shared = crs.require(incidents=incidents)
    xy = np.column_stack(coordinates(incidents, label="incidents"))
    placed = ~np.isnan(xy[:, 0])
    of_cluster = clusters.to_numpy(dtype=float, na_value=-1)
    inside = placed & (of_cluster >= 0)
    names, number = np.unique(of_cluster[inside].astype(np.int64), return_inverse=True)
    table = _counts(incidents, inside, names, number)
    table["share"] = table["n"] / max(int(placed.sum()), 1)
    places, place, n_there = np.unique(xy[inside], axis=0, return_inverse=True, return_counts=True)
    place = place.ravel()
    table["n_places"] = [len(np.unique(place[number == k])) for k in range(len(names))]
    few = table["n_places"].to_numpy() < FEWEST_PLACES
    drawn = [
        squares(xy[inside][number == k])
        if few[k]
        else around(xy[inside][number == k], shape=shape, buffer=buffer, ratio=ratio)
        for k in range(len(names))
    ]
    table["area_m2"] = shapely.area(drawn)
    table["per_km2"] = table["n"] / table["area_m2"] * 1e6
    table["stacked"] = _stacked(incidents, places, place, number, n_there, table["n"].to_numpy())
    table["few_places"] = few
    order = ["cluster", "n", "n_places", "share", "first", "last", "area_m2", "per_km2", "stacked",
             "few_places"]  # fmt: skip
    result = gpd.GeoDataFrame(
        table[[name for name in order if name in table]], geometry=drawn, crs=shared
    )
    result.attrs |= {
        "n_used": int(placed.sum()),
        "n_in_clusters": int(inside.sum()),
        "n_few_places": int(few.sum()),
        "n_stacked": int(table["stacked"].sum()),
        "method": {"name": "cluster_shapes", "shape": shape, "buffer": buffer, "ratio": ratio},
    }
    if few.any():
        log.info("%d clusters lie on too few places and are drawn as squares", int(few.sum()))
    return result


def around(xy: FloatArray, *, shape: str, buffer: float, ratio: float = 0.3) -> Any:
    """Draw a shape around points."""
    points = shapely.multipoints(xy)
    if shape == "ellipse":
        return ellipse(xy, least=buffer)
    hull = shapely.concave_hull(points, ratio) if shape == "concave" else points.convex_hull
    return shapely.buffer(hull, buffer)


def squares(xy: FloatArray) -> Any:
    """
    Return the squares of 100 m that points lie in.

    Examples
    --------
    >>> squares(np.array([[10.0, 10.0], [20.0, 99.0]])).bounds
    (0.0, 0.0, 100.0, 100.0)
    """
    corners = np.unique(np.floor(xy / _SQUARE), axis=0) * _SQUARE
    return shapely.union_all(shapely.box(*corners.T, *(corners.T + _SQUARE)))


def ellipse(xy: FloatArray, *, least: float = 0.0) -> Any:
    """
    Return the standard deviational ellipse of points.

    Its axes lie along the directions in which the points spread most and least; the semi-axes
    are ``sqrt(2)`` standard deviations (n - 2 degrees of freedom), the size that for points
    from a normal curve holds 63 %.

    Examples
    --------
    >>> four = np.array([[-2.0, 0.0], [2.0, 0.0], [0.0, -1.0], [0.0, 1.0]])
    >>> [round(edge, 3) for edge in ellipse(four).bounds]
    [-2.828, -1.414, 2.828, 1.414]
    """
    centre = xy.mean(axis=0)
    off = xy - centre
    spread, axes = np.linalg.eigh(off.T @ off)
    semi = np.sqrt(2 * np.maximum(spread, 0.0) / max(len(xy) - 2, 1))
    turn = np.linspace(0, 2 * np.pi, 65)[:-1]
    circle = np.column_stack([np.cos(turn), np.sin(turn)]) * np.maximum(semi, least)
    return shapely.polygons(circle @ axes.T + centre)


def _counts(
    incidents: gpd.GeoDataFrame, inside: np.ndarray[Any, Any], names: IntArray, number: IntArray
) -> pd.DataFrame:
    table = pd.DataFrame({"cluster": names, "n": np.bincount(number, minlength=len(names))})
    if "occurred_from" in incidents:
        times = pd.to_datetime(incidents["occurred_from"]).dt.as_unit("s")
        grouped = times[inside].reset_index(drop=True).groupby(number)
        table["first"] = grouped.min().reindex(range(len(names))).astype("datetime64[s]")
        table["last"] = grouped.max().reindex(range(len(names))).astype("datetime64[s]")
    return table


def _stacked(
    incidents: gpd.GeoDataFrame,
    places: FloatArray,
    place: IntArray,
    number: IntArray,
    n_there: IntArray,
    n: IntArray,
) -> np.ndarray[Any, Any]:
    """Return which clusters are half or more one point that is probably a stand-in."""
    from ipgtools import repeats

    if not len(places):
        return np.zeros(len(n), dtype=bool)
    odd = repeats.places(incidents)
    odd = odd[odd["stacked"]]
    known = {(point.x, point.y) for point in odd.geometry}
    suspect = np.array([tuple(at) in known for at in places.tolist()])
    found = np.zeros(len(n), dtype=bool)
    for k in range(len(n)):
        here = np.unique(place[number == k])
        found[k] = bool((n_there[here[suspect[here]]] >= n[k] / 2).any())
    return found
