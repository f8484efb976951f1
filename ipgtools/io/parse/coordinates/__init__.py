"""Turn coordinates into points of the working CRS, with a reason for rows without."""

from ipgtools.io.parse.coordinates.to_points import (
    coalesce_pairs,
    coordinates,
    from_columns,
    from_geometry,
    missing_alone,
)

__all__ = [
    "coalesce_pairs",
    "coordinates",
    "from_columns",
    "from_geometry",
    "missing_alone",
]
