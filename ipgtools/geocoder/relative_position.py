"""
Parse the position along a street: house number, *t.o.*, *achterzijde*.

Only house numbers and words of closed lists come out, and only right beside the name of the
street. Whatever else a text says, names of persons among it, does not.
"""

import re
from collections.abc import Sequence
from functools import cache

from ipgtools.geocoder.exact_names import Found
from ipgtools.geocoder.tokens import AND, HARD, HYPHEN, LINK, SPACE, Token, is_number, tokens
from ipgtools.nl import schouw

__all__ = ["parse_position"]

_GLUED = re.compile(r"^(\d{1,5})([a-z]{0,4}\d{0,3})$")
_LETTERS = 2
"""Letters of an addition that is in no list: *12ab*, not *12jan*."""
_RUNS = {"tm": " t/m ", "en": " en ", HYPHEN: "-", LINK: "/", AND: " en "}
"""What stands between two house numbers, and how it is written."""


def parse_position(words: Sequence[Token], street: Found) -> tuple[str, str]:
    """
    Parse the position words before and after a street name.

    Examples
    --------
    >>> street = Found(0, 1, "Oostveenweg", sure=True)
    >>> parse_position(tokens("Oostveenweg t/o nr 12-II (mw. Jansen)"), street)
    ('', 't.o. nr. 12-II')
    >>> parse_position(tokens("Oostveenweg 12 t/m 18 - achterzijde"), street)
    ('', '12 t/m 18 - achterzijde')
    """
    before = next(
        (phrase for phrase in _relations() if _stands(words, street.start - len(phrase), phrase)),
        (),
    )
    at = street.stop
    to = at + len(next((one for one in _relations() if _stands(words, at, one)), ()))
    while to < len(words) and words[to].key in schouw.NUMBER_WORDS:
        to += 1
    number, after = _numbers(words, to)
    behind = ""
    if number:
        behind = " ".join([*(_spelled(one.key) for one in words[at:to]), number])
        at = after
    if at < len(words) and _is_part(words[at]):
        behind = f"{behind} - {words[at].key}".lstrip()
    return " ".join(map(_spelled, before)), behind


def _numbers(words: Sequence[Token], at: int) -> tuple[str, int]:
    """Spell a house number, or the two of a run, and give the word behind."""
    first, at = _number(words, at)
    if not first or at >= len(words):
        return first, at
    word = words[at]
    by = word.key if word.key in _RUNS and word.before == SPACE else word.before
    second, after = _number(words, at + (by == word.key)) if by in _RUNS else ("", at)
    if not second:
        return first, at
    if after < len(words) and words[after].before in {HYPHEN, LINK} and words[after].key.isdigit():
        return "", at  # a day, or the number of a telephone
    return f"{first}{_RUNS[by]}{second}", after


def _number(words: Sequence[Token], at: int) -> tuple[str, int]:
    """Spell one house number with its addition, and give the word behind."""
    if not is_number(words, at) or (found := _GLUED.match(words[at].key)) is None:
        return "", at
    letters = found[2].rstrip("0123456789")
    if letters and len(letters) > _LETTERS and letters not in schouw.ADDITIONS:
        return "", at
    text, at = words[at].raw.strip("."), at + 1
    if not letters and at < len(words) and _is_addition(words, at):
        return f"{text}{'-' if words[at].before == HYPHEN else ' '}{words[at].raw}", at + 1
    return text, at


def _is_addition(words: Sequence[Token], at: int) -> bool:
    """Return whether a word belongs to the house number before it; an initial does not."""
    word = words[at]
    if word.before not in {SPACE, HYPHEN} or word.raw.endswith("."):
        return False
    if word.key in schouw.ADDITIONS:
        return True
    ends = at + 1 == len(words) or words[at + 1].before == HARD or not words[at + 1].capital
    return len(word.key) == 1 and word.key.isalpha() and ends


def _is_part(word: Token) -> bool:
    """Return whether a word names a part of a street: *achterzijde*."""
    at_street = schouw.PLACE_WORDS | set(schouw.RELATIONS["rear"])
    return word.key in at_street and not word.enclosed and not word.capital


def _stands(words: Sequence[Token], at: int, phrase: tuple[str, ...]) -> bool:
    """Return whether a phrase starts at a word."""
    return at >= 0 and tuple(one.key for one in words[at : at + len(phrase)]) == phrase


def _spelled(key: str) -> str:
    return schouw.SPELLED.get(key, key)


@cache
def _relations() -> tuple[tuple[str, ...], ...]:
    """List the words for a side of a street or number, the longest first."""
    phrases = [one for kind in ("opposite", "level", "rear") for one in schouw.RELATIONS[kind]]
    keys = {tuple(word.key for word in tokens(phrase)) for phrase in phrases}
    return tuple(sorted(keys, key=lambda one: (-len(one), one)))
