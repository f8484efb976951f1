"""Times are read in the notations of systems and offices, and mean what their writers meant."""

from pathlib import Path

import pandas as pd
import pytest
from helpers import in_dutch, read_lines

import ipgtools as ipg
from ipgtools.errors import ReadError
from ipgtools.io import ReadReport
from ipgtools.io.parse import dates
from ipgtools.io.parse.dates import normalise
from ipgtools.nl.reading import REASONS


def read(folder: Path, header: str, *rows: str) -> tuple[pd.DataFrame, ReadReport]:
    """Read incidents that differ in their times only."""
    lines = [f"i{n};{row};258000;471000" for n, row in enumerate(rows)]
    return read_lines(folder, f"incidentnummer;{header};x;y", *lines)


@pytest.mark.parametrize(
    ("written", "begin"),
    [
        ("13-09-2025 14:30", "2025-09-13 14:30"),
        ("13-9-2025 9:05", "2025-09-13 09:05"),
        ("13/09/2025 14:30:15", "2025-09-13 14:30:15"),
        ("13/9/25 14:30", "2025-09-13 14:30"),
        ("13-09-25 14:30", "2025-09-13 14:30"),
        ("13.09.2025 14:30", "2025-09-13 14:30"),
        ("2025-09-13 14:30", "2025-09-13 14:30"),
        ("2025-09-13T14:30:15", "2025-09-13 14:30:15"),
        ("2025-09-13 14:30:15.000", "2025-09-13 14:30:15"),
        ("2025-09-13T14:30:15.123456", "2025-09-13 14:30:15"),
        ("2025-09-13T14:30:15+02:00", "2025-09-13 14:30:15"),
        ("2025-09-13T12:30:15Z", "2025-09-13 14:30:15"),
        ("20250913 1430", "2025-09-13 14:30"),
        ("09/13/2025 14:30", "2025-09-13 14:30"),
        ("09/13/2025 02:30 PM", "2025-09-13 14:30"),
        ("09/13/2025 02:30:15 PM", "2025-09-13 14:30:15"),
        ("45913,604166667", "2025-09-13 14:30"),
        ("45913.604166667", "2025-09-13 14:30"),
        ("13 sep 2025 14:30", "2025-09-13 14:30"),
        ("za 13 september 2025 om 14:30 uur", "2025-09-13 14:30"),
        ("zaterdag 13 sept. 2025, 14:30", "2025-09-13 14:30"),
        ("13-sep-25 14:30", "2025-09-13 14:30"),
        ("13-SEP-2025 14:30:15", "2025-09-13 14:30:15"),
        ("September 13, 2025 14:30", "2025-09-13 14:30"),
        ("3 mrt 2025 14.30", "2025-03-03 14:30"),
        ("1 mei 2025 24:00", "2025-05-02 00:00"),
        ("09-13-2025 14:30", "2025-09-13 14:30"),
        ("9-13-2025 2:30 PM", "2025-09-13 14:30"),
        ("13/09/2025 02:30 PM", "2025-09-13 14:30"),
        ("2025-09-13 2:30 PM", "2025-09-13 14:30"),
        ("13 september 2025 2:30 p.m.", "2025-09-13 14:30"),
        ("13-09-2025 12:05 AM", "2025-09-13 00:05"),
        ("za 13-09-2025, 14u30", "2025-09-13 14:30"),
        ("13.9.2025 14.30 uur", "2025-09-13 14:30"),
        ("13-9-'25 14:30", "2025-09-13 14:30"),
        ("13.09.25 14:30", "2025-09-13 14:30"),
        ("13/09/25 14:30:15", "2025-09-13 14:30:15"),
        ("13-09-2025T14:30", "2025-09-13 14:30"),
        ("3-9-2025 24.00", "2025-09-04 00:00"),
        ("13-SEP-25 02.30.00.000000000 PM", "2025-09-13 14:30"),
        ("2025-09-13 14:30:15+02", "2025-09-13 14:30:15"),
        ("2025-09-13 12:30:15 UTC", "2025-09-13 14:30:15"),
        ("13-09-2025 14:30:15 CEST", "2025-09-13 14:30:15"),
        ("Sat, 13 Sep 2025 08:30:15 -0400", "2025-09-13 14:30:15"),
        ("13092025 14:30", "2025-09-13 14:30"),
    ],
)
def test_each_notation_gives_its_time(tmp_path: Path, written: str, begin: str) -> None:
    incidents, report = read(tmp_path, "begin", written, written)
    assert report.n_used == 2
    assert incidents["occurred_from"].tolist() == [pd.Timestamp(begin)] * 2


@pytest.mark.parametrize("written", ["13 foo 2025", "31 februari 2025", "sep 2025 13 uur", "mei"])
def test_a_name_that_is_no_month_and_a_day_that_is_not_are_unreadable(written: str) -> None:
    column = pd.Series(["13 mei 2025"] * 19 + [written])
    parsed, unreadable = dates.parse(column, source="a.csv")
    assert unreadable.tolist() == [False] * 19 + [True]
    assert parsed[:19].eq(pd.Timestamp("2025-05-13")).all()


def test_a_day_among_hours_counts_until_midnight_and_is_said(tmp_path: Path) -> None:
    incidents, report = read(
        tmp_path, "begin;eind",
        "01-09-2025 10:00;01-09-2025",
        "02-09-2025;",
        "03-09-2025 00:00;",
        "04-09-2025;04-09-2025 08:00",
        "05-09-2025 10:00;05-09-2025 24:00",
        "06-09-2025 10:00;",
    )  # fmt: skip
    assert report.n_rejected == 0
    assert incidents["occurred_to"].astype("str").fillna("").tolist() == [
        "2025-09-02 00:00:00", "2025-09-03 00:00:00", "", "2025-09-04 08:00:00",
        "2025-09-06 00:00:00", "",
    ]  # fmt: skip
    assert any(
        note.startswith("Bij 2 incidenten staat een dag zonder uur") for note in report.notes
    )


def test_ends_that_are_all_days_behind_beginnings_with_hours_are_the_ends_of_days(
    tmp_path: Path,
) -> None:
    incidents, report = read(tmp_path, "begin;eind", *["01-09-2025 10:00;01-09-2025"] * 3)
    assert report.n_rejected == 0
    assert incidents["occurred_to"].eq(pd.Timestamp("2025-09-02")).all()


def test_two_digits_are_no_year_of_antiquity() -> None:
    written = pd.Series([*["01-09-25"] * 19, "01-09-0025"])
    parsed, unreadable = dates.parse(written, source="a.csv")
    assert parsed.dt.year[:19].eq(2025).all()
    assert unreadable.tolist() == [False] * 19 + [True]


def test_day_and_month_that_cannot_be_told_apart_are_an_error_with_two_rows(tmp_path: Path) -> None:
    """With and without a time of day in one column."""
    rows = [f"0{n}/02/2025" + (" 10:00" if n % 2 else "") for n in range(1, 9)]
    with pytest.raises(ReadError) as caught:
        read(tmp_path, "begin", *rows)
    assert caught.value.code == "dates_doubt"
    assert caught.value.facts["examples"] == "'01/02/2025 10:00', '02/02/2025'"


@pytest.mark.parametrize(
    ("telling", "months"), [("13/02/2025", [2, 2, 2]), ("02/13/2025", [1, 2, 2])]
)
def test_one_day_above_twelve_tells_for_times_with_and_without_hours(
    tmp_path: Path, telling: str, months: list[int]
) -> None:
    incidents, _ = read(tmp_path, "begin", "01/02/2025 10:00", "02/02/2025", telling)
    assert incidents["occurred_from"].dt.month.tolist() == months


def test_dates_of_a_sheet_and_text_dates_go_together(tmp_path: Path) -> None:
    """An .ods that passes through GDAL has both: real dates come year first."""
    mixed = [pd.Timestamp("2025-09-03 10:00"), "04-09-2025 11:00", "13-09-2025 12:00",
             pd.Timestamp("2025-09-05 13:00")]  # fmt: skip
    table = pd.DataFrame({"datum": pd.Series(mixed, dtype=object), "x": 258000, "y": 471000})
    for name, engine in (("a.ods", "odf"), ("a.xlsx", "openpyxl")):
        table.to_excel(tmp_path / name, index=False, engine=engine)
        incidents, report = ipg.read_incidents(tmp_path / name)
        assert report.n_rejected == 0
        assert incidents["occurred_from"].dt.day.tolist() == [3, 4, 13, 5]
        assert incidents["occurred_from"].dt.month.tolist() == [9] * 4


def test_dates_and_hours_in_pairs_of_columns(tmp_path: Path) -> None:
    header = "begindatum;begintijd;einddatum;eindtijd"
    incidents, _ = read(
        tmp_path, header, "01-09-2025;22:00;02-09-2025;06:30", "03-09-2025;23:00;03-09-2025;24:00"
    )
    assert incidents["occurred_from"].astype(str).tolist() == [
        "2025-09-01 22:00:00", "2025-09-03 23:00:00"
    ]  # fmt: skip
    assert incidents["occurred_to"].astype(str).tolist() == [
        "2025-09-02 06:30:00", "2025-09-04 00:00:00"
    ]  # fmt: skip


def test_twenty_four_hours_is_the_start_of_the_next_day(tmp_path: Path) -> None:
    incidents, _ = read(tmp_path, "begin;eind", "30-12-2025 23:00;31-12-2025 24:00",
                        "28-02-2024 24:00;01-03-2024 24:00:00")  # fmt: skip
    assert incidents["occurred_from"].astype(str).tolist() == [
        "2025-12-30 23:00:00", "2024-02-29 00:00:00"
    ]  # fmt: skip
    assert incidents["occurred_to"].astype(str).tolist() == ["2026-01-01", "2024-03-02"]


def test_a_missing_end_stays_missing_and_a_missing_begin_is_counted(tmp_path: Path) -> None:
    incidents, report = read(tmp_path, "begin;eind", "01-09-2025 10:00;", ";02-09-2025 10:00", ";")
    assert incidents["occurred_to"].isna().tolist() == [True, False, True]
    assert incidents["occurred_from"].isna().tolist() == [False, True, True]
    assert any(note.startswith("2 incidenten hebben geen begintijd") for note in report.notes)
    assert report.n_rejected == 0


def test_a_reversed_pair_is_rejected_with_what_stood_there(tmp_path: Path) -> None:
    _, report = read(tmp_path, "begin;eind", "02-09-2025 10:00;01-09-2025 10:00",
                     "02-09-2025 10:00;02-09-2025 10:00")  # fmt: skip
    assert report.rejected[["source_row", "found", "reason"]].values.tolist() == [
        [1, "01-09-2025 10:00", REASONS["time_reversed"]]
    ]


def test_last_days_count_as_a_whole_where_the_file_means_days(tmp_path: Path) -> None:
    """An incident from 1 to 1 September can't be over at midnight; then nor is one to the 3rd."""
    incidents, report = read(tmp_path, "begin;eind", "01-09-2025;01-09-2025",
                             "02-09-2025;03-09-2025")  # fmt: skip
    assert incidents["occurred_to"].dt.day.tolist() == [2, 4]
    assert any("van 2 incidenten telt de laatste dag helemaal mee" in one for one in report.notes)


def test_ends_at_midnight_stay_where_none_is_its_own_beginning(tmp_path: Path) -> None:
    """That is how intervals of a day are written by ourselves."""
    incidents, _ = read(tmp_path, "begin;eind", "01-09-2025;02-09-2025", "02-09-2025;04-09-2025")
    assert incidents["occurred_to"].dt.day.tolist() == [2, 4]


@pytest.mark.parametrize(
    ("header", "written"),
    [("month", "2024-02"), ("datum", "2024-02"), ("maand_jaar", "02-2024"),
     ("pleegmaand", "02-2024"), ("jaar;maand", "2024;2"), ("datum", "2-2024"), ("datum", "2/2024"),
     ("datum", "feb 2024"), ("maand", "februari 2024"), ("maand", "2024MM02"),
     ("jaarmaand", "202402"), ("jaar;maand", "2024,0;2,0"), ("jaar;maand", "2024;M02"),
     ("jaar;maand;dag", "2024;2;donderdag")],
)  # fmt: skip
def test_a_month_is_kept_as_the_whole_of_that_month(tmp_path, header: str, written: str) -> None:
    """Of 2024, so that February ends after its 29th day."""
    incidents, report = read(tmp_path, header, written, written)
    row = incidents.iloc[0]
    assert (row["occurred_from"], row["occurred_to"]) == (
        pd.Timestamp("2024-02-01"), pd.Timestamp("2024-03-01")
    )  # fmt: skip
    assert any("is alleen de maand bekend" in note for note in report.notes)


def test_nights_in_which_the_clock_changes_are_counted_in_the_details(tmp_path: Path) -> None:
    _, report = read(tmp_path, "begin;eind", "30-03-2025 02:30;30-03-2025 03:30",
                     "26-10-2025 02:50;26-10-2025 02:10", "26-10-2025 02:10;26-10-2025 04:00",
                     "01-09-2025 02:10;01-09-2025 04:00")  # fmt: skip
    counted = {name: n for name, n in report.details.items() if name.startswith("n_clock")}
    assert counted == {"n_clock_never": 1, "n_clock_twice": 2, "n_clock_widened": 1}


@pytest.mark.parametrize("clock", ["00:00", "00.00", "00u00", "0 uur", "12:00 AM", "00:00 uur"])
@pytest.mark.parametrize("day", ["15-09-2025", "15 sep 2025"])
def test_an_end_at_midnight_is_at_midnight_however_it_is_written(
    tmp_path: Path, day: str, clock: str
) -> None:
    """The day that begins then is no part of it."""
    incidents, _ = read(tmp_path, "begin;eind", f"13-09-2025 10:00;{day} {clock}")
    assert incidents["occurred_to"].tolist() == [pd.Timestamp("2025-09-15")]


def test_an_end_without_a_time_of_day_lasts_until_midnight(tmp_path: Path) -> None:
    """The row isn't lost because its end would lie before its beginning."""
    incidents, report = read(
        tmp_path,
        "begindatum;begintijd;einddatum;eindtijd",
        "13-09-2025;10:00;13-09-2025;",
        "13-09-2025;23:00;14-09-2025;01:00",
    )
    assert report.n_rejected == 0
    assert incidents["occurred_to"].astype(str).tolist()[0] == "2025-09-14 00:00:00"


def test_an_end_by_the_clock_is_on_the_day_or_the_next(tmp_path: Path) -> None:
    """One date with from and to: nothing is passed over."""
    incidents, report = read(
        tmp_path, "datum;tijd_van;tijd_tot", "13-09-2025;10:00;12:00", "13-09-2025;23:00;01:00"
    )
    ends = incidents["occurred_to"].astype(str).tolist()
    assert ends == ["2025-09-13 12:00:00", "2025-09-14 01:00:00"]
    assert any("de volgende dag" in note for note in report.notes)


def test_a_time_of_day_that_is_not_used_is_said(tmp_path: Path) -> None:
    """A date that has its hours already leaves the other column out."""
    _, report = read(tmp_path, "datum;tijd", "13-09-2025 08:00;10:30")
    assert any(note.startswith("Niet gebruikt voor de tijd: tijd") for note in report.notes)


@pytest.mark.parametrize(
    ("begin", "end"), [("13-09-2025", "2025-09-14"), ("2025-09", "2025-10-01")]
)
def test_an_empty_column_of_ends_is_as_none(tmp_path: Path, begin: str, end: str) -> None:
    """A day lasts a day and a month lasts a month, whether or not the export has the column."""
    incidents, _ = read(tmp_path, "begindatum;einddatum", f"{begin};", f"{begin};")
    assert incidents["occurred_to"].dt.date.astype(str).tolist() == [end, end]


def test_a_day_without_an_end_among_others_lasts_a_day(tmp_path: Path) -> None:
    """It isn't taken for midnight."""
    incidents, report = read(
        tmp_path, "begindatum;einddatum", "13-09-2025;", "14-09-2025;16-09-2025"
    )
    assert incidents["occurred_to"].dt.date.astype(str).tolist() == ["2025-09-14", "2025-09-16"]
    assert any("een dag zonder uur" in note for note in report.notes)


def test_months_as_beginning_and_end_are_whole_months(tmp_path: Path) -> None:
    """From September to September is all of September."""
    incidents, _ = read(tmp_path, "begindatum;einddatum", "2025-09;2025-09", "2025-09;")
    assert incidents["occurred_to"].dt.date.astype(str).tolist() == ["2025-10-01", "2025-10-01"]


def test_a_name_of_a_month_beside_a_year_is_read(tmp_path: Path) -> None:
    """Whole or in short."""
    incidents, _ = read(tmp_path, "jaar;maand", "2025;September", "2025;okt")
    assert incidents["occurred_from"].dt.month.tolist() == [9, 10]


@pytest.mark.parametrize("written", ["1756720800", "202511"])
def test_digits_of_another_length_are_no_date(tmp_path: Path, written: str) -> None:
    """Seconds since 1970 aren't the year 1756, and a month isn't its first of January."""
    with pytest.raises(ReadError, match="no dates"):
        read(tmp_path, "datum", written, written)


def test_years_of_two_digits_in_front_are_a_doubt(tmp_path: Path) -> None:
    """25-09-13 next to 25-09-14 isn't the 25th in 2013 and 2014."""
    with pytest.raises(ReadError, match="with the year") as raised:
        read(tmp_path, "datum", "25-09-13", "25-09-14", "25-10-01")
    assert raised.value.code == "dates_year"


def test_a_sheet_that_turned_half_of_its_dates_is_refused(tmp_path: Path) -> None:
    """Excel read 01/09/2025 as 9 January and left 13/09/2025 as text."""
    dates = [pd.Timestamp(2025, day, 9) if day < 13 else f"{day}/09/2025" for day in range(1, 25)]
    table = pd.DataFrame({"datum": dates, "x": 258_000, "y": 471_000})
    table.to_excel(tmp_path / "a.xlsx", index=False)
    with pytest.raises(ReadError, match="changed places") as raised:
        ipg.read_incidents(tmp_path / "a.xlsx")
    assert raised.value.code == "dates_half"


def test_text_among_dates_is_read_though_other_text_is_none(tmp_path: Path) -> None:
    """One word doesn't take the readable texts of a sheet with it."""
    dates = [pd.Timestamp(2025, 9, 13), "2025-09-16 10:30", "geen"]
    table = pd.DataFrame({"datum": dates, "x": 258_000, "y": 471_000})
    table.to_excel(tmp_path / "a.xlsx", index=False)
    incidents, report = ipg.read_incidents(tmp_path / "a.xlsx")
    assert (len(incidents), report.n_rejected) == (2, 1)


def test_a_repeated_header_among_empty_ends_is_one_row(tmp_path: Path) -> None:
    """It doesn't refuse the whole file."""
    rows = ["13-09-2025 10:30;"] * 40
    rows[20] = "begindatum;einddatum"
    incidents, report = read(tmp_path, "begindatum;einddatum", *rows)
    assert (len(incidents), report.n_rejected) == (39, 1)


def test_half_days_do_not_make_the_month_come_first(tmp_path: Path) -> None:
    """PM says nothing on the order of day and month: Britain writes 03/04 for 3 April."""
    with pytest.raises(ReadError) as raised:
        read(tmp_path, "begin", "03/04/2025 02:30 PM", "05/06/2025 03:30 AM")
    assert raised.value.code == "dates_doubt"


def test_another_column_tells_which_is_the_day(tmp_path: Path) -> None:
    """Of one export, which writes all its dates in one way."""
    incidents, _ = read(
        tmp_path, "begin;eind", "01/02/2025 10:00;13/02/2025 11:00", "03/02/2025 10:00;"
    )
    assert incidents["occurred_from"].dt.month.tolist() == [2, 2]


def test_columns_that_contradict_each_other_leave_the_doubt(tmp_path: Path) -> None:
    rows = ("01/02/2025;13/02/2025;02/13/2025", "03/02/2025;14/02/2025;02/14/2025")
    with pytest.raises(ReadError) as raised:
        read(tmp_path, "begin;eind;kennisname", *rows)
    assert raised.value.code == "dates_doubt"


def test_several_dates_with_the_month_before_the_dash_are_a_doubt(tmp_path: Path) -> None:
    """One is a slip of the pen in a Dutch file; three aren't."""
    days = [f"09-{day:02}-2025" for day in range(1, 13)] * 5
    _, report = read(tmp_path, "begin", *days, "09-13-2025")
    assert report.n_rejected == 1
    with pytest.raises(ReadError) as raised:
        read(tmp_path, "begin", *days, "09-13-2025", "09-14-2025", "09-15-2025")
    assert raised.value.code == "dates_doubt"


def test_words_for_nothing_known_are_a_missing_end(tmp_path: Path) -> None:
    words = ["onbekend", "N.v.t.", "-", "NULL", "heden"]
    incidents, report = read(
        tmp_path, "begin;eind", *[f"13-09-2025 10:00;{word}" for word in words],
        "13-09-2025 10:00;13-09-2025 11:00",
    )  # fmt: skip
    assert report.n_rejected == 0
    assert incidents["occurred_to"].notna().tolist() == [False] * 5 + [True]


def test_dates_that_stand_for_none_are_not_used_and_said(tmp_path: Path) -> None:
    incidents, report = read(
        tmp_path, "begin;eind", "13-09-2025 10:00;31-12-9999 00:00",
        "13-09-2025 10:00;01-01-1900 00:00", "13-09-2025 10:00;13-09-2025 11:00",
    )  # fmt: skip
    assert incidents["occurred_to"].notna().tolist() == [False, False, True]
    assert any(note.startswith("Niet gebruikt: 2 datums") for note in report.notes)


def test_times_with_a_zone_are_said_to_be_converted(tmp_path: Path) -> None:
    _, report = read(tmp_path, "begin", "2025-09-13T12:30:00Z")
    assert any(
        note.startswith("De tijden in begin vermelden een tijdzone") for note in report.notes
    )


@pytest.mark.parametrize(
    ("written", "begin"),
    [("2:30 PM", "14:30"), ("12.05 am", "00:05"), ("14 uur", "14:00"),
     ("30-12-1899 14:30:00", "14:30"), ("1899-12-30 14:30:00", "14:30")],
)  # fmt: skip
def test_each_time_of_day_is_added_to_its_date(tmp_path: Path, written: str, begin: str) -> None:
    incidents, _ = read(tmp_path, "datum;tijd", f"13-09-2025;{written}", "14-09-2025;9:15")
    assert incidents["occurred_from"][0] == pd.Timestamp(f"2025-09-13 {begin}")


def test_a_time_of_day_that_is_said_to_be_unknown_leaves_the_day(tmp_path: Path) -> None:
    incidents, report = read(tmp_path, "datum;tijd", "13-09-2025;14:30", "13-09-2025;onbekend")
    assert report.n_rejected == 0
    assert incidents["occurred_to"][1] == pd.Timestamp("2025-09-14")


@pytest.mark.parametrize("written", ["14", "14:00", "14-15", "14:00 - 15:00", "14,0", "14 uur"])
def test_an_hour_is_kept_as_the_whole_of_it(tmp_path: Path, written: str) -> None:
    incidents, _ = read(tmp_path, "datum;uur", f"13-09-2025;{written}")
    assert incidents[["occurred_from", "occurred_to"]].iloc[0].tolist() == [
        pd.Timestamp("2025-09-13 14:00"), pd.Timestamp("2025-09-13 15:00")
    ]  # fmt: skip


@pytest.mark.parametrize("header", ["datum;tijd", "datum;uur", "datum;tijd_van;tijd_tot"])
def test_a_column_without_times_of_day_refuses_the_file_and_loses_no_row(
    tmp_path: Path, header: str
) -> None:
    rows = ["13-09-2025;10:00;laat" if header.endswith("tot") else "13-09-2025;laat"] * 3
    with pytest.raises(ReadError) as raised:
        read(tmp_path, header, *rows)
    assert raised.value.code == "clock_unknown"


def test_examples_of_what_is_no_date_are_not_dates(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as raised:
        read(tmp_path, "begin", *["13-02-2025 10:00"] * 5, "30-02-2025 10:00", "vorige week")
    assert raised.value.facts["examples"] == "'30-02-2025 10:00', 'vorige week'"


def test_pairs_that_are_all_the_wrong_way_round_are_said_to_be_so(tmp_path: Path) -> None:
    _, report = read(tmp_path, "begin;eind", *["14-09-2025 10:00;13-09-2025 10:00"] * 6)
    assert report.n_rejected == 6
    assert any("Zijn de kolommen verwisseld" in note for note in report.notes)


def test_a_date_that_is_not_needed_can_be_left_out(tmp_path: Path) -> None:
    """The message says so, and it works."""
    rows = ["13-09-2025 10:00;01/02/2025"]
    with pytest.raises(ReadError) as raised:
        read(tmp_path, "begin;kennisname", *rows)
    assert 'reported_at = ""' in in_dutch(raised)
    incidents, _ = ipg.read_incidents(tmp_path / "incidenten.csv", columns={"reported_at": ""})
    assert len(incidents) == 1


@pytest.mark.parametrize("begin", ["1", "13-9-2025", "13-9-2025 14:00"])
def test_a_remark_among_dates_is_no_date_however_long(begin: str) -> None:
    """White space over and over doesn't make the reader look back over and over."""
    long = f"{begin}{' ' * 20_000}!"
    assert normalise.normalise_dates(pd.Series([long])).tolist() == [long]
