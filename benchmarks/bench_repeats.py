"""
Time the Knox table and the aoristic table, with their memory.

Run as ``python benchmarks/bench_repeats.py``; each job runs once after a small run that
compiles. `--peer` times pointpats' `Knox` beside it where that is installed.
"""

import argparse
import resource
import time

import geopandas as gpd
import numpy as np
import pandas as pd

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
    start = time.perf_counter()
    result = job(*args, **options)
    seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{name:58s} {seconds:8.2f} s   peak {memory:5.2f} GB", flush=True)
    return result, seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", action="store_true", help="also time pointpats")
    given = parser.parse_args()
    bands = {"space_bands": SPACE, "time_bands": DAYS}
    repeats.knox(incidents(500, 2_000), **bands, n_permutations=99, rng=1)
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
        rate = pairs * 999 / max(seconds - exact, 1e-9) / 1e9
        print(f"{pairs:,} pairs within 400 m; {rate:.2f} * 10^9 pair-permutations a second")
        assert len(knox) == 16
        if given.peer and n <= 20_000:
            from pointpats import Knox

            xy = table.get_coordinates().to_numpy()
            day = (table["occurred_from"] - pd.Timestamp("2024-01-01")).dt.days.to_numpy()
            timed(
                f"pointpats Knox {n:,}, one pair of bands, 99 permutations",
                Knox, xy, day.reshape(-1, 1), delta=100, tau=7, permutations=99,
            )  # fmt: skip
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
