"""Test and name the busiest hours of found places."""

from typing import Any

import geopandas as gpd
import pandas as pd

from ipgtools.hotspots.hot_places.membership import incidents_of_places, kinds_of
from ipgtools.inference import ALPHA
from ipgtools.nl import sentences
from ipgtools.periods import Period
from ipgtools.times import FEWEST, may_be_named, peak

__all__ = ["busy_hours"]


def busy_hours(
    places: gpd.GeoDataFrame,
    incidents: gpd.GeoDataFrame,
    *,
    period: Period,
    kind: "str | pd.Series | None" = None,
    rng: Any = None,
) -> list[str]:
    """Name the tested hours of each place; the level is shared over the places that are tested."""
    of, rows = incidents_of_places(places, incidents, kinds_of(incidents, kind))
    now = period.contains(incidents["occurred_from"]).to_numpy()[rows]
    until = (incidents["occurred_from"] < period.end).to_numpy()[rows]
    chosen = {
        number: incidents.iloc[rows[(of == number) & (now if claim == "new" else until)]]
        for number, claim in enumerate(places["claim"])
    }
    tested = [number for number, mine in chosen.items() if len(mine) >= FEWEST]
    named = [""] * len(places)
    for number in tested:
        found = peak(chosen[number], among=incidents, alpha=ALPHA / len(tested), rng=rng)
        if may_be_named(found):
            named[number] = sentences.moments(found.weekdays, found.hours)
    return named
