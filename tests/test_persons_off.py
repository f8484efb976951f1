"""The switch `[privacy] persons = false`: files about persons are not opened, the rest works."""

import json
import shutil
from pathlib import Path

import pytest
from pptx import Presentation

import ipgtools as ipg
from ipgtools import cli, pipeline
from ipgtools.errors import ReadError, SettingsError
from ipgtools.pipeline import inputs
from ipgtools.settings import Choices

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample"
WORDS = ("veelpleger", "antecedent", "persoonsnummer", "pleger")


def given(folder: Path, *, persons: bool, **files: str) -> dict:
    """Give settings of the sample's incidents, with files about persons that may not be there."""
    return {
        "input": {
            "incidents": str(SAMPLE / "incidenten.csv.gz"),
            "areas": str(SAMPLE / "buurten.geojson"),
            **files,
        },
        "area": {"code": "WK015301"},
        "period": {"start": "2025-09-01", "end": "2025-12-01"},
        "output": {"folder": str(folder / "uit"), "audience": "politie"},
        "analysis": {"categories": ["1.1.1"]},
        "privacy": {"persons": persons},
    }


@pytest.fixture(scope="module")
def off(tmp_path_factory) -> pipeline.Run:
    """Make a briefing for the police while the files about persons don't even exist."""
    folder = tmp_path_factory.mktemp("uit")
    files = {"offences": str(folder / "personen.csv"), "key": str(folder / "sleutel.txt")}
    return pipeline.run(ipg.Settings.of(given(folder, persons=False, **files)))


def test_files_about_persons_are_not_opened(off):
    """They are not there, and the briefing is."""
    assert "offences" not in off.reports
    assert "veelplegers" not in off.tables
    assert off.settings.input.offences is None


def test_it_is_said_that_they_were_not_read(off):
    (line,) = [line for line in off.left_out if "persons = false" in line]
    assert "personen.csv is niet gelezen" in line
    assert any(line in one for one in off.lines())


def test_nothing_on_slides_counts_repeat_offenders(off):
    """The only sentence that names them says that they were not counted."""
    slides = Presentation(next(path for path in off.files if path.suffix == ".pptx")).slides
    texts = [shape.text_frame.text for s in slides for shape in s.shapes if shape.has_text_frame]
    found = {
        one for text in texts for one in text.split("\n") if any(w in one.lower() for w in WORDS)
    }
    assert len(found) <= 1
    assert all("staat uit" in one for one in found)


def test_the_manifest_has_no_hash_of_them(off):
    manifest = json.loads((off.folder / "intern" / "manifest.json").read_text("utf-8"))
    assert "offences" not in manifest["inputs"]
    assert "key" not in manifest["inputs"]


def test_no_key_is_needed_for_what_is_not_read(tmp_path):
    settings = ipg.Settings.of(given(tmp_path, persons=False, offences="personen.csv"))
    assert settings.input.offence_files[0].name == "personen.csv"
    with pytest.raises(SettingsError):
        ipg.Settings.of(given(tmp_path, persons=True, offences="personen.csv"))


def test_with_the_switch_on_they_are_read(tmp_path):
    files = {"offences": str(SAMPLE / "antecedenten.csv"), "key": str(SAMPLE / "sleutel.txt")}
    read = inputs.read(ipg.Settings.of(given(tmp_path, persons=True, **files)))
    assert len(read.offences)
    assert read.unread == ()


@pytest.mark.parametrize("kind", [None, "offences"])
def test_check_refuses_a_file_about_persons(kind):
    choices = Choices.model_validate({"privacy": {"persons": False}})
    with pytest.raises(ReadError) as caught:
        pipeline.check(
            SAMPLE / "antecedenten.csv", kind=kind, key=SAMPLE / "sleutel.txt", choices=choices
        )
    assert caught.value.code == "persons_off"


def test_check_says_so_on_the_command_line(tmp_path, monkeypatch, capsys):
    """The settings of the folder one works in count, also where nobody names them."""
    shutil.copy(SAMPLE / "antecedenten.csv", tmp_path)
    (tmp_path / "ipg.toml").write_text("[privacy]\npersons = false\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert cli.run(["check", "antecedenten.csv"]) == 2
    assert "de module voor personen staat uit" in capsys.readouterr().err
