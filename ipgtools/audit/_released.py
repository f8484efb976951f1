"""Note in the chain what the numbers are that were published, so that a changed one is found."""

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any

from ipgtools.audit._chain import Problem
from ipgtools.audit._file import File

__all__ = ["NOTED", "digest", "problems"]

NOTED = "numbers_sha256"
"""The fact of a release in which the digest is noted."""


def digest(read: Callable[[str], Iterable[tuple[Any, ...]]]) -> str:
    """
    Sum up all that was released, so that a changed or removed row is found.

    Examples
    --------
    >>> import sqlite3
    >>> register = sqlite3.connect(":memory:")
    >>> _ = register.execute("CREATE TABLE released_numbers (cell_id, n)")
    >>> _ = register.execute("INSERT INTO released_numbers VALUES ('a', 10)")
    >>> before = digest(register.execute)
    >>> _ = register.execute("UPDATE released_numbers SET n = 15")
    >>> len(before), digest(register.execute) == before
    (64, False)
    """
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'released_%'"
    names = sorted(str(row[0]) for row in read(query))
    summed = hashlib.sha256()
    for table in names:
        rows = [repr(tuple(row)) for row in read(f"SELECT * FROM {table}")]  # noqa: S608
        summed.update("\n".join([table, *sorted(rows)]).encode("utf-8", "surrogateescape"))
    return summed.hexdigest() if names else ""


def problems(file: File) -> list[Problem]:
    """Find whether the published numbers are other ones than the last release noted."""
    rows = file.read(
        "SELECT number, facts FROM entries WHERE action = 'release' AND state = 'done' "
        "AND facts LIKE ? ORDER BY number DESC LIMIT 1",
        (f'%"{NOTED}"%',),
    )
    if not rows:
        return []
    (number, text), now = rows[0], digest(file.read)
    try:
        noted = json.loads(text)[NOTED]
    except (ValueError, TypeError, KeyError):
        noted = None
    return [] if noted == now else [Problem("numbers", number, number, now)]
