"""Whatever is wrong with the input: one Dutch message, exit code 2, nothing half-written."""

import gzip
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ipgtools import cli
from ipgtools.pipeline import inputs
from ipgtools.settings import Settings

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample"


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Path:
    """Give a copy of the sample with 3,000 incidents and as many addresses."""
    folder = tmp_path_factory.mktemp("klein") / "stad"
    shutil.copytree(SAMPLE, folder)
    settings = (folder / "ipg.toml").read_text()
    for name in ("incidenten", "adressen"):
        rows = gzip.decompress((folder / f"{name}.csv.gz").read_bytes()).decode("utf-8-sig")
        (folder / f"{name}.csv.gz").unlink()
        (folder / f"{name}.csv").write_text("\n".join(rows.split("\r\n")[:3000]), "utf-8")
        settings = settings.replace(f"{name}.csv.gz", f"{name}.csv")
    (folder / "ipg.toml").write_text(settings)
    return folder


@pytest.fixture
def town(small: Path, tmp_path: Path) -> Path:
    """Give a copy of the small sample that may be spoilt."""
    return shutil.copytree(small, tmp_path / "stad")


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Replace text in a file of the town."""

    def spoil(town: Path) -> None:
        text = (town / name).read_text(encoding="utf-8")
        assert old in text
        (town / name).write_text(text.replace(old, new), encoding="utf-8")

    return spoil


def remove(name: str) -> Callable[[Path], None]:
    """Take a file away."""
    return lambda town: (town / name).unlink()


def empty(name: str) -> Callable[[Path], None]:
    """Leave nothing in a file."""
    return lambda town: (town / name).write_bytes(b"")


def columns(change: Callable[[list[str]], list[str]]) -> Callable[[Path], None]:
    """Change the coordinates, the last two fields of every row."""

    def spoil(town: Path) -> None:
        path = town / "incidenten.csv"
        head, *rows = path.read_text("utf-8").split("\n")
        changed = []
        for row in rows:
            fields = row.split(";")
            whole = len(fields) > 2 and all(field.isdigit() for field in fields[-2:])
            changed.append(";".join([*fields[:-2], *change(fields[-2:])]) if whole else row)
        path.write_text("\n".join([head, *changed]), "utf-8")

    return spoil


def move_areas(town: Path) -> None:
    """Put the areas a degree to the north."""
    areas = json.loads((town / "buurten.geojson").read_text())
    for feature in areas["features"]:
        for ring in feature["geometry"]["coordinates"]:
            for point in ring if isinstance(ring[0][0], float) else ring[0]:
                point[1] += 0.5
    (town / "buurten.geojson").write_text(json.dumps(areas))


CASES = {
    "a file is missing": (remove("incidenten.csv"), "bestaat niet"),
    "the key is missing": (remove("sleutel.txt"), "sleutelbestand"),
    "the report is missing": (remove("schouw_velve-lindenhof.docx"), "bestaat niet"),
    "a file is empty": (empty("incidenten.csv"), "is leeg"),
    "the areas are empty": (empty("buurten.geojson"), "is leeg"),
    "the report is no Word document": (empty("schouw_velve-lindenhof.docx"), "is leeg"),
    "a column is missing": (edit("incidenten.csv", ";X;Y", ";Oost;Noord"), "ontbreekt een kolom"),
    "the time column is missing": (
        edit("incidenten.csv", "Begin-pleegdatum/tijd", "Moment"), "ontbreekt een kolom"
    ),
    "the CRS is wrong": (
        edit("ipg.toml", "[period]", '[crs]\nincidents = "EPSG:32631"\n\n[period]'),
        "klopt het coördinatenstelsel",
    ),
    "the CRS does not exist": (
        edit("ipg.toml", "[period]", '[crs]\nwork = "RD"\n\n[period]'), "bestaat niet"
    ),
    "degrees stand where metres are expected": (columns(lambda _: ["-0.1", "51.5"]), "graden"),
    "the axes are swapped": (columns(lambda xy: xy[::-1]), "verwisseld"),
    "the areas don't cover the incidents": (move_areas, "ligt in"),
    "the period has no incidents": (edit("ipg.toml", "2025-", "2015-"), "zijn er geen incidenten"),
    "the period is reversed": (edit("ipg.toml", "2025-12-01", "2024-12-01"), "Draai de datums om"),
    "the area does not exist": (edit("ipg.toml", "WK015301", "WK777777"), "WK777777"),
    "a setting is unknown": (
        edit("ipg.toml", "[output]", "[analysis]\ncelgrootte = 9\n\n[output]"), "celgrootte"
    ),
    "a setting is impossible": (
        edit("ipg.toml", "[output]", "[analysis]\ncell_size = -1\n\n[output]"), "cell_size"
    ),
    "cells are finer than the audience may see": (
        edit("ipg.toml", "[output]", "[analysis]\ncell_size = 10\n\n[output]"),
        "voor dit publiek (partner) mogen vakken niet fijner zijn dan 100 m. Zet onder [analysis]",
    ),
    "the audience does not exist": (
        edit("ipg.toml", '"partner"', '"iedereen"'), "Het publiek 'iedereen' is onbekend. Kies uit"
    ),
    "the settings are no TOML": (edit("ipg.toml", "[input]", "[input"), "niet te lezen"),
    "the dates can't be read": (edit("incidenten.csv", "-20", "/@"), "niet als datum te lezen"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_one_clear_message_and_nothing_half_written(
    name: str, town: Path, tmp_path: Path, capsys
) -> None:
    spoil, said = CASES[name]
    spoil(town)
    out = tmp_path / "uit"
    assert cli.run(["briefing", "--config", str(town / "ipg.toml"), "--out", str(out)]) == 2
    captured = capsys.readouterr()
    message = captured.err.strip()
    assert said in " ".join(message.split())
    assert len(message) < 850
    assert "Traceback" not in message
    assert "{" not in message
    assert not out.exists()


@pytest.mark.usefixtures("no_pictures")
def test_the_town_itself_is_good(town: Path, tmp_path: Path) -> None:
    """What the cases above spoil gives a briefing when it is left alone."""
    arguments = ["briefing", "--config", str(town / "ipg.toml"), "--out", str(tmp_path / "uit")]
    assert cli.run(arguments) == 0


def test_areas_in_metres_without_a_crs_can_be_told_theirs(town: Path, tmp_path: Path) -> None:
    """GeoJSON without a CRS counts as degrees; the settings know better."""
    import geopandas as gpd

    areas = gpd.read_file(town / "buurten.geojson").to_crs(28992)
    content = json.loads(areas.to_json())
    content.pop("crs", None)
    (town / "buurten.geojson").write_text(json.dumps(content))
    arguments = ["briefing", "--config", str(town / "ipg.toml"), "--out", str(tmp_path / "uit")]
    assert cli.run(arguments) == 2
    edit("ipg.toml", "[period]", '[crs]\nareas = "EPSG:28992"\n\n[period]')(town)
    assert len(inputs.read(Settings.read(town / "ipg.toml")).now) > 0
