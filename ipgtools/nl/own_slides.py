"""Words of slides that the maker of a briefing adds."""

from ipgtools.nl.formats import number

__all__ = ["ADDED", "ADDED_INSIDE", "ADDED_RELEASED", "NO", "UNKNOWN", "YES", "alt", "rows_left"]

ADDED = (
    "Deze dia is toegevoegd door wie de briefing maakte. Zij is niet door de controle op kleine "
    "aantallen en herkenbare personen gegaan: kijk haar na voordat u haar deelt."
)
ADDED_RELEASED = (
    "Deze dia is toegevoegd door wie de briefing maakte. De tabel is vrijgegeven voor wie deze "
    "briefing is; de titel en de tekst zijn niet gecontroleerd."
)
ADDED_INSIDE = "Deze dia is toegevoegd door wie de briefing maakte."
YES, NO, UNKNOWN = "ja", "nee", "–"


def alt(title: str) -> str:
    """
    Describe an added picture for who can't see it.

    Examples
    --------
    >>> alt("Fietsdiefstal per maand")
    'Beeld bij: Fietsdiefstal per maand'
    """
    return f"Beeld bij: {title}"


def rows_left(n: int) -> str:
    """
    State how many rows of a table are not on the slide.

    Examples
    --------
    >>> rows_left(1200), rows_left(1)
    ('En nog 1.200 rijen.', 'En nog 1 rij.')
    """
    return f"En nog {number(n)} {'rij' if n == 1 else 'rijen'}."
