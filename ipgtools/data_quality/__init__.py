"""
Check the quality of incident data before mapping it.

`check_all` runs every check and gives a table of cautions, each with its facts and a Dutch
sentence; the other functions are the checks that are of use by themselves. A caution is no
error: the analysis goes on, and its reader knows.
"""

from typing import TYPE_CHECKING

from ipgtools._renamed import renamed
from ipgtools.data_quality.checks import CODES, check_all, snapped
from ipgtools.data_quality.detection import NOT_REPORTED, reported_or_found
from ipgtools.data_quality.empty_areas import areas_without_incidents
from ipgtools.data_quality.gaps import late_reports, reporting_gaps
from ipgtools.data_quality.renewed_points import moved_points

__all__ = [
    "CODES",
    "NOT_REPORTED",
    "late_reports",
    "moved_points",
    "reported_or_found",
    "check_all",
    "reporting_gaps",
    "snapped",
    "areas_without_incidents",
]

if not TYPE_CHECKING:
    __getattr__ = renamed(
        __name__,
        {
            "moved": "moved_points",
            "reporting": "reported_or_found",
            "review": "check_all",
            "silences": "reporting_gaps",
            "uncovered": "areas_without_incidents",
        },
    )
