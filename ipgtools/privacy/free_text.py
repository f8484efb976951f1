"""
Withhold what people wrote about a finding, where it may point at a person.

A text leaves whole or not at all: what a pattern takes out of it, the words around give back.
It leaves if it holds no digit (house numbers, phone numbers, plates), no address of mail or web,
no title of a person, and no capital but at the start of a sentence or in the name of a known
street or actor; and if what starts a sentence, or comes after a word for a person, is a word
that reports of a schouw use. A surname in small letters in the middle of a sentence is not found.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from ipgtools.nl import place_names
from ipgtools.nl import privacy as words
from ipgtools.nl import schouw as schouw_words
from ipgtools.nl.finding_categories import CATEGORIES
from ipgtools.nl.place_names import PEOPLE, PERSONS

if TYPE_CHECKING:
    import pandas as pd

    from ipgtools.geocoder.public_places import PublicPlaces

__all__ = ["COLUMNS", "is_clean", "without_persons"]

COLUMNS = ("description", "task", "description_before", "description_after")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_STARTS = re.compile(r"(?:^|[.;:!?(\[/‘“\"\n])\s*$")
_NO_TITLES = frozenset({"wethouder", "agent", "wijkagent", "drs"})
_CONTACT = re.compile(r"\d|@|\bwww\b|https?:", re.IGNORECASE)


def is_clean(text: str, streets: "PublicPlaces | None" = None, actors: Sequence[str] = ()) -> bool:
    """
    Tell whether a text holds nothing that may point at a person.

    Examples
    --------
    >>> [is_clean(one) for one in ("Haag groeit over de stoep", "Haag van Jansen",
    ...                            "Bel 06-12345678", "Jansen klaagt",
    ...                            "aanspreken bewoner jansen", "Afval bij nr. 12")]
    [True, False, False, False, False, False]
    """
    if _CONTACT.search(text):
        return False
    names = (*actors, *schouw_words.ACTORS, *schouw_words.ABBREVIATIONS.values())
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", text)
    found = list(_WORD.finditer(text))
    if streets is not None:
        found = _without_streets(text, found, streets)
    usual = _usual()
    before = ""
    for one in found:
        word = one.group()
        plain = word.casefold().rstrip(".")
        if plain in PERSONS - _NO_TITLES:
            return False
        first = bool(_STARTS.search(text[: one.start()]))
        if word != word.lower() and not (first and plain in usual):
            return False
        if before in PEOPLE and plain not in usual:
            return False
        before = plain
    return True


_SMALL = frozenset(
    {*place_names.ARTICLES, *schouw_words.PREPOSITIONS, "en", "of", "is", "niet", "er", "dat"}
)


@cache
def _usual() -> frozenset[str]:
    """Give words that are no names: those of reports of a schouw."""
    return (
        schouw_words.words() | schouw_words.right_words() | schouw_words.FINDING_WORDS
        | schouw_words.ACTION_WORDS | schouw_words.FUNCTION_WORDS | PEOPLE | _SMALL
        | {word.strip("!*.") for *_, marks in CATEGORIES for mark in marks for word in mark.split()}
    )  # fmt: skip


def _without_streets(
    text: str, found: list[re.Match[str]], streets: "PublicPlaces"
) -> list[re.Match[str]]:
    """Leave out the words that are the name of a street, of up to four words."""
    kept, at = [], 0
    while at < len(found):
        for n in (4, 3, 2, 1):
            part = found[at : at + n]
            if len(part) == n and streets.is_public(text[part[0].start() : part[-1].end()]):
                at += n
                break
        else:
            kept.append(found[at])
            at += 1
    return kept


def without_persons(
    table: "pd.DataFrame", streets: "PublicPlaces", actors: Sequence[str] = ()
) -> "tuple[pd.DataFrame, list[str]]":
    """Withhold descriptions and tasks that may point at a person."""
    shown, done = table.copy(), []
    for name in (one for one in COLUMNS if one in table):
        clean = [not isinstance(one, str) or is_clean(one, streets, actors) for one in table[name]]
        if not all(clean):
            shown[name] = table[name].where(clean)
            done = [words.WITHOUT_SOME_TEXT]
    return shown, done
