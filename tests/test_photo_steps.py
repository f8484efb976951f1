"""A coach gives a photo its next status with a command, and the table is whole whatever happens."""

import datetime as dt
import io
from pathlib import Path

import pandas as pd
import pytest
from helpers import in_dutch
from PIL import Image

from ipgtools import cli, photos
from ipgtools.errors import ReadError

DAY = dt.date(2025, 11, 3)
PHOTOS = pd.DataFrame({"photo_id": ["0c39f14fbf63", "0c40aaaaaaaa", "ff00"], "status": "melding"})


def statuses(path: Path) -> list[str]:
    """Give the status of each photo by a table of steps."""
    return photos.join_status(PHOTOS, photos.read_status(path)[0])["status"].tolist()


def refused(path: Path, photo: str, status: str, **options: object) -> ReadError:
    """Give the error of a step that can't be taken, and see that it changed nothing."""
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(ReadError) as caught:
        photos.add_step(path, PHOTOS, photo, status, **options)  # type: ignore[arg-type]
    assert (path.read_bytes() if path.exists() else None) == before
    assert [one.name for one in path.parent.iterdir()] == ([path.name] if path.exists() else [])
    assert "Error" not in in_dutch(caught)
    return caught.value


def test_the_first_step_makes_the_table_and_the_next_go_below(tmp_path: Path) -> None:
    path = tmp_path / "status.csv"
    assert photos.add_step(path, PHOTOS, "0c39", "Op  briefing", reference_date=DAY) == (
        "0c39f14fbf63", "melding",
    )  # fmt: skip
    photos.add_step(path, PHOTOS, "ff00", "afgesloten", reference_date=DAY)
    photos.add_step(path, PHOTOS, "0C39F14FBF63", "naar justitie", reference_date=DAY)
    assert statuses(path) == ["naar justitie", "melding", "afgesloten"]


@pytest.mark.parametrize(
    ("photo", "status", "code"),
    [
        ("0c39", "naar justitie", "photo_next"),
        ("0c39", "opdracht", "photo_next"),
        ("0c39", "melding", "photo_next"),
        ("0c", "op briefing", "photo_unknown"),
        ("zz", "op briefing", "photo_unknown"),
        ("", "op briefing", "photo_unknown"),
        ("0c39", "kwijt", "photo_status_unknown"),
    ],
)
def test_a_step_that_cannot_be_is_refused_and_nothing_is_made(
    tmp_path: Path, photo: str, status: str, code: str
) -> None:
    assert refused(tmp_path / "status.csv", photo, status).code == code


def test_a_step_before_the_last_one_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "status.csv"
    photos.add_step(path, PHOTOS, "0c39", "op briefing", reference_date=DAY)
    error = refused(path, "0c39", "opdracht", reference_date=DAY - dt.timedelta(days=1))
    assert "03-11-2025" in in_dutch(error)


def test_a_step_on_a_day_to_come_is_refused(tmp_path: Path) -> None:
    """A year mistyped would shut out every later step."""
    tomorrow = dt.date.today() + dt.timedelta(days=1)
    error = refused(tmp_path / "status.csv", "0c39", "op briefing", reference_date=tomorrow)
    assert error.code == "photo_future"
    assert f"{tomorrow:%d-%m-%Y}" in in_dutch(error)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_what_people_wrote_in_the_table_stays(tmp_path: Path, encoding: str) -> None:
    """Their columns, remarks, order, way of writing days, and the last line without an end."""
    path = tmp_path / "status.csv"
    given = "Datum,Opmerking,Status,Foto\r\n31-10-2025,café 'De Brink',op briefing,0c39f14fbf63"
    path.write_bytes(given.encode(encoding))
    photos.add_step(path, PHOTOS, "0c39", "opdracht", reference_date=DAY)
    assert path.read_bytes() == f"{given}\r\n03-11-2025,,opdracht,0c39f14fbf63\r\n".encode(encoding)
    assert statuses(path)[0] == "opdracht"


@pytest.mark.parametrize("name", ["status.xlsx", "status.ods", "status"])
def test_only_a_csv_is_added_to(tmp_path: Path, name: str) -> None:
    assert refused(tmp_path / name, "0c39", "op briefing").code == "photo_table"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with settings and two photos."""
    monkeypatch.chdir(tmp_path)
    for colour in ("red", "blue"):
        stream = io.BytesIO()
        Image.new("RGB", (40, 30), colour).save(stream, "JPEG")
        Path("fotos").mkdir(exist_ok=True)
        Path("fotos", f"{colour}.jpg").write_bytes(stream.getvalue())
    Path("ipg.toml").write_text(
        '[input]\nincidents = "i.csv"\nareas = "g.gpkg"\nphotos = "fotos"\n'
        'photo_status = "status.csv"\n[period]\nstart = 2025-09-01\nend = 2025-12-01\n',
        "utf-8",
    )
    return tmp_path


def test_the_command_lists_changes_and_refuses(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["photos"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert listed[0] == "2 foto's"
    number = listed[1].split()[0]
    assert cli.run(["photos", number, "naar", "justitie"]) == 2
    assert "Na 'melding' kan alleen: op briefing of afgesloten" in capsys.readouterr().err
    assert not (folder / "status.csv").exists()
    assert cli.run(["photos", number[:6], "op", "briefing", "--datum", "03-11-2025"]) == 0
    assert f"Foto {number} ging van melding naar op briefing" in capsys.readouterr().out
    assert cli.run(["photos", number]) == 0
    assert "op briefing    03-11-2025" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("key", "arguments"), [("photos", []), ("photo_status", ["0", "op", "briefing"])]
)
def test_settings_that_lack_something_say_what_to_add(
    folder: Path, capsys: pytest.CaptureFixture[str], key: str, arguments: list[str]
) -> None:
    path = folder / "ipg.toml"
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(one for one in lines if not one.startswith(f"{key} ")), "utf-8")
    assert cli.run(["photos", *arguments]) == 2
    assert f"{key} = '" in capsys.readouterr().err
