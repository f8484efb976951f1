"""Wrap the open file of a register: its transactions, and its rows as they are kept."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ipgtools.audit import _store
from ipgtools.audit._chain import FIELDS, Head

__all__ = ["COLUMNS", "File"]

COLUMNS = (*FIELDS, "hash")
_ROWS = f"SELECT {', '.join(COLUMNS)} FROM entries"  # noqa: S608 - our own names


class File:
    """
    The open file.

    Parameters
    ----------
    path : Path
        Where it is.
    connection : sqlite3.Connection
        From `_store`.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._lock = threading.RLock()
        self._depth = 0
        connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Self:
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
        Return the connection, with what is done to it kept whole or not at all.

        Entries that are made inside belong to it. A transaction in a transaction is part of
        the outer one.
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
                    if not inner:
                        self._ending()
                    self._connection.execute(end)
                except BaseException:
                    if self._connection.in_transaction:
                        for statement in undo:
                            self._connection.execute(statement)
                    raise
                finally:
                    self._depth -= 1
                    if not inner:
                        self._ended()
            except sqlite3.Error as cause:
                error = _store.fault(self.path, cause)
                if error is None:
                    raise
                raise error from cause

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read all inside from one snapshot."""
        with self._lock:
            if self._depth:
                yield
                return
            self.read("BEGIN")
            try:
                yield
            finally:
                if self._connection.in_transaction:
                    self.read("COMMIT")

    def _ending(self) -> None:
        """Check before the commit whether a transaction may be kept."""

    def _ended(self) -> None:
        """Forget what held for a transaction."""

    def read(self, query: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Return what a query finds."""
        with self._lock:
            try:
                return self._connection.execute(query, values).fetchall()
            except sqlite3.Error as cause:
                raise _store.fault(self.path, cause) or cause from cause

    def rows(self, which: str, *values: Any) -> list[dict[str, Any]]:
        """Return entries as they are kept."""
        rows = self.read(f"{_ROWS} {which}", values)
        return [dict(zip(COLUMNS, row, strict=True)) for row in rows]

    def last_known(self) -> Head | None:
        """Return the last entry by the record that is kept of it."""
        rows = self.read("SELECT number, hash FROM entries_head")
        return Head(*rows[0]) if rows else None

    def last(self) -> Head | None:
        """Return the last entry that is there."""
        rows = self.read("SELECT number, hash FROM entries ORDER BY number DESC LIMIT 1")
        return Head(*rows[0]) if rows else None
