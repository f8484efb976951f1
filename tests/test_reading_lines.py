"""Lines of text tables that are no rows yet: stray quotation marks, last fields left out."""

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ipgtools as ipg
from ipgtools.io.files import repair_rows as lines_
from ipgtools.nl.reading import REASONS

HEADER = "incidentnummer;mk;soort goed;datum;X;Y;kleur"


def row(number: int, goods: str = "fiets", colour: str = "rood") -> str:
    return f"PL{number};A72;{goods};13-09-2025 10:00;258000;471000;{colour}"


def read(path: Path, rows: list[str], encoding: str = "utf-8") -> "tuple":
    data = "\n".join([HEADER, *rows, ""]).encode(encoding)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return ipg.read_incidents(path)


GOODS = ["fiets", '"28 inch', '"goed"', '28" fiets', '"a; b"', '"']
COLOURS = ["rood", '"rood', '"rood en ""wit"""', 'rood"']


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(GOODS), st.sampled_from(COLOURS))
        | st.tuples(st.just("fiets"), st.sampled_from(['"rood\nwit"', '"x\n\ny"'])),
        min_size=1,
        max_size=12,
    )
)
def test_no_mark_swallows_a_row(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    """Wherever marks stand, each incident is used or rejected by itself."""
    rows = [("fiets", "rood")] * 12 + rows
    incidents, report = read(tmp_path / "a.csv", [row(n, *one) for n, one in enumerate(rows)])
    assert (len(incidents), report.n_read) == (len(rows), len(rows))


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz"])
def test_an_inch_sign_stays_in_its_value(tmp_path: Path, name: str, encoding: str) -> None:
    """It opens no quotation, though it stands where one would."""
    rows = [row(1), row(2, '"28 inch'), row(3), row(4, colour='"één'), row(5)]
    incidents, report = read(tmp_path / name, rows, encoding)
    assert incidents["soort goed"].tolist() == ["fiets", '"28 inch', "fiets", "fiets", "fiets"]
    assert incidents["kleur"].tolist() == ["rood", "rood", "rood", '"één', "rood"]
    assert any("In 2 rijen begint een waarde met een aanhalingsteken" in n for n in report.notes)


def test_a_mark_that_opens_the_rest_of_a_large_file_costs_no_row(tmp_path: Path) -> None:
    """The value would be longer than what is parsed at a time."""
    rows = [row(n, colour="x" * 400) for n in range(60_000)]
    rows[3] = row(3, colour='"' + "x" * 400)
    incidents, report = read(tmp_path / "a.csv", rows)
    assert (len(incidents), report.n_read) == (60_000, 60_000)


def test_line_breaks_between_marks_are_part_of_a_value(tmp_path: Path) -> None:
    """As before: nothing is mended where marks are around values."""
    rows = [row(1), row(2, colour='"rood\nen wit"'), row(3)]
    incidents, report = read(tmp_path / "a.csv", rows)
    assert incidents["kleur"].tolist() == ["rood", "rood\nen wit", "rood"]
    assert not any("aanhalingsteken" in note for note in report.notes)


def test_a_value_over_many_lines_is_handed_on_line_by_line() -> None:
    """The lines are the same ones, and none is held back."""
    lines = ['1;a;b;"begin\n', *(f"regel {n}\n" for n in range(1000)), 'eind"\n', "2;a;b;c\n"]
    assert list(lines_.repair(lines, ";", 4)) == [(line, "") for line in lines]


def test_lines_with_few_fields_are_left_alone() -> None:
    """Commas in a sentence are no separators of a row."""
    lines = ['1,2,"een\n', "twee, drie, vier\n", '"\n']
    assert not any(what for _, what in lines_.repair(lines, ",", 3))


SHORT = row(2).rpartition(";")[0]


def test_rows_without_separators_at_their_end_are_whole(tmp_path: Path) -> None:
    """Excel leaves them out in some blocks of rows, where the last columns are empty."""
    rows = (
        [row(n) for n in range(9)] + [row(n).rpartition(";")[0] for n in range(9, 30)] + [row(30)]
    )
    incidents, report = read(tmp_path / "a.csv", rows)
    assert (len(incidents), report.n_read) == (31, 31)
    assert incidents["kleur"].isna().sum() == 21
    assert any("In 21 rijen ontbreken de laatste velden" in note for note in report.notes)


@pytest.mark.parametrize(
    "short",
    [
        "PL9;A72;fiets;258000;471000;rood",  # the date in the middle is missing
        "PL9;A72;13-09-2025 10:00;258000;471000;rood",
        "Totaal;30",
        ";;;471000;13-09-2025",
    ],
)
def test_a_row_that_lacks_another_field_is_rejected(tmp_path: Path, short: str) -> None:
    """Its values would move to other columns."""
    incidents, report = read(tmp_path / "a.csv", [row(1), row(2), row(3), short, row(4)])
    assert len(incidents) == 4
    assert report.rejected["reason"].tolist() == [REASONS["columns"]]


def test_a_last_row_that_breaks_off_is_not_filled_up(tmp_path: Path) -> None:
    """The rest of the file didn't come in."""
    text = "\n".join([HEADER, *map(row, range(9)), SHORT])
    (tmp_path / "a.csv").write_text(text)
    _, report = ipg.read_incidents(tmp_path / "a.csv")
    assert report.rejected["reason"].tolist() == [REASONS["columns"]]
    assert any("de laatste rij is niet compleet" in note for note in report.notes)


def test_a_header_in_the_middle_is_said_to_be_one(tmp_path: Path) -> None:
    """Two exports were put behind each other, with the mark that a file of text begins with."""
    rows = [row(1), row(2), "\ufeff" + HEADER, row(3)]
    incidents, report = read(tmp_path / "a.csv", rows)
    assert len(incidents) == 3
    assert report.rejected["reason"].tolist() == [REASONS["header_again"]]


@pytest.mark.parametrize("title", ["Export basisteam", "Export basisteam;september 2025", ""])
def test_texts_over_lines_do_not_hide_a_header_below_a_title(tmp_path: Path, title: str) -> None:
    """Every row has a text of two lines with a separator in it: no line holds a whole row."""
    rows = [f'PL{at};A72;"bel; bij\ndeur";13-09-2025 10:00;258000;471000;rood' for at in range(9)]
    path = tmp_path / "a.csv"
    path.write_text("\n".join([title, "", HEADER, *rows, ""]), "utf-8")
    incidents, report = ipg.read_incidents(path)
    assert (report.n_read, len(incidents)) == (9, 9)
