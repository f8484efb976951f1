"""
Read dates and times as they stand in a file, in one notation for the whole column.

Times stay local wall-clock times. A column whose day and month can't be told apart is an
error with two examples: half a file of swapped dates would look perfectly well.
"""

from typing import TYPE_CHECKING

from ipgtools.errors import ReadError

if TYPE_CHECKING:
    import pandas as pd

_FORMATS = (
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y%m%d",
    "%Y/%m/%d",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y-%m",
    "%d-%m-%Y",
    "%d-%m-%Y %H:%M",
    "%d-%m-%Y %H:%M:%S",
    "%d/%m/%Y",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%y",
    "%d/%m/%y %H:%M",
    "%d.%m.%Y",
    "%d.%m.%Y %H:%M",
)
_MONTH_FIRST = {
    "%m/%d/%Y": "%d/%m/%Y",
    "%m/%d/%Y %H:%M": "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M:%S": "%d/%m/%Y %H:%M:%S",
    "%m/%d/%Y %I:%M:%S %p": "",
    "%m/%d/%y": "%d/%m/%y",
    "%m/%d/%y %H:%M": "%d/%m/%y %H:%M",
}
_SAMPLE = 2_000
_NEEDED = 0.9


def parse(values: "pd.Series", *, source: str) -> "tuple[pd.Series, pd.Series]":
    """
    Turn a column of dates into times.

    Parameters
    ----------
    values : Series, n_rows
        Text, or times already. Times with a zone become local times in Amsterdam.
    source : str
        Name of the file, for messages.

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
            values = values.dt.tz_convert("Europe/Amsterdam").dt.tz_localize(None)
        return values.astype("datetime64[s]"), pd.Series(data=False, index=values.index)
    text = values.astype("str").str.strip()
    text = text.mask(values.isna() | (text == ""))
    present = text.dropna()
    if present.empty:
        empty = pd.Series(pd.NaT, index=values.index, dtype="datetime64[s]")
        return empty, pd.Series(data=False, index=values.index)
    notation = _notation(present, source)
    times = _read(text, notation)
    left = times.isna() & text.notna()
    if left.any():
        times[left] = _other_notations(text[left], notation)
    return times, times.isna() & text.notna()


def _read(text: "pd.Series", notation: str) -> "pd.Series":
    """
    Read one notation fast, by Arrow, and once more by pandas what Arrow may have bent.

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
    return times


def _notation(present: "pd.Series", source: str) -> str:
    step = max(1, len(present) // _SAMPLE)
    sample = present.iloc[::step]

    def fits(notation: str, values: "pd.Series") -> float:
        return float(_read(values, notation).notna().mean())

    notations = [*_FORMATS, *_MONTH_FIRST]
    best = max(notations, key=lambda notation: fits(notation, sample))
    if fits(best, sample) < _NEEDED:
        examples = ", ".join(repr(value) for value in sample.head(2))
        msg = f"{source}: `{present.name}` holds no dates in a notation that is known: {examples}"
        raise ReadError(
            msg, code="dates_unknown", path=source, column=present.name, examples=examples
        )
    twin = {ours: us for us, ours in _MONTH_FIRST.items()}.get(best) or _MONTH_FIRST.get(best)
    if twin and fits(twin, sample) >= _NEEDED:
        day_first, month_first = sorted((best, twin), key=lambda notation: notation[1] != "d")
        both = fits(day_first, present), fits(month_first, present)
        if both[0] == both[1]:
            examples = ", ".join(repr(value) for value in present.head(2))
            msg = f"{source}: `{present.name}` could be day-month or month-day: {examples}"
            raise ReadError(
                msg, code="dates_doubt", path=source, column=present.name, examples=examples
            )
        best = day_first if both[0] > both[1] else month_first
    return best


def _other_notations(text: "pd.Series", used: str) -> "pd.Series":
    """Read what is left in the same order of day and month, with or without a time of day."""
    import pandas as pd

    result = pd.Series(pd.NaT, index=text.index, dtype="datetime64[s]")
    for notation in _FORMATS:
        if notation[1] == used[1] and notation[:8] == used[:8] and notation != used:
            result = result.fillna(_read(text, notation))
    return result
