"""
Say how much of a count or a difference chance could have made.

Exact methods only: registered incidents are small counts, where the usual plus-or-minus
two standard errors is wrong. Everything takes numbers or arrays and broadcasts; NaN in gives
NaN out. Intervals and two-sided tests put half of `alpha` in either tail, so that a test and
its interval never contradict each other.
"""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import special

FloatArray: TypeAlias = npt.NDArray[np.float64]


def poisson_interval(n: npt.ArrayLike, *, alpha: float = 0.05) -> tuple[FloatArray, FloatArray]:
    """
    Give the exact interval for the mean behind a count.

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
    before: npt.ArrayLike, after: npt.ArrayLike, *, exposure: float = 1.0
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

    Returns
    -------
    ndarray of float
        Two-sided p-values; 1 where both counts are 0.

    Raises
    ------
    ValueError
        If a count is negative or `exposure` is not positive.

    References
    ----------
    Przyborowski & Wilenski (1940), Biometrika 31, 313-323.

    Examples
    --------
    >>> compare_counts([10, 100, 0], [20, 200, 0]).round(4).tolist()
    [0.0987, 0.0, 1.0]
    >>> compare_counts(10, 20, exposure=2.0).round(4).tolist()
    1.0
    """
    first, second = np.broadcast_arrays(_counts(before), _counts(after))
    share = _exposure(exposure) / (1.0 + exposure)
    # the tails of a binomial as incomplete beta functions, each full at its own end
    at_most = np.where(first > 0, special.betainc(np.maximum(first, 0.5), second + 1, 1 - share), 1)
    at_least = np.where(second > 0, special.betainc(np.maximum(second, 0.5), first + 1, share), 1)
    p = np.minimum(1.0, 2.0 * np.minimum(at_most, at_least))
    return np.where(np.isnan(first) | np.isnan(second), np.nan, p)


def ratio_interval(
    before: npt.ArrayLike, after: npt.ArrayLike, *, exposure: float = 1.0, alpha: float = 0.05
) -> tuple[FloatArray, FloatArray]:
    """
    Give the exact interval for the ratio of two rates, later over earlier.

    The Clopper-Pearson interval for the later count's share in both, turned into a ratio.

    Parameters
    ----------
    before, after : array_like of whole numbers, 0 or more
        Counts of two periods.
    exposure : float, default 1
        Length of the later period divided by that of the earlier one.
    alpha : float, default 0.05
        One minus the confidence.

    Returns
    -------
    low, high : ndarray of float
        ``low`` is 0 where `after` is; ``high`` is infinite where `before` is 0.

    Raises
    ------
    ValueError
        If a count is negative, `exposure` is not positive or `alpha` not between 0 and 1.

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
    first, second = np.broadcast_arrays(_counts(before), _counts(after))
    low = _odds_below(np.maximum(second, 0.5), first + 1, half)
    high = 1.0 / _odds_below(np.maximum(first, 0.5), second + 1, half)
    unknown = np.isnan(first) | np.isnan(second)
    low = np.where(second > 0, low / exposure, 0.0)
    high = np.where(first > 0, high / exposure, np.inf)
    return np.where(unknown, np.nan, low), np.where(unknown, np.nan, high)


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


def _odds_below(a: FloatArray, b: FloatArray, half: float) -> FloatArray:
    """Give the odds x / (1 - x) of the beta quantile x, without losing digits near 1."""
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
