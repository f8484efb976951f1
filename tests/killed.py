"""
Write folders in processes that a test kills.

Run as a program it forks a writer for each line of JSON that it reads, so that the imports
are done once: ``{"place": folder, "token": text, "step": n or null, "portable": bool}``. A
writer with a step kills itself before the n-th call that changes the disk; one without writes
set after set until it is killed. The program answers with the writer's number, waits for it,
and answers how it ended.
"""

import json
import os
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

from ipgtools.nl import folders as words
from ipgtools.pipeline import folder, output

NAME = "wijk_2025-09-01_2025-11-30_partner"
N_FILES = 3
_CHANGES = ("mkdir", "rename", "replace", "unlink", "rmdir", "close")


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
    where = SimpleNamespace(output=SimpleNamespace(folder=place, audience="partner"))
    made = Made(where, SimpleNamespace(file_stem=f"briefing_{NAME}"))
    build = mock.patch.object(output, "_build", lambda made, inputs, there: fill(token, there))
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


def registered(place: Path, target: Path) -> bool:
    """Tell whether the register holds that the export of this very set was begun."""
    lines = [json.loads(line) for line in (place / output.AUDIT).read_text().splitlines()]
    manifest = output._hash(target / words.INSIDE / output.MANIFEST)
    return any(one.get("state") == "begun" and one["manifest"] == manifest for one in lines)


def _die_before(step: int) -> None:
    """Kill this process before the n-th call that changes the disk."""
    left = step

    def counted(call: Any) -> Any:
        def counting(*given: Any, **options: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*given, **options)

        return counting

    for name in _CHANGES:
        setattr(os, name, counted(getattr(os, name)))
    folder._exchange = counted(folder._exchange)


def _writer(asked: dict) -> None:
    if asked["portable"]:
        folder._exchange = lambda one, other: False
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
