"""
Measure along streets: where they meet, which one is nearest, how dense incidents lie on them.

`build` makes a graph of street lines once; `snap` brings points to the nearest street;
`density` spreads incidents along the streets instead of through gardens and over canals.
Distances are metres along the street, counted from where a point was brought to it; the way
from the door to the street does not count.
"""

from ipgtools.network._density import density
from ipgtools.network._graph import Network, build
from ipgtools.network._snap import snap

__all__ = ["Network", "build", "density", "snap"]
