"""Dates are read in one way wherever they are typed or passed, and periods are half-open."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from geopandas import GeoDataFrame, points_from_xy
from helpers import in_dutch

import ipgtools as ipg
from ipgtools import cases, cli, findings, offenders, periods, repeats
from ipgtools.errors import IpgError, SettingsError
from ipgtools.nl import errors

Period = ipg.Period
FIRST = pd.Timestamp("2025-09-01")


@pytest.mark.parametrize(
    "given",
    [
        "2025-09-01", "1-9-2025", "01-09-2025", " 1-9-2025 ", dt.date(2025, 9, 1),
        dt.datetime(2025, 9, 1, 13), np.datetime64("2025-09-01"), FIRST, "2025-09-01T23:59:59",
        "1-9-2025 9:05",
    ],
)  # fmt: skip
def test_a_day_is_iso_or_day_month_year(given) -> None:
    """The first of September is never the ninth of January."""
    assert periods.as_day(given) == FIRST


@pytest.mark.parametrize(
    "given",
    ["9/1/2025", "1.9.2025", "1-9-25", "2025-9-1", "1 september 2025", "", "september", "20250901",
     20250901, 2025.0, np.int64(2025), True, None, pd.NaT, dt.time(9)],
)  # fmt: skip
def test_anything_else_is_refused_with_the_way_to_write_it(given) -> None:
    """No order of day and month is guessed, and no number is taken for a time since 1970."""
    with pytest.raises(IpgError) as caught:
        periods.as_day(given, name="reference_date")
    text = in_dutch(caught)
    assert caught.value.code == "date_unreadable"
    assert "reference_date" in text
    assert "1-9-2025 (dag-maand-jaar)" in text


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("31-2-2025", "date_impossible"),
        ("1-9-2025 25:00", "date_impossible"),
        ("9-13-2025", "date_month"),
        ("2025-13-09", "date_month"),
        ("2025-09-01T10:00Z", "date_zone"),
        (pd.Timestamp("2025-09-01", tz="Europe/Amsterdam"), "date_zone"),
    ],
)
def test_a_date_that_cannot_be_is_refused_for_what_is_wrong_with_it(given, code) -> None:
    """Each fault has a message of its own."""
    with pytest.raises(SettingsError) as caught:
        periods.as_moment(given)
    assert caught.value.code == code
    assert errors.say(code, caught.value.facts)


def test_a_period_reads_dutch_dates() -> None:
    """Three months, not three days in January."""
    assert Period("1-9-2025", "1-12-2025") == Period("2025-09-01", "2025-12-01")
    assert Period("1-9-2025 14:30", "2-9-2025").start == pd.Timestamp("2025-09-01 14:30")


@pytest.mark.parametrize(
    ("made", "start", "end"),
    [
        (Period.month("2025-09"), "2025-09-01", "2025-10-01"),
        (Period.month("12-2025"), "2025-12-01", "2026-01-01"),
        (Period.quarter("2025-Q4"), "2025-10-01", "2026-01-01"),
        (Period.quarter("k1 2025"), "2025-01-01", "2025-04-01"),
        (Period.year(2024), "2024-01-01", "2025-01-01"),
        (Period.weeks(2, until="1-12-2025"), "2025-11-17", "2025-12-01"),
    ],
)
def test_calendar_periods_by_name(made, start, end) -> None:
    """A name stands for the whole of it, up to the first day after."""
    assert made == Period(start, end)


@pytest.mark.parametrize(
    ("make", "given"),
    [
        (Period.month, "2025-13"),
        (Period.month, "sept 2025"),
        (Period.quarter, "2025-Q5"),
        (Period.year, 25),
        (Period.year, "0000"),
        (lambda n: Period.weeks(n, until="2025-12-01"), 0),
        (lambda n: Period.weeks(n, until="2025-12-01"), 1.5),
    ],
)
def test_a_name_of_no_period_is_refused(make, given) -> None:
    """The message says how to write it."""
    with pytest.raises(SettingsError) as caught:
        make(given)
    assert in_dutch(caught)


def test_every_reference_date_is_read_day_first() -> None:
    """The same text is the same day in every function that takes one."""
    offences = pd.DataFrame(
        {"person": ["a"], "committed_on": [pd.Timestamp("2025-08-01")], "sent_to_om": [True]}
    )
    found = offenders.classify(offences, reference_date="1-9-2025")
    assert found.attrs["reference_date"] == "2025-09-01"
    with pytest.raises(SettingsError, match="reference_date"):
        offenders.classify(offences, reference_date="9/1/2025")
    points = GeoDataFrame(
        {"occurred_from": [pd.Timestamp("2025-08-30")]},
        geometry=points_from_xy([0], [0]),
        crs=28992,
    )
    window = repeats.alert_windows(points, distance=50, days=7, reference_date="1-9-2025")
    assert window["days_left"].tolist() == [4]


def test_the_former_name_of_a_reference_date_works_with_a_warning() -> None:
    """Code of before goes on, and says what to change."""
    table = pd.DataFrame(
        {"case_number": ["P"], "kind": "pga", "team": "a", "phase": "plan", "partner": ["x"],
         "action": "b", "due": [FIRST], "done": [False]}
    )  # fmt: skip
    with pytest.warns(DeprecationWarning, match="`on` of overview is now called `reference_date`"):
        assert cases.overview(table, on="2-9-2025").partners["n_overdue"].tolist() == [1]
    with pytest.raises(TypeError, match="former name"):
        findings.open_actions(table, table, on="2-9-2025", reference_date="2-9-2025")


@pytest.mark.parametrize("written", ["2025-09-01", '"2025-09-01"', '"1-9-2025"'])
def test_settings_take_dates_with_and_without_quotes(tmp_path, written) -> None:
    """A date between quotes is the same date."""
    path = tmp_path / "ipg.toml"
    path.write_text(
        f'[input]\nincidents = "a.csv"\nareas = "b.gpkg"\nschouw = ["s.docx"]\n'
        f"schouw_date = [{written}]\n"
        f'[period]\nstart = {written}\nend = "1-12-2025"\n[analysis]\nreference_date = {written}\n'
    )
    read = ipg.Settings.read(path)
    assert read.when == Period("2025-09-01", "2025-12-01")
    assert read.analysis.reference_date == dt.date(2025, 9, 1)
    assert read.input.schouw_date == [dt.date(2025, 9, 1)]


@pytest.mark.parametrize("written", ['"9/1/2025"', "20250901", '"31-2-2025"'])
def test_settings_name_the_date_that_is_wrong(tmp_path, written) -> None:
    """Not a time since 1970, and not the ninth month."""
    path = tmp_path / "ipg.toml"
    path.write_text(
        f'[input]\nincidents = "a.csv"\nareas = "b.gpkg"\n'
        f"[period]\nstart = {written}\nend = 2025-12-01\n"
    )
    with pytest.raises(SettingsError) as caught:
        ipg.Settings.read(path)
    text = in_dutch(caught)
    assert "period.start is geen datum" in text


def test_the_command_line_says_how_to_write_a_date(capsys) -> None:
    """What was typed, behind which option, and what to type."""
    assert cli.run(["audit", "--since", "9/1/2025"]) == 2
    said = capsys.readouterr().err
    assert "--since" in said
    assert "1-9-2025 (dag-maand-jaar)" in said
