"""Count pairs of incidents close in space and time against what chance would give."""

import math
import numbers
import os
import warnings
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from ipgtools import _checks
from ipgtools.nl import methods as words
from ipgtools.repeats import _pairs, _strata
from ipgtools.repeats._events import take
from ipgtools.repeats._pairs import Metric, OnStreets

if TYPE_CHECKING:
    from ipgtools.network import Network

__all__ = ["MAX_THREADS", "SHORT", "Array", "knox"]

Array = np.ndarray[Any, Any]
MAX_THREADS = 8
"""Threads that permute at once; each holds two copies of its permutations, at most 67 MB."""
SHORT = 32_767
"""Most days that permutations count with: 89 years."""


def knox(
    incidents: gpd.GeoDataFrame,
    *,
    space_bands: Sequence[float] | float,
    time_bands: Sequence[float] | float,
    metric: Metric = "euclidean",
    streets: "gpd.GeoDataFrame | Network | None" = None,
    max_snap: float = 50.0,
    within: _strata.Within | None = None,
    n_permutations: int = 999,
    rng: int | np.random.Generator | None = None,
) -> pd.DataFrame:
    """
    Count the pairs of incidents in each band of distance and days, and what chance gives.

    Chance means: the same places and the same days, permuted at random. The
    expected count and its standard deviation follow from that exactly (Ns * Nt / N over all
    N pairs, and Barton & David's variance); only the p-values are simulated.

    Where one part of town rises and another falls, days are not exchangeable between them, and
    such a permutation finds pairs that no incident caused. `within` permutes days inside strata
    only: see `strata`.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents rows
        Points in metres with `occurred_from`, of which the date is used. Rows without a
        point or a date are left out and counted.
    space_bands : sequence of float, or float
        Rising edges of the distance bands in metres, for example ``[0, 100, 200]``. A band
        holds its lower edge and not its upper one; the last edge may be infinite. One number is
        one band from 0.
    time_bands : sequence of float, or float
        The same in days, counted from date to date.
    metric : {"euclidean", "manhattan", "network"}
        Straight-line distance, the sum of the distances along both axes, or the shortest way
        along `streets` between where the incidents were brought to them. An infinite last
        distance band then holds the pairs that no street joins, too.
    streets : GeoDataFrame or Network, optional
        For "network" only: lines in the same CRS, see `ipgtools.network.build`.
    max_snap : float, default 50
        For "network" only: metres; incidents further than this from every street are left
        out, and counted as `n_without_street`.
    within : str or array_like, n_incidents, optional
        Strata inside which days are permuted: a column, or a value per incident. Without it days
        are permuted among all. An incident alone in its stratum keeps its day.
    n_permutations : int, default 999
        Random permutations behind the p-values; 0 for none.
    rng : int, Generator or None
        Seed of the permutations. The same seed gives the same table on any number of processors.

    Returns
    -------
    DataFrame, one row per pair of bands, all time bands of a distance band together
        `distance_from`, `distance_to` (m), `days_from`, `days_to`, `observed` (pairs),
        `expected` (pairs), `ratio` (observed by expected, NaN where nothing is expected),
        `p_value` (share of permutations with at least as many pairs, the observed one counted in),
        `expected_sd` (pairs; with `within` that of the permutations, not exact), `p_max` (the
        same for the largest standardised excess anywhere in the table). `p_value` is for one pair
        of bands chosen beforehand, `p_max` for the best of all that were looked at. `attrs` holds
        `n_used`, `n_without_place`, `n_without_time`, for "network" `n_without_street`, with
        `within` `n_strata` and `n_alone` (incidents that keep their day), `n_pairs`, and
        `method`.

    Raises
    ------
    CrsError
        If `incidents` is not in metres.
    ContractError
        If the incidents are known by month only.
    ValueError
        If the bands don't rise from 0 or more, the metric is unknown, the pairs don't fit in
        memory, dates run over more than 89 years, or `within` does not fit the incidents.
    KeyError
        If `within` names no column.

    References
    ----------
    Knox (1964), Applied Statistics 13, 25-29. Barton & David (1966), in Research Papers in
    Statistics, 217-225. Westfall & Young (1993), Resampling-based multiple testing, for `p_max`.
    Kulldorff & Hjalmars (1999), Biometrics 55, 544-552, for what differing trends do.

    Examples
    --------
    Two incidents three days and exactly 100 metres apart:

    >>> import geopandas as gpd
    >>> two = gpd.GeoDataFrame(
    ...     {"occurred_from": pd.to_datetime(["2019-01-01", "2019-01-04"])},
    ...     geometry=gpd.points_from_xy([0, 0], [0, 100]), crs=28992)
    >>> table = knox(two, space_bands=[0, 100, 200], time_bands=[0, 3, 6], n_permutations=0)
    >>> table.loc[table["observed"] > 0, ["distance_from", "distance_to", "days_from", "days_to"]]
       distance_from  distance_to  days_from  days_to
    3          100.0        200.0        3.0      6.0
    """
    from ipgtools import _kernels_pairs as kernels

    space, days = _edges(space_bands, "space_bands"), _edges(time_bands, "time_bands")
    _pairs.check(metric, streets)
    events, on = take(incidents), None
    if streets is not None:
        events, on = _pairs.onto_streets(incidents, events, streets, max_snap)
    n = len(events.rows)
    if n < 2:
        warnings.warn(words.no_pairs(n), UserWarning, stacklevel=2)
    n_pairs = n * (n - 1) // 2
    # Distance bands to visit: the finite ones, and what lies before an infinite last one.
    visited = space[np.isfinite(space)]
    hidden = int(np.isinf(space[-1]) and space[0] > 0)
    visited = np.r_[[0.0] * hidden, visited]
    limits = np.ceil(np.minimum(days[np.isfinite(days)], 2**30)).astype(np.int32)
    stratum = None if within is None else _strata.numbered(incidents, within)[events.rows]
    below, degree, null, mean = _counts(
        kernels, events, on, visited, limits, metric == "manhattan", n_permutations, rng, stratum
    )
    day_counts, day_degree = _day_counts(events.day, limits)
    if np.isinf(days[-1]):
        day_counts = np.append(day_counts, n_pairs)
        day_degree = np.column_stack([day_degree, np.full(n, n - 1)])
        space_counts = degree.sum(axis=0) // 2
        below = np.concatenate([below, space_counts[:, None]], axis=1)
        ends = np.broadcast_to(space_counts[:, None], (*null.shape[:2], 1))
        null = np.concatenate([null, ends], axis=2)
        mean = np.concatenate([mean, space_counts[:, None]], axis=1)
    if np.isinf(space[-1]):
        below = np.vstack([below, day_counts - below.sum(axis=0)])
        null = np.concatenate([null, day_counts - null.sum(axis=1, keepdims=True)], axis=1)
        mean = np.vstack([mean, day_counts - mean.sum(axis=0)])
        degree = np.column_stack([degree, n - 1 - degree.sum(axis=1, dtype=np.int64)])
    observed = np.diff(below[hidden:], axis=1)
    null = np.diff(null[:, hidden:], axis=2)
    if stratum is None:
        expected, sd = _moments(
            degree[:, hidden:].astype(np.int64), np.diff(day_degree, axis=1).astype(np.int64)
        )
    else:
        expected = np.diff(mean[hidden:], axis=1)
        sd = null.std(axis=0) if len(null) else np.full(expected.shape, np.nan)
    table = pd.DataFrame(
        {
            "distance_from": np.repeat(space[:-1], len(days) - 1),
            "distance_to": np.repeat(space[1:], len(days) - 1),
            "days_from": np.tile(days[:-1], len(space) - 1),
            "days_to": np.tile(days[1:], len(space) - 1),
            "observed": observed.ravel(),
            "expected": expected.ravel(),
        }
    )
    table["ratio"] = table["observed"] / table["expected"].where(table["expected"] > 0)
    p_value, p_max = _p_values(observed, expected, sd, null)
    table["p_value"] = p_value.ravel()
    table["expected_sd"] = sd.ravel()
    table["p_max"] = p_max.ravel()
    sizes = np.bincount(stratum) if stratum is not None else np.empty(0, np.int64)
    strata_facts = {"n_strata": int((sizes > 0).sum()), "n_alone": int((sizes == 1).sum())}
    named = within if isinstance(within, str) else "values"
    table.attrs |= events.left_out | {
        **(strata_facts if within is not None else {}),
        "n_pairs": n_pairs,
        "method": {
            "name": "knox",
            "metric": metric,
            **({"max_snap": float(max_snap)} if metric == "network" else {}),
            **({"within": named} if within is not None else {}),
            "n_permutations": int(n_permutations),
            "seed": int(rng) if isinstance(rng, (int, np.integer)) else None,
        },
    }
    return table


def _edges(bands: Sequence[float] | float, name: str) -> Array:
    """Read edges of bands; one number is the end of one band from 0."""
    if isinstance(bands, numbers.Real | str) or not np.iterable(bands):
        _checks.number(**{name: bands})
        bands = [0.0, float(bands)]
    for edge in bands:
        _checks.number(**{name: edge})
    edges = np.asarray(bands, dtype=np.float64)
    rises = edges.ndim == 1 and len(edges) > 1 and bool((np.diff(edges) > 0).all())
    if not rises or edges[0] < 0:
        msg = f"`{name}` is {list(bands)}, expected rising edges from 0 or more, as [0, 100, 200]"
        raise ValueError(msg)
    return edges


def _counts(
    kernels: Any,
    events: Any,
    on: OnStreets | None,
    visited: Array,
    limits: Array,
    manhattan: bool,  # noqa: FBT001
    n_permutations: int,
    rng: int | np.random.Generator | None,
    stratum: Array | None,
) -> tuple[Array, Array, Array, Array]:
    """
    Count pairs per visited band below each limit: observed, per point, and permuted.

    With strata the mean over all permutations is returned too; else it is 0 and follows from
    the counts.
    """
    n, n_bands = len(events.rows), max(len(visited) - 1, 0)
    below = np.zeros((n_bands, len(limits)), np.int64)
    degree = np.zeros((n, n_bands), np.int32)
    null = np.zeros((n_permutations, n_bands, len(limits)), np.int64)
    mean = np.zeros((n_bands, len(limits)))
    if n < 2 or not n_bands:
        return below, degree, null, mean
    edges = _pairs.shifted(visited)
    if on is not None:
        order, row_start, other, band, _ = _pairs.along_streets(on, edges)
        day = events.day[order]
        sorted_degree, below = kernels.tally(day, row_start, other, band, limits, n_bands)
        degree[order] = sorted_degree
    else:
        points = kernels.sort_points(events.x, events.y, float(edges[-1]))
        day = events.day[points.order]
        place = (points.x, points.y, day, points.cell, points.start, points.n_columns)
        everything = np.iinfo(np.int64).max
        sorted_degree, below, listed = kernels.scan(*place, edges, limits, everything, manhattan)
        order = points.order
        degree[order] = sorted_degree
        if not n_permutations and stratum is None:
            return below, degree, null, mean
        if listed.sum() > _pairs.MAX_PAIRS:
            raise _pairs.too_many(int(listed.sum()), visited[-1])
        row_start = np.concatenate([[0], np.cumsum(listed)])
        other, band = kernels.fill(*place, edges, row_start, everything, manhattan)
    members = starts = np.empty(0, np.int64)
    if stratum is not None:
        mine = stratum[order]
        members, starts = _strata.members(mine)
        one = np.repeat(np.arange(n), np.diff(row_start))
        mean = _strata.expected_below(day, mine, one, other, band, limits, n_bands)
    if not n_permutations:
        return below, degree, null, mean
    seeds = np.random.default_rng(rng).integers(0, 2**63, n_permutations, dtype=np.uint64)
    lanes = max(8, min(kernels.LANES, 2**24 // n))
    day, short = _short(day, limits)
    counts = limits > 0
    batches = [seeds[first : first + lanes] for first in range(0, n_permutations, lanes)]
    with ThreadPoolExecutor(min(os.cpu_count() or 1, MAX_THREADS)) as pool:
        done = pool.map(
            lambda batch: kernels.shuffled_counts(
                batch, day, row_start, other, band, short[counts], n_bands, members, starts
            ),
            batches,
        )
        null[:, :, counts] = np.concatenate(list(done))
    return below, degree, null, mean


def _short(day: Array, limits: Array) -> tuple[Array, Array]:
    """Write days and limits in 16 bits, with gaps beyond the last limit cut down to it."""
    distinct = np.unique(day)
    gaps = np.minimum(np.diff(distinct), max(int(limits.max()), 1))
    days = np.concatenate([[0], np.cumsum(gaps, dtype=np.int64)])
    if days[-1] >= SHORT:
        msg = (
            f"dates run over {int(distinct[-1] - distinct[0]):,} days; the p-values take "
            f"{SHORT:,} days at most. Are all dates right? n_permutations=0 has no limit."
        )
        raise ValueError(msg)
    short = days[np.searchsorted(distinct, day)].astype(np.int16)
    return short, np.minimum(limits, SHORT).astype(np.int16)


def _day_counts(day: Array, limits: Array) -> tuple[Array, Array]:
    """Count the pairs fewer days apart than each limit, in all and per incident."""
    ordered = np.sort(day)
    degree = np.zeros((len(day), len(limits)), np.int64)
    for column, limit in enumerate(limits):
        if limit > 0:
            after = np.searchsorted(ordered, day + limit, side="left")
            degree[:, column] = after - np.searchsorted(ordered, day - limit, side="right") - 1
    return degree.sum(axis=0) // 2, degree


def _moments(space: Array, time: Array) -> tuple[Array, Array]:
    """Return mean and standard deviation of each cell from the neighbours of every incident."""
    n = len(space)
    near = [_edges_and_wedges(space[:, band]) for band in range(space.shape[1])]
    soon = [_edges_and_wedges(time[:, band]) for band in range(time.shape[1])]
    mean, sd = np.zeros((2, len(near), len(soon)))
    for row, (pairs, wedges) in enumerate(near):
        for column, (day_pairs, day_wedges) in enumerate(soon):
            if n < 2:
                continue
            expected = Fraction(2 * pairs * day_pairs, n * (n - 1))
            second = expected
            if n > 2:
                second += Fraction(wedges * day_wedges, n * (n - 1) * (n - 2))
            if n > 3:
                apart = pairs * (pairs - 1) - wedges
                day_apart = day_pairs * (day_pairs - 1) - day_wedges
                second += Fraction(4 * apart * day_apart, n * (n - 1) * (n - 2) * (n - 3))
            mean[row, column] = float(expected)
            sd[row, column] = math.sqrt(second - expected**2)
    return mean, sd


def _edges_and_wedges(degree: Array) -> tuple[int, int]:
    # Pairs, and ordered pairs of pairs that share an incident; plain ints, which don't overflow.
    return int(degree.sum()) // 2, sum(
        int(k) * (int(k) - 1) * int(times)
        for k, times in zip(*np.unique(degree, return_counts=True), strict=True)
    )


def _p_values(observed: Array, expected: Array, sd: Array, null: Array) -> tuple[Array, Array]:
    if not len(null):
        return np.full(observed.shape, np.nan), np.full(observed.shape, np.nan)
    p_value = (1 + (null >= observed).sum(axis=0)) / (len(null) + 1)
    spread = np.where(sd > 0, sd, np.inf)
    excess = (observed - expected) / spread
    largest = ((null - expected) / spread).max(axis=(1, 2))
    p_max = (1 + (largest[:, None, None] >= excess).sum(axis=0)) / (len(null) + 1)
    return p_value, p_max
