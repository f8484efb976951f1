"""
List the busiest places of a wijk: where most happened, lately above all.

The list claims nothing of chance. It is the forecast that a plain count gives, with older
incidents weighing less and neighbouring cells lending each other a little.
"""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from ipgtools import _checks
from ipgtools import crs as crs_
from ipgtools.grid import coordinates
from ipgtools.hotspots.hot_places import expectation, region
from ipgtools.hotspots.hot_places.naming import names
from ipgtools.hotspots.hot_places.outline import outline
from ipgtools.hotspots.hot_places.profile import profile
from ipgtools.hotspots.hot_places.region import Region
from ipgtools.periods import Period

__all__ = [
    "DEFAULT_HALF_LIFE", "FINE_CELL", "HALF_LIVES", "SHORT_HALF_LIFE", "Array", "busiest", "exact",
    "half_life", "months_old", "scores", "spread",
]  # fmt: skip

Array = np.ndarray[Any, Any]


HALF_LIVES = (1.5, 3.0, 6.0, 12.0, 24.0, 48.0)
"""Months after which an incident weighs half, tried by `half_life`."""
DEFAULT_HALF_LIFE = 24.0
SHORT_HALF_LIFE = 3.0
"""Of nuisance, and where less than a year is known."""
FINE_CELL = 50.0
_NEIGHBOURS = 0.5
_REACH = 300.0
_SHARE = 0.03
_FORGET = 0.8
_YEAR = 12
_MOST_MONTHS = 120
_FEWEST_ORIGINS = 3
_FEWEST_MONTHS_BEFORE = 6
_EXACT = 0.5
_ROUNDED = 25.0
_MOST_CELLS = 4
_LEAST = 2


def busiest(
    incidents: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame,
    *,
    period: Period,
    half_life: float | None = None,
    streets: gpd.GeoDataFrame | None = None,
    cell_size: float | None = None,
    kind: str | pd.Series | None = None,
    n: int = 5,
) -> gpd.GeoDataFrame:
    """
    List the busiest places of a wijk, without any claim of chance.

    A cell scores the incidents up to the end of the period, each by half for every
    `half_life` months of age, and half of a quartic kernel density (300 m) of the same. The
    best cells, with those of the best 3 % that touch them, are the places.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents
        INCIDENTS of all times; those up to 300 m around the areas count.
    areas : GeoDataFrame
        Polygons that make up the wijk.
    period : Period
        What the briefing is about; nothing after it counts.
    half_life : float, optional
        Months, for instance from `half_life`. By default 24, and 3 where less than a year of
        incidents is known.
    streets : GeoDataFrame, optional
        STREETS, for names.
    cell_size : float, optional
        Metres. By default 50 where coordinates are exact, else 100.
    kind : str or Series of str, optional
        Column or values with the kind of each incident; by default `category_label`, where
        there is one.
    n : int, default 5
        Places to list at most.

    Returns
    -------
    GeoDataFrame, at most n rows
        `place_id`, `number`, `name`, `claim` (missing), `n` (incidents in the period), `score`,
        `kinds` (the commonest, with their numbers) and the polygon. A place with fewer than two
        incidents in the period is not listed. ``attrs``: `method`, and `cells`: by `place_id` the
        union of the cells that were counted, which the polygon is drawn around.

    Raises
    ------
    CrsError
        If tables differ in CRS, or it is not in metres.

    Examples
    --------
    >>> import shapely
    >>> incidents = gpd.GeoDataFrame(
    ...     {"occurred_from": pd.Timestamp("2025-09-09")},
    ...     geometry=gpd.points_from_xy([455] * 8 + [120, 880], [455] * 8 + [120, 880]),
    ...     index=range(10), crs=28992)
    >>> wijk = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 1000, 1000)], crs=28992)
    >>> busiest(incidents, wijk, period=Period("2025-09-01", "2025-10-01"), n=1)["n"].tolist()
    [8]
    """
    _checks.period(period)
    _checks.not_swapped(incidents, areas)
    crs_.require(incidents=incidents, areas=areas)
    if cell_size is None:
        west, south, east, north = areas.total_bounds
        small = areas.union_all().area / FINE_CELL**2 <= region.MOST_CELLS
        if small and exact(incidents.cx[west:east, south:north]):
            cell_size = FINE_CELL
    lattice = region.lay_lattice(areas, cell_size=cell_size)
    cell = lattice.locate(incidents)
    when = incidents["occurred_from"]
    counted = (cell >= 0) & (when < period.end).to_numpy()
    age = months_old(when[counted], period.end)
    known = int(age.max()) + 1 if len(age) else 0
    if half_life is None:
        half_life = DEFAULT_HALF_LIFE if known >= _YEAR else SHORT_HALF_LIFE
    score = scores(cell[counted], age, half_life, lattice)
    now = lattice.count(cell[counted & period.contains(when).to_numpy()])
    table = _listed(score, now, lattice, n)
    here = incidents[(cell >= 0) & period.contains(when).to_numpy()]
    table.insert(2, "name", names(table, streets, incidents=here, areas=areas))
    table["kinds"] = profile(table, here, period=period, kind=kind)["kinds"]
    table.attrs["cells"] = dict(zip(table["place_id"], table.geometry, strict=True))
    table = table.set_geometry([outline(cells) for cells in table.geometry], crs=table.crs)
    table.attrs["method"] = {
        "name": "busiest", "half_life": half_life, "cell_size": lattice.cell_size,
        "months": known,
    }  # fmt: skip
    return table


def half_life(
    incidents: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, *, period: Period
) -> float | None:
    """
    Find the half-life whose list would have caught most of the incidents that came after it.

    From periods of the same length before this one, back in time, the busiest 3 % of the
    cells of all areas are taken by each half-life and held against what happened next; earlier
    periods weigh 0.8 each.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents
        INCIDENTS of all areas and times.
    areas : GeoDataFrame
        All areas.
    period : Period
        Only what lies before its start is used.

    Returns
    -------
    float or None
        Months, one of `HALF_LIVES`; None where fewer than three periods have six months
        before them.

    Examples
    --------
    What is always at one spot is best listed by the longest memory:

    >>> import shapely
    >>> days = pd.date_range("2023-01-01", "2025-12-31")
    >>> incidents = gpd.GeoDataFrame({"occurred_from": days}, crs=28992,
    ...     geometry=gpd.points_from_xy([50] * len(days), [50] * len(days)))
    >>> wijk = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 1000, 1000)], crs=28992)
    >>> half_life(incidents, wijk, period=Period.quarter("2025-Q4"))
    48.0
    """
    lattice = region.lay_lattice(areas)
    cell = lattice.locate(incidents)
    when = incidents["occurred_from"]
    counted = (cell >= 0) & (when < period.start).to_numpy()
    if not counted.any():
        return None
    length = max(round(period.days / 30.44), 1)
    age = months_old(when[counted], period.start)
    months = min(int(age.max()) + 1, _MOST_MONTHS)
    per_month = np.zeros((months, lattice.inside.size), dtype=np.float32)
    held = age < months
    np.add.at(per_month, (age[held], cell[counted][held]), 1)
    origins = [at for at in range(length, months, length) if months - at >= _FEWEST_MONTHS_BEFORE]
    if len(origins) < _FEWEST_ORIGINS:
        return None
    inside = lattice.inside.ravel()
    n_top = max(round(_SHARE * inside.sum()), 1)
    caught = dict.fromkeys(HALF_LIVES, 0.0)
    for rank, origin in enumerate(origins[:24]):
        later = per_month[origin - length : origin].sum(axis=0)
        before = per_month[origin:]
        for life in HALF_LIVES:
            weight = 0.5 ** (np.arange(len(before)) / life)
            score = spread((weight @ before).reshape(lattice.shape), lattice).ravel()
            top = np.argsort(-np.where(inside, score, -1), kind="stable")[:n_top]
            caught[life] += _FORGET**rank * float(later[top].sum())
    return max(HALF_LIVES, key=lambda life: (caught[life], life))


def scores(cell: Array, age: Array, half_life: float, lattice: Region) -> Array:
    """Score every cell: n_rows by n_columns."""
    weight = 0.5 ** (age / half_life)
    n = np.bincount(cell, weights=weight, minlength=lattice.inside.size)
    return spread(n.reshape(lattice.shape), lattice)


def spread(counts: Array, lattice: Region) -> Array:
    """Add to each cell half of what a quartic kernel of 300 m gives it."""
    counts = np.where(lattice.counted, counts, 0.0)
    smooth = expectation.quartic(counts, lattice.counted, _REACH / lattice.cell_size)
    return np.asarray(counts + _NEIGHBOURS * smooth)


def months_old(when: pd.Series, end: pd.Timestamp) -> Array:
    """Count the whole months between times and an end that lies after them."""
    last = end - pd.Timedelta(seconds=1)
    months = (last.year - when.dt.year) * 12 + last.month - when.dt.month
    return np.maximum(months.to_numpy(dtype=np.int64), 0)


def exact(incidents: gpd.GeoDataFrame) -> bool:
    """
    Return whether points lie where incidents happened, not on a lattice or one point per street.

    At least half of the points are of their own, and coordinates are not rounded to 25 m.
    """
    x, y = coordinates(incidents, label="incidents")
    held = np.isfinite(x)
    if not held.any():
        return False
    points = np.column_stack([x[held], y[held]])
    rounded = np.isclose(points % _ROUNDED, 0).all(axis=1).mean() > _EXACT
    return len(np.unique(points, axis=0)) >= _EXACT * len(points) and not rounded


def _listed(score: Array, now: Array, lattice: Region, n: int) -> gpd.GeoDataFrame:
    """Select the best cells, each with those of the best 3 % that touch it."""
    inside, n_columns = lattice.inside.ravel(), lattice.shape[1]
    ranked = np.argsort(-np.where(inside, score.ravel(), -1), kind="stable")
    ranked = ranked[: max(round(_SHARE * inside.sum()), n)]
    ranked = ranked[inside[ranked] & (score.ravel()[ranked] > 0)]
    listed: list[list[int]] = []
    for cell in ranked.tolist():
        row, column = divmod(cell, n_columns)
        near = next(
            (
                one
                for one in listed
                if any(
                    abs(row - at // n_columns) <= 1 and abs(column - at % n_columns) <= 1
                    for at in one
                )
            ),
            None,
        )
        if near is None:
            listed.append([cell])
        elif len(near) < _MOST_CELLS:
            near.append(cell)
    counts = now.ravel()
    listed = [one for one in listed if counts[one].sum() >= _LEAST]
    listed = sorted(listed, key=lambda one: -float(counts[one].sum()))[:n]
    shapes = [gpd.GeoSeries(lattice.polygons(np.array(one))).union_all() for one in listed]
    names = []
    for one in listed:
        row, column = np.divmod(np.array(one), n_columns)
        west = lattice.grid.x0 + column.min() * lattice.cell_size
        names.append(f"list-E{west:.0f}N{lattice.grid.y0 + row.min() * lattice.cell_size:.0f}")
    return gpd.GeoDataFrame(
        {
            "place_id": pd.array(names, dtype="str"),
            "number": np.arange(1, len(listed) + 1),
            "claim": pd.array([None] * len(listed), dtype="str"),
            "n": np.array([counts[one].sum() for one in listed], dtype=float).astype("int64"),
            "score": np.array([score.ravel()[one].sum() for one in listed], dtype=float),
        },
        geometry=gpd.GeoSeries(shapes, crs=lattice.grid.crs),
    )
