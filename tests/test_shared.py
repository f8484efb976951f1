"""What is in `delen` is whole by itself, and names no file, column, user or machine."""

import base64
import io
import json
import os
import platform
import re
import shutil
import struct
import zipfile
import zlib
from pathlib import Path

import pandas as pd
import pytest
from helpers import in_dutch

import ipgtools as ipg
from ipgtools import charts, cli, pipeline
from ipgtools.pipeline import inputs as inputs_
from ipgtools.pipeline import output

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample"
MARK = "zqx7vk"
"""How every name begins that must not be found; no word does, nor a picture by chance."""
USER = f"{MARK}gebruiker"

INCIDENTS = {
    "Incident Identificatie": "incident_id", "Incidentsoort code": "category",
    "Incidentsoort": "category_label", "Begin-pleegdatum/tijd": "occurred_from",
    "Eind-pleegdatum/tijd": "occurred_to", "X": "x", "Y": "y", "Pleegstraatnaam": "street_name",
}  # fmt: skip
OFFENCES = {
    "persoonsnummer": "person", "geboortedatum": "birth_date", "feitnummer": "offence_id",
    "pv_nummer": "pv_id", "pleegdatum": "committed_on", "misdrijf": "is_misdrijf",
    "X": "x", "Y": "y",
}  # fmt: skip


KINDS = ["A20", "A72", "C40", "E33"]
"""Few, as each is looked for by itself; one of them leaves for the police only."""


def town(folder: Path) -> dict:
    """Write a small town in files, and with columns, whose names can be looked for."""
    folder.mkdir(parents=True)
    columns = {}
    for kind, source, known in (
        ("incidents", "incidenten.csv.gz", INCIDENTS),
        ("offences", "antecedenten.csv", OFFENCES),
    ):
        rows = near(pd.read_csv(SAMPLE / source, sep=";", dtype="str", keep_default_na=False))
        if kind == "incidents":
            recent = rows["Begin-pleegdatum/tijd"].str[6:10].isin(["2024", "2025"])
            rows = rows[recent & rows["Incidentsoort code"].isin(KINDS)]
        names = {name: f"{MARK}_{kind}_{at}" for at, name in enumerate(rows.columns)}
        columns[kind] = {ours: names[name] for name, ours in known.items()}
        rows.rename(columns=names).to_csv(folder / f"{MARK}{kind}.csv", sep=";", index=False)
    for ours, suffix in (("buurten", "geojson"), ("schouw_velve-lindenhof", "docx"),
                         ("straten", "geojson"), ("sleutel", "txt")):  # fmt: skip
        shutil.copy(SAMPLE / f"{ours}.{suffix}", folder / f"{MARK}{ours[:6]}.{suffix}")
    addresses = near(pd.read_csv(SAMPLE / "adressen.csv.gz", sep=";", dtype="str"))
    addresses.to_csv(folder / f"{MARK}adressen.csv", sep=";", index=False)
    (folder / f"{MARK}mails").mkdir()
    for mail in (SAMPLE / "mails").iterdir():
        shutil.copy(mail, folder / f"{MARK}mails" / f"{MARK}{mail.name}")
    return {
        "input": {
            "incidents": f"{MARK}incidents.csv", "areas": f"{MARK}buurte.geojson",
            "streets": f"{MARK}strate.geojson", "schouw": f"{MARK}schouw.docx",
            "addresses": f"{MARK}adressen.csv", "offences": f"{MARK}offences.csv",
            "key": f"{MARK}sleute.txt", "photos": f"{MARK}mails",
        },
        "columns": columns,
        "area": {"code": "WK015301"},
        "period": {"start": "2025-09-01", "end": "2025-12-01"},
        "analysis": {"n_permutations": 99},
        "privacy": {"organisation": "Politie Oost-Nederland"},
    }  # fmt: skip


def near(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows in and around the wijk."""
    x, y = (pd.to_numeric(rows[one], errors="coerce") for one in "XY")
    return rows[x.between(256500, 260500) & y.between(469500, 473000)]


@pytest.fixture(scope="module")
def given(tmp_path_factory) -> ipg.Settings:
    """Give settings of the small town."""
    folder = tmp_path_factory.mktemp(f"{MARK}machine") / f"{MARK}map"
    return ipg.Settings.of(town(folder), folder=folder).changed(folder=folder.parent / f"{MARK}uit")


@pytest.fixture(scope="module")
def runs(given):
    """Give the briefing for an audience; each is made once, by a user whose name is looked for."""
    made: dict[str, tuple[pipeline.Run, inputs_.Inputs]] = {}
    png = charts.png

    def run(audience: str) -> pipeline.Run:
        if audience not in made:
            analysed, inputs = pipeline._analyse(given.changed(audience=audience), None)
            made[audience] = output.write(analysed, inputs), inputs
        return made[audience][0]

    run.inputs = lambda audience: made[audience][1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(charts, "png", lambda drawn, dpi=150: png(drawn, dpi=40))  # quicker
        for name in ("LOGNAME", "USER"):
            patch.setenv(name, USER)
        yield run


def pieces(name: str, content: bytes) -> list[tuple[str, bytes]]:
    """Unpack what is in a file: archives, pictures in pages, and texts in pictures."""
    found = [(name, content)]
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.namelist():
                found.append((f"{name}: {entry}", entry.encode()))
                found += pieces(f"{name}: {entry}", archive.read(entry))
    if content[:8] == b"\x89PNG\r\n\x1a\n":
        at = 8
        while at < len(content):
            length, kind = struct.unpack(">I4s", content[at : at + 8])
            chunk = content[at + 8 : at + 8 + length]
            if kind == b"zTXt":
                chunk = zlib.decompress(chunk.split(b"\0", 1)[1][1:])
            if kind in (b"tEXt", b"zTXt", b"iTXt", b"eXIf"):
                found.append((f"{name}: {kind.decode()}", chunk))
            at += length + 12
    for number, data in enumerate(re.findall(rb"base64,([A-Za-z0-9+/=]{40,})", content)):
        found += pieces(f"{name}: data {number}", base64.b64decode(data))
    return found


def test_texts_are_found_wherever_they_are_packed() -> None:
    """Else the tests below would find nothing."""
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", "geheim" * 50)
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("b.xlsx", inner.getvalue())
    page = b'<img src="data:x;base64,' + base64.b64encode(outer.getvalue()) + b'">'
    assert b"geheim" not in page
    assert any(b"geheim" in content for _, content in pieces("a.html", page))


@pytest.mark.parametrize("audience", ["openbaar", "partner", "politie"])
def test_what_is_shared_names_no_file_column_user_or_machine(runs, given, audience: str) -> None:
    made = runs(audience)
    shared = made.folder / "delen"
    machine = {platform.node(), str(Path.home()), str(Path.cwd())} - {"", "/"}
    sought = {MARK, *(one for one in machine if len(one) > 5)}
    hashes = {output._hash(path) for path in given.input.areas.parent.rglob("*") if path.is_file()}
    pattern = re.compile(
        "|".join(re.escape(one) for one in sorted(sought | hashes)).encode(), re.IGNORECASE
    )
    found = {
        (name, content[max(hit.start() - 60, 0) : hit.end() + 60])
        for path in shared.rglob("*")
        if path.is_file()
        for name, content in pieces(path.relative_to(shared).as_posix(), path.read_bytes())
        if (hit := pattern.search(name.encode()) or pattern.search(content))
    }
    assert found == set()


def test_what_stays_names_all_of_it(runs) -> None:
    """The manifest tells an analyst what the briefing was made from."""
    made = runs("partner")
    manifest = json.loads((made.folder / "intern" / "manifest.json").read_text())
    assert manifest["inputs"]["incidents"]["name"] == f"{MARK}incidents.csv"
    assert manifest["rows"]["incidents"]["columns"]["x"].startswith(f"{MARK}_incidents")
    shared = {path.relative_to(made.folder / "delen").as_posix()
              for path in (made.folder / "delen").rglob("*") if path.is_file()}  # fmt: skip
    assert set(manifest["shared"]) == shared


@pytest.mark.parametrize("audience", ["openbaar", "partner", "politie"])
def test_each_audience_gets_a_folder_of_its_own(runs, audience: str) -> None:
    """Nothing that only one audience may have is in the folder of another."""
    made = runs(audience)
    assert made.folder.name.endswith(f"2025-09-01_2025-11-30_{audience}")
    assert sorted(path.name for path in made.folder.iterdir()) == ["delen", "intern"]
    shared, inside = made.folder / "delen", made.folder / "intern"
    assert {path.stem for path in (shared / "tabellen").iterdir()} == set(made.tables)
    kinds = {path.name.partition("_hoge")[0] for path in shared.iterdir()}
    assert kinds == {
        "briefing", "kaart", "wijkkaart", "kaarten", "lagen", "tabellen", "LEES_MIJ.txt"
    } | ({"LEES_MIJ.txt"} - kinds)  # fmt: skip
    kept = {path.name.partition("_hoge")[0] for path in inside.iterdir()}
    assert kept - {"afgekeurd"} == {"manifest.json", "leesverslag", "NIET_DELEN.txt"}
    assert set(made.files) == {path for path in made.folder.rglob("*") if path.is_file()}


def test_a_second_run_leaves_nothing_of_the_first(runs) -> None:
    made = runs("partner")
    stray = made.folder / "delen" / "tabellen" / "van_vorige_keer.csv"
    stray.write_text("oud")
    before = {path.name for path in made.folder.parent.iterdir()}
    again = output.write(made, runs.inputs("partner"))
    assert again.folder == made.folder
    assert not stray.exists()
    assert {path.name for path in made.folder.parent.iterdir()} == before


@pytest.mark.parametrize("audience", ["openbaar", "partner"])
def test_links_between_page_and_map_lead_somewhere(runs, audience: str) -> None:
    shared = runs(audience).folder / "delen"
    (page,) = shared.glob("briefing_*.html")
    links = [link for link in re.findall(r'href="([^"#]+)"', page.read_text()) if "://" not in link]
    assert links
    for link in links:
        assert (shared / link).is_file()
    assert "leesverslag" not in page.read_text().lower()


def test_the_cover_note_says_for_whom_of_when_and_what_was_protected(runs) -> None:
    made = runs("partner")
    raw = (made.folder / "delen" / "LEES_MIJ.txt").read_bytes()
    note = raw.decode("utf-8-sig")
    assert raw.count(b"\r\n") == raw.count(b"\n")
    for words in ("Briefing Hogeland - Velve", "Alleen voor partners",
                  "1 september t/m 30 november 2025", "art. 7 Wpg",
                  "Bron: Politie Oost-Nederland en wijkschouw, stand van 30 november 2025",
                  *made.protected):  # fmt: skip
        assert words in note
    public = (runs("openbaar").folder / "delen" / "LEES_MIJ.txt").read_text("utf-8-sig")
    assert "geheimhouding" not in public
    assert "mag naar: iedereen" in public


def test_the_credit_line_is_on_slides_page_map_and_pictures(runs) -> None:
    made = runs("partner")
    credit = "Politie Oost-Nederland en wijkschouw, stand van 30 november 2025"
    assert made.credit == credit
    assert {slide.source for slide in made.briefing.slides} == {credit}
    for page in (made.folder / "delen").glob("*.html"):
        assert credit in page.read_text(encoding="utf-8"), page.name


def test_the_accounting_slide_names_kinds_of_file(runs) -> None:
    made = runs("politie")
    (slide, *_) = (one for one in made.briefing.slides if one.key == "verantwoording")
    assert {row[0] for row in slide.parts[0].rows} == {
        "Incidenten", "Gebieden", "Straten", "Adressen", "Wijkschouw", "Antecedenten",
        "Foto's van bewoners",
    }  # fmt: skip


def test_closing_lines_say_which_folder_may_be_sent(runs) -> None:
    lines = runs("partner").lines()
    told = lines[lines.index(next(one for one in lines if one.startswith("Klaar."))) :]
    assert str(runs("partner").folder) in told[0]
    assert any(one.startswith("  map delen mag naar") for one in told)
    assert told[-1].startswith("  map intern blijft hier")


@pytest.mark.parametrize(("code", "expected"), [(28, "folder_full"), (13, "folder_denied")])
def test_what_fails_while_writing_is_said_and_nothing_changes(
    runs, monkeypatch, code: int, expected: str
) -> None:
    """Not the text for a fault of ours: the user can mend it."""
    made = runs("partner")
    inputs = runs.inputs("partner")
    before = {path: path.read_bytes() for path in made.folder.rglob("*") if path.is_file()}

    def fail(table, path):
        raise OSError(code, os.strerror(code), str(path))

    monkeypatch.setattr(output.write_, "table", fail)
    with pytest.raises(ipg.errors.ReadError) as caught:
        output.write(made, inputs)
    assert caught.value.code == expected
    assert "De vorige versie staat er nog." in in_dutch(caught)
    assert {path: path.read_bytes() for path in made.folder.rglob("*") if path.is_file()} == before


def test_a_disk_that_is_full_is_never_an_unexpected_fault(capsys, monkeypatch) -> None:
    def fail(*_, **__):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(pipeline, "check", fail)
    assert cli.run(["check", str(SAMPLE / "buurten.geojson")]) == 2
    shown = " ".join(capsys.readouterr().err.split())
    assert shown.startswith("De schijf is vol.")
