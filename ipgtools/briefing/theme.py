"""The look of a briefing, once for the slides and the page: quiet, dark on light, large."""

from ipgtools import palette

__all__ = [
    "ACCENT", "BEFORE", "COVER", "COVER_QUIET", "FONT", "INK", "LINE", "MARK", "PAPER", "QUIET",
    "SCHOUW", "SERIES", "series",
]  # fmt: skip

INK = palette.INK.lstrip("#").upper()
QUIET = palette.MUTED.lstrip("#").upper()
PAPER = palette.PAPER.lstrip("#").upper()
ACCENT = palette.BAR.lstrip("#").upper()
SCHOUW = palette.SCHOUW.lstrip("#").upper()
LINE = "C9D2DC"
COVER = "17324D"
COVER_QUIET = "C9D8E6"
BEFORE = "8DA2B5"
MARK = "FFE3A1"
FONT = "Arial"
SERIES = (ACCENT, BEFORE, SCHOUW, INK)
"""Fills of the series of a chart, in order; told apart by light and dark, too."""


def series(*, schouw: bool = False) -> tuple[str, ...]:
    """Give the fills of the series of a chart, in order; the schouw has a colour of its own."""
    return (SCHOUW, BEFORE, ACCENT, INK) if schouw else SERIES
