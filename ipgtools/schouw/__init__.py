"""
Read reports of wijkschouwen into findings and the actions on them.

A report is a table (CSV, Excel, Word), an export of Signalen or Open311 (JSON, CSV), or text
that went through recognition: from a PDF, or from a scan. From text the
numbers, cells and misread words are mended where that is safe; what is lost is marked as
lost, and what was read stands beside what it became.
"""

import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ipgtools.errors import ReadError
from ipgtools.io import files
from ipgtools.nl import schouw as nl
from ipgtools.schouw import actors as actors_
from ipgtools.schouw import exports, mend, recognised, scans, tables
from ipgtools.schouw.build import Made, Row, assemble
from ipgtools.schouw.columns import UNSURE, street_shape
from ipgtools.schouw.compared import compare
from ipgtools.schouw.kinds import CATEGORIES, category, is_open, status
from ipgtools.schouw.located import Sources

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ipgtools.io.report import ReadReport

__all__ = ["CATEGORIES", "category", "compare", "is_open", "read_schouw", "status"]

_SHEETS = {".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods"}
_ALTERNATIVES = re.compile(r"\s*\|\s*")
_LARGEST_TEXT = 5_000_000


def read_schouw(
    path: str | Path,
    streets: "gpd.GeoDataFrame | None" = None,
    *,
    area: Any = None,
    schouw_id: str | None = None,
    schouw_date: "str | pd.Timestamp | None" = None,
    actors: Sequence[str] | None = None,
    words: Collection[str] | Literal["system"] | None = None,
    cutoff: float = 80,
    addresses: "gpd.GeoDataFrame | None" = None,
    city: str | None = None,
    locatieserver: str | None = None,
    cache: str | Path | None = None,
) -> "tuple[gpd.GeoDataFrame, pd.DataFrame, ReadReport]":
    """
    Read the report of a wijkschouw.

    Parameters
    ----------
    path : path
        ``.docx``, ``.pdf``, ``.csv``, ``.tsv``, ``.xlsx``, ``.xls``, ``.ods``, or ``.txt``
        (recognised text). A scan (a PDF without text, ``.png``, ``.jpg``, ``.tif``) is read
        by Tesseract with its Dutch model, if that is installed. An export of Signalen or
        Open311 (GeoReport v2) is recognised by its fields, as ``.json``, ``.geojson`` or a
        table; its states, categories and fields become ours by the lists in
        `ipgtools.nl.signalen`, its points have a score of 1, and nothing of the reporter is
        read.
    streets : GeoDataFrame, optional
        STREETS, projected CRS in metres. Without it findings have no points, and misread
        street names stay as they are.
    area : GeoDataFrame or geometry, optional
        Where the schouw was; decides between streets of one name.
    schouw_id : str, optional
        Area and day from the report's heading, or the name of the file, if not given.
    schouw_date : str or Timestamp, optional
        Taken from the report if not given.
    actors : sequence of str, optional
        Names of who can act, beside those in `ipgtools.nl.schouw.ACTORS`.
    words : collection of str or "system", optional
        A full Dutch word list. With it short words are mended, too. "system" takes the list
        of the machine (Debian's package wdutch); that also keeps right words that look like
        others from being mended.
    cutoff : float, default 80
        How alike a street name must be, 0 to 100.
    addresses : GeoDataFrame, optional
        ADDRESSES, in the CRS of `streets`: house numbers become points. Their streets serve
        where `streets` isn't given.
    city : str, optional
        The town; streets of other towns are left out where the files tell.
    locatieserver : str, optional
        Address of a service that is asked about house numbers which our own files don't know:
        `ipgtools.services.locatieserver.BASE` is PDOK's. Then street, number and town of these
        findings leave the computer, and the report says so; it needs `city`. Nothing leaves
        without it.
    cache : path, optional
        A file that keeps its answers, so that nothing is asked twice.

    Returns
    -------
    findings : GeoDataFrame, n_findings rows
        FINDINGS in the CRS of `streets` (without: of `area`, else EPSG:28992). Geometry None
        where the place isn't known. Beside the contract: `street`, `location_kind`,
        `location_precision`, `location_reason`, and the words as they stood (`number_raw`,
        `location_raw`, `description_raw`).
    actions : DataFrame, n_actions rows
        ACTIONS, with `actor_raw` and `task_raw`. Actors that share an action are joined by
        " / ". A date of completion is `closed_on` if the action is closed, else `due`.
    report : ReadReport
        ``details["repairs"]`` lists every repair (finding_id, column, raw, corrected,
        score); ``details["doubtful"]`` those to look at; ``details["lost"]`` the findings
        that lack text; ``details["unsure_cells"]`` those whose words may stand in the wrong
        column; ``details["unlocated"]`` those without a point.

    Raises
    ------
    ReadError
        If the file is missing, empty, of another kind, or holds no report; if `words` is
        "system" and the machine has no Dutch word list.
    CrsError
        If `streets`, `addresses` or `area` is not in metres, or they differ.
    ServiceError
        If `locatieserver` is no address of a service. One that fails later is told in the
        report; the findings then stay as our own files have them.
    """
    path = Path(path)
    sources = Sources(streets, addresses, area, city, locatieserver, cache, cutoff)
    files.require(path)
    names = tuple(dict.fromkeys([*(actors or ()), *nl.ACTORS]))
    suffix = path.suffix.lower()
    if suffix == ".txt":
        made = _from_text(_text_of(path), path.name, sources, names, words)
    elif suffix == ".pdf" or suffix in scans.PICTURES:
        pages = scans.read_pdf(path) if suffix == ".pdf" else scans.read_picture(path)
        if pages.table is not None:
            made = _from_table(pages.table, pages.form, names)
        else:
            made = _from_text(pages.text, path.name, sources, names, words)
            made.form = pages.form
    elif suffix in exports.SUFFIXES:
        made = exports.read_json(path, names)
    elif suffix in _SHEETS:
        header = _header(path)
        if exports.is_export(header):
            made = exports.read_table(path, header, names)
        else:
            made = _from_table(tables.read_sheet(path), "table", names)
    elif suffix == ".docx":
        made = _from_table(tables.read_document(path), "document", names)
    else:
        known = ", ".join(
            [".docx", ".pdf", ".txt", *sorted(scans.PICTURES), *exports.SUFFIXES, *sorted(_SHEETS)]
        )
        msg = f"{path.name} ends in {suffix or 'nothing'}, expected one of {known}"
        raise ReadError(msg, code="schouw_format", path=path.name, known=known)
    return assemble(
        made,
        sources,
        schouw_id=schouw_id,
        schouw_date=schouw_date,
        actors=names,
        source=path.name,
    )


def _header(path: Path) -> list[str]:
    try:
        return files.header(path)
    except ReadError:
        return []


def _text_of(path: Path) -> str:
    if path.stat().st_size > _LARGEST_TEXT:
        msg = f"{path.name} is larger than a report can be"
        raise ReadError(msg, code="schouw_too_large", path=path.name)
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _from_text(
    text: str,
    name: str,
    sources: Sources,
    names: Sequence[str],
    words: Collection[str] | Literal["system"] | None,
) -> Made:
    from ipgtools import gazetteer

    match, cutoff = street_shape, sources.cutoff
    if sources.known is not None:
        shape = gazetteer.shape_of(sources.area, sources.known)
        match = gazetteer.street_names(sources.known, area=shape, addresses=sources.addresses).best
    read = recognised.read_text(text, match, names, name=name)
    vocabulary = mend.Vocabulary.of(words)
    made = Made("recognised_text", read.heading, [])
    for at, (mark, number, cells) in enumerate(
        zip(read.marks, read.numbers, read.cells, strict=True), start=1
    ):
        row = _mended_row(at, mark, number, cells, match, names, vocabulary, cutoff / 100, made)
        made.rows.append(row)
    _mend_across(made)
    fixed = [
        (mark, number)
        for mark, number in zip(read.marks, read.numbers, strict=True)
        if re.sub(r"\W", "", mark) != str(number)
    ]
    if fixed:
        made.notes.append(nl.numbers_repaired(fixed))
    if read.after:
        made.notes.append(nl.after_table(read.after))
    made.details["lines"] = list(read.lines)
    made.details["numbers"] = [{"raw": mark, "number": number} for mark, number in fixed]
    return made


def _mended_row(
    at: int,
    mark: str,
    number: int,
    cells: Any,
    match: Any,
    names: Sequence[str],
    vocabulary: mend.Vocabulary,
    cutoff: float,
    made: Made,
) -> Row:
    raw = {
        "number": mark,
        "location": " ".join(cells.location),
        "description": _joined(cells.description),
    }
    row = Row(at, number, "", "", [], raw)
    row.location, fixed, lost = mend.location(raw["location"], match, vocabulary, cutoff=cutoff)
    made.repairs += [(row, "location_text", each) for each in fixed]
    row.description, fixed = mend.words(raw["description"], vocabulary)
    made.repairs += [(row, "description", each) for each in fixed]
    if lost:
        row.location = f"{row.location} {nl.LOST}"
    if mend.breaks_off(row.description):
        row.description = f"{row.description} {nl.LOST}"
        lost = True
    for action in actors_.split_actions(cells.action, names):
        task, fixed = mend.words(_without_rule(action.task, cells.action), vocabulary)
        task = task.rstrip(" .;,")
        made.repairs += [(row, "task", each) for each in fixed]
        if action.actor and _differs(action.actor_raw, action.actor):
            repair = mend.Repair(action.actor_raw, action.actor, round(action.score, 3))
            made.repairs.append((row, "actor", repair))
        if mend.breaks_off(task):
            task, lost = f"{task} {nl.LOST}", True
        row.actions.append(actors_.Action(action.actor_raw, action.actor, task, action.score))
        row.states.append({"task_raw": action.task})
    if lost:
        made.lost.append(row)
    if cells.margin < UNSURE:
        made.unsure.append(row)
    return row


def _mend_across(made: Made) -> None:
    whole = {
        word.lower()
        for row in made.rows
        for text in (row.description, *(action.task for action in row.actions))
        for word in re.findall(r"[^\W\d_]{6,}", text)
    }
    for row in made.rows:
        row.description, fixed = mend.broken_words(row.description, whole)
        made.repairs += [(row, "description", each) for each in fixed]
        for at, action in enumerate(row.actions):
            task, fixed = mend.broken_words(action.task, whole)
            made.repairs += [(row, "task", each) for each in fixed]
            row.actions[at] = actors_.Action(action.actor_raw, action.actor, task, action.score)


def _from_table(table: tables.Table, form: str, names: Sequence[str]) -> Made:
    made = Made(form, table.heading, [], table.broken)
    made.details["columns"] = table.columns
    for source_row, cells in table.rows:
        number = re.search(r"\d{1,6}", cells.get("number", ""))
        row = Row(
            source_row,
            int(number[0]) if number else None,
            _flat(cells.get("location", "")),
            _flat(cells.get("description", "")),
            [],
            {
                "number": cells.get("number", ""),
                "location": _flat(cells.get("location", "")),
                "description": _flat(cells.get("description", "")),
            },
            day=cells.get("date", ""),
        )
        row.actions = _cell_actions(cells, names, separate="task" in table.columns)
        row.states = _states(cells, len(row.actions))
        made.rows.append(row)
    return made


def _cell_actions(
    cells: dict[str, str], names: Sequence[str], *, separate: bool
) -> list[actors_.Action]:
    who = _parts(cells.get("actor", ""))
    if not separate:
        return [
            action
            for part in who
            for action in actors_.split_actions(part.splitlines(), names, paragraphs=True)
        ]
    what = _parts(cells.get("task", ""))
    if not who and what:
        return [
            action
            for part in what
            for action in actors_.split_actions(part.splitlines(), names, paragraphs=True)
        ]
    n = max(len(who), len(what))
    if len(who) == 1:
        who *= n
    if len(what) < n:
        what += ([what[0]] if len(what) == 1 else [""]) * (n - len(what))
    who += [""] * (n - len(who))
    return [
        actors_.Action(_flat(actor), actors_.known(_flat(actor), names)[0] or None, _flat(task))
        for actor, task in zip(who, what, strict=True)
    ]


def _parts(cell: str) -> list[str]:
    return _ALTERNATIVES.split(cell.strip()) if cell.strip() else []


def _states(cells: dict[str, str], n: int) -> list[dict[str, str]]:
    states: list[dict[str, str]] = [{} for _ in range(n)]
    for column in ("status", "due", "closed_on"):
        parts = _ALTERNATIVES.split(cells.get(column, "").strip())
        for at, state in enumerate(states):
            state[column] = parts[at] if len(parts) == n else parts[0] if len(parts) == 1 else ""
    return states


def _joined(lines: Sequence[str]) -> str:
    text = " ".join(lines)
    return re.sub(r"(?<=[^\W\d])- (?=[^\W\d_]*[a-z])(?!en\b|of\b)", "", text)


def _without_rule(task: str, lines: Sequence[str]) -> str:
    for line in lines[1:]:
        if line.startswith("/ "):
            task = task.replace(line, line[2:], 1)
    return task


def _differs(raw: str, actor: str) -> bool:
    return re.sub(r"\s*/\s*", " / ", raw).casefold() != actor.casefold()


def _flat(text: str) -> str:
    return " ".join(text.split())
