"""
Turn places in Dutch words into points, without a network.

The sources are tables of streets and of addresses. Every point comes with a score, with how
precise it is and with the reason; where the words are not sure enough there is no point. No
address leaves the computer.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from ipgtools import crs
from ipgtools.gazetteer.alike import Match, Names, distance, plain, similarity
from ipgtools.gazetteer.phrases import find_phrase
from ipgtools.gazetteer.town import Town, nowhere
from ipgtools.gazetteer.words import Place, read_place, spaced
from ipgtools.nl import schouw as nl

if TYPE_CHECKING:
    from collections.abc import Hashable

__all__ = [
    "Match", "Names", "Place", "distance", "find_phrase", "locate", "plain", "read_place",
    "shape_of", "similarity", "street_names",
]  # fmt: skip

_COLUMNS = ["location_text", "street", "kind", "precision", "location_score", "reason"]
_NEAR_AREA = 250.0
_POSTCODE = re.compile(r"\b([1-9]\d{3})\s?([A-Z]{2})\b")
_LONGEST_TOWN = 4


def locate(
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
        How alike a name must be, 0 to 100. Less gives no point.

    Returns
    -------
    GeoDataFrame, n_texts rows on the index of `texts`
        `location_text`; `street` (as the source spells it; " / " between two); `kind`
        (address, crossing, between, opposite, level, rear, place, street, area);
        `precision` (adres, kruispunt, straat, buurt); `location_score` (0 without a point,
        else how sure the point is, up to 1); `reason` (Dutch, without house numbers);
        `geometry` (Point or None). Of *t.o.* and *t.h.v.* the point lies on the street, level
        with the address.

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
    >>> found = locate(["Pluimstraat hoek Dostveemweg"], streets)
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
    cities = {plain(name) for table in (streets, addresses) for name in _cities_of(table)}
    towns: dict[str, Town] = {}
    known: dict[Hashable, dict[str, Any]] = {}
    rows = []
    for text in given:
        key = "" if pd.isna(text) else str(text)
        if key not in known:
            words, where, postcode = _parts(key, cities | {plain(city or "")})
            where = where or plain(city or "")
            if where not in towns:
                here, doors = _of_city(streets, where), _of_city(addresses, where)
                names = street_names(here, area=shape, addresses=doors)
                towns[where] = Town(here, doors, shape, names, area_names, cutoff / 100)
            empty = not plain(" ".join(words))
            known[key] = nowhere("nothing") if empty else towns[where].find(words, postcode)
        rows.append({"location_text": text, **known[key]})
    table = pd.DataFrame(rows, index=given.index, columns=[*_COLUMNS, "geometry"])
    for column in ("location_text", "street", "kind", "precision", "reason"):
        table[column] = table[column].astype("str")
    table["location_score"] = table["location_score"].astype("float64")
    geometry = gpd.GeoSeries(table.pop("geometry"), index=given.index, crs=streets.crs)
    return gpd.GeoDataFrame(table, geometry=geometry, crs=streets.crs)


def street_names(
    streets: gpd.GeoDataFrame, *, area: Any = None, addresses: gpd.GeoDataFrame | None = None
) -> Names:
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
    Names
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
    return Names.of(names, near)


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


def _names_of(area: Any) -> Names:
    named = isinstance(area, gpd.GeoDataFrame) and "area_name" in area
    return Names.of(area["area_name"].dropna()) if named else Names({})


def _parts(text: str, cities: set[str]) -> tuple[list[str], str, str]:
    """Take postcode and town from the end of a text: give the words left, and both."""
    text = text.replace(nl.LOST, " ")
    found = _POSTCODE.search(text)
    postcode = "".join(found.groups()) if found else ""
    if found:
        text = f"{text[: found.start()]} {text[found.end() :]}"
    words = spaced(text).split()
    for length in range(min(_LONGEST_TOWN, len(words) - 1), 0, -1):
        town, before = plain(" ".join(words[-length:])), plain(words[-length - 1])
        if town and town in cities and before not in nl.CORNER_WORDS | nl.JOINING_WORDS - nl.IN:
            words = words[:-length]
            while words and (plain(words[-1]) in nl.IN or not plain(words[-1])):
                words.pop()
            return words, town, postcode
    return words, "", postcode


def _cities_of(table: gpd.GeoDataFrame | None) -> Iterable[str]:
    return table["city"].dropna().unique() if table is not None and "city" in table else ()


def _of_city(table: Any, city: str) -> Any:
    """Leave out what is said to be in another town; what says nothing may be in any."""
    if table is None or not city or "city" not in table:
        return table
    keys = {name: plain(name) for name in table["city"].dropna().unique()}
    return table[table["city"].map(keys).fillna(city) == city]
