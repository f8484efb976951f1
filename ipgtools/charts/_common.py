"""Begin and end a chart, and fill its table in classes: what the charts on a map share."""

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ipgtools import palette
from ipgtools.charts import _colors, _draw
from ipgtools.charts._annotate import arrange
from ipgtools.nl import charts as words
from ipgtools.palette import classes as classing

__all__ = ["begin", "fill_classes", "fill_steps", "finish", "hatch_unknown", "numbers"]

_SLIDE = (13.333, 7.5)
_DEFAULTS = palette.CLASSES | palette.CHANGES | palette.COUNTS


def begin(ax: Axes | None) -> tuple[Axes, bool]:
    """Return the axes to draw on, and whether they are a slide of their own."""
    if ax is not None:
        return ax, False
    return _draw.new_figure(*_SLIDE).add_axes((0, 0, 1, 1), axes_class=_draw.ChartAxes), True


def finish(ax: Axes, *, own: bool) -> Axes:
    """Arrange a chart on its own figure; on given axes put the legend where there is room."""
    known = _draw.sheet(ax)
    if own:
        arrange(ax)
    elif known.handles:
        legend = ax.legend(
            handles=known.handles, title=known.title or None, loc="best", handler_map=_draw.HANDLERS
        )
        legend.get_frame().set(facecolor=palette.PAPER, alpha=0.9)
        legend.set_frame_on(True)
    return ax


def fill_classes(
    ax: Axes,
    cells: gpd.GeoDataFrame,
    column: str,
    colours: dict[str, str],
    labels: dict[str, str],
) -> None:
    """Fill the cells of each class in its colour; those of none stay blank."""
    known = _draw.sheet(ax)
    known.title = labels["title"]
    if not len(cells):
        _draw.too_few(ax)
        return
    for kind, colour in colours.items():
        chosen = cells.geometry.values[(cells[column] == kind).to_numpy()]
        if not len(chosen):
            continue
        edge = _colors.edge(colour, kind.split("_")[0], _DEFAULTS[kind])
        thin = {"linewidth": 0.4, "alpha": 0.92, "zorder": 2}
        _draw.fill(ax, chosen, gid=kind, face=colour, edge=edge, **thin)
        known.handles.append(_draw.patch(labels[kind], colour, edge))
    if not known.handles:
        known.handles.append(_draw.patch(labels["none"], palette.LAND, palette.BORDER))


def numbers(column: pd.Series) -> np.ndarray:
    """Return a column as numbers, NaN where missing."""
    return pd.to_numeric(column).to_numpy(dtype=float, na_value=np.nan)


def fill_steps(
    ax: Axes,
    table: gpd.GeoDataFrame,
    values: np.ndarray,
    ends: Sequence[float],
    colours: Sequence[str],
    title: str,
    *,
    seamless: bool = False,
) -> None:
    """Fill the rows of each class of a figure in its colour."""
    known = _draw.sheet(ax)
    known.title = title
    of_class = classing.assign(values, ends)
    whole = classing.is_whole(ends) and classing.is_whole(values)
    labels = words.class_labels(ends, whole=whole, decimals=classing.decimals(ends[:-1]))
    for i, (colour, label) in enumerate(zip(colours, labels, strict=True)):
        chosen = table.geometry.values[of_class == i]
        edge = "face" if seamless else palette.BORDER
        _draw.fill(
            ax, chosen, gid=f"class:{i}", face=colour, edge=edge, linewidth=0.5, zorder=1.5
        )  # fmt: skip
        known.handles.append(_draw.patch(label, colour, palette.BORDER))


def hatch_unknown(ax: Axes, shapes: Any, *, gid: str, label: str) -> None:
    """Hatch places without data, with a legend entry."""
    if len(shapes):
        look = {"hatch": "///", "linewidth": 0.0, "zorder": 1}
        _draw.fill(ax, shapes, gid=gid, face=palette.PAPER, edge=palette.BORDER, **look)
        _draw.sheet(ax).handles.append(
            _draw.patch(label, palette.PAPER, palette.BORDER, hatch="///")
        )
