"""
Time the Knox table, its kin and the aoristic table, with their memory.

Run as ``python benchmarks/bench_repeats.py``; each job runs once after a small run that
compiles. `--peer` times pointpats' `Knox` beside it (``pip install ipgtools[benchmarks]``).
"""

import argparse
import resource
import time

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import LineString

from ipgtools import repeats, times

SPACE, DAYS = [0, 100, 200, 300, 400], [0, 7, 14, 21, 28]


def incidents(n: int, extent: float, seed: int = 1) -> gpd.GeoDataFrame:
    """Scatter incidents over a square and a year."""
    rng = np.random.default_rng(seed)
    start = pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 365, n), unit="D")
    length = pd.to_timedelta(rng.exponential(20 * 3600, n).astype(int), unit="s")
    return gpd.GeoDataFrame(
        {"occurred_from": start, "occurred_to": start + length},
        geometry=gpd.points_from_xy(*rng.uniform(0, extent, (2, n))),
        crs=28992,
    )


def timed(name: str, job, *args, **options):
    """Run a job; give what it gave, and its time on the clock and on processors."""
    start, start_cpu = time.perf_counter(), time.process_time()
    result = job(*args, **options)
    seconds, cpu = time.perf_counter() - start, time.process_time() - start_cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{name:66s} {seconds:7.2f} s ({cpu:7.2f} s cpu)  peak {memory:.2f} GB", flush=True)
    return result, np.array([seconds, cpu])


def beside(table: gpd.GeoDataFrame, ours: np.ndarray) -> None:
    """
    Time pointpats' `Knox` on the same incidents, for one pair of bands instead of sixteen.

    999 permutations of 20,000 incidents would take it minutes: 9 and 99 are run, and the rest
    is taken to cost as much each as the 90 between them.
    """
    from pointpats import Knox

    xy = table.get_coordinates().to_numpy()
    day = (table["occurred_from"] - pd.Timestamp("2024-01-01")).dt.days.to_numpy()
    taken = {}
    for permutations in (9, 99):
        peer, taken[permutations] = timed(
            f"pointpats Knox {len(table):,}, one pair of bands, {permutations} permutations",
            Knox, xy, day.reshape(-1, 1), delta=100, tau=6, permutations=permutations,
        )  # fmt: skip
    same = repeats.knox(
        table, space_bands=[0, np.nextafter(100, 101) + 2e-6], time_bands=[0, 7], n_permutations=0
    )
    assert same["observed"].item() == peer.statistic_
    whole = taken[9] + (taken[99] - taken[9]) * 990 / 90
    ratio = whole / ours
    print(
        f"pointpats with 999: {whole[0]:.0f} s (reckoned); "
        f"ours is {ratio[0]:.0f} x as fast ({ratio[1]:.0f} x by cpu)"
    )


def blocks(extent: float, size: float = 100.0) -> gpd.GeoDataFrame:
    """Draw streets every 100 metres, with a vertex at every corner."""
    steps = np.arange(0, extent + size, size)
    lines = [[(x, y) for x in steps] for y in steps] + [[(x, y) for y in steps] for x in steps]
    return gpd.GeoDataFrame(geometry=[LineString(line) for line in lines], crs=28992)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", action="store_true", help="also time pointpats")
    given = parser.parse_args()
    bands = {"space_bands": SPACE, "time_bands": DAYS}
    small = incidents(500, 2_000)
    repeats.knox(small, **bands, n_permutations=99, rng=1)
    streets = {"metric": "network", "streets": blocks(2_000)}
    repeats.knox(small, **bands, **streets, n_permutations=99, rng=1)
    repeats.jacquez(small, n_permutations=9)
    repeats.mantel(small, n_permutations=9)
    for n, extent in ((5_000, 5_000), (20_000, 9_000), (100_000, 20_000)):
        table = incidents(n, extent)
        _, exact = timed(
            f"knox {n:,}, 4x4, exact only", repeats.knox, table, **bands, n_permutations=0
        )
        knox, seconds = timed(
            f"knox {n:,}, 4x4, 999 permutations", repeats.knox, table, **bands, rng=1
        )
        near = repeats.knox(table, space_bands=[0, 400], time_bands=[0, np.inf], n_permutations=0)
        pairs = int(near["observed"].iloc[0])
        rate = pairs * 999 / np.maximum(seconds - exact, 1e-9) / 1e9
        print(
            f"{pairs:,} pairs within 400 m; {rate[0]:.2f} * 10^9 pair-permutations a second, "
            f"{rate[1]:.2f} * 10^9 a second and core"
        )
        assert len(knox) == 16
        if given.peer and n <= 20_000:
            beside(table, seconds)
    timed(
        "knox 100,000 along 40,000 blocks of streets, 4x4, 999 permutations",
        repeats.knox, table, **bands, metric="network", streets=blocks(20_000), rng=1,
    )  # fmt: skip
    timed("jacquez 100,000, 999 permutations", repeats.jacquez, table, rng=1)
    timed("mantel 20,000, exact moments only", repeats.mantel, incidents(20_000, 9_000),
          n_permutations=0)  # fmt: skip
    timed("mantel 5,000, 999 permutations", repeats.mantel, incidents(5_000, 9_000), rng=1)
    timed(
        "near_repeats 100,000 within 100 m and 7 days",
        repeats.near_repeats,
        table,
        distance=100,
        days=7,
    )
    million = incidents(1_000_000, 20_000)
    for by in ("hour_weekday", "month"):
        timed(f"aoristic 1,000,000 by {by}", times.aoristic, million, by=by)
    million["geometry"] = gpd.points_from_xy(
        million.geometry.x // 50, million.geometry.y // 50, crs=28992
    )
    timed("places 1,000,000", repeats.places, million)


if __name__ == "__main__":
    main()
