"""Draw result tables that have no map: hours, weeks, concentration."""

from collections.abc import Sequence
from typing import Unpack

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.ticker import FuncFormatter, MaxNLocator

from ipgtools import palette
from ipgtools._checks import takes
from ipgtools.charts import _colors, _draw
from ipgtools.charts._annotate import About, finished
from ipgtools.charts._common import begin, finish
from ipgtools.nl import charts as words
from ipgtools.nl import formats
from ipgtools.palette import classes as classing
from ipgtools.rounded import FINEST, WITHIN, Rounded

__all__ = ["hour_weekday", "lorenz", "trend"]

_MOST_TICKS = 9
_SHARES = (0.2, 0.1, 0.05, 0.02, 0.01)
_NEARLY_ALL = 0.95


@finished
@takes("weekday", "hour", "weight", made_by='times.aoristic(by="hour_weekday")')
def hour_weekday(
    table: pd.DataFrame,
    *,
    colors: str | Sequence[str] | None = None,
    ax: Axes | None = None,
    **_about: Unpack[About],
) -> Axes:
    """
    Draw when incidents happen: the hours of the day against the days of the week.

    Parameters
    ----------
    table : DataFrame, 168 rows
        `hour` (0 to 23), `weekday` (0 is Monday) and `weight`, as
        ``times.aoristic(..., by="hour_weekday")`` gives it.
    colors : str or sequence of str, optional
        Colours from few to many, or the name of a colour map of matplotlib.
    ax : Axes, optional
        Where to draw; a slide of its own by default.

    Returns
    -------
    Axes
        Monday on top, hours from left to right; the classes of weight in the legend.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"weekday": [4, 5], "hour": [22, 1], "weight": [9.5, 3.0]})
    >>> ax = hour_weekday(table, title="Vrijdagavond", source="BVH")
    >>> ax.get_yticklabels()[4].get_text()
    'vr'
    """
    with mpl.rc_context(_draw.STYLE):
        ax, own = begin(ax)
        known = _draw.sheet(ax)
        known.title = words.WEIGHT
        grid = np.zeros((7, 24))
        np.add.at(grid, (table["weekday"].to_numpy(int), table["hour"].to_numpy(int)),
                  table["weight"].to_numpy(float))  # fmt: skip
        ends = classing.breaks(grid[grid > 0])
        if len(ends) < 2 or np.unique(grid).size < 2:
            _draw.too_few(ax)
            ax.set_axis_off()
            return finish(ax, own=own)
        ends = [0.0, *ends[1:]] if len(ends) > 2 else ends
        colours = _colors.steps(colors, len(ends) - 1)
        shown = np.clip(classing.assign(grid, ends), 0, None)
        ax.pcolormesh(
            np.arange(25), np.arange(8), shown, cmap=mpl.colors.ListedColormap(colours),
            vmin=-0.5, vmax=len(colours) - 0.5, edgecolors=palette.PAPER, linewidth=1.5,
            gid="hours",
        )  # fmt: skip
        ax.set(xlim=(0, 24), ylim=(7, 0), xlabel=words.HOUR)
        ax.set_xticks(np.arange(0, 25, 3), [str(hour) for hour in range(0, 25, 3)])
        ax.set_xticks(np.arange(25), minor=True)
        ax.set_yticks(np.arange(7) + 0.5, words.WEEKDAYS_SHORT)
        ax.tick_params(axis="y", length=0)
        ax.spines[:].set_visible(False)
        decimals = classing.decimals(ends[:-1])
        labels = words.class_labels(ends, whole=classing.is_whole(grid), decimals=decimals)
        known.handles = [
            _draw.patch(label, colour, palette.BORDER)
            for colour, label in zip(colours, labels, strict=True)
        ][::-1]
        return finish(ax, own=own)


@finished
@takes("start", "end", "n", "complete", made_by="times.trend")
def trend(
    table: pd.DataFrame,
    *,
    colors: str | None = None,
    ax: Axes | None = None,
    **_about: Unpack[About],
) -> Axes:
    """
    Draw the incidents of each week, month or other step.

    Parameters
    ----------
    table : DataFrame, n_steps rows
        `start`, `end`, `n` and `complete`, as `times.trend` gives it. Steps that are not
        complete are light, and not part of the mean. Of a released table with `n_within` what
        is withheld or rounded coarser than to fives is a hatched band between the least and the
        most that it can be; then there is no mean.
    colors : str, optional
        Colour of the bars.
    ax : Axes, optional
        Where to draw; a slide of its own by default.

    Returns
    -------
    Axes
        One bar per step.

    Examples
    --------
    >>> import pandas as pd
    >>> start = pd.to_datetime(["2025-09-01", "2025-09-08"])
    >>> steps = {"start": start, "end": start + pd.Timedelta(days=7)}
    >>> table = pd.DataFrame(steps | {"n": [4, 6], "complete": True})
    >>> ax = trend(table, title="Vijf per week", source="BVH", colors="navy")
    >>> [text.get_text() for text in ax.get_legend().get_texts()][1]
    'Gemiddelde, alleen complete periodes: 5,0'
    """
    with mpl.rc_context(_draw.STYLE):
        ax, own = begin(ax)
        known = _draw.sheet(ax)
        if not len(table) or not table["n"].sum() > 0:
            _draw.too_few(ax)
            ax.set_axis_off()
            return finish(ax, own=own)
        bar = _colors.one(colors, palette.BAR)
        light = palette.BAR_LIGHT if colors is None else palette.lighten(bar)
        every, vague = table, _vague(table)
        table = table[~vague]
        start, end = date2num(table["start"].to_numpy()), date2num(table["end"].to_numpy())
        full = table["complete"].to_numpy(bool)
        width = (end - start) * 0.86
        for chosen, colour, hatch, label in (
            (full, bar, None, words.N_INCIDENTS),
            (~full, light, "///", words.INCOMPLETE),
        ):
            if chosen.any():
                ax.bar(
                    ((start + end) / 2)[chosen], table["n"].to_numpy()[chosen], width[chosen],
                    color=colour, hatch=hatch, edgecolor=bar, linewidth=0.8,
                )  # fmt: skip
                known.handles.append(_draw.patch(label, colour, bar, hatch=hatch))
        if vague.any():
            _bands(ax, every[vague])
            known.handles.append(_draw.patch(words.BAND, palette.PAPER, palette.BAR, hatch="///"))
        elif full.sum() > 1:
            mean = float(table["n"].to_numpy()[full].mean())
            line = ax.axhline(mean, color=palette.INK, linewidth=1.5, linestyle=(0, (5, 3)))
            told = formats.number(mean, 1)
            if f"n{WITHIN}" in table:
                told = formats.number(Rounded(round(mean)))
            line.set_label(f"{words.MEAN}: {told}")
            known.handles.append(line)
        start, end = date2num(every["start"].to_numpy()), date2num(every["end"].to_numpy())
        _date_ticks(ax, every["start"], (start + end) / 2)
        highest = every["n"].fillna(0).max()
        if vague.any():
            highest = max(highest, *(top for _, top in _reach(every[vague])))
        ax.set_ylim(0, float(highest) * 1.08 + 0.2)
        ax.set_ylabel(words.N_INCIDENTS)
        _count_axis(ax)
        return finish(ax, own=own)


def _vague(table: pd.DataFrame) -> "pd.Series[bool]":
    """Tell of which steps only a wide interval is known."""
    if f"n{WITHIN}" not in table:
        return pd.Series(False, index=table.index)  # noqa: FBT003 - a value
    return table["n"].isna() | (table[f"n{WITHIN}"] > FINEST).fillna(value=False).astype(bool)


def _reach(table: pd.DataFrame) -> list[tuple[int, int]]:
    """Give the least and the most that each count of a released table can be."""
    numbers = zip(table["n"], table[f"n{WITHIN}"], strict=True)
    return [Rounded.released(n, within).reach for n, within in numbers]


def _bands(ax: Axes, table: pd.DataFrame) -> None:
    """Draw what a count can be, where that is all that is known of it."""
    start, end = date2num(table["start"].to_numpy()), date2num(table["end"].to_numpy())
    low, high = np.array(_reach(table)).T
    ax.bar(
        (start + end) / 2, high - low, (end - start) * 0.86, bottom=low, color=palette.PAPER,
        hatch="///", edgecolor=palette.BAR, linewidth=0.8, gid="band",
    )  # fmt: skip


def _date_ticks(ax: Axes, starts: pd.Series, middles: np.ndarray) -> None:
    step = int(np.ceil(len(starts) / _MOST_TICKS))
    labels, year = [], None
    for start in starts.iloc[::step]:
        labels.append(words.day(start, year=start.year != year))
        year = start.year
    ax.set_xticks(middles[::step], labels)


def _count_axis(ax: Axes) -> None:
    ax.yaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: formats.number(value)))
    ax.grid(axis="y", color=palette.NO_DATA, linewidth=0.8)
    ax.set_axisbelow(True)


@finished
@takes("share_places", "share_incidents", made_by="concentration.lorenz")
def lorenz(
    table: pd.DataFrame,
    *,
    share: float | None = None,
    colors: str | None = None,
    ax: Axes | None = None,
    **_about: Unpack[About],
) -> Axes:
    """
    Draw how strongly incidents concentrate in few places.

    Parameters
    ----------
    table : DataFrame, n_places + 1 rows
        `share_places` and `share_incidents`, both from 0 to 1, as `concentration.lorenz` gives
        it; drawn with the busiest places first, whichever way the table runs. With `by_chance`
        the curve of chance is drawn beside it, and read off.
    share : float, optional
        Share of the places that is read off in words; by default a fifth, or less where a
        fifth of the places has nearly all incidents.
    colors : str, optional
        Colour of the line.
    ax : Axes, optional
        Where to draw; a slide of its own by default.

    Returns
    -------
    Axes
        The line with gid ``lorenz``, that of chance with gid ``by_chance``, and the diagonal.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"share_places": [0.0, 0.2, 1.0], "share_incidents": [0.0, 0.6, 1.0]})
    >>> ax = lorenz(table, title="Weinig plekken, veel incidenten", source="BVH")
    >>> ax.texts[0].get_text().splitlines()
    ['De drukste 20% van de plaatsen', 'heeft 60% van de incidenten']
    """
    with mpl.rc_context(_draw.STYLE):
        ax, own = begin(ax)
        known = _draw.sheet(ax)
        places = table["share_places"].to_numpy(float)
        incidents = table["share_incidents"].to_numpy(float)
        if len(table) < 2 or not np.isfinite(incidents).all():
            _draw.too_few(ax)
            ax.set_axis_off()
            return finish(ax, own=own)
        chance = table["by_chance"].to_numpy(float) if "by_chance" in table else None
        if (incidents < places - 1e-12).any():
            places, incidents = 1 - places[::-1], 1 - incidents[::-1]
            chance = None if chance is None else 1 - chance[::-1]
        (even,) = ax.plot(
            [0, 1], [0, 1], color=palette.MUTED, linewidth=1.5, linestyle=(0, (5, 3)),
            label=words.EVEN,
        )  # fmt: skip
        line = _colors.one(colors, palette.BAR)
        (real,) = ax.plot(
            places, incidents, color=line, linewidth=3, label=words.REAL, gid="lorenz"
        )  # fmt: skip
        handles = [real, even]
        if chance is not None:
            (dealt,) = ax.plot(
                places, chance, color=palette.MUTED, linewidth=2, label=words.BY_CHANCE,
                gid="by_chance",
            )  # fmt: skip
            handles.insert(1, dealt)
        at = [share] if share is not None else _SHARES
        read = [(part, float(np.interp(part, places, incidents))) for part in at]
        share, held = next((pair for pair in read if pair[1] < _NEARLY_ALL), read[-1])
        ax.plot(
            [share, share, 0], [0, held, held], color=palette.INK, linewidth=1, linestyle=":"
        )  # fmt: skip
        ax.plot(share, held, "o", color=palette.INK, markersize=8, zorder=5)
        ax.annotate(
            words.top_share(
                share, held, None if chance is None else float(np.interp(share, places, chance))
            ),
            (share, held), xytext=(0.98, 0.06),
            textcoords="axes fraction", ha="right", va="bottom", fontsize=14,
            bbox={"boxstyle": "round,pad=0.4", "facecolor": palette.PAPER,
                  "edgecolor": palette.BORDER},
        )  # fmt: skip
        percent = FuncFormatter(lambda value, _: formats.percent(value))
        ax.xaxis.set_major_formatter(percent)
        ax.yaxis.set_major_formatter(percent)
        ax.set(xlim=(0, 1), ylim=(0, 1.01), xlabel=words.LORENZ_X, ylabel=words.LORENZ_Y)
        ax.grid(color=palette.NO_DATA, linewidth=0.8)
        ax.set_box_aspect(1)
        known.handles = handles
        return finish(ax, own=own)
