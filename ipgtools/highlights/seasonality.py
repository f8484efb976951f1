"""Determine whether a change is one against last year too, or may be of the season."""

__all__ = ["FACTOR", "holds_against_last_year"]

FACTOR = 1.3
"""A rise or fall that isn't one by this factor against last year may be season."""


def holds_against_last_year(n: int, before: float, last_year: int) -> bool:
    """
    Return whether a rise is one against last year too, or a fall.

    Examples
    --------
    From 29 to 54, where it was 62 last year; and from 84 to 36, where it was 90:

    >>> holds_against_last_year(54, 29, 62), holds_against_last_year(36, 84, 90)
    (False, True)
    """
    now, then = max(n, 1), max(last_year, 1)
    return now > FACTOR * then if n > before else FACTOR * now < then
