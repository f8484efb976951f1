"""
Normalise dates: 24-hour time after the date, no words.

Only what fits no notation as it stands comes here: ``za 13-9-2025, 14u30``, ``13.9.'25 2:30 PM``.
The order of day and month stays, and so does the sign between them.
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["normalise_clock", "normalise_dates"]

_WEEKDAY = re.compile(
    r"^(?:ma|di|wo|do|vr|za|zo|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|"
    r"mon|tue|wed|thu|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b[.,]?\s+",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(\d{1,4})\s*([-/. ])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{1,2})"
    r"(?:(?:\s*,\s*|\s+|T)(?:om\s+|at\s+)?(\S.*))?"
)
_CLOCK = re.compile(
    r"(\d{1,2})(?:\s?[:.uh]\s?(\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?)?\s*([ap]\.?m\.?)?\s*(?:uur|u|h)?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(\d{7,8})(?:\s+(\S.*))?")
_NOON, _YEARS = 12, range(1900, 2101)
_LONGEST = 100
"""Maximum length of a parseable date with its time of day."""


def normalise_dates(text: "pd.Series") -> "pd.Series":
    """
    Rewrite dates; whatever isn't one stays as it is.

    Examples
    --------
    >>> import pandas as pd
    >>> text = pd.Series(["za 13-9-2025, 14u30", "13/9/2025 2:30 PM", "13092025", "x"])
    >>> normalise_dates(text).tolist()
    ['13-9-2025 14:30', '13/9/2025 14:30', '13/09/2025', 'x']
    """
    known = {one: _tidy(one) for one in text.dropna().unique()}
    return text.map(known).astype("str")


def normalise_clock(text: str) -> str | None:
    """
    Return a time of day as hh:mm on a 24-hour clock; None if unparseable.

    Examples
    --------
    >>> (
    ...     normalise_clock("2:30 PM"),
    ...     normalise_clock("14u30"),
    ...     normalise_clock("12.05 a.m."),
    ...     normalise_clock("9 uur"),
    ...     normalise_clock("middag"),
    ... )
    ('14:30', '14:30', '00:05', '09:00', None)
    """
    found = _CLOCK.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if not found or not (found[2] or found[4] or text.strip().lower().endswith(("u", "r", "h"))):
        return None
    hour, half = int(found[1]), (found[4] or "").lower()[:1]
    if half and not 1 <= hour <= _NOON:
        return None
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    return f"{hour:02}:{found[2] or '00'}" + (f":{found[3]}" if found[3] else "")


def _tidy(text: str) -> str:
    if len(text) > _LONGEST:
        return text
    plain = _WEEKDAY.sub("", text.strip().replace("'", "").replace("’", ""))
    if found := _DATE.fullmatch(plain):
        first, sign, second, third, rest = found.groups()
        sign = "-" if sign == " " else sign
        date = sign.join((first, second, third))
    elif found := _DIGITS.fullmatch(plain):
        digits, rest = found[1].zfill(8), found[2]
        date = f"{digits[:2]}/{digits[2:4]}/{digits[4:]}"
        if digits[:2] in {"19", "20"} and "01" <= digits[4:6] <= "12":
            date = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
        elif int(digits[4:]) not in _YEARS:
            return text
    else:
        return text
    if not rest:
        return date
    of_day = normalise_clock(rest)
    return text if of_day is None else f"{date} {of_day}"
