"""Write dates with the name of the month in numbers: 1 sep 2025, 01-mrt-25, September 1, 2025."""

import re
from typing import TYPE_CHECKING

from ipgtools import _arrow
from ipgtools.nl.formats import MONTHS

if TYPE_CHECKING:
    import pandas as pd

_SAMPLE = 2_000
_ENGLISH = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_SHORT = {"mrt": "maart", "sept": "september"}
_FEWEST = 3
"""Letters by which the name of a month is known."""
_DAY_FIRST = re.compile(
    r"(?:[a-z]{2,9}\.?,?\s+)?(\d{1,2})(?:e|st|nd|rd|th)?[\s./-]+([a-z]{3,9})\.?,?[\s./-]+"
    r"(\d{4}|\d{2})(?!\d)(.*)"
)
_MONTH_FIRST = re.compile(
    r"(?:[a-z]{2,9}\.?,?\s+)?([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)(.*)"
)
_BEFORE_CLOCK = re.compile(r"^(?:,|t|\s|om|at)*(?=\d)")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(:\d{2})?(?:\s*(?:uur|u))?")


def in_numbers(text: "pd.Series") -> "pd.Series":
    """
    Write dates with the name of a month, Dutch or English, as ``dd-mm-jjjj``.

    Parameters
    ----------
    text : Series of str, n_rows
        Dates, with or without a day of the week before and a time of day behind.

    Returns
    -------
    Series of str, n_rows
        Whatever isn't such a date stays as it is. Years of two digits stay so.

    Examples
    --------
    >>> import pandas as pd
    >>> written = ["ma 1 sep. 2025 om 9:05 uur", "03-mrt-25", "May 5, 2025", "5 foo 2025"]
    >>> in_numbers(pd.Series(written)).tolist()
    ['01-09-2025 09:05', '03-03-25', '05-05-2025', '5 foo 2025']
    """
    sample = _arrow.sample(text, _SAMPLE)
    if not sample.str.contains(r"[a-zA-Z]{3}").any():
        return text
    known = {one: _in_numbers(one) for one in text.dropna().unique()}
    return text.map(known).astype("str")


def _in_numbers(text: str) -> str:
    plain = text.strip().lower()
    if found := _DAY_FIRST.fullmatch(plain):
        day, name, year, rest = found.groups()
    elif found := _MONTH_FIRST.fullmatch(plain):
        name, day, year, rest = found.groups()
    else:
        return text
    month, clock = number(name), _clock(rest)
    if month is None or clock is None:
        return text
    return f"{int(day):02}-{month:02}-{year}{clock}"


def number(name: str) -> int | None:
    """
    Give the number of a month by its Dutch or English name, in lower case, whole or in short.

    Examples
    --------
    >>> number("mrt"), number("september"), number("foo")
    (3, 9, None)
    """
    name = _SHORT.get(name, name)
    for names in (MONTHS, _ENGLISH):
        for place, full in enumerate(names, 1):
            if full == name or (len(name) == _FEWEST and full.startswith(name)):
                return place
    return None


def _clock(rest: str) -> str | None:
    rest = _BEFORE_CLOCK.sub("", rest.strip())
    if not rest:
        return ""
    found = _CLOCK.fullmatch(rest)
    return f" {int(found[1]):02}:{found[2]}{found[3] or ''}" if found else None
