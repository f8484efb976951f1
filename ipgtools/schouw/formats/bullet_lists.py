"""
Read reports that are typed as lines: points of a list, labels with values, or cells with tabs.

Where its writer set the parts apart (*1. Oostveenweg 52: afval. Politie: kijken*) nothing needs
to be guessed; text whose columns have run together is for `ipgtools.schouw.ocr.segment_columns`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ipgtools.geocoder.location_grammar import continues_place, read_place
from ipgtools.geocoder.string_similarity import Match, normalise_name
from ipgtools.nl import schouw as nl
from ipgtools.schouw.formats import tables
from ipgtools.schouw.parse import actors

__all__ = ["Point", "parts_of", "points", "split_cells"]

_POINT = re.compile(r"^\s*(?:(\d{1,4})\s*[.):]+|[•*–—-])\s+(?=\S)")
_BULLET = re.compile(r"^\s*[•*–—-]\s+")
_APART = re.compile(r"(?::\s+|(?<!\s)\s+[-–—]\s+|;\s+|(?:(?<=[^\W\d]{3})|(?<=\d))\.\s+|\n|\t)")
_SLASH = re.compile(r"(?<=[^\W\d]{3})/(?=[^\W\d]{3})")
_LABEL = re.compile(r"^\s*(?:[•*-]\s+)?([^\W\d][^:\n]{1,30}?)\s*:\s*(.*)$")
_ARROW = r"\s*(?:[-=]+>|→|⇒)\s*"
_STOPS = (".", ";", ",", "!", "→", ">", "-", "–")
_SIGNS = ("\t", ";", "|")
_MOST, _CUTOFF = 0.75, 0.8
_LONGEST_PLACE = 40
"""Words of a place at most."""


@dataclass(frozen=True)
class Point:
    """A point of a list: its number if it has one, where it starts, and its parts."""

    line: int
    mark: str
    location: str
    description: str
    action: tuple[str, ...]


def split_cells(text: str) -> list[list[str]] | None:
    r"""
    Take cells from lines that set them apart by tabs, semicolons or bars, or by labels.

    Examples
    --------
    >>> split_cells("Adres: Dorpsplein 1\nProbleem: afval\nActie: Politie: kijken")
    [['Adres', 'Probleem', 'Actie'], ['Dorpsplein 1', 'afval', 'Politie: kijken']]
    """
    lines = [line for line in text.splitlines() if line.strip()]
    for sign in _SIGNS:
        rows = [[cell.strip() for cell in line.split(sign)] for line in lines]
        for at, names in enumerate(rows):
            if len(names) > 1 and tables.fits(names):
                below = rows[at + 1 :]
                alike = sum(1 < len(row) <= len(names) for row in below)
                if below and alike >= _MOST * len(below):
                    width = len(names)
                    return [[*row, *[""] * (width - len(row))] for row in rows[: at + 1] + below]
                break
    return _labelled(lines)


def _labelled(lines: Sequence[str]) -> list[list[str]] | None:
    names: list[str] = []
    rows: list[dict[str, str]] = []
    above: list[list[str]] = []
    last = ""
    for line in lines:
        found = _LABEL.match(line)
        label = found[1].strip() if found else ""
        if found and tables.is_name(label):
            label = next((one for one in names if one.casefold() == label.casefold()), label)
            if not rows or label in rows[-1]:
                rows.append({})
            rows[-1][label] = found[2].strip()
            names += [label] if label not in names else []
            last = label
        elif rows:
            rows[-1][last] = f"{rows[-1][last]} {line.strip()}".strip()
        else:
            above.append([line.strip()])
    if not tables.fits(names):
        return None
    return [*above, names, *[[row.get(name, "") for name in names] for row in rows]]


def points(
    text: str, match: Callable[[str], Match | None], actor_names: Sequence[str]
) -> tuple[list[str], list[Point], int] | None:
    """Take the points of a list apart."""
    lines = text.splitlines()
    marks = [(at, found[1] or "") for at, line in enumerate(lines) if (found := _POINT.match(line))]
    numbered = [one for one in marks if one[1]]
    bullets = [one for one in marks if not one[1]]
    for starts in (numbered, marks if not numbered else bullets):
        if starts and (found_ := _points_at(lines, starts, match, actor_names)):
            return found_
    return None


def _points_at(
    lines: Sequence[str],
    starts: Sequence[tuple[int, str]],
    match: Callable[[str], Match | None],
    actor_names: Sequence[str],
) -> tuple[list[str], list[Point], int] | None:
    made: list[Point] = []
    n_places = after = 0
    ends = [at for at, _ in starts[1:]] + [len(lines)]
    for (at, mark), end in zip(starts, ends, strict=True):
        body = [_POINT.sub("", lines[at], count=1), *lines[at + 1 : end]]
        if end == len(lines):
            blank = next((n for n, line in enumerate(body) if not line.strip()), len(body))
            after = sum(bool(line.strip()) for line in body[blank:])
            body = body[:blank]
        found = parts_of([_BULLET.sub("", line).strip() for line in body], match, actor_names)
        n_places += bool(found.location and (found.description or found.action))
        made.append(Point(at + 1, mark, found.location, found.description, found.action))
    if n_places < _MOST * len(made):
        return None
    return [line.strip() for line in lines[: starts[0][0]] if line.strip()], made, after


def parts_of(
    body: Sequence[str], match: Callable[[str], Match | None], actor_names: Sequence[str]
) -> Point:
    """
    Take one point apart: its place if that is set apart, what was found, and what is to be done.

    Examples
    --------
    >>> from ipgtools.geocoder.string_similarity import Names
    >>> found = parts_of(["Pluimstraat 4: afval -> Politie"], Names.of(["Pluimstraat"]).best,
    ...                  ["Politie"])
    >>> found.location, found.description, found.action
    ('Pluimstraat 4', 'afval', ('Politie',))
    """
    place, rest = _place(body, match)
    description, action = _rest(rest, actor_names)
    return Point(0, "", place, description, action)


def _place(body: Sequence[str], match: Callable[[str], Match | None]) -> tuple[str, list[str]]:
    """Cut a place off where its writer did; what comes after goes on as lines."""
    text = _SLASH.sub(" / ", "\n".join(line for line in body if line))
    best = ""
    for found in _APART.finditer(text + "\n"):
        part = text[: found.start()]
        words = part.split()
        if len(words) > _LONGEST_PLACE:
            break
        place = read_place(words, match, cutoff=_CUTOFF)
        if not place.streets or place.unexplained:
            break
        best = part
        if "\n" in found[0] or not _nearer(_APART.split(text[found.end() :], 1)[0]):
            break
    rest = text[len(best) :].lstrip(" :;-–—.\t\n")
    return " ".join(best.split()), [line for line in rest.split("\n") if line.strip()]


def _nearer(part: str) -> bool:
    """Return whether a part is only a location: *hondenveld*, *hoek Leijdsweg*."""
    words = part.split()
    named = nl.PLACE_WORDS | nl.JOINING_WORDS
    return bool(words) and (
        continues_place(words[0]) or all(normalise_name(word) in named for word in words)
    )


def _rest(lines: list[str], names: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Cut the action off: at its label, at an actor who begins a sentence, or in brackets."""
    text = " ".join(" ".join(lines).split())
    if not text:
        return "", ()
    told = re.search(
        rf"(?:^|[\s(,;–-])(?:{'|'.join(nl.ACTION_LABELS)})\s*:\s*|{_ARROW}", text, re.IGNORECASE
    )
    if told:
        return _trimmed(text[: told.start()]), _by(text[told.end() :], names)
    words = text.split()
    firsts = set(accumulate(len(line.split()) for line in lines))
    for at in range(len(words)):
        found = actors.head(words, at, names)
        begins = at and (at in firsts or words[at - 1].endswith(_STOPS))
        if found and (found.colon or begins):
            return _trimmed(" ".join(words[:at])), (" ".join(words[at:]),)
    if ended := actors.behind(text, names):
        return _trimmed(ended[2]), (ended[0],)
    return _trimmed(text), ()


def _by(text: str, names: Sequence[str]) -> tuple[str, ...]:
    """Put who acts first: *maaien door Politie* is an action of the police."""
    text = text.strip()
    if found := actors.behind(text, names):
        return (f"{found[0]}: {found[2]}" if found[2] else found[0],)
    return (text,) if text else ()


def _trimmed(text: str) -> str:
    return text.strip(" -–—;:,.→>(")
