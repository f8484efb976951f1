"""
Describe numbers in plain Dutch sentences.

Every sentence is true of the numbers it is given, under the condition that its docstring
names. "Duidelijk" and "groter dan door toeval" are used only where the caller knows it
after correction for the number of comparisons. No sentence is about persons.

One module per subject; this page gives them all, those of `cautions`, `concentrated`, `harm`
and `resemblance` by the name of their module.
"""

from ipgtools.nl.sentences import autocorrelation, concentration, data_quality, harm
from ipgtools.nl.sentences.clock_times import (
    EVEN,
    TIMES_TOO_FEW,
    moments,
    times,
    times_day_only,
    times_even,
    times_only,
    times_too_few,
)
from ipgtools.nl.sentences.common import (
    AREA_KINDS,
    before,
    listed,
    one,
    place,
    share,
    share_of,
    surface,
)
from ipgtools.nl.sentences.density import (
    coarse,
    risk,
    risk_places,
    risk_too_few,
    smoothed,
    smoothed_adaptive,
)
from ipgtools.nl.sentences.interaction import (
    ALONG_STREETS,
    interaction,
    interaction_too_few,
    same_times,
    shared_neighbours,
)
from ipgtools.nl.sentences.network import (
    densest_streets,
    off_streets,
    street_share,
    streets_too_few,
)
from ipgtools.nl.sentences.repeat_incidents import (
    NEAR_TOO_FEW,
    near_only,
    near_repeats,
    near_repeats_none,
    near_too_few,
    pair,
    repeats,
    repeats_too_few,
    still_open,
)
from ipgtools.nl.sentences.schouw import (
    leaders,
    schouw,
    schouw_compared,
    schouw_in_places,
)
from ipgtools.nl.sentences.totals import (
    CHANCE,
    MAYBE_CHANCE,
    TOO_FEW_TO_COMPARE,
    band,
    chance,
    change,
    compared,
    last_year,
    total,
)

__all__ = [
    "ALONG_STREETS",
    "AREA_KINDS",
    "CHANCE",
    "EVEN",
    "NEAR_TOO_FEW",
    "TIMES_TOO_FEW",
    "near_only",
    "times_only",
    "MAYBE_CHANCE",
    "TOO_FEW_TO_COMPARE",
    "band",
    "before",
    "data_quality",
    "chance",
    "change",
    "coarse",
    "compared",
    "concentration",
    "densest_streets",
    "harm",
    "interaction",
    "interaction_too_few",
    "last_year",
    "leaders",
    "listed",
    "moments",
    "near_repeats",
    "near_repeats_none",
    "off_streets",
    "one",
    "pair",
    "place",
    "repeats",
    "near_too_few",
    "repeats_too_few",
    "autocorrelation",
    "risk",
    "risk_places",
    "risk_too_few",
    "same_times",
    "schouw",
    "schouw_compared",
    "schouw_in_places",
    "share",
    "share_of",
    "shared_neighbours",
    "smoothed",
    "smoothed_adaptive",
    "still_open",
    "street_share",
    "streets_too_few",
    "surface",
    "times",
    "times_day_only",
    "times_even",
    "times_too_few",
    "total",
]
