"""
Test point patterns for clustering and regularity.

`clark_evans` looks at each point's nearest neighbour, `ripley` at all neighbours up to each
distance. Both compare with points distributed uniformly at random over the area. Crime never lies
evenly, because people don't: these summaries show at which distances points cluster, not
where (see `hotspots`) and not why.
"""

from ipgtools.patterns.nearest import clark_evans
from ipgtools.patterns.ripley import ripley

__all__ = ["clark_evans", "ripley"]
