"""
Lay released numbers on the interactive map: counts of areas, change, repeats, near repeats.

Nothing is counted here. A number that is withheld has no class and is written as small; one that
is rounded coarser than a class is wide has none either.
"""

import html
from typing import Any

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ipgtools import palette
from ipgtools.maps._layers import Drawn, collection, feature, outlines, to_degrees
from ipgtools.maps._legend import Legend, choose, dot, line, swatch
from ipgtools.nl import charts as chart_words
from ipgtools.nl import formats
from ipgtools.nl import maps as words
from ipgtools.palette import classes as classing
from ipgtools.rounded import FINEST, WITHIN, Rounded

__all__ = ["add_changes", "add_counts", "add_repeats", "add_windows", "rounded"]

_EDGE = {"color": palette.BORDER, "weight": 1.2, "opacity": 1}
_REPEATS = "#8f3c04"
_WINDOW = {
    "color": "#1d4f91", "weight": 2.5, "opacity": 1, "dashArray": "6 4", "fillColor": "#4a86c8",
    "fillOpacity": 0.15,
}  # fmt: skip


def add_counts(drawn: folium.Map, areas: gpd.GeoDataFrame, legend: Legend) -> None:
    """Fill areas by their number; a choice of period changes the fill, never the classes."""
    shown = areas[~(areas.geometry.isna() | areas.geometry.is_empty)]
    periods = [name for name in words.COUNTS if name in shown and shown[name].notna().any()]
    if not periods:
        return
    known = {name: _known(shown, name) for name in periods}
    ends = classing.breaks(np.concatenate([*known.values()]))
    labels = chart_words.class_labels(ends, whole=True)
    colours = palette.steps(len(labels)) if labels else []
    styles: dict[str, dict[str, Any]] = {
        str(i): _EDGE | {"fillColor": colour, "fillOpacity": 1} for i, colour in enumerate(colours)
    }
    styles["none"] = _EDGE | {"fillColor": palette.NO_DATA, "fillOpacity": 1}
    of_class = [classing.assign(known[name], ends) for name in periods]
    texts = [_texts(shown, name) for name in periods]
    features = [
        {
            "type": "Feature",
            "geometry": shape.__geo_interface__,
            "properties": {
                "c": [str(one[at]) if one[at] >= 0 else "none" for one in of_class],
                "t": [one[at] for one in texts],
            },
        }
        for at, shape in enumerate(outlines(shown))
    ]
    layer = words.LAYERS["counts"]
    looks = {"styles": styles, "name": "ipg-period"}
    drawn.add_child(Drawn(layer, "choropleth", features, looks, show=False))
    lines = [
        (swatch(colour, opacity=1, edge=palette.BORDER, width=1), label)
        for colour, label in zip(colours, labels, strict=True)
    ]
    if any((one < 0).any() for one in of_class):
        sign = swatch(palette.NO_DATA, opacity=1, edge=palette.BORDER, width=1)
        lines.append((sign, words.NO_CLASS))
    options = [("", words.COUNTS[name]) for name in periods]
    choices = choose("radio", "ipg-period", words.PERIOD, options) if len(options) > 1 else ""
    legend.add(
        layer, words.COUNTED_ABOUT if f"n{WITHIN}" in shown else words.COUNTED, lines, choices
    )


def _known(areas: pd.DataFrame, name: str) -> np.ndarray:
    """Give the numbers that have a class: neither withheld nor rounded coarsely."""
    numbers = pd.to_numeric(areas[name]).astype("Float64")
    if (within := f"{name}{WITHIN}") in areas:
        numbers = numbers.mask((areas[within] > FINEST).fillna(value=False))
    return numbers.to_numpy(dtype=float, na_value=np.nan)


def _texts(areas: pd.DataFrame, name: str) -> list[str]:
    numbers = [formats.number(n) for n in rounded(areas, name)]
    return [
        html.escape(f"{area}: {n}, {words.COUNTS[name][:1].lower()}{words.COUNTS[name][1:]}")
        for area, n in zip(classing.area_names(areas), numbers, strict=True)
    ]


def rounded(table: pd.DataFrame, name: str) -> list[Any]:
    """Give each number as it was released: exact, rounded, or only known to be small."""
    if (within := f"{name}{WITHIN}") not in table:
        return [0 if pd.isna(n) else int(n) for n in table[name]]
    return [
        Rounded.released(n, FINEST if pd.isna(most) else most)
        for n, most in zip(table[name], table[within], strict=True)
    ]


def add_changes(drawn: folium.Map, cells: gpd.GeoDataFrame, legend: Legend) -> None:
    """Lay cells with clearly more or fewer incidents on the map, dissolved, switched off."""
    features, lines = [], []
    styles = {
        kind: {
            "color": palette.EDGES[kind], "weight": 1.5, "fillColor": palette.CHANGES[kind],
            "fillOpacity": 0.7,
        }
        for kind in ("up", "down")
    }  # fmt: skip
    for kind in styles:
        inside = cells.geometry.values[(cells["change_class"] == kind).to_numpy()]
        if len(inside):
            whole = gpd.GeoSeries([shapely.coverage_union_all(inside)], crs=cells.crs)
            features.append(feature(to_degrees(whole)[0], kind, chart_words.CHANGE[kind]))
            sign = swatch(palette.CHANGES[kind], opacity=0.7, edge=palette.EDGES[kind])
            lines.append((sign, chart_words.CHANGE[kind]))
    if not features:
        legend.notes.append(f"{chart_words.CHANGE['title']}: {words.NO_CHANGE}")
        return
    options = {"pane": "ipg-changes", "zIndex": 395}
    layer = words.LAYERS["changes"]
    drawn.add_child(Drawn(layer, "shapes", collection(features), styles, options, show=False))
    legend.add(layer, chart_words.CHANGE["title"], lines)


def add_repeats(
    drawn: folium.Map, places: pd.DataFrame, streets: gpd.GeoDataFrame | None, legend: Legend
) -> None:
    """Lay what came back on the map, switched off: points, or streets for who sees no points."""
    layer = words.LAYERS["repeats"]
    if isinstance(places, gpd.GeoDataFrame):
        again = places[(places["n"] > 1) & places.geometry.notna()]
        names = again.get("street_name", pd.Series("", index=again.index)).fillna("")
        points = [
            {"x": at.x, "y": at.y, "n": int(n), "t": html.escape(words.repeated(str(name), n))}
            for at, n, name in zip(to_degrees(again.geometry), again["n"], names, strict=True)
        ]
        if points:
            drawn.add_child(Drawn(layer, "dots", points, {"colour": _REPEATS}, show=False))
            legend.add(layer, "", [(dot(_REPEATS), words.REPEATED)])
        return
    if streets is None or "street_name" not in places or "street_name" not in streets:
        return
    features = []
    for name, n in zip(places["street_name"], rounded(places, "n"), strict=True):
        lines = shapely.get_parts(streets.geometry.values[(streets["street_name"] == name)])
        if len(lines):
            whole = gpd.GeoSeries([shapely.MultiLineString(list(lines))], crs=streets.crs)
            text = html.escape(words.repeated(str(name), n))
            features.append(feature(to_degrees(whole)[0], "repeat", text))
    if features:
        style = {"color": _REPEATS, "weight": 5, "opacity": 0.75, "fill": False}
        options = {"pane": "ipg-dots", "zIndex": 470}
        data = collection(features)
        drawn.add_child(Drawn(layer, "shapes", data, {"repeat": style}, options, show=False))
        legend.add(layer, "", [(line(_REPEATS, 5), words.REPEATED_STREETS)])


def add_windows(drawn: folium.Map, windows: gpd.GeoDataFrame, legend: Legend) -> None:
    """Lay where a repeat still counts as near on the map, dissolved, switched off."""
    if windows.empty:
        return
    radius = windows["radius_m"].to_numpy(dtype=float)
    circles = windows.geometry.buffer(radius, quad_segs=12).values
    pieces = shapely.get_parts(shapely.union_all(circles))
    features = []
    for piece, shape in zip(
        pieces, to_degrees(gpd.GeoSeries(pieces, crs=windows.crs)), strict=True
    ):
        inside = windows[shapely.intersects(piece, windows.geometry.values)]
        text = words.window(len(inside), formats.date(inside["until"].max()))
        features.append(feature(shape, "window", html.escape(text)))
    layer = words.LAYERS["windows"]
    options = {"pane": "ipg-windows", "zIndex": 410}
    data = collection(features)
    drawn.add_child(Drawn(layer, "shapes", data, {"window": _WINDOW}, options, show=False))
    sign = swatch("#4a86c8", opacity=0.15, edge="#1d4f91", dashed=True, width=2.5)
    legend.add(layer, "", [(sign, words.WINDOWS)])
