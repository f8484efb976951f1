"""Write the register of processing, read it, and verify that it is whole."""

import datetime as dt
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools import __version__
from ipgtools.audit import _chain, _entries, _facts, _place, _released, _store, _who, _whole
from ipgtools.audit._chain import Head, Problem
from ipgtools.audit._file import File
from ipgtools.errors import RegisterError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ACTIONS", "LEAVING", "WAIT", "Register"]

ACTIONS = (
    "load", "combine", "consult", "change", "release", "share", "export", "delete", "acknowledge",
)  # fmt: skip
"""What can be done with data; `acknowledge` is taking note of a broken chain."""
LEAVING = ("release", "share", "export")
"""Actions by which data leave: not while the chain is broken."""
WAIT = 10.0
"""Seconds that another process may keep the register locked."""


class Register(File):
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
        super().__init__(path, connection)
        self._verified: Head | None = None
        self._publishing = False

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

    def publishing(self) -> None:
        """
        Require that all is whole, and let published numbers be changed until the transaction ends.

        An entry about the release, in the same transaction, notes what they are then.

        Raises
        ------
        RegisterError
            If an entry, or a number that was published, was changed.
        ValueError
            Outside a transaction; at its end if there is no such entry.
        """
        if not self._depth:
            msg = "numbers are published in a transaction"
            raise ValueError(msg)
        self.require_whole()
        self._publishing = True

    def _ending(self) -> None:
        if self._publishing:
            msg = "numbers were published without an entry about the release"
            raise ValueError(msg)

    def _ended(self) -> None:
        self._publishing = False

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
            If action or state is another value.
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
        Add an entry that what was begun is done.

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
        Add an entry that what was begun failed.

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
        head = self.last_known()
        if head is None:
            raise _whole.broken(self, [Problem("head", 0, 0, "")])
        return head

    def count(self) -> int:
        """Count the entries."""
        return int(self.read("SELECT count(*) FROM entries")[0][0])

    def unfinished(self) -> "pd.DataFrame":
        """
        List what was begun and neither done nor failed: it runs now, or was cut off.

        Returns
        -------
        DataFrame
            As `entries` gives.
        """
        return _entries.table(
            self.rows(
                "WHERE state = 'begun' AND number NOT IN "
                "(SELECT of FROM entries WHERE of IS NOT NULL) ORDER BY number"
            )
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
            Only those from that day or moment on; local time unless it has a zone.
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
            "time >= ?": None if since is None else _entries.written(_entries.moment(since)),
            "audience = ?": audience,
            "action = ?": action,
        }
        asked = {test: value for test, value in where.items() if value is not None}
        tests = f"WHERE {' AND '.join(asked)} " if asked else ""
        limit = -1 if last is None else last
        newest = f"{tests}ORDER BY number DESC LIMIT ?"
        return _entries.table(self.rows(newest, *asked.values(), limit)[::-1])

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
            None if the chain is whole. Those that were acknowledged are among them, marked.

        Raises
        ------
        RegisterError
            If the file can't be read.
        """
        with self.snapshot():
            return _whole.problems(self, known)

    def require_whole(self) -> None:
        """
        Require that the chain is whole, but for what was acknowledged.

        Raises
        ------
        RegisterError
            With the first entry that is wrong.
        """
        self._require(numbers=True)

    def _require(self, *, numbers: bool) -> None:
        with self.snapshot():
            head, found = self.last_known(), list[Problem]()
            if self._verified is not None:
                found = _whole.later_problems(self, self._verified)
                if numbers:
                    found += _released.problems(self)
                if not found:
                    self._verified = head
                    return
            found = [one for one in _whole.problems(self) if numbers or one.kind != "numbers"]
        if wrong := [problem for problem in found if problem.acknowledged is None]:
            raise _whole.broken(self, wrong)
        self._verified = None if found else head

    def acknowledge(self, reason: str) -> int | None:
        """
        Take note of all that is wrong with the chain, so that data may leave again.

        Nothing is corrected: what is wrong stays to be seen, with who took note of it and why.

        Parameters
        ----------
        reason : str
            What is known about it, and who was informed.

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
        with self.transaction():
            found = [one for one in _whole.problems(self) if one.acknowledged is None]
            if not found:
                return None
            _whole.restore(self, head=any(problem.kind == "head" for problem in found))
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
                self._require(numbers=not self._publishing)
            if action == "release" and state == "done" and (noted := _released.digest(self.read)):
                facts[_released.NOTED] = noted
            head = self._head_to_follow()
            row: dict[str, Any] = {
                "number": head.number + 1,
                "time": _entries.written(dt.datetime.now(dt.UTC)),
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
            if action == "release":
                self._publishing = False
        return row["number"]

    def _finish(self, entry: int, state: str, facts: dict[str, Any]) -> int:
        with self.transaction():
            found = self.rows("WHERE number = ?", entry)
            if not found or found[0]["state"] != "begun":
                msg = f"nothing was begun under number {entry}"
                raise ValueError(msg)
            if self.read("SELECT number FROM entries WHERE of = ?", (entry,)):
                msg = f"what was begun under number {entry} is finished already"
                raise ValueError(msg)
            same = {name: found[0][name] for name in ("audience", "purpose", "ground")}
            return self._append(found[0]["action"], state, entry, same | facts)

    def _head_to_follow(self) -> Head:
        """Return what the next entry follows: the head, even where its entry was cut off."""
        head, last = self.last_known(), self.last()
        if head is None or (last is not None and head.number < last.number):
            number = last.number if last else 0
            raise _whole.broken(self, [Problem("head", number, number, "")])
        return head
