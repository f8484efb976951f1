"""
Make a scanned page easier to read: set it straight, and take the lines of tables out.

Text recognition reads the words of a line that runs level across the page. A page laid askew
breaks its lines, and the drawn borders of cells are read as letters.
"""

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["prepare_page", "remove_ruled_lines", "skew"]

_STEEPEST, _COARSE, _FINE = 8.0, 0.5, 0.1
_LOOKED_AT = 1000
"""Pixels of the longer side of the page that the angle is measured on."""
_LEVEL = 0.15
"""Degrees below which a page is left as it lies."""
_FINE_ENOUGH, _LARGER = 1600, 3
"""Pixels of the longer side below which a page is made larger first, and how many times at
most: turning a coarse scan blurs thin letters."""
_LEAST_INK, _MOST_INK = 0.001, 0.5
_RULE_DOWN, _RULE_ACROSS = 35, 25
"""A run of ink longer than this part of the page's longer side is a line: no letter is so high
or wide."""
_SHORTEST, _DENSE, _HALO = 15, 0.9, 2
"""Of such a run so much is ink at least: the specks of a scan break its lines."""


def prepare_page(picture: "Image") -> "Image":
    """
    Set a page straight and take its ruled lines out.

    Examples
    --------
    >>> from PIL import Image
    >>> prepare_page(Image.new("L", (2480, 3508), 255)).size
    (2480, 3508)
    """
    from PIL import Image

    larger = min(_FINE_ENOUGH / max(picture.size), _LARGER)
    if larger > 1:
        size = (round(picture.width * larger), round(picture.height * larger))
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    angle = skew(picture)
    if abs(angle) >= _LEVEL:
        white = int(np.percentile(np.asarray(picture), 90))
        picture = picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=white)
    return remove_ruled_lines(picture)


def skew(picture: "Image") -> float:
    """
    Measure how far a page is turned.

    The rows of a straight page are either ink or white: of all angles the one is taken at
    which the ink per row differs most from that of the next row (Postl, 1986, projection
    profile).

    Examples
    --------
    >>> from PIL import Image, ImageDraw
    >>> page = Image.new("L", (600, 800), 255)
    >>> for y in range(100, 700, 40):
    ...     ImageDraw.Draw(page).rectangle((80, y, 520, y + 8), fill=0)
    >>> skew(page), round(skew(page.rotate(-3, fillcolor=255)), 1)
    (0.0, 3.0)
    """
    from PIL import Image

    small = picture.copy()
    small.thumbnail((_LOOKED_AT, _LOOKED_AT))
    grey = np.asarray(small)
    ink = grey < _threshold(grey)
    if not _LEAST_INK < ink.mean() < _MOST_INK:
        return 0.0
    dark = Image.fromarray((ink * 255).astype("uint8"))

    def contrast(angle: float) -> float:
        turned = dark.rotate(angle, Image.Resampling.BILINEAR)
        rows = np.asarray(turned, dtype="float64").sum(axis=1)
        return float(np.square(np.diff(rows)).sum())

    coarse = np.arange(-_STEEPEST, _STEEPEST + _COARSE, _COARSE)
    best = max(coarse, key=lambda angle: (contrast(angle), -abs(angle)))
    fine = best + np.arange(-_COARSE, _COARSE + _FINE, _FINE)
    found = max(fine, key=lambda angle: (contrast(angle), -abs(angle)))
    return round(float(found), 1) + 0.0


def remove_ruled_lines(picture: "Image") -> "Image":
    """
    Paint the ruled lines of a straight page white.

    Examples
    --------
    >>> from PIL import Image, ImageDraw
    >>> page = Image.new("L", (600, 800), 255)
    >>> ImageDraw.Draw(page).line((300, 50, 300, 750), fill=0, width=2)
    >>> ImageDraw.Draw(page).rectangle((100, 100, 110, 112), fill=0)
    >>> clean = remove_ruled_lines(page)
    >>> clean.getpixel((300, 400)), clean.getpixel((105, 106))
    (255, 0)
    """
    from PIL import Image
    from scipy import ndimage

    grey = np.asarray(picture)
    ink = (grey < _threshold(grey)).astype("uint8")
    if not _LEAST_INK < ink.mean() < _MOST_INK:
        return picture
    rules = np.zeros_like(ink)
    for axis, part in ((0, _RULE_DOWN), (1, _RULE_ACROSS)):
        length = max(max(grey.shape) // part, _SHORTEST)
        share: Any = ndimage.uniform_filter1d(ink.astype("float32"), length, axis, mode="constant")
        run = (share >= _DENSE).astype("uint8")
        run = ndimage.maximum_filter1d(run, length, axis=axis, mode="constant")
        rules |= ndimage.maximum_filter1d(run, 2 * _HALO + 1, axis=1 - axis, mode="constant")
    if not rules.any():
        return picture
    white = np.percentile(grey, 90)
    return Image.fromarray(np.where(rules > 0, white, grey).astype("uint8"))


def _threshold(grey: np.ndarray) -> float:
    """Part ink from paper where the two differ most (Otsu, 1979)."""
    counts = np.bincount(grey.ravel(), minlength=256).astype("float64")
    values = np.arange(256)
    below = np.cumsum(counts)
    above = below[-1] - below
    total = np.cumsum(counts * values)
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = total / below - (total[-1] - total) / above
        spread = below * above * np.square(apart)
    return float(np.nanargmax(np.nan_to_num(spread))) + 1
