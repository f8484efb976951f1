"""Periods that would leave a few days, and second definitions, are refused."""

import datetime as dt
import sqlite3
from dataclasses import replace

import pytest
from helpers import in_dutch
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from ipgtools.errors import IpgError, ReleaseError
from ipgtools.periods import Period
from ipgtools.privacy import release_calendar
from ipgtools.privacy.release_calendar import Terms

WIJK, BUURT, OTHER = "WK015301", "BU01530101", "BU01530202"
TERMS = Terms(source="bvh", profile="openbaar", division=2025, kinds=["A20", "B10"])
WEEKS = replace(TERMS, breaks="weeks", profile="partner")
ROLLING = replace(TERMS, rolling=True)
QUARTER = Period("2025-07-01", "2025-10-01")


@pytest.fixture
def register() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None)


def record(register, start: str, end: str, area: str = WIJK, terms: Terms = TERMS, **options):
    release_calendar.record(
        register, area, Period(start, end), terms, run="r", day="2025-12-01", **options
    )


def refused(register, start: str, end: str, area: str = WIJK, terms: Terms = TERMS, **options):
    """Give the error of a period that must be refused, which can be said in Dutch."""
    with pytest.raises(ReleaseError) as found:
        release_calendar.require(register, area, Period(start, end), terms, **options)
    said = in_dutch(found)
    assert "{" not in said
    return found.value, said


def allowed(register, start: str, end: str, area: str = WIJK, terms: Terms = TERMS, **options):
    release_calendar.require(register, area, Period(start, end), terms, **options)


def test_the_first_release_may_have_any_whole_months(register):
    allowed(register, "2025-09-01", "2025-12-01")
    allowed(register, "2024-01-01", "2026-01-01")


def test_a_period_of_a_few_days_is_refused_with_one_that_is_allowed(register):
    error, said = refused(register, "2025-09-03", "2025-12-01")
    assert error.code == "calendar_breaks"
    assert said == (
        "De periode 3 september t/m 30 november 2025 begint of eindigt niet op de eerste van een "
        "maand. Samen met andere uitgaven zou zij losse dagen verraden. Wel kan: 1 september t/m "
        "30 november 2025 of 1 oktober t/m 30 november 2025."
    )
    refused(register, "2025-09-01 06:00", "2025-12-01")


def test_weeks_begin_on_monday(register):
    allowed(register, "2025-12-01", "2025-12-08", terms=WEEKS)
    error, said = refused(register, "2025-12-02", "2025-12-09", terms=WEEKS)
    assert "een maandag" in said
    assert error.facts["allowed"][0] == "1 december t/m 7 december 2025"


def test_a_buurt_has_at_least_four_weeks(register):
    allowed(register, "2025-12-01", "2025-12-29", BUURT, WEEKS)
    error, said = refused(register, "2025-12-01", "2025-12-08", BUURT, WEEKS)
    assert error.code == "calendar_buurt"
    assert "28 dagen" in said


def test_a_period_that_is_not_over_is_refused(register):
    """Its number would change every day, and each change is a day."""
    until = dt.date(2025, 11, 29)
    error, said = refused(register, "2025-09-01", "2025-12-01", data_until=until)
    assert error.code == "calendar_unfinished"
    assert "29 november 2025" in said
    assert error.facts["allowed"][0].endswith("31 oktober 2025")
    allowed(register, "2025-09-01", "2025-12-01", data_until=dt.date(2025, 11, 30))


def test_the_same_period_may_always_be_repeated(register):
    record(register, "2025-07-01", "2025-10-01")
    for area in (WIJK, BUURT):
        allowed(register, "2025-07-01", "2025-10-01", area)
    record(register, "2025-07-01", "2025-10-01")
    assert len(release_calendar.released(register)) == 1


def test_periods_follow_each_other_or_lie_within_each_other(register):
    record(register, "2025-07-01", "2025-10-01")
    for start, end in [
        ("2025-10-01", "2026-01-01"), ("2025-04-01", "2025-07-01"), ("2025-08-01", "2025-09-01"),
        ("2025-01-01", "2026-01-01"), ("2025-07-01", "2025-12-01"), ("2024-07-01", "2024-10-01"),
    ]:  # fmt: skip
        allowed(register, start, end)
    error, said = refused(register, "2025-08-01", "2025-11-01")
    assert error.code == "calendar_overlap"
    assert said == (
        "De periode 1 augustus t/m 31 oktober 2025 overlapt voor een deel met 1 juli t/m 30 "
        "september 2025, waarover al cijfers uitgegeven zijn. Uit een reeks van zulke periodes is "
        "te berekenen wat er per maand of week gebeurde. Wel kan: 1 juli t/m 31 oktober 2025 of 1 "
        "augustus t/m 30 september 2025."
    )


def test_rolling_periods_can_be_allowed(register):
    record(register, "2025-07-01", "2025-10-01", terms=ROLLING)
    allowed(register, "2025-08-01", "2025-11-01", terms=ROLLING)


def test_what_is_allowed_is_allowed(register):
    """Each period that an error names passes."""
    record(register, "2025-07-01", "2025-10-01")
    record(register, "2024-01-01", "2025-01-01")
    for start, end in [("2025-08-01", "2025-11-01"), ("2024-11-15", "2025-02-15")]:
        with pytest.raises(ReleaseError) as found:
            allowed(register, start, end)
        named = [*_named(str(found.value))]
        assert len(named) == 2
        for period in named:
            release_calendar.require(register, WIJK, period, TERMS)


def _named(message: str):
    import re

    for start, end in re.findall(r"Period\('(\S+)', '(\S+)'\)", message.split("Allowed:")[1]):
        yield Period(start, end)


def test_a_second_calendar_is_refused_for_everyone(register):
    record(register, "2025-07-01", "2025-10-01")
    error, said = refused(register, "2025-10-06", "2025-11-03", terms=WEEKS)
    assert error.code == "calendar_second"
    assert said == (
        "Sinds 1 december 2025 gaan cijfers per maand naar buiten. Cijfers per week ernaast zouden "
        "losse dagen verraden. Kies een periode van hele maanden."
    )


def test_another_source_has_its_own_calendar(register):
    record(register, "2025-07-01", "2025-10-01")
    allowed(register, "2025-10-06", "2025-11-03", terms=replace(WEEKS, source="gms"))


# short pieces: these need periods that did not come from one calendar, as an older register may


def test_pieces_between_any_periods_are_found(register):
    """Two periods that share an end leave the difference of the others."""
    record(register, "2025-07-01", "2025-10-01")
    old = "UPDATE released_periods SET until = '2025-10-02T00:00:00'"
    register.execute(old)
    error, said = refused(register, "2025-07-01", "2025-10-01", BUURT)
    assert error.code == "calendar_short"
    assert error.facts["days"] == 1
    assert "het aantal van 1 oktober 2025: minder dan 28 dagen" in said


def test_a_chain_of_periods_is_seen_through(register):
    """July to October in two parts, and 2 October to January: together they give 1 October."""
    record(register, "2025-07-01", "2025-08-01", BUURT)
    record(register, "2025-08-01", "2025-10-01", BUURT)
    record(register, "2026-01-01", "2026-02-01", BUURT)
    moved = (
        "UPDATE released_periods SET first = '2025-10-02T00:00:00' WHERE first LIKE '2026-01-01%'"
    )
    register.execute(moved)
    error, _ = refused(register, "2025-07-01", "2026-02-01", BUURT)
    assert error.code == "calendar_short"
    assert error.facts["left"] == "1 oktober 2025"
    allowed(register, "2025-07-01", "2026-02-01", OTHER)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), min_size=1, max_size=6))
def test_months_never_leave_a_short_piece(periods: list[tuple[int, int]]):
    """Whatever was released, what can be computed is whole months, so 28 days or more."""
    import pandas as pd

    register = sqlite3.connect(":memory:", isolation_level=None)
    for first, length in periods:
        start = pd.Timestamp("2023-01-01") + pd.DateOffset(months=first)
        period = Period(start, start + pd.DateOffset(months=length))
        release_calendar.record(register, WIJK, period, ROLLING, run="r", day="2025-12-01")
    register.close()


# definitions


@pytest.mark.parametrize("area", ["mijn rondje", "BU0153", "POINT(1 1)", "PC7511"])
def test_an_area_drawn_freely_is_refused(register, area: str):
    error, said = refused(register, "2025-07-01", "2025-10-01", area)
    assert error.code == "calendar_area"
    assert "Kies een wijk of buurt" in said


def test_no_area_at_all_is_refused_with_where_to_name_one(register):
    error, said = refused(register, "2025-07-01", "2025-10-01", "")
    assert error.code == "calendar_no_area"
    assert "Noem onder [area] in ipg.toml een wijk of buurt" in said


def test_own_areas_that_the_profile_lists_are_allowed(register):
    teams = replace(TERMS, own_areas=["TEAM-NOORD"])
    allowed(register, "2025-07-01", "2025-10-01", "team-noord", teams)
    record(register, "2025-07-01", "2025-10-01", "TEAM-NOORD", teams)
    refused(register, "2025-08-01", "2025-11-01", BUURT, teams)


def test_areas_that_share_ground_share_periods_and_others_do_not(register):
    record(register, "2025-07-01", "2025-10-01", BUURT)
    refused(register, "2025-08-01", "2025-11-01", WIJK)
    refused(register, "2025-08-01", "2025-11-01", "GM0153")
    allowed(register, "2025-08-01", "2025-11-01", OTHER)


def test_another_border_under_the_same_code_is_refused(register):
    first, same, other = (
        release_calendar.outline_of(box(0, 0, 100, height)) for height in (100, 100.2, 120)
    )
    record(register, "2025-07-01", "2025-10-01", outline=first)
    allowed(register, "2025-10-01", "2026-01-01", outline=same)
    error, _ = refused(register, "2025-10-01", "2026-01-01", outline=other)
    assert error.code == "calendar_outline"


def test_a_new_division_does_not_count_the_same_time_again(register):
    record(register, "2025-07-01", "2025-10-01")
    new = replace(TERMS, division=2026)
    allowed(register, "2025-10-01", "2026-01-01", terms=new)
    error, said = refused(register, "2025-07-01", "2025-10-01", terms=new)
    assert error.code == "calendar_division"
    assert "de kaart van 2025" in said


def test_a_second_cell_size_is_refused(register):
    hundred = replace(TERMS, cell_size=100)
    record(register, "2025-07-01", "2025-10-01", terms=hundred)
    allowed(register, "2025-07-01", "2025-10-01")
    for size in (10, 125, 200):
        error, said = refused(
            register, "2025-07-01", "2025-10-01", terms=replace(TERMS, cell_size=size)
        )
        assert error.code == "calendar_cell_size"
        assert said.endswith("Zet cell_size in ipg.toml op 100.")


def test_cells_of_another_audience_fit_in_each_other(register):
    record(register, "2025-07-01", "2025-10-01", terms=replace(TERMS, cell_size=200))
    partner = replace(TERMS, profile="partner")
    allowed(register, "2025-07-01", "2025-10-01", terms=replace(partner, cell_size=100))
    refused(register, "2025-07-01", "2025-10-01", terms=replace(partner, cell_size=150))


def test_another_list_of_kinds_is_refused(register):
    record(register, "2025-07-01", "2025-10-01")
    allowed(register, "2025-10-01", "2026-01-01", terms=replace(TERMS, kinds=["b10", "A20"]))
    error, said = refused(register, "2025-10-01", "2026-01-01", terms=replace(TERMS, kinds=["A20"]))
    assert error.code == "calendar_kinds"
    assert "0 erbij en 1 eraf" in said
    allowed(
        register, "2025-10-01", "2026-01-01", terms=replace(TERMS, kinds=["A20"], profile="jeugd")
    )


def test_nothing_is_written_when_a_period_is_refused(register):
    record(register, "2025-07-01", "2025-10-01")
    with pytest.raises(ReleaseError):
        record(register, "2025-08-01", "2025-11-01")
    assert release_calendar.released(register)["start"].dt.strftime("%Y-%m-%d").tolist() == [
        "2025-07-01"
    ]
    names = release_calendar.settled(register)["name"].tolist()
    assert sorted(names) == ["calendar", "kinds"]


def test_an_empty_register_has_no_periods(register):
    assert release_calendar.released(register).empty
    assert release_calendar.settled(register).empty


def test_persons_are_counted_once_in_half_a_year(register):
    day, run = "2025-12-01", "r"
    first = dt.date(2025, 7, 1)
    release_calendar.record_persons(
        register, WIJK, first, ["jong", "oud"], source="hks", run=run, day=day
    )
    release_calendar.require_persons(register, WIJK, first, ["oud", "jong"], source="hks")
    release_calendar.require_persons(register, OTHER, dt.date(2026, 1, 1), ["jong"], source="hks")
    for reference, classes in [(dt.date(2025, 12, 1), ["jong", "oud"]), (first, ["jong"])]:
        with pytest.raises(IpgError) as found:
            release_calendar.require_persons(register, OTHER, reference, classes, source="hks")
        said = in_dutch(found)
        assert "vanaf 1 januari 2026" in said


def test_an_unknown_calendar_is_refused():
    with pytest.raises(ReleaseError, match="quarters"):
        replace(TERMS, breaks="quarters")


def test_an_allowed_period_is_found_quickly(register):
    import time

    for year in range(2020, 2026):
        for month in range(1, 12, 3):
            record(register, f"{year}-{month:02d}-01", f"{year}-{month + 2:02d}-01")
    start = time.process_time()
    refused(register, "2023-06-15", "2023-08-15")
    assert time.process_time() - start < 2
