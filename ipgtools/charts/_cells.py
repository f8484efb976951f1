"""Draw cells of a grid on a map: hotspots, change, density and risk."""

from collections.abc import Mapping, Sequence
from typing import Unpack

import geopandas as gpd
import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes

from ipgtools import crs, palette
from ipgtools._checks import takes
from ipgtools.charts import _colors, _draw
from ipgtools.charts._annotate import About, finished
from ipgtools.charts._common import (
    begin,
    fill_classes,
    fill_steps,
    finish,
    hatch_unknown,
    numbers,
)
from ipgtools.charts._symbols import mark_findings
from ipgtools.nl import charts as words
from ipgtools.palette import classes as classing

__all__ = ["change", "counted", "density", "hotspots", "risk"]


@finished
@takes("hotspot_class", made_by="hotspots.gi_star")
def hotspots(
    cells: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame | None = None,
    *,
    streets: gpd.GeoDataFrame | None = None,
    findings: gpd.GeoDataFrame | None = None,
    colors: Mapping[str, str] | None = None,
    ax: Axes | None = None,
    **_about: Unpack[About],
) -> Axes:
    """
    Draw hotspots: cells with more incidents around them than chance explains.

    Parameters
    ----------
    cells : GeoDataFrame, n_cells rows
        Polygons with `hotspot_class`, as `hotspots.gi_star` gives them. Cells of class "none"
        stay blank.
    areas : GeoDataFrame, n_areas rows, optional
        AREAS: their borders, and the extent of the map. Up to 25 are named.
    streets : GeoDataFrame, n_streets rows, optional
        STREETS, as base.
    findings : GeoDataFrame, n_findings rows, optional
        FINDINGS, as numbered marks.
    colors : mapping of str to str, optional
        Colours of classes, by name (``{"hot_sure": "navy"}``); others keep theirs.
    ax : Axes, optional
        Where to draw; a slide of its own by default.

    Returns
    -------
    Axes
        One collection per class, with the class as its gid.

    Raises
    ------
    CrsError
        If the tables do not share one projected CRS in metres.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import box
    >>> squares = [box(0, 0, 100, 100), box(100, 0, 200, 100)]
    >>> table = {"hotspot_class": ["hot_sure", "none"]}
    >>> cells = gpd.GeoDataFrame(table, geometry=squares, crs=28992)
    >>> ax = hotspots(cells, title="Eén plek springt eruit", source="BVH")
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['Hotspot: zeker']
    """
    crs.require(cells=cells, areas=areas, streets=streets, findings=findings)
    with mpl.rc_context(_draw.STYLE):
        ax, own = begin(ax)
        _draw.base(ax, areas, streets, [cells, findings])
        fill_classes(
            ax, cells, "hotspot_class", _colors.by_class(colors, palette.CLASSES), words.HOTSPOTS
        )
        if findings is not None:
            mark_findings(ax, findings)
        elif areas is not None:
            _draw.place_names(ax, areas)
        return finish(ax, own=own)


@finished
@takes("change_class", made_by="hotspots.change")
def change(
    cells: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame | None = None,
    *,
    streets: gpd.GeoDataFrame | None = None,
    colors: Mapping[str, str] | None = None,
    ax: Axes | None = None,
    **_about: Unpack[About],
) -> Axes:
    """
    Draw where there were clearly more or fewer incidents than before.

    Parameters
    ----------
    cells : GeoDataFrame, n_cells rows
        Polygons with `change_class` ("up", "down", "none"), as `hotspots.change` gives them.
        Those of class "none" stay blank.
    colors : mapping of str to str, optional
        Colours of classes, by name (``{"up": "navy"}``); others keep theirs.
    areas, streets, ax
        As for `hotspots`.

    Returns
    -------
    Axes
        One collection per class, with the class as its gid.

    Raises
    ------
    CrsError
        If the tables do not share one projected CRS in metres.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import box
    >>> squares = [box(0, 0, 100, 100), box(100, 0, 200, 100)]
    >>> table = {"change_class": ["up", "down"]}
    >>> cells = gpd.GeoDataFrame(table, geometry=squares, crs=28992)
    >>> ax = change(cells, title="Meer in het westen", source="BVH")
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['Meer incidenten', 'Minder incidenten']
    """
    crs.require(cells=cells, areas=areas, streets=streets)
    with mpl.rc_context(_draw.STYLE):
        ax, own = begin(ax)
        _draw.base(ax, areas, streets, [cells])
        fill_classes(
            ax, cells, "change_class", _colors.by_class(colors, palette.CHANGES), words.CHANGE
        )
        if areas is not None:
            _draw.place_names(ax, areas)
        return finish(ax, own=own)


@finished
@takes("n_class", made_by="privacy.release")
def counted(
    cells: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame | None = None,
    *,
    streets: gpd.GeoDataFrame | None = None,
    colors: Mapping[str, str] | None = None,
    ax: Axes | None = None,
    **_about: Unpack[About],
) -> Axes:
    """
    Draw about how many incidents there were, in classes that even the public may see.

    Parameters
    ----------
    cells : GeoDataFrame, n_cells rows
        Polygons with `n_class` ("few", "some", "many", "none"), as `privacy.release` gives
        them. Those of class "none" stay blank: few incidents, or none.
    colors : mapping of str to str, optional
        Colours of classes, by name (``{"many": "navy"}``); others keep theirs.
    areas, streets, ax
        As for `hotspots`.

    Returns
    -------
    Axes
        One collection per class, with the class as its gid.

    Raises
    ------
    CrsError
        If the tables do not share one projected CRS in metres.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import box
    >>> squares = [box(0, 0, 100, 100), box(100, 0, 200, 100)]
    >>> table = {"n_class": ["many", "few"]}
    >>> cells = gpd.GeoDataFrame(table, geometry=squares, crs=28992)
    >>> ax = counted(cells, title="Waar het gebeurt", source="BVH")
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['5 tot 10', '20 of meer']
    """
    crs.require(cells=cells, areas=areas, streets=streets)
    with mpl.rc_context(_draw.STYLE):
        ax, own = begin(ax)
        _draw.base(ax, areas, streets, [cells])
        fill_classes(ax, cells, "n_class", _colors.by_class(colors, palette.COUNTS), words.COUNTS)
        if areas is not None:
            _draw.place_names(ax, areas)
        return finish(ax, own=own)


@finished
@takes("per_km2", made_by="hotspots.density")
def density(
    cells: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame | None = None,
    *,
    streets: gpd.GeoDataFrame | None = None,
    breaks: Sequence[float] | None = None,
    colors: str | Sequence[str] | None = None,
    ax: Axes | None = None,
    **_about: Unpack[About],
) -> Axes:
    """
    Draw how dense incidents lie, in a few classes.

    Parameters
    ----------
    cells : GeoDataFrame, n_cells rows
        Polygons with `per_km2`, as `hotspots.density` gives them.
    breaks : sequence of float, optional
        Ends of the classes; cells below the first stay blank. By default the denser half, in
        four classes. Give two maps the same to compare them.
    colors : str or sequence of str, optional
        Colours from few to many, or the name of a colour map of matplotlib.
    areas, streets, ax
        As for `hotspots`.

    Returns
    -------
    Axes
        One collection per class, with ``class:0`` and so on as its gid.

    Raises
    ------
    CrsError
        If the tables do not share one projected CRS in metres.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import box
    >>> squares = [box(0, 0, 100, 100), box(100, 0, 200, 100)]
    >>> table = {"per_km2": [12.0, 30.0]}
    >>> cells = gpd.GeoDataFrame(table, geometry=squares, crs=28992)
    >>> ax = density(cells, breaks=[10, 20, 40], colors="Purples", title="Dichtheid")
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['10 t/m 19', '20 of meer']
    """
    crs.require(cells=cells, areas=areas, streets=streets)
    with mpl.rc_context(_draw.STYLE):
        ax, own = begin(ax)
        _draw.base(ax, areas, streets, [cells])
        values = numbers(cells["per_km2"])
        ends = classing.density_breaks(values) if breaks is None else list(breaks)
        if len(ends) < 2:
            _draw.too_few(ax)
        else:
            colours = _colors.steps(colors, len(ends) - 1, skip=1)
            fill_steps(ax, cells, values, ends, colours, words.DENSITY, seamless=True)
            decimals = classing.decimals(ends[:-1])
            _draw.sheet(ax).note = words.below(ends[0], decimals)
        return finish(ax, own=own)


_RISK_ENDS = (0.0, 0.5, 0.8, 1.25, 2.0, 4.0, np.inf)
"""Ends of the classes of a ratio: as far below 1 as above it, on a scale of ratios."""


@finished
@takes("risk_class", "ratio", made_by="hotspots.risk")
def risk(
    cells: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame | None = None,
    *,
    streets: gpd.GeoDataFrame | None = None,
    ax: Axes | None = None,
    **_about: Unpack[About],
) -> Axes:
    """
    Draw how much more, or less, happens than the population predicts.

    Parameters
    ----------
    cells : GeoDataFrame, n_cells rows
        Polygons with `ratio` and `risk_class`, as `hotspots.risk` gives them. Classes lie
        around 1 on a scale of ratios. Cells that are surely higher or lower have their full
        colour and an outline, the lower ones dots too, so that grey print tells them apart;
        others are pale; those with too few to tell are hatched.
    areas, streets, ax
        As for `hotspots`.

    Returns
    -------
    Axes
        Two collections per class, with ``sure:0`` or ``unsure:0`` and so on as gid, and
        ``too-few``.

    Raises
    ------
    CrsError
        If the tables do not share one projected CRS in metres.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import box
    >>> squares = [box(0, 0, 100, 100), box(100, 0, 200, 100)]
    >>> table = {"ratio": [3.0, 1.0], "risk_class": ["higher", "expected"]}
    >>> cells = gpd.GeoDataFrame(table, geometry=squares, crs=28992)
    >>> ax = risk(cells, title="Eén vak is druk voor zijn inwoners")
    >>> [text.get_text() for text in ax.get_legend().get_texts()][0]
    '2 tot 4 keer zoveel'
    """
    crs.require(cells=cells, areas=areas, streets=streets)
    with mpl.rc_context(_draw.STYLE):
        ax, own = begin(ax)
        known = _draw.sheet(ax)
        known.title = words.RISK["title"]
        _draw.base(ax, areas, streets, [cells])
        unknown = (cells["risk_class"] == "too_few").to_numpy(dtype=bool)
        if unknown.all():
            _draw.too_few(ax)
            return finish(ax, own=own)
        of_class = np.where(unknown, -1, classing.assign(numbers(cells["ratio"]), _RISK_ENDS))
        sure = cells["risk_class"].isin(["higher", "lower"]).to_numpy(dtype=bool)
        shapes = cells.geometry.values
        for i in reversed(range(len(palette.RISK))):
            colour, edge = palette.RISK[i], palette.EDGES["hot" if i > 2 else "cold"]
            faint, hatch = palette.lighten(colour), ".." if i < 2 else None
            of_this = of_class == i
            _draw.fill(
                ax, shapes[of_this & ~sure], gid=f"unsure:{i}", face=faint, edge="face",
                linewidth=0.3, zorder=1.5,
            )  # fmt: skip
            _draw.fill(
                ax, shapes[of_this & sure], gid=f"sure:{i}", face=colour, edge=edge,
                hatch=hatch, linewidth=0.6, zorder=2,
            )  # fmt: skip
            if of_this.any():
                label, around = words.RISK_CLASSES[i], edge if hatch else palette.BORDER
                known.handles.append(_draw.patch(label, colour, around, hatch=hatch))
        if sure.any():
            known.handles.append(_draw.patch(words.RISK["sure"], "none", palette.EDGES["hot"]))
        if (~sure & ~unknown).any():
            faint = palette.lighten(palette.RISK[-2])
            known.handles.append(_draw.patch(words.RISK["unsure"], faint, palette.BORDER))
        hatch_unknown(ax, shapes[unknown], gid="too-few", label=words.TOO_LITTLE)
        if areas is not None:
            _draw.place_names(ax, areas)
        return finish(ax, own=own)
