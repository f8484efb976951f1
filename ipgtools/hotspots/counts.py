"""Count incidents per cell, compare two periods, and group incidents that lie together."""

import logging
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from ipgtools import areas, crs
from ipgtools.errors import ContractError
from ipgtools.grid import FloatArray, IntArray, coordinates

if TYPE_CHECKING:
    from ipgtools.grid import Grid

log = logging.getLogger(__name__)


def count(
    incidents: gpd.GeoDataFrame,
    grid: "Grid",
    *,
    weights: str | npt.ArrayLike | None = None,
) -> gpd.GeoDataFrame:
    """
    Count incidents per cell.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents
        Points in the grid's CRS.
    grid : Grid
        Where to count.
    weights : str or array_like of float, n_incidents, optional
        A column of `incidents` or one number per incident, 0 or more: adds these up instead.

    Returns
    -------
    GeoDataFrame, n_cells
        The cells with `n`: int, or float if weighted; empty cells are 0. ``attrs``:
        `n_used`, `n_outside`, `n_without_geometry`, incidents each.

    Raises
    ------
    CrsError
        If `incidents` is in another CRS than the grid.
    ContractError
        If a geometry is no point, or a weight is missing or negative.

    Examples
    --------
    >>> from ipgtools.grid import Grid
    >>> incidents = gpd.GeoDataFrame(
    ...     geometry=gpd.points_from_xy([5, 100, 150, 999], [5, 5, 5, 5]), crs=28992)
    >>> cells = count(incidents, Grid.covering((0, 0, 200, 100)))
    >>> cells["n"].tolist(), cells.attrs["n_outside"]
    ([1, 2], 1)
    """
    position, attrs = _locate(incidents, grid, "incidents")
    heavy = incident_weights(incidents, weights)
    cells = grid.cells()
    cells["n"] = _per_cell(position, len(cells), heavy)
    cells.attrs |= attrs | {"method": {"name": "count", "weighted": heavy is not None}}
    return cells


def change(
    before: gpd.GeoDataFrame,
    after: gpd.GeoDataFrame,
    grid: "Grid",
    *,
    exposure: float = 1.0,
    alpha: float = 0.05,
) -> gpd.GeoDataFrame:
    """
    Compare the counts of two periods per cell.

    Parameters
    ----------
    before, after : GeoDataFrame
        The incidents of either period, points in the grid's CRS.
    grid : Grid
        Where to count.
    exposure : float, default 1
        Length of the later period divided by that of the earlier one.
    alpha : float, default 0.05
        Share of cells called changed that may be so by chance.

    Returns
    -------
    GeoDataFrame, n_cells
        The cells with `n_before`, `n_after`, `difference` (the later count minus what the
        earlier rate would have given), `ratio` (of the rates; NaN without any before),
        `ci_low`, `ci_high` (of the ratio), `p_value` (exact, two-sided), `q_value`
        (Benjamini-Hochberg over the cells with any incident) and `change_class`: "up" or
        "down" where ``q_value <= alpha``, otherwise "none". ``attrs``: under `before` and
        `after` the `n_used`, `n_outside` and `n_without_geometry` of either; `method`.

    Raises
    ------
    CrsError
        If a table is in another CRS than the grid.
    ContractError
        If a geometry is no point.

    Notes
    -----
    Incidents count as independent. Series by one offender are not, so a sure change says
    that something changed there, not why.
    """
    located, of_before = _locate(before, grid, "before")
    n_before = _per_cell(located, grid.n_cells, None)
    located, of_after = _locate(after, grid, "after")
    n_after = _per_cell(located, grid.n_cells, None)
    columns = areas.compare(n_before, n_after, exposure=exposure, alpha=alpha)
    sure = columns["q_value"] <= alpha
    more = columns["difference"] > 0
    cells = grid.cells().assign(
        **columns,
        change_class=pd.array(np.select([sure & more, sure], ["up", "down"], "none"), dtype="str"),
    )
    cells.attrs |= {
        "before": of_before,
        "after": of_after,
        "method": areas.method(exposure, alpha),
    }
    return cells


def clusters(incidents: gpd.GeoDataFrame, *, eps: float, min_incidents: int) -> pd.Series:
    """
    Group incidents that lie close together (DBSCAN).

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents
        Points in a projected CRS in metres; some may be missing.
    eps : float
        Metres within which incidents are neighbours, that distance included.
    min_incidents : int
        Incidents within `eps`, itself included, that make an incident part of a core.

    Returns
    -------
    Series of int64, n_incidents
        `cluster` on the index of `incidents`: 0 for the largest, -1 for none. Incidents on
        one spot are always together, and row order does not matter.

    Raises
    ------
    CrsError
        If `incidents` is not in a projected CRS in metres.
    ContractError
        If a geometry is no point.
    ValueError
        If `eps` or `min_incidents` is not positive.

    References
    ----------
    Ester, Kriegel, Sander & Xu (1996), KDD-96, 226-231.

    Examples
    --------
    >>> incidents = gpd.GeoDataFrame(
    ...     geometry=gpd.points_from_xy([0, 900, 10, 20], [0, 0, 0, 0]), crs=28992)
    >>> clusters(incidents, eps=50, min_incidents=3).tolist()
    [0, -1, 0, 0]
    """
    if not (eps > 0 and min_incidents >= 1):
        msg = f"`eps` and `min_incidents` must be positive, found {eps!r} and {min_incidents!r}"
        raise ValueError(msg)
    crs.require(incidents=incidents)
    xy = np.column_stack(coordinates(incidents, label="incidents"))
    known = ~np.isnan(xy[:, 0])
    labels = np.full(len(xy), -1, dtype=np.int64)
    if known.any():
        labels[known] = _dbscan(xy[known], eps, min_incidents)
    return pd.Series(labels, index=incidents.index, name="cluster")


def incident_weights(
    incidents: gpd.GeoDataFrame, weights: str | npt.ArrayLike | None
) -> FloatArray | None:
    """
    Give the weight of each incident.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents
        The incidents.
    weights : str or array_like of float, n_incidents, optional
        Name of a column, or the weights.

    Returns
    -------
    ndarray of float, n_incidents, or None
        None if there are no weights.

    Raises
    ------
    ContractError
        If the column is absent, or a weight is missing, infinite or negative.
    ValueError
        If there are more or fewer weights than incidents.
    """
    if weights is None:
        return None
    breach, label = "", weights if isinstance(weights, str) else "weights"
    if isinstance(weights, str) and weights not in incidents:
        breach = f"{label}: column is missing"
    else:
        given = incidents[weights] if isinstance(weights, str) else weights
        heavy = pd.Series(np.asarray(given)).to_numpy(dtype=float, na_value=np.nan)
        if len(heavy) != len(incidents):
            msg = f"there are {len(heavy)} weights for {len(incidents)} incidents"
            raise ValueError(msg)
        wrong = ~(np.isfinite(heavy) & (heavy >= 0))
        if not wrong.any():
            return heavy
        breach = f"{label}: no number of 0 or more ({int(wrong.sum())}x)"
    msg = f"incidents can't be weighted: {breach}"
    raise ContractError(msg, code="contract", table="incidents", breaches=breach)


def _locate(
    incidents: gpd.GeoDataFrame, grid: "Grid", label: str
) -> tuple[IntArray, dict[str, int]]:
    grid.require(**{label: incidents})
    x, y = coordinates(incidents, label=label)
    position = grid.locate(x, y)
    used, nowhere = int((position >= 0).sum()), int(np.isnan(x).sum())
    outside = len(x) - used - nowhere
    if outside or nowhere:
        log.info("%s: %d outside the grid and %d without a place", label, outside, nowhere)
    return position, {"n_used": used, "n_outside": outside, "n_without_geometry": nowhere}


def _per_cell(position: IntArray, n_cells: int, heavy: FloatArray | None) -> npt.NDArray[Any]:
    found = position >= 0
    if heavy is None:
        return np.bincount(position[found], minlength=n_cells).astype(np.int64)
    return np.bincount(position[found], weights=heavy[found], minlength=n_cells).astype(float)


def _dbscan(xy: FloatArray, eps: float, min_incidents: int) -> IntArray:
    """Label distinct places weighted by their incidents, so that ties cost no memory."""
    from sklearn.cluster import DBSCAN

    places, place, n = np.unique(xy, axis=0, return_inverse=True, return_counts=True)
    place = place.ravel()
    found = DBSCAN(eps=eps, min_samples=min_incidents).fit(places, sample_weight=n).labels_
    labels = found.astype(np.int64)[place]
    sizes = np.bincount(labels[labels >= 0])
    if not len(sizes):
        return labels
    rank = np.empty(len(sizes), dtype=np.int64)
    rank[np.argsort(-sizes, kind="stable")] = np.arange(len(sizes))
    return np.where(labels >= 0, rank[labels], -1)
