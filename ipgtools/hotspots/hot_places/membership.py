"""Determine which points lie in which place, by the rule of the cells that places are made of."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ipgtools.grid import coordinates

__all__ = ["ALL", "Array", "incidents_of_places", "kinds_of", "points_in_places"]

Array = np.ndarray[Any, Any]

ALL = "all"
"""Kind of a place of all incidents together."""
_MILLIMETRE = 0.001


def points_in_places(
    places: Array, points: gpd.GeoDataFrame, *, label: str = "points"
) -> tuple[Array, Array]:
    """
    List the points in each place.

    A place owns its west and south edges and not its north and east ones, as cells do, so
    that counts agree with those over cells.

    Examples
    --------
    >>> cells = np.array([shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100)])
    >>> edge = gpd.GeoDataFrame(geometry=gpd.points_from_xy([100, 200], [50, 50]), crs=28992)
    >>> [each.tolist() for each in points_in_places(cells, edge)]
    [[1], [0]]
    """
    # a millimetre to the north-east, points on an edge are on the side that owns them
    x, y = (each + _MILLIMETRE for each in coordinates(points, label=label))
    held = [np.empty(0, np.int64)]
    sizes = np.zeros(len(places), np.int64)
    for place, (west, south, east, north) in enumerate(shapely.bounds(places)):
        rows = np.flatnonzero((x > west) & (x < east) & (y > south) & (y < north))
        rows = rows[shapely.contains_xy(places[place], x[rows], y[rows])]
        held.append(rows)
        sizes[place] = len(rows)
    return np.repeat(np.arange(len(places)), sizes), np.concatenate(held)


def kinds_of(incidents: gpd.GeoDataFrame, kind: "str | pd.Series | None") -> pd.Series:
    """Return the kind of each incident."""
    if isinstance(kind, pd.Series):
        return kind.reindex(incidents.index)
    name = kind or "category_label"
    if name in incidents:
        return incidents[name]
    return pd.Series(None, index=incidents.index, dtype="str")


def incidents_of_places(
    places: gpd.GeoDataFrame, incidents: gpd.GeoDataFrame, labels: pd.Series
) -> tuple[Array, Array]:
    """List the incidents that each place is about: of a place of one kind, those of that kind."""
    of, rows = points_in_places(places.geometry.to_numpy(), incidents, label="incidents")
    if "kind" not in places:
        return of, rows
    wanted = places["kind"].to_numpy(dtype=object)[of]
    listed = (wanted == ALL) | (labels.to_numpy(dtype=object)[rows] == wanted)
    return of[listed], rows[listed]
