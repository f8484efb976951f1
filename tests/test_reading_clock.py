"""The nights in which the clock is changed: 30 March and 26 October 2025."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from helpers import read_lines

from ipgtools.io.parse.dates import dst

HEADER = "incident_id;begin;eind;x;y"


def read(tmp_path: Path, *pairs: tuple[str, str], **options):
    """Read incidents with these begins and ends."""
    rows = [f"{n};{begin};{end};258000;471000" for n, (begin, end) in enumerate(pairs)]
    return read_lines(tmp_path, HEADER, *rows, **options)


def spans(incidents: pd.DataFrame) -> list[list[str]]:
    """Write the intervals."""
    return [
        [f"{end:%d-%m %H:%M}" for end in row]
        for row in incidents[["occurred_from", "occurred_to"]].itertuples(index=False)
    ]


def test_an_hour_that_does_not_exist_is_kept_as_written_and_counted(tmp_path: Path) -> None:
    pairs = [("30-03-2025 01:50", "30-03-2025 02:30"), ("30-03-2025 01:00", "30-03-2025 03:00")]
    incidents, report = read(tmp_path, *pairs)
    assert spans(incidents) == [["30-03 01:50", "30-03 02:30"], ["30-03 01:00", "30-03 03:00"]]
    assert [note for note in report.notes if note.startswith("De klok")] == [
        (
            "De klok ging een uur vooruit of terug: bij 1 incident staat een tijd die niet "
            "bestaat; zulke tijden blijven zoals ze in het bestand staan"
        )
    ]


def test_an_end_before_the_beginning_in_the_hour_that_ran_twice_is_no_fault(
    tmp_path: Path,
) -> None:
    """02:50 in summer time is before 02:10 in winter time."""
    incidents, report = read(
        tmp_path,
        ("26-10-2025 02:50", "26-10-2025 02:10"),
        ("26-10-2025 02:10", "26-10-2025 02:50"),
        ("26-10-2025 03:10", "26-10-2025 02:50"),
    )
    assert spans(incidents) == [["26-10 02:00", "26-10 03:00"], ["26-10 02:10", "26-10 02:50"]]
    assert report.rejected["source_row"].tolist() == [3]
    assert any("Bij 1 incident lag het einde daardoor voor het begin" in n for n in report.notes)


def test_the_same_times_in_another_night_are_reversed(tmp_path: Path) -> None:
    _, report = read(
        tmp_path,
        ("25-10-2025 02:50", "25-10-2025 02:10"),
        ("25-10-2025 02:10", "25-10-2025 02:50"),
    )
    assert report.rejected["source_row"].tolist() == [1]
    assert not any(note.startswith("De klok") for note in report.notes)


def test_times_with_a_zone_become_local_times_exactly(tmp_path: Path) -> None:
    """On both sides of both changes; half an hour around the end of summer time is no minus."""
    incidents, report = read(
        tmp_path,
        ("2025-03-30T00:59:00Z", "2025-03-30T01:01:00Z"),
        ("2025-10-25T23:59:00Z", "2025-10-26T01:01:00Z"),
        ("2025-10-26T00:45:00Z", "2025-10-26T01:15:00Z"),
        ("2025-10-26T02:45:00+02:00", "2025-10-26T02:15:00+01:00"),
    )
    assert spans(incidents) == [
        ["30-03 01:59", "30-03 03:01"],
        ["26-10 01:59", "26-10 02:01"],
        ["26-10 02:00", "26-10 03:00"],
        ["26-10 02:00", "26-10 03:00"],
    ]
    assert report.n_rejected == 0
    assert (incidents["occurred_to"] >= incidents["occurred_from"]).all()


def test_in_a_zone_without_summer_time_nothing_is_said(tmp_path: Path) -> None:
    pair = ("30-03-2025 02:30", "26-10-2025 02:30")
    _, report = read(tmp_path, pair, timezone="UTC")
    assert not any(note.startswith("De klok") for note in report.notes)


@pytest.mark.parametrize("year", [1985, 1996, 2000, 2024, 2025, 2038, 2060])
def test_the_changes_are_those_of_pandas(year: int) -> None:
    """Every quarter of an hour of a year, against `tz_localize`."""
    hours = pd.Series(pd.date_range(f"{year}-01-01", f"{year}-12-31 23:45", freq="15min"))
    zone = "Europe/Amsterdam"
    skipped, doubled = dst.dst_changes(zone, first=year, last=year)
    never = hours.dt.tz_localize(zone, nonexistent="NaT", ambiguous=[True] * len(hours)).isna()
    twice = hours.dt.tz_localize(zone, nonexistent="shift_forward", ambiguous="NaT").isna()
    assert dst.in_intervals(hours, skipped)[0].tolist() == np.flatnonzero(never).tolist()
    assert dst.in_intervals(hours, doubled)[0].tolist() == np.flatnonzero(twice).tolist()
    assert (never.sum(), twice.sum()) == (4, 4)
