"""
Turn places in Dutch words into points, without a network.

The sources are tables of streets and of addresses. Every point comes with a score, with how
precise it is and with the reason; where the words are not sure enough there is no point. No
address leaves the computer.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

import geopandas as gpd
import pandas as pd

from ipgtools import crs
from ipgtools.geocoder.cities import (
    cities_of,
    city_of,
    fronts_of,
    in_city,
    parts_of,
    where_else,
)  # fmt: skip
from ipgtools.geocoder.geocoder import Geocoder, not_found
from ipgtools.geocoder.street_matching import StreetNames
from ipgtools.geocoder.string_similarity import (
    Names,
    normalise_name,
)
from ipgtools.nl.formats import joined

__all__ = ["geocode", "shape_of", "street_names"]

_COLUMNS = ["location_text", "street", "kind", "precision", "location_score", "reason", "city"]
_NEAR_AREA = 250.0


def geocode(
    texts: "pd.Series | Iterable[str]",
    streets: gpd.GeoDataFrame | None = None,
    *,
    addresses: gpd.GeoDataFrame | None = None,
    area: Any = None,
    city: str | None = None,
    cutoff: float = 80,
) -> gpd.GeoDataFrame:
    """
    Find the points that texts about places mean.

    Understood are a house number, a corner (*hoek*), *t.o.*, *t.h.v.*, *achterzijde*, a
    stretch between two streets, a place on a street, and a street alone, with or without
    postcode and town behind it. Names may be misread or misspelt. A house number is that
    address where `addresses` has it, else an estimate between its neighbours on the same side
    of the street, else an estimate along the street where `streets` knows number ranges
    (``nr_van``, ``nr_tot``), else the middle of the street.

    Parameters
    ----------
    texts : Series of str or iterable of str, n_texts
        The places in words, one each.
    streets : GeoDataFrame, optional
        STREETS, projected CRS in metres. Rows without a name are passed over. A list of
        streets (`ipgtools.io.read_street_list`) will do: points, or names alone. With a
        column `city` names are looked for in the right town.
    addresses : GeoDataFrame, optional
        ADDRESSES, in the CRS of `streets`. They also stand in for streets without a line.
    area : GeoDataFrame or geometry, optional
        Where the places are, in the CRS of `streets`. It decides between streets of one
        name; its ``area_name`` is a place too.
    city : str, optional
        The town that is meant where a text names none.
    cutoff : float, default 80
        How alike a name must be, 0 to 100: the share of the letters that tell a street apart
        (so not *straat*, nor *van der*) that are read as they stand. At 80 that is one slip in
        five letters, two in ten. Less gives no point; nor does a name as near to another
        street, unless the area or the crossing decides.

    Returns
    -------
    GeoDataFrame, n_texts rows on the index of `texts`
        `location_text`; `street` (as the source spells it; " / " between two); `kind`
        (address, crossing, between, opposite, level, rear, place, street, area);
        `precision` (adres, kruispunt, straat, buurt); `location_score` (0 without a point,
        else how sure the point is, up to 1); `reason` (Dutch, without house numbers);
        `city` (the town it was looked for in, if any); `geometry` (Point or None). Of *t.o.*
        and *t.h.v.* the point lies on the street, level with the address.

    Raises
    ------
    CrsError
        If `streets`, `addresses` or `area` is not in metres, or they differ.
    ValueError
        If `cutoff` is not between 0 and 100, or neither streets nor addresses are given.

    Examples
    --------
    >>> from shapely import LineString
    >>> streets = gpd.GeoDataFrame(
    ...     {"street_id": ["1", "2"], "street_name": ["Pluimstraat", "Oostveenweg"]},
    ...     geometry=[LineString([(0, 0), (100, 0)]), LineString([(50, -50), (50, 50)])],
    ...     crs=28992,
    ... )
    >>> found = geocode(["Pluimstraat hoek Dostveemweg"], streets)
    >>> found[["kind", "precision"]].iloc[0].tolist(), found.geometry.iloc[0].wkt
    (['crossing', 'kruispunt'], 'POINT (50 0)')
    """
    if not 0 <= cutoff <= 100:
        msg = f"`cutoff` is {cutoff}, expected 0 to 100"
        raise ValueError(msg)
    if streets is None:
        if addresses is None:
            msg = "give `streets` or `addresses`: without either there is nothing to look in"
            raise ValueError(msg)
        streets = addresses[:0]
    if addresses is not None:
        crs.require(streets=streets, addresses=addresses)
    shape, area_names = shape_of(area, streets), _names_of(area)
    given = texts if isinstance(texts, pd.Series) else pd.Series(list(texts), dtype="str")
    usual = normalise_name(city or "")
    spelled = cities_of(streets, addresses)
    cities = {*spelled, usual} - {""}
    fronts = fronts_of(_names_in(streets, addresses), cities)

    @cache
    def town(where: str) -> Geocoder:
        here, doors = in_city(streets, where), in_city(addresses, where)
        names = street_names(here, area=shape, addresses=doors)
        return Geocoder(here, doors, shape, names, area_names, cutoff / 100)

    @cache
    def find(text: str) -> dict[str, Any]:
        parts = parts_of(text, cities, fronts)
        if not normalise_name(" ".join(parts.words)):
            return not_found("nothing")
        if parts.elsewhere:
            return not_found("other_town") | {"city": parts.elsewhere}
        where = parts.town or city_of(addresses, parts.postcode) or usual
        here = spelled.get(where) or city or None
        found = town(where).find(parts.words, parts.postcode)
        if found["street"] is None and found["geometry"] is None and where:
            known = town("").names_exactly(parts.words)
            if others := where_else((streets, addresses), known, where):
                found = not_found("in_other_town", likely=known, there=here, others=joined(others))
        return found | {"city": here}

    rows = [{"location_text": text, **find("" if pd.isna(text) else str(text))} for text in given]
    table = pd.DataFrame(rows, index=given.index, columns=[*_COLUMNS, "geometry"])
    for column in ("location_text", "street", "kind", "precision", "reason", "city"):
        table[column] = table[column].astype("str")
    table["location_score"] = table["location_score"].astype("float64")
    geometry = gpd.GeoSeries(table.pop("geometry"), index=given.index, crs=streets.crs)
    return gpd.GeoDataFrame(table, geometry=geometry, crs=streets.crs)


def street_names(
    streets: gpd.GeoDataFrame, *, area: Any = None, addresses: gpd.GeoDataFrame | None = None
) -> StreetNames:
    """
    Collect the names of streets, to look words up in.

    Parameters
    ----------
    streets : GeoDataFrame
        STREETS.
    area : geometry, optional
        Names within 250 m of it win from names equally alike.
    addresses : GeoDataFrame, optional
        ADDRESSES, in the CRS of `streets`. Names are spelled as `streets` spells them.

    Returns
    -------
    StreetNames
        Each name once.

    Examples
    --------
    >>> streets = gpd.GeoDataFrame({"street_name": ["Pluimstraat", None]}, geometry=[None, None])
    >>> street_names(streets).best("Pluimstr.").name
    'Pluimstraat'
    """
    names: list[str] = []
    near: list[str] = []
    for table in (addresses, streets):
        if table is None:
            continue
        named = table[table["street_name"].notna()]
        names += named["street_name"].unique().tolist()
        if area is not None and len(named):
            near += named["street_name"][named.dwithin(area, _NEAR_AREA)].unique().tolist()
    return StreetNames.of(names, near)


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

    Examples
    --------
    >>> import shapely
    >>> streets = gpd.GeoDataFrame(geometry=[shapely.LineString([(0, 0), (9, 0)])], crs=28992)
    >>> areas = gpd.GeoSeries([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)], crs=28992)
    >>> shape_of(areas, streets).area, shape_of(None, streets)
    (2.0, None)
    """
    if isinstance(area, gpd.GeoDataFrame | gpd.GeoSeries):
        crs.require(streets=streets, area=area)
        return area.union_all()
    crs.require(streets=streets)
    return area


def _names_in(*tables: gpd.GeoDataFrame | None) -> Iterable[str]:
    return (name for table in tables if table is not None for name in _streets_of(table))


def _streets_of(table: gpd.GeoDataFrame) -> Iterable[str]:
    return table["street_name"].dropna().unique().tolist()


def _names_of(area: Any) -> Names:
    named = isinstance(area, gpd.GeoDataFrame) and "area_name" in area
    return Names.of(area["area_name"].dropna()) if named else Names({})
