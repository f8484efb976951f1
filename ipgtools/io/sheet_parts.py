"""
Look in the XML of an .xlsx for what openpyxl doesn't tell when it reads row by row.

Which cells are merged, and how many formulas no program has computed yet.
"""

import re
import zipfile
from pathlib import Path

from ipgtools.io.books import MOST_ROWS, Row

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_MOST_MERGED = 100_000
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_TO_COMPUTE = re.compile(rb'fullCalcOnLoad="(?:1|true)"')


def merged(path: Path, part: str | None, at: int) -> list[tuple[int, int, int]]:
    """
    List the cells below the header that are merged over rows.

    Parameters
    ----------
    path : Path
        The workbook.
    part : str or None
        Where the sheet stands in it; None for what is no .xlsx.
    at : int
        Rows above the header.

    Returns
    -------
    list of (int, int, int)
        First and last row, from 1 below the header, and column, from 0.
    """
    if not part:
        return []
    merged: list[tuple[int, int, int]] = []
    tail = b""
    with zipfile.ZipFile(path) as archive, archive.open(part) as stream:
        while block := stream.read(1 << 20):
            text = tail + block
            for left, first, _, last in _MERGED.findall(text):
                span = (int(first) - at - 1, int(last) - at - 1, _place(left.decode()))
                if 1 <= span[0] < span[1] <= MOST_ROWS and span not in merged[-50:]:
                    merged.append(span)
            tail = text[-200:]
            if len(merged) > _MOST_MERGED:
                break
    return merged


def uncomputed(path: Path, part: str | None) -> int:
    """
    Count the formulas of a sheet that was written by a program that can't compute.

    Such a program leaves out what a formula gives, or writes 0, and asks for all of it to be
    computed when the workbook is opened.

    Parameters
    ----------
    path : Path
        The workbook.
    part : str or None
        Where the sheet stands in it; None for what is no .xlsx.

    Returns
    -------
    int
        0 for a workbook that has been computed.
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


def fill(merged: list[tuple[int, int, int]]) -> dict[int, set[int]]:
    """
    Say for each row below a merged cell's first which columns take the value from above.

    Examples
    --------
    >>> fill([(2, 4, 0)])
    {3: {0}, 4: {0}}
    """
    fill: dict[int, set[int]] = {}
    for first, last, column in merged:
        for row in range(first + 1, min(last, first + 10_000) + 1):
            fill.setdefault(row, set()).add(column)
    return fill


def filled(row: Row, above: Row, columns: set[int]) -> Row:
    """
    Fill the empty cells of a row from the row above.

    Examples
    --------
    >>> filled((None, "b"), ("a", "x"), {0, 1})
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
