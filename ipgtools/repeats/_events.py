"""Convert places and days of incidents to arrays, and report which incidents have none."""

from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ipgtools import coverage, crs

__all__ = ["TOLERANCE", "Events", "coordinates", "take"]

TOLERANCE = 1e-6
"""Metres within which a distance counts as the limit it lies just under."""


class Events(NamedTuple):
    """
    Incidents that have a place and a day.

    Parameters
    ----------
    rows : array of int64, n
        Their row numbers in the table.
    x, y : array of float64, n
        Coordinates in metres.
    day : array of int32, n
        Days since the first one.
    left_out : dict of str to int
        `n_used`, `n_without_place` and `n_without_time`; they add up to the rows.
    """

    rows: np.ndarray[Any, Any]
    x: np.ndarray[Any, Any]
    y: np.ndarray[Any, Any]
    day: np.ndarray[Any, Any]
    left_out: dict[str, int]


def coordinates(
    incidents: gpd.GeoDataFrame,
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return the coordinates of points."""
    crs.require(incidents=incidents)
    points = incidents.geometry.array
    return shapely.get_x(points), shapely.get_y(points)


def take(incidents: gpd.GeoDataFrame) -> Events:
    """Select the incidents that have a place and a day."""
    coverage.require_days(incidents, "pairing incidents by days")
    x, y = coordinates(incidents)
    placed = np.isfinite(x) & np.isfinite(y)
    times = pd.to_datetime(incidents["occurred_from"])
    rows = np.flatnonzero(placed & times.notna().to_numpy())
    dates = times.iloc[rows].to_numpy().astype("datetime64[D]").astype(np.int64)
    day = (dates - (dates.min() if len(dates) else 0)).astype(np.int32)
    left_out = {
        "n_used": len(rows),
        "n_without_place": int((~placed).sum()),
        "n_without_time": int(placed.sum()) - len(rows),
    }
    return Events(rows, x[rows], y[rows], day, left_out)
