"""Hold what the briefing before this one said: its places, questions and open actions."""

from dataclasses import dataclass
from typing import Any

__all__ = ["Earlier", "EarlierPlace", "action_keys"]


@dataclass(frozen=True)
class EarlierPlace:
    """
    A place that an earlier briefing named.

    Parameters
    ----------
    name : str
        As it was named then.
    n : int or None
        Its incidents then, as they were released; None where they were withheld.
    shape : Polygon
        Its outline then.
    """

    name: str
    n: int | None
    shape: Any


@dataclass(frozen=True)
class Earlier:
    """
    What an earlier briefing for the same audience said.

    Parameters
    ----------
    period_text : str
        Its period in words.
    places : tuple of EarlierPlace
        Places that stood out then.
    questions : tuple of str
        What it asked to agree on.
    actions : frozenset of str
        Actions that were open, as `action_key` names them.
    """

    period_text: str
    places: tuple[EarlierPlace, ...] = ()
    questions: tuple[str, ...] = ()
    actions: frozenset[str] = frozenset()


def action_keys(actions: Any) -> frozenset[str]:
    """
    Name open actions by the day of their schouw and their number in it.

    Examples
    --------
    >>> import pandas as pd
    >>> day = pd.Timestamp("2025-10-14")
    >>> sorted(action_keys(pd.DataFrame({"schouw_date": [day], "action_id": ["schouw-44a"]})))
    ['2025-10-14 schouw-44a']
    """
    if actions is None or not {"schouw_date", "action_id"} <= set(actions):
        return frozenset()
    known = actions.dropna(subset=["schouw_date"])
    return frozenset(
        f"{day:%Y-%m-%d} {name}"
        for day, name in zip(known["schouw_date"], known["action_id"], strict=True)
    )
