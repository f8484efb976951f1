"""
Find what comes back: places that are hit again, and incidents that follow one another closely.

Places are exact coordinates, distances metres, and days whole days between dates, so that
23:50 and 00:10 the next morning are one day apart. Bands and limits are half-open: ``[0, 100)``
metres ends before 100 metres, ``[0, 7)`` days holds the dates up to six days apart. A distance
within a micrometre of a limit counts as that limit, so that coordinates written in decimetres
behave as they are written. The same arithmetic is behind the Knox table, the links between
incidents and the windows in which a place stays at risk. `mantel` and `jacquez` ask without
bands whether incidents near in space are near in time.
"""

from ipgtools.repeats._expected import expected_repeats
from ipgtools.repeats._interaction import jacquez, mantel
from ipgtools.repeats._knox import knox
from ipgtools.repeats._links import alert_windows, chains, near_repeats
from ipgtools.repeats._places import places
from ipgtools.repeats._strata import strata

__all__ = [
    "alert_windows", "chains", "expected_repeats", "jacquez", "knox", "mantel", "near_repeats",
    "places", "strata",
]  # fmt: skip
