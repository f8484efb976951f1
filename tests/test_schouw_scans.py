"""Reports in PDF and scanned reports become the same findings and actions."""

import subprocess
import textwrap

import pytest
from PIL import Image, ImageDraw, ImageFont

from ipgtools import schouw
from ipgtools.errors import ReadError
from ipgtools.nl.errors import TEXTS
from ipgtools.nl.messages import message
from ipgtools.schouw.assemble import Decisions, Row
from ipgtools.schouw.formats import pdf_and_images, plain_text
from ipgtools.schouw.geocode_findings import Sources

HEADER = ["nr.", "adres / locatie", "omschrijving", "actie door"]
ROWS = [
    ["1.", "Beukenlaan nr. 4", "Heg groeit over de stoep", "Stadsdeelbeheer: snoeien"],
    ["2.", "Beukenlaan hoek Lindestraat", "Zwerfafval in de struiken", "Wijkagent: informeren"],
    ["3.", "Lindestraat t.o. nr. 12", "Bord staat scheef door aanrijding", "Politie: rechtzetten"],
]
HEADING = ["Wijkschouw", "DE LINDEN", "Verslag van de schouw op 3 maart 2025"]
WIDTHS, LINE = (40, 150, 170, 160), 14
SHEET = "/MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"


def pdf(*contents):
    """Write a PDF of pages, each a stream of drawing commands."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(contents)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for at, content in enumerate(contents):
        objects += [
            f"<< /Type /Page /Parent 2 0 R {SHEET} /Contents {5 + 2 * at} 0 R >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        ]
    text, places = "%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(text))
        text += f"{number} 0 obj\n{each}\nendobj\n"
    start = len(text)
    text += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    text += "".join(f"{place:010d} 00000 n \n" for place in places)
    text += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return text.encode("cp1252")


def page(rows, heading=(), *, lines=True, widths=WIDTHS):
    """Draw a table: wrapped words in cells, with or without lines between."""
    out, y = [], 800

    def write(x, height, words):
        words = words.replace("(", r"\(").replace(")", r"\)")
        out.append(f"BT /F1 10 Tf {x} {height} Td ({words}) Tj ET")

    for line in heading:
        write(40, y, line)
        y -= 16
    for row in rows:
        cells = [
            textwrap.wrap(cell, width // 6) or [""] for cell, width in zip(row, widths, strict=True)
        ]
        high = LINE * max(map(len, cells)) + 4
        x = 40
        for cell, width in zip(cells, widths, strict=True):
            for at, words in enumerate(cell):
                write(x + 3, y - 11 - LINE * at, words)
            if lines:
                out.append(f"{x} {y - high} {width} {high} re S")
            x += width
        y -= high
    return "\n".join(out)


def check(findings, actions):
    """Three findings, three actions, in the report's words."""
    assert findings["number"].tolist() == [1, 2, 3]
    assert findings["location_text"].tolist() == [row[1] for row in ROWS]
    assert findings["description"].tolist() == [row[2] for row in ROWS]
    assert actions["actor"].tolist() == ["Stadsdeelbeheer", "Wijkagent", "Politie"]
    assert actions["task"].tolist() == ["snoeien", "informeren", "rechtzetten"]
    assert findings["schouw_date"].eq("2025-03-03").all()
    assert findings["schouw_id"].eq("de-linden-2025-03-03").all()


def test_a_pdf_with_a_table_gives_its_cells(tmp_path):
    """Lines that were wrapped inside a cell are joined; the heading stands above."""
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(page([HEADER, *ROWS], HEADING)))
    findings, actions, report = schouw.read_schouw(path)
    check(findings, actions)
    assert report.details["form"] == "pdf_table"


def test_a_name_of_a_column_that_is_broken_in_a_word_is_whole(tmp_path):
    """A narrow column breaks "omschrijving" in two; no row is lost by that."""
    heads = [*HEADER[:2], "omschrijvi ng", HEADER[3]]
    (tmp_path / "a.pdf").write_bytes(pdf(page([heads, *ROWS], HEADING, widths=(40, 150, 60, 160))))
    findings, actions, _ = schouw.read_schouw(tmp_path / "a.pdf")
    check(findings, actions)


def test_a_table_that_goes_on_overleaf_is_one_table(tmp_path):
    """With and without the header once more."""
    for second in ([ROWS[2]], [HEADER, ROWS[2]]):
        path = tmp_path / "a.pdf"
        path.write_bytes(pdf(page([HEADER, *ROWS[:2]], HEADING), page(second)))
        findings, actions, _ = schouw.read_schouw(path)
        check(findings, actions)


def test_a_row_that_is_split_over_two_pages_is_one_row(tmp_path):
    """What goes on overleaf is put behind what stands above; the report says so."""
    rest = ["", "", "door aanrijding", ""]
    first = [HEADER, *ROWS[:2], [*ROWS[2][:2], "Bord staat scheef", ROWS[2][3]]]
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(page(first, HEADING), page([HEADER, rest])))
    findings, actions, report = schouw.read_schouw(path)
    check(findings, actions)
    assert message("rows_split", n=1) in report.messages


def test_a_further_action_at_the_top_of_a_page_stays_one(tmp_path):
    """Who and what of its own: no rest of the row above."""
    header = [*HEADER[:3], "actie", "actiehouder"]
    path = tmp_path / "a.pdf"
    widths = (40, 130, 130, 100, 110)
    rows = [["1.", "Beukenlaan 4", "Heg", "snoeien", "DSOB"], ["2.", "Beukenlaan 6", "Hek", "", ""]]
    further = ["", "", "", "navragen", "Politie"]
    path.write_bytes(
        pdf(page([header, *rows[::-1]], HEADING, widths=widths), page([further], widths=widths))
    )
    _, actions, _ = schouw.read_schouw(path)
    assert actions["actor"].tolist() == ["DSOB", "Politie"]


def test_columns_of_a_pdf_that_are_not_read_are_named(tmp_path):
    """And lines outside the table are counted."""
    path = tmp_path / "a.pdf"
    rows = [[*HEADER[:3], "prioriteit"], *[[*row[:3], "hoog"] for row in ROWS]]
    content = page(rows, HEADING) + "\nBT /F1 10 Tf 40 100 Td (Met groet, de wijkraad) Tj ET"
    path.write_bytes(pdf(content))
    notes = " ".join(schouw.read_schouw(path)[2].notes)
    assert "Kolom niet gebruikt: prioriteit" in notes
    assert "1 regel na de tabel niet gebruikt" in notes


def test_running_heads_and_feet_are_no_part_of_the_text(tmp_path):
    """Also with the number of the page; they are named."""
    rows = [f"{' '.join(row[:3])}. {row[3]}" for row in ROWS]
    pages = [
        page([], ["Actielijst schouw", *HEADING, *rows[:2], "Gemeente X", "blad 1"]),
        page([], ["Actielijst schouw", rows[2], "Einde", "Gemeente X", "blad 2"]),
    ]
    (tmp_path / "a.pdf").write_bytes(pdf(*pages))
    findings, actions, report = schouw.read_schouw(tmp_path / "a.pdf")
    words = " ".join([*findings["description"], *actions["task"]])
    assert "blad" not in words
    assert "Gemeente X" not in words
    assert any("Kop- en voetregels" in note for note in report.notes)


def test_a_table_without_lines_gives_its_cells_by_where_words_stand(tmp_path):
    """As a sheet is printed without its grid; the report says so."""
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(page([HEADER, *ROWS], HEADING, lines=False)))
    findings, actions, report = schouw.read_schouw(path)
    check(findings, actions)
    assert any("plaats van de woorden" in note for note in report.notes)


def test_a_pdf_of_running_text_goes_the_way_of_text(tmp_path):
    """No header, so no columns: numbers, places and actors from the words."""
    rows = [f"{' '.join(row[:3])}. {row[3]}" for row in ROWS]
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(page([], [*HEADING, *rows])))
    findings, actions, report = schouw.read_schouw(path)
    assert report.details["form"] == "pdf_text"
    assert findings["number"].tolist() == [1, 2, 3]
    assert actions["actor"].tolist() == ["Stadsdeelbeheer", "Wijkagent", "Politie"]


def drawn():
    """Draw a page of text, and one that is a picture."""
    inline = "q 400 0 0 400 50 50 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"
    return pdf(page([HEADER, *ROWS], HEADING), inline)


def test_a_page_of_a_pdf_that_is_a_picture_is_told(tmp_path):
    """The table on the other page is read; nothing is left out in silence."""
    (tmp_path / "a.pdf").write_bytes(drawn())
    findings, actions, report = schouw.read_schouw(tmp_path / "a.pdf")
    check(findings, actions)
    assert any("Bladzijde 2" in note for note in report.notes)


def test_lines_after_the_table_of_a_pdf_without_lines_are_left_alone(tmp_path):
    """Where the page leaves room, the table has ended."""
    content = page([HEADER, *ROWS], HEADING, lines=False)
    content += "\nBT /F1 10 Tf 40 300 Td (Met groet, de wijkraad) Tj ET"
    (tmp_path / "a.pdf").write_bytes(pdf(content))
    findings, _, report = schouw.read_schouw(tmp_path / "a.pdf")
    assert "groet" not in " ".join(findings["description"])
    assert any("na de tabel" in note for note in report.notes)


SCAN = pdf("0 0 10 10 re f")


@pytest.mark.parametrize("name", ["a.pdf", "a.png", "a.tif"])
def test_without_tesseract_the_message_says_how_to_get_it(tmp_path, monkeypatch, name):
    """In Dutch, with the names of the packages."""
    monkeypatch.setattr(pdf_and_images.shutil, "which", lambda _: None)
    path = tmp_path / name
    if name == "a.pdf":
        path.write_bytes(SCAN)
    else:
        Image.new("L", (100, 100), 255).save(path)
    with pytest.raises(ReadError) as found:
        schouw.read_schouw(path)
    said = TEXTS[found.value.code].format(**found.value.facts)
    assert "tesseract-ocr-nld" in said


def test_tesseract_without_its_dutch_model_counts_as_missing(tmp_path, monkeypatch):
    """The message is the same."""
    monkeypatch.setattr(pdf_and_images.shutil, "which", lambda _: "/bin/true")
    (tmp_path / "a.pdf").write_bytes(SCAN)
    with pytest.raises(ReadError) as found:
        schouw.read_schouw(tmp_path / "a.pdf")
    assert found.value.code == "ocr_missing"


def test_a_tesseract_that_fails_is_told(tmp_path, monkeypatch):
    """No traceback of a subprocess."""

    def fails(command, **_):
        if "--list-langs" in command:
            return subprocess.CompletedProcess(command, 0, b"nld\n", b"")
        raise subprocess.TimeoutExpired(command, 300)

    monkeypatch.setattr(pdf_and_images.shutil, "which", lambda _: "tesseract")
    monkeypatch.setattr(pdf_and_images.subprocess, "run", fails)
    (tmp_path / "a.pdf").write_bytes(SCAN)
    with pytest.raises(ReadError) as found:
        schouw.read_schouw(tmp_path / "a.pdf")
    assert TEXTS[found.value.code].format(**found.value.facts)
    assert found.value.code == "ocr_failed"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"geen pdf"),
        ("a.pdf", pdf(page(ROWS))[:300]),
        ("a.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 40),
    ],
)
def test_files_that_are_no_pdf_say_so(tmp_path, name, content):
    """Broken, cut off, or something else."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ReadError) as found:
        schouw.read_schouw(tmp_path / name)
    assert found.value.code in {"file_unreadable", "ocr_missing", "schouw_no_rows"}


def test_a_pdf_of_too_many_pages_is_refused(tmp_path):
    """A report has at most a hundred."""
    (tmp_path / "a.pdf").write_bytes(pdf(*["" for _ in range(101)]))
    with pytest.raises(ReadError) as found:
        schouw.read_schouw(tmp_path / "a.pdf")
    assert found.value.code == "schouw_too_large"


# With Tesseract


@pytest.fixture
def tesseract():
    """Skip where Tesseract or its Dutch model isn't installed."""
    try:
        pdf_and_images._tesseract("x")
    except ReadError:
        pytest.skip("Tesseract with its Dutch model is not installed")


@pytest.fixture
def scanned(tmp_path):
    """Draw the report as a picture of 200 dots per inch."""
    picture = Image.new("L", (1654, 700), 255)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(30)
    y = 40
    for line in HEADING:
        draw.text((80, y), line, 0, font)
        y += 50
    for row in [["nr.", "adres / locatie", "omschrijving", "actie door"], *ROWS]:
        for x, cell in zip((80, 150, 620, 1180), row, strict=True):
            draw.text((x, y), cell, 0, font)
        y += 60
    return picture


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize("suffix", ["png", "pdf"])
def test_a_scan_is_read_by_tesseract(tmp_path, scanned, suffix):
    """As a picture and inside a PDF: numbers, places and actors come out."""
    path = tmp_path / f"a.{suffix}"
    scanned.save(path, resolution=200) if suffix == "pdf" else scanned.save(path)
    findings, actions, report = schouw.read_schouw(path)
    assert report.details["form"] == "scan"
    assert findings["number"].tolist() == [1, 2, 3]
    assert findings["location_text"].str.startswith(("Beukenlaan", "Lindestraat")).all()
    assert actions["actor"].tolist() == ["Stadsdeelbeheer", "Wijkagent", "Politie"]


@pytest.mark.usefixtures("tesseract")
def test_a_scanned_table_of_many_columns_keeps_its_cells(tmp_path):
    """Who, how far and by when stand in columns of their own; cells may have two lines."""
    picture = Image.new("L", (1654, 700), 255)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(30)
    header = ["Nr", "Locatie", "Constatering", "Wie", "Status", "Deadline"]
    rows = [["1", "Beukenlaan 4", "Heg groeit over\nde stoep", "Politie", "Gereed", "1-5-2025"],
            ["2", "Lindestraat 12", "Bord scheef", "Domijn", "Loopt", "2-5-2025"],
            ["3", "Lindestraat 14", "Tegels los", "Gemeente", "Loopt", "3-5-2025"]]  # fmt: skip
    for row, y in zip([header, *rows], (40, 110, 210, 280), strict=True):
        for x, cell in zip((80, 160, 480, 800, 1060, 1300), row, strict=True):
            draw.multiline_text((x, y), cell, 0, font, spacing=8)
    picture.save(tmp_path / "a.png")
    findings, actions, report = schouw.read_schouw(tmp_path / "a.png")
    assert report.details["form"] == "scan"
    assert findings["description"].tolist()[0] == "Heg groeit over de stoep"
    assert actions["actor"].tolist() == ["Politie", "Domijn", "Gemeente"]
    assert actions["status"].tolist() == ["afgehandeld", "in uitvoering", "in uitvoering"]
    assert actions["due"].astype("str").tolist()[1:] == ["2025-05-02", "2025-05-03"]


@pytest.mark.usefixtures("tesseract")
def test_cells_of_a_scan_that_go_over_lines_stay_together_and_need_no_street(tmp_path):
    """As Word sets a table without lines: narrow columns, and a place that is no street."""
    picture = Image.new("L", (1654, 700), 255)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(30)
    rows = [["1", "Pluimstraat hoek\nOostveenweg", "Losse\ntegels", "Politie:\nherstellen"],
            ["2", "Speelplek achter\nde kerk", "Jongeren,\nlawaai", "Domijn: praten"],
            ["3", "Gronausestraat\n43", "Heg over\nde stoep", "Gemeente:\nsnoeien"]]  # fmt: skip
    for row, y in zip([HEADER, *rows], (40, 110, 220, 330), strict=True):
        for x, cell in zip((80, 360, 760, 1180), row, strict=True):
            draw.multiline_text((x, y), cell, 0, font, spacing=8)
    picture.save(tmp_path / "a.png")
    findings, actions, _ = schouw.read_schouw(tmp_path / "a.png")
    assert findings["location_text"].tolist() == [row[1].replace("\n", " ") for row in rows]
    assert actions["task"].tolist() == ["herstellen", "praten", "snoeien"]


@pytest.mark.parametrize(
    ("marks", "numbers"),
    [(["1", "2", "5)", "4", "5"], [1, 2, 3, 4, 5]), (["1", "2", "1", "2"], [1, 2, 1, 2])],
)
def test_a_number_of_a_scanned_table_is_mended_by_its_run(marks, numbers):
    """A run that starts anew, as in a list per street, is left alone."""
    rows = [Row(at, int(mark[0]), "", "", [], {"number": mark}) for at, mark in enumerate(marks, 1)]
    made = Decisions("scan", (), rows)
    plain_text.correct_cells(made, Sources(), None)
    assert [row.number for row in made.rows] == numbers


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_scan_that_lies_on_its_side_or_head_is_set_upright(tmp_path, scanned, turn):
    """And a little askew, too; the report says by how much it was turned."""
    laid = scanned.rotate(turn, expand=True).rotate(2, Image.Resampling.BICUBIC, fillcolor=255)
    laid.save(tmp_path / "a.png")
    findings, actions, report = schouw.read_schouw(tmp_path / "a.png")
    assert findings["number"].tolist() == [1, 2, 3]
    assert findings["location_text"].str.startswith(("Beukenlaan", "Lindestraat")).all()
    assert actions["actor"].tolist() == ["Stadsdeelbeheer", "Wijkagent", "Politie"]
    assert any(f"{turn} graden" in note for note in report.notes)


@pytest.mark.usefixtures("tesseract")
def test_without_the_model_for_turns_all_four_are_tried(tmp_path, scanned, monkeypatch):
    """The one at which most is read well is taken."""
    monkeypatch.setattr(pdf_and_images, "_SCRIPT", ["--psm", "0", "-l", "bestaat_niet"])
    scanned.rotate(270, expand=True).save(tmp_path / "a.png")
    findings, _, report = schouw.read_schouw(tmp_path / "a.png")
    assert findings["number"].tolist() == [1, 2, 3]
    assert any("270 graden" in note for note in report.notes)


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize("angle", [-6, 3])
def test_a_coarse_scan_askew_is_read(tmp_path, scanned, angle):
    """At 150 dots per inch, as office scanners send them by mail."""
    coarse = scanned.resize((1240, 525), Image.Resampling.LANCZOS)
    coarse.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255).save(
        tmp_path / "a.png"
    )
    findings, actions, _ = schouw.read_schouw(tmp_path / "a.png")
    assert findings["number"].tolist() == [1, 2, 3]
    assert actions["actor"].tolist() == ["Stadsdeelbeheer", "Wijkagent", "Politie"]
