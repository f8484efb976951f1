"""
State what explains where incidents happen: addresses where there is a file, else streets.

Incidents happen where people live and go: held against an even spread, built-up parts of a wijk
stand out. "flat" is for a first look only; a briefing has no claim without streets or addresses.
"""

from typing import Any, Literal

import geopandas as gpd
import numpy as np
import shapely

from ipgtools.hotspots.hot_places.region import Region

__all__ = [
    "BASELINES", "EVEN_SHARE", "FEWEST_ADDRESSES", "Array", "Baseline", "choose",
    "per_cell_addresses", "per_cell_streets",
]  # fmt: skip

Array = np.ndarray[Any, Any]
Baseline = Literal["addresses", "streets", "flat", "none"]

BASELINES = ("auto", "measured", "addresses", "streets", "flat", "none")

EVEN_SHARE = 0.1
"""Part of their mean that every cell gets on top: incidents also happen where nobody lives."""
FEWEST_ADDRESSES = 50
"""Addresses in the study area below which the file can't be of this area."""
_STEP = 5.0


def choose(
    wanted: str,
    region: Region,
    streets: gpd.GeoDataFrame | None,
    addresses: gpd.GeoDataFrame | None,
) -> tuple[Baseline, Array | None]:
    """Measure what explains incidents, per cell."""
    if wanted not in BASELINES:
        msg = f"`baseline` is {wanted!r}, expected one of {', '.join(BASELINES)}"
        raise ValueError(msg)
    for name, table in (("addresses", addresses), ("streets", streets)):
        if wanted == name and table is None:
            msg = f"`baseline` is {name!r}, but no `{name}` are given"
            raise ValueError(msg)
    if wanted in ("auto", "measured", "addresses") and addresses is not None:
        counts = per_cell_addresses(addresses, region)
        if wanted == "addresses" or counts[region.inside].sum() >= FEWEST_ADDRESSES:
            return "addresses", _with_even_share(counts, region)
    if wanted in ("auto", "measured", "streets") and streets is not None:
        metres = per_cell_streets(streets, region)
        if metres[region.inside].sum() > 0:
            return "streets", _with_even_share(metres, region)
    if wanted in ("measured", "none"):
        return "none", None
    return "flat", region.counted.astype(float)


def per_cell_addresses(addresses: gpd.GeoDataFrame, region: Region) -> Array:
    """Count addresses per cell: n_rows by n_columns."""
    near = region.near(addresses)
    known = near[~(near.geometry.is_empty | near.geometry.isna())]
    cell = region.grid.locate(known.geometry.x.to_numpy(), known.geometry.y.to_numpy())
    return region.count(cell)


def per_cell_streets(streets: gpd.GeoDataFrame, region: Region) -> Array:
    """
    Measure metres of street per cell: n_rows by n_columns.

    Lines are cut into pieces of at most 5 m, each counted where its middle lies.
    """
    lines = region.near(streets).geometry
    lines = lines[~(lines.is_empty | lines.isna())]
    points, line = shapely.get_coordinates(
        shapely.segmentize(shapely.get_parts(lines.to_numpy()), _STEP), return_index=True
    )
    same = line[1:] == line[:-1]
    middle = ((points[1:] + points[:-1]) / 2)[same]
    length = np.linalg.norm(points[1:] - points[:-1], axis=1)[same]
    cell = region.grid.locate(middle[:, 0], middle[:, 1])
    held = cell >= 0
    metres = np.bincount(cell[held], weights=length[held], minlength=region.inside.size)
    return np.where(region.counted, metres.reshape(region.shape), 0.0)


def _with_even_share(per_cell: Array, region: Region) -> Array:
    mean = per_cell[region.counted].mean()
    return np.where(region.counted, per_cell + EVEN_SHARE * mean, 0.0)
