"""The map of places, and a line on each."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ipgtools.briefing import model
from ipgtools.briefing.context import Context, Material, file_of
from ipgtools.briefing.definition import SlideDefinition
from ipgtools.highlights.places import kind_of
from ipgtools.hotspots.hot_places.places import SHOWN
from ipgtools.nl import formats, highlights, kind_names
from ipgtools.nl.slides import places as words
from ipgtools.rounded import whole_or_none

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["FOUND", "LISTED", "SLIDE", "mainly", "shown_places", "written"]

FOUND = "drukke_plekken"
LISTED = "drukste_plekken"
"""Tables of the places that stand out, and of the busiest as a plain list."""


def shown_places(
    tables: Mapping[str, Any],
) -> "tuple[gpd.GeoDataFrame, gpd.GeoDataFrame | None] | None":
    """Choose the places on the map: the first five that stand out, or else the plain list."""
    found, listed = tables.get(FOUND), tables.get(LISTED)
    if found is not None and len(found):
        return found.iloc[:SHOWN], found.iloc[SHOWN:] if len(found) > SHOWN else None
    if listed is not None and len(listed):
        return listed, None
    return None


def _parts(context: Context) -> tuple[model.Part, ...]:
    found, shown = context.tables.get(FOUND), shown_places(context.tables)
    table = FOUND if found is not None and len(found) else LISTED
    lines = [] if shown is None else [_line(row) for row in shown[0].itertuples()]
    map_ = replace(context.picture("plekken", words.ALT, table), wide=True)
    return map_, model.Sentences(tuple(lines), file_of(table), bullets=False)


def _line(row: Any) -> str:
    """Name a place with its number of incidents; its card or the notes have the rest."""
    return words.place_line(int(row.number), str(row.name), written(row, "n"))


def written(row: Any, name: str) -> str:
    """Write a number of a place; empty where it is withheld or not known."""
    n = whole_or_none(getattr(row, name, None))
    return "" if n is None else formats.number(n)


def mainly(row: Any) -> str:
    """Say of which kind a place mainly is; empty where no kind is half of it."""
    if kind := kind_of(row):
        return kind_names.name(kind)
    n = whole_or_none(getattr(row, "n", None))
    return highlights.mainly(getattr(row, "kinds", ()) or (), n or 0)


SLIDE = SlideDefinition(
    key="plekken",
    order=30,
    title=lambda context: context.titles.get("plekken") or words.TITLE,
    notes=words.NOTES,
    parts=_parts,
    needs=Material(pictures=("plekken",)),
    uses=Material(tables=(FOUND, LISTED)),
    missing=words.MISSING,
)
