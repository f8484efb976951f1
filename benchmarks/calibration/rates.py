"""Count how often a method names a place where there is none, and finds the one there is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from calibration.simulated import INSIDE, REGION, Map, null_maps, planted_maps

CLAIMS = ("new", "busy", "cluster")


class Found(Protocol):
    """A place that a method names."""

    claim: str
    cells: npt.NDArray[np.int64]
    n: float
    expected: float
    p_value: float


Method = Callable[..., Sequence[Found]]
"""
``method(now, history, window, baseline, inside, region, *, claims, lines, rng)``: counts of this
period, of the steps of the past, and of the 24 months that end with this period; what explains
incidents; cells of the wijk, and those with the strip around it; stretches of street, or None.
"""


@dataclass(frozen=True)
class Task:
    """
    Maps of one sort to try a method on.

    Parameters
    ----------
    on : str
        One of `simulated.NULLS`.
    n : float
        Mean number of incidents in the wijk a quarter.
    n_maps, seed : int
    claims : tuple of str
        What the method is asked for.
    planted : str, default ""
        One of `simulated.PLANTED`, or nothing.
    """

    on: str
    n: float
    n_maps: int
    seed: int
    claims: tuple[str, ...] = CLAIMS
    planted: str = ""

    def maps(self) -> Iterable[Map]:
        """Draw them: what is planted lasts, but for *new* it is of this quarter only."""
        if not self.planted:
            return null_maps(self.on, self.n, self.n_maps, self.seed)
        return planted_maps(
            self.planted, self.on, self.n, self.n_maps, self.seed, lasting="new" not in self.claims
        )


@dataclass
class Tally:
    """
    What a method said of some maps.

    Parameters
    ----------
    n_maps : int
    named, hit, elsewhere : dict of str to int
        Per claim, maps with any place; with a place that shares a cell with the planted one; with
        a place that shares none with it or the cells around it.
    seconds : float
    """

    n_maps: int
    named: dict[str, int]
    hit: dict[str, int]
    elsewhere: dict[str, int]
    seconds: float = 0.0


def tally(task: Task, method: Method) -> Tally:
    """
    Try a method on the maps of a task.

    Parameters
    ----------
    task : Task
    method : Method

    Returns
    -------
    Tally
    """
    named, hit, elsewhere = (dict.fromkeys(task.claims, 0) for _ in range(3))
    for number, one in enumerate(task.maps()):
        found = method(
            one.now, one.history, one.window, one.baseline, INSIDE, REGION,
            claims=task.claims, lines=one.lines, rng=np.random.default_rng([task.seed, number]),
        )  # fmt: skip
        near = _with_neighbours(one.planted)
        for claim in task.claims:
            cells = [np.asarray(place.cells) for place in found if place.claim == claim]
            named[claim] += bool(cells)
            hit[claim] += any(np.isin(these, one.planted).any() for these in cells)
            elsewhere[claim] += any(not np.isin(these, near).any() for these in cells)
    return Tally(task.n_maps, named, hit, elsewhere)


def _with_neighbours(cells: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    marked = np.zeros_like(REGION)
    marked.flat[cells] = True
    return np.flatnonzero(ndimage.binary_dilation(marked, np.ones((3, 3))))


def engine(**options: Any) -> Method:
    """Give the method of ipgtools, with options of `find`."""
    from ipgtools.hotspots.hot_places.engine import Lattice, find

    def method(
        now: Any,
        history: Any,
        window: Any,
        baseline: Any,
        inside: Any,
        region: Any,
        *,
        lines: Any = None,
        **more: Any,
    ) -> list[Any]:
        lattice = Lattice(inside, region, lines=lines)
        return find(now, history, baseline, lattice, window=window, **more, **options)

    return method
