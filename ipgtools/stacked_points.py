"""
Doubt points that carry far too many incidents to be one place.

Exports often put incidents without a known address on a stand-in point: a station, a town
hall, the middle of a postcode. The rule is defined here once; the read report warns by it, and
`repeats.places` marks places by it. Arrays in, arrays out.
"""

from typing import Any

import numpy as np

__all__ = ["CATEGORIES", "FACTOR", "FEW", "MANY", "MIX", "STREETS", "Array", "ordinary", "reasons"]

Array = np.ndarray[Any, Any]

STREETS = 3
"""Street names on one point that no address has; a corner has two."""
FEW = 10
"""Incidents on one point below which street names prove nothing."""
MANY = 20
"""Incidents on one point below which a count or a mix of categories proves nothing."""
FACTOR = 10
"""How many times the ordinary busy place (95th percentile of the others) is far too busy."""
MIX = 0.8
"""Share of the categories of a random draw at which a point mirrors the whole town."""
CATEGORIES = 6
"""Categories that a random draw must hold for its mix to count."""


def ordinary(n: Array) -> float:
    """
    Return the 95th percentile of the incidents at the other places, for any busy place.

    It is read off the sorted counts without the place itself: leaving out one of the busiest
    shifts the reading by less than one rank.

    Examples
    --------
    >>> ordinary(np.array([1, 1, 2, 90])), ordinary(np.array([90]))
    (2.0, inf)
    """
    if len(n) < 2:
        return float("inf")
    rank = max(int(np.ceil(0.95 * (len(n) - 1))) - 1, 0)
    return float(np.searchsorted(np.cumsum(np.bincount(n)), rank, side="right"))


def reasons(
    n: Array, n_streets: Array, n_categories: Array, mix: Array, *, ordinary: float
) -> Array:
    """
    Return the reasons to doubt each place.

    - "streets": 10 or more incidents that carry 3 or more different street names,
    - "count": 20 or more incidents, and 10 times the 95th percentile of the other places,
    - "mix": 20 or more incidents with at least 80 % of the categories that as many incidents
      drawn from the whole table would have, where that is 6 or more.

    Examples
    --------
    >>> quiet = np.ones(40, dtype=int)
    >>> ones, all_in_all = np.ones(1, dtype=int), np.array([65])
    >>> usual = ordinary(np.append(quiet, 25))
    >>> reasons(np.array([25]), ones, ones, all_in_all, ordinary=usual).tolist()
    ['count']
    """
    streets = (n >= FEW) & (n_streets >= STREETS)
    count = (n >= MANY) & (n >= FACTOR * ordinary)
    share = mix / max(mix.sum(), 1)
    sizes = np.unique(n)
    drawn = np.array([(1 - (1 - share) ** size).sum() for size in sizes])
    expected = drawn[np.searchsorted(sizes, n)] if len(n) else np.zeros(0)
    mixed = (n >= MANY) & (expected >= CATEGORIES) & (n_categories >= MIX * expected)
    signs = {"streets": streets, "count": count, "mix": mixed}
    found = np.full(len(n), "", dtype=object)
    for place in np.flatnonzero(streets | count | mixed):
        found[place] = ", ".join(name for name, sign in signs.items() if sign[place])
    return found
