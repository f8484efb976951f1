"""
Know the files that hold, or unpack to, far more than real ones, before they fill memory.

Tables, reports of a schouw and zips in mails each have limits of their own; all are here.
"""

import gzip
import re
import zlib
from pathlib import Path

from ipgtools.errors import ReadError

__all__ = [
    "MOST_BYTES", "MOST_TIMES", "MUCH", "PHOTOS_OF_ZIP", "REPORT", "exceeds_limits", "limit_error",
    "refuse_gzip_bomb", "report_error", "require_pdf", "require_report",
]  # fmt: skip

MUCH = 200 << 20
"""Bytes below which a packed file is no threat, however well it is packed."""
MOST_TIMES = 150
"""How much smaller packing makes real tables at the very most."""
MOST_BYTES = 16 << 30
"""Bytes above which nothing is unpacked."""
REPORT = 200_000_000
"""Bytes of the largest report, packed or not."""
PHOTOS_OF_ZIP = 10
"""All files of a zip together may be so many times as large as one picture."""
_PDF_STREAM = re.compile(rb"stream\r?\n")
_PDF_PART = 32 << 20
"""Bytes of text, drawing or font in one part of a PDF; a page of text takes some thousands."""
_PDF_PICTURE = 256 << 20
"""Bytes of a picture: A3 in colour at 600 dots an inch."""
_PDF_LEVELS = 4
_DEFLATED = b"\x78"


def exceeds_limits(unpacked: int, packed: int) -> bool:
    """
    Return whether a file unpacks to more than any real table would.

    Examples
    --------
    >>> (
    ...     exceeds_limits(50 << 20, 1 << 10),
    ...     exceeds_limits(1 << 30, 1 << 20),
    ...     exceeds_limits(1 << 30, 100 << 20),
    ... )
    (False, True, False)
    """
    return unpacked > MOST_BYTES or (unpacked > MUCH and unpacked > MOST_TIMES * packed)


def limit_error(path: Path) -> ReadError:
    """Make the error for a file that unpacks to too much."""
    msg = f"{path.name} unpacks to far more than its size; it isn't opened"
    return ReadError(msg, code="file_bomb", path=path.name)


def refuse_gzip_bomb(path: Path) -> None:
    """
    Raise if a gzip file unpacks to too much.

    Its own word for it can't be relied on. Only where the start packs suspiciously well the
    file is unpacked as far as needed to know, without keeping anything.
    """
    packed, unpacked = path.stat().st_size, 0
    if packed * 1100 < MUCH:
        return
    try:
        with path.open("rb") as raw:
            start = _start(raw.read(1 << 16))
        if len(start) < MOST_TIMES // 4 * min(packed, 1 << 16):
            return
        with gzip.open(path, "rb") as stream:
            while block := stream.read(8 << 20):
                unpacked += len(block)
                if exceeds_limits(unpacked, packed):
                    raise limit_error(path)
    except (OSError, EOFError, zlib.error):
        return


def _start(packed: bytes) -> bytes:
    """Unpack the start of a gzip file, which may be made of many small ones."""
    start = b""
    while packed and len(start) < 16 << 20:
        unpacker = zlib.decompressobj(wbits=31)
        start += unpacker.decompress(packed, 16 << 20)
        packed = unpacker.unused_data
    return start


def require_report(path: Path, n_bytes: int, most: int = REPORT) -> None:
    """Raise if a report of a schouw is, or unpacks to, more bytes than one can be."""
    if n_bytes > most:
        raise report_error(path, f"is or unpacks to {n_bytes} bytes")


def report_error(path: Path, what: str) -> ReadError:
    """Make the error for a report that is larger than one can be."""
    msg = f"{path.name} {what}, more than a report can have"
    return ReadError(msg, code="schouw_too_large", path=path.name)


def require_pdf(path: Path) -> None:
    """Raise if a part of a PDF unpacks to more than a report can hold."""
    content = path.read_bytes()
    for found in _PDF_STREAM.finditer(content):
        about = content[max(found.start() - 500, 0) : found.start()].rpartition(b" obj")[2]
        most = _PDF_PICTURE if b"/Image" in about else _PDF_PART
        data: bytes | memoryview = memoryview(content)[found.end() :]
        for _ in range(_PDF_LEVELS):
            if bytes(data[:1]) != _DEFLATED:
                break
            try:
                data = zlib.decompressobj().decompress(data, most + 1)
            except zlib.error:
                break
            if len(data) > most:
                raise report_error(path, "has a part that unpacks to far more than its size")
