"""
Determine where incidents are more frequent than the population explains.

A hotspot of burglaries where most people live means little. Here the density of incidents is
divided by the density of what could have been hit, both smoothed alike, and the ratio is set
against what chance gives where the rate is the same everywhere.
"""

import logging
import math
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from ipgtools import _checks
from ipgtools._deprecated import renamed
from ipgtools.errors import ContractError, IpgError
from ipgtools.grid import FloatArray, Grid, coordinates
from ipgtools.hotspots.kernel_density.bandwidth import warnings_about
from ipgtools.hotspots.kernel_density.evaluation import evaluate
from ipgtools.hotspots.kernel_density.kernels import kernel_of
from ipgtools.hotspots.kernel_density.surface import bandwidth_from, reaching
from ipgtools.hotspots.permutation import upper_tail
from ipgtools.inference import benjamini_hochberg

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["risk"]

log = logging.getLogger(__name__)


@renamed(fewest="min_expected")
def risk(
    incidents: gpd.GeoDataFrame,
    population: gpd.GeoDataFrame,
    grid: Grid,
    *,
    bandwidth: float | str | None = None,
    kernel: str = "quartic",
    weights: str | None = None,
    sample: bool = False,
    alpha: float = 0.05,
    min_expected: float = 5.0,
    exact: bool = False,
) -> gpd.GeoDataFrame:
    """
    Compare the density of incidents with that of the population.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents
        Points in the grid's CRS.
    population : GeoDataFrame, n_rows
        What could have been hit, in the grid's CRS. Points (addresses, census blocks,
        controls), or polygons such as buurten, whose number is spread evenly over their surface.
        Should reach a bandwidth beyond the grid where the incidents do.
    grid : Grid
        Where to estimate.
    bandwidth : float or str, optional
        Metres, or a rule, as for `density`; one for both, by the spread of the incidents.
    kernel : {"quartic", "gaussian", "triangular", "uniform"}, default "quartic"
        How the weight of an incident falls off with distance.
    weights : str, optional
        Column of `population` with its number (inhabitants, dwellings), 0 or more; rows where
        it is missing are left out and counted. By default each row is 1; polygons need it.
    sample : bool, default False
        Whether `population` is a random sample (controls) rather than all there is, so that
        chance is in it too. Points without weights only.
    alpha : float, default 0.05
        Share of the cells called higher or lower that may be so by chance.
    min_expected : float, default 5
        Incidents expected around a cell below which it is not tested.
    exact : bool, default False
        As for `density`.

    Returns
    -------
    GeoDataFrame, n_cells
        The cells with

        - `per_km2`, `population_per_km2`: either density;
        - `expected`: incidents to be expected around the cell (see Notes);
        - `ratio`: how often incidents happen as a multiple of what the population there and
          the rate of the whole grid give; 1 is as expected;
        - `log_ratio`: its natural logarithm, minus infinity where no incident reaches;
        - `p_value`, `q_value`: two-sided, and corrected for the number of cells
          (Benjamini-Hochberg);
        - `risk_class`: "higher" or "lower" where ``q_value <= alpha``, else "none"; "too_few"
          where `expected` is under `min_expected`: ratio, p and q are NaN there.

        ``attrs``: `n_used`, `n_outside`, `n_without_geometry`, `population_used`,
        `n_without_population`, `rate` (incidents per head in the whole grid), `bandwidth`,
        `kernel`, `method`, `warnings` (as for `density`).

    Raises
    ------
    CrsError
        If a table is in another CRS than the grid.
    ContractError
        If a geometry is of the wrong kind, or `weights` absent or negative.
    IpgError
        If nobody lives, or nothing happened, in the grid.
    ValueError
        If an option has a value that makes no sense.

    Notes
    -----
    With a population that is known, incidents are taken as falling on it independently at one
    rate. The density of incidents at a cell is then a sum whose mean, variance and skewness
    follow exactly from the population and the first three powers of the kernel; the p-value
    is that of the gamma curve (Pearson type III) with these moments. With a sample the moments are
    those of all permutations of which points are incidents, likewise exact. `expected` is
    the mean squared over the variance, the number of incidents that carry as much.

    Edges cancel: both densities miss the same part. Incidents come in series, and what could
    have been hit is not only where people live (a station, a shopping street): higher means
    that something is there, not what.

    References
    ----------
    Bithell (1990), Statistics in Medicine 9, 691-701; Kelsall & Diggle (1995), Statistics in
    Medicine 14, 2335-2342, for one bandwidth and for random labels; Hazelton & Davies (2009),
    Biometrical Journal 51, 98-109, for tolerance.

    Examples
    --------
    Where everyone is hit once, the risk is 1 everywhere:

    >>> homes = gpd.GeoDataFrame(
    ...     geometry=gpd.points_from_xy(np.arange(5, 995, 10), np.full(99, 50)), crs=28992)
    >>> cells = risk(homes, homes, Grid.covering((0, 0, 1000, 100)), bandwidth=300)
    >>> cells["ratio"].round(9).unique().tolist(), set(cells["risk_class"])
    ([1.0], {'none'})
    """
    shape = kernel_of(kernel)
    _check_options(alpha, min_expected, weights, sample=sample)
    _checks.grid(grid)
    grid.require(incidents=incidents, population=population)
    x, y = coordinates(incidents, label="incidents")
    inside = grid.locate(x, y) >= 0
    wide, about = bandwidth_from(bandwidth, x[inside], y[inside], kernel, grid)
    if not 0 < wide < math.inf:
        msg = f"`bandwidth` is {bandwidth!r}, expected metres, more than 0"
        raise ValueError(msg)
    at_x, at_y, heads, n_missing = _heads(population, weights, grid, sample=sample)
    used = reaching(x, y, grid, np.full(len(x), shape.reach * wide))
    there = reaching(at_x, at_y, grid, np.full(len(at_x), shape.reach * wide))
    n_nowhere = int(np.isnan(x).sum())
    n_inside, heads_inside = int(inside.sum()), float(heads[grid.locate(at_x, at_y) >= 0].sum())
    if not n_inside or not heads_inside:
        msg = "there is no risk to estimate: the grid holds no incidents or no population"
        raise IpgError(msg, code="risk_empty", n_incidents=n_inside, population=round(heads_inside))
    x, y, at_x, at_y, heads = x[used], y[used], at_x[there], at_y[there], heads[there]
    rate = n_inside / heads_inside

    def smooth(x: FloatArray, y: FloatArray, heavy: FloatArray | None, power: int) -> FloatArray:
        table = evaluate(x, y, heavy, grid, shape, wide, power=power, exact=exact)[0]
        return np.asarray(table[grid.inside])

    found = smooth(x, y, None, 1)
    people = smooth(at_x, at_y, heads, 1)
    if sample:
        score, skew, expected = _by_labels(smooth, (x, y), (at_x, at_y))
    else:
        mean, variance = rate * people, rate * smooth(at_x, at_y, heads, 2)
        third = rate * smooth(at_x, at_y, heads, 3)
        with np.errstate(divide="ignore", invalid="ignore"):
            score = (found - mean) / np.sqrt(variance)
            skew, expected = third / variance**1.5, mean**2 / variance
    enough = np.nan_to_num(expected) >= min_expected
    ratio, p = np.full(len(found), np.nan), np.full(len(found), np.nan)
    ratio[enough] = found[enough] / (rate * people[enough])
    z, bent = score[enough], skew[enough]
    p[enough] = np.minimum(1.0, 2 * np.minimum(upper_tail(z, bent), upper_tail(-z, -bent)))
    q = benjamini_hochberg(p)
    with np.errstate(divide="ignore"):
        log_ratio = np.log(ratio)
    sure = q <= alpha
    classes = np.select([~enough, sure & (ratio > 1), sure], ["too_few", "higher", "lower"], "none")
    cells = grid.cells().assign(
        per_km2=found * 1e6,
        population_per_km2=people * 1e6,
        expected=np.nan_to_num(expected),
        ratio=ratio,
        log_ratio=log_ratio,
        p_value=p,
        q_value=q,
        risk_class=pd.array(classes, dtype="str"),
    )
    cells.attrs |= {
        "n_used": len(x),
        "n_outside": len(incidents) - len(x) - n_nowhere,
        "n_without_geometry": n_nowhere,
        "population_used": float(heads.sum()),
        "n_without_population": n_missing,
        "rate": rate,
        "bandwidth": wide,
        "kernel": kernel,
        "method": {
            "name": "risk",
            "kernel": kernel,
            "bandwidth": wide,
            **about,
            "population": "sample" if sample else "known",
            "weights": weights,
            "alpha": alpha,
            "min_expected": min_expected,
            "correction": "Benjamini-Hochberg",
        },
        "warnings": warnings_about(wide, kernel, grid.cell_size),
    }
    log.info(
        "risk of %d incidents, %s kernel of %g m: %d of %d cells have too few to tell",
        len(x), kernel, wide, int((~enough).sum()), len(cells),
    )  # fmt: skip
    if n_missing:
        log.info("risk: %d rows of `population` have no number and are left out", n_missing)
    return cells


def _by_labels(
    smooth: "Callable[[FloatArray, FloatArray, FloatArray | None, int], FloatArray]",
    cases: tuple[FloatArray, FloatArray],
    controls: tuple[FloatArray, FloatArray],
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """
    Give score, skewness and the expected number where labels are permuted at random.

    The sum of kernels over the cases is that over a draw without replacement from all points.
    """
    n, total = len(cases[0]), len(cases[0]) + len(controls[0])
    x, y = (np.concatenate(pair) for pair in zip(cases, controls, strict=True))
    first, second, third = (smooth(x, y, None, power) / total for power in (1, 2, 3))
    spread = second - first**2
    cubed = third - 3 * first * second + 2 * first**3
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = spread * n * (total - n) / (total - 1)
        score = (smooth(*cases, None, 1) - n * first) / np.sqrt(variance)
        moment = cubed * n * (total - n) * (total - 2 * n) / ((total - 1) * max(total - 2, 1))
        fewer = min(n, total - n) * first**2 / second
        return score, moment / variance**1.5, fewer


def _heads(
    population: gpd.GeoDataFrame, weights: str | None, grid: Grid, *, sample: bool
) -> tuple[FloatArray, FloatArray, FloatArray, int]:
    """Return where the population is, its number there, and the rows without one."""
    if weights is None:
        heads = np.ones(len(population))
    elif weights not in population:
        msg = f"{weights}: column is missing"
        raise _breach(msg)
    else:
        heads = population[weights].to_numpy(dtype=float, na_value=np.nan)
    if (heads < 0).any() or np.isinf(heads).any():
        msg = f"{weights}: no number of 0 or more"
        raise _breach(msg)
    shapes = population.geometry.to_numpy()
    known = ~(np.isnan(heads) | shapely.is_missing(shapes) | shapely.is_empty(shapes))
    flat = shapely.get_dimensions(shapes[known]) == 2
    if not flat.any():
        x, y = coordinates(population[known], label="population")
    elif not flat.all() or sample or weights is None:
        msg = "geometry: expected points, or polygons with `weights` and no sample"
        raise _breach(msg)
    else:
        x, y, heads = _spread_out(shapes[known], heads[known], grid)
        return x, y, heads, int((~known).sum())
    return x, y, heads[known], int((~known).sum())


def _spread_out(
    shapes: npt.NDArray[Any], heads: FloatArray, grid: Grid
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Cut polygons along squares of the cell size and share out their number by surface."""
    squares = Grid.covering(gpd.GeoSeries(shapes, crs=grid.crs), grid.cell_size)
    cells = squares.cells().geometry.to_numpy()
    which, cell = shapely.STRtree(cells).query(shapes, predicate="intersects")
    pieces = cells[cell].copy()
    shapely.prepare(shapes)
    cut = ~shapely.covers(shapes[which], pieces)
    pieces[cut] = shapely.intersection(shapes[which[cut]], pieces[cut])
    surface = shapely.area(pieces)
    kept = surface > 0
    pieces, which, surface = pieces[kept], which[kept], surface[kept]
    whole = np.bincount(which, weights=surface, minlength=len(shapes))
    middle = shapely.get_coordinates(shapely.centroid(pieces))
    return middle[:, 0].copy(), middle[:, 1].copy(), heads[which] * surface / whole[which]


def _breach(breach: str) -> ContractError:
    msg = f"`population` can't be used: {breach}"
    return ContractError(msg, code="contract", table="population", breaches=breach)


def _check_options(alpha: float, min_expected: float, weights: str | None, *, sample: bool) -> None:
    if not 0 < alpha < 1:
        msg = f"`alpha` is {alpha!r}, expected a number between 0 and 1 such as 0.05"
        raise ValueError(msg)
    if not 0 < min_expected < math.inf:
        msg = f"`min_expected` is {min_expected!r}, expected more than 0"
        raise ValueError(msg)
    if sample and weights is not None:
        msg = "`sample` takes points that count for 1 each; leave `weights` out"
        raise ValueError(msg)
