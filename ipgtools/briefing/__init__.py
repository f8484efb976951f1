"""
Describe a briefing first, render it last.

``compose`` turns released tables, pictures and facts into a `Briefing`: slides with sentences,
tables, charts and pictures, as plain values. Each slide is a module of ``briefing.slides``.
``powerpoint.write`` and ``page.write`` draw it as slides that can be edited and as one page that
opens anywhere, ``area_sheet.render`` as the wijkkaart on one A4, ``pdf.write`` prints a page;
`save` chooses by the ending of the name. `add` adds a slide of one's own, `preview` shows the
slides in a notebook.
"""

from ipgtools.briefing import area_sheet, page, pdf, powerpoint
from ipgtools.briefing.compose import compose, file_stem
from ipgtools.briefing.context import Context, Material
from ipgtools.briefing.definition import SlideDefinition
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
from ipgtools.briefing.saving import Preview, preview, save

__all__ = [
    "ActionTable",
    "BarChart",
    "Briefing",
    "Change",
    "Context",
    "Facts",
    "Places",
    "LineChart",
    "Material",
    "NearRepeats",
    "Peak",
    "PhotoGrid",
    "Picture",
    "Repeats",
    "Schouw",
    "Sentences",
    "Series",
    "Slide",
    "SlideDefinition",
    "Table",
    "busy_hours",
    "compose",
    "file_stem",
    "add",
    "area_sheet",
    "page",
    "pdf",
    "powerpoint",
    "Preview",
    "preview",
    "save",
]
