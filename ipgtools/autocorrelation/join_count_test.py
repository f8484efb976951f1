"""Count joins between marked and unmarked neighbours."""

import geopandas as gpd
import numpy as np
import pandas as pd

from ipgtools.autocorrelation import weights as near
from ipgtools.autocorrelation.global_statistics import Rng, permuted, seed_of, two_sided
from ipgtools.errors import ContractError
from ipgtools.grid import FloatArray

__all__ = ["JOINS", "join_counts"]

JOINS = ("BB", "BW", "WW")


def join_counts(
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
    Test whether marked places lie together, apart, or anyhow.

    Each pair of neighbours is a join: BB if both are marked (black), WW if neither is, BW if
    one is. The number of marked places is taken as given (non-free sampling).

    Parameters
    ----------
    cells : GeoDataFrame, n_cells
        Grid cells or areas, in a projected CRS in metres.
    column : str, default "n"
        0 or 1 (or False and True) for each.
    neighbours, radius, n_permutations, rng
        As for `moran`.
    weights : {"binary", "row"}, default "binary"
        "binary": `value` is a number of joins. "row": the neighbours of a place weigh 1
        together, and a join counts half of what it weighs either way.

    Returns
    -------
    DataFrame, 3 rows
        `joins` ("BB", "BW", "WW"), `value`, `expected`, `variance`, `z`, `p_value` (two-sided,
        normal) and, if asked for, `p_permutation`. z and p are NaN where nothing can vary.
        ``attrs``: as from `moran`.

    Raises
    ------
    CrsError, ValueError
        As `moran`.
    ContractError
        As `moran`; also if a value is neither 0 nor 1.

    References
    ----------
    Cliff & Ord (1981), Spatial processes, Pion.

    Examples
    --------
    Four squares in a row, the two on the left marked:

    >>> import shapely
    >>> squares = [shapely.box(x, 0, x + 1, 1) for x in range(4)]
    >>> row = gpd.GeoDataFrame({"n": [1, 1, 0, 0]}, geometry=squares, crs=28992)
    >>> join_counts(row)[["joins", "value", "expected"]].to_numpy().tolist()
    [['BB', 1.0, 0.5], ['BW', 1.0, 2.0], ['WW', 1.0, 0.5]]
    """
    values = near.values_of(cells, column)
    wrong = int(((values != 0) & (values != 1)).sum())
    if wrong:
        breach = f"{column}: neither 0 nor 1 ({wrong}x)"
        msg = f"`cells` has no marks to join: {breach}"
        raise ContractError(msg, code="contract", table="cells", breaches=breach)
    hood = near.find_neighbours(cells, neighbours=neighbours, radius=radius)
    weighed = near.weigh_neighbours(hood, weights)
    marks = values[hood.sizes > 0]
    value = _joins(marks, weighed)
    expected, variance = _moments(marks, weighed)
    z = np.full(3, np.nan)
    np.divide(value - expected, np.sqrt(variance), out=z, where=variance > 0)
    table = pd.DataFrame(
        {
            "joins": pd.array(JOINS, dtype="str"),
            "value": value,
            "expected": expected,
            "variance": variance,
            "z": z,
            "p_value": two_sided(z),
        }
    )
    few = len(marks) < 4
    constant = not few and np.ptp(marks) == 0
    method = {
        "name": "join_counts",
        "column": column,
        "neighbours": neighbours,
        "radius": hood.radius,
        "weights": weights,
    }
    if n_permutations:
        p = permuted(marks, lambda v: _joins(v, weighed), n_permutations, rng)
        table["p_permutation"] = np.where(np.isnan(z), np.nan, p)
        method |= {"n_permutations": n_permutations, "seed": seed_of(rng)}
    table.attrs |= near.describe(cells, hood) | {
        "method": method,
        "warnings": [{"code": "too_few" if few else "constant"}] if few or constant else [],
    }
    return table


def _joins(marks: FloatArray, w: near.Weights) -> FloatArray:
    around = w.sums(marks)
    both = float((w.each * marks) @ around)
    marked = float((w.each * w.sizes) @ marks)
    seen = float(w.each @ around)
    return np.array([both, marked + seen - 2 * both, w.s0 - marked - seen + both]) / 2


def _moments(marks: FloatArray, w: near.Weights) -> tuple[FloatArray, FloatArray]:
    """Return expectation and variance of the three joins, given how many are marked."""
    n, n1 = len(marks), float(marks.sum())
    if n < 4:
        return np.full(3, np.nan), np.full(3, np.nan)
    n0 = n - n1
    same, share, apart = w.s1, w.s2 - 2 * w.s1, w.s0**2 + w.s1 - w.s2
    pairs, triples, fours = n * (n - 1), n * (n - 1) * (n - 2), n * (n - 1) * (n - 2) * (n - 3)
    mixed = n1 * n0 / pairs

    def alike(k: float) -> tuple[float, float]:
        two = k * (k - 1) / pairs
        three = k * (k - 1) * (k - 2) / triples
        four = k * (k - 1) * (k - 2) * (k - 3) / fours
        expected = w.s0 * two / 2
        return expected, (same * two + share * three + apart * four) / 4 - expected**2

    crossed = 4 * n1 * (n1 - 1) * n0 * (n0 - 1) / fours
    between = w.s0 * mixed
    spread = (2 * same * mixed + share * mixed + apart * crossed) / 4 - between**2
    black, white = alike(n1), alike(n0)
    expected = np.array([black[0], between, white[0]])
    variance = np.array([black[1], spread, white[1]])
    # what is left of subtracting two equal numbers is nothing
    return expected, np.where(variance > 1e-12 * (1 + expected**2), variance, 0.0)
