"""
Analyse when incidents happened, also with uncertain times.

Times are local wall-clock times and every day has 24 hours. `aoristic` spreads incidents over
the time in which they can have happened, `peak` tests whether some hours of the week are
busier than chance makes them, `may_be_named` whether these may be named, `clock_known` recognises
clock times that stand for "unknown", and `trend` counts per day, week or month.
"""

from ipgtools.times._clock import clock_known
from ipgtools.times._counts import aoristic, trend
from ipgtools.times._peak import Peak, peak
from ipgtools.times._peak_naming import FEWEST, LEAST_LIFT, may_be_named

__all__ = [
    "FEWEST",
    "LEAST_LIFT",
    "Peak",
    "aoristic",
    "clock_known",
    "peak",
    "may_be_named",
    "trend",
]
