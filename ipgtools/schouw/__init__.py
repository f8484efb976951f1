"""
Read reports of wijkschouwen into findings and the actions on them.

A report is a table (CSV, Excel, Word, PDF), a list that was typed (Word, PDF, text), an export
of Signalen or Open311 (JSON, CSV), or text whose columns have run together: from a PDF, or
from a scan. From such text the
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
from ipgtools.schouw import documents, exports, filled, listed, mend, recognised, scans, tables
from ipgtools.schouw.build import Made, Row, assemble
from ipgtools.schouw.columns import UNSURE, hyphened, street_shape
from ipgtools.schouw.compared import compare
from ipgtools.schouw.kinds import CATEGORIES, category, is_open, status
from ipgtools.schouw.located import Sources

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ipgtools.io.report import ReadReport

__all__ = ["CATEGORIES", "category", "compare", "is_open", "read_schouw", "status"]

_SHEETS = {".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods"}
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
        by Tesseract with its Dutch model, if that is installed, also if it lies askew or on its
        side. An export of Signalen or
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
            made = filled.of_table(pages.table, pages.form, names)
        else:
            made = _from_text(pages.text, path.name, sources, names, words)
            made.form = pages.form
        made.notes += pages.notes
    elif suffix in exports.SUFFIXES:
        made = exports.read_json(path, names)
    elif suffix in _SHEETS:
        header = _header(path)
        if exports.is_export(header):
            made = exports.read_table(path, header, names)
        else:
            made = filled.of_table(tables.read_sheet(path), "table", names)
    elif suffix == ".docx":
        made = _from_document(path, sources, names, words)
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


def _from_document(
    path: Path,
    sources: Sources,
    names: Sequence[str],
    words: Collection[str] | Literal["system"] | None,
) -> Made:
    found = documents.read_document(path)
    try:
        table = tables.of_grids(found.above, found.grids, path.name)
    except ReadError:
        if not found.above and not found.below:
            raise
        try:
            made = _from_text(
                "\n".join(found.above + found.below), path.name, sources, names, words
            )
        except ReadError as fault:
            if fault.code != "schouw_no_rows":
                raise
        else:
            made.form = "document_text"
            if found.grids:
                made.notes.append(nl.tables_unused(len(found.grids), sum(map(len, found.grids))))
            return made
        raise
    made = filled.of_table(table, "document", names)
    if found.below:
        made.notes.append(nl.after_table(len(found.below)))
    return made


def _from_text(
    text: str,
    name: str,
    sources: Sources,
    names: Sequence[str],
    words: Collection[str] | Literal["system"] | None,
) -> Made:
    from ipgtools import gazetteer

    grid = listed.laid_out(text)
    if grid is not None:
        return filled.of_table(tables.of_grids([], [grid], name), "listed_text", names)
    match, cutoff = street_shape, sources.cutoff
    if sources.known is not None:
        shape = gazetteer.shape_of(sources.area, sources.known)
        match = gazetteer.street_names(sources.known, area=shape, addresses=sources.addresses).best
    found = listed.points(text, match, names)
    if found is not None:
        return _from_list(*found, names)
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
    if read.before:
        made.notes.append(nl.not_used_before(read.before))
    if read.after:
        made.notes.append(nl.after_table(read.after))
    made.details["lines"] = list(read.lines)
    made.details["numbers"] = [{"raw": mark, "number": number} for mark, number in fixed]
    return made


def _from_list(
    above: list[str], points: list[listed.Point], after: int, names: Sequence[str]
) -> Made:
    made = Made("listed_text", tuple(above), [])
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
        made.notes.append(nl.after_table(after))
    made.details["lines"] = [point.line for point in points]
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
    place = " ".join(_whole(cells.location))
    row.location, fixed, lost = mend.location(place, match, vocabulary, cutoff=cutoff)
    made.repairs += [(row, "location_text", each) for each in fixed]
    row.description, fixed = mend.words(raw["description"], vocabulary)
    made.repairs += [(row, "description", each) for each in fixed]
    if lost:
        row.location = f"{row.location} {nl.LOST}"
    if mend.breaks_off(row.description):
        row.description = f"{row.description} {nl.LOST}"
        lost = True
    for action in actors_.split_actions(_whole(cells.action), names):
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
