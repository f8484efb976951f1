"""Choose the crossings that locate a place on its street best."""

from typing import Any, NamedTuple

import numpy as np
import shapely

from ipgtools.geocoder.street_points import TOUCHING
from ipgtools.nl import place_names as words

__all__ = [
    "AT_END", "MINOR", "NEAR_PLACE", "OWN_SHARE", "PARALLEL", "Around", "Array", "Candidate",
    "Stretch", "between", "meetings", "near", "stretch",
]  # fmt: skip

Array = np.ndarray[Any, Any]


NEAR_PLACE = 150.0
"""Maximum distance in metres from a place to a crossing that locates it."""
PARALLEL = 75.0
"""Metres within which a parallel street locates a place better than a crossing
further on."""
AT_END = 120.0
"""Metres from the end of a stretch within which a crossing marks that end."""
MINOR = 40.0
"""Metres that the crossing with a footpath counts as further."""
OWN_SHARE = 60.0
"""Metres that a crossing counts as nearer if all incidents were in that other street."""
_SECOND, _THIRD = 1000.0, 2000.0


class Candidate(NamedTuple):
    """
    A name that a place could have.

    Parameters
    ----------
    name : str
        Dutch.
    cost : float
        How badly it fits, in metres or ranks; lower is better.
    mirrored : str
        The name with its two streets the other way round; empty if it is anything else.
    """

    name: str
    cost: float
    mirrored: str = ""


class Around(NamedTuple):
    """
    Named streets around a place.

    Parameters
    ----------
    place : geometry
        The place.
    code : array of int64, n_streets
        Which street each is, in rising order.
    names : array of object (str), n_streets
        As they are written.
    lines : array of geometry, n_streets
        All lines of each.
    inside : array of float64, n_streets
        Metres inside the place.
    away : array of float64, n_streets
        Metres from the place.
    minor : array of bool, n_streets
        Footpaths and the like.
    """

    place: Any
    code: Array
    names: Array
    lines: Array
    inside: Array
    away: Array
    minor: Array


class Stretch(NamedTuple):
    """
    The part of a street that lies in a place.

    Parameters
    ----------
    axis : array of float64, 2
        Its direction, of length 1: eastward, or southward if it runs north to south.
    low, high : float
        Where it starts and ends along the axis, in metres.
    """

    axis: Array
    low: float
    high: float

    @property
    def span(self) -> float:
        """Metres from start to end."""
        return self.high - self.low


def stretch(around: Around, main: int) -> Stretch:
    """Measure the part of a street that lies in a place."""
    part = shapely.intersection(around.lines[main], around.place)
    xy = shapely.get_coordinates(part)
    if len(xy) < 2:
        return Stretch(np.array([1.0, 0.0]), 0.0, 0.0)
    # evenly spread, so that a bend with many vertices doesn't turn the axis
    parts = shapely.get_parts(part)
    even = shapely.get_coordinates(shapely.segmentize(parts, 10.0))
    _, _, axes = np.linalg.svd(even - even.mean(axis=0), full_matrices=False)
    axis = axes[0]
    forward = axis[0] > 0 if abs(axis[0]) >= abs(axis[1]) else axis[1] < 0
    axis = axis if forward else -axis
    at = xy @ axis
    return Stretch(axis, float(at.min()), float(at.max()))


def meetings(around: Around, main: int) -> tuple[Array, Array, Array]:
    """List where other streets cross or meet a street."""
    line = around.lines[main]
    gap = shapely.distance(line, around.lines)
    gap[main] = np.inf
    others = np.flatnonzero(gap <= TOUCHING)
    met = shapely.intersection(line, around.lines[others])
    # a stretch that two streets share counts by the points at its ends
    apart = shapely.is_empty(met)
    nearest = shapely.get_point(shapely.shortest_line(line, around.lines[others]), 0)
    xy, which = shapely.get_coordinates(np.where(apart, nearest, met), return_index=True)
    return others[which], xy, gap[others][which]


def near(around: Around, main: int, share: Array, on_main: Array) -> list[Candidate]:
    """
    Name a place on a street by another street, the best first.

    Crossings in the place or within 150 m come first, the nearest one first; then streets
    that pass within 75 m, and crossings further on.
    """
    line = around.lines[main]
    part = shapely.intersection(line, around.place)
    centre = shapely.centroid(shapely.multipoints(on_main) if len(on_main) else around.place)
    if not len(on_main) and not part.is_empty:
        centre = shapely.centroid(part)
    centre = shapely.get_point(shapely.shortest_line(line, centre), 0)
    other, xy, gap = meetings(around, main)
    points = shapely.points(xy)
    cost = shapely.distance(points, centre) + 2 * gap
    cost = cost + MINOR * around.minor[other] - OWN_SHARE * share[other]
    cost[shapely.distance(points, around.place) > NEAR_PLACE] += _THIRD
    parallel = np.flatnonzero(around.away <= PARALLEL)
    parallel = parallel[parallel != main]
    other = np.concatenate([other, parallel])
    cost = np.concatenate([cost, _SECOND + around.away[parallel] + MINOR * around.minor[parallel]])
    street = str(around.names[main])
    texts = [words.at(street, str(name)) for name in around.names[other]]
    return _best(texts, cost, [words.at(str(name), street) for name in around.names[other]])


def between(around: Around, main: int, part: Stretch) -> list[Candidate]:
    """Name a stretch of street by the streets that cross it at its ends, the best first."""
    other, xy, gap = meetings(around, main)
    at = xy @ part.axis
    dear = 2 * gap + MINOR * around.minor[other]
    first, last = abs(at - part.low), abs(at - part.high)
    ends = np.nonzero((first <= AT_END)[:, None] & (last <= AT_END))
    one, two = (each.astype(np.int64) for each in ends)
    good = (other[one] != other[two]) & (at[two] - at[one] >= part.span / 2)
    one, two = one[good], two[good]
    cost = first[one] + dear[one] + last[two] + dear[two]
    street = str(around.names[main])
    texts = [
        words.between(street, str(start), str(end))
        for start, end in zip(around.names[other[one]], around.names[other[two]], strict=True)
    ]
    return _best(texts, cost, [""] * len(texts))


def _best(texts: list[str], cost: Array, mirrored: list[str]) -> list[Candidate]:
    """Sort names, each once."""
    order = sorted(range(len(texts)), key=lambda each: (round(float(cost[each]), 3), texts[each]))
    found: dict[str, Candidate] = {}
    for each in order:
        found.setdefault(texts[each], Candidate(texts[each], float(cost[each]), mirrored[each]))
    return list(found.values())
