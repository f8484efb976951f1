"""Detect points too coarse to locate anything: rounded, or all one point."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["FEWEST", "all_at_one_point", "rounding_step"]

FEWEST = 20
"""Points below which chance can make them look rounded off."""
_STEPS = (10_000, 1000, 100)


def rounding_step(points: "gpd.GeoSeries") -> int:
    """
    Return to how many metres all coordinates are rounded.

    A spreadsheet that writes 257123 as ``2,57E+05`` rounds to a kilometre; a source that
    protects persons may round to 100 m.

    Examples
    --------
    >>> import geopandas as gpd
    >>> rounding_step(gpd.GeoSeries.from_xy([257000 + 1000 * n for n in range(30)], [471000] * 30))
    1000
    """
    if len(points) < FEWEST:
        return 0
    import numpy as np

    for part in (points.iloc[:1000], points):
        x, y = part.x.to_numpy(), part.y.to_numpy()
        fits = [one for one in _STEPS if not (np.mod(x, one).any() or np.mod(y, one).any())]
        if not fits:
            return 0
    return fits[0]


def all_at_one_point(points: "gpd.GeoSeries") -> bool:
    """
    Return whether all points are one and the same.

    Examples
    --------
    >>> import geopandas as gpd
    >>> all_at_one_point(gpd.GeoSeries.from_xy([257123] * 30, [471456] * 30))
    True
    """
    if len(points) < FEWEST:
        return False
    first = points.iloc[0]
    return all(bool(part.geom_equals(first).all()) for part in (points.iloc[:1000], points))
