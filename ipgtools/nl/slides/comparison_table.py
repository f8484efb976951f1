"""Words of the table of the comparison."""

from ipgtools.nl.briefing import NOT_SHOWN
from ipgtools.nl.formats import number, signed

__all__ = ["COLUMNS", "NOTES", "NOTES_OF_ROUNDED", "TITLE", "interval_of_change"]

TITLE = "Vergelijking met ervoor en vorig jaar: de cijfers"
NOTES = (
    "Het 95%-interval in de tabel zegt hoe groot de verandering in werkelijkheid kan zijn: ligt "
    "nul erin, dan kan het verschil toeval zijn. Kleine aantallen, en aantallen die van week tot "
    "week sterk schommelen, geven brede intervallen."
)
COLUMNS = ("", "nu", "ervoor", "verschil", "95%-interval", "vorig jaar")
NOTES_OF_ROUNDED = (
    "Elk aantal is naar boven of beneden afgerond op een vijftal; het scheelt hooguit 4. Een "
    "aantal dat ontbreekt, wordt niet getoond omdat het klein is. Of een verschil meer is dan "
    "toeval, is getoetst op de afgeronde aantallen."
)
_AS_FACTOR = 3.0
"""Ratio from which a rise is told as a factor: nobody reads +2.519%."""


def interval_of_change(low: float | None, high: float | None) -> str:
    """
    Write the interval of a ratio as one of percentages of change.

    Examples
    --------
    >>> interval_of_change(0.62, 1.08), interval_of_change(None, None)
    ('-38% tot +8%', '–')
    >>> interval_of_change(0.5, float("inf")), interval_of_change(4.64, 26.2)
    ('-50% of hoger', '4,6 tot 26 keer zoveel')
    >>> interval_of_change(0.9, 4.2)
    '-10% tot 4,2 keer zoveel'
    """
    if low is None or high is None or low != low or high != high:
        return NOT_SHOWN
    if high == float("inf"):
        return f"{signed((low - 1) * 100)}% of hoger"
    if high < _AS_FACTOR:
        return f"{signed((low - 1) * 100)}% tot {signed((high - 1) * 100)}%"
    least = f"{signed((low - 1) * 100)}%" if low < _AS_FACTOR / 2 else _factor(low)
    return f"{least} tot {_factor(high)} keer zoveel"


def _factor(ratio: float) -> str:
    return number(ratio, 1 if ratio < 9.95 else 0)
