"""
Detect the format of a column of dates, and parse it.

One notation counts for a whole column. What isn't written in it is read in the same order of
day and month, with or without a time of day; nothing else is guessed.
"""

import functools
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ipgtools import _arrow
from ipgtools.errors import ReadError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["detect_format", "parse_format", "parse_rest"]

_FORMATS = (
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y%m%d",
    "%Y%m%d %H%M",
    "%Y%m%d%H%M",
    "%Y%m%d%H%M%S",
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
    "%d/%m/%Y %I:%M:%S %p",
    "%d/%m/%Y %I:%M %p",
    "%d/%m/%y",
    "%d/%m/%y %H:%M",
    "%d/%m/%y %H:%M:%S",
    "%d-%m-%y",
    "%d-%m-%y %H:%M",
    "%d-%m-%y %H:%M:%S",
    "%d.%m.%Y",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%y",
    "%d.%m.%y %H:%M",
)
_MONTH_FIRST = {
    "%m/%d/%Y": "%d/%m/%Y",
    "%m/%d/%Y %H:%M": "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M:%S": "%d/%m/%Y %H:%M:%S",
    "%m/%d/%Y %I:%M:%S %p": "%d/%m/%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M %p": "%d/%m/%Y %I:%M %p",
    "%m/%d/%y": "%d/%m/%y",
    "%m/%d/%y %H:%M": "%d/%m/%y %H:%M",
    "%m/%d/%y %H:%M:%S": "%d/%m/%y %H:%M:%S",
    "%m-%d-%Y": "%d-%m-%Y",
    "%m-%d-%Y %H:%M": "%d-%m-%Y %H:%M",
    "%m-%d-%Y %H:%M:%S": "%d-%m-%Y %H:%M:%S",
    "%m-%d-%y": "%d-%m-%y",
    "%m-%d-%y %H:%M": "%d-%m-%y %H:%M",
}
_FEW_ODD = 3
"""Different dates with the month before the dash from which they are no slips of the pen."""
_SAMPLE = 2_000
_HEAD = 50
_NEEDED = 0.9
_MIDNIGHT = r"([ T])24:00(:00)?$"
_MONTHS = ("%Y-%m", "%m-%Y")
_SHORT_YEARS = ("%d-%m-%y", "%d/%m/%y", "%d.%m.%y")
_MONTHS_OF_A_YEAR = 12
_FIRST_YEAR = 1000
"""Before it a year is one of two digits that was taken for four."""
_FIELDS = {"Y": (0, 4), "m": (1, 2), "d": (2, 2), "H": (3, 2), "M": (4, 2), "S": (5, 2)}
"""Parts of a time that are written with one number of digits: which, and how many."""


def detect_format(
    text: "pd.Series",
    source: str,
    *,
    beside: "Sequence[pd.Series]" = (),
    shown: "pd.Series | None" = None,
) -> str:
    """
    Find the notation that fits nearly all values of a column.

    Examples
    --------
    >>> import pandas as pd
    >>> detect_format(pd.Series(["13-09-2025", "1-9-2025"]), "a.csv")
    '%d-%m-%Y'
    """
    sample = _arrow.sample(text, _SAMPLE).str.replace(_MIDNIGHT, r"\g<1>00:00\g<2>", regex=True)

    def fits(notation: str, values: "pd.Series") -> float:
        return float(parse_format(values, notation).notna().mean())

    def fits_with_others(notation: str, values: "pd.Series") -> float:
        times = parse_format(values, notation)
        left = times.isna()
        times[left] = parse_rest(values[left], notation)
        return float(times.notna().mean())

    def examples_of(values: "pd.Series") -> str:
        first = values.index[:2]
        return ", ".join(repr(value) for value in (text if shown is None else shown)[first])

    best, fit = _best(sample, fits)
    if fit < _NEEDED:
        fits = fits_with_others
        best, fit = max(
            ((one, fits(one, sample)) for one in (best, _twin(best)) if one),
            key=lambda found: found[1],
        )
    if fit < _NEEDED:
        odd = sample[parse_format(sample, best).isna() & parse_rest(sample, best).isna()]
        examples = examples_of(odd)
        msg = f"{source}: `{text.name}` holds no dates in a notation that is known: {examples}"
        raise ReadError(msg, code="dates_unknown", path=source, column=text.name, examples=examples)
    if best.startswith(_SHORT_YEARS) and _year_in_front(sample):
        examples = examples_of(sample)
        msg = f"{source}: `{text.name}` could begin with the day or with the year: {examples}"
        raise ReadError(msg, code="dates_year", path=source, column=text.name, examples=examples)
    twin = _twin(best)
    if twin and fits(twin, sample) >= _NEEDED:
        day_first, month_first = sorted((best, twin), key=lambda notation: notation[1] != "d")
        present = text.dropna()
        both = fits(day_first, present), fits(month_first, present)
        dashed = "-" in day_first
        odd = present[
            parse_format(present, day_first).isna() & parse_format(present, month_first).notna()
        ]
        if dashed and odd.nunique() < _FEW_ODD:
            return day_first
        if both[0] == both[1] and (told := _ambiguity_note(beside, day_first)):
            return day_first if told == "d" else month_first
        if dashed or both[0] == both[1]:
            examples = examples_of(present)
            msg = f"{source}: `{text.name}` could be day-month or month-day: {examples}"
            raise ReadError(
                msg, code="dates_doubt", path=source, column=text.name, examples=examples
            )
        best = day_first if both[0] > both[1] else month_first
    return best


def parse_format(text: "pd.Series", notation: str) -> "pd.Series":
    """
    Read one notation; of a long column only what isn't written to the letter goes slowly.

    Examples
    --------
    >>> import pandas as pd
    >>> parse_format(pd.Series(["13-09-2025", "gisteren"]), "%d-%m-%Y").isna().tolist()
    [False, True]
    """
    import numpy as np
    import pandas as pd

    layout = _layout(notation)
    if layout is None or not _arrow.is_long(text):
        return _read_any(text, notation)
    from ipgtools import _kernels_text

    seconds = np.empty(len(text), dtype=np.int64)
    for where, offsets, data, valid in _arrow.buffers(text):
        _kernels_text.times(offsets, data, valid, *layout, seconds[where])
    left = seconds == _kernels_text.LEFT
    seconds[left] = _kernels_text.MISSING
    times = pd.Series(seconds.view("datetime64[s]"), index=text.index)
    if left.any():
        times[left] = _read_any(text[left], notation)
    return times


def parse_rest(text: "pd.Series", used: str) -> "pd.Series":
    """
    Read what is left in the same order of day and month, with or without a time of day.

    What begins with the year, or has the day before a dash, can be read in one way only: sheets
    in which some cells are dates and others text have both.

    Examples
    --------
    >>> import pandas as pd
    >>> str(parse_rest(pd.Series(["13-09-2025 24:00"]), "%d-%m-%Y %H:%M")[0])
    '2025-09-14 00:00:00'
    """
    import pandas as pd

    result = pd.Series(pd.NaT, index=text.index, dtype="datetime64[s]")
    for notation in (*_FORMATS, *_MONTH_FIRST):
        same_order = notation[:8] == used[:8]
        certain = notation.startswith(("%Y-%m-%d", "%Y/%m/%d", "%d-%m-%Y"))
        if (same_order or certain) and notation != used and used not in _MONTHS:
            result = result.fillna(parse_format(text, notation))
    midnight = text.str.contains(_MIDNIGHT.replace("(", "(?:")) & result.isna()
    if midnight.any():
        day_before = text[midnight].str.replace(_MIDNIGHT, r"\g<1>00:00\g<2>", regex=True)
        for notation in (used, *_FORMATS):
            if notation[:8] == used[:8]:
                next_day = parse_format(day_before, notation) + pd.Timedelta(days=1)
                result[midnight] = result[midnight].fillna(next_day)
    return result


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

    if notation.startswith("%Y%m%d"):  # "1756720800" is no time in the year 1756
        text = text.where(text.str.len() == len(notation) + len("2025") - len("%Y"))
    values = pa.array(text, type=pa.string(), from_pandas=True)
    found = pc.strptime(values, format=notation, unit="s", error_is_null=True)
    times = pd.Series(found.to_numpy(zero_copy_only=False), index=text.index)
    times = times.astype("datetime64[s]")
    suspect = np.full(len(text), fill_value="%S" in notation) | (times.dt.day <= 3).to_numpy()
    suspect = (suspect | times.isna().to_numpy()) & text.notna().to_numpy()
    if suspect.any():
        again = pd.to_datetime(text[suspect], format=notation, errors="coerce")
        times[suspect] = again.astype("datetime64[s]")
    return times.mask(times.dt.year < _FIRST_YEAR) if "%Y" in notation else times


def _ambiguity_note(columns: "Sequence[pd.Series]", notation: str) -> str:
    """
    Return "d" or "m" as other columns put day or month first; empty in doubt.

    Examples
    --------
    >>> import pandas as pd
    >>> ends = pd.Series(["13/02/2025 10:00", "04/02/2025 10:00", None])
    >>> _ambiguity_note([ends], "%d/%m/%Y"), _ambiguity_note([ends], "%d.%m.%Y")
    ('d', '')
    """
    import pandas as pd

    found = set()
    for column in columns:
        if not pd.api.types.is_string_dtype(column.dtype):
            continue
        sign = "\\" + notation[2]
        parts = column.str.extract(rf"^\s*(\d{{1,2}}){sign}(\d{{1,2}}){sign}\d").astype("float")
        found |= {"d"} if (parts[0] > _MONTHS_OF_A_YEAR).any() else set()
        found |= {"m"} if (parts[1] > _MONTHS_OF_A_YEAR).any() else set()
    return found.pop() if len(found) == 1 else ""


def _year_in_front(text: "pd.Series") -> bool:
    """
    Return whether dates such as 25-09-13 begin with the year: it varies less.

    Examples
    --------
    >>> import pandas as pd
    >>> days = pd.Series(["25-09-13", "25-09-14", "25-10-01"])
    >>> _year_in_front(days), _year_in_front(pd.Series(["13-09-25", "14-09-25", "13-10-24"]))
    (True, False)
    """
    parts = text.str.extract(r"^(\d{1,2})[-/.]\d{1,2}[-/.](\d{2})(?!\d)")
    return bool(parts[0].nunique() < parts[1].nunique())


def _twin(notation: str) -> str | None:
    """Return the notation with day and month the other way round, where there is one."""
    ours = {ours: us for us, ours in _MONTH_FIRST.items() if ours}
    return ours.get(notation) or _MONTH_FIRST.get(notation) or None


def _best(sample: "pd.Series", fits: "Callable[[str, pd.Series], float]") -> tuple[str, float]:
    """
    Find the notation that fits most values, the first of those that do, and the share it fits.

    One that can't be that of enough of the first values isn't tried.
    """
    n, head = len(sample), sample.iloc[:_HEAD]
    notations = [*_FORMATS, *_MONTH_FIRST]
    at_most = {
        name: n - len(head) + sum(_form(name).fullmatch(value) is not None for value in head)
        for name in notations
    }
    best, most = notations[0], -1.0
    for name in sorted(notations, key=lambda name: -at_most[name]):
        if at_most[name] < round(most * n):
            break
        first = notations.index(name) < notations.index(best)
        if at_most[name] == round(most * n) and not first:
            continue
        fit = fits(name, sample)
        if fit > most or (fit == most and first):
            best, most = name, fit
    return best, most


_LOOSE = {"%Y": r"\s*\d{1,4}", "%p": r"\s*[ap]\.?m\.?", " ": r"\s*"}


@functools.lru_cache(maxsize=128)
def _form(notation: str) -> re.Pattern[str]:
    """
    Give what all text in a notation looks like, and some other text too.

    Examples
    --------
    >>> [bool(_form("%d-%m-%Y %H:%M").fullmatch(text)) for text in ("1-9-2025 9:00", "1-9-2025")]
    [True, False]
    """
    parts = re.findall(r"%\w|.", notation)
    loose = [
        _LOOSE.get(part, r"\s*\d{1,2}" if part[0] == "%" else rf"\s*{re.escape(part)}")
        for part in parts
    ]
    return re.compile("".join(loose) + r"\s*", re.IGNORECASE)
