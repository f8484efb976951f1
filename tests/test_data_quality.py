"""Cautions: each is raised by what it is about, and by nothing else."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from scipy import stats

import ipgtools as ipg
from ipgtools import data_quality
from ipgtools.errors import ContractError, CrsError
from ipgtools.periods import Period

YEAR = Period("2025-01-01", "2026-01-01")
QUARTER = Period("2025-01-01", "2025-04-01")


def squares(n, inhabitants=1000):
    return gpd.GeoDataFrame(
        {
            "area_code": [f"BU{k:03d}" for k in range(n)],
            "area_name": [f"Buurt {k}" for k in range(n)],
            "inhabitants": inhabitants,
        },
        geometry=[shapely.box(500 * k, 0, 500 * (k + 1), 500) for k in range(n)],
        crs=28992,
    )


def town(n=600, seed=1, period=QUARTER, n_areas=4, **columns):
    """Incidents evenly over areas and period, of kinds that citizens report."""
    rng = np.random.default_rng(seed)
    moment = period.start + pd.to_timedelta(rng.uniform(0, period.days, n) * 86_400, unit="s")
    plain = {"occurred_from": moment, "category": rng.choice(["A20", "A72", "C40"], n)}
    x, y = rng.uniform(0, 500 * n_areas, n), rng.uniform(0, 500, n)
    return gpd.GeoDataFrame(plain | columns, geometry=gpd.points_from_xy(x, y), crs=28992)


def codes_of(incidents, areas=None, **options):
    areas = squares(4) if areas is None else areas
    return data_quality.check_all(incidents, areas, **({"period": QUARTER} | options))[
        "code"
    ].tolist()


def test_a_sound_set_gives_no_cautions():
    table = data_quality.check_all(town(), squares(4), period=QUARTER, bandwidth=200)
    assert table.empty
    assert table.columns.tolist() == ["code", "n", "total", "facts", "text"]
    assert table.attrs["n_used"] == 600


@pytest.mark.parametrize("seed", range(8))
def test_random_sets_seldom_raise_a_caution(seed):
    assert codes_of(town(seed=100 + seed)) == []


def test_too_few_incidents_and_too_small_cells():
    assert codes_of(town(20)) == ["too_few"]
    assert codes_of(town(100), cell_size=50) == ["few_per_cell"]
    found = data_quality.check_all(town(100), squares(4), period=QUARTER, cell_size=50)
    assert found["facts"][0]["expected"] == pytest.approx(9 * 100 * 50**2 / 1e6)


def test_a_bandwidth_below_the_cell():
    assert codes_of(town(), cell_size=100, bandwidth=99) == ["fine_bandwidth"]
    assert codes_of(town(), cell_size=100, bandwidth=100) == []


# who tells police


def test_the_kinds_that_are_not_reported_are_those_of_the_published_list(shared):
    listed = pd.read_csv(shared / "nl_enschede_misdrijven_2023" / "brengdelicten.csv")
    other = listed.loc[listed["Brengdelict"] == 0, "Key"].str.strip()
    assert set(other) == data_quality.NOT_REPORTED


def test_what_police_find_among_what_citizens_report_is_said():
    incidents = town()
    incidents.loc[:99, "category"] = "F42"
    table = data_quality.check_all(incidents, squares(4), period=QUARTER)
    assert table["code"].tolist() == ["mixed_reporting"]
    assert (table["n"][0], table["total"][0]) == (100, 600)
    assert table["facts"][0]["classes"] == {"3.1.1": 100}
    assert "Drugshandel" in table["text"][0]
    assert codes_of(incidents.iloc[:100]) == ["police_initiated"]
    assert codes_of(incidents, not_reported=[]) == []


def test_ones_own_list_decides():
    incidents = town()
    incidents.loc[:99, "category"] = "E35"
    assert codes_of(incidents) == []
    assert codes_of(incidents, not_reported=["E35"]) == ["mixed_reporting"]
    kinds = data_quality.reported_or_found(incidents, not_reported=["1.2.3"])
    assert kinds[incidents["category"] == "A72"].eq("overig").all()


# time


def test_last_weeks_that_are_missing():
    incidents = town()
    early = incidents[incidents["occurred_from"] < "2025-03-18"]
    found = data_quality.check_all(early, squares(4), period=QUARTER)
    assert found["code"].tolist() == ["silence"]
    assert found["facts"][0]["where"] == "end"
    assert found["facts"][0]["expected"] == pytest.approx(600 * 14 / 90, rel=0.15)


def test_a_month_missing_in_between():
    incidents = town(period=YEAR, n=900)
    gone = incidents["occurred_from"].dt.month == 5
    found = data_quality.reporting_gaps(incidents.loc[~gone, "occurred_from"], period=YEAR)
    assert found["where"].tolist() == ["middle"]
    assert found["days"][0] == pytest.approx(31, abs=2)
    assert data_quality.reporting_gaps(incidents["occurred_from"], period=YEAR).empty


def test_months_missing_in_a_file_that_knows_months_only():
    months = pd.Series(np.repeat(pd.date_range("2025-01-01", periods=12, freq="MS"), 40))
    assert data_quality.reporting_gaps(months, period=YEAR).empty
    found = data_quality.reporting_gaps(months[months.dt.month != 8], period=YEAR)
    assert found["where"].tolist() == ["middle"]


def test_silence_is_called_in_at_most_one_random_set_in_twenty():
    """The bound on the longest of all stretches is exact but for the sum over stretches."""
    rng, called = np.random.default_rng(2), 0
    for _ in range(400):
        moment = QUARTER.start + pd.to_timedelta(rng.uniform(0, 90, 40) * 86_400, unit="s")
        called += (
            len(data_quality.reporting_gaps(pd.Series(moment), period=QUARTER, min_days=0)) > 0
        )
    assert called <= stats.binom.ppf(0.99, 400, 0.05)


def test_series_with_quiet_weeks_are_no_silence():
    """Bursts of ten: weeks without any are part of it."""
    rng = np.random.default_rng(3)
    start = np.repeat(rng.uniform(0, 88, 12), 10)
    moment = QUARTER.start + pd.to_timedelta((start + rng.uniform(0, 2, 120)) * 86_400, unit="s")
    assert data_quality.reporting_gaps(pd.Series(moment), period=QUARTER).empty


def test_reports_still_to_come_are_estimated():
    """Reports take 10 days on average; the file was made on the last day of the period."""
    rng, period = np.random.default_rng(4), Period("2025-07-01", "2026-01-01")
    whole = town(n=6000, period=Period("2025-01-01", "2026-01-01"))
    whole["reported_at"] = whole["occurred_from"] + pd.to_timedelta(
        rng.exponential(10, 6000) * 86_400, unit="s"
    )
    file = whole[whole["reported_at"] < "2026-01-01"]
    found = data_quality.late_reports(file, period=period)
    truth = whole["occurred_from"] >= pd.Timestamp("2026-01-01") - pd.Timedelta(days=14)
    missing = int((truth & (whole["reported_at"] >= "2026-01-01")).sum())
    assert found["n_missing"] == pytest.approx(missing, rel=0.25)
    assert "late_reports" in codes_of(file, period=period)
    later = whole.assign(reported_at=whole["occurred_from"])
    assert "late_reports" not in codes_of(later, period=period)


def test_a_source_that_starts_later_or_stops_earlier():
    incidents = town(source=["a.csv", "b.csv"] * 300)
    assert codes_of(incidents) == []
    b = incidents["source"] == "b.csv"
    late = incidents[~b | (incidents["occurred_from"] >= "2025-02-10")]
    found = data_quality.check_all(late, squares(4), period=QUARTER)
    assert found["code"].tolist() == ["source_late"]
    assert found["facts"][0]["source"] == "b.csv"
    assert codes_of(incidents[~b | (incidents["occurred_from"] < "2025-03-01")]) == ["source_early"]


# places


def test_an_area_without_incidents_is_doubted_only_if_people_live_there():
    incidents = town(n_areas=19)
    areas = squares(20, inhabitants=[1000] * 19 + [2000])
    found = data_quality.check_all(incidents, areas, period=QUARTER)
    assert found["code"].tolist() == ["uncovered"]
    assert "Buurt 19" in found["text"][0]
    for few in (0, 50):
        assert codes_of(incidents, squares(20, inhabitants=[1000] * 19 + [few])) == []


def test_uncovered_areas_among_areas_that_differ_are_seldom_called_so():
    """Rates that differ as much as their mean: parks and shopping streets."""
    rng, called = np.random.default_rng(5), 0
    for _ in range(60):
        n = rng.poisson(rng.gamma(1, 20, 30))
        x = np.repeat(np.arange(30) * 500.0 + 250, n)
        points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, 0 * x + 9), crs=28992)
        called += data_quality.areas_without_incidents(points, squares(30)).attrs["n_uncovered"] > 0
    assert called <= stats.binom.ppf(0.99, 60, 0.05)


def test_the_chance_of_none_is_that_of_the_negative_binomial():
    n = np.array([0, 9, 3, 30, 12])
    x = np.repeat(np.arange(5) * 500.0 + 250, n)
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, 0 * x + 9), crs=28992)
    found = data_quality.areas_without_incidents(points, squares(5))
    between = n.var() - n.mean()
    expected = stats.nbinom.pmf(0, n.mean() ** 2 / between, n.mean() / (n.mean() + between))
    assert found["p_value"][0] == pytest.approx(expected)
    assert found["expected"].tolist() == pytest.approx([n.mean()] * 5)


def test_a_stand_in_point_is_said():
    incidents = town()
    incidents["street_name"] = [f"straat {k % 150}" for k in range(600)]
    assert codes_of(incidents) == []
    incidents.loc[:59, "geometry"] = shapely.Point(250, 250)
    found = data_quality.check_all(incidents, squares(4), period=QUARTER)
    assert found["code"].tolist() == ["stacked"]
    assert found["n"][0] == 60


def test_points_of_police_uk_are_seen_to_be_rounded_to_streets(shared):
    table = pd.read_csv(shared / "uk_nottingham_burglary_2022" / "nottingham_burglary.csv.gz")
    wards = gpd.read_file(shared / "uk_nottingham_burglary_2022" / "nottingham_wards.gpkg")
    points = gpd.points_from_xy(table["longitude"], table["latitude"])
    incidents = gpd.GeoDataFrame(
        {"street_name": table["location"], "occurred_from": pd.to_datetime(table["month"])},
        geometry=points, crs=4326,
    ).to_crs(27700)  # fmt: skip
    areas = wards.to_crs(27700).assign(area_code=[f"W{k}" for k in range(len(wards))])
    assert "snapped" in data_quality.check_all(incidents, areas)["code"].tolist()


def test_addresses_of_the_sample_are_not_taken_for_rounded(root):
    incidents, _ = ipg.read_incidents(root / "data" / "sample" / "incidenten.csv.gz")
    areas, _ = ipg.read_areas(root / "data" / "sample" / "buurten.geojson")
    found = data_quality.check_all(incidents, areas, period=Period("2025-09-01", "2025-12-01"))
    assert "snapped" not in found["code"].tolist()
    assert {"silence", "uncovered", "source_late", "outside"} & set(found["code"]) == set()
    assert "mixed_reporting" in found["code"].tolist()


def test_many_outside_or_without_a_date_are_said():
    incidents = town()
    incidents.loc[:59, "geometry"] = shapely.Point(-900, -900)
    incidents.loc[60:129, "occurred_from"] = pd.NaT
    assert codes_of(incidents) == ["outside", "without_time"]


def test_facts_can_be_written_as_json_and_every_text_is_a_sentence():
    incidents = town(source="x").iloc[:300]
    incidents.loc[:60, "category"] = "F42"
    incidents = incidents[incidents["occurred_from"] < "2025-03-01"]
    table = data_quality.check_all(incidents, squares(30), period=QUARTER, bandwidth=10)
    assert len(table) >= 3
    json.dumps(table["facts"].tolist())
    json.dumps(table.attrs)
    for text in table["text"]:
        assert text.endswith(".")
        assert text[0].isupper() or text[0].isdigit()
        assert "{" not in text


def test_columns_that_are_not_there_skip_their_checks():
    bare = town()[["geometry"]]
    assert data_quality.check_all(bare, squares(4)[["area_code", "geometry"]]).empty
    assert codes_of(town(0)) == ["too_few"]


def test_other_systems_and_areas_without_people_are_refused():
    with pytest.raises(CrsError):
        data_quality.check_all(town().to_crs(4326), squares(4))
    with pytest.raises(ContractError, match="inhabitants"):
        data_quality.areas_without_incidents(town(), squares(4).drop(columns="inhabitants"))
