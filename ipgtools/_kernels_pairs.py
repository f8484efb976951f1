"""
Count and list pairs of points that are close in space, on plain arrays.

Points are held sorted by square cells, so that the neighbours of a point are in two
short runs behind it and lie near it in memory. Each pair is visited once, at the point
that comes first in that order. Nothing here knows tables; `ipgtools.repeats` does.
"""

from typing import Any, NamedTuple

import numpy as np

from ipgtools._jit import jit

__all__ = [
    "LANES", "Array", "Sorted", "expand", "fill", "scan", "shuffled_counts", "sort_points", "tally",
]  # fmt: skip

Array = np.ndarray[Any, Any]

LANES = 128
"""Most permutations that are counted side by side, so that the processor counts several at once."""
_TALLY_MOST = 32_000
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_S27, _S30, _S31, _S32 = np.uint64(27), np.uint64(30), np.uint64(31), np.uint64(32)


class Sorted(NamedTuple):
    """
    Points sorted by square cells.

    Parameters
    ----------
    order : array of int64, n
        Position of each sorted point in what was given.
    x, y : array of float64, n
        Coordinates in metres, sorted.
    cell : array of int64, n
        Cell of each sorted point, row by row; the outermost ring of cells is empty.
    start : array of int64, n_cells + 1
        Where the points of each cell start.
    n_columns : int
        Cells in a row.
    """

    order: Array
    x: Array
    y: Array
    cell: Array
    start: Array
    n_columns: int


def sort_points(x: Array, y: Array, reach: float) -> Sorted:
    """
    Sort points by square cells with sides of at least `reach`.

    Parameters
    ----------
    x, y : array of float64, n
        Coordinates in metres, at least one point.
    reach : float
        Largest distance at which neighbours will be sought, in metres.

    Returns
    -------
    Sorted
        Cells are made larger where there would be many more of them than points.
    """
    extent = max(float(np.ptp(x)), float(np.ptp(y)))
    side = max(reach, extent / (2 * np.sqrt(len(x)) + 1))
    if side <= 0:
        side = 1.0
    column = ((x - x.min()) / side).astype(np.int64) + 1
    row = ((y - y.min()) / side).astype(np.int64) + 1
    n_columns, n_rows = int(column.max()) + 2, int(row.max()) + 2
    cell = row * n_columns + column
    order = np.argsort(cell, kind="stable")
    start = np.zeros(n_columns * n_rows + 1, np.int64)
    np.cumsum(np.bincount(cell, minlength=n_columns * n_rows), out=start[1:])
    return Sorted(order, x[order], y[order], cell[order], start, n_columns)


@jit(inline="always")
def _band(dx: float, dy: float, edges: Array, manhattan: bool) -> int:  # noqa: FBT001
    distance = abs(dx) + abs(dy) if manhattan else np.sqrt(dx * dx + dy * dy)
    if distance < edges[0]:
        return -1
    for band in range(edges.shape[0] - 1):
        if distance < edges[band + 1]:
            return band
    return -1


@jit
def scan(
    x: Array,
    y: Array,
    day: Array,
    cell: Array,
    start: Array,
    n_columns: int,
    edges: Array,
    day_edges: Array,
    max_days: int,
    manhattan: bool,  # noqa: FBT001
) -> tuple[Array, Array, Array]:
    """
    Count the pairs in each distance band, per point and below each number of days.

    Parameters
    ----------
    x, y, cell, start, n_columns
        As in `Sorted`.
    day : array of int32, n
        Day of each sorted point.
    edges : array of float64, n_bands + 1
        Edges of the distance bands in metres, rising; a band holds its lower edge.
    day_edges : array of int32, n_edges
        Numbers of days.
    max_days : int
        Pairs this many days apart or more are not looked at.
    manhattan : bool
        Add the distances along both axes instead of going straight.

    Returns
    -------
    degree : array of int32, n by n_bands
        Neighbours of each point in each band.
    below : array of int64, n_bands by n_edges
        Pairs in the band that are fewer days apart than the edge.
    listed : array of int64, n
        Pairs that are visited at this point.
    """
    n, n_bands, n_edges = x.shape[0], edges.shape[0] - 1, day_edges.shape[0]
    degree = np.zeros((n, n_bands), np.int32)
    below = np.zeros((n_bands, n_edges), np.int64)
    listed = np.zeros(n, np.int64)
    for i in range(n):
        for run in range(2):
            first = cell[i] - 1 + n_columns
            low = i + 1 if run == 0 else start[first]
            high = start[cell[i] + 2] if run == 0 else start[first + 3]
            for j in range(low, high):
                band = _band(x[i] - x[j], y[i] - y[j], edges, manhattan)
                days = abs(day[i] - day[j])
                if band < 0 or days >= max_days:
                    continue
                degree[i, band] += 1
                degree[j, band] += 1
                listed[i] += 1
                for edge in range(n_edges):
                    below[band, edge] += days < day_edges[edge]
    return degree, below, listed


@jit
def fill(
    x: Array,
    y: Array,
    day: Array,
    cell: Array,
    start: Array,
    n_columns: int,
    edges: Array,
    row_start: Array,
    max_days: int,
    manhattan: bool,  # noqa: FBT001
) -> tuple[Array, Array]:
    """
    List the pairs that `scan` counted.

    Parameters
    ----------
    x, y, day, cell, start, n_columns, edges, max_days, manhattan
        As in `scan`.
    row_start : array of int64, n + 1
        Running sum of `listed`, from 0.

    Returns
    -------
    other : array of uint32, n_pairs
        The second point of each pair; the first is the point whose row it is in.
    band : array of uint8, n_pairs
        Distance band of each pair.
    """
    n = x.shape[0]
    other = np.empty(row_start[n], np.uint32)
    bands = np.empty(row_start[n], np.uint8)
    for i in range(n):
        here = row_start[i]
        for run in range(2):
            first = cell[i] - 1 + n_columns
            low = i + 1 if run == 0 else start[first]
            high = start[cell[i] + 2] if run == 0 else start[first + 3]
            for j in range(low, high):
                band = _band(x[i] - x[j], y[i] - y[j], edges, manhattan)
                if band < 0 or abs(day[i] - day[j]) >= max_days:
                    continue
                other[here] = j
                bands[here] = band
                here += 1
    return other, bands


@jit
def expand(
    first: Array,
    size: Array,
    number: Array,
    other: Array,
    distance: Array,
    n: int,
    n_pairs: int,
) -> tuple[Array, Array, Array]:
    """
    List the pairs of points from the pairs of places that they share.

    Parameters
    ----------
    first, size : array of int64, n_places
        First point of each place, and how many it has; points are sorted by place.
    number : array of int64, n_places
        Pairs of places that each is the first of.
    other : array of int64, n_place_pairs
        The second place of each pair, which comes after the first.
    distance : array of float64, n_place_pairs
        Metres.
    n, n_pairs : int
        Number of points, and of pairs of points.

    Returns
    -------
    row_start : array of int64, n + 1
        Where the pairs of each point start.
    other : array of uint32, n_pairs
        The second point of each pair.
    distance : array of float64, n_pairs
        Metres; 0 at one place.
    """
    row_start = np.zeros(n + 1, np.int64)
    to, apart = np.empty(n_pairs, np.uint32), np.empty(n_pairs)
    pair, here = 0, 0
    for place in range(first.shape[0]):
        last = first[place] + size[place]
        for point in range(first[place], last):
            for second in range(point + 1, last):
                to[here], apart[here] = second, 0.0
                here += 1
            for near in range(pair, pair + number[place]):
                there = other[near]
                for beyond in range(first[there], first[there] + size[there]):
                    to[here], apart[here] = beyond, distance[near]
                    here += 1
            row_start[point + 1] = here
        pair += number[place]
    return row_start, to, apart


@jit
def tally(
    day: Array, row_start: Array, other: Array, band: Array, day_edges: Array, n_bands: int
) -> tuple[Array, Array]:
    """
    Count listed pairs as `scan` counts them.

    Parameters
    ----------
    day, row_start, other, band, day_edges, n_bands
        As in `shuffled_counts`, with days and edges of any width.

    Returns
    -------
    degree : array of int32, n by n_bands
        Neighbours of each point in each band.
    below : array of int64, n_bands by n_edges
        Pairs in the band that are fewer days apart than the edge.
    """
    n, n_edges = day.shape[0], day_edges.shape[0]
    degree = np.zeros((n, n_bands), np.int32)
    below = np.zeros((n_bands, n_edges), np.int64)
    for i in range(n):
        for pair in range(row_start[i], row_start[i + 1]):
            j, b = other[pair], band[pair]
            degree[i, b] += 1
            degree[j, b] += 1
            days = abs(day[i] - day[j])
            for edge in range(n_edges):
                below[b, edge] += days < day_edges[edge]
    return degree, below


@jit
def _shuffle(values: Array, seed: int) -> None:
    # Fisher and Yates' shuffle on a splitmix64 stream of its own. Taking the high half of a
    # product for a number below i + 1 is off by less than n / 2**32 per draw.
    state = np.uint64(seed)
    for i in range(values.shape[0] - 1, 0, -1):
        state += _GOLDEN
        z = state
        z = (z ^ (z >> _S30)) * _MIX_1
        z = (z ^ (z >> _S27)) * _MIX_2
        z = z ^ (z >> _S31)
        j = np.int64(((z >> _S32) * np.uint64(i + 1)) >> _S32)
        values[i], values[j] = values[j], values[i]


@jit
def _shuffle_within(values: Array, members: Array, starts: Array, seed: int) -> None:
    # As `_shuffle`, among the members of each stratum; one stream serves them all.
    state = np.uint64(seed)
    for stratum in range(starts.shape[0] - 1):
        first = starts[stratum]
        for i in range(starts[stratum + 1] - first - 1, 0, -1):
            state += _GOLDEN
            z = state
            z = (z ^ (z >> _S30)) * _MIX_1
            z = (z ^ (z >> _S27)) * _MIX_2
            z = z ^ (z >> _S31)
            j = np.int64(((z >> _S32) * np.uint64(i + 1)) >> _S32)
            one, two = members[first + i], members[first + j]
            values[one], values[two] = values[two], values[one]


@jit
def shuffled_counts(
    seeds: Array,
    day: Array,
    row_start: Array,
    other: Array,
    band: Array,
    day_edges: Array,
    n_bands: int,
    members: Array,
    starts: Array,
) -> Array:
    """
    Count pairs per band and number of days with permuted days.

    Days and tallies are held in 16 bits, so that a processor counts many permutations at once.

    Parameters
    ----------
    seeds : array of uint64, at most LANES
        One per permutation; the same seed gives the same permutation wherever it runs.
    day : array of int16, n
        Day of each sorted point, 0 or more.
    row_start, other, band
        The pairs, as `fill` lists them.
    day_edges : array of int16, n_edges
        Numbers of days.
    n_bands : int
        Number of distance bands.
    members : array of int64, n
        Points, those of a stratum together: days are permuted among these only.
    starts : array of int64, n_strata + 1
        Where the members of each stratum start; empty to permute days among all points.

    Returns
    -------
    array of int64, n_seeds by n_bands by n_edges
        Pairs in the band that are fewer days apart than the edge.
    """
    n, n_lanes, n_edges = day.shape[0], seeds.shape[0], day_edges.shape[0]
    lanes = np.empty((n_lanes, n), np.int16)
    for lane in range(n_lanes):
        lanes[lane] = day
        if starts.shape[0]:
            _shuffle_within(lanes[lane], members, starts, seeds[lane])
        else:
            _shuffle(lanes[lane], seeds[lane])
    permuted = np.ascontiguousarray(lanes.T)
    counted = np.zeros((n_bands * n_edges, n_lanes), np.int64)
    tallies = np.zeros((n_bands * n_edges, n_lanes), np.int16)
    apart = np.empty(n_lanes, np.int16)
    since = 0
    for i in range(n):
        mine = permuted[i]
        for pair in range(row_start[i], row_start[i + 1]):
            theirs = permuted[other[pair]]
            for lane in range(n_lanes):
                days = np.int16(mine[lane] - theirs[lane])
                apart[lane] = days if days >= 0 else np.int16(-days)
            first = np.uint32(band[pair]) * np.uint32(n_edges)
            for edge in range(n_edges):
                limit = day_edges[edge]
                tally = tallies[first + np.uint32(edge)]
                for lane in range(n_lanes):
                    tally[lane] += np.int16(apart[lane] < limit)
            since += 1
            if since == _TALLY_MOST:
                counted += tallies
                tallies[:] = 0
                since = 0
    counted += tallies
    return counted.T.copy().reshape((n_lanes, n_bands, n_edges))
