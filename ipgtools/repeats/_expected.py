"""Determine how many places with several incidents chance gives, on the same places."""

import math
from typing import Any, Literal, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy import special

from ipgtools.repeats._events import coordinates
from ipgtools.repeats._places import group

__all__ = ["Array", "Basis", "expected_repeats"]

Array = np.ndarray[Any, Any]
Basis = Literal["history", "even"]
_SPREAD = 14
"""Standard deviations that a distribution is worked out over; what lies beyond is under 1e-10."""
_MOST_WORK = 1e7
"""Evaluations up to which the distribution is exact: about a second."""


class _Groups(NamedTuple):
    """
    Kinds of places that incidents are distributed over, as a generating function.

    `size` is what the places of a kind have (incidents in the pool, or a chance), `number` how
    many places are of it. `pool` is the number of incidents drawn from; None if each place
    keeps its chance.
    """

    size: Array
    number: Array
    n: int
    pool: int | None


def expected_repeats(
    incidents: gpd.GeoDataFrame,
    history: gpd.GeoDataFrame | None = None,
    *,
    places: "gpd.GeoDataFrame | int | None" = None,
    alpha: float = 0.05,
) -> pd.DataFrame:
    """
    Count the places with two or more incidents, and how many chance gives on the same places.

    With a history of at least as many incidents, chance means: the incidents of history and
    period together, of which any are as likely to be those of the period. So each place keeps
    its own weight over the whole time, and points to which many places were snapped are as
    busy by chance as they are. More places with repeats than that means that incidents came
    back sooner than the lasting differences between places explain.

    Without such a history every place is as likely as another: every address that is given, or
    else every point among the incidents. Real places never are, so that more than that proves
    nothing: the p-value is then missing.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents rows
        Points of the period, in metres.
    history : GeoDataFrame, optional
        Points before the period, in the same area, CRS and way of placing.
    places : GeoDataFrame or int, optional
        Addresses of the area, or points of any time, or how many there are; used without a
        sufficient history.
    alpha : float, default 0.05
        1 minus the level of the interval.

    Returns
    -------
    DataFrame, 2 rows
        `counted` ("places": with two or more incidents; "incidents": at those places),
        `observed`, `expected` (exact mean), `low` and `high` (central interval), and `p_value`
        (of as many or more; one-sided). ``attrs``: `basis` ("history" or "even"),
        `n_incidents`, `n_history` (with a point), `n_places` (that incidents fall on),
        `n_without_place`, `method` (with `distribution`: "exact", or "normal" for very many).

    Raises
    ------
    CrsError
        If a table is not in metres.
    ValueError
        If `alpha` is not between 0 and 1.

    Notes
    -----
    Given the pooled counts c of the places, those of the period are multivariate
    hypergeometric. The number of places with two or more is the coefficient of ``t^n`` in the
    product over places of ``z ((1 + t)^c - 1 - c t) + 1 + c t``, read off on two circles by
    Fourier; with equal chances w the factor is ``z (e^(w t) - 1 - w t) + 1 + w t``. Nothing is
    simulated.

    References
    ----------
    Johnson & Kotz (1977), Urn models and their application, for occupancy by generating
    functions. Farrell & Pease (1993), Once bitten twice bitten, for why repeats are counted.

    Examples
    --------
    Four incidents of the period on two places, eight earlier ones on eight other places:

    >>> def at(*x):
    ...     return gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, [0] * len(x)), crs=28992)
    >>> found = expected_repeats(at(1, 1, 2, 2), at(*range(10, 18)))
    >>> found[["counted", "observed", "expected", "p_value"]].round(3).values.tolist()
    [['places', 2, 0.182, 0.002], ['incidents', 4, 0.364, 0.002]]
    """
    if not 0 < alpha < 1:
        msg = f"`alpha` is {alpha!r}, expected a number between 0 and 1 such as 0.05"
        raise ValueError(msg)
    x, y = _placed(incidents)
    past = (x[:0], y[:0]) if history is None else _placed(history)
    n, n_history = len(x), len(past[0])
    place, _, _ = group(np.r_[x, past[0]], np.r_[y, past[1]])
    pooled = np.bincount(place)
    counts = np.bincount(place[:n], minlength=len(pooled))
    repeated = counts >= 2
    observed = {"places": int(repeated.sum()), "incidents": int(counts[repeated].sum())}
    basis: Basis = "history"
    if n_history >= max(n, 1):
        size, number = np.unique(pooled, return_counts=True)
        groups = _Groups(size.astype(float), number, n, n + n_history)
        n_places = len(pooled)
    else:
        given = places if places is None or isinstance(places, int) else len(places)
        basis, n_places = "even", given or len(pooled)
        groups = _Groups(np.array([1 / max(n_places, 1)]), np.array([n_places]), n, None)
    rows, how = [], "exact"
    for counted, seen in observed.items():
        expected, low, high, p_value, exact = _summed_up(groups, counted, seen, alpha)
        how = how if exact else "normal"
        rows.append(
            (counted, seen, expected, low, high, p_value if basis == "history" else math.nan)
        )
    names = ["counted", "observed", "expected", "low", "high", "p_value"]
    table = pd.DataFrame(rows, columns=names).astype({"counted": "str"})
    table.attrs |= {
        "basis": basis,
        "n_incidents": n,
        "n_history": n_history,
        "n_places": n_places,
        "n_without_place": len(incidents) - n,
        "method": {"name": "expected_repeats", "alpha": alpha, "distribution": how},
    }
    return table


def _placed(table: gpd.GeoDataFrame) -> tuple[Array, Array]:
    x, y = coordinates(table)
    known = np.isfinite(x) & np.isfinite(y)
    return x[known], y[known]


def _summed_up(
    groups: _Groups, counted: str, seen: int, alpha: float
) -> tuple[float, int, int, float, bool]:
    """Return mean, interval and upper tail, and whether the last two are exact."""
    n = groups.n
    if n < 2:
        return 0.0, 0, 0, 1.0, True
    none, one = _none_and_one(groups)
    singles = float(groups.number @ one)
    places = counted == "places"
    expected = float(groups.number @ (1 - none - one)) if places else n - singles
    # incidents at repeat places are all but the single ones: those are what is marked
    mean, most = (expected, n // 2) if places else (singles, n)
    step = 1e-3
    sd = math.sqrt(max(-2 * math.log(abs(_transform(groups, places, step))) / step**2, 0.0))
    wide = math.ceil(_SPREAD * (sd + 1))
    n_z = min(most, 2 * wide) + 1
    if len(groups.size) * _circle(groups)[0] * n_z > _MOST_WORK:
        away = special.ndtri(1 - alpha / 2) * sd
        low, high = max(math.floor(expected - away), 0), min(math.ceil(expected + away), n)
        p_value = float(special.ndtr((expected - seen + 0.5) / sd)) if sd > 0 else 1.0
        return expected, low, high, p_value, False
    first = min(max(round(mean) - wide, 0), most + 1 - n_z)
    angles = 2 * np.pi * np.arange(n_z // 2 + 1) / n_z
    half = np.array([_transform(groups, places, angle) for angle in angles])
    marked = np.fft.irfft(half.conj(), n_z)
    # n_z points distinguish values but for multiples of n_z: those from `first` hold the mass
    chances, values = np.roll(marked, -(first % n_z)), first + np.arange(n_z)
    if not places:
        chances, values = chances[::-1], n - values[::-1]
    at_most = np.cumsum(np.maximum(chances, 0.0))
    low, high = (
        int(values[min(int(np.searchsorted(at_most, q)), n_z - 1)])
        for q in (alpha / 2, 1 - alpha / 2)
    )
    tail = float(np.maximum(chances, 0.0)[values >= seen].sum())
    return expected, low, high, min(max(tail, 1e-12), 1.0), True


def _none_and_one(groups: _Groups) -> tuple[Array, Array]:
    """Return the chance of no and of one incident at a place of each kind."""
    size, n = groups.size, groups.n
    if groups.pool is None:
        return (1 - size) ** n, n * size * (1 - size) ** (n - 1)
    rest = groups.pool - size
    whole = _log_ways(float(groups.pool), n)
    none = np.exp([_log_ways(of, n) - whole for of in rest.tolist()])
    one = size * np.exp([_log_ways(of, n - 1) - whole for of in rest.tolist()])
    return none, one


def _log_ways(of: float, k: int) -> float:
    """Return the logarithm of the number of ways to draw k out of a number."""
    if of < k:
        return -math.inf
    return math.lgamma(of + 1) - math.lgamma(k + 1) - math.lgamma(of - k + 1)


def _circle(groups: _Groups) -> tuple[int, float]:
    """Choose the circle of t: how many points it needs, and the radius where the mass is."""
    n, spread, radius = groups.n, math.sqrt(groups.n), float(groups.n)
    if groups.pool is not None:
        left = groups.pool - n
        spread, radius = math.sqrt(n * left / groups.pool), n / left
    return 2 * math.ceil(_SPREAD * (spread + 1)) + 1, radius


def _transform(groups: _Groups, places: bool, angle: float) -> complex:  # noqa: FBT001
    """
    Return the mean of ``e ** (i angle k)``, k places with two or more (or with exactly one).

    The coefficient of ``t^n`` in the generating function, by Fourier over a circle of t, as a
    share of what it is without marks. Factors are scaled to 1 at the real end of the circle.
    """
    n_t, radius = _circle(groups)
    turn = 2 * np.pi * np.arange(n_t) / n_t
    t, z = radius * np.exp(1j * turn), complex(math.cos(angle), math.sin(angle))
    plain = np.ones(n_t, dtype=complex)
    marked = np.ones(n_t, dtype=complex)
    for size, number in zip(groups.size.tolist(), groups.number.tolist(), strict=True):
        if groups.pool is None:
            log_none = -size * radius
            whole = np.exp(size * t + log_none)
        else:
            log_none = -size * math.log1p(radius)
            whole = np.exp(size * np.log1p(t) + log_none)
        none = math.exp(log_none)
        one = size * t * none
        plain *= whole**number
        marked *= ((whole - none - one) * z + none + one if places else whole + (z - 1) * one) ** (
            number
        )
    back = np.exp(-1j * groups.n * turn)
    return complex((marked * back).sum() / (plain * back).sum())
