"""
Make findings and actions of the cells of a table.

Cells are split where their writer split them (bars, lines, actors); no letter changes.
"""

import re
from collections.abc import Sequence

from ipgtools.geocoder.string_similarity import normalise_name
from ipgtools.nl import action_lists
from ipgtools.nl.messages import message
from ipgtools.schouw.assemble import Decisions, Row
from ipgtools.schouw.formats import tables
from ipgtools.schouw.parse import actors as actors_
from ipgtools.schouw.parse.classify import status
from ipgtools.schouw.parse.due_dates import days_in

__all__ = ["rows_of_table"]

_MARK = re.compile(r"^(?:[-•*–—]\s*|[a-z\d][.)]\s+)")


def rows_of_table(table: tables.Table, form: str, names: Sequence[str]) -> Decisions:
    """Make rows of findings and actions of a table."""
    made = Decisions(form, table.heading, [], table.broken)
    made.details["columns"] = table.columns
    made.notes += table.notes
    street, n_above = "", 0
    for source_row, told in table.rows:
        given = told
        if given.get("location"):
            street = given["location"]
        elif given.get("house_number") and street:
            given, n_above = {**given, "location": _bare(street)}, n_above + 1
        cells = _whole_place(given, table.columns)
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
        if not row.actions and any(cells.get(name) for name in ("status", "due", "closed_on")):
            row.actions = [actors_.Action("", None, "")]
        row.states = _states(cells, len(row.actions))
        made.rows.append(row)
    if n_above:
        made.notes.append(message("places_from_above", n=n_above))
    return made


def _bare(street: str) -> str:
    """Drop the house number that follows a street."""
    return re.sub(r"(?<!\s)\s+(?:nr\.?\s*)?\d.*$", "", street)


def _whole_place(cells: dict[str, str], columns: dict[str, str]) -> dict[str, str]:
    """Put a house number and a nearer place with the street, and a *ja* with the states."""
    parts = [cells.get(name, "") for name in ("location", "house_number", "place")]
    whole = {**cells, "location": " ".join(part for part in parts if part)}
    said = cells.get("due", "")
    if said and not cells.get("status") and status(said, assigned=True)[1]:
        whole |= {"status": said, "due": ""}
        if days_in(said):
            whole["closed_on"] = whole.get("closed_on") or said
    said = whole.get("status", "").strip()
    name = columns.get("status") or columns.get("due", "")
    if said and name.casefold().startswith(action_lists.TICKED):
        found = days_in(said)
        if said.casefold() in action_lists.TICKS or (found and not said[: found[0].start].strip()):
            whole["status"] = action_lists.DONE
        if found:
            whole["closed_on"] = whole.get("closed_on") or said
    return whole


def _cell_actions(
    cells: dict[str, str], names: Sequence[str], *, separate: bool
) -> list[actors_.Action]:
    who = _parts(cells.get("actor", ""))
    what = _parts(cells.get("task", ""))
    if not separate or (not who and what):
        return [
            _tidied(action, names)
            for part in (what if separate else who)
            for action in actors_.split_actions(part.splitlines(), names, paragraphs=True)
        ]
    n = max(len(who), len(what))
    if len(who) == 1 == len(what):
        who, what = _by_lines(who[0], what[0], names)
        n = len(what)
    if len(who) == 1:
        who *= n
    if len(what) < n:
        what += ([what[0]] if len(what) == 1 else [""]) * (n - len(what))
    who += [""] * (n - len(who))
    return [
        actors_.Action(_flat(actor), actors_.known(_flat(actor), names)[0] or None, _flat(task))
        for actor, task in zip(who, what, strict=True)
    ]


def _by_lines(who: str, what: str, names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Pair actors with tasks that have a line or mark each."""
    actors = [line.strip() for line in who.splitlines() if line.strip()]
    tasks = [line.strip() for line in what.splitlines() if line.strip()]
    if 1 < len(actors) == len(tasks) and all(actors_.known(one, names)[1] for one in actors):
        return actors, tasks
    marked = [_MARK.sub("", line) for line in tasks]
    if len(tasks) > 1 and all(a != b for a, b in zip(marked, tasks, strict=True)):
        return (actors if len(actors) == len(tasks) else [who]), marked
    return [who], [what]


def _tidied(action: actors_.Action, names: Sequence[str]) -> actors_.Action:
    """Find who acts behind what is done: *maaien door Politie*, *maaien (Politie)*."""
    task = action.task.rstrip(" ;,")
    if (
        action.actor
        and normalise_name(task) in action_lists.PARTIES
        and actors_.joins(action.actor_raw)
    ):
        raw = f"{action.actor_raw} {task}"
        return actors_.Action(raw, f"{action.actor}{actors_.JOINT}{task}", "", action.score)
    if action.actor is None and (found := actors_.behind(task, names)):
        raw, actor, task = found
        return actors_.Action(raw, actor, task, action.score)
    return actors_.Action(action.actor_raw, action.actor, task, action.score)


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|")] if cell.strip() else []


def _states(cells: dict[str, str], n: int) -> list[dict[str, str]]:
    states: list[dict[str, str]] = [{} for _ in range(n)]
    for column in ("status", "due", "closed_on"):
        text = cells.get(column, "").strip()
        parts = _parts(text) or [""]
        if n > 1 and len(lines := [line for line in text.splitlines() if line.strip()]) == n:
            parts = lines
        for at, state in enumerate(states):
            part = parts[at] if len(parts) == n else parts[0] if len(parts) == 1 else ""
            state[column] = _flat(part)
    return states


def _flat(text: str) -> str:
    return " ".join(text.split())
