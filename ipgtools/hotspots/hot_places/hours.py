"""Test and name the busiest hours of found places."""

from typing import Any

import geopandas as gpd
import pandas as pd

from ipgtools.hotspots.hot_places.membership import incidents_of_places, kinds_of
from ipgtools.inference import ALPHA
from ipgtools.nl import sentences
from ipgtools.periods import Period
from ipgtools.times import FEWEST, may_be_named, peak


def busy_hours(
    places: gpd.GeoDataFrame,
    incidents: gpd.GeoDataFrame,
    *,
    period: Period,
    kind: "str | pd.Series | None" = None,
    rng: Any = None,
) -> list[str]:
    """
    Name the tested hours of each place; the level is shared over the places that are tested.

    Parameters
    ----------
    places : GeoDataFrame, n_places
        `claim`, `kind` (where one was tested) and the union of the cells of each place.
    incidents : GeoDataFrame, n_incidents
        INCIDENTS of all times. Of a new place those of the period are looked at, of a lasting
        one all up to its end; of a place of one kind those of that kind.
    period : Period
        Now.
    kind : str or Series, optional
        Kind of each incident.
    rng : int or Generator, optional
        Source of the draws.

    Returns
    -------
    list of str
        Dutch; empty where no hours stand out, or fewer than 30 incidents are there.
    """
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
