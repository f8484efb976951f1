"""Draw clusters of incidents on a map."""

from typing import Any, Unpack

import geopandas as gpd
import matplotlib as mpl
import numpy as np
import pandas as pd
import shapely
from matplotlib import patheffects
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from ipgtools import crs, palette
from ipgtools.charts import _draw
from ipgtools.charts._annotate import About, finished
from ipgtools.charts._common import begin, finish
from ipgtools.nl import charts as words
from ipgtools.nl import formats

__all__ = ["clusters"]

_SURE = 0.05
_APART = 20.0
"""Points between two numbers."""
_ABOVE = 8.0
"""Points from a cluster to its number."""


@finished
def clusters(
    shapes: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame | None = None,
    *,
    streets: gpd.GeoDataFrame | None = None,
    ax: Axes | None = None,
    **_about: Unpack[About],
) -> Axes:
    """
    Draw clusters with the number of incidents in each.

    Parameters
    ----------
    shapes : GeoDataFrame, n_clusters rows
        Polygons with `n`, as `hotspots.cluster_shapes` or `hotspots.hierarchical_clusters`
        give them. Clusters of a higher `order` are outlines. With `p_size`, those that chance
        may explain are pale; those that are `stacked` on a point that looks like a stand-in
        are hatched.
    areas, streets, ax
        As for `hotspots`.

    Returns
    -------
    Axes
        A collection per kind ("cluster", "unsure", "stacked", "groups") as gid, and a text
        with gid ``n`` for each cluster that is no group.

    Raises
    ------
    CrsError
        If the tables do not share one projected CRS in metres.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import box
    >>> squares = [box(0, 0, 100, 100), box(100, 0, 200, 100)]
    >>> table = {"n": [12, 7]}
    >>> shapes = gpd.GeoDataFrame(table, geometry=squares, crs=28992)
    >>> ax = clusters(shapes, title="Twee groepen", source="BVH")
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "n"]
    ['12', '7']
    """
    crs.require(shapes=shapes, areas=areas, streets=streets)
    with mpl.rc_context(_draw.STYLE):
        ax, own = begin(ax)
        known = _draw.sheet(ax)
        known.title = words.CLUSTERS["title"]
        _draw.base(ax, areas, streets, [shapes])
        if not len(shapes):
            _draw.too_few(ax)
            return finish(ax, own=own)
        group = _column(shapes, "order", 1) > 1
        stacked = _column(shapes, "stacked", 0).astype(bool) & ~group
        tested = _column(shapes, "p_size", 0.0)
        unsure = ~(tested <= _SURE) & ~group & ~stacked
        edge = palette.EDGES["hot"]
        for chosen, gid, face, hatch in (
            (~group & ~stacked & ~unsure, "cluster", palette.CLASSES["hot_possible"], None),
            (unsure, "unsure", palette.lighten(palette.CLASSES["hot_possible"]), None),
            (stacked, "stacked", palette.PAPER, "xx"),
        ):
            if chosen.any():
                _draw.fill(
                    ax, shapes.geometry.values[chosen], gid=gid, face=face, edge=edge,
                    hatch=hatch, linewidth=1.4, alpha=0.85, zorder=2,
                )  # fmt: skip
                known.handles.append(_draw.patch(words.CLUSTERS[gid], face, edge, hatch=hatch))
        if group.any():
            look: dict[str, Any] = {"linewidth": 1.8, "linestyle": "--"}
            outlines = shapes.geometry.values[group]
            _draw.fill(
                ax, outlines, gid="groups", face="none", edge=palette.EDGES["cold"], zorder=3.4,
                **look,
            )  # fmt: skip
            known.handles.append(
                _draw.patch(words.CLUSTERS["groups"], "none", palette.EDGES["cold"], **look)
            )
        if _column(shapes, "few_places", 0).astype(bool).any():
            known.note = words.CLUSTERS["few_places"]
        _write_numbers(ax, shapes[~group])
        if areas is not None:
            _draw.place_names(ax, areas)
        return finish(ax, own=own)


def _column(table: pd.DataFrame, name: str, otherwise: float) -> np.ndarray:
    """Give a column as numbers; the same for all where the table has none."""
    if name not in table:
        return np.full(len(table), otherwise)
    return table[name].to_numpy(dtype=float, na_value=np.nan)


def _write_numbers(ax: Axes, shapes: gpd.GeoDataFrame) -> None:
    """
    Write how many incidents each cluster has, above it: most are smaller than a number.

    Numbers that would overlap are moved apart, with a line to their cluster where that is far.
    Called again after the layout has changed.
    """
    west, _, east, north = shapely.bounds(shapes.geometry.values).T
    tops = np.column_stack([(west + east) / 2, north])
    inside = shapely.get_coordinates(shapely.point_on_surface(shapes.geometry.values))
    texts = [formats.number(int(n)) for n in shapes["n"]]
    drawn: list[Artist] = []

    def place() -> None:
        while drawn:
            drawn.pop().remove()
        ax.apply_aspect()
        figure = ax.get_figure(root=True)
        scale = 72 / (figure.dpi if figure else 72)
        box = ax.get_window_extent()
        low, high = (np.array(end) * scale for end in (box.min, box.max))
        at = ax.transData.transform(tops) * scale + (0, _ABOVE)
        moved = _draw.repel(at, _APART, low + _APART / 2, high - _APART / 2)
        ends = ax.transData.inverted().transform(moved / scale)
        far = np.hypot(*(moved - at).T) > _ABOVE
        lines = np.stack([inside[far], ends[far]], axis=1)
        leaders = LineCollection(list(lines), colors=palette.INK, linewidths=0.8, zorder=5)
        drawn.append(ax.add_collection(leaders, autolim=False))
        drawn.extend(
            ax.text(
                x, y, text, ha="center", va="center_baseline", fontsize=12, fontweight="bold",
                zorder=6, gid="n", clip_on=True,
                path_effects=[patheffects.withStroke(linewidth=3, foreground=palette.PAPER)],
            )
            for (x, y), text in zip(ends, texts, strict=True)
        )  # fmt: skip

    place()
    _draw.sheet(ax).placing.append(place)
