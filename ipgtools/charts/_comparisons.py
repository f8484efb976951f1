"""Draw a result with its reference: chance, a next period, another ranking."""

from typing import Any, Unpack

import geopandas as gpd
import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from ipgtools import palette
from ipgtools._checks import takes
from ipgtools.charts import _draw
from ipgtools.charts._annotate import About, finished
from ipgtools.charts._common import begin, finish
from ipgtools.nl import charts as words
from ipgtools.nl import formats
from ipgtools.palette import classes as classing

__all__ = ["harm_ranks", "ripley", "stability"]

_RATIOS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_BAND = "#d9dde2"
_MOST_NAME = 24


@finished
@takes("distance_m", "k", "expected_k", made_by="patterns.ripley_k")
def ripley(table: pd.DataFrame, *, ax: Axes | None = None, **_about: Unpack[About]) -> Axes:
    """
    Draw at which distances incidents lie closer together than chance puts them.

    Parameters
    ----------
    table : DataFrame, n_distances rows
        `distance_m`, `k` and `expected_k`, and with simulations `l_global_low` and
        `l_global_high`, as `patterns.ripley` gives them.
    ax : Axes, optional
        Where to draw; a slide of its own by default.

    Returns
    -------
    Axes
        The line with gid ``k``: K over its expectation, on a scale of ratios; and the
        envelope over all distances together, with gid ``chance``.

    Examples
    --------
    >>> import pandas as pd
    >>> k = {"k": [9e3, 4e4], "expected_k": [8e3, 3e4]}
    >>> table = pd.DataFrame({"distance_m": [50.0, 100.0]} | k)
    >>> ax = ripley(table, title="Dicht bij elkaar", source="BVH")
    >>> [text.get_text() for text in ax.get_legend().get_texts()][0]
    'Werkelijk'
    """
    with mpl.rc_context(_draw.STYLE):
        ax, own = begin(ax)
        known = _draw.sheet(ax)
        distance = table["distance_m"].to_numpy(float)
        ratio = table["k"].to_numpy(float) / table["expected_k"].to_numpy(float)
        if not np.isfinite(ratio).any() or not (ratio > 0).any():
            _draw.too_few(ax)
            ax.set_axis_off()
            return finish(ax, own=own)
        low, high = min(0.5, ratio[ratio > 0].min() * 0.8), max(2.0, np.nanmax(ratio) * 1.3)
        low = max(low, _RATIOS[0])
        if "l_global_low" in table:
            ends = [
                (np.clip(table[name].to_numpy(float), 0, None) / distance) ** 2
                for name in ("l_global_low", "l_global_high")
            ]
            band = ax.fill_between(
                distance, *(np.clip(end, low / 2, high * 2) for end in ends), color=_BAND,
                linewidth=0, label=words.RIPLEY["band"], gid="chance",
            )  # fmt: skip
            known.handles.append(band)
            for where, text, at in ((0.97, "above", "top"), (0.04, "under", "bottom")):
                ax.text(
                    0.98, where, words.RIPLEY[text], transform=ax.transAxes, ha="right", va=at,
                    color=palette.MUTED, fontsize=13, gid="reading",
                )  # fmt: skip
        even = ax.axhline(
            1, color=palette.INK, linewidth=1.5, linestyle=(0, (5, 3)), label=words.RIPLEY["even"]
        )  # fmt: skip
        (real,) = ax.plot(
            distance, np.clip(ratio, low, None), color=palette.BAR, linewidth=3, gid="k",
            label=words.RIPLEY["real"],
        )  # fmt: skip
        known.handles = [real, *known.handles, even]
        ax.set_yscale("log")
        ax.yaxis.set_major_locator(FixedLocator(_RATIOS))
        ax.yaxis.set_minor_locator(NullLocator())
        ax.yaxis.set_major_formatter(
            FuncFormatter(lambda value, _: formats.number(value, int(value < 1)))
        )
        ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: formats.number(value)))
        ax.set(
            xlim=(0, float(distance[-1])), ylim=(low, high), xlabel=words.RIPLEY["x"],
            ylabel=words.RIPLEY["y"],
        )  # fmt: skip
        ax.grid(axis="y", color=palette.NO_DATA, linewidth=0.8)
        ax.set_axisbelow(True)
        return finish(ax, own=own)


@finished
def stability(table: pd.DataFrame, *, ax: Axes | None = None, **_about: Unpack[About]) -> Axes:
    """
    Draw how many of the busiest places of a period are still so in the next one.

    Parameters
    ----------
    table : DataFrame, n_periods - 1 rows
        `before`, `after`, `overlap`, `overlap_random`, `stable_low` and `stable_high`, as
        `concentration.stability` gives them.
    ax : Axes, optional
        Where to draw; a slide of its own by default.

    Returns
    -------
    Axes
        For each pair of periods a mark (gid ``overlap``) over the range that chance gives
        where every place stays as busy (gid ``stable``), and a line for places picked at
        random (gid ``random``).

    Examples
    --------
    >>> import pandas as pd
    >>> counts = {"overlap": [7], "overlap_random": [1.0], "stable_low": [5], "stable_high": [9]}
    >>> table = pd.DataFrame({"before": [2024], "after": [2025]} | counts)
    >>> ax = stability(table, title="De meeste plekken blijven druk")
    >>> ax.get_ylabel()
    'Plekken in beide top 10’s'
    """
    with mpl.rc_context(_draw.STYLE):
        ax, own = begin(ax)
        known = _draw.sheet(ax)
        if not len(table) or not table["overlap"].notna().any():
            _draw.too_few(ax)
            ax.set_axis_off()
            return finish(ax, own=own)
        top = int(table.attrs.get("method", {}).get("top", 10))
        at = np.arange(len(table))
        low, high = (table[name].to_numpy(float) for name in ("stable_low", "stable_high"))
        stable = ax.bar(
            at, np.maximum(high - low, 0.08), 0.5, low, color=_BAND, edgecolor=palette.BORDER,
            linewidth=0.8, label=words.STABILITY["stable"],
        )  # fmt: skip
        for bar in stable:
            bar.set_gid("stable")
        random = ax.hlines(
            table["overlap_random"].to_numpy(float), at - 0.25, at + 0.25, color=palette.INK,
            linewidth=2, linestyle=":", label=words.STABILITY["random"],
        )  # fmt: skip
        random.set_gid("random")
        (seen,) = ax.plot(
            at, table["overlap"].to_numpy(float), "o", color=palette.BAR, markersize=14,
            markeredgecolor=palette.PAPER, label=words.STABILITY["overlap"], gid="overlap",
        )  # fmt: skip
        labels = [
            words.between_periods(one, other)
            for one, other in zip(table["before"], table["after"], strict=True)
        ]
        ax.set_xticks(at, labels)
        ax.set(xlim=(-0.6, len(table) - 0.4), ylim=(-0.2, top + 0.2))
        ax.set_ylabel(words.both_tops(top))
        ax.yaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
        ax.grid(axis="y", color=palette.NO_DATA, linewidth=0.8)
        ax.set_axisbelow(True)
        known.handles = [
            seen,
            _draw.patch(words.STABILITY["stable"], _BAND, palette.BORDER),
            random,
        ]
        return finish(ax, own=own)


@finished
def harm_ranks(
    places: pd.DataFrame | gpd.GeoDataFrame,
    *,
    top: int = 10,
    ax: Axes | None = None,
    **_about: Unpack[About],
) -> Axes:
    """
    Draw the rank of places by count and by harm, with the shifts.

    Parameters
    ----------
    places : DataFrame or GeoDataFrame, n_places rows
        `n`, `harm`, `rank_n`, `rank_harm` and `one_incident`, as `harm.compare` gives them,
        with `area_name`, `area_code` or `cell_id` to call them by.
    top : int, default 10
        How many places of either ranking are drawn. Equal places take their turn in the
        order of the other ranking.
    ax : Axes, optional
        Where to draw; a slide of its own by default.

    Returns
    -------
    Axes
        A line per place, with gid ``up``, ``down`` or ``same``: by count on the left, by harm
        on the right. Those outside the top of a side stand below its line, with their rank.

    Examples
    --------
    >>> import pandas as pd
    >>> table = {"area_name": ["Velve", "Laares"], "n": [9, 4], "harm": [20.0, 90.0]}
    >>> ranks = {"rank_n": [1, 2], "rank_harm": [2, 1], "one_incident": [False, True]}
    >>> ax = harm_ranks(pd.DataFrame(table | ranks), title="Naar gewicht staat Laares bovenaan")
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "place"][1]
    '2. Velve (20)'
    """
    with mpl.rc_context(_draw.STYLE):
        ax, own = begin(ax)
        known = _draw.sheet(ax)
        ax.set_axis_off()
        ranked = places[places["n"] > 0]
        if not (ranked["harm"] > 0).any():
            _draw.too_few(ax)
            return finish(ax, own=own)
        sides = [("rank_n", "rank_harm"), ("rank_harm", "rank_n")]
        orders = [ranked.sort_values(list(side), kind="stable").index for side in sides]
        shown = ranked.loc[orders[0][:top].union(orders[1][:top], sort=False)]
        names = _names(shown)
        slots = [_slots(order[order.isin(shown.index)], top) for order in orders]
        for place in shown.index:
            ends = slots[0][place], slots[1][place]
            move = orders[0].get_loc(place) - orders[1].get_loc(place)
            _slope(ax, names[place], ends, move, shown.loc[place])
        deepest = max(max(side.values()) for side in slots)
        if deepest >= top:
            ax.plot([-0.9, 1.9], [top - 0.25] * 2, color=palette.BORDER, linewidth=0.8)
        for x, title, side in ((0, "count", "right"), (1, "harm", "left")):
            ax.text(
                x, -1, words.RANKS[title], ha=side, va="center", fontweight="bold", fontsize=13,
            )  # fmt: skip
        ax.set(xlim=(-0.95, 1.95), ylim=(deepest + 0.7, -1.6))
        kinds = {line.get_gid() for line in ax.lines}
        known.handles = [
            mpl.lines.Line2D([], [], label=words.RANKS[kind], **_SLOPES[kind])
            for kind in _SLOPES
            if kind in kinds
        ]
        known.note = words.RANKS["one_incident"] if shown["one_incident"].any() else ""
        return finish(ax, own=own)


_SLOPES: dict[str, dict[str, Any]] = {
    "up": {"color": palette.BAR, "linewidth": 2.6, "linestyle": "-"},
    "same": {"color": palette.MUTED, "linewidth": 1.4, "linestyle": "-"},
    "down": {"color": palette.CLASSES["cold_sure"], "linewidth": 1.8, "linestyle": (0, (4, 2))},
}


def _names(places: pd.DataFrame) -> pd.Series:
    """Return a short label of each place."""
    names = classing.area_names(places)
    if not (names != "").any() and "cell_id" in places:
        names = places["cell_id"].astype("str")
    long = names.str.len() > _MOST_NAME
    return names.where(~long, names.str.slice(0, _MOST_NAME - 1).str.rstrip() + "…")


def _slots(order: pd.Index, top: int) -> dict[object, float]:
    """Give each place its height: those after the top start half a line lower."""
    return {place: i + (0.5 if i >= top else 0.0) for i, place in enumerate(order)}


def _slope(ax: Axes, name: str, ends: tuple[float, float], move: int, place: pd.Series) -> None:
    """Draw the line of a place that moves up by `move`, and write what it has on either side."""
    left, right = ends
    kind = "up" if move > 0 else "down" if move < 0 else "same"
    ax.plot([0.03, 0.97], [left, right], gid=kind, marker="o", markersize=6, **_SLOPES[kind])
    odd = bool(place["one_incident"])
    for x, y, rank, figure, side in (
        (0.0, left, place["rank_n"], place["n"], "right"),
        (1.0, right, place["rank_harm"], place["harm"], "left"),
    ):
        text = words.ranked(int(rank), name, float(figure), odd=odd and side == "left")
        ax.text(x, y, text, ha=side, va="center_baseline", fontsize=12, gid="place")
