"""Count who enters and leaves the classes of repeat offenders, and how definitions differ."""

import datetime as dt
from typing import TypeAlias

import numpy as np
import pandas as pd

from ipgtools.offenders.classes import classify
from ipgtools.offenders.definitions import KLASSEN
from ipgtools.periods import as_day

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
    order = {name: at for at, name in enumerate([*KLASSEN, UNKNOWN])}
    counts = table.value_counts().rename("n").reset_index()
    counts = counts.sort_values(
        ["klasse_first", "klasse_second"], key=lambda column: column.map(order), ignore_index=True
    )
    counts["n"] = counts["n"].astype(np.int64)
    counts.attrs = {
        "regime": regime,
        "n_persons": len(table),
        "first": str(ends[0].date()),
        "second": str(ends[1].date()),
    }
    return counts
