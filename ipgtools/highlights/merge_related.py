"""Join what is one story: a kind that rose, the place where it did, and the hours."""

from dataclasses import replace
from typing import Any

from ipgtools.highlights.evidence import Evidence
from ipgtools.highlights.highlight import Highlight
from ipgtools.nl import highlights as words

__all__ = ["OF_KIND", "OF_PLACE", "OF_TOTAL", "merge"]

OF_KIND = 0.4
"""Part of a kind's incidents that a place must hold to be where it rose."""
OF_PLACE = 0.5
"""Part of a place's incidents that a kind must be to be what made it stand out."""
OF_TOTAL = 0.7
"""Part of the change of the total that a kind must be to replace it."""


def merge(found: list[Highlight], evidence: Evidence) -> list[Highlight]:
    """Merge a kind and a place where each is most of the other."""
    table = evidence.places
    rows = {} if table is None else {int(row.number): row for row in table.itertuples()}
    new = {one.places[0]: one for one in found if one.claim == "new_place"}
    taken: set[int] = set()
    result = []
    for one in found:
        number = _place_of(one, {at: rows[at] for at in new if at not in taken})
        if number is None:
            result.append(one)
        else:
            taken.add(number)
            result.append(_together(one, new[number], rows[number]))
    result = [one for one in result if one.claim != "new_place" or one.places[0] not in taken]
    return [
        one for one in result if one.subject != "total" or not _explained(one, result, evidence)
    ]


def _place_of(kind: Highlight, rows: dict[int, Any]) -> int | None:
    """Find the new place that holds most of a kind that rose and is mostly of it."""
    if kind.subject != "kind" or kind.n is None or kind.n <= (kind.n_before or 0):
        return None
    for number, row in rows.items():
        n_there = dict(getattr(row, "kinds", ()) or ()).get(kind.kind, 0)
        if n_there >= OF_KIND * kind.n and n_there >= OF_PLACE * row.n:
            return number
    return None


def _together(kind: Highlight, place: Highlight, row: Any) -> Highlight:
    n, before = kind.n or 0, kind.n_before or 0
    return replace(
        kind,
        text=words.kind_changed(
            kind.kind, n, before, kind.when, season=kind.season, where=place.where,
            n_where=dict(row.kinds).get(kind.kind), hours=getattr(row, "when", "") or "",
        ),
        title=words.title_kind(kind.kind, n, before, place.where),
        p_value=max(kind.p_value, place.p_value),
        size=max(kind.size, place.size),
        where=place.where,
        places=place.places,
        claim="kind_and_place",
    )  # fmt: skip


def _explained(total: Highlight, found: list[Highlight], evidence: Evidence) -> bool:
    """Return whether one reported kind makes up most of the change of the total."""
    change, table = (total.n or 0) - (total.n_before or 0), evidence.kinds
    if table is None or not change:
        return False
    column = "n_before" if total.when == evidence.when_before else "n_last_year"
    listed = {one.kind for one in found if one.subject == "kind"}
    mine = table[table["kind"].isin(listed)]
    shares = (mine["n"] - mine[column]).astype("float64") / change
    return bool((shares >= OF_TOTAL).any())
