"""The register of processing: append-only, whole, of who did it, and never about a person."""

import ctypes
import getpass
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from helpers import flat, in_dutch

import ipgtools as ipg
from ipgtools import cli, privacy
from ipgtools.audit import ACTIONS, Register, _chain, _facts, _place, _register, _who
from ipgtools.errors import RegisterError
from ipgtools.nl import register as words
from ipgtools.pipeline import register_entries
from ipgtools.settings.parts import REGISTER

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample"
WRITES = """
import sys
from ipgtools.audit import Register
with Register.open(sys.argv[1], wait=30) as register:
    for at in range(int(sys.argv[2])):
        entry = register.begun("export", at=at)
        print(entry, flush=True)
        print(register.done(entry), flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.sqlite"


@pytest.fixture
def register(path: Path) -> Iterator[Register]:
    with Register.open(path) as opened:
        yield opened


def writer(path: Path, n: int) -> "subprocess.Popen[str]":
    """Start a process that adds entries and says of each that it is there."""
    return subprocess.Popen(
        [sys.executable, "-c", WRITES, str(path), str(n)], stdout=subprocess.PIPE, text=True
    )


# What is written


def test_what_is_written_can_be_read(register) -> None:
    first = register.record("load", file="incidenten.csv", n_read=3)
    entry = register.begun("export", audience="partner", purpose="briefing", ground="Wpg 20")
    last = register.done(entry, n_files=2)
    table = register.entries()
    assert table["number"].tolist() == [first, entry, last] == [1, 2, 3]
    assert table["state"].tolist() == ["done", "begun", "done"]
    assert table["audience"].fillna("").tolist() == ["", "partner", "partner"]
    assert table["purpose"].fillna("").tolist() == ["", "briefing", "briefing"]
    assert table["facts"].tolist() == [{"file": "incidenten.csv", "n_read": 3}, {}, {"n_files": 2}]
    assert register.verify() == []


def test_every_action_can_be_recorded_and_said_in_dutch(register) -> None:
    for action in ACTIONS:
        register.record(action)
    assert register.entries()["action"].tolist() == list(ACTIONS) == list(words.ACTIONS)


def test_an_unknown_action_or_state_is_a_fault_of_the_caller(register) -> None:
    with pytest.raises(ValueError, match="peek"):
        register.record("peek")
    with pytest.raises(ValueError, match="half"):
        register.record("load", state="half")
    assert register.count() == 0


def test_only_what_was_begun_can_be_finished_and_once(register) -> None:
    loaded, entry = register.record("load"), register.begun("export")
    register.failed(entry, "not_written")
    for wrong in (loaded, entry, 99):
        with pytest.raises(ValueError, match=str(wrong)):
            register.done(wrong)
    assert register.entries()["state"].tolist() == ["done", "begun", "failed"]


def test_what_was_cut_off_can_be_told_from_what_was_finished(register) -> None:
    entry, cut_off = register.begun("export"), register.begun("export")
    register.done(entry)
    assert register.unfinished()["number"].tolist() == [cut_off]


def test_entries_can_be_asked_by_day_audience_action_and_number(register) -> None:
    for audience in ("partner", "openbaar", "partner"):
        register.record("release", audience=audience)
    register.record("load")
    assert register.entries(audience="partner")["number"].tolist() == [1, 3]
    assert register.entries(audience="partner", last=1)["number"].tolist() == [3]
    assert register.entries(action="load")["number"].tolist() == [4]
    today = pd.Timestamp.now().date()
    assert len(register.entries(since=today)) == 4
    assert register.entries(since=today + pd.Timedelta(days=1)).empty


def test_what_fails_in_a_transaction_leaves_no_entry(register) -> None:
    def fail() -> None:
        with register.transaction() as connection:
            connection.execute("CREATE TABLE other (x)")
            register.record("release", audience="openbaar")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert register.count() == 0
    with pytest.raises(sqlite3.OperationalError), register.transaction() as connection:
        connection.execute("SELECT * FROM other")


def test_what_fails_inside_and_is_caught_leaves_the_rest_of_the_transaction(register) -> None:
    with register.transaction():
        register.record("load")
        with pytest.raises(TypeError):
            register.record("load", table=pd.DataFrame())
        register.record("combine")
    assert register.entries()["action"].tolist() == ["load", "combine"]
    assert register.verify() == []


def test_other_tables_in_the_file_can_be_changed(register) -> None:
    """Numbers that were published are kept there, and move."""
    with register.transaction() as connection:
        connection.execute("CREATE TABLE numbers (cell, n)")
        connection.execute("INSERT INTO numbers VALUES ('a', 5)")
    with register.transaction() as connection:
        connection.execute("UPDATE numbers SET n = 10")
        assert connection.execute("SELECT * FROM numbers").fetchall() == [("a", 10)]
    assert register.verify() == []


# Who


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no user numbers")
def test_who_is_the_systems_user_whatever_the_variables_say(register, monkeypatch) -> None:
    import pwd

    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "burgemeester")
    assert getpass.getuser() == "burgemeester"
    register.record("load")
    assert register.entries()["who"].tolist() == [pwd.getpwuid(os.getuid()).pw_name]


def test_a_user_without_a_name_is_a_number(monkeypatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000_000)
    assert _who.user() == "uid 4000000000"


def test_windows_is_asked_for_the_owner_of_the_process(monkeypatch) -> None:
    class Library:
        @staticmethod
        def GetUserNameW(name, size) -> int:
            name.value = "jansen"
            return 1

    class Windows:
        advapi32 = Library

    monkeypatch.setattr(ctypes, "windll", Windows, raising=False)
    assert _who._windows_user() == "jansen"


# No person


@pytest.mark.parametrize("name", ["mw. Jansen.jpg", "Klacht Jansen.EML", "map/Jansen.heic"])
def test_photos_and_mails_have_no_name_in_the_register(register, name: str) -> None:
    register.record("load", file=name, files=[Path(name)])
    (facts,) = register.entries()["facts"]
    assert "ansen" not in str(facts)
    assert facts["file"].startswith("*.")


def test_of_a_path_only_the_name_is_kept() -> None:
    assert _facts.plain({"file": Path("/home/jansen/i.csv")}, "load") == {"file": "i.csv"}


def test_a_table_is_no_fact(register) -> None:
    with pytest.raises(TypeError, match="DataFrame"):
        register.record("load", rows=pd.DataFrame({"persoon": [1]}))
    assert register.count() == 0


def test_reading_and_stepping_photos_leaves_no_name_of_a_file(tmp_path, monkeypatch, path) -> None:
    """Names of mails and photos are looked for in every byte of the register."""
    monkeypatch.setenv(REGISTER, str(path))
    folder = tmp_path / "van mw. Pietersen"
    folder.mkdir()
    for number, mail in enumerate(sorted((SAMPLE / "mails").iterdir())[:2]):
        (folder / f"Jansen {number}.eml").write_bytes(mail.read_bytes())
    settings = tmp_path / "ipg.toml"
    settings.write_text(
        '[input]\nincidents = "i.csv"\nareas = "g.gpkg"\nphotos = "van mw. Pietersen"\n'
        'photo_status = "status.csv"\n[period]\nstart = 2025-09-01\nend = 2025-12-01\n',
        "utf-8",
    )
    assert cli.run(["check", str(folder), "--config", str(settings)]) == 0
    assert cli.run(["check", str(folder / "Jansen 0.eml"), "--config", str(settings)]) == 0
    (folder / "stuk Jansen.jpg").write_bytes(b"geen foto")
    assert cli.run(["check", str(folder / "stuk Jansen.jpg"), "--config", str(settings)]) == 0
    (folder / "stuk Jansen.jpg").unlink()
    assert cli.run(["check", str(folder / "stuk Jansen.jpg"), "--config", str(settings)]) == 2
    assert cli.run(["photos", "--config", str(settings)]) == 0
    with Register.open(path) as register:
        listed = register.entries()
        photo = ipg.pipeline.photo_status.table(ipg.Settings.read(settings))["photo_id"].iloc[0]
    step = ["photos", photo, "op", "briefing", "--config", str(settings)]
    assert cli.run(step) == 0
    assert cli.run(step) == 2
    with Register.open(path) as register:
        entries = register.entries()
    assert listed["action"].unique().tolist() == ["consult"]
    steps = entries[entries["action"] == "change"]
    assert steps["state"].tolist() == ["begun", "done", "begun", "failed"]
    assert steps["facts"].iloc[1]["photo"] == photo
    assert steps["facts"].iloc[3]["reason"] == "photo_next"
    written = b"".join(file.read_bytes() for file in path.parent.glob("register.sqlite*"))
    for name in (b"ansen", b"ietersen"):
        assert name not in written


# Written or not: kills and two at once


def test_two_processes_at_once_lose_nothing(path: Path) -> None:
    both = [writer(path, 100) for _ in range(2)]
    said = [int(line) for one in both for line in one.communicate(timeout=60)[0].split()]
    with Register.open(path) as register:
        numbers = register.entries()["number"].tolist()
        assert numbers == sorted(said) == list(range(1, 401))
        assert register.verify() == []
        assert register.unfinished().empty


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_what_was_acknowledged_survives_kill_9(path: Path) -> None:
    """Two processes write without pause and are killed at moments drawn at random."""
    draw, said = random.Random(11), []
    for _ in range(2):
        both = [writer(path, 100_000) for _ in range(2)]
        for one in both:
            assert one.stdout is not None
            said += [int(one.stdout.readline()) for _ in range(30)]
        time.sleep(draw.uniform(0, 0.1))
        for one in both:
            one.send_signal(signal.SIGKILL)
            time.sleep(draw.uniform(0, 0.05))
        for one in both:
            lines = one.communicate(timeout=60)[0].splitlines(keepends=True)
            said += [int(line) for line in lines if line.endswith("\n") and line.strip()]
    with Register.open(path) as register:
        numbers = set(register.entries()["number"])
        assert len(said) > 100
        assert set(said) <= numbers == set(range(1, len(numbers) + 1))
        assert register.verify() == []
        assert len(register.unfinished()) <= 6


# Changed


def tamper(path: Path, *statements: str, guarded: bool = True) -> None:
    """Change a register as someone who knows SQLite would, and put the guards back."""
    connection = sqlite3.connect(path)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    kept = triggers.fetchall()
    for name, _ in kept:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    for _, text in kept if guarded else []:
        connection.execute(text)
    connection.commit()
    connection.close()


def rehash(path: Path, number: int, **changes: str) -> str:
    """Give the statement that changes an entry and gives it a hash that fits."""
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    row = dict(connection.execute("SELECT * FROM entries WHERE number = ?", (number,)).fetchone())
    connection.close()
    row |= changes
    row["hash"] = _chain.digest(row)
    values = ", ".join(f"{name} = '{row[name]}'" for name in (*changes, "hash"))
    return f"UPDATE entries SET {values} WHERE number = {number}"


COPY = (
    "INSERT INTO entries SELECT {new}, time, who, machine, action, state, of, audience, purpose, "
    "ground, version, facts, previous, hash FROM entries WHERE number = {old}"
)
TAMPERED: dict[str, tuple[Callable[[Path], list[str]], list[tuple[str, int, int]]]] = {
    "a field": (
        lambda _: ["UPDATE entries SET who = 'jansen' WHERE number = 3"], [("changed", 3, 3)],
    ),
    "facts": (
        lambda _: ["UPDATE entries SET facts = '{}' WHERE number = 3"], [("changed", 3, 3)],
    ),
    "bytes that are no text": (
        lambda _: ["UPDATE entries SET facts = CAST(x'ff00' AS TEXT) WHERE number = 3"],
        [("changed", 3, 3)],
    ),
    "a field, with a hash that fits": (
        lambda path: [rehash(path, 3, who="jansen")], [("link", 3, 3)],
    ),
    "the last, with a hash that fits": (
        lambda path: [rehash(path, 6, who="jansen")], [("link", 6, 6)],
    ),
    "one removed": (lambda _: ["DELETE FROM entries WHERE number = 3"], [("missing", 3, 3)]),
    "first ones removed": (lambda _: ["DELETE FROM entries WHERE number < 3"], [("missing", 1, 2)]),
    "the tail cut off": (lambda _: ["DELETE FROM entries WHERE number > 4"], [("missing", 5, 6)]),
    "all removed": (lambda _: ["DELETE FROM entries"], [("missing", 1, 6)]),
    "two exchanged": (
        lambda _: [
            "UPDATE entries SET number = 99 WHERE number = 3",
            "UPDATE entries SET number = 3 WHERE number = 4",
            "UPDATE entries SET number = 4 WHERE number = 99",
        ],
        [("link", 2, 2), ("changed", 3, 3), ("link", 3, 3), ("changed", 4, 4), ("link", 4, 4)],
    ),
    "one removed and the rest renumbered": (
        lambda _: [
            "DELETE FROM entries WHERE number = 5", "UPDATE entries SET number = 5 WHERE number = 6"
        ],
        [("link", 4, 4), ("changed", 5, 5), ("missing", 6, 6)],
    ),
    "one inserted": (
        lambda _: [
            "UPDATE entries SET number = 7 WHERE number = 6",
            COPY.format(new=6, old=5),
        ],
        [("link", 5, 5), ("changed", 6, 6), ("changed", 7, 7), ("head", 7, 7)],
    ),
    "one added at the end": (lambda _: [COPY.format(new=7, old=6)],
                             [("link", 6, 6), ("changed", 7, 7), ("head", 7, 7)]),
    "the head removed": (lambda _: ["DELETE FROM entries_head"], [("head", 6, 6)]),
    "the head put back": (
        lambda _: ["UPDATE entries_head SET number = 4, hash = 'x'"], [("head", 6, 6)],
    ),
}  # fmt: skip


@pytest.fixture
def filled(path: Path) -> Path:
    """Give a register with six entries, as left by an earlier run."""
    with Register.open(path) as register:
        for at in range(6):
            register.record("load", file=f"{at}.csv")
    return path


@pytest.mark.parametrize("how", TAMPERED)
def test_what_was_changed_removed_or_inserted_is_found(filled: Path, how: str) -> None:
    statements, expected = TAMPERED[how]
    tamper(filled, *statements(filled))
    with Register.open(filled) as register:
        found = [(one.kind, one.number, one.until) for one in register.verify()]
    assert found == expected


@pytest.mark.parametrize("how", TAMPERED)
def test_nothing_leaves_by_a_broken_register_until_someone_takes_note(
    filled: Path, how: str
) -> None:
    tamper(filled, *TAMPERED[how][0](filled))
    with Register.open(filled) as register:
        for action in ("release", "share", "export"):
            with pytest.raises(RegisterError, match="broken"):
                register.begun(action)
            with pytest.raises(RegisterError, match="broken"):
                register.record(action)
        before = register.count()
        assert register.acknowledge("schijf hersteld, FG weet het") is not None
        assert register.count() == before + 1
        entry = register.begun("export", audience="partner")
        register.done(entry)
        seen = [(one.kind, one.number, one.until) for one in register.verify()]
        assert {one.acknowledged for one in register.verify()} <= {entry - 1}
        kept = [one for one in TAMPERED[how][1] if one[0] != "head"]
        assert [one for one in kept if one not in seen] == []
        assert register.acknowledge("nog eens") is None


def test_reading_goes_on_and_is_recorded_while_nothing_may_leave(filled: Path) -> None:
    """An entry after a cut tail keeps the gap: it is never chained to what is left."""
    tamper(filled, "DELETE FROM entries WHERE number > 4")
    with Register.open(filled) as register:
        assert register.record("load") == 7
        assert [(one.kind, one.number, one.until) for one in register.verify()] == [
            ("missing", 5, 6)
        ]


def test_what_is_changed_again_after_it_was_acknowledged_is_found_again(filled: Path) -> None:
    tamper(filled, "UPDATE entries SET who = 'jansen' WHERE number = 3")
    with Register.open(filled) as register:
        register.acknowledge("gezien")
        register.require_whole()
    tamper(filled, "UPDATE entries SET who = 'pietersen' WHERE number = 3")
    with Register.open(filled) as register, pytest.raises(RegisterError, match="entry 3"):
        register.record("release")


def test_an_acknowledgement_that_was_changed_counts_no_longer(filled: Path) -> None:
    tamper(filled, "UPDATE entries SET who = 'jansen' WHERE number = 3")
    with Register.open(filled) as register:
        number = register.acknowledge("gezien")
    tamper(filled, f"UPDATE entries SET who = 'fg' WHERE number = {number}")
    with Register.open(filled) as register:
        assert [one.acknowledged for one in register.verify()] == [None, None]


def test_an_acknowledgement_says_what_is_known(filled: Path) -> None:
    tamper(filled, "DELETE FROM entries WHERE number = 3")
    with Register.open(filled) as register, pytest.raises(RegisterError, match="reason"):
        register.acknowledge("  ")


def test_a_change_while_the_register_is_open_is_found(filled: Path) -> None:
    """What was verified before is not verified again, but what follows is."""
    with Register.open(filled) as register:
        register.record("release")
        tamper(filled, "DELETE FROM entries WHERE number = 7")
        with pytest.raises(RegisterError, match="broken"):
            register.record("release")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET who = 'x' WHERE number = 2",
        "DELETE FROM entries WHERE number = 2",
        "INSERT OR REPLACE INTO entries SELECT * FROM entries WHERE number = 2",
        "UPDATE entries_head SET number = 1",
        "DELETE FROM entries_head",
    ],
)
def test_the_file_itself_refuses_changes(filled: Path, statement: str) -> None:
    with Register.open(filled) as register:
        with (
            pytest.raises(sqlite3.IntegrityError, match="never"),
            register.transaction() as connection,
        ):
            connection.execute(statement)
        assert register.verify() == []


def test_guards_that_were_taken_away_are_found_and_put_back(filled: Path) -> None:
    tamper(filled, guarded=False)
    with Register.open(filled) as register:
        assert [one.kind for one in register.verify()] == ["guard"]
        register.acknowledge("teruggezet")
        assert register.verify() == []
        with (
            pytest.raises(sqlite3.IntegrityError, match="never"),
            register.transaction() as connection,
        ):
            connection.execute("DELETE FROM entries")


def test_a_mark_that_was_written_down_shows_a_register_that_was_rewritten(filled: Path) -> None:
    """Who can write the file can chain it anew; what stands elsewhere he can't change."""
    with Register.open(filled) as register:
        mark = register.head().mark
        register.record("load")
        assert register.verify(known=mark) == []
    filled.unlink()
    with Register.open(filled) as register:
        for at in range(6):
            register.record("load", file=f"{at}.csv")
        assert register.verify() == []
        assert [one.kind for one in register.verify(known=mark)] == ["known"]
        assert [one.kind for one in register.verify(known="6-")] == ["known"]


# A register that can't be used


def prepare_locked(path: Path) -> sqlite3.Connection:
    Register.open(path).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other


def prepare_newer(path: Path) -> None:
    Register.open(path).close()
    tamper(path, "PRAGMA user_version = 99")


def prepare_foreign(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE moz_bookmarks (x)")
    other.commit()
    other.close()


def prepare_damaged(path: Path) -> None:
    with Register.open(path) as register:
        for _ in range(60):
            register.record("load", file="x" * 400)
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))


def prepare_broken(path: Path) -> None:
    with Register.open(path) as register:
        register.record("load")
        register.record("load")
    tamper(path, "DELETE FROM entries WHERE number = 1")


def prepare_without_table(path: Path) -> None:
    Register.open(path).close()
    tamper(path, "DROP TABLE entries_head", guarded=False)


UNUSABLE: dict[str, tuple[Callable[[Path], object], str]] = {
    "locked": (prepare_locked, "door een ander programma bezet"),
    "newer": (prepare_newer, "gemaakt door een nieuwere ipgtools (indeling 99; deze kent 1)"),
    "foreign": (prepare_foreign, "SQLite-bestand van een ander programma"),
    "no SQLite": (lambda path: path.write_text("nummer;tijd\n1;2025\n"), "geen SQLite-bestand"),
    "damaged": (prepare_damaged, "is beschadigd en niet te lezen"),
    "without a table": (prepare_without_table, "is beschadigd en niet te lezen"),
    "a folder": (lambda path: path.mkdir(), "is een map"),
}


@pytest.mark.parametrize("what", UNUSABLE)
def test_a_register_that_cant_be_used_is_one_clear_message_and_nothing_is_read(
    path: Path, what: str, monkeypatch, capsys
) -> None:
    prepare, said = UNUSABLE[what]
    held = prepare(path)
    before = path.read_bytes() if path.is_file() else b""
    monkeypatch.setattr(_register, "WAIT", 0.2)
    monkeypatch.setenv(REGISTER, str(path))
    assert cli.run(["check", str(SAMPLE / "wijken.geojson")]) == 2
    captured = capsys.readouterr()
    assert said in flat(captured.err)
    assert "gelezen," not in captured.out
    with pytest.raises(RegisterError):
        privacy.release(pd.DataFrame({"fact": ["n"], "value": [1]}), "politie")
    assert (path.read_bytes() if path.is_file() else b"") == before
    if isinstance(held, sqlite3.Connection):
        held.close()


def test_a_broken_register_releases_nothing_and_says_what_to_do(path, monkeypatch, capsys) -> None:
    prepare_broken(path)
    monkeypatch.setenv(REGISTER, str(path))
    with pytest.raises(RegisterError) as refused:
        privacy.release(pd.DataFrame({"fact": ["n"], "value": [1]}), "politie")
    said = in_dutch(refused)
    assert "de eerste afwijking is bij nummer 1" in said
    assert "ipgtools audit --verify" in said
    assert "privacyfunctionaris" in said


@pytest.mark.parametrize("network", ["cifs", "nfs4", "fuse.sshfs"])
def test_a_network_share_is_refused(path: Path, network: str, monkeypatch) -> None:
    mounts = f"/dev/sda / ext4 rw 0 0\n//server/team {path.parent.resolve()} {network} rw 0 0\n"
    found = _place.network
    monkeypatch.setattr(_place, "network", lambda path: found(path.resolve(), mounts))
    with pytest.raises(RegisterError, match=network) as refused:
        Register.open(path)
    said = in_dutch(refused)
    assert f"staat op een netwerkschijf ({network})" in said
    assert list(path.parent.iterdir()) == []


def test_a_folder_that_isnt_there_is_not_made(tmp_path: Path) -> None:
    """It may be a disk that isn't connected; a new register there would know nothing."""
    with pytest.raises(RegisterError, match="does not exist") as refused:
        Register.open(tmp_path / "schijf" / "register.sqlite")
    assert refused.value.code == "register_folder"
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_loses_nothing_and_goes_on_when_there_is_room(register) -> None:
    def fill() -> None:
        while True:
            register.record("load", files=["x" * 400] * 100)

    register.record("load")
    with register.transaction() as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
    register._connection.execute(f"PRAGMA max_page_count = {pages + 30}")
    with pytest.raises(RegisterError) as refused:
        fill()
    assert refused.value.code == "register_full"
    n = register.count()
    assert register.verify() == []
    register._connection.execute("PRAGMA max_page_count = 100000")
    assert register.record("load") == n + 1
    assert register.verify() == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights otherwise")
@pytest.mark.parametrize("locked", ["file", "folder", "new"])
def test_a_register_one_may_not_write_to_is_said_and_can_still_be_shown(locked: str) -> None:
    """Seen as another user than root, who may write everywhere."""
    code = """
import os, sys
from pathlib import Path
import pandas
from ipgtools.audit import Register
from ipgtools.errors import RegisterError
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
try:
    Register.open(sys.argv[1])
except RegisterError as error:
    print(error.code)
try:
    with Register.open(sys.argv[1], read_only=True) as register:
        print(len(register.entries()), register.verify())
except RegisterError as error:
    print(error.code)
"""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "register.sqlite"
        if locked != "new":
            with Register.open(path) as register:
                register.record("load")
            path.chmod(0o644 if os.getuid() == 0 or locked == "folder" else 0o444)
        folder.chmod(0o777 if locked == "file" else 0o555)
        done = subprocess.run(
            [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
        )
        folder.chmod(0o755)
    shown = "register_missing" if locked == "new" else "1 []"
    assert done.stdout.splitlines() == ["register_read_only", shown]


# Where


def test_the_register_is_in_the_users_data_folder_if_nothing_says_otherwise(
    tmp_path, monkeypatch
) -> None:
    monkeypatch.delenv(REGISTER)
    monkeypatch.setattr("platformdirs.user_data_dir", lambda *_, **__: str(tmp_path / "a" / "b"))
    with Register.open() as register:
        assert register.path == tmp_path / "a" / "b" / "register.sqlite"
    if sys.platform != "win32":
        assert register.path.stat().st_mode & 0o777 == 0o600
        assert register.path.parent.stat().st_mode & 0o777 == 0o700


def test_settings_name_the_register_from_their_own_folder(tmp_path, monkeypatch) -> None:
    monkeypatch.delenv(REGISTER)
    given = {
        "input": {"incidents": "i.csv", "areas": "g.gpkg"},
        "period": {"start": "2025-09-01", "end": "2025-12-01"},
        "privacy": {"register": "r.sqlite"},
    }
    settings = ipg.Settings.of(given, folder=tmp_path)
    with Register.open(settings.privacy.register) as register:
        assert register.path == tmp_path / "r.sqlite"


def test_the_sample_has_a_register_of_its_own(tmp_path, monkeypatch) -> None:
    monkeypatch.delenv(REGISTER)
    assert ipg.Settings.sample().privacy.register == SAMPLE / "register.sqlite"
    town = tmp_path / "stad"
    ipg.sample.write(town, incidents=1000)
    assert ipg.Settings.read(town / "ipg.toml").privacy.register == town / "register.sqlite"


def test_a_test_never_touches_the_users_register(register_of_the_test: Path) -> None:
    assert _place.path_of() == register_of_the_test
    assert _place._default() != register_of_the_test


# What writes to it


def test_a_table_that_is_released_or_refused_stands_in_the_register() -> None:
    actors = pd.DataFrame({"actor": ["gemeente"], "n": [12], "n_open": [3]})
    privacy.release(actors, "partner")
    with pytest.raises(ipg.IpgError):
        privacy.release(pd.DataFrame({"person": ["x"]}), "partner")
    assert len(privacy.gate(actors, "partner").table) == 1
    with Register.open() as register:
        entries = register.entries()
    assert entries["action"].tolist() == ["release", "release"]
    assert entries["state"].tolist() == ["done", "failed"]
    assert entries["audience"].tolist() == ["partner", "partner"]
    assert entries["facts"].iloc[1] == {"reason": "release_persons"}


def test_a_file_that_was_looked_at_stands_in_the_register(tmp_path, capsys) -> None:
    """Also one that could not be read; not one that isn't there."""
    broken = tmp_path / "leeg.csv"
    broken.write_text("")
    assert cli.run(["check", str(SAMPLE / "wijken.geojson")]) == 0
    assert cli.run(["check", str(broken)]) == 2
    assert cli.run(["check", str(tmp_path / "weg.csv")]) == 2
    with Register.open() as register:
        entries = register.entries()
    assert entries["state"].tolist() == ["done", "failed"]
    assert entries["facts"].iloc[0] == {
        "kind": "areas", "file": "wijken.geojson", "n_read": 10, "n_used": 10, "suffix": ".geojson"
    }  # fmt: skip
    assert entries["facts"].iloc[1] == {"suffix": ".csv", "reason": "file_empty"}


def exporting(names: list[str], folder: Path) -> None:
    """Move files into a folder as the pipeline does."""
    with register_entries.around_export(ipg.Settings.sample()) as begin:
        begin("briefing", [Path(name) for name in names], manifest="0" * 64)
        for name in names:
            (folder / name).write_text("klaar")


def test_nothing_is_put_in_the_folder_by_a_register_that_is_broken(
    tmp_path, register_of_the_test
) -> None:
    prepare_broken(register_of_the_test)
    with pytest.raises(RegisterError, match="broken at entry 1"):
        exporting(["briefing.pptx"], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_goes_wrong_while_files_are_moved_is_recorded_and_said(
    tmp_path, register_of_the_test
) -> None:
    with pytest.raises(FileNotFoundError):
        exporting(["weg/briefing.pptx"], tmp_path)
    with Register.open() as register:
        entries = register.entries()
    assert entries["state"].tolist() == ["begun", "failed"]
    assert entries["facts"].iloc[1] == {"reason": "FileNotFoundError"}


def test_files_that_are_there_are_not_said_to_be_unsaved(tmp_path, monkeypatch) -> None:
    """The disk fills up between moving the files and saying so."""

    def full(*_: object, **__: object) -> int:
        raise RegisterError("full", code="register_full", path="r", reason="full")

    monkeypatch.setattr(Register, "done", full)
    with pytest.raises(RegisterError) as failed:
        exporting(["briefing.pptx"], tmp_path)
    said = in_dutch(failed)
    assert "is gedaan" in said
    assert "niets" not in said
    assert (tmp_path / "briefing.pptx").is_file()
    with Register.open() as register:
        assert register.unfinished()["number"].tolist() == [1]


# ipgtools audit


@pytest.fixture
def shown(register_of_the_test: Path) -> Path:
    """Give the register that the command shows, with a few entries."""
    with Register.open() as register:
        register.record("load", kind="incidents", file="i.csv", n_read=20_000, n_used=19_910)
        entry = register.begun("export", audience="partner", purpose="briefing", ground="Wpg 20",
                               files=["a.pptx", "b.html"])  # fmt: skip
        register.done(entry)
        register.begun("export", audience="openbaar")
    return register_of_the_test


def test_audit_shows_a_dutch_table(shown, capsys) -> None:
    assert cli.run(["audit"]) == 0
    said = flat(capsys.readouterr().out)
    assert f"4 handelingen in het register {shown}"[:30] in said
    for word in ("Nr", "Wie", "Handeling", "gelezen", "20.000", "partner", "begonnen", "afgemaakt"):
        assert word in said
    assert cli.run(["audit", "--audience", "partner", "--last", "1"]) == 0
    said = flat(capsys.readouterr().out)
    assert "1 van de 4 handelingen" in said
    assert "openbaar" not in said
    assert cli.run(["audit", "--since", "01-01-2099"]) == 0
    assert words.NOTHING in capsys.readouterr().out


def test_audit_verifies_and_says_at_which_entry_it_is_broken(shown, capsys) -> None:
    assert cli.run(["audit", "--verify"]) == 0
    said = capsys.readouterr().out
    assert words.whole(4) in flat(said)
    mark = said.split("--known ")[1].split()[0]
    assert cli.run(["audit", "--known", mark]) == 0
    assert cli.run(["audit", "--known", "4-0123456789abcdef"]) == 1
    tamper(shown, "UPDATE entries SET who = 'x' WHERE number = 2")
    capsys.readouterr()
    assert cli.run(["audit", "--verify"]) == 1
    said = flat(capsys.readouterr().err)
    assert "Het register klopt niet: 1 afwijking." in said
    assert "Nummer 2 is gewijzigd nadat het geschreven was." in said
    assert "privacyfunctionaris" in said
    assert cli.run(["audit"]) == 0


def test_audit_takes_note_of_what_is_wrong(shown, capsys) -> None:
    assert cli.run(["audit", "--acknowledge", "niets"]) == 0
    assert words.NOTHING_TO_ACKNOWLEDGE in capsys.readouterr().out
    tamper(shown, "DELETE FROM entries WHERE number = 2")
    assert cli.run(["audit", "--acknowledge", " "]) == 2
    assert cli.run(["audit", "--acknowledge", "reservekopie vergeleken, FG weet het"]) == 0
    assert "Erkend in nummer 5" in capsys.readouterr().out
    assert cli.run(["audit", "--verify"]) == 0
    said = flat(capsys.readouterr().out)
    assert "op 1 afwijking na" in said
    assert "Nummer 2 ontbreekt. (erkend in nummer 5)" in said


def test_audit_writes_a_csv(shown, tmp_path, capsys) -> None:
    assert cli.run(["audit", "--csv", str(tmp_path / "r.csv")]) == 0
    table = pd.read_csv(tmp_path / "r.csv", sep=";", encoding="utf-8-sig")
    assert table.columns.tolist() == list(words.CSV_COLUMNS.values())
    assert table["stand"].tolist() == ["klaar", "begonnen", "klaar", "begonnen"]
    assert "20000" in table["wat"].iloc[0]


def test_audit_makes_no_register(register_of_the_test, capsys) -> None:
    assert cli.run(["audit", "--verify"]) == 2
    assert "Er is nog geen register" in capsys.readouterr().err
    assert not register_of_the_test.exists()
