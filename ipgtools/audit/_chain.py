"""
Chain entries by hash, and find where a chain is broken.

Pure: rows in, problems out. An entry's hash is the SHA-256 of the canonical JSON of all its
fields, with the hash of the entry before it among them.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["FIELDS", "START", "Head", "Problem", "canonical", "digest", "problems"]

FIELDS = (
    "number", "time", "who", "machine", "action", "state", "of", "audience", "purpose", "ground",
    "version", "facts", "previous",
)  # fmt: skip
"""What an entry's hash is of."""
START = "0" * 64
"""What the first entry has as the hash of the one before."""


@dataclass(frozen=True)
class Head:
    """
    How far the register is.

    Parameters
    ----------
    number : int
        Number of the last entry; 0 if there is none.
    hash : str
        Its hash. Written down elsewhere, it shows later that nothing before it was changed.
    """

    number: int
    hash: str

    @property
    def mark(self) -> str:
        """Number and first 16 signs of the hash, short enough to write down."""
        return f"{self.number}-{self.hash[:16]}"


@dataclass(frozen=True)
class Problem:
    """
    Where the chain is broken.

    Parameters
    ----------
    kind : {"changed", "missing", "link", "head", "guard", "known", "numbers"}
        An entry whose fields don't give its hash; entries that aren't there; an entry that is
        not the one that the next was chained to; the record of the last entry gone or behind;
        the guards against changing gone; a noted hash that is not in the chain; published
        numbers that are not those of the last release that noted them.
    number : int
        The entry, or the first of those that are missing.
    until : int
        The last of those that are missing; else the same.
    found : str
        Hash of its content now, so that a later change is another problem.
    acknowledged : int or None
        The entry in which someone took note of it.
    """

    kind: str
    number: int
    until: int
    found: str
    acknowledged: int | None = None

    @property
    def key(self) -> tuple[str, int, int, str]:
        """What makes it this problem and no other."""
        return self.kind, self.number, self.until, self.found


def digest(row: Mapping[str, Any]) -> str:
    """
    Return the hash of an entry.

    Examples
    --------
    >>> row = dict.fromkeys(FIELDS, "")
    >>> digest(row) == digest(dict(reversed(row.items())))
    True
    >>> digest(row) == digest({**row, "who": "x"})
    False
    """
    return hashlib.sha256(canonical({name: row[name] for name in FIELDS}).encode()).hexdigest()


def canonical(value: Any) -> str:
    """Write a value as JSON in the one way that its hash is taken of."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=repr)


def problems(
    rows: Iterable[Mapping[str, Any]], head: Head | None, *, after: Head | None = None
) -> list[Problem]:
    """Find where a chain is broken."""
    last = after or Head(0, START)
    found = []
    for row in rows:
        number = row["number"]
        if number != last.number + 1:
            found.append(Problem("missing", last.number + 1, number - 1, str(row["previous"])))
        elif row["previous"] != last.hash:
            found.append(_link(last, str(row["previous"])))
        actual = digest(row)
        if actual != row["hash"]:
            found.append(Problem("changed", number, number, f"{actual}:{row['hash']}"))
        last = Head(number, str(row["hash"]))
    if head is None or head.number < last.number:
        found.append(Problem("head", last.number, last.number, last.hash))
    elif head.number > last.number:
        found.append(Problem("missing", last.number + 1, head.number, head.hash))
    elif head.hash != last.hash:
        found.append(_link(last, head.hash))
    return found


def _link(actual: Head, expected: str) -> Problem:
    return Problem("link", actual.number, actual.number, f"{actual.hash}:{expected}")
