"""Words of the slide on a schouw and its open actions."""

from collections.abc import Sequence

from ipgtools.nl.formats import number, plural
from ipgtools.nl.sentences import leaders

__all__ = ["ALT", "MISSING", "NOTES", "SERIES_OPEN", "TITLE", "title_schouw"]

TITLE = "Wijkschouw: wat is gezien en wat staat open"
NOTES = (
    "De nummers op de kaart zijn de nummers van de bevindingen in het schouwverslag. "
    "De grafiek telt de acties die nog niet zijn afgehandeld. Een actie van twee partijen "
    "samen telt een keer, onder beide namen."
)
MISSING = "Er is geen schouwverslag aangeleverd; er is geen dia over de schouw."
ALT = "Kaart met de genummerde bevindingen van de schouw."
SERIES_OPEN = "openstaande acties"


def title_schouw(n_open: int, n_actions: int, by_actor: Sequence[tuple[str, int]]) -> str:
    """
    Make the state of the actions the title.

    Examples
    --------
    >>> title_schouw(14, 17, [("Stadsdeelbeheer", 9), ("Politie", 5)])
    '14 van de 17 acties staan open, de meeste bij Stadsdeelbeheer'
    """
    if n_actions == 0:
        return TITLE
    if n_open == 0:
        return f"Alle acties uit de schouw ({number(n_actions)}) zijn afgehandeld"
    stand = "staat" if n_open == 1 else "staan"
    said = f"{number(n_open)} van de {plural(n_actions, 'actie', 'acties')} {stand} open"
    most = leaders(by_actor)
    if most and len(most[0]) == 1 and n_open > 1 and len(by_actor) > 1 and most[1] < n_open:
        return f"{said}, de meeste bij {most[0][0]}"
    return said
