"""
Make the layers of the interactive map from tables.

Only what a layer shows goes into the page: shapes in EPSG:4326 with six decimals, and texts
made here. Columns that merely pass through a table never leave it. Each function lays a
table on the map and writes its part of the legend.
"""

import html
import json
import math
from collections.abc import Sequence
from typing import Any

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from branca.element import Element, MacroElement
from folium.map import Layer
from folium.template import Template

from ipgtools import maps, palette
from ipgtools.maps._legend import Legend, group_sign, line, marker
from ipgtools.nl import charts as chart_words
from ipgtools.nl import formats
from ipgtools.nl import maps as words
from ipgtools.palette import classes as classing

__all__ = [
    "Drawn", "OfflineMap", "Part", "Verbatim", "add_areas", "add_base", "add_findings",
    "add_names", "add_streets", "as_script", "bounds", "collection", "feature", "outlines",
    "to_degrees",
]  # fmt: skip

_DECIMALS = 6
_MANY = 3000
_MOST_BUILDINGS = 20_000
_MANY_AREAS = 100
"""Areas whose borders are drawn quietly: they are many lines on a small map."""
_NETHERLANDS = [[50.7, 3.3], [53.6, 7.3]]
_AREA = {"color": palette.BORDER, "weight": 1.5, "opacity": 1, "fillColor": palette.LAND}
_AREA["fillOpacity"] = 1
_STREET = ("#c9ced4", "#a3acb6", "#7f8a96")
"""Paths, streets and main roads: darker than in charts, as a screen shows them thinner."""
_STREETS = {
    str(rank): {"color": colour, "weight": weight, "opacity": 0.9, "fill": False}
    for rank, (colour, weight) in enumerate(zip(_STREET, (1, 1.5, 3), strict=True))
}


class OfflineMap(folium.Map):
    """A folium map that shows itself in a notebook without a network."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._name = "Map"

    def _repr_html_(self, **kwargs: Any) -> str:  # noqa: ARG002
        return maps.show(self)._repr_html_()


class Verbatim(Element):
    """Text that goes into the page as it is; elsewhere branca reads text as a template."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def render(self, **kwargs: Any) -> str:  # noqa: ARG002
        return self.text


class Part(MacroElement):
    """A piece of the page: its template sees `this.values`; nothing in them is a template."""

    def __init__(self, template: str, **values: Any) -> None:
        super().__init__()
        self._name = "part"
        self._template = Template(template)
        self.values = values

    def render(self, **kwargs: Any) -> str:
        _put(self, kwargs)
        return ""


class Drawn(Layer):
    """A layer made by one of the functions of page.js."""

    _template = Template(
        "{% macro script(this, kwargs) %}\n"
        "var {{ this.get_name() }} = ipg.{{ this.function }}("
        "{{ this._parent.get_name() }}, {{ this.arguments }});\n"
        "{% if this.show %}{{ this.get_name() }}.addTo({{ this._parent.get_name() }});\n{% endif %}"
        "{% endmacro %}"
    )

    def __init__(self, name: str, function: str, *arguments: Any, show: bool = True) -> None:
        super().__init__(name=name, overlay=True, show=show)
        self._name = "layer"
        self.function = function
        self.arguments = ", ".join(as_script(argument) for argument in arguments)

    def render(self, **kwargs: Any) -> str:
        _put(self, kwargs)
        return ""


def _put(element: MacroElement, kwargs: dict[str, Any]) -> None:
    """Render an element's template into head, body and script of the page."""
    page = element.get_root()
    for place in ("header", "html", "script"):
        macro = getattr(element._template.module, place, None)
        if macro is not None:
            text = Verbatim(macro(element, kwargs))
            getattr(page, place).add_child(text, name=element.get_name())


def as_script(value: Any) -> str:
    """Write a value for a script; no text in it can end the script or start a tag."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&'\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def add_base(drawn: folium.Map, base: gpd.GeoDataFrame) -> None:
    """Lay water, green, railways and buildings under all else but the land."""
    styles: dict[str, dict[str, Any]] = {
        kind: {"stroke": False, "fillColor": colour, "fillOpacity": 1, "fillRule": "nonzero"}
        for kind, colour in palette.BASE.items()
    }
    rail = {"color": palette.BASE["railway"], "weight": 2, "dashArray": "6 3", "fill": False}
    styles["railway"] = rail
    features = []
    for kind in ("green", "water", "railway", "building"):
        shapes = base.geometry[(base["kind"] == kind) & ~base.geometry.is_empty]
        if kind == "building":
            shapes = shapes[shapes.area.rank(ascending=False, method="first") <= _MOST_BUILDINGS]
        simple = shapely.simplify(shapes.values, 1.0)
        parts = shapely.get_parts(simple[~shapely.is_empty(simple)])
        parts = parts[shapely.get_dimensions(parts) == (1 if kind == "railway" else 2)]
        if len(parts):
            whole = gpd.GeoSeries([_together(parts)], crs=base.crs)
            features.append(feature(to_degrees(whole)[0], kind, ""))
    if features:
        options = {"pane": "ipg-base", "zIndex": 382, "canvas": True, "quiet": True}
        data = collection(features)
        drawn.add_child(Drawn(words.LAYERS["base"], "shapes", data, styles, options))


def _together(parts: np.ndarray) -> Any:
    """Put shapes of one kind into one; those that overlap are filled twice, never left blank."""
    if shapely.get_dimensions(parts[0]) == 1:
        return shapely.MultiLineString(list(parts))
    return shapely.MultiPolygon(list(shapely.orient_polygons(parts)))


def add_areas(drawn: folium.Map, areas: gpd.GeoDataFrame, legend: Legend) -> None:
    """Lay the borders of areas on the map; their names show on hover."""
    features = _outlines(areas)
    options = {"pane": "ipg-areas", "zIndex": 380, "canvas": len(features) > _MANY}
    data = collection(features)
    quiet = {"weight": 1, "color": "#98a2ad"} if len(features) > _MANY_AREAS else {}
    drawn.add_child(Drawn(words.LAYERS["areas"], "shapes", data, {"area": _AREA | quiet}, options))
    legend.add(words.LAYERS["areas"], "", [(line(palette.BORDER, 2), words.LAYERS["areas"])])


def add_streets(drawn: folium.Map, streets: gpd.GeoDataFrame) -> None:
    """Lay the streets on the map, thin and above the fills, which stay readable that way."""
    options = {"pane": "ipg-streets", "zIndex": 450, "canvas": True, "quiet": True, "blend": True}
    data = collection(_lines(streets))
    drawn.add_child(Drawn(words.LAYERS["streets"], "shapes", data, _STREETS, options))


def add_names(
    drawn: folium.Map, areas: gpd.GeoDataFrame | None, streets: gpd.GeoDataFrame | None
) -> None:
    """Write the names of areas and streets on the map, as many as fit."""
    labels = [] if areas is None else _area_names(areas)
    labels += [] if streets is None else _street_names(streets)
    if labels:
        options = {"pane": "ipg-names", "zIndex": 590, "colour": palette.INK}
        drawn.add_child(Drawn(words.LAYERS["names"], "names", labels, options))


def add_findings(
    drawn: folium.Map, findings: gpd.GeoDataFrame, actions: pd.DataFrame | None, legend: Legend
) -> None:
    """Add numbered findings to the map; a popup shows finding and actor."""
    kinds = classing.kinds(findings["category"])
    marks = classing.kind_marks(kinds)
    points = _points(findings, actions, kinds)
    styles = [{"svg": marker(shape, colour)} for shape, colour in marks]
    looks = {"kinds": styles, "group": words.GROUP}
    drawn.add_child(Drawn(words.LAYERS["findings"], "markers", points, looks))
    legend.add(
        words.LAYERS["findings"],
        words.LAYERS["findings"],
        [
            (marker(shape, colour, size=20, number=""), chart_words.category(kind))
            for kind, (shape, colour) in zip(kinds, marks, strict=True)
        ]
        + ([(group_sign(), words.GROUP_LEGEND)] if len(points) > 1 else []),
    )
    if lost := len(findings) - len(points):
        legend.notes.append(chart_words.not_drawn(lost))


def bounds(tables: Sequence[gpd.GeoDataFrame | None]) -> list[list[float]]:
    """Find the south-west and north-east corner of the first table that has any place."""
    for table in tables:
        if table is not None and not table.geometry.is_empty.all():
            west, south, east, north = table.to_crs(4326).total_bounds.round(_DECIMALS).tolist()
            if not math.isnan(west):
                return [[south, west], [north, east]]
    return _NETHERLANDS


def outlines(table: gpd.GeoDataFrame) -> np.ndarray:
    """Give the borders of areas with fewer points; borders shared stay shared."""
    simple = shapely.coverage_simplify(table.geometry.values, 2.0)
    return to_degrees(gpd.GeoSeries(simple, crs=table.crs))


def _outlines(table: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Write the borders of areas with their names."""
    table = table[~(table.geometry.isna() | table.geometry.is_empty)]
    return [
        feature(shape, "area", html.escape(str(name)))
        for shape, name in zip(outlines(table), classing.area_names(table), strict=True)
    ]


def _lines(table: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Write the streets by rank, one shape a rank."""
    ranks = classing.street_rank(table)
    features = []
    for rank in sorted(set(ranks)):
        lines = shapely.simplify(table.geometry.values[ranks == rank], 1.0)
        parts = shapely.get_parts(lines[~shapely.is_empty(lines) & ~shapely.is_missing(lines)])
        if len(parts):
            shape = gpd.GeoSeries([shapely.MultiLineString(list(parts))], crs=table.crs)
            features.append(feature(to_degrees(shape)[0], str(rank), ""))
    return features


def _street_names(table: gpd.GeoDataFrame) -> list[list[Any]]:
    """Place the name of each street along its longest stretch, main streets first."""
    if "street_name" not in table:
        return []
    named = table[table["street_name"].notna()].assign(
        rank=classing.street_rank, length=lambda rows: rows.geometry.length
    )
    named = named.sort_values(["rank", "length"], ascending=False, kind="stable")
    named = named.drop_duplicates("street_name")
    named = named[named["length"] > 0]
    middle = named.geometry.interpolate(0.5, normalized=True)
    ahead = named.geometry.interpolate(named["length"] * 0.5 + 5)
    behind = named.geometry.interpolate((named["length"] * 0.5 - 5).clip(lower=0))
    at, after, before = (to_degrees(points) for points in (middle, ahead, behind))
    labels = []
    for name, rank, here, head, tail in zip(
        named["street_name"], named["rank"], at, after, before, strict=True
    ):
        stretch = math.cos(math.radians(here.y))
        angle = -math.atan2(head.y - tail.y, (head.x - tail.x) * stretch)
        angle = (angle + math.pi / 2) % math.pi - math.pi / 2
        first = {2: 14, 1: 16}.get(int(rank), 17)
        labels.append([here.y, here.x, str(name), round(angle, 2), first, 13, 0])
    return labels


def _area_names(table: gpd.GeoDataFrame) -> list[list[Any]]:
    table = table[~(table.geometry.isna() | table.geometry.is_empty)]
    """Place the name of each area inside it, the largest first."""
    table = table.iloc[np.argsort(-table.geometry.area.to_numpy(), kind="stable")]
    places = to_degrees(table.geometry.representative_point())
    return [
        [place.y, place.x, str(name), 0, 11, 14, 1]
        for place, name in zip(places, classing.area_names(table), strict=True)
    ]


def _points(
    table: gpd.GeoDataFrame, actions: pd.DataFrame | None, kinds: Sequence[str]
) -> list[dict[str, Any]]:
    """Write the findings that have a place, with what was found and who acts."""
    placed = table[table.geometry.notna() & ~table.geometry.is_empty]
    points = to_degrees(placed.geometry)
    spots = pd.Series([f"{point.y:.5f} {point.x:.5f}" for point in points], dtype="str")
    turn, together = spots.groupby(spots).cumcount(), spots.groupby(spots).transform("size")
    return [
        {
            "x": point.x,
            "y": point.y,
            "n": None if pd.isna(row.number) else int(row.number),
            "k": kinds.index(classing.kind_of(row.category, kinds)),
            "i": int(i),
            "m": int(m),
            "a": words.finding(None if pd.isna(row.number) else int(row.number)),
            "h": _popup(row, actions),
        }
        for row, point, i, m in zip(placed.itertuples(), points, turn, together, strict=True)
    ]


def _popup(row: Any, actions: pd.DataFrame | None) -> str:
    number = None if pd.isna(row.number) else int(row.number)
    kind = _text(row, "category")
    title = words.finding(number) + (f": {chart_words.category(kind)}" if kind else "")
    parts = [f"<h2>{html.escape(title)}</h2>"]
    if place := _text(row, "location_text"):
        parts.append(f'<p class="ipg-place">{html.escape(place)}</p>')
    if found := _text(row, "description"):
        parts.append(f"<p>{html.escape(found)}</p>")
    if actions is not None:
        mine = actions[actions["finding_id"] == row.finding_id]
        lines = [
            words.action(
                _text(action, "actor"),
                _text(action, "task"),
                _text(action, "status"),
                formats.date(action.due) if _text(action, "due") else "",
            )
            for action in mine.itertuples()
        ]
        lines = [f"<li>{html.escape(line)}</li>" for line in lines if line]
        heading = html.escape(words.ACTIONS)
        if lines:
            parts.append(f"<p><b>{heading}</b></p><ul>{''.join(lines)}</ul>")
        else:
            parts.append(f"<p>{html.escape(words.NO_ACTIONS)}</p>")
    return "".join(parts)


def _text(row: Any, column: str) -> str:
    value = getattr(row, column, None)
    return "" if value is None or pd.isna(value) else str(value).strip()


def to_degrees(shapes: gpd.GeoSeries) -> np.ndarray:
    """Bring shapes into EPSG:4326 with six decimals (0.1 m)."""
    values = shapes.to_crs(4326).values if len(shapes) else shapes.values
    return shapely.transform(np.asarray(values), lambda xy: np.round(xy, _DECIMALS))


def feature(shape: Any, style: str, text: str) -> dict[str, Any]:
    """Write a shape with the name of its style and the text of its tooltip."""
    properties = {"s": style, "t": text} if text else {"s": style}
    geometry = shapely.geometry.mapping(shape)
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    """Write features as GeoJSON."""
    return {"type": "FeatureCollection", "features": features}
