"""
Detect the CRS of coordinates from the values of a whole file.

Values outweigh the names of columns in two cases only: where not one row lies in the
Netherlands as the names have it and nearly all do in another system, or with the axes the
other way round. Both are said. Boxes: RD from the domain; those of degrees, UTM and the web's
Mercator are where these hold the Netherlands, and don't overlap.
"""

import functools
from typing import TYPE_CHECKING, Any

from ipgtools import _arrow

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

__all__ = [
    "DUTCH_DEGREES", "PARTS_OF_A_METRE", "RD_BOX", "WHOLE_FILE", "crs_of_bounds", "detect",
    "is_degrees", "is_rd", "outside_rd", "parts_of_a_metre",
]  # fmt: skip

RD_BOX = (0.0, 300_000.0, 300_000.0, 625_000.0)
"""Where RD coordinates can lie: x from, y from, x to, y to in metres; x is always below y."""
DUTCH_DEGREES = (3.0, 50.0, 8.0, 54.0)
"""Where the Netherlands lie, generously: west, south, east, north."""
WHOLE_FILE = 0.9
"""Share of the rows with coordinates that speaks for the file."""
PARTS_OF_A_METRE = {10: "decimetre", 100: "centimetre", 1000: "millimetre"}
"""What RD is counted in by mistake: parts of a metre, and what they are called."""
_SEA = (100_000.0, 560_000.0)
"""North of this y and west of this x there is only sea in RD."""
_ENGLISH = ("easting", "northing")
_UTM = ("EPSG:25832", "EPSG:25831")
_WEB = "EPSG:3857"


def detect(
    x: "np.ndarray",
    y: "np.ndarray",
    *,
    taken: Any,
    told: bool,
    names: tuple[str, str],
    work: Any = None,
) -> tuple[Any, bool]:
    """
    Return the CRS of coordinates and whether their axes are swapped.

    Examples
    --------
    >>> import numpy as np
    >>> rd = {"taken": "EPSG:28992", "told": False, "names": ("x", "y")}
    >>> detect(np.array([471000.0]), np.array([258000.0]), **rd)
    ('EPSG:28992', True)
    >>> detect(np.array([356164.0]), np.array([5787310.0]), **rd)
    ('EPSG:25832', False)
    """
    import numpy as np

    rd = is_rd(taken)
    box = RD_BOX if rd else DUTCH_DEGREES
    if not (rd or is_degrees(taken)):
        return taken, False
    if any(_within(box, x[span], y[span]).any() for span in _arrow.chunks(len(x))):
        return taken, False
    there = np.isfinite(x) & np.isfinite(y) & ((x != 0) | (y != 0))
    if not there.any():
        return taken, False
    x, y = x[there], y[there]
    british = not told and {name.strip().lower() for name in names} & {*_ENGLISH}
    if _share(box, y, x) >= WHOLE_FILE and not british:
        return taken, True
    if told:
        return taken, False
    others = ("EPSG:4326", *_UTM, _WEB) if rd else ()
    if work is not None and not rd and is_rd(work):
        others = ("EPSG:28992", *_UTM, _WEB)
    for other in others:
        if _share(_box_of(other), x, y) >= WHOLE_FILE:
            return other, False
        if _share(_box_of(other), y, x) >= WHOLE_FILE and not british:
            return other, True
    return taken, False


def outside_rd(x: "np.ndarray", y: "np.ndarray") -> "tuple[np.ndarray, int]":
    """
    Return which RD points lie outside the Netherlands, in an otherwise Dutch file.

    Examples
    --------
    >>> import numpy as np
    >>> x, y = np.full(11, 258_000.0), np.full(11, 471_000.0)
    >>> x[4] = 900_000.0
    >>> outside, n_abroad = outside_rd(x, y)
    >>> outside.nonzero()[0].tolist(), n_abroad
    ([4], 0)
    """
    import numpy as np

    there = np.isfinite(x) & np.isfinite(y)
    outside = there & ~_within(RD_BOX, x, y)
    if outside.sum() <= (1 - WHOLE_FILE) * there.sum():
        return outside, 0
    return np.zeros(len(x), dtype=bool), int(outside.sum())


def crs_of_bounds(bounds: "Sequence[float]") -> str | None:
    """
    Return the CRS of geometries by their bounds: RD, WGS84 or None.

    Examples
    --------
    >>> crs_of_bounds([258_000, 470_000, 260_000, 472_000]), crs_of_bounds([6.8, 52.1, 7.0, 52.3])
    ('EPSG:28992', 'EPSG:4326')
    """
    for crs, (west, south, east, north) in (("EPSG:28992", RD_BOX), ("EPSG:4326", DUTCH_DEGREES)):
        if west <= bounds[0] <= bounds[2] <= east and south <= bounds[1] <= bounds[3] <= north:
            return crs
    return None


def parts_of_a_metre(x: "np.ndarray", y: "np.ndarray") -> int:
    """
    Return the units per metre of RD values: 1, 10, 100 or 1000.

    Examples
    --------
    >>> import numpy as np
    >>> parts_of_a_metre(np.array([2_580_000.0]), np.array([4_710_000.0]))
    10
    """
    return next((parts for parts in (1, *PARTS_OF_A_METRE) if _on_land(x, y, parts)), 1)


def _on_land(x: "np.ndarray", y: "np.ndarray", parts: int) -> bool:
    """Return whether nearly all coordinates, in a part of a metre, lie where RD has land."""
    import numpy as np

    west, south, east, north = RD_BOX
    n_known = n_land = 0
    for span in _arrow.chunks(len(x)):
        known = np.isfinite(x[span]) & np.isfinite(y[span]) & (x[span] != 0) & (y[span] != 0)
        u, v = x[span][known] / parts, y[span][known] / parts
        land = (u >= west) & (u <= east) & (v >= south) & (v <= north)
        if parts > 1:
            land &= ~((u < _SEA[0]) & (v > _SEA[1]))
        n_known, n_land = n_known + int(known.sum()), n_land + int(land.sum())
    return n_known > 0 and n_land >= WHOLE_FILE * n_known


def is_rd(crs: Any) -> bool:
    """Return whether a CRS is RD New."""
    import pyproj

    return pyproj.CRS.from_user_input(crs).to_epsg() == 28992


def is_degrees(crs: Any) -> bool:
    """Return whether a CRS counts in degrees."""
    import pyproj

    return bool(pyproj.CRS.from_user_input(crs).is_geographic)


def _within(
    box: tuple[float, float, float, float], x: "np.ndarray", y: "np.ndarray"
) -> "np.ndarray":
    west, south, east, north = box
    return (x >= west) & (x <= east) & (y >= south) & (y <= north)


def _share(box: tuple[float, float, float, float], x: "np.ndarray", y: "np.ndarray") -> float:
    return float(_within(box, x, y).mean())


def _box_of(crs: str) -> tuple[float, float, float, float]:
    return RD_BOX if crs == "EPSG:28992" else _dutch_box(crs)


@functools.cache
def _dutch_box(crs: str) -> tuple[float, float, float, float]:
    """Return the box of the Netherlands in a CRS; of UTM, zone 32 is taken east of 3 degrees."""
    import pyproj

    if is_degrees(crs):
        return DUTCH_DEGREES
    to_crs = pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    west, south, east, north = to_crs.transform_bounds(3.2, 50.7, 7.3, 53.6)
    return (west, south, east, north)
