"""Aoristic weights, and counts per step of a period."""

import json

import numpy as np
import pandas as pd
import pytest

from ipgtools import times
from ipgtools.periods import Period

NEAR = pytest.approx


def table(*intervals: tuple[str | None, str | None]) -> pd.DataFrame:
    start, end = zip(*intervals, strict=True)
    return pd.DataFrame(
        {
            "occurred_from": pd.to_datetime(pd.Series(start, dtype="object"), format="mixed"),
            "occurred_to": pd.to_datetime(pd.Series(end, dtype="object"), format="mixed"),
        }
    )


def weights(*intervals: tuple[str | None, str | None], by: str = "hour") -> dict:
    """Give the weights that aren't zero, by their key."""
    found = times.aoristic(table(*intervals), by=by)
    keys = [name for name in found.columns if name != "weight"]
    found = found[found["weight"].abs() > 1e-12].set_index(keys)["weight"]
    return found.to_dict()


def random_intervals(n: int, seed: int, hours: float) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    start = pd.Timestamp("2024-11-01") + pd.to_timedelta(rng.integers(0, 200 * 86_400, n), unit="s")
    length = pd.to_timedelta(rng.exponential(hours * 3600, n).astype(int), unit="s")
    return pd.DataFrame({"occurred_from": start, "occurred_to": start + length})


def by_minute(incidents: pd.DataFrame) -> pd.DataFrame:
    """Spread intervals of whole minutes over the minutes they hold, one by one."""
    minutes = []
    for row in incidents.itertuples():
        each = pd.date_range(row.occurred_from, row.occurred_to, freq="min", inclusive="left")
        minutes.append(pd.DataFrame({"time": each, "weight": 1 / len(each)}))
    spread = pd.concat(minutes)
    return spread.assign(
        hour=spread["time"].dt.hour,
        weekday=spread["time"].dt.day_of_week,
        month=spread["time"].dt.month,
    )


# Intervals whose weights are known.


def test_half_past_eleven_to_half_past_twelve_is_half_and_half():
    """In hours, dagdelen, days and, at the end of a month, months."""
    night = ("2025-01-31 23:30", "2025-02-01 00:30")
    assert weights(night) == {0: 0.5, 23: 0.5}
    assert weights(night, by="daypart") == {"nacht": 0.5, "avond": 0.5}
    assert weights(night, by="weekday") == {4: 0.5, 5: 0.5}
    assert weights(night, by="hour_weekday") == {(4, 23): 0.5, (5, 0): 0.5}
    assert weights(night, by="month") == {1: 0.5, 2: 0.5}


@pytest.mark.parametrize(
    ("interval", "expected"),
    [
        (("2025-01-01 14:00", "2025-01-01 14:00"), {14: 1}),
        (("2025-01-01 14:10", "2025-01-01 14:50"), {14: 1}),
        (("2025-01-01 14:00", "2025-01-01 15:00"), {14: 1}),
        (("2025-01-01 14:45", "2025-01-01 16:15"),
         {14: NEAR(1 / 6), 15: NEAR(4 / 6), 16: NEAR(1 / 6)}),
        (("2025-01-01 23:59:59", "2025-01-02 00:00:00"), {23: 1}),
        (("2025-01-01 23:59:59", "2025-01-02 00:00:01"), {23: 0.5, 0: 0.5}),
        (("2025-01-01 00:00", "2025-01-01 00:00"), {0: 1}),
        (("2025-01-01 08:00", None), {8: 1}),
        (("2025-01-01 08:00", "2025-01-01 07:00"), {8: 1}),
        (("2025-01-01 00:00", "2025-01-02 00:00"), dict.fromkeys(range(24), NEAR(1 / 24))),
        (("2025-01-01 12:00", "2025-01-02 13:00"),
         dict.fromkeys(range(24), NEAR(1 / 25)) | {12: NEAR(2 / 25)}),
        (("2025-01-01 05:30", "2025-01-15 05:30"), dict.fromkeys(range(24), NEAR(1 / 24))),
    ],
    ids=["point", "within an hour", "whole hour", "across hours", "to midnight", "around midnight",
         "at midnight", "no end", "end before start", "whole day", "over a day", "two weeks"],
)  # fmt: skip
def test_an_interval_gives_each_hour_its_part(interval, expected):
    """Edge cases whose answer follows from the definition."""
    assert weights(interval) == expected


def test_a_long_interval_covers_every_weekday_by_its_time():
    """Eight days from Monday hold two Mondays."""
    found = weights(("2025-01-06", "2025-01-14"), by="weekday")
    assert found == {0: NEAR(2 / 8)} | dict.fromkeys(range(1, 7), NEAR(1 / 8))


def test_months_weigh_by_their_days():
    """1 January to 1 March 2025 holds 31 and 28 days; two years hold every month twice."""
    assert weights(("2025-01-01", "2025-03-01"), by="month") == {1: NEAR(31 / 59), 2: NEAR(28 / 59)}
    two_years = weights(("2025-01-01", "2027-01-01"), by="month")
    assert two_years[2] == NEAR(56 / 730)
    assert two_years[12] == NEAR(62 / 730)


def test_times_before_1970_fall_on_their_weekday():
    """31 December 1969 was a Wednesday."""
    assert weights(("1969-12-31 23:00", "1970-01-01 01:00"), by="hour_weekday") == {
        (2, 23): 0.5, (3, 0): 0.5}  # fmt: skip


def test_every_day_has_24_hours_by_the_wall_clock():
    """In the night the clock is set back, 1:00 to 4:00 is three hours in the export."""
    assert weights(("2025-10-26 01:00", "2025-10-26 04:00")) == dict.fromkeys(
        (1, 2, 3), NEAR(1 / 3)
    )


# Laws.


@pytest.mark.parametrize("by", ["hour", "weekday", "daypart", "hour_weekday", "month"])
@pytest.mark.parametrize("hours", [0.2, 12, 400])
def test_weights_add_up_to_the_incidents(by, hours):
    """To a thousand millionth, and none is negative."""
    found = times.aoristic(random_intervals(20_000, 1, hours), by=by)
    assert found["weight"].sum() == pytest.approx(20_000, abs=1e-9 * 20_000)
    assert (found["weight"] > -1e-9).all()
    assert (
        len(found) == {"hour": 24, "weekday": 7, "daypart": 4, "hour_weekday": 168, "month": 12}[by]
    )


def test_weights_equal_a_count_minute_by_minute():
    """Another way to the same numbers: every minute of every interval."""
    incidents = random_intervals(60, 2, 60)
    incidents["occurred_from"] = incidents["occurred_from"].dt.floor("min")
    incidents["occurred_to"] = incidents["occurred_to"].dt.ceil("min") + pd.Timedelta("1min")
    spread = by_minute(incidents)
    for by, keys in (
        ("hour", ["hour"]),
        ("hour_weekday", ["weekday", "hour"]),
        ("month", ["month"]),
    ):
        found = times.aoristic(incidents, by=by).set_index(keys)["weight"]
        expected = spread.groupby(keys)["weight"].sum().reindex(found.index, fill_value=0)
        np.testing.assert_allclose(found, expected, atol=1e-9)


def test_the_tables_agree_with_one_another():
    """Hours and weekdays are sums of the hours of the week, dagdelen of the hours."""
    incidents = random_intervals(500, 3, 30)
    week = times.aoristic(incidents, by="hour_weekday")["weight"].to_numpy().reshape(7, 24)
    hour = times.aoristic(incidents, by="hour")["weight"]
    np.testing.assert_allclose(hour, week.sum(axis=0))
    np.testing.assert_allclose(times.aoristic(incidents, by="weekday")["weight"], week.sum(axis=1))
    daypart = times.aoristic(incidents, by="daypart")["weight"]
    np.testing.assert_allclose(daypart, hour.to_numpy().reshape(4, 6).sum(axis=1))


def test_washington_burglaries_give_the_published_table(shared):
    """
    The table of Ratcliffe's package, to its three decimals.

    Its input holds UTC while the table is about New York time; and it spreads intervals
    longer than a week evenly over the week, which is put back here before comparing.
    """
    folder = shared / "us_dc_ny_burglary_aoristic"
    known = pd.read_csv(folder / "dcburgsum.csv").iloc[:, 1:].to_numpy().T
    given = pd.read_csv(folder / "dcburglaries.csv")
    local = pd.DataFrame()
    for ours, theirs in (("occurred_from", "StartDateTime"), ("occurred_to", "EndDateTime")):
        aware = pd.to_datetime(given[theirs], utc=True).dt.tz_convert("America/New_York")
        local[ours] = aware.dt.tz_localize(None)
    found = times.aoristic(local, by="hour_weekday", max_interval=pd.Timedelta(days=7))
    assert (found.attrs["n_too_long"], found.attrs["n_without_end"]) == (28, 37)
    ours = found["weight"].to_numpy().reshape(7, 24) + 28 / 168
    assert np.abs(ours - known).max() < 0.0005


# What is left out.


def test_incidents_without_a_start_are_left_out_and_counted():
    """Those without an end, or with one before the start, count whole at their start."""
    found = times.aoristic(
        table((None, "2025-01-01 10:00"), ("2025-01-01 10:00", None),
              ("2025-01-01 10:00", "2025-01-01 09:00"), (None, None))
    )  # fmt: skip
    attrs = found.attrs
    assert (attrs["n_used"], attrs["n_without_time"]) == (2, 2)
    assert (attrs["n_without_end"], attrs["n_reversed"]) == (1, 1)
    assert found["weight"].sum() == 2
    assert json.dumps(attrs)


def test_longest_leaves_out_only_what_is_longer():
    """Exactly a week still counts."""
    incidents = table(("2025-01-01", "2025-01-08"), ("2025-01-01", "2025-01-08 00:00:01"))
    assert times.aoristic(incidents).attrs["n_used"] == 2
    capped = times.aoristic(incidents, max_interval=pd.Timedelta(days=7))
    assert (capped.attrs["n_used"], capped.attrs["n_too_long"]) == (1, 1)
    assert capped["weight"].sum() == pytest.approx(1)


def test_a_table_with_starts_only_counts_each_at_its_hour():
    """As for sources that give one time."""
    incidents = pd.DataFrame({"occurred_from": pd.to_datetime(["2025-01-01 10:20"] * 3)})
    assert times.aoristic(incidents)["weight"].iloc[10] == 3


def test_any_unit_of_time_gives_the_same():
    """pandas may hold seconds, microseconds or nanoseconds."""
    incidents = random_intervals(50, 4, 10)
    one = times.aoristic(incidents.astype("datetime64[s]"))
    pd.testing.assert_frame_equal(one, times.aoristic(incidents.astype("datetime64[ns]")))


def test_no_incidents_give_a_complete_table_of_zeros():
    """Empty in, zeros out."""
    empty = table(("2025-01-01", None)).head(0)
    for by in ("hour", "month", "hour_weekday"):
        found = times.aoristic(empty, by=by)
        assert len(found)
        assert found["weight"].sum() == 0


def test_an_unknown_part_is_refused():
    """The message names the known ones."""
    with pytest.raises(ValueError, match="expected 'hour', 'weekday'"):
        times.aoristic(random_intervals(2, 1, 1), by="season")
    with pytest.raises(ValueError, match="expected 'day', 'week'"):
        times.trend(
            random_intervals(2, 1, 1), period=Period("2025-01-01", "2025-02-01"), step="year"
        )


# Trend.


def test_weeks_start_on_monday_and_tell_whether_they_are_complete():
    """1 September 2025 was a Monday, 10 September a Wednesday."""
    incidents = pd.DataFrame({"occurred_from": pd.to_datetime(
        ["2025-08-31", "2025-09-01", "2025-09-07 23:59", "2025-09-09", "2025-09-10", None],
        format="mixed")})  # fmt: skip
    found = times.trend(incidents, period=Period("2025-09-01", "2025-09-10"))
    assert found["start"].tolist() == [pd.Timestamp("2025-09-01"), pd.Timestamp("2025-09-08")]
    assert found["n"].tolist() == [2, 1]
    assert found["complete"].tolist() == [True, False]
    assert (found.attrs["n_used"], found.attrs["n_outside"], found.attrs["n_without_time"]) == (
        3,
        2,
        1,
    )


@pytest.mark.parametrize(("step", "n_steps"), [("day", 91), ("week", 13), ("month", 3)])
def test_steps_cover_the_period_without_gaps(step, n_steps):
    """Counts add up to the incidents in the period; steps follow each other."""
    incidents = random_intervals(2000, 5, 1)
    period = Period("2024-12-02", "2025-03-03")
    found = times.trend(incidents, period=period, step=step)
    assert found["n"].sum() == period.contains(incidents["occurred_from"]).sum()
    assert (found["end"].iloc[:-1].to_numpy() == found["start"].iloc[1:].to_numpy()).all()
    assert len(found) == n_steps + (step == "month")


def test_a_month_that_the_period_cuts_is_incomplete():
    """The middle one is whole."""
    nothing = table(("2025-01-01", None)).head(0)
    found = times.trend(nothing, period=Period("2025-01-15", "2025-03-15"), step="month")
    assert found["complete"].tolist() == [False, True, False]
    assert found["n"].tolist() == [0, 0, 0]
