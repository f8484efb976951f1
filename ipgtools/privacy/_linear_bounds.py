"""Solve what a reader can conclude from intervals of sums over atoms."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import OptimizeResult, linprog

from ipgtools.errors import ReleaseError

__all__ = ["EPSILON", "Array", "Index", "Reader", "Solution"]

Array = npt.NDArray[np.float64]
Index = npt.NDArray[np.int64]

EPSILON = 1e-6
"""How far a solution may be off a whole number, for HiGHS solves to 1e-7."""


@dataclass(frozen=True, eq=False)
class Solution:
    """
    An optimum over everything that fits the intervals.

    Parameters
    ----------
    atoms : array, n_atoms
        The counts of atoms at the optimum; missing if there is no bound.
    value : float
        The most that the objective can be; infinity if there is no bound.
    at_low, at_high : array, n_numbers
        How much the optimum rises when the lower or upper end of an interval moves outward
        by one (0 where it does not matter): the dual values.
    """

    atoms: Array
    value: float
    at_low: Array
    at_high: Array


class Reader:
    """
    A reader who knows the intervals of all numbers and solves them together.

    Parameters
    ----------
    members : sparse array, n_numbers x n_atoms
        1 where an atom is part of a number.
    links : sparse array, n_links x n_atoms
        Sums that are 0: 1 for the atoms of a leaf, -1 for those of the root (`Atoms.links`).
    low, high : array, n_numbers
        Ends of the intervals. They may be changed between two solutions.
    """

    def __init__(
        self, members: sparse.csr_array, links: sparse.csr_array, low: Array, high: Array
    ) -> None:
        self.members = sparse.csr_array(members, dtype=float)
        self.links = sparse.csr_array(links, dtype=float)
        self.low, self.high = low, high
        self.n_solved = 0
        self._of_atom = self.members.tocsc()
        leaf, root = (sparse.csr_array(side) for side in (self.links > 0, self.links < 0))
        self._leaf, self._root = (leaf, leaf.tocsc()), (root, root.tocsc())
        sides = [
            self.members.T,
            -self.members.T,
            self.links.T,
            -sparse.eye_array(len(self._of_atom.indptr) - 1),
        ]
        self._dual = sparse.hstack(sides, format="csc")

    def maximise(self, objective: Array, start: Array, *, high: Array | None = None) -> Solution:
        """
        Maximise a weighted sum of atoms over everything that fits.

        Solves the dual programme, written for changes from `start`: without changes it is
        feasible there, so that HiGHS needs few steps where few atoms matter (20 to 100 in
        place of 2,000).
        """
        high = self.high if high is None else high
        sums = self.members @ start
        above, below = np.isfinite(high), self.low > 0
        n_links, n_numbers = self.links.shape[0], len(sums)
        room = np.concatenate(
            [np.where(above, high - sums, 0), np.where(below, sums - self.low, 0)]
        )
        least = np.zeros(self._dual.shape[1])
        least[2 * n_numbers : 2 * n_numbers + n_links] = -np.inf
        most = np.full(self._dual.shape[1], np.inf)
        most[: 2 * n_numbers][~np.concatenate([above, below])] = 0
        self.n_solved += 1
        for presolve in (False, True):  # without is faster; with is for what fails without
            result = linprog(
                np.concatenate([np.maximum(room, 0), np.zeros(n_links), start]),
                A_eq=self._dual,
                b_eq=objective,
                bounds=np.column_stack([least, most]),
                method="highs-ds",
                options={"presolve": presolve},
            )
            if result.status == 0:
                break
            if result.status == 2 and not self._bounded(objective, above):
                none = np.zeros(n_numbers)
                return Solution(np.full(len(start), np.nan), np.inf, none, none)
        _require_optimum(result)
        return Solution(
            np.maximum(start + result.eqlin.marginals, 0),
            float(result.fun + objective @ start),
            at_low=result.x[n_numbers : 2 * n_numbers],
            at_high=result.x[:n_numbers],
        )

    def _bounded(self, objective: Array, above: npt.NDArray[np.bool_]) -> bool:
        """Tell whether all atoms of an objective lie in a number with an upper end."""
        ends = _reduced(
            np.maximum, above[self._of_atom.indices].astype(float), self._of_atom.indptr, 0.0
        )
        return bool(np.all(ends[objective > 0] > 0))

    def spacious(self, weights: Array, room: float) -> Array:
        """
        Find atoms that leave most numbers `room` below their upper ends.

        Minimises the weighted sum of what numbers lie above `high - room`. From there one
        number after another can be raised alone (`reached`), which takes no solving.
        """
        n_atoms = self.members.shape[1]
        wide = np.flatnonzero(np.isfinite(self.high) & (self.high > room))
        tight, below = np.flatnonzero(self.high <= room), np.flatnonzero(self.low > 0)
        over = -sparse.eye_array(len(wide), format="csr")
        rows = sparse.block_array(
            [
                [self.members[wide], over],
                [self.members[tight], sparse.csr_array((len(tight), len(wide)))],
                [-self.members[below], sparse.csr_array((len(below), len(wide)))],
            ],
            format="csc",
        )
        ends = np.concatenate([self.high[wide] - room, self.high[tight], -self.low[below]])
        objective = np.concatenate([weights[tight] @ self.members[tight], weights[wide]])
        upper = np.concatenate([np.full(n_atoms, np.inf), np.full(len(wide), room)])
        n_links = self.links.shape[0]
        links = sparse.hstack([self.links, sparse.csr_array((n_links, len(wide)))])
        self.n_solved += 1
        result = linprog(
            objective,
            A_ub=rows,
            b_ub=ends,
            A_eq=links if n_links else None,
            b_eq=np.zeros(n_links) if n_links else None,
            bounds=np.column_stack([np.zeros(len(upper)), upper]),
            method="highs-ds",
        )
        _require_optimum(result)
        return np.maximum(result.x[:n_atoms], 0)

    def fits(self, atoms: Array) -> bool:
        """Tell whether atoms fit all intervals and links."""
        sums, links = self.members @ atoms, self.links @ atoms
        fit = (sums > self.low - EPSILON) & (sums < self.high + EPSILON)
        return bool(np.all(fit) and np.all(np.abs(links) < EPSILON) and np.all(atoms >= 0))

    def reached(self, atoms: Array) -> tuple[Array, Array]:
        """
        Give for each number the least and most it can be, changing few atoms only.

        From atoms that fit, one combination of place, kind, time and part is raised or
        lowered as far as all intervals allow. The ends are inside of what `solve` would find.
        """
        sums = self.members @ atoms
        up = np.maximum(self._room(self.high - sums, np.full(len(atoms), np.inf)), 0)
        down = np.maximum(self._room(sums - self.low, atoms), 0)
        at, starts = self.members.indices, self.members.indptr
        most = sums + _reduced(np.maximum, up[at], starts, 0.0)
        return sums - _reduced(np.maximum, down[at], starts, 0.0), most

    def _room(self, slack: Array, own: Array) -> Array:
        """
        Give for each atom how far it can change, the atoms linked to it with it.

        An atom of the root changes with one atom of each leaf, an atom of a leaf with one of
        the root and so with one of each other leaf.
        """
        of_atom = self._of_atom
        alone = np.minimum(
            own, _reduced(np.minimum, slack[of_atom.indices], of_atom.indptr, np.inf)
        )
        if not self.links.shape[0]:
            return alone
        (leaf, of_leaf), (root, of_root) = self._leaf, self._root
        best = _reduced(np.maximum, alone[leaf.indices], leaf.indptr, 0.0)
        least = _reduced(np.minimum, best[of_root.indices], of_root.indptr, np.inf)
        with_leaves = np.minimum(alone, least)
        best = _reduced(np.maximum, with_leaves[root.indices], root.indptr, 0.0)
        least = _reduced(np.minimum, best[of_leaf.indices], of_leaf.indptr, np.inf)
        return np.minimum(with_leaves, least)


def _require_optimum(result: OptimizeResult) -> None:
    if result.status != 0:
        msg = f"the audit found no optimum ({result.message}); nothing may leave"
        raise ReleaseError(msg, code="audit_unsolved")


def _reduced(function: np.ufunc, values: Array, starts: Index, empty: float) -> Array:
    """Reduce each stretch of values to one; an empty stretch gives `empty`."""
    result = np.full(len(starts) - 1, empty)
    filled = np.diff(starts) > 0
    if filled.any():
        result[filled] = function.reduceat(values, starts[:-1][filled])
    return result
