"""
Measure the audit of releases: how many small numbers were narrow, what repair costs, how long.

    python benchmarks/bench_audit_release.py              wijken of the sample town, and tables
    python benchmarks/bench_audit_release.py 10000        as many random wijken (about 20 minutes)
    python benchmarks/bench_audit_release.py 2000 3       with another seed
    python benchmarks/bench_audit_release.py 10000 0 hard harder ones: buurt by kind by month

Times are of the processor, so that other work on the machine doesn't count.
"""

import itertools
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import linprog

import ipgtools as ipg
from ipgtools.privacy.audit_release import audit
from ipgtools.privacy.release_atoms import atoms_of

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))
from released_numbers import (  # noqa: E402
    coarser,
    numbers_of,
    random_hard,
    random_wijk,
    release_of,
    repaired,
)

DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
DAYPARTS = ("nacht", "ochtend", "middag", "avond")
ATTACK_EVERY = 100
"""Of so many random tables one is attacked from outside, which takes a minute of solving."""
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


def tables(n_tables: int, seed: int, *, hard: bool = False) -> None:
    """Audit random releases with small numbers planted in them, and attack some from outside."""
    rng = np.random.default_rng(seed)
    names = ("numbers", "small", "narrow", "narrow_tables", "widened", "further", "narrow_after",
             "attacked", "solved_outside")  # fmt: skip
    sums = dict.fromkeys(names, 0)
    start = time.process_time()
    for table in range(1, n_tables + 1):
        incidents, wanted = (random_hard if hard else random_wijk)(rng)
        numbers, atoms = release_of(incidents, wanted)
        found = audit(numbers, atoms, coarser=coarser(numbers))
        leaves = repaired(numbers, found)
        sums["numbers"] += len(numbers)
        sums["small"] += found.n_checked
        sums["narrow"] += len(found.narrow)
        sums["narrow_tables"] += not found.narrow.empty
        sums["widened"] += len(found.widened)
        sums["further"] += int((found.widened > 0).sum())
        if len(found.widened):
            sums["narrow_after"] += len(audit(leaves, atoms).narrow)
        if table % ATTACK_EVERY == 0:
            n_small, n_solved = attacked(incidents, wanted, leaves)
            sums["attacked"] += n_small
            sums["solved_outside"] += n_solved
        if table % 500 == 0 or table == n_tables:
            took = time.process_time() - start
            print(
                f"{table} {'hard' if hard else 'wijk-like'} tables: "
                f"{', '.join(f'{name} {n}' for name, n in sums.items())}; "
                f"narrow before {sums['narrow'] / sums['small']:.3%} of the small, "
                f"widened {sums['widened'] / sums['numbers']:.3%} of the numbers; {took:.0f} s",
                flush=True,
            )


def attacked(
    incidents: pd.DataFrame, wanted: list[dict[str, Any]], leaves: pd.DataFrame
) -> tuple[int, int]:
    """
    Solve small numbers as an outsider would: all crossed with all, by the primal programme.

    Nothing of the audit is used but the intervals that leave. Gives how many small numbers there
    are, and of how many fewer than five values are left.
    """
    columns = ["area_code", "kind", "month", "part", "cell_id"]
    months = sorted({one[end] for one in wanted for end in ("start", "end") if end in one})
    at = pd.Index(months).searchsorted(incidents["occurred_from"], side="right") - 1
    rows = incidents.assign(month=at)
    for name in columns:
        if name not in rows:
            rows[name] = "-"
    asked: dict[str, set[str]] = {"kind": set(), "part": set(), "cell_id": set()}
    keys = {"kinds": "kind", "part": "part", "cell": "cell_id"}
    places = rows[["area_code", "cell_id"]].drop_duplicates().to_numpy().tolist()
    for one in wanted:
        for key, name in keys.items():
            if key in one:
                asked[name].add(one[key])
    values = {name: sorted({*rows[name], *asked[name]}) for name in ("kind", "part")}
    areas = sorted({*rows["area_code"], *(one["area"] for one in wanted if "area" in one)})
    places += [[a, "-"] for a in areas if a not in {one[0] for one in places}]
    held = {one[1] for one in places}
    places += [[a, c] for c in asked["cell_id"] - held for a in areas]
    # an outsider need not cross kinds with parts and cells: tables that share place and month
    # agree on it, and fit one joint table (decomposable); buurt by month links the three
    tables = [("kind",), ("part",), ("cell_id",)]
    atoms: list[tuple[int, str, int, str]] = []
    for which, (name,) in enumerate(tables):
        for month in range(len(months) - 1):
            if name == "cell_id":
                atoms += [(which, a, month, c) for a, c in places]
            else:
                atoms += [(which, a, month, v) for a in areas for v in values[name]]
    table = pd.DataFrame(atoms, columns=["which", "area", "month", "value"])
    matrix = []
    for one in wanted:
        which = next((i for i, k in enumerate(keys) if k in one), 0)
        chosen = table["which"] == which
        for key in keys:
            if key in one:
                chosen &= table["value"] == one[key]
        if "area" in one:
            chosen &= table["area"] == one["area"]
        first, last = (months.index(one[end]) for end in ("start", "end"))
        matrix.append((chosen & table["month"].between(first, last - 1)).to_numpy(dtype=float))
    links = []
    for which in (1, 2):
        for area, month in itertools.product(areas, range(len(months) - 1)):
            same = (table["area"] == area) & (table["month"] == month)
            sign = (table["which"] == which).astype(float) - (table["which"] == 0)
            links.append((sign * same).to_numpy())
    members = sparse.csc_array(np.array(matrix))
    low, high = leaves["low"].to_numpy(), leaves["high"].to_numpy()
    above, below = np.isfinite(high), low > 0
    small = np.flatnonzero(leaves["count"] <= leaves["small_limit"])
    solved = 0
    for number in small:
        row = members[[number]].toarray()[0]
        ends = []
        for sign in (1, -1):
            done = linprog(
                sign * row,
                A_ub=sparse.vstack([members[above], -members[below]]),
                b_ub=np.concatenate([high[above], -low[below]]),
                A_eq=sparse.csc_array(np.array(links)),
                b_eq=np.zeros(len(links)),
                method="highs",
            )
            if done.status != 0:
                raise RuntimeError(done.message)
            ends.append(sign * done.fun)
        solved += round(ends[0], 5) > 0 or round(ends[1], 5) < leaves["small_limit"].iloc[number]
    return len(small), solved


if __name__ == "__main__":
    if len(sys.argv) > 1:
        tables(
            int(sys.argv[1]),
            int(sys.argv[2]) if len(sys.argv) > 2 else 0,
            hard=sys.argv[3:] == ["hard"],
        )
    else:
        wijken()
        tables(200, 0)
