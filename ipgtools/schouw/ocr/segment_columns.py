"""
Segment the columns of a table that OCR has run together.

A recogniser reads a table line by line and loses where one cell ends and the next begins.
Four things bring the cells back: how a place is written; that an action starts with an
actor; that a word processor wraps a cell only when the next word doesn't fit; and which
words belong to findings and which to actions. Each becomes a cost, and the cheapest way of
cutting a row is taken. Column widths and words are learned from the first lines of the
rows, where place and actor mark the cuts.

Costs were set by hand on the structure of such reports; tests/test_schouw.py measures them
on tables that are made up, wrapped and run together again.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise, product

from ipgtools.geocoder.location_grammar import continues_place, read_place
from ipgtools.geocoder.string_similarity import Match, Names, distance, normalise_name
from ipgtools.nl import schouw as nl
from ipgtools.schouw.parse import actors

__all__ = ["UNSURE", "Cells", "Line", "cut_rows", "hyphened", "street_shape", "width"]

_SOFT = 0.4
_BEAM = 24
_PLACES = 5
_LETTERS = {**dict.fromkeys("iljtf.,:;'’‘|!()[]{}- ", 0.5), **dict.fromkeys("mwMW@—", 1.5),
            "r": 0.6, **dict.fromkeys("csvxyzk", 0.9)}  # fmt: skip
_BRACKETS = str.maketrans("[{]}", "(())")
_WORD_ALIKE = 0.85
_SLIPS = 0.7
_ENDED = 0.3
_HYPHEN, _NUMBER = 1.5, 0.8
_WHO, _VERB, _LONG_WORD = 3, 5, 6
"""Words among which a colon ends who acts; letters of a verb, and of a word to be known misread."""
UNSURE = 0.5
"""Rows with a smaller lead on the next best cut are for a human to look at."""


@dataclass(frozen=True)
class Line:
    """Words of one line, and before which of them a drawn rule was recognised."""

    words: tuple[str, ...]
    rules: frozenset[int] = frozenset()

    @classmethod
    def of(cls, text: str) -> "Line":
        """Take a line apart; a bar is a rule between columns."""
        words: list[str] = []
        rules = set()
        for word in text.replace("|", " | ").split():
            if word == "|":
                rules.add(len(words))
            else:
                words.append(word)
        return cls(tuple(words), frozenset(rules - {0, len(words)}))


@dataclass(frozen=True)
class Cells:
    """The lines of each of the three cells of a row, and the lead on the next best cut."""

    location: tuple[str, ...]
    description: tuple[str, ...]
    action: tuple[str, ...]
    margin: float


@dataclass(frozen=True)
class _Learned:
    widths: tuple[float, float, float] = (math.inf, math.inf, math.inf)
    leaning: dict[str, float] = field(default_factory=dict)
    judged: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class _Path:
    cost: float
    description: tuple[tuple[str, ...], ...] = ()
    action: tuple[tuple[str, ...], ...] = ()


def cut_rows(
    rows: Sequence[Sequence[Line]],
    match: Callable[[str], Match | None],
    actor_names: Sequence[str],
) -> list[Cells]:
    """Cut rows into place, description and action."""
    learned = _learn([row[0] for row in rows if row], match, actor_names)
    return [_cut(row, match, actor_names, learned) for row in rows]


def street_shape(phrase: str) -> Match | None:
    """
    Judge a street name without a list of streets: by its ending and its capital.

    Examples
    --------
    >>> street_shape("Van Deldenstraat").score, street_shape("kunstwerk")
    (0.9, None)
    """
    words = phrase.split()
    key = normalise_name(phrase)
    if not words or not words[0][:1].isupper() or any(word in {"-", "—"} for word in words):
        return None
    if len(key) > 5 and _street_ending(key):
        return Match(phrase, 0.9 if len(words) < 4 else 0.5)
    return None


@lru_cache(maxsize=5_000)
def _street_ending(key: str) -> bool:
    return key.endswith(nl.STREET_ENDINGS) or any(
        len(ending) > 3 and distance(key[-len(ending) :], ending) <= _SLIPS
        for ending in nl.STREET_ENDINGS
    )


def width(text: str) -> float:
    """Estimate how wide text is set, in widths of a common letter."""
    return sum(_LETTERS.get(mark, 1.25 if mark.isupper() else 1.0) for mark in text)


def _learn(
    firsts: Sequence[Line], match: Callable[[str], Match | None], names: Sequence[str]
) -> _Learned:
    widest = [0.0, 0.0, 0.0]
    findings: Counter[str] = Counter()
    tasks: Counter[str] = Counter()
    for line in firsts:
        costs = {
            (i, j): _place_cost(line.words[:i], match)
            + _first_cost(line, i, j, names)
            + _rule_cost(line, i, j)
            for i in range(1, min(len(line.words), 8) + 1)
            for j in range(i, len(line.words) + 1)
        }
        if not costs:
            continue
        i, j = min(costs, key=lambda cut: (costs[cut], cut))
        if j == len(line.words):
            continue
        cells = (line.words[:i], line.words[i:j], line.words[j:])
        widest = [max(was, width(" ".join(cell))) for was, cell in zip(widest, cells, strict=True)]
        found = actors.head(line.words, j, names)
        findings.update(map(normalise_name, cells[1]))
        tasks.update(map(normalise_name, line.words[found.stop if found else j :]))
    leaning = {
        word: math.log((tasks[word] + 0.5) / (findings[word] + 0.5))
        for word in {*findings, *tasks} - nl.FUNCTION_WORDS
    }
    return _Learned((widest[0] or math.inf, widest[1] or math.inf, widest[2] or math.inf), leaning)


def _cut(
    row: Sequence[Line],
    match: Callable[[str], Match | None],
    names: Sequence[str],
    learned: _Learned,
) -> Cells:
    ways = sorted(
        (
            (place_cost + path.cost, ends, path)
            for place_cost, ends in _place_cuts(row, match, learned)
            for path in _cut_rest(row, ends, names, learned)
        ),
        key=lambda way: way[:2],
    )
    if not ways:
        return Cells((), (), (), 0.0)
    cost, ends, path = ways[0]
    margin = ways[1][0] - cost if len(ways) > 1 else math.inf
    location = [" ".join(line.words[:end]) for line, end in zip(row, ends, strict=True) if end]
    if not _is_action(row, ends, path, names):
        rest = tuple(line.words[end:] for line, end in zip(row, ends, strict=True))
        path = _Path(cost, rest, ())
    return Cells(tuple(location), _texts(path.description), _texts(path.action), margin)


def _is_action(row: Sequence[Line], ends: Sequence[int], path: _Path, names: Sequence[str]) -> bool:
    """
    Return whether the last cell is an action: it has an actor or a task.

    Otherwise its words are the end of what was found: *rijden te* | *hard*.
    """
    at = next((at for at, cell in enumerate(path.action) if cell), None)
    if at is None:
        return True
    first = path.action[at]
    ruled = ends[at] + len(path.description[at]) in row[at].rules
    if ruled or actors.head(first, 0, names) or any(":" in word for word in first[:_WHO]):
        return True
    words = [normalise_name(word) for cell in path.action for word in cell]
    if words[0] in nl.FUNCTION_WORDS | nl.PREPOSITIONS:
        return False
    infinitive = words[-1].endswith("en") and len(words[-1]) >= _VERB
    noun = words[-1].startswith("ge") or words[-1] in nl.FINDING_WORDS
    return any(_is_task(word) for word in words) or (infinitive and not noun)


@lru_cache(maxsize=5_000)
def _is_task(word: str) -> bool:
    """Return whether a word is a task verb; only long ones may be misread."""
    if word in nl.ACTION_WORDS or len(word) < _LONG_WORD or word in nl.right_words():
        return word in nl.ACTION_WORDS
    found = _TASKS.best(word)
    return found is not None and found.score >= _WORD_ALIKE


def _place_cuts(
    row: Sequence[Line], match: Callable[[str], Match | None], learned: _Learned
) -> list[tuple[float, tuple[int, ...]]]:
    limits = [min(len(line.words), most) for line, most in zip(row, (7, 5, 3), strict=False)]
    cuts = []
    for ends in product(*(range(limit + 1) for limit in limits)):
        if not ends or ends[0] == 0 or (len(ends) == 3 and ends[1] == 0 < ends[2]):
            continue
        cells = [line.words[:end] for line, end in zip(row, ends, strict=False)]
        words = [word for cell in cells for word in cell]
        cost = _place_cost(words, match)
        cost += sum(_over(cell, learned.widths[0]) for cell in cells)
        cost += sum(_wrapped(cell, after, learned.widths[0]) for cell, after in pairwise(cells))
        cost -= sum(_HYPHEN * hyphened(cell, after) for cell, after in pairwise(cells))
        cuts.append((cost, ends + (0,) * (len(row) - len(ends))))
    return sorted(cuts)[:_PLACES]


def _place_cost(words: Sequence[str], match: Callable[[str], Match | None]) -> float:
    place = read_place(words, match, cutoff=0.72)
    if not place.streets or place.streets[0].start > 1:
        return 4.0 + 1.5 * (len(words) - 1)
    likeness = sum(4 * (1 - street.score) for street in place.streets)
    strays = 2.5 * place.unexplained + 0.4 * len(place.named)
    crowd = 4.0 * (len(place.streets) > 1 and place.kind not in {"crossing", "between"})
    hangs = 2.0 * (normalise_name(words[-1]) in nl.JOINING_WORDS)
    return likeness + strays + crowd + hangs + (1.5 if place.pending else 0.0)


def _first_cost(line: Line, i: int, j: int, names: Sequence[str]) -> float:
    cost = 2.0 * (i == j)
    if i < len(line.words) and continues_place(line.words[i]):
        cost += 3.0
    elif i < j and not line.words[i].lstrip("‘'\"(")[:1].isupper():
        cost += 1.5 + _NUMBER * line.words[i][:1].isdigit()
    found = actors.head(line.words, j, names)
    if found is None:
        return cost + 4.0 + 0.2 * (len(line.words) - j)
    return cost - 0.5 * found.colon - 0.2 * (j > i)


def _rule_cost(line: Line, i: int, j: int) -> float:
    cost = sum(-1.0 if rule in {i, j} else 1.5 for rule in line.rules)
    if 0 < j < len(line.words) and line.words[j] == "/":
        cost -= 0.7
    return cost


def _cut_rest(
    row: Sequence[Line], ends: Sequence[int], names: Sequence[str], learned: _Learned
) -> list[_Path]:
    paths = [_Path(0.0)]
    for at, (line, i) in enumerate(zip(row, ends, strict=True)):
        grown = []
        for j in range(i, len(line.words) + 1):
            own = _rule_cost(line, i, j) + _line_cost(line, i, j, names, learned, first=at == 0)
            description, action = line.words[i:j], line.words[j:]
            for path in paths:
                cost = path.cost + own
                if action and not description and path.description and path.description[-1]:
                    cost += _ENDED
                cost += _follows(path.description, description, learned, names)
                cost += _follows(path.action, action, learned, names, action=True)
                grown.append(_Path(cost, (*path.description, description), (*path.action, action)))
        paths = sorted(grown, key=lambda path: path.cost)[:_BEAM]
    paths = [replace(path, cost=path.cost + _end_cost(path)) for path in paths]
    return sorted(paths, key=lambda path: path.cost)[:2]


def _line_cost(
    line: Line, i: int, j: int, names: Sequence[str], learned: _Learned, *, first: bool
) -> float:
    description, action = line.words[i:j], line.words[j:]
    cost = _first_cost(line, i, j, names) if first else 0.0
    cost += _over(description, learned.widths[1]) + _over(action, learned.widths[2])
    for at in range(i, len(line.words)):
        found = actors.head(line.words, at, names)
        if found and found.colon:
            cost += 4.0 if at < j else -1.5 if at == j else 1.0
    cost += 0.5 * sum(_leaning(word, learned) for word in description)
    cost -= 0.5 * sum(_leaning(word, learned) for word in action)
    if description and action and description[-1].endswith((")", "}", "]")):
        cost -= 0.5
    if description and action and action[0].startswith(("(", "[")):
        cost += 0.4
    return cost


def _follows(
    before: tuple[tuple[str, ...], ...],
    cell: tuple[str, ...],
    learned: _Learned,
    names: Sequence[str],
    *,
    action: bool = False,
) -> float:
    if not before or not cell:
        return 0.0
    last = before[-1]
    found = actors.head(cell, 0, names) if action else None
    if not last:
        return 0.5 if found and found.colon else 3.0
    if found and found.colon:
        return 0.0
    cost = _wrapped(last, cell, learned.widths[2 if action else 1])
    cost -= _HYPHEN * hyphened(last, cell)
    capital = cell[0][:1].isupper()
    if capital or last[-1].endswith((".", ";", ":")):
        cost *= 0.5
    if last[-1].endswith(".") and not capital:
        cost += 0.7 if action else 0.4
    if action and last[-1] == "/" and _leaning(cell[0], learned) <= 0:
        cost += 1.5
    return cost


def _end_cost(path: _Path) -> float:
    description = [word for cell in path.description for word in cell]
    action = [word for cell in path.action for word in cell]
    cost = 0.0
    if description and normalise_name(description[-1]) in nl.ENDS_OPEN | nl.PREPOSITIONS:
        cost += 1.2
    if action:
        last = normalise_name(action[-1])
        if last in nl.ENDS_OPEN | nl.PREPOSITIONS or action[-1] in {"/", "-"}:
            cost += 1.2
        if action[-1].endswith(":"):
            cost += 1.5
        if _wants_more(last):
            cost += 0.9
    for words in (description, action):
        text = " ".join(words).translate(_BRACKETS)
        cost += 0.8 * (text.count("(") != text.count(")"))
        keys = [normalise_name(word) for word in words]
        cost += 1.2 * sum(
            before in nl.PREPOSITIONS | nl.ARTICLES and after in nl.PREPOSITIONS
            for before, after in pairwise(keys)
        )
    return cost


def hyphened(cell: Sequence[str], after: Sequence[str]) -> bool:
    """
    Return whether a word is hyphenated over two lines.

    Examples
    --------
    >>> hyphened(["be-"], ["oordelen"]), hyphened(["Pluimstraat", "-"], ["hondenveld"])
    (True, False)
    """
    if not cell or not after:
        return False
    word = cell[-1]
    return (
        word.endswith("-")
        and word[-2:-1].isalpha()
        and after[0][:1].islower()
        and (normalise_name(after[0]) not in {"en", "of"})
    )


def _over(cell: Sequence[str], widest: float) -> float:
    return _soft(width(" ".join(cell)) - widest) if cell and widest < math.inf else 0.0


def _wrapped(cell: Sequence[str], after: Sequence[str], widest: float) -> float:
    if not cell or not after or widest == math.inf:
        return 0.0
    return min(3.0, _soft(widest - width(" ".join([*cell, after[0]]))))


def _soft(excess: float) -> float:
    scaled = excess * _SOFT
    return scaled if scaled > 20 else math.log1p(math.exp(scaled))


_TASKS = Names.of(nl.ACTION_WORDS)
_FINDINGS = Names.of(nl.FINDING_WORDS)
_WANTING = Names.of(nl.WANTS_MORE)


def _leaning(word: str, learned: _Learned) -> float:
    if word not in learned.judged:
        key = normalise_name(word)
        leaning = 0.0
        if len(key) > 2 and key not in nl.FUNCTION_WORDS:
            leaning = learned.leaning.get(key, 0.0)
            for names, sign in ((_TASKS, 1.0), (_FINDINGS, -1.0)):
                found = names.best(key)
                leaning += sign * (found is not None and found.score >= _WORD_ALIKE)
        learned.judged[word] = max(-1.5, min(1.5, leaning))
    return learned.judged[word]


def _wants_more(word: str) -> bool:
    found = _WANTING.best(word)
    return found is not None and found.score >= _WORD_ALIKE


def _texts(cells: Sequence[Sequence[str]]) -> tuple[str, ...]:
    return tuple(" ".join(cell) for cell in cells if cell)
