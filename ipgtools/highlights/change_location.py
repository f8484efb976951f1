"""Determine where most of a change is, by count."""

from typing import Any

import pandas as pd

from ipgtools.highlights.evidence import Evidence
from ipgtools.rounded import whole

__all__ = ["place_with_most"]


def place_with_most(evidence: Evidence, kind: str, earlier: str) -> dict[str, Any]:
    """Return the place that holds most of the change of a kind, as the words want it."""
    table = evidence.differing
    if table is None:
        return {}
    mine = table[(table["kind"] == kind) & (table["earlier"] == earlier)]
    if mine.empty or (kind == evidence.total_name and len(table) > len(mine)):
        return {}
    row = mine.iloc[0]
    if pd.isna(row["n"]) or pd.isna(row["n_before"]):
        return {"where": row["name"]}
    return {
        "where": row["name"],
        "n_where": whole(row["n"]),
        "n_where_before": whole(row["n_before"]),
    }
