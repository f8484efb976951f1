"""Cut cells off where polygons end."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from ipgtools.grid._points import FloatArray, IntArray

__all__ = ["clipped"]


def clipped(
    shapes: npt.NDArray[Any], window: Any, rows: IntArray
) -> tuple[npt.NDArray[Any], FloatArray]:
    """Cut polygons off where a window ends."""
    shapes = shapes.copy()
    shapely.prepare(window)
    cut = np.flatnonzero(~shapely.covers(window, shapes))
    surface = shapely.area(shapes)
    starts = np.flatnonzero(np.diff(rows[cut], prepend=-1))
    for some in np.split(cut, starts[1:]):
        if not len(some):
            continue
        strip = shapely.intersection(window, shapely.box(*shapely.total_bounds(shapes[some])))
        kept = np.array([_polygons(part) for part in shapely.intersection(shapes[some], strip)])
        surface[some] = shapely.area(kept)
        # what shares no measurable surface stays drawn whole, so that no cell is without shape
        there = surface[some] > 0
        shapes[some[there]] = kept[there]
    return shapes, surface


def _polygons(shape: Any) -> Any:
    """Leave out the points and lines along which polygons only touch."""
    if shape.geom_type in {"Polygon", "MultiPolygon"}:
        return shape
    parts = [part for part in shapely.get_parts(shape) if part.geom_type.endswith("Polygon")]
    return shapely.union_all(parts) if parts else shapely.Polygon()
