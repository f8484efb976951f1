"""Count neighbours up to each distance and compare with chance: Ripley's K and L."""

import math
from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from ipgtools.grid import FloatArray
from ipgtools.patterns import window as win
from ipgtools.patterns.window import Rng

__all__ = ["CORRECTIONS", "ripley"]

CORRECTIONS = ("isotropic", "border", "none")

_TOLERANCE = 1e-9
"""Relative, so that points on a lattice of 0.1 are within 0.3 of each other at 3 steps."""

_STEPS = 50


def ripley(
    points: gpd.GeoDataFrame | gpd.GeoSeries,
    area: gpd.GeoDataFrame | gpd.GeoSeries,
    *,
    distances: Sequence[float] | npt.NDArray[Any] | None = None,
    correction: str = "isotropic",
    n_simulations: int = 0,
    alpha: float = 0.05,
    rng: Rng = None,
) -> pd.DataFrame:
    """
    Give Ripley's K and L, and what chance would give.

    K is the mean number of other points within a distance of a point, over the density:
    ``pi r^2`` if points lie evenly at random, more if they cluster. ``L = sqrt(K / pi)`` is r
    then.

    Parameters
    ----------
    points : GeoDataFrame or GeoSeries, n_points
        Points in a projected CRS in metres; those outside the area are left out.
    area : GeoDataFrame or GeoSeries
        Polygons in the same CRS, holes and separate parts allowed: where points could have
        been.
    distances : sequence of float, optional
        Metres, rising and more than 0. By default 50 steps up to a quarter of the shorter
        side of the rectangle around the area.
    correction : {"isotropic", "border", "none"}, default "isotropic"
        For neighbours beyond the border. "isotropic": a pair counts for one over the share
        of the circle around the first point, through the second, that lies in the area
        (Ripley), at most 100. "border": only points at least r from the border have their
        neighbours counted. "none": too few neighbours at larger distances.
    n_simulations : int, default 0
        How many random patterns of as many points to draw in the area for the envelopes; 0
        leaves them out.
    alpha : float, default 0.05
        One minus the confidence of the envelopes.
    rng : int, Generator or None
        Seed of the simulations.

    Returns
    -------
    DataFrame, n_distances
        - `distance_m`, `k`, `l`, `expected_k` (``pi r^2``);
        - with simulations `l_low` and `l_high`, the pointwise envelope: at each distance by
          itself a random pattern leaves it with a chance of at most `alpha`; and
          `l_global_low` and `l_global_high`: over all distances together.

        ``attrs``: `n_used`, `n_outside`, `n_without_geometry`, `n_stacked` (points exactly on
        another, which lift K at every distance), `area_m2`, `method`; with simulations
        `p_value`, of the largest distance between L and r over all `distances` (maximum
        absolute deviation), exact whatever the shape of the area.

    Raises
    ------
    CrsError
        If the tables do not share a projected CRS in metres.
    ContractError
        If a geometry of `points` is no point.
    IpgError
        If `area` has no surface.
    ValueError
        If an option has an unknown value, distances do not rise, or there are too few
        simulations for an envelope at `alpha` (39 for 0.05).

    Notes
    -----
    The pointwise envelope is no test of the whole curve: somewhere along it a random pattern
    leaves it much more often than `alpha`. Judge by `p_value` and the global envelope.

    A pair exactly r apart counts at r, rounding aside; spatstat lets the last digit decide,
    which shows where coordinates are rounded. Time grows with the pairs within the largest
    distance.

    References
    ----------
    Ripley (1977), J. R. Stat. Soc. B 39, 172-212; envelopes: Baddeley et al. (2014),
    Ecological Monographs 84, 477-489.

    Examples
    --------
    Two points 10 m apart on one hectare:

    >>> points = gpd.GeoSeries(gpd.points_from_xy([45, 55], [50, 50]), crs=28992)
    >>> area = gpd.GeoSeries([shapely.box(0, 0, 100, 100)], crs=28992)
    >>> ripley(points, area, distances=[5, 10, 20])["k"].tolist()
    [0.0, 10000.0, 10000.0]
    """
    if correction not in CORRECTIONS:
        msg = f"`correction` is {correction!r}, expected 'isotropic', 'border' or 'none'"
        raise ValueError(msg)
    win.check_simulations(n_simulations, alpha)
    rank = math.floor(alpha / 2 * (n_simulations + 1) + 1e-9)
    if n_simulations and rank < 1:
        msg = (
            f"{n_simulations} simulations give no envelope at alpha {alpha:g}, "
            f"expected at least {math.ceil(2 / alpha - 1e-9) - 1}"
        )
        raise ValueError(msg)
    window = win.as_window(points, area)
    limits = _limits(distances, window.shape)
    k = _k(window.xy, window.shape, limits, correction)
    table = pd.DataFrame(
        {
            "distance_m": limits,
            "k": k,
            "l": np.sqrt(k / math.pi),
            "expected_k": math.pi * limits**2,
        }
    )
    method: dict[str, Any] = {"name": "ripley", "correction": correction}
    table.attrs |= window.attrs | {"area_m2": float(window.shape.area), "method": method}
    if n_simulations:
        method |= {"n_simulations": n_simulations, "alpha": alpha, "seed": win.seed_of(rng)}
        draw = np.random.default_rng(rng)
        n = len(window.xy)
        drawn = np.array(
            [
                _k(win.scatter(n, window.shape, draw), window.shape, limits, correction)
                for _ in range(n_simulations)
            ]
        )
        table.attrs["p_value"] = _envelopes(table, np.sqrt(drawn / math.pi), rank, alpha)
    return table


def _envelopes(table: pd.DataFrame, drawn: FloatArray, rank: int, alpha: float) -> float:
    """Add the envelopes to the table and give the p-value of the whole curve."""
    ranked = np.sort(drawn, axis=0)
    table["l_low"] = ranked[rank - 1]
    table["l_high"] = ranked[len(drawn) - rank]
    r = table["distance_m"].to_numpy()
    observed = _largest(np.abs(table["l"].to_numpy() - r)[None])[0]
    largest = _largest(np.abs(drawn - r))
    kept = math.floor(alpha * (len(drawn) + 1) + 1e-9)
    width = np.sort(largest)[len(drawn) - kept]
    table["l_global_low"] = np.maximum(r - width, 0.0)
    table["l_global_high"] = r + width
    if math.isnan(observed):
        return math.nan
    return float((1 + (largest >= observed).sum()) / (len(drawn) + 1))


def _largest(deviations: FloatArray) -> FloatArray:
    """Return the largest of each row, passing over distances without a value; NaN if all are."""
    none = np.isnan(deviations).all(axis=1)
    largest = np.where(np.isnan(deviations), -np.inf, deviations).max(axis=1)
    return np.where(none, np.nan, largest)


def _limits(distances: Sequence[float] | npt.NDArray[Any] | None, shape: Any) -> FloatArray:
    if distances is None:
        west, south, east, north = shape.bounds
        return np.arange(1, _STEPS + 1) * (min(east - west, north - south) / 4 / _STEPS)
    limits = np.asarray(distances, dtype=float)
    if limits.ndim != 1 or not len(limits) or not (np.diff(limits, prepend=0.0) > 0).all():
        msg = "`distances` are metres that rise, all more than 0"
        raise ValueError(msg)
    if not np.isfinite(limits[-1]):
        msg = "`distances` are finite"
        raise ValueError(msg)
    return limits


def _k(xy: FloatArray, shape: Any, limits: FloatArray, correction: str) -> FloatArray:
    n, surface = len(xy), float(shape.area)
    if n < 2:
        return np.full(len(limits), np.nan)
    from ipgtools.patterns import _kernel

    reach = limits * (1 + _TOLERANCE)
    # about as many cells as points at most; cells no narrower than the longest distance
    west, south, east, north = shape.bounds
    wide = max(float(reach[-1]), math.sqrt((east - west) * (north - south) / n) / 2)
    n_cols, n_rows = int((east - west) / wide) + 1, int((north - south) / wide) + 1
    cols = np.minimum(((xy[:, 0] - west) / wide).astype(np.int64), n_cols - 1)
    rows = np.minimum(((xy[:, 1] - south) / wide).astype(np.int64), n_rows - 1)
    cells = rows * n_cols + cols
    order = np.argsort(cells, kind="stable")
    xy, cells = np.ascontiguousarray(xy[order]), cells[order]
    start = np.searchsorted(cells, np.arange(n_cols * n_rows + 1))
    to_border = np.full(n, np.inf) if correction == "none" else win.border_distance(xy, shape)
    edges = _edges(shape) if correction == "isotropic" else np.zeros((0, 4))
    plain, weighed, inner = _kernel.pair_counts(
        xy, start, n_cols, n_rows, cells, reach, to_border, edges, correction == "isotropic"
    )
    if correction == "border":
        deep = np.array([(to_border >= limit).sum() for limit in reach])
        k = np.full(len(limits), np.nan)
        # of each first point, pairs count from their own distance to the point's last one
        np.divide(np.cumsum(inner) * surface, deep * n, out=k, where=deep > 0)
        return k
    pairs = np.cumsum(weighed if correction == "isotropic" else plain)
    return np.asarray(pairs * surface / (n * (n - 1)), dtype=float)


def _edges(shape: Any) -> FloatArray:
    """Return the stretches of border of an area whose interior is on their left."""
    parts = []
    for polygon in shapely.get_parts(shape):
        for ring in shapely.get_rings(polygon):
            xy = shapely.get_coordinates(ring)
            parts.append(np.hstack([xy[:-1], xy[1:]]))
    edges = np.concatenate(parts)
    long = (edges[:, :2] != edges[:, 2:]).any(axis=1)
    return np.ascontiguousarray(edges[long])
