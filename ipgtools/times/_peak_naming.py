"""Decide whether the busiest hours may be named."""

from ipgtools.times._peak import Peak

__all__ = ["FEWEST", "FEWEST_DAYS", "LEAST_LIFT", "may_be_named"]

FEWEST = 30
"""Incidents with a known clock time below which no hours are named."""
FEWEST_DAYS = 3
"""Days with incidents in the busiest hours below which these are two events and no habit."""
LEAST_LIFT = 1.25
"""Times their share of the week that hours must hold, above being more than chance explains."""


def may_be_named(found: Peak) -> bool:
    """
    Return whether the busiest hours may be named: no chance, on several days, and clearly more.

    Parameters
    ----------
    found : Peak
        From `times.peak`.

    Returns
    -------
    bool
        True if at least 30 incidents have a known clock time, the peak is significant, incidents
        in it started on at least three days, and it holds 1.25 times its share of the week.

    Examples
    --------
    >>> may_be_named(Peak((4,), (20, 24), 0.2, n_used=90, p_value=0.001, n_days=9))
    True
    >>> may_be_named(Peak((4,), (20, 24), 0.2, n_used=90, p_value=0.001, n_days=2))
    False
    """
    return (
        found.n_used >= FEWEST
        and found.significant
        and found.n_days >= FEWEST_DAYS
        and found.share >= LEAST_LIFT * found.week_share
    )
