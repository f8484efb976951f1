"""
Compare areas with what all of them together let expect, allowing for how they differ.

Small areas differ more by chance, so that the highest and the lowest rates are mostly theirs. A
funnel gives the limits for each size. Areas also differ for lasting reasons: limits by chance
alone would flag most of them, and are widened by how much they differ in fact.
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ipgtools.errors import ArgumentError, ContractError

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]

__all__ = ["funnel"]

WINSORISED = 0.1
"""Part of the scores, on each side, that is drawn in before the spread is measured."""
_KEPT = 0.6787
"""Mean square of a standard normal value that is drawn in to its 10 and 90 % quantiles."""
_SHIFT = 3 / 8
_LEAST = 1e-9
_ROUNDS = 10
MIN_AREAS = 8
"""With fewer areas the spread between them can't be measured."""


def funnel(
    areas: pd.DataFrame, *, n: str = "n", base: str = "inhabitants", alpha: float = 0.05
) -> pd.DataFrame:
    """
    Tell which areas have more or less than their size lets expect.

    The typical rate and the variance between areas are those that leave the areas, without the
    highest and lowest tenth, around zero with the spread of a normal distribution, on a scale on
    which small and large numbers vary alike. Limits allow for chance and for that variance: an
    area outside differs more than areas do.

    Parameters
    ----------
    areas : DataFrame, n_areas rows
        With a number and a base of each area. Rows without either, or with a base of 0, get none.
    n : str, default "n"
        Column with numbers of incidents or persons.
    base : str, default "inhabitants"
        Column of what the number is expected to follow: inhabitants, addresses, all incidents.
    alpha : float, default 0.05
        Chance of an area outside the limits that does not differ from the others, two-sided.

    Returns
    -------
    DataFrame, n_areas rows, on the index of `areas`
        `expected` (at the typical rate), `ratio` (number by expected), `low`, `high` (limits of
        the ratio), `score`, `p_value` (two-sided), `q_value` (Benjamini-Hochberg over the areas)
        and `position`: "above", "below" or "within", by `q_value`. `attrs` holds `n_areas`,
        `rate` (typical), `dispersion` (1: areas differ no more than by chance) and `between`
        (squared coefficient of variation between areas).

    Raises
    ------
    ContractError
        If a column is missing, or holds negative numbers.
    ArgumentError
        If fewer than eight areas have a number and a base.

    References
    ----------
    Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202: funnel plots, winsorised
    overdispersion, additive model. Anscombe (1948), Biometrika 35, 246-254: the scale.

    Examples
    --------
    Ten areas of one size, of which one has three times as many:

    >>> table = pd.DataFrame({"n": [30, 32, 28, 31, 29, 30, 27, 33, 30, 90], "inhabitants": 5000})
    >>> found = funnel(table)
    >>> found["position"].tolist()[-2:], found["ratio"].round(2).tolist()[-1]
    (['within', 'above'], 2.92)
    """
    from scipy.special import stdtr, stdtrit

    from ipgtools.inference import benjamini_hochberg

    counts, size = (_numbers(areas, name) for name in (n, base))
    known = np.isfinite(counts) & (size > 0)
    if known.sum() < MIN_AREAS:
        msg = f"{int(known.sum())} areas have a number and a base, expected {MIN_AREAS} or more"
        raise ArgumentError(msg, code="areas_too_few", found=int(known.sum()), least=MIN_AREAS)
    rate, between, dispersion = _typical(counts[known], size[known])
    expected = np.where(known, size * rate, np.nan)
    z = _scores(counts, expected, between)
    free = int(known.sum()) - 1
    p_value = 2 * stdtr(free, -np.abs(z))
    reach = -stdtrit(free, alpha / 2)
    low, high = (
        _from_scale(_on_scale(expected, between) + end, between) for end in (-reach, reach)
    )
    q_value = np.full(len(z), np.nan)
    q_value[known] = benjamini_hochberg(p_value[known])
    outside = q_value <= alpha
    with np.errstate(invalid="ignore", divide="ignore"):
        found = pd.DataFrame(
            {
                "expected": expected,
                "ratio": counts / expected,
                "low": low / expected,
                "high": high / expected,
                "score": z,
                "p_value": p_value,
                "q_value": q_value,
                "position": np.where(outside, np.where(z > 0, "above", "below"), "within"),
            },
            index=areas.index,
        )
    found["position"] = found["position"].astype("str").mask(~known)
    found.attrs = {
        "n_areas": int(known.sum()),
        "rate": rate,
        "dispersion": dispersion,
        "between": between,
    }
    return found


def _scores(counts: "Array", expected: "Array", between: float) -> "Array":
    """Return differences on a scale on which chance and areas together have a variance of one."""
    return _on_scale(counts, between) - _on_scale(expected, between)


def _on_scale(n: "Array", between: float) -> "Array":
    """
    Transform counts of which the variance is ``m + between * m^2`` to a variance of one.

    Square roots without a variance between areas, like logarithms with a large one.
    """
    between = max(between, _LEAST)
    return 2 / np.sqrt(between) * np.arcsinh(np.sqrt(between * (n + _SHIFT)))


def _from_scale(scaled: "Array", between: float) -> "Array":
    """Return the counts of values on the scale."""
    scaled = np.maximum(scaled, 0)
    between = max(between, _LEAST)
    root = np.sinh(np.sqrt(between) * scaled / 2) / np.sqrt(between)
    return np.maximum(root**2 - _SHIFT, 0)


def _typical(counts: "Array", size: "Array") -> tuple[float, float, float]:
    """Return the typical rate, the variance between areas, and how often chance goes into it."""
    rate = counts.sum() / size.sum()
    by_chance = _spread(_scores(counts, rate * size, 0.0))
    between = 0.0
    for _ in range(_ROUNDS):
        between = _variance_between(counts, rate * size)
        scores = _scores(counts, rate * size, between)
        on_scale = _on_scale(rate * size, between) + float(np.mean(_drawn_in(scores)))
        rate *= float(np.median(_from_scale(on_scale, between) / (rate * size)))
    return rate, between, by_chance


def _variance_between(counts: "Array", expected: "Array") -> float:
    """Return the variance between areas with which scores have a variance of one."""

    def wide(between: float) -> bool:
        return _spread(_scores(counts, expected, between)) > 1

    low, high = 0.0, 1.0
    if not wide(low):
        return 0.0
    while wide(high):
        high *= 4
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if wide(middle) else (low, middle)
    return high


def _drawn_in(scores: "Array") -> "Array":
    """Draw the extremes in to the outer quantiles."""
    return np.clip(scores, *np.quantile(scores, [WINSORISED, 1 - WINSORISED]))


def _spread(scores: "Array") -> float:
    """Return the variance of scores without the extremes, as of a normal distribution."""
    return float(np.var(_drawn_in(scores), ddof=1)) / _KEPT


def _numbers(areas: pd.DataFrame, name: str) -> "Array":
    if name not in areas:
        msg = f"`areas` lacks {name!r}; give its column with `n` or `base`"
        raise ContractError(
            msg, code="contract", table="areas", breaches=f"{name}: column is missing"
        )
    values = pd.to_numeric(areas[name], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    if (values < 0).any():
        msg = f"`{name}` of `areas` is negative"
        raise ContractError(msg, code="contract", table="areas", breaches=f"{name}: negative")
    return values
