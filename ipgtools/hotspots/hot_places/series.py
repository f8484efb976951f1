"""
Choose what is tested: all incidents together, and each kind with enough of them.

A place of one kind drowns among all incidents. Testing kinds as well costs level: half of it
goes to all incidents together, the rest in equal parts to the kinds (Bonferroni).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd

from ipgtools._parallel import thread_map
from ipgtools.hotspots.hot_places import engine, history_steps
from ipgtools.hotspots.hot_places.engine import Claim, Found, Lattice
from ipgtools.hotspots.hot_places.membership import ALL
from ipgtools.hotspots.hot_places.region import Region
from ipgtools.periods import Period

__all__ = [
    "FEWEST_NEW_OF_KIND", "FEWEST_OF_KIND", "MOST_KINDS", "SHARE_OF_ALL", "Array", "Series",
    "choose", "find",
]  # fmt: skip

Array = np.ndarray[Any, Any]
Named = tuple[Found, str]


FEWEST_OF_KIND = 60
"""Incidents of a kind in the long window below which its lasting places are not tested."""
FEWEST_NEW_OF_KIND = 20
"""Incidents of a kind in the period below which its new places are not tested."""
MOST_KINDS = 8
"""Kinds that are tested, the most frequent first."""
SHARE_OF_ALL = 0.5


class Series(NamedTuple):
    """
    Incidents that are tested together.

    Parameters
    ----------
    kind : str
        "all", or the kind.
    now, window : array of float, n_rows by n_columns
        Incidents of the period, and of the long window.
    history : array of float, n_steps by n_rows by n_columns
        Incidents of each past step.
    shares : dict of str to float
        For each claim that is tested, its part of the level.
    """

    kind: str
    now: Array
    window: Array
    history: Array
    shares: Mapping[Claim, float]


def choose(
    used: gpd.GeoDataFrame,
    cell: Array,
    region: Region,
    *,
    period: Period,
    known: Period | None,
    claims: Sequence[Claim],
    kind: str | pd.Series | None,
) -> list[Series]:
    """Count all incidents, and those of each kind with enough of them."""
    when = used["occurred_from"]
    now = period.contains(when).to_numpy()
    steps = history_steps.steps(known)
    at_step = [step.contains(when).to_numpy() for step in steps]
    start = period.end - pd.DateOffset(months=history_steps.MONTHS)
    long = Period(min(max(start, known.start), period.start), period.end) if known else period
    lasting = long.contains(when).to_numpy()
    within = region.inside.ravel()[cell]
    labels = _labels(used, kind)
    counts = pd.DataFrame(
        {
            name: labels[chosen & within].value_counts()
            for name, chosen in (("now", now), ("window", lasting))
        }
    ).fillna(0)
    counts = counts.sort_values("window", ascending=False, kind="stable").head(MOST_KINDS)
    if len(counts) < 2:
        counts = counts.iloc[:0]
    n_of = {
        "new": counts.index[counts["now"] >= FEWEST_NEW_OF_KIND],
        "busy": counts.index[counts["window"] >= FEWEST_OF_KIND],
    }
    n_of["cluster"] = n_of["busy"]

    def counted(name: str, mine: Array, shares: Mapping[Claim, float]) -> Series:
        history = [region.count(cell[mine & step]) for step in at_step]
        return Series(
            name,
            region.count(cell[mine & now]),
            region.count(cell[mine & lasting]),
            np.array(history).reshape(len(steps), *region.shape),
            shares,
        )

    every = np.ones(len(used), dtype=bool)
    of_all = {claim: SHARE_OF_ALL if len(n_of[claim]) else 1.0 for claim in claims}
    series = [counted(ALL, every, of_all)]
    for name in counts.index:
        shares = {
            claim: (1 - SHARE_OF_ALL) / len(n_of[claim]) for claim in claims if name in n_of[claim]
        }
        if shares:
            series.append(counted(str(name), (labels == name).to_numpy(), shares))
    return series


def find(
    chosen: Sequence[Series],
    baseline: Array | None,
    lattice: Lattice,
    *,
    alpha: float,
    n_draws: int,
    rng: np.random.Generator,
) -> list[Named]:
    """Find the places of each series, every claim at its part of the level; two at a time."""
    tests = [(one, claim, share) for one in chosen for claim, share in one.shares.items()]
    for claim in {claim for _, claim, _ in tests}:
        lattice.zones(claim)

    def search(test: tuple[Series, Claim, float], draws: np.random.Generator) -> list[Named]:
        one, claim, share = test
        named = engine.find(
            one.now, one.history, baseline, lattice, window=one.window, claims=[claim],
            alpha=alpha * share, n_draws=n_draws, rng=draws,
        )  # fmt: skip
        return [
            (replace(place, p_value=min(place.p_value / share, 1)), one.kind) for place in named
        ]

    found = thread_map(lambda each: search(*each), zip(tests, rng.spawn(len(tests)), strict=True))
    return [place for some in found for place in some]


def _labels(used: gpd.GeoDataFrame, kind: str | pd.Series | None) -> pd.Series:
    if kind is None:
        return pd.Series(None, index=used.index, dtype="str")
    if isinstance(kind, pd.Series):
        return kind.reindex(used.index)
    if kind not in used:
        msg = f"`kind` is {kind!r}, but `incidents` has no such column"
        raise ValueError(msg)
    return used[kind]
