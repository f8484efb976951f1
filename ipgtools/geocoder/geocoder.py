"""
Know the streets and addresses of one town, and find the places that words mean in it.

The rules that make a point of a place, each with how sure it is and its reason.
"""

from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ipgtools.geocoder import house_numbers, street_points
from ipgtools.geocoder.intersections import SURELY, Intersections
from ipgtools.geocoder.location_grammar import (
    NUMBER,
    Place,
    read_place,
    split_hyphens,
    suffix_of,
)
from ipgtools.geocoder.street_matching import StreetNames
from ipgtools.geocoder.string_similarity import Names, normalise_name
from ipgtools.nl import schouw as nl
from ipgtools.nl.formats import joined

__all__ = ["Found", "Geocoder", "not_found"]

_SURE = {
    "house": 1.0, "house_suffix": 0.95, "address": 0.9, "house_between": 0.8,
    "house_nearest": 0.6, "crossing": 1.0, "crossing_near": 0.9, "crossing_many": 0.42,
    "crossing_apart": 0.42, "street": 0.6, "area": 0.3,
}  # fmt: skip
"""How sure a point is by how it was found, 0 to 1: our own scale, in order of what it rests on."""
_BESIDE = 0.9
_AREA_ALIKE = 0.85
_WORTH_NAMING = 0.6
"""How alike a name must be to be named where none is alike enough."""
_LOOSE, _MOST_WORDS = 2, 100
"""Words that the name of an area may have fallen apart into, beside its own; and words of a text
among which is looked for what may have been meant."""
_STRAY = 0.05
_ON_THE_LINE = 0.01
_SAME_POINT = 1.0
"""Lines that come this near, in metres, cross: their points were rounded."""
_ON_ITS_STREET = 250.0
"""Addresses further than this from the line of a street, in metres, are of another one."""


@dataclass(frozen=True)
class Found:
    """
    A point, and what is known of it.

    Parameters
    ----------
    point : Point
        In the CRS of the streets.
    precision : {"adres", "kruispunt", "straat"}
        What the point stands for.
    reason : str
        Dutch.
    sure : float
        0 to 1, before how well the names were read.
    others : tuple of str
        The further streets that decided.
    """

    point: Any
    precision: str
    reason: str
    sure: float
    others: tuple[str, ...] = ()


class Geocoder:
    """
    Streets and addresses by name, and the rules that make a point of a place.

    Parameters
    ----------
    streets : GeoDataFrame
        `street_name` and lines; or points, or nothing, where only a list of names is known.
    addresses : GeoDataFrame or None
        ADDRESSES.
    area : geometry or None
        Where the places are.
    names : StreetNames
        Of all streets.
    areas : Names
        Of the areas.
    cutoff : float
        How alike a name must be, 0 to 1.
    """

    def __init__(
        self,
        streets: gpd.GeoDataFrame,
        addresses: gpd.GeoDataFrame | None,
        area: Any,
        names: StreetNames,
        areas: Names,
        cutoff: float,
    ) -> None:
        self.area, self.names, self.areas, self.cutoff = area, names, areas, cutoff
        self.stretches, self.rows = _by_name(streets)
        self.addresses, self.doors = _by_name(addresses if addresses is not None else streets[:0])
        self.shapes: dict[str, list[Any]] = {}
        self.at: dict[str, gpd.GeoDataFrame] = {}
        self.meetings = Intersections(self.stretches, self.rows)

    def find(self, words: list[str], postcode: str = "") -> dict[str, Any]:
        """Find the point that the words of one text mean."""
        words = split_hyphens(words)
        place = read_place(words, self.names.best, cutoff=self.cutoff)
        place = self.meetings.settle(place, words, self.cutoff)
        if not place.streets:
            return self._by_postcode(words, postcode) or self._without_street(words)
        street = place.streets[0]
        if place.kind == "crossing" and self.meetings.unsure(place.streets):
            facts = {"street": street.name, "other": place.streets[1].name}
            return not_found("corner_unsure", kind=place.kind, **facts)
        if street.rivals:
            likely = joined(sorted(street.rivals), nl.OR)
            return not_found("doubtful", kind=place.kind, likely=likely)
        shapes, why = self._narrowed(place, postcode)
        if not shapes:
            return not_found("no_point", kind=place.kind, street=street.name)
        if len(shapes) > 1:
            key = "pieces" if self._is_one(normalise_name(street.name)) else "ambiguous"
            return not_found(key, kind=place.kind, street=street.name, n=len(shapes))
        if street.score < SURELY and self._lacks_number(place):
            return not_found("number_against", kind=place.kind, likely=street.name)
        found = self._point(place, shapes[0])
        likeness = min(each.score for each in place.streets[: len(found.others) + 1])
        score = likeness * found.sure * max(0.5, 1 - _STRAY * place.unexplained)
        reasons = [found.reason]
        if why:
            reasons.append(nl.place(why))
        if likeness < 1:
            read_as = [each.name for each in place.streets if each.score < 1]
            reasons.append(nl.place("misread", street=" / ".join(dict.fromkeys(read_as))))
        if self.area is not None and not shapely.dwithin(
            found.point, self.area, street_points.AROUND
        ):
            reasons.append(nl.place("outside"))
            score *= 0.8
        return {
            "street": " / ".join([street.name, *found.others]),
            "kind": place.kind,
            "precision": found.precision,
            "location_score": round(score, 3),
            "reason": "; ".join(reasons),
            "geometry": found.point,
        }

    def names_exactly(self, words: list[str]) -> str:
        """Return the street that some words name to the letter, or empty."""
        place = read_place(split_hyphens(words), self.names.best, cutoff=1.0)
        return place.streets[0].name if place.streets else ""

    def _shapes(self, name: str) -> list[Any]:
        """Give each street of a name as one geometry: lines, and addresses far from any."""
        if name not in self.shapes:
            key = normalise_name(name)
            drawn = self.stretches.geometry.to_numpy()[self.rows.get(key, [])]
            drawn = drawn[~(shapely.is_missing(drawn) | shapely.is_empty(drawn))]
            doors = self.addresses.geometry.to_numpy()[self.doors.get(key, [])]
            if len(drawn) and len(doors):
                line = shapely.union_all(drawn)
                doors = doors[~shapely.dwithin(doors, line, _ON_ITS_STREET)]
            drawn = np.concatenate([drawn, doors])
            self.shapes[name] = street_points.streets_of(drawn) if len(drawn) else []
        return self.shapes[name]

    def _is_one(self, key: str) -> bool:
        """Return whether a name occurs in one town only, where it is one street."""
        cities: set[Any] = set()
        for table, rows in ((self.stretches, self.rows), (self.addresses, self.doors)):
            if len(at := rows.get(key, [])):
                cities |= set(table["city"].iloc[at]) if "city" in table else {None}
        known = {normalise_name(city) for city in cities if isinstance(city, str)}
        return len(known) == 1 and all(isinstance(city, str) for city in cities)

    def _doors(self, name: str) -> gpd.GeoDataFrame:
        if name not in self.at:
            self.at[name] = self.addresses.iloc[self.doors.get(normalise_name(name), [])]
        return self.at[name]

    def _narrowed(self, place: Place, postcode: str) -> tuple[list[Any], str]:
        """Choose among the streets of a name by crossing, by postcode, and by house number."""
        shapes = self._shapes(place.streets[0].name)
        if len(shapes) > 1 and place.kind == "crossing" and len(place.streets) > 1:
            beside = shapely.union_all(self._shapes(place.streets[1].name))
            meeting = [
                each for each in shapes if shapely.dwithin(each, beside, street_points.TOUCHING)
            ]
            shapes = meeting or shapes
        doors = self._doors(place.streets[0].name)
        if postcode and len(shapes) > 1 and len(doors):
            wanted = doors[doors["postcode"].fillna("") == postcode]
            if len(near := _near(shapes, wanted)) == 1:
                return near, "chosen_postcode"
        shapes = street_points.inside(shapes, self.area)
        if place.number is not None and len(shapes) > 1 and len(doors):
            wanted = doors[doors["house_number"] == place.number]
            if len(near := _near(shapes, wanted)) == 1:
                return near, "chosen_number"
        return shapes, ""

    def _lacks_number(self, place: Place) -> bool:
        """Return whether the addresses of a street speak against it: it has no such number."""
        doors = self._doors(place.streets[0].name)
        if place.number is None or doors.empty or place.kind in {"crossing", "between"}:
            return False
        house = house_numbers.find_house_number(doors, place.number, place.suffix)
        return house is None or house.how == "house_nearest"

    def _by_postcode(self, words: list[str], postcode: str) -> dict[str, Any] | None:
        """Find an address by postcode and number, which together name one."""
        digits = next((found for word in words if (found := NUMBER.match(word))), None)
        if not postcode or digits is None or self.addresses.empty:
            return None
        doors = self.addresses[self.addresses["postcode"].fillna("") == postcode]
        doors = doors[doors["house_number"] == int(digits[1])]
        found = doors["street_name"].unique().tolist()
        house = (
            house_numbers.find_house_number(doors, int(digits[1]), suffix_of(digits))
            if len(found) == 1
            else None
        )
        if house is None:
            return None
        name = str(found[0])
        return {
            "street": name,
            "kind": "address",
            "precision": nl.PRECISION["address"],
            "location_score": _SURE["house_suffix"],
            "reason": nl.place("postcode", street=name),
            "geometry": house.point,
        }

    def _without_street(self, words: list[str]) -> dict[str, Any]:
        longest = max((len(name.split()) for name in self.areas.spelled), default=0)
        for start in range(len(words) if longest else 0):
            for stop in range(min(len(words), start + longest + _LOOSE), start, -1):
                found = self.areas.best(" ".join(words[start:stop]))
                if found and found.score >= max(_AREA_ALIKE, self.cutoff):
                    return {
                        "street": None,
                        "kind": "area",
                        "precision": "buurt",
                        "location_score": round(_SURE["area"] * found.score, 3),
                        "reason": nl.place("area", street=found.name),
                        "geometry": shapely.point_on_surface(self.area),
                    }
        likely = self._likely(words)
        return not_found("near_miss", likely=likely) if likely else not_found("unknown")

    def _likely(self, words: list[str]) -> str:
        """Name the street that some of the words look like, where none is alike enough."""
        best: list[str] = []
        most = _WORTH_NAMING
        for start in range(min(len(words), _MOST_WORDS)):
            if not words[start][:1].isupper() and start:
                continue
            for stop in range(start + 1, min(len(words), start + 3) + 1):
                found, alike = self.names.likely(" ".join(words[start:stop]))
                if alike > most:
                    best, most = found, alike
        return joined(best, nl.OR)

    def _point(self, place: Place, shape: Any) -> Found:
        name = place.streets[0].name
        others = [street.name for street in place.streets[1:] if street.name != name]
        if place.kind == "crossing" and others:
            return self._corner(name, shape, others[0])
        if place.kind == "between" and len(others) > 1:
            between = self._between(name, shape, others)
            if between:
                return between
        if place.number is not None:
            house = self._house(place, shape)
            if house:
                return house
            reason = "no_number"
        elif place.kind == "crossing":
            reason = "crossing_open"
        elif place.kind == "between":
            reason = "between_open" if len(others) < 2 else "between_apart"
        else:
            reason = place.kind if place.kind in {"place", "rear"} else "street"
        middle = street_points.middle(shape, self.area)
        return Found(middle, "straat", nl.place(reason, street=name), _SURE["street"])

    def _house(self, place: Place, shape: Any) -> Found | None:
        """Find a house number: by its address, else by the number ranges of the street."""
        name, number = place.streets[0].name, int(place.number or 0)
        doors = self._doors(name)
        doors = doors[shapely.dwithin(doors.geometry.to_numpy(), shape, _ON_ITS_STREET)]
        house = house_numbers.find_house_number(doors, number, place.suffix) if len(doors) else None
        if house is None:
            stretches = self.stretches.iloc[self.rows.get(normalise_name(name), [])]
            here = shapely.dwithin(stretches.geometry.to_numpy(), shape, _ON_THE_LINE)
            point = street_points.interpolate_house_number(stretches[here], number)
            if point is None:
                return None
            house = house_numbers.House(point, "address")
        reason = nl.place(house.how, street=name)
        found = Found(house.point, "adres", reason, _SURE[house.how])
        if place.kind in {"opposite", "level"} and shapely.length(shape) > 0:
            beside = f"{nl.place(place.kind, street=name)}; {reason}"
            on_street = street_points.on_street(shape, house.point)
            return replace(found, point=on_street, reason=beside, sure=found.sure * _BESIDE)
        if place.kind == "rear":
            return replace(found, reason=f"{nl.place('rear_house', street=name)}; {reason}")
        return found

    def _corner(self, name: str, shape: Any, other: str) -> Found:
        others = self._shapes(other)
        lines = [each for each in others if shapely.length(each) > 0]
        if shapely.length(shape) == 0 or not lines:
            middle = street_points.middle(shape, self.area)
            reason = nl.place("crossing_points", street=name)
            return Found(middle, "straat", reason, _SURE["crossing_apart"], (other,))
        beside = lines[int(np.argmin([shapely.distance(shape, each) for each in lines]))]
        facts = {"street": name, "other": other}
        crossings = street_points.crossings(shape, beside, self.area)
        if len(crossings):
            wide, middle = street_points.spread(crossings), street_points.most_central(crossings)
            if wide > 2 * street_points.TOUCHING:
                reason = nl.place("crossing_many", metres=round(wide), **facts)
                return Found(middle, "straat", reason, _SURE["crossing_many"], (other,))
            reason = nl.place("crossing", **facts)
            return Found(middle, "kruispunt", reason, _SURE["crossing"], (other,))
        apart = float(shapely.distance(shape, beside))
        link = shapely.shortest_line(shape, beside)
        if apart <= street_points.TOUCHING:
            point = shapely.line_interpolate_point(link, 0.5, normalized=True)
            how = "crossing" if apart < _SAME_POINT else "crossing_near"
            reason = nl.place(how, metres=round(apart), **facts)
            return Found(point, "kruispunt", reason, _SURE[how], (other,))
        nearest, reason = shapely.get_point(link, 0), nl.place("crossing_apart", **facts)
        return Found(nearest, "straat", reason, _SURE["crossing_apart"], (other,))

    def _between(self, name: str, shape: Any, others: list[str]) -> Found | None:
        ends = [self._corner(name, shape, other) for other in others[:2]]
        if any(end.precision != "kruispunt" for end in ends):
            return None
        halfway = shapely.centroid(shapely.multipoints([end.point for end in ends]))
        reason = nl.place("between", street=name, other=others[0], third=others[1])
        on_street = street_points.on_street(shape, halfway)
        return Found(on_street, "straat", reason, _SURE["street"], tuple(others[:2]))


def not_found(
    key: str, *, kind: str | None = None, likely: str = "", **facts: Any
) -> dict[str, Any]:
    """Return the result columns of a text without a point."""
    return {
        "street": facts.get("street"),
        "kind": kind,
        "precision": None,
        "location_score": 0.0,
        "reason": nl.place(key, **({"street": likely} if likely else {}), **facts),
        "geometry": None,
    }


def _by_name(table: gpd.GeoDataFrame) -> "tuple[gpd.GeoDataFrame, dict[str, Any]]":
    """Return the rows with a street, and the positions of each name."""
    named = table[table["street_name"].notna()]
    if named.empty:
        return named, {}
    keys = {name: normalise_name(name) for name in named["street_name"].unique()}
    return named, pd.Series(named["street_name"].map(keys).to_numpy()).groupby(
        named["street_name"].map(keys).to_numpy()
    ).indices


def _near(shapes: list[Any], doors: gpd.GeoDataFrame) -> list[Any]:
    """Return the streets of some addresses."""
    at = doors.geometry.to_numpy()
    return [each for each in shapes if shapely.dwithin(at, each, _ON_ITS_STREET).any()]
