"""
Sum up what wijkschouwen found and what became of it.

An action is open until its status is that it was done, dropped or passed on, or a closing
day is filled in; an unknown status counts as open. Joint actors stay together ("Wijkagent /
DSOB" is one actor), so that numbers per actor add up to the number of actions.
"""

import datetime as dt

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ipgtools import crs
from ipgtools._deprecated import renamed
from ipgtools.nl.action_lists import CLOSED
from ipgtools.nl.formats import UNKNOWN
from ipgtools.periods import as_day

__all__ = [
    "JOINT", "NO_CATEGORY", "by_actor", "by_category", "in_hotspots", "is_open", "open_actions",
]  # fmt: skip

JOINT = " / "

"""Separators between joint actors."""
NO_CATEGORY = "overig"


def by_category(findings: pd.DataFrame) -> pd.DataFrame:
    """
    Count findings per category, the commonest first.

    Parameters
    ----------
    findings : DataFrame, n_findings rows
        `category`; a missing one counts as "overig".

    Returns
    -------
    DataFrame, one row per category that occurs
        `category` (code) and `n`. The numbers add up to the findings.

    Examples
    --------
    >>> by_category(pd.DataFrame({"category": ["groen", "afval", "groen", None]}))
      category  n
    0    groen  2
    1    afval  1
    2   overig  1
    """
    categories = findings["category"].astype("str").fillna(NO_CATEGORY)
    table = _count(pd.DataFrame({"category": categories}), "category")
    table.attrs["n_without_category"] = int(findings["category"].isna().sum())
    return table


def by_actor(actions: pd.DataFrame) -> pd.DataFrame:
    """
    Count actions per actor, and how many are open, the actor with most actions first.

    Parameters
    ----------
    actions : DataFrame, n_actions rows
        `actor` and `status`, and `closed_on` if there is one.

    Returns
    -------
    DataFrame, one row per actor
        `actor` ("onbekend" where missing), `n`, `n_open`, and `joint`: whether the row is about
        actors who act together. `n` adds up to the actions.

    Examples
    --------
    >>> by_actor(pd.DataFrame({"actor": ["DSOB", "DSOB", "Wijkagent / DSOB"],
    ...                        "status": ["afgehandeld", "toegewezen", "toegewezen"]}))
                  actor  n  n_open  joint
    0              DSOB  2       1  False
    1  Wijkagent / DSOB  1       1   True
    """
    each = pd.DataFrame(
        {"actor": actions["actor"].astype("str").fillna(UNKNOWN), "n_open": is_open(actions)}
    )
    table = _count(each, "actor")
    open_per_actor = each.groupby("actor")["n_open"].sum()
    table["n_open"] = table["actor"].map(open_per_actor).astype("int64")
    table["joint"] = table["actor"].str.contains(JOINT, regex=False).astype(bool)
    return table


def is_open(actions: pd.DataFrame) -> pd.Series:
    """
    Return which actions still have to be done.

    Parameters
    ----------
    actions : DataFrame, n_actions rows
        `status`, and `closed_on` if there is one.

    Returns
    -------
    Series of bool, n_actions
        False where the status is one of `ipgtools.nl.action_lists.CLOSED` or `closed_on` is
        filled in.

    Examples
    --------
    >>> is_open(pd.DataFrame({"status": ["in uitvoering", "niet nodig", None]})).tolist()
    [True, False, True]
    """
    closed = actions["status"].astype("str").str.strip().str.lower().isin(CLOSED)
    if "closed_on" in actions:
        closed |= actions["closed_on"].notna()
    return (~closed).rename("is_open")


@renamed(on="reference_date")
def open_actions(
    findings: pd.DataFrame,
    actions: pd.DataFrame,
    *,
    reference_date: "str | dt.date | pd.Timestamp | None" = None,
) -> pd.DataFrame:
    """
    List the open actions with what they are about, in the order of the report.

    Parameters
    ----------
    findings : DataFrame, n_findings rows
        FINDINGS.
    actions : DataFrame, n_actions rows
        ACTIONS.
    reference_date : str, date or Timestamp, optional
        The day from which ages are counted; the day of the last schouw if not given.

    Returns
    -------
    DataFrame, one row per open action
        `number`, `location_text`, `description`, `actor`, `task`, `status`, `due`, `age_days`
        (whole days since the schouw; missing without its date), `overdue` (bool: `due` is before
        `reference_date`), `category`, `schouw_date`, `finding_id`, `action_id`. An action whose
        finding is not in `findings` keeps its row, without the finding's columns;
        `attrs["n_without_finding"]` counts these. `attrs` also holds `n_open`, `n_actions`,
        `reference_date`.

    Examples
    --------
    >>> findings = pd.DataFrame({"finding_id": ["s-44"], "schouw_id": ["s"], "number": [44],
    ...     "schouw_date": pd.to_datetime(["2007-05-22"]), "location_text": ["Leijdsweg"],
    ...     "description": ["Gras staat hoog"], "category": ["groen"]})
    >>> actions = pd.DataFrame({"action_id": ["s-44a"], "finding_id": ["s-44"],
    ...     "actor": ["Stadsdeelbeheer"], "task": ["maaien"], "status": ["toegewezen"],
    ...     "due": pd.to_datetime([None]), "closed_on": pd.to_datetime([None])})
    >>> open_actions(findings, actions, reference_date="2007-06-01")[["number", "task", "age_days"]]
       number    task  age_days
    0      44  maaien        10
    """
    of_finding = ["schouw_id", "number", "schouw_date", "location_text", "description", "category"]
    of_action = ["action_id", "finding_id", "actor", "task", "status", "due"]
    todo = actions.loc[is_open(actions), of_action].merge(
        pd.DataFrame(findings)[["finding_id", *of_finding]],
        on="finding_id",
        how="left",
        validate="many_to_one",
        indicator="known",
    )
    if reference_date is None:
        today = findings["schouw_date"].max().floor("D")
    else:
        today = as_day(reference_date, name="reference_date")
    todo["age_days"] = (today - todo["schouw_date"].dt.normalize()).dt.days.astype("Int64")
    todo["overdue"] = (todo["due"] < today).astype(bool)
    n_without_finding = int((todo["known"] == "left_only").sum())
    todo = todo.sort_values(["schouw_date", "schouw_id", "number", "action_id"], ignore_index=True)
    table = todo[
        [
            *("number", "location_text", "description", "actor", "task", "status", "due"),
            *("age_days", "overdue", "category", "schouw_date", "finding_id", "action_id"),
        ]
    ]
    table.attrs = {
        "n_actions": len(actions),
        "n_open": len(table),
        "n_without_finding": n_without_finding,
        "reference_date": None if pd.isna(today) else today.date().isoformat(),
    }
    return table


def in_hotspots(
    findings: gpd.GeoDataFrame, cells: gpd.GeoDataFrame, *, distance: float = 0
) -> pd.Series:
    """
    Return which findings lie in a hotspot, or near one.

    Parameters
    ----------
    findings : GeoDataFrame, n_findings rows
        Points in metres; some may be missing.
    cells : GeoDataFrame, n_cells rows
        Polygons in the same CRS with `hotspot` (bool), as `hotspots.gi_star` gives them.
    distance : float, default 0
        Metres from the edge of a hotspot that still count. The edge itself always does.

    Returns
    -------
    Series of bool, n_findings
        Named `in_hotspot`, on the index of `findings`; False for findings without a point,
        which `attrs["n_without_place"]` counts.

    Raises
    ------
    CrsError
        If the tables are not in one CRS in metres.
    ValueError
        If `distance` is negative.

    Examples
    --------
    >>> from shapely.geometry import box
    >>> cells = gpd.GeoDataFrame({"hotspot": [True]}, geometry=[box(0, 0, 100, 100)], crs=28992)
    >>> findings = gpd.GeoDataFrame(geometry=gpd.points_from_xy([50, 120], [50, 50]), crs=28992)
    >>> in_hotspots(findings, cells).tolist(), in_hotspots(findings, cells, distance=50).tolist()
    ([True, False], [True, True])
    """
    crs.require(findings=findings, cells=cells)
    if distance < 0:
        msg = f"`distance` is {distance}, expected 0 metres or more"
        raise ValueError(msg)
    hot = cells.geometry[cells["hotspot"].astype("boolean").fillna(value=False).astype(bool)]
    points = findings.geometry.array
    placed = ~(shapely.is_missing(points) | shapely.is_empty(points))
    inside = np.zeros(len(findings), dtype=bool)
    tree = shapely.STRtree(hot.to_numpy())
    rows = np.flatnonzero(placed)
    near, _ = tree.query(np.asarray(points)[rows], predicate="dwithin", distance=distance)
    inside[rows[near]] = True
    result = pd.Series(inside, index=findings.index, name="in_hotspot")
    result.attrs["n_without_place"] = int((~placed).sum())
    return result


def _count(table: pd.DataFrame, name: str) -> pd.DataFrame:
    counts = table.groupby(name).size().rename("n").reset_index()
    return counts.sort_values(["n", name], ascending=[False, True], ignore_index=True)
