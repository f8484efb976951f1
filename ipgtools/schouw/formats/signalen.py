"""
Read exports of Signalen and Open311 into rows of findings.

A list of fields says what is read; all else, above all what is known of the reporter, is
passed over. Every report is one finding with one action.

Sources: the states and categories of Signalen (signals/apps/signals/workflow.py and its
category fixtures); Open311 GeoReport v2, "GET service requests".
"""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ipgtools.errors import ReadError, unreadable
from ipgtools.io import limits
from ipgtools.nl import signalen
from ipgtools.nl.messages import message
from ipgtools.schouw.assemble import Decisions
from ipgtools.schouw.formats.signalen_fields import is_filled, row_of, text_of

__all__ = ["SUFFIXES", "is_export", "read_json", "read_table"]

SUFFIXES = {".json", ".geojson"}
_LISTS = ("results", "features", "service_requests", "requests", "signals")
_DEPTH = 6
_FIELD_OF = {name: field for field, names in signalen.FIELDS.items() for name in names}


def is_export(names: Sequence[str]) -> bool:
    """
    Return whether columns are those of Signalen or Open311.

    Examples
    --------
    >>> is_export(["service_request_id", "lat", "long"]), is_export(["nr", "adres", "status"])
    (True, False)
    >>> is_export(["id", "text", "status.state", "category.sub_slug"])
    True
    """
    keys = {_key(name) for name in names}
    states = {"status_state", "state", "status", "status_state_display", "state_display"}
    numbers = {"id", "id_display", "signal_id"}
    return "service_request_id" in keys or (
        "text" in keys and bool(keys & states) and bool(keys & numbers)
    )


def read_json(path: Path, names: Sequence[str]) -> Decisions:
    """Read a JSON export: a list, a page of the API, or GeoJSON."""
    limits.require_report(path, path.stat().st_size)
    try:
        given = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError) as cause:
        raise unreadable(path.name, cause, "read as JSON") from cause
    listed = _listed(given)
    listed = [each["request"] if _wrapped(each) else each for each in listed]
    reports = [dict(_flat(each, "")) if isinstance(each, dict) else None for each in listed]
    if not any((report and is_export([*report])) or _is_map(report) for report in reports):
        msg = f"{path.name} holds no reports of Signalen or Open311"
        raise ReadError(msg, code="schouw_no_reports", path=path.name)
    return _rows(reports, names)


def read_table(path: Path, columns: Sequence[str], names: Sequence[str]) -> Decisions:
    """Read a CSV or Excel export."""
    from ipgtools.io import files

    wanted = [name for name in columns if _key(name) in _FIELD_OF]
    table, rejected = files.read(path, columns=wanted)
    reports = [
        {_key(name): value for name, value in zip(wanted, values, strict=True)}
        for values in table[wanted].astype(object).to_numpy().tolist()
    ]
    made = _rows(reports, names, rows=[int(row) for row in table.index], others=columns)
    made.broken += tuple(
        (int(row), str(code))
        for row, code in zip(rejected["source_row"], rejected["code"], strict=True)
    )
    return made


def _listed(given: Any) -> list[Any]:
    if isinstance(given, list):
        return given
    if isinstance(given, dict):
        for name in _LISTS:
            if isinstance(given.get(name), list):
                return list(given[name])
        return [given]
    return []


def _wrapped(each: Any) -> bool:
    """Return whether a request is nested under its name, as in converted XML."""
    return isinstance(each, dict) and set(each) == {"request"} and isinstance(each["request"], dict)


def _is_map(report: "dict[str, Any] | None") -> bool:
    """Return whether a report is a map feature without text."""
    return bool(report and "created_at" in report and "geometry" in report)


def _flat(given: dict[str, Any], above: str, depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Return the fields of a nested report under joined names; fields not in the list as None."""
    for name, value in given.items():
        key = _key(f"{above}{name}")
        if key.startswith(signalen.PERSONAL):
            yield key, None
        elif name == "properties" and not above and isinstance(value, dict):
            yield from _flat(value, "", depth + 1)
        elif _FIELD_OF.get(key) == "point" and isinstance(value, dict):
            yield key, value
        elif isinstance(value, dict):
            if depth < _DEPTH:
                yield from _flat(value, f"{key}_", depth + 1)
        elif key in _FIELD_OF:
            yield key, value


def _rows(
    reports: "Sequence[dict[str, Any] | None]",
    names: Sequence[str],
    *,
    rows: Sequence[int] | None = None,
    others: Sequence[str] = (),
) -> Decisions:
    made = Decisions("export", (), [])
    newest: dict[str, tuple[str, int]] = {}
    broken: list[tuple[int, str]] = []
    n_cleaned = 0
    keys = {_key(name) for name in others}
    for at, report in enumerate(reports):
        source_row = rows[at] if rows is not None else at + 1
        if report is None:
            broken.append((source_row, "report_record"))
            continue
        keys |= set(report)
        cells = {
            field: next((report[name] for name in choices if is_filled(report.get(name))), None)
            for field, choices in signalen.FIELDS.items()
        }
        row, cleaned = row_of(source_row, cells, names)
        n_cleaned += cleaned
        number, updated = row.raw["number"], text_of(cells["updated"])
        if number and number in newest:
            before, where = newest[number]
            older = source_row if updated < before else made.rows[where].source_row
            broken.append((older, "report_double"))
            if updated >= before:
                made.rows[where] = row
                newest[number] = (updated, where)
            continue
        if number:
            newest[number] = (updated, len(made.rows))
        made.rows.append(row)
    if any(key.startswith(signalen.PERSONAL) for key in keys):
        made.notes.append(message("reporters_skipped"))
    if n_cleaned:
        made.notes.append(message("contacts_removed", n=n_cleaned))
    made.broken = tuple(broken)
    made.details["columns"] = {
        field: found
        for field, choices in signalen.FIELDS.items()
        if (found := next((name for name in choices if name in keys), None))
    }
    return made


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", str(name).casefold()).strip("_")
