"""
Keep what the ids of numbers mean: lists of kinds by their hash, outlines by theirs.

An id holds a hash only (`privacy.cell_ids`). A later release is audited with the numbers of this
one, and must know what they counted. As in `ipgtools.privacy.published_numbers`, functions work
on the connection and in the transaction that they are given.
"""

import json
import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from ipgtools.privacy.cell_ids import kinds_key

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["lists", "outlines", "record"]

_TABLES = (
    """
    CREATE TABLE IF NOT EXISTS released_lists (
        hash TEXT PRIMARY KEY, kinds TEXT NOT NULL
    ) WITHOUT ROWID""",
    "CREATE TABLE IF NOT EXISTS released_outlines (name TEXT PRIMARY KEY, shape BLOB NOT NULL)",
)


def record(connection: sqlite3.Connection, cells: pd.DataFrame) -> None:
    """
    Remember the lists of kinds and the outlines of numbers that are released.

    Examples
    --------
    >>> register = sqlite3.connect(":memory:")
    >>> record(register, pd.DataFrame({"kinds": [("A20", "B10"), ("A20",)]}))
    >>> list(lists(register).values())
    [('A20', 'B10')]
    """
    import shapely

    for statement in _TABLES:
        connection.execute(statement)
    listed = {tuple(kinds) for kinds in cells["kinds"] if len(kinds) > 1}
    connection.executemany(
        "INSERT OR IGNORE INTO released_lists VALUES (?, ?)",
        [(kinds_key(one), json.dumps(sorted(one), ensure_ascii=False)) for one in listed],
    )
    if "outline" in cells:
        shapes = cells.dropna(subset="outline").drop_duplicates("cell")
        connection.executemany(
            "INSERT OR IGNORE INTO released_outlines VALUES (?, ?)",
            [
                (str(name).upper(), shapely.to_wkb(shape))
                for name, shape in zip(shapes["cell"], shapes["outline"], strict=True)
            ],
        )


def lists(connection: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    """Give the lists of kinds that numbers were counted by."""
    if not _there(connection, "released_lists"):
        return {}
    rows = connection.execute("SELECT hash, kinds FROM released_lists")
    return {str(key): tuple(json.loads(kinds)) for key, kinds in rows}


def outlines(connection: sqlite3.Connection, names: Iterable[str]) -> "dict[str, BaseGeometry]":
    """Give the outlines that numbers were counted in."""
    import shapely

    wanted = set(names)
    if not wanted or not _there(connection, "released_outlines"):
        return {}
    rows = connection.execute("SELECT name, shape FROM released_outlines")
    return {str(name): shapely.from_wkb(shape) for name, shape in rows if name in wanted}


def _there(connection: sqlite3.Connection, table: str) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return connection.execute(query, (table,)).fetchone() is not None
