"""Draw the outline of a hot place: its cells as one shape, or the street that it is."""

from collections.abc import Iterable
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from ipgtools import network
from ipgtools.hotspots.hot_places.segments import strokes

__all__ = ["ALONG", "FURTHEST", "LEAST", "WIDTH", "Array", "outline"]

Array = np.ndarray[Any, Any]

WIDTH = 45.0
"""Metres on either side of a street that is drawn as a line: its houses and gardens."""
ALONG = 0.6
"""Share of the cells' sides that a street must run through for the cells to be that street."""
LEAST = 2.5
"""Sides of a cell that a street must run through, at least."""
FURTHEST = 1.25
"""Sides of a cell from the street to the furthest corner: it runs through every cell."""
_CELL = 100.0
_JOINED, _ROUNDED = 0.25, 0.1
"""Parts of a cell's side by which cells that touch at a corner are joined, and corners rounded."""


def outline(
    cells: Any, streets: gpd.GeoDataFrame | None = None, area: Any = None
) -> "shapely.Polygon | shapely.MultiPolygon":
    """
    Return the outline of a place.

    Cells become one shape without borders or holes inside, with slightly rounded corners.
    Where one street runs through all of them, end to end, the outline is drawn around that
    stretch of street instead, 45 m on either side.

    Examples
    --------
    >>> two = [shapely.box(0, 0, 100, 100), shapely.box(100, 100, 200, 200)]
    >>> outline(two).geom_type
    'Polygon'
    >>> street = gpd.GeoDataFrame(geometry=[shapely.LineString([(0, 30), (400, 30)])], crs=28992)
    >>> [round(side) for side in outline(shapely.box(0, 0, 400, 100), street).bounds]
    [-45, -15, 445, 75]
    """
    whole, side = _dissolved(cells)
    if whole.is_empty:
        return shapely.Polygon()
    line = _street(whole, side, streets)
    if line is not None:
        shape = shapely.buffer(line, WIDTH)
    else:
        join, rounding = _JOINED * side, _ROUNDED * side
        shape = shapely.buffer(shapely.buffer(whole, join), -join - rounding)
        shape = shapely.buffer(shape, rounding)
    shape = _without_holes(shape)
    if area is not None:
        shape = _without_holes(shapely.intersection(shape, area))
    return shape


def _dissolved(cells: Any) -> tuple[Any, float]:
    """Return the union of cells, and the side of one."""
    listed = [cells] if isinstance(cells, shapely.Geometry) else list(cells)
    shapes = np.array([each for each in listed if each is not None and not each.is_empty])
    if not len(shapes):
        return shapely.Polygon(), _CELL
    whole = shapely.union_all(shapes)
    # every side of a union is a whole number of sides of its cells
    rings = shapely.get_rings(shapely.get_parts(shapely.simplify(whole, 0)))
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    sides = np.abs(np.diff(xy, axis=0))[np.diff(ring) == 0]
    upright = (sides.min(axis=1) < 1e-6).all()
    return whole, float(min(sides.max(axis=1).min(), _CELL)) if upright else _CELL


def _street(whole: Any, side: float, streets: gpd.GeoDataFrame | None) -> Any:
    """Return the part of the street that the cells are; None if they are no street."""
    if streets is None:
        return None
    lines = streets.geometry.to_numpy()
    near = streets[shapely.intersects(lines, whole)]
    if not shapely.length(near.geometry.to_numpy()).any():
        return None
    graph = network.build(near)
    followed = strokes(graph)
    inside = shapely.length(shapely.intersection(graph.lines, whole))[followed.arcs >> 1]
    metres = np.add.reduceat(inside, followed.start[:-1])
    corners = shapely.points(shapely.get_coordinates(whole))
    for best in np.argsort(-np.round(metres, 3), kind="stable"):
        if metres[best] < max(ALONG * whole.area / side, LEAST * side):
            return None
        edges = followed.arcs[followed.start[best] : followed.start[best + 1]] >> 1
        line = shapely.intersection(shapely.union_all(graph.lines[edges]), whole)
        if shapely.distance(corners, line).max() <= FURTHEST * side:
            return shapely.line_merge(line)
    return None


def _without_holes(shape: Any) -> "shapely.Polygon | shapely.MultiPolygon":
    parts: Iterable[Any] = (
        part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"
    )
    filled = shapely.union_all([shapely.Polygon(part.exterior) for part in parts])
    return filled if not filled.is_empty else shapely.Polygon()
