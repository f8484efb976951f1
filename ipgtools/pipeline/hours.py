"""Tell on which hours of the week it happened, and which of them are the busiest."""

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

import pandas as pd

from ipgtools import times
from ipgtools.nl import methods as words
from ipgtools.pipeline.inputs import Inputs
from ipgtools.pipeline.lines import Counted, Line

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["Hours", "busy_hours"]

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
    methods, limits : tuple of Line
        How it was computed, and what it can't tell.
    """

    peak: times.Peak | None
    table: pd.DataFrame | None
    methods: tuple[Line, ...]
    limits: tuple[Line, ...]


def busy_hours(inputs: Inputs, now: "gpd.GeoDataFrame") -> Hours:
    """
    Estimate the hours of incidents and test the busiest ones.

    Clock times that stand for "unknown" are recognised in all incidents that were read, of
    all areas and periods, and left out.
    """
    choices = inputs.settings.analysis
    max_interval = pd.Timedelta(days=choices.longest_days)
    known = times.clock_known(now, among=inputs.everywhere)
    peak = times.peak(
        now,
        among=inputs.everywhere,
        n_permutations=choices.n_permutations,
        rng=choices.seed,
        max_interval=max_interval,
    )
    limits: tuple[Line, ...] = ()
    if peak.n_heaped:
        heaped = (words.heaped(one, peak.heaps) for one in (peak.n_heaped, None))
        limits = (Counted(*heaped),)
    if known.sum() < min(_FEWEST, len(now) / 2):
        limits = (words.HOURS_UNKNOWN, *limits)
        return Hours(peak if peak.n_used else None, None, (), limits)
    table = times.aoristic(now[known], by="hour_weekday", max_interval=max_interval)
    left = table.attrs
    n_day_only = peak.n_day_only + peak.n_heaped
    counted = words.times(left["n_used"], left["n_too_long"], choices.longest_days, n_day_only)
    methods = [Counted(counted, words.TIMES)]
    if isfinite(peak.p_value):
        tested = (words.peak(choices.n_permutations, one) for one in (peak.p_value, None))
        methods.append(Counted(*tested))
    return Hours(peak if peak.n_used else None, table, tuple(methods), limits)
