"""Count who enters and leaves the classes of repeat offenders, and how definitions differ."""

import datetime as dt
from typing import TypeAlias

import numpy as np
import pandas as pd

from ipgtools.offenders.classes import classify, classify_with_conditions
from ipgtools.offenders.definitions import DEFINITIONS, KLASSEN
from ipgtools.periods import as_day

__all__ = ["UNKNOWN", "Day", "compare_regimes", "flows"]

UNKNOWN = "not_known"
"""The class of persons without any fact up to the day."""
Day: TypeAlias = str | dt.date | pd.Timestamp


def flows(
    offences: pd.DataFrame,
    first: Day,
    second: Day,
    *,
    regime: str = "2014",
    recent_excludes_last: bool = True,
) -> pd.DataFrame:
    """
    Count persons by their class on two days.

    Parameters
    ----------
    offences : DataFrame, n_rows
        As for `classify`.
    first, second : str, date or Timestamp
        Reference dates; facts after a date do not count for it.
    regime, recent_excludes_last
        As for `classify`.

    Returns
    -------
    DataFrame, one row per class on the first day and class on the second that occurs
        `klasse_first`, `klasse_second` (`KLASSEN`, or "not_known" for who had no fact yet), `n`
        persons. `attrs` holds `regime`, both dates and `n_persons`.

    Raises
    ------
    ContractError
        If a needed column is missing.
    ValueError
        If the regime is unknown.

    Notes
    -----
    In regime "2014" a class ends only when older facts fall out of the windows at a *new* fact:
    who does nothing keeps the class of the last fact. The directive reads so.

    Examples
    --------
    >>> days = pd.date_range("2024-01-01", periods=11, freq="MS")
    >>> facts = pd.DataFrame({"person": "p", "sent_to_om": True, "age": 30, "committed_on": days})
    >>> flows(facts, "2024-10-15", "2024-11-15").values.tolist()
    [['overig', 'zavp', 1]]
    """
    ends = [as_day(day, name=name) for day, name in ((first, "first"), (second, "second"))]
    known = pd.to_datetime(offences["committed_on"])
    on = {}
    for name, end in zip(("klasse_first", "klasse_second"), ends, strict=True):
        klasse = classify(
            offences, regime=regime, reference_date=end, recent_excludes_last=recent_excludes_last
        )
        seen = offences.loc[known.isna() | (known <= end + pd.Timedelta(days=1)), "person"].dropna()
        on[name] = klasse.where(klasse.index.isin(seen), UNKNOWN)
    table = pd.DataFrame(on)
    table = table[(table != UNKNOWN).any(axis=1)]
    counts = _counted(table, ["klasse_first", "klasse_second"])
    counts.attrs = {
        "regime": regime,
        "n_persons": len(table),
        "first": str(ends[0].date()),
        "second": str(ends[1].date()),
    }
    return counts


def compare_regimes(
    offences: pd.DataFrame,
    *,
    regimes: tuple[str, str] = ("pv", "2014"),
    reference_date: Day | None = None,
    recent_excludes_last: bool = True,
) -> pd.DataFrame:
    """
    Count persons by their class in two definitions, and by the rule that makes the difference.

    Parameters
    ----------
    offences : DataFrame, n_rows
        As for `classify`.
    regimes : tuple of two str
        Keys of `DEFINITIONS`.
    reference_date, recent_excludes_last
        As for `classify`.

    Returns
    -------
    DataFrame, one row per class, other class and rule that occurs
        `klasse_first`, `klasse_second`, `rule` and `n` persons. The rule is "same" where the class
        is; "class" where one of the two definitions does not know the class of the other; else
        the conditions that one definition finds met and the other does not, joined by "+":
        "ever" (more than ten in all: facts or pv's), "window" (more than ten in the years that
        count) and "recent". `attrs` holds `regimes`, `reference_date`, `n_persons` and
        `n_different`.

    Raises
    ------
    ContractError
        If a needed column is missing.
    ValueError
        If a regime is unknown.

    Examples
    --------
    Eleven facts in one pv are many facts and one pv:

    >>> days = pd.date_range("2024-01-01", periods=11, freq="MS")
    >>> facts = pd.DataFrame({"person": "p", "sent_to_om": True, "age": 30, "committed_on": days,
    ...                       "pv_id": "v"})
    >>> compare_regimes(facts).values.tolist()
    [['overig', 'zavp', 'ever+window', 1]]
    """
    (first, met_first), (second, met_second) = (
        classify_with_conditions(offences, regime, reference_date, recent_excludes_last)
        for regime in regimes
    )
    known = [set(DEFINITIONS[regime].classes) | {"overig"} for regime in regimes]
    differ = met_first != met_second
    named = pd.Series("", index=first.index)
    for name in differ:
        named = named.mask(differ[name], named.where(named == "", named + "+") + name)
    only_one = ~first.isin(known[1]) | ~second.isin(known[0])
    rule = named.mask(only_one | (named == ""), "class").mask(first == second, "same")
    table = pd.DataFrame({"klasse_first": first, "klasse_second": second, "rule": rule})
    counts = _counted(table, ["klasse_first", "klasse_second", "rule"])
    counts.attrs = {
        "regimes": list(regimes),
        "reference_date": first.attrs["reference_date"],
        "n_persons": len(first),
        "n_different": int((first != second).sum()),
    }
    return counts


def _counted(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Count rows by columns, classes in their order."""
    order = {name: at for at, name in enumerate([*KLASSEN, UNKNOWN])}
    counts = table[columns].value_counts().rename("n").reset_index()
    counts = counts.sort_values(
        columns, key=lambda column: column.map(lambda one: order.get(one, one)), ignore_index=True
    )
    return counts.astype({"n": np.int64})
