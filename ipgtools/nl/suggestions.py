"""
Suggest agreements for each kind of highlight.

Questions and first steps, no measures: what works is for those who know the place.
"""

from ipgtools.nl.highlights import around

__all__ = [
    "FALL", "HOURS", "LIST", "NEAR", "NOTHING", "QUALITY", "RISE", "SCHOUW", "STREAK",
    "lasting_place", "new_place",
]  # fmt: skip


def new_place(where: str) -> str:
    """
    Suggest to go and see what changed at a place.

    Examples
    --------
    >>> new_place("Gronausestraat bij Leijdsweg")
    'Wie gaat deze week kijken wat er rond Gronausestraat bij Leijdsweg veranderd is, en vraagt de
     bewoners wat zij zien?'
    """
    return (
        f"Wie gaat deze week kijken wat er {around(where)} veranderd is, en vraagt de bewoners wat "
        "zij zien?"
    )


def lasting_place(where: str) -> str:
    """
    Suggest to look with partners at what makes a place busy.

    Examples
    --------
    >>> lasting_place("Leijdsweg")
    'Wie bekijkt met gemeente, eigenaren en bewoners wat het rond Leijdsweg zo druk maakt?'
    """
    return f"Wie bekijkt met gemeente, eigenaren en bewoners wat het {around(where)} zo druk maakt?"


RISE = "Wie zoekt uit waar en wanneer dit vooral gebeurt, en of er een reden bekend is?"
FALL = "Wat ging hier goed, en hoe houden wij dat vast?"
HOURS = "Wie is er op deze uren op straat, en kan dat anders?"
NEAR = "Wie waarschuwt de buren na een nieuw geval, en hoe snel?"
SCHOUW = "Wie loopt de openstaande acties na, en wanneer horen bewoners ervan?"
STREAK = "Niets doen is hier ook goed: noem het, en blijf kijken."
QUALITY = "Wie vraagt de ontbrekende gegevens op?"
LIST = "Herkent de wijkagent deze plekken als de drukste?"
NOTHING = "Wat zien bewoners en partners dat niet in de cijfers staat?"
