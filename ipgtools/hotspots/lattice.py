"""
Recognise cells that lie on a lattice, and sum over discs around them.

On a lattice the neighbours within a radius of each cell lie at the same steps, so that sums
over them cost little whatever the radius.
"""

import math
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from ipgtools.grid import FloatArray, Grid, IntArray

__all__ = ["Lattice", "disc_sums", "lattice_of", "lattice_of_cells", "sums_around"]

_TALL = math.sqrt(3) / 2
"""From row to row of hexagons, in sizes."""


class Lattice(NamedTuple):
    """
    Where cells lie on a lattice.

    Parameters
    ----------
    rows, cols : ndarray of int, n_cells
        0 or more. Hexagons: columns are half a cell, so that every second one of a row is
        empty.
    size : float
        Size of a cell in metres: of hexagons the distance between flat sides.
    up, along : float
        From row to row and from column to column, in sizes.
    radius : float
        Metres within which the centres of the nearest cells around lie: eight of a square, six
        of a hexagon.
    """

    rows: IntArray
    cols: IntArray
    size: float
    up: float
    along: float
    radius: float


def lattice_of_cells(cells: gpd.GeoDataFrame) -> Lattice | None:
    """
    Return where cells lie if they are squares or hexagons of one grid, whole or clipped.

    Examples
    --------
    >>> lattice_of_cells(Grid.covering((0, 0, 200, 100)).cells()).cols.tolist()
    [0, 1]
    """
    shapes = cells.geometry.to_numpy()
    if (found := lattice_of(shapes)) is not None:
        rows, cols, size = found
        return Lattice(rows, cols, size, 1.0, 1.0, size * math.sqrt(2))
    return _hexagons(shapes) or _clipped(cells)


def sums_around(values: FloatArray, at: Lattice, radius: float) -> tuple[FloatArray, IntArray]:
    """
    Sum values over the cells whose centres lie within a radius of each, itself included.

    Examples
    --------
    >>> at = lattice_of_cells(Grid.covering((0, 0, 300, 100)).cells())
    >>> [part.tolist() for part in sums_around(np.array([1.0, 2.0, 4.0]), at, 100.0)]
    [[3.0, 7.0, 6.0], [2, 3, 2]]
    """
    shape = (int(at.rows.max()) + 1, int(at.cols.max()) + 1)
    whole = bool((values == np.rint(values)).all() and np.abs(values).sum() < 2**53)
    table = np.zeros(shape, dtype=np.int64 if whole else float)
    table[at.rows, at.cols] = values
    there = np.zeros(shape, dtype=np.int64)
    there[at.rows, at.cols] = 1
    summed, counted = (
        disc_sums(part, radius / at.size, up=at.up, along=at.along)[at.rows, at.cols]
        for part in (table, there)
    )
    return summed.astype(float), counted


def lattice_of(shapes: npt.NDArray[Any]) -> tuple[IntArray, IntArray, float] | None:
    """Return row, column and cell size if the shapes are squares of one grid, else None."""
    bounds = shapely.bounds(shapes)
    sides = bounds[:, 2:] - bounds[:, :2]
    size = float(sides[0, 0])
    if size <= 0 or np.abs(sides - size).max() > 1e-6 * size:
        return None
    if np.abs(shapely.area(shapes) - size * size).max() > 1e-6 * size * size:
        return None
    steps = (bounds[:, :2] - bounds[:, :2].min(axis=0)) / size
    whole = np.rint(steps).astype(np.int64)
    if np.abs(steps - whole).max() > 1e-6:
        return None
    cols, rows = whole[:, 0], whole[:, 1]
    n_rectangle = (int(rows.max()) + 1) * (int(cols.max()) + 1)
    if n_rectangle > 1_000_000 + 50 * len(shapes):
        return None
    seen = np.bincount(rows * (cols.max() + 1) + cols, minlength=n_rectangle)
    return None if seen.max() > 1 else (rows, cols, size)


def disc_sums(
    table: npt.NDArray[Any], reach: float, *, up: float = 1.0, along: float = 1.0
) -> npt.NDArray[Any]:
    """
    Sum a table over a disc around each of its cells.

    Examples
    --------
    >>> disc_sums(np.array([[1, 2, 4]]), 1).tolist()
    [[3, 7, 6]]
    """
    n_rows, n_cols = table.shape
    running = np.zeros((n_rows, n_cols + 1), dtype=table.dtype)
    np.cumsum(table, axis=1, out=running[:, 1:])
    sums = np.zeros_like(table)
    columns = np.arange(n_cols)
    for step in range(min(int(reach / up), n_rows - 1) + 1):
        half = int(math.sqrt(max(reach * reach - (step * up) ** 2, 0.0)) / along)
        end = np.minimum(columns + half + 1, n_cols)
        strip = running[:, end] - running[:, np.maximum(columns - half, 0)]
        if step == 0:
            sums += strip
        else:
            sums[step:] += strip[:-step]
            sums[:-step] += strip[step:]
    return sums


def _hexagons(shapes: npt.NDArray[Any]) -> Lattice | None:
    """Recognise whole hexagons by their extent, surface and distances."""
    bounds = shapely.bounds(shapes)
    sides = bounds[:, 2:] - bounds[:, :2]
    size = float(sides[0, 0])
    if not size > 0 or np.abs(sides - [size, size / _TALL]).max() > 1e-6 * size:
        return None
    if np.abs(shapely.area(shapes) - _TALL * size * size).max() > 1e-6 * size * size:
        return None
    steps = (bounds[:, :2] - bounds[:, :2].min(axis=0)) / [size / 2, size * _TALL]
    whole = np.rint(steps).astype(np.int64)
    if np.abs(steps - whole).max() > 1e-6 or np.ptp(whole.sum(axis=1) % 2):
        return None
    return _placed(whole[:, 1], whole[:, 0], size, hexagons=True)


def _clipped(cells: gpd.GeoDataFrame) -> Lattice | None:
    """Find clipped cells back by their names, if they lie where the named cells do."""
    lattice = cells.attrs.get("grid")
    if not (isinstance(lattice, dict) and lattice.get("clipped") and "cell_id" in cells):
        return None
    n_rows, n_cols = lattice["n_rows"], lattice["n_cols"]
    grid = Grid(
        lattice["cell_size"], lattice["x0"], lattice["y0"], n_cols, n_rows, cells.crs,
        np.ones((n_rows, n_cols), dtype=bool), lattice["shape"],
    )  # fmt: skip
    position = pd.Index(grid.cell_ids).get_indexer(pd.Index(cells["cell_id"]))
    if (position < 0).any():
        return None
    x, y = (values[position] for values in grid.centres())
    half, tall = grid.cell_size / 2, grid.row_pitch / 2
    tall = tall if grid.shape == "square" else tall * 4 / 3
    bounds, room = shapely.bounds(cells.geometry.to_numpy()), 1e-6 * grid.cell_size
    drawn = np.column_stack([x - half, y - tall, x + half, y + tall]) + room * np.array(
        [-1, -1, 1, 1]
    )
    if (bounds[:, :2] < drawn[:, :2]).any() or (bounds[:, 2:] > drawn[:, 2:]).any():
        return None
    hexagons = grid.shape == "hexagon"
    across = half if hexagons else float(grid.cell_size)
    cols = np.rint((x - x.min()) / across).astype(np.int64)
    rows = np.rint((y - y.min()) / grid.row_pitch).astype(np.int64)
    return _placed(rows, cols, float(grid.cell_size), hexagons=hexagons)


def _placed(rows: IntArray, cols: IntArray, size: float, *, hexagons: bool) -> Lattice | None:
    n_rectangle = (int(rows.max()) + 1) * (int(cols.max()) + 1)
    if n_rectangle > 1_000_000 + 50 * len(rows):
        return None
    seen = np.bincount(rows * (cols.max() + 1) + cols, minlength=n_rectangle)
    if seen.max() > 1:
        return None
    if hexagons:
        return Lattice(rows, cols, size, _TALL, 0.5, size)
    return Lattice(rows, cols, size, 1.0, 1.0, size * math.sqrt(2))
