"""Try the claims on change: totals, kinds, kinds at a place, and cells of a map."""

from dataclasses import replace

import numpy as np
import pandas as pd

from ipgtools import hotspots
from ipgtools.grid import Grid
from ipgtools.highlights import Comparison, Evidence, select
from ipgtools.hotspots.hot_places import engine
from ipgtools.pipeline import results

from .made import CRS, KINDS, STRIP, WIDE, Array, Rng, lattice, points

_WHEN = "in de 92 dagen ervoor"
_SHARES = np.array([0.4, 0.3, 0.2, 0.1])
_SIZES = (60, 250, 1000)


def _rows(counts: Array) -> pd.DataFrame:
    labels = np.repeat(KINDS, counts)
    return pd.DataFrame({"category": None, "category_label": labels}).astype("str")


def _evidence(now: Array, before: Array, last_year: Array) -> Evidence:
    """Compare three periods as the briefing does."""
    table = results.by_kind(_rows(now), _rows(before), _rows(last_year))
    whole, kinds = table.iloc[0], table[table["kind"].isin(KINDS)]
    total = Comparison(int(whole["n"]), int(whole["n_before"]), _WHEN, float(whole["q_value"]))
    return Evidence(
        n=total.n,
        total_before=total,
        kinds=kinds.assign(q_last_year=np.nan),
        when_before=_WHEN,
    )


def _claimed(evidence: Evidence, key: str) -> bool:
    return any(one.claim == key for one in select(evidence, at_most=20))


def _even(rng: Rng) -> tuple[Array, Array, Array]:
    mean = rng.choice(_SIZES) * _SHARES
    now, before, last_year = rng.poisson(mean, (3, len(mean)))
    return now, before, last_year


def total_null(rng: Rng) -> bool:
    return _claimed(_evidence(*_even(rng)), "total_changed")


def total_planted(rng: Rng) -> bool:
    """A rise of 40 % of all kinds, so that no kind explains it alone."""
    before, last_year = rng.poisson(250 * _SHARES, (2, len(_SHARES)))
    return _claimed(_evidence(rng.poisson(350 * _SHARES), before, last_year), "total_changed")


def kind_null(rng: Rng) -> bool:
    return _claimed(_evidence(*_even(rng)), "kind_changed")


def kind_planted(rng: Rng) -> bool:
    """One of four kinds doubles from 50 to 100."""
    before, last_year = rng.poisson(250 * _SHARES, (2, len(_SHARES)))
    now = rng.poisson(250 * _SHARES * [1, 1, 2, 1])
    found = select(_evidence(now, before, last_year), at_most=20)
    return any(one.claim == "kind_changed" and one.kind == KINDS[2] for one in found)


def _with_places(rng: Rng, now: Array, history: Array, evidence: Evidence) -> Evidence:
    """Add the new places; `now` and `history` are counts by kind, row and column."""
    found = engine.find(
        now.sum(axis=0), history, None, lattice(), claims=("new",), n_draws=199, rng=rng
    )
    rows = [
        {
            "number": number, "claim": "new", "name": "de Dorpsstraat", "n": place.n_now,
            "expected": place.expected_now, "p_value": place.p_value, "ratio": 2.0,
            "ratio_low": 1.5, "ratio_high": 3.0, "when": "",
            "kinds": tuple(
                (kind, int(here.ravel()[place.cells].sum()))
                for kind, here in zip(KINDS, now, strict=True)
            ),
        }
        for number, place in enumerate(found, 1)
    ]  # fmt: skip
    return replace(evidence, places=pd.DataFrame(rows) if rows else None)


def _kind_and_place(rng: Rng, rise: float, at: Array) -> bool:
    """Let the third kind rise from 50, spread over cells in proportion to `at`."""
    inside = lattice().inside
    even = np.where(inside, 1.0, 0.3) / np.where(inside, 1.0, 0.3).sum()
    mean = 300 * _SHARES[:, None, None] * even
    history = rng.poisson(mean.sum(axis=0), (8, *inside.shape))
    before, now = rng.poisson(mean), rng.poisson(mean)
    now[2] += rng.poisson(rise * at / at.sum())
    counts = [kinds[:, inside].sum(axis=1) for kinds in (now, before)]
    evidence = _evidence(counts[0], counts[1], counts[1])
    return _claimed(_with_places(rng, now, history, evidence), "kind_and_place")


def kind_and_place_null(rng: Rng) -> bool:
    """A kind that rises evenly over the wijk, or not at all."""
    return _kind_and_place(rng, float(rng.choice([0, 60])), lattice().inside * 1.0)


def kind_and_place_planted(rng: Rng) -> bool:
    """A kind that rises by 50 at one cell."""
    at = lattice().inside * 0.0
    at[STRIP + WIDE // 2, STRIP + WIDE // 2] = 1.0
    return _kind_and_place(rng, 50.0, at)


_GRID = Grid.covering((0, 0, 1000, 1000), crs=CRS)


def _changed(before: Array, now: Array) -> pd.Series:
    return hotspots.change(points(before), points(now), _GRID)["change_class"]


def cells_null(rng: Rng) -> bool:
    n = rng.choice([100, 400, 1500])
    before, now = (rng.uniform(0, 1000, (rng.poisson(n), 2)) for _ in range(2))
    return bool(_changed(before, now).ne("none").any())


def cells_planted(rng: Rng) -> bool:
    """Of some 400 incidents 30 more in one cell, where 4 are usual."""
    before, now = (rng.uniform(0, 1000, (rng.poisson(400), 2)) for _ in range(2))
    there = rng.uniform((500, 500), (600, 600), (rng.poisson(30), 2))
    found = _changed(before, np.concatenate([now, there]))
    return bool(found.iloc[5 * 10 + 5] == "up")
