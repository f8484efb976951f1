"""
Mistakes of a first day: what is said tells what was found and what to do about it.

Files are checked and settings are run on the command line; nothing ends in a traceback.
"""

import random
import zipfile
from pathlib import Path

import openpyxl
import pytest

import ipgtools as ipg
from ipgtools import cli
from ipgtools.errors import SettingsError
from ipgtools.settings import Choices, Settings

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample"
HEAD = "incidentnummer;mk;pleegdatum;X;Y;straat"


def rows(n: int = 40, **other: str) -> list[list[str]]:
    """Make good rows, but for the columns that are given."""
    dice = random.Random(7)
    names = HEAD.split(";")
    made = []
    for at in range(n):
        x, y = str(dice.randint(252_000, 262_000)), str(dice.randint(466_000, 476_000))
        good = [f"PL{at}", "A20", f"{13 + at % 15}-0{1 + at % 9}-2025 10:10", x, y, "Laan"]
        made.append([other.get(name, value) for name, value in zip(names, good, strict=True)])
    return made


def csv(table: list[list[str]], head: str | None = HEAD, sign: str = ";") -> str:
    """Write rows as text."""
    lines = [head.replace(";", sign)] if head else []
    return "\n".join([*lines, *(sign.join(row) for row in table)]) + "\n"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    """Type a command, and give its code and all that was said."""
    code = cli.run([str(one) for one in arguments])
    shown = capsys.readouterr()
    said = " ".join((shown.out + shown.err).split())
    assert "Traceback" not in said
    assert "Er ging iets mis" not in said
    return code, said


REFUSED = {
    "zonder_kop.csv": (csv(rows(), None), "geen kolomnamen boven de gegevens: de eerste regel is"),
    "in_een_cel.csv": (
        "\n".join(f'"{line}"' for line in csv(rows()).splitlines()),
        "elke regel als geheel tussen aanhalingstekens",
    ),
    "hekjes.csv": (csv(rows(pleegdatum="########")), "Maak de kolom in Excel breder"),
    "brief.csv": ("{\\rtf1\\ansi Beste collega\\par}", "is van binnen een tekstdocument (RTF)"),
    "ipg.toml": ("[input]\n", "bevat instellingen, geen gegevens. Maak de briefing met"),
    "inwoners.csv": (
        "buurtcode;buurtnaam;inwoners\nBU01530100;Velve;1200\n",
        "een tabel met inwoners per gebied, zonder vlakken. Noem haar in ipg.toml bij inhabitants",
    ),
    "werkmap.xlsb": ("PK", "bewaar het als een daarvan"),
    "los.shp": (
        "\x00\x00'\n" + "\x00" * 96,
        "de bestanden met dezelfde naam op .shx, .dbf en .prj",
    ),
    "nep.csv.gz": (csv(rows()), "heet .gz maar is niet ingepakt"),
    "graden.csv": (
        csv(rows(X="zie kaart", Y="zie kaart"), HEAD.replace("X;Y", "lon;lat")),
        "in graden met decimalen (6.8936 en 52.2215)",
    ),
    "iets.json": ('{"a": 1}', "Signalen en van Open311 (GeoReport v2), en kaarten als GeoJSON"),
    "spaties.txt": (csv(rows(), sign="   "), "Is het een tabel, bewaar haar dan als CSV"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_used_says_why_and_what_to_do(
    name: str, tmp_path: Path, capsys
) -> None:
    content, words = REFUSED[name]
    (tmp_path / name).write_text(content, "utf-8")
    code, said = run(capsys, "check", tmp_path / name)
    assert code == 2
    assert words in said


READ = {
    "nul.csv": (csv(rows(X="0", Y="0")), "geen enkele rij is bruikbaar"),
    "toekomst.csv": (
        csv([[*row[:2], row[2].replace("2025", "2205"), *row[3:]] for row in rows()]),
        "en dat is in de toekomst. Kloppen de datums?",
    ),
    "afgerond.csv": (
        csv([[*row[:3], f"{row[3][:3]}000", f"{row[4][:3]}000", row[5]] for row in rows()]),
        "alle coördinaten zijn afgerond op 1.000 m",
    ),
    "een_punt.csv": (csv(rows(X="257123", Y="471456")), "alle 40 incidenten staan op hetzelfde"),
    "komma.csv": (
        csv([[*row[:3], f"{row[3]},5", f"{row[4]},5", row[5]] for row in rows()], sign=","),
        "zoals een komma in getallen. Vraag een export met puntkomma's",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_a_file_that_is_read_and_looks_wrong_says_so_on_the_command_line_and_the_page(
    name: str, tmp_path: Path, capsys
) -> None:
    content, words = READ[name]
    (tmp_path / name).write_text(content, "utf-8")
    page = tmp_path / "p.html"
    code, said = run(capsys, "check", tmp_path / name, "--rapport", page)
    assert code == 0
    assert words in said
    assert words.replace("'", "&#x27;") in page.read_text("utf-8")


def test_good_rows_raise_no_doubt(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(csv(rows()), "utf-8")
    told = ipg.read_incidents(tmp_path / "a.csv")[1]
    assert told.doubts() == []
    assert not any("Let op" in note for note in told.notes)


def test_an_empty_workbook_is_empty(tmp_path: Path, capsys) -> None:
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    assert "is leeg" in run(capsys, "check", tmp_path / "a.xlsx")[1]


def test_a_zip_without_tables_says_what_is_in_it(tmp_path: Path, capsys) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("brief.docx", "x")
    assert "Wel zit erin: brief.docx" in run(capsys, "check", tmp_path / "a.zip")[1]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, capsys) -> None:
    path = tmp_path / "a.csv"
    path.write_text(csv(rows()), "utf-8")
    code, said = run(capsys, "check", path, "--rapport", path / "p.html")
    assert code == 2
    assert "is niet op te slaan" in said
    out = ["--config", SAMPLE / "ipg.toml", "--out", path]
    code, said = run(capsys, "briefing", *out)
    assert code == 2
    assert f"{path}. Er is niets opgeslagen." in said


# Settings.


def settings(
    folder: Path, *extra: str, period: str = "start = 2025-09-01\nend = 2025-12-01"
) -> Path:
    """Write settings about the sample town."""
    path = folder / "ipg.toml"
    files = f"incidents = '{SAMPLE / 'incidenten.csv.gz'}'\nareas = '{SAMPLE / 'buurten.geojson'}'"
    lines = [line for line in extra if not line.startswith("[")]
    parts = [line for line in extra if line.startswith("[")]
    path.write_text(
        "\n".join(["[input]", files, *lines, "[period]", period, *parts]) + "\n", "utf-8"
    )
    return path


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ("[analysis]\ncelsize = 100", "celsize bestaat niet (is cell_size bedoeld?)"),
        ("[uitvoer]\nfolder = 'x'", "uitvoer bestaat niet"),
        ("[output]\naudience = 'iedereen'", "Kies uit: openbaar, partner, politie, burgemeester"),
        ("duplicates = 'weg'", "kies uit reject, reject_all of keep"),
        ("keep = 'Toelichting'", 'is een lijst; schrijf ["Toelichting"]'),
        ("[analysis]\ncell_size = -5", "cell_size moet groter zijn dan -5"),
        ('key = "C:\\map\\sleutel.txt"', "Schrijf een pad met schuine strepen"),
        ("level = “buurt”", "rechte aanhalingstekens"),
        ("level = buurt", "Schrijf tekst tussen aanhalingstekens"),
    ],
)
def test_a_wrong_setting_says_what_can_stand_there(
    extra: str, words: str, tmp_path: Path, capsys
) -> None:
    code, said = run(capsys, "briefing", "--config", settings(tmp_path, extra))
    assert code == 2
    assert words in said


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("start = '1 september'\nend = 2025-12-01", "is geen datum (1 september); schrijf hem als"),
        (
            "start = 2025-09-01\nend = 2025-09-01",
            "op 2025-09-01 en eindigt op 2025-09-01. Draai de",
        ),
    ],
)
def test_a_wrong_period_says_how_to_write_it(
    period: str, words: str, tmp_path: Path, capsys
) -> None:
    assert words in run(capsys, "briefing", "--config", settings(tmp_path, period=period))[1]


def test_a_briefing_about_no_usable_row_gives_the_reasons(tmp_path: Path, capsys) -> None:
    (tmp_path / "nul.csv").write_text(csv(rows(X="0", Y="0")), "utf-8")
    path = settings(tmp_path)
    text = path.read_text("utf-8").replace(str(SAMPLE / "incidenten.csv.gz"), "nul.csv")
    path.write_text(text, "utf-8")
    code, said = run(capsys, "briefing", "--config", path)
    assert code == 2
    assert "geen enkele rij bruikbaar: coördinaten zijn 0,0 (40)" in said


def test_a_column_that_the_settings_name_in_vain_is_named(tmp_path: Path, capsys) -> None:
    extra = "[columns.incidents]\noccurred_from = 'Pleegmoment'"
    said = run(capsys, "briefing", "--config", settings(tmp_path, extra))[1]
    assert "de kolom Pleegmoment aangewezen, maar die staat niet in incidenten.csv.gz" in said


# What `check` takes from ipg.toml.


def test_check_reads_with_the_settings_of_the_folder(
    tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a message says to write in ipg.toml helps at once, before the rest of it is there."""
    table = [["2025-09-13", *row[3:5], "zag twee jongens over de schutting klimmen"] for row in
             [*rows(3), rows(3)[0]]]  # fmt: skip
    (tmp_path / "a.csv").write_text(csv(table, "moment;X;Y;Toelichting"), "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(capsys, "check", "a.csv", "--soort", "incidenten")[0] == 2
    (tmp_path / "ipg.toml").write_text(
        "[input]\nduplicates = 'reject_all'\nkeep = ['Toelichting']\n"
        "[columns.incidents]\noccurred_from = 'moment'\n", "utf-8",
    )  # fmt: skip
    code, said = run(capsys, "check", "a.csv")
    assert code == 0
    assert "Gelezen met de instellingen uit ipg.toml" in said
    assert "4 rijen gelezen, 3 gebruikt, 1 afgekeurd" in said
    assert "moment → occurred_from" in said
    assert "Niet overgenomen" not in said


def test_check_takes_the_settings_that_are_named(tmp_path: Path, capsys) -> None:
    (tmp_path / "a.csv").write_text(csv([*rows(3), rows(3)[0]]), "utf-8")
    named = tmp_path / "anders.toml"
    named.write_text("[input]\nduplicates = 'keep'\n", "utf-8")
    assert "3 gebruikt" in run(capsys, "check", tmp_path / "a.csv")[1]
    assert "4 gebruikt" in run(capsys, "check", tmp_path / "a.csv", "--config", named)[1]


def test_check_mends_streets_by_the_street_file_of_the_settings(
    tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the briefing will; it needs no more of the settings than that."""
    (tmp_path / "verslag.csv").write_text(
        "nr;adres;omschrijving;actie door\n1;Pluimstrat 3;lamp kapot;Politie: melden\n", "utf-8"
    )
    (tmp_path / "straten.csv").write_text("straatnaam\nPluimstraat\nVelveweg\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert "Pluimstraat" not in run(capsys, "check", "verslag.csv")[1]
    (tmp_path / "ipg.toml").write_text("[input]\nstreets = 'straten.csv'\n", "utf-8")
    assert "Pluimstraat" in run(capsys, "check", "verslag.csv")[1]


def test_a_choice_that_is_no_choice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ipg.toml"
    path.write_text("[input]\nincidents = 'weg.csv'\nduplicate = 'keep'\n", "utf-8")
    with pytest.raises(SettingsError) as caught:
        Choices.read(path)
    assert caught.value.facts["options"] == {"input.duplicate": ["duplicates"]}


def test_kept_columns_reach_the_incidents_and_persons_never_do(tmp_path: Path) -> None:
    head = f"{HEAD};Toelichting;Naam"
    table = [[*row, "deur stond open bij thuiskomst", "Jansen"] for row in rows(3)]
    path = tmp_path / "a.csv"
    path.write_text(csv(table, head), "utf-8")
    incidents, told = ipg.read_incidents(path, keep=["Toelichting", "Naam", "memo"])
    assert "Toelichting" in incidents
    assert "Naam" not in incidents
    assert any("keep noemt memo, maar die kolom staat niet" in note for note in told.notes)
    assert any("keep noemt Naam; kolommen over personen worden nooit" in n for n in told.notes)


def test_a_briefing_reads_with_keep_and_duplicates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ipgtools import io
    from ipgtools.pipeline import inputs

    given = {}

    def read(path: object, **options: object) -> None:
        given.update(options)
        raise KeyError

    monkeypatch.setattr(io, "read_incidents", read)
    path = settings(tmp_path, "duplicates = 'reject_all'", "keep = ['Toelichting']")
    with pytest.raises(KeyError):
        inputs.read(Settings.read(path))
    assert given["duplicates"] == "reject_all"
    assert given["keep"] == ["Toelichting"]


# Files that hold something else than was thought.


ELSEWHERE = {
    "draaitabel.csv": (
        "Rijlabels;jan;feb;Eindtotaal\nVelve;3;4;7\n",
        "opgetelde aantallen (een draaitabel of kruistabel), geen losse incidenten",
    ),
    "kruistabel.csv": (
        "Buurt;2023;2024;2025\nVelve;3;4;5\n",
        "opgetelde aantallen (een draaitabel of kruistabel), geen losse incidenten",
    ),
    "fout.csv": (
        "Geen resultaten gevonden voor de selectie\n",
        "heeft de selectie niets opgeleverd, maak de uitvoer dan opnieuw",
    ),
    "snelkoppeling.lnk": ("L", "is een snelkoppeling, niet het bestand zelf"),
    "agenda.ics": ("BEGIN:VCALENDAR", "Excel (.xlsx, .xls), OpenDocument (.ods)"),
    "leeg.geojson": (
        '{"type": "FeatureCollection", "features": []}',
        "staat geen enkel punt, vlak of lijn",
    ),
    "inloggen.csv": (
        "<!DOCTYPE html><html><body>Inloggen vereist</body></html>",
        "Staat er een inlogscherm of foutmelding in, haal het bestand dan opnieuw op",
    ),
    "personen.csv": (
        "VVI-nummer;Geboortedatum;PV nummer;Pleegdatum\n1;01-02-1985;pv1;13-02-2020\n",
        'onder [columns.offences]: person = "Persoonsnummer"',
    ),
    "vreemd.csv": (
        "Vorgang;Delikt;Tatzeit\n1;x;2\n",
        'onder [columns.incidents]: occurred_from = "Naam van de kolom met de datum"',
    ),
    "kilometers.csv": (csv(rows(X="257,12", Y="471,45")), "Kijk of er kilometers staan"),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_file_with_something_else_says_what_it_is(name: str, tmp_path: Path, capsys) -> None:
    content, words = ELSEWHERE[name]
    (tmp_path / name).write_text(content, "utf-8")
    code, said = run(capsys, "check", tmp_path / name)
    assert code == 2
    assert words in said


def test_values_in_place_of_a_header_are_told_by_their_kind(tmp_path: Path, capsys) -> None:
    """They may be about someone."""
    (tmp_path / "a.csv").write_text("111222333;Zwartendijk;01-02-1985\n" * 3, "utf-8")
    said = run(capsys, "check", tmp_path / "a.csv")[1]
    assert "de eerste regel is al een rij (getal, tekst, datum)" in said
    assert "Zwartendijk" not in said


# Antecedents on the command line.


KEY = "kraai-fiets-93-zolder-Twente-veertig"
PERSONS = "persoonsnummer;pv_nummer;feitnummer;pleegdatum\nP1;pv1;f1;13-02-2020\n"


def test_check_takes_key_and_columns_of_persons_from_the_settings(tmp_path: Path, capsys) -> None:
    (tmp_path / "sleutel.txt").write_text(KEY, "utf-8")
    (tmp_path / "a.csv").write_text(PERSONS.replace("persoonsnummer", "VVI"), "utf-8")
    path = tmp_path / "ipg.toml"
    path.write_text("[input]\nkey = 'sleutel.txt'\n[columns.offences]\nperson = 'VVI'\n", "utf-8")
    code, said = run(capsys, "check", tmp_path / "a.csv", "--config", path)
    assert code == 0
    assert "VVI → person" in said


def test_a_folder_of_antecedents_is_one_set(tmp_path: Path, capsys) -> None:
    (tmp_path / "sleutel.txt").write_text(KEY, "utf-8")
    (tmp_path / "in").mkdir()
    for name in ("a.csv", "b.csv"):
        (tmp_path / "in" / name).write_text(PERSONS, "utf-8")
    code, said = run(capsys, "check", tmp_path / "in", "--sleutel", tmp_path / "sleutel.txt")
    assert code == 0
    assert "in de map staan 2 exports van antecedenten, samen een geheel" in said
    assert "2 rijen gelezen, 1 gebruikt, 1 afgekeurd" in said


def test_a_key_in_place_of_its_file_is_refused(tmp_path: Path, capsys) -> None:
    (tmp_path / "a.csv").write_text(PERSONS, "utf-8")
    code, said = run(capsys, "check", tmp_path / "a.csv", "--sleutel", "k" * 400)
    assert code == 2
    assert "niet de sleutel zelf" in said


def test_settings_name_several_files_with_antecedents(tmp_path: Path) -> None:
    extra = f"offences = ['a.csv', 'b.csv']\nkey = '{tmp_path / 'sleutel.txt'}'"
    found = Settings.read(settings(tmp_path, extra)).input.offences
    assert found == [tmp_path / "a.csv", tmp_path / "b.csv"]


@pytest.mark.parametrize(
    ("option", "words"),
    [
        (("--crs", "RD"), "Het coördinatenstelsel 'RD' bestaat niet. Schrijf het als EPSG:28992"),
        (("--rapport", "leesverslag.pdf"), "Geef bij --rapport een naam die op .html eindigt"),
        (("--rapport", "leesverslag"), "Geef bij --rapport een naam die op .html eindigt"),
    ],
)
def test_an_option_that_cannot_be_is_said_in_words(
    option: tuple[str, str], words: str, tmp_path: Path, capsys
) -> None:
    (tmp_path / "a.csv").write_text(csv(rows()), "utf-8")
    code, said = run(capsys, "check", tmp_path / "a.csv", *option)
    assert code == 2
    assert words in said


def test_an_empty_key_says_what_a_key_is_for(tmp_path: Path, capsys) -> None:
    (tmp_path / "a.csv").write_text(PERSONS, "utf-8")
    (tmp_path / "sleutel.txt").write_text("\n", "utf-8")
    said = run(capsys, "check", tmp_path / "a.csv", "--sleutel", tmp_path / "sleutel.txt")[1]
    assert "met een andere sleutel krijgen dezelfde personen andere pseudoniemen" in said


def test_names_in_place_of_numbers_ask_for_a_number(tmp_path: Path, capsys) -> None:
    head = "Achternaam;Voornaam;Geboortedatum;Pleegdatum"
    (tmp_path / "a.csv").write_text(f"{head}\nA;B;01-02-1985;13-02-2020\n", "utf-8")
    said = run(capsys, "check", tmp_path / "a.csv")[1]
    assert "vraag dan een export met een nummer per persoon; namen zijn niet nodig" in said
