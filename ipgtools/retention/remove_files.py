"""
Remove files, and prove it: an entry before and after each, with hash and size, and a second look.

A file is removed only if it is a regular file that is still the one that was looked at. If the
register can't be written to, nothing is removed. What was on the disk before, in backups and in
copies elsewhere is out of reach.
"""

import hashlib
import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from ipgtools.retention.survey import OUTPUT, Item

__all__ = ["Outcome", "Recorder", "remove", "why"]


class Recorder(Protocol):
    """The register, as far as removing needs it."""

    def begun(self, action: str, **facts: Any) -> int:
        """Add an entry before something is done."""

    def done(self, entry: int, **facts: Any) -> int:
        """Add an entry after it."""

    def failed(self, entry: int, reason: str, **facts: Any) -> int:
        """Add an entry if it failed."""


@dataclass(frozen=True)
class Outcome:
    """
    What became of a file that was to be removed.

    Parameters
    ----------
    item : Item
        What it is part of.
    path : Path
        The file.
    sha256, size : str, int
        Of its content; empty and 0 if it couldn't be read.
    removed : bool
        Whether it is gone: that was looked at afterwards.
    reason : str
        Why it isn't: "changed", "link", "there" (it is there again), or the system's own words.
        Of one that is gone "other_name", if its content still has another name on this disk.
    """

    item: Item
    path: Path
    sha256: str
    size: int
    removed: bool
    reason: str = ""


def remove(items: Iterable[Item], register: Recorder) -> list[Outcome]:
    """Remove what is past its term."""
    outcomes = []
    for item in items:
        if not item.due or item.barred:
            continue
        *others, last = item.files
        outcomes += [_remove(item, path, register) for path in others]
        if item.data_set == OUTPUT:  # its manifest goes last: until then it is known for ours
            _remove_empty(item.path)
        outcomes.append(_remove(item, last, register))
        if item.data_set == OUTPUT:
            _remove_empty(item.path)
    return [_looked_again(one) for one in outcomes]


def _remove(item: Item, path: Path, register: Recorder) -> Outcome:
    try:
        digest, size, found = _hashed(path)
    except OSError as cause:
        return Outcome(item, path, "", 0, removed=False, reason=why(cause))
    entry = register.begun(
        "delete", data_set=item.data_set, file=path, folder=path.parent, sha256=digest, size=size,
        ground=item.ground, keep_months=item.keep_months, until=str(item.until),
    )  # fmt: skip
    try:
        now = path.lstat()
        if not stat.S_ISREG(now.st_mode) or _same(now) != _same(found):
            register.failed(entry, "changed")
            return Outcome(item, path, digest, size, removed=False, reason="changed")
        path.unlink()
    except OSError as cause:
        register.failed(entry, type(cause).__name__)
        return Outcome(item, path, digest, size, removed=False, reason=why(cause))
    register.done(entry, gone=not os.path.lexists(path))
    other = "other_name" if found.st_nlink > 1 else ""
    return Outcome(item, path, digest, size, removed=True, reason=other)


def _hashed(path: Path) -> tuple[str, int, os.stat_result]:
    """Return hash, size and identity of a file, from one look at it; a link is an error."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(handle, "rb") as stream:
        found = os.fstat(stream.fileno())
        return hashlib.file_digest(stream, "sha256").hexdigest(), found.st_size, found


def _same(found: os.stat_result) -> tuple[int, ...]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def why(cause: OSError) -> str:
    """State why the system refuses, in its own words."""
    return cause.strerror or type(cause).__name__


def _looked_again(outcome: Outcome) -> Outcome:
    """Check again whether a file is gone."""
    if not outcome.removed or not os.path.lexists(outcome.path):
        return outcome
    return Outcome(
        outcome.item, outcome.path, outcome.sha256, outcome.size, removed=False, reason="there"
    )


def _remove_empty(folder: Path) -> None:
    """Remove the folders of a briefing that nothing is in any more, from the inside out."""
    for inside, _, _ in os.walk(folder, topdown=False, followlinks=False):
        try:
            Path(inside).rmdir()
        except OSError:
            continue
