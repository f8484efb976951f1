"""
Find points on street lines: the middle of a street, a crossing, a house number.

Lines are unions of all stretches of one name, in a projected CRS in metres. Nothing here
knows about words.
"""

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

__all__ = [
    "AROUND", "SAME_STREET", "TOUCHING", "crossings", "inside", "interpolate_house_number",
    "middle", "most_central", "on_street", "spread", "streets_of",
]  # fmt: skip

SAME_STREET = 500.0
"""Stretches of one name further apart than this, in metres, are different streets."""
TOUCHING = 30.0
"""Streets that come this near, in metres, meet: their drawn lines just stop short."""
AROUND = 100.0
"""How far outside the area, in metres, a street still counts as its own."""


def streets_of(lines: np.ndarray) -> list[Any]:
    """Separate distinct streets that share a name."""
    halos = shapely.get_parts(shapely.union_all(shapely.buffer(lines, SAME_STREET / 2)))
    if len(halos) == 1:
        return [shapely.union_all(lines)]
    return [shapely.union_all(lines[shapely.intersects(halo, lines)]) for halo in halos]


def inside(streets: list[Any], area: Any) -> list[Any]:
    """Leave out the streets outside an area, if any is inside."""
    if area is None or len(streets) < 2:
        return streets
    return [each for each in streets if shapely.dwithin(each, area, AROUND)] or streets


def middle(street: Any, area: Any = None) -> Any:
    """Return the point of a street nearest to its middle."""
    if area is not None:
        part = shapely.intersection(street, area)
        street = part if shapely.length(part) > 0 else street
    return on_street(street, shapely.centroid(street))


def on_street(street: Any, point: Any) -> Any:
    """Return the point of a street nearest to another point."""
    return shapely.get_point(shapely.shortest_line(street, point), 0)


def crossings(street: Any, other: Any, area: Any = None) -> np.ndarray:
    """List where two streets cross."""
    shared = shapely.get_parts(shapely.intersection(street, other))
    points = np.array(
        [
            part if part.geom_type == "Point" else middle(part)
            for part in shared
            if not part.is_empty
        ],
        dtype=object,
    )
    if area is not None and len(points):
        inside = points[shapely.dwithin(points, area, AROUND)]
        points = inside if len(inside) else points
    return points


def most_central(points: np.ndarray) -> Any:
    """Return the one of several points that lies nearest to their mean."""
    if len(points) == 1:
        return points[0]
    mean = shapely.centroid(shapely.multipoints(points))
    return points[int(np.argmin(shapely.distance(points, mean)))]


def spread(points: np.ndarray) -> float:
    """Return the largest extent of points, in metres."""
    west, south, east, north = shapely.bounds(shapely.multipoints(points))
    return float(max(east - west, north - south))


def interpolate_house_number(stretches: "pd.DataFrame", number: int) -> Any:
    """Estimate where a house number is along stretches that know their numbers."""
    best, best_rank = None, (2, 0.0)
    for line, first, last, kind in _ranges(stretches):
        low, high = min(first, last), max(first, last)
        if not low <= number <= high or kind == ("oneven", "even")[number % 2]:
            continue
        one_side = first % 2 == last % 2
        rank = (0 if not one_side or first % 2 == number % 2 else 1, high - low)
        if rank < best_rank or best is None:
            share = 0.5 if first == last else (number - first) / (last - first)
            best, best_rank = _along(line, share), rank
    return best


def _ranges(stretches: "pd.DataFrame") -> "Iterator[tuple[Any, float, float, Any]]":
    """Go through the ranges of either side: line, first and last number, and of which kind."""
    for side in ("", "_rechts"):
        start, end, kind = (f"{name}{side}" for name in ("nr_van", "nr_tot", "nr_soort"))
        if not {start, end} <= set(stretches.columns):
            continue
        known = stretches[stretches[start].notna() & stretches[end].notna()]
        kinds = known[kind] if kind in known else [None] * len(known)
        for line, first, last, said in zip(
            known.geometry.to_numpy(), known[start], known[end], kinds, strict=True
        ):
            yield line, float(first), float(last), said


def _along(line: Any, share: float) -> Any:
    merged = shapely.line_merge(line)
    if merged.geom_type == "LineString":
        return shapely.line_interpolate_point(merged, share, normalized=True)
    return middle(merged)
