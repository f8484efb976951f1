"""
Cut the incidents of real cities into units of a wijk, as counts per cell and month.

The data sets are not part of the repository; a city whose file is missing is passed over.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

import ipgtools as ipg
from ipgtools import data_quality

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

CELL, AROUND = 100.0, 300.0
"""Metres: side of a cell, and how far the region reaches past the border of a unit."""


@dataclass(frozen=True)
class City:
    """A file with incidents, how to read it, and the polygons to cut it in (tiles if none)."""

    file: str
    work_crs: str
    say: dict[str, Any] = field(default_factory=dict)
    areas: str | None = None
    years: tuple[int, int] = (2022, 2022)
    """First and last year that the file covers in full."""


CITIES = {
    "Vancouver": City("ca_vancouver_thefts_2020/vancouver_thefts.csv.gz", "EPSG:26910",
                      {"columns": {"category_label": "TYPE"}}, years=(2020, 2020)),
    "Lancashire": City("uk_lancashire_asb_2022/lancashire_asb.tab.gz", "EPSG:27700",
                       areas="uk_lancashire_asb_2022/lancashire_wards.gpkg"),
    "Cincinnati": City("us_cincinnati_burglary_2016_2018/cincinnati_burglary.csv.gz",
                       "EPSG:32616", {"columns": {"occurred_from": "offense_date"},
                                      "duplicates": "keep"}, years=(2016, 2018)),
    "New York": City("us_nyc_vehicle_thefts_2014_2017/nyc_vehicle_thefts.parquet", "EPSG:32618",
                     years=(2014, 2017)),
    "Chicago": City("us_chicago_near_repeat/chicago_be.csv", "EPSG:26971", years=(2016, 2016)),
    "Austin": City("us_austin_assaults_2019/aggravated_assaults.xlsx", "EPSG:32614",
                   {"layer": "Austin"}, years=(2019, 2019)),
}  # fmt: skip


@dataclass(frozen=True)
class Tables:
    """
    A city as tables.

    Parameters
    ----------
    incidents : GeoDataFrame
        INCIDENTS of whole years.
    areas : GeoDataFrame
        Units of a wijk: wards or square tiles.
    first_year, n_months : int
        What the incidents cover.
    renewed : int or None
        Month in which the source moved its fixed points, from 0.
    """

    incidents: gpd.GeoDataFrame
    areas: gpd.GeoDataFrame
    first_year: int
    n_months: int
    renewed: int | None = None


@dataclass(frozen=True)
class Unit:
    """
    Counts of one wijk-sized part of a city.

    Parameters
    ----------
    number : int
        Row of the unit among the areas.
    months : ndarray of int, (n_months, n_rows, n_columns)
        Incidents per month of the whole file; nothing outside the region.
    region : ndarray of bool, (n_rows, n_columns)
        Cells whose centre lies in the unit or within 300 m of it.
    inside : ndarray of bool, (n_rows, n_columns)
        Cells whose centre lies in the unit.
    renewed : int or None
        Month in which the source moved its fixed points.
    """

    number: int
    months: IntArray
    region: npt.NDArray[np.bool_]
    inside: npt.NDArray[np.bool_]
    renewed: int | None = None


@dataclass(frozen=True)
class Moment:
    """A unit at one period: what a method may see, and what came next (None if not known)."""

    unit: Unit
    first: int
    length: int

    @property
    def now(self) -> IntArray:
        """Give the counts of this period."""
        return self.unit.months[self.first : self.first + self.length].sum(axis=0)

    @property
    def next(self) -> IntArray | None:
        """Give the counts of the period after, or None where the file ends before."""
        end = self.first + 2 * self.length
        return (
            None
            if end > len(self.unit.months)
            else self.unit.months[end - self.length : end].sum(axis=0)
        )

    @property
    def on_new_points(self) -> bool:
        """Tell whether the points moved in this period or within the two months before it."""
        month = self.unit.renewed
        return month is not None and self.first - 2 <= month < self.first + self.length

    @property
    def past_months(self) -> IntArray:
        """Give the counts of at most 24 months before, per month."""
        return self.unit.months[max(0, self.first - 24) : self.first]

    @property
    def history(self) -> IntArray:
        """Give the past per quarter where it holds at least four of them, else per month."""
        months = self.past_months
        n = len(months) // 3
        if self.length != 3 or n < 4:
            return months
        return months[len(months) - 3 * n :].reshape(n, 3, *months.shape[1:]).sum(axis=1)

    @property
    def window(self) -> IntArray:
        """Give the counts of at most 24 months that end with this period."""
        end = self.first + self.length
        return self.unit.months[max(0, end - 24) : end].sum(axis=0)


def read(folder: Path, name: str, *, side: float = 2000.0) -> Tables | None:
    """
    Read a city.

    Parameters
    ----------
    folder : Path
        With the data sets.
    name : str
        One of `CITIES`.
    side : float, default 2000
        Of the tiles in metres, where the city has no polygons.

    Returns
    -------
    Tables or None
        None if the file is missing.
    """
    city = CITIES[name]
    if not (folder / city.file).is_file():
        return None
    incidents, _ = ipg.read_incidents(folder / city.file, work_crs=city.work_crs, **city.say)
    first, last = city.years
    incidents = incidents[incidents["occurred_from"].dt.year.between(first, last)]
    n_months, moved = 12 * (last - first + 1), data_quality.moved_points(incidents)
    renewed = None if moved is None else 12 * (moved.year - first) + moved.month - 1
    if city.areas is not None:
        areas = gpd.read_file(folder / city.areas).to_crs(city.work_crs)
        return Tables(incidents, areas[["geometry"]], first, n_months, renewed)
    xy = shapely.get_coordinates(incidents.geometry.to_numpy())
    west, south = np.unique((xy // side).astype(np.int64), axis=0).T * side
    tiles = gpd.GeoSeries(shapely.box(west, south, west + side, south + side), crs=incidents.crs)
    return Tables(incidents, tiles.to_frame("geometry"), first, n_months, renewed)


def units(tables: Tables) -> list[Unit]:
    """Count the incidents of a city per unit, cell and month."""
    when = tables.incidents["occurred_from"].dt
    month = ((when.year - tables.first_year) * 12 + when.month - 1).to_numpy(dtype=np.int64)
    xy = shapely.get_coordinates(tables.incidents.geometry.to_numpy())
    found = [
        _unit(number, polygon, xy, month, tables)
        for number, polygon in enumerate(tables.areas.geometry)
    ]
    return [unit for unit in found if unit is not None]


def moments(
    found: Sequence[Unit], length: int, *, fewest: int = 60, past: int = 3, ahead: bool = False
) -> Iterator[Moment]:
    """
    Go through the periods of some units.

    Parameters
    ----------
    found : sequence of Unit
    length : int
        Months of a period: 3 or 1.
    fewest : int, default 60
        Incidents in the unit that a period must hold.
    past : int, default 3
        Months that must lie before it.
    ahead : bool, default False
        Only periods after which another whole one follows.
    """
    for unit in found:
        for first in range(0, len(unit.months) - length + 1, length):
            one = Moment(unit, first, length)
            if first < past or (ahead and one.next is None):
                continue
            if one.now[unit.inside].sum() >= fewest:
                yield one


def dealt(one: Moment, rng: np.random.Generator) -> Moment:
    """Deal the months of all incidents up to this period over them anew, places kept."""
    end = one.first + one.length
    months = one.unit.months[:end]
    when, where = np.nonzero(months.reshape(end, -1))
    many = months.reshape(end, -1)[when, where]
    when, where = rng.permutation(np.repeat(when, many)), np.repeat(where, many)
    shuffled = np.zeros((end, months[0].size), dtype=np.int64)
    np.add.at(shuffled, (when, where), 1)
    unit = one.unit
    return Moment(
        replace(unit, months=shuffled.reshape(months.shape)),
        one.first, one.length,
    )  # fmt: skip


def _unit(
    number: int, polygon: shapely.Geometry, xy: FloatArray, month: IntArray, tables: Tables
) -> Unit | None:
    region = polygon.buffer(AROUND, cap_style="square", join_style="mitre")
    x0, y0, x1, y1 = (math.floor(v / CELL) for v in region.bounds)
    n_rows, n_cols = y1 - y0 + 1, x1 - x0 + 1
    cols, rows = (xy // CELL).astype(np.int64).T - np.array([[x0], [y0]])
    there = (cols >= 0) & (cols < n_cols) & (rows >= 0) & (rows < n_rows)
    if not there.any():
        return None
    x = (x0 + np.arange(n_cols) + 0.5) * CELL
    y = (y0 + np.arange(n_rows) + 0.5) * CELL
    centres = shapely.points(*np.meshgrid(x, y))
    shapely.prepare(region)
    used = shapely.covers(region, centres)
    there[there] = used[rows[there], cols[there]]
    months = np.zeros((tables.n_months, n_rows, n_cols), dtype=np.int64)
    np.add.at(months, (month[there], rows[there], cols[there]), 1)
    shapely.prepare(polygon)
    inside = shapely.covers(polygon, centres) & used
    return Unit(number, months, used, inside, tables.renewed)
