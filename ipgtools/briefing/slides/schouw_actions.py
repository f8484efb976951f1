"""The open actions of a schouw, one by one."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ipgtools.briefing import model
from ipgtools.briefing.context import Context, file_of, filled, text_of
from ipgtools.briefing.definition import SlideDefinition
from ipgtools.briefing.slides import schouw
from ipgtools.nl.slides import schouw_actions as words
from ipgtools.schouw import CATEGORIES

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SLIDE"]

_TABLE = "acties"


def _parts(context: Context) -> tuple[model.Part, ...] | None:
    actions = context.tables[_TABLE]
    rows = [_cells(row, actions) for row in actions.itertuples()]
    if not rows:
        return None
    shown = filled(rows)
    table = model.Table(
        tuple(words.COLUMNS[at] for at in shown),
        tuple(tuple(row[at] for at in shown) for row in rows),
        widths=tuple((0.6, 2.4, 4.0, 2.0, 2.6)[at] for at in shown),
        table=file_of(_TABLE),
        split=True,
    )
    return (table,)


def _cells(row: Any, actions: "pd.DataFrame") -> tuple[str, ...]:
    """Write an action; of a finding whose description is withheld the kind."""
    number = text_of(row, "number")
    kind = CATEGORIES.get(text_of(row, "category"), ("",))[0] if "description" in actions else ""
    return (
        str(int(row.number)) if number else "",
        text_of(row, "location_text"),
        text_of(row, "description") or kind,
        text_of(row, "actor"),
        text_of(row, "task"),
    )


SLIDE = SlideDefinition(
    key="schouw_acties",
    order=260,
    title=words.TITLE,
    notes=words.NOTES,
    parts=_parts,
    hidden=True,
    needs=replace(schouw.NEEDS, tables=(*schouw.NEEDS.tables, _TABLE)),
)
