"""Draw the curve of concentration, and sum it up in a number."""

import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from ipgtools.errors import ArgumentError

__all__ = ["Rng", "gini", "gini_by_chance", "lorenz", "n_places_for_share", "numbers", "top_share"]

Rng = int | np.random.Generator | None


def lorenz(
    counts: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    n_simulations: int = 0,
    rng: Rng = None,
) -> pd.DataFrame:
    """
    Return the Lorenz curve: which share of the places holds which share of the incidents.

    Few incidents on many places lie unevenly whatever happens: that ten percent of the cells
    has most of them may be arithmetic. With simulations the curve of chance comes along.

    Parameters
    ----------
    counts : array_like of numbers, n_places
        Incidents per place, 0 or more, places without incidents included.
    weights, rng
        As in `gini_by_chance`.
    n_simulations : int, default 0
        How often to distribute the incidents at random; 0 leaves chance out.

    Returns
    -------
    DataFrame, n_places + 1 rows
        `share_places` and `share_incidents`, both from 0 to 1, the quietest places first.
        `share_incidents` is NaN if there are no incidents. With simulations also `by_chance`,
        the mean curve of chance, and ``attrs["gini"]`` from `gini_by_chance`. ``attrs``:
        `n_incidents`.

    Raises
    ------
    ValueError
        If a count is negative or missing, no whole number to simulate with, or the weights do
        not fit.

    References
    ----------
    Lorenz (1905), Publications of the American Statistical Association 9, 209-219.

    Examples
    --------
    >>> lorenz([6, 0, 2, 0])
       share_places  share_incidents
    0          0.00             0.00
    1          0.25             0.00
    2          0.50             0.00
    3          0.75             0.25
    4          1.00             1.00
    """
    values = np.sort(numbers(counts))
    running = np.concatenate([[0.0], np.cumsum(values)])
    total = running[-1]
    table = pd.DataFrame(
        {
            "share_places": np.linspace(0, 1, len(values) + 1) if len(values) else np.zeros(1),
            "share_incidents": running / total if total > 0 else np.full(len(running), np.nan),
        }
    )
    table.attrs["n_incidents"] = float(total)
    if n_simulations:
        seed = int(np.random.default_rng(rng).integers(2**63))
        mean = np.zeros(len(running))
        for filled in _draws(values, weights, n_simulations, seed):
            mean[len(mean) - len(filled) :] += np.cumsum(filled)
        table["by_chance"] = mean / n_simulations / total if total > 0 else np.nan
        table.attrs["gini"] = gini_by_chance(
            counts, weights=weights, n_simulations=n_simulations, rng=seed
        )
    return table


def gini(counts: npt.ArrayLike, *, generalised: bool = True, unbiased: bool = False) -> float:
    """
    Return the Gini coefficient: 0 if all places have as many incidents, 1 if one has all.

    With fewer incidents than places, most places are empty whatever happens and the plain
    coefficient G is high even if no place has more than one. The generalised coefficient
    ``G' = max(1, N / C) (G - 1) + 1`` of C incidents on N places measures from the most
    even spread that C incidents allow; with C >= N both are equal.

    Parameters
    ----------
    counts : array_like of numbers, n_places
        Incidents per place, 0 or more, places without incidents included.
    generalised : bool, default True
        Whether to give G' instead of G.
    unbiased : bool, default False
        Whether to divide by the value at which all incidents are on one place, ``1 - 1/m``
        with m the number of places, or of incidents if that is less and `generalised`.

    Returns
    -------
    float
        From 0 to 1; NaN without incidents or with one place for an unbiased one.

    Raises
    ------
    ValueError
        If a count is negative or missing.

    References
    ----------
    Bernasco & Steenbeek (2017), J. Quant. Criminology 33, 451-467.

    Examples
    --------
    >>> round(gini([5, 2, 1, 0, 0, 0, 0, 0, 0, 0]), 10)
    0.75
    >>> round(gini([5, 2, 1, 0, 0, 0, 0, 0, 0, 0], generalised=False), 10)
    0.8
    """
    values = np.sort(numbers(counts))
    n, total = len(values), float(values.sum())
    if total == 0:
        return math.nan
    ranks = np.arange(1, n + 1)
    coefficient = float(2 * (ranks @ values) / (n * total) - (n + 1) / n)
    largest = float(n)
    if generalised:
        coefficient = max(1.0, n / total) * (coefficient - 1) + 1
        largest = min(n, total)
    if unbiased:
        return coefficient * largest / (largest - 1) if largest > 1 else math.nan
    return coefficient


def gini_by_chance(
    counts: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    generalised: bool = True,
    n_simulations: int = 999,
    rng: Rng = None,
) -> dict[str, float]:
    """
    Return the Gini coefficient and its expectation for randomly placed incidents.

    Chance alone gives 0.45 for 250 incidents on 330 places and 0.15 for 60 on 330, so that
    wijken can be compared by the difference with chance only, not by the coefficient.

    Parameters
    ----------
    counts : array_like of int, n_places
        Incidents per place, places without incidents included.
    weights : array_like of float, n_places, optional
        How likely each place is by chance, such as its surface or addresses; by default all
        alike.
    generalised : bool, default True
        As in `gini`.
    n_simulations : int, default 999
        Number of draws.
    rng : int, Generator or None
        Seed of the draws.

    Returns
    -------
    dict of str to float
        `gini`, `expected` (mean of the draws), `low` and `high` (which hold 95 % of them), and
        `p_value` (share of draws at least as uneven, the observed one counted in). NaN without
        incidents.

    Raises
    ------
    ValueError
        If a count is negative, missing or no whole number, or the weights do not fit.

    Examples
    --------
    >>> found = gini_by_chance([6, 0, 2, 0], rng=1)
    >>> found["gini"], round(found["expected"], 1), found["p_value"] < 0.2
    (0.625, 0.3, True)
    """
    values = numbers(counts)
    observed = gini(values, generalised=generalised)
    if not values.sum() > 0:
        return dict.fromkeys(("gini", "expected", "low", "high", "p_value"), math.nan)
    simulated = np.array(
        [
            _of_sorted(filled, len(values), generalised=generalised)
            for filled in _draws(values, weights, n_simulations, rng)
        ]
    )
    low, high = np.quantile(simulated, [0.025, 0.975])
    as_uneven = int((simulated >= observed - 1e-12).sum())
    return {
        "gini": observed,
        "expected": float(simulated.mean()),
        "low": float(low),
        "high": float(high),
        "p_value": (1 + as_uneven) / (n_simulations + 1),
    }


def _draws(
    values: npt.NDArray[np.float64], weights: npt.ArrayLike | None, n_simulations: int, rng: Rng
) -> Iterator[npt.NDArray[np.int64]]:
    """Return the sorted counts of the places that are not empty, for each draw."""
    if (values != np.rint(values)).any():
        msg = "counts are whole numbers of incidents where these are drawn over the places"
        raise ValueError(msg)
    n, total, draw = len(values), int(values.sum()), np.random.default_rng(rng)
    ends = None
    if weights is not None:
        heavy = np.asarray(weights, dtype=float).ravel()
        fits = len(heavy) == n and bool(np.isfinite(heavy).all() and (heavy >= 0).all())
        if not (fits and heavy.sum() > 0):
            msg = f"`weights` are {n} numbers of 0 or more, not all 0"
            raise ValueError(msg)
        ends = np.cumsum(heavy) / heavy.sum()
    for _ in range(n_simulations):
        if ends is None:
            at = draw.integers(0, n, total)
        else:
            at = np.searchsorted(ends, draw.random(total), side="right")
        counted = np.bincount(at)
        yield np.sort(counted[counted > 0])


def _of_sorted(filled: npt.NDArray[np.int64], n: int, *, generalised: bool) -> float:
    """Return the coefficient of n places from the sorted counts of those that are not empty."""
    total = int(filled.sum())
    ranks = np.arange(n - len(filled) + 1, n + 1)
    coefficient = float(2 * (ranks @ filled) / (n * total) - (n + 1) / n)
    return max(1.0, n / total) * (coefficient - 1) + 1 if generalised else coefficient


def top_share(counts: npt.ArrayLike, share: float) -> float:
    """
    Return the share of the incidents that the busiest places hold.

    Parameters
    ----------
    counts : array_like of numbers, n_places
        Incidents per place, 0 or more, places without incidents included.
    share : float, 0 to 1
        Which share of the places; of a place on the border only the part needed counts,
        so 0.25 of ten places is the busiest two and half of the third.

    Returns
    -------
    float
        From 0 to 1; NaN without incidents.

    Raises
    ------
    ValueError
        If a count is negative or missing, or `share` is not between 0 and 1.

    References
    ----------
    Weisburd (2015), Criminology 53, 133-157, on the law of crime concentration.

    Examples
    --------
    >>> top_share([70, 10, 10, 10], 0.25), top_share([4, 2, 2, 0, 0, 0, 0, 0, 0, 0], 0.15)
    (0.7, 0.625)
    """
    if not 0 <= share <= 1:
        msg = f"`share` is {share!r}, expected a number from 0 to 1"
        raise ValueError(msg)
    values = np.sort(numbers(counts))[::-1]
    running = np.concatenate([[0.0], np.cumsum(values)])
    if running[-1] == 0:
        return math.nan
    return float(np.interp(share * len(values), np.arange(len(running)), running) / running[-1])


def n_places_for_share(counts: npt.ArrayLike, share: float) -> int:
    """
    Return how many places it takes to hold a share of the incidents.

    Parameters
    ----------
    counts : array_like of numbers, n_places
        Incidents per place, 0 or more.
    share : float, 0 to 1
        Which share of the incidents.

    Returns
    -------
    int
        The smallest number of places; 0 without incidents.

    Raises
    ------
    ValueError
        If a count is negative or missing, or `share` is not between 0 and 1.

    Examples
    --------
    >>> n_places_for_share([5, 3, 1, 1], 0.5), n_places_for_share([5, 3, 1, 1], 0.51)
    (1, 2)
    """
    if not 0 <= share <= 1:
        msg = f"`share` is {share!r}, expected a number from 0 to 1"
        raise ValueError(msg)
    values = np.sort(numbers(counts))[::-1]
    running = np.concatenate([[0.0], np.cumsum(values)])
    needed = share * running[-1] * (1 - 1e-12)
    return int(np.searchsorted(running, needed))


def numbers(counts: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Check counts."""
    try:
        values = np.asarray(counts, dtype=float).ravel()
    except (TypeError, ValueError) as cause:
        msg = '`counts` holds more than numbers; of a table give the column: cells["n"]'
        raise ArgumentError(msg, code="counts_expected", found=type(counts).__name__) from cause
    if np.isnan(values).any():
        msg = f"{int(np.isnan(values).sum())} counts are missing; a place without incidents is 0"
        raise ValueError(msg)
    if (values < 0).any():
        msg = f"counts are 0 or more, found {values.min():g}"
        raise ValueError(msg)
    return values
