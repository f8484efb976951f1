"""Hold what a run reads against purpose, ground and terms; warn, or refuse where that is strict."""

import datetime as dt
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ipgtools import privacy, retention
from ipgtools.audit import Register
from ipgtools.errors import ReadError, SettingsError
from ipgtools.io import files
from ipgtools.nl import retention as words
from ipgtools.retention import first_reads, survey
from ipgtools.settings import Choices, Settings

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ALWAYS", "check_terms", "data_sets", "notes", "require_purpose"]

ALWAYS = ("incidents", "offences", "photos")
"""Data sets that are about persons unless their ground says otherwise."""


def data_sets(settings: Settings) -> dict[str, list[Path]]:
    """List the data sets that can be about persons, with the paths that the settings name."""
    given = settings.input
    offences = given.offences if isinstance(given.offences, list) else [given.offences]
    named: dict[str, list[Path]] = {
        "incidents": given.incident_files,
        "offences": [path for path in offences if path is not None],
        "photos": [given.photos] if given.photos is not None else [],
        "schouw": given.schouwen if settings.purpose.schouw.ground else [],
    }
    return {name: paths for name, paths in named.items() if paths}


def require_purpose(settings: Settings) -> list[str]:
    """Say which data sets lack purpose or ground."""
    said = [line for name in data_sets(settings) for line in _on_purpose(settings, name)]
    if said and settings.privacy.strict:
        msg = f"purpose or ground is missing, and `privacy.strict` is on: {' '.join(said)}"
        raise SettingsError(msg, code="purpose_missing", said=" ".join(said))
    return said


def _on_purpose(settings: Settings | Choices, data_set: str) -> list[str]:
    given = retention.stated_purpose(settings, data_set)
    ground = retention.ground(given.ground)
    if ground.assumed == "unknown":
        return [words.ground_unknown(data_set, given.ground)]
    if ground.assumed or not (given.purpose or not ground.keep):
        there = {"purpose": bool(given.purpose), "ground": bool(given.ground)}
        return [words.without_purpose(data_set, **there)]
    return []


def check_terms(
    settings: Settings,
    tables: "Mapping[str, pd.DataFrame | None]",
    register: Register,
    *,
    on: dt.date,
) -> list[str]:
    """
    Hold what was read against the terms, and the key against the last one.

    When files were first read, and which key was used, is remembered in the register.
    """
    seen: dict[str, first_reads.Seen] = {}
    said: list[str] = []
    named = {name: _named_with_hash(name, paths) for name, paths in data_sets(settings).items()}
    with register.transaction() as connection:
        for name, found in named.items():
            seen[name] = _remember(connection, name, found, on)
        if settings.input.offences is not None and settings.input.key is not None:
            print_ = privacy.fingerprint(privacy.read_key(settings.input.key))
            if other := first_reads.remember_key(connection, print_, reference_date=on):
                said.append(words.other_key(other.since, known=other.known))
    past: list[str] = []
    for name, table in tables.items():
        if table is not None and name in data_sets(settings):
            over, beside = _on_age(settings, name, table, on=on, seen=seen.get(name))
            past, said = past + over, said + beside
    if past and settings.privacy.strict:
        msg = f"rows are past their term, and `privacy.strict` is on: {' '.join(past)}"
        raise ReadError(msg, code="retention_past", said=" ".join(past))
    return past + said


def notes(choices: Choices, data_set: str, table: "pd.DataFrame", *, on: dt.date) -> list[str]:
    """Check one table as `require_purpose` and `check_terms`, without recording or refusing."""
    if data_set not in ALWAYS:
        return []
    past, beside = _on_age(choices, data_set, table, on=on, seen=None)
    return [*_on_purpose(choices, data_set), *past, *beside]


def _on_age(
    settings: Settings | Choices,
    data_set: str,
    table: "pd.DataFrame",
    *,
    on: dt.date,
    seen: first_reads.Seen | None,
) -> tuple[list[str], list[str]]:
    """Say which rows are past a term, and apart from it which have no age."""
    ground = retention.ground(retention.stated_purpose(settings, data_set).ground)
    terms = retention.Terms.of(ground, **settings.retention.model_dump())
    if terms.keep_months is None:
        return [], []
    found = retention.ages(
        table,
        retention.DATES[data_set],
        reference_date=on,
        terms=terms,
        seen=None if seen is None else seen.content,
    )
    past = [
        tell(data_set, n, found.n, months, found.oldest, found.dated_by)
        for tell, n, months in (
            (words.past_free, found.n_free, terms.free_months),
            (words.past_keep, found.n_keep, terms.keep_months),
        )
        if n and months is not None and found.oldest is not None
    ]
    beside = []
    if found.n_undated:
        beside.append(words.undated(data_set, found.n_undated))
    if seen is not None and (n := found.dated_by.get(retention.SEEN, 0)):
        beside.append(words.dated_by_file(data_set, n, seen.content, seen.name))
    return past, beside


def _remember(
    connection: sqlite3.Connection, data_set: str, named: list[tuple[str, str]], on: dt.date
) -> first_reads.Seen:
    """Note the files of a data set; of several the latest content and the earliest name count."""
    found = [
        first_reads.remember_file(connection, data_set, name, sha256, reference_date=on)
        for name, sha256 in named
    ]
    if not found:
        return first_reads.Seen(on, on)
    return first_reads.Seen(max(one.content for one in found), min(one.name for one in found))


def _named_with_hash(data_set: str, paths: list[Path]) -> list[tuple[str, str]]:
    """Give names and hashes of files; photos and mails, which people name, only their kind."""
    inside = [one for path in paths for one in _files(path, every=data_set == "photos")]
    return [
        (survey.called(path, data_set), survey.sha256(on_disk) if on_disk else "")
        for path, on_disk in inside
    ]


def _files(path: Path, *, every: bool) -> list[tuple[Path, Path | None]]:
    """List the files of a path, each with where it is on the disk."""
    if every and path.is_dir():
        return [(one, one) for one in sorted(survey.regular(path))]
    found = []
    for one in [path] if every else files.list_files(path):
        on_disk = files.on_disk(one)
        there = on_disk is not None and on_disk.is_file()
        found.append((one, on_disk if there else None))
    return found
