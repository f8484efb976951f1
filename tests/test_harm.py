"""Harm: weights by hand, and what must hold when they move."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from scipy import stats

import ipgtools as ipg
from ipgtools import harm, hotspots
from ipgtools.errors import ContractError, CrsError, ReadError
from ipgtools.grid import Grid

WEIGHTS = pd.DataFrame({"code": ["A20", "A72", "B70", "1.4.5"], "weight": [30.0, 2.0, 365.0, 20.0]})
GRID = Grid.covering((0, 0, 1000, 1000))


def incidents(categories, xy):
    x, y = np.asarray(xy, dtype=float).reshape(-1, 2).T
    return gpd.GeoDataFrame(
        {"category": pd.array(list(categories), dtype="str")},
        geometry=gpd.points_from_xy(x, y), crs=28992,
    )  # fmt: skip


def many(n=500, seed=1):
    rng = np.random.default_rng(seed)
    kinds = rng.choice(["A20", "A72", "B70", "F550"], n, p=[0.2, 0.6, 0.05, 0.15])
    return incidents(kinds, rng.uniform(0, 1000, (n, 2)))


# reading


def test_weights_are_read_and_every_row_is_accounted_for(tmp_path):
    path = tmp_path / "gewichten.csv"
    path.write_text(
        "Code;Gewicht;Eenheid;Bron\nA20;120,5;dagen;eigen\na72 ;5;dagen;eigen\n"
        "F550;;dagen;x\nA20;7;dagen;x\n;3;dagen;x\nB70;-1;dagen;x\n",
        encoding="utf-8",
    )
    weights, report = ipg.read_weights(path)
    assert weights["code"].tolist() == ["A20", "A72"]
    assert weights["weight"].tolist() == [120.5, 5]
    assert weights["unit"].tolist() == ["dagen", "dagen"]
    assert (report.n_read, report.n_used, report.n_rejected) == (6, 2, 4)
    assert report.rejected["source_row"].tolist() == [3, 4, 5, 6]


def test_a_file_without_weights_is_refused(tmp_path):
    path = tmp_path / "codes.csv"
    path.write_text("code;label\nA20;inbraak\n", encoding="utf-8")
    with pytest.raises(ReadError, match="weight"):
        ipg.read_weights(path)
    path.write_text("mk;zwaarte\nA20;3\n", encoding="utf-8")
    weights, _ = ipg.read_weights(path, columns={"weight": "zwaarte"})
    assert weights["weight"].tolist() == [3]


# weighing


def test_a_code_without_a_weight_has_that_of_its_class_or_none():
    found = harm.weigh(
        incidents(["A20", "F550", "a72 ", "F42", "Z99", None], [(5, 5)] * 6), WEIGHTS
    )
    assert found[:3].tolist() == [30, 20, 2]
    assert found[3:].isna().all()
    assert found.attrs["unknown_codes"] == {"": 1, "F42": 1, "Z99": 1}
    assert (found.attrs["n_used"], found.attrs["n_unknown"]) == (3, 3)


def test_its_own_weight_goes_before_that_of_its_class():
    weights = pd.DataFrame({"code": ["1.1.1", "A20"], "weight": [5, 9]})
    found = harm.weigh(incidents(["A20", "A30"], [(5, 5)] * 2), weights)
    assert found.tolist() == [9, 5]


# counts and harm


def test_harm_is_the_weighted_count_per_cell():
    points = many()
    found = harm.compare(points, WEIGHTS, GRID)
    weighed = points.assign(weight=harm.weigh(points, WEIGHTS))
    expected = hotspots.count(weighed, GRID, weights="weight")["n"]
    np.testing.assert_allclose(found["harm"], expected)
    assert found["n"].sum() == 500 == found.attrs["n_used"]


def test_cells_and_areas_that_are_the_same_squares_agree():
    points = many(seed=2)
    cells = harm.compare(points, WEIGHTS, GRID)
    areas = GRID.cells().rename(columns={"cell_id": "area_code"})
    again = harm.compare(points, WEIGHTS, areas)
    for column in ("n", "harm", "rank_n", "rank_harm", "heaviest", "one_incident"):
        np.testing.assert_array_equal(cells[column], again[column])


def test_ranks_are_scipys_and_equal_weights_change_none():
    points = many(seed=3)
    found = harm.compare(points, WEIGHTS, GRID)
    np.testing.assert_array_equal(found["rank_harm"], stats.rankdata(-found["harm"], "min"))
    np.testing.assert_array_equal(found["rank_n"], stats.rankdata(-found["n"], "min"))
    some = found["n"] > 0
    spearman = stats.spearmanr(found["n"][some], found["harm"][some]).statistic
    assert found.attrs["spearman"] == pytest.approx(spearman)
    level = harm.compare(points, WEIGHTS.assign(weight=7.0), GRID)
    assert (level["rank_change"] == 0).all()
    assert level.attrs["spearman"] == pytest.approx(1)


def test_one_heavy_incident_that_makes_a_hotspot_is_said():
    """Ten cells of five burglaries, and one of a single homicide."""
    xy = [(100 * k + 5, 5) for k in range(10) for _ in range(5)] + [(505, 505)]
    points = incidents(["A20"] * 50 + ["F540"], xy)
    weights = pd.DataFrame({"code": ["A20", "F540"], "weight": [30, 5475]})
    found = harm.compare(points, weights, GRID, top=10)
    alone = found[found["one_incident"]]
    assert len(alone) == 1
    assert alone["rank_harm"].tolist() == [1]
    assert alone["heaviest_code"].tolist() == ["F540"]
    assert alone["heaviest"].tolist() == [1]
    assert found.attrs["heaviest"] == pytest.approx(5475 / (5475 + 50 * 30))


def test_incidents_without_a_weight_are_counted_apart_and_listed():
    points = incidents(["A20", "F42", "F42", "A20"], [(5, 5), (5, 5), (150, 5), (-50, 5)])
    found = harm.compare(points, WEIGHTS, GRID)
    assert found[["n", "n_unknown"]].iloc[:2].to_numpy().tolist() == [[1, 1], [0, 1]]
    assert found.attrs["n_unknown"] == 2
    assert found.attrs["n_outside"] == 1
    assert found.attrs["unknown_codes"] == {"F42": 2}
    json.dumps(found.attrs)


# other weights


def test_a_place_far_ahead_stays_in_the_top_and_a_lone_incident_is_not_sure():
    xy = [(5, 5)] * 20 + [(505, 505)] + [(100 * k + 5, 205) for k in range(10)]
    points = incidents(["A20"] * 20 + ["B70"] + ["A72"] * 10, xy)
    found = harm.sensitivity(points, WEIGHTS, GRID, top=2, rng=1)
    assert found["harm"].iloc[:2].tolist() == [600, 365]
    assert found["in_top"].iloc[:2].tolist() == [1, 1]
    assert found["sure"].tolist() == [True, *[False] * 11]


def test_draws_stay_within_the_factor_and_the_same_seed_gives_the_same():
    """With two places of one code each, they swap only if the factor reaches."""
    points = incidents(["A20", "A72"], [(5, 5), (505, 505)])
    weights = pd.DataFrame({"code": ["A20", "A72"], "weight": [5.0, 1.0]})
    for factor, swap in [(2.0, False), (3.0, True)]:
        found = harm.sensitivity(points, weights, GRID, top=1, factor=factor, rng=2)
        assert (found["in_top"].iloc[0] < 1) == swap
    one, other = (harm.sensitivity(many(), WEIGHTS, GRID, rng=3) for _ in range(2))
    pd.testing.assert_frame_equal(one.drop(columns="geometry"), other.drop(columns="geometry"))
    assert (one["rank_low"] <= one["rank_high"]).all()
    assert one["rank_harm"].is_monotonic_increasing
    assert one["in_top"].sum() >= 10


def test_the_chance_of_a_swap_is_that_of_the_draws():
    """Weights 2 and 1 within a factor of two: log-uniform, so they swap in one draw in eight."""
    points = incidents(["A20", "A72"], [(5, 5), (505, 505)])
    weights = pd.DataFrame({"code": ["A20", "A72"], "weight": [2.0, 1.0]})
    found = harm.sensitivity(points, weights, GRID, top=1, n_simulations=4000, rng=4)
    assert found["in_top"].iloc[0] == pytest.approx(7 / 8, abs=0.02)


def test_leaving_a_code_out_is_weighing_it_nothing():
    points = many(seed=5)
    found = harm.leave_one_code_out(points, WEIGHTS, GRID).set_index("code")
    assert found["harm"].sum() == pytest.approx(harm.weigh(points, WEIGHTS).sum())
    assert found["share"].sum() == pytest.approx(1)
    base = harm.compare(points, WEIGHTS, GRID)
    rest = harm.compare(
        points, WEIGHTS.assign(weight=WEIGHTS["weight"].where(WEIGHTS["code"] != "B70", 0)), GRID
    )
    top = (base["rank_harm"] <= 10) & (rest["rank_harm"] <= 10) & (rest["harm"] > 0)
    assert found.loc["B70", "overlap_without"] == top.sum()
    some = base["harm"] > 0
    spearman = stats.spearmanr(base["harm"][some], rest["harm"][some]).statistic
    assert found.loc["B70", "spearman_without"] == pytest.approx(spearman)


def test_no_incidents_do_no_harm():
    nobody = incidents([], [])
    found = harm.compare(nobody, WEIGHTS, GRID)
    assert found["harm"].eq(0).all()
    assert not found["one_incident"].any()
    assert np.isnan(found.attrs["heaviest"])
    assert len(harm.sensitivity(nobody, WEIGHTS, GRID)) == 0
    assert len(harm.leave_one_code_out(nobody, WEIGHTS, GRID)) == 0


def test_weights_that_are_none_are_refused():
    points = many(5)
    for weights, words in [
        (WEIGHTS.drop(columns="weight"), "weight: column"),
        (WEIGHTS.assign(weight=-1.0), "0 or more"),
        (pd.DataFrame({"code": ["A20", "a20 "], "weight": [1, 2]}), "twice"),
    ]:
        with pytest.raises(ContractError, match=words):
            harm.compare(points, weights, GRID)
    with pytest.raises(ContractError, match="category"):
        harm.weigh(points[["geometry"]], WEIGHTS)
    with pytest.raises(CrsError):
        harm.compare(points.to_crs(4326), WEIGHTS, GRID)
    with pytest.raises(ValueError, match="top"):
        harm.compare(points, WEIGHTS, GRID, top=0)
    with pytest.raises(ValueError, match="factor"):
        harm.sensitivity(points, WEIGHTS, GRID, factor=1)
