"""
Make findings and actions of text: typed lists, lists by street, or tables that ran together.

From recognised text the numbers, cells and misread words are corrected where that is safe; what is
lost is marked as lost, and what was read stands beside what it became.
"""

import re
from collections.abc import Collection, Sequence
from typing import Any, Literal

from ipgtools.errors import ReadError
from ipgtools.geocoder.location_grammar import read_place
from ipgtools.nl import schouw as nl
from ipgtools.nl import schouw_notes
from ipgtools.nl.messages import message
from ipgtools.schouw.assemble import Decisions, Row
from ipgtools.schouw.formats import bullet_lists, street_lists, table_grids, table_to_rows
from ipgtools.schouw.geocode_findings import Sources
from ipgtools.schouw.ocr import correct_words, recognised_text
from ipgtools.schouw.ocr.segment_columns import UNSURE, hyphened, street_shape
from ipgtools.schouw.parse import actors as actors_

__all__ = ["correct_cells", "read_plain_text"]

_ONE_NUMBER = re.compile(r"\W*\w{1,4}\W*")
_DIGITS = 0.85
"""How sure a digit is that was read as a letter: it may also be the addition of a number."""


def read_plain_text(
    text: str,
    name: str,
    sources: Sources,
    names: Sequence[str],
    words: Collection[str] | Literal["system"] | None,
) -> Decisions:
    """Make rows of findings and actions of text."""
    grid = bullet_lists.split_cells(text)
    if grid is not None:
        return table_to_rows.rows_of_table(
            table_grids.rows_of_grids([], [grid], name), "listed_text", names
        )
    match, cutoff = _matcher(sources)
    nested = street_lists.nests(text, match)
    found = None if nested else bullet_lists.points(text, match, names)
    if found is None and not recognised_text.has_header(text):
        found = street_lists.street_points(text, match, names)
    if found is not None:
        return _from_list(*found, names)
    text, digits = recognised_text.house_numbers(text)
    parsed = recognised_text.read_text(text, match, names, name=name)
    if not recognised_text.has_header(text) and not _says_where(parsed, match, cutoff / 100):
        msg = f"{name} has no line that starts a row: a number, then a place"
        raise ReadError(msg, code="schouw_no_rows", path=name)
    vocabulary = correct_words.Vocabulary.of(words)
    made = Decisions("recognised_text", parsed.heading, [])
    for at, (mark, number, cells) in enumerate(
        zip(parsed.marks, parsed.numbers, parsed.cells, strict=True), start=1
    ):
        row = _corrected_row(at, mark, number, cells, match, names, vocabulary, cutoff / 100, made)
        made.rows.append(row)
    _correct_across(made)
    _keep_raw(made, digits, [*parsed.lines, len(text)])
    if missing := sorted({*range(parsed.numbers[0], parsed.numbers[-1])} - {*parsed.numbers}):
        made.notes.append(schouw_notes.numbers_missing(missing))
    _say_numbers(made, parsed.marks, parsed.numbers)
    if parsed.before:
        made.notes.append(message("not_used_before", n=parsed.before))
    if parsed.after:
        made.notes.append(message("after_table", n=parsed.after))
    made.details["lines"] = list(parsed.lines)
    return made


def _correct_numbers(made: Decisions) -> None:
    """Correct row numbers by their sequence, unless it restarts or most would change."""
    marks = [row.raw["number"] for row in made.rows]
    starts_anew = made.rows[0].number in [row.number for row in made.rows[1:]] if marks else True
    if starts_anew or not all(map(_ONE_NUMBER.fullmatch, marks)):
        return
    numbers = recognised_text.correct_numbers(marks)
    changed = sum(row.number != number for row, number in zip(made.rows, numbers, strict=True))
    if 0 < changed <= len(marks) / 2:
        for row, number in zip(made.rows, numbers, strict=True):
            row.number = number
        _say_numbers(made, marks, numbers)


def _say_numbers(made: Decisions, marks: Sequence[str], numbers: Sequence[int]) -> None:
    """Note which row numbers were corrected by their sequence."""
    fixed = [
        (mark, number)
        for mark, number in zip(marks, numbers, strict=True)
        if re.sub(r"\W", "", mark) != str(number)
    ]
    if fixed:
        made.notes.append(schouw_notes.numbers_repaired(fixed))
    made.details["numbers"] = [{"raw": mark, "number": number} for mark, number in fixed]


def _says_where(parsed: recognised_text.Recognised, match: Any, cutoff: float) -> bool:
    """Return whether any row has a street or an actor; an agenda has neither."""
    return any(
        read_place(" ".join(cells.location).split(), match, cutoff=cutoff).streets or cells.action
        for cells in parsed.cells
    )


def _from_list(
    above: list[str], points: list[bullet_lists.Point], after: int, names: Sequence[str]
) -> Decisions:
    made = Decisions("listed_text", tuple(above), [])
    for at, point in enumerate(points, start=1):
        raw = {"number": point.mark, "location": point.location, "description": point.description}
        row = Row(
            at, int(point.mark) if point.mark else None, point.location, point.description, [], raw
        )
        row.actions = [
            actors_.Action(one.actor_raw, one.actor, one.task.rstrip(" .;,"), one.score)
            for one in actors_.split_actions(point.action, names)
        ]
        row.states = [{} for _ in row.actions]
        made.rows.append(row)
    if after:
        made.notes.append(message("after_table", n=after))
    made.details["lines"] = [point.line for point in points]
    return made


def _corrected_row(
    at: int,
    mark: str,
    number: int,
    cells: Any,
    match: Any,
    names: Sequence[str],
    vocabulary: correct_words.Vocabulary,
    cutoff: float,
    made: Decisions,
) -> Row:
    raw = {
        "number": mark,
        "location": " ".join(cells.location),
        "description": _joined(cells.description),
    }
    row = Row(at, number, "", "", [], raw)
    place = " ".join(_whole(cells.location))
    row.location, fixed, lost = correct_words.correct_location(
        place, match, vocabulary, cutoff=cutoff
    )
    made.repairs += [(row, "location_text", each) for each in fixed]
    row.description, fixed = correct_words.correct(raw["description"], vocabulary)
    made.repairs += [(row, "description", each) for each in fixed]
    if lost:
        row.location = f"{row.location} {nl.LOST}"
    if correct_words.breaks_off(row.description):
        row.description = f"{row.description} {nl.LOST}"
        lost = True
    for action in actors_.split_actions(_whole(cells.action), names):
        task, fixed = correct_words.correct(_without_rule(action.task, cells.action), vocabulary)
        task = task.rstrip(" .;,")
        made.repairs += [(row, "task", each) for each in fixed]
        if action.actor and _differs(action.actor_raw, action.actor):
            repair = correct_words.Repair(action.actor_raw, action.actor, round(action.score, 3))
            made.repairs.append((row, "actor", repair))
        if correct_words.breaks_off(task):
            task, lost = f"{task} {nl.LOST}", True
        row.actions.append(actors_.Action(action.actor_raw, action.actor, task, action.score))
        row.states.append({"task_raw": action.task})
    if lost:
        made.lost.append(row)
    if cells.margin < UNSURE:
        made.unsure.append(row)
    return row


def correct_cells(
    made: Decisions, sources: Sources, words: Collection[str] | Literal["system"] | None
) -> None:
    """
    Correct the words of cells read by OCR, and the row numbers.

    Each word has its repair. Numbers are corrected by their rising run, where every row has one.
    """
    match, cutoff = _matcher(sources)
    vocabulary = correct_words.Vocabulary.of(words)
    _correct_numbers(made)
    for row in made.rows:
        row.location, fixed, _ = correct_words.correct_location(
            row.location, match, vocabulary, cutoff=cutoff / 100
        )
        made.repairs += [(row, "location_text", each) for each in fixed]
        row.description, fixed = correct_words.correct(row.description, vocabulary)
        made.repairs += [(row, "description", each) for each in fixed]
        for at, action in enumerate(row.actions):
            task, fixed = correct_words.correct(action.task, vocabulary)
            made.repairs += [(row, "task", each) for each in fixed]
            row.states[at] = {**row.states[at], "task_raw": action.task}
            row.actions[at] = actors_.Action(action.actor_raw, action.actor, task, action.score)


def _matcher(sources: Sources) -> tuple[Any, float]:
    from ipgtools import geocoder

    if sources.known is None:
        return street_shape, sources.cutoff
    shape = geocoder.shape_of(sources.area, sources.known)
    names = geocoder.street_names(sources.known, area=shape, addresses=sources.addresses)
    return names.best, sources.cutoff


def _keep_raw(made: Decisions, digits: list[tuple[int, str, str]], starts: list[int]) -> None:
    """Keep the original text of corrected house numbers."""
    for row, start, stop in zip(made.rows, starts, starts[1:], strict=False):
        for _, raw, fixed in [one for one in digits if start <= one[0] < stop]:
            for column, name in (("location", "location_text"), ("description", "description")):
                was = re.sub(rf"\b{fixed}\b", raw.replace("\\", ""), row.raw[column], count=1)
                if was != row.raw[column]:
                    row.raw[column] = was
                    made.repairs.append((row, name, correct_words.Repair(raw, fixed, _DIGITS)))
                    break


def _correct_across(made: Decisions) -> None:
    whole = {
        word.lower()
        for row in made.rows
        for text in (row.description, *(action.task for action in row.actions))
        for word in re.findall(r"[^\W\d_]{6,}", text)
    }
    for row in made.rows:
        row.description, fixed = correct_words.join_broken_words(row.description, whole)
        made.repairs += [(row, "description", each) for each in fixed]
        for at, action in enumerate(row.actions):
            task, fixed = correct_words.join_broken_words(action.task, whole)
            made.repairs += [(row, "task", each) for each in fixed]
            row.actions[at] = actors_.Action(action.actor_raw, action.actor, task, action.score)


def _joined(lines: Sequence[str]) -> str:
    text = " ".join(lines)
    return re.sub(r"(?<=[^\W\d])- (?=[^\W\d_]*[a-z])(?!en\b|of\b)", "", text)


def _whole(lines: Sequence[str]) -> list[str]:
    """Bring the ends of broken words back to the line they began on."""
    out: list[str] = []
    for line in lines:
        words = line.split()
        if out and hyphened(out[-1].split(), words):
            out[-1] = out[-1][:-1] + words.pop(0)
        if words:
            out.append(" ".join(words))
    return out


def _without_rule(task: str, lines: Sequence[str]) -> str:
    for line in lines[1:]:
        if line.startswith("/ "):
            task = task.replace(line, line[2:], 1)
    return task


def _differs(raw: str, actor: str) -> bool:
    return re.sub(r"\s*/\s*", " / ", raw).casefold() != actor.casefold()
