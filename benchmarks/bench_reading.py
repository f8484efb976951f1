"""
Measure reading incidents beside what an analyst writes without ipgtools.

A CSV with BVH columns, made from the sample town and repeated under new numbers, to a checked
GeoDataFrame; against `pandas.read_csv`, `to_datetime` and `points_from_xy`. Each in a process
of its own: seconds and peak memory.

    python benchmarks/bench_reading.py            5 million rows
    python benchmarks/bench_reading.py 1          1 million rows
"""

import subprocess
import sys
import tempfile
from pathlib import Path

BASE = 200_000
OURS = """
import ipgtools
incidents, report = ipgtools.read_incidents(sys.argv[1])
assert report.n_read == int(sys.argv[2]) and len(incidents) > 0.9 * report.n_read, report
"""
PANDAS = """
import geopandas, pandas
rows = pandas.read_csv(sys.argv[1], sep=";", low_memory=False)
for name in [name for name in rows if "datum" in name]:
    rows[name] = pandas.to_datetime(rows[name], format="%d-%m-%Y %H:%M", errors="coerce")
x, y = (pandas.to_numeric(rows[name], errors="coerce") for name in "XY")
points = geopandas.points_from_xy(x, y)
incidents = geopandas.GeoDataFrame(rows, geometry=points, crs=28992)
"""
TIMED = """
import resource, sys, time
start = time.perf_counter()
{body}
spent = time.perf_counter() - start
print(spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2)
"""


def write(path: Path, n_rows: int) -> None:
    """Write a CSV of incidents with distinct numbers."""
    import gzip

    from ipgtools import sample

    town = path.parent / "town"
    sample.write(town, incidents=BASE)
    made = next(town.glob("incidenten.csv*"))
    opener = gzip.open if made.suffix == ".gz" else open
    with opener(made, "rt", encoding="utf-8-sig") as stream:
        head, *rows = stream.read().splitlines()
    rows = [row for row in rows if row.startswith("PL") and row.count('"') % 2 == 0]
    n_written = 0
    with path.open("w", encoding="utf-8") as stream:
        stream.write(head + "\n")
        while n_written < n_rows:
            part = rows[: n_rows - n_written]
            turn = n_written // len(rows)
            stream.writelines(f"N{turn}{row}\n" for row in part)
            n_written += len(part)


def measure(body: str, path: Path, n_rows: int) -> tuple[float, float]:
    """Give seconds and GB of a piece of code in a process of its own."""
    code = TIMED.format(body=body)
    done = subprocess.run(
        [sys.executable, "-c", code, str(path), str(n_rows)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    seconds, memory = map(float, done.stdout.split())
    return seconds, memory


def main() -> None:
    """Measure, and print a table."""
    n_rows = int(float(sys.argv[1] if len(sys.argv) > 1 else 5) * 1_000_000)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "incidenten.csv"
        write(path, n_rows)
        print(f"{n_rows:,} rows, {path.stat().st_size / 1e6:,.0f} MB")
        print(f"{'':12}{'seconds':>10}{'GB':>8}")
        peer = measure(PANDAS, path, n_rows)
        ours = measure(OURS, path, n_rows)
    for name, (seconds, memory) in (("pandas", peer), ("ipgtools", ours)):
        print(f"{name:12}{seconds:10.1f}{memory:8.2f}")
    print(f"{peer[0] / ours[0]:.1f} times as fast (bar: 3 times, 6 GB at 5 million)")


if __name__ == "__main__":
    main()
