"""
Apply the Dutch definitions of repeat offenders, and count patterns of offending per wijk.

`classify` and `by_area` apply a definition, `flows` counts who enters and leaves its classes, and
`compare_regimes` how definitions differ. The others count over all persons together:
`co_offending` and `networks` (who acts with others), `recurrence` (time to the next offence),
`switching` (kinds one after another), `age_curve`, `distances` (between consecutive offences),
`concentration` (over persons, with what chance gives) and `involvement` (the share of
incidents). `patterns` gives them all.

Persons are pseudonyms. No function gives a score, a rank, a list or a forecast of persons, and no
result but the class has a row per person.
"""

from ipgtools.offenders.age_curve import age_curve
from ipgtools.offenders.classes import (
    NOT_COUNTED,
    by_area,
    classify,
)
from ipgtools.offenders.co_offending import co_offending, networks
from ipgtools.offenders.concentration import concentration
from ipgtools.offenders.definitions import (
    DEFINITIONS,
    KLASSEN,
    MANY_ADULT,
    MANY_MINOR,
    Definition,
)
from ipgtools.offenders.distances import distances
from ipgtools.offenders.flows import compare_regimes, flows
from ipgtools.offenders.involvement import at_places, involvement
from ipgtools.offenders.patterns import MIN_PERSONS, patterns
from ipgtools.offenders.recurrence import recurrence
from ipgtools.offenders.switching import switching

__all__ = [
    "DEFINITIONS",
    "KLASSEN",
    "MANY_ADULT",
    "MANY_MINOR",
    "MIN_PERSONS",
    "NOT_COUNTED",
    "Definition",
    "age_curve",
    "at_places",
    "by_area",
    "classify",
    "co_offending",
    "compare_regimes",
    "concentration",
    "distances",
    "flows",
    "involvement",
    "networks",
    "patterns",
    "recurrence",
    "switching",
]
