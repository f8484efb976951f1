"""
Compare counts before an action with counts after it.

Nothing here proves that an action worked: places are chosen because they are busy, and busy
places get quieter by themselves. A control area shows what would have happened without the action
as far as it is alike; an interval shows how much is chance.
"""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from ipgtools.errors import ArgumentError
from ipgtools.inference import FloatArray

__all__ = ["e_test", "poisson_z", "wdd"]

_MOST = 100_000
"""Counts up to which `e_test` sums over all outcomes."""
_CHUNK = 512
_LEAST_CHANCE = 1e-12


def wdd(
    control: npt.ArrayLike,
    treated: npt.ArrayLike,
    *,
    displacement_control: npt.ArrayLike | None = None,
    displacement_treated: npt.ArrayLike | None = None,
    weights: npt.ArrayLike | None = None,
    lengths: Sequence[float] = (1.0, 1.0),
    sizes: Sequence[float] = (1.0, 1.0, 1.0, 1.0),
    dispersion: npt.ArrayLike = 1.0,
    alpha: float = 0.05,
) -> pd.DataFrame:
    """
    Estimate how many incidents an action prevented: the weighted displacement difference.

    ``(T1 - T0) - (C1 - C0)``, the same for the areas around (displacement), and their sum. Each
    count is divided by its length and size; the variance is the sum of the counts, each divided
    by the square of these. Below 0 is fewer incidents than the control area lets expect.

    Parameters
    ----------
    control, treated : array_like, (before, after) or n_kinds by 2
        Counts of the control area and of the treated area. Note the order: the control is
        first, as in Wheeler & Ratcliffe; swapping them changes the sign.
    displacement_control, displacement_treated : array_like, optional
        The same for the areas around either; without them there is no displacement to add.
    weights : array_like of float, n_kinds, optional
        Harm of an incident of each kind; with it, the result is in harm and not in incidents.
    lengths : (before, after), default (1, 1)
        How long the periods are, in any unit: the result is per unit.
    sizes : four numbers, default 1 each
        Surface, or addresses, of control, treated, displacement control and displacement treated:
        the result is per unit.
    dispersion : float, or one per area in the order of `sizes`, default 1
        Variance of counts over their mean, from `history.dispersion`. At 1 incidents are taken to
        be independent; where they come in series the interval is too narrow then.
    alpha : float, default 0.05
        One minus the confidence. References differ: the paper has 0.05, crimepy 0.1 by default,
        so always state it; ``attrs["alpha"]`` has it.

    Returns
    -------
    DataFrame, indexed by "local", and if given "displacement" and "total"
        `wdd` (incidents or harm per unit), `se`, `z`, `p_value` (two-sided), `low` and `high`
        (the interval), `n` (incidents that it rests on). NaN in `z` and `p_value` without any
        incidents. ``attrs``: `alpha`, `lengths`, `sizes`, `weighted`, `method`.

    Raises
    ------
    ArgumentError
        If a count is negative or missing, shapes differ, or only one displacement is given.

    Notes
    -----
    The published method takes counts as Poisson (`dispersion` 1). With few
    incidents (below about 30 in all) the normal interval is rough.

    References
    ----------
    Wheeler & Ratcliffe (2018), Crime Science 7, 11. Time, area and harm weights: Wheeler's
    ptools and crimepy.

    Examples
    --------
    >>> wdd([130, 150], [120, 100]).round(1).to_dict("list")
    {'wdd': [-40.0], 'se': [22.4], 'z': [-1.8], 'p_value': [0.1], 'low': [-83.8], 'high': [3.8],
     'n': [500.0]}
    """
    half = _half(alpha)
    if (displacement_control is None) != (displacement_treated is None):
        msg = "give both displacement areas, or neither"
        raise ArgumentError(msg, code="wdd_displacement")
    tables = [_pairs("control", control), _pairs("treated", treated)]
    if displacement_control is not None:
        tables += [
            _pairs("displacement_control", displacement_control),
            _pairs("displacement_treated", displacement_treated),
        ]
    n_kinds = len(tables[0])
    harm = np.ones(n_kinds) if weights is None else np.asarray(weights, dtype=float)
    if any(len(one) != n_kinds for one in tables) or harm.shape != (n_kinds,):
        found = [len(one) for one in tables] + [harm.size]
        msg = f"kinds differ in number: {found}; give before and after of the same kinds"
        raise ArgumentError(msg, code="wdd_kinds", found=", ".join(str(one) for one in found))
    length = _positive("lengths", lengths, 2)
    size = _positive("sizes", sizes, 4)
    scale = np.asarray(dispersion, dtype=float)
    if scale.ndim > 1 or scale.size not in (1, len(tables)) or not (scale >= 1).all():
        msg = f"`dispersion` is {dispersion!r}, expected variance over mean, 1 or more"
        raise ArgumentError(msg, code="wdd_dispersion", found=str(dispersion)[:60], n=len(tables))
    change, variance, n = [], [], []
    for counts, surface, phi in zip(
        tables, size, np.broadcast_to(scale, len(tables)), strict=False
    ):
        unit = length * surface
        change.append(float(harm @ (counts[:, 1] / unit[1] - counts[:, 0] / unit[0])))
        variance.append(float(phi * (harm**2 @ (counts / unit**2).sum(axis=1))))
        n.append(float(counts.sum()))
    rows = {"local": (change[1] - change[0], variance[0] + variance[1], n[0] + n[1])}
    if len(tables) > 2:
        around = (change[3] - change[2], variance[2] + variance[3], n[2] + n[3])
        rows["displacement"] = around
        local = rows["local"]
        rows["total"] = (local[0] + around[0], local[1] + around[1], local[2] + around[2])
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["wdd", "variance", "n"])
    se = np.sqrt(table.pop("variance").to_numpy())
    value = table["wdd"].to_numpy()
    z = np.divide(value, se, out=np.full(len(se), np.nan), where=se > 0)
    table.insert(1, "se", se)
    table.insert(2, "z", z)
    table.insert(3, "p_value", 2 * special.ndtr(-np.abs(z)))
    reach = special.ndtri(1 - half) * se
    table.insert(4, "low", value - reach)
    table.insert(5, "high", value + reach)
    table.attrs |= {
        "alpha": alpha,
        "lengths": tuple(length.tolist()),
        "sizes": tuple(size[: len(tables)].tolist()),
        "weighted": weights is not None,
        "method": {"name": "wdd", "alpha": alpha},
    }
    return table


def poisson_z(before: npt.ArrayLike, after: npt.ArrayLike) -> FloatArray:
    """
    Return how far a count lies from an earlier one, in roots: ``2 (sqrt(after) - sqrt(before))``.

    Parameters
    ----------
    before, after : array_like of float, 0 or more
        Counts, or a mean of earlier counts and a count.

    Returns
    -------
    ndarray of float
        About standard normal if `before` is a mean of many periods and nothing changed. If both
        are single counts the standard deviation is ``sqrt(2)``: beyond 3 is then rarer than one in
        thirty, not one in 370.

    Raises
    ------
    ArgumentError
        If a count is negative or missing.

    References
    ----------
    Wheeler (2016), International Journal of Police Science & Management 18, 159-172.

    Examples
    --------
    >>> poisson_z([25, 100], [36, 64]).tolist()
    [2.0, -4.0]
    """
    values = []
    for name, given in (("before", before), ("after", after)):
        numbers = np.asarray(given, dtype=float)
        if not (numbers >= 0).all() or np.isinf(numbers).any():
            _refuse_counts(name, float(np.nanmin(numbers)))
        values.append(np.sqrt(numbers))
    return np.asarray(2 * (values[1] - values[0]))


def e_test(
    before: int, after: int, *, lengths: Sequence[float] = (1.0, 1.0), difference: float = 0.0
) -> float:
    """
    Test whether two Poisson counts can come from one rate, without conditioning on their sum.

    The chance, at the common rate that the counts themselves give, of a standardised difference
    at least as large as the observed one. More powerful than `inference.compare_counts` for
    small counts, but not exact: its level can exceed `alpha` slightly.

    Parameters
    ----------
    before, after : int, 0 or more
        Counts of two periods.
    lengths : (before, after), default (1, 1)
        How long the periods are.
    difference : float, default 0
        Difference between the rates (before minus after) under the null hypothesis.

    Returns
    -------
    float
        Two-sided p-value; 1 if both counts are 0.

    Raises
    ------
    ArgumentError
        If a count is not a whole number from 0 to 100,000, or a length not positive.

    References
    ----------
    Krishnamoorthy & Thomson (2004), J. Statistical Planning and Inference 119, 23-35.

    Examples
    --------
    >>> round(e_test(0, 3), 5), round(e_test(6, 2), 5)
    (0.08838, 0.17487)
    """
    counts = []
    for name, value in (("before", before), ("after", after)):
        number = float(value)
        if not (0 <= number <= _MOST and number == int(number)):
            _refuse_counts(name, number)
        counts.append(number)
    n = _positive("lengths", lengths, 2)
    k = np.array(counts)
    spread = math.sqrt(float((k / n**2).sum()))
    if spread == 0:
        return 1.0
    observed = abs(float(k[0] / n[0] - k[1] / n[1]) - difference) / spread
    rate = float(k.sum() / n.sum() - difference * n[0] / n.sum())
    if rate <= 0:
        return 1.0
    first, chance_first = _likely(n[0] * (rate + difference))
    second, chance_second = _likely(n[1] * rate)
    p = 0.0
    for start in range(0, len(first), _CHUNK):
        x = first[start : start + _CHUNK, None]
        deviation = np.sqrt(x / n[0] ** 2 + second / n[1] ** 2)
        gap = np.abs(x / n[0] - second / n[1] - difference)
        # both counts 0: no deviation, and so no difference
        beyond = (gap >= observed * deviation * (1 - 1e-12)) & (deviation > 0)
        p += float(chance_first[start : start + _CHUNK] @ (beyond @ chance_second))
    return min(p, 1.0)


def _likely(mean: float) -> tuple[FloatArray, FloatArray]:
    """List the outcomes of a Poisson variable that are not all but impossible, with chances."""
    low = math.floor(max(special.pdtrik(_LEAST_CHANCE, mean) - 1, 0)) if mean > 40 else 0
    high = math.ceil(mean + 10 * math.sqrt(mean) + 25)
    x = np.arange(low, high + 1, dtype=float)
    return x, np.exp(special.xlogy(x, mean) - mean - special.gammaln(x + 1))


def _pairs(name: str, given: npt.ArrayLike | None) -> FloatArray:
    """Read counts before and after, of one or more kinds."""
    counts = np.atleast_2d(np.asarray(given, dtype=float))
    if counts.ndim != 2 or counts.shape[1] != 2:
        msg = f"`{name}` has shape {counts.shape}, expected (before, after) or n_kinds by 2"
        raise ArgumentError(msg, code="wdd_shape", name=name, found=str(counts.shape))
    if not (np.isfinite(counts) & (counts >= 0)).all():
        _refuse_counts(name, float(counts.min()))
    return counts


def _positive(name: str, given: Sequence[float], n: int) -> FloatArray:
    values = np.asarray(given, dtype=float)
    if values.shape != (n,) or not (np.isfinite(values) & (values > 0)).all():
        msg = f"`{name}` is {given!r}, expected {n} numbers, more than 0"
        raise ArgumentError(msg, code="positive_numbers", name=name, found=str(given)[:60], n=n)
    return values


def _half(alpha: float) -> float:
    if not 0 < alpha < 1:
        msg = f"`alpha` is {alpha!r}, expected a number between 0 and 1 such as 0.05"
        raise ArgumentError(msg, code="between_0_and_1", name="alpha", found=str(alpha)[:60])
    return alpha / 2


def _refuse_counts(name: str, found: float) -> None:
    msg = f"`{name}` holds {found:g}, expected counts of 0 or more"
    raise ArgumentError(msg, code="evaluate_values", name=name, found=f"{found:g}")
