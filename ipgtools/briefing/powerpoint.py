"""
Draw a briefing as PowerPoint slides that can be edited.

Tables and charts are PowerPoint's own; maps are pictures with alternative text; every slide
has speaker notes. The template is made here: no file to lose, the same look everywhere. The
same briefing gives the same bytes.
"""

import datetime as dt
import io
import os
from pathlib import Path
from typing import Any

from ipgtools.briefing import archive, boxes, flow, layout, model, template, text, theme
from ipgtools.briefing.shapes import (
    LANGUAGE,
    anchor,
    describe,
    emu,
    fill_paragraph,
    paint,
    place,
)
from ipgtools.briefing.shapes import write as write_text
from ipgtools.briefing.template import AUTHOR, FOOT_BOX, MARK_BOX, NUMBER_BOX
from ipgtools.nl import briefing as nl

__all__ = ["render", "write"]

_MOMENT = dt.datetime(2000, 1, 1)
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


def write(briefing: model.Briefing, path: str | os.PathLike[str]) -> Path:
    """Write a briefing as a PowerPoint file."""
    return archive.replace_whole(Path(path), render(briefing))


def render(briefing: model.Briefing) -> bytes:
    """Draw a briefing."""
    presentation = template.empty()
    _properties(presentation, briefing)
    _cover(presentation, briefing)
    for page in layout.plan(briefing):
        _page(presentation, briefing, page)
    raw = io.BytesIO()
    presentation.save(raw)
    return archive.settled(raw.getvalue(), language=LANGUAGE)


def _properties(presentation: Any, briefing: model.Briefing) -> None:
    core = presentation.core_properties
    core.title = text.clean(f"{briefing.title} ({briefing.period_text})")
    core.author = core.last_modified_by = AUTHOR
    core.created = core.modified = _MOMENT
    core.language = LANGUAGE
    core.keywords = text.clean(briefing.label_text)
    core.subject = nl.SAMPLE_MARK if briefing.sample else text.clean(briefing.period_text)
    core.comments = ""
    core.revision = 1


def _cover(presentation: Any, briefing: model.Briefing) -> None:
    from pptx.enum.text import PP_ALIGN

    slide = presentation.slides.add_slide(presentation.slide_layouts[0])
    title, subtitle = slide.shapes.title, slide.placeholders[1]
    said = text.clean(briefing.title)
    sizes = (54.0, 48.0, 42.0, 36.0, 30.0)
    size = next((s for s in sizes if len(text.wrap(said, s, 816, bold=True)) <= 2), sizes[-1])
    said = text.shorten(said, size, 816, 2, bold=True)
    write_text(title, [said], size, colour=theme.PAPER, bold=True, where="b")
    below = text.shorten(text.clean(briefing.subtitle), 24, 816, 2)
    write_text(subtitle, [below], 24, colour=theme.COVER_QUIET, where="t")
    for shape in (title, subtitle):
        shape.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    label = text.shorten(text.clean(briefing.label_text), 18, 500, 1, bold=True)
    _pill(slide, boxes.Box(72, 396, text.width(label, 18, bold=True) + 36, 36), label, 18)
    if briefing.sample:
        box = boxes.Box(72, 452, 816, 30)
        _text_box(slide, box, [nl.SAMPLE_LINE], 16, colour=theme.COVER_QUIET, name=nl.SAMPLE_MARK)
    first = briefing.slides[0] if briefing.slides else model.Slide("titel", briefing.title)
    cut = (briefing.title,) if said != text.clean(briefing.title) else ()
    _notes(slide, first, cut, of_all=nl.seconds_of_all(briefing.seconds))


def _page(presentation: Any, briefing: model.Briefing, page: layout.Page) -> None:
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    if page.slide.hidden:
        slide._element.set("show", "0")
    title = slide.shapes.title
    place(title, page.title_box)
    write_text(title, [page.title], page.title_size, colour=theme.INK, bold=True, where="t")
    if briefing.sample:
        _pill(slide, MARK_BOX, nl.SAMPLE_MARK, 16)
    names: dict[str, int] = {}
    for item in page.items:
        _item(slide, page, item, names)
    _footer(presentation, slide, briefing, page)
    _notes(slide, page.slide, page.shortened)


def _item(slide: Any, page: layout.Page, item: boxes.Item, names: dict[str, int]) -> None:
    kind = {
        boxes.TextItem: "Tekst",
        boxes.PictureItem: "Beeld",
        boxes.TableItem: "Tabel",
        boxes.ChartItem: "Grafiek",
    }[type(item)]
    names[kind] = names.get(kind, 0) + 1
    name = f"{kind} {names[kind]}"
    if isinstance(item, boxes.TextItem):
        colour = theme.QUIET if item.quiet else theme.INK
        _text_box(
            slide,
            item.box,
            list(item.paragraphs),
            item.size,
            colour=colour,
            name=name,
            bullets=item.bullets,
        )
    elif isinstance(item, boxes.PictureItem):
        shape = slide.shapes.add_picture(
            io.BytesIO(item.picture.data), *emu(item.box.x, item.box.y, item.box.w, item.box.h)
        )
        describe(shape, name, item.picture.alt)
    elif isinstance(item, boxes.TableItem):
        shape = _table(slide, item)
        describe(shape, name, nl.table_alt(page.title, len(item.rows), item.columns))
    else:
        shape = _chart(slide, item)
        describe(shape, name, item.chart.alt)


def _table(slide: Any, item: boxes.TableItem) -> Any:
    box = item.box
    shape = slide.shapes.add_table(
        len(item.rows) + 1, len(item.columns), *emu(box.x, box.y, box.w, box.h)
    )
    table = shape.table
    properties = table._tbl.tblPr
    properties.set("firstRow", "1")
    properties.set("bandRow", "0")
    properties.find(
        "{http://schemas.openxmlformats.org/drawingml/2006/main}tableStyleId"
    ).text = _NO_STYLE
    for column, width in zip(table.columns, item.widths, strict=True):
        column.width = emu(width)[0]
    for row, height in zip(table.rows, item.heights, strict=True):
        row.height = emu(height)[0]
    for number, cells in enumerate([item.columns, *item.rows]):
        for position, said in enumerate(cells):
            _cell(table.cell(number, position), said, item, number == 0, position)
    return shape


def _cell(cell: Any, said: str, item: boxes.TableItem, heading: bool, position: int) -> None:  # noqa: FBT001
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

    cell.margin_left = cell.margin_right = emu(boxes.CELL_X)[0]
    cell.margin_top = cell.margin_bottom = emu(boxes.CELL_Y * 0.8)[0]
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if heading else MSO_ANCHOR.TOP
    colour = theme.QUIET if heading else theme.INK
    align = PP_ALIGN.RIGHT if item.align[position] == "right" else PP_ALIGN.LEFT
    fill_paragraph(
        cell.text_frame.paragraphs[0], said, item.size, colour=colour, bold=heading, align=align
    )
    _rule(cell, theme.INK if heading else theme.LINE, 1.5 if heading else 0.75)


def _rule(cell: Any, colour: str, points: float) -> None:
    """Draw the line below a cell, and none elsewhere."""
    from lxml import etree
    from pptx.oxml.ns import nsdecls

    properties = cell._tc.get_or_add_tcPr()
    for side in ("lnL", "lnR", "lnT"):
        none = f"<a:{side} {nsdecls('a')} w='0'><a:noFill/></a:{side}>"
        properties.append(etree.fromstring(none))
    line = (
        f"<a:lnB {nsdecls('a')} w='{emu(points)[0]}'><a:solidFill>"
        f"<a:srgbClr val='{colour}'/></a:solidFill></a:lnB>"
    )
    properties.append(etree.fromstring(line))
    properties.append(etree.fromstring(f"<a:noFill {nsdecls('a')}/>"))


_DUTCH_NUMBER = r"[>=1000000]#\.###\.##0;[>=1000]#\.##0;0"
"""Dots between thousands, whatever language the computer speaks."""

_LABELS_OF_LINE = 5
"""Moments of a line that are named, at most."""
_ROOM_FOR_LABELS = 1.2
"""How far the axis of a bar chart runs on behind its longest bar."""


def _chart(slide: Any, item: boxes.ChartItem) -> Any:
    from pptx.chart.data import CategoryChartData
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
    from pptx.oxml.ns import qn
    from pptx.util import Pt

    chart = item.chart
    bars = isinstance(chart, model.BarChart)
    data = CategoryChartData(number_format="#,##0")
    data.categories = [text.harmless(one) for one in chart.categories]
    for series in chart.series:
        data.add_series(text.harmless(series.name), series.values)
    kind = XL_CHART_TYPE.BAR_CLUSTERED if bars else XL_CHART_TYPE.LINE
    box = item.box
    frame = slide.shapes.add_chart(kind, *emu(box.x, box.y, box.w, box.h), data)
    drawn = frame.chart
    drawn.has_title = False
    drawn.font.size = Pt(flow.LABEL_SIZE)
    drawn.font.name = theme.FONT
    drawn.font.color.rgb = RGBColor.from_string(theme.INK)
    drawn.has_legend = len(chart.series) > 1
    if drawn.has_legend:
        drawn.legend.position = XL_LEGEND_POSITION.TOP
        drawn.legend.include_in_layout = False
    values, categories = drawn.value_axis, drawn.category_axis
    values.minimum_scale = 0
    longest = max((n or 0 for series in chart.series for n in series.values), default=0)
    if bars and longest > 0:
        values.maximum_scale = longest * _ROOM_FOR_LABELS
    values.has_major_gridlines = not bars
    values.visible = not bars
    categories.has_major_gridlines = False
    categories.format.line.color.rgb = RGBColor.from_string(theme.LINE)
    _quiet_ticks(categories)
    if not bars:
        values.major_gridlines.format.line.color.rgb = RGBColor.from_string(theme.LINE)
        values.format.line.fill.background()
        _quiet_ticks(values)
    else:
        categories.reverse_order = True
    plot = drawn.plots[0]
    fills = theme.series(schouw=isinstance(chart, model.BarChart) and chart.schouw)
    for number, series in enumerate(plot.series):
        colour = RGBColor.from_string(fills[number % len(fills)])
        if bars:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = colour
            series.invert_if_negative = False
        else:
            series.smooth = False
            series.format.line.color.rgb = colour
            series.format.line.width = Pt(2.5)
    if bars:
        plot.gap_width = 55
        plot.overlap = -5 if len(chart.series) > 1 else 0
        plot.has_data_labels = True
        plot.data_labels.font.size = Pt(flow.LABEL_SIZE)
        plot.data_labels.number_format = _DUTCH_NUMBER
        plot.data_labels.number_format_is_linked = False
        plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
        plot.data_labels.show_value = True
        plot.data_labels._element.find(f".//{qn('a:bodyPr')}").set("wrap", "none")
    _labels(categories, every=1 if bars else -(-len(chart.categories) // _LABELS_OF_LINE))
    _chart_language(drawn)
    return frame


def _labels(axis: Any, *, every: int) -> None:
    """Label each category of bars, and of a line as many as there is room for."""
    from lxml import etree
    from pptx.oxml.ns import qn

    last = axis._element.find(qn("c:noMultiLvlLbl"))
    last.addprevious(etree.Element(qn("c:tickLblSkip"), val=str(max(1, every))))


def _quiet_ticks(axis: Any) -> None:
    from pptx.enum.chart import XL_TICK_MARK

    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.minor_tick_mark = XL_TICK_MARK.NONE


def _chart_language(chart: Any) -> None:
    """Mark the chart as Dutch with square corners, in the order the schema wants."""
    from lxml import etree
    from pptx.oxml.ns import qn

    space = chart._chartSpace
    for tag in ("c:lang", "c:roundedCorners"):
        for old in space.findall(qn(tag)):
            space.remove(old)
    position = 1 if space.find(qn("c:date1904")) is not None else 0
    language = etree.Element(qn("c:lang"), val=LANGUAGE)
    space.insert(position, language)
    space.insert(position + 1, etree.Element(qn("c:roundedCorners"), val="0"))


def _footer(presentation: Any, slide: Any, briefing: model.Briefing, page: layout.Page) -> None:
    """Fill in the footer and the slide number of the layout."""
    import copy

    from pptx.oxml.ns import qn

    label, period = text.clean(briefing.label_text), text.clean(briefing.period_text)
    line = nl.footer(label, period, text.clean(page.slide.source))
    if text.width(line, _FOOT_SIZE) > FOOT_BOX.w:
        line = text.shorten(nl.footer(label, period, ""), _FOOT_SIZE, FOOT_BOX.w, 1)
    number = len(presentation.slides)
    for placeholder in slide.slide_layout.placeholders:
        kind = int(placeholder.placeholder_format.type)
        if kind not in (13, 15):
            continue
        element = copy.deepcopy(placeholder._element)
        slide.shapes._spTree.append(element)
        element.nvSpPr.cNvPr.set("id", str(max(_ids(slide)) + 1))
        shape = slide.shapes[-1]
        place(shape, FOOT_BOX if kind == 15 else NUMBER_BOX)
        style = shape._element.txBody.find(qn("a:lstStyle"))
        for child in list(style):
            style.remove(child)
        write_text(shape, [line if kind == 15 else ""], _FOOT_SIZE, colour=theme.QUIET, where="t")
        if kind == 13:
            _number_field(shape, number)


_FOOT_SIZE = 16.0
"""Of the line under a slide; a source that does not fit in it is in the notes and at the end."""


def _number_field(shape: Any, number: int) -> None:
    from lxml import etree
    from pptx.enum.text import PP_ALIGN
    from pptx.oxml.ns import nsdecls, qn

    paragraph = shape.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT
    for old in [*paragraph._p.r_lst, *paragraph._p.findall(qn("a:fld"))]:
        paragraph._p.remove(old)
    field = (
        f"<a:fld {nsdecls('a')} id='{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}' type='slidenum'>"
        f"<a:rPr lang='{LANGUAGE}' sz='1600'><a:solidFill><a:srgbClr val='{theme.QUIET}'/>"
        f"</a:solidFill></a:rPr><a:t>{number}</a:t></a:fld>"
    )
    paragraph._p.insert_element_before(etree.fromstring(field), "a:endParaRPr")


def _notes(
    slide: Any, described: model.Slide, shortened: tuple[str, ...], *, of_all: str = ""
) -> None:
    said = [] if described.hidden else [nl.say(text.clean(described.spoken), described.seconds)]
    said += [of_all, text.clean(described.notes) or text.clean(described.title)]
    said = [one for one in said if one]
    if names := model.tables(described):
        said.append(nl.tables([text.clean(name) for name in names]))
    if described.source:
        said.append(f"{nl.SOURCE}: {text.clean(described.source)}")
    if shortened:
        said.append(nl.SHORTENED)
        said += [text.clean(one) for one in shortened]
    slide.notes_slide.notes_text_frame.text = "\n".join(said)


def _pill(slide: Any, box: boxes.Box, said: str, size: float) -> None:
    from pptx.enum.text import PP_ALIGN

    shape = _text_box(slide, box, [said], size, colour=theme.INK, name=said, bold=True)
    shape.fill.solid()
    paint(shape.fill, theme.MARK)
    anchor(shape, "ctr")
    shape.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER


def _text_box(
    slide: Any,
    box: boxes.Box,
    paragraphs: list[str],
    size: float,
    *,
    colour: str,
    name: str,
    bullets: bool = False,
    bold: bool = False,
) -> Any:
    shape = slide.shapes.add_textbox(*emu(box.x, box.y, box.w, box.h))
    shape.name = name
    write_text(shape, paragraphs, size, colour=colour, bold=bold, bullets=bullets, where="t")
    return shape


def _ids(slide: Any) -> list[int]:
    return [int(one) for one in slide.shapes._spTree.xpath("//p:cNvPr/@id")]
