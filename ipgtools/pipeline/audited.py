"""
Audit the numbers of a briefing together with every number that left before of the same ground.

Each number is read from its id (`privacy.cell_ids`) as a sum over atoms: a buurt x a kind x a
stretch of time x a part of the week x a piece of the map x a street. So they are solved as one:

- totals, areas, kinds, months, grid cells of every size and outlines of places;
- parts of the week: an incident counts in each part by the share of its interval that lies
  there (aoristic), and the sum is rounded, which widens what a reader concludes by a half;
- streets: of the incidents at addresses with several in the period, by the street's name;
- lists of kinds of other profiles, and the kinds that a comparison takes together;
- what periods that overlap leave of each other, and buurten that are left out for their few
  inhabitants: nobody published these, and they stay unknown as what is withheld does.

Persons are audited by themselves, with ten values each: their classes add up to their total.

Not sums, and not audited, because they can't narrow a number:

- Near repeats are pairs of incidents; they don't leave.
- The share of the busiest cells is of 100 incidents or more in 50 cells or more, to five points,
  and at most 95 %: what is left for the other cells is more than one withheld cell can hold, and
  which cells are the busiest is not told (`privacy._forms.concentration`).
- Changes, rates, shares and sentences are computed from numbers as they left.
- Findings and actions of a schouw are no incidents.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ipgtools.errors import ReleaseError
from ipgtools.pipeline import auditable
from ipgtools.privacy import protect
from ipgtools.privacy.audit_release import audit
from ipgtools.privacy.release_atoms import Atoms, atoms_of, pieces

if TYPE_CHECKING:
    from ipgtools.pipeline.inputs import Inputs
    from ipgtools.privacy.definitions import About

__all__ = ["COARSER", "Audited", "Forms", "audited"]

COARSER = (protect.Rule(10, 10), protect.Rule(20, 20), protect.Rule(50, 50))
"""How numbers are rounded that would give a small one away, the finest first."""
_INCIDENTS, _PERSONS = 5, 10
"""Values that a small number keeps."""
Forms = Callable[[pd.DataFrame, protect.Rule], pd.DataFrame]


@dataclass
class Audited:
    """
    What an audit of a release found.

    Parameters
    ----------
    coarser : dict of str to Rule
        By cell id: how numbers must be rounded.
    n_known : int
        Small numbers that earlier releases alone leave with too few values.
    n_differing : int
        Earlier numbers that the data no longer fit; their interval was widened to hold the count.
    ends : DataFrame
        By cell id ``low`` and ``high`` of the numbers of the release with those made coarser:
        what was found to be safe.
    """

    coarser: dict[str, protect.Rule] = field(default_factory=dict)
    n_known: int = 0
    n_differing: int = 0
    ends: pd.DataFrame = field(default_factory=pd.DataFrame)

    def holds(self, cells: pd.DataFrame) -> bool:
        """Tell whether numbers are those that were found to be safe, so that no audit is due."""
        return _ends(cells).equals(self.ends)


def _ends(cells: pd.DataFrame) -> pd.DataFrame:
    return cells.set_index("cell_id")[["low", "high"]].astype("int64").sort_index()


def audited(
    cells: pd.DataFrame, earlier: pd.DataFrame, inputs: "Inputs", about: "About", forms: Forms
) -> Audited:
    """Find the numbers of a release that must be rounded coarser."""
    result = Audited()
    every, persons = cells, auditable.of_persons(cells)
    if persons.any():
        atoms = auditable.person_atoms(cells[persons])
        _solve(cells[persons], atoms, [], forms, _PERSONS, result)
    if not (cells := cells[~persons]).empty:
        others = earlier[~earlier["cell_id"].isin(cells["cell_id"])]
        told = pd.concat([cells, others], ignore_index=True)
        incidents, defined, places = auditable.located(told, inputs, about)
        guards = _guarded(defined, ~told["held"].to_numpy(dtype=bool), inputs)
        atoms = atoms_of(incidents, [*defined, *guards], places=places)
        _solve(told, atoms, guards, forms, _INCIDENTS, result)
    result.ends = _ends(every)
    for rule in set(result.coarser.values()):
        some = every[[result.coarser.get(one) == rule for one in every["cell_id"]]]
        ends = forms(some, rule)
        result.ends.loc[some["cell_id"]] = ends.to_numpy()
    return result


def _solve(
    cells: pd.DataFrame, atoms: Atoms, guards: list[Any], forms: Forms, values: int, into: Audited
) -> None:
    """Audit numbers of one sort, and note what must be coarser."""
    n, totals = len(cells), atoms.totals().astype(float)
    half = np.where(auditable.in_parts(cells), 0.5, 0.0)
    given = cells["n"].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    wrong = np.abs(given - totals[:n]) > half + 1e-6  # never of earlier numbers: NaN
    if wrong.any():
        names = list(cells.loc[wrong, "cell_id"])
        msg = (
            f"{len(names)} numbers are not what their definition counts ({', '.join(names[:3])}); "
            "nothing is known of what they tell, and nothing may leave"
        )
        raise ReleaseError(msg, code="audit_undefined", n=len(names), numbers=names)
    low, high = (cells[end].to_numpy(dtype=float) for end in ("low", "high"))
    held, moved = (cells[name].to_numpy(dtype=bool) for name in ("held", "moved"))
    old = np.isnan(given)
    slack = np.maximum(cells["base"].to_numpy(dtype=float), 5) - 1
    unfit = old & ((totals[:n] < low - half) | (totals[:n] > high + half))
    wide = np.where(unfit | (moved & ~old), slack, 0.0)
    apart = old & ((totals[:n] < low - half - wide) | (totals[:n] > high + half + wide))
    into.n_differing += int(apart.sum())
    low, high = np.maximum(low - half - wide, 0), high + half + wide
    low, high = np.minimum(low, totals[:n]), np.maximum(high, totals[:n])
    limit = cells["threshold"].clip(upper=values).to_numpy(dtype=float) - 1
    more = len(guards)
    numbers = pd.DataFrame(
        {
            "count": totals,
            "low": np.append(low, np.zeros(more)),
            "high": np.append(high, np.full(more, np.inf)),
            "small_limit": np.append(limit, np.full(more, values - 1.0)),
            "new": np.append(~held, np.zeros(more, dtype=bool)),
        },
        index=[*cells["cell_id"], *(f"guard {i}" for i in range(more))],
    )

    def coarser() -> list[pd.DataFrame]:
        return list(_forms(numbers, cells[~held], half[~held], forms))

    found = audit(numbers, atoms, coarser=coarser)
    into.coarser |= {str(one): COARSER[int(level)] for one, level in found.widened.items()}
    into.n_known += len(found.known)


def _forms(
    numbers: pd.DataFrame, free: pd.DataFrame, half: Any, forms: Forms
) -> Iterable[pd.DataFrame]:
    """Give what a reader would conclude from each number in each coarser form."""
    for rule in COARSER:
        ends = forms(free, rule)[["low", "high"]].astype(float)
        ends.loc[free["base"] >= rule.base] = np.nan
        ends["low"], ends["high"] = (ends["low"] - half).clip(lower=0), ends["high"] + half
        # half a count off is the most that rounding adds, but for the last digits of a sum
        counts = numbers.loc[free["cell_id"], "count"].to_numpy()
        ends["low"] = ends["low"].where(ends["low"].isna() | (ends["low"] <= counts), counts)
        ends["high"] = ends["high"].where(ends["high"].isna() | (ends["high"] >= counts), counts)
        yield ends.set_axis(free["cell_id"].to_numpy()).reindex(numbers.index)


def _guarded(defined: list[dict[str, Any]], new: Any, inputs: "Inputs") -> list[dict[str, Any]]:
    """Define what nobody publishes and must stay unknown, of the times of this release."""
    spans = {(one["start"], one["end"]) for one, fresh in zip(defined, new, strict=True) if fresh}
    found = [
        one
        for one in pieces(defined)
        if any(start < one["end"] and one["start"] < end for start, end in spans)
    ]
    own = list(inputs.study.parts["area_code"].astype("str"))
    known = {
        (one["area"], one["start"], one["end"])
        for one in defined
        if set(one) == {"area", "start", "end"}
    }
    # only where the buurten of a period are published: those that are missing were left out
    periods = {(start, end) for area, start, end in known if area != tuple(own) and area[0] in own}
    left = [
        {"area": (area,), "start": start, "end": end}
        for start, end in sorted(periods & spans)
        for area in own
        if ((area,), start, end) not in known
    ]
    return [*found, *left]
