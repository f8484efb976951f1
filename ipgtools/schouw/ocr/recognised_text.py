"""
Read a schouw report that went through text recognition.

Row starts are found, the cells of a row told apart, and the numbers mended by their rising
run. Words are corrected elsewhere; here no letter changes.
"""

import heapq
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ipgtools.errors import ReadError
from ipgtools.geocoder.string_similarity import Match, normalise_name, similarity
from ipgtools.nl import schouw as nl
from ipgtools.schouw.ocr.segment_columns import Cells, Line, cut_rows

__all__ = ["Recognised", "correct_numbers", "has_header", "heading", "house_numbers", "read_text"]

_MARK = re.compile(r"^\s*([0-9§$&iIlLOoSsBbZz!ADGTgq?]{1,4})\s*([.,:;)\]]+)?\s*(\|)?\s*(?=\S)")
_BARE_NUMBER = re.compile(r"^\s*(\d{1,4})\s+(?=[^\W\d_a-z])")
_OPEN_ROW = re.compile(r"^\s*\|\s*(?=[^\W\d])")
_OPEN_NUMBER = re.compile(r"\bnr\.?(?!\s*\d)", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[^\W\d])(t\.[oO]\.|t\.h\.v\.)(?=\s|nr|\d)")
_MISREAD_NUMBER = re.compile(
    r"(\b(?:nr|nummer|huisnr)\.?\s*)(?=[\dlIOo|]*\d)(?=\d*[lIOo|])([\dlIOo|]{2,4})(?![\w|])"
)
_DIGIT_LIKE = {
    **dict.fromkeys("§$Ss", "5"), **dict.fromkeys("IlL!", "1"), **dict.fromkeys("Zz", "2"),
    **dict.fromkeys("OoD", "0"), **dict.fromkeys("B&", "8"), "i": "15", "b": "6", "A": "4",
    "G": "6", "T": "7", "?": "27", **dict.fromkeys("gq", "9"),
}  # fmt: skip
_LOOKALIKE = {"68", "89", "38", "08", "06", "17", "56", "35", "09", "58", "14", "27"}
_SLIP, _WRONG, _LENGTH, _SKIPPED, _FURTHEST = 0.3, 1.0, 0.5, 0.2, 30
_KEPT = 200
"""Numbers that a row may still have: all of them in a report of common length."""
_HEADER_ALIKE, _STREET_ALIKE = 0.75, 0.8
_OTHER_DAY = re.compile(
    r"\b(?:volgende|vorige|eerstvolgende|afdruk|geprint|versie)\b", re.IGNORECASE
)
"""What stands in a line that tells another day than that of the schouw."""
_AS_DIGITS = str.maketrans("OoIl|", "00111")


@dataclass(frozen=True)
class Recognised:
    """
    Rows of a report.

    Parameters
    ----------
    heading : tuple of str
        Lines before the table.
    lines : tuple of int, n_rows
        On which line of the file each row starts, from 1.
    marks : tuple of str, n_rows
        Numbers as recognised.
    numbers : tuple of int, n_rows
        Numbers as they rise.
    cells : tuple of Cells, n_rows
        Place, description and action.
    before, after : int
        Lines between the header and the first row, and after the table, that were left alone.
    """

    heading: tuple[str, ...]
    lines: tuple[int, ...]
    marks: tuple[str, ...]
    numbers: tuple[int, ...]
    cells: tuple[Cells, ...]
    before: int
    after: int


def read_text(
    text: str, match: Callable[[str], Match | None], actor_names: Sequence[str], *, name: str
) -> Recognised:
    """Take recognised text apart into rows and cells."""
    lines = _GLUED.sub(r" \1 ", text.replace("\f", "\n")).splitlines()
    top = next((at + 1 for at, line in enumerate(lines) if _is_header(line)), 0)
    starts = [
        (at, start)
        for at, line in enumerate(lines)
        if at >= top
        and not _is_header(line)
        and (start := _row_start(line, match)) is not None
        and not (start[0].isdigit() and at > top and _OPEN_NUMBER.search(lines[at - 1]))
    ]
    if top:
        starts = _with_gaps_filled(starts, lines)
    if not starts:
        msg = f"{name} has no line that starts a row: a number, then a place"
        raise ReadError(msg, code="schouw_no_rows", path=name)
    blocks, marks = [], []
    ends = [at for at, _ in starts[1:]] + [len(lines)]
    after = 0
    for (at, (mark, rest)), end in zip(starts, ends, strict=True):
        block = [rest, *lines[at + 1 : end]]
        if end == len(lines):
            blank = next((k for k, line in enumerate(block) if not line.strip()), len(block))
            after = sum(1 for line in block[blank:] if line.strip())
            block = block[:blank]
        cells = [Line.of(line) for line in block if line.strip() and not _is_header(line)]
        blocks.append([line for line in cells if line.words])
        marks.append(mark)
    return Recognised(
        heading=tuple(line.strip() for line in lines[: top or starts[0][0]] if line.strip()),
        lines=tuple(at + 1 for at, _ in starts),
        marks=tuple(marks),
        numbers=tuple(correct_numbers(marks)),
        cells=tuple(cut_rows(blocks, match, actor_names)),
        before=sum(bool(line.strip()) for line in lines[top : starts[0][0]]) if top else 0,
        after=after,
    )


def house_numbers(text: str) -> tuple[str, list[tuple[int, str, str]]]:
    """
    Read the letters in house numbers as the digits they look like: *nr. l4*, *nr. 2O*.

    Examples
    --------
    >>> house_numbers("Pluimstraat nr. l4")
    ('Pluimstraat nr. 14', [(1, 'l4', '14')])
    """
    mended: list[tuple[int, str, str]] = []
    lines = []
    for at, line in enumerate(text.split("\n"), start=1):

        def digits(found: re.Match[str], at: int = at) -> str:
            raw, fixed = found[2], found[2].translate(_AS_DIGITS)
            mended.append((at, raw, fixed))
            return f"{found[1]}{fixed}"

        lines.append(_MISREAD_NUMBER.sub(digits, line))
    return "\n".join(lines), mended


def has_header(text: str) -> bool:
    """
    Return whether a line of a text holds the names of the columns of a report.

    Examples
    --------
    >>> has_header("nr. | adres | locatie omschrijwing actie door")
    True
    """
    return any(map(_is_header, text.splitlines()))


def correct_numbers(marks: Sequence[str]) -> list[int]:
    """
    Correct numbers so that they rise strictly.

    Of all rising runs the one is taken that changes the fewest digits, digits that look
    alike for less, and that skips the fewest numbers (dynamic programming).

    Examples
    --------
    >>> correct_numbers(["44,", "45.", "48.", "47.", "48.", "48.", "0.", "51."])
    [44, 45, 46, 47, 48, 49, 50, 51]
    >>> correct_numbers(["3", "4", "7"])
    [3, 4, 7]
    """
    if not marks:
        return []
    whole = [int(digits) for mark in marks if (digits := re.sub(r"\D", "", mark)[:4])]
    high = (max(whole) if whole else 0) + len(marks)
    values = range(1, high + 1)
    costs = {value: _mark_cost(marks[0], value) + 0.001 * value for value in values}
    came: list[dict[int, int]] = []
    for mark in marks[1:]:
        step: dict[int, tuple[float, int]] = {}
        near = {before + ahead for before in costs for ahead in range(1, _FURTHEST + 1)}
        for value in near & set(values):
            step[value] = min(
                (
                    (costs[before] + _SKIPPED * min(value - before - 1, 3), before)
                    for before in range(max(1, value - _FURTHEST), value)
                    if before in costs
                ),
                default=(math.inf, 0),
            )
        came.append({value: before for value, (_, before) in step.items()})
        reached = (
            (value, cost + _mark_cost(mark, value))
            for value, (cost, _) in step.items()
            if cost < math.inf
        )
        costs = dict(heapq.nsmallest(_KEPT, reached, key=lambda one: one[1]))
    run = [min(costs, key=lambda value: (costs[value], value))]
    for back in reversed(came):
        run.append(back[run[-1]])
    return run[::-1]


def heading(lines: Sequence[str]) -> tuple[str, str]:
    """
    Find area and day in the lines above the table.

    Examples
    --------
    >>> heading(["Wijkschouw", "VELVE-LINDENHOF", "Verslag van de schouw op 22 mei 2007"])
    ('VELVE-LINDENHOF', '2007-05-22')
    """
    area = next((line for line in lines if line.isupper() and len(line) > 4), "")
    later = [line for line in lines if _OTHER_DAY.search(line)]
    for line in [*(each for each in lines if each not in later), *later]:
        if day := _day_in(re.sub(r"(?<!\S)\S*\d\S*", _digits, line)):
            return area, day
    return area, ""


def _day_in(line: str) -> str:
    found = re.search(r"(\d{1,2})\s+([^\W\d]{3,9})\s+(\d{4})", line)
    month = _month(found[2]) if found else 0
    if found and month and 1 <= int(found[1]) <= 31:
        return f"{found[3]}-{month:02d}-{int(found[1]):02d}"
    found = re.search(r"(?<![\d-])(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)(?![\d-])", line)
    if found and 1 <= int(found[3]) <= 12 and 1 <= int(found[1]) <= 31:
        year = found[4] if len(found[4]) == 4 else f"20{found[4]}"
        return f"{year}-{int(found[3]):02d}-{int(found[1]):02d}"
    found = re.search(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)", line)
    if found and 1 <= int(found[2]) <= 12 and 1 <= int(found[3]) <= 31:
        return "-".join(found.groups())
    return ""


def _digits(found: re.Match[str]) -> str:
    """Read the letters in a number as the digits they look like: *2OO7*."""
    word = found[0]
    return word.translate(_AS_DIGITS) if re.fullmatch(r"[\dOoIl|]{2,4}", word) else word


def _month(word: str) -> int:
    words = (word, word.replace("rn", "m"))
    alike = [max(similarity(each, month) for each in words) for month in nl.DATE_WORDS]
    best = max(alike)
    return alike.index(best) + 1 if best >= 0.8 else 0


def _is_header(line: str) -> bool:
    words = [normalise_name(word) for word in line.split()]
    if len(words) > 12:
        return False
    hits = sum(
        any(
            len(word) <= 2 * len(header) and similarity(word, header) >= _HEADER_ALIKE
            for word in words
        )
        for header in nl.HEADER_WORDS
    )
    return hits >= 3


def _row_start(line: str, match: Callable[[str], Match | None]) -> tuple[str, str] | None:
    found = _MARK.match(line)
    if found:
        mark, dot, rule = found.groups()
        rest = line[found.end() :]
        counts = any(letter.isdigit() for letter in mark) or (len(mark) < 3 and dot and rule)
        clear = bool(counts and (dot or rule) and rest[:1].isupper())
        words = rest.split()
        likely = mark.isdigit() or (
            len(mark) < 3 and dot and not _is_street(f"{mark}. {rest}", match)
        )
        street = likely and any(_is_street(" ".join(words[:length]), match) for length in (1, 2, 3))
        if clear or street:
            return f"{mark}{dot or ''}", rest
    found = _OPEN_ROW.match(line)
    if found and line[found.end() : found.end() + 1].isupper():
        return "", line[found.end() :]
    return None


def _with_gaps_filled(
    starts: list[tuple[int, tuple[str, str]]], lines: Sequence[str]
) -> list[tuple[int, tuple[str, str]]]:
    """
    Add rows whose place is no street: their number follows the last one, and no other row has it.

    Examples
    --------
    >>> rows = ["5 Marthalaan Graffiti", "2 spuitbussen", "6 Speelplek Lawaai"]
    >>> _with_gaps_filled([(0, ("5", "Marthalaan Graffiti"))], rows)
    [(0, ('5', 'Marthalaan Graffiti')), (2, ('6', 'Speelplek Lawaai'))]
    """
    taken = {mark for _, (mark, _) in starts}
    known, filled = dict(starts), []
    for at in range(starts[0][0] if starts else 0, len(lines)):
        found = _BARE_NUMBER.match(lines[at])
        if at in known:
            filled.append((at, known[at]))
        elif filled and found and found[1] not in taken:
            before = filled[-1][1][0]
            if before.isdigit() and int(found[1]) == int(before) + 1:
                filled.append((at, (found[1], lines[at][found.end() :])))
    return filled


def _is_street(phrase: str, match: Callable[[str], Match | None]) -> bool:
    """Return whether the first words are a street: *B. Bergmanstraat* is no row of number 8."""
    return (hit := match(" ".join(phrase.split()[:3]))) is not None and hit.score >= _STREET_ALIKE


def _mark_cost(mark: str, value: int) -> float:
    raw, digits = re.sub(r"[\s.,:;)\]]", "", mark), str(value)
    if not raw:
        return _WRONG
    if len(raw) != len(digits):
        short, long = sorted((raw, digits), key=len)
        ends = (long[: len(short)], long[-len(short) :])
        alike = min(_digits_cost(short, end) for end in ends)
        return (alike + _LENGTH * (len(long) - len(short))) / len(long) + 0.1
    return _digits_cost(raw, digits) / len(digits)


def _digits_cost(raw: str, digits: str) -> float:
    return sum(_digit_cost(a, b) for a, b in zip(raw, digits, strict=True))


def _digit_cost(a: str, b: str) -> float:
    if a == b:
        return 0.0
    if b in _DIGIT_LIKE.get(a, "") or a in _DIGIT_LIKE.get(b, ""):
        return 0.1
    if "".join(sorted(a + b)) in _LOOKALIKE:
        return _SLIP
    return _WRONG
