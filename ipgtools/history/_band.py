"""Compare a period with the band of the weeks before it."""

from typing import Any, Literal

import numpy as np
import pandas as pd

from ipgtools import inference
from ipgtools.coverage import Coverage
from ipgtools.coverage import measure as coverage_of
from ipgtools.history._steps import WEEK, dispersion_of, earlier
from ipgtools.periods import Period

__all__ = ["BAND_WEEKS", "band"]

BAND_WEEKS = 8


def band(
    incidents: pd.DataFrame,
    *,
    period: Period,
    covered: Coverage | None = None,
    by: Literal["period", "week"] = "period",
    weeks: int = BAND_WEEKS,
    alpha: float = 0.05,
) -> pd.DataFrame:
    """
    Hold a period against the band of the weeks before it, and against the same weeks last year.

    Parameters
    ----------
    incidents : DataFrame, n_incidents
        With `occurred_from`, of all times.
    period : Period
        The period.
    covered : Coverage, optional
        What the files cover; by default what these incidents cover.
    by : {"period", "week"}
        The period as a whole, or each whole week of it from its start.
    weeks : int, default 8
        Weeks before the period that make the band.
    alpha : float, default 0.05
        Share of periods that fall outside the band though nothing changed. Of many weeks, one
        in twenty does.

    Returns
    -------
    DataFrame, one row per period or week
        `start`, `end`, `n`, `n_last_year` (52 weeks earlier; for the period as in `earlier`;
        missing where not covered), `mean` (what the weeks before give for as long a time),
        `low` and `high` (the prediction interval, both inside) and `position`: "above",
        "within" or "below", missing where the band is unknown: the weeks before are not
        covered, the history is too short, or only months are known. ``attrs``: `dispersion`,
        `n_weeks`, `method`.

    Notes
    -----
    The interval holds the counts that `inference.compare_counts` would not call different from
    those of the weeks before, given the dispersion.

    Examples
    --------
    Four a week, and in the last week fourteen:

    >>> when = [*pd.date_range("2025-01-01", "2025-11-02", freq="42h"),
    ...         *pd.date_range("2025-11-03", "2025-11-09", periods=14)]
    >>> found = band(pd.DataFrame({"occurred_from": when}),
    ...              period=Period("2025-11-03", "2025-11-10"))
    >>> found[["n", "mean", "low", "high", "position"]].astype(str).iloc[0].tolist()
    ['14', '4.0', '0.0', '9.0', 'above']
    """
    known = coverage_of(incidents) if covered is None else covered
    times = incidents["occurred_from"]
    base = Period(period.start - weeks * WEEK, period.start)
    scale = dispersion_of(incidents, period=period, covered=known)
    usable = known.grain != "month" and known.covers(base) and not np.isnan(scale.value)
    n_base = int(base.contains(times).sum())
    rows = [period]
    if by == "week":
        starts = pd.date_range(period.start, period.end - WEEK, freq="7D")
        rows = [Period(start, start + WEEK) for start in starts]
    elif by != "period":
        msg = f"`by` is {by!r}, expected 'period' or 'week'"
        raise ValueError(msg)
    listed: list[dict[str, Any]] = []
    for one in rows:
        row = {"start": one.start, "end": one.end, "n": int(one.contains(times).sum())}
        ago = earlier(one).get("last_year")
        there = ago is not None and known.covers(ago) and known.covers(one)
        row["n_last_year"] = int(ago.contains(times).sum()) if ago and there else pd.NA
        exposure = one.days / base.days
        row["mean"] = n_base * exposure if usable else np.nan
        row["low"] = row["high"] = np.nan
        row["position"] = None
        if usable and known.covers(one):
            low, high = inference.prediction_interval(
                n_base, exposure=exposure, alpha=alpha, dispersion=scale.value
            )
            row["low"], row["high"] = float(low), float(high)
            above, below = row["n"] > row["high"], row["n"] < row["low"]
            row["position"] = "above" if above else "below" if below else "within"
        listed.append(row)
    columns = ["start", "end", "n", "n_last_year", "mean", "low", "high", "position"]
    table = pd.DataFrame(listed, columns=columns).astype(
        {"n": "int64", "n_last_year": "Int64", "position": "str"}
    )
    table.attrs |= {
        "dispersion": float(scale.value),
        "n_weeks": weeks,
        "method": {"name": "band", "by": by, "alpha": alpha},
    }
    return table
