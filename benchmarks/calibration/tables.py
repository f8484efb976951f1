"""
Try `ipgtools.hotspots.places` on tables of a made-up town: points, streets, addresses and kinds.

Homes stand along the streets of a file, or of a made-up grid; incidents happen at homes, at any
time of 27 months, and are of one of three kinds.
"""

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from calibration.rates import CLAIMS
from ipgtools import hotspots
from ipgtools.periods import Period

NOW = Period("2025-09-01", "2025-12-01")
START = pd.Timestamp("2023-09-01")
KINDS = {"fiets": 0.6, "overlast": 0.3, "inbraak": 0.1}
"""Kinds and their shares of incidents."""
RARE = "inbraak"
SIDE, STRIP, CELL = 2000.0, 300.0, 100.0
QUARTERS = 9
FOOTPATHS = ("footway", "path")
_PER_HOME, _DOOR = 12.0, 10.0
_FLATS, _SHARE_OF_FLATS = 4, 0.03


@dataclass(frozen=True)
class Town:
    """
    A square wijk and what lies around it.

    Parameters
    ----------
    areas, streets, addresses : GeoDataFrame
    """

    areas: gpd.GeoDataFrame
    streets: gpd.GeoDataFrame
    addresses: gpd.GeoDataFrame

    @property
    def homes(self) -> npt.NDArray[np.float64]:
        """Give the coordinates of the addresses."""
        return shapely.get_coordinates(self.addresses.geometry.to_numpy())

    def inside(self, xy: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        """Tell which points lie in the wijk."""
        return shapely.contains_xy(self.areas.geometry.iloc[0], *xy.T)


def grid_streets(wide: float = 4000.0) -> gpd.GeoDataFrame:
    """Lay streets 80 to 160 m apart over a square so wide, each with a name."""
    rng = np.random.default_rng(1)
    lines, names = [], []
    for across in (False, True):
        at = np.cumsum(rng.uniform(80, 160, int(wide / 80)))
        for number, where in enumerate(at[at < wide]):
            ends = [(where, 0), (where, wide)] if across else [(0, where), (wide, where)]
            lines.append(shapely.LineString(ends))
            names.append(f"{'Noordlaan' if across else 'Oostweg'} {number}")
    return gpd.GeoDataFrame(
        {"street_id": [str(i) for i in range(len(lines))], "street_name": names,
         "kind": "residential"}, geometry=lines, crs=28992,
    )  # fmt: skip


def towns(streets: gpd.GeoDataFrame, rng: np.random.Generator, side: float = SIDE) -> Town:
    """
    Choose a square of a town where streets are dense, and put homes along them.

    Homes stand denser along one street than along another; in 3 % of the cells four times as many.

    Parameters
    ----------
    streets : GeoDataFrame
        STREETS of more than the square.
    rng : Generator
    side : float, default 2000
        Of the square in metres.
    """
    west, south, east, north = streets.total_bounds
    roads = streets[~streets["kind"].isin(FOOTPATHS)]
    for _ in range(1000):
        x = rng.uniform(west + STRIP, max(east - side - STRIP, west + STRIP + 1))
        y = rng.uniform(south + STRIP, max(north - side - STRIP, south + STRIP + 1))
        square = shapely.box(x, y, x + side, y + side)
        if roads.clip(square).length.sum() >= 20_000 * (side / SIDE) ** 2:
            break
    wide = shapely.box(*square.buffer(STRIP, join_style="mitre").bounds)
    here = roads.clip(wide).explode(index_parts=False)
    here = here[here.geometry.geom_type == "LineString"]
    lines = here.geometry.to_numpy()
    many = rng.poisson(shapely.length(lines) / _PER_HOME * rng.lognormal(0, 0.4, len(lines)))
    at = np.repeat(lines, many)
    points = shapely.line_interpolate_point(at, rng.uniform(size=len(at)), normalized=True)
    xy = shapely.get_coordinates(points) + rng.uniform(-_DOOR, _DOOR, (len(at), 2))
    cell = np.floor(xy / CELL).astype(np.int64) @ [100_003, 1]
    found, of = np.unique(cell, return_inverse=True)
    flats = (rng.uniform(size=len(found)) < _SHARE_OF_FLATS)[of]
    xy = np.concatenate([xy, *[xy[flats]] * (_FLATS - 1)])
    crs = streets.crs
    return Town(
        gpd.GeoDataFrame({"area_name": ["Wijk"]}, geometry=[square], crs=crs),
        streets[streets.intersects(wide)],
        gpd.GeoDataFrame(geometry=gpd.points_from_xy(*xy.T), crs=crs),
    )


def incidents(town: Town, n: float, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """Draw incidents at homes, on average `n` a quarter in the wijk."""
    homes = town.homes
    per_home = n / max(town.inside(homes).sum(), 1)
    many = rng.poisson(per_home * QUARTERS * len(homes))
    return _drawn(homes[rng.integers(0, len(homes), many)], START, town, rng)


def block(
    town: Town, n: float, times: float, rng: np.random.Generator, *, lasting: bool
) -> tuple[gpd.GeoDataFrame, Any]:
    """
    Draw incidents of the rare kind that raise it to `times` in 300 m by 300 m with homes.

    Returns
    -------
    incidents : GeoDataFrame
    where : shapely geometry
    """
    homes = town.homes
    inside = town.inside(homes)
    mean = 9 * inside.sum() * CELL**2 / town.areas.area.iloc[0]
    west, south, east, north = town.areas.total_bounds
    while True:
        x, y = rng.uniform(west, east - 300), rng.uniform(south, north - 300)
        near = (homes >= [x, y]).all(axis=1) & (homes < [x + 300, y + 300]).all(axis=1)
        if near.sum() >= mean / 2:
            break
    a_quarter = n * KINDS[RARE] * near.sum() / inside.sum() * (times - 1)
    many = rng.poisson(a_quarter * (QUARTERS if lasting else 1))
    at = homes[near][rng.integers(0, near.sum(), many)]
    more = _drawn(at, START if lasting else NOW.start, town, rng).assign(kind=RARE)
    return more, shapely.box(x, y, x + 300, y + 300)


def _drawn(
    xy: npt.NDArray[np.float64], start: pd.Timestamp, town: Town, rng: np.random.Generator
) -> gpd.GeoDataFrame:
    seconds = rng.uniform(0, (NOW.end - start).total_seconds(), len(xy))
    when = (start + pd.to_timedelta(seconds, unit="s")).floor("s")
    return gpd.GeoDataFrame(
        {"occurred_from": pd.DatetimeIndex(when).as_unit("s"),
         "kind": rng.choice(list(KINDS), len(xy), p=list(KINDS.values()))},
        geometry=gpd.points_from_xy(*xy.T), crs=town.areas.crs,
    )  # fmt: skip


@dataclass
class Said:
    """
    What `places` said of some towns.

    Parameters
    ----------
    n_maps : int
    named : dict of str to int
        Towns with a place of each claim.
    hit, hit_as_kind : int
        Towns where a place shares ground with the planted one; and one of the rare kind.
    elsewhere : int
        Towns with a place more than 100 m from it.
    """

    n_maps: int
    named: dict[str, int]
    hit: int = 0
    hit_as_kind: int = 0
    elsewhere: int = 0


def say(
    streets: gpd.GeoDataFrame,
    n: float,
    n_maps: int,
    seed: int,
    *,
    times: float = 1.0,
    lasting: bool = True,
    told: str = "addresses",
    n_draws: int = 999,
) -> Said:
    """
    Try `places` on towns of chance, or with one place of the rare kind planted.

    Parameters
    ----------
    streets : GeoDataFrame
        STREETS that homes stand along.
    n : float
        Mean number of incidents in the wijk a quarter.
    n_maps, seed : int
    times : float, default 1
        How many times as often the rare kind happens in the planted place; 1 plants nothing.
    lasting : bool, default True
        In every quarter, or only in this one; that is asked of "busy" and "cluster", or of "new".
    told : {"addresses", "streets"}
        The baseline.
    n_draws : int
    """
    said = Said(n_maps, dict.fromkeys(CLAIMS, 0))
    for child in np.random.SeedSequence(seed).spawn(n_maps):
        rng = np.random.default_rng(child)
        town = towns(streets, rng)
        table, where = incidents(town, n, rng), None
        if times > 1:
            more, where = block(town, n, times, rng, lasting=lasting)
            table = gpd.GeoDataFrame(pd.concat([table, more], ignore_index=True), crs=table.crs)
        found = hotspots.places(
            table, town.areas, period=NOW, streets=town.streets, kind="kind", baseline=told,
            addresses=town.addresses if told == "addresses" else None,
            n_permutations=n_draws, rng=rng,
        )  # fmt: skip
        for claim in CLAIMS:
            said.named[claim] += bool((found["claim"] == claim).any())
        if where is not None:
            mine = found[(found["claim"] == "new") != lasting]
            on = mine.geometry.buffer(-1).intersects(where)
            said.hit += bool(on.any())
            said.hit_as_kind += bool((on & (mine["kind"] == RARE)).any())
            said.elsewhere += bool((found.geometry.distance(where) > CELL).any())
    return said
