"""Words of the slide on what changed."""

from typing import TYPE_CHECKING

from ipgtools.nl.formats import date
from ipgtools.nl.sentences import compared
from ipgtools.nl.sentences.common import INCIDENTS, counted

if TYPE_CHECKING:
    import datetime as dt

__all__ = [
    "MISSING", "NOTES", "SERIES_BEFORE", "SERIES_NOW", "TITLE", "earlier", "marked", "step",
    "title_change", "trend_alt", "unclear",
]  # fmt: skip

TITLE = "Deze periode tegen ervoor"
NOTES = (
    "Bovenaan staat de soort die het meest veranderde. Een pijltje staat alleen bij een "
    "verandering die groter is dan door toeval te verwachten is; bij de andere soorten kan het "
    "verschil toeval zijn. De lijn laat zien of deze periode uit de pas loopt."
)
MISSING = "Er is geen vergelijking met een eerdere periode."
SERIES_NOW = "deze periode"
SERIES_BEFORE = "periode ervoor"


def unclear(title: str) -> str:
    """
    Put before a change that can be chance that it is not clear.

    Examples
    --------
    >>> unclear("641 straatroven, 8% meer dan ervoor")
    'Geen duidelijke verandering: 641 straatroven, 8% meer dan ervoor'
    """
    return f"Geen duidelijke verandering: {title}"


def marked(name: str, *, rose: bool) -> str:
    """
    Put a mark before a kind of which the change is proven.

    Examples
    --------
    >>> marked("Autokraak", rose=True), marked("Inbraak", rose=False)
    ('▲ Autokraak', '▼ Inbraak')
    """
    return f"{'▲' if rose else '▼'} {name}"


def step(day: "dt.date", *, monthly: bool) -> str:
    """
    Name a week by its first day, and a month by its name.

    Examples
    --------
    >>> import datetime as dt
    >>> step(dt.date(2025, 9, 1), monthly=True), step(dt.date(2025, 9, 1), monthly=False)
    ('sep 2025', '1 sep')
    """
    number, month, year = date(day).split()
    return f"{month[:3]} {year}" if monthly else f"{number} {month[:3]}"


def earlier(*, monthly: bool) -> str:
    """
    Name what came before in a line over time.

    Examples
    --------
    >>> earlier(monthly=True)
    'eerder, per maand'
    """
    return f"eerder, per {'maand' if monthly else 'week'}"


def trend_alt(subject: str, first: str, last: str, *, monthly: bool) -> str:
    """
    Describe the line to those who can't see it.

    Examples
    --------
    >>> trend_alt("incidenten", "sep 2024", "nov 2025", monthly=True)
    'Lijn van de incidenten per maand, van sep 2024 tot en met nov 2025.'
    """
    each = "maand" if monthly else "week"
    return f"Lijn van de {subject} per {each}, van {first} tot en met {last}."


def title_change(
    n: int,
    n_before: int,
    when: str,
    *,
    enough: bool,
    exposure: float = 1.0,
    subject: str = INCIDENTS,
) -> str:
    """
    Make the finding of the comparison its title.

    Examples
    --------
    >>> title_change(212, 258, "in de 91 dagen ervoor", enough=True)
    '212 incidenten, 18% minder dan in de 91 dagen ervoor (258)'
    """
    said = compared(n, n_before, when, exposure=exposure)
    said = f"{counted(n, subject)}, {said}"
    return said if enough else f"{said}: te weinig om te vergelijken"
