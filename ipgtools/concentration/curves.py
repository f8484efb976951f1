"""Draw the curve of concentration, and sum it up in a number."""

import math

import numpy as np
import numpy.typing as npt
import pandas as pd


def lorenz(counts: npt.ArrayLike) -> pd.DataFrame:
    """
    Give the Lorenz curve: which share of the places holds which share of the incidents.

    Parameters
    ----------
    counts : array_like of numbers, n_places
        Incidents per place, 0 or more, places without incidents included.

    Returns
    -------
    DataFrame, n_places + 1 rows
        `share_places` and `share_incidents`, both from 0 to 1, the quietest places first.
        `share_incidents` is NaN if there are no incidents.

    Raises
    ------
    ValueError
        If a count is negative or missing.

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
    return pd.DataFrame(
        {
            "share_places": np.linspace(0, 1, len(values) + 1) if len(values) else np.zeros(1),
            "share_incidents": running / total if total > 0 else np.full(len(running), np.nan),
        }
    )


def gini(counts: npt.ArrayLike, *, generalised: bool = True, unbiased: bool = False) -> float:
    """
    Give the Gini coefficient: 0 if all places have as many incidents, 1 if one has all.

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


def top_share(counts: npt.ArrayLike, share: float) -> float:
    """
    Give the share of the incidents that the busiest places hold.

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


def places_for(counts: npt.ArrayLike, share: float) -> int:
    """
    Give how many places it takes to hold a share of the incidents.

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
    >>> places_for([5, 3, 1, 1], 0.5), places_for([5, 3, 1, 1], 0.51)
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
    """
    Check counts.

    Parameters
    ----------
    counts : array_like of numbers
        Incidents per place.

    Returns
    -------
    ndarray of float, n_places
        In one dimension.

    Raises
    ------
    ValueError
        If a count is negative or missing.
    """
    values = np.asarray(counts, dtype=float).ravel()
    if np.isnan(values).any():
        msg = f"{int(np.isnan(values).sum())} counts are missing; a place without incidents is 0"
        raise ValueError(msg)
    if (values < 0).any():
        msg = f"counts are 0 or more, found {values.min():g}"
        raise ValueError(msg)
    return values
