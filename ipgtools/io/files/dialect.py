"""
Find out how a text table is laid out: encoding, separator, and the line of its header.

A header needn't stand on the first line, and may go over several.
"""

import contextlib
import csv
import gzip
import io
import itertools
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ipgtools.errors import ReadError
from ipgtools.io.files import repair_rows as lines_

__all__ = ["Dialect", "open_binary", "sniff"]

_SEPARATORS = ";\t,|"
_HEAD = 1 << 20
_HEADER_WITHIN = 40
_LINES = 300
_HEADER_LINES = 40
"""Lines over which a header with line breaks in it may go."""


@dataclass(frozen=True)
class Dialect:
    """
    How a text file is laid out.

    Parameters
    ----------
    encoding : str
        Python's name of it.
    separator : str
        One sign.
    names : list of str
        Names of the columns.
    line : int
        Lines before the header.
    empty : bool
        Whether nothing stands below the header.
    """

    encoding: str
    separator: str
    names: list[str]
    line: int
    empty: bool


def sniff(path: Path) -> Dialect:
    """Find out how a text file is laid out."""
    with open_binary(path) as stream:
        head = stream.read(_HEAD)
    encoding = _encoding(head)
    text = head.decode(encoding, errors="replace").lstrip("\ufeff")
    if not text.strip().strip("\x00"):
        msg = f"{path.name} is empty"
        raise ReadError(msg, code="file_empty", path=path.name)
    lines = list(itertools.islice(io.StringIO(text, newline=None), _LINES))
    separator, at = _header(lines)
    names, n_lines = _row(lines, at, separator)
    below_header = _records(lines[at + n_lines :], separator)
    if below_header and all(len(row) == len(names) + 1 and not row[-1] for row in below_header):
        names.append("")  # every row but the header ends with a separator
    if sum(not name.strip() for name in names) > 1:
        names = [name if name.strip() else f"kolom {at}" for at, name in enumerate(names, 1)]
    below = "".join(lines[at + n_lines :]).strip()
    return Dialect(encoding, separator, names, at, empty=not below)


def open_binary(path: Path) -> Any:
    """Open a text table as bytes, also one that is packed with gzip."""
    return (gzip.open if path.suffix.lower() == ".gz" else open)(path, "rb")


def _header(lines: list[str]) -> tuple[str, int]:
    """
    Find the separator and the line of the header.

    The header is the first line with as many fields as most rows have, none of them a number
    and hardly any of them empty. Where none is like that the first line with text counts.
    """
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    separator = max(_SEPARATORS, key=lines[first].count)
    if lines[first].count(separator) == 0:
        most = Counter({sign: sum(min(line.count(sign), 30) for line in lines)
                        for sign in _SEPARATORS})  # fmt: skip
        separator = max(_SEPARATORS, key=lambda sign: most[sign])
    usual = _usual(lines, separator)
    if not usual:
        return separator, first
    top, _ = _row(lines, first, separator)
    if len(top) == usual and not _mostly_empty(top):
        return separator, first
    for at in range(first, min(len(lines), _HEADER_WITHIN)):
        row, _ = _row(lines, at, separator)
        if len(row) == usual and not _mostly_empty(row) and not any(map(_is_number, row)):
            return separator, at
    return separator, first


def _usual(lines: list[str], separator: str) -> int:
    r"""
    Return how many fields most rows have, or 0 where there is nothing to separate.

    A text between quotation marks may go over several lines, and marks that nothing closes may
    make rows look like a text: whichever of both readings is the most even is right.

    Examples
    --------
    >>> _usual(['1;"weg\n', 'naar; huis";5\n', '2;"weg\n', 'naar; huis";6\n'], ";")
    3
    """
    by_row = Counter(len(row) for row in _records(lines, separator) if len(row) > 1)
    by_line = Counter(len(row) for line in lines if len(row := lines_.split(line, separator)) > 1)
    if not by_row or not by_line:
        return max([*by_row, *by_line], default=0)
    even = max(by_row, by_line, key=lambda counts: max(counts.values()) / counts.total())
    return even.most_common(1)[0][0]


def _records(lines: list[str], separator: str) -> list[list[str]]:
    """Split lines into rows, of which some may go over several lines."""
    rows, at = [], 0
    while at < len(lines):
        row, n_lines = _row(lines, at, separator)
        if any(field.strip() for field in row) or len(row) > 1:
            rows.append(row)
        at += n_lines
    return rows


def _row(lines: list[str], at: int, separator: str) -> tuple[list[str], int]:
    r"""
    Return the fields of the row that starts on a line, and over how many lines it goes.

    Sheets put line breaks in long names of columns, between quotation marks.

    Examples
    --------
    >>> _row(['nr;"begin\n', 'datum";X\n', '1;2;3\n'], 0, ";")
    (['nr', 'begin\ndatum', 'X'], 2)
    """
    some = lines[at : at + _HEADER_LINES]
    reader = csv.reader(some, delimiter=separator)
    with contextlib.suppress(csv.Error, StopIteration):
        row = next(reader)
        if (
            reader.line_num == 1
            or sum(line.count('"') for line in some[: reader.line_num]) % 2 == 0
        ):
            return row, reader.line_num
    return lines_.split(lines[at], separator), 1


def _mostly_empty(row: list[str]) -> bool:
    return sum(bool(field.strip()) for field in row) < 0.7 * len(row)


def _is_number(field: str) -> bool:
    return field.strip().replace(".", "").replace(",", "").lstrip("-").isdigit()


def _encoding(head: bytes) -> str:
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if head.startswith(mark):
            return encoding
    start = head[:2000]
    if len(start) > 20 and start[1::2].count(0) > 0.4 * len(start):
        return "utf-16-le"
    if len(start) > 20 and start[::2].count(0) > 0.4 * len(start):
        return "utf-16-be"
    cut_off = len(head) == _HEAD  # perhaps in the middle of a sign
    try:
        (head[: head.rfind(b"\n") + 1 or None] if cut_off else head).decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
