"""
Find a house number among the addresses of a street.

The address itself if the file has it; else what its neighbours on the same side of the
street allow. Nothing here knows about words.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from ipgtools.geocoder import street_points
from ipgtools.geocoder.string_similarity import normalise_name

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SKIPPED", "WIDE", "House", "find_house_number"]

WIDE = 150.0
"""Neighbours further apart than this, in metres, say nothing about the houses between them."""
SKIPPED = 10
"""A number further than this from the nearest one known is not taken to be near it."""


@dataclass(frozen=True)
class House:
    """
    Where a house number is, and how that is known.

    Parameters
    ----------
    point : Point
        In the CRS of the addresses.
    how : {"house", "house_suffix", "house_between", "house_nearest", "address"}
        The address itself; the number without the letter asked for; between its neighbours;
        at the nearest one; along a street whose ends are known.
    """

    point: Any
    how: str


def find_house_number(addresses: "pd.DataFrame", number: int, suffix: str = "") -> House | None:
    """
    Find a house number among the addresses of one street.

    Examples
    --------
    >>> import geopandas as gpd
    >>> street = gpd.GeoDataFrame(
    ...     {"house_number": [2, 6, 7], "house_letter": [None, "a", None], "addition": None},
    ...     geometry=gpd.points_from_xy([0, 40, 50], [0, 0, 20]),
    ... )
    >>> house = find_house_number(street, 4)
    >>> house.how, house.point.wkt
    ('house_between', 'POINT (20 0)')
    >>> find_house_number(street, 9).how, find_house_number(street, 99)
    ('house_nearest', None)
    """
    numbers = addresses["house_number"].to_numpy(dtype="int64")
    there = numbers == number
    if there.any():
        return _exact(addresses[there], suffix)
    side = numbers % 2 == number % 2
    below, above = numbers[side & (numbers < number)], numbers[side & (numbers > number)]
    places = addresses.geometry.to_numpy()
    ends = [
        (int(near), street_points.most_central(places[numbers == near]))
        for near in (below.max(initial=-1), above.min(initial=np.iinfo(np.int64).max))
        if (numbers == near).any()
    ]
    if len(ends) == 2:
        (low, start), (high, stop) = ends
        if shapely.distance(start, stop) <= WIDE:
            share = (number - low) / (high - low)
            line = shapely.linestrings([start.coords[0], stop.coords[0]])
            middle = shapely.line_interpolate_point(line, share, normalized=True)
            return House(middle, "house_between")
    near = min(ends, key=lambda end: abs(end[0] - number), default=None)
    if near is not None and abs(near[0] - number) <= SKIPPED:
        return House(near[1], "house_nearest")
    return None


def _exact(rows: "pd.DataFrame", suffix: str) -> House:
    """Choose among the addresses of one number: by letter, else the plain one, else the middle."""
    wanted = _bare(suffix)
    parts = zip(rows["house_letter"].fillna(""), rows["addition"].fillna(""), strict=True)
    have = np.array([_bare(f"{letter}{addition}") for letter, addition in parts], dtype=object)
    places = rows.geometry.to_numpy()
    for asked in dict.fromkeys([wanted, ""]):
        if (have == asked).any():
            how = "house" if asked == wanted else "house_suffix"
            return House(street_points.most_central(places[have == asked]), how)
    return House(street_points.most_central(places), "house_suffix" if wanted else "house")


def _bare(text: str) -> str:
    return "".join(letter for letter in normalise_name(text) if letter.isalnum())
