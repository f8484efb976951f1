"""
Cut the incidents of real cities into units of a wijk, as counts per cell and month.

The data sets are not part of the repository; a city whose file is missing is passed over.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

import ipgtools as ipg

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
class Unit:
    """
    Counts of one wijk-sized part of a city.

    Parameters
    ----------
    name : str
    months : ndarray of int, (n_months, n_rows, n_columns)
        Incidents per month of the whole file; nothing outside the region.
    points : ndarray of float, (n_rows, n_columns)
        How many different coordinates a cell holds over all months, plus a tenth of their mean:
        a stand-in for addresses or streets. 0 outside the region.
    flat : ndarray of float, (n_rows, n_columns)
        1 in the region and 0 outside.
    inside : ndarray of bool, (n_rows, n_columns)
        Cells whose centre lies in the unit.
    """

    name: str
    months: IntArray
    points: FloatArray
    flat: FloatArray
    inside: npt.NDArray[np.bool_]


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


def units(folder: Path, name: str, *, side: float = 2000.0) -> list[Unit]:
    """
    Read a city and cut it.

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
    list of Unit
        Empty if the file is missing.
    """
    city = CITIES[name]
    if not (folder / city.file).is_file():
        return []
    incidents, _ = ipg.read_incidents(folder / city.file, work_crs=city.work_crs, **city.say)
    when = incidents["occurred_from"]
    first, last = city.years
    month = ((when.dt.year - first) * 12 + when.dt.month - 1).to_numpy()
    n_months = 12 * (last - first + 1)
    kept = (month >= 0) & (month < n_months)
    xy = shapely.get_coordinates(incidents.geometry.to_numpy())[kept]
    month = month[kept].astype(np.int64)
    found = []
    for label, polygon in _parts(folder, city, xy, side):
        unit = _unit(label, polygon, xy, month, n_months)
        if unit is not None:
            found.append(unit)
    return found


def moments(
    found: list[Unit], length: int, *, fewest: int = 60, past: int = 3, ahead: bool = False
) -> Iterator[Moment]:
    """
    Go through the periods of some units.

    Parameters
    ----------
    found : list of Unit
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
        Unit(unit.name, shuffled.reshape(months.shape), unit.points, unit.flat, unit.inside),
        one.first, one.length,
    )  # fmt: skip


def _parts(
    folder: Path, city: City, xy: FloatArray, side: float
) -> Iterator[tuple[str, shapely.Geometry]]:
    if city.areas is not None:
        areas = gpd.read_file(folder / city.areas).to_crs(city.work_crs)
        yield from zip(areas.iloc[:, 0].astype(str), areas.geometry, strict=True)
        return
    tiles = np.unique((xy // side).astype(np.int64), axis=0)
    for col, row in tiles.tolist():
        yield f"{col}/{row}", shapely.box(*(side * np.array([col, row, col + 1, row + 1])))


def _unit(
    label: str, polygon: shapely.Geometry, xy: FloatArray, month: IntArray, n_months: int
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
    months = np.zeros((n_months, n_rows, n_cols), dtype=np.int64)
    np.add.at(months, (month[there], rows[there], cols[there]), 1)
    different = np.unique(xy[there].round(), axis=0)
    at = (different // CELL).astype(np.int64) - np.array([x0, y0])
    points = np.zeros((n_rows, n_cols))
    ok = ((at >= 0) & (at < [n_cols, n_rows])).all(axis=1)
    np.add.at(points, (at[ok, 1], at[ok, 0]), 1)
    points = np.where(used, points + 0.1 * points[used].mean(), 0.0) if used.any() else points
    shapely.prepare(polygon)
    return Unit(label, months, points, used.astype(float), shapely.covers(polygon, centres) & used)
