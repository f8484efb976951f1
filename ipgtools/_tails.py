"""Tails of the binomial distribution, without `scipy.stats`, which takes half a second to load."""

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import special

__all__ = ["at_least", "at_most"]


def at_least(n: npt.ArrayLike, of: npt.ArrayLike, share: npt.ArrayLike) -> Any:
    """
    Return the chance of `n` or more out of `of`, each with chance `share`.

    Examples
    --------
    >>> round(float(at_least(9, 10, 0.5)), 6), float(at_least(0, 10, 0.5))
    (0.010742, 1.0)
    """
    k, whole = np.asarray(n, dtype=float), np.asarray(of, dtype=float)
    within = (k > 0) & (k <= whole)
    tail = special.betainc(np.where(within, k, 1.0), np.where(within, whole - k, 0.0) + 1.0, share)
    return np.where(within, tail, np.where(k > 0, 0.0, 1.0))


def at_most(n: npt.ArrayLike, of: npt.ArrayLike, share: npt.ArrayLike) -> Any:
    """
    Return the chance of `n` or fewer out of `of`, each with chance `share`.

    Examples
    --------
    >>> round(float(at_most(1, 10, 0.5)), 6)
    0.010742
    """
    k, whole = np.asarray(n, dtype=float), np.asarray(of, dtype=float)
    return at_least(whole - k, whole, 1.0 - np.asarray(share, dtype=float))
