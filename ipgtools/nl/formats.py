"""Write numbers, dates and periods the Dutch way: 1.234,5 and 3 september 2025."""

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ipgtools.rounded import Rounded

if TYPE_CHECKING:
    import datetime as dt

    from ipgtools.periods import Period

__all__ = [
    "MONTHS", "UNKNOWN", "WEEKDAYS", "count", "date", "days", "interval", "joined", "moment",
    "number", "percent", "period", "plural", "sentence", "signed",
]  # fmt: skip

MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
WEEKDAYS = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]
UNKNOWN = "onbekend"
_LETTERS = [
    "nul",
    "een",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
]


def number(value: float, decimals: int = 0) -> str:
    """
    Write a number with a decimal comma and dots between thousands.

    Of a `Rounded` count it states that, or that it is small; of one that is rounded coarser than
    most between which numbers it is.

    Examples
    --------
    >>> number(Rounded(1265)), number(Rounded.fewer(5))
    ('ongeveer 1.265', 'minder dan 5')
    >>> number(Rounded(30, base=10)), number(Rounded(10, base=10))
    ('tussen 20 en 40', 'tussen 10 en 20')
    >>> number(1234567.891, 1), number(-0.04, 1), number(float("nan"))
    ('1.234.567,9', '0,0', 'onbekend')
    """
    if value is None or math.isnan(value):
        return UNKNOWN
    if isinstance(value, Rounded):
        if value.below:
            return f"minder dan {value.below}"
        n, base = int(value), value.base
        if value.coarse:
            return f"tussen {number(max(n - base, base))} en {number(n + base)}"
        return f"ongeveer {number(n)}"
    text = f"{value:,.{decimals}f}"
    if not text.strip("-0.,"):
        text = text.lstrip("-")
    return text.translate(str.maketrans(",.", ".,"))


def signed(value: float, decimals: int = 0) -> str:
    """
    Write a difference with its sign.

    Examples
    --------
    >>> signed(12), signed(-3.5, 1), signed(0)
    ('+12', '-3,5', '0')
    """
    text = number(value, decimals)
    return f"+{text}" if value > 0 and text.strip("0,.") else text


def percent(share: float, decimals: int = 0) -> str:
    """
    Write a share of 1 as a percentage.

    Examples
    --------
    >>> percent(0.256), percent(0.256, 1)
    ('26%', '25,6%')
    """
    text = number(share * 100, decimals)
    return text if text == UNKNOWN else f"{text}%"


def count(n: int) -> str:
    """
    Write a small number in letters, as running text wants it.

    Examples
    --------
    >>> count(3), count(13), count(1234)
    ('drie', '13', '1.234')
    """
    plain = 0 <= n < len(_LETTERS) and not isinstance(n, Rounded)
    return _LETTERS[n] if plain else number(n)


def plural(n: float, one: str, many: str) -> str:
    """
    Write a number with the noun that fits it.

    Examples
    --------
    >>> plural(1, "incident", "incidenten"), plural(1200, "incident", "incidenten")
    ('1 incident', '1.200 incidenten')
    """
    return f"{number(n)} {one if n == 1 else many}"


def joined(words: Iterable[str], last: str = "en") -> str:
    """
    Write an enumeration.

    Examples
    --------
    >>> joined(["gras", "afval", "verlichting"])
    'gras, afval en verlichting'
    """
    listed = list(words)
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} {last} {listed[-1]}"


def sentence(words: str) -> str:
    """
    Write words as a sentence.

    Examples
    --------
    >>> sentence("aantallen afgerond")
    'Aantallen afgerond.'
    """
    words = words.strip()
    return f"{words[:1].upper()}{words[1:]}".rstrip(".") + "."


def date(day: "dt.date", *, short: bool = False) -> str:
    """
    Write a date.

    Examples
    --------
    >>> import datetime as dt
    >>> date(dt.date(2025, 9, 3)), date(dt.date(2025, 9, 3), short=True)
    ('3 september 2025', '03-09-2025')
    """
    if short:
        return f"{day.day:02d}-{day.month:02d}-{day.year}"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def moment(time: "dt.datetime") -> str:
    """
    Write a date with its time of day.

    Examples
    --------
    >>> import datetime as dt
    >>> moment(dt.datetime(2025, 9, 3, 14, 5))
    '3 september 2025, 14:05 uur'
    """
    return f"{date(time)}, {time.hour:02d}:{time.minute:02d} uur"


def period(of: "Period", *, short: bool = False) -> str:
    """
    Format a period by its first and last day.

    Whole days are written with their last day included ("1 september t/m 30 november"),
    a period that starts or ends during a day with its times.

    Examples
    --------
    >>> from ipgtools.periods import Period
    >>> period(Period("2025-09-01", "2025-12-01"))
    '1 september t/m 30 november 2025'
    >>> period(Period("2025-09-01", "2025-12-01"), short=True)
    '01-09-2025 t/m 30-11-2025'
    >>> period(Period("2024-12-01", "2025-02-01"))
    '1 december 2024 t/m 31 januari 2025'
    >>> period(Period("2025-09-01", "2025-09-02"))
    '1 september 2025'
    """
    import datetime as dt

    start, end = of.start.to_pydatetime(), of.end.to_pydatetime()
    if start.time() != dt.time() or end.time() != dt.time():
        return f"{moment(start)} tot {moment(end)}"
    first, last = start.date(), end.date() - dt.timedelta(days=1)
    if first == last:
        return date(first, short=short)
    if short or first.year != last.year:
        return f"{date(first, short=short)} t/m {date(last, short=short)}"
    return f"{first.day} {MONTHS[first.month - 1]} t/m {date(last)}"


def interval(low: float, high: float, unit: str = "") -> str:
    """
    Write a half-open interval: the low end belongs to it, the high end does not.

    Examples
    --------
    >>> interval(0, 100, "m"), interval(7, float("inf"), "dagen")
    ('[0, 100) m', '[7, ∞) dagen')
    """
    ends = [
        "∞" if math.isinf(end) else number(end, 0 if end == int(end) else 1) for end in (low, high)
    ]
    return f"[{ends[0]}, {ends[1]}) {unit}".rstrip()


def days(n: float) -> str:
    """
    Write a number of days.

    Examples
    --------
    >>> days(1), days(14)
    ('1 dag', '14 dagen')
    """
    return plural(n, "dag", "dagen")
