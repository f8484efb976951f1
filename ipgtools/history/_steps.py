"""Determine the earlier periods of a comparison, and the weeks for their dispersion."""

import itertools
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from ipgtools.coverage import Coverage, Lack
from ipgtools.coverage import measure as coverage_of
from ipgtools.history._dispersion import PRIOR, Dispersion, Step, dispersion
from ipgtools.periods import Period

__all__ = [
    "DAY", "EARLIER", "WEEK", "Steps", "comparable", "counts", "dispersion_of", "earlier", "steps",
]  # fmt: skip

DAY = pd.Timedelta(days=1)

WEEK = 7 * DAY
EARLIER = {"previous": "n_before", "last_year": "n_last_year"}
"""Earlier periods, and the column that holds their counts."""

_LONGEST = 208
"""Most weeks of history: four years. Older counts have little bearing on now."""

_ENOUGH = {"week": 26, "month": 12}
"""Steps before a period from which its own are not needed for the dispersion."""

_SHORT = 28 * DAY


class Steps(NamedTuple):
    """
    Weeks or months of history.

    Parameters
    ----------
    edges : DatetimeIndex, n_steps + 1
        Where each begins, and where the last ends.
    valid : ndarray of bool, n_steps
        Whether the files cover all of it.
    step : {"week", "month"}
        What they are.
    """

    edges: pd.DatetimeIndex
    valid: npt.NDArray[np.bool_]
    step: Step

    @property
    def lengths(self) -> npt.NDArray[np.float64]:
        """Days of each step."""
        return np.asarray((self.edges[1:] - self.edges[:-1]) / DAY, dtype=float)


def earlier(period: Period) -> dict[str, Period]:
    """
    Return the periods that a period may be compared with.

    Parameters
    ----------
    period : Period
        Any.

    Returns
    -------
    dict of str to Period
        "previous": the months or days before; for less than a week the same days of the week
        before, as a weekend is no Thursday. "last_year": the same dates, or for at most four
        weeks that are no whole months the same days 52 weeks earlier. Left out where it would
        overlap the period itself (longer than a year) or be the previous one (a year).

    Examples
    --------
    >>> earlier(Period("2025-11-03", "2025-11-10"))
    {'previous': Period('2025-10-27', '2025-11-03'),
     'last_year': Period('2024-11-04', '2024-11-11')}
    >>> earlier(Period("2016-01-01", "2021-01-01"))
    {'previous': Period('2011-01-01', '2016-01-01')}
    """
    length = period.end - period.start
    whole = period.months > 0
    before = period.previous()
    if length < WEEK:
        before = Period(period.start - WEEK, period.end - WEEK)
    ago = period.last_year()
    if length <= _SHORT and not whole:
        ago = Period(period.start - 52 * WEEK, period.end - 52 * WEEK)
    found = {"previous": before}
    if ago.end <= period.start and ago != before:
        found["last_year"] = ago
    return found


def comparable(
    period: Period, covered: Coverage
) -> tuple[dict[str, Period], dict[str, Lack], Lack | None]:
    """
    Return with which earlier periods a period can be compared.

    Parameters
    ----------
    period : Period
        Any.
    covered : Coverage
        What the files cover.

    Returns
    -------
    periods : dict of str to Period
        Those of `earlier` that are covered in full; none if the period itself is not.
    lacks : dict of str to Lack
        Why the others are not.
    own : Lack or None
        Why the period itself is not covered.

    Examples
    --------
    >>> from ipgtools import coverage
    >>> days = pd.DataFrame({"occurred_from": pd.date_range("2025-01-01", "2025-12-31")})
    >>> periods, lacks, _ = comparable(Period.quarter("2025-Q4"), coverage.measure(days))
    >>> periods, list(lacks)
    ({'previous': Period('2025-07-01', '2025-10-01')}, ['last_year'])
    """
    own = covered.lack(period)
    lacks = {name: covered.lack(one) for name, one in earlier(period).items()}
    there = {
        name: one for name, one in earlier(period).items() if own is None and lacks[name] is None
    }
    return there, {name: lack for name, lack in lacks.items() if lack is not None}, own


def steps(covered: Coverage, period: Period) -> Steps:
    """
    Return the weeks or months to estimate dispersion from.

    Parameters
    ----------
    covered : Coverage
        What the files cover.
    period : Period
        What will be compared.

    Returns
    -------
    Steps
        Weeks back from the start of the period, at most four years; calendar months where only
        months are known. Where the files cover fewer than 26 weeks or 12 months before the
        period, its own are among them.

    Examples
    --------
    >>> from ipgtools import coverage
    >>> days = pd.DataFrame({"occurred_from": pd.date_range("2024-01-01", "2025-12-31")})
    >>> steps(coverage.measure(days), Period.quarter("2025-Q4")).edges[-1]
    Timestamp('2025-10-01 00:00:00')
    """
    by_month = covered.grain == "month"
    step: Step = "month" if by_month else "week"
    if not covered.streams:
        return Steps(pd.DatetimeIndex([period.start]), np.zeros(0, dtype=bool), step)
    first = min(one.earliest for one in covered.streams)
    size: Any = pd.DateOffset(months=1) if by_month else WEEK
    anchor = period.start.to_period("M").start_time if by_month else period.start
    edges = [anchor]
    while len(edges) <= _LONGEST and edges[0] - size >= first:
        edges.insert(0, edges[0] - size)
    if len(edges) <= _ENOUGH[step]:
        while edges[-1] + size <= period.end:
            edges.append(edges[-1] + size)
    valid = [covered.covers(Period(*pair)) for pair in itertools.pairwise(edges)]
    return Steps(pd.DatetimeIndex(edges), np.array(valid, dtype=bool), step)


def counts(
    times: pd.Series, of: Steps, *, unit: npt.ArrayLike | None = None, n_units: int = 0
) -> Any:
    """
    Count incidents per step, and per unit.

    Parameters
    ----------
    times : Series of datetime64, n_incidents
        `occurred_from`.
    of : Steps
        Weeks or months.
    unit : array_like of int, n_incidents, optional
        Position of each incident's kind, area or cell; -1 for none.
    n_units : int
        How many there are.

    Returns
    -------
    ndarray of int, n_steps, or sparse matrix of float, (n_units, n_steps)
        The latter with `unit`.

    Examples
    --------
    >>> from ipgtools import coverage
    >>> days = pd.DataFrame({"occurred_from": pd.date_range("2024-01-01", "2025-12-31")})
    >>> weeks = steps(coverage.measure(days), Period.quarter("2025-Q4"))
    >>> counts(days["occurred_from"], weeks)[:3].tolist()
    [7, 7, 7]
    """
    from scipy import sparse

    edges = of.edges.to_numpy().astype("datetime64[s]").astype(np.int64)
    moments = times.to_numpy().astype("datetime64[s]").astype(np.int64)
    at = np.searchsorted(edges, moments, side="right") - 1
    n_steps = len(edges) - 1
    inside = (at >= 0) & (at < n_steps) & times.notna().to_numpy()
    if unit is None:
        return np.bincount(at[inside], minlength=n_steps)
    where = np.asarray(unit)
    inside &= where >= 0
    flat = np.bincount(where[inside] * n_steps + at[inside], minlength=0)
    filled = np.flatnonzero(flat)
    return sparse.csr_matrix(
        (flat[filled].astype(float), (filled // max(n_steps, 1), filled % max(n_steps, 1))),
        (n_units, n_steps),
    )


def dispersion_of(
    incidents: pd.DataFrame,
    *,
    period: Period,
    covered: Coverage | None = None,
    unit: npt.ArrayLike | None = None,
    n_units: int = 0,
    prior: float = PRIOR,
) -> Dispersion:
    """
    Estimate how much counts vary by themselves, from the weeks before a period.

    Parameters
    ----------
    incidents : DataFrame, n_incidents
        With `occurred_from`; of the area and kinds that are compared, of all times.
    period : Period
        What will be compared.
    covered : Coverage, optional
        What the files cover; by default what these incidents cover.
    unit : array_like of int, n_incidents, optional
        Position of each incident's kind, area or cell, -1 for none: one estimate per unit.
    n_units : int
        How many there are.
    prior : float
        What estimates are drawn towards.

    Returns
    -------
    Dispersion
        `value` is what `hotspots.change`, `areas.change` and `inference.compare_counts` take.

    Examples
    --------
    >>> when = pd.date_range("2024-01-01", "2025-12-31", freq="7h")
    >>> found = dispersion_of(pd.DataFrame({"occurred_from": when}),
    ...                       period=Period("2025-10-01", "2026-01-01"))
    >>> found.n_steps, float(found.estimate)
    (91, 1.0)
    """
    known = coverage_of(incidents) if covered is None else covered
    weeks = steps(known, period)
    table = counts(incidents["occurred_from"], weeks, unit=unit, n_units=n_units)
    return dispersion(
        table, lengths=weeks.lengths, valid=weeks.valid, prior=max(prior, 1.0), step=weeks.step
    )
