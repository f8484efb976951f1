"""
Count the rows that were first processed longer ago than a term.

Of a row counts the day on which the police first processed it, if the file has it; else the
day on which it was reported, else the first day on which it can have happened. An incident
happens before it is reported, and is reported before it is processed: without the day itself a
term may be counted to end too early, never too late.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ipgtools._deprecated import renamed

if TYPE_CHECKING:
    import pandas as pd

    from ipgtools.retention.grounds import Ground

__all__ = ["DATES", "SEEN", "Ages", "Terms", "ages", "ends_on", "first_processed", "passed"]

DATES: dict[str, tuple[str, ...]] = {
    "incidents": ("first_processed", "reported_at", "occurred_from"),
    "offences": ("first_processed", "committed_on"),
    "photos": ("received_at", "taken_at"),
    "schouw": ("schouw_date",),
}
"""Columns with the day a row was first processed; the first that has a value counts."""
SEEN = "seen"
"""How rows are dated that have no date: by the first day on which this file was read."""


@dataclass(frozen=True)
class Terms:
    """
    How long rows may be used freely and kept.

    Parameters
    ----------
    free_months, keep_months : int, optional
        Whole months from the day of the first processing; None where there is no such term.
    """

    free_months: int | None = 12
    keep_months: int | None = 60

    @classmethod
    def of(cls, ground: "Ground", *, free_years: float = 1, keep_years: float = 5) -> "Terms":
        """
        Return the terms that hold for a ground.

        Examples
        --------
        >>> from ipgtools.retention import ground
        >>> Terms.of(ground("Wpg 13"), keep_years=2.5)
        Terms(free_months=None, keep_months=30)
        """
        return cls(
            round(12 * free_years) if ground.free else None,
            round(12 * keep_years) if ground.keep else None,
        )


@dataclass(frozen=True)
class Ages:
    """
    How old the rows of a data set are.

    Parameters
    ----------
    n : int
        Rows.
    n_free, n_keep : int
        Rows past the term of free use, and rows whose term of keeping has ended.
    n_undated : int
        Rows of unknown age; they are in neither.
    oldest, newest : date or None
        First and last day of first processing.
    dated_by : dict of str to int
        Rows by the column that dated them; `SEEN` for the day this file was first read.
    """

    n: int
    n_free: int = 0
    n_keep: int = 0
    n_undated: int = 0
    oldest: dt.date | None = None
    newest: dt.date | None = None
    dated_by: dict[str, int] = field(default_factory=dict)


def first_processed(
    rows: "pd.DataFrame", columns: Sequence[str], *, seen: dt.date | None = None
) -> "tuple[pd.Series, pd.Series]":
    """
    Return the day on which each row was first processed, and the column it is from.

    Parameters
    ----------
    rows : DataFrame, n_rows
        With some of `columns`; times are local.
    columns : sequence of str
        The first that has a value counts, row by row; see `DATES`.
    seen : date, optional
        Day on which these rows were read for the first time: none was first processed later.

    Returns
    -------
    day : Series of datetime64, n_rows
        Missing where it is unknown.
    source : Series of category, n_rows
        Name of the column, `SEEN`, or empty.

    Examples
    --------
    >>> import datetime as dt, pandas as pd
    >>> rows = pd.DataFrame({"reported_at": pd.to_datetime(["2024-05-02 13:00", None]),
    ...                      "occurred_from": pd.to_datetime(["2024-05-01", "2024-04-30"])})
    >>> day, source = first_processed(rows, DATES["incidents"])
    >>> day.dt.strftime("%d-%m-%Y").tolist(), source.tolist()
    (['02-05-2024', '30-04-2024'], ['reported_at', 'occurred_from'])
    """
    import numpy as np
    import pandas as pd

    day = pd.Series(pd.NaT, index=rows.index, dtype="datetime64[s]")
    names = ["", *columns, SEEN]
    source = np.zeros(len(rows), dtype="int8")
    for at, name in enumerate(columns, start=1):
        if name not in rows:
            continue
        own = rows[name].astype("datetime64[s]").dt.normalize()
        source[(day.isna() & own.notna()).to_numpy()] = at
        day = day.fillna(own)
    if seen is not None:
        bound = pd.Timestamp(seen).as_unit("s")
        late = (day.isna() | (day > bound)).to_numpy()
        source[late] = len(names) - 1
        day = day.mask(late, bound)
    return day, pd.Series(pd.Categorical.from_codes(source, names), index=rows.index)


@renamed(on="reference_date")
def ages(
    rows: "pd.DataFrame",
    columns: Sequence[str],
    *,
    reference_date: dt.date,
    terms: Terms,
    seen: dt.date | None = None,
) -> Ages:
    """
    Hold the rows of a data set against the terms.

    Parameters
    ----------
    rows : DataFrame, n_rows
        As for `first_processed`.
    columns : sequence of str
        As for `first_processed`.
    reference_date : date
        Today.
    terms : Terms
        What holds for the data set.
    seen : date, optional
        As for `first_processed`.

    Returns
    -------
    Ages
        A row of 30 November 2024 with a term of a year may be used freely up to and including
        30 November 2025, and is past it from 1 December; with a term of keeping of five years
        it has to be removed on 30 November 2029 at the latest, and counts from that day.

    Examples
    --------
    >>> import datetime as dt, pandas as pd
    >>> rows = pd.DataFrame({"reported_at": pd.to_datetime(["2024-11-30", "2021-11-30"])})
    >>> found = ages(rows, DATES["incidents"], reference_date=dt.date(2026, 11, 30), terms=Terms())
    >>> found.n_free, found.n_keep, found.dated_by
    (2, 1, {'reported_at': 2})
    """
    day, source = first_processed(rows, columns, seen=seen)
    known = day.dropna()
    counts = {str(name): int(n) for name, n in source.value_counts().items() if name and n}
    if known.empty:
        return Ages(len(rows), n_undated=len(rows))
    past = {
        "n_free": passed(known, reference_date, terms.free_months, last_day=False),
        "n_keep": passed(known, reference_date, terms.keep_months),
    }
    return Ages(
        len(rows),
        n_undated=len(rows) - len(known),
        oldest=known.min().date(),
        newest=known.max().date(),
        dated_by={name: counts[name] for name in (*columns, SEEN) if name in counts},
        **{name: int(which.sum()) for name, which in past.items()},
    )


@renamed(on="reference_date")
def passed(
    day: "pd.Series", reference_date: dt.date, months: int | None, *, last_day: bool = True
) -> "pd.Series":
    """
    Return which days lie a term or more ago.

    Parameters
    ----------
    day : Series of datetime64, n_rows
        Days of first processing.
    reference_date : date
        Today.
    months : int, optional
        The term. Without one nothing is past it.
    last_day : bool, default True
        Whether the day on which the term ends counts as past it.

    Returns
    -------
    Series of bool, n_rows
        False where the day is missing.

    Examples
    --------
    >>> import datetime as dt, pandas as pd
    >>> day = pd.Series(pd.to_datetime(["2024-02-29", "2024-03-01", None]))
    >>> passed(day, dt.date(2025, 2, 28), 12).tolist()
    [True, False, False]
    """
    import pandas as pd

    if months is None:
        return pd.Series(data=False, index=day.index)
    today = pd.Timestamp(reference_date)
    distinct = pd.Index(day.dropna().unique())
    ends = distinct + pd.DateOffset(months=months)
    over = distinct[(ends <= today) if last_day else (ends < today)]
    return day.isin(over)


def ends_on(day: dt.date, months: int) -> dt.date:
    """
    Return the day on which a term ends.

    Examples
    --------
    >>> import datetime as dt
    >>> ends_on(dt.date(2024, 2, 29), 60)
    datetime.date(2029, 2, 28)
    """
    import pandas as pd

    return (pd.Timestamp(day) + pd.DateOffset(months=months)).date()
