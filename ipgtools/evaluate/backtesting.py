"""
Test rankings of cells over rolling origins: would this map have been right last month.

At each origin a ranking is made from what was known, and the incidents of the period after it
are looked up in its highest cells. All methods get the same surface, the same incidents and the
same origins; naive lists take part, and may win.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from ipgtools import _checks, coverage
from ipgtools.errors import ArgumentError, ContractError
from ipgtools.evaluate import ranking
from ipgtools.evaluate.accuracy import hit_rate, pei
from ipgtools.grid import Grid, coordinates
from ipgtools.inference import FloatArray

__all__ = ["FEWEST_EVENTS", "FEWEST_ORIGINS", "SHARES", "Method", "backtest", "card"]

FEWEST_EVENTS = 30
"""Events below which methods are not ranked: the NIJ Challenge ended in ties there."""
FEWEST_ORIGINS = 3
"""Origins without which there is nothing to repeat."""
SHARES = (0.01, 0.03, 0.05)
"""Shares of the surface to take; 3 % is what the Dutch police tested its own forecasts by."""
_LONGEST_GAP = 0.5

Method = Callable[[ranking.History], FloatArray]


def backtest(
    incidents: gpd.GeoDataFrame,
    grid: Grid,
    *,
    days: int = 28,
    n_origins: int = 12,
    until: Any = None,
    methods: Sequence[str] | Mapping[str, Method] | None = None,
    shares: Sequence[float] = SHARES,
    min_history: int = 182,
    rng: int | np.random.Generator | None = None,
) -> pd.DataFrame:
    """
    Test rankings of cells on the incidents that came after them, over rolling origins.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents
        Points in the grid's CRS with `occurred_from`. Those outside the grid or without a time
        are not counted, for any method.
    grid : Grid
        The cells to rank.
    days : int, default 28
        Length of the period after each origin; whole weeks keep weekdays equal. Origins are as
        many days apart, so that no incident is tested twice.
    n_origins : int, default 12
        Origins, the last of them `days` before `until`; fewer if `min_history` leaves fewer.
    until : date, optional
        First day that is not tested any more; by default the day after the last incident.
    methods : sequence of str, or mapping of str to function, optional
        Names of `ranking.METHODS`, or functions that take a `ranking.History` and give a score per
        cell. By default all that take less than a second; "last", "long_run" and "random" always
        take part.
    shares : sequence of float, default (0.01, 0.03, 0.05)
        Shares of the surface to take, the same for every method. Equal scores are in random
        order, of which the expected value is taken.
    min_history : int, default 182
        Days with incidents that must lie before an origin.
    rng : int or Generator, optional
        Seed of methods that draw.

    Returns
    -------
    DataFrame, one row per origin, method and share
        `origin` (first day of the tested period), `method`, `share`, `n_events` (tested),
        `n_hits` (expected number in the cells taken), `n_best` (the most that such a surface
        could X
        `n_without_time`, `days`, `method`.

    Raises
    ------
    CrsError
        If `incidents` is in another CRS than the grid.
    ContractError
        If incidents are known by month only, or fewer than 3 origins are left ("too few
        steps"), or more than half of the tested periods have no incidents (a gap in the files).
    ArgumentError
        If a method is unknown or doesn't work on hexagons, or an option has another value than
        it can.

    Notes
    -----
    Incidents are what was registered: a method that sends patrols makes its own hits. Keep
    reported and discovered incidents apart.

    References
    ----------
    Rolling origins: Tashman (2000), International Journal of Forecasting 16, 437-450. Naive
    lists: Adepeju, Rosser & Cheng (2016), International Journal of Geographical Information
    Science 30, 2133-2154.

    Examples
    --------
    One corner where something happens every day:

    >>> when = pd.date_range("2025-01-01", "2025-12-31", freq="D")
    >>> incidents = gpd.GeoDataFrame(
    ...     {"occurred_from": when},
    ...     geometry=gpd.points_from_xy([50] * 365, [50] * 365), crs=28992)
    >>> grid = Grid.covering((0, 0, 1000, 1000))
    >>> tested = backtest(incidents, grid, methods=[], shares=[0.01], n_origins=3)
    >>> tested.groupby("method")["hit_rate"].mean().round(2).to_dict()
    {'last': 1.0, 'long_run': 1.0, 'random': 0.01}
    """
    _checks.grid(grid)
    grid.require(incidents=incidents)
    _whole("days", days)
    _whole("n_origins", n_origins, least=FEWEST_ORIGINS)
    _whole("min_history", min_history)
    chosen = _chosen(methods, grid)
    coverage.require_days(incidents, "testing by days")
    events = _Events.take(incidents, grid)
    origins = events.origins(days, n_origins, until, min_history)
    random = np.random.default_rng(rng)
    tables = []
    for origin in origins:
        history = events.before(origin, days, random)
        later = events.tested(origin, days)
        rows = {}
        for name, method in chosen.items():
            score = np.asarray(method(history), dtype=float)
            if score.shape != (grid.n_cells,) or not np.isfinite(score).all():
                msg = f"method {name!r} gave no number for each of the {grid.n_cells} cells"
                raise ArgumentError(msg, code="backtest_score", name=name, expected=grid.n_cells)
            rows[name] = _measured(score, later, grid.shares, shares)
        table = pd.concat(rows, names=["method"]).reset_index("method")
        table.insert(0, "origin", events.day_of(origin))
        tables.append(table)
    result = pd.concat(tables, ignore_index=True)
    one = result[(result["method"] == "random") & (result["share"] == result["share"].iloc[0])]
    empty = int((one["n_events"] == 0).sum())
    if empty > _LONGEST_GAP * len(one):
        msg = f"{empty} of the {len(one)} tested periods have no incidents; is there a gap?"
        raise ContractError(msg, code="backtest_gap", n=empty, total=len(one))
    result.attrs |= events.left_out | {
        "n_origins": len(origins),
        "n_events": int(one["n_events"].sum()),
        "days": int(days),
        "method": {
            "name": "backtest",
            "days": int(days),
            "methods": list(chosen),
            "shares": [float(share) for share in shares],
            "seed": int(rng) if isinstance(rng, int | np.integer) else None,
        },
    }
    return result


@_checks.takes(
    "origin", "method", "share", "n_events", "n_hits", "n_best", made_by="ipg.evaluate.backtest"
)
def card(
    tested: pd.DataFrame,
    *,
    share: float | None = None,
    n_resamples: int = 999,
    alpha: float = 0.05,
    rng: int | np.random.Generator | None = None,
) -> pd.DataFrame:
    """
    Summarise a back-test: what each method caught, and whether it beats the naive lists.

    Parameters
    ----------
    tested : DataFrame
        The table of `backtest`.
    share : float, optional
        The share of the surface to summarise; by default all, one after another.
    n_resamples : int, default 999
        Resamples of the origins, for the intervals and `best_share`.
    alpha : float, default 0.05
        One minus the confidence of the intervals.
    rng : int or Generator, optional
        Seed of the resamples.

    Returns
    -------
    DataFrame, one row per share and method, best first
        `share`, `method`, `n_origins`, `n_events`, `n_hits`, `hit_rate` (hits over events of all
        origins) with `low` and `high`, `pai`, `pei` (hits over the best possible ones),
        `over_naive` (hit rate minus that of the better naive list) with `over_low` and
        `over_high`, `best_share` (resamples in which it was the best; ties divided), `rank` and
        `verdict`: "better" or "worse" than the better naive list if the interval leaves out 0,
        "equal" if not, "naive" for the naive lists, and "too_few" with a missing rank where
        there are fewer than 30 events. ``attrs["n_events"]``.

    Raises
    ------
    ArgumentError
        If the table has no such share.

    Examples
    --------
    >>> tested = pd.DataFrame({
    ...     "origin": [1, 1, 2, 2], "method": ["last", "density"] * 2, "share": 0.03,
    ...     "n_events": 10, "n_hits": [2.0, 3.0, 1.0, 3.0], "n_best": 10.0})
    >>> card(tested, rng=1)[["method", "hit_rate", "rank", "verdict"]].values.tolist()
    [['density', 0.3, <NA>, 'too_few'], ['last', 0.15, <NA>, 'too_few']]
    """
    if not 0 < alpha < 1:
        msg = f"`alpha` is {alpha!r}, expected a number between 0 and 1 such as 0.05"
        raise ArgumentError(msg, code="between_0_and_1", name="alpha", found=str(alpha)[:60])
    _whole("n_resamples", n_resamples)
    known = tested["share"].unique()
    if share is not None and not np.isclose(known, share).any():
        msg = f"`share` is {share!r}; tested were {', '.join(f'{one:g}' for one in known)}"
        raise ArgumentError(
            msg, code="no_such_share", found=str(share)[:60],
            known=", ".join(f"{one:g}" for one in known),
        )  # fmt: skip
    wanted = known if share is None else known[np.isclose(known, share)]
    random = np.random.default_rng(rng)
    tables = [
        _card(tested[tested["share"] == one], float(one), n_resamples, alpha, random)
        for one in wanted
    ]
    result = pd.concat(tables, ignore_index=True)
    result.attrs |= {
        "n_events": int(result["n_events"].max()),
        "n_origins": int(result["n_origins"].max()),
        "method": {"name": "card", "alpha": alpha, "n_resamples": int(n_resamples)},
    }
    return result


def _card(
    tested: pd.DataFrame, share: float, n_resamples: int, alpha: float, rng: np.random.Generator
) -> pd.DataFrame:
    """Summarise one share."""
    hits = tested.set_index(["origin", "method"])["n_hits"].unstack()  # noqa: PD010
    events = tested.groupby("origin")["n_events"].first().to_numpy(dtype=float)
    best = tested.groupby("origin")["n_best"].first().to_numpy(dtype=float)
    n, n_events = len(hits), events.sum()
    caught = hits.to_numpy(dtype=float)
    naive = np.array([name in ranking.NAIVE for name in hits.columns])
    total = caught.sum(axis=0)
    pick = rng.integers(0, n, (n_resamples, n))
    times = np.apply_along_axis(np.bincount, 1, pick, minlength=n).astype(float)
    rate = np.divide(total, n_events, out=np.full(len(total), np.nan), where=n_events > 0)
    there = times @ events
    drawn = np.divide(
        times @ caught, there[:, None], out=np.full((n_resamples, len(total)), np.nan),
        where=there[:, None] > 0,
    )  # fmt: skip
    rival = int(np.flatnonzero(naive)[np.argmax(total[naive])]) if naive.any() else 0
    over = drawn - drawn[:, [rival]]
    with np.errstate(invalid="ignore"):
        top = np.isclose(drawn, np.nanmax(drawn, axis=1, initial=-1.0, keepdims=True))
    ends = [alpha / 2, 1 - alpha / 2]
    enough = n_events >= FEWEST_EVENTS
    low, high = _quantiles(drawn, ends)
    over_low, over_high = _quantiles(over, ends)
    verdict = np.select(
        [np.full(len(total), not enough), naive, over_low > 0, over_high < 0],
        ["too_few", "naive", "better", "worse"],
        "equal",
    )
    divided = top / np.maximum(top.sum(axis=1, keepdims=True), 1)
    rank = pd.Series(rate).rank(ascending=False, method="min").astype("Int64")
    table = pd.DataFrame(
        {
            "share": share,
            "method": pd.array(hits.columns, dtype="str"),
            "n_origins": n,
            "n_events": int(n_events),
            "n_hits": total,
            "hit_rate": rate,
            "low": low,
            "high": high,
            "pai": rate / share,
            "pei": np.divide(total, best.sum(), out=np.full(len(total), np.nan),
                             where=best.sum() > 0),
            "over_naive": rate - rate[rival],
            "over_low": over_low,
            "over_high": over_high,
            "best_share": divided.mean(axis=0) if enough else np.nan,
            "rank": rank if enough else pd.array([pd.NA] * len(total), dtype="Int64"),
            "verdict": pd.array(verdict, dtype="str"),
        }
    )  # fmt: skip
    return table.sort_values(["hit_rate", "method"], ascending=[False, True], kind="stable")


def _quantiles(values: FloatArray, ends: list[float]) -> tuple[FloatArray, FloatArray]:
    """Give two quantiles of each column, NaN where all are."""
    known = ~np.isnan(values[:, 0])
    if not known.any():
        nothing = np.full(values.shape[1], np.nan)
        return nothing, nothing
    low, high = np.quantile(values[known], ends, axis=0)
    return low, high


class _Events:
    """Incidents with a cell and a day, in order of time."""

    def __init__(
        self, table: gpd.GeoDataFrame, x: FloatArray, y: FloatArray, grid: Grid, cell: Any,
        day: Any, left_out: dict[str, int],
    ) -> None:  # fmt: skip
        self.table, self.x, self.y = table, x, y
        self.grid, self.cell, self.day = grid, cell, day
        self.left_out = left_out

    @classmethod
    def take(cls, incidents: gpd.GeoDataFrame, grid: Grid) -> "_Events":
        """Locate and sort them."""
        x, y = coordinates(incidents, label="incidents")
        cell = grid.locate(x, y)
        times = pd.to_datetime(incidents["occurred_from"])
        timed = times.notna().to_numpy()
        rows = np.flatnonzero((cell >= 0) & timed)
        day = times.iloc[rows].to_numpy().astype("datetime64[D]").astype(np.int64)
        order = np.argsort(day, kind="stable")
        rows, day = rows[order], day[order]
        left_out = {
            "n_used": len(rows),
            "n_outside": int((cell < 0).sum()),
            "n_without_time": int(((cell >= 0) & ~timed).sum()),
        }
        kept = gpd.GeoDataFrame(incidents[["occurred_from"]], geometry=incidents.geometry)
        return cls(kept.iloc[rows], x[rows], y[rows], grid, cell[rows], day, left_out)

    def origins(self, days: int, n_origins: int, until: Any, min_history: int) -> list[int]:
        """List the origins, earliest first."""
        if not len(self.day):
            self._too_few(0)
        end = int(self.day[-1]) + 1
        if until is not None:
            from ipgtools.periods import as_day

            end = int(np.datetime64(as_day(until, name="until"), "D").astype(np.int64))
        found = [end - days * step for step in range(1, n_origins + 1)]
        found = [one for one in found if one - self.day[0] >= min_history]
        if len(found) < FEWEST_ORIGINS:
            self._too_few(len(found))
        return found[::-1]

    def before(self, origin: int, days: int, rng: np.random.Generator) -> ranking.History:
        """Give what was known at an origin."""
        n = int(np.searchsorted(self.day, origin))
        return ranking.History(
            self.x[:n], self.y[:n], self.grid, self.cell[:n],
            (origin - self.day[:n]).astype(float), days, self.day_of(origin), rng, self.table,
        )  # fmt: skip

    def tested(self, origin: int, days: int) -> FloatArray:
        """Count what came after it."""
        first, end = np.searchsorted(self.day, [origin, origin + days])
        return np.bincount(self.cell[first:end], minlength=self.grid.n_cells).astype(float)

    @staticmethod
    def day_of(number: int) -> pd.Timestamp:
        """Give the date of a day number."""
        return pd.Timestamp(np.datetime64(number, "D"))

    @staticmethod
    def _too_few(n: int) -> None:
        msg = f"{n} periods have enough history before them; {FEWEST_ORIGINS} are needed"
        raise ContractError(msg, code="too_few_steps", n=n, needed=FEWEST_ORIGINS)


def _measured(
    score: FloatArray, later: FloatArray, area: FloatArray, shares: Sequence[float]
) -> pd.DataFrame:
    """Measure one ranking at one origin."""
    rate = hit_rate(score, later, area=area, share=shares)
    efficiency = pei(score, later, area=area, share=shares)
    n = float(later.sum())
    caught = np.nan_to_num(rate) * n
    best = np.nan_to_num(hit_rate(later / area, later, area=area, share=shares)) * n
    return pd.DataFrame(
        {
            "share": np.asarray(shares, dtype=float),
            "n_events": int(n),
            "n_hits": caught,
            "n_best": best,
            "hit_rate": rate,
            "pai": rate / np.asarray(shares, dtype=float),
            "pei": efficiency,
        }
    )


def _chosen(methods: Sequence[str] | Mapping[str, Method] | None, grid: Grid) -> dict[str, Method]:
    """Look the methods up; the naive ones always take part."""
    chosen: dict[str, Method] = {name: ranking.METHODS[name] for name in ranking.NAIVE}
    if isinstance(methods, Mapping):
        return chosen | dict(methods)
    square = grid.shape == "square"
    if methods is None:
        methods = [
            name
            for name in ranking.METHODS
            if name not in ranking.SLOW and (square or name not in ranking.SQUARES)
        ]
    for name in [methods] if isinstance(methods, str) else methods:
        if name not in ranking.METHODS:
            known = ", ".join(ranking.METHODS)
            msg = f"there is no method {name!r}; choose from {known}"
            raise ArgumentError(msg, code="backtest_method", found=str(name)[:60], known=known)
        if name in ranking.SQUARES and not square:
            msg = f"method {name!r} works on squares only, not on hexagons"
            raise ArgumentError(msg, code="backtest_squares", found=name)
        chosen[name] = ranking.METHODS[name]
    return chosen


def _whole(name: str, given: Any, *, least: int = 1) -> None:
    if isinstance(given, bool) or not isinstance(given, int | np.integer) or given < least:
        msg = f"`{name}` is {given!r}, expected a whole number of {least} or more"
        raise ArgumentError(msg, code="whole_number", name=name, found=str(given)[:60], least=least)
