"""Add to found places a name, an outline, a profile and their tested hours."""

from typing import Any

import geopandas as gpd
import pandas as pd

from ipgtools.hotspots.hot_places.hours import busy_hours
from ipgtools.hotspots.hot_places.naming import names
from ipgtools.hotspots.hot_places.outline import outline
from ipgtools.hotspots.hot_places.profile import profile
from ipgtools.periods import Period

__all__ = ["describe_places"]

_FIRST = ("place_id", "number", "name", "claim", "kind")


def describe_places(
    places: gpd.GeoDataFrame,
    incidents: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame,
    *,
    period: Period,
    before: Period | None = None,
    last_year: Period | None = None,
    streets: gpd.GeoDataFrame | None = None,
    kind: str | pd.Series | None = None,
    findings: gpd.GeoDataFrame | None = None,
    actions: pd.DataFrame | None = None,
    rng: Any = None,
) -> gpd.GeoDataFrame:
    """Describe places that were found."""
    now = incidents[period.contains(incidents["occurred_from"]).to_numpy()]
    named = places.assign(name=names(places, streets, incidents=now, areas=areas))
    about = profile(
        places, incidents, period=period, before=before, last_year=last_year, kind=kind,
        findings=findings, actions=actions,
    )  # fmt: skip
    for column in about.columns.drop("n"):
        named[column] = about[column]
    named["when"] = busy_hours(places, incidents, period=period, kind=kind, rng=rng)
    shapes = [outline(cells, streets) for cells in places.geometry]
    named.attrs["cells"] = dict(zip(places["place_id"], places.geometry, strict=True))
    named = named.set_geometry(gpd.GeoSeries(shapes, index=places.index, crs=places.crs))
    rest = [name for name in named.columns if name not in (*_FIRST, "geometry")]
    return named[[*(name for name in _FIRST if name in named), *rest, "geometry"]]
