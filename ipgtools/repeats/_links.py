"""Link incidents to the ones they follow closely, and list the places still at risk."""

import datetime as dt
import math
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from ipgtools import _checks
from ipgtools._deprecated import renamed
from ipgtools.periods import as_day
from ipgtools.repeats import _pairs
from ipgtools.repeats._events import TOLERANCE, Events, take
from ipgtools.repeats._pairs import Metric, OnStreets
from ipgtools.repeats._places import group, most_common

if TYPE_CHECKING:
    from ipgtools.network import Network

__all__ = ["ROLES", "Array", "alert_windows", "chains", "near_repeats"]

Array = np.ndarray[Any, Any]

ROLES = ("originator", "repeat", "near", "none")


def near_repeats(
    incidents: gpd.GeoDataFrame,
    *,
    distance: float,
    days: float,
    metric: Metric = "euclidean",
    streets: "gpd.GeoDataFrame | Network | None" = None,
    max_snap: float = 50.0,
) -> tuple[pd.Series, pd.DataFrame]:
    """
    Return which incidents followed another one soon and nearby, and which one.

    An incident is a *repeat* if an earlier one happened at exactly the same place fewer than
    `days` days before; *near* if it is no repeat and an earlier one happened less than
    `distance` metres away in that time; *originator* if it is neither and another one followed
    it that way; *none* otherwise. Earlier means: first in the order of `occurred_from`, and of
    `incident_id` where these are equal, so that incidents of one day have an order that does
    not depend on the order of the rows. Days are counted from date to date.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents rows
        Points in metres with `occurred_from`; `incident_id` is taken from the index if the
        column is missing.
    distance : float
        Metres, more than 0; pairs exactly this far apart are not linked.
    days : float
        Days, more than 0; 7 links dates up to six days apart, as the Knox band [0, 7) does.
    metric, streets, max_snap
        As in `knox`.

    Returns
    -------
    roles : Series of str, n_incidents
        Named `role`, on the index of `incidents`; missing for rows without a point or a time.
    links : DataFrame, one row per linked pair
        `from_id` (the earlier one), `to_id`, `distance_m`, `days`; ordered by the time of
        `to_id`, then of `from_id`. There are as many as the Knox table counts in
        ``[0, distance) x [0, days)``. `attrs` of both hold `n_used`, `n_without_place`,
        `n_without_time` and `method`, and `n_without_street` for "network".

    Raises
    ------
    CrsError
        If `incidents` is not in metres.
    ContractError
        If the incidents are known by month only.
    ValueError
        If `distance` or `days` is not above 0, or the metric is unknown.

    References
    ----------
    Townsley, Homel & Chaseling (2003), British Journal of Criminology 43, 615-633.

    Examples
    --------
    >>> import geopandas as gpd
    >>> three = gpd.GeoDataFrame(
    ...     {"incident_id": ["a", "b", "c"],
    ...      "occurred_from": pd.to_datetime(["2025-01-01", "2025-01-03", "2025-01-05"])},
    ...     geometry=gpd.points_from_xy([0, 80, 0], [0, 0, 0]), crs=28992)
    >>> roles, links = near_repeats(three, distance=100, days=7)
    >>> roles.tolist()
    ['originator', 'near', 'repeat']
    >>> links
      from_id to_id  distance_m  days
    0       a     b        80.0     2
    1       a     c         0.0     4
    2       b     c        80.0     2
    """
    _require_window(distance, days)
    _pairs.check(metric, streets)
    events, on = take(incidents), None
    if streets is not None:
        events, on = _pairs.onto_streets(incidents, events, streets, max_snap)
    ids = _ids(incidents).iloc[events.rows].to_numpy()
    times = incidents["occurred_from"].iloc[events.rows].to_numpy()
    n = len(events.rows)
    rank = np.empty(n, np.int64)
    rank[np.lexsort((ids.astype(str), times))] = np.arange(n)
    if on is not None and n:
        one, two, apart = _close_along_streets(events, on, distance, math.ceil(days))
    elif n:
        one, two, apart = _close(events, distance, math.ceil(days), metric == "manhattan")
    else:
        one, two, apart = np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0)
    swap = rank[one] > rank[two]
    first, then = np.where(swap, two, one), np.where(swap, one, two)
    order = np.lexsort((rank[first], rank[then]))
    first, then, apart = first[order], then[order], apart[order]
    same = (events.x[first] == events.x[then]) & (events.y[first] == events.y[then])
    role = np.full(n, "none", dtype=object)
    role[first] = "originator"
    role[then] = "near"
    role[then[same]] = "repeat"
    roles = pd.Series(index=incidents.index, dtype="str", name="role")
    roles.iloc[events.rows] = role
    links = pd.DataFrame(
        {
            "from_id": ids[first],
            "to_id": ids[then],
            "distance_m": apart,
            "days": (events.day[then] - events.day[first]).astype(np.int64),
        }
    )
    method = {
        "name": "near_repeats",
        "distance": float(distance),
        "days": float(days),
        "metric": metric,
        **({"max_snap": float(max_snap)} if metric == "network" else {}),
    }
    roles.attrs |= events.left_out | {"method": method}
    links.attrs |= events.left_out | {"method": method}
    return roles, links


def _close(
    events: Events,
    distance: float,
    whole_days: int,
    manhattan: bool,  # noqa: FBT001
) -> tuple[Array, Array, Array]:
    """Return both incidents and the metres of each pair that is close in the plane and in time."""
    from ipgtools import _kernels_pairs as kernels

    points = kernels.sort_points(events.x, events.y, distance)
    day = events.day[points.order]
    edges = np.array([0.0, distance - TOLERANCE])
    place = (points.x, points.y, day, points.cell, points.start, points.n_columns)
    _, _, listed = kernels.scan(*place, edges, day[:0], whole_days, manhattan)
    row_start = np.concatenate([[0], np.cumsum(listed)])
    other, _ = kernels.fill(*place, edges, row_start, whole_days, manhattan)
    one = points.order[np.repeat(np.arange(len(day)), listed)]
    two = points.order[other]
    dx, dy = np.abs(events.x[one] - events.x[two]), np.abs(events.y[one] - events.y[two])
    return one, two, dx + dy if manhattan else np.hypot(dx, dy)


def _close_along_streets(
    events: Events, on: OnStreets, distance: float, whole_days: int
) -> tuple[Array, Array, Array]:
    """Do as `_close` does, with metres along the streets."""
    edges = np.array([0.0, distance - TOLERANCE])
    pairs = _pairs.along_streets(on, edges)
    one = pairs.order[np.repeat(np.arange(len(on.edge)), np.diff(pairs.start))]
    two = pairs.order[pairs.other]
    soon = np.abs(events.day[one] - events.day[two]) < whole_days
    return one[soon], two[soon], pairs.distance[soon]


def chains(links: pd.DataFrame) -> pd.Series:
    """
    Number the chains that links make: incidents that hang together directly or through others.

    Parameters
    ----------
    links : DataFrame, n_links rows
        `from_id` and `to_id`, as `near_repeats` gives them.

    Returns
    -------
    Series of int64, one value per linked incident
        Named `chain`, on an index `incident_id`; numbered from 1 in the order in which the
        links name them. Incidents without a link are in no chain.

    Examples
    --------
    >>> links = pd.DataFrame({"from_id": ["a", "d", "b"], "to_id": ["b", "e", "c"]})
    >>> chains(links).to_dict()
    {'a': 1, 'b': 1, 'd': 2, 'e': 2, 'c': 1}
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    ends = links[["from_id", "to_id"]].to_numpy(dtype=object).ravel()
    codes, ids = pd.factorize(ends)
    index = pd.Index(ids, dtype="str" if not len(ids) else None, name="incident_id")
    if not len(ids):
        return pd.Series(index=index, dtype="int64", name="chain")
    graph = coo_array(
        (np.ones(len(links), np.int8), (codes[::2], codes[1::2])), shape=(len(ids), len(ids))
    )
    _, label = connected_components(graph, directed=False)
    number, _ = pd.factorize(label)
    return pd.Series(number.astype(np.int64) + 1, index=index, name="chain")


@renamed(on="reference_date")
def alert_windows(
    incidents: gpd.GeoDataFrame,
    *,
    distance: float,
    days: float,
    reference_date: "str | dt.date | pd.Timestamp",
) -> gpd.GeoDataFrame:
    """
    List the places around which a next incident would still count as a near repeat.

    It shows where a near-repeat pattern, if the Knox table shows one, would continue. It
    means nothing for places where no such pattern was found.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents rows
        Points in metres with `occurred_from`; those after the day `on` are not looked at.
    distance, days : float
        As in `near_repeats`.
    reference_date : str, date or Timestamp
        The day of the advice.

    Returns
    -------
    GeoDataFrame, one row per place with an open window
        `place_id`, `n` (incidents whose window is open), `last` (time of the last one),
        `until` (last day that counts), `days_left` (from `reference_date`), `radius_m`,
        `street_name` if the input has it, and the Point. The window that stays open longest
        comes first. `attrs` as for `near_repeats`.

    Raises
    ------
    CrsError
        If `incidents` is not in metres.
    ContractError
        If the incidents are known by month only.
    ValueError
        If `distance` or `days` is not above 0.

    References
    ----------
    Bowers, Johnson & Pease (2004), British Journal of Criminology 44, 641-658, for the idea
    that risk stays near a burglary for a while; the window is that of the Knox table.

    Examples
    --------
    >>> import geopandas as gpd
    >>> one = gpd.GeoDataFrame({"occurred_from": pd.to_datetime(["2025-09-01 14:00"])},
    ...     geometry=gpd.points_from_xy([0], [0]), crs=28992)
    >>> alert_windows(one, distance=100, days=7, reference_date="2025-09-03")["until"].item()
    Timestamp('2025-09-07 00:00:00')
    >>> len(alert_windows(one, distance=100, days=7, reference_date="2025-09-08"))
    0
    """
    _require_window(distance, days)
    events = take(incidents)
    today = as_day(reference_date, name="reference_date")
    window = pd.Timedelta(days=math.ceil(days) - 1)
    times = incidents["occurred_from"].iloc[events.rows].dt.as_unit("s")
    dates = times.dt.normalize()
    is_open = ((dates <= today) & (dates + window >= today)).to_numpy()
    place, x, y = group(events.x[is_open], events.y[is_open])
    found = pd.DataFrame({"place": place, "last": times.to_numpy()[is_open]})
    per_place = found.groupby("place")["last"].agg(["size", "max"])
    table = pd.DataFrame(
        {
            "n": per_place["size"].to_numpy(np.int64),
            "last": per_place["max"].to_numpy(),
            "x": x,
            "y": y,
        }
    )
    table["until"] = table["last"].dt.normalize() + window
    table["days_left"] = (table["until"] - today).dt.days.astype(np.int64)
    table["radius_m"] = float(distance)
    names = ["n", "last", "until", "days_left", "radius_m"]
    if "street_name" in incidents:
        streets = incidents["street_name"].iloc[events.rows[is_open]]
        table["street_name"] = most_common(place, streets, len(x))
        names.append("street_name")
    table = table.sort_values(
        ["until", "n", "x", "y"], ascending=[False, False, True, True], ignore_index=True
    )
    table.insert(0, "place_id", pd.Series(range(1, len(table) + 1)).astype("str"))
    windows = gpd.GeoDataFrame(
        table[["place_id", *names]],
        geometry=gpd.points_from_xy(table["x"], table["y"]),
        crs=incidents.crs,
    )
    windows.attrs |= events.left_out | {
        "method": {
            "name": "alert_windows",
            "distance": float(distance),
            "days": float(days),
            "on": today.date().isoformat(),
        }
    }
    return windows


def _require_window(distance: float, days: float) -> None:
    _checks.number(distance=distance, days=days)
    if not (distance > 0 and days > 0 and math.isfinite(distance) and math.isfinite(days)):
        msg = f"`distance` is {distance} and `days` {days}, expected both finite and above 0"
        raise ValueError(msg)


def _ids(incidents: gpd.GeoDataFrame) -> pd.Series:
    return incidents.get("incident_id", incidents.index.to_series())
