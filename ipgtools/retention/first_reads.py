"""
Remember when a file was first read, and which key was last used, in the register's database.

Nothing of the files or of the key is kept: names, hashes and days, and the fingerprint of a key.
Functions take a connection and don't commit; the tables are made where they are missing.
"""

import datetime as dt
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "OtherKey", "Seen", "file_removed", "files", "first_read", "remember_file", "remember_key",
]  # fmt: skip

_TABLES = (
    """
    CREATE TABLE IF NOT EXISTS first_processed (
        data_set TEXT NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL,
        first_on TEXT NOT NULL, last_on TEXT NOT NULL, removed_on TEXT,
        PRIMARY KEY (data_set, name, sha256)
    )
    """,
    """
    CREATE TABLE IF NOT EXISTS keys_used (
        nth INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL, since TEXT NOT NULL
    )
    """,
)


@dataclass(frozen=True)
class Seen:
    """
    When a file was first read here.

    Parameters
    ----------
    content : date
        When this content was, under whichever name.
    name : date
        When a file of this name was: earlier, where an export is renewed under one name.
    """

    content: dt.date
    name: dt.date


@dataclass(frozen=True)
class OtherKey:
    """
    That another key is used than last time.

    Parameters
    ----------
    since : date
        Since when the last one was used.
    known : bool
        Whether the key was used before that.
    """

    since: dt.date
    known: bool


def remember_file(
    connection: sqlite3.Connection,
    data_set: str,
    name: str,
    sha256: str,
    *,
    reference_date: dt.date,
) -> Seen:
    """
    Note that a file is read, and give when it was first read.

    Examples
    --------
    >>> import datetime as dt, sqlite3
    >>> register = sqlite3.connect(":memory:")
    >>> monday, tuesday = dt.date(2026, 11, 23), dt.date(2026, 11, 24)
    >>> _ = remember_file(register, "incidents", "bvh.csv", "ab12", reference_date=monday)
    >>> remember_file(register, "incidents", "bvh.csv", "cd34", reference_date=tuesday)
    Seen(content=datetime.date(2026, 11, 24), name=datetime.date(2026, 11, 23))
    """
    _make(connection)
    connection.execute(
        """
        INSERT INTO first_processed VALUES (?, ?, ?, ?, ?, NULL)
        ON CONFLICT DO UPDATE SET first_on = min(first_on, excluded.first_on),
            last_on = max(last_on, excluded.last_on), removed_on = NULL
        """,
        (data_set, name, sha256, reference_date.isoformat(), reference_date.isoformat()),
    )
    content, named = connection.execute(
        """
        SELECT min(first_on) FILTER (WHERE sha256 = ?2), min(first_on) FILTER (WHERE name = ?3)
        FROM first_processed WHERE data_set = ?1
        """,
        (data_set, sha256, name),
    ).fetchone()
    return Seen(dt.date.fromisoformat(content), dt.date.fromisoformat(named))


def first_read(connection: sqlite3.Connection, data_set: str, sha256: str) -> dt.date | None:
    """Return the day on which content was first read, without noting anything."""
    _make(connection)
    (found,) = connection.execute(
        "SELECT min(first_on) FROM first_processed WHERE data_set = ? AND sha256 = ?",
        (data_set, sha256),
    ).fetchone()
    return None if found is None else dt.date.fromisoformat(found)


def file_removed(
    connection: sqlite3.Connection, data_set: str, sha256: str, *, reference_date: dt.date
) -> None:
    """Note that content was removed; when it was first read stays known."""
    _make(connection)
    connection.execute(
        "UPDATE first_processed SET removed_on = ? WHERE data_set = ? AND sha256 = ?",
        (reference_date.isoformat(), data_set, sha256),
    )


def remember_key(
    connection: sqlite3.Connection, fingerprint: str, *, reference_date: dt.date
) -> OtherKey | None:
    """
    Record which key is used, and return whether it differs from last time.

    Examples
    --------
    >>> import datetime as dt, sqlite3
    >>> register = sqlite3.connect(":memory:")
    >>> remember_key(register, "316ae4f814567c76", reference_date=dt.date(2026, 11, 23))
    >>> remember_key(register, "0c39f14fbf63aa10", reference_date=dt.date(2026, 11, 24))
    OtherKey(since=datetime.date(2026, 11, 23), known=False)
    """
    _make(connection)
    last = connection.execute(
        "SELECT fingerprint, since FROM keys_used ORDER BY nth DESC LIMIT 1"
    ).fetchone()
    if last is not None and last[0] == fingerprint:
        return None
    (known,) = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM keys_used WHERE fingerprint = ?)", (fingerprint,)
    ).fetchone()
    connection.execute(
        "INSERT INTO keys_used (fingerprint, since) VALUES (?, ?)",
        (fingerprint, reference_date.isoformat()),
    )
    return None if last is None else OtherKey(dt.date.fromisoformat(last[1]), bool(known))


def files(connection: sqlite3.Connection) -> "pd.DataFrame":
    """List the files that were read."""
    import pandas as pd

    _make(connection)
    table = pd.read_sql_query(
        "SELECT * FROM first_processed ORDER BY first_on, data_set, name", connection
    )
    days = ("first_on", "last_on", "removed_on")
    return table.assign(**{name: pd.to_datetime(table[name]) for name in days})


def _make(connection: sqlite3.Connection) -> None:
    for table in _TABLES:
        connection.execute(table)
