"""Bring points to the nearest street."""

import logging
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ipgtools import crs
from ipgtools.grid import coordinates
from ipgtools.network._graph import Network, as_network

__all__ = ["AT_NODE", "Array", "Snapped", "require_crs", "snap", "snap_to_edges"]

log = logging.getLogger(__name__)

Array = np.ndarray[Any, Any]

AT_NODE = 1e-6
"""Metres from a node within which a point is at it."""


class Snapped(NamedTuple):
    """
    Points brought to the nearest street.

    Parameters
    ----------
    rows : array of int64, n
        Row numbers of the points that have a street near enough.
    edge : array of int64, n
        Edge that each lies on.
    at : array of float64, n
        Metres from the start of the edge; exactly 0 or its length at a node.
    distance : array of float64, n
        Metres from the point to the street.
    left_out : dict of str to int
        `n_used`, `n_without_place` and `n_without_street`; they add up to the rows.
    """

    rows: Array
    edge: Array
    at: Array
    distance: Array
    left_out: dict[str, int]


def snap_to_edges(x: Array, y: Array, network: Network, max_snap: float) -> Snapped:
    """Bring coordinates to the nearest edge."""
    if not max_snap >= 0:
        msg = f"`max_snap` is {max_snap!r}, expected metres, 0 or more"
        raise ValueError(msg)
    from ipgtools.network import _nearest

    if "pieces" not in network.kept:
        network.kept["pieces"] = _nearest.pieces(network.lines)
    placed = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    edge, at, distance = _nearest.nearest(
        x[placed], y[placed], float(max_snap), *network.kept["pieces"]
    )
    near = edge >= 0
    which, edge, at, distance = placed[near], edge[near], at[near], distance[near]
    at[at <= AT_NODE] = 0.0
    ended = at >= network.length[edge] - AT_NODE
    at[ended] = network.length[edge][ended]
    left_out = {
        "n_used": len(which),
        "n_without_place": len(x) - len(placed),
        "n_without_street": len(placed) - len(which),
    }
    if left_out["n_without_street"]:
        log.info("%d points lie over %g m from a street", left_out["n_without_street"], max_snap)
    return Snapped(which, edge, at, distance, left_out)


def snap(
    points: gpd.GeoDataFrame, streets: "gpd.GeoDataFrame | Network", *, max_snap: float = 50.0
) -> gpd.GeoDataFrame:
    """
    Bring points to the nearest street, as `density` does.

    Parameters
    ----------
    points : GeoDataFrame, n_points rows
        Points in a projected CRS in metres.
    streets : GeoDataFrame or Network
        In the same CRS.
    max_snap : float, default 50
        Metres; points further than this from every street are not brought to one. Of streets
        that are equally near, the first in the table is taken.

    Returns
    -------
    GeoDataFrame, one row per point that was brought to a street
        On the index of `points`: `edge`, `at_m` (metres from the edge's start), `distance_m`
        (from the point to the street), `component`, the columns `street_id` and `street_name`
        where the streets have them, and the Point on the street. ``attrs``: `n_used`,
        `n_without_place`, `n_without_street` (too far), `method`.

    Raises
    ------
    CrsError
        If the tables are not in one projected CRS in metres.
    ContractError
        If a geometry of `points` is no point.
    ValueError
        If `max_snap` is negative.

    Examples
    --------
    >>> street = gpd.GeoDataFrame({"street_name": ["Leijdsweg"]},
    ...     geometry=[shapely.LineString([(0, 0), (100, 0)])], crs=28992)
    >>> doors = gpd.GeoDataFrame(geometry=gpd.points_from_xy([30, 30], [8, 80]), crs=28992)
    >>> on = snap(doors, street)
    >>> on[["street_name", "at_m", "distance_m"]]
      street_name  at_m  distance_m
    0   Leijdsweg  30.0         8.0
    >>> on.attrs["n_without_street"]
    1
    """
    network = as_network(streets)
    require_crs(points, network, "points")
    found = snap_to_edges(*coordinates(points), network, max_snap)
    table = pd.DataFrame(
        {
            "edge": found.edge,
            "at_m": found.at,
            "distance_m": found.distance,
            "component": network.component[network.ends[found.edge, 0]],
        },
        index=points.index[found.rows],
    )
    for name in ("street_id", "street_name"):
        if name in network.streets:
            values = network.streets[name].iloc[network.street[found.edge]]
            table[name] = values.set_axis(table.index)
    on = shapely.line_interpolate_point(network.lines[found.edge], found.at)
    result = gpd.GeoDataFrame(table, geometry=on, crs=network.crs)
    result.attrs |= found.left_out | {"method": {"name": "snap", "max_snap": float(max_snap)}}
    return result


def require_crs(points: gpd.GeoDataFrame, network: Network, label: str) -> None:
    """Require that points are in the network's CRS; the error calls them by `label`."""
    streets = gpd.GeoSeries([], crs=network.crs)
    crs.require(**{"streets": streets, label: points})
