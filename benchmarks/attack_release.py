"""
Attack what leaves, and measure what is told of it, beside the bars it must pass.

    python benchmarks/attack_release.py            the sample town, about six minutes on one core
    python benchmarks/attack_release.py --small    fewer pairs and draws, one minute
    python benchmarks/attack_release.py --only changed definitions
    python benchmarks/attack_release.py --seed 3   other draws

Every number goes through `ipgtools.privacy.protect` and `numbers` as in a release. What is
left after the audit, which widens numbers that are too narrow, is measured elsewhere.
"""

import argparse
import sqlite3
import time
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
from attacking import blocks, differencing, guessing, releases, told, town
from calibration.bars import Row, show

from ipgtools.privacy.protect import cell_ids
from ipgtools.privacy.published_numbers import publish

QUARTERS = [
    ("2025-07-01", "2025-10-01"),
    ("2025-04-01", "2025-07-01"),
    ("2025-01-01", "2025-04-01"),
    ("2024-10-01", "2025-01-01"),
]
MEANS = np.array([5, 8, 10, 12, 15, 20, 25, 30, 50, 80, 100, 200, 400])


def changed(incidents: pd.DataFrame, rng: np.random.Generator, scale: float) -> Iterator[Row]:
    """Two releases, one incident apart, with everything published before."""
    asked = [(wijk, *QUARTERS[0]) for wijk in sorted(incidents["wijk"].unique())]
    pairs = int(1000 * scale)
    compared, shared, alone = differencing.changed(incidents, asked, rng, pairs=pairs)
    yield Row(f"pairs of {pairs} that differ, shared register", shared, 0, prototype="0 of 120")
    yield Row("share of pairs that differ, no register", alone / pairs, prototype="119 of 120")
    yield Row("numbers in a briefing", compared / pairs)


def definitions(incidents: pd.DataFrame, rng: np.random.Generator, scale: float) -> Iterator[Row]:
    """Two releases, one incident apart, the second with other definitions."""
    asked = [(wijk, *QUARTERS[0]) for wijk in sorted(incidents["wijk"].unique())]
    found = differencing.other_definitions(incidents, asked, rng, pairs=int(1000 * scale))
    for name, (alone, without, attack) in found.items():
        yield Row(f"{name}: guessed right from the first release", alone)
        yield Row(f"{name}: from both, the incident left out", without)
        yield Row(f"{name}: from both", attack, max(alone, without) + 0.05, prototype="base + .025")


def small(incidents: pd.DataFrame, rng: np.random.Generator, scale: float) -> Iterator[Row]:
    """Withheld counts of buurt by kind, from the totals of both."""
    total, narrow = np.zeros(3), np.zeros(3)
    for start, end in QUARTERS[: max(1, int(len(QUARTERS) * scale))]:
        for _, rows in town.within(incidents, start, end).groupby("wijk"):
            table = guessing.table(rows).to_numpy()
            inside, across, along = (
                told.protected(n.ravel(), rng).to_numpy(float, na_value=-1).reshape(n.shape)
                for n in (table, table.sum(axis=1), table.sum(axis=0))
            )
            total += guessing.gain(table, inside, across, along)
            narrow += np.add(guessing.proven(inside, across), guessing.proven(inside.T, along))
    withheld, alone, margins = total
    yield Row("guessed right from '<5' alone", alone / withheld)
    yield Row("gain from the margins", (margins - alone) / withheld, 0.01, prototype="0")
    yield Row("share proven present, before the audit", narrow[0] / withheld, prototype="0 after")
    yield Row("share proven to be none, before the audit", narrow[1] / withheld, 0, prototype="0")
    yield Row("share with under 5 counts left, before", narrow[2] / withheld, prototype="0 after")


def error(incidents: pd.DataFrame, rng: np.random.Generator, scale: float) -> Iterator[Row]:
    """Published numbers against the counts."""
    counts = _counts(incidents)
    found = told.errors(np.tile(counts, max(1, int(40 * scale))), rng)
    yield Row("mean error of a number", found["all"], 1.6, prototype="1.53")
    yield Row("largest error", found["most"], 4, prototype="4")
    yield Row("relative error, from 5", found["from 5"], prototype=".14-.21")
    yield Row("relative error, from 10", found["from 10"], prototype=".11-.12")
    yield Row("relative error, from 20", found["from 20"], prototype=".05")
    yield Row("relative error, from 50", found["from 50"], 0.02, prototype=".02")
    held, fresh = told.late(counts, rng)
    yield Row("mean error after 8 % came late: held", held, prototype="1.59")
    yield Row("mean error after 8 % came late: made anew", fresh, prototype="1.48")


def claims(incidents: pd.DataFrame, rng: np.random.Generator, scale: float) -> Iterator[Row]:
    """Rises and falls that are told where nothing changed."""
    n = int(20_000 * scale)
    worst = told.false_claims(MEANS, rng, n=n)
    yield Row(f"false claims, worst of {len(MEANS)} means", worst.max(), 0.05,
              prototype=".043")  # fmt: skip
    yield Row("false claims, mean over means", worst.mean())
    wrong, claimed = told.wrong_way(rng, n=10 * n)
    yield Row(f"of {claimed} claims the wrong way", wrong, 0, prototype="0 of 29")


def weeks(incidents: pd.DataFrame, rng: np.random.Generator, scale: float) -> Iterator[Row]:
    """Each week or month of a buurt, from two years of longer periods."""
    day = (incidents["moment"] - town.START).dt.days
    some = incidents[day < 7 * 100]
    week = pd.crosstab(some["buurt"], day[day < 7 * 100] // 7).to_numpy()
    month = pd.crosstab(incidents["buurt"], incidents["month"]).to_numpy()[:, :23]
    every = max(1, round(1 / scale))
    for what, counts, lengths, rolling, bar, before in [
        ("week, blocks of 4, 12 and 48 weeks", week, (4, 12, 48), False, 0.05, ".30 (base .27)"),
        ("week, rolling 4, 13 and 52 weeks", week, (4, 13, 52), True, np.nan, ".61 (base .27)"),
        ("month, blocks of 3 and 12 months", month, (3, 12), False, 0.05, ""),
        ("month, rolling 3 and 12 months", month, (3, 12), True, np.nan, ""),
    ]:
        periods = blocks.windows(counts.shape[1], lengths, rolling=rolling)
        base, success = blocks.guess(counts[::every], periods, rng, sweeps=90, burn=30)
        yield Row(f"{what}: base", base)
        yield Row(what, success, base + bar, prototype=before)
    own = blocks.windows(23, (1,), rolling=False)
    _, alone = blocks.guess(month[::every], own, rng, sweeps=90, burn=30)
    yield Row("month, from the published month itself", alone)
    for rolling in (False, True):
        periods = blocks.windows(23, (1, 3, 12), rolling=rolling)
        _, success = blocks.guess(month[::every], periods, rng, sweeps=90, burn=30)
        name = f"month, with {'rolling' if rolling else 'blocks of'} 3 and 12 months besides"
        yield Row(name, success, np.nan if rolling else alone + 0.05)


def speed(incidents: pd.DataFrame, rng: np.random.Generator, scale: float) -> Iterator[Row]:
    """Time on the processor."""
    table = pd.DataFrame({"area": [f"BU{at:08d}" for at in range(100_000)]})
    start = time.process_time()
    table["cell_id"] = cell_ids(table, source="bvh", division=2025, kinds=[*incidents["kind"][:50]],
                                start="2025-07-01", end="2025-10-01")  # fmt: skip
    yield Row("100,000 ids, s", time.process_time() - start)
    table["n"] = rng.poisson(8, len(table))
    start = time.process_time()
    told.protected(table["n"].to_numpy(), rng)
    yield Row("100,000 numbers protected, s", time.process_time() - start)
    register = sqlite3.connect(":memory:")
    for name in ("published", "repeated"):
        start = time.process_time()
        publish(register, table.head(10_000), b"k" * 32, run="r", day="2025-12-01")
        yield Row(f"10,000 numbers {name}, s", time.process_time() - start, 1)


PARTS: dict[str, Callable[..., Iterator[Row]]] = {
    "changed": changed, "definitions": definitions, "small": small, "error": error,
    "claims": claims, "weeks": weeks, "speed": speed,
}  # fmt: skip


def main() -> None:
    """Attack and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[1])
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--only", nargs="*", choices=PARTS, default=[*PARTS])
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    incidents = town.sample()
    for name in given.only:
        rng = np.random.default_rng([given.seed, len(name)])
        start = time.process_time()
        rows = list(PARTS[name](incidents, rng, 0.1 if given.small else 1.0))
        about = PARTS[name].__doc__.strip().rstrip(".")
        show(f"{name}: {about} ({time.process_time() - start:.0f} s)", rows)


def _counts(incidents: pd.DataFrame) -> np.ndarray:
    """Count what briefings of all wijken publish: buurten, kinds, months, parts, both."""
    lists = releases.Lists(incidents)
    tables = [
        releases.briefing(incidents, wijk, *QUARTERS[0], lists)
        for wijk in sorted(incidents["wijk"].unique())
    ]
    return pd.concat(tables)["n"].to_numpy()


if __name__ == "__main__":
    main()
