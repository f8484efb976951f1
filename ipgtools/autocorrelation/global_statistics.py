"""Compute global statistics of autocorrelation, each with a p-value."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy import special

from ipgtools.autocorrelation import weights as near
from ipgtools.errors import ContractError
from ipgtools.grid import FloatArray

__all__ = ["Moments", "Rng", "geary", "general_g", "moran", "permuted", "seed_of", "two_sided"]

Rng = int | np.random.Generator | None


def moran(
    cells: gpd.GeoDataFrame,
    *,
    column: str = "n",
    neighbours: str = "touching",
    radius: float | None = None,
    weights: str = "row",
    n_permutations: int = 0,
    rng: Rng = None,
) -> pd.DataFrame:
    """
    Give Moran's I: above its expectation neighbours are alike, below it they differ.

    ``n / S0 * sum_ij w_ij z_i z_j / sum_i z_i^2``, z the distance from the mean.

    Parameters
    ----------
    cells : GeoDataFrame, n_cells
        Grid cells or areas, in a projected CRS in metres.
    column : str, default "n"
        What to test: counts, rates or other numbers.
    neighbours : {"touching", "border", "radius"}, default "touching"
        "touching": sharing a border or a corner (queen). "border": sharing more than a corner
        (rook). "radius": centroids within `radius`.
    radius : float, optional
        Metres, for "radius" only. By default ``cell_size * sqrt(2)`` for squares of one size,
        else the shortest distance at which every area has a neighbour.
    weights : {"row", "binary"}, default "row"
        "row": the neighbours of a place weigh 1 together; "binary": each weighs 1.
    n_permutations : int, default 0
        How often to deal the values out at random for `p_permutation`; 0 leaves it out.
    rng : int, Generator or None
        Seed of the permutations.

    Returns
    -------
    DataFrame, 1 row
        - `statistic` ("moran"), `value`, `expected`;
        - `variance`, `z`, `p_value` (two-sided, normal) under randomisation: the values are
          given, where they lie is chance;
        - `variance_normal`, `z_normal`, `p_normal` if the values are drawn from a normal;
        - `p_permutation` if asked for: twice the smaller tail, the observed map in it.

        ``attrs``: `n_cells`, `n_used`, `n_islands`, `islands`, `n_links`, `method`,
        `warnings` ("constant" or "too_few", with fewer than four places: value and tests
        are then NaN).

    Raises
    ------
    CrsError
        If `cells` is not in a projected CRS in metres.
    ContractError
        If `column` is absent or has missing values, or a place has no geometry.
    ValueError
        If an option has an unknown value.

    References
    ----------
    Cliff & Ord (1981), Spatial processes, Pion.

    Examples
    --------
    A chessboard differs from one square to the next:

    >>> import shapely
    >>> squares = [shapely.box(x, y, x + 1, y + 1) for x in range(4) for y in range(4)]
    >>> board = gpd.GeoDataFrame(
    ...     {"n": [0, 1, 0, 1, 1, 0, 1, 0] * 2}, geometry=squares, crs=28992)
    >>> moran(board, neighbours="border")["value"].tolist()
    [-1.0]
    """
    case = _case(cells, column, neighbours, radius, weights)
    return _tested("moran", case, _moran, _moran_moments, n_permutations, rng)


def geary(
    cells: gpd.GeoDataFrame,
    *,
    column: str = "n",
    neighbours: str = "touching",
    radius: float | None = None,
    weights: str = "row",
    n_permutations: int = 0,
    rng: Rng = None,
) -> pd.DataFrame:
    """
    Give Geary's C: below 1 neighbours are alike, above 1 they differ.

    ``(n - 1) / (2 S0) * sum_ij w_ij (x_i - x_j)^2 / sum_i z_i^2``. It looks at differences
    between neighbours and so at finer detail than Moran's I.

    Parameters
    ----------
    cells, column, neighbours, radius, weights, n_permutations, rng
        As for `moran`.

    Returns
    -------
    DataFrame, 1 row
        As from `moran`, with `statistic` "geary". `z` is negative where neighbours are
        alike, as in esda; spdep turns the sign.

    Raises
    ------
    CrsError, ContractError, ValueError
        As `moran`.

    References
    ----------
    Cliff & Ord (1981), Spatial processes, Pion.

    Examples
    --------
    On a chessboard every pair of neighbours differs as much as can be:

    >>> import shapely
    >>> squares = [shapely.box(x, y, x + 1, y + 1) for x in range(4) for y in range(4)]
    >>> board = gpd.GeoDataFrame(
    ...     {"n": [0, 1, 0, 1, 1, 0, 1, 0] * 2}, geometry=squares, crs=28992)
    >>> geary(board, neighbours="border")["value"].tolist()
    [1.875]
    """
    case = _case(cells, column, neighbours, radius, weights)
    return _tested("geary", case, _geary, _geary_moments, n_permutations, rng)


def general_g(
    cells: gpd.GeoDataFrame,
    *,
    column: str = "n",
    neighbours: str = "touching",
    radius: float | None = None,
    weights: str = "binary",
    n_permutations: int = 0,
    rng: Rng = None,
) -> pd.DataFrame:
    """
    Return the general G of Getis and Ord: above its expectation high values lie together.

    ``sum_ij w_ij x_i x_j / sum_(i != j) x_i x_j``. Below its expectation low values do,
    which Moran's I can't distinguish.

    Parameters
    ----------
    cells, neighbours, radius, n_permutations, rng
        As for `moran`.
    column : str, default "n"
        Values of 0 or more.
    weights : {"binary", "row"}, default "binary"
        As for `moran`.

    Returns
    -------
    DataFrame, 1 row
        As from `moran`, with `statistic` "general_g"; NaN under normality, for which no
        moments are known.

    Raises
    ------
    CrsError, ContractError, ValueError
        As `moran`; a negative value is a ContractError.

    References
    ----------
    Getis & Ord (1992), Geographical Analysis 24, 189-206.

    Examples
    --------
    Two busy squares side by side, of four in a row:

    >>> import shapely
    >>> squares = [shapely.box(x, 0, x + 1, 1) for x in range(4)]
    >>> row = gpd.GeoDataFrame({"n": [6, 6, 1, 1]}, geometry=squares, crs=28992)
    >>> general_g(row)[["value", "expected"]].round(3).to_numpy().tolist()
    [[0.705, 0.5]]
    """
    case = _case(cells, column, neighbours, radius, weights)
    if (case.values < 0).any():
        breach = f"{column}: negative ({int((case.values < 0).sum())}x)"
        msg = f"`cells` can't have a general G: {breach}"
        raise ContractError(msg, code="contract", table="cells", breaches=breach)
    return _tested("general_g", case, _general_g, _general_g_moments, n_permutations, rng)


def two_sided(z: FloatArray) -> FloatArray:
    """Return the chance of a score at least as far from 0 under the normal curve."""
    return np.asarray(2.0 * special.ndtr(-np.abs(z)), dtype=float)


def permuted(
    values: FloatArray,
    statistic: Callable[[FloatArray], FloatArray],
    n_permutations: int,
    rng: Rng,
) -> FloatArray:
    """Return two-sided p-values from dealing the values out over the places at random."""
    if n_permutations < 1:
        msg = f"`n_permutations` is {n_permutations!r}, expected a number such as 999, or 0"
        raise ValueError(msg)
    draw = np.random.default_rng(rng)
    observed = statistic(values)
    permuted = np.array([statistic(draw.permutation(values)) for _ in range(n_permutations)])
    # two sums of the same numbers in another order are equal
    close = 1e-9 * np.ptp(permuted, axis=0)
    above = (permuted >= observed - close).sum(axis=0)
    below = (permuted <= observed + close).sum(axis=0)
    return np.minimum(1.0, 2.0 * (1 + np.minimum(above, below)) / (n_permutations + 1))


def seed_of(rng: Rng) -> int | None:
    """Return the seed to report: the number given, or None."""
    return int(rng) if isinstance(rng, (int, np.integer)) else None


@dataclass(frozen=True)
class _Case:
    """What a test is about: values and weights of the places that have a neighbour."""

    values: FloatArray
    weights: near.Weights
    attrs: dict[str, Any]


Moments = tuple[float, float, float]
"""Expectation, and variance under randomisation and under normality."""


def _case(
    cells: gpd.GeoDataFrame, column: str, neighbours: str, radius: float | None, weights: str
) -> _Case:
    values = near.values_of(cells, column)
    hood = near.find_neighbours(cells, neighbours=neighbours, radius=radius)
    weighed = near.weigh_neighbours(hood, weights)
    attrs = near.describe(cells, hood)
    attrs["method"] = {
        "column": column,
        "neighbours": neighbours,
        "radius": hood.radius,
        "weights": weights,
    }
    return _Case(values[hood.sizes > 0], weighed, attrs)


def _tested(
    name: str,
    case: _Case,
    statistic: Callable[[FloatArray, near.Weights], float],
    moments: Callable[[FloatArray, near.Weights], Moments],
    n_permutations: int,
    rng: Rng,
) -> pd.DataFrame:
    x, w = case.values, case.weights
    warning = "too_few" if len(x) < 4 else "constant" if np.ptp(x) == 0 else ""
    value = expected = variance = normal = np.nan
    if not warning:
        value = statistic(x, w)
        expected, variance, normal = moments(x, w)
    z = (value - expected) / np.sqrt(variance) if variance > 0 else np.nan
    z_normal = (value - expected) / np.sqrt(normal) if normal > 0 else np.nan
    row: dict[str, Any] = {
        "statistic": name,
        "value": value,
        "expected": expected,
        "variance": variance,
        "z": z,
        "p_value": float(two_sided(np.asarray(z))),
        "variance_normal": normal,
        "z_normal": z_normal,
        "p_normal": float(two_sided(np.asarray(z_normal))),
    }
    if n_permutations:
        row["p_permutation"] = (
            np.nan
            if warning
            else float(permuted(x, lambda v: np.array([statistic(v, w)]), n_permutations, rng)[0])
        )
    table = pd.DataFrame([row])
    method = {"name": name} | case.attrs["method"]
    if n_permutations:
        method |= {"n_permutations": n_permutations, "seed": seed_of(rng)}
    table.attrs |= case.attrs | {
        "method": method,
        "warnings": [{"code": warning}] if warning else [],
    }
    return table


def _moran(x: FloatArray, w: near.Weights) -> float:
    z = x - x.mean()
    return float(len(x) / w.s0 * (w.each * z) @ w.sums(z) / (z @ z))


def _moran_moments(x: FloatArray, w: near.Weights) -> Moments:
    n, (s0, s1, s2) = len(x), (w.s0, w.s1, w.s2)
    b2 = _kurtosis(x)
    expected = -1.0 / (n - 1)
    normal = (n * n * s1 - n * s2 + 3 * s0**2) / ((n * n - 1) * s0**2) - expected**2
    square = n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
    square -= b2 * ((n * n - n) * s1 - 2 * n * s2 + 6 * s0**2)
    square /= (n - 1) * (n - 2) * (n - 3) * s0**2
    return expected, square - expected**2, normal


def _geary(x: FloatArray, w: near.Weights) -> float:
    z = x - x.mean()
    squares = (w.each * w.sizes + w.sums(w.each)) @ (z * z)
    differences = squares - 2 * (w.each * z) @ w.sums(z)
    return float((len(x) - 1) / (2 * w.s0) * differences / (z @ z))


def _geary_moments(x: FloatArray, w: near.Weights) -> Moments:
    n, (s0, s1, s2) = len(x), (w.s0, w.s1, w.s2)
    b2 = _kurtosis(x)
    normal = ((2 * s1 + s2) * (n - 1) - 4 * s0**2) / (2 * (n + 1) * s0**2)
    variance = (n - 1) * s1 * (n * n - 3 * n + 3 - (n - 1) * b2)
    variance -= (n - 1) * s2 * (n * n + 3 * n - 6 - (n * n - n + 2) * b2) / 4
    variance += s0**2 * (n * n - 3 - (n - 1) ** 2 * b2)
    return 1.0, variance / (n * (n - 2) * (n - 3) * s0**2), normal


def _general_g(x: FloatArray, w: near.Weights) -> float:
    return float((w.each * x) @ w.sums(x) / (x.sum() ** 2 - x @ x))


def _general_g_moments(x: FloatArray, w: near.Weights) -> Moments:
    n, (s0, s1, s2) = len(x), (w.s0, w.s1, w.s2)
    m1, m2, m3, m4 = (float((x**power).sum()) for power in (1, 2, 3, 4))
    square = ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0**2) * m2**2
    square -= ((n * n - n) * s1 - 2 * n * s2 + 6 * s0**2) * m4
    square -= (2 * n * s1 - (n + 3) * s2 + 6 * s0**2) * m1**2 * m2
    square += (4 * (n - 1) * s1 - 2 * (n + 1) * s2 + 8 * s0**2) * m1 * m3
    square += (s1 - s2 + s0**2) * m1**4
    square /= (m1**2 - m2) ** 2 * n * (n - 1) * (n - 2) * (n - 3)
    expected = s0 / (n * (n - 1))
    return expected, square - expected**2, np.nan


def _kurtosis(x: FloatArray) -> float:
    z = x - x.mean()
    return float(len(x) * (z**4).sum() / (z @ z) ** 2)
