"""Long columns are read by compiled loops: to the same result as short ones, to the letter."""

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ipgtools as ipg
from ipgtools import _arrow, _kernels_text
from ipgtools.errors import ReadError
from ipgtools.io.files import csv_tables
from ipgtools.io.parse import dates, numbers, text_values
from ipgtools.io.parse.dates import date_formats

HEADER = "incident_id;Incidentsoort code;begin;eind;x;y;Poging;straat"
WRITTEN = [
    "01-09-2025 10:00", "13-02-2024 23:59", "29-02-2024 00:00", "29-02-2025 10:00",
    "31-12-1999 24:00", "31-04-2025 10:00", "1-9-2025 9:05", "01-09-25 10:00", " 01-09-2025 10:00 ",
    "01-09-2025", "01-09-2025 10:00:30", "01-09-2025 10:60", "01-09-2025 24:01", "00-01-2025 10:00",
    "01-13-2025 10:00", "2025-09-01 10:00", "2025-09-01T10:00", "01/09/2025 10:00", "", "  ",
    "NULL", "gisteren", "01-09-2025T10:00", "01-09-2025  10:00", "10:00", "01-09-1066 10:00",
    "01-09-9999 10:00", "01-09-2025 10:00 uur", "٠١-٠٩-٢٠٢٥ ١٠:٠٠", "\u00a001-09-2025 10:00",
]  # fmt: skip
NUMBERS = [
    "258000", "258000.5", "258000,25", " 258000", "-1", "+258000", "258.000", "258.000,5", "0", "",
    "2.58e5", "1,2,3", ".", "-", "5.", ".5", "00258000", "123456789012345678", "0,1", "inf", "NaN",
    "258000 ", "٢٥", "x", "0x1F", "1_000", "258000.123456789",
]  # fmt: skip


def slow(monkeypatch: pytest.MonkeyPatch, *, really: bool) -> None:
    """Take every column for short, or for long."""
    monkeypatch.setattr(_arrow, "MANY", 10**9 if really else 0)


def both(monkeypatch: pytest.MonkeyPatch, read):
    """Do something the slow and the fast way; an error is a result."""
    results = []
    for really in (True, False):
        slow(monkeypatch, really=really)
        try:
            results.append(read())
        except ReadError as error:
            results.append((error.code, str(error)))
    return results


SETTINGS = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@SETTINGS
@given(
    usual=st.sampled_from(
        [WRITTEN[0], "2025-09-13 10:00:00", "13/02/2025", "20250913", "2025-09"]
    ),
    odd=st.lists(st.sampled_from(WRITTEN), max_size=30),
    many=st.integers(0, 200),
)  # fmt: skip
def test_times_of_all_sorts_in_one_column(monkeypatch, usual, odd, many) -> None:
    column = pd.Series([usual] * many + odd + [None], name="begin").astype("str")
    expected, found = both(monkeypatch, lambda: dates.parse(column, source="a.csv"))
    if isinstance(expected[0], str):
        assert found == expected
    else:
        pd.testing.assert_series_equal(found[0], expected[0])
        pd.testing.assert_series_equal(found[1], expected[1])


@pytest.mark.parametrize("notation", date_formats._FORMATS)
def test_every_notation_on_every_day_of_four_centuries(monkeypatch, notation: str) -> None:
    """As Python's own calendar has it, where the notation can tell."""
    days = np.arange(np.datetime64("1800-01-01"), np.datetime64("2150-01-01"), 11)
    seconds = (days.astype("datetime64[s]") + np.arange(len(days)) * 3677 % 86_400).tolist()
    text = pd.Series([moment.strftime(notation) for moment in seconds]).astype("str")
    slow(monkeypatch, really=False)
    if "%y" in notation:
        pytest.skip("two digits are no century")
    expected = [dt.datetime.strptime(value, notation) for value in text]
    assert date_formats.parse_format(text, notation).tolist() == [
        pd.Timestamp(one) for one in expected
    ]


@SETTINGS
@given(
    values=st.lists(
        st.sampled_from(NUMBERS)
        | st.floats(-1e6, 1e6).map(repr)
        | st.decimals(-(10**6), 10**6, places=3).map(str),
        min_size=1,
    ),
    thousands=st.booleans(),
)
def test_numbers_of_all_sorts_in_one_column(monkeypatch, values, thousands) -> None:
    column = pd.Series(values).astype("str")
    slow(monkeypatch, really=False)
    found = numbers.numbers(column, thousands=thousands)
    each = [
        numbers._numbers(column.iloc[[at]], thousands=thousands)[0] for at in range(len(column))
    ]
    assert np.array_equal(found, each, equal_nan=True)


def test_a_number_is_the_nearest_float(monkeypatch) -> None:
    slow(monkeypatch, really=False)
    rng = np.random.default_rng(1)
    values = [f"{rng.integers(0, 10**9)},{rng.integers(0, 10**6):06d}" for _ in range(5000)]
    expected = [float(value.replace(",", ".")) for value in values]
    assert numbers.numbers(pd.Series(values).astype("str")).tolist() == expected


@SETTINGS
@given(values=st.lists(st.sampled_from(["a", "b", "aa", "", "é", None]) | st.text(), max_size=40))
def test_values_that_stood_before_are_found_as_pandas_finds_them(monkeypatch, values) -> None:
    slow(monkeypatch, really=False)
    column = pd.Series(values, dtype="str")
    assert _arrow.repeated(column).tolist() == column.duplicated().tolist()


@SETTINGS
@given(values=st.lists(st.tuples(st.sampled_from(["a", "b", "c", None]), st.booleans())))
def test_only_chosen_rows_count_as_having_stood_before(monkeypatch, values) -> None:
    column = pd.Series([value for value, _ in values], dtype="str")
    rows = np.array([chosen for _, chosen in values], dtype=bool)
    expected, found = both(monkeypatch, lambda: _arrow.repeated(column, rows))
    assert found.tolist() == expected.tolist()
    assert found[rows].tolist() == column[rows].duplicated().tolist()
    assert not found[~rows].any()


@SETTINGS
@given(values=st.lists(st.sampled_from(["a", "a b", "é", "a\u00a0", " a", "a\t", "", "NA", None])))
def test_a_column_without_white_space_around_its_values_stays_as_it_is(monkeypatch, values) -> None:
    column = pd.Series(values, dtype="str")
    expected, found = both(monkeypatch, lambda: text_values.text(column))
    pd.testing.assert_series_equal(found, expected)


def test_texts_that_share_a_mark_are_still_told_apart(monkeypatch) -> None:
    """Marks are a shortcut, no proof: here all of them are the same."""
    slow(monkeypatch, really=False)
    monkeypatch.setattr(_kernels_text, "marks", lambda *given: given[-1].fill(7))
    column = pd.Series(["a", "b", "a", "c"]).astype("str")
    assert _arrow.repeated(column).tolist() == [False, False, True, False]


def test_the_parts_of_a_column_are_its_values() -> None:
    """Also of a column that is a part of another, in several pieces."""
    whole = pd.concat([pd.Series(["een", None, "drie"]), pd.Series(["é", ""])]).astype("str")
    column = whole.iloc[1:]
    found = []
    for _, offsets, data, valid in _arrow.buffers(column):
        for at in range(len(offsets) - 1):
            there = not len(valid) or valid[at]
            found.append(bytes(data[offsets[at] : offsets[at + 1]]).decode() if there else None)
    assert found == [None, "drie", "é", ""]


@settings(SETTINGS, max_examples=SETTINGS.max_examples // 2)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["P1", "P2", " P2", "", "é"]),
            st.sampled_from(WRITTEN),
            st.sampled_from(WRITTEN),
            st.sampled_from(NUMBERS),
            st.sampled_from(["471000", "0", "258000", "52,2", ""]),
            st.sampled_from(["J", "nee", "", "?"]),
        ),
        max_size=20,
    )
)
def test_a_whole_file_gives_the_same_table_and_the_same_report(
    monkeypatch, tmp_path: Path, rows
) -> None:
    path = tmp_path / "a.csv"
    good = [f"G{n};a20;13-02-2024 10:00;13-02-2024 11:00;258000,5;471000;J;Kerkstraat"
            for n in range(200)]  # fmt: skip
    odd = [f"{name};A20;{begin};{end};{x};{y};{attempt}; Dorpsweg "
           for name, begin, end, x, y, attempt in rows]  # fmt: skip
    path.write_text("\n".join([HEADER, *odd, *good]), encoding="utf-8")
    expected, found = both(monkeypatch, lambda: ipg.read_incidents(path))
    assert_geodataframe_equal(found[0], expected[0])
    pd.testing.assert_frame_equal(found[1].rejected, expected[1].rejected)
    assert found[1].notes == expected[1].notes
    assert found[1].details == expected[1].details


def test_a_row_longer_than_a_block_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    long = '"' + "regel\n" * 1_000_000 + '"'
    path.write_text(f"datum;x;y;zaak\n2025-09-01;258000;471000;{long}\n2025-09-02;258000;471000;\n")
    incidents, report = ipg.read_incidents(path, keep=["zaak"])
    assert report.n_used == 2
    assert incidents["zaak"].str.len().iloc[0] == 6_000_000


@pytest.mark.parametrize("long", [True, False])
def test_line_breaks_and_words_for_nothing_are_the_same_in_blocks_of_any_size(
    monkeypatch, tmp_path: Path, long: bool
) -> None:
    words = ["NA", "n", "NULL", '"N/A"', "NAN", "\\N", "", '""', "null", "nul", "#N/A", "x\ny"]
    fields = [f'"{word}"' if "\n" in word else word for word in words]
    lines = [f"{number};{fields[number % 12]};{fields[number * 5 % 12]}" for number in range(2000)]
    for number in (1500, 700):
        lines.insert(number, "regel;te;veel;velden")
    path = tmp_path / "a.csv"
    path.write_text("nummer;een;twee\n" + "\n".join(lines) + "\n1;2\n")
    monkeypatch.setattr(csv_tables, "_LONG", 0 if long else 10**9)
    for block in (200, 1_000, 7_777, 1 << 20):
        monkeypatch.setattr(csv_tables, "_BLOCK", block)
        rows, rejected = csv_tables.read(path, None)
        assert rows["nummer"].tolist() == [str(number) for number in range(2000)]
        for name, step in (("een", 1), ("twee", 5)):
            expected = [words[number * step % 12].strip('"') for number in range(2000)]
            expected = ["" if word in csv_tables._MISSING else word for word in expected]
            assert rows[name].fillna("").tolist() == expected
        assert rejected["source_row"].tolist() == [701, 1502, 2003]
        wide = "4 in plaats van 3: regel;te;veel;velden"
        assert rejected["found"].map(str).tolist() == [wide, wide, "2 in plaats van 3: 1;2"]
        assert rows.index.tolist() == [n for n in range(1, 2003) if n not in (701, 1502)]
