"""Which days the files cover: what an export is made for, and what is missing in it."""

import numpy as np
import pandas as pd
import pytest

from ipgtools import coverage, history, repeats, times
from ipgtools.errors import ContractError
from ipgtools.periods import Period

QUARTER = Period("2025-09-01", "2025-12-01")


def dates(start, end, per_day, *, rng=0, **columns):
    """Deal incidents evenly over a time, by the clock."""
    rng = np.random.default_rng(rng)
    start, end = pd.Timestamp(start), pd.Timestamp(end)
    n = rng.poisson(per_day * (end - start) / pd.Timedelta(days=1))
    when = start + pd.to_timedelta(rng.uniform(0, 1, n) * (end - start).total_seconds(), unit="s")
    return pd.DataFrame({"occurred_from": when, **columns})


def months(start, n_months, per_month):
    """Give incidents of which the month is known, as police.uk has them."""
    first = pd.date_range(start, periods=n_months, freq="MS").repeat(per_month)
    return pd.DataFrame({"occurred_from": first, "occurred_to": first + pd.DateOffset(months=1)})


def compared(incidents, period):
    """Name the earlier periods that a period may be compared with."""
    return set(history.comparable(period, coverage.measure(incidents))[0])


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (Period("2025-01-01", "2025-01-08"), set()),
        (Period("2025-01-08", "2025-01-22"), set()),
        (Period("2025-01-08", "2025-01-15"), {"previous"}),
        (Period("2025-03-01", "2025-04-01"), {"previous"}),
    ],
)
def test_a_period_near_the_start_of_the_file_is_not_held_against_days_it_does_not_cover(
    period, expected
):
    """The first week, two weeks of which the ones before fall half outside, and good ones."""
    assert compared(dates("2025-01-01", "2025-06-01", 23), period) == expected


@pytest.mark.parametrize("per_day", [0.3, 2, 20])
@pytest.mark.parametrize(
    "period", [Period("2025-10-06", "2025-10-13"), Period("2025-10-01", "2025-11-01")]
)
def test_an_export_made_for_the_period_covers_nothing_before_it(per_day, period):
    """However quiet the file is: a silence of a week before the first of few proves nothing."""
    for seed in range(20):
        given = dates(period.start, period.end, per_day, rng=seed)
        if len(given) > 1:
            assert compared(given, period) == set()


@pytest.mark.parametrize("per_day", [0.2, 1, 5, 50])
def test_a_file_that_covers_a_period_is_believed_to_nearly_always(per_day):
    """From the day it was made for, nineteen in twenty times; more where much happens."""
    covers = [
        coverage.measure(dates("2023-01-01", "2025-01-01", per_day, rng=seed)).covers(
            Period("2023-01-01", "2023-04-01")
        )
        for seed in range(60)
    ]
    assert np.mean(covers) >= 0.85


@pytest.mark.parametrize(("per_day", "days"), [(0.2, 31), (1, 14), (5, 3), (50, 1)])
def test_a_file_that_begins_inside_a_period_does_not_cover_it(per_day, days):
    """It starts later by more than a silence that chance gives."""
    start = pd.Timestamp("2023-01-01") + pd.Timedelta(days=days)
    covers = [
        coverage.measure(dates(start, "2025-01-01", per_day, rng=seed)).covers(
            Period("2023-01-01", "2023-04-01")
        )
        for seed in range(40)
    ]
    assert np.mean(covers) <= 0.05


def test_a_silence_never_reaches_past_the_first_of_a_month():
    """A quiet file whose first incident is of 2 November may well begin in November."""
    given = dates("2025-11-01", "2026-11-01", 0.2, rng=3)
    found = coverage.measure(given)
    assert found.covers(Period("2025-11-01", "2025-12-01"))
    assert not found.covers(Period("2025-10-31", "2025-12-01"))


def test_a_file_that_ends_inside_the_period_is_not_compared():
    """And it says with which day it ends."""
    found = coverage.measure(dates("2024-01-01", "2025-11-20", 5))
    there, _, own = history.comparable(QUARTER, found)
    assert there == {}
    assert own.code == "ends_earlier"
    assert own.end == pd.Timestamp("2025-11-20")


def test_an_export_made_in_the_afternoon_does_not_cover_that_day():
    """At fifty a day, ten hours without any are not silence."""
    found = coverage.measure(dates("2024-01-01", "2025-11-30 14:00", 50))
    assert not found.covers(QUARTER)
    assert found.covers(Period("2025-09-01", "2025-11-30"))


def test_a_month_missing_in_the_middle_is_a_gap():
    """Two exports with a month between them."""
    two = [dates("2024-01-01", "2025-06-01", 3), dates("2025-07-01", "2025-12-01", 3, rng=1)]
    found = coverage.measure(pd.concat(two, ignore_index=True))
    assert found.covers(QUARTER)
    assert found.lack(QUARTER.previous()).code == "gap"
    (gap,) = found.streams[0].gaps
    assert abs(gap.start - pd.Timestamp("2025-06-01")) <= pd.Timedelta(days=2)
    assert abs(gap.end - pd.Timestamp("2025-07-01")) <= pd.Timedelta(days=2)


def test_a_quiet_season_that_returns_is_no_gap():
    """Ten winters of fires and ten summers without."""
    winters = [
        dates(f"{year}-10-01", f"{year + 1}-04-01", 0.6, rng=year) for year in range(2010, 2020)
    ]
    assert coverage.measure(pd.concat(winters, ignore_index=True)).streams[0].gaps == ()


def test_incidents_reported_late_are_no_coverage():
    """An export by day of registration holds some of long before."""
    rng = np.random.default_rng(4)
    month = dates("2025-11-01", "2025-12-01", 30)
    late = pd.Timestamp("2025-11-01") - pd.to_timedelta(rng.exponential(120, 100), unit="D")
    both = pd.concat([month, pd.DataFrame({"occurred_from": late})], ignore_index=True)
    found = coverage.measure(both)
    assert abs(found.start - pd.Timestamp("2025-11-01")) <= pd.Timedelta(days=2)
    assert compared(both, Period("2025-11-01", "2025-12-01")) == set()


def test_the_first_report_tells_when_registration_began():
    """Late reports of four in ten of what happened then: seen by the day of report."""
    rng = np.random.default_rng(5)
    month = dates("2025-11-01", "2025-12-01", 5)
    late = dates("2025-06-01", "2025-11-01", 2)
    both = pd.concat([month, late], ignore_index=True)
    heard = both["occurred_from"] + pd.to_timedelta(rng.exponential(2, len(both)), unit="D")
    begin = pd.Timestamp("2025-11-01")
    both["reported_at"] = heard.where(heard >= begin, begin + pd.to_timedelta(
        rng.uniform(0, 29, len(both)), unit="D"))  # fmt: skip
    assert coverage.measure(both).start == begin


def test_a_stray_date_long_ago_is_no_coverage():
    """A typing error in one year."""
    one = pd.DataFrame({"occurred_from": [pd.Timestamp("2005-09-03 12:00")]})
    both = pd.concat([dates("2025-08-01", "2025-12-01", 2), one], ignore_index=True)
    assert compared(both, QUARTER) == set()


def test_monthly_exports_make_one_series():
    """Twelve files that follow each other."""
    parts = [
        dates(month, month + pd.DateOffset(months=1), 4, rng=k, source=f"{k}.csv", category="A20")
        for k, month in enumerate(pd.date_range("2024-09-01", periods=15, freq="MS"))
    ]
    given = pd.concat(parts, ignore_index=True)
    assert len(coverage.measure(given).streams) == 1
    assert compared(given, QUARTER) == {"previous", "last_year"}


def test_every_file_beside_another_must_cover_a_period():
    """Nuisance is delivered since June only: the total of spring is no total."""
    crime = dates("2024-01-01", "2025-12-01", 4, source="misdrijven.csv", category="A20")
    nuisance = dates("2025-06-01", "2025-12-01", 4, rng=1, source="overlast.csv", category="E35")
    both = pd.concat([crime, nuisance], ignore_index=True)
    assert compared(both, QUARTER) == {"previous"}
    mine = both["source"].eq("misdrijven.csv")
    found = coverage.measure(both, used=mine)
    assert set(history.comparable(QUARTER, found)[0]) == {"previous", "last_year"}


def test_dates_without_clock_count_as_whole_days():
    """The last day is covered to its end, the first from its start."""
    days = dates("2024-01-01", "2025-12-01", 3)
    days["occurred_from"] = days["occurred_from"].dt.normalize()
    found = coverage.measure(days)
    assert found.grain == "day"
    assert found.covers(QUARTER)


def test_months_are_compared_in_whole_months_only():
    """Of what is known by month, three months against three; never four weeks."""
    found = coverage.measure(months("2025-01-01", 11, 40))
    assert found.grain == "month"
    assert set(history.comparable(QUARTER, found)[0]) == {"previous"}
    assert found.lack(Period("2025-09-08", "2025-10-06")).code == "part_of_month"
    assert not found.covers(Period("2025-10-01", "2026-01-01"))


def test_a_fresh_monthly_export_of_months_is_compared_with_nothing():
    """One month of police.uk."""
    assert compared(months("2016-07-01", 1, 938), Period("2016-07-01", "2016-08-01")) == set()


def test_firsts_of_months_without_an_interval_are_months():
    """Dates that were all put on the first; a few of one day are not."""
    bare = months("2025-01-01", 6, 20).drop(columns="occurred_to")
    assert coverage.grain(bare) == "month"
    assert coverage.grain(bare.iloc[:5]) == "day"


def test_weeks_are_compared_in_whole_weeks_only():
    """Counts that begin on Mondays."""
    monday = pd.date_range("2025-01-06", periods=40, freq="7D").repeat(9)
    given = pd.DataFrame({"occurred_from": monday, "occurred_to": monday + pd.Timedelta(days=7)})
    found = coverage.measure(given)
    assert found.grain == "week"
    assert found.covers(Period("2025-02-03", "2025-03-03"))
    assert found.lack(Period("2025-02-01", "2025-03-01")).code == "part_of_week"


@pytest.mark.parametrize(
    "needs_days",
    [
        lambda given: repeats.knox(given, space_bands=[0, 100], time_bands=[0, 7]),
        lambda given: repeats.near_repeats(given, distance=100, days=7),
        lambda given: repeats.alert_windows(
            given, distance=100, days=7, reference_date="2025-06-30"
        ),
        lambda given: times.trend(given, period=QUARTER, step="week"),
        lambda given: times.trend(given, period=QUARTER, step="day"),
        lambda given: times.aoristic(given, by="hour_weekday"),
    ],
)
def test_what_needs_days_refuses_months(needs_days):
    """All of a month would be on its first day."""
    import geopandas as gpd

    given = months("2025-01-01", 11, 10)
    given = gpd.GeoDataFrame(
        given, geometry=gpd.points_from_xy(np.arange(110), np.zeros(110)), crs=28992
    )
    with pytest.raises(ContractError, match="month only"):
        needs_days(given)


def test_months_are_counted_by_month():
    """What does not need days goes on."""
    given = months("2025-01-01", 11, 10)
    assert times.trend(given, period=QUARTER, step="month")["n"].tolist() == [10, 10, 10]
    assert times.aoristic(given, by="month")["weight"].sum() == pytest.approx(110)


def test_nothing_covers_nothing():
    """No rows, or no times."""
    empty = pd.DataFrame({"occurred_from": pd.to_datetime([])})
    assert coverage.measure(empty).lack(QUARTER).code == "begins_later"
    one = pd.DataFrame({"occurred_from": pd.to_datetime(["2025-10-01 12:00"])})
    assert not coverage.measure(one).covers(QUARTER)


def test_real_files_cover_what_they_were_made_for(shared):
    """Years of Vancouver and Twente, months of Lancashire."""
    fires = pd.read_csv(
        shared / "nl_twente_schoorsteenbranden" / "twente_schoorsteenbranden_2004_2020.csv",
        usecols=["datum"], parse_dates=["datum"],
    ).rename(columns={"datum": "occurred_from"})  # fmt: skip
    found = coverage.measure(fires)
    assert found.covers(Period("2004-01-01", "2021-01-01"))
    five_years = Period("2016-01-01", "2021-01-01")
    assert set(history.comparable(five_years, found)[0]) == {"previous"}
    assert history.earlier(five_years)["previous"].end == five_years.start
    thefts = pd.read_csv(shared / "ca_vancouver_thefts_2020" / "vancouver_thefts.csv.gz")
    parts = {name.lower(): thefts[name] for name in ("YEAR", "MONTH", "DAY", "HOUR", "MINUTE")}
    found = coverage.measure(pd.DataFrame({"occurred_from": pd.to_datetime(parts)}))
    assert found.covers(Period("2020-01-01", "2021-01-01"))
    nuisance = pd.read_csv(
        shared / "uk_lancashire_asb_2022" / "lancashire_asb.tab.gz", sep="\t", usecols=["month"],
        parse_dates=["month"],
    ).rename(columns={"month": "occurred_from"})  # fmt: skip
    found = coverage.measure(nuisance)
    assert found.grain == "month"
    assert found.covers(Period("2022-01-01", "2023-01-01"))
