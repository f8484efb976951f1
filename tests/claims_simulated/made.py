"""Make the wijken that claims are tried on: lattices of counts, points, moments and kinds."""

from functools import cache
from types import SimpleNamespace
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ipgtools import coverage
from ipgtools.grid import Grid
from ipgtools.hotspots.hot_places import region
from ipgtools.periods import Period
from ipgtools.settings import Analysis

Array = np.ndarray[Any, Any]
Rng = np.random.Generator

CRS = 28992
WIDE = 20
"""Cells across a made-up wijk of 2 km."""
DRAWS = 199
QUARTER = Period("2025-07-01", "2025-10-01")
FILES = Period("2023-07-01", "2025-10-01")
"""What the files hold: the quarter and the 24 months before it."""
KINDS = ("fiets", "vernieling", "mishandeling", "woning")
SHARES = np.array([0.4, 0.3, 0.2, 0.1])
"""Part of the incidents that each kind is."""
SIZES = (60, 250, 1000)
"""Incidents in a quarter."""
BLOCK = (slice(9, 12), slice(9, 12))
"""Nine cells in the middle of the wijk, where a hotspot is planted."""
SERIES = 2.0
"""Mean number of incidents of a series."""
_DAY = 86_400
_LONGEST = 7.0
"""Days that a series takes at most."""


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


def in_series(rng: Rng, mean: Array, length: float = SERIES) -> Array:
    """Draw counts that come in series: their variance is some three times their mean."""
    n_series = rng.poisson(mean / length)
    extra = rng.negative_binomial(np.maximum(n_series, 1), 1 / length)
    return np.where(n_series > 0, n_series + extra, 0)


# incidents of files


class Drawn(NamedTuple):
    """What incidents are of (kind, cell or both, as a flat number), and the day of each."""

    of: Array
    day: Array


def draw(rng: Rng, per_quarter: Array, length: float = SERIES, period: Period = FILES) -> Drawn:
    """
    Draw incidents on the days of a period, in series that take at most a week.

    Parameters
    ----------
    rng : Generator
        Source of chance.
    per_quarter : array of float
        Mean number of incidents in a quarter of each kind, cell or both.
    length : float
        Mean length of the series; 1 draws independent incidents.
    period : Period
        When; by default what the files hold.

    Returns
    -------
    Drawn
        Days since the start of the files. A series is of one kind and at one cell.
    """
    mean = per_quarter.ravel()
    first, last = ((at - FILES.start).days for at in (period.start, period.end))
    before = _LONGEST if length > 1 else 0.0
    n = rng.poisson(mean.sum() * (last - first + before) / QUARTER.days / length)
    size = rng.geometric(1 / length, n)
    of = np.repeat(rng.choice(len(mean), n, p=mean / mean.sum()), size)
    day = np.repeat(rng.uniform(first - before, last, n), size) + rng.uniform(0, before, len(of))
    inside = (day >= first) & (day < last)
    return Drawn(of[inside], day[inside])


def joined(*some: Drawn) -> Drawn:
    """Put incidents together."""
    return Drawn(*(np.concatenate(parts) for parts in zip(*some, strict=True)))


def recorded(kind: Array, day: Array, xy: Array | None = None) -> gpd.GeoDataFrame:
    """Make the table that readers make of files: incidents with a kind, a time and a point."""
    place = np.zeros((len(kind), 2)) if xy is None else xy
    labels = pd.array(np.array(KINDS)[kind], dtype="str")
    missing = pd.array([None] * len(kind), dtype="str")
    when = moments(day, FILES)
    return points(place, occurred_from=when, category=missing, category_label=labels)


def read(incidents: gpd.GeoDataFrame, period: Period = QUARTER) -> Any:
    """Hold incidents as the pipeline does what it read: with a period and what files cover."""
    when = incidents["occurred_from"]
    return SimpleNamespace(
        incidents=incidents,
        everywhere=incidents,
        period=period,
        now=incidents[period.contains(when)],
        coverage=coverage.measure(incidents),
        within=lambda one: incidents[one.contains(when)],
        settings=SimpleNamespace(analysis=Analysis(n_permutations=DRAWS)),
        profile=SimpleNamespace(exact=True),
    )


# a wijk of 2 km with 300 m around it


@cache
def lattice() -> region.Region:
    """Lay the lattice over the wijk and the strip around it."""
    return region.lay_lattice(gpd.GeoDataFrame(geometry=area(100.0 * WIDE), crs=CRS))


def middle(cells_around: int = 0) -> Array:
    """Mark the cell in the middle, and those around it."""
    marked = np.zeros(lattice().shape, dtype=bool)
    row, column = (size // 2 for size in marked.shape)
    reach = slice(-cells_around, cells_around + 1)
    marked[row + reach.start : row + reach.stop, column + reach.start : column + reach.stop] = True
    return marked


def ground(rng: Rng) -> tuple[Array, Array, float]:
    """
    Draw a wijk where no place stands out.

    Returns
    -------
    rate, baseline : array of float, n_rows by n_columns
        Rates that add up to 1 over the wijk, and what the method is told to explain them by.
    length : float
        Mean length of series.
    """
    region_ = lattice()
    shape, kind = region_.shape, rng.integers(5)
    homes = region_.counted * 1.0
    if kind == 1:
        homes *= np.linspace(0.2, 1.8, shape[1])
    elif kind == 2:
        homes[:, shape[1] // 2 :] = 0.0
    elif kind == 3:
        homes *= rng.gamma(2.0, 0.5, shape)
    rate = homes.copy()
    if kind == 4:
        rate *= rng.poisson(6.0, shape) / 6.0
    length = SERIES if rng.integers(3) == 0 else 1.0
    baseline = np.where(region_.counted, homes + 0.1 * homes[region_.counted].mean(), 0.0)
    return rate / rate[region_.inside].sum(), baseline, length


def by_kind_and_cell(n: float, rate: Array) -> Array:
    """Spread a mean number over the kinds and cells."""
    return n * SHARES[:, None] * rate.ravel()


def at_cells(some: Drawn) -> gpd.GeoDataFrame:
    """Record incidents of kinds at the middles of cells."""
    grid = lattice().grid
    kind, cell = np.divmod(some.of, lattice().inside.size)
    row, column = np.divmod(cell, lattice().shape[1])
    corner = np.stack([column, row], axis=1) * grid.cell_size
    return recorded(kind, some.day, corner + [grid.x0, grid.y0] + 0.5 * np.array(grid.cell_size))


# points and moments


def points(xy: Array, **columns: Any) -> gpd.GeoDataFrame:
    """Put rows on a map."""
    x, y = np.asarray(xy, dtype=float).reshape(-1, 2).T
    return gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(x, y), crs=CRS)


def area(metres: float = 1000.0) -> gpd.GeoSeries:
    """Give a square area."""
    return gpd.GeoSeries([shapely.box(0, 0, metres, metres)], crs=CRS)


def moments(days: Array, period: Period = QUARTER) -> pd.Series:
    """Turn days since the start of a period into moments."""
    return pd.Series(period.start + pd.to_timedelta(np.asarray(days) * _DAY, unit="s"))


def incidents(xy: Array, days: Array, period: Period = QUARTER, **columns: Any) -> gpd.GeoDataFrame:
    """Put incidents on a map, at moments since the start of a period."""
    return points(xy, occurred_from=moments(days, period), **columns)


def town(
    rng: Rng, kind: str, n: int = 212, planted: int = 0, extent: float = 3000.0
) -> gpd.GeoDataFrame:
    """
    Scatter incidents over nine areas and a year: nothing follows anything, but for `planted`.

    Parameters
    ----------
    rng : Generator
        Source of chance.
    kind : str
        "even", "opposite trends" (of two halves), "season" or "snapped" (to 60 points).
    n : int
        Incidents, with those that follow another.
    planted : int
        Of these, incidents that follow another within 100 m and two weeks.
    extent : float
        Metres.
    """
    n -= planted
    x, y = rng.uniform(0, extent, (2, n))
    day = rng.integers(0, 365, n)
    rising = np.minimum(365 * np.sqrt(rng.uniform(size=n)), 364).astype(int)
    if kind == "opposite trends":
        day = np.where(x < extent / 2, rising, 364 - rising)
    elif kind == "season":
        winter = 1 + 0.8 * np.cos(np.arange(365) / 365 * 2 * np.pi)
        day = rng.choice(365, n, p=winter / winter.sum())
    elif kind == "snapped":
        spots = rng.uniform(0, extent, (2, 60))
        x, y = spots[:, rng.choice(60, n, p=rng.dirichlet(np.full(60, 0.5)))]
    if planted:
        after = rng.choice(n, planted, replace=False)
        off = rng.uniform(-70, 70, (2, planted))
        later = day[after] + rng.integers(0, 14, planted)
        x, y = np.r_[x, x[after] + off[0]], np.r_[y, y[after] + off[1]]
        day = np.minimum(np.r_[day, later], 364)
    column, row = (np.clip(v // (extent / 3), 0, 2).astype(int).astype(str) for v in (x, y))
    year = Period("2025-01-01", "2026-01-01")
    return incidents(np.stack([x, y], axis=1), day, year, area_code=np.char.add(column, row))
