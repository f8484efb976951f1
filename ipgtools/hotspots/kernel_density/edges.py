"""Tell which part of a kernel lies inside a grid."""

from typing import TYPE_CHECKING

import numpy as np

from ipgtools.grid import FloatArray
from ipgtools.hotspots.kernel_density.binning import Lattice, at_centres, convolve, lattice_for
from ipgtools.hotspots.kernel_density.kernels import Kernel

if TYPE_CHECKING:
    from ipgtools.grid import Grid


def mass_inside(
    grid: "Grid", shape: Kernel, bandwidth: float
) -> tuple[FloatArray, FloatArray, Lattice]:
    """
    Give the part of the kernel around each centre that lies in the grid's cells.

    Parameters
    ----------
    grid : Grid
        Its cells are the inside; of a clipped one each counts by its share.
    shape : Kernel
        One of `KERNELS`.
    bandwidth : float
        Metres.

    Returns
    -------
    mass : ndarray of float, (n_rows, n_cols)
        Between 0 and 1.
    nodes : ndarray of float, (n_y, n_x)
        The same at the nodes of a lattice.
    on : Lattice
        That lattice.

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
    share = np.zeros((grid.n_rows, grid.n_cols))
    share[grid.inside] = grid.shares
    if grid.shape == "square":
        spread = np.kron(share, np.ones(on.parts[::-1]))
        # half a cell of nodes lies outside the outer centres
        pads = [
            (margin - number // 2, margin - number // 2)
            for margin, number in zip((on.margin_y, on.margin_x), on.parts[::-1], strict=True)
        ]
        inner = [
            slice(max(-low, 0), spread.shape[i] - max(-low, 0)) for i, (low, _) in enumerate(pads)
        ]
        surface = np.pad(spread[tuple(inner)], [(max(a, 0), max(b, 0)) for a, b in pads])
    else:
        x = on.x0 + np.arange(on.n_x) * on.step_x
        y = on.y0 + np.arange(on.n_y) * on.step_y
        at_x, at_y = (part.ravel() for part in np.meshgrid(x, y))
        position = grid.locate(at_x, at_y)
        surface = np.where(position >= 0, grid.shares[position], 0.0).reshape(on.n_y, on.n_x)
    nodes = convolve(surface * (on.step_x * on.step_y), shape, bandwidth, on, sharpened=False)
    return at_centres(nodes, grid, on), nodes, on
