"""Words of the slide on what became of the schouw before."""

from ipgtools.nl.formats import number

__all__ = ["NOTES", "OUTCOMES", "SERIES_FINDINGS", "TITLE", "title_compared"]

TITLE = "Wat er van de vorige schouw is geworden"
NOTES = (
    "Een bevinding heet nog open als beide schouwen op dezelfde plek iets van dezelfde soort "
    "zagen, en opgelost als de laatste er niets van die soort zag. Is een stuk van de wijk "
    "deze keer niet gelopen, dan lijkt daar alles opgelost: vraag dat na."
)
OUTCOMES = ("opgelost", "nog open", "nieuw")
SERIES_FINDINGS = "bevindingen"


def title_compared(n_solved: int, n_still_open: int) -> str:
    """
    Make what became of the schouw before the title; not seen again is all that is known.

    Examples
    --------
    >>> title_compared(9, 5), title_compared(0, 5)
    ('9 van de 14 bevindingen van de vorige schouw zijn niet meer gezien',
     'Alle 5 bevindingen van de vorige schouw staan nog open')
    >>> title_compared(3, 0), title_compared(1, 0)
    ('Geen van de 3 bevindingen van de vorige schouw is weer gezien',
     'De ene bevinding van de vorige schouw is niet meer gezien')
    """
    n = n_solved + n_still_open
    if n == 0:
        return TITLE
    if n == 1:
        state = "is niet meer gezien" if n_solved else "staat nog open"
        return f"De ene bevinding van de vorige schouw {state}"
    if n_solved == 0:
        return f"Alle {number(n)} bevindingen van de vorige schouw staan nog open"
    if n_still_open == 0:
        return f"Geen van de {number(n)} bevindingen van de vorige schouw is weer gezien"
    are = "is" if n_solved == 1 else "zijn"
    said = f"{number(n_solved)} van de {number(n)} bevindingen van de vorige schouw"
    return f"{said} {are} niet meer gezien"
