"""Keep the secret that numbers are rounded with, next to the register it belongs to."""

import os
import secrets
from pathlib import Path

from ipgtools.errors import ReleaseError

__all__ = ["SUFFIX", "read_or_create"]

SUFFIX = ".geheim"
_BYTES = 32


def read_or_create(
    register: str | Path, given: str | Path | None = None, *, known: bool = False
) -> bytes:
    """
    Read the secret of a register, or make it at first use.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     first = read_or_create(Path(folder) / "register.sqlite")
    ...     first == read_or_create(Path(folder) / "register.sqlite"), len(first)
    (True, 32)
    """
    path = Path(given) if given is not None else Path(register).with_suffix(SUFFIX)
    try:
        held = path.read_bytes().strip()
    except FileNotFoundError:
        if known:
            msg = f"the secret {path} that this register was made with is gone; put it back"
            raise ReleaseError(msg, code="secret_gone", path=str(path)) from None
        return _made(path)
    except OSError as cause:
        msg = f"the secret {path} can't be read: {cause}"
        raise ReleaseError(msg, code="secret_unreadable", path=str(path)) from cause
    if len(held) < _BYTES:
        msg = f"the secret {path} has {len(held)} bytes, expected at least {_BYTES}"
        raise ReleaseError(msg, code="secret_short", found=len(held), needed=_BYTES)
    return held


def _made(path: Path) -> bytes:
    """Make the file whole or not at all; of two that are made at once, the first stays."""
    text = secrets.token_hex(_BYTES // 2).encode()
    beside_it = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        handle = os.open(beside_it, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(handle, text)
            os.fsync(handle)
        finally:
            os.close(handle)
        try:
            os.link(beside_it, path)
        except FileExistsError:
            text = path.read_bytes().strip()
        finally:
            beside_it.unlink()
    except OSError as cause:
        msg = f"the secret {path} can't be made: {cause}"
        raise ReleaseError(msg, code="secret_unwritable", path=str(path)) from cause
    return text
