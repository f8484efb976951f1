"""Assign each incident the weight of its code, and group incidents by place."""

import math
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from ipgtools import areas as areas_
from ipgtools import codes, crs
from ipgtools.errors import ContractError
from ipgtools.grid import FloatArray, Grid, IntArray, coordinates

__all__ = ["Case", "heaviest", "per_code", "take", "weigh"]


def weigh(incidents: pd.DataFrame, weights: pd.DataFrame) -> pd.Series:
    """
    Give each incident the weight of its code.

    Parameters
    ----------
    incidents : DataFrame, n_incidents
        With `category`.
    weights : DataFrame, n_codes
        `code` (MK codes or classes) and `weight`, as `io.read_weights` gives them.

    Returns
    -------
    Series of float, n_incidents
        `weight` on the index of `incidents`: of its own code, or else of the class that the
        code is counted in. NaN where neither has one. ``attrs``: `n_used`, `n_unknown`,
        `unknown_codes` (code to incidents, most first; "" for no code).

    Raises
    ------
    ContractError
        If a column is absent, or a weight is missing, negative or given twice.

    Examples
    --------
    >>> weights = pd.DataFrame({"code": ["A20", "1.2.3"], "weight": [30.0, 2.0]})
    >>> incidents = pd.DataFrame({"category": ["A20", "A72", "F42"]})
    >>> weigh(incidents, weights).tolist(), weigh(incidents, weights).attrs["unknown_codes"]
    ([30.0, 2.0, nan], {'F42': 1})
    """
    given = _given(weights)
    if "category" not in incidents:
        _refuse("incidents", "category: column is missing")
    category = incidents["category"].astype("str")
    known = {}
    for code in category.dropna().unique():
        own = codes.normalise(code)
        known[code] = given.get(own, given.get(codes.class_of(own), math.nan))
    found = category.map(known).astype("float64").rename("weight")
    without = category[found.isna()].fillna("").value_counts()
    without = without.sort_index().sort_values(ascending=False, kind="stable")
    found.attrs |= {
        "n_used": int(found.notna().sum()),
        "n_unknown": int(found.isna().sum()),
        "unknown_codes": {str(code): int(n) for code, n in without.items()},
    }
    return found


@dataclass(frozen=True)
class Case:
    """
    Incidents with a place and a weight.

    Parameters
    ----------
    table : GeoDataFrame, n_places
        Cells or areas.
    n_places : int
        How many.
    place, weight, code : ndarray, n_used
        Row of the place, weight, and number of the code in `names`, of each incident.
    names : list of str
        Codes that occur.
    n_unknown : ndarray of int, n_places
        Incidents without a weight.
    attrs : dict
        What was left out.
    """

    table: gpd.GeoDataFrame
    n_places: int
    place: IntArray
    weight: FloatArray
    code: IntArray
    names: list[str]
    n_unknown: IntArray
    attrs: dict[str, Any]


def take(
    incidents: gpd.GeoDataFrame, weights: pd.DataFrame, where: Grid | gpd.GeoDataFrame, top: int
) -> Case:
    """Group incidents by place, and weigh them."""
    if top < 1:
        msg = f"`top` is {top!r}, expected 1 or more"
        raise ValueError(msg)
    table, place, nowhere = _places(incidents, where)
    weighed = weigh(incidents, weights)
    weight = weighed.to_numpy()
    inside, known = place >= 0, np.isfinite(weight)
    used = inside & known
    category = incidents["category"].astype("str").map(codes.normalise, na_action="ignore")
    names, code = np.unique(category[used].to_numpy(dtype=object), return_inverse=True)
    attrs = {
        "n_used": int(used.sum()),
        "n_outside": int((~inside).sum()) - nowhere,
        "n_without_geometry": nowhere,
        "n_unknown": int((inside & ~known).sum()),
        "unknown_codes": weighed.attrs["unknown_codes"],
    }
    unknown = np.bincount(place[inside & ~known], minlength=len(table))
    return Case(table, len(table), place[used], weight[used], code, names.tolist(), unknown, attrs)


def per_code(case: Case) -> FloatArray:
    """Add weights up per place and code."""
    flat = case.place * len(case.names) + case.code
    size = case.n_places * len(case.names)
    sums = np.bincount(flat, weights=case.weight, minlength=size)
    return np.asarray(sums, dtype=float).reshape(case.n_places, len(case.names))


def heaviest(case: Case) -> tuple[FloatArray, pd.Series]:
    """Find the heaviest incident of each place."""
    order = np.lexsort((-case.code, case.weight, case.place))
    last = np.ones(len(order), dtype=bool)
    last[:-1] = np.diff(case.place[order]) != 0
    at = order[last]
    weight = np.zeros(case.n_places)
    weight[case.place[at]] = case.weight[at]
    code = pd.Series(pd.NA, index=case.table.index, dtype="str")
    code.iloc[case.place[at]] = np.array(case.names, dtype=object)[case.code[at]]
    return weight, code


def _places(
    incidents: gpd.GeoDataFrame, where: Grid | gpd.GeoDataFrame
) -> tuple[gpd.GeoDataFrame, IntArray, int]:
    x, y = coordinates(incidents, label="incidents")
    nowhere = int(np.isnan(x).sum())
    if isinstance(where, gpd.GeoDataFrame):
        crs.require(incidents=incidents, areas=where)
        row = pd.Series(np.arange(len(where)), index=where["area_code"].astype("str"))
        of_area = areas_.assign(incidents, where).map(row)
        return where, of_area.fillna(-1).to_numpy(dtype=np.int64), nowhere
    where.require(incidents=incidents)
    return where.cells(), where.locate(x, y), nowhere


def _given(weights: pd.DataFrame) -> dict[str, float]:
    for name in ("code", "weight"):
        if name not in weights:
            _refuse("weights", f"{name}: column is missing")
    values = weights["weight"].to_numpy(dtype=float, na_value=np.nan)
    wrong = int((~(np.isfinite(values) & (values >= 0))).sum())
    if wrong:
        _refuse("weights", f"weight: no number of 0 or more ({wrong}x)")
    names = [codes.normalise(code) for code in weights["code"]]
    double = len(names) - len(set(names))
    if double:
        _refuse("weights", f"code: given twice ({double}x)")
    return dict(zip(names, values.tolist(), strict=True))


def _refuse(table: str, breach: str) -> None:
    msg = f"`{table}` can't be weighed: {breach}"
    raise ContractError(msg, code="contract", table=table, breaches=breach)
