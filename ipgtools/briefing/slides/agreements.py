"""What is to be agreed on, filled in as far as it is known; and in a line how it was counted."""

from ipgtools.briefing import model
from ipgtools.briefing.context import Context, file_of
from ipgtools.briefing.definition import SlideDefinition
from ipgtools.briefing.slides import schouw, schouw_first
from ipgtools.highlights import Highlight
from ipgtools.nl import kind_names
from ipgtools.nl.highlights import around
from ipgtools.nl.slides import agreements as words

__all__ = ["SLIDE"]

_MOST = 5
_QUESTIONS, _ACTIONS = 3, 2


def _parts(context: Context) -> tuple[model.Part, ...]:
    told = [one for one in context.highlights if one.to_do and one.subject != "schouw"]
    rows = [
        (_question(one), "", "", words.MEASURES.get(one.subject, "")) for one in told[:_QUESTIONS]
    ]
    if context.has(schouw_first.SLIDE.needs) and schouw.state(context).n_open:
        rows += [
            (words.action(one.place, one.what), str(one.who), "", words.DONE)
            for one in schouw_first.first_actions(context).head(_ACTIONS).itertuples()
        ]
    rows += [("", "", "", "")] * (_MOST - len(rows))
    return (
        model.Table(words.COLUMNS, tuple(rows), widths=(6.8, 1.9, 1.4, 1.7), lines=2),
        model.Sentences(
            (words.accounting(context.facts.n, context.facts.subject, context.source),),
            file_of("vergelijking") if "vergelijking" in context.tables else None,
            small=True,
        ),
    )


def _question(one: Highlight) -> str:
    """Ask what a highlight does: of a place by its number, of a kind by its name."""
    if one.places and one.where:
        return one.to_do.replace(around(one.where), words.PLACE.format(number=one.places[0]))
    return words.of_kind(kind_names.name(one.kind), one.to_do) if one.kind else one.to_do


SLIDE = SlideDefinition(
    key="afspraken",
    order=110,
    title=words.TITLE,
    notes=words.NOTES,
    parts=_parts,
)
