"""An empty table, to fill in during the briefing."""

from ipgtools.briefing import model
from ipgtools.briefing.definition import SlideDefinition
from ipgtools.nl.slides import agreements as words

SLIDE = SlideDefinition(
    key="afspraken",
    order=130,
    title=words.TITLE,
    notes=words.NOTES,
    parts=lambda _: (model.ActionTable(words.COLUMNS, 6, (5.0, 2.2, 1.6, 1.2)),),
)
