"""Find where most of the difference between two periods lies, as a count."""

from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import shapely
from scipy.spatial import cKDTree

from ipgtools import crs
from ipgtools.grid import coordinates
from ipgtools.hotspots.hot_places.membership import points_in_places

__all__ = ["LEAST", "MORE", "RADII", "Array", "Difference", "find"]

Array = np.ndarray[Any, Any]

RADII = (100.0, 200.0, 300.0)
"""Metres: how wide the place may be."""
LEAST = 0.5
"""Part of the difference that a place must hold."""
MORE = 1.25
"""Times its part of the incidents that its part of the difference must be."""
_WIDER = 1.25
"""Times as much that a wider place must hold to be taken instead."""


class Difference(NamedTuple):
    """A disc, and the incidents in it now and before."""

    place: shapely.Polygon
    n: int
    n_before: int

    def counted(self, now: gpd.GeoDataFrame, before: gpd.GeoDataFrame) -> "Difference":
        """Count again within the polygon that is drawn, which is a hair smaller than the disc."""
        inside = (len(points_in_places(np.array([self.place]), some)[1]) for some in (now, before))
        return Difference(self.place, *inside)


def find(
    now: gpd.GeoDataFrame,
    before: gpd.GeoDataFrame,
    *,
    exposure: float = 1.0,
    min_incidents: int = 5,
    radii: tuple[float, ...] = RADII,
    least: float = LEAST,
) -> Difference | None:
    """
    Find the place that holds most of a rise or a fall.

    Discs around the incidents of the larger period are tried, but for those that hold much of
    the difference only as they hold much of it all. Of each width the one with most of the
    difference counts; the narrowest is taken, unless a wider one holds a quarter more. It is a
    count: that a difference is significant proves nothing about its places.

    Examples
    --------
    Thirty incidents at one corner have gone, and nothing else changed:

    >>> def points(x):
    ...     return gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, x), crs=28992)
    >>> others = [*range(0, 5000, 200)]
    >>> found = find(points(others), points([*others, *[60] * 30]))
    >>> found.n_before - found.n
    30
    """
    crs.require(now=now, before=before)
    xy, xy_before = _points(now), _points(before)
    difference = len(xy) - exposure * len(xy_before)
    larger = xy if difference > 0 else xy_before
    if difference == 0 or not len(larger):
        return None
    centres = np.unique(larger, axis=0)
    best: tuple[float, Difference] | None = None
    for radius in radii:
        n, n_before = (_within(centres, points, radius) for points in (xy, xy_before))
        held = (n - exposure * n_before) / difference
        share = (n if difference > 0 else n_before) / len(larger)
        held[(np.maximum(n, n_before) < min_incidents) | (held < MORE * share)] = 0
        at = int(np.argmax(held))
        if held[at] >= least and (best is None or held[at] >= _WIDER * best[0]):
            disc = shapely.Point(centres[at]).buffer(radius)
            best = (float(held[at]), Difference(disc, int(n[at]), int(n_before[at])))
    return None if best is None else best[1].counted(now, before)


def _points(incidents: gpd.GeoDataFrame) -> Array:
    x, y = coordinates(incidents, label="incidents")
    return np.column_stack([x, y])[np.isfinite(x)]


def _within(centres: Array, points: Array, radius: float) -> Array:
    if not len(points):
        return np.zeros(len(centres))
    return cKDTree(points).query_ball_point(centres, radius, return_length=True).astype(float)
