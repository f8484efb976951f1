"""
Draw maps and charts for slides.

Each function takes a result table and perhaps the axes to draw on, and returns the axes. With
`title`, `period`, `source` and the other options of `annotate` the figure is finished:
``charts.hotspots(cells, areas, title="...", period=period, source="BVH")``. A notebook shows the
axes that a function made itself; ``ax.figure.savefig("x.png")`` and ``ipg.save(ax, "x.png")``
save what is shown, `png` returns it as bytes. Figures are apart from pyplot, so that nothing
drawn here changes what a notebook draws elsewhere.
"""

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ipgtools._renamed import renamed
from ipgtools.charts import _draw
from ipgtools.charts._annotate import annotate
from ipgtools.charts._areas import areas, local_moran
from ipgtools.charts._cells import change, counted, density, hotspots, risk
from ipgtools.charts._clusters import clusters
from ipgtools.charts._comparisons import harm_ranks, ripley, stability
from ipgtools.charts._nonspatial import hour_weekday, lorenz, trend
from ipgtools.charts._parts import dayparts
from ipgtools.charts._places import places
from ipgtools.charts._streets import street_density
from ipgtools.charts._symbols import findings, repeat_places
from ipgtools.errors import ArgumentError

__all__ = [
    "Picture",
    "areas",
    "change",
    "clusters",
    "counted",
    "dayparts",
    "density",
    "figure",
    "findings",
    "annotate",
    "harm_ranks",
    "hotspots",
    "hour_weekday",
    "local_moran",
    "lorenz",
    "places",
    "png",
    "repeat_places",
    "ripley",
    "risk",
    "show",
    "stability",
    "street_density",
    "style",
    "trend",
]

SLIDE = (13.333, 7.5)
"""Width and height of a slide, in inches."""


def style() -> AbstractContextManager[None]:
    """
    Use the looks of these charts for drawing of one's own.

    Returns
    -------
    context manager
        Sets matplotlib's options within, and puts them back after.

    Examples
    --------
    >>> with style():
    ...     ax = figure(4, 3).add_subplot()
    >>> ax.spines["top"].get_visible()
    False
    """
    return mpl.rc_context(_draw.STYLE)


def figure(width: float = SLIDE[0], height: float = SLIDE[1]) -> Figure:
    """
    Make an empty figure, apart from pyplot.

    Parameters
    ----------
    width, height : float, default 13.333 and 7.5
        In inches; a whole slide by default.

    Returns
    -------
    Figure
        Without axes: ``figure().add_subplot()`` gives them.

    Examples
    --------
    >>> left, right = figure().subplots(1, 2)
    >>> left.figure is right.figure
    True
    """
    return _draw.new_figure(width, height)


def png(drawn: Figure | Axes, *, dpi: int = 150) -> bytes:
    """
    Give a picture as PNG.

    Parameters
    ----------
    drawn : Figure or Axes
        With axes, the whole figure they stand on.
    dpi : int, default 150
        Dots per inch: a whole slide is then 2,000 by 1,125.

    Returns
    -------
    bytes
        The same for the same picture: no date or version is in it.

    Examples
    --------
    >>> png(figure(4, 3), dpi=50)[1:4]
    b'PNG'
    """
    return _draw.as_png(_figure(drawn), dpi=dpi)


def show(drawn: Figure | Axes, *, dpi: int = 80) -> "Picture":
    """
    Show a chart in a notebook.

    Parameters
    ----------
    drawn : Figure or Axes
        With axes, the whole figure they stand on.
    dpi : int, default 80
        Dots per inch.

    Returns
    -------
    Picture
        Drawn by a notebook.

    Examples
    --------
    >>> show(figure(4, 3)).content[1:4]
    b'PNG'
    """
    return Picture(png(drawn, dpi=dpi))


class Picture:
    """
    A picture that a notebook draws.

    Parameters
    ----------
    content : bytes
        PNG.
    """

    def __init__(self, content: bytes) -> None:
        self.content = content

    def _repr_png_(self) -> bytes:
        return self.content


def _figure(drawn: Figure | Axes) -> Figure:
    if not isinstance(drawn, Figure | Axes):
        msg = f"a {type(drawn).__name__} is no chart; draw it first: charts.show(charts.areas(...))"
        raise ArgumentError(msg, code="chart_expected", found=type(drawn).__name__)
    whole = drawn if isinstance(drawn, Figure) else drawn.get_figure(root=True)
    if whole is None:
        msg = "the axes stand on no figure"
        raise ValueError(msg)
    return whole


if not TYPE_CHECKING:
    __getattr__ = renamed(__name__, {"furnish": "annotate"})
