"""
Find the nearest street of points, compiled.

Lines are cut into their straight pieces, and the pieces listed by the square cells that they
pass. A search goes out from a point's own cell in rings, until nothing nearer can follow.
"""

from typing import Any, NamedTuple

import numpy as np
import shapely

from ipgtools._jit import jit

__all__ = ["MOST_CELLS", "Array", "Pieces", "nearest", "pieces"]

Array = np.ndarray[Any, Any]

MOST_CELLS = 4_000_000
"""Cells that the list may have."""


class Pieces(NamedTuple):
    """
    Straight pieces of lines, listed by square cells.

    Parameters
    ----------
    xy : array of float64, n_pieces by 4
        Both ends, in metres.
    edge : array of int64, n_pieces
        Line that each is part of.
    at : array of float64, n_pieces
        Metres from the start of the line to the start of the piece.
    corner : array of float64, 2
        South-west corner of the cells.
    size : float
        Side of a cell in metres.
    shape : array of int64, 2
        Columns and rows.
    first : array of int64, n_cells + 1
        Where the pieces of each cell start in `listed`, row by row.
    listed : array of int64
        Pieces by cell.
    """

    xy: Array
    edge: Array
    at: Array
    corner: Array
    size: float
    shape: Array
    first: Array
    listed: Array


def pieces(lines: Array) -> Pieces:
    """Cut lines into straight pieces, and list them by cells."""
    points, line = shapely.get_coordinates(lines, return_index=True)
    start = np.flatnonzero(np.diff(line) == 0)
    xy = np.column_stack([points[start], points[start + 1]])
    edge = line[start].astype(np.int64)
    length = np.hypot(xy[:, 2] - xy[:, 0], xy[:, 3] - xy[:, 1])
    before = np.concatenate([[0.0], np.cumsum(length)[:-1]])
    at = before - before[np.searchsorted(edge, edge)]
    corner = points.min(axis=0)
    extent = points.max(axis=0) - corner
    size = float(np.sqrt(max(extent.prod(), 1.0) / len(xy)))
    size = max(size, float(extent.max()) / np.sqrt(MOST_CELLS), 1e-3)
    shape = (extent / size).astype(np.int64) + 1
    # the rows that a piece passes, and in each row the columns
    low, high = np.minimum(xy[:, 1], xy[:, 3]), np.maximum(xy[:, 1], xy[:, 3])
    row_low = ((low - corner[1]) / size).astype(np.int64)
    n_rows = ((high - corner[1]) / size).astype(np.int64) - row_low + 1
    of = np.repeat(np.arange(len(xy)), n_rows)
    row = _counted(n_rows) + row_low[of]
    flat = high[of] == low[of]
    rise = np.where(flat, 1.0, xy[of, 3] - xy[of, 1])
    cut = [np.clip((corner[1] + (row + up) * size - xy[of, 1]) / rise, 0, 1) for up in (0, 1)]
    one = np.where(flat, 0.0, cut[0])
    two = np.where(flat, 1.0, cut[1])
    x_one, x_two = (xy[of, 0] + part * (xy[of, 2] - xy[of, 0]) for part in (one, two))
    # a hair wider, so that rounding leaves out no cell
    hair = 1e-9 * size
    column_low = np.clip((np.minimum(x_one, x_two) - corner[0] - hair) / size, 0, None)
    column_high = (np.maximum(x_one, x_two) - corner[0] + hair) / size
    column_low = column_low.astype(np.int64)
    column_high = np.minimum(column_high.astype(np.int64), shape[0] - 1)
    n_columns = column_high - column_low + 1
    piece = np.repeat(of, n_columns)
    cell = np.repeat(row, n_columns) * shape[0]
    cell += _counted(n_columns) + np.repeat(column_low, n_columns)
    order = np.argsort(cell, kind="stable")
    first = np.zeros(int(shape.prod()) + 1, np.int64)
    np.cumsum(np.bincount(cell, minlength=len(first) - 1), out=first[1:])
    return Pieces(xy, edge, at, corner, size, shape, first, piece[order])


def _counted(sizes: Array) -> Array:
    """Count from 0 within each group."""
    return np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)


@jit
def nearest(
    x: Array,
    y: Array,
    reach: float,
    xy: Array,
    edge: Array,
    at: Array,
    corner: Array,
    size: float,
    shape: Array,
    first: Array,
    listed: Array,
) -> tuple[Array, Array, Array]:
    """Find the nearest line of each point."""
    n = x.shape[0]
    found, where, distance = np.full(n, -1, np.int64), np.zeros(n), np.full(n, np.inf)
    furthest = max(shape[0], shape[1])
    for point in range(n):
        px, py = (x[point] - corner[0]) / size, (y[point] - corner[1]) / size
        column, row = int(np.floor(px)), int(np.floor(py))
        inside = min(px - column, column + 1 - px, py - row, row + 1 - py)
        # rings that don't touch the cells are passed over
        ring = max(0, -column, column - shape[0] + 1, -row, row - shape[1] + 1)
        last = ring + furthest
        best, best_edge, best_at = np.inf, -1, 0.0
        while ring <= last:
            nearer = (ring - 1 + inside) * size if ring else 0.0
            if nearer > reach or nearer * nearer > best:
                break
            for r in range(max(row - ring, 0), min(row + ring, shape[1] - 1) + 1):
                whole = abs(r - row) == ring
                step = 1 if whole or ring == 0 else 2 * ring
                for c in range(column - ring, column + ring + 1, step):
                    if c < 0 or c >= shape[0]:
                        continue
                    cell = r * shape[0] + c
                    for place in range(first[cell], first[cell + 1]):
                        s = listed[place]
                        dx, dy = xy[s, 2] - xy[s, 0], xy[s, 3] - xy[s, 1]
                        square = dx * dx + dy * dy
                        t = 0.0
                        if square > 0:
                            t = ((x[point] - xy[s, 0]) * dx + (y[point] - xy[s, 1]) * dy) / square
                            t = min(max(t, 0.0), 1.0)
                        qx = xy[s, 2] if t == 1.0 else xy[s, 0] + t * dx
                        qy = xy[s, 3] if t == 1.0 else xy[s, 1] + t * dy
                        d = (x[point] - qx) ** 2 + (y[point] - qy) ** 2
                        if d < best or (d == best and edge[s] < best_edge):
                            best, best_edge = d, edge[s]
                            best_at = at[s] + t * np.sqrt(square)
            ring += 1
        if best <= reach * reach * (1 + 1e-12):
            found[point], where[point], distance[point] = best_edge, best_at, np.sqrt(best)
    return found, where, distance
