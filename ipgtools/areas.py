"""
Bring incidents to wijken and buurten, and compare these fairly.

Every point belongs to one area at most, so counts over areas add up. A figure about an area
comes with its interval: a buurt with three burglaries and 150 inhabitants has no reliable
rate, and the table states it.
"""

import logging
import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from ipgtools import _checks, crs, inference
from ipgtools.errors import ContractError
from ipgtools.grid import FloatArray, IntArray, coordinates

__all__ = ["assign", "change", "compare", "method", "rates"]

log = logging.getLogger(__name__)

_MANY = 200_000
_MOST_THREADS = 4


def assign(points: gpd.GeoDataFrame | gpd.GeoSeries, areas: gpd.GeoDataFrame) -> pd.Series:
    """
    Name the area each point lies in.

    A point on a shared border, or where areas overlap, belongs to the area whose code sorts
    first, so the outcome depends on neither table's row order.

    Parameters
    ----------
    points : GeoDataFrame or GeoSeries, n_points
        Points in a projected CRS in metres; some may be missing.
    areas : GeoDataFrame, n_areas
        Polygons in the same CRS with `area_code`.

    Returns
    -------
    Series of str, n_points
        `area_code` on the index of `points`; missing outside all areas or without point.

    Raises
    ------
    CrsError
        If the tables do not share a projected CRS in metres.
    ContractError
        If a geometry is no point, or `area_code` is missing, repeated or absent.

    Notes
    -----
    Points are sorted by x once, so that an area is compared with the points between its
    west and east end only; n log n in the points.

    Examples
    --------
    A point on the shared border belongs to the first area, one beyond to none:

    >>> two = gpd.GeoDataFrame(
    ...     {"area_code": ["BU01", "BU02"]},
    ...     geometry=[shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100)], crs=28992)
    >>> points = gpd.GeoSeries(gpd.points_from_xy([150, 100, 300], [10, 10, 10]), crs=28992)
    >>> assign(points, two).tolist()
    ['BU02', 'BU01', nan]
    """
    _checks.not_swapped(points, areas)
    crs.require(points=points, areas=areas)
    codes = _codes(areas)
    position = _locate(*coordinates(points), areas.geometry.to_numpy(), codes)
    names = pd.array(codes, dtype="str")
    return pd.Series(
        names.take(position, allow_fill=True), index=points.index, name="area_code", dtype="str"
    )


def rates(
    points: gpd.GeoDataFrame | gpd.GeoSeries,
    areas: gpd.GeoDataFrame,
    *,
    per: int = 1000,
    alpha: float = 0.05,
) -> gpd.GeoDataFrame:
    """
    Count points per area and relate the count to the inhabitants.

    Parameters
    ----------
    points : GeoDataFrame or GeoSeries, n_points
        Points in a projected CRS in metres.
    areas : GeoDataFrame, n_areas
        Polygons in the same CRS with `area_code` and `inhabitants`.
    per : int, default 1000
        Inhabitants that a rate is about; names the column.
    alpha : float, default 0.05
        One minus the confidence of the intervals.

    Returns
    -------
    GeoDataFrame, n_areas
        The areas with `n` (int), `per_1000`, `ci_low` and `ci_high`: the exact Poisson
        interval of the count over the inhabitants. The last three are NaN where inhabitants
        are 0 or unknown. ``attrs``: `n_used`, `n_outside`, `n_without_geometry`, `method`.

    Raises
    ------
    CrsError
        If the tables do not share a projected CRS in metres.
    ContractError
        If a geometry is no point, `area_code` is not unique or a column is absent.

    Examples
    --------
    >>> area = gpd.GeoDataFrame(
    ...     {"area_code": ["BU01"], "inhabitants": [2000]},
    ...     geometry=[shapely.box(0, 0, 100, 100)], crs=28992)
    >>> points = gpd.GeoSeries(gpd.points_from_xy([10, 20, 300], [10, 20, 300]), crs=28992)
    >>> table = rates(points, area)
    >>> table[["n", "per_1000", "ci_low", "ci_high"]].round(3).iloc[0].tolist()
    [2.0, 1.0, 0.121, 3.612]
    >>> table.attrs["n_outside"]
    1
    """
    _checks.not_swapped(points, areas)
    crs.require(points=points, areas=areas)
    if "inhabitants" not in areas:
        breach = "inhabitants: column is missing"
        msg = f"`areas` can't give rates: {breach}. Count without them: areas.assign(...)."
        raise ContractError(msg, code="contract", table="areas", breaches=breach)
    n, attrs = _counts(points, areas, "points")
    inhabitants = areas["inhabitants"].to_numpy(dtype=float, na_value=np.nan)
    scale = np.where(inhabitants > 0, per / np.where(inhabitants > 0, inhabitants, 1), np.nan)
    low, high = inference.poisson_interval(n, alpha=alpha)
    table = areas.assign(n=n, **{f"per_{per}": n * scale}, ci_low=low * scale, ci_high=high * scale)
    table.attrs |= attrs | {"method": {"name": "rate", "interval": "Garwood", "alpha": alpha}}
    return table


def change(
    before: gpd.GeoDataFrame | gpd.GeoSeries,
    after: gpd.GeoDataFrame | gpd.GeoSeries,
    areas: gpd.GeoDataFrame,
    *,
    exposure: float = 1.0,
    alpha: float = 0.05,
    dispersion: npt.ArrayLike = 1.0,
) -> gpd.GeoDataFrame:
    """
    Compare the counts of two periods per area.

    Parameters
    ----------
    before, after : GeoDataFrame or GeoSeries
        The points of either period, in a projected CRS in metres.
    areas : GeoDataFrame, n_areas
        Polygons in the same CRS with `area_code`.
    exposure : float, default 1
        Length of the later period divided by that of the earlier one.
    alpha : float, default 0.05
        One minus the confidence of the intervals.
    dispersion : float or array_like of float, n_areas, default 1
        Variance of counts over their mean, from `history.dispersion_of`. At 1 incidents are
        taken to be independent, which calls too many differences more than chance where they
        come in series; NaN leaves chance untested.

    Returns
    -------
    GeoDataFrame, n_areas
        The areas with the columns of `compare`. ``attrs``: `n_used`, `n_outside` and
        `n_without_geometry` of either period under `before` and `after`; `n_tested` and
        `n_untestable`; `method`.

    Raises
    ------
    CrsError
        If the tables do not share a projected CRS in metres.
    ContractError
        If a geometry is no point or `area_code` is not unique.

    References
    ----------
    Przyborowski & Wilenski (1940), Biometrika 31, 313-323.

    Examples
    --------
    Two before and eight after, in equally long periods:

    >>> area = gpd.GeoDataFrame(
    ...     {"area_code": ["BU01"]}, geometry=[shapely.box(0, 0, 100, 100)], crs=28992)
    >>> before, after = (
    ...     gpd.GeoSeries(gpd.points_from_xy([50] * n, [50] * n), crs=28992) for n in (2, 8))
    >>> table = change(before, after, area)
    >>> table[["n_before", "n_after", "ratio", "p_value"]].iloc[0].round(3).tolist()
    [2.0, 8.0, 4.0, 0.109]
    """
    crs.require(before=before, after=after, areas=areas)
    n_before, of_before = _counts(before, areas, "before")
    n_after, of_after = _counts(after, areas, "after")
    how: dict[str, Any] = {"exposure": exposure, "alpha": alpha, "dispersion": dispersion}
    table = areas.assign(**compare(n_before, n_after, **how))
    table.attrs |= {"before": of_before, "after": of_after}
    table.attrs |= method(n_before + n_after, **how)
    return table


def compare(
    n_before: IntArray,
    n_after: IntArray,
    *,
    exposure: float = 1.0,
    alpha: float = 0.05,
    dispersion: npt.ArrayLike = 1.0,
) -> dict[str, npt.NDArray[Any]]:
    """
    Compare counts place by place; what `change` does for areas and cells alike.

    Parameters
    ----------
    n_before, n_after : ndarray of int, n_places
        Counts of either period.
    exposure : float, default 1
        Length of the later period divided by that of the earlier one.
    alpha : float, default 0.05
        One minus the confidence of the intervals, and the level that `q_value` is for.
    dispersion : float or array_like of float, n_places, default 1
        Variance of counts over their mean, as in `inference.compare_counts`.

    Returns
    -------
    dict of ndarray, n_places
        `n_before`, `n_after`; `difference`, the later count minus what the earlier rate
        would have given; `ratio` of the rates, NaN where there was nothing before; `ci_low`
        and `ci_high` of the ratio (infinite where nothing was before); `p_value`, two-sided;
        `q_value`, corrected for the places that hold enough to differ significantly at all
        (`inference.eligible`), and 1 for the others. The last four are NaN where `dispersion` is.

    Examples
    --------
    >>> found = compare(np.array([40, 5]), np.array([80, 6]))
    >>> found["ratio"].tolist(), (found["q_value"] < 0.05).tolist()
    ([2.0, 1.2], [True, False])
    """
    p = inference.compare_counts(n_before, n_after, exposure=exposure, dispersion=dispersion)
    low, high = inference.ratio_interval(
        n_before, n_after, exposure=exposure, alpha=alpha, dispersion=dispersion
    )
    least = inference.smallest_p(n_before + n_after, exposure=exposure, dispersion=dispersion)
    ratio = np.full(len(p), np.nan)
    np.divide(n_after, n_before * exposure, out=ratio, where=n_before > 0)
    return {
        "n_before": n_before,
        "n_after": n_after,
        "difference": n_after - (n_before if exposure == 1 else n_before * exposure),
        "ratio": ratio,
        "ci_low": low,
        "ci_high": high,
        "p_value": p,
        "q_value": inference.corrected(p, least, alpha=alpha),
    }


def method(
    total: IntArray, *, exposure: float, alpha: float, dispersion: npt.ArrayLike
) -> dict[str, Any]:
    """
    Return how `compare` compares, for the attrs of a result.

    Parameters
    ----------
    total : ndarray of int, n_places
        Counts of both periods together.
    exposure, alpha, dispersion
        As in `compare`.

    Returns
    -------
    dict
        `n_tested`, `n_untestable` (places with incidents that could not differ significantly
        whatever they hold) and `method`.

    Examples
    --------
    Of one incident in two periods nothing can be shown:

    >>> about = method(np.array([120, 1]), exposure=1.0, alpha=0.05, dispersion=1.0)
    >>> about["n_tested"], about["n_untestable"]
    (1, 1)
    """
    least = inference.smallest_p(total, exposure=exposure, dispersion=dispersion)
    tested = inference.eligible(least, alpha=alpha)
    scale = np.asarray(dispersion, dtype=float)
    return {
        "n_tested": int(tested.sum()),
        "n_untestable": int(((total > 0) & ~tested & ~np.isnan(least)).sum()),
        "method": {
            "name": "change",
            "test": "conditional binomial of counts over their dispersion, two-sided",
            "correction": "Benjamini-Hochberg over the places that can be significant (Tarone)",
            "exposure": exposure,
            "alpha": alpha,
            "dispersion": float(np.median(scale)) if scale.size else 1.0,
        },
    }


def _counts(
    points: gpd.GeoDataFrame | gpd.GeoSeries, areas: gpd.GeoDataFrame, label: str
) -> tuple[IntArray, dict[str, int]]:
    x, y = coordinates(points, label=label)
    position = _locate(x, y, areas.geometry.to_numpy(), _codes(areas))
    n = np.bincount(position[position >= 0], minlength=len(areas)).astype(np.int64)
    nowhere = int(np.isnan(x).sum())
    outside = len(x) - nowhere - int(n.sum())
    if nowhere or outside:
        log.info("%s: %d outside the areas and %d without a place", label, outside, nowhere)
    return n, {"n_used": int(n.sum()), "n_outside": outside, "n_without_geometry": nowhere}


def _codes(areas: gpd.GeoDataFrame) -> npt.NDArray[Any]:
    breach = ""
    if "area_code" not in areas:
        breach = "area_code: column is missing"
    elif areas["area_code"].isna().any():
        breach = f"area_code: missing ({int(areas['area_code'].isna().sum())}x)"
    elif areas["area_code"].duplicated().any():
        repeated = areas["area_code"][areas["area_code"].duplicated()]
        breach = f"area_code: repeated ({len(repeated)}x: {repeated.iloc[0]!r})"
    if breach:
        msg = f"`areas` needs a code of its own for each area: {breach}"
        raise ContractError(msg, code="contract", table="areas", breaches=breach)
    return areas["area_code"].to_numpy(dtype=object)


def _locate(
    x: FloatArray, y: FloatArray, shapes: npt.NDArray[Any], codes: npt.NDArray[Any]
) -> IntArray:
    """Return the position in `shapes` of the area of each point, -1 outside."""
    order = np.argsort(x)[: len(x) - int(np.isnan(x).sum())]
    position = np.full(len(x), -1, dtype=np.int64)
    x, y = x[order], y[order]
    shapely.prepare(shapes)
    bounds = shapely.bounds(shapes)
    first = np.searchsorted(x, bounds[:, 0], side="left")
    end = np.searchsorted(x, bounds[:, 2], side="right")

    def search(ranked: IntArray) -> IntArray:
        found = np.full(len(x), -1, dtype=np.int64)
        for area in ranked:
            _, south, _, north = bounds[area]
            part = slice(first[area], end[area])
            near = np.flatnonzero((y[part] >= south) & (y[part] <= north) & (found[part] < 0))
            near += first[area]
            found[near[shapely.intersects_xy(shapes[area], x[near], y[near])]] = area
        return found

    ranked = np.argsort(codes, kind="stable")
    n_threads = min(os.cpu_count() or 1, _MOST_THREADS) if len(x) >= _MANY else 1
    with ThreadPoolExecutor(n_threads) as pool:
        # earlier shares have the codes that sort first and so take precedence
        shares = list(pool.map(search, np.array_split(ranked, n_threads)))
    found = shares[0]
    for later in shares[1:]:
        np.copyto(found, later, where=found < 0)
    position[order] = found
    return position
