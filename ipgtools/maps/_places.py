"""
Lay places that need attention on the interactive map, each with a card.

A card holds what the table has and the audience may see, and nothing else: a number that is
missing is left out, a small one is written as small.
"""

import datetime as dt
import html
from collections.abc import Iterable
from typing import Any

import folium
import geopandas as gpd
import pandas as pd

from ipgtools import palette
from ipgtools.maps._layers import Drawn, to_degrees
from ipgtools.maps._legend import Legend, marker, swatch
from ipgtools.nl import charts as chart_words
from ipgtools.nl import formats, kind_names
from ipgtools.nl import maps as words
from ipgtools.privacy import Counts
from ipgtools.rounded import WITHIN, Rounded

__all__ = ["add_places", "facts", "listed"]

_ALL = "all"
"""What the table has as kind of a place that was tested for all incidents together."""
_MOST_KINDS = 3
_WEIGHTS = {"new": 4, "busy": 3, "cluster": 3, "list": 2.5}
_FILLS = {"new": 0.3, "busy": 0.16, "cluster": 0.12, "list": 0.12}
_DASH = {"cluster": "7 4"}
_SIZES = {"new": 30, "busy": 27, "cluster": 27, "list": 27}


def add_places(drawn: folium.Map, places: gpd.GeoDataFrame, rule: Counts, legend: Legend) -> None:
    """Lay numbered outlines on the map; a click opens what is known of the place."""
    shown = places[~(places.geometry.isna() | places.geometry.is_empty)]
    baseline = places.attrs.get("method", {}).get("baseline", "")
    items = [
        _item(row, shape, rule, baseline)
        for row, shape in zip(_rows(shown), to_degrees(shown.geometry), strict=True)
    ]
    present = [claim for claim in palette.PLACES if any(item["c"] == claim for item in items)]
    looks = {claim: _look(claim) for claim in present}
    drawn.add_child(Drawn(words.LAYERS["places"], "places", items, looks))
    signs = [
        swatch(
            palette.PLACES[claim], opacity=_FILLS[claim], edge=palette.PLACES[claim],
            dashed=claim in _DASH, width=_WEIGHTS[claim],
        )
        for claim in present
    ]  # fmt: skip
    names = [chart_words.PLACE_CLAIMS[claim] for claim in present]
    legend.add(words.LAYERS["places"], words.LAYERS["places"], [*zip(signs, names, strict=True)])
    if places.empty:
        legend.notes.append(chart_words.NO_PLACES)
    elif len(shown) < len(places):
        lost = places[~places.index.isin(shown.index)]
        numbers = [str(row["number"]) for row in _rows(lost) if row["number"] is not None]
        legend.notes.append(chart_words.places_not_drawn(numbers))


def facts(places: gpd.GeoDataFrame, rule: Counts) -> list[tuple[str, list[tuple[str, str]]]]:
    """Say of each place what its card does."""
    return [(_name(row), _facts(row, rule)) for row in _rows(places)]


def listed(places: gpd.GeoDataFrame, rule: Counts) -> str:
    """Write the places as a table, for who can't see the map."""
    rows = [(name, dict(known)) for name, known in facts(places, rule)]
    if not rows:
        return ""
    labels = [
        label
        for label in dict.fromkeys(label for _, known in rows for label in known)
        if any(known.get(label) for _, known in rows)
    ]
    head = "".join(f'<th scope="col">{html.escape(label)}</th>' for label in (words.PLACE, *labels))
    body = "".join(
        "<tr>"
        f'<th scope="row">{html.escape(name)}</th>'
        + "".join(f"<td>{html.escape(known.get(label, ''))}</td>" for label in labels)
        + "</tr>"
        for name, known in rows
    )
    return (
        f'<details class="ipg-list"><summary>{html.escape(words.IN_WORDS)}</summary>'
        f"<p>{html.escape(words.in_words(len(rows)))}</p>"
        f'<div tabindex="0" role="region" aria-label="{html.escape(words.IN_WORDS)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></details>"
    )


def _name(row: dict[str, Any]) -> str:
    name = str(row.get("name", "")).strip()
    return words.place(row["number"], name[:1].upper() + name[1:])


def _look(claim: str) -> dict[str, Any]:
    """Return how the outline and the number of a claim look."""
    colour = palette.PLACES[claim]
    outline = {
        "color": colour, "weight": _WEIGHTS[claim], "opacity": 1, "fillColor": colour,
        "fillOpacity": _FILLS[claim], "dashArray": _DASH.get(claim),
    }  # fmt: skip
    size = _SIZES[claim]
    return {"outline": outline, "svg": marker("o", colour, size=size), "size": size}


def _rows(places: gpd.GeoDataFrame) -> Iterable[dict[str, Any]]:
    """Return each place as a dict; missing values are None, numbers are filled in."""
    ranked = "number" not in places
    for rank, row in enumerate(places.drop(columns=places.geometry.name).to_dict("records"), 1):
        known = {name: value for name, value in row.items() if not _missing(value)}
        number = rank if ranked else known.get("number")
        yield known | {"number": None if number is None else int(number)}


def _missing(value: Any) -> bool:
    return value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value)))


def _item(row: dict[str, Any], shape: Any, rule: Counts, baseline: str) -> dict[str, Any]:
    claim = row.get("claim", "list")
    claim = claim if claim in palette.PLACES else "list"
    kind = str(row.get("kind", _ALL)) if claim != "list" else _ALL
    kind = "" if kind == _ALL else kind
    name = _name(row)
    facts = "".join(
        f"<dt>{html.escape(label)}</dt><dd>{html.escape(text)}</dd>"
        for label, text in _facts(row, rule)
    )
    claimed = f'<p class="ipg-claim">{html.escape(words.claim(claim, baseline, kind))}</p>'
    return {
        "g": shape.__geo_interface__,
        "c": claim,
        "n": row["number"],
        "a": name,
        "t": html.escape(name),
        "h": f"<h2>{html.escape(name)}</h2>{claimed}" + (f"<dl>{facts}</dl>" if facts else ""),
    }


def _facts(row: dict[str, Any], rule: Counts) -> list[tuple[str, str]]:
    """List what the card of a place says, as labels and texts."""
    facts = [
        (label, _count(row.get(name), rule, row.get(f"{name}{WITHIN}")))
        for name, label in words.COUNTS.items()
    ]
    facts.append((words.KINDS, _kinds(row.get("kinds"), rule)))
    facts.append((words.WHEN, str(row.get("when", "")).strip()))
    facts.append((words.REPEATS, _repeats(row, rule)))
    if row.get("claim") != "new":  # its run of incidents began before the rise
        since = _since(row.get("since", ""), at_least=row.get("since_open", False))
        facts.append((words.SINCE, since))
    facts.append((words.SCHOUW, _schouw(row)))
    return [(label, text) for label, text in facts if text]


def _since(day: Any, *, at_least: bool) -> str:
    if not isinstance(day, dt.date):
        return str(day).strip()
    return words.since(formats.date(day), at_least=bool(at_least))


def _count(n: Any, rule: Counts, within: Any = None) -> str:
    """
    Write a number as the audience may see it; empty where there is none.

    One of a released table says how far the count can be from it; another is protected here.
    """
    if within is not None and not rule.exact:
        return formats.number(Rounded.released(n, within))
    if n is None:
        return ""
    if isinstance(n, Rounded):
        return formats.number(n)
    if rule.small(n):
        return words.fewer(rule.smallest)
    if not rule.exact:
        return words.about((int(n) + rule.base // 2) // rule.base * rule.base)
    return formats.number(n)


def _kinds(kinds: Any, rule: Counts) -> str:
    """Name the kinds that there are most of, not the rare ones; none with few."""
    if kinds is None or isinstance(kinds, str):
        return kinds or ""
    listed: list[str] = []
    for label, n in kinds:
        known = None if _missing(n) else n
        if _missing(label) or known == 0:
            continue
        if not rule.exact and (known is None or rule.small(known)):
            continue
        if known == 1 and listed:
            continue
        number = _count(known, rule)
        listed.append(kind_names.name(str(label)) + (f" ({number})" if number else ""))
    return formats.joined(listed[:_MOST_KINDS])


def _repeats(row: dict[str, Any], rule: Counts) -> str:
    """Count the addresses with several incidents, for who sees exact numbers."""
    n = row.get("repeat_addresses")
    return formats.plural(int(n), *words.REPEAT_ADDRESSES) if rule.exact and n else ""


def _schouw(row: dict[str, Any]) -> str:
    """Count the findings of a schouw inside a place, and the actions that are open."""
    counts = [
        (_length(row.get("findings")), words.FINDINGS_IN),
        (_length(row.get("open_actions")), words.OPEN_ACTIONS),
    ]
    return formats.joined([formats.plural(n, *nouns) for n, nouns in counts if n])


def _length(value: Any) -> int:
    """Read a count, or count what is listed."""
    if value is None or isinstance(value, str):
        return 0
    return int(value) if pd.api.types.is_number(value) else len(value)
