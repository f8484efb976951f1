"""Find the places of a briefing: those that stand out, and the busiest as a plain list."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ipgtools import history, hotspots
from ipgtools.briefing.facts import Places
from ipgtools.briefing.slides.places import FOUND as TABLE
from ipgtools.briefing.slides.places import LISTED as LIST
from ipgtools.hotspots.hot_places import history_steps
from ipgtools.nl import methods as words
from ipgtools.periods import Period
from ipgtools.pipeline.changes import telling_kinds
from ipgtools.pipeline.inputs import Inputs

if TYPE_CHECKING:
    import geopandas as gpd

    from ipgtools.pipeline.results import Results

__all__ = ["LIST", "TABLE", "add", "find", "months_of"]

DRAWS = 999
"""Maps of chance for each test of places, at least."""
_DAYS_A_MONTH = 30.44


def add(inputs: Inputs, results: "Results") -> Places:
    """Find places, and put tables, methods and limits with the results."""
    choices, period = inputs.settings.analysis, inputs.period
    found = find(inputs)
    results.tables[TABLE] = _with_addresses(found, inputs)
    if inputs.moved is not None:
        results.limits.append(words.points_moved(inputs.moved))
    for warning in found.attrs["warnings"]:
        results.limit(words.places_limit(**warning), words.places_limit(counted=False, **warning))
    method, months = found.attrs["method"], months_of(found, period)
    if method["claims"]:
        said = words.places(
            method["claims"], method["baseline"], months=months,
            cell_size=method["cell_size"], n_kinds=len(method["kinds"]) - 1, alpha=choices.alpha,
            draws=method["n_permutations"],
        )  # fmt: skip
        results.methods.insert(0, said)
    rows = inputs.on_same_points(inputs.placed)
    listed = hotspots.busiest(
        rows,
        inputs.study.parts,
        period=period,
        half_life=hotspots.half_life(
            inputs.on_same_points(inputs.everywhere), inputs.areas, period=period
        ),
        streets=inputs.streets,
        cell_size=inputs.profile.cells.size or None,
        kind=telling_kinds(rows),
    )
    results.tables[LIST] = _with_addresses(listed, inputs)
    how = listed.attrs["method"]
    results.methods.append(words.busiest(how["half_life"], how["cell_size"]))
    return Places(
        n_places=len(found),
        n_inside=int(found["n"].sum()),
        n_total=len(inputs.now),
        n_new=int((found["claim"] == "new").sum()),
        tested=bool(method["claims"]) and not _too_few(found),
        baseline=method["baseline"],
        months=months,
    )


def find(inputs: Inputs) -> "gpd.GeoDataFrame":
    """Find the places that stand out, as a briefing does."""
    choices, period = inputs.settings.analysis, inputs.period
    there = history.comparable(period, inputs.coverage)[0]
    rows = inputs.on_same_points(inputs.placed)
    # An even spread explains nothing: files of another town leave a briefing without baseline.
    return hotspots.places(
        rows,
        inputs.study.parts,
        period=period,
        history=known_history(inputs),
        baseline="measured",
        streets=inputs.streets,
        addresses=inputs.addresses,
        kind=telling_kinds(rows),
        covered=inputs.coverage,
        before=there.get("previous"),
        last_year=there.get("last_year"),
        findings=inputs.findings,
        actions=inputs.actions,
        alpha=choices.alpha,
        n_permutations=max(choices.n_permutations, DRAWS),
        rng=choices.seed,
    )


def _with_addresses(places: "gpd.GeoDataFrame", inputs: Inputs) -> "gpd.GeoDataFrame":
    """Count the addresses of each place, where its audience needs a place to have some."""
    if inputs.addresses is None or not inputs.profile.places.addresses or places.empty:
        return places
    at, _ = inputs.addresses.sindex.query(places.geometry, predicate="intersects")
    counted = np.bincount(at, minlength=len(places))
    shown = places.assign(n_addresses=pd.array(counted, dtype="Int64"))
    shown.attrs = dict(places.attrs)
    return shown


def known_history(inputs: Inputs) -> Period | None:
    """Give the past that the files cover; None where they begin in the period or after it."""
    start: Any = inputs.coverage.start
    if inputs.moved is not None:
        start = max(start, inputs.moved)
    if pd.isna(start) or start >= inputs.period.start:
        return None
    return Period(start, inputs.period.start)


def months_of(places: pd.DataFrame, period: Period) -> int:
    """Count the months of the long window that lasting places were tested on."""
    tested = places.attrs["method"]["history"]
    if tested is None:
        return round(period.days / _DAYS_A_MONTH)
    start = max(period.end - pd.DateOffset(months=history_steps.MONTHS), Period(*tested).start)
    return round(Period(min(start, period.start), period.end).days / _DAYS_A_MONTH)


def _too_few(places: pd.DataFrame) -> bool:
    return any(warning["code"] == "few_incidents" for warning in places.attrs["warnings"])
