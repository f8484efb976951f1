"""Accuracy of rankings, back-tests, before with after: published numbers, planted effects."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

import ipgtools as ipg
from ipgtools import evaluate
from ipgtools.errors import IpgError
from ipgtools.nl import errors

GRID = ipg.Grid.covering((0, 0, 2000, 2000), cell_size=100)
DAYS = 400


def scattered(n: int, seed: int, *, hot: float = 0.0) -> gpd.GeoDataFrame:
    """Scatter incidents over a square and 400 days, a share of them in one corner of 300 m."""
    rng = np.random.default_rng(seed)
    x, y = rng.uniform(0, 2000, (2, n))
    corner = rng.random(n) < hot
    x[corner], y[corner] = x[corner] * 0.15, y[corner] * 0.15
    when = pd.Timestamp("2025-01-01") + pd.to_timedelta(rng.integers(0, DAYS, n), unit="D")
    when = when + pd.to_timedelta(rng.integers(0, 86400, n), unit="s")
    return gpd.GeoDataFrame({"occurred_from": when}, geometry=gpd.points_from_xy(x, y), crs=28992)


@pytest.fixture(scope="module")
def tested() -> pd.DataFrame:
    return evaluate.backtest(scattered(2000, 1, hot=0.3), GRID, n_origins=6)


# accuracy: published numbers


def test_pai_pei_and_rri_are_those_of_the_worked_example():
    """ptools: observed 6, 3, 0 in three equal cells, forecast 3, 2, 1."""
    assert evaluate.pai([3, 2, 1], [6, 3, 0]).tolist() == [2.0, 1.5, 1.0]
    assert evaluate.pei([3, 2, 1], [6, 3, 0]).tolist() == [1.0, 1.0, 1.0]
    assert evaluate.rri([3, 2, 1], [6, 3, 0]) == pytest.approx([3 / 6, 5 / 9, 6 / 9])


def test_the_best_list_has_the_best_pai():
    """Half of the surface in the wrong order catches what is left."""
    assert evaluate.pei([0, 1], [3, 1], share=0.5) == pytest.approx(1 / 3)


@given(st.permutations(range(6)), st.integers(1, 12))
def test_equal_scores_are_averaged_whatever_the_order_of_the_rows(order, twelfths):
    """The expected value over random orders is what a shuffle of the rows can't change."""
    score, events = np.array([2, 2, 1, 1, 1, 0.0]), np.array([5, 1, 0, 3, 0, 2.0])
    once = evaluate.hit_rate(score, events, share=twelfths / 12)
    assert evaluate.hit_rate(score[order], events[order], share=twelfths / 12) == (
        pytest.approx(once)
    )


def test_a_list_of_equal_scores_is_chance():
    events = np.random.default_rng(1).poisson(2, 50)
    assert evaluate.pai(np.zeros(50), events, share=[0.01, 0.2, 1]) == pytest.approx([1, 1, 1])


def test_no_events_have_no_accuracy():
    assert np.isnan(evaluate.pai([1, 2], [0, 0], share=0.5))


def test_a_small_cell_counts_for_its_surface():
    """Half a cell holding all events: a fifth of the surface."""
    area = [0.5, 1.0, 1.0]
    assert evaluate.pai([3, 2, 1], [4, 0, 0], area=area, share=0.2) == pytest.approx(5)


# before and after: published numbers


@pytest.mark.parametrize(("alpha", "low", "high"), [(0.05, -83.8261, 3.8261), (0.1, -76.78, -3.22)])
def test_wdd_of_two_areas_with_either_interval(alpha, low, high):
    """-40 with 22.3607; not significant at 0.05, and significant at crimepy's default."""
    row = evaluate.wdd([130, 150], [120, 100], alpha=alpha).loc["local"]
    assert (row["wdd"], row["se"]) == (-40, pytest.approx(22.3607, abs=1e-4))
    assert (row["low"], row["high"]) == (
        pytest.approx(low, abs=0.01),
        pytest.approx(high, abs=0.01),
    )


def test_wdd_with_displacement_is_that_of_the_paper():
    table = evaluate.wdd(
        [308, 318], [207, 110], displacement_control=[150, 140], displacement_treated=[178, 157]
    )
    assert table["wdd"].tolist() == [-107, -11, -118]
    total = table.loc["total"]
    assert total["se"] == pytest.approx(39.598, abs=1e-3)
    assert total["z"] == pytest.approx(-2.980, abs=1e-3)
    assert total["low"] == pytest.approx(-195.6, abs=0.05)
    assert total["high"] == pytest.approx(-40.4, abs=0.05)


def test_wdd_of_periods_of_unequal_length():
    """Crimepy: counts divided by 2 and 1 give -20 with sqrt(115)."""
    row = evaluate.wdd([100, 50], [80, 20], lengths=[2, 1]).loc["local"]
    assert (row["wdd"], row["se"]) == (-20, pytest.approx(115**0.5))


def test_wdd_in_harm_of_five_kinds():
    control = [[133, 91], [388, 305], [148, 97], [86, 64], [94, 67]]
    treated = [[130, 74], [327, 202], [398, 190], [144, 92], [183, 96]]
    row = evaluate.wdd(control, treated, weights=[3, 2, 5, 7, 10]).loc["local"]
    assert row["wdd"] == -1721
    assert row["se"] == pytest.approx(304.1036, abs=1e-4)
    assert row["z"] == pytest.approx(-5.65926, abs=1e-5)
    assert row["low"] == pytest.approx(-2317.0, abs=0.05)
    assert row["high"] == pytest.approx(-1125.0, abs=0.05)
    each = [evaluate.wdd(c, t)["wdd"].item() for c, t in zip(control, treated, strict=True)]
    assert each == [-14, -42, -157, -30, -60]


def test_counts_that_come_in_series_have_a_wider_interval():
    once, series = (evaluate.wdd([130, 150], [120, 100], dispersion=d) for d in (1, 4))
    assert series["se"].item() == pytest.approx(2 * once["se"].item())


REAL = {
    "us_nyc_vehicle_thefts_2014_2017/nyc_vehicle_thefts.parquet": ("EPSG:32618", {}),
    "us_chicago_near_repeat/chicago_be.csv": ("EPSG:26971", {}),
    "ca_vancouver_thefts_2020/vancouver_thefts.csv.gz": (
        "EPSG:26910", {"columns": {"category_label": "TYPE"}},
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    "file",
    [pytest.param(one, marks=[] if "chicago" in one else pytest.mark.calibrate) for one in REAL],
)
def test_even_weeks_hardly_differ_from_odd_weeks_on_real_data(shared, file):
    """No action at all: at a nominal 5 %, at most 7 % of pairs of areas have an effect."""
    if not (shared / file).exists():
        pytest.skip(f"{file} is not on this machine")
    crs, more = REAL[file]
    incidents, _ = ipg.read_incidents(shared / file, work_crs=crs, **more)
    incidents = incidents[incidents["occurred_from"].notna()]
    grid = ipg.Grid.covering(incidents, cell_size=1000)
    cell = grid.locate(*incidents.get_coordinates().to_numpy().T)
    week = (incidents["occurred_from"] - pd.Timestamp("2012-01-02")).dt.days.to_numpy() // 7
    week = week - week.min() - 1
    n_weeks = int(week.max()) // 2 * 2
    held = (week >= 0) & (week < n_weeks)
    n = np.bincount(cell[held] * n_weeks + week[held], minlength=grid.n_cells * n_weeks)
    n = n.reshape(grid.n_cells, n_weeks)
    n = n[n.sum(axis=1) >= 20]
    scale = ipg.history.dispersion(n).value
    halves = np.stack([n[:, ::2].sum(axis=1), n[:, 1::2].sum(axis=1)], axis=1)
    rng = np.random.default_rng(1)
    pairs = [rng.choice(len(n), 2, replace=False) for _ in range(400)]
    found = [
        evaluate.wdd(halves[a], halves[b], dispersion=scale[[a, b]])["p_value"].item() <= 0.05
        for a, b in pairs
    ]
    assert np.mean(found) <= 0.07


def test_e_test_is_that_of_the_paper():
    assert evaluate.e_test(0, 3) == pytest.approx(0.08838, abs=5e-6)
    assert evaluate.e_test(6, 2) == pytest.approx(0.17487, abs=5e-6)
    assert evaluate.e_test(0, 0) == 1


def test_e_test_of_swapped_periods_is_the_same():
    assert evaluate.e_test(12, 30, lengths=[1, 2]) == pytest.approx(
        evaluate.e_test(30, 12, lengths=[2, 1])
    )


def test_e_test_of_large_counts_is_about_normal():
    z = (3000 - 3150) / (3000 + 3150) ** 0.5
    from scipy import special

    assert evaluate.e_test(3000, 3150) == pytest.approx(2 * special.ndtr(z), rel=0.02)


def false_alarms(test, n: int, seed: int) -> int:
    rng = np.random.default_rng(seed)
    return sum(test(rng) <= 0.05 for _ in range(n))


def _wdd_p(rng) -> float:
    counts = rng.poisson([[40, 40], [60, 60], [30, 30], [50, 50]])
    return float(
        evaluate.wdd(
            counts[0], counts[1], displacement_control=counts[2], displacement_treated=counts[3]
        ).loc["total", "p_value"]
    )


@pytest.mark.parametrize("test", [_wdd_p, lambda rng: evaluate.e_test(*rng.poisson([8, 8]))])
def test_few_null_actions_have_an_effect(test):
    assert false_alarms(test, 60, 1) <= 9


@pytest.mark.calibrate
@pytest.mark.parametrize("test", [_wdd_p, lambda rng: evaluate.e_test(*rng.poisson([8, 8]))])
def test_null_actions_have_an_effect_one_time_in_twenty(test):
    assert 60 <= false_alarms(test, 2000, 2) <= 140


# areas to compare with


def test_a_ring_is_around_and_leaves_out_what_is_given():
    square = gpd.GeoSeries([shapely.box(0, 0, 100, 100)], crs=28992)
    half = gpd.GeoSeries([shapely.box(-500, -500, 50, 500)], crs=28992)
    whole = evaluate.displacement_ring(square, width=50)
    part = evaluate.displacement_ring(square, width=50, without=half)
    assert part["area_m2"].item() == pytest.approx(whole["area_m2"].item() / 2)
    assert whole.geometry.item().intersection(square.item()).area == 0


def test_the_choice_of_a_control_area_does_not_see_the_outcome():
    counts = pd.DataFrame(np.random.default_rng(1).poisson(10, (6, 20)))
    after = counts.copy()
    after.iloc[:, 12:] = 0
    chosen = [evaluate.similar_areas(one, 0, before=12) for one in (counts, after)]
    pd.testing.assert_frame_equal(*chosen)


def test_a_rising_area_is_no_control():
    rng = np.random.default_rng(2)
    flat, rising = rng.poisson(10, (5, 24)), rng.poisson(np.linspace(2, 20, 24), (1, 24))
    table = evaluate.similar_areas(pd.DataFrame(np.vstack([flat, rising])), 0, before=24)
    assert table.index[-1] == 5
    assert not table.loc[5, "usable"]
    assert table["usable"].sum() >= 3


# back-tests


def test_every_method_gets_the_same_origins_events_and_surface(tested):
    n = tested.groupby(["origin", "share"])["method"].nunique()
    assert (n == tested["method"].nunique()).all()
    spread = tested.groupby("origin")["n_events"].agg(["min", "max"])
    assert (spread["min"] == spread["max"]).all()
    assert tested.attrs["n_origins"] == 6
    assert tested["origin"].drop_duplicates().diff().dropna().dt.days.unique().tolist() == [28]


def test_random_cells_catch_their_share_exactly(tested):
    random = tested[tested["method"] == "random"]
    assert random["hit_rate"].to_numpy() == pytest.approx(random["share"].to_numpy())
    assert random["pai"].to_numpy() == pytest.approx(1)


def test_a_planted_corner_is_found_by_every_map_and_not_by_chance(tested):
    """Nine cells of 400 hold three in ten: 0.03 of the surface should catch most of them."""
    table = evaluate.card(tested, share=0.03, rng=1).set_index("method")
    assert (table.loc[["last", "long_run", "busiest", "density", "gi_star"], "low"] > 0.15).all()
    assert table.loc["random", "rank"] == table["rank"].max() or table.loc["random", "pai"] == 1
    assert table["pei"].max() <= 1


def test_the_card_prints_events_and_ranks_nothing_under_thirty():
    few = evaluate.backtest(scattered(60, 3), GRID, methods=["density"], n_origins=3)
    table = evaluate.card(few, share=0.03, rng=1)
    assert table["n_events"].iloc[0] < 30
    assert table["rank"].isna().all()
    assert set(table["verdict"]) == {"too_few"}


def test_a_naive_list_may_win():
    """Scores that point away from the incidents are worse, and the card says so."""
    wrong = {"away": lambda history: -history.count()}
    table = evaluate.card(
        evaluate.backtest(scattered(3000, 4, hot=0.3), GRID, methods=wrong, n_origins=6),
        share=0.05, rng=1,
    ).set_index("method")  # fmt: skip
    assert table["rank"].idxmin() in ("last", "long_run")
    assert table.loc["away", "verdict"] == "worse"


def test_a_ranking_sees_nothing_of_what_comes_after():
    latest = []

    def spy(history):
        latest.append((history.incidents["occurred_from"].max(), history.moment))
        return history.count()

    evaluate.backtest(scattered(500, 5), GRID, methods={"spy": spy}, n_origins=4)
    assert all(seen < moment for seen, moment in latest)


def test_slow_methods_run_when_named():
    incidents = scattered(800, 6, hot=0.5)
    table = evaluate.backtest(
        incidents, GRID, methods=["hdbscan", "hierarchical", "places"], n_origins=3, rng=1
    )
    rate = table[table["share"] == 0.05].groupby("method")["hit_rate"].mean()
    assert (rate[["hdbscan", "hierarchical", "places"]] > 0.3).all()


def test_no_method_beats_chance_where_there_is_only_chance():
    """Verdicts "better" than the naive lists on null maps are about one in forty."""
    found = []
    for seed in range(3):
        tested = evaluate.backtest(scattered(1500, seed), GRID, methods=["density", "gi_star"])
        table = evaluate.card(tested, share=0.05, rng=1).set_index("method")
        found += (table.loc[["density", "gi_star"], "verdict"] == "better").tolist()
    assert sum(found) <= 2


def test_the_density_of_a_back_test_is_that_of_hotspots():
    seen = {}

    def spy(history):
        seen["same"] = np.allclose(
            evaluate.ranking.density(history),
            ipg.hotspots.density(history.incidents, GRID)["per_km2"] / 1e6,
        )
        return history.count()

    evaluate.backtest(scattered(500, 5), GRID, methods={"spy": spy}, n_origins=3)
    assert seen["same"]


# bad input

AREAS = pd.DataFrame(np.full((3, 12), 5))
MONTHS = scattered(200, 1).assign(
    occurred_from=pd.to_datetime(["2025-01-01", "2025-02-01", "2025-03-01", "2025-04-01"] * 50)
)
GAP = scattered(900, 1)
GAP = GAP[(GAP["occurred_from"] < "2025-08-01") | (GAP["occurred_from"] > "2026-01-25")]
WRONG = {
    "scores of another length": (lambda: evaluate.pai([1, 2], [1, 2, 3]), "3 waarden"),
    "negative events": (lambda: evaluate.pai([1, 2], [1, -2]), "staat -2"),
    "a missing score": (lambda: evaluate.pai([1, np.nan], [1, 2]), "NaN"),
    "a share above 1": (lambda: evaluate.hit_rate([1, 2], [1, 2], share=3), "staat 3"),
    "text": (lambda: evaluate.hit_rate(["a"], [1]), "getallen"),
    "negative counts": (lambda: evaluate.wdd([1, -1], [1, 1]), "staat -1"),
    "one displacement": (
        lambda: evaluate.wdd([1, 1], [1, 1], displacement_control=[1, 1]), "één gebied",
    ),
    "a dispersion below 1": (
        lambda: evaluate.wdd([1, 1], [1, 1], dispersion=0.5), "van 1 of meer",
    ),
    "kinds that differ": (lambda: evaluate.wdd([[1, 1]], [[1, 1], [2, 2]]), "dezelfde soorten"),
    "three counts": (lambda: evaluate.wdd([1, 1, 1], [1, 1]), "ervoor en erna"),
    "no alpha": (lambda: evaluate.wdd([1, 1], [1, 1], alpha=95), "tussen 0 en 1"),
    "a part of an incident": (lambda: evaluate.e_test(1.5, 2), "1.5"),
    "a period of no length": (lambda: evaluate.e_test(1, 2, lengths=[0, 1]), "groter"),
    "a ring of no width": (
        lambda: evaluate.displacement_ring(gpd.GeoSeries([shapely.box(0, 0, 1, 1)], crs=28992),
                                           width="x"), "groter dan 0",
    ),
    "an unknown area": (lambda: evaluate.similar_areas(AREAS, "x", before=8), "'x'"),
    "too few periods": (lambda: evaluate.similar_areas(AREAS, 0, before=7), "Te weinig gegevens"),
    "too few incidents": (
        lambda: evaluate.similar_areas(AREAS // 5, 0, before=12), "Te weinig gegevens",
    ),
    "more periods than there are": (lambda: evaluate.similar_areas(AREAS, 0, before=13), "12"),
    "no area left": (
        lambda: evaluate.similar_areas(AREAS, 0, before=12, without=[1, 2]), "geen gebied",
    ),
    "an unknown method": (
        lambda: evaluate.backtest(scattered(99, 1), GRID, methods=["magic"]), "long_run",
    ),
    "a method without scores": (
        lambda: evaluate.backtest(scattered(99, 1), GRID, methods={"one": lambda _: 1}), "400",
    ),
    "too short a history": (
        lambda: evaluate.backtest(scattered(99, 1).head(2), GRID, min_history=390),
        "Te weinig gegevens",
    ),
    "a gap in the files": (lambda: evaluate.backtest(GAP, GRID, n_origins=7), "ontbreekt"),
    "incidents known by month": (lambda: evaluate.backtest(MONTHS, GRID), "alleen de maand"),
    "no whole days": (lambda: evaluate.backtest(GAP, GRID, days=0), "heel getal"),
    "another share": (
        lambda: evaluate.card(evaluate.backtest(scattered(99, 1), GRID, methods=[]), share=0.2),
        "0.03",
    ),
    "another table": (lambda: evaluate.card(AREAS), "backtest"),
    "areas for a grid": (lambda: evaluate.backtest(GAP, AREAS), "Grid.covering"),
    "squares only": (
        lambda: evaluate.backtest(
            GAP, ipg.Grid.covering((0, 0, 900, 900), shape="hexagon"), methods=["busiest"]
        ), "zeshoeken",
    ),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_input_says_what_to_give_in_dutch(wrong):
    call, said = WRONG[wrong]
    with pytest.raises(IpgError) as caught:
        call()
    assert said in errors.say(caught.value.code, caught.value.facts)
