"""Hold the audiences and their thresholds, and withhold small numbers by them."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ipgtools.errors import ReleaseError

if TYPE_CHECKING:
    import pandas as pd

AUDIENCES = ("openbaar", "partner", "politie")
"""From wide to narrow: who may see the least comes first."""

SENSITIVE = re.compile(r"^(E33|F52\d.*|F54\d)$")
"""Codes shown to the police only: confused persons (health), sexual offences, homicide."""


@dataclass(frozen=True)
class Rules:
    """
    Thresholds of one audience.

    Parameters
    ----------
    smallest : int
        Counts of incidents from 1 up to this are withheld.
    smallest_persons : int
        Counts of persons from 1 up to this are withheld.
    base : int
        Counts are rounded to multiples of this; 1 leaves them.
    """

    smallest: int
    smallest_persons: int
    base: int


RULES = {
    "openbaar": Rules(smallest=5, smallest_persons=10, base=5),
    "partner": Rules(smallest=5, smallest_persons=10, base=1),
    "politie": Rules(smallest=1, smallest_persons=5, base=1),
}


def select(incidents: "pd.DataFrame", audience: str) -> "tuple[pd.DataFrame, int]":
    """
    Leave sensitive kinds of incident out before anything is counted.

    Parameters
    ----------
    incidents : DataFrame, n_incidents
        With `category`; without it nothing is left out.
    audience : str
        Only the police see every kind.

    Returns
    -------
    incidents : DataFrame
        What may be counted for this audience.
    left_out : int
        How many were left out.

    Raises
    ------
    ReleaseError
        If the audience is unknown.
    """
    require_audience(audience)
    if audience == "politie" or "category" not in incidents:
        return incidents, 0
    found = incidents["category"].dropna().unique()
    sensitive = incidents["category"].isin([c for c in found if SENSITIVE.fullmatch(str(c))])
    return incidents[~sensitive], int(sensitive.sum())


def suppress(
    counts: "pd.Series", *, smallest: int, base: int = 1, total_known: bool = True
) -> "tuple[pd.Series, int, int]":
    """
    Withhold small numbers, and a second one where the total would give a single one away.

    Parameters
    ----------
    counts : Series of int, n_cells
        Numbers that add up to a total readers may know.
    smallest : int
        Numbers from 1 up to and not including this are withheld.
    base : int, default 1
        The rest is rounded to multiples of this, halves up.
    total_known : bool, default True
        Whether readers can know the total; then a single withheld number takes the smallest
        other one along.

    Returns
    -------
    shown : Series of Int64, n_cells
        Missing where withheld.
    n_small, n_second : int
        How many were withheld because they are small, and how many because of the total.

    Examples
    --------
    >>> import pandas as pd
    >>> suppress(pd.Series([3, 12, 7]), smallest=5)[0].tolist()
    [<NA>, 12, <NA>]
    """
    shown = counts.astype("Int64")
    small = ((shown > 0) & (shown < smallest)).fillna(value=False).astype(bool)
    second = 0
    if total_known and small.sum() == 1:
        others = shown[~small & (shown > 0)]
        if len(others):
            at = others.index[others.to_numpy(dtype=float).argmin()]
            shown[at] = None
            second = 1
    shown = shown.mask(small)
    if base > 1:
        shown = ((shown + base // 2) // base) * base
    return shown, int(small.sum()), second


def strictest(*audiences: str) -> str:
    """
    Give the narrowest of some audiences: a product inherits it from its inputs.

    Examples
    --------
    >>> strictest("openbaar", "politie", "partner")
    'politie'
    """
    for audience in audiences:
        require_audience(audience)
    return max(audiences, key=AUDIENCES.index)


def require_audience(audience: str) -> None:
    """Raise if there is no such audience."""
    if audience not in AUDIENCES:
        msg = f"the audience is {audience!r}, expected one of {', '.join(AUDIENCES)}"
        raise ReleaseError(msg, code="audience_unknown", found=audience, known=", ".join(AUDIENCES))
