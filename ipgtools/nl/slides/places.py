"""Words of the map of places."""

__all__ = ["ALT", "MISSING", "NOTES", "TITLE", "place_line"]

TITLE = "Waar: de plekken"
NOTES = (
    "De nummers op de kaart zijn die van de regels ernaast. 'Nieuw of stijgend': hoger dan het "
    "eigen verleden van de plek. 'Vaste drukke plek' en 'drukke omgeving': al langer meer dan "
    "wat er staat verklaart. Een plek zegt waar is geregistreerd, niet waarom en niet door "
    "wie. Vraag wie de plek kent."
)
MISSING = "Er is geen kaart van plekken."
ALT = "Kaart met de genummerde plekken en de straten eromheen."


def place_line(number_: int, name: str, n: str) -> str:
    """
    Name one place in a line next to the map.

    Examples
    --------
    >>> place_line(1, "Gronausestraat bij Leijdsweg", "70")
    '1. Gronausestraat bij Leijdsweg: 70'
    >>> place_line(2, "omgeving Leijdsweg", ""), place_line(2, "plek 2 in Velve", "9")
    ('2. Omgeving Leijdsweg', 'Plek 2 in Velve: 9')
    """
    said = f"{name[:1].upper()}{name[1:]}"
    if not name.startswith(f"plek {number_} "):
        said = f"{number_}. {said}"
    return f"{said}: {n}" if n else said
