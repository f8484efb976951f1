"""Take a text apart into words, and tell which can be a street, a house number or neither."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ipgtools.geocoder.location_grammar import insert_spaces
from ipgtools.geocoder.string_similarity import abbreviate
from ipgtools.nl import place_names as nl
from ipgtools.nl import schouw

__all__ = [
    "AND", "APART", "DIGITS", "HARD", "HYPHEN", "LINK", "SPACE", "Token", "is_known", "is_number",
    "is_street", "never_before", "ordinary", "relations", "tokens",
]  # fmt: skip

SPACE, HYPHEN, AND, LINK, HARD = "space", "hyphen", "and", "link", "hard"
"""What stands between two words: nothing else, a hyphen, a sign for *and*, a slash or a dash, or
what parts them."""
APART = frozenset({AND, LINK, HARD})
_TOKEN = re.compile(r"['’‘`´]?[^\W_]+(?:['’‘`´.]+[^\W_]+)*\.?")
_SLASHED = re.compile(r"(?<!\w)([a-zA-Z])/([a-zA-Z])(?!\w)")
"""*t/o*, *t/m*, *v/d*: one word."""
_LACKS_SPACE = re.compile(
    r"(?<=[A-Z]\.)(?=[a-z]{2})|(?<=[a-z]\.)(?=\d)|(?<=[^\W\d_]{4})(?=\d{1,5}[a-z]{1,4}\b)"
)
_PARTING, _LINKING = frozenset(",;:()[]{}\n"), frozenset("/|-\u2010\u2011\u2013\u2014")
DIGITS = re.compile(r"^\d{1,5}(?:[a-z]{1,4}\d{0,3})?$")
_PHONE = 5
"""Digits behind a hyphen from which a number is no house."""
_ABBREVIATION = 5
"""Longer words with a dot behind them end a sentence."""


@dataclass(frozen=True)
class Token:
    """
    A word of a text.

    Parameters
    ----------
    key : str
        In the form in which words are compared.
    raw : str
        As written.
    before : {"space", "hyphen", "and", "link", "hard"}
        What stands before it; "hard" at the start.
    enclosed : bool
        Whether it stands in brackets.
    """

    key: str
    raw: str
    before: str
    enclosed: bool

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital or a digit."""
        return not self.raw.lstrip("'’‘`´")[:1].islower()


def tokens(text: str) -> list[Token]:
    """
    Take a text apart into words.

    Examples
    --------
    >>> [token.key for token in tokens("Burg. Jacobsstr./2de Pijpstraat 12-II")]
    ['burg', 'jacobsstraat', '2e', 'pijpstraat', '12', 'ii']
    """
    text = insert_spaces(_SLASHED.sub(r"\1\2", text))
    text = _LACKS_SPACE.sub(" ", text)
    found: list[Token] = []
    last, depth = 0, 0
    for match in _TOKEN.finditer(text):
        between = text[last : match.start()]
        depth += between.count("(") + between.count("[") - between.count(")") - between.count("]")
        key = _key(match[0])
        if key:
            before = _between(between, found[-1].raw if found else "")
            found.append(Token(key, match[0], before, depth > 0))
        last = match.end()
    return found


def is_street(key: str) -> bool:
    """
    Tell whether a name can hardly be that of a person.

    Examples
    --------
    >>> [is_street(key) for key in ("oostveenweg", "plein 1940 1945", "op de wal", "oude markt")]
    [True, True, True, True]
    >>> [is_street(key) for key in ("veldkamp", "de klomp", "plein", "fietspad")]
    [False, False, False, False]
    """
    words = key.split()
    if len(words) == 1:
        end = next((end for end in schouw.SURE_ENDINGS if key.endswith(end)), "")
        return bool(end) and len(key) > len(end) + 1 and key not in ordinary()
    if any(map(str.isdigit, key)) or words[0] in nl.NO_SURNAME | schouw.QUALIFIERS:
        return True
    return is_street(words[-1]) or not nl.PUBLIC_WORDS.isdisjoint(words)


def is_number(words: Sequence[Token], at: int) -> bool:
    """Tell whether a house number stands at a word."""
    if at >= len(words) or not DIGITS.match(words[at].key):
        return False
    after = words[at + 1] if at + 1 < len(words) else None
    return not (after and after.before == HYPHEN and len(after.key) >= _PHONE and
                after.key.isdigit())  # fmt: skip


def is_known(key: str) -> bool:
    """
    Tell whether a word is one of the language of reports, and so no part of a name.

    Examples
    --------
    >>> is_known("achterzijde"), is_known("zwerfvuil"), is_known("oude"), is_known("jansen")
    (True, True, False, False)
    """
    return key in ordinary() and key not in never_before()


@lru_cache(maxsize=50_000)
def _key(word: str) -> str:
    key = "".join(abbreviate(word).split())
    return nl.ORDINALS.get(key, key)


def _between(text: str, last: str) -> str:
    bare = text.strip()
    ended = last.endswith(".") and len(last) > _ABBREVIATION and "." not in last[:-1]
    ended = ended and not last[:-1].endswith(tuple(schouw.SHORT_ENDINGS))
    if not last or ended or set(text) & _PARTING:
        return HARD
    if not bare:
        return SPACE
    if set(bare) <= {"&", "+"}:
        return AND
    glued = text == bare and set(bare) <= {"-", "\u2010", "\u2011"}
    return HYPHEN if glued else LINK if set(bare) <= _LINKING else HARD


@cache
def relations() -> frozenset[str]:
    """Collect the words that tell where something is: *tegenover*, *naast*."""
    phrases = (phrase for some in schouw.RELATIONS.values() for phrase in some)
    return frozenset(word for phrase in phrases for word in phrase.split())


@cache
def ordinary() -> frozenset[str]:
    """Collect the words of the language of reports."""
    listed = schouw.words() | schouw.FUNCTION_WORDS | schouw.PREPOSITIONS | schouw.ACTION_WORDS
    listed |= schouw.FINDING_WORDS | schouw.PLACE_WORDS | schouw.ABOUT_WORDS | schouw.ADDITIONS
    listed |= schouw.NUMBER_WORDS | schouw.TOGETHER_WORDS | schouw.JOINING_WORDS
    listed |= {*schouw.STREET_ENDINGS} | nl.WHERE_WORDS | nl.ARTICLES
    return frozenset(listed) | relations()


@cache
def never_before() -> frozenset[str]:
    """Collect what makes another name of the street behind it, or a person of it."""
    titles = {*schouw.TITLES, *schouw.TITLES.values()}
    return frozenset(schouw.QUALIFIERS | titles | nl.PERSONS | nl.NAME_PARTICLES)
