"""Lay cells on the interactive map: hotspots by class, and the surface of density."""

import html
import math
from collections.abc import Sequence
from typing import Any

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ipgtools import palette
from ipgtools.maps._layers import Drawn, collection, feature, to_degrees
from ipgtools.maps._legend import Legend, swatch
from ipgtools.nl import charts as chart_words
from ipgtools.nl import maps as words
from ipgtools.palette import classes as classing
from ipgtools.privacy import Profile
from ipgtools.rounded import WITHIN, Rounded

__all__ = ["add_density", "add_hotspots"]

_MANY = 3000
_APART = 400
"""Cells of a class that are drawn each; more are one shape."""
_HOT, _COLD = ("hot_sure", "hot_possible"), ("cold_sure", "cold_possible")
_CELLS: dict[str, dict[str, Any]] = {
    kind: {
        "color": palette.EDGES[kind.split("_")[0]],
        "weight": 1.2 if kind.endswith("sure") else 1,
        "dashArray": None if kind.endswith("sure") else "3 2",
        "fillColor": colour,
        "fillOpacity": 0.75 if kind.endswith("sure") else 0.45,
    }
    for kind, colour in palette.CLASSES.items()
}


def add_hotspots(
    drawn: folium.Map, cells: gpd.GeoDataFrame, profile: Profile, legend: Legend
) -> None:
    """Lay hot cells on the map, and quiet ones as a layer that starts switched off."""
    pane = {"pane": "ipg-cells", "zIndex": 400}
    for layer, classes in (("hotspots", _HOT), ("cold", _COLD)):
        features = _cells(cells, classes, profile)
        present = [kind for kind in classes if (cells["hotspot_class"] == kind).any()]
        if features:
            options = pane | {"canvas": len(features) > _MANY}
            data = collection(features)
            name, show = words.LAYERS[layer], layer == "hotspots"
            drawn.add_child(Drawn(name, "shapes", data, _CELLS, options, show=show))
        legend.add(
            words.LAYERS[layer],
            words.LAYERS[layer],
            [(_swatch(kind), chart_words.HOTSPOTS[kind]) for kind in present],
        )
    if not cells["hotspot_class"].isin(_HOT).any():
        legend.notes.append(words.NO_HOTSPOTS)


def add_density(drawn: folium.Map, cells: gpd.GeoDataFrame, legend: Legend) -> None:
    """Lay a density surface on the map, switched off."""
    ends = classing.density_breaks(cells["per_km2"])
    colours = palette.steps(len(ends))[1:] if ends else []
    styles = {
        str(i): {"stroke": False, "fillColor": colour, "fillOpacity": 0.7}
        for i, colour in enumerate(colours)
    }
    options = {"pane": "ipg-density", "zIndex": 390, "canvas": False, "quiet": True}
    data = collection(_surface(cells, ends))
    drawn.add_child(Drawn(words.LAYERS["density"], "shapes", data, styles, options, show=False))
    labels = chart_words.class_labels(ends, whole=False, decimals=classing.decimals(ends))
    legend.add(
        words.LAYERS["density"],
        chart_words.DENSITY,
        [
            (swatch(colour, opacity=0.7, edge=colour), label)
            for colour, label in zip(colours, labels, strict=True)
        ],
    )


def _swatch(kind: str) -> str:
    style = _CELLS[kind]
    return swatch(
        style["fillColor"],
        opacity=style["fillOpacity"],
        edge=style["color"],
        dashed=style["dashArray"] is not None,
    )


def _cells(
    cells: gpd.GeoDataFrame, classes: Sequence[str], profile: Profile
) -> list[dict[str, Any]]:
    drawn = cells[cells["hotspot_class"].isin(list(classes))]
    if len(drawn) > _APART:
        return _dissolved(drawn, classes)
    shapes = to_degrees(drawn.geometry)
    counts, within = _numbers(drawn, "n"), _numbers(drawn, f"n{WITHIN}")
    return [
        feature(shape, kind, _cell_text(kind, float(n), float(most), profile))
        for shape, kind, n, most in zip(shapes, drawn["hotspot_class"], counts, within, strict=True)
    ]


def _dissolved(cells: gpd.GeoDataFrame, classes: Sequence[str]) -> list[dict[str, Any]]:
    """Write each class as one shape: the edges of many small cells would hide their fill."""
    features = []
    for kind in classes:
        inside = cells.geometry.values[(cells["hotspot_class"] == kind).to_numpy()]
        if len(inside):
            whole = gpd.GeoSeries([shapely.coverage_union_all(inside)], crs=cells.crs)
            features.append(feature(to_degrees(whole)[0], kind, chart_words.HOTSPOTS[kind]))
    return features


def _numbers(table: pd.DataFrame, column: str) -> np.ndarray:
    if column not in table:
        return np.full(len(table), math.nan)
    return pd.to_numeric(table[column]).to_numpy(dtype=float, na_value=math.nan)


def _cell_text(kind: str, n: float, within: float, profile: Profile) -> str:
    lines, rule = [chart_words.HOTSPOTS[kind]], profile.incidents
    if not rule.exact and not math.isnan(within):
        lines.append(words.incidents(Rounded.released(n, within)))
    elif not math.isnan(n) and "n" in profile.tables.get("cells", ()):
        if not rule.small(n) and not rule.exact:
            n = (n + rule.base // 2) // rule.base * rule.base
        lines.append(words.few(rule.smallest) if rule.small(n) else words.incidents(n))
    return "<br>".join(html.escape(line) for line in lines)


def _surface(cells: gpd.GeoDataFrame, ends: Sequence[float]) -> list[dict[str, Any]]:
    """Write the classes of a density surface, one shape each, the lowest left blank."""
    features = []
    of_class = classing.assign(cells["per_km2"], ends)
    for i in range(len(ends) - 1):
        inside = cells.geometry.values[of_class == i]
        if len(inside):
            shape = gpd.GeoSeries([shapely.coverage_union_all(inside)], crs=cells.crs)
            features.append(feature(to_degrees(shape)[0], str(i), ""))
    return features
