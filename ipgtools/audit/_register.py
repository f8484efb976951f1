"""Write the register of processing, read it, and verify that it is whole."""

import datetime as dt
import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from ipgtools import __version__
from ipgtools.audit import _chain, _facts, _place, _store, _who
from ipgtools.audit._chain import FIELDS, Head, Problem
from ipgtools.errors import RegisterError

if TYPE_CHECKING:
    import pandas as pd

ACTIONS = (
    "load", "combine", "consult", "change", "release", "share", "export", "delete", "acknowledge",
)  # fmt: skip
"""What can be done with data; `acknowledge` is taking note of a broken chain."""
LEAVING = ("release", "share", "export")
"""Actions by which data leave: not while the chain is broken."""
WAIT = 10.0
"""Seconds that another process may keep the register locked."""
_COLUMNS = (*FIELDS, "hash")
_ROWS = f"SELECT {', '.join(_COLUMNS)} FROM entries"  # noqa: S608 - our own names


class Register:
    """
    The register of processing, open.

    Use it as a context manager, or close it. One register can be used from several threads;
    several processes can each open it.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with Register.open(Path(folder) / "register.sqlite") as register:
    ...         entry = register.begun("export", audience="partner", files=["briefing.pptx"])
    ...         finished = register.done(entry)
    ...         register.entries()[["number", "action", "state", "of"]]
       number  action  state    of
    0       1  export  begun  <NA>
    1       2  export   done     1
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._lock = threading.RLock()
        self._depth = 0
        self._verified: Head | None = None
        connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")

    @classmethod
    def open(
        cls, path: str | Path | None = None, *, wait: float | None = None, read_only: bool = False
    ) -> "Register":
        """
        Open the register; make it at first use.

        Parameters
        ----------
        path : path, optional
            The file; see `path_of` for where it is if not given.
        wait : float, optional
            Seconds to wait for another process that is writing; `WAIT` if not given.
        read_only : bool, default False
            Only to look at; then it must be there, and nothing is changed.

        Returns
        -------
        Register
            Open.

        Raises
        ------
        RegisterError
            If it is locked, read-only, on a full disk or a network share, no register, or of a
            newer ipgtools; or its folder is missing.
        """
        path = _place.path_of(path)
        connect = _store.connect_to_read if read_only else _store.connect
        return cls(path, connect(path, wait=WAIT if wait is None else wait))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> "Register":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """
        Give the connection, with what is done to it kept whole or not at all.

        Entries that are made inside belong to it. A transaction in a transaction is part of
        the outer one.

        Yields
        ------
        sqlite3.Connection
            After BEGIN IMMEDIATE: no other process writes until the end. When the block ends
            all is on the disk; when it fails, nothing is.

        Raises
        ------
        RegisterError
            If another process keeps the register locked, or the disk is full or read-only.
        """
        with self._lock:
            inner = self._depth > 0
            begin = f"SAVEPOINT inner{self._depth}" if inner else "BEGIN IMMEDIATE"
            end = f"RELEASE inner{self._depth}" if inner else "COMMIT"
            undo = [f"ROLLBACK TO inner{self._depth}", end] if inner else ["ROLLBACK"]
            try:
                self._connection.execute(begin)
                self._depth += 1
                try:
                    yield self._connection
                    self._connection.execute(end)
                except BaseException:
                    if self._connection.in_transaction:
                        for statement in undo:
                            self._connection.execute(statement)
                    raise
                finally:
                    self._depth -= 1
            except sqlite3.Error as cause:
                error = _store.fault(self.path, cause)
                if error is None:
                    raise
                raise error from cause

    def record(self, action: str, *, state: str = "done", **facts: Any) -> int:
        """
        Add an entry about something that is finished.

        Parameters
        ----------
        action : str
            One of `ACTIONS`.
        state : {"done", "failed"}, default "done"
            What came of it.
        **facts
            ``audience``, ``purpose`` and ``ground``: for whom, why, and by which article of
            the Wpg. Further plain values: names of files, counts, labels. No personal data; of
            a path only its name is kept, of a photo or a mail not even that.

        Returns
        -------
        int
            Number of the entry, which is on the disk unless a transaction is open.

        Raises
        ------
        RegisterError
            If it can't be written, or the chain is broken and the action is one of `LEAVING`.
        ValueError
            If action or state is none of these.
        """
        if state not in ("done", "failed"):
            msg = f"the state is {state!r}, expected done or failed"
            raise ValueError(msg)
        return self._append(action, state, None, facts)

    def begun(self, action: str, **facts: Any) -> int:
        """
        Add an entry about something that begins, before it is done.

        Parameters
        ----------
        action, **facts
            As for `record`.

        Returns
        -------
        int
            Number of the entry, for `done` or `failed`.

        Raises
        ------
        RegisterError
            As for `record`.
        """
        return self._append(action, "begun", None, facts)

    def done(self, entry: int, **facts: Any) -> int:
        """
        Add an entry that says that what was begun is done.

        Parameters
        ----------
        entry : int
            From `begun`.
        **facts
            What only is known now.

        Returns
        -------
        int
            Number of the new entry.

        Raises
        ------
        RegisterError
            If it can't be written.
        ValueError
            If nothing with that number was begun, or it is finished already.
        """
        return self._finish(entry, "done", facts)

    def failed(self, entry: int, reason: str, **facts: Any) -> int:
        """
        Add an entry that says that what was begun did not succeed.

        Parameters
        ----------
        entry : int
            From `begun`.
        reason : str
            Code of the error, not its text: that may hold values of the data.
        **facts
            What else is known.

        Returns
        -------
        int
            Number of the new entry.

        Raises
        ------
        RegisterError, ValueError
            As for `done`.
        """
        return self._finish(entry, "failed", {"reason": reason, **facts})

    def head(self) -> Head:
        """
        Give number and hash of the last entry, to be written down elsewhere.

        Raises
        ------
        RegisterError
            If the record of it is gone.
        """
        head = self._head()
        if head is None:
            raise self._broken([Problem("head", 0, 0, "")])
        return head

    def count(self) -> int:
        """Count the entries."""
        return int(self._read("SELECT count(*) FROM entries")[0][0])

    def unfinished(self) -> "pd.DataFrame":
        """
        List what was begun and neither done nor failed: it runs now, or was cut off.

        Returns
        -------
        DataFrame
            As `entries` gives.
        """
        return self._table(
            "WHERE state = 'begun' AND number NOT IN "
            "(SELECT of FROM entries WHERE of IS NOT NULL) ORDER BY number"
        )

    def entries(
        self,
        *,
        since: dt.date | dt.datetime | None = None,
        audience: str | None = None,
        action: str | None = None,
        last: int | None = None,
    ) -> "pd.DataFrame":
        """
        Give entries as a table.

        Parameters
        ----------
        since : date or datetime, optional
            Only those from that day or moment on; local time unless it says otherwise.
        audience, action : str, optional
            Only those.
        last : int, optional
            Only the last so many of them.

        Returns
        -------
        DataFrame
            In order: `number`, `time` (UTC), `who`, `machine`, `action`, `state`, `of` (the
            entry that was begun), `audience`, `purpose`, `ground`, `version`, `facts` (dict),
            `hash`.
        """
        where = {
            "time >= ?": None if since is None else _written(_moment(since)),
            "audience = ?": audience,
            "action = ?": action,
        }
        asked = {test: value for test, value in where.items() if value is not None}
        tests = f"WHERE {' AND '.join(asked)} " if asked else ""
        limit = -1 if last is None else last
        newest = f"{tests}ORDER BY number DESC LIMIT ?"
        return self._table(newest, *asked.values(), limit)[::-1].reset_index(drop=True)

    def _table(self, which: str, *values: Any) -> "pd.DataFrame":
        import pandas as pd

        rows = self._read(f"{_ROWS} {which}", values)
        table = pd.DataFrame(rows, columns=list(_COLUMNS)).drop(columns="previous")
        table["number"] = table["number"].astype("int64")
        table["of"] = pd.to_numeric(table["of"], errors="coerce").astype("Int64")
        table["time"] = pd.to_datetime(table["time"], utc=True, errors="coerce", format="ISO8601")
        table["facts"] = [_as_facts(text) for text in table["facts"]]
        return table

    def verify(self, *, known: str | None = None) -> list[Problem]:
        """
        Check every entry, and that none is missing.

        Parameters
        ----------
        known : str, optional
            A hash that was written down before, or its first signs (12 or more), with or
            without the number before it; it must be of one of the entries.

        Returns
        -------
        list of Problem
            None if the chain is whole. Those that were acknowledged are among them, and say so.

        Raises
        ------
        RegisterError
            If the file can't be read.
        """
        return self._problems(known)

    def require_whole(self) -> None:
        """
        Require that the chain is whole, but for what was acknowledged.

        Raises
        ------
        RegisterError
            With the first entry that is wrong.
        """
        head = self._head()
        if self._verified is not None and not self._missing_guards():
            later = self._rows("WHERE number > ? ORDER BY number", self._verified.number)
            if not _chain.problems(later, head, after=self._verified):
                self._verified = head
                return
        found = self._problems()
        if wrong := [problem for problem in found if problem.acknowledged is None]:
            raise self._broken(wrong)
        self._verified = None if found else head

    def acknowledge(self, reason: str) -> int | None:
        """
        Take note of all that is wrong with the chain, so that data may leave again.

        Nothing is mended: what is wrong stays to be seen, with who took note of it and why.

        Parameters
        ----------
        reason : str
            What is known about it, and who was told.

        Returns
        -------
        int or None
            Number of the entry; None if nothing is wrong.

        Raises
        ------
        RegisterError
            If no reason is given, or the register can't be written to.
        """
        if not reason.strip():
            msg = "an acknowledgement needs a reason"
            raise RegisterError(msg, code="register_reason")
        with self.transaction() as connection:
            found = [one for one in self._problems() if one.acknowledged is None]
            if not found:
                return None
            for name in self._missing_guards():
                connection.execute(f"DROP TRIGGER IF EXISTS {name}")
            if any(problem.kind == "head" for problem in found):
                connection.execute("DROP TRIGGER IF EXISTS head_keep")
                connection.execute("DELETE FROM entries_head")
                last = self._last() or Head(0, _chain.START)
                connection.execute(
                    "INSERT INTO entries_head VALUES (1, ?, ?)", (last.number, last.hash)
                )
            for name in self._missing_guards():
                connection.execute(_store.GUARDS[name])
            listed = [list(problem.key) for problem in found]
            return self._append("acknowledge", "done", None, {"reason": reason, "problems": listed})

    def _append(self, action: str, state: str, of: int | None, facts: dict[str, Any]) -> int:
        if action not in ACTIONS:
            msg = f"the action is {action!r}, expected one of {', '.join(ACTIONS)}"
            raise ValueError(msg)
        facts = dict(facts)
        named = {name: facts.pop(name, None) or None for name in ("audience", "purpose", "ground")}
        with self.transaction() as connection:
            if action in LEAVING and state != "failed" and of is None:
                self.require_whole()
            head = self._head_to_follow()
            row: dict[str, Any] = {
                "number": head.number + 1,
                "time": _written(dt.datetime.now(dt.UTC)),
                "who": _who.user(),
                "machine": _who.machine(),
                "action": action,
                "state": state,
                "of": of,
                **named,
                "version": __version__,
                "facts": _chain.canonical(_facts.plain(facts, action)),
                "previous": head.hash,
            }
            row["hash"] = _chain.digest(row)
            connection.execute(
                f"INSERT INTO entries ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",  # noqa: S608
                tuple(row.values()),
            )
            connection.execute(
                "UPDATE entries_head SET number = ?, hash = ?", (row["number"], row["hash"])
            )
        return row["number"]

    def _finish(self, entry: int, state: str, facts: dict[str, Any]) -> int:
        with self.transaction():
            found = self._rows("WHERE number = ?", entry)
            if not found or found[0]["state"] != "begun":
                msg = f"nothing was begun under number {entry}"
                raise ValueError(msg)
            if self._read("SELECT number FROM entries WHERE of = ?", (entry,)):
                msg = f"what was begun under number {entry} is finished already"
                raise ValueError(msg)
            same = {name: found[0][name] for name in ("audience", "purpose", "ground")}
            return self._append(found[0]["action"], state, entry, same | facts)

    def _read(self, query: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                return self._connection.execute(query, values).fetchall()
            except sqlite3.Error as cause:
                raise _store.fault(self.path, cause) or cause from cause

    def _rows(self, which: str, *values: Any) -> list[dict[str, Any]]:
        rows = self._read(f"{_ROWS} {which}", values)
        return [dict(zip(_COLUMNS, row, strict=True)) for row in rows]

    def _head(self) -> Head | None:
        rows = self._read("SELECT number, hash FROM entries_head")
        return Head(*rows[0]) if rows else None

    def _last(self) -> Head | None:
        rows = self._read("SELECT number, hash FROM entries ORDER BY number DESC LIMIT 1")
        return Head(*rows[0]) if rows else None

    def _head_to_follow(self) -> Head:
        """Give what the next entry follows: the head, even where its entry was cut off."""
        head, last = self._head(), self._last()
        if head is None or (last is not None and head.number < last.number):
            number = last.number if last else 0
            raise self._broken([Problem("head", number, number, "")])
        return head

    def _missing_guards(self) -> list[str]:
        rows = self._read("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        there = {name: " ".join(text.split()) for name, text in rows}
        return [
            name
            for name, text in _store.GUARDS.items()
            if there.get(name) != " ".join(text.split())
        ]

    def _problems(self, known: str | None = None) -> list[Problem]:
        rows = self._rows("ORDER BY number")
        found = _chain.problems(rows, self._head())
        if guards := self._missing_guards():
            found.append(Problem("guard", 0, 0, ",".join(guards)))
        if known is not None:
            noted = known.strip().lower().replace(" ", "").split("-")[-1]
            if len(noted) < 12 or not any(str(row["hash"]).startswith(noted) for row in rows):
                found.append(Problem("known", 0, 0, noted))
        if not found:
            return []
        wrong = {problem.number for problem in found if problem.kind in ("changed", "link")}
        noted_in: dict[tuple[Any, ...], int] = {}
        for row in rows:
            if row["action"] == "acknowledge" and row["number"] not in wrong:
                for key in _as_facts(row["facts"]).get("problems", []):
                    noted_in.setdefault(tuple(key), row["number"])
        return [replace(one, acknowledged=noted_in.get(one.key)) for one in found]

    def _broken(self, found: list[Problem]) -> RegisterError:
        msg = f"the chain of the register {self.path} is broken at entry {found[0].number}"
        return RegisterError(
            msg, code="register_broken", path=str(self.path), number=found[0].number, n=len(found)
        )


def _written(moment: dt.datetime) -> str:
    """Write a moment so that texts sort as moments do: UTC, in milliseconds."""
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _moment(day: dt.date | dt.datetime) -> dt.datetime:
    """Give a day or a moment as a moment; without a zone it is local time."""
    if not isinstance(day, dt.datetime):
        day = dt.datetime(day.year, day.month, day.day)
    return day.astimezone()


def _as_facts(text: Any) -> dict[str, Any]:
    """Read facts back; what was spoilt is given as it stands."""
    try:
        facts = json.loads(text)
    except (TypeError, ValueError):
        return {"?": str(text)}
    return facts if isinstance(facts, dict) else {"?": str(text)}
