"""
Read dates and times as they stand in a file, in one notation for the whole column.

Times stay local wall-clock times. A column whose day and month can't be told apart is an
error with two examples: half a file of swapped dates would look perfectly well.
"""

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

from ipgtools import _arrow
from ipgtools.errors import ReadError
from ipgtools.io import cells

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

_FORMATS = (
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y%m%d",
    "%Y%m%d %H%M",
    "%Y%m%d%H%M",
    "%Y/%m/%d",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y-%m",
    "%m-%Y",
    "%d-%m-%Y",
    "%d-%m-%Y %H:%M",
    "%d-%m-%Y %H:%M:%S",
    "%d/%m/%Y",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%y",
    "%d/%m/%y %H:%M",
    "%d-%m-%y",
    "%d-%m-%y %H:%M",
    "%d-%m-%y %H:%M:%S",
    "%d.%m.%Y",
    "%d.%m.%Y %H:%M",
)
_MONTH_FIRST = {
    "%m/%d/%Y": "%d/%m/%Y",
    "%m/%d/%Y %H:%M": "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M:%S": "%d/%m/%Y %H:%M:%S",
    "%m/%d/%Y %I:%M:%S %p": "",
    "%m/%d/%Y %I:%M %p": "",
    "%m/%d/%y": "%d/%m/%y",
    "%m/%d/%y %H:%M": "%d/%m/%y %H:%M",
}
_SAMPLE = 2_000
_HEAD = 50
_NEEDED = 0.9


_ZONE = r"[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|[+-]\d{2}:?\d{2})$"
_MIDNIGHT = r"([ T])24:00(:00)?$"
_FRACTION = r"(:\d{2}:\d{2})[.,]\d{1,9}$"
_MONTH_ONLY = r"\d{4}-\d{2}|\d{2}-\d{4}"
_EXCEL_ZERO = "1899-12-30"
_EXCEL_DAYS = (20_000, 80_000)
"""Numbers that are dates of Excel: 1954 to 2119, counted in days."""
_MONTHS = ("%Y-%m", "%m-%Y")
_FIRST_YEAR = 1000
"""Before it a year is one of two digits that was taken for four."""
ZONE = "Europe/Amsterdam"


def parse(
    values: "pd.Series", *, source: str, timezone: str = ZONE
) -> "tuple[pd.Series, pd.Series]":
    """
    Turn a column of dates into times.

    Parameters
    ----------
    values : Series, n_rows
        Text, times already, or the day numbers of Excel. ``24:00`` is the start of the next
        day.
    source : str
        Name of the file, for messages.
    timezone : str, default "Europe/Amsterdam"
        Where times that carry a zone become local times.

    Returns
    -------
    times : Series of datetime64[s], n_rows
        Local wall-clock times, NaT where missing or unreadable.
    unreadable : Series of bool, n_rows
        True where something stood that is no time in the column's notation.

    Raises
    ------
    ReadError
        If no notation fits nine in ten of the values, or day and month can't be told apart.
    """
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
    text = cells.text(values)
    sample = _arrow.sample(text, _SAMPLE)
    if sample.empty:
        empty = pd.Series(pd.NaT, index=values.index, dtype="datetime64[s]")
        return empty, pd.Series(data=False, index=values.index)
    if sample.str.contains(_ZONE).mean() >= _NEEDED:
        zoned = pd.to_datetime(text, errors="coerce", utc=True, format="ISO8601")
        times = zoned.dt.tz_convert(timezone).dt.tz_localize(None).astype("datetime64[s]")
        return times, times.isna() & text.notna()
    if sample.str.contains(_FRACTION.replace("(", "(?:", 1)).any():
        text = text.str.replace(_FRACTION, r"\1", regex=True)
    if sample.str.fullmatch(r"\d{5}([.,]\d+)?").mean() >= _NEEDED:
        serial = _excel_days(pd.to_numeric(text.str.replace(",", "."), errors="coerce"))
        if serial is not None:
            return serial, serial.isna() & text.notna()
    notation = _notation(text, source)
    times = _read(text, notation)
    left = times.isna() & text.notna()
    if left.any():
        times[left] = _other_notations(text[left], notation)
        left = times.isna() & text.notna()
    return times, left


def months_only(values: "pd.Series") -> bool:
    """
    Tell whether a column of dates knows no more than the month.

    Parameters
    ----------
    values : Series, n_rows
        Text; anything else says more.

    Examples
    --------
    >>> import pandas as pd
    >>> months_only(pd.Series(["2025-02", None])), months_only(pd.Series(["2025-02-01"]))
    (True, False)
    """
    import pandas as pd

    if not pd.api.types.is_string_dtype(values.dtype):
        return False
    present = values.dropna()
    if present.empty or len(str(present.iloc[0]).strip()) != len("2025-02"):
        return False
    return bool(present.str.strip().str.fullmatch(_MONTH_ONLY).mean() >= _NEEDED)


def time_of_day(values: "pd.Series") -> "pd.Series":
    """
    Read times of day.

    Parameters
    ----------
    values : Series, n_rows
        ``14:30``, ``14.30``, ``1430``, ``14u30``, times as Excel gives them, fractions of a
        day (0.604), or whole hours.

    Returns
    -------
    Series of timedelta64[s], n_rows
        Since midnight, 24:00 included; NaT where it can't be read.

    Examples
    --------
    >>> import pandas as pd
    >>> [str(t) for t in time_of_day(pd.Series(["14:30", "930", "24:00", "0.25"]))]
    ['0 days 14:30:00', '0 days 09:30:00', '1 days 00:00:00', '0 days 06:00:00']
    """
    import pandas as pd

    text = values.astype("str").str.strip().str.replace(",", ".")
    text = text.mask(values.isna())
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
    """
    Put dates together from columns with years, months and days.

    Parameters
    ----------
    rows : DataFrame, n_rows
        As read.
    parts : dict of str to str
        The columns for ``year``, ``month_number`` and, where known, ``day``.

    Returns
    -------
    begin : Series of datetime64[s], n_rows
        Start of the day, or of the month where no day is known. NaT for days that don't exist.
    end : Series of datetime64[s] or None
        Start of the next month where no day is known.
    """
    import pandas as pd

    numbers = {
        name: pd.to_numeric(rows[parts[theirs]], errors="coerce")
        for name, theirs in (("year", "year"), ("month", "month_number"), ("day", "day"))
        if theirs in parts
    }
    known = pd.DataFrame(numbers)
    with_day = known if "day" in known else known.assign(day=1)
    with_day = with_day.where(with_day.notna().all(axis=1))
    begin = pd.to_datetime(with_day, errors="coerce").astype("datetime64[s]")
    if "day" in parts:
        return begin, None
    return begin, (begin + pd.DateOffset(months=1)).astype("datetime64[s]")


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
        try:
            times[text], _ = parse(values[text].astype("str"), source=source, timezone=timezone)
        except ReadError:
            if not date.any():
                raise
    if number.any():
        serial = _excel_days(values[number].astype("float64"))
        if serial is not None:
            times[number] = serial
    return times, times.isna() & values.notna()


_FIELDS = {"Y": (0, 4), "m": (1, 2), "d": (2, 2), "H": (3, 2), "M": (4, 2), "S": (5, 2)}
"""Parts of a time that are written with one number of digits: which, and how many."""


@functools.lru_cache(maxsize=64)
def _layout(notation: str) -> "tuple[np.ndarray, np.ndarray] | None":
    """
    Spell a notation out sign by sign, as `_kernels_text.times` wants it; None where it can't.

    Examples
    --------
    >>> signs, fields = _layout("%d-%m-%Y")
    >>> bytes(signs), fields.tolist(), _layout("%d/%m/%y")
    (b'00-00-0000', [2, 2, -1, 1, 1, -1, 0, 0, 0, 0], None)
    """
    import numpy as np

    signs, fields = b"", []
    parts = iter(notation)
    for sign in parts:
        field, width = _FIELDS.get(next(parts), (-1, 0)) if sign == "%" else (-1, 1)
        if not width:
            return None
        signs += (b"0" if field >= 0 else sign.encode()) * width
        fields += [field] * width
    return np.frombuffer(signs, dtype=np.uint8), np.array(fields, dtype=np.int8)


def _read(text: "pd.Series", notation: str) -> "pd.Series":
    """Read one notation; of a long column only what isn't written to the letter goes slowly."""
    import numpy as np
    import pandas as pd

    layout = _layout(notation)
    if layout is None or not _arrow.is_long(text):
        return _read_any(text, notation)
    from ipgtools import _kernels_text

    seconds = np.empty(len(text), dtype=np.int64)
    for where, offsets, data, valid in _arrow.pieces(text):
        _kernels_text.times(offsets, data, valid, *layout, seconds[where])
    left = seconds == _kernels_text.LEFT
    seconds[left] = _kernels_text.MISSING
    times = pd.Series(seconds.view("datetime64[s]"), index=text.index)
    if left.any():
        times[left] = _read_any(text[left], notation)
    return times


def _read_any(text: "pd.Series", notation: str) -> "pd.Series":
    """
    Read one notation by Arrow, and once more by pandas what Arrow may have bent.

    Arrow takes 31 February for 3 March and 60 seconds for the next minute: only a time in the
    first three days of a month, or with seconds, can have come about so.
    """
    import numpy as np
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    values = pa.array(text, type=pa.string(), from_pandas=True)
    read = pc.strptime(values, format=notation, unit="s", error_is_null=True)
    times = pd.Series(read.to_numpy(zero_copy_only=False), index=text.index)
    times = times.astype("datetime64[s]")
    suspect = np.full(len(text), fill_value="%S" in notation) | (times.dt.day <= 3).to_numpy()
    suspect = (suspect | times.isna().to_numpy()) & text.notna().to_numpy()
    if suspect.any():
        again = pd.to_datetime(text[suspect], format=notation, errors="coerce")
        times[suspect] = again.astype("datetime64[s]")
    return times.mask(times.dt.year < _FIRST_YEAR) if "%Y" in notation else times


def _notation(text: "pd.Series", source: str) -> str:
    sample = _arrow.sample(text, _SAMPLE).str.replace(_MIDNIGHT, r"\g<1>00:00\g<2>", regex=True)

    def fits(notation: str, values: "pd.Series") -> float:
        return float(_read(values, notation).notna().mean())

    def fits_with_others(notation: str, values: "pd.Series") -> float:
        times = _read(values, notation)
        left = times.isna()
        times[left] = _other_notations(values[left], notation)
        return float(times.notna().mean())

    best, fit = _best(sample, fits)
    if fit < _NEEDED:
        fits = fits_with_others
        best, fit = max(
            ((one, fits(one, sample)) for one in (best, _twin(best)) if one),
            key=lambda found: found[1],
        )
    if fit < _NEEDED:
        examples = ", ".join(repr(value) for value in sample.head(2))
        msg = f"{source}: `{text.name}` holds no dates in a notation that is known: {examples}"
        raise ReadError(msg, code="dates_unknown", path=source, column=text.name, examples=examples)
    twin = _twin(best)
    if twin and fits(twin, sample) >= _NEEDED:
        day_first, month_first = sorted((best, twin), key=lambda notation: notation[1] != "d")
        present = text.dropna()
        both = fits(day_first, present), fits(month_first, present)
        if both[0] == both[1]:
            examples = ", ".join(repr(value) for value in present.head(2))
            msg = f"{source}: `{text.name}` could be day-month or month-day: {examples}"
            raise ReadError(
                msg, code="dates_doubt", path=source, column=text.name, examples=examples
            )
        best = day_first if both[0] > both[1] else month_first
    return best


def _twin(notation: str) -> str | None:
    """Give the notation with day and month the other way round, where there is one."""
    ours = {ours: us for us, ours in _MONTH_FIRST.items() if ours}
    return ours.get(notation) or _MONTH_FIRST.get(notation) or None


def _best(sample: "pd.Series", fits: "Callable[[str, pd.Series], float]") -> tuple[str, float]:
    """
    Find the notation that fits most values, the first of those that do, and the share it fits.

    One that fits so few of the first values that it can't be the best any more isn't tried on
    the others.
    """
    n, head = len(sample), sample.iloc[:_HEAD]
    notations = [*_FORMATS, *_MONTH_FIRST]
    at_most = {name: n - len(head) + fits(name, head) * len(head) for name in notations}
    best, most = notations[0], -1.0
    for name in sorted(notations, key=lambda name: -at_most[name]):
        if round(at_most[name]) < round(most * n):
            break
        fit = fits(name, sample)
        if fit > most or (fit == most and notations.index(name) < notations.index(best)):
            best, most = name, fit
    return best, most


def _other_notations(text: "pd.Series", used: str) -> "pd.Series":
    """
    Read what is left in the same order of day and month, with or without a time of day.

    What begins with the year, or has the day before a dash, can be read in one way only: sheets
    in which some cells are dates and others text have both.
    """
    import pandas as pd

    result = pd.Series(pd.NaT, index=text.index, dtype="datetime64[s]")
    for notation in (*_FORMATS, *_MONTH_FIRST):
        same_order = notation[:8] == used[:8]
        certain = notation.startswith(("%Y-%m-%d", "%Y/%m/%d", "%d-%m-%Y"))
        if (same_order or certain) and notation != used and used not in _MONTHS:
            result = result.fillna(_read(text, notation))
    midnight = text.str.contains(_MIDNIGHT.replace("(", "(?:")) & result.isna()
    if midnight.any():
        day_before = text[midnight].str.replace(_MIDNIGHT, r"\g<1>00:00\g<2>", regex=True)
        for notation in (used, *_FORMATS):
            if notation[:8] == used[:8]:
                next_day = _read(day_before, notation) + pd.Timedelta(days=1)
                result[midnight] = result[midnight].fillna(next_day)
    return result
