"""
Open a picture within limits, read what the camera noted, and write a copy without it.

The copy is made of pixels alone: upright, in sRGB, as JPEG. Nothing of the original file is
carried over.
"""

import io
import math
import re
import warnings
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from ipgtools import _extras
from ipgtools.errors import ReadError, unreadable
from ipgtools.photos import file_types
from ipgtools.photos.errors import FAULTS

__all__ = ["Region", "blur", "is_decoration", "strip"]

_FORMATS = ("JPEG", "PNG")
_OTHER_KINDS = (b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"%PDF", b"<")
_QUALITY = 88
_MOST_PIXELS = 60_000_000
_TILES, _TILE = 4, 8
_SMALL, _DRAWN_SMALL = 200, 100
"""Shorter side of what is a logo, in pixels of its own and as a page draws it."""
_STRIP = 2.5
"""How many times as long as wide a banner is; telephones' screens are up to 2.4 times."""
_LATITUDE, _LONGITUDE = (1, 2), (3, 4)
_GPS, _EXIF = 0x8825, 0x8769
_TAKEN, _DIGITISED, _CHANGED = (36867, 0x9011), (36868, 0x9012), (306, 0x9010)
"""A time and its offset from Greenwich."""
_GPS_DAY, _GPS_TIME = 29, 7
_FIRST_YEAR = 1995
"""Before it cameras noted nothing: their clock was not set."""


Region = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels."""


def strip(
    data: bytes,
    target: Path,
    *,
    max_pixels: int,
    max_side: int,
    regions: Sequence[Region] = (),
) -> tuple[str, datetime | None, tuple[float, float] | None]:
    """Write a stripped copy of a picture."""
    from PIL import Image

    from ipgtools.io.write import atomic

    formats = _formats()
    if file_types.is_heif(data) and len(formats) == len(_FORMATS):
        return "photo_heic", None, None
    if _is_other_kind(data):
        return "photo_kind", None, None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=formats) as photo:
                if photo.width * photo.height > max_pixels:
                    return "photo_pixels", None, None
                taken, place = _camera(photo)
                profile = photo.info.get("icc_profile")
                photo.load()
                upright = _upright(photo)
            copy = _flat(_srgb(upright, profile))
            copy.thumbnail((max_side, max_side))
    except Image.DecompressionBombError:
        return "photo_pixels", None, None
    except FAULTS:
        return "photo_broken", None, None
    _hide(copy, regions)
    written = io.BytesIO()
    copy.save(written, "JPEG", quality=_QUALITY)
    with atomic(target) as temporary:
        temporary.write_bytes(written.getvalue())
    return "", taken, place


def blur(path: str | Path, regions: Sequence[Region], out: str | Path) -> Path:
    """
    Write a copy of a photo in which marked regions can't be recognised.

    Each region becomes at most 4 by 4 tiles of its mean colours, none smaller than 8 by 8
    pixels: unlike a soft blur that can't be turned back, since no more than these colours
    remain.

    Parameters
    ----------
    path : path
        A JPEG, PNG or HEIC; it is turned upright first.
    regions : sequence of (left, top, right, bottom)
        In pixels of the upright photo, from its upper left; right and bottom not included.
        Parts of pixels count whole. What lies outside the photo is cut off; where regions
        overlap both hide.
    out : path
        The copy, a JPEG without metadata; may be `path` itself. Written whole or not at all.

    Returns
    -------
    Path
        `out`.

    Raises
    ------
    ReadError
        If `path` does not exist, or is no picture that can be read; if a region is empty or lies
        outside the photo: nothing would be hidden.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from PIL import Image
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     photo = pathlib.Path(folder, "foto.png")
    ...     Image.new("RGB", (64, 48), "navy").save(photo)
    ...     blur(photo, [(0, 0, 32, 24)], photo.with_suffix(".jpg")).name
    'foto.jpg'
    """
    from PIL import Image

    from ipgtools.io.write import atomic

    path, out = Path(path), Path(out)
    if not path.is_file():
        msg = f"{path} does not exist"
        raise ReadError(msg, code="file_missing", path=str(path))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path, formats=_formats()) as photo:
                _require_pixels(photo)
                profile = photo.info.get("icc_profile")
                photo.load()
                copy = _flat(_srgb(_upright(photo), profile))
    except (Image.DecompressionBombError, *FAULTS) as cause:
        raise unreadable(path.name, cause, "read as a photo") from cause
    _hide(copy, regions)
    written = io.BytesIO()
    copy.save(written, "JPEG", quality=_QUALITY)
    with atomic(out) as temporary:
        temporary.write_bytes(written.getvalue())
    return out


def is_decoration(data: bytes, drawn: tuple[int, int]) -> bool:
    """Return whether a picture in a page is a logo, a banner, a line or a tracking pixel."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=(*_formats(), "GIF")) as photo:
                width, height = photo.size
                if any(_camera(photo)):
                    return False
    except (Image.DecompressionBombError, *FAULTS):
        return False
    scales = [one / own for one, own in zip(drawn, (width, height), strict=True) if one and own]
    shorter = min(width, height)
    if max(width, height) >= _STRIP * shorter:
        return True
    return shorter < _SMALL or (bool(scales) and shorter * min(scales) < _DRAWN_SMALL)


def _hide(copy: Any, regions: Sequence[Region]) -> None:
    """Turn regions into a few tiles, in the image itself."""
    from PIL import Image

    for region in regions:
        left, top = (math.floor(edge) for edge in region[:2])
        right, bottom = (math.ceil(edge) for edge in region[2:])
        box = (max(left, 0), max(top, 0), min(right, copy.width), min(bottom, copy.height))
        size = (box[2] - box[0], box[3] - box[1])
        if min(size) <= 0:
            msg = f"the region {tuple(region)} hides nothing of a photo of {copy.size}"
            found = ", ".join(map(str, region))
            raise ReadError(
                msg, code="photo_region", found=found, width=copy.width, height=copy.height
            )
        n_tiles = tuple(min(_TILES, max(1, side // _TILE)) for side in size)
        tiles = copy.crop(box).resize(n_tiles, Image.Resampling.BOX)
        copy.paste(tiles.resize(size, Image.Resampling.NEAREST), box)


def _is_other_kind(data: bytes) -> bool:
    """Return whether a file is a picture of another kind, or a page, by its first bytes."""
    start = data[:16].lstrip()
    webp = start[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return webp or start.startswith(_OTHER_KINDS)


def _formats() -> tuple[str, ...]:
    """Return the formats that are opened: HEIC too, where the package for it is installed."""
    if not _extras.is_installed("pillow_heif"):
        return _FORMATS
    _extras.require("pillow_heif").register_heif_opener(thumbnails=False)
    return (*_FORMATS, "HEIF")


def _require_pixels(photo: Any) -> None:
    if photo.width * photo.height > _MOST_PIXELS:
        msg = f"{photo.width} x {photo.height} pixels are more than {_MOST_PIXELS}"
        raise ValueError(msg)


def _upright(photo: Any) -> Any:
    from PIL import ImageOps

    try:
        return ImageOps.exif_transpose(photo)
    except FAULTS:
        return photo


def _srgb(photo: Any, profile: bytes | None) -> Any:
    """Bring colours into sRGB, since the copy carries no profile."""
    from PIL import ImageCms

    if not profile or photo.mode not in {"RGB", "CMYK", "L"}:
        return photo
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(photo, given, target, outputMode="RGB")
    except (ImageCms.PyCMSError, *FAULTS):
        return photo


def _flat(photo: Any) -> Any:
    """Return the pixels alone: RGB on white, in an image that never had anything else."""
    from PIL import Image

    if photo.mode in {"RGBA", "LA", "PA"} or "transparency" in photo.info:
        photo = photo.convert("RGBA")
        white = Image.new("RGB", photo.size, "white")
        white.paste(photo, mask=photo.getchannel("A"))
        return white
    if photo.mode.startswith("I"):
        photo = photo.point(lambda value: value / 256).convert("L")
    bare = Image.new("RGB", photo.size)
    bare.paste(photo.convert("RGB"))
    return bare


def _camera(photo: Any) -> tuple[datetime | None, tuple[float, float] | None]:
    """Read time and place from EXIF; what can't be read is missing."""
    try:
        exif = photo.getexif()
        noted = exif.get_ifd(_EXIF)
        gps = exif.get_ifd(_GPS)
    except FAULTS:
        return None, None
    times = (
        _moment(noted.get(_TAKEN[0]), noted.get(_TAKEN[1])),
        _moment(noted.get(_DIGITISED[0]), noted.get(_DIGITISED[1])),
        _by_satellite(gps),
        _moment(exif.get(_CHANGED[0]), noted.get(_CHANGED[1])),
    )
    taken = next((moment for moment in times if moment), None)
    try:
        latitude, longitude = (
            _degrees(gps[value], str(gps.get(side, default)))
            for (side, value), default in ((_LATITUDE, "N"), (_LONGITUDE, "E"))
        )
    except FAULTS:
        return taken, None
    usable = abs(latitude) <= 90 and abs(longitude) <= 180 and latitude and longitude
    return taken, (longitude, latitude) if usable else None


def _degrees(parts: Any, side: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(value) or not (0 <= minutes < 60 and 0 <= seconds <= 60 and degrees >= 0):
        msg = "a coordinate is no number of degrees, minutes and seconds"
        raise ValueError(msg)
    return -value if side.strip("\x00 ").upper() in {"S", "W"} else value


def _moment(text: Any, offset: Any = None) -> datetime | None:
    given = _text(text)
    day = given[:10].replace("-", ":").replace("/", ":")
    try:
        moment = datetime.strptime(f"{day} {given[11:19]}", "%Y:%m:%d %H:%M:%S")
    except ValueError:
        return None
    if moment.year < _FIRST_YEAR:
        return None
    found = re.fullmatch(r"([+-])(\d\d):(\d\d)", _text(offset))
    if not found or int(found[2]) > 14:
        return moment
    ahead = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return moment.replace(tzinfo=timezone(-ahead if found[1] == "-" else ahead))


def _by_satellite(gps: Any) -> datetime | None:
    """Read the time that came with the place: that of Greenwich."""
    try:
        clock = [int(float(part)) for part in gps[_GPS_TIME]]
        moment = _moment(f"{_text(gps[_GPS_DAY])} {clock[0]:02}:{clock[1]:02}:{clock[2]:02}")
    except FAULTS:
        return None
    return moment and moment.replace(tzinfo=UTC)


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        value = value.decode("ascii", errors="replace")
    return "" if value is None else str(value).strip("\x00 ")
