"""
Say which time a figure is about: half-open periods and parts of the day.

Times are local wall-clock times without a zone, as police exports have them, because the
patterns (Friday night, school's out) live in them. A period holds its start and not its
end, so that periods that follow each other neither overlap nor leave a gap.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ipgtools.errors import SettingsError

if TYPE_CHECKING:
    import pandas as pd

DAYPARTS = ("nacht", "ochtend", "middag", "avond")
"""The dagdelen of Dutch police exports: [0, 6), [6, 12), [12, 18) and [18, 24) hours."""


@dataclass(frozen=True)
class Period:
    """
    A stretch of local time ``[start, end)``.

    Parameters
    ----------
    start, end : str or Timestamp
        Dates or times without zone, `start` before `end`. The end is not part of it.

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
    >>> Period("2025-11-03", "2025-11-10").previous()
    Period('2025-10-27', '2025-11-03')
    >>> autumn.last_year()
    Period('2024-09-01', '2024-12-01')
    """

    start: "pd.Timestamp"
    end: "pd.Timestamp"

    def __post_init__(self) -> None:
        import pandas as pd

        for field in ("start", "end"):
            given = getattr(self, field)
            try:
                moment = pd.Timestamp(given)
            except (ValueError, TypeError) as cause:
                msg = f"`{field}` of a period is {given!r}, expected a date such as 2025-09-01"
                raise SettingsError(msg, code="period_unreadable", found=str(given)) from cause
            if moment is pd.NaT or moment.tzinfo is not None:
                msg = f"`{field}` of a period is {given!r}, expected a local time without zone"
                raise SettingsError(msg, code="period_unreadable", found=str(given))
            object.__setattr__(self, field, moment)
        if not self.start < self.end:
            msg = f"the period starts at {self.start} and ends at {self.end}; swap them?"
            raise SettingsError(
                msg, code="period_reversed", start=str(self.start), end=str(self.end)
            )

    def __repr__(self) -> str:
        return f"Period({_iso(self.start)!r}, {_iso(self.end)!r})"

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
        Give the period before: as many months where it is whole months, else as many days.

        Months differ in length, by up to 11 % for February; compare rates, not counts.
        """
        import pandas as pd

        if self.months:
            return Period(self.start - pd.DateOffset(months=self.months), self.start)
        return Period(self.start - (self.end - self.start), self.start)

    def last_year(self) -> "Period":
        """Give the same dates one year back; 29 February becomes the 28th."""
        import pandas as pd

        year = pd.DateOffset(years=1)
        return Period(self.start - year, self.end - year)

    def contains(self, times: "pd.Series") -> "pd.Series":
        """
        Tell which times fall in the period.

        Parameters
        ----------
        times : Series of datetime64, n_times
            Local times; NaT is in no period.

        Returns
        -------
        Series of bool, n_times
            On the index of `times`.
        """
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


def _iso(moment: "pd.Timestamp") -> str:
    return str(moment.date()) if moment == moment.normalize() else moment.isoformat()
