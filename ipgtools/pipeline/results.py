"""Compute every table of a briefing, and the facts its sentences speak of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pandas as pd

from ipgtools import (
    areas,
    findings,
    hotspots,
    nl,
    offenders,
    schouw,
)
from ipgtools.briefing.facts import Facts, Schouw
from ipgtools.grid import Grid
from ipgtools.nl import methods as words
from ipgtools.nl.messages import message
from ipgtools.periods import Period
from ipgtools.pipeline import (
    change_places,
    changes,
    hot_places,
    hours,
    quality_notes,
    repeat_results,
    schouw_input,
)
from ipgtools.pipeline.households import with_households
from ipgtools.pipeline.inputs import Inputs
from ipgtools.pipeline.lines import Counted, Line

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["STEPS", "Analysis", "Results", "Step", "compute"]

_WIDE, _OF_SIDE = 800.0, 30
"""Metres of bandwidth that any area may have; the part of the shorter side of a wide one."""

Step = Callable[[str], None]


@dataclass
class Results:
    """
    What was computed, before it is released.

    Parameters
    ----------
    tables : dict of str to DataFrame
        By the Dutch name of their file.
    facts : Facts
        Plain numbers for the sentences.
    methods, limits : list of Line
        How figures were made, and what they can't tell.
    kept : list of str
        What they can't tell, for whoever makes the briefing alone; Dutch.
    parts : dict of str to object
        Fields of `Facts`, as the steps find them.
    """

    tables: dict[str, Any] = field(default_factory=dict)
    facts: Facts = field(default_factory=lambda: Facts(n=0))
    methods: list[Line] = field(default_factory=list)
    limits: list[Line] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    parts: dict[str, Any] = field(default_factory=dict)

    def method(self, counted: str, uncounted: str = "") -> None:
        """Add a line on methods that tells exact numbers, and what others read instead."""
        self.methods.append(Counted(counted, uncounted))

    def limit(self, counted: str, uncounted: str = "") -> None:
        """Add a line on limits that tells exact numbers, and what others read instead."""
        self.limits.append(Counted(counted, uncounted))


def compute(inputs: Inputs, step: Step) -> Results:
    """Run every analysis of a briefing."""
    results = Results()
    for name, analyses in STEPS.items():
        step(name)
        for analyse in analyses:
            analyse(inputs, results)
    results.facts = Facts(
        n=len(inputs.now),
        area_kind=inputs.study.kind,
        subject=inputs.settings.output.subject,
        **results.parts,
    )
    cells = results.tables.get("dichtheid")
    bandwidth = None if cells is None else cells.attrs["bandwidth"]
    told, results.kept = quality_notes.select(inputs, bandwidth=bandwidth)
    results.limits += told
    return results


def _density(inputs: Inputs, results: Results) -> None:
    choices, study, now = inputs.settings.analysis, inputs.study, inputs.now
    results.tables["gebieden"] = areas.rates(now, study.parts, alpha=choices.alpha)
    if len(now) < choices.fewest:
        results.limit(words.few(len(now), choices.fewest), words.few(None, choices.fewest))
        return
    grid = Grid.covering(study.parts, inputs.cell_size)
    density = hotspots.density(now, grid, bandwidth=choices.bandwidth)
    widest = _widest_bandwidth(study.parts)
    if choices.bandwidth is None and density.attrs["bandwidth"] > widest:
        density = hotspots.density(now, grid, bandwidth=widest)
    results.method(words.density(density.attrs["bandwidth"], density.attrs["kernel"]))
    cells = hotspots.count(now, grid).assign(per_km2=density["per_km2"])
    cells.attrs["bandwidth"] = density.attrs["bandwidth"]
    results.tables["dichtheid"] = cells
    results.tables["concentratie"] = repeat_results.spread(inputs, cells, results)


def _widest_bandwidth(parts: "gpd.GeoDataFrame") -> float:
    """
    Give the widest bandwidth that still shows where in an area incidents are.

    The rule for the data smooths a gemeente to one spot. A thirtieth of its shorter side; at least
    800 m, which leaves a wijk as the rule has it. Two digits, as it is no measurement.
    """
    west, south, east, north = parts.total_bounds
    side = max(min(east - west, north - south) / _OF_SIDE, _WIDE)
    step = 10.0 ** (len(str(int(side))) - 2)
    return float(round(side / step) * step)


def _places(inputs: Inputs, results: Results) -> None:
    results.parts["places"] = hot_places.add(inputs, results)


def _changes(inputs: Inputs, results: Results) -> None:
    results.parts |= changes.add(inputs, results)
    for name in ("dichtheid", "verandering"):
        if name in results.tables:
            results.tables[name] = with_households(results.tables[name], inputs)
    if not repeat_results.rounded(inputs):
        change_places.add(inputs, results)


def _times(inputs: Inputs, results: Results) -> None:
    found = hours.busy_hours(inputs, inputs.now)
    if found.table is not None:
        results.tables["uur_weekdag"] = found.table
    results.methods += found.methods
    results.limits += found.limits
    results.parts["peak"] = found.peak


def _repeats(inputs: Inputs, results: Results) -> None:
    days_known = inputs.coverage.grain != "month"
    results.parts |= repeat_results.compute(inputs, inputs.now, results, days_known=days_known)


def _offenders(inputs: Inputs, results: Results) -> None:
    if inputs.offences is None:
        return
    choices, end = inputs.settings.analysis, inputs.period.end
    year = Period(end - pd.DateOffset(years=1), end)
    table = offenders.by_area(
        inputs.offences,
        inputs.study.whole,
        regime=choices.regime,
        reference_date=inputs.reference,
        period=year,
    )
    results.tables["veelplegers"] = table
    if inputs.profile.persons.allowed:
        results.methods.append(words.offenders(choices.regime, nl.date(inputs.reference)))


def _schouw(inputs: Inputs, results: Results) -> None:
    if inputs.photos is not None and len(inputs.photos):
        results.tables["fotos"] = inputs.photos
    if inputs.n_photos_elsewhere:
        results.limits.append(
            message("photos_elsewhere", n=inputs.n_photos_elsewhere, area=inputs.study.name)
        )
    found, actions = inputs.findings, inputs.actions
    if found is None or actions is None or found.empty:
        return
    results.tables["bevindingen"] = found
    results.tables["acties"] = findings.open_actions(
        found, actions, reference_date=inputs.period.end
    )
    results.tables["acties_per_actor"] = by_actor = findings.by_actor(actions)
    results.tables["bevindingen_per_soort"] = findings.by_category(found)
    without = int((found.geometry.isna() | found.geometry.is_empty).sum())
    if without:
        results.limits.append(message("findings_without_place", n=without))
    for name, report in inputs.reports.items():
        if name.startswith("schouw") and (doubted := schouw.n_doubtful(report)):
            results.limits.append(message("findings_doubted", n=doubted))
    inside, hot = None, results.parts["places"]
    if hot.tested and hot.n_places:
        inside = int(results.tables[hot_places.TABLE]["findings"].sum())
    days = found["schouw_date"].dropna()
    compared: dict[str, Any] = {}
    if inputs.earlier is not None:
        distance = inputs.settings.schouw.distance
        results.tables["schouw_vergelijking"] = schouw.compare(
            inputs.earlier, found, distance=distance
        )
        results.methods.append(words.schouw_compared(distance))
        compared = schouw_input.comparison_facts(
            results.tables["schouw_vergelijking"], inputs.earlier
        )
    results.parts["schouw"] = Schouw(
        n_findings=len(found),
        n_actions=len(actions),
        n_open=int(by_actor["n_open"].sum()),
        by_actor=tuple((row.actor, row.n_open) for row in by_actor.itertuples() if row.n_open),
        day=nl.date(days.iloc[0]) if len(days) else "",
        n_in_places=inside,
        n_placed=len(found) - without,
        **compared,
    )


Analysis = Callable[[Inputs, Results], None]

STEPS: Mapping[str, tuple[Analysis, ...]] = MappingProxyType(
    {
        "hotspots": (_density, _places),
        "compare": (_changes,),
        "times": (_times, _repeats),
        "offenders": (_offenders,),
        "schouw": (_schouw,),
    }
)
"""
The analyses of a briefing in order, by the step of a run that shows them (`nl.cli.STEPS`).

An analysis puts its tables, lines and parts of the facts with the results; it may use what those
before it put there.
"""
