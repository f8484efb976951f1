"""Bring points and the area they could have been in together."""

import logging
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from ipgtools import crs
from ipgtools.errors import IpgError
from ipgtools.grid import FloatArray, coordinates

__all__ = [
    "Rng", "Window", "as_window", "border_distance", "check_simulations", "is_rectangle", "scatter",
    "seed_of",
]  # fmt: skip

log = logging.getLogger(__name__)


Rng = int | np.random.Generator | None


@dataclass(frozen=True)
class Window:
    """
    Points in an area.

    Parameters
    ----------
    xy : ndarray of float, (n, 2)
        The points inside, in metres.
    shape : shapely Polygon or MultiPolygon
        The area, its interior to the left of its borders.
    attrs : dict
        `n_used`, `n_outside`, `n_without_geometry` and `n_stacked`: points that share their
        exact place with another.
    """

    xy: FloatArray
    shape: Any
    attrs: dict[str, Any]


def as_window(
    points: gpd.GeoDataFrame | gpd.GeoSeries, area: gpd.GeoDataFrame | gpd.GeoSeries
) -> Window:
    """Select the points that lie in the area."""
    crs.require(points=points, area=area)
    shape = shapely.union_all(area.geometry.to_numpy())
    parts = [part for part in shapely.get_parts(shape) if shapely.area(part) > 0]
    if not parts:
        msg = "`area` has no surface: it needs at least one polygon"
        raise IpgError(msg, code="grid_empty")
    shape = shapely.orient_polygons(shapely.multipolygons(parts))
    shapely.prepare(shape)
    x, y = coordinates(points)
    there = ~np.isnan(x)
    inside = there & shapely.intersects_xy(shape, x, y)
    xy = np.column_stack([x[inside], y[inside]])
    _, copies = np.unique(xy, axis=0, return_counts=True)
    attrs = {
        "n_used": len(xy),
        "n_outside": int((there & ~inside).sum()),
        "n_without_geometry": int((~there).sum()),
        "n_stacked": int(copies[copies > 1].sum()),
    }
    if len(xy) < len(x):
        log.info("%d of %d points lie outside the area or nowhere", len(x) - len(xy), len(x))
    return Window(xy, shape, attrs)


def is_rectangle(shape: Any) -> bool:
    """Return whether an area is one rectangle, however it is turned."""
    box = shapely.minimum_rotated_rectangle(shape)
    return bool(abs(box.area - shape.area) <= 1e-9 * shape.area)


def border_distance(xy: FloatArray, shape: Any) -> FloatArray:
    """Return the distance of points to the border of the area."""
    border = shape.boundary
    shapely.prepare(border)
    return np.asarray(shapely.distance(shapely.points(xy), border), dtype=float)


def scatter(n: int, shape: Any, draw: np.random.Generator) -> FloatArray:
    """Deal points out evenly at random over the area."""
    west, south, east, north = shape.bounds
    share = shape.area / ((east - west) * (north - south))
    found: list[FloatArray] = []
    missing = n
    while missing > 0:
        tries = int(missing / share * 1.1) + 10
        xy = draw.uniform((west, south), (east, north), (tries, 2))
        found.append(xy[shapely.contains_xy(shape, xy[:, 0], xy[:, 1])][:missing])
        missing -= len(found[-1])
    return np.concatenate(found) if found else np.zeros((0, 2))


def check_simulations(n_simulations: int, alpha: float) -> None:
    """Validate n_simulations and alpha."""
    if not 0 < alpha < 1:
        msg = f"`alpha` is {alpha!r}, expected a number between 0 and 1 such as 0.05"
        raise ValueError(msg)
    if n_simulations < 0 or n_simulations != int(n_simulations):
        msg = f"`n_simulations` is {n_simulations!r}, expected a number such as 199, or 0"
        raise ValueError(msg)


def seed_of(rng: Rng) -> int | None:
    """Return the seed to report: the number given, or None."""
    return int(rng) if isinstance(rng, (int, np.integer)) else None
