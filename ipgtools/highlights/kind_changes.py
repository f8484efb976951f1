"""Determine which kinds of incident rose or fell, where that is proven."""

from typing import Any

import pandas as pd

from ipgtools.highlights.change_location import place_with_most
from ipgtools.highlights.evidence import Evidence
from ipgtools.highlights.highlight import Highlight
from ipgtools.highlights.seasonality import holds_against_last_year
from ipgtools.inference import ALPHA
from ipgtools.nl import highlights as words
from ipgtools.rounded import whole

__all__ = ["candidates"]


def candidates(evidence: Evidence) -> list[Highlight]:
    """
    Give each kind whose number changed by more than chance.

    Against the period before; where that is not proven, against last year. A change that does
    not hold against last year weighs half, and its sentence names the season. Where
    one place holds most of it, that is named too.
    """
    if evidence.kinds is None:
        return []
    found = (_candidate(row, evidence) for row in evidence.kinds.itertuples())
    return [one for one in found if one is not None]


def _candidate(row: Any, evidence: Evidence) -> Highlight | None:
    n, before, last_year = (_whole(getattr(row, name)) for name in _COUNTS)
    if n is None:
        return None
    if before is not None and _proven(row.q_value):
        season = None
        if last_year is not None and not holds_against_last_year(
            n, before * evidence.exposure, last_year
        ):
            season = last_year
        size = abs(n - before * evidence.exposure) * (0.5 if season is not None else 1.0)
        at = place_with_most(evidence, row.kind, "previous")
        return Highlight(
            subject="kind",
            text=words.kind_changed(row.kind, n, before, evidence.when_before, season=season, **at),
            title=words.title_kind(row.kind, n, before),
            claim="kind_changed",
            p_value=float(row.q_value),
            size=size,
            n=n,
            n_before=before,
            when=evidence.when_before,
            ratio=float(row.ratio),
            ratio_low=float(row.ci_low),
            ratio_high=float(row.ci_high),
            kind=row.kind,
            where=at.get("where", ""),
            season=season,
        )
    if last_year is not None and _proven(row.q_last_year):
        at = place_with_most(evidence, row.kind, "last_year")
        return Highlight(
            subject="kind",
            text=words.kind_changed(row.kind, n, last_year, evidence.when_last_year, **at),
            title=words.title_kind(row.kind, n, last_year),
            claim="kind_changed",
            p_value=float(row.q_last_year),
            size=abs(n - last_year),
            n=n,
            n_before=last_year,
            when=evidence.when_last_year,
            ratio=n / last_year if last_year else float("inf"),
            kind=row.kind,
            where=at.get("where", ""),
        )
    return None


_COUNTS = ("n", "n_before", "n_last_year")


def _whole(value: Any) -> int | None:
    return None if pd.isna(value) else whole(value)


def _proven(q_value: Any) -> bool:
    return bool(pd.notna(q_value) and q_value <= ALPHA)
