"""
Name the boxes that a page of a briefing is made of.

Lengths are in points; a page of 13.33 by 7.5 inch is 960 by 540 points.
"""

from dataclasses import dataclass

from ipgtools.briefing import model

__all__ = [
    "BOTTOM", "CELL_X", "CELL_Y", "GAP", "LEFT", "PAGE", "RIGHT", "TITLE_TOP", "TOP", "WIDE",
    "WIDE_SIDE", "WIDE_TOP", "Box", "ChartItem", "Item", "Laid", "PictureItem", "TableItem",
    "TextItem",
]  # fmt: skip

PAGE = (960.0, 540.0)
LEFT, RIGHT, TOP, BOTTOM = 44.0, 916.0, 118.0, 488.0
TITLE_TOP = 38.0
WIDE_TOP = 24.0
"""Where the title begins above a picture that takes most of the slide."""
GAP = 24.0
CELL_X, CELL_Y = 7.0, 5.0


@dataclass(frozen=True)
class Box:
    """A rectangle in points from the top left of the page."""

    x: float
    y: float
    w: float
    h: float


WIDE = Box(0.0, 92.0, 764.0, 408.0)
"""Where a picture lies that takes most of the slide: 60 % of it."""
WIDE_SIDE = Box(780.0, 96.0, 166.0, 394.0)
"""Where the text beside it is."""


@dataclass(frozen=True)
class TextItem:
    """Paragraphs of one size; `bullets` sets each off as a point."""

    box: Box
    paragraphs: tuple[str, ...]
    size: float
    bullets: bool = False
    quiet: bool = False


@dataclass(frozen=True)
class PictureItem:
    """A picture in a box of its own proportions."""

    box: Box
    picture: model.Picture


@dataclass(frozen=True)
class TableItem:
    """A table with the width of each column and the height of each row, heading included."""

    box: Box
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    align: tuple[model.Align, ...]
    size: float
    ruled: bool = False


@dataclass(frozen=True)
class ChartItem:
    """A chart and the box it fills."""

    box: Box
    chart: model.BarChart | model.LineChart


Item = TextItem | PictureItem | TableItem | ChartItem


Laid = tuple[list[Item], list[str]]
"""Items that were placed, and texts that had to be shortened for it, in full."""
