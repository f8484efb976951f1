"""
Open a picture within limits, read what the camera noted, and write a copy without it.

The copy is made of pixels alone: upright, in sRGB, as JPEG. Nothing of the original file is
carried over.
"""

import io
import math
import warnings
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from ipgtools.errors import ReadError
from ipgtools.photos.faults import FAULTS

_FORMATS = ("JPEG", "PNG")
_HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
_OTHER_KINDS = (b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"%PDF", b"<")
_QUALITY = 88
_MOST_PIXELS = 60_000_000
_TILES = 4
_LATITUDE, _LONGITUDE = (1, 2), (3, 4)
_GPS, _EXIF, _TAKEN, _TIME = 0x8825, 0x8769, 36867, 306


def strip(
    data: bytes, target: Path, *, max_pixels: int, max_side: int
) -> tuple[str, datetime | None, tuple[float, float] | None]:
    """
    Write a stripped copy of a picture.

    Parameters
    ----------
    data : bytes
        The file as received.
    target : Path
        The copy; written whole or not at all.
    max_pixels : int
        Pictures of more pixels are not decoded.
    max_side : int
        Longest side of the copy, in pixels.

    Returns
    -------
    reason : str
        Key of `ipgtools.nl.schouw.REASONS`, or empty if the copy was written.
    taken : datetime or None
        When, by the camera.
    place : (longitude, latitude) or None
        Where, by the camera, in degrees (EPSG:4326).
    """
    from PIL import Image

    from ipgtools.io.write import whole

    formats = _formats()
    if is_heif(data) and len(formats) == len(_FORMATS):
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
            written = io.BytesIO()
            copy.save(written, "JPEG", quality=_QUALITY)
    except Image.DecompressionBombError:
        return "photo_pixels", None, None
    except FAULTS:
        return "photo_broken", None, None
    with whole(target) as temporary:
        temporary.write_bytes(written.getvalue())
    return "", taken, place


def blur(path: str | Path, regions: Sequence[tuple[int, int, int, int]], out: str | Path) -> Path:
    """
    Write a copy of a photo in which marked regions can't be recognised.

    Each region becomes at most 4 by 4 tiles of its mean colours: unlike a soft blur that
    can't be turned back, since no more than these colours remain.

    Parameters
    ----------
    path : path
        A JPEG, PNG or HEIC; it is turned upright first.
    regions : sequence of (left, top, right, bottom)
        In pixels of the upright photo, from its upper left; right and bottom not included.
        What lies outside the photo is cut off.
    out : path
        The copy, a JPEG without metadata; may be `path` itself. Written whole or not at all.

    Returns
    -------
    Path
        `out`.

    Raises
    ------
    ReadError
        If `path` does not exist, or is no picture that can be read.
    ValueError
        If a region is empty or lies outside the photo: nothing would be hidden.
    """
    from PIL import Image

    from ipgtools.io.write import whole

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
        reason = str(cause) or type(cause).__name__
        msg = f"{path.name} can't be read as a photo: {reason}"
        raise ReadError(msg, code="file_unreadable", path=path.name, reason=reason) from cause
    for region in regions:
        left, top, right, bottom = (int(edge) for edge in region)
        box = (max(left, 0), max(top, 0), min(right, copy.width), min(bottom, copy.height))
        size = (box[2] - box[0], box[3] - box[1])
        if min(size) <= 0:
            msg = f"the region {tuple(region)} hides nothing of a photo of {copy.size}"
            raise ValueError(msg)
        tiles = copy.crop(box).resize(
            (min(_TILES, size[0]), min(_TILES, size[1])), Image.Resampling.BOX
        )
        copy.paste(tiles.resize(size, Image.Resampling.NEAREST), box)
    written = io.BytesIO()
    copy.save(written, "JPEG", quality=_QUALITY)
    with whole(out) as temporary:
        temporary.write_bytes(written.getvalue())
    return out


def is_heif(data: bytes) -> bool:
    r"""
    Tell whether a file is HEIC, by its first bytes.

    Examples
    --------
    >>> is_heif(b"\x00\x00\x00\x18ftypheic"), is_heif(b"\xff\xd8\xff\xe0")
    (True, False)
    """
    return data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS


def _is_other_kind(data: bytes) -> bool:
    """Tell whether a file is a picture of another kind, or a page, by its first bytes."""
    start = data[:16].lstrip()
    webp = start[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return webp or start.startswith(_OTHER_KINDS)


def _formats() -> tuple[str, ...]:
    """Give the formats that are opened: HEIC too, where the package for it is installed."""
    try:
        import pillow_heif
    except ImportError:
        return _FORMATS
    pillow_heif.register_heif_opener(thumbnails=False)
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
    """Give the pixels alone: RGB on white, in an image that never had anything else."""
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
        times = (exif.get_ifd(_EXIF).get(_TAKEN), exif.get(_TIME))
        gps = exif.get_ifd(_GPS)
    except FAULTS:
        return None, None
    taken = next((moment for text in times if (moment := _moment(text))), None)
    try:
        latitude, longitude = (
            _degrees(gps[value], str(gps.get(side, default)))
            for (side, value), default in ((_LATITUDE, "N"), (_LONGITUDE, "E"))
        )
    except FAULTS:
        return taken, None
    usable = abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude or longitude)
    return taken, (longitude, latitude) if usable else None


def _degrees(parts: Any, side: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(value):
        msg = "a coordinate is not a number"
        raise ValueError(msg)
    return -value if side.strip("\x00 ").upper() in {"S", "W"} else value


def _moment(text: Any) -> datetime | None:
    if isinstance(text, bytes):
        text = text.decode("ascii", errors="replace")
    try:
        return datetime.strptime(str(text).strip("\x00 ")[:19], "%Y:%m:%d %H:%M:%S")
    except ValueError:
        return None
