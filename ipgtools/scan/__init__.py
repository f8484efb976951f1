"""
Find where, and since when, more happened than chance gives, with one p-value for all places.

`space_time` looks for clusters of incidents in place and time, by default those that are still
going on; `spatial` for clusters in place, against what explains incidents. Both look through
thousands of overlapping zones, and a cluster's p-value is held against the highest outcome
anywhere on maps of chance. `of_counts` does the same for counts per location and step. `poisson`,
`bernoulli`, `relative_risk`, `gumbel_p` and `recurrence_interval` are the formulas by themselves.
"""

from ipgtools.scan.engine import of_counts
from ipgtools.scan.incidents import space_time, spatial
from ipgtools.scan.statistics import (
    bernoulli,
    gumbel_p,
    poisson,
    recurrence_interval,
    relative_risk,
)

__all__ = [
    "bernoulli",
    "gumbel_p",
    "of_counts",
    "poisson",
    "recurrence_interval",
    "relative_risk",
    "space_time",
    "spatial",
]
