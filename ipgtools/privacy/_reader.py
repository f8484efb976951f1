"""Solve what a reader can conclude from intervals of sums over atoms."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import linprog

from ipgtools.errors import ReleaseError

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
        The counts of atoms at the optimum.
    value : float
        The least that the objective can be; minus infinity if it has no bound.
    at_low, at_high : array, n_numbers
        How much the optimum falls when the lower or upper end of an interval moves outward
        by one (0 where it does not matter).
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

    def solve(self, objective: Array, *, high: Array | None = None) -> Solution:
        """Minimise a weighted sum of atoms; `high` may replace the upper ends."""
        high = self.high if high is None else high
        above, below = np.isfinite(high), self.low > 0
        rows = sparse.vstack([self.members[above], -self.members[below]], format="csc")
        ends = np.concatenate([high[above], -self.low[below]])
        found = self._minimised(objective, rows, ends, self.links)
        at_low, at_high = np.zeros(len(self.low)), np.zeros(len(self.low))
        if found is None:
            return Solution(np.zeros(len(objective)), -np.inf, at_low, at_high)
        atoms, value, duals = found
        at_high[above] = -duals[: above.sum()]
        at_low[below] = -duals[above.sum() :]
        return Solution(atoms, value, at_low, at_high)

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
        links = sparse.hstack([self.links, sparse.csr_array((self.links.shape[0], len(wide)))])
        upper = np.concatenate([np.full(n_atoms, np.inf), np.full(len(wide), room)])
        found = self._minimised(objective, rows, ends, links, upper)
        assert found is not None  # all weights are 0 or more
        return found[0][:n_atoms]

    def _minimised(
        self,
        objective: Array,
        rows: sparse.csc_array,
        ends: Array,
        links: sparse.csr_array,
        upper: Array | None = None,
    ) -> tuple[Array, float, Array] | None:
        """Give variables, value and dual values, or None if there is no bound."""
        self.n_solved += 1
        most = np.full(len(objective), np.inf) if upper is None else upper
        result = linprog(
            objective,
            A_ub=rows,
            b_ub=ends,
            A_eq=links if links.shape[0] else None,
            b_eq=np.zeros(links.shape[0]) if links.shape[0] else None,
            bounds=np.column_stack([np.zeros(len(objective)), most]),
            method="highs-ds",
        )
        if result.status == 3:
            return None
        if result.status != 0:
            msg = f"the audit found no optimum ({result.message}); nothing may leave"
            raise ReleaseError(msg, code="audit_unsolved")
        return result.x, float(result.fun), result.ineqlin.marginals

    def fits(self, atoms: Array) -> bool:
        """Tell whether atoms fit all intervals."""
        sums = self.members @ atoms
        return bool(np.all((sums > self.low - EPSILON) & (sums < self.high + EPSILON)))

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
        alone = np.minimum(own, _reduced(np.minimum, slack[of_atom.indices], of_atom.indptr, np.inf))
        if not self.links.shape[0]:
            return alone
        (leaf, of_leaf), (root, of_root) = self._leaf, self._root
        best = _reduced(np.maximum, alone[leaf.indices], leaf.indptr, 0.0)
        least = _reduced(np.minimum, best[of_root.indices], of_root.indptr, np.inf)
        with_leaves = np.minimum(alone, least)
        best = _reduced(np.maximum, with_leaves[root.indices], root.indptr, 0.0)
        least = _reduced(np.minimum, best[of_leaf.indices], of_leaf.indptr, np.inf)
        return np.minimum(with_leaves, least)


def _reduced(function: np.ufunc, values: Array, starts: Index, empty: float) -> Array:
    """Reduce each stretch of values to one; an empty stretch gives `empty`."""
    result = np.full(len(starts) - 1, empty)
    filled = np.diff(starts) > 0
    if filled.any():
        result[filled] = function.reduceat(values, starts[:-1][filled])
    return result
