"""
Measure how often places are named where there are none, and how often they are found.

Beside each value stands the bar it must pass and what the first prototype reached. Real cities
are passed over where their files are missing (``IPGTOOLS_TEST_DATA``, or ``../shared/data``).

    python benchmarks/calibrate_places.py                        everything, an hour on one core
    python benchmarks/calibrate_places.py --small                a few maps and units, two minutes
    python benchmarks/calibrate_places.py --maps 200 --jobs 2
    python benchmarks/calibrate_places.py --only nulls power     or tables, cities, lists, time
"""

import argparse
import os
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from calibration import ahead, cities, lists, rates, simulated, tables
from calibration.bars import (
    N_OF_POWER,
    POWER,
    PROTOTYPE,
    PROTOTYPE_POWER,
    Row,
    false_alarm,
    show,
)  # fmt: skip
from calibration.rates import CLAIMS, Tally, Task

import ipgtools as ipg

SIZES = (60, 250, 1000)
PARTS = ("nulls", "power", "tables", "cities", "lists", "time")
CHUNK = 25
"""Maps of one piece of work."""
ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("IPGTOOLS_TEST_DATA", ROOT.parent / "shared" / "data"))


def run(task: Task) -> Tally:
    """Try the engine on one piece of work."""
    begin = time.process_time()
    found = rates.tally(task, rates.engine())
    return replace(found, seconds=time.process_time() - begin)


def pieces(task: Task) -> Iterator[Task]:
    """Cut a task in pieces that run apart, each with its own maps."""
    for number, first in enumerate(range(0, task.n_maps, CHUNK)):
        yield replace(task, n_maps=min(CHUNK, task.n_maps - first), seed=1000 * task.seed + number)


def tried(tasks: list[Task], each: Callable[..., Iterable[Any]]) -> Iterator[tuple[Task, Tally]]:
    """Give each task with what was counted over its pieces."""
    cut = [list(pieces(task)) for task in tasks]
    done = iter(each(run, [piece for some in cut for piece in some]))
    for task, some in zip(tasks, cut, strict=True):
        tallies = [next(done) for _ in some]
        total = {
            name: {
                claim: sum(getattr(one, name)[claim] for one in tallies) for claim in task.claims
            }
            for name in ("named", "hit", "elsewhere")
        }
        yield task, Tally(task.n_maps, **total, seconds=sum(one.seconds for one in tallies))


def nulls(n_maps: int, sizes: Iterable[int], each: Callable[..., Iterable[Any]]) -> None:
    """Measure false alarms."""
    tasks = [Task(on, n, n_maps, 1) for on in simulated.NULLS for n in sizes]
    for task, told in tried(tasks, each):
        rows = []
        for claim in CLAIMS:
            before = PROTOTYPE.get((task.on, claim)) if task.n == N_OF_POWER else None
            rows.append(
                Row(
                    f"{claim}: maps with a false alarm", told.named[claim] / task.n_maps,
                    false_alarm(task.on, claim),
                    prototype="" if before is None else f"{before:.2f}",
                )
            )  # fmt: skip
        show(f"Null: {task.on}, N = {task.n}, {task.n_maps} maps ({told.seconds:.0f} s)", rows)


def power(n_maps: int, sizes: Iterable[int], each: Callable[..., Iterable[Any]]) -> None:
    """Measure how often what was planted is found."""
    tasks = [
        Task(on, n, n_maps, 2, claims, planted)
        for planted in simulated.PLANTED
        for n in sizes
        for on in ("even", "addresses")
        for claims in (("busy", "cluster"), ("new",))
    ]
    for task, told in tried(tasks, each):
        rows = []
        for claim in task.claims:
            share = told.hit[claim] / task.n_maps
            if claim == "cluster" and task.planted.startswith("address"):
                rows.append(Row("cluster: an address called one", share, 0.05))
                continue
            bar = POWER.get((claim, task.planted), np.nan) if task.n == N_OF_POWER else np.nan
            before = PROTOTYPE_POWER.get((claim, task.planted), ("", ""))[task.on != "even"]
            rows.append(
                Row(
                    f"{claim}: found", share, bar, most=False,
                    prototype=f"{before}" if task.n == N_OF_POWER else "",
                )
            )  # fmt: skip
            rows.append(Row(f"{claim}: another named besides", told.elsewhere[claim] / task.n_maps))
        kind = "lasting" if "new" not in task.claims else "of this quarter"
        show(
            f"Planted: {task.planted}, {kind}, on {task.on}, N = {task.n} ({told.seconds:.0f} s)",
            rows,
        )


def _towns(work: tuple[float, int, dict[str, Any]]) -> tables.Said:
    n, n_maps, say = work
    return tables.say(_streets()[1], n, n_maps, 1, **say)


def _streets() -> tuple[str, Any]:
    path = DATA / "nl_enschede_straten_osm" / "enschede_straten_osm.gpkg"
    if not path.is_file():
        return "a made-up grid", tables.grid_streets()
    return "Enschede", ipg.read_streets(path)[0]


def towns(n_maps: int, sizes: Iterable[int], each: Callable[..., Iterable[Any]]) -> None:
    """Measure the table that a user gets, by streets, addresses and three kinds."""
    name = _streets()[0]
    sorts: list[tuple[str, dict[str, Any]]] = [
        ("of chance", {}),
        ("of chance, streets as baseline", {"told": "streets"}),
        ("RR10 of a kind of 10 %, lasting", {"times": 10.0}),
        ("RR10 of a kind of 10 %, of this quarter", {"times": 10.0, "lasting": False}),
    ]
    works = [(n, n_maps, say) for _, say in sorts for n in sizes]
    titles = [(title, n, say) for title, say in sorts for n in sizes]
    for (title, n, say), told in zip(titles, each(_towns, works), strict=True):
        exact = say.get("told") != "streets"
        rows = [
            Row(f"{claim}: towns with any", told.named[claim] / n_maps,
                0.05 if exact or claim == "new" else np.nan)
            for claim in CLAIMS
        ] if "times" not in say else [
            Row("found", told.hit / n_maps),
            Row("found as that kind", told.hit_as_kind / n_maps),
            Row("another named besides", told.elsewhere / n_maps),
        ]  # fmt: skip
        show(f"Tables on the streets of {name}: {title}, N = {n}, {n_maps} towns", rows)


CITY_BARS = {"Vancouver": (0.80, "cap .86"), "Lancashire": (0.90, "cap .97")}
NEXT_BARS = {"busy": (7.0, 0.40), "cluster": (3.5, 0.80)}


def _seen(work: tuple[str, int, int]) -> ahead.Seen | None:
    name, length, stride = work
    tables = cities.read(DATA, name)
    if tables is None:
        return None
    units = cities.units(tables)[::stride]
    return ahead.look(cities.moments(units, length), rates.engine(), 1)


def real(stride: int, each: Callable[..., Iterable[Any]]) -> None:
    """Measure what is named in real units, and what came next."""
    works = [(name, length, stride) for name in cities.CITIES for length in (3, 1)]
    for (name, length, _), seen in zip(works, each(_seen, works), strict=True):
        if seen is None or not seen.n_moments:
            print(f"\n{name}: its file is missing, or no unit holds enough")
            continue
        bar, before = CITY_BARS.get(name, (np.nan, ""))
        asked = name in CITY_BARS
        rows = [
            Row("share with a place (1 to 5 after the cap)", seen.share(1), bar, most=False,
                prototype=before),
            Row("share with more than 5 before the cap", seen.share(6), 0.25 if asked else np.nan),
        ]  # fmt: skip
        for claim in CLAIMS:
            over, still = NEXT_BARS.get(claim, (np.nan, np.nan)) if asked else (np.nan, np.nan)
            rows += [
                Row(f"{claim}: share with any", seen.named[claim] / seen.n_moments),
                Row(f"{claim}: next period over expectation, {seen.n_ahead[claim]} places",
                    seen.over_expectation(claim), over, most=False),
                Row(f"{claim}: still high", seen.still(claim), still, most=False),
            ]  # fmt: skip
        tested, here = max(seen.n_tested, 1), name == "Lancashire"
        rows += [
            Row("new: share with any where tested", seen.n_new / tested),
            Row("new: the same in shuffled time", seen.n_dealt / tested, 0.10 if here else np.nan),
            Row("new: real by shuffled", seen.n_new / max(seen.n_dealt, 1),
                5.0 if here and length == 3 else np.nan, most=False),
        ]  # fmt: skip
        show(f"{name}, {length} months, {seen.n_moments} moments", rows)


def _caught(work: tuple[str, int, int]) -> pd.DataFrame | None:
    name, length, stride = work
    tables = cities.read(DATA, name)
    return None if tables is None else lists.caught(tables, length, stride=stride)


def ranked(stride: int, each: Callable[..., Iterable[Any]]) -> None:
    """Measure the list against the plain one."""
    names = ("Vancouver", "Lancashire", "Cincinnati", "New York", "Chicago", "Austin")
    works = [(name, length, stride) for name in names for length in (3, 1)]
    for (name, length, _), table in zip(works, each(_caught, works), strict=True):
        if table is None or table.empty:
            print(f"\n{name}: its file is missing, or no unit holds enough")
            continue
        rows = []
        for share, of in table.groupby("share"):
            rows.append(
                Row(f"ours by plain at {share:.0%}: all moments",
                    of["ours"].sum() / of["plain"].sum(), 0.98, most=False)
            )  # fmt: skip
            long = of[of["months"] >= 24]
            if len(long):
                rows.append(
                    Row(f"ours by plain at {share:.0%}: two years of past",
                        long["ours"].sum() / long["plain"].sum(), 1.0, most=False)
                )  # fmt: skip
            rows.append(Row(f"share caught at {share:.0%}", of["ours"].sum() / of["n"].sum()))
        show(f"List of {name}, {length} months, {len(table) // 2} moments", rows)


def seconds() -> None:
    """Time the three claims on a wijk of two sizes."""
    rows, method, rng = [], rates.engine(), np.random.default_rng(1)
    for side, most in ((33, 2.0), (68, 8.0)):
        rate = np.full((side, side), 0.6)
        rate[5:8, 5:8] *= 5
        counts = rng.poisson(rate, (9, side, side))
        region = np.ones((side, side), dtype=bool)
        times = []
        for _ in range(2):
            begin = time.process_time()
            method(
                counts[-1], counts[:-1], counts[1:].sum(axis=0), np.ones((side, side)), region,
                region, claims=CLAIMS, rng=rng,
            )  # fmt: skip
            times.append(time.process_time() - begin)
        rows.append(Row(f"seconds for {side * side:,} cells, a place planted", min(times), most))
    show("Time", rows)


def main() -> None:
    """Read the command and measure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--maps", type=int, default=200, help="maps per null, half of it planted")
    parser.add_argument("--small", action="store_true", help="few maps, 250 incidents, few units")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, help="incidents a quarter")
    parser.add_argument("--stride", type=int, default=1, help="take every so many units of a city")
    say = parser.parse_args()
    n_maps, sizes, stride = say.maps, say.sizes, say.stride
    if say.small:
        n_maps, sizes, stride = min(n_maps, 20), (N_OF_POWER,), max(stride, 10)
    with ProcessPoolExecutor(say.jobs) as pool:
        each = map if say.jobs == 1 else pool.map
        if "time" in say.only:
            seconds()
        if "nulls" in say.only:
            nulls(n_maps, sizes, each)
        if "power" in say.only:
            power(max(n_maps // 2, 10), sizes, each)
        if "tables" in say.only:
            towns(max(n_maps // 2, 10), sizes, each)
        if "cities" in say.only:
            real(stride, each)
        if "lists" in say.only:
            ranked(stride, each)


if __name__ == "__main__":
    main()
