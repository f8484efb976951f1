"""
Estimate how dense incidents lie at the centre of each cell.

Three ways, chosen by which is fastest for the table and grid at hand: adding up the kernel
of each incident over the cells it reaches (exact; vectorised for few, compiled for many
incidents), or spreading incidents over a fine lattice and convolving (fast; the error stays
under 0.1 % of the peak).
"""

import logging
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from ipgtools.grid import FloatArray, coordinates
from ipgtools.hotspots.counts import incident_weights

if TYPE_CHECKING:
    from ipgtools.grid import Grid

log = logging.getLogger(__name__)

_COMPILE_FROM = 30_000_000
"""Incident-cell pairs from which compiling pays."""

_COMPILE_BINNING_FROM = 300_000
"""Incidents from which compiled binning pays."""


@dataclass(frozen=True)
class Kernel:
    """
    A kernel: how the weight of an incident falls off with distance.

    Parameters
    ----------
    code : int
        Which one, for the compiled loops.
    reach : float
        Where it ends, in bandwidths; for the Gaussian where nothing is left at double
        precision.
    spread : float
        Standard deviation per axis, in bandwidths.
    fine : float
        Lattice steps per bandwidth that keep binning within 0.1 %; 0 where no lattice does,
        because the kernel has an edge or a tip.
    reach_binned : float
        Where it may end when binned, in bandwidths.
    """

    code: int
    reach: float
    spread: float
    fine: float
    reach_binned: float


KERNELS = {
    "quartic": Kernel(0, 1.0, math.sqrt(1 / 8), 28.0, 1.0),
    "gaussian": Kernel(1, 8.6, 1.0, 14.0, 5.0),
    "triangular": Kernel(2, 1.0, math.sqrt(3 / 20), 0.0, 1.0),
    "uniform": Kernel(3, 1.0, math.sqrt(1 / 4), 0.0, 1.0),
}


def density(
    incidents: gpd.GeoDataFrame,
    grid: "Grid",
    *,
    bandwidth: float | None = None,
    kernel: str = "quartic",
    weights: str | npt.ArrayLike | None = None,
    exact: bool = False,
    edge_correction: bool = False,
) -> gpd.GeoDataFrame:
    """
    Estimate the density of incidents at the centre of each cell.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents
        Points in the grid's CRS. Incidents outside the grid count for the cells they reach.
    grid : Grid
        Where to estimate.
    bandwidth : float, optional
        Metres: the distance at which the kernel ends, for the Gaussian its standard
        deviation. By default as `default_bandwidth` says.
    kernel : {"quartic", "gaussian", "triangular", "uniform"}, default "quartic"
        How the weight of an incident falls off with distance.
    weights : str or array_like of float, n_incidents, optional
        A column of `incidents` or one number per incident, 0 or more.
    exact : bool, default False
        Whether to evaluate the kernel for every incident and cell, to double precision.
        Otherwise a binned estimate is taken where that is faster; it differs by less than
        0.1 % of the highest density.
    edge_correction : bool, default False
        Whether to divide by the part of the kernel that lies inside the grid, as if the
        world outside were like the edge. Right if incidents outside the grid were not
        registered; only incidents inside are used then. Not needed where incidents from
        around the grid are in the table. The part is taken on a fine lattice (as binned).

    Returns
    -------
    GeoDataFrame, n_cells
        The cells with `per_km2`, incidents per square kilometre. ``attrs``: `n_used`
        (incidents that reach the grid), `n_outside`, `n_without_geometry`, `bandwidth`,
        `kernel`, `method`, `warnings` (code "bandwidth_below_cell": incidents may fall
        between the centres).

    Raises
    ------
    CrsError
        If `incidents` is in another CRS than the grid.
    ContractError
        If a geometry is no point, or a weight is missing or negative.
    ValueError
        If `bandwidth` is not positive or `kernel` is unknown.

    Notes
    -----
    Where every kernel lies within the grid, density times cell surface adds up to the
    incidents, as closely as centres represent their cells (within 1 % if the bandwidth is
    three cells or more).

    References
    ----------
    Silverman (1986), Density Estimation; Diggle (1985), Applied Statistics 34, 138-147, for
    the edge; Wand (1994), J. Comp. Graph. Stat. 3, 433-445, for binning.

    Examples
    --------
    The quartic kernel of 300 m has its top at 3 / (pi h^2), per square kilometre:

    >>> from ipgtools.grid import Grid
    >>> incidents = gpd.GeoDataFrame(geometry=gpd.points_from_xy([550], [550]), crs=28992)
    >>> cells = density(incidents, Grid.covering((0, 0, 1100, 1100)), bandwidth=300)
    >>> round(float(cells["per_km2"].max()), 4), round(3 / (math.pi * 0.3**2), 4)
    (10.6103, 10.6103)
    """
    shape = _kernel(kernel)
    grid.require(incidents=incidents)
    x, y = coordinates(incidents, label="incidents")
    heavy = incident_weights(incidents, weights)
    heavy = np.ones(len(x)) if heavy is None else heavy
    inside = grid.locate(x, y) >= 0
    if bandwidth is None:
        bandwidth = default_bandwidth(x[inside], y[inside], kernel=kernel, cell_size=grid.cell_size)
    if not 0 < bandwidth < math.inf:
        msg = f"`bandwidth` is {bandwidth!r}, expected metres, more than 0"
        raise ValueError(msg)
    used = inside if edge_correction else _reaching(x, y, grid, shape.reach * bandwidth)
    x, y, heavy, n_nowhere = x[used], y[used], heavy[used], int(np.isnan(x).sum())
    how = _way(len(x), grid, shape, bandwidth, exact=exact)
    if how == "binned":
        table = _binned(x, y, heavy, grid, shape, bandwidth)
    else:
        table = _scattered(x, y, heavy, grid, shape, bandwidth, compiled=how == "compiled")
    if edge_correction:
        mass = _mass_inside(grid, shape, bandwidth)
        np.divide(table, mass, out=table, where=mass > 0)
    cells = grid.cells()
    cells["per_km2"] = table[grid.inside] * 1e6
    cells.attrs |= {
        "n_used": len(x),
        "n_outside": len(incidents) - len(x) - n_nowhere,
        "n_without_geometry": n_nowhere,
        "bandwidth": float(bandwidth),
        "kernel": kernel,
        "method": {
            "name": "density",
            "kernel": kernel,
            "bandwidth": float(bandwidth),
            "evaluation": "binned" if how == "binned" else "exact",
            "edge_correction": edge_correction,
            "weighted": weights is not None,
        },
        "warnings": _warnings(bandwidth, shape, grid.cell_size),
    }
    log.info("density of %d incidents, %s kernel of %g m, %s", len(x), kernel, bandwidth, how)
    return cells


def default_bandwidth(
    x: FloatArray, y: FloatArray, *, kernel: str = "quartic", cell_size: float = 0.0
) -> float:
    """
    Choose a bandwidth from how far the incidents are spread.

    Scott's rule in two dimensions, ``n**(-1/6)`` times the spread, where the spread of an
    axis is the lesser of its standard deviation and its interquartile range over 1.349
    (outlying incidents do not blow it up) and the axes are averaged as a root mean square;
    stretched for the kernel, so that every kernel smooths as much as a Gaussian would; at
    least two cells; rounded to two digits, as it is no measurement.

    Parameters
    ----------
    x, y : ndarray of float, n_incidents
        Metres.
    kernel : {"quartic", "gaussian", "triangular", "uniform"}, default "quartic"
        The kernel it is for.
    cell_size : float, default 0
        Metres.

    Returns
    -------
    float
        Metres.

    Raises
    ------
    ValueError
        If `kernel` is unknown, or both the incidents have no spread and `cell_size` is 0.

    References
    ----------
    Scott (1992), Multivariate Density Estimation, section 6.3.1.

    Examples
    --------
    >>> x = np.arange(1000.0)
    >>> default_bandwidth(x, x, kernel="gaussian"), default_bandwidth(x, x)
    (91.0, 260.0)
    """
    shape = _kernel(kernel)
    scott = 0.0
    if len(x) > 1:
        spreads = [_spread(axis) for axis in (x, y)]
        scott = math.sqrt((spreads[0] ** 2 + spreads[1] ** 2) / 2) * len(x) ** (-1 / 6)
    chosen = max(scott / shape.spread, 2.0 * cell_size)
    if chosen <= 0:
        msg = "all incidents are on one spot, so there is no bandwidth to choose; give one"
        raise ValueError(msg)
    return float(f"{chosen:.1e}")


def kernel_values(squared: FloatArray, shape: Kernel) -> FloatArray:
    """
    Give the height of a kernel of bandwidth 1.

    Parameters
    ----------
    squared : ndarray of float
        Squared distances in bandwidths.
    shape : Kernel
        One of `KERNELS`.

    Returns
    -------
    ndarray of float, shape of `squared`
        Integrates to 1 over the plane.
    """
    if shape.code == 1:
        return np.exp(-0.5 * squared) / (2 * math.pi)
    if shape.code == 0:
        return np.asarray(3 / math.pi * np.maximum(1 - squared, 0) ** 2)
    if shape.code == 2:
        return np.asarray(3 / math.pi * np.maximum(1 - np.sqrt(squared), 0))
    return np.where(squared <= 1, 1 / math.pi, 0.0)


def _kernel(kernel: str) -> Kernel:
    if kernel not in KERNELS:
        msg = f"`kernel` is {kernel!r}, expected one of {', '.join(KERNELS)}"
        raise ValueError(msg)
    return KERNELS[kernel]


def _spread(axis: FloatArray) -> float:
    quarter, three = np.percentile(axis, [25, 75])
    deviation = float(axis.std(ddof=1))
    return min(deviation, float(three - quarter) / 1.349) if three > quarter else deviation


def _warnings(bandwidth: float, shape: Kernel, cell_size: float) -> list[dict[str, Any]]:
    if 2 * shape.spread * bandwidth >= cell_size * KERNELS["quartic"].spread * 2:
        return []
    return [{"code": "bandwidth_below_cell", "bandwidth": float(bandwidth), "cell": cell_size}]


def _reaching(x: FloatArray, y: FloatArray, grid: "Grid", reach: float) -> npt.NDArray[np.bool_]:
    west, east = grid.x_edges[[0, -1]]
    south, north = grid.y_edges[[0, -1]]
    return (x >= west - reach) & (x <= east + reach) & (y >= south - reach) & (y <= north + reach)


def _way(n: int, grid: "Grid", shape: Kernel, bandwidth: float, *, exact: bool) -> str:
    """Say which way is fastest: "vectorised", "compiled" or "binned"."""
    cells = (2 * _reach_in_cells(shape.reach * bandwidth, grid.cell_size) + 1) ** 2
    pairs = n * cells
    padded = grid.n_cols * grid.n_rows * cells
    direct = "compiled" if pairs >= _COMPILE_FROM else "vectorised"
    if exact or not shape.fine:
        return direct
    parts, margin = _lattice(grid, shape, bandwidth)
    nodes = (grid.n_cols * parts + 2 * margin) * (grid.n_rows * parts + 2 * margin)
    # measured: nanoseconds per pair or node
    price = 4 * pairs + 2e9 if direct == "compiled" else 15 * pairs + 2 * padded
    return "binned" if 80 * nodes < price else direct


def _reach_in_cells(reach: float, cell_size: float) -> int:
    return math.floor(reach / cell_size + 0.5)


def _scattered(
    x: FloatArray,
    y: FloatArray,
    heavy: FloatArray,
    grid: "Grid",
    shape: Kernel,
    bandwidth: float,
    *,
    compiled: bool,
) -> FloatArray:
    """Add up the kernel of every incident at the centre of every cell it reaches."""
    size, reach = grid.cell_size, shape.reach * bandwidth
    if compiled:
        from ipgtools import _kernels

        centres_x = (grid.x_edges[:-1] + grid.x_edges[1:]) / 2
        centres_y = (grid.y_edges[:-1] + grid.y_edges[1:]) / 2
        return _kernels.scatter(
            x, y, heavy, centres_x, centres_y, float(size), float(bandwidth), reach, shape.code
        )
    steps = _reach_in_cells(reach, size)
    n_cols, n_rows = grid.n_cols + 2 * steps, grid.n_rows + 2 * steps
    # each incident's own cell, and where it lies from that cell's centre
    col = np.floor((x - grid.x0) / size).astype(np.int64)
    row = np.floor((y - grid.y0) / size).astype(np.int64)
    off_x = x - (grid.x0 + (col + 0.5) * size)
    off_y = y - (grid.y0 + (row + 0.5) * size)
    own = (row + steps) * n_cols + col + steps
    near = (col >= -steps) & (col < grid.n_cols + steps)
    near &= (row >= -steps) & (row < grid.n_rows + steps)
    own, off_x, off_y, heavy = own[near], off_x[near], off_y[near], heavy[near]
    total = np.zeros((grid.n_rows, grid.n_cols))
    for up in range(-steps, steps + 1):
        for right in range(-steps, steps + 1):
            least = (max(abs(up) - 0.5, 0) ** 2 + max(abs(right) - 0.5, 0) ** 2) * size**2
            if least > reach * reach:
                continue
            squared = ((right * size - off_x) ** 2 + (up * size - off_y) ** 2) / bandwidth**2
            height = heavy * kernel_values(squared, shape)
            added = np.bincount(own, weights=height, minlength=n_cols * n_rows)
            window = added.reshape(n_rows, n_cols)
            total += window[
                steps - up : steps - up + grid.n_rows, steps - right : steps - right + grid.n_cols
            ]
    return total / bandwidth**2


def _lattice(grid: "Grid", shape: Kernel, bandwidth: float) -> tuple[int, int]:
    """Give the odd number of lattice steps per cell, and the steps around the grid."""
    fine = shape.fine or KERNELS["quartic"].fine
    parts = max(math.ceil(fine * grid.cell_size / bandwidth), 1)
    parts += 1 - parts % 2
    return parts, math.ceil(shape.reach_binned * bandwidth * parts / grid.cell_size) + 2


def _binned(
    x: FloatArray,
    y: FloatArray,
    heavy: FloatArray,
    grid: "Grid",
    shape: Kernel,
    bandwidth: float,
) -> FloatArray:
    """Spread incidents over the four lattice nodes around, then convolve with the kernel."""
    parts, margin = _lattice(grid, shape, bandwidth)
    step = grid.cell_size / parts
    nodes = (grid.n_rows * parts + 2 * margin, grid.n_cols * parts + 2 * margin)
    at_x = (x - grid.x0) / step + (margin - 0.5)
    at_y = (y - grid.y0) / step + (margin - 0.5)
    if len(x) >= _COMPILE_BINNING_FROM:
        from ipgtools import _kernels

        binned = _kernels.linear_bin(at_x, at_y, heavy, *nodes)
    else:
        binned = _linear_bin(at_x, at_y, heavy, *nodes)
    table = _convolve(binned, shape, bandwidth, step, sharpened=True)
    first = margin + parts // 2
    table = table[
        first : first + grid.n_rows * parts : parts, first : first + grid.n_cols * parts : parts
    ]
    # what rounding in the transform left where there is nothing
    return np.where(table > 1e-12 * table.max(initial=0.0), table, 0.0)


def _linear_bin(
    at_x: FloatArray, at_y: FloatArray, heavy: FloatArray, n_rows: int, n_cols: int
) -> FloatArray:
    there = (at_x >= 0) & (at_x < n_cols - 1) & (at_y >= 0) & (at_y < n_rows - 1)
    at_x, at_y, heavy = at_x[there], at_y[there], heavy[there]
    col, row = at_x.astype(np.int64), at_y.astype(np.int64)
    right, up = at_x - col, at_y - row
    node = row * n_cols + col
    binned = np.zeros(n_rows * n_cols)
    for offset, share in (
        (0, (1 - right) * (1 - up)),
        (1, right * (1 - up)),
        (n_cols, (1 - right) * up),
        (n_cols + 1, right * up),
    ):
        binned += np.bincount(node + offset, weights=heavy * share, minlength=n_rows * n_cols)
    return binned.reshape(n_rows, n_cols)


def _convolve(
    binned: FloatArray, shape: Kernel, bandwidth: float, step: float, *, sharpened: bool
) -> FloatArray:
    """
    Convolve a lattice with the kernel; right but for the kernel's reach along the border.

    Linear binning smooths by 1/6 step squared per axis on average. `sharpened` takes that
    back out of the kernel (minus 1/12 of its discrete Laplacian), which leaves less than
    half of the error.
    """
    from scipy import fft

    most = int(shape.reach_binned * bandwidth / step) + 1
    steps = np.arange(-most - 1, most + 2) * (step / bandwidth)
    squared = steps[:, None] ** 2 + steps[None, :] ** 2
    height = kernel_values(squared, shape)
    height[squared > shape.reach_binned**2] = 0.0
    if sharpened:
        wide = np.pad(height, 1)
        around = wide[:-2, 1:-1] + wide[2:, 1:-1] + wide[1:-1, :-2] + wide[1:-1, 2:]
        height = height - (around - 4 * height) / 12
    size = [fft.next_fast_len(side, real=True) for side in binned.shape]
    centred = np.zeros(size)
    # the kernel may be wider than the lattice: what wraps around lies in the border
    rows = np.arange(-most - 1, most + 2) % size[0]
    cols = np.arange(-most - 1, most + 2) % size[1]
    np.add.at(centred, (rows[:, None], cols[None, :]), height / bandwidth**2)
    product = fft.rfft2(binned, s=size, workers=-1)
    product *= fft.rfft2(centred, workers=-1)
    table = fft.irfft2(product, s=size, workers=-1, overwrite_x=True)
    return table[: binned.shape[0], : binned.shape[1]]


def _mass_inside(grid: "Grid", shape: Kernel, bandwidth: float) -> FloatArray:
    """Give the part of the kernel around each centre that lies in the grid's cells."""
    parts, margin = _lattice(grid, shape, bandwidth)
    step = grid.cell_size / parts
    surface = np.pad(np.kron(grid.inside, np.ones((parts, parts))), margin)
    table = _convolve(surface * step**2, shape, bandwidth, step, sharpened=False)
    first = margin + parts // 2
    return table[
        first : first + grid.n_rows * parts : parts, first : first + grid.n_cols * parts : parts
    ]
