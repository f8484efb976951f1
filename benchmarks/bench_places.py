"""
Measure places (Gi*, density) beside the libraries people use now.

Same data, same process, best of a few runs; what counts is the ratio, the seconds only say
what to expect. Peers that are not installed are passed over.

    python benchmarks/bench_places.py            the full sizes
    python benchmarks/bench_places.py --quick    a tenth of them
"""

import argparse
import importlib.util
import time
import warnings
from typing import Any

import geopandas as gpd
import numpy as np
from scipy import fft, ndimage, stats
from sklearn.neighbors import KernelDensity
from timing import best

from ipgtools import hotspots
from ipgtools.grid import Grid
from ipgtools.hotspots import kernel_density

RNG = np.random.default_rng(20251101)


def row(job: str, peer: str, ours: float, theirs: float, check: str) -> None:
    print(f"{job:<42} {peer:<26} {ours:>9.3f} {theirs:>9.3f} {theirs / ours:>8.1f}x  {check}")


def installed(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def gi_star(side: int) -> None:
    cells = Grid.covering((0, 0, side * 100, side * 100)).cells()
    cells["n"] = RNG.poisson(3, side * side)
    job = f"Gi* z, p, q, {side} x {side} cells"
    ours, found = best(lambda: hotspots.gi_star(cells), 5)
    if not installed("esda"):
        return
    import esda
    import libpysal

    weights = libpysal.weights.lat2W(side, side, rook=False)
    values = cells["n"].to_numpy(float)

    def analytic() -> Any:
        return esda.G_Local(values, weights, transform="B", star=True, permutations=0)

    theirs, peer = best(analytic, 1)
    row(job, "esda G_Local, z only", ours, theirs, f"z {np.abs(peer.Zs - found.gi_star).max():.0e}")


def permutation(side: int) -> None:
    cells = Grid.covering((0, 0, side * 100, side * 100)).cells()
    cells["n"] = RNG.poisson(1, side * side)
    job = f"Gi* permutation p, {side} x {side} cells"
    ours, _ = best(lambda: hotspots.gi_star(cells), 5)
    if not installed("esda"):
        return
    import esda
    import libpysal

    weights = libpysal.weights.lat2W(side, side, rook=False)
    values = cells["n"].to_numpy(float)

    def simulated() -> Any:
        return esda.G_Local(
            values,
            weights,
            transform="B",
            star=True,
            permutations=9999,
            keep_simulations=False,
            n_jobs=1,
        )

    simulated()
    row(job, "esda, 9,999 draws", ours, best(simulated, 1)[0], "ours exact, no draws")


def density(n: int) -> None:
    """
    From coordinates to densities at the centres of the cells, all jobs by turns.

    KDEpy wants a node beyond every point; scipy and scikit-learn are timed on few and scaled.
    """
    half = n // 2
    xy = np.concatenate([RNG.uniform(0, 10_000, (half, 2)), RNG.normal(5000, 900, (half, 2))])
    xy = np.ascontiguousarray(xy[((xy > 0) & (xy < 10_000)).all(axis=1)])
    x, y = xy[:, 0].copy(), xy[:, 1].copy()
    grid = Grid.covering((0, 0, 10_000, 10_000), 10)
    incidents = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y), crs=28992)
    shape = kernel_density.KERNELS["quartic"]
    spread = 300 * shape.spread
    job = f"density, {len(xy):,} points, 1000 x 1000, 300 m"

    def own() -> Any:
        return kernel_density.evaluate(x, y, None, grid, shape, 300.0)[0]

    def histogram() -> Any:
        counted, *_ = np.histogram2d(y, x, bins=1000, range=[(0, 10_000), (0, 10_000)])
        return ndimage.gaussian_filter(counted, spread / 10, truncate=5) / 100

    jobs = {"ours": own, "scipy histogram + gaussian": histogram}
    if installed("KDEpy"):
        from KDEpy import FFTKDE

        side = np.arange(-5, 10_010, 10.0)
        nodes = np.stack(np.meshgrid(side, side, indexing="ij"), axis=-1).reshape(-1, 2)

        def peer() -> Any:
            found = FFTKDE(kernel="biweight", bw=spread).fit(xy).evaluate(nodes)
            return found.reshape(len(side), len(side)).T[1:-1, 1:-1] * len(xy)

        jobs["KDEpy FFTKDE biweight"] = peer
    times: dict[str, list[float]] = {name: [] for name in jobs}
    tables = {}
    own()
    for _ in range(7):
        for name, run in jobs.items():
            start = time.perf_counter()
            tables[name] = run()
            times[name].append(time.perf_counter() - start)
    rows, cols = RNG.integers(0, 1000, (2, 300))
    direct = np.array(
        [
            kernel_density.kernel_values(
                ((x - (10 * col + 5)) ** 2 + (y - (10 * row + 5)) ** 2) / 300**2, shape
            ).sum()
            for row, col in zip(rows, cols, strict=True)
        ]
    )
    errors = {
        name: float(np.abs(table[rows, cols] - direct / 300**2).max() / tables["ours"].max())
        for name, table in tables.items()
    }
    ours = min(times["ours"])
    for name in list(jobs)[1:]:
        check = f"error of the peak {errors['ours']:.0e}, theirs {errors[name]:.0e}"
        row(job, name, ours, min(times[name]), check)
    few = RNG.choice(len(xy), 2000)
    at = RNG.uniform(0, 10_000, (2000, 2))
    estimate = stats.gaussian_kde(xy[few].T)
    theirs = best(lambda: estimate(at.T), 1)[0] * (len(xy) / 2000) * (1_000_000 / 2000)
    row(job, "scipy gaussian_kde (scaled)", ours, theirs, "")
    tree = KernelDensity(kernel="epanechnikov", bandwidth=300, rtol=1e-3).fit(xy)
    theirs = best(lambda: tree.score_samples(at[:50]), 1)[0] * (1_000_000 / 50)
    row(job, "sklearn KernelDensity (scaled)", ours, theirs, "")
    plain = np.zeros((1080, 1080), dtype=np.float32)
    limit, _ = best(lambda: fft.irfft2(fft.rfft2(plain, workers=-1), workers=-1), 7)
    table, _ = best(lambda: hotspots.density(incidents, grid, bandwidth=300), 2)
    print(f"  of our {ours:.3f} s two bare transforms take {limit:.3f}; with tables {table:.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a tenth of the sizes")
    quick = parser.parse_args().quick
    warnings.simplefilter("ignore")
    print(f"{'job':<42} {'peer':<26} {'ours s':>9} {'peer s':>9} {'ratio':>9}")
    gi_star(150 if quick else 500)
    permutation(40 if quick else 100)
    density(100_000 if quick else 1_000_000)


if __name__ == "__main__":
    main()
