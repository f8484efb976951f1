"""
Read which incidents published numbers count, one property at a time.

Each property (place, time, kind, part of the week) is an `Axis`: the values it can have,
which of them each number selects, and the value of each incident.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = [
    "COLUMNS", "KEYS", "Axis", "Definitions", "Index", "Mask", "checked", "crossed", "first_of",
    "inside", "places_of", "same", "several", "times_of", "valued",
]  # fmt: skip

COLUMNS = ("area_code", "kind", "occurred_from", "part", "cell_id", "street", "weight")
"""What tells incidents apart here; an absent column counts as unknown throughout."""

KEYS = ("area", "kinds", "start", "end", "part", "cell", "street")
"""What may define a published number; what is left out or None selects everything."""

_LEVELS = {"GM": 4, "WK": 6, "BU": 8}
"""Digits of the CBS codes of a gemeente, wijk and buurt."""

Mask = npt.NDArray[np.bool_]
Index = npt.NDArray[np.int64]
Definitions = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, eq=False)
class Axis:
    """Values of one property: which number selects which, and the value of each incident."""

    selected: Mask  # n_numbers x n_values
    codes: Index  # n_incidents

    def classes(self, numbers: Index) -> Index:
        """Give equal values the same class: those that the given numbers tell not apart."""
        return same(self.selected[numbers])


def same(columns: npt.NDArray[Any]) -> Index:
    """Number the distinct columns, and give each column its number."""
    packed = np.packbits(columns, axis=0).T if columns.dtype == bool else columns.T
    packed = np.ascontiguousarray(packed)
    if not packed.shape[1]:
        return np.zeros(columns.shape[1], dtype=np.int64)
    whole = packed.view(np.dtype((np.void, packed.shape[1] * packed.itemsize))).ravel()
    return np.unique(whole, return_inverse=True)[1].astype(np.int64)


def crossed(*classes: Index) -> Index:
    """Number the combinations of some classes that occur."""
    return same(np.stack(classes))


def first_of(classes: Index) -> Index:
    """Give one value of each class."""
    return np.unique(classes, return_index=True)[1].astype(np.int64)


def checked(definition: Mapping[str, Any]) -> dict[str, Any]:
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


def several(value: Any) -> tuple[Any, ...]:
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
    return list(dict.fromkeys(itertools.chain.from_iterable(map(several, given))))


def _selected(numbers: Definitions, key: str, chosen: Mapping[Any, Mask], n: int) -> Mask:
    """Tell which of n values each number selects, from what each named value selects."""
    result = np.ones((len(numbers), n), dtype=bool)
    for row, number in zip(result, numbers, strict=True):
        if (value := number.get(key)) is not None:
            row[:] = np.logical_or.reduce([chosen[one] for one in several(value)])
    return result


def _equal(numbers: Definitions, key: str, values: list[Any]) -> Mask:
    """Select the values that are exactly those named."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    chosen = {one: array == one for one in _named(numbers, key)}
    return _selected(numbers, key, chosen, len(values))


def valued(incidents: pd.DataFrame, numbers: Definitions, column: str, key: str) -> Axis:
    values = _column(incidents, column)
    known = _distinct(values.unique(), _named(numbers, key))
    return Axis(_equal(numbers, key, known), _at(known, values))


def times_of(incidents: pd.DataFrame, numbers: Definitions) -> Axis:
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
    return Axis(selected[:, possible], (np.cumsum(possible) - 1)[codes])


def places_of(
    incidents: pd.DataFrame, numbers: Definitions, places: pd.DataFrame | None
) -> tuple[Axis, Index]:
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
    within = {
        area: np.array([inside(code, area) for code in codes], dtype=bool)
        for area in _named(numbers, "area")
    }
    area = _selected(numbers, "area", within, len(known))
    place = area & _equal(numbers, "cell", [one[1] for one in known])
    place &= _equal(numbers, "street", [one[2] for one in known])
    return Axis(place, _at(known, own)), same(area)


def _combinations(table: pd.DataFrame) -> list[tuple[Any, Any, Any]]:
    return list(
        zip(*(_column(table, name) for name in ("area_code", "cell_id", "street")), strict=True)
    )


def inside(code: Any, area: Any) -> bool:
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
    return [a for a in codes if not any(b != a and inside(b, a) for b in codes)]
