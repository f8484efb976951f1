"""Compare the period of a briefing with earlier ones: in all, per kind, per buurt and per cell."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ipgtools import areas, codes, history, hotspots, times
from ipgtools.briefing.facts import Band, Change
from ipgtools.coverage import Coverage, Lack
from ipgtools.grid import Grid, coordinates
from ipgtools.nl import coverage as said
from ipgtools.nl import methods as words
from ipgtools.periods import Period
from ipgtools.pipeline.inputs import Inputs
from ipgtools.rounded import WITHIN

if TYPE_CHECKING:
    import geopandas as gpd

    from ipgtools.pipeline.results import Results

__all__ = [
    "FEWEST_OF_A_KIND", "Compared", "add", "by_kind", "cells", "compare", "kinds", "of_rounded",
    "telling_kinds",
]  # fmt: skip

FEWEST_OF_A_KIND = 10
"""Incidents in all periods together below which a kind is no row of its own."""

_DAY = pd.Timedelta(days=1)
_LONGEST_WITH_BAND = 35
"""Days up to which a period is held against the eight weeks before it."""


@dataclass(frozen=True)
class Compared:
    """
    What the period was compared with, and how.

    Parameters
    ----------
    periods : dict of str to Period
        Earlier periods that the files cover: ``"previous"``, ``"last_year"``.
    dispersion : float
        Of the total, as tests use it; NaN where there is too little history.
    kinds : DataFrame
        From `by_kind`.
    band : Band or None
        What the weeks before a period of at most five weeks let expect.
    reasons : tuple of str
        Dutch: why periods are missing, and why nothing is said of chance.
    """

    periods: dict[str, Period]
    dispersion: float
    kinds: pd.DataFrame
    reasons: tuple[str, ...] = ()
    facts: dict[str, Change] = field(default_factory=dict)
    band: Band | None = None


def add(inputs: Inputs, results: "Results") -> dict[str, Any]:
    """Compare periods, and put tables, methods and limits with the results."""
    choices, study, period = inputs.settings.analysis, inputs.study, inputs.period
    now, covered = inputs.now, inputs.coverage
    compared = compare(inputs)
    results.limits += compared.reasons
    results.tables["trend"] = _trend(inputs, covered)
    parts: dict[str, Any] = {**compared.facts, "band": compared.band}
    if not compared.periods:
        return parts
    results.tables["vergelijking"] = compared.kinds
    before = compared.periods.get("previous")
    if before is None or np.isnan(compared.dispersion):
        return parts
    how = (words.change(choices.alpha, one) for one in (compared.dispersion, None))
    results.method(*how)
    buurt = pd.Index(study.parts["area_code"]).get_indexer(inputs.incidents["area_code"])
    table = areas.change(
        inputs.within(before),
        now,
        study.parts,
        exposure=period.days / before.days,
        alpha=choices.alpha,
        dispersion=_spread(inputs, buurt, len(study.parts)).value,
    )
    results.tables["gebieden"] = results.tables["gebieden"].merge(
        pd.DataFrame(table)[["area_code", "n_before", "difference", "p_value", "q_value"]],
        on="area_code",
    )
    if "dichtheid" in results.tables and inputs.same_points(before):
        results.tables["verandering"] = cells(
            inputs, Grid.covering(study.parts, inputs.cell_size), before
        )
    return parts


def compare(inputs: Inputs) -> Compared:
    """Compare the period with the one before and with last year, in all and per kind."""
    period, now, covered = inputs.period, inputs.now, inputs.coverage
    alpha = inputs.settings.analysis.alpha
    there, lacks, own = history.comparable(period, covered)
    reasons = _reasons(period, lacks, own)
    rows = {name: inputs.within(one) for name, one in there.items()}
    spread = history.dispersion_of(inputs.incidents, period=period, covered=covered)
    if there and np.isnan(spread.value):
        months = covered.grain == "month"
        fewest = history.FEWEST["month" if months else "week"]
        reasons.append(said.short_history(spread.n_steps, fewest, months=months))
    names = kinds(inputs.incidents)
    code, of_kind = pd.factorize(names)
    per_kind = history.dispersion_of(
        inputs.incidents, period=period, covered=covered, unit=code, n_units=len(of_kind),
        prior=float(np.nan_to_num(spread.estimate, nan=1.0)),
    )  # fmt: skip
    exposure = {name: period.days / one.days for name, one in there.items()}
    table = by_kind(
        now,
        rows.get("previous"),
        rows.get("last_year"),
        exposure=exposure,
        dispersion={
            words.TOTAL: float(spread.value),
            **dict(zip(of_kind, per_kind.value.tolist(), strict=True)),
        },
        alpha=alpha,
        smallest=0 if inputs.profile.exact else inputs.profile.incidents.smallest,
    )
    whole = table.iloc[0]
    q = {"previous": whole["q_value"], "last_year": whole["q_last_year"]}
    facts = {
        name: Change(
            len(now), len(rows[name]), period.days, one.days, float(q[name]),
            last_year=name == "last_year", months=one.months,
        )
        for name, one in there.items()
    }  # fmt: skip
    return Compared(there, float(spread.value), table, tuple(reasons), facts, _band(inputs))


def _band(inputs: Inputs) -> Band | None:
    """Give the band of a short period; a longer one has more weeks than the band is made of."""
    if inputs.period.days > _LONGEST_WITH_BAND:
        return None
    found = history.band(inputs.incidents, period=inputs.period, covered=inputs.coverage)
    low, high = found[["low", "high"]].iloc[0]
    if not np.isfinite([low, high]).all():
        return None
    return Band(int(low), int(high), found.attrs["n_weeks"])


def cells(inputs: Inputs, grid: Grid, before: Period) -> "gpd.GeoDataFrame":
    """Compare the period with an earlier one per cell."""
    cell = grid.locate(*coordinates(inputs.incidents, label="incidents"))
    spread = _spread(inputs, cell, grid.n_cells)
    return hotspots.change(
        inputs.within(before),
        inputs.now,
        grid,
        exposure=inputs.period.days / before.days,
        alpha=inputs.settings.analysis.alpha,
        dispersion=np.maximum(spread.value, spread.estimate.mean()),
    )


def by_kind(
    now: pd.DataFrame,
    before: pd.DataFrame | None,
    last_year: pd.DataFrame | None,
    *,
    exposure: dict[str, float] | None = None,
    dispersion: "dict[str, float] | float" = 1.0,
    alpha: float = 0.05,
    smallest: int = 0,
) -> pd.DataFrame:
    """Compare periods for each kind of incident."""
    tables = {"n": now, "n_before": before, "n_last_year": last_year}
    counts = pd.DataFrame(
        {name: kinds(rows).value_counts() for name, rows in tables.items() if rows is not None}
    ).fillna(0)
    order = counts.sum(axis=1).sort_values(ascending=False, kind="stable")
    enough = order >= FEWEST_OF_A_KIND
    if smallest:
        enough = counts.loc[order.index].max(axis=1) >= smallest
    shown, rest = counts.loc[order.index[enough]], counts.loc[order.index[~enough]]
    parts = [shown] if len(order) > 1 else []
    if len(rest) and len(order) > 1:
        parts.append(rest.sum().to_frame(words.OTHER).T)
    there = {
        name: (exposure or {}).get(name, 1.0)
        for name, column in history.EARLIER.items()
        if column in counts
    }
    families = [counts.sum().to_frame(words.TOTAL).T]
    if parts:
        families.append(pd.concat(parts))
    compared = []
    for family in families:
        table = family.astype("int64").rename_axis("kind").reset_index()
        spread: Any = dispersion
        if isinstance(dispersion, dict):
            common = dispersion.get(words.TOTAL, np.nan)
            spread = table["kind"].map(dispersion).fillna(common).to_numpy(dtype=float)
        compared.append(history.compare(table, exposure=there, dispersion=spread, alpha=alpha))
    found = pd.concat(compared, ignore_index=True)
    found.attrs = {**compared[-1].attrs, "dispersion": dispersion, "exposure": there}
    return found


_FEWEST_ROUNDED = 20
"""One of two rounded numbers is this large before a rise or fall is told."""


def of_rounded(shown: pd.DataFrame, tested: pd.DataFrame, *, alpha: float) -> pd.DataFrame:
    """
    Test changes on numbers as they left, so that no test tells more than these.

    The test of `by_kind` with the dispersion of each kind, rounded up and with that of the
    rounding of both numbers added: ``(b^2 - 1) / 6`` for multiples of b. A withheld number
    counts as the largest that it can be.
    """
    spread = tested.attrs["dispersion"]
    there = {
        name: length for name, length in tested.attrs["exposure"].items()
        if history.EARLIER[name] in shown
    }  # fmt: skip
    columns = ["n", *(history.EARLIER[name] for name in there)]
    within = (
        shown[[f"{name}{WITHIN}" for name in columns]].astype("int64").set_axis(columns, axis=1)
    )
    counts = shown[columns].astype("Int64").fillna(within - 1).astype("int64")
    rounding = (within["n"] ** 2 + within[columns].max(axis=1) ** 2 - 2) / 6
    total = (shown["kind"] == words.TOTAL).to_numpy()
    compared = []
    for family in (total, ~total):
        table = pd.concat([shown["kind"], counts], axis=1)[family].reset_index(drop=True)
        common = spread.get(words.TOTAL, np.nan) if isinstance(spread, dict) else spread
        own = table["kind"].map(spread if isinstance(spread, dict) else {}).fillna(common)
        both = table["n"] + table[columns].min(axis=1)
        added = rounding[family].to_numpy() / both.clip(lower=1)
        wider = np.ceil(own.astype("float64") * 2) / 2 + added
        found = history.compare(table, exposure=there, dispersion=wider.to_numpy(), alpha=alpha)
        for name, column in history.EARLIER.items():
            q = {"previous": "q_value", "last_year": "q_last_year"}[name]
            if column in table:
                few = table[["n", column]].max(axis=1) < _FEWEST_ROUNDED
                found[q] = found[q].mask(few)
        compared.append(found)
    return pd.concat(compared, ignore_index=True)


def kinds(incidents: pd.DataFrame) -> pd.Series:
    """Name the kind of each incident: the class of its code, or else what the source calls it."""
    category = incidents["category"]
    names = {code: codes.label(codes.class_of(code)) for code in category.dropna().unique()}
    named = category.map({code: name for code, name in names.items() if name != codes.UNKNOWN})
    label = incidents["category_label"].astype("str")
    return named.astype("str").fillna(label).fillna(words.WITHOUT_CLASS)


def telling_kinds(incidents: pd.DataFrame) -> pd.Series:
    """
    Name the kind of each incident where that tells one incident from another.

    Examples
    --------
    >>> robberies = pd.DataFrame({"category": [None] * 2, "category_label": ["robbery"] * 2})
    >>> telling_kinds(robberies).isna().all()
    np.True_
    """
    named = kinds(incidents)
    named = named.mask(named == words.WITHOUT_CLASS)
    return named if len(named.dropna().unique()) > 1 else named.mask(named.notna())


def _spread(inputs: Inputs, unit: Any, n_units: int) -> history.Dispersion:
    """Measure the dispersion of each buurt or cell."""
    return history.dispersion_of(
        inputs.incidents, period=inputs.period, covered=inputs.coverage, unit=unit,
        n_units=n_units,
    )  # fmt: skip


def _trend(inputs: Inputs, covered: Coverage) -> pd.DataFrame:
    period = inputs.period
    by_week = inputs.profile.times.calendar == "any" and covered.grain != "month"
    start = min(max(covered.start, period.last_year().start), period.start)
    return times.trend(
        inputs.incidents, period=Period(start, period.end), step="week" if by_week else "month"
    )


def _reasons(period: Period, lacks: dict[str, Lack], own: Lack | None) -> list[str]:
    """Say in one sentence each why a comparison is missing."""
    if own is not None:
        counted = [said.MONTHS_COUNTED] if own.code == "part_of_month" else []
        return [said.incomplete(own.code, own.start, own.end - _DAY), *counted]
    by_reason: dict[Lack, list[str]] = {}
    for name, lack in lacks.items():
        by_reason.setdefault(lack, []).append(name)
    found = [
        said.not_compared(lack.code, names, lack.start, lack.end - _DAY)
        for lack, names in by_reason.items()
    ]
    if period.last_year().end > period.start:
        found.append(said.OVERLAP)
    return found
