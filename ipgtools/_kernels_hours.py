"""
Deal the days of incidents anew and find the busiest hours of a week, compiled.

Arrays in, arrays out. Importing this module loads numba and the first call compiles (the
result is cached on disk); `ipgtools.times` does so when it tests hours.
"""

import math
from typing import Any

import numpy as np

from ipgtools._jit import jit

__all__ = ["WEEK", "Array", "busiest", "excess", "permute_days"]

Array = np.ndarray[Any, Any]

WEEK = 168
_DAY = 24
_MARGIN = 1e-9
"""Rounding errors that don't make a score higher."""


@jit
def permute_days(
    first: Array,
    since: Array,
    length: Array,
    weekday: Array,
    turn: Array,
    block: Array,
    cut: int,
) -> tuple[Array, Array]:
    """
    Add up incidents per hour of the week, with each day on another weekday and hour.

    A day is moved as a whole: its incidents keep their distances in time, round the clock.

    Parameters
    ----------
    first : array of int64, n_days + 1
        Position of the first incident of each day; incidents are sorted by day.
    since, length : array of float64, n_incidents
        Hours after the hour at which days start, and length in hours, at most a week. A start
        somewhat below 0 or above 24 goes round the clock.
    weekday, turn : array of int64, (n_days, n_draws)
        Weekday (0 is Monday) and hours later that each day is moved to.
    block : array of int64, (n_days, 2)
        First weekday, and number of weekdays in a row, that a day is permuted over.
    cut : int
        Hour at which days start.

    Returns
    -------
    weeks : array of float64, (n_draws, 168)
        Aoristic weights per hour of the week, Monday 00:00 first.
    expected : array of float64, 168
        Mean over all permutations.
    """
    n_draws = weekday.shape[1]
    weeks = np.zeros((n_draws, 3 * WEEK))
    expected = np.zeros(3 * WEEK)
    by_start = np.zeros((_DAY, WEEK + 2))
    permuted = np.zeros((_DAY, 2 * WEEK))
    for day in range(len(first) - 1):
        by_start[:] = 0.0
        width = 0
        for i in range(first[day], first[day + 1]):
            hour = math.floor(since[i]) % _DAY
            if length[i] <= 0.0:
                by_start[hour, 0] += 1.0
                continue
            at = hour + since[i] - math.floor(since[i])
            end = at + length[i]
            step = 0
            while at < end:
                until = min(end, hour + step + 1.0)
                by_start[hour, step] += (until - at) / length[i]
                at = until
                step += 1
            width = max(width, step - 1)
        permuted[:] = 0.0
        for hour in range(_DAY):
            for step in range(width + 1):
                weight = by_start[hour, step]
                if weight > 0.0:
                    for later in range(_DAY):
                        permuted[later, (hour + later) % _DAY + step] += weight
        width += _DAY
        for draw in range(n_draws):
            base = weekday[day, draw] * _DAY + cut
            later = turn[day, draw]
            for j in range(width):
                weeks[draw, base + j] += permuted[later, j]
        for j in range(width):
            mean = 0.0
            for later in range(_DAY):
                mean += permuted[later, j]
            mean /= _DAY * block[day, 1]
            for k in range(block[day, 1]):
                expected[(block[day, 0] + k) % 7 * _DAY + cut + j] += mean
    return (
        weeks[:, :WEEK] + weeks[:, WEEK : 2 * WEEK] + weeks[:, 2 * WEEK :],
        expected[:WEEK] + expected[WEEK : 2 * WEEK] + expected[2 * WEEK :],
    )


@jit
def excess(observed: float, expected: float) -> float:
    """
    Score how much more is observed than expected: the Poisson log-likelihood ratio.

    Parameters
    ----------
    observed, expected : float
        Incidents.

    Returns
    -------
    float
        0 where no more is observed than expected.
    """
    if observed <= expected or expected <= 0.0:
        return 0.0
    return observed * math.log(observed / expected) - (observed - expected)


@jit
def busiest(
    weeks: Array, expected: Array, runs: Array, shortest: int, longest: int
) -> tuple[Array, Array]:
    """
    Find the window with the highest score in each week.

    Parameters
    ----------
    weeks : array of float64, (n_weeks, 168)
        Incidents per hour of the week.
    expected : array of float64, 168
        Incidents expected per hour.
    runs : array of int64, (n_runs, 2)
        First weekday, and number of days in a row, that windows are repeated on.
    shortest, longest : int
        Least and most hours of a window; at most 24.

    Returns
    -------
    scores : array of float64, n_weeks
        Highest score.
    windows : array of int64, (n_weeks, 4)
        Its first weekday, days, first hour of the day, and hours.
    """
    scores = np.zeros(len(weeks))
    windows = np.zeros((len(weeks), 4), np.int64)
    sums, wanted = np.zeros(WEEK + _DAY + 1), np.zeros(WEEK + _DAY + 1)
    held, due = np.zeros(15), np.zeros(15)
    for j in range(WEEK + _DAY):
        wanted[j + 1] = wanted[j] + expected[j % WEEK]
    for week in range(len(weeks)):
        best = -1.0
        for j in range(WEEK + _DAY):
            sums[j + 1] = sums[j] + weeks[week, j % WEEK]
        for hour in range(_DAY):
            for hours in range(shortest, longest + 1):
                for day in range(14):
                    at = day % 7 * _DAY + hour
                    held[day + 1] = held[day] + sums[at + hours] - sums[at]
                    due[day + 1] = due[day] + wanted[at + hours] - wanted[at]
                for run in range(len(runs)):
                    day, days = runs[run, 0], runs[run, 1]
                    score = excess(held[day + days] - held[day], due[day + days] - due[day])
                    if score > best + _MARGIN:
                        best = score
                        windows[week, 0], windows[week, 1] = day, days
                        windows[week, 2], windows[week, 3] = hour, hours
        scores[week] = best
    return scores, windows
