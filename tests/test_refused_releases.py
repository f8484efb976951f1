"""
A profile, a register or a target that can't be used is one message; nothing leaves or is lost.

What is wrong with each is told in `test_profiles`, `test_register` and `test_folder`; here is what
becomes of a briefing, and of numbers half published.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_released_tables import INCIDENTS, per_area, provenance

from ipgtools import audit, cli, privacy
from ipgtools.audit import Register, _register
from ipgtools.errors import RegisterError
from ipgtools.privacy import published_numbers
from ipgtools.settings.parts import REGISTER

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample"
PARENT = 'label = "Pers"\nas_strict_as = "openbaar"\n'


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with settings for an audience of its own, and a briefing of before."""
    monkeypatch.delenv(REGISTER)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "profielen").mkdir()
    (tmp_path / "profielen" / "pers.toml").write_text(PARENT)
    (tmp_path / "uit" / "velve").mkdir(parents=True)
    (tmp_path / "uit" / "velve" / "LEES_MIJ.txt").write_text("van vorige week")
    (tmp_path / "ipg.toml").write_text(
        f'[input]\nincidents = "{SAMPLE / "incidenten.csv.gz"}"\n'
        f'areas = "{SAMPLE / "wijken.geojson"}"\n[area]\ncode = "WK015301"\n'
        "[period]\nstart = 2025-09-01\nend = 2025-12-01\n"
        '[output]\naudience = "pers"\nfolder = "uit"\n'
        '[privacy]\nregister = "r.sqlite"\nprofiles = "profielen"\n'
    )
    return tmp_path


def unknown_key(place: Path) -> None:
    (place / "profielen" / "pers.toml").write_text(f"{PARENT}[cells]\nsise = 500\n")


def looser(place: Path) -> None:
    (place / "profielen" / "pers.toml").write_text(f"{PARENT}[cells]\nsize = 100\n")


def no_such_audience(place: Path) -> None:
    (place / "profielen" / "pers.toml").unlink()


def locked(place: Path) -> sqlite3.Connection:
    Register.open(place / "r.sqlite").close()
    other = sqlite3.connect(place / "r.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other


def no_register(place: Path) -> None:
    (place / "r.sqlite").write_text("nummer;tijd\n")


def denied(place: Path) -> None:
    (place / "r.sqlite").mkdir()


WRONG: dict[str, tuple[Callable[[Path], Any], str]] = {
    "a key that isn't known": (unknown_key, "cells.sise bestaat niet (is size bedoeld?)"),
    "looser than its parent": (looser, "zo streng zijn: cells.size is 100.0, daar 200.0"),
    "no such audience": (no_such_audience, "Het publiek 'pers' is onbekend"),
    "a register that is taken": (locked, "door een ander programma bezet"),
    "a file that is no register": (no_register, "geen SQLite-bestand"),
    "a folder instead of a register": (denied, "is een map"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_briefing_that_can_not_be_is_one_message_and_all_stays_as_it_was(
    what: str, place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    prepare, said = WRONG[what]
    held = prepare(place)
    monkeypatch.setattr(_register, "WAIT", 0.05)
    assert cli.run(["briefing"]) == 2
    told = " ".join(capsys.readouterr().err.split())
    assert told.count(said) == 1
    assert "Traceback" not in told
    if held is not None:
        held.close()
    assert [path.name for path in (place / "uit").iterdir()] == ["velve"]
    assert (place / "uit" / "velve" / "LEES_MIJ.txt").read_text() == "van vorige week"
    if (place / "r.sqlite").is_file() and prepare is not no_register:
        with Register.open(place / "r.sqlite") as register:
            assert register.count() == 0


def kept() -> tuple[int, int]:
    """Count published numbers and entries about releases that are done; all of it is whole."""
    with Register.open() as register:
        assert register.verify() == []
        with register.transaction() as connection:
            published = len(published_numbers.published(connection))
        done = register.entries(action="release")
    return published, int((done["state"] == "done").sum())


def test_numbers_on_a_full_disk_are_published_as_a_whole_or_not_at_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever the page at which the disk is full; with room again all goes on."""
    given, table = provenance(INCIDENTS), per_area(INCIDENTS)
    with Register.open() as register, register.transaction() as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
    open_, refused, codes = Register.open, 0, set()

    def full(*args: Any, **how: Any) -> Register:
        register = open_(*args, **how)
        register._connection.execute(f"PRAGMA max_page_count = {pages + refused}")
        return register

    while refused < 20:
        with monkeypatch.context() as patch:
            patch.setattr(audit.Register, "open", full)
            try:
                privacy.release(table, "partner", provenance=given)
            except RegisterError as error:
                codes.add(error.code)
            else:
                break
        assert kept() == (0, 0)
        refused += 1
    assert refused > 3
    assert codes == {"register_full"}
    assert kept() == (5, 1)


def test_numbers_are_not_published_while_another_program_has_the_register(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Register.open().close()
    monkeypatch.setattr(_register, "WAIT", 0.05)
    other = sqlite3.connect(audit.path_of(), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(RegisterError) as refused:
        privacy.release(per_area(INCIDENTS), "partner", provenance=provenance(INCIDENTS))
    other.close()
    assert refused.value.code == "register_locked"
    assert kept() == (0, 0)
