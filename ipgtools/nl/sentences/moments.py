"""Say when incidents concentrate."""

from collections.abc import Sequence

from ipgtools.nl.formats import WEEKDAYS, joined, percent, plural
from ipgtools.nl.sentences.common import share


def moments(weekdays: Sequence[int], hours: tuple[int, int]) -> str:
    """
    Name hours on weekdays, with clock times because "vrijdagnacht" is two nights.

    Examples
    --------
    >>> moments([4, 5], (18, 24)), moments(range(7), (0, 6)), moments([0, 1, 2, 3, 4], (6, 12))
    ('op vrijdag en zaterdag tussen 18 en 24 uur', 'tussen 0 en 6 uur',
     'op maandag t/m vrijdag tussen 6 en 12 uur')
    """
    clock = f"tussen {hours[0]} en {hours[1]} uur"
    chosen = list(weekdays)
    if len(set(chosen)) == 7:
        return clock
    if len(chosen) > 2:
        return f"op {WEEKDAYS[chosen[0]]} t/m {WEEKDAYS[chosen[-1]]} {clock}"
    return f"op {joined(WEEKDAYS[day] for day in chosen)} {clock}"


def times(value: float, hours_share: float, when: str) -> str:
    """
    Say which hours hold more incidents than their length explains.

    True where `value`, the share of the (estimated) times, exceeds `hours_share`, the share
    of the week that those hours are.

    Examples
    --------
    >>> times(0.34, 0.0714, "op vrijdag en zaterdag tussen 18 en 24 uur")
    'Naar schatting viel een op de drie incidenten (34%) op vrijdag en zaterdag tussen 18 en
     24 uur; die uren zijn 7% van de week.'
    """
    said = share(value, "incidenten").removeprefix("ongeveer ")
    return f"Naar schatting viel {said} {when}; die uren zijn {percent(hours_share)} van de week."


def times_even(n: int) -> str:
    """
    Say that no part of the week stands out.

    Examples
    --------
    >>> times_even(212)
    'De tijdstippen (bekend van 212 incidenten) laten geen uitgesproken drukke uren zien.'
    """
    known = plural(n, "incident", "incidenten")
    return f"De tijdstippen (bekend van {known}) laten geen uitgesproken drukke uren zien."


def times_too_few(n: int) -> str:
    """
    Say that too few incidents have a time that is known well enough.

    Examples
    --------
    >>> times_too_few(12), times_too_few(0)
    ('Van 12 incidenten is het tijdstip goed genoeg bekend: te weinig gegevens voor drukke uren.',
     'Van geen enkel incident is het tijdstip goed genoeg bekend.')
    """
    if n == 0:
        return "Van geen enkel incident is het tijdstip goed genoeg bekend."
    known = plural(n, "incident", "incidenten")
    return f"Van {known} is het tijdstip goed genoeg bekend: te weinig gegevens voor drukke uren."
