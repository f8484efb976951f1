"""
Name hot places by their streets.

*Gronausestraat bij Leijdsweg*, *Gronausestraat tussen Leijdsweg en Marthalaan*, *omgeving
Gronausestraat en Leijdsweg*. Names come from the file with streets and from nothing else, so
that a name never holds a house number, or what somebody typed. Only without such a file the
incidents' own street names are used, if they can't be anything else.
"""

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ipgtools import crs
from ipgtools.hotspots.hot_places import crossings
from ipgtools.hotspots.hot_places.crossings import Around, Candidate
from ipgtools.hotspots.hot_places.membership import points_in_places
from ipgtools.hotspots.hot_places.street_names import Named, streets_around
from ipgtools.nl import place_names as words

__all__ = [
    "FURTHER", "MOSTLY", "NEAR", "OWN", "PARTLY", "REACH", "SECOND", "SMALL", "WIDE", "Array",
    "names",
]  # fmt: skip

Array = np.ndarray[Any, Any]


NEAR = 75.0
"""Metres within which an incident, or a place, is on a street that has a name."""
OWN = 150.0
"""Metres from a place within which the street that an incident names must lie."""
REACH = 300.0
"""Metres around a place in which streets are looked at."""
SMALL = 160.0
"""Metres: a place that is no longer than this is a spot."""
WIDE = 100.0
"""Metres: how broad a place may be on average that is a stretch of street."""
MOSTLY, PARTLY = 0.6, 0.35
"""Share of the incidents in one street that makes the place a stretch of it: of a broad place,
and of a narrow one."""
FURTHER = 100.0
"""Metres that a crossing may be further, to give a name that isn't taken for another's."""
SECOND = 0.1
"""Share of the incidents from which a second street is named for an area."""


def names(
    places: gpd.GeoDataFrame,
    streets: gpd.GeoDataFrame | None = None,
    *,
    incidents: gpd.GeoDataFrame | None = None,
    areas: gpd.GeoDataFrame | None = None,
) -> pd.Series:
    """
    Name places by the street that most of their incidents are in, and those that cross it.

    The street of an incident is its own `street_name` if the file has a street of that name
    within 150 m of the place, else the nearest street with a name within 75 m. Without
    incidents the street with most metres in the place counts. A spot is named by the crossing
    in it or nearest to it, a stretch of one street by the crossings at its ends, a larger
    area by its two main streets. Main roads by number and words for unknown are no streets, and
    a number at the end of a name is taken for that of a house, unless it is a year.

    Examples
    --------
    >>> roads = gpd.GeoDataFrame({"street_name": ["Gronausestraat", "Leijdsweg"]}, geometry=[
    ...     shapely.LineString([(0, 50), (900, 50)]), shapely.LineString([(80, 0), (80, 400)])],
    ...     crs=28992)
    >>> spot = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 100, 100)], crs=28992)
    >>> doors = gpd.GeoDataFrame(geometry=gpd.points_from_xy([20, 30, 85], [60, 40, 90]), crs=28992)
    >>> names(spot, roads, incidents=doors).tolist()
    ['Gronausestraat bij Leijdsweg']
    """
    crs.require(places=places, streets=streets, incidents=incidents, areas=areas)
    shapes = places.geometry.to_numpy()
    known = streets_around(streets, shapes, REACH) if streets is not None else None
    of, rows = np.empty(0, np.int64), np.empty(0, np.int64)
    if incidents is not None:
        of, rows = points_in_places(shapes, incidents, label="incidents")
    if known is not None:
        listed = _by_file(shapes, known, of, rows, incidents)
    else:
        listed = _by_incidents(shapes, of, rows, incidents)
    number = places["number"] if "number" in places else pd.Series(range(1, len(places) + 1))
    fallback = [
        words.numbered(int(each), area)
        for each, area in zip(number, _areas(shapes, areas), strict=True)
    ]
    found = [
        candidates or [Candidate(name, 0.0)]
        for candidates, name in zip(listed, fallback, strict=True)
    ]
    return pd.Series(_distinct(found, shapes), index=places.index, dtype="str", name="name")


def _by_file(
    shapes: Array,
    known: Named,
    of: Array,
    rows: Array,
    incidents: gpd.GeoDataFrame | None,
) -> list[list[Candidate]]:
    """List the names of each place, the best first, by the streets of a file."""
    own, nearest = np.full(len(rows), -1), np.full(len(rows), -1)
    xy = np.empty((len(rows), 2))
    if incidents is not None and len(rows):
        points = incidents.geometry.to_numpy()[rows]
        xy = shapely.get_coordinates(points)
        nearest = known.nearest(points, NEAR)
        if "street_name" in incidents:
            own = known.codes(incidents["street_name"].iloc[rows])
    listed = []
    for place, shape in enumerate(shapes):
        around = known.around(shape, REACH)
        here = of == place
        near = np.isin(own[here], around.code[around.away <= OWN])
        street = np.where(near, own[here], nearest[here])
        listed.append(_listed(around, street[street >= 0], xy[here][street >= 0]))
    return listed


def _listed(around: Around, street: Array, xy: Array) -> list[Candidate]:
    """List the names of a place by the streets around it."""
    if not len(around.code) or around.away.min() > REACH:
        return []
    position = np.searchsorted(around.code, street)
    position = np.clip(position, 0, len(around.code) - 1)
    held = around.code[position] == street
    weight = np.bincount(position[held], minlength=len(around.code)).astype(float)
    if not weight.any():
        weight = np.where(around.inside > 0, around.inside, 0.0)
    if not weight.any():
        weight = (around.away == around.away.min()).astype(float)
    order = np.lexsort((around.names, around.away, -around.inside, -weight))
    main = int(order[0])
    if around.away[main] > NEAR:
        return _far(around)
    share = weight / weight.sum()
    stretch = crossings.stretch(around, main)
    length, width = _sides(around.place)
    on_main = xy[held & (street == around.code[main])]
    found = crossings.near(around, main, share, on_main)
    broad = share[main] >= MOSTLY
    along = length >= 2 * width or stretch.span * WIDE >= MOSTLY * around.place.area
    narrow = along and share[main] >= PARTLY
    if stretch.span > SMALL and stretch.span >= MOSTLY * length and (broad or narrow):
        candidates = [*crossings.between(around, main, stretch), *found]
    elif length <= SMALL or broad:
        candidates = found
    else:
        candidates = [*_areal(around, order, share), *found]
    return candidates or [Candidate(around.names[main], 0.0)]


def _areal(around: Around, order: Array, share: Array) -> list[Candidate]:
    """Name an area by its main street and one of the others that matter in it."""
    main, *others = (int(each) for each in order)
    often = [each for each in others if share[each] >= SECOND]
    others = often or [each for each in others if around.away[each] == 0][:1]
    street = str(around.names[main])
    texts = [words.around([street, str(around.names[other])]) for other in others]
    texts = texts or [words.around([street])]
    return [Candidate(text, float(rank)) for rank, text in enumerate(texts)]


def _far(around: Around) -> list[Candidate]:
    """Name a place that no street comes near by the nearest ones."""
    order = np.lexsort((around.names, around.away))[:2]
    return [Candidate(words.around([str(around.names[each]) for each in order]), 0.0)]


def _by_incidents(
    shapes: Array, of: Array, rows: Array, incidents: gpd.GeoDataFrame | None
) -> list[list[Candidate]]:
    """List the names of each place by the street names of the incidents themselves."""
    if incidents is None or "street_name" not in incidents:
        return [[] for _ in shapes]
    raw = incidents["street_name"].iloc[rows].reset_index(drop=True)
    clean = {text: words.street(str(text)) for text in raw.dropna().unique()}
    clean = {text: words.proper(name) for text, name in clean.items() if name}
    own = raw.map({text: name for text, name in clean.items() if words.looks_like_street(name)})
    listed = []
    for place, shape in enumerate(shapes):
        counts = own[of == place].value_counts()
        counts = counts.sort_index().sort_values(ascending=False, kind="stable")
        counts = counts[counts >= SECOND * counts.sum()]
        main, *others = [str(name) for name in counts.index] or [""]
        if max(_sides(shape)) <= SMALL:
            texts = [words.at(main, other) for other in others] or [main]
        else:
            texts = [words.around([main, other]) for other in others] or [words.around([main])]
        listed.append([Candidate(text, float(rank)) for rank, text in enumerate(texts) if main])
    return listed


def _sides(shape: Any) -> tuple[float, float]:
    """Return length and width of the smallest rectangle around a shape."""
    if shape is None or shape.is_empty:
        return 0.0, 0.0
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(shape))[:3]
    if len(corners) < 3:
        return 0.0, 0.0
    one, other = np.hypot(*np.diff(corners, axis=0).T)
    return float(max(one, other)), float(min(one, other))


def _areas(shapes: Array, areas: gpd.GeoDataFrame | None) -> list[str]:
    """Return the name of the area that most of each place lies in, or the part of the only one."""
    if areas is not None and len(areas) == 1:
        return [_side(shape, areas.total_bounds) for shape in shapes]
    if areas is None or areas.empty or "area_name" not in areas:
        return [""] * len(shapes)
    result = []
    for shape in shapes:
        shared = shapely.area(shapely.intersection(areas.geometry.to_numpy(), shape))
        shared = np.nan_to_num(shared)
        result.append(str(areas["area_name"].iloc[int(np.argmax(shared))]) if shared.any() else "")
    return result


def _side(shape: Any, bounds: Array) -> str:
    """Name the third of an area, in both directions, that the middle of a place lies in."""
    if shape is None or shape.is_empty:
        return ""
    low, size = bounds[:2], np.maximum(bounds[2:] - bounds[:2], 1.0)
    third = (3 * (shapely.get_coordinates(shape.centroid)[0] - low) / size).astype(int)
    column, row = np.clip(third, 0, 2)
    return words.SIDES[row][column]


def _distinct(listed: Sequence[Sequence[Candidate]], shapes: Array) -> list[str]:
    """Assign each place its best unique name; distinguish the rest by side."""
    middle = np.nan_to_num(shapely.get_coordinates(shapely.point_on_surface(_filled(shapes))))
    drawn = shapely.to_wkb(shapely.normalize(_filled(shapes)))
    order = sorted(
        range(len(listed)),
        key=lambda place: (round(listed[place][0].cost, 3), *middle[place].tolist(), drawn[place]),
    )
    taken: dict[str, list[int]] = {}
    chosen = [""] * len(listed)
    for place in order:
        best = listed[place][0]
        free = [each for each in listed[place] if each.name not in taken]
        # "A bij B" and "B bij A" are two names that are taken for one
        clear = [
            each for each in free if each.mirrored not in taken and each.cost <= best.cost + FURTHER
        ]
        chosen[place] = name = [*clear, *free, best][0].name
        taken.setdefault(name, []).append(place)
    for name, group in taken.items():
        if len(group) > 1:
            for place, side in zip(*_sided(group, middle), strict=True):
                chosen[place] = words.apart(name, side)
    return chosen


def _filled(shapes: Array) -> Array:
    nowhere = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    return np.where(nowhere, shapely.Point(0, 0), shapes)


def _sided(group: Sequence[int], middle: Array) -> tuple[list[int], list[str]]:
    """Order places along the axis on which they differ most, and return which end each is at."""
    extent = np.ptp(middle[list(group)], axis=0)
    axis = int(extent[1] >= extent[0])
    first, last = ((words.WEST, words.EAST), (words.SOUTH, words.NORTH))[axis]
    places = sorted(group, key=lambda place: (middle[place, axis], middle[place, 1 - axis]))
    between = len(places) - 2
    numbers = [f" {rank + 1}" if between > 1 else "" for rank in range(between)]
    return places, [first, *(f"{words.MIDDLE}{number}" for number in numbers), last]
