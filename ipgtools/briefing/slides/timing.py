"""Hours and weekdays, and what is said of repeats if that is too little for a slide."""

from ipgtools.briefing import model
from ipgtools.briefing.context import Context, Material
from ipgtools.briefing.definition import SlideDefinition
from ipgtools.briefing.facts import busy_hours, say_day_only, say_times
from ipgtools.briefing.slides import repeats
from ipgtools.nl.slides import timing as words

__all__ = ["SLIDE"]


def _title(context: Context) -> str:
    when = busy_hours(context.facts)
    return words.title_times(when) if when else words.TITLE


def _parts(context: Context) -> tuple[model.Part, ...]:
    """Show the hours; what the title says is not written again, but said."""
    facts = context.facts
    hours = "" if busy_hours(facts) else say_times(facts)[0]
    said = [hours, say_day_only(facts), *repeats.sentences_elsewhere(context)]
    spoken = context.spoken(*said)
    picture = context.picture("uur_weekdag", words.ALT)
    return (picture, spoken) if spoken.items else (picture,)


def _is_even(context: Context) -> bool:
    """Tell whether no hours stand out: then there is nothing to show."""
    return not busy_hours(context.facts)


SLIDE = SlideDefinition(
    key="wanneer",
    order=50,
    title=_title,
    notes=lambda context: words.NOTES if context.facts.exact else words.NOTES_OF_ROUNDED,
    say=lambda context: say_times(context.facts)[0],
    parts=_parts,
    hidden=_is_even,
    needs=Material(pictures=("uur_weekdag",)),
    uses=Material(facts=("peak", "repeats", "near")),
    missing=words.MISSING,
)
