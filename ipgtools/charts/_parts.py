"""Draw parts of the week, for who may not see single hours."""

from collections.abc import Sequence
from typing import Any, Unpack

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ipgtools import palette
from ipgtools.charts import _colors, _draw
from ipgtools.charts._annotate import About, finished
from ipgtools.charts._common import begin, finish
from ipgtools.nl import charts as words
from ipgtools.nl import formats
from ipgtools.periods import DAYPARTS
from ipgtools.rounded import FINEST, WITHIN

__all__ = ["dayparts"]

_DARK = 0.5
"""Share of the classes above which the number in a part is written light."""


@finished
def dayparts(
    table: pd.DataFrame,
    *,
    colors: str | Sequence[str] | None = None,
    ax: Axes | None = None,
    **_about: Unpack[About],
) -> Axes:
    """
    Draw when incidents happen: the parts of the day against the days of the week.

    Parameters
    ----------
    table : DataFrame, 4, 8 or 28 rows
        `daypart`, `weight`, and `weekday` (0 is Monday) or `weekend` if days are told apart, as
        ``privacy.release`` gives it. What is withheld is missing.
    colors : str or sequence of str, optional
        Colours from few to many, or the name of a colour map of matplotlib.
    ax : Axes, optional
        Where to draw; a slide of its own by default.

    Returns
    -------
    Axes
        Parts of the day from left to right with their numbers; those withheld are hatched.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"daypart": ["avond", "nacht"], "weight": [20, 10]})
    >>> ax = dayparts(table, title="Vooral 's avonds", source="BVH")
    >>> [text.get_text() for text in ax.texts]
    ['10', '20']
    """
    with mpl.rc_context(_draw.STYLE):
        ax, own = begin(ax)
        known = _draw.sheet(ax)
        known.title = words.N_INCIDENTS
        rows, labels = _rows(table)
        grid = np.full((len(labels), len(DAYPARTS)), np.nan)
        columns = table["daypart"].map({name: at for at, name in enumerate(DAYPARTS)})
        grid[rows, columns] = (
            table["weight"].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
        )
        if not np.isfinite(grid).any():
            _draw.too_few(ax)
            ax.set_axis_off()
            return finish(ax, own=own)
        step_of = np.full(grid.shape, 1.0)
        if f"weight{WITHIN}" in table:
            step_of[rows, columns] = table[f"weight{WITHIN}"].astype("Float64").fillna(1)
        highest = np.nanmax(grid)
        colours = _colors.steps(colors, 5)
        for (row, column), n in np.ndenumerate(grid):
            step = 0 if np.isnan(n) else min(int(5 * n / highest), 4)
            look: dict[str, Any] = {
                "facecolor": palette.PAPER,
                "edgecolor": palette.BORDER,
                "hatch": "///",
            }
            if not np.isnan(n):
                look = {"facecolor": colours[step], "edgecolor": palette.PAPER}
                ink = palette.PAPER if step / 5 > _DARK else palette.INK
                ink = ink if colors is None else palette.text_colour(colours[step])
                base = int(step_of[row, column])
                said = formats.number(n) if base <= FINEST else words.span(n - base, n + base)
                ax.text(column + 0.5, row + 0.5, said, ha="center", va="center", color=ink)
            ax.add_patch(Rectangle((column, row), 1, 1, linewidth=1.5, gid="parts", **look))
        ax.set(xlim=(0, len(DAYPARTS)), ylim=(len(labels), 0))
        ax.set_xticks(np.arange(len(DAYPARTS)) + 0.5, words.DAYPARTS)
        ax.set_yticks(np.arange(len(labels)) + 0.5, labels)
        ax.tick_params(axis="both", length=0)
        ax.spines[:].set_visible(False)
        known.handles = []
        if np.isnan(grid).any():
            known.handles = [
                _draw.patch(words.WITHHELD, palette.PAPER, palette.BORDER, hatch="///")
            ]
        return finish(ax, own=own)


def _rows(table: pd.DataFrame) -> tuple[np.ndarray, list[str]]:
    """Return the row of each part, and what the rows are called."""
    if "weekday" in table:
        return table["weekday"].to_numpy(int), list(words.WEEKDAYS_SHORT)
    if "weekend" in table:
        return table["weekend"].to_numpy(int), list(words.DAYS_OF_WEEK)
    return np.zeros(len(table), dtype=int), [words.ALL_DAYS]
