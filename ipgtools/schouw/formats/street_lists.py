"""
Read reports that list what was found below the name of each street.

    Beukenlaan
    - nr. 4: heg groeit over de stoep. Actie: gemeente
    - zwerfvuil in de bosjes
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ipgtools.geocoder.location_grammar import continues_place, read_place
from ipgtools.geocoder.string_similarity import Match, normalise_name
from ipgtools.nl import schouw as nl
from ipgtools.schouw.formats.bullet_lists import Point, parts_of
from ipgtools.schouw.ocr.segment_columns import street_shape

__all__ = ["nests", "street_points"]

_BULLET = re.compile(r"^\s*[•*–—o·▪-]\s+(?=\S)")
_NUMBERED = re.compile(r"^\s*\d{1,3}[.)]\s+(?=\S)")
_CUTOFF, _LONGEST, _MOST_PLACE = 0.8, 8, 7
_LEAST = 2
_SEPARATORS = (":", ",", ";")
_DASHES = frozenset({"-", "–", "—"})
_ALONE = [[dash] for dash in sorted(_DASHES)]


@dataclass
class _Block:
    """A street, or another heading, and the lines below it."""

    line: int
    street: str
    body: list[tuple[int, str]] = field(default_factory=list)


def street_points(
    text: str, match: Callable[[str], Match | None], actor_names: Sequence[str]
) -> tuple[list[str], list[Point], int] | None:
    """Take the points below each street."""
    lines = text.splitlines()
    match = _also_headings(lines, match)
    titles = [at for at, line in enumerate(lines) if _title(line, match)]
    if not titles:
        return None
    bulleted = any(_BULLET.match(line) for line in lines[titles[0] :])
    blocks, after = _blocks(lines, titles, bulleted=bulleted)
    made = [
        point
        for block in blocks
        for at, body in _bodies(block, bulleted=bulleted)
        for point in [_point(at, block.street, body, match, actor_names)]
    ]
    if len(made) < _LEAST or not (bulleted or len(blocks) >= _LEAST):
        return None
    return [line.strip() for line in lines[: titles[0]] if line.strip()], made, after


def nests(text: str, match: Callable[[str], Match | None]) -> bool:
    r"""
    Return whether bullets below a street start with a position: *nr. 4: ...*.

    Examples
    --------
    >>> from ipgtools.geocoder.string_similarity import Names
    >>> nests("1. Pluimstraat\n- nr. 4: afval\n- nr. 8: haag", Names.of(["Pluimstraat"]).best)
    True
    """
    street, n = "", 0
    match = _also_headings(text.splitlines(), match)
    for line in text.splitlines():
        if _title(line, match):
            street = _bare(line)
        elif street and _BULLET.match(line):
            n += bool(_nearer(street, _BULLET.sub("", line).strip(), match)[0])
    return n >= _LEAST


def _also_headings(
    lines: Sequence[str], match: Callable[[str], Match | None]
) -> Callable[[str], Match | None]:
    """Let a heading above bullets be a street by its ending, where no list of streets has it."""
    unlisted = {
        street.name
        for at, line in enumerate(lines)
        if _heads(lines, at) and not _title(line, match) and _title(line, street_shape)
        for street in read_place(_bare(line).split(), street_shape, cutoff=_CUTOFF).streets
    }
    return lambda phrase: street_shape(phrase) if phrase in unlisted else match(phrase)


def _title(line: str, match: Callable[[str], Match | None]) -> bool:
    """Return whether a line is nothing but a place."""
    if _BULLET.match(line):
        return False
    words = _bare(line).split()
    if not words or len(words) > _LONGEST or not words[0][:1].isalpha():
        return False
    place = read_place(words, match, cutoff=_CUTOFF)
    one = len(place.streets) == 1 or place.kind in {"crossing", "between"}
    return bool(place.streets) and one and not place.unexplained and not place.pending


def _blocks(
    lines: Sequence[str], titles: Sequence[int], *, bulleted: bool
) -> tuple[list[_Block], int]:
    blocks: list[_Block] = []
    heads = set(titles)
    after = 0
    ended = False
    for at in range(titles[0], len(lines)):
        line = lines[at]
        if at in heads:
            blocks.append(_Block(at, _bare(line)))
            ended = False
        elif not line.strip():
            ended = bool(blocks[-1].body)
        elif bulleted and _heads(lines, at):
            blocks.append(_Block(at, ""))
            ended = False
        elif ended and not _BULLET.match(line):
            after += 1
        else:
            blocks[-1].body.append((at, line))
    return blocks, after


def _heads(lines: Sequence[str], at: int) -> bool:
    """Return whether a line without bullet, right above one with, is a heading of its own."""
    line, below = lines[at], next((one for one in lines[at + 1 :] if one.strip()), "")
    short = len(line.split()) <= _LONGEST // 2 and not line.rstrip().endswith((".", ",", ";"))
    indented = line[:1].isspace()
    return bool(
        _BULLET.match(below) and not _BULLET.match(line)
        and short and not indented and _bare(line)[:1].isupper()
    )  # fmt: skip


def _bodies(block: _Block, *, bulleted: bool) -> list[tuple[int, list[str]]]:
    if not bulleted:
        return [(block.line, [line.strip() for _, line in block.body])] if block.body else []
    out: list[tuple[int, list[str]]] = []
    for at, line in block.body:
        if _BULLET.match(line) or not out:
            out.append((at, [_BULLET.sub("", line).strip()]))
        else:
            out[-1][1].append(line.strip())
    return out


def _point(
    at: int,
    street: str,
    body: list[str],
    match: Callable[[str], Match | None],
    names: Sequence[str],
) -> Point:
    found = parts_of(body, match, names)
    if found.location or not street:
        return Point(at + 1, "", found.location, found.description, found.action)
    nearer, rest = _nearer(street, body[0], match)
    found = parts_of([rest, *body[1:]], match, names)
    where = f"{street} {nearer}".strip()
    return Point(at + 1, "", where, found.description, found.action)


def _nearer(street: str, text: str, match: Callable[[str], Match | None]) -> tuple[str, str]:
    """Split off the position on the street: *nr. 4:*, *t.h.v. nr. 10*, *speeltuin:*."""
    words = text.split()
    first = words[0] if words else ""
    told = continues_place(first[:1].lower() + first[1:]) and first not in _DASHES
    named = normalise_name(first) in nl.PLACE_WORDS or first[:1].isdigit()
    best = 0
    for n in range(1, min(len(words), _MOST_PLACE) + 1):
        place = read_place([*street.split(), *words[:n]], match, cutoff=_CUTOFF)
        if place.unexplained:
            break
        apart = words[n - 1].endswith(_SEPARATORS) or words[n : n + 1] in _ALONE
        if not place.pending and ((told and words[n - 1] not in _DASHES) or (named and apart)):
            best = n
            if apart:
                break
    where = " ".join(words[:best]).rstrip(":,;.")
    rest = " ".join(words[best:]).lstrip(" :,;-–—")
    return (where[:1].lower() + where[1:] if where else ""), rest


def _bare(line: str) -> str:
    return _NUMBERED.sub("", line).strip(" :.\t")
