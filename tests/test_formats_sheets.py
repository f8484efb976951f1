"""Sheets as people leave them: hidden, filtered, merged, with pivots beside; nothing is lost."""

import datetime as dt
import runpy
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

import ipgtools as ipg
from ipgtools import cli
from ipgtools.io.files import sheets, workbooks
from ipgtools.io.report import ReadReport

opendocument = runpy.run_path(str(Path(__file__).with_name("test_formats.py")))["opendocument"]
HEAD = ["incident_id", "datum", "x", "y", "soort"]


def row(n: int) -> list:
    """Make a row whose day and place tell its number."""
    return [f"P{n}", dt.datetime(2025, 9, 1 + n % 28, 10), 258000 + n, 471000, "A20"]


def book(
    path: Path,
    change: Callable[[openpyxl.Workbook, openpyxl.worksheet.worksheet.Worksheet], None],
    n: int = 12,
) -> Path:
    """Write good rows to a workbook, and change something in it."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "Blad1"
    for one in [HEAD, *map(row, range(n))]:
        sheet.append(one)
    change(made, sheet)
    made.save(path)
    return path


def notes(report: ReadReport) -> str:
    """Give all notes as one text."""
    return "\n".join(report.notes)


def test_rows_that_a_filter_hides_are_read_and_said(tmp_path: Path) -> None:
    def hide(_, sheet):
        sheet.auto_filter.ref = "A1:E13"
        for at in (3, 4, 9):
            sheet.row_dimensions[at].hidden = True

    _, report = ipg.read_incidents(book(tmp_path / "a.xlsx", hide))
    assert report.n_used == 12
    assert "Let op: 3 rijen zijn verborgen" in notes(report)


def test_hidden_rows_above_the_header_are_not_counted(tmp_path: Path) -> None:
    def hide(_, sheet):
        sheet.insert_rows(1, 3)
        sheet["A1"] = "Overzicht"
        sheet.row_dimensions[1].hidden = True

    _, report = ipg.read_incidents(book(tmp_path / "a.xlsx", hide))
    assert report.n_used == 12
    assert "verborgen" not in notes(report)


def test_a_hidden_sheet_is_said_and_read_by_its_name_only(tmp_path: Path, capsys) -> None:
    def hide(made, _):
        other = made.create_sheet("Oud")
        for one in [HEAD, *map(row, range(5))]:
            other.append(one)
        other.sheet_state = "hidden"

    path = book(tmp_path / "a.xlsx", hide)
    _, report = ipg.read_incidents(path)
    assert "Gelezen is Blad1; niet gelezen: Oud (verborgen)" in report.notes
    assert ipg.read_incidents(path / "Oud")[1].n_used == 5
    assert cli.run(["check", str(path / "Weg")]) == 2
    assert "Wel: Blad1, Oud" in " ".join(capsys.readouterr().err.split())


def test_days_that_a_workbook_counts_from_1904_are_the_days_that_it_shows(tmp_path: Path) -> None:
    """As dates and as bare numbers: 44439 is the first of September 2025 there."""

    def count(made, sheet):
        made.epoch = CALENDAR_MAC_1904
        for at in range(8, 14):
            sheet.cell(at, 2).value = 44439.5 + at
            sheet.cell(at, 2).number_format = "General"

    incidents, _ = ipg.read_incidents(book(tmp_path / "a.xlsx", count))
    assert str(incidents["occurred_from"].iloc[0]) == "2025-09-01 10:00:00"
    assert str(incidents["occurred_from"].iloc[6]) == "2025-09-09 12:00:00"


def test_formulas_that_fail_give_no_value_and_are_counted(tmp_path: Path) -> None:
    def fail(_, sheet):
        for cell, word in {"E3": "#NAME?", "E4": "#VERW!", "C5": "#N/B", "B6": "#DIV/0!"}.items():
            sheet[cell] = word

    incidents, report = ipg.read_incidents(
        book(tmp_path / "a.xlsx", fail), columns={"category": "soort"}
    )
    assert incidents["category"].isna().sum() == 2
    assert incidents["occurred_from"].isna().sum() == 1
    assert report.rejected["source_row"].tolist() == [4]
    assert "Let op: 4 cellen geven een fout zoals #N/B" in notes(report)


def test_a_pivot_far_down_beside_the_table_costs_no_incident(tmp_path: Path) -> None:
    """Beyond the rows by which columns are found; a row of the pivot alone is no row."""

    def beside(_, sheet):
        for at in range(395, 410):
            sheet.cell(at, 9).value = f"wijk {at}"

    incidents, report = ipg.read_incidents(book(tmp_path / "a.xlsx", beside, n=400))
    assert (report.n_read, report.n_rejected) == (400, 0)
    assert "Naast 15 rijen staan nog cellen buiten de tabel" in notes(report)
    assert not [name for name in incidents if name.startswith("kolom")]


def test_columns_and_rows_that_are_left_free_before_a_table_are_nothing(tmp_path: Path) -> None:
    """A picture may lie over sixty of them."""

    def move(_, sheet):
        sheet.move_range("A1:E13", rows=60, cols=3)
        sheet["A1"] = "Overzicht"

    incidents, report = ipg.read_incidents(book(tmp_path / "a.xlsx", move))
    assert (report.n_used, report.details["header_line"]) == (12, 61)
    assert not [name for name in incidents if name.startswith("kolom")]


def test_24_00_as_excel_makes_of_it_is_midnight(tmp_path: Path) -> None:
    """Whoever types 24:00 gets a day with the format [h]:mm."""
    made = openpyxl.Workbook()
    made.active.append(["begindatum", "begintijd", "x", "y"])
    for length in (dt.timedelta(days=1), dt.timedelta(hours=23, minutes=5)):
        made.active.append([dt.date(2025, 9, 1), length, 258000, 471000])
    made.save(tmp_path / "a.xlsx")
    incidents, _ = ipg.read_incidents(tmp_path / "a.xlsx")
    assert incidents["occurred_from"].astype(str).tolist() == [
        "2025-09-02 00:00:00",
        "2025-09-01 23:05:00",
    ]


def test_a_time_of_day_of_an_ods_is_read(tmp_path: Path) -> None:
    content = opendocument(
        [["begindatum", "begintijd", "x", "y"], ["1-9-2025", "@", 258000, 471000]]
    )
    cell = '<table:table-cell office:value-type="string"><text:p>@</text:p></table:table-cell>'
    time = '<table:table-cell office:value-type="time" office:time-value="PT10H30M00S"/>'
    path = rewritten(tmp_path / "a.ods", content, cell, time)
    incidents, _ = ipg.read_incidents(path)
    assert str(incidents["occurred_from"].iloc[0]) == "2025-09-01 10:30:00"


def rewritten(path: Path, content: bytes, old: str, new: str) -> Path:
    """Replace something in the XML of an OpenDocument."""
    path.write_bytes(content)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert old in parts["content.xml"]
    parts["content.xml"] = parts["content.xml"].replace(old, new)
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def test_merged_and_hidden_rows_of_an_ods_count(tmp_path: Path) -> None:
    """A cell over three rows counts for each; a row that a filter hides counts and is said."""
    rows = [["Titel"], [], ["datum", "x", "y"], ["2025-09-01T10:00:00", 258000, 471000]]
    rows += [[None, 258000 + n, 471000] for n in (1, 2, 3)]
    path = rewritten(
        tmp_path / "a.ods",
        opendocument(rows),
        '<table:table-cell office:value-type="date"',
        '<table:table-cell table:number-rows-spanned="3" office:value-type="date"',
    )
    path = rewritten(
        path,
        path.read_bytes(),
        '<table:table-row><table:table-cell/><table:table-cell office:value-type="float" '
        'office:value="258003"/>',
        '<table:table-row table:visibility="filter"><table:table-cell/>'
        '<table:table-cell office:value-type="float" office:value="258003"/>',
    )
    incidents, report = ipg.read_incidents(path)
    assert incidents["occurred_from"].notna().tolist() == [True, True, True, False]
    assert "1 samengevoegde cel telt mee" in notes(report)
    assert "Let op: 1 rij is verborgen" in notes(report)


def test_a_hidden_sheet_of_an_ods_is_known_by_its_style(tmp_path: Path) -> None:
    """A style without anything in it, such as comes before, hides nothing."""
    content = opendocument([["a"], ["b"]], name="Blad1")
    styles = (
        '<office:automatic-styles><style:style style:name="ce1" style:family="table-cell"/>'
        '<style:style style:name="ta2" style:family="table"><style:table-properties '
        'table:display="false"/></style:style></office:automatic-styles><office:body>'
    )
    path = rewritten(tmp_path / "a.ods", content, "<office:body>", styles)
    second = '</table:table><table:table table:name="Oud &amp; weg" table:style-name="ta2">'
    row = '<table:table-row><table:table-cell office:value-type="float" office:value="1"/>'
    path = rewritten(
        path, path.read_bytes(), "</table:table>", f"{second}{row}</table:table-row></table:table>"
    )
    assert (workbooks.sheets(path), workbooks.hidden(path)) == (["Blad1"], ["Oud & weg"])


def biff8(rows: list[list], extra: bytes) -> bytes:
    """Put cells in the records of an .xls of Excel 97, and more records behind them."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<2H", kind, len(body)) + body

    out = b""
    for number, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            where = struct.pack("<3H", number, place, 0)
            if isinstance(cell, str):
                body = where + struct.pack("<HB", len(cell), 0) + cell.encode("latin-1")
                out += record(0x204, body)
            elif cell is not None:
                out += record(0x203, where + struct.pack("<d", cell))
    start = lambda kind: record(0x809, struct.pack("<4H2L", 0x600, kind, 0, 0, 0, 6))  # noqa: E731
    end = record(0x0A, b"")
    name = b"\x05\x00Blad1"
    globals_ = start(5) + record(0x42, b"\xb0\x04")
    at = len(globals_) + 4 + 6 + len(name) + len(end)
    return globals_ + record(0x85, struct.pack("<LH", at, 0) + name) + end + start(0x10) + out + \
        extra + end  # fmt: skip


def test_merged_and_hidden_rows_of_an_xls_count(tmp_path: Path) -> None:
    rows = [["datum", "x", "y"], ["1-9-2025", 258000, 471000]]
    rows += [[None, 258000 + n, 471000] for n in (1, 2, 3)]
    merged = struct.pack("<2H5H", 0xE5, 10, 1, 1, 3, 0, 0)
    hidden = struct.pack("<2H", 0x208, 16) + struct.pack("<6HL", 4, 0, 3, 255, 0, 0, 0x20)
    (tmp_path / "a.xls").write_bytes(biff8(rows, hidden + merged))
    incidents, report = ipg.read_incidents(tmp_path / "a.xls")
    assert incidents["occurred_from"].notna().tolist() == [True, True, True, False]
    assert "Let op: 1 rij is verborgen" in notes(report)


@pytest.mark.parametrize("n", [1, 40])
def test_what_stands_in_a_column_without_a_name_goes_along(tmp_path: Path, n: int) -> None:
    def without(_, sheet):
        sheet["E1"] = None

    names = sheets.names(book(tmp_path / "a.xlsx", without, n), None)
    assert names == ["incident_id", "datum", "x", "y", "kolom 5"]


def test_sheets_that_were_left_empty_are_no_sheets(tmp_path: Path) -> None:
    """Excel used to make three; a schouw in the first one is read all the same."""
    made = openpyxl.Workbook()
    made.active.append(["nr", "adres", "omschrijving", "actie door"])
    made.active.append([1, "Laan 3", "lamp kapot", "gemeente"])
    for name in ("Blad2", "Blad3"):
        made.create_sheet(name)
    made.save(tmp_path / "a.xlsx")
    assert workbooks.sheets(tmp_path / "a.xlsx") == ["Sheet"]
    findings, _, _ = ipg.read_schouw(tmp_path / "a.xlsx")
    assert len(findings) == 1


def test_cells_that_are_times_of_day_are_read(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active.append(["begindatum", "begintijd", "x", "y"])
    for hour in (9, 14):
        made.active.append([dt.date(2025, 9, 1), dt.time(hour, 30), 258000, 471000])
    made.save(tmp_path / "a.xlsx")
    incidents, _ = ipg.read_incidents(tmp_path / "a.xlsx")
    assert incidents["occurred_from"].dt.hour.tolist() == [9, 14]


def test_a_number_of_twenty_digits_is_no_fault(tmp_path: Path) -> None:
    """Excel keeps fifteen of them."""

    def number(_, sheet):
        for at in range(2, 14):
            sheet.cell(at, 5).value = 12345678901234567000 + at * 10_000

    _, report = ipg.read_incidents(
        book(tmp_path / "a.xlsx", number), columns={"incident_id": "soort"}
    )
    assert report.n_read == report.n_used + report.n_rejected == 12
