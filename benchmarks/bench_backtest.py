"""
Time the back-test: a million incidents, 24 origins, six methods with the naive lists.

Beside it the same lists made plainly, with pandas per origin and method, in the same run: the
hits must be the same.

    python benchmarks/bench_backtest.py            a million incidents
    python benchmarks/bench_backtest.py --quick    a hundred thousand
"""

import argparse
import resource
import time

import geopandas as gpd
import numpy as np
import pandas as pd

from ipgtools import Grid, evaluate

METHODS = ["busiest", "density", "gi_star"]
"""With last, long_run and random: six."""


def incidents(n: int, extent: float, days: int, seed: int = 1) -> gpd.GeoDataFrame:
    """Scatter incidents over a town with busy parts, and three years."""
    rng = np.random.default_rng(seed)
    x, y = rng.beta(2, 4, (2, n)) * extent
    day = pd.to_timedelta(rng.integers(0, days * 24, n), unit="h")
    return gpd.GeoDataFrame(
        {"occurred_from": pd.Timestamp("2023-01-01") + day},
        geometry=gpd.points_from_xy(x, y), crs=28992,
    )  # fmt: skip


def plain_last(table: gpd.GeoDataFrame, grid: Grid, origins: pd.Series, days: int) -> float:
    """Count the hits of last period's cells with joins per origin, as a notebook would."""
    cells, hits = grid.cells(), 0.0
    for origin in origins:
        length = pd.Timedelta(days=days)
        when = table["occurred_from"]
        before = table[(when >= origin - length) & (when < origin)]
        after = table[(when >= origin) & (when < origin + length)]
        counts = [
            gpd.sjoin(some, cells[["geometry"]], predicate="within")["index_right"].value_counts()
            for some in (before, after)
        ]
        ranked = counts[0].reindex(cells.index, fill_value=0).sort_values(ascending=False)
        top = ranked.index[: round(0.03 * len(cells))]
        hits += float(counts[1].reindex(top, fill_value=0).sum())
    return hits


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a hundred thousand incidents")
    given = parser.parse_args()
    n = 100_000 if given.quick else 1_000_000
    table = incidents(n, 15_000, 1095)
    grid = Grid.covering((0, 0, 15_000, 15_000), cell_size=100)
    evaluate.backtest(table.head(5_000), grid, methods=METHODS, n_origins=3)
    start, cpu = time.perf_counter(), time.process_time()
    tested = evaluate.backtest(table, grid, methods=METHODS, n_origins=24, days=28)
    taken, cpu = time.perf_counter() - start, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"backtest {n:,} incidents, {tested.attrs['n_origins']} origins, "
        f"{tested['method'].nunique()} methods, {grid.n_cells:,} cells: {taken:.1f} s "
        f"({cpu:.1f} s cpu), peak {memory:.2f} GB",
        flush=True,
    )
    one = tested[(tested["method"] == "last") & (tested["share"] == 0.03)]
    start, cpu_plain = time.perf_counter(), time.process_time()
    hits = plain_last(table, grid, one["origin"].iloc[:4], 28)
    plain = (time.perf_counter() - start) / 4 * len(one)
    cpu_plain = (time.process_time() - cpu_plain) / 4 * len(one)
    assert abs(hits / one["n_hits"].iloc[:4].sum() - 1) < 0.05  # ties in one order, not averaged
    print(
        f"plain sjoin for one method, {len(one)} origins: {plain:.1f} s (from 4); all of ours "
        f"together take {taken / plain:.2f} of that ({cpu / cpu_plain:.2f} by cpu)",
        flush=True,
    )
    print(
        evaluate.card(tested, share=0.03, rng=1)[
            ["method", "n_events", "hit_rate", "low", "high", "pai", "pei", "verdict"]
        ].round(3).to_string(index=False)
    )  # fmt: skip


if __name__ == "__main__":
    main()
