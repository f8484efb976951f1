"""
Read from the XML of an .xlsx what its cells do not show.

Which of them are merged, which rows are hidden, and how many formulas no program has computed
yet. In an .xlsx openpyxl doesn't tell when it reads row by row; there the XML is looked at.
"""

import re
import zipfile
from pathlib import Path

from ipgtools.io.files.workbooks import MOST_ROWS, About, Row

__all__ = ["columns_to_fill", "fill_merged", "merged_and_hidden", "uncomputed"]

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_MOST_MERGED = 100_000
_MOST_FILLED = 1_500_000
"""Cells that take the value of a merged one: more than a column of the longest sheet."""
_HIDDEN = re.compile(rb'<(?:\w+:)?row(\s[^<>]*?\shidden="(?:1|true)"[^<>]*)>')
_NUMBER = re.compile(rb'\sr="(\d{1,7})"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_TO_COMPUTE = re.compile(rb'fullCalcOnLoad="(?:1|true)"')


def merged_and_hidden(path: Path, about: About, at: int) -> tuple[list[tuple[int, int, int]], int]:
    """List the cells below the header that are merged over rows, and count hidden rows."""
    if about.get("part"):
        merged, hidden = _scanned(path, about["part"])
    else:
        merged, hidden = about.get("merged", []), about.get("hidden", set())
    spans = [(first - at - 1, last - at - 1, column) for first, last, column in merged]
    return [span for span in spans if span[0] >= 1], sum(row > at + 1 for row in hidden)


def _scanned(path: Path, part: str) -> tuple[list[tuple[int, int, int]], set[int]]:
    """Look for cells that are merged over rows, and hidden rows with cells, in an .xlsx."""
    merged: dict[tuple[int, int, int], None] = {}
    hidden: set[int] = set()
    tail = b""
    with zipfile.ZipFile(path) as archive, archive.open(part) as stream:
        while block := stream.read(1 << 20):
            text = tail + block
            for left, first, _, last in _MERGED.findall(text):
                if int(first) < int(last) <= MOST_ROWS and len(merged) < _MOST_MERGED:
                    merged[int(first), int(last), _place(left.decode())] = None
            for attributes in _HIDDEN.findall(text):
                if (number := _NUMBER.search(attributes)) and not attributes.endswith(b"/"):
                    hidden.add(int(number[1]))
            tail = text[-400:]
    return list(merged), hidden


def uncomputed(path: Path, part: str | None) -> int:
    """
    Count the formulas of a sheet that was written by a program that can't compute.

    Such a program leaves out what a formula gives, or writes 0, and asks for all of it to be
    computed when the workbook is opened.
    """
    if not part:
        return 0
    n, tail = 0, b""
    with zipfile.ZipFile(path) as archive:
        book = "xl/workbook.xml"
        if book not in archive.namelist():
            return 0
        with archive.open(book) as stream:
            if not _TO_COMPUTE.search(stream.read(1 << 20)):
                return 0
        with archive.open(part) as stream:
            while block := stream.read(1 << 20):
                text = tail + block
                n += len(_FORMULA.findall(text))
                tail = text[-30:]
                n -= len(_FORMULA.findall(tail))
    return n + len(_FORMULA.findall(tail))


def columns_to_fill(merged: list[tuple[int, int, int]]) -> dict[int, set[int]]:
    """
    Return for each row below a merged cell the columns to fill from above.

    Examples
    --------
    >>> columns_to_fill([(2, 4, 0)])
    {3: {0}, 4: {0}}
    """
    fill: dict[int, set[int]] = {}
    room = _MOST_FILLED
    for first, last, column in merged:
        last = min(last, first + room)  # noqa: PLW2901
        room -= last - first
        for row in range(first + 1, last + 1):
            fill.setdefault(row, set()).add(column)
    return fill


def fill_merged(row: Row, above: Row, columns: set[int]) -> Row:
    """
    Fill the empty cells of a row from the row above.

    Examples
    --------
    >>> fill_merged((None, "b"), ("a", "x"), {0, 1})
    ('a', 'b')
    """
    cells = list(row)
    for column in columns:
        if column < len(above) and above[column] is not None:
            cells += [None] * (column + 1 - len(cells))
            if cells[column] is None:
                cells[column] = above[column]
    return tuple(cells)


def _place(letters: str) -> int:
    """
    Count a column from 0.

    Examples
    --------
    >>> _place("A"), _place("AA")
    (0, 26)
    """
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
