"""Words of the slide on places where it happens again."""

from ipgtools.nl.formats import number
from ipgtools.nl.sentences import one

__all__ = ["COLUMNS", "MISSING", "NOTES", "NO_STREET", "TITLE", "title_near", "title_repeats"]

TITLE = "Plekken waar het vaker gebeurt"
NOTES = (
    "De tabel noemt straten, geen huisnummers. Veel incidenten op precies een punt kan ook "
    "een verzamelplek in de registratie zijn, zoals een station of een bureau."
)
MISSING = "Er is geen dia over herhaling."
COLUMNS = ("straat", "incidenten op plekken met herhaling", "laatste keer")
NO_STREET = "straat onbekend"


def title_near(what: str, metres: tuple[float, float], days: tuple[float, float]) -> str:
    """
    Title: after one incident another follows near and soon.

    Examples
    --------
    >>> title_near("woninginbraak", (0, 200), (0, 14))
    'Na een woninginbraak vaker nog een binnen 200 meter en 14 dagen'
    """
    return (
        f"Na een {what} vaker nog een binnen {number(metres[1])} meter en {number(days[1])} dagen"
    )


def title_repeats(
    n_places: int, reach: tuple[int, int] | None = None, *, more: bool = False
) -> str:
    """
    Title: the number of repeat places, and the number expected.

    `reach` is the interval of a history, `more` is true under the condition of
    `sentences.repeats`.

    Examples
    --------
    >>> title_repeats(12, (3, 13)), title_repeats(12, (1, 8), more=True)
    ('Op twaalf plekken gebeurde het vaker (3 tot 13 verwacht)',
     'Op twaalf plekken gebeurde het vaker, meer dan door toeval (1 tot 8 verwacht)')
    >>> title_repeats(1), title_repeats(0)
    ('Op één plek gebeurde het vaker dan een keer', 'Geen plek waar het meer dan een keer gebeurde')
    """
    if n_places == 0:
        return "Geen plek waar het meer dan een keer gebeurde"
    places = "plek" if n_places == 1 else "plekken"
    start = f"Op {one(n_places)} {places} gebeurde het vaker"
    if reach is None:
        return f"{start} dan een keer"
    about = f"({number(reach[0])} tot {number(reach[1])} verwacht)"
    return f"{start}, meer dan door toeval {about}" if more else f"{start} {about}"
