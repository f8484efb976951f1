"""
Write published numbers as sums over atoms, for the audit of a release.

An atom is the smallest part that published numbers tell apart: a buurt (with a grid cell and
a street where those are published) x a kind of incident x a stretch of time x a part of the
week. Every published number is a sum over atoms, so that the numbers of several tables, maps
and earlier releases can be solved together (`ipgtools.privacy.audit_release`).

Crossing everything with everything gives millions of atoms. Where no table crosses, say,
kinds with parts of the week, the two are kept apart, each crossed with what they share, and
*links* say that both count the same incidents: for each buurt and stretch of time the sum
over kinds equals the sum over parts. That changes nothing a reader can conclude: two tables
of non-negative numbers that agree on what they share always fit one joint table (their
model is decomposable: Lauritzen, Graphical Models, 1996, chapter 4).
"""

import itertools
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from ipgtools.privacy._incident_axes import (
    COLUMNS,
    KEYS,
    Axis,
    Definitions,
    Index,
    checked,
    crossed,
    first_of,
    places_of,
    several,
    times_of,
    valued,
)

Counts = npt.NDArray[Any]

__all__ = ["COLUMNS", "KEYS", "Atoms", "atoms_of", "merged", "pieces"]


@dataclass(frozen=True, eq=False)
class Atoms:
    """
    Numbers as sums over atoms.

    Parameters
    ----------
    members : sparse array, n_numbers x n_atoms
        1 where an atom is part of a number.
    counts : array of int64 or float64, n_atoms
        Incidents in each atom: the truth, which fits all intervals. No whole numbers where
        incidents are spread over parts of the week.
    links : sparse array, n_links x n_atoms, optional
        Sums over atoms, with 1 and -1, that are 0 because they count the same incidents.
    """

    members: sparse.csr_array
    counts: Counts
    links: sparse.csr_array | None = None

    def totals(self) -> Counts:
        """Count the incidents of each number."""
        return np.asarray(self.members @ self.counts).astype(self.counts.dtype)


def atoms_of(
    incidents: pd.DataFrame, definitions: Definitions, *, places: pd.DataFrame | None = None
) -> Atoms:
    """
    Split incidents into the atoms that published numbers tell apart.

    All combinations of place, kind, time and part of the week are atoms, also those without
    incidents: a reader does not know that they are empty. Of places that holds as far as they
    are known: combinations of buurt, grid cell and street are those of the incidents and of
    `places`; a cell or street in neither may lie in any buurt. Fewer combinations than there
    are make the audit stricter, never laxer.

    Examples
    --------
    A wijk, one of its two buurten, and the burglaries of the wijk:

    >>> incidents = pd.DataFrame({
    ...     "area_code": ["BU01530001", "BU01530002", "BU01530002"],
    ...     "kind": ["A20", "A20", "C40"],
    ... })
    >>> wijk, buurt = {"area": "WK015300"}, {"area": "BU01530001"}
    >>> atoms_of(incidents, [wijk, buurt, {"kinds": "A20"}]).totals().tolist()
    [3, 1, 2]
    """
    numbers = [checked(definition) for definition in definitions]
    space = _Space.of(incidents, numbers, places)
    options = [
        space.blocks(frozenset(shared))
        for n in range(len(_CROSSED) + 1)
        for shared in itertools.combinations(_CROSSED, n)
    ]
    return _joined(space, min(options, key=lambda blocks: sum(b.size for b in blocks)))


def pieces(definitions: Definitions) -> list[dict[str, Any]]:
    """
    Define what periods that overlap leave of each other.

    Two quarters a month apart tell about the months in which they differ, though nobody
    published those. The audit guards them as numbers between 0 and infinity.

    Examples
    --------
    >>> pieces([{"kinds": "A20", "start": 1, "end": 4}, {"kinds": "A20", "start": 2, "end": 5}])
    [{'kinds': 'A20', 'start': 1, 'end': 2}, {'kinds': 'A20', 'start': 2, 'end': 4},
     {'kinds': 'A20', 'start': 4, 'end': 5}]
    """
    periods: dict[Any, set[tuple[Any, Any]]] = {}
    others: dict[Any, dict[str, Any]] = {}
    for definition in map(checked, definitions):
        start, end = definition.pop("start", None), definition.pop("end", None)
        if start is not None and end is not None:
            key = tuple(
                (name, frozenset(several(value)))
                for name, value in sorted(definition.items())
                if value is not None
            )
            others.setdefault(key, definition)
            periods.setdefault(key, set()).add((start, end))
    return [
        {**others[key], "start": a, "end": b}
        for key, known in periods.items()
        for a, b in itertools.pairwise(sorted({moment for pair in known for moment in pair}))
        if (a, b) not in known and any(start <= a and b <= end for start, end in known)
    ]


_CROSSED = ("cell", "kind", "part")
"""Axes that not every table has; area and time are in all of them."""


@dataclass(frozen=True, eq=False)
class _Block:
    """
    Numbers whose tables are crossed with each other, and the classes of values they cross.

    `classes` gives by axis (place, time, kind, part) the class of each value, `own` the axes
    that no other block has. Atoms are the combinations of classes, in the order of `shape`.
    """

    numbers: Index
    classes: dict[str, Index]
    own: frozenset[str] = field(default_factory=frozenset)

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(int(one.max(initial=-1)) + 1 for one in self.classes.values())

    @property
    def size(self) -> int:
        return math.prod(self.shape)


@dataclass(frozen=True, eq=False)
class _Space:
    axes: dict[str, Axis]  # place, time, kind, part
    weights: npt.NDArray[np.float64] | None
    area: Index  # class of the area of each place, by all numbers
    uses: list[frozenset[str]]  # axes of _CROSSED by number

    @classmethod
    def of(
        cls, incidents: pd.DataFrame, numbers: Definitions, places: pd.DataFrame | None
    ) -> "_Space":
        place, area = places_of(incidents, numbers, places)
        axes = {
            "place": place,
            "time": times_of(incidents, numbers),
            "kind": valued(incidents, numbers, "kind", "kinds"),
            "part": valued(incidents, numbers, "part", "part"),
        }
        keys = {"cell": ("cell", "street"), "kind": ("kinds",), "part": ("part",)}
        uses = [
            frozenset(
                axis for axis in _CROSSED if any(number.get(k) is not None for k in keys[axis])
            )
            for number in numbers
        ]
        weights = incidents["weight"].to_numpy(dtype=float) if "weight" in incidents else None
        return cls(axes, weights, area, uses)

    def blocks(self, shared: frozenset[str]) -> list[_Block]:
        """Give a root block that crosses what is shared, and leaves for the rest."""
        everything = np.arange(len(self.uses))
        in_root = np.array([use <= shared for use in self.uses], dtype=bool)
        root = _Block(
            everything[in_root],
            {
                "place": self.axes["place"].classes(everything) if "cell" in shared else self.area,
                "time": self.axes["time"].classes(everything),
                "kind": self._classes("kind", everything, crossed="kind" in shared),
                "part": self._classes("part", everything, crossed="part" in shared),
            },
        )
        leaves = []
        for own in _connected([use - shared for use in self.uses if use - shared]):
            numbers = everything[[bool((use - shared) & own) for use in self.uses]]
            place = self.axes["place"].classes(numbers)
            classes = {
                "place": crossed(place, self.area) if "cell" in own else place,
                "time": self.axes["time"].classes(numbers),
                "kind": self.axes["kind"].classes(numbers),
                "part": self.axes["part"].classes(numbers),
            }
            leaves.append(_Block(numbers, classes, own))
        return [root, *leaves]

    def _classes(self, axis: str, numbers: Index, *, crossed: bool) -> Index:
        if crossed:
            return self.axes[axis].classes(numbers)
        return np.zeros(self.axes[axis].selected.shape[1], dtype=np.int64)

    def atom(self, block: _Block) -> Index:
        """Give the atom of a block in which each incident falls."""
        codes = tuple(block.classes[name][axis.codes] for name, axis in self.axes.items())
        return np.ravel_multi_index(codes, block.shape).astype(np.int64)

    def members(self, block: _Block) -> tuple[Index, Index]:
        """List the numbers of a block with the atoms that are part of them."""
        first = [first_of(block.classes[name]) for name in self.axes]
        numbers, atoms = [], []
        for number in block.numbers:
            chosen = [
                np.flatnonzero(axis.selected[number, at])
                for axis, at in zip(self.axes.values(), first, strict=True)
            ]
            found = np.ravel_multi_index(np.ix_(*chosen), block.shape).ravel()
            atoms.append(found)
            numbers.append(np.full(len(found), number))
        none = np.zeros(0, dtype=np.int64)
        return np.concatenate([none, *numbers]), np.concatenate([none, *atoms])

    def links(self, root: _Block, leaf: _Block) -> tuple[Index, Index]:
        """Give for each atom of the root and of a leaf the sum that must be equal in both."""
        above, below, sizes = [], [], []
        for name in self.axes:
            coarse = leaf.classes[name]
            if name == "place" and "cell" in leaf.own:
                coarse = self.area
            elif name in leaf.own:
                coarse = np.zeros_like(coarse)
            above.append(coarse[first_of(root.classes[name])])
            below.append(coarse[first_of(leaf.classes[name])])
            sizes.append(int(coarse.max(initial=-1)) + 1)
        return tuple(  # type: ignore[return-value]
            np.ravel_multi_index(np.ix_(*side), tuple(sizes)).ravel() for side in (above, below)
        )


def _connected(parts: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Join sets that have an element in common."""
    found: list[frozenset[str]] = []
    for part in parts:
        touching = [one for one in found if one & part]
        found = [one for one in found if not one & part]
        found.append(part.union(*touching))
    return found


def _joined(space: _Space, blocks: list[_Block]) -> Atoms:
    """Put the blocks side by side, with the links between the root and each leaf."""
    root, *leaves = blocks
    n_numbers = len(space.uses)
    numbers, atoms, counts = [], [], []
    link_rows, link_atoms, link_signs = [], [], []
    offset, n_links = 0, 0
    for block in blocks:
        number, atom = space.members(block)
        numbers.append(number)
        atoms.append(atom + offset)
        counts.append(np.bincount(space.atom(block), space.weights, minlength=block.size))
        if block is not root:
            above, below = space.links(root, block)
            wanted = np.unique(below[np.unique(atom)])
            for groups, start, sign in ((above, 0, -1), (below, offset, 1)):
                kept = np.flatnonzero(np.isin(groups, wanted))
                link_rows.append(np.searchsorted(wanted, groups[kept]) + n_links)
                link_atoms.append(kept + start)
                link_signs.append(np.full(len(kept), sign))
            n_links += len(wanted)
        offset += block.size
    shape = (n_numbers, offset)
    row, column = np.concatenate(numbers), np.concatenate(atoms)
    members = sparse.csr_array((np.ones(len(row)), (row, column)), shape=shape)
    links = sparse.csr_array((n_links, offset))
    if leaves:
        where = (np.concatenate(link_rows), np.concatenate(link_atoms))
        signs = np.concatenate(link_signs).astype(float)
        links = sparse.csr_array((signs, where), shape=(n_links, offset))
    return merged(Atoms(members, np.concatenate(counts), links))


def merged(atoms: Atoms) -> Atoms:
    """
    Join atoms that occur in exactly the same numbers and links, and drop those in none.

    Examples
    --------
    >>> members = sparse.csr_array([[1, 1, 1, 0], [0, 1, 1, 0]])
    >>> found = merged(Atoms(members, np.array([1, 2, 3, 4])))
    >>> found.members.toarray().tolist(), found.counts.tolist()
    ([[1, 1], [0, 1]], [1, 5])
    """
    links = atoms.links if atoms.links is not None else sparse.csr_array((0, len(atoms.counts)))
    every = sparse.coo_array(sparse.vstack([atoms.members, links]))
    keys = np.random.default_rng(0).integers(1, 2**63, every.shape[0], dtype=np.uint64)
    hashed = np.zeros(every.shape[1], dtype=np.uint64)
    value = keys[every.coords[0]] * every.data.astype(np.int64).astype(np.uint64)
    np.add.at(hashed, every.coords[1], value)
    _, first, inverse = np.unique(hashed, return_index=True, return_inverse=True)
    counts = np.bincount(inverse, atoms.counts, minlength=len(first)).astype(atoms.counts.dtype)
    used = np.bincount(every.coords[1], minlength=every.shape[1])[first] > 0
    kept = first[used]
    return Atoms(
        sparse.csr_array(atoms.members.tocsc()[:, kept]),
        counts[used],
        sparse.csr_array(links.tocsc()[:, kept]),
    )
