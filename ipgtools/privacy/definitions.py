"""Say what the numbers of a release are about, so that each has one definition."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import pandas as pd

from ipgtools.errors import ReleaseError
from ipgtools.nl import methods

if TYPE_CHECKING:
    import geopandas as gpd

    from ipgtools.periods import Period

__all__ = ["NOT", "PERIODS", "REST", "WHOLE", "About", "Protect", "definitions", "shapes"]

PERIODS = {"n": "now", "n_after": "now", "n_before": "previous", "n_last_year": "last_year"}
"""Which period a column with numbers is about."""
WHOLE, REST = methods.TOTAL, methods.OTHER
"""Rows of a comparison that are all incidents, and those of no other row."""


class Protect(Protocol):
    """What protects numbers, given what each of them is about."""

    def __call__(self, counts: pd.Series, cells: pd.DataFrame) -> pd.DataFrame:
        """Give numbers as they may leave."""


@dataclass(frozen=True)
class About:
    """
    What the tables of one release are about.

    Parameters
    ----------
    source : str
        Name of the data; the same in every release.
    area : str
        Code of the study area.
    division : int
        Year of the division of areas.
    periods : mapping of str to Period
        ``"now"``, and ``"previous"`` and ``"last_year"`` where numbers of these may leave.
    kinds : tuple of str
        What is counted in all: the list of the audience, not what occurred.
    cell_size : float
        Metres.
    border : frozenset of str
        Cells through which the border of the study area runs: their numbers are of the part
        inside, which another area's release does not count.
    """

    source: str
    area: str
    division: int
    periods: "Mapping[str, Period]"
    kinds: tuple[str, ...]
    cell_size: float = 0.0
    border: frozenset[str] = frozenset()
    whole: str = field(default=WHOLE)
    rest: str = field(default=REST)


def definitions(kind: str, table: pd.DataFrame, column: str, about: About) -> pd.DataFrame | None:
    """Define the numbers in a column of a table."""
    cells = pd.DataFrame(index=table.index)
    if kind == "trend":
        cells["start"], cells["end"] = table["start"], table["end"]
    elif column == "n_before" and "earlier" in table:
        found = [about.periods.get(str(one)) for one in table["earlier"]]
        if any(one is None for one in found):
            return None
        cells["start"] = [one.start for one in found if one is not None]
        cells["end"] = [one.end for one in found if one is not None]
    else:
        period = about.periods.get(PERIODS.get(column, "now"))
        if period is None:
            return None
        cells["start"], cells["end"] = period.start, period.end
    cells["source"] = about.source
    kinds: Any = [about.kinds] * len(table)
    if kind == "comparison" or (kind in _SHAPES and "kind" in table):
        kinds = [_kinds(str(one), table["kind"], about) for one in table["kind"]]
    cells["kinds"] = pd.Series(kinds, index=table.index, dtype=object)
    if kind == "cells":
        cells["cell"], cells["cell_size"] = table["cell_id"], about.cell_size
        cut = table["cell_id"].isin(about.border)
        cells["area"] = pd.Series(about.area, table.index, dtype=object).where(cut, None)
        cells["division"] = pd.Series(about.division, table.index, dtype="Int64").where(cut)
    elif kind in _SHAPES:
        if "geometry" not in table:
            msg = f"a table of {kind} without outlines: what its numbers are of is not known"
            raise ReleaseError(msg, code="release_no_outlines")
        cells["cell"], cells["cell_size"] = shapes(table), 1.0  # of no grid
        counted = table.attrs.get("cells", {})  # a place is drawn around the cells it counts
        outlines = [
            counted.get(place, shape)
            for place, shape in zip(table["place_id"], table["geometry"], strict=True)
        ]
        cells["outline"] = pd.Series(outlines, index=table.index, dtype=object)
        if kind == "places_of_change":  # of the study area; hot places lie astride its border
            cells["area"], cells["division"] = about.area, about.division
    else:
        cells["area"] = table["area_code"] if kind == "areas" else about.area
        cells["division"] = about.division
    if kind == "streets":
        cells["street"] = table["street_name"].str.replace("|", "/")
    if kind == "dayparts":
        parts = [name for name in ("weekday", "weekend", "daypart") if name in table]
        cells["part"] = [" ".join(map(str, row)) for row in table[parts].itertuples(index=False)]
    if kind == "persons_by_area":
        defined = (column, table.attrs.get("regime"), table.attrs.get("reference_date"))
        cells["measure"] = " ".join(["personen", *(str(one) for one in defined if one)])
        cells["area"] = table["area_code"]
    elif kind not in _PLAIN:
        cells["measure"] = kind
    return cells


_PLAIN = ("areas", "comparison", "trend", "cells", "hot_places", "places_of_change")
"""Tables whose numbers count incidents by where and when they occurred, and nothing else."""
_SHAPES = ("hot_places", "places_of_change")
"""Tables whose rows are outlines, each of all incidents or of a kind."""
NOT = "niet "
"""Before a kind that the rest of a comparison is not."""
_ALL = "all"


def _kinds(kind: str, listed: Iterable[str], about: About) -> tuple[str, ...]:
    """Define a row of a comparison; the rest by what it is not."""
    if kind in (about.whole, _ALL):
        return about.kinds
    if kind == about.rest:
        named = sorted({str(one) for one in listed} - {about.whole, about.rest})
        return (*about.kinds, *(f"{NOT}{one}" for one in named))
    return (kind.replace("|", "/"),)


def shapes(table: "gpd.GeoDataFrame | pd.DataFrame") -> list[str]:
    """Name outlines by what they enclose, to the metre."""
    from ipgtools.privacy.release_calendar import outline_of

    return [f"vlak {outline_of(shape)}" for shape in table["geometry"]]
