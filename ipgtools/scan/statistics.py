"""Compute the log-likelihood ratios of scan statistics, and what their p-values mean in days."""

import math

import numpy as np
import numpy.typing as npt
from scipy import special

from ipgtools.errors import ArgumentError
from ipgtools.inference import FloatArray

__all__ = ["bernoulli", "gumbel_p", "poisson", "recurrence_interval", "relative_risk"]

_EULER = 0.5772156649
_SMALLEST = 1e-17


def poisson(n: npt.ArrayLike, expected: npt.ArrayLike, total: npt.ArrayLike) -> FloatArray:
    """
    Return the log-likelihood ratio of counts with their expectation, for high rates only.

    ``n ln(n / u) + (N - n) ln((N - n) / (N - u))`` where n exceeds u, else 0. For the space-time
    permutation model, ``u = n_zone * n_window / N``.

    Parameters
    ----------
    n : array_like of float
        Cases inside.
    expected : array_like of float
        Cases expected inside (u).
    total : array_like of float
        All cases (N), which the expectations of all zones add up to.

    Returns
    -------
    ndarray of float
        0 or more.

    Raises
    ------
    ArgumentError
        If a number is negative or missing, or more cases lie inside than there are.

    References
    ----------
    Kulldorff (1997), Communications in Statistics: Theory and Methods 26, 1481-1496.

    Examples
    --------
    >>> poisson([10, 2, 1], [1, 1, 2], 1175).round(6).tolist()
    [14.060437, 0.38672, 0.0]
    """
    n, u, whole = _known(n=n, expected=expected, total=total)
    if (n > whole).any() or (u > whole * (1 + 1e-9)).any():
        _refuse("n", "more than total")
    high = (n > u) & (u > 0)
    safe = np.where(high, u, 1.0)
    inside = special.xlogy(n, np.where(high, n, 1.0) / safe)
    rest = np.where(whole > u, whole - u, 1.0)
    outside = special.xlogy(whole - n, np.where(whole > n, whole - n, 1.0) / rest)
    return np.asarray(np.where(high, inside + outside, 0.0))


def bernoulli(
    cases: npt.ArrayLike, n: npt.ArrayLike, all_cases: npt.ArrayLike, total: npt.ArrayLike
) -> FloatArray:
    """
    Return the log-likelihood ratio of cases among individuals, for high rates only.

    Parameters
    ----------
    cases, n : array_like of float
        Cases and individuals (cases and controls) inside.
    all_cases, total : array_like of float
        Cases and individuals in all.

    Returns
    -------
    ndarray of float
        0 or more.

    Raises
    ------
    ArgumentError
        If a number is negative or missing, or more lie inside than there are.

    References
    ----------
    Kulldorff & Nagarwalla (1995), Statistics in Medicine 14, 799-810.

    Examples
    --------
    Births in one area among all, and four of four in North Humberside:

    >>> bernoulli([141, 4], [3172, 4], [24940, 62], [1237189, 203]).round(6).tolist()
    [35.526304, 4.836516]
    """
    c, inside, whole_c, whole = _known(cases=cases, n=n, all_cases=all_cases, total=total)
    if (c > inside).any() or (inside > whole).any() or (c > whole_c).any():
        _refuse("cases", "more than n")

    def term(some: FloatArray, among: FloatArray) -> FloatArray:
        size = np.where(among > 0, among, 1.0)
        return np.asarray(special.xlogy(some, some / size) + special.xlogy(
            among - some, (among - some) / size
        ))  # fmt: skip

    high = c * whole > inside * whole_c
    ratio = term(c, inside) + term(whole_c - c, whole - inside) - term(whole_c, whole)
    return np.asarray(np.where(high, np.maximum(ratio, 0.0), 0.0))


def relative_risk(n: npt.ArrayLike, expected: npt.ArrayLike, total: npt.ArrayLike) -> FloatArray:
    """
    Return how many times the rate inside is that outside.

    ``(n / u) / ((N - n) / (N - u))``. Observed over expected compares with the whole, in which
    the cluster itself takes part; for a large cluster the two differ.

    Parameters
    ----------
    n, expected, total : array_like of float
        As in `poisson`.

    Returns
    -------
    ndarray of float
        0 or more; infinite if all cases lie inside, NaN where nothing is expected.

    Raises
    ------
    ArgumentError
        If a number is negative or missing.

    References
    ----------
    SaTScan user guide, "Relative risk".

    Examples
    --------
    >>> relative_risk(141, 3172 * 24940 / 1237189, 24940).round(2).item()
    2.21
    """
    n, u, whole = _known(n=n, expected=expected, total=total)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((n / u) / ((whole - n) / (whole - u)))


def gumbel_p(ratio: npt.ArrayLike, maxima: npt.ArrayLike) -> FloatArray:
    """
    Return p-values from the Gumbel distribution that fits the maxima on maps of chance.

    Fitted by moments. Says how rare an outcome is that none of the draws reached.

    Parameters
    ----------
    ratio : array_like of float
        Log-likelihood ratios.
    maxima : array_like of float, at least 2
        Highest ratio on each map of chance.

    Returns
    -------
    ndarray of float, shape of `ratio`
        At least 1e-17.

    Raises
    ------
    ArgumentError
        If there are fewer than two maxima, or a number is missing.

    References
    ----------
    Abrams, Kleinman & Kulldorff (2010), International Journal of Health Geographics 9, 61.

    Examples
    --------
    >>> gumbel_p([3.0, 20.0], [2.0, 3.0, 4.0, 3.0]).round(4).tolist()
    [0.4296, 0.0]
    """
    values, drawn = np.asarray(ratio, dtype=float), np.asarray(maxima, dtype=float)
    if drawn.size < 2 or not (np.isfinite(drawn).all() and np.isfinite(values).all()):
        _refuse("maxima", f"{drawn.size} numbers")
    beta = float(drawn.std(ddof=1)) * math.sqrt(6) / math.pi
    if beta == 0:
        return np.where(values > drawn.mean(), _SMALLEST, 1.0)
    mu = float(drawn.mean()) - _EULER * beta
    return np.maximum(-np.expm1(-np.exp((mu - values) / beta)), _SMALLEST)


def recurrence_interval(
    p_value: npt.ArrayLike, *, days: float = 1.0, n_analyses: int = 1
) -> FloatArray:
    """
    Return once in how many days chance alone gives a cluster like this.

    Parameters
    ----------
    p_value : array_like of float, more than 0 and at most 1
        P-values of an analysis that is repeated.
    days : float, default 1
        Days between two analyses.
    n_analyses : int, default 1
        Analyses that the p-value is adjusted for; 1 is not adjusted.

    Returns
    -------
    ndarray of float
        Days: ``days / p``, or ``days / (1 - (1 - p) ** (1 / n_analyses))``.

    Raises
    ------
    ArgumentError
        If a p-value is not in (0, 1], or an option not positive.

    References
    ----------
    Kleinman, Lazarus & Platt (2004), American Journal of Epidemiology 159, 217-224; SaTScan user
    guide, "Recurrence interval".

    Examples
    --------
    >>> recurrence_interval(0.001, days=7).round(2).item()
    7000.0
    >>> recurrence_interval(0.05, days=7, n_analyses=52).round(2).item()
    7099.94
    """
    p = np.asarray(p_value, dtype=float)
    if not ((p > 0) & (p <= 1)).all():
        _refuse("p_value", "outside (0, 1]")
    if not (0 < days < math.inf) or isinstance(n_analyses, bool) or not n_analyses >= 1:
        _refuse("days", f"{days} / {n_analyses}")
    if n_analyses == 1:
        return np.asarray(days / p)
    with np.errstate(divide="ignore"):
        return np.asarray(days / -np.expm1(np.log1p(-p) / n_analyses))


def _known(**given: npt.ArrayLike) -> list[FloatArray]:
    values = [np.asarray(one, dtype=float) for one in given.values()]
    for name, one in zip(given, values, strict=True):
        if not (np.isfinite(one) & (one >= 0)).all():
            _refuse(name, "a negative or missing number")
    return [np.asarray(one) for one in np.broadcast_arrays(*values)]


def _refuse(name: str, found: str) -> None:
    msg = f"`{name}` can't be {found}"
    raise ArgumentError(msg, code="scan_numbers", name=name, found=found)
