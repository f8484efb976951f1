"""Format entries and problems in Dutch, for the command line and for a CSV."""

import json
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from ipgtools.audit._chain import Head, Problem
from ipgtools.nl import register as words

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["for_csv", "rows", "verified"]

_MOST = 20
"""Problems that are named one by one."""


def rows(entries: "pd.DataFrame", *, cut_off: Collection[int] = ()) -> list[tuple[str, ...]]:
    """Return entries as rows of Dutch text."""
    return [
        (
            str(row.number),
            "" if row.time is None else row.time.strftime("%d-%m-%Y %H:%M"),
            f"{row.who} ({row.machine})",
            _action(row.action, row.state, cut_off=row.number in cut_off),
            row.audience or "",
            "; ".join(filter(None, (row.what, row.why))),
        )
        for row in _dutch(entries).itertuples()
    ]


def _dutch(entries: "pd.DataFrame") -> "pd.DataFrame":
    shown = entries.astype(dict.fromkeys(("audience", "purpose", "ground"), "object"))
    shown = shown.where(shown.notna(), None)
    times = [None if time is None else time.to_pydatetime().astimezone() for time in shown["time"]]
    return shown.assign(
        time=times,
        what=[words.what(*one) for one in zip(shown["action"], shown["facts"], strict=True)],
        why=[words.why(*one) for one in zip(shown["purpose"], shown["ground"], strict=True)],
    )


def _action(action: str, state: str, *, cut_off: bool) -> str:
    shown = words.ACTIONS.get(action, action)
    if cut_off:
        return f"{shown}: {words.CUT_OFF}"
    return shown if state == "done" else f"{shown}: {words.STATES.get(state, state)}"


def for_csv(entries: "pd.DataFrame") -> "pd.DataFrame":
    """Return entries as a table to be written: Dutch names, facts as JSON, times in UTC."""
    facts = [json.dumps(one, ensure_ascii=False, sort_keys=True) for one in entries["facts"]]
    times = entries["time"].dt.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    table = entries.assign(
        time=times,
        facts=facts,
        action=entries["action"].map(lambda one: words.ACTIONS.get(one, one)),
        state=entries["state"].map(lambda one: words.STATES.get(one, one)),
    )
    return table[list(words.CSV_COLUMNS)].rename(columns=words.CSV_COLUMNS)


def verified(problems: Sequence[Problem], head: Head | None) -> list[str]:
    """State in Dutch whether the register is whole."""
    listed = [
        f"  {words.problem(one.kind, one.number, one.until, one.acknowledged)}"
        for one in problems[:_MOST]
    ]
    if len(problems) > _MOST:
        listed.append(f"  {words.more(len(problems) - _MOST)}")
    open_ = sum(problem.acknowledged is None for problem in problems)
    if open_:
        return [words.broken(open_), *listed, words.WHAT_TO_DO]
    if head is None:
        return listed
    if problems:
        return [words.noted(len(problems)), *listed, words.mark(head.mark)]
    return [words.whole(head.number), words.mark(head.mark)]
