"""
Measure time and memory against the number of incidents, 10^4 to 10^7, and draw both.

Every job runs in a process of its own after a small run that compiles. Memory is the peak
while the job runs, less what the process held before it. Points keep the density of a town:
ten times as many incidents cover ten times the surface, so that pairs and cells grow as the
incidents do; a job marked with a `*` is on a fixed surface. Beside it the speed of copying
memory is measured: no job that must read its points once can be faster than that.

    python benchmarks/growth.py OUT_FOLDER           all jobs; writes growth.csv and growth.png
    python benchmarks/growth.py OUT_FOLDER --most 1000000
"""

import argparse
import json
import math
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
PER_KM2 = 400.0
BYTES = {"assign": 24, "count": 24, "density": 24, "gi_star": 8, "places": 16, "aoristic": 16}
"""Bytes a row that a job must at least read and write: coordinates or times in, result out."""


def scattered(n: int, *, side: float | None = None) -> Any:
    """Scatter incidents over a town and a year, a third of them on places of their own."""
    import geopandas as gpd
    import numpy as np
    import pandas as pd

    rng = np.random.default_rng(7)
    side = side or math.sqrt(n / PER_KM2) * 1000
    xy = rng.uniform(0, side, (n, 2))
    stacked = rng.integers(0, n, n // 3)
    xy[: n // 3] = xy[n // 3 :][rng.integers(0, max(1, n // 20), len(stacked))]
    start = pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 365 * 24, n), unit="h")
    end = start + pd.to_timedelta(rng.exponential(8 * 3600, n).astype(int), unit="s")
    table = {"occurred_from": start.as_unit("s"), "occurred_to": end.as_unit("s")}
    return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(*xy.T), crs=28992), side


def town(side: float, n_areas: int) -> Any:
    """Cut the town into squares."""
    import geopandas as gpd
    import numpy as np
    import shapely

    rows = max(1, math.isqrt(n_areas))
    step = side / rows
    col, row = np.meshgrid(np.arange(rows), np.arange(rows))
    boxes = shapely.box(
        col.ravel() * step, row.ravel() * step, (col.ravel() + 1) * step, (row.ravel() + 1) * step
    )
    codes = [f"A{i:06d}" for i in range(len(boxes))]
    return gpd.GeoDataFrame({"area_code": codes}, geometry=boxes, crs=28992)


def read(suffix: str) -> Callable[[int], Callable[[], Any]]:
    def prepare(n: int) -> Callable[[], Any]:
        import tempfile

        import geopandas as gpd

        import ipgtools

        incidents, _ = scattered(n)
        incidents["incident_id"] = [f"PL{i:09d}" for i in range(n)]
        incidents["category"] = "A20"
        x, y = incidents.geometry.x.round(0), 400_000 + incidents.geometry.y.round(0)
        path = Path(tempfile.mkdtemp()) / f"incidents{suffix}"
        if suffix == ".csv":
            rows = incidents.drop(columns="geometry")
            rows.insert(2, "X", x)
            rows.insert(3, "Y", y)
            rows.to_csv(path, sep=";", index=False)
        else:
            incidents.set_geometry(gpd.points_from_xy(x, y), crs=28992).to_parquet(path)

        def job() -> Any:
            table, _report = ipgtools.read_incidents(path)
            path.unlink()
            return table

        return job

    return prepare


def assign(n: int) -> Callable[[], Any]:
    from ipgtools import areas

    incidents, side = scattered(n)
    table = town(side, 3000)
    return lambda: areas.assign(incidents, table)


def count(n: int) -> Callable[[], Any]:
    from ipgtools import Grid, hotspots

    incidents, side = scattered(n, side=30_000)
    grid = Grid.covering((0, 0, side, side), 100, crs=28992)
    return lambda: hotspots.count(incidents, grid)


def density(n: int) -> Callable[[], Any]:
    from ipgtools import Grid, hotspots

    incidents, side = scattered(n, side=30_000)
    grid = Grid.covering((0, 0, side, side), 100, crs=28992)
    return lambda: hotspots.density(incidents, grid, bandwidth=300)


def gi_star(n: int) -> Callable[[], Any]:
    import numpy as np

    from ipgtools import Grid, hotspots

    side = math.isqrt(n)
    cells = Grid.covering((0, 0, side * 100, side * 100), 100, crs=28992).cells()
    cells["n"] = np.random.default_rng(1).poisson(1.0, len(cells))
    return lambda: hotspots.gi_star(cells)


def knox(n: int) -> Callable[[], Any]:
    from ipgtools import repeats

    incidents, _ = scattered(n)
    bands = {"space_bands": [0, 100, 200, 300, 400], "time_bands": [0, 7, 14, 21, 28]}
    return lambda: repeats.knox(incidents, **bands, n_permutations=99, rng=1)


def near_repeats(n: int) -> Callable[[], Any]:
    from ipgtools import repeats

    incidents, _ = scattered(n)
    return lambda: repeats.near_repeats(incidents, distance=100, days=7)


def places(n: int) -> Callable[[], Any]:
    from ipgtools import repeats

    incidents, _ = scattered(n)
    return lambda: repeats.places(incidents)


def clusters(n: int) -> Callable[[], Any]:
    from ipgtools import hotspots

    incidents, _ = scattered(n)
    return lambda: hotspots.clusters(incidents, eps=50, min_incidents=10)


def aoristic(n: int) -> Callable[[], Any]:
    from ipgtools import times

    incidents, _ = scattered(n)
    return lambda: times.aoristic(incidents, by="hour_weekday")


JOBS: dict[str, tuple[Callable[[int], Callable[[], Any]], int]] = {
    "read csv": (read(".csv"), 10_000_000),
    "read parquet": (read(".parquet"), 10_000_000),
    "assign": (assign, 10_000_000),
    "count *": (count, 10_000_000),
    "density *": (density, 10_000_000),
    "gi_star (n cells)": (gi_star, 10_000_000),
    "knox, 99 permutations": (knox, 1_000_000),
    "near_repeats": (near_repeats, 10_000_000),
    "places": (places, 10_000_000),
    "clusters": (clusters, 1_000_000),
    "aoristic": (aoristic, 10_000_000),
}


def one(name: str, n: int) -> dict[str, float]:
    """Run one job in this process; give seconds and MB."""
    prepare, _ = JOBS[name]
    prepare(2_000)()
    job = prepare(n)
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = _status("VmRSS")
    start = time.perf_counter()
    kept = job()
    seconds = time.perf_counter() - start
    peak = _status("VmHWM")
    del kept
    whole = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "mb": max(0.0, peak - before), "process_mb": whole}


def _status(field: str) -> float:
    """Give a size of this process in MB."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(field):
            return float(line.split()[1]) / 1024
    return math.nan


def copying() -> float:
    """Give the GB a second at which memory is copied, reading and writing counted."""
    import numpy as np

    source = np.ones(50_000_000)
    target = np.empty_like(source)
    times = []
    for _ in range(5):
        start = time.perf_counter()
        np.copyto(target, source)
        times.append(time.perf_counter() - start)
    return 2 * source.nbytes / min(times) / 1e9


def slope(points: list[dict[str, float]]) -> float:
    """Give the power of n that time grows with, over the last tenfold."""
    if len(points) < 2:
        return math.nan
    first, last = points[-2], points[-1]
    return math.log(last["seconds"] / first["seconds"]) / math.log(last["n"] / first["n"])


def kept(path: Path, again: set[str]) -> list[dict[str, Any]]:
    """Give what an earlier run measured of other jobs."""
    import csv

    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        found = [
            {
                "job": r["job"],
                "n": int(r["n"]),
                "seconds": float(r["seconds"]),
                "mb": float(r["mb"]),
            }
            for r in csv.DictReader(stream)
        ]
    return [row for row in found if row["job"] in JOBS and row["job"] not in again]


def draw(rows: list[dict[str, Any]], path: Path) -> None:
    """Draw time and memory on doubly logarithmic paper."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, 2, figsize=(13, 6), layout="constrained")
    names = list(dict.fromkeys(row["job"] for row in rows))
    colours = mpl.colormaps["tab20"].colors
    markers = "osD^vP*Xhp<>"
    for (axis, key, title) in (
        (axes[0], "seconds", "Tijd (s)"), (axes[1], "mb", "Geheugen boven de invoer (MB)"),
    ):  # fmt: skip
        for number, name in enumerate(names):
            mine = [row for row in rows if row["job"] == name]
            axis.plot(
                [row["n"] for row in mine],
                [max(row[key], 1e-3) for row in mine],
                marker=markers[number % len(markers)],
                color=colours[number % 20],
                label=name,
            )
        low = 1e-2 if key == "seconds" else 1.0
        axis.plot([1e5, 1e7], [low, low * 100], ":", color="grey", label="evenredig met n")
        axis.set(xscale="log", yscale="log", xlabel="n", title=title)
        axis.grid(visible=True, which="major", alpha=0.3)
    axes[1].legend(loc="center left", bbox_to_anchor=(1.01, 0.5), frameon=False)
    figure.savefig(path, dpi=110)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("--most", type=int, default=SIZES[-1])
    parser.add_argument(
        "--jobs", default="", help="only jobs with one of these (a,b) in their name"
    )
    parser.add_argument("--one", nargs=2, metavar=("JOB", "N"))
    given = parser.parse_args()
    if given.one:
        print(json.dumps(one(given.one[0], int(given.one[1]))))
        return
    speed = copying()
    print(f"copying memory: {speed:.1f} GB/s")
    rows: list[dict[str, Any]] = []
    for name, (_, most) in JOBS.items():
        if not any(part in name for part in given.jobs.split(",")):
            continue
        mine: list[dict[str, Any]] = []
        for n in SIZES:
            if n > min(most, given.most):
                continue
            command = [sys.executable, __file__, "--one", name, str(n)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                print(f"{name:24}{n:>12,}  failed: {done.stderr.strip().splitlines()[-1:]}")
                break
            mine.append({"job": name, "n": n, **json.loads(done.stdout.splitlines()[-1])})
            row = mine[-1]
            least = BYTES.get(name.split()[0], math.nan) * n / speed / 1e9
            print(
                f"{name:24}{n:>12,}{row['seconds']:10.3f} s{row['mb']:10.0f} MB"
                f"   {row['seconds'] / least:8.0f} x copying",
                flush=True,
            )
        rows += mine
        print(f"{name:24}grows with n^{slope(mine):.2f}", flush=True)
    if given.out:
        given.out.mkdir(parents=True, exist_ok=True)
        rows += kept(given.out / "growth.csv", {row["job"] for row in rows})
        rows.sort(key=lambda row: (list(JOBS).index(row["job"]), row["n"]))
        lines = ["job,n,seconds,mb"]
        lines += [f'"{r["job"]}",{r["n"]},{r["seconds"]:.4f},{r["mb"]:.1f}' for r in rows]
        (given.out / "growth.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        draw(rows, given.out / "growth.png")


if __name__ == "__main__":
    main()
