"""Places that are hit again, the Knox table, and links between incidents."""

import itertools
import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from helpers import incidents
from shapely import LineString

from ipgtools import network, repeats, stacked_points
from ipgtools.errors import CrsError

RNG = 20251101


def scattered(n: int, seed: int, extent: float = 1000, days: int = 60) -> gpd.GeoDataFrame:
    rng = np.random.default_rng(seed)
    start = pd.Timestamp("2025-01-01")
    dates = start + pd.to_timedelta(rng.integers(0, days, n), unit="D")
    table = incidents(*rng.uniform(0, extent, (2, n)).round(0), dates)
    table["incident_id"] = [f"i{number:04d}" for number in range(n)]
    return table


def grid_of(table: pd.DataFrame, column: str = "observed") -> list[list[float]]:
    """Write a column of the Knox table as rows per distance band."""
    n_days = table["days_from"].nunique()
    return table[column].to_numpy().reshape(-1, n_days).tolist()


def chicago(shared, name: str) -> gpd.GeoDataFrame:
    table = pd.read_csv(shared / "us_chicago_near_repeat" / f"{name}.csv")
    return incidents(table["X"], table["Y"], table["date"], crs=26971)


def burkitt(shared) -> gpd.GeoDataFrame:
    table = pd.read_csv(shared / "ref_knox_burkitt" / "burkitt.csv")
    days = pd.Timestamp("1960-01-01") + pd.to_timedelta(table["t"], unit="D")
    return incidents(table["x"], table["y"], days)


# The Knox table against published ones.


def test_chicago_tables_are_reproduced_exactly(shared):
    """Every published observed table, by both metrics and with open last bands."""
    path = shared / "us_chicago_near_repeat" / "expected_knox_tables.json"
    burglaries = chicago(shared, "chicago_be")
    january = burglaries[burglaries["occurred_from"] < "2016-02-01"]
    arson = chicago(shared, "chicago_arson")
    for name, known in json.loads(path.read_text()).items():
        table = repeats.knox(
            january if name.startswith("be_jan") else arson,
            space_bands=[np.inf if edge is None else edge for edge in known["space"]],
            time_bands=[np.inf if edge is None else edge for edge in known["time"]],
            metric="manhattan" if "cityblock" in name else "euclidean",
            n_permutations=0,
        )
        assert grid_of(table) == known["observed"], name
        assert table["observed"].sum() == known["n"] * (known["n"] - 1) // 2


def test_chicago_ratios_are_the_exact_ones(shared):
    """The R package's means over 999 runs scatter around these ratios."""
    burglaries = chicago(shared, "chicago_be")
    table = repeats.knox(
        burglaries[burglaries["occurred_from"] < "2016-02-01"],
        space_bands=[0, 0.1, 200, 400, 600],
        time_bands=[0, 7, 14, 21],
        metric="manhattan",
        n_permutations=199,
        rng=RNG,
    )
    assert grid_of(table) == [[28, 5, 5], [141, 69, 27], [186, 140, 100], [237, 192, 128]]
    exact = [1.8032, 0.4016, 0.6163, 1.4133, 0.8625, 0.518, 1.0151, 0.9529, 1.0446]
    assert table["ratio"].head(9).round(4).tolist() == exact
    simulated = np.array(
        [0.001, 1, 0.943, 0.001, 0.929, 1, 0.435, 0.785, 0.312, 0.696, 0.635, 0.479]
    )
    assert np.abs(table["p_value"] - simulated).max() < 0.1


def test_a_missing_date_is_counted_and_left_out(shared):
    """The 2016 burglaries hold one row without a date."""
    table = repeats.knox(
        chicago(shared, "chicago_be"), space_bands=[0, 100], time_bands=[0, 7], n_permutations=0
    )
    assert (table.attrs["n_used"], table.attrs["n_without_time"]) == (11_700, 1)
    assert table.attrs["n_pairs"] == 11_700 * 11_699 // 2


def test_burkitt_is_13_where_10_14_are_expected(shared):
    """The standard test set; its thresholds include their edge, so the bands end just after."""
    table = repeats.knox(
        burkitt(shared), space_bands=[0, 20.001, np.inf], time_bands=[0, 6, np.inf],
        n_permutations=0,
    )  # fmt: skip
    assert grid_of(table) == [[13, 3416], [39, 14110]]
    expected = [10.1438161, 3418.85618, 52 - 10.1438161, 14107.1438]
    assert table["expected"].to_numpy() == pytest.approx(expected, rel=1e-8)


def test_burkitt_agrees_with_surveillance_on_twenty_thresholds(shared):
    """Observed and expected counts of R's surveillance::knox."""
    cases = burkitt(shared)
    known = json.loads((shared / "ref_knox_burkitt" / "expected_knox.json").read_text())
    for case in known["surveillance_knox"]:
        table = repeats.knox(
            cases,
            space_bands=[0, case["eps_s"] + 0.001],
            time_bands=[0, case["eps_t"] + 1],
            n_permutations=0,
        )
        assert table["observed"].item() == case["observed"]
        assert table["expected"].item() == pytest.approx(case["expected"], rel=1e-9)


# The bands of the Knox table.


def test_three_days_and_100_metres_are_three_days_and_100_metres():
    """A tool in use puts this pair in "4 to 6 days" and "101 to 200 m"."""
    pair = incidents([0, 0], [0, 100], ["2019-01-01", "2019-01-04"])
    table = repeats.knox(pair, space_bands=[0, 100, 200], time_bands=[0, 3, 4, 7], n_permutations=0)
    found = table.loc[table["observed"] == 1, ["distance_from", "days_from", "days_to"]]
    assert found.to_numpy().tolist() == [[100, 3, 4]]


def test_decimal_coordinates_keep_their_distance():
    """262100.1 and 262200.1 are 100 metres apart, although their floats are a bit less."""
    assert 262200.1 - 262100.1 < 100
    pair = incidents([262100.1, 262200.1], [0, 0], ["2025-01-01"] * 2)
    table = repeats.knox(pair, space_bands=[0, 100, 200], time_bands=[0, 1], n_permutations=0)
    assert table["observed"].tolist() == [0, 1]


def test_days_go_from_date_to_date():
    """Ten minutes before and after midnight are one day apart."""
    pair = incidents([0, 0], [0, 0], ["2025-01-01 23:50", "2025-01-02 00:10"])
    table = repeats.knox(pair, space_bands=[0, 1], time_bands=[0, 1, 2], n_permutations=0)
    assert table["observed"].tolist() == [0, 1]


def test_rows_are_space_major_and_half_open():
    """All time bands of the first distance band come first."""
    table = repeats.knox(
        scattered(20, 1), space_bands=[0, 100, 200], time_bands=[0, 7, 14], n_permutations=9, rng=1
    )
    contract = ["distance_from", "distance_to", "days_from", "days_to", "observed", "expected",
                "ratio", "p_value"]  # fmt: skip
    assert table.columns.tolist()[:8] == contract
    assert table["distance_from"].tolist() == [0, 0, 100, 100]
    assert table["days_from"].tolist() == [0, 7, 0, 7]


@pytest.mark.parametrize("metric", ["euclidean", "manhattan"])
@pytest.mark.parametrize("space", [[0, 50, 400], [30, 200, np.inf], [0, np.inf], [0.5, 90]])
@pytest.mark.parametrize("days", [[0, 7, np.inf], [2, 9, 30], [0, 0.5, 1, 3.5]])
def test_the_table_equals_a_plain_count_of_all_pairs(metric, space, days):
    """Any bands, by looking at every pair one by one."""
    table = scattered(70, 2, extent=600)
    x, y = table.geometry.x.to_numpy(), table.geometry.y.to_numpy()
    day = (table["occurred_from"] - pd.Timestamp("2025-01-01")).dt.days.to_numpy()
    one, two = np.triu_indices(70, 1)
    dx, dy = np.abs(x[one] - x[two]), np.abs(y[one] - y[two])
    distance = dx + dy if metric == "manhattan" else np.sqrt(dx**2 + dy**2)
    apart = np.abs(day[one] - day[two])
    found = repeats.knox(table, space_bands=space, time_bands=days, metric=metric, n_permutations=0)
    for row in found.itertuples():
        near = (distance >= row.distance_from) & (distance < row.distance_to)
        soon = (apart >= row.days_from) & (apart < row.days_to)
        assert row.observed == (near & soon).sum()
        assert row.expected == pytest.approx(near.sum() * soon.sum() / len(one))


def test_bands_that_cover_everything_add_up_to_all_pairs():
    """Observed and expected both."""
    table = repeats.knox(
        scattered(50, 3), space_bands=[0, 90, np.inf], time_bands=[0, 7, np.inf], n_permutations=0
    )
    assert table["observed"].sum() == 50 * 49 / 2
    assert table["expected"].sum() == pytest.approx(50 * 49 / 2)


def test_the_order_of_the_rows_changes_nothing_but_the_deals():
    """Observed, expected and standard deviation hang on the incidents alone."""
    table, bands = scattered(60, 4), {"space_bands": [0, 100, 300], "time_bands": [0, 5, 10]}
    exact = ["observed", "expected", "ratio", "expected_sd"]
    one = repeats.knox(table, **bands, n_permutations=0)
    two = repeats.knox(table.sample(frac=1, random_state=1), **bands, n_permutations=0)
    pd.testing.assert_frame_equal(one[exact], two[exact])


# What chance gives, and the p-values.


def test_mean_and_spread_are_those_of_all_deals():
    """Five incidents have 120 deals of their days: count them all."""
    table = incidents([0, 0, 10, 50, 58], [0, 5, 0, 0, 0], pd.to_datetime(
        ["2025-01-01", "2025-01-02", "2025-01-04", "2025-01-04", "2025-01-09"]))  # fmt: skip
    bands = {"space_bands": [0, 12, np.inf], "time_bands": [0, 3, np.inf]}
    exact = repeats.knox(table, **bands, n_permutations=0)
    deals = []
    for order in itertools.permutations(range(5)):
        dealt = table.assign(occurred_from=table["occurred_from"].to_numpy()[list(order)])
        deals.append(repeats.knox(dealt, **bands, n_permutations=0)["observed"].to_numpy())
    assert exact["expected"].to_numpy() == pytest.approx(np.mean(deals, axis=0))
    assert exact["expected_sd"].to_numpy() == pytest.approx(np.std(deals, axis=0))


def test_simulated_deals_have_the_exact_mean_and_spread():
    """The shuffles behind the p-values: 20,000 deals, within four standard errors."""
    from ipgtools.repeats import _knox

    kept = {}

    def keep(observed, expected, sd, null):
        kept.update(expected=expected, sd=sd, null=null)
        return observed, observed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_knox, "_p_values", keep)
        repeats.knox(
            scattered(80, 5), space_bands=[0, 150, 400], time_bands=[0, 4, 20],
            n_permutations=20_000, rng=RNG,
        )  # fmt: skip
    error = kept["sd"] / np.sqrt(20_000)
    assert (np.abs(kept["null"].mean(axis=0) - kept["expected"]) < 4 * error).all()
    assert kept["null"].std(axis=0) == pytest.approx(kept["sd"], rel=0.03)


def test_a_date_of_long_ago_changes_no_deal():
    """One of 1900 is as far off as one of 2024: beyond every band."""
    table = scattered(80, 5)
    bands = {"space_bands": [0, 150, 400], "time_bands": [0, 4, 20], "n_permutations": 99}
    values = []
    for year in ("1900", "2024"):
        table.loc[0, "occurred_from"] = pd.Timestamp(f"{year}-03-01")
        values.append(repeats.knox(table, **bands, rng=1)["p_value"].tolist())
    assert values[0] == values[1]
    ages = table.assign(occurred_from=pd.date_range("1900-01-01", periods=80, freq="580D"))
    with pytest.raises(ValueError, match="dates run over 45,"):
        repeats.knox(ages, space_bands=[0, 150], time_bands=[0, 40_000], n_permutations=9)


def test_busy_places_are_counted_in_full():
    """More pairs in one band than 16 bits hold: 400 on one spot and day make 79,800."""
    spot = incidents([5] * 400, [5] * 400, ["2025-01-01"] * 400)
    table = repeats.knox(spot, space_bands=[0, 9], time_bands=[0, 7], n_permutations=19, rng=1)
    assert table["observed"].item() == 400 * 399 // 2
    assert table["p_value"].item() == 1


def test_the_same_seed_gives_the_same_table_on_any_number_of_threads(monkeypatch):
    """Each deal has a seed of its own."""
    bands = {"space_bands": [0, 100, 300], "time_bands": [0, 5, 10], "n_permutations": 300}
    first = repeats.knox(scattered(100, 6), **bands, rng=7)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    pd.testing.assert_frame_equal(repeats.knox(scattered(100, 6), **bands, rng=7), first)
    other = repeats.knox(scattered(100, 6), **bands, rng=8)
    assert other["p_value"].tolist() != first["p_value"].tolist()


def test_p_values_are_fair_on_random_patterns():
    """Of 200 patterns without any pattern, about 5 % reach 0.05, in a band and in the maximum."""
    single, maximum = [], []
    for seed in range(200):
        table = repeats.knox(
            scattered(120, seed, extent=800), space_bands=[0, 60, 150], time_bands=[0, 4, 12],
            n_permutations=99, rng=seed,
        )  # fmt: skip
        single.append(table["p_value"].iloc[-1])
        maximum.append(table["p_max"].min())
    # Three standard errors above 5 % of 200.
    assert sum(p <= 0.05 for p in single) <= 20
    assert 2 <= sum(p <= 0.05 for p in maximum) <= 20
    assert 0.42 < np.mean(single) < 0.60


def test_a_planted_process_is_found():
    """Sixty originators, half of them followed within 50 metres and 3 days."""
    rng = np.random.default_rng(RNG)
    x, y = rng.uniform(0, 3000, (2, 60))
    day = rng.integers(0, 360, 60)
    start = pd.Timestamp("2025-01-01")
    x = np.r_[x, x[:30] + rng.uniform(-30, 30, 30)]
    y = np.r_[y, y[:30] + rng.uniform(-30, 30, 30)]
    day = np.r_[day, day[:30] + rng.integers(0, 4, 30)]
    table = repeats.knox(
        incidents(x, y, start + pd.to_timedelta(day, unit="D")),
        space_bands=[0, 50, 200], time_bands=[0, 4, 30], n_permutations=199, rng=1,
    )  # fmt: skip
    assert table["p_max"].iloc[0] == 1 / 200
    assert table["ratio"].iloc[0] > 10


def test_nothing_in_gives_an_empty_count():
    """No incidents, one, and all on one spot and day."""
    bands = {"space_bands": [0, 100], "time_bands": [0, 7], "n_permutations": 19, "rng": 1}
    for n in (0, 1):
        with pytest.warns(UserWarning, match="geen paren"):
            table = repeats.knox(incidents([0] * n, [0] * n, ["2025-01-01"] * n), **bands)
        assert table["observed"].item() == 0
        assert np.isnan(table["ratio"].item())
    spot = repeats.knox(incidents([5] * 6, [5] * 6, ["2025-01-01"] * 6), **bands)
    assert spot[["observed", "expected", "ratio", "p_value"]].to_numpy().tolist() == [
        [15, 15, 1, 1]
    ]


def test_bands_that_do_not_rise_are_refused():
    """As are an unknown metric and degrees."""
    table = scattered(5, 1)
    for wrong in ([100], [0, 100, 100], [-1, 5], [0, np.nan]):
        with pytest.raises(ValueError, match=r"`space_bands` is .*rising edges"):
            repeats.knox(table, space_bands=wrong, time_bands=[0, 7])
    with pytest.raises(ValueError, match="expected 'euclidean', 'manhattan' or 'network'"):
        repeats.knox(table, space_bands=[0, 9], time_bands=[0, 7], metric="by car")
    with pytest.raises(CrsError, match="`incidents` is in EPSG:4326"):
        repeats.knox(table.to_crs(4326), space_bands=[0, 9], time_bands=[0, 7])


def test_the_table_says_what_was_left_out():
    """Rows without place or time, adding up; and it leaves the input alone."""
    table = scattered(6, 1)
    table.loc[0, "occurred_from"] = pd.NaT
    table.loc[1, "geometry"] = None
    before = table.copy()
    attrs = repeats.knox(table, space_bands=[0, 9], time_bands=[0, 7], rng=3).attrs
    assert (attrs["n_used"], attrs["n_without_place"], attrs["n_without_time"]) == (4, 1, 1)
    assert attrs["method"]["seed"] == 3
    assert json.dumps(attrs)
    pd.testing.assert_frame_equal(table, before)


# Links


def linked(*rows, distance=100, days=7):
    """Take rows of id, x, date; return roles and links."""
    ids, x, dates = zip(*rows, strict=True)
    table = incidents(x, [0] * len(x), dates, incident_id=list(ids))
    table.index = list(ids)
    return repeats.near_repeats(table, distance=distance, days=days)


def test_the_same_place_is_a_repeat_and_another_one_near():
    """With the incident they follow as originator, and one that stands alone."""
    roles, links = linked(
        ("first", 0, "2025-01-01"), ("again", 0, "2025-01-03"), ("beside", 60, "2025-01-04"),
        ("far", 900, "2025-01-04"),
    )  # fmt: skip
    assert roles["first"] == "originator"
    assert roles["again"] == "repeat"
    assert roles["beside"] == "near"
    assert roles["far"] == "none"
    assert links[["from_id", "to_id"]].to_numpy().tolist() == [
        ["first", "again"], ["first", "beside"], ["again", "beside"]]  # fmt: skip


def test_repeat_wins_from_near():
    """An incident that follows one at the same place and one beside it is a repeat."""
    roles, _ = linked(("a", 0, "2025-01-01"), ("b", 50, "2025-01-02"), ("c", 0, "2025-01-03"))
    assert roles["c"] == "repeat"


def test_seven_days_and_the_full_distance_are_outside():
    """Limits are half-open, as the bands of the Knox table."""
    roles, links = linked(("a", 0, "2025-01-01"), ("b", 0, "2025-01-08"))
    assert set(roles) == {"none"}
    assert links.empty
    roles, _ = linked(("a", 0, "2025-01-01"), ("b", 100, "2025-01-02"))
    assert set(roles) == {"none"}
    roles, _ = linked(("a", 0, "2025-01-01"), ("b", 99.9, "2025-01-07 23:59"))
    assert roles.tolist() == ["originator", "near"]


def test_on_one_day_the_time_decides_and_then_the_id():
    """Whatever the order of the rows."""
    roles, _ = linked(("a", 0, "2025-01-01 15:00"), ("b", 0, "2025-01-01 09:00"))
    assert roles.to_dict() == {"a": "repeat", "b": "originator"}
    for rows in ([("b", 0, "2025-01-01"), ("a", 0, "2025-01-01")],
                 [("a", 0, "2025-01-01"), ("b", 0, "2025-01-01")]):  # fmt: skip
        roles, links = linked(*rows)
        assert roles.to_dict() == {"a": "originator", "b": "repeat"}
        assert links.iloc[0].to_dict() == {"from_id": "a", "to_id": "b", "distance_m": 0, "days": 0}


def test_there_are_as_many_links_as_the_knox_table_counts():
    """One arithmetic for both."""
    table = scattered(300, 8)
    _, links = repeats.near_repeats(table, distance=120, days=9)
    knox = repeats.knox(table, space_bands=[0, 120], time_bands=[0, 9], n_permutations=0)
    assert len(links) == knox["observed"].item() > 50
    assert links["distance_m"].between(0, 120, inclusive="left").all()
    assert links["days"].between(0, 9, inclusive="left").all()


def test_the_order_of_the_rows_changes_no_role():
    """The result has the input's index."""
    table = scattered(200, 9)
    roles, links = repeats.near_repeats(table, distance=100, days=7)
    mixed = table.sample(frac=1, random_state=3)
    again, links_again = repeats.near_repeats(mixed, distance=100, days=7)
    assert again.index.equals(mixed.index)
    pd.testing.assert_series_equal(again.sort_index(), roles)
    pd.testing.assert_frame_equal(links, links_again)


def test_an_incident_without_time_or_place_has_no_role():
    """It is counted as left out."""
    table = scattered(4, 1)
    table.loc[2, "geometry"] = None
    roles, _ = repeats.near_repeats(table, distance=100, days=7)
    assert roles.isna().tolist() == [False, False, True, False]
    assert roles.attrs["n_without_place"] == 1


def test_incidents_without_ids_go_by_their_index():
    """A notebook may pass any table with points and times."""
    table = incidents([0, 0], [0, 0], ["2025-01-01", "2025-01-02"])
    _, links = repeats.near_repeats(table, distance=10, days=7)
    assert links[["from_id", "to_id"]].to_numpy().tolist() == [[0, 1]]


def test_no_incidents_give_no_links():
    """Empty in, empty out."""
    roles, links = repeats.near_repeats(scattered(0, 1), distance=10, days=7)
    assert len(roles) == len(links) == 0
    assert repeats.chains(links).empty


def test_chains_hang_together_through_others():
    """A to B to C is one chain, though A and C are not linked."""
    _, links = linked(
        ("a", 0, "2025-01-01"), ("b", 80, "2025-01-03"), ("c", 160, "2025-01-05"),
        ("x", 900, "2025-01-02"), ("y", 910, "2025-01-02"), ("alone", 5000, "2025-01-01"),
    )  # fmt: skip
    chain = repeats.chains(links)
    assert chain["a"] == chain["b"] == chain["c"] != chain["x"] == chain["y"]
    assert "alone" not in chain.index
    assert set(chain) == {1, 2}


def test_a_window_or_distance_of_nothing_is_refused():
    """Both must be above 0."""
    for wrong in ({"distance": 0, "days": 7}, {"distance": 100, "days": 0}):
        with pytest.raises(ValueError, match="expected both finite and above 0"):
            repeats.near_repeats(scattered(3, 1), **wrong)


# Distance along streets.


def blocks(n: int = 6, size: float = 100) -> gpd.GeoDataFrame:
    """Draw n by n blocks of streets; each street has a vertex at every corner."""
    across = [[(x * size, y * size) for x in range(n + 1)] for y in range(n + 1)]
    up = [[(x * size, y * size) for y in range(n + 1)] for x in range(n + 1)]
    return gpd.GeoDataFrame(geometry=[LineString(line) for line in across + up], crs=28992)


def test_on_corners_of_blocks_the_network_is_manhattan():
    """The table with its p-values, exact, and the links."""
    rng = np.random.default_rng(RNG)
    x, y = rng.integers(0, 7, (2, 90)) * 100.0
    start = pd.Timestamp("2025-01-01")
    table = incidents(x, y, start + pd.to_timedelta(rng.integers(0, 60, 90), unit="D"))
    table["incident_id"] = [f"i{number:02d}" for number in range(90)]
    for space in ([0, 50, 150, 400], [100, 300], [0, 200, np.inf], [100, 300, np.inf]):
        bands = {"space_bands": space, "time_bands": [0, 7, 21, np.inf], "n_permutations": 0}
        along = repeats.knox(table, **bands, metric="network", streets=blocks())
        manhattan = repeats.knox(table, **bands, metric="manhattan")
        pd.testing.assert_frame_equal(along, manhattan)
    near = {"distance": 250, "days": 10}
    roles, links = repeats.near_repeats(table, **near, metric="network", streets=blocks())
    others, other_links = repeats.near_repeats(table, **near, metric="manhattan")
    pd.testing.assert_series_equal(roles, others)
    pd.testing.assert_frame_equal(links, other_links)


def test_distances_along_streets_are_those_of_networkx():
    """Every pair, anywhere along crooked streets, several on one spot, one part not joined."""
    import networkx as nx

    rng = np.random.default_rng(RNG)
    xy = rng.uniform(0, 300, (14, 2))
    lines = [LineString(xy[list(pair)]) for pair in itertools.combinations(range(10), 2)][::3]
    lines += [LineString(xy[[10, 11, 12, 10]]), LineString(xy[[12, 13]])]
    streets = gpd.GeoDataFrame(geometry=lines, crs=28992)
    made = network.build(streets)
    spots = [made.lines[e].interpolate(rng.uniform(), normalized=True)
             for e in rng.integers(len(made.lines), size=40)]  # fmt: skip
    spots += spots[:6]
    table = gpd.GeoDataFrame(
        {"occurred_from": pd.to_datetime(["2025-01-01"] * 46)}, geometry=spots, crs=28992
    )
    _, links = repeats.near_repeats(table, distance=200, days=1, metric="network", streets=made)
    found = {
        frozenset(pair): d for *pair, d in links[["from_id", "to_id", "distance_m"]].to_numpy()
    }
    on = network.snap(table, made)
    graph = nx.MultiGraph()
    for edge, (a, b) in enumerate(made.ends.tolist()):
        there = on[on["edge"] == edge].sort_values("at_m")
        stops = [(0.0, a), *((at, f"p{i}") for i, at in there["at_m"].items())]
        stops.append((made.length[edge], b))
        for (at, one), (further, two) in itertools.pairwise(stops):
            graph.add_edge(one, two, length=further - at)
    best = dict(nx.all_pairs_dijkstra_path_length(graph, weight="length"))
    known = {
        frozenset((i, j)): best[f"p{i}"].get(f"p{j}", np.inf)
        for i, j in itertools.combinations(range(46), 2)
    }
    close = {pair: d for pair, d in known.items() if d < 200}
    assert found.keys() == close.keys()
    assert [found[pair] for pair in close] == pytest.approx(list(close.values()), abs=1e-6)
    assert 50 < len(close) < len(known) - 50


def test_the_network_deals_are_those_of_the_plane():
    """Same pairs, same null: p-values differ by chance alone."""
    rng = np.random.default_rng(3)
    x, y = rng.integers(0, 7, (2, 120)) * 100.0
    start = pd.Timestamp("2025-01-01")
    table = incidents(x, y, start + pd.to_timedelta(rng.integers(0, 60, 120), unit="D"))
    bands = {"space_bands": [0, 50, 150, 250], "time_bands": [0, 5, 15], "n_permutations": 999}
    along = repeats.knox(table, **bands, metric="network", streets=blocks(), rng=1)
    manhattan = repeats.knox(table, **bands, metric="manhattan", rng=1)
    assert np.abs(along["p_value"] - manhattan["p_value"]).max() < 0.06


def test_streets_that_are_far_or_not_joined_leave_out_or_part():
    """Too far from a street is counted; over the water is not near."""
    canal = gpd.GeoDataFrame(
        geometry=[LineString([(0, 0), (100, 0)]), LineString([(0, 20), (100, 20)])], crs=28992
    )
    table = incidents([50, 50, 50], [1, 19, 500], ["2025-01-01"] * 3)
    along = repeats.knox(
        table, space_bands=[0, 100, np.inf], time_bands=[0, 7], n_permutations=0,
        metric="network", streets=canal,
    )  # fmt: skip
    assert along["observed"].tolist() == [0, 1]
    assert along.attrs["n_used"] == 2
    assert along.attrs["n_without_street"] == 1
    assert json.dumps(along.attrs)
    roles, _ = repeats.near_repeats(
        table, distance=100, days=7, metric="network", streets=canal, max_snap=10
    )
    assert roles.fillna("").tolist() == ["none", "none", ""]


def test_streets_go_with_the_network_metric_only():
    """One without the other is a mistake."""
    bands = {"space_bands": [0, 9], "time_bands": [0, 7]}
    with pytest.raises(ValueError, match="metric='network' needs `streets`"):
        repeats.knox(scattered(3, 1), **bands, metric="network")
    with pytest.raises(ValueError, match="does not use them"):
        repeats.knox(scattered(3, 1), **bands, streets=blocks())
    other = scattered(3, 1).set_crs(32632, allow_override=True)
    with pytest.raises(CrsError, match="`incidents` is in EPSG:32632"):
        repeats.knox(other, **bands, metric="network", streets=blocks())


def test_no_incidents_on_streets_give_an_empty_count():
    """None, and one."""
    for n in (0, 1):
        with pytest.warns(UserWarning, match="geen paren"):
            table = repeats.knox(
                scattered(n, 1), space_bands=[0, 100], time_bands=[0, 7], metric="network",
                streets=blocks(), rng=1,
            )  # fmt: skip
        assert table["observed"].tolist() == [0]
        roles, links = repeats.near_repeats(
            scattered(n, 1), distance=10, days=7, metric="network", streets=blocks()
        )
        assert (len(roles), len(links)) == (n, 0)


# Windows


def test_a_window_is_open_exactly_on_the_days_that_would_link():
    """A next incident on that day is linked if and only if the window is listed."""
    one = incidents([0], [0], ["2025-01-01 14:00"], incident_id=["a"])
    for day in pd.date_range("2025-01-01", "2025-01-10"):
        next_one = incidents([0], [0], [day + pd.Timedelta("23h")], incident_id=["b"])
        _, links = repeats.near_repeats(pd.concat([one, next_one]), distance=50, days=7)
        windows = repeats.alert_windows(one, distance=50, days=7, reference_date=day)
        assert len(windows) == len(links)
        assert (windows["until"] >= day).all()


def test_the_last_incident_at_a_place_sets_its_window():
    """One row per place; the window that is open longest comes first."""
    table = incidents(
        [0, 0, 500], [0, 0, 0], ["2025-01-01", "2025-01-04", "2025-01-02"],
        street_name=["Leijdsweg", "Leijdsweg", None],
    )  # fmt: skip
    windows = repeats.alert_windows(table, distance=50, days=7, reference_date="2025-01-05")
    assert windows["n"].tolist() == [2, 1]
    assert windows["until"].tolist() == [pd.Timestamp("2025-01-10"), pd.Timestamp("2025-01-08")]
    assert windows["days_left"].tolist() == [5, 3]
    assert windows["street_name"].iloc[0] == "Leijdsweg"
    assert windows.crs == table.crs


def test_what_happens_later_is_not_known_yet():
    """Advice for a day uses nothing after it."""
    table = incidents([0], [0], ["2025-01-05"])
    assert repeats.alert_windows(table, distance=50, days=7, reference_date="2025-01-04").empty


# Places


def test_places_are_exact_points_with_their_share():
    """Three of five incidents with a point are at one place."""
    table = incidents(
        [0, 0, 0, 10, 20, 0], [0, 0, 0, 0, 0, 0],
        ["2025-03-01", "2025-01-01", "2025-02-01", "2025-01-01", "2025-01-01", "2025-01-01"],
        category=["A20", "A20", "C40", "A20", "A20", "A20"],
        street_name=["Leijdsweg"] * 6,
    )  # fmt: skip
    table.loc[5, "geometry"] = None
    found = repeats.places(table)
    row = found.iloc[0]
    assert (row["n"], row["share"], row["top_category"], row["n_categories"]) == (3, 0.6, "A20", 2)
    assert (row["first"], row["last"]) == (pd.Timestamp("2025-01-01"), pd.Timestamp("2025-03-01"))
    assert row["street_name"] == "Leijdsweg"
    assert len(found) == 1
    attrs = found.attrs
    assert (attrs["n_incidents"], attrs["n_places"], attrs["n_listed"]) == (5, 3, 3)
    assert attrs["n_without_place"] == 1


def test_all_places_together_hold_all_incidents():
    """With `min_incidents=1` the shares add up to 1."""
    found = repeats.places(scattered(500, 10, extent=30), min_incidents=1)
    assert found["n"].sum() == 500
    assert found["share"].sum() == pytest.approx(1)
    assert found["n"].is_monotonic_decreasing
    assert found.geometry.is_unique


def test_a_point_with_many_street_names_is_doubted():
    """No address has three streets; a corner has two."""
    names = ["Leijdsweg", "Velveweg", "Marthalaan"] * 4
    table = incidents([0] * 12, [0] * 12, ["2025-01-01"] * 12, street_name=names)
    assert repeats.places(table)["stacked_reason"].tolist() == ["streets"]
    corner = table.assign(street_name=["Leijdsweg", "Velveweg"] * 6)
    assert repeats.places(corner)["stacked"].tolist() == [False]


def test_a_point_with_far_more_than_the_others_is_doubted():
    """Sixty at one point where others have at most three."""
    x = np.r_[np.zeros(60), np.repeat(np.arange(1, 101), 3)]
    table = incidents(x, np.zeros(len(x)), ["2025-01-01"] * len(x))
    found = repeats.places(table)
    assert found["stacked_reason"].head(2).tolist() == ["count", ""]
    assert found.attrs["n_stacked"] == 1


def test_the_ordinary_busy_place_is_the_95th_percentile_of_the_others():
    """Of a hundred others, five with more don't raise it, and six do."""
    ordinary = stacked_points.ordinary
    assert ordinary(np.r_[500, np.full(5, 4), np.ones(95, dtype=int)]) == 1
    assert ordinary(np.r_[500, np.full(6, 4), np.ones(94, dtype=int)]) == 4


@pytest.mark.parametrize(
    ("n", "n_streets", "expected"),
    [(10, 3, "streets"), (9, 3, ""), (10, 2, ""), (20, 1, "count"), (19, 1, ""), (25, 3, "both")],
)
def test_a_point_is_doubted_from_ten_with_three_streets_or_twenty(n, n_streets, expected):
    """And a count only at ten times the ordinary busy place."""
    one = np.ones(1, dtype=int)
    found = stacked_points.reasons(one * n, one * n_streets, one, one, ordinary=2.0)
    assert found.tolist() == [{"both": "streets, count"}.get(expected, expected)]
    far = stacked_points.reasons(one * n, one, one, one, ordinary=n / 10 + 0.1)
    assert far.tolist() == [""]


def test_a_point_with_the_mix_of_the_whole_town_is_doubted():
    """Thirty incidents of ten categories, as a town hall gets them; a shop with thirty doesn't."""
    codes = [f"A{code}" for code in range(10)]
    x = np.r_[np.zeros(30), np.ones(30), np.repeat(np.arange(2, 30), 10)]
    category = codes * 3 + ["A50"] * 30 + codes * 28
    table = incidents(x, np.zeros(len(x)), ["2025-01-01"] * len(x), category=category)
    found = repeats.places(table)
    assert found["stacked_reason"].head(2).tolist() == ["mix", ""]


def test_places_need_points_only():
    """No times, categories or incidents at all."""
    bare = gpd.GeoDataFrame(geometry=gpd.points_from_xy([0, 0], [0, 0]), crs=28992)
    row = repeats.places(bare).iloc[0]
    assert row["n"] == 2
    assert pd.isna(row["first"])
    assert repeats.places(bare.head(0)).empty
