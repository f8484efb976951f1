"""
Correct misread words where that is safe, and note each correction.

A word becomes another only if that word is in the list, much like it, and alone in that.
Differences that are mere inflection (*hinderlijk*, *hinderlijke*) are never touched. Short
words are left alone unless a full word list tells that they are none.
"""

import itertools
import math
import re
from collections.abc import Collection
from dataclasses import dataclass

from ipgtools.geocoder.location_grammar import MatchName, continues_place, read_place
from ipgtools.geocoder.string_similarity import Match, Names, normalise_name
from ipgtools.nl import schouw as nl
from ipgtools.schouw.ocr import wordlist

__all__ = [
    "SURE", "Repair", "Vocabulary", "breaks_off", "correct", "correct_location",
    "join_broken_words",
]  # fmt: skip

SURE = 0.9
"""Repairs with a lower score are for a human to look at."""
_UNSURE = 0.85
_ALIKE, _ALIKE_SHORT, _LEAD = 0.8, 0.88, 0.05
_SHORT = 6
_WORD = re.compile(r"[^\W\d_](?:[\w'’]*[^\W_])?")
_ENDINGS = {
    "", "e", "en", "n", "s", "t", "d", "r", "er", "es", "te", "de", "ten", "den", "ing", "ingen",
    "st", "ers", "je", "jes", "tje", "tjes", "end", "ende", "heid", "ig", "ige", "nde", "nd",
}  # fmt: skip
_LETTERS = {"1": "li", "0": "o", "5": "s", "8": "b", "6": "b", "9": "g"}
_MOST_CHOICES = 64
_FRONT = 2
"""Letters before a word that make another one of it."""
_RELATED = {word for words_ in nl.RELATIONS.values() for word in words_}
_BRACKETS = str.maketrans("[{]}", "(())")


@dataclass(frozen=True)
class Repair:
    """What was read, what it became, and how sure that is, 0 to 1."""

    raw: str
    corrected: str
    score: float


@dataclass(frozen=True)
class Vocabulary:
    """Target words of corrections, correct words, and whether the list is complete."""

    names: Names
    complete: bool = False
    right: frozenset[str] = frozenset()

    @classmethod
    def of(cls, words: Collection[str] | None = None) -> "Vocabulary":
        """Make it from the words of the public space and, if given, a full word list."""
        listed = {*nl.words(), *nl.FUNCTION_WORDS, *nl.ACTION_WORDS, *nl.FINDING_WORDS}
        listed |= nl.PLACE_WORDS
        right = nl.right_words()
        complete = words is not None
        if isinstance(words, str):
            known, complete = wordlist.system(words)
            right |= known
        elif words is not None:
            listed |= set(words)
        return cls(Names.of(word.lower() for word in listed), complete, right)


def correct(text: str, vocabulary: Vocabulary) -> tuple[str, list[Repair]]:
    """
    Correct the words of a text.

    Examples
    --------
    >>> correct("Bouwwerkzaamheden gestaskt [kemteken bekend)", Vocabulary.of())[0]
    'Bouwwerkzaamheden gestaakt (kenteken bekend)'
    """
    repairs: list[Repair] = []

    def mended(found: re.Match[str]) -> str:
        raw = found[0]
        if word := _without_digits(raw, vocabulary):
            word = word.capitalize() if raw[:1].isupper() else word
            repairs.append(Repair(raw, word, SURE))
            return word
        if raw in nl.MISREAD:
            repairs.append(Repair(raw, nl.MISREAD[raw], _UNSURE))
            return nl.MISREAD[raw]
        match = _better(raw, vocabulary)
        if match is None:
            return raw
        small = raw[:1] == "I" and match.name[:1] == "l"
        word = match.name.capitalize() if raw[:1].isupper() and not small else match.name
        repairs.append(Repair(raw, word, round(match.score, 3)))
        return word

    fixed = _WORD.sub(mended, text)
    fixed = " ".join(_abbreviations(word, repairs) for word in fixed.split())
    return _stray_dots(_brackets(fixed)), repairs


def join_broken_words(text: str, whole: Collection[str]) -> tuple[str, list[Repair]]:
    """
    Join the ends of a word whose middle is lost, if the report has that word elsewhere.

    Examples
    --------
    >>> join_broken_words("doorgeven aan proj ider", ["projectleider"])[0]
    'doorgeven aan projectleider'
    """
    repairs = []
    parts = text.split()
    at = 0
    while at < len(parts) - 1:
        start, end = parts[at].lower(), parts[at + 1].lower()
        fits = [
            word
            for word in whole
            if min(len(start), len(end)) >= 3
            and word.startswith(start)
            and word.endswith(end)
            and len(start) + len(end) < len(word) <= 2 * (len(start) + len(end))
        ]
        if len(fits) == 1 and start not in whole and end not in whole:
            share = round((len(start) + len(end)) / len(fits[0]), 3)
            repairs.append(Repair(f"{parts[at]} {parts[at + 1]}", fits[0], share))
            parts[at : at + 2] = fits
        at += 1
    return " ".join(parts), repairs


def correct_location(
    text: str, match_name: MatchName, vocabulary: Vocabulary, *, cutoff: float = 0.8
) -> tuple[str, list[Repair], bool]:
    """Correct the words of a location: street names by the list, others by own words."""
    parts = text.replace("—", "-").replace("–", "-").split()
    place = read_place(parts, match_name, cutoff=cutoff)
    repairs: list[Repair] = []
    out: list[str] = []
    at = 0
    streets = {street.start: street for street in place.streets}
    while at < len(parts):
        street = streets.get(at)
        if street:
            raw = " ".join(parts[at : street.stop])
            if normalise_name(raw) != normalise_name(street.name):
                repairs.append(Repair(raw, street.name, round(street.score, 3)))
            out.append(street.name)
            at = street.stop
            continue
        key = normalise_name(parts[at])
        if key in nl.SPELLED:
            out.append(nl.SPELLED[key])
        elif (whole := key.replace("y", "ij")) != key and whole in _RELATED:
            out.append(whole)
            repairs.append(Repair(parts[at], whole, SURE))
        elif continues_place(parts[at]) or any(letter.isdigit() for letter in parts[at]):
            out.append(parts[at])
        else:
            fixed, found = correct(parts[at], vocabulary)
            out.append(fixed)
            repairs += found
        at += 1
    lost = bool(place.streets) and place.pending in {"corner", "number", "dash"}
    return " ".join(out).rstrip(",;"), repairs, lost


def breaks_off(text: str) -> bool:
    """
    Return whether a text ends in a word that cannot end a sentence.

    Examples
    --------
    >>> breaks_off("ontsierend beeld vanaf"), breaks_off("groeit over de stoep")
    (True, False)
    """
    parts = text.split()
    return (
        bool(parts)
        and normalise_name(parts[-1]) in nl.ENDS_OPEN
        and not parts[-1].endswith((".", ")"))
    )


def _better(raw: str, vocabulary: Vocabulary) -> Match | None:
    key = normalise_name(raw)
    names = vocabulary.names
    known = key in names.spelled or key in vocabulary.right
    if known or (len(key) < _SHORT and not vocabulary.complete) or len(key) < 3:
        return None
    match = names.best(key)
    if match is None or match.score < _ALIKE or match.score - match.runner_up < _LEAD:
        return None
    if _longer(key, normalise_name(match.name)):
        return None
    if _inflected(key, normalise_name(match.name)) or (
        len(key) < _SHORT and match.score < _ALIKE_SHORT
    ):
        return None
    return match


def _without_digits(raw: str, vocabulary: Vocabulary) -> str:
    """Read the digits inside a word as the letters they look like, if one such word is right."""
    if not any(letter.isdigit() for letter in raw) or sum(map(str.isalpha, raw)) < _SHORT - 2:
        return ""
    choices = [_LETTERS.get(letter, letter) for letter in raw.lower()]
    if math.prod(map(len, choices)) > _MOST_CHOICES:
        return ""
    words = {"".join(one) for one in itertools.product(*choices)}
    right = [
        word
        for word in words
        for key in [normalise_name(word)]
        if key in vocabulary.right or key in vocabulary.names.spelled
    ]
    return right[0] if len(right) == 1 else ""


def _inflected(a: str, b: str) -> bool:
    same = 0
    while same < min(len(a), len(b)) and a[same] == b[same]:
        same += 1
    return a[same:] in _ENDINGS and b[same:] in _ENDINGS


def _longer(a: str, b: str) -> bool:
    """Return whether one word is another with a prefix: *duidelijk*, *onduidelijk*."""
    long, short = sorted((a, b), key=len, reverse=True)
    return long.endswith(short) and len(long) - len(short) >= _FRONT


def _abbreviations(word: str, repairs: list[Repair]) -> str:
    letters = re.sub(r"[\W_]", "", word).casefold()
    spelled = nl.ABBREVIATIONS.get(letters)
    if spelled is None or spelled in word:
        return word
    opened = "(" if word[0] in "([{" else ""
    closed = ")" if word[-1] in ")]}" else ""
    fixed = f"{opened}{spelled}{closed}"
    repairs.append(Repair(word, fixed, SURE))
    return fixed


def _stray_dots(text: str) -> str:
    small = "|".join(sorted(nl.FUNCTION_WORDS, key=len, reverse=True))
    return re.sub(rf"\b({small})\. (?=[a-z])", r"\1 ", text)


def _brackets(text: str) -> str:
    if re.search(r"\([^()]*[\]}]|[\[{][^\[\]{}]*\)", text):
        return text.translate(_BRACKETS)
    return text
