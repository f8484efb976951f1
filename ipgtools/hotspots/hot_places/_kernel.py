"""
Draw maps of pure chance and count how often they beat the observed score, compiled.

Importing this module loads numba, so callers import it inside the function that needs it.
"""

from math import log
from typing import Any

import numpy as np

from ipgtools._jit import jit

__all__ = ["FEWEST", "Array", "highest_by_chance", "score_of", "scores"]

Array = np.ndarray[Any, Any]

FEWEST = 5.0
"""Incidents below which a zone has no score."""
_POISSON = 1.02
"""Dispersion up to which counts are drawn as Poisson."""


@jit
def score_of(observed: float, mean: float) -> float:
    """Return the log-likelihood ratio of a zone: how far its count exceeds its mean."""
    if observed < FEWEST or observed <= mean:
        return 0.0
    if mean <= 0.0:
        mean = 1e-9
    return observed * log(observed / mean) - (observed - mean)


@jit
def scores(
    counts: Array,
    mean: Array,
    first: Array,
    last: Array,
    member: Array,
    leave: bool,  # noqa: FBT001
    only_highest: bool,  # noqa: FBT001
) -> Array:
    """Return the score of every zone, or only the highest."""
    found = np.zeros(1 if only_highest else len(first))
    highest = 0.0
    begun, done = -1, 0
    observed, expected, over_most, n_most, m_most = 0.0, 0.0, -np.inf, 0.0, 0.0
    for zone in range(len(first)):
        if first[zone] != begun:
            begun = done = first[zone]
            observed, expected, over_most = 0.0, 0.0, -np.inf
        for position in range(done, last[zone]):
            cell = member[position]
            observed += counts[cell]
            expected += mean[cell]
            if counts[cell] - mean[cell] > over_most:
                n_most, m_most = counts[cell], mean[cell]
                over_most = n_most - m_most
        done = last[zone]
        n, m = observed, expected
        if leave:
            n, m = observed - n_most, expected - m_most
        over = n - m
        # No score exceeds over^2 / (2 m), so most zones need no logarithm.
        if n < FEWEST or over <= 0.0 or (only_highest and over * over <= 2.0 * m * highest):
            continue
        score = score_of(n, m)
        highest = max(highest, score)
        if not only_highest:
            found[zone] = score
    if only_highest:
        found[0] = highest
    return found


@jit
def highest_by_chance(
    best: float,
    mean: Array,
    shape: Array,
    dispersion: float,
    used: Array,
    first: Array,
    last: Array,
    member: Array,
    leave: bool,  # noqa: FBT001
    n_draws: int,
    most: int,
    rng: np.random.Generator,
) -> Array:
    """Draw maps of chance and give the highest score on each."""
    counts = np.zeros(len(mean))
    highest = np.zeros(n_draws)
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
        highest[drawn] = scores(counts, mean, first, last, member, leave, True)[0]  # noqa: FBT003
        exceeding += highest[drawn] >= best
        if exceeding > most:
            return highest[: drawn + 1]
    return highest
