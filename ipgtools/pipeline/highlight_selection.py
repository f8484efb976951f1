"""Gather the evidence of a briefing, and choose what it tells."""

from math import isfinite, nan
from typing import TYPE_CHECKING, Any

import pandas as pd

from ipgtools import briefing, highlights
from ipgtools.briefing.facts import busy_hours, say_near, say_schouw, say_times
from ipgtools.highlights import Comparison, Evidence, Highlight, Near, Schouw, Streak
from ipgtools.highlights.places import is_large, kind_of
from ipgtools.nl import coverage as coverage_words
from ipgtools.nl import highlights as highlight_words
from ipgtools.nl import methods
from ipgtools.nl.messages import message
from ipgtools.nl.slides import places as places_words
from ipgtools.nl.slides import repeats as repeats_words
from ipgtools.nl.slides import schouw as schouw_words
from ipgtools.nl.slides import timing as timing_words
from ipgtools.periods import Period
from ipgtools.pipeline import change_places, hot_places, repeat_results
from ipgtools.pipeline.changes import kinds
from ipgtools.pipeline.inputs import Inputs
from ipgtools.pipeline.near_repeat_input import near_incidents
from ipgtools.pipeline.results import Results
from ipgtools.rounded import whole

if TYPE_CHECKING:
    from ipgtools.briefing import Change, Facts

__all__ = ["evidence", "select", "titles"]

_FEWEST_IN_YEAR = 10
"""Incidents of a kind in the twelve months before, below which a quiet streak says little."""
_SHORTEST_STREAK = 14
"""Days without a kind below which nobody calls it quiet."""
_SHARE_ON_POINT, _FEWEST_ON_POINT = 0.25, 20
"""Share of all incidents, and number, at one exact point from which that is told."""
_UNLIKELY = 0.05
_DAYS_OF_WEEK = 7
_TESTS = ("p_value", "ratio", "ratio_low", "ratio_high")
_OF_KINDS = ("kind", "n", "n_before", "n_last_year")
_TESTS_OF_KINDS = ("q_value", "q_last_year", "ratio", "ci_low", "ci_high")


def select(inputs: Inputs, results: Results, tables: dict[str, Any]) -> tuple[Highlight, ...]:
    """Choose what a briefing tells."""
    return highlights.select(evidence(inputs, results, tables))


def evidence(inputs: Inputs, results: Results, tables: dict[str, Any]) -> Evidence:
    """Gather what was found, with numbers from released tables; parameters as of `select`."""
    facts = results.facts
    before, last_year = facts.previous, facts.last_year
    hours = busy_hours(facts)
    peak, hot = facts.peak, facts.places
    return Evidence(
        n=facts.n,
        subject=inputs.settings.output.subject,
        anything_tested=_anything_tested(facts),
        total_before=_comparison(before),
        total_last_year=_comparison(last_year),
        kinds=_kinds(results, tables),
        when_before=before.when if before is not None else "",
        when_last_year=last_year.when if last_year is not None else "",
        exposure=before.exposure if before is not None else 1.0,
        places=_places(inputs, results, tables),
        busiest=tables.get(hot_places.LIST),
        places_tested=hot is not None and hot.tested,
        differing=tables.get(change_places.TABLE),
        total_name=methods.TOTAL,
        min_incidents=inputs.settings.analysis.fewest,
        baseline=hot.baseline if hot is not None else "none",
        months=hot.months if hot is not None else 0,
        hours=hours,
        hours_text=say_times(facts)[0] if hours else "",
        hours_title=timing_words.title_times(hours) if hours else "",
        hours_p=peak.p_value if peak is not None else nan,
        hours_size=_size_of_hours(peak),
        hours_daily=peak is not None and len(peak.weekdays) == _DAYS_OF_WEEK,
        near=_near(inputs, facts),
        schouw=_schouw(facts),
        streaks=_streaks(inputs),
        quality=_quality(inputs),
    )


def _anything_tested(facts: "Facts") -> bool:
    return (
        any(one is not None and one.tested for one in (facts.previous, facts.last_year))
        or (facts.places is not None and facts.places.tested)
        or (facts.peak is not None and isfinite(facts.peak.p_value))
        or (facts.near is not None and isfinite(facts.near.p_value))
    )


def _size_of_hours(peak: Any) -> float:
    """Give the incidents above an even spread."""
    return 0.0 if peak is None else float(peak.observed - peak.expected)


def _comparison(change: "Change | None") -> Comparison | None:
    if change is None or not change.comparable or not change.enough:
        return None
    return Comparison(
        change.n, change.n_before, change.when, q_value=change.q_value, exposure=change.exposure
    )


def _kinds(results: Results, tables: dict[str, Any]) -> pd.DataFrame | None:
    """Join the released counts of kinds with their tests; totals and the rest are no kinds."""
    if "vergelijking" not in tables:
        return None
    shown, tested = tables["vergelijking"], results.tables["vergelijking"]
    counts = shown[~shown["kind"].isin([methods.TOTAL, methods.OTHER])].reindex(
        columns=list(_OF_KINDS)
    )
    tests = tested.reindex(columns=["kind", *_TESTS_OF_KINDS])
    return counts.merge(tests, on="kind", how="left")


def _places(inputs: Inputs, results: Results, tables: dict[str, Any]) -> pd.DataFrame | None:
    """Join the released places with their tests; where points are rounded, without addresses."""
    if hot_places.TABLE not in tables:
        return None
    shown, tested = tables[hot_places.TABLE], results.tables[hot_places.TABLE]
    tests = pd.DataFrame(tested)[["place_id", *_TESTS]]
    of_addresses = ["share_one_address"] if repeat_results.rounded(inputs) else []
    shown = pd.DataFrame(shown).drop(columns=[*_TESTS, *of_addresses], errors="ignore")
    return shown.merge(tests, on="place_id", how="left")


def _near(inputs: Inputs, facts: "Facts") -> Near | None:
    """Give the near repeats; of pairs in a larger area those that the study area's share is."""
    near = facts.near
    if near is None:
        return None
    looked_at = near_incidents(inputs).incidents
    here = float(looked_at["area_code"].isin(inputs.study.parts["area_code"]).mean())
    return Near(
        text=say_near(facts)[0],
        title=repeats_words.TITLE,
        proven=near.shown,
        p_value=near.p_value,
        size=(near.observed - near.expected) * here,
        windows=near.still_open if near.n_open else "",
        elsewhere=near.wider and not near.n_open,
    )


def _schouw(facts: "Facts") -> Schouw | None:
    state = facts.schouw
    if state is None:
        return None
    return Schouw(
        text=say_schouw(facts)[0],
        title=schouw_words.title_schouw(state.n_open, state.n_actions, state.by_actor),
        n_open=state.n_open,
    )


def _streaks(inputs: Inputs) -> tuple[Streak, ...]:
    """
    Count the days without each kind, where so many are unlikely at the rate of the year before.

    For who may see exact numbers: they tell the day of an incident, and that there were none since.
    """
    end, covered = inputs.period.end, inputs.coverage
    if not inputs.profile.exact or covered.grain not in ("clock", "day"):
        return ()
    rows = inputs.incidents
    rows = rows[(rows["occurred_from"] < end).to_numpy()]
    by_kind = rows["occurred_from"].groupby(kinds(rows))
    latest = by_kind.max()
    found = []
    for kind, last in latest.items():
        days = int((end - last) / pd.Timedelta(days=1))
        year = Period(last.normalize() - pd.DateOffset(years=1), last.normalize())
        if days < _SHORTEST_STREAK or not covered.covers(Period(year.start, end)):
            continue
        n = int(year.contains(by_kind.get_group(kind)).sum())
        if n >= _FEWEST_IN_YEAR and (1 - days / 365) ** n <= _UNLIKELY / len(latest):
            found.append(Streak(str(kind), days, n))
    return tuple(sorted(found, key=lambda one: -one.days))


def _quality(inputs: Inputs) -> tuple[str, ...]:
    """
    Give what changes the story about the data: the period is not complete, or one point for much.

    Where points are one per street, or rounded off, another line says so.
    """
    found = []
    own = inputs.coverage.lack(inputs.period)
    if own is not None and pd.notna(own.start):
        last = own.end - pd.Timedelta(days=1)
        found.append(coverage_words.incomplete(own.code, own.start, last))
    n, most = len(inputs.now), _busiest_point(inputs)
    if "one_point" not in inputs.profile.shown.cautions:
        return tuple(found)
    if most >= max(_FEWEST_ON_POINT, _SHARE_ON_POINT * n) and not repeat_results.rounded(inputs):
        found.append(highlight_words.one_point(most, n, inputs.settings.output.subject))
    return tuple(found)


def _busiest_point(inputs: Inputs) -> int:
    """Count the incidents at the exact point with most of them."""
    points = inputs.now.geometry
    points = points[~(points.isna() | points.is_empty)]
    if points.empty:
        return 0
    return int(pd.DataFrame({"x": points.x, "y": points.y}).value_counts().iloc[0])


def titles(
    told: tuple[Highlight, ...], facts: "briefing.Facts", tables: dict[str, Any], subject: str
) -> dict[str, str]:
    """Say what each picture found, for slides and for pictures that stand alone."""
    change = next((one for one in told if one.subject in ("kind", "total")), None)
    hours = busy_hours(facts)
    return {
        "plekken": _title_of_map(facts, tables, subject),
        "vergelijking": change.title if change is not None else "",
        "dichtheid": methods.TITLE_DENSITY,
        "vakken": methods.TITLE_COUNTED,
        "verandering": methods.TITLE_CHANGE,
        "gebieden": methods.TITLE_AREAS,
        "uur_weekdag": timing_words.title_times(hours) if hours else timing_words.TITLE,
        "trend": methods.TITLE_TREND,
        "concentratie": methods.TITLE_CONCENTRATION,
        "bevindingen": str(message("findings_on_map", n=facts.schouw.n_findings))
        if facts.schouw
        else "",
    }


def _title_of_map(facts: "briefing.Facts", tables: dict[str, Any], subject: str) -> str:
    """Name the first place with its share; of the plain list only that it is the busiest."""
    found, listed = tables.get(hot_places.TABLE), tables.get(hot_places.LIST)
    if found is not None and len(found):
        first = found.iloc[0]
        return highlight_words.title_places(
            first["name"], whole(first["n"]), facts.n, len(found), subject,
            kind=kind_of(first),
        )  # fmt: skip
    tested = facts.places is not None and facts.places.tested
    if listed is None or listed.empty or pd.isna(listed["n"].iloc[0]):
        return places_words.TITLE
    name, n = str(listed["name"].iloc[0]), whole(listed["n"].iloc[0])
    large = is_large(n, facts.n)
    if not tested and not large:
        return places_words.TITLE
    only_new = not tested or facts.places is None or facts.places.baseline == "none"
    return highlight_words.title_list(name, n, total=facts.n if large else None, only_new=only_new)
