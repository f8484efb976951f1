"""Try the claims on places: those of all incidents and of each kind, and their hours."""

import geopandas as gpd
import numpy as np
import shapely

from ipgtools.hotspots.hot_places import history_steps, series
from ipgtools.hotspots.hot_places.engine import Claim, Found, Lattice
from ipgtools.hotspots.hot_places.hours import busy_hours

from . import made
from .made import FILES, QUARTER, SIZES, WIDE, Array, Drawn, Rng, draw, joined

Named = tuple[Found, str]
_ALPHA = 0.05


def named(rng: Rng, claim: Claim, some: Drawn, baseline: Array | None = None) -> list[Named]:
    """Name places as `hotspots.places` does: of all incidents and of every kind."""
    of = made.lattice()
    table = made.at_cells(some)
    known = history_steps.window(QUARTER, None, FILES.start)
    chosen = series.choose(
        table, of.locate(table), of, period=QUARTER, known=known, claims=[claim],
        kind="category_label",
    )  # fmt: skip
    lattice = Lattice(of.inside, of.counted, of.cell_size)
    return series.find(chosen, baseline, lattice, alpha=_ALPHA, n_draws=made.DRAWS, rng=rng)


def _null(claim: Claim, rng: Rng) -> bool:
    rate, baseline, length = made.ground(rng)
    some = draw(rng, made.by_kind_and_cell(float(rng.choice(SIZES)), rate), length)
    return bool(named(rng, claim, some, baseline))


def _found(claim: Claim, rng: Rng, extra: Array, *, lasting: bool) -> bool:
    """Add incidents to an even wijk of 250, and look whether a named place holds some."""
    even = made.lattice().counted * 1.0
    usual = made.by_kind_and_cell(250.0, even / made.lattice().inside.sum())
    more = made.by_kind_and_cell(1.0, extra)
    some = joined(draw(rng, usual, 1.0), draw(rng, more, 1.0, FILES if lasting else QUARTER))
    return any(extra.ravel()[place.cells].any() for place, _ in named(rng, claim, some, even))


_CELL = 10.0 * made.middle()
_BLOCK = (5 - 1) * 250 / WIDE**2 * made.middle(1)


def new_null(rng: Rng) -> bool:
    return _null("new", rng)


def new_planted(rng: Rng) -> bool:
    return _found("new", rng, _CELL, lasting=False)


def busy_null(rng: Rng) -> bool:
    return _null("busy", rng)


def busy_planted(rng: Rng) -> bool:
    return _found("busy", rng, _CELL, lasting=True)


def cluster_null(rng: Rng) -> bool:
    return _null("cluster", rng)


def cluster_planted(rng: Rng) -> bool:
    return _found("cluster", rng, _BLOCK, lasting=True)


def _hours(rng: Rng, days: list[Array]) -> list[str]:
    """Name the hours of places of 100 m that hold incidents on these days of the files."""
    claims = ["new" if at % 2 == 0 else "busy" for at in range(len(days))]
    squares = [shapely.box(200 * at, 0, 200 * at + 100, 100) for at in range(len(days))]
    found = gpd.GeoDataFrame({"claim": claims}, geometry=squares, crs=made.CRS)
    at = np.repeat(np.arange(len(days)), [len(some) for some in days])
    xy = np.stack([200.0 * at + 50, 0.0 * at + 50], axis=1)
    table = made.incidents(xy, np.concatenate(days), FILES)
    return busy_hours(found, table, period=QUARTER, rng=rng)


_NOW = float((QUARTER.start - FILES.start).days)


def hours_null(rng: Rng) -> bool:
    """One to three places, new and lasting, with series in a night and clock times at 00:00."""
    from .moments import any_hours

    days = []
    for at in range(rng.integers(1, 4)):
        start, long = (_NOW, QUARTER.days) if at % 2 == 0 else (0.0, FILES.days)
        days.append(start + any_hours(rng, int(rng.choice([40, 100, 300])), long))
    return any(_hours(rng, days))


def hours_planted(rng: Rng) -> bool:
    """Of two places one has half of 80 incidents on Friday and Saturday evenings."""
    usual = [_NOW + rng.uniform(0, 91, 40), rng.uniform(0, FILES.days, 100)]
    # the quarter starts on a Tuesday
    evening = (
        3 + rng.integers(0, 2, 40) + 7 * rng.integers(0, 12, 40) + rng.uniform(18, 24, 40) / 24
    )
    usual[0] = np.concatenate([usual[0], _NOW + evening])
    first, _ = _hours(rng, usual)
    return "vrijdag" in first
