"""
Read days as action lists write them, such as *1 mei a.s.* or *voor 12-3-25*.

A day without a year is the first such day on or after the schouw; what names a month, a week
or a quarter names no day, and none is made of it.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ipgtools.geocoder.string_similarity import normalise_name, similarity
from ipgtools.nl import action_lists as words
from ipgtools.nl.formats import MONTHS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Found", "days_in", "is_undated"]

_ALIKE = 0.8
_SHORTEST = 3
_DAY = re.compile(
    r"(?<![\d-])(?P<iso>(?:19|20)\d\d-\d\d?-\d\d?)(?!\d)"
    r"|(?<![\d/.-])(?P<d>\d{1,2})(?P<sep>[-/.])(?P<m>\d{1,2})(?:(?P=sep)(?P<y>\d{4}|\d\d))?"
    r"(?![\d/-]|\.\d|\s*(?:dag|week|weken|maand|jaar|uur))"
    r"|(?<!\d)(?P<day>\d{1,2})(?:e|ste|de)?[\s-]+(?P<month>[^\W\d]{3,9})\.?"
    r"(?:[\s-]+(?P<year>\d{4}|'?\d\d)(?![\d:]))?"
)


@dataclass(frozen=True)
class Found:
    """A date, whether its year is assumed, and its span in the text."""

    day: "pd.Timestamp"
    assumed: bool
    start: int
    stop: int


def days_in(text: str, after: "pd.Timestamp | None" = None) -> list[Found]:
    """
    Find the days that a text names.

    Examples
    --------
    >>> import pandas as pd
    >>> found = days_in("voor 1 mei a.s.", pd.Timestamp("2025-09-06"))
    >>> found[0].day.date().isoformat(), found[0].assumed
    ('2026-05-01', True)
    >>> [one.day.date().isoformat() for one in days_in("gereed 12-3-25")]
    ['2025-03-12']
    """
    out: list[Found] = []
    for hit in _DAY.finditer(text):
        day, assumed = _day_of(hit, after)
        if day is not None and day not in [one.day for one in out]:
            out.append(Found(day, assumed, *hit.span()))
    return out


def is_undated(text: str) -> bool:
    """
    Return whether a term names no date.

    Examples
    --------
    >>> is_undated("z.s.m."), is_undated("-"), is_undated("1 mei")
    (True, True, False)
    """
    key = " ".join(re.sub(r"[^\w\s?-]", " ", text.casefold()).split())
    return key in words.NO_DAY or normalise_name(text) in words.NO_DAY


def _day_of(hit: re.Match[str], after: "pd.Timestamp | None") -> "tuple[pd.Timestamp | None, bool]":
    if hit["iso"]:
        year, month, day = map(int, hit["iso"].split("-"))
        return _as_date(year, month, day), False
    if hit["d"]:
        day, month, given = int(hit["d"]), int(hit["m"]), hit["y"]
        if not given and hit["sep"] == ".":
            return None, False
    else:
        day, month, given = int(hit["day"]), _month(hit["month"]), hit["year"]
    if given:
        year = int(given.lstrip("'"))
        return _as_date(year if year > 99 else 2000 + year, month, day), False
    if after is None:
        return None, False
    for year in range(after.year, after.year + 9):
        made = _as_date(year, month, day)
        if made is not None and made >= after.normalize():
            return made, True
    return None, False


def _month(word: str) -> int:
    word = word.casefold()
    short = [month for month in MONTHS if month[:_SHORTEST] == word[:_SHORTEST]]
    if len(word) <= _SHORTEST + 1:
        special = {"mrt": 3, "sept": 9, "okt": 10, "oct": 10}
        return special.get(word, MONTHS.index(short[0]) + 1 if short else 0)
    alike = [similarity(word, month) for month in MONTHS]
    best = max(alike)
    return alike.index(best) + 1 if best >= _ALIKE else 0


def _as_date(year: int, month: int, day: int) -> "pd.Timestamp | None":
    import pandas as pd

    try:
        return pd.Timestamp(year=year, month=month, day=day).as_unit("s")
    except ValueError:
        return None
