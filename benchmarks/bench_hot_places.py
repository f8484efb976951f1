"""
Time `ipgtools.hotspots.places`: a wijk of three sizes, with streets, addresses and eight kinds.

A town of chance has nothing to name, so each search stops after one test; in the other, places
were planted, each of which costs a round. Seconds of one core (process time), the first call,
which loads and compiles, left out. Below it what the slowest steps cost.

    python benchmarks/bench_hot_places.py            the full sizes
    python benchmarks/bench_hot_places.py --quick    the smallest size
"""

import argparse
import cProfile
import pstats
import time

import geopandas as gpd
import numpy as np
import pandas as pd
from calibration import tables

from ipgtools import hotspots

SIZES = ((2000, None), (3300, 2.0), (6800, 8.0))
"""Side of the wijk in metres, and the seconds it may take."""
PER_CELL = 250 / 400
KINDS = [f"soort {number}" for number in range(1, 9)]
N_PLANTED = 4
STEPS = {
    "highest_by_chance": "maps of chance",
    "segment_zones": "stretches of street",
    "zones": "other zones",
    "described": "describing places",
}


def given(side: float, n_planted: int) -> dict[str, object]:
    """Make the tables of a town."""
    rng = np.random.default_rng(1)
    town = tables.towns(tables.grid_streets(side + 1000), rng, side)
    n = PER_CELL * (side / 100) ** 2
    parts = [tables.incidents(town, n, rng)]
    parts += [
        tables.block(town, n, 50.0, rng, lasting=number % 2 == 0)[0] for number in range(n_planted)
    ]
    incidents = gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), crs=town.areas.crs)
    share = 1 / np.arange(1, len(KINDS) + 1)
    incidents["kind"] = rng.choice(KINDS, len(incidents), p=share / share.sum())
    return {
        "incidents": incidents, "areas": town.areas, "period": tables.NOW,
        "streets": town.streets, "addresses": town.addresses, "kind": "kind", "rng": 1,
    }  # fmt: skip


def seconds(say: dict[str, object], runs: int) -> tuple[float, int]:
    """Give the least process time of some runs, and how many places were named."""
    times, n = [], 0
    for _ in range(runs):
        begin = time.process_time()
        n = len(hotspots.places(**say))
        times.append(time.process_time() - begin)
    return min(times), n


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="the smallest size")
    sizes = SIZES[:1] if parser.parse_args().quick else SIZES
    hotspots.places(**given(*SIZES[0][:1], 0))
    print(f"{'job':<52} {'places':>7} {'s':>7} {'bar':>6}")
    for side, bar in sizes:
        for n_planted in (0, N_PLANTED):
            say = given(side, n_planted)
            took, n = seconds(say, 3)
            what = f"{n_planted} planted" if n_planted else "chance"
            size = f"{(side // 100) ** 2:,} cells, {len(say['incidents']):,} incidents"
            print(f"{size + ', ' + what:<52} {n:>7} {took:>7.2f} {bar or '':>6}", flush=True)
    profile = cProfile.Profile(time.process_time)
    profile.runcall(hotspots.places, **say)
    told = {name: each[3] for (_, _, name), each in pstats.Stats(profile).stats.items()}
    print("of the last, by the profiler: " + ", ".join(
        f"{what} {told[name] / told['places']:.0%}" for name, what in STEPS.items()
    ))  # fmt: skip


if __name__ == "__main__":
    main()
