"""
Counts of repeat offenders by class; no map, no list, nobody below ten.

Two rules are held here once more, whatever is in the table: counts of persons below the
minimum are never shown, and none for an audience or level of area that may not have them.
"""

from typing import TYPE_CHECKING

from ipgtools import offenders
from ipgtools.briefing import model
from ipgtools.briefing.context import Context, Material, file_of
from ipgtools.briefing.definition import SlideDefinition
from ipgtools.nl import briefing as nl
from ipgtools.nl import formats, privacy, sentences
from ipgtools.nl import offenders as class_words
from ipgtools.nl.slides import offenders as words
from ipgtools.rounded import WITHIN, Rounded, whole_or_none

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MIN_PERSONS", "SLIDE"]

_TABLE = "veelplegers"
MIN_PERSONS = 10
"""Persons below which a count of persons is not shown, whatever the profile says."""


def _refused(context: Context) -> str:
    """Say why persons are not counted for this audience or in this area; empty if they are."""
    persons = context.profile.persons
    if not persons.allowed:
        return words.NOT_FOR_AUDIENCE
    if _TABLE not in context.tables:
        return words.NOT_GIVEN if context.persons else words.OFF
    if persons.levels != "all" and context.facts.area_kind not in persons.levels:
        return words.NOT_OF_BUURT
    return ""


def _parts(context: Context) -> tuple[model.Part, ...] | None:
    if _refused(context):
        return None
    kind, row = context.facts.area_kind, context.tables[_TABLE].iloc[0]
    minimum = max(context.profile.persons.smallest, MIN_PERSONS)
    defined = offenders.DEFINITIONS[context.regime].classes
    counts = {klasse: _persons(row, klasse) for klasse in defined if klasse in row}
    cells = tuple(
        (class_words.KLASSEN.get(klasse, klasse), _cell(n, minimum)) for klasse, n in counts.items()
    )
    rules = class_words.regime(context.regime)
    if context.reference:
        rules = f"{rules}; peildatum {context.reference}"
    return (
        model.Table(
            words.COLUMNS,
            cells,
            widths=(4.0, 1.0),
            align=("left", "right"),
            note=words.NOT_TOLD_NOTE if None in counts.values() else "",
            table=file_of(_TABLE),
            share=0.66,
        ),
        model.Sentences((words.offenders_rule(rules, kind=kind, minimum=minimum),), small=True),
    )


def _persons(row: "pd.Series", klasse: str) -> int | None:
    """Return a number of persons; None for one that is hidden so that others stay unknown."""
    import pandas as pd

    n, within = row[klasse], row.get(f"{klasse}{WITHIN}", pd.NA)
    if pd.notna(n) or pd.isna(within):
        return whole_or_none(n)
    return Rounded.fewer(int(within))


def _cell(n: int | None, minimum: int) -> str:
    if n is None:
        return nl.NOT_SHOWN
    return privacy.small(minimum) if n < minimum else formats.number(n)


SLIDE = SlideDefinition(
    key="veelplegers",
    order=220,
    title=lambda context: words.TITLE.format(place=sentences.place(context.facts.area_kind)),
    notes=words.NOTES,
    parts=_parts,
    hidden=True,
    needs=Material(tables=(_TABLE,)),
    missing=_refused,
)
