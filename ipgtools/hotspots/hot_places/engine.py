"""
Find the places that stand out on a lattice of counts, one after another.

The zone with the highest score is held against the highest score anywhere on maps of chance,
so looking everywhere is corrected for. What was found is then taken down to what was expected
there, and the search goes on. Arrays in, values out; tables are the caller's.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from ipgtools.hotspots.hot_places import expectation
from ipgtools.hotspots.hot_places import zones as zones_
from ipgtools.hotspots.hot_places.zones import Zones

__all__ = [
    "ALIVE", "CLAIMS", "FEWEST_ALIVE", "MOST_ROUNDS", "RULES", "Array", "Claim", "Found", "Lattice",
    "Rule", "find",
]  # fmt: skip

Array = np.ndarray[Any, Any]
Claim = Literal["new", "busy", "cluster"]

CLAIMS: tuple[Claim, ...] = ("new", "busy", "cluster")
"""In the order they are listed: what overlaps an earlier one is dropped."""
MOST_ROUNDS = 25
FEWEST_ALIVE = 3
"""Incidents in the period below which a lasting place is not reported."""
_FAR = 3
ALIVE = 1.5
"""Times its expectation that a lasting place must hold in the period to be reported."""


@dataclass(frozen=True)
class Rule:
    """
    What is tested for one claim.

    Parameters
    ----------
    factor : float
        The null is "at most so many times what is expected".
    block : int
        Dispersion is measured in blocks of so many cells by so many.
    leave : bool
        Whether the cell of a zone that exceeds its expectation the most is left out.
    merge : bool
        Whether found zones that touch are one place.
    """

    factor: float
    block: int = 1
    leave: bool = False
    merge: bool = False


RULES: dict[Claim, Rule] = {
    "new": Rule(factor=1.25, block=3),
    "busy": Rule(factor=3.0, merge=True),
    "cluster": Rule(factor=2.0, block=3, leave=True),
}


@dataclass(frozen=True)
class Found:
    """
    A place that a test named.

    Parameters
    ----------
    claim : {"new", "busy", "cluster"}
        What may be claimed of it.
    cells : array of int
        Flat cell numbers.
    n, expected : float
        Incidents of the tested window, and what was expected of it.
    n_now, expected_now : float
        The same for the period.
    p_value : float
        Of the highest score anywhere; the smallest of what was merged.
    dispersion : float
        Variance of counts by their mean, as measured.
    """

    claim: Claim
    cells: Array
    n: float
    expected: float
    n_now: float
    expected_now: float
    p_value: float
    dispersion: float = 1.0


@dataclass(frozen=True)
class Lattice:
    """
    The cells that a search looks at.

    Parameters
    ----------
    inside, region : array of bool, n_rows by n_columns
        Cells of the study area, and those with what lies around it.
    cell_size : float
        Metres.
    lines : sequence of array of int, optional
        Flat cells of stretches of street; straight lines are taken where there are none.
    """

    inside: Array
    region: Array
    cell_size: float = 100.0
    lines: Sequence[Array] | None = None
    _made: dict[Claim, Zones] = field(default_factory=dict, repr=False, compare=False)

    def zones(self, claim: Claim) -> Zones:
        """Return the zones of a claim; they are made once."""
        if claim not in self._made:
            self._made[claim] = self._zones(claim)
        return self._made[claim]

    def _zones(self, claim: Claim) -> Zones:
        if claim == "busy":
            return zones_.single_cells(self.inside, self.region)
        if claim == "new":
            return zones_.discs(self.inside, self.region, (0.0, *zones_.DISC_RADII))
        round_ = zones_.discs(self.inside, self.region)
        if self.lines is None:
            along = zones_.straight_lines(self.inside, self.region)
        else:
            along = zones_.from_cells(self.lines, self.inside, self.region)
        return zones_.joined(round_, along)


def find(
    now: Array,
    history: Array,
    baseline: Array | None,
    lattice: Lattice,
    *,
    window: Array | None = None,
    claims: Sequence[Claim] = CLAIMS,
    alpha: float = 0.05,
    n_draws: int = 999,
    rng: np.random.Generator,
) -> list[Found]:
    """Find the places that stand out."""
    long = now + history.sum(axis=0) if window is None else window
    found: list[Found] = []
    for claim in claims:
        if claim == "new":
            found += _search_new(now, history, lattice, alpha, n_draws, rng)
        elif baseline is not None:
            found += _search_lasting(
                claim, now, long, history, baseline, lattice, alpha, n_draws, rng
            )
    return found


def _search_new(
    now: Array,
    history: Array,
    lattice: Lattice,
    alpha: float,
    n_draws: int,
    rng: np.random.Generator,
) -> list[Found]:
    region, rule = lattice.region, RULES["new"]
    past = history.sum(axis=0)
    weight, shape = expectation.own_past(past, region, lattice.cell_size)
    if not weight.sum() > 0:
        return []
    spread = expectation.dispersion(history, region, block=rule.block)

    def expected(counts: Array) -> Array:
        return weight * (np.where(region, counts, 0.0).sum() / weight.sum())

    return _in_turn("new", now, now, expected, lattice, spread, shape, alpha, n_draws, rng)


def _search_lasting(
    claim: Claim,
    now: Array,
    long: Array,
    history: Array,
    baseline: Array,
    lattice: Lattice,
    alpha: float,
    n_draws: int,
    rng: np.random.Generator,
) -> list[Found]:
    region, rule = lattice.region, RULES[claim]
    spread = expectation.dispersion(history, region, block=rule.block)

    def expected(counts: Array) -> Array:
        return expectation.local(counts, baseline, region)

    shape = np.zeros(now.shape)
    found = _in_turn(claim, now, long, expected, lattice, spread, shape, alpha, n_draws, rng)
    if rule.merge and len(found) > 1:
        found = _merged(found, now.shape[1])
    return [
        one for one in found if one.n_now >= FEWEST_ALIVE and one.n_now >= ALIVE * one.expected_now
    ]


def _in_turn(
    claim: Claim,
    now: Array,
    counts: Array,
    expected_of: Any,
    lattice: Lattice,
    spread: float,
    shape: Array,
    alpha: float,
    n_draws: int,
    rng: np.random.Generator,
) -> list[Found]:
    """Name the best zone, take it down to its expectation, and go on until none is named."""
    from ipgtools.hotspots.hot_places import _kernel

    rule, zones = RULES[claim], lattice.zones(claim)
    if not zones.n_zones:
        return []
    used = np.flatnonzero(np.bincount(zones.member))
    here = np.where(lattice.region, now, 0.0).ravel()
    held = np.where(lattice.region, counts, 0.0).ravel()
    left = held.copy()
    most = int(np.floor(alpha * (n_draws + 1))) - 1
    found: list[Found] = []
    highest = np.zeros(0)
    for _ in range(MOST_ROUNDS):
        expected = expected_of(left.reshape(now.shape)).ravel()
        mean = rule.factor * expected
        score = _kernel.scores(
            left, mean, zones.first, zones.last, zones.member, rule.leave, only_highest=False
        )
        best = int(np.argmax(score))
        if not score[best] > 0:
            break
        if not _clear(highest, score[best], most, n_draws):
            highest = _kernel.highest_by_chance(
                float(score[best]), mean, shape.ravel(), spread, used, zones.first, zones.last,
                zones.member, rule.leave, n_draws, most, rng,
            )  # fmt: skip
        exceeding = int((highest >= score[best]).sum())
        p = (exceeding + 1) / (len(highest) + 1)
        if exceeding > most:
            break
        cells = zones.cells(best)
        scale = here.sum() / held.sum() if held.sum() > 0 else 0.0
        found.append(
            Found(
                claim=claim,
                cells=cells,
                n=float(held[cells].sum()),
                expected=float(expected[cells].sum()),
                n_now=float(here[cells].sum()),
                expected_now=float(expected[cells].sum() * scale),
                p_value=p,
                dispersion=spread,
            )
        )
        left[cells] = np.minimum(left[cells], expected[cells])
    return found


def _clear(highest: Array, score: float, most: int, n_draws: int) -> bool:
    """
    Return whether maps that were drawn before decide on a score without drawing new ones.

    What was named since has lowered what is expected there, which hardly moves the highest
    score by chance: only near the limit that matters.
    """
    if len(highest) < n_draws:
        return False
    exceeding = int((highest >= score).sum())
    return exceeding == 0 or exceeding > _FAR * (most + 1)


def _merged(found: list[Found], n_columns: int) -> list[Found]:
    """Make one place of found zones that touch."""
    owner = np.concatenate([np.full(len(one.cells), at) for at, one in enumerate(found)])
    cells = np.concatenate([one.cells for one in found])
    merged = []
    for group in zones_.touching(cells, n_columns):
        parts = [found[at] for at in np.unique(owner[group])]
        merged.append(
            Found(
                claim=parts[0].claim,
                cells=np.concatenate([one.cells for one in parts]),
                n=sum(one.n for one in parts),
                expected=sum(one.expected for one in parts),
                n_now=sum(one.n_now for one in parts),
                expected_now=sum(one.expected_now for one in parts),
                p_value=min(one.p_value for one in parts),
                dispersion=parts[0].dispersion,
            )
        )
    return merged
