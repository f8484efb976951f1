"""
Open attachments that hold other files: ``winmail.dat`` of Outlook, and zip files.

Names inside are never used as paths; sizes are bounded before anything is unpacked.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from ipgtools.io import limits
from ipgtools.photos.errors import FAULTS

__all__ = ["of_winmail", "of_zip"]

_HEAD = struct.Struct("<IH")
_ATTRIBUTE = struct.Struct("<BII")
_SIGNATURE = 0x223E9F78
_BEGINS, _TITLE, _DATA = 0x00069002, 0x00018010, 0x0006800F


def of_winmail(data: bytes) -> list[tuple[str, bytes]]:
    """Return the attachments in a ``winmail.dat`` (TNEF, [MS-OXTNEF])."""
    try:
        signature, _key = _HEAD.unpack_from(data)
        if signature != _SIGNATURE:
            msg = "no TNEF"
            raise ValueError(msg)
        found: list[tuple[str, bytes]] = []
        at = _HEAD.size
        while at < len(data):
            _level, kind, size = _ATTRIBUTE.unpack_from(data, at)
            at += _ATTRIBUTE.size
            if at + size + 2 > len(data):
                msg = "TNEF is cut off"
                raise ValueError(msg)
            value, at = data[at : at + size], at + size + 2
            if kind == _BEGINS:
                found.append(("", b""))
            elif found and kind == _TITLE:
                found[-1] = (value.rstrip(b"\0").decode("cp1252", "replace"), found[-1][1])
            elif found and kind == _DATA:
                found[-1] = (found[-1][0], value)
    except struct.error as cause:
        msg = "TNEF is cut off"
        raise ValueError(msg) from cause
    return found


def of_zip(data: bytes, *, max_bytes: int, most: int) -> Iterator[tuple[str, bytes | None, str]]:
    """Return the files in a zip."""
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, *FAULTS) as cause:
        msg = f"no zip: {cause}"
        raise ValueError(msg) from cause
    left = limits.PHOTOS_OF_ZIP * max_bytes
    with packed:
        files = [
            one
            for one in packed.infolist()
            if one.filename and not one.is_dir() and not one.filename.startswith("__MACOSX/")
        ]
        for one in files[:most]:
            left -= one.file_size
            if one.file_size > max_bytes or left < 0:
                yield one.filename, None, "photo_bytes"
                continue
            try:
                with packed.open(one) as stream:
                    inside = stream.read(max_bytes + 1)
            except (zipfile.BadZipFile, zlib.error, RuntimeError, *FAULTS):
                yield one.filename, None, "photo_zip"
                continue
            if len(inside) > max_bytes:
                yield one.filename, None, "photo_bytes"
            else:
                yield one.filename, inside, ""
        if len(files) > most:
            yield "", None, "mail_parts"
