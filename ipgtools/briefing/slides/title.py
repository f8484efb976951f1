"""The title slide."""

from ipgtools.briefing.definition import SlideDefinition
from ipgtools.nl.slides import title as words

SLIDE = SlideDefinition(
    key="titel",
    order=10,
    title=lambda context: words.TITLE.format(area=context.area_name),
    notes=words.NOTES,
    parts=lambda _: (),
)
