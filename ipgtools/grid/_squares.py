"""
Squares in rows and columns, on plain numbers.

Column c spans ``[c * size, (c + 1) * size)``, rows likewise. `_hexagons` answers the same
questions for hexagons.
"""

import math
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from ipgtools.grid._points import FloatArray, IntArray

__all__ = [
    "Frame", "area", "centres", "edges", "frame", "locate", "names", "pitch", "polygons", "span",
    "step",
]  # fmt: skip

Frame = tuple[int, int, int, int]
"""First column and row, and the number of columns and rows."""


def pitch(size: float) -> float:
    """Return the distance from row to row in metres."""
    return float(size)


def area(size: float) -> float:
    """Return the surface of a cell in square metres."""
    return float(size) ** 2


def frame(bounds: tuple[float, ...], size: float, *, own_end: bool) -> Frame:
    """Return the rows and columns a rectangle needs; `own_end` lets its far edge have a cell."""
    west, south, east, north = bounds
    col, row = _floor(west, size), _floor(south, size)
    n_cols, n_rows = _floor(east, size) - col, _floor(north, size) - row
    n_cols += own_end or (col + n_cols) * float(size) < east
    n_rows += own_end or (row + n_rows) * float(size) < north
    return col, row, max(n_cols, 1), max(n_rows, 1)


def span(bounds: tuple[float, ...], size: float, within: Frame) -> tuple[slice, slice]:
    """Return the rows and columns of a frame that a rectangle can share surface with."""
    col, row, n_cols, n_rows = within
    west, south, east, north = bounds
    return _span(edges(row, n_rows, size), south, north), _span(
        edges(col, n_cols, size), west, east
    )


def locate(x: FloatArray, y: FloatArray, size: float, within: Frame) -> tuple[IntArray, IntArray]:
    """Return row and column in the frame of each coordinate; beyond it -1 or one too many."""
    col, row, n_cols, n_rows = within
    return step(y, edges(row, n_rows, size), size), step(x, edges(col, n_cols, size), size)


def centres(rows: IntArray, cols: IntArray, size: float) -> tuple[FloatArray, FloatArray]:
    """Return the centres of cells by row and column from the origin of the CRS."""
    size = float(size)
    return (cols * size + (cols + 1) * size) / 2, (rows * size + (rows + 1) * size) / 2


def polygons(rows: IntArray, cols: IntArray, size: float) -> npt.NDArray[Any]:
    """Draw cells by row and column from the origin of the CRS."""
    size = float(size)
    return np.asarray(shapely.box(cols * size, rows * size, (cols + 1) * size, (rows + 1) * size))


def names(within: Frame, size: float) -> tuple[list[str], list[str]]:
    """Name the columns and the rows of a frame; a cell is called by both."""
    col, row, n_cols, n_rows = within
    x, y = edges(col, n_cols, size)[:-1], edges(row, n_rows, size)[:-1]
    if size % 100 == 0:
        return _names(x / 100, "EW", 4, 0), _names(y / 100, "NS", 4, 0)
    whole = size == int(size)
    return _names(x, "EW", 6, 0 if whole else 6), _names(y, "NS", 7, 0 if whole else 6)


def edges(first: int, number: int, size: float) -> FloatArray:
    """Multiply out every edge, so that grids of one size share theirs to the last digit."""
    return np.arange(first, first + number + 1, dtype=float) * float(size)


def step(values: FloatArray, at: FloatArray, size: float) -> IntArray:
    """Count whole cells from the first edge; right by the edges themselves, not by division."""
    last = len(at) - 1
    with np.errstate(invalid="ignore"):
        steps = np.floor((values - at[0]) / size)
    steps = np.clip(np.nan_to_num(steps, nan=-1.0, posinf=last, neginf=-1.0), -1, last)
    index = steps.astype(np.int64)
    # division may round across an edge, by one cell at most
    index -= (index >= 0) & (values < at[np.maximum(index, 0)])
    index += (index < last) & (values >= at[np.minimum(index + 1, last)])
    return index


def _floor(value: float, size: float) -> int:
    """Count whole cells from 0 to a coordinate, right by the edge and not by division."""
    steps = math.floor(value / size)
    steps -= steps * float(size) > value
    return steps + ((steps + 1) * float(size) <= value)


def _span(at: FloatArray, low: float, high: float) -> slice:
    first = max(int(np.searchsorted(at, low, side="right")) - 1, 0)
    return slice(first, min(int(np.searchsorted(at, high, side="left")), len(at) - 1))


def _names(values: FloatArray, letters: str, width: int, decimals: int) -> list[str]:
    names = []
    for value in values.tolist():
        text = f"{abs(round(value, decimals)):.{decimals}f}"
        whole, _, rest = text.partition(".")
        rest = rest.rstrip("0")
        letter = letters[1] if round(value, decimals) < 0 else letters[0]
        names.append(f"{letter}{whole:0>{width}}{'.' if rest else ''}{rest}")
    return names
