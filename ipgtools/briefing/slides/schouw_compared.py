"""What became of the findings of the schouw before, in a sentence and a chart."""

from ipgtools.briefing import model
from ipgtools.briefing.context import Context, file_of
from ipgtools.briefing.definition import SlideDefinition
from ipgtools.briefing.slides import schouw
from ipgtools.nl import briefing as nl
from ipgtools.nl import sentences
from ipgtools.nl.slides import schouw_compared as words

__all__ = ["SLIDE", "TABLE"]

TABLE = "schouw_vergelijking"


def _counts(context: Context) -> tuple[int, int, int]:
    """Count the findings that are solved, still open and new."""
    found = schouw.state(context)
    return found.n_solved or 0, found.n_still_open or 0, found.n_new or 0


def _parts(context: Context) -> tuple[model.Part, ...] | None:
    found, counts = schouw.state(context), _counts(context)
    if found.n_before is None:
        return None
    said = sentences.schouw_compared(*counts, before=found.day_before)
    outcomes = model.Series(words.SERIES_FINDINGS, tuple(float(n) for n in counts))
    alt = nl.chart_alt(said, words.OUTCOMES, [(outcomes.name, outcomes.values)])
    chart = model.BarChart(words.OUTCOMES, (outcomes,), alt, file_of(TABLE), schouw=True)
    charts = [chart] if TABLE in context.profile.shown.charts else []
    return (context.spoken(said), *charts)


SLIDE = SlideDefinition(
    key="schouw_vergelijking",
    order=240,
    title=lambda context: words.title_compared(*_counts(context)[:2]),
    notes=words.NOTES,
    parts=_parts,
    hidden=True,
    needs=schouw.NEEDS,
)
