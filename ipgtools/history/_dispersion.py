"""
Measure how much more counts vary from week to week than independent incidents would.

Registered crime comes in series: one offender breaks into six cars. Counts then vary more than
Poisson counts do, and a test that takes incidents to be independent calls too many differences
more than chance. Here the variance over the mean is taken from the weekly history, after taking
out what moves slowly: trend and season are no chance.
"""

from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import special

__all__ = ["FEWEST", "PRIOR", "Dispersion", "FloatArray", "Step", "dispersion"]

FloatArray = npt.NDArray[np.float64]

Step = Literal["week", "month"]

FEWEST = {"week": 12, "month": 6}
"""Steps of history below which chance is not tested."""

PRIOR = 1.5
"""Dispersion that short histories are drawn towards: a little above that of weekly counts in
tiles of Vancouver, Cincinnati, New York, Austin, Memphis and Chicago (1.0 to 1.3)."""

_SCALES = {"week": ((2, 2), (4, 2)), "month": ((1, 1),)}
"""
Steps in a block, and blocks on either side that it is compared with.

Series last longer than a week: fortnights hold most of one, four weeks nearly all.
"""

_WEIGHTS = (8.0, 2.0)
"""Squares that the prior weighs as much as: `PRIOR`, and then the estimate by shorter blocks."""

_OVERLAP = 1.94
"""Variance of a mean of squared second differences over that of independent squares:
1 + 2 ((2/3)^2 + (1/6)^2)."""

_LEVEL = 0.05


class Dispersion(NamedTuple):
    """
    Variance over mean of counts per step of time.

    Parameters
    ----------
    value : ndarray of float
        What tests use, 1 or more: `estimate`, raised for being an estimate from few steps.
        NaN where the history is too short.
    estimate : ndarray of float
        The estimate, drawn towards the prior.
    n_steps : int
        Steps of history.
    """

    value: FloatArray
    estimate: FloatArray
    n_steps: int


def dispersion(
    counts: Any,
    *,
    lengths: npt.ArrayLike | None = None,
    valid: npt.ArrayLike | None = None,
    prior: float = PRIOR,
    step: Step = "week",
) -> Dispersion:
    """
    Estimate the dispersion of counts from their own history.

    Parameters
    ----------
    counts : array_like of int, (n_steps,) or (n_units, n_steps), or such a sparse matrix
        Incidents per week or month, in order of time. Units are kinds or places.
    lengths : array_like of float, n_steps, optional
        Days of each step, where they differ: months.
    valid : array_like of bool, n_steps, optional
        Steps that the files cover in full; others are left out.
    prior : float, default `PRIOR`
        What the estimate is drawn towards, as if it came from 8 independent blocks.
    step : {"week", "month"}
        What a step is. With fewer than 12 valid weeks or 6 valid months nothing is estimated.

    Returns
    -------
    Dispersion
        `value` and `estimate` without axes for one series, else one per unit. Of several units
        all together are drawn towards the prior, and each unit towards all together: as far
        as it has fewer steps and fewer incidents to go by.

    Raises
    ------
    ValueError
        If `prior` is less than 1.

    Notes
    -----
    Each fortnight is compared with the four weeks on either side, so that a trend or a season
    gives (almost) nothing: the square of ``n - w * (before + after)`` has mean
    ``dispersion * rate * length * (1 + w)`` with w its length over that of its neighbours. The
    same is done for four weeks against the eight on either side, and the larger is taken:
    series that last longer than two weeks show there. (Months: each against its neighbours.)
    An estimate with f degrees of freedom is multiplied by the square of the quantiles of t over
    normal: tests that use it as if it were known then keep their level.

    References
    ----------
    Second differences: von Neumann, Kent, Bellinson & Hart (1941), Ann. Math. Stat. 12,
    153-162. Drawing many variances to one: Smyth (2004), Stat. Appl. Genet. Mol. Biol. 3, 3.

    Examples
    --------
    Independent incidents, and the same with three on each occasion:

    >>> weekly = np.random.default_rng(1).poisson(20, size=104)
    >>> [round(float(dispersion(k * weekly).estimate), 1) for k in (1, 3)]
    [1.5, 3.8]
    >>> float(dispersion(weekly[:11]).value)
    nan
    """
    from scipy import sparse

    single = not sparse.issparse(counts) and np.ndim(counts) == 1
    table = sparse.csr_matrix(np.atleast_2d(counts) if single else counts, dtype=float)
    n_units, n_steps = table.shape
    known = np.ones(n_steps, dtype=bool) if valid is None else np.asarray(valid, dtype=bool)
    days = np.ones(n_steps) if lengths is None else np.asarray(lengths, dtype=float)
    if prior < 1:
        msg = f"`prior` is {prior!r}, expected variance over mean, 1 or more"
        raise ValueError(msg)
    if known.sum() < FEWEST[step] or not n_units:
        nothing = np.full(n_units, np.nan)
        found = Dispersion(nothing, nothing, int(known.sum()))
    else:
        found = _estimate(table, days, known, prior, step)
    return Dispersion(found.value[0], found.estimate[0], found.n_steps) if single else found


def _estimate(
    table: Any, days: FloatArray, known: npt.NDArray[np.bool_], prior: float, step: Step
) -> Dispersion:
    n_units, n_steps = table.shape
    n_known, mean_step = int(known.sum()), _rows(table[:, known]) / known.sum()
    together, each = prior, np.full(n_units, prior)
    best, freedom = np.ones(n_units), np.full(n_units, _WEIGHTS[0])
    for (block, sides), weight in zip(_SCALES[step], _WEIGHTS, strict=False):
        middle, around = _windows(n_steps, block, sides, known)
        if not middle.shape[1]:
            continue
        share = (middle.T @ days) / (around.T @ days)
        off = table @ (middle - around.multiply(share))
        squares, mean = _rows(off.multiply(off)), _rows(table @ (middle + around).multiply(share))
        n, per_block = middle.shape[1] / block / _OVERLAP, mean_step * block
        if n_units > 1:
            earlier = together
            whole = _freedom(n, per_block.sum(), (per_block**2).sum())
            together = float(_drawn(squares.sum(), mean.sum(), whole, together, weight))
            each, freedom = each * together / earlier, freedom + whole
        own = _freedom(n, per_block, per_block**2)
        each, freedom = _drawn(squares, mean, own, each, weight), freedom + own
        best = np.maximum(best, each)
    tail = 1 - _LEVEL / 2
    raised = (special.stdtrit(freedom, tail) / special.ndtri(tail)) ** 2
    return Dispersion(best * raised, best, n_known)


def _freedom(n_free: float, mean: Any, square: Any) -> Any:
    """Return the degrees of freedom of squares of small counts, which vary more than large ones."""
    return n_free * 2 * mean**2 / np.maximum(2 * square + mean, 1e-12)


def _drawn(squares: Any, mean: Any, n_free: Any, prior: Any, weight: float) -> Any:
    """Draw an estimate towards the prior, by what either rests on."""
    found = np.asarray(squares) / np.maximum(mean, 1e-12)
    own = np.where(np.asarray(mean) > 0, n_free, 0.0)
    return (own * found + weight * prior) / (own + weight)


def _rows(table: Any) -> FloatArray:
    return np.asarray(table.sum(axis=1), dtype=float).ravel()


def _windows(n_steps: int, block: int, sides: int, known: npt.NDArray[np.bool_]) -> tuple[Any, Any]:
    """Return the steps of each block and those around it, as columns of two matrices."""
    from scipy import sparse

    reach = block * sides
    first = np.arange(reach, n_steps - block - reach + 1)
    if not len(first):
        none = sparse.csc_matrix((n_steps, 0))
        return none, none
    steps = np.concatenate([[0], np.cumsum(known)])
    whole = steps[first + block + reach] - steps[first - reach] == block + 2 * reach
    first = first[whole]
    inside = first + np.arange(block)[:, None]
    outside = (
        first + np.concatenate([np.arange(-reach, 0), np.arange(block, block + reach)])[:, None]
    )
    return _columns(inside, n_steps), _columns(outside, n_steps)


def _columns(rows: npt.NDArray[np.int64], n_steps: int) -> Any:
    from scipy import sparse

    columns = np.broadcast_to(np.arange(rows.shape[1]), rows.shape)
    ones = np.ones(rows.size)
    return sparse.csc_matrix((ones, (rows.ravel(), columns.ravel())), (n_steps, rows.shape[1]))
