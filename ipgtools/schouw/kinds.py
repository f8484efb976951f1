"""Give findings a category and actions a status, by rules that can be read."""

import re
from functools import cache

from ipgtools.gazetteer.alike import plain
from ipgtools.nl import kinds
from ipgtools.nl import schouw as nl

CATEGORIES = {code: (label, signalen) for code, label, signalen, _ in kinds.CATEGORIES}
"""Code to Dutch label and main category of Signalen."""


def category(description: str, task: str = "") -> str:
    """
    Give the category of a finding.

    The words of `ipgtools.nl.kinds` decide, by the rules that stand there: the category with
    most points wins, of equal ones the one that is named first (*onkruid tussen de tegels*),
    then the first in the list. Words that only say where (*op de stoep*) count if there are no
    others. Only if the description says nothing the task is asked.

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
        key = plain(text)
        points = {code: _points(key, rules) for code, rules in _rules()}
        for there in (True, False):
            sums = {
                code: (-sum(weights.values()), min(weights, default=0))
                for code, (things, places) in points.items()
                for weights in [things if there else places]
            }
            best = min(sums, key=lambda code: sums[code])
            if sums[best][0] < 0:
                return best
    return kinds.OTHER


def status(text: str | None, *, assigned: bool) -> tuple[str, bool]:
    """
    Give an action its status in the words of the list.

    Parameters
    ----------
    text : str or None
        As the source has it.
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
    """
    key = " ".join((text or "").casefold().split())
    if not key:
        return (nl.ASSIGNED if assigned else nl.FOUND), True
    for name, others in nl.STATUSES.items():
        if key == name or key in others:
            return name, True
    return key, False


def is_open(found: str | None) -> bool:
    """
    Tell whether an action still has to be done.

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
    return not isinstance(found, str) or status(found, assigned=True)[0] not in nl.CLOSED


_Rule = tuple[re.Pattern[str], int]
_WHERE = re.compile(
    rf"(?:^|\s)(?:{'|'.join(kinds.WHERE)})(?:\s(?:{'|'.join(kinds.OF)}))?(?:\s\w+e)?\s$"
)


def _points(key: str, rules: tuple[_Rule, ...]) -> tuple[dict[int, int], dict[int, int]]:
    """Give points by the start of the word that earns them: as a thing, and as a place."""
    things: dict[int, int] = {}
    places: dict[int, int] = {}
    for pattern, weight in rules:
        for found in pattern.finditer(key):
            start = key.rfind(" ", 0, found.start() + 1) + 1
            points = places if _WHERE.search(key[:start]) else things
            points[start] = max(points.get(start, 0), weight)
    return things, places


@cache
def _rules() -> tuple[tuple[str, tuple[_Rule, ...]], ...]:
    return tuple((code, tuple(map(_rule, words))) for code, _, _, words in kinds.CATEGORIES)


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
