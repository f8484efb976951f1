"""Test which cells have more, or fewer, incidents around them than chance would give."""

import logging
import math
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from scipy import special

from ipgtools import crs, inference
from ipgtools.errors import ContractError
from ipgtools.grid import FloatArray, IntArray
from ipgtools.hotspots.lattice import lattice_of_cells, sums_around
from ipgtools.hotspots.permutation import permutation_p, simulated_p

__all__ = ["CLASSES", "gi_star", "standard_score"]

log = logging.getLogger(__name__)

_TOLERANCE = 1e-9
"""Relative, so that ``100 * sqrt(2)`` reaches the diagonal neighbour."""

_FEW = 5.0
"""Incidents expected around a cell below which hotspots can hardly be found."""

CLASSES = ("hot_sure", "hot_possible", "none", "cold_possible", "cold_sure")


def gi_star(
    cells: gpd.GeoDataFrame,
    *,
    column: str = "n",
    radius: float | None = None,
    alpha: float = 0.05,
    neighbours: str = "radius",
    n_permutations: int = 0,
    rng: int | np.random.Generator | None = None,
) -> gpd.GeoDataFrame:
    """
    Test for hotspots and coldspots with the Getis-Ord Gi* statistic.

    The sum over a cell and its neighbours is set against what the same values would give
    if they were distributed over the cells at random.

    Parameters
    ----------
    cells : GeoDataFrame, n_cells
        Grid cells, or any polygons or points, in a projected CRS in metres. Cells that are
        not in the table are nobody's neighbour.
    column : str, default "n"
        What to test: counts, or other numbers.
    radius : float, optional
        Metres; neighbours are the cells whose centres (centroids) lie within it, the cell
        itself included, all with weight 1. By default ``cell_size * sqrt(2)`` for squares
        of one size: the eight around; ``cell_size`` for hexagons: the six around; for
        anything else the shortest distance at which every cell has a neighbour. The centre
        of a clipped cell of `Grid` is that of the whole cell, as long as ``attrs["grid"]`` states
        that it is one.
    alpha : float, default 0.05
        Share of the cells called sure that may be so by chance.
    neighbours : {"radius", "touching"}, default "radius"
        "touching": polygons that share a border or a corner; for wijken and buurten.
    n_permutations : int, default 0
        How many times to deal the values out over the cells for `p_permutation`; 0 works it
        out instead (see Notes). No p-value is below ``2 / (n_permutations + 1)``, and of m cells
        a single one is sure at ``alpha / m`` only: that takes ``2 m / alpha`` permutations.
    rng : int, Generator or None
        Seed of the permutations.

    Returns
    -------
    GeoDataFrame, n_cells
        The cells with

        - `gi_star`: the standard score, equal to esda's ``G_Local(star=True,
          transform="B").Zs`` and spdep's ``localG`` with self included;
        - `p_value`, `q_value`: two-sided, by the normal approximation as in these tools,
          and corrected for the number of cells (Benjamini-Hochberg);
        - `p_permutation`, `q_permutation`: the same from the permutation distribution
          itself (see Notes);
        - `hotspot_class`: "hot_sure" or "cold_sure" where both q's are at most `alpha`,
          "hot_possible" or "cold_possible" where only both p's are, otherwise "none";
        - `hotspot`: whether the class is "hot_sure".

        ``attrs``: `n_cells`, `method` (with the radius used), `warnings` (codes: "constant"
        if all values are equal, "few_incidents" if fewer than five are expected around a
        cell, so that hotspots can hardly be found, "few_permutations" if `n_permutations` is so
        small that no cell by itself can be sure: `needed` is how many it takes, `fewest_cells`
        how many cells must reach the smallest p-value together before any is).

    Raises
    ------
    CrsError
        If `cells` is not in a projected CRS in metres.
    ContractError
        If `column` is absent or has missing values, or a cell has no geometry.
    ValueError
        If `radius` or `n_permutations` is negative, `alpha` not between 0 and 1, or
        `neighbours` unknown.

    Notes
    -----
    Where few incidents fall around a cell, sums are skewed and the normal approximation
    finds too much: on 50 x 50 cells of purely random incidents with on average one in ten
    cells filled, nearly every map has a "significant" hotspot. Hence the second p-value. For
    whole numbers it is exact: the distribution of the sum of k values drawn without
    replacement from those in the table, computed rather than simulated, so without seed and
    right at ties; twice the smaller tail. For other numbers, and for neighbourhoods too wide
    for it, it is the Pearson type III curve with the exact mean, variance and skewness.

    If all values are equal nothing can be tested: scores are 0 and p-values 1.

    References
    ----------
    Ord & Getis (1995), Geographical Analysis 27, 286-306; for the correction Caldas de
    Castro & Singer (2006), Geographical Analysis 38, 180-208.

    Examples
    --------
    >>> x, y = [10, 20, 40, 15, 30, 30], [10, 10, 10, 20, 20, 30]
    >>> points = gpd.GeoDataFrame(
    ...     {"n": [2, 3, 3.2, 5, 8, 7]}, geometry=gpd.points_from_xy(x, y), crs=28992)
    >>> gi_star(points, radius=15)["gi_star"].round(3).tolist()
    [-1.397, -0.289, 0.651, -0.289, 1.235, 2.024]
    """
    _check_options(radius, alpha, neighbours)
    if n_permutations < 0:
        msg = f"`n_permutations` is {n_permutations!r}, expected a number such as 999, or 0"
        raise ValueError(msg)
    values = _values(cells, column)
    crs.require(cells=cells)
    sums, sizes, radius = _neighbourhood_sums(cells, values, radius, neighbours)
    warnings = _warnings(values, sizes)
    z = standard_score(values, sums, sizes)
    p = np.where(np.isnan(z), 1.0, 2 * special.ndtr(-np.abs(z)))
    z = np.nan_to_num(z)
    if n_permutations:
        p_permutation = simulated_p(values, sums, sizes, n_permutations, rng)
        how = "simulated"
        warnings += _too_coarse(len(cells), n_permutations, alpha)
    else:
        p_permutation, how = permutation_p(values, sums, sizes)
    q, q_permutation = inference.benjamini_hochberg(p), inference.benjamini_hochberg(p_permutation)
    classes = _classes(z, np.maximum(p, p_permutation), np.maximum(q, q_permutation), alpha)
    table = cells.assign(
        gi_star=z,
        p_value=p,
        q_value=q,
        p_permutation=p_permutation,
        q_permutation=q_permutation,
        hotspot=classes == 0,
        hotspot_class=pd.array(np.array(CLASSES), dtype="str").take(classes),
    )
    table.attrs |= {
        "n_cells": len(cells),
        "method": {
            "name": "gi_star",
            "column": column,
            "neighbours": neighbours,
            "radius": radius,
            "alpha": alpha,
            "permutation": how,
            "correction": "Benjamini-Hochberg",
        },
        "warnings": warnings,
    }
    if n_permutations:
        seed = int(rng) if isinstance(rng, int | np.integer) else None
        table.attrs["method"] |= {"n_permutations": n_permutations, "seed": seed}
    log.info("Gi* of %d cells, radius %s m, permutation p %s", len(cells), radius, how)
    for warning in warnings:
        level = logging.WARNING if warning["code"] == "few_permutations" else logging.INFO
        log.log(level, "Gi*: %s", warning)
    return table


def standard_score(values: FloatArray, sums: FloatArray, sizes: IntArray) -> FloatArray:
    """Return the Gi* score of sums over neighbourhoods."""
    n = len(values)
    if n < 2 or np.ptp(values) == 0:
        return np.full(n, np.nan)
    mean = values.mean()
    spread = math.sqrt(float(((values - mean) ** 2).mean()))
    free = sizes * ((n - sizes) / (n - 1))
    score = np.full(n, np.nan)
    np.divide(sums - mean * sizes, spread * np.sqrt(free), out=score, where=free > 0)
    return score


def _classes(z: FloatArray, p: FloatArray, q: FloatArray, alpha: float) -> npt.NDArray[np.int8]:
    """Return the position in `CLASSES`."""
    step = np.where(q <= alpha, 2, np.where(p <= alpha, 1, 0))
    return (2 - np.sign(z) * step).astype(np.int8)


def _warnings(values: FloatArray, sizes: IntArray) -> list[dict[str, Any]]:
    if len(values) < 2 or np.ptp(values) == 0:
        return [{"code": "constant"}]
    expected = float(values.mean() * np.median(sizes))
    if 0 <= expected < _FEW and (values >= 0).all() and (values == np.floor(values)).all():
        return [{"code": "few_incidents", "expected": round(expected, 2)}]
    return []


def _too_coarse(n_cells: int, n_permutations: int, alpha: float) -> list[dict[str, Any]]:
    """Warn where the smallest p-value of permutations is too large for the number of cells."""
    fewest = math.ceil(2 / (n_permutations + 1) * n_cells / alpha - 1e-9)
    if fewest <= 1:
        return []
    return [
        {
            "code": "few_permutations",
            "n_permutations": n_permutations,
            "needed": math.ceil(2 * n_cells / alpha - 1e-9) - 1,
            "fewest_cells": fewest,
        }
    ]


def _values(cells: gpd.GeoDataFrame, column: str) -> FloatArray:
    breach = ""
    if column not in cells:
        msg = f"`cells` has no {column}: column is missing; count first: hotspots.count(...)"
        raise ContractError(msg, code="not_counted", name="cells", lacking=column)
    values = cells[column].to_numpy(dtype=float, na_value=np.nan)
    wrong = int((~np.isfinite(values)).sum())
    breach = f"{column}: missing or infinite ({wrong}x)" if wrong else ""
    shapes = cells.geometry.to_numpy()
    nowhere = int((shapely.is_missing(shapes) | shapely.is_empty(shapes)).sum())
    breach = breach or (f"geometry: missing or empty ({nowhere}x)" if nowhere else "")
    if breach:
        msg = f"`cells` can't be tested: {breach}"
        raise ContractError(msg, code="contract", table="cells", breaches=breach)
    return values


def _check_options(radius: float | None, alpha: float, neighbours: str) -> None:
    if not 0 < alpha < 1:
        msg = f"`alpha` is {alpha!r}, expected a number between 0 and 1 such as 0.05"
        raise ValueError(msg)
    if neighbours not in {"radius", "touching"}:
        msg = f"`neighbours` is {neighbours!r}, expected 'radius' or 'touching'"
        raise ValueError(msg)
    if radius is not None and (neighbours == "touching" or not 0 <= radius < math.inf):
        msg = f"`radius` is {radius!r}, expected metres, and none for touching neighbours"
        raise ValueError(msg)


def _neighbourhood_sums(
    cells: gpd.GeoDataFrame, values: FloatArray, radius: float | None, neighbours: str
) -> tuple[FloatArray, IntArray, float | None]:
    """Sum values over each cell and its neighbours; also give sizes and the radius used."""
    if not len(cells):
        return values, np.zeros(0, dtype=np.int64), radius
    shapes = cells.geometry.to_numpy()
    if neighbours == "touching":
        one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
        return *_sums_over_pairs(values, one[one != other], other[one != other]), None
    if (lattice := lattice_of_cells(cells)) is not None:
        radius = lattice.radius if radius is None else radius
        return *sums_around(values, lattice, radius * (1 + _TOLERANCE)), radius
    from scipy.spatial import cKDTree

    centres = shapely.get_coordinates(shapely.centroid(shapes))
    tree = cKDTree(centres)
    if radius is None:
        radius = float(tree.query(centres, k=2)[0][:, 1].max()) if len(cells) > 1 else 0.0
    pairs = tree.query_pairs(radius * (1 + _TOLERANCE), output_type="ndarray")
    one, other = np.concatenate([pairs, pairs[:, ::-1]]).T
    return *_sums_over_pairs(values, one, other), radius


def _sums_over_pairs(
    values: FloatArray, one: IntArray, other: IntArray
) -> tuple[FloatArray, IntArray]:
    n = len(values)
    sums = values + np.bincount(one, weights=values[other], minlength=n)
    return sums, 1 + np.bincount(one, minlength=n)
