"""Determine which places stand out, and where none does list the busiest."""

from math import nan
from typing import Any

import pandas as pd

from ipgtools.highlights.evidence import Evidence
from ipgtools.highlights.highlight import Highlight
from ipgtools.nl import highlights as words
from ipgtools.nl import kind_names
from ipgtools.rounded import whole

__all__ = ["ALL", "FEWEST_LARGE", "LARGE", "candidates", "is_large", "kind_of"]

ALL = "all"
_LISTED = 3
_FEWEST_LISTED = 3
"""Incidents below which the busiest place is not worth a sentence."""
_FEWEST_LASTING, _SMALL = 5, 0.02
"""Incidents, and share of all, below which a lasting place is left out if larger ones remain."""
LARGE = 0.1
"""Share of all incidents from which the size of the busiest place is given."""
FEWEST_LARGE = 10
"""Incidents below which it isn't given, whatever the share."""


def candidates(evidence: Evidence) -> list[Highlight]:
    """Return new places one by one, busy places together, clusters together, or the plain list."""
    table = evidence.places
    if table is None or table.empty:
        return _list(evidence)
    new = [_new(row, evidence) for row in table[table["claim"] == "new"].itertuples()]
    lasting = [
        _lasting(table[table["claim"] == claim], claim, evidence) for claim in ("busy", "cluster")
    ]
    return [*new, *(one for one in lasting if one is not None)]


def kind_of(row: Any) -> str:
    """Return the kind that a place was found for; empty for all incidents together."""
    kind = getattr(row, "kind", ALL)
    return "" if pd.isna(kind) or kind == ALL else str(kind)


def _new(row: Any, evidence: Evidence) -> Highlight:
    kinds = tuple(getattr(row, "kinds", ()) or ())
    when = getattr(row, "when", "") or ""
    kind = kind_of(row)
    text = words.new_place(
        row.name, row.n, row.expected, evidence.subject, kind=kind,
        kinds="" if kind else words.mostly(kinds, row.n), hours=when,
    )  # fmt: skip
    return Highlight(
        subject="place",
        text=text,
        title=words.title_places(row.name, row.n, evidence.n, 1, evidence.subject, kind=kind),
        claim="new_place",
        p_value=float(row.p_value),
        size=float(row.n - row.expected),
        n=whole(row.n),
        ratio=float(row.ratio),
        ratio_low=float(row.ratio_low),
        ratio_high=float(row.ratio_high),
        where=row.name,
        places=(int(row.number),),
    )


def _lasting(rows: pd.DataFrame, claim: str, evidence: Evidence) -> Highlight | None:
    if rows.empty:
        return None
    worded = words.busy_places if claim == "busy" else words.cluster_places
    shown = _worth_telling(rows, evidence.n).head(_LISTED)
    listed = [(row.name, whole(row.n), _of_what(row)) for row in shown.itertuples()]
    first = shown.iloc[0]
    return Highlight(
        subject="place",
        text=worded(listed, baseline=evidence.baseline, months=evidence.months),
        title=words.title_places(
            first["name"],
            whole(first["n"]),
            evidence.n,
            len(rows),
            evidence.subject,
            kind=kind_of(first),
        ),
        claim=f"{claim}_places",
        p_value=float(rows["p_value"].min()),
        size=float((rows["n"] - rows["expected"]).sum()),
        ratio=float(first["ratio"]),
        ratio_low=float(first["ratio_low"]),
        ratio_high=float(first["ratio_high"]),
        where=first["name"],
        places=tuple(int(number) for number in shown["number"]),
    )


def _worth_telling(rows: pd.DataFrame, total: int) -> pd.DataFrame:
    """
    Leave small places out if larger ones remain, and those that were twice as busy before.

    What became quieter is reported as a fall, and all are on the slide with the map.
    """
    large = rows["n"] >= max(_FEWEST_LASTING, _SMALL * total)
    if "n_before" in rows:
        before = rows["n_before"].astype("float64").fillna(0)
        large &= ~((before >= FEWEST_LARGE) & (rows["n"] < before / 2))
    return rows[large] if large.any() else rows.head(1)


def _of_what(row: Any) -> str:
    """State of which kind a place is, and how much of it is at one exact address."""
    kind = kind_of(row)
    what = kind_names.name(kind) if kind else _mainly(row)
    share = getattr(row, "share_one_address", nan)
    stacked = bool(getattr(row, "reporting_point", False))
    at_one = "" if pd.isna(share) or stacked else words.at_one_address(share, int(row.n))
    return ", ".join(one for one in (what, at_one) if one)


def _mainly(row: Any) -> str:
    """Name the kind that most of a place of all kinds is."""
    return words.mainly(tuple(getattr(row, "kinds", ()) or ()), whole(row.n))


def is_large(n: int, total: int) -> bool:
    """Return whether a place holds so much of it all that this is worth telling."""
    return n >= max(FEWEST_LARGE, LARGE * total)


def _list(evidence: Evidence) -> list[Highlight]:
    table = evidence.busiest
    if table is None:
        return []
    rows = list(
        table[(table["n"] >= _FEWEST_LISTED).fillna(value=False)].head(_LISTED).itertuples()
    )
    if not rows:
        return []
    listed = [(str(row.name), whole(row.n)) for row in rows]
    n = listed[0][1]
    large = is_large(n, evidence.n)
    tested, only_new = evidence.places_tested, evidence.baseline == "none"
    return [
        Highlight(
            subject="list",
            text=words.busiest(
                listed, tested=tested, only_new=only_new, total=evidence.n if large else None,
                kinds=_mainly(rows[0]) if large else "",
            ),
            where=listed[0][0],
            n=n,
            minor=not large,
        )
    ]  # fmt: skip
