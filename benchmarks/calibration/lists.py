"""Hold the list of busiest cells against the plain one: the cells that had most last period."""

from types import SimpleNamespace

import numpy as np
import pandas as pd

from calibration.cities import Moment, Tables, moments, units
from ipgtools.hotspots.hot_places import busiest
from ipgtools.periods import Period

SHARES = (0.01, 0.03)
"""Shares of the area that a list may take."""


def caught(tables: Tables, length: int, *, fewest: int = 20, stride: int = 1) -> pd.DataFrame:
    """
    Count the incidents of the next period on the cells of either list.

    The half-life is found on what lies before each period, over all units together; the list is
    made per unit.

    Parameters
    ----------
    tables : Tables
    length : int
        Months of a period.
    fewest : int, default 20
        Incidents that a unit must hold in the period.
    stride : int, default 1
        Take every so many units.

    Returns
    -------
    DataFrame, one row per moment and share
        `share`, `ours`, `plain`, `n` (all incidents of the next period), `months` (of past).
    """
    lives: dict[int, float | None] = {}
    rows = []
    for one in moments(units(tables)[::stride], length, fewest=fewest, ahead=True):
        if one.first not in lives:
            lives[one.first] = _life(tables, one)
        score = _score(one, lives[one.first])
        inside, after = one.unit.inside, one.next
        for share in SHARES:
            n_cells = max(round(share * inside.sum()), 1)
            rows.append(
                {
                    "share": share,
                    "ours": on_top(score[inside], after[inside], n_cells),
                    "plain": on_top(one.now[inside], after[inside], n_cells),
                    "n": int(after[inside].sum()),
                    "months": one.first,
                }
            )
    return pd.DataFrame(rows)


def on_top(score: np.ndarray, held: np.ndarray, n_cells: int) -> float:
    """
    Add up what the cells with the highest scores hold; cells that tie share what is left.

    Examples
    --------
    >>> on_top(np.array([3, 1, 1]), np.array([5, 2, 4]), 2)
    8.0
    """
    least = np.sort(score)[-n_cells]
    over, tied = score > least, score == least
    return float(held[over].sum() + held[tied].mean() * (n_cells - over.sum()))


def _life(tables: Tables, one: Moment) -> float | None:
    begin = pd.Timestamp(tables.first_year, 1, 1)
    start, end = (begin + pd.DateOffset(months=m) for m in (one.first, one.first + one.length))
    return busiest.half_life(tables.incidents, tables.areas, period=Period(start, end))


def _score(one: Moment, life: float | None) -> np.ndarray:
    end = one.first + one.length
    if life is None:
        life = busiest.DEFAULT_HALF_LIFE if end >= 12 else busiest.SHORT_HALF_LIFE
    months = one.unit.months[:end]
    weight = 0.5 ** (np.arange(end)[::-1] / life)
    counts = np.tensordot(weight, months, axes=1)
    where = SimpleNamespace(counted=one.unit.region, cell_size=100.0)
    return busiest.spread(counts, where)
