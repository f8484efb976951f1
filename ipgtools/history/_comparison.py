"""Compare the counts of a period with those of earlier ones: of kinds, and inside polygons."""

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from ipgtools import crs, inference
from ipgtools.coverage import Coverage
from ipgtools.coverage import measure as coverage_of
from ipgtools.grid import FloatArray, coordinates
from ipgtools.history._dispersion import dispersion
from ipgtools.history._steps import EARLIER, comparable, counts, steps
from ipgtools.periods import Period

__all__ = ["compare", "in_areas"]


def compare(
    n: pd.DataFrame,
    *,
    exposure: Mapping[str, float],
    dispersion: npt.ArrayLike,
    alpha: float = 0.05,
) -> pd.DataFrame:
    """
    Compare counts of a period with those of the one before and of last year, as one family.

    Parameters
    ----------
    n : DataFrame, n_rows
        `n`, and `n_before` and `n_last_year` where they were counted (else missing or absent).
    exposure : dict of str to float
        Length of the period by that of the ``"previous"`` and the ``"last_year"`` one; without
        it there is no such comparison.
    dispersion : float or array_like of float, n_rows
        Variance of counts over their mean; NaN leaves chance untested.
    alpha : float, default 0.05
        One minus the confidence, and the level that q-values are for.

    Returns
    -------
    DataFrame, n_rows
        `n` with `n_before`, `n_last_year` (Int64) and, against the period before,
        `difference`, `ratio`, `ci_low`, `ci_high`, `p_value`, `q_value`; against last year
        `ratio_last_year`, `ci_low_last_year`, `ci_high_last_year`, `p_last_year`,
        `q_last_year`. Q-values correct for all rows and both periods together, without those
        that hold too few to differ significantly. ``attrs``: `n_tested`, `n_untestable`,
        `method`.

    Examples
    --------
    >>> table = pd.DataFrame({"n": [66, 27, 1], "n_before": [9, 72, 2]})
    >>> compare(table, exposure={"previous": 1.0}, dispersion=1.5)["q_value"].round(5).tolist()
    [0.0, 0.00029, 1.0]
    """
    now = n["n"].to_numpy(dtype=float)
    scale = np.broadcast_to(np.asarray(dispersion, dtype=float), now.shape)
    ago: dict[str, FloatArray] = {}
    found: dict[str, dict[str, FloatArray]] = {}
    for name, column in EARLIER.items():
        counted = column in n and name in exposure
        before = n[column].to_numpy(dtype=float, na_value=np.nan) if counted else now * np.nan
        times = exposure.get(name, 1.0)
        low, high = inference.ratio_interval(
            before, now, exposure=times, alpha=alpha, dispersion=scale
        )
        ratio = np.full(len(n), np.nan)
        np.divide(now, before * times, out=ratio, where=before > 0)
        ago[name] = before
        found[name] = {
            "difference": now - before * times,
            "ratio": ratio,
            "ci_low": low,
            "ci_high": high,
            "p": inference.compare_counts(before, now, exposure=times, dispersion=scale),
            "least": inference.smallest_p(before + now, exposure=times, dispersion=scale),
        }
    p, least = (np.concatenate([found[name][key] for name in EARLIER]) for key in ("p", "least"))
    q = inference.corrected(p, least, alpha=alpha)
    before, year = found["previous"], found["last_year"]
    table = n.assign(
        **{column: pd.array(ago[name], dtype="Int64") for name, column in EARLIER.items()},
        **{key: before[key] for key in ("difference", "ratio", "ci_low", "ci_high")},
        p_value=before["p"],
        q_value=q[: len(n)],
        **{f"{key}_last_year": year[key] for key in ("ratio", "ci_low", "ci_high", "p")},
        q_last_year=q[len(n) :],
    )
    tested = inference.eligible(least, alpha=alpha)
    anything = np.concatenate([ago[name] + now for name in EARLIER]) > 0
    table.attrs = dict(n.attrs) | {
        "n_tested": int(tested.sum()),
        "n_untestable": int((anything & ~tested & ~np.isnan(least)).sum()),
        "method": {"name": "compare", "exposure": dict(exposure), "alpha": alpha,
                   "correction": "Benjamini-Hochberg over what can be significant (Tarone)"},
    }  # fmt: skip
    return table


def in_areas(
    incidents: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame,
    *,
    period: Period,
    covered: Coverage | None = None,
    alpha: float = 0.05,
) -> gpd.GeoDataFrame:
    """
    Compare the counts inside given polygons: now, before and last year.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents
        Points in a projected CRS in metres with `occurred_from`, of all times.
    areas : GeoDataFrame, n_areas
        Polygons in the same CRS; they may overlap. A point on their border is inside.
    period : Period
        The period.
    covered : Coverage, optional
        What the files cover; by default what these incidents cover.
    alpha : float, default 0.05
        As in `compare`.

    Returns
    -------
    GeoDataFrame, n_areas
        The areas with the columns of `compare`. Periods that the files don't cover are missing.
        ``attrs`` also holds `periods` (those compared, by name) and `lacks` (why not).

    Raises
    ------
    CrsError
        If the tables do not share a projected CRS in metres.
    ContractError
        If a geometry is no point.

    Notes
    -----
    The p-values are for polygons that were drawn without looking at these counts. A place that
    was chosen because much happened there now rises against its past by that choice alone: judge
    its counts, and take the p-value of the search that found it.

    Examples
    --------
    >>> square = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 100, 100)], crs=28992)
    >>> when = pd.date_range("2024-01-01", "2025-12-31", freq="2D")
    >>> here = gpd.GeoDataFrame({"occurred_from": when},
    ...                         geometry=gpd.points_from_xy([50] * len(when), [50] * len(when)),
    ...                         crs=28992)
    >>> found = in_areas(here, square, period=Period("2025-10-01", "2026-01-01"))
    >>> found[["n", "n_before", "n_last_year", "p_value"]].to_numpy().tolist()
    [[46, 46, 46, 1.0]]
    """
    crs.require(incidents=incidents, areas=areas)
    known = coverage_of(incidents) if covered is None else covered
    there, lacks, own = comparable(period, known)
    weeks = steps(known, period)
    x, y = coordinates(incidents, label="incidents")
    when = incidents["occurred_from"]
    periods = {"n": period} | {EARLIER[name]: one for name, one in there.items()}
    rows, weekly = [], []
    for shape in areas.geometry:
        inside = when[_inside(x, y, shape)]
        rows.append({name: int(one.contains(inside).sum()) for name, one in periods.items()})
        weekly.append(counts(inside, weeks))
    table = pd.DataFrame(rows, columns=list(periods), dtype="int64")
    of_areas = dispersion(
        np.array(weekly).reshape(len(areas), len(weeks.edges) - 1),
        lengths=weeks.lengths, valid=weeks.valid, step=weeks.step,
    )  # fmt: skip
    compared = compare(
        table,
        exposure={name: period.days / one.days for name, one in there.items()},
        dispersion=of_areas.value,
        alpha=alpha,
    )
    found = areas.assign(**{name: compared[name].array for name in compared})
    found.attrs |= compared.attrs | {"periods": there, "lacks": lacks, "own_lack": own}
    return found


def _inside(x: FloatArray, y: FloatArray, shape: shapely.Geometry | None) -> npt.NDArray[np.bool_]:
    """Return which points lie in a polygon, on its border too."""
    inside = np.zeros(len(x), dtype=bool)
    if shape is None or shape.is_empty:
        return inside
    west, south, east, north = shape.bounds
    near = np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north))
    shapely.prepare(shape)
    inside[near] = shapely.intersects_xy(shape, x[near], y[near])
    return inside
