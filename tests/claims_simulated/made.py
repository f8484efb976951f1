"""Make the wijken that claims are tried on: lattices of counts, points, moments and kinds."""

from functools import cache
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ipgtools.grid import Grid
from ipgtools.hotspots.hot_places.engine import Lattice
from ipgtools.periods import Period

Array = np.ndarray[Any, Any]
Rng = np.random.Generator

CRS = 28992
WIDE = 20
"""Cells across a made-up wijk of 2 km."""
STRIP = 3
QUARTER = Period("2025-07-01", "2025-10-01")
KINDS = ("fiets", "vernieling", "mishandeling", "woning")
BLOCK = (slice(9, 12), slice(9, 12))
"""Nine cells in the middle of the wijk, where a hotspot is planted."""


@cache
def cells(wide: int = WIDE) -> gpd.GeoDataFrame:
    """Give the cells of a square wijk, row by row."""
    return Grid.covering((0, 0, 100 * wide, 100 * wide), crs=CRS).cells()


def counted(values: Array) -> gpd.GeoDataFrame:
    """Put counts on the cells of a square wijk."""
    return cells(len(values)).assign(n=values.ravel())


def chance_values(rng: Rng, wide: int = WIDE) -> Array:
    """Draw values without any pattern: few incidents, many, in series in a cell, or rates."""
    shape = (wide, wide)
    kind = rng.integers(4)
    if kind == 0:
        return rng.poisson(0.2, shape)
    if kind == 1:
        return rng.poisson(3, shape)
    if kind == 2:
        return in_series(rng, np.full(shape, 0.6))
    return rng.gamma(1.5, 2, shape)


def hotspot_values(rng: Rng, times: float = 5.0, n: float = 250.0) -> Array:
    """Draw some 250 incidents on 400 cells, nine of which have five times the rate."""
    rate = np.ones((WIDE, WIDE))
    rate[BLOCK] = times
    return rng.poisson(n * rate / rate.sum())


def in_series(rng: Rng, mean: Array, length: float = 2.0) -> Array:
    """Draw counts that come in series: their variance is some three times their mean."""
    n_series = rng.poisson(mean / length)
    extra = rng.negative_binomial(np.maximum(n_series, 1), 1 / length)
    return np.where(n_series > 0, n_series + extra, 0)


@cache
def lattice() -> Lattice:
    """Give the cells of a wijk of 2 km with a strip of 300 m around it."""
    side = WIDE + 2 * STRIP
    inside = np.zeros((side, side), dtype=bool)
    inside[STRIP:-STRIP, STRIP:-STRIP] = True
    return Lattice(inside, np.ones((side, side), dtype=bool))


def ground(rng: Rng) -> tuple[Array, Array, float]:
    """
    Draw a wijk where no place stands out.

    Returns
    -------
    rate, baseline : array of float, n_rows by n_columns
        Rates that add up to 1, and what the method is told to explain them by.
    length : float
        Mean length of series.
    """
    shape = lattice().region.shape
    kind = rng.integers(5)
    homes = np.ones(shape)
    if kind == 1:
        homes *= np.linspace(0.2, 1.8, shape[1])
    elif kind == 2:
        homes[:, shape[1] // 2 :] = 0.0
    elif kind == 3:
        homes = rng.gamma(2.0, 0.5, shape)
    rate = homes.copy()
    if kind == 4:
        rate *= rng.poisson(6.0, shape) / 6.0
    return rate / rate.sum(), homes + 0.1 * homes.mean(), 2.0 if rng.integers(3) == 0 else 1.0


def quarters(rng: Rng, rate: Array, length: float, n: float) -> tuple[Array, Array]:
    """Draw the counts of a quarter and of the eight before it."""
    mean = n * rate
    drawn = np.array(
        [in_series(rng, mean, length) if length > 1 else rng.poisson(mean) for _ in range(9)]
    )
    return drawn[-1], drawn[:-1]


def points(xy: Array, **columns: Any) -> gpd.GeoDataFrame:
    """Put rows on a map."""
    x, y = np.asarray(xy, dtype=float).reshape(-1, 2).T
    return gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(x, y), crs=CRS)


def area(metres: float = 1000.0) -> gpd.GeoSeries:
    """Give a square area."""
    return gpd.GeoSeries([shapely.box(0, 0, metres, metres)], crs=CRS)


def moments(days: Array, period: Period = QUARTER) -> pd.Series:
    """Turn days since the start of a period into moments."""
    return pd.Series(period.start + pd.to_timedelta(np.asarray(days) * 86_400, unit="s"))


def incidents(xy: Array, days: Array, period: Period = QUARTER, **columns: Any) -> gpd.GeoDataFrame:
    """Put incidents on a map, at moments since the start of a period."""
    return points(xy, occurred_from=moments(days, period), **columns)
