"""Hold what is named in real units against what came next, and against shuffled time."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from calibration.cities import Moment, dealt
from calibration.rates import CLAIMS, Method

STILL = 1.5
"""Times its expectation that a place must hold in the next period to be still high."""
FEWEST_MONTHS = 6
"""Months of past below which nothing is called new."""


@dataclass
class Seen:
    """
    What a method said of the moments of a city.

    Parameters
    ----------
    n_moments : int
    n_places : list of int
        Per moment, without those that overlap an earlier one.
    named : dict of str to int
        Moments with a place, per claim.
    next_held, next_expected : dict of str to float
        Incidents of the next period in the places of a claim, and those expected.
    n_ahead, n_still : dict of str to int
        Places of which the next period is known, and of these still high.
    n_tested, n_new, n_dealt : int
        Moments where *new* was tested, those with any, and those with any in shuffled time.
    """

    n_moments: int = 0
    n_places: list[int] = field(default_factory=list)
    named: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CLAIMS, 0))
    next_held: dict[str, float] = field(default_factory=lambda: dict.fromkeys(CLAIMS, 0.0))
    next_expected: dict[str, float] = field(default_factory=lambda: dict.fromkeys(CLAIMS, 0.0))
    n_ahead: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CLAIMS, 0))
    n_still: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CLAIMS, 0))
    n_tested: int = 0
    n_new: int = 0
    n_dealt: int = 0

    def share(self, low: int, high: float = np.inf) -> float:
        """Give the share of moments with so many places."""
        n = np.array(self.n_places)
        return float(((n >= low) & (n <= high)).mean()) if len(n) else np.nan

    def over_expectation(self, claim: str) -> float:
        """Give incidents of the next period by those expected."""
        return self.next_held[claim] / (self.next_expected[claim] or np.nan)

    def still(self, claim: str) -> float:
        """Give the share of places that are still high."""
        return self.n_still[claim] / (self.n_ahead[claim] or np.nan)


def look(moments: Iterable[Moment], method: Method, seed: int) -> Seen:
    """
    Try a method on moments of a city, and look what came next.

    No addresses or streets are at hand for these cities: the baseline is flat, which the
    expectation from the surroundings makes up for in part. What is expected in the next period is
    what was expected in the tested window, in proportion to all incidents. Where a source moved its
    fixed points, *new* is tested from the third month after it; the past still holds old points.

    Parameters
    ----------
    moments : iterable of Moment
    method : Method
    seed : int

    Returns
    -------
    Seen
    """
    seen, rng = Seen(), np.random.default_rng(seed)
    for one in moments:
        known = one.first >= FEWEST_MONTHS and not one.on_new_points
        claims = CLAIMS if known else CLAIMS[1:]
        found = method(*_given(one), claims=claims, rng=rng)
        taken: set[int] = set()
        n_places = 0
        for place in found:
            cells = set(np.asarray(place.cells).tolist())
            n_places += not cells & taken
            taken |= set() if cells & taken else cells
        seen.n_moments += 1
        seen.n_places.append(n_places)
        for claim in {place.claim for place in found}:
            seen.named[claim] += 1
        if "new" in claims:
            seen.n_tested += 1
            seen.n_new += any(place.claim == "new" for place in found)
            shuffled = method(*_given(dealt(one, rng)), claims=("new",), rng=rng)
            seen.n_dealt += bool(shuffled)
        if one.next is None:
            continue
        for place in found:
            tested = one.now if place.claim == "new" else one.window
            expected = place.expected * one.next.sum() / tested.sum()
            held = one.next.ravel()[np.asarray(place.cells)].sum()
            seen.next_held[place.claim] += held
            seen.next_expected[place.claim] += expected
            seen.n_ahead[place.claim] += 1
            seen.n_still[place.claim] += bool(held >= STILL * expected)
    return seen


def _given(one: Moment) -> tuple[np.ndarray, ...]:
    unit = one.unit
    return one.now, one.history, one.window, unit.region.astype(float), unit.inside, unit.region
