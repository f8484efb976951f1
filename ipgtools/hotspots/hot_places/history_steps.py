"""Cut the past of a period into steps of one length."""

import pandas as pd

from ipgtools.periods import Period

__all__ = ["FEWEST_MONTHS", "MONTHS", "months", "steps", "window"]

MONTHS = 24
"""Months of past that are looked at."""
FEWEST_MONTHS = 6
"""Months of past below which nothing is called new."""
_QUARTER = 3
_FEWEST_QUARTERS = 4


def window(period: Period, history: Period | None, first: pd.Timestamp) -> Period | None:
    """
    Return the past that is known: at most 24 months before the period.

    Examples
    --------
    >>> window(Period("2025-09-01", "2025-12-01"), None, pd.Timestamp("2025-01-01"))
    Period('2025-01-01', '2025-09-01')
    """
    start = period.start - pd.DateOffset(months=MONTHS)
    end = period.start
    if history is not None:
        start, end = max(start, history.start), min(end, history.end)
    if pd.isna(first):
        return None
    start = max(start, first)
    return Period(start, end) if start < end else None


def steps(past: Period | None) -> list[Period]:
    """
    Cut the past into whole quarters, or where there are fewer than four into whole months.

    Examples
    --------
    >>> len(steps(Period("2024-09-01", "2025-09-01")))
    4
    >>> len(steps(Period("2025-01-01", "2025-09-01")))
    8
    """
    if past is None:
        return []
    quarters = _back(past, _QUARTER)
    return quarters if len(quarters) >= _FEWEST_QUARTERS else _back(past, 1)


def months(past: Period | None) -> int:
    """Count the whole months of the past."""
    return 0 if past is None else len(_back(past, 1))


def _back(past: Period, length: int) -> list[Period]:
    found: list[Period] = []
    while True:
        end = past.end - pd.DateOffset(months=length * len(found))
        start = past.end - pd.DateOffset(months=length * (len(found) + 1))
        if start < past.start:
            return found[::-1]
        found.append(Period(start, end))
