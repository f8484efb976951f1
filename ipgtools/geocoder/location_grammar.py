"""
Parse Dutch descriptions of locations.

*Pluimstraat hoek Oostveenweg*, *Leijdsweg t.o. nr. 15*, *Oostveenweg - achterzijde*: a
street, then a number, a relation, another street or a place on it. Reading is apart from
finding the point, because the reader of schouw reports needs it to tell columns apart.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ipgtools.geocoder.street_mentions import HYPHEN, MatchName, Street, is_relation, street_at
from ipgtools.geocoder.string_similarity import distance, normalise_name
from ipgtools.nl import schouw as nl

__all__ = [
    "NUMBER", "Place", "continues_place", "insert_spaces", "read_place", "split_hyphens",
    "suffix_of",
]  # fmt: skip

_SLIP, _SLIPS = 0.34, 0.7
_MEETING = {"crossing", "together", "opposite", "level"}
"""What makes two streets a corner: *Pluimstraat t.h.v. Oostveenweg* is where they meet."""
_DASH = {"-", "—", "–", "~", HYPHEN}
NUMBER = re.compile(
    r"^(\d{1,5})(?:[-/]?([a-zA-Z]{1,2}\d{0,3}|bis|[iI]{3}|[vV][iI]{2,3})|[-/](\d{1,4}))?[.,;:!?)]*$"
)
_SLASH = re.compile(r"(?<!\bv)/(?![om]\b)|(?<=\bv)/(?!d\b)", re.IGNORECASE)
_JOINED = re.compile(
    r"(?<=[^\W\d_]{4})(?=\d{1,5}\b)|(?<=\bnr)\.?(?=\d)|(?<=,)(?=[^\W\d_])"
    r"|(?-i:(?<=[a-z]\.)(?=[A-Z][a-z]))",
    re.IGNORECASE,
)
"""Where *Pluimstraat12*, *nr.12*, *Pluimstraat,Oostveenweg*, *Burg.Jacobsstraat* lack a space."""
_HYPHENED = re.compile(
    r"(?<=[^\W\d_]{2})\.?[-–—](?=[^\W\d_]{2}|[A-Z]\.)|(?<=\d)[-–—](?=[A-Z][a-z]{2})"
)
_LINK = re.compile(r"(?<!\S)\S+://\S+|\bwww\.\S+|(?<!\S)\S+@\S+")
_ORDINAL = re.compile(r"^\d{1,2}(?:e|de|ste)$")
_LETTER = re.compile(r"^([a-zA-Z])[.,;:]?$")


@dataclass(frozen=True)
class Place:
    """
    A parsed location.

    Parameters
    ----------
    kind : str
        address, crossing, between, opposite, level, rear, place, street, or empty.
    streets : tuple of Street
        The first is the one the place is on; of *tussen A en B op C* that is C.
    number : int or None
        House number.
    named : tuple of str
        Words for a place on the street.
    unexplained : int
        Words that fit nowhere.
    pending : str
        What the last words wait for: "corner", "dash", "number", or empty.
    suffix : str
        Letter or addition of the house number. Of a run of numbers (*12-16*) the first is
        the number, and there is none.
    """

    kind: str
    streets: tuple[Street, ...]
    number: int | None
    named: tuple[str, ...]
    unexplained: int
    pending: str
    suffix: str = ""


def read_place(words: Sequence[str], match: MatchName, *, cutoff: float = 0.8) -> Place:
    """
    Read a place from words.

    Parameters
    ----------
    words : sequence of str
        The words, punctuation attached.
    match : callable
        Gives the street name most like a phrase.
    cutoff : float, default 0.8
        Less alike than this is not the street, 0 to 1.

    Returns
    -------
    Place
        What was understood; `kind` is empty if no street was.

    Examples
    --------
    >>> from ipgtools.geocoder.string_similarity import Names
    >>> names = Names.of(["Pluimstraat", "Oostveenweg"])
    >>> place = read_place("Pluimstraat hoek Dostveemweg".split(), names.best)
    >>> place.kind, [street.name for street in place.streets]
    ('crossing', ['Pluimstraat', 'Oostveenweg'])
    >>> place = read_place("Oostveenweg t.o. nr. 15".split(), names.best)
    >>> place.kind, place.number
    ('opposite', 15)
    """
    streets: list[Street] = []
    named: list[str] = []
    marks: set[str] = set()
    number, unexplained, pending, suffix = None, 0, "", ""
    between_first = False
    at = 0
    while at < len(words):
        word = words[at]
        key = normalise_name(word)
        relation, length = _relation(words, at)
        if relation and _begins_name(words, at, match):
            relation = ""
        digits = NUMBER.match(word)
        if word in _DASH:
            pending = pending or "dash"
            at += 1
        elif relation:
            marks.add(relation)
            between_first |= relation == "between" and not streets
            if relation != "rear":
                pending = "corner" if relation == "crossing" else "number"
            elif pending == "dash":
                pending = ""
            at += length
        elif _is_number_word(words, at):
            pending = "number"
            at += 1
        elif _is_ordinal(words, at):
            unexplained += 1
            at += 1
        elif digits and number is None and (streets or pending == "number"):
            number, pending = int(digits[1]), ""
            if len(streets) > 1 and "together" in marks:
                marks.add("crossing")
            elif len(streets) > 1 and marks & {"opposite", "level"}:
                streets = [streets[-1], *streets[:-1]]
            at += 1
            suffix = suffix_of(digits)
            if not suffix and at < len(words) and _is_addition(words[at]):
                suffix = normalise_name(words[at])
                at += 1
        elif street := street_at(words, at, match, cutoff, after=_end(streets)):
            if streets and (pending == "dash" or _end(streets) == at):
                marks.add("together")
            streets.append(street)
            pending = ""
            at = street.stop
        elif digits and number is not None:
            at += 1
        elif key in nl.JOINING_WORDS | nl.ABOUT_WORDS or not key:
            if key in nl.TOGETHER_WORDS and streets:
                marks.add("together")
            at += 1
        elif _names_a_place(word, key, pending) and (pending != "corner" or not streets):
            named.append(word)
            pending = ""
            at += 1
        else:
            unexplained += 1
            at += 1
    if between_first and len(streets) > 2:
        streets = [streets[2], *streets[:2], *streets[3:]]
    kind = _kind(streets, marks, number, named)
    return Place(kind, tuple(streets), number, tuple(named), unexplained, pending, suffix)


def continues_place(word: str) -> bool:
    """
    Return whether a word can't begin a sentence because it goes on about a place.

    Examples
    --------
    >>> [continues_place(word) for word in ("hoek", "-", "nr.", "Het")]
    [True, True, True, False]
    """
    key = normalise_name(word)
    if word in _DASH or key in nl.NUMBER_WORDS:
        return True
    return word[:1].islower() and bool(_relation([word], 0)[0])


def insert_spaces(text: str) -> str:
    """
    Put the spaces into a text that its writer left out; take addresses of mail and web out.

    Examples
    --------
    >>> insert_spaces("Pluimstraat/Oostveenweg12,nr.3 t/o 5")
    'Pluimstraat / Oostveenweg 12, nr 3 t/o 5'
    """
    text = _LINK.sub(" ", text)
    return _JOINED.sub(" ", _SLASH.sub(" / ", text))


def split_hyphens(words: Sequence[str]) -> list[str]:
    """
    Take words with a hyphen apart: *Pluimstraat-Oostveenweg* may be two streets.

    Examples
    --------
    >>> len(split_hyphens(["Pluimstraat-Oostveenweg", "12-16"]))
    4
    """
    return [part for word in words for part in _HYPHENED.sub(f" {HYPHEN} ", word).split()]


def suffix_of(digits: "re.Match[str]") -> str:
    """
    Give letter or addition of a number; a higher number is the end of a run, not part of it.

    Examples
    --------
    >>> [suffix_of(NUMBER.match(text)) for text in ("12a", "12-2", "12-16")]
    ['a', '-2', '']
    """
    addition = digits[3] or ""
    if addition and int(addition) > int(digits[1]):
        addition = ""
    return digits[2] or (f"-{addition}" if addition else "")


def _begins_name(words: Sequence[str], at: int, match: MatchName) -> bool:
    """Return whether a relation is the first word of a street, as in *Achter 't Hofje*."""
    street = street_at(words, at, match, 1.0)
    return street is not None and street.stop > at + 1


def _end(streets: Sequence[Street]) -> int:
    return streets[-1].stop if streets else 0


def _relation(words: Sequence[str], at: int) -> tuple[str, int]:
    for relation, phrases in nl.RELATIONS.items():
        for phrase in phrases:
            length = phrase.count(" ") + 1
            if normalise_name(" ".join(words[at : at + length])) == phrase:
                return relation, length
    return _misread_relation(words[at]), 1


@lru_cache(maxsize=20_000)
def _misread_relation(word: str) -> str:
    key = normalise_name(word)
    if not word[:1].islower() or key in nl.JOINING_WORDS | nl.NUMBER_WORDS | nl.PLACE_WORDS:
        return ""
    dotted = "." in word[:-1] and len(key) < 4
    for relation, phrases in nl.RELATIONS.items():
        for phrase in phrases:
            slips = _SLIPS if len(phrase) > 4 else _SLIP
            long = len(phrase) >= 4 and " " not in phrase and key != phrase
            alike = abs(len(phrase) - len(key)) < 2 and (
                long or (dotted and len(phrase) == len(key))
            )
            if alike and distance(key, phrase) <= slips:
                return relation
    return ""


def _is_number_word(words: Sequence[str], at: int) -> bool:
    key = normalise_name(words[at])
    if key in nl.NUMBER_WORDS:
        return True
    counts = at + 1 < len(words) and NUMBER.match(words[at + 1]) is not None
    return counts and words[at].endswith(".") and distance(key, "nr") <= _SLIP


def _is_addition(word: str) -> bool:
    return _LETTER.match(word) is not None or normalise_name(word) in nl.ADDITIONS


def _is_ordinal(words: Sequence[str], at: int) -> bool:
    """Return whether *1e* begins *1e huis links*; at the end it is a house."""
    after = words[at + 1] if at + 1 < len(words) else ""
    goes_on = after.isalpha() and after.islower() and len(after) > 3
    return goes_on and bool(_ORDINAL.match(words[at])) and not is_relation(normalise_name(after))


def _names_a_place(word: str, key: str, pending: str) -> bool:
    return key in nl.PLACE_WORDS or (pending == "dash" and word[:1].islower() and len(key) > 3)


def _kind(streets: list[Street], marks: set[str], number: int | None, named: list[str]) -> str:
    if not streets:
        return ""
    if "between" in marks and (len(streets) >= 3 or number is None):
        return "between"
    if len(streets) >= 2 and number is None and marks & _MEETING:
        return "crossing"
    if named and number is None and marks <= {"level", "together"}:
        return "place"
    for relation in ("opposite", "level", "rear"):
        if relation in marks:
            return relation
    if "crossing" in marks:
        return "crossing"
    if number is not None:
        return "address"
    return "place" if named else "street"
