"""Recognise which column of a file is which column of a contract."""

from ipgtools.io.columns.incident_aliases import INCIDENTS, PARTS
from ipgtools.io.columns.match import (
    AREAS,
    INHABITANTS,
    LEVELS,
    OFFENCES,
    STREETS,
    are_values,
    in_doubt,
    missing,
    no_header,
    recognise,
)
from ipgtools.io.columns.normalise import normalise_name
from ipgtools.io.columns.personal import personal_columns, skipped_columns

__all__ = [
    "are_values",
    "in_doubt",
    "missing",
    "normalise_name",
    "no_header",
    "personal_columns",
    "recognise",
    "skipped_columns",
    "AREAS",
    "INCIDENTS",
    "INHABITANTS",
    "LEVELS",
    "OFFENCES",
    "PARTS",
    "STREETS",
]
