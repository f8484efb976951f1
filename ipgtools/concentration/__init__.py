"""
Measure how unevenly incidents are spread over places.

Takes counts per place: buurten, street segments, addresses. Which places are counted decides
the outcome, above all whether places without an incident are among them: state it with every
figure made here.
"""

from typing import TYPE_CHECKING

from ipgtools._renamed import renamed
from ipgtools.concentration.busiest_places import probability_in_top, stability, top_shares
from ipgtools.concentration.curves import (
    gini,
    gini_by_chance,
    lorenz,
    n_places_for_share,
    top_share,
)

__all__ = [
    "gini", "gini_by_chance", "probability_in_top", "lorenz", "n_places_for_share", "stability",
    "top_share",
    "top_shares",
]  # fmt: skip

if not TYPE_CHECKING:
    __getattr__ = renamed(
        __name__, {"in_top": "probability_in_top", "places_for": "n_places_for_share"}
    )
