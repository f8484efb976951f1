"""Build spatial weights, and sum values over neighbours."""

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from ipgtools import crs
from ipgtools.errors import ContractError
from ipgtools.grid import FloatArray, IntArray
from ipgtools.hotspots.lattice import disc_sums, lattice_of

__all__ = [
    "Neighbourhood", "Weights", "describe", "find_neighbours", "values_of", "weigh_neighbours",
]  # fmt: skip

log = logging.getLogger(__name__)

_TOLERANCE = 1e-9
"""Relative, so that ``100 * sqrt(2)`` reaches the diagonal neighbour."""


@dataclass(frozen=True)
class Neighbourhood:
    """
    Who is whose neighbour; nobody is their own.

    Parameters
    ----------
    sums : callable
        Gives the sum over the neighbours of each place, from a value for each place; both
        ndarrays of float, n_places.
    sizes : ndarray of float, n_places
        Number of neighbours of each place.
    radius : float, optional
        Metres within which neighbours lie; None if they are those that touch.
    """

    sums: Callable[[FloatArray], FloatArray]
    sizes: FloatArray
    radius: float | None


@dataclass(frozen=True)
class Weights:
    """
    How much each neighbour weighs: a weight for each place, the same for all its neighbours.

    Parameters
    ----------
    sums : callable
        As in `Neighbourhood`, for the places that have neighbours only.
    sizes, each : ndarray of float, n_used
        Number of neighbours and weight of each.
    s0, s1, s2 : float
        The sums over all weights that the moments of every measure are made of (Cliff & Ord).
    """

    sums: Callable[[FloatArray], FloatArray]
    sizes: FloatArray
    each: FloatArray
    s0: float
    s1: float
    s2: float


def find_neighbours(
    cells: gpd.GeoDataFrame, *, neighbours: str, radius: float | None
) -> Neighbourhood:
    """Find the neighbours of each place."""
    if neighbours not in {"touching", "border", "radius"}:
        msg = f"`neighbours` is {neighbours!r}, expected 'touching', 'border' or 'radius'"
        raise ValueError(msg)
    if radius is not None and (neighbours != "radius" or not 0 <= radius < math.inf):
        msg = f"`radius` is {radius!r}, expected metres, and only where neighbours='radius'"
        raise ValueError(msg)
    crs.require(cells=cells)
    shapes = cells.geometry.to_numpy()
    nowhere = int((shapely.is_missing(shapes) | shapely.is_empty(shapes)).sum())
    if nowhere:
        breach = f"geometry: missing or empty ({nowhere}x)"
        msg = f"`cells` can't have neighbours: {breach}"
        raise ContractError(msg, code="contract", table="cells", breaches=breach)
    if not len(shapes):
        return Neighbourhood(lambda values: values, np.zeros(0), radius)
    if (lattice := lattice_of(shapes)) is not None:
        rows, cols, size = lattice
        around = size if neighbours == "border" else size * math.sqrt(2)
        wide = around if radius is None else radius
        found = _on_lattice(rows, cols, wide / size * (1 + _TOLERANCE))
        return Neighbourhood(*found, wide if neighbours == "radius" else None)
    if neighbours != "radius":
        one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
        joined = one != other
        if neighbours == "border":
            joined &= shapely.relate_pattern(shapes[one], shapes[other], "****1****")
        return Neighbourhood(*_over_pairs(len(shapes), one[joined], other[joined]), None)
    return _within(shapes, radius)


def weigh_neighbours(neighbourhood: Neighbourhood, weights: str) -> Weights:
    """Assign neighbours their weights, leaving out places without any."""
    if weights not in {"row", "binary"}:
        msg = f"`weights` is {weights!r}, expected 'row' or 'binary'"
        raise ValueError(msg)
    used = neighbourhood.sizes > 0
    sizes = neighbourhood.sizes[used]

    def sums(values: FloatArray) -> FloatArray:
        whole = np.zeros(len(used))
        whole[used] = values
        return neighbourhood.sums(whole)[used]

    each = 1.0 / sizes if weights == "row" else np.ones(len(sizes))
    received = sums(each)
    given = each * sizes
    return Weights(
        sums,
        sizes,
        each,
        float(given.sum()),
        float((each * given).sum() + (each * received).sum()),
        float(((given + received) ** 2).sum()),
    )


def values_of(cells: gpd.GeoDataFrame, column: str) -> FloatArray:
    """Return the values of a column."""
    breach = f"{column}: column is missing"
    if column in cells:
        values = cells[column].to_numpy(dtype=float, na_value=np.nan)
        wrong = int((~np.isfinite(values)).sum())
        if not wrong:
            return values
        breach = f"{column}: missing or infinite ({wrong}x)"
    msg = f"`cells` can't be tested: {breach}"
    raise ContractError(msg, code="contract", table="cells", breaches=breach)


def describe(cells: gpd.GeoDataFrame, neighbourhood: Neighbourhood) -> dict[str, Any]:
    """Return counts of places with and without neighbours, for `attrs`."""
    alone = np.flatnonzero(neighbourhood.sizes == 0)
    name = next((name for name in ("area_code", "cell_id") if name in cells), None)
    names = cells[name].iloc[alone].tolist() if name else alone.tolist()
    if names:
        log.info("%d of %d places have no neighbour and are left out", len(names), len(cells))
    return {
        "n_cells": len(cells),
        "n_used": len(cells) - len(names),
        "n_islands": len(names),
        "islands": names,
        "n_links": int(neighbourhood.sizes.sum()),
    }


def _on_lattice(
    rows: IntArray, cols: IntArray, reach: float
) -> tuple[Callable[[FloatArray], FloatArray], FloatArray]:
    shape = (int(rows.max()) + 1, int(cols.max()) + 1)

    def sums(values: FloatArray) -> FloatArray:
        # running sums of whole numbers are exact; those of others lose a few digits at most
        table = np.zeros(shape)
        table[rows, cols] = values
        return np.asarray(disc_sums(table, reach)[rows, cols] - values, dtype=float)

    return sums, np.rint(sums(np.ones(len(rows))))


def _over_pairs(
    n: int, one: IntArray, other: IntArray
) -> tuple[Callable[[FloatArray], FloatArray], FloatArray]:
    from scipy.sparse import csr_array

    table = csr_array((np.ones(len(one)), (one, other)), shape=(n, n))
    return lambda values: np.asarray(table @ values), np.asarray(table.sum(axis=1), dtype=float)


def _within(shapes: Any, radius: float | None) -> Neighbourhood:
    from scipy.spatial import cKDTree

    centres = shapely.get_coordinates(shapely.centroid(shapes))
    tree = cKDTree(centres)
    if radius is None:
        radius = float(tree.query(centres, k=2)[0][:, 1].max()) if len(shapes) > 1 else 0.0
    pairs = tree.query_pairs(radius * (1 + _TOLERANCE), output_type="ndarray")
    one, other = np.concatenate([pairs, pairs[:, ::-1]]).T
    return Neighbourhood(*_over_pairs(len(shapes), one, other), radius)
