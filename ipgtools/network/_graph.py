"""Make a graph of streets: where they meet, and the stretches between."""

import logging
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ipgtools import crs
from ipgtools.errors import ContractError, IpgError

__all__ = ["SAME", "Array", "Network", "as_network", "build"]

log = logging.getLogger(__name__)

Array = np.ndarray[Any, Any]

SAME = 0.001
"""Metres: vertices that round to the same multiple of this are one."""


@dataclass(frozen=True, eq=False)
class Network:
    """
    Streets as a graph, in plain arrays.

    Stretches are called edges. Each is two arcs, one for either direction: arc ``2 e`` goes
    along the line and arc ``2 e + 1`` back, so that ``arc ^ 1`` turns round.

    Parameters
    ----------
    crs : pyproj.CRS
        Projected, in metres.
    node_x, node_y : array of float64, n_nodes
        Where streets meet or end.
    ends : array of int64, n_edges by 2
        Node at the start and the end of each edge; the same one for a loop.
    length : array of float64, n_edges
        Metres along the edge.
    lines : array of LineString, n_edges
        The edges.
    street : array of int64, n_edges
        Row of `streets` that an edge is part of.
    first_arc : array of int64, n_nodes + 1
        Where the arcs that leave each node start in `arcs`.
    arcs : array of int64, 2 * n_edges
        Arcs by the node that they leave.
    component : array of int64, n_nodes
        Which part a node belongs to; parts are not joined. The longest is 0.
    streets : DataFrame, n_streets rows
        The columns of the streets, without the geometry.
    attrs : dict
        `n_streets`, `n_nodes`, `n_edges`, `n_components`, `length_m`, `share_longest` (of the
        length, in the longest component), and what was left out: `n_without_line`,
        `n_double` (stretches that two streets share).
    kept : dict
        What was computed from the streets alone, for when it is asked for again.
    """

    crs: Any
    node_x: Array
    node_y: Array
    ends: Array
    length: Array
    lines: Array
    street: Array
    first_arc: Array
    arcs: Array
    component: Array
    streets: pd.DataFrame
    attrs: dict[str, Any] = field(default_factory=dict)
    kept: dict[Any, Any] = field(default_factory=dict, repr=False)

    @property
    def head(self) -> Array:
        """Node that each arc leads to."""
        return self.ends[:, ::-1].ravel().copy()


def build(streets: gpd.GeoDataFrame, *, node_crossings: bool = False) -> Network:
    """
    Make a graph of streets.

    Streets meet where they share a vertex or an end, to the millimetre. That is how
    OpenStreetMap and the NWB draw them: a road and the viaduct over it cross on the map but
    share no vertex, and nobody turns there.

    Parameters
    ----------
    streets : GeoDataFrame, n_streets rows
        LineStrings or MultiLineStrings in a projected CRS in metres.
    node_crossings : bool, default False
        Whether streets also meet wherever their lines cross or touch. For drawings without
        shared vertices; it joins viaducts and tunnels to what they cross.

    Returns
    -------
    Network
        May be given to the functions of this module in place of the streets, so that it is
        made once.

    Raises
    ------
    CrsError
        If `streets` is not in metres.
    ContractError
        If a geometry is no line.
    IpgError
        If no street has any length.

    Examples
    --------
    Two streets that cross without a shared vertex, as at a viaduct:

    >>> lines = [shapely.LineString([(0, 0), (10, 0)]), shapely.LineString([(5, -5), (5, 5)])]
    >>> cross = gpd.GeoDataFrame(geometry=lines, crs=28992)
    >>> build(cross).attrs["n_components"]
    2
    >>> network = build(cross, node_crossings=True)
    >>> network.attrs["n_components"], network.length.tolist()
    (1, [5.0, 5.0, 5.0, 5.0])
    """
    work_crs = crs.require(streets=streets)
    part, row, n_without = _parts(streets)
    xy, line = shapely.get_coordinates(part, return_index=True)
    if node_crossings:
        xy, line = _with_crossings(xy, line)
    xy, line, vertex = _merged(xy, line)
    edge_first, edge_last = _stretches(line, vertex)
    if not len(edge_first):
        msg = "`streets` holds no line with any length, so there is no network to make"
        raise IpgError(msg, code="streets_empty")
    double = _doubles(vertex, edge_first, edge_last)
    edge_first, edge_last = edge_first[~double], edge_last[~double]
    n_edges = len(edge_first)
    size = edge_last - edge_first + 1
    of_edge = np.repeat(np.arange(n_edges), size)
    taken = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
    taken += np.repeat(edge_first, size)
    step = np.hypot(*np.diff(xy[taken], axis=0).T)
    step[np.diff(of_edge) != 0] = 0.0
    length = np.bincount(of_edge[1:], weights=step, minlength=n_edges)
    met, ends = np.unique(
        np.column_stack([vertex[edge_first], vertex[edge_last]]), return_inverse=True
    )
    ends = ends.reshape(-1, 2).astype(np.int64)
    node_xy = np.empty((len(met), 2))
    node_xy[ends[:, 1]], node_xy[ends[:, 0]] = xy[edge_last], xy[edge_first]
    tails = ends.ravel()
    arcs = np.argsort(tails, kind="stable").astype(np.int64)
    first_arc = np.zeros(len(met) + 1, np.int64)
    np.cumsum(np.bincount(tails, minlength=len(met)), out=first_arc[1:])
    component, share = _components(ends, length, len(met))
    attrs = {
        "n_streets": len(streets),
        "n_without_line": n_without,
        "n_double": int(double.sum()),
        "n_nodes": len(met),
        "n_edges": n_edges,
        "n_components": int(component.max()) + 1,
        "length_m": float(length.sum()),
        "share_longest": share,
        "node_crossings": bool(node_crossings),
    }
    log.info(
        "network of %d nodes and %d edges in %d components, %.1f km",
        attrs["n_nodes"], n_edges, attrs["n_components"], length.sum() / 1000,
    )  # fmt: skip
    return Network(
        crs=work_crs,
        node_x=node_xy[:, 0].copy(),
        node_y=node_xy[:, 1].copy(),
        ends=ends,
        length=length,
        lines=shapely.linestrings(xy[taken], indices=of_edge),
        street=row[line[edge_first]],
        first_arc=first_arc,
        arcs=arcs,
        component=component,
        streets=pd.DataFrame(streets.drop(columns=streets.geometry.name)).reset_index(drop=True),
        attrs=attrs,
    )


def as_network(streets: "gpd.GeoDataFrame | Network") -> Network:
    """Take a network as it is, and make one of streets."""
    return streets if isinstance(streets, Network) else build(streets)


def _parts(streets: gpd.GeoDataFrame) -> tuple[Array, Array, int]:
    """Return single lines, the row each comes from, and how many rows have none."""
    shapes = streets.geometry.to_numpy()
    there = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    kinds = shapely.get_type_id(shapes)
    other = there & ~np.isin(kinds, (1, 2, 5))
    if other.any():
        kind = shapes[np.argmax(other)].geom_type
        breach = f"geometry: {kind} instead of LineString ({int(other.sum())}x)"
        msg = f"`streets` holds something else than lines: {breach}"
        raise ContractError(msg, code="contract", table="streets", breaches=breach)
    rows = np.flatnonzero(there)
    parts, of_row = shapely.get_parts(shapes[rows], return_index=True)
    return shapely.force_2d(parts), rows[of_row], int((~there).sum())


def _merged(xy: Array, line: Array) -> tuple[Array, Array, Array]:
    """Number the vertices by place, and leave out those that stay where they are."""
    key = np.round(xy / SAME).astype(np.int64)
    stays = np.zeros(len(xy), bool)
    stays[1:] = (np.diff(line) == 0) & (np.diff(key, axis=0) == 0).all(axis=1)
    xy, line, key = xy[~stays], line[~stays], key[~stays]
    order = np.lexsort((key[:, 1], key[:, 0]))
    is_new = np.ones(len(xy), bool)
    is_new[1:] = (np.diff(key[order], axis=0) != 0).any(axis=1)
    vertex = np.empty(len(xy), np.int64)
    vertex[order] = np.cumsum(is_new) - 1
    return xy, line, vertex


def _stretches(line: Array, vertex: Array) -> tuple[Array, Array]:
    """Return the first and last position of each stretch between nodes."""
    if not len(line):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    starts = np.ones(len(line), bool)
    starts[1:] = np.diff(line) != 0
    stops = np.roll(starts, -1)
    is_node = starts | stops | (np.bincount(vertex)[vertex] > 1)
    nodes = np.flatnonzero(is_node)
    same_line = line[nodes[:-1]] == line[nodes[1:]]
    return nodes[:-1][same_line], nodes[1:][same_line]


def _doubles(vertex: Array, first: Array, last: Array) -> Array:
    """Mark the edges that run exactly as an earlier one."""
    low = np.minimum(vertex[first], vertex[last])
    high = np.maximum(vertex[first], vertex[last])
    ends = pd.DataFrame({"low": low, "high": high, "size": last - first})
    seen: set[tuple[int, ...]] = set()
    double = np.zeros(len(first), bool)
    for edge in np.flatnonzero(ends.duplicated(keep=False).to_numpy()):
        way = tuple(vertex[first[edge] : last[edge] + 1].tolist())
        way = min(way, way[::-1])
        double[edge] = way in seen
        seen.add(way)
    return double


def _components(ends: Array, length: Array, n_nodes: int) -> tuple[Array, float]:
    """Number the parts that hang together, the longest first, and give its share."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    links = coo_array((np.ones(len(ends), np.int8), ends.T), shape=(n_nodes, n_nodes))
    n_parts, label = connected_components(links, directed=False)
    lengths = np.bincount(label[ends[:, 0]], weights=length, minlength=n_parts)
    rank = np.empty(n_parts, np.int64)
    rank[np.argsort(-lengths, kind="stable")] = np.arange(n_parts)
    return rank[label], float(lengths.max() / length.sum())


def _with_crossings(xy: Array, line: Array) -> tuple[Array, Array]:
    """Add a vertex to both lines wherever they cross or one ends on the other."""
    one = np.flatnonzero(np.diff(line) == 0)
    pieces = shapely.linestrings(np.stack([xy[one], xy[one + 1]], axis=1))
    first, second = shapely.STRtree(pieces).query(pieces, predicate="dwithin", distance=SAME)
    ahead = first < second
    first, second = first[ahead], second[ahead]
    met = shapely.intersection(pieces[first], pieces[second])
    at, which = shapely.get_coordinates(met, return_index=True)
    piece = np.concatenate([first[which], second[which]])
    place = np.concatenate([at, at])
    # an end that lies on another piece but for rounding
    for end in (one, one + 1):
        for here, there in ((first, second), (second, first)):
            tip = xy[end[here]]
            near = shapely.distance(shapely.points(tip), pieces[there]) <= SAME
            piece = np.concatenate([piece, there[near]])
            place = np.concatenate([place, tip[near]])
    along = shapely.line_locate_point(pieces[piece], shapely.points(place))
    inner = (along > SAME) & (along < shapely.length(pieces[piece]) - SAME)
    piece, place, along = piece[inner], place[inner], along[inner]
    position = np.concatenate([np.arange(len(xy)), one[piece]])
    order = np.lexsort((np.concatenate([np.full(len(xy), -1.0), along]), position))
    return np.concatenate([xy, place])[order], np.concatenate([line, line[one[piece]]])[order]
