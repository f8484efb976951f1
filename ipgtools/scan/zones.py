"""
List the zones of a scan: circles around locations, or sets of connected street segments.

A list holds the locations by distance from its first one; each prefix of a list is a zone. Along
streets the distance is that between the middles of segments, over the streets: a segment is
reached through one that is nearer, so every prefix is connected.
"""

from typing import Any, NamedTuple

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph
from scipy.spatial import cKDTree

from ipgtools.errors import ContractError
from ipgtools.network import Network

__all__ = [
    "MOST_MEMBERS", "Array", "Zones", "by_distance", "circles", "neighbours", "path_union",
    "segments",
]  # fmt: skip

Array = np.ndarray[Any, Any]

MOST_MEMBERS = 150_000_000
"""Locations in all lists together; 1.2 GB."""
_TOLERANCE = 1e-9
_CHUNK = 256


class Zones(NamedTuple):
    """
    Lists of locations of which each prefix is a zone.

    Parameters
    ----------
    start : array of int64, n_lists + 1
        Where each list starts in `member`.
    member : array of int32
        Locations, list after list.
    check : array of bool
        Whether a zone may end at this member.
    distance : array of float32
        From the first location of the list, in metres.
    """

    start: Array
    member: Array
    check: Array
    distance: Array


def circles(
    x: Array, y: Array, size: Array, *, max_size: float, max_radius: float, together: bool
) -> Zones:
    """
    List the circles around locations.

    `size` is the baseline of each location, of which a zone may hold at most `max_size`. With
    `together`, locations at one distance are added together; else one at a time, in their order.

    Examples
    --------
    >>> zones = circles(np.array([0.0, 1.0, 3.0]), np.zeros(3), np.ones(3),
    ...     max_size=2, max_radius=9, together=False)
    >>> zones.member.tolist(), zones.start.tolist()
    ([0, 1, 1, 0, 2, 1], [0, 2, 4, 6])
    """
    xy = np.column_stack([x, y])
    tree = cKDTree(xy)
    parts = []
    n_members = 0
    for begin in range(0, len(xy), _CHUNK):
        some = np.arange(begin, min(begin + _CHUNK, len(xy)))
        if np.isfinite(max_radius):
            near = tree.query_ball_point(xy[some], max_radius * (1 + _TOLERANCE))
            sizes = np.array([len(one) for one in near])
            member = np.concatenate([np.asarray(one, dtype=np.int64) for one in near])
        else:
            sizes = np.full(len(some), len(xy))
            member = np.tile(np.arange(len(xy)), len(some))
        one = np.repeat(np.arange(len(some)), sizes)
        distance = np.hypot(*(xy[member] - xy[some][one]).T)
        parts.append(_cut(one, member, distance, size, max_size, together, len(some)))
        n_members += len(parts[-1].member)
        _require(n_members)
    return _joined(parts)


def by_distance(
    distance: Array, size: Array, *, max_size: float, max_radius: float = np.inf,
    together: bool = False,
) -> Zones:  # fmt: skip
    """
    List the zones around locations by any distance: travel times, a sphere.

    Examples
    --------
    >>> zones = by_distance(np.array([[0.0, 5.0], [1.0, 0.0]]), np.ones(2), max_size=2)
    >>> zones.distance.tolist()
    [0.0, 5.0, 0.0, 1.0]
    """
    one, member = np.nonzero(distance <= max_radius)
    _require(len(member))
    return _cut(one, member, distance[one, member], size, max_size, together, len(distance))


def segments(network: Network, centres: Array, size: Array, *, max_size: float,
             max_length: float) -> Zones:  # fmt: skip
    """List the connected sets of street segments around some of them."""
    graph = neighbours(network)
    parts = []
    n_members = 0
    for begin in range(0, len(centres), _CHUNK):
        some = centres[begin : begin + _CHUNK]
        far = csgraph.dijkstra(graph, indices=some, limit=max_length)
        one, member = np.nonzero(np.isfinite(far))
        held = size[member] > 0
        one, member = one[held], member[held]
        parts.append(
            _cut(one, member, far[one, member], size, max_size, False, len(some))  # noqa: FBT003
        )
        n_members += len(parts[-1].member)
        _require(n_members)
    return _joined(parts)


def neighbours(network: Network) -> Any:
    """Give the graph of segments that meet, with the distance between their middles."""
    ends, length = network.ends, network.length
    n = len(ends)
    node = np.concatenate([ends[:, 0], ends[:, 1]])
    edge = np.tile(np.arange(n), 2)
    order = np.argsort(node, kind="stable")
    node, edge = node[order], edge[order]
    begin = np.flatnonzero(np.append(True, np.diff(node) != 0))
    one, other = [], []
    for first, last in zip(begin, np.append(begin[1:], len(node)), strict=True):
        here = edge[first:last]
        a, b = np.meshgrid(here, here)
        keep = a != b
        one.append(a[keep])
        other.append(b[keep])
    a, b = np.concatenate([*one, [0]]), np.concatenate([*other, [0]])
    a, b = a[:-1].astype(np.int64), b[:-1].astype(np.int64)
    pairs = np.unique(a * n + b)
    a, b = np.divmod(pairs, n)
    return sparse.csr_array((np.maximum((length[a] + length[b]) / 2, 1e-3), (a, b)), shape=(n, n))


def path_union(network: Network, centre: int, members: Array) -> Array:
    """Give the segments on the shortest ways from one to others."""
    _, before = csgraph.dijkstra(neighbours(network), indices=centre, return_predecessors=True)
    found = {int(centre)}
    for one in members.tolist():
        at = one
        while at >= 0 and at not in found:
            found.add(at)
            at = int(before[at])
    return np.array(sorted(found))


def _cut(
    one: Array, member: Array, distance: Array, size: Array, max_size: float,
    together: bool, n_lists: int,  # noqa: FBT001
) -> Zones:  # fmt: skip
    """Sort the members of each list by distance, and end it where it holds too much."""
    rounded = np.round(distance, 6)
    order = np.lexsort((member, rounded, one))
    one, member, rounded = one[order], member[order], rounded[order]
    first = np.searchsorted(one, np.arange(n_lists))
    held = np.cumsum(size[member])
    before = np.concatenate([[0.0], held])[first]
    inside = held - before[one] <= max_size * (1 + _TOLERANCE)
    check = np.ones(len(one), dtype=bool)
    if together and len(one):
        check[:-1] = (np.diff(one) != 0) | (np.diff(rounded) != 0)
    one, member, rounded, check = (part[inside] for part in (one, member, rounded, check))
    start = np.searchsorted(one, np.arange(n_lists + 1))
    return Zones(start, member.astype(np.int32), check, rounded.astype(np.float32))


def _joined(parts: list[Zones]) -> Zones:
    start = [np.zeros(1, dtype=np.int64)]
    for part in parts:
        start.append(part.start[1:] + start[-1][-1])
    return Zones(
        np.concatenate(start),
        np.concatenate([part.member for part in parts]),
        np.concatenate([part.check for part in parts]),
        np.concatenate([part.distance for part in parts]),
    )


def _require(n_members: int) -> None:
    if n_members > MOST_MEMBERS:
        msg = (
            f"the zones hold {n_members:,} locations in all, at most {MOST_MEMBERS:,}; take larger "
            "cells or a smaller `max_radius`"
        )
        raise ContractError(msg, code="scan_too_large")
