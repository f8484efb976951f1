"""Try the claims on time, on time with place, and on what a file lacks."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ipgtools import data_quality, repeats, times
from ipgtools.briefing.facts import Facts, NearRepeats, Repeats, say_near, say_repeats, say_times
from ipgtools.nl import sentences
from ipgtools.pipeline import hours

from .made import CRS, DRAWS, QUARTER, Array, Rng, incidents, moments, points, read, town

_DAYS = 92.0


def any_hours(rng: Rng, n: int, days: float = 91.0) -> Array:
    """Draw days on which no hour is busier: independent, in series in a night, or some at 00:00."""
    kind = rng.integers(3)
    if kind == 1:
        size = rng.geometric(0.5, n)
        return (np.repeat(rng.uniform(0, days, n), size) + rng.uniform(0, 1 / 6, size.sum()))[:n]
    found = rng.uniform(0, days, n)
    return np.where(rng.random(n) < rng.uniform(0, 0.2), np.floor(found), found) if kind else found


def _peak(start: Array, length: Array | float = 0.0) -> bool:
    """Say which hours are busy as the briefing does; lengths in hours."""
    table = incidents(np.zeros((len(start), 2)), start)
    table["occurred_from"] = table["occurred_from"].dt.floor("min")
    long = np.broadcast_to(np.round(np.asarray(length) * 60), len(start))
    table["occurred_to"] = table["occurred_from"] + pd.to_timedelta(long, unit="min")
    found = hours.busy_hours(read(table), table)
    return say_times(Facts(n=len(start), peak=found.peak))[1]


def peak_null(rng: Rng) -> bool:
    """Points or intervals of up to 8 hours, of 60 to 1,000 incidents; 00:00 has no end."""
    start = any_hours(rng, int(rng.choice([60, 250, 1000])))
    length = rng.uniform(0, 8 * rng.integers(2), len(start))
    return _peak(start, np.where(start % 1 == 0, 0.0, length))


def peak_planted(rng: Rng) -> bool:
    """Of 250 incidents 50 more on Friday evenings (the first Friday is the fourth day)."""
    evenings = 3 + 7 * rng.integers(0, 13, 50) + rng.uniform(18 / 24, 1, 50)
    return _peak(np.concatenate([rng.uniform(0, 91, 250), evenings]))


def _heaped(rng: Rng, hour: Array, n_heaped: int) -> bool:
    """Tell whether a minute is called a heap; half of the times are rounded to the hour."""
    n = len(hour)
    drawn = 24 * rng.integers(0, 90, n) + hour
    step = np.where(rng.random(n) < 0.5, 1, np.where(rng.random(n) < 0.9, 1 / 12, 1 / 60))
    start = np.floor(drawn / step) * step / 24
    heap = np.floor(rng.uniform(0, 91, n_heaped))
    table = pd.DataFrame({"occurred_from": moments(np.concatenate([start, heap]))})
    return len(times.clock_known(table).attrs["heaps"]) > 0


def heaped_null(rng: Rng) -> bool:
    """Any hour, or the busy evenings of a town that goes out."""
    n = int(rng.choice([60, 250, 1000]))
    hour = rng.triangular(8, 24, 32, n) if rng.integers(2) else rng.uniform(0, 24, n)
    return _heaped(rng, hour, 0)


def heaped_planted(rng: Rng) -> bool:
    return _heaped(rng, rng.uniform(0, 24, 200), 50)


def _near(table: gpd.GeoDataFrame) -> bool:
    """Look for near repeats with dates dealt inside areas and months, as the briefing does."""
    row = repeats.knox(
        table, space_bands=[0, 200, 400, 800], time_bands=[0, 14, 28, 56],
        within=repeats.strata(table), n_permutations=DRAWS, rng=1,
    ).iloc[0]  # fmt: skip
    near = NearRepeats(
        observed=int(row["observed"]), expected=float(row["expected"]), metres=(0, 200),
        days=(0, 14), p_value=float(row["p_value"]), n_total=len(table),
    )  # fmt: skip
    return say_near(Facts(n=len(table), near=near))[1]


def near_null(rng: Rng) -> bool:
    """An even town, opposite trends of two halves, a season, or 60 points, each on its own."""
    kind = rng.choice(["even", "opposite trends", "season", "snapped"])
    return _near(town(rng, str(kind), int(rng.choice([66, 212]))))


def near_planted(rng: Rng) -> bool:
    return _near(town(rng, "even", 212, 20))


def _repeated(now: Array, before: Array) -> bool:
    """Say on how many places it happened again as the briefing does."""
    at_now, before_ = (points(np.stack([x, 0 * x], axis=1)) for x in (now, before))
    found = repeats.expected_repeats(at_now, before_)
    row, told = found.iloc[0], found.attrs
    there = Repeats(
        n_places=int(row["observed"]), n_there=int(found["observed"].iloc[1]),
        n_total=told["n_incidents"], expected=float(row["expected"]), low=int(row["low"]),
        high=int(row["high"]), p_value=float(row["p_value"]), basis=told["basis"],
    )  # fmt: skip
    return say_repeats(Facts(n=len(now), repeats=there))[1]


def repeated_null(rng: Rng) -> bool:
    """Few busy places, many quiet ones, which stay as busy as they were for two years."""
    n = int(rng.choice([20, 60, 250]))
    weights = rng.gamma(0.4, size=int(rng.choice([300, 900])))
    drawn = rng.choice(len(weights), n * (1 + rng.integers(1, 9)), p=weights / weights.sum())
    return _repeated(drawn[:n], drawn[n:])


def repeated_planted(rng: Rng) -> bool:
    """Ten of sixty incidents come back at the place of another."""
    weights = rng.gamma(0.4, size=900)
    drawn = rng.choice(900, 480, p=weights / weights.sum())
    return _repeated(np.r_[drawn[:50], drawn[:10]], drawn[50:])


def _series(rng: Rng, n: int, n_followed: int) -> tuple[Array, Array]:
    """Scatter incidents over 3 km and a year, some followed within 100 m and ten days."""
    xy, days = rng.uniform(0, 3000, (n, 2)), rng.uniform(0, 365, n)
    return (
        np.concatenate([xy, xy[:n_followed] + rng.uniform(-70, 70, (n_followed, 2))]),
        np.concatenate([days, days[:n_followed] + rng.uniform(0, 10, n_followed)]),
    )


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
    return len(data_quality.reporting_gaps(moments(days), period=QUARTER)) > 0


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
    found = data_quality.check_all(table, _area(500), period=QUARTER)["code"]
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
    found = data_quality.areas_without_incidents(points(np.stack([x, 0 * x + 0.5], axis=1)), areas)
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
