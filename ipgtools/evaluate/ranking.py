"""
Rank the cells of a grid from incidents up to a moment, by each method of ipgtools.

A method takes a `History` and gives one score per cell; it can't see what comes after. Functions
that need other data than incidents (`hotspots.risk`) are not here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ipgtools.grid import Grid
from ipgtools.inference import FloatArray

__all__ = [
    "EPS", "GROUP", "METHODS", "NAIVE", "SLOW", "SQUARES", "Array", "History", "busiest", "change",
    "clusters", "density", "gi_star", "hdbscan", "hierarchical", "last", "long_run", "places",
    "random", "st_dbscan",
]  # fmt: skip

Array = np.ndarray[Any, Any]

NAIVE = ("last", "long_run", "random")
"""Lists that anyone can make, which the others are compared with."""
EPS = 150.0
"""Metres within which incidents are neighbours, for the methods that group them."""
GROUP = 5
"""Incidents that make a group."""
_YEAR = 365
_MONTH = 30.44
_REACH = 300.0
_NEIGHBOURS = 0.5
_N_PERMUTATIONS = 99
_PLACES_PER_CLAIM = 1_000.0


@dataclass(frozen=True)
class History:
    """
    What was known at a moment.

    Parameters
    ----------
    x, y : array of float, n
        Coordinates of the incidents before the moment, in order of time.
    grid : Grid
        The cells to rank.
    cell : array of int64, n
        Cell of each incident.
    age : array of float, n
        Days from each incident to the moment, more than 0.
    days : int
        Length of the period that will be tested.
    moment : Timestamp
        When the ranking is made.
    rng : Generator
        For methods that draw.
    table : GeoDataFrame
        Incidents of all times, of which `incidents` gives the first n.
    """

    x: Array
    y: Array
    grid: Grid
    cell: Array
    age: Array
    days: int
    moment: pd.Timestamp
    rng: np.random.Generator
    table: gpd.GeoDataFrame

    def count(self, *, within: float = np.inf, beyond: float = 0.0) -> FloatArray:
        """Count the incidents per cell whose age is in (beyond, within] days."""
        held = (self.age > beyond) & (self.age <= within)
        return np.bincount(self.cell[held], minlength=self.grid.n_cells).astype(float)

    @cached_property
    def incidents(self) -> gpd.GeoDataFrame:
        """The incidents before the moment, in order of time."""
        return self.table.iloc[: len(self.cell)]

    @cached_property
    def recent(self) -> gpd.GeoDataFrame:
        """The incidents of the last period."""
        return self.incidents[self.age <= self.days]

    @cached_property
    def recent_cell(self) -> Array:
        """Their cells."""
        return self.cell[self.age <= self.days]


def random(history: History) -> FloatArray:
    """Score all cells the same: ties are averaged, so this is chance itself."""
    return np.zeros(history.grid.n_cells)


def last(history: History) -> FloatArray:
    """Score the cells by the period just before."""
    return history.count(within=history.days)


def long_run(history: History) -> FloatArray:
    """Score the cells by all incidents that are known."""
    return history.count()


def density(history: History) -> FloatArray:
    """Score by the kernel density of all incidents, as `hotspots.density` does by default."""
    from ipgtools.hotspots.kernel_density import evaluation, kernels, surface

    if not len(history.x):
        return random(history)
    x, y, grid = history.x, history.y, history.grid
    width, _ = surface.bandwidth_from(None, x, y, "quartic", grid)
    found, _ = evaluation.evaluate(x, y, None, grid, kernels.KERNELS["quartic"], width)
    return np.asarray(found[grid.inside])


def gi_star(history: History) -> FloatArray:
    """Score by Gi* of all incidents."""
    from ipgtools import hotspots

    cells = history.grid.cells().assign(n=long_run(history))
    return hotspots.gi_star(cells)["gi_star"].fillna(0.0).to_numpy(dtype=float)


def busiest(history: History) -> FloatArray:
    """Score as `hotspots.busiest` does: older incidents weigh less, neighbours lend a little."""
    from ipgtools.hotspots.hot_places import busiest as own
    from ipgtools.hotspots.hot_places import expectation

    grid = history.grid
    known = float(history.age.max()) if len(history.age) else 0.0
    life = own.DEFAULT_HALF_LIFE if known >= _YEAR else own.SHORT_HALF_LIFE
    months = np.floor(history.age / _MONTH)
    n = np.bincount(history.cell, weights=0.5 ** (months / life), minlength=grid.n_cells)
    counts = np.zeros(grid.inside.shape)
    counts[grid.inside] = n
    smooth = expectation.quartic(counts, grid.inside, _REACH / grid.cell_size)
    return np.asarray((counts + _NEIGHBOURS * smooth)[grid.inside])


def change(history: History) -> FloatArray:
    """Score by `hotspots.change`: how surely a cell rose from the period before to the last."""
    from ipgtools import inference

    now = history.count(within=history.days)
    before = history.count(within=2 * history.days, beyond=history.days)
    p = inference.compare_counts(before, now)
    return np.asarray(np.sign(now - before) * -np.log10(np.maximum(p, 1e-300)))


def clusters(history: History) -> FloatArray:
    """Score by the incidents of the last period that lie in a cluster (DBSCAN)."""
    from ipgtools import hotspots

    if history.recent.empty:
        return random(history)
    return _grouped(history, hotspots.clusters(history.recent, eps=EPS, min_incidents=GROUP))


def st_dbscan(history: History) -> FloatArray:
    """Score by the incidents of the last period in a cluster in space and time."""
    from ipgtools import hotspots

    if history.recent.empty:
        return random(history)
    found = hotspots.st_dbscan(history.recent, eps=EPS, days=14, min_incidents=GROUP)
    return _grouped(history, found)


def hdbscan(history: History) -> FloatArray:
    """Score by the incidents of the last period in a cluster of any density (HDBSCAN)."""
    from ipgtools import hotspots

    if len(history.recent) <= GROUP:
        return random(history)
    return _grouped(history, hotspots.hdbscan(history.recent, min_incidents=GROUP))


def hierarchical(history: History) -> FloatArray:
    """Score by the incidents of the last period in a nearest-neighbour cluster."""
    from ipgtools import hotspots

    if len(history.recent) <= GROUP:
        return random(history)
    whole = gpd.GeoSeries([_whole(history.grid)], crs=history.grid.crs)
    _, found = hotspots.hierarchical_clusters(history.recent, whole, min_incidents=GROUP)
    return _grouped(history, found.notna().astype(int) - 1)


def places(history: History) -> FloatArray:
    """Score by the hot places that would have been named, busiest cells next."""
    from ipgtools import hotspots
    from ipgtools.periods import Period

    period = Period(history.moment - pd.Timedelta(days=history.days), history.moment)
    whole = gpd.GeoDataFrame(geometry=[_whole(history.grid)], crs=history.grid.crs)
    named = hotspots.places(
        history.incidents, whole, period=period, n_permutations=_N_PERMUTATIONS, rng=history.rng,
        baseline="flat",
    )  # fmt: skip
    x, y = history.grid.centres()
    inside = np.zeros(len(x))
    for shape in named.geometry:
        inside += shapely.contains_xy(shape, x, y)
    score = history.count(within=history.days)
    return np.asarray(score + _PLACES_PER_CLAIM * (inside > 0))


METHODS: dict[str, Callable[[History], FloatArray]] = {
    "last": last,
    "long_run": long_run,
    "random": random,
    "busiest": busiest,
    "density": density,
    "gi_star": gi_star,
    "change": change,
    "clusters": clusters,
    "st_dbscan": st_dbscan,
    "hdbscan": hdbscan,
    "hierarchical": hierarchical,
    "places": places,
}
"""Every method that ranks cells from incidents alone."""
SLOW = ("places", "hierarchical", "hdbscan")
"""Methods that take seconds for each origin; `backtest` runs them if they are named."""
SQUARES = ("busiest", "places")
"""Methods that work on squares only."""


def _whole(grid: Grid) -> Any:
    """Give the surface of a grid."""
    return grid.area if grid.area is not None else shapely.box(*grid.bounds)


def _grouped(history: History, group: pd.Series) -> FloatArray:
    """Count the incidents per cell that are in a group; all others weigh a thousandth."""
    weight = np.where(group.to_numpy() >= 0, 1.0, 1e-3)
    found = np.bincount(history.recent_cell, weights=weight, minlength=history.grid.n_cells)
    return np.asarray(found, dtype=float)
