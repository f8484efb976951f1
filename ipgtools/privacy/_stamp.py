"""Mark a released table with whom it was released for, and tell whether it is still that table."""

import hashlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from ipgtools.privacy._profile import Profile

__all__ = ["is_as_released", "is_auto", "released_for", "sees_all", "stamp"]

_KEY = "released"


def stamp(table: "pd.DataFrame", profile: "Profile") -> dict[str, Any]:
    """Return the mark of a released table; with a digest for whom is outside the police."""
    mark = {"audience": profile.name, "label": profile.label}
    return {_KEY: mark if sees_all(profile) else mark | {"digest": _digest(table)}}


def sees_all(profile: "Profile") -> bool:
    """
    Tell whether an audience is inside the police: it sees what whoever makes the tables sees.

    Examples
    --------
    >>> from ipgtools import privacy
    >>> [name for name, one in privacy.profiles().items() if sees_all(one)]
    ['politie']
    """
    return profile.internal.rejected_values


def released_for(*tables: "pd.DataFrame") -> set[tuple[str, str]]:
    """
    List the audiences that tables were released for.

    Parameters
    ----------
    *tables : DataFrame
        Those that were not released add nothing.

    Returns
    -------
    set of (str, str)
        Name and label of each audience, as kept in ``attrs["released"]``.

    Examples
    --------
    >>> import pandas as pd
    >>> released_for(pd.DataFrame({"n": [1]}))
    set()
    """
    marks = [one.attrs[_KEY] for one in tables if _KEY in one.attrs]
    return {(mark["audience"], mark["label"]) for mark in marks}


def is_auto(asked: object) -> bool:
    """
    Tell whether the audience is to be read from the tables: for charts and maps.

    Examples
    --------
    >>> is_auto("auto"), is_auto("partner"), is_auto(None)
    (True, False, False)
    """
    return isinstance(asked, str) and asked == "auto"


def is_as_released(table: "pd.DataFrame", audience: str) -> bool:
    """
    Tell whether a table was released for an audience and not changed after.

    Parameters
    ----------
    table : DataFrame
        Perhaps from `release`.
    audience : str
        Name of the audience.

    Returns
    -------
    bool
        Rows that were left out, added or changed and further columns make it False; a change of
        geometry is not seen.

    Examples
    --------
    >>> import pandas as pd
    >>> is_as_released(pd.DataFrame({"n": [1]}), "partner")
    False
    """
    mark = table.attrs.get(_KEY, {})
    if mark.get("audience") != audience:
        return False
    return "digest" not in mark or mark["digest"] == _digest(table)


def _digest(table: "pd.DataFrame") -> str:
    """Hash the rows of a table, its geometry aside."""
    import pandas as pd

    flat = pd.DataFrame(table)[[name for name in table if table[name].dtype != "geometry"]]
    return hashlib.sha256(flat.to_csv(index=False).encode()).hexdigest()
