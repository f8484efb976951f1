"""Determine which part of a kernel lies inside the area of a grid."""

from typing import TYPE_CHECKING

import numpy as np
import shapely

from ipgtools.grid import FloatArray
from ipgtools.hotspots.kernel_density.binning import Lattice, at_centres, convolve, lattice_for
from ipgtools.hotspots.kernel_density.kernels import Kernel

if TYPE_CHECKING:
    from ipgtools.grid import Grid

__all__ = ["mass_inside"]

_SAMPLES = 4
"""Samples along each side of the surface around a node."""


def mass_inside(
    grid: "Grid", shape: Kernel, bandwidth: float
) -> tuple[FloatArray, FloatArray, Lattice]:
    """
    Return the part of the kernel around each centre that lies in the grid's area.

    Examples
    --------
    Around the middle of a single cell lies a small part of a wide kernel:

    >>> from ipgtools.grid import Grid
    >>> from ipgtools.hotspots.kernel_density.kernels import KERNELS
    >>> mass, *_ = mass_inside(Grid.covering((0, 0, 100, 100)), KERNELS["uniform"], 100.0)
    >>> bool(abs(mass[0, 0] * np.pi - 1) < 0.01)
    True
    """
    on = lattice_for(grid, shape, bandwidth)
    surface = _squares(grid, on) if grid.shape == "square" else _hexagons(grid, on)
    nodes = convolve(surface * (on.step_x * on.step_y), shape, bandwidth, on, sharpened=False)
    return at_centres(nodes, grid, on), nodes, on


def _squares(grid: "Grid", on: Lattice) -> FloatArray:
    """Return the part of the surface around each node that lies inside, for squares."""
    parts_x, parts_y = on.parts
    table = np.zeros((grid.n_rows, parts_y, grid.n_cols, parts_x))
    rows, cols = np.nonzero(grid.inside)
    table[rows, :, cols, :] = 1.0
    crossed = grid.crossed
    if crossed.any():
        x, y = grid.centres()
        across = (np.arange(parts_x) - (parts_x - 1) / 2) * on.step_x
        up = (np.arange(parts_y) - (parts_y - 1) / 2) * on.step_y
        at_y, at_x = np.broadcast_arrays(
            y[crossed][:, None, None] + up[:, None], x[crossed][:, None, None] + across
        )
        table[rows[crossed], :, cols[crossed], :] = _part_inside(grid, at_x, at_y, on)
    spread = table.reshape(grid.n_rows * parts_y, grid.n_cols * parts_x)
    # half a cell of nodes lies outside the outer centres
    pads = [
        (margin - number // 2, margin - number // 2)
        for margin, number in zip((on.margin_y, on.margin_x), on.parts[::-1], strict=True)
    ]
    inner = [slice(max(-low, 0), spread.shape[i] - max(-low, 0)) for i, (low, _) in enumerate(pads)]
    return np.pad(spread[tuple(inner)], [(max(a, 0), max(b, 0)) for a, b in pads])


def _hexagons(grid: "Grid", on: Lattice) -> FloatArray:
    """Do as `_squares` does, for hexagons: a node belongs to the cell that it lies in."""
    x = on.x0 + np.arange(on.n_x) * on.step_x
    y = on.y0 + np.arange(on.n_y) * on.step_y
    at_x, at_y = (part.ravel() for part in np.meshgrid(x, y))
    position = grid.locate(at_x, at_y)
    surface = (position >= 0).astype(float)
    crossed = (position >= 0) & grid.crossed[position]
    if crossed.any():
        surface[crossed] = _part_inside(grid, at_x[crossed], at_y[crossed], on)
    return surface.reshape(on.n_y, on.n_x)


def _part_inside(grid: "Grid", x: FloatArray, y: FloatArray, on: Lattice) -> FloatArray:
    """Return the part of the surface around each node that lies in the area, by samples."""
    steps = (np.arange(_SAMPLES) + 0.5) / _SAMPLES - 0.5
    found = np.zeros(x.shape)
    for up in steps * on.step_y:
        for across in steps * on.step_x:
            found += shapely.contains_xy(grid.area, x + across, y + up)
    return found / _SAMPLES**2
