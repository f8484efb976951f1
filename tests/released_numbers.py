"""Publish counts as a release does, and make releases with small numbers planted in them."""

import hashlib
import hmac
import itertools
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from ipgtools.privacy.audit_release import Audit
from ipgtools.privacy.release_atoms import Atoms, atoms_of

MONTHS = list(pd.date_range("2025-01-01", "2026-01-01", freq="MS"))


def published(count: int, key: object, *, threshold: int = 5, base: int = 5) -> tuple[int, int]:
    """Withhold or round one count by its key, and give what a reader may conclude."""
    if count < threshold:
        return 0, threshold - 1
    digest = hmac.new(b"secret", str(key).encode(), hashlib.sha256).digest()
    below = count // base * base
    up = base * int.from_bytes(digest[:8], "big") / 2**64 < count - below
    shown = below + base * up
    return max(threshold, shown - base + 1), shown + base - 1


def numbers_of(counts: Any, keys: Any, *, exact: Any = ()) -> pd.DataFrame:
    """Publish counts; those at the places in `exact` as they are, by others and earlier."""
    rows = []
    for place, (count, key) in enumerate(zip(counts, keys, strict=True)):
        if place in exact:
            rows.append((count, count, count, -1, False))
        else:
            rows.append((count, *published(count, key), 4, True))
    columns = ["count", "low", "high", "small_limit", "new"]
    return pd.DataFrame(rows, columns=columns, index=[str(key) for key in keys])


def coarser(numbers: pd.DataFrame) -> list[pd.DataFrame]:
    """Give the coarser forms of numbers: threshold and base 10, 20 and 50."""
    return [
        pd.DataFrame(
            [published(c, key, threshold=n, base=n) for key, c in numbers["count"].items()],
            columns=["low", "high"],
            index=numbers.index,
        )
        for n in (10, 20, 50)
    ]


def with_totals(cells: Any, *sums: Any) -> Atoms:
    """Make each cell an atom and a number; then the sums, as lists of cells."""
    members = np.vstack([np.eye(len(cells)), *(np.isin(range(len(cells)), one) for one in sums)])
    return Atoms(sparse.csr_array(members), np.asarray(cells, dtype=np.int64))


def repaired(numbers: pd.DataFrame, found: Audit) -> pd.DataFrame:
    """Give the numbers with the widened ones in their coarser form."""
    result, forms = numbers.copy(), coarser(numbers)
    for number, form in found.widened.items():
        result.loc[number, ["low", "high"]] = forms[form].loc[number]
    return result


def random_release(rng: np.random.Generator) -> tuple[pd.DataFrame, Atoms]:
    """Make a hard wijk, and publish its numbers."""
    return release_of(*random_hard(rng))


def random_hard(rng: np.random.Generator) -> tuple[pd.DataFrame, list[dict[str, Any]]]:
    """
    Make a wijk with small numbers planted, and define a random set of its tables.

    Two to six buurten, one to four kinds, one to three months. A row of buurten is one of:
    all small, one small among large ones, two small ones, or as they come.
    """
    n_areas, n_kinds, n_months = rng.integers(2, 7), rng.integers(1, 5), rng.integers(1, 4)
    expected = rng.lognormal(rng.uniform(0, 3), 1, (n_areas, 1, 1))
    counts = rng.poisson(
        expected * rng.dirichlet(np.ones(n_kinds * n_months)).reshape(1, n_kinds, n_months)
    )
    for kind, month in itertools.product(range(n_kinds), range(n_months)):
        planted = rng.integers(0, 4)
        few = rng.permutation(n_areas)
        if planted == 1:
            counts[:, kind, month] = rng.integers(0, 2, n_areas)
        elif planted > 1:
            counts[:, kind, month] = rng.integers(5, 60, n_areas)
            counts[few[: planted - 1], kind, month] = rng.integers(0, 5, planted - 1)
    areas, kinds = [f"BU0153{i:04d}" for i in range(n_areas)], [f"K{i}" for i in range(n_kinds)]
    place = np.repeat(np.arange(counts.size), counts.ravel())
    area, kind, month = np.unravel_index(place, counts.shape)
    incidents = pd.DataFrame(
        {
            "area_code": np.array(areas, dtype=object)[area],
            "kind": np.array(kinds, dtype=object)[kind],
            "occurred_from": np.array(MONTHS)[month] + pd.Timedelta(hours=1),
        }
    )
    return incidents, definitions(areas, kinds, MONTHS[: n_months + 1], rng)


def release_of(incidents: pd.DataFrame, wanted: list[dict[str, Any]]) -> tuple[pd.DataFrame, Atoms]:
    """Publish the numbers of some definitions."""
    atoms = atoms_of(incidents, wanted)
    keys = [f"{place}: {one}" for place, one in enumerate(wanted)]
    return numbers_of(atoms.totals(), keys), atoms


def definitions(
    areas: list[str], kinds: list[str], cuts: list[Any], rng: np.random.Generator
) -> list[dict[str, Any]]:
    """Define the total, the buurten, and each crossed table in three of four releases."""
    whole = {"start": cuts[0], "end": cuts[-1]}
    months = [{"start": a, "end": b} for a, b in itertools.pairwise(cuts)]
    by_area, by_kind = [{"area": a} for a in areas], [{"kinds": k} for k in kinds]
    wanted = [whole, *({**a, **whole} for a in by_area)]
    tables: list[list[list[dict[str, Any]]]] = [
        [by_kind, [whole]],
        [by_area, by_kind, [whole]],
    ]
    if len(months) > 1:
        tables += [[months], [by_area, months], [by_kind, months], [by_area, by_kind, months]]
    for table in tables:
        if rng.random() < 0.75:
            wanted += [
                {key: value for part in parts for key, value in part.items()}
                for parts in itertools.product(*table)
            ]
    return wanted


def random_wijk(rng: np.random.Generator) -> tuple[pd.DataFrame, list[dict[str, Any]]]:
    """
    Make the incidents of a wijk with secrets planted in them, and define a briefing's numbers.

    Three to seven buurten, four to ten kinds, two quarters of months, parts of the week, 30 to
    60 cells, each in one buurt or two. Planted in half of the wijken each: a buurt with fewer
    than five incidents, a kind with fewer than five, and a part of the week with one incident.
    """
    n_areas, n_kinds = int(rng.integers(3, 8)), int(rng.integers(4, 11))
    n_cells, n_parts = int(rng.integers(30, 61)), int(rng.choice([4, 8, 28]))
    n = int(rng.integers(60, 500))
    shares = [rng.dirichlet(np.full(size, 0.8)) for size in (n_areas, n_kinds, n_parts, n_cells)]
    area, kind, part, cell = (rng.choice(len(one), n, p=one) for one in shares)
    if rng.random() < 0.5:
        few = rng.integers(0, 5)
        area[np.flatnonzero(area == 0)[few:]] = 1
    if rng.random() < 0.5:
        few = rng.integers(0, 5)
        kind[np.flatnonzero(kind == 0)[few:]] = 1
    if rng.random() < 0.5:
        part[np.flatnonzero(part == 0)[1:]] = 1
    areas, kinds = [f"BU0153{i:04d}" for i in range(n_areas)], [f"K{i}" for i in range(n_kinds)]
    parts = [f"p{i}" for i in range(n_parts)]
    cells = [f"c{i}" for i in range(n_cells)]
    # a cell lies in one buurt, every fifth in two
    home = np.arange(n_cells) % n_areas
    inside = (home[cell] == area) | ((cell % 5 == 0) & ((home[cell] + 1) % n_areas == area))
    own = np.array([rng.choice(np.flatnonzero(home == one)) for one in area])
    cell = np.where(inside, cell, own)
    month = rng.integers(0, 6, n)
    incidents = pd.DataFrame(
        {
            "area_code": np.array(areas, dtype=object)[area],
            "kind": np.array(kinds, dtype=object)[kind],
            "occurred_from": np.array(MONTHS)[month] + pd.Timedelta(hours=1),
            "part": np.array(parts, dtype=object)[part],
            "cell_id": np.array(cells, dtype=object)[cell],
        }
    )
    now = {"start": MONTHS[3], "end": MONTHS[6]}
    before = {"start": MONTHS[0], "end": MONTHS[3]}
    wanted: list[dict[str, Any]] = []
    for when in (now, before):
        wanted += [when, *({"area": one, **when} for one in areas)]
        wanted += [{"kinds": one, **when} for one in kinds]
        wanted += [{"cell": one, **when} for one in cells]
    wanted += [{"start": a, "end": b} for a, b in itertools.pairwise(MONTHS[:7])]
    wanted += [{"part": one, **now} for one in parts]
    if rng.random() < 0.5:
        wanted += [{"area": a, "kinds": k, **now} for a in areas for k in kinds]
    return incidents, wanted
