"""
Find traces of persons and places in a file of cases, by column and by value.

A trace makes the whole file refused: what one row gives away, others may give away in words
that no pattern knows.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ipgtools.io import columns, personal_values
from ipgtools.io.columns.normalise import normalise_name

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["in_names", "in_values"]

_PLACE_NAME = re.compile(
    r"adres|^straat|straat(naam)?$|huisn(umme)?r|postcode|woonplaats|^plaats(naam)?$|^gemeente|"
    r"^(wijk|buurt)(code|naam)?$|locatie|^woon|verblijf|kliniek|inrichting|^instelling|^fpc|"
    r"^[xy]$|coord|^lon(g|gitude)?$|^lat(itude)?$|geom|^wkt$|^shape$"
)
"""Names of columns about places, in lower case and without signs."""
_VALUES: dict[str, re.Pattern[str]] = {
    "name": re.compile(
        r"\b(?i:dhr|mw|mevr|mevrouw|meneer|de heer|fam|familie)\b\.?\s+[A-Z]"
        r"|\b(?:[A-Z]\.\s?)+(?:(?:van|der|den|de|ten|ter|te|el|al)\s+)*[A-Z][a-z]+"
    ),
    "birth": re.compile(r"\b(?i:geb(\.|oren|oortedatum)?|geboortejaar)\s*:?\s*(?i:op\s+)?\d"),
    "address": re.compile(
        r"\b\d{4}\s?[A-Z]{2}\b"
        r"|\b[A-Z][\w'-]*(?i:straat|weg|laan|plein|hof|singel|kade|dijk|pad|steeg|park)\s+"
        r"(?i:nr\.?\s*)?\d"
    ),
}
"""Patterns in a value that names a person, or an address."""


def in_names(names: Iterable[str]) -> list[str]:
    """
    List the columns about persons or places.

    Examples
    --------
    >>> in_names(["zaaknummer", "Naam cliënt", "geboortedatum", "woonplaats", "team", "Kliniek"])
    ['Naam cliënt', 'geboortedatum', 'woonplaats', 'Kliniek']
    """
    listed = list(names)
    persons = {*columns.personal_columns(listed)} | {
        name
        for name in listed
        if re.search(r"na(am|men)", normalise_name(name)) and "client" in normalise_name(name)
    }
    return [name for name in listed if name in persons or _PLACE_NAME.search(normalise_name(name))]


def in_values(rows: "pd.DataFrame") -> dict[str, list[str]]:
    """
    Return which columns hold values that point at a person or a place, and of which kind.

    Examples
    --------
    >>> import pandas as pd
    >>> in_values(pd.DataFrame({"actie": ["Bel mw. Jansen", "Huisbezoek Leijdsweg 12"],
    ...                         "partner": ["GGZ", "Tactus"]}))
    {'actie': ['name', 'address']}
    """
    found = {name: [*kinds] for name, kinds in personal_values.suspects(rows).items()}
    for name in rows:
        text = rows[name].dropna().astype("str")
        kinds = [kind for kind, sign in _VALUES.items() if text.map(sign.search).notna().any()]
        if kinds:
            found[str(name)] = [*found.get(str(name), []), *kinds]
    return found
