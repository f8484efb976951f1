"""Word documents and typed lists of any layout become the same findings and actions."""

import docx
import geopandas as gpd
import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from PIL import Image
from shapely import LineString

from ipgtools import schouw
from ipgtools.errors import ReadError
from ipgtools.nl.messages import message

STREETS = gpd.GeoDataFrame(
    {"street_id": ["1", "2"], "street_name": ["Beukenlaan", "Lindestraat"], "kind": "street"},
    geometry=[LineString([(0, 0), (100, 0)]), LineString([(50, -50), (50, 50)])],
    crs=28992,
)
HEADER = ["nr.", "adres / locatie", "omschrijving", "actie door"]
ROWS = [
    ["1.", "Beukenlaan 4", "Heg groeit over de stoep", "Stadsdeelbeheer: snoeien"],
    ["2.", "Lindestraat t.o. 12", "Bord staat scheef", "Politie: rechtzetten"],
]
HEADING = ("Wijkschouw", "DE LINDEN", "Verslag van de schouw op 3 maart 2025")


@pytest.fixture
def written(tmp_path):
    """Write a Word document, built by a function, and read it."""

    def write(build):
        document = docx.Document()
        for line in HEADING:
            document.add_paragraph(line)
        build(document)
        document.save(tmp_path / "a.docx")
        return schouw.read_schouw(tmp_path / "a.docx", STREETS)

    return write


def table(inside, rows):
    """Add a table of texts."""
    made = inside.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.text = text
    return made


def merged(made, row, columns, text):
    """Merge cells of a row."""
    made.cell(row, columns[0]).merge(made.cell(row, columns[1])).text = text


def check(found):
    """Both findings, both actions, and the day, whatever the layout."""
    findings, actions, _ = found
    assert findings["number"].tolist() == [1, 2]
    assert findings["location_text"].tolist() == [row[1] for row in ROWS]
    assert findings["description"].tolist() == [row[2] for row in ROWS]
    assert actions["actor"].tolist() == ["Stadsdeelbeheer", "Politie"]
    assert actions["task"].tolist() == ["snoeien", "rechtzetten"]
    assert findings["schouw_date"].astype("str").tolist() == ["2025-03-03"] * 2


def lines(document):
    """Numbers typed."""
    for row in ROWS:
        document.add_paragraph(" ".join(row))


def points(document):
    """Numbers by Word."""
    for row in ROWS:
        document.add_paragraph(f"{row[1]}: {row[2]}. {row[3]}", style="List Number")


def points_of_points(document):
    """Finding and action as bullets below a numbered place."""
    for row in ROWS:
        document.add_paragraph(row[1], style="List Number")
        document.add_paragraph(row[2], style="List Bullet")
        document.add_paragraph(row[3], style="List Bullet")


def tabs(document):
    """A table of tabs."""
    for row in [HEADER, *ROWS]:
        document.add_paragraph("\t".join(row))


def cards(document):
    """A small table for each finding, with its labels in the first column."""
    for row in ROWS:
        table(document, [list(pair) for pair in zip(HEADER, row, strict=True)])


def inside_another(document):
    """The table stands in a cell of another."""
    outer = table(document, [["Verslag"], [""]])
    table(outer.cell(1, 0), [HEADER, *ROWS])


def numbered_by_word(document):
    """The numbers in the first column are a list of Word's."""
    made = table(document, [HEADER, *[["", *row[1:]] for row in ROWS]])
    for row in (1, 2):
        made.cell(row, 0).paragraphs[0].style = "List Number"


def titled(document):
    """The first row is a title over the whole width."""
    made = table(document, [[""] * 4, HEADER, *ROWS])
    merged(made, 0, (0, 3), "Actielijst")


def header_of_two_rows(document):
    """*Actie* stands over *wie* and *wat*."""
    rows = [[*row[:3], *row[3].split(": ")] for row in ROWS]
    made = table(document, [["nr.", "plaats", "constatering", "", ""],
                            ["", "", "", "wie", "wat"], *rows])  # fmt: skip
    merged(made, 0, (3, 4), "actie")


def header_of_street_and_number(document):
    """*Locatie* stands over *straat* and *nr.*."""
    rows = [["1.", "Beukenlaan", "4", *ROWS[0][2:]], ["2.", "Lindestraat", "t.o. 12", *ROWS[1][2:]]]
    made = table(document, [["nr.", "", "", "wat", "actie door"], ["", "straat", "nr.", "", ""],
                            *rows])  # fmt: skip
    merged(made, 0, (1, 2), "locatie")


def header_over_two_columns(document):
    """*Actie* stands over who and what without saying so."""
    rows = [[*row[:3], *row[3].split(": ")] for row in ROWS]
    made = table(document, [["nr.", "plaats", "constatering", "", ""], *rows])
    merged(made, 0, (3, 4), "actie")


def tracked(document):
    """A row in a form field, a word tracked as inserted, another as deleted."""
    short = [[*ROWS[0][:2], "Heg groeit over", ROWS[0][3]], ROWS[1]]
    made = table(document, [HEADER, *short])
    paragraph = made.cell(1, 2).paragraphs[0]._p
    for kind, part, text in (("ins", "t", " de stoep"), ("del", "delText", " het pad")):
        change, run, words = OxmlElement(f"w:{kind}"), OxmlElement("w:r"), OxmlElement(f"w:{part}")
        change.set(qn("w:id"), "1")
        words.text = text
        run.append(words)
        change.append(run)
        paragraph.append(change)
    row = made.rows[2]._tr
    field, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    row.addprevious(field)
    content.append(row)
    field.append(content)


@pytest.mark.parametrize(
    "layout",
    [lines, points, points_of_points, tabs, cards, inside_another, numbered_by_word, titled,
     header_of_two_rows, header_of_street_and_number, header_over_two_columns, tracked],
)  # fmt: skip
def test_every_layout_of_word_gives_the_same(written, layout):
    """Two findings with their actions."""
    check(written(layout))


def test_cells_merged_down_are_one_finding_with_two_actions(written):
    """The second row has an action of its own."""

    def build(document):
        made = table(document, [HEADER, ROWS[0], ["", "", "", "DSOB: navragen"]])
        for column, text in enumerate(ROWS[0][:3]):
            made.cell(1, column).merge(made.cell(2, column)).text = text

    findings, actions, report = written(build)
    assert len(findings) == 1
    assert actions["actor"].tolist() == ["Stadsdeelbeheer", "DSOB"]
    assert (report.n_read, report.n_used) == (2, 2)


def test_headings_in_between_are_no_findings_but_can_be_the_place(written):
    """They are named in the report."""

    def build(document):
        row = ["1.", "", "Losse tegels", "DSOB: herstellen"]
        made = table(document, [HEADER, [""] * 4, row, [""] * 4, ROWS[1]])
        merged(made, 1, (0, 3), "Beukenlaan")
        merged(made, 3, (0, 3), "Lindestraat en omgeving")

    findings, _, report = written(build)
    assert findings["location_text"].tolist() == ["Beukenlaan", "Lindestraat t.o. 12"]
    assert any("Beukenlaan en Lindestraat en omgeving" in note for note in report.notes)


def test_pictures_between_rows_are_no_rows(written, tmp_path):
    """They are counted in the report; the line below one is no place of what follows."""
    Image.new("RGB", (20, 20)).save(tmp_path / "a.png")

    def build(document):
        row = ["2.", "", "Losse tegels", "DSOB: herstellen"]
        made = table(document, [HEADER, ROWS[0], [""] * 4, row])
        cell = made.cell(2, 0).merge(made.cell(2, 3))
        cell.paragraphs[0].add_run().add_picture(str(tmp_path / "a.png"))
        cell.add_paragraph("Foto 1: de heg")
        made.add_row().cells[0].paragraphs[0].add_run().add_picture(str(tmp_path / "a.png"))

    findings, _, report = written(build)
    assert findings["location_text"].tolist() == ["Beukenlaan 4", ""]
    assert (report.n_read, report.n_rejected) == (2, 0)
    assert message("pictures_unread", n=2) in report.messages


def test_a_table_below_the_name_of_a_street_is_about_that_street(written):
    """It needs no column of places; the report names the streets."""

    def build(document):
        for street, row in (("Beukenlaan", ["4", "Heg", "Politie"]),
                            ("Lindestraat:", ["t.o. 12", "Bord", "DSOB"])):  # fmt: skip
            document.add_heading(street, 2)
            table(document, [["Huisnr.", "Bevinding", "Actie door"], row])

    findings, _, report = written(build)
    assert findings["location_text"].tolist() == ["Beukenlaan 4", "Lindestraat t.o. 12"]
    assert any("Beukenlaan en Lindestraat" in note for note in report.notes)


def test_the_day_may_stand_in_a_table_of_its_own(tmp_path):
    """As a small table of who, where and when above the list does."""
    document = docx.Document()
    table(document, [["Datum", "3 maart 2025"], ["Aanwezig", "gemeente"]])
    table(document, [HEADER, *ROWS])
    document.save(tmp_path / "a.docx")
    check(schouw.read_schouw(tmp_path / "a.docx", STREETS))


def test_an_agenda_above_a_list_is_no_finding(written):
    """The bullets with places are the list, not the numbers of the agenda."""

    def build(document):
        for item in ("Opening", "Rondgang", "Sluiting"):
            document.add_paragraph(item, style="List Number")
        document.add_paragraph("Volgende schouw: 4 september 2025")
        for row in ROWS:
            document.add_paragraph(f"{row[1]}: {row[2]}. {row[3]}", style="List Bullet")

    findings, actions, _ = written(build)
    assert findings["location_text"].tolist() == [row[1] for row in ROWS]
    assert actions["actor"].tolist() == ["Stadsdeelbeheer", "Politie"]
    assert findings["schouw_date"].astype("str").tolist() == ["2025-03-03"] * 2


def test_an_agenda_alone_is_no_report(tmp_path):
    """Rather than findings that are none."""
    (tmp_path / "a.txt").write_text("Schouw\n\n1. Opening\n2. Sluiting\n", encoding="utf-8")
    with pytest.raises(ReadError) as found:
        schouw.read_schouw(tmp_path / "a.txt", STREETS)
    assert found.value.code == "schouw_no_rows"


def test_other_tables_and_closing_lines_are_left_alone_and_told(written):
    """Also a table that is as wide as the report's; no word of it is repeated."""

    def build(document):
        table(document, [HEADER, *ROWS])
        table(document, [["naam", "functie", "telefoon", "mail"], ["Jan", "raad", "06", "x"]])
        document.add_paragraph("Met groet")

    found = written(build)
    check(found)
    notes = " ".join(found[2].notes)
    assert "1 tabel" in notes
    assert "1 regel na de tabel" in notes
    assert "Jan" not in notes


def test_a_table_inside_an_action_is_its_actions(written):
    """One row of it is one action."""

    def build(document):
        made = table(document, [HEADER, [*ROWS[0][:3], ""]])
        table(made.cell(1, 3), [["Stadsdeelbeheer", "snoeien"], ["DSOB", "navraag"]])

    assert written(build)[1]["actor"].tolist() == ["Stadsdeelbeheer", "DSOB"]


def test_a_header_without_rows_says_so(written):
    """Rather than a report of nothing."""
    with pytest.raises(ReadError) as found:
        written(lambda document: table(document, [HEADER]))
    assert found.value.code == "file_no_rows"


# Typed text


BY_STREET = {
    "bullets": (
        "Beukenlaan\n- nr. 4: heg groeit over de stoep. Actie: Stadsdeelbeheer: snoeien\n"
        "- zwerfvuil\nLindestraat\n- t.o. 12: bord staat scheef -> Politie: rechtzetten\n"
    ),
    "numbered": (
        "1. Beukenlaan\n- nr. 4: heg groeit over de stoep (Stadsdeelbeheer: snoeien)\n"
        "- zwerfvuil\n2. Lindestraat\n- t.o. 12: bord staat scheef - actie: Politie: rechtzetten\n"
    ),
    "paragraphs": (
        "Beukenlaan nr. 4\nheg groeit over de stoep\nActie: Stadsdeelbeheer: snoeien\n\n"
        "Beukenlaan\nzwerfvuil\n\n"
        "Lindestraat t.o. 12\nbord staat scheef\nActie: Politie: rechtzetten\n"
    ),
}


@pytest.mark.parametrize("layout", ["bullets", "paragraphs", "numbered"])
def test_what_stands_below_a_street_is_on_that_street(tmp_path, layout):
    """With the house number that a point begins with."""
    (tmp_path / "a.txt").write_text(BY_STREET[layout], encoding="utf-8")
    findings, actions, _ = schouw.read_schouw(tmp_path / "a.txt", STREETS)
    places = ["Beukenlaan nr. 4", "Beukenlaan", "Lindestraat t.o. 12"]
    assert findings["location_text"].tolist() == places
    assert findings["description"].tolist()[1] == "zwerfvuil"
    assert actions["actor"].dropna().tolist()[-1] == "Politie"


@pytest.mark.parametrize("known", [STREETS, STREETS.iloc[1:], STREETS.iloc[:1]])
def test_bullets_below_a_street_that_no_list_has_are_findings_too(tmp_path, known):
    """A new street, or one of the next town: its findings have no point, but are read."""
    (tmp_path / "a.txt").write_text(BY_STREET["bullets"], encoding="utf-8")
    findings, _, _ = schouw.read_schouw(tmp_path / "a.txt", known)
    places = ["Beukenlaan nr. 4", "Beukenlaan", "Lindestraat t.o. 12"]
    assert findings["location_text"].tolist() == places


TEXTS = {
    "dashes": (
        "1) Beukenlaan 4 - heg groeit over de stoep - actie: Stadsdeelbeheer: snoeien\n"
        "2) Lindestraat t.o. 12 - bord staat scheef - actie: rechtzetten door Politie\n"
    ),
    "bullets": (
        "- Beukenlaan 4: heg groeit over de stoep. Stadsdeelbeheer: snoeien\n"
        "- Lindestraat t.o. 12: bord staat scheef. Politie: rechtzetten\n"
    ),
    "labels": (
        "Locatie: Beukenlaan 4\nProbleem: heg groeit\nover de stoep\n"
        "Actie: Stadsdeelbeheer: snoeien\n\nLocatie: Lindestraat t.o. 12\n"
        "Probleem: bord staat scheef\nActie: Politie: rechtzetten\n"
    ),
    "semicolons": (
        "straat;huisnr.;wat is er?;door wie?;wat doen we?\n"
        "Beukenlaan;4;heg groeit over de stoep;Stadsdeelbeheer;snoeien\n"
        "Lindestraat;t.o. 12;bord staat scheef;Politie;rechtzetten\n"
    ),
}


@pytest.mark.parametrize("layout", sorted(TEXTS))
def test_every_layout_of_typed_text_gives_the_same(tmp_path, layout):
    """Where the writer set the parts apart nothing is guessed or mended."""
    (tmp_path / "a.txt").write_text(TEXTS[layout], encoding="utf-8")
    findings, actions, report = schouw.read_schouw(tmp_path / "a.txt", STREETS)
    assert findings["location_text"].tolist() == [row[1] for row in ROWS]
    assert findings["description"].tolist() == [row[2].lower() for row in ROWS]
    assert actions["actor"].tolist() == ["Stadsdeelbeheer", "Politie"]
    assert actions["task"].tolist() == ["snoeien", "rechtzetten"]
    assert report.details["repairs"] == []


def test_the_first_row_below_a_header_without_dots_is_read(tmp_path):
    """ "nr." in the header is no house number that goes on in the next line."""
    text = "nr. adres omschrijving actie door\n1 Beukenlaan 4 Heg te hoog DSOB: kijken\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    findings, _, _ = schouw.read_schouw(tmp_path / "a.txt", STREETS)
    assert findings["location_text"].tolist() == ["Beukenlaan 4"]


def test_recognised_numbers_broken_words_and_years_are_mended(tmp_path):
    """ "Z." is 2, a word broken at the end of a line is one word, 2OO7 is a year."""
    text = (
        "Verslag van de schouw op 22 mei 2OO7\n"
        "nr. adres / locatie omschrijving actie door\n"
        "1. Beukenlaan 4 Heg groeit over de stoep Stadsdeelbeheer: snoeien\n"
        "Z. Lindestraat 12 achter- Bord staat scheef Politie: rechtzetten\n"
        "zijde\n"
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    findings, _, _ = schouw.read_schouw(tmp_path / "a.txt", STREETS)
    assert findings["number"].tolist() == [1, 2]
    assert findings["location_text"].tolist()[1] == "Lindestraat 12 achterzijde"
    assert findings["schouw_date"].astype("str").tolist()[0] == "2007-05-22"


# Sheets


@pytest.mark.parametrize(
    "header",
    [
        "Volgnr.;Straatnaam;Huisnummer;Constatering;Verantwoordelijke;Maatregel",
        "Punt;Straat;Hnr;Wat is er aan de hand?;Wie?;Wat doen we?",
        "Nr;Adres;Locatie;Opmerkingen;Uit te voeren door;Actie / maatregel",
    ],
)
def test_columns_go_by_many_names(tmp_path, header):
    """A house number and a nearer place go with the street."""
    text = f"{header}\n1;Beukenlaan;4;Heg groeit;Stadsdeelbeheer;snoeien\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    findings, actions, _ = schouw.read_schouw(tmp_path / "a.csv")
    assert findings["location_text"].tolist() == ["Beukenlaan 4"]
    assert actions[["actor", "task"]].to_numpy().tolist() == [["Stadsdeelbeheer", "snoeien"]]


def test_a_sheet_tells_its_day_its_unused_columns_and_unread_dates(tmp_path):
    """The day stands above the header; "ja" in the column of dates is a state."""
    text = (
        "DE LINDEN;;;;\nSchouw van 3 maart 2025;;;;\nnr;adres;omschrijving;gereed;foto\n"
        "1;Beukenlaan;Afval;ja;a.jpg\n2;Lindestraat;Gras;z.s.m.;b.jpg\n"
    )
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    findings, _, report = schouw.read_schouw(tmp_path / "a.csv")
    assert findings["schouw_date"].astype("str").tolist() == ["2025-03-03"] * 2
    assert "Kolom niet gebruikt: foto" in report.notes


def test_the_day_may_stand_in_the_name_of_the_file(tmp_path):
    """And the report says that it was taken from there."""
    path = tmp_path / "schouw_2025-03-03.csv"
    path.write_text("nr;adres;omschrijving\n1;Beukenlaan;Afval\n", encoding="utf-8")
    findings, _, report = schouw.read_schouw(path)
    assert findings["schouw_date"].astype("str").tolist() == ["2025-03-03"]
    assert any("naam van het bestand" in note for note in report.notes)


def test_all_sheets_of_a_workbook_with_the_header_are_read(tmp_path):
    """One without is named; empty dates are no dates that can't be read."""
    book = openpyxl.Workbook()
    header = ["nr.", "adres", "omschrijving", "actie door", "gereed"]
    for name, rows in (
        ("Noord", [header, [1, "Beukenlaan", "Afval", "DSOB: kijken", None]]),
        ("Zuid", [header, [2, "Lindestraat", "Gras", "Politie: kijken", None]]),
        ("Lijst", [["naam", "functie"], ["x", "y"]]),
    ):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.remove(book.worksheets[0])
    book.save(tmp_path / "a.xlsx")
    findings, _, report = schouw.read_schouw(tmp_path / "a.xlsx")
    assert findings["number"].tolist() == [1, 2]
    assert (report.n_read, report.n_used) == (2, 2)
    notes = " ".join(report.notes)
    assert "Noord en Zuid" in notes
    assert "Lijst" in notes
    assert "niet te lezen" not in notes


def test_a_row_without_number_and_place_goes_on_with_the_one_above(tmp_path):
    """Unless a row between them was rejected: then it may belong to that one."""
    text = (
        "nr;adres;omschrijving;actie door\n1;Beukenlaan;Afval;DSOB: kijken\n"
        ";;;Politie: aanspreken\n2;Lindestraat;Gras;DSOB;te;veel\n;;erg hoog;\n"
    )
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    findings, actions, report = schouw.read_schouw(tmp_path / "a.csv")
    assert actions["actor"].tolist() == ["DSOB", "Politie"]
    assert findings["description"].tolist() == ["Afval", "erg hoog"]
    assert (report.n_read, report.n_used) == (4, 3)


def test_a_table_of_incidents_with_a_description_is_no_report(tmp_path):
    """Nobody is to act and nothing is numbered: those are incidents first."""
    from ipgtools.pipeline import file_kind

    (tmp_path / "a.csv").write_text(
        "Registratienummer;Begindatum;Straatnaam;Omschrijving;X;Y\n"
        "1;21-09-2025;Pluimstraat;Diefstal fiets;257000;471000\n",
        encoding="utf-8",
    )
    assert file_kind.detect(tmp_path / "a.csv").kind == "incidents"
