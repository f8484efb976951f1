"""Draw areas on a map: a figure for each, and which resemble their neighbours."""

from collections.abc import Mapping, Sequence
from typing import Unpack

import geopandas as gpd
import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes

from ipgtools import _checks, crs, palette
from ipgtools.charts import _colors, _draw
from ipgtools.charts._annotate import About, finished
from ipgtools.charts._common import begin, fill_steps, finish, hatch_unknown, numbers
from ipgtools.nl import charts as words
from ipgtools.palette import classes as classing

__all__ = ["areas", "local_moran"]

_STANDING_OUT = ("hl", "lh")


@finished
def areas(
    areas: gpd.GeoDataFrame,
    *,
    column: str,
    label: str = "",
    breaks: Sequence[float] | None = None,
    streets: gpd.GeoDataFrame | None = None,
    colors: str | Sequence[str] | None = None,
    ax: Axes | None = None,
    **_about: Unpack[About],
) -> Axes:
    """
    Draw a figure per area, in a few classes.

    Parameters
    ----------
    areas : GeoDataFrame, n_areas rows
        AREAS with the figure to draw, as `areas.rates` gives them.
    column : str
        Column with the figure. Areas without one are hatched.
    label : str, optional
        What the figure is, in Dutch, with its unit.
    breaks : sequence of float, optional
        Ends of the half-open classes; by default five that hold about as many areas each.
        Give two maps the same to compare them.
    colors : str or sequence of str, optional
        Colours from few to many, or the name of a colour map of matplotlib.
    streets, ax
        As for `hotspots`.

    Returns
    -------
    Axes
        One collection per class, with ``class:0`` and so on as its gid, and ``no-data``.

    Raises
    ------
    CrsError
        If the tables do not share one projected CRS in metres.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import box
    >>> squares = [box(0, 0, 100, 100), box(100, 0, 200, 100)]
    >>> table = {"area_name": ["Velve", "Laares"], "n": [3, 8]}
    >>> buurten = gpd.GeoDataFrame(table, geometry=squares, crs=28992)
    >>> ax = areas(buurten, column="n", title="Meer in Laares", source="BVH")
    >>> ax.get_legend().get_title().get_text()
    'Incidenten'
    """
    crs.require(areas=areas, streets=streets)
    with mpl.rc_context(_draw.STYLE):
        ax, own = begin(ax)
        _draw.base(ax, areas, streets)
        _checks.columns(areas, (column,), made_by="areas.rates", name="areas")
        values = numbers(areas[column])
        ends = classing.breaks(values) if breaks is None else list(breaks)
        name = label or words.COLUMNS.get(column, column)
        if len(ends) < 2:
            _draw.sheet(ax).title = name
            _draw.too_few(ax)
        else:
            fill_steps(ax, areas, values, ends, _colors.steps(colors, len(ends) - 1), name)
        missing = areas.geometry.values[np.isnan(values)]
        hatch_unknown(ax, missing, gid="no-data", label=words.NO_DATA)
        _draw.place_names(ax, areas)
        return finish(ax, own=own)


@finished
def local_moran(
    places: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame | None = None,
    *,
    streets: gpd.GeoDataFrame | None = None,
    colors: Mapping[str, str] | None = None,
    ax: Axes | None = None,
    **_about: Unpack[About],
) -> Axes:
    """
    Draw which places resemble their neighbours, and which differ from them.

    Parameters
    ----------
    places : GeoDataFrame, n_places rows
        Areas or cells with `quadrant`, `certainty` and `z`, as `autocorrelation.local_moran`
        gives them. Those that are sure have their full colour, those that are possible are
        pale, others stay blank; places that stand out are hatched too.
    areas : GeoDataFrame, n_areas rows, optional
        AREAS: borders and names, and the extent of the map. Up to 25 are named. Not needed
        where the places are areas.
    colors : mapping of str to str, optional
        Colours of classes, by name (``{"hh": "navy"}``); others keep theirs.
    streets, ax
        As for `hotspots`.

    Returns
    -------
    Axes
        A collection per class, with ``hh:sure`` and so on as its gid, and ``no-data`` for
        places that can't be compared.

    Raises
    ------
    CrsError
        If the tables do not share one projected CRS in metres.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import box
    >>> squares = [box(0, 0, 100, 100), box(100, 0, 200, 100)]
    >>> table = {"quadrant": ["hh", "ll"], "certainty": ["sure", "none"], "z": [3.1, -0.2]}
    >>> cells = gpd.GeoDataFrame(table, geometry=squares, crs=28992)
    >>> ax = local_moran(cells, title="Druk, en de buren ook")
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['Veel, en de buren ook']
    """
    crs.require(places=places, areas=areas, streets=streets)
    with mpl.rc_context(_draw.STYLE):
        ax, own = begin(ax)
        known = _draw.sheet(ax)
        known.title = words.LOCAL["title"]
        named = places if areas is None else areas
        _draw.base(ax, named, streets, [places])
        alone = places["z"].isna().to_numpy()
        if alone.all():
            _draw.too_few(ax)
            return finish(ax, own=own)
        shapes, unsure = places.geometry.values, False
        for quadrant, colour in _colors.by_class(colors, palette.LOCAL).items():
            kind = "hot" if quadrant[0] == "h" else "cold"
            edge = _colors.edge(colour, kind, palette.LOCAL[quadrant])
            hatch = "xx" if quadrant in _STANDING_OUT else None
            for certainty, face in (("sure", colour), ("possible", palette.lighten(colour))):
                here = (places["quadrant"] == quadrant) & (places["certainty"] == certainty)
                if not here.any():
                    continue
                _draw.fill(
                    ax, shapes[here.to_numpy()], gid=f"{quadrant}:{certainty}", face=face,
                    edge=edge, hatch=hatch, linewidth=0.6, zorder=2,
                )  # fmt: skip
                label = words.LOCAL[quadrant]
                if certainty == "possible":
                    label, unsure = words.perhaps(label), True
                known.handles.append(_draw.patch(label, face, edge, hatch=hatch))
        if not known.handles:
            known.handles.append(_draw.patch(words.LOCAL["none"], palette.LAND, palette.BORDER))
        known.note = words.LOCAL["unsure"] if unsure else ""
        hatch_unknown(ax, shapes[alone], gid="no-data", label=words.LOCAL["alone"])
        _draw.place_names(ax, named)
        return finish(ax, own=own)
