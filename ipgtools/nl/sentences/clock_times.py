"""State when incidents concentrate."""

from collections.abc import Sequence

from ipgtools.nl.formats import WEEKDAYS, joined, percent, sentence
from ipgtools.nl.sentences.common import INCIDENTS, counted, share

__all__ = [
    "EVEN", "TIMES_TOO_FEW", "moments", "times", "times_day_only", "times_even", "times_only",
    "times_too_few",
]  # fmt: skip

_EVENING, _MORNING = 18, 6
"""Hours at which the evening begins, and the night ends."""


def moments(weekdays: Sequence[int], hours: tuple[int, int]) -> str:
    """
    Name hours on weekdays, with clock times because "vrijdagnacht" is two nights.

    Hours beyond 24 are those of the day after: Friday 20 to 27 runs to Saturday 3 o'clock.

    Examples
    --------
    >>> moments([4, 5], (18, 24)), moments(range(7), (0, 6)), moments([0, 1, 2, 3, 4], (6, 12))
    ('op vrijdag en zaterdag tussen 18 en 24 uur', 'tussen 0 en 6 uur',
     'op maandag t/m vrijdag tussen 6 en 12 uur')
    >>> moments([4, 5], (20, 27)), moments([6], (23, 25)), moments(range(7), (22, 28))
    ('op vrijdag- en zaterdagavond en -nacht (20-03 uur)', 'op zondagavond en -nacht (23-01 uur)',
     'tussen 22 en 4 uur')
    >>> moments([0, 1, 2], (17, 25)), moments([4], (23, 31))
    ('op maandag t/m woensdag van 17 uur tot 1 uur de dag erna',
     'op vrijdag van 23 uur tot 7 uur de dag erna')
    """
    start, end = hours
    until = end if end <= 24 else end - 24
    chosen = list(weekdays)
    if len(set(chosen)) == 7:
        return f"tussen {start} en {until} uur"
    if end <= 24:
        return f"op {_days(chosen)} tussen {start} en {end} uur"
    if start >= _EVENING and until <= _MORNING:
        return f"op {_days(chosen, 'avond')} en -nacht ({start:02d}-{until:02d} uur)"
    return f"op {_days(chosen)} van {start} uur tot {until} uur de dag erna"


def _days(weekdays: Sequence[int], part: str = "") -> str:
    """Enumerate days, with a part of the day behind them: "vrijdag- en zaterdagavond"."""
    names = [WEEKDAYS[day] for day in weekdays]
    shortened = [f"{name}-" if part else name for name in names[:-1]]
    last = f"{names[-1]}{part}"
    if len(names) > 2:
        return f"{shortened[0]} t/m {last}"
    return joined([*shortened, last])


def times(value: float, hours_share: float, when: str, subject: str = INCIDENTS) -> str:
    """
    State which hours hold more incidents than chance explains.

    True where `value`, the share of the (estimated) times, exceeds `hours_share`, the share of
    the week that those hours are, and a test of the busiest hours of all shows that chance
    seldom gives as many.

    Examples
    --------
    >>> times(0.34, 0.0714, "op vrijdag en zaterdag tussen 18 en 24 uur")
    'Naar schatting viel een op de drie incidenten (34%) op vrijdag en zaterdag tussen 18 en
     24 uur; die uren zijn 7% van de week. Dat is meer dan door toeval te verwachten is.'
    """
    text = share(value, subject).removeprefix("ongeveer ")
    return (
        f"Naar schatting viel {text} {when}; die uren zijn {percent(hours_share)} van de week. "
        "Dat is meer dan door toeval te verwachten is."
    )


def times_only(when: str, subject: str = INCIDENTS) -> str:
    """
    State which hours hold more incidents than chance explains, without numbers.

    True where `times` is.

    Examples
    --------
    >>> times_only("op vrijdag en zaterdag tussen 18 en 24 uur")
    'Op vrijdag en zaterdag tussen 18 en 24 uur waren er naar verhouding veel incidenten: meer dan
     door toeval te verwachten is.'
    """
    return (
        f"{sentence(when)[:-1]} waren er naar verhouding veel {subject}: meer dan door toeval te "
        "verwachten is."
    )


EVEN = "De tijdstippen laten geen uitgesproken drukke uren zien."
TIMES_TOO_FEW = "Van te weinig incidenten is het tijdstip bekend om drukke uren te vinden."


def times_even(n: int, subject: str = INCIDENTS) -> str:
    """
    State that no part of the week stands out.

    Examples
    --------
    >>> times_even(212)
    'De tijdstippen (bekend van 212 incidenten) laten geen uitgesproken drukke uren zien.'
    """
    known = counted(n, subject)
    return f"De tijdstippen (bekend van {known}) laten geen uitgesproken drukke uren zien."


def times_too_few(n: int, subject: str = INCIDENTS) -> str:
    """
    State that too few incidents have a time that is known well enough.

    Examples
    --------
    >>> times_too_few(12), times_too_few(0)
    ('Van 12 incidenten is het tijdstip goed genoeg bekend: te weinig gegevens voor drukke uren.',
     'Van geen van de incidenten is het tijdstip goed genoeg bekend.')
    """
    if n == 0:
        return f"Van geen van de {subject} is het tijdstip goed genoeg bekend."
    known = counted(n, subject)
    return f"Van {known} is het tijdstip goed genoeg bekend: te weinig gegevens voor drukke uren."


def times_day_only(n: int, subject: str = INCIDENTS) -> str:
    """
    State of how many incidents the clock time is not known.

    Examples
    --------
    >>> times_day_only(31), times_day_only(1)
    ('Van 31 incidenten is alleen de dag bekend; die tellen hier niet mee.',
     'Van 1 incident is alleen de dag bekend; dat telt hier niet mee.')
    """
    counts = "dat telt" if n == 1 else "die tellen"
    known = counted(n, subject)
    return f"Van {known} is alleen de dag bekend; {counts} hier niet mee."
