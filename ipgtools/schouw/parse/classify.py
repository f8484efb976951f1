"""Give findings a category and actions a status, by rules that can be read."""

import re
from collections.abc import Iterator
from functools import cache

from ipgtools.geocoder.string_similarity import normalise_name
from ipgtools.nl import action_lists, finding_categories
from ipgtools.schouw.parse.due_dates import days_in

__all__ = ["CATEGORIES", "UNSURE", "category", "is_location_only", "is_open", "status"]

CATEGORIES = {code: (label, signalen) for code, label, signalen, _ in finding_categories.CATEGORIES}
"""Code to Dutch label and main category of Signalen."""
UNSURE = finding_categories.OTHER
"""The category of what the rules can't tell."""


def category(description: str, task: str = "") -> str:
    """
    Return the category of a finding.

    The words of `ipgtools.nl.finding_categories` decide, by the rules that stand there: the
    category with most points wins, of equal ones the one that is named first (*onkruid tussen de
    tegels*), then the first in the list. Words that only say where (*op de stoep*) count if there
    are no others. Only if the description says nothing the task is asked.

    Parameters
    ----------
    description : str
        What was found.
    task : str, optional
        What is to be done.

    Returns
    -------
    str
        Code from `CATEGORIES`; "overig" when unsure.

    Examples
    --------
    >>> category("Heg groeit over de stoep"), category("Sloopauto op de straat")
    ('groen', 'voertuig')
    >>> category("Ziet er niet uit", "maaien"), category("Ziet er niet uit")
    ('groen', 'overig')
    """
    for text in (description, task):
        key = normalise_name(text)
        points = {code: _points(key, rules) for code, rules in _rules()}
        _without_fronts(points)
        for there in (True, False):
            sums = {
                code: (-sum(weight for weight, _ in weights.values()), min(weights, default=0))
                for code, (things, places) in points.items()
                for weights in [things if there else places]
            }
            best = min(sums, key=lambda code: sums[code])
            if sums[best][0] < 0:
                return best
    return finding_categories.OTHER


def status(text: str | None, *, assigned: bool) -> tuple[str, bool]:
    """
    Give an action its status in the words of the list.

    Parameters
    ----------
    text : str or None
        As the source has it. A day or a remark behind the word is left out.
    assigned : bool
        Whether somebody is named to act: without a status the action is then "toegewezen",
        otherwise "geconstateerd".

    Returns
    -------
    status : str
        From the list, or the source's own word in lower case.
    in_list : bool
        Whether it is in the list.

    Examples
    --------
    >>> status("Gereed", assigned=True), status(None, assigned=True), status("ooit", assigned=True)
    (('afgehandeld', True), ('toegewezen', True), ('ooit', False))
    >>> status("Afgehandeld op 3 april, zie foto", assigned=True)
    ('afgehandeld', True)
    """
    key = " ".join((text or "").casefold().split())
    if not key:
        return (action_lists.ASSIGNED if assigned else action_lists.FOUND), True
    for said in _stated(key):
        for name, others in action_lists.STATUSES.items():
            if said == name or said in others:
                return name, True
    return key, False


_APART = re.compile(r"[,;:(]|\s[-\N{EN DASH}\N{EM DASH}]\s|\.\s|\s(?:bij|door|via|aan|week)\s")
_BEFORE_DAY = re.compile(r"\b(?:op|dd|per|voor|uiterlijk|sinds|vanaf|in|d\.\s?d)$")
_LONGEST_END = len("uiterlijk")


def _stated(key: str) -> Iterator[str]:
    """Return the words of a status: whole, before a date, and before a remark."""
    import pandas as pd

    days = days_in(key, pd.Timestamp("2000-01-01"))
    for text in (key, key[: days[0].start] if days else key, _APART.split(key)[0]):
        yield text
        yield _without_end(text).strip(" .!()")


def _without_end(text: str) -> str:
    """Strip what precedes a date: *op*, *d.d.*, punctuation."""
    while True:
        text = text.rstrip(" .,:;(-")
        found = _BEFORE_DAY.search(text, max(0, len(text) - _LONGEST_END))
        if found is None:
            return text
        text = text[: found.start()]


def is_open(found: str | None) -> bool:
    """
    Return whether an action still has to be done.

    Parameters
    ----------
    found : str or None
        Status of an action. Unknown and missing ones count as open.

    Returns
    -------
    bool
        False for "afgehandeld", "niet nodig" and "doorgezet".

    Examples
    --------
    >>> is_open("toegewezen"), is_open("afgehandeld"), is_open(None)
    (True, False, True)
    """
    return not isinstance(found, str) or status(found, assigned=True)[0] not in action_lists.CLOSED


_Rule = tuple[re.Pattern[str], int]
_Weights = dict[int, tuple[int, int]]
_ENDING = re.compile(r"(?:[a-z]?(?:e|en|s|n|je|jes))?(?!\w)")
_TAIL = 200
"""Letters before a word among which is looked for what says where."""
_WHERE = re.compile(
    rf"(?:^|\s)(?:{'|'.join(finding_categories.WHERE)})(?:\s(?:{'|'.join(finding_categories.OF)}))?(?:\s\w+e)?\s$"
)


def is_location_only(before: str) -> bool:
    """
    Return whether the words that follow are only a location.

    Examples
    --------
    >>> is_location_only("losse tegel op de "), is_location_only("losse ")
    (True, False)
    """
    return _WHERE.search(before, max(0, len(before) - _TAIL)) is not None


def _points(key: str, rules: tuple[_Rule, ...]) -> "tuple[_Weights, _Weights]":
    """
    Give points by the start of the word that earns them: as a thing, and as a place.

    With each weight stands how much of its word the rule met: 0 for its front, 1 for its end,
    2 for a phrase that starts with it. Of a Dutch compound the end says what it is
    (*snoeiafval* is waste, an *antiparkeerpaal* a post), and a phrase says more than a word
    (*plassen tegen de gevel*).
    """
    things: _Weights = {}
    places: _Weights = {}
    for pattern, weight in rules:
        for found in pattern.finditer(key):
            start = key.rfind(" ", 0, found.start() + 1) + 1
            points = places if is_location_only(key[:start]) else things
            ends = (_ENDING.match(key, found.end()) is not None) + (" " in found[0])
            points[start] = max(points.get(start, (0, 0)), (weight, ends))
    return things, places


def _without_fronts(points: "dict[str, tuple[_Weights, _Weights]]") -> None:
    """Drop points of a rule where a longer match gives another category as many."""
    for each in (0, 1):
        most: dict[int, tuple[int, int]] = {}
        for weights in (pair[each] for pair in points.values()):
            for start, (weight, met) in weights.items():
                most[start] = max(most.get(start, (0, 0)), (met, weight))
        for weights in (pair[each] for pair in points.values()):
            for start, (weight, met) in list(weights.items()):
                if met < most[start][0] and weight <= most[start][1]:
                    del weights[start]


@cache
def _rules() -> tuple[tuple[str, tuple[_Rule, ...]], ...]:
    return tuple(
        (code, tuple(map(_rule, words))) for code, _, _, words in finding_categories.CATEGORIES
    )


def _rule(word: str) -> _Rule:
    """
    Make a pattern and a weight of a word of the list.

    Examples
    --------
    >>> pattern, weight = _rule("!*tegel")
    >>> bool(pattern.search("stoeptegels")), weight
    (True, 2)
    """
    bare = word.lstrip("!")
    inside, whole = bare.startswith("*"), bare.endswith(".")
    pattern = re.escape(bare.removeprefix("*").removesuffix("."))
    pattern = ("" if inside else r"\b") + pattern + (r"\b" if whole else "")
    return re.compile(pattern), 1 + len(word) - len(bare)
