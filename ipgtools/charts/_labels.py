"""
Write the names of streets along the streets of a map.

Names lie on the straightest stretch that holds them, and stay off whatever the map is about.
All sizes are in points of the drawing.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from matplotlib import patheffects
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.text import Text

from ipgtools import palette
from ipgtools.palette import classes as classing

__all__ = [
    "SIZE", "frame", "halo", "scale", "to_metres", "to_points", "write_areas", "write_streets",
]  # fmt: skip

SIZE = 14.0
"""Of the letters: what can be read from the back of a room."""
_APART = 3.0
"""Points between a name and what it must not cover."""
_ROOM = 12_000.0
"""Square points of map for each name, at least."""
_SHIFTS = (0.5, 0.35, 0.65, 0.2, 0.8, 0.08, 0.92)
"""Where along a street to try its name, as parts of what is left of it."""
_STRAIGHT, _OFF = 0.97, 0.4
"""Least distance between the ends of a name's stretch as part of its length, and how far the
stretch may bend away from the name, in heights of a letter."""
_OVERHANG = 0.6
"""Part of a name that must lie along its street, where the street has to be named."""


def scale(ax: Axes) -> float:
    """Return the points in a pixel of the figure of axes."""
    figure = ax.get_figure(root=True)
    return 72 / (figure.dpi if figure else 72)


def frame(ax: Axes) -> tuple[float, float]:
    """Give width and height of some axes, in points."""
    box = ax.get_window_extent()
    return float(box.width * scale(ax)), float(box.height * scale(ax))


def to_points(ax: Axes, shapes: Any) -> Any:
    """Bring shapes from metres to points, counted from the lower left corner of the axes."""
    (west, east), (south, _) = ax.get_xlim(), ax.get_ylim()
    per_metre = frame(ax)[0] / (east - west)
    return shapely.transform(shapes, lambda xy: (xy - (west, south)) * per_metre)


def to_metres(ax: Axes, xy: np.ndarray) -> np.ndarray:
    """Bring coordinates from points back to metres."""
    (west, east), (south, _) = ax.get_xlim(), ax.get_ylim()
    return np.asarray(xy) * ((east - west) / frame(ax)[0]) + (west, south)


def write_streets(
    ax: Axes, streets: gpd.GeoDataFrame, *, first: Sequence[str], near: Any, taken: list[Any]
) -> list[Artist]:
    """Write the names of the streets that are seen on a map."""
    if "street_name" not in streets or not len(streets):
        return []
    wide, high = frame(ax)
    seen = shapely.box(_APART, _APART, wide - _APART, high - _APART)
    written: list[Artist] = []
    most = max(int(wide * high / _ROOM), 4)
    for name, parts in _in_order(ax, streets, first, near, seen):
        if len(written) >= most:
            break
        text = _text(ax, name)
        spot = _spot(text, scale(ax), parts, seen, taken, must=name in first)
        if spot is None:
            text.remove()
            continue
        middle, angle, box = spot
        text.set_position(tuple(to_metres(ax, middle)))
        text.set_rotation(angle)
        taken.append(box)
        written.append(text)
    return written


def write_areas(ax: Axes, areas: gpd.GeoDataFrame, taken: list[Any]) -> list[Artist]:
    """Write the names of areas where they fit on a map that has no names of streets."""
    wide, high = frame(ax)
    seen = shapely.box(_APART, _APART, wide - _APART, high - _APART)
    shapes = shapely.intersection(to_points(ax, areas.geometry.to_numpy()), seen)
    free = shapely.difference(shapes, shapely.union_all(taken)) if taken else shapes
    written: list[Artist] = []
    for at in np.argsort(-shapely.area(free), kind="stable"):
        if shapely.is_missing(free[at]) or shapely.is_empty(free[at]):
            continue
        text = _text(ax, str(classing.area_names(areas).iloc[at]), color=palette.MUTED)
        middle = shapely.get_coordinates(shapely.point_on_surface(free[at]))[0]
        box = _box(middle, 0.0, *_size(text, scale(ax)))
        if not text.get_text() or not _fits(box, seen, taken):
            text.remove()
            continue
        text.set_position(tuple(to_metres(ax, middle)))
        taken.append(box)
        written.append(text)
    return written


def _in_order(
    ax: Axes, streets: gpd.GeoDataFrame, first: Sequence[str], near: Any, seen: Any
) -> Iterator[tuple[str, np.ndarray]]:
    """Return the seen lines of each street: the chosen first, then main roads and those near."""
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    lines = streets.geometry.to_numpy()
    names = streets["street_name"].astype("str").str.strip()
    rank = classing.street_rank(streets)
    known = names.notna() & (names != "") & ((rank > 0) | names.isin(first))
    held = known.to_numpy(dtype=bool) & shapely.intersects(
        lines, shapely.box(west, south, east, north)
    )
    shown = shapely.intersection(to_points(ax, lines[held]), seen)
    table = pd.DataFrame({"name": names[held], "rank": rank[held], "length": shapely.length(shown)})
    at_place = shapely.distance(shown, near) < 4 * SIZE if near is not None else False
    grouped = table.assign(near=at_place).groupby("name", sort=True)
    order = grouped.agg(rank=("rank", "max"), near=("near", "max"), length=("length", "sum"))
    order = order.assign(first=order.index.isin(first), weight=order["rank"] + order["near"])
    order = order.sort_values(["first", "weight", "near", "length"], ascending=False, kind="stable")
    rows = grouped.indices
    for name in order.index[order["length"] > 0]:
        whole = shapely.line_merge(shapely.union_all(shown[rows[name]]))
        parts = shapely.get_parts(whole)
        parts = parts[shapely.get_type_id(parts) == 1]
        yield str(name), parts[np.argsort(-shapely.length(parts), kind="stable")]


def halo() -> list[patheffects.AbstractPathEffect]:
    """Return a light rim for letters on a map."""
    return [patheffects.withStroke(linewidth=3.5, foreground=palette.PAPER)]


def _text(ax: Axes, name: str, *, color: str = palette.INK) -> Text:
    return ax.text(
        0, 0, name, ha="center", va="center", rotation_mode="anchor", fontsize=SIZE, zorder=5,
        color=color, gid="street-name", parse_math=False, path_effects=halo(), clip_on=True,
    )  # fmt: skip


def _size(text: Text, points: float) -> tuple[float, float]:
    box = text.get_window_extent()
    return float(box.width * points), float(box.height * points)


def _box(middle: np.ndarray, angle: float, wide: float, high: float) -> Any:
    """Return the rectangle that a name takes, turned by degrees."""
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * ((wide + 4) / 2, high / 2)
    turn = np.radians(angle)
    across = np.array([(np.cos(turn), np.sin(turn)), (-np.sin(turn), np.cos(turn))])
    return shapely.Polygon(corners @ across + middle)


def _fits(box: Any, seen: Any, taken: list[Any]) -> bool:
    if not shapely.covers(seen, box):
        return False
    return not (shapely.distance(box, np.array(taken, dtype=object)) < _APART).any()


def _spot(
    text: Text, points: float, parts: np.ndarray, seen: Any, taken: list[Any], *, must: bool
) -> tuple[np.ndarray, float, Any] | None:
    """Find where a name lies along its street, with its angle and the box that it takes."""
    wide, high = _size(text, points)
    for part in parts:
        length = shapely.length(part)
        if length < (_OVERHANG * wide if must else wide):
            break
        on = min(wide, length)
        for shift in _SHIFTS:
            start = shift * (length - on)
            steps = np.linspace(start, start + on, 9)
            path = shapely.get_coordinates(shapely.line_interpolate_point(part, steps))
            middle, angle = _along(path, on, high)
            if middle is None:
                continue
            box = _box(middle, angle, wide, high)
            if _fits(box, seen, taken):
                return middle, angle, box
    return None


def _along(path: np.ndarray, on: float, high: float) -> tuple[np.ndarray | None, float]:
    """Return the middle and the angle of a stretch; no middle where it isn't straight."""
    chord = path[-1] - path[0]
    span = float(np.hypot(*chord))
    if span < _STRAIGHT * on:
        return None, 0.0
    normal = np.array([-chord[1], chord[0]]) / span
    off = (path - path[0]) @ normal
    if np.ptp(off) > 2 * _OFF * high:
        return None, 0.0
    middle = (path[0] + path[-1]) / 2 + normal * (off.max() + off.min()) / 2
    angle = float(np.degrees(np.arctan2(chord[1], chord[0])))
    return middle, (angle + 90) % 180 - 90
