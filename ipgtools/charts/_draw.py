"""Draw what all charts share: the base of a map, filled shapes, numbered marks, a legend."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import geopandas as gpd
import matplotlib as mpl
import numpy as np
import shapely
from matplotlib import patheffects
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.legend_handler import HandlerBase
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.path import Path
from matplotlib.text import Text

from ipgtools import palette
from ipgtools.nl import charts as words
from ipgtools.palette import classes as classing

__all__ = [
    "HANDLERS", "MARK", "STYLE", "ChartAxes", "Numbered", "NumberedMark", "Sheet", "StyledFigure",
    "as_png", "base", "fill", "fill_room", "mark", "message", "new_figure", "numbered_mark",
    "outline_of", "patch", "paths", "place_marks", "place_names", "repel", "set_extent", "sheet",
    "too_few",
]  # fmt: skip

STYLE: Any = {
    "font.family": "sans-serif",
    "font.sans-serif": ["Segoe UI", "Liberation Sans", "Arial", "DejaVu Sans"],
    "font.size": 13,
    "text.color": palette.INK,
    "axes.labelcolor": palette.INK,
    "axes.labelsize": 13,
    "axes.edgecolor": palette.BORDER,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
    "xtick.color": palette.INK,
    "ytick.color": palette.INK,
    "xtick.labelsize": 12,
    "ytick.labelsize": 12,
    "legend.fontsize": 13,
    "legend.title_fontsize": 13,
    "legend.frameon": False,
    "figure.facecolor": palette.PAPER,
    "savefig.facecolor": palette.PAPER,
    "savefig.dpi": 150,
    "svg.hashsalt": "ipgtools",
    "hatch.linewidth": 0.8,
    "text.hinting": "none",
}
MARK = 21.0
"""Diameter of a numbered mark, in points."""

_PADDING = 0.03
_MOST_NAMES = 25
_STREET_WIDTHS = (0.5, 0.8, 1.8)


@dataclass
class Sheet:
    """
    What furnishing has to know about a chart after it was drawn.

    Parameters
    ----------
    is_map : bool
        Whether it has a scale and a north.
    extent : tuple of float, optional
        West, south, east, north that a map has to show.
    handles, title
        The legend.
    note : str
        A remark below the legend.
    legend_below : bool
        Whether the legend lies below the map, whatever the room beside it.
    placing : list of functions
        What places marks and names; called again when the layout has changed.
    furniture : list of Artist
        What furnishing put around the chart.
    layers : set of str
        Names of the tables with rows that were drawn.
    audiences : set of (str, str) or None
        Names and labels of the audiences that the tables were released for; None among them if
        one was not released.
    arranged : dict
        Title, marks and footer, as they were last arranged.
    inside : callable, optional
        What puts legend, scale and credit inside a map, where nothing of what it is given lies.
    """

    is_map: bool = False
    extent: tuple[float, float, float, float] | None = None
    handles: list[Any] = field(default_factory=list)
    title: str = ""
    note: str = ""
    legend_below: bool = False
    placing: list[Callable[[], None]] = field(default_factory=list)
    furniture: list[Artist] = field(default_factory=list)
    layers: set[str] = field(default_factory=set)
    audiences: set[tuple[str, str] | None] = field(default_factory=set)
    arranged: dict[str, Any] = field(default_factory=dict)
    inside: Callable[[list[Any]], list[Artist]] | None = None


def sheet(ax: Axes) -> Sheet:
    """Give the sheet of some axes, a new one if they have none; it goes when they go."""
    held: Sheet = vars(ax).setdefault("_ipgtools_sheet", Sheet())
    return held


class StyledFigure(Figure):
    """A figure that is shown and saved in the style that it was laid out in."""

    def draw(self, renderer: Any) -> None:
        """Draw in the style of the charts, whatever matplotlib's options are."""
        with mpl.rc_context(STYLE):
            super().draw(renderer)

    def get_tightbbox(self, *given: Any, **options: Any) -> Any:
        """Measure in the style of the charts."""
        with mpl.rc_context(STYLE):
            return super().get_tightbbox(*given, **options)

    def savefig(self, *given: Any, **options: Any) -> None:
        """Save as it is shown, by default with 150 dots per inch."""
        with mpl.rc_context(STYLE):
            super().savefig(*given, **options)

    def _repr_png_(self) -> bytes:
        return as_png(self, dpi=80)


class ChartAxes(Axes):
    """The axes of a chart that is a figure of its own; a notebook shows the figure."""

    def _repr_png_(self) -> bytes | None:
        figure = self.get_figure(root=True)
        return None if figure is None else as_png(figure, dpi=80)


def as_png(figure: Figure, *, dpi: int) -> bytes:
    """Return a picture as PNG, without date or version in it."""
    to = io.BytesIO()
    with mpl.rc_context(STYLE):
        figure.savefig(
            to, format="png", dpi=dpi, metadata={"Software": None}, pil_kwargs={"compress_level": 3}
        )
    return to.getvalue()


def new_figure(width: float, height: float) -> Figure:
    """Make a figure of a width and height in inches, apart from pyplot."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    with mpl.rc_context(STYLE):
        made = StyledFigure(figsize=(width, height), facecolor=palette.PAPER)
    FigureCanvasAgg(made)
    return made


def paths(geometries: Sequence[Any]) -> list[Path]:
    """Turn polygons, with parts and holes, into one path each; empty ones into empty paths."""
    shapes = shapely.orient_polygons(np.asarray(geometries, dtype=object))
    parts, of_shape = shapely.get_parts(shapes, return_index=True)
    rings, of_part = shapely.get_rings(parts, return_index=True)
    corners, of_ring = shapely.get_coordinates(rings, return_index=True)
    first = np.diff(of_ring, prepend=-1) > 0
    last = np.diff(of_ring, append=len(rings)) > 0
    codes = np.select([first, last], [Path.MOVETO, Path.CLOSEPOLY], Path.LINETO)
    owner = of_shape[of_part[of_ring]]
    ends = np.searchsorted(owner, np.arange(len(shapes) + 1))
    return [
        Path(corners[start:end], codes[start:end].astype(Path.code_type))
        for start, end in pairwise(ends)
    ]


def fill(
    ax: Axes, geometries: Sequence[Any], *, gid: str, face: str, edge: str, **options: Any
) -> None:
    """Fill polygons in one colour; `gid` names them."""
    if len(geometries):
        drawn = PathCollection(paths(geometries), facecolor=face, edgecolor=edge, **options)
        drawn.set_gid(gid)
        ax.add_collection(drawn, autolim=False)


def base(
    ax: Axes,
    areas: gpd.GeoDataFrame | None,
    streets: gpd.GeoDataFrame | None,
    others: Sequence[gpd.GeoDataFrame | None] = (),
) -> None:
    """Draw areas and streets and set the extent; the chart's own shapes go between them."""
    sheet(ax).is_map = True
    ax.set_axis_off()
    ax.set_aspect("equal", adjustable="box")
    if areas is not None and len(areas):
        shapes = areas.geometry.values
        fill(ax, shapes, gid="land", face=palette.LAND, edge="none", zorder=0.5)
        fill(
            ax, shapes, gid="borders", face="none", edge=palette.BORDER, linewidth=1.0, zorder=3
        )  # fmt: skip
    if streets is not None and len(streets):
        ranks = classing.street_rank(streets)
        for rank, width in enumerate(_STREET_WIDTHS):
            lines = shapely.get_parts(streets.geometry.values[ranks == rank])
            lines = [shapely.get_coordinates(part) for part in lines]
            drawn = LineCollection(
                lines, colors=palette.INK, alpha=0.22, linewidths=width, zorder=2.5
            )
            drawn.set_gid("streets")
            ax.add_collection(drawn, autolim=False)
    for table in (areas, *others, streets):
        if table is not None and not np.isnan(table.total_bounds).any():
            west, south, east, north = table.total_bounds
            pad = max(_PADDING * max(east - west, north - south), 25.0)
            set_extent(ax, (west - pad, south - pad, east + pad, north + pad))
            return


def set_extent(ax: Axes, extent: tuple[float, float, float, float]) -> None:
    """Show at least west, south, east, north, in metres."""
    sheet(ax).extent = extent
    ax.set_xlim(extent[0], extent[2])
    ax.set_ylim(extent[1], extent[3])


def outline_of(ax: Axes) -> PathCollection:
    """Make a thin line around a map that goes on beyond it."""
    drawn = PathCollection(
        paths([shapely.box(0, 0, 1, 1)]), facecolor="none", edgecolor=palette.BORDER, linewidth=1.0,
        zorder=9, transform=ax.transAxes, clip_on=False,
    )  # fmt: skip
    drawn.set_gid("frame")
    return drawn


def fill_room(ax: Axes, width: float, height: float) -> None:
    """Widen the extent of a map so that it fills axes of a width and height."""
    if (extent := sheet(ax).extent) is None:
        return
    west, south, east, north = extent
    metres = max((east - west) / width, (north - south) / height)
    across, along = metres * width / 2, metres * height / 2
    ax.set_xlim((west + east) / 2 - across, (west + east) / 2 + across)
    ax.set_ylim((south + north) / 2 - along, (south + north) / 2 + along)


def too_few(ax: Axes) -> None:
    """Write in the picture that there are too few rows to draw."""
    message(ax, words.TOO_LITTLE)


def message(ax: Axes, text: str, *, below: bool = False) -> None:
    """Write a message in the middle of a picture, or low in it."""
    y, side = (0.03, "bottom") if below else (0.5, "center")
    ax.text(
        0.5, y, text, transform=ax.transAxes, ha="center", va=side, fontsize=18,
        color=palette.INK, gid="too-little", zorder=9,
        bbox={"boxstyle": "round,pad=0.5", "facecolor": palette.PAPER, "edgecolor": palette.BORDER},
    )  # fmt: skip


def patch(label: str, face: str, edge: str, **options: Any) -> Patch:
    """Make a square for the legend."""
    return Patch(facecolor=face, edgecolor=edge, label=label, **options)


def mark(label: str, shape: str, colour: str, size: float = 11) -> Line2D:
    """Make a mark for the legend."""
    return Line2D(
        [], [], linestyle="none", marker=shape, markersize=size, color=colour,
        markeredgecolor=palette.PAPER, label=label,
    )  # fmt: skip


class Numbered(HandlerBase):
    """Draw a numbered mark in the legend."""

    def create_artists(
        self, legend: Any, orig_handle: Any, xdescent: float, ydescent: float,
        width: float, height: float, fontsize: float, trans: Any,
    ) -> list[Artist]:  # fmt: skip
        del legend, fontsize
        x, y = width / 2 - xdescent, height / 2 - ydescent
        disc = Line2D(
            [x], [y], marker="o", markersize=15, color=orig_handle.get_color(), transform=trans
        )  # fmt: skip
        number = Text(
            x, y, orig_handle.number, ha="center", va="center_baseline", fontsize=9.5,
            fontweight="bold", color=palette.PAPER, transform=trans,
        )  # fmt: skip
        return [disc, number]


class NumberedMark(Line2D):
    """A numbered mark for the legend."""

    def __init__(self, number: str, label: str, colour: str) -> None:
        super().__init__([], [], color=colour, label=label)
        self.number = number


HANDLERS: dict[Any, HandlerBase] = {NumberedMark: Numbered()}


def place_marks(
    ax: Axes,
    xy: np.ndarray,
    numbers: Sequence[str],
    looks: Sequence[tuple[str, str]],
    gids: Sequence[str],
) -> None:
    """
    Draw numbered marks, moved apart where they would cover each other.

    A moved mark has a thin line to its place. Called again after the layout has changed.
    """
    drawn: list[Artist] = []

    def place() -> None:
        while drawn:
            drawn.pop().remove()
        if not len(xy):
            return
        ax.apply_aspect()
        figure = ax.get_figure(root=True)
        scale = 72 / (figure.dpi if figure else 72)
        at = ax.transData.transform(xy) * scale
        box = ax.get_window_extent()
        low, high = (np.array(end) * scale for end in (box.min, box.max))
        moved = repel(at, MARK + 1, low + MARK / 2, high - MARK / 2)
        ends = ax.transData.inverted().transform(moved / scale)
        far = np.hypot(*(moved - at).T) > MARK / 3
        leaders = LineCollection(
            list(np.stack([xy[far], ends[far]], axis=1)), colors=palette.INK, linewidths=1, zorder=5
        )
        drawn.append(ax.add_collection(leaders, autolim=False))
        drawn.append(
            ax.scatter(xy[far, 0], xy[far, 1], s=14, color=palette.INK, zorder=5, gid="places")
        )
        for at_end, number, look, gid in zip(ends, numbers, looks, gids, strict=True):
            drawn.extend(numbered_mark(ax, at_end, number, look, gid))

    place()
    sheet(ax).placing.append(place)


_SIZES = {"s": 0.86, "D": 0.8, "h": 1.08, "v": 1.12, "p": 1.06}


def numbered_mark(
    ax: Axes, at: np.ndarray, number: str, look: tuple[str, str], gid: str, *, size: float = MARK
) -> list[Artist]:
    """Draw one mark, `size` points wide, with its number in it, at a place in metres."""
    (x, y), (shape, colour) = at, look
    drawn: list[Artist] = list(
        ax.plot(
            x,
            y,
            marker=shape,
            markersize=size * _SIZES.get(shape, 1.0),
            color=colour,
            markeredgecolor=palette.PAPER,
            markeredgewidth=1.4,
            zorder=6,
            gid=gid,
            scalex=False,
            scaley=False,
        )
    )
    drawn.append(
        ax.annotate(
            number,
            (x, y),
            xytext=(0, 3 if shape == "v" else 0),
            ha="center",
            va="center_baseline",
            textcoords="offset points",
            zorder=7,
            fontweight="bold",
            fontsize=(11 if len(number) < 3 else 9) * max(size / MARK, 1.0),
            color=palette.text_colour(colour),
            clip_on=True,
        )
    )
    return drawn


def repel(at: np.ndarray, distance: float, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Move points as little as needed to lie a distance apart."""
    rng = np.random.default_rng(0)
    moved = at + rng.uniform(-0.01, 0.01, at.shape)
    for _ in range(300):
        gap = moved[:, None] - moved[None]
        far = np.hypot(gap[..., 0], gap[..., 1])
        np.fill_diagonal(far, np.inf)
        short = np.clip(distance - far, 0, None)
        if not short.any():
            break
        push = (gap / np.maximum(far, 1e-9)[..., None] * short[..., None]).sum(axis=1) * 0.45
        moved = np.clip(moved + push, np.minimum(low, high), np.maximum(low, high))
    return moved


def place_names(ax: Axes, areas: gpd.GeoDataFrame) -> None:
    """Write area names where they fit around numbers, the largest first."""
    if not 1 < len(areas) <= _MOST_NAMES:
        return
    order = np.argsort(-areas.geometry.area.to_numpy(), kind="stable")
    names = classing.area_names(areas).to_numpy()[order]
    spots = shapely.get_coordinates(areas.geometry.representative_point().values[order])
    drawn: list[Artist] = []

    def place() -> None:
        while drawn:
            drawn.pop().remove()
        ax.apply_aspect()
        given = [text for text in ax.texts if text.get_gid() in ("n", "too-little")]
        taken = [text.get_window_extent() for text in given]
        for name, (x, y) in zip(names, spots, strict=True):
            text = ax.text(
                x, y, name, ha="center", va="center", fontsize=11, zorder=4, gid="name",
                path_effects=[patheffects.withStroke(linewidth=3, foreground=palette.PAPER)],
            )  # fmt: skip
            box = text.get_window_extent()
            frame = ax.get_window_extent()
            if any(box.overlaps(other) for other in taken) or not (
                frame.x0 <= box.x0 and box.x1 <= frame.x1
            ):
                text.remove()
                continue
            taken.append(box)
            drawn.append(text)

    place()
    sheet(ax).placing.append(place)
