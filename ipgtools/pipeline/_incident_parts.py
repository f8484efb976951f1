"""Tell incidents apart as numbers of releases do: by list, piece of map, street, part of week."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ipgtools.grid import Grid
from ipgtools.hotspots.hot_places.membership import points_in_places
from ipgtools.periods import DAYPARTS, Period
from ipgtools.pipeline import changes
from ipgtools.privacy import cell_ids
from ipgtools.privacy.definitions import NOT

if TYPE_CHECKING:
    import geopandas as gpd

    from ipgtools.pipeline.inputs import Inputs

__all__ = ["ALL", "ALSO", "WITHOUT", "Lists", "Pieces", "Streets", "finest", "grid", "spread"]

ALL, WITHOUT, ALSO = "alle soorten", "zonder ", "ook "
"""How a list of kinds says what it holds: all, or codes; without groups; and what is named."""
_UNKNOWN = "onbekend"
_ELSEWHERE = "elders"
_MONDAY = 4 * 86_400
_PART = 6 * 3_600
_WEEK = 28


def grid(inputs: "Inputs", size: float) -> Grid:
    """Lay the squares of a size over the area of a release."""
    return Grid.covering(inputs.study.parts, size)


@dataclass(frozen=True, eq=False)
class Lists:
    """
    The lists of kinds that numbers count by.

    Parameters
    ----------
    main : tuple of str
        That of this release.
    others : list of tuple of str
        Those of other profiles, which earlier numbers were counted by.
    """

    main: tuple[str, ...]
    others: list[tuple[str, ...]]
    values: dict[str, tuple[str, str]]

    @classmethod
    def of(cls, kinds: Iterable[tuple[str, ...]], main: tuple[str, ...]) -> "Lists":
        found = {_base(one) for one in kinds if _is_list(one)}
        return cls(main, sorted(found - {_base(main)}), {})

    def rows(self, inputs: "Inputs", span: Period) -> "gpd.GeoDataFrame":
        """Give the incidents of some time that any of the lists counts."""
        from ipgtools import areas

        placed = inputs.placed
        mine = placed[span.contains(placed["occurred_from"]).to_numpy()]
        if not self.others:
            return mine.assign(_lists="1")
        read = inputs.placed if inputs.as_read is None else inputs.as_read
        read = read[span.contains(read["occurred_from"]).to_numpy()]
        counted_by = [mine, *(_selected(read, one, inputs) for one in self.others)]
        flags = [read.index.isin(some.index) for some in counted_by]
        counted = np.logical_or.reduce(flags)
        bits = ["".join("01"[int(flag)] for flag in row) for row in zip(*flags, strict=True)]
        found = read.assign(_lists=bits)[counted]
        return found.assign(area_code=areas.assign(found, inputs.areas))

    def named(self, rows: pd.DataFrame) -> Any:
        """Name the kind of each incident, with the lists that count it."""
        kind = changes.kinds(rows).str.replace("|", "/").to_numpy(dtype=object)
        bits = rows["_lists"].to_numpy(dtype=object)
        plain = not self.others
        named = kind if plain else kind + "|" + bits
        keys = {one: cell_ids.kinds_key(str(one)) for one in set(kind)}
        for value, one, flags in set(zip(named, kind, bits, strict=True)):
            self.values[value] = (keys[one], flags)
        return named

    def chosen(self, kinds: tuple[str, ...], key: str) -> tuple[str, ...] | None:
        """Give the names of the kinds that a number counts; None for all."""
        if not _is_list(kinds):
            found = tuple(
                v for v, (one, bits) in self.values.items() if one == key and bits[0] > "0"
            )
            return found or (key,)
        base = _base(kinds)
        others = {cell_ids.kinds_key(one.removeprefix(NOT)) for one in kinds if one.startswith(NOT)}
        if not others and not self.others:
            return None
        at = 0 if base == _base(self.main) else 1 + self.others.index(base)
        found = tuple(
            value
            for value, (one, bits) in self.values.items()
            if bits[at] == "1" and one not in others
        )
        return found or (f"geen: {key}",)


def _is_list(kinds: tuple[str, ...]) -> bool:
    return len(kinds) > 1 or _is_all(kinds[0])


def _is_all(kind: str) -> bool:
    """Return whether a kind means all, as it is written or as ids write it."""
    return cell_ids.kinds_key(kind) == cell_ids.kinds_key(ALL)


def _base(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Give a list without what it leaves to rows of their own."""
    own = (one for one in kinds if not one.startswith(NOT))
    return tuple(sorted({ALL if _is_all(one) else one for one in own}))


def _selected(read: "gpd.GeoDataFrame", listed: tuple[str, ...], inputs: "Inputs") -> pd.DataFrame:
    """Give the incidents that the list of another profile counts."""
    from ipgtools import privacy
    from ipgtools.pipeline.inputs import of_categories

    def after(word: str) -> tuple[str, ...]:
        return tuple(one.removeprefix(word) for one in listed if one.startswith(word))

    rule = inputs.profile.kinds.model_copy(update={"withheld": after(WITHOUT)})
    theirs = inputs.profile.model_copy(update={"kinds": rule})
    found = privacy.select(read, theirs, named=after(ALSO)).incidents
    asked = [one for one in listed if one != ALL and not one.startswith((WITHOUT, ALSO))]
    return found[of_categories(found, asked)] if asked else found


@dataclass(frozen=True, eq=False)
class Pieces:
    """
    The pieces that grids and outlines cut the map into.

    Parameters
    ----------
    of_row : array of str, n_incidents
        The piece in which each incident lies.
    members : dict
        By size and name of a cell or outline the pieces that it is made of.
    """

    of_row: Any
    members: dict[tuple[float, str], tuple[str, ...]]
    inputs: "Inputs"

    @classmethod
    def of(
        cls,
        rows: "gpd.GeoDataFrame",
        published_squares: dict[float, set[str]],
        shapes: dict[str, Any],
        inputs: "Inputs",
    ) -> "Pieces":
        x, y = rows.geometry.x.to_numpy(), rows.geometry.y.to_numpy()
        columns: dict[Any, Any] = {}
        for size, codes in sorted(published_squares.items()):
            squares = grid(inputs, size)
            if not codes <= set(squares.cell_ids):  # of an area around this one
                squares = Grid.covering(inputs.areas, size)
            columns[size] = np.append(squares.cell_ids, "")[squares.locate(x, y)]
        names = list(shapes)
        place, row = points_in_places(
            np.array([shapes[name] for name in names], dtype=object), rows
        )
        inside = np.zeros((len(names), len(rows)), dtype=bool)
        inside[place, row] = True
        columns |= dict(zip(names, inside, strict=True))
        if not columns:
            return cls(np.full(len(rows), "0", dtype=object), {}, inputs)
        cut = pd.DataFrame(columns, index=range(len(rows)))
        group = cut.groupby(list(cut.columns), sort=False).ngroup().astype(str)
        first = cut.assign(piece=group).drop_duplicates("piece")
        members: dict[tuple[float, str], tuple[str, ...]] = {}
        for size in published_squares:
            for cell, some in first.groupby(size)["piece"]:
                members[size, str(cell)] = tuple(some)
        for name in shapes:
            members[1.0, name] = tuple(first.loc[first[name], "piece"])
        return cls(group.to_numpy(dtype=object), members, inputs)

    def absent(
        self, cells: pd.DataFrame, incidents: pd.DataFrame, own: tuple[str, ...]
    ) -> pd.DataFrame:
        """Add a piece for each cell that holds no incident of the area: it could hold some."""
        held = set(incidents["cell_id"][incidents["area_code"].isin(own)])
        names: list[str] = []
        keys: list[tuple[float, str]] = []
        for key in dict.fromkeys(zip(cells["size"], cells["cell"], strict=True)):
            if not held & set(self.members.get(key, ())):
                names.append(f"leeg {key[0]:g} {key[1]}")
                keys.append(key)
                self.members[key] = (*self.members.get(key, ()), names[-1])
        areas = np.full(len(keys), own[0], dtype=object)
        for size in {size for size, _ in keys} - {1.0}:
            squares = grid(self.inputs, size).cells().set_index("cell_id").geometry
            at = [i for i, key in enumerate(keys) if key[0] == size]
            centre = squares.centroid.reindex([keys[i][1] for i in at])
            there = centre.notna().to_numpy()
            self._within_coarser(size, np.array(names, dtype=object)[at][there], centre[there])
            index = self.inputs.study.parts.sindex
            near = index.nearest(centre[there], return_all=False)[1]
            areas[np.array(at)[there]] = np.array(own, dtype=object)[near]
            areas[np.array(at)[~there]] = _ELSEWHERE
        return pd.DataFrame({"area_code": areas, "cell_id": names})

    def _within_coarser(self, size: float, names: Any, centre: "gpd.GeoSeries") -> None:
        """Add empty cells to the coarser cells around them: what these count, they may hold."""
        for coarser in {of for of, _ in self.members if of > size}:
            squares = grid(self.inputs, coarser)
            at = squares.locate(centre.x.to_numpy(), centre.y.to_numpy())
            around = np.append(squares.cell_ids, "")[at]
            for name, cell in zip(names, around, strict=True):
                if (coarser, str(cell)) in self.members:
                    key = coarser, str(cell)
                    self.members[key] = (*self.members[key], name)

    def within(self, size: float, name: str) -> tuple[str, ...]:
        """Give the pieces of a cell or outline."""
        return self.members[size, name]


@dataclass(frozen=True, eq=False)
class Streets:
    """
    The streets by whose name addresses with several incidents are named.

    An address has several in one period and one in another, so an incident has a mark for each
    period and street in which it counts.
    """

    of_row: Any
    marks: dict[str, set[str]]
    periods: dict[tuple[Any, Any], int]

    @classmethod
    def of(
        cls, rows: "gpd.GeoDataFrame", named_places: pd.DataFrame, inputs: "Inputs"
    ) -> "Streets":
        spans = list(
            named_places[["start", "end"]].drop_duplicates().itertuples(index=False, name=None)
        )
        periods = {span: at for at, span in enumerate(spans)}
        marks: list[list[str]] = [[] for _ in range(len(rows))]
        for (start, end), at in periods.items():
            chosen = np.flatnonzero(
                Period(start, end).contains(rows["occurred_from"]).to_numpy()
                & rows["area_code"].notna().to_numpy()
                & rows["_lists"].str.startswith("1").to_numpy()
            )
            for row, street in zip(chosen, _repeated(rows.iloc[chosen], inputs), strict=True):
                if street:
                    marks[row].append(f"{at}:{street}")
        joined = [";".join(one) or None for one in marks]
        known = {one: set(one.split(";")) for one in set(joined) if one}
        return cls(np.array(joined, dtype=object), known, periods)

    def within(self, start: Any, end: Any, street: str) -> tuple[str, ...]:
        """Give the values of the incidents that a street's number counts."""
        mark = f"{self.periods[start, end]}:{street}"
        return tuple(value for value, known in self.marks.items() if mark in known) or (mark,)


def _repeated(rows: "gpd.GeoDataFrame", inputs: "Inputs") -> list[str]:
    """Give for each incident the street of its address if that has several, as ids write it."""
    from ipgtools import repeats
    from ipgtools.privacy import public_place_names

    found = repeats.places(rows)
    if "street_name" not in found:
        return [""] * len(rows)
    named_places, _ = public_place_names.public_places(
        pd.DataFrame(found), ["street_name"], inputs.public_places
    )
    named = named_places["street_name"].where(named_places["street_name"].notna(), "").astype("str")
    street = {
        (point.x, point.y): cell_ids.street_key(name) if name else ""
        for point, name in zip(found.geometry, named, strict=True)
    }
    x, y = rows.geometry.x.to_numpy(), rows.geometry.y.to_numpy()
    return [street.get(at, "") for at in zip(x, y, strict=True)]


def finest(part: str) -> tuple[str, ...]:
    """
    Give the finest parts of the week that a part is made of.

    Examples
    --------
    >>> finest("0 nacht"), len(finest("nacht")), finest("True avond")
    (('0 nacht',), 7, ('5 avond', '6 avond'))
    """
    words = part.split(" ")
    days = {"True": (5, 6), "False": (0, 1, 2, 3, 4)}.get(
        words[0], (int(words[0]),) if words[0].isdigit() else tuple(range(7))
    )
    named = [one for one in words if one in DAYPARTS] or list(DAYPARTS)
    return tuple(f"{day} {one}" for day in days for one in named)


def spread(
    incidents: pd.DataFrame, rows: pd.DataFrame, periods: list[Period], inputs: "Inputs"
) -> pd.DataFrame:
    """Spread incidents of some periods over the parts of the week, as `times.aoristic` does."""
    from ipgtools import times
    from ipgtools.times._counts import spans

    longest = inputs.settings.analysis.longest_days * 86_400
    timed = np.zeros(len(rows), dtype=bool)
    for period in periods:
        timed |= period.contains(rows["occurred_from"]).to_numpy()
    some = rows[timed]
    known = times.clock_known(some, among=inputs.everywhere).to_numpy()
    start, length, has_start = spans(some)
    at = np.flatnonzero(timed)[known & has_start & (length <= longest)]
    start, length = (one[known & has_start & (length <= longest)] for one in (start, length))
    first = (start - _MONDAY) // _PART
    n = (start + length - _MONDAY) // _PART - first + 1
    row = np.repeat(np.arange(len(at)), n)
    slot = first[row] + np.arange(len(row)) - np.repeat(np.cumsum(n) - n, n)
    begin = slot * _PART + _MONDAY
    ends = np.minimum(begin + _PART, (start + length)[row])
    overlap = ends - np.maximum(begin, start[row])
    weight = np.where(length[row] > 0, overlap / np.maximum(length[row], 1), 1.0)
    kept = weight > 0
    row, slot, weight = row[kept], slot[kept] % _WEEK, weight[kept]
    names = np.array([f"{day} {part}" for day in range(7) for part in DAYPARTS], dtype=object)
    split = incidents.iloc[at[row]].assign(part=names[slot], weight=weight)
    whole = np.ones(len(rows), dtype=bool)
    whole[at] = False
    rest = incidents[whole].assign(part=_UNKNOWN, weight=1.0)
    return pd.concat([split, rest], ignore_index=True)
