"""Draw a small map of the whole area in a corner of a map that shows a part of it."""

from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection

from ipgtools import palette
from ipgtools.charts import _draw, _labels

__all__ = ["draw", "free_corner"]

_WIDEST, _HIGHEST = 0.2, 0.34
"""Parts of the width and height of the map that the small map takes at most."""
_MUCH_LESS = 0.5
"""The small map is drawn where less than this part of the area is seen."""
_MARGIN = 5.0
_DOT = 4.0


def draw(
    ax: Axes, areas: gpd.GeoDataFrame, places: gpd.GeoDataFrame, taken: list[Any]
) -> list[Artist]:
    """Draw where a map lies, in a corner where nothing is covered."""
    whole = shapely.union_all(areas.geometry.to_numpy())
    view = shapely.box(*np.array([ax.get_xlim(), ax.get_ylim()]).T.ravel())
    if not whole.area or whole.intersection(view).area > _MUCH_LESS * whole.area:
        return []
    wide, high = _labels.frame(ax)
    west, south, east, north = shapely.bounds(shapely.union(whole, view))
    per_metre = min(_WIDEST * wide / (east - west), _HIGHEST * high / (north - south))
    size = np.array([east - west, north - south]) * per_metre + 2 * _MARGIN
    corner = free_corner(size, (wide, high), taken)
    if corner is None:
        return []
    taken.append(shapely.box(*corner, *(corner + size)))

    def small(shapes: Any) -> Any:
        """Bring shapes from metres to parts of the axes."""
        return shapely.transform(
            shapes,
            lambda xy: ((xy - (west, south)) * per_metre + corner + _MARGIN) / (wide, high),
        )

    middles = shapely.get_coordinates(shapely.centroid(places.geometry.to_numpy()))
    dots = (middles - (west, south)) * per_metre + corner + _MARGIN
    around = shapely.box(*(corner / (wide, high)), *((corner + size) / (wide, high)))
    half = _DOT / 2
    marks = [shapely.Point(dot).buffer(half) for dot in dots]
    marks = shapely.transform(np.array(marks), lambda xy: xy / (wide, high))
    lines = shapely.simplify(areas.geometry.to_numpy(), 0.5 / per_metre)
    return [
        _shapes(ax, [around], 8.0, palette.PAPER, palette.BORDER, 1.0),
        _shapes(ax, small(lines), 8.1, palette.NO_DATA, palette.PAPER, 0.5),
        _shapes(ax, [small(whole)], 8.2, "none", palette.BORDER, 0.8),
        _shapes(ax, marks, 8.3, palette.INK, "none", 0.0),
        _shapes(ax, [small(view)], 8.4, "none", palette.INK, 1.4),
    ]


def free_corner(
    size: np.ndarray, frame: tuple[float, float], taken: list[Any]
) -> np.ndarray | None:
    """Find the corner where a box covers nothing: below on the left first."""
    right, top = np.array(frame) - size
    for at in ((0.0, 0.0), (right, 0.0), (0.0, top), (right, top)):
        box = shapely.box(*at, *(np.array(at) + size))
        if not (shapely.distance(box, np.array(taken, dtype=object)) < _MARGIN).any():
            return np.array(at)
    return None


def _shapes(ax: Axes, shapes: Any, zorder: float, face: str, edge: str, linewidth: float) -> Artist:
    drawn = PathCollection(
        _draw.paths(list(shapes)), facecolor=face, edgecolor=edge,
        linewidth=linewidth, zorder=zorder, transform=ax.transAxes,
    )  # fmt: skip
    drawn.set_gid("inset")
    return ax.add_collection(drawn, autolim=False)
