"""Give the form of an overview of persons' cases that the police may see; nobody else sees any."""

from typing import TYPE_CHECKING

from ipgtools.errors import ReleaseError
from ipgtools.nl import cases as words

if TYPE_CHECKING:
    import pandas as pd

MARKS = ({"case_number"}, {"phase", "n_cases"}, {"partner", "n_open", "n_overdue"})
"""Columns by which the tables of `ipgtools.cases` are known."""
_WITHIN = ["kind", "team"]


def release_cases(
    table: "pd.DataFrame", *, police: bool, smallest: int, audience: str
) -> "tuple[pd.DataFrame, list[str]]":
    """
    Withhold small numbers of cases and actions, and refuse all that isn't an overview.

    A list of actions passes as it is: it names numbers of cases, no team and no phase. CASES
    itself, which has all of these, passes for nobody: it would give withheld numbers away.

    Parameters
    ----------
    table : DataFrame
        One of `cases.Overview`.
    police : bool
        Whether the audience is the police.
    smallest : int
        Numbers below this are withheld, zero among them.
    audience : str
        For the message.

    Returns
    -------
    table : DataFrame
        Withheld numbers are missing; a second one of a team goes along where only one would.
    done : list of str
        What was withheld, in Dutch.

    Raises
    ------
    ReleaseError
        If the audience is another, or the table holds cases with their team or phase.

    Examples
    --------
    >>> import pandas as pd
    >>> phases = pd.DataFrame({"kind": "pga", "team": "Oost", "phase": ["plan", "uitvoering",
    ...                        "nazorg"], "n_cases": [2, 14, 6]})
    >>> release_cases(phases, police=True, smallest=5, audience="politie")[0]["n_cases"].tolist()
    [<NA>, 14, <NA>]
    """
    if not police:
        msg = f"cases of persons may not leave for {audience!r}"
        raise ReleaseError(msg, code="release_cases", audience=audience)
    if "case_number" in table:
        if {"team", "phase"} & {*table.columns}:
            msg = "cases with their team or phase may not leave; make an overview"
            raise ReleaseError(msg, code="release_case_rows")
        return table, []
    shown = table.copy()
    for name in [name for name in ("n_cases", "n_open", "n_overdue") if name in table]:
        numbers = table[name].astype("Int64")
        shown[name] = numbers.where(numbers >= smallest)
    if "n_cases" in shown:
        for _, rows in shown.groupby(_WITHIN)["n_cases"]:
            if rows.isna().sum() == 1 and len(rows) > 1:
                shown.loc[rows.astype("float64").idxmin(), "n_cases"] = None
    n = int(shown.filter(regex="^n_").isna().sum().sum())
    return shown, [words.withheld(n, smallest)] if n else []
