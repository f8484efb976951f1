"""
Measure whether a map would have been right, and whether an action helped.

`pai`, `pei`, `rri` and `hit_rate` compare a ranking of cells with the incidents that came later;
`backtest` does so for every method of ipgtools over rolling origins, and `card` summarises it,
naive lists included. `wdd`, `e_test` and `poisson_z` compare before with after;
`displacement_ring` and `similar_areas` make what they are compared with. Results that rest on
too few events have no ranking, or are refused.
"""

from ipgtools.evaluate.accuracy import hit_rate, pai, pei, rri
from ipgtools.evaluate.backtesting import backtest, card
from ipgtools.evaluate.before_after import e_test, poisson_z, wdd
from ipgtools.evaluate.comparison_areas import displacement_ring, similar_areas

__all__ = [
    "backtest",
    "card",
    "displacement_ring",
    "e_test",
    "hit_rate",
    "pai",
    "pei",
    "poisson_z",
    "rri",
    "similar_areas",
    "wdd",
]
