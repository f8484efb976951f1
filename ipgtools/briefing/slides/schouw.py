"""What a schouw found, and which actions are open by whom."""

from ipgtools.briefing import model
from ipgtools.briefing.context import Context, Material, file_of
from ipgtools.briefing.definition import SlideDefinition
from ipgtools.briefing.facts import Schouw
from ipgtools.nl import briefing as nl
from ipgtools.nl import sentences
from ipgtools.nl.slides import schouw as words

__all__ = ["NEEDS", "SLIDE", "state"]

_TABLE = "acties_per_actor"
NEEDS = Material(tables=(_TABLE,), facts=("schouw",))
"""What every slide of a schouw needs."""


def state(context: Context) -> Schouw:
    """Return the facts of a schouw, which are there wherever `NEEDS` are."""
    found = context.facts.schouw
    if found is None:
        msg = "a slide of a schouw was made without its facts"
        raise ValueError(msg)
    return found


def _title(context: Context) -> str:
    found = state(context)
    return words.title_schouw(found.n_open, found.n_actions, found.by_actor)


def _parts(context: Context) -> tuple[model.Part, ...]:
    found = state(context)
    map_ = [context.picture("bevindingen", words.ALT)] if "bevindingen" in context.pictures else []
    inside = ""
    if found.n_in_places is not None and found.n_findings:
        placed = found.n_findings if found.n_placed is None else found.n_placed
        inside = sentences.schouw_in_places(found.n_in_places, placed, n_findings=found.n_findings)
    said = sentences.schouw(found.n_open, found.n_actions, found.by_actor, day=found.day)
    return (*map_, context.spoken(said, inside), *_chart(context))


def _chart(context: Context) -> list[model.Part]:
    table = context.tables[_TABLE]
    still = {row.actor: int(row.n_open) for row in table.itertuples() if row.n_open > 0}
    if not still or "schouw" not in context.profile.shown.charts:
        return []
    categories = tuple(still)
    open_ = model.Series(words.SERIES_OPEN, tuple(float(n) for n in still.values()))
    alt = nl.chart_alt(words.SERIES_OPEN, categories, [(open_.name, open_.values)])
    return [model.BarChart(categories, (open_,), alt, file_of(_TABLE), schouw=True)]


SLIDE = SlideDefinition(
    key="schouw",
    order=230,
    title=_title,
    notes=words.NOTES,
    parts=_parts,
    hidden=True,
    needs=NEEDS,
    uses=Material(pictures=("bevindingen",)),
    missing=words.MISSING,
)
