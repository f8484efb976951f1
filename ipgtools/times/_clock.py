"""
Detect clock times that mean an unknown time.

Exports write 00:00, 12:00 or another fixed minute where only the day is known. People round
too: half of the times in police files are whole hours, and midnight and noon up to 2.5 times
as frequent as the hours around them. A minute is therefore compared with minutes of the same
roundness, and with how busy the hours around it are.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from ipgtools._tails import at_least
from ipgtools.times._counts import Array, spans

__all__ = ["Counts", "clock_known", "heaps"]

_DAY, _HOUR = 86_400, 3_600
_MINUTES = 1_440
_FEWEST = 5
"""Incidents, of different dates, at a minute before it can be a heap."""
_SHARE = 0.01
"""Share of all incidents below which a heap changes no hours."""
_MOST = 0.1
"""Share of a mean day that one minute of one date counts for at most, but always one incident."""
_RATIO = 3.0
"""Times more than its roundness and surroundings explain from which a minute is a heap."""
_HABIT = 1.5
"""Times more than explained that chance is measured from: habits of rounding differ by hour."""
_CHANCE_HOUR, _CHANCE_OTHER = 1e-3, 1e-5
"""Largest p-value of a heap at one of the 24 whole hours, and at one of the other minutes."""
_AROUND = 90
"""Minutes before and after that measure how busy it is."""

_OF_DAY = np.arange(_MINUTES)
_ROUNDNESS = np.select([_OF_DAY % step == 0 for step in (60, 30, 15, 5)], [0, 1, 2, 3], 4)
"""0 for whole hours, 1 half hours, 2 quarters, 3 five minutes, 4 all other minutes."""
_N_ROUND = 5
Counts = npt.NDArray[np.float64]


def clock_known(incidents: pd.DataFrame, *, among: pd.DataFrame | None = None) -> pd.Series:
    """
    Return of which incidents the time of day is known.

    It is not where the time is missing; where the interval is one or more whole days from
    midnight, as readers make of a date without a time, or from a minute from which far too many
    such days begin, as midnight in another zone; and where the time is a heap: a minute of the day
    at which far more incidents are than rounding explains, because an export writes it for
    "unknown". Only incidents shorter than an hour are compared; a longer interval that begins
    at such a minute still holds when it happened.

    A minute is a heap if it has at least 5 incidents and 1 % of all; if these are three times as
    many as both the neighbours of the same roundness (for a whole hour, the two hours before
    and after) and the 90 minutes around it explain; and if chance seldom gives so many above
    1.5 times that (p at most 0.001 for whole hours, 0.00001 for other minutes). Several
    incidents at one minute of one date count once, or up to a tenth of a mean day.

    On nine police files, a minute that holds 1 % of the incidents has at most 2.5 times what
    its surroundings explain. The exception is midnight in a file that writes it for "unknown"
    as well: 2.5 to 4 times, by kind of theft. In samples of 30 to 1,000 of these files, at most
    1 % had a minute wrongly called a heap. A planted heap of 10 % is found in a third of samples
    of 60 incidents, two thirds of 100 and nearly all of 250; one of 20 % in nine of ten of 60.

    Parameters
    ----------
    incidents : DataFrame, n_incidents rows
        `occurred_from` and, if there is one, `occurred_to`: local times without zone.
    among : DataFrame, optional
        A larger table in which heaps are recognised better, such as all incidents of the file
        that `incidents` were chosen from; `incidents` itself by default.

    Returns
    -------
    Series of bool, n_incidents
        On the index of `incidents`. `attrs` counts the others: `n_without_time` (no start),
        `n_day_only` (intervals of whole days) and `n_heaped`, and has `heaps`, the minutes
        recognised, as text.

    Examples
    --------
    >>> times = pd.date_range("2025-01-01 00:07", periods=60, freq="25h")
    >>> days = pd.date_range("2025-01-01", periods=20, freq="D")
    >>> known = clock_known(pd.DataFrame({"occurred_from": times.append(days)}))
    >>> int(known.sum()), known.attrs["n_heaped"], known.attrs["heaps"]
    (60, 20, ['00:00'])
    """
    start, length, has_start = spans(incidents)
    minute = start // 60 % _MINUTES
    whole_days, short = has_start & _whole_days(length), has_start & (length < _HOUR)
    if among is None:
        days, minutes = heaps(start[whole_days]), heaps(start[short])
    else:
        other, other_length, there = spans(among)
        days = heaps(other[there & _whole_days(other_length)])
        minutes = heaps(other[there & (other_length < _HOUR)])
    whole_days &= (minute == 0) | np.isin(minute, days)
    heaped = short & np.isin(minute, minutes)
    known = pd.Series(has_start & ~whole_days & ~heaped, index=incidents.index, name="clock_known")
    known.attrs |= {
        "n_without_time": int((~has_start).sum()),
        "n_day_only": int(whole_days.sum()),
        "n_heaped": int(heaped.sum()),
        "heaps": [f"{minute // 60:02d}:{minute % 60:02d}" for minute in minutes],
    }
    return known


def heaps(start: Array) -> Array:
    """
    Find the minutes of the day with too many incidents.

    Minutes are judged by `clock_known`'s rule, the worst first; one that is found is left out
    before the others are judged again, so that two heaps side by side don't hide each other.
    """
    moments, n = np.unique(start // 60, return_counts=True)
    n_dates = len(np.unique(moments // _MINUTES))
    most = max(1, int(_MOST * len(start) / max(n_dates, 1)))
    dates = np.bincount(moments % _MINUTES, np.minimum(n, most), _MINUTES)
    found = np.zeros(_MINUTES, dtype=bool)
    while (worst := _worst(np.where(found, 0.0, dates), found)) is not None:
        found[worst] = True
    return np.flatnonzero(found)


def _worst(dates: Counts, found: npt.NDArray[np.bool_]) -> int | None:
    """Return the minute that is most above what is explained, if it is a heap."""
    whole = dates.sum()
    ratios = {}
    for minute in np.flatnonzero((dates >= _FEWEST) & (dates >= _SHARE * whole)):
        explained, p_value = _explained(int(minute), dates, found)
        limit = _CHANCE_HOUR if _ROUNDNESS[minute] == 0 else _CHANCE_OTHER
        if dates[minute] >= _RATIO * explained and p_value <= limit:
            ratios[int(minute)] = dates[minute] / explained
    return max(ratios, key=lambda minute: ratios[minute]) if ratios else None


def _explained(minute: int, dates: Counts, found: npt.NDArray[np.bool_]) -> tuple[float, float]:
    """Return the dates that a minute's neighbours explain, and the p-value of more than those."""
    others = ~found
    others[minute] = False
    kind = _ROUNDNESS[minute]
    held = np.bincount(_ROUNDNESS[others], dates[others], _N_ROUND)
    size = np.bincount(_ROUNDNESS[others], minlength=_N_ROUND)
    usual = (held + 0.5) / np.maximum(size, 1)
    around = (minute + np.arange(-_AROUND, _AROUND + 1)) % _MINUTES
    around = around[others[around]]
    n_around, usual_around = dates[around].sum(), usual[_ROUNDNESS[around]].sum()
    busy = n_around / usual_around * usual[kind]
    if kind <= 1:
        peers = (minute + 60 * np.array([-2, -1, 1, 2])) % _MINUTES
        peers = peers[others[peers]]
        level = float(np.median(dates[peers])) if len(peers) else 0.0
    else:
        peers = around[_ROUNDNESS[around] == kind]
        level = float(dates[peers].mean()) if len(peers) else 0.0
    alike = dates[others & (kind == _ROUNDNESS) & (dates > 0)]
    written = float(alike.mean()) / 2 if len(alike) else usual[kind]
    weight = _HABIT * usual[kind]
    p_value = at_least(dates[minute], dates[minute] + n_around, weight / (weight + usual_around))
    return max(level, busy, written), float(p_value)


def _whole_days(length: Array) -> npt.NDArray[np.bool_]:
    """Return which intervals are one or more whole days, or a minute short of it (23:59)."""
    return (length >= _DAY - 60) & ((length + 60) % _DAY <= 60)
