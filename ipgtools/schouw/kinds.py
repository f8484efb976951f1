"""Give findings a category and actions a status, by rules that can be read."""

import re
from functools import cache

from ipgtools.gazetteer.alike import plain
from ipgtools.nl import schouw as nl

CATEGORIES = {code: (label, signalen) for code, label, signalen, _ in nl.CATEGORIES}
"""Code to Dutch label and main category of Signalen."""
OTHER = "overig"


def category(description: str, task: str = "") -> str:
    """
    Give the category of a finding.

    Every word that points to a category counts once; most hits win, of equal ones the one
    that is named first (what it is comes before where it is: *onkruid tussen de tegels*), and
    then the first in the list. Only if the description says nothing the task is asked.

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
        hits = {
            code: [found.start() for rule in rules if (found := rule.search(key))]
            for code, rules in _rules()
        }
        best = min(hits, key=lambda code: (-len(hits[code]), min(hits[code], default=0)))
        if hits[best]:
            return best
    return OTHER


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


@cache
def _rules() -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
    return tuple(
        (
            code,
            tuple(
                re.compile(re.escape(word[1:]) if word.startswith("*") else rf"\b{re.escape(word)}")
                for word in words
            ),
        )
        for code, _, _, words in nl.CATEGORIES
    )
