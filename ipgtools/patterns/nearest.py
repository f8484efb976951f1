"""Compare the distance to the nearest neighbour with what chance would give."""

import math
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy import special

from ipgtools.grid import FloatArray
from ipgtools.patterns import window as win
from ipgtools.patterns.window import Rng

CORRECTIONS = ("none", "donnelly", "guard")


def clark_evans(
    points: gpd.GeoDataFrame | gpd.GeoSeries,
    area: gpd.GeoDataFrame | gpd.GeoSeries,
    *,
    correction: str = "none",
    guard: float | None = None,
    n_simulations: int = 0,
    rng: Rng = None,
) -> pd.DataFrame:
    """
    Give the nearest-neighbour index: below 1 points lie in clusters, above 1 apart.

    The mean distance to the nearest other point over its expectation if as many points were
    dealt out evenly at random, ``0.5 * sqrt(area / n)``.

    Parameters
    ----------
    points : GeoDataFrame or GeoSeries, n_points
        Points in a projected CRS in metres; those outside the area are left out.
    area : GeoDataFrame or GeoSeries
        Polygons in the same CRS: where points could have been.
    correction : {"none", "donnelly", "guard"}, default "none"
        For the neighbours that points near the border may have beyond it. "none": nothing,
        which makes the index a little too high. "donnelly": Donnelly's expectation, for a
        rectangle only. "guard": average over the points at least `guard` from the border;
        the points nearer to it still are neighbours.
    guard : float, optional
        Metres, for "guard" only; by default twice the distance expected by chance.
    n_simulations : int, default 0
        How many random patterns to draw in the area for `p_simulation`; 0 leaves it out. It
        needs no correction, and holds for areas of any shape.
    rng : int, Generator or None
        Seed of the simulations.

    Returns
    -------
    DataFrame, 1 row
        `index`, `mean_m` and `expected_m` (mean distance to the nearest neighbour),
        `standard_error_m`, `z`, `p_value` (two-sided, normal), `p_simulation` if asked for
        (twice the smaller tail, the observed pattern counted). NaN with fewer than two points
        to average over. ``attrs``: `n_used`, `n_outside`, `n_without_geometry`, `n_stacked`
        (points exactly on another: each has distance 0 and pulls the index down),
        `n_averaged`, `area_m2`, `method`.

    Raises
    ------
    CrsError
        If the tables do not share a projected CRS in metres.
    ContractError
        If a geometry of `points` is no point.
    IpgError
        If `area` has no surface.
    ValueError
        If an option has an unknown value, or "donnelly" meets another shape than a rectangle.

    Notes
    -----
    ``z`` takes the nearest distances as independent, with variance ``(4 - pi) / (4 pi)`` over
    the density (Donnelly: his own variance, and 0.0412 in his expectation as spatstat has it, where
    some print 0.041); mutual nearest neighbours make it somewhat too
    bold. The simulation p-value does not have that fault.

    References
    ----------
    Clark & Evans (1954), Ecology 35, 445-453; Donnelly (1978), in Simulation methods in
    archaeology, Cambridge University Press, 91-95.

    Examples
    --------
    Points on a square lattice lie as far as twice the distance of chance apart:

    >>> import shapely
    >>> x, y = np.indices((10, 10)).reshape(2, -1) + 0.5
    >>> points = gpd.GeoSeries(gpd.points_from_xy(x, y), crs=28992)
    >>> area = gpd.GeoSeries([shapely.box(0, 0, 10, 10)], crs=28992)
    >>> clark_evans(points, area)["index"].tolist()
    [2.0]
    """
    if correction not in CORRECTIONS:
        msg = f"`correction` is {correction!r}, expected 'none', 'donnelly' or 'guard'"
        raise ValueError(msg)
    if guard is not None and (correction != "guard" or not 0 <= guard < math.inf):
        msg = f"`guard` is {guard!r}, expected metres, and only where correction='guard'"
        raise ValueError(msg)
    win.check_simulations(n_simulations, 0.05)
    window = win.of(points, area)
    if correction == "donnelly" and not win.is_rectangle(window.shape):
        msg = "correction='donnelly' is for a rectangle; take 'guard' for this area"
        raise ValueError(msg)
    n, surface = len(window.xy), float(window.shape.area)
    if correction == "guard" and guard is None:
        guard = math.sqrt(surface / n) if n else 0.0
    mean, n_averaged = _mean_nearest(window.xy, window.shape, guard)
    expected, error = _by_chance(n, n_averaged, surface, window.shape.length, correction)
    z = (mean - expected) / error if error > 0 else math.nan
    row: dict[str, Any] = {
        "index": mean / expected,
        "mean_m": mean,
        "expected_m": expected,
        "standard_error_m": error,
        "z": z,
        "p_value": float(2 * special.ndtr(-abs(z))),
    }
    method: dict[str, Any] = {"name": "clark_evans", "correction": correction, "guard": guard}
    if n_simulations:
        row["p_simulation"] = _simulated(window, mean, guard, n_simulations, rng)
        method |= {"n_simulations": n_simulations, "seed": win.seed_of(rng)}
    table = pd.DataFrame([row])
    table.attrs |= window.attrs | {
        "n_averaged": n_averaged,
        "area_m2": surface,
        "method": method,
    }
    return table


def _mean_nearest(xy: FloatArray, shape: Any, guard: float | None) -> tuple[float, int]:
    """Give the mean distance to the nearest neighbour, and over how many points it is."""
    if len(xy) < 2:
        return math.nan, 0
    from scipy.spatial import cKDTree

    nearest = cKDTree(xy).query(xy, k=2)[0][:, 1]
    if guard is not None:
        nearest = nearest[win.border_distance(xy, shape) >= guard]
    return (float(nearest.mean()) if len(nearest) else math.nan), len(nearest)


def _by_chance(
    n: int, n_averaged: int, surface: float, length: float, correction: str
) -> tuple[float, float]:
    """Give expectation and standard error of the mean distance under chance."""
    if n < 2 or not n_averaged:
        return math.nan, math.nan
    expected = 0.5 * math.sqrt(surface / n)
    if correction == "donnelly":
        expected += (0.0514 + 0.0412 / math.sqrt(n)) * length / n
        return expected, math.sqrt(0.0703 * surface + 0.037 * length * math.sqrt(surface / n)) / n
    variance = (4 - math.pi) / (4 * math.pi) * surface / n
    return expected, math.sqrt(variance / n_averaged)


def _simulated(
    window: win.Window, mean: float, guard: float | None, n_simulations: int, rng: Rng
) -> float:
    if math.isnan(mean):
        return math.nan
    draw = np.random.default_rng(rng)
    means = np.array(
        [
            _mean_nearest(win.scatter(len(window.xy), window.shape, draw), window.shape, guard)[0]
            for _ in range(n_simulations)
        ]
    )
    tail = min(int((means <= mean).sum()), int((means >= mean).sum()))
    return min(1.0, 2.0 * (1 + tail) / (n_simulations + 1))
