"""Scan counts per location and time step for clusters."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from ipgtools.errors import ArgumentError, ContractError
from ipgtools.scan import statistics
from ipgtools.scan.zones import Zones, circles

__all__ = ["MODELS", "STOP", "Array", "Given", "of_counts"]

Array = np.ndarray[Any, Any]

MODELS = ("permutation", "poisson", "bernoulli")
STOP = 50
"""Maps of chance above the observed one after which drawing stops: p is then far from small."""
_MOST_LANES = 64
_LANE_BYTES = 64_000_000
_MAX_THREADS = 8


class Given(NamedTuple):
    """
    What is scanned, with steps counted back from the last one.

    Parameters
    ----------
    cases : array of float, n_locations by n_steps
        Cases of the steps that windows can hold.
    base : array of float, n_locations by n_steps
        What the expectation is proportional to: cases expected, or individuals.
    size : array of float, n_locations
        What the size of a zone is measured by, over all steps.
    total, n : float
        Sum of the baseline over everything, and of the cases.
    draw : function of (counts, Generator)
        Fills the counts of some lanes with maps of chance, cumulated.
    bernoulli : bool
        Whether cases are among individuals.
    """

    cases: Array
    base: Array
    size: Array
    total: float
    n: float
    draw: Callable[[Array, np.random.Generator], None]
    bernoulli: bool


def of_counts(
    cases: npt.ArrayLike,
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    *,
    model: str = "poisson",
    baseline: npt.ArrayLike | None = None,
    prospective: bool = False,
    min_steps: int = 1,
    max_steps: int | None = None,
    max_share: float = 0.5,
    max_radius: float = np.inf,
    ties: str = "one_by_one",
    min_cases: int = 2,
    n_clusters: int = 10,
    days: float = 1.0,
    n_analyses: int = 1,
    n_permutations: int = 999,
    stop_early: bool = True,
    rng: int | np.random.Generator | None = None,
    zones: Zones | None = None,
) -> pd.DataFrame:
    """
    Scan counts per location, and step of time if there are any, for clusters of high rates.

    Every circle around a location, with every run of steps, is a candidate. The highest
    log-likelihood ratio is held against the highest one on maps of chance.

    Parameters
    ----------
    cases : array_like of int, n_locations or n_locations by n_steps
        Counts; steps in order of time.
    x, y : array_like of float, n_locations
        Coordinates, in metres or any other unit.
    model : {"poisson", "bernoulli", "permutation"}, default "poisson"
        Chance gives each case a location and step in proportion to the baseline; or it picks
        the cases among individuals; or it deals the steps of the cases among them, which needs no
        baseline and finds only what is both a place and a time.
    baseline : array_like of float, shape of `cases`, optional
        For "poisson" expected counts or what they are proportional to; for "bernoulli"
        individuals (cases and controls).
    prospective : bool, default False
        Only clusters that still go on in the last step.
    min_steps, max_steps : int
        Steps of a window; by default at most half of them.
    max_share : float, default 0.5
        The largest zone, as a share of the baseline (of the cases for "permutation").
    max_radius : float, optional
        The largest zone, in the unit of the coordinates. Choose limits before looking.
    ties : {"one_by_one", "together"}, default "one_by_one"
        Whether locations at one distance come in one after another, in the order given, as in
        SaTScan, or all at once.
    min_cases : int, default 2
        Cases that a cluster has at least.
    n_clusters : int, default 10
        Clusters to give at most: the best of each centre, most unlikely first, without a
        location in common.
    days : float, default 1
        Days between two analyses, for the recurrence interval.
    n_analyses : int, default 1
        For prospective scans: earlier analyses, this one included, to adjust for. On maps of
        chance the windows may end in any of the last so many steps.
    n_permutations : int, default 999
        Maps of chance; 0 gives no p-values.
    stop_early : bool, default True
        Stop when 50 maps are as extreme as the first cluster.
    rng : int or Generator, optional
        Seed. The same seed gives the same result on any number of processors.
    zones : Zones, optional
        Lists of locations from `ipgtools.scan.zones`, instead of circles.

    Returns
    -------
    DataFrame, one row per cluster
        `cluster` (from 1), `centre`, `locations` (tuple of positions, nearest first), `radius`,
        `first_step`, `last_step` (both inside), `n`, `expected`, `observed_expected`,
        `relative_risk`, `llr`, `p_value` (Monte Carlo, and Gumbel where that is at its floor),
        `p_monte_carlo`, `p_gumbel` and `recurrence_days`. Secondary clusters are held against
        the maxima as well, which is conservative. ``attrs``: `n`, `n_maps` (drawn),
        `largest_by_chance` (95th percentile of the maxima), `n_zones`, `n_windows`, `method`.

    Raises
    ------
    ArgumentError
        If shapes differ, a number is negative or missing, or an option can't be.
    ContractError
        If there are fewer than twice `min_cases` cases, cases where nothing is expected, or
        zones too large for memory.

    References
    ----------
    Kulldorff (1997), Communications in Statistics 26, 1481-1496; Kulldorff (2001), J. Royal
    Statistical Society A 164, 61-72 (prospective); Kulldorff et al. (2005), PLoS Medicine 2, e59
    (permutation); Besag & Clifford (1991), Biometrika 78, 301-304 (stopping early).

    Examples
    --------
    Ten places in a row of which two have five times as many as expected:

    >>> cases = [4, 5, 4, 20, 22, 5, 3, 4, 5, 4]
    >>> found = of_counts(cases, range(10), [0] * 10, baseline=[1] * 10, rng=1)
    >>> found[["locations", "n", "expected"]].round(1).values.tolist()
    [[(4, 3), 42, 15.2]]
    """
    table = _counts("cases", cases)
    at = _coordinates(x, y, len(table))
    n_steps = table.shape[1]
    longest = _steps(n_steps, min_steps, max_steps)
    _check(model, ties, max_share, max_radius, min_cases, n_permutations, n_clusters, n_analyses)
    held = min(longest + n_analyses - 1, n_steps) if prospective else n_steps
    given = _given(table, baseline, model, held, min_cases)
    if zones is None:
        zones = circles(
            *at, given.size, max_size=max_share * float(given.size.sum()), max_radius=max_radius,
            together=ties == "together",
        )  # fmt: skip
    alive = 1 if prospective else held
    windows = _windows(held, min_steps, longest, alive)
    observed = _best(given, zones, windows, min_cases)
    clusters = _clusters(given, zones, windows, observed, n_clusters, n_steps)
    maxima = np.empty(0)
    if n_permutations and len(clusters):
        later = _windows(held, min_steps, longest, min(n_analyses, held) if prospective else held)
        stop = STOP if stop_early else n_permutations + 1
        maxima = _maxima(
            given,
            zones,
            later,
            min_cases,
            n_permutations,
            float(clusters["llr"].iloc[0]),
            stop,
            rng,
        )
    _add_p(clusters, maxima, days, n_analyses)
    clusters.attrs |= {
        "n": int(given.n),
        "n_maps": len(maxima),
        "largest_by_chance": float(np.quantile(maxima, 0.95)) if len(maxima) else np.nan,
        "n_zones": int(zones.check.sum()),
        "n_windows": len(windows[0]),
        "method": {
            "name": "scan", "model": model, "prospective": prospective, "min_steps": min_steps,
            "max_steps": longest, "max_share": max_share, "max_radius": float(max_radius),
            "ties": ties, "min_cases": min_cases, "n_analyses": n_analyses,
            "n_permutations": n_permutations,
            "seed": int(rng) if isinstance(rng, int | np.integer) else None,
        },
    }  # fmt: skip
    return clusters


def _given(
    table: Array, baseline: npt.ArrayLike | None, model: str, held: int, min_cases: int
) -> Given:
    """Turn the counts into what the kernel takes, with steps from the last one back."""
    from ipgtools import _kernels_scan as kernels

    n = float(table.sum())
    if n < 2 * min_cases:
        msg = f"{n:g} cases are too few to scan; {2 * min_cases} are needed"
        raise ContractError(msg, code="too_few_incidents", n=int(n), needed=2 * min_cases)
    if (baseline is None) != (model == "permutation"):
        msg = f"model {model!r} takes {'no' if model == 'permutation' else 'a'} `baseline`"
        raise ArgumentError(msg, code="scan_baseline", model=model)
    cases = table[:, ::-1]
    if baseline is None:
        base = np.outer(cases.sum(axis=1), cases.sum(axis=0)) / n
        place, age = _each(cases)
        scanned = int((age < held).sum())

        def draw(counts: Array, rng: np.random.Generator) -> None:
            kernels.deal_steps(place, age, scanned, counts, rng)

        return Given(cases[:, :held], base[:, :held], base.sum(axis=1), n, n, draw, False)  # noqa: FBT003
    base = _counts("baseline", baseline, whole=model == "bernoulli")[:, ::-1]
    if base.shape != cases.shape:
        msg = f"`baseline` has shape {base.shape}, expected {cases.shape}"
        raise ArgumentError(
            msg, code="scan_shape", name="baseline", found=str(base.shape),
            expected=str(cases.shape),
        )  # fmt: skip
    lost = int(cases[base <= 0].sum() if model == "poisson" else (cases > base).sum())
    if lost:
        msg = f"{lost} cases lie where the baseline is 0, or below the number of cases"
        raise ContractError(msg, code="scan_unexpected", n=lost)
    size = base.sum(axis=1)
    if model == "poisson":
        base = base * (n / base.sum())
        upper = np.cumsum(base[:, :held].ravel()) / n
        if held == base.shape[1]:
            upper[-1] = np.inf

        def draw_poisson(counts: Array, rng: np.random.Generator) -> None:
            kernels.draw_cells(upper, int(n), held, counts, rng)

        return Given(cases[:, :held], base[:, :held], size, n, n, draw_poisson, False)  # noqa: FBT003
    row, age = _each(base)
    cell = np.where(age < held, row * held + age, -1)

    def draw_cases(counts: Array, rng: np.random.Generator) -> None:
        kernels.choose_cases(cell, int(n), held, counts, rng)

    whole = float(base.sum())
    return Given(cases[:, :held], base[:, :held], size, whole, n, draw_cases, True)  # noqa: FBT003


def _each(counts: Array) -> tuple[Array, Array]:
    """List the row and column of each single case, by column."""
    column, row = np.nonzero(counts.T)
    times = counts[row, column].astype(np.int64)
    return np.repeat(row, times), np.repeat(column, times)


def _cumulated(values: Array) -> Array:
    """Cumulate over the steps, from 0."""
    found = np.zeros((values.shape[0], values.shape[1] + 1))
    np.cumsum(values, axis=1, out=found[:, 1:])
    return found


def _windows(held: int, shortest: int, longest: int, n_ends: int) -> tuple[Array, Array]:
    """List the first and last step of windows, counted back; each ends in the last `n_ends`."""
    pairs = [
        (end, end + length - 1)
        for end in range(n_ends)
        for length in range(shortest, longest + 1)
        if end + length <= held
    ]
    first, last = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return np.ascontiguousarray(first), np.ascontiguousarray(last)


def _best(
    given: Given, zones: Zones, windows: tuple[Array, Array], min_cases: int
) -> tuple[Array, Array, Array]:
    from ipgtools import _kernels_scan as kernels

    found: tuple[Array, Array, Array] = kernels.best_per_list(
        zones.start, zones.member, zones.check, _cumulated(given.base), _cumulated(given.cases),
        *windows, given.total, given.n, given.bernoulli, float(min_cases),
    )  # fmt: skip
    return found


def _maxima(
    given: Given, zones: Zones, windows: tuple[Array, Array], min_cases: int, n_draws: int,
    observed: float, stop: int, rng: int | np.random.Generator | None,
) -> Array:  # fmt: skip
    """Draw maps of chance and give the highest ratio on each, until enough exceed the observed."""
    from ipgtools import _kernels_scan as kernels

    base = _cumulated(given.base)
    room = _LANE_BYTES // (4 * base.size)
    n_lanes = int(np.clip(room, 4, min(_MOST_LANES, n_draws)))
    n_batches = -(-n_draws // n_lanes)
    generators = np.random.default_rng(rng).spawn(n_batches)

    def batch(number: int) -> Array:
        counts = np.zeros((*base.shape, n_lanes), dtype=np.float32)
        given.draw(counts, generators[number])
        found: Array = kernels.highest(
            zones.start, zones.member, zones.check, base, counts, *windows, given.total, given.n,
            given.bernoulli, float(min_cases),
        )  # fmt: skip
        return found

    n_threads = min(os.cpu_count() or 1, _MAX_THREADS, n_batches)
    maxima = np.empty(0)
    with ThreadPoolExecutor(max_workers=n_threads) as pool:
        for begin in range(0, n_batches, n_threads):
            some = range(begin, min(begin + n_threads, n_batches))
            maxima = np.concatenate([maxima, *pool.map(batch, some)])[:n_draws]
            above = np.flatnonzero(maxima >= observed * (1 - 1e-9))
            if len(above) >= stop:
                return maxima[: above[stop - 1] + 1]
    return maxima


def _clusters(
    given: Given, zones: Zones, windows: tuple[Array, Array],
    observed: tuple[Array, Array, Array], n_clusters: int, n_steps: int,
) -> pd.DataFrame:  # fmt: skip
    """Take the best zone of each centre, most unlikely first, without a location in common."""
    ratio, end, window = observed
    taken = np.zeros(len(given.base), dtype=bool)
    base, cases = _cumulated(given.base), _cumulated(given.cases)
    rows: list[tuple[Any, ...]] = []
    for one in np.argsort(-ratio, kind="stable").tolist():
        if ratio[one] <= 0 or len(rows) >= n_clusters:
            break
        begin = zones.start[one]
        members = zones.member[begin : end[one]]
        if taken[members].any():
            continue
        taken[members] = True
        first, last = windows[0][window[one]], windows[1][window[one]] + 1
        n = float((cases[members, last] - cases[members, first]).sum())
        u = float((base[members, last] - base[members, first]).sum())
        expected = u * given.n / given.total
        rows.append(
            (
                len(rows) + 1, int(members[0]), tuple(members.tolist()),
                float(zones.distance[end[one] - 1]), n_steps - int(last),
                n_steps - 1 - int(first), int(n), expected, n / expected,
                float(statistics.relative_risk(n, expected, given.n)), float(ratio[one]),
            )
        )  # fmt: skip
    columns = [
        "cluster", "centre", "locations", "radius", "first_step", "last_step", "n", "expected",
        "observed_expected", "relative_risk", "llr",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _add_p(clusters: pd.DataFrame, maxima: Array, days: float, n_analyses: int) -> None:
    """Add the p-values and what they mean in days."""
    nothing = np.full(len(clusters), np.nan)
    chance = gumbel = p = again = nothing
    if len(maxima):
        ratio = clusters["llr"].to_numpy()
        above = (maxima >= ratio[:, None] * (1 - 1e-9)).sum(axis=1)
        chance = (above + 1) / (len(maxima) + 1)
        p = chance
        if len(maxima) > 1:
            gumbel = statistics.gumbel_p(ratio, maxima)
            p = np.where(above == 0, np.minimum(gumbel, chance), chance)
        again = statistics.recurrence_interval(p, days=days, n_analyses=n_analyses)
    clusters["p_value"], clusters["p_monte_carlo"] = p, chance
    clusters["p_gumbel"], clusters["recurrence_days"] = gumbel, again


def _counts(name: str, given: npt.ArrayLike, *, whole: bool | None = None) -> Array:
    """Read counts, by location and step."""
    values = np.asarray(given, dtype=float)
    if values.ndim == 1:
        values = values[:, None]
    wrong = values.ndim != 2 or not values.size
    if wrong or not (np.isfinite(values) & (values >= 0)).all():
        _refuse(name, "empty, negative or missing")
    if (name == "cases" or whole) and (values != np.floor(values)).any():
        _refuse(name, "a part of a case")
    return values


def _coordinates(x: npt.ArrayLike, y: npt.ArrayLike, n: int) -> tuple[Array, Array]:
    found = []
    for name, given in (("x", x), ("y", y)):
        values = np.asarray(given, dtype=float)
        if values.shape != (n,):
            msg = f"`{name}` has shape {values.shape}, expected {(n,)}: one per location"
            raise ArgumentError(
                msg, code="scan_shape", name=name, found=str(values.shape), expected=str((n,))
            )
        if not np.isfinite(values).all():
            _refuse(name, "missing")
        found.append(values)
    return found[0], found[1]


def _steps(n_steps: int, shortest: int, longest: int | None) -> int:
    """Give the most steps of a window."""
    most = max(n_steps // 2, 1) if longest is None else longest
    for name, value in (("min_steps", shortest), ("max_steps", most)):
        if isinstance(value, bool) or not isinstance(value, int | np.integer):
            _refuse(name, f"{value!r}")
    if not 1 <= shortest <= most <= n_steps:
        msg = f"windows of {shortest} to {most} steps don't fit in {n_steps} steps"
        raise ArgumentError(
            msg, code="scan_steps", shortest=int(shortest), longest=int(most), n=n_steps
        )
    return int(most)


def _check(
    model: str, ties: str, max_share: float, max_radius: float, min_cases: int,
    n_permutations: int, n_clusters: int, n_analyses: int,
) -> None:  # fmt: skip
    for name, value, known in (("model", model, MODELS),
                               ("ties", ties, ("one_by_one", "together"))):  # fmt: skip
        if value not in known:
            msg = f"`{name}` is {value!r}, expected one of {', '.join(known)}"
            raise ArgumentError(
                msg, code="one_of", name=name, found=str(value)[:60], known=", ".join(known)
            )
    if not 0 < max_share <= 1:
        msg = f"`max_share` is {max_share!r}, expected a number above 0, at most 1"
        raise ArgumentError(
            msg, code="between_0_and_1", name="max_share", found=str(max_share)[:60]
        )
    if not max_radius > 0:
        msg = f"`max_radius` is {max_radius!r}, expected a distance above 0"
        raise ArgumentError(
            msg, code="positive_number", name="max_radius", found=str(max_radius)[:60]
        )
    for name, number, least in (
        ("min_cases", min_cases, 1), ("n_permutations", n_permutations, 0),
        ("n_clusters", n_clusters, 1), ("n_analyses", n_analyses, 1),
    ):  # fmt: skip
        if isinstance(number, bool) or not isinstance(number, int | np.integer) or number < least:
            msg = f"`{name}` is {number!r}, expected a whole number of {least} or more"
            raise ArgumentError(
                msg, code="whole_number", name=name, found=str(number)[:60], least=least
            )


def _refuse(name: str, found: str) -> None:
    msg = f"`{name}` can't be {found}"
    raise ArgumentError(msg, code="scan_numbers", name=name, found=found)
