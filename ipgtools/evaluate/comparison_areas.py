"""
Make the areas that an action is compared with: around it, and elsewhere but alike.

Both are chosen before the outcome is known, from geometry and from counts of before the action.
"""

import geopandas as gpd
import numpy as np
import pandas as pd

from ipgtools import crs
from ipgtools.errors import ArgumentError, ContractError
from ipgtools.inference import FloatArray

__all__ = ["FEWEST_INCIDENTS", "FEWEST_STEPS", "PARALLEL", "displacement_ring", "similar_areas"]

FEWEST_STEPS = 8
"""Periods before the action without which areas can't be compared."""
FEWEST_INCIDENTS = 30
"""Incidents of the treated area before the action below which likeness is chance."""
PARALLEL = 2.0
"""Standard errors that trends may differ by, above which an area is no control."""


def displacement_ring(
    treated: gpd.GeoDataFrame | gpd.GeoSeries,
    *,
    width: float,
    without: gpd.GeoDataFrame | gpd.GeoSeries | None = None,
) -> gpd.GeoDataFrame:
    """
    Draw the ring around an area where incidents may have moved to.

    Parameters
    ----------
    treated : GeoDataFrame or GeoSeries
        Polygons where the action was, in a projected CRS in metres.
    width : float
        Metres from their border.
    without : GeoDataFrame or GeoSeries, optional
        Polygons to leave out of the ring: a control area, water, another municipality.

    Returns
    -------
    GeoDataFrame, one row
        The ring, with `area_m2` and `ratio` (its surface over that of the treated area).

    Raises
    ------
    CrsError
        If tables differ in CRS, or it is not in metres.
    ArgumentError
        If `width` is not positive, or nothing is left.

    References
    ----------
    Bowers & Johnson (2003), J. Quantitative Criminology 19, 275-301.

    Examples
    --------
    >>> import shapely
    >>> square = gpd.GeoSeries([shapely.box(0, 0, 100, 100)], crs=28992)
    >>> round(displacement_ring(square, width=100)["ratio"].item(), 2)
    7.14
    """
    number = isinstance(width, int | float) and not isinstance(width, bool)
    if not number or not 0 < width < np.inf:
        msg = f"`width` is {width!r}, expected metres, more than 0"
        raise ArgumentError(msg, code="positive_number", name="width", found=str(width)[:60])
    given = {"treated": treated} | ({} if without is None else {"without": without})
    shared = crs.require(**given)
    inner = treated.union_all()
    ring = inner.buffer(width).difference(inner)
    if without is not None:
        ring = ring.difference(without.union_all())
    if ring.is_empty or not inner.area > 0:
        msg = "nothing is left of the ring: `treated` has no surface, or `without` covers it all"
        raise ArgumentError(msg, code="ring_empty")
    table = gpd.GeoDataFrame(
        {"area_m2": [ring.area], "ratio": [ring.area / inner.area]}, geometry=[ring], crs=shared
    )
    table.attrs["method"] = {"name": "displacement_ring", "width": float(width)}
    return table


def similar_areas(
    counts: pd.DataFrame,
    treated: object,
    *,
    before: int,
    without: object = (),
) -> pd.DataFrame:
    """
    Rank areas by how much they were like the treated one before the action.

    Only the first `before` columns are looked at, so that the outcome can't steer the choice. The
    distance is the root mean square difference between the roots of the counts, where 0.7 is what
    two Poisson counts of one rate differ by, combined with the difference in trend.

    Parameters
    ----------
    counts : DataFrame, n_areas by n_steps
        Counts per area (index) and period (columns, in order of time, equally long).
    treated : label
        Row of the treated area.
    before : int
        How many of the first columns lie wholly before the action; at least 8.
    without : collection of labels, optional
        Areas that can't be a control: the displacement ring, areas that touch it, areas with an
        action of their own.

    Returns
    -------
    DataFrame, one row per other area, most alike first
        `distance`, `n_before`, `level` (its incidents over those of the treated area),
        `trend_difference` (in standard errors), `parallel` (whether trends differ by less than
        two of them) and `usable` (parallel, and with at least half the incidents that the
        treated area needs). ``attrs``: `n_before` of the treated area, `method`.

    Raises
    ------
    ArgumentError
        If `treated` is no row, or `before` is out of range.
    ContractError
        If there are fewer than 8 steps or 30 incidents before the action, a count is negative or
        missing, or no area is left.

    References
    ----------
    Choice on the outcomes before: Abadie, Diamond & Hainmueller (2010), J. American Statistical
    Association 105, 493-505, here with one area and no fitted weights.

    Examples
    --------
    >>> counts = pd.DataFrame(
    ...     [[9, 8, 9, 7, 9, 8, 9, 8, 2], [9, 9, 8, 8, 9, 8, 8, 9, 9],
    ...      [1, 2, 4, 6, 9, 12, 15, 19, 22]], index=["actie", "gelijk", "stijgt"])
    >>> similar_areas(counts, "actie", before=8)[["distance", "parallel"]].round(2)
            distance  parallel
    gelijk      0.14      True
    stijgt      2.83     False
    """
    if treated not in counts.index:
        msg = f"`treated` is {treated!r}, which is no row of `counts`"
        raise ArgumentError(msg, code="no_such_area", found=str(treated)[:60])
    most = counts.shape[1]
    if isinstance(before, bool) or not isinstance(before, int | np.integer) or before > most:
        msg = f"`before` is {before!r}, expected a number of columns, at most {most}"
        raise ArgumentError(msg, code="steps_before", found=str(before)[:60], most=most)
    if before < FEWEST_STEPS:
        msg = (
            f"{before} periods before the action are too few to compare; {FEWEST_STEPS} are needed"
        )
        raise ContractError(msg, code="too_few_steps", n=int(before), needed=FEWEST_STEPS)
    left_out = {treated} | ({without} if isinstance(without, str) else set(without))  # type: ignore[call-overload]
    values = counts.iloc[:, :before].to_numpy(dtype=float, na_value=np.nan)
    if not (np.isfinite(values) & (values >= 0)).all():
        breach = "aantallen"
        msg = "`counts` holds a missing or negative number before the action"
        raise ContractError(msg, code="counts_before", breaches=breach)
    own = values[counts.index.get_loc(treated)]
    if own.sum() < FEWEST_INCIDENTS:
        msg = (
            f"{own.sum():g} incidents before the action are too few; {FEWEST_INCIDENTS} are needed"
        )
        raise ContractError(
            msg, code="too_few_incidents", n=int(own.sum()), needed=FEWEST_INCIDENTS
        )
    kept = ~counts.index.isin(list(left_out))
    if not kept.any():
        msg = "no area is left to compare with"
        raise ContractError(msg, code="no_control_area")
    others = values[kept]
    gap = np.sqrt(others) - np.sqrt(own)
    trend = _trend_difference(gap)
    distance = np.sqrt((gap**2).mean(axis=1)) * np.sqrt(1 + (trend / PARALLEL) ** 2)
    table = pd.DataFrame(
        {
            "distance": distance,
            "n_before": others.sum(axis=1).astype("int64"),
            "level": others.sum(axis=1) / own.sum(),
            "trend_difference": trend,
            "parallel": np.abs(trend) < PARALLEL,
        },
        index=counts.index[kept],
    )
    table["usable"] = table["parallel"] & (table["n_before"] >= FEWEST_INCIDENTS / 2)
    table = table.sort_values("distance", kind="stable")
    table.attrs |= {
        "n_before": int(own.sum()),
        "method": {"name": "similar_areas", "steps": int(before)},
    }
    return table


def _trend_difference(gap: FloatArray) -> FloatArray:
    """Fit a line to the differences of each row; give its slope in standard errors."""
    n = gap.shape[1]
    time = np.arange(n) - (n - 1) / 2
    slope = gap @ time / (time @ time)
    left = gap - gap.mean(axis=1, keepdims=True) - np.outer(slope, time)
    # the roots of two Poisson counts differ with a variance of a half, whatever their mean
    variance = np.maximum((left**2).sum(axis=1) / (n - 2), 0.5)
    return np.asarray(slope / np.sqrt(variance / (time @ time)))
