"""Name areas, periods and shares in running text."""

from fractions import Fraction

from ipgtools.nl.formats import count, days, number, percent

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


def place(kind: str) -> str:
    """
    Name the area in running text.

    Examples
    --------
    >>> place("wijk"), place("stadsdeel"), place("iets anders")
    ('de wijk', 'het stadsdeel', 'het gebied')
    """
    return AREA_KINDS.get(kind, AREA_KINDS["gebied"])


def before(length: float, *, last_year: bool = False) -> str:
    """
    Name the period of comparison by its length in days.

    Examples
    --------
    >>> before(91), before(7), before(1), before(91, last_year=True)
    ('in de 91 dagen ervoor', 'in de week ervoor', 'op de dag ervoor',
     'in dezelfde periode vorig jaar')
    """
    if last_year:
        return "in dezelfde periode vorig jaar"
    if length == 7:
        return "in de week ervoor"
    if length == 1:
        return "op de dag ervoor"
    return f"in de {days(round(length))} ervoor" if length == round(length) else "in de tijd ervoor"


def share(value: float, many: str) -> str:
    """
    Say a share of things in words, with the percentage behind it.

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
    >>> share_of(51, 212), share_of(0, 0)
    ('24%', '0%')
    """
    return percent(part / whole) if whole else percent(0)


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
