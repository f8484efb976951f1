"""Tell on which hours of the week it happened, and which of them are the busiest."""

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

import pandas as pd

from ipgtools import times
from ipgtools.nl import methods as words
from ipgtools.pipeline.inputs import Inputs

if TYPE_CHECKING:
    import geopandas as gpd

_FEWEST = 30
"""Known clock times that make a picture, however many others are known to the day only."""


@dataclass(frozen=True)
class Hours:
    """
    What a briefing says of hours.

    Parameters
    ----------
    peak : Peak or None
        The busiest hours; None where no clock time is known.
    table : DataFrame or None
        Incidents per weekday and hour, those with a known clock time; None where the clock
        time of most is unknown.
    methods, limits : tuple of str
        How it was computed, and what it can't tell; Dutch.
    uncounted : dict of str to str
        The same without exact numbers, by the line with them.
    """

    peak: times.Peak | None
    table: pd.DataFrame | None
    methods: tuple[str, ...]
    limits: tuple[str, ...]
    uncounted: dict[str, str]


def busy_hours(inputs: Inputs, now: "gpd.GeoDataFrame") -> Hours:
    """
    Estimate the hours of incidents and test the busiest ones.

    Clock times that stand for "unknown" are recognised in all incidents that were read, of
    all areas and periods, and left out.
    """
    choices = inputs.settings.analysis
    longest = pd.Timedelta(days=choices.longest_days)
    known = times.clock_known(now, among=inputs.everywhere)
    peak = times.peak(
        now,
        among=inputs.everywhere,
        n_permutations=choices.n_permutations,
        rng=choices.seed,
        longest=longest,
    )
    limits = (words.heaped(peak.n_heaped, peak.heaps),) if peak.n_heaped else ()
    uncounted = dict.fromkeys(limits, words.heaped(None, peak.heaps))
    if known.sum() < min(_FEWEST, len(now) / 2):
        limits = (words.HOURS_UNKNOWN, *limits)
        return Hours(peak if peak.n_used else None, None, (), limits, uncounted)
    table = times.aoristic(now[known], by="hour_weekday", longest=longest)
    left = table.attrs
    n_day_only = peak.n_day_only + peak.n_heaped
    methods = [words.times(left["n_used"], left["n_too_long"], choices.longest_days, n_day_only)]
    uncounted[methods[0]] = words.TIMES
    if isfinite(peak.p_value):
        methods.append(words.peak(choices.n_permutations, peak.p_value))
        uncounted[methods[1]] = words.peak(choices.n_permutations, None)
    return Hours(peak if peak.n_used else None, table, tuple(methods), limits, uncounted)
