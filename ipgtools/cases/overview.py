"""Count cases by team and phase, and list which actions of partners are due."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ipgtools._deprecated import renamed
from ipgtools.errors import ContractError
from ipgtools.nl import cases as words
from ipgtools.periods import as_day

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd

__all__ = ["Overview", "overview"]

_NEEDED = ("case_number", "kind", "team", "phase", "partner", "action", "due", "done")


@dataclass(frozen=True)
class Overview:
    """
    What a team needs to know of its cases, without a person in it.

    Parameters
    ----------
    phases : DataFrame, one row per kind, team and phase
        `kind`, `team`, `phase`, `n_cases`. The release gate withholds small numbers.
    partners : DataFrame, one row per partner
        `partner`, `n_open`, `n_overdue`: actions. Small numbers are withheld, too.
    actions : DataFrame, one row per open action
        `case_number`, `partner`, `action`, `due`, `overdue`, what is due first on top: the list
        that those who treat the cases work from. It names no team and no phase, so that the
        numbers withheld from `phases` can't be counted in it.
    """

    phases: "pd.DataFrame"
    partners: "pd.DataFrame"
    actions: "pd.DataFrame"


@renamed(on="reference_date")
def overview(cases: "pd.DataFrame", *, reference_date: "str | dt.date | pd.Timestamp") -> Overview:
    """
    Count cases by phase, and list the partner actions that are due.

    Parameters
    ----------
    cases : DataFrame, n_cases rows or more
        CASES, from `read_cases`.
    reference_date : str, date or Timestamp
        The day it is about; an action is overdue from the day after the one it was due.

    Returns
    -------
    Overview
        Exact numbers: let them pass `privacy.release` before anyone sees them.

    Raises
    ------
    ContractError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> cases = pd.DataFrame({"case_number": ["P1", "P1", "P2"], "kind": "pga", "team": "Oost",
    ...     "phase": ["plan", "plan", "nazorg"], "partner": ["GGZ", "Tactus", "GGZ"],
    ...     "action": "gesprek", "due": pd.to_datetime(["2025-11-01"] * 3),
    ...     "done": [False, True, False]})
    >>> found = overview(cases, reference_date="2025-11-02")
    >>> found.phases["n_cases"].tolist(), found.partners["n_overdue"].tolist()
    ([1, 1], [2])
    """
    import pandas as pd

    if lacking := [name for name in _NEEDED if name not in cases]:
        msg = f"`cases` lacks {', '.join(lacking)}"
        breaches = "; ".join(f"{name}: column is missing" for name in lacking)
        raise ContractError(msg, code="contract", table="CASES", breaches=breaches)
    day = as_day(reference_date, name="reference_date")
    each = cases.drop_duplicates("case_number")
    phases = each.groupby(["kind", "team", "phase"]).size().rename("n_cases").reset_index()
    agreed = cases["partner"].notna() | cases["action"].notna()
    still = cases[agreed & ~cases["done"].astype("boolean").fillna(value=False).astype(bool)]
    columns = ["case_number", "partner", "action", "due"]
    actions = still[columns].assign(
        partner=still["partner"].fillna(words.NO_PARTNER),
        overdue=(still["due"].dt.normalize() < day).fillna(value=False).astype(bool),
    )
    actions = actions.sort_values(["due", "partner", "case_number"], na_position="last")
    by_partner = actions.groupby("partner")["overdue"]
    partners = pd.DataFrame({"n_open": by_partner.size(), "n_overdue": by_partner.sum()})
    partners = partners.astype("int64").sort_values("n_open", ascending=False, kind="stable")
    return Overview(phases, partners.reset_index(), actions.reset_index(drop=True))
