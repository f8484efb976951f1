"""Test whether incidents that are near in space are near in time, without choosing bands."""

import math
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Literal

import geopandas as gpd
import numpy as np
import pandas as pd

from ipgtools.repeats._events import TOLERANCE, Events, take
from ipgtools.repeats._knox import MAX_THREADS
from ipgtools.repeats._pairs import MAX_PAIRS

__all__ = ["EQUAL", "FEW", "TIES", "Array", "Ties", "jacquez", "mantel", "permutation_variance"]

Array = np.ndarray[Any, Any]
Ties = Literal["share", "all", "rows"]
TIES = {"share": 0, "all": 1, "rows": 2}
FEW = 30
"""Incidents below which neither test has power."""
EQUAL = 1e-9
"""Part of a sum within which two count as equal, as they may be added up differently."""


def mantel(
    incidents: gpd.GeoDataFrame,
    *,
    space_constant: float = 100.0,
    space_power: float = -1.0,
    time_constant: float = 1.0,
    time_power: float = -1.0,
    n_permutations: int = 999,
    rng: int | np.random.Generator | None = None,
) -> pd.DataFrame:
    """
    Correlate nearness in space with nearness in time over all pairs of incidents.

    Nearness is the distance plus a constant, to a power; with the power -1 pairs close by
    weigh most, and at the constant half as much as at 0. With constants 0 and powers 1 plain
    distances are correlated, which few processes of crime show: what happens between pairs far
    apart drowns the rest. The constants decide what the test can find and should be chosen
    before looking at its answer.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents rows
        Points in metres with `occurred_from`, of which the date is used. Rows without a point
        or a date are left out and counted.
    space_constant, time_constant : float, default 100 and 1
        Metres and days; above 0 if the power is negative, 0 or more otherwise.
    space_power, time_power : float, default -1
        Not 0.
    n_permutations : int, default 999
        Random permutations of the days behind `p_value`; 0 for none.
    rng : int, Generator or None
        Seed of the permutations. The same seed gives the same value on any number of processors.

    Returns
    -------
    DataFrame, 1 row
        `statistic` ("mantel"), `value` (Pearson's r over the pairs, -1 to 1), `expected`
        (exactly 0), `sd` (exact, of all permutations), `z`, `p_normal` (two-sided), `p_value`
        (two-sided: twice the smaller share of permutations, the observed one counted in). The
        permutations are skewed, so that `p_normal` is a guide only. NaN with fewer than four
        incidents or where all pairs are alike. ``attrs``: `n_used`, `n_without_place`,
        `n_without_time`, `n_pairs`, `method`, `warnings` ("too_few" with fewer than 30,
        "constant").

    Raises
    ------
    CrsError
        If `incidents` is not in metres.
    ValueError
        If a constant or a power can't be.

    Notes
    -----
    No matrix of pairs is held, so memory grows with n; time grows with its square: about a
    nanosecond per pair and permutation, 10 s for 5,000 incidents and 999 permutations on one
    processor. For much more than 20,000 take ``n_permutations=0``: moments are exact at any size.

    References
    ----------
    Mantel (1967), Cancer Research 27, 209-220, for the test and its moments.

    Examples
    --------
    Two bursts, each at its own place:

    >>> import geopandas as gpd
    >>> days = pd.to_datetime(["2025-01-01"] * 3 + ["2025-03-01"] * 3)
    >>> six = gpd.GeoDataFrame({"occurred_from": days},
    ...     geometry=gpd.points_from_xy([0, 0, 0, 900, 900, 900], [0] * 6), crs=28992)
    >>> mantel(six, n_permutations=0)["value"].round(6).tolist()
    [1.0]
    """
    from ipgtools.repeats import _sums

    for name, constant, power in (
        ("space", space_constant, space_power),
        ("time", time_constant, time_power),
    ):
        _check_transform(name, constant, power)
    events = take(incidents)
    n, n_pairs = len(events.rows), len(events.rows) * (len(events.rows) - 1) // 2
    days_apart = np.arange(int(events.day.max(initial=0)) + 1, dtype=float)
    table = (days_apart + time_constant) ** time_power
    where = (events.x, events.y, events.day, float(space_constant), float(space_power), table)
    value = sd = p_value = math.nan
    if n > 3:
        sums, space, time = _sums.mantel_sums(*where)
        mean_space, mean_time = sums[0] / n_pairs, sums[1] / n_pairs
        spread_space = sums[2] / n_pairs - mean_space**2
        spread_time = sums[3] / n_pairs - mean_time**2
        alike = spread_space <= 1e-12 * mean_space**2 or spread_time <= 1e-12 * mean_time**2
        if not alike:
            scale = n_pairs * math.sqrt(spread_space * spread_time)
            value = (sums[4] - n_pairs * mean_space * mean_time) / scale
            variance = permutation_variance(
                _symmetric(spread_space * n_pairs, space - (n - 1) * mean_space),
                _symmetric(spread_time * n_pairs, time - (n - 1) * mean_time),
                n,
            )
            # ordered pairs: both sums count every pair twice
            sd = math.sqrt(max(variance, 0.0)) / (2 * scale)
            null = _permuted(
                lambda seeds: _sums.mantel_permuted(seeds, *where), n_permutations, rng
            )
            null = (null - n_pairs * mean_space * mean_time) / scale
            p_value = _two_sided(value, null, sd)
    return _row(
        "mantel", value, 0.0 if not math.isnan(value) else math.nan, sd, p_value, events,
        {
            "space_constant": float(space_constant),
            "space_power": float(space_power),
            "time_constant": float(time_constant),
            "time_power": float(time_power),
        },
        n_permutations, rng,
    )  # fmt: skip


def jacquez(
    incidents: gpd.GeoDataFrame,
    *,
    k: int = 3,
    ties: Ties = "share",
    n_permutations: int = 999,
    rng: int | np.random.Generator | None = None,
) -> pd.DataFrame:
    """
    Count how often one of the k nearest in space is also one of the k nearest in time.

    Neighbours adapt to how dense incidents lie, so that no distance need be chosen, and busy
    parts of town or seasons do not drown the others. Times are dates, so that many incidents
    are equally near in time; what then decides is `ties`:

    - "share": those exactly as far as the k-th share the places that are left (three for two
      places count 2/3 each). The order of the rows changes nothing, and mean and spread under
      chance are exact.
    - "all": those exactly as far as the k-th all count, so that some have more than k.
    - "rows": the ones first in the table count, as in programs that don't look at ties. Low
      rows then win in space and time alike, which raises the count; permutations are raised too, so
      that `p_value` is fair, but `expected` and `sd` are not known.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents rows
        Points in metres with `occurred_from`, of which the date is used. Rows without a point
        or a date are left out and counted.
    k : int, default 3
        Neighbours of each incident, 1 or more.
    ties : {"share", "all", "rows"}, default "share"
        As above.
    n_permutations : int, default 999
        Random permutations of the days behind `p_value`; 0 for none.
    rng : int, Generator or None
        Seed of the permutations. The same seed gives the same value on any number of processors.

    Returns
    -------
    DataFrame, 1 row
        `statistic` ("jacquez"), `value` (ordered pairs: A may be near B and not B near A),
        `expected` (for "share" ``n k^2 / (n - 1)``), `sd` (exact, of all permutations), `z`,
        `p_normal` and `p_value` (two-sided, as for `mantel`). NaN where there are not k
        neighbours for each. ``attrs``: `n_used`, `n_without_place`, `n_without_time`,
        `n_tied_space` and `n_tied_time` (incidents whose k-th neighbour has equals), `method`,
        `warnings` ("too_few" with fewer than 30, "ties" where over half are tied in time).

    Raises
    ------
    CrsError
        If `incidents` is not in metres.
    ValueError
        If `k` is below 1, `ties` is unknown, or so many incidents share a place that their
        pairs don't fit in memory.

    References
    ----------
    Jacquez (1996), Statistics in Medicine 15, 1935-1949.

    Examples
    --------
    Two pairs, each at one place on one day:

    >>> import geopandas as gpd
    >>> days = pd.to_datetime(["2025-01-01", "2025-01-01", "2025-02-01", "2025-02-01"])
    >>> four = gpd.GeoDataFrame({"occurred_from": days},
    ...     geometry=gpd.points_from_xy([0, 5, 900, 905], [0] * 4), crs=28992)
    >>> jacquez(four, k=1, n_permutations=0)[["value", "expected"]].round(3).values.tolist()
    [[4.0, 1.333]]
    """
    from ipgtools.repeats import _sums

    if k < 1 or k != int(k):
        msg = f"`k` is {k!r}, expected a whole number, 1 or more"
        raise ValueError(msg)
    if ties not in TIES:
        msg = f"`ties` is {ties!r}, expected 'share', 'all' or 'rows'"
        raise ValueError(msg)
    events = take(incidents)
    n = len(events.rows)
    value = expected = sd = p_value = math.nan
    n_tied_space = n_tied_time = 0
    if n > k:
        one, two, weight, n_tied_space = _neighbours(events, k, ties)
        count = np.bincount(events.day).astype(np.int64)
        reach, inner, tied = _sums.day_reach(count, k)
        n_tied_time = int(count[inner + tied > k].sum())
        share = np.ones(len(count))
        if ties == "share":
            share = (k - inner) / np.maximum(tied, 1)
        links = (one, two, weight, events.day, reach, inner, share, int(k), TIES[ties])
        value = _sums.jacquez_sum(*links)
        if ties != "rows":
            time = _sums.day_sums(count, reach, share)
            space = _link_sums(one, two, weight, n)
            expected = space[0] * time[0] / (n * (n - 1))
            if n > 3:
                variance = permutation_variance(space, time, n) - expected**2
                sd = math.sqrt(max(variance, 0.0))
        null = _permuted(lambda seeds: _sums.jacquez_permuted(seeds, *links), n_permutations, rng)
        spread = float(null.std()) if len(null) else 1.0
        p_value = _two_sided(value, null, sd if sd > 0 else spread)
    table = _row(
        "jacquez", value, expected, sd, p_value, events, {"k": int(k), "ties": ties},
        n_permutations, rng,
    )  # fmt: skip
    table.attrs |= {"n_tied_space": n_tied_space, "n_tied_time": n_tied_time}
    if n and n_tied_time > n / 2:
        table.attrs["warnings"].append({"code": "ties", "n": n_tied_time})
    return table


def permutation_variance(a: Array, b: Array, n: int) -> float:
    """Return the mean square of ``sum a_ij b_p(i)p(j)`` over all permutations p."""
    two, three = n * (n - 1), n * (n - 1) * (n - 2)
    total = (a[1] * b[1] + a[2] * b[2]) / two
    total += ((a[3] - a[1]) * (b[3] - b[1]) + (a[4] - a[1]) * (b[4] - b[1])) / three
    total += 2 * (a[5] - a[2]) * (b[5] - b[2]) / three
    apart = [s[0] ** 2 + s[1] + s[2] - s[3] - s[4] - 2 * s[5] for s in (a, b)]
    return float(total + apart[0] * apart[1] / (three * (n - 3)))


def _symmetric(squares: float, row: Array) -> Array:
    """Return the six sums of weights that are the same both ways and sum to 0."""
    wedges = float((row**2).sum())
    return np.array([0.0, 2 * squares, 2 * squares, wedges, wedges, wedges])


def _link_sums(one: Array, two: Array, weight: Array, n: int) -> Array:
    """Return the six sums of weighted links."""
    from scipy.sparse import coo_array

    row = np.bincount(one, weights=weight, minlength=n)
    column = np.bincount(two, weights=weight, minlength=n)
    links = coo_array((weight, (one, two)), shape=(n, n)).tocsr()
    back = float(links.multiply(links.T).sum())
    squares = [float((part**2).sum()) for part in (weight, row, column)]
    return np.array([weight.sum(), squares[0], back, *squares[1:], float((row * column).sum())])


def _neighbours(events: Events, k: int, ties: Ties) -> tuple[Array, Array, Array, int]:
    """Link each incident to its k nearest in space, and count those with ties."""
    from scipy.spatial import cKDTree

    xy = np.column_stack([events.x, events.y])
    tree = cKDTree(xy)
    # the incident itself is one of the k + 1 nearest, or as far as the last of them
    limit = tree.query(xy, k=[k + 1])[0][:, 0] + TOLERANCE
    n_links = int(tree.query_ball_point(xy, limit, return_length=True).sum())
    if n_links > MAX_PAIRS // 10:
        msg = (
            f"{n_links:,} pairs of incidents are equally near, as many share a place; leave out "
            "places that stand in for others (`repeats.places` marks them as stacked)"
        )
        raise ValueError(msg)
    near = tree.query_ball_point(xy, limit, return_sorted=True)
    size = np.array([len(those) for those in near])
    one = np.repeat(np.arange(len(xy)), size)
    two = np.concatenate(near).astype(np.int64)
    one, two = one[one != two], two[one != two]
    apart = np.hypot(events.x[one] - events.x[two], events.y[one] - events.y[two])
    is_tied = apart >= limit[one] - 2 * TOLERANCE
    inner = np.bincount(one[~is_tied], minlength=len(xy))
    tied = np.bincount(one[is_tied], minlength=len(xy))
    weight = np.ones(len(one))
    if ties == "share":
        weight[is_tied] = ((k - inner) / np.maximum(tied, 1))[one[is_tied]]
    elif ties == "rows":
        start = np.concatenate([[0], np.cumsum(tied)])
        rank = np.arange(is_tied.sum()) - start[one[is_tied]]
        weight[is_tied] = rank < (k - inner)[one[is_tied]]
    return one, two, weight, int((inner + tied > k).sum())


def _permuted(
    permute: Callable[[Array], Array], n_permutations: int, rng: int | np.random.Generator | None
) -> Array:
    """Return the statistic of each random permutation, on threads."""
    from ipgtools._kernels_pairs import LANES

    if not n_permutations:
        return np.empty(0)
    seeds = np.random.default_rng(rng).integers(0, 2**63, n_permutations, dtype=np.uint64)
    batches = [seeds[first : first + LANES] for first in range(0, n_permutations, LANES)]
    with ThreadPoolExecutor(min(os.cpu_count() or 1, MAX_THREADS)) as pool:
        return np.concatenate(list(pool.map(permute, batches)))


def _two_sided(value: float, null: Array, spread: float) -> float:
    if not len(null):
        return math.nan
    slack = EQUAL * (spread + abs(value))
    tails = [int((null >= value - slack).sum()), int((null <= value + slack).sum())]
    return min(1.0, 2 * (1 + min(tails)) / (len(null) + 1))


def _check_transform(name: str, constant: float, power: float) -> None:
    least = "above 0" if power < 0 else "0 or more"
    if not (0 <= constant < math.inf) or (power < 0 and constant == 0):
        msg = f"`{name}_constant` is {constant!r}, expected {least}"
        raise ValueError(msg)
    if power == 0 or not math.isfinite(power):
        msg = f"`{name}_power` is {power!r}, expected a number other than 0, such as -1"
        raise ValueError(msg)


def _row(
    statistic: str,
    value: float,
    expected: float,
    sd: float,
    p_value: float,
    events: Events,
    method: dict[str, Any],
    n_permutations: int,
    rng: int | np.random.Generator | None,
) -> pd.DataFrame:
    from scipy.special import ndtr

    n = len(events.rows)
    z = (value - expected) / sd if sd > 0 else math.nan
    row = {
        "statistic": statistic,
        "value": float(value),
        "expected": float(expected),
        "sd": float(sd),
        "z": float(z),
        "p_normal": float(2 * ndtr(-abs(z))),
        "p_value": p_value,
    }
    table = pd.DataFrame([row])
    warnings: list[dict[str, Any]] = [{"code": "too_few", "n": n}] if n < FEW else []
    if n > 3 and math.isnan(value):
        warnings.append({"code": "constant"})
    table.attrs |= events.left_out | {
        "n_pairs": n * (n - 1) // 2,
        "method": {
            "name": statistic,
            **method,
            "n_permutations": int(n_permutations),
            "seed": int(rng) if isinstance(rng, (int, np.integer)) else None,
        },
        "warnings": warnings,
    }
    return table
