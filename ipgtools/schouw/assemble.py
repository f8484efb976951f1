"""Make findings, actions and the read report of the rows of a schouw report."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ipgtools.nl import action_lists, schouw_notes
from ipgtools.nl.messages import Message, message
from ipgtools.schouw import geocode_findings
from ipgtools.schouw.ocr import correct_words, recognised_text
from ipgtools.schouw.parse import actions as parse_actions
from ipgtools.schouw.parse import actors as actors_
from ipgtools.schouw.parse.classify import category

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ipgtools.io.report import ReadReport

__all__ = ["Decisions", "Row", "assemble", "n_doubtful", "slug"]


@dataclass
class Row:
    """A row on its way to findings and actions."""

    source_row: int
    number: int | None
    location: str
    description: str
    actions: list[actors_.Action]
    raw: dict[str, str]
    states: list[dict[str, str]] = field(default_factory=list)
    day: str = ""
    category: str = ""
    """If the source tells; otherwise the words decide."""
    place: tuple[float, float] | None = None
    """Longitude and latitude (EPSG:4326) if the source has them."""
    name: str | None = None
    """The source's own identifier, if that is no number."""


@dataclass
class Decisions:
    """What reading decided about the whole file."""

    form: str
    heading: tuple[str, ...]
    rows: list[Row]
    broken: tuple[tuple[int, str], ...] = ()
    repairs: list[tuple[Row, str, correct_words.Repair]] = field(default_factory=list)
    lost: list[Row] = field(default_factory=list)
    unsure: list[Row] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    details: dict[str, Any] = field(default_factory=dict)


def assemble(
    made: Decisions,
    sources: "geocode_findings.Sources",
    *,
    schouw_id: str | None,
    schouw_date: "str | pd.Timestamp | None",
    actors: Sequence[str],
    source: str,
) -> "tuple[gpd.GeoDataFrame, pd.DataFrame, ReadReport]":
    """Make the three results of `read_schouw`; see there."""
    area_name, heading_day = recognised_text.heading(made.heading)
    rejected, rows = _sift(made)
    days = [row.day for row in rows if row.day]
    day = _day(schouw_date) or _day(heading_day) or (_day(days[0]) if days else None)
    if day is None and made.form != "export":
        day = _day(recognised_text.heading([source.replace("_", " ")])[1])
        if day is not None:
            made.notes.append(message("date_from_name"))
    if schouw_id is None:
        schouw_id = slug(f"{area_name}-{heading_day}" if area_name else source.rpartition(".")[0])
    if day is None:
        made.notes.append(message("no_date"))
    if n_cleaned := sum([_without_contacts(row) for row in rows]):
        made.notes.append(message("contacts_removed", n=n_cleaned))
    groups = _group(rows, made)
    ids = _identify(groups, schouw_id)
    findings = _findings(groups, ids, schouw_id, day, source)
    places = [row.place for row in groups]
    findings, told = geocode_findings.geocode(findings, sources, places)
    made.notes += told.notes
    made.details |= told.details
    actions, said = parse_actions.actions(
        [(row, name, _day(row.day) or day) for row, name in zip(groups, ids, strict=True)], actors
    )
    made.notes += said.notes
    made.details |= said.details
    report = _report(source, made, groups, ids, findings, actions, rejected, len(rows))
    return findings, actions, report


def n_doubtful(report: "ReadReport") -> int:
    """
    Count the findings of which a human has to look at what was read.

    Parameters
    ----------
    report : ReadReport
        From `read_schouw`.

    Returns
    -------
    int
        Findings with an unsure repair, an unsure column or lost text.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> from ipgtools.schouw import read_schouw
    >>> rows = pd.DataFrame({"nr": [1], "locatie": "Velveweg 12", "bevinding": "lantaarn kapot",
    ...                      "actie": "repareren", "wie": "gemeente"})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     rows.to_csv(f"{folder}/schouw.csv", index=False)
    ...     _, _, report = read_schouw(f"{folder}/schouw.csv")
    >>> n_doubtful(report)
    0
    """
    details = report.details
    unsure = {each["finding_id"] for each in details.get("doubtful", ())}
    return len(unsure | {*details.get("unsure_cells", ())} | {*details.get("lost", ())})


def slug(text: str) -> str:
    """
    Make an identifier of a title.

    Examples
    --------
    >>> slug("VELVE-LINDENHOF 22 mei")
    'velve-lindenhof-22-mei'
    """
    text = unicodedata.normalize("NFKD", text.casefold())
    text = re.sub(r"[^a-z0-9]+", "-", text.encode("ascii", "ignore").decode())
    return text.strip("-") or "schouw"


def _sift(made: Decisions) -> "tuple[pd.DataFrame, list[Row]]":
    import pandas as pd

    from ipgtools.io.report import no_rejects

    goes_on = _going_on(made)
    refused = [(number, "", code) for number, code in made.broken]
    rows: list[Row] = []
    for row in made.rows:
        firsts = (row.raw.get("number", ""), row.location)
        if any(text.strip(" .:").casefold() in action_lists.TOTALS for text in firsts):
            refused.append((row.source_row, "number", "total"))
        elif row.location or row.description or row.place or goes_on(row, rows):
            rows.append(row)
        else:
            code = "no_location" if row.actions else "finding_empty"
            refused.append((row.source_row, "location_text", code))
    rejected = no_rejects()
    if refused:
        table = pd.DataFrame(refused, columns=["source_row", "column", "code"])
        table.insert(2, "found", "")
        rejected = table.sort_values("source_row", kind="stable").reset_index(drop=True)
        rejected = rejected.astype({"column": "str", "found": "str", "code": "str"})
    return rejected, rows


def _without_contacts(row: Row) -> bool:
    """Redact phone numbers and mail addresses of a row; return whether it had any."""
    from ipgtools.photos.redaction import redact_contacts

    before = (row.description, [(one.actor, one.task) for one in row.actions])
    row.description = redact_contacts(row.description)
    row.raw["description"] = redact_contacts(row.raw["description"])
    for at, one in enumerate(row.actions):
        who, raw = (None if text is None else redact_contacts(text).strip(" ,;:()-")
                    for text in (one.actor, one.actor_raw))  # fmt: skip
        task = redact_contacts(one.task)
        row.actions[at] = actors_.Action(raw or "", who or None, task, one.score)
        if "task_raw" in row.states[at]:
            row.states[at]["task_raw"] = redact_contacts(row.states[at]["task_raw"])
    return before != (row.description, [(one.actor, one.task) for one in row.actions])


def _group(rows: list[Row], made: Decisions) -> list[Row]:
    """Bring rows that go on with a finding, or are further actions on it, together."""
    goes_on = _going_on(made)
    groups: list[Row] = []
    seen: dict[tuple[Any, str], Row] = {}
    n_joined = 0
    for at, row in enumerate(rows):
        if groups and goes_on(row, rows[at - 1 : at]):
            _join(groups[-1], row)
            n_joined += 1
            continue
        key = (row.number, row.location.casefold())
        first = seen.get(key)
        same = first and row.description.casefold() in {"", first.description.casefold()}
        if first is not None and same and row.number is not None:
            first.actions += row.actions
            first.states += row.states
        else:
            groups.append(row)
            seen.setdefault(key, row)
    if n_joined:
        made.notes.append(message("rows_joined", n=n_joined))
    numbers = Counter(row.number for row in groups if row.number is not None)
    double = sorted(number for number, n in numbers.items() if n > 1)
    if double:
        made.notes.append(message("numbers_double", numbers=double))
    return groups


def _going_on(made: Decisions) -> Callable[[Row, Sequence[Row]], bool]:
    """Return a test of whether a row only continues the one above it."""
    first = min((row.source_row for row in made.rows if row.number is not None), default=math.inf)
    broken = {number for number, _ in made.broken}

    def goes_on(row: Row, above: Sequence[Row]) -> bool:
        words = row.description or any(action.actor or action.task for action in row.actions)
        if not words or row.number is not None or row.location or row.place or row.name:
            return False
        if not above or above[-1].source_row < first:
            return False
        return broken.isdisjoint(range(above[-1].source_row + 1, row.source_row))

    return goes_on


def _join(before: Row, row: Row) -> None:
    """Put a row with the one it goes on with: words after words, actions after actions."""
    before.description = f"{before.description} {row.description}".strip()
    for name, text in row.raw.items():
        before.raw[name] = f"{before.raw.get(name, '')} {text}".strip()
    for action, state in zip(row.actions, row.states, strict=True):
        if action.actor is None and before.actions:
            last = before.actions[-1]
            task = f"{last.task} {action.task}".strip()
            before.actions[-1] = actors_.Action(last.actor_raw, last.actor, task, last.score)
        else:
            before.actions.append(action)
            before.states.append(state)


def _identify(groups: list[Row], schouw_id: str) -> list[str]:
    ids: list[str] = []
    taken: dict[str, int] = {}
    for row in groups:
        own = slug(row.name) if row.name else f"rij{row.source_row}"
        name = f"{schouw_id}-{own if row.number is None else f'{row.number:02d}'}"
        taken[name] = taken.get(name, 0) + 1
        ids.append(name if taken[name] == 1 else f"{name}-{taken[name]}")
    return ids


def _findings(
    groups: list[Row], ids: list[str], schouw_id: str, day: "pd.Timestamp | None", source: str
) -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame(
        {
            "finding_id": pd.Series(ids, dtype="str"),
            "schouw_id": pd.Series(schouw_id, index=range(len(ids)), dtype="str"),
            "schouw_date": pd.Series(
                [_day(row.day) or day for row in groups], dtype="datetime64[s]"
            ),
            "number": pd.Series([row.number for row in groups], dtype="Int64"),
            "location_text": pd.Series([row.location for row in groups], dtype="str"),
            "description": pd.Series([row.description for row in groups], dtype="str"),
            "category": pd.Series(
                [
                    row.category
                    or category(row.description, " ".join(action.task for action in row.actions))
                    for row in groups
                ],
                dtype="str",
            ),
            "source": pd.Series(source, index=range(len(ids)), dtype="str"),
            "number_raw": pd.Series([row.raw["number"] for row in groups], dtype="str"),
            "location_raw": pd.Series([row.raw["location"] for row in groups], dtype="str"),
            "description_raw": pd.Series([row.raw["description"] for row in groups], dtype="str"),
        }
    )


def _report(
    source: str,
    made: Decisions,
    groups: list[Row],
    ids: list[str],
    findings: "gpd.GeoDataFrame",
    actions: "pd.DataFrame",
    rejected: "pd.DataFrame",
    n_used: int,
) -> "ReadReport":
    from ipgtools.io.report import ReadReport

    name = {id(row): finding_id for row, finding_id in zip(groups, ids, strict=True)}
    repairs: list[dict[str, Any]] = [
        {"finding_id": name[id(row)], "column": column, "raw": each.raw,
         "corrected": each.corrected, "score": each.score}
        for row, column, each in sorted(made.repairs, key=lambda one: one[0].source_row)
        if id(row) in name
    ]  # fmt: skip
    doubtful = [repair for repair in repairs if repair["score"] < correct_words.SURE]
    notes = [schouw_notes.form(made.form, len(findings), len(actions)), *made.notes]
    if repairs:
        numbers = {name[id(row)]: row.number or row.source_row for row in groups}
        notes.append(
            schouw_notes.repaired(
                len(repairs),
                [
                    (numbers[each["finding_id"]], each["raw"], each["corrected"], each["score"])
                    for each in doubtful
                ],
            )
        )
    lost = [row for row in made.lost if id(row) in name]
    if lost:
        notes.append(message("text_lost", numbers=[row.number or row.source_row for row in lost]))
    unsure = [row for row in made.unsure if id(row) in name]
    if unsure:
        notes.append(
            message("columns_unsure", numbers=[row.number or row.source_row for row in unsure])
        )
    details = {
        **made.details,
        "form": made.form,
        "repairs": repairs,
        "doubtful": doubtful,
        "lost": [name[id(row)] for row in lost],
        "unsure_cells": [name[id(row)] for row in unsure],
    }
    details.setdefault("unlocated", [])
    return ReadReport(source, n_used + len(rejected), n_used, rejected, tuple(notes), details)


def _day(given: Any) -> "pd.Timestamp | None":
    import pandas as pd

    if given is None or given == "":
        return None
    if isinstance(given, str):
        given = recognised_text.heading([given])[1] or given
        if not re.match(r"^\d{4}-\d{2}-\d{2}", given):
            return None
    try:
        moment = pd.Timestamp(given)
    except (ValueError, TypeError):
        return None
    return None if moment is pd.NaT else moment.normalize().as_unit("s")
