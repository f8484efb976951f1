"""
Regular hexagons with flat sides to the west and east, on plain numbers.

The size is the distance between those flat sides, and so between the centres of any two
neighbours. Row r has its centres at ``y = r * size * sqrt(3) / 2``. In even rows the flat sides
are at ``x = c * size``, in odd rows half a size further east.

A coordinate has finitely many digits and the square root of 3 has not, so no coordinate ever
lies on a slanted side or a corner: the side it is on is decided by whole-number
arithmetic, and is. Only a flat side can hold coordinates; the cell to its east owns it.
"""

import math
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from ipgtools.grid._points import FloatArray, IntArray
from ipgtools.grid._squares import Frame

__all__ = [
    "area", "centres", "frame", "hexagon_size", "locate", "names", "pitch", "polygons", "span",
]  # fmt: skip

_ROOT = math.sqrt(3)


def hexagon_size(square: float) -> float:
    """
    Return the size of hexagons with the surface of squares.

    Parameters
    ----------
    square : float
        Side of the square in metres.

    Returns
    -------
    float
        Metres between the flat sides: 7.5 % more than the side of the square.

    Examples
    --------
    >>> round(hexagon_size(100), 2)
    107.46
    """
    return float(square) * math.sqrt(2 / _ROOT)


def pitch(size: float) -> float:
    """Return the distance from row to row in metres."""
    return _ROOT / 2 * float(size)


def area(size: float) -> float:
    """Return the surface of a cell in square metres."""
    return _ROOT / 2 * float(size) ** 2


def frame(bounds: tuple[float, ...], size: float, *, own_end: bool) -> Frame:
    """Return rows and columns that hold a rectangle, with those just outside."""
    west, south, east, north = bounds
    half, high = float(size) / 2, pitch(size)
    col, row = (math.floor(west / half) - 2) // 2, math.floor(south / high) - own_end
    last_col, last_row = (math.floor(east / half) + 1) // 2, math.floor(north / high) + 1 + own_end
    return col, row, last_col - col + 1, last_row - row + 1


def span(bounds: tuple[float, ...], size: float, within: Frame) -> tuple[slice, slice]:
    """Return the rows and columns of a frame that a rectangle can share surface with."""
    col, row, n_cols, n_rows = within
    first_col, first_row, cols, rows = frame(bounds, size, own_end=True)
    low, left = max(first_row - row, 0), max(first_col - col, 0)
    return (
        slice(low, max(min(first_row + rows - row, n_rows), low)),
        slice(left, max(min(first_col + cols - col, n_cols), left)),
    )


def locate(x: FloatArray, y: FloatArray, size: float, within: Frame) -> tuple[IntArray, IntArray]:
    """Return row and column in the frame of each coordinate; beyond it -1 or one too many."""
    col, row, n_cols, n_rows = within
    rows, cols = np.full(x.shape, -1, np.int64), np.full(x.shape, -1, np.int64)
    west, east = (col - 1) * float(size), (col + n_cols + 1) * float(size)
    south, north = (row - 2) * pitch(size), (row + n_rows + 1) * pitch(size)
    near = (x >= west) & (x <= east) & (y >= south) & (y <= north)
    rows[near], cols[near] = _absolute(x[near], y[near], float(size))
    rows[~near] = row - 1
    return np.clip(rows - row, -1, n_rows), np.clip(cols - col, -1, n_cols)


def centres(rows: IntArray, cols: IntArray, size: float) -> tuple[FloatArray, FloatArray]:
    """Return the centres of cells by row and column from the origin of the CRS."""
    x = (2 * cols + 1 + (rows & 1)) * (float(size) / 2)
    return x, np.asarray(3 * rows * _sixth(size), dtype=float)


def polygons(rows: IntArray, cols: IntArray, size: float) -> npt.NDArray[Any]:
    """Draw cells by row and column from the origin of the CRS; neighbours share corners."""
    middle, half, sixth = 2 * cols + 1 + (rows & 1), float(size) / 2, _sixth(size)
    corners = np.empty((len(rows), 7, 2))
    for corner, (right, up) in enumerate(
        ((0, -2), (1, -1), (1, 1), (0, 2), (-1, 1), (-1, -1), (0, -2))
    ):
        corners[:, corner, 0] = (middle + right) * half
        corners[:, corner, 1] = (3 * rows + up) * sixth
    return np.asarray(shapely.polygons(corners))


def names(within: Frame, _size: float) -> tuple[list[str], list[str]]:
    """Name the columns and the rows of a frame by their number; a cell is called by both."""
    col, row, n_cols, n_rows = within
    east = [f"H{'W' if c < 0 else 'E'}{abs(c):04d}" for c in range(col, col + n_cols)]
    return east, [f"{'S' if r < 0 else 'N'}{abs(r):04d}" for r in range(row, row + n_rows)]


def _sixth(size: float) -> float:
    """All corners and centres lie at whole multiples of this height."""
    return float(size) * _ROOT / 6


def _absolute(x: FloatArray, y: FloatArray, size: float) -> tuple[IntArray, IntArray]:
    """
    Give row and column from the origin of the CRS.

    Between the centre lines of two rows and between two neighbouring multiples of half a
    size there are one centre of either row and one slanted line with the cells' side in it.
    """
    half = size / 2
    strip = np.floor(x / half).astype(np.int64)
    strip -= x < strip * half
    strip += x >= (strip + 1) * half
    low = np.floor(y / pitch(size)).astype(np.int64)
    odd = low & 1
    middle = strip + ((strip ^ odd ^ 1) & 1)
    away, line = np.abs(x - middle * half), size * (1 + 1.5 * low)
    beyond = away + _ROOT * y - line
    upper = beyond > 0
    doubt = np.abs(beyond) <= 1e-15 * (np.abs(x) + 2 * np.abs(y) + np.abs(line) + size)
    for i in np.flatnonzero(doubt):
        upper[i] = _is_beyond(float(x[i]), float(y[i]), size, int(middle[i]), int(low[i]))
    other = 2 * strip + 1 - middle
    row = low + upper
    return row, (np.where(upper, other, middle) - 1 - (row & 1)) >> 1


def _is_beyond(x: float, y: float, size: float, middle: int, low: int) -> bool:
    """Return the sign of ``p + sqrt(3) * y``, where p and y are exact fractions."""
    width, height = Fraction(size), Fraction(y)
    p = abs(Fraction(x) - middle * width / 2) - width * (1 + Fraction(3 * low, 2))
    if (p > 0) == (height > 0) or p == 0 or height == 0:
        return p > 0 or (p == 0 and height > 0)
    return (p > 0) == (p * p > 3 * height * height)
