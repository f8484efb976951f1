"""The read report adds up, says what to look at, and lets nothing personal or executable out."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point

import ipgtools as ipg
from ipgtools import repeats, stacked_points
from ipgtools.errors import ReadError
from ipgtools.io import report, write
from ipgtools.io.incidents import quality
from ipgtools.nl import read_report as words

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample"
HEAD = "incidentnummer;mk;begin;eind;x;y;straat;BSN;mutatie"


@pytest.fixture(scope="module")
def read() -> tuple[gpd.GeoDataFrame, report.ReadReport]:
    """Read the sample town once."""
    return ipg.read_incidents(SAMPLE / "incidenten.csv.gz")


def small(tmp_path: Path, *lines: str) -> report.ReadReport:
    """Read a few lines below a fixed head."""
    path = tmp_path / "klein.csv"
    path.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    return ipg.read_incidents(path)[1]


GOOD = "i{n};A20;2025-01-0{n} 10:00;2025-01-0{n} 11:00;25700{n};471000;Laan;999990019;geheim"


def test_the_numbers_on_the_page_are_those_of_the_report(read) -> None:
    """Read is used and rejected; the reasons add up to the rejected."""
    incidents, told = read
    page = told._repr_html_()
    shown = [int(n.replace(".", "")) for n in re.findall(r"<strong>([\d.]+)</strong>", page)]
    assert shown == [20_000, 19_910, 90]
    assert len(incidents) == 19_910
    assert told.reasons()["n"].sum() == 90


def test_quality_counts_are_those_counted_by_hand(tmp_path: Path) -> None:
    """Six rows: one without a point, one long, one unknown code, a month without any."""
    told = small(
        tmp_path,
        GOOD.format(n=1),
        GOOD.format(n=2),
        "i3;A20;2025-01-03 10:00;2025-01-05 10:01;257000;471000;Laan;;",
        "i4;Q9;2025-03-03 10:00;2025-03-04 10:00;257000;471000;Laan;;",
        "i5;;;;257000;471000;Laan;;",
        "i6;A20;2025-03-03 10:00;;;;Laan;;",
    )
    found = told.details["quality"]
    expected = {
        "n_read": 6, "n_used": 5, "n_without_point": 1, "n_places": 3, "n_stacked": 0,
        "n_interval": 4, "n_long": 1, "n_without_time": 1, "n_without_code": 1,
        "n_unknown_code": 1, "first": "2025-01-01", "last": "2025-03-03", "sparse": True,
        "counts": {"2025-01": 3, "2025-02": 0, "2025-03": 1}, "missing": ["2025-02"],
    }  # fmt: skip
    assert {key: found[key] for key in expected} == expected


def test_an_interval_of_exactly_a_day_is_not_long() -> None:
    when = pd.to_datetime(["2025-01-01", "2025-01-01"]).astype("datetime64[s]")
    until = pd.to_datetime(["2025-01-02 00:00:00", "2025-01-02 00:00:01"]).astype("datetime64[s]")
    two = gpd.GeoDataFrame(
        {"category": ["A20", "A20"], "occurred_from": when, "occurred_to": until},
        geometry=gpd.points_from_xy([1, 2], [1, 2]), crs=28992,
    )  # fmt: skip
    assert quality.of_incidents(two, n_read=2)["n_long"] == 1


def test_stacked_points_are_those_that_the_analysis_marks(read) -> None:
    """One rule, asked in two ways: arrays of codes here, grouped tables there."""
    incidents, told = read
    places = repeats.places(incidents)
    marked = places[places["stacked"]]
    found = told.details["quality"]
    assert (found["n_stacked_points"], found["n_stacked"]) == (len(marked), marked["n"].sum())
    assert found["stacked"][0]["n"] == marked["n"].max()
    assert found["stacked"][0]["street_name"] == marked["street_name"].iloc[0]


def test_months_add_up_and_have_no_gaps(read) -> None:
    incidents, told = read
    counts = told.details["quality"]["counts"]
    by_hand = incidents["occurred_from"].dt.strftime("%Y-%m").value_counts().sort_index()
    assert counts == by_hand.to_dict()
    assert list(counts) == [str(one) for one in pd.period_range("2024-01", "2025-11", freq="M")]


def test_a_month_that_is_gone_is_named_where_there_are_enough_incidents() -> None:
    days = pd.Series(pd.date_range("2024-01-01", "2025-12-31", freq="D"))
    kept = days[days.dt.strftime("%Y-%m") != "2025-02"].astype("datetime64[s]")
    table = gpd.GeoDataFrame(
        {"category": "A20", "occurred_from": kept, "occurred_to": kept},
        geometry=gpd.points_from_xy(range(len(kept)), range(len(kept))), crs=28992,
    )  # fmt: skip
    table["category"] = table["category"].astype("str")
    found = quality.of_incidents(table, n_read=len(table))
    assert found["missing"] == ["2025-02"]
    looked = [one["key"] for one in quality.indicators(found) if one["look"]]
    assert looked == ["missing"]
    blank = pd.DataFrame({"source_row": [], "column": [], "found": [], "code": []})
    told = report.ReadReport("a.csv", len(kept), len(kept), blank, (), {"quality": found})
    assert "Zonder incidenten: februari 2025." in told.lines()[-1]
    page = told._repr_html_()
    assert page.count('class="bar"') == 23
    assert page.count('class="none"') == 1


def test_the_tallest_bar_is_the_busiest_month_and_bars_keep_proportion(read) -> None:
    told = read[1]
    counts = list(told.details["quality"]["counts"].values())
    heights = [
        float(h) for h in re.findall(r'class="bar"[^>]*height="([\d.]+)"', told._repr_html_())
    ]
    assert np.argmax(heights) == np.argmax(counts)
    np.testing.assert_allclose(
        np.array(heights) / max(heights), np.array(counts) / max(counts), atol=0.001
    )


def test_text_of_the_file_is_no_markup_on_the_page(tmp_path: Path) -> None:
    """In the name of a column, a street, a value that is shown."""
    path = tmp_path / "<b>x.csv"
    path.write_text(
        "incidentnummer;mk;begin;x;y;straat\n"
        + "".join(
            f"i{n};A20;2025-01-01;257000;471000;<img src=x onerror=alert(1)>\n" for n in range(60)
        )
        + "".join(f"j{n};A20;2025-01-01;{257001 + n};471000;Laan\n" for n in range(200))
        + "k;A20;<script>alert(1)</script>;257000;471000;Laan\n",
        encoding="utf-8",
    )
    told = ipg.read_incidents(path)[1]
    assert told.details["quality"]["n_stacked_points"] == 1
    page = told.to_html(tmp_path / "uit.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;" in page
    assert "&lt;img" in page
    for tag in ("<script", "<img", "<b>x"):
        assert tag not in page


def test_what_is_to_be_looked_at_stands_in_dutch(tmp_path: Path) -> None:
    """Where a word was mended, and how sure that is, as a reader of a schouw says it."""
    path = tmp_path / "verslag.txt"
    path.write_text(
        "nr. adres / locatie omschrijving actie door\n"
        "1. Beukenlaan 4 Bord staat scheef Politie: versiidersn\n",
        encoding="utf-8",
    )
    told = ipg.read_schouw(path)[2]
    assert told.details["doubtful"][0]["column"] == "task"
    page = told.to_html(tmp_path / "p.html").read_text(encoding="utf-8")
    cells = re.findall("<td[^>]*>(.*?)</td>", page)
    assert cells[cells.index("versiidersn") - 1] == "wat"
    assert cells[cells.index("versiidersn") + 2] == "85%"


def test_the_page_asks_for_nothing_else(read, tmp_path: Path) -> None:
    page = read[1].to_html(tmp_path / "p.html", kind="incidenten").read_text(encoding="utf-8")
    assert "default-src 'none'" in page
    assert not re.search(r'(src|href)="|url\(|@import|<script|<link| style="', page)


def test_without_values_the_page_has_no_cell_street_or_month(read, tmp_path: Path) -> None:
    """What goes to partners: totals, reasons, names of columns."""
    told = read[1]
    page = told.to_html(tmp_path / "p.html", values=False).read_text(encoding="utf-8")
    assert "geen coördinaten" in page
    found = told.details["quality"]
    for gone in (found["stacked"][0]["street_name"], "januari 2024", "471287", "PL0600_BVH"):
        assert gone not in page
        assert gone in told.to_html(tmp_path / "q.html").read_text("utf-8")


def cells(path: Path) -> list[list[object]]:
    """Give all cells of the first sheet."""
    book = openpyxl.load_workbook(path)
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


def test_rejected_rows_have_their_number_reason_and_no_column_about_persons(tmp_path: Path) -> None:
    good = [GOOD.format(n=1 + at % 9).replace("i", f"g{at}", 1) for at in range(12)]
    told = small(
        tmp_path,
        *good,
        "i2;A20;2025-01-01 10:00;;;;Laan;111222333;Jan Jansen belde",
        "i3;A20;onzin;;257000;471000;Dreef;999990019;Piet",
    )
    rows = cells(told.write_rejected(tmp_path / "uit.xlsx"))
    assert rows[0] == ["Bestand", "Bronrij", "Rij in Excel", "Kolom", "Gevonden", "Reden",
                       "incidentnummer", "mk", "begin", "eind", "x", "y", "straat"]  # fmt: skip
    assert rows[1][:7] == ["klein.csv", 13, 14, "x", None, "geen coördinaten", "i2"]
    unread = "datum of tijd niet te lezen"
    assert rows[2][:7] == ["klein.csv", 14, 15, "begin", "onzin", unread, "i3"]
    text = told.write_rejected(tmp_path / "uit.csv").read_text("utf-8-sig")
    everything = text + told._repr_html_() + repr(told) + str(rows)
    for personal in ("111222333", "999990019", "Jansen", "Piet", "geheim"):
        assert personal not in everything
    assert "BSN en mutatie" in told._repr_html_()
    notes = openpyxl.load_workbook(tmp_path / "uit.xlsx")[words.SHEET_NOTE]
    assert "Kolommen over personen" in " ".join(str(row[0].value) for row in notes.iter_rows())


@given(
    st.lists(
        st.tuples(st.sampled_from("=+-@\t "), st.text(alphabet="=+-@A1()!\x00\x0b' é", max_size=8)),
        min_size=1,
        max_size=5,
    )
)
def test_no_cell_of_a_workbook_is_a_formula(tmp_path_factory, given_cells) -> None:
    rows = pd.DataFrame({"=naam": ["".join(one) for one in given_cells]}).astype("str")
    path = write.workbook({"blad": rows}, tmp_path_factory.mktemp("b") / "b.xlsx")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.data_type != "f"
            assert not str(cell.value or "").lstrip(" ").startswith(("=", "+", "-", "@"))


def test_numbers_and_times_stay_what_they_are_in_a_workbook(tmp_path: Path) -> None:
    rows = pd.DataFrame({"n": [-3, 4], "x": [1.5, np.nan], "t": pd.to_datetime(["2025-01-02"] * 2)})
    got = cells(write.workbook({"blad": rows}, tmp_path / "b.xlsx"))
    assert got[1][:2] == [-3, 1.5]
    assert got[2][1] is None
    assert got[1][2] == pd.Timestamp("2025-01-02")


def test_rejected_rows_of_several_files_name_their_file(tmp_path: Path) -> None:
    """And what stood in each row stays beside it."""
    for name, bad in (("a", "1"), ("b", "2")):
        (tmp_path / f"{name}.csv").write_text(
            f"incidentnummer;mk;begin;x;y\n{name}{bad};A20;2025-01-01;;\n"
            f"dubbel;A20;2025-01-01;257000;471000\n", encoding="utf-8",
        )  # fmt: skip
    told = ipg.read_incidents([tmp_path / "a.csv", tmp_path / "b.csv"])[1]
    rows = report.rejected_rows([told])
    assert rows["Bestand"].tolist() == ["a.csv", "a.csv", "b.csv"]
    assert rows["incidentnummer"].tolist() == ["a1", "dubbel", "b2"]
    assert rows["x"].fillna("").tolist() == ["", "257000", ""]
    assert rows["Rij in Excel"].tolist() == [2, 3, 2]
    assert told.n_read == told.n_used + told.n_rejected == 4
    assert report.per_file(told) == [("a.csv", 2, 0, 2), ("b.csv", 2, 1, 1)]


def test_a_rejected_row_shows_the_columns_that_used_rows_keep(tmp_path: Path) -> None:
    """A column of the file's own is there, unless its values look like those of persons."""
    path = tmp_path / "a.csv"
    path.write_text(
        "incidentnummer;begin;x;y;Team;ref\nA;2025-01-13;;;Zuid;jan@huis.nl\n"
        "B;2025-01-14;257000;471000;Noord;x\n", encoding="utf-8",
    )  # fmt: skip
    incidents, told = ipg.read_incidents(path)
    rows = report.rejected_rows([told])
    assert rows["Team"].tolist() == ["Zuid"]
    assert "Team" in incidents
    assert "ref" not in rows
    assert list(report.rejected_rows([told], values=False)) == [
        "Bestand", "Bronrij", "Rij in Excel", "Kolom", "Reden",
    ]  # fmt: skip


def test_the_row_in_excel_is_the_one_that_stands_there(tmp_path: Path) -> None:
    """Below a title, a merged cell, an empty row; what was found stands in that cell."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["Overzicht"], [], ["incidentnummer", "mk", "begin", "x", "y", "straat"],
        *([f"i{n}", "A20", f"2025-01-{10 + n}", 257000 + n, 471000, "Laan"] for n in range(20)),
    ):  # fmt: skip
        sheet.append(row)
    sheet["C6"] = "weet niet"
    sheet.merge_cells("F7:F9")
    sheet.insert_rows(10)
    sheet["D13"] = "hier"
    sheet.append(["Totaal", 20])
    book.save(tmp_path / "a.xlsx")
    told = ipg.read_incidents(tmp_path / "a.xlsx")[1]
    rows = report.rejected_rows([told])
    assert rows["Rij in Excel"].tolist() == [6, 10, 13, 25]
    assert rows["Reden"].tolist() == [
        "datum of tijd niet te lezen", "lege rij", "coördinaten niet te lezen", "geen coördinaten",
    ]  # fmt: skip
    found = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    heads = [cell.value for cell in found[3]]
    for row in rows[rows["Gevonden"].fillna("") != ""].itertuples():
        cell = found.cell(row._3, heads.index(row.Kolom) + 1)
        assert str(cell.value) == row.Gevonden.split("; ")[0]
    assert told.n_read == told.n_used + told.n_rejected == 22


def test_a_quoted_line_break_is_one_row_as_in_excel(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        'Titel\n\nincidentnummer;begin;x;y;straat\nA;2025-01-13;257000;471000;"Laan\nachter"\n'
        "B;2025-01-14;;;Dreef\n", encoding="utf-8",
    )  # fmt: skip
    assert report.lines_of(ipg.read_incidents(path)[1]).tolist() == [5]


def test_a_map_has_no_rows_in_excel(tmp_path: Path) -> None:
    table = gpd.GeoDataFrame(
        {"incidentnummer": ["A", "B"], "begin": ["2025-01-13", "2025-01-14"]},
        geometry=[Point(257000, 471000), None], crs=28992,
    )  # fmt: skip
    table.to_file(tmp_path / "a.gpkg")
    told = ipg.read_incidents(tmp_path / "a.gpkg")[1]
    assert report.lines_of(told).isna().all()
    assert "Rij in Excel" not in told._repr_html_().replace(words.SOURCE_ROW_NOTE, "")


def test_more_rejected_rows_than_a_sheet_holds_ask_for_a_csv(tmp_path: Path) -> None:
    n = 1_048_576
    rows = pd.DataFrame({"source_row": np.arange(n), "column": "x", "found": "", "code": "empty"})
    told = report.ReadReport("a.csv", n, 0, rows)
    with pytest.raises(ReadError) as caught:
        told.write_rejected(tmp_path / "r.xlsx")
    assert caught.value.code == "rejected_many"


def test_the_page_tells_the_files_and_the_crs_apart(tmp_path: Path) -> None:
    """Counts of each file that add up; one line on coordinates where the files are alike."""
    for name, x in (("a", "257000"), ("b", "2570000")):
        y = "471000" if name == "a" else "4710000"
        (tmp_path / f"{name}.csv").write_text(
            f"incidentnummer;begin;x;y\n{name}1;2025-01-13;{x};{y}\n{name}2;2025-01-14;;\n", "utf-8"
        )
    told = ipg.read_incidents([tmp_path / "a.csv", tmp_path / "b.csv"])[1]
    page = told._repr_html_()
    assert [sum(one) for one in zip(*[n[1:] for n in report.per_file(told)], strict=True)] == [
        told.n_read, told.n_used, told.n_rejected,
    ]  # fmt: skip
    part = page[page.index(words.HEADINGS["crs"]) : page.index(words.HEADINGS["notes"])]
    assert part.count("<li>") == 2
    assert "b.csv: De coördinaten staan in decimeter" in part
    assert part.count("gelezen als EPSG:28992") == 1


def test_another_kind_of_file_for_rejected_rows_is_refused(read) -> None:
    with pytest.raises(ReadError) as caught:
        read[1].write_rejected("uit.docx")
    assert caught.value.code == "rejected_kind"


def test_a_file_without_rejects_makes_an_empty_table(tmp_path: Path) -> None:
    told = small(tmp_path, GOOD.format(n=1))
    assert len(cells(told.write_rejected(tmp_path / "r.xlsx"))) == 1
    assert words.NO_REJECTS in told._repr_html_()


@given(st.lists(st.integers(1, 400), min_size=2, max_size=60))
def test_a_place_is_doubted_for_its_number_only_far_above_the_others(n) -> None:
    """The rule by its definition: 20 or more and ten times the 95th percentile of the others."""
    n = np.array(n)
    ones = np.ones_like(n)
    usual = stacked_points.ordinary(n)
    found = stacked_points.reasons(n, ones, ones, np.array([n.sum()]), ordinary=usual)
    for at, said in enumerate(found):
        others = np.sort(np.delete(n, at))
        if said == "count":
            assert n[at] >= 20
            assert n[at] >= 10 * np.percentile(others, 90, method="lower")
        elif n[at] >= 20:
            assert n[at] < 10 * others.max()


def test_the_page_stands_on_a_telephone_and_says_nothing_in_the_console(
    read, tmp_path: Path
) -> None:
    """Drawn by Chromium at 390 pixels wide: nothing sticks out, nothing is blocked."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    playwright = pytest.importorskip("playwright.sync_api")
    if program is None:
        pytest.skip("there is no Chromium on this machine")
    path = read[1].to_html(tmp_path / "p.html")
    said = []
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 390, "height": 800})
        page.on("console", lambda message: said.append(message.text))
        page.goto(path.as_uri())
        wide = page.evaluate("document.documentElement.scrollWidth")
        drawn = page.locator("svg.months rect.bar").first.bounding_box()
        browser.close()
    assert said == []
    assert wide <= 390
    assert drawn["height"] > 5


def test_two_reports_stand_on_one_page(read, tmp_path: Path) -> None:
    other = replace(read[1], source="tweede.csv")
    path = report.write_page([("incidenten", read[1]), ("", other)], tmp_path / "p.html")
    page = path.read_text(encoding="utf-8")
    assert page.count("<section") == 2
    assert "incidenten: incidenten.csv.gz" in page
    assert "<h2>tweede.csv</h2>" in page


@pytest.mark.parametrize("audience", ["politie", "partner"])
def test_rejected_rows_of_a_briefing_show_what_stood_in_them_to_the_police_only(
    audience: str, read, tmp_path: Path
) -> None:
    rows = report.rejected_rows([read[1]], values=audience == "politie")
    text = write.table(rows, tmp_path / "r.csv").read_text("utf-8-sig")
    assert text.startswith("Bestand;Bronrij;Rij in Excel;Kolom;")
    assert ("Pleegstraatnaam" in text.splitlines()[0]) == (audience == "politie")
    assert len(text.splitlines()) == 91
    assert "Pleeghuisnummer" not in text


# What a reader of the page may believe.


def test_what_cannot_be_judged_is_not_called_good(tmp_path: Path) -> None:
    """Without ends there is no interval to be long, without codes none that is unknown."""
    path = tmp_path / "a.csv"
    path.write_text("datum;x;y\n2025-01-01 10:00;257001;471000\n2025-01-02 11:00;257002;471000\n")
    told = ipg.read_incidents(path)[1]
    of = {one["key"]: one["of"] for one in quality.indicators(told.details["quality"])}
    assert (of["long"], of["unknown_code"]) == (0, 0)
    page = told._repr_html_()
    assert page.count(f'<span class="good">{words.NOTHING}</span>') == 2


def test_the_share_of_unknown_codes_is_of_those_with_a_code(tmp_path: Path) -> None:
    lines = [GOOD.format(n=n) for n in range(1, 3)]
    lines += [GOOD.format(n=3).replace("A20", "Q9"), GOOD.format(n=4).replace("A20", "")]
    found = small(tmp_path, *lines).details["quality"]
    shares = {one["key"]: one["share"] for one in quality.indicators(found)}
    assert shares["unknown_code"] == 1 / 3


def test_without_a_point_no_value_confirms_the_crs(tmp_path: Path) -> None:
    told = small(tmp_path, GOOD.format(n=1).replace("257001;471000", ";"))
    assert any("er is geen bruikbare waarde" in note for note in told.notes)
    assert not any("klopt met de waarden" in note for note in told.notes)


def test_the_name_of_a_column_is_no_formula_either(tmp_path: Path) -> None:
    """Neither in a CSV nor in a workbook."""
    rows = pd.DataFrame({'=HYPERLINK("http://x")': ["a"], "@SUM(A1)": ["b"]})
    text = write.table(rows, tmp_path / "r.csv").read_text("utf-8-sig")
    assert text.splitlines()[0] == '"\'=HYPERLINK(""http://x"")";\'@SUM(A1)'
    book = openpyxl.load_workbook(write.workbook({"blad": rows}, tmp_path / "r.xlsx"))
    assert [cell.data_type for cell in book["blad"][1]] == ["s", "s"]


def test_a_column_in_which_nothing_was_found_is_not_listed(tmp_path: Path) -> None:
    lines = [f"i{n};A20;2025-01-03 10:00;;25700{n % 9};471000;Laan;;" for n in range(20)]
    page = small(tmp_path, *lines, lines[0].removeprefix("i0"))._repr_html_()
    assert "geen incidentnummer" in page
    assert "<th>Kolom</th>" in page
    assert "<th>Gevonden</th>" not in page


def test_on_a_telephone_the_reason_of_every_rejected_row_can_be_read(tmp_path: Path) -> None:
    """Drawn by Chromium at 390 pixels wide: no cell lies outside the page."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    playwright = pytest.importorskip("playwright.sync_api")
    if program is None:
        pytest.skip("there is no Chromium on this machine")
    lines = [GOOD.format(n=n) for n in range(1, 9)]
    lines += ["i9;A20;onbekend;;257009;471000;Laan;;", "i10;A20;2025-01-03 10:00;;;;Laan;;"]
    path = small(tmp_path, *lines).to_html(tmp_path / "p.html")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 390, "height": 800})
        page.goto(path.as_uri())
        boxes = [one.bounding_box() for one in page.locator(".stacks td").all()]
        browser.close()
    right = [box["x"] + box["width"] for box in boxes if box]
    assert len(right) >= 4
    assert max(right) <= 390


def test_the_last_month_of_many_is_written_whole() -> None:
    """Its name stands within the drawing."""
    from ipgtools.io.report import _page

    counts = {f"{year}-{month:02d}": 9 for year in range(2010, 2020) for month in range(1, 13)}
    middles = [float(x) for x in re.findall(r'<text x="([\d.]+)"', _page._bars(counts, "month"))]
    assert max(middles) <= _page._BARS[0] - 12


def test_a_report_on_persons_is_a_page_without_any(tmp_path: Path) -> None:
    """Pseudonyms, ages and homes aren't shown; the columns and what was decided are."""
    path = tmp_path / "a.csv"
    path.write_text(
        "persoonsnummer;naam;geboortedatum;pv;pleegdatum\n"
        "P778899;Zwartendijk;17-03-1971;1;13-02-2020\n;Zwartendijk;17-03-1971;2;13-02-2020\n"
    )
    offences, told = ipg.read_offences(path, key=b"kraai-fiets-93-zolder-Twente-veertig")
    page = told.to_html(tmp_path / "p.html", kind="antecedenten").read_text("utf-8")
    rejected = told.write_rejected(tmp_path / "r.csv").read_text("utf-8-sig")
    assert "geen persoonsnummer" in rejected
    assert "naam" in page
    for one in ("P778899", "Zwartendijk", "1971", offences["person"].iloc[0]):
        assert one not in page + rejected


def test_every_column_that_can_be_recognised_has_its_dutch_words() -> None:
    """The table of columns never shows a name of the contract."""
    from ipgtools.io import addresses, columns

    known = [columns.INCIDENTS, columns.PARTS, columns.AREAS, columns.STREETS, columns.OFFENCES,
             columns.INHABITANTS, addresses.ADDRESSES]  # fmt: skip
    assert {name for one in known for name in one} - set(words.MEANINGS) == set()


def test_a_row_in_another_encoding_and_with_other_fields_is_one_rejected_row(
    tmp_path: Path, capsys
) -> None:
    """Far down in a file that is plain until there; nothing is printed about it."""
    lines = [f"i{n};A20;2025-01-03 10:00;;257{n % 900:03d};471000;Laan;;" for n in range(40_000)]
    path = tmp_path / "a.csv"
    path.write_bytes("\n".join([HEAD, *lines, "i;Caf\u00e9;te;veel;;;;;;;;"]).encode("cp1252"))
    told = ipg.read_incidents(path)[1]
    assert (told.n_read, told.n_rejected) == (40_001, 1)
    assert capsys.readouterr().err == ""
