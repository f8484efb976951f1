"""Scan incidents for clusters, and draw these as polygons with dates and incidents."""

import logging
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from ipgtools import _checks, coverage, crs
from ipgtools.errors import ArgumentError, ContractError
from ipgtools.grid import coordinates
from ipgtools.periods import Period
from ipgtools.scan import zones as zones_
from ipgtools.scan.engine import of_counts

if TYPE_CHECKING:
    from ipgtools.network import Network

__all__ = ["FEWEST", "FEWEST_STEPS", "Array", "space_time", "spatial"]

log = logging.getLogger(__name__)
Array = np.ndarray[Any, Any]

FEWEST = 20
"""Incidents without which nothing is scanned."""
FEWEST_STEPS = 4
"""Steps of time without which "since when" has no answer."""
_YEAR = 366
_BESIDE = 15.0
_LEAST_RADIUS = 25.0


def space_time(
    incidents: gpd.GeoDataFrame,
    *,
    period: Period | None = None,
    days: int = 7,
    max_days: int = 56,
    prospective: bool = True,
    controls: gpd.GeoDataFrame | None = None,
    cell_size: float | None = 100.0,
    max_radius: float = 1000.0,
    max_share: float = 0.5,
    streets: "gpd.GeoDataFrame | Network | None" = None,
    max_snap: float = 50.0,
    min_cases: int = 2,
    n_clusters: int = 10,
    n_analyses: int = 1,
    n_permutations: int = 999,
    stop_early: bool = True,
    rng: int | np.random.Generator | None = None,
) -> gpd.GeoDataFrame:
    """
    Find places where lately, or in some weeks, more happened than elsewhere and before.

    By default the space-time permutation model: a busy place and a busy week are no cluster, only
    what is more than both explain. With `controls`, the Bernoulli model: a larger part of all
    incidents is of this kind than elsewhere.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents
        Points in a projected CRS in metres with `occurred_from`, of which the date is used.
    period : Period, optional
        What is looked at; by default the days from the first incident to the last. Above a year,
        parts of town that grow faster make clusters too: see `warnings`.
    days : int, default 7
        Length of a step. Seven takes weekdays out. The earliest step is shorter if the period is
        no multiple.
    max_days : int, default 56
        The longest cluster; at most 90 % of the period.
    prospective : bool, default True
        Only clusters that still go on in the last step; without it, any that were.
    controls : GeoDataFrame, optional
        Other incidents of the same period and place to compare with.
    cell_size : float or None, default 100
        Metres: incidents are counted per cell, around whose centres the circles lie. None
        takes the coordinates as they are.
    max_radius, max_share : float, default 1000 and 0.5
        The largest circle, in metres, and as a share of the incidents. Choose before looking.
    streets : GeoDataFrame or Network, optional
        Look along streets instead of in circles: sets of connected street segments, the middle
        of which lies within `max_radius` metres over the streets.
    max_snap : float, default 50
        With `streets`: metres from a street beyond which incidents are left out.
    min_cases, n_clusters, n_analyses, n_permutations, stop_early, rng
        As in `of_counts`.

    Returns
    -------
    GeoDataFrame, one row per cluster, most unlikely first
        `cluster_id` (the same for the same centre and first day), `n`, `expected`,
        `observed_expected`, `relative_risk`, `start` and `end` (first day, and the day after the
        last), `radius_m`, `n_places` (cells, coordinates or street segments), `llr`, `p_value`,
        `p_monte_carlo`, `p_gumbel`, `recurrence_days` (once in so many days chance gives this),
        `incident_ids` (tuple: `incident_id`, or the index without that column) and the polygon.
        ``attrs``: `n_used`, `n_outside` (of the period), `n_without_place`, `n_without_time`,
        with `streets` `n_without_street`, `n_maps`, `largest_by_chance`, `n_zones`, `n_windows`,
        `warnings` ("long_period", "last_step_empty"), `method`.

    Raises
    ------
    CrsError
        If a table is not in a projected CRS in metres, or they differ.
    ContractError
        If incidents are known by month only, or fewer than 20 incidents or 4 steps are left.
    ArgumentError
        If an option has a value that it can't.

    Notes
    -----
    A cluster says where and since when, not why, and nothing of what comes. Without a cluster
    there may still be one that is too small to find.

    References
    ----------
    Kulldorff, Heffernan, Hartman, Assuncao & Mostashari (2005), PLoS Medicine 2, e59. Streets:
    Shiode & Shiode (2013), International Journal of Geographical Information Science 27.

    Examples
    --------
    Forty incidents all over half a year, and eight in one spot in the last two weeks:

    >>> rng = np.random.default_rng(1)
    >>> x, y = np.r_[rng.uniform(0, 5000, 40), [505] * 8], np.r_[rng.uniform(0, 5000, 40), [5] * 8]
    >>> day = np.r_[np.arange(40) * 4.5, 169 + np.arange(8)]
    >>> incidents = gpd.GeoDataFrame(
    ...     {"occurred_from": pd.Timestamp("2025-01-01") + pd.to_timedelta(day, unit="D")},
    ...     geometry=gpd.points_from_xy(x, y), crs=28992)
    >>> found = space_time(incidents, n_permutations=99, rng=1)
    >>> found["n"][0], found["start"][0].date().isoformat(), found["p_monte_carlo"][0]
    (np.int64(8), '2025-06-13', np.float64(0.01))
    """
    tables = {"incidents": incidents} | ({} if controls is None else {"controls": controls})
    crs.require(**tables)
    _whole("days", days)
    _whole("max_days", max_days)
    if period is not None:
        _checks.period(period)
    events = _Events.take(incidents, period, days)
    events.require()
    n_steps = events.n_steps
    longest = min(max(max_days // days, 1), max(int(n_steps * 0.9), 1))
    others = None if controls is None else _Events.take(controls, events.period, days)
    places = _places(events, others, cell_size, streets, max_snap)
    cases = _table(places.own, events.step[places.used], places.n, n_steps)
    base = None
    if others is not None:
        base = cases + _table(places.other, others.step[places.other_used], places.n, n_steps)
    zones = places.zones(
        cases if base is None else base, max_share=max_share, max_radius=max_radius
    )
    found = of_counts(
        cases, places.x, places.y, model="permutation" if base is None else "bernoulli",
        baseline=base, prospective=prospective, max_steps=longest, max_share=max_share,
        max_radius=max_radius, min_cases=min_cases, n_clusters=n_clusters, days=float(days),
        n_analyses=n_analyses, n_permutations=n_permutations, stop_early=stop_early, rng=rng,
        zones=zones,
    )  # fmt: skip
    end = events.period.end
    starts = end - pd.to_timedelta((n_steps - found["first_step"]) * days, unit="D")
    ends = end - pd.to_timedelta((n_steps - 1 - found["last_step"]) * days, unit="D")
    starts = starts.clip(lower=events.period.start)
    table = _drawn(found, places, events, starts.to_list(), ends.to_list())
    warnings = []
    if base is None and events.period.days > _YEAR:
        warnings.append({"code": "long_period", "days": round(events.period.days)})
    if prospective and not (events.step == n_steps - 1).any():
        warnings.append({"code": "last_step_empty", "days": days})
    table.attrs |= events.left_out | places.left_out | found.attrs | {"warnings": warnings}
    table.attrs["method"] = found.attrs["method"] | {
        "name": "space_time", "days": days, "cell_size": cell_size,
        "along_streets": streets is not None,
    }  # fmt: skip
    return table


def spatial(
    incidents: gpd.GeoDataFrame,
    *,
    population: gpd.GeoDataFrame | None = None,
    controls: gpd.GeoDataFrame | None = None,
    weights: str | None = None,
    cell_size: float | None = 100.0,
    max_radius: float = 1000.0,
    max_share: float = 0.5,
    streets: "gpd.GeoDataFrame | Network | None" = None,
    max_snap: float = 50.0,
    min_cases: int = 2,
    n_clusters: int = 10,
    n_permutations: int = 999,
    stop_early: bool = True,
    rng: int | np.random.Generator | None = None,
) -> gpd.GeoDataFrame:
    """
    Find places where more happened than addresses, or other incidents, explain.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents
        Points in a projected CRS in metres.
    population : GeoDataFrame, optional
        Points of what is at risk, such as addresses: the Poisson model. An incident in a cell (or
        segment) without any is left out.
    controls : GeoDataFrame, optional
        Points of other incidents: the Bernoulli model. Give one of both.
    weights : str, optional
        Column of `population` with how much each point weighs, such as inhabitants.
    cell_size, max_radius, max_share, streets, max_snap
        As in `space_time`; the share is that of the population.
    min_cases, n_clusters, n_permutations, stop_early, rng
        As in `of_counts`.

    Returns
    -------
    GeoDataFrame, one row per cluster, most unlikely first
        As `space_time`, without times and recurrence. ``attrs["n_unexpected"]``: incidents left
        out because nothing was at risk where they lie.

    Raises
    ------
    CrsError
        If a table is not in a projected CRS in metres, or they differ.
    ContractError
        If fewer than 20 incidents are left.
    ArgumentError
        If neither or both of `population` and `controls` are given.

    References
    ----------
    Kulldorff (1997), Communications in Statistics: Theory and Methods 26, 1481-1496.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> homes = gpd.GeoDataFrame(
    ...     geometry=gpd.points_from_xy(*rng.uniform(0, 3000, (2, 2000))), crs=28992)
    >>> near = homes[homes.distance(shapely.Point(600, 600)) < 200]
    >>> incidents = pd.concat([homes.sample(60, random_state=1), near, near])
    >>> found = spatial(incidents, population=homes, n_permutations=99, rng=1)
    >>> found["p_monte_carlo"].iloc[0], found.geometry.iloc[0].covers(shapely.Point(600, 600))
    (np.float64(0.01), True)
    """
    if (population is None) == (controls is None):
        msg = "give `population` (what is at risk) or `controls` (other incidents), one of both"
        raise ArgumentError(msg, code="scan_one_of_both")
    behind = population if controls is None else controls
    assert behind is not None
    crs.require(incidents=incidents, population=behind)
    events, others = _Events.of_places(incidents), _Events.of_places(behind)
    heavy = np.ones(len(behind))
    if weights is not None:
        if weights not in behind:
            msg = f"`population` has no column {weights!r}"
            raise ContractError(
                msg, code="made_by", name="population", lacking=weights, made_by="population"
            )
        heavy = behind[weights].to_numpy(dtype=float, na_value=np.nan)
        if not (np.isfinite(heavy) & (heavy >= 0)).all():
            msg = f"`{weights}` can't be negative or missing"
            raise ArgumentError(msg, code="scan_numbers", name=weights, found="negatief of leeg")
    places = _places(events, others, cell_size, streets, max_snap)
    at_risk = np.bincount(
        places.other, weights=heavy[others.rows[places.other_used]], minlength=places.n
    )
    cases = np.bincount(places.own, minlength=places.n).astype(float)
    base = at_risk if controls is None else at_risk + cases
    lost = int(cases[base <= 0].sum())
    cases[base <= 0] = 0
    n = int(cases.sum())
    if n < FEWEST:
        msg = f"{n} incidents are too few to scan; {FEWEST} are needed"
        raise ContractError(msg, code="too_few_incidents", n=n, needed=FEWEST)
    if lost:
        log.info("%d incidents lie where nothing is at risk and are left out", lost)
    zones = places.zones(base[:, None], max_share=max_share, max_radius=max_radius)
    found = of_counts(
        cases, places.x, places.y, model="poisson" if controls is None else "bernoulli",
        baseline=base, max_share=max_share, max_radius=max_radius, min_cases=min_cases,
        n_clusters=n_clusters, n_permutations=n_permutations, stop_early=stop_early, rng=rng,
        zones=zones,
    )  # fmt: skip
    table = _drawn(found, places, events, None, None).drop(columns="recurrence_days")
    table.attrs |= events.left_out | places.left_out | found.attrs | {"n_unexpected": lost}
    table.attrs["method"] = found.attrs["method"] | {
        "name": "spatial", "cell_size": cell_size, "along_streets": streets is not None,
    }  # fmt: skip
    return table


class _Events:
    """Incidents with a place, and a step if they have times."""

    def __init__(
        self, table: gpd.GeoDataFrame, rows: Array, step: Array, left_out: dict[str, int],
        period: Period | None = None, n_steps: int = 1,
    ) -> None:  # fmt: skip
        x, y = coordinates(table, label="incidents")
        self.x, self.y = x[rows], y[rows]
        self.crs = table.crs
        self.rows, self.step, self.left_out, self.n_steps = rows, step, left_out, n_steps
        self._period = period
        named = table["incident_id"] if "incident_id" in table else table.index.to_series()
        self.ids = named.to_numpy()[rows]

    @property
    def period(self) -> Period:
        """What is looked at."""
        assert self._period is not None
        return self._period

    @classmethod
    def take(cls, table: gpd.GeoDataFrame, period: Period | None, days: int) -> "_Events":
        """Keep what has a place and a day in the period."""
        coverage.require_days(table, "scanning by days")
        x, _ = coordinates(table, label="incidents")
        placed = np.isfinite(x)
        times = pd.to_datetime(table["occurred_from"])
        timed = times.notna().to_numpy()
        if period is None:
            if not (placed & timed).any():
                msg = f"0 incidents are too few to scan; {FEWEST} are needed"
                raise ContractError(msg, code="too_few_incidents", n=0, needed=FEWEST)
            first, last = times[placed & timed].min(), times[placed & timed].max()
            period = Period(first.normalize(), last.normalize() + pd.Timedelta(days=1))
        inside = period.contains(times).to_numpy() & placed & timed
        rows = np.flatnonzero(inside)
        end = np.datetime64(period.end, "D")
        date = times.iloc[rows].to_numpy().astype("datetime64[D]")
        age = ((end - date).astype(np.int64) - 1) // days
        n_steps = -(-round(period.days) // days)
        left_out = {
            "n_used": len(rows),
            "n_outside": int((placed & timed & ~inside).sum()),
            "n_without_place": int((~placed).sum()),
            "n_without_time": int((placed & ~timed).sum()),
        }
        return cls(table, rows, n_steps - 1 - age, left_out, period, n_steps)

    @classmethod
    def of_places(cls, table: gpd.GeoDataFrame) -> "_Events":
        """Keep what has a place."""
        x, _ = coordinates(table, label="incidents")
        rows = np.flatnonzero(np.isfinite(x))
        left_out = {"n_used": len(rows), "n_without_place": len(x) - len(rows)}
        return cls(table, rows, np.zeros(len(rows), dtype=np.int64), left_out)

    def require(self) -> None:
        """Refuse too few."""
        if len(self.rows) < FEWEST:
            n = len(self.rows)
            msg = f"{n} incidents are too few to scan; {FEWEST} are needed"
            raise ContractError(msg, code="too_few_incidents", n=n, needed=FEWEST)
        if self.n_steps < FEWEST_STEPS:
            msg = f"{self.n_steps} steps of time are too few; {FEWEST_STEPS} are needed"
            raise ContractError(msg, code="too_few_steps", n=self.n_steps, needed=FEWEST_STEPS)


class _Places:
    """The locations of a scan: cells, coordinates or street segments."""

    def __init__(
        self, x: Array, y: Array, own: Array, used: Array, other: Array, other_used: Array,
        *, cell_size: float | None, network: "Network | None", left_out: dict[str, int],
    ) -> None:  # fmt: skip
        self.x, self.y, self.n = x, y, len(x)
        self.own, self.used, self.other, self.other_used = own, used, other, other_used
        self.cell_size, self.network, self.left_out = cell_size, network, left_out

    def zones(self, base: Array, *, max_share: float, max_radius: float) -> zones_.Zones | None:
        """Make the zones along streets; circles are made by `of_counts`."""
        if self.network is None:
            return None
        size = base.sum(axis=1)
        return zones_.segments(
            self.network,
            np.flatnonzero(size > 0),
            size,
            max_size=max_share * float(size.sum()),
            max_length=max_radius,
        )

    def polygon(self, centre: int, members: Array, radius: float) -> tuple[Any, int]:
        """Draw a zone; give its number of places, too."""
        if self.network is not None:
            edges = zones_.path_union(self.network, centre, members)
            lines = self.network.lines[edges]
            return shapely.union_all(shapely.buffer(lines, _BESIDE)), len(edges)
        if self.cell_size is None:
            reach = max(radius, 0.0) + _LEAST_RADIUS
            return shapely.Point(self.x[centre], self.y[centre]).buffer(reach), len(members)
        half = self.cell_size / 2
        x, y = self.x[members], self.y[members]
        return shapely.union_all(shapely.box(x - half, y - half, x + half, y + half)), len(members)


def _places(
    events: _Events, others: _Events | None, cell_size: float | None, streets: Any,
    max_snap: float,
) -> _Places:  # fmt: skip
    """Bring incidents, and what they are compared with, to common locations."""
    n = len(events.x)
    x, y = events.x, events.y
    if others is not None:
        x, y = np.concatenate([x, others.x]), np.concatenate([y, others.y])
    if streets is not None:
        from ipgtools.network import _graph, _snap

        network = _graph.as_network(streets)
        if network.crs != events.crs:
            crs.require(
                incidents=gpd.GeoSeries([], crs=events.crs),
                streets=gpd.GeoSeries([], crs=network.crs),
            )
        snapped = _snap.snap_to_edges(x, y, network, max_snap)
        middle = shapely.line_interpolate_point(network.lines, 0.5, normalized=True)
        own = snapped.rows < n
        return _Places(
            shapely.get_x(middle), shapely.get_y(middle), snapped.edge[own], snapped.rows[own],
            snapped.edge[~own], snapped.rows[~own] - n, cell_size=None, network=network,
            left_out={"n_without_street": int(n - own.sum())},
        )  # fmt: skip
    if cell_size is not None:
        _checks.number(cell_size=cell_size)
        if not 0 < cell_size < np.inf:
            msg = f"`cell_size` is {cell_size!r}, expected metres, more than 0"
            raise ArgumentError(
                msg, code="positive_number", name="cell_size", found=str(cell_size)[:60]
            )
        x = (np.floor(x / cell_size) + 0.5) * cell_size
        y = (np.floor(y / cell_size) + 0.5) * cell_size
    at, place = np.unique(np.column_stack([x, y]), axis=0, return_inverse=True)
    place = place.ravel()
    return _Places(
        at[:, 0], at[:, 1], place[:n], np.arange(n), place[n:], np.arange(len(place) - n),
        cell_size=cell_size, network=None, left_out={},
    )  # fmt: skip


def _table(place: Array, step: Array, n_places: int, n_steps: int) -> npt.NDArray[np.float64]:
    """Count by place and step."""
    n = np.bincount(place * n_steps + step, minlength=n_places * n_steps)
    return n.reshape(n_places, n_steps).astype(float)


def _drawn(
    found: pd.DataFrame, places: _Places, events: _Events, starts: Any, ends: Any
) -> gpd.GeoDataFrame:
    """Make a table of polygons, with the incidents in each."""
    shapes, sizes, ids, names = [], [], [], []
    for number, row in enumerate(found.itertuples(index=False)):
        members = np.array(row.locations)
        shape, n_places = places.polygon(row.centre, members, row.radius)
        step = events.step[places.used]
        here = np.isin(places.own, members) & (step >= row.first_step) & (step <= row.last_step)
        shapes.append(shape)
        sizes.append(n_places)
        ids.append(tuple(events.ids[places.used[here]].tolist()))
        since = "" if starts is None else f"-{starts[number]:%Y%m%d}"
        x, y = places.x[row.centre], places.y[row.centre]
        names.append(f"scan-E{x:.0f}N{y:.0f}{since}")
    columns = found.drop(columns=["cluster", "centre", "locations", "first_step", "last_step"])
    columns = columns.rename(columns={"radius": "radius_m"})
    columns.insert(0, "cluster_id", pd.array(names, dtype="str"))
    columns.insert(2, "n_places", np.array(sizes, dtype=np.int64))
    if starts is not None:
        columns.insert(3, "start", pd.to_datetime(pd.Series(starts, dtype="datetime64[s]")))
        columns.insert(4, "end", pd.to_datetime(pd.Series(ends, dtype="datetime64[s]")))
    columns["incident_ids"] = pd.Series(ids, dtype=object)
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=events.crs)


def _whole(name: str, given: Any) -> None:
    if isinstance(given, bool) or not isinstance(given, int | np.integer) or given < 1:
        msg = f"`{name}` is {given!r}, expected a whole number of 1 or more"
        raise ArgumentError(msg, code="whole_number", name=name, found=str(given)[:60], least=1)
