"""
Draw maps of pure chance and count how often they beat the observed score, compiled.

Importing this module loads numba, so callers import it inside the function that needs it.
"""

from math import log
from typing import Any

import numba
import numpy as np

Array = np.ndarray[Any, Any]

FEWEST = 5.0
"""Incidents below which a zone has no score."""
_POISSON = 1.02
"""Dispersion up to which counts are drawn as Poisson."""


@numba.njit(cache=True, nogil=True)
def score_of(observed: float, mean: float) -> float:
    """
    Give the log-likelihood ratio of a zone: how far its count exceeds its mean.

    Parameters
    ----------
    observed, mean : float
        Incidents, and what is not yet too many.

    Returns
    -------
    float
        0 where the count does not exceed the mean, or is below `FEWEST`.
    """
    if observed < FEWEST or observed <= mean:
        return 0.0
    if mean <= 0.0:
        mean = 1e-9
    return observed * log(observed / mean) - (observed - mean)


@numba.njit(cache=True, nogil=True)
def scores(counts: Array, mean: Array, start: Array, member: Array, leave: bool) -> Array:  # noqa: FBT001
    """
    Give the score of every zone.

    Parameters
    ----------
    counts, mean : array of float, n_cells
        Incidents, and what is not yet too many.
    start, member : array of int64
        The zones.
    leave : bool
        Leave the busiest cell of each zone out.

    Returns
    -------
    array of float, n_zones
    """
    found = np.zeros(len(start) - 1)
    for zone in range(len(found)):
        observed, expected = _totals(counts, mean, start[zone], start[zone + 1], member, leave)
        found[zone] = score_of(observed, expected)
    return found


@numba.njit(cache=True, nogil=True)
def _totals(
    counts: Array,
    mean: Array,
    first: int,
    last: int,
    member: Array,
    leave: bool,  # noqa: FBT001
) -> tuple[float, float]:
    observed, expected, most, at_most = 0.0, 0.0, -1.0, 0.0
    for position in range(first, last):
        cell = member[position]
        observed += counts[cell]
        expected += mean[cell]
        if counts[cell] > most:
            most = counts[cell]
            at_most = mean[cell]
    if leave and last - first > 1:
        return observed - most, expected - at_most
    if leave:
        return 0.0, expected
    return observed, expected


@numba.njit(cache=True, nogil=True)
def exceedances(
    best: float,
    mean: Array,
    shape: Array,
    dispersion: float,
    used: Array,
    start: Array,
    member: Array,
    leave: bool,  # noqa: FBT001
    n_draws: int,
    most: int,
    rng: np.random.Generator,
) -> tuple[int, int]:
    """
    Count the maps of chance on which some zone scores at least `best`.

    Parameters
    ----------
    best : float
        The observed score.
    mean : array of float, n_cells
        Mean of each cell under the null.
    shape : array of float, n_cells
        Shape of the Gamma distribution of each rate; 0 where the rate is known.
    dispersion : float
        Variance of a count by its mean.
    used : array of int64
        Cells that are in any zone.
    start, member : array of int64
        The zones.
    leave : bool
        Leave the busiest cell of each zone out.
    n_draws, most : int
        Maps to draw, and the exceedances past which to stop.
    rng : Generator
        Source of the draws.

    Returns
    -------
    n_exceeding, n_drawn : int
    """
    counts = np.zeros(len(mean))
    n_zones = len(start) - 1
    exceeding = 0
    for drawn in range(n_draws):
        for position in range(len(used)):
            cell = used[position]
            rate = mean[cell]
            if rate > 0.0 and shape[cell] > 0.0:
                rate *= rng.standard_gamma(shape[cell]) / shape[cell]
            if rate > 0.0 and dispersion > _POISSON:
                rate = rng.standard_gamma(rate / (dispersion - 1.0)) * (dispersion - 1.0)
            counts[cell] = float(rng.poisson(rate)) if rate > 0.0 else 0.0
        for zone in range(n_zones):
            observed, expected = _totals(counts, mean, start[zone], start[zone + 1], member, leave)
            over = observed - expected
            # No score exceeds over^2 / (2 expected), so most zones need no logarithm.
            if over <= 0.0 or over * over < 2.0 * expected * best:
                continue
            if score_of(observed, expected) >= best:
                exceeding += 1
                break
        if exceeding > most:
            return exceeding, drawn + 1
    return exceeding, n_draws
