"""
Replace what people wrote about a place by a name that may be shown to others than the police.

The names are those of the file with streets (`ipgtools.geocoder.public_places`). Where a text
names no street for certain, and where there is no such file, nothing is shown.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from ipgtools.nl import place_names
from ipgtools.nl import privacy as words

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ipgtools.geocoder.public_places import PublicPlaces

__all__ = [
    "Streets", "are_public", "captions", "known_streets", "notes", "prepare_streets",
    "public_hot_place_names", "public_places",
]  # fmt: skip

Streets: TypeAlias = "gpd.GeoDataFrame | PublicPlaces | None"


def prepare_streets(streets: Streets) -> "PublicPlaces":
    """Prepare streets for several tables; what is prepared is given back."""
    from ipgtools.geocoder.public_places import PublicPlaces

    return streets if isinstance(streets, PublicPlaces) else PublicPlaces(streets)


def public_places(
    table: "pd.DataFrame",
    columns: Sequence[str],
    streets: Streets,
    *,
    house_numbers: bool = False,
) -> "tuple[pd.DataFrame, list[str]]":
    """
    Replace places in words by streets and corners.

    Examples
    --------
    >>> import geopandas as gpd, pandas as pd
    >>> streets = gpd.GeoDataFrame({"street_name": ["Oostveenweg"]})
    >>> places = pd.DataFrame({"location_text": ["Oostveenweg 12-II", "12 hs (mw. Jansen)"]})
    >>> public_places(places, ["location_text"], streets)[0]["location_text"].tolist()
    ['Oostveenweg', nan]
    """
    from ipgtools.geocoder.public_places import public_place

    there = [name for name in columns if name in table]
    if not there:
        return table, []
    known, shown = prepare_streets(streets), table.copy()
    for name in there:
        shown[name] = public_place(table[name], known, house_numbers=house_numbers)
    return shown, notes(known, house_numbers=house_numbers)


def public_hot_place_names(
    places: "pd.DataFrame", streets: Streets
) -> "tuple[pd.DataFrame, list[str]]":
    """
    Keep the names of hot places that are made of names of streets and areas, and of nothing else.

    Examples
    --------
    >>> import geopandas as gpd, pandas as pd
    >>> streets = gpd.GeoDataFrame({"street_name": ["Oostveenweg", "Leijdsweg"]})
    >>> places = pd.DataFrame({"number": [1, 2], "name": ["Oostveenweg bij Leijdsweg", "bij Jan"]})
    >>> public_hot_place_names(places, streets)[0]["name"].tolist()
    ['Oostveenweg bij Leijdsweg', 'plek 2']
    """
    if "name" not in places:
        return places, []
    known, public = prepare_streets(streets), are_public(places["name"], streets)
    if public.all():
        return places, []
    numbers = places["number"] if "number" in places else range(1, len(places) + 1)
    shown = places.copy()
    shown["name"] = [
        name if is_named else place_names.numbered(int(number))
        for name, is_named, number in zip(places["name"], public, numbers, strict=True)
    ]
    return shown, notes(known)


def are_public(names: "pd.Series", streets: Streets) -> "pd.Series":
    """Tell which names of places are made of names of streets and areas, and of nothing else."""
    known = prepare_streets(streets)
    return names.map(lambda name: isinstance(name, str) and known.is_public(name)).astype(bool)


def known_streets(names: "pd.Series", streets: Streets) -> "pd.Series":
    """Keep what is made of names of streets and of nothing else, *A / B* for two of them."""
    known = prepare_streets(streets)
    public = [
        isinstance(name, str) and all(map(known.is_public, name.split(" / "))) for name in names
    ]
    return names.where(public)


def captions(photos: "pd.DataFrame", streets: Streets) -> "tuple[pd.DataFrame, list[str]]":
    """
    Replace the titles of mails below photos by what they are about and where that is.

    Examples
    --------
    >>> import geopandas as gpd, pandas as pd
    >>> streets = gpd.GeoDataFrame({"street_name": ["Oostveenweg"]})
    >>> photos = pd.DataFrame({"caption": ["Zwerfvuil bij Jan, Oostveenweg 12", "Vraag van Piet"]})
    >>> captions(photos, streets)[0]["caption"].tolist()
    ['Afval, Oostveenweg', 'Melding']
    """
    from ipgtools.geocoder.public_places import public_place
    from ipgtools.schouw import CATEGORIES, category

    known, shown = prepare_streets(streets), photos.copy()
    place = public_place(photos["caption"], known)
    if "location_text" in photos:
        place = public_place(photos["location_text"], known).fillna(place)
    titles = photos["caption"].fillna("").astype("str")
    kinds = [CATEGORIES[category(title)][0] for title in titles]
    shown["caption"] = [
        words.caption(kind, where if isinstance(where, str) else "")
        for kind, where in zip(kinds, place, strict=True)
    ]
    return shown, [words.CAPTIONS, *notes(known)]


def notes(streets: Streets, *, house_numbers: bool = False) -> list[str]:
    """State in Dutch how places are named; without streets, that they are not."""
    if not prepare_streets(streets):
        return [words.NO_STREET_FILE]
    return [words.HOUSE_NUMBERS if house_numbers else words.PUBLIC_PLACES]
