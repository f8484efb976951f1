"""
Audit everything that is released together, and coarsen what gives small numbers away.

Each published number tells a reader an interval. Solved together, the intervals of totals,
tables, maps and earlier releases can pin a number that is withheld. The audit finds out by
linear programming: for each small number the least and the most it can be, given all
intervals and that nothing is negative (Willenborg & De Waal, Elements of Statistical
Disclosure Control, 2001, chapter 5.4). Where too few values are left, numbers of the new release that cause
it are rounded coarser, one by one, until enough are left.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from ipgtools.errors import ReleaseError
from ipgtools.privacy._reader import EPSILON, Array, Reader, Solution
from ipgtools.privacy.release_atoms import Atoms

COLUMNS = ("count", "low", "high", "small_limit", "new")
"""What `numbers` tells of each number; `wide_low` and `wide_high` may come with it."""

MANY = 0.25
"""Part of the unproven numbers that a round must prove for a next one of the same sort."""

Index = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Audit:
    """
    What an audit found and did.

    Parameters
    ----------
    widened : tuple
        Numbers (labels of the index) to be published in their coarser form, in order.
    narrow : DataFrame
        Small numbers that had too few possible values before, with `lowest` and `highest`.
    n_checked : int
        How many small numbers were checked.
    n_solved : int
        How many linear programmes that took.
    """

    widened: tuple[Any, ...]
    narrow: pd.DataFrame
    n_checked: int
    n_solved: int


def audit(numbers: pd.DataFrame, atoms: Atoms, *, repair: bool = True) -> Audit:
    """
    Check that small numbers stay unknown when all numbers are solved together.

    A number is small if its count is at most its `small_limit`. It must keep as many possible
    values as a withheld number has (`small_limit` + 1), and if it was published as possibly
    zero, zero must stay possible: nobody is proven present, and no zero is proven either.

    Parameters
    ----------
    numbers : DataFrame, n_numbers
        Everything published together, and what was published before. The index names the
        numbers. Columns:

        - ``count``: the true count.
        - ``low``, ``high``: what a reader may conclude. For "minder dan 5" 0 and 4; for a
          shown y of base 5 max(5, y - 4) and y + 4. Numbers of earlier releases whose count
          changed since: as much wider as it may have changed. A number that is not published
          but must stay unknown (a buurt left out): 0 and infinity.
        - ``small_limit``: 4 for incidents, 9 for persons; -1 for numbers not to be checked,
          such as those that others publish exactly.
        - ``new``: whether the number is released now and can still be changed.
        - ``wide_low``, ``wide_high`` (optional): the interval if the number is published
          coarser (threshold 10, base 10). Missing where it can't be.
    atoms : Atoms
        The numbers as sums over atoms, in the order of `numbers`.
    repair : bool, default True
        Publish numbers coarser where small ones are too narrow; else only find those.

    Returns
    -------
    Audit
        With `widened`, the numbers to be published in their coarser form.

    Raises
    ------
    ReleaseError
        If a count lies outside its interval, if no optimum is found, or if small numbers
        stay too narrow with all causes coarsened. Nothing may leave then.

    Notes
    -----
    The cause of a narrow number are the new numbers whose intervals bind at its optimum
    (dual values other than 0). Of those that could by themselves give enough room, by their
    dual value, the one with the smallest published value is coarsened; if there is none, the
    smallest of all.

    The bounds are those of real numbers: a reader who also uses that counts are whole could,
    in tables of three or more dimensions, find less.

    Examples
    --------
    A wijk of "about 5" (5-9) with one buurt of "about 10" (6-14): the other can be 3 at most.

    >>> numbers = pd.DataFrame({
    ...     "count": [8, 7, 1], "low": [5, 6, 0], "high": [9, 14, 4], "small_limit": 4,
    ...     "new": True, "wide_low": [0, 0, 0], "wide_high": [9, 9, 9],
    ... }, index=["wijk", "large", "small"])
    >>> members = sparse.csr_array([[1, 1], [1, 0], [0, 1]])
    >>> found = audit(numbers, Atoms(members, np.array([7, 1])))
    >>> found.narrow
           lowest  highest
    small       0        3
    >>> found.widened
    ('large',)
    """
    _require_numbers(numbers, atoms)
    widened: list[int] = []
    narrow: list[tuple[int, float, float]] = []
    stuck: list[int] = []
    n_checked = n_solved = 0
    for rows, part in _components(atoms):
        solving = _Part(numbers.iloc[rows], part)
        found = solving.narrow()
        narrow += [(int(rows[i]), *ends) for i, ends in found.items()]
        if repair:
            stuck += [int(rows[i]) for i in solving.repair(found)]
        widened += [int(rows[i]) for i in solving.widened]
        n_checked += int(solving.small.sum())
        n_solved += solving.reader.n_solved
    if stuck:
        names = ", ".join(map(str, numbers.index[stuck[:5]]))
        msg = (
            f"{len(stuck)} small numbers can be solved from what is released together "
            f"({names}), with all causes rounded coarser; release fewer tables or longer periods"
        )
        raise ReleaseError(
            msg, code="audit_narrow", n=len(stuck), numbers=list(numbers.index[stuck])
        )
    narrow.sort()
    ends = {"lowest": [a for _, a, _ in narrow], "highest": [b for *_, b in narrow]}
    table = pd.DataFrame(ends, index=numbers.index[[i for i, _, _ in narrow]])
    return Audit(tuple(numbers.index[widened]), table, n_checked, n_solved)


def bounds(numbers: pd.DataFrame, atoms: Atoms) -> pd.DataFrame:
    """
    Solve the least and the most that each number can be, given all of them.

    Parameters
    ----------
    numbers : DataFrame, n_numbers
        With ``low`` and ``high``.
    atoms : Atoms
        The numbers as sums over atoms, in the order of `numbers`.

    Returns
    -------
    DataFrame, n_numbers
        ``lowest`` and ``highest``, not rounded; infinity where there is no bound.

    Examples
    --------
    Rows of 7, 3 and 6, columns of 9 and 7, and the last row in full (Geurts, in the Handbook
    on Statistical Disclosure Control):

    >>> cells = np.eye(6)
    >>> rows, columns = np.kron(np.eye(3), [1, 1]), np.kron([1, 1, 1], np.eye(2))
    >>> members = sparse.csr_array(np.vstack([cells, rows, columns]))
    >>> known = [np.nan] * 4 + [3, 3, 7, 3, 6, 9, 7]
    >>> numbers = pd.DataFrame({"low": known, "high": known}).fillna({"low": 0, "high": np.inf})
    >>> bounds(numbers, Atoms(members, np.array([5, 2, 1, 2, 3, 3]))).head(4)
       lowest  highest
    0     3.0      6.0
    1     1.0      4.0
    2     0.0      3.0
    3     0.0      3.0
    """
    reader = _reader(numbers, atoms)
    ends = []
    for row in reader.members.toarray():
        ends.append((reader.solve(row).value, -reader.solve(-row).value))
    table = pd.DataFrame(ends, index=numbers.index, columns=["lowest", "highest"])
    return table + 0.0


def _require_numbers(numbers: pd.DataFrame, atoms: Atoms) -> None:
    if absent := [name for name in COLUMNS if name not in numbers]:
        msg = f"`numbers` lacks {', '.join(absent)}; expected are {', '.join(COLUMNS)}"
        raise ValueError(msg)
    if atoms.members.shape != (len(numbers), len(atoms.counts)):
        msg = (
            f"`atoms` is of {atoms.members.shape[0]} numbers and {len(atoms.counts)} counts, "
            f"`numbers` has {len(numbers)} rows; both must be of the same numbers"
        )
        raise ValueError(msg)
    count = numbers["count"].to_numpy(dtype=float)
    if (wrong := np.flatnonzero(atoms.totals() != count)).size:
        msg = f"{len(wrong)} counts differ from the sum of their atoms; are both of the same data?"
        raise ValueError(msg)
    outside = (count < numbers["low"]) | (count > numbers["high"])
    if outside.any():
        names = ", ".join(map(str, numbers.index[outside][:5]))
        msg = (
            f"{int(outside.sum())} counts lie outside the interval that was published ({names}); "
            "were these numbers published from other data?"
        )
        raise ReleaseError(
            msg, code="audit_contradiction", n=int(outside.sum()), numbers=list(numbers.index[outside])
        )


def _reader(numbers: pd.DataFrame, atoms: Atoms) -> Reader:
    links = atoms.links if atoms.links is not None else sparse.csr_array((0, len(atoms.counts)))
    low, high = (numbers[name].to_numpy(dtype=float, copy=True) for name in ("low", "high"))
    return Reader(atoms.members, links, low, high)


def _components(atoms: Atoms) -> list[tuple[Index, Atoms]]:
    """Split numbers that share no atom, directly or through others."""
    n_numbers, n_atoms = atoms.members.shape
    links = atoms.links if atoms.links is not None else sparse.csr_array((0, n_atoms))
    rows = sparse.csr_array(abs(sparse.vstack([atoms.members, links])))
    n, labels = connected_components(
        sparse.block_array([[None, rows], [rows.T, None]]), directed=False
    )
    n_rows = rows.shape[0]
    result = []
    for label in range(n):
        own = np.flatnonzero(labels == label)
        mine, columns = own[own < n_numbers], own[own >= n_rows] - n_rows
        if not len(mine):
            continue
        linked = own[(own >= n_numbers) & (own < n_rows)] - n_numbers
        part = Atoms(
            sparse.csr_array(atoms.members[mine].tocsc()[:, columns]),
            atoms.counts[columns],
            sparse.csr_array(links[linked].tocsc()[:, columns]),
        )
        result.append((mine, part))
    return result


class _Part:
    """
    The numbers of one component, and how far each was seen to range.

    `lowest` and `highest` are ends reached by atoms that fit all intervals. A number is wide
    enough as soon as they are far enough apart, so that most need no solving of their own.
    """

    def __init__(self, numbers: pd.DataFrame, atoms: Atoms) -> None:
        columns = {name: numbers[name].to_numpy(dtype=float) for name in ("count", "small_limit")}
        self.count, self.limit = columns["count"], columns["small_limit"]
        self.small = self.count <= self.limit
        none = pd.Series(np.nan, index=numbers.index)
        self.wide_low = numbers.get("wide_low", none).to_numpy(dtype=float)
        self.wide_high = numbers.get("wide_high", none).to_numpy(dtype=float)
        self.new = numbers["new"].to_numpy(dtype=bool) & ~np.isnan(self.wide_low + self.wide_high)
        self.reader = _reader(numbers, atoms)
        self.points: list[Array] = []
        self.lowest, self.highest = self.count, self.count
        self.widened: list[int] = []
        self.rng = np.random.default_rng(0)
        self._see(atoms.counts.astype(float))

    def _see(self, point: Array) -> None:
        """Keep atoms that fit all intervals, and how far numbers range around them."""
        self.points.append(point)
        lowest, highest = self.reader.reached(point)
        self.lowest = np.minimum(self.lowest, lowest)
        self.highest = np.maximum(self.highest, highest)

    def _missing(self, lowest: Array, highest: Array) -> tuple[Array, Array]:
        """Tell how much too high the lowest ends are, and how much too low the highest."""
        lowest, highest = np.ceil(lowest - EPSILON), np.floor(highest + EPSILON)
        below = np.where(self.reader.low > 0, 0, lowest)
        return below, np.maximum(self.limit - (highest - lowest + below), 0)

    def _unproven(self) -> Index:
        """List the small numbers not yet seen to range far enough."""
        below, above = self._missing(self.lowest, self.highest)
        return np.flatnonzero(self.small & (below + above > 0))

    def narrow(self) -> dict[int, tuple[int, int]]:
        """Find the numbers with too few possible values, with their bounds."""
        if self.small.any():
            self._spread()
            self._stretch()
        found = {}
        for number in self._unproven():
            if (solved := self._solved(number)) is not None:
                ends = (solved[0].value, -solved[1].value)
                found[int(number)] = (
                    int(np.ceil(ends[0] - EPSILON)),
                    int(np.floor(ends[1] + EPSILON)),
                )
        return found

    def _spread(self) -> None:
        """Prove many numbers at once from atoms that leave room everywhere."""
        room, before = float(self.limit[self.small].max()), np.inf
        while len(left := self._unproven()) and len(left) < (1 - MANY) * before:
            before = len(left)
            weights = self.rng.uniform(0.5, 1.5, len(self.small))
            proven = self.reader.high <= room
            proven[left] = False
            weights[proven] *= 0.05
            self._see(self.reader.spacious(weights, room))

    def _stretch(self) -> None:
        """Prove numbers by pushing all that are left at once, some up and some down."""
        withheld = self.small & (self.reader.low == 0)
        idle = 0
        while len(left := self._unproven()) and idle < 2:
            below, above = (ends[left] > 0 for ends in self._missing(self.lowest, self.highest))
            down = below & (~above | (self.rng.random(len(left)) < 0.5))
            weights = np.zeros(len(self.small))
            weights[left] = np.where(down, 1.0, -1.0) * self.rng.uniform(0.5, 1.5, len(left))
            high = np.where(withheld, np.minimum(self.reader.high, self.limit), self.reader.high)
            found = self.reader.solve(weights @ self.reader.members, high=high)
            if not np.isfinite(found.value):
                return
            self._see(found.atoms)
            idle = 0 if len(self._unproven()) < len(left) else idle + 1

    def _solved(self, number: int) -> tuple[Solution, Solution] | None:
        """Solve the least and most of a number; None if it turns out to range far enough."""
        row = self.reader.members[[number]].toarray()[0]
        least = self.reader.solve(row)
        self._see(least.atoms)
        most = self.reader.solve(-row)
        if not np.isfinite(most.value):
            return None
        self._see(most.atoms)
        lowest, highest = self.lowest.copy(), self.highest.copy()
        lowest[number], highest[number] = least.value, -most.value
        below, above = self._missing(lowest, highest)
        return (least, most) if below[number] + above[number] > 0 else None

    def repair(self, narrow: Iterable[int]) -> list[int]:
        """Coarsen causes until nothing is narrow; give the numbers that stay narrow."""
        todo = list(narrow)
        while todo:
            if stuck := [number for number in todo if not self._repaired(number)]:
                return stuck
            self._restart()
            todo = list(self.narrow())
        return []

    def _repaired(self, number: int) -> bool:
        """Coarsen causes of one number, the smallest first, until it ranges far enough."""
        while (solved := self._solved(number)) is not None:
            if (cause := self._cause(number, *solved)) is None:
                return False
            self.reader.low[cause] = self.wide_low[cause]
            self.reader.high[cause] = self.wide_high[cause]
            self.new[cause] = False
            self.widened.append(cause)
            self._restart()
        return True

    def _cause(self, number: int, least: Solution, most: Solution) -> int | None:
        """Choose the number to coarsen, of those that bind; None if there is none."""
        lowest, highest = self.lowest.copy(), self.highest.copy()
        lowest[number], highest[number] = least.value, -most.value
        below, above = (ends[number] for ends in self._missing(lowest, highest))
        up, down = self.wide_high - self.reader.high, self.reader.low - self.wide_low
        gains = [
            np.where(self.new, side.at_high * up + side.at_low * down, 0) for side in (least, most)
        ]
        gain = gains[0] * (below > 0) + gains[1] * (above > 0)
        helps = np.flatnonzero(gain > EPSILON)
        if not len(helps):
            return None
        enough = helps[(gains[0] >= below - EPSILON)[helps] & (gains[1] >= above - EPSILON)[helps]]
        choice = enough if len(enough) else helps
        return int(choice[np.lexsort((self.reader.low[choice], self.reader.high[choice]))[0]])

    def _restart(self) -> None:
        """Keep of what was seen what still fits the intervals."""
        points = [point for point in self.points if self.reader.fits(point)]
        self.points, self.lowest, self.highest = [], self.count, self.count
        for point in points:
            self._see(point)
