"""State in Dutch what a study has read."""

from collections.abc import Mapping

from ipgtools.nl.formats import number

__all__ = ["counted", "head"]

_COUNTS: dict[str, str] = {
    "n_read": "bruikbare incidenten in de bestanden",
    "n_sensitive": "weg: gevoelig voor dit publiek",
    "n_other_kinds": "weg: andere soort dan gevraagd",
    "n_outside": "weg: buiten alle gebieden",
    "n_elsewhere": "in een ander gebied",
    "n_incidents": "in dit gebied",
    "n_in_period": "daarvan in de periode",
    "n_without_time": "daarvan zonder tijd",
}


def head(name: str, period: str, audience: str) -> str:
    """
    Name area, period and audience.

    Examples
    --------
    >>> head("Velve-Lindenhof", "1 september tot en met 30 november 2025", "politie")
    'Velve-Lindenhof, 1 september tot en met 30 november 2025 (publiek: politie)'
    """
    return f"{name}, {period} (publiek: {audience})"


def counted(counts: Mapping[str, int]) -> list[str]:
    """
    Return how many incidents there are and why others are left out.

    Examples
    --------
    >>> counted({"n_read": 1200, "n_outside": 0, "n_incidents": 80})
    ['1.200 bruikbare incidenten in de bestanden', '80 in dit gebied']
    """
    return [f"{number(n)} {_COUNTS[name]}" for name, n in counts.items() if n]
