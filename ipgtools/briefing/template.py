"""
Make the empty presentation that a briefing is drawn in.

It is made in code, from the one that python-pptx brings along: 16:9, two layouts with Dutch
names, our colours and type, room for a footer and the number of the slide.
"""

from typing import Any

from ipgtools.briefing import boxes, theme
from ipgtools.briefing.shapes import anchor, emu, frame, place

__all__ = ["AUTHOR", "FOOT_BOX", "MARK_BOX", "NUMBER_BOX", "TITLE_BOX", "empty"]

AUTHOR = "ipgtools"
TITLE_BOX = boxes.Box(boxes.LEFT, boxes.TITLE_TOP, boxes.RIGHT - boxes.LEFT, 74)
MARK_BOX = boxes.Box(boxes.RIGHT - 172, 8, 172, 24)
FOOT_BOX = boxes.Box(boxes.LEFT, 504, 800, 22)
NUMBER_BOX = boxes.Box(boxes.RIGHT - 60, 504, 60, 22)


def empty() -> Any:
    """Make an empty 16:9 presentation with two layouts of our own."""
    from pptx import Presentation
    from pptx.util import Length

    presentation = Presentation()
    presentation.slide_width = Length(emu(boxes.PAGE[0])[0])
    presentation.slide_height = Length(emu(boxes.PAGE[1])[0])
    cover, content = presentation.slide_layouts[0], presentation.slide_layouts[5]
    for other in [one for one in presentation.slide_layouts if one not in (cover, content)]:
        presentation.slide_layouts.remove(other)
    cover.name, content.name = "Titeldia", "Titel en inhoud"
    master = presentation.slide_master
    _theme(master)
    for shape in list(master.placeholders):
        box = {1: TITLE_BOX, 2: _body(), 15: FOOT_BOX, 13: NUMBER_BOX}.get(
            int(shape.placeholder_format.type)
        )
        if box is None:
            shape._element.getparent().remove(shape._element)
            continue
        place(shape, box)
    _master_styles(master)
    _cover_layout(cover)
    _content_layout(content)
    return presentation


def _body() -> boxes.Box:
    width, height = boxes.RIGHT - boxes.LEFT, boxes.BOTTOM - boxes.TOP
    return boxes.Box(boxes.LEFT, boxes.TOP, width, height)


def _theme(master: Any) -> None:
    """Set the colours and the type of the theme."""
    from lxml import etree
    from pptx.opc.constants import RELATIONSHIP_TYPE as RT

    part = master.part.part_related_by(RT.THEME)
    root = etree.fromstring(part.blob)
    a = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    root.set("name", AUTHOR)
    colours = {
        "dk1": theme.INK,
        "lt1": theme.PAPER,
        "dk2": theme.COVER,
        "lt2": "EEF2F6",
        "accent1": theme.ACCENT,
        "accent2": theme.BEFORE,
        "accent3": theme.SCHOUW,
        "accent4": theme.INK,
        "accent5": "5B4B8A",
        "accent6": "8A6D1F",
        "hlink": theme.SCHOUW,
        "folHlink": theme.QUIET,
    }
    scheme = root.find(f".//{a}clrScheme")
    scheme.set("name", AUTHOR)
    for name, value in colours.items():
        slot = scheme.find(f"{a}{name}")
        for child in list(slot):
            slot.remove(child)
        etree.SubElement(slot, f"{a}srgbClr", val=value)
    fonts = root.find(f".//{a}fontScheme")
    fonts.set("name", AUTHOR)
    for kind in ("majorFont", "minorFont"):
        fonts.find(f"{a}{kind}/{a}latin").set("typeface", theme.FONT)
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _master_styles(master: Any) -> None:
    """Left-aligned bold titles without bullets or shrinking."""
    from pptx.oxml.ns import qn

    styles = master._element.find(qn("p:txStyles"))
    first = styles.find(qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    first.set("algn", "l")
    run = first.find(qn("a:defRPr"))
    run.set("sz", "3000")
    run.set("b", "1")
    for shape in master.placeholders:
        frame(shape.text_frame)
        anchor(shape, "t")
        if int(shape.placeholder_format.type) in (13, 15):
            _small_print(shape)


def _cover_layout(cover: Any) -> None:
    from pptx.dml.color import RGBColor

    cover.background.fill.solid()
    cover.background.fill.fore_color.rgb = RGBColor.from_string(theme.COVER)
    places = {3: boxes.Box(72, 110, 816, 150), 4: boxes.Box(72, 298, 816, 70)}
    for shape in list(cover.placeholders):
        box = places.get(int(shape.placeholder_format.type))
        if box is None:
            shape._element.getparent().remove(shape._element)
        else:
            place(shape, box)
            frame(shape.text_frame)
    _bar(cover, boxes.Box(72, 276, 72, 5), theme.MARK)


def _content_layout(content: Any) -> None:
    places = {1: TITLE_BOX, 15: FOOT_BOX, 13: NUMBER_BOX}
    for shape in list(content.placeholders):
        box = places.get(int(shape.placeholder_format.type))
        if box is None:
            shape._element.getparent().remove(shape._element)
            continue
        place(shape, box)
        frame(shape.text_frame)
        if shape.placeholder_format.type in (13, 15):
            _small_print(shape)
    _bar(content, boxes.Box(boxes.LEFT, 20, 44, 4), theme.ACCENT)
    _bar(content, boxes.Box(boxes.LEFT, 498, boxes.RIGHT - boxes.LEFT, 0.75), theme.LINE)


def _bar(slide_layout: Any, box: boxes.Box, colour: str) -> None:
    """Draw a plain rectangle on a layout, where it is no content of a slide."""
    from lxml import etree
    from pptx.oxml.ns import nsdecls

    tree = slide_layout.shapes._spTree
    number = max(int(one) for one in tree.xpath("//p:cNvPr/@id")) + 1
    x, y, w, h = emu(box.x, box.y, box.w, box.h)
    tree.append(
        etree.fromstring(
            f"<p:sp {nsdecls('p', 'a')}><p:nvSpPr><p:cNvPr id='{number}' name='Lijn {number}'/>"
            "<p:cNvSpPr/><p:nvPr userDrawn='1'/></p:nvSpPr><p:spPr><a:xfrm>"
            f"<a:off x='{x}' y='{y}'/><a:ext cx='{w}' cy='{h}'/></a:xfrm>"
            "<a:prstGeom prst='rect'><a:avLst/></a:prstGeom>"
            f"<a:solidFill><a:srgbClr val='{colour}'/></a:solidFill><a:ln><a:noFill/></a:ln>"
            "</p:spPr></p:sp>",
            etree.XMLParser(resolve_entities=False),
        )
    )


def _small_print(shape: Any) -> None:
    from pptx.oxml.ns import qn

    for run in shape._element.iter(qn("a:defRPr"), qn("a:rPr"), qn("a:endParaRPr")):
        run.set("sz", "1600")
    for paragraph in shape._element.iter(qn("a:lvl1pPr")):
        paragraph.set("algn", "r" if int(shape.placeholder_format.type) == 13 else "l")
