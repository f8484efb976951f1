"""Determine the coordinates of points, on which everything about places rests."""

from typing import TypeAlias

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from ipgtools.errors import ContractError

__all__ = ["FloatArray", "IntArray", "coordinates"]

FloatArray: TypeAlias = npt.NDArray[np.float64]
IntArray: TypeAlias = npt.NDArray[np.int64]


def coordinates(
    points: gpd.GeoDataFrame | gpd.GeoSeries, *, label: str = "points"
) -> tuple[FloatArray, FloatArray]:
    """
    Return the coordinates of points.

    Parameters
    ----------
    points : GeoDataFrame or GeoSeries, n_points
        Points; some may be missing or empty.
    label : str, default "points"
        How an error calls the table.

    Returns
    -------
    x, y : ndarray of float, n_points
        NaN in both where there is no point.

    Raises
    ------
    ContractError
        If a geometry is something else than a point.

    Examples
    --------
    >>> x, y = coordinates(gpd.GeoSeries([shapely.Point(3, 4), None]))
    >>> x.tolist(), y.tolist()
    ([3.0, nan], [4.0, nan])
    """
    shapes = points.geometry.to_numpy()
    empty = shapely.is_empty(shapes)
    other = (shapely.get_type_id(shapes) > 0) & ~empty
    if other.any():
        first = shapes[np.argmax(other)].geom_type
        breach = f"geometry: {first} instead of Point ({int(other.sum())}x)"
        msg = f"`{label}` holds something else than points: {breach}. Take centroids first?"
        raise ContractError(msg, code="contract", table=label, breaches=breach)
    if empty.any():
        shapes = np.where(empty, None, shapes)
    x, y = shapely.get_x(shapes), shapely.get_y(shapes)
    nowhere = ~(np.isfinite(x) & np.isfinite(y))
    if nowhere.any():
        x[nowhere] = y[nowhere] = np.nan
    return x, y
