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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

COLUMNS = ("area_code", "kind", "occurred_from", "part", "cell_id", "street")
"""What tells incidents apart here; an absent column counts as unknown throughout."""

KEYS = ("area", "kinds", "start", "end", "part", "cell", "street")
"""What may define a published number; what is left out or None selects everything."""

_LEVELS = {"GM": 4, "WK": 6, "BU": 8}
"""Digits of the CBS codes of a gemeente, wijk and buurt."""

Mask = npt.NDArray[np.bool_]
Index = npt.NDArray[np.int64]
Definitions = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, eq=False)
class Atoms:
    """
    Numbers as sums over atoms.

    Parameters
    ----------
    members : sparse array, n_numbers x n_atoms
        1 where an atom is part of a number.
    counts : array of int64, n_atoms
        Incidents in each atom: the truth, which fits all intervals.
    links : sparse array, n_links x n_atoms, optional
        Sums over atoms, with 1 and -1, that are 0 because they count the same incidents.
    """

    members: sparse.csr_array
    counts: Index
    links: sparse.csr_array | None = None

    def totals(self) -> Index:
        """
        Count the incidents of each number.

        Returns
        -------
        array of int64, n_numbers
        """
        return np.asarray(self.members @ self.counts, dtype=np.int64)


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

    Parameters
    ----------
    incidents : DataFrame, n_incidents
        All incidents that the numbers count, with those of `COLUMNS` that the numbers need.
        `occurred_from` is a time, or a whole number such as that of a month. Incidents
        without a time are part of numbers without `start` and `end` only.
    definitions : sequence of mappings, n_numbers
        Which incidents each number counts, by the keys of `KEYS`:

        - ``area``: one code or a tuple of codes. A CBS code selects what lies in it: a wijk
          its buurten, a gemeente its wijken.
        - ``kinds``, ``part``: one value or a tuple of values. A coarse part of the week
          (evenings of workdays) is the tuple of its finest parts.
        - ``start``, ``end``: half-open; times as `occurred_from` has them, or text.
        - ``cell``, ``street``: one value or a tuple of values.
    places : DataFrame, optional
        Combinations that exist, with the columns ``area_code``, ``cell_id`` and ``street``
        as far as the numbers need them: a map tells every reader in which buurt a cell lies.

    Returns
    -------
    Atoms
        The rows of `members` in the order of `definitions`.

    Raises
    ------
    ValueError
        If a definition has a key that is not in `KEYS`, or ends before it starts.

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
    numbers = [_checked(definition) for definition in definitions]
    space = _Space.of(incidents, numbers, places)
    options = [
        space.blocks(frozenset(shared))
        for n in range(len(_CROSSED) + 1)
        for shared in itertools.combinations(_CROSSED, n)
    ]
    return _joined(space, min(options, key=lambda blocks: sum(b.size for b in blocks)))


# --- one axis --------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Axis:
    """Values of one property: which number selects which, and the value of each incident."""

    selected: Mask  # n_numbers x n_values
    codes: Index  # n_incidents

    def classes(self, numbers: Index) -> Index:
        """Give equal values the same class: those that the given numbers tell not apart."""
        return _same(self.selected[numbers])


def _same(columns: npt.NDArray[Any]) -> Index:
    """Number the distinct columns, and give each column its number."""
    packed = np.packbits(columns, axis=0).T if columns.dtype == bool else columns.T
    packed = np.ascontiguousarray(packed)
    if not packed.shape[1]:
        return np.zeros(columns.shape[1], dtype=np.int64)
    whole = packed.view(np.dtype((np.void, packed.shape[1] * packed.itemsize))).ravel()
    return np.unique(whole, return_inverse=True)[1].astype(np.int64)


def _crossed(*classes: Index) -> Index:
    """Number the combinations of some classes that occur."""
    return _same(np.stack(classes))


def _first(classes: Index) -> Index:
    """Give one value of each class."""
    return np.unique(classes, return_index=True)[1].astype(np.int64)


# --- the space of all atoms, and its blocks ----------------------------------------------

_CROSSED = ("cell", "kind", "part")
"""Axes that not every table has; area and time are in all of them."""


@dataclass(frozen=True, eq=False)
class _Block:
    """
    A part of the numbers, and the classes of values that it crosses.

    `classes` gives the class of each value by axis (place, time, kind, part); `up` gives, for
    the classes of the root block, the class here (by axis), and `linked` the class to which
    atoms here and in the root are summed to be equal.
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
    axes: dict[str, _Axis]  # place, time, kind, part
    area: Index  # class of the area of each place, by all numbers
    uses: list[frozenset[str]]  # axes of _CROSSED by number

    @classmethod
    def of(
        cls, incidents: pd.DataFrame, numbers: Definitions, places: pd.DataFrame | None
    ) -> "_Space":
        place, area = _places(incidents, numbers, places)
        axes = {
            "place": place,
            "time": _times(incidents, numbers),
            "kind": _valued(incidents, numbers, "kind", "kinds"),
            "part": _valued(incidents, numbers, "part", "part"),
        }
        keys = {"cell": ("cell", "street"), "kind": ("kinds",), "part": ("part",)}
        uses = [
            frozenset(
                axis for axis in _CROSSED if any(number.get(k) is not None for k in keys[axis])
            )
            for number in numbers
        ]
        return cls(axes, area, uses)

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
                "place": _crossed(place, self.area) if "cell" in own else place,
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
        first = [_first(block.classes[name]) for name in self.axes]
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
            above.append(coarse[_first(root.classes[name])])
            below.append(coarse[_first(leaf.classes[name])])
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
        counts.append(np.bincount(space.atom(block), minlength=block.size))
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
    return merged(Atoms(members, np.concatenate(counts).astype(np.int64), links))


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
    counts = np.bincount(inverse, atoms.counts, minlength=len(first)).astype(np.int64)
    used = np.bincount(every.coords[1], minlength=every.shape[1])[first] > 0
    kept = first[used]
    return Atoms(
        sparse.csr_array(atoms.members.tocsc()[:, kept]),
        counts[used],
        sparse.csr_array(links.tocsc()[:, kept]),
    )


# --- definitions -------------------------------------------------------------------------


def _checked(definition: Mapping[str, Any]) -> dict[str, Any]:
    """Read texts of times, and refuse what isn't known."""
    if unknown := set(definition) - set(KEYS):
        msg = f"a definition has {sorted(unknown)}; known are {', '.join(KEYS)}"
        raise ValueError(msg)
    result = dict(definition)
    for key in ("start", "end"):
        if isinstance(result.get(key), str):
            result[key] = pd.Timestamp(result[key])
    start, end = result.get("start"), result.get("end")
    if start is not None and end is not None and not start < end:
        msg = f"a definition starts on {start} and ends on {end}; the end must be later"
        raise ValueError(msg)
    return result


def _several(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list | tuple | set | frozenset) else (value,)


def _column(table: pd.DataFrame, name: str) -> pd.Series:
    if name in table:
        return table[name].astype(object).where(table[name].notna(), None)
    return pd.Series([None] * len(table), index=table.index, dtype=object)


def _at(known: list[Any], values: Iterable[Any]) -> Index:
    number = {value: i for i, value in enumerate(known)}
    return np.array([number[value] for value in values], dtype=np.int64)


def _distinct(*values: Iterable[Any]) -> list[Any]:
    """List each value once, in order; at least one, so that there is always an atom."""
    return list(dict.fromkeys(itertools.chain(*values))) or [None]


def _named(numbers: Definitions, key: str) -> list[Any]:
    """List the values that definitions name under a key."""
    given = [number[key] for number in numbers if number.get(key) is not None]
    return list(dict.fromkeys(itertools.chain.from_iterable(map(_several, given))))


def _selected(numbers: Definitions, key: str, chosen: Mapping[Any, Mask], n: int) -> Mask:
    """Tell which of n values each number selects, from what each named value selects."""
    result = np.ones((len(numbers), n), dtype=bool)
    for row, number in zip(result, numbers, strict=True):
        if (value := number.get(key)) is not None:
            row[:] = np.logical_or.reduce([chosen[one] for one in _several(value)])
    return result


def _equal(numbers: Definitions, key: str, values: list[Any]) -> Mask:
    """Select the values that are exactly those named."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    chosen = {one: array == one for one in _named(numbers, key)}
    return _selected(numbers, key, chosen, len(values))


def _valued(incidents: pd.DataFrame, numbers: Definitions, column: str, key: str) -> _Axis:
    values = _column(incidents, column)
    known = _distinct(values.unique(), _named(numbers, key))
    return _Axis(_equal(numbers, key, known), _at(known, values))


def _times(incidents: pd.DataFrame, numbers: Definitions) -> _Axis:
    """Cut time where a number starts or ends; the last value is an unknown time."""
    limits = [(number.get("start"), number.get("end")) for number in numbers]
    cuts = pd.Index(sorted({moment for pair in limits for moment in pair if moment is not None}))
    times = _column(incidents, "occurred_from")
    known = times.notna().to_numpy()
    unknown = len(cuts) + 1
    codes = np.full(len(times), unknown, dtype=np.int64)
    codes[known] = 0
    if len(cuts) and known.any():
        codes[known] = cuts.searchsorted(incidents["occurred_from"][known], side="right")
    selected = np.zeros((len(limits), unknown + 1), dtype=bool)
    possible = np.bincount(codes, minlength=unknown + 1) > 0
    for row, (start, end) in zip(selected, limits, strict=True):
        first = 0 if start is None else cuts.get_loc(start) + 1
        row[first : unknown if end is None else cuts.get_loc(end) + 1] = True
        row[unknown] = start is None and end is None
        if start is not None and end is not None:
            possible |= row
    possible[0] |= not possible.any()
    return _Axis(selected[:, possible], (np.cumsum(possible) - 1)[codes])


def _places(
    incidents: pd.DataFrame, numbers: Definitions, places: pd.DataFrame | None
) -> tuple[_Axis, Index]:
    """Give the combinations of buurt, cell and street, and the class of the buurt of each."""
    own = _combinations(incidents)
    known = list(dict.fromkeys(own + ([] if places is None else _combinations(places))))
    areas = _leaves(_distinct((one[0] for one in known), _named(numbers, "area")))
    known += [(area, None, None) for area in areas if area not in {one[0] for one in known}]
    for at, key in ((1, "cell"), (2, "street")):
        absent = [one for one in _named(numbers, key) if one not in {place[at] for place in known}]
        known += [
            (area, one if at == 1 else None, one if at == 2 else None)
            for one in absent
            for area in areas
        ]
    codes = [one[0] for one in known]
    inside = {
        area: np.array([_inside(code, area) for code in codes], dtype=bool)
        for area in _named(numbers, "area")
    }
    area = _selected(numbers, "area", inside, len(known))
    place = area & _equal(numbers, "cell", [one[1] for one in known])
    place &= _equal(numbers, "street", [one[2] for one in known])
    return _Axis(place, _at(known, own)), _same(area)


def _combinations(table: pd.DataFrame) -> list[tuple[Any, Any, Any]]:
    return list(
        zip(*(_column(table, name) for name in ("area_code", "cell_id", "street")), strict=True)
    )


def _inside(code: Any, area: Any) -> bool:
    """Tell whether an area is another one or, by their CBS codes, lies in it."""
    if code == area:
        return True
    if not (isinstance(code, str) and isinstance(area, str)):
        return False
    inner, outer = _LEVELS.get(code[:2]), _LEVELS.get(area[:2])
    if inner is None or outer is None or len(code) != inner + 2 or len(area) != outer + 2:
        return False
    return inner > outer and code[2:].startswith(area[2:])


def _leaves(codes: list[Any]) -> list[Any]:
    """Keep the areas that hold no other area of the list."""
    return [a for a in codes if not any(b != a and _inside(b, a) for b in codes)]
