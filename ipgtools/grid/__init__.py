"""
Lay squares or hexagons over a district, so that every incident falls in exactly one.

A grid is aligned to the origin of its CRS: two grids of one shape and size share their edges
whatever they were made from, and squares of 100 or 500 m in RD New are those CBS publishes on.
"""

from ipgtools.grid._grid import Grid
from ipgtools.grid._hexagons import hexagon_size
from ipgtools.grid._lay import MAX_CELLS
from ipgtools.grid._points import FloatArray, IntArray, coordinates

__all__ = ["MAX_CELLS", "FloatArray", "Grid", "IntArray", "coordinates", "hexagon_size"]
