"""Draw streets on a map, coloured by what happened along them."""

from collections.abc import Sequence
from typing import Any, Unpack

import geopandas as gpd
import matplotlib as mpl
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D

from ipgtools import crs, palette
from ipgtools.charts import _colors, _draw
from ipgtools.charts._annotate import About, finished
from ipgtools.charts._common import begin, finish, numbers
from ipgtools.nl import charts as words
from ipgtools.palette import classes as classing

__all__ = ["street_density"]

_WIDTHS = (2.0, 3.0, 4.2, 5.6)
"""Of the lines of a class, in points: a busy stretch is wide as well as dark."""


@finished
def street_density(
    lixels: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame | None = None,
    *,
    breaks: Sequence[float] | None = None,
    colors: str | Sequence[str] | None = None,
    ax: Axes | None = None,
    **_about: Unpack[About],
) -> Axes:
    """
    Draw how dense incidents lie along streets, in a few classes.

    Parameters
    ----------
    lixels : GeoDataFrame, n_lixels rows
        Lines with `per_km`, as `network.density` gives them. Those below the first class are
        thin and grey: the streets where little or nothing happened.
    areas : GeoDataFrame, n_areas rows, optional
        AREAS: their borders, and the extent of the map. Up to 25 are named.
    breaks : sequence of float, optional
        Ends of the classes, five at most. By default the denser half of the stretches with
        any density, in four classes. Give two maps the same to compare them.
    colors : str or sequence of str, optional
        Colours from few to many, or the name of a colour map of matplotlib.
    ax : Axes, optional
        Where to draw; a slide of its own by default.

    Returns
    -------
    Axes
        A collection per class, with ``class:0`` and so on as its gid, and ``below``.

    Raises
    ------
    CrsError
        If the tables do not share one projected CRS in metres.
    ValueError
        If there are more breaks than widths of lines.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import LineString
    >>> lines = [LineString([(0, y), (100, y)]) for y in (0, 50)]
    >>> lixels = gpd.GeoDataFrame({"per_km": [3.0, 12.0]}, geometry=lines, crs=28992)
    >>> ax = street_density(lixels, breaks=[2, 10, 20], title="Eén straat is drukker")
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['2 tot 10', '10 of meer']
    """
    crs.require(lixels=lixels, areas=areas)
    if breaks is not None and len(breaks) > len(_WIDTHS) + 1:
        msg = f"{len(breaks)} breaks asked, there are {len(_WIDTHS)} classes at most"
        raise ValueError(msg)
    with mpl.rc_context(_draw.STYLE):
        ax, own = begin(ax)
        known = _draw.sheet(ax)
        known.title = words.STREET_DENSITY
        _draw.base(ax, areas, None, [lixels])
        values = numbers(lixels["per_km"])
        ends = classing.density_breaks(values) if breaks is None else list(breaks)
        of_class = classing.assign(values, ends)
        _lines(ax, lixels[of_class < 0], gid="below", color=palette.STREET[1], linewidth=0.7)
        if len(ends) < 2:
            _draw.too_few(ax)
            return finish(ax, own=own)
        colours = _colors.steps(colors, len(ends) - 1, skip=1)
        places = classing.decimals(ends[:-1])
        labels = words.class_labels(ends, whole=False, decimals=places)
        for i, (colour, width, label) in enumerate(
            zip(colours, _WIDTHS[-len(colours) :], labels, strict=True)
        ):
            look: dict[str, Any] = {"color": colour, "linewidth": width}
            _lines(ax, lixels[of_class == i], gid=f"class:{i}", zorder=3.2 + 0.1 * i, **look)
            known.handles.append(Line2D([], [], label=label, solid_capstyle="butt", **look))
        known.note = words.below_thin(ends[0], places)
        if areas is not None:
            _draw.place_names(ax, areas)
        return finish(ax, own=own)


def _lines(ax: Axes, table: gpd.GeoDataFrame, *, gid: str, **look: Any) -> None:
    """Draw the lines of a table in one look; `gid` names them."""
    parts, row = shapely.get_coordinates(table.geometry.values, return_index=True)
    if not len(parts):
        return
    cuts = np.nonzero(np.diff(row))[0] + 1
    drawn = LineCollection(np.split(parts, cuts), capstyle="round", **({"zorder": 2.5} | look))
    drawn.set_gid(gid)
    ax.add_collection(drawn, autolim=False)
