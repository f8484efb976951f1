"""
Find the busiest hours of the week, and test whether chance makes such a peak.

The null hypothesis is that within a week no day, and within a day no hour, is busier than
another. Incidents of one night often belong together (one offender, one evening out), so
that permuting them one by one would call a single busy night a pattern. Days are therefore
permuted as a whole: each day gets a weekday of its own week, and its clock is turned.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ipgtools._deprecated import renamed
from ipgtools._tails import at_least
from ipgtools.times._clock import clock_known
from ipgtools.times._counts import Array, per_hour_of_week, spans

__all__ = ["Peak", "peak"]

_HOUR, _DAY, _MONDAY = 3_600, 24, 4 * 24 * 3_600
_WEEK = 168
_MOST = pd.Timedelta(days=7)
_SHORTEST, _LONGEST = 2, 8
_RUNS = [(start, n) for n in (1, 2, 3) for start in range(7)] + [(0, 4), (0, 5), (0, 7)]
"""First weekday and number: one to three days, Monday to Thursday or Friday, and all days."""
_EVERY_DAY = (0, 7)
_FEWEST_DAYS, _TWO_WEEKS = 7, 14
"""Days from the first to the last incident from which hours, and weekdays, are tested."""
_NEAR_CUT = 3
"""Hours before and after the quietest hour in which a day may end, so as to cut no series."""
_TOLERANCE = 1e-9
_ODD = 0.1
"""p-value of the most frequent minute against the next from which the difference is no chance."""


@dataclass(frozen=True)
class Peak:
    """
    The busiest hours of the week, and whether chance makes such a peak.

    Parameters
    ----------
    weekdays : tuple of int
        Days on which the window starts, 0 is Monday; empty where no time is known.
    hours : tuple of (int, int)
        From and to, half-open; beyond 24 are hours of the next day.
    share : float
        Share of the incidents used that fall in the window, by aoristic weight, 0 to 1.
    n_used : int
        Incidents of which the clock time is known.
    p_value : float
        Chance of a window at least as busy, of any length and on any days, if no day and no
        hour is busier than another; or that of such days, or hours, alone if it is larger. NaN
        where nothing was tested.
    n_days : int
        Days, from their quietest hour, on which incidents in the window started.
    observed, expected : float
        Incidents in the window, and those an even spread over the period gives.
    alpha : float
        Level at which the window is called busy.
    n_without_time, n_day_only, n_heaped, n_too_long : int
        Incidents left out: without a time; known to the day only; at a minute that stands for
        "unknown"; and with an interval that is too long.
    heaps : tuple of str
        Those minutes.
    """

    weekdays: tuple[int, ...]
    hours: tuple[int, int]
    share: float
    n_used: int
    p_value: float
    n_days: int = 0
    observed: float = 0.0
    expected: float = 0.0
    alpha: float = 0.05
    n_without_time: int = 0
    n_day_only: int = 0
    n_heaped: int = 0
    n_too_long: int = 0
    heaps: tuple[str, ...] = ()

    @property
    def week_share(self) -> float:
        """Share of the week that the window is, 0 to 1."""
        return len(self.weekdays) * (self.hours[1] - self.hours[0]) / _WEEK

    @property
    def significant(self) -> bool:
        """Whether chance seldom makes such a peak; only then may the window be named."""
        return bool(self.p_value <= self.alpha)


@renamed(longest="max_interval")
def peak(
    incidents: pd.DataFrame,
    *,
    among: pd.DataFrame | None = None,
    alpha: float = 0.05,
    n_permutations: int = 999,
    rng: np.random.Generator | int | None = None,
    max_interval: pd.Timedelta | None = None,
) -> Peak:
    """
    Find the busiest window of the week and test it against all windows.

    Windows are 2 to 8 whole hours, also over midnight, repeated on one to three days in a
    row, on Monday to Thursday or Friday, or on every day. Each is scored by the Poisson
    log-likelihood ratio of its aoristic weight against that of an even spread; the highest
    score is compared with the highest scores of draws in which days are permuted: each day
    gets another weekday of its seven days, and its clock is turned by whole hours. What
    happened in one night stays together, intervals keep their lengths, and times their
    rounding.

    To name days takes a second test, in which days get another weekday and keep their clocks. If
    days don't matter, the busiest window on every day is given instead, tested against such
    windows of the first draws. The p-value is the larger of both tests.

    A heap too small for `clock_known` can still make a window. If one minute of the day has
    more incidents in the window than any other minute, and more than chance explains, that
    difference is subtracted before the p-value is taken.

    Parameters
    ----------
    incidents : DataFrame, n_incidents rows
        `occurred_from` and, if there is one, `occurred_to`: local times without zone.
    among : DataFrame, optional
        A larger table to recognise clock times that are none in; see `clock_known`.
    alpha : float, default 0.05
        Level of the test, kept in the result.
    n_permutations : int, default 999
        Draws.
    rng : Generator or int, optional
        Source of randomness, or its seed.
    max_interval : Timedelta, optional
        Incidents with a longer interval are left out; a week by default and at most.

    Returns
    -------
    Peak
        The window, its p-value, and what was left out. Without any known clock time its
        window is empty and its p-value NaN.

    Notes
    -----
    The null hypothesis is that days of the same seven and hours of the same day are alike. It
    lets incidents of one day depend on each other in any way, but not those of several days.
    Days are cut in the longest pause near their quietest hour, so as to cut few series. From
    first to last incident there must be two weeks for windows on some weekdays, and one for
    windows on every day; with less nothing is tested.

    Measured on 400 data sets of 91 days, at a level of 5 %: false alarms in 2 to 4 % for
    uniform times, as points or as intervals of 0 to 8 hours, and in 1 to 5 % for series of two
    or three in a night (permuted one by one: 79 to 99 %), for 30 to 1,000 incidents. Friday and
    Saturday 20 to 3 hours, 8 % of the week, with 19 % of 250 incidents is found in 88 % of data
    sets; with 25 % of 100 incidents in 79 %. Where only the hours differ, days are named in at
    most 6 %.

    References
    ----------
    Kulldorff (1997), Communications in Statistics - Theory and Methods 26, 1481-1496, for
    the scan statistic. Ratcliffe (2000), International Journal of Geographical Information
    Science 14, 669-679, for the weights.

    Examples
    --------
    Thirty Fridays with an incident between 22 and 24 hours, and thirty spread over the week:

    >>> fridays = pd.date_range("2025-01-03 22:03", periods=30, freq="10083min")
    >>> others = pd.date_range("2025-01-01 00:15", periods=30, freq="175h")
    >>> found = peak(pd.DataFrame({"occurred_from": fridays.append(others)}), rng=1)
    >>> found.weekdays, found.hours, found.significant
    ((4,), (22, 24), True)
    """
    most = _MOST if max_interval is None else min(max_interval, _MOST)
    known = clock_known(incidents, among=among)
    start, length, _ = spans(incidents)
    too_long = known.to_numpy() & (length > most.total_seconds())
    used = known.to_numpy() & ~too_long
    left = {name: known.attrs[name] for name in ("n_without_time", "n_day_only", "n_heaped")}
    left |= {"n_too_long": int(too_long.sum()), "heaps": tuple(known.attrs["heaps"])}
    if not used.any():
        return Peak((), (0, 0), 0.0, 0, float("nan"), alpha=alpha, **left)
    order = np.lexsort((length[used], start[used]))
    start, length = start[used][order], length[used][order]
    week = per_hour_of_week(start, start + length)
    start, length = (start - _MONDAY) / _HOUR, length / _HOUR
    cut = _quietest(start)
    used_times = _Times(start, length, _days(start, cut), cut)
    found = _window(week, used_times, n_permutations, alpha, np.random.default_rng(rng))
    return Peak(n_used=len(start), alpha=alpha, **found, **left)


class _Times(NamedTuple):
    """Starts and lengths in hours, the day of each start, and the hour at which days start."""

    start: Array
    length: Array
    day: Array
    cut: int


def _window(
    week: Array, times: _Times, n_draws: int, alpha: float, rng: np.random.Generator
) -> dict[str, Any]:
    """Find the window to name and test it; its days are widened where only hours matter."""
    period = int(times.day[-1] - times.day[0]) + 1
    n_draws = n_draws if period >= _FEWEST_DAYS else 0
    runs = _RUNS if period >= _TWO_WEEKS else [_EVERY_DAY]
    draws, expected = _permuted(times, n_draws, rng)
    scores, window = _scored(week, draws, expected, runs)
    found = _measured(window, times, week, expected, scores)
    if len(found["weekdays"]) == 7 or not found["p_value"] <= alpha:
        return found
    by_day, _ = _permuted(times, n_draws, rng, turned=False)
    of_days, _ = _scored(week, by_day, expected, runs)
    p_days = _measured(window, times, week, expected, of_days)["p_value"]
    if p_days <= alpha:
        return found | {"p_value": max(found["p_value"], p_days)}
    of_hours, every_day = _scored(week, draws, expected, [_EVERY_DAY])
    daily = _measured(every_day, times, week, expected, of_hours)
    if daily["p_value"] <= alpha:
        return daily | {"p_value": max(found["p_value"], daily["p_value"])}
    return found | {"p_value": p_days}


def _days(start: Array, cut: int) -> Array:
    """Number the days of sorted starts, each cut in the longest pause within hours of `cut`."""
    first, last = (int(np.floor((hour - cut) / _DAY)) for hour in (start[0], start[-1]))
    ends = cut + _DAY * np.arange(first + 1, last + 1)
    pauses = np.diff(start, prepend=-np.inf, append=np.inf)
    low = np.searchsorted(start, ends - _NEAR_CUT)
    high = np.searchsorted(start, ends + _NEAR_CUT)
    cuts = [at + int(np.argmax(pauses[at : to + 1])) for at, to in zip(low, high, strict=True)]
    return first + np.searchsorted(np.array(cuts, dtype=np.int64), np.arange(len(start)), "right")


def _measured(
    window: tuple[int, ...], times: _Times, week: Array, expected: Array, scores: Array
) -> dict[str, Any]:
    """Return what a window holds, and its p-value among the scores of the draws."""
    weekday, n_days, hour, n_hours = window
    inside = np.zeros(_WEEK, dtype=bool)
    for day in range(weekday, weekday + n_days):
        inside[(day * _DAY + hour + np.arange(n_hours)) % _WEEK] = True
    observed, due = float(week[inside].sum()), float(expected[inside].sum())
    there = inside[np.floor(times.start).astype(np.int64) % _WEEK]
    heaped = _heaped(times.start[there & (times.length < 1)])
    return {
        "weekdays": tuple(day % 7 for day in range(weekday, weekday + n_days)),
        "hours": (hour, hour + n_hours),
        "share": observed / len(times.start),
        "n_days": len(np.unique(times.day[there])),
        "observed": observed,
        "expected": due,
        "p_value": _p_value(scores, observed - heaped, due),
    }


def _permuted(
    times: _Times, n_draws: int, rng: np.random.Generator, *, turned: bool = True
) -> tuple[Array, Array]:
    """Sum weeks with permuted days, and the expectation."""
    from ipgtools._kernels_hours import permute_days

    days, first = np.unique(times.day, return_index=True)
    block, within = np.divmod(days - days[0], 7)
    size = np.minimum(7, days[-1] - days[0] + 1 - 7 * block)
    opens = (days[0] + 7 * block) % 7
    slot = np.empty((len(days), n_draws), dtype=np.int64)
    for bounds in np.split(np.arange(len(days)), np.flatnonzero(np.diff(block)) + 1):
        ways = rng.permuted(np.tile(np.arange(size[bounds[0]]), (n_draws, 1)), axis=1)
        slot[bounds] = ways[:, within[bounds]].T
    turn = rng.integers(0, _DAY, slot.shape) if turned else np.zeros_like(slot)
    return permute_days(
        np.append(first, len(times.day)),
        times.start - times.cut - _DAY * times.day,
        times.length,
        (opens[:, None] + slot) % 7,
        turn,
        np.column_stack([opens, size]),
        times.cut,
    )


def _quietest(start: Array) -> int:
    """Return the hour of the day around which the fewest incidents start, to cut days at."""
    per_hour = np.bincount(np.floor(start).astype(np.int64) % _DAY, minlength=_DAY)
    return int(np.argmin(per_hour + np.roll(per_hour, 1)))


def _scored(
    week: Array, draws: Array, expected: Array, runs: list[tuple[int, int]]
) -> tuple[Array, tuple[int, ...]]:
    """Return the highest score of each draw, and the window of the week itself."""
    from ipgtools._kernels_hours import busiest

    weeks = np.vstack([week, draws])
    scores, windows = busiest(weeks, expected, np.array(runs), _SHORTEST, _LONGEST)
    return scores[1:], tuple(int(value) for value in windows[0])


def _p_value(scores: Array, observed: float, expected: float) -> float:
    """Compare the score of the week with those of the draws; NaN without draws."""
    from ipgtools._kernels_hours import excess

    if not len(scores):
        return float("nan")
    as_high = scores >= excess(observed, expected) - _TOLERANCE
    return (1 + int(as_high.sum())) / (1 + len(scores))


def _heaped(start: Array) -> int:
    """Count how many incidents the most frequent minute has more than the next, beyond chance."""
    minutes = np.floor(start * 60 + _TOLERANCE).astype(np.int64) % (_DAY * 60)
    second, most = np.sort(np.bincount(minutes, minlength=2))[-2:].tolist()
    by_chance = at_least(most, most + second, 0.5)
    return most - second if by_chance <= _ODD else 0
