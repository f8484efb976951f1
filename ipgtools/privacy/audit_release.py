"""
Audit everything that is released together, and coarsen what gives small numbers away.

Each published number tells a reader an interval. Solved together, the intervals of totals,
tables, maps and earlier releases can pin a number that is withheld. The audit finds out by
linear programming: for each small number the least and the most it can be, given all
intervals and that nothing is negative (Handbook on Statistical Disclosure Control, chapter
on tables). Where too few values are left, numbers of the new release that cause it are
rounded coarser, one by one, until enough are left.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from ipgtools.errors import ReleaseError
from ipgtools.privacy._linear_bounds import EPSILON, Array, Reader, Solution
from ipgtools.privacy.release_atoms import Atoms

__all__ = ["COLUMNS", "MANY", "Audit", "Index", "audit", "bounds"]

COLUMNS = ("count", "low", "high", "small_limit", "new")
"""What `numbers` tells of each number."""

MANY = 0.25
"""Part of the unproven numbers that a round must prove for a next one of the same sort."""

Index = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Audit:
    """
    What an audit found and did.

    Parameters
    ----------
    widened : Series of int
        By number (label of the index) which of the coarser forms it must have: 0 is the
        first of `coarser`. Numbers that stay as they are don't occur.
    narrow : DataFrame
        Small numbers that had too few possible values before, with `lowest` and `highest`.
    known : DataFrame
        Of these the ones that earlier numbers alone leave as narrow: what is out can't be
        taken back, and this release adds nothing to it.
    n_checked : int
        How many small numbers were checked.
    n_solved : int
        How many linear programmes that took.
    """

    widened: pd.Series
    narrow: pd.DataFrame
    known: pd.DataFrame
    n_checked: int
    n_solved: int


def audit(
    numbers: pd.DataFrame,
    atoms: Atoms,
    *,
    coarser: Sequence[pd.DataFrame] | Callable[[], Sequence[pd.DataFrame]] = (),
) -> Audit:
    """
    Check that small numbers stay unknown when all numbers are solved together.

    A number is small if its count is at most its `small_limit`. It must keep as many possible
    values as a withheld number has (`small_limit` + 1), and if it was published as possibly
    zero, zero must stay possible: nobody is proven present, and no zero is proven either.

    Notes
    -----
    The causes of a narrow number are the new numbers whose intervals bind at its optimum
    (dual values other than 0). Of those that could give enough room by themselves, by their
    dual value, the one with the smallest published value is coarsened, one form further if
    that is enough; if there is none, the smallest of all that help.

    The bounds are those of real numbers. A reader who also uses that counts are whole could
    find less in tables of three or more dimensions; over 1,673 small numbers none was found.
    A small number that earlier releases alone leave narrow, or fully known, is listed in `known`
    and does not refuse the release: what is out can't be taken back, each later release of that
    ground would be refused for ever, and this one adds nothing. One that adds to it is refused.
    Parts of which no number is new are not looked at.

    A reader who knows how causes are chosen learns from a coarser form that the finer one
    would have left a small number too few values; that is not counted here.

    Examples
    --------
    A wijk of "about 5" (5-9) with one buurt of "about 10" (6-14): the other can be 3 at most.

    >>> numbers = pd.DataFrame({
    ...     "count": [8, 7, 1], "low": [5, 6, 0], "high": [9, 14, 4], "small_limit": 4,
    ...     "new": True,
    ... }, index=["wijk", "large", "small"])
    >>> below_ten = pd.DataFrame({"low": 0, "high": 9}, index=numbers.index)
    >>> members = sparse.csr_array([[1, 1], [1, 0], [0, 1]])
    >>> found = audit(numbers, Atoms(members, np.array([7, 1])), coarser=[below_ten])
    >>> found.narrow
           lowest  highest
    small     0.0      3.0
    >>> found.widened.to_dict()
    {'large': 0}
    """
    _require_numbers(numbers, atoms)
    forms: list[Array] | None = None
    if not callable(coarser):
        forms = [_form(numbers, form) for form in coarser]
    widened: dict[int, int] = {}
    narrow: dict[int, tuple[float, float]] = {}
    stuck: list[int] = []
    known: list[int] = []
    n_checked = n_solved = 0
    for rows, part in _components(atoms):
        if not numbers["new"].to_numpy(dtype=bool)[rows].any():
            continue  # this release tells no more of these than was known
        solving = _Part(numbers.iloc[rows], part)
        if found := solving.narrow():
            if forms is None and callable(coarser):
                forms = [_form(numbers, form) for form in coarser()]
            if forms:
                solving.forms = [form[:, rows] for form in forms]
                stuck += [int(rows[i]) for i in solving.repair(found)]
        narrow |= {int(rows[i]): ends for i, ends in (solving.known | found).items()}
        known += [int(rows[i]) for i in solving.known]
        widened |= {int(rows[i]): form for i, form in solving.widened.items()}
        n_checked += int(solving.small.sum())
        n_solved += solving.reader.n_solved
    if stuck:
        names = ", ".join(map(str, numbers.index[stuck[:5]]))
        msg = (
            f"{len(stuck)} small numbers can be solved from what is released together "
            f"({names}), with all causes in their coarsest form; release fewer tables or "
            "longer periods"
        )
        raise ReleaseError(
            msg, code="audit_narrow", n=len(stuck), numbers=list(numbers.index[stuck])
        )
    order = sorted(narrow)
    ends = pd.DataFrame(
        [narrow[i] for i in order], index=numbers.index[order], columns=["lowest", "highest"]
    )
    levels = pd.Series(list(widened.values()), index=numbers.index[list(widened)], dtype=int)
    out = ends[np.isin(order, known)]
    return Audit(levels, ends, out, n_checked, n_solved)


def bounds(numbers: pd.DataFrame, atoms: Atoms) -> pd.DataFrame:
    """
    Solve the least and the most that each number can be, given all of them.

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
    truth = atoms.counts.astype(float)
    for number in range(len(numbers)):
        row = reader.members[[number]].toarray()[0]
        ends.append((-reader.maximise(-row, truth).value, reader.maximise(row, truth).value))
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
    if n_wrong := int((abs(atoms.totals() - count) > EPSILON).sum()):
        msg = f"{n_wrong} counts differ from the sum of their atoms; are both of the same data?"
        raise ValueError(msg)
    outside = (count < numbers["low"]) | (count > numbers["high"])
    if outside.any():
        names = ", ".join(map(str, numbers.index[outside][:5]))
        msg = (
            f"{int(outside.sum())} counts lie outside the interval that was published ({names}); "
            "were these numbers published from other data?"
        )
        raise ReleaseError(
            msg,
            code="audit_contradiction",
            n=int(outside.sum()),
            numbers=list(numbers.index[outside]),
        )


def _form(numbers: pd.DataFrame, form: pd.DataFrame) -> Array:
    """Give the ends of a coarser form, 2 x n_numbers; missing where it can't be had."""
    if not form.index.equals(numbers.index):
        msg = "a table of `coarser` has another index than `numbers`"
        raise ValueError(msg)
    low, high = (form[name].to_numpy(dtype=float) for name in ("low", "high"))
    count, new = numbers["count"].to_numpy(dtype=float), numbers["new"].to_numpy(dtype=bool)
    if n_wrong := int(((count < low) | (count > high)).sum()):
        msg = f"{n_wrong} counts lie outside the interval of their coarser form"
        raise ValueError(msg)
    return np.where(new & ~np.isnan(low + high), np.stack([low, high]), np.nan)


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


def _ends(least: Solution, most: Solution) -> tuple[float, float]:
    """Round the bounds of a number inward to whole numbers."""
    ends = np.ceil(-least.value - EPSILON), np.floor(most.value + EPSILON)
    return float(ends[0]) + 0.0, float(ends[1])


class _Part:
    """
    The numbers of one component, and how far each was seen to range.

    `lowest` and `highest` are ends reached by atoms that fit all intervals. A number is wide
    enough as soon as they are far enough apart, so that most need no solving of their own.
    """

    def __init__(self, numbers: pd.DataFrame, atoms: Atoms) -> None:
        columns = {name: numbers[name].to_numpy(dtype=float) for name in ("count", "small_limit")}
        self.count, self.limit = columns["count"], columns["small_limit"]
        self.small = np.rint(self.count) <= self.limit  # shares of incidents leave rounded
        self.new = numbers["new"].to_numpy(dtype=bool)
        self.forms: list[Array] = []
        self.known: dict[int, tuple[float, float]] = {}
        self.reader = _reader(numbers, atoms)
        self.points: list[Array] = []
        self.lowest, self.highest = self.count, self.count
        self.widened: dict[int, int] = {}
        self.rng = np.random.default_rng(0)  # decides how fast it goes, not what is found
        self._see(atoms.counts.astype(float))

    def _see(self, point: Array) -> None:
        """Keep atoms that fit all intervals, and how far numbers range around them."""
        if not self.reader.fits(point):  # nothing is proven by what is off by rounding
            return
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

    def narrow(self) -> dict[int, tuple[float, float]]:
        """Find the numbers with too few possible values, with their bounds."""
        if self.small.any():
            self._spread()
            self._stretch()
        found = {}
        for number in self._unproven():
            if (solved := self._solved(number)) is not None:
                found[int(number)] = _ends(*solved)
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
            weights[left] = np.where(down, -1.0, 1.0) * self.rng.uniform(0.5, 1.5, len(left))
            high = np.where(withheld, np.minimum(self.reader.high, self.limit), self.reader.high)
            objective = weights @ self.reader.members
            found = self.reader.maximise(objective, self.points[0], high=high)
            if not np.isfinite(found.value):
                return
            self._see(found.atoms)
            idle = 0 if len(self._unproven()) < len(left) else idle + 1

    def _solved(self, number: int) -> tuple[Solution, Solution] | None:
        """Solve the least and most of a number; None if it turns out to range far enough."""
        row = self.reader.members[[number]].toarray()[0]
        least = self.reader.maximise(-row, self.points[0])
        self._see(least.atoms)
        most = self.reader.maximise(row, self.points[0])
        if np.isfinite(most.value):
            self._see(most.atoms)
        else:
            self.highest[number] = np.inf
        below, above = self._missing(self.lowest, self.highest)
        return (least, most) if below[number] + above[number] > 0 else None

    def repair(self, narrow: Iterable[int]) -> list[int]:
        """Coarsen causes until nothing is narrow; give the numbers that stay narrow."""
        todo = list(narrow)
        while todo:
            if stuck := [number for number in todo if not self._repaired(number)]:
                return stuck
            self._restart()
            todo = [number for number in self.narrow() if number not in self.known]
        return []

    def _repaired(self, number: int) -> bool:
        """Coarsen causes of one number, the smallest first, until it ranges far enough."""
        while (solved := self._solved(number)) is not None:
            if (cause := self._cause(number, *solved)) is None:
                return self._was_known(number, _ends(*solved))
            self._widen(*cause)
        return True

    def _was_known(self, number: int, ends: tuple[float, float]) -> bool:
        """Tell whether the numbers of earlier releases alone leave no more values."""
        now = self.reader.low, self.reader.high
        self.reader.low = np.where(self.new, 0, now[0])
        self.reader.high = np.where(self.new, np.inf, now[1])
        row = self.reader.members[[number]].toarray()[0]
        before = _ends(*(self.reader.maximise(sign * row, self.points[0]) for sign in (-1, 1)))
        self.reader.low, self.reader.high = now
        if before[0] < ends[0] or min(before[1], self.limit[number]) > ends[1]:
            return False
        self.known[number] = ends
        return True

    def _widen(self, number: int, form: int) -> None:
        self.reader.low[number], self.reader.high[number] = self.forms[form][:, number]
        self.widened[number] = form
        self._restart()

    def _cause(self, number: int, least: Solution, most: Solution) -> tuple[int, int] | None:
        """Choose the number to coarsen, of those that bind, and its form; None if none helps."""
        below, above = (ends[number] for ends in self._missing(self.lowest, self.highest))
        either = self.reader.low[number] > 0  # both ends may move
        now = np.array([self.widened.get(i, -1) for i in range(len(self.small))])
        helps: list[tuple[bool, int, float, float, int]] = []
        for form, (low, high) in enumerate(self.forms):
            up, down = high - self.reader.high, self.reader.low - low
            with np.errstate(invalid="ignore"):  # infinity x 0 where an end does not bind
                lower, upper = (side.at_high * up + side.at_low * down for side in (least, most))
            gain = lower * (either or below > 0) + upper * (above > 0)
            enough = (lower >= below - EPSILON) & (upper >= above - EPSILON)
            if either:
                enough = lower + upper >= above - EPSILON
            for i in np.flatnonzero((now < form) & (gain > EPSILON)):
                size = (float(self.reader.high[i]), float(self.reader.low[i]))
                helps.append((not enough[i], form, *size, int(i)))
        if not helps:
            return None
        _, form, _, _, choice = min(helps)
        return choice, form

    def _restart(self) -> None:
        """Keep of what was seen what still fits the intervals."""
        points = [point for point in self.points if self.reader.fits(point)]
        self.points, self.lowest, self.highest = [], self.count, self.count
        for point in points:
            self._see(point)
