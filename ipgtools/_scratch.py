"""
Make scratch folders that a later run removes when the process that made them is gone.

A scratch folder holds a file that its process keeps locked. The system releases the lock
however the process ends, `kill -9` included; a process id alone proves nothing, as it is used
again. Only folders with our mark, of our own user, whose lock is free are ever removed.
"""

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ipgtools.errors import ReadError

__all__ = ["FULL", "MARK", "Scratch", "abandoned", "caches", "claim", "clean", "temporary"]

MARK = "ipgtools-"
"""How the names of scratch folders in the system's temporary folder begin."""

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""Error numbers of a full disk or quota."""

_LOCK = ".lock"
_CONTENT = "content"
_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)


@dataclass(frozen=True)
class Scratch:
    """
    A scratch folder that this process has locked.

    Parameters
    ----------
    folder : Path
        The folder.
    handle : int
        Descriptor of its locked file.
    """

    folder: Path
    handle: int

    def release(self) -> None:
        """Unlock the folder and leave it; a later run deals with it."""
        os.close(self.handle)

    def remove(self) -> None:
        """Remove the folder; what can't be removed now stays marked for a later run."""
        with suppress(OSError):
            for child in self.folder.iterdir():
                if child.name != _LOCK:
                    _remove(child)
            if [child.name for child in self.folder.iterdir()] == [_LOCK]:
                (self.folder / _LOCK).unlink()  # before unlocking, so that no other run takes it
        os.close(self.handle)
        with suppress(OSError):  # Windows removes a file only once it is closed
            if [child.name for child in self.folder.iterdir()] == [_LOCK]:
                (self.folder / _LOCK).unlink()
        with suppress(OSError):
            self.folder.rmdir()


def claim(parent: Path, mark: str) -> Scratch:
    """Make a scratch folder and lock it."""
    while True:
        parent.mkdir(parents=True, exist_ok=True)
        try:
            folder = Path(tempfile.mkdtemp(prefix=f"{mark}{os.getpid()}-", dir=parent))
        except FileNotFoundError:  # another run removed a folder that it had made
            continue
        try:
            handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_EXCL | _NO_LINKS, 0o600)
        except FileNotFoundError:  # another run took the empty folder for an abandoned one
            continue
        except BaseException:
            with suppress(OSError):
                folder.rmdir()
            raise
        if _lock(handle) is not False and _is_at(handle, folder / _LOCK):
            return Scratch(folder, handle)
        os.close(handle)


def abandoned(parent: Path, mark: str) -> Iterator[Scratch]:
    """Find scratch folders whose process is gone."""
    try:
        entries = [entry for entry in os.scandir(parent) if entry.name.startswith(mark)]
    except OSError:
        return
    for entry in entries:
        folder = Path(entry.path)
        try:
            about = entry.stat(follow_symlinks=False)
            if not stat.S_ISDIR(about.st_mode) or about.st_uid != _user():
                continue
            handle = os.open(folder / _LOCK, os.O_RDWR | _NO_LINKS)
        except FileNotFoundError:  # killed before there was anything in it, or another program's
            with suppress(OSError):
                folder.rmdir()
            continue
        except OSError:
            continue
        if _lock(handle) and _is_at(handle, folder / _LOCK):
            yield Scratch(folder, handle)
        else:
            os.close(handle)


@contextmanager
def temporary() -> Iterator[Path]:
    """
    Give an empty folder in the system's temporary folder for as long as it is needed.

    It is removed at the end, or by `clean` in a later run if this process is killed.

    Examples
    --------
    >>> with temporary() as folder:
    ...     folder.is_dir()
    True
    >>> folder.exists()
    False
    """
    try:
        scratch = claim(Path(tempfile.gettempdir()), MARK)
    except OSError as cause:
        reason = cause.strerror or type(cause).__name__
        msg = f"no temporary folder can be made: {reason}"
        raise ReadError(msg, code="no_temporary_folder", reason=reason) from cause
    try:
        content = scratch.folder / _CONTENT
        content.mkdir(mode=0o700)
        yield content
    finally:
        scratch.remove()


def clean() -> None:
    """Remove what killed runs left in the system's temporary folder."""
    with suppress(OSError):
        for scratch in abandoned(Path(tempfile.gettempdir()), MARK):
            scratch.remove()


@contextmanager
def caches() -> Iterator[None]:
    """
    Give fontconfig and matplotlib a place for their caches, where the user's can't be used.

    Without one they warn in English and search all fonts again. The place is gone at the end.
    """
    if os.name == "nt" or _is_writable(_cache_home()):
        yield
        return
    names = ("XDG_CACHE_HOME", "MPLCONFIGDIR")
    before = {name: os.environ.get(name) for name in names}
    with temporary() as folder:
        os.environ.update(dict.fromkeys(names, str(folder)))
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value


def _cache_home() -> Path | None:
    """Name the folder for a user's caches; None where there is no home."""
    if given := os.environ.get("XDG_CACHE_HOME"):
        return Path(given)
    try:
        return Path.home() / ".cache"
    except RuntimeError:
        return None


def _is_writable(folder: Path | None) -> bool:
    if folder is None:
        return False
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink()


def _user() -> int:
    """Return the number of this user as `stat` gives that of an owner; 0 on Windows."""
    return os.getuid() if hasattr(os, "getuid") else 0


def _is_at(handle: int, path: Path) -> bool:
    """Return whether an open file is still the one at a path."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat(follow_symlinks=False))
    except OSError:
        return False


def _lock(handle: int) -> bool | None:
    """Lock an open file: True if locked, False if another process has it, None if impossible."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:  # a file system without locks
        return None
    return True
