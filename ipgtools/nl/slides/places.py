"""Words of the map of places."""

TITLE = "Waar: de plekken"
NOTES = (
    "De nummers op de kaart zijn die van de regels ernaast. 'Nieuw of stijgend': hoger dan het "
    "eigen verleden van de plek. 'Vaste drukke plek' en 'drukke omgeving': al langer meer dan "
    "wat er staat verklaart. Een plek zegt waar is geregistreerd, niet waarom en niet door "
    "wie. Vraag wie de plek kent."
)
MISSING = "Er is geen kaart van plekken."
ALT = "Kaart met de genummerde plekken en de straten eromheen."


def place_line(
    number_: int, name: str, n: str, n_before: str, *, kinds: str = "", claim: str = ""
) -> str:
    """
    Describe one place in a line next to its map.

    Examples
    --------
    >>> place_line(1, "Gronausestraat bij Leijdsweg", "70", "9", kinds="vooral autokraak (62)",
    ...            claim="Nieuw of stijgend")
    '1. Gronausestraat bij Leijdsweg: 70 (ervoor 9), vooral autokraak (62). Nieuw of stijgend.'
    >>> place_line(2, "omgeving Leijdsweg", "8", "")
    '2. Omgeving Leijdsweg: 8.'
    """
    said = f"{number_}. {name[:1].upper()}{name[1:]}: {n}"
    said += f" (ervoor {n_before})" if n_before else ""
    said += f", {kinds}." if kinds else "."
    return f"{said} {claim}." if claim else said
