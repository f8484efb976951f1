"""
Keep of who acts only those who are in a list: an action list may name a resident or an official.

The list is that of the readers (`ipgtools.nl.schouw.ACTORS`) and of the settings. So it is with
the status of an action, which may be a remark.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ipgtools.nl import privacy as words
from ipgtools.nl.action_lists import PARTIES, STATUSES
from ipgtools.nl.formats import UNKNOWN
from ipgtools.nl.schouw import ACTORS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["keep_listed", "public_actions", "public_counts"]


def keep_listed(actor: str, actors: Sequence[str] = ()) -> str:
    """
    Name those who act if they are in the list, and *overig* for everybody else.

    Examples
    --------
    >>> (
    ...     keep_listed("DSOB / mw. Jansen"),
    ...     keep_listed("bewoners"),
    ...     keep_listed("Piet", ["Piet's winkel"]),
    ... )
    ('DSOB / overig', 'bewoners', 'overig')
    """
    from ipgtools.schouw.parse.actors import JOINT, known

    names = (*actors, *ACTORS)
    shown = []
    for part in actor.split(JOINT):
        spelled, in_list = known(part, names)
        if in_list:
            shown.append(spelled)
        else:
            own = part.strip().casefold()
            shown.append(own if own in PARTIES or own == UNKNOWN else words.OTHER)
    return JOINT.join(dict.fromkeys(shown))


def public_actions(
    table: "pd.DataFrame", actors: Sequence[str] = ()
) -> "tuple[pd.DataFrame, list[str]]":
    """
    Keep who acts and the status of actions where these are in a list.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"actor": ["DSOB", "mw. Smit"], "status": ["gebeld", "afgehandeld"]})
    >>> public_actions(table)[0].values.tolist()
    [['DSOB', 'onbekend'], ['overig', 'afgehandeld']]
    """
    shown, done = table.copy(), []
    if "status" in table:
        shown["status"] = table["status"].where(
            table["status"].isin(STATUSES) | table["status"].isna(), UNKNOWN
        )
    if "actor" in table:
        shown["actor"] = table["actor"].map(
            lambda one: keep_listed(str(one), actors), na_action="ignore"
        )
        if shown["actor"].str.contains(words.OTHER, regex=False, na=False).any():
            done.append(words.OTHER_ACTORS)
    return shown, done


def public_counts(
    table: "pd.DataFrame", actors: Sequence[str] = ()
) -> "tuple[pd.DataFrame, list[str]]":
    """
    Take those together who act and are in no list.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"actor": ["DSOB", "mw. Smit", "Piet"], "n": [3, 2, 1]})
    >>> public_counts(table)[0].values.tolist()
    [['DSOB', 3], ['overig', 3]]
    """
    shown, done = public_actions(table, actors)
    if shown["actor"].is_unique:
        return shown, done
    how = {name: ("max" if name == "joint" else "sum") for name in table if name != "actor"}
    summed = shown.groupby("actor", sort=False).agg(how).reset_index()
    summed = summed.sort_values("n", ascending=False, kind="stable", ignore_index=True)
    return summed[list(table)], done
