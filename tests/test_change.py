"""
What is called a change: more than chance only where the history of counts says so.

Bounds on shares of claims are those of the words: 5 % of independent incidents, 7 % of
incidents that come in series of two. The few simulations here allow for their own chance; the
fuller ones are run by ``make calibrate``.
"""

import dataclasses

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import ipgtools as ipg
from ipgtools import areas, coverage, history, hotspots, inference, times
from ipgtools.briefing.facts import Change, Facts, say_total
from ipgtools.briefing.slides import comparison
from ipgtools.grid import Grid
from ipgtools.nl import sentences as said
from ipgtools.periods import Period
from ipgtools.pipeline import changes, inputs, results
from ipgtools.pipeline.lines import for_police
from ipgtools.privacy import Counts

QUARTER = Period("2025-09-01", "2025-12-01")
COUNTS = st.integers(0, 400)
PHI = st.sampled_from([1.0, 1.3, 2.0, 5.0])


def most(n, share):
    """Give the claims that chance allows among n at a share, 99 times in 100."""
    return int(stats.binom.ppf(0.99, n, share))


def series(rng, n_weeks, rate, *, size=1.0, days=0.0):
    """
    Count incidents per week that come in series of `size` on average, within `days`.

    Sizes are 1 plus a Poisson number; variance over mean of a long time is then 2.5 at size 2.
    """
    first = rng.uniform(-60, 7 * n_weeks, rng.poisson(rate / 7 / size * (7 * n_weeks + 60)))
    sizes = 1 + rng.poisson(size - 1, len(first))
    when = np.repeat(first, sizes) + rng.uniform(0, 1, sizes.sum()) * days
    week = np.floor(when / 7).astype(int)
    return np.bincount(week[(week >= 0) & (week < n_weeks)], minlength=n_weeks)


def claims(rng, n_series, n_weeks, now, rate, *, factor=1.0, **kind):
    """Count how often the last weeks are called different from as many before them."""
    found = 0
    for _ in range(n_series):
        weekly = series(rng, n_weeks, rate, **kind)
        if factor > 1:
            weekly[-now:] += series(rng, now, rate * (factor - 1), **kind)
        p = inference.compare_counts(
            weekly[-2 * now : -now].sum(),
            weekly[-now:].sum(),
            dispersion=history.dispersion(weekly).value,
        )
        found += int(p <= 0.05)
    return found


# --- dispersion


def test_independent_incidents_have_a_dispersion_of_about_one():
    """And those that come three at a time one of three."""
    rng = np.random.default_rng(1)
    found = [history.dispersion(rng.poisson(20, 208)).estimate for _ in range(60)]
    assert 0.95 < np.mean(found) < 1.2
    found = [history.dispersion(3 * rng.poisson(7, 208)).estimate for _ in range(60)]
    assert 2.6 < np.mean(found) < 3.4


def test_a_trend_and_a_season_are_no_dispersion():
    """Counts that move slowly are not counts that vary by chance."""
    rng = np.random.default_rng(2)
    weeks = np.arange(208)
    rate = 10 * (1 + weeks / 208) * (1 + 0.3 * np.sin(2 * np.pi * weeks / 52))
    found = [history.dispersion(rng.poisson(rate)).estimate for _ in range(60)]
    assert np.mean(found) < 1.3


def test_series_that_last_two_weeks_are_seen():
    """Their incidents lie in different weeks, so that single weeks hardly show them."""
    rng = np.random.default_rng(3)
    found = [history.dispersion(series(rng, 104, 10, size=2, days=14)).value for _ in range(60)]
    assert np.mean(found) > 2


def test_a_short_history_is_drawn_towards_the_prior():
    """Of twelve weeks without any variation the dispersion is not 1; of four years it is."""
    short = history.dispersion(np.full(12, 10)).estimate
    assert 1.2 < short < 1.5
    assert history.dispersion(np.full(208, 10)).estimate < 1.2


@pytest.mark.parametrize(("step", "fewest"), [("week", 12), ("month", 6)])
def test_too_short_a_history_tells_nothing(step, fewest):
    """Not a large dispersion but none."""
    assert np.isnan(history.dispersion(np.full(fewest - 1, 9), step=step).value)
    assert history.dispersion(np.full(fewest, 9), step=step).value >= 1


def test_weeks_that_are_not_covered_do_not_count():
    """Three empty weeks in the middle would be a burst of silence."""
    weekly = np.random.default_rng(4).poisson(20, 104)
    weekly[50:53] = 0
    known = np.ones(104, dtype=bool)
    known[50:53] = False
    assert history.dispersion(weekly).value > 2
    assert history.dispersion(weekly, valid=known).value < 1.7


def test_months_differ_in_length_and_that_is_no_dispersion():
    """Ten a day in every month."""
    edges = pd.date_range("2020-01-01", "2024-01-01", freq="MS")
    days = np.diff(edges.to_numpy()).astype("timedelta64[D]").astype(int)
    found = history.dispersion(10 * days, lengths=days, step="month")
    assert found.estimate == pytest.approx(1.0)


def test_units_are_drawn_towards_all_of_them_together():
    """A kind with hardly any incidents has the dispersion of the others."""
    rng = np.random.default_rng(5)
    many = 3 * rng.poisson(7, (6, 104))
    few = np.zeros((1, 104), dtype=int)
    found = history.dispersion(np.vstack([many, few])).estimate
    assert found.shape == (7,)
    assert found[6] == pytest.approx(found[:6].mean(), rel=0.25)


# --- tests and intervals of counts with dispersion


@given(COUNTS, COUNTS, PHI)
def test_an_interval_holds_one_exactly_where_the_test_does_not_reject(before, after, phi):
    p = inference.compare_counts(before, after, exposure=0.8, dispersion=phi)
    low, high = inference.ratio_interval(before, after, exposure=0.8, dispersion=phi)
    if abs(p - 0.05) > 1e-6:
        assert (low <= 1 <= high) == (p > 0.05)


@given(COUNTS, PHI, st.sampled_from([0.125, 1.0, 2.5]))
def test_the_prediction_interval_holds_what_the_test_does_not_reject(before, phi, exposure):
    low, high = inference.prediction_interval(before, exposure=exposure, dispersion=phi)
    inside = np.array([low, high])
    outside = np.array([low - 1, high + 1])
    p = inference.compare_counts(before, inside, exposure=exposure, dispersion=phi)
    assert (p > 0.05 - 1e-9).all()
    outside = outside[outside >= 0]
    p = inference.compare_counts(before, outside, exposure=exposure, dispersion=phi)
    assert (p <= 0.05 + 1e-9).all()


@given(COUNTS, COUNTS)
def test_more_dispersion_never_makes_a_difference_surer(before, after):
    p = [inference.compare_counts(before, after, dispersion=phi) for phi in (1, 1.5, 3, 10)]
    assert (np.diff(p) >= -1e-12).all()


def test_without_a_known_dispersion_there_is_no_p_value():
    assert np.isnan(inference.compare_counts(10, 90, dispersion=np.nan))
    assert np.isnan(inference.ratio_interval(10, 90, dispersion=np.nan)).all()
    assert np.isnan(inference.prediction_interval(10, dispersion=np.nan)).all()
    with pytest.raises(ValueError, match="dispersion"):
        inference.compare_counts(10, 90, dispersion=0.5)


# --- which tests count for the correction


@given(st.integers(0, 40), PHI)
def test_no_division_of_a_total_is_surer_than_the_smallest_p_value(total, phi):
    split = np.arange(total + 1)
    p = inference.compare_counts(total - split, split, exposure=1.3, dispersion=phi)
    assert inference.smallest_p(total, exposure=1.3, dispersion=phi) == pytest.approx(p.min())


def test_places_that_hold_too_few_do_not_weigh_on_the_correction():
    """One cell went from 1 to 12 among a thousand with one incident each."""
    before, after = np.array([1, *[1] * 1000]), np.array([12, *[0] * 1000])
    found = areas.compare(before, after)
    assert found["q_value"][0] == pytest.approx(found["p_value"][0])
    assert (found["q_value"][1:] == 1).all()
    assert inference.benjamini_hochberg(found["p_value"])[0] > 0.05


def test_which_places_are_tested_hangs_on_their_totals_only():
    """However the incidents are divided over the periods."""
    total = np.random.default_rng(6).poisson(6, 200)
    eligible = inference.eligible(inference.smallest_p(total))
    assert 0 < eligible.sum() < 200
    assert total[eligible].min() > total[~eligible].max()


def test_a_result_tells_how_many_were_tested():
    square = gpd.GeoDataFrame(
        {"area_code": ["a", "b", "c"]},
        geometry=[shapely.box(k, 0, k + 1, 1) for k in range(3)], crs=28992,
    )  # fmt: skip
    points = [gpd.GeoSeries(gpd.points_from_xy([0.5] * n, [0.5] * n), crs=28992) for n in (5, 40)]
    points[0] = pd.concat([points[0], gpd.GeoSeries(gpd.points_from_xy([1.5], [0.5]), crs=28992)])
    table = areas.change(*points, square)
    assert (table.attrs["n_tested"], table.attrs["n_untestable"]) == (1, 1)


# --- false alarms and power


def test_independent_incidents_are_called_a_change_at_most_as_often_as_said():
    found = claims(np.random.default_rng(7), 200, 60, 13, 8)
    assert found <= most(200, 0.05)


@pytest.mark.parametrize("days", [0, 14])
def test_series_are_called_a_change_at_most_as_often_as_said(days):
    """The exact test for independent incidents says so of one in five."""
    found = claims(np.random.default_rng(8), 200, 60, 13, 10, size=2, days=days)
    assert found <= most(200, 0.07)


def test_a_doubled_count_is_found():
    assert claims(np.random.default_rng(9), 100, 60, 13, 4, factor=2) >= 80
    assert claims(np.random.default_rng(9), 100, 60, 13, 6, factor=2, size=2, days=7) >= 65


@pytest.mark.calibrate
@pytest.mark.parametrize(("n_weeks", "now"), [(16, 4), (26, 13), (60, 13), (104, 13)])
@pytest.mark.parametrize("rate", [5, 20])
@pytest.mark.parametrize(
    ("kind", "share"),
    [
        ({}, 0.05),
        ({"size": 2}, 0.07),
        ({"size": 2, "days": 7}, 0.07),
        ({"size": 2, "days": 14}, 0.07),
    ],
    ids=["independent", "same day", "a week", "two weeks"],
)
def test_claims_of_change_in_full(n_weeks, now, rate, kind, share):
    """Of 1,000 series of each length, rate and kind."""
    found = claims(np.random.default_rng(10), 1000, n_weeks, now, rate, **kind)
    assert found <= most(1000, share)


def test_maps_of_series_seldom_have_a_changed_cell():
    """A hundred cells where incidents come two at a time; half a year before, half a year now."""
    rng = np.random.default_rng(11)
    flagged = 0
    for _ in range(60):
        weekly = np.array([series(rng, 78, 0.4, size=2, days=7) for _ in range(100)])
        spread = history.dispersion(weekly).value
        found = areas.compare(
            weekly[:, 26:52].sum(axis=1), weekly[:, 52:].sum(axis=1), dispersion=spread
        )
        flagged += int((found["q_value"] <= 0.05).any())
    assert flagged <= most(60, 0.07)


def test_a_planted_cell_is_found_among_empty_ones():
    """From 2 to 20 incidents on one of 900 cells, the others at random."""
    rng = np.random.default_rng(12)
    grid = Grid.covering((0, 0, 3000, 3000))

    def points(n, planted):
        xy = np.vstack([rng.uniform(0, 3000, (n, 2)), rng.uniform(1500, 1600, (planted, 2))])
        return gpd.GeoDataFrame(geometry=gpd.points_from_xy(*xy.T), crs=28992)

    cells = hotspots.change(points(200, 2), points(200, 20), grid, dispersion=1.4)
    assert (cells["change_class"] == "up").sum() == 1
    assert cells.attrs["n_tested"] < 40 < cells.attrs["n_untestable"]


def test_the_word_chance_holds_on_real_series(shared):
    """Even weeks against odd weeks of the same twelve: at most 7 % called different."""
    n = found = 0
    for table, step, lengths in real_weeks(shared):
        for counted in table:
            phi = history.dispersion(counted, step=step, lengths=lengths).value
            for at in range(0, len(counted) - 12 + 1, 12):
                even, odd = (counted[at + k : at + 12 : 2].sum() for k in (0, 1))
                if even + odd < 20:
                    continue
                days = [1.0, 1.0]
                if lengths is not None:
                    days = [lengths[at + k : at + 12 : 2].sum() for k in (0, 1)]
                p = inference.compare_counts(even, odd, exposure=days[1] / days[0], dispersion=phi)
                n, found = n + 1, found + int(p <= 0.05)
    assert n > 800
    assert found / n <= 0.07


def real_weeks(shared):
    """Give counts per unit and week (or month) of real files: the units, then the town."""
    thefts = pd.read_csv(shared / "ca_vancouver_thefts_2020" / "vancouver_thefts.csv.gz")
    parts = {name.lower(): thefts[name] for name in ("YEAR", "MONTH", "DAY", "HOUR", "MINUTE")}
    yield weeks(pd.to_datetime(parts), thefts["NEIGHBOURHOOD"]), "week", None
    burglary = pd.read_csv(
        shared / "us_cincinnati_burglary_2016_2018" / "cincinnati_burglary.csv.gz",
        parse_dates=["offense_date"],
    ).drop_duplicates("incident_no")
    when = burglary["offense_date"].dt.tz_localize(None)
    yield weeks(when, tiles(burglary, 0.03)), "week", None
    cars = pd.read_parquet(
        shared / "us_nyc_vehicle_thefts_2014_2017" / "nyc_vehicle_thefts.parquet"
    )
    yield weeks(pd.to_datetime(cars["date_single"]), tiles(cars, 0.06)), "week", None
    assaults = pd.read_excel(
        shared / "us_austin_assaults_2019" / "aggravated_assaults.xlsx", sheet_name="Austin"
    )
    yield weeks(pd.to_datetime(assaults["date"]), tiles(assaults, 0.03)), "week", None
    robberies = pd.read_csv(shared / "us_memphis_robberies_2019" / "memphis_robberies.csv")
    robberies = robberies.rename(columns={"lon": "longitude", "lat": "latitude"})
    yield weeks(pd.to_datetime(robberies["date"]), tiles(robberies, 0.03)), "week", None
    nuisance = pd.read_csv(shared / "uk_lancashire_asb_2022" / "lancashire_asb.tab.gz", sep="\t")
    by_month = pd.crosstab(tiles(nuisance, 0.03), nuisance["month"]).to_numpy()
    lengths = pd.to_datetime(sorted(nuisance["month"].unique())).days_in_month.to_numpy(float)
    yield np.vstack([by_month, by_month.sum(axis=0)]), "month", lengths


def tiles(table, degrees):
    """Name squares of some kilometres."""
    x, y = table["longitude"] // degrees, table["latitude"] // (0.75 * degrees)
    return x.astype(str) + " " + y.astype(str)


def weeks(when, unit):
    """Count per unit and whole week, and for all together."""
    start = when.min().normalize()
    week = (when - start) // pd.Timedelta(days=7)
    n_weeks = int((when.max() - start) / pd.Timedelta(days=7))
    table = pd.crosstab(unit, week).reindex(columns=range(n_weeks), fill_value=0).to_numpy()
    return np.vstack([table, table.sum(axis=0)])


# --- the band of the weeks before


def banded(rng, rate, last, **kind):
    """Give the band of the last week, of a year of counts with `last` times as many in it."""
    weekly = series(rng, 60, rate, **kind)
    weekly[-1] = series(rng, 8, rate * last, **kind)[-1]
    start = pd.Timestamp("2024-09-16")
    when = np.repeat(start + np.arange(60) * pd.Timedelta(days=7), weekly)
    when = when + pd.to_timedelta(rng.uniform(0, 6.99, len(when)), unit="D")
    period = Period(start + pd.Timedelta(days=7 * 59), start + pd.Timedelta(days=7 * 60))
    known = coverage.Coverage("clock", (coverage.Stream(start, period.end, start, period.end),))
    return history.band(pd.DataFrame({"occurred_from": when}), period=period, covered=known)


@pytest.mark.parametrize("size", [1, 2])
def test_about_one_week_in_twenty_falls_outside_the_band(size):
    """Of weeks like those before, in series or not."""
    rng = np.random.default_rng(13)
    found = [banded(rng, 15, 1, size=size)["position"].iloc[0] for _ in range(120)]
    assert (np.array(found) != "within").sum() <= most(120, 0.05)


def test_a_planted_rise_is_above_the_band():
    rng = np.random.default_rng(14)
    found = [banded(rng, 20, 2.2)["position"].iloc[0] for _ in range(40)]
    assert np.mean(np.array(found) == "above") >= 0.8


def test_a_band_needs_the_weeks_before():
    """A file of six weeks has none of eight."""
    when = pd.DataFrame({"occurred_from": pd.date_range("2025-10-01", "2025-11-09", freq="3h")})
    found = history.band(when, period=Period("2025-11-03", "2025-11-10"))
    assert found["n"].iloc[0] > 0
    assert found["low"].isna().all()
    assert found["position"].isna().all()


def test_weeks_of_a_band_add_up_and_have_last_years_beside_them():
    when = pd.DataFrame({"occurred_from": pd.date_range("2024-01-01", "2025-12-01", freq="5h")})
    period = Period("2025-11-03", "2025-12-01")
    found = history.band(when, period=period, by="week")
    assert found["start"].tolist() == list(pd.date_range("2025-11-03", periods=4, freq="7D"))
    assert found["n"].sum() == period.contains(when["occurred_from"]).sum()
    assert (found["n_last_year"] - found["n"]).abs().max() <= 5
    assert (found["position"] == "within").all()


# --- earlier periods


@pytest.mark.parametrize(
    ("period", "previous", "last_year"),
    [
        (("2025-09-01", "2025-12-01"), ("2025-06-01", "2025-09-01"), ("2024-09-01", "2024-12-01")),
        (("2025-03-01", "2025-04-01"), ("2025-02-01", "2025-03-01"), ("2024-03-01", "2024-04-01")),
        (("2025-11-03", "2025-11-10"), ("2025-10-27", "2025-11-03"), ("2024-11-04", "2024-11-11")),
        (("2025-11-07", "2025-11-10"), ("2025-10-31", "2025-11-03"), ("2024-11-08", "2024-11-11")),
        (("2024-01-01", "2025-01-01"), ("2023-01-01", "2024-01-01"), None),
        (("2016-01-01", "2021-01-01"), ("2011-01-01", "2016-01-01"), None),
        (("2025-01-01", "2026-02-01"), ("2023-12-01", "2025-01-01"), None),
    ],
)
def test_earlier_periods_are_those_people_mean(period, previous, last_year):
    """Months for months, the same days of the week for a weekend, and no year against itself."""
    expected = {"previous": Period(*previous)}
    if last_year:
        expected["last_year"] = Period(*last_year)
    assert history.earlier(Period(*period)) == expected


# --- per kind and per place


def incidents_of(counts, *, rng=0):
    """Give incidents of kinds now, before and last year, spread over each period."""
    rng = np.random.default_rng(rng)
    parts = []
    for period, column in ((QUARTER, 0), (QUARTER.previous(), 1), (QUARTER.last_year(), 2)):
        for kind, per_period in counts.items():
            part = rng.uniform(0, period.days, per_period[column])
            parts.append(
                pd.DataFrame({"occurred_from": period.start + pd.to_timedelta(part, unit="D"),
                              "category": pd.NA, "category_label": kind})
            )  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def split(table):
    """Give the three periods of `incidents_of`."""
    when = table["occurred_from"]
    return [table[one.contains(when)] for one in (QUARTER, QUARTER.previous(), QUARTER.last_year())]


def test_every_kind_is_in_the_table_and_rows_add_up_to_the_total():
    """Also the twelfth; those under ten incidents together."""
    counts = {f"soort {k:02d}": (30 - 2 * k, 28 - 2 * k, 29 - 2 * k) for k in range(12)}
    counts |= {"zelden": (2, 1, 1), "haast nooit": (1, 0, 0)}
    table = changes.by_kind(*split(incidents_of(counts)), dispersion=1.3)
    kinds = [f"soort {k:02d}" for k in range(12)]
    assert table["kind"].tolist() == ["Totaal", *kinds, "Overige soorten"]
    for name in ("n", "n_before", "n_last_year"):
        assert table[name].iloc[1:].sum() == table[name].iloc[0]


def test_the_kind_that_rose_is_found_against_both_periods():
    """Car break-ins from 9 to 66, among kinds that stayed."""
    counts = {"autokraak": (66, 9, 4), "jeugd": (40, 42, 39), "fiets": (30, 31, 28)}
    table = changes.by_kind(*split(incidents_of(counts)), dispersion=1.5).set_index("kind")
    assert table.loc["autokraak", "q_value"] < 0.001
    assert table.loc["autokraak", "q_last_year"] < 0.001
    assert (table.loc[["jeugd", "fiets"], ["q_value", "q_last_year"]] > 0.5).all(axis=None)


def test_kinds_of_both_comparisons_are_one_family_and_the_total_is_its_own():
    counts = {"a": (40, 20, 40), "b": (40, 40, 40), "c": (40, 40, 40), "d": (40, 40, 40)}
    table = changes.by_kind(*split(incidents_of(counts)))
    assert table.attrs["n_tested"] == 8
    kind = table.set_index("kind").loc["a"]
    assert kind["q_value"] == pytest.approx(8 * kind["p_value"])
    assert table["q_value"].iloc[0] == pytest.approx(2 * table["p_value"].iloc[0])


def test_kinds_are_told_without_judgement_where_the_dispersion_is_unknown():
    table = changes.by_kind(*split(incidents_of({"a": (40, 9, 3), "b": (9, 9, 9)})),
                            dispersion=float("nan"))  # fmt: skip
    assert table["n"].tolist() == [49, 40, 9]
    assert (
        table[["p_value", "q_value", "ci_low", "p_last_year", "q_last_year"]].isna().all(axis=None)
    )


def test_places_are_counted_in_all_periods():
    """Two squares that overlap; 20 now against 5 before in the second, and none last year."""
    rng = np.random.default_rng(15)

    def some(period, n, x):
        when = period.start + pd.to_timedelta(rng.uniform(0, period.days, n), unit="D")
        return gpd.GeoDataFrame(
            {"occurred_from": when}, geometry=gpd.points_from_xy([x] * n, [50] * n), crs=28992
        )

    parts = [some(QUARTER, 20, 150), some(QUARTER.previous(), 5, 150), some(QUARTER, 3, 50)]
    around = some(Period("2024-01-01", "2025-12-01"), 1500, 5000)
    given = pd.concat([*parts, around], ignore_index=True)
    squares = gpd.GeoDataFrame(
        {"place_id": ["a", "b", "c"]},
        geometry=[shapely.box(0, 0, 200, 100), shapely.box(100, 0, 200, 100), shapely.Polygon()],
        crs=28992,
    )
    found = history.in_areas(given, squares, period=QUARTER)
    assert found["n"].tolist() == [23, 20, 0]
    assert found["n_before"].tolist() == [5, 5, 0]
    assert found["n_last_year"].tolist() == [0, 0, 0]
    assert found["p_value"].iloc[1] < 0.05
    assert set(found.attrs["periods"]) == {"previous", "last_year"}
    early = given[given["occurred_from"] >= QUARTER.previous().start]
    found = history.in_areas(early, squares, period=QUARTER)
    assert found["n_last_year"].isna().all()
    assert found.attrs["lacks"]["last_year"].code == "begins_later"


# --- the briefing


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Read the sample town once; it begins on 1 January 2024."""
    settings = ipg.Settings.sample().changed(audience="politie")
    return inputs.read(settings, photo_folder=tmp_path_factory.mktemp("photos"))


def at(read, start, end, **more):
    """Give the sample with another period."""
    return dataclasses.replace(read, period=Period(start, end), **more)


def test_the_first_week_of_the_file_is_compared_with_nothing(read):
    """Case of the analyst: 1-8 January, told against the week before as 'geen enkel'."""
    found = changes.compare(at(read, "2024-01-01", "2024-01-08"))
    assert found.facts == {}
    (reason,) = found.reasons
    assert reason == (
        "De bestanden beginnen op 1 januari 2024; daarom is er geen vergelijking met de periode "
        "ervoor en dezelfde periode vorig jaar."
    )


def test_two_weeks_are_not_compared_with_two_that_are_half_covered(read):
    """Case of the analyst: 8-22 January, told as 2.4 times as many."""
    assert changes.compare(at(read, "2024-01-08", "2024-01-22")).facts == {}


def test_a_monthly_export_is_compared_with_nothing(read):
    """Case of the analyst: 'tegen geen enkel in de 31 dagen ervoor'."""
    month = Period("2025-10-01", "2025-11-01")
    only = {
        "everywhere": read.everywhere[month.contains(read.everywhere["occurred_from"])],
        "incidents": read.incidents[month.contains(read.incidents["occurred_from"])],
        "files": None,
    }
    found = changes.compare(at(read, month.start, month.end, **only))
    assert found.facts == {}
    assert found.reasons[0].startswith("De bestanden beginnen op 1 oktober 2025")


def test_eight_weeks_of_files_give_counts_and_no_judgement(read):
    """Four against four, and nothing about chance."""
    short = Period("2025-10-06", "2025-12-01")
    only = {
        "everywhere": read.everywhere[short.contains(read.everywhere["occurred_from"])],
        "incidents": read.incidents[short.contains(read.incidents["occurred_from"])],
        "files": None,
    }
    found = changes.compare(at(read, "2025-11-03", "2025-12-01", **only))
    change = found.facts["previous"]
    assert not change.tested
    assert "toeval" not in say_total(Facts(change.n, previous=change))
    assert "8 weken" in found.reasons[-1]


def test_the_sample_is_compared_as_it_should(read):
    """Its truth: more car break-ins, fewer bicycles, and a total that can be chance."""
    found = changes.compare(at(read, "2025-09-01", "2025-12-01"))
    kinds = found.kinds.set_index("kind")
    assert kinds.loc["Diefstal uit/vanaf motorvoertuigen", "q_value"] < 1e-4
    assert found.facts["previous"].months == 3
    assert not found.facts["previous"].sure
    assert found.reasons == ()
    assert 1 <= found.dispersion < 2


def test_months_are_compared_with_months_and_days_are_not_spoken_of(read):
    """The sample, with no more known than the month."""

    def by_month(table):
        first = table["occurred_from"].dt.to_period("M").dt.start_time.astype("datetime64[s]")
        later = (first + pd.DateOffset(months=1)).astype("datetime64[s]")
        return table.assign(occurred_from=first, occurred_to=later)

    only = {
        "everywhere": by_month(read.everywhere),
        "incidents": by_month(read.incidents),
        "files": None,
        "findings": None,
        "offences": None,
    }
    given = at(read, "2025-09-01", "2025-12-01", **only)
    found = results.compute(given, lambda _: None)
    assert found.facts.previous.n_before == changes.compare(
        at(read, "2025-09-01", "2025-12-01")).facts["previous"].n_before  # fmt: skip
    assert found.facts.previous.tested
    assert "herhaling" not in found.tables
    assert "uur_weekdag" not in found.tables
    assert found.tables["trend"]["start"].dt.day.eq(1).all()
    text = " ".join(for_police(found.limits))
    assert "De dag van de incidenten is niet bekend" in text
    weeks_ = at(read, "2025-09-08", "2025-10-06", **only)
    assert "alleen de maand bekend" in changes.compare(weeks_).reasons[0]


def test_a_slide_shows_four_kinds_and_the_rest_of_the_total():
    """The table holds all of them; a rest too small for the audience is not shown."""
    counts = {f"soort {k}": (50 - 5 * k, 40 - 4 * k, 30) for k in range(7)}
    table = changes.by_kind(*split(incidents_of(counts)))
    rule = Counts(smallest=5, base=1, zero=False)
    rows = comparison.rows(table, rule)
    assert [row.label for row in rows] == ["Totaal", *sorted(counts)[:4], "Overige soorten"]
    assert sum(row.n for row in rows[1:]) == rows[0].n
    large = Counts(smallest=500, base=1, zero=False)
    assert comparison.rows(table, large)[-1].n is None


# --- words


def test_periods_are_named_as_people_say_them():
    assert said.before(1827, months=60) == "in de vijf jaar ervoor"
    assert said.before(92, months=3) == "in de drie maanden ervoor"
    assert said.before(14) == "in de twee weken ervoor"
    assert said.before(7, last_year=True) == "in dezelfde week vorig jaar"


def test_february_is_held_against_january_by_day():
    """28 days against 31: the same number is more a day."""
    change = Change(100, 100, 28, 31, 0.4, months=1)
    assert say_total(Facts(100, previous=change)) == (
        "In deze periode zijn 100 incidenten geregistreerd, per dag 11% meer dan in de maand "
        "ervoor (100). Dat verschil kan toeval zijn."
    )


def test_nothing_is_said_of_chance_without_a_test():
    """Counts, and no judgement."""
    change = Change(90, 30, 28, 28, float("nan"))
    text = say_total(Facts(90, previous=change))
    assert "3,0 keer zoveel" in text
    assert "toeval" not in text


def test_a_trend_begins_where_the_files_do(read):
    """And not a year earlier with empty months."""
    given = at(read, "2024-03-01", "2024-04-01")
    found = results.Results(tables={"gebieden": areas.rates(given.now, given.study.parts)})
    changes.add(given, found)
    assert found.tables["trend"]["start"].min() >= pd.Timestamp("2024-01-01")
    assert times.trend(given.incidents, period=given.period)["n"].sum() == len(given.now)
