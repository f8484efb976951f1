"""
Say what to mind before believing a map: what is in the figures, and what is not.

`review` runs every check and gives a table of cautions, each with its facts and a Dutch
sentence; the other functions are the checks that are of use by themselves. A caution is no
error: the analysis goes on, and its reader knows.
"""

from ipgtools.cautions.coverage import uncovered
from ipgtools.cautions.moved import moved
from ipgtools.cautions.reporting import NOT_REPORTED, reporting
from ipgtools.cautions.reviewing import CODES, review, snapped
from ipgtools.cautions.silence import late_reports, silences

__all__ = [
    "CODES",
    "NOT_REPORTED",
    "late_reports",
    "moved",
    "reporting",
    "review",
    "silences",
    "snapped",
    "uncovered",
]
