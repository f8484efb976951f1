"""
Bring back the table of a PDF that draws no lines between its cells.

Such a PDF (a sheet printed without its grid) still has every word at its place. The header's
words and the white between the columns tell the columns; numbers in the first column, or wider
white between lines, tell the rows. Where these do not, no table is made.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from ipgtools.schouw.formats import tables

__all__ = ["Line", "PdfTable", "Sheet", "edges", "lines_of", "plain_line", "table"]

Line = list[dict[str, Any]]
_LEVEL, _TOUCH, _APART, _WIDER = 3.0, 1.5, 1.1, 1.35
"""Points that tops of one line differ, and letters of one word are apart; heights of a letter
between cells; how much wider the white between rows is than between the lines of one."""
_STEP, _ALIGNED = 0.5, 2.0
"""Points between places that are looked at for white, and that starts of a column differ."""
_FILLED = 0.9
"""Share of the rows that have a place and a description, or it is no table."""
_CELLS, _LONG_SIDE = 12, 842.0
"""Columns of what Tesseract tells of each word; points of the longer side of A4."""
_NUMBER = re.compile(r"^\d{1,4}[.):]?$")
_MUCH, _FEW, _MOST_ODD, _MOST_STRAY = 2.5, 2, 0.1, 0.02
"""How much wider the white below a table is than between its lines; how many lines, or which
share of them, may run through columns; and the share that may at one place."""
_EDGE, _SHARE, _NAMES = 2, 0.6, 2


@dataclass(frozen=True)
class PdfTable:
    """The lines above the table, its grid with the header first, and lines that are no part."""

    above: list[str]
    grid: list[list[str]]
    after: int


class Sheet:
    """
    The words of a scanned page at their places, as pdfplumber has those of a PDF.

    Parameters
    ----------
    told : str
        What Tesseract tells of each word (its TSV).
    longest : int
        Pixels of the longer side of the page.
    """

    def __init__(self, told: str, longest: int) -> None:
        scale = _LONG_SIDE / longest
        lines: dict[tuple[str, ...], list[tuple[str, float, float, float, float]]] = {}
        for row in told.splitlines()[1:]:
            cells = row.split("\t")
            word = cells[-1].strip()
            if len(cells) == _CELLS and word and not set(word) <= set("_~|"):
                x, y, width, height = (scale * float(cell) for cell in cells[6:10])
                found = (word, x, x + width, y, y + height)
                lines.setdefault(tuple(cells[1:5]), []).append(found)
        self.words = [
            {"text": word, "x0": x0, "x1": x1, "top": top, "bottom": bottom}
            for line in lines.values()
            for top, bottom in [(min(w[3] for w in line), max(w[4] for w in line))]
            for word, x0, x1, *_ in line
        ]

    def extract_words(self, **_: float) -> list[dict[str, Any]]:
        """Return the words, each with the height of its line."""
        return self.words


def lines_of(page: Any) -> list[Line]:
    """Return the words of a page by line, from top to bottom."""
    out: list[Line] = []
    for word in sorted(
        page.extract_words(x_tolerance=_TOUCH), key=lambda word: (word["top"], word["x0"])
    ):
        if out and abs(word["top"] - out[-1][0]["top"]) <= _LEVEL:
            out[-1].append(word)
        else:
            out.append([word])
    return [sorted(line, key=lambda word: word["x0"]) for line in out]


def edges(pages: Sequence[Sequence[str]]) -> list[str]:
    """
    Find running headers and footers: lines at the edge of most pages only.

    Examples
    --------
    >>> edges([["Actielijst", "a", "b", "blad 1"], ["Actielijst", "c", "d", "blad 2"]])
    ['Actielijst', 'blad 0']
    """
    at_edge: Counter[str] = Counter()
    inside: set[str] = set()
    for lines in pages:
        plainly = [plain_line(line) for line in lines if line.strip()]
        if len(plainly) < 2 * _EDGE:
            inside |= {*plainly}
            continue
        at_edge.update({*plainly[:_EDGE], *plainly[-_EDGE:]})
        inside |= {*plainly[_EDGE:-_EDGE]}
    least = max(2, _SHARE * len(pages))
    return [
        line
        for line, n in sorted(at_edge.items())
        if n >= least and line not in inside and not _names_columns(line)
    ]


def _names_columns(line: str) -> bool:
    """Return whether a line is a table header repeated on every page."""
    return sum(map(tables.is_name, line.split())) >= _NAMES


def plain_line(line: str) -> str:
    """Give a line with its digits as 0, so that page numbers don't make it another."""
    return re.sub(r"\d+", "0", " ".join(line.split()))


def table(pages: Sequence[Any], running: Sequence[str]) -> PdfTable | None:
    """Make a table of words at their places."""
    by_page = [
        [line for line in lines_of(page) if plain_line(_text(line)) not in running]
        for page in pages
    ]
    lines = [line for page in by_page for line in page]
    top = next((at for at, line in enumerate(lines) if _fits(line)), None)
    if top is None:
        return None
    header = _cells(lines[top])
    names = [_text(cell) for cell in header]
    body = [line for line in lines[top + 1 :] if [_text(c) for c in _cells(line)] != names]
    cuts = _cuts(header, body)
    if cuts is None or not body:
        return None
    inside = [line for line in body if not _crosses(line, cuts)]
    if not inside or len(body) - len(inside) > max(_FEW, _MOST_ODD * len(body)):
        return None
    inside = _ended(inside)
    rows = _rows([_pdf_table(line, cuts) for line in inside], inside, names)
    if rows is None:
        return None
    above = [_text(line) for line in lines[:top]]
    return PdfTable(above, [names, *rows], len(body) - len(inside))


def _fits(line: Line) -> bool:
    cells = [_text(cell) for cell in _cells(line)]
    return len(cells) > 2 and tables.fits(cells)


def _cells(line: Line) -> list[Line]:
    """Take a line apart where the white is wider than between words."""
    out: list[Line] = []
    for word in line:
        if out and word["x0"] - out[-1][-1]["x1"] < _APART * (word["bottom"] - word["top"]) * 0.6:
            out[-1].append(word)
        else:
            out.append([word])
    return out


def _cuts(header: Sequence[Line], body: Sequence[Line]) -> list[float] | None:
    """
    Return the x before which each next column begins.

    Of the whites between two names the one is taken after which most words of the table begin
    in line, and of equal ones the last: numbers that are set to the right have white on both
    sides.
    """
    cuts = []
    for cell, after in pairwise(header):
        low, high = cell[0]["x0"], after[0]["x0"]
        words = [word for line in (*body, cell, after) for word in line]
        near = [word for word in words if word["x1"] > low and word["x0"] < after[-1]["x1"]]
        places = np.arange(low, high + _STEP, _STEP)
        covered = np.zeros(len(places), dtype=int)
        for word in near:
            covered += (places >= word["x0"]) & (places <= word["x1"])
        white = covered <= max(1, int(_MOST_STRAY * len(body)))
        ends = [x for x, here, then in zip(places, white, [*white[1:], False], strict=True)
                if here and not then]  # fmt: skip
        if not ends:
            return None
        starts = np.array([word["x0"] for word in near])
        begun = [int(((starts > x - _ALIGNED) & (starts < x + _ALIGNED)).sum()) for x in ends]
        cuts.append(float(max(zip(begun, ends, strict=True))[1]))
    return cuts


def _crosses(line: Line, cuts: Sequence[float]) -> bool:
    """Return whether a line crosses the gaps between columns, as a sentence does."""
    return any(word["x0"] < cut - 1 and word["x1"] > cut + 1 for word in line for cut in cuts)


def _ended(lines: Sequence[Line]) -> list[Line]:
    """Drop lines far below the table, unless they start with a number."""
    gaps = sorted(b[0]["top"] - a[0]["top"] for a, b in pairwise(lines))
    usual = next((gap for gap in gaps[len(gaps) // 2 :] if gap > 0), math.inf)
    out: list[Line] = []
    below, last = False, None
    for line in lines:
        if last is None or _NUMBER.match(line[0]["text"]):
            below = False
        else:
            below = below or line[0]["top"] - last > _MUCH * usual
        last = line[0]["top"]
        out += [] if below else [line]
    return out


def _pdf_table(line: Line, cuts: Sequence[float]) -> list[str]:
    cells: list[Line] = [[] for _ in range(len(cuts) + 1)]
    for word in line:
        cells[sum(word["x0"] + 1 >= cut for cut in cuts)].append(word)
    return [_text(cell) for cell in cells]


def _rows(
    cells: Sequence[list[str]], lines: Sequence[Line], names: Sequence[str]
) -> list[list[str]] | None:
    """Join the lines of each row; None if not nearly all have a place and a description."""
    columns = tables.columns_of(names, "")
    starts = _by_numbers(cells, lines, names, columns) or _by_white(lines)
    if starts is None:
        return None
    rows: list[list[str]] = []
    for one, begins in zip(cells, starts, strict=True):
        if begins or not rows:
            rows.append(list(one))
        else:
            rows[-1] = [_joined(a, b) for a, b in zip(rows[-1], one, strict=True)]
    needed = [list(names).index(columns[ours]) for ours in tables.NEEDED]
    filled = sum(all(row[at] for at in needed) for row in rows)
    return rows if filled >= _FILLED * len(rows) else None


def _by_numbers(
    cells: Sequence[list[str]],
    lines: Sequence[Line],
    names: Sequence[str],
    columns: dict[str, str],
) -> list[bool] | None:
    """Begin a row at its number, or after it where cells are set to the bottom."""
    if "number" not in columns:
        return None
    at = list(names).index(columns["number"])
    numbered = [bool(_NUMBER.match(one[at])) for one in cells]
    if any(bool(one[at]) and not hit for one, hit in zip(cells, numbered, strict=True)):
        return None
    gaps = [b[0]["top"] - a[0]["top"] for a, b in pairwise(lines)]
    gaps = [math.inf, *[gap if gap > 0 else math.inf for gap in gaps], math.inf]
    loose = [k for k, hit in enumerate(numbered) if not hit]
    above, below = (sum(min(gaps[k + n], 1e6) for k in loose) for n in (0, 1))
    if numbered[0] and (above <= below or not numbered[-1]):
        return numbered
    return [True, *numbered[:-1]] if numbered[-1] else None


def _by_white(lines: Sequence[Line]) -> list[bool] | None:
    gaps = [b[0]["top"] - a[0]["top"] for a, b in pairwise(lines)]
    down = [gap for gap in gaps if gap > 0]
    if not down:
        return None
    least = min(down)
    wide = [gap <= 0 or gap > _WIDER * least for gap in gaps]
    return [True, *wide] if any(wide) else None


def _joined(above: str, below: str) -> str:
    if re.search(r"[^\W\d_]-$", above) and re.match(r"(?!en\b|of\b)[a-z]", below):
        return above[:-1] + below
    return f"{above} {below}".strip()


def _text(words: Sequence[dict[str, Any]]) -> str:
    return " ".join(word["text"] for word in words)
