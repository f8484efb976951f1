"""The busiest hours of the week are named where chance seldom makes them, and only there."""

import time

import numpy as np
import pandas as pd
import pytest

from ipgtools import times
from ipgtools.times import _clock, _peak

MONDAY = pd.Timestamp("2025-09-01")
DRAWS = 99


def table(start, length=0.0) -> pd.DataFrame:
    """Make incidents of hours after a Monday, and of lengths in hours, to the minute."""
    start, length = np.broadcast_arrays(np.asarray(start, dtype=float), length)
    begin = MONDAY + pd.to_timedelta(np.floor(start * 60), unit="min")
    end = begin + pd.to_timedelta(np.round(length * 60), unit="min")
    return pd.DataFrame({"occurred_from": begin, "occurred_to": end})


def rounded(start, rng):
    """Put half of the times on the hour and most others on five minutes, as police files have."""
    drawn = rng.random(len(start))
    step = np.where(drawn < 0.5, 60, np.where(drawn < 0.94, 5, 1)) / 60
    return np.floor(start / step + 1e-9) * step


def uniform(rng, n, *, weeks=13, longest=0.0):
    return table(rounded(rng.uniform(0, weeks * 168, n), rng), rng.uniform(0, longest, n))


def bursts(rng, n, *, weeks=13, mean=2.5):
    """Draw series of one offender in one night, at a uniformly drawn moment."""
    sizes = rng.geometric(1 / mean, n)
    middle = np.repeat(rng.uniform(2, weeks * 168 - 2, n), sizes)[:n]
    return table(middle + rng.uniform(-2, 2, n))


def planted(rng, n, share, *, days=(4, 5), hours=(20, 27), weeks=13, longest=0.0):
    """Let hours of some weekdays hold a share of all incidents."""
    long = hours[1] - hours[0]
    even = len(days) * long / 168
    start = rng.uniform(0, weeks * 168, n)
    more = rng.random(n) < (share - even) / (1 - even)
    k = int(more.sum())
    evening = 168 * rng.integers(0, weeks, k) + 24 * rng.choice(days, k) + hours[0]
    start[more] = evening + rng.uniform(0, long, k)
    return table(rounded(start, rng), rng.uniform(0, longest, n))


def hours_of(window) -> set[int]:
    return {(24 * day + hour) % 168 for day in window.weekdays for hour in range(*window.hours)}


def overlap(window, days=(4, 5), hours=(20, 27)) -> float:
    """Give the hours in both windows as a share of those in either."""
    wanted = {(24 * day + hour) % 168 for day in days for hour in range(*hours)}
    return len(hours_of(window) & wanted) / len(hours_of(window) | wanted)


def named(make, seeds, **options) -> list[times.Peak]:
    """Give the peaks of data sets in which a window is significant."""
    found = [
        times.peak(make(np.random.default_rng(seed)), rng=seed, n_permutations=DRAWS, **options)
        for seed in seeds
    ]
    return [one for one in found if one.significant]


# Null: no hour is busier.


@pytest.mark.parametrize("longest", [0.0, 8.0], ids=["points", "intervals"])
@pytest.mark.parametrize("n", [30, 250])
def test_even_times_seldom_have_busy_hours(n, longest):
    """At most 5 %, and by chance up to 8 of 60."""
    assert len(named(lambda rng: uniform(rng, n, longest=longest), range(60))) <= 8


@pytest.mark.parametrize("n", [60, 250])
def test_series_in_one_night_are_no_busy_night_of_the_week(n):
    """Incidents that come two or three at a time are one event each, not a habit."""
    assert len(named(lambda rng: bursts(rng, n), range(60))) <= 8


@pytest.mark.calibrate
@pytest.mark.parametrize("n", [30, 60, 100, 250, 1000])
@pytest.mark.parametrize("kind", ["points", "intervals", "series of two", "series of three"])
def test_false_alarms_are_at_most_nominal(n, kind):
    """In 400 data sets: at most 5 %, give or take two standard errors."""
    make = {
        "points": lambda rng: uniform(rng, n),
        "intervals": lambda rng: uniform(rng, n, longest=8),
        "series of two": lambda rng: bursts(rng, n, mean=2),
        "series of three": lambda rng: bursts(rng, n, mean=3),
    }[kind]
    assert len(named(make, range(400))) <= 29


@pytest.mark.calibrate
def test_dealing_incidents_one_by_one_calls_series_busy():
    """Why days are dealt: the usual null finds busy hours in most data sets of mere series."""
    wrong = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        start = bursts(rng, 250)["occurred_from"]
        hours = np.sort((start - MONDAY).dt.total_seconds().to_numpy() / 3600)
        day = np.arange(len(hours)) * 7
        alone = _peak._Times(hours % 24 + 24 * day, np.zeros(len(hours)), day, 0)
        draws, expected = _peak._dealt(alone, DRAWS, rng)
        week = np.bincount(np.floor(hours).astype(int) % 168, minlength=168).astype(float)
        scores, window = _peak._scored(week, draws, expected, _peak._RUNS)
        found = _peak._measured(window, alone, week, expected, scores)
        wrong += found["p_value"] <= 0.05
    assert wrong > 40


def test_one_busy_night_is_no_pattern():
    """Forty incidents on one Friday night, sixty spread over thirteen weeks."""
    rng = np.random.default_rng(4)
    night = 4 * 24 + 21 + rng.uniform(0, 4, 40)
    found = times.peak(table(np.append(rng.uniform(0, 13 * 168, 60), night)), rng=1)
    assert not found.significant


def test_two_busy_nights_of_a_single_weekend_are_no_pattern():
    """One weekend can't show what weekends are like."""
    rng = np.random.default_rng(5)
    nights = rng.choice([4, 5], 60) * 24 + 20 + rng.uniform(0, 6, 60)
    assert not times.peak(table(nights), rng=1).significant


@pytest.mark.parametrize("n_days", [1, 3, 6])
def test_less_than_a_week_is_not_tested(n_days):
    """The hours are counted, without a p-value."""
    start = 24 * np.random.default_rng(5).integers(0, n_days, 100) + 20.5
    found = times.peak(table(start + np.arange(100) / 60), rng=1)
    assert np.isnan(found.p_value)
    assert not found.significant


def test_a_week_can_show_hours_but_no_weekdays():
    """Seven nights between 20 and 23 o'clock are a habit; of two Fridays nothing is known."""
    rng = np.random.default_rng(5)
    start = 24 * rng.integers(0, 7, 100) + 20 + rng.uniform(0, 3, 100)
    found = times.peak(table(start), rng=1)
    assert (found.weekdays, found.hours, found.n_days) == (tuple(range(7)), (20, 23), 7)
    assert found.significant


def test_weeks_that_differ_in_number_are_no_busy_days():
    """A month with three times as many incidents as the other two has no busy weekday."""
    busy_month = lambda rng: table(168 * rng.choice(13, 250, p=[0.15] * 4 + [0.4 / 9] * 9)  # noqa: E731
                                   + rng.uniform(0, 168, 250))  # fmt: skip
    assert len(named(busy_month, range(40))) <= 6


# Planted windows.


@pytest.mark.parametrize("longest", [0.0, 8.0], ids=["points", "intervals"])
def test_friday_and_saturday_night_is_found(longest):
    """19 % of 250 incidents in 8 % of the week, over midnight: found in most data sets, as that."""
    found = named(lambda rng: planted(rng, 250, 0.19, longest=longest), range(20))
    assert len(found) >= 16
    assert np.median([overlap(one) for one in found]) >= 0.5
    assert all(4 in one.weekdays or 5 in one.weekdays or 6 in one.weekdays for one in found)


def test_a_strong_window_is_given_by_its_days_and_hours():
    """Half of 200 incidents on Friday and Saturday, 20 to 3 o'clock."""
    found = times.peak(planted(np.random.default_rng(1), 200, 0.5), rng=1)
    assert found.weekdays == (4, 5)
    assert found.hours == (20, 27)
    assert found.p_value == pytest.approx(0.001)
    assert found.week_share == pytest.approx(14 / 168)
    assert found.expected == pytest.approx(200 * 14 / 168, rel=0.01)
    assert found.share == pytest.approx(found.observed / 200)


@pytest.mark.parametrize(
    ("days", "hours"),
    [((2,), (14, 18)), ((6, 0), (9, 13)), (tuple(range(7)), (18, 22)), ((0, 1, 2, 3, 4), (7, 9)),
     ((6,), (22, 26))],
    ids=["one day", "over the end of the week", "every day", "working days", "Sunday night"],
)  # fmt: skip
def test_windows_on_other_days_are_found(days, hours):
    """Whichever days in a row, also over midnight from Sunday to Monday."""
    found = times.peak(planted(np.random.default_rng(2), 300, 0.6, days=days, hours=hours), rng=1)
    assert found.significant
    assert overlap(found, days, hours) >= 0.7


def test_days_are_named_only_where_they_matter():
    """A town that is busy every evening has no busy Tuesdays, however the dice fall."""
    evenings = lambda rng: planted(rng, 300, 0.5, days=tuple(range(7)), hours=(17, 23))  # noqa: E731
    found = named(evenings, range(25))
    assert len(found) == 25
    assert sum(len(one.weekdays) < 7 for one in found) <= 4


@pytest.mark.calibrate
@pytest.mark.parametrize(("n", "share", "least"), [(250, 0.19, 0.8), (100, 0.3, 0.85)])
@pytest.mark.parametrize("longest", [0.0, 8.0], ids=["points", "intervals"])
def test_power(n, share, least, longest):
    """Of 200 data sets with a planted Friday and Saturday night."""
    found = named(lambda rng: planted(rng, n, share, longest=longest), range(200))
    assert len(found) >= least * 200


def test_weights_are_those_of_aoristic_analysis():
    """The window holds what the table of hours and weekdays holds in it."""
    incidents = planted(np.random.default_rng(3), 250, 0.3, longest=8)
    found = times.peak(incidents, rng=1)
    week = times.aoristic(incidents, by="hour_weekday")["weight"].to_numpy()
    assert found.observed == pytest.approx(week[sorted(hours_of(found))].sum())


def test_the_answer_depends_on_the_seed_only():
    """Neither on the order of the rows nor on chance."""
    incidents = planted(np.random.default_rng(6), 120, 0.25, longest=8)
    first = times.peak(incidents, rng=7)
    assert times.peak(incidents.iloc[::-1], rng=7) == first
    assert times.peak(incidents, rng=np.random.default_rng(7)) == first


# Input that says little.


def test_no_incidents_have_no_window():
    """An empty table gives no p-value, and nothing to name."""
    found = times.peak(table([]))
    assert found.weekdays == ()
    assert np.isnan(found.p_value)
    assert not found.significant
    assert found.week_share == 0


@pytest.mark.parametrize("length", [0.0, 1.5, 7.0])
def test_one_incident_is_no_pattern(length):
    """Whatever window it lies in."""
    found = times.peak(table([100.5], length), rng=1)
    assert found.n_used == 1
    assert not found.significant


def test_missing_times_are_counted():
    """A start that is missing leaves an incident out; an end that is missing doesn't."""
    incidents = uniform(np.random.default_rng(1), 50, longest=2)
    incidents.loc[:4, "occurred_from"] = pd.NaT
    incidents.loc[5:9, "occurred_to"] = pd.NaT
    found = times.peak(incidents, rng=1)
    assert found.n_used == 45
    assert found.n_without_time == 5
    assert times.peak(incidents[["occurred_from"]], rng=1).n_used == 45


def test_nothing_but_missing_times():
    """No error, and nothing used."""
    found = times.peak(pd.DataFrame({"occurred_from": pd.to_datetime([None, None])}))
    assert (found.n_used, found.n_without_time) == (0, 2)


def test_intervals_longer_than_a_week_are_left_out():
    """And shorter ones, if asked."""
    incidents = table([1.5, 30.2, 77.7, 100.3], [2, 40, 170.5, 400.2])
    found = times.peak(incidents, rng=1)
    assert (found.n_used, found.n_too_long) == (2, 2)
    found = times.peak(incidents, rng=1, max_interval=pd.Timedelta(hours=8))
    assert (found.n_used, found.n_too_long) == (1, 3)


def test_an_end_before_its_start_counts_at_its_start():
    """As in the table of hours."""
    incidents = table(np.arange(40) * 31.3)
    incidents["occurred_to"] -= pd.Timedelta(hours=3)
    assert times.peak(incidents, rng=1).n_used == 40


@pytest.mark.parametrize("start", ["2025-03-29 23:30", "2025-10-25 23:30"])
def test_nights_in_which_the_clock_changes(start):
    """Wall-clock times are used as they are written."""
    begin = pd.Series(pd.Timestamp(start) + pd.to_timedelta(range(0, 240, 4), unit="min"))
    end = begin + pd.Timedelta(hours=6)
    found = times.peak(pd.DataFrame({"occurred_from": begin, "occurred_to": end}), rng=1)
    assert found.n_used == 60
    assert not found.significant


def test_a_period_that_is_no_whole_number_of_weeks():
    """Ten even days have two Mondays and one Friday, which makes Mondays no busier."""
    short = lambda rng: table(rng.uniform(0, 240, 150))  # noqa: E731
    assert len(named(short, range(40))) <= 6


def test_a_thousand_incidents_take_less_than_a_second():
    """And a hundred thousand not much more: days are dealt, not incidents."""
    times.peak(uniform(np.random.default_rng(1), 50), rng=1, n_permutations=9)
    for n in (1_000, 100_000):
        incidents = uniform(np.random.default_rng(1), n, weeks=52, longest=8)
        before = time.process_time()
        times.peak(incidents, rng=1)
        assert time.process_time() - before < 2


# Clock times that are none.


def heaped(rng, n, share, at, *, seconds=0):
    """Let a share of even times stand at one minute of their day."""
    incidents = uniform(rng, n)
    odd = rng.random(n) < share
    days = incidents.loc[odd, "occurred_from"].dt.normalize()
    moved = days + pd.Timedelta(at) + pd.Timedelta(seconds, "s")
    incidents.loc[odd, "occurred_from"] = incidents.loc[odd, "occurred_to"] = moved
    return incidents, odd


@pytest.mark.parametrize("at", ["00:00:00", "12:00:00", "00:01:00", "23:59:00", "14:37:00"])
@pytest.mark.parametrize(("n", "share"), [(60, 0.35), (250, 0.15), (2000, 0.1)])
def test_a_heap_is_no_clock_time(at, n, share):
    """At midnight, noon or any other minute, though half of the times are whole hours."""
    incidents, odd = heaped(np.random.default_rng(1), n, share, at)
    known = times.clock_known(incidents)
    assert known.attrs["heaps"] == [at[:5]]
    assert not known[odd].any()
    assert known.attrs["n_heaped"] == (~known).sum()


def test_midnights_in_another_zone_are_two_heaps():
    """Days that were converted from UTC stand at 01:00 in winter and at 02:00 in summer."""
    rng = np.random.default_rng(1)
    days = pd.Series(pd.date_range("2025-01-01", "2025-12-31", freq="D", tz="UTC"))
    local = days.dt.tz_convert("Europe/Amsterdam").dt.tz_localize(None)
    even = uniform(rng, 1000, weeks=52)["occurred_from"]
    known = times.clock_known(pd.DataFrame({"occurred_from": pd.concat([local, even])}))
    assert known.attrs["heaps"] == ["01:00", "02:00"]


@pytest.mark.parametrize("at", ["00:00", "12:00", "17:43"])
def test_a_column_with_one_time_of_day_knows_days_only(at):
    """Whatever that time is, nothing is left to test."""
    begin = pd.date_range(f"2025-01-01 {at}", periods=90, freq="D")
    found = times.peak(pd.DataFrame({"occurred_from": begin}), rng=1)
    assert (found.n_used, found.n_heaped, found.heaps) == (0, 90, (at,))


def test_a_few_times_alike_are_no_heap():
    """Four incidents at 20:00 can be just that."""
    begin = pd.date_range("2025-01-01 20:00", periods=4, freq="D")
    assert times.clock_known(pd.DataFrame({"occurred_from": begin})).all()


def test_many_incidents_at_one_moment_are_no_heap():
    """Forty victims of one event are one date, however odd the minute."""
    incidents = uniform(np.random.default_rng(1), 200)
    incidents.loc[:39, "occurred_from"] = pd.Timestamp("2025-10-11 21:57")
    incidents["occurred_to"] = incidents["occurred_from"]
    assert times.clock_known(incidents).all()


@pytest.mark.parametrize("step", [1, 5, 15, 30, 60, 180])
@pytest.mark.parametrize("n", [40, 250, 2000])
def test_rounding_makes_no_heaps(step, n):
    """Files round to the minute, five minutes, a quarter, an hour or three; all at once, too."""
    rng = np.random.default_rng(3)
    start = rng.uniform(0, 13 * 168, n)
    assert times.clock_known(table(np.floor(start * 60 / step) * step / 60)).all()
    assert times.clock_known(table(rounded(start, rng))).all()


def test_a_busy_midnight_is_no_heap():
    """A town that goes out: 3 % at exactly 00:00, in the midst of a busy evening."""
    rng = np.random.default_rng(2)
    start = 24 * rng.integers(0, 91, 2000) + rng.triangular(8, 24, 32, 2000)
    incidents = table(rounded(start, rng))
    midnight = incidents["occurred_from"].dt.strftime("%H:%M") == "00:00"
    assert midnight.mean() > 0.03
    assert times.clock_known(incidents).all()


@pytest.mark.parametrize("hours", [24, 48, 720, 24 - 1 / 60], ids=str)
def test_whole_days_know_no_clock_time(hours):
    """What readers make of a date, of two dates and of a month, and 00:00 to 23:59."""
    known = times.clock_known(table(24.0 * np.arange(30), hours))
    assert not known.any()
    assert known.attrs["n_day_only"] == 30


@pytest.mark.parametrize("at", [1.0, 2.0], ids=["winter", "summer"])
def test_whole_days_in_another_zone_know_no_clock_time(at):
    """Days that were converted from UTC begin and end at 01:00 or 02:00."""
    assert not times.clock_known(table(24.0 * np.arange(30) + at, 24)).any()


def test_long_intervals_do_know_something():
    """Friday 17:30 to Monday 8:30, 0:00 to 7:00, and one from noon to noon are no whole days."""
    assert times.clock_known(table([113.5, 0.0, 36.0], [63.0, 7.0, 24.0])).all()


def test_intervals_from_a_heaped_minute_still_tell_the_hours():
    """ "Between 0:00 and 7:00" is an answer, also where 0:00 alone stands for "unknown"."""
    incidents, odd = heaped(np.random.default_rng(1), 300, 0.2, "00:00:00")
    nights = table(24.0 * np.arange(30), 7.0)
    known = times.clock_known(pd.concat([incidents, nights], ignore_index=True))
    assert known.iloc[300:].all()
    assert not known.iloc[:300][odd].any()


def test_a_heap_is_recognised_in_a_larger_table():
    """Twelve incidents of a wijk have too few; the whole file shows that midnight is no time."""
    everything, _ = heaped(np.random.default_rng(1), 2000, 0.2, "00:00:00")
    few = everything.iloc[:12]
    assert times.clock_known(few).all()
    known = times.clock_known(few, among=everything)
    assert known.attrs["n_heaped"] == (few["occurred_from"].dt.strftime("%H:%M") == "00:00").sum()
    assert times.peak(few, among=everything, rng=1).n_used == known.sum()


def test_the_index_is_that_of_the_incidents():
    """Also where it holds no numbers in order, and nothing is left out of the counts."""
    incidents = uniform(np.random.default_rng(1), 30).set_index(np.arange(60, 0, -2))
    incidents.loc[60, "occurred_from"] = pd.NaT
    known = times.clock_known(incidents)
    assert known.index.equals(incidents.index)
    assert known.attrs["n_without_time"] == 1
    assert known.dtype == bool


@pytest.mark.parametrize(("n", "share"), [(250, 0.05), (1000, 0.03), (1000, 0.2)])
def test_a_heap_makes_no_busy_hours(n, share):
    """Neither one that is recognised nor one too small for that."""
    found = named(lambda rng: heaped(rng, n, share, "00:00:00")[0], range(40))
    assert len(found) <= 8


def test_seconds_do_not_hide_a_heap():
    """00:00:30 stands at 00:00."""
    incidents, _ = heaped(np.random.default_rng(1), 250, 0.2, "00:00:00", seconds=30)
    assert times.clock_known(incidents).attrs["heaps"] == ["00:00"]


# Real files.


def vancouver(shared) -> pd.DataFrame:
    rows = pd.read_csv(shared / "ca_vancouver_thefts_2020" / "vancouver_thefts.csv.gz")
    parts = rows[["YEAR", "MONTH", "DAY", "HOUR", "MINUTE"]].rename(columns=str.lower)
    return rows.assign(occurred_from=pd.to_datetime(parts))


def test_days_of_real_fires_are_a_heap(shared):
    """Twente's list of fires has dates only."""
    rows = pd.read_csv(next((shared / "nl_twente_schoorsteenbranden").glob("*.csv")))
    rows["occurred_from"] = pd.to_datetime(rows["datum"])
    assert not times.clock_known(rows).any()


def test_midnights_of_shoplifting_are_a_heap(shared):
    """In Vancouver other thefts stand at 00:00 four times as often as shops at night explain."""
    rows = vancouver(shared)
    shops = rows[rows["TYPE"] == "Other Theft"]
    assert times.clock_known(shops).attrs["heaps"] == ["00:00"]


def test_real_robberies_have_no_heap(shared):
    """In Memphis 00:00 is the most frequent minute, of busy evenings."""
    rows = pd.read_csv(shared / "us_memphis_robberies_2019" / "memphis_robberies.csv")
    rows["occurred_from"] = pd.to_datetime(rows["date"])
    assert times.clock_known(rows).all()
    found = times.peak(rows, rng=1)
    assert found.significant
    assert 19 in range(*found.hours)
    assert len(found.weekdays) == 7


def test_chance_levels_are_stated_per_minute():
    """1,440 minutes are looked at; whole hours are few, the others many."""
    assert _clock._CHANCE_HOUR * 24 + _clock._CHANCE_OTHER * 1416 < 0.05
