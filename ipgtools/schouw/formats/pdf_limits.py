"""Check that a PDF does not unpack to more than a report can hold."""

import re
import zlib
from pathlib import Path

_STREAM = re.compile(rb"stream\r?\n")
_MOST = 32 << 20
"""Bytes of text, drawing or font in one part of a PDF; a page of text takes some thousands."""
_MOST_PICTURE = 256 << 20
"""Bytes of a picture: A3 in colour at 600 dots an inch."""
_LEVELS = 4
_DEFLATED = b"\x78"


def exceeds_limits(path: Path) -> bool:
    """Return whether a part of a PDF unpacks to too much."""
    content = path.read_bytes()
    for found in _STREAM.finditer(content):
        about = content[max(found.start() - 500, 0) : found.start()].rpartition(b" obj")[2]
        most = _MOST_PICTURE if b"/Image" in about else _MOST
        data: bytes | memoryview = memoryview(content)[found.end() :]
        for _ in range(_LEVELS):
            if bytes(data[:1]) != _DEFLATED:
                break
            try:
                data = zlib.decompressobj().decompress(data, most + 1)
            except zlib.error:
                break
            if len(data) > most:
                return True
    return False
