"""Know the packed files that unpack to far more than any real table, before they fill memory."""

import gzip
import zlib
from pathlib import Path

from ipgtools.errors import ReadError

MUCH = 200 << 20
"""Bytes below which a packed file is no threat, however well it is packed."""
MOST_TIMES = 150
"""How much smaller packing makes real tables at the very most."""
MOST_BYTES = 16 << 30
"""Bytes above which nothing is unpacked."""


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
