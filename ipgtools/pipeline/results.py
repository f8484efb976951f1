"""Compute every table of a briefing, and the facts its sentences speak of."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ipgtools import (
    areas,
    chance,
    codes,
    findings,
    hotspots,
    nl,
    offenders,
    schouw,
    times,
)
from ipgtools.briefing.facts import (
    Change,
    Facts,
    Hotspots,
    Peak,
    Schouw,
    find_peak,
)
from ipgtools.grid import Grid
from ipgtools.nl import methods as words
from ipgtools.periods import Period
from ipgtools.pipeline import cautioned, repeated, schouwen
from ipgtools.pipeline.inputs import Inputs

if TYPE_CHECKING:
    import geopandas as gpd

_SHOWN_KINDS = 4
_HOURS_KNOWN = pd.Timedelta(hours=20)
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
    methods, limits : list of str
        How figures were made, and what they can't tell; Dutch.
    """

    tables: dict[str, Any] = field(default_factory=dict)
    facts: Facts = field(default_factory=lambda: Facts(n=0))
    methods: list[str] = field(default_factory=list)
    limits: list[str] = field(default_factory=list)


def compute(inputs: Inputs, step: Step) -> Results:
    """
    Run every analysis of a briefing.

    Parameters
    ----------
    inputs : Inputs
        What was read.
    step : callable
        Told the name of each step as it starts.

    Returns
    -------
    Results
        Tables and facts; what there are too few data for is missing and said.
    """
    results = Results()
    now = inputs.now
    parts: dict[str, Any] = {}
    step("hotspots")
    parts["hotspots"] = _hotspots(inputs, now, results)
    step("compare")
    parts |= _compare(inputs, now, results)
    step("times")
    parts["peak"] = _times(inputs, now, results)
    parts |= repeated.look(inputs, now, results, days_known=not _month_only(inputs.incidents))
    step("offenders")
    _offenders(inputs, results)
    step("schouw")
    parts["schouw"] = _schouw(inputs, results)
    results.facts = Facts(n=len(now), area_kind=inputs.study.kind, **parts)
    cells = results.tables.get("hotspots")
    bandwidth = None if cells is None else cells.attrs["bandwidth"]
    results.limits += cautioned.said(inputs, bandwidth=bandwidth)
    return results


def _hotspots(inputs: Inputs, now: "gpd.GeoDataFrame", results: Results) -> Hotspots | None:
    choices, study = inputs.settings.analysis, inputs.study
    results.tables["gebieden"] = areas.rates(now, study.parts, alpha=choices.alpha)
    if len(now) < choices.fewest:
        results.limits.append(words.few(len(now), choices.fewest))
        return None
    grid = Grid.covering(study.parts, choices.cell_size)
    cells = hotspots.density(now, grid, bandwidth=choices.bandwidth)
    results.methods.append(words.density(cells.attrs["bandwidth"], cells.attrs["kernel"]))
    counted = hotspots.count(now, grid)
    bandwidth = cells.attrs["bandwidth"]
    cells = counted.assign(per_km2=cells["per_km2"])
    cells.attrs = counted.attrs
    cells = hotspots.gi_star(cells, radius=choices.radius, alpha=choices.alpha)
    cells.attrs["bandwidth"] = bandwidth
    for warning in cells.attrs["warnings"]:
        if warning["code"] == "few_incidents":
            results.limits.append(words.few_per_cell(warning["expected"]))
    radius = choices.radius or choices.cell_size * 2**0.5
    results.methods.insert(0, words.hotspots(choices.cell_size, radius, len(cells), choices.alpha))
    results.tables["hotspots"] = cells
    results.tables["concentratie"] = repeated.spread(inputs, cells, results)
    hot = cells[cells["hotspot"]]
    surface = float(hot.geometry.intersection(study.whole.geometry.iloc[0]).area.sum())
    return Hotspots(
        n_places=_n_groups(hot),
        n_inside=int(hot["n"].sum()),
        n_total=int(cells["n"].sum()),
        area_share=surface / float(study.whole.area.iloc[0]),
        n_possible=int((cells["hotspot_class"] == "hot_possible").sum()),
    )


def _n_groups(hot: "gpd.GeoDataFrame") -> int:
    """Count groups of cells that touch by a side or a corner."""
    if hot.empty:
        return 0
    merged = hot.geometry.buffer(1, join_style="mitre").union_all()
    return len(getattr(merged, "geoms", [merged]))


def _compare(inputs: Inputs, now: "gpd.GeoDataFrame", results: Results) -> dict[str, Any]:
    period, alpha = inputs.period, inputs.settings.analysis.alpha
    others = {"previous": period.previous(), "last_year": period.last_year()}
    first, last = _coverage(inputs)
    margin = _margin(inputs)
    there = {
        name: inputs.within(other)
        for name, other in others.items()
        if other.start >= first - margin
    }
    if len(there) < len(others):
        results.limits.append(words.no_before(nl.date(first)))
    if last < period.end - margin:
        results.limits.append(words.incomplete(nl.date(last)))
    exposure = {name: period.days / others[name].days for name in there}
    p = [
        float(chance.compare_counts(np.array([len(rows)]), np.array([len(now)]),
                                    exposure=exposure[name])[0])
        for name, rows in there.items()
    ]  # fmt: skip
    q = chance.benjamini_hochberg(np.array(p, dtype=float))
    changes = {
        name: Change(len(now), len(there[name]), period.days, others[name].days, float(one),
                     last_year=name == "last_year")
        for name, one in zip(there, q, strict=True)
    }  # fmt: skip
    if "previous" in there:
        results.tables["vergelijking"] = by_kind(
            now, there["previous"], there.get("last_year"), exposure=exposure["previous"],
            alpha=alpha,
        )  # fmt: skip
        results.tables["gebieden"] = results.tables["gebieden"].merge(
            pd.DataFrame(
                areas.change(
                    there["previous"], now, inputs.study.parts,
                    exposure=exposure["previous"], alpha=alpha,
                )
            )[["area_code", "n_before", "difference", "p_value", "q_value"]],
            on="area_code",
        )  # fmt: skip
        results.methods.append(words.change(alpha))
        if "hotspots" in results.tables:
            grid = Grid.covering(inputs.study.parts, inputs.settings.analysis.cell_size)
            results.tables["verandering"] = hotspots.change(
                there["previous"], now, grid, exposure=exposure["previous"], alpha=alpha
            )
    results.tables["trend"] = times.trend(
        inputs.incidents,
        period=Period(max(first, others["last_year"].start), period.end),
        step="week" if inputs.settings.output.audience == "politie" else "month",
    )
    return changes


def by_kind(
    now: pd.DataFrame,
    before: pd.DataFrame,
    last_year: pd.DataFrame | None,
    *,
    exposure: float = 1.0,
    alpha: float = 0.05,
) -> pd.DataFrame:
    """
    Compare periods for each kind of incident.

    Parameters
    ----------
    now, before : DataFrame
        INCIDENTS of both periods.
    last_year : DataFrame or None
        INCIDENTS of the same period a year ago.
    exposure : float
        Length of the period by that of the one before.
    alpha : float
        Level of the intervals.

    Returns
    -------
    DataFrame, one row per kind
        `kind`, `n`, `n_before`, `n_last_year`, and `difference`, `ratio`, `ci_low`, `ci_high`,
        `p_value`, `q_value` of now against before. The total comes first, then at most four
        kinds by frequency, then all others together: the rows below the first add up to it.
    """
    tables = {"n": now, "n_before": before, "n_last_year": last_year}
    counts = pd.DataFrame(
        {
            name: kinds(rows).value_counts() if rows is not None else pd.Series(dtype="int64")
            for name, rows in tables.items()
        }
    ).fillna(0)
    order = counts.sum(axis=1).sort_values(ascending=False, kind="stable").index
    shown = counts.loc[order[:_SHOWN_KINDS]]
    rest = counts.loc[order[_SHOWN_KINDS:]]
    parts = [counts.sum().to_frame(words.TOTAL).T]
    if len(order) > 1:
        parts.append(shown)
    if len(rest):
        parts.append(rest.sum().to_frame(words.OTHER).T)
    table = pd.concat(parts).astype("int64").rename_axis("kind").reset_index()
    if last_year is None:
        table["n_last_year"] = pd.Series(pd.NA, index=table.index, dtype="Int64")
    compared = areas.compare(
        table["n_before"].to_numpy(), table["n"].to_numpy(), exposure=exposure, alpha=alpha
    )
    more = ["difference", "ratio", "ci_low", "ci_high", "p_value", "q_value"]
    return table.assign(**{name: compared[name] for name in more})


def kinds(incidents: pd.DataFrame) -> pd.Series:
    """
    Name the kind of each incident: the class of its code, or else what the source calls it.

    Parameters
    ----------
    incidents : DataFrame, n_incidents
        With `category` and `category_label`.

    Returns
    -------
    Series of str, n_incidents
        Dutch; never missing.
    """
    category = incidents["category"]
    names = {code: codes.label(codes.class_of(code)) for code in category.dropna().unique()}
    named = category.map({code: name for code, name in names.items() if name != codes.UNKNOWN})
    label = incidents["category_label"].astype("str")
    return named.astype("str").fillna(label).fillna(words.WITHOUT_CLASS)


def _coverage(inputs: Inputs) -> tuple[pd.Timestamp, pd.Timestamp]:
    when = inputs.everywhere["occurred_from"]
    return when.min().normalize(), when.max()


def _margin(inputs: Inputs) -> pd.Timedelta:
    """Tell how long it can be silent before a file looks cut off: 7 days or ten mean gaps."""
    first, last = _coverage(inputs)
    known = max(int(inputs.everywhere["occurred_from"].notna().sum()), 1)
    monthly = pd.Timedelta(days=31) if _month_only(inputs.everywhere) else pd.Timedelta(days=7)
    return max(monthly, 10 * (last - first) / known)


def _month_only(incidents: pd.DataFrame) -> bool:
    length = incidents["occurred_to"] - incidents["occurred_from"]
    return bool(len(length) and (length >= pd.Timedelta(days=27)).mean() > 0.5)


def _times(inputs: Inputs, now: "gpd.GeoDataFrame", results: Results) -> Peak | None:
    length = now["occurred_to"] - now["occurred_from"]
    if (length >= _HOURS_KNOWN).mean() > 0.5:
        results.limits.append(words.HOURS_UNKNOWN)
        return None
    longest = inputs.settings.analysis.longest_days
    table = times.aoristic(now, by="hour_weekday", longest=pd.Timedelta(days=longest))
    results.tables["uur_weekdag"] = table
    left = table.attrs
    results.methods.append(words.times(left["n_used"], left["n_too_long"], longest))
    week = np.zeros((7, 24))
    week[table["weekday"], table["hour"]] = table["weight"]
    return find_peak(week.tolist(), n_used=left["n_used"])


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
    results.methods.append(words.offenders(choices.regime, nl.date(inputs.reference)))


def _schouw(inputs: Inputs, results: Results) -> Schouw | None:
    if inputs.photos is not None and len(inputs.photos):
        results.tables["fotos"] = inputs.photos
    if inputs.n_photos_elsewhere:
        results.limits.append(words.photos_elsewhere(inputs.n_photos_elsewhere, inputs.study.name))
    found, actions = inputs.findings, inputs.actions
    if found is None or actions is None or found.empty:
        return None
    results.tables["bevindingen"] = found
    results.tables["acties"] = findings.open_actions(found, actions, on=inputs.period.end)
    results.tables["acties_per_actor"] = by_actor = findings.by_actor(actions)
    results.tables["bevindingen_per_soort"] = findings.by_category(found)
    without = int((found.geometry.isna() | found.geometry.is_empty).sum())
    if without:
        results.limits.append(words.findings_without_place(without))
    for name, report in inputs.reports.items():
        if name.startswith("schouw") and (doubted := schouw.doubted(report)):
            results.limits.append(words.findings_doubted(doubted, report.source))
    inside = None
    if "hotspots" in results.tables:
        inside = int(findings.in_hotspots(found, results.tables["hotspots"]).sum())
    days = found["schouw_date"].dropna()
    compared: dict[str, Any] = {}
    if inputs.earlier is not None:
        distance = inputs.settings.schouw.distance
        results.tables["schouw_vergelijking"] = schouw.compare(
            inputs.earlier, found, distance=distance
        )
        results.methods.append(words.schouw_compared(distance))
        compared = schouwen.told(results.tables["schouw_vergelijking"], inputs.earlier)
    return Schouw(
        n_findings=len(found),
        n_actions=len(actions),
        n_open=int(by_actor["n_open"].sum()),
        by_actor=tuple((row.actor, row.n_open) for row in by_actor.itertuples() if row.n_open),
        day=nl.date(days.iloc[0]) if len(days) else "",
        n_in_hotspots=inside,
        n_placed=len(found) - without,
        **compared,
    )
