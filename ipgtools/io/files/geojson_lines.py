"""Find the lines that GDAL passes over in a GeoJSON that has a feature on every line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ipgtools.errors import ReadError
from ipgtools.io.report import no_rejects

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["invalid_lines"]

_RECORD = b"\x1e"
"""What may stand before every feature (RFC 8142)."""


def invalid_lines(path: Path, n_rows: int) -> "pd.DataFrame":
    """List the lines that are no feature."""
    import pandas as pd

    if sum(1 for _ in _lines(path)) == n_rows:
        return no_rejects()
    n, numbers = 0, []
    for number, line in enumerate(_lines(path), start=1):
        n = number
        if not _is_feature(line):
            numbers.append(number)
    if n - len(numbers) != n_rows:
        msg = f"{path.name} has {n} lines with {n_rows} features"
        raise ReadError(msg, code="file_cut_off", path=path.name)
    return pd.DataFrame({"source_row": numbers, "column": "", "found": "", "code": "no_feature"})


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        start = stream.read(4).removeprefix(b"\xef\xbb\xbf")
        stream.seek(0)
        if start.startswith(_RECORD):
            yield from filter(bytes.strip, stream.read().split(_RECORD))
        else:
            yield from filter(bytes.strip, stream)


def _is_feature(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line.decode("utf-8-sig")), dict)
    except (ValueError, RecursionError):
        return False
