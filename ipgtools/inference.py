"""
Compute intervals and tests for counts and their differences.

Exact methods only: registered incidents are small counts, where the usual plus-or-minus
two standard errors is wrong. Everything takes numbers or arrays and broadcasts; NaN in gives
NaN out. Intervals and two-sided tests put half of `alpha` in either tail, so that a test and
its interval never contradict each other.
"""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import special

__all__ = [
    "ALPHA", "FloatArray", "benjamini_hochberg", "compare_counts", "corrected", "eligible",
    "poisson_interval", "prediction_interval", "ratio_interval", "smallest_p",
]  # fmt: skip

FloatArray: TypeAlias = npt.NDArray[np.float64]


ALPHA = 0.05
"""Level that corrected p-values are held against where nothing else is asked."""


def poisson_interval(n: npt.ArrayLike, *, alpha: float = 0.05) -> tuple[FloatArray, FloatArray]:
    """
    Return the exact interval for the mean behind a count.

    Garwood's interval: the means for which a count as low, or as high, as `n` has a chance
    of at least ``alpha / 2``. Its coverage is never below ``1 - alpha``.

    Parameters
    ----------
    n : array_like of numbers, 0 or more
        Counts.
    alpha : float, default 0.05
        One minus the confidence.

    Returns
    -------
    low, high : ndarray of float
        In the shape of `n`; ``low`` is 0 where `n` is.

    Raises
    ------
    ValueError
        If a count is negative or `alpha` is not between 0 and 1.

    References
    ----------
    Garwood (1936), Biometrika 28, 437-442.

    Examples
    --------
    >>> low, high = poisson_interval([0, 10])
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.0, 4.795], [3.689, 18.39])
    """
    half = _half(alpha)
    counts = _counts(n)
    low = np.where(counts > 0, special.gammaincinv(np.where(counts > 0, counts, 1.0), half), 0.0)
    low = np.where(np.isnan(counts), np.nan, low)
    return low, special.gammainccinv(counts + 1.0, half)


def compare_counts(
    before: npt.ArrayLike,
    after: npt.ArrayLike,
    *,
    exposure: float = 1.0,
    dispersion: npt.ArrayLike = 1.0,
) -> FloatArray:
    """
    Test whether two counts can come from one rate.

    Given their sum, the later count is binomial with chance ``exposure / (1 + exposure)``
    if the rates are equal. The p-value is twice the smaller tail, at most 1: the rule that
    agrees with `ratio_interval` (the interval holds 1 exactly if ``p > alpha``). For equal
    exposure it equals the rule of adding all outcomes that are no likelier.

    Parameters
    ----------
    before, after : array_like of whole numbers, 0 or more
        Counts of two periods.
    exposure : float, default 1
        Length of the later period divided by that of the earlier one.
    dispersion : array_like of float, 1 or more, default 1
        Variance of counts over their mean, such as `history.dispersion` gives. Incidents that
        come in series vary more than independent ones: counts of `dispersion` times as many
        have as much information. Both counts are divided by it and the binomial tails, as
        incomplete beta functions, are taken there. At 1 the test is exact; NaN gives NaN.

    Returns
    -------
    ndarray of float
        Two-sided p-values; 1 where both counts are 0.

    Raises
    ------
    ValueError
        If a count is negative, `exposure` is not positive or `dispersion` is less than 1.

    References
    ----------
    Przyborowski & Wilenski (1940), Biometrika 31, 313-323. Dispersion: McCullagh & Nelder
    (1989), Generalized Linear Models, section 4.5 (quasi-likelihood).

    Examples
    --------
    >>> compare_counts([10, 100, 0], [20, 200, 0]).round(4).tolist()
    [0.0987, 0.0, 1.0]
    >>> compare_counts(10, 20, exposure=2.0).round(4).tolist()
    1.0
    >>> compare_counts(20, 40, dispersion=2.0) == compare_counts(10, 20)
    np.True_
    """
    first, second = _scaled(before, after, dispersion)
    share = _exposure(exposure) / (1.0 + exposure)
    # the tails of a binomial as incomplete beta functions, each full at its own end
    at_most = _as_few(first, second, share)
    at_least = _as_few(second, first, 1 - share)
    p = np.minimum(1.0, 2.0 * np.minimum(at_most, at_least))
    return np.where(np.isnan(first) | np.isnan(second), np.nan, p)


def ratio_interval(
    before: npt.ArrayLike,
    after: npt.ArrayLike,
    *,
    exposure: float = 1.0,
    alpha: float = 0.05,
    dispersion: npt.ArrayLike = 1.0,
) -> tuple[FloatArray, FloatArray]:
    """
    Return the exact interval for the ratio of two rates, later over earlier.

    The Clopper-Pearson interval for the later count's share in both, turned into a ratio.

    Parameters
    ----------
    before, after : array_like of whole numbers, 0 or more
        Counts of two periods.
    exposure : float, default 1
        Length of the later period divided by that of the earlier one.
    alpha : float, default 0.05
        One minus the confidence.
    dispersion : array_like of float, 1 or more, default 1
        As in `compare_counts`.

    Returns
    -------
    low, high : ndarray of float
        ``low`` is 0 where `after` is; ``high`` is infinite where `before` is 0. NaN where
        `dispersion` is.

    Raises
    ------
    ValueError
        If a count is negative, `exposure` is not positive, `alpha` not between 0 and 1 or
        `dispersion` less than 1.

    References
    ----------
    Clopper & Pearson (1934), Biometrika 26, 404-413.

    Examples
    --------
    >>> low, high = ratio_interval(10, 20)
    >>> round(float(low), 3), round(float(high), 3)
    (0.894, 4.785)
    """
    half, exposure = _half(alpha), _exposure(exposure)
    first, second = _scaled(before, after, dispersion)
    low = _odds_below(np.where(second > 0, second, 0.5), first + 1, half)
    high = 1.0 / _odds_below(np.where(first > 0, first, 0.5), second + 1, half)
    unknown = np.isnan(first) | np.isnan(second)
    low = np.where(second > 0, low / exposure, 0.0)
    high = np.where(first > 0, high / exposure, np.inf)
    return np.where(unknown, np.nan, low), np.where(unknown, np.nan, high)


def prediction_interval(
    before: npt.ArrayLike,
    *,
    exposure: float = 1.0,
    alpha: float = 0.05,
    dispersion: npt.ArrayLike = 1.0,
) -> tuple[FloatArray, FloatArray]:
    """
    Return the counts that would be no surprise after an earlier count.

    Exactly the later counts whose p-value by `compare_counts` is above `alpha`.

    Parameters
    ----------
    before : array_like of whole numbers, 0 or more
        Counts of the earlier period.
    exposure : float, default 1
        Length of the later period divided by that of the earlier one.
    alpha : float, default 0.05
        One minus the confidence.
    dispersion : array_like of float, 1 or more, default 1
        As in `compare_counts`.

    Returns
    -------
    low, high : ndarray of float
        Whole numbers, both inside. NaN where `before` or `dispersion` is.

    Raises
    ------
    ValueError
        As for `ratio_interval`.

    Examples
    --------
    After 80 in eight weeks, one week:

    >>> low, high = prediction_interval(80, exposure=1 / 8)
    >>> int(low), int(high)
    (4, 17)
    """
    half, exposure = _half(alpha), _exposure(exposure)
    first, scale = np.broadcast_arrays(_counts(before), _dispersion(dispersion))
    share = exposure / (1.0 + exposure)
    unknown = np.isnan(first) | np.isnan(scale)
    mean, phi = np.where(unknown, 0.0, first), np.where(unknown, 1.0, scale)

    def many(n: FloatArray) -> npt.NDArray[np.bool_]:
        return np.asarray(_as_few(n / phi, mean / phi, 1 - share) <= half)

    def few(n: FloatArray) -> npt.NDArray[np.bool_]:
        return np.asarray(_as_few(mean / phi, n / phi, share) <= half)

    spread = 40 * phi + 12 * np.sqrt(phi * (mean + 1) * exposure * (1 + exposure))
    ceiling = np.ceil(mean * exposure + spread * max(1.0, exposure))
    high = _last(lambda n: ~many(n), np.zeros_like(mean), ceiling)
    low = _last(few, np.full_like(mean, -1.0), high) + 1
    return np.where(unknown, np.nan, low), np.where(unknown, np.nan, high)


def smallest_p(
    total: npt.ArrayLike, *, exposure: float = 1.0, dispersion: npt.ArrayLike = 1.0
) -> FloatArray:
    """
    Return the smallest p-value that `compare_counts` can have for counts with a given sum.

    Parameters
    ----------
    total : array_like of whole numbers, 0 or more
        Sums of the counts of two periods.
    exposure, dispersion
        As in `compare_counts`.

    Returns
    -------
    ndarray of float
        The p-value if all of them fell in one of the periods.

    Examples
    --------
    Five incidents in two equally long periods can't differ significantly:

    >>> smallest_p([5, 6]).tolist()
    [0.0625, 0.03125]
    """
    both = _counts(total)
    none = np.zeros_like(both)
    return np.minimum(
        compare_counts(none, both, exposure=exposure, dispersion=dispersion),
        compare_counts(both, none, exposure=exposure, dispersion=dispersion),
    )


def eligible(smallest: npt.ArrayLike, *, alpha: float = 0.05) -> npt.NDArray[np.bool_]:
    """
    Return which of many tests could be significant after correction, whatever their outcome.

    Tarone's rule, which Gilbert applied to the false discovery rate: with K the smallest number
    for which at most K tests can reach ``alpha / K``, those K are tested and the others are left
    out. The choice depends on the sums of the counts only, never on how they are divided over the
    periods, so that correcting for those K tests alone is right.

    Parameters
    ----------
    smallest : array_like of float
        Smallest p-value that each test can have, from `smallest_p`. NaN is no test.
    alpha : float, default 0.05
        Level that corrected p-values will be held against.

    Returns
    -------
    ndarray of bool, shape of `smallest`
        Whether a test takes part in the correction.

    References
    ----------
    Tarone (1990), Biometrics 46, 515-522; Gilbert (2005), Applied Statistics 54, 143-158.

    Examples
    --------
    One cell holds enough; three that hold five incidents or less can't be significant:

    >>> eligible(smallest_p([12, 5, 3, 0])).tolist()
    [True, False, False, False]
    """
    least = np.asarray(smallest, dtype=float)
    ranked = np.sort(least[~np.isnan(least)])
    k = np.arange(1, len(ranked) + 1)
    reach = np.searchsorted(ranked, 2 * _half(alpha) / k, side="right")
    enough = np.flatnonzero(reach <= k)
    level = alpha / (enough[0] + 1) if len(enough) else alpha
    return np.asarray(least <= level)


def corrected(p: npt.ArrayLike, smallest: npt.ArrayLike, *, alpha: float = 0.05) -> FloatArray:
    """
    Correct p-values of counts for having looked at many places, without those that hold too few.

    Parameters
    ----------
    p : array_like of float
        P-values; NaN stays NaN and is no test.
    smallest : array_like of float, shape of `p`
        Smallest p-value that each could have, from `smallest_p`.
    alpha : float, default 0.05
        Level that the outcome will be held against.

    Returns
    -------
    ndarray of float, shape of `p`
        Q-values by Benjamini & Hochberg over the tests that `eligible` chooses; 1 for others.

    Examples
    --------
    One test and three that can't be significant: nothing to correct for:

    >>> corrected([0.02, 0.5, 1.0, 1.0], smallest_p([12, 5, 3, 0])).tolist()
    [0.02, 1.0, 1.0, 1.0]
    """
    values = np.asarray(p, dtype=float)
    among = eligible(smallest, alpha=alpha) & ~np.isnan(values)
    q = np.where(np.isnan(values), np.nan, 1.0)
    q[among] = benjamini_hochberg(values[among])
    return q


def benjamini_hochberg(p: npt.ArrayLike) -> FloatArray:
    """
    Correct p-values for having looked at many places.

    Calling every place with ``q <= 0.05`` a finding means that, on average, at most one in
    twenty of the places so called is there by chance.

    Parameters
    ----------
    p : array_like of float, any shape
        P-values. NaN stays NaN and does not count as a test.

    Returns
    -------
    ndarray of float, shape of `p`
        The q-values.

    References
    ----------
    Benjamini & Hochberg (1995), J. R. Stat. Soc. B 57, 289-300.

    Examples
    --------
    >>> benjamini_hochberg([0.01, 0.04, 0.03, 0.20]).round(4).tolist()
    [0.04, 0.0533, 0.0533, 0.2]
    """
    values = np.asarray(p, dtype=float)
    known = ~np.isnan(values)
    tested = values[known]
    order = np.argsort(tested)
    raised = tested[order] * (len(tested) / np.arange(1, len(tested) + 1))
    corrected = np.empty_like(tested)
    corrected[order] = np.minimum(1.0, np.minimum.accumulate(raised[::-1])[::-1])
    q = np.full(values.shape, np.nan)
    q[known] = corrected
    return q


def _as_few(n: FloatArray, other: FloatArray, share: float) -> FloatArray:
    """
    Return the chance that at most `other` of both fall in the later period, by scaled counts.

    `share` is that period's share of the time; for the opposite tail give the counts, and the
    share of the earlier period, in the opposite order.
    """
    tail = special.betainc(np.where(n > 0, n, 1.0), other + 1.0, 1.0 - share)
    return np.where(n > 0, tail, 1.0)


def _last(
    holds: Callable[[FloatArray], npt.NDArray[np.bool_]], low: FloatArray, high: FloatArray
) -> FloatArray:
    """Return the last whole number up to `high` for which `holds` is true, by bisection."""
    low, high = low.copy(), high + 1
    while (high - low > 1).any():
        middle = np.floor((low + high) / 2)
        ok = holds(middle)
        low, high = np.where(ok, middle, low), np.where(ok, high, middle)
    return low


def _scaled(
    before: npt.ArrayLike, after: npt.ArrayLike, dispersion: npt.ArrayLike
) -> tuple[FloatArray, FloatArray]:
    first, second, scale = np.broadcast_arrays(
        _counts(before), _counts(after), _dispersion(dispersion)
    )
    return first / scale, second / scale


def _dispersion(dispersion: npt.ArrayLike) -> FloatArray:
    scale = np.asarray(dispersion, dtype=float)
    if (scale < 1).any():
        msg = f"`dispersion` is {np.nanmin(scale):g}, expected variance over mean, 1 or more"
        raise ValueError(msg)
    return scale


def _odds_below(a: FloatArray, b: FloatArray, half: float) -> FloatArray:
    """Return the odds x / (1 - x) of the beta quantile x, without losing digits near 1."""
    share = special.betaincinv(a, b, half)
    return np.asarray(share / special.betainccinv(b, a, half), dtype=float)


def _counts(n: npt.ArrayLike) -> FloatArray:
    counts = np.asarray(n, dtype=float)
    if (counts < 0).any():
        msg = f"counts are 0 or more, found {np.nanmin(counts):g}"
        raise ValueError(msg)
    return counts


def _half(alpha: float) -> float:
    if not 0 < alpha < 1:
        msg = f"`alpha` is {alpha!r}, expected a number between 0 and 1 such as 0.05"
        raise ValueError(msg)
    return alpha / 2


def _exposure(exposure: float) -> float:
    if not 0 < exposure < np.inf:
        msg = f"`exposure` is {exposure!r}, expected time after / time before, more than 0"
        raise ValueError(msg)
    return float(exposure)
