"""The grid itself: which cells there are, what they are called and where a point falls."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import ModuleType
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from ipgtools import _checks
from ipgtools import crs as crs_module
from ipgtools.errors import IpgError
from ipgtools.grid import _hexagons, _squares
from ipgtools.grid._clip import clipped
from ipgtools.grid._lay import lay
from ipgtools.grid._points import FloatArray, IntArray, coordinates

__all__ = ["Grid"]

_SMALLEST_CELL = 0.001
_CHUNK = 32_768
"""Coordinates at a time, so that what is between stays in the processor's cache."""

_TILINGS = {"square": _squares, "hexagon": _hexagons}


@dataclass(frozen=True, eq=False)
class Grid:
    """
    Cells in rows from south to north and columns from west to east.

    Make one with `Grid.covering`; the parameters are also its attributes.

    Parameters
    ----------
    cell_size : float
        Metres, at least 1 mm: the side of a square; of a hexagon the distance between its
        flat sides, which is also that between the centres of two neighbours.
    x0, y0 : float
        Where the first column and row start, in metres. Squares: the south-west corner,
        multiples of `cell_size`. Hexagons: the western side of the first cell of an even row,
        a multiple of `cell_size`, and the centres of the first row, a multiple of
        ``cell_size * sqrt(3) / 2``.
    n_cols, n_rows : int
        Number of cells eastward and northward.
    crs : pyproj.CRS
        A projected CRS in metres.
    inside : ndarray of bool, (n_rows, n_cols)
        Which cells belong to the grid: those that share surface with the areas it was made
        from, or all. Read-only.
    shape : {"square", "hexagon"}, default "square"
        Hexagons have a corner at the bottom, flat sides to the west and east; odd rows lie half a
        cell further east.
    window : shapely Polygon or MultiPolygon, optional
        What `cells` are clipped to. Changes what is drawn, not what is counted.
    polygons : ndarray of shapely geometries, optional
        The polygons that the grid was laid over; `area` is their union. None for bounds, points
        and lines. Grids with the same cells are equal, whatever they were laid over.

    Raises
    ------
    ValueError
        If the corner does not lie on the grid of the origin, `inside` has another shape, or
        `shape` is unknown.
    CrsError
        If `crs` is not in metres.
    """

    cell_size: float
    x0: float
    y0: float
    n_cols: int
    n_rows: int
    crs: Any
    inside: npt.NDArray[np.bool_]
    shape: str = "square"
    window: Any = field(default=None, repr=False)
    polygons: Any = field(default=None, repr=False)

    def __post_init__(self) -> None:
        _check_options(self.cell_size, self.shape)
        shared = crs_module.require(grid=gpd.GeoSeries([], crs=self.crs))
        inside = np.array(self.inside, dtype=bool)
        if inside.shape != (self.n_rows, self.n_cols):
            msg = f"`inside` has shape {inside.shape}, expected {(self.n_rows, self.n_cols)}"
            raise ValueError(msg)
        for corner, unit in ((self.x0, self.cell_size), (self.y0, self.row_pitch)):
            steps = corner / unit
            if abs(steps - round(steps)) > 1e-6:
                msg = f"the corner {corner} is no multiple of the cell size {unit}"
                raise ValueError(msg)
        inside.setflags(write=False)
        size = _plain(self.cell_size)
        object.__setattr__(self, "crs", shared)
        object.__setattr__(self, "inside", inside)
        object.__setattr__(self, "cell_size", size)
        object.__setattr__(self, "x0", _plain(round(self.x0 / size) * size))
        object.__setattr__(
            self, "y0", _plain(round(self.y0 / self.row_pitch) * _plain(self.row_pitch))
        )

    @classmethod
    def covering(
        cls,
        what: gpd.GeoDataFrame | gpd.GeoSeries | Sequence[float],
        cell_size: float = 100,
        *,
        shape: str = "square",
        clip: bool = False,
        crs: Any = None,
    ) -> "Grid":
        """
        Lay a grid over areas, points or a rectangle.

        Parameters
        ----------
        what : GeoDataFrame or GeoSeries, or four numbers
            Polygons: the grid has the cells that share surface with them; a cell that only
            touches a border has none. Points or lines: all cells of their rectangle.
            Numbers: west, south, east and north in metres, likewise.
        cell_size : float, default 100
            Side of a square, or distance between the flat sides of a hexagon, in metres.
            `hexagon_size` gives hexagons with the surface of a square.
        shape : {"square", "hexagon"}, default "square"
            A hexagon has six neighbours, all at one distance; squares are what CBS uses.
        clip : bool, default False
            Whether `cells` are cut off where the polygons end. Incidents in the part cut off
            still count for the cell.
        crs : anything pyproj understands, default EPSG:28992
            CRS of the four numbers; not for tables, which declare their own.

        Returns
        -------
        Grid
            Aligned to the origin of its CRS.

        Raises
        ------
        CrsError
            If a table is not in a projected CRS in metres.
        IpgError
            If there is nothing to lay a grid over, or cells would be too many.
        ValueError
            If the numbers are no rectangle, `shape` is unknown, or there are no polygons to
            clip to.

        Examples
        --------
        >>> grid = Grid.covering((259_610, 471_480, 259_890, 471_700))
        >>> grid.n_cols, grid.n_rows, grid.x0, grid.y0
        (3, 3, 259600, 471400)
        >>> grid.cells()["cell_id"].tolist()[:2]
        ['E2596N4714', 'E2597N4714']
        >>> Grid.covering((0, 0, 1000, 1000), shape="hexagon")
        Grid(136 hexagons of 100 m in 11 x 13 from -100, 0, EPSG:28992 (Amersfoort / RD New))
        """
        _check_options(cell_size, shape)
        if not isinstance(what, gpd.GeoDataFrame | gpd.GeoSeries):
            west, south, east, north = (float(edge) for edge in what)
            if not (west < east and south < north and math.isfinite(west + south + east + north)):
                msg = f"bounds are west, south, east, north with west < east, found {tuple(what)}"
                raise ValueError(msg)
            shared = crs_module.WORK_CRS if crs is None else crs
            shapes = np.array([shapely.box(west, south, east, north)])
        else:
            if crs is not None and what.crs != crs:
                msg = f"`crs` is for bounds; the table is in {crs_module.name(what.crs)}"
                raise ValueError(msg)
            shared = crs_module.require(table=what)
            shapes = what.geometry.to_numpy()
            shapes = shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))]
        if not len(shapes):
            msg = "there is nothing to lay a grid over: the table has no row with a geometry"
            raise IpgError(msg, code="grid_empty")
        tiling, flat = _TILINGS[shape], bool((shapely.get_dimensions(shapes) < 2).any())
        if flat and clip:
            msg = "`clip` needs polygons to clip to, found points or lines"
            raise ValueError(msg)
        (col, row, n_cols, n_rows), inside = lay(tiling, shapes, cell_size, flat=flat)
        x0, y0 = col * _plain(cell_size), row * _plain(tiling.pitch(cell_size))
        window = shapely.union_all(shapely.make_valid(shapes)) if clip else None
        over_table = isinstance(what, gpd.GeoDataFrame | gpd.GeoSeries)
        polygons = shapes if over_table and not flat else None
        return cls(cell_size, x0, y0, n_cols, n_rows, shared, inside, shape, window, polygons)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Grid)
            and self._plain() == other._plain()
            and self.crs == other.crs
            and np.array_equal(self.inside, other.inside)
            and self.window == other.window
        )

    def __hash__(self) -> int:
        return hash((self.shape, self.cell_size, self.x0, self.y0, self.n_cols, self.n_rows))

    def __repr__(self) -> str:
        kind = "cells" if self.shape == "square" else "hexagons"
        return (
            f"Grid({self.n_cells} {kind} of {self.cell_size} m in {self.n_cols} x {self.n_rows} "
            f"from {self.x0}, {self.y0}, {crs_module.name(self.crs)}"
            f"{', clipped' if self.window is not None else ''})"
        )

    @property
    def n_cells(self) -> int:
        """Number of cells that belong to the grid."""
        return int(self.inside.sum())

    @property
    def row_pitch(self) -> float:
        """Distance from the centres of one row to those of the next, in metres."""
        return float(self._tiling.pitch(self.cell_size))

    @property
    def cell_area(self) -> float:
        """Surface of a whole cell in square metres."""
        return float(self._tiling.area(self.cell_size))

    @property
    def x_edges(self) -> FloatArray:
        """West edges of the columns and the east edge of the last, n_cols + 1, in metres."""
        self._only_squares("x_edges")
        return _squares.edges(self._frame[0], self.n_cols, self.cell_size)

    @property
    def y_edges(self) -> FloatArray:
        """South edges of the rows and the north edge of the last, n_rows + 1, in metres."""
        self._only_squares("y_edges")
        return _squares.edges(self._frame[1], self.n_rows, self.cell_size)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north of all rows and columns, in metres."""
        corners = self._tiling.polygons(*self._absolute(*self._corner_cells()), self.cell_size)
        west, south, east, north = shapely.total_bounds(corners).tolist()
        return west, south, east, north

    @cached_property
    def area(self) -> Any:
        """
        The polygons that the grid was laid over, as one; None for bounds, points and lines.

        Cells along its border lie partly outside it, whether they are drawn clipped or whole.
        """
        if self.window is not None or self.polygons is None:
            return self.window
        return shapely.union_all(shapely.make_valid(self.polygons))

    @cached_property
    def crossed(self) -> npt.NDArray[np.bool_]:
        """Whether the border of `area` runs through each cell, n_cells."""
        if self.area is None:
            return np.zeros(self.n_cells, dtype=bool)
        shapely.prepare(self.area)
        cells = self._tiling.polygons(*self._absolute(*np.nonzero(self.inside)), self.cell_size)
        return ~shapely.covers(self.area, cells)

    @cached_property
    def cell_ids(self) -> Any:
        """Names of the cells, n_cells, in the order of `cells`: a pandas array of str."""
        rows, cols = np.nonzero(self.inside)
        east, north = self._tiling.names(self._frame, self.cell_size)
        return pd.array(east, dtype="str").take(cols) + pd.array(north, dtype="str").take(rows)

    @cached_property
    def shares(self) -> FloatArray:
        """Part of each cell that lies in the window, n_cells; 1 where nothing is clipped."""
        return np.ones(self.n_cells) if self.window is None else self._drawn[1] / self.cell_area

    def centres(self) -> tuple[FloatArray, FloatArray]:
        """
        Return the centres of the cells, whole or clipped.

        Returns
        -------
        x, y : ndarray of float, n_cells
            Metres, in the order of `cells`.

        Examples
        --------
        >>> x, y = Grid.covering((0, 0, 200, 100)).centres()
        >>> x.tolist(), y.tolist()
        ([50.0, 150.0], [50.0, 50.0])
        """
        x, y = self._tiling.centres(*self._absolute(*np.nonzero(self.inside)), self.cell_size)
        return x, y

    def lattices(self) -> list[tuple[slice, FloatArray, FloatArray]]:
        """
        Return the centres as rectangular lattices: one for squares, one per kind of row else.

        Returns
        -------
        list of (slice, ndarray of float, ndarray of float)
            Which rows it has, and the x of its columns and y of its rows in metres.

        Examples
        --------
        >>> rows, x, y = Grid.covering((0, 0, 200, 100)).lattices()[0]
        >>> rows, x.tolist(), y.tolist()
        (slice(0, None, 1), [50.0, 150.0], [50.0])
        """
        col, row, n_cols, n_rows = self._frame
        cols, found = np.arange(col, col + n_cols), []
        every = 1 if self.shape == "square" else 2
        for first in range(min(every, n_rows)):
            rows = np.arange(row + first, row + n_rows, every)
            x, _ = self._tiling.centres(np.full(n_cols, rows[0]), cols, self.cell_size)
            _, y = self._tiling.centres(rows, np.full(len(rows), col), self.cell_size)
            found.append((slice(first, None, every), x, y))
        return found

    def locate(self, x: npt.ArrayLike, y: npt.ArrayLike) -> IntArray:
        """
        Find the cell of each coordinate.

        Exact: every coordinate is in one cell. A square owns its west and south edge, a
        hexagon its west side; its slanted sides and corners hold no coordinates at all, as
        these have finitely many digits and the square root of 3 has not.

        Parameters
        ----------
        x, y : array_like of float, n_points
            Metres in the grid's CRS. NaN is nowhere.

        Returns
        -------
        ndarray of int64, n_points
            Position of the cell in the table `cells` gives; -1 outside.

        Examples
        --------
        >>> grid = Grid.covering((0, 0, 200, 100))
        >>> grid.locate([0, 99.9, 100, 200], [0, 0, 0, 0]).tolist()
        [0, 0, 1, -1]
        """
        at_x, at_y = np.broadcast_arrays(np.asarray(x, dtype=float), np.asarray(y, dtype=float))
        shape, at_x, at_y = at_x.shape, at_x.ravel(), at_y.ravel()
        position = np.empty(len(at_x), dtype=np.int64)
        for start in range(0, len(at_x), _CHUNK):
            some = slice(start, start + _CHUNK)
            rows, cols = self._tiling.locate(at_x[some], at_y[some], self.cell_size, self._frame)
            found = (cols >= 0) & (cols < self.n_cols) & (rows >= 0) & (rows < self.n_rows)
            flat = np.where(found, rows * self.n_cols + cols, 0)
            where = flat if self._positions is None else self._positions[flat]
            position[some] = np.where(found, where, -1)
        return position.reshape(shape)

    def assign(self, points: gpd.GeoDataFrame | gpd.GeoSeries) -> pd.Series:
        """
        Name the cell of each point.

        Parameters
        ----------
        points : GeoDataFrame or GeoSeries, n_points
            Points in the grid's CRS.

        Returns
        -------
        Series of str, n_points
            `cell_id` on the index of `points`; missing outside the grid or without point.

        Raises
        ------
        CrsError
            If `points` is in another CRS.
        ContractError
            If a geometry is no point.

        Examples
        --------
        >>> points = gpd.GeoSeries(gpd.points_from_xy([150, 999], [5, 5]), crs=28992)
        >>> Grid.covering((0, 0, 200, 100)).assign(points).tolist()
        ['E0001N0000', nan]
        """
        self.require(points=points)
        position = self.locate(*coordinates(points))
        names = self.cell_ids.take(position, allow_fill=True)
        return pd.Series(names, index=points.index, name="cell_id")

    def cells(self) -> gpd.GeoDataFrame:
        """
        Return the cells as a table.

        Returns
        -------
        GeoDataFrame, n_cells rows
            `cell_id` and the polygon; row by row from the south-west, RangeIndex. A clipped
            grid also has `surface` (square metres within what it was clipped to) and `share`
            (of the whole cell). ``attrs["grid"]`` describes the grid.

        Notes
        -----
        The id of a square is its south-west corner, in hundreds of metres (``E2596N4714``)
        where the cell size is a multiple of 100 m, otherwise in metres (``E259650N0471525``);
        W and S stand for negative coordinates. That of a hexagon is its column and row counted
        from the origin of the CRS (``HE2596N5445``). A cell keeps its id in every grid of the
        same shape and size.

        Examples
        --------
        >>> area = gpd.GeoSeries([shapely.box(0, 0, 130, 100)], crs=28992)
        >>> Grid.covering(area, clip=True).cells()["share"].tolist()
        [1.0, 0.3]
        """
        shapes, surface = self._drawn
        columns: dict[str, Any] = {"cell_id": self.cell_ids.copy()}
        if self.window is not None:
            columns |= {"surface": surface.copy(), "share": self.shares.copy()}
        cells = gpd.GeoDataFrame(columns, geometry=shapes.copy(), crs=self.crs)
        cells.attrs["grid"] = self._plain() | {"crs": crs_module.name(self.crs)}
        return cells

    def require(self, **tables: gpd.GeoDataFrame | gpd.GeoSeries) -> None:
        """
        Require that tables are in the grid's CRS.

        Parameters
        ----------
        **tables : GeoDataFrame or GeoSeries
            The tables under the names their user knows them by.

        Raises
        ------
        CrsError
            If a table is in another CRS.

        Examples
        --------
        >>> grid = Grid.covering((0, 0, 200, 100))
        >>> grid.require(points=gpd.GeoSeries([], crs=28992))
        """
        crs_module.require(grid=gpd.GeoSeries([], crs=self.crs), **tables)

    @property
    def _tiling(self) -> ModuleType:
        return _TILINGS[self.shape]

    @property
    def _frame(self) -> _squares.Frame:
        first_col, first_row = round(self.x0 / self.cell_size), round(self.y0 / self.row_pitch)
        return first_col, first_row, self.n_cols, self.n_rows

    def _absolute(self, rows: IntArray, cols: IntArray) -> tuple[IntArray, IntArray]:
        first_col, first_row, *_ = self._frame
        return rows + first_row, cols + first_col

    def _corner_cells(self) -> tuple[IntArray, IntArray]:
        rows, cols = (0, min(1, self.n_rows - 1)), (0, self.n_cols - 1)
        ends = (self.n_rows - 1, max(self.n_rows - 2, 0))
        pairs = [(row, col) for row in (*rows, *ends) for col in cols]
        return np.array(pairs).T[0], np.array(pairs).T[1]

    @cached_property
    def _drawn(self) -> tuple[npt.NDArray[Any], FloatArray]:
        """Polygons and their surfaces."""
        shapes = self._tiling.polygons(*self._absolute(*np.nonzero(self.inside)), self.cell_size)
        if self.window is None:
            return shapes, np.full(len(shapes), self.cell_area)
        return clipped(shapes, self.window, np.nonzero(self.inside)[0])

    @cached_property
    def _positions(self) -> IntArray | None:
        """Position in the table per cell of the rectangle; None where they are the same."""
        if self.inside.all():
            return None
        flat = self.inside.ravel()
        return np.where(flat, np.cumsum(flat) - 1, -1)

    def _only_squares(self, what: str) -> None:
        if self.shape != "square":
            msg = f"hexagons have no `{what}`; take `centres` or `cells`"
            raise ValueError(msg)

    def _plain(self) -> dict[str, Any]:
        names = ("shape", "cell_size", "x0", "y0", "n_cols", "n_rows")
        plain = {name: getattr(self, name) for name in names}
        return plain | {"clipped": self.window is not None}


def _check_options(size: float, shape: str) -> None:
    _checks.number(cell_size=size)
    if not _SMALLEST_CELL <= size < math.inf:
        msg = f"`cell_size` is {size!r}, expected metres, at least {_SMALLEST_CELL:g}"
        raise ValueError(msg)
    if shape not in _TILINGS:
        msg = f"`shape` is {shape!r}, expected one of {', '.join(_TILINGS)}"
        raise ValueError(msg)


def _plain(value: float) -> float:
    """Return a whole number as int, so that 100.0 reads as 100."""
    return int(value) if float(value).is_integer() else float(value)
