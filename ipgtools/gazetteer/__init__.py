"""
Turn places in Dutch words into points, without a network.

The only source is a table of streets. Every point comes with a score, with how precise it
is and with the reason; where the words are not sure enough there is no point. No address
leaves the computer.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ipgtools import crs
from ipgtools.gazetteer import points
from ipgtools.gazetteer.alike import Match, Names, distance, plain, similarity
from ipgtools.gazetteer.words import Place, find_phrase, read_place
from ipgtools.nl import schouw as nl

if TYPE_CHECKING:
    from collections.abc import Hashable

__all__ = [
    "Match", "Names", "Place", "distance", "find_phrase", "locate", "plain", "read_place",
    "shape_of", "similarity", "street_names",
]  # fmt: skip

_SURE = {"adres": 0.9, "kruispunt": 1.0, "straat": 0.6, "buurt": 0.3}
_COLUMNS = ["location_text", "street", "kind", "precision", "location_score", "reason"]
_NEAR_AREA = 250.0
_AREA_ALIKE = 0.85
_STRAY = 0.05


def locate(
    texts: "pd.Series | Iterable[str]",
    streets: gpd.GeoDataFrame,
    *,
    area: Any = None,
    cutoff: float = 80,
) -> gpd.GeoDataFrame:
    """
    Find the points that texts about places mean.

    Understood are a house number, a corner (*hoek*), *t.o.*, *t.h.v.*, *achterzijde*, a
    stretch between two streets, a place on a street, and a street alone. Names may be
    misread or misspelt. House numbers are estimated along the street only where `streets`
    knows its number ranges (``nr_van``, ``nr_tot``).

    Parameters
    ----------
    texts : Series of str or iterable of str, n_texts
        The places in words, one each.
    streets : GeoDataFrame
        STREETS, projected CRS in metres. Rows without a name are passed over.
    area : GeoDataFrame or geometry, optional
        Where the places are, in the CRS of `streets`. It decides between streets of one
        name; its ``area_name`` is a place too.
    cutoff : float, default 80
        How alike a name must be, 0 to 100. Less gives no point.

    Returns
    -------
    GeoDataFrame, n_texts rows on the index of `texts`
        `location_text`; `street` (as the source spells it; " / " between two); `kind`
        (address, crossing, between, opposite, level, rear, place, street, area);
        `precision` (adres, kruispunt, straat, buurt); `location_score` (0 without a point,
        else how sure the point is, up to 1); `reason` (Dutch); `geometry` (Point or None).

    Raises
    ------
    CrsError
        If `streets` or `area` is not in metres, or they differ.
    ValueError
        If `cutoff` is not between 0 and 100.

    Examples
    --------
    >>> from shapely import LineString
    >>> streets = gpd.GeoDataFrame(
    ...     {"street_id": ["1", "2"], "street_name": ["Pluimstraat", "Oostveenweg"]},
    ...     geometry=[LineString([(0, 0), (100, 0)]), LineString([(50, -50), (50, 50)])],
    ...     crs=28992,
    ... )
    >>> found = locate(["Pluimstraat hoek Dostveemweg"], streets)
    >>> found[["kind", "precision"]].iloc[0].tolist(), found.geometry.iloc[0].wkt
    (['crossing', 'kruispunt'], 'POINT (50 0)')
    """
    if not 0 <= cutoff <= 100:
        msg = f"`cutoff` is {cutoff}, expected 0 to 100"
        raise ValueError(msg)
    shape, area_names = shape_of(area, streets), _names_of(area)
    given = texts if isinstance(texts, pd.Series) else pd.Series(list(texts), dtype="str")
    names = street_names(streets, area=shape)
    town = _Town(streets, shape, names, area_names, cutoff / 100)
    known: dict[Hashable, dict[str, Any]] = {}
    rows = []
    for text in given:
        key = "" if pd.isna(text) else str(text)
        if key not in known:
            known[key] = town.find(key)
        rows.append({"location_text": text, **known[key]})
    table = pd.DataFrame(rows, index=given.index, columns=[*_COLUMNS, "geometry"])
    for column in ("location_text", "street", "kind", "precision", "reason"):
        table[column] = table[column].astype("str")
    table["location_score"] = table["location_score"].astype("float64")
    geometry = gpd.GeoSeries(table.pop("geometry"), index=given.index, crs=streets.crs)
    return gpd.GeoDataFrame(table, geometry=geometry, crs=streets.crs)


def street_names(streets: gpd.GeoDataFrame, *, area: Any = None) -> Names:
    """
    Collect the names of streets, to look words up in.

    Parameters
    ----------
    streets : GeoDataFrame
        STREETS.
    area : geometry, optional
        Names within 250 m of it win from names equally alike.

    Returns
    -------
    Names
        Each name once.
    """
    named = streets[streets["street_name"].notna()]
    near: Iterable[str] = ()
    if area is not None and len(named):
        near = named["street_name"][named.dwithin(area, _NEAR_AREA)].unique()
    return Names.of(named["street_name"].unique(), near)


def shape_of(area: Any, streets: gpd.GeoDataFrame) -> Any:
    """
    Give an area as one geometry.

    Parameters
    ----------
    area : GeoDataFrame, GeoSeries, geometry or None
        In the CRS of `streets`.
    streets : GeoDataFrame
        STREETS, projected CRS in metres.

    Returns
    -------
    geometry or None
        The union of its rows.

    Raises
    ------
    CrsError
        If `streets` or `area` is not in metres, or they differ.
    """
    if isinstance(area, gpd.GeoDataFrame | gpd.GeoSeries):
        crs.require(streets=streets, area=area)
        return area.union_all()
    crs.require(streets=streets)
    return area


class _Town:
    """Streets by name, and the rules that make a point of a place. Used by `locate` only."""

    def __init__(
        self, streets: gpd.GeoDataFrame, area: Any, names: Names, areas: Names, cutoff: float
    ) -> None:
        self.area, self.names, self.areas, self.cutoff = area, names, areas, cutoff
        self.stretches = streets[streets["street_name"].notna()]
        self.rows = self.stretches.groupby("street_name").indices if len(self.stretches) else {}
        self.shapes: dict[str, list[Any]] = {}

    def find(self, text: str) -> dict[str, Any]:
        """Give the result columns of one text."""
        if not plain(text):
            return _nowhere("nothing")
        words = text.replace(nl.LOST, " ").replace("/", " / ").split()
        place = read_place(words, self.names.best, cutoff=self.cutoff)
        if not place.streets:
            return self._without_street(words)
        street = place.streets[0]
        shapes = self._shapes(street.name)
        if len(shapes) > 1 and place.kind == "crossing" and len(place.streets) > 1:
            beside = shapely.union_all(self._shapes(place.streets[1].name))
            meeting = [each for each in shapes if shapely.dwithin(each, beside, points.TOUCHING)]
            shapes = meeting or shapes
        if len(shapes) > 1:
            return _nowhere("ambiguous", kind=place.kind, street=street.name, n=len(shapes))
        point, precision, reason, factor, others = self._point(place, shapes[0])
        likeness = min(each.score for each in place.streets[: len(others) + 1])
        score = likeness * factor * _SURE[precision] * max(0.5, 1 - _STRAY * place.unexplained)
        reasons = [reason]
        if likeness < 1:
            read_as = [each.name for each in place.streets if each.score < 1]
            reasons.append(nl.place("misread", street=" / ".join(dict.fromkeys(read_as))))
        if self.area is not None and not shapely.dwithin(point, self.area, points.AROUND):
            reasons.append(nl.place("outside"))
            score *= 0.8
        return {
            "street": " / ".join([street.name, *others]),
            "kind": place.kind,
            "precision": precision,
            "location_score": round(score, 3),
            "reason": "; ".join(reasons),
            "geometry": point,
        }

    def _shapes(self, name: str) -> list[Any]:
        if name not in self.shapes:
            lines = self.stretches.geometry.to_numpy()[self.rows[name]]
            self.shapes[name] = points.streets_of(lines, self.area)
        return self.shapes[name]

    def _without_street(self, words: list[str]) -> dict[str, Any]:
        for start in range(len(words)):
            for stop in range(len(words), start, -1):
                found = self.areas.best(" ".join(words[start:stop]))
                if found and found.score >= max(_AREA_ALIKE, self.cutoff):
                    return {
                        "street": None,
                        "kind": "area",
                        "precision": "buurt",
                        "location_score": round(_SURE["buurt"] * found.score, 3),
                        "reason": nl.place("area", street=found.name),
                        "geometry": shapely.point_on_surface(self.area),
                    }
        near = [self.names.best(" ".join(words[:length])) for length in range(1, 4)]
        best = max((each for each in near if each), key=lambda each: each.score, default=None)
        if best is None:
            return _nowhere("unknown")
        return _nowhere("near_miss", likely=best.name, score=best.score)

    def _point(self, place: Place, shape: Any) -> tuple[Any, str, str, float, list[str]]:
        name = place.streets[0].name
        others = [street.name for street in place.streets[1:] if street.name != name]
        if place.kind == "crossing" and others:
            return self._corner(name, shape, others[0])
        if place.kind == "between" and len(others) > 1:
            between = self._between(name, shape, others)
            if between:
                return between
        if place.number is not None:
            point = points.house(self.stretches.iloc[self.rows[name]], place.number)
            if point is not None:
                return point, "adres", nl.place("address", street=name), 1.0, []
            reason = nl.place("no_number", street=name)
        elif place.kind == "crossing":
            reason = nl.place("crossing_open", street=name)
        elif place.kind in {"place", "rear"}:
            reason = nl.place(place.kind, street=name)
        else:
            reason = nl.place("street", street=name)
        return points.middle(shape, self.area), "straat", reason, 1.0, []

    def _corner(self, name: str, shape: Any, other: str) -> tuple[Any, str, str, float, list[str]]:
        others = self._shapes(other)
        beside = others[int(np.argmin([shapely.distance(shape, each) for each in others]))]
        facts = {"street": name, "other": other}
        crossings = points.crossings(shape, beside, self.area)
        if len(crossings):
            many = points.spread(crossings) > 2 * points.TOUCHING
            reason = nl.place("crossing_many" if many else "crossing", **facts)
            return points.central(crossings), "kruispunt", reason, 0.6 if many else 1.0, [other]
        apart = float(shapely.distance(shape, beside))
        link = shapely.shortest_line(shape, beside)
        if apart <= points.TOUCHING:
            point = shapely.line_interpolate_point(link, 0.5, normalized=True)
            reason = nl.place("crossing_near", metres=round(apart), **facts)
            return point, "kruispunt", reason, 0.9, [other]
        reason = nl.place("crossing_apart", **facts)
        return shapely.get_point(link, 0), "straat", reason, 0.7, [other]

    def _between(
        self, name: str, shape: Any, others: list[str]
    ) -> tuple[Any, str, str, float, list[str]] | None:
        ends = [self._corner(name, shape, other) for other in others[:2]]
        if any(end[1] != "kruispunt" for end in ends):
            return None
        halfway = shapely.centroid(shapely.multipoints([end[0] for end in ends]))
        reason = nl.place("between", street=name, other=others[0], third=others[1])
        return points.on_street(shape, halfway), "straat", reason, 1.0, others[:2]


def _nowhere(
    key: str, *, kind: str | None = None, likely: str = "", **facts: Any
) -> dict[str, Any]:
    return {
        "street": facts.get("street"),
        "kind": kind,
        "precision": None,
        "location_score": 0.0,
        "reason": nl.place(key, **({"street": likely} if likely else {}), **facts),
        "geometry": None,
    }


def _names_of(area: Any) -> Names:
    named = isinstance(area, gpd.GeoDataFrame) and "area_name" in area
    return Names.of(area["area_name"].dropna()) if named else Names({})
