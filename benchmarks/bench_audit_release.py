"""
Measure the audit of releases: how many small numbers were narrow, what repair costs, how long.

    python benchmarks/bench_audit_release.py              wijken of the sample town, and tables
    python benchmarks/bench_audit_release.py 10000        as many random tables (about 20 minutes)
    python benchmarks/bench_audit_release.py 2000 3       with another seed

Times are of the processor, so that other work on the machine doesn't count.
"""

import itertools
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import ipgtools as ipg
from ipgtools.privacy.audit_release import audit
from ipgtools.privacy.release_atoms import atoms_of

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))
from released_numbers import coarser, numbers_of, random_release, repaired  # noqa: E402

DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
DAYPARTS = ("nacht", "ochtend", "middag", "avond")
SENSITIVE = r"E33|F52.*|F54."


def town() -> pd.DataFrame:
    """Read the sample town as incidents of an audit, sensitive kinds left out."""
    folder = ROOT / "data" / "sample"
    incidents, _ = ipg.read_incidents(folder / "incidenten.csv.gz")
    areas, _ = ipg.read_areas(folder / "buurten.geojson")
    incidents = incidents[~incidents["category"].str.fullmatch(SENSITIVE, na=True)]
    times = incidents["occurred_from"]
    cells = [
        (axis // 200).astype(int).astype(str)
        for axis in (incidents.geometry.x, incidents.geometry.y)
    ]
    return pd.DataFrame(
        {
            "area_code": ipg.areas.assign(incidents, areas),
            "kind": incidents["category"],
            "occurred_from": times,
            "part": times.dt.day_of_week.map(dict(enumerate(DAYS)))
            + " "
            + (times.dt.hour // 6).map(dict(enumerate(DAYPARTS))),
            "cell_id": "E" + cells[0] + "N" + cells[1],
            "street": incidents["street_name"],
        }
    ).dropna(subset=["area_code"])


def briefing(wijk: str, here: pd.DataFrame, period: tuple[str, str]) -> list[dict[str, Any]]:
    """Define the numbers of a briefing: totals, buurten, kinds, months, parts, cells, streets."""
    start, end = map(pd.Timestamp, period)
    n = (end.year - start.year) * 12 + end.month - start.month
    year = pd.DateOffset(years=1)
    earlier = {(start - pd.DateOffset(months=n), start), (start - year, end - year)}
    months = list(itertools.pairwise(pd.date_range(start, end, freq="MS")))
    now = {"start": start, "end": end}
    buurten, kinds = sorted(here["area_code"].unique()), sorted(here["kind"].unique())
    wanted: list[dict[str, Any]] = []
    for a, b in [(start, end), *sorted(earlier)]:
        when = {"start": a, "end": b}
        wanted += [{"area": area, **when} for area in [wijk, *buurten]]
        wanted += [{"area": wijk, "kinds": kind, **when} for kind in kinds]
    wanted += [{"area": area, "kinds": kind, **now} for area in buurten for kind in kinds]
    wanted += [{"area": a, "start": s, "end": e} for a in [wijk, *buurten] for s, e in months]
    if n > 3:
        wanted += [
            {"area": wijk, "kinds": k, "start": s, "end": e} for k in kinds for s, e in months
        ]
    parts = [f"{day} {part}" for day in DAYS for part in DAYPARTS]
    wanted += [{"area": wijk, "part": part, **now} for part in parts]
    wanted += [{"area": wijk, "cell": cell, **now} for cell in sorted(here["cell_id"].unique())]
    streets = sorted(here["street"].dropna().unique())
    return wanted + [{"area": wijk, "street": street, **now} for street in streets]


def measured(name: str, incidents: pd.DataFrame, wanted: list[dict[str, Any]]) -> None:
    """Audit one release, and print a line."""
    start = time.process_time()
    atoms = atoms_of(incidents, wanted)
    split = time.process_time()
    numbers = numbers_of(atoms.totals(), list(map(str, wanted)))
    forms = coarser(numbers)
    published = time.process_time()
    found = audit(numbers, atoms, coarser=forms)
    end = time.process_time()
    left = audit(repaired(numbers, found), atoms).narrow
    print(
        f"{name:22}{len(numbers):7}{atoms.members.shape[1]:7}{found.n_checked:7}"
        f"{len(found.narrow):7}{len(found.widened):9}{len(left):7}{found.n_solved:7}"
        f"{split - start:7.2f}{end - published:7.2f}",
        flush=True,
    )


def wijken() -> None:
    """Audit quarters of all wijken, and years of two."""
    incidents = town()
    print("wijk, from             numbers atoms  small narrow  widened   left    LPs  split  audit")
    for period in (("2025-09-01", "2025-12-01"), ("2025-01-01", "2026-01-01")):
        for wijk in sorted(incidents["area_code"].str[2:8].unique()):
            if period[1] > "2025-12-31" and wijk not in ("015301", "015306"):
                continue
            here = incidents[incidents["area_code"].str[2:8] == wijk]
            measured(f"WK{wijk} {period[0]}", here, briefing(f"WK{wijk}", here, period))


def tables(n_tables: int, seed: int) -> None:
    """Audit random tables with small numbers planted in them."""
    rng = np.random.default_rng(seed)
    sums = np.zeros(6, dtype=int)
    start = time.process_time()
    for _ in range(n_tables):
        numbers, atoms = random_release(rng)
        found = audit(numbers, atoms, coarser=coarser(numbers))
        left = len(audit(repaired(numbers, found), atoms).narrow) if len(found.widened) else 0
        further = int((found.widened > 0).sum())
        sums += [
            len(numbers),
            found.n_checked,
            len(found.narrow),
            len(found.widened),
            further,
            left,
        ]
    print(
        "{} tables: {} numbers, {} small; narrow before repair {}, coarsened {} (beyond ten {}), "
        "narrow after {}; {:.0f} s".format(n_tables, *sums, time.process_time() - start)
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        tables(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    else:
        wijken()
        tables(200, 0)
