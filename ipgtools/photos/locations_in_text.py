"""
Find where a photo was taken, by the words of its mail.

A mail that names one place gives that place. One that names several gives none: the places
are kept for a person to choose from.
"""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ipgtools import geocoder
from ipgtools.nl import photos as said
from ipgtools.nl import schouw as nl

if TYPE_CHECKING:
    from ipgtools.geocoder import Match

__all__ = ["location_phrases"]

_SENTENCES = re.compile(r"(?<=[a-z]{4}[.!?])\s+|\n\s*\n")
_HOME = re.compile(rf"\b(?:{'|'.join(nl.LIVING)})\b", re.IGNORECASE)
_BESIDE = re.compile(rf"\b(?:{'|'.join(said.BESIDE_WORDS)})\b", re.IGNORECASE)
_MOST = 5


def location_phrases(
    letters: Sequence[str], match: "Callable[[str], Match | None]", *, n_photos: int
) -> list[str]:
    """
    Find the places that a mail names.

    Examples
    --------
    >>> from ipgtools.geocoder import Names
    >>> best = Names.of(["Pluimstraat", "Oostveenweg"]).best
    >>> location_phrases(["Afval", "Hoek Pluimstraat en Oostveenweg"], best, n_photos=2)
    ['Pluimstraat hoek Oostveenweg']
    >>> location_phrases(["Foto 1: Pluimstraat, foto 2: Oostveenweg"], best, n_photos=2)
    ['Pluimstraat', 'Oostveenweg']
    """
    for letter in letters:
        first = geocoder.find_phrase(letter, match)
        if first:
            return [first, *_others(letter, first, match, n_photos)]
    return []


def _others(
    letter: str, first: str, match: "Callable[[str], Match | None]", n_photos: int
) -> list[str]:
    """Find places that the first one doesn't cover."""
    sentences = _SENTENCES.split(letter)
    own = next((at for at, one in enumerate(sentences) if _names(one, first, match)), -1)
    if own >= 0 and (n_photos == 1 or _BESIDE.search(sentences[own])):
        del sentences[own]
    rest = "\n\n".join(one for one in sentences if not _HOME.search(one))
    found = [first]
    while len(found) < _MOST:

        def other(phrase: str) -> "Match | None":
            best = match(phrase)
            return None if best is None or _covered(best.name, found) else best

        following = geocoder.find_phrase(rest, other)
        if not following:
            break
        found.append(following)
    return found[1:]


def _names(sentence: str, first: str, match: "Callable[[str], Match | None]") -> bool:
    return geocoder.find_phrase(sentence, match) == first


def _covered(street: str, places: Sequence[str]) -> bool:
    parts = (part for place in places for part in place.split(f" {nl.CORNER} "))
    return any(part == street or part.startswith(f"{street} ") for part in parts)
