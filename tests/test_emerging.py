"""Emerging hotspots: known series, exactly one class, planted patterns and cubes of chance."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ipgtools as ipg
from ipgtools import hotspots
from ipgtools.errors import IpgError
from ipgtools.hotspots import emerging_hotspots as rules
from ipgtools.nl import errors

GRID = ipg.Grid.covering((0, 0, 1000, 1000))
PERIOD = ipg.Period("2025-01-01", "2025-12-03")


def classes(*series, trend=0.0, p=1.0):
    state = np.sign(np.where(np.abs(series) >= 90, series, 0))
    n = len(series)
    return rules.classify(state, [trend] * n, [p] * n).tolist()


def town(n: int, seed: int, extra: dict[int, int] | None = None) -> gpd.GeoDataFrame:
    """Scatter incidents evenly over twelve steps, with extra ones in nine cells per step."""
    rng = np.random.default_rng(seed)
    x, y = rng.uniform(0, 1000, (2, n))
    day = rng.integers(0, 336, n)
    for step, more in (extra or {}).items():
        x, y = (np.r_[one, rng.uniform(300, 600, more)] for one in (x, y))
        day = np.r_[day, rng.integers(step * 28, step * 28 + 28, more)]
    return gpd.GeoDataFrame(
        {"occurred_from": pd.Timestamp("2025-01-01") + pd.to_timedelta(day, unit="D")},
        geometry=gpd.points_from_xy(x, y), crs=28992,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("series", "pattern"),
    [
        ([0] * 9 + [90], "new"),
        ([0] * 7 + [95] * 3, "consecutive"),
        ([95] * 10, "persistent"),
        ([0, 0, 90, 0, 0, 0, 0, 0, 0, 95], "sporadic"),
        ([0, -90, 0, 90, 0, -95, 0, 0, 0, 99], "oscillating"),
        ([95] * 9 + [0], "historical"),
    ],
)
def test_series_of_xarray_spatial_have_its_class(series, pattern):
    """Its table of bins, and the mirrored ones."""
    assert classes(series) == [f"{pattern}_hot"]
    assert classes([-one for one in series]) == [f"{pattern}_cold"]


def test_a_lasting_hotspot_with_a_trend_intensifies_or_diminishes():
    assert classes([95] * 10, trend=3.0, p=0.01) == ["intensifying_hot"]
    assert classes([95] * 10, trend=-3.0, p=0.01) == ["diminishing_hot"]
    assert classes([-95] * 10, trend=-3.0, p=0.01) == ["intensifying_cold"]
    assert classes([0] * 10) == ["none"]


@given(st.lists(st.sampled_from([-95, 0, 95]), min_size=10, max_size=14))
def test_every_series_has_one_class_and_its_mirror_the_mirrored_one(series):
    (one,), (other,) = classes(series), classes([-value for value in series])
    assert one == "none" or one.rsplit("_", 1)[0] in rules.PATTERNS
    assert other == one.replace("_hot", "_x").replace("_cold", "_hot").replace("_x", "_cold")


def test_the_trend_test_is_mann_kendall_with_ties():
    """S = 13 with two pairs of ties: variance (8 * 7 * 21 - 2 * 2 * 9) / 18."""
    values = np.array([[1.0, 2, 2, 3, 1, 4, 5, 6]])
    s = sum(np.sign(values[0, j] - values[0, i]) for i in range(8) for j in range(i + 1, 8))
    z, _p = rules.mann_kendall(values)
    assert z[0] == pytest.approx((s - 1) / ((8 * 7 * 21 - 2 * 2 * 9) / 18) ** 0.5)


@pytest.mark.parametrize(
    ("extra", "pattern"),
    [
        ({11: 60}, "new_hot"),
        ({9: 60, 10: 60, 11: 60}, "consecutive_hot"),
        (dict.fromkeys(range(12), 60), "persistent_hot"),
        (dict.fromkeys(range(11), 60), "historical_hot"),
    ],
)
def test_a_planted_pattern_is_named(extra, pattern):
    cells = hotspots.emerging(town(800, 1, extra), GRID, period=PERIOD)
    named = cells.loc[44, "pattern"]
    if pattern == "historical_hot":  # the step before belongs to the neighbourhood
        assert named in {"persistent_hot", "diminishing_hot", "historical_hot"}
    else:
        assert named == pattern
    assert cells.attrs["method"]["rules"] == rules.RULES


def test_cells_with_too_few_are_not_classed():
    cells = hotspots.emerging(town(70, 1), GRID, period=PERIOD)
    assert (cells["pattern"] == "too_few").mean() > 0.8


def hot_cubes(n: int, seed: int) -> int:
    """Count the cubes of chance on which any cell has a class."""
    return sum(
        not hotspots.emerging(town(600, seed + one), GRID, period=PERIOD)["pattern"]
        .isin(["none", "too_few"])
        .all()
        for one in range(n)
    )


def test_few_cubes_of_chance_have_a_class():
    assert hot_cubes(12, 1) <= 3


@pytest.mark.calibrate
def test_one_cube_of_chance_in_twenty_has_a_class():
    assert hot_cubes(200, 1000) <= 18


WRONG = {
    "too few steps": (lambda: hotspots.emerging(town(99, 1), GRID, period=PERIOD, days=60),
                      "Te weinig gegevens"),
    "too few incidents": (lambda: hotspots.emerging(town(9, 1), GRID, period=PERIOD),
                          "Te weinig gegevens"),
    "half days": (lambda: hotspots.emerging(town(99, 1), GRID, period=PERIOD, days=0.5), "heel"),
    "no alpha": (lambda: hotspots.emerging(town(99, 1), GRID, period=PERIOD, alpha=5), "tussen"),
    "areas for a grid": (lambda: hotspots.emerging(town(99, 1), None, period=PERIOD), "Grid"),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_input_says_what_to_give_in_dutch(wrong):
    call, said = WRONG[wrong]
    with pytest.raises(IpgError) as caught:
        call()
    assert said in errors.say(caught.value.code, caught.value.facts)
