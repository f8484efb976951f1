"""
Make findings and actions of the cells of a table.

Cells are split where their writer split them (bars, lines, actors); no letter changes.
"""

import re
from collections.abc import Sequence

from ipgtools.schouw import actors as actors_
from ipgtools.schouw import tables
from ipgtools.schouw.build import Made, Row
from ipgtools.schouw.kinds import status

_ALTERNATIVES = re.compile(r"\s*\|\s*")


def of_table(table: tables.Table, form: str, names: Sequence[str]) -> Made:
    """
    Make rows of findings and actions of a table.

    Parameters
    ----------
    table : Table
        Its cells by column.
    form : str
        What the report is, for the read report.
    names : sequence of str
        The closed list of actors.

    Returns
    -------
    Made
        A row for each row of the table.
    """
    made = Made(form, table.heading, [], table.broken)
    made.details["columns"] = table.columns
    made.notes += table.notes
    for source_row, given in table.rows:
        cells = _whole_place(given)
        number = re.search(r"\d{1,6}", cells.get("number", ""))
        row = Row(
            source_row,
            int(number[0]) if number else None,
            _flat(cells.get("location", "")),
            _flat(cells.get("description", "")),
            [],
            {
                "number": cells.get("number", ""),
                "location": _flat(cells.get("location", "")),
                "description": _flat(cells.get("description", "")),
            },
            day=cells.get("date", ""),
        )
        row.actions = _cell_actions(cells, names, separate="task" in table.columns)
        row.states = _states(cells, len(row.actions))
        made.rows.append(row)
    return made


def _whole_place(cells: dict[str, str]) -> dict[str, str]:
    """Put a house number and a nearer place with the street, and a *ja* with the states."""
    parts = [cells.get(name, "") for name in ("location", "house_number", "place")]
    whole = {**cells, "location": " ".join(part for part in parts if part)}
    said = cells.get("due", "")
    if said and not cells.get("status") and status(said, assigned=True)[1]:
        whole |= {"status": said, "due": ""}
    return whole


def _cell_actions(
    cells: dict[str, str], names: Sequence[str], *, separate: bool
) -> list[actors_.Action]:
    who = _parts(cells.get("actor", ""))
    if not separate:
        return [
            action
            for part in who
            for action in actors_.split_actions(part.splitlines(), names, paragraphs=True)
        ]
    what = _parts(cells.get("task", ""))
    if not who and what:
        return [
            action
            for part in what
            for action in actors_.split_actions(part.splitlines(), names, paragraphs=True)
        ]
    n = max(len(who), len(what))
    if len(who) == 1:
        who *= n
    if len(what) < n:
        what += ([what[0]] if len(what) == 1 else [""]) * (n - len(what))
    who += [""] * (n - len(who))
    return [
        actors_.Action(_flat(actor), actors_.known(_flat(actor), names)[0] or None, _flat(task))
        for actor, task in zip(who, what, strict=True)
    ]


def _parts(cell: str) -> list[str]:
    return _ALTERNATIVES.split(cell.strip()) if cell.strip() else []


def _states(cells: dict[str, str], n: int) -> list[dict[str, str]]:
    states: list[dict[str, str]] = [{} for _ in range(n)]
    for column in ("status", "due", "closed_on"):
        parts = _ALTERNATIVES.split(cells.get(column, "").strip())
        for at, state in enumerate(states):
            state[column] = parts[at] if len(parts) == n else parts[0] if len(parts) == 1 else ""
    return states


def _flat(text: str) -> str:
    return " ".join(text.split())
