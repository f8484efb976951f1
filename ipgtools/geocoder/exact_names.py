"""
Find names of streets in a text, as whole words and to the letter.

Nothing is corrected here and nothing is guessed: a name counts only if its words stand in the text
as the file has them (capitals, accents, titles and endings may be written short), and if the
words around it do not make another name of it. *Jan van Galenstraat* is not the *Galenstraat*,
*mw. Langeweg* not the *Langeweg*.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ipgtools.geocoder.tokens import (
    AND,
    APART,
    DIGITS,
    HARD,
    HYPHEN,
    LINK,
    SPACE,
    Token,
    is_known,
    is_number,
    is_street,
    never_before,
    relations,
    tokens,
)
from ipgtools.nl import place_names as nl
from ipgtools.nl import schouw

__all__ = ["ExactNames", "Found"]

_YEAR = re.compile(r"^(?:1[5-9]|20)\d\d$")
_JOINED, _FRONT = 8, 4
"""Letters of a name that may be written as two words, and of the first of these."""


@dataclass(frozen=True)
class Found:
    """
    A name in a text.

    Parameters
    ----------
    start, stop : int
        Its first word, and the one behind its last.
    name : str
        As the file spells it.
    sure : bool
        Whether it can hardly be anything but a street: the name of a person may be that of a
        street, too (*Veldkamp*).
    """

    start: int
    stop: int
    name: str
    sure: bool


@dataclass(frozen=True)
class ExactNames:
    """
    Names to find in texts.

    Parameters
    ----------
    exact : dict of str to str
        Each name as spelled, under its words.
    joined : dict of str to str
        Names of streets by ending, under their words without the spaces.
    """

    exact: dict[str, str] = field(default_factory=dict)
    joined: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Iterable[str]) -> "ExactNames":
        """Collect names."""
        counts = Counter(name for name in names if isinstance(name, str))
        exact: dict[str, str] = {}
        for written in sorted(counts, key=lambda name: (-counts[name], name)):
            name = " ".join(written.split())
            street = nl.street(name)
            if street != name and not nl.looks_like_street(street):
                continue
            exact.setdefault(" ".join(token.key for token in tokens(street)), street)
        exact.pop("", None)
        shorter: dict[str, set[str]] = {}
        joined: dict[str, set[str]] = {}
        for key, name in exact.items():
            if (other := _PARTICLES.sub("vd ", key)) != key:
                shorter.setdefault(other, set()).add(name)
            if is_street(key) and len(key) >= _JOINED and not any(map(str.isdigit, key)):
                joined.setdefault(key.replace(" ", ""), set()).add(name)
        exact = _only(shorter) | exact
        return cls(exact, _only(joined))

    @cached_property
    def longest(self) -> int:
        """Words of the longest name, and one for a name that was written apart."""
        return max((key.count(" ") + 2 for key in self.exact), default=0)

    def at(self, words: Sequence[Token], start: int) -> Found | None:
        """Return the longest name that begins at a word, whatever surrounds it."""
        best = None
        for stop in range(start + 1, min(len(words), start + self.longest) + 1):
            if stop > start + 1 and words[stop - 1].before in {LINK, HARD}:
                break
            keys = [token.key for token in words[start:stop]]
            key = " ".join(keys)
            name = self.exact.get(key)
            if name is None and (len(keys) == 1 or _written_apart(words[start:stop])):
                name = self.joined.get("".join(keys))
                key = " ".join(token.key for token in tokens(name)) if name else key
            if name is not None:
                best = Found(start, stop, name, is_street(key))
        return best

    def find(self, words: Sequence[Token]) -> list[Found]:
        """List the names in a text that are whole and certain."""
        found: list[Found] = []
        at = 0
        while at < len(words):
            name = self.at(words, at)
            after = found[-1].stop if found else 0
            if name and _begins(words, name, after) and _ends(words, name, self):
                found.append(name)
                at = name.stop
            else:
                at += 1
        if all(name.sure for name in found):
            return found
        return [name for name in found if name.sure or _is_place(words, name, found)]


def _written_apart(words: Sequence[Token]) -> bool:
    """Return whether words can be one that was written apart: *Hengelose straat*."""
    first = words[0]
    long = len(first.key) >= _FRONT or len(words) > 2
    apart = first.key in schouw.QUALIFIERS or is_known(first.key)
    return first.capital and long and not apart and all(one.before != AND for one in words[1:])


def _begins(words: Sequence[Token], name: Found, after: int) -> bool:
    """Return whether the words before a name leave it whole."""
    at = name.start
    before = words[at].before
    if at == after or before in APART:
        return True
    at -= 1
    if before == HYPHEN:
        return DIGITS.match(words[at].key) is not None
    while words[at].key in nl.ARTICLES:
        if at == after or words[at].before in APART:  # *De Reigerstraat* may be another street
            return False
        at -= 1
    word = words[at]
    if word.key == nl.OF:
        return at > after and words[at].before == SPACE and is_known(words[at - 1].key)
    if word.key in never_before() or word.key in nl.ORDINALS.values():
        return False
    if word.key.isdigit() or DIGITS.match(word.key):
        return True
    if len(word.key) == 1:  # the letter of a house, or a cross between streets; else an initial
        own = word.key == nl.CROSS and at == after
        return own or (at > 0 and words[at - 1].key[:1].isdigit())
    return is_known(word.key) or (name.sure and not word.capital and words[name.start].capital)


def _ends(words: Sequence[Token], name: Found, names: ExactNames) -> bool:
    """Return whether the words behind a name leave it whole: *Kerkweg-Smit* is a person."""
    if name.stop >= len(words):
        return True
    word = words[name.stop]
    if word.before == HYPHEN and word.key.isalpha() and word.capital:
        other = names.at(words, name.stop)
        return other is not None or is_known(word.key) or word.key in schouw.QUALIFIERS
    if name.sure or word.before != SPACE:
        return True
    years = _YEAR.match(word.key) is not None
    goes_on = word.key in schouw.STREET_ENDINGS or (word.key.isalpha() and not is_known(word.key))
    return not years and not goes_on


def _is_place(words: Sequence[Token], name: Found, found: Sequence[Found]) -> bool:
    """Return whether a name that may be a person's is used as one of a place."""
    at = name.start - 1
    if words[name.start].enclosed or (at >= 0 and words[at].key in nl.PEOPLE):
        return False
    while at >= 0 and words[at].key in nl.ARTICLES and words[at + 1].before == SPACE:
        at -= 1
    free = at < 0 or words[at + 1].before != SPACE
    beside = "" if free else words[at].key
    if beside == nl.OF:  # *ter hoogte van* a place, but *melding van* a person
        beside = words[at - 1].key if at and words[at - 1].key in nl.WHERE_WORDS else nl.OF
    corner = schouw.CORNER_WORDS | schouw.TOGETHER_WORDS
    told = free or beside in corner | nl.WHERE_WORDS or beside in schouw.PLACE_WORDS
    if _has_number(words, name.stop):
        return told or (beside in relations() and beside != nl.OF)
    streets = [one for one in found if one.sure]
    if streets:
        return any(_at_corner(words, *sorted((name, one), key=lambda each: each.start))
                   for one in streets)  # fmt: skip
    inside = {at for one in found for at in range(one.start, one.stop)}
    others = [token for at, token in enumerate(words) if at not in inside]
    several = len({one.name for one in found}) > 1
    if several and not any(token.key in schouw.CORNER_WORDS for token in others):
        return False
    return told and all(is_known(one.key) or DIGITS.match(one.key) for one in others)


def _has_number(words: Sequence[Token], at: int) -> bool:
    """Return whether a house number follows, with *nr.* or *t.o.* before it or without."""
    while at < len(words) and words[at].key in schouw.NUMBER_WORDS | relations():
        at += 1
    return is_number(words, at) and words[at].before not in {HYPHEN, AND}


def _at_corner(words: Sequence[Token], first: Found, second: Found) -> bool:
    between = {token.key for token in words[first.stop : second.start]} - nl.ARTICLES - {nl.OF}
    signs = words[second.start].before in {LINK, AND, HYPHEN}
    told = bool(between & (schouw.CORNER_WORDS | schouw.TOGETHER_WORDS))
    return (told or signs) and between <= schouw.CORNER_WORDS | schouw.TOGETHER_WORDS


_PARTICLES = re.compile(r"\bvan (?:de|der|den) ")


def _only(names: dict[str, set[str]]) -> dict[str, str]:
    return {key: next(iter(some)) for key, some in names.items() if len(some) == 1}
