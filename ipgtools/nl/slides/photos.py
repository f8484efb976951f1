"""Words of the slide with photos of residents."""

from collections.abc import Sequence

from ipgtools.nl.formats import number

TITLE = "Foto's van bewoners"
NOTES = (
    "De foto's zijn door bewoners gestuurd. Plaats en tijd komen uit de foto of uit de mail; "
    "de overige gegevens in het fotobestand zijn verwijderd."
)
MISSING = "Er zijn geen foto's aangeleverd; er is geen dia met foto's."
NOT_FOR_AUDIENCE = "Foto's van bewoners horen niet in een openbare briefing."


def photo_states(counts: Sequence[tuple[str, int]], *, n_shown: int) -> str:
    """
    State what became of the photos, and how many of those that aren't closed are shown.

    Examples
    --------
    >>> photo_states([("melding", 3), ("afgesloten", 1)], n_shown=3)
    "Stand van de 4 foto's: melding (3), afgesloten (1). Wat afgesloten is staat niet op deze dia."
    >>> photo_states([("op briefing", 1)], n_shown=1)
    'Stand van de foto: op briefing.'
    >>> photo_states([("melding", 9)], n_shown=6)
    "Stand van de 9 foto's: melding (9). Hier staan de 6 nieuwste."
    """
    n = sum(one for _, one in counts)
    n_closed = sum(one for status, one in counts if status == "afgesloten")
    after = " Wat afgesloten is staat niet op deze dia." if n_closed else ""
    if n - n_closed > n_shown:
        after += f" Hier staan de {number(n_shown)} nieuwste."
    if n == 1:
        return f"Stand van de foto: {counts[0][0]}.{after}"
    listed = ", ".join(f"{status} ({number(one)})" for status, one in counts)
    return f"Stand van de {number(n)} foto's: {listed}.{after}"


def with_status(caption: str, status: str) -> str:
    """
    Put the status of a photo below its caption.

    Examples
    --------
    >>> with_status("Kapotte lantaarn", "opdracht")
    'Kapotte lantaarn. Status: opdracht'
    """
    return f"{caption}. Status: {status}" if status else caption
