"""What happens to a photo after it was read: regions hidden, and its life as an item."""

import itertools

import numpy as np
import pytest
from PIL import Image

from ipgtools import photos
from ipgtools.errors import ReadError


@pytest.fixture
def noisy(tmp_path):
    """Make a photo in which every pixel differs, with something hidden in it."""
    pixels = np.random.default_rng(1).integers(0, 256, (80, 120, 3), dtype=np.uint8)
    exif = Image.Exif()
    exif[0x010E] = "geheim"
    Image.fromarray(pixels).save(tmp_path / "a.png", exif=exif)
    return tmp_path / "a.png", pixels


def test_a_marked_region_holds_a_few_colours_and_the_rest_stays(noisy, tmp_path):
    """No more than sixteen tiles are left of it; elsewhere JPEG alone makes a difference."""
    path, pixels = noisy
    out = photos.blur(path, [(16, 16, 64, 64)], tmp_path / "b.jpg")
    with Image.open(out) as copy:
        found = np.asarray(copy).astype(int)
    tile = found[18:26, 18:26]
    assert np.ptp(tile, axis=(0, 1)).max() < 12
    given = pixels[16:64, 16:64].astype(float)
    assert abs(found[16:64, 16:64].mean() - given.mean()) < 3
    assert np.abs(found[:, 72:] - pixels[:, 72:]).mean() < 60
    assert np.ptp(found[:, 72:]) > 200


def test_the_copy_carries_nothing_hidden_and_the_original_stays(noisy, tmp_path):
    """As all copies."""
    path, _ = noisy
    before = path.read_bytes()
    out = photos.blur(path, [(0, 0, 10, 10)], tmp_path / "b.jpg")
    with Image.open(out) as copy:
        assert not dict(copy.getexif())
    assert b"geheim" not in out.read_bytes()
    assert path.read_bytes() == before


def test_regions_are_those_of_the_upright_photo(tmp_path):
    """A photo on its side is turned first."""
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (40, 30), "green").save(tmp_path / "a.jpg", exif=exif)
    out = photos.blur(tmp_path / "a.jpg", [(0, 35, 30, 40)], tmp_path / "b.jpg")
    with Image.open(out) as copy:
        assert copy.size == (30, 40)


@pytest.mark.parametrize("region", [(5, 5, 5, 9), (200, 0, 300, 10), (9, 9, 2, 2), (-9, 0, 0, 9)])
def test_a_region_that_hides_nothing_is_refused(noisy, tmp_path, region):
    """And nothing is written."""
    with pytest.raises(ValueError, match="hides nothing"):
        photos.blur(noisy[0], [region], tmp_path / "b.jpg")
    assert not (tmp_path / "b.jpg").exists()


@pytest.mark.parametrize("side", [3, 5, 9, 17])
def test_a_small_region_keeps_no_pixel_of_its_own(noisy, tmp_path, side):
    """No tile is smaller than eight pixels: a number plate far away can't be read either."""
    path, pixels = noisy
    region = (40, 40, 40 + side, 40 + side)
    out = photos.blur(path, [region], tmp_path / "b.png")
    with Image.open(out) as copy:
        found = np.asarray(copy).astype(int)[40 : 40 + side, 40 : 40 + side]
    given = pixels[40 : 40 + side, 40 : 40 + side].astype(int)
    assert found.std() < given.std() / 2


def test_parts_of_a_pixel_are_hidden_whole(tmp_path):
    """A region that ends at 39.2 hides the pixel from 39 to 40."""
    edge = Image.new("RGB", (80, 80), "white")
    edge.paste("black", (39, 0, 40, 80))
    edge.save(tmp_path / "a.png")
    out = photos.blur(tmp_path / "a.png", [(24.8, 24.8, 39.2, 39.2)], tmp_path / "b.jpg")
    with Image.open(out) as copy:
        assert np.asarray(copy)[25:39, 39].min() > 100


def test_a_region_over_the_edge_and_over_another_hides_both(noisy, tmp_path):
    """Of what lies outside nothing is asked."""
    path, _ = noisy
    regions = [(-50, -50, 40, 40), (20, 20, 500, 500)]
    with Image.open(photos.blur(path, regions, tmp_path / "b.jpg")) as copy:
        found = np.asarray(copy).astype(int)
    assert found[:40, :40].std() < 40
    assert found[40:, 40:].std() < 40
    assert found[:18, 48:].std() > 50


def test_what_is_no_photo_is_refused(tmp_path):
    """Missing or of another kind."""
    (tmp_path / "a.jpg").write_bytes(b"geen foto")
    for name, code in (("a.jpg", "file_unreadable"), ("weg.jpg", "file_missing")):
        with pytest.raises(ReadError) as found:
            photos.blur(tmp_path / name, [(0, 0, 1, 1)], tmp_path / "b.jpg")
        assert found.value.code == code


def test_an_item_goes_forward_only():
    """Each step of the life may be taken; none may be taken back."""
    for before, after in itertools.pairwise(photos.STATUSES):
        assert photos.is_allowed_transition(before, after)
    for late, early in itertools.combinations(reversed(photos.STATUSES), 2):
        assert not photos.is_allowed_transition(late, early)
    assert not any(photos.is_allowed_transition(status, status) for status in photos.STATUSES)


def test_all_but_the_last_can_be_closed_and_a_report_is_shown_first():
    """A task without a briefing would be nobody's."""
    closable = [
        status for status in photos.STATUSES if photos.is_allowed_transition(status, "afgesloten")
    ]
    assert closable == list(photos.STATUSES[:-1])
    assert not photos.is_allowed_transition("melding", "opdracht")
    assert photos.is_allowed_transition("op briefing", "opdracht")
    with pytest.raises(ValueError, match="no status"):
        photos.is_allowed_transition("melding", "kwijt")
