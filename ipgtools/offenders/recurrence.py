"""Measure how long it takes until the next known offence."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ipgtools.errors import ArgumentError
from ipgtools.offenders._facts import facts
from ipgtools.periods import as_day

if TYPE_CHECKING:
    import datetime as dt

    from ipgtools.periods import Period

__all__ = ["recurrence"]

_Z = 1.959963984540054
"""Normal quantile of a 95 % interval."""


def recurrence(
    offences: pd.DataFrame,
    *,
    until: "str | dt.date | pd.Timestamp",
    period: "Period | None" = None,
    groups: pd.Series | None = None,
    min_at_risk: int = 10,
) -> pd.DataFrame:
    """
    Estimate which part of persons is known for another offence after so many days.

    The clock of a person starts on the day of the first offence in the period and stops on the
    next day with an offence. Who has none is followed until the end of the file and counted as
    long as that lasts (censored): Kaplan and Meier's estimate.

    Parameters
    ----------
    offences : DataFrame, n_rows
        OFFENCES: `person`, `committed_on`.
    until : str, date or Timestamp
        Last day that the file covers.
    period : Period, optional
        In which the clocks start; all days of the file if not given. The next offence may be
        later.
    groups : Series of str, optional
        A group by person, such as `classify` gives. Persons without one are left out.
    min_at_risk : int, default 10
        A curve ends where fewer persons are still followed: what follows rests on too few.

    Returns
    -------
    DataFrame, one row per group and day on which someone had a next offence
        `group` ("all" without groups), `days`, `n_at_risk`, `n_again`, `share_again`, and its 95 %
        interval `low`, `high` (log-log, Greenwood's variance). `attrs` holds the numbers of rows
        left out and why; by group `n_persons`, `n_again` and `median_days` (None if the curve ends
        before half); and `p_value` of the log-rank test that groups do not differ (None for one).

    Raises
    ------
    ContractError
        If a needed column is missing.
    ArgumentError
        If `until` lies before every offence.

    Notes
    -----
    Only offences of which a person became known count: the curve is of becoming known again, not
    of offending again. It says nothing about any single person.

    References
    ----------
    Kaplan & Meier (1958), JASA 53, 457-481. Mantel (1966), Cancer Chemotherapy Reports 50,
    163-170.

    Examples
    --------
    Of four persons two are known again, after 10 and 20 days:

    >>> days = pd.to_datetime(["2025-01-01", "2025-01-11", "2025-01-01", "2025-01-21",
    ...                        "2025-01-01", "2025-01-01"])
    >>> table = pd.DataFrame({"person": list("aabbcd"), "committed_on": days})
    >>> found = recurrence(table, until="2025-03-01", min_at_risk=1)
    >>> found[["days", "n_at_risk", "n_again", "share_again"]].values.tolist()
    [[10.0, 4.0, 1.0, 0.25], [20.0, 3.0, 1.0, 0.5]]
    """
    used, about = facts(offences, "committed_on")
    last = as_day(until, name="until")
    used["day"] = pd.to_datetime(used["committed_on"]).dt.normalize()
    after = used["day"] > last
    about["n_after_until"] = int(after.sum())
    used = used.loc[~after, ["person", "day"]].drop_duplicates()
    if used.empty and about["n_after_until"]:
        msg = f"`until` is {last.date()}, before every offence"
        raise ArgumentError(msg, code="until_before_all", until=str(last.date()))
    starts = used if period is None else used[period.contains(used["day"])]
    first = starts.groupby("person")["day"].min()
    later = used[used["day"] > used["person"].map(first)]
    following = later.groupby("person")["day"].min().reindex(first.index)
    again = following.notna().to_numpy()
    days = (following.fillna(last) - first).dt.days.to_numpy()
    of = pd.Series("all", index=first.index) if groups is None else groups.reindex(first.index)
    about["n_without_group"] = int(of.isna().sum())
    names = sorted(of.dropna().astype("str").unique())
    curves, about_groups = [], {}
    for name in names:
        mine = (of == name).to_numpy()
        curve = _kaplan_meier(days[mine], again[mine])
        curve = curve[curve["n_at_risk"] >= min_at_risk]
        half = curve.loc[curve["share_again"] >= 0.5, "days"]
        about_groups[name] = {
            "n_persons": int(mine.sum()),
            "n_again": int(again[mine].sum()),
            "median_days": int(half.iloc[0]) if len(half) else None,
        }
        curves.append(curve.assign(group=name))
    columns = ["group", "days", "n_at_risk", "n_again", "share_again", "low", "high"]
    table = pd.concat(curves, ignore_index=True) if curves else pd.DataFrame(columns=columns)
    known = of.notna().to_numpy()
    p_value = _log_rank(days[known], again[known], of[known].astype("str").to_numpy())
    table = table[columns]
    table.attrs = about | {"until": str(last.date()), "groups": about_groups, "p_value": p_value}
    return table


def _kaplan_meier(days: np.ndarray, again: np.ndarray) -> pd.DataFrame:
    """Return the part that is known again after each day, with Greenwood's interval."""
    at, n_again = np.unique(days[again], return_counts=True)
    at_risk = len(days) - np.searchsorted(np.sort(days), at, side="left")
    free = np.cumprod(1 - n_again / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(np.cumsum(n_again / (at_risk * (at_risk - n_again))))
        exponent = np.exp(_Z * spread / np.log(free))
        low, high = 1 - free**exponent, 1 - free ** (1 / exponent)
    return pd.DataFrame(
        {
            "days": at, "n_at_risk": at_risk, "n_again": n_again, "share_again": 1 - free,
            "low": np.where(free > 0, low, np.nan), "high": np.where(free > 0, high, np.nan),
        }
    )  # fmt: skip


def _log_rank(days: np.ndarray, again: np.ndarray, groups: np.ndarray) -> float | None:
    """Return the p-value that groups have the same curve, by the log-rank test."""
    from scipy.special import chdtrc

    names = np.unique(groups)
    if len(names) < 2 or not again.any():
        return None
    at, n_again = np.unique(days[again], return_counts=True)
    at_risk = np.array(
        [(groups == name).sum() - np.searchsorted(np.sort(days[groups == name]), at)
         for name in names]
    )  # fmt: skip
    observed = np.array(
        [np.searchsorted(at, days[again & (groups == name)]) for name in names], dtype=object
    )
    of_group = np.array([np.bincount(one.astype(int), minlength=len(at)) for one in observed])
    total = at_risk.sum(axis=0)
    share = at_risk / total
    excess = (of_group - n_again * share).sum(axis=1)[:-1]
    factor = n_again * np.where(total > 1, (total - n_again) / np.maximum(total - 1, 1), 0.0)
    spread = -(share[:, None, :] * share[None, :, :] * factor).sum(axis=2)
    spread[np.diag_indices(len(names))] += (share * factor).sum(axis=1)
    spread = spread[:-1, :-1]
    score = float(excess @ np.linalg.pinv(spread) @ excess)
    return float(chdtrc(np.linalg.matrix_rank(spread), score))
