"""
Draw maps of a made-up wijk: nulls where no place stands out, and places planted in them.

The wijk is a square of 2 km in cells of 100 m with a strip of 300 m around it; eight quarters of
past come before the quarter that is looked at. Counts are drawn per cell from rates, which stand
for the incidents that homes, streets or the rounding of coordinates explain.
"""

import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from scipy import ndimage, spatial

from ipgtools.hotspots.hot_places import segments

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

WIDE, STRIP, N_PAST = 20, 3, 8
"""Cells across the wijk, cells around it, and quarters of past."""
SIDE = WIDE + 2 * STRIP
INSIDE = np.zeros((SIDE, SIDE), dtype=bool)
INSIDE[STRIP:-STRIP, STRIP:-STRIP] = True
REGION = np.ones((SIDE, SIDE), dtype=bool)
FLATS, SHARE_OF_FLATS = 4.0, 0.03
"""Addresses per metre of street where flats stand, of those elsewhere; and the share of cells."""


@dataclass(frozen=True)
class Map:
    """
    Counts of one wijk and what is true of them.

    Parameters
    ----------
    now : ndarray of int, (n_rows, n_columns)
        Incidents of this quarter.
    history : ndarray of int, (n_steps, n_rows, n_columns)
        Those of the quarters before, the most recent last.
    baseline : ndarray of float, (n_rows, n_columns)
        What the method is told to expect incidents in proportion to.
    planted : ndarray of int, n_cells
        Flat indices of the planted place; empty for a null.
    streets : ndarray of float, (n_streets, 4)
        x and y of both ends in cells; empty if the wijk has none.
    """

    now: IntArray
    history: IntArray
    baseline: FloatArray
    planted: IntArray = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    streets: FloatArray = field(default_factory=lambda: np.empty((0, 4)))

    @property
    def window(self) -> IntArray:
        """Give the counts of the 24 months that end with this quarter."""
        return self.now + self.history[1:].sum(axis=0)

    @property
    def lines(self) -> list[IntArray] | None:
        """Give the stretches of street, as sets of cells; None without streets."""
        if not len(self.streets):
            return None
        ends = shapely.linestrings(100.0 * self.streets.reshape(-1, 2, 2))
        table = gpd.GeoDataFrame(geometry=ends, crs=28992)
        return segments.segment_zones(
            table, west=0, south=0, cell_size=100, n_columns=SIDE, n_rows=SIDE
        )


@dataclass(frozen=True)
class Ground:
    """
    Rates per cell, what a method is told of them, and the streets of the wijk if it has any.

    Parameters
    ----------
    rates : ndarray of float, (n_rows, n_columns)
        In proportion; scaled when incidents are drawn.
    baseline : ndarray of float, (n_rows, n_columns)
    streets : ndarray of float, (n_streets, 4)
        x and y of both ends in cells; empty if there are none.
    """

    rates: FloatArray
    baseline: FloatArray
    streets: FloatArray = field(default_factory=lambda: np.empty((0, 4)))


# the ground


def even(rng: np.random.Generator) -> Ground:
    """Spread incidents evenly, as the baseline says."""
    return Ground(np.ones((SIDE, SIDE)), np.ones((SIDE, SIDE)))


def gradient(rng: np.random.Generator) -> Ground:
    """Let homes rise from 1 in the west to 5 in the east; the baseline knows nothing of it."""
    rates = np.broadcast_to(np.linspace(1, 5, SIDE), (SIDE, SIDE)).copy()
    return Ground(rates, np.ones((SIDE, SIDE)))


def park(rng: np.random.Generator) -> Ground:
    """Make one half ten times emptier; the baseline knows nothing of it."""
    rates = np.ones((SIDE, SIDE))
    rates[:, : SIDE // 2] = 0.1
    return Ground(rates, np.ones((SIDE, SIDE)))


def streets(rng: np.random.Generator, *, addresses: bool = False) -> Ground:
    """
    Put incidents at the addresses along streets, some of them flats.

    Streets run along irregular lines 130 m apart, of which a quarter of the blocks is missing.
    Homes stand denser along one street than along another. The baseline is the metres of street
    plus a tenth of their mean, or the addresses themselves.
    """
    lines = []
    for across in (False, True):
        at = np.cumsum(rng.uniform(0.6, 2.0, 3 * SIDE))
        for where in at[at < SIDE]:
            ends = np.concatenate([[0.0], np.cumsum(rng.uniform(2, 7, SIDE))])
            for begin, end in itertools.pairwise(ends):
                if begin < SIDE and rng.uniform() < 0.75:
                    last = min(end, SIDE)
                    lines.append(
                        (where, begin, where, last) if across else (begin, where, last, where)
                    )
    found = np.array(lines)
    metres, homes = np.zeros((SIDE, SIDE)), np.zeros((SIDE, SIDE))
    density = rng.lognormal(0, 0.4, len(found))
    for (x0, y0, x1, y1), dense in zip(found, density, strict=True):
        steps = np.linspace(0, 1, max(2, math.ceil(20 * math.hypot(x1 - x0, y1 - y0))))
        rows = np.minimum((y0 + steps * (y1 - y0)).astype(int), SIDE - 1)
        cols = np.minimum((x0 + steps * (x1 - x0)).astype(int), SIDE - 1)
        np.add.at(metres, (rows, cols), 5.0)
        np.add.at(homes, (rows, cols), 5.0 * dense)
    homes *= np.where(rng.uniform(size=homes.shape) < SHARE_OF_FLATS, FLATS, 1.0)
    told = homes if addresses else metres
    return Ground(homes, told + 0.1 * told.mean(), found)


def streets_with_addresses(rng: np.random.Generator) -> Ground:
    """Put incidents at addresses, and tell the method where these are."""
    return streets(rng, addresses=True)


def hamlets(rng: np.random.Generator) -> Ground:
    """Put incidents at scattered farms and in a few hamlets, told to the method; most is empty."""
    rates = np.zeros((SIDE, SIDE))
    np.add.at(rates, tuple(rng.integers(0, SIDE, (2, 60))), rng.lognormal(0, 1, 60))
    for _ in range(rng.integers(2, 5)):
        homes = rng.normal(rng.uniform(STRIP, SIDE - STRIP, 2), 1.5, (rng.integers(10, 60), 2))
        cells = np.clip(homes, 0, SIDE - 1).astype(int)
        np.add.at(rates, tuple(cells.T), rng.lognormal(0, 1, len(cells)))
    return Ground(rates, rates + 0.1 * rates.mean())


def snapped(rng: np.random.Generator) -> Ground:
    """Round evenly spread coordinates to points 30 m apart: cells hold nine to sixteen of them."""
    shift = rng.integers(0, 30, 2)
    per = [np.bincount(np.arange(s, 100 * SIDE, 30) // 100, minlength=SIDE) for s in shift]
    return Ground(np.outer(*per).astype(float), np.ones((SIDE, SIDE)))


def snap_points(rng: np.random.Generator) -> Ground:
    """Move evenly spread incidents to the nearest of random points, two per cell on average."""
    points = rng.uniform(-2, SIDE + 2, (2 * (SIDE + 4) ** 2, 2))
    fine = (np.arange(10 * SIDE) + 0.5) / 10
    x, y = np.meshgrid(fine, fine)
    nearest = points[spatial.cKDTree(points).query(np.column_stack([x.ravel(), y.ravel()]))[1]]
    edges = np.arange(SIDE + 1)
    rates = np.histogram2d(nearest[:, 1], nearest[:, 0], bins=[edges, edges])[0]
    return Ground(rates, np.ones((SIDE, SIDE)))


NULLS: dict[str, Callable[[np.random.Generator], Ground]] = {
    "even": even,
    "gradient": gradient,
    "half park": park,
    "streets": streets,
    "addresses": streets_with_addresses,
    "hamlets": hamlets,
    "snapped 30 m": snapped,
    "snap points": snap_points,
    "series": even,
}
"""Every null by name: "streets" with an imperfect baseline, "addresses" the same with the right."""


def null_maps(name: str, n: float, n_maps: int, seed: int) -> Iterator[Map]:
    """Draw maps of chance alone with on average `n` incidents a quarter in the wijk."""
    for rng in _streams(n_maps, seed):
        ground = NULLS[name](rng)
        if name == "series":
            counts = _series(rng, n)
        else:
            counts = rng.poisson(_scaled(ground.rates, n), (N_PAST + 1, SIDE, SIDE))
        yield Map(counts[-1], counts[:-1], ground.baseline, streets=ground.streets)


def _streams(n_maps: int, seed: int) -> Iterator[np.random.Generator]:
    for child in np.random.SeedSequence(seed).spawn(n_maps):
        yield np.random.default_rng(child)


def _scaled(rates: FloatArray, n: float) -> FloatArray:
    return rates * (n / rates[INSIDE].sum())


def _series(rng: np.random.Generator, n: float, mean: float = 2.0, spread: float = 0.5) -> IntArray:
    """
    Draw incidents that come in series.

    Each series begins at an even place and time and holds a geometric number of incidents, by
    default two on average, within some 50 m of its centre and two weeks of its beginning.
    """
    quarters = N_PAST + 1
    many = rng.poisson(n / mean * (SIDE / WIDE) ** 2 * (quarters + 1))
    sizes = rng.geometric(1 / mean, many)
    x, y = (np.repeat(rng.uniform(0, SIDE, many), sizes) for _ in range(2))
    when = np.repeat(rng.uniform(-1, quarters, many), sizes)
    x, y = (values + rng.normal(0, spread, len(values)) for values in (x, y))
    when += rng.uniform(0, 14 / 91, len(when))
    edges = np.arange(SIDE + 1)
    table, _ = np.histogramdd(
        np.column_stack([when, y, x]), bins=[np.arange(quarters + 1), edges, edges]
    )
    return table.astype(np.int64)


# what is planted


def block(rng: np.random.Generator, ground: Ground, rates: FloatArray, times: float) -> FloatArray:
    """
    Raise 3 x 3 cells in the wijk to `times` the rates they have.

    Where homes stand: with half of the mean rate of the wijk or more.
    """
    around = ndimage.uniform_filter(rates, 3)
    middle = ndimage.binary_erosion(INSIDE, np.ones((3, 3)))
    cells = np.flatnonzero(middle & (around >= rates[INSIDE].mean() / 2))
    row, col = np.divmod(rng.choice(cells), SIDE)
    more = np.zeros_like(rates)
    these = (slice(row - 1, row + 2), slice(col - 1, col + 2))
    more[these] = (times - 1) * rates[these]
    return more


def address(rng: np.random.Generator, ground: Ground, rates: FloatArray, more: float) -> FloatArray:
    """Add incidents at one address in the wijk: along a street, where there are any."""
    cells = np.flatnonzero(INSIDE & (ground.rates > 0))
    added = np.zeros_like(rates)
    added.flat[rng.choice(cells)] = more
    return added


def line(rng: np.random.Generator, ground: Ground, rates: FloatArray, times: float) -> FloatArray:
    """
    Add incidents along 600 m of a street, or in any direction where there are no streets.

    More than half of it lies in the wijk. As many as make the rate of the cells it runs through
    `times` what it is.
    """
    x0, y0, x1, y1 = ground.streets.T
    streets = ground.streets[np.hypot(x1 - x0, y1 - y0) >= 6]
    for attempt in itertools.count():
        if len(streets) and attempt < 100:
            x0, y0, x1, y1 = streets[rng.integers(len(streets))]
            length = math.hypot(x1 - x0, y1 - y0)
            along = np.array([x1 - x0, y1 - y0]) / length
            start = np.array([x0, y0]) + rng.uniform(0, length - 6) * along
        else:
            angle = rng.uniform(0, math.pi)
            along = np.array([math.cos(angle), math.sin(angle)])
            start = rng.uniform(STRIP, STRIP + WIDE, 2)
        points = start + np.linspace(0, 6, 121)[:, None] * along
        if ((points >= STRIP) & (points < STRIP + WIDE)).all(axis=1).mean() > 0.5:
            break
    points = points[((points >= 0) & (points < SIDE)).all(axis=1)]
    share = np.zeros_like(rates)
    np.add.at(share, (points[:, 1].astype(int), points[:, 0].astype(int)), 1 / len(points))
    expected = 6 * (share * rates).sum()
    return share * (times - 1) * expected


def astride(rng: np.random.Generator, ground: Ground, rates: FloatArray, more: float) -> FloatArray:
    """Add incidents around a point on the border of the wijk, half of them within 70 m."""
    along, side = rng.uniform(STRIP + 1, STRIP + WIDE - 1), rng.choice([STRIP, STRIP + WIDE])
    x, y = (along, side) if rng.uniform() < 0.5 else (side, along)
    edges = np.arange(SIDE + 1)
    points = rng.normal([y, x], 0.6, (100_000, 2))
    share = np.histogram2d(points[:, 0], points[:, 1], bins=[edges, edges])[0]
    share[share < 0.02 * share.sum()] = 0
    return more * share / share.sum()


@dataclass(frozen=True)
class Planted:
    """A place to plant: how, how much, and whether exactly so many incidents are added."""

    how: Callable[[np.random.Generator, Ground, FloatArray, float], FloatArray]
    much: float
    exactly: bool = False


PLANTED = {
    "RR3 3x3": Planted(block, 3),
    "RR5 3x3": Planted(block, 5),
    "address +10": Planted(address, 10, exactly=True),
    "address +15": Planted(address, 15, exactly=True),
    "address +40": Planted(address, 40, exactly=True),
    "line RR5": Planted(line, 5),
    "24 on the border": Planted(astride, 24, exactly=True),
}


def planted_maps(
    name: str, on: str, n: float, n_maps: int, seed: int, *, lasting: bool
) -> Iterator[Map]:
    """
    Draw maps with one place planted in them.

    Parameters
    ----------
    name : str
        One of `PLANTED`.
    on : str
        One of `NULLS`, on top of which it comes.
    n : float
        Mean number of other incidents in the wijk a quarter.
    n_maps, seed : int
    lasting : bool
        In every quarter, or only in this one.
    """
    what = PLANTED[name]
    for rng in _streams(n_maps, seed):
        ground = NULLS[on](rng)
        rates = _scaled(ground.rates, n)
        counts = rng.poisson(rates, (N_PAST + 1, SIDE, SIDE))
        more = what.how(rng, ground, rates, what.much)
        for quarter in range(0 if lasting else N_PAST, N_PAST + 1):
            if what.exactly:
                counts[quarter] += rng.multinomial(
                    round(more.sum()), (more / more.sum()).ravel()
                ).reshape(more.shape)
            else:
                counts[quarter] += rng.poisson(more)
        planted = np.flatnonzero(more.ravel() > 0)
        yield Map(counts[-1], counts[:-1], ground.baseline, planted, ground.streets)
