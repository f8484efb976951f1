"""A briefing is one folder: complete or absent, whatever fails, whoever else writes."""

import errno
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import killed
import pytest
from helpers import in_dutch

from ipgtools import _scratch
from ipgtools.audit import _register
from ipgtools.errors import ReadError, RegisterError
from ipgtools.nl import errors as dutch
from ipgtools.pipeline import atomic_folder

posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be forked")


def put(target: Path, text: str, *names: str) -> None:
    """Write a folder with files that all hold a text."""
    with atomic_folder.staged(target) as building:
        for name in names or ("a.txt", "b.txt"):
            (building / name).write_text(text)


def held(target: Path) -> dict[str, str]:
    """Give what is in a folder."""
    return {path.name: path.read_text() for path in target.iterdir()}


@pytest.fixture(params=["exchanged", "portable"])
def way(request, monkeypatch) -> str:
    """Replace folders in one step, and by two renames as where the system has no exchange."""
    if request.param == "portable":
        monkeypatch.setattr(atomic_folder, "_exchange", lambda one, other: False)
    elif not sys.platform.startswith("linux"):
        pytest.skip("only Linux exchanges folders in one step here")
    return request.param


def test_an_older_folder_is_replaced_as_a_whole(tmp_path: Path, way: str) -> None:
    put(tmp_path / "uit", "oud", "a.txt", "weg.txt")
    put(tmp_path / "uit", "nieuw", "a.txt")
    assert held(tmp_path / "uit") == {"a.txt": "nieuw"}
    assert [path.name for path in tmp_path.iterdir()] == ["uit"]


def test_nothing_is_there_before_all_is_written(tmp_path: Path) -> None:
    with atomic_folder.staged(tmp_path / "diep" / "uit") as building:
        (building / "a.txt").write_text("a")
        assert not (tmp_path / "diep" / "uit").exists()
    assert held(tmp_path / "diep" / "uit") == {"a.txt": "a"}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can exchange")
def test_linux_exchanges_two_folders_in_one_step(tmp_path: Path) -> None:
    put(tmp_path / "een", "een", "a.txt")
    put(tmp_path / "twee", "twee", "a.txt")
    if not atomic_folder._exchange(tmp_path / "een", tmp_path / "twee"):
        pytest.skip("the file system of this folder has no exchange")
    assert held(tmp_path / "een") == {"a.txt": "twee"}


class _StopError(Exception):
    pass


def put_half(target: Path, meanwhile=lambda: None) -> None:
    """Fail while a folder is half written."""
    with atomic_folder.staged(target) as building:
        (building / "a.txt").write_text("half")
        meanwhile()
        raise _StopError


@pytest.mark.parametrize("existed", [True, False])
def test_a_failure_while_building_leaves_all_as_it_was(tmp_path: Path, existed: bool) -> None:
    place = tmp_path / "kast" / "lade"
    if existed:
        put(place / "uit", "oud")
    with pytest.raises(_StopError):
        put_half(place / "uit")
    if existed:
        assert held(place / "uit") == {"a.txt": "oud", "b.txt": "oud"}
        assert [path.name for path in place.iterdir()] == ["uit"]
    else:
        assert list(tmp_path.iterdir()) == []


@contextmanager
def failing(monkeypatch, name: str, at: int, code: int):
    """Make the n-th call of a function of `os` fail as a disk would."""
    real, left = getattr(os, name), [at]

    def fail(*given, **options):
        left[0] -= 1
        if left[0] == 0:
            raise OSError(
                code,
                os.strerror(code),
                *[str(one) for one in given[:1] if not isinstance(one, int)],
            )
        return real(*given, **options)

    with monkeypatch.context() as patched:
        patched.setattr(os, name, fail)
        yield left


def attempt(target: Path, text: str) -> ReadError | None:
    """Write a folder, and give the error if that failed as it should."""
    try:
        put(target, text)
    except ReadError as error:
        return error
    return None


@pytest.mark.parametrize("name", ["mkdir", "rename", "fsync", "open"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EIO, errno.EBUSY])
def test_a_failure_at_any_step_leaves_the_old_folder_or_the_new(
    tmp_path: Path, way: str, monkeypatch, name: str, code: int
) -> None:
    """Each call that may fail is made to fail in turn, until none is left."""
    monkeypatch.setattr(atomic_folder, "_WAIT", 0)
    put(tmp_path / "uit", "oud")
    for at in range(1, 40):
        with failing(monkeypatch, name, at, code) as left:
            error = attempt(tmp_path / "uit", "nieuw")
        text = "nieuw" if error is None else "oud"
        assert held(tmp_path / "uit") == {"a.txt": text, "b.txt": text}
        assert error is None or "De vorige versie staat er nog." in dutch.say(
            error.code, error.facts
        )
        atomic_folder.clean(tmp_path)  # what could not be removed then goes now
        assert [path.name for path in tmp_path.iterdir()] == ["uit"]
        if left[0] > 0:
            break
        put(tmp_path / "uit", "oud")
    else:
        pytest.fail("there is no end to the steps")


def test_a_full_disk_is_said_to_be_full(tmp_path: Path, monkeypatch) -> None:
    put(tmp_path / "uit", "oud")
    with pytest.raises(ReadError) as caught, atomic_folder.staged(tmp_path / "uit"):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert caught.value.code == "folder_full"
    assert "De schijf is vol" in in_dutch(caught)
    assert "De vorige versie staat er nog." in in_dutch(caught)
    with pytest.raises(ReadError) as caught, atomic_folder.staged(tmp_path / "anders"):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert "Er is niets opgeslagen." in in_dutch(caught)


def test_a_folder_in_use_is_only_said_where_that_is_plausible(tmp_path: Path, monkeypatch) -> None:
    """As on Windows with last week's slides open; a folder that is forbidden is another thing."""
    monkeypatch.setattr(atomic_folder, "_exchange", lambda one, other: False)
    monkeypatch.setattr(atomic_folder, "_WAIT", 0)
    put(tmp_path / "uit", "oud")
    real = os.rename
    for code, expected in ((errno.EBUSY, "folder_in_use"), (errno.EACCES, "folder_denied")):

        def refuse(one, other, code=code, **options):
            if Path(one) == tmp_path / "uit":
                raise OSError(code, os.strerror(code), str(one))
            return real(one, other, **options)

        with monkeypatch.context() as patched:
            patched.setattr(os, "rename", refuse)
            with pytest.raises(ReadError) as caught:
                put(tmp_path / "uit", "nieuw")
        assert caught.value.code == expected
        assert ("open in een ander programma" in in_dutch(caught)) == (expected == "folder_in_use")
        assert held(tmp_path / "uit") == {"a.txt": "oud", "b.txt": "oud"}
        assert [path.name for path in tmp_path.iterdir()] == ["uit"]


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has other rights")
def test_a_folder_that_may_not_be_written_to_is_said(tmp_path: Path) -> None:
    place = tmp_path / "dicht"
    put(place / "uit", "oud")
    for path in (tmp_path, *tmp_path.parents[:3], place / "uit"):
        path.chmod(0o755)
    place.chmod(0o555)
    was_root = os.geteuid() == 0
    if was_root:
        os.seteuid(65534)
    try:
        with pytest.raises(ReadError) as caught:
            put(place / "uit", "nieuw")
    finally:
        if was_root:
            os.seteuid(0)
        place.chmod(0o755)
    assert caught.value.code == "folder_denied"
    assert "mag u niet schrijven" in in_dutch(caught)
    assert held(place / "uit") == {"a.txt": "oud", "b.txt": "oud"}


@pytest.mark.parametrize("where", ["uit", "uit/dieper"])
def test_a_file_in_the_way_is_never_replaced(tmp_path: Path, where: str) -> None:
    (tmp_path / "uit").write_text("van iemand")
    with pytest.raises(ReadError) as caught:
        put(tmp_path / where, "nieuw")
    assert caught.value.code == "folder_in_way"
    assert str(tmp_path / "uit") in in_dutch(caught)
    assert (tmp_path / "uit").read_text() == "van iemand"
    assert [path.name for path in tmp_path.iterdir()] == ["uit"]


def test_an_old_folder_that_cannot_be_put_back_is_kept_and_comes_back(
    tmp_path: Path, monkeypatch
) -> None:
    """The worst case: moved away, the new one can't come in its place, nor the old one back."""
    monkeypatch.setattr(atomic_folder, "_exchange", lambda one, other: False)
    monkeypatch.setattr(atomic_folder, "_WAIT", 0)
    put(tmp_path / "uit", "oud")
    real = os.rename

    def stuck(one, other, **options):
        if Path(other) == tmp_path / "uit":
            raise OSError(errno.EACCES, os.strerror(errno.EACCES), str(one))
        return real(one, other, **options)

    with monkeypatch.context() as patched:
        patched.setattr(os, "rename", stuck)
        with pytest.raises(ReadError) as caught:
            put(tmp_path / "uit", "nieuw")
    assert caught.value.code == "folder_displaced"
    assert held(Path(caught.value.facts["old"])) == {"a.txt": "oud", "b.txt": "oud"}
    put(tmp_path / "anders", "nieuw")
    assert held(tmp_path / "uit") == {"a.txt": "oud", "b.txt": "oud"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["anders", "uit"]


def test_runs_at_once_give_whole_folders(tmp_path: Path, way: str, monkeypatch) -> None:
    """Six runs, two of each name, all into one folder; one of each name wins."""
    monkeypatch.setattr(atomic_folder, "_WAIT", 0.01)
    done = []

    def run(number: int) -> None:
        for _ in range(5):
            put(tmp_path / f"uit{number % 3}", str(number), "a.txt", "b.txt", "c.txt")
        done.append(number)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == list(range(6))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["uit0", "uit1", "uit2"]
    for path in tmp_path.iterdir():
        assert len(held(path)) == 3
        assert len(set(held(path).values())) == 1


def test_a_run_that_fails_removes_nothing_of_another(tmp_path: Path) -> None:
    """Two first runs make the same new folder; the one that fails leaves that of the other."""
    place = tmp_path / "nieuw"
    with atomic_folder.staged(place / "a") as first:
        with pytest.raises(_StopError):
            put_half(place / "b")
        (first / "a.txt").write_text("a")
    assert held(place / "a") == {"a.txt": "a"}
    with pytest.raises(_StopError):
        put_half(tmp_path / "later" / "a", lambda: put(tmp_path / "later" / "b", "b"))
    assert [path.name for path in (tmp_path / "later").iterdir()] == ["b"]


def test_only_our_own_leftovers_are_removed(tmp_path: Path) -> None:
    """Nor a folder of a run that is still going, nor one that only has a name like ours."""
    (tmp_path / ".ipgtools-1-foto").mkdir()
    (tmp_path / ".ipgtools-1-foto" / "mijn.txt").write_text("van iemand")
    (tmp_path / ".ipgtools-notitie").write_text("van iemand")
    left = _scratch.claim(tmp_path, atomic_folder.MARK)
    (left.folder / "new").mkdir()
    left.release()
    going = _scratch.claim(tmp_path, atomic_folder.MARK)
    put(tmp_path / "uit", "nieuw")
    assert not left.folder.exists()
    assert going.folder.is_dir()
    assert (tmp_path / ".ipgtools-1-foto" / "mijn.txt").is_file()
    assert (tmp_path / ".ipgtools-notitie").is_file()
    going.remove()


@pytest.fixture
def own_temporary(tmp_path: Path, monkeypatch) -> Path:
    """Give a temporary folder that no other test looks in."""
    place = tmp_path / "tijdelijk"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def test_copies_of_photos_are_removed_when_all_is_done(own_temporary: Path) -> None:
    with _scratch.temporary() as copies:
        (copies / "foto.jpg").write_bytes(b"x")
        _scratch.clean()
        assert (copies / "foto.jpg").is_file()
    assert list(own_temporary.iterdir()) == []


@posix
def test_copies_of_photos_of_a_killed_run_are_removed_by_any_command(own_temporary: Path) -> None:
    from ipgtools import cli

    code = (
        "import sys, time; from ipgtools import _scratch\n"
        "with _scratch.temporary() as copies:\n"
        "    (copies / 'foto.jpg').write_bytes(b'x'); print(flush=True); time.sleep(60)"
    )
    env = os.environ | {"TMPDIR": str(own_temporary)}
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=env) as run:
        run.stdout.readline()
        assert cli.run(["--version"]) == 0
        assert len(list(own_temporary.rglob("foto.jpg"))) == 1
        run.kill()
    assert len(list(own_temporary.rglob("foto.jpg"))) == 1
    assert cli.run(["--version"]) == 0
    assert list(own_temporary.iterdir()) == []


@posix
def test_an_installation_without_any_cache_says_nothing_in_english(tmp_path: Path) -> None:
    """No home, fonts without a cache, and no place for compiled loops."""
    (tmp_path / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<cachedir prefix="xdg">fontconfig</cachedir></fontconfig>'
    )
    (tmp_path / "geen").write_text("a file, so that no folder can be made in it")
    env = {name: value for name, value in os.environ.items() if name != "XDG_CACHE_HOME"}
    env |= {
        "HOME": str(tmp_path / "geen" / "thuis"), "FONTCONFIG_FILE": str(tmp_path / "fonts.conf"),
        "NUMBA_CACHE_LOCATOR_CLASSES": "ZipCacheLocator", "TMPDIR": str(tmp_path),
    }  # fmt: skip
    code = (
        "import numpy as np\n"
        "from ipgtools import cli, _kernels\n"
        "def run(*_, **__):\n"
        "    import matplotlib.font_manager\n"
        "    point = np.array([0.5])\n"
        "    assert _kernels.linear_bin(point, point, point[:0], 0, 0, 1, 1, 3, 3).sum() == 1\n"
        "cli.app = run\n"
        "raise SystemExit(cli.run([]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert {path.name for path in tmp_path.iterdir()} == {"fonts.conf", "geen"}


# Killed at a moment of chance, and before each single step.


class Writers:
    """Start processes that write sets, and kill them."""

    def __init__(self, process: subprocess.Popen) -> None:
        self.process = process

    def start(self, place: Path, token: str, *, step=None, portable: bool = False) -> int:
        asked = {"place": str(place), "token": token, "step": step, "portable": portable}
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def ended(self) -> int:
        return int(self.process.stdout.readline())


@pytest.fixture(scope="module")
def writers():
    """Import what a briefing is written with once, in a process that forks."""
    with subprocess.Popen(
        [sys.executable, killed.__file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Writers(process)
        process.stdin.close()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Give a folder for briefings; the register is beside it."""
    place = tmp_path / "uit"
    place.mkdir()
    return place


def kill_often(writers: Writers, place: Path, n: int, *, portable: bool) -> None:
    """Kill writers at moments of chance, and look at what is there after each."""
    chance, target = random.Random(7), place / killed.NAME
    for number in range(n):
        child = writers.start(place, f"t{number}", portable=portable)
        time.sleep(chance.uniform(0, 0.08))
        os.kill(child, signal.SIGKILL)
        assert writers.ended() == -signal.SIGKILL
        if portable:
            atomic_folder.clean(place)
        killed.token_of(target)
        assert killed.registered(place, target) in {"begun", "done"}
    killed.write(place, "last")
    assert killed.token_of(target) == "last"
    assert killed.registered(place, target) == "done"
    assert [path.name for path in place.iterdir()] == [killed.NAME]


@posix
@pytest.mark.parametrize("portable", [False, pytest.param(True, marks=pytest.mark.calibrate)])
def test_runs_that_are_killed_leave_nothing_torn_mixed_or_unregistered(
    writers: Writers, place: Path, portable: bool
) -> None:
    killed.write(place, "first")
    kill_often(writers, place, 13, portable=portable)


@posix
@pytest.mark.calibrate
@pytest.mark.parametrize("portable", [False, True])
def test_hundreds_of_kills_leave_nothing_torn_mixed_or_unregistered(
    writers: Writers, place: Path, portable: bool
) -> None:
    killed.write(place, "first")
    kill_often(writers, place, 300, portable=portable)


@posix
@pytest.mark.parametrize(
    ("existed", "portable"),
    [pytest.param(False, False, marks=pytest.mark.calibrate), (True, False), (True, True)],
)
def test_a_run_killed_before_any_step_leaves_the_old_set_or_the_new(
    writers: Writers, place: Path, portable: bool, existed: bool
) -> None:
    """Every call that changes disk or register is the last one once; then a run cleans up."""
    target = place / killed.NAME
    for step in range(1, 200):
        if not existed:
            shutil.rmtree(target, ignore_errors=True)
        elif not target.exists() or killed.token_of(target) != "old":
            killed.write(place, "old")
        writers.start(place, f"new{step}", step=step, portable=portable)
        status = writers.ended()
        if portable:
            atomic_folder.clean(place)
        if existed or target.exists():
            assert killed.token_of(target) in {"old", f"new{step}"}
            assert killed.registered(place, target) in ({"begun", "done"} if status else {"done"})
        else:
            killed.entries(place)
        if status == 0:
            break
        assert status == -signal.SIGKILL
        atomic_folder.clean(place)
        assert {path.name for path in place.iterdir()} <= {killed.NAME}
    assert 20 < step < 199
    assert killed.token_of(target) == f"new{step}"


def test_a_set_whose_end_can_not_be_recorded_is_never_said_to_be_unsaved(
    place: Path, monkeypatch
) -> None:
    """Another program takes the register between the move and the last entry."""
    move, other = atomic_folder._move, []

    def take(*given: Path) -> None:
        move(*given)
        other.append(sqlite3.connect(killed.register_of(place), isolation_level=None))
        other[0].execute("BEGIN IMMEDIATE")

    monkeypatch.setattr(_register, "WAIT", 0.05)
    monkeypatch.setattr(atomic_folder, "_move", take)
    with pytest.raises(RegisterError) as caught:
        killed.write(place, "new")
    other[0].close()
    assert caught.value.code == "register_unfinished"
    assert "is gedaan, maar dat kon niet in het register" in in_dutch(caught)
    assert "niets" not in in_dutch(caught)
    assert killed.token_of(place / killed.NAME) == "new"
    assert killed.registered(place, place / killed.NAME) == "begun"


def test_a_set_that_can_not_be_recorded_does_not_come(place: Path, monkeypatch) -> None:
    """The register is taken by another program before the move: the old set stays."""
    killed.write(place, "old")
    monkeypatch.setattr(_register, "WAIT", 0.05)
    other = sqlite3.connect(killed.register_of(place), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(RegisterError) as caught:
        killed.write(place, "new")
    other.close()
    assert caught.value.code == "register_locked"
    assert killed.token_of(place / killed.NAME) == "old"
    assert [path.name for path in place.iterdir()] == [killed.NAME]
