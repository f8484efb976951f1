"""Draw the pictures of a briefing from released tables."""

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ipgtools import charts, nl
from ipgtools.briefing import boxes, slides
from ipgtools.briefing.slides.place_cards import card_picture
from ipgtools.briefing.slides.places import shown_places
from ipgtools.nl import charts as chart_words
from ipgtools.nl import methods as words
from ipgtools.nl import rounded as rounded_words
from ipgtools.pipeline import hot_places
from ipgtools.pipeline.inputs import Inputs
from ipgtools.rounded import FINEST, WITHIN

if TYPE_CHECKING:
    import geopandas as gpd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "FOR_SLIDES", "ON_CARD", "ON_SLIDE", "around", "draw", "key", "left_out", "method", "source",
    "sources",
]  # fmt: skip

ON_SLIDE = (6.1, 3.85)
"""Inches of a picture beside sentences; a slide shows it 1.3 times as large, letters too."""
ON_CARD = (7.0, 5.1)
"""Inches that a slide has for the map of a place: letters keep their size."""
_AROUND_ONE = 125.0
"""Metres around a place that its card shows."""
_AROUND = 1_000.0
"""Metres around places from which streets are taken, at least."""
_DOTS = 160
_POINTS = 72

FOR_SLIDES = "dia/"
"""Begins the name of a picture that is drawn for a slide."""
_AS_THEY_ARE = ("bevindingen",)
"""Pictures that a hidden slide shows as they are on their own."""
_STREET_KINDS_SKIPPED = ("footway", "path", "steps", "service", "cycleway", "track")


def around(streets: "gpd.GeoDataFrame | None", inputs: Inputs) -> "gpd.GeoDataFrame | None":
    """Choose the streets that a map of the study area needs as its base."""
    if streets is None:
        return None
    west, south, east, north = inputs.study.parts.total_bounds
    margin = 0.05 * max(east - west, north - south)
    near = streets.cx[west - margin : east + margin, south - margin : north + margin]
    if len(near) > 20_000:
        near = near[~near["kind"].isin(_STREET_KINDS_SKIPPED)]
    return near.reset_index(drop=True)


def draw(
    inputs: Inputs, tables: dict[str, Any], titles: dict[str, str], *, n: int
) -> dict[str, bytes]:
    """Draw every picture, once for its own file and once for its slide."""
    study, streets = inputs.study, around(inputs.streets, inputs)
    drawings: dict[str, Callable[[Figure], Axes]] = {}
    shown = shown_places(tables)
    if shown is not None:
        drawings["plekken"] = lambda on: charts.places(
            shown[0], study.parts, streets=streets, others=shown[1], ax=_axes(on)
        )
    if "per_km2" in tables.get("dichtheid", ()):
        drawings["dichtheid"] = lambda on: charts.density(
            tables["dichtheid"], study.parts, streets=streets, ax=_axes(on)
        )
    if "n_class" in tables.get("dichtheid", ()):
        drawings["vakken"] = lambda on: charts.counted(
            tables["dichtheid"], study.parts, streets=streets, ax=_axes(on)
        )
    if "verandering" in tables:
        drawings["verandering"] = lambda on: charts.change(
            tables["verandering"], study.parts, streets=streets, ax=_axes(on)
        )
    if "gebieden" in tables and len(study.parts) > 1:
        column = "per_1000" if tables["gebieden"]["per_1000"].notna().any() else "n"
        label = words.PER_1000 if column == "per_1000" else words.COUNT
        drawings["gebieden"] = lambda on: charts.areas(
            _well_known(tables["gebieden"]), column=column, label=label, streets=streets,
            ax=_axes(on),
        )  # fmt: skip
    if "uur_weekdag" in tables:
        draw_hours = charts.hour_weekday if "hour" in tables["uur_weekdag"] else charts.dayparts
        drawings["uur_weekdag"] = lambda on: draw_hours(tables["uur_weekdag"], ax=_axes(on))
    if "trend" in tables:
        drawings["trend"] = lambda on: charts.trend(tables["trend"], ax=_axes(on))
    if "concentratie" in tables:
        drawings["concentratie"] = lambda on: charts.lorenz(tables["concentratie"], ax=_axes(on))
    if "bevindingen" in tables:
        drawings["bevindingen"] = lambda on: charts.findings(
            tables["bevindingen"], study.parts, streets=streets, ax=_axes(on)
        )
    pictures, on_slides = {}, slides.pictures()
    for name, drawing in drawings.items():
        if name not in inputs.profile.shown.pictures:
            continue
        about = _about_incidents(inputs, tables, name, n)
        pictures[name] = _picture(
            drawing(charts.figure()), inputs, tables, name, titles.get(name, ""), about
        )
        if name in _AS_THEY_ARE:
            pictures[f"{FOR_SLIDES}{name}"] = pictures[name]
        elif name in on_slides and name != "plekken":
            pictures[f"{FOR_SLIDES}{name}"] = _for_slide(drawing(charts.figure(*ON_SLIDE)))
        gc.collect(1)  # figures refer to themselves, and hold their pixels until then
    if shown is not None and "plekken" in pictures:
        pictures |= _maps_of_places(inputs, *shown, streets)
    return pictures


def _maps_of_places(
    inputs: Inputs,
    places: "gpd.GeoDataFrame",
    others: "gpd.GeoDataFrame | None",
    streets: "gpd.GeoDataFrame | None",
) -> dict[str, bytes]:
    """Draw the map of all places for its slide, and one of each that stands out for its card."""

    def drawn(rows: Any, rest: Any, size: tuple[float, float], **options: Any) -> bytes:
        west, south, east, north = rows.total_bounds
        around = max(_AROUND, east - west, north - south)  # the shape of the picture adds to it
        near = None
        if streets is not None:
            near = streets.cx[west - around : east + around, south - around : north + around]
        ax = charts.places(
            rows, inputs.study.parts, streets=near, others=rest, ax=_axes(charts.figure(*size)),
            credit=inputs.settings.output.credit, **options,
        )  # fmt: skip
        return charts.png(ax, dpi=_DOTS)

    wide = (boxes.WIDE.w / _POINTS, boxes.WIDE.h / _POINTS)
    made = {f"{FOR_SLIDES}plekken": drawn(places, others, wide)}
    for at in range(len(places) if "claim" in places and places["claim"].notna().any() else 0):
        number = int(places["number"].iloc[at])
        made[f"{FOR_SLIDES}{card_picture(number)}"] = drawn(
            places.iloc[[at]],
            places.drop(places.index[at]),
            ON_CARD,
            around=_AROUND_ONE,
            names_on_places=True,
        )
    gc.collect(1)
    return made


def _note(inputs: Inputs, tables: dict[str, Any], name: str) -> str:
    """Write the line under a picture: its key, or that its numbers are rounded."""
    if name in ("plekken", "vakken"):
        return key(tables) if name == "plekken" else words.BLANK_CELLS
    return _rounding(inputs, name)


def _rounding(inputs: Inputs, name: str) -> str:
    """Write that the numbers of a picture are rounded, where they are."""
    with_numbers = name in ("gebieden", "uur_weekdag", "trend")
    return rounded_words.ROUNDED if with_numbers and not inputs.profile.exact else ""


def _well_known(table: Any) -> Any:
    """Leave numbers out that are rounded so coarsely that a class would be untrue of them."""
    if (within := f"n{WITHIN}") not in table:
        return table
    return table.assign(n=table["n"].mask((table[within] > FINEST).fillna(value=False)))


def _axes(figure: "Figure") -> "Axes":
    return figure.add_axes((0.0, 0.0, 1.0, 1.0))


def _about_incidents(inputs: Inputs, tables: dict[str, Any], name: str, n: int) -> dict[str, Any]:
    """Give the period and the number of incidents of a picture that is about them."""
    if name in ("bevindingen", "trend"):
        return {}
    if name == "uur_weekdag" and inputs.profile.exact:
        n = round(float(tables[name]["weight"].sum()))
    return {"period": inputs.period, "n": n}


def _picture(
    ax: "Axes", inputs: Inputs, tables: dict[str, Any], name: str, title: str, about: dict[str, Any]
) -> bytes:
    output = inputs.settings.output
    charts.annotate(
        ax,
        title=title,
        source=source(inputs),
        left_out=left_out(inputs) if about else None,
        audience=inputs.profile,
        method=method(inputs, tables) if name == "plekken" else "",
        note=_note(inputs, tables, name),
        sample=output.sample,
        **about,
    )
    return charts.png(ax)


def _for_slide(ax: "Axes") -> bytes:
    """Draw without what the slide says itself: title, label, period, source and n."""
    charts.annotate(ax, audience=None)
    return charts.png(ax, dpi=200)


def sources(inputs: Inputs) -> dict[str, str]:
    """Name whom each table is from: the organisation, and the schouw."""
    named = {"incidents": source(inputs, schouw=False)}
    return named if inputs.findings is None else named | {"findings": words.SCHOUW}


def source(inputs: Inputs, *, schouw: bool = True) -> str:
    """Name the organisation that the figures come from and their date, never a file."""
    import pandas as pd

    given, end = inputs.settings, inputs.coverage.end
    last = "" if pd.isna(end) else nl.date(end - pd.Timedelta(days=1))
    return words.credit(
        given.privacy.organisation,
        last,
        sample=given.output.sample,
        schouw=schouw and inputs.findings is not None,
        further=given.output.credit,
    )


def method(inputs: Inputs, tables: dict[str, Any]) -> str:
    """Say in a line how places were tested; empty where they were not."""
    if hot_places.TABLE not in tables or tables[hot_places.TABLE].empty:
        return ""
    baseline = tables[hot_places.TABLE].attrs["method"]["baseline"]
    return words.method_line(baseline, inputs.settings.analysis.alpha)


def key(tables: dict[str, Any]) -> str:
    """List the places on the map by number."""
    shown = shown_places(tables)
    if shown is None:
        return ""
    return chart_words.key_to_places(
        [(int(row.number), str(row.name)) for row in shown[0].itertuples()]
    )


def left_out(inputs: Inputs) -> dict[str, int] | None:
    """Count what a map of the study area leaves out, by reason; None where that is secret."""
    if not inputs.profile.internal.left_out:
        return None
    counts = {
        words.LEFT_REJECTED: inputs.reports["incidents"].n_rejected,
        words.LEFT_OUTSIDE: inputs.n_outside,
        words.LEFT_TIMELESS: inputs.n_without_time,
    }
    return {reason: n for reason, n in counts.items() if n}
