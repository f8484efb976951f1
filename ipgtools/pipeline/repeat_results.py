"""
Look for what came back: places with several incidents, near repeats, and how uneven it all is.

Each number comes with what chance gives. Where the source rounds points, nothing is stated about
places and repeats at all.
"""

import warnings
from typing import TYPE_CHECKING, Any

import pandas as pd

from ipgtools import concentration, data_quality, nl, repeats
from ipgtools.briefing.facts import NearRepeats, Repeats
from ipgtools.grid import Grid
from ipgtools.io.parse.coordinates import precision
from ipgtools.nl import methods as words
from ipgtools.periods import Period
from ipgtools.pipeline.inputs import Inputs
from ipgtools.pipeline.lines import DAYS_UNKNOWN
from ipgtools.pipeline.near_repeat_input import Near, near_incidents, still_open

if TYPE_CHECKING:
    import geopandas as gpd

    from ipgtools.pipeline.results import Results

__all__ = ["DEALS", "HISTORY_MONTHS", "compute", "rounded", "spread", "strata_of"]

HISTORY_MONTHS = 24
"""Months before the period that tell how busy each place is."""

DEALS = 199
"""Deals behind the curve of chance; its mean and interval need no more."""


def compute(
    inputs: Inputs, now: "gpd.GeoDataFrame", results: "Results", *, days_known: bool
) -> dict[str, Any]:
    """Compute what came back, unless points are too rough to tell."""
    if reason := rounded(inputs):
        results.limits.append(reason)
        return {"repeats": None, "near": None}
    found: dict[str, Any] = {"repeats": _places(inputs, now, results), "near": None}
    if inputs.profile.incidents.small(found["repeats"].n_there):
        found["repeats"] = None  # so few incidents are not shown to this audience
    if not days_known:
        results.limits.append(DAYS_UNKNOWN)
        return found
    return found | {"near": _near(inputs, results)}


def rounded(inputs: Inputs) -> str:
    """
    State why nothing is stated about places and repeats: points are rounded off, or one per street.

    All incidents that were read are looked at: a wijk in a quarter has too few streets to tell.
    """
    placed = inputs.everywhere.geometry
    placed = placed[~(placed.isna() | placed.is_empty)]
    if step := precision.rounding_step(placed):
        return words.points_rounded(step)
    n_one, _ = data_quality.snapped(inputs.everywhere)
    return words.points_rounded(0) if n_one else ""


def spread(inputs: Inputs, cells: "gpd.GeoDataFrame", results: "Results") -> pd.DataFrame:
    """
    Give the curve of concentration over the cells, with that of chance.

    Chance deals the incidents over the cells by the surface that each has in the study area: a
    cell on the border can hold fewer.
    """
    choices = inputs.settings.analysis
    grid = Grid.covering(inputs.study.parts, inputs.cell_size, clip=True)
    table = concentration.lorenz(
        cells["n"], weights=grid.shares, n_simulations=DEALS, rng=choices.seed
    )
    by_chance = table.attrs["gini"]
    results.method(
        words.concentration(
            by_chance["gini"],
            len(cells),
            by_chance["expected"],
            (by_chance["low"], by_chance["high"]),
        )
    )
    return table


def _places(inputs: Inputs, now: "gpd.GeoDataFrame", results: "Results") -> Repeats:
    table = repeats.places(now)
    results.tables["plekken"] = table
    stacked = table.loc[table["stacked"], "stacked_reason"]
    if len(stacked) and inputs.profile.exact:
        mixed = bool(stacked.str.split(", ").map(lambda reasons: "mix" in reasons).all())
        results.limit(words.stacked(len(stacked), mixed=mixed))
    start = inputs.period.start
    past = Period(start - pd.DateOffset(months=HISTORY_MONTHS), start)
    history = inputs.within(past)
    # without a history every point on which anything is known counts the same
    known = repeats.places(inputs.incidents).attrs["n_places"]
    chance = repeats.expected_repeats(now, history, places=known)
    basis = "history" if chance.attrs["basis"] == "history" else "points"
    since = nl.date(history["occurred_from"].min()) if len(history) else ""
    attrs = chance.attrs
    results.method(words.repeats(basis, attrs["n_places"], attrs["n_history"], since))
    row = chance.iloc[0]
    return Repeats(
        n_places=int(row["observed"]),
        n_there=int(chance["observed"].iloc[1]),
        n_total=attrs["n_incidents"],
        expected=float(row["expected"]),
        low=int(row["low"]),
        high=int(row["high"]),
        p_value=float(row["p_value"]),
        basis=basis,
    )


def _near(inputs: Inputs, results: "Results") -> NearRepeats:
    choices = inputs.settings.analysis
    chosen = near_incidents(inputs)
    distance, days = choices.near_distance, float(choices.near_days)
    within = strata_of(inputs, chosen)
    with warnings.catch_warnings(action="ignore", category=UserWarning):  # the notes say it
        table = repeats.knox(
            chosen.incidents,
            space_bands=[0, distance, 2 * distance, 4 * distance],
            time_bands=[0, days, 2 * days, 4 * days],
            within=within,
            n_permutations=choices.n_permutations,
            rng=choices.seed,
        )
    results.tables["herhaling"] = table
    n = table.attrs["n_used"]
    counted, uncounted = (
        words.knox(
            distance, days, choices.n_permutations, one, chosen.what, table.attrs["n_strata"]
        )
        for one in (n, None)
    )
    results.method(counted, uncounted)
    nearest = table.iloc[0]
    n_open, still = still_open(inputs, chosen.incidents)
    return NearRepeats(
        observed=int(nearest["observed"]),
        expected=float(nearest["expected"]),
        metres=(0.0, distance),
        days=(0.0, days),
        p_value=float(nearest["p_value"]),
        n_total=n,
        what=chosen.what,
        scope=words.near_scope(chosen.scope),
        still_open=still,
        n_open=n_open,
        wider=chosen.of_all_areas,
    )


def strata_of(inputs: Inputs, chosen: Near) -> pd.Series:
    """
    Divide incidents by part of the area and month, so that dates change hands inside these.

    Parts are one level below what was looked at: buurten of a wijk, wijken of a gemeente.
    """
    incidents = chosen.incidents
    part = incidents["area_code"]
    if chosen.of_all_areas:
        parents = inputs.areas.set_index("area_code")["parent_code"]
        part = part.map(parents).fillna(part)
    return repeats.strata(incidents.assign(area_code=part))
