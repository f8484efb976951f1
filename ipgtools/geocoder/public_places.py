"""
Name places as the public may know them: a street, or a corner of two.

What comes out is a name of a file with streets, never what is left of a text once numbers are
taken out of it. Where a text names no street for certain, nothing comes out. The files are
OpenStreetMap, NWB, BAG or a list of streets; a street of a town that the text does not mean is
no street.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ipgtools.geocoder.cities import cities_of, fronts_of, parts_of
from ipgtools.geocoder.exact_names import ExactNames, Found
from ipgtools.geocoder.relative_position import parse_position
from ipgtools.geocoder.string_similarity import normalise_name
from ipgtools.geocoder.tokens import AND, HYPHEN, LINK, Token, is_known, is_number, tokens
from ipgtools.nl import place_names as nl
from ipgtools.nl import schouw

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ipgtools.geocoder.intersections import Intersections

__all__ = ["PublicPlaces", "public_place"]

_NEAR = 4
"""Words before a street among which is looked for what it is."""


class PublicPlaces:
    """
    The streets and areas that may name places in public.

    Parameters
    ----------
    streets : GeoDataFrame, optional
        STREETS, or a list of streets with points or without.
    addresses : GeoDataFrame, optional
        ADDRESSES, whose streets are known, too.
    areas : GeoDataFrame, optional
        AREAS: a text that names no street may name one of these.

    Examples
    --------
    >>> import geopandas as gpd
    >>> known = PublicPlaces(gpd.GeoDataFrame({"street_name": ["Oostveenweg", "Plein 1940-1945"]}))
    >>> known.name("bij mw. De Vries, Oostveenweg 12-II"), known.name("Plein 1940-1945 nr. 3")
    ('Oostveenweg', 'Plein 1940-1945')
    >>> known.name("(mw. Jansen)")
    ''
    """

    def __init__(
        self,
        streets: "gpd.GeoDataFrame | None" = None,
        *,
        addresses: "gpd.GeoDataFrame | None" = None,
        areas: "gpd.GeoDataFrame | None" = None,
    ) -> None:
        tables = [one for one in (streets, addresses) if one is not None and "street_name" in one]
        named = [name for table in tables for name in _spelled(table)]
        self.streets = ExactNames.of(named)
        has_areas = areas is not None and "area_name" in areas
        self.areas = ExactNames.of(areas["area_name"].dropna() if has_areas else ())  # type: ignore[index]
        self.cities = cities_of(*tables)
        self.fronts = fronts_of(set(named), set(self.cities))
        self.towns = _towns(tables)
        self._lines = streets
        self._meetings: Intersections | None = None

    def __bool__(self) -> bool:
        """Whether there is any street."""
        return bool(self.streets.exact)

    def name(self, text: str) -> str:
        """
        Name the public place that a text means.

        Parameters
        ----------
        text : str
            A place in words.

        Returns
        -------
        str
            A street, or *A bij B* where two streets meet, or an area; empty if none is certain.
        """
        if not self or not text:
            return ""
        parts = parts_of(text, set(self.cities), self.fronts)
        if parts.elsewhere:
            return ""
        words = tokens(text.replace(schouw.LOST, " "))
        found = [one for one in self.streets.find(words) if self._is_in(one.name, parts.town)]
        if found:
            return self._told(words, [one for one in found if not _is_home(words, one)])
        named = [one.name for one in self.areas.find(words) if not words[one.start].enclosed]
        return named[0] if len(set(named)) == 1 and _rest_is_known(words, self.areas) else ""

    def house(self, text: str) -> str:
        """
        Return the public name of the place in a text, and its house number.

        Parameters
        ----------
        text : str
            A place in words.

        Returns
        -------
        str
            As `name`; with the number, *t.o.* or *achterzijde* where one stands by the street.

        Examples
        --------
        >>> import geopandas as gpd
        >>> known = PublicPlaces(gpd.GeoDataFrame({"street_name": ["Oostveenweg"]}))
        >>> known.house("bij mw. De Vries, Oostveenweg t.o. nr. 12-II (belde zelf)")
        'Oostveenweg t.o. nr. 12-II'
        """
        name, words = self.name(text), tokens(text.replace(schouw.LOST, " "))
        for one in self.streets.find(words) if name else ():
            if one.name == name and not _is_home(words, one):
                before, behind = parse_position(words, one)
                return f"{before} {name} {behind}".strip()
        return name

    def is_public(self, name: str) -> bool:
        """
        Return whether a name is made of names of streets and areas and of nothing else.

        Parameters
        ----------
        name : str
            As places are named: *A tussen B en C*, *omgeving A en B*, *plek 2 in het noorden*.

        Returns
        -------
        bool
            False where any word is left, or a number that is no part of a name.
        """
        words, at, n_names = tokens(name), 0, 0
        allowed = nl.NAMING_WORDS
        while at < len(words):
            longest = max(
                (one for known in (self.streets, self.areas) if (one := known.at(words, at))),
                key=lambda one: one.stop,
                default=None,
            )
            if longest:
                at, n_names = longest.stop, n_names + 1
            elif words[at].key in allowed or _counts(words, at):
                at += 1
            else:
                return False
        return n_names > 0 or (bool(words) and words[0].key == nl.NAMELESS)

    def _told(self, words: Sequence[Token], found: Sequence[Found]) -> str:
        """Name the place that one or several streets of a text make."""
        if not found:
            return ""
        first, *others = found
        others = [one for one in others if one.name != first.name]
        between = next((at for at, one in enumerate(words) if one.key == nl.BETWEEN), None)
        if between is not None and others:
            if between > first.start:
                return first.name
            if len(others) > 1:
                return others[1].name
            return nl.at(first.name, others[0].name) if self.meet(first, others[0]) else ""
        if not others or not _is_corner(words, first, others[0]):
            return first.name
        return nl.at(first.name, others[0].name) if self.meet(first, others[0]) else first.name

    def meet(self, one: Found, other: Found) -> bool:
        """Return whether two streets meet; without lines that is not known, and believed."""
        meetings = self._known_meetings()
        if meetings is None:
            return True
        key, beside = normalise_name(one.name), normalise_name(other.name)
        if key not in meetings.rows or beside not in meetings.rows:
            return True
        return beside in {normalise_name(name) for name in meetings.neighbours(one.name)}

    def _known_meetings(self) -> "Intersections | None":
        from ipgtools.geocoder.intersections import Intersections

        table = self._lines
        if table is None or "street_name" not in table or not hasattr(table, "geom_type"):
            return None
        if self._meetings is None:
            drawn = table.geom_type.astype("str").str.contains("Line").fillna(value=False)
            lines = table[table["street_name"].notna() & drawn.astype(bool)]
            rows: dict[str, list[int]] = {}
            for at, name in enumerate(lines["street_name"]):
                rows.setdefault(normalise_name(name), []).append(at)
            self._meetings = Intersections(lines, rows)
        return self._meetings if self._meetings.rows else None

    def _is_in(self, name: str, town: str) -> bool:
        """Return whether a street may be in the town that a text names, if it names any."""
        where = self.towns.get(name, set())
        return not town or not where or town in where


def public_place(
    texts: "pd.Series | Iterable[str]",
    streets: "gpd.GeoDataFrame | PublicPlaces | None",
    *,
    addresses: "gpd.GeoDataFrame | None" = None,
    areas: "gpd.GeoDataFrame | None" = None,
    house_numbers: bool = False,
) -> "pd.Series":
    """
    Return the public names of the places in texts.

    A street counts if its whole name stands in the text, as the file has it; capitals, accents,
    titles (*burg.*), endings (*str.*) and ordinals (*2de*) may differ. Nothing is corrected. A name
    that is as well a person's (*Veldkamp*) counts only with a house number, at a corner, or with
    nothing else in the text.

    Parameters
    ----------
    texts : Series of str or iterable of str, n_texts
        Places in words.
    streets : GeoDataFrame, PublicPlaces or None
        STREETS, or a list of streets; or what was prepared of them. Without any nothing is known.
    addresses : GeoDataFrame, optional
        ADDRESSES, whose streets are known, too.
    areas : GeoDataFrame, optional
        AREAS, for texts that name no street.
    house_numbers : bool, default False
        Whether the house number by a street comes with it, for who may see these.

    Returns
    -------
    Series of str, n_texts
        On the index of `texts`: a street, *A bij B* for a corner, or an area, spelled as the
        file has it; missing where none is certain.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import LineString
    >>> streets = gpd.GeoDataFrame(
    ...     {"street_name": ["Oostveenweg", "Leijdsweg"]},
    ...     geometry=[LineString([(0, 0), (9, 0)]), LineString([(5, -5), (5, 5)])], crs=28992)
    >>> texts = ["Oostveenweg 12 t/m 18", "hoek Oostveenweg/Leijdsweg", "12-II (mw. Jansen)"]
    >>> public_place(texts, streets).tolist()
    ['Oostveenweg', 'Oostveenweg bij Leijdsweg', nan]
    """
    import pandas as pd

    given = texts if isinstance(texts, pd.Series) else pd.Series(list(texts), dtype="str")
    known = streets
    if not isinstance(known, PublicPlaces):
        known = PublicPlaces(known, addresses=addresses, areas=areas)
    name = known.house if house_numbers else known.name
    named = {text: name(str(text)) or None for text in given.dropna().unique()}
    return given.map(named).astype("str")


def _is_corner(words: Sequence[Token], first: Found, second: Found) -> bool:
    """Return whether the words around two streets make a corner of them."""
    between = words[first.stop : second.start]
    keys = {token.key for token in between}
    corner = schouw.CORNER_WORDS
    if corner & keys or any(
        token.key in corner for token in words[max(0, first.start - _NEAR) : first.start]
    ):
        return True
    numbers = any(is_number(words, at) for at in range(first.stop, second.start))
    beside = schouw.RELATIONS["opposite"] + schouw.RELATIONS["level"]
    if keys & {*beside, "hoogte"} and not numbers:
        return True
    linked = words[second.start].before in {AND, HYPHEN, LINK} or keys & schouw.TOGETHER_WORDS
    return not numbers and bool(linked) and keys <= schouw.TOGETHER_WORDS | nl.ARTICLES


def _is_home(words: Sequence[Token], street: Found) -> bool:
    """Return whether a street is a home address."""
    before = words[max(0, street.start - _NEAR) : street.start]
    return any(token.key in nl.HOME_WORDS for token in before)


def _rest_is_known(words: Sequence[Token], names: ExactNames) -> bool:
    """Return whether a text holds nothing but names and words of the language of reports."""
    inside = {at for one in names.find(words) for at in range(one.start, one.stop)}
    return all(
        at in inside or is_known(token.key) or is_number(words, at)
        for at, token in enumerate(words)
    )


def _counts(words: Sequence[Token], at: int) -> bool:
    """Return whether a number identifies a place without a name, or a side."""
    if not words[at].key.isdigit() or at == 0 or len(words[at].key) > 2:
        return False
    return words[at - 1].key in {nl.NAMELESS, nl.MIDDLE}


def _spelled(table: "gpd.GeoDataFrame") -> Any:
    return table["street_name"].dropna().astype("str").tolist()


def _towns(tables: "Sequence[gpd.GeoDataFrame]") -> dict[str, set[str]]:
    """Return the towns of each street, in plain form; none where any of its rows names none."""
    found: dict[str, set[str]] = {}
    nowhere: set[str] = set()
    for table in tables:
        named = table[table["street_name"].notna()]
        if "city" not in named:
            nowhere |= set(named["street_name"])
            continue
        nowhere |= set(named.loc[named["city"].isna(), "street_name"])
        pairs = named[["street_name", "city"]].dropna().drop_duplicates()
        for name, city in pairs.itertuples(index=False):
            found.setdefault(name, set()).add(normalise_name(city))
    return {name: cities for name, cities in found.items() if name not in nowhere}
