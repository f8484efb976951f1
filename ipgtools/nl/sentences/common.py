"""Name areas, periods and shares in running text."""

import math
from collections.abc import Iterable
from fractions import Fraction

from ipgtools.nl.formats import count, days, number, percent
from ipgtools.rounded import Rounded, is_rounded

__all__ = [
    "AREA_KINDS", "INCIDENTS", "before", "counted", "listed", "one", "place", "share", "share_of",
    "surface",
]  # fmt: skip

AREA_KINDS = {
    "wijk": "de wijk",
    "buurt": "de buurt",
    "gemeente": "de gemeente",
    "stadsdeel": "het stadsdeel",
    "gebied": "het gebied",
}


_FRACTIONS = (
    (Fraction(1, 2), "de helft van de {many}"),
    (Fraction(1, 3), "een op de drie {many}"),
    (Fraction(2, 3), "twee op de drie {many}"),
    (Fraction(1, 4), "een op de vier {many}"),
    (Fraction(3, 4), "drie op de vier {many}"),
    (Fraction(1, 5), "een op de vijf {many}"),
    (Fraction(1, 10), "een op de tien {many}"),
)


INCIDENTS = "incidenten"


def counted(n: int, subject: str = INCIDENTS) -> str:
    """
    Count things of which only the plural is known.

    Examples
    --------
    >>> counted(1), counted(3), counted(3, "overlastmeldingen"), counted(1, "overlastmeldingen")
    ('1 incident', '3 incidenten', '3 overlastmeldingen', '1 incident')
    """
    return "1 incident" if n == 1 else f"{number(n)} {subject}"


def place(kind: str) -> str:
    """
    Name the area in running text.

    Examples
    --------
    >>> place("wijk"), place("stadsdeel"), place("iets anders")
    ('de wijk', 'het stadsdeel', 'het gebied')
    """
    return AREA_KINDS.get(kind, AREA_KINDS["gebied"])


def before(length: float, *, last_year: bool = False, months: int = 0) -> str:
    """
    Name the period of comparison by its length.

    Examples
    --------
    >>> before(92, months=3), before(365, months=12), before(1827, months=60)
    ('in de drie maanden ervoor', 'in het jaar ervoor', 'in de vijf jaar ervoor')
    >>> before(31, months=1), before(7), before(28), before(1)
    ('in de maand ervoor', 'in de week ervoor', 'in de vier weken ervoor',
     'op dezelfde dag een week eerder')
    >>> before(91), before(3), before(92, months=3, last_year=True)
    ('in de 91 dagen ervoor', 'op dezelfde dagen een week eerder',
     'in dezelfde maanden vorig jaar')
    """
    if last_year:
        return f"in {_same(length, months)} vorig jaar"
    years, rest = divmod(months, 12)
    if months:
        if not rest:
            return "in het jaar ervoor" if years == 1 else f"in de {count(years)} jaar ervoor"
        return "in de maand ervoor" if months == 1 else f"in de {count(months)} maanden ervoor"
    weeks, rest_days = divmod(length, 7)
    if length == 1:
        return "op dezelfde dag een week eerder"
    if length < 7:
        return "op dezelfde dagen een week eerder"
    if not rest_days and weeks <= 8:
        return "in de week ervoor" if weeks == 1 else f"in de {count(int(weeks))} weken ervoor"
    return f"in de {days(round(length))} ervoor" if length == round(length) else "in de tijd ervoor"


def _same(length: float, months: int) -> str:
    if months:
        return "dezelfde maand" if months == 1 else "dezelfde maanden"
    return "dezelfde week" if length == 7 else "dezelfde periode"


def share(value: float, many: str) -> str:
    """
    Return a share in words, followed by the percentage.

    The words are used only within one percentage point of the fraction they name.

    Examples
    --------
    >>> share(0.34, "incidenten"), share(0.42, "incidenten")
    ('ongeveer een op de drie incidenten (34%)', '42% van de incidenten')
    >>> share(0.5, "incidenten")
    'de helft van de incidenten (50%)'
    """
    for fraction, words in _FRACTIONS:
        if abs(value - float(fraction)) <= 0.01:
            about = "" if abs(value - float(fraction)) < 5e-4 else "ongeveer "
            return f"{about}{words.format(many=many)} ({percent(value)})"
    return f"{percent(value)} van de {many}"


def surface(value: float) -> str:
    """
    Write a share of the surface, never as nothing.

    Examples
    --------
    >>> surface(0.03), surface(0.002)
    ('3%', 'minder dan 1%')
    """
    return "minder dan 1%" if 0 < value < 0.005 else percent(value)


def share_of(part: int, whole: int) -> str:
    """
    Write a part of a whole as a percentage.

    Examples
    --------
    >>> from ipgtools.rounded import Rounded
    >>> share_of(51, 212), share_of(0, 0)
    ('24%', '0%')
    >>> share_of(Rounded(50), Rounded(210)), share_of(Rounded(50, base=10), Rounded(210))
    ('ongeveer 25%', 'tussen 15% en 30%')
    >>> share_of(Rounded(55), Rounded(2405))
    'minder dan 5%'
    """
    if whole and any(getattr(one, "coarse", False) for one in (part, whole)):
        (least, most), (fewest, all_of_it) = (
            one.reach if isinstance(one, Rounded) else (one, one) for one in (part, whole)
        )
        low, high = math.floor(20 * least / all_of_it), math.ceil(20 * most / max(fewest, 1))
        return f"tussen {percent(low / 20)} en {percent(min(high, 20) / 20)}"
    if is_rounded(part, whole) and whole:
        steps = round(20 * part / whole)
        return f"ongeveer {percent(steps / 20)}" if steps else f"minder dan {percent(1 / 20)}"
    return percent(part / whole) if whole else percent(0)


def listed(counts: Iterable[tuple[str, int]]) -> str:
    """
    Write kinds with their numbers, as a table has them.

    Examples
    --------
    >>> listed([("Winkeldiefstal", 12), ("Overval", 3)]), listed([])
    ('Winkeldiefstal (12); Overval (3)', '')
    """
    return "; ".join(f"{kind} ({number(n)})" for kind, n in counts)


def one(n: int) -> str:
    """
    Write a small number in letters, one with its accents.

    Examples
    --------
    >>> one(1), one(3)
    ('één', 'drie')
    """
    return "één" if n == 1 else count(n)


def _metres(band: tuple[float, float]) -> str:
    low, high = band
    if low <= 0:
        return f"binnen {number(high)} meter"
    return f"op {number(low)} tot {number(high)} meter"


def _days(band: tuple[float, float]) -> str:
    low, high = band
    if low <= 0:
        return "op dezelfde dag" if high == 1 else f"binnen {days(high)}"
    return f"na {number(low)} tot {days(high)}"
