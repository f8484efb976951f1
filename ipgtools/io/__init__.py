"""
Read the files analysts have into checked tables, and write tables out.

Every reader gives a table and a report that accounts for each row of the source.
"""

from ipgtools.io.addresses import read_addresses, read_street_list
from ipgtools.io.areas import read_areas
from ipgtools.io.base_map import read_base
from ipgtools.io.harm_weights import read_weights
from ipgtools.io.incidents import read_incidents
from ipgtools.io.offences import read_offences
from ipgtools.io.report import ReadReport
from ipgtools.io.streets import read_streets

__all__ = [
    "ReadReport", "read_addresses", "read_areas", "read_base", "read_incidents", "read_offences",
    "read_street_list", "read_streets", "read_weights",
]  # fmt: skip
