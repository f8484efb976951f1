"""
Time the space-time permutation scan beside a plain numpy scan of the same zones and windows.

Both look at the same cases in the same run, and must name the same winner. The plain scan draws a
few maps, and 999 are taken to cost as much each. Prospective: circles around cells of 100 m with
incidents, and windows of one to eight weeks that end now.

    python benchmarks/bench_scan.py            10,000 and 50,000 cases
    python benchmarks/bench_scan.py --quick    10,000 cases only
"""

import argparse
import resource
import time
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from ipgtools import scan
from ipgtools.scan.zones import Zones, circles

WEEKS, LONGEST, DRAWS = 52, 8, 999
Array = np.ndarray[Any, Any]


def cases_of(n: int, extent: float, planted: int, seed: int = 1) -> gpd.GeoDataFrame:
    """Scatter cases over a town and a year, with a cluster in the last three weeks."""
    rng = np.random.default_rng(seed)
    x, y = rng.beta(2, 2, (2, n)) * extent
    day = rng.integers(0, WEEKS * 7, n)
    x[:planted], y[:planted] = 0.4 * extent + rng.uniform(-150, 150, (2, planted))
    day[:planted] = rng.integers(WEEKS * 7 - 21, WEEKS * 7, planted)
    return gpd.GeoDataFrame(
        {"occurred_from": pd.Timestamp("2025-01-01") + pd.to_timedelta(day, unit="D")},
        geometry=gpd.points_from_xy(x, y), crs=28992,
    )  # fmt: skip


def counted(table: gpd.GeoDataFrame, cell: float) -> tuple[Array, Array, Array]:
    """Count per cell and week."""
    xy = (np.floor(table.get_coordinates().to_numpy() / cell) + 0.5) * cell
    at, place = np.unique(xy, axis=0, return_inverse=True)
    week = (table["occurred_from"] - pd.Timestamp("2025-01-01")).dt.days.to_numpy() // 7
    n = np.bincount(place.ravel() * WEEKS + week, minlength=len(at) * WEEKS)
    return n.reshape(len(at), WEEKS).astype(float), at[:, 0], at[:, 1]


def plain_highest(
    recent: Array, size: Array, weeks: Array, n: float, zones: Zones
) -> tuple[float, Array, int]:
    """Scan one map with numpy: cumulated sums and a logarithm for each zone and window."""
    best = (0.0, np.empty(0), 0)
    in_window = np.cumsum(weeks)
    for one in range(len(zones.start) - 1):
        members = zones.member[zones.start[one] : zones.start[one + 1]]
        found = np.cumsum(recent[members], axis=0).cumsum(axis=1)
        u = np.outer(np.cumsum(size[members]), in_window) / n
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = found * np.log(found / u) + (n - found) * np.log((n - found) / (n - u))
        ratio[(found <= u) | (found < 2)] = 0
        at = int(np.argmax(ratio))
        if ratio.flat[at] > best[0] * (1 + 1e-12):
            end, window = divmod(at, ratio.shape[1])
            best = (float(ratio.flat[at]), members[: end + 1], window + 1)
    return best


def plain(cases: Array, zones: Zones, n_maps: int, seed: int = 1) -> tuple[Any, float, float]:
    """Scan the observed map and some of chance; give the winner and the seconds per map."""
    rng = np.random.default_rng(seed)
    n = cases.sum()
    place, week = np.nonzero(cases)
    times = cases[place, week].astype(int)
    place, week = np.repeat(place, times), np.repeat(week, times)
    size, weeks = cases.sum(axis=1), cases.sum(axis=0)[::-1][:LONGEST]
    winner = plain_highest(cases[:, ::-1][:, :LONGEST], size, weeks, n, zones)
    start, start_cpu = time.perf_counter(), time.process_time()
    for _ in range(n_maps):
        dealt = np.bincount(place * WEEKS + rng.permutation(week), minlength=cases.size)
        recent = dealt.reshape(cases.shape)[:, ::-1][:, :LONGEST].astype(float)
        plain_highest(recent, size, weeks, n, zones)
    return (
        winner,
        (time.perf_counter() - start) / n_maps,
        (time.process_time() - start_cpu) / n_maps,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="10,000 cases only")
    given = parser.parse_args()
    small = counted(cases_of(500, 2_000, 20), 100)
    scan.of_counts(*small, model="permutation", prospective=True, max_steps=8, n_permutations=9)
    for n, extent, planted in ((10_000, 10_000, 40), (50_000, 10_000, 80)):
        if given.quick and n > 10_000:
            continue
        cases, x, y = counted(cases_of(n, extent, planted), 200 if n > 10_000 else 100)
        start, cpu = time.perf_counter(), time.process_time()
        found = scan.of_counts(
            cases, x, y, model="permutation", prospective=True, max_steps=LONGEST,
            max_radius=1500 if n > 10_000 else 1000, n_permutations=DRAWS, stop_early=False, rng=1,
        )  # fmt: skip
        taken, cpu = time.perf_counter() - start, time.process_time() - cpu
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        cylinders = found.attrs["n_zones"] * found.attrs["n_windows"]
        print(
            f"{n:,} cases in {len(x):,} cells, {cylinders:,} cylinders, {DRAWS} maps: "
            f"{taken:.1f} s ({cpu:.1f} s cpu), peak {memory:.2f} GB; p "
            f"{found['p_monte_carlo'].iloc[0]:.3f}",
            flush=True,
        )
        if n > 10_000:
            continue
        sizes = cases.sum(axis=1)
        zones = circles(x, y, sizes, max_size=n / 2, max_radius=1000, together=False)
        winner, per_map, per_map_cpu = plain(cases, zones, 3)
        ours = found.iloc[0]
        assert np.isclose(winner[0], ours["llr"])
        assert set(winner[1].tolist()) == set(ours["locations"])
        assert winner[2] == WEEKS - ours["first_step"]
        print(
            f"plain numpy, the same winner: {per_map:.2f} s a map, {per_map * DRAWS:.0f} s for "
            f"{DRAWS} (from 3); ours is {per_map * DRAWS / taken:.0f} x as fast "
            f"({per_map_cpu * DRAWS / cpu:.0f} x by cpu)",
            flush=True,
        )


if __name__ == "__main__":
    main()
