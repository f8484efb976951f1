"""
State which time a figure is about: half-open periods and parts of the day.

Times are local wall-clock times without a zone, as police exports have them, because the
patterns (Friday night, school's out) live in them. A period holds its start and not its
end, so that periods that follow each other neither overlap nor leave a gap.

Dates that people type or pass are read here, by `as_day`, `as_moment` and `date_of`, wherever
in the package they are asked for. Text is ISO (2025-09-01) or day-month-year (1-9-2025); no
other order is guessed.
"""

import datetime as dt
import numbers
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ipgtools.errors import ArgumentError, SettingsError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["DAYPARTS", "Period", "as_day", "as_moment", "date_of", "daypart"]

DAYPARTS = ("nacht", "ochtend", "middag", "avond")
"""The dagdelen of Dutch police exports: [0, 6), [6, 12), [12, 18) and [18, 24) hours."""

_CLOCK = r"(?:[T ](?P<clock>\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?))?"
_ISO = re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d{{2}})-(?P<day>\d{{2}}){_CLOCK}")
_DUTCH = re.compile(rf"(?P<day>\d{{1,2}})-(?P<month>\d{{1,2}})-(?P<year>\d{{4}}){_CLOCK}")
_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})|(?P<m>\d{1,2})-(?P<y>\d{4})")
_QUARTER = re.compile(
    r"(?P<year>\d{4})[- ]?[QK](?P<q>[1-4])|[QK](?P<r>[1-4])[- ]?(?P<y>\d{4})", re.IGNORECASE
)
_YEAR = re.compile(r"(?P<year>\d{4})")


def date_of(given: Any, *, name: str = "date") -> dt.date | dt.datetime:
    """
    Read a date, or a date with a time, from what a person typed or a program passed.

    Parameters
    ----------
    given : str, date, datetime, Timestamp or datetime64
        Text is ISO (2025-09-01) or day-month-year (1-9-2025), each with or without a time
        behind it (14:30). Nothing else is read: not 9/1/2025, not 20250901, no numbers.
    name : str
        What messages call it.

    Returns
    -------
    date or datetime
        A date where there is no time.

    Raises
    ------
    SettingsError
        If it is no date, no day of the calendar, or carries a zone.

    Examples
    --------
    >>> date_of("1-9-2025"), date_of("2025-09-01"), date_of("1-9-2025 14:30")
    (datetime.date(2025, 9, 1), datetime.date(2025, 9, 1), datetime.datetime(2025, 9, 1, 14, 30))
    """
    if isinstance(given, str):
        return _of_text(given, name)
    if type(given) is dt.date:
        return given
    moment = as_moment(given, name=name)
    return dt.datetime.fromisoformat(moment.isoformat()[:26])


def as_moment(given: Any, *, name: str = "date") -> "pd.Timestamp":
    """
    Read a local time: as `date_of`, a date being its first moment.

    Parameters
    ----------
    given, name
        As for `date_of`.

    Returns
    -------
    Timestamp
        Without zone.

    Raises
    ------
    SettingsError
        As `date_of`.

    Examples
    --------
    >>> as_moment("1-9-2025")
    Timestamp('2025-09-01 00:00:00')
    """
    import pandas as pd

    if isinstance(given, str):
        return pd.Timestamp(_of_text(given, name).isoformat())
    if given is None or isinstance(given, numbers.Number):
        raise _unreadable(given, name)
    try:
        moment = pd.Timestamp(given)
    except (ValueError, TypeError, OverflowError) as cause:
        raise _unreadable(given, name) from cause
    if moment is pd.NaT:
        raise _unreadable(given, name)
    if moment.tzinfo is not None:
        raise _zoned(given, name)
    return moment


def as_day(given: Any, *, name: str = "date") -> "pd.Timestamp":
    """
    Read a day: as `date_of`, without its time.

    Parameters
    ----------
    given, name
        As for `date_of`.

    Returns
    -------
    Timestamp
        Midnight at the start of the day.

    Raises
    ------
    SettingsError
        As `date_of`.

    Examples
    --------
    >>> as_day("1-12-2025") == as_day("2025-12-01 23:59")
    True
    >>> as_day("12/1/2025", name="reference_date")
    Traceback (most recent call last):
    ...
    ipgtools.errors.SettingsError: `reference_date` is '12/1/2025', expected a date such as \
2025-09-01 or 1-9-2025 (day-month-year)
    """
    return as_moment(given, name=name).normalize()


@dataclass(frozen=True)
class Period:
    """
    A stretch of local time ``[start, end)``.

    Parameters
    ----------
    start, end : str, date or Timestamp
        Dates or times without zone as `date_of` reads them, `start` before `end`. The end is not
        part of it.

    Raises
    ------
    SettingsError
        If a date can't be read, carries a zone, or `end` does not come after `start`.

    Examples
    --------
    >>> autumn = Period("2025-09-01", "2025-12-01")
    >>> autumn.days
    91.0
    >>> autumn.previous()
    Period('2025-06-01', '2025-09-01')
    >>> Period("1-9-2025", "1-12-2025") == autumn
    True
    >>> Period("2025-11-03", "2025-11-10").previous()
    Period('2025-10-27', '2025-11-03')
    >>> autumn.last_year()
    Period('2024-09-01', '2024-12-01')
    """

    start: "pd.Timestamp"
    end: "pd.Timestamp"

    def __post_init__(self) -> None:
        for field in ("start", "end"):
            moment = as_moment(getattr(self, field), name=field)
            object.__setattr__(self, field, moment)
        if not self.start < self.end:
            msg = f"the period starts at {self.start} and ends at {self.end}; swap them?"
            raise SettingsError(
                msg, code="period_reversed", start=str(self.start), end=str(self.end)
            )

    def __repr__(self) -> str:
        return f"Period({_iso(self.start)!r}, {_iso(self.end)!r})"

    @classmethod
    def month(cls, month: str) -> "Period":
        """
        Give a calendar month.

        Parameters
        ----------
        month : str
            As 2025-09 or 9-2025.

        Returns
        -------
        Period
            The whole month.

        Raises
        ------
        SettingsError
            If it is no month.

        Examples
        --------
        >>> Period.month("2025-09")
        Period('2025-09-01', '2025-10-01')
        """
        found = _MONTH.fullmatch(str(month).strip())
        number = int(found["month"] or found["m"]) if found else 0
        if found is None or not 1 <= number <= 12:
            raise _no_span(month, "month", "2025-09")
        return cls._months(int(found["year"] or found["y"]), number, 1)

    @classmethod
    def quarter(cls, quarter: str) -> "Period":
        """
        Give a quarter of a calendar year.

        Parameters
        ----------
        quarter : str
            As 2025-Q4 or Q4-2025; K (kwartaal) for Q is understood, too.

        Returns
        -------
        Period
            Three months.

        Raises
        ------
        SettingsError
            If it is no quarter.

        Examples
        --------
        >>> Period.quarter("2025-Q4")
        Period('2025-10-01', '2026-01-01')
        """
        found = _QUARTER.fullmatch(str(quarter).strip())
        if found is None:
            raise _no_span(quarter, "quarter", "2025-Q4")
        number = int(found["q"] or found["r"])
        return cls._months(int(found["year"] or found["y"]), 3 * number - 2, 3)

    @classmethod
    def year(cls, year: int | str) -> "Period":
        """
        Give a calendar year.

        Parameters
        ----------
        year : int or str
            In four digits.

        Returns
        -------
        Period
            The whole year.

        Raises
        ------
        SettingsError
            If it is no year.

        Examples
        --------
        >>> Period.year(2025)
        Period('2025-01-01', '2026-01-01')
        """
        found = _YEAR.fullmatch(str(year).strip())
        if found is None or not int(found["year"]):
            raise _no_span(year, "year", "2025")
        return cls._months(int(found["year"]), 1, 12)

    @classmethod
    def weeks(cls, n: int, *, until: Any) -> "Period":
        """
        Return the weeks before a day.

        Parameters
        ----------
        n : int
            How many, 1 or more.
        until : str, date or Timestamp
            The first day after them, as the end of every period.

        Returns
        -------
        Period
            Seven times `n` days.

        Raises
        ------
        SettingsError
            If `n` is no such number, or `until` no date.

        Examples
        --------
        >>> Period.weeks(4, until="1-12-2025")
        Period('2025-11-03', '2025-12-01')
        """
        if isinstance(n, bool) or not isinstance(n, int) or n < 1:
            msg = f"`n` is {n!r}, expected a whole number of weeks, 1 or more"
            raise SettingsError(msg, code="weeks_number", found=str(n))
        end = as_day(until, name="until")
        return cls(end - dt.timedelta(days=7 * n), end)

    @classmethod
    def _months(cls, year: int, month: int, n: int) -> "Period":
        """Return a number of calendar months from the first of one."""
        later, last = divmod(month - 1 + n, 12)
        return cls(f"{year:04}-{month:02}-01", f"{year + later:04}-{last + 1:02}-01")

    @property
    def days(self) -> float:
        """Length in days of 24 hours by the wall clock."""
        return float((self.end - self.start).total_seconds() / 86_400)

    @property
    def months(self) -> int:
        """How many calendar months it is; 0 if it is not made of whole months."""
        edges = (self.start, self.end)
        if any(edge.day != 1 or edge != edge.normalize() for edge in edges):
            return 0
        return 12 * (self.end.year - self.start.year) + self.end.month - self.start.month

    def previous(self) -> "Period":
        """
        Return the period before: as many months where it is whole months, else as many days.

        Months differ in length, by up to 11 % for February; compare rates, not counts.
        """
        import pandas as pd

        if self.months:
            return Period(self.start - pd.DateOffset(months=self.months), self.start)
        return Period(self.start - (self.end - self.start), self.start)

    def last_year(self) -> "Period":
        """Return the same dates one year back; 29 February becomes the 28th."""
        import pandas as pd

        year = pd.DateOffset(years=1)
        return Period(self.start - year, self.end - year)

    def contains(self, times: "pd.Series") -> "pd.Series":
        """
        Return which times fall in the period.

        Parameters
        ----------
        times : Series of datetime64, n_times
            Local times; NaT is in no period.

        Returns
        -------
        Series of bool, n_times
            On the index of `times`.
        """
        if not hasattr(times, "dt") and hasattr(times, "columns"):
            msg = '`times` is a table; give its column of times: table["occurred_from"]'
            raise ArgumentError(msg, code="times_expected")
        return (times >= self.start) & (times < self.end)


def daypart(times: "pd.Series") -> "pd.Series":
    """
    Name the dagdeel of each time.

    Parameters
    ----------
    times : Series of datetime64, n_times
        Local times.

    Returns
    -------
    Series of str, n_times
        One of `DAYPARTS`, missing where the time is.

    Examples
    --------
    >>> import pandas as pd
    >>> daypart(pd.Series(pd.to_datetime(["2025-01-01 05:59", "2025-01-01 06:00"]))).tolist()
    ['nacht', 'ochtend']
    """
    return (times.dt.hour // 6).map(dict(enumerate(DAYPARTS)))


def _of_text(given: str, name: str) -> dt.date | dt.datetime:
    """Read a date as text, in one of the two ways to write it."""
    text = given.strip()
    found = _ISO.fullmatch(text) or _DUTCH.fullmatch(text)
    if found is None:
        if re.match(r"\d{4}-\d{2}-\d{2}[T ][\d:.]+\s*(Z|[+-]\d{2}:?\d{2})$", text):
            raise _zoned(given, name)
        raise _unreadable(given, name)
    year, month, day = (int(found[part]) for part in ("year", "month", "day"))
    try:
        date = dt.date(year, month, day)
        if found["clock"] is None:
            return date
        clock = found["clock"] if found["clock"][2] == ":" else f"0{found['clock']}"
        return dt.datetime.combine(date, dt.time.fromisoformat(clock))
    except ValueError as cause:
        if month > 12 >= day:
            msg = f"`{name}` is {given!r}: there is no month {month}; write day-month-year"
            raise SettingsError(msg, code="date_month", found=given, name=name) from cause
        msg = f"`{name}` is {given!r}, which is no moment of the calendar"
        raise SettingsError(msg, code="date_impossible", found=given, name=name) from cause


def _unreadable(given: Any, name: str) -> SettingsError:
    """Build the error for what is no date."""
    msg = f"`{name}` is {given!r}, expected a date such as 2025-09-01 or 1-9-2025 (day-month-year)"
    return SettingsError(msg, code="date_unreadable", found=str(given)[:60], name=name)


def _zoned(given: Any, name: str) -> SettingsError:
    """Build the error for a time with a zone."""
    msg = f"`{name}` is {given!r}, expected a local time without zone"
    return SettingsError(msg, code="date_zone", found=str(given)[:60], name=name)


def _no_span(given: Any, what: str, example: str) -> SettingsError:
    """Build the error for what is no month, quarter or year."""
    msg = f"the {what} is {given!r}, expected for example {example}"
    return SettingsError(msg, code=f"{what}_unreadable", found=str(given)[:60], example=example)


def _iso(moment: "pd.Timestamp") -> str:
    return str(moment.date()) if moment == moment.normalize() else moment.isoformat()
