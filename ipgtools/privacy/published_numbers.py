"""
Remember every number that was published, and repeat it.

A number that changes between two releases tells that the incidents behind it changed. So a
published number is repeated, whoever asks, until its count has moved by five or more since it
was published; only then it is replaced, and the old one is kept as history. Everyone who
releases for an organisation shares one register, an SQLite database, and one secret.

Every function works on the connection that it is given and inside its caller's transaction:
it opens, commits and closes nothing. The tables are made where they are missing. They hold
true counts of small groups, so the register never leaves.

The chained register notes a digest of these tables with each release (`audit`), so that a changed
or removed row is found.

The order of a release: `proposed` gives what would be published, an audit widens what is too
narrow (columns `threshold` and `base` in the table of cells), and `publish` writes it.
"""

import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ipgtools.errors import ContractError, ReleaseError
from ipgtools.privacy.protect import Rule, fingerprint, possible_counts, round_counts

__all__ = ["HOLD", "LOOSEST", "any_published", "proposed", "publish", "published"]

HOLD = 5
"""A published number is repeated until its count has moved by so much."""
LOOSEST = Rule(threshold=5, base=5)
"""No number is published under a rule that withholds or rounds less."""
_TABLES = (
    """
    CREATE TABLE IF NOT EXISTS released_secret (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        fingerprint TEXT NOT NULL, day TEXT NOT NULL, run TEXT NOT NULL
    )""",
    """
    CREATE TABLE IF NOT EXISTS released_numbers (
        cell_id TEXT PRIMARY KEY,
        counted INTEGER NOT NULL, n INTEGER,
        threshold INTEGER NOT NULL, base INTEGER NOT NULL,
        day TEXT NOT NULL, run TEXT NOT NULL
    ) WITHOUT ROWID""",
    """
    CREATE TABLE IF NOT EXISTS released_numbers_before (
        cell_id TEXT NOT NULL,
        counted INTEGER NOT NULL, n INTEGER,
        threshold INTEGER NOT NULL, base INTEGER NOT NULL,
        day TEXT NOT NULL, run TEXT NOT NULL,
        until_day TEXT NOT NULL, until_run TEXT NOT NULL
    )""",
)
_PUBLIC = "cell_id, n, threshold, base, day, run"
_AT_ONCE = 500
"""Ids in one query; SQLite takes at least 999."""
_NONE = -1
"""Stands for a number that was withheld, and for the count of a cell never published."""


def publish(
    connection: sqlite3.Connection,
    cells: pd.DataFrame,
    secret: bytes,
    *,
    run: str,
    day: dt.date | str,
    rule: Rule = LOOSEST,
) -> pd.Series:
    """
    Protect numbers, repeat those that were published, and remember the others.

    Examples
    --------
    One incident more changes nothing, five do:

    >>> register = sqlite3.connect(":memory:")
    >>> def of(n):
    ...     return pd.DataFrame({"cell_id": ["1|bvh|WK1@2025|a|b|A20||incidents"], "n": [n]})
    >>> [int(publish(register, of(n), b"k" * 32, run="r", day="2025-12-01").item())
    ...  for n in (63, 64, 67, 68)]
    [65, 65, 65, 70]
    """
    state = str(day) if isinstance(day, str) else day.isoformat()
    _prepare(connection)
    known = _known_secret(connection)
    proposal = proposed(connection, cells, secret, rule=rule)
    if known is None:
        connection.execute(
            "INSERT INTO released_secret VALUES (1, ?, ?, ?)", (fingerprint(secret), state, run)
        )
    fresh = proposal[~proposal["held"]].drop_duplicates("cell_id")
    replaced = fresh.loc[fresh["renewed"], "cell_id"]
    connection.executemany(
        "INSERT INTO released_numbers_before "
        "SELECT cell_id, counted, n, threshold, base, day, run, ?, ? "
        "FROM released_numbers WHERE cell_id = ?",
        [(state, run, cell) for cell in replaced],
    )
    columns = zip(
        fresh["cell_id"],
        fresh["counted"].tolist(),
        (None if pd.isna(n) else int(n) for n in fresh["n"]),
        fresh["threshold"].tolist(),
        fresh["base"].tolist(),
        strict=True,
    )
    connection.executemany(
        "INSERT OR REPLACE INTO released_numbers VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(*row, state, run) for row in columns],
    )
    return proposal["n"]


def proposed(
    connection: sqlite3.Connection,
    cells: pd.DataFrame,
    secret: bytes,
    *,
    rule: Rule = LOOSEST,
) -> pd.DataFrame:
    """Give what `publish` would publish, and write nothing."""
    table = _checked(cells, rule)
    if (known := _known_secret(connection)) not in (None, fingerprint(secret)):
        msg = (
            f"the secret ({fingerprint(secret)}) is another one than this register was made with "
            f"({known}); with it numbers would be rounded anew, and what is withheld could be "
            "computed. Put the first secret back"
        )
        raise ReleaseError(msg, code="secret_other", found=fingerprint(secret), known=known)
    counted, asked = table["counted"].to_numpy(), table["threshold"].to_numpy()
    before, n_before, threshold, base = _stored(connection, table["cell_id"])
    was, shift = before != _NONE, np.abs(counted - before)
    held = was & (shift < np.maximum(HOLD, base))
    # a number keeps the rule it was published by, if that is the stricter one
    threshold = np.where(held, threshold, np.maximum(asked, threshold))
    base = np.where(held, base, np.maximum(table["base"].to_numpy(), base))
    threshold += -threshold % base
    n = pd.Series(n_before, table.index, dtype="Int64").mask(n_before == _NONE)
    table = table.assign(
        threshold=threshold, base=base, held=held, moved=held & (shift > 0), renewed=was & ~held,
        n=n, low=0, high=0,
    )  # fmt: skip
    for rows in np.unique(np.stack([threshold, base], axis=1), axis=0):
        own = Rule(*(int(part) for part in rows))
        at = table.index[(threshold == own.threshold) & (base == own.base)]
        some = table.loc[at]
        drawn = round_counts(some["counted"], some["cell_id"], secret, own)
        shown = some["n"].where(some["held"], drawn)
        low, high = possible_counts(shown, own)
        table.loc[at, "n"], table.loc[at, "low"], table.loc[at, "high"] = shown, low, high
    return _coarser(table, asked)


def published(
    connection: sqlite3.Connection,
    cell_ids: Iterable[str] | None = None,
    *,
    run: str | None = None,
    history: bool = False,
) -> pd.DataFrame:
    """List numbers that were published."""
    source, columns = "released_numbers", _PUBLIC
    if history:
        source, columns = "released_numbers_before", f"{_PUBLIC}, until_day, until_run"
    names = columns.split(", ")
    rows: list[tuple[Any, ...]] = []
    if _has(connection, source):
        query = f"SELECT {columns} FROM {source}"  # noqa: S608
        if cell_ids is None:
            rows = [tuple(row) for row in connection.execute(query)]
        else:
            for some in _pieces(dict.fromkeys(cell_ids)):
                where = f"{query} WHERE cell_id IN ({', '.join('?' * len(some))})"
                rows += [tuple(row) for row in connection.execute(where, some)]
    table = pd.DataFrame(rows, columns=names).astype(
        {"cell_id": "str", "n": "Int64", "threshold": "int64", "base": "int64"}
    )
    if run is not None:
        table = table[table["run"] == run]
    return table.sort_values(["cell_id", "day"], ignore_index=True)


def any_published(connection: sqlite3.Connection) -> bool:
    """Return whether any number was published, without reading them all."""
    query = "SELECT 1 FROM released_numbers LIMIT 1"
    return _has(connection, "released_numbers") and connection.execute(query).fetchone() is not None


def _prepare(connection: sqlite3.Connection) -> None:
    for statement in _TABLES:
        connection.execute(statement)


def _has(connection: sqlite3.Connection, table: str) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return connection.execute(query, (table,)).fetchone() is not None


def _known_secret(connection: sqlite3.Connection) -> str | None:
    """Give the fingerprint of the secret that the register was made with."""
    if not _has(connection, "released_secret"):
        return None
    row = connection.execute("SELECT fingerprint FROM released_secret").fetchone()
    return None if row is None else str(row[0])


def _stored(connection: sqlite3.Connection, cell_ids: pd.Series) -> npt.NDArray[np.int64]:
    """Return count, published number, threshold and base of cells, by row; `_NONE` if unknown."""
    found: dict[str, tuple[int, ...]] = {}
    if _has(connection, "released_numbers"):
        for some in _pieces(dict.fromkeys(cell_ids)):
            query = (
                f"SELECT cell_id, counted, ifnull(n, {_NONE}), threshold, base "  # noqa: S608
                f"FROM released_numbers WHERE cell_id IN ({', '.join('?' * len(some))})"
            )
            found |= {row[0]: tuple(row[1:]) for row in connection.execute(query, some)}
    rows = [found.get(one, (_NONE, _NONE, 0, 0)) for one in cell_ids]
    return np.array(rows, dtype=np.int64).reshape(-1, 4).T


def _pieces(values: Iterable[str]) -> Iterator[list[str]]:
    listed = list(values)
    for start in range(0, len(listed), _AT_ONCE):
        yield listed[start : start + _AT_ONCE]


def _checked(cells: pd.DataFrame, rule: Rule) -> pd.DataFrame:
    """Give the cells with their counts and rules, or refuse them."""
    if missing := [name for name in ("cell_id", "n") if name not in cells]:
        breach = f"{', '.join(missing)}: column is missing"
        msg = f"`cells` can't be published: {breach}. Make the ids with `cell_ids`."
        raise ContractError(msg, code="contract", table="cells", breaches=breach)
    table = pd.DataFrame({"cell_id": cells["cell_id"].astype("str"), "counted": cells["n"]})
    for name in ("threshold", "base"):
        own = cells[name] if name in cells else pd.Series(pd.NA, index=cells.index)
        table[name] = own.astype("Int64").fillna(getattr(rule, name)).astype("int64")
    loose = table[(table["threshold"] < LOOSEST.threshold) | (table["base"] < LOOSEST.base)]
    if len(loose):
        found = Rule(int(loose["threshold"].iloc[0]), int(loose["base"].iloc[0]))
        msg = (
            f"numbers would be withheld below {found.threshold} and rounded to {found.base}, "
            f"expected at least {LOOSEST.threshold} and {LOOSEST.base}. Exact numbers, for the "
            "police, are not published through the register"
        )
        raise ReleaseError(msg, code="rule_loose", threshold=found.threshold, base=found.base)
    if table["cell_id"].duplicated().any():
        distinct = table.drop_duplicates()
        if (twice := distinct["cell_id"].duplicated()).any():
            cell = str(distinct.loc[twice, "cell_id"].iloc[0])
            msg = (
                f"one number comes with two counts or rules: {cell}. "
                "Are two definitions called one?"
            )
            raise ReleaseError(msg, code="cell_conflict", found=cell)
    return table


def _coarser(table: pd.DataFrame, asked: npt.NDArray[np.int64]) -> pd.DataFrame:
    """
    Withhold repeated numbers that may be less than is asked now.

    Decided by the published number alone: which of the true counts are small is not revealed twice.
    """
    stricter = table["held"] & (asked > table["threshold"])
    if not stricter.any():
        return table
    around = table["base"] - 1
    least = asked + around
    least += -least % table["base"]
    gone = stricter & ~(table["n"] >= least).fillna(value=False).astype(bool)
    return table.assign(
        n=table["n"].mask(gone),
        low=table["low"].mask(gone, 0),
        high=table["high"].mask(gone, least - 1),
        threshold=table["threshold"].mask(stricter, least),
    )
