"""What stands out, in sentences; the notes hold what to agree on."""

from ipgtools.briefing.context import Context
from ipgtools.briefing.definition import SlideDefinition
from ipgtools.nl.slides import highlights as words

__all__ = ["SLIDE"]


def _notes(context: Context) -> str:
    questions = [one.to_do for one in context.highlights if one.to_do]
    return words.with_questions(words.NOTES, questions)


SLIDE = SlideDefinition(
    key="wat_valt_op",
    order=20,
    title=words.TITLE,
    notes=_notes,
    say=lambda context: " ".join(one.text for one in context.highlights),
    parts=lambda context: (context.spoken(*(one.text for one in context.highlights)),),
)
