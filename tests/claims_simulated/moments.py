"""Try the claims on time, on time with place, and on what a file lacks."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ipgtools import cautions, repeats, times
from ipgtools.briefing.facts import Facts, NearRepeats, find_peak, say_near, say_times
from ipgtools.nl import sentences

from .made import CRS, QUARTER, Array, Rng, incidents, moments, points

_DAYS = 92.0


def _peak(days: Array) -> bool:
    table = times.aoristic(pd.DataFrame({"occurred_from": moments(days)}), by="hour_weekday")
    week = np.zeros((7, 24))
    week[table["weekday"], table["hour"]] = table["weight"]
    peak = find_peak(week.tolist(), n_used=len(days))
    return say_times(Facts(n=len(days), peak=peak))[1]


def peak_null(rng: Rng) -> bool:
    return _peak(rng.uniform(0, 91, rng.choice([60, 250, 1000])))


def peak_planted(rng: Rng) -> bool:
    """Of 250 incidents 50 more on Friday evenings (the first Friday is the fourth day)."""
    evenings = 3 + 7 * rng.integers(0, 13, 50) + rng.uniform(18 / 24, 1, 50)
    return _peak(np.concatenate([rng.uniform(0, 91, 250), evenings]))


def _near(xy: Array, days: Array) -> bool:
    table = repeats.knox(
        incidents(xy, days), space_bands=[0, 200, 400, 800], time_bands=[0, 14, 28, 56],
        n_permutations=99, rng=1,
    )  # fmt: skip
    first = table.iloc[0]
    near = NearRepeats(
        observed=int(first["observed"]), expected=float(first["expected"]), metres=(0, 200),
        days=(0, 14), q_value=float(first["p_max"]), n_total=len(days),
    )  # fmt: skip
    return say_near(Facts(n=len(days), near=near))[1]


def _series(rng: Rng, n: int, n_followed: int) -> tuple[Array, Array]:
    """Scatter incidents over 3 km and a year, some followed within 100 m and ten days."""
    xy, days = rng.uniform(0, 3000, (n, 2)), rng.uniform(0, 365, n)
    return (
        np.concatenate([xy, xy[:n_followed] + rng.uniform(-70, 70, (n_followed, 2))]),
        np.concatenate([days, days[:n_followed] + rng.uniform(0, 10, n_followed)]),
    )


def near_null(rng: Rng) -> bool:
    """Points that crowd in places and in seasons, one independent of the other."""
    n = int(rng.choice([40, 150]))
    xy, days = rng.uniform(0, 1500, (n, 2)), rng.uniform(0, 365, n)
    if rng.integers(2):
        xy[: n // 2] = rng.normal(700, 150, (n // 2, 2))
        days = rng.permutation(np.where(np.arange(n) < n // 2, days / 4, days))
    return _near(xy, days)


def near_planted(rng: Rng) -> bool:
    return _near(*_series(rng, 120, 25))


def _interaction(rng: Rng, xy: Array, days: Array) -> bool:
    name = str(rng.choice(["mantel", "jacquez"]))
    row = getattr(repeats, name)(incidents(xy, days), n_permutations=99, rng=rng).iloc[0]
    said = sentences.interaction(
        row["value"], row["expected"], row["p_value"], alpha=0.05, test=name
    )
    return "niet aangetoond" not in said


def interaction_null(rng: Rng) -> bool:
    return _interaction(rng, *_series(rng, 60, 0))


def interaction_planted(rng: Rng) -> bool:
    return _interaction(rng, *_series(rng, 60, 20))


def _quiet(days: Array) -> bool:
    return len(cautions.silences(moments(days), period=QUARTER)) > 0


def silence_null(rng: Rng) -> bool:
    """Incidents at any time, in series, or mostly at weekends."""
    kind = rng.integers(3)
    if kind == 0:
        return _quiet(rng.uniform(0, _DAYS, rng.choice([20, 60, 250])))
    if kind == 1:
        start = np.repeat(rng.uniform(0, _DAYS - 2, 30), rng.integers(1, 6, 30))
        return _quiet(start + rng.uniform(0, 2, len(start)))
    days = rng.uniform(0, _DAYS, 120)
    return _quiet(np.where(rng.random(120) < 0.5, days // 7 * 7 + days % 2, days).clip(0, 91.9))


def silence_planted(rng: Rng) -> bool:
    """The last fortnight is missing of a quarter of 120."""
    return _quiet(rng.uniform(0, _DAYS - 14, 100))


def _area(wide: float) -> gpd.GeoDataFrame:
    square = shapely.box(0, 0, wide, 500)
    return gpd.GeoDataFrame({"area_code": ["BU1"]}, geometry=[square], crs=CRS)


def _cut(rng: Rng, days: list[Array]) -> bool:
    every = np.concatenate(days)
    table = incidents(
        rng.uniform(0, 500, (len(every), 2)), every,
        source=np.repeat([f"{k}.csv" for k in range(len(days))], [len(one) for one in days]),
    )  # fmt: skip
    found = cautions.review(table, _area(500), period=QUARTER)["code"]
    return bool(found.isin(["source_late", "source_early"]).any())


def source_null(rng: Rng) -> bool:
    """Two or three files of the whole quarter."""
    sizes = rng.choice([15, 60, 250], rng.integers(2, 4))
    return _cut(rng, [rng.uniform(0, _DAYS, n) for n in sizes])


def source_planted(rng: Rng) -> bool:
    """One of two files starts 20 days late."""
    return _cut(rng, [rng.uniform(0, _DAYS, 100), rng.uniform(20, _DAYS, 60)])


def _bare(n: Array, people: Array) -> bool:
    areas = gpd.GeoDataFrame(
        {"area_code": [f"BU{k:02d}" for k in range(len(n))], "inhabitants": people},
        geometry=[shapely.box(k, 0, k + 1, 1) for k in range(len(n))], crs=CRS,
    )  # fmt: skip
    x = np.repeat(np.arange(len(n)) + 0.5, n)
    found = cautions.uncovered(points(np.stack([x, 0 * x + 0.5], axis=1)), areas)
    return bool(found["uncovered"].any())


def uncovered_null(rng: Rng) -> bool:
    """Thirty areas whose rates differ a little, or as much as their mean."""
    shape, people = rng.choice([1.0, 4.0, 50.0]), rng.integers(500, 3000, 30)
    return _bare(rng.poisson(people / 100 * rng.gamma(shape, 1 / shape, 30)), people)


def uncovered_planted(rng: Rng) -> bool:
    """Of thirty areas whose rates differ by a third one has none, where 20 are usual."""
    people = np.full(30, 2000)
    n = rng.poisson(20 * rng.gamma(9, 1 / 9, 30))
    n[11] = 0
    return _bare(n, people)
