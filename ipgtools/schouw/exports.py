"""
Read exports of Signalen and Open311 into rows of findings.

A list of fields says what is read; all else, above all what is known of the reporter, is
passed over. Every report is one finding with one action.

Sources: the states and categories of Signalen (signals/apps/signals/workflow.py and its
category fixtures); Open311 GeoReport v2, "GET service requests".
"""

import datetime as dt
import json
import math
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ipgtools.errors import ReadError
from ipgtools.nl import schouw as nl
from ipgtools.nl import signalen
from ipgtools.schouw import actors as actors_
from ipgtools.schouw.build import Made, Row
from ipgtools.schouw.kinds import CATEGORIES, category

SUFFIXES = {".json", ".geojson"}
_LARGEST = 200_000_000
_ZONE = ZoneInfo("Europe/Amsterdam")
_LISTS = ("results", "features", "service_requests", "requests", "signals")
_POINT = re.compile(r"POINT\s*Z?\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)", re.IGNORECASE)
_DEPTH = 6
_STATES = {word: ours for code, labels, ours in signalen.STATES for word in (code, *labels)}
_SUBS = {slug: ours for ours, slugs in signalen.SUBS.items() for slug in slugs}
_FIELD_OF = {name: field for field, names in signalen.FIELDS.items() for name in names}


def is_export(names: Sequence[str]) -> bool:
    """
    Tell whether columns are those of Signalen or Open311.

    Parameters
    ----------
    names : sequence of str
        Column names as the source has them.

    Returns
    -------
    bool
        True with ``service_request_id``, or with a number, a text and a state by Signalen's
        names.

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


def read_json(path: Path, names: Sequence[str]) -> Made:
    """
    Read a JSON export: a list, a page of the API, or GeoJSON.

    Parameters
    ----------
    path : Path
        The file.
    names : sequence of str
        The closed list of actors.

    Returns
    -------
    Made
        A row for each report.

    Raises
    ------
    ReadError
        If the file is no JSON, too large, or holds no reports.
    """
    if path.stat().st_size > _LARGEST:
        msg = f"{path.name} is larger than an export can be"
        raise ReadError(msg, code="schouw_too_large", path=path.name)
    try:
        given = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError) as cause:
        reason = str(cause).splitlines()[0][:200]
        msg = f"{path.name} is no JSON: {reason}"
        raise ReadError(msg, code="file_unreadable", path=path.name, reason=reason) from cause
    listed = _listed(given)
    reports = [dict(_flat(each, "")) if isinstance(each, dict) else None for each in listed]
    if not any((report and is_export([*report])) or _is_map(report) for report in reports):
        msg = f"{path.name} holds no reports of Signalen or Open311"
        raise ReadError(msg, code="schouw_no_reports", path=path.name)
    return _made(reports, names)


def read_table(path: Path, columns: Sequence[str], names: Sequence[str]) -> Made:
    """
    Read a CSV or Excel export.

    Parameters
    ----------
    path : Path
        The file.
    columns : sequence of str
        Its columns, for which `is_export` holds.
    names : sequence of str
        The closed list of actors.

    Returns
    -------
    Made
        A row for each report. Only columns of the list of fields are read.
    """
    from ipgtools.io import files

    wanted = [name for name in columns if _key(name) in _FIELD_OF]
    table, rejected = files.read(path, columns=wanted)
    reports = [
        {_key(name): value for name, value in zip(wanted, values, strict=True)}
        for values in table[wanted].astype(object).to_numpy().tolist()
    ]
    made = _made(reports, names, rows=[int(row) for row in table.index], others=columns)
    made.broken += tuple(
        (int(row), str(reason))
        for row, reason in zip(rejected["source_row"], rejected["reason"], strict=True)
    )
    return made


def category_of(sub: str, main: str, text: str) -> str:
    """
    Give the category of a report by its slugs, and by its words where these leave it open.

    Parameters
    ----------
    sub, main : str
        Slugs of Signalen; may be empty.
    text : str
        The report's own words.

    Returns
    -------
    str
        Code from `CATEGORIES`.

    Examples
    --------
    >>> category_of("onkruid", "", ""), category_of("", "afval", "Het ligt er weer")
    ('groen', 'afval')
    >>> category_of("", "wegen-verkeer-straatmeubilair", "Stoeptegels liggen los")
    'verharding'
    """
    sub, main = slug_of(sub), slug_of(main)
    if sub in _SUBS:
        return _SUBS[sub]
    by_words = category(text)
    if main in signalen.MAINS and CATEGORIES[by_words][1] != main:
        return signalen.MAINS[main]
    return by_words


def state_of(text: str, *, assigned: bool) -> str:
    """
    Give a state of Signalen or Open311 in our words.

    Parameters
    ----------
    text : str
        Code or label.
    assigned : bool
        Whether somebody is named to act.

    Returns
    -------
    str
        One of our statuses; a state that isn't known stays as written, and counts as open.

    Examples
    --------
    >>> state_of("o", assigned=False), state_of("Reactie gevraagd", assigned=False)
    ('afgehandeld', 'in uitvoering')
    >>> state_of("open", assigned=True), state_of("open", assigned=False)
    ('toegewezen', 'geconstateerd')
    """
    key = " ".join(text.casefold().split())
    if not key or key in signalen.OPEN:
        return nl.ASSIGNED if assigned else nl.FOUND
    return _STATES.get(key, key)


def slug_of(text: str) -> str:
    """
    Make a slug as Signalen does.

    Examples
    --------
    >>> slug_of("Onderhoud stoep, straat en fietspad")
    'onderhoud-stoep-straat-en-fietspad'
    """
    return re.sub(r"[^a-z0-9]+", "-", text.casefold().replace("'", "")).strip("-")


def points(
    places: "Sequence[tuple[float, float] | None]", work: Any
) -> "tuple[list[Any], bool, int]":
    """
    Bring degrees into the working CRS.

    Parameters
    ----------
    places : sequence of (longitude, latitude) or None, n_rows
        EPSG:4326, longitude first.
    work : pyproj.CRS
        The CRS wanted.

    Returns
    -------
    points : list of Point or None, n_rows
        None where there is no place, or it lies outside the area of use of `work`.
    swapped : bool
        Whether all places only lie inside with latitude and longitude swapped; they were.
    n_outside : int
        Places that lie outside.
    """
    import numpy as np
    import pyproj
    import shapely

    given = np.array([place or (math.nan, math.nan) for place in places], dtype="float64")
    given = given.reshape(-1, 2)
    there = np.isfinite(given).all(axis=1)
    crs = pyproj.CRS.from_user_input(work)
    west, south, east, north = crs.area_of_use.bounds if crs.area_of_use else (-180, -90, 180, 90)

    def inside(table: Any) -> Any:
        x, y = table[:, 0], table[:, 1]
        return there & (x >= west) & (x <= east) & (y >= south) & (y <= north)

    used = inside(given)
    swapped = bool(there.any() and not used.any() and inside(given[:, ::-1])[there].all())
    if swapped:
        given, used = given[:, ::-1], there
    to_work = pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    x, y = to_work.transform(np.where(used, given[:, 0], 0), np.where(used, given[:, 1], 0))
    made = [
        shapely.Point(a, b) if ok and math.isfinite(a) and math.isfinite(b) else None
        for a, b, ok in zip(x, y, used, strict=True)
    ]
    return made, swapped, int((there & ~used).sum())


def _listed(given: Any) -> list[Any]:
    if isinstance(given, list):
        return given
    if isinstance(given, dict):
        for name in _LISTS:
            if isinstance(given.get(name), list):
                return list(given[name])
        return [given]
    return []


def _is_map(report: "dict[str, Any] | None") -> bool:
    """Tell whether a report is one of the map: it has no text."""
    return bool(report and "created_at" in report and "geometry" in report)


def _flat(given: dict[str, Any], above: str, depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Give the fields of a nested report under joined names; fields not in the list as None."""
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


def _made(
    reports: "Sequence[dict[str, Any] | None]",
    names: Sequence[str],
    *,
    rows: Sequence[int] | None = None,
    others: Sequence[str] = (),
) -> Made:
    made = Made("export", (), [])
    newest: dict[str, tuple[str, int]] = {}
    broken: list[tuple[int, str]] = []
    n_cleaned = 0
    keys = {_key(name) for name in others}
    for at, report in enumerate(reports):
        source_row = rows[at] if rows is not None else at + 1
        if report is None:
            broken.append((source_row, signalen.REASONS["record"]))
            continue
        keys |= set(report)
        cells = {
            field: next((report[name] for name in choices if _filled(report.get(name))), None)
            for field, choices in signalen.FIELDS.items()
        }
        row, cleaned = _row(source_row, cells, names)
        n_cleaned += cleaned
        number, updated = row.raw["number"], _text(cells["updated"])
        if number and number in newest:
            before, where = newest[number]
            older = source_row if updated < before else made.rows[where].source_row
            broken.append((older, signalen.REASONS["double"]))
            if updated >= before:
                made.rows[where] = row
                newest[number] = (updated, where)
            continue
        if number:
            newest[number] = (updated, len(made.rows))
        made.rows.append(row)
    if any(key.startswith(signalen.PERSONAL) for key in keys):
        made.notes.append(signalen.reporters_skipped())
    if n_cleaned:
        made.notes.append(signalen.contacts_removed(n_cleaned))
    made.broken = tuple(broken)
    made.details["columns"] = {
        field: found
        for field, choices in signalen.FIELDS.items()
        if (found := next((name for name in choices if name in keys), None))
    }
    return made


def _row(source_row: int, cells: dict[str, Any], names: Sequence[str]) -> tuple[Row, bool]:
    from ipgtools.photos.mails import without_contacts

    given = {field: _text(value) for field, value in cells.items()}
    text = without_contacts(given["text"])
    sub = given["sub"] if slug_of(given["sub"]) in _SUBS else given["sub_name"] or given["sub"]
    main = given["main"] or given["main_name"]
    location = " ".join(part for part in (given["street"], given["house"]) if part)
    location = location or _street_part(given["address"])
    digits = re.fullmatch(r"(?:SIG-)?(\d{1,9})(?:\.0)?", given["id"])
    who = given["who"]
    row = Row(
        source_row,
        int(digits[1]) if digits else None,
        location,
        text or given["sub_name"] or given["sub"],
        [],
        {"number": given["id"], "location": location, "description": text},
        day=_day(cells["created"]),
        category=category_of(sub, main, f"{text} {given['sub_name']}"),
        place=_place(cells),
        name=None if digits else given["id"] or None,
    )
    task = without_contacts(given["task"])
    row.actions = [actors_.Action(who, actors_.known(who, names)[0] or None, task)]
    state = state_of(given["state"], assigned=bool(who))
    closed = state in nl.CLOSED
    row.states = [
        {
            "status": state,
            "due": "" if closed else _day(cells["due"]),
            "closed_on": _day(cells["updated"]) if closed else "",
        }
    ]
    return row, text != given["text"]


def _place(cells: dict[str, Any]) -> tuple[float, float] | None:
    given = cells["point"]
    if isinstance(given, str) and given.lstrip().startswith("{"):
        with suppress(ValueError, RecursionError):
            given = json.loads(given)
    pair: Any = None
    if isinstance(given, dict):
        found = given.get("coordinates")
        pair = found[:2] if given.get("type") == "Point" and isinstance(found, list) else None
    elif isinstance(given, str) and (match := _POINT.search(given)):
        pair = match.groups()
    if pair is None:
        pair = (cells["lon"], cells["lat"])
    try:
        lon, lat = (float(str(value).replace(",", ".")) for value in pair)
    except ValueError:
        return None
    if not (math.isfinite(lon) and math.isfinite(lat)) or (lon == 0 and lat == 0):
        return None
    return lon, lat


def _street_part(address: str) -> str:
    """Leave postcode and town out of an address."""
    return re.sub(r"[\s,]+\d{4}\s?[A-Z]{2}\b.*$", "", address).split(",")[0].strip()


def _day(value: Any) -> str:
    """Give the local day of a moment, as ``2025-03-03``; moments without zone are local."""
    if hasattr(value, "isoformat"):
        value = value.isoformat()
    text = _text(value)
    try:
        moment = dt.datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            moment = moment.astimezone(_ZONE)
    except (ValueError, OverflowError):
        return text
    return moment.date().isoformat()


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", str(name).casefold()).strip("_")


def _filled(value: Any) -> bool:
    return value is not None and value == value and value not in ("", [], {})


def _text(value: Any) -> str:
    """Give a value as one line of text; of a list the names."""
    if isinstance(value, list):
        parts = [each.get("name", "") if isinstance(each, dict) else each for each in value]
        return actors_.JOINT.join(_text(part) for part in parts if _filled(part))
    if not _filled(value) or isinstance(value, dict):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())
