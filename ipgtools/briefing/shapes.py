"""Write text into PowerPoint shapes: Dutch, in our type, in the place it was given."""

from typing import Any

from ipgtools.briefing import boxes, flow, text, theme

__all__ = [
    "LANGUAGE", "anchor", "bullet", "describe", "emu", "fill_paragraph", "frame", "paint", "place",
    "write",
]  # fmt: skip

LANGUAGE = "nl-NL"
_EMU = 12_700


def frame(text_frame: Any) -> None:
    """Let text wrap inside its shape, without margins and without shrinking."""
    from pptx.enum.text import MSO_AUTO_SIZE

    text_frame.word_wrap = True
    text_frame.auto_size = MSO_AUTO_SIZE.NONE
    text_frame.margin_left = text_frame.margin_right = text_frame.margin_top = (
        text_frame.margin_bottom
    ) = 0


def anchor(shape: Any, where: str) -> None:
    """Put text at the top (t), middle (ctr) or bottom (b) of its shape."""
    shape.text_frame._txBody.bodyPr.set("anchor", where)


def paint(fill: Any, colour: str) -> None:
    """Give a fill one colour, as RRGGBB."""
    from pptx.dml.color import RGBColor

    fill.solid()
    fill.fore_color.rgb = RGBColor.from_string(colour)


def describe(shape: Any, name: str, alt: str) -> None:
    """Name a shape and give it alternative text, for which the library has no call."""
    shape.name = name
    shape._element.xpath(".//p:cNvPr")[0].set("descr", text.clean(alt))


def place(shape: Any, box: boxes.Box) -> None:
    """Put a shape in a box."""
    shape.left, shape.top, shape.width, shape.height = emu(box.x, box.y, box.w, box.h)


def emu(*points: float) -> tuple[int, ...]:
    """Convert points to the unit of Office files."""
    return tuple(int(point * _EMU) for point in points)


def write(
    shape: Any,
    paragraphs: list[str],
    size: float,
    *,
    colour: str,
    bold: bool = False,
    bullets: bool = False,
    where: str,
) -> None:
    """Write paragraphs of one size into a shape."""
    from pptx.util import Pt

    said_in = shape.text_frame
    frame(said_in)
    anchor(shape, where)
    for number, said in enumerate(paragraphs):
        paragraph = said_in.paragraphs[0] if number == 0 else said_in.add_paragraph()
        fill_paragraph(paragraph, said, size, colour=colour, bold=bold)
        if number < len(paragraphs) - 1:
            paragraph.space_after = Pt(flow.paragraph_gap(size))
        if bullets:
            bullet(paragraph)


def fill_paragraph(
    paragraph: Any,
    said: str,
    size: float,
    *,
    colour: str,
    bold: bool = False,
    align: Any = None,
) -> None:
    """Write one run of Dutch text into a paragraph."""
    from pptx.util import Pt

    if align is not None:
        paragraph.alignment = align
    run = paragraph.add_run()
    run.text = text.clean(said)
    run.font.size = Pt(size)
    run.font.bold = bold
    run.font.name = theme.FONT
    paint(run.font.fill, colour)
    run._r.get_or_add_rPr().set("lang", LANGUAGE)


def bullet(paragraph: Any) -> None:
    """Set a paragraph off with a point in the colour of the accent."""
    from lxml import etree
    from pptx.oxml.ns import nsdecls, qn

    properties = paragraph._p.get_or_add_pPr()
    indent = int(22 * _EMU)
    properties.set("marL", str(indent))
    properties.set("indent", str(-indent))
    colour = (
        f"<a:buClr {nsdecls('a')}><a:srgbClr val='{theme.ACCENT}'/></a:buClr>",
        f"<a:buFont {nsdecls('a')} typeface='{theme.FONT}'/>",
        f"<a:buChar {nsdecls('a')} char='•'/>",
    )
    for piece in colour:
        properties.append(etree.fromstring(piece))
    for tag in (qn("a:lnSpc"), qn("a:spcBef"), qn("a:spcAft")):
        for spacing in properties.findall(tag):
            properties.remove(spacing)
            properties.insert(0, spacing)
