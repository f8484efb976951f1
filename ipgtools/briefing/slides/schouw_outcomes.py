"""The findings of two schouwen, one by one."""

from dataclasses import replace

from ipgtools.briefing import model
from ipgtools.briefing.context import Context, file_of, filled, text_of
from ipgtools.briefing.definition import SlideDefinition
from ipgtools.briefing.slides import schouw, schouw_compared
from ipgtools.nl.slides import schouw_outcomes as words
from ipgtools.schouw import CATEGORIES

__all__ = ["SLIDE"]


def _parts(context: Context) -> tuple[model.Part, ...] | None:
    """Give each finding as it is now, or as it was where it is gone."""
    rows = [
        (
            text_of(row, "outcome"),
            text_of(row, "location_text"),
            CATEGORIES.get(text_of(row, "category"), ("",))[0],
            text_of(row, "description_after") or text_of(row, "description_before"),
        )
        for row in context.tables[schouw_compared.TABLE].itertuples()
    ]
    if not rows or schouw.state(context).n_before is None:
        return None
    shown = filled(rows)
    table = model.Table(
        tuple(words.COLUMNS[at] for at in shown),
        tuple(tuple(row[at] for at in shown) for row in rows),
        widths=tuple((1.2, 2.8, 2.2, 4.6)[at] for at in shown),
        table=file_of(schouw_compared.TABLE),
        split=True,
    )
    return (table,)


SLIDE = SlideDefinition(
    key="schouw_uitkomsten",
    order=250,
    title=words.TITLE,
    notes=words.NOTES,
    parts=_parts,
    hidden=True,
    needs=replace(schouw.NEEDS, tables=(*schouw.NEEDS.tables, schouw_compared.TABLE)),
)
