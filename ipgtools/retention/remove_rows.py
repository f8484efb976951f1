"""
Drop the rows of a text file that are past their term, and leave every other line as it is.

Only where each row is one line of a plain text file, every line has as many fields as the header,
and the new file, read again, has exactly the rows that were to stay: else nothing is changed. A
sheet or a database keeps what was deleted in it, so that dropping rows there would prove nothing.
"""

import contextlib
import datetime as dt
import hashlib
import os
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ipgtools.errors import IpgError
from ipgtools.io import files
from ipgtools.io.files.formats import FORMATS
from ipgtools.retention import dates, first_reads
from ipgtools.retention.ages import DATES, first_processed, passed
from ipgtools.retention.remove_files import Recorder, why
from ipgtools.retention.survey import Item

__all__ = ["Remembering", "Rewritten", "drop_rows"]

_UNFINISHED = ".ipgtools-purge-"
"""How files begin that are being written; one of a run that was cut off is removed by the next."""


@dataclass(frozen=True)
class Rewritten:
    """
    What became of a file of which rows were to be dropped.

    Parameters
    ----------
    item : Item
        The file.
    n_dropped, n_left : int
        Rows; 0 dropped if nothing was changed.
    sha256, sha256_after : str
        Hash before and after.
    reason : str
        Why nothing was changed: "kind", "lines", "encoding", "malformed", "owner", "names",
        "changed", "unlike", "unreadable", or the system's own words; "after" if the new file was
        in its place and is another now. Empty if rows were dropped.
    """

    item: Item
    n_dropped: int = 0
    n_left: int = 0
    sha256: str = ""
    sha256_after: str = ""
    reason: str = ""


class Remembering(Recorder, Protocol):
    """The register, with its database."""

    def transaction(self) -> AbstractContextManager[sqlite3.Connection]:
        """Return the connection, with what is done to it kept whole or not at all."""


class _BarredError(Exception):
    """Nothing is changed, for a reason."""

    def __init__(self, *, because: str) -> None:
        super().__init__(because)


def drop_rows(
    item: Item,
    register: Remembering,
    *,
    reference_date: dt.date,
    columns: Mapping[str, str] | None = None,
) -> Rewritten:
    """Drop the rows of a file that are past their term of keeping."""
    try:
        return _drop(item, register, reference_date, columns)
    except _BarredError as barred:
        return Rewritten(item, reason=str(barred))
    except OSError as cause:
        return Rewritten(item, reason=why(cause))
    except IpgError:
        return Rewritten(item, reason="unreadable")


def _drop(
    item: Item,
    register: Remembering,
    reference_date: dt.date,
    columns: Mapping[str, str] | None,
) -> Rewritten:
    path, before = item.path, item.path.lstat()
    if not stat.S_ISREG(before.st_mode) or path.suffix.lower() not in FORMATS["text"].suffixes:
        raise _BarredError(because="kind")
    for left in path.parent.glob(f"{_UNFINISHED}*"):
        left.unlink()
    if before.st_nlink > 1:
        raise _BarredError(because="names")
    raw = path.read_bytes()
    digest = hashlib.sha256(raw).hexdigest()
    read = dates.of_file(path, item.data_set, columns=columns)
    if read.n_malformed:
        raise _BarredError(because="malformed")
    with register.transaction() as connection:
        first = first_reads.first_read(connection, item.data_set, digest)
    day, _ = first_processed(read.rows, DATES[item.data_set], seen=first)
    past = passed(day, reference_date, item.keep_months)
    gone = set(past.index[past])
    head, body = _lines(raw, read)
    kept = b"".join([*head, *(line for at, line in enumerate(body, 1) if at not in gone)])
    with _written(path, kept, before) as temporary:
        _require_same(path, temporary, gone)
        after = hashlib.sha256(kept).hexdigest()
        entry = register.begun(
            "delete", data_set=item.data_set, file=path, folder=path.parent, rows=len(gone),
            rows_left=len(past) - len(gone), sha256=digest, size=len(raw), sha256_after=after,
            size_after=len(kept), ground=item.ground, keep_months=item.keep_months,
        )  # fmt: skip
        now = path.lstat()
        if (now.st_ino, now.st_size, now.st_mtime_ns) != (
            before.st_ino, before.st_size, before.st_mtime_ns,
        ):  # fmt: skip
            register.failed(entry, "changed")
            raise _BarredError(because="changed")
        try:
            temporary.replace(path)
        except OSError as cause:
            register.failed(entry, type(cause).__name__)
            raise
        register.done(entry)
    with register.transaction() as connection:
        first_reads.remember_file(
            connection, item.data_set, path.name, after, reference_date=first or reference_date
        )
    second = dates.of_file(path, item.data_set, columns=columns)
    again, _ = first_processed(second.rows, DATES[item.data_set], seen=first)
    if hashlib.sha256(path.read_bytes()).hexdigest() != after or bool(
        passed(again, reference_date, item.keep_months).any()
    ):
        raise _BarredError(because="after")
    return Rewritten(item, len(gone), len(again), digest, after)


def _lines(raw: bytes, read: dates.RowDates) -> tuple[list[bytes], list[bytes]]:
    """Part a text into the lines up to its header and one line for each row."""
    if b"\0" in raw:
        raise _BarredError(because="encoding")
    lines = raw.splitlines(keepends=True)
    at = read.header_line or 1
    head, body = lines[:at], lines[at:]
    while body and not body[-1].strip():
        body.pop()
    if len(body) != read.n_source:
        raise _BarredError(because="lines")
    if body and not body[-1].endswith((b"\n", b"\r")):
        end = b"\r\n" if head[-1].endswith(b"\r\n") else b"\n"
        body[-1] += end
    return head, body


@contextmanager
def _written(path: Path, content: bytes, like: os.stat_result) -> Iterator[Path]:
    """Write content next to a file, with its mode, owner and time; gone when the block ends."""
    handle, name = tempfile.mkstemp(prefix=_UNFINISHED, suffix=path.suffix, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if hasattr(os, "chown") and temporary.stat().st_uid != like.st_uid:
            try:
                os.chown(temporary, like.st_uid, like.st_gid)
            except OSError:
                raise _BarredError(because="owner") from None
        shutil.copystat(path, temporary)
        yield temporary
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _require_same(path: Path, temporary: Path, gone: set[int]) -> None:
    """Require that a file, read again, has the rows of another that were to stay, and no other."""
    whole, _ = files.read(path)
    again, malformed = files.read(temporary)
    expected = whole[~whole.index.isin(gone)].reset_index(drop=True)
    if len(malformed) or not expected.equals(again.reset_index(drop=True)):
        raise _BarredError(because="unlike")
