"""
Print the numbers by which docs/verantwoording.md compares us with other tools.

Parts that need the real data sets are passed over where these are missing; give their folder
as argument or in IPGTOOLS_TEST_DATA.

    python benchmarks/reconcile.py [FOLDER]
"""

import os
import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from ipgtools import Grid, concentration, hotspots, inference, repeats


def random_maps(n_maps: int = 200, side: int = 30) -> None:
    """Count the maps of pure chance on which a rule calls anything hot or cold."""
    cells = Grid.covering((0, 0, side * 100, side * 100), 100, crs=28992).cells()
    print(f"\nMaps of pure chance with any hot or cold cell ({n_maps} maps of {side} x {side})")
    print(f"{'mean per cell':>14}{'p, none':>10}{'per cell':>10}{'BH':>8}{'ours':>8}")
    for mean in (0.1, 0.5, 2.0):
        rng = np.random.default_rng(1)
        hits = np.zeros(4)
        for _ in range(n_maps):
            found = hotspots.gi_star(cells.assign(n=rng.poisson(mean, side * side)))
            p = found["p_value"].to_numpy()
            hits += [
                (p <= 0.05).any(),
                (9 * p <= 0.05).any(),
                (inference.benjamini_hochberg(p) <= 0.05).any(),
                found["hotspot_class"].str.endswith("sure").any(),
            ]
        shares = "".join(
            f"{share:>{w}.0%}" for share, w in zip(hits / n_maps, (10, 10, 8, 8), strict=True)
        )
        print(f"{mean:>14}{shares}")


def memphis(folder: Path) -> None:
    """Count the hot cells of the Memphis robberies under each rule."""
    rows = pd.read_csv(folder / "us_memphis_robberies_2019" / "memphis_robberies.csv")
    points = gpd.GeoDataFrame(
        rows, geometry=gpd.points_from_xy(rows["lon"], rows["lat"]), crs=4326
    ).to_crs(32616)
    precincts = gpd.read_file(folder / "us_memphis_robberies_2019" / "memphis_precincts.geojson")
    grid = Grid.covering(precincts.to_crs(32616), 500)
    cells = hotspots.count(points, grid)
    found = hotspots.gi_star(cells)
    hot = found[found["gi_star"] > 0]
    print(f"\nMemphis, {cells['n'].sum():,} robberies in {len(cells):,} cells of 500 m: hot cells")
    print(f"  p <= 0.05 uncorrected          {(hot['p_value'] <= 0.05).sum()}")
    print(f"  times the neighbours (9 p)     {(9 * hot['p_value'] <= 0.05).sum()}")
    print(f"  Benjamini-Hochberg             {(hot['q_value'] <= 0.05).sum()}")
    print(f"  BH and exact permutation: sure {(hot['hotspot_class'] == 'hot_sure').sum()}")
    n = cells["n"].to_numpy()
    places = repeats.places(points, min_incidents=1)["n"].to_numpy()
    top = concentration.top_share
    print("  Share of the robberies in the busiest 20 %")
    print(f"    of all cells                 {top(n, 0.2):.1%}")
    print(f"    of cells with a robbery      {top(n[n > 0], 0.2):.1%}")
    print(f"    of places with a robbery     {top(places, 0.2):.1%}")
    plain, corrected = (
        hotspots.density(points, grid, bandwidth=2000, edge_correction=how)["per_km2"].sum() / 4
        for how in (False, True)
    )
    print(f"  Robberies under the density of 2 km: {plain:,.0f} without and {corrected:,.0f} with")
    print("    edge correction")


def knox(folder: Path) -> None:
    """Show what the place of the edges does to a table."""
    rows = pd.read_csv(folder / "us_chicago_near_repeat" / "chicago_be.csv")
    rows["occurred_from"] = pd.to_datetime(rows["date"], errors="coerce")
    rows = rows[rows["occurred_from"] < "2016-02-01"]
    points = gpd.GeoDataFrame(rows, geometry=gpd.points_from_xy(rows["X"], rows["Y"]), crs=26971)
    print(f"\nChicago, {len(points)} burglaries of January 2016, Manhattan, first row and column")
    tables = {
        "[0, 100) m, [0, 7) days": ([0, 100], [0, 7]),
        "[0, 101) m, [0, 8) days": ([0, 101], [0, 8]),
    }
    for name, (space, days) in tables.items():
        row = repeats.knox(
            points, space_bands=space, time_bands=days, metric="manhattan", n_permutations=999,
            rng=1,
        ).iloc[0]  # fmt: skip
        print(f"  {name}: {row.observed:.0f} seen, {row.expected:.2f} expected, {row.ratio:.2f} x")
    links = repeats.near_repeats(points, distance=400, days=14)[1]
    same = int((links["days"] == 0).sum())
    print(f"  links within 400 m and 14 days: {len(links)}, of which on one day {same}")


def enschede(folder: Path) -> None:
    """Show the Gini of Enschede under each definition."""
    path = folder / "nl_enschede_misdrijven_2023" / "enschede_misdrijven_2023_per_buurt.csv"
    counts = pd.read_csv(path)["misdrijven_2023"].to_numpy()
    print(f"\nEnschede, {counts.sum():,} crimes of 2023 in {len(counts)} buurten")
    print(f"  Gini                           {concentration.gini(counts):.4f}")
    print(f"  n / (n - 1) form               {concentration.gini(counts, unbiased=True):.4f}")


def main() -> None:
    given = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("IPGTOOLS_TEST_DATA")
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(given) if given else beside
    random_maps()
    if not folder.is_dir():
        print(f"\nThe real data sets are not in {folder}: the rest is passed over")
        return
    memphis(folder)
    knox(folder)
    enschede(folder)


if __name__ == "__main__":
    main()
