"""Open the SQLite file of the register, or report what is wrong with it."""

import errno
import os
import sqlite3
import time
from pathlib import Path

from ipgtools.audit import _place
from ipgtools.audit._chain import START
from ipgtools.errors import RegisterError

__all__ = ["GUARDS", "VERSION", "connect", "connect_to_read", "fault"]

VERSION = 1
"""Of the tables below; a file with a higher one was made by a newer ipgtools."""
_APPLICATION = 0x49504752
"""The letters IPGR, by which SQLite files are recognised."""
_TABLES = (
    """CREATE TABLE entries (
    number INTEGER PRIMARY KEY, time TEXT NOT NULL, who TEXT NOT NULL, machine TEXT NOT NULL,
    action TEXT NOT NULL, state TEXT NOT NULL, of INTEGER, audience TEXT, purpose TEXT,
    ground TEXT, version TEXT NOT NULL, facts TEXT NOT NULL, previous TEXT NOT NULL,
    hash TEXT NOT NULL)""",
    "CREATE INDEX entries_of ON entries (of) WHERE of IS NOT NULL",
    """CREATE TABLE entries_head (
    one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL, hash TEXT NOT NULL)""",
)
GUARDS = {
    "entries_keep": """CREATE TRIGGER entries_keep BEFORE DELETE ON entries
    BEGIN SELECT RAISE(ABORT, 'entries are never removed'); END""",
    "entries_fixed": """CREATE TRIGGER entries_fixed BEFORE UPDATE ON entries
    BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END""",
    "entries_once": """CREATE TRIGGER entries_once BEFORE INSERT ON entries
    WHEN EXISTS (SELECT 1 FROM entries WHERE number = NEW.number)
    BEGIN SELECT RAISE(ABORT, 'entries are never replaced'); END""",
    "head_keep": """CREATE TRIGGER head_keep BEFORE DELETE ON entries_head
    BEGIN SELECT RAISE(ABORT, 'the head is never removed'); END""",
    "head_forward": """CREATE TRIGGER head_forward BEFORE UPDATE ON entries_head
    WHEN NEW.number <= OLD.number
    BEGIN SELECT RAISE(ABORT, 'the head never goes back'); END""",
}
"""Triggers by name: they refuse what only someone who means it would do."""
_HEADER = b"SQLite format 3\0"
_FAULTS = {
    sqlite3.SQLITE_BUSY: "register_locked",
    sqlite3.SQLITE_LOCKED: "register_locked",
    sqlite3.SQLITE_READONLY: "register_read_only",
    sqlite3.SQLITE_PERM: "register_read_only",
    sqlite3.SQLITE_CANTOPEN: "register_read_only",
    sqlite3.SQLITE_FULL: "register_full",
    sqlite3.SQLITE_IOERR: "register_disk",
    sqlite3.SQLITE_CORRUPT: "register_damaged",
    sqlite3.SQLITE_NOTADB: "register_not_sqlite",
}


def fault(path: Path, cause: sqlite3.Error | OSError) -> RegisterError | None:
    """Build the error for a failure of SQLite or the system."""
    if isinstance(cause, OSError):
        full = cause.errno in (errno.ENOSPC, errno.EDQUOT)
        code = "register_full" if full else "register_read_only"
        reason = cause.strerror or type(cause).__name__
    else:
        number = getattr(cause, "sqlite_errorcode", 0) & 0xFF
        if number not in _FAULTS:
            return None
        code, reason = _FAULTS[number], str(cause)
    msg = f"the register {path} can't be used: {reason}"
    return RegisterError(msg, code=code, path=str(path), reason=reason)


def connect(path: Path, *, wait: float) -> sqlite3.Connection:
    """Open a register to write to; make it if it isn't there."""
    try:
        _place.require_place(path, make=True)
        _make_file(path)
        _require_writable(path)
        _require_sqlite(path)
    except OSError as cause:
        raise fault(path, cause) or cause from cause
    connection = sqlite3.connect(
        path, timeout=wait, isolation_level=None, check_same_thread=False, cached_statements=64
    )
    try:
        fresh = _require_ours(connection, path)
        _use_wal(connection, path, wait=wait)
        connection.execute("PRAGMA synchronous = FULL")
        if fresh:
            _make_tables(connection)
    except sqlite3.Error as cause:
        connection.close()
        raise fault(path, cause) or cause from cause
    except BaseException:
        connection.close()
        raise
    return connection


def connect_to_read(path: Path, *, wait: float) -> sqlite3.Connection:
    """Open a register to look at, also where one may not write."""
    try:
        if not path.exists():
            msg = f"there is no register at {path}"
            raise RegisterError(msg, code="register_missing", path=str(path))
        _place.require_place(path, make=False)
        _require_sqlite(path)
    except OSError as cause:
        raise fault(path, cause) or cause from cause
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        how = "mode=rw"
    else:
        # Without a log next to it the file is complete; with one, SQLite has to read that, too.
        logged = path.with_name(f"{path.name}-wal").exists()
        how = "mode=ro" if logged else "mode=ro&immutable=1"
    try:
        connection = sqlite3.connect(
            f"{path.as_uri()}?{how}", uri=True, timeout=wait, isolation_level=None,
            check_same_thread=False,
        )  # fmt: skip
        try:
            connection.execute("PRAGMA query_only = ON")
            fresh = _require_ours(connection, path)
        except BaseException:
            connection.close()
            raise
    except sqlite3.Error as cause:
        raise fault(path, cause) or cause from cause
    if fresh:
        connection.close()
        msg = f"there is no register at {path}"
        raise RegisterError(msg, code="register_missing", path=str(path))
    return connection


def _make_file(path: Path) -> None:
    """Make an empty file that others may read no more than its folder lets them write."""
    shared = path.parent.stat().st_mode & 0o020
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    os.close(handle)
    if shared:
        path.chmod(0o660)


def _require_writable(path: Path) -> None:
    if not (os.access(path, os.R_OK | os.W_OK) and os.access(path.parent, os.W_OK)):
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))


def _require_sqlite(path: Path) -> None:
    with path.open("rb") as stream:
        begin = stream.read(len(_HEADER))
    if begin and begin != _HEADER:
        msg = f"{path} is no SQLite file, and so no register"
        raise RegisterError(msg, code="register_not_sqlite", path=str(path))


def _require_ours(connection: sqlite3.Connection, path: Path) -> bool:
    """Require that a file is a register that we understand; return whether it is still empty."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application == 0 and version == 0:
        (n,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if n == 0:
            return True
    if application != _APPLICATION:
        msg = f"{path} is a SQLite file of something else than a register"
        raise RegisterError(msg, code="register_foreign", path=str(path))
    if version > VERSION:
        msg = f"the register {path} was made by a newer ipgtools (version {version} of its tables)"
        raise RegisterError(
            msg, code="register_newer", path=str(path), found=version, known=VERSION
        )
    tables = {"entries", "entries_head"}
    there = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    if missing := tables - {name for (name,) in there}:
        msg = f"the register {path} has no table {', '.join(sorted(missing))}"
        raise RegisterError(msg, code="register_damaged", path=str(path))
    return False


def _use_wal(connection: sqlite3.Connection, path: Path, *, wait: float) -> None:
    """Switch to WAL mode; another process that does the same is waited for."""
    until = time.monotonic() + wait
    while True:
        try:
            (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as cause:
            if cause.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            break
    if mode != "wal":
        msg = f"the register {path} is where SQLite can't use WAL mode ({mode})"
        raise RegisterError(msg, code="register_network", path=str(path), found=mode)


def _make_tables(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
            for statement in (*_TABLES, *GUARDS.values()):
                connection.execute(statement)
            connection.execute("INSERT INTO entries_head VALUES (1, 0, ?)", (START,))
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
