"""
Make zones for a scan from streets: the cells that a stretch of street runs through.

A hot street is long and narrow; discs miss it and straight lines of cells cut its corners.
Streets are followed across junctions as long as the name stays the same, or else as long as
they go on nearly straight ahead ("strokes", as in the generalisation of maps), and stretches
of a few fixed lengths slide along them.

References
----------
Thomson & Richardson (1999), 19th International Cartographic Conference, for strokes.
"""

from collections.abc import Sequence
from itertools import combinations
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ipgtools import crs, network

__all__ = [
    "NAMED", "SAME_NAME", "SMALLEST", "STRAIGHT", "STREET_SIDE", "TOUCHED", "Array", "Strokes",
    "segment_zones", "strokes",
]  # fmt: skip

Array = np.ndarray[Any, Any]


STRAIGHT = 45.0
"""Degrees: a street goes on under another name where it turns less than this."""
SAME_NAME = 120.0
"""Degrees: a street of one name goes on round a bend, but not back along its own other lane."""
STREET_SIDE = 15.0
"""Metres from the middle of a street to its front doors, about."""
TOUCHED = 0.25
"""Share of a cell's side that a stretch must have in the cell; less only touches a corner."""
SMALLEST = 3
"""Cells of the smallest zone; one or two cells are no street."""
NAMED = 0.5
"""Share of a stretch that must have a name, in files with names: the rest are footpaths."""
_STEP = 5.0
"""Metres between the sampled points of a street."""
_AHEAD = 10.0
"""Metres from a junction over which the direction of a street is measured."""


class Strokes(NamedTuple):
    """
    Streets followed across junctions.

    Parameters
    ----------
    arcs : array of int64
        Arcs of the network, stroke after stroke, in the order in which they are followed.
    start : array of int64, n_strokes + 1
        Where the arcs of each stroke start in `arcs`.
    closed : array of bool, n_strokes
        Whether a stroke ends where it started.
    """

    arcs: Array
    start: Array
    closed: Array


def segment_zones(
    streets: gpd.GeoDataFrame,
    *,
    west: float,
    south: float,
    cell_size: float,
    n_columns: int,
    n_rows: int,
    lengths: Sequence[float] = (300.0, 500.0),
    step: float = 100.0,
) -> list[Array]:
    """
    List the sets of cells that stretches of street run through.

    A stretch holds a cell if at least a quarter of a cell's side of it lies there; its width
    is that of the street with its front doors, so that a street on the border of two cells
    holds both. A street that is shorter than a length is one stretch.

    Examples
    --------
    A street of 400 m through the middle of a row of five cells:

    >>> street = gpd.GeoDataFrame({"street_name": ["Leijdsweg"]},
    ...     geometry=[shapely.LineString([(50, 150), (450, 150)])], crs=28992)
    >>> zones = segment_zones(street, west=0, south=0, cell_size=100, n_columns=5, n_rows=3)
    >>> [zone.tolist() for zone in zones]
    [[5, 6, 7, 8], [5, 6, 7, 8, 9], [6, 7, 8, 9]]
    """
    for name, value in (
        ("cell_size", cell_size),
        ("step", step),
        *(("lengths", x) for x in lengths),
    ):
        if not 0 < value < np.inf:
            msg = f"`{name}` holds {value!r}, expected metres, more than 0"
            raise ValueError(msg)
    crs.require(streets=streets)
    east, north = west + n_columns * cell_size, south + n_rows * cell_size
    lattice = shapely.box(west, south, east, north)
    near = streets[shapely.dwithin(streets.geometry.to_numpy(), lattice, cell_size)]
    if not shapely.length(near.geometry.to_numpy()).any():
        return []
    graph = network.build(near)
    followed = _with_names(graph, strokes(graph))
    x, y, stroke, named = _sampled(graph, followed)
    length, n_samples = _lengths(graph, followed), np.bincount(stroke)
    first, number = _windows(length, n_samples, followed.closed, lengths, step)
    if named.any():
        kept = _means(named, first, number, n_samples, stroke) >= NAMED
        first, number = first[kept], number[kept]
    column = np.floor((x - west) / cell_size).astype(np.int64)
    row = np.floor((y - south) / cell_size).astype(np.int64)
    within = (column >= 0) & (column < n_columns) & (row >= 0) & (row < n_rows)
    cell = np.where(within, row * n_columns + column, -1)
    metres = (length / n_samples)[stroke] / cell.shape[0]
    listed = _cells(cell, metres, first, number, n_samples, stroke, TOUCHED * cell_size)
    return _zones(listed, n_columns)


def strokes(graph: network.Network) -> Strokes:
    """
    Follow streets across junctions.

    At each junction arms are joined two by two: first those of one name, unless they turn
    back, then those that go on within 45 degrees of straight ahead; of several the
    straightest. So each edge is part of exactly one stroke.
    """
    follows = _joined_arms(graph)
    n_arcs = len(follows)
    seen = np.zeros(n_arcs // 2, dtype=bool)
    arcs: list[int] = []
    start, closed = [0], []
    after = follows.tolist()
    ends = np.flatnonzero(follows < 0).tolist()
    for begin in [*ends, *range(0, n_arcs, 2)]:
        arc = begin
        if seen[arc >> 1]:
            continue
        while arc >= 0 and not seen[arc >> 1]:
            seen[arc >> 1] = True
            arcs.append(arc)
            arc = after[arc ^ 1]
        start.append(len(arcs))
        closed.append(arc == begin)
    return Strokes(np.array(arcs, np.int64), np.array(start, np.int64), np.array(closed, bool))


def _joined_arms(graph: network.Network) -> Array:
    """Return for each arc the arc at the same node in which it goes on backwards; -1 if none."""
    away = _directions(graph)
    name = _names(graph)[np.arange(len(away)) >> 1]
    degree = np.diff(graph.first_arc)
    pairs = [np.empty((0, 2), np.int64)]
    for size in np.unique(degree[degree > 1]):
        arms = graph.arcs[graph.first_arc[:-1][degree == size][:, None] + np.arange(size)]
        pairs += [arms[:, two] for two in combinations(range(size), 2)]
    one, two = np.concatenate(pairs).T
    turn = np.degrees(np.arccos(np.clip(-(away[one] * away[two]).sum(axis=1), -1, 1)))
    same = (name[one] == name[two]) & (name[one] >= 0)
    good = turn < np.where(same, SAME_NAME, STRAIGHT)
    one, two, turn, same = one[good], two[good], turn[good], same[good]
    follows = np.full(len(away), -1, np.int64)
    for place in np.lexsort((two, one, np.round(turn, 6), ~same)).tolist():
        if follows[one[place]] < 0 and follows[two[place]] < 0:
            follows[one[place]], follows[two[place]] = two[place], one[place]
    return follows


def _directions(graph: network.Network) -> Array:
    """Return the direction in which each arc leaves its node, as a vector of length 1."""
    ahead = np.minimum(_AHEAD, graph.length / 2)
    edge = np.arange(len(ahead))
    near_start, near_end = _points(
        graph, np.tile(edge, 2), np.append(ahead, graph.length - ahead)
    ).reshape(2, -1, 2)
    nodes = np.column_stack([graph.node_x, graph.node_y])
    away = np.empty((2 * len(graph.lines), 2))
    away[0::2] = near_start - nodes[graph.ends[:, 0]]
    away[1::2] = near_end - nodes[graph.ends[:, 1]]
    size = np.hypot(*away.T)
    return away / np.where(size > 0, size, 1.0)[:, None]


def _points(graph: network.Network, edge: Array, along: Array) -> Array:
    """Return the coordinates so many metres along edges; much faster than by geometry."""
    if "vertices" not in graph.kept:
        xy, of_edge = shapely.get_coordinates(graph.lines, return_index=True)
        step = np.hypot(*np.diff(xy, axis=0, prepend=xy[:1]).T)
        step[np.diff(of_edge, prepend=0) != 0] = 1.0
        # one ruler for all edges, a metre apart
        at = np.cumsum(step)
        graph.kept["vertices"] = xy, at, at[np.searchsorted(of_edge, np.arange(len(graph.lines)))]
    xy, at, begin = graph.kept["vertices"]
    return np.column_stack([np.interp(begin[edge] + along, at, axis) for axis in xy.T])


def _names(graph: network.Network) -> Array:
    """Number the name of each edge; -1 where it has none."""
    if "street_name" not in graph.streets:
        return np.full(len(graph.street), -1)
    codes, _ = pd.factorize(graph.streets["street_name"].str.casefold())
    return codes[graph.street]


def _with_names(graph: network.Network, followed: Strokes) -> Strokes:
    """Leave out the strokes without any name, if there are others."""
    named = _names(graph)[followed.arcs >> 1] >= 0
    if not named.any():
        return followed
    kept = np.add.reduceat(named, followed.start[:-1]) > 0
    size = np.diff(followed.start)
    start = np.append(0, np.cumsum(size[kept]))
    return Strokes(followed.arcs[np.repeat(kept, size)], start, followed.closed[kept])


def _lengths(graph: network.Network, followed: Strokes) -> Array:
    return np.add.reduceat(graph.length[followed.arcs >> 1], followed.start[:-1])


def _sampled(graph: network.Network, followed: Strokes) -> tuple[Array, Array, Array, Array]:
    """
    Give points along strokes, in the middle and at the doors on both sides.

    The points of a stroke are the middles of equal parts of it, so that it makes no
    difference from which end it is followed.
    """
    edge = followed.arcs >> 1
    length = _lengths(graph, followed)
    # one ruler for all strokes, one after another
    ruler = np.append(0.0, np.cumsum(graph.length[edge]))
    n_samples = np.maximum(np.rint(length / _STEP), 1).astype(np.int64)
    stroke = np.repeat(np.arange(len(length)), n_samples)
    rank = np.arange(len(stroke)) - np.repeat(np.cumsum(n_samples) - n_samples, n_samples)
    at = ruler[followed.start[:-1]][stroke] + (rank + 0.5) * (length / n_samples)[stroke]
    part = np.clip(np.searchsorted(ruler, at, side="right") - 1, 0, len(edge) - 1)
    along = at - ruler[part]
    back = (followed.arcs[part] & 1).astype(bool)
    size = graph.length[edge[part]]
    along = np.clip(np.where(back, size - along, along), 0, size)
    xy = _points(graph, edge[part], along)
    before = _points(graph, edge[part], np.maximum(along - 1, 0))
    after = _points(graph, edge[part], np.minimum(along + 1, size))
    across = (after - before)[:, ::-1] * [-1, 1]
    wide = np.hypot(*across.T)
    across *= (STREET_SIDE / np.where(wide > 0, wide, 1.0))[:, None]
    x, y = np.stack([xy, xy + across, xy - across]).transpose(2, 0, 1)
    return x, y, stroke, _names(graph)[edge[part]] >= 0


def _windows(
    length: Array, n_samples: Array, closed: Array, lengths: Sequence[float], step: float
) -> tuple[Array, Array]:
    """Slide stretches along strokes; give the first sample of each and how many it has."""
    base = np.cumsum(n_samples) - n_samples
    first, number = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for wanted in lengths:
        whole = np.minimum(np.rint(wanted / (length / n_samples)).astype(np.int64), n_samples)
        room = length - wanted
        n_windows = np.where(room > 0, np.ceil(room / step).astype(np.int64) + 1, 1)
        ring = closed & (room > 0)
        n_windows[ring] = np.ceil(length[ring] / step)
        stroke = np.repeat(np.arange(len(length)), n_windows)
        rank = np.arange(len(stroke)) - np.repeat(np.cumsum(n_windows) - n_windows, n_windows)
        spread = np.where(ring, n_samples, n_samples - whole) / np.maximum(n_windows - ~ring, 1)
        first.append(base[stroke] + np.floor(rank * spread[stroke] + 0.5).astype(np.int64))
        number.append(whole[stroke])
    return np.concatenate(first), np.concatenate(number)


def _members(first: Array, number: Array, n_samples: Array, stroke: Array) -> tuple[Array, Array]:
    """List the samples of each window, going on at the start of a closed stroke."""
    window = np.repeat(np.arange(len(first)), number)
    rank = np.arange(len(window)) - np.repeat(np.cumsum(number) - number, number)
    of = stroke[first][window]
    base = (np.cumsum(n_samples) - n_samples)[of]
    return window, base + (first[window] - base + rank) % n_samples[of]


def _means(values: Array, first: Array, number: Array, n_samples: Array, stroke: Array) -> Array:
    window, sample = _members(first, number, n_samples, stroke)
    return np.bincount(window, weights=values[sample], minlength=len(first)) / number


def _cells(
    cell: Array,
    metres: Array,
    first: Array,
    number: Array,
    n_samples: Array,
    stroke: Array,
    least: float,
) -> list[Array]:
    """Collect the cells that each window has enough metres in, in order along the street."""
    window, sample = _members(first, number, n_samples, stroke)
    rank = np.arange(len(window))
    sides = cell.shape[0]
    window, sample, rank = (np.tile(each, sides) for each in (window, sample, rank))
    cells = cell[np.repeat(np.arange(sides), len(sample) // sides), sample]
    held = cells >= 0
    window, sample, rank, cells = window[held], sample[held], rank[held], cells[held]
    if not len(window):
        return []
    most = int(cells.max()) + 1
    key, group = np.unique(window * most + cells, return_inverse=True)
    inside = np.bincount(group, weights=metres[sample])
    middle = np.bincount(group, weights=rank) / np.bincount(group)
    enough = inside >= least - 1e-6
    of, found = np.divmod(key[enough], most)
    order = np.lexsort((found, middle[enough], of))
    return np.split(found[order], np.flatnonzero(np.diff(of[order])) + 1)


def _zones(listed: Sequence[Array], n_columns: int) -> list[Array]:
    """Keep what hangs together of each set, once, and where it is large enough."""
    found: dict[tuple[int, ...], Array] = {}
    for cells in listed:
        row, column = np.divmod(cells, n_columns)
        zone = cells
        if (np.maximum(abs(np.diff(row)), abs(np.diff(column))) > 1).any():
            zone = cells[_largest_group(row, column)]
        if len(zone) >= SMALLEST:
            onward = zone if zone[0] <= zone[-1] else zone[::-1]
            found.setdefault(tuple(np.sort(zone).tolist()), onward)
    return [found[key] for key in sorted(found)]


def _largest_group(row: Array, column: Array) -> Array:
    """Mark the cells of the largest group that touches, as where a street left the lattice."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    near = (abs(row[:, None] - row) <= 1) & (abs(column[:, None] - column) <= 1)
    _, group = connected_components(coo_array(near), directed=False)
    return group == np.argmax(np.bincount(group))
