"""Compute the local Moran statistic of each place."""

import logging

import geopandas as gpd
import numpy as np
import pandas as pd

from ipgtools import inference
from ipgtools.autocorrelation import weights as near
from ipgtools.autocorrelation.global_statistics import Rng, seed_of, two_sided
from ipgtools.grid import FloatArray
from ipgtools.hotspots.permutation import draws, permutation_p

__all__ = ["CERTAINTY", "QUADRANTS", "local_moran"]

log = logging.getLogger(__name__)

QUADRANTS = ("none", "hh", "ll", "hl", "lh")
_MOST_LEVELS = 256
"""Different values up to which each place's own value is kept out of its distribution."""

CERTAINTY = ("none", "possible", "sure")


def local_moran(
    cells: gpd.GeoDataFrame,
    *,
    column: str = "n",
    neighbours: str = "touching",
    radius: float | None = None,
    weights: str = "row",
    alpha: float = 0.05,
    n_permutations: int = 0,
    rng: Rng = None,
) -> gpd.GeoDataFrame:
    """
    Test for places that resemble or differ from their neighbours (local Moran).

    ``z_i / m2 * sum_j w_ij z_j`` with z the distance from the mean and ``m2 = sum z^2 / n``.

    Parameters
    ----------
    cells : GeoDataFrame, n_cells
        Grid cells or areas, in a projected CRS in metres.
    column, neighbours, radius, weights
        As for `moran`.
    alpha : float, default 0.05
        Share of the places called sure that may be so by chance.
    n_permutations : int, default 0
        How many times to deal the other values out around each place; 0 works the
        permutation p-values out instead of simulating them (see Notes).
    rng : int, Generator or None
        Seed of the permutations.

    Returns
    -------
    GeoDataFrame, n_cells
        The cells with

        - `local_moran`, `expected`, `variance`, `z`, `p_value` (two-sided, normal), `q_value`
          (Benjamini-Hochberg over the map), under conditional randomisation: the place keeps
          its value and the others are permuted at random;
        - `p_permutation`, `q_permutation`: the same from the permutation distribution itself,
          twice the smaller tail;
        - `quadrant`: "hh" high among high, "ll" low among low, "hl" high among low, "lh" low
          among high, against the mean; "none" if the place or its surroundings are at the
          mean, or it has no neighbours;
        - `certainty`: "sure" if both q's are at most `alpha`, "possible" if only both p's
          are, else "none".

        Places without neighbours have NaN and "none"; they do not count in the mean.
        ``attrs``: as from `moran`.

    Raises
    ------
    CrsError, ContractError
        As `moran`.
    ValueError
        As `moran`; also if `alpha` is not between 0 and 1.

    Notes
    -----
    With ``m2 = sum z^2 / n``, as Anselin (1995) and spdep have it, the row-standardised
    values average to the global I. esda divides by n - 1: its values are ours times
    (n - 1) / n, which is 48/49 on Columbus. z and p do not depend on that choice.

    Where counts are small, the normal approximation finds too much: on 30 x 30 cells with on
    average one incident in five cells, six in ten purely random maps have a q of 0.05 or less
    somewhere. Hence the permutation p-values. For whole numbers they are exact, for others the
    Pearson type III curve (as in `hotspots.gi_star`), of a sum over the neighbours drawn from
    the other values; with more than 256 different values, from all values.

    Simulated permutations of all places come from one table of draws without replacement: a place
    that meets itself in its draw takes the next value instead. So each place has a proper
    conditional permutation test, at the price of tests that share their draws.

    References
    ----------
    Anselin (1995), Geographical Analysis 27, 93-115; moments: Sokal, Oden & Thomson (1998),
    Geographical Analysis 30, 331-354; for the correction Caldas de Castro & Singer (2006),
    Geographical Analysis 38, 180-208.

    Examples
    --------
    >>> import shapely
    >>> squares = [shapely.box(x, 0, x + 1, 1) for x in range(5)]
    >>> row = gpd.GeoDataFrame({"n": [9, 9, 0, 0, 0]}, geometry=squares, crs=28992)
    >>> local_moran(row)["quadrant"].tolist()
    ['hh', 'hh', 'lh', 'll', 'll']
    """
    if not 0 < alpha < 1:
        msg = f"`alpha` is {alpha!r}, expected a number between 0 and 1 such as 0.05"
        raise ValueError(msg)
    if n_permutations < 0:
        msg = f"`n_permutations` is {n_permutations!r}, expected a number such as 999, or 0"
        raise ValueError(msg)
    every = near.values_of(cells, column)
    hood = near.find_neighbours(cells, neighbours=neighbours, radius=radius)
    weighed = near.weigh_neighbours(hood, weights)
    used = hood.sizes > 0
    x = every[used]
    columns = _scores(x, weighed)
    if n_permutations:
        columns["p_permutation"], how = _simulated_p(x, weighed, n_permutations, rng), "simulated"
    else:
        columns["p_permutation"], how = _permutation_p(x, weighed)
    quadrant = columns.pop("quadrant").astype(np.int64)
    whole = {name: _spread(values, used) for name, values in columns.items()}
    whole["q_value"] = inference.benjamini_hochberg(whole["p_value"])
    whole["q_permutation"] = inference.benjamini_hochberg(whole["p_permutation"])
    p = np.maximum(whole["p_value"], whole["p_permutation"])
    q = np.maximum(whole["q_value"], whole["q_permutation"])
    of_all = np.zeros(len(cells), dtype=np.int64)
    of_all[used] = quadrant
    step = np.where(q <= alpha, 2, np.where(p <= alpha, 1, 0))
    step[of_all == 0] = 0
    table = cells.assign(
        **{name: whole[name] for name in _ORDER},
        quadrant=pd.array(np.array(QUADRANTS), dtype="str").take(of_all),
        certainty=pd.array(np.array(CERTAINTY), dtype="str").take(step),
    )
    few = len(x) < 3
    constant = not few and np.ptp(x) == 0
    method = {
        "name": "local_moran",
        "column": column,
        "neighbours": neighbours,
        "radius": hood.radius,
        "weights": weights,
        "alpha": alpha,
        "permutation": how,
        "correction": "Benjamini-Hochberg",
    }
    if n_permutations:
        method |= {"n_permutations": n_permutations, "seed": seed_of(rng)}
    table.attrs |= near.describe(cells, hood) | {
        "method": method,
        "warnings": [{"code": "too_few" if few else "constant"}] if few or constant else [],
    }
    return table


_ORDER = (
    "local_moran", "expected", "variance", "z", "p_value", "q_value", "p_permutation",
    "q_permutation",
)  # fmt: skip


def _scores(x: FloatArray, w: near.Weights) -> dict[str, FloatArray]:
    n = len(x)
    if n < 3 or np.ptp(x) == 0:
        zero, one = np.zeros(n), np.ones(n)
        names = ("local_moran", "expected", "variance", "z", "quadrant")
        return dict.fromkeys(names, zero) | {"p_value": one}
    off = x - x.mean()
    around = w.each * w.sums(off)
    m2 = float(off @ off) / n
    value = off / m2 * around
    given, squares = w.each * w.sizes, w.each**2 * w.sizes
    expected = -(off**2) / m2 * given / (n - 1)
    free = np.maximum(squares - given**2 / (n - 1), 0.0)
    rest = np.maximum(m2 - off**2 / (n - 1), 0.0)
    variance = (off / m2) ** 2 * n / (n - 2) * free * rest
    z = np.zeros(n)
    np.divide(value - expected, np.sqrt(variance), out=z, where=variance > 1e-15)
    # above or below the mean, or at it but for rounding
    size = 1e-12 * float(np.abs(x).max())
    high, near_high = np.where(np.abs(off) > size, np.sign(off), 0), np.sign(around)
    near_high = np.where(np.abs(around) > size * given, near_high, 0)
    quadrant = np.select(
        [
            (high > 0) & (near_high > 0),
            (high < 0) & (near_high < 0),
            (high > 0) & (near_high < 0),
            (high < 0) & (near_high > 0),
        ],
        [1, 2, 3, 4],
        default=0,
    )
    return {
        "local_moran": value,
        "expected": expected,
        "variance": variance,
        "z": z,
        "p_value": two_sided(z),
        "quadrant": quadrant.astype(float),
    }


def _permutation_p(x: FloatArray, w: near.Weights) -> tuple[FloatArray, str]:
    """Work out the chance of each place's sum over its neighbours, its own value kept."""
    n = len(x)
    p = np.ones(n)
    if n < 3 or np.ptp(x) == 0:
        return p, "none"
    sums, sizes = w.sums(x), w.sizes.astype(np.int64)
    if (x == np.rint(x)).all():
        sums = np.rint(sums)
    levels, level = np.unique(x, return_inverse=True)
    if len(levels) > _MOST_LEVELS:
        p, how = permutation_p(x, sums, sizes)
        return np.where(x == x.mean(), 1.0, p), how
    ways = set()
    for number in range(len(levels)):
        same = np.flatnonzero(level == number)
        others = np.delete(x, same[0])
        for here in [same] if len(same) < n - 1 else [same[:-1], same[-1:]]:
            # one sum beyond all others, so that no tail is cut off, fills the table up
            beyond = (sums[here] - others.min() * sizes[here]).max() + others.min() + 1
            of_sums, of_sizes = np.full(n - 1, beyond), np.ones(n - 1, dtype=np.int64)
            of_sums[: len(here)], of_sizes[: len(here)] = sums[here], sizes[here]
            found, way = permutation_p(others, of_sums, of_sizes)
            p[here] = found[: len(here)]
            ways.add(way)
    how = next(way for way in ("pearson3", "exact", "none") if way in ways)
    return np.where(x == x.mean(), 1.0, p), how


def _simulated_p(x: FloatArray, w: near.Weights, n_permutations: int, rng: Rng) -> FloatArray:
    """
    Test each place's sum over its neighbours against sums of as many of the other values.

    Given its own value, the local Moran rises or falls with that sum alone.
    """
    n = len(x)
    p = np.ones(n)
    if n < 3 or np.ptp(x) == 0:
        return p
    sizes = w.sizes.astype(np.int64)
    widest = min(int(sizes.max()) + 1, n)
    permuted = draws(n, widest, n_permutations, np.random.default_rng(rng))
    running = np.cumsum(x[permuted], axis=1)
    close = 1e-9 * float(np.abs(x).sum()) / n
    sums = w.sums(x)
    # where each place comes up in the draws, place by place
    flat = permuted.ravel()
    order = np.argsort(flat, kind="stable")
    start = np.searchsorted(flat[order], np.arange(n + 1))
    for k in np.unique(sizes):
        null = np.sort(running[:, k - 1])
        for i in np.flatnonzero(sizes == k):
            below = int(np.searchsorted(null, sums[i] + close, side="right"))
            above = n_permutations - int(np.searchsorted(null, sums[i] - close, side="left"))
            met = order[start[i] : start[i + 1]]
            rows = met[met % widest < k] // widest
            if len(rows) and k < n:
                old, new = running[rows, k - 1], running[rows, k] - x[i]
                below += int((new <= sums[i] + close).sum() - (old <= sums[i] + close).sum())
                above += int((new >= sums[i] - close).sum() - (old >= sums[i] - close).sum())
            p[i] = min(1.0, 2.0 * (1 + min(below, above)) / (n_permutations + 1))
    p[x == x.mean()] = 1.0
    return p


def _spread(values: FloatArray, used: np.ndarray) -> FloatArray:
    whole = np.full(len(used), np.nan)
    whole[used] = values
    return whole
