"""
Read a street name that begins at a word.

Names are of one word or several, and what stands before them may make other streets of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ipgtools.geocoder.string_similarity import Match, normalise_name, similarity
from ipgtools.nl import schouw as nl

__all__ = ["HYPHEN", "MatchName", "Street", "is_relation", "street_at"]

MatchName = Callable[[str], Match | None]
HYPHEN = "\u2011"
"""Stands where a word with a hyphen was taken apart: it may belong to a name, or join two."""
_LONGEST_NAME = 7
_SMALL = nl.JOINING_WORDS | nl.PARTICLES
_TITLES = frozenset([*nl.TITLES, *nl.TITLES.values()])
_BETWEEN_NAMES = nl.CORNER_WORDS | nl.TOGETHER_WORDS
_ENDS = tuple(",;:)!?")
_ABBREVIATION = 5
"""Longer words with a dot behind them end a sentence."""
_FRONT, _FRONT_WORDS = 0.5, 3
"""How alike a word before a name is to one that a longer name has there, and how far it stands."""


@dataclass(frozen=True)
class Street:
    """
    A street name among words.

    Parameters
    ----------
    start, stop : int
        Where it stands.
    name : str
        What it was read as; as written if it may be several.
    score : float
        How surely, 0 to 1.
    rivals : tuple of str
        The streets that it may be, if it isn't one.
    """

    start: int
    stop: int
    name: str
    score: float
    rivals: tuple[str, ...] = ()


def street_at(
    words: Sequence[str], at: int, match: MatchName, cutoff: float, *, after: int = 0
) -> Street | None:
    """
    Read a street name that begins at a word.

    Examples
    --------
    >>> from ipgtools.geocoder.string_similarity import Names
    >>> names = Names.of(["Van Lennepstraat", "Lennepstraat"])
    >>> street_at(["van", "Lennepstraat", "12"], 0, names.best, 0.8).name
    'Van Lennepstraat'
    """
    front = words[max(after, at - _FRONT_WORDS) : at]
    if front and _goes_with(normalise_name(front[-1])):
        return None
    best, best_rank = None, 0.0
    first = normalise_name(words[at])
    for stop in range(at + 1, min(len(words), at + _LONGEST_NAME) + 1):
        last = normalise_name(words[stop - 1])
        if words[stop - 1] == HYPHEN and stop - 1 > at:
            continue
        if not last or last in _BETWEEN_NAMES:
            break
        found = match(" ".join(words[at:stop]))
        if not found or found.score < cutoff:
            continue
        if first in nl.JOINING_WORDS and not normalise_name(found.name).startswith(f"{first} "):
            continue
        if _continues(front, found):
            continue
        rank = found.score + 0.02 * (stop - at)
        if rank > best_rank:
            best, best_rank = _named(words, at, stop, found), rank
    if best and best.score < 1 and first in nl.JOINING_WORDS:
        start = next(
            (i for i in range(at, best.stop) if normalise_name(words[i]) not in _SMALL), at
        )
        later = match(" ".join(words[start : best.stop]))
        if later and later.score > best.score:
            return None
    return best


def _named(words: Sequence[str], start: int, stop: int, found: Match) -> Street:
    """Make the street of a match; of several that it may be none is chosen."""
    if not found.rivals:
        return Street(start, stop, found.name, found.score)
    written = " ".join(words[start:stop]).replace(f" {HYPHEN} ", "-").strip(" .,;:()")
    return Street(start, stop, written, found.score, (found.name, *found.rivals))


def _continues(front: Sequence[str], found: Match) -> bool:
    """
    Return whether the words before a street make it another one, as far as they can be read.

    *Wteede Emmastraat* is not the *Emmastraat*, and the *Jan Janszstraat* not *Piet Janszstraat*.
    """
    if found.score < 1:
        before = next(
            (one for one in reversed(front) if normalise_name(one) not in nl.PARTICLES), ""
        )
        ended = before.endswith(_ENDS) or (before.endswith(".") and len(before) > _ABBREVIATION)
        return before[:1].isupper() and not ended and not is_relation(normalise_name(before))
    own = {
        word
        for name in found.longer
        for word in normalise_name(name).removesuffix(normalise_name(found.name)).split()
        if word not in nl.PARTICLES
    }
    read = [word for word in front if not is_relation(normalise_name(word))]
    return any(similarity(word, before) >= _FRONT for word in own for before in read)


def is_relation(key: str) -> bool:
    """
    Return whether a word is a position on a street and no part of its name.

    Examples
    --------
    >>> is_relation("hoek"), is_relation("oude")
    (True, False)
    """
    return key in nl.CORNER_WORDS | nl.JOINING_WORDS | nl.NUMBER_WORDS | nl.PLACE_WORDS or any(
        key in phrases for phrases in nl.RELATIONS.values()
    )


def _goes_with(word: str) -> bool:
    """Return whether a word before a street is part of its name: *Oude Kerkstraat*."""
    return word in nl.QUALIFIERS or word in _TITLES
