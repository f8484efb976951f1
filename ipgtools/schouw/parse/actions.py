"""Make the actions that were agreed on findings: who, what, how far, and by which day."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ipgtools import contracts, schemas
from ipgtools.nl import schouw_notes
from ipgtools.nl.formats import date
from ipgtools.nl.messages import Message, message
from ipgtools.schouw.parse import actors as actors_
from ipgtools.schouw.parse import due_dates as days_
from ipgtools.schouw.parse.classify import is_open, status

if TYPE_CHECKING:
    import pandas as pd

    from ipgtools.schouw.assemble import Row

__all__ = ["Notes", "actions"]


@dataclass(frozen=True)
class Notes:
    """Notes and details for the read report."""

    notes: list[Message]
    details: dict[str, Any]


def actions(
    rows: "Sequence[tuple[Row, str, pd.Timestamp | None]]", names: Sequence[str]
) -> "tuple[pd.DataFrame, Notes]":
    """Make the table of actions."""
    import pandas as pd

    made = Notes([], {})
    out: list[dict[str, Any]] = []
    strangers: list[str] = []
    odd: list[str] = []
    terms = _Terms()
    for row, finding_id, after in rows:
        for at, (action, state) in enumerate(zip(row.actions, row.states, strict=True)):
            if action.actor and not actors_.known(action.actor, names)[1]:
                strangers.append(action.actor)
            found, in_list = status(state.get("status"), assigned=bool(action.actor))
            if not in_list:
                odd.append(found)
            due = terms.day(state.get("due", ""), after, finding_id, "due")
            closed = terms.day(state.get("closed_on", ""), after, finding_id, "closed_on")
            if in_list and due is None and closed is None:
                due = terms.day(state.get("status", ""), after)
            if closed is None and not is_open(found):
                due, closed = None, due
            out.append(
                {
                    "action_id": f"{finding_id}{_letter(at)}",
                    "finding_id": finding_id,
                    "actor": action.actor,
                    "task": action.task,
                    "status": found,
                    "due": due,
                    "closed_on": closed,
                    "actor_raw": action.actor_raw,
                    "task_raw": state.get("task_raw", action.task),
                    "status_raw": state.get("status", ""),
                    "due_raw": state.get("due", "") or state.get("closed_on", ""),
                }
            )
    for names_, code in ((strangers, "unknown_actors"), (odd, "unknown_statuses")):
        if names_:
            made.notes.append(message(code, names=list(dict.fromkeys(names_))))
    terms.tell(made)
    raw = ["actor_raw", "task_raw", "status_raw", "due_raw"]
    table = pd.DataFrame(out, columns=[*schemas.ACTIONS.names, *raw])
    for column in raw:
        table[column] = table[column].astype("str")
    for column in ("due", "closed_on"):
        table[column] = pd.to_datetime(table[column]).astype("datetime64[s]")
    return contracts.conform(table, schemas.ACTIONS), made


class _Terms:
    """Read the days of actions, and keep what was no day and which years were assumed."""

    def __init__(self) -> None:
        self.unreadable: list[dict[str, str]] = []
        self.without: dict[str, int] = {}
        self.assumed: dict[str, str] = {}

    def day(
        self, text: str, after: "pd.Timestamp | None", finding_id: str = "", column: str = ""
    ) -> "pd.Timestamp | None":
        """Return the one day that a text names; None for none, or for several."""
        if not text:
            return None
        found = days_.days_in(text, after)
        if len(found) == 1:
            if found[0].assumed:
                self.assumed[text] = date(found[0].day)
            return found[0].day
        if column and days_.is_undated(text):
            self.without[text] = self.without.get(text, 0) + 1
        elif column:
            self.unreadable.append({"finding_id": finding_id, "column": column, "found": text})
        return None

    def tell(self, made: Notes) -> None:
        """Add what became of the actions to the report."""
        if self.assumed:
            made.notes.append(schouw_notes.years_assumed(list(self.assumed.items())[:12]))
        if self.without:
            made.notes.append(schouw_notes.terms(self.without))
        if self.unreadable:
            made.notes.append(
                schouw_notes.dates_unreadable([each["found"] for each in self.unreadable])
            )
            made.details["dates"] = self.unreadable


def _letter(at: int) -> str:
    return chr(ord("a") + at) if at < 26 else f"{_letter(at // 26 - 1)}{_letter(at % 26)}"
