"""
List the zones that a scan looks at, as sets of cells of a rectangular lattice.

Cells are numbered row by row: cell ``row * n_columns + column``. A zone counts only where its
centre lies in the study area; its other cells may lie around it.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray[Any, Any]

DISC_RADII = (1.0, 1.42, 2.0, 2.24, 2.83, 3.17)
"""Radii of the discs in cells: 5, 9, 13, 21, 25 and 37 cells."""
LINE_LENGTHS = (4, 6)
"""Cells of the straight lines that stand for streets where no streets are given."""
_DIRECTIONS = ((0, 1), (1, 0), (1, 1), (1, -1))


class Zones(NamedTuple):
    """
    Sets of cells.

    Parameters
    ----------
    start : array of int64, n_zones + 1
        Where the cells of each zone start in `member`.
    member : array of int64
        Flat cell numbers, zone after zone.
    """

    start: Array
    member: Array

    @property
    def n_zones(self) -> int:
        """Number of zones."""
        return len(self.start) - 1

    def cells(self, zone: int) -> Array:
        """Give the cells of one zone."""
        return self.member[self.start[zone] : self.start[zone + 1]]


def single_cells(inside: Array, region: Array) -> Zones:
    """
    Make a zone of every cell of the study area.

    Parameters
    ----------
    inside, region : array of bool, n_rows by n_columns
        Cells of the study area, and cells that incidents are counted in.

    Returns
    -------
    Zones
    """
    member = np.flatnonzero((inside & region).ravel())
    return Zones(np.arange(len(member) + 1), member)


def discs(inside: Array, region: Array, radii: Sequence[float] = DISC_RADII) -> Zones:
    """
    Make discs around every cell of the study area.

    Parameters
    ----------
    inside, region : array of bool, n_rows by n_columns
        As for `single_cells`.
    radii : sequence of float
        In cells, from centre to centre.

    Returns
    -------
    Zones

    Examples
    --------
    >>> whole = np.ones((5, 5), dtype=bool)
    >>> middle = np.zeros((5, 5), dtype=bool)
    >>> middle[2, 2] = True
    >>> discs(middle, whole, (1.0, 1.42)).start.tolist()
    [0, 5, 14]
    """
    shapes = []
    for radius in radii:
        reach = int(radius)
        row, column = np.mgrid[-reach : reach + 1, -reach : reach + 1]
        near = row**2 + column**2 <= radius**2
        shapes.append((row[near], column[near]))
    return _stamped(inside, region, shapes)


def straight_lines(inside: Array, region: Array, lengths: Sequence[int] = LINE_LENGTHS) -> Zones:
    """
    Make straight lines in four directions through every cell of the study area.

    Parameters
    ----------
    inside, region : array of bool, n_rows by n_columns
        As for `single_cells`.
    lengths : sequence of int
        In cells.

    Returns
    -------
    Zones
    """
    shapes = []
    for length in lengths:
        step = np.arange(length) - length // 2
        shapes += [(step * down, step * right) for down, right in _DIRECTIONS]
    return _stamped(inside, region, shapes)


def from_cells(listed: Iterable[Array], inside: Array, region: Array) -> Zones:
    """
    Keep the listed sets of cells whose middle cell lies in the study area.

    Parameters
    ----------
    listed : iterable of array of int
        Flat cell numbers of each zone, in order along a street.
    inside, region : array of bool, n_rows by n_columns
        As for `single_cells`.

    Returns
    -------
    Zones
        Without the cells outside the region.
    """
    within, counted = inside.ravel(), region.ravel()
    kept = [cells[counted[cells]] for cells in listed if within[cells[len(cells) // 2]]]
    return _packed([cells for cells in kept if len(cells)])


def joined(*parts: Zones) -> Zones:
    """Put zones after each other."""
    lengths = np.concatenate([np.diff(part.start) for part in parts])
    return Zones(
        np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        np.concatenate([part.member for part in parts]).astype(np.int64),
    )


def touching(cells: Array, n_columns: int) -> list[Array]:
    """
    Split cells into groups that touch by a side or a corner.

    Parameters
    ----------
    cells : array of int
        Flat cell numbers.
    n_columns : int
        Columns of the lattice.

    Returns
    -------
    list of array of int
        Positions in `cells`, one array a group.

    Examples
    --------
    >>> [group.tolist() for group in touching(np.array([0, 11, 25]), 10)]
    [[0, 1], [2]]
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    row, column = np.divmod(np.asarray(cells), n_columns)
    near = (abs(row[:, None] - row) <= 1) & (abs(column[:, None] - column) <= 1)
    n_groups, group = connected_components(coo_array(near), directed=False)
    return [np.flatnonzero(group == number) for number in range(n_groups)]


def _stamped(inside: Array, region: Array, shapes: Sequence[tuple[Array, Array]]) -> Zones:
    n_rows, n_columns = inside.shape
    row, column = np.nonzero(inside & region)
    parts = []
    for down, right in shapes:
        to_row, to_column = row[:, None] + down, column[:, None] + right
        held = (to_row >= 0) & (to_row < n_rows) & (to_column >= 0) & (to_column < n_columns)
        cell = np.where(held, to_row * n_columns + to_column, 0)
        held &= region.ravel()[cell]
        start = np.concatenate([[0], np.cumsum(held.sum(axis=1))])
        parts.append(Zones(start, cell[held]))
    return joined(*parts)


def _packed(listed: Sequence[Array]) -> Zones:
    lengths = [len(cells) for cells in listed]
    member = np.concatenate(listed) if listed else np.zeros(0, dtype=np.int64)
    return Zones(
        np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64), member.astype(np.int64)
    )
