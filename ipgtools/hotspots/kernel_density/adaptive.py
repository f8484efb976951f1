"""Assign each incident its own bandwidth: narrow where many lie, wide where few do."""

import math
from typing import TYPE_CHECKING

import numpy as np

from ipgtools.grid import FloatArray
from ipgtools.hotspots.kernel_density.binning import Lattice, convolve, linear_bin
from ipgtools.hotspots.kernel_density.kernels import KERNELS, Kernel

if TYPE_CHECKING:
    from ipgtools.grid import Grid

__all__ = ["bandwidths_of", "summarise"]

_MOST_WIDE = 5.0
"""Times the geometric mean: a far-off incident is not spread over the whole town."""

_PER_BANDWIDTH = 14
"""Lattice steps per bandwidth of the pilot."""


def bandwidths_of(
    x: FloatArray,
    y: FloatArray,
    heavy: FloatArray | None,
    adaptive: str | int | None,
    base: float,
    grid: "Grid",
    shape: Kernel,
) -> FloatArray:
    """
    Return the bandwidth of each incident.

    References
    ----------
    Abramson (1982), Annals of Statistics 10, 1217-1223; Silverman (1986), Density Estimation,
    section 5.3; Breiman, Meisel & Purcell (1977), Technometrics 19, 135-144, for neighbours.

    Examples
    --------
    >>> from ipgtools.grid import Grid
    >>> x, quartic = np.array([0.0, 200.0, 500.0]), KERNELS["quartic"]
    >>> grid = Grid.covering((0, 0, 1000, 100))
    >>> bandwidths_of(x, np.zeros(3), None, 1, 0.0, grid, quartic).tolist()
    [200.0, 200.0, 300.0]
    """
    wide = np.where(np.isnan(x), np.nan, base)
    if adaptive is None:
        return wide
    stretch = KERNELS["quartic"].spread / shape.spread
    least = float(grid.cell_size) * stretch
    west, south, east, north = grid.bounds
    furthest = _MOST_WIDE * base * shape.reach
    near = ~np.isnan(x)
    if adaptive == "abramson":
        near &= (x >= west - furthest) & (x <= east + furthest)
        near &= (y >= south - furthest) & (y <= north + furthest)
    if not near.any():
        return wide
    at_x, at_y = x[near], y[near]
    if isinstance(adaptive, int):
        wide[near] = np.maximum(_to_neighbour(at_x, at_y, adaptive), least)
        return wide
    one = np.ones(len(at_x)) if heavy is None else heavy[near]
    pilot = _pilot(at_x, at_y, one, base / stretch)
    dense = np.log(np.maximum(pilot, pilot.max() * 1e-12))
    factor = np.exp(-0.5 * (dense - dense.mean()))
    wide[near] = np.clip(base * factor, least, max(_MOST_WIDE * base, least))
    return wide


def summarise(wide: FloatArray, base: float) -> tuple[float, dict[str, float]]:
    """
    Return the narrowest of the bandwidths used, and facts about them.

    Examples
    --------
    >>> summarise(np.array([100.0, 200.0, 900.0]), 250.0)[0]
    100.0
    """
    if not len(wide):
        return base, {}
    low, middle, high = (float(np.quantile(wide, part)) for part in (0, 0.5, 1))
    return low, {"bandwidth_min": low, "bandwidth_median": middle, "bandwidth_max": high}


def _to_neighbour(x: FloatArray, y: FloatArray, k: int) -> FloatArray:
    from scipy.spatial import cKDTree

    if len(x) < 2:
        return np.zeros(len(x))
    at = np.column_stack([x, y])
    found = cKDTree(at).query(at, k=[min(k, len(x) - 1) + 1], workers=-1)[0]
    return np.asarray(found[:, 0], dtype=float)


def _pilot(x: FloatArray, y: FloatArray, heavy: FloatArray, bandwidth: float) -> FloatArray:
    """Estimate the density at the incidents, binned, with a quartic kernel."""
    from scipy.ndimage import map_coordinates

    step, margin = bandwidth / _PER_BANDWIDTH, _PER_BANDWIDTH + 2
    n_x, n_y = (math.ceil(float(np.ptp(axis)) / step) + 2 + 2 * margin for axis in (x, y))
    x0, y0 = float(x.min()) - margin * step, float(y.min()) - margin * step
    on = Lattice(x0, y0, step, step, n_x, n_y, margin, margin, (1, 1))
    at_x, at_y = (x - x0) / step, (y - y0) / step
    counted = linear_bin(at_x, at_y, heavy, n_y, n_x)
    nodes = convolve(counted, KERNELS["quartic"], bandwidth, on)
    return np.asarray(map_coordinates(nodes, [at_y, at_x], order=1))
