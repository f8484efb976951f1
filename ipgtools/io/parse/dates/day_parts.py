"""Parse times of day, and dates split over columns for year, month and day."""

import re
from typing import TYPE_CHECKING

from ipgtools.io.parse import numbers as read
from ipgtools.io.parse.dates import month_names, normalise

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["are_weekdays", "from_parts", "hours", "time_of_day"]

_ZERO_DAY = r"^(?:(?:30|31)-12-1899|1899-12-(?:30|31)|0?1-0?1-1900|1900-01-0[01])[ T]+(?=\d)"
"""The day before all others of Excel and Access, on which they write times of day."""
_IN_WORDS = r"(?i:\d\s*(?:[ap]\.?m\.?|uur|u|h)$)"
_ONE_HOUR = r"(\d{1,2})(?:[:.]00)?(?:\s?(?:uur|u|h))?"
_HOURS = rf"^{_ONE_HOUR}(?:\s*(?:-|–|tot)\s*{_ONE_HOUR})?$"
_WEEKDAYS = {
    name[:length]
    for name in ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag",
                 "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    for length in (2, 3, len(name))
}  # fmt: skip


def hours(values: "pd.Series") -> "tuple[pd.Series, pd.Series]":
    """
    Read a column of whole hours.

    Examples
    --------
    >>> import pandas as pd
    >>> first, last = hours(pd.Series(["14", "14:00", "23-24", "15-14", "laat"]))
    >>> first.tolist(), last.tolist()
    ([14.0, 14.0, 23.0, nan, nan], [15.0, 15.0, 24.0, nan, nan])
    """
    import pandas as pd

    text = values.astype("str").str.strip().str.replace(r"[.,]0+$", "", regex=True)
    parts = text.mask(values.isna()).str.extract(_HOURS).apply(pd.to_numeric)
    first, last = parts[0], parts[1].fillna(parts[0] + 1)
    good = first.between(0, 24) & (last > first) & (last <= 25)
    return first.where(good), last.where(good)


def are_weekdays(values: "pd.Series") -> bool:
    """
    Return whether a column of days has the days of the week, and not of the month.

    Examples
    --------
    >>> import pandas as pd
    >>> are_weekdays(pd.Series(["ma", "zondag"])), are_weekdays(pd.Series(["1", "31"]))
    (True, False)
    """
    present = values.dropna().astype("str").str.strip().str.lower()
    return bool(not present.empty and present.isin(_WEEKDAYS).all())


def time_of_day(values: "pd.Series") -> "pd.Series":
    """
    Read times of day.

    Examples
    --------
    >>> import pandas as pd
    >>> [str(t) for t in time_of_day(pd.Series(["14:30", "930", "24:00", "0.25"]))]
    ['0 days 14:30:00', '0 days 09:30:00', '1 days 00:00:00', '0 days 06:00:00']
    """
    import pandas as pd

    text = values.astype("str").str.strip().str.replace(",", ".")
    text = text.mask(values.isna()).str.replace(_ZERO_DAY, "", regex=True)
    if text.str.contains(_IN_WORDS).any():
        said = text.str.contains(_IN_WORDS).fillna(value=False).astype(bool)
        text[said] = text[said].map(lambda one: normalise.normalise_clock(one) or one)
    parts = text.str.extract(r"^(\d{1,2})\s?[:.uh]\s?(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:\s?uur)?$")
    packed = text.str.extract(r"^(\d{1,2})(\d{2})$")
    hours = pd.to_numeric(parts[0].fillna(packed[0]))
    minutes = pd.to_numeric(parts[1].fillna(packed[1]))
    seconds = pd.to_numeric(parts[2]).fillna(0) + hours * 3600 + minutes * 60
    wrong = (minutes > 59) | (seconds > 86_400)
    number = pd.to_numeric(text, errors="coerce")
    fraction = text.str.fullmatch(r"0(\.\d+)?|\.\d+|1\.0+").fillna(value=False).astype(bool)
    whole = text.str.fullmatch(r"\d{1,2}(\.0+)?").fillna(value=False).astype(bool) & ~fraction
    all_hours = bool((whole | (number == 0) | number.isna()).all())
    seconds = seconds.mask(whole & (number <= 24), number * 3600)
    part = (number * 86_400 / 60).round() * 60
    seconds = seconds.mask(fraction & (not all_hours), part).mask(fraction & (number == 0), 0)
    seconds = seconds.mask(wrong.fillna(value=False) & ~fraction & ~whole)
    return pd.to_timedelta(seconds, unit="s").astype("timedelta64[s]")


def from_parts(
    rows: "pd.DataFrame", parts: "dict[str, str]"
) -> "tuple[pd.Series, pd.Series | None]":
    """Put dates together from columns with years, months and days."""
    import pandas as pd

    numbers = {
        name: pd.Series(read.numbers(rows[parts[theirs]]), index=rows.index)
        for name, theirs in (("year", "year"), ("month", "month_number"), ("day", "day"))
        if theirs in parts
    }
    named = rows[parts["month_number"]]
    if numbers["month"].isna().any():
        by_name = named.astype("str").str.strip().str.lower().map(_month)
        numbers["month"] = numbers["month"].fillna(by_name.astype("float64"))
    known = pd.DataFrame(numbers)
    with_day = known if "day" in known else known.assign(day=1)
    with_day = with_day.where(with_day.notna().all(axis=1))
    begin = pd.to_datetime(with_day, errors="coerce").astype("datetime64[s]")
    if "day" in parts:
        return begin, None
    return begin, (begin + pd.DateOffset(months=1)).astype("datetime64[s]")


def _month(text: str) -> int | None:
    """
    Return the number of a month that is written with more than its number.

    Examples
    --------
    >>> [_month(text) for text in ("m09", "9 - september", "sept", "9 foo")]
    [9, 9, 9, None]
    """
    digits, name = re.match(r"(?:m{1,2})?0*(\d{0,2})[\s.:-]*(.*)", text).groups()  # type: ignore[union-attr]
    if digits and not name:
        return int(digits)
    named = month_names.number(name) if name else None
    return named if not digits or named == int(digits) else None
