"""Parse dates and times, in one format for the whole column."""

from ipgtools.io.parse.dates.parse_columns import ZONE, days_only, has_time_zone, months_only, parse

__all__ = [
    "days_only",
    "has_time_zone",
    "months_only",
    "parse",
    "ZONE",
]
