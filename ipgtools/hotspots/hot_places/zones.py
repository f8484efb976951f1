"""
List the zones that a scan looks at, as sets of cells of a rectangular lattice.

Cells are numbered row by row: cell ``row * n_columns + column``. A zone counts only where its
centre lies in the study area; its other cells may lie around it.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

__all__ = [
    "DISC_RADII", "LINE_LENGTHS", "Array", "Zones", "discs", "from_cells", "joined", "single_cells",
    "straight_lines", "touching",
]  # fmt: skip

Array = np.ndarray[Any, Any]


DISC_RADII = (1.0, 1.42, 2.0, 2.24, 2.83, 3.17)
"""Radii of the discs in cells: 5, 9, 13, 21, 25 and 37 cells."""
LINE_LENGTHS = (3, 5)
"""Lengths in cells of the lines that stand for streets where no streets are given."""
_DIRECTIONS = 10
_TOUCHED = 0.25
"""Part of a cell's side that a line must have in a cell; less only touches a corner."""
_STEPS = 40
"""Sampled points of a line for each cell's side of it."""


class Zones(NamedTuple):
    """
    Sets of cells.

    Zones that begin with the same cells share them: a disc holds the smaller discs around its
    centre, so their cells are listed once and added up once.

    Parameters
    ----------
    first, last : array of int64, n_zones
        Where the cells of each zone start and end in `member`. Zones that share their first
        cell follow each other, the smallest first.
    member : array of int64
        Flat cell numbers.
    """

    first: Array
    last: Array
    member: Array

    @property
    def n_zones(self) -> int:
        """Number of zones."""
        return len(self.first)

    def cells(self, zone: int) -> Array:
        """Return the cells of one zone."""
        return self.member[self.first[zone] : self.last[zone]]


def single_cells(inside: Array, region: Array) -> Zones:
    """Make a zone of every cell of the study area."""
    return discs(inside, region, (0.0,))


def discs(inside: Array, region: Array, radii: Sequence[float] = DISC_RADII) -> Zones:
    """
    Make discs around every cell of the study area.

    Examples
    --------
    >>> whole = np.ones((5, 5), dtype=bool)
    >>> middle = np.zeros((5, 5), dtype=bool)
    >>> middle[2, 2] = True
    >>> discs(middle, whole, (1.0, 1.42)).last.tolist()
    [5, 9]
    """
    reach = int(max(radii))
    row, column = (axis.ravel() for axis in np.mgrid[-reach : reach + 1, -reach : reach + 1])
    distance = np.hypot(row, column)
    order = np.argsort(distance, kind="stable")
    sizes = [int((distance <= radius).sum()) for radius in radii]
    return _stamped(inside, region, row[order], column[order], sizes)


def straight_lines(inside: Array, region: Array, lengths: Sequence[int] = LINE_LENGTHS) -> Zones:
    """
    Make straight lines in ten directions through the middle of every cell of the study area.

    A line holds all cells that it runs through, so a street at an angle between two directions
    keeps most of its length in one of the two.
    """
    n = _STEPS * max(lengths)
    along = (np.arange(n) + 0.5) / _STEPS - max(lengths) / 2
    angles = np.arange(_DIRECTIONS) * np.pi / _DIRECTIONS
    parts = []
    for down, right in zip(np.sin(angles), np.cos(angles), strict=True):
        cell = np.rint(np.outer(along, [down, right])).astype(np.int64)
        steps, of = np.unique(cell, axis=0, return_inverse=True)
        points = [np.bincount(of[abs(along) < x / 2], minlength=len(steps)) for x in lengths]
        held = np.array(points) >= _TOUCHED * _STEPS
        rows, columns = steps[np.argsort(-held.sum(axis=0), kind="stable")].T
        parts.append(_stamped(inside, region, rows, columns, held.sum(axis=1).tolist()))
    return joined(*parts)


def from_cells(listed: Iterable[Array], inside: Array, region: Array) -> Zones:
    """Keep the listed sets of cells whose middle cell lies in the study area."""
    within, counted = inside.ravel(), region.ravel()
    kept = [cells[counted[cells]] for cells in listed if within[cells[len(cells) // 2]]]
    kept = [cells for cells in kept if len(cells)]
    last = np.cumsum([len(cells) for cells in kept], dtype=np.int64)
    member = np.concatenate(kept) if kept else np.zeros(0, dtype=np.int64)
    return Zones(np.concatenate([[0], last[:-1]])[: len(kept)], last, member)


def joined(*parts: Zones) -> Zones:
    """Concatenate zones."""
    before = np.cumsum([0, *(len(part.member) for part in parts)])
    return Zones(
        np.concatenate([part.first + at for part, at in zip(parts, before, strict=False)]),
        np.concatenate([part.last + at for part, at in zip(parts, before, strict=False)]),
        np.concatenate([part.member for part in parts]),
    )


def touching(cells: Array, n_columns: int) -> list[Array]:
    """
    Split cells into groups that touch by a side or a corner.

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


def _stamped(
    inside: Array, region: Array, down: Array, right: Array, sizes: Sequence[int]
) -> Zones:
    """Lay a list of steps on every cell; the first so many of them are a zone each."""
    n_rows, n_columns = inside.shape
    row, column = np.nonzero(inside & region)
    down, right = down[: max(sizes)], right[: max(sizes)]
    to_row, to_column = row[:, None] + down, column[:, None] + right
    held = (to_row >= 0) & (to_row < n_rows) & (to_column >= 0) & (to_column < n_columns)
    cell = np.where(held, to_row * n_columns + to_column, 0)
    held &= region.ravel()[cell]
    within = held.cumsum(axis=1)[:, np.array(sizes) - 1]
    before = np.concatenate([[0], held.sum(axis=1).cumsum()[:-1]])
    first = np.repeat(before, len(sizes))
    return Zones(first, first + within.ravel(), cell[held].astype(np.int64))
