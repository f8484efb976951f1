"""
Find the highest log-likelihood ratio over zones and windows, for many draws at once, compiled.

Zones are prefixes of lists of locations; windows are runs of time steps. Counts and baselines
are cumulated over the steps of each location, so that a window is a difference and a zone a sum.
Draws lie side by side ("lanes"): the baseline of a zone and window is the same for all of them, so
that one threshold per lane replaces almost all logarithms.

Importing this module loads numba, so callers import it inside the function that needs it.
"""

from math import log, sqrt
from typing import Any

import numpy as np

from ipgtools._jit import jit

__all__ = [
    "Array", "bernoulli_ratio", "best_per_list", "choose_cases", "deal_steps", "draw_cells",
    "highest", "poisson_ratio",
]  # fmt: skip

Array = np.ndarray[Any, Any]

_SMALL = 0.1
"""Share of the baseline up to which the sharper bound on the ratio holds."""


@jit
def poisson_ratio(n: float, u: float, total: float) -> float:
    """Give the log-likelihood ratio of a count with its expectation, high rates only."""
    if n <= u or u <= 0.0:
        return 0.0
    ratio = n * log(n / u)
    if n < total:
        ratio += (total - n) * log((total - n) / (total - u))
    return ratio


@jit
def _term(c: float, n: float) -> float:
    """Give the log-likelihood of c cases among n at their own rate."""
    found = 0.0
    if c > 0.0:
        found += c * log(c / n)
    if n > c:
        found += (n - c) * log((n - c) / n)
    return found


@jit
def bernoulli_ratio(c: float, n: float, cases: float, total: float) -> float:
    """Give the log-likelihood ratio of c cases among n individuals, high rates only."""
    if n <= 0.0 or n >= total or c * total <= n * cases:
        return 0.0
    return _term(c, n) + _term(cases - c, total - n) - _term(cases, total)


@jit
def _expected(
    u: float,
    total: float,
    cases: float,
    bernoulli: bool,  # noqa: FBT001
) -> tuple[float, float]:
    """
    Give the cases expected, and s such that the ratio is at most ``((n - expected) / s) ** 2``.

    For Poisson the ratio is ``total * KL(p, q)``, the integral of ``(p - x) / (x (1 - x))`` from q
    to p, hence at most ``(p - q)^2 / (2 q (1 - q))`` where q is small, and twice that anywhere.
    """
    q = u / total
    if bernoulli:
        p = cases / total
        return u * p, sqrt(max(p * (1.0 - p) * u * (1.0 - q), 0.0))
    spread = u * max(1.0 - q, 0.0)
    return u, sqrt(2.0 * spread if q <= _SMALL else spread)


@jit
def best_per_list(
    start: Array,
    member: Array,
    check: Array,
    base: Array,
    counts: Array,
    first: Array,
    last: Array,
    total: float,
    cases: float,
    bernoulli: bool,  # noqa: FBT001
    least: float,
) -> tuple[Array, Array, Array]:
    """Give of each list of locations the highest ratio, where its zone ends, and its window."""
    n_lists, n_steps = len(start) - 1, base.shape[1]
    ratio = np.zeros(n_lists)
    end, window = np.full(n_lists, -1), np.full(n_lists, -1)
    zone_n, zone_u = np.zeros(n_steps), np.zeros(n_steps)
    for one in range(n_lists):
        zone_n[:] = 0.0
        zone_u[:] = 0.0
        for position in range(start[one], start[one + 1]):
            place = member[position]
            for step in range(1, n_steps):
                zone_n[step] += counts[place, step]
                zone_u[step] += base[place, step]
            if not check[position]:
                continue
            for at in range(len(first)):
                n = zone_n[last[at] + 1] - zone_n[first[at]]
                u = zone_u[last[at] + 1] - zone_u[first[at]]
                if n < least or u <= 0.0:
                    continue
                if bernoulli:
                    found = bernoulli_ratio(n, u, cases, total)
                else:
                    found = poisson_ratio(n, u, total)
                if found > ratio[one] * (1.0 + 1e-12):
                    ratio[one], end[one], window[one] = found, position + 1, at
    return ratio, end, window


@jit
def highest(
    start: Array,
    member: Array,
    check: Array,
    base: Array,
    counts: Array,
    first: Array,
    last: Array,
    total: float,
    cases: float,
    bernoulli: bool,  # noqa: FBT001
    least: float,
) -> Array:
    """Give the highest ratio of each lane of `counts`: n_locations by n_steps + 1 by n_lanes."""
    n_steps, n_lanes = counts.shape[1], counts.shape[2]
    best = np.zeros(n_lanes)
    root = np.zeros(n_lanes, dtype=np.float32)
    zone_n = np.zeros((n_steps, n_lanes), dtype=np.float32)
    zone_u = np.zeros(n_steps)
    floor = np.float32(least - 0.5)
    for one in range(len(start) - 1):
        zone_n[:] = np.float32(0.0)
        zone_u[:] = 0.0
        for position in range(start[one], start[one + 1]):
            place = member[position]
            for step in range(1, n_steps):
                zone_u[step] += base[place, step]
                for lane in range(n_lanes):
                    zone_n[step, lane] += counts[place, step, lane]
            if not check[position]:
                continue
            for at in range(len(first)):
                begin, end = first[at], last[at] + 1
                u = zone_u[end] - zone_u[begin]
                if u <= 0.0:
                    continue
                mean, s = _expected(u, total, cases, bernoulli)
                low, slope = np.float32(mean * (1.0 - 1e-6) - 1e-3), np.float32(s)
                above = 0
                if begin == 0:
                    for lane in range(n_lanes):
                        need = max(low + slope * root[lane], floor)
                        above += zone_n[end, lane] > need
                else:
                    for lane in range(n_lanes):
                        need = max(low + slope * root[lane], floor)
                        above += zone_n[end, lane] - zone_n[begin, lane] > need
                if above == 0:
                    continue
                for lane in range(n_lanes):
                    n = float(zone_n[end, lane] - zone_n[begin, lane])
                    if n < least or n <= mean:
                        continue
                    if n <= low + slope * root[lane]:
                        continue
                    if bernoulli:
                        found = bernoulli_ratio(n, u, cases, total)
                    else:
                        found = poisson_ratio(n, u, total)
                    if found > best[lane]:
                        best[lane] = found
                        root[lane] = np.float32(sqrt(found) * (1.0 - 1e-6))
    return best


@jit
def deal_steps(place: Array, step: Array, held: int, counts: Array, rng: Any) -> None:
    """
    Deal the steps of the cases among all of them, in each lane, and cumulate over the steps.

    `step` is sorted, so that only its first `held`, those of steps that are scanned, are dealt.
    """
    n, n_lanes = len(place), counts.shape[2]
    order = np.arange(n)
    counts[:] = np.float32(0.0)
    for lane in range(n_lanes):
        for i in range(held):
            j = i + int(rng.random() * (n - i))
            order[i], order[j] = order[j], order[i]
            counts[place[order[i]], step[i] + 1, lane] += np.float32(1.0)
    _cumulate(counts)


@jit
def draw_cells(upper: Array, n: int, n_steps: int, counts: Array, rng: Any) -> None:
    """Draw n cases in each lane over cells with cumulated chances, and cumulate over the steps."""
    counts[:] = np.float32(0.0)
    n_cells = len(upper)
    for lane in range(counts.shape[2]):
        for _ in range(n):
            cell = np.searchsorted(upper, rng.random(), side="right")
            if cell < n_cells:
                counts[cell // n_steps, cell % n_steps + 1, lane] += np.float32(1.0)
    _cumulate(counts)


@jit
def choose_cases(cell: Array, n: int, n_steps: int, counts: Array, rng: Any) -> None:
    """Choose n cases among the individuals in each lane, and cumulate over the steps."""
    counts[:] = np.float32(0.0)
    total = len(cell)
    order = np.arange(total)
    for lane in range(counts.shape[2]):
        for i in range(n):
            j = i + int(rng.random() * (total - i))
            order[i], order[j] = order[j], order[i]
            at = cell[order[i]]
            if at >= 0:
                counts[at // n_steps, at % n_steps + 1, lane] += np.float32(1.0)
    _cumulate(counts)


@jit
def _cumulate(counts: Array) -> None:
    for place in range(counts.shape[0]):
        for step in range(1, counts.shape[1]):
            for lane in range(counts.shape[2]):
                counts[place, step, lane] += counts[place, step - 1, lane]
