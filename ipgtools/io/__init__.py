"""
Read the files analysts have into checked tables, and write tables out.

Every reader gives a table and a report that accounts for each row of the source.
"""

from ipgtools.io.areas import read_areas, read_streets
from ipgtools.io.incidents import read_incidents
from ipgtools.io.offences import read_offences
from ipgtools.io.report import ReadReport

__all__ = ["ReadReport", "read_areas", "read_incidents", "read_offences", "read_streets"]
