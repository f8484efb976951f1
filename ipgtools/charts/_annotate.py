"""
Lay out a chart on its slide: title, marks, legend, scale, north arrow and the lines below.

Everything has its own room beside the chart, so that nothing covers it. Sizes are in inches
and points; what a text needs is measured, not guessed.
"""

import functools
import inspect
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, ParamSpec, TypedDict

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from matplotlib.text import Text
from matplotlib.transforms import Bbox, blended_transform_factory

from ipgtools import palette, privacy
from ipgtools.charts._draw import HANDLERS, STYLE, fill_room, sheet
from ipgtools.nl import charts as words

if TYPE_CHECKING:
    from ipgtools.periods import Period
    from ipgtools.privacy import Profile

__all__ = ["About", "annotate", "arrange", "finished", "released_label", "round_length"]

_GAP = 0.14
_SCALE_HEIGHT = 0.46
_SCALE_WIDTH = 1.9
_MOST_COLUMN = 0.42
_FEW = 3


class About(TypedDict, total=False):
    """What every chart takes besides its tables, as `annotate` does."""

    title: str
    period: "Period | str | None"
    n: int | str | None
    source: str | Mapping[str, str]
    left_out: Mapping[str, int] | str | None
    audience: "str | Profile | None"
    method: str
    note: str
    sample: bool


def annotate(
    ax: Axes,
    *,
    title: str = "",
    period: "Period | str | None" = None,
    n: int | str | None = None,
    source: str | Mapping[str, str] = "",
    left_out: Mapping[str, int] | str | None = None,
    audience: "str | Profile | None" = "auto",
    method: str = "",
    note: str = "",
    sample: bool = False,
) -> Axes:
    """
    Put around a chart what its reader needs to judge it.

    The functions of `ipgtools.charts` take the same options, and finish their chart in one call.

    Parameters
    ----------
    ax : Axes
        Drawn by one of the functions of `ipgtools.charts`. Alone on its figure it gets the
        whole of it; otherwise it keeps to its own part.
    title : str
        States what was found. Empty where the slide has a title of its own.
    period : Period or str, optional
        What the chart is about.
    n : int or str, optional
        Number of incidents; a text where something else was counted.
    source : str or mapping of str to str
        Below the chart. A mapping names the source of each table (``{"incidents": "BVH",
        "streets": "NWB"}``); of `areas`, `streets`, `findings` and the like only what is drawn is
        named.
    left_out : mapping of str to int or str, optional
        Rows left out by reason, in Dutch.
    audience : str, Profile or None, default "auto"
        Whose label the chart has. By default that of the audience for which the tables drawn
        were released (`ipgtools.privacy.release`); tables that were not have no label. None:
        no label, where the slide carries it.
    method, note : str
        Below the chart.
    sample : bool, default False
        Whether the data are made up; the chart then says so.

    Returns
    -------
    Axes
        The same.

    Raises
    ------
    ReleaseError
        If there is no such audience.

    Examples
    --------
    >>> import pandas as pd
    >>> from ipgtools import charts
    >>> table = pd.DataFrame({"share_places": [0.0, 0.2, 1.0], "share_incidents": [0.0, 0.6, 1.0]})
    >>> ax = annotate(charts.lorenz(table), title="Weinig plekken, veel incidenten", source="BVH")
    >>> [text.get_text() for text in ax.figure.texts]
    ['Weinig plekken, veel incidenten', 'Bron: BVH']
    """
    known = sheet(ax)
    marks = [(words.SAMPLE, True)] if sample else []
    by_tables = privacy.is_auto(audience)
    label = released_label(known.audiences) if by_tables else None
    if audience and not by_tables:
        shown_for = privacy.profile(audience)
        known.audiences, label = {(shown_for.name, shown_for.label)}, shown_for.label
    marks += [(label, False)] if label else []
    lines = words.footer(
        period=period,
        n=n,
        left_out=left_out,
        source=words.sources(source, known.layers or None),
        method=method,
        note=note,
    )
    with mpl.rc_context(STYLE):
        arrange(ax, title=title, marks=marks, footer=" · ".join(lines))
    return ax


def released_label(audiences: Collection[tuple[str, str] | None]) -> str | None:
    """Return the label of the one audience that all tables were released for, if there is one."""
    only = next(iter(audiences)) if len(audiences) == 1 else None
    return None if only is None else only[1]


_P = ParamSpec("_P")
_DOC = """    {names} : optional
        Around the chart, as `charts.annotate` puts them; with one of these the figure is finished.

    Returns
    -------"""


def finished(function: Callable[_P, Axes]) -> Callable[_P, Axes]:
    """Let a chart take the options of `annotate`, and finish it with those that are given."""
    there = inspect.signature(function)
    options = {
        name: one.replace(kind=one.KEYWORD_ONLY)
        for name, one in inspect.signature(annotate).parameters.items()
        if name != "ax"
    }
    own = [one for one in there.parameters.values() if one.kind is not one.VAR_KEYWORD]
    first, shown = own[0].name, there.replace(parameters=[*own, *options.values()])

    @functools.wraps(function)
    def drawn(*given: _P.args, **named: _P.kwargs) -> Axes:
        shown.bind(*given, **named)  # refuses an option that there is not
        about: Any = {name: named.pop(name) for name in options if name in named}
        ax = function(*given, **named)
        tables = there.bind(*given, **named).arguments
        _remember(ax, {k: v for k, v in tables.items() if hasattr(v, "attrs")}, first)
        return annotate(ax, **about) if about else ax

    vars(drawn)["__signature__"] = shown
    if function.__doc__:
        text = _DOC.format(names=", ".join(options))
        drawn.__doc__ = function.__doc__.replace("\n    Returns\n    -------", f"{text}", 1)
    return drawn


def _remember(ax: Axes, tables: dict[str, Any], first: str) -> None:
    """Keep which tables were drawn, and for whom they were released."""
    known = sheet(ax)
    known.layers |= {name for name, table in tables.items() if len(table)}
    known.audiences |= privacy.released_for(*tables.values())
    if first not in tables or not privacy.released_for(tables[first]):
        known.audiences.add(None)


def arrange(
    ax: Axes, *, title: str = "", marks: list[tuple[str, bool]] | None = None, footer: str = ""
) -> None:
    """Divide the room of some axes between title, chart, legend, scale and footer."""
    figure = ax.get_figure(root=True)
    if figure is None:
        msg = "the axes stand on no figure"
        raise ValueError(msg)
    known = sheet(ax)
    known.arranged = {"title": title, "marks": marks or [], "footer": footer}
    while known.furniture:
        known.furniture.pop().remove()
    room = _room(ax, figure)
    room = _head(ax, figure, room, title, marks or [])
    room = _foot(ax, figure, room, footer)
    room, column = _legend(ax, figure, room)
    scale_at = None
    if known.is_map:
        if column is not None and column.width >= _SCALE_WIDTH:
            scale_at = (column.x0, column.y0)
        elif (after := _after_legend(ax, figure, room)) is not None:
            scale_at = after
            least = after[1] + _SCALE_HEIGHT
            room = Bbox.from_extents(room.x0, max(room.y0, least), room.x1, room.y1)
        else:
            scale_at = (room.x0, room.y0)
            room = Bbox.from_extents(room.x0, room.y0 + _SCALE_HEIGHT, room.x1, room.y1)
    _fit(ax, figure, room)
    if scale_at is not None:
        longest = min(column.width - 0.75, 3.0) if column is not None else room.width / 5
        _scale(ax, figure, scale_at, min(longest, room.x1 - scale_at[0] - 0.75))
    for place in known.placing:
        place()


def _room(ax: Axes, figure: Figure) -> Bbox:
    """Find the part of the figure that belongs to the axes, in inches."""
    size = figure.get_size_inches()
    others = [other for other in figure.axes if other is not ax]
    if not others:
        part = Bbox.from_extents(0, 0, 1, 1)
    else:
        spec = ax.get_subplotspec()
        part = ax.get_position(original=True) if spec is None else _cell(spec)
    margin = 0.025 * min(part.width * size[0], part.height * size[1])
    return Bbox.from_extents(
        part.x0 * size[0] + margin, part.y0 * size[1] + margin,
        part.x1 * size[0] - margin, part.y1 * size[1] - margin,
    )  # fmt: skip


def _cell(spec: "mpl.gridspec.SubplotSpec") -> Bbox:
    """Divide the figure evenly over the rows and columns of a grid of axes."""
    rows, columns = spec.get_gridspec().nrows, spec.get_gridspec().ncols
    across, down = spec.colspan, spec.rowspan
    return Bbox.from_extents(
        across.start / columns, 1 - down.stop / rows, across.stop / columns, 1 - down.start / rows
    )


def _write(
    ax: Axes, figure: Figure, x: float, y: float, text: str, **options: Any
) -> tuple[Text, Bbox]:
    """Write at a place in inches; give the text and its extent in inches."""
    wide, high = figure.get_size_inches()
    written = figure.text(x / wide, y / high, text, **options)
    sheet(ax).furniture.append(written)
    return written, _inches(figure, written.get_window_extent())


def _inches(figure: Figure, box: Bbox) -> Bbox:
    return Bbox(box.get_points() / figure.dpi)


def _wrapped(figure: Figure, text: str, width: float, **options: Any) -> str:
    """Break a text into lines of at most a width in inches; long words are kept whole."""
    probe = figure.text(0, 0, "", **options)

    def wide(part: str) -> float:
        probe.set_text(part)
        return float(probe.get_window_extent().width) / figure.dpi

    space = wide("n n") - wide("nn")
    lines: list[str] = []
    left = 0.0
    for word in text.split(" "):
        needed = wide(word)
        if lines and needed + space <= left:
            lines[-1] += f" {word}"
            left -= needed + space
        else:
            lines.append(word)
            left = 0.99 * width - needed
    probe.remove()
    return "\n".join(lines)


def _head(ax: Axes, figure: Figure, room: Bbox, title: str, marks: list[tuple[str, bool]]) -> Bbox:
    right, low = room.x1, room.y1
    for text, dark in reversed(marks):
        face, ink = (palette.INK, palette.PAPER) if dark else (palette.PAPER, palette.INK)
        frame = {"boxstyle": "round,pad=0.3", "facecolor": face, "edgecolor": palette.INK}
        _, box = _write(
            ax, figure, right - 0.06, room.y1 - 0.07, text, ha="right", va="top", fontsize=11,
            fontweight="bold", color=ink, bbox=frame, gid="mark",
        )  # fmt: skip
        right, low = box.x0 - 0.16, min(low, box.y0 - 0.08)
    if title:
        size = 20 if room.width >= 9 else 16
        beside = right - room.x0 > 0.5 * room.width
        look = {"fontsize": size, "fontweight": "bold", "parse_math": False}
        top = room.y1 if beside else low - 0.04
        wide = (right if beside else room.x1) - room.x0 - 0.1
        text = _wrapped(figure, title, wide, **look)
        _, box = _write(
            ax, figure, room.x0, top, text, ha="left", va="top", linespacing=1.15, gid="title",
            **look,
        )  # fmt: skip
        low = min(low, box.y0)
    top = low if low == room.y1 else low - _GAP
    return Bbox.from_extents(room.x0, room.y0, room.x1, top)


def _foot(ax: Axes, figure: Figure, room: Bbox, footer: str) -> Bbox:
    if not footer:
        return room
    look = {"fontsize": 11, "color": palette.MUTED, "parse_math": False}
    text = _wrapped(figure, footer, room.width, **look)
    _, box = _write(
        ax, figure, room.x0, room.y0, text, ha="left", va="bottom", linespacing=1.2, gid="footer",
        **look,
    )  # fmt: skip
    return Bbox.from_extents(room.x0, box.y1 + _GAP, room.x1, room.y1)


def _legend(ax: Axes, figure: Figure, room: Bbox) -> tuple[Bbox, Bbox | None]:
    """Put the legend in a column on the right, or below where the room is narrow."""
    known = sheet(ax)
    if (old := ax.get_legend()) is not None:
        old.remove()
    if not known.handles:
        return room, None
    size, spacing = (13.0 if room.width >= 7 else 12.0), 1.4
    wide, high = figure.get_size_inches()

    def draw(columns: int, x: float, y: float, loc: Any) -> Bbox:
        legend = ax.legend(
            handles=known.handles, title=known.title or None, ncols=columns, loc=loc,
            bbox_to_anchor=(x / wide, y / high), bbox_transform=figure.transFigure,
            borderaxespad=0, borderpad=0, alignment="left", fontsize=size, title_fontsize=size,
            handlelength=1.6, handleheight=1.0, labelspacing=0.45, columnspacing=spacing,
            handler_map=HANDLERS,
        )  # fmt: skip
        legend.get_title().set_fontweight("bold")
        legend.set_in_layout(False)
        return _inches(figure, legend.get_window_extent())

    box = draw(1, room.x0, room.y1, "upper left")
    column = max(box.width, _SCALE_WIDTH if known.is_map else 0)
    columns = min(len(known.handles), max(1, int(room.width / (box.width + 0.3))), 6)
    fits = column <= _MOST_COLUMN * room.width and box.height <= room.height - 0.6
    if fits and _beside(ax, room, column, box.height / columns):
        left = room.x1 - column
        draw(1, left, room.y1, "upper left")
        bottom = room.y1 - box.height
        if known.note:
            look = {"fontsize": 11, "color": palette.MUTED, "parse_math": False}
            text = _wrapped(figure, known.note, column, **look)
            _write(ax, figure, left, bottom - 0.1, text, ha="left", va="top", gid="note", **look)
        return (
            Bbox.from_extents(room.x0, room.y0, left - 0.2, room.y1),
            Bbox.from_extents(left, room.y0, room.x1, room.y1),
        )
    below = room.y0
    if known.note:
        look = {"fontsize": 11, "color": palette.MUTED, "parse_math": False}
        text = _wrapped(figure, known.note, room.width, **look)
        _, noted = _write(
            ax, figure, room.x0, below, text, ha="left", va="bottom", gid="note", **look
        )  # fmt: skip
        below = noted.y1 + 0.08
    if known.legend_below:
        columns = len(known.handles)
        if draw(columns, room.x0, below, "lower left").width > room.width - _SCALE_WIDTH - _GAP:
            size, spacing = 12.0, 1.0
    while True:
        box = draw(columns, room.x0, below, "lower left")
        if box.width <= room.width or columns == 1:
            break
        columns -= 1
    return Bbox.from_extents(room.x0, box.y1 + _GAP, room.x1, room.y1), None


def _after_legend(ax: Axes, figure: Figure, room: Bbox) -> tuple[float, float] | None:
    """Find room for the scale on the line of a legend that lies below the map by choice."""
    legend = ax.get_legend()
    if legend is None or not sheet(ax).legend_below:
        return None
    box = _inches(figure, legend.get_window_extent())
    left = room.x1 - _SCALE_WIDTH
    return (left, box.y0) if box.x1 + _GAP <= left else None


def _beside(ax: Axes, room: Bbox, column: float, below: float) -> bool:
    """Choose where the legend leaves the map largest; other charts have few lines below."""
    known = sheet(ax)
    if known.legend_below:
        return False
    if not known.is_map or known.extent is None:
        return len(known.handles) > _FEW
    west, south, east, north = known.extent
    wide, high = room.width - column - 0.2, room.height - below - _GAP - _SCALE_HEIGHT
    beside = min(wide / (east - west), room.height / (north - south))
    return beside >= min(room.width / (east - west), high / (north - south))


def _fit(ax: Axes, figure: Figure, room: Bbox) -> None:
    """Return the axes their place, with ticks and labels inside the room."""
    wide, high = figure.get_size_inches()
    inner = room
    for _ in range(3):
        width, height = max(inner.width, 0.3), max(inner.height, 0.3)
        ax.set_position((inner.x0 / wide, inner.y0 / high, width / wide, height / high))
        if sheet(ax).is_map:
            fill_room(ax, width, height)
            break
        whole = ax.get_tightbbox(for_layout_only=True)
        if whole is None:
            break
        outer = _inches(figure, whole)
        inner = Bbox.from_extents(
            inner.x0 + max(room.x0 - outer.x0, 0), inner.y0 + max(room.y0 - outer.y0, 0),
            inner.x1 - max(outer.x1 - room.x1, 0), inner.y1 - max(outer.y1 - room.y1, 0),
        )  # fmt: skip
    ax.apply_aspect()


def round_length(longest: float) -> float:
    """
    Choose the length of a scale bar: 1, 2 or 5 times a power of ten.

    Examples
    --------
    >>> round_length(730), round_length(2100), round_length(99)
    (500.0, 2000.0, 50.0)
    """
    power = 10.0 ** np.floor(np.log10(longest))
    return float(max(step for step in (1, 2, 5) if step * power <= longest) * power)


def _scale(ax: Axes, figure: Figure, at: tuple[float, float], longest: float) -> None:
    """Draw a north arrow and a scale bar, at a place in inches."""
    wide, high = figure.get_size_inches()
    known = sheet(ax)
    x, y = at
    arrow = np.array([(0.11, 0.40), (0.22, 0.06), (0.11, 0.13), (0.0, 0.06)]) + np.array(at)
    known.furniture.append(
        figure.add_artist(
            Polygon(arrow / (wide, high), facecolor=palette.INK, edgecolor="none",
                    transform=figure.transFigure, gid="north")
        )
    )  # fmt: skip
    _write(ax, figure, x + 0.3, y + 0.06, words.NORTH, ha="left", va="bottom", fontsize=12)
    left, right = ax.get_xlim()
    metres_per_inch = (right - left) / (ax.get_position().width * wide)
    length = round_length(max(longest, 0.4) * metres_per_inch)
    start = ax.transData.inverted().transform(((x + 0.65) * figure.dpi, 0))[0]
    mixed = blended_transform_factory(ax.transData, figure.transFigure)
    ends, tick = (start, start + length), np.array([0.13, 0.06, 0.06, 0.13]) + y
    bar = Line2D(
        [ends[0], ends[0], ends[1], ends[1]], tick / high, transform=mixed, color=palette.INK,
        linewidth=2, solid_joinstyle="miter", clip_on=False, gid="scale",
    )  # fmt: skip
    known.furniture.append(figure.add_artist(bar))
    middle = x + 0.65 + length / metres_per_inch / 2
    _write(
        ax, figure, middle, y + 0.15, words.metres(length), ha="center", va="bottom", fontsize=12,
        gid="scale-text",
    )  # fmt: skip
