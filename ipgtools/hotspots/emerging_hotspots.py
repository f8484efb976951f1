"""
Say of each cell whether it is a new, lasting, fading or former hotspot, from a cube of steps.

Every cell and step gets a Gi* score against the whole cube, corrected for all of them at once;
one versioned table of rules turns the scores of a cell into exactly one class.
"""

import logging
import math
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from ipgtools import _checks, coverage, inference
from ipgtools.errors import ArgumentError, ContractError
from ipgtools.grid import FloatArray, IntArray, coordinates
from ipgtools.hotspots.getis_ord import _neighbourhood_sums, standard_score
from ipgtools.hotspots.permutation import permutation_p
from ipgtools.periods import Period

if TYPE_CHECKING:
    from ipgtools.grid import Grid

__all__ = [
    "FEWEST_INCIDENTS", "FEWEST_STEPS", "LASTING", "PATTERNS", "PER_STEP", "RULES", "classify",
    "emerging", "mann_kendall",
]  # fmt: skip

log = logging.getLogger(__name__)

RULES = "2026-1"
"""Version of the table of rules; a class that changes its meaning changes it."""
FEWEST_STEPS = 10
FEWEST_INCIDENTS = 60
LASTING = 0.9
"""Share of the steps from which a hotspot is lasting."""
PER_STEP = 1.0
"""Incidents per step in and around a cell below which nothing is said of it."""
PATTERNS = (
    "new", "consecutive", "intensifying", "diminishing", "persistent", "oscillating", "sporadic",
    "historical",
)  # fmt: skip


def emerging(
    incidents: gpd.GeoDataFrame,
    grid: "Grid",
    *,
    period: Period,
    days: int = 28,
    radius: float | None = None,
    alpha: float = 0.05,
) -> gpd.GeoDataFrame:
    """
    Classify the cells by when they were hotspots or coldspots.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents
        Points in the grid's CRS with `occurred_from`.
    grid : Grid
        The cells.
    period : Period
        What is divided in steps, counted back from its end; days that fill no step are left out.
    days : int, default 28
        Length of a step; at least ten must fit in the period.
    radius : float, optional
        Metres around a cell that are its neighbourhood, as in `gi_star`. The step before belongs to
        it as well.
    alpha : float, default 0.05
        False discovery rate over all cells and steps, and level of the trend test.

    Returns
    -------
    GeoDataFrame, n_cells
        The cells with `n`, `hot_steps`, `cold_steps` (significant), `trend` (Kendall's S over its
        standard error), `trend_p` and `pattern`: one of `PATTERNS` with "_hot" or "_cold" after
        it, "none", or "too_few" where less than one incident per step lies in and around the
        cell. ``attrs``: `n_used`, `n_outside`, `n_steps`, `n_too_few`, `method` (with the version
        of the rules).

    Raises
    ------
    CrsError
        If `incidents` is in another CRS than the grid.
    ContractError
        If fewer than ten steps or 60 incidents are left, or only months are known.
    ArgumentError
        If an option has a value that it can't.

    Notes
    -----
    ArcGIS names the same classes. Here each bin must be significant by the normal approximation
    and by exact permutation, both corrected; GeoLibre corrects nothing and takes occupied cells
    for the study area; sfdep counts cold steps as hot ones in some classes. A rise of the whole
    area makes its last steps hot. One full cell in one step, with nothing around it, is not
    significant under permutation: wherever that value was dealt, its neighbours would be hot.

    References
    ----------
    Ord & Getis (1995), Geographical Analysis 27, 286-306; Mann (1945), Econometrica 13, 245-259;
    Kendall (1975), Rank Correlation Methods (ties).

    Examples
    --------
    >>> from ipgtools.grid import Grid
    >>> rng = np.random.default_rng(1)
    >>> x, y = (np.r_[rng.uniform(0, 1000, 600), rng.uniform(300, 600, 80)] for _ in range(2))
    >>> day = np.r_[rng.integers(0, 336, 600), rng.integers(308, 336, 80)]
    >>> incidents = gpd.GeoDataFrame(
    ...     {"occurred_from": pd.Timestamp("2025-01-01") + pd.to_timedelta(day, unit="D")},
    ...     geometry=gpd.points_from_xy(x, y), crs=28992)
    >>> cells = emerging(incidents, Grid.covering((0, 0, 1000, 1000)),
    ...                  period=Period("2025-01-01", "2025-12-03"))
    >>> cells.loc[cells["cell_id"] == "E0004N0004", "pattern"].item()
    'new_hot'
    """
    _checks.grid(grid)
    _checks.period(period)
    grid.require(incidents=incidents)
    if isinstance(days, bool) or not isinstance(days, int | np.integer) or days < 1:
        msg = f"`days` is {days!r}, expected a whole number of 1 or more"
        raise ArgumentError(msg, code="whole_number", name="days", found=str(days)[:60], least=1)
    _between(alpha)
    coverage.require_days(incidents, "steps of days")
    cube, n_outside = _cube(incidents, grid, period, int(days))
    n_steps = cube.shape[1]
    cells = grid.cells()
    sums, sizes = np.zeros_like(cube), np.zeros_like(cube, dtype=np.int64)
    for step in range(n_steps):
        found, size, reach = _neighbourhood_sums(cells, cube[:, step], radius, "radius")
        sums[:, step], sizes[:, step] = found, size
    own = sums.sum(axis=1)
    sums[:, 1:], sizes[:, 1:] = sums[:, 1:] + sums[:, :-1], sizes[:, 1:] + sizes[:, :-1]
    flat, of_sums, of_sizes = cube.ravel(), sums.ravel(), sizes.ravel()
    z = np.nan_to_num(standard_score(flat, of_sums, of_sizes))
    normal = inference.benjamini_hochberg(2 * special.ndtr(-np.abs(z)))
    exact = inference.benjamini_hochberg(permutation_p(flat, of_sums, of_sizes)[0])
    sure = np.maximum(normal, exact) <= alpha
    z = z.reshape(cube.shape)
    state = np.where(sure.reshape(cube.shape), np.sign(z), 0).astype(np.int64)
    trend, p = mann_kendall(z)
    few = own < PER_STEP * n_steps
    pattern = np.where(few, "too_few", classify(state, trend, p, alpha=alpha))
    result = cells.assign(
        n=cube.sum(axis=1).astype("int64"),
        hot_steps=(state > 0).sum(axis=1),
        cold_steps=(state < 0).sum(axis=1),
        trend=trend,
        trend_p=p,
        pattern=pd.array(pattern, dtype="str"),
    )
    result.attrs |= {
        "n_used": int(cube.sum()),
        "n_outside": n_outside,
        "n_steps": n_steps,
        "n_too_few": int(few.sum()),
        "method": {
            "name": "emerging", "rules": RULES, "days": int(days), "radius": reach, "alpha": alpha,
            "correction": "Benjamini-Hochberg",
        },
    }  # fmt: skip
    return result


def classify(
    state: npt.ArrayLike, trend: npt.ArrayLike, trend_p: npt.ArrayLike, *, alpha: float = 0.05
) -> npt.NDArray[np.str_]:
    """
    Give each series of steps exactly one class, by the first rule that holds.

    Examples
    --------
    >>> classify([[0] * 9 + [1], [-1] * 9 + [0], [0] * 10], [0, 0, 0], [1, 1, 1]).tolist()
    ['new_hot', 'historical_cold', 'none']
    """
    series = np.asarray(state)
    z, p = np.asarray(trend, dtype=float), np.asarray(trend_p, dtype=float)
    found = np.full(len(series), "none", dtype="<U24")
    for sign, name in ((1, "hot"), (-1, "cold")):
        hot = series == sign
        last, often = hot[:, -1], hot.mean(axis=1) >= LASTING
        n = hot.sum(axis=1)
        run = np.cumprod(hot[:, ::-1], axis=1).sum(axis=1)
        moved = p <= alpha
        rules = (
            last & (n == 1),
            last & (run >= 2) & (run == n) & ~often,
            last & often & moved & (z * sign > 0),
            last & often & moved & (z * sign < 0),
            last & often,
            last & (series == -sign).any(axis=1),
            last,
            often & ~last & (series[:, -1] != -sign),
        )
        for rule, pattern in zip(rules, PATTERNS, strict=True):
            found[rule & (found == "none")] = f"{pattern}_{name}"
    return found


def mann_kendall(values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """
    Test each row for a trend, with the variance that ties ask for and a continuity correction.

    Examples
    --------
    >>> z, p = mann_kendall(np.array([[1.0, 2, 3, 4, 5, 6], [1, 1, 1, 1, 1, 1]]))
    >>> z.round(3).tolist(), p.round(4).tolist()
    ([2.63, 0.0], [0.0085, 1.0])
    """
    n = values.shape[1]
    s = np.zeros(len(values))
    for step in range(1, n):
        s += np.sign(values[:, step:] - values[:, :-step]).sum(axis=1)
    ordered = np.sort(values, axis=1)
    ties = np.zeros(len(values))
    for row in np.flatnonzero((np.diff(ordered, axis=1) == 0).any(axis=1)):
        t = np.unique(ordered[row], return_counts=True)[1]
        ties[row] = float((t * (t - 1) * (2 * t + 5)).sum())
    variance = (n * (n - 1) * (2 * n + 5) - ties) / 18
    z = np.zeros(len(values))
    np.divide(s - np.sign(s), np.sqrt(variance), out=z, where=variance > 0)
    return z, 2 * special.ndtr(-np.abs(z))


def _cube(
    incidents: gpd.GeoDataFrame, grid: "Grid", period: Period, days: int
) -> tuple[FloatArray, int]:
    """Count by cell and step, the last step ending with the period."""
    n_steps = math.floor(period.days) // days
    if n_steps < FEWEST_STEPS:
        msg = f"{n_steps} steps of {days} days fit in the period; {FEWEST_STEPS} are needed"
        raise ContractError(msg, code="too_few_steps", n=n_steps, needed=FEWEST_STEPS)
    cell: IntArray = grid.locate(*coordinates(incidents, label="incidents"))
    times = pd.to_datetime(incidents["occurred_from"])
    held = period.contains(times).to_numpy() & (cell >= 0)
    rows = np.flatnonzero(held)
    date = times.iloc[rows].to_numpy().astype("datetime64[D]")
    age = ((np.datetime64(period.end, "D") - date).astype(np.int64) - 1) // days
    kept = age < n_steps
    n = int(kept.sum())
    if n < FEWEST_INCIDENTS:
        msg = f"{n} incidents are too few for a cube; {FEWEST_INCIDENTS} are needed"
        raise ContractError(msg, code="too_few_incidents", n=n, needed=FEWEST_INCIDENTS)
    at = cell[rows][kept] * n_steps + n_steps - 1 - age[kept]
    counts = np.bincount(at, minlength=grid.n_cells * n_steps).astype(float)
    return counts.reshape(grid.n_cells, n_steps), len(incidents) - n


def _between(alpha: float) -> None:
    if not 0 < alpha < 1:
        msg = f"`alpha` is {alpha!r}, expected a number between 0 and 1 such as 0.05"
        raise ArgumentError(msg, code="between_0_and_1", name="alpha", found=str(alpha)[:60])
