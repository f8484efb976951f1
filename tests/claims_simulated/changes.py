"""Try the claims on change: totals, kinds, kinds at a place, and cells of a map."""

from dataclasses import replace

import numpy as np
import pandas as pd

from ipgtools.grid import Grid
from ipgtools.highlights import Comparison, Evidence, Highlight, select
from ipgtools.periods import Period
from ipgtools.pipeline import changes

from . import made, places
from .made import KINDS, QUARTER, SHARES, SIZES, Array, Drawn, Rng, draw, joined

_ALL_OF_IT = 20
_PLANTED = 250.0


def _told(evidence: Evidence) -> tuple[Highlight, ...]:
    return select(evidence, at_most=_ALL_OF_IT)


def _evidence(some: Drawn) -> Evidence:
    """Compare periods as the briefing does, with the dispersion of two years of weeks."""
    compared = changes.compare(made.read(made.recorded(some.of, some.day)))
    if "previous" not in compared.periods:
        return Evidence(n=0)
    before, ago = (compared.facts.get(name) for name in ("previous", "last_year"))
    total_before, total_last_year = (
        None
        if one is None
        else Comparison(one.n, one.n_before, one.when, one.q_value, exposure=one.exposure)
        for one in (before, ago)
    )
    kinds = compared.kinds[compared.kinds["kind"].isin(KINDS)]
    return Evidence(
        n=int(compared.kinds["n"].iloc[0]),
        total_before=total_before,
        total_last_year=total_last_year,
        kinds=kinds,
        when_before=before.when,
        when_last_year=ago.when if ago is not None else "",
        exposure=before.exposure,
    )


def _even(rng: Rng) -> Evidence:
    return _evidence(draw(rng, rng.choice(SIZES) * SHARES))


def _rising(rng: Rng, more: Array) -> Evidence:
    """Add independent incidents of this quarter to 250 in every quarter."""
    usual = draw(rng, _PLANTED * SHARES, 1.0)
    return _evidence(joined(usual, draw(rng, more, 1.0, QUARTER)))


def total_null(rng: Rng) -> bool:
    return any(one.claim == "total_changed" for one in _told(_even(rng)))


def total_planted(rng: Rng) -> bool:
    """A rise of 40 % of all kinds, so that no kind explains it alone."""
    found = _told(_rising(rng, 0.4 * _PLANTED * SHARES))
    return any(one.claim == "total_changed" and one.n > one.n_before for one in found)


WEEKS = Period(QUARTER.end - pd.Timedelta(weeks=4), QUARTER.end)


def _outside(some: Drawn) -> bool:
    """Hold the last four weeks against the eight before, as the briefing does."""
    given = made.read(made.recorded(some.of, some.day))
    given.period = WEEKS
    given.now = given.within(WEEKS)
    band = changes.compare(given).band
    return band is not None and not band.low <= len(given.now) <= band.high


def band_null(rng: Rng) -> bool:
    return _outside(draw(rng, rng.choice(SIZES) * SHARES))


def band_planted(rng: Rng) -> bool:
    """As many again as the 77 that are usual in four weeks."""
    usual = draw(rng, _PLANTED * SHARES, 1.0)
    return _outside(joined(usual, draw(rng, _PLANTED * SHARES, 1.0, WEEKS)))


def kind_null(rng: Rng) -> bool:
    return any(one.claim == "kind_changed" for one in _told(_even(rng)))


def kind_planted(rng: Rng) -> bool:
    """One of four kinds doubles from 50 to 100."""
    found = _told(_rising(rng, np.array([0.0, 0.0, 50.0, 0.0])))
    return any(one.claim == "kind_changed" and one.kind == KINDS[2] for one in found)


def _kind_and_place(rng: Rng, rise: float, at: Array, length: float) -> bool:
    """Let the third kind rise from 60, spread over cells in proportion to `at`."""
    even = made.lattice().counted / made.lattice().inside.sum()
    more = np.zeros((len(KINDS), at.size))
    more[2] = rise * at.ravel() / at.sum()
    some = draw(rng, made.by_kind_and_cell(300.0, even), length)
    if rise:
        some = joined(some, draw(rng, more, 1.0, QUARTER))
    kind, cell = np.divmod(some.of, at.size)
    inside = made.lattice().inside.ravel()[cell]
    evidence = _evidence(Drawn(kind[inside], some.day[inside]))
    found = places.named(rng, "new", some)
    return any(one.claim == "kind_and_place" for one in _told(_with_places(evidence, some, found)))


def _with_places(evidence: Evidence, some: Drawn, found: list[places.Named]) -> Evidence:
    kind, cell = np.divmod(some.of, made.lattice().inside.size)
    now = some.day >= (QUARTER.start - made.FILES.start).days
    rows = []
    for number, (place, _) in enumerate(found, 1):
        held = kind[now & np.isin(cell, place.cells)]
        rows.append({
            "number": number, "claim": "new", "name": "de Dorpsstraat", "n": place.n_now,
            "expected": place.expected_now, "p_value": place.p_value, "ratio": 2.0,
            "ratio_low": 1.5, "ratio_high": 3.0, "when": "",
            "kinds": tuple((name, int((held == at).sum())) for at, name in enumerate(KINDS)),
        })  # fmt: skip
    return replace(evidence, places=pd.DataFrame(rows) if rows else None)


def kind_and_place_null(rng: Rng) -> bool:
    """A kind that rises evenly over the wijk, or not at all, among series at one place."""
    everywhere = made.lattice().inside * 1.0
    return _kind_and_place(rng, float(rng.choice([0, 60])), everywhere, made.SERIES)


def kind_and_place_planted(rng: Rng) -> bool:
    """A kind that rises by 60 at one cell."""
    return _kind_and_place(rng, 60.0, made.middle() * 1.0, 1.0)


_GRID = Grid.covering((0, 0, 1000, 1000), crs=made.CRS)
_SIDE = 10


def _changed(rng: Rng, some: Drawn) -> pd.Series:
    """Hold the quarter against the one before on 100 cells, with the dispersion of each."""
    row, column = np.divmod(some.of, _SIDE)
    xy = 100.0 * np.stack([column, row], axis=1) + rng.uniform(0, 100, (len(row), 2))
    given = made.read(made.recorded(np.zeros(len(row), dtype=int), some.day, xy))
    before = QUARTER.previous()
    return changes.cells(given, _GRID, before)["change_class"]


def cells_null(rng: Rng) -> bool:
    n = rng.choice([100, 400, 1500])
    some = draw(rng, np.full(_SIDE**2, n / _SIDE**2))
    return bool(_changed(rng, some).ne("none").any())


def cells_planted(rng: Rng) -> bool:
    """Of some 400 incidents 30 more in one cell, where 4 are usual."""
    usual = draw(rng, np.full(_SIDE**2, 4.0), 1.0)
    there = np.eye(1, _SIDE**2, 5 * _SIDE + 5).ravel() * 30.0
    found = _changed(rng, joined(usual, draw(rng, there, 1.0, QUARTER)))
    return bool(found.iloc[5 * _SIDE + 5] == "up")
