"""Match the columns of a file of incidents, and list those that stay unread."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from ipgtools import schemas
from ipgtools.errors import ReadError
from ipgtools.io import columns as columns_
from ipgtools.io import files
from ipgtools.io.columns import token_rules as column_words
from ipgtools.io.columns import truncated_names
from ipgtools.io.columns.normalise import strip_table_name

__all__ = ["fits", "recognise", "rename_extra_columns", "skipped_columns"]


def recognise(
    names: Sequence[str],
    *,
    source: str,
    given: Mapping[str, str] | None = None,
    spatial: bool = False,
) -> dict[str, str]:
    """Recognise the columns of a file of incidents."""
    names = [str(name) for name in names]
    of_bare = dict(zip(strip_table_name(names), names, strict=True))
    to_bare = {name: bare for bare, name in of_bare.items()}
    given = {ours: to_bare.get(theirs, theirs) for ours, theirs in (given or {}).items()}
    listed = columns_.INCIDENTS | dict.fromkeys(columns_.PARTS, ())
    known = _by_name([*of_bare], listed, given, source)
    placed = {"x", "y"} <= set(known) or {"lon", "lat"} <= set(known) or spatial
    if placed and "xy" not in given:
        known.pop("xy", None)
    parts = {ours: known.pop(ours) for ours in columns_.PARTS if ours in known}
    parts = _parts([*of_bare], known, parts, given)
    if "occurred_from" not in known and "month" not in known:
        known |= _dates_after_all(known, parts)
    if "occurred_from" not in known and {"year", "month_number"} <= set(parts):
        known.pop("month", None)
    elif "occurred_from" in known:
        for ours in ("year", "month_number", "day"):
            parts.pop(ours, None)
        known.pop("month", None)
    placed = {"lon", "lat"} <= set(known) or "xy" in known or spatial
    needed = [] if placed else ["x", "y"]
    if not {"occurred_from", "month"} & set(known) and not {"year", "month_number"} <= set(parts):
        needed.insert(0, "occurred_from")
    lacking = {name: columns_.INCIDENTS[name] for name in needed if name not in known}
    if lacking:
        raise columns_.missing(lacking, names, source)
    if "month" not in known:
        known |= parts
    return {ours: of_bare[theirs] for ours, theirs in known.items()}


def _by_name(
    names: list[str],
    listed: Mapping[str, tuple[str, ...]],
    given: Mapping[str, str],
    source: str,
) -> dict[str, str]:
    """Recognise columns by their names, by the words in them, and by what is left of names."""
    certain, doubtful = truncated_names.roles(names, listed)
    kinds = [doubtful.pop(ours, []) for ours in ("category", "category_label")]
    if kinds[0] == kinds[1] and len(kinds[0]) == 1:  # its values will tell which of the two it is
        certain[kinds[0][0]] = "category_label"
    unclear = {name for some in doubtful.values() for name in some} - {*given.values()}
    unclear |= {name for name, ours in certain.items() if not ours} - {*given.values()}

    def role(name: str) -> tuple[str, int] | None:
        if name in certain:
            return (certain[name], 1) if certain[name] else None
        return column_words.role(name)

    clear = [name for name in names if name not in unclear]
    try:
        known = columns_.recognise(clear, listed, source=source, given=given, words=role)
    except ReadError as error:
        error.facts["table"] = "incidents"
        raise
    for ours in ("occurred_from", "occurred_to"):
        if ours not in {*known, *given} and (some := doubtful.get(ours)):
            doubt = columns_.in_doubt(ours, some, source)
            doubt.facts["table"] = "incidents"
            raise doubt
    return known


def _parts(
    names: list[str], known: Mapping[str, str], given_parts: dict[str, str],
    given: Mapping[str, str],
) -> dict[str, str]:  # fmt: skip
    """Find the columns with parts of a time, by their names and then by the words in them."""
    parts = dict(given_parts)
    taken = {*known.values()} - {known.get("month")}
    free = [name for name in names if name not in taken]
    for ours, spellings in columns_.PARTS.items():
        plain = {columns_.normalise_name(spelling) for spelling in spellings}
        hits = [name for name in free if columns_.normalise_name(name) in plain]
        if not hits:
            hits = [name for name in free if (column_words.role(name) or "  ")[0] == ours]
        if len(hits) == 1 and ours not in {*parts, *given} and hits[0] not in parts.values():
            parts[ours] = hits[0]
    return parts


def _dates_after_all(known: Mapping[str, str], parts: dict[str, str]) -> dict[str, str]:
    """
    Take what reads as a part of a time for the whole of it, where nothing else can be that.

    Without a column of dates, a column called tijdstip has dates with their hours, and one called
    maand, without a column of years, has months with their years.
    """
    if {"year", "month_number"} <= set(parts):
        return {}
    if "time_from" in parts:
        whole = {"occurred_from": parts.pop("time_from")}
        if "time_to" in parts and "occurred_to" not in known:
            whole["occurred_to"] = parts.pop("time_to")
        return whole
    return {"month": parts.pop("month_number")} if "month_number" in parts else {}


def fits(names: list[str], path: Path, given: Mapping[str, str] | None) -> bool:
    """Return whether a layer or sheet can be the one with incidents."""
    try:
        recognise(names, source=path.name, given=given, spatial=files.has_geometry(path))
    except ReadError as error:
        return error.code == "columns_doubt"
    return True


def skipped_columns(names: list[str], known: Mapping[str, str], keep: Sequence[str]) -> list[str]:
    """
    List the columns that stay unread: about persons, and house numbers and free text.

    Examples
    --------
    >>> skipped_columns(["x", "y", "naam", "toelichting"], {"x": "x", "y": "y"}, ["toelichting"])
    ['naam']
    """
    personal = columns_.personal_columns(names)
    free = [name for name in columns_.skipped_columns(names) if name not in keep]
    left = {*personal, *free} - set(known.values())
    return [name for name in names if name in left]


def rename_extra_columns(further: Sequence[str]) -> dict[str, str]:
    """
    Return the further columns of a file names that don't mean something else in the table.

    Examples
    --------
    >>> rename_extra_columns(["weer", "source", "geometry"])
    {'weer': 'weer', 'source': 'source_file', 'geometry': 'geometry_file'}
    """
    taken = {*schemas.INCIDENTS.names, "geometry", *further}
    result = {}
    for name in further:
        ours = str(name)
        if ours in {*schemas.INCIDENTS.names, "geometry"}:
            while ours in taken:
                ours += "_file"
        result[name] = ours
    return result
