"""Lay the released tables of a briefing over each other on the interactive map."""

from typing import TYPE_CHECKING, Any

import pandas as pd

from ipgtools import maps, nl
from ipgtools.briefing.slides.places import shown_places
from ipgtools.nl import charts as chart_words
from ipgtools.pipeline import near_repeat_input, pictures
from ipgtools.pipeline.inputs import Inputs

if TYPE_CHECKING:
    import folium

    from ipgtools.pipeline.results import Results

__all__ = ["ALONE", "INCIDENTS", "WINDOWS", "add", "draw"]

INCIDENTS, WINDOWS = "incidenten", "nog_te_verwachten"
ALONE = (INCIDENTS, WINDOWS)
"""Tables that are released for the map alone: no file in the folder of a briefing holds them."""

_SHOWN = ("incident_id", "category", "category_label", "occurred_from", "occurred_to")


def add(inputs: Inputs, computed: "Results") -> None:
    """Put what only the map shows with the tables that are released, for who may see it."""
    shown, places = inputs.profile.shown.layers, inputs.profile.places
    if "incidents" in shown and places.points:
        rows = inputs.now
        rows = rows[[*(name for name in _SHOWN if name in rows), rows.geometry.name]]
        if inputs.coverage.grain == "month":  # a file that holds months knows no week
            rows = rows.assign(occurred_from=pd.NaT, occurred_to=pd.NaT)
        computed.tables[INCIDENTS] = rows
    if "windows" in shown and places.alerts and computed.facts.near is not None:
        found = near_repeat_input.windows(
            inputs, near_repeat_input.near_incidents(inputs).incidents
        )
        if len(found):
            computed.tables[WINDOWS] = found


def draw(inputs: Inputs, tables: dict[str, Any], title: str, *, n: int) -> "folium.Map":
    """Lay released tables over each other on a map that can be zoomed."""
    cells, shown = tables.get("dichtheid"), shown_places(tables)
    changed = tables.get("verandering")
    layers = {
        "areas": inputs.study.parts,
        "places": None if shown is None else shown[0],
        "findings": tables.get("bevindingen"),
        "density": cells if cells is not None and "per_km2" in cells else None,
        "streets": pictures.around(inputs.streets, inputs),
        "base": inputs.base,
        "counts": tables.get("gebieden"),
        "changes": changed if changed is not None and "change_class" in changed else None,
        "repeats": tables.get("plekken"),
        "windows": tables.get(WINDOWS),
        "incidents": tables.get(INCIDENTS),
    }
    output = inputs.settings.output
    return maps.hotspot_map(
        **{name: layers[name] for name in layers if name in inputs.profile.shown.layers},
        actions=tables.get("acties"),
        title=title,
        subtitle=f"{inputs.study.name}, {nl.period(inputs.period)}",
        n=n if output.subject == INCIDENTS else f"{nl.number(n)} {output.subject}",
        note="" if output.subject == INCIDENTS else chart_words.REGISTERED,
        left_out=pictures.left_out(inputs),
        source=pictures.source(inputs),
        method=pictures.method(inputs, tables),
        audience=inputs.profile,
        sample=output.sample,
    )
