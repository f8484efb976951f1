"""
Write a folder whole or not at all, and replace an older one in one step.

The folder is built in a hidden scratch folder beside its place, on the same file system, and
moved there at the end. Where the system can exchange two names in one step (Linux), whoever
looks, and whatever is killed, finds the old folder or the new one under the name. Elsewhere
the old one is moved away first; if the process is killed in between, the next run that writes
beside it puts the old one back.
"""

import ctypes
import errno
import os
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ipgtools import _scratch
from ipgtools.errors import ReadError
from ipgtools.nl import folders as words

__all__ = ["MARK", "clean", "require", "staged"]

MARK = ".ipgtools-"
"""How the names of folders that are being built begin."""

_NEW, _OLD = "new", "old"
_TRIES = 20
_WAIT = 0.1
"""Seconds between tries: other runs, and on Windows programs that look through new files."""
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
_IN_WAY = {errno.EEXIST, errno.ENOTDIR, errno.ENOTEMPTY}
_IN_USE = {errno.EBUSY, errno.ETXTBSY}
_IN_USE_ON_WINDOWS = {5, 32}
"""Access denied and sharing violation: what an open file inside a folder gives."""


@contextmanager
def staged(target: str | Path) -> Iterator[Path]:
    """
    Give a folder to fill that takes the place of `target` once all is written.

    What must be recorded before the move is recorded at the end of the ``with`` block; what
    is recorded after the block is recorded after the move. First removes what killed runs
    left beside `target`.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     with staged(Path(place) / "uit") as building:
    ...         _ = (building / "a.txt").write_text("a")
    ...         before = (Path(place) / "uit").exists()
    ...     before, (Path(place) / "uit" / "a.txt").read_text()
    (False, 'a')
    """
    place = Path(target).absolute()
    missing: list[Path] = []
    existed = False
    scratch = None
    try:
        try:
            missing = [one for one in place.parents if not one.exists()]
            existed = _is_folder(place)
            clean(place.parent)
            scratch = _scratch.claim(place.parent, MARK)
            new = scratch.folder / _NEW
            new.mkdir()
        except OSError as cause:
            raise _fault(Path(target), cause, existed=existed) from cause
        try:
            yield new
        except (OSError, ReadError) as fault:
            if (found := _cause(fault, place)) is None:
                raise
            raise _fault(Path(target), found, existed=existed) from found
        try:
            _settle(new)
            _move(new, place, scratch.folder / _OLD)
        except OSError as cause:
            raise _fault(Path(target), cause, existed=existed, moving=True) from cause
    except BaseException as fault:
        if scratch is not None and not _discard(scratch, place.parent):
            raise _displaced(Path(target), scratch.folder / _OLD / place.name) from fault
        for one in missing:  # the deepest first; another run may have filled it
            with suppress(OSError):
                one.rmdir()
        raise
    _sync(place.parent)
    _discard(scratch, place.parent)


def require(target: str | Path) -> None:
    """Fail where a file is in the way of a folder, before any work is done for it."""
    place = Path(target).absolute()
    try:
        _is_folder(place)
    except OSError as cause:
        raise _fault(Path(target), cause, existed=False) from cause


def _is_folder(place: Path) -> bool:
    """Tell whether a folder is there; a file is an error."""
    mode = _mode(place)
    if mode is not None and not stat.S_ISDIR(mode):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(place))
    return mode is not None


def _mode(path: Path) -> int | None:
    """Look once at what is there: another run may put a folder there between two looks."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def clean(parent: Path) -> None:
    """Remove what killed runs left in a folder, and put back what they had moved away."""
    for scratch in _scratch.abandoned(parent, MARK):
        _discard(scratch, parent)


def _discard(scratch: _scratch.Scratch, parent: Path) -> bool:
    """Remove a scratch folder, unless it holds the only copy of an older folder."""
    if _put_back(scratch.folder / _OLD, parent):
        scratch.remove()
        return True
    scratch.release()
    return False


def _put_back(old: Path, parent: Path) -> bool:
    """Move an older folder back where nothing took its place; False if that fails."""
    with suppress(FileNotFoundError):
        for child in old.iterdir():
            if not os.path.lexists(parent / child.name):
                try:
                    child.rename(parent / child.name)
                except OSError:
                    return False
    return True


def _move(new: Path, target: Path, old: Path) -> None:
    """Move a folder to its place, and what is there now into `old` or to the place of `new`."""
    for left in range(_TRIES, -1, -1):
        try:
            if not os.path.lexists(target):
                new.rename(target)
                return
            if _exchange(new, target):
                return
            old.mkdir(exist_ok=True)
            _remove(old / target.name)
            target.rename(old / target.name)
            new.rename(target)
        except OSError as cause:
            _put_back(old, target.parent)
            if not left or not _may_pass(cause):
                raise
            time.sleep(_WAIT)
        else:
            return


def _may_pass(cause: OSError) -> bool:
    """Tell whether a move may succeed later: another run was first, or a program looks in."""
    raced = cause.errno in {errno.ENOENT, errno.EEXIST, errno.ENOTEMPTY}
    return raced or getattr(cause, "winerror", None) in _IN_USE_ON_WINDOWS


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system or its disk can't."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    here, exchange = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux
    return bool(rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0)


def _settle(folder: Path) -> None:
    """Have the disk keep what was written before the move, so that no power cut mixes them."""
    for path in [*folder.rglob("*"), folder]:
        _sync(path)


def _sync(path: Path) -> None:
    if path.is_dir():  # not everywhere possible, and then not needed
        if os.name != "nt":
            with suppress(OSError):
                _sync_opened(os.open(path, os.O_RDONLY))
    else:
        _sync_opened(os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY))


def _sync_opened(handle: int) -> None:
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _cause(fault: OSError | ReadError, place: Path) -> OSError | None:
    """Give the failure of the disk behind an error while building; None if it is another."""
    if isinstance(fault, ReadError):
        cause = fault.__cause__
        if fault.code != "not_written" or not isinstance(cause, OSError):
            return None
        return cause if Path(str(fault.facts["path"])).is_relative_to(place.parent) else None
    if fault.filename is None:
        return fault if fault.errno in _scratch.FULL | _DENIED | {errno.EIO} else None
    where = Path(os.fsdecode(fault.filename)).absolute()
    return fault if where.is_relative_to(place.parent) or place.is_relative_to(where) else None


def _fault(target: Path, cause: OSError, *, existed: bool, moving: bool = False) -> ReadError:
    """Make the error for a folder that can't be written or replaced."""
    reason = cause.strerror or type(cause).__name__
    kept = words.kept(existed)
    msg = f"{target} can't be written: {reason}"
    in_use = cause.errno in _IN_USE or getattr(cause, "winerror", None) in _IN_USE_ON_WINDOWS
    if moving and existed and in_use:
        return ReadError(msg, code="folder_in_use", path=str(target), kept=kept)
    if cause.errno in _scratch.FULL:
        return ReadError(msg, code="folder_full", path=str(target), kept=kept)
    if cause.errno in _DENIED:
        return ReadError(msg, code="folder_denied", path=str(target), kept=kept)
    if cause.errno in _IN_WAY:
        in_way = str(_file_in_way(Path(os.fsdecode(cause.filename or target))))
        return ReadError(msg, code="folder_in_way", path=str(target), in_way=in_way, kept=kept)
    return ReadError(msg, code="folder_failed", path=str(target), reason=reason, kept=kept)


def _file_in_way(path: Path) -> Path:
    """Find the file that stands where a folder should be: the path itself, or one above it."""
    return next((one for one in reversed([path, *path.parents]) if one.is_file()), path)


def _displaced(target: Path, old: Path) -> ReadError:
    msg = f"{target} could not be written, and the older one not be put back; it is in {old}"
    return ReadError(msg, code="folder_displaced", path=str(target), old=str(old))
