"""Words of the table of agreements."""

from ipgtools.nl.sentences.common import counted

__all__ = [
    "COLUMNS", "DONE", "MEASURES", "NOTES", "PLACE", "TITLE", "accounting", "action", "of_kind",
]  # fmt: skip

TITLE = "Afspraken van vandaag"
NOTES = (
    "De voorstellen komen uit de bevindingen en de openstaande acties: streep door, verander of "
    "vul aan. Zet bij elke afspraak een naam en een dag. 'Geen effect gezien' is ook een "
    "uitkomst. Kom er de volgende keer op terug. Hoe is geteld, staat in de verborgen dia's."
)
COLUMNS = ("wat", "wie", "wanneer", "zien we aan")
DONE = "afgehandeld"
MEASURES = {
    "kind": "volgend aantal",
    "total": "volgend aantal",
    "place": "aantal op de plek",
    "list": "aantal op de plek",
    "hours": "aantal in die uren",
    "near": "geen nieuw geval",
}


PLACE = "op plek {number}"


def of_kind(kind: str, question: str) -> str:
    """
    Put a kind before the question about it.

    Examples
    --------
    >>> of_kind("autokraak", "Wat ging hier goed?")
    'Autokraak: wat ging hier goed?'
    """
    return f"{kind[:1].upper()}{kind[1:]}: {question[:1].lower()}{question[1:]}"


def action(place: str, what: str) -> str:
    """
    Name an open action.

    Examples
    --------
    >>> action("Pluimstraat", "Het gras staat hoog: maaien"), action("", "maaien")
    ('Pluimstraat: het gras staat hoog: maaien', 'Maaien')
    """
    if not place:
        return f"{what[:1].upper()}{what[1:]}"
    return f"{place}: {what[:1].lower()}{what[1:]}" if what else place


def accounting(n: int, subject: str, source: str) -> str:
    """
    Say in a line what was counted, and by whom.

    Examples
    --------
    >>> accounting(278, "incidenten", "Politie Oost, stand 1 december 2025")
    'Geteld: 278 incidenten. Bron: Politie Oost, stand 1 december 2025.'
    """
    of = f" Bron: {source}." if source else ""
    return f"Geteld: {counted(n, subject)}.{of}"
