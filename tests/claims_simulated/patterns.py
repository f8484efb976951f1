"""Try the claims on maps of notebooks: cells, neighbours, distances and groups."""

import geopandas as gpd
import numpy as np
import pandas as pd

from ipgtools import autocorrelation, concentration, hotspots, patterns
from ipgtools.grid import Grid
from ipgtools.nl import sentences

from .made import (
    BLOCK,
    CRS,
    WIDE,
    Array,
    Rng,
    area,
    chance_values,
    counted,
    hotspot_values,
    points,
)

_MIDDLE = BLOCK[0].start + 1
_CENTRE = _MIDDLE * WIDE + _MIDDLE
_TOP = 10


def hot_null(rng: Rng) -> bool:
    found = hotspots.gi_star(counted(chance_values(rng)))
    return bool(found["hotspot_class"].str.endswith("sure").any())


def hot_planted(rng: Rng) -> bool:
    return bool(hotspots.gi_star(counted(hotspot_values(rng)))["hotspot"].iloc[_CENTRE])


def _surroundings(values: Array) -> tuple[gpd.GeoDataFrame, str]:
    found = autocorrelation.local_moran(counted(values))
    sure = found.loc[found["certainty"] == "sure", "quadrant"].value_counts()
    n = [int(sure.get(one, 0)) for one in ("hh", "ll", "hl", "lh")]
    return found, sentences.autocorrelation.surroundings(
        n[0], n[1], n[2] + n[3], what=("vak", "vakken")
    )


def surroundings_null(rng: Rng) -> bool:
    return _surroundings(chance_values(rng, 12))[1].startswith("Zeker")


def surroundings_planted(rng: Rng) -> bool:
    found, said = _surroundings(hotspot_values(rng))
    return said.startswith("Zeker") and found["certainty"].iloc[_CENTRE] == "sure"


def _alike(rng: Rng, values: Array) -> bool:
    if rng.integers(2):
        row = autocorrelation.moran(counted(values)).iloc[0]
        direction = row["value"] - row["expected"]
    else:
        row = autocorrelation.geary(counted(values)).iloc[0]
        direction = row["expected"] - row["value"]
    return "niet aangetoond" not in sentences.autocorrelation.alike(direction, row["p_value"])


def alike_null(rng: Rng) -> bool:
    return _alike(rng, chance_values(rng, 12))


def alike_planted(rng: Rng) -> bool:
    """One half of the wijk has twice the rate of the other."""
    return _alike(rng, _two_halves(rng, 2.0))


def _two_halves(rng: Rng, times: float) -> Array:
    return rng.poisson(np.where(np.arange(12) < 6, 1.0, times), (12, 12))


def _high_together(values: Array) -> bool:
    row = autocorrelation.general_g(counted(values)).iloc[0]
    said = sentences.autocorrelation.high_together(row["value"] - row["expected"], row["p_value"])
    return "niet aangetoond" not in said


def high_null(rng: Rng) -> bool:
    return _high_together(chance_values(rng, 12))


def high_planted(rng: Rng) -> bool:
    return _high_together(hotspot_values(rng))


def _joins(marked: Array) -> bool:
    table = autocorrelation.join_counts(counted(marked.astype(int))).set_index("joins")
    row = table.loc["BB"]
    said = sentences.autocorrelation.joins(
        row["value"] - row["expected"], row["p_value"], marked="waar iets gebeurde"
    )
    return "niet aangetoond" not in said


def joins_null(rng: Rng) -> bool:
    return _joins(rng.random((12, 12)) < rng.choice([0.1, 0.3, 0.6]))


def joins_planted(rng: Rng) -> bool:
    """Cells with two incidents or more, where one half has three times the rate of the other."""
    return _joins(_two_halves(rng, 3.0) > 1)


def _pairs(rng: Rng) -> Array:
    """Scatter 150 points over a square kilometre, 30 of which have another within 20 m."""
    xy = rng.uniform(0, 1000, (120, 2))
    return np.concatenate([xy, (xy[:30] + rng.uniform(-14, 14, (30, 2))).clip(0, 1000)])


def _nearest(rng: Rng, xy: Array) -> bool:
    row = patterns.clark_evans(
        points(xy), area(), correction="cdf", n_simulations=99, rng=rng
    ).iloc[0]
    said = sentences.autocorrelation.nearest(row["index"], row["p_value"], len(xy))
    return "niet aangetoond" not in said


def nearest_null(rng: Rng) -> bool:
    return _nearest(rng, rng.uniform(0, 1000, (rng.choice([20, 150]), 2)))


def nearest_planted(rng: Rng) -> bool:
    return _nearest(rng, _pairs(rng))


def _around(rng: Rng, xy: Array) -> bool:
    found = patterns.ripley(
        points(xy), area(), distances=[25, 50, 100, 200], n_simulations=39, rng=rng
    )
    above = found.loc[found["l"] > found["l_global_high"], "distance_m"]
    metres = (float(above.iloc[0]), float(above.iloc[-1])) if len(above) else None
    said = sentences.autocorrelation.around(found.attrs["p_value"], metres)
    return "niet aangetoond" not in said


def around_null(rng: Rng) -> bool:
    return _around(rng, rng.uniform(0, 1000, (rng.choice([20, 100]), 2)))


def around_planted(rng: Rng) -> bool:
    return _around(rng, _pairs(rng))


def _groups(rng: Rng, xy: Array) -> gpd.GeoDataFrame:
    return hotspots.hierarchical_clusters(
        points(xy), area(), min_incidents=5, n_simulations=39, rng=rng
    )[0]


def _more_groups(rng: Rng, xy: Array) -> bool:
    first = _groups(rng, xy).attrs["orders"][0]
    said = sentences.concentration.clusters_by_chance(
        first["n_clusters"], first["expected"], first["high"], q_value=first["q_value"]
    )
    return "kan toeval zijn" not in said


def _three_groups(rng: Rng) -> Array:
    """Scatter 150 points over a square kilometre, and eight around each of three places."""
    return np.concatenate(
        [rng.uniform(0, 1000, (150, 2))]
        + [rng.normal(at, 8, (8, 2)) for at in ([200, 300], [500, 700], [800, 400])]
    )


def groups_null(rng: Rng) -> bool:
    return _more_groups(rng, rng.uniform(0, 1000, (150, 2)))


def groups_planted(rng: Rng) -> bool:
    return _more_groups(rng, _three_groups(rng))


def _large_group(rng: Rng, xy: Array) -> bool:
    found = _groups(rng, xy)
    return bool((found["p_size"] <= 0.05).any())


def large_group_null(rng: Rng) -> bool:
    return _large_group(rng, rng.uniform(0, 1000, (150, 2)))


def large_group_planted(rng: Rng) -> bool:
    return _large_group(rng, _three_groups(rng))


_NOWHERE = "Nergens gebeurt duidelijk meer"
_RISK_GRID = Grid.covering((0, 0, 2000, 2000), crs=CRS)


def _homes(rng: Rng) -> Array:
    return np.concatenate([rng.normal(700, 150, (1500, 2)), rng.uniform(0, 2000, (1500, 2))])


def _risk(homes: Array, hit: Array) -> str:
    found = hotspots.risk(points(hit), points(homes), _RISK_GRID, bandwidth=400)
    n = found["risk_class"].value_counts()
    return sentences.risk_places(int(n.get("higher", 0)), int(n.get("lower", 0)))


def risk_null(rng: Rng) -> bool:
    homes = _homes(rng)
    hit = homes[rng.integers(0, len(homes), rng.choice([60, 200, 800]))]
    return not _risk(homes, hit).startswith(_NOWHERE)


def risk_planted(rng: Rng) -> bool:
    """Homes within 200 m of one place have five times the rate of the others."""
    homes = _homes(rng)
    near = np.linalg.norm(homes - [600, 1400], axis=1) < 200
    rate = np.where(near, 5.0, 1.0)
    hit = homes[rng.choice(len(homes), 250, p=rate / rate.sum())]
    return "duidelijk meer" in _risk(homes, hit).removeprefix(_NOWHERE)


def _top(before: Array, after: Array, rng: Rng) -> bool:
    counts = pd.DataFrame({"a": before, "b": after})
    row = concentration.stability(counts, top=_TOP, n_simulations=99, rng=rng).iloc[0]
    said = sentences.concentration.stability(
        row["overlap"], _TOP, (row["stable_low"], row["stable_high"]),
        p_stable=row["p_stable"], p_random=row["p_random"],
    )  # fmt: skip
    return "minder dan toeval verklaart" in said


def top_null(rng: Rng) -> bool:
    """Places that keep their rates, while the whole rises."""
    rate = rng.gamma(1, rng.choice([1.0, 3.0, 10.0]), 80)
    return _top(rng.poisson(rate), rng.poisson(1.4 * rate), rng)


def top_planted(rng: Rng) -> bool:
    """Of the ten busiest places five fall back to the others, and five others take over."""
    rate = np.r_[np.full(10, 20.0), np.full(70, 3.0)]
    after = np.r_[np.full(5, 3.0), np.full(10, 20.0), np.full(65, 3.0)]
    return _top(rng.poisson(rate), rng.poisson(after), rng)
