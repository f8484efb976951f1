"""Scan statistics: published numbers, laws, planted clusters and maps of chance."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import ipgtools as ipg
from ipgtools import scan
from ipgtools.errors import IpgError
from ipgtools.nl import errors
from ipgtools.scan.zones import by_distance, circles

CALM = {"n_permutations": 99, "rng": 1}
SEVEN = ["Bernalillo", "LosAlamos", "Sandoval", "SantaFe", "Socorro", "Torrance", "Valencia"]


def town(n: int, seed: int, *, planted: int = 0, days: int = 182) -> gpd.GeoDataFrame:
    """Scatter incidents over busy and quiet parts and weeks; plant some in the last two weeks."""
    rng = np.random.default_rng(seed)
    x, y = (rng.beta(1, 2, (2, n)) * 5000).round()
    day = np.floor(rng.beta(2, 1, n) * days)
    if planted:
        x[:planted], y[:planted] = rng.uniform(3900, 4100, (2, planted)).round()
        day[:planted] = rng.integers(days - 14, days, planted)
    return gpd.GeoDataFrame(
        {"occurred_from": pd.Timestamp("2025-01-01") + pd.to_timedelta(day, unit="D")},
        geometry=gpd.points_from_xy(x, y), crs=28992,
    )  # fmt: skip


# published numbers


@pytest.mark.parametrize(("n", "ratio"), [(10, 14.060436), (2, 0.386720)])
def test_the_ratio_is_that_of_satscan_s_own_test(n, ratio):
    """An expectation of 1 among 1,175 cases."""
    assert scan.poisson(n, 1, 1175) == pytest.approx(ratio, abs=1e-6)


def test_births_are_those_of_the_tutorial():
    """141 of 3,172 inside, 24,940 of 1,237,189 in all: E 63.94, RR 2.21."""
    expected = 3172 * 24940 / 1237189
    assert expected == pytest.approx(63.94, abs=0.005)
    assert scan.relative_risk(141, expected, 24940) == pytest.approx(2.21, abs=0.005)
    assert scan.bernoulli(141, 3172, 24940, 1237189) == pytest.approx(35.526304, abs=1e-6)


def test_fever_in_new_york_has_the_ratio_of_satscan():
    """Four where 0.6701 are expected (130 / 194), of 194."""
    assert scan.poisson(4, 130 / 194, 194) == pytest.approx(3.845434, abs=2e-5)
    assert scan.poisson(4, 0.6701, 194) == pytest.approx(3.845434, abs=2e-5)


@pytest.mark.parametrize(
    ("p", "days", "n_analyses", "interval"),
    [(0.001, 1, 1, 1000), (0.001, 7, 1, 7000), (0.05, 7, 52, 7099.94), (0.01, 1, 365, 36317.69)],
)
def test_recurrence_intervals_are_those_of_satscan(p, days, n_analyses, interval):
    found = scan.recurrence_interval(p, days=days, n_analyses=n_analyses)
    assert found == pytest.approx(interval, abs=0.005)


@pytest.fixture(scope="module")
def mexico(shared):
    """Give cases, and expectations with and without age and sex, per county and year."""
    folder = shared / "ref_scan_statistics"
    if not folder.is_dir():
        pytest.skip("ref_scan_statistics is not on this machine")
    at = pd.read_csv(folder / "NMgeo.csv").set_index("county")
    people = pd.read_csv(folder / "NMpop.csv")
    found = pd.read_csv(folder / "NMcas.csv")
    years = np.arange(1973, 1992)
    wide = people.pivot_table(
        index=["county", "agegroup", "sex"], columns="year", values="population", aggfunc="sum"
    )
    known = wide.columns.to_numpy() + 1900
    each = pd.DataFrame(
        [np.interp(years, known, row) for row in wide.to_numpy()], index=wide.index, columns=years
    )
    cases = found.pivot_table(
        index="county", columns="year", values="cases", aggfunc="sum", fill_value=0
    ).reindex(index=at.index, columns=years, fill_value=0)
    crude = each.groupby("county").sum().loc[at.index]
    lat, long = (np.radians(at[name].to_numpy()) for name in ("lat", "long"))
    cosine = np.sin(lat[:, None]) * np.sin(lat) + (
        np.cos(lat[:, None]) * np.cos(lat) * np.cos(long[:, None] - long)
    )
    sphere = 6367 * np.arccos(np.clip(cosine, -1, 1))
    np.fill_diagonal(sphere, 0)
    rate = found.groupby(["agegroup", "sex"])["cases"].sum() / each.groupby(
        ["agegroup", "sex"]
    ).sum().sum(axis=1)
    by = rate.reindex(each.index.droplevel("county")).fillna(0).to_numpy()
    adjusted = each.mul(by, axis=0).groupby("county").sum().loc[at.index]
    return at, cases, crude, adjusted, sphere


def of_mexico(mexico, baseline, **options):
    """Scan with distances over a sphere, as the reference has them."""
    at, cases, *_, sphere = mexico
    size = baseline.sum(axis=1).to_numpy()
    zones = by_distance(sphere, size, max_size=size.sum() / 2)
    found = scan.of_counts(cases, at["lat"], at["long"], baseline=baseline, zones=zones, **options)
    first = found.iloc[0]
    return first, sorted(at.index[list(first["locations"])]), cases.columns


@pytest.mark.parametrize(("which", "ratio", "expected"), [(3, 9.251009, 169.1526),
                                                          (2, 10.828147, 165.1065)])  # fmt: skip
def test_new_mexico_is_found_in_place_and_time(mexico, which, ratio, expected):
    """Seven counties, 1985 to 1989, 223 cases; adjusted for age and sex, and not."""
    first, counties, years = of_mexico(mexico, mexico[which], n_permutations=0)
    assert first["llr"] == pytest.approx(ratio, abs=5e-6)
    assert counties == SEVEN
    assert (years[first["first_step"]], years[first["last_step"]]) == (1985, 1989)
    assert (first["n"], first["expected"]) == (223, pytest.approx(expected, abs=5e-4))


def test_new_mexico_in_place_only(mexico):
    at, cases, _, adjusted, sphere = mexico
    size = adjusted.sum(axis=1).to_numpy()
    found = scan.of_counts(
        cases.sum(axis=1), at["lat"], at["long"], baseline=size, n_permutations=0,
        zones=by_distance(sphere, size, max_size=size.sum() / 2),
    ).iloc[0]  # fmt: skip
    assert found["llr"] == pytest.approx(6.543954, abs=5e-6)
    assert (found["n"], found["expected"]) == (648, pytest.approx(586.0478, abs=5e-4))
    assert sorted(at.index[list(found["locations"])]) == sorted([*SEVEN, "RioArriba"])


def test_new_mexico_on_a_plane_has_an_eighth_county(mexico):
    """The coordinates run to 161 and can't be degrees; as kilometres San Miguel joins."""
    at, cases, _, adjusted, _ = mexico
    found = scan.of_counts(cases, at["lat"], at["long"], baseline=adjusted, n_permutations=0).iloc[
        0
    ]
    assert sorted(at.index[list(found["locations"])]) == sorted([*SEVEN, "SanMiguel"])
    assert found["llr"] == pytest.approx(10.016994, abs=5e-6)


def test_new_mexico_is_not_significant(mexico):
    """Kulldorff et al. 1998: no cluster, adjusted for age and sex."""
    first, *_ = of_mexico(mexico, mexico[3], n_permutations=199, rng=1)
    assert first["p_value"] > 0.05


def test_north_humberside_has_four_of_four(shared):
    folder = shared / "ref_scan_statistics"
    if not folder.is_dir():
        pytest.skip("ref_scan_statistics is not on this machine")
    cases = pd.read_csv(folder / "NHumbersidecas.csv")["numcases"]
    controls = pd.read_csv(folder / "NHumbersidectl.csv")["numcontrols"]
    at = pd.read_csv(folder / "NHumbersidegeo.csv")
    found = scan.of_counts(
        cases, at["x-coordinate"], at["y-coordinate"], model="bernoulli",
        baseline=cases + controls, n_permutations=99, rng=1,
    ).iloc[0]  # fmt: skip
    assert found["llr"] == pytest.approx(4.836516, abs=1e-6)
    assert (found["n"], found["expected"]) == (4, pytest.approx(1.2217, abs=5e-5))
    assert sorted(at["locationid"].iloc[list(found["locations"])]) == [14, 18, 19, 26]
    assert found["p_value"] > 0.05


# the kernel


def plain(cases, x, y, base, total, longest, *, prospective, cases_in_all=None):
    """Scan with loops over everything: the highest ratio and its window."""
    best = (0.0, None)
    distance = np.hypot(x[:, None] - x, y[:, None] - y).round(6)
    n_steps = cases.shape[1]
    for centre in range(len(x)):
        order = np.lexsort((np.arange(len(x)), distance[centre]))
        for size in range(1, len(x) + 1):
            zone = order[:size]
            if base[zone].sum() > base.sum() / 2 * (1 + 1e-9):
                break
            for begin in range(n_steps):
                for end in range(begin + 1, min(begin + longest, n_steps) + 1):
                    if prospective and end < n_steps:
                        continue
                    n, u = cases[zone, begin:end].sum(), base[zone, begin:end].sum()
                    if n < 2:
                        continue
                    ratio = (
                        scan.poisson(n, u, total)
                        if cases_in_all is None
                        else scan.bernoulli(n, u, cases_in_all, total)
                    )
                    best = max(best, (float(ratio), (begin, end - 1)), key=lambda one: one[0])
    return best


@pytest.mark.parametrize("prospective", [True, False])
@pytest.mark.parametrize("model", ["permutation", "poisson", "bernoulli"])
def test_the_kernel_finds_what_plain_loops_find(model, prospective):
    rng = np.random.default_rng(3)
    x, y = rng.integers(0, 6, (2, 12)).astype(float)
    cases = rng.poisson(1.0, (12, 6)).astype(float)
    base = None if model == "permutation" else cases + rng.integers(1, 5, (12, 6))
    found = scan.of_counts(
        cases, x, y, model=model, baseline=base, prospective=prospective, max_steps=4,
        n_permutations=0,
    ).iloc[0]  # fmt: skip
    n = cases.sum()
    if base is None:
        base = np.outer(cases.sum(axis=1), cases.sum(axis=0)) / n
    if model == "bernoulli":
        ratio, window = plain(cases, x, y, base, base.sum(), 4, prospective=prospective,
                              cases_in_all=n)  # fmt: skip
    else:
        ratio, window = plain(cases, x, y, base * n / base.sum(), n, 4, prospective=prospective)
    assert found["llr"] == pytest.approx(ratio)
    assert (found["first_step"], found["last_step"]) == window


@pytest.mark.parametrize("model", ["permutation", "poisson", "bernoulli"])
def test_many_maps_at_once_are_scanned_like_one(model):
    """The threshold that saves logarithms changes no maximum."""
    from ipgtools import _kernels_scan as kernels
    from ipgtools.scan import engine as module

    rng = np.random.default_rng(4)
    x, y = rng.uniform(0, 9, (2, 15))
    cases = rng.poisson(2.0, (15, 5)).astype(float)
    base = None if model == "permutation" else cases + rng.integers(1, 9, (15, 5))
    given = module._given(cases, base, model, 5, 2)
    zones = circles(x, y, given.size, max_size=given.size.sum() * 0.9, max_radius=np.inf,
                    together=False)  # fmt: skip
    windows = module._windows(5, 1, 4, 5)
    counts = np.zeros((15, 6, 40), dtype=np.float32)
    given.draw(counts, np.random.default_rng(1))
    assert counts[:, -1].sum(axis=0).tolist() == [cases.sum()] * 40
    of_base = module._cumulated(given.base)
    more = (given.total, given.n, given.bernoulli, 2.0)
    many = kernels.highest(*zones[:3], of_base, counts, *windows, *more)
    for lane in range(40):
        one = np.ascontiguousarray(counts[:, :, lane]).astype(float)
        alone, *_ = kernels.best_per_list(*zones[:3], of_base, one, *windows, *more)
        assert many[lane] == pytest.approx(alone.max(), rel=1e-9)


def test_locations_at_one_distance_come_together_or_one_by_one():
    """A part of a ring is a zone in SaTScan; together it is not."""
    x, y = np.array([0, 1, -1, 0, 0.0]), np.array([0, 0, 0, 1, -1.0])
    apart, rings = (
        circles(x, y, np.ones(5), max_size=5, max_radius=9, together=together)
        for together in (False, True)
    )
    assert apart.member[:5].tolist() == rings.member[:5].tolist() == [0, 1, 2, 3, 4]
    assert apart.check[:5].all()
    assert rings.check[:5].tolist() == [True, False, False, False, True]


# laws


def test_numbering_the_places_otherwise_changes_nothing():
    rng = np.random.default_rng(5)
    x, y = rng.uniform(0, 9, (2, 20))
    cases = rng.poisson(1.5, (20, 8))
    order = rng.permutation(20)
    options = {"model": "permutation", "n_permutations": 0}
    once = scan.of_counts(cases, x, y, **options)
    again = scan.of_counts(cases[order], x[order], y[order], **options)
    assert again["llr"].iloc[0] == pytest.approx(once["llr"].iloc[0])
    assert set(order[list(again["locations"].iloc[0])]) == set(once["locations"].iloc[0])


def test_a_busy_place_and_a_busy_week_are_no_cluster():
    """Counts that are exactly a place times a week have none under the permutation model."""
    cases = np.outer([1, 2, 8, 1], [1, 1, 6, 2])
    found = scan.of_counts(cases, range(4), [0] * 4, model="permutation", **CALM)
    assert found.empty or found["llr"].max() < 1e-9


def test_the_same_seed_gives_the_same_on_any_number_of_processors(monkeypatch):
    from ipgtools.scan import engine as module

    rng = np.random.default_rng(6)
    x, y, cases = *rng.uniform(0, 9, (2, 20)), rng.poisson(1.5, (20, 8))
    options = {"model": "permutation", "n_permutations": 199, "rng": 7, "stop_early": False}
    once = scan.of_counts(cases, x, y, **options)
    monkeypatch.setattr(module, "_MAX_THREADS", 1)
    pd.testing.assert_frame_equal(once, scan.of_counts(cases, x, y, **options))


def test_drawing_stops_where_chance_is_often_as_extreme():
    rng = np.random.default_rng(8)
    x, y, cases = *rng.uniform(0, 9, (2, 20)), rng.poisson(3, (20, 6))
    found = scan.of_counts(cases, x, y, model="permutation", n_permutations=4999, rng=1)
    assert found.attrs["n_maps"] < 4999
    assert found["p_monte_carlo"].iloc[0] == pytest.approx(51 / (found.attrs["n_maps"] + 1))


def test_gumbel_agrees_with_the_draws_near_one_in_twenty():
    rng = np.random.default_rng(9)
    beta, mu = 1.2, 6.0
    maxima = mu - beta * np.log(-np.log(rng.random(20_000)))
    at = np.quantile(maxima, 0.95)
    assert scan.gumbel_p(at, maxima) == pytest.approx(0.05, rel=0.05)


def test_a_rarer_cluster_comes_back_later():
    days = scan.recurrence_interval([0.5, 0.05, 0.001], days=7, n_analyses=10)
    assert (np.diff(days) > 0).all()


def test_adjusting_for_earlier_analyses_asks_for_more():
    incidents = town(400, 10)
    once, often = (
        scan.space_time(incidents, n_analyses=n, stop_early=False, **CALM) for n in (1, 8)
    )
    assert often.attrs["largest_by_chance"] > once.attrs["largest_by_chance"]


# planted and not


def test_a_planted_cluster_is_found_with_its_place_dates_and_incidents():
    incidents = town(500, 1, planted=14)
    found = scan.space_time(incidents, **CALM).iloc[0]
    assert found["p_value"] <= 0.01
    assert found.geometry.intersects(shapely.Point(4000, 4000))
    assert set(range(14)) <= set(found["incident_ids"])
    assert found["n"] == len(found["incident_ids"])
    assert found["end"] - found["start"] == pd.Timedelta(days=14)
    assert found["recurrence_days"] >= 700
    assert found["relative_risk"] > found["observed_expected"] > 2


def test_a_cluster_that_ended_is_found_only_afterwards():
    incidents = town(500, 2, planted=14)
    late = town(120, 3).assign(
        occurred_from=pd.Timestamp("2025-07-02") + pd.to_timedelta(np.arange(120) % 42, unit="D")
    )
    both = pd.concat([incidents, late], ignore_index=True)
    now = scan.space_time(both, **CALM)
    ever = scan.space_time(both, prospective=False, **CALM)
    assert ever["p_value"].iloc[0] <= 0.02
    assert ever["end"].iloc[0] <= pd.Timestamp("2025-07-09")
    assert (now["end"] == ever.attrs.get("end", now["end"].max())).all()
    assert now.empty or now["llr"].iloc[0] < ever["llr"].iloc[0]


def test_a_kind_that_is_a_larger_part_somewhere_is_found_with_controls():
    controls = town(600, 4)
    found = scan.space_time(town(200, 5, planted=12), controls=controls, **CALM).iloc[0]
    assert found["p_value"] <= 0.02
    assert found.geometry.intersects(shapely.Point(4000, 4000))


def test_more_than_the_homes_explain_is_found():
    rng = np.random.default_rng(6)
    homes = gpd.GeoDataFrame(
        {"people": [2] * 3000},
        geometry=gpd.points_from_xy(*rng.uniform(0, 3000, (2, 3000))),
        crs=28992,
    )
    near = homes[homes.distance(shapely.Point(900, 900)) < 150]
    incidents = pd.concat([homes.sample(80, random_state=1), near])
    found = scan.spatial(incidents, population=homes, weights="people", **CALM).iloc[0]
    assert found["p_value"] <= 0.01
    assert found.geometry.intersects(shapely.Point(900, 900))
    calm = scan.spatial(homes.sample(200, random_state=2), population=homes, **CALM)
    assert calm.attrs["n_unexpected"] == 0
    assert calm["p_value"].iloc[0] > 0.05


def blocks(extent: float = 2000, step: float = 100) -> gpd.GeoDataFrame:
    at = np.arange(0, extent + step, step)
    lines = [[(x, y) for x in at] for y in at] + [[(x, y) for y in at] for x in at]
    return gpd.GeoDataFrame(geometry=[shapely.LineString(line) for line in lines], crs=28992)


def test_a_cluster_along_a_street_is_connected_segments():
    rng = np.random.default_rng(7)
    n, planted = 300, 14
    x, y = rng.uniform(0, 2000, (2, n))
    x[:planted], y[:planted] = rng.uniform(600, 1000, planted), 800
    day = rng.integers(0, 182, n)
    day[:planted] = rng.integers(168, 182, planted)
    incidents = gpd.GeoDataFrame(
        {"occurred_from": pd.Timestamp("2025-01-01") + pd.to_timedelta(day, unit="D")},
        geometry=gpd.points_from_xy(x, y), crs=28992,
    )  # fmt: skip
    found = scan.space_time(incidents, streets=blocks(), max_radius=400, **CALM).iloc[0]
    assert found["p_value"] <= 0.02
    assert found.geometry.geom_type == "Polygon"
    assert found.geometry.intersects(shapely.LineString([(600, 800), (1000, 800)]))


def named_by_chance(n_maps: int, seed: int) -> int:
    """Count the maps of chance on which there is a cluster at 0.05."""
    return sum(
        scan.space_time(town(150, seed + one), n_permutations=199, rng=one)["p_value"].min() <= 0.05
        for one in range(n_maps)
    )


def test_few_maps_of_chance_have_a_cluster():
    assert named_by_chance(20, 100) <= 4


@pytest.mark.calibrate
def test_one_map_of_chance_in_twenty_has_a_cluster():
    """200 maps at a nominal 5 %: 10 expected, 18 or more in one of a hundred runs."""
    assert named_by_chance(200, 1000) <= 18


@pytest.mark.calibrate
@pytest.mark.parametrize("model", ["poisson", "bernoulli"])
def test_one_map_of_counts_in_twenty_has_a_cluster(model):
    found = 0
    for seed in range(200):
        rng = np.random.default_rng(seed)
        x, y = rng.uniform(0, 9, (2, 40))
        people = rng.integers(5, 60, 40)
        cases = rng.binomial(people, 0.2) if model == "bernoulli" else rng.poisson(people / 10)
        table = scan.of_counts(
            cases, x, y, model=model, baseline=people, n_permutations=199, rng=seed
        )
        found += table["p_value"].min() <= 0.05
    assert found <= 18


@pytest.mark.calibrate
def test_planted_outbreaks_are_found():
    """Ten incidents in two weeks among 300: nine in ten."""
    found = sum(
        scan.space_time(town(300, seed, planted=10), n_permutations=199, rng=seed)["p_value"].min()
        <= 0.05
        for seed in range(50)
    )
    assert found >= 40


# bad input

INCIDENTS = town(60, 1)
MONTHS = INCIDENTS.assign(
    occurred_from=pd.to_datetime(["2025-01-01", "2025-02-01", "2025-03-01", "2025-04-01"] * 15)
)
WRONG = {
    "too few incidents": (lambda: scan.space_time(INCIDENTS.head(9)), "Te weinig gegevens"),
    "no incidents": (lambda: scan.space_time(INCIDENTS.head(0)), "Te weinig gegevens"),
    "too few steps": (lambda: scan.space_time(INCIDENTS, days=60), "Te weinig gegevens"),
    "incidents known by month": (lambda: scan.space_time(MONTHS), "alleen de maand"),
    "text for a period": (lambda: scan.space_time(INCIDENTS, period="2025"), "Period.month"),
    "half days": (lambda: scan.space_time(INCIDENTS, days=0.5), "heel getal"),
    "cells of no size": (lambda: scan.space_time(INCIDENTS, cell_size=0), "groter dan 0"),
    "text for a size": (lambda: scan.space_time(INCIDENTS, cell_size="100"), "getal"),
    "a share above 1": (lambda: scan.space_time(INCIDENTS, max_share=50), "tussen 0 en 1"),
    "degrees": (lambda: scan.space_time(INCIDENTS.to_crs(4326)), "meters"),
    "neither homes nor controls": (lambda: scan.spatial(INCIDENTS), "een van beide"),
    "no homes where incidents are": (
        lambda: scan.spatial(INCIDENTS, population=INCIDENTS.translate(9e4).to_frame("geometry")),
        "Te weinig gegevens",
    ),
    "a column that is not there": (
        lambda: scan.spatial(INCIDENTS, population=INCIDENTS, weights="people"), "people",
    ),
    "an unknown model": (
        lambda: scan.of_counts([9, 9], [0, 1], [0, 1], model="normal"), "permutation",
    ),
    "no baseline": (lambda: scan.of_counts([9, 9], [0, 1], [0, 1]), "baseline"),
    "a baseline of another shape": (
        lambda: scan.of_counts([9, 9], [0, 1], [0, 1], baseline=[1]), "vorm",
    ),
    "cases where none can be": (
        lambda: scan.of_counts([9, 9], [0, 1], [0, 1], baseline=[1, 0]), "9 incidenten",
    ),
    "more cases than individuals": (
        lambda: scan.of_counts([9, 9], [0, 1], [0, 1], baseline=[9, 8], model="bernoulli"),
        "niets kan gebeuren",
    ),
    "negative cases": (
        lambda: scan.of_counts([9, -9], [0, 1], [0, 1], baseline=[1, 1]), "niet kan",
    ),
    "parts of cases": (
        lambda: scan.of_counts([9, 0.5], [0, 1], [0, 1], baseline=[1, 1]), "niet kan",
    ),
    "three places for two": (
        lambda: scan.of_counts([9, 9], [0, 1, 2], [0, 1], baseline=[1, 1]), "vorm",
    ),
    "windows longer than the period": (
        lambda: scan.of_counts([[9, 9]] * 2, [0, 1], [0, 1], model="permutation", max_steps=3),
        "passen niet",
    ),
    "a p-value of 0": (lambda: scan.recurrence_interval(0), "niet kan"),
    "one map": (lambda: scan.gumbel_p(3, [2]), "niet kan"),
    "more than there are": (lambda: scan.poisson(9, 1, 5), "niet kan"),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_input_says_what_to_give_in_dutch(wrong):
    call, said = WRONG[wrong]
    with pytest.raises(IpgError) as caught:
        call()
    assert said in errors.say(caught.value.code, caught.value.facts)


def test_a_long_period_is_warned_about():
    """Parts of town that grow faster make clusters of their own."""
    found = scan.space_time(town(200, 1, days=800), **CALM)
    assert [one["code"] for one in found.attrs["warnings"]] == ["long_period"]


def test_the_functions_are_public():
    assert ipg.scan.space_time is scan.space_time
