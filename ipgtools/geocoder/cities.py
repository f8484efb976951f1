"""
Find the town and the postcode in a text about a place.

Only towns that the tables name are known. What says outright that it is in another one
(*te Hengelo*) is told apart from what says nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ipgtools.geocoder.location_grammar import insert_spaces
from ipgtools.geocoder.string_similarity import normalise_name
from ipgtools.nl import schouw as nl

__all__ = ["Parts", "cities_of", "city_of", "fronts_of", "in_city", "parts_of", "where_else"]

_POSTCODE = re.compile(r"\b([1-9]\d{3}) ?([A-Z]{2})\b|\b([1-9]\d{3})([a-z]{2})\b")
_LONGEST_TOWN = 4
_ENDS = (",", ":", ";")


@dataclass(frozen=True)
class Parts:
    """
    Parts of a text other than the place.

    Parameters
    ----------
    words : list of str
        The words left.
    town : str
        In plain form; empty if none is named.
    postcode : str
        Without a space; empty if there is none.
    elsewhere : str
        A town that is named as such, but that no table knows; as written.
    """

    words: list[str]
    town: str = ""
    postcode: str = ""
    elsewhere: str = ""


def parts_of(text: str, cities: set[str], fronts: set[str]) -> Parts:
    """
    Take postcode and town from a text.

    Examples
    --------
    >>> parts_of("Dorpsstraat 5, 7532 AA Glanerbrug", {"glanerbrug"}, set())
    Parts(words=['Dorpsstraat', '5,'], town='glanerbrug', postcode='7532AA', elsewhere='')
    >>> parts_of("Glanerbrug, Dorpsstraat 5", {"glanerbrug"}, set()).words
    ['Dorpsstraat', '5']
    """
    text = text.replace(nl.LOST, " ")
    found = _POSTCODE.search(text)
    postcode = "".join(filter(None, found.groups())).upper() if found else ""
    if found:
        text = f"{text[: found.start()]} {text[found.end() :]}"
    words = insert_spaces(text).split()
    for length in range(min(_LONGEST_TOWN, len(words) - 1), 0, -1):
        before = normalise_name(words[-length - 1])
        if before in nl.CORNER_WORDS | nl.JOINING_WORDS - nl.IN:
            continue
        if (town := normalise_name(" ".join(words[-length:]))) and town in cities:
            return Parts(_without_in(words[:-length]), town, postcode)
    for length in range(min(_LONGEST_TOWN, len(words) - 1), 0, -1):
        town, rest = normalise_name(" ".join(words[:length])), words[length:]
        said = normalise_name(" ".join(words))
        named = any(said.startswith(name) for name in fronts) and not words[length - 1].endswith(
            _ENDS
        )
        if town in cities and not named:
            while rest and not normalise_name(rest[0]):
                rest = rest[1:]
            if rest and normalise_name(rest[0]) not in nl.CORNER_WORDS | nl.JOINING_WORDS:
                return Parts(rest, town, postcode)
    last = words[-1].strip(".,;:)( ") if words else ""
    if cities and len(words) > 2 and normalise_name(words[-2]) == nl.AT and words[-1][:1].isupper():
        return Parts(words[:-2], "", postcode, last)
    return Parts(words, "", postcode)


def cities_of(*tables: Any) -> dict[str, str]:
    """Collect the towns that tables name."""
    return {normalise_name(name): name for table in reversed(tables) for name in _named(table)}


def in_city(table: Any, city: str) -> Any:
    """Drop rows of another town; rows without a town match any town."""
    if table is None or not city or "city" not in table:
        return table
    keys = {name: normalise_name(name) for name in _named(table)}
    return table[table["city"].map(keys).fillna(city) == city]


def city_of(addresses: Any, postcode: str) -> str:
    """Return the one town that a postcode lies in."""
    if addresses is None or not postcode or "city" not in addresses:
        return ""
    found = addresses["city"][addresses["postcode"] == postcode].dropna().unique()
    return normalise_name(found[0]) if len(found) == 1 else ""


def fronts_of(names: Iterable[str], cities: set[str]) -> set[str]:
    """
    Return the names of streets that begin with a town.

    Examples
    --------
    >>> fronts_of(["Lonneker Molenweg", "Lonnekerweg"], {"lonneker"})
    {'lonneker molenweg'}
    """
    made = map(normalise_name, names)
    return {name for name in made if any(name.startswith(f"{city} ") for city in cities if city)}


def where_else(tables: Iterable[Any], street: str, city: str) -> list[str]:
    """Name the other towns that have a street of this name."""
    found: set[str] = set()
    for table in tables:
        if table is not None and "city" in table:
            found |= set(table["city"][table["street_name"] == street].dropna())
    return sorted(each for each in found if normalise_name(each) != city)


def _without_in(words: list[str]) -> list[str]:
    while words and (normalise_name(words[-1]) in nl.IN or not normalise_name(words[-1])):
        words = words[:-1]
    return words


def _named(table: Any) -> Iterable[str]:
    return table["city"].dropna().unique() if table is not None and "city" in table else ()
