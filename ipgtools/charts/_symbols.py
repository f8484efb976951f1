"""Draw numbered marks on a map: findings of a schouw, and places where incidents came back."""

from typing import Unpack

import geopandas as gpd
import matplotlib as mpl
import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes

from ipgtools import crs, palette
from ipgtools.charts import _draw
from ipgtools.charts._annotate import About, finished
from ipgtools.charts._common import begin, finish
from ipgtools.nl import charts as words
from ipgtools.palette import classes as classing

__all__ = ["findings", "mark_findings", "repeat_places"]


@finished
def findings(
    findings: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame | None = None,
    *,
    streets: gpd.GeoDataFrame | None = None,
    ax: Axes | None = None,
    **_about: Unpack[About],
) -> Axes:
    """
    Draw the findings of a schouw as numbered marks, by kind.

    Parameters
    ----------
    findings : GeoDataFrame, n_findings rows
        FINDINGS. Those without a place are counted below the legend; marks that would cover
        each other are moved apart, with a line to their place.
    areas : GeoDataFrame, n_areas rows, optional
        AREAS: their borders. The extent is that of the findings, unless these have no place.
    streets, ax
        As for `hotspots`.

    Returns
    -------
    Axes
        One mark per finding, with ``kind:`` and its kind as gid.

    Raises
    ------
    CrsError
        If the tables do not share one projected CRS in metres.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import Point
    >>> table = {"number": [1, 2], "category": ["afval", "groen"]}
    >>> spots = [Point(0, 0), Point(90, 40)]
    >>> seen = gpd.GeoDataFrame(table, geometry=spots, crs=28992)
    >>> ax = findings(seen, title="Afval en groen", n="2 bevindingen", source="wijkschouw")
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['Afval', 'Groen en water']
    """
    crs.require(findings=findings, areas=areas, streets=streets)
    with mpl.rc_context(_draw.STYLE):
        ax, own = begin(ax)
        _draw.base(ax, areas, streets, [findings])
        if not len(findings):
            _draw.sheet(ax).title = words.FINDINGS
            _draw.too_few(ax)
        else:
            _zoom(ax, findings)
            mark_findings(ax, findings)
        return finish(ax, own=own)


def _zoom(ax: Axes, points: gpd.GeoDataFrame, *, least: float = 300.0) -> None:
    """Set the extent to that of points, with room for their marks; in metres."""
    west, south, east, north = points.total_bounds
    if np.isnan(west):
        return
    pad = max(0.12 * max(east - west, north - south), (least - (east - west)) / 2, 60.0)
    _draw.set_extent(ax, (west - pad, south - pad, east + pad, north + pad))


def mark_findings(ax: Axes, findings: gpd.GeoDataFrame) -> None:
    known = _draw.sheet(ax)
    kinds = classing.kinds(findings["category"])
    marks = dict(zip(kinds, classing.kind_marks(kinds), strict=True))
    placed = findings[~(findings.geometry.isna() | findings.geometry.is_empty)]
    lost, inside = len(findings) - len(placed), _within(ax, placed)
    outside, placed = int((~inside).sum()), placed[inside]
    of_kind = [classing.kind_of(code, kinds) for code in placed["category"]]
    _draw.place_marks(
        ax,
        shapely.get_coordinates(placed.geometry.values),
        ["" if pd.isna(number) else str(int(number)) for number in placed["number"]],
        [marks[kind] for kind in of_kind],
        [f"kind:{kind}" for kind in of_kind],
    )
    if known.handles:
        known.handles.append(_draw.patch(words.FINDINGS, "none", "none"))
    else:
        known.title = words.FINDINGS
    known.handles += [
        _draw.mark(words.category(kind), shape, colour) for kind, (shape, colour) in marks.items()
    ]
    known.note = words.not_drawn(lost, outside)


def _within(ax: Axes, points: gpd.GeoDataFrame) -> np.ndarray:
    """Return which points lie within the extent of the map."""
    extent = _draw.sheet(ax).extent
    if extent is None or not len(points):
        return np.ones(len(points), dtype=bool)
    return np.asarray(points.within(shapely.box(*extent)), dtype=bool)


@finished
def repeat_places(
    places: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame | None = None,
    *,
    streets: gpd.GeoDataFrame | None = None,
    top: int = 10,
    ax: Axes | None = None,
    **_about: Unpack[About],
) -> Axes:
    """
    Draw the places where most incidents came back, ranked.

    Parameters
    ----------
    places : GeoDataFrame, n_places rows
        Points with `n`, and `street_name` and `stacked` where known, as `repeats.places` gives
        them.
    top : int, default 10
        Places that get a number and stand in the legend; the others are dots.
    areas, streets, ax
        As for `hotspots`.

    Returns
    -------
    Axes
        A mark with gid ``place`` for each ranked place, a collection ``other-places``.

    Raises
    ------
    CrsError
        If the tables do not share one projected CRS in metres.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import Point
    >>> table = {"n": [7, 3], "street_name": ["Heggenes", "Laares"]}
    >>> spots = [Point(0, 0), Point(90, 40)]
    >>> found = gpd.GeoDataFrame(table, geometry=spots, crs=28992)
    >>> ax = repeat_places(found, title="Zeven keer op één plek", source="BVH")
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['Heggenes: 7', 'Laares: 3']
    """
    crs.require(places=places, areas=areas, streets=streets)
    with mpl.rc_context(_draw.STYLE):
        ax, own = begin(ax)
        known = _draw.sheet(ax)
        known.title = words.PLACES
        _draw.base(ax, areas, streets, [places])
        if not len(places):
            _draw.too_few(ax)
            return finish(ax, own=own)
        order = ["n", "place_id"] if "place_id" in places else ["n"]
        ranked = places.sort_values(order, ascending=[False, True][: len(order)], kind="stable")
        first, rest = ranked.iloc[:top], ranked.iloc[top:]
        if len(rest):
            x, y = shapely.get_coordinates(rest.geometry.values).T
            ax.scatter(x, y, s=16, color=palette.BAR, alpha=0.6, zorder=4, gid="other-places")
        numbers = [str(rank) for rank in range(1, len(first) + 1)]
        look, same = ("o", palette.BAR), len(first)
        _draw.place_marks(
            ax, shapely.get_coordinates(first.geometry.values), numbers, [look] * same,
            ["place"] * same,
        )  # fmt: skip
        streets_of = first["street_name"] if "street_name" in first else [None] * same
        stacked = first["stacked"].fillna(value=False) if "stacked" in first else [False] * same
        known.handles = [
            _draw.NumberedMark(
                rank,
                words.place(words.UNKNOWN_STREET if pd.isna(street) else street, n, stacked=odd),
                palette.BAR,
            )
            for rank, street, n, odd in zip(numbers, streets_of, first["n"], stacked, strict=True)
        ]
        if len(rest):
            known.handles.append(_draw.mark(words.OTHER_PLACES, "o", palette.BAR, 6))
        if any(bool(odd) for odd in stacked):
            known.note = words.STACKED
        return finish(ax, own=own)
