"""List the pairs of incidents that lie close, in the plane or along the streets."""

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import geopandas as gpd
import numpy as np

from ipgtools import crs
from ipgtools.repeats._events import TOLERANCE, Events

if TYPE_CHECKING:
    from ipgtools.network import Network

__all__ = [
    "MAX_PAIRS", "METRICS", "Array", "Metric", "OnStreets", "Pairs", "along_streets", "check",
    "onto_streets", "shifted", "too_many",
]  # fmt: skip

Array = np.ndarray[Any, Any]
Metric = Literal["euclidean", "manhattan", "network"]

METRICS = ("euclidean", "manhattan", "network")
MAX_PAIRS = 500_000_000
"""Pairs that may be held in memory: 2.5 GB."""


class Pairs(NamedTuple):
    """
    Pairs of incidents that lie close, those of the first incident first.

    Parameters
    ----------
    order : array of int64, n
        Incident at each row.
    start : array of int64, n + 1
        Where the pairs of each row start.
    other : array of uint32, n_pairs
        Row of the second incident, higher than the first.
    band : array of uint8, n_pairs
        Band of the distance.
    distance : array of float64, n_pairs
        Metres.
    """

    order: Array
    start: Array
    other: Array
    band: Array
    distance: Array


class OnStreets(NamedTuple):
    """
    Where on the streets incidents lie.

    Parameters
    ----------
    network : Network
        The streets.
    edge : array of int64, n
        Edge that each lies on.
    at : array of float64, n
        Metres from the start of the edge.
    """

    network: "Network"
    edge: Array
    at: Array


def check(metric: str, streets: "gpd.GeoDataFrame | Network | None") -> None:
    """Refuse an unknown metric, streets without a use, and a network without streets."""
    if metric not in METRICS:
        msg = f"`metric` is {metric!r}, expected 'euclidean', 'manhattan' or 'network'"
        raise ValueError(msg)
    if (streets is None) == (metric == "network"):
        msg = (
            "metric='network' needs `streets`"
            if streets is None
            else f"`streets` are given but metric={metric!r} does not use them"
        )
        raise ValueError(msg)


def onto_streets(
    incidents: gpd.GeoDataFrame,
    events: Events,
    streets: "gpd.GeoDataFrame | Network",
    max_snap: float,
) -> tuple[Events, OnStreets]:
    """Keep the incidents that have a street near enough."""
    from ipgtools.network import _graph, _snap

    network = _graph.as_network(streets)
    crs.require(streets=gpd.GeoSeries([], crs=network.crs), incidents=incidents)
    found = _snap.snap_to_edges(events.x, events.y, network, max_snap)
    left_out = events.left_out | {
        "n_used": len(found.rows),
        "n_without_street": found.left_out["n_without_street"],
    }
    day = events.day[found.rows]
    kept = Events(
        events.rows[found.rows],
        events.x[found.rows],
        events.y[found.rows],
        (day - (day.min() if len(day) else 0)).astype(np.int32),
        left_out,
    )
    return kept, OnStreets(network, found.edge, found.at)


def along_streets(on: OnStreets, edges: Array) -> Pairs:
    """List the pairs of incidents in bands of distance along the streets."""
    from ipgtools import _kernels_pairs as kernels
    from ipgtools.network._pairs import close_places

    network, edge, at = on
    n = len(edge)
    middle = network.ends[edge, 0]
    points = kernels.sort_points(network.node_x[middle], network.node_y[middle], float(edges[-1]))
    cell = np.empty(n, np.int64)
    cell[points.order] = points.cell
    order = np.lexsort((at, edge, cell))
    new = np.ones(n, bool)
    new[1:] = (np.diff(edge[order]) != 0) | (np.diff(at[order]) != 0)
    first = np.flatnonzero(new)
    size = np.diff(np.append(first, n))
    number, other, distance = close_places(edge[order][first], at[order][first], network, edges[-1])
    same = int((size * (size - 1) // 2).sum())
    total = same + int((np.repeat(size, number) * size[other]).sum())
    if total > MAX_PAIRS:
        raise too_many(total, edges[-1])
    start, to, apart = kernels.expand(first, size, number, other, distance, n, total)
    band = (np.searchsorted(edges, apart, side="right") - 1).astype(np.int16)
    if (band < 0).any():
        start, to, apart, band = _without(band < 0, start, to, apart, band)
    return Pairs(order, start, to, band.astype(np.uint8), apart)


def _without(
    drop: Array, start: Array, other: Array, apart: Array, band: Array
) -> tuple[Array, Array, Array, Array]:
    dropped = np.concatenate([[0], np.cumsum(drop)])
    return start - dropped[start], other[~drop], apart[~drop], band[~drop]


def too_many(n: int, reach: float) -> ValueError:
    """Build the error for more pairs than fit in memory."""
    return ValueError(
        f"{n:,} pairs lie within {reach:g} m, more than {MAX_PAIRS:,}; take smaller "
        "`space_bands`, or `n_permutations=0` for the exact expectation alone"
    )


def shifted(visited: Array) -> Array:
    """Shift the edges of bands so that a distance just under a limit counts as the limit."""
    return np.where(visited > 0, visited - TOLERANCE, 0.0)
