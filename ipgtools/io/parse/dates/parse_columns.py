"""
Parse dates and times, in one format for the whole column.

Times stay local wall-clock times. A column whose day and month can't be told apart is an
error with two examples: half a file of swapped dates would look perfectly well.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ipgtools import _arrow
from ipgtools.errors import ReadError
from ipgtools.io.parse import text_values
from ipgtools.io.parse.dates import date_formats, month_names, normalise

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["ZONE", "days_only", "has_time_zone", "months_only", "parse"]

_SAMPLE = 2_000
_NEEDED = 0.9
_ZONE = r"^\d{4}-.*[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|[+-]\d{2}(?::?\d{2})?)$"
_ANY_ZONE = (
    r"(?i)(:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?[ap]\.?m\.?)?)"
    r"\s?(?:(Z|UTC|GMT|CES?T|MES?Z)|([+-]\d{2}(?::?\d{2})?))$"
)
_NAMED_ZONES = {"z": 0, "utc": 0, "gmt": 0, "cet": 60, "mez": 60, "cest": 120, "mesz": 120}
"""Minutes that clocks of a zone are ahead."""
_FRACTION = r"(:\d{2}:\d{2})[.,]\d{1,9}$"
_FEW_BY_CHANCE = 5
"""Dates, and texts, from which it is no chance that all are before or after the 12th."""
_EXCEL_ZERO = "1899-12-30"
_EXCEL_DAYS = (20_000, 80_000)
"""Numbers that are dates of Excel: 1954 to 2119, counted in days."""
_DAY = 86_400
_CLOCK_TOO = r"\d:\d{2}|^\d{8}\s?\d{4}|^\d{5}[.,]\d+$"
"""What a date with a time of day looks like; a day number of Excel has a fraction then."""
ZONE = "Europe/Amsterdam"


def parse(
    values: "pd.Series",
    *,
    source: str,
    timezone: str = ZONE,
    beside: "Sequence[pd.Series]" = (),
    months: bool = False,
) -> "tuple[pd.Series, pd.Series]":
    """Turn a column of dates into times."""
    import pandas as pd

    if pd.api.types.is_datetime64_any_dtype(values):
        if values.dt.tz is not None:
            values = values.dt.tz_convert(timezone).dt.tz_localize(None)
        return values.astype("datetime64[s]"), pd.Series(data=False, index=values.index)
    if values.dtype == object:
        return _parse_mixed(values, source, timezone)
    if pd.api.types.is_numeric_dtype(values):
        serial = _excel_days(values)
        if serial is not None:
            return serial, serial.isna() & values.notna()
    text = text_values.text(values)
    if text_values.is_placeholder(_arrow.sample(text, _SAMPLE)).any():
        text = text.mask(text_values.is_placeholder(text))
    alone = month_names.months_alone(text, compact=months)
    text = month_names.in_numbers(text) if alone is None else alone
    sample = _arrow.sample(text, _SAMPLE)
    if sample.empty:
        empty = pd.Series(pd.NaT, index=values.index, dtype="datetime64[s]")
        return empty, pd.Series(data=False, index=values.index)
    if sample.str.contains(_ZONE).mean() >= _NEEDED:
        zoned = pd.to_datetime(text, errors="coerce", utc=True, format="ISO8601")
        return _local(zoned, timezone), _left(zoned, text)
    if sample.str.contains(_without_groups(_ANY_ZONE)).mean() >= _NEEDED:
        return _parse_zoned(text, source, timezone, beside)
    if sample.str.contains(_FRACTION.replace("(", "(?:", 1)).any():
        text = text.str.replace(_FRACTION, r"\1", regex=True)
    if sample.str.fullmatch(r"\d{5}([.,]\d+)?").mean() >= _NEEDED:
        serial = _excel_days(pd.to_numeric(text.str.replace(",", "."), errors="coerce"))
        if serial is not None:
            return serial, _left(serial, text)
    try:
        notation = date_formats.detect_format(text, source, beside=beside)
    except ReadError as error:
        if error.code != "dates_unknown" or (tidied := normalise.normalise_dates(text)).equals(
            text
        ):
            raise
        notation = date_formats.detect_format(tidied, source, beside=beside, shown=text)
        text = tidied
    times = date_formats.parse_format(text, notation)
    left = _left(times, text)
    if left.any():
        times[left] = date_formats.parse_rest(text[left], notation)
        left = _left(times, text)
    if left.any():
        tidied = normalise.normalise_dates(text[left])
        again = date_formats.parse_format(tidied, notation)
        times[left] = again.fillna(date_formats.parse_rest(tidied, notation))
        left = _left(times, text)
    return times, left


def has_time_zone(values: "pd.Series") -> bool:
    """
    Return whether times carry a time zone and are converted to local time.

    Examples
    --------
    >>> import pandas as pd
    >>> (
    ...     has_time_zone(pd.Series(["2025-09-13T12:30:00Z"])),
    ...     has_time_zone(pd.Series(["2025-09-13 12:30"])),
    ... )
    (True, False)
    """
    import pandas as pd

    if pd.api.types.is_datetime64_any_dtype(values):
        return values.dt.tz is not None
    if not pd.api.types.is_string_dtype(values.dtype):
        return False
    sample = _arrow.sample(values, _SAMPLE).astype("str").str.strip()
    return bool(
        not sample.empty and sample.str.contains(_without_groups(_ANY_ZONE)).mean() >= _NEEDED
    )


def _without_groups(pattern: str) -> str:
    """Make groups that don't catch of those that do."""
    return re.sub(r"\((?!\?)", "(?:", pattern)


def _left(times: "pd.Series", text: "pd.Series") -> "pd.Series":
    return times.isna() & text.notna()


def _local(zoned: "pd.Series", timezone: str) -> "pd.Series":
    return zoned.dt.tz_convert(timezone).dt.tz_localize(None).astype("datetime64[s]")


def _parse_zoned(
    text: "pd.Series", source: str, timezone: str, beside: "Sequence[pd.Series]"
) -> "tuple[pd.Series, pd.Series]":
    """Read times with their zone behind them, in any notation."""
    import pandas as pd

    parts = text.str.extract(_ANY_ZONE)
    zones = parts[1].fillna(parts[2])
    ahead = {zone: _minutes(zone) for zone in zones.dropna().unique()}
    bare = text.str.replace(_ANY_ZONE, r"\1", regex=True).rename(text.name)
    times, left = parse(bare, source=source, timezone=timezone, beside=beside)
    minutes = pd.to_timedelta(zones.map(ahead).astype("float64"), unit="min")
    local = _local((times - minutes).dt.tz_localize("UTC"), timezone)
    return local.fillna(times), left


def _minutes(zone: str) -> int:
    plain = zone.lower()
    if plain in _NAMED_ZONES:
        return _NAMED_ZONES[plain]
    hours, minutes = int(plain[1:3]), int(plain[3:].strip(":") or 0)
    return (hours * 60 + minutes) * (-1 if plain[0] == "-" else 1)


def months_only(values: "pd.Series") -> bool:
    """
    Return whether a column of dates is precise to the month only.

    Examples
    --------
    >>> import pandas as pd
    >>> months_only(pd.Series(["2025-02", None])), months_only(pd.Series(["2025-02-01"]))
    (True, False)
    """
    import pandas as pd

    if not pd.api.types.is_string_dtype(values.dtype):
        return False
    return month_names.months_alone(text_values.text(values)) is not None


def _excel_days(numbers: "pd.Series") -> "pd.Series | None":
    import pandas as pd

    inside = numbers.dropna().between(*_EXCEL_DAYS)
    if inside.empty or inside.mean() < _NEEDED:
        return None
    days = numbers.where(numbers.between(*_EXCEL_DAYS)).astype("float64")
    minutes = pd.to_timedelta((days * 86_400).round(), unit="s")
    return (pd.Timestamp(_EXCEL_ZERO) + minutes).astype("datetime64[s]")


def _parse_mixed(values: "pd.Series", source: str, timezone: str) -> "tuple[pd.Series, pd.Series]":
    """Read a column of Excel in which some cells are dates, some text, some numbers."""
    import datetime as dt

    import pandas as pd

    number = values.map(lambda cell: isinstance(cell, int | float) and cell == cell).astype(bool)
    date = values.map(lambda cell: isinstance(cell, dt.date)).astype(bool) & values.notna()
    times = pd.Series(pd.NaT, index=values.index, dtype="datetime64[s]")
    if date.any():
        times[date] = pd.to_datetime(values[date], errors="coerce").astype("datetime64[s]")
    text = ~number & ~date & values.notna()
    if text.any():
        written = values[text].astype("str")
        try:
            times[text], _ = parse(written, source=source, timezone=timezone)
        except ReadError:
            if not date.any():
                raise
            times[text] = date_formats.parse_rest(text_values.text(written), "%d-%m-%Y")
        if date.any() and _swapped_day_and_month(times[date], times[text]):
            examples = ", ".join(repr(value) for value in written[times[text].notna()].head(2))
            msg = f"{source}: in `{values.name}` days and months of some dates changed places"
            raise ReadError(
                msg, code="dates_half", path=source, column=values.name, examples=examples
            )
    if number.any():
        serial = _excel_days(values[number].astype("float64"))
        if serial is not None:
            times[number] = serial
    left = times.isna() & values.notna()
    left[left] = ~text_values.is_placeholder(values[left].astype("str"))
    return times, left


def _swapped_day_and_month(dates: "pd.Series", texts: "pd.Series") -> bool:
    """
    Return whether a spreadsheet swapped day and month in dates it could parse.

    Then each date has a day up to the 12th, and each text that was left has one after it.
    """
    texts = texts.dropna()
    enough = min(len(dates), len(texts)) >= _FEW_BY_CHANCE
    return bool(enough and (dates.dt.day <= 12).all() and (texts.dt.day > 12).all())


def days_only(values: "pd.Series", times: "pd.Series") -> "np.ndarray":
    """
    Return which times are precise to the day only.

    Examples
    --------
    >>> import pandas as pd
    >>> written = pd.Series(["01-09-2025", "01-09-2025 00:00", "01-09-2025 10:30", None])
    >>> times, _ = parse(written, source="a.csv")
    >>> days_only(written, times).tolist()
    [True, False, False, False]
    """
    import numpy as np
    import pandas as pd

    seconds = times.to_numpy(dtype="datetime64[s]").view("int64")
    known = ~np.isnat(seconds.view("datetime64[s]"))
    midnight = np.zeros(len(seconds), dtype=bool)
    for span in _arrow.chunks(len(seconds)):
        midnight[span] = known[span] & (seconds[span] % _DAY == 0)
    if not pd.api.types.is_string_dtype(values.dtype):
        return midnight if (midnight == known).all() else np.zeros(len(seconds), dtype=bool)
    written = pd.Series(_arrow.take(values, midnight)).astype("str").str.strip()
    without = ~written.str.contains(_CLOCK_TOO)
    others = pd.Series(written[without].unique(), dtype="str")
    in_notation = normalise.normalise_dates(month_names.in_numbers(others))
    if (also := in_notation.str.contains(_CLOCK_TOO)).any():
        without &= ~written.isin(others[also])
    midnight[midnight] = without.to_numpy(dtype=bool)
    return midnight
