"""Find out which rows and columns a grid over something has, and which of their cells."""

from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from ipgtools.errors import IpgError
from ipgtools.grid import _squares
from ipgtools.grid._squares import Frame

__all__ = ["MAX_CELLS", "lay"]

MAX_CELLS = 25_000_000
"""More cells than this is a slip of the cell size, not a wish."""


def lay(
    tiling: ModuleType, shapes: npt.NDArray[Any], size: float, *, flat: bool
) -> tuple[Frame, npt.NDArray[np.bool_]]:
    """Lay cells over shapes."""
    bounds = tuple(float(edge) for edge in shapely.total_bounds(shapes))
    frame = tiling.frame(bounds, size, own_end=flat)
    if frame[2] * frame[3] > MAX_CELLS:
        raise _too_many(size, frame[2], frame[3])
    if flat:
        return _trimmed(frame, _of_rectangle(tiling, bounds, size, frame))
    return _trimmed(frame, _with_surface(tiling, shapes, size, frame))


def _with_surface(
    tiling: ModuleType, shapes: npt.NDArray[Any], size: float, frame: Frame
) -> npt.NDArray[np.bool_]:
    """
    Return which cells share surface with polygons.

    A cell whose centre lies in a polygon does; of the others only those that a polygon
    reaches into do, and these are few.
    """
    col, row, n_cols, n_rows = frame
    inside = np.zeros((n_rows, n_cols), dtype=bool)
    shapely.prepare(shapes)
    for shape, bounds in zip(shapes, shapely.bounds(shapes), strict=True):
        part = tiling.span(tuple(bounds.tolist()), size, frame)
        window = inside[part]
        rows, cols = np.nonzero(~window)
        first = row + part[0].start, col + part[1].start
        covered = shapely.contains_xy(
            shape, *tiling.centres(rows + first[0], cols + first[1], size)
        )
        window[rows[covered], cols[covered]] = True
        rows, cols = rows[~covered], cols[~covered]
        drawn = tiling.polygons(rows + first[0], cols + first[1], size)
        near = shapely.intersects(shape, drawn)
        rows, cols, drawn = rows[near], cols[near], drawn[near]
        shared = ~shapely.touches(shape, drawn)
        window[rows[shared], cols[shared]] = True
    return inside


def _of_rectangle(
    tiling: ModuleType, bounds: tuple[float, ...], size: float, frame: Frame
) -> npt.NDArray[np.bool_]:
    """Return which cells hold any of a rectangle, far edges included."""
    col, row, n_cols, n_rows = frame
    if tiling is _squares:
        return np.ones((n_rows, n_cols), dtype=bool)
    # only those near the rim of the frame can lie outside
    inside = np.ones((n_rows, n_cols), dtype=bool)
    rim = inside.copy()
    rim[3:-3, 3:-3] = False
    rows, cols = np.nonzero(rim)
    # a hair wider, as sides are drawn rounded
    west, south, east, north = bounds
    hair = 1e-9 * (abs(east) + abs(north) + size)
    around = shapely.box(west - hair, south - hair, east + hair, north + hair)
    inside[rows, cols] = shapely.intersects(around, tiling.polygons(rows + row, cols + col, size))
    return inside


def _trimmed(frame: Frame, inside: npt.NDArray[np.bool_]) -> tuple[Frame, npt.NDArray[np.bool_]]:
    """Leave out rows and columns without a cell at the rim of the frame."""
    if not inside.any():
        return frame, inside
    rows, cols = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    kept = inside[rows[0] : rows[-1] + 1, cols[0] : cols[-1] + 1]
    col, row = frame[0] + int(cols[0]), frame[1] + int(rows[0])
    return (col, row, kept.shape[1], kept.shape[0]), kept


def _too_many(size: float, n_cols: int, n_rows: int) -> IpgError:
    msg = (
        f"cells of {size:g} m would be {n_cols} x {n_rows}, more than {MAX_CELLS:,}. "
        "Take larger cells or a smaller area."
    )
    return IpgError(msg, code="grid_too_large", cell_size=size, n_cells=n_cols * n_rows)
