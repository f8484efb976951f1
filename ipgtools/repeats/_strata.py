"""Divide incidents into strata in which dates are permuted, and compute the expected pairs."""

from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ipgtools._deprecated import renamed

__all__ = ["PERIODS", "Array", "Within", "expected_below", "members", "numbered", "strata"]

Array = np.ndarray[Any, Any]
Within = str | npt.ArrayLike
PERIODS = {"year": "Y", "quarter": "Q", "month": "M"}
"""Spells of time that strata can be made of, by their pandas code."""


@renamed(fewest="min_incidents")
def strata(
    incidents: pd.DataFrame,
    *,
    area: str | None = "area_code",
    period: str | None = "month",
    min_incidents: int = 6,
) -> pd.Series:
    """
    Divide incidents by area and season, for `knox`.

    A rise in one part of town and a fall in another put incidents that lie near each other
    near in time, too, without any following another. Dates that are exchanged inside an area
    and a season only keep the course of each part, so that what remains is nearer and sooner
    than that course explains.

    Small strata hold too few dates to exchange. Within an area, each spell is joined to the ones
    after it until it holds `min_incidents` incidents, and the rest to the spell before. Areas with
    fewer than `min_incidents` in all are taken together first.

    Parameters
    ----------
    incidents : DataFrame, n_incidents rows
        With `occurred_from`, and the column of `area`.
    area : str, optional
        Column with the part of town; None to leave parts out. Missing is a part of its own.
    period : {"year", "quarter", "month"}, default "month"
        Calendar spell; None to leave the season out.
    min_incidents : int, default 6
        Incidents that a stratum should hold.

    Returns
    -------
    Series of str, n_incidents
        Named `stratum`, on the index of `incidents`; missing without a date.

    Raises
    ------
    KeyError
        If there is no column `area`.
    ValueError
        If `period` is unknown or `min_incidents` below 1.

    Examples
    --------
    >>> table = pd.DataFrame({
    ...     "occurred_from": pd.to_datetime(["2025-01-05"] * 2 + ["2025-05-01", "2025-11-02"] * 2),
    ...     "area_code": ["A", "A", "A", "A", "B", "B"]})
    >>> strata(table, min_incidents=2).tolist()
    ['A 2025-01', 'A 2025-01', 'A 2025-05', 'A 2025-05', 'B 2025-05', 'B 2025-05']
    """
    if period is not None and period not in PERIODS:
        msg = f"`period` is {period!r}, expected None or one of {', '.join(PERIODS)}"
        raise ValueError(msg)
    if min_incidents < 1:
        msg = f"`min_incidents` is {min_incidents!r}, expected a number of incidents such as 10"
        raise ValueError(msg)
    times = pd.to_datetime(incidents["occurred_from"]).reset_index(drop=True)
    dated = times.notna()
    part = pd.Series("", index=times.index, dtype="str")
    if area is not None:
        part = incidents[area].reset_index(drop=True).astype("str").fillna("?")
        per_part = part[dated].value_counts()
        part = part.where(part.map(per_part).fillna(0) >= min_incidents, "+")
    spell = pd.Series("", index=times.index, dtype="str")
    if period is not None:
        spell = times.dt.to_period(PERIODS[period]).astype("str")
    table = pd.DataFrame({"part": part, "spell": spell})[dated]
    names = pd.Series(index=times.index, dtype="str")
    for name, rows in table.groupby("part", sort=True):
        joined = _joined(rows["spell"].value_counts().sort_index(), min_incidents)
        names.loc[rows.index] = (f"{name} " + rows["spell"].map(joined)).str.strip()
    return pd.Series(names.to_numpy(), index=incidents.index, dtype="str", name="stratum")


def _joined(counts: pd.Series, min_incidents: int) -> dict[str, str]:
    """Name for each spell the first of those it is joined with."""
    groups: list[list[str]] = []
    held = min_incidents
    for spell, n in counts.items():
        if held >= min_incidents:
            groups.append([])
            held = 0
        groups[-1].append(str(spell))
        held += int(n)
    if held < min_incidents and len(groups) > 1:
        groups[-2:] = [groups[-2] + groups[-1]]
    return {spell: group[0] for group in groups for spell in group}


def numbered(incidents: pd.DataFrame, within: Within) -> Array:
    """Number the stratum of each incident."""
    if isinstance(within, str):
        if within not in incidents:
            msg = f"`within` is {within!r}, expected a column of `incidents` or a value for each"
            raise KeyError(msg)
        values = incidents[within]
    else:
        values = pd.Series(np.asarray(within, dtype=object))
    if len(values) != len(incidents):
        msg = f"`within` holds {len(values)} values for {len(incidents)} incidents"
        raise ValueError(msg)
    codes, _ = pd.factorize(values, use_na_sentinel=False)
    return np.asarray(codes, dtype=np.int64)


def members(stratum: Array) -> tuple[Array, Array]:
    """List the incidents of each stratum."""
    order = np.argsort(stratum, kind="stable")
    changes = np.flatnonzero(np.diff(stratum[order])) + 1
    return order.astype(np.int64), np.r_[0, changes, len(order)].astype(np.int64)


def expected_below(
    day: Array, stratum: Array, one: Array, other: Array, band: Array, limits: Array, n_bands: int
) -> Array:
    """
    Return the mean number of pairs below each limit if days are permuted inside strata.

    Every pair of incidents of two strata has the same chance of being fewer days apart than a
    limit: the share of the pairs of their days that are. So the mean is exact.
    """
    expected = np.zeros((n_bands, len(limits)))
    n_strata = int(stratum.max(initial=-1)) + 1
    low = np.minimum(stratum[one], stratum[other])
    high = np.maximum(stratum[one], stratum[other])
    keys, n_pairs = np.unique((low * n_strata + high) * n_bands + band, return_counts=True)
    order, starts = members(stratum)
    groups = [order[a:b] for a, b in pairwise(starts.tolist()) if b > a]
    days = {int(stratum[group[0]]): np.sort(day[group]).astype(np.int64) for group in groups}
    known: dict[tuple[int, int], Array] = {}
    for key, n in zip(keys.tolist(), n_pairs.tolist(), strict=True):
        pair, at = divmod(key, n_bands)
        two = divmod(pair, n_strata)
        if two not in known:
            known[two] = _chance_below(days[two[0]], days[two[1]], limits, same=two[0] == two[1])
        expected[at] += n * known[two]
    return expected


def _chance_below(one: Array, two: Array, limits: Array, *, same: bool) -> Array:
    """Return the share of the pairs of days that are fewer days apart than each limit."""
    chance = np.zeros(len(limits))
    for at, limit in enumerate(limits.astype(np.int64).tolist()):
        if limit > 0:
            after = np.searchsorted(two, one + limit, side="left")
            close = int((after - np.searchsorted(two, one - limit, side="right")).sum())
            total = len(one) * len(two)
            # of one stratum an incident is no pair with itself, and each pair is met twice
            chance[at] = (close - len(one)) / (total - len(one)) if same else close / total
    return chance
