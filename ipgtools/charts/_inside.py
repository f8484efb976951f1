"""Let a map fill its picture, with legend, scale and credit inside it, off its places."""

from typing import Any

import numpy as np
import shapely
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from ipgtools import palette
from ipgtools.charts import _draw, _inset, _labels
from ipgtools.charts._annotate import round_length
from ipgtools.nl import charts as words

__all__ = ["SIZE", "fill"]

SIZE = 14.0
"""Of the letters."""
_MARGIN = 6.0
_SCALE = 120.0
"""Points that a scale measures at most."""


def fill(ax: Axes, credit: str) -> None:
    """Let a map fill its figure; legend, scale and credit go in corners of it when it is placed."""
    known = _draw.sheet(ax)
    figure = ax.get_figure(root=True)
    if figure is None:
        msg = "the axes stand on no figure"
        raise ValueError(msg)
    ax.set_position((0, 0, 1, 1))
    _draw.fill_room(ax, *figure.get_size_inches())
    known.inside = lambda taken: _corners(ax, credit, taken)


def _corners(ax: Axes, credit: str, taken: list[Any]) -> list[Artist]:
    """Draw legend, scale and credit where they cover least, and add them to what is taken."""
    drawn = _credit(ax, credit, taken) if credit else []
    return [*drawn, *_legend(ax, taken), *_scale(ax, taken)]


def _legend(ax: Axes, taken: list[Any]) -> list[Artist]:
    if not (handles := _draw.sheet(ax).handles):
        return []
    legend = ax.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0, 0), fontsize=SIZE, frameon=True,
        fancybox=False, framealpha=1.0, facecolor=palette.PAPER, edgecolor=palette.BORDER,
        borderaxespad=0, handlelength=1.4, handleheight=1.0, labelspacing=0.35, borderpad=0.4,
        handler_map=_draw.HANDLERS,
    )  # fmt: skip
    legend.set_zorder(8)
    box = legend.get_window_extent()
    size = np.array([box.width, box.height]) * _labels.scale(ax)
    corner = _corner(size, ax, taken)
    legend.set_bbox_to_anchor(tuple(corner / _labels.frame(ax)), transform=ax.transAxes)
    return [legend]


def _scale(ax: Axes, taken: list[Any]) -> list[Artist]:
    """Draw a line of a round length, and what it measures."""
    (west, east), (wide, high) = ax.get_xlim(), _labels.frame(ax)
    length = round_length(_SCALE * (east - west) / wide)
    long = length * wide / (east - west)
    size = np.array([long + 2 * _MARGIN, SIZE * 1.4 + 2 * _MARGIN])
    x, y = _corner(size, ax, taken)
    at: Any = {"transform": ax.transAxes, "zorder": 8}
    ends = np.array([x + _MARGIN, x + _MARGIN + long]) / wide
    line = Line2D(ends, [(y + _MARGIN) / high] * 2, color=palette.INK, linewidth=2.5, **at)
    line.set_gid("scale")
    text = ax.text(
        ends.mean(), (y + _MARGIN + 3) / high, words.metres(length), ha="center", va="bottom",
        fontsize=SIZE, color=palette.INK, gid="scale-text", path_effects=_labels.halo(), **at,
    )  # fmt: skip
    return [ax.add_line(line), text]


def _credit(ax: Axes, credit: str, taken: list[Any]) -> list[Artist]:
    """Write who made the base below on the right, on as many lines as it takes."""
    wide, high = _labels.frame(ax)
    text = ax.text(
        1 - 4 / wide, 3 / high, credit, transform=ax.transAxes, ha="right", va="bottom", zorder=8,
        fontsize=SIZE, color=palette.MUTED, gid="credit", path_effects=_labels.halo(),
        parse_math=False, linespacing=1.1,
    )  # fmt: skip
    box = text.get_window_extent()
    if box.width * _labels.scale(ax) > 0.6 * wide:
        text.set_text(credit.replace("; ", "\n"))
        box = text.get_window_extent()
    size = np.array([box.width, box.height]) * _labels.scale(ax) + 4
    taken.append(shapely.box(wide - size[0], 0, wide, size[1]))
    return [text]


def _corner(size: np.ndarray, ax: Axes, taken: list[Any]) -> np.ndarray:
    """Choose a corner where nothing lies, or else the one where least is covered."""
    wide, high = _labels.frame(ax)
    corner = _inset.free_corner(size, (wide, high), taken)
    if corner is None:
        right, top = np.array([wide, high]) - size
        steps = np.linspace(0, 1, 9)
        tried = [np.array([right * x, y]) for y in (0.0, top) for x in steps]
        covered = shapely.union_all(np.array(taken, dtype=object))
        costs = [shapely.box(*at, *(at + size)).intersection(covered).area for at in tried]
        corner = tried[int(np.argmin(costs))]
    taken.append(shapely.box(*corner, *(corner + size)))
    return corner
