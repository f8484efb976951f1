"""
Format rounded numbers in Dutch, and explain them.

Numbers come in as they leave: rounded, and None where they are withheld. Whole sentences are
made elsewhere; here are the words for one number, for two that are compared, and the notes
that belong beside a table.
"""

from typing import TYPE_CHECKING

from ipgtools.nl.formats import count, date, number, percent

if TYPE_CHECKING:
    import datetime as dt

_PARTS = {
    2: "de helft",
    3: "een derde",
    4: "een kwart",
    5: "een vijfde",
    6: "een zesde",
    7: "een zevende",
    8: "een achtste",
    9: "een negende",
    10: "een tiende",
}


def about(n: int | None, *, threshold: int = 5, noun: tuple[str, str] | None = None) -> str:
    """
    Write a rounded number, or that it is small.

    Parameters
    ----------
    n : int or None
        None if it is withheld.
    threshold : int, default 5
        From which numbers are shown.
    noun : tuple of str, optional
        What is counted: one, and many.

    Examples
    --------
    >>> about(65), about(None), about(None, threshold=10)
    ('ongeveer 65', 'minder dan 5', 'minder dan 10')
    >>> about(1250, noun=("inbraak", "inbraken"))
    'ongeveer 1.250 inbraken'
    """
    words = f"minder dan {threshold}" if n is None else f"ongeveer {number(n)}"
    if noun is None:
        return words
    return f"{words} {noun[0] if n == 1 else noun[1]}"


def change(
    before: int | None,
    now: int | None,
    *,
    times: int | None = None,
    percentage: int | None = None,
    threshold: int = 5,
) -> str:
    """
    Write how a number changed, and how much of it is certain.

    Parameters
    ----------
    before, now : int or None
        Rounded numbers, None if withheld.
    times : int, optional
        The larger is at least so many times the smaller (`privacy.protect.at_least_times`).
    percentage : int, optional
        Change in percent, where it may be given (`privacy.protect.percentage`).
    threshold : int, default 5
        From which numbers are shown.

    Examples
    --------
    >>> change(10, 65, times=4)
    'van ongeveer 10 naar ongeveer 65, minstens 4 keer zoveel'
    >>> change(65, 10, times=4)
    'van ongeveer 65 naar ongeveer 10, hooguit een kwart ervan'
    >>> change(None, 25, times=5)
    'van minder dan 5 naar ongeveer 25, minstens 5 keer zoveel'
    >>> change(120, 150, percentage=25)
    'van ongeveer 120 naar ongeveer 150, ongeveer 25% meer'
    >>> change(25, None)
    'van ongeveer 25 naar minder dan 5'
    >>> change(25, 25)
    'beide keren ongeveer 25'
    """
    if before == now:
        return f"beide keren {about(now, threshold=threshold)}"
    moved = f"van {about(before, threshold=threshold)} naar {about(now, threshold=threshold)}"
    rose = (now or 0) > (before or 0)
    if times is not None and rose:
        return f"{moved}, minstens {number(times)} keer zoveel"
    if times is not None:
        return f"{moved}, hooguit {_PARTS[min(times, max(_PARTS))]} ervan"
    if percentage:
        how = percent(abs(percentage) / 100)
        return f"{moved}, ongeveer {how} {'meer' if percentage > 0 else 'minder'}"
    return moved


def share(of: float) -> str:
    """
    Write a part of numbers that are rounded.

    Examples
    --------
    >>> share(0.347)
    'ongeveer 35%'
    """
    return f"ongeveer {percent(of)}"


def per_thousand(rate: float, low: float, high: float) -> str:
    """
    Write a rate with what is left open.

    Examples
    --------
    >>> per_thousand(20.0, 12.6, 29.5)
    'ongeveer 20 per 1.000 inwoners (tussen 12 en 30)'
    """
    import math

    ends = f"tussen {number(math.floor(low))} en {number(math.ceil(high))}"
    return f"ongeveer {number(rate)} per 1.000 inwoners ({ends})"


def as_of(day: "dt.date") -> str:
    """
    State of which day a number is: it is not changed by what is registered later.

    Examples
    --------
    >>> import datetime as dt
    >>> as_of(dt.date(2025, 11, 30))
    'stand van 30 november 2025'
    """
    return f"stand van {date(day)}"


def not_told(n: int, *, threshold: int = 5) -> str:
    """
    State how many numbers in a table are withheld.

    Examples
    --------
    >>> not_told(1), not_told(12)
    ("Bij één aantal staat 'minder dan 5'.", "Bij twaalf aantallen staat 'minder dan 5'.")
    """
    which = "één aantal" if n == 1 else f"{count(n)} aantallen"
    return f"Bij {which} staat 'minder dan {threshold}'."


ROUNDED = "Aantallen zijn afgerond op vijf en tellen niet precies op."
"""Belongs beside each table and chart of rounded numbers."""
SMALL = (
    "'Minder dan 5' kan ook nul zijn. Hoeveel het er precies zijn, wordt niet gezegd: bij kleine "
    "aantallen zijn mensen te herkennen."
)
HOW = (
    "Elk aantal is naar boven of naar beneden afgerond op een vijftal. Het toeval bepaalt welke "
    "kant het op gaat, en het verschil is hooguit 4. Een aantal dat al eens is uitgegeven, blijft "
    "daarna gelijk, ook als er later een paar incidenten bij komen of af gaan. Pas bij een "
    "verschil van 5 of meer komt er een nieuw aantal."
)
"""For the cover note: how numbers are protected, in words for anyone."""
