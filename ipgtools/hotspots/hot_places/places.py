"""Make the table of places of a wijk: what stands out, by which test, and where."""

import logging
from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from ipgtools import _checks, coverage, inference
from ipgtools import crs as crs_
from ipgtools import history as history_
from ipgtools.hotspots.hot_places import baseline as baseline_
from ipgtools.hotspots.hot_places import (
    describe,
    engine,
    history_steps,
    region,
    segments,
    series,
)
from ipgtools.hotspots.hot_places.engine import Claim, Found, Lattice
from ipgtools.hotspots.hot_places.region import Region
from ipgtools.periods import Period

__all__ = ["FEWEST", "SHOWN", "Array", "places"]

log = logging.getLogger(__name__)
Array = np.ndarray[Any, Any]

FEWEST = 60
"""Incidents in the period below which nothing is tested."""
SHOWN = 5
"""Places that a briefing shows."""
_LARGEST_CELL = 100.0


def places(
    incidents: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame,
    *,
    period: Period,
    history: Period | None = None,
    baseline: str = "auto",
    streets: gpd.GeoDataFrame | None = None,
    addresses: gpd.GeoDataFrame | None = None,
    kind: str | pd.Series | None = None,
    covered: coverage.Coverage | None = None,
    before: Period | None = None,
    last_year: Period | None = None,
    findings: gpd.GeoDataFrame | None = None,
    actions: pd.DataFrame | None = None,
    cell_size: float | None = None,
    alpha: float = 0.05,
    n_permutations: int = 999,
    rng: int | np.random.Generator | None = None,
) -> gpd.GeoDataFrame:
    """
    Find the places in a wijk that need attention.

    Three claims are tested, each at level `alpha`:

    - "busy" (vaste drukke plek): a cell that over 24 months held more than three times what
      its addresses or streets explain at the rate of its surroundings,
    - "cluster" (vlek): a disc or a stretch of street that held more than twice of that, the
      cell that exceeds its expectation the most left out,
    - "new" (nieuw of stijgend): a cell or disc that in the period held more than 1.25 times
      what its own past predicts.

    The highest score over all zones is held against the highest score anywhere on maps of
    chance, which corrects for looking everywhere. Where kinds are given, those with enough
    incidents are tested as well: half of `alpha` goes to all incidents together, the other
    half in equal parts to the kinds. A busy place or cluster must still be so in the period.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents
        INCIDENTS of all times: points and `occurred_from`. Those up to 300 m around the areas
        count, all others are not looked at.
    areas : GeoDataFrame
        Polygons that make up the wijk. A place is of the wijk if its centre is.
    period : Period
        What the briefing is about.
    history : Period, optional
        The past to hold it against; by default what the incidents cover of the 24 months
        before the period.
    baseline : {"auto", "measured", "addresses", "streets", "flat", "none"}
        What explains incidents. "auto" takes the addresses if there are at least 50 in the
        wijk, else the streets, else an even spread ("flat", with a warning: built-up parts
        stand out against it); "measured" takes none rather than that. With none only "new" is
        tested.
    streets, addresses : GeoDataFrame, optional
        STREETS and ADDRESSES.
    kind : str or Series, optional
        Column or values with the kind of each incident.
    covered : Coverage, optional
        What the files cover; by default what these incidents cover.
    before, last_year : Period, optional
        Earlier periods that each place is compared with; by default the period before, and the
        same dates a year back, where the incidents cover them.
    findings, actions : GeoDataFrame and DataFrame, optional
        FINDINGS and ACTIONS of a schouw, to be counted per place.
    cell_size : float, optional
        Metres. By default 100, doubled until the wijk has at most 6,000 cells.
    alpha : float, default 0.05
        Level of each claim.
    n_permutations : int, default 999
        Maps of chance for each test.
    rng : int or Generator, optional
        Seed or source of the draws.

    Returns
    -------
    GeoDataFrame, one row per place
        PLACES, in the order they are listed; those that overlap an earlier one are left out.
        `place_id`, `number` (from 1), `name` (from the streets), `claim`, `kind` ("all", or the
        kind it was found for, which its counts are of), `n` (incidents in the period),
        `expected` (of the period), `n_tested`, `expected_tested` (of the window that was
        tested), `ratio` (of these two), `ratio_low`, `ratio_high` (its 95 % interval, widened by
        the dispersion; as places were chosen for their height, it is on the high side),
        `p_value` (corrected for place and kind), `when` (hours of the week that hold more than
        even, tested; empty where none or too few), the columns of `hot_places.profile`, and the
        outline as geometry. ``attrs``: `method`, `warnings` (what was not tested, each with a
        `code`), `n_used`, `n_found`.

    Raises
    ------
    CrsError
        If tables differ in CRS, or it is not in metres.
    ValueError
        If `baseline` asks for a table that isn't given, or a column is missing.

    References
    ----------
    Kulldorff (1997), Communications in Statistics 26, 1481-1496, for the scan; Rushton & others
    on sequential deletion: Zhang, Assuncao & Kulldorff (2010), J. Probability and Statistics,
    642379.

    Examples
    --------
    A hundred addresses and two years of calls, 120 of them at one house:

    >>> import shapely
    >>> from ipgtools import Period
    >>> rng = np.random.default_rng(1)
    >>> x, y = rng.uniform(0, 1000, (2, 2000))
    >>> x[:120], y[:120] = 455, 455
    >>> when = pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.uniform(0, 730, 2000), unit="D")
    >>> incidents = gpd.GeoDataFrame(
    ...     {"occurred_from": when}, geometry=gpd.points_from_xy(x, y), crs=28992)
    >>> wijk = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 1000, 1000)], crs=28992)
    >>> homes = gpd.GeoDataFrame(
    ...     geometry=gpd.points_from_xy(*rng.uniform(0, 1000, (2, 900))), crs=28992)
    >>> found = places(incidents, wijk, period=Period("2025-10-01", "2026-01-01"),
    ...                addresses=homes, rng=1)
    >>> found[["claim", "n_tested"]].values.tolist()
    [['busy', 137]]
    """
    _checks.period(period)
    _checks.not_swapped(incidents, areas)
    crs_.require(incidents=incidents, areas=areas)
    rng = np.random.default_rng(rng)
    lattice_of = region.lay_lattice(areas, cell_size=cell_size)
    used, cell = _near(incidents, lattice_of)
    warnings: list[dict[str, Any]] = []
    covered = coverage.measure(incidents) if covered is None else covered
    known = history_steps.window(period, history, covered.start)
    there = history_.comparable(period, covered)[0]
    steps = history_steps.steps(known)
    named, per_cell = baseline_.choose(baseline, lattice_of, streets, addresses)
    tested = _claims(known, steps, named, warnings)
    chosen = series.choose(
        used, cell, lattice_of, period=period, known=known, claims=tested, kind=kind
    )
    found: list[tuple[Found, str]] = []
    n_now = _n_inside(used, areas, period)
    if n_now < FEWEST:
        warnings.append({"code": "few_incidents", "n": n_now, "needed": FEWEST})
    else:
        lattice = Lattice(
            lattice_of.inside, lattice_of.counted, lattice_of.cell_size, _lines(streets, lattice_of)
        )
        found = series.find(chosen, per_cell, lattice, alpha=alpha, n_draws=n_permutations, rng=rng)
    kept = _without_overlaps(found)
    table = describe.describe_places(
        _table(kept, lattice_of, alpha), used, areas, period=period,
        before=before or there.get("previous"), last_year=last_year or there.get("last_year"),
        streets=streets, kind=kind, findings=findings, actions=actions,
        rng=rng,
    )  # fmt: skip
    table.attrs |= {
        "n_used": len(used),
        "n_found": len(kept),
        "warnings": warnings,
        "method": {
            "name": "places",
            "baseline": named,
            "claims": list(tested) if n_now >= FEWEST else [],
            "kinds": [one.kind for one in chosen],
            "cell_size": lattice_of.cell_size,
            "history": None if known is None else (str(known.start), str(known.end)),
            "n_permutations": n_permutations,
            "alpha": alpha,
        },
    }
    return table


def _near(incidents: gpd.GeoDataFrame, lattice_of: Region) -> tuple[gpd.GeoDataFrame, Array]:
    """Keep the incidents of the region, with their cells."""
    cell = lattice_of.locate(incidents)
    held = cell >= 0
    if left := int((~held).sum()):
        log.info("%d incidents lie outside the areas and the strip around them", left)
    return incidents[held], cell[held]


def _n_inside(used: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, period: Period) -> int:
    """Count the incidents of the period in the areas themselves, as all else does."""
    now = used[period.contains(used["occurred_from"]).to_numpy()]
    return int(now.geometry.intersects(areas.union_all()).sum())


def _claims(
    known: Period | None,
    steps: Sequence[Period],
    named: str,
    warnings: list[dict[str, Any]],
) -> list[Claim]:
    """Choose what can be tested, and note what can't."""
    claims: list[Claim] = []
    n_months = history_steps.months(known)
    if n_months >= history_steps.FEWEST_MONTHS and steps:
        claims.append("new")
    else:
        warnings.append(
            {"code": "short_history", "n": n_months, "needed": history_steps.FEWEST_MONTHS}
        )
    if named == "none":
        warnings.append({"code": "no_baseline"})
        return claims
    if named == "flat":
        warnings.append({"code": "flat_baseline"})
    return [*claims, "busy", "cluster"]


def _lines(streets: gpd.GeoDataFrame | None, lattice_of: Region) -> list[Array] | None:
    """List the stretches of street; None where there are none, or cells are too large for them."""
    if streets is None or lattice_of.cell_size > _LARGEST_CELL:
        return None
    grid = lattice_of.grid
    found = segments.segment_zones(
        lattice_of.near(streets), west=grid.x0, south=grid.y0, cell_size=grid.cell_size,
        n_columns=grid.n_cols, n_rows=grid.n_rows,
    )  # fmt: skip
    return found or None


def _without_overlaps(found: list[tuple[Found, str]]) -> list[tuple[Found, str]]:
    """
    Order places by claim and size, and drop what shares a cell with a better proven one.

    Size is how many incidents of the period are more than expected.
    """
    order = {claim: at for at, claim in enumerate(engine.CLAIMS)}
    taken: set[int] = set()
    kept = []
    for place, kind in sorted(found, key=lambda one: order[one[0].claim]):
        cells = set(place.cells.tolist())
        if not cells & taken:
            kept.append((place, kind))
            taken |= cells
    return sorted(kept, key=lambda one: (order[one[0].claim], one[0].expected_now - one[0].n_now))


def _table(kept: list[tuple[Found, str]], lattice_of: Region, alpha: float) -> gpd.GeoDataFrame:
    found = [place for place, _ in kept]
    n = np.array([place.n for place in found], dtype=float)
    expected = np.array([place.expected for place in found], dtype=float)
    spread = np.array([place.dispersion for place in found], dtype=float)
    low, high = inference.poisson_interval(n / spread, alpha=alpha)
    with np.errstate(divide="ignore", invalid="ignore"):
        columns = {
            "place_id": pd.array([_name(place, lattice_of) for place in found], dtype="str"),
            "number": np.arange(1, len(found) + 1),
            "claim": pd.array([place.claim for place in found], dtype="str"),
            "kind": pd.array([kind for _, kind in kept], dtype="str"),
            "n": np.array([place.n_now for place in found]).astype("int64"),
            "expected": np.array([place.expected_now for place in found], dtype=float),
            "n_tested": n.astype("int64"),
            "expected_tested": expected,
            "ratio": n / expected,
            "ratio_low": low * spread / expected,
            "ratio_high": high * spread / expected,
            "p_value": np.array([place.p_value for place in found], dtype=float),
        }
    shapes = [gpd.GeoSeries(lattice_of.polygons(place.cells)).union_all() for place in found]
    return gpd.GeoDataFrame(columns, geometry=gpd.GeoSeries(shapes, crs=lattice_of.grid.crs))


def _name(place: Found, lattice_of: Region) -> str:
    """Name a place by the south-west corner of its cells, so that a next run can know it again."""
    row, column = np.divmod(place.cells, lattice_of.shape[1])
    west = lattice_of.grid.x0 + column.min() * lattice_of.cell_size
    south = lattice_of.grid.y0 + row.min() * lattice_of.cell_size
    return f"{place.claim}-E{west:.0f}N{south:.0f}"
