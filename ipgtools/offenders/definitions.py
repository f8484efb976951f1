"""
Define repeat offenders, by regime: one frozen value each, and its words in `nl.offenders`.

Regime "2014" is the OM directive 2013R017, in force from 1 January 2014: it counts
*misdrijffeiten* over five years that end with the last fact. Regime "pv" is the police
definition before it: it counts *processen-verbaal* over calendar years up to the *peiljaar*.
More than ten means eleven or more.
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

__all__ = ["DEFINITIONS", "KLASSEN", "MANY_ADULT", "MANY_MINOR", "Definition", "number_pairs"]

KLASSEN = (
    "zavp",
    "veelpleger",
    "jeugdige_veelpleger",
    "meerpleger",
    "meerpleger_minderjarig",
    "overig",
)
"""The classes, each person in one: `zavp` are the very active ones among the veelplegers."""
MANY_ADULT, MANY_MINOR = 10, 5
"""More facts or pv's than this make a veelpleger."""


@dataclass(frozen=True)
class Definition:
    """
    A definition of repeat offenders.

    Parameters
    ----------
    classes : tuple of str
        Those of `KLASSEN` that it defines; persons in none of them are *overig*.
    met : callable
        Takes the facts that count, the record per person, the reference date and whether the
        last fact is left out of the recent ones. Returns which persons have more than
        `MANY_ADULT` `ever` and in the `window`, and who was active recently (`recent`).
    """

    classes: tuple[str, ...]
    met: Callable[[pd.DataFrame, pd.DataFrame, pd.Timestamp, bool], pd.DataFrame]


def number_pairs(facts: pd.DataFrame, column: str) -> pd.Series:
    """Number the pairs of a person and a value of a numbered column."""
    n_values = int(facts[column].max()) + 2 if len(facts) else 1
    return facts["person"] * n_values + facts[column]


def _met_2014(
    facts: pd.DataFrame,
    record: pd.DataFrame,
    reference: pd.Timestamp,  # noqa: ARG001 - it rolls with each person's last fact
    recent_excludes_last: bool,  # noqa: FBT001
) -> pd.DataFrame:
    in_window = facts["day"] > facts["t0"] - pd.DateOffset(years=5)
    recent = facts["day"] >= facts["t0"] - pd.DateOffset(months=12)
    n_recent = _per_person(facts, recent, record.index)
    return pd.DataFrame(
        {
            "ever": record["n_facts"] > MANY_ADULT,
            "window": _per_person(facts, in_window, record.index) > MANY_ADULT,
            "recent": n_recent > int(recent_excludes_last),
        }
    )


def _met_pv(
    facts: pd.DataFrame,
    record: pd.DataFrame,
    reference: pd.Timestamp,
    recent_excludes_last: bool,  # noqa: ARG001, FBT001 - the peiljaar decides what is recent
) -> pd.DataFrame:
    peiljaar = reference.year
    # A pv with several facts is as old as the last of them.
    by_pv = facts.groupby(number_pairs(facts, "pv"), sort=False)
    pvs = by_pv.agg({"person": "first", "day": "max"})
    year = pvs["day"].dt.year
    in_window = year.between(peiljaar - 4, peiljaar)
    return pd.DataFrame(
        {
            "ever": record["n_pv"] > MANY_ADULT,
            "window": _per_person(pvs, in_window, record.index) > MANY_ADULT,
            "recent": _per_person(pvs, year == peiljaar, record.index) > 0,
        }
    )


def _per_person(facts: pd.DataFrame, holds: pd.Series, persons: pd.Index) -> pd.Series:
    return pd.Series(np.bincount(facts["person"][holds], minlength=len(persons)), index=persons)


DEFINITIONS = MappingProxyType(
    {
        "2014": Definition(
            ("zavp", "veelpleger", "jeugdige_veelpleger", "meerpleger_minderjarig"), _met_2014
        ),
        "pv": Definition(KLASSEN[:-1], _met_pv),
    }
)
"""The definitions by the name of their regime; their Dutch words are in `nl.offenders`."""
