"""From files to a briefing: whole, repeatable, and every number traced to a table."""

import hashlib
import io
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
import shapely
from geopandas import GeoDataFrame
from helpers import in_dutch
from PIL import Image
from pptx import Presentation

import ipgtools as ipg
from ipgtools import audit, pipeline
from ipgtools.errors import IpgError, ReadError, ReleaseError, SettingsError
from ipgtools.pipeline import inputs, near_repeat_input, pictures
from ipgtools.settings.parts import REGISTER

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample"


@pytest.fixture(scope="module")
def made(sample_briefing) -> pipeline.Run:
    """Give the sample briefing."""
    return sample_briefing.run


@pytest.fixture(scope="module")
def entries(sample_briefing) -> pd.DataFrame:
    """Give what is in the register of the sample briefing."""
    with audit.Register.open(sample_briefing.register) as register:
        assert register.verify() == []
        found = register.entries()
    made = found.index[found["action"] == "export"]
    return found.loc[: made[1]]


@pytest.mark.parametrize(("n", "n_paths"), [(20_000, 10_000), (20_001, 0)])
def test_paths_are_left_out_under_a_map_of_more_than_20_000_streets(n: int, n_paths: int) -> None:
    kind = pd.Series(["residential", "footway"]).repeat([n - 10_000, 10_000])
    line = shapely.LineString([(1, 1), (2, 2)])
    streets = GeoDataFrame({"kind": kind.to_numpy()}, geometry=[line] * n, crs=28992)
    parts = GeoDataFrame(geometry=[shapely.box(0, 0, 9, 9)], crs=28992)
    shown = pictures.around(streets, SimpleNamespace(study=SimpleNamespace(parts=parts)))
    assert len(shown) == n - 10_000 + n_paths
    assert pictures.around(None, SimpleNamespace()) is None


def read(made: pipeline.Run, name: str) -> pd.DataFrame:
    """Read a table of what is shared, as a Dutch Excel would."""
    folder = made.folder / "delen" / "tabellen"
    return pd.read_csv(folder / f"{name}.csv", sep=";", decimal=",")


def manifest_of(made: pipeline.Run) -> dict:
    """Read the manifest, which stays."""
    return json.loads((made.folder / "intern" / "manifest.json").read_text())


def test_every_slide_of_a_briefing_is_there_in_order(made: pipeline.Run) -> None:
    """That of the files and their rows is for the police: partners could count what is missing."""
    keys = [slide.key for slide in made.briefing.slides]
    assert list(dict.fromkeys(keys)) == [
        "titel", "wat_valt_op", "plekken", "plek_1", "plek_2", "plek_3", "vergelijking",
        "wanneer", "herhaling", "fotos_1", "schouw_eerst", "afspraken", "fotos_2", "fotos_3",
        "vergelijking_tabel", "veelplegers", "schouw", "schouw_acties", "methode",
    ]  # fmt: skip


def test_slides_page_map_and_manifest_are_named_after_wijk_period_and_label(
    made: pipeline.Run,
) -> None:
    stem = "hogeland-velve_2025-09-01_2025-11-30_partner"
    names = {path.name for path in made.files}
    assert {f"briefing_{stem}.pptx", f"briefing_{stem}.html", f"kaart_{stem}.html",
            "manifest.json"} <= names  # fmt: skip
    assert all(path.stat().st_size for path in made.files)


def test_a_briefing_is_in_the_register_from_reading_to_writing(
    made: pipeline.Run, entries: pd.DataFrame
) -> None:
    n = len(made.reports)
    actions = entries["action"].tolist()
    assert actions == ["load"] * n + ["combine", "release", "export", "export"]
    assert entries["state"].tolist() == ["done"] * (n + 2) + ["begun", "done"]
    assert entries["audience"].dropna().tolist() == ["partner"] * 3
    released, begun = entries["facts"].iloc[-3], entries["facts"].iloc[-2]
    assert released["tables"] == sorted(made.tables)
    relative = [path.relative_to(made.folder) for path in made.files]
    shared = [path.as_posix() for path in relative if path.parts[0] == "delen"]
    assert begun["files"] == sorted(shared), "what stays does not leave"
    assert begun["folder"] == made.folder.name
    assert begun["manifest"] == _hash(made.folder / "intern" / "manifest.json")
    assert entries["of"].iloc[-1] == entries["number"].iloc[-2]
    row = entries[entries["action"] == "release"].iloc[0]
    assert manifest_of(made)["register"] == f"{row['number']}-{row['hash'][:16]}"


def test_the_register_names_no_photo_and_is_not_in_the_folder(
    made: pipeline.Run, entries: pd.DataFrame
) -> None:
    mails = [path.stem for path in (SAMPLE / "mails").iterdir()]
    assert [name for name in mails if name in str(entries["facts"].tolist())] == []
    assert list(made.settings.output.folder.rglob("register*")) == []


def test_incidents_read_add_up(made: pipeline.Run) -> None:
    manifest = manifest_of(made)
    rows, counts = manifest["rows"]["incidents"], manifest["incidents"]
    assert rows["read"] == rows["used"] + rows["rejected"] == 20_000
    assert counts["usable"] == rows["used"]
    told = "".join(made.inside)
    elsewhere, other = (
        int(re.search(rf"([\d.]+) incidenten in {words}", told)[1].replace(".", ""))
        for words in ("andere gebieden", "andere periodes")
    )
    assert counts["usable"] == (
        counts["sensitive"] + counts["unknown_kinds"] + counts["other_kinds"]
        + counts["outside_all_areas"] + elsewhere + counts["in_area_without_time"] + other
        + counts["in_period"]
    )  # fmt: skip


def test_partners_can_not_subtract_how_many_sensitive_incidents_were_left_out(
    made: pipeline.Run,
) -> None:
    """Rows used less those counted, in other areas and in other periods are the sensitive ones."""
    said = " ".join(
        item for slide in made.briefing.slides for part in slide.parts
        for item in getattr(part, "items", ())
    )  # fmt: skip
    for shown in (said, " ".join(made.left_out)):
        assert not re.search(r"incidenten in andere|gevoelige incidenten \(|\d gevoelig", shown)
    assert "bronnen" not in made.tables
    assert any("in andere periodes" in line for line in made.lines())


def test_numbers_agree_between_tables(made: pipeline.Run) -> None:
    """Partners read them in fives, of the total too; the parts add up as far as these can."""
    n = read(made, "vergelijking")["n"].iloc[0]
    assert n == pytest.approx(made.facts.n, abs=4)
    assert n % 5 == 0
    hours = read(made, "uur_weekdag")["weight"].dropna()
    assert len(hours) > 20
    assert hours.sum() == pytest.approx(made.facts.peak.n_used, abs=4 * 28)
    places = made.facts.places
    assert places.n_inside == places.n_total == 0, "no released table holds these"
    actors = read(made, "acties_per_actor")
    assert actors["n"].sum() == made.facts.schouw.n_actions == 17


def test_every_table_a_slide_names_is_in_the_output_folder(made: pipeline.Run) -> None:
    from ipgtools.briefing import model

    named = {table for slide in made.briefing.slides for table in model.tables(slide)}
    assert named
    for table in named:
        assert (made.folder / "delen" / table).is_file(), table


def test_what_stands_out_names_the_planted_rise_with_its_place_first(made: pipeline.Run) -> None:
    slide = next(slide for slide in made.briefing.slides if slide.key == "wat_valt_op")
    told = slide.parts[0].items
    assert 1 <= len(told) <= 4
    assert told == tuple(one.text for one in made.highlights)
    assert told[0].startswith("Autokraak steeg van ")
    assert "Gronause" in told[0]


def test_every_number_in_a_highlight_is_in_a_released_table(made: pipeline.Run) -> None:
    """A reader can find each number of a kind, a place or a total."""
    kinds = made.tables["vergelijking"]
    first = made.highlights[0]
    row = kinds[kinds["kind"] == first.kind].iloc[0]
    assert (first.n, first.n_before) == (row["n"], row["n_before"])
    places = made.tables["drukke_plekken"].set_index("number")
    held = dict(places.loc[first.places[0], "kinds"])[first.kind]
    assert {str(int(held)), str(int(first.n))} <= set(re.findall(r"[\d.]+\d|\d", first.text))


def test_the_planted_new_place_is_found(made: pipeline.Run) -> None:
    truth = json.loads((SAMPLE / "waarheid.json").read_text())
    found = made.tables["drukke_plekken"]
    new_places = found[found["claim"] == "new"].union_all()
    from shapely.geometry import Point

    new = [place for place in truth["hot_places"] if _is_new_here(place)]
    assert new
    for place in new:
        assert new_places.distance(Point(_centre(place))) < 100


def _is_new_here(place: dict) -> bool:
    text = json.dumps(place)
    return "WK015301" in text and '"new"' in text


def _centre(place: dict) -> tuple[float, float]:
    return place["x"], place["y"]


def test_the_same_input_gives_the_same_numbers(
    made: pipeline.Run, sample_briefing, tmp_path: Path, monkeypatch
) -> None:
    """With the same register, whose secret rounds them."""
    monkeypatch.setenv(REGISTER, str(sample_briefing.register))
    again = pipeline.run(ipg.Settings.sample().changed(folder=tmp_path / "again"))
    first, second = ({**manifest_of(one), "register": None} for one in (made, again))
    assert first == second, "but for where the register was"
    for path in again.files:
        if path.suffix in (".csv", ".png", ".html", ".pptx"):
            other = made.folder / path.relative_to(again.folder)
            assert _hash(path) == _hash(other), path.name


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_nothing_about_a_person_or_a_small_number_leaves_for_partners(made: pipeline.Run) -> None:
    folder = made.folder
    persons = ipg.read_offences(SAMPLE / "antecedenten.csv", key=SAMPLE / "sleutel.txt")[0]
    pseudonyms = set(persons["person"])
    for path in folder.rglob("*"):
        if path.suffix in (".csv", ".html", ".json"):
            words = set(re.findall(r"\b[0-9a-f]{32}\b", path.read_text("utf-8", errors="replace")))
            assert not words & pseudonyms, path.name
    cells = read(made, "dichtheid")
    assert not cells["n"].between(1, 4).any()
    places = read(made, "drukke_plekken")
    assert (places["n"] >= 5).all()
    assert not {"p_value", "share_one_address", "repeat_addresses"} & set(places)
    wijk = read(made, "veelplegers").iloc[0]
    assert not any(wijk[name] < 10 for name in ("zavp", "veelpleger", "meerpleger"))
    assert "jeugdige_veelpleger" not in wijk, "minors are no class for partners"


@pytest.mark.usefixtures("no_pictures")
def test_a_public_briefing_has_no_persons_photos_or_numbers_per_cell(tmp_path: Path) -> None:
    made = pipeline.run(
        ipg.Settings.sample().changed(folder=tmp_path / "openbaar", audience="openbaar")
    )
    assert {"veelplegers", "fotos", "plekken"} & set(made.tables) == set()
    assert "n" not in made.tables["dichtheid"]
    assert (made.tables["drukke_plekken"]["n"] % 5 == 0).all()
    keys = {slide.key for slide in made.briefing.slides}
    assert {"veelplegers", "fotos"} & keys == set()
    page = next(path for path in made.files if path.name.startswith("briefing")
                and path.suffix == ".html").read_text()  # fmt: skip
    for number in ("38", "94"):
        assert f"Oostveenweg nr. {number}" not in page


def test_every_picture_and_slide_says_that_the_data_are_invented(made: pipeline.Run) -> None:
    deck = Presentation(str(made.files[0]))
    for slide in deck.slides:
        text = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert "oorbeeldgegevens" in text


def test_notes_say_how_to_read_each_slide(made: pipeline.Run) -> None:
    for slide in Presentation(str(made.files[0])).slides:
        assert slide.has_notes_slide
        assert len(slide.notes_slide.notes_text_frame.text) > 40


def settings(tmp_path: Path, **parts) -> ipg.Settings:
    """Give settings of the sample with some parts changed, and files that may be spoilt."""
    shutil.copytree(SAMPLE, tmp_path / "in")
    given = {
        "input": {"incidents": "incidenten.csv.gz", "areas": "buurten.geojson"},
        "area": {"code": "WK015301"},
        "period": {"start": "2025-09-01", "end": "2025-12-01"},
        "output": {"folder": str(tmp_path / "uit")},
    }
    for name, part in parts.items():
        given[name] = {**given.get(name, {}), **part}
    return ipg.Settings.of(given, folder=tmp_path / "in")


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"input": {"incidents": "weg.csv"}}, "file_missing"),
        ({"area": {"code": "WK999999"}}, "area_unknown"),
        ({"area": {"code": None, "name": "Nergenshuizen"}}, "area_unknown"),
        ({"period": {"start": "2001-01-01", "end": "2001-02-01"}}, "period_empty"),
        ({"analysis": {"categories": ["Z99"]}}, "categories_unknown"),
        ({"crs": {"incidents": "EPSG:4326"}}, "xy_outside_file"),
        ({"crs": {"incidents": "EPSG:32632"}}, "areas_miss_incidents"),
        ({"crs": {"work": "EPSG:4326"}}, "crs_work"),
        ({"input": {"schouw": "incidenten.csv.gz"}}, None),
        ({"input": {"areas": "straten.geojson"}}, None),
    ],
)
def test_bad_input_says_what_to_do_and_leaves_nothing_behind(
    tmp_path: Path, parts: dict, code: str | None
) -> None:

    with pytest.raises(IpgError) as caught:
        pipeline.run(settings(tmp_path, **parts))
    if code is not None:
        assert caught.value.code == code
    assert "{" not in in_dutch(caught)
    assert not (tmp_path / "uit").exists()


def test_writing_that_fails_leaves_the_old_briefing(
    sample_briefing, tmp_path: Path, monkeypatch
) -> None:
    from ipgtools import maps
    from ipgtools.pipeline import output

    made = sample_briefing.run
    made = replace(made, settings=made.settings.changed(folder=tmp_path / "uit"))
    (tmp_path / "uit").mkdir()
    (tmp_path / "uit" / "oud.txt").write_text("oud")

    def fail(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(maps, "page", fail)
    with pytest.raises(OSError):  # noqa: PT011 - whatever fails, nothing half is left
        output.write(made, sample_briefing.inputs)
    assert [path.name for path in (tmp_path / "uit").iterdir()] == ["oud.txt"]


def test_a_file_in_place_of_the_folder_is_told_before_anything_is_read(
    tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(pipeline, "_analyse", None)
    (tmp_path / "uit").write_text("van iemand")
    with pytest.raises(ReadError) as caught:
        pipeline.run(settings(tmp_path, output={"folder": str(tmp_path / "uit" / "map")}))
    assert caught.value.code == "folder_in_way"


@pytest.mark.usefixtures("no_pictures")
def test_too_few_incidents_give_a_briefing_that_says_so(tmp_path: Path) -> None:
    given = settings(
        tmp_path,
        period={"start": "2025-09-01", "end": "2025-09-06"},
        output={"audience": "politie"},
    )
    made = pipeline.analyse(given)
    assert not made.facts.places.tested
    assert len(made.tables["drukke_plekken"]) == 0
    text = " ".join(slide.parts[0].items[0] if slide.key == "wat_valt_op" else ""
                    for slide in made.briefing.slides)  # fmt: skip
    assert "incidenten" in text
    assert any("te weinig gegevens" in line.lower() for line in made.left_out)


def test_a_total_too_small_for_partners_is_refused(tmp_path: Path) -> None:
    """Three incidents of a kind in three months may point at someone."""
    from ipgtools.pipeline import inputs

    given = inputs.read(settings(tmp_path), photo_folder=tmp_path)
    counts = given.within(given.period)["category"].value_counts()
    rare = counts[counts.between(1, 4)].index[0]
    few = settings(tmp_path / "weinig", analysis={"categories": [rare]})
    with pytest.raises(ReleaseError) as caught:
        pipeline.run(few)
    assert caught.value.code == "release_few"
    assert not few.output.folder.exists()


@pytest.mark.usefixtures("no_pictures")
def test_only_the_kinds_asked_for_are_counted(tmp_path: Path) -> None:
    police = {"audience": "politie"}
    made = pipeline.analyse(
        settings(tmp_path / "een", analysis={"categories": ["1.2.3"]}, output=police)
    )
    assert made.tables["vergelijking"]["kind"].tolist() == ["Totaal"]
    everything = pipeline.analyse(settings(tmp_path / "alle", output=police))
    kinds = everything.tables["vergelijking"].set_index("kind")["n"]
    assert made.facts.n == kinds["Diefstal van brom-, snor-, fietsen"]
    assert everything.facts.places.n_total == everything.facts.n


REAL = {
    "schoorsteenbranden": (
        {
            "input": {
                "incidents": "nl_twente_schoorsteenbranden/twente_schoorsteenbranden_2004_2020.csv",
                "areas": "nl_twente_buurten_2021/twente_2021.gpkg",
                "level": "buurt",
                "streets": "nl_enschede_straten_osm/enschede_straten_osm.gpkg",
                "schouw": "schouw_velve_lindenhof_2007/verslag_ocr.txt",
            },
            "columns": {"incidents": {"category_label": "gebruiksklasse"}},
            "area": {"code": "GM0153"},
            "period": {"start": "2013-01-01", "end": "2021-01-01"},
            "analysis": {"cell_size": 500},
            "output": {"audience": "politie", "subject": "schoorsteenbranden"},
        },
        {"in_area": 359, "usable": 1759, "outside_all_areas": 0},
    ),
    "lancashire": (
        {
            "input": {
                "incidents": "uk_lancashire_asb_2022/lancashire_asb.tab.gz",
                "areas": "uk_lancashire_asb_2022/lancashire_wards.gpkg",
                "inhabitants": "uk_lancashire_asb_2022/lancashire_ward_pop.xlsx",
            },
            "crs": {"work": "EPSG:27700"},
            "area": {"label": "Lancashire"},
            "period": {"start": "2022-07-01", "end": "2023-01-01"},
            "analysis": {"cell_size": 500},
            "output": {"audience": "politie", "subject": "meldingen"},
        },
        {"in_area": 56434, "usable": 56434, "outside_all_areas": 0},
    ),
}


@pytest.mark.parametrize(
    "name",
    ["schoorsteenbranden", pytest.param("lancashire", marks=pytest.mark.calibrate)],
)
def test_real_files_give_a_whole_briefing(shared: Path, tmp_path: Path, name: str) -> None:
    given, expected = REAL[name]
    settings = ipg.Settings.of(given, folder=shared).changed(folder=tmp_path / "uit")
    made = pipeline.run(settings)
    manifest = manifest_of(made)
    assert {key: manifest["incidents"][key] for key in expected} == expected
    assert len(made.tables["drukste_plekken"]) > 0
    assert {"plekken", "afspraken", "verantwoording"} <= {s.key for s in made.briefing.slides}
    if name == "schoorsteenbranden":
        assert read(made, "acties_per_actor")["n"].sum() == 17


def test_settings_name_what_they_do_not_know(tmp_path: Path) -> None:
    (tmp_path / "ipg.toml").write_text(
        '[input]\nincidents = "a.csv"\nareas = "b"\nkleur = "rood"\n'
    )
    with pytest.raises(SettingsError) as caught:
        ipg.Settings.read(tmp_path / "ipg.toml")
    faults = {where: kind for where, kind, _ in caught.value.facts["faults"]}
    assert faults == {"input.kleur": "extra_forbidden", "period": "missing"}


def test_a_key_is_needed_with_antecedents(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        settings(tmp_path, input={"offences": "antecedenten.csv"})


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("incidenten.csv.gz", "incidents"),
        ("buurten.geojson", "areas"),
        ("straten.geojson", "streets"),
        ("schouw_velve-lindenhof.docx", "schouw"),
        ("schouw_velve-lindenhof.csv", "schouw"),
        ("schouw_velve-lindenhof.txt", "schouw"),
        ("antecedenten.csv", "offences"),
    ],
)
def test_check_recognises_what_a_file_holds(name: str, kind: str) -> None:
    found, report = pipeline.check(SAMPLE / name, key=SAMPLE / "sleutel.txt")
    assert found == kind
    assert report.n_read == report.n_used + report.n_rejected > 0


def test_check_asks_when_it_cannot_tell(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a;b\n1;2\n")
    with pytest.raises(ReadError) as caught:
        pipeline.check(tmp_path / "x.csv")
    assert caught.value.code == "kind_unknown_table"


# Several files, two schouwen, and what became of the photos.


def several(folder: Path) -> dict:
    """Write what an analyst has after a year: monthly exports, two schouwen, a list of steps."""
    shutil.copytree(SAMPLE, folder)
    rows = pd.read_csv(SAMPLE / "incidenten.csv.gz", sep=";", dtype="str", keep_default_na=False)
    (folder / "maanden").mkdir()
    for name, start, end in (("a", 0, 9000), ("b", 8500, 15000), ("c", 14000, None)):
        rows[start:end].to_csv(folder / "maanden" / f"{name}.csv", sep=";", index=False)
    before = pd.read_csv(SAMPLE / "schouw_velve-lindenhof.csv", sep=";", dtype="str")
    new = before.iloc[[0]].assign(nr="99", adres="Pluimstraat nr. 12", omschrijving="Lamp kapot")
    pd.concat([before.iloc[3:], new]).to_csv(folder / "voorjaar.csv", sep=";", index=False)
    photos = ipg.read_photos(SAMPLE / "mails", folder / "kopie")[0]["photo_id"].tolist()
    (folder / "mails" / "01-bank.eml").rename(folder / "mails" / PERSON)
    far_away(folder / "mails" / "ver_weg.jpg")
    steps = [(photos[0], "op briefing", "01-10-2025"), (photos[0], "opdracht", "20-11-2025"),
             (photos[1], "afgesloten", "21-11-2025"),
             ("f" * 12, "op briefing", "21-11-2025")]  # fmt: skip
    pd.DataFrame(steps, columns=["foto", "status", "datum"]).to_csv(
        folder / "status.csv", index=False
    )
    return {
        "input": {
            "incidents": "maanden",
            "duplicates": "reject",
            "areas": "buurten.geojson",
            "streets": "straten.geojson",
            "schouw": ["schouw_velve-lindenhof.csv", "voorjaar.csv"],
            "schouw_date": ["2025-10-08", "2025-04-02"],
            "photos": "mails",
            "photo_status": "status.csv",
            "blur": {photos[2]: [[0, 0, 400, 300]]},
        },
        "area": {"code": "WK015301"},
        "period": {"start": "2025-09-01", "end": "2025-12-01"},
    }


PERSON = "Klacht van Jan de Vries 06-12345678.eml"


def far_away(path: Path) -> None:
    """Write a photo that was taken in Amsterdam."""
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (52.0, 22.0, 0.0), 3: "E", 4: (4.0, 53.0, 0.0)}
    Image.new("RGB", (400, 300), "red").save(path, exif=exif)


@pytest.fixture(scope="module")
def year(tmp_path_factory) -> pipeline.Run:
    """Make a briefing of several files once."""
    folder = tmp_path_factory.mktemp("jaar")
    given = ipg.Settings.of(several(folder / "in"), folder=folder / "in")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pictures, "draw", lambda *_, **__: {})
        return pipeline.run(given.changed(folder=folder / "uit"))


def test_overlapping_exports_give_the_briefing_of_the_whole_file(
    year: pipeline.Run, made: pipeline.Run
) -> None:
    assert year.facts.n == made.facts.n
    assert year.facts.previous == made.facts.previous
    manifest = manifest_of(year)
    assert set(manifest["inputs"]["incidents"]["files"]) == {"a.csv", "b.csv", "c.csv"}
    rows = manifest["rows"]["incidents"]
    assert rows["read"] == 21_500
    assert rows["used"] == made.reports["incidents"].n_used


def test_two_schouwen_are_compared_on_a_slide_and_in_a_table(year: pipeline.Run) -> None:
    """The later one has three findings that the earlier lacks, the earlier one of its own."""
    state = year.facts.schouw
    assert (state.n_before, state.n_findings) == (14, 16)
    assert (state.n_solved, state.n_still_open, state.n_new) == (1, 13, 3)
    table = read(year, "schouw_vergelijking")
    assert table["outcome"].value_counts().to_dict() == {"nog open": 13, "nieuw": 3, "opgelost": 1}
    slide = next(one for one in year.briefing.slides if one.key == "schouw_vergelijking")
    assert slide.title == "1 van de 14 bevindingen van de vorige schouw is niet meer gezien"
    assert "schouw van 2 april 2025" in slide.parts[0].items[0]
    page = next(path for path in year.files if path.name.startswith("briefing") and
                path.suffix == ".html").read_text()  # fmt: skip
    assert "Lamp kapot" in page


def test_photos_show_their_status_and_closed_ones_are_gone(year: pipeline.Run) -> None:
    slides = [one for one in year.briefing.slides if one.key.startswith("fotos")]
    assert slides[0].title == "Vijf foto's van bewoners, waarvan vier nog open"
    assert [one.hidden for one in slides] == [False, True]
    captions = [photo.caption for one in slides for photo in one.parts[0].photos]
    assert len(captions) == 4
    assert sum("Status: opdracht" in one for one in captions) == 1
    assert read(year, "fotos")["status"].value_counts()["afgesloten"] == 1


def test_what_is_marked_on_a_photo_is_hidden_on_its_slide(
    year: pipeline.Run, tmp_path: Path
) -> None:
    """The slide has the copy with the mark, not the plain one."""
    photos = ipg.read_photos(SAMPLE / "mails", tmp_path)[0]
    slides = [one for one in year.briefing.slides if one.key.startswith("fotos")]
    photos_on = [photo for one in slides for photo in one.parts[0].photos]
    shown = [one for one in photos_on if one.caption.startswith("Afval")]
    assert photos["caption"][2].startswith("Zwerfafval"), "a partner sees the kind, not the title"
    plain = Image.open(photos["path"][2]).convert("RGB").crop((16, 16, 384, 284))
    for one in shown:
        part = Image.open(io.BytesIO(one.data)).convert("RGB").crop((16, 16, 384, 284))
        assert part.tobytes() != plain.tobytes()


def test_photos_of_another_area_are_left_out_and_counted(year: pipeline.Run) -> None:
    assert "1 foto van buiten Hogeland - Velve staat niet in deze briefing" in year.left_out
    assert len(read(year, "fotos")) == 5


def test_steps_of_a_photo_that_is_not_there_are_told(year: pipeline.Run) -> None:
    assert "1 foto in deze tabel is er niet bij" in " ".join(year.reports["photo_status"].notes)


def test_the_names_of_mails_stay_out_of_everything_that_is_written(year: pipeline.Run) -> None:
    """People put their name and number in them."""
    for path in year.files:
        if path.suffix in {".json", ".html", ".csv"}:
            assert "Jan de Vries" not in path.read_text(), path.name
            assert "12345678" not in path.read_text(), path.name


def test_a_mark_outside_a_photo_is_an_error(tmp_path: Path) -> None:
    """Nothing is shown that was meant to be hidden."""
    photos = ipg.read_photos(SAMPLE / "mails", tmp_path / "kopie")[0]
    given = ipg.Settings.sample().model_dump()
    given["input"] |= {"schouw": None, "offences": None, "addresses": None}
    given["input"]["blur"] = {photos["photo_id"][0]: [[5000, 5000, 6000, 6000]]}
    with pytest.raises(ReadError) as caught:
        inputs.read(ipg.Settings.of(given), photo_folder=tmp_path)
    assert caught.value.code == "photo_region"


def test_the_read_report_of_every_file_stays(year: pipeline.Run) -> None:
    """It names files, so it is not beside the page, which doesn't link to it."""
    (report,) = [path for path in year.files if path.name.startswith("leesverslag")]
    assert report.parent == year.folder / "intern"
    told = report.read_text()
    assert told.count("<section") == len(year.reports) == 7
    assert "Vorige wijkschouw: voorjaar.csv" in told


def test_the_read_report_of_a_briefing_for_partners_holds_no_values(made: pipeline.Run) -> None:
    told = next(path for path in made.files if path.name.startswith("leesverslag")).read_text()
    assert "geen coördinaten" in told
    assert "PL0600_BVH" not in told


def test_schouwen_of_different_wijken_can_be_taken_together(tmp_path: Path) -> None:
    from ipgtools.pipeline import schouw_input

    given = several(tmp_path / "in")
    apart = ipg.Settings.of(given | {"schouw": {"compare": False}}, folder=tmp_path / "in")
    streets = ipg.read_streets(SAMPLE / "straten.geojson")[0]
    area = ipg.read_areas(SAMPLE / "buurten.geojson")[0]
    found = schouw_input.read(apart, streets, area)
    assert found.earlier is None
    assert len(found.findings) == 16 + 14
    assert found.findings["finding_id"].is_unique
    assert set(found.actions["finding_id"]) <= set(found.findings["finding_id"])
    last = schouw_input.read(ipg.Settings.of(given, folder=tmp_path / "in"), streets, area)
    assert (len(last.findings), len(last.earlier)) == (16, 14)
    assert last.reports["schouw_before"].source == "voorjaar.csv"


def test_compared_findings_lose_numbers_and_words_in_public(tmp_path: Path) -> None:
    from ipgtools import privacy, schouw

    findings = ipg.read_schouw(SAMPLE / "schouw_velve-lindenhof.csv")[0]
    table = schouw.compare(findings.iloc[3:], findings)
    streets = ipg.read_streets(SAMPLE / "straten.geojson")[0]
    shown = privacy.release(table, "openbaar", streets=streets).table
    assert shown["location_text"].notna().all()
    assert not [name for name in shown if name.startswith("description") or name == "geometry"]
    assert not shown["location_text"].str.contains(r"\d").any()
    assert len(privacy.release(table, "partner").table) == len(table) == 16


@pytest.mark.parametrize(
    ("part", "where"),
    [
        ({"input": {"schouw": ["a.csv", "b.csv"], "schouw_date": ["2025-01-01"]}}, "schouw_date"),
        ({"input": {"incidents": []}}, "incidents"),
        ({"input": {"incidents": 3}}, "incidents"),
        ({"input": {"duplicates": "misschien"}}, "duplicates"),
        ({"schouw": {"distance": -1}}, "schouw.distance"),
        ({"schouw": {"words": "alles"}}, "schouw.words"),
    ],
)
def test_settings_of_several_files_say_what_is_wrong(part: dict, where: str) -> None:

    given = {
        "input": {"incidents": "a.csv", "areas": "b.gpkg"},
        "period": {"start": "2025-01-01", "end": "2025-02-01"},
    }
    given |= {name: {**given.get(name, {}), **value} for name, value in part.items()}
    with pytest.raises(SettingsError) as caught:
        ipg.Settings.of(given)
    said = in_dutch(caught)
    assert where in said
    assert said.count("input.incidents") <= 1
    assert "{" not in said


def test_paths_in_a_list_start_in_the_folder_of_the_settings() -> None:
    given = {
        "input": {"incidents": ["a.csv", "b.csv"], "areas": "c.gpkg", "schouw": ["d.docx"]},
        "period": {"start": "2025-01-01", "end": "2025-02-01"},
    }
    read_ = ipg.Settings.of(given, folder="/map").input
    assert read_.incident_files == [Path("/map/a.csv"), Path("/map/b.csv")]
    assert read_.schouwen == [Path("/map/d.docx")]


def test_words_of_the_system_mend_more(monkeypatch, tmp_path) -> None:
    """With a full list of words more is mended than with the words we bring along."""
    from ipgtools.pipeline import schouw_input
    from ipgtools.schouw.ocr import wordlist

    report = tmp_path / "schouw.txt"
    text = (SAMPLE / "schouw_velve-lindenhof.txt").read_text(encoding="utf-8")
    report.write_text(text.replace("stoep", "stocp"), encoding="utf-8")
    given = {
        "input": {"incidents": "a.csv", "areas": "b", "schouw": str(report)},
        "period": {"start": "2025-01-01", "end": "2025-02-01"},
    }
    area = ipg.read_areas(SAMPLE / "buurten.geojson")[0]
    asked = ipg.Settings.of(given | {"schouw": {"words": "system"}}, folder=SAMPLE)
    monkeypatch.setattr(wordlist, "FULL", ())
    monkeypatch.setattr(wordlist, "STEMS", ())
    with pytest.raises(ReadError) as caught:
        schouw_input.read(asked, None, area)
    assert caught.value.code == "words_missing"
    monkeypatch.undo()
    if not any(path.is_file() for path in wordlist.FULL):
        pytest.skip("Debian's wdutch is not on this machine")
    plain = schouw_input.read(ipg.Settings.of(given, folder=SAMPLE), None, area)
    more = schouw_input.read(asked, None, area)
    assert more.reports["schouw"].details["repairs"] != plain.reports["schouw"].details["repairs"]


def test_only_the_police_read_where_a_near_repeat_would_still_count():
    """The open window lies round addresses of those it happened to; partners read the pattern."""
    given = ipg.Settings.sample().model_dump()
    given["input"] |= {"schouw": None, "offences": None, "addresses": None}
    given = ipg.Settings.of(given)
    said = {
        who: inputs.read(given.changed(audience=who)) for who in ("openbaar", "partner", "politie")
    }
    told = {
        who: near_repeat_input.still_open(one, near_repeat_input.near_incidents(one).incidents)
        for who, one in said.items()
    }
    assert told["openbaar"] == told["partner"] == (0, "")
    n, text = told["politie"]
    assert n == 5
    assert text.startswith(
        "Rond vijf plekken was dat op 30 november 2025 nog geen 14 dagen geleden"
    )
    assert text.endswith("tot en met 13 december 2025.")
