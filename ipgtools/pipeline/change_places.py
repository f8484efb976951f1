"""Find where what changed did so most: for the total and for each kind, as a count."""

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from ipgtools.hotspots.hot_places.largest_difference import find
from ipgtools.hotspots.hot_places.naming import names
from ipgtools.nl import methods as words
from ipgtools.nl import place_names
from ipgtools.pipeline.changes import kinds
from ipgtools.pipeline.inputs import Inputs

if TYPE_CHECKING:
    from ipgtools.pipeline.results import Results

__all__ = ["TABLE", "add"]

TABLE = "waar_veranderd"
_TESTS = {"previous": ("n_before", "q_value"), "last_year": ("n_last_year", "q_last_year")}


def add(inputs: Inputs, results: "Results") -> None:
    """
    Put the table of places that hold most of a proven change with the results.

    Only changes that are more than chance are looked at. Nothing is given where points are
    rounded off, or were moved since the earlier period, or where no street gives it a name.
    """
    compared = results.tables.get("vergelijking")
    if compared is None:
        return
    from ipgtools import history

    there = history.comparable(inputs.period, inputs.coverage)[0]
    now, alpha = inputs.now, inputs.settings.analysis.alpha
    of_now = kinds(now)
    rows: list[dict[str, Any]] = []
    for earlier, period in there.items():
        column, q = _TESTS[earlier]
        if column not in compared or not inputs.same_points(period):
            continue
        before = inputs.within(period)
        of_before = kinds(before)
        for row in compared[compared[q] <= alpha].itertuples():
            if row.kind == words.OTHER:
                continue
            mine, then = (
                (now, before)
                if row.kind == words.TOTAL
                else (now[of_now == row.kind], before[of_before == row.kind])
            )
            found = _named(inputs, mine, then, exposure=inputs.period.days / period.days)
            if found is not None:
                rows.append({"kind": str(row.kind), "earlier": earlier, **found})
    if rows:
        table = gpd.GeoDataFrame(rows, crs=inputs.study.parts.crs)
        numbered = [f"change-{at + 1}" for at in range(len(table))]
        table.insert(0, "place_id", pd.array(numbered, dtype="str"))
        results.tables[TABLE] = table


def _named(
    inputs: Inputs, now: gpd.GeoDataFrame, before: gpd.GeoDataFrame, *, exposure: float
) -> dict[str, Any] | None:
    """Give the place with most of the change, where it has a name."""
    smallest = inputs.profile.incidents.smallest
    found = find(now, before, exposure=exposure, min_incidents=max(smallest, 5))
    if found is None:
        return None
    larger = now if found.n > found.n_before * exposure else before
    disc = gpd.GeoDataFrame({"number": [1]}, geometry=[found.place], crs=now.crs)
    name = names(disc, inputs.streets, incidents=larger).iloc[0]
    if name == place_names.numbered(1):
        return None
    return {"name": name, "n": found.n, "n_before": found.n_before, "geometry": found.place}
