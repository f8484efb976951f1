"""Read times of day, and dates whose years, months and days stand in columns of their own."""

from typing import TYPE_CHECKING

from ipgtools.io import month_names

if TYPE_CHECKING:
    import pandas as pd


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
        The columns for ``year``, ``month_number`` (or the month's name) and, where known,
        ``day``.

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
    named = rows[parts["month_number"]]
    if numbers["month"].isna().any():
        by_name = named.astype("str").str.strip().str.lower().map(month_names.number)
        numbers["month"] = numbers["month"].fillna(by_name.astype("float64"))
    known = pd.DataFrame(numbers)
    with_day = known if "day" in known else known.assign(day=1)
    with_day = with_day.where(with_day.notna().all(axis=1))
    begin = pd.to_datetime(with_day, errors="coerce").astype("datetime64[s]")
    if "day" in parts:
        return begin, None
    return begin, (begin + pd.DateOffset(months=1)).astype("datetime64[s]")
