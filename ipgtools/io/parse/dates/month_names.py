"""Write dates with the name of the month in numbers: 1 sep 2025, 01-mrt-25, September 1, 2025."""

import re
from typing import TYPE_CHECKING

from ipgtools import _arrow
from ipgtools.io.parse.dates import normalise
from ipgtools.nl.formats import MONTHS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["in_numbers", "months_alone", "number"]

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
_MONTHS = re.compile(
    r"(\d{1,2})[-/. ](\d{4})|(\d{4})[-/. ](\d{1,2})|(\d{4})M{1,2}(\d{2})"
    r"|([a-z]{3,9})[-./ ]+(\d{4})|(\d{4})[-./ ]+([a-z]{3,9})",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})")
_NEEDED, _LONGEST, _YEARS = 0.9, len("september 2025"), range(1900, 2101)


def in_numbers(text: "pd.Series") -> "pd.Series":
    """
    Write dates with the name of a month, Dutch or English, as ``dd-mm-jjjj``.

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


def months_alone(text: "pd.Series", *, compact: bool = False) -> "pd.Series | None":
    """
    Write dates that know no more than the month as ``jjjj-mm``.

    Examples
    --------
    >>> import pandas as pd
    >>> months_alone(pd.Series(["9-2025", "okt 2025", "2025MM11"])).tolist()
    ['2025-09', '2025-10', '2025-11']
    >>> months_alone(pd.Series(["1-9-2025"])) is None
    True
    """
    sample = _arrow.sample(text, _SAMPLE)
    if sample.empty or len(str(sample.iloc[0])) > _LONGEST:
        return None
    fits = sample.map(lambda one: _month(one, compact=compact) is not None)
    if fits.mean() < _NEEDED:
        return None
    known = {one: _month(one, compact=compact) or one for one in text.dropna().unique()}
    return text.map(known).astype("str")


def _month(text: str, *, compact: bool) -> str | None:
    plain = text.strip().lower()
    if found := _MONTHS.fullmatch(plain):
        month, year, year2, month2, year3, month3, name, year4, year5, name2 = found.groups()
        written = month or month2 or month3
        n = int(written) if written else number(name or name2)
        year = year or year2 or year3 or year4 or year5
    elif compact and (found := _COMPACT.fullmatch(plain)):
        year, n = found[1], int(found[2])
    else:
        return None
    return f"{year}-{n:02}" if n in range(1, 13) and int(year) in _YEARS else None


def number(name: str) -> int | None:
    """
    Return the number of a month by its Dutch or English name, in lower case, whole or in short.

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
    of_day = normalise.normalise_clock(rest)
    return None if of_day is None else f" {of_day}"
