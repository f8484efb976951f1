"""
Add up kernels at the centres of cells, on plain arrays.

Three ways, chosen by which is fastest for the incidents and grid at hand: the kernel of each
incident over the cells it reaches (exact; vectorised for few, compiled for many), or incidents
spread over a fine lattice that holds all centres and convolved (fast; the error stays under
0.1 % of the peak). Bandwidths that differ by incident are always added up exactly.
"""

import math
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ipgtools.grid import FloatArray
from ipgtools.hotspots.kernel_density.binning import binned, lattice_for
from ipgtools.hotspots.kernel_density.kernels import Kernel, kernel_values

if TYPE_CHECKING:
    from ipgtools.grid import Grid

__all__ = ["COMPILE_FROM", "evaluate"]

COMPILE_FROM = 30_000_000
"""Incident-cell pairs from which compiling pays."""

_EACH_PAIR_UP_TO = 4_000_000
"""Incidents times cells up to which it is not worth asking which cells are in reach."""

_SPLIT_FROM = 500_000_000
"""Incident-cell pairs from which two tables and two threads pay."""


def evaluate(
    x: FloatArray,
    y: FloatArray,
    heavy: FloatArray | None,
    grid: "Grid",
    shape: Kernel,
    bandwidth: float | FloatArray,
    *,
    power: int = 1,
    exact: bool = False,
) -> tuple[FloatArray, str]:
    """
    Add up kernels at the centres of a grid's cells.

    Examples
    --------
    >>> from ipgtools.grid import Grid
    >>> from ipgtools.hotspots.kernel_density.kernels import KERNELS
    >>> spot, grid = np.array([50.0]), Grid.covering((0, 0, 100, 100))
    >>> table, how = evaluate(spot, spot, None, grid, KERNELS["quartic"], 300.0)
    >>> round(float(table[0, 0]) * math.pi * 300**2, 6), how
    (3.0, 'vectorised')
    """
    if not exact and isinstance(bandwidth, float) and _pays(len(x), grid, shape, bandwidth):
        return binned(x, y, heavy, grid, shape, bandwidth, power=power), "binned"
    pairs = float(np.mean(_pairs(grid, shape, bandwidth))) * len(x) if len(x) else 0.0
    how = "compiled" if pairs >= COMPILE_FROM else "vectorised"
    one = np.ones(len(x)) if heavy is None else heavy
    wide = np.broadcast_to(np.asarray(bandwidth, dtype=float), x.shape)
    table = np.zeros((grid.n_rows, grid.n_cols))
    add_up = _vectorised if len(x) * table.size > _EACH_PAIR_UP_TO else _each_pair
    add_up = _compiled if how == "compiled" else add_up
    for rows, centres_x, centres_y in grid.lattices():
        steps = (float(grid.cell_size), grid.row_pitch * (rows.step or 1))
        table[rows] = add_up(x, y, one, centres_x, centres_y, steps, wide, shape, power)
    return table, how


def _pairs(grid: "Grid", shape: Kernel, bandwidth: float | FloatArray) -> npt.NDArray[np.float64]:
    """Count the cells in the square around the reach of each bandwidth."""
    reach = shape.reach * np.atleast_1d(np.asarray(bandwidth, dtype=float))
    along = np.minimum(2 * np.floor(reach / grid.cell_size + 0.5) + 1, grid.n_cols + 1)
    return along * np.minimum(2 * np.floor(reach / grid.row_pitch + 0.5) + 1, grid.n_rows + 1)


def _pays(n: int, grid: "Grid", shape: Kernel, bandwidth: float) -> bool:
    """State whether binning is faster than what else would be done."""
    if not shape.fine:
        return False
    pairs = n * float(_pairs(grid, shape, bandwidth)[0])
    padded = grid.n_cols * grid.n_rows * float(_pairs(grid, shape, bandwidth)[0])
    # measured: nanoseconds per pair or node
    price = 4 * pairs + 2e9 if pairs >= COMPILE_FROM else 15 * pairs + 2 * padded
    on = lattice_for(grid, shape, bandwidth)
    return 60 * on.n_x * on.n_y < price


def _compiled(
    x: FloatArray,
    y: FloatArray,
    heavy: FloatArray,
    centres_x: FloatArray,
    centres_y: FloatArray,
    steps: tuple[float, float],
    bandwidth: FloatArray,
    shape: Kernel,
    power: int,
) -> FloatArray:
    """Add up the kernel of every incident at the centres of the cells it reaches."""
    from ipgtools import _kernels

    def some(part: slice) -> FloatArray:
        return _kernels.scatter(
            x[part], y[part], heavy[part], centres_x, centres_y, steps[0], steps[1],
            bandwidth[part], shape.reach, shape.code, power,
        )  # fmt: skip

    bandwidth = np.ascontiguousarray(bandwidth)
    around = np.pi * (shape.reach * bandwidth) ** 2 / (steps[0] * steps[1])
    threads = min(os.cpu_count() or 1, 4) if around.sum() > _SPLIT_FROM else 1
    parts = [slice(first, None, threads) for first in range(threads)]
    if threads == 1:
        return some(parts[0])
    x, y, heavy = (np.ascontiguousarray(values) for values in (x, y, heavy))
    with ThreadPoolExecutor(threads) as pool:
        return np.asarray(sum(pool.map(some, parts)))


def _vectorised(
    x: FloatArray,
    y: FloatArray,
    heavy: FloatArray,
    centres_x: FloatArray,
    centres_y: FloatArray,
    steps: tuple[float, float],
    bandwidth: FloatArray,
    shape: Kernel,
    power: int,
) -> FloatArray:
    """Go by the offset from an incident's own cell to the cells around."""
    reach = shape.reach * float(bandwidth.max(initial=0.0))
    side = [math.floor(reach / step + 0.5) for step in steps]
    n_cols, n_rows = len(centres_x) + 2 * side[0], len(centres_y) + 2 * side[1]
    # each incident's own cell, and where it lies from that cell's centre
    col = np.rint((x - centres_x[0]) / steps[0]).astype(np.int64)
    row = np.rint((y - centres_y[0]) / steps[1]).astype(np.int64)
    near = (col >= -side[0]) & (col < n_cols - side[0])
    near &= (row >= -side[1]) & (row < n_rows - side[1])
    col, row, heavy, wide = col[near], row[near], heavy[near], bandwidth[near] ** 2
    off_x = x[near] - (centres_x[0] + col * steps[0])
    off_y = y[near] - (centres_y[0] + row * steps[1])
    own = (row + side[1]) * n_cols + col + side[0]
    total = np.zeros((len(centres_y), len(centres_x)))
    for up in range(-side[1], side[1] + 1):
        for right in range(-side[0], side[0] + 1):
            least = (max(abs(up) - 0.5, 0) * steps[1]) ** 2
            least += (max(abs(right) - 0.5, 0) * steps[0]) ** 2
            if least > reach * reach * (1 + 1e-9):
                continue
            squared = ((right * steps[0] - off_x) ** 2 + (up * steps[1] - off_y) ** 2) / wide
            height = heavy * (kernel_values(squared, shape) / wide) ** power
            added = np.bincount(own, weights=height, minlength=n_cols * n_rows)
            window = added.reshape(n_rows, n_cols)
            total += window[
                side[1] - up : side[1] - up + len(centres_y),
                side[0] - right : side[0] - right + len(centres_x),
            ]
    return total


def _each_pair(
    x: FloatArray,
    y: FloatArray,
    heavy: FloatArray,
    centres_x: FloatArray,
    centres_y: FloatArray,
    _steps: tuple[float, float],
    bandwidth: FloatArray,
    shape: Kernel,
    power: int,
) -> FloatArray:
    """Pair every incident with every cell."""
    wide = (bandwidth**2)[:, None, None]
    away = (centres_y - y[:, None])[:, :, None] ** 2 + (centres_x - x[:, None])[:, None, :] ** 2
    height = (kernel_values(away / wide, shape) / wide) ** power
    return np.asarray(np.tensordot(heavy, height, axes=1))
