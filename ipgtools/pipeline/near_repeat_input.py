"""Choose the incidents among which near repeats are looked for."""

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from ipgtools import codes, nl, repeats
from ipgtools.nl import methods as words
from ipgtools.nl import sentences
from ipgtools.periods import Period
from ipgtools.pipeline.inputs import Inputs

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["Near", "near_incidents", "still_open", "windows"]

_KIND = "1.1.1"
_FEWEST = 30
_NAMED = 3


class Near(NamedTuple):
    """The incidents, what they are ("woninginbraak" or "incident"), and of which area."""

    incidents: "gpd.GeoDataFrame"
    what: str
    scope: str
    of_all_areas: bool = False


def near_incidents(inputs: Inputs) -> Near:
    """
    Give the burglaries of dwellings of a year, or where these are few all incidents of the wijk.

    A series does not end at the border of a wijk, and a wijk in a quarter has too few: of the
    twelve months up to the end of the period the burglaries of all areas are taken. Fewer than
    30 are too few to test; then all incidents of the study area in those months are.
    """
    year = Period(inputs.period.end - pd.DateOffset(years=1), inputs.period.end)
    everywhere = inputs.everywhere[year.contains(inputs.everywhere["occurred_from"])]
    found = everywhere["category"].dropna().unique()
    burglary = everywhere["category"].isin([c for c in found if codes.class_of(c) == _KIND])
    if burglary.sum() >= _FEWEST:
        return Near(everywhere[burglary], "woninginbraak", _all_areas(inputs), of_all_areas=True)
    return Near(inputs.within(year), "incident", inputs.study.name)


def still_open(inputs: Inputs, incidents: "gpd.GeoDataFrame") -> tuple[int, str]:
    """Return where in the area a next incident would count, on the last day of the period."""
    choices = inputs.settings.analysis
    if not inputs.profile.places.alerts:
        return 0, ""
    last = inputs.period.end - pd.Timedelta(days=1)
    found = windows(inputs, incidents)
    streets = found.get("street_name", pd.Series(dtype="str")).dropna().unique()[:_NAMED]
    until = nl.date(found["until"].max()) if len(found) else ""
    named = [str(street) for street in streets]
    said = sentences.still_open(
        len(found), named, day=nl.date(last), until=until, within_days=choices.near_days
    )
    return len(found), said


def windows(inputs: Inputs, incidents: "gpd.GeoDataFrame") -> "gpd.GeoDataFrame":
    """Give the places in the area round which a next incident would count, on the last day."""
    choices = inputs.settings.analysis
    return repeats.alert_windows(
        incidents[incidents["area_code"].isin(inputs.study.parts["area_code"])],
        distance=choices.near_distance,
        days=choices.near_days,
        reference_date=inputs.period.end - pd.Timedelta(days=1),
    )


def _all_areas(inputs: Inputs) -> str:
    """Name all areas that were read: by their gemeente if they are of one."""
    names = set(inputs.areas.get("gemeentenaam", pd.Series(dtype="str")).dropna())
    return str(names.pop()) if len(names) == 1 else words.EVERYWHERE
