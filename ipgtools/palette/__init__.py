"""
Fix the colours of maps and charts, once.

Adjacent colours differ in lightness as well as in hue, so that they
hold for colour-blind readers, on a weak projector and in grey print; kinds of findings differ
in shape too. There is no alarm red: a neighbourhood with many incidents is no alarm.
`palette.classes` chooses what is coloured apart.
"""

from typing import TYPE_CHECKING

from ipgtools._renamed import renamed

__all__ = [
    "BAR", "BAR_LIGHT", "BORDER", "CATEGORIES", "CHANGES", "CLASSES", "COUNTS", "EDGES", "INK",
    "LAND", "LOCAL", "MUTED", "NO_DATA", "PAPER", "PLACES", "RISK", "SCHOUW", "SEQUENCE", "STREET",
    "contrast", "lighten", "luminance", "steps", "text_colour",
]  # fmt: skip

INK = "#1d2733"
"""Text and outlines."""


MUTED = "#5b6673"
"""Secondary text: dark enough to read on white (contrast 5.9)."""

BORDER = "#6f7985"
"""Borders of wijken and buurten."""

STREET = ("#d5d9de", "#bcc3cb", "#98a2ad")
"""Streets: paths, streets, main roads."""

LAND = "#f7f6f3"
"""Surface of the areas."""

NO_DATA = "#e3e5e8"
"""Areas without a figure; drawn with a hatch."""

PAPER = "#ffffff"
"""Background."""

CLASSES = {
    "hot_sure": "#8f3c04",
    "hot_possible": "#f3b169",
    "cold_possible": "#cfe2f5",
    "cold_sure": "#4a86c8",
}
"""Gi* classes, in the order of a legend."""

CHANGES = {"up": "#a8490a", "down": "#8dbcec"}
"""Cells or areas with more and with fewer incidents than before."""

COUNTS = {"few": "#f8cf97", "some": "#e99a4c", "many": "#8f3c04"}
"""Cells with a few, some and many incidents."""

SEQUENCE = ("#fdf1de", "#f8cf97", "#e99a4c", "#b85f22", "#6a2c3c")
"""From few to many: even steps in lightness."""

RISK = ("#4a86c8", "#cfe2f5", "#f7f6f3", "#f3b169", "#a8490a", "#561d0a")
"""Ratios in classes around 1, the third: from less than expected to much more."""

LOCAL = {"hh": "#8f3c04", "hl": "#f3b169", "lh": "#cfe2f5", "ll": "#4a86c8"}
"""Places among neighbours: high among high, high among low, low among high, low among low."""

PLACES = {"new": "#b3480a", "busy": "#3b2f7d", "cluster": "#6d5bb0", "list": "#4a5460"}
"""Outlines of places by claim, what stands out most first; "list" claims nothing."""

SCHOUW = "#00695c"
"""Findings of a schouw."""

CATEGORIES = ("#00695c", "#e0a100", "#3f51a3", "#8fcbb9", "#7a4a2b", "#c9a6d8", "#5f6a74")
"""Kinds of findings; the last one is for all further kinds."""

BASE = {"green": "#e4ecdd", "water": "#cfe0ec", "building": "#e0dbd3", "railway": "#8d8780"}
"""What lies under a map, in quiet tones."""

KINDS = ("#b3480a", "#1d4f91", "#e8b021", "#7a2f6f", "#5fa8d3", "#2d3138", "#97a1ab")
"""Kinds of incidents as points, other colours than those of findings; the last is all others."""

EDGES = {"hot": "#6e2d02", "cold": "#1d4f91", "up": "#6e2d02", "down": "#1d4f91"}
"""Outlines of hot and cold cells, and of those with more and fewer incidents."""
EDGES |= dict.fromkeys(COUNTS, "#6e2d02")

BAR = "#a8490a"
"""Bars and lines of one series."""

BAR_LIGHT = "#f3cfa6"
"""The same, where a period is not complete."""


def luminance(colour: str) -> float:
    """
    Compute the relative luminance of a colour.

    Parameters
    ----------
    colour : str
        As ``"#rrggbb"`` in sRGB.

    Returns
    -------
    float
        0 (black) to 1 (white).

    References
    ----------
    WCAG 2.1, definition of relative luminance.

    Examples
    --------
    >>> luminance("#000000"), luminance("#ffffff")
    (0.0, 1.0)
    """
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """
    Compute the contrast between two colours.

    Parameters
    ----------
    one, other : str
        As ``"#rrggbb"`` in sRGB.

    Returns
    -------
    float
        1 (none) to 21 (black on white); text needs 4.5.

    References
    ----------
    WCAG 2.1, success criterion 1.4.3.

    Examples
    --------
    >>> contrast("#000000", "#ffffff")
    21.0
    """
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def text_colour(colour: str) -> str:
    """
    Choose the colour of text on a fill: ink or white, whichever reads best.

    Examples
    --------
    >>> text_colour("#f3b169") == INK, text_colour("#00695c") == PAPER
    (True, True)
    """
    return max((INK, PAPER), key=lambda text: contrast(text, colour))


def lighten(colour: str) -> str:
    """
    Lighten a colour, for what may be chance: a third of it on paper.

    Examples
    --------
    >>> lighten("#000000"), lighten(PAPER) == PAPER
    ('#aaaaaa', True)
    """
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(255 - (255 - part) / 3):02x}" for part in parts)


def steps(n: int) -> list[str]:
    """
    Take n colours from few to many.

    Parameters
    ----------
    n : int
        1 to 5.

    Returns
    -------
    list of str
        From light to dark.

    Examples
    --------
    >>> len(steps(3)), steps(5) == list(SEQUENCE)
    (3, True)
    """
    if not 1 <= n <= len(SEQUENCE):
        msg = f"{n} classes asked, the sequence has 1 to {len(SEQUENCE)}"
        raise ValueError(msg)
    last = len(SEQUENCE) - 1
    if n < 3:
        return [SEQUENCE[1 + 2 * i] for i in range(n)]
    return [SEQUENCE[round(last * i / (n - 1))] for i in range(n)]


if not TYPE_CHECKING:
    __getattr__ = renamed(__name__, {"on": "text_colour", "pale": "lighten"})
