"""
Measure reading incidents beside what an analyst writes without ipgtools.

A CSV with BVH columns, made from the sample town and repeated under new numbers, to a checked
GeoDataFrame; against `pandas.read_csv`, `to_datetime` and `points_from_xy`. Each in a process
of its own: seconds and peak memory.

    python benchmarks/bench_reading.py            5 million rows
    python benchmarks/bench_reading.py 1          1 million rows
    python benchmarks/bench_reading.py --parquet 10    a Parquet of 10 million, without peer
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
used = resource.getrusage(resource.RUSAGE_SELF)
print(spent, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024**2)
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


def write_parquet(path: Path, n_rows: int) -> None:
    """Write a Parquet of incidents drawn at random, a million rows at a time."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    rng = np.random.default_rng(0)
    codes = ["A20", "A40", "B20", "C40", "F614", "D13"]
    streets = [f"Straat {number}" for number in range(300)]
    writer = None
    for first in range(0, n_rows, 1_000_000):
        n = min(1_000_000, n_rows - first)
        begin = np.datetime64("2024-01-01", "s") + rng.integers(0, 366 * 86_400, n)
        part = pa.table({
            "incident_id": [f"PL{number:09d}" for number in range(first, first + n)],
            "category": rng.choice(codes, n),
            "street_name": rng.choice(streets, n),
            "occurred_from": begin,
            "occurred_to": begin + rng.integers(0, 36_000, n),
            "x": rng.integers(250_000, 262_000, n).astype(float),
            "y": rng.integers(465_000, 478_000, n).astype(float),
        })  # fmt: skip
        writer = writer or pq.ParquetWriter(path, part.schema)
        writer.write_table(part)
    if writer:
        writer.close()


def measure(body: str, path: Path, n_rows: int) -> tuple[float, float, float]:
    """Give seconds, seconds of processor and GB of a piece of code in a process of its own."""
    code = TIMED.format(body=body)
    done = subprocess.run(
        [sys.executable, "-c", code, str(path), str(n_rows)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    seconds, processor, memory = map(float, done.stdout.split())
    return seconds, processor, memory


def main() -> None:
    """Measure, and print a table."""
    given = [one for one in sys.argv[1:] if one != "--parquet"]
    parquet = "--parquet" in sys.argv
    n_rows = int(float(given[0] if given else 10 if parquet else 5) * 1_000_000)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"incidenten.{'parquet' if parquet else 'csv'}"
        (write_parquet if parquet else write)(path, n_rows)
        print(f"{n_rows:,} rows, {path.stat().st_size / 1e6:,.0f} MB")
        print(f"{'':12}{'seconds':>10}{'processor':>11}{'GB':>8}")
        jobs = {"ipgtools": OURS} if parquet else {"pandas": PANDAS, "ipgtools": OURS}
        found = {name: measure(body, path, n_rows) for name, body in jobs.items()}
    for name, (seconds, processor, memory) in found.items():
        print(f"{name:12}{seconds:10.1f}{processor:11.1f}{memory:8.2f}")
    if parquet:
        print("bar: 20 s at 10 million")
        return
    times = found["pandas"][0] / found["ipgtools"][0]
    print(f"{times:.1f} times as fast (bar: 3 times, 6 GB at 5 million)")


if __name__ == "__main__":
    main()
