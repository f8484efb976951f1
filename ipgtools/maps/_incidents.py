"""
Lay incidents on the interactive map as points, as many as there are.

They go into the page as bytes: seven an incident, a million in 9.4 MB of base64. Within the
page they are shown by kind, week and part of the day.
"""

import base64
from typing import Any

import folium
import geopandas as gpd
import numpy as np
import pandas as pd

from ipgtools import palette
from ipgtools.maps._layers import Drawn
from ipgtools.maps._legend import Legend, choose, dot
from ipgtools.nl import formats, kind_names
from ipgtools.nl import maps as words

__all__ = ["add_incidents"]

_UNKNOWN = 255
_MOST_WEEKS = 254
_HOURS = 6
"""Hours of a part of the day; what may have lasted longer has none."""


def add_incidents(drawn: folium.Map, incidents: gpd.GeoDataFrame, legend: Legend) -> None:
    """Lay points by kind on the map, switched off, with sliders over weeks and parts of the day."""
    placed = incidents[incidents.geometry.notna() & ~incidents.geometry.is_empty]
    if placed.empty:
        return
    x, y = _mercator(placed)
    kind, names = _kinds(placed)
    week, weeks = _weeks(pd.to_datetime(placed["occurred_from"]))
    box = [float(x.min()), float(y.min()), float(x.max()), float(y.max())]
    part = _parts(placed)
    parts = [_steps(x, box[0], box[2]), _steps(y, box[1], box[3]), kind, week, part]
    data = {
        "n": len(placed),
        "box": box,
        "bytes": base64.b64encode(b"".join(part.tobytes() for part in parts)).decode(),
    }
    colours = [*palette.KINDS[: len(names)]]
    if names[-1] == words.OTHER_KINDS:
        colours[-1] = palette.KINDS[-1]
    looks = {
        "colours": colours, "kinds": names, "weeks": weeks,
        "parts": words.PARTS if (part != _UNKNOWN).any() else [],
        "words": words.SLIDER,
    }  # fmt: skip
    layer = words.LAYERS["incidents"]
    drawn.add_child(Drawn(layer, "incidents", data, looks, show=False))
    counts = np.bincount(kind, minlength=len(names))
    options = [
        (dot(colour), f"{name} ({formats.number(int(n))})")
        for colour, name, n in zip(colours, names, counts, strict=True)
    ]
    legend.add(layer, layer, [], choose("checkbox", "ipg-kind", layer, options))


def _mercator(placed: gpd.GeoDataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Give where points are in the square of the map, 0 to 1, x to the east and y to the south."""
    at = placed.geometry.representative_point().to_crs(3857)
    half = 20037508.342789244
    x, y = at.x.to_numpy(), at.y.to_numpy()
    return (x + half) / (2 * half), (half - y) / (2 * half)


def _steps(values: np.ndarray, low: float, high: float) -> np.ndarray:
    span = high - low or 1.0
    return np.round((values - low) / span * 65535).astype("<u2")


def _kinds(placed: pd.DataFrame) -> tuple[np.ndarray, list[str]]:
    """Number the commonest kinds; the last is all others."""
    label = placed["category_label"] if "category_label" in placed else placed["category"]
    if "category_label" in placed and "category" in placed:
        label = label.fillna(placed["category"])
    label = label.astype("str").fillna("")
    most = len(palette.KINDS)
    order = label[label != ""].value_counts().index.tolist()
    own = order if len(order) + bool((label == "").any()) <= most else order[: most - 1]
    number = label.map({name: at for at, name in enumerate(own)})
    names = [kind_names.name(str(name)) for name in own]
    names = [name[:1].upper() + name[1:] for name in names]
    if number.isna().any():
        names.append(words.OTHER_KINDS)
    return number.fillna(len(own)).to_numpy(dtype=np.uint8), names


def _weeks(moments: pd.Series) -> tuple[np.ndarray, list[str]]:
    """Number the weeks from the first on, or spells of more weeks where these are many."""
    first = moments.min()
    if pd.isna(first):
        return np.full(len(moments), _UNKNOWN, dtype=np.uint8), []
    start = first.normalize() - pd.Timedelta(days=first.weekday())
    days = (moments - start).dt.days
    length = 7 * (int(days.max()) // (7 * _MOST_WEEKS) + 1)
    number = (days // length).fillna(_UNKNOWN).to_numpy(dtype=np.uint8)
    n = int(days.max()) // length + 1
    begins = [start + pd.Timedelta(days=at * length) for at in range(n)]
    return number, [words.week(formats.date(day), length // 7) for day in begins]


def _parts(placed: pd.DataFrame) -> np.ndarray:
    """Give the part of the day of each incident, where its time is known well enough."""
    begin: Any = pd.to_datetime(placed["occurred_from"])
    end = pd.to_datetime(placed["occurred_to"]).fillna(begin) if "occurred_to" in placed else begin
    middle = begin + (end - begin) / 2
    known = ((end - begin) <= pd.Timedelta(hours=_HOURS)) & begin.notna()
    hour = middle.dt.hour.fillna(0).to_numpy(dtype=int)
    return np.where(known.to_numpy(), hour // _HOURS, _UNKNOWN).astype(np.uint8)
