"""
Sums over all pairs of incidents for the tests of space-time interaction, compiled.

Arrays in, arrays out. No matrix of all pairs is held: what a pair needs is computed when it is
met, once for many permutations.
"""

from typing import Any

import numpy as np

from ipgtools._jit import jit
from ipgtools._kernels_pairs import _shuffle

__all__ = [
    "ALL", "ROWS", "SHARE", "Array", "day_reach", "day_sums", "jacquez_permuted", "jacquez_sum",
    "mantel_permuted", "mantel_sums",
]  # fmt: skip

Array = np.ndarray[Any, Any]


SHARE, ALL, ROWS = 0, 1, 2


@jit(inline="always")
def _raised(distance: float, constant: float, power: float) -> float:
    if power == 1.0:
        return distance + constant
    if power == -1.0:
        return 1.0 / (distance + constant)
    return (distance + constant) ** power


@jit
def mantel_sums(
    x: Array, y: Array, day: Array, constant: float, power: float, table: Array
) -> tuple[Array, Array, Array]:
    """Add up nearness in space, in time and their product over all pairs."""
    n = x.shape[0]
    sums, space, time = np.zeros(5), np.zeros(n), np.zeros(n)
    for i in range(n):
        for j in range(i + 1, n):
            a = _raised(np.sqrt((x[i] - x[j]) ** 2 + (y[i] - y[j]) ** 2), constant, power)
            b = table[abs(day[i] - day[j])]
            sums[0] += a
            sums[1] += b
            sums[2] += a * a
            sums[3] += b * b
            sums[4] += a * b
            space[i] += a
            space[j] += a
            time[i] += b
            time[j] += b
    return sums, space, time


@jit
def mantel_permuted(
    seeds: Array, x: Array, y: Array, day: Array, constant: float, power: float, table: Array
) -> Array:
    """Add up the products of nearness over all pairs with the days permuted."""
    n, n_lanes = x.shape[0], seeds.shape[0]
    lanes = np.empty((n_lanes, n), np.int32)
    for lane in range(n_lanes):
        lanes[lane] = day
        _shuffle(lanes[lane], seeds[lane])
    permuted = np.ascontiguousarray(lanes.T)
    total = np.zeros(n_lanes)
    for i in range(n):
        mine, row = permuted[i], np.zeros(n_lanes)
        for j in range(i + 1, n):
            a = _raised(np.sqrt((x[i] - x[j]) ** 2 + (y[i] - y[j]) ** 2), constant, power)
            theirs = permuted[j]
            for lane in range(n_lanes):
                row[lane] += a * table[np.uint32(abs(np.int32(mine[lane] - theirs[lane])))]
        total += row
    return total


@jit
def day_reach(count: Array, k: int) -> tuple[Array, Array, Array]:
    """Return for each day how many days off the k-th nearest incident in time is."""
    n = count.shape[0]
    reach, inner, tied = np.zeros(n, np.int64), np.zeros(n, np.int64), np.zeros(n, np.int64)
    for day in range(n):
        if count[day] == 0:
            continue
        far, before, here = 0, 0, count[day] - 1
        while before + here < k:
            before += here
            far += 1
            here = 0
            if day >= far:
                here += count[day - far]
            if day + far < n:
                here += count[day + far]
        reach[day], inner[day], tied[day] = far, before, here
    return reach, inner, tied


@jit
def day_sums(count: Array, reach: Array, share: Array) -> Array:
    """Return the sums over all ordered pairs that the moments of neighbours in time need."""
    n = count.shape[0]
    sums = np.zeros(6)
    row, column = np.zeros(n), np.zeros(n)
    for day in range(n):
        if count[day] == 0:
            continue
        for other in range(max(day - reach[day], 0), min(day + reach[day], n - 1) + 1):
            off = abs(day - other)
            w = share[day] if off == reach[day] else 1.0
            back = 0.0
            if off <= reach[other]:
                back = share[other] if off == reach[other] else 1.0
            others = count[other] - (1 if off == 0 else 0)
            pairs = count[day] * others
            row[day] += w * others
            column[other] += w * (count[day] - (1 if off == 0 else 0))
            sums[0] += pairs * w
            sums[1] += pairs * w * w
            sums[2] += pairs * w * back
    for day in range(n):
        sums[3] += count[day] * row[day] ** 2
        sums[4] += count[day] * column[day] ** 2
        sums[5] += count[day] * row[day] * column[day]
    return sums


@jit
def jacquez_sum(
    one: Array,
    two: Array,
    weight: Array,
    day: Array,
    reach: Array,
    inner: Array,
    share: Array,
    k: int,
    ties: int,
) -> float:
    """Add up the weights of neighbours in space that are neighbours in time."""
    total = 0.0
    rows = np.empty(0, np.int64)
    first = np.empty(0, np.int64)
    if ties == ROWS:
        # the incidents of each day in the order of their rows
        first = np.zeros(reach.shape[0] + 1, np.int64)
        for i in range(day.shape[0]):
            first[day[i] + 1] += 1
        for d in range(reach.shape[0]):
            first[d + 1] += first[d]
        rows = np.empty(day.shape[0], np.int64)
        here = first.copy()
        for i in range(day.shape[0]):
            rows[here[day[i]]] = i
            here[day[i]] += 1
    for link in range(one.shape[0]):
        i, j = one[link], two[link]
        mine = day[i]
        off = abs(mine - day[j])
        far = reach[mine]
        if off < far:
            total += weight[link]
        elif off == far:
            if ties != ROWS:
                total += weight[link] * share[mine]
                continue
            before = -1 if far == 0 and i < j else 0
            for side in range(2 if far else 1):
                other = mine - far if side == 0 else mine + far
                if 0 <= other < reach.shape[0]:
                    group = rows[first[other] : first[other + 1]]
                    before += np.searchsorted(group, j)
            if before < k - inner[mine]:
                total += weight[link]
    return total


@jit
def jacquez_permuted(
    seeds: Array,
    one: Array,
    two: Array,
    weight: Array,
    day: Array,
    reach: Array,
    inner: Array,
    share: Array,
    k: int,
    ties: int,
) -> Array:
    """Return the statistic with the days permuted."""
    found = np.empty(seeds.shape[0])
    for draw in range(seeds.shape[0]):
        permuted = day.copy()
        _shuffle(permuted, seeds[draw])
        found[draw] = jacquez_sum(one, two, weight, permuted, reach, inner, share, k, ties)
    return found
