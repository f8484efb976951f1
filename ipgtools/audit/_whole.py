"""Find whether a register is whole: its chain, its guards, and the numbers that were published."""

from dataclasses import replace
from typing import Any

from ipgtools.audit import _chain, _entries, _released, _store
from ipgtools.audit._chain import Head, Problem
from ipgtools.audit._file import File
from ipgtools.errors import RegisterError

__all__ = ["broken", "later_problems", "missing_guards", "problems", "restore"]

_SIGNS = 12
"""Of a hash that was written down, at least."""


def problems(file: File, known: str | None = None) -> list[Problem]:
    """Find all that is wrong, as `Register.verify` does."""
    rows = file.rows("ORDER BY number")
    found = _chain.problems(rows, file.last_known())
    if guards := missing_guards(file):
        found.append(Problem("guard", 0, 0, ",".join(guards)))
    found += _released.problems(file)
    if known is not None:
        noted = known.strip().lower().replace(" ", "").split("-")[-1]
        if len(noted) < _SIGNS or not any(str(row["hash"]).startswith(noted) for row in rows):
            found.append(Problem("known", 0, 0, noted))
    if not found:
        return []
    wrong = {problem.number for problem in found if problem.kind in ("changed", "link")}
    noted_in: dict[tuple[Any, ...], int] = {}
    for row in rows:
        if row["action"] == "acknowledge" and row["number"] not in wrong:
            for key in _entries.as_facts(row["facts"]).get("problems", []):
                noted_in.setdefault(tuple(key), row["number"])
    return [replace(one, acknowledged=noted_in.get(one.key)) for one in found]


def later_problems(file: File, after: Head) -> list[Problem]:
    """Find what is wrong since an entry up to which all was whole; numbers not looked at."""
    if guards := missing_guards(file):
        return [Problem("guard", 0, 0, ",".join(guards))]
    rows = file.rows("WHERE number > ? ORDER BY number", after.number)
    return _chain.problems(rows, file.last_known(), after=after)


def missing_guards(file: File) -> list[str]:
    """Name the triggers that are gone or changed."""
    rows = file.read("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    there = {name: " ".join(text.split()) for name, text in rows}
    return [
        name for name, text in _store.GUARDS.items() if there.get(name) != " ".join(text.split())
    ]


def restore(file: File, *, head: bool) -> None:
    """Restore the guards, and the record of the last entry if that is wrong."""
    with file.transaction() as connection:
        for name in missing_guards(file):
            connection.execute(f"DROP TRIGGER IF EXISTS {name}")
        if head:
            connection.execute("DROP TRIGGER IF EXISTS head_keep")
            connection.execute("DELETE FROM entries_head")
            last = file.last() or Head(0, _chain.START)
            connection.execute(
                "INSERT INTO entries_head VALUES (1, ?, ?)", (last.number, last.hash)
            )
        for name in missing_guards(file):
            connection.execute(_store.GUARDS[name])


def broken(file: File, found: list[Problem]) -> RegisterError:
    """Build the error for what is wrong."""
    msg = f"the chain of the register {file.path} is broken at entry {found[0].number}"
    return RegisterError(
        msg, code="register_broken", path=str(file.path), number=found[0].number, n=len(found)
    )
