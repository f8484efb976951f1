"""
Spread incidents over a fine lattice and convolve it with a kernel, on plain arrays.

The lattice holds the centres of all cells, so that nothing is interpolated.
"""

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ipgtools.grid import FloatArray
from ipgtools.hotspots.kernel_density.kernels import KERNELS, Kernel, kernel_values

if TYPE_CHECKING:
    from ipgtools.grid import Grid

__all__ = [
    "COMPILE_BINNING_FROM", "Lattice", "at_centres", "binned", "convolve", "lattice_for",
    "linear_bin",
]  # fmt: skip

COMPILE_BINNING_FROM = 300_000
"""Incidents from which compiled binning pays."""

_FEWEST_PARTS = 1000
"""Parts of a lattice step in which counting an incident is as good as exact."""


class Lattice(NamedTuple):
    """
    Nodes in rows and columns, such that every centre of a cell is one.

    Parameters
    ----------
    x0, y0 : float
        South-west node in metres.
    step_x, step_y : float
        Metres from node to node.
    n_x, n_y : int
        Number of nodes.
    margin_x, margin_y : int
        Nodes around the centres, as far as the kernel reaches.
    parts : tuple of int
        Nodes from one centre to the next, along a row and from row to row (in a row of
        hexagons: half of that).
    """

    x0: float
    y0: float
    step_x: float
    step_y: float
    n_x: int
    n_y: int
    margin_x: int
    margin_y: int
    parts: tuple[int, int]


def binned(
    x: FloatArray,
    y: FloatArray,
    heavy: FloatArray | None,
    grid: "Grid",
    shape: Kernel,
    bandwidth: float,
    *,
    power: int = 1,
) -> FloatArray:
    """
    Spread incidents over the four lattice nodes around, then convolve with the kernel.

    Parameters and result as in `evaluate`; its error is under 0.1 % of the highest value for
    the kernels that have no edge or tip. From `COMPILE_BINNING_FROM` incidents the convolution
    is done in single precision, which adds some 1e-7 of the highest value to that; less than
    1e-6 of it is then given as 0.

    References
    ----------
    Wand (1994), J. Comp. Graph. Stat. 3, 433-445.

    Examples
    --------
    >>> from ipgtools.grid import Grid
    >>> spot, grid = np.array([550.0]), Grid.covering((0, 0, 1100, 1100))
    >>> table = binned(spot, spot, None, grid, KERNELS["quartic"], 300.0)
    >>> bool(abs(table.max() * math.pi * 300**2 / 3 - 1) < 1e-3)
    True
    """
    on, many = lattice_for(grid, shape, bandwidth), len(x) >= COMPILE_BINNING_FROM
    if many:
        counted = _counted(x, y, heavy, on)
    else:
        one = np.ones(len(x)) if heavy is None else heavy
        counted = linear_bin((x - on.x0) / on.step_x, (y - on.y0) / on.step_y, one, on.n_y, on.n_x)
    nodes = convolve(counted, shape, bandwidth, on, power=power, single=many)
    table = at_centres(nodes, grid, on)
    # what rounding in the transform left where there is nothing
    table[table <= (1e-6 if many else 1e-12) * table.max(initial=0.0)] = 0.0
    return table


def _counted(
    x: FloatArray, y: FloatArray, heavy: FloatArray | None, on: Lattice
) -> npt.NDArray[Any]:
    """Bin compiled; incidents of weight 1 in whole parts, where these are fine enough."""
    from ipgtools import _kernels

    place = (on.x0, on.y0, on.step_x, on.step_y, on.n_y, on.n_x)
    parts = min((2**32 - 1) // max(len(x), 1), 2**16)
    if heavy is not None or parts < _FEWEST_PARTS or on.n_x * on.n_y >= 2**31:
        none = np.empty(0) if heavy is None else heavy
        return np.asarray(_kernels.linear_bin(x, y, none, *place))
    counted = _kernels.linear_count(x, y, *place, parts).astype(np.float32)
    counted /= np.float32(parts)
    return np.asarray(counted)


def lattice_for(grid: "Grid", shape: Kernel, bandwidth: float) -> Lattice:
    """
    Lay a lattice through all centres, as fine as the kernel needs, as wide as it reaches.

    Examples
    --------
    >>> from ipgtools.grid import Grid
    >>> on = lattice_for(Grid.covering((0, 0, 1100, 1100)), KERNELS["quartic"], 1000.0)
    >>> on.parts, round(on.step_x, 2)
    ((3, 3), 33.33)
    """
    fine = shape.fine or KERNELS["quartic"].fine
    lattices = grid.lattices()
    unit_x = grid.cell_size / (1 if grid.shape == "square" else 2)
    unit_y = grid.row_pitch
    parts = [max(math.ceil(fine * unit / bandwidth), 1) for unit in (unit_x, unit_y)]
    # odd, so that the sides of squares lie halfway between nodes
    parts = [number + 1 - number % 2 for number in parts]
    step_x, step_y = unit_x / parts[0], unit_y / parts[1]
    west = min(float(x[0]) for _, x, _ in lattices)
    east = max(float(x[-1]) for _, x, _ in lattices)
    south = min(float(y[0]) for _, _, y in lattices)
    reach = shape.reach_binned * bandwidth
    margin_x, margin_y = math.ceil(reach / step_x) + 2, math.ceil(reach / step_y) + 2
    return Lattice(
        west - margin_x * step_x,
        south - margin_y * step_y,
        step_x,
        step_y,
        round((east - west) / step_x) + 1 + 2 * margin_x,
        (grid.n_rows - 1) * parts[1] + 1 + 2 * margin_y,
        margin_x,
        margin_y,
        (parts[0], parts[1]),
    )


def at_centres(nodes: FloatArray, grid: "Grid", on: Lattice) -> FloatArray:
    """
    Read a lattice at the centres of the cells: (n_rows, n_cols).

    Examples
    --------
    >>> from ipgtools.grid import Grid
    >>> grid = Grid.covering((0, 0, 200, 100))
    >>> on = lattice_for(grid, KERNELS["quartic"], 1000.0)
    >>> along = np.arange(on.n_x) * on.step_x + on.x0 + np.zeros((on.n_y, 1))
    >>> at_centres(along, grid, on).round(6).tolist()
    [[50.0, 150.0]]
    """
    table = np.empty((grid.n_rows, grid.n_cols))
    each = on.parts[0] * (1 if grid.shape == "square" else 2)
    for rows, x, y in grid.lattices():
        first_x = round((float(x[0]) - on.x0) / on.step_x)
        first_y = round((float(y[0]) - on.y0) / on.step_y)
        up = on.parts[1] * (rows.step or 1)
        table[rows] = nodes[
            first_y : first_y + len(y) * up : up, first_x : first_x + len(x) * each : each
        ]
    return table


def convolve(
    counted: npt.NDArray[Any],
    shape: Kernel,
    bandwidth: float,
    on: Lattice,
    *,
    power: int = 1,
    sharpened: bool = True,
    single: bool = False,
) -> FloatArray:
    """
    Convolve a lattice with the kernel; right but for the kernel's reach along the border.

    The kernel is even along both axes, so two cosine transforms of a quarter of it give its
    whole transform, which is real. Linear binning smooths by 1/6 step squared per axis on average;
    `sharpened` takes that back out of the kernel (minus 1/12 of its second differences),
    which leaves less than half of the error. `single` halves the memory that the transforms
    go through, which is what holds them back.

    Examples
    --------
    What is spread keeps its total:

    >>> counted = np.zeros((80, 80))
    >>> counted[40, 40] = 5.0
    >>> on = Lattice(0.0, 0.0, 1.0, 1.0, 80, 80, 30, 30, (1, 1))
    >>> round(float(convolve(counted, KERNELS["quartic"], 28.0, on).sum()), 3)
    5.0
    """
    from scipy import fft

    n_y, n_x = (2 * fft.next_fast_len((side + 1) // 2, real=True) for side in counted.shape)
    most = [int(shape.reach_binned * bandwidth / step) + 1 for step in (on.step_y, on.step_x)]
    away = [np.arange(most[0] + 1) * on.step_y, np.arange(most[1] + 1) * on.step_x]
    squared = (away[0][:, None] ** 2 + away[1][None, :] ** 2) / bandwidth**2
    height = (kernel_values(squared, shape) / bandwidth**2) ** power
    height[squared > shape.reach_binned**2] = 0.0
    if single:
        counted, height = counted.astype(np.float32, copy=False), height.astype(np.float32)
    factor = fft.dct(fft.dct(height, 1, n_y // 2 + 1, axis=0), 1, n_x // 2 + 1, axis=1)
    if sharpened:
        y, x = (np.cos(2 * math.pi / n * np.arange(n // 2 + 1)) for n in (n_y, n_x))
        factor *= ((16 - 2 * y[:, None] - 2 * x[None, :]) / 12).astype(factor.dtype)
    product = fft.rfft2(counted, s=(n_y, n_x), workers=-1)
    product[: n_y // 2 + 1] *= factor
    product[n_y // 2 + 1 :] *= factor[1:-1][::-1]
    table = fft.irfft2(product, s=(n_y, n_x), workers=-1, overwrite_x=True)
    return np.asarray(table[: counted.shape[0], : counted.shape[1]])


def linear_bin(
    at_x: FloatArray, at_y: FloatArray, heavy: FloatArray, n_rows: int, n_cols: int
) -> FloatArray:
    """
    Spread weights over the four lattice nodes around each point, vectorised.

    Examples
    --------
    >>> linear_bin(np.array([0.25]), np.array([0.0]), np.array([4.0]), 2, 2).tolist()
    [[3.0, 1.0], [0.0, 0.0]]
    """
    there = (at_x >= 0) & (at_x < n_cols - 1) & (at_y >= 0) & (at_y < n_rows - 1)
    at_x, at_y, heavy = at_x[there], at_y[there], heavy[there]
    col, row = at_x.astype(np.int64), at_y.astype(np.int64)
    right, up = at_x - col, at_y - row
    node = row * n_cols + col
    counted = np.zeros(n_rows * n_cols)
    for offset, share in (
        (0, (1 - right) * (1 - up)),
        (1, right * (1 - up)),
        (n_cols, (1 - right) * up),
        (n_cols + 1, right * up),
    ):
        counted += np.bincount(node + offset, weights=heavy * share, minlength=n_rows * n_cols)
    return counted.reshape(n_rows, n_cols)
