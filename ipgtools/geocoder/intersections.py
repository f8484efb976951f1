"""
Read corners by the streets that meet.

A town has a thousand streets and a street meets ten: on a corner a name that can hardly be read
is one of those ten, or it isn't believed.
"""

from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from ipgtools.geocoder import street_points
from ipgtools.geocoder.location_grammar import Place, read_place
from ipgtools.geocoder.street_matching import StreetNames
from ipgtools.geocoder.street_mentions import Street
from ipgtools.geocoder.string_similarity import normalise_name

__all__ = ["SURELY", "Intersections"]

SURELY = 0.9
"""How alike a name must be to be believed where nothing else speaks for it."""
_MAY_BE_CORNERS = {"crossing", "street", "level", "opposite", "place"}
_ALIKE = 0.6
"""How alike one of the few names that meet a street must be."""


class Intersections:
    """
    Which streets meet.

    Parameters
    ----------
    stretches : GeoDataFrame
        `street_name` and lines.
    rows : dict of str to array of int
        Where each name, in plain form, stands among them.
    """

    def __init__(self, stretches: gpd.GeoDataFrame, rows: dict[str, Any]) -> None:
        self.names, self.rows = stretches["street_name"], rows
        self.lines = stretches.geometry.to_numpy()
        self.tree: shapely.STRtree | None = None

    def settle(self, place: Place, words: list[str], cutoff: float) -> Place:
        """Read a corner again where it isn't sure."""
        if place.number is not None or place.kind not in _MAY_BE_CORNERS:
            return place
        if len(place.streets) < 2 and not place.unexplained:
            return place
        sure = [each for each in place.streets if _is_sure(each)]
        if len(sure) > 1 or self.meet(place.streets):
            return place
        for street in sure or place.streets[:2]:
            if street.rivals:
                continue
            names = StreetNames.of([street.name, *self.neighbours(street.name)])
            again = read_place(words, names.best, cutoff=min(cutoff, _ALIKE))
            named = {each.name for each in again.streets}
            whole = again.kind == "crossing" and len(again.streets) == len(named) == 2
            if whole and street.name in named and not any(each.rivals for each in again.streets):
                return again
        if sure and place.kind == "crossing":
            return replace(place, streets=tuple(sure))
        return place

    def unsure(self, streets: tuple[Street, ...]) -> bool:
        """Return whether two streets that don't meet are both uncertain matches."""
        if len(streets) < 2 or any(map(_is_sure, streets[:2])):
            return False
        return not self.meet(streets)

    def meet(self, streets: tuple[Street, ...]) -> bool:
        """Return whether the first two streets are known for what they are and meet."""
        if len(streets) < 2 or any(each.rivals for each in streets[:2]):
            return False
        return streets[1].name in self.neighbours(streets[0].name)

    def neighbours(self, name: str) -> set[str]:
        """Return the names of the streets that meet those of a name."""
        if self.tree is None:
            self.tree = shapely.STRtree(self.lines)
        own = self.lines[self.rows.get(normalise_name(name), [])]
        _, at = self.tree.query(own, predicate="dwithin", distance=street_points.TOUCHING)
        return set(self.names.iloc[np.unique(at)]) - {name}


def _is_sure(street: Street) -> bool:
    return street.score >= SURELY and not street.rivals
