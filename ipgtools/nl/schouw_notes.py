"""Choose the messages on what was read of a schouw: enumerations of which a few are shown."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ipgtools.nl.messages import Message, message

__all__ = [
    "dates_unreadable", "form", "leaves", "numbers_missing", "numbers_repaired", "photos_placed",
    "repaired", "sheets_used", "terms", "unlocated", "years_assumed",
]  # fmt: skip

_PDOK = "api.pdok.nl"


def _first(shown: Sequence[Any], most: int) -> list[Any]:
    """Keep the first ones of an enumeration, and how many more there are."""
    return [*shown[:most], *([message("more", n=len(shown) - most)] if len(shown) > most else [])]


def form(kind: str, n_findings: int, n_actions: int) -> Message:
    """State what kind of report was read and what it gave."""
    named = message(f"form_{kind}")
    return message("schouw_form", form=named, n_findings=n_findings, n_actions=n_actions)


def numbers_repaired(pairs: Iterable[tuple[str, int]]) -> Message:
    """State which numbers were corrected by their sequence."""
    shown = [message("number_corrected", raw=raw, found=str(found)) for raw, found in pairs]
    return message("numbers_repaired", pairs=shown)


def numbers_missing(numbers: Sequence[int]) -> Message:
    """State which numbers of the run are not there: their rows may not have been recognised."""
    return message("numbers_missing", numbers=_first([*map(str, numbers)], 20))


def repaired(n: int, doubtful: Sequence[tuple[object, str, str, float]]) -> Message:
    """
    State how many words were corrected, and list the first twenty to check.

    Examples
    --------
    >>> print(repaired(3, [(46, "bowwtermein", "bouwterrein", 0.879)]))
    3 woorden van de herkende tekst hersteld, waarvan 1 onzeker (controleer deze): nummer 46 \
'bowwtermein' → 'bouwterrein' (88%)
    """
    if not doubtful:
        return message("words_repaired", n=n)
    shown = [
        message("word_corrected", number=str(at), raw=raw, corrected=corrected, score=score)
        for at, raw, corrected, score in doubtful
    ]
    return message(
        "words_repaired_doubtful", n=n, n_doubtful=len(doubtful), shown=_first(shown, 20)
    )


def unlocated(missing: Sequence[tuple[object, object]]) -> Message:
    """
    List the findings without a point: number and reason, the first twelve.

    Examples
    --------
    >>> print(unlocated([(4, "geen plaats genoemd")]))
    1 bevinding heeft geen punt op de kaart: nummer 4 (geen plaats genoemd)
    """
    shown = [
        message("number_and_reason", number=str(at), reason=why)
        if isinstance(why, str)
        else message("number_of_finding", number=str(at))
        for at, why in missing
    ]
    return message("unlocated", n=len(missing), shown=_first(shown, 12))


def dates_unreadable(found: Sequence[str]) -> Message:
    """State which dates couldn't be read."""
    shown = [message("quoted", text=text) for text in dict.fromkeys(found[:10])]
    return message("dates_unreadable", n=len(found), shown=shown)


def sheets_used(used: Sequence[str], others: Sequence[str]) -> Message:
    """State which sheets of a workbook were read, and which weren't."""
    if others:
        return message("sheets_used_others", n=len(used), used=used, others=others)
    return message("sheets_used", n=len(used), used=used)


def terms(found: Mapping[str, int]) -> Message:
    """
    State which terms name no day.

    Examples
    --------
    >>> print(terms({"z.s.m.": 2, "direct": 1}))
    Termijnen zonder dag (datum leeg gelaten): 'z.s.m.' (2 keer) en 'direct'
    """
    shown = [
        message("term_often", text=text, n=n) if n > 1 else message("quoted", text=text)
        for text, n in found.items()
    ]
    return message("terms", shown=shown)


def years_assumed(pairs: Iterable[tuple[str, str]]) -> Message:
    """
    State which days without a year were taken for the first ones after the schouw.

    Examples
    --------
    >>> print(years_assumed([("1 mei a.s.", "1 mei 2025")]))
    Dagen zonder jaar gelezen als de eerste na de schouw: '1 mei a.s.' is 1 mei 2025
    """
    shown = [message("year_assumed", text=text, day=day) for text, day in pairs]
    return message("years_assumed", shown=shown)


def leaves(host: str) -> Message:
    """
    Explain what leaves the computer, and to whom.

    Examples
    --------
    >>> str(leaves("api.pdok.nl")).startswith("Let op: er gaan adressen over het internet")
    True
    """
    return message("service_leaves", host=message("host_pdok") if host == _PDOK else host)


def photos_placed(n: int, gps: int, words: int) -> Message:
    """State where the places of the photos come from."""
    return message("photos_placed", n=n, gps=gps, words=words, without=n - gps - words)
