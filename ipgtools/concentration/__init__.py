"""
Say how unevenly incidents lie over places.

Takes counts per place: buurten, street segments, addresses. Which places are counted decides
the outcome, above all whether places without an incident are among them: say so beside every
figure made here.
"""

from ipgtools.concentration.curves import gini, gini_by_chance, lorenz, places_for, top_share
from ipgtools.concentration.tops import in_top, stability, top_shares

__all__ = [
    "gini", "gini_by_chance", "in_top", "lorenz", "places_for", "stability", "top_share",
    "top_shares",
]  # fmt: skip
