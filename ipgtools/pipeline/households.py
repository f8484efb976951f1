"""Estimate the households in each cell of a map, where its audience needs a cell to have some."""

import geopandas as gpd
import numpy as np
import pandas as pd

from ipgtools import areas
from ipgtools.pipeline.inputs import Inputs

__all__ = ["with_households"]


def with_households(cells: gpd.GeoDataFrame, inputs: Inputs) -> gpd.GeoDataFrame:
    """Add the column `households`, from addresses or else from figures of areas, if there are."""
    if not inputs.profile.cells.households:
        return cells
    if inputs.addresses is not None and len(inputs.addresses):
        expected = _addresses(cells, inputs.addresses)
    elif inputs.areas["households"].notna().any():
        expected = _spread(cells, inputs.areas)
    else:
        return cells
    with_them = cells.assign(households=pd.array(expected, dtype="Float64"))
    with_them.attrs = dict(cells.attrs)
    return with_them


def _addresses(cells: gpd.GeoDataFrame, addresses: gpd.GeoDataFrame) -> np.ndarray:
    """Count addresses, each as a household."""
    at, _ = addresses.sindex.query(cells.geometry, predicate="intersects")
    return np.bincount(at, minlength=len(cells)).astype(float)


def _spread(cells: gpd.GeoDataFrame, parts: gpd.GeoDataFrame) -> np.ndarray:
    """Spread the households of each area evenly; a cell is of the area of its centre."""
    centres = gpd.GeoDataFrame(geometry=cells.geometry.centroid, index=cells.index)
    dense = parts["households"].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    dense = pd.Series(dense / parts.geometry.area.to_numpy(), index=parts["area_code"])
    per_m2 = areas.assign(centres, parts).map(dense[~dense.index.duplicated()])
    return per_m2.to_numpy(dtype=float, na_value=np.nan) * cells.geometry.area.to_numpy()
