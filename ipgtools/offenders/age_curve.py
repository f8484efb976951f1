"""Count offences and persons by age."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ipgtools.offenders._facts import facts

if TYPE_CHECKING:
    from ipgtools.periods import Period

__all__ = ["AGES", "age_curve"]

AGES = (12, 15, 18, 21, 25, 30, 40, 50, 60)
"""Where bands of ages begin."""


def age_curve(
    offences: pd.DataFrame, *, period: "Period | None" = None, ages: Sequence[int] = AGES
) -> pd.DataFrame:
    """
    Count offences and persons by age at the offence.

    Parameters
    ----------
    offences : DataFrame, n_rows
        OFFENCES: `person`, `age`.
    period : Period, optional
        Only offences of this period.
    ages : sequence of int
        Where bands begin, in years; the last has no end.

    Returns
    -------
    DataFrame, one row per band
        `from_age`, `to_age` (the first age beyond; missing for the last), `n_persons` (different
        persons; someone who ages into the next band counts in both), `n_offences`
        (participations), `per_person`, `share` (of the persons of all bands). `attrs` holds the
        numbers of rows left out and why, and `n_younger` than the first band.

    Raises
    ------
    ContractError
        If a needed column is missing.

    Notes
    -----
    These are numbers of known persons, not rates: how many inhabitants of an age there are is not
    allowed for.

    Examples
    --------
    >>> table = pd.DataFrame({"person": ["a", "a", "b"], "age": [17, 18, 34]})
    >>> found = age_curve(table)
    >>> found.loc[found["n_persons"] > 0, ["from_age", "n_persons", "n_offences"]].values.tolist()
    [[15, 1, 1], [18, 1, 1], [30, 1, 1]]
    """
    used, about = facts(offences, "age", period=period)
    age = np.floor(pd.to_numeric(used["age"], errors="coerce").to_numpy(dtype=float))
    at = np.searchsorted(np.asarray(ages), age, side="right") - 1
    inside = at >= 0
    table = pd.DataFrame(
        {
            "from_age": list(ages),
            "to_age": pd.array([*ages[1:], pd.NA], dtype="Int64"),
        }
    )
    band = pd.Series(at[inside])
    persons = used["person"][inside].reset_index(drop=True).groupby(band).nunique()
    table["n_persons"] = persons.reindex(table.index, fill_value=0).to_numpy(np.int64)
    table["n_offences"] = np.bincount(at[inside], minlength=len(table))
    with np.errstate(invalid="ignore"):
        table["per_person"] = table["n_offences"] / table["n_persons"].replace(0, np.nan)
    table["share"] = table["n_persons"] / max(table["n_persons"].sum(), 1)
    table.attrs = about | {"n_younger": int((~inside).sum())}
    return table
