"""
Write folders in processes that a test kills.

Run as a program it forks a writer for each line of JSON that it reads, so that the imports
are done once: ``{"place": folder, "token": text, "step": n or null, "portable": bool}``. A
writer with a step kills itself before the n-th call that changes the disk or the register; one
without writes set after set until it is killed. The program answers with the writer's number,
waits for it, and answers how it ended.
"""

import json
import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import pandas as pd

from ipgtools.audit import Register, _store
from ipgtools.nl import folders as words
from ipgtools.pipeline import atomic_folder, output
from ipgtools.settings import Settings
from ipgtools.settings.parts import REGISTER

NAME = "wijk_2025-09-01_2025-11-30_partner"
N_FILES = 3
_CHANGES = ("mkdir", "rename", "replace", "unlink", "rmdir", "close")
_CONNECT = _store.connect


@dataclass(frozen=True)
class Made:
    """What `output.write` asks of a run."""

    settings: Any
    briefing: Any
    reports: dict = field(default_factory=dict)
    tables: dict = field(default_factory=dict)
    folder: Path | None = None
    files: tuple[Path, ...] = ()


def fill(token: str, building: Path) -> None:
    """Write a set of files that all hold the same token."""
    shared, inside = building / words.SHARED, building / words.INSIDE
    shared.mkdir()
    inside.mkdir()
    for number in range(N_FILES):
        (shared / f"{number}.txt").write_text(f"{token}\n" * 2000)
    (inside / output.MANIFEST).write_text(json.dumps({"token": token}))


def write(place: Path, token: str) -> Path:
    """Write a set with a token by the way that briefings are written."""
    given = {
        "input": {"incidents": "i.csv", "areas": "g.gpkg"},
        "period": {"start": "2025-09-01", "end": "2025-12-01"},
        "output": {"folder": str(place), "audience": "partner"},
        "privacy": {"register": str(register_of(place))},
    }
    with mock.patch.dict(os.environ, {REGISTER: ""}):  # that of the tests goes before
        settings = Settings.of(given, folder=place)
    made = Made(settings, SimpleNamespace(file_stem=f"briefing_{NAME}"))
    build = mock.patch.object(output, "_build", lambda made, inputs, there, *_: fill(token, there))
    quick = mock.patch.object(os, "fsync")  # against power cuts, not kills
    with build, quick:
        return output.write(made, None).folder


def token_of(target: Path) -> str:
    """Give the token of a set, that all of its files must hold, and no other."""
    found = sorted(path.relative_to(target).as_posix() for path in target.rglob("*.*"))
    shared = [f"{words.SHARED}/{number}.txt" for number in range(N_FILES)]
    assert found == [*shared, f"{words.INSIDE}/{output.MANIFEST}"]
    token = json.loads((target / words.INSIDE / output.MANIFEST).read_text())["token"]
    for name in shared:
        assert (target / name).read_text() == f"{token}\n" * 2000, name
    return token


def register_of(place: Path) -> Path:
    """Give the register of what is written in a folder: beside it."""
    return place.with_name("register.sqlite")


def entries(place: Path) -> pd.DataFrame:
    """Give what is in the register, which is whole whatever was killed."""
    with Register.open(register_of(place)) as register:
        assert register.verify() == []
        return register.entries()


def registered(place: Path, target: Path) -> str | None:
    """
    Tell whether the register holds the export of a set: "begun", "done" or not at all.

    None that is done came after it: what stands in the register is never ahead of the folder.
    """
    found = entries(place)
    manifest = output._hash(target / words.INSIDE / output.MANIFEST)
    of_this = found["facts"].map(lambda facts: facts.get("manifest") == manifest)
    begun = found.loc[(found["state"] == "begun") & of_this, "number"]
    if begun.empty:
        return None
    number = begun.max()
    done = set(found.loc[found["state"] == "done", "of"])
    assert all(other <= number for other in done)
    return "done" if number in done else "begun"


def _die_before(step: int) -> None:
    """Kill this process before the n-th call that changes the disk, or statement of SQLite."""
    left = step

    def count() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(call: Any) -> Any:
        def counting(*given: Any, **options: Any) -> Any:
            count()
            return call(*given, **options)

        return counting

    for name in _CHANGES:
        setattr(os, name, counted(getattr(os, name)))
    atomic_folder._exchange = counted(atomic_folder._exchange)
    _store.connect = _traced(count)


def _quick(path: Path, *, wait: float) -> sqlite3.Connection:
    """Open a register that would not outlive a power cut, as a kill is none."""
    connection = _CONNECT(path, wait=wait)
    connection.execute("PRAGMA synchronous = OFF")
    return connection


def _traced(count: Callable[[], None]) -> Callable[..., sqlite3.Connection]:
    """Count the statements that change a register."""

    def connect(path: Path, *, wait: float) -> sqlite3.Connection:
        connection = _quick(path, wait=wait)
        connection.set_trace_callback(
            lambda said: None if said.startswith(("SELECT", "PRAGMA")) else count()
        )
        return connection

    return connect


def _writer(asked: dict) -> None:
    _store.connect = _quick
    if asked["portable"]:
        atomic_folder._exchange = lambda one, other: False
    place = Path(asked["place"])
    if asked["step"] is not None:
        _die_before(asked["step"])
        write(place, asked["token"])
        os._exit(0)
    number = 0
    while True:
        write(place, f"{asked['token']}-{number}")
        number += 1


def _main() -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _writer(json.loads(line))
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _main()
