"""Give what may be said: facts and tables for sentences, from what was released alone."""

from dataclasses import replace
from typing import Any

import pandas as pd

from ipgtools.briefing.facts import Change, Facts
from ipgtools.nl import methods
from ipgtools.pipeline import changes, hot_places, lines
from ipgtools.pipeline.inputs import Inputs
from ipgtools.pipeline.protection import Protected
from ipgtools.pipeline.results import Results
from ipgtools.rounded import WITHIN, Rounded

__all__ = ["results", "tables_for_sentences"]

_EARLIER = {"previous": ("n_before", "q_value"), "last_year": ("n_last_year", "q_last_year")}


def results(computed: Results, released: Protected, inputs: Inputs) -> Results:
    """
    Give the results that sentences may be made of.

    The police see all of them. For others facts are made of released numbers, changes are tested
    on these, and what no released table holds is gone: repeats, the band of weeks before, numbers
    of hours and near repeats, and exact numbers in what is told of methods and limits.
    """
    if inputs.profile.exact:
        return computed
    facts, tables = computed.facts, dict(computed.tables)
    changed: dict[str, Change | None] = {"previous": None, "last_year": None}
    shown = released.tables.get("vergelijking")
    if shown is not None:
        alpha = inputs.settings.analysis.alpha
        tested = changes.of_rounded(shown, tables["vergelijking"], alpha=alpha)
        tables["vergelijking"] = tested
        changed = {name: _change(name, facts, shown, tested) for name in _EARLIER}
    places = facts.places
    if places is not None:
        n_new = int((released.tables[hot_places.TABLE]["claim"] == "new").sum())
        n_places = len(released.tables[hot_places.TABLE])
        places = replace(places, n_places=n_places, n_inside=0, n_total=0, n_new=n_new)
    schouw = facts.schouw
    if schouw is not None:
        named = released.tables.get("acties_per_actor")
        actors = () if named is None else zip(named["actor"], named["n_open"], strict=True)
        by_actor = tuple((str(actor), int(n)) for actor, n in actors if n)
        schouw = replace(schouw, n_in_places=None, by_actor=by_actor)
    methods_, limits = lines.for_others(computed.methods), lines.for_others(computed.limits)
    own = Facts(
        n=released.total,
        area_kind=facts.area_kind,
        subject=facts.subject,
        previous=changed["previous"],
        last_year=changed["last_year"],
        places=places,
        peak=facts.peak if "uur_weekdag" in released.tables else None,
        near=facts.near,
        schouw=schouw,
        exact=False,
    )
    return replace(computed, facts=own, tables=tables, methods=methods_, limits=limits)


def _change(name: str, facts: Facts, shown: pd.DataFrame, tested: pd.DataFrame) -> Change | None:
    """Give a change of the total, of released numbers and tested on them."""
    was, (column, q) = getattr(facts, name), _EARLIER[name]
    if was is None or column not in shown:
        return None
    whole = shown["kind"] == methods.TOTAL
    if not whole.any():
        return None
    now, then = (_rounded(shown[whole], one)[0] for one in ("n", column))
    return replace(was, n=now, n_before=then, q_value=float(tested.loc[whole, q].iloc[0]))


def tables_for_sentences(tables: dict[str, Any], inputs: Inputs) -> dict[str, Any]:
    """Give released tables with numbers that sentences write as rounded."""
    if inputs.profile.exact:
        return tables
    names = (
        "vergelijking", hot_places.TABLE, hot_places.LIST, "waar_veranderd", "plekken",
        "veelplegers",
    )  # fmt: skip
    return {
        name: _with_rounded(table) if name in names else table for name, table in tables.items()
    }


def _with_rounded(table: pd.DataFrame) -> pd.DataFrame:
    shown = table.copy()
    for name in table.columns:
        if f"{name}{WITHIN}" in table and name != "difference":
            shown[name] = pd.Series(_rounded(table, name), index=shown.index, dtype=object)
    shown.attrs = dict(table.attrs)
    return shown


def _rounded(table: pd.DataFrame, name: str) -> list[Rounded]:
    """Read the numbers in a column of a released table."""
    pairs = zip(table[name], table[f"{name}{WITHIN}"], strict=True)
    return [Rounded.released(n, within) for n, within in pairs]
