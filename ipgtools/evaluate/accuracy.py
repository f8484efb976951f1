"""
Compare a ranking of cells with the incidents that came after it.

A score says which cells come first; where scores are equal, the order is random and the expected
value over all orders is taken. So a list of cells that all score the same is exactly as good as
chance, whatever the order of the rows.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from ipgtools.errors import ArgumentError
from ipgtools.inference import FloatArray

__all__ = ["hit_rate", "pai", "pei", "rri"]


def hit_rate(
    score: npt.ArrayLike,
    events: npt.ArrayLike,
    *,
    area: npt.ArrayLike | None = None,
    share: npt.ArrayLike | None = None,
) -> FloatArray:
    """
    Return the share of the events that lie in the cells that score highest.

    Parameters
    ----------
    score : array_like of float, n_cells
        What the cells are ranked by, highest first. Cells with equal scores are in random order.
    events : array_like of float, n_cells
        Events of a later period, 0 or more.
    area : array_like of float, n_cells, optional
        Surface of each cell, in any unit; by default all are equal.
    share : float or array_like of float, optional
        Shares of the surface to take, between 0 and 1; a cell that only partly fits counts for
        that part. Without it, the value after each cell in ranking order.

    Returns
    -------
    ndarray of float, shape of `share`, or n_cells
        Between 0 and 1; NaN if there are no events.

    Raises
    ------
    ArgumentError
        If lengths differ, a value is missing or negative, or a share is not between 0 and 1.

    References
    ----------
    Chainey, Tompson & Uhlig (2008), Security Journal 21, 4-28.

    Examples
    --------
    >>> hit_rate([3, 2, 1], [6, 3, 0], share=[1 / 3, 1.0]).round(3).tolist()
    [0.667, 1.0]

    Equal scores: a third of the surface holds a third of the events.

    >>> hit_rate([1, 1, 1], [6, 3, 0], share=1 / 3).round(3).item()
    0.333
    """
    ranked = _Ranked(score, events, area)
    at = ranked.surface(share)
    return ranked.caught(at)


def pai(
    score: npt.ArrayLike,
    events: npt.ArrayLike,
    *,
    area: npt.ArrayLike | None = None,
    share: npt.ArrayLike | None = None,
) -> FloatArray:
    """
    Return the prediction accuracy index: the hit rate over the share of the surface.

    ``(n / N) / (a / A)``. 1 is what any surface catches by chance. A small surface gives high
    values by itself, so compare values at the same share only, and give the hit rate as well.

    Parameters
    ----------
    score, events, area, share
        As in `hit_rate`.

    Returns
    -------
    ndarray of float, shape of `share`, or n_cells
        0 or more; NaN if there are no events.

    Raises
    ------
    ArgumentError
        As for `hit_rate`.

    References
    ----------
    Chainey, Tompson & Uhlig (2008), Security Journal 21, 4-28.

    Examples
    --------
    >>> pai([3, 2, 1], [6, 3, 0]).tolist()
    [2.0, 1.5, 1.0]
    """
    ranked = _Ranked(score, events, area)
    at = ranked.surface(share)
    return ranked.caught(at) / at


def pei(
    score: npt.ArrayLike,
    events: npt.ArrayLike,
    *,
    area: npt.ArrayLike | None = None,
    share: npt.ArrayLike | None = None,
) -> FloatArray:
    """
    Return the prediction efficiency index: the hit rate over the best possible one.

    The best possible list knows the later events and takes the same surface.

    Parameters
    ----------
    score, events, area, share
        As in `hit_rate`.

    Returns
    -------
    ndarray of float, shape of `share`, or n_cells
        Between 0 and 1; NaN if there are no events.

    Raises
    ------
    ArgumentError
        As for `hit_rate`.

    References
    ----------
    Hunt (2016), Do crime hot spots move? Exploring the effects of the modifiable areal unit
    problem and modifiable temporal unit problem on crime hot spot stability (thesis).

    Examples
    --------
    >>> pei([3, 2, 1], [6, 3, 0]).tolist(), pei([1, 2, 3], [6, 3, 0]).tolist()
    ([1.0, 1.0, 1.0], [0.0, 0.333..., 1.0])
    """
    ranked = _Ranked(score, events, area)
    best = _Ranked(ranked.events / ranked.area, ranked.events, ranked.area)
    at = ranked.surface(share)
    return ranked.caught(at) / best.caught(at)


def rri(
    score: npt.ArrayLike,
    events: npt.ArrayLike,
    *,
    area: npt.ArrayLike | None = None,
    share: npt.ArrayLike | None = None,
) -> FloatArray:
    """
    Return the recapture rate index: events forecast over events observed in the same cells.

    ``sum(score) / sum(events)`` over the cells that score highest, where scores are forecast
    numbers of events. 1 is a forecast of the right size; below 1 more happened than forecast.
    For scores that are the counts of an earlier period, the index is the growth of the hot cells.

    Parameters
    ----------
    score : array_like of float, n_cells
        Forecast numbers of events, 0 or more.
    events, area, share
        As in `hit_rate`.

    Returns
    -------
    ndarray of float, shape of `share`, or n_cells
        0 or more; NaN where no events were observed.

    Raises
    ------
    ArgumentError
        As for `hit_rate`, or if a score is negative.

    References
    ----------
    Levine (2008), Security Journal 21, 295-302; Wheeler's ptools (`pai`) for this form.

    Examples
    --------
    >>> rri([3, 2, 1], [6, 3, 0]).round(3).tolist()
    [0.5, 0.556, 0.667]
    """
    ranked = _Ranked(score, events, area)
    if (ranked.score < 0).any():
        _refuse("score", f"{ranked.score.min():g}")
    forecast = _Ranked(ranked.score, ranked.score, ranked.area)
    at = ranked.surface(share)
    seen = ranked.total * np.nan_to_num(ranked.caught(at))
    made = forecast.total * np.nan_to_num(forecast.caught(at))
    return np.divide(made, seen, out=np.full(seen.shape, np.nan), where=seen > 0)


class _Ranked:
    """Cells in ranking order, with what lies in the first of them as a function of surface."""

    def __init__(
        self, score: npt.ArrayLike, events: npt.ArrayLike, area: npt.ArrayLike | None
    ) -> None:
        self.score = _numbers("score", score)
        n = len(self.score)
        self.events = _numbers("events", events, n=n, least=0.0)
        self.area = np.ones(n) if area is None else _numbers("area", area, n=n, least=0.0)
        if not n or not self.area.sum() > 0:
            _refuse("area", "0")
        order = np.argsort(-self.score, kind="stable")
        level = self.score[order]
        last = np.append(np.flatnonzero(np.diff(level)), n - 1)
        self._each = np.cumsum(self.area[order]) / self.area.sum()
        self._surface = np.concatenate([[0.0], self._each[last]])
        self._surface[-1] = 1.0
        self.total = float(self.events.sum())
        self._events = np.concatenate([[0.0], np.cumsum(self.events[order])[last]])

    def surface(self, share: npt.ArrayLike | None) -> FloatArray:
        """Give the shares of the surface that are asked for."""
        if share is None:
            return self._each
        at = _numbers("share", share, flat=False)
        if not ((at > 0) & (at <= 1)).all():
            _refuse("share", f"{at.ravel()[np.argmax(~((at > 0) & (at <= 1)).ravel())]:g}")
        return at

    def caught(self, at: FloatArray) -> FloatArray:
        """Give the share of the events in so much of the surface."""
        if not self.total > 0:
            return np.full(np.shape(at), np.nan)
        # linear within cells of equal score: the expected value over their orders
        return np.asarray(np.interp(at, self._surface, self._events) / self.total)


def _numbers(
    name: str, given: Any, *, n: int | None = None, least: float | None = None, flat: bool = True
) -> FloatArray:
    """Read numbers, of one length, none missing and none too low."""
    try:
        values = np.asarray(given, dtype=float)
    except (TypeError, ValueError):
        _refuse(name, type(given).__name__)
    if flat and values.ndim != 1:
        _refuse(name, f"{values.ndim}D")
    if n is not None and len(values) != n:
        msg = f"`{name}` has {len(values)} values, expected {n}: one per cell"
        raise ArgumentError(msg, code="evaluate_lengths", name=name, found=len(values), expected=n)
    if not np.isfinite(values).all():
        _refuse(name, "NaN")
    if least is not None and (values < least).any():
        _refuse(name, f"{values.min():g}")
    return values


def _refuse(name: str, found: str) -> Any:
    msg = f"`{name}` holds {found}, which it can't: scores are numbers, counts are 0 or more"
    raise ArgumentError(msg, code="evaluate_values", name=name, found=found)
