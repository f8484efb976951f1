"""Scanned pages are set straight and rid of the borders of their tables."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from ipgtools.schouw.ocr import deskew

SIZE = (2480, 3508)


def page(*, rules=False):
    """Draw lines of words on a page of A4 at 300 dots per inch, in a table if asked."""
    made = Image.new("L", SIZE, 250)
    pen = ImageDraw.Draw(made)
    for y in range(400, 3000, 90):
        for x in range(300, 2100, 160):
            pen.rectangle((x, y, x + 110, y + 30), fill=20)
    if rules:
        for x in (250, 1250, 2200):
            pen.line((x, 350, x, 3050), fill=20, width=4)
    return made


def specked(picture):
    """Add what a scanner adds: grain, and a black speck here and there."""
    rng = np.random.default_rng(1)
    grey = np.asarray(picture, dtype="float64") + rng.normal(0, 15, picture.size[::-1])
    grey[rng.random(grey.shape) < 0.0003] = 0
    return Image.fromarray(grey.clip(0, 255).astype("uint8"))


@pytest.mark.parametrize("angle", [-6.0, -1.5, 0.0, 0.4, 3.0])
def test_the_angle_of_a_page_is_measured(angle):
    """To a fifth of a degree, also through grain and specks."""
    turned = specked(page().rotate(-angle, Image.Resampling.BICUBIC, fillcolor=250))
    assert deskew.skew(turned) == pytest.approx(angle, abs=0.2)


def test_a_page_without_ink_is_not_turned():
    """White, and black all over."""
    assert deskew.skew(Image.new("L", SIZE, 255)) == 0
    assert deskew.skew(Image.new("L", SIZE, 0)) == 0


def test_borders_go_and_words_stay():
    """Of three ruled lines nothing is left; of the words nearly all the ink."""
    clean = np.asarray(deskew.remove_ruled_lines(specked(page(rules=True))))
    for x in (250, 2200):
        assert (clean[360:3040, x] < 128).mean() < 0.01
    words = np.asarray(page()) < 128
    assert (clean[words] < 128).mean() > 0.95


def test_a_coarse_scan_is_set_straight_too():
    """Made larger first, so that turning it doesn't blur its letters."""
    coarse = page(rules=True).resize((1000, 1414)).rotate(-3, fillcolor=255)
    made = deskew.prepare_page(coarse)
    assert max(made.size) == 1600
    assert abs(deskew.skew(made)) <= 0.2


def test_letters_of_a_low_strip_are_no_ruled_lines():
    """A line is long by the longer side of the picture, not by its height."""
    strip = Image.new("L", (2480, 350), 250)
    for x in range(300, 2100, 20):
        ImageDraw.Draw(strip).rectangle((x, 100, x + 5, 130), fill=20)
    assert deskew.remove_ruled_lines(strip).tobytes() == strip.tobytes()
