"""Make a QGIS style (QML) for a table, by what its columns hold."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

import numpy as np

from ipgtools import palette
from ipgtools.nl import charts as words

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["style"]

_CLASSES = {
    "claim": (palette.PLACES, words.PLACE_CLAIMS),
    "hotspot_class": (palette.CLASSES, words.HOTSPOTS),
    "change_class": (palette.CHANGES, words.CHANGE),
}
"""Columns with classes; the colour and the label of each class. Other values are not drawn."""
_NUMBERS = ("per_1000", "per_km2", "ratio", "n")
"""Columns with numbers to be drawn in steps; the first that is there."""
_LABELS = ("number", "area_name")
_MAX_KINDS = len(palette.CATEGORIES)
_OUTLINED = {"claim"}
"""Classes drawn as an outline, so that what lies below stays visible."""


def style(table: "gpd.GeoDataFrame") -> str:
    """Return the QML of a layer: classes, steps of a number, kinds, or one symbol."""
    shape = _shape(table)
    for column, (colours, labels) in _CLASSES.items():
        if column in table:
            present = [kind for kind in colours if (table[column] == kind).any()]
            named = [(kind, labels[kind], colours[kind]) for kind in present]
            return _qml(_categorized(column, named, shape), table)
    for column in _NUMBERS:
        if column in table:
            values = table[column].dropna().astype(float).to_numpy()
            if len(np.unique(values)) > 1:
                return _qml(_graduated(column, values, shape), table)
    if "category" in table:
        kinds = table["category"].value_counts().index[: _MAX_KINDS - 1]
        named = [(str(kind), str(kind), palette.CATEGORIES[at]) for at, kind in enumerate(kinds)]
        named.append(("", words.OTHER_KINDS, palette.CATEGORIES[-1]))
        return _qml(_categorized("category", named, shape), table)
    colour = palette.MUTED if shape == "line" else palette.SCHOUW
    symbol = _symbol(0, colour, shape)
    return _qml(
        f'<renderer-v2 type="singleSymbol"><symbols>{symbol}</symbols></renderer-v2>', table
    )


def _shape(table: "gpd.GeoDataFrame") -> str:
    kinds = " ".join(table.geometry.geom_type.dropna().unique())
    return "fill" if "Polygon" in kinds else "line" if "Line" in kinds else "marker"


def _categorized(column: str, named: Sequence[tuple[str, str, str]], shape: str) -> str:
    outlined = column in _OUTLINED
    rows = "".join(
        f'<category value={quoteattr(value)} label={quoteattr(label)} symbol="{at}" '
        'type="string" render="true"/>'
        for at, (value, label, _) in enumerate(named)
    )
    symbols = "".join(
        _symbol(at, colour, shape, outlined=outlined) for at, (_, _, colour) in enumerate(named)
    )
    return (
        f'<renderer-v2 type="categorizedSymbol" attr="{column}"><categories>{rows}</categories>'
        f"<symbols>{symbols}</symbols></renderer-v2>"
    )


def _graduated(column: str, values: np.ndarray, shape: str) -> str:
    n = min(len(palette.SEQUENCE), len(np.unique(values)))
    edges = np.unique(np.quantile(values, np.linspace(0, 1, n + 1)))
    colours = palette.steps(len(edges) - 1)
    ranges = "".join(
        f'<range lower="{low!r}" upper="{high!r}" symbol="{at}" render="true" '
        f"label={quoteattr(words.step(low, high))}/>"
        for at, (low, high) in enumerate(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))
    )
    symbols = "".join(_symbol(at, colour, shape) for at, colour in enumerate(colours))
    return (
        f'<renderer-v2 type="graduatedSymbol" attr="{column}" graduatedMethod="GraduatedColor">'
        f"<ranges>{ranges}</ranges><symbols>{symbols}</symbols></renderer-v2>"
    )


def _symbol(name: int, colour: str, shape: str, *, outlined: bool = False) -> str:
    """Make a symbol of one layer: a filled or outlined area, a line, or a round marker."""
    rgb = ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    edge = ",".join(str(int(palette.BORDER[at : at + 2], 16)) for at in (1, 3, 5))
    if shape == "line":
        kind, options = "SimpleLine", {"line_color": f"{rgb},255", "line_width": "0.4"}
    elif shape == "marker":
        kind = "SimpleMarker"
        options = {"color": f"{rgb},230", "name": "circle", "outline_color": "255,255,255,255",
                   "size": "2.2"}  # fmt: skip
    elif outlined:
        kind = "SimpleFill"
        options = {"style": "no", "outline_color": f"{rgb},255", "outline_width": "0.9"}
    else:
        kind = "SimpleFill"
        options = {"color": f"{rgb},200", "style": "solid", "outline_color": f"{edge},120",
                   "outline_width": "0.1"}  # fmt: skip
    listed = "".join(
        f'<Option name="{key}" value="{value}" type="QString"/>' for key, value in options.items()
    )
    return (
        f'<symbol name="{name}" type="{shape}" alpha="1"><layer class="{kind}" enabled="1">'
        f'<Option type="Map">{listed}</Option></layer></symbol>'
    )


def _qml(renderer: str, table: "gpd.GeoDataFrame") -> str:
    """Wrap a renderer as a style, with labels where the table has names for its rows."""
    label = next((name for name in _LABELS if name in table), None)
    labels = "" if label is None else (
        '<labeling type="simple"><settings calloutType="simple"><text-style '
        f'fieldName="{label}" fontSize="9" fontWeight="75" textColor="29,39,51,255">'
        '<text-buffer bufferDraw="1" bufferSize="0.8" bufferColor="255,255,255,255"/></text-style>'
        "</settings></labeling>"
    )  # fmt: skip
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
        f'<qgis version="3.28.0" labelsEnabled="{int(label is not None)}" styleCategories='
        f'"Symbology|Labeling">{renderer}{labels}</qgis>'
    )
