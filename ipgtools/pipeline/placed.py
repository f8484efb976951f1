"""Find the places of a briefing: those that stand out, and the busiest as a plain list."""

from typing import TYPE_CHECKING, Any

import pandas as pd

from ipgtools import hotspots
from ipgtools.hotspots.hot_places import past
from ipgtools.nl import methods as words
from ipgtools.periods import Period
from ipgtools.pipeline.changes import kinds
from ipgtools.pipeline.inputs import Inputs

if TYPE_CHECKING:
    from ipgtools.pipeline.results import Results

TABLE = "drukke_plekken"
LIST = "drukste_plekken"
_COARSE = 100.0


def add(inputs: Inputs, results: "Results", earlier: dict[str, Period]) -> None:
    """
    Find places, and put tables, methods and limits with the results.

    Parameters
    ----------
    inputs : Inputs
        What was read.
    results : Results
        Gets the tables `drukke_plekken` (PLACES) and `drukste_plekken` (the list), and what is
        to be said.
    earlier : dict of str to Period
        Earlier periods that the files cover: ``"previous"``, ``"last_year"``.
    """
    choices, period = inputs.settings.analysis, inputs.period
    rows = inputs.placed
    found = hotspots.places(
        rows,
        inputs.study.parts,
        period=period,
        history=_known(inputs),
        streets=inputs.streets,
        addresses=inputs.addresses,
        kind=kinds(rows),
        before=earlier.get("previous"),
        last_year=earlier.get("last_year"),
        findings=inputs.findings,
        actions=inputs.actions,
        alpha=choices.alpha,
        n_permutations=max(choices.n_permutations, 999),
        rng=choices.seed,
    )
    results.tables[TABLE] = found
    for warning in found.attrs["warnings"]:
        results.limits.append(words.PLACES_LIMITS[warning["code"]](warning))
    method = found.attrs["method"]
    if method["claims"]:
        results.methods.insert(0, words.places(method, months_of(found)))
    listed = hotspots.busiest(
        rows,
        inputs.study.parts,
        period=period,
        half_life=hotspots.half_life(inputs.everywhere, inputs.areas, period=period),
        streets=inputs.streets,
        cell_size=None if inputs.settings.output.audience == "politie" else _COARSE,
    )
    results.tables[LIST] = listed
    results.methods.append(words.busiest(listed.attrs["method"]))


def months_of(places: pd.DataFrame) -> int:
    """Count the months of the long window that lasting places were tested on."""
    history = places.attrs["method"]["history"]
    known = None if history is None else Period(*history)
    return min(past.months(known) + 3, past.MONTHS) if known else 0


def _known(inputs: Inputs) -> Period | None:
    """Give the past that the files cover."""
    start: Any = inputs.coverage.start
    if pd.isna(start) or start >= inputs.period.start:
        return None
    return Period(start, inputs.period.start)
