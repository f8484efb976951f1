"""Make a table of cells with the density of incidents at their centres."""

import logging
import math
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from ipgtools import _checks
from ipgtools.grid import FloatArray, coordinates
from ipgtools.hotspots.counts import incident_weights
from ipgtools.hotspots.kernel_density import adaptive as varying
from ipgtools.hotspots.kernel_density.bandwidth import choose, warnings_about
from ipgtools.hotspots.kernel_density.edges import mass_inside
from ipgtools.hotspots.kernel_density.evaluation import evaluate
from ipgtools.hotspots.kernel_density.kernels import Kernel, kernel_of

if TYPE_CHECKING:
    from ipgtools.grid import Grid

__all__ = ["bandwidth_from", "density", "reaching"]

log = logging.getLogger(__name__)


def density(
    incidents: gpd.GeoDataFrame,
    grid: "Grid",
    *,
    bandwidth: float | str | None = None,
    kernel: str = "quartic",
    adaptive: str | int | None = None,
    weights: str | npt.ArrayLike | None = None,
    exact: bool = False,
    edge_correction: bool | str = False,
) -> gpd.GeoDataFrame:
    """
    Estimate the density of incidents at the centre of each cell.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents
        Points in the grid's CRS. Incidents outside the grid count for the cells they reach.
    grid : Grid
        Where to estimate: squares or hexagons.
    bandwidth : float or str, optional
        Metres: the distance at which the kernel ends, for the Gaussian its standard
        deviation. Or a rule: "robust" (the default), "scott", "silverman", "nrd" or
        "likelihood", as `bandwidths` explains; never less than two cells then.
    kernel : {"quartic", "gaussian", "triangular", "uniform"}, default "quartic"
        How the weight of an incident falls off with distance.
    adaptive : "abramson" or int, optional
        Whether bandwidths differ by incident, narrow where many lie and wide where few do.
        "abramson": inversely to the square root of the density that `bandwidth` gives, their
        geometric mean being `bandwidth`. A number k: the distance to the k-th nearest other
        incident, without `bandwidth`. In both at least one cell. Always exact.
    weights : str or array_like of float, n_incidents, optional
        A column of `incidents` or one number per incident, 0 or more.
    exact : bool, default False
        Whether to evaluate the kernel for every incident and cell, to double precision.
        Otherwise a binned estimate is taken where that is faster; it differs by less than
        0.1 % of the highest density.
    edge_correction : bool or "diggle", default False
        Whether to divide by the part of the kernel that lies inside the polygons that the grid
        was laid over, clipped or not (of a grid over bounds: inside its cells), as if the world
        outside were like the edge. Right if incidents outside were not registered; only
        incidents inside are used then. Not needed where incidents from around the area are in
        the table. True divides at the cell; "diggle" divides each incident by the part of its
        own kernel, so that the total is kept. The part is taken on a fine lattice (as binned).
        A cell whose centre lies outside the polygons gets the density at its centre, too.

    Returns
    -------
    GeoDataFrame, n_cells
        The cells with `per_km2`, incidents per square kilometre. ``attrs``: `n_used`
        (incidents that reach the grid), `n_outside`, `n_without_geometry`, `bandwidth` (if
        adaptive the narrowest), `kernel`, `method` (with the `bandwidth_rule` and what it gave
        per axis, and the range of adaptive bandwidths), `warnings` (codes
        "bandwidth_below_cell" and "grid_coarse", as `warnings_about` explains).

    Raises
    ------
    CrsError
        If `incidents` is in another CRS than the grid.
    ContractError
        If a geometry is no point, or a weight is missing or negative.
    ValueError
        If `bandwidth` is not positive, an option is unknown, or `adaptive` does not go with
        another option.

    Notes
    -----
    Where every kernel lies within the grid, density times cell surface adds up to the
    incidents, as closely as centres represent their cells (within 1 % if the bandwidth is
    three cells or more).

    References
    ----------
    Silverman (1986), Density Estimation; Abramson (1982), Annals of Statistics 10, 1217-1223;
    Diggle (1985), Applied Statistics 34, 138-147, and Jones (1993), Statistics and Computing 3,
    135-146, for the edge; Wand (1994), J. Comp. Graph. Stat. 3, 433-445, for binning.

    Examples
    --------
    The quartic kernel of 300 m has its top at 3 / (pi h^2), per square kilometre:

    >>> from ipgtools.grid import Grid
    >>> incidents = gpd.GeoDataFrame(geometry=gpd.points_from_xy([550], [550]), crs=28992)
    >>> cells = density(incidents, Grid.covering((0, 0, 1100, 1100)), bandwidth=300)
    >>> round(float(cells["per_km2"].max()), 4), round(3 / (math.pi * 0.3**2), 4)
    (10.6103, 10.6103)
    """
    shape = kernel_of(kernel)
    _check_options(bandwidth, adaptive, edge_correction=edge_correction)
    _checks.grid(grid)
    grid.require(incidents=incidents)
    x, y = coordinates(incidents, label="incidents")
    heavy = incident_weights(incidents, weights)
    inside = grid.locate(x, y) >= 0
    about: dict[str, Any] = {}
    if adaptive is not None and adaptive != "abramson":
        base = 0.0
    else:
        base, about = bandwidth_from(bandwidth, x[inside], y[inside], kernel, grid)
    wide = varying.bandwidths_of(x, y, heavy, adaptive, base, grid, shape)
    used = reaching(x, y, grid, shape.reach * wide)
    if edge_correction:
        used = inside if grid.area is None else inside & shapely.intersects_xy(grid.area, x, y)
    n_nowhere = int(np.isnan(x).sum())
    x, y, heavy = x[used], y[used], None if heavy is None else heavy[used]
    of_each: float | FloatArray = base if adaptive is None else wide[used]
    if edge_correction == "diggle":
        heavy = _divided(x, y, heavy, grid, shape, base)
    table, how = evaluate(x, y, heavy, grid, shape, of_each, exact=exact)
    if edge_correction and edge_correction != "diggle":
        mass = mass_inside(grid, shape, base)[0]
        np.divide(table, mass, out=table, where=mass > 0)
    cells = grid.cells()
    cells["per_km2"] = table[grid.inside] * 1e6
    narrowest, spread = base, dict[str, float]()
    if adaptive is not None:
        narrowest, spread = varying.summarise(wide[used], base)
    method = {
        "name": "density",
        "kernel": kernel,
        "bandwidth": base if base else narrowest,
        **about,
        "adaptive": adaptive,
        **spread,
        "evaluation": "binned" if how == "binned" else "exact",
        "edge_correction": edge_correction,
        "weighted": weights is not None,
    }
    cells.attrs |= {
        "n_used": len(x),
        "n_outside": len(incidents) - len(x) - n_nowhere,
        "n_without_geometry": n_nowhere,
        "bandwidth": narrowest,
        "kernel": kernel,
        "method": method,
        "warnings": warnings_about(narrowest, kernel, grid.cell_size),
    }
    log.info("density of %d incidents, %s kernel, %s: %s", len(x), kernel, how, method)
    for warning in cells.attrs["warnings"]:
        log.info("density: %s", warning)
    return cells


def bandwidth_from(
    bandwidth: float | str | None, x: FloatArray, y: FloatArray, kernel: str, grid: "Grid"
) -> tuple[float, dict[str, Any]]:
    """
    Return the bandwidth in metres, and facts about the choice.

    Examples
    --------
    >>> from ipgtools.grid import Grid
    >>> none = np.empty(0)
    >>> bandwidth_from(300, none, none, "quartic", Grid.covering((0, 0, 100, 100)))
    (300.0, {'bandwidth_rule': 'given'})
    """
    if bandwidth is not None and not isinstance(bandwidth, str):
        return float(bandwidth), {"bandwidth_rule": "given"}
    found = choose(
        x, y, rule=bandwidth or "robust", kernel=kernel, least=2.0 * float(grid.cell_size)
    )
    chosen = float(found.pop("bandwidth"))
    return chosen, {"bandwidth_rule": found.pop("rule"), **found}


def _check_options(
    bandwidth: float | str | None, adaptive: str | int | None, *, edge_correction: bool | str
) -> None:
    number = bandwidth is not None and not isinstance(bandwidth, str)
    if number and not 0 < float(bandwidth or 0) < math.inf:
        msg = f"`bandwidth` is {bandwidth!r}, expected metres, more than 0"
        raise ValueError(msg)
    if edge_correction not in (True, False, "diggle"):
        msg = f"`edge_correction` is {edge_correction!r}, expected True, False or 'diggle'"
        raise ValueError(msg)
    if adaptive is None:
        return
    known = adaptive == "abramson" or (
        isinstance(adaptive, int) and not isinstance(adaptive, bool) and adaptive >= 1
    )
    if not known:
        msg = f"`adaptive` is {adaptive!r}, expected 'abramson' or a number of neighbours"
        raise ValueError(msg)
    if edge_correction:
        msg = "`edge_correction` goes with one bandwidth only; leave `adaptive` out"
        raise ValueError(msg)
    if adaptive != "abramson" and bandwidth is not None:
        msg = "`adaptive` by neighbours takes no `bandwidth`; leave one of them out"
        raise ValueError(msg)


def reaching(
    x: FloatArray, y: FloatArray, grid: "Grid", reach: FloatArray
) -> npt.NDArray[np.bool_]:
    """
    Return which points may reach a grid.

    Examples
    --------
    >>> from ipgtools.grid import Grid
    >>> x, far = np.array([150.0, 250.0]), np.array([100.0, 100.0])
    >>> reaching(x, np.zeros(2), Grid.covering((0, 0, 100, 100)), far).tolist()
    [True, False]
    """
    west, south, east, north = grid.bounds
    return (x >= west - reach) & (x <= east + reach) & (y >= south - reach) & (y <= north + reach)


def _divided(
    x: FloatArray,
    y: FloatArray,
    heavy: FloatArray | None,
    grid: "Grid",
    shape: Kernel,
    bandwidth: float,
) -> FloatArray:
    """Divide the weight of each incident by the part of its kernel that lies inside."""
    from scipy.ndimage import map_coordinates

    nodes, on = mass_inside(grid, shape, bandwidth)[1:]
    at = [(y - on.y0) / on.step_y, (x - on.x0) / on.step_x]
    mass = np.maximum(map_coordinates(nodes, at, order=1, mode="nearest"), 1e-3)
    return np.asarray((1.0 if heavy is None else heavy) / mass)
