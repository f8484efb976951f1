"""
Lay the lattice that places are looked for on: the study area and a strip around it.

A place astride the border of a wijk is found from either side, because the incidents of the
strip count, and named once, because its centre lies on one side.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from ipgtools.grid import Grid, coordinates

__all__ = ["CELL_SIZE", "MARGIN", "MOST_CELLS", "Array", "Region", "lay_lattice"]

Array = np.ndarray[Any, Any]

MARGIN = 300.0
"""Metres around the study area in which incidents count."""
CELL_SIZE = 100.0
MOST_CELLS = 6_000
"""Cells of the study area above which larger ones are taken."""


@dataclass(frozen=True)
class Region:
    """
    A rectangular lattice over a study area.

    Parameters
    ----------
    grid : Grid
        All cells of the rectangle, row by row.
    inside, counted : array of bool, n_rows by n_columns
        Cells whose centre lies in the study area, and in it or the strip around it.
    whole : shapely geometry
        The study area.
    """

    grid: Grid
    inside: Array
    counted: Array
    whole: Any

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.grid.n_rows, self.grid.n_cols

    @property
    def cell_size(self) -> float:
        """Side of a cell in metres."""
        return self.grid.cell_size

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north in metres."""
        return self.grid.bounds

    def near(self, table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        """Keep the rows whose geometry meets the rectangle."""
        west, south, east, north = self.bounds
        box = table.geometry.bounds
        meets = (
            (box["maxx"] >= west)
            & (box["minx"] <= east)
            & (box["maxy"] >= south)
            & (box["miny"] <= north)
        )
        return table[meets.to_numpy()]

    def locate(self, incidents: gpd.GeoDataFrame) -> Array:
        """Return the flat cell of each incident; -1 outside the study area and its strip."""
        x, y = coordinates(incidents, label="incidents")
        cell = self.grid.locate(x, y)
        held = cell >= 0
        held[held] = self.counted.ravel()[cell[held]]
        return np.where(held, cell, -1)

    def count(self, cell: Array) -> Array:
        """Count incidents per cell: n_rows by n_columns."""
        n = np.bincount(cell[cell >= 0], minlength=self.inside.size)
        return n.reshape(self.shape).astype(float)

    def polygons(self, cells: Array) -> list[Any]:
        """Return the squares of flat cells."""
        row, column = np.divmod(np.asarray(cells), self.shape[1])
        west, south = self.grid.x0 + column * self.cell_size, self.grid.y0 + row * self.cell_size
        return list(shapely.box(west, south, west + self.cell_size, south + self.cell_size))


def lay_lattice(areas: gpd.GeoDataFrame, *, cell_size: float | None = None) -> Region:
    """
    Lay a lattice over areas.

    Examples
    --------
    >>> square = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 1000, 1000)], crs=28992)
    >>> region = lay_lattice(square)
    >>> region.shape, int(region.inside.sum())
    ((16, 16), 100)
    """
    whole = areas.union_all()
    size = CELL_SIZE if cell_size is None else cell_size
    while cell_size is None and whole.area / size**2 > MOST_CELLS:
        size *= 2
    wide = whole.buffer(MARGIN)
    grid = Grid.covering(wide.bounds, size, crs=areas.crs)
    x, y = grid.centres()
    shapely.prepare(whole)
    shapely.prepare(wide)
    shape = (grid.n_rows, grid.n_cols)
    inside = shapely.contains_xy(whole, x, y).reshape(shape)
    counted = shapely.contains_xy(wide, x, y).reshape(shape) | inside
    if not inside.any():
        squares = shapely.box(x - size / 2, y - size / 2, x + size / 2, y + size / 2)
        inside = shapely.intersects(squares, whole).reshape(shape)
        counted = counted | inside
    return Region(grid, inside, counted, whole)
