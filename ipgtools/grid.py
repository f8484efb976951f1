"""
Lay squares over a district, so that every incident falls in exactly one.

A grid is aligned to multiples of its cell size: two grids of one size share their edges
whatever they were made from, and cells of 100 or 500 m in RD New are the squares CBS
publishes on. A cell owns its west and south edge.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from ipgtools import crs as crs_module
from ipgtools.errors import ContractError, IpgError

FloatArray: TypeAlias = npt.NDArray[np.float64]
IntArray: TypeAlias = npt.NDArray[np.int64]

MAX_CELLS = 25_000_000
"""More cells than this is a slip of the cell size, not a wish."""

_SMALLEST_CELL = 0.001


@dataclass(frozen=True, eq=False)
class Grid:
    """
    Squares in rows from south to north and columns from west to east.

    Make one with `Grid.covering`; the parameters are also its attributes.

    Parameters
    ----------
    cell_size : float
        Side of a cell in metres, at least 1 mm.
    x0, y0 : float
        South-west corner in metres, multiples of `cell_size`.
    n_cols, n_rows : int
        Number of cells eastward and northward.
    crs : pyproj.CRS
        A projected CRS in metres.
    inside : ndarray of bool, (n_rows, n_cols)
        Which cells belong to the grid: those that share surface with the areas it was made
        from, or all. Read-only.

    Raises
    ------
    ValueError
        If the corner is no multiple of the cell size or `inside` has another shape.
    CrsError
        If `crs` is not in metres.
    IpgError
        If there would be more than `MAX_CELLS` cells.
    """

    cell_size: float
    x0: float
    y0: float
    n_cols: int
    n_rows: int
    crs: Any
    inside: npt.NDArray[np.bool_]

    def __post_init__(self) -> None:
        _check_cell_size(self.cell_size)
        shared = crs_module.require(grid=gpd.GeoSeries([], crs=self.crs))
        inside = np.array(self.inside, dtype=bool)
        if inside.shape != (self.n_rows, self.n_cols):
            msg = f"`inside` has shape {inside.shape}, expected {(self.n_rows, self.n_cols)}"
            raise ValueError(msg)
        for corner in (self.x0, self.y0):
            steps = corner / self.cell_size
            if abs(steps - round(steps)) > 1e-6:
                msg = f"the corner {corner} is no multiple of the cell size {self.cell_size}"
                raise ValueError(msg)
        inside.setflags(write=False)
        size = _plain(self.cell_size)
        object.__setattr__(self, "crs", shared)
        object.__setattr__(self, "inside", inside)
        object.__setattr__(self, "cell_size", size)
        object.__setattr__(self, "x0", _plain(round(self.x0 / size) * size))
        object.__setattr__(self, "y0", _plain(round(self.y0 / size) * size))

    @classmethod
    def covering(
        cls,
        what: gpd.GeoDataFrame | gpd.GeoSeries | Sequence[float],
        cell_size: float = 100,
        *,
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
            Side of a cell in metres.
        crs : anything pyproj understands, default EPSG:28992
            CRS of the four numbers; not for tables, which declare their own.

        Returns
        -------
        Grid
            Aligned to multiples of `cell_size`.

        Raises
        ------
        CrsError
            If a table is not in a projected CRS in metres.
        IpgError
            If there is nothing to lay a grid over, or cells would be too many.

        Examples
        --------
        >>> grid = Grid.covering((259_610, 471_480, 259_890, 471_700))
        >>> grid.n_cols, grid.n_rows, grid.x0, grid.y0
        (3, 3, 259600, 471400)
        >>> grid.cells()["cell_id"].tolist()[:2]
        ['E2596N4714', 'E2597N4714']
        """
        _check_cell_size(cell_size)
        if not isinstance(what, gpd.GeoDataFrame | gpd.GeoSeries):
            west, south, east, north = (float(edge) for edge in what)
            if not (west < east and south < north and math.isfinite(west + south + east + north)):
                msg = f"bounds are west, south, east, north with west < east, found {tuple(what)}"
                raise ValueError(msg)
            frame = _frame((west, south, east, north), cell_size, own_end=False)
            return _full(frame, cell_size, crs_module.WORK_CRS if crs is None else crs)
        if crs is not None and what.crs != crs:
            msg = f"`crs` is for bounds; the table is in {crs_module.name(what.crs)}"
            raise ValueError(msg)
        shared = crs_module.require(table=what)
        shapes = what.geometry.to_numpy()
        shapes = shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))]
        if not len(shapes):
            msg = "there is nothing to lay a grid over: the table has no row with a geometry"
            raise IpgError(msg, code="grid_empty")
        bounds = tuple(float(edge) for edge in shapely.total_bounds(shapes))
        if (shapely.get_dimensions(shapes) < 2).any():
            return _full(_frame(bounds, cell_size, own_end=True), cell_size, shared)
        col, row, n_cols, n_rows = _frame(bounds, cell_size, own_end=False)
        inside = _cells_with_surface(shapes, cell_size, (col, row, n_cols, n_rows))
        return cls(cell_size, col * cell_size, row * cell_size, n_cols, n_rows, shared, inside)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Grid)
            and self._plain() == other._plain()
            and self.crs == other.crs
            and np.array_equal(self.inside, other.inside)
        )

    def __hash__(self) -> int:
        return hash((self.cell_size, self.x0, self.y0, self.n_cols, self.n_rows))

    def __repr__(self) -> str:
        return (
            f"Grid({self.n_cells} cells of {self.cell_size} m in {self.n_cols} x {self.n_rows} "
            f"from {self.x0}, {self.y0}, {crs_module.name(self.crs)})"
        )

    @property
    def n_cells(self) -> int:
        """Number of cells that belong to the grid."""
        return int(self.inside.sum())

    @property
    def x_edges(self) -> FloatArray:
        """West edges of the columns and the east edge of the last, n_cols + 1, in metres."""
        first = round(self.x0 / self.cell_size)
        return _edges(first, self.n_cols, self.cell_size)

    @property
    def y_edges(self) -> FloatArray:
        """South edges of the rows and the north edge of the last, n_rows + 1, in metres."""
        first = round(self.y0 / self.cell_size)
        return _edges(first, self.n_rows, self.cell_size)

    @cached_property
    def cell_ids(self) -> Any:
        """Names of the cells, n_cells, in the order of `cells`: a pandas array of str."""
        rows, cols = np.nonzero(self.inside)
        east, north = _corner_names(self.x_edges[:-1], self.y_edges[:-1], self.cell_size)
        return pd.array(east, dtype="str").take(cols) + pd.array(north, dtype="str").take(rows)

    def locate(self, x: npt.ArrayLike, y: npt.ArrayLike) -> IntArray:
        """
        Find the cell of each coordinate.

        Exact: a coordinate is compared with the very edges that `cells` draws.

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
        cols = _step(np.asarray(x, dtype=float), self.x_edges, self.cell_size)
        rows = _step(np.asarray(y, dtype=float), self.y_edges, self.cell_size)
        found = (cols >= 0) & (cols < self.n_cols) & (rows >= 0) & (rows < self.n_rows)
        flat = rows * self.n_cols + cols
        if self._positions is None:
            return np.where(found, flat, -1)
        return np.where(found, self._positions[np.where(found, flat, 0)], -1)

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
        """
        self.require(points=points)
        position = self.locate(*coordinates(points))
        names = self.cell_ids.take(position, allow_fill=True)
        return pd.Series(names, index=points.index, name="cell_id")

    def cells(self) -> gpd.GeoDataFrame:
        """
        Give the cells as a table.

        Returns
        -------
        GeoDataFrame, n_cells rows
            `cell_id` and the square; row by row from the south-west, RangeIndex. The id is
            the south-west corner, in hundreds of metres (``E2596N4714``) where the cell size
            is a multiple of 100 m, otherwise in metres (``E259650N0471525``); W and S stand
            for negative coordinates. ``attrs["grid"]`` tells the grid.
        """
        cells = gpd.GeoDataFrame(
            {"cell_id": self.cell_ids.copy()}, geometry=self._squares.copy(), crs=self.crs
        )
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
        """
        crs_module.require(grid=gpd.GeoSeries([], crs=self.crs), **tables)

    @cached_property
    def _squares(self) -> npt.NDArray[Any]:
        rows, cols = np.nonzero(self.inside)
        x, y = self.x_edges, self.y_edges
        return np.asarray(shapely.box(x[cols], y[rows], x[cols + 1], y[rows + 1]))

    @cached_property
    def _positions(self) -> IntArray | None:
        """Position in the table per cell of the rectangle; None where they are the same."""
        if self.inside.all():
            return None
        flat = self.inside.ravel()
        return np.where(flat, np.cumsum(flat) - 1, -1)

    def _plain(self) -> dict[str, float]:
        names = ("cell_size", "x0", "y0", "n_cols", "n_rows")
        return {name: getattr(self, name) for name in names}


def coordinates(
    points: gpd.GeoDataFrame | gpd.GeoSeries, *, label: str = "points"
) -> tuple[FloatArray, FloatArray]:
    """
    Give the coordinates of points.

    Parameters
    ----------
    points : GeoDataFrame or GeoSeries, n_points
        Points; some may be missing or empty.
    label : str, default "points"
        How an error calls the table.

    Returns
    -------
    x, y : ndarray of float, n_points
        NaN in both where there is no point.

    Raises
    ------
    ContractError
        If a geometry is something else than a point.
    """
    shapes = points.geometry.to_numpy()
    empty = shapely.is_empty(shapes)
    other = (shapely.get_type_id(shapes) > 0) & ~empty
    if other.any():
        first = shapes[np.argmax(other)].geom_type
        breach = f"geometry: {first} instead of Point ({int(other.sum())}x)"
        msg = f"`{label}` holds something else than points: {breach}. Take centroids first?"
        raise ContractError(msg, code="contract", table=label, breaches=breach)
    if empty.any():
        shapes = np.where(empty, None, shapes)
    x, y = shapely.get_x(shapes), shapely.get_y(shapes)
    nowhere = ~(np.isfinite(x) & np.isfinite(y))
    if nowhere.any():
        x[nowhere] = y[nowhere] = np.nan
    return x, y


def _edges(first: int, number: int, size: float) -> FloatArray:
    """Multiply out every edge, so that grids of one size share theirs to the last digit."""
    return np.arange(first, first + number + 1, dtype=float) * float(size)


def _step(values: FloatArray, edges: FloatArray, size: float) -> IntArray:
    """Count whole cells from the first edge; right by the edges themselves, not by division."""
    last = len(edges) - 1
    with np.errstate(invalid="ignore"):
        steps = np.floor((values - edges[0]) / size)
    steps = np.clip(np.nan_to_num(steps, nan=-1.0, posinf=last, neginf=-1.0), -1, last)
    index = steps.astype(np.int64)
    # division may round across an edge, by one cell at most
    index -= (index >= 0) & (values < edges[np.maximum(index, 0)])
    index += (index < last) & (values >= edges[np.minimum(index + 1, last)])
    return index


def _frame(bounds: tuple[float, ...], size: float, *, own_end: bool) -> tuple[int, int, int, int]:
    """Give first column and row and their numbers; `own_end` lets the far edge have a cell."""
    west, south, east, north = bounds
    col, row = _floor(west, size), _floor(south, size)
    n_cols, n_rows = _floor(east, size) - col, _floor(north, size) - row
    n_cols += own_end or (col + n_cols) * float(size) < east
    n_rows += own_end or (row + n_rows) * float(size) < north
    if n_cols * n_rows > MAX_CELLS:
        msg = (
            f"cells of {size:g} m would be {n_cols} x {n_rows}, more than {MAX_CELLS:,}. "
            "Take larger cells or a smaller area."
        )
        raise IpgError(msg, code="grid_too_large", cell_size=size, n_cells=n_cols * n_rows)
    return col, row, max(n_cols, 1), max(n_rows, 1)


def _floor(value: float, size: float) -> int:
    """Count whole cells from 0 to a coordinate, right by the edge and not by division."""
    steps = math.floor(value / size)
    steps -= steps * float(size) > value
    return steps + ((steps + 1) * float(size) <= value)


def _full(frame: tuple[int, int, int, int], size: float, crs: Any) -> Grid:
    col, row, n_cols, n_rows = frame
    return Grid(size, col * size, row * size, n_cols, n_rows, crs, np.ones((n_rows, n_cols), bool))


def _cells_with_surface(
    shapes: npt.NDArray[Any], size: float, frame: tuple[int, int, int, int]
) -> npt.NDArray[np.bool_]:
    """
    Tell which cells share surface with polygons.

    A cell whose centre lies in a polygon does; of the others only those that a polygon
    reaches into do, and these are few.
    """
    col, row, n_cols, n_rows = frame
    x, y = _edges(col, n_cols, size), _edges(row, n_rows, size)
    inside = np.zeros((n_rows, n_cols), dtype=bool)
    shapely.prepare(shapes)
    for shape, (west, south, east, north) in zip(shapes, shapely.bounds(shapes), strict=True):
        first_col, end_col = _span(x, west, east)
        first_row, end_row = _span(y, south, north)
        window = inside[first_row:end_row, first_col:end_col]
        rows, cols = np.nonzero(~window)
        at_x, at_y = x[first_col + cols], y[first_row + rows]
        covered = shapely.contains_xy(shape, at_x + size / 2, at_y + size / 2)
        window[rows[covered], cols[covered]] = True
        rows, cols = rows[~covered] + first_row, cols[~covered] + first_col
        squares = shapely.box(x[cols], y[rows], x[cols + 1], y[rows + 1])
        near = shapely.intersects(shape, squares)
        rows, cols, squares = rows[near], cols[near], squares[near]
        shared = ~shapely.touches(shape, squares)
        inside[rows[shared], cols[shared]] = True
    return inside


def _span(edges: FloatArray, low: float, high: float) -> tuple[int, int]:
    first = max(int(np.searchsorted(edges, low, side="right")) - 1, 0)
    return first, min(int(np.searchsorted(edges, high, side="left")), len(edges) - 1)


def _corner_names(x: FloatArray, y: FloatArray, size: float) -> tuple[list[str], list[str]]:
    if size % 100 == 0:
        return _names(x / 100, "EW", 4, 0), _names(y / 100, "NS", 4, 0)
    whole = size == int(size)
    return _names(x, "EW", 6, 0 if whole else 6), _names(y, "NS", 7, 0 if whole else 6)


def _names(values: FloatArray, letters: str, width: int, decimals: int) -> list[str]:
    names = []
    for value in values.tolist():
        text = f"{abs(round(value, decimals)):.{decimals}f}"
        whole, _, rest = text.partition(".")
        rest = rest.rstrip("0")
        letter = letters[1] if round(value, decimals) < 0 else letters[0]
        names.append(f"{letter}{whole:0>{width}}{'.' if rest else ''}{rest}")
    return names


def _check_cell_size(size: float) -> None:
    if not _SMALLEST_CELL <= size < math.inf:
        msg = f"`cell_size` is {size!r}, expected metres, at least {_SMALLEST_CELL:g}"
        raise ValueError(msg)


def _plain(value: float) -> float:
    """Give a whole number as int, so that 100.0 reads as 100."""
    return int(value) if float(value).is_integer() else float(value)
