"""The title slide."""

from ipgtools.briefing.definition import SlideDefinition
from ipgtools.nl.slides import title as words

__all__ = ["SLIDE"]

SLIDE = SlideDefinition(
    key="titel",
    order=10,
    title=lambda context: words.TITLE.format(area=context.area_name),
    notes=lambda context: words.notes(context.profile.readers, secret=context.profile.notice),
    say=lambda context: words.say(context.area_name, context.period_text),
    parts=lambda _: (),
)
