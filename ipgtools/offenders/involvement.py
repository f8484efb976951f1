"""Count in which part of the incidents of an area or place a person of a class is known."""

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from ipgtools.crs import require
from ipgtools.offenders._facts import facts
from ipgtools.offenders.classes import KLASSEN

if TYPE_CHECKING:
    import geopandas as gpd

    from ipgtools.periods import Period

__all__ = ["at_places", "involvement"]


def involvement(
    offences: pd.DataFrame,
    incidents: "gpd.GeoDataFrame",
    klasse: pd.Series,
    *,
    period: "Period | None" = None,
) -> pd.DataFrame:
    """
    Count per area and class the active persons and the incidents that they are known for.

    An incident is *cleared* here if a person is known for it. A class is known for an incident if
    one person of the class is; an incident with persons of two classes counts for both.

    Parameters
    ----------
    offences : DataFrame, n_rows
        OFFENCES: `person`, `incident_id`.
    incidents : DataFrame, n_incidents
        INCIDENTS: `incident_id`, and with a period `occurred_from`; counted per `area_code` where
        that column is there, else all together.
    klasse : Series, n_persons
        The class by person, from `classify`.
    period : Period, optional
        Only incidents of this period.

    Returns
    -------
    DataFrame, one row per area and class that occurs
        `area_code`, `klasse`, `n_persons` (different persons), `n` (incidents with one of them),
        `n_cleared`, `n_incidents` (both of the area, of all classes), `share_cleared`,
        `share_incidents`. Someone known in two areas counts in both. `attrs` holds the numbers of
        rows left out and why, and `n_without_incident`, `n_of_other_incidents`.

    Raises
    ------
    ContractError
        If a needed column is missing.

    Notes
    -----
    Of most incidents nobody is known, and who is known is no random part of who did it: persons
    who are already known to the police are recognised more often. The share of cleared incidents
    is no estimate of the share of all.

    Examples
    --------
    >>> incidents = pd.DataFrame({"incident_id": ["i1", "i2", "i3", "i4"]})
    >>> offences = pd.DataFrame({"person": ["a", "b"], "incident_id": ["i1", "i2"]})
    >>> klasse = pd.Series({"a": "zavp", "b": "overig"})
    >>> found = involvement(offences, incidents, klasse)
    >>> found[["klasse", "n", "n_cleared", "n_incidents", "share_cleared"]].values.tolist()
    [['zavp', 1, 2, 4, 0.5], ['overig', 1, 2, 4, 0.5]]
    """
    links, about = _links(offences, incidents, klasse, period)
    area = links.incidents["area_code"]
    n_incidents = area.value_counts()
    linked = links.table
    n_cleared = linked.drop_duplicates("incident_id")["area_code"].value_counts()
    by = linked.groupby(["area_code", "klasse"])
    table = pd.DataFrame(
        {"n_persons": by["person"].nunique(), "n": by["incident_id"].nunique()}
    ).reset_index()
    table["n_cleared"] = table["area_code"].map(n_cleared).astype("int64")
    table["n_incidents"] = table["area_code"].map(n_incidents).astype("int64")
    table["share_cleared"] = table["n"] / table["n_cleared"]
    table["share_incidents"] = table["n"] / table["n_incidents"]
    order = {name: at for at, name in enumerate(KLASSEN)}
    table = table.sort_values(
        ["area_code", "klasse"],
        key=lambda column: column.map(order) if column.name == "klasse" else column,
        ignore_index=True,
    )
    table.attrs = about
    return table


def at_places(
    offences: pd.DataFrame,
    incidents: "gpd.GeoDataFrame",
    places: "gpd.GeoDataFrame",
    klasse: pd.Series,
    *,
    classes: tuple[str, ...] = ("zavp", "veelpleger", "jeugdige_veelpleger"),
    period: "Period | None" = None,
) -> pd.DataFrame:
    """
    Count for hot places in which incidents a repeat offender is known.

    Parameters
    ----------
    offences, incidents, klasse, period
        As for `involvement`; incidents with their points.
    places : GeoDataFrame, n_places
        PLACES: `place_id` and an outline, in the CRS of the incidents.
    classes : tuple of str
        Which classes count as repeat offenders.

    Returns
    -------
    DataFrame, n_places
        `place_id`, `n_incidents`, `n_cleared` (someone is known), `n` (a repeat offender is
        known), `n_persons` (different repeat offenders), `share_cleared`, and `at_most`: the part
        of all incidents that an approach of these persons could take away if it stopped them all
        and nobody took their place, for the incidents that are cleared.

    Raises
    ------
    ContractError
        If a needed column is missing.
    CrsError
        If tables have different CRS.

    Examples
    --------
    >>> import geopandas as gpd, shapely
    >>> incidents = gpd.GeoDataFrame({"incident_id": ["i1", "i2"]},
    ...                              geometry=gpd.points_from_xy([5, 6], [5, 6]), crs=28992)
    >>> places = gpd.GeoDataFrame({"place_id": ["x"]}, geometry=[shapely.box(0, 0, 9, 9)],
    ...                           crs=28992)
    >>> offences = pd.DataFrame({"person": ["a"], "incident_id": ["i1"]})
    >>> found = at_places(offences, incidents, places, pd.Series({"a": "zavp"}))
    >>> found[["place_id", "n_incidents", "n_cleared", "n", "at_most"]].values.tolist()
    [['x', 2, 1, 1, 0.5]]
    """
    require(incidents=incidents, places=places)
    links, about = _links(offences, incidents, klasse, period)
    outlines = places.geometry.reset_index(drop=True)
    points = incidents.loc[links.incidents.index].geometry
    inside, place = points.sindex.query(outlines, predicate="intersects")[::-1]
    members = pd.DataFrame(
        {"incident_id": links.incidents["incident_id"].to_numpy()[inside], "place": place}
    )
    found = members.merge(links.table[["incident_id", "person", "klasse"]], on="incident_id")
    repeat = found[found["klasse"].isin(classes)]
    table = pd.DataFrame({"place_id": places["place_id"].to_numpy()})

    def per_place(rows: pd.DataFrame, column: str) -> np.ndarray:
        counts = rows.groupby("place")[column].nunique()
        return counts.reindex(table.index, fill_value=0).to_numpy(np.int64)

    table["n_incidents"] = per_place(members, "incident_id")
    table["n_cleared"] = per_place(found, "incident_id")
    table["n"] = per_place(repeat, "incident_id")
    table["n_persons"] = per_place(repeat, "person")
    table["share_cleared"] = table["n"] / table["n_cleared"].replace(0, np.nan)
    table["at_most"] = table["n"] / table["n_incidents"].replace(0, np.nan)
    table.attrs = about | {"classes": list(classes)}
    return table


class _Links(NamedTuple):
    """Known persons of incidents, and the incidents that are counted."""

    table: pd.DataFrame
    incidents: pd.DataFrame


def _links(
    offences: pd.DataFrame,
    incidents: pd.DataFrame,
    klasse: pd.Series,
    period: "Period | None",
) -> tuple[_Links, dict[str, Any]]:
    used, about = facts(offences, "incident_id")
    about["n_without_incident"] = int(used["incident_id"].isna().sum())
    used = used[used["incident_id"].notna()].drop_duplicates(["person", "incident_id"])
    mine = pd.DataFrame(incidents)
    if period is not None:
        mine = mine[period.contains(mine["occurred_from"])]
    area = mine["area_code"] if "area_code" in mine else pd.Series("all", index=mine.index)
    mine = pd.DataFrame({"incident_id": mine["incident_id"], "area_code": area})
    mine = mine[mine["area_code"].notna()]
    table = used[["person", "incident_id"]].merge(mine, on="incident_id")
    about["n_of_other_incidents"] = len(used) - len(table)
    table["klasse"] = table["person"].map(klasse).fillna("overig")
    about["n_used"] = len(table)
    return _Links(table, mine), about
