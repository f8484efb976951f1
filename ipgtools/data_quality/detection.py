"""
Separate offences that citizens report from offences that police detect.

Where police look, they find drugs, weapons and drunk drivers; a map of those shows where
police were. Mixed with burglaries, it sends them where they already go.
"""

from collections.abc import Collection

import pandas as pd

from ipgtools import codes

__all__ = ["NOT_REPORTED", "reported_or_found"]

NOT_REPORTED = frozenset(
    {
        "1.3.1", "2.1.1", "2.4.1", "2.6.1", "2.6.2", "2.6.3", "2.6.4", "2.6.5", "2.6.7", "2.6.8",
        "2.6.9", "2.6.10", "2.6.11", "2.6.12", "2.6.13", "2.6.14", "2.7.2", "3.1.1", "3.1.3",
        "3.2.1", "3.2.2", "3.3.2", "3.3.5", "3.4.2", "3.5.2", "3.5.5", "3.7.2",
    }
)  # fmt: skip
"""
Classes that Bernasco, Ruiter, Steenbeek & Van de Weijer (2024) do not count as *brengdelict*.

Among them what police find (drugs, weapons, drunk driving) but traffic accidents and quarrels
between neighbours too, so not all are *haaldelicten*. No official list was found; give your own
where you have one.
"""


def reported_or_found(
    incidents: pd.DataFrame, *, not_reported: Collection[str] = NOT_REPORTED
) -> pd.Series:
    """
    Return for each incident whether its kind is known from citizens' reports.

    Parameters
    ----------
    incidents : DataFrame, n_incidents
        With `category`: MK codes or classes.
    not_reported : collection of str, optional
        Classes and codes that do not become known by reports; by default `NOT_REPORTED`.

    Returns
    -------
    Series of str, n_incidents
        "breng", "overig" (in `not_reported`) or "onbekend" (no code, or one that neither the
        list nor `codes` knows, such as nuisance).

    References
    ----------
    The list published with Bernasco, Ruiter, Steenbeek & Van de Weijer (2024), on the
    concentration of crime in Dutch municipalities.

    Examples
    --------
    >>> reported_or_found(pd.DataFrame({"category": ["A20", "F42", "E35", None]})).tolist()
    ['breng', 'overig', 'onbekend', 'onbekend']
    """
    listed = {codes.normalise(code) for code in not_reported}
    category = incidents["category"].astype("str")
    names = {}
    for code in category.dropna().unique():
        own, of = codes.normalise(code), codes.class_of(code)
        if own in listed or of in listed:
            names[code] = "overig"
        else:
            names[code] = "breng" if of in codes.CLASSES else "onbekend"
    return category.map(names).astype("str").fillna("onbekend").rename("reporting")
