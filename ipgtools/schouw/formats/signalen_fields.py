"""
Make a row of findings of one report in Signalen or Open311.

Its state, its category and its fields become ours by the lists in `ipgtools.nl.signalen`.
"""

import datetime as dt
import json
import math
import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from zoneinfo import ZoneInfo

from ipgtools.nl import action_lists, signalen
from ipgtools.schouw.assemble import Row
from ipgtools.schouw.parse import actors as actors_
from ipgtools.schouw.parse.classify import CATEGORIES, category

__all__ = ["category_of", "is_filled", "row_of", "slug_of", "state_of", "text_of"]

_ZONE = ZoneInfo("Europe/Amsterdam")
_POINT = re.compile(r"POINT\s*Z?\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)", re.IGNORECASE)
_STATES = {word: ours for code, labels, ours in signalen.STATES for word in (code, *labels)}
_SUBS = {slug: ours for ours, slugs in signalen.SUBS.items() for slug in slugs}


def category_of(sub: str, main: str, text: str) -> str:
    """
    Return the category of a report by its slugs, and by its words where these leave it open.

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

    Examples
    --------
    >>> state_of("o", assigned=False), state_of("Reactie gevraagd", assigned=False)
    ('afgehandeld', 'in uitvoering')
    >>> state_of("open", assigned=True), state_of("open", assigned=False)
    ('toegewezen', 'geconstateerd')
    """
    key = " ".join(text.casefold().split())
    if not key or key in signalen.OPEN:
        return action_lists.ASSIGNED if assigned else action_lists.FOUND
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


def row_of(source_row: int, cells: dict[str, Any], names: Sequence[str]) -> tuple[Row, bool]:
    """Make a row of the fields of a report."""
    from ipgtools.photos.redaction import redact_contacts

    given = {field: text_of(value) for field, value in cells.items()}
    text = redact_contacts(given["text"])
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
    task = redact_contacts(given["task"])
    row.actions = [actors_.Action(who, actors_.known(who, names)[0] or None, task)]
    state = state_of(given["state"], assigned=bool(who))
    closed = state in action_lists.CLOSED
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
    return re.sub(r"(?<![\s,])[\s,]+\d{4}\s?[A-Z]{2}\b.*$", "", address).split(",")[0].strip()


def _day(value: Any) -> str:
    """Return the local day of a moment, as ``2025-03-03``; moments without zone are local."""
    if hasattr(value, "isoformat"):
        value = value.isoformat()
    text = text_of(value)
    try:
        moment = dt.datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            moment = moment.astimezone(_ZONE)
    except (ValueError, OverflowError):
        return text
    return moment.date().isoformat()


def is_filled(value: Any) -> bool:
    """Return whether a field of a report is filled."""
    return value is not None and value == value and value not in ("", [], {})


def text_of(value: Any) -> str:
    """Give a value as one line of text; of a list the names."""
    if isinstance(value, list):
        parts = [each.get("name", "") if isinstance(each, dict) else each for each in value]
        return actors_.JOINT.join(text_of(part) for part in parts if is_filled(part))
    if not is_filled(value) or isinstance(value, dict):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())
