"""Measure how unevenly offences lie over the persons who are known for them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ipgtools.concentration import gini
from ipgtools.offenders._facts import facts

if TYPE_CHECKING:
    from ipgtools.periods import Period

__all__ = ["SHARES", "concentration"]

SHARES = (0.01, 0.05, 0.10, 0.20, 0.50)
"""Parts of the persons, the most active first."""


def concentration(
    offences: pd.DataFrame,
    *,
    period: "Period | None" = None,
    shares: Sequence[float] = SHARES,
    n_draws: int = 199,
    rng: np.random.Generator | None = None,
) -> pd.DataFrame:
    """
    Compute which part of offences the most active part of the persons has, beside chance.

    Everyone in the file has one offence at least, so that some have more by chance alone. Chance
    here leaves each person one and deals the rest at random: ten per cent of active persons then
    easily have twenty per cent.

    Parameters
    ----------
    offences : DataFrame, n_rows
        OFFENCES: `person`, `offence_id`.
    period : Period, optional
        Only offences of this period.
    shares : sequence of float
        Parts of the persons, between 0 and 1.
    n_draws : int, default 199
        Draws of chance.
    rng : Generator, optional
        For the draws; seeded with 0 if not given.

    Returns
    -------
    DataFrame, one row per part
        `share_persons`, `n_persons` (rounded up), `share_offences` (of participations),
        `by_chance` (mean), `low`, `high` (its 95 % interval). `attrs` holds the numbers of rows
        left out and why, `n_persons`, `n_participations`, `mean`, `share_once` (persons with one)
        and `gini` over the active persons.

    Raises
    ------
    ContractError
        If a needed column is missing.

    Notes
    -----
    The numbers are of a group and can't be traced to members of it: no list comes out.

    Examples
    --------
    >>> links = pd.DataFrame({"person": ["a"] * 6 + list("bcdefghij"), "offence_id": range(15)})
    >>> found = concentration(links, shares=[0.1])
    >>> found[["n_persons", "share_offences"]].values.tolist()
    [[1.0, 0.4]]
    >>> bool(found["high"].item() < 0.4)
    True
    """
    rng = np.random.default_rng(0) if rng is None else rng
    used, about = facts(offences, "offence_id", period=period)
    counts = np.sort(used.groupby("person").size().to_numpy())[::-1]
    n, total = len(counts), int(counts.sum())
    tops = np.array([int(np.ceil(n * share - 1e-9)) for share in shares])
    table = pd.DataFrame({"share_persons": list(shares), "n_persons": tops})
    if n:
        table["share_offences"] = np.cumsum(counts)[tops - 1] / total
        drawn = np.empty((n_draws, len(tops)))
        for draw in drawn:
            dealt = 1 + np.bincount(rng.integers(0, n, total - n), minlength=n)
            draw[:] = np.cumsum(np.sort(dealt)[::-1])[tops - 1] / total
        table["by_chance"] = drawn.mean(axis=0)
        table["low"], table["high"] = np.quantile(drawn, [0.025, 0.975], axis=0)
    else:
        table[["share_offences", "by_chance", "low", "high"]] = np.nan
    table.attrs = about | {
        "n_participations": total,
        "mean": total / n if n else None,
        "share_once": float((counts == 1).mean()) if n else None,
        "gini": gini(counts, generalised=False) if n else None,
    }
    return table
