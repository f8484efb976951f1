"""Count incidents per cell, and compare the counts of two periods."""

import logging
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from ipgtools import _checks, areas
from ipgtools.errors import ContractError
from ipgtools.grid import FloatArray, IntArray, coordinates

if TYPE_CHECKING:
    from ipgtools.grid import Grid

__all__ = ["change", "count", "incident_weights"]

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
    dispersion: npt.ArrayLike = 1.0,
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
    dispersion : float or array_like of float, n_cells, default 1
        Variance of counts over their mean, from `history.dispersion_of`. At 1 incidents are
        taken to be independent, which calls too many cells changed where they come in series;
        NaN calls none changed.

    Returns
    -------
    GeoDataFrame, n_cells
        The cells with `n_before`, `n_after`, `difference` (the later count minus what the
        earlier rate would have given), `ratio` (of the rates; NaN without any before),
        `ci_low`, `ci_high` (of the ratio), `p_value` (two-sided), `q_value`
        (Benjamini-Hochberg over the cells that hold enough to differ significantly at all, 1
        for others) and `change_class`: "up" or "down" where ``q_value <= alpha``, otherwise
        "none". ``attrs``: under `before` and `after` the `n_used`, `n_outside` and
        `n_without_geometry` of either; `n_tested`, `n_untestable` (cells with incidents, but
        too few); `method`.

    Raises
    ------
    CrsError
        If a table is in another CRS than the grid.
    ContractError
        If a geometry is no point.

    References
    ----------
    Przyborowski & Wilenski (1940), Biometrika 31, 313-323; Benjamini & Hochberg (1995),
    J. Royal Statistical Society B 57, 289-300; Gilbert (2005), Applied Statistics 54, 143-158.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from ipgtools import Grid
    >>> grid = Grid.covering((0, 0, 200, 100))
    >>> one, twelve = (
    ...     gpd.GeoDataFrame(geometry=gpd.points_from_xy([50] * n, [50] * n), crs=28992)
    ...     for n in (1, 12))
    >>> change(one, twelve, grid)[["n_before", "n_after", "change_class"]].values.tolist()
    [[1, 12, 'up'], [0, 0, 'none']]
    """
    located, of_before = _locate(before, grid, "before")
    n_before = _per_cell(located, grid.n_cells, None)
    located, of_after = _locate(after, grid, "after")
    n_after = _per_cell(located, grid.n_cells, None)
    how: dict[str, Any] = {"exposure": exposure, "alpha": alpha, "dispersion": dispersion}
    columns = areas.compare(n_before, n_after, **how)
    sure = columns["q_value"] <= alpha
    more = columns["difference"] > 0
    cells = grid.cells().assign(
        **columns,
        change_class=pd.array(np.select([sure & more, sure], ["up", "down"], "none"), dtype="str"),
    )
    cells.attrs |= {"before": of_before, "after": of_after}
    cells.attrs |= areas.method(n_before + n_after, **how)
    return cells


def incident_weights(
    incidents: gpd.GeoDataFrame, weights: str | npt.ArrayLike | None
) -> FloatArray | None:
    """Return the weight of each incident."""
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
    _checks.grid(grid)
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
