"""
Files as they go wrong in practice: each message tells what was found and what to do.

What is asserted is what a newcomer reads on the command line.
"""

import gzip
import random
import struct
from pathlib import Path

import docx
import openpyxl
import pytest
from PIL import Image, ImageDraw

from ipgtools import cli
from ipgtools.errors import ReadError
from ipgtools.io.files import detect_format
from ipgtools.pipeline import file_kind

HEAD = (
    "Incident Identificatie;Incidentsoort code;Begin-pleegdatum/tijd;Eind-pleegdatum/tijd;X;Y;"
    "Pleegstraatnaam"
)


def rows(n: int = 60, *, last_day: int = 28, sign: str = "-") -> list[list[str]]:
    """Make good rows; day and month can be told apart if `last_day` is over 12."""
    dice = random.Random(2007)
    made = []
    for at in range(n):
        day, month = 1 + at % last_day, 1 + at % 12
        date = f"{day:02d}{sign}{month:02d}{sign}2025"
        x, y = dice.randint(252_000, 262_000), dice.randint(466_000, 476_000)
        made.append(
            [f"PL{at:04d}", "A20", f"{date} 10:10", f"{date} 11:10", str(x), str(y), "Laan"]
        )
    return made


def text(table: list[list[str]], head: str = HEAD) -> str:
    """Write rows as a CSV."""
    return "\n".join([head, *(";".join(row) for row in table)]) + "\n"


def workbook(path: Path) -> None:
    """Write good rows as an Excel file, whatever it is called."""
    book = openpyxl.Workbook()
    for row in [HEAD.split(";"), *rows()]:
        book.active.append(row)
    with path.open("wb") as stream:
        book.save(stream)


def said(path: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str]:
    """Check a file as a newcomer does, and give the code and all that is said."""
    code = cli.run(["check", str(path), *options])
    shown = capsys.readouterr()
    assert "Traceback" not in shown.out + shown.err
    return code, " ".join((shown.out + shown.err).split())


def test_swapped_axes_of_a_whole_file_are_put_right_and_said(tmp_path: Path, capsys) -> None:
    path = tmp_path / "verwisseld.csv"
    path.write_text(text([[*row[:4], row[5], row[4], row[6]] for row in rows()]), "utf-8")
    code, message = said(path, capsys)
    assert code == 0
    assert "in het hele bestand staan x en y verwisseld (X en Y); ze zijn omgewisseld" in message


def test_swapped_axes_tell_what_to_write_in_the_settings(tmp_path: Path, capsys) -> None:
    path = tmp_path / "verwisseld.csv"
    turned = [[*row[:4], row[5], row[4], row[6]] for row in rows()]
    path.write_text(text([rows()[0], *turned[1:]]), "utf-8")
    code, message = said(path, capsys)
    assert code == 2
    assert "lijken x en y verwisseld" in message
    assert '[columns.incidents]: x = "Y" en y = "X"' in message


def test_what_the_message_on_swapped_axes_says_works(tmp_path: Path) -> None:
    import ipgtools as ipg

    path = tmp_path / "verwisseld.csv"
    path.write_text(text([[*row[:4], row[5], row[4], row[6]] for row in rows()]), "utf-8")
    assert ipg.read_incidents(path, columns={"x": "Y", "y": "X"})[1].n_rejected == 0


def test_day_or_month_first_gives_two_examples_and_a_way_out(tmp_path: Path, capsys) -> None:
    path = tmp_path / "dag_of_maand.csv"
    path.write_text(text(rows(last_day=12, sign="/")), "utf-8")
    code, message = said(path, capsys)
    assert code == 2
    assert "met de dag of met de maand begint" in message
    assert "schrijf de datums als 2025-12-31" in message


def test_no_coordinates_tells_what_to_ask_for(tmp_path: Path, capsys) -> None:
    path = tmp_path / "zonder.csv"
    table = [[*row[:4], row[6]] for row in rows()]
    path.write_text(text(table, HEAD.replace(";X;Y", "")), "utf-8")
    code, message = said(path, capsys)
    assert code == 2
    assert "ontbreekt een kolom voor x-coördinaat (x) en y-coördinaat (y)" in message
    assert "vraag een export met X en Y (RD)" in message


def test_a_table_without_times_tells_which_column_to_name(tmp_path: Path, capsys) -> None:
    path = tmp_path / "zonder_tijd.csv"
    table = [[row[0], row[1], *row[4:]] for row in rows()]
    path.write_text(text(table, "incidentnummer;mk;X;Y;straat"), "utf-8")
    code, message = said(path, capsys, "--soort", "incidenten")
    assert code == 2
    assert "vroegste tijdstip (occurred_from)" in message
    assert '[columns.incidents]: occurred_from = "Pleegdatum"' in message


def test_a_web_page_called_xls_is_said_to_be_one(tmp_path: Path, capsys) -> None:
    path = tmp_path / "export.xls"
    lines = "".join(f"<tr>{''.join(f'<td>{one}</td>' for one in row)}</tr>" for row in rows())
    path.write_text(f"<html><body><table>{lines}</table></body></html>", "utf-8")
    code, message = said(path, capsys)
    assert code == 2
    assert "heet .xls, maar is van binnen een webpagina" in message
    assert "bewaar het als Excel-werkmap" in message


def test_a_locked_workbook_asks_for_one_without_a_password(tmp_path: Path, capsys) -> None:
    """A locked .xlsx is an OLE file with the package inside (MS-OFFCRYPTO 2.3.4.4)."""
    path = tmp_path / "beveiligd.xlsx"
    inside = "EncryptionInfo".encode("utf-16-le") + "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504) + inside + bytes(512))
    code, message = said(path, capsys)
    assert code == 2
    assert "met een wachtwoord beveiligd" in message
    assert "zonder wachtwoord" in message


def test_a_csv_that_breaks_off_is_read_with_a_warning(tmp_path: Path, capsys) -> None:
    path = tmp_path / "half.csv"
    whole = text(rows(400))
    path.write_text(whole[: whole.rindex(";") - 20], "utf-8")
    code, message = said(path, capsys)
    assert code == 0
    assert "400 rijen gelezen, 399 gebruikt, 1 afgekeurd" in message
    assert "de laatste rij is niet compleet" in message
    assert "helemaal binnengekomen" in message


@pytest.mark.parametrize("total", ["Totaal 400", "Totaal;400", "\nTotaal;400\nBron: BVH"])
def test_a_total_below_the_table_is_no_sign_of_a_broken_file(
    tmp_path: Path, capsys, total: str
) -> None:
    """A line break behind it says that the file is whole."""
    path = tmp_path / "totaal.csv"
    path.write_text(text(rows(400)) + total + "\n", "utf-8")
    assert "niet compleet" not in said(path, capsys)[1]


def test_a_packed_file_that_breaks_off_is_to_be_fetched_again(tmp_path: Path, capsys) -> None:
    path = tmp_path / "half.csv.gz"
    packed = gzip.compress(text(rows(4000)).encode())
    path.write_bytes(packed[: len(packed) // 2])
    code, message = said(path, capsys)
    assert code == 2
    assert "niet compleet: het houdt halverwege op. Haal het opnieuw op" in message


def test_half_a_workbook_is_to_be_fetched_again(tmp_path: Path, capsys) -> None:
    path = tmp_path / "half.xlsx"
    workbook(path)
    path.write_bytes(path.read_bytes()[:3000])
    code, message = said(path, capsys)
    assert code == 2
    assert "niet compleet" in message


def test_a_word_report_without_a_table_tells_which_table(tmp_path: Path, capsys) -> None:
    path = tmp_path / "verslag.docx"
    document = docx.Document()
    document.add_paragraph("Aan de Dorpsstraat lag veel afval.")
    document.save(str(path))
    code, message = said(path, capsys)
    assert code == 2
    assert "geen tabel met een kop (nr, adres, omschrijving, actie door)" in message
    assert "een rij per bevinding" in message


@pytest.mark.parametrize(
    ("name", "inside"), [("a.csv", ".xlsx"), ("a.xls", ".xlsx"), ("a.xlsx", ".csv")]
)
def test_a_file_under_another_name_tells_its_own(
    name: str, inside: str, tmp_path: Path, capsys
) -> None:
    path = tmp_path / name
    if inside == ".xlsx":
        workbook(path)
    else:
        path.write_text(text(rows()), "utf-8")
    code, message = said(path, capsys)
    assert code == 2
    assert f"is van binnen {inside}. Verander het eind van de naam in {inside}" in message


def test_a_good_file_is_no_disguise(tmp_path: Path) -> None:
    good = tmp_path / "a.csv"
    good.write_text(text(rows()), "utf-8")
    workbook(tmp_path / "a.xlsx")
    assert detect_format.actual_format_error(good) is None
    assert detect_format.actual_format_error(tmp_path / "a.xlsx") is None
    detect_format.require_text_table(good)


# What a file is taken for.


def test_a_file_that_can_be_two_kinds_says_which_and_how_to_choose(tmp_path: Path, capsys) -> None:
    path = tmp_path / "meldingen.csv"
    head = "nr;adres;omschrijving;datum;x;y"
    table = [[row[0], "Laan 1", "afval", row[2], row[4], row[5]] for row in rows()]
    path.write_text(text(table, head), "utf-8")
    code, message = said(path, capsys)
    assert code == 0
    assert "Gelezen als een schouwverslag, want de kolommen adres, omschrijving" in message
    assert "Het kan ook incidenten zijn; kies dan --soort incidenten" in message
    assert "Gelezen als incidenten, want zo opgegeven" in said(
        path, capsys, "--soort", "incidenten"
    )[1]  # fmt: skip


def test_an_export_of_reports_is_told_from_a_map(tmp_path: Path, capsys) -> None:
    path = tmp_path / "meldingen.json"
    path.write_text(
        '[{"service_request_id": "1", "status": "open", "service_name": "Afval", '
        '"description": "zak op straat", "lat": 52.22, "long": 6.9}]',
        "utf-8",
    )
    assert "een export van meldingen (Signalen of Open311)" in said(path, capsys)[1]
    path.write_text('{"a": 1}', "utf-8")
    code, message = said(path, capsys)
    assert code == 2
    assert "geen meldingen gevonden" in message


def test_a_folder_of_exports_is_one_set_and_a_mixed_one_is_not(tmp_path: Path, capsys) -> None:
    folder = tmp_path / "maanden"
    folder.mkdir()
    (folder / "jan.csv").write_text(text(rows(40)), "utf-8")
    (folder / "feb.csv").write_text(text(rows(60)[20:]), "utf-8")
    code, message = said(folder, capsys)
    assert code == 0
    assert "80 rijen gelezen, 60 gebruikt, 20 afgekeurd" in message
    assert "2 exports van incidenten, samen een geheel" in message
    (folder / "uitleg.md").write_text("hoi")
    code, message = said(folder, capsys)
    assert code == 2
    assert "map met verschillende soorten; elk van de 3 bestanden apart" in message
    assert "1 van de 3 bestanden is niet bruikbaar" in message
    assert message.count("rijen gelezen") == 2


def picture(path: Path, *, page: bool, camera: bool = False) -> Path:
    """Make a scanned page, or a photo."""
    image = Image.new("RGB", (700, 990) if page else (900, 600), "white" if page else "grey")
    draw = ImageDraw.Draw(image)
    for line in range(20 if page else 0):
        draw.text((50, 40 + 45 * line), "44. Dorpsstraat 1 afval opruimen", fill="black")
    exif = Image.Exif()
    if camera:
        exif[0x010F] = "Camera"
    image.save(path, exif=exif)
    return path


@pytest.mark.parametrize(
    ("page", "camera", "kind", "also"),
    [
        (True, False, "schouw", ("photos",)),
        (True, True, "photos", ()),
        (False, False, "photos", ("schouw",)),
        (False, True, "photos", ()),
    ],
)
def test_a_scanned_page_is_told_from_a_photo(
    page: bool, camera: bool, kind: str, also: tuple[str, ...], tmp_path: Path
) -> None:
    path = picture(tmp_path / "plaatje.jpg", page=page, camera=camera)
    found = file_kind.detect(path)
    assert (found.kind, found.also) == (kind, also)


def test_a_folder_of_mails_and_photos_is_read_as_one(tmp_path: Path, capsys) -> None:
    picture(tmp_path / "a.jpg", page=False)
    picture(tmp_path / "b.png", page=False, camera=True)
    code, message = said(tmp_path, capsys)
    assert code == 0
    assert "in de map staan alleen e-mails en foto's" in message
    assert "2 rijen gelezen" in message


def test_addresses_are_no_incidents(tmp_path: Path, capsys) -> None:
    path = tmp_path / "adressen.csv"
    path.write_text("straatnaam;huisnummer;x;y\nLaan;1;257000;471000\n", "utf-8")
    assert "Gelezen als adressen" in said(path, capsys)[1]


def test_persons_without_a_key_are_not_read(tmp_path: Path, capsys) -> None:
    path = tmp_path / "antecedenten.csv"
    path.write_text("persoonsnummer;pleegdatum;x;y\n1;2025-01-01;257000;471000\n", "utf-8")
    code, message = said(path, capsys)
    assert code == 2
    assert "Geef het sleutelbestand op met --sleutel" in message


def test_a_page_and_rejected_rows_are_saved_on_request(tmp_path: Path, capsys) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text([*rows(), ["z", "A20", "01-01-2025 10:00", "", "", "", "Laan"]]), "utf-8")
    page, rejected = tmp_path / "uit" / "p.html", tmp_path / "uit" / "r.xlsx"
    code, message = said(path, capsys, "--rapport", str(page), "--verworpen", str(rejected))
    assert code == 0
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert openpyxl.load_workbook(rejected).worksheets[0].max_row == 2
    assert "1 afgekeurde rij opgeslagen" in message
    assert said(path, capsys, "--verworpen", "r.txt")[0] == 2


@pytest.mark.parametrize("size", [0, 1, 7, 40])
def test_garbage_under_any_name_is_no_fault_of_ours(size: int, tmp_path: Path, capsys) -> None:
    junk = struct.pack(f"{size}B", *random.Random(size).choices(range(256), k=size))
    for name in ("a.csv", "a.xlsx", "a.xls", "a.json", "a.docx", "a.pdf", "a.jpg", "a.eml", "a.txt",
                 "a.gpkg", "a.zip"):  # fmt: skip
        path = tmp_path / name
        path.write_bytes(junk)
        assert said(path, capsys)[0] in (0, 2), name


def test_an_empty_folder_is_said_to_be_empty(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        file_kind.parts(tmp_path)
    assert caught.value.code == "photos_none"
