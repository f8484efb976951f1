"""
Measure which area each incident lies in, beside the libraries people use now.

5 million points, half of them round the centre, in 3,025 touching polygons of 92 vertices.
Every library gets its points and polygons in memory in its own form (that is not timed) and
counts the points per polygon; the counts must be equal. geopandas.sjoin gets what we get.
Peers that are not installed are passed over; `pip install -e ".[test,benchmarks]"` brings them,
but for DuckDB's: `duckdb-extension-spatial` goes with one version of duckdb and asks for an
environment of its own.

    python benchmarks/bench_assign.py            5 million points
    python benchmarks/bench_assign.py 0.5        half a million points
"""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from timing import best

from ipgtools import areas

SIDE = 55


def polygons() -> gpd.GeoDataFrame:
    """Draw squares of 1 km with wavy borders that fit together."""
    steps = np.linspace(0, 1, 24)[:-1]
    none = np.zeros_like(steps)
    ring = np.concatenate(
        [
            np.column_stack([steps, none]),
            np.column_stack([none + 1, steps]),
            np.column_stack([1 - steps, none + 1]),
            np.column_stack([none, 1 - steps]),
        ]
    )
    corners = np.array([(col, row) for row in range(SIDE) for col in range(SIDE)], dtype=float)
    rings = ring + corners[:, None, :]
    rings += 0.04 * np.sin(rings[:, :, ::-1] * 6 * np.pi)
    codes = [f"A{i:05d}" for i in range(SIDE * SIDE)]
    return gpd.GeoDataFrame(
        {"area_code": codes}, geometry=shapely.polygons((rings * 1000).round(3)), crs=28992
    )


def points(n: int) -> gpd.GeoDataFrame:
    """Scatter points, half of them round the centre."""
    rng = np.random.default_rng(20251101)
    half = n // 2
    xy = np.concatenate(
        [rng.uniform(0, SIDE * 1000, (half, 2)), rng.normal(SIDE * 500, SIDE * 110, (half, 2))]
    )
    return gpd.GeoDataFrame(geometry=gpd.points_from_xy(*xy.T), crs=28992)


def sjoin(incidents: gpd.GeoDataFrame, table: gpd.GeoDataFrame) -> Callable[[], pd.Series]:
    def joined() -> pd.Series:
        return incidents.sjoin(table)["area_code"].value_counts()

    return joined


def sedona(incidents: gpd.GeoDataFrame, table: gpd.GeoDataFrame) -> Callable[[], pd.Series]:
    from sedonadb import connect

    session = connect()
    session.create_data_frame(incidents).to_memtable().to_view("points")
    session.create_data_frame(table).to_memtable().to_view("areas")
    query = (
        "SELECT a.area_code, count(*) AS n FROM points p JOIN areas a "
        "ON ST_Intersects(a.geometry, p.geometry) GROUP BY a.area_code"
    )
    return lambda: session.sql(query).to_pandas().set_index("area_code")["n"]


def duckdb_spatial(incidents: gpd.GeoDataFrame, table: gpd.GeoDataFrame) -> Callable[[], pd.Series]:
    import duckdb
    import duckdb_extension_spatial

    folder = Path(next(iter(duckdb_extension_spatial.__path__)))
    extension = next(folder.rglob("spatial.duckdb_extension"))
    session = duckdb.connect()
    session.load_extension(str(extension))
    xy = pd.DataFrame({"x": incidents.geometry.x, "y": incidents.geometry.y})
    shapes = pd.DataFrame({"area_code": table["area_code"], "wkb": shapely.to_wkb(table.geometry)})
    session.register("xy", xy)
    session.register("shapes", shapes)
    session.execute("CREATE TABLE points AS SELECT ST_Point(x, y) AS geom FROM xy")
    session.execute(
        "CREATE TABLE areas AS SELECT area_code, ST_GeomFromWKB(wkb) AS geom FROM shapes"
    )
    query = (
        "SELECT a.area_code, count(*) AS n FROM points p JOIN areas a "
        "ON ST_Intersects(a.geom, p.geom) GROUP BY a.area_code"
    )
    return lambda: session.execute(query).df().set_index("area_code")["n"]


def main() -> None:
    n = int(float(sys.argv[1] if len(sys.argv) > 1 else 5) * 1_000_000)
    incidents, table = points(n), polygons()
    areas.assign(incidents[:1000], table)
    ours, found = best(lambda: areas.assign(incidents, table), 3)
    counts = found.value_counts().sort_index()
    print(f"{n:,} points, {len(table):,} polygons, {counts.sum():,} inside")
    print(f"{'ipgtools (a code per point)':34}{ours:8.2f} s")
    peers = {
        "geopandas": ("geopandas.sjoin", sjoin, 1),
        "sedonadb": ("sedonadb (counts only)", sedona, 3),
        "duckdb_extension_spatial": ("DuckDB spatial (counts only)", duckdb_spatial, 3),
    }
    for package, (name, make, runs) in peers.items():
        if importlib.util.find_spec(package) is None:
            continue
        theirs, result = best(make(incidents, table), runs)
        same = result.sort_index().astype("int64").equals(counts.astype("int64"))
        same = same or bool((result.sort_index().to_numpy() == counts.to_numpy()).all())
        print(f"{name:34}{theirs:8.2f} s{theirs / ours:8.1f}x   same counts: {same}")


if __name__ == "__main__":
    main()
