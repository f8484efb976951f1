"""What is past its term is listed, removed on request, and proved to be gone; nothing else is."""

import datetime as dt
import gzip
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from ipgtools import cli
from ipgtools.audit import Register
from ipgtools.pipeline import purging
from ipgtools.retention import first_reads, remove_rows, survey
from ipgtools.settings import Settings
from ipgtools.settings.parts import REGISTER

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample"
TODAY = dt.date(2026, 11, 30)
HEADER = "id;x;y;pleegdatum;kennisname\n"
OLD = "1;259000;471500;2019-03-01;2019-03-02\n2;259000;471500;2020-05-01;2020-05-02\n"
NEW = "3;259000;471500;2026-03-01;2026-03-02\n"
posix_only = pytest.mark.skipif(os.name != "posix", reason="needs links and modes of files")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder to work in, whose settings name three files and a register."""
    monkeypatch.delenv(REGISTER)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "register").mkdir()
    (tmp_path / "oud.csv").write_text(HEADER + OLD)
    (tmp_path / "deels.csv").write_text(HEADER + OLD + NEW)
    (tmp_path / "nieuw.csv").write_text(HEADER + NEW)
    (tmp_path / "ander.csv").write_text(HEADER + OLD)
    (tmp_path / "ipg.toml").write_text(
        '[input]\nincidents = ["oud.csv", "deels.csv", "nieuw.csv"]\n'
        f'areas = "{SAMPLE / "wijken.geojson"}"\n'
        "[period]\nstart = 2026-01-01\nend = 2027-01-01\n"
        '[privacy]\nregister = "register/r.sqlite"\npurpose = "briefing"\nground = "Wpg 8"\n'
    )
    return tmp_path


def purge(place: Path, **options: bool) -> purging.Purge:
    return purging.purge(Settings.read(place / "ipg.toml"), on=TODAY, **options)


def listed(place: Path) -> dict[str, bytes]:
    """Give every file but those of the register."""
    return {
        path.relative_to(place).as_posix(): path.read_bytes()
        for path in place.rglob("*")
        if path.is_file() and "register" not in path.parts
    }


def entries(place: Path) -> list[dict]:
    """Give what the register says of removals; the end of one with what was begun."""
    with Register.open(place / "register" / "r.sqlite", read_only=True) as register:
        found = register.entries(action="delete")
        assert register.verify() == []
    facts = {row.number: row.facts for row in found.itertuples()}
    return [
        {**facts.get(row.of, {}), **row.facts, "state": row.state, "ground": row.ground}
        for row in found.itertuples()
    ]


def remembers(place: Path) -> pd.DataFrame:
    with closing(sqlite3.connect(place / "register" / "r.sqlite")) as register:
        return first_reads.files(register)


def briefing(folder: Path, start: str, *, ground: str = "Wpg 8", sample: bool = False) -> Path:
    """Make a folder as a briefing leaves it."""
    for name in ("delen/briefing_v.pptx", "delen/tabellen/kern.csv", "delen/eigen naam.xlsx",
                 "intern/leesverslag_v.html", "intern/afgekeurd/incidents.csv"):  # fmt: skip
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    settings = {
        "period": {"start": start, "end": "2030-01-01"},
        "output": {"sample": sample},
        "purpose": {"incidents": {"purpose": "", "ground": ground}},
        "privacy": {"ground": ""},
    }
    told = {"ipgtools": "0.1.0", "settings": settings, "shared": {"eigen naam.xlsx": "ab"}}
    (folder / "intern" / "manifest.json").write_text(json.dumps(told))
    return folder


def test_looking_changes_nothing_and_says_what_is_past_its_term(place: Path, capsys) -> None:
    briefing(place / "out" / "velve", "2020-09-01")
    before = listed(place)
    assert cli.run(["purge"]) == 0
    said = capsys.readouterr().out
    assert listed(place) == before
    assert "oud.csv (incidenten): 2 rijen van 2 maart 2019 t/m 2 mei 2020" in said
    assert "alle over de termijn van 5 jaar" in said
    assert "deels.csv (incidenten): 3 rijen" in said
    assert "2 over de termijn van 5 jaar; het bestand heeft ook nieuwere" in said
    assert "geen over de termijn van 5 jaar, tot 2 maart 2031" in said
    assert "velve: over dagen vanaf 1 september 2020: over de termijn" in said
    assert "Het register blijft altijd" in said
    assert "ipgtools purge --remove" in said


def test_what_was_read_to_look_at_is_in_the_register(place: Path) -> None:
    """Reading the days of rows is consulting them, though nothing is shown."""
    purge(place)
    with Register.open(place / "register" / "r.sqlite", read_only=True) as register:
        (entry,) = register.entries(action="consult").to_dict("records")
    assert entry["facts"] == {
        "kind": "incidents", "n_read": 6, "files": ["oud.csv", "deels.csv", "nieuw.csv"]
    }  # fmt: skip
    assert (entry["purpose"], entry["ground"]) == ("briefing", "Wpg 8")


def test_others_can_use_the_register_while_files_are_hashed_and_read(place, monkeypatch) -> None:
    """A file of years is read for minutes."""
    used = []

    def meanwhile(of: Callable[..., Any]) -> Callable[..., Any]:
        def reading(*args: Any, **options: Any) -> Any:
            with Register.open(place / "register" / "r.sqlite", wait=0.05) as other:
                used.append(other.record("load"))
            return of(*args, **options)

        return reading

    monkeypatch.setattr(survey, "sha256", meanwhile(survey.sha256))
    monkeypatch.setattr(survey.dates, "of_file", meanwhile(survey.dates.of_file))
    purge(place, remove=True, rows=True)
    assert len(used) > 6
    assert not (place / "oud.csv").exists()


def test_removing_removes_what_is_past_its_term_as_a_whole_and_nothing_else(place: Path) -> None:
    briefing(place / "out" / "velve", "2020-09-01")
    kept = briefing(place / "out" / "pathmos", "2025-09-01")
    (place / "out" / "vakantie.jpg").write_text("van de coach")
    before = listed(place)
    done = purge(place, remove=True)
    gone = {"oud.csv", *(name for name in before if name.startswith("out/velve/"))}
    assert before.keys() - listed(place).keys() == gone
    assert {name: one for name, one in before.items() if name not in gone} == listed(place)
    assert not (place / "out" / "velve").exists()
    assert kept.is_dir()
    assert not done.failed
    assert done.after is not None
    assert not any(item.due for item in done.after)


def test_each_removal_is_in_the_register_before_and_after_with_hash_and_size(place: Path) -> None:
    import hashlib

    content = (place / "oud.csv").read_bytes()
    purge(place, remove=True)
    begun, done = entries(place)
    for entry, state in ((begun, "begun"), (done, "done")):
        assert (entry["state"], entry["file"]) == (state, "oud.csv")
        assert entry["sha256"] == hashlib.sha256(content).hexdigest()
        assert entry["size"] == len(content)
    assert begun["ground"] == "Wpg 8"
    assert done["gone"] is True
    table = remembers(place).set_index("name")
    assert table.loc["oud.csv", "removed_on"].date() == TODAY
    assert pd.isna(table.loc["nieuw.csv", "removed_on"])


def test_the_command_prints_what_is_gone_and_that_it_was_looked_at_again(
    place: Path, capsys
) -> None:
    assert cli.run(["purge", "--remove"]) == 0
    said = capsys.readouterr().out
    assert "Verwijderd, en nagekeken dat het weg is:" in said
    assert "Nagekeken: 1 bestand is weg; van 1 bestand of map is de termijn nog" in said
    assert cli.run(["purge", "--remove"]) == 0
    assert "Er is niets over de termijn" in capsys.readouterr().out


def test_a_file_about_persons_is_not_opened_where_they_are_off(place: Path) -> None:
    (place / "personen.csv").write_text("persoonsnummer;pleegdatum\nP1;2015-01-01\n")
    text = (place / "ipg.toml").read_text()
    text = text.replace("[input]\n", '[input]\noffences = "personen.csv"\nkey = "sleutel.txt"\n')
    (place / "ipg.toml").write_text(text.replace("[privacy]\n", "[privacy]\npersons = false\n"))
    done = purge(place, remove=True)
    assert (place / "personen.csv").exists()
    assert any("personen.csv: niet bekeken" in line for line in done.lines())
    (place / "ipg.toml").write_text(text)
    purge(place, remove=True)
    assert not (place / "personen.csv").exists()


def test_a_file_that_settings_do_not_name_stays(place: Path) -> None:
    purge(place, remove=True, rows=True)
    assert (place / "ander.csv").read_text() == HEADER + OLD


def test_what_a_user_put_in_a_briefing_stays_and_is_named(place: Path) -> None:
    folder = briefing(place / "out" / "velve", "2020-09-01")
    (folder / "delen" / "notities.docx").write_text("van de coach")
    (folder / "verwerkingen.jsonl").write_text("{}")
    said = "\n".join(purge(place).lines())
    assert "blijft staan: delen/notities.docx, verwerkingen.jsonl" in said
    purge(place, remove=True)
    left = [path.name for path in folder.rglob("*") if path.is_file()]
    assert sorted(left) == ["notities.docx", "verwerkingen.jsonl"]


@pytest.mark.parametrize(
    "manifest", ["", "[]", "{}", '{"ipgtools": 1}', '{"settings": {"period": {"start": 3}}}',
                 '{"settings": {"period": {"start": "2019-01-01"}}}', "\x00\xff"],
)  # fmt: skip
def test_a_folder_without_a_manifest_of_ours_is_left_alone(place: Path, manifest: str) -> None:
    folder = place / "out" / "iets"
    briefing(folder, "2020-09-01")
    (folder / "intern" / "manifest.json").write_text(manifest)
    before = listed(place)
    done = purge(place, remove=True)
    assert [item for item in done.found if item.data_set == "output"] == []
    assert before.keys() - listed(place).keys() == {"oud.csv"}


@pytest.mark.parametrize(
    ("ground", "sample", "gone"),
    [("Wpg 8", False, True), ("", False, True), ("Wpg 13", False, True),
     ("open data", False, False), ("Wpg 8", True, False)],
)  # fmt: skip
def test_a_briefing_has_the_term_of_what_it_was_made_from(
    place: Path, ground: str, sample: bool, gone: bool
) -> None:
    folder = briefing(place / "out" / "velve", "2020-09-01", ground=ground, sample=sample)
    purge(place, remove=True)
    assert folder.exists() != gone


def test_open_data_and_invented_data_are_never_removed(place: Path) -> None:
    text = (place / "ipg.toml").read_text()
    for other in (text.replace("Wpg 8", "open data"), text + "[output]\nsample = true\n"):
        (place / "ipg.toml").write_text(other)
        before = listed(place)
        done = purge(place, remove=True, rows=True)
        assert listed(place) == before
        assert "geen termijn" in "\n".join(done.lines())


@posix_only
def test_links_are_not_followed(place: Path, tmp_path_factory) -> None:
    """Not one that the settings name, not one that stands for a briefing or a file in it."""
    away = tmp_path_factory.mktemp("elders")
    (away / "bron.csv").write_text(HEADER + OLD)
    (place / "oud.csv").unlink()
    (place / "oud.csv").symlink_to(away / "bron.csv")
    elsewhere = briefing(away / "velve", "2020-09-01")
    folder = briefing(place / "out" / "pathmos", "2020-09-01")
    (place / "out" / "link").symlink_to(elsewhere, target_is_directory=True)
    (folder / "delen" / "tabellen" / "link.csv").symlink_to(away / "bron.csv")
    (folder / "intern" / "kaarten").symlink_to(elsewhere, target_is_directory=True)
    before = {path: path.read_bytes() for path in away.rglob("*") if path.is_file()}
    done = purge(place, remove=True, rows=True)
    assert {path: path.read_bytes() for path in away.rglob("*") if path.is_file()} == before
    assert (place / "oud.csv").is_symlink()
    assert "snelkoppeling" in "\n".join(done.lines())


@posix_only
def test_a_file_with_a_second_name_is_removed_and_that_is_told(place: Path) -> None:
    os.link(place / "oud.csv", place / "kopie.csv")
    done = purge(place, remove=True)
    assert not (place / "oud.csv").exists()
    assert "nog een andere naam" in "\n".join(done.lines())


@posix_only
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may remove anything")
def test_what_the_system_refuses_is_told(place: Path) -> None:
    place.chmod(0o500)
    try:
        done = purge(place, remove=True)
    finally:
        place.chmod(0o700)
    assert done.failed


def test_a_file_that_changes_meanwhile_stays(place: Path, monkeypatch) -> None:
    """Between the look and the removal another program may have written a new export."""
    begun = Register.begun

    def changing(self: Register, action: str, **facts: object) -> int:
        (place / "oud.csv").write_text(HEADER + NEW)
        return begun(self, action, **facts)

    monkeypatch.setattr(Register, "begun", changing)
    done = purge(place, remove=True)
    assert (place / "oud.csv").read_text() == HEADER + NEW
    assert done.failed
    assert "is veranderd" in "\n".join(done.lines())
    assert [entry["state"] for entry in entries(place)] == ["begun", "failed"]


def test_a_refusal_is_told_with_code_2(place: Path, monkeypatch, capsys) -> None:
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        assert cli.run(["purge", "--remove"]) == 2
    assert "oud.csv: het systeem weigert het (Permission denied)" in capsys.readouterr().out
    assert (place / "oud.csv").exists()


def test_without_a_register_nothing_is_removed(place: Path) -> None:
    (place / "register" / "r.sqlite").write_bytes(b"geen register" * 100)
    before = listed(place)
    assert cli.run(["purge", "--remove"]) == 2
    assert listed(place) == before


def test_what_is_inside_a_zip_or_is_missing_is_told(place: Path, capsys) -> None:
    shutil.make_archive(str(place / "pak"), "zip", place, "oud.csv")
    text = (place / "ipg.toml").read_text().replace('"oud.csv"', '"pak.zip/oud.csv", "weg.csv"')
    (place / "ipg.toml").write_text(text)
    assert cli.run(["purge", "--remove"]) == 0
    said = capsys.readouterr().out
    assert "zit in een ander bestand" in said
    assert "weg.csv (incidenten): bestaat niet" in said
    assert (place / "pak.zip").exists()


def test_parts_of_a_shapefile_go_with_it(place: Path) -> None:
    import geopandas as gpd

    rows = gpd.GeoDataFrame(
        {"id": ["1"], "pleegdatum": ["2019-03-01"]},
        geometry=gpd.points_from_xy([259000], [471500]),
        crs="EPSG:28992",
    )
    rows.to_file(place / "oud.shp")
    (place / "oud.txt").write_text("van de coach")
    text = (place / "ipg.toml").read_text().replace('"oud.csv"', '"oud.shp"')
    (place / "ipg.toml").write_text(text)
    purge(place, remove=True)
    assert sorted(path.name for path in place.glob("oud.*")) == ["oud.csv", "oud.txt"]


def test_a_row_without_a_date_keeps_its_file(place: Path) -> None:
    """It may be of yesterday; from the day that the file was first read it counts."""
    (place / "oud.csv").write_text(HEADER + OLD + "9;259000;471500;;\n")
    purge(place, remove=True)
    assert (place / "oud.csv").exists()
    late = purging.purge(Settings.read(place / "ipg.toml"), remove=True, on=dt.date(2031, 11, 30))
    assert not (place / "oud.csv").exists()
    assert not late.failed


def test_rows_that_analyses_cannot_use_count_too(place: Path) -> None:
    """A new row without a place is still a new row."""
    (place / "oud.csv").write_text(HEADER + OLD + "9;;;2026-01-01;2026-01-02\n")
    purge(place, remove=True)
    assert (place / "oud.csv").exists()


def test_mails_count_from_the_day_they_were_first_read(place: Path) -> None:
    shutil.copytree(SAMPLE / "mails", place / "mails")
    text = (place / "ipg.toml").read_text().replace("[input]\n", '[input]\nphotos = "mails"\n')
    (place / "ipg.toml").write_text(text)
    purge(place, remove=True)
    assert len(list((place / "mails").iterdir())) == 5
    purging.purge(Settings.read(place / "ipg.toml"), remove=True, on=dt.date(2031, 11, 30))
    assert list((place / "mails").iterdir()) == []
    names = set(remembers(place)["name"])
    assert "*.eml" in names
    assert not any("bank" in name for name in names)


# --- rows -----------------------------------------------------------------------------------


def test_rows_past_their_term_are_dropped_and_the_others_stay_to_the_byte(place: Path) -> None:
    path = place / "deels.csv"
    path.chmod(0o640)
    before = path.stat()
    done = purge(place, remove=True, rows=True)
    assert path.read_text() == HEADER + NEW
    assert path.stat().st_mode == before.st_mode
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert "2 rijen weggehaald, 1 rij staat er nog" in "\n".join(done.lines())
    (_, last) = [entry for entry in entries(place) if entry["file"] == "deels.csv"]
    assert (last["rows"], last["rows_left"], last["state"]) == (2, 1, "done")
    assert last["size"] - last["size_after"] == len(OLD)
    assert [one.name for one in place.iterdir() if one.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("header", "body", "left"),
    [
        ("\ufeff" + HEADER, OLD + NEW, NEW),
        (
            HEADER.replace("\n", "\r\n"),
            (OLD + NEW).replace("\n", "\r\n"),
            NEW.replace("\n", "\r\n"),
        ),
        (HEADER, NEW + OLD.rstrip("\n"), NEW),
        (HEADER, OLD + NEW + "\n\n", NEW),
        (HEADER, OLD + "\n" + NEW, "\n" + NEW),
        ("Export van vandaag\n" + HEADER, OLD + NEW, NEW),
        (HEADER.replace(";", ","), (OLD + NEW).replace(";", ","), NEW.replace(";", ",")),
    ],
    ids=["mark", "windows", "no last line end", "empty lines", "empty line", "title", "comma"],
)
def test_rows_are_dropped_however_the_text_is_written(
    place: Path, header: str, body: str, left: str
) -> None:
    path = place / "deels.csv"
    path.write_bytes((header + body).encode())
    purge(place, remove=True, rows=True)
    assert path.read_bytes() == (header + left).encode()


@pytest.mark.parametrize(
    "content",
    [
        HEADER.replace("id;", "id;tekst;").encode() +
        b'1;"twee\nregels";259000;471500;2019-03-01;2019-03-02\n3;een;259000;471500;2026-03-01;2026-03-02\n',
        (HEADER + OLD + NEW).encode("utf-16"),
        (HEADER + OLD + "7;8\n" + NEW).encode(),
    ],
    ids=["several lines", "utf-16", "another number of fields"],
)  # fmt: skip
def test_where_rows_are_not_surely_lines_nothing_is_changed(place: Path, content: bytes) -> None:
    path = place / "deels.csv"
    path.write_bytes(content)
    done = purge(place, remove=True, rows=True)
    assert path.read_bytes() == content
    assert done.failed
    assert "deels.csv" in "\n".join(done.lines()[-4:])


def test_rows_of_a_packed_file_are_left_alone(place: Path) -> None:
    with gzip.open(place / "deels.csv.gz", "wt") as stream:
        stream.write(HEADER + OLD + NEW)
    text = (place / "ipg.toml").read_text().replace("deels.csv", "deels.csv.gz")
    (place / "ipg.toml").write_text(text)
    before = (place / "deels.csv.gz").read_bytes()
    done = purge(place, remove=True, rows=True)
    assert (place / "deels.csv.gz").read_bytes() == before
    assert "is geen gewoon tekstbestand" in "\n".join(done.lines())


def test_a_file_that_reads_otherwise_afterwards_is_not_replaced(place: Path, monkeypatch) -> None:
    def wrong(raw: bytes, read: object) -> tuple[list[bytes], list[bytes]]:
        lines = raw.splitlines(keepends=True)
        return lines[:1], [*lines[2:], lines[1]]

    monkeypatch.setattr(remove_rows, "_lines", wrong)
    done = purge(place, remove=True, rows=True)
    assert (place / "deels.csv").read_text() == HEADER + OLD + NEW
    assert [one.reason for one in done.rewritten] == ["unlike"]


def test_what_a_cut_off_run_left_is_removed_by_the_next(place: Path) -> None:
    (place / ".ipgtools-purge-abc.csv").write_text(HEADER + NEW)
    purge(place, remove=True, rows=True)
    assert not (place / ".ipgtools-purge-abc.csv").exists()


def test_rows_without_removing_are_only_looked_at(place: Path, capsys) -> None:
    before = listed(place)
    assert cli.run(["purge", "--rijen"]) == 0
    assert listed(place) == before
