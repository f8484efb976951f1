"""
Describe a briefing first, render it last.

``compose`` turns small results into a `Briefing`: slides with sentences, tables, charts and
pictures, as plain values. ``powerpoint.write`` and ``page.write`` draw it as slides that can
be edited and as one page that opens anywhere; `save` chooses by the ending of the name. `add`
adds a slide of one's own, `preview` shows the slides in a notebook.
"""

from ipgtools.briefing import page, powerpoint
from ipgtools.briefing.compose import compose, file_stem
from ipgtools.briefing.facts import (
    Change,
    Facts,
    NearRepeats,
    Peak,
    Places,
    Repeats,
    Schouw,
    busy_hours,
)
from ipgtools.briefing.model import (
    ActionTable,
    BarChart,
    Briefing,
    LineChart,
    PhotoGrid,
    Picture,
    Sentences,
    Series,
    Slide,
    Table,
)
from ipgtools.briefing.own_slides import add
from ipgtools.briefing.pieces import (
    ActionRow,
    BriefingInput,
    ComparisonPiece,
    ComparisonRow,
    HotPlaceRow,
    MapPiece,
    OffendersPiece,
    PhotoPiece,
    PlaceRow,
    PlacesPiece,
    SchouwPiece,
    SourceRow,
)
from ipgtools.briefing.saving import Preview, preview, save

__all__ = [
    "ActionRow",
    "ActionTable",
    "BarChart",
    "Briefing",
    "BriefingInput",
    "Change",
    "ComparisonPiece",
    "ComparisonRow",
    "Facts",
    "HotPlaceRow",
    "Places",
    "LineChart",
    "MapPiece",
    "NearRepeats",
    "OffendersPiece",
    "Peak",
    "PhotoGrid",
    "PhotoPiece",
    "Picture",
    "PlaceRow",
    "PlacesPiece",
    "Repeats",
    "SchouwPiece",
    "Schouw",
    "Sentences",
    "Series",
    "Slide",
    "SourceRow",
    "Table",
    "busy_hours",
    "compose",
    "file_stem",
    "add",
    "page",
    "powerpoint",
    "Preview",
    "preview",
    "save",
]
