"""
Hold a period against what came before: earlier periods, the last weeks, and their dispersion.

Nothing is compared with days that the files don't cover (`coverage`), and nothing is called
more than chance without a history from which the spread of counts is estimated.
"""

from ipgtools.history._band import BAND_WEEKS, band
from ipgtools.history._comparison import compare, in_areas
from ipgtools.history._dispersion import FEWEST, PRIOR, Dispersion, dispersion
from ipgtools.history._steps import (
    EARLIER,
    Steps,
    comparable,
    counts,
    dispersion_of,
    earlier,
    steps,
)

__all__ = [
    "BAND_WEEKS",
    "EARLIER",
    "FEWEST",
    "PRIOR",
    "Dispersion",
    "Steps",
    "band",
    "comparable",
    "compare",
    "counts",
    "dispersion",
    "dispersion_of",
    "earlier",
    "in_areas",
    "steps",
]
