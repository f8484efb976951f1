"""List the places that were hit again, and doubt the points that look like no place."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from ipgtools import stacked_points
from ipgtools.repeats._events import coordinates

__all__ = ["Array", "group", "most_common", "places"]

Array = np.ndarray[Any, Any]


def places(incidents: gpd.GeoDataFrame, *, min_incidents: int = 2) -> gpd.GeoDataFrame:
    """
    List the places with several incidents, the busiest first.

    A place is one pair of exact coordinates. Exports often put incidents without a known
    address on a stand-in point (a station, a town hall, the middle of a postcode); such a
    point looks like a hotspot and isn't one. `stacked` marks a place for checking if

    - "streets": 10 or more incidents there carry 3 or more different street names,
    - "count": 20 or more incidents, and 10 times the 95th percentile of the other places,
    - "mix": 20 or more incidents with at least 80 % of the categories that as many incidents
      drawn from the whole table would have, where that is 6 or more.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents rows
        Points in metres. `occurred_from`, `category`, `street_name` and `house_number` are
        used where present.
    min_incidents : int, default 2
        Places with fewer incidents are not listed.

    Returns
    -------
    GeoDataFrame, one row per listed place
        `place_id` (rank in this table, text), `n`, `share` (of all incidents with a point),
        `first` and `last` (times), `street_name` (the commonest) and `house_number` (the commonest
        in that street), if the input has them: reading keeps house numbers when asked to
        (``keep=``), for the police,
        `top_category`, `n_categories`, `stacked`, `stacked_reason` (as above, joined by ", ";
        empty if not stacked), and the Point. `attrs` holds the denominators: `n_incidents`
        (with a point), `n_places` (with one incident or more), `n_listed` (incidents at the
        listed places), `n_stacked` (places), `n_without_place`.

    Raises
    ------
    CrsError
        If `incidents` is not in metres.

    Examples
    --------
    >>> import geopandas as gpd
    >>> four = gpd.GeoDataFrame(geometry=gpd.points_from_xy([0, 0, 0, 9], [0, 0, 0, 9]), crs=28992)
    >>> places(four)[["place_id", "n", "share"]]
      place_id  n  share
    0        1  3   0.75
    """
    x, y = coordinates(incidents)
    rows = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    place, place_x, place_y = group(x[rows], y[rows])
    found = incidents.iloc[rows]
    n = np.bincount(place, minlength=len(place_x))
    table = pd.DataFrame({"n": n, "share": n / max(len(rows), 1), "x": place_x, "y": place_y})
    times = _column(found, "occurred_from", "datetime64[s]").groupby(place)
    table["first"] = times.min().astype("datetime64[s]")
    table["last"] = times.max().astype("datetime64[s]")
    if has_streets := "street_name" in found:
        table["street_name"] = most_common(place, found["street_name"], len(n))
    if "house_number" in found:
        numbers = found["house_number"].astype("str")
        if has_streets:  # of one address, not the commonest of two streets
            same = table["street_name"].to_numpy()[place] == found["street_name"].to_numpy()
            numbers = numbers.where(same)
        table["house_number"] = most_common(place, numbers, len(n))
    categories = _column(found, "category", "str")
    table["top_category"] = most_common(place, categories, len(n))
    table["n_categories"] = _distinct(place, categories, len(n))
    reasons = stacked_points.reasons(
        n,
        _distinct(place, found["street_name"], len(n)) if has_streets else np.zeros_like(n),
        table["n_categories"].to_numpy(),
        categories.value_counts().to_numpy(),
        ordinary=stacked_points.ordinary(n),
    )
    table["stacked"] = reasons != ""
    table["stacked_reason"] = pd.Series(reasons, dtype="str")
    listed = table[table["n"] >= min_incidents].sort_values(
        ["n", "x", "y"], ascending=[False, True, True], ignore_index=True
    )
    listed.insert(0, "place_id", pd.Series(range(1, len(listed) + 1)).astype("str"))
    result = gpd.GeoDataFrame(
        listed.drop(columns=["x", "y"]),
        geometry=gpd.points_from_xy(listed["x"], listed["y"]),
        crs=incidents.crs,
    )
    result.attrs |= {
        "n_incidents": len(rows),
        "n_places": len(n),
        "n_listed": int(listed["n"].sum()),
        "n_stacked": int(listed["stacked"].sum()),
        "n_without_place": len(incidents) - len(rows),
        "method": {"name": "places", "min_incidents": int(min_incidents)},
    }
    return result


def group(x: Array, y: Array) -> tuple[Array, Array, Array]:
    """Number the different places among points."""
    order = np.lexsort((y, x))
    is_new = np.ones(len(order), dtype=bool)
    is_new[1:] = (np.diff(x[order]) != 0) | (np.diff(y[order]) != 0)
    place = np.empty(len(order), np.int64)
    place[order] = np.cumsum(is_new) - 1
    return place, x[order][is_new], y[order][is_new]


def most_common(place: Array, values: pd.Series, n_places: int) -> pd.Series:
    """Return the commonest value at each place; ties go to the first in the alphabet."""
    counts = _tally(place, values)
    counts = counts.sort_values(["place", "n", "value"], ascending=[True, False, True])
    best = counts.drop_duplicates("place").set_index("place")["value"]
    return best.reindex(range(n_places)).astype("str")


def _distinct(place: Array, values: pd.Series, n_places: int) -> Array:
    return np.bincount(_tally(place, values)["place"], minlength=n_places)


def _tally(place: Array, values: pd.Series) -> pd.DataFrame:
    known = pd.DataFrame({"place": place, "value": values.to_numpy()}).dropna()
    return known.groupby(["place", "value"], sort=True).size().reset_index(name="n")


def _column(table: pd.DataFrame, name: str, dtype: str) -> pd.Series:
    if name in table:
        return table[name].reset_index(drop=True)
    return pd.Series(index=range(len(table)), dtype=dtype)
