"""Run every check and put what was found in one table."""

import math
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ipgtools import areas as areas_
from ipgtools import codes, crs, nl, repeats
from ipgtools._deprecated import renamed
from ipgtools.data_quality.detection import NOT_REPORTED, reported_or_found
from ipgtools.data_quality.empty_areas import areas_without_incidents
from ipgtools.data_quality.gaps import late_reports, reporting_gaps
from ipgtools.nl.messages import message
from ipgtools.nl.sentences import data_quality as words
from ipgtools.nl.sentences.common import share_of
from ipgtools.periods import Period

__all__ = ["CODES", "Caution", "check_all", "snapped"]

CODES = (
    "too_few", "few_per_cell", "fine_bandwidth", "silence", "late_reports", "source_late",
    "source_early", "uncovered", "mixed_reporting", "police_initiated", "stacked", "snapped",
    "outside", "without_time",
)  # fmt: skip
"""What a caution can be about, in the order of the table."""

_FEW_AROUND = 5.0
_SHARE = 0.05
_SNAPPED = 0.2
_NAMED = 3


class Caution(NamedTuple):
    """A caution: its code, `n` of `total` things, further facts, and the Dutch sentence."""

    code: str
    n: int
    total: int
    facts: dict[str, Any]
    text: str


@renamed(fewest="min_incidents")
def check_all(
    incidents: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame,
    *,
    period: Period | None = None,
    cell_size: float = 100.0,
    bandwidth: float | None = None,
    min_incidents: int = 30,
    not_reported: Collection[str] = NOT_REPORTED,
    alpha: float = 0.05,
) -> pd.DataFrame:
    """
    Check the data for what makes hotspots and comparisons unreliable.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents
        INCIDENTS of the whole set: all areas, all times. Columns that are not there skip their
        checks.
    areas : GeoDataFrame, n_areas
        AREAS that the figures are about; with `inhabitants` their coverage is checked.
    period : Period, optional
        What the figures are about; by default from the first incident to the last.
    cell_size : float, default 100
        Side of the cells in metres.
    bandwidth : float, optional
        Of the density, in metres.
    min_incidents : int, default 30
        Incidents below which hotspots are not computed.
    not_reported : collection of str, optional
        See `reported_or_found`.
    alpha : float, default 0.05
        Level of each check that tests something, after correction within the check.

    Returns
    -------
    DataFrame, a row per caution
        `code` (one of `CODES`), `n` of `total` (what they count depends on the code: incidents,
        areas, streets), `facts` (dict of plain values) and `text` (Dutch). Empty if there is
        nothing to report. ``attrs``: `n_used` (incidents in the areas and the period), `method`.

    Raises
    ------
    CrsError
        If the tables do not share a projected CRS in metres.

    Examples
    --------
    >>> square = gpd.GeoDataFrame(
    ...     {"area_code": ["BU1"]}, geometry=[shapely.box(0, 0, 900, 900)], crs=28992)
    >>> incidents = gpd.GeoDataFrame(
    ...     {"occurred_from": pd.to_datetime(["2025-01-01", "2025-01-20"])},
    ...     geometry=gpd.points_from_xy([5, 800], [5, 300]), crs=28992)
    >>> check_all(incidents, square, bandwidth=50)["code"].tolist()
    ['too_few', 'fine_bandwidth']
    """
    crs.require(incidents=incidents, areas=areas)
    times = incidents.get("occurred_from")
    here = areas_.assign(incidents, areas).notna()
    if period is None and times is not None and times.notna().any():
        period = Period(times.min().normalize(), times.max().normalize() + pd.Timedelta(days=1))
    then = here if times is None or period is None else here & period.contains(times)
    now = incidents[then]
    found = [
        *_size(now, areas, cell_size, bandwidth, min_incidents),
        *(_time(incidents[here], now, period, alpha) if times is not None and period else []),
        *(_coverage(incidents, areas, alpha) if "inhabitants" in areas else []),
        *(_kinds(now, not_reported) if "category" in now else []),
        *_points(now),
        *_left_out(incidents, here, times),
    ]
    found.sort(key=lambda one: CODES.index(one.code))
    table = pd.DataFrame(found, columns=list(Caution._fields)).astype(
        {"code": "str", "n": "int64", "total": "int64", "text": "str", "facts": object}
    )
    table.attrs |= {
        "n_used": len(now),
        "method": {"name": "check_all", "cell_size": cell_size, "bandwidth": bandwidth,
                   "min_incidents": min_incidents, "alpha": alpha},
    }  # fmt: skip
    return table


def _caution(code: str, n: int, total: int, **facts: Any) -> Caution:
    """Make a caution whose text is in the catalogue."""
    known = facts | {"n": n, "total": total, "share": share_of(n, total)}
    return Caution(code, n, total, facts, str(message(f"caution_{code}", **known)))


def _size(
    now: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame,
    cell_size: float,
    bandwidth: float | None,
    min_incidents: int,
) -> Iterator[Caution]:
    n = len(now)
    surface = float(shapely.area(shapely.union_all(areas.geometry.to_numpy())))
    if n < min_incidents:
        yield _caution("too_few", n, n, min_incidents=min_incidents)
    elif surface > 0 and (around := 9 * n * cell_size**2 / surface) < _FEW_AROUND:
        yield _caution("few_per_cell", n, n, expected=around, cell_size=cell_size)
    if bandwidth is not None and bandwidth < cell_size:
        yield _caution("fine_bandwidth", n, n, bandwidth=bandwidth, cell_size=cell_size)


def _time(
    incidents: gpd.GeoDataFrame, now: gpd.GeoDataFrame, period: Period, alpha: float
) -> Iterator[Caution]:
    for row in reporting_gaps(now["occurred_from"], period=period, alpha=alpha).itertuples():
        days = (nl.date(row.start), nl.date(row.end))
        facts = {"where": row.where, "start": str(row.start), "end": str(row.end),
                 "expected": row.expected, "p_value": row.p_value}  # fmt: skip
        text = words.silence(row.where, *days, row.expected)
        yield Caution("silence", 0, len(now), facts, text)
    if "reported_at" in incidents and incidents["reported_at"].notna().any():
        late = late_reports(incidents, period=period, days=14)
        missing = late["n_missing"]
        if not math.isnan(missing) and missing >= 1 and late["known_share"] < 0.9:
            facts = {key: late[key] for key in ("known_share", "n_missing", "n_settled")}
            text = words.late_reports(late["n"], missing, 14)
            yield Caution("late_reports", late["n"], len(now), facts, text)
    if "source" in now and len(now["source"].dropna().unique()) > 1:
        yield from _sources(now, period, alpha)


def _sources(now: gpd.GeoDataFrame, period: Period, alpha: float) -> Iterator[Caution]:
    """Test the silence before and after each source; what all lack is `silence` already."""
    by = now.groupby(now["source"].astype("str"), sort=True)["occurred_from"]
    level = alpha / max(by.ngroups, 1)
    for source, times in by:
        for row in reporting_gaps(times, period=period, alpha=level, min_days=7).itertuples():
            if row.where == "middle":
                continue
            late = row.where == "start"
            day = row.end if late else row.start
            code = "source_late" if late else "source_early"
            worded = words.source_late if late else words.source_early
            facts = {"source": source, "day": str(day), "expected": row.expected}
            text = worded(str(source), nl.date(day))
            yield Caution(code, len(times), len(now), facts, text)


def _coverage(
    incidents: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, alpha: float
) -> Iterator[Caution]:
    table = areas_without_incidents(incidents, areas, alpha=alpha)
    bare = table[table["uncovered"]].sort_values("expected", ascending=False, kind="stable")
    if len(bare):
        named = bare["area_name" if "area_name" in bare else "area_code"].astype("str").tolist()
        expected = float(bare["expected"].sum())
        facts = {"areas": bare["area_code"].tolist(), "expected": expected}
        text = words.uncovered(named[:_NAMED], len(bare), expected)
        yield Caution("uncovered", len(bare), len(areas), facts, text)


def _kinds(now: gpd.GeoDataFrame, not_reported: Collection[str]) -> Iterator[Caution]:
    kind = reported_or_found(now, not_reported=not_reported)
    n, reported, total = int((kind == "overig").sum()), int((kind == "breng").sum()), len(now)
    if not n or n < _SHARE * total:
        return
    per_class = now.loc[kind == "overig", "category"].map(codes.class_of).value_counts()
    facts = {"n_reported": reported, "n_unknown": total - n - reported,
             "classes": {str(code): int(k) for code, k in per_class.items()}}  # fmt: skip
    if reported < _SHARE * total:
        yield _caution("police_initiated", n, total, **facts)
    else:
        named = [codes.label(code) for code in per_class.index[:_NAMED] if code != codes.UNKNOWN]
        yield Caution("mixed_reporting", n, total, facts, words.mixed_reporting(n, total, named))


def _points(now: gpd.GeoDataFrame) -> Iterator[Caution]:
    places = repeats.places(now)
    odd = places[places["stacked"]]
    if len(odd):
        n = int(odd["n"].sum())
        reasons = sorted(set(odd["stacked_reason"]))
        yield _caution("stacked", n, len(now), n_points=len(odd), reasons=reasons)
    n_one, n_busy = snapped(now)
    if n_one:
        yield _caution("snapped", n_one, n_busy)


def snapped(incidents: gpd.GeoDataFrame) -> tuple[int, int]:
    """
    Count the streets with all their incidents on one point, if points look rounded to those.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents
        Points; without `street_name` nothing is checked.

    Returns
    -------
    n_one, n_streets : int
        Streets with five or more incidents that have them all on one point, and streets with
        five or more. Both 0 where there are fewer than ten of the latter, or less than a fifth
        are of the former: then points are not rounded to one of each street.

    Examples
    --------
    >>> table = gpd.GeoDataFrame(
    ...     {"street_name": [f"Straat {n // 5}" for n in range(50)]},
    ...     geometry=gpd.points_from_xy([n // 5 for n in range(50)], [0] * 50), crs=28992)
    >>> snapped(table)
    (10, 10)
    """
    if "street_name" not in incidents:
        return 0, 0
    placed = incidents[~(incidents.geometry.is_empty | incidents.geometry.isna())]
    xy = shapely.get_coordinates(placed.geometry.to_numpy(), include_z=False)
    streets = placed["street_name"].astype("str").to_numpy(dtype=object, na_value="")
    frame = pd.DataFrame({"street": streets, "x": xy[:, 0], "y": xy[:, 1]})
    per = frame[frame["street"] != ""].groupby("street")
    busy = per.size() >= 5
    one = per[["x", "y"]].nunique().eq(1).all(axis=1) & busy
    n_one, n_busy = int(one.sum()), int(busy.sum())
    return (n_one, n_busy) if n_busy >= 10 and n_one >= _SNAPPED * n_busy else (0, 0)


def _left_out(
    incidents: gpd.GeoDataFrame, here: pd.Series, times: pd.Series | None
) -> Iterator[Caution]:
    total = len(incidents)
    placed = ~(incidents.geometry.isna() | incidents.geometry.is_empty)
    out = int((placed & ~here).sum())
    if out and out >= _SHARE * total:
        yield _caution("outside", out, total)
    if times is not None:
        timeless = int(np.asarray(times.isna()).sum())
        if timeless and timeless >= _SHARE * total:
            yield _caution("without_time", timeless, total)
