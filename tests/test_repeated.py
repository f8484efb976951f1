"""
What came back, beside what chance gives.

Knox with days dealt inside strata, and places with several incidents: exact values, false alarms
on maps of nothing, what is planted is found, and what the briefing does with both.
"""

import itertools
import re
from pathlib import Path
from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from claims_simulated.made import town
from helpers import incidents
from scipy import stats

import ipgtools as ipg
from ipgtools import data_quality, io, pipeline, repeats
from ipgtools.briefing.facts import say_near, say_repeats
from ipgtools.nl import methods
from ipgtools.pipeline import repeat_results
from ipgtools.pipeline.lines import for_police
from ipgtools.pipeline.results import Results

START = pd.Timestamp("2025-01-01")
NEAR = {"space_bands": [0, 200], "time_bands": [0, 14]}


def at(*x: float) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, [0.0] * len(x)), crs=28992)


def most(n: int) -> int:
    """Give the 99th percentile of false alarms among n maps at 5 %."""
    return int(stats.binom.ppf(0.99, n, 0.05))


# strata


def test_small_strata_are_joined_with_the_months_beside_them():
    """Each holds the number asked for, and only months that follow one another are together."""
    rng = np.random.default_rng(1)
    table = incidents(*rng.uniform(0, 9, (2, 90)), rng.integers(0, 365, 90), area_code="A")
    found = repeats.strata(table, min_incidents=10)
    assert found.value_counts().min() >= 10
    order = table["occurred_from"].sort_values().index
    runs = [name for name, _ in itertools.groupby(found[order])]
    assert len(runs) == len(set(runs)) > 3


def test_small_areas_are_taken_together():
    """Three areas with two incidents each are one stratum; a large one stays by itself."""
    table = incidents([0] * 12, [0] * 12, range(12), area_code=["A"] * 6 + ["B", "C", "D"] * 2)
    found = repeats.strata(table, min_incidents=6)
    assert found.nunique() == 2
    assert found[:6].nunique() == found[6:].nunique() == 1


def test_an_incident_without_a_date_has_no_stratum():
    table = incidents([0] * 8, [0] * 8, range(8), area_code="A")
    table.loc[3, "occurred_from"] = pd.NaT
    found = repeats.strata(table.set_index(pd.Index(list("abcdefgh"))))
    assert found.index[found.isna()].tolist() == ["d"]
    with pytest.raises(ValueError, match="expected None or one of year, quarter, month"):
        repeats.strata(table, period="week")
    with pytest.raises(ValueError, match="expected a number of incidents"):
        repeats.strata(table, min_incidents=0)


# Knox inside strata


def test_the_mean_inside_strata_is_that_of_all_deals_inside_them():
    """Two strata of three: 36 deals of the days, counted one by one."""
    table = incidents([0, 5, 40, 3, 44, 90], [0] * 6, [0, 3, 9, 10, 2, 7], part=list("aaabbb"))
    bands = {"space_bands": [0, 20, np.inf], "time_bands": [0, 4, np.inf], "n_permutations": 0}
    exact = repeats.knox(table, **bands, within="part")
    counted = []
    for one, two in itertools.product(itertools.permutations(range(3)), repeat=2):
        order = [*one, *(3 + number for number in two)]
        dealt = table.assign(occurred_from=table["occurred_from"].to_numpy()[order])
        counted.append(repeats.knox(dealt, **bands)["observed"].to_numpy())
    assert exact["expected"].to_numpy() == pytest.approx(np.mean(counted, axis=0))
    assert exact["observed"].tolist() == repeats.knox(table, **bands)["observed"].tolist()
    assert exact["expected_sd"].isna().all()
    assert (exact.attrs["n_strata"], exact.attrs["n_alone"]) == (2, 0)


def test_deals_inside_strata_have_the_exact_mean():
    """4,000 deals within four standard errors, and their spread beside it."""
    rng = np.random.default_rng(2)
    table = incidents(*rng.uniform(0, 600, (2, 80)), rng.integers(0, 60, 80))
    within = rng.integers(0, 5, 80)
    bands = {"space_bands": [0, 150, 400], "time_bands": [0, 4, 20]}
    exact = repeats.knox(table, **bands, within=within, n_permutations=0)["expected"]
    from ipgtools.repeats import _knox

    kept = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_knox, "_p_values", lambda o, e, s, null: (kept.update(null=null), (o, o))[1])
        found = repeats.knox(table, **bands, within=within, n_permutations=4000, rng=1)
    mean = kept["null"].mean(axis=0).ravel()
    assert (np.abs(mean - exact) < 4 * found["expected_sd"] / np.sqrt(4000)).all()


def test_one_stratum_is_no_stratum():
    """The same deals, so the same p-values as among all incidents."""
    rng = np.random.default_rng(3)
    table = incidents(*rng.uniform(0, 600, (2, 70)).round(), rng.integers(0, 60, 70))
    plain = repeats.knox(table, **NEAR, n_permutations=199, rng=4)
    one = repeats.knox(table, **NEAR, n_permutations=199, rng=4, within=["all"] * 70)
    columns = ["observed", "p_value"]
    pd.testing.assert_frame_equal(plain[columns], one[columns])
    assert one["expected"].to_numpy() == pytest.approx(plain["expected"].to_numpy())
    assert one["expected_sd"].item() == pytest.approx(plain["expected_sd"].item(), rel=0.2)


def test_where_each_incident_is_its_own_stratum_nothing_can_be_dealt():
    """Every deal is what was observed, and the p-value is 1."""
    table = incidents([0, 0, 0, 9], [0] * 4, [0, 1, 2, 3])
    found = repeats.knox(table, **NEAR, n_permutations=19, rng=1, within=list("abcd")).iloc[0]
    assert (found["p_value"], found["expected"]) == (1, found["observed"])
    with pytest.raises(KeyError, match="expected a column of `incidents`"):
        repeats.knox(table, **NEAR, within="part")
    with pytest.raises(ValueError, match="2 values for 4 incidents"):
        repeats.knox(table, **NEAR, within=["a", "b"])


def p_value(table: gpd.GeoDataFrame, seed: int, *, within: bool) -> float:
    strata = repeats.strata(table) if within else None
    found = repeats.knox(table, **NEAR, within=strata, n_permutations=99, rng=seed)
    return float(found["p_value"].iloc[0])


@pytest.mark.parametrize("kind", ["even", "opposite trends", "season", "snapped"])
def test_near_repeats_are_seldom_shown_where_there_are_none(kind):
    """Of 40 towns; dealt among all, opposite trends of two halves alone would be called one."""
    towns = [town(np.random.default_rng(seed), kind) for seed in range(40)]
    shown = sum(p_value(one, seed, within=True) <= 0.05 for seed, one in enumerate(towns))
    assert shown <= most(40)
    if kind == "opposite trends":
        plain = sum(p_value(one, seed, within=False) <= 0.05 for seed, one in enumerate(towns))
        assert plain > 8


@pytest.mark.parametrize(
    ("n", "planted", "extent", "least"), [(212, 12, 3000, 0.35), (66, 6, 4000, 0.8)]
)
def test_planted_near_repeats_are_shown(n, planted, extent, least):
    """Measured over 300 towns 0.53 and 0.95; dealt among all 0.67 and 0.99."""
    shown = [
        p_value(town(np.random.default_rng(seed), "even", n, planted, extent), seed, within=True)
        for seed in range(30)
    ]
    assert np.mean(np.array(shown) <= 0.05) >= least


# places with several incidents


def test_expected_repeats_are_those_of_all_choices():
    """Three of eight incidents on three places: 56 choices, counted one by one."""
    pooled = [1, 1, 1, 2, 2, 3, 3, 3]
    seen = [np.bincount(choice, minlength=4) for choice in itertools.combinations(pooled, 3)]
    places = np.array([(counts >= 2).sum() for counts in seen])
    there = np.array([counts[counts >= 2].sum() for counts in seen])
    found = repeats.expected_repeats(at(1, 1, 2), at(1, 2, 3, 3, 3)).set_index("counted")
    assert found["observed"].tolist() == [1, 2]
    assert found["expected"].tolist() == pytest.approx([places.mean(), there.mean()])
    assert found["p_value"].tolist() == pytest.approx([(places >= 1).mean(), (there >= 2).mean()])


def test_expected_repeats_without_a_history_are_those_of_equal_places():
    """Three incidents on four places: 64 ways, 36 + 4 of which put two or three on one."""
    found = repeats.expected_repeats(at(1, 1, 2), places=4).iloc[0]
    assert found["expected"] == pytest.approx(40 / 64)
    assert np.isnan(found["p_value"])
    assert repeats.expected_repeats(at(1, 1, 2), at(3)).attrs["basis"] == "even"
    known = repeats.expected_repeats(at(1, 1, 2), at(3)).attrs
    assert known["n_places"] == 3


@pytest.mark.parametrize(("n", "past", "places"), [(60, 400, 300), (700, 4000, 150)])
def test_interval_and_p_value_are_those_of_dealing(n, past, places):
    """The exact distribution, and the normal one for many, beside 3,000 deals."""
    rng = np.random.default_rng(5)
    weights = rng.gamma(0.5, size=places)
    drawn = rng.choice(places, n + past, p=weights / weights.sum())
    found = repeats.expected_repeats(at(*drawn[:n]), at(*drawn[n:])).set_index("counted")
    dealt = {"places": [], "incidents": []}
    for _ in range(3000):
        counts = np.bincount(rng.permutation(drawn)[:n])
        dealt["places"].append((counts >= 2).sum())
        dealt["incidents"].append(counts[counts >= 2].sum())
    for name, row in found.iterrows():
        values = np.array(dealt[name])
        assert row["expected"] == pytest.approx(values.mean(), abs=4 * values.std() / 50)
        assert [row["low"], row["high"]] == pytest.approx(
            np.quantile(values, [0.025, 0.975]), abs=2
        )
        assert row["p_value"] == pytest.approx((values >= row["observed"]).mean(), abs=0.04)


def test_repeats_are_seldom_more_than_chance_where_places_keep_their_weight():
    """Few busy points, many quiet ones: 120 periods after a history seven times as long."""
    rng, low = np.random.default_rng(6), 0
    for _ in range(120):
        weights = rng.gamma(0.4, size=300)
        drawn = rng.choice(300, 480, p=weights / weights.sum())
        found = repeats.expected_repeats(at(*drawn[:60]), at(*drawn[60:]))
        low += found["p_value"].iloc[0] <= 0.05
    assert low <= most(120)


def test_places_that_are_hit_again_at_once_are_more_than_chance():
    """Ten of sixty incidents come back at the place of another, on top of lasting weights."""
    rng, found = np.random.default_rng(7), 0
    for _ in range(40):
        weights = rng.gamma(0.4, size=900)
        drawn = rng.choice(900, 480, p=weights / weights.sum())
        now = np.r_[drawn[:50], drawn[:10]]
        found += repeats.expected_repeats(at(*now), at(*drawn[50:]))["p_value"].iloc[0] <= 0.05
    assert found >= 36


def test_few_or_no_incidents_expect_nothing():
    """None, one, all on one spot, and none with a point."""
    for now in (at(), at(5)):
        found = repeats.expected_repeats(now, at(1, 2, 3))
        assert found["observed"].tolist() == [0, 0]
        assert found["expected"].tolist() == [0, 0]
    spot = repeats.expected_repeats(at(*[5] * 9), at(*[5] * 20)).iloc[0]
    assert spot[["observed", "low", "high", "p_value"]].tolist() == [1, 1, 1, pytest.approx(1)]
    assert spot["expected"] == pytest.approx(1)
    gone = at(1, 2)
    gone.loc[0, "geometry"] = None
    assert repeats.expected_repeats(gone).attrs["n_without_place"] == 1
    with pytest.raises(ValueError, match="`alpha` is 5"):
        repeats.expected_repeats(at(1), alpha=5)


# in the briefing


@pytest.fixture(scope="module")
def sample() -> pipeline.inputs.Inputs:
    return pipeline.inputs.read(ipg.Settings.sample())


def look(given, **changes) -> tuple[dict, Results]:
    results = Results()
    return repeat_results.compute(given, given.now, results, days_known=True, **changes), results


def test_the_sentence_on_near_repeats_has_the_p_value_of_its_own_band(sample):
    """Not that of the best of nine."""
    found, results = look(sample)
    table = results.tables["herhaling"]
    assert found["near"].p_value == table["p_value"].iloc[0]
    assert found["near"].expected == table["expected"].iloc[0]
    assert table.attrs["n_strata"] > 1
    assert any("datums alleen wisselen binnen" in line for line in for_police(results.methods))


def test_places_that_repeat_stand_beside_their_own_history(sample):
    """The sample has 21 months before the period, on the same addresses."""
    found, results = look(sample)
    facts = SimpleNamespace(
        repeats=found["repeats"], near=found["near"], subject="incidenten", exact=True
    )
    sentence, said = say_repeats(facts)
    assert found["repeats"].basis == "history"
    assert "te verwachten (" in sentence
    assert said == (found["repeats"].p_value <= 0.05)
    assert len(results.tables["plekken"]) == found["repeats"].n_places
    assert not re.search(
        r"\[\d", " ".join([sentence, say_near(facts)[0], *for_police(results.methods)])
    )


def on_one_point_per_street(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    first = table.groupby("street_name")["geometry"].transform("first")
    moved = table.copy()
    moved["geometry"] = gpd.GeoSeries(first.where(first.notna(), table.geometry), crs=table.crs)
    return moved


def test_nothing_is_said_of_repeats_where_points_are_one_per_street(sample):
    """No table, no sentence; the reason comes in their place."""
    from dataclasses import replace

    moved = on_one_point_per_street(sample.everywhere)
    given = replace(sample, everywhere=moved, incidents=moved.loc[sample.incidents.index])
    assert data_quality.snapped(moved)[0] > 0
    found, results = look(given)
    assert found == {"repeats": None, "near": None}
    assert results.tables == {}
    assert results.limits == [methods.points_rounded(0)]
    rounded = moved.assign(geometry=gpd.points_from_xy(
        moved.geometry.x.round(-2), moved.geometry.y.round(-2), crs=moved.crs))  # fmt: skip
    assert "afgerond op" not in repeat_results.rounded(sample)
    assert "rondt coördinaten af op 100 m" in repeat_results.rounded(
        replace(given, everywhere=rounded)
    )


def test_exact_addresses_are_not_taken_for_one_point_per_street(sample):
    assert repeat_results.rounded(sample) == ""


def test_a_place_holder_is_no_street(tmp_path: Path):
    """As police.uk and others write it."""
    rows = ["id,date,x,y,street"]
    names = ["Leijdsweg", "On or near ", "No Location", "Straat onbekend"]
    rows += [f"{k},2025-01-0{k + 1},{257000 + k},471000,{name}" for k, name in enumerate(names)]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    read, _ = io.read_incidents(path)
    assert read["street_name"].dropna().tolist() == ["Leijdsweg"]


def test_points_are_called_mixed_only_for_their_mix():
    """Sixty times the same kind at one address is much, not various."""
    assert "uiteenlopende" in methods.stacked(2, mixed=True)
    assert "uiteenlopende" not in methods.stacked(2)


def test_points_of_police_uk_are_one_per_street(shared: Path):
    """Most busy streets of Lancashire have one point, and "On or near" names none of them."""
    path = shared / "uk_lancashire_asb_2022" / "lancashire_asb.tab.gz"
    columns = {"street_name": "location"}
    read, _ = io.read_incidents(path, columns=columns, work_crs="EPSG:27700")
    n_one, n_busy = data_quality.snapped(read)
    assert n_one > 0.2 * n_busy > 100
    assert not read["street_name"].str.lower().isin(["on or near", "no location"]).any()
