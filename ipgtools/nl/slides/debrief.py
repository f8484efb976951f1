"""Words of the slide on what was said last time."""

from ipgtools.nl.formats import number, plural
from ipgtools.nl.sentences import one

__all__ = [
    "GONE", "HAPPENED", "NOTES", "TO_FILL_IN", "actions", "actions_now", "place", "said_then",
    "still", "title",
]  # fmt: skip

NOTES = (
    "Vul aan wat er is gedaan en wie dat deed. Een plek die niet meer opvalt, kan rustiger zijn, "
    "maar ook minder gemeld: vraag wie er geweest is. De aantallen van twee periodes zijn niet "
    "getoetst; is de ene langer dan de andere, vergelijk ze dan niet."
)
HAPPENED = "wat gebeurde er"
GONE = "valt niet meer op"
TO_FILL_IN = "gedaan? gezien?"


def title(n_still: int, n: int) -> str:
    """
    State how many of the places of last time stand out still.

    Examples
    --------
    >>> title(2, 3), title(0, 3), title(1, 1), title(0, 0)
    ('Vorige keer drie plekken genoemd: twee daarvan vallen nog op',
     'Vorige keer drie plekken genoemd: geen daarvan valt nog op',
     'Vorige keer één plek genoemd: die valt nog op', 'Wat zeiden we, wat gebeurde er')
    """
    if n == 0:
        return "Wat zeiden we, wat gebeurde er"
    said = f"Vorige keer {one(n)} {'plek' if n == 1 else 'plekken'} genoemd"
    if n == 1:
        return f"{said}: die valt nog op" if n_still else f"{said}: die valt niet meer op"
    if n_still == 0:
        return f"{said}: geen daarvan valt nog op"
    if n_still == n:
        return f"{said}: alle vallen nog op"
    return f"{said}: {one(n_still)} daarvan {'valt' if n_still == 1 else 'vallen'} nog op"


def said_then(period: str) -> str:
    """
    Head what was said, with the period it was about.

    Examples
    --------
    >>> said_then("1 juni t/m 31 augustus 2025")
    'wat zeiden we (1 juni t/m 31 augustus 2025)'
    """
    return f"wat zeiden we ({period})"


def place(name: str, n: str) -> str:
    """
    Name a place with its incidents then.

    Examples
    --------
    >>> place("omgeving Leijdsweg", "45"), place("Heggenes", "")
    ('Omgeving Leijdsweg: 45', 'Heggenes')
    """
    said = f"{name[:1].upper()}{name[1:]}"
    return f"{said}: {n}" if n else said


def still(number_: int, n: str) -> str:
    """
    State that a place stands out still, as which place of this briefing.

    Examples
    --------
    >>> still(1, "70"), still(2, "")
    ('valt nog op: plek 1, nu 70', 'valt nog op: plek 2')
    """
    said = f"valt nog op: plek {number_}"
    return f"{said}, nu {n}" if n else said


def actions(n: int) -> str:
    """
    Count the actions that were open.

    Examples
    --------
    >>> actions(17), actions(1)
    ('17 acties stonden open', '1 actie stond open')
    """
    return f"{plural(n, 'actie', 'acties')} {'stond' if n == 1 else 'stonden'} open"


def actions_now(n_open: int, n: int) -> str:
    """
    Count how many of them are done, and how many are open.

    Examples
    --------
    >>> actions_now(12, 17), actions_now(17, 17)
    ('5 afgehandeld, 12 nog open', 'geen afgehandeld, 17 nog open')
    """
    done = number(n - n_open) if n > n_open else "geen"
    return f"{done} afgehandeld, {number(n_open)} nog open"
