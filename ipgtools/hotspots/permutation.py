"""
Determine p-values of neighbourhood sums under random permutation of the values.

The sum of k cells is then the sum of k values drawn without replacement from those in the
table, whichever cells they are. Its distribution depends on k alone, so one computed table
serves the whole map and nothing is simulated.
"""

import numpy as np
import numpy.typing as npt
from scipy import special

from ipgtools.grid import FloatArray, IntArray

__all__ = ["draws", "permutation_p", "simulated_p", "sum_distribution", "upper_tail"]

_MOST_WORK = 5e8
"""Additions that the exact distribution may take: about a second."""

_MAX_PERMUTED = 2_000_000
"""Numbers permuted at a time."""

_WIDEST = 500
"""Cells in a neighbourhood up to which the exact distribution is tried."""


def permutation_p(values: FloatArray, sums: FloatArray, sizes: IntArray) -> tuple[FloatArray, str]:
    """Return two-sided p-values of sums under random permutation of the values."""
    n = len(values)
    if n < 2 or np.ptp(values) == 0:
        return np.ones(n), "none"
    whole = bool((values == np.rint(values)).all() and np.abs(values).sum() < 2**53)
    if whole:
        lowest = values.min()
        levels, how_many = np.unique(values - lowest, return_counts=True)
        above = np.rint(sums - lowest * sizes).astype(np.int64)
        # One more than the largest sum, so that this sum isn't lumped with larger ones.
        widest, cap = int(sizes.max()), int(above.max()) + 1
        work = float(np.minimum(how_many, widest).sum() + len(levels)) * (widest + 1) * (cap + 1)
        if widest <= _WIDEST and work <= _MOST_WORK:
            tails = sum_distribution(levels.astype(np.int64), how_many, widest, cap)
            wanted = np.unique(sizes)
            table = np.ones((widest + 1, cap + 1))
            for k in wanted:
                table[k] = _two_sided(tails[k])
            return table[sizes, above], "exact"
    return _pearson3(values, sums, sizes, half_step=0.5 if whole else 0.0), "pearson3"


def simulated_p(
    values: FloatArray,
    sums: FloatArray,
    sizes: IntArray,
    n_permutations: int,
    rng: "int | np.random.Generator | None",
) -> FloatArray:
    """
    Return two-sided p-values of sums from simulated permutations.

    For those who want to check `permutation_p`, and for numbers that are no counts.
    """
    n = len(values)
    if n < 2 or np.ptp(values) == 0:
        return np.ones(n)
    wanted, which = np.unique(sizes, return_inverse=True)
    wanted, which = np.minimum(wanted, n), which.ravel()
    permuted = draws(n, int(wanted.max()), n_permutations, np.random.default_rng(rng))
    null = np.sort(np.cumsum(values[permuted], axis=1)[:, wanted - 1], axis=0)
    close = 1e-9 * float(np.abs(values).sum()) / n
    p = np.empty(n)
    for k in range(len(wanted)):
        here = which == k
        at_most = np.searchsorted(null[:, k], sums[here] + close, side="right")
        at_least = n_permutations - np.searchsorted(null[:, k], sums[here] - close)
        p[here] = 2.0 * (1 + np.minimum(at_most, at_least)) / (n_permutations + 1)
    return np.minimum(p, 1.0)


def draws(n: int, k: int, n_draws: int, draw: np.random.Generator) -> IntArray:
    """Draw k of n without replacement, in order, many times."""
    if k * k <= n:
        # few double: draw with replacement, and draw rows that hold a number twice again
        table = draw.integers(0, n, (n_draws, k))
        wrong = np.arange(n_draws)
        while len(wrong):
            ranked = np.sort(table[wrong], axis=1)
            wrong = wrong[(np.diff(ranked, axis=1) == 0).any(axis=1)]
            table[wrong] = draw.integers(0, n, (len(wrong), k))
        return table
    table = np.empty((n_draws, k), dtype=np.int64)
    step = max(1, _MAX_PERMUTED // n)
    for start in range(0, n_draws, step):
        rows = min(step, n_draws - start)
        permuted = draw.permuted(np.tile(np.arange(n), (rows, 1)), axis=1)
        table[start : start + rows] = permuted[:, :k]
    return table


def sum_distribution(levels: IntArray, how_many: IntArray, widest: int, cap: int) -> FloatArray:
    """
    Return the distribution of the sum of k values drawn without replacement, for each k.

    Every value joins the draw independently with one chance; given that k joined, each k
    values are as likely as any other. So the joint distribution of number and sum is built
    level by level from binomials and then taken per k.
    """
    n = int(how_many.sum())
    chance_in = min(widest / n, 0.5)
    joint = np.zeros((widest + 1, cap + 1))
    joint[0, 0] = 1.0
    for level, number in zip(levels[::-1].tolist(), how_many[::-1].tolist(), strict=True):
        drawn = np.arange(min(number, widest) + 1)
        weight = np.exp(
            special.gammaln(number + 1)
            - special.gammaln(drawn + 1)
            - special.gammaln(number - drawn + 1)
            + drawn * np.log(chance_in)
            + (number - drawn) * np.log1p(-chance_in)
        )
        added = weight[0] * joint
        for k in drawn[1:].tolist():
            part = weight[k] * joint[: widest + 1 - k]
            shift = min(k * level, cap)
            added[k:, shift:cap] += part[:, : cap - shift]
            added[k:, cap] += part[:, cap - shift :].sum(axis=1)
        joint = added
    total = joint.sum(axis=1, keepdims=True)
    return np.divide(joint, total, out=np.zeros_like(joint), where=total > 0)


def _two_sided(chances: FloatArray) -> FloatArray:
    at_most = np.cumsum(chances)
    at_least = np.cumsum(chances[::-1])[::-1]
    return np.minimum(1.0, 2.0 * np.minimum(at_most, at_least))


def _pearson3(
    values: FloatArray, sums: FloatArray, sizes: IntArray, *, half_step: float
) -> FloatArray:
    """Use a shifted gamma curve with the exact first three moments of the sum."""
    n = len(values)
    off = values - values.mean()
    second, third = float((off**2).mean()), float((off**3).mean())
    spread = np.sqrt(second * sizes * ((n - sizes) / (n - 1)))
    varies = spread > 0
    skew = np.zeros(n)
    if n > 2:
        moment = third * sizes * ((n - sizes) / (n - 1)) * ((n - 2 * sizes) / (n - 2))
        np.divide(moment, spread**3, out=skew, where=varies)
    distance = sums - values.mean() * sizes
    p = np.ones(n)
    low = upper_tail(-(distance + half_step)[varies] / spread[varies], -skew[varies])
    high = upper_tail((distance - half_step)[varies] / spread[varies], skew[varies])
    p[varies] = np.minimum(1.0, 2.0 * np.minimum(low, high))
    return p


def upper_tail(z: FloatArray, skew: FloatArray) -> npt.NDArray[np.float64]:
    """
    Return the chance of at least z under a standardised gamma curve (Pearson type III).

    Examples
    --------
    >>> upper_tail(np.array([0.0, 0.0]), np.array([0.0, 2.0])).round(4).tolist()
    [0.5, 0.3679]
    """
    normal = np.abs(skew) < 1e-6
    safe = np.where(normal, 1.0, skew)
    shape = 4.0 / safe**2
    # the curve of skewness g ends at -2/g: below it (above, if g < 0) lies nothing
    at = np.maximum(shape + 2.0 * z / safe, 0.0)
    upper = np.where(safe > 0, special.gammaincc(shape, at), special.gammainc(shape, at))
    return np.where(normal, special.ndtr(-z), upper)
