"""`ipgtools init` makes an ipg.toml of the files that someone has."""

import shutil
import tomllib
from pathlib import Path

import pandas as pd
import pytest

import ipgtools as ipg
from ipgtools import cli
from ipgtools.errors import SettingsError
from ipgtools.periods import Period
from ipgtools.pipeline import starting


@pytest.fixture
def files(tmp_path: Path, root: Path, monkeypatch) -> Path:
    """A folder with files of the sample town, without its ipg.toml."""
    sample = root / "data" / "sample"
    for name in ("buurten.geojson", "straten.geojson", "sleutel.txt", "antecedenten.csv"):
        shutil.copy(sample / name, tmp_path)
    rows = pd.read_csv(sample / "incidenten.csv.gz", sep=None, engine="python", nrows=300)
    rows.to_csv(tmp_path / "incidenten.csv", sep=";", index=False)
    (tmp_path / "raar.bin").write_bytes(b"\x00\x01\x02")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_files_are_named_by_what_is_in_them(files, capsys) -> None:
    """The settings can be read, and the lines say what was found and what comes next."""
    names = ["incidenten.csv", "buurten.geojson", "straten.geojson", "sleutel.txt", "raar.bin"]
    assert cli.run(["init", *names, "antecedenten.csv"]) == 0
    said = capsys.readouterr().out
    assert "incidents: incidenten.csv (incidenten)" in said
    assert "niet gebruikt: raar.bin" in said
    assert "ipgtools briefing" in said
    read = ipg.Settings.read("ipg.toml")
    assert read.input.incidents == Path("incidenten.csv")
    assert read.input.areas == Path("buurten.geojson")
    assert read.input.streets == Path("straten.geojson")
    assert read.input.offences == Path("antecedenten.csv")
    assert read.input.key == Path("sleutel.txt")
    assert read.output.audience == "politie"


def test_settings_that_are_there_stay(files, capsys) -> None:
    """Whatever is in them."""
    Path("ipg.toml").write_text("mijn = 1")
    assert cli.run(["init", "incidenten.csv"]) == 2
    assert "bestaat al" in capsys.readouterr().err
    assert Path("ipg.toml").read_text() == "mijn = 1"


def test_what_lacks_is_a_line_to_fill_in(files) -> None:
    """The file is TOML all the same, and antecedents wait for a key."""
    made = starting.start([Path("incidenten.csv"), Path("antecedenten.csv")], files / "x.toml")
    text = (files / "x.toml").read_text()
    assert '# areas = "gebieden.gpkg"' in text
    assert "# offences" in text
    assert "offences" not in tomllib.loads(text)["input"]
    assert any("gebieden (areas)" in line for line in made.lines())


def test_nothing_recognised_is_nothing_written(files) -> None:
    """With what was wrong with each file."""
    with pytest.raises(SettingsError) as caught:
        starting.start([Path("raar.bin"), Path("weg.csv")])
    assert caught.value.code == "init_nothing"
    assert not Path("ipg.toml").exists()


def test_of_two_files_of_a_kind_the_first_is_named(files) -> None:
    """Unless that kind can have several."""
    shutil.copy("straten.geojson", "wegen.geojson")
    shutil.copy("incidenten.csv", "nog meer.csv")
    names = ("straten.geojson", "wegen.geojson", "incidenten.csv", "nog meer.csv")
    made = starting.start([Path(name) for name in names])
    assert [path.name for path, _ in made.left] == ["wegen.geojson"]
    given = tomllib.loads(Path("ipg.toml").read_text())["input"]
    assert given["incidents"] == ["incidenten.csv", "nog meer.csv"]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2025-01-01", "2025-12-31", ("2025-10-01", "2026-01-01")),
        ("2024-01-01", "2025-11-15", ("2025-07-01", "2025-10-01")),
        ("2025-10-02", "2025-11-30", ("2025-11-01", "2025-12-01")),
        ("2025-11-03", "2025-11-20", ("2025-11-03", "2025-11-21")),
        (None, None, None),
    ],
)
def test_the_period_is_the_last_whole_quarter_or_month(first, last, expected) -> None:
    """Or all days that there are."""

    class Report:
        details = {"quality": {"first": first, "last": last}}

    assert starting._period([Report()]) == (Period(*expected) if expected else None)


def test_house_numbers_that_were_kept_are_told_with_their_street(tmp_path) -> None:
    """The number belongs to the street that is named, not to another at the same point."""
    rows = pd.DataFrame(
        {"nummer": [f"P{n}" for n in range(5)], "pleegdatum": ["1-9-2025"] * 5,
         "straat": ["Leijdsweg"] * 3 + ["Espoortstraat"] * 2,
         "huisnummer": ["12", "12", "14", "99", "99"], "x": [257000] * 5, "y": [471000] * 5}
    )  # fmt: skip
    incidents, _ = ipg.read_incidents(rows, keep=["huisnummer"])
    place = ipg.repeats.places(incidents).iloc[0]
    assert (place["street_name"], place["house_number"]) == ("Leijdsweg", "12")
    one = incidents.assign(house_number=["1", "2", "3", "99", "99"])
    assert ipg.repeats.places(one).iloc[0]["house_number"] in {"1", "2", "3"}
