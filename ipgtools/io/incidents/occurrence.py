"""Determine the interval in which an incident happened, from any date columns."""

import datetime as dt
import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ipgtools import _arrow
from ipgtools.errors import ReadError
from ipgtools.io import rejects
from ipgtools.io.parse import dates as parse_dates
from ipgtools.io.parse import numbers, text_values
from ipgtools.io.parse.dates import day_parts, dst
from ipgtools.nl import reading
from ipgtools.nl.messages import Message, message

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["occurrence_interval"]

_FEW = 0.05
"""Share of rows below which unreadable ends are those of a repeated header or a row of units."""
_MANY, _MOST = 5, 0.9
"""Pairs, and share of them the wrong way round, from which the columns may have changed places."""
_FOR_EVER, _BEFORE_ALL = dt.datetime(9999, 1, 1), dt.datetime(1900, 1, 1)
_NO_DAYS = ("1900-01-01", "1899-12-30", "1899-12-31", "1753-01-01")
_CLOCK_PARTS = ("time_from", "time_to", "hour", "minute")


def occurrence_interval(
    table: "pd.DataFrame",
    rows: "pd.DataFrame",
    known: Mapping[str, str],
    collected: "rejects.Rejects",
    notes: list[Message],
    source: str,
    timezone: str,
) -> set[str]:
    """
    Put the times in the table; give the columns with parts of a time that were used.

    `attrs` of the table has `n_clock_never`, `n_clock_twice` and `n_clock_widened` where times
    lie in a night in which the clock is changed.
    """
    import pandas as pd

    used: set[str] = set()
    if "occurred_to" in known and bool(rows[known["occurred_to"]].isna().all()):
        known = {ours: theirs for ours, theirs in known.items() if ours != "occurred_to"}
    if "occurred_from" in known and "occurred_to" not in known:
        known = _months_as_such(rows, known)
    pair = [known[ours] for ours in ("occurred_from", "occurred_to") if ours in known]
    in_months = len(pair) == 2 and all(parse_dates.months_only(rows[one]) for one in pair)
    dates = {
        ours: rows[known[ours]]
        for ours in ("occurred_from", "occurred_to", "reported_at", "first_processed")
        if ours in known
    }
    converted = [known[ours] for ours, column in dates.items() if parse_dates.has_time_zone(column)]
    if converted:
        notes.append(message("converted", columns=converted, timezone=timezone))
    n_never = 0
    for ours, column in dates.items():
        others = [other for one, other in dates.items() if one != ours]
        table[ours], unreadable = _parsed(column, ours, source, timezone, others)
        n_never += _without_never(table, ours)
        collected.where(unreadable, known[ours], "time_unreadable", found=column)
        del column, unreadable
    if n_never:
        notes.append(message("never", n=n_never))
    del dates
    if in_months:
        months = table["occurred_to"].fillna(table["occurred_from"]) + pd.DateOffset(months=1)
        table["occurred_to"] = months.astype("datetime64[s]")
        notes.append(message("months_only", n=int(table["occurred_from"].notna().sum())))
    if "occurred_from" not in known and "month" in known:
        column = rows[known["month"]]
        begin, unreadable = parse_dates.parse(column, source=source, months=True)
        collected.where(unreadable, known["month"], "time_unreadable", found=column)
        table["occurred_from"] = begin.dt.to_period("M").dt.start_time.astype("datetime64[s]")
        table["occurred_to"] = table["occurred_from"] + pd.DateOffset(months=1)
        notes.append(message("months_only", n=int(begin.notna().sum())))
    elif "occurred_from" not in known:
        if "day" in known and day_parts.are_weekdays(rows[known["day"]]):
            known = {ours: theirs for ours, theirs in known.items() if ours != "day"}
        begin, end = day_parts.from_parts(rows, dict(known))
        shown = known["day"] if "day" in known else known["month_number"]
        written = rows[[known[part] for part in ("year", "month_number") if part in known]]
        collected.where(begin.isna() & written.notna().any(axis=1), shown, "time_unreadable",
                        found=rows[shown])  # fmt: skip
        table["occurred_from"] = begin
        used |= {known[part] for part in ("year", "month_number", "day") if part in known}
        if end is not None:
            table["occurred_to"] = end
            notes.append(message("months_only", n=int(begin.notna().sum())))
    used |= _add_clock(table, rows, known, collected, notes, source)
    if idle := [known[part] for part in _CLOCK_PARTS if part in known and known[part] not in used]:
        notes.append(message("clock_not_used", columns=idle))
    if used:
        notes.append(message("put_together", columns=[known[ours] for ours in known
                     if known[ours] in used or (ours == "occurred_from")]))  # fmt: skip
    if "occurred_to" not in table and _days_only(table["occurred_from"]):
        table["occurred_to"] = table["occurred_from"] + pd.Timedelta(days=1)
        notes.append(message("days_only", n=int(table["occurred_from"].notna().sum())))
    elif _ends_with_the_day(table, known):
        table["occurred_to"] = table["occurred_to"] + pd.Timedelta(days=1)
        notes.append(message("last_days", n=int(table["occurred_to"].notna().sum())))
    elif n_days := _assign_whole_days(table, rows, known):
        notes.append(message("some_days", n=n_days))
    if n_open := _end_open_days(table, known):
        notes.append(message("some_days", n=n_open))
    _correct_clock(table, notes, timezone)
    if "occurred_to" in table:
        reversed_ = table["occurred_to"] < table["occurred_from"]
        shown = known.get("occurred_to", "")
        pairs = (table["occurred_from"].notna() & table["occurred_to"].notna()).sum()
        if len(pair) == 2 and pairs >= _MANY and reversed_.sum() > _MOST * pairs:
            notes.append(message("all_reversed", begin=pair[0], end=pair[1]))
        collected.where(reversed_, shown, "time_reversed", found=rows.get(shown))
    return used


def _without_never(table: "pd.DataFrame", ours: str) -> int:
    """
    Null placeholder dates such as 1-1-1900; return how many there were.

    The last day of the year 9999, and the first days that Excel and SQL Server know.
    """
    import numpy as np

    column = table[ours]
    if not (column.max() >= _FOR_EVER or column.min() <= _BEFORE_ALL):
        return 0
    values = column.to_numpy(dtype="datetime64[s]")
    never = (values >= np.datetime64(_FOR_EVER)) | np.isin(
        values, np.array(_NO_DAYS, dtype="datetime64[s]")
    )
    if never.any():
        table[ours] = column.mask(never)
    return int(never.sum())


def _parsed(
    column: "pd.Series", ours: str, source: str, timezone: str, beside: "list[pd.Series]"
) -> "tuple[pd.Series, pd.Series]":
    """Read a column of times; a few values in a column that may be empty don't refuse a file."""
    import pandas as pd

    try:
        return parse_dates.parse(column, source=source, timezone=timezone, beside=beside)
    except ReadError as error:
        few = column.notna().mean() < _FEW
        if ours == "occurred_from" or error.code != "dates_unknown" or not few:
            error.facts["ours"] = ours
            raise
    return pd.Series(pd.NaT, index=column.index, dtype="datetime64[s]"), column.notna()


def _months_as_such(rows: "pd.DataFrame", known: Mapping[str, str]) -> Mapping[str, str]:
    """Take a column of dates that knows the month only for a column of months."""
    with_clock = "time_from" in known or "hour" in known
    if with_clock or not parse_dates.months_only(rows[known["occurred_from"]]):
        return known
    others = {ours: theirs for ours, theirs in known.items() if ours != "occurred_from"}
    return {**others, "month": known["occurred_from"]}


def _ends_with_the_day(table: "pd.DataFrame", known: Mapping[str, str]) -> bool:
    """
    Return whether ends are last days, which count as a whole.

    That is so where neither column has a time of day and some end is its own beginning: at
    midnight exactly nothing would begin and end.
    """
    if not {"occurred_from", "occurred_to"} <= set(known) or {"time_from", "time_to"} & set(known):
        return False
    if not (_days_only(table["occurred_from"]) and _days_only(table["occurred_to"])):
        return False
    return bool((table["occurred_to"] == table["occurred_from"]).any())


def _end_open_days(table: "pd.DataFrame", known: Mapping[str, str]) -> int:
    """Let days without an end, in a file that gives ends, last until midnight."""
    import pandas as pd

    if not {"occurred_from", "occurred_to"} <= set(known) or not _days_only(table["occurred_from"]):
        return 0
    begin, end = table["occurred_from"], table["occurred_to"]
    n_open = int((begin.notna() & end.isna()).sum())
    if n_open:
        table["occurred_to"] = end.fillna(begin + pd.Timedelta(days=1))
    return n_open


def _assign_whole_days(
    table: "pd.DataFrame", rows: "pd.DataFrame", known: Mapping[str, str]
) -> int:
    """
    Widen date-only times to the whole day where other times have an hour.

    An end without a time of day counts until midnight, and a beginning without an end does.
    Where no beginning has a time of day, ends are taken as they are written.
    """
    import numpy as np
    import pandas as pd

    if _days_only(table["occurred_from"]):
        return 0
    found = {}
    for ours, hands in (("occurred_from", "time_from"), ("occurred_to", "time_to")):
        if ours in known and ours in table and not {hands, "hour"} & set(known):
            found[ours] = parse_dates.days_only(rows[known[ours]], table[ours])
    day = pd.Timedelta(days=1)
    nothing = np.zeros(len(table), dtype=bool)
    ends = found.get("occurred_to", nothing)
    if ends.any():
        table["occurred_to"] = table["occurred_to"].mask(ends, table["occurred_to"] + day)
    begins = found.get("occurred_from", nothing)
    if "occurred_to" in table:
        begins = begins & table["occurred_to"].isna().to_numpy()
    if begins.any():
        until = table["occurred_from"].where(begins) + day
        table["occurred_to"] = (
            table["occurred_to"].fillna(until) if "occurred_to" in table else until
        )
    return int((ends | begins).sum())


def _correct_clock(table: "pd.DataFrame", notes: list[Message], timezone: str) -> None:
    """Count the times in nights of a clock change; see `ipgtools.io.parse.dates.dst`."""
    import numpy as np

    columns = [name for name in ("occurred_from", "occurred_to") if name in table]
    years = [table[name].agg(end).year for name in columns for end in ("min", "max")]
    years = [year for year in years if year == year]
    if not years:
        return
    skipped, doubled = dst.dst_changes(timezone, first=min(years), last=max(years))
    never = [dst.in_intervals(table[name], skipped)[0] for name in columns]
    twice = [dst.in_intervals(table[name], doubled) for name in columns]
    n_never, n_twice = (
        len(functools.reduce(np.union1d, at)) for at in (never, [at for at, _ in twice])
    )
    n_widened = 0
    if len(columns) == 2:
        (begins, night), (ends, same) = twice
        both, in_begins, in_ends = np.intersect1d(
            begins, ends, assume_unique=True, return_indices=True
        )
        begin, end = (table[name].to_numpy()[both] for name in columns)
        widened = (end < begin) & (night[in_begins] == same[in_ends])
        n_widened = int(widened.sum())
        hours = np.array(doubled, dtype="datetime64[s]")[night[in_begins][widened]]
        for name, hour in zip(columns, hours.T, strict=True) if n_widened else ():
            table.loc[table.index[both[widened]], name] = hour
    if n_never or n_twice:
        counts = {"never": n_never, "twice": n_twice, "widened": n_widened}
        table.attrs |= {f"n_clock_{name}": n for name, n in counts.items()}
        notes.append(reading.clock_changes(n_never, n_twice, n_widened))


def _add_clock(
    table: "pd.DataFrame",
    rows: "pd.DataFrame",
    known: Mapping[str, str],
    collected: "rejects.Rejects",
    notes: list[Message],
    source: str,
) -> set[str]:
    """Add the time of day to dates without one; give the columns it was taken from."""
    import pandas as pd

    used: set[str] = set()
    for ours, hands in (("occurred_from", "time_from"), ("occurred_to", "time_to")):
        if hands not in known or ours not in table or not _days_only(table[ours]):
            continue
        column = _without_words(rows[known[hands]])
        of_day = day_parts.time_of_day(column)
        _require_clock(column, of_day, hands, source)
        collected.where(
            of_day.isna() & column.notna() & table[ours].notna(), known[hands], "time_unreadable",
            found=column,
        )  # fmt: skip
        dates = table[ours]
        day = pd.Timedelta(days=1)
        without = day if ours == "occurred_to" else day * 0
        table[ours] = (dates + of_day.fillna(without)).astype("datetime64[s]")
        used.add(known[hands])
        if ours == "occurred_to" and (n_days := int((of_day.isna() & dates.notna()).sum())):
            notes.append(message("some_days", n=n_days))
        if ours == "occurred_from" and "occurred_to" not in known:
            if of_day.isna().any():
                table["occurred_to"] = (dates + day).where(of_day.isna())
            if "time_to" in known:
                _end_by_clock(table, rows[known["time_to"]], dates, collected, notes, source)
                used.add(known["time_to"])
    if "time_from" not in known and "hour" in known and _days_only(table["occurred_from"]):
        if "occurred_to" in table:
            return used
        column = _without_words(rows[known["hour"]])
        hours, until = day_parts.hours(column)
        _require_clock(column, hours, "hour", source)
        minutes = hours * 0
        if "minute" in known:
            minutes = pd.Series(numbers.numbers(rows[known["minute"]]), index=rows.index)
        good = hours.notna() & minutes.between(0, 59)
        collected.where(
            ~good & column.notna() & table["occurred_from"].notna(), known["hour"],
            "time_unreadable", found=column,
        )  # fmt: skip
        dates = table["occurred_from"]
        clock_time = pd.to_timedelta((hours * 60 + minutes).where(good, 0), unit="min")
        table["occurred_from"] = (dates + clock_time).astype("datetime64[s]")
        used |= {known[part] for part in ("hour", "minute") if part in known}
        ends = dates + pd.to_timedelta(until.where(good, 24), unit="h")
        table["occurred_to"] = (ends.mask(good) if "minute" in known else ends).astype(
            "datetime64[s]"
        )
    return used


def _without_words(column: "pd.Series") -> "pd.Series":
    """Leave out the words for a time of day that isn't known."""
    import pandas as pd

    if not pd.api.types.is_string_dtype(column.dtype):
        return column
    return column.mask(text_values.is_placeholder(text_values.text(column)))


def _require_clock(column: "pd.Series", of_day: "pd.Series", ours: str, source: str) -> None:
    """Raise if nearly nothing in a column is a time of day: it is no reason to lose every row."""
    n_known = int(column.notna().sum())
    bad = column.notna() & of_day.isna()
    if n_known and bad.sum() >= _MOST * n_known:
        examples = ", ".join(repr(str(value)) for value in column[bad].head(2))
        msg = f"{source}: `{column.name}` holds no times of day: {examples}"
        raise ReadError(
            msg, code="clock_unknown", path=source, column=str(column.name), examples=examples,
            ours=ours,
        )  # fmt: skip


def _end_by_clock(
    table: "pd.DataFrame",
    column: "pd.Series",
    dates: "pd.Series",
    collected: "rejects.Rejects",
    notes: list[Message],
    source: str,
) -> None:
    """Put ends that are known by their time of day only, on the first day or the next."""
    import pandas as pd

    column = _without_words(column)
    of_day = day_parts.time_of_day(column)
    _require_clock(column, of_day, "time_to", source)
    unreadable = of_day.isna() & column.notna() & dates.notna()
    collected.where(unreadable, str(column.name), "time_unreadable", found=column)
    end = dates + of_day
    next_day = end < table["occurred_from"]
    end = end.mask(next_day, end + pd.Timedelta(days=1)).astype("datetime64[s]")
    table["occurred_to"] = end.fillna(table["occurred_to"]) if "occurred_to" in table else end
    if n := int(next_day.sum()):
        notes.append(message("ends_next_day", n=n))


def _days_only(begin: "pd.Series") -> bool:
    """Return whether no time of day is known: all of many times are midnight."""
    import numpy as np

    times = begin.to_numpy(dtype="datetime64[s]")
    some = False
    for span in _arrow.chunks(len(times)):
        known = times[span][~np.isnat(times[span])]
        if (known != known.astype("datetime64[D]")).any():
            return False
        some = some or len(known) > 0
    return some
