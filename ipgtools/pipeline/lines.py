"""Lines on methods and limits: a text, a message with a code, or one for each reader."""

from collections.abc import Iterable
from dataclasses import dataclass

from ipgtools.nl.messages import Message, message

__all__ = ["DAYS_UNKNOWN", "Counted", "Line", "for_others", "for_police"]


@dataclass(frozen=True)
class Counted:
    """
    A line that tells exact numbers, and what others than the police read instead.

    Parameters
    ----------
    counted : str
        With exact numbers; Dutch.
    uncounted : str
        Without; nothing where it is empty.
    """

    counted: str
    uncounted: str


Line = Counted | Message | str
"""A message where code asks for the line; a text where only people do."""
DAYS_UNKNOWN = message("days_unknown")
"""Only the months of incidents are known."""


def for_police(lines: Iterable[Line]) -> tuple[str, ...]:
    """
    Write lines in Dutch, with exact numbers.

    Examples
    --------
    >>> for_police(["Zo is geteld.", Counted("Er zijn er 12.", "")])
    ('Zo is geteld.', 'Er zijn er 12.')
    """
    return tuple(one.counted if isinstance(one, Counted) else str(one) for one in lines)


def for_others(lines: Iterable[Line]) -> list[Line]:
    """
    Keep of lines what others than the police may read.

    Examples
    --------
    >>> for_others([Counted("Het zijn er 12.", ""), Counted("12 van 30.", "Niet alle.")])
    ['Niet alle.']
    """
    kept = [one.uncounted if isinstance(one, Counted) else one for one in lines]
    return [one for one in kept if one]
