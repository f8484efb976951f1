"""
Determine which days the files cover, from the dates of the incidents in them.

No export states for which period it was made, and a day on which nothing happened looks like a
day that was not asked for. What is decided here:

- A file covers the days from its first to its last incident, except for silences in between
  that are too long to be chance.
- It may have been silent before its first incident and after its last: as long as it would be
  with a chance of 5 % or more, by the rate of the thirty incidents near that end, and at least
  six hours (nights are quiet). Exports are made per month: a silence never reaches past the
  first of a month.
- A period that ends before the first incident is not covered, however short it is: exports are
  made for one period.
- Incidents before the days that are covered: exports by day of registration hold a few of
  earlier years that were reported late. Where the first weeks hold less than a tenth of a usual
  week, or (if it is known) the first report is of later, coverage begins after them.
- Files that follow each other (weekly and monthly exports) make one series; files next to each
  other (another kind, another district) must each cover a period.
- Where only months are known, whole months are covered, and where only weeks are, whole weeks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from ipgtools._renamed import renamed
from ipgtools.errors import ContractError
from ipgtools.periods import Period

__all__ = [
    "DAY", "WEEK", "Coverage", "Grain", "Lack", "Stream", "grain", "measure", "month_only",
    "require_days",
]  # fmt: skip

Grain = Literal["clock", "day", "week", "month"]


DAY = pd.Timedelta(days=1)
WEEK = 7 * DAY
_QUIET = pd.Timedelta(hours=6)
_NEAR_END = 30
"""Incidents near an end that its rate is estimated from."""

_SILENCE = 0.05
"""Chance of a silence at an end that is still taken for one."""

_GAP = 0.01
"""Chance of any silence as long in the whole file, below which it is a gap."""

_SERIES = 2.0
"""Incidents of one occasion, on average, where silences are judged: series make them longer."""

_THIN = 0.1
"""Share of a usual week below which the first weeks only hold incidents reported late."""

_MISSED = 0.02
"""Share of a period that gaps may take: what a comparison rounds off."""

_MOST = 0.2
"""Share of incidents known by month only, from which all are used by month."""

_FEW = 10
"""Incidents below which a file among others does not count for coverage."""

_Days = npt.NDArray[np.int64]


class Lack(NamedTuple):
    """
    Why a period is not covered.

    Parameters
    ----------
    code : {"begins_later", "ends_earlier", "gap", "part_of_month", "part_of_week"}
        What is wrong.
    start, end : Timestamp
        The days that are covered (first day, and the day after the last), or those of the gap.
    """

    code: str
    start: pd.Timestamp
    end: pd.Timestamp


@dataclass(frozen=True)
class Stream:
    """
    The days covered by one file, or by files that follow each other.

    Parameters
    ----------
    start, end : Timestamp
        First day with incidents, and the day after the last.
    earliest, latest : Timestamp
        How far it may have been silent before and after these.
    gaps : tuple of Period
        Silences in between that are too long to be chance.
    """

    start: pd.Timestamp
    end: pd.Timestamp
    earliest: pd.Timestamp
    latest: pd.Timestamp
    gaps: tuple[Period, ...] = ()

    def lack(self, period: Period) -> Lack | None:
        """Return the reason why a period is not covered, or None."""
        if period.start < self.earliest or period.end <= self.start:
            return Lack("begins_later", self.start, self.end)
        if period.end > self.latest or period.start >= self.end:
            return Lack("ends_earlier", self.start, self.end)
        missed = pd.Timedelta(0)
        for gap in self.gaps:
            inside = min(gap.end, period.end) - max(gap.start, period.start)
            missed += max(inside, pd.Timedelta(0))
            if missed > _MISSED * (period.end - period.start):
                return Lack("gap", gap.start, gap.end)
        return None


@dataclass(frozen=True)
class Coverage:
    """
    The days that files cover, and how precisely times are known.

    Parameters
    ----------
    grain : {"clock", "day", "week", "month"}
        The precision of most times.
    streams : tuple of Stream
        Each must cover a period; none if there are no times.
    """

    grain: Grain
    streams: tuple[Stream, ...]

    @property
    def start(self) -> pd.Timestamp:
        """First day that all files cover; NaT without any."""
        return max((one.start for one in self.streams), default=pd.NaT)

    @property
    def end(self) -> pd.Timestamp:
        """The day after the last that all files cover; NaT without any."""
        return min((one.end for one in self.streams), default=pd.NaT)

    def lack(self, period: Period) -> Lack | None:
        """
        Return the reason why a period is not covered in full.

        Parameters
        ----------
        period : Period
            Any.

        Returns
        -------
        Lack or None
            None where all of it is covered.
        """
        if not self.streams:
            return Lack("begins_later", pd.NaT, pd.NaT)
        whole = {"month": period.months > 0, "week": _fits(period, self.start)}
        if not whole.get(self.grain, True):
            return Lack(f"part_of_{self.grain}", self.start, self.end)
        return next((lack for one in self.streams if (lack := one.lack(period))), None)

    def covers(self, period: Period) -> bool:
        """Return whether all of a period is covered."""
        return self.lack(period) is None


def measure(incidents: pd.DataFrame, *, used: npt.ArrayLike | None = None) -> Coverage:
    """
    Return which days the files cover that incidents came from.

    Parameters
    ----------
    incidents : DataFrame, n_incidents
        All that was read, of every area and kind: `occurred_from`; `occurred_to`,
        `reported_at`, `source` and `category` are used where present.
    used : array_like of bool, n_incidents, optional
        Those that will be counted: files without any of them don't matter.

    Returns
    -------
    Coverage
        Without streams if no incident has a time.

    Examples
    --------
    An export of January, and the week before:

    >>> january = pd.date_range("2025-01-01 03:00", "2025-01-31 22:00", freq="5h")
    >>> found = measure(pd.DataFrame({"occurred_from": january}))
    >>> found.grain, str(found.start.date()), str(found.end.date())
    ('clock', '2025-01-01', '2025-02-01')
    >>> week = Period("2025-01-01", "2025-01-08")
    >>> found.covers(week), found.covers(week.previous()), found.lack(week.previous()).code
    (True, False, 'begins_later')
    """
    when = pd.to_datetime(incidents["occurred_from"])
    known = when.notna().to_numpy()
    if not known.any():
        return Coverage("clock", ())
    names = ("occurred_from", "occurred_to", "reported_at", "source", "category")
    table = pd.DataFrame({name: incidents[name] for name in names if name in incidents})
    table = table if known.all() else table[known]
    counted = known if used is None else np.asarray(used, dtype=bool) & known
    known_as = grain(table)
    streams = [
        _stream(table if rows.all() else table[rows], known_as)
        for rows in _streams(table, counted[known])
    ]
    return Coverage(known_as, tuple(streams))


def month_only(incidents: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """
    Return which incidents are known to the month only.

    Parameters
    ----------
    incidents : DataFrame, n_incidents
        `occurred_from` and, if there is one, `occurred_to`.

    Returns
    -------
    ndarray of bool, n_incidents
        True where the interval is a calendar month (or ends on its last day). Without
        intervals, dates count as months if at least ten of them, nine in ten, in two months or
        more, are the first of one.

    Examples
    --------
    >>> two = pd.DataFrame({"occurred_from": pd.to_datetime(["2025-02-01", "2025-02-01"]),
    ...                     "occurred_to": pd.to_datetime(["2025-03-01", "2025-02-02"])})
    >>> month_only(two).tolist()
    [True, False]
    """
    begin = pd.to_datetime(incidents["occurred_from"]).to_numpy().astype("datetime64[s]")
    length = _lengths(incidents)
    found = np.zeros(len(begin), dtype=bool)
    at = np.flatnonzero(begin == begin.astype("datetime64[D]"))
    month = begin[at].astype("datetime64[M]")
    first = begin[at] == month
    whole = ((month + 1).astype("datetime64[s]") - begin[at]) / np.timedelta64(1, "D")
    found[at] = first & (length[at] > whole - 1.5) & (length[at] <= whole + 0.5)
    bare = ~np.isnat(begin) & ~(length >= 1.5)
    firsts = np.zeros(len(begin), dtype=bool)
    firsts[at] = first & bare[at]
    if bare.sum() >= _FEW and firsts.sum() >= 0.9 * bare.sum():
        months = np.unique(begin[firsts].astype("datetime64[M]"))
        found |= firsts & (len(months) > 1)
    return found


def grain(incidents: pd.DataFrame) -> Grain:
    """
    Return how precisely the times of incidents are known.

    Parameters
    ----------
    incidents : DataFrame, n_incidents
        `occurred_from` and, if there is one, `occurred_to`.

    Returns
    -------
    {"clock", "day", "week", "month"}
        "month" if at least one in five is known by month only: a fifth on the first of a
        month bends every week and day. "week" if (nearly) all begin on one weekday and last a
        week. "day" if (nearly) none has a clock time: starts at midnight, or lasts 20 hours or
        more. Otherwise "clock".

    Examples
    --------
    >>> days = pd.DataFrame({"occurred_from": pd.to_datetime(["2025-09-02", "2025-09-13"])})
    >>> grain(days)
    'day'
    """
    when = pd.to_datetime(incidents["occurred_from"])
    known = when.notna().to_numpy()
    if not known.any():
        return "clock"
    if month_only(incidents)[known].mean() >= _MOST:
        return "month"
    begin = when.to_numpy()[known].astype("datetime64[s]")
    day = begin.astype("datetime64[D]")
    length = _lengths(incidents)[known]
    midnight = begin == day
    weekday = (day.astype(np.int64) + 3) % 7
    weekly = midnight & (length > 5.5) & (length < 7.5)
    if weekly.mean() >= 0.9 and len(np.unique(weekday[weekly])) == 1:
        return "week"
    return "day" if (midnight | (length >= 20 / 24)).mean() >= 0.9 else "clock"


def require_days(incidents: pd.DataFrame, what: str) -> None:
    """
    Refuse incidents that are known by month only, where days are needed.

    Parameters
    ----------
    incidents : DataFrame, n_incidents
        `occurred_from` and, if there is one, `occurred_to`.
    what : str
        What needs days, for the message.

    Raises
    ------
    ContractError
        If their `grain` is "month".

    Examples
    --------
    >>> months = pd.DataFrame({"occurred_from": pd.to_datetime(["2025-01-01"]),
    ...                        "occurred_to": pd.to_datetime(["2025-02-01"])})
    >>> try:
    ...     require_days(months, "a table by hour")
    ... except ContractError as error:
    ...     str(error).split(",")[0]
    'a table by hour needs the day of incidents'
    """
    if "occurred_from" not in incidents:
        return
    months = int(month_only(incidents).sum())
    n = int(pd.to_datetime(incidents["occurred_from"]).notna().sum())
    if n and months >= _MOST * n:
        msg = (
            f"{what} needs the day of incidents, and {months} of {n} are known by month only. "
            "Leave these out: incidents[~coverage.month_only(incidents)]."
        )
        raise ContractError(msg, code="days_unknown", n=months, total=n)


def _lengths(incidents: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Return the length of each interval in days, 0 where there is none."""
    if "occurred_to" not in incidents:
        return np.zeros(len(incidents))
    begin, end = (
        pd.to_datetime(incidents[name]).to_numpy().astype("datetime64[s]")
        for name in ("occurred_from", "occurred_to")
    )
    return np.nan_to_num((end - begin) / np.timedelta64(1, "D"))


def _fits(period: Period, anchor: pd.Timestamp) -> bool:
    return not any((moment - anchor) % WEEK for moment in (period.start, period.end))


def _streams(
    table: pd.DataFrame, counted: npt.NDArray[np.bool_]
) -> Iterator[npt.NDArray[np.bool_]]:
    """Return the rows of each file, or of files that follow each other, that has what counts."""
    everything = np.ones(len(table), dtype=bool)
    if "source" not in table or not counted.any():
        yield everything
        return
    code, names = pd.factorize(table["source"])
    if len(names) < 2:
        yield everything
        return
    kinds = table["category"] if "category" in table else pd.Series("", index=table.index)
    when = table["occurred_from"].to_numpy().astype("datetime64[s]").astype(np.int64)
    files = []
    n_counted = np.bincount(code[counted & (code >= 0)], minlength=len(names))
    for at in np.flatnonzero(n_counted):
        rows = code == at
        low, high = np.quantile(when[rows], [0.02, 0.98])
        files.append((low, high, set(kinds[rows].dropna().unique()), rows))
    chains: list[list[Any]] = []
    for low, high, of_kinds, rows in sorted(files, key=lambda one: (one[0], one[1])):
        follows = [chain for chain in chains if _follows(low, high, of_kinds, chain)]
        if follows:
            last = max(follows, key=lambda chain: chain[1])
            last[:] = [low, high, last[2] | of_kinds, last[3] | rows]
        else:
            chains.append([low, high, of_kinds, rows])
    large = [chain[3] for chain in chains if chain[3].sum() >= _FEW]
    yield from large or [everything]


def _follows(low: float, high: float, kinds: set[Any], chain: list[Any]) -> bool:
    """Return whether a file goes on where others end: the same kinds, and mostly later."""
    alike = len(kinds & chain[2]) >= 0.5 * min(len(kinds), len(chain[2]))
    shared = chain[1] - low
    return alike and high > chain[1] and shared <= 0.5 * min(high - low, chain[1] - chain[0])


def _stream(table: pd.DataFrame, known_as: Grain) -> Stream:
    moments = np.sort(table["occurred_from"].to_numpy().astype("datetime64[s]"))
    if known_as == "month":
        months = moments.astype("datetime64[M]").astype(np.int64)
        return _of_months(months)
    first = moments[0].astype("datetime64[D]")
    since = (moments.astype("datetime64[D]") - first).astype(np.int64)
    n = np.bincount(since)
    low, high = _dense(n)
    low = max(low, _registered(table, first, n))
    low = min(low, high)
    inside = moments[(since >= low) & (since <= high)]
    start, end = pd.Timestamp(first + low), pd.Timestamp(first + high) + DAY
    if known_as == "week":
        end += 6 * DAY
    early, late = _silence(inside[:_NEAR_END]), _silence(inside[-_NEAR_END:])
    begin = pd.Timestamp(inside[0]) if known_as == "clock" else start
    finish = pd.Timestamp(inside[-1]) if known_as == "clock" else end
    return Stream(
        start,
        end,
        min(start, max(begin - early, _month_before(begin))),
        _reach(finish, end, late, known_as),
        tuple(
            Period(pd.Timestamp(first + one), pd.Timestamp(first + other))
            for one, other in _gaps(n, low, high, 7 if known_as == "week" else 1)
        ),
    )


def _reach(
    finish: pd.Timestamp, end: pd.Timestamp, silence: pd.Timedelta, known_as: Grain
) -> pd.Timestamp:
    """Return how far a file may have been silent after its last incident."""
    month = (finish - pd.Timedelta(1, "us")).to_period("M").end_time.ceil("D")
    latest = min(finish + silence, max(month, finish))
    return latest if known_as == "clock" else max(latest, end)


def _month_before(moment: pd.Timestamp) -> pd.Timestamp:
    return moment.to_period("M").start_time


def _silence(moments: npt.NDArray[np.datetime64]) -> pd.Timedelta:
    """Return the longest silence that is no surprise at the rate of some incidents."""
    seconds = (moments[-1] - moments[0]).astype(np.int64)
    rate = max(len(moments) - 1, 0) / max(float(seconds), 3600.0)
    longest = -np.log(_SILENCE) / rate if rate > 0 else 0.0
    return max(pd.Timedelta(seconds=min(longest, 3e8)), _QUIET)


def _dense(n: _Days) -> tuple[int, int]:
    """Return the first and last day between which weeks hold what is usual."""
    starts = np.arange(0, len(n), 7)
    weeks = np.add.reduceat(n, starts)
    usual = (weeks.astype(float) ** 2).sum() / weeks.sum()
    share = np.diff(np.append(starts, len(n))) / 7
    enough = np.flatnonzero(weeks >= np.maximum(_THIN * usual * share, 1.0))
    low, high = 0, len(n) - 1
    if enough[0]:
        low = _jump(n, 7 * int(enough[0]))
    if enough[-1] < len(weeks) - 1 and weeks[enough[-1] + 1 :].sum():
        high = len(n) - 1 - _jump(n[::-1], len(n) - 7 * (int(enough[-1]) + 1))
    days = np.flatnonzero(n)
    low = int(days[np.searchsorted(days, low)])
    return low, max(low, int(days[np.searchsorted(days, high, side="right") - 1]))


def _jump(n: _Days, near: int) -> int:
    """Return the day near which counts go up most clearly, by likelihood."""
    low, high = max(near - 35, 0), min(near + 35, len(n))
    best, at = -np.inf, near
    for day in range(max(near - 7, 1), min(near + 8, len(n))):
        parts = (n[low:day], n[day:high])
        score = sum(one.sum() * np.log(one.sum() / len(one)) for one in parts if one.sum())
        if score > best:
            best, at = score, day
    return at


def _registered(table: pd.DataFrame, first: np.datetime64, n: _Days) -> int:
    """Return the day from which incidents were registered, where earlier ones are only some."""
    if "reported_at" not in table or table["reported_at"].notna().mean() < 0.5:
        return 0
    day = int((table["reported_at"].min().to_datetime64().astype("datetime64[D]") - first).astype(
        np.int64))  # fmt: skip
    if not 7 < day < len(n) - 7:
        return 0
    before, after = n[:day].mean(), n[day : day + 28].mean()
    return day if before < 0.5 * after and n[day : day + 28].sum() >= _FEW else 0


def _gaps(n: _Days, low: int, high: int, step: int) -> Iterator[tuple[int, int]]:
    """Find silences between two days that are longer than chance, by the rate around them."""
    busy = low + np.flatnonzero(n[low : high + 1])
    total = np.concatenate([[0], np.cumsum(n)])

    def per_day(start: int, end: int) -> float:
        return float((total[end] - total[start]) / (end - start)) if end > start else np.inf

    for at in np.flatnonzero(np.diff(busy) > step):
        begin, end = int(busy[at]) + step, int(busy[at + 1])
        reach = max(28, end - begin)
        around = ((max(begin - reach, low), begin), (end, min(end + reach, high + 1)))
        rate = min(per_day(*days) for days in around)
        for year in (-365, 365):
            if begin + year >= low and end + year <= high + 1:
                rate = min(rate, per_day(begin + year, end + year))
        likely = np.exp(-rate * (end - begin) / _SERIES) * (high - low + 1) / (end - begin)
        if likely <= _GAP:
            yield begin, end


def _of_months(months: _Days) -> Stream:
    """Cover whole months; a month without any, where several were to be expected, is a gap."""
    counts = np.bincount(months - months[0])
    usual = counts.mean() / _SERIES
    missing = np.flatnonzero((counts == 0) & (np.exp(-usual) * len(counts) <= _GAP))

    def begin(month: int) -> pd.Timestamp:
        return pd.Timestamp(np.datetime64(int(months[0] + month), "M").astype("datetime64[s]"))

    start, end = begin(0), begin(len(counts))
    gaps = tuple(Period(begin(int(at)), begin(int(at) + 1)) for at in missing)
    return Stream(start, end, start, end, gaps)


if not TYPE_CHECKING:
    __getattr__ = renamed(__name__, {"of": "measure"})
