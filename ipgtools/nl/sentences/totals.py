"""State how many incidents there were, and whether that is more or fewer than before."""

import math

from ipgtools.nl.formats import count, number, percent
from ipgtools.nl.sentences.common import INCIDENTS, counted
from ipgtools.rounded import Rounded, is_rounded

__all__ = [
    "CHANCE", "MAYBE_CHANCE", "TOO_FEW_TO_COMPARE", "band", "certain_ratio", "chance", "change",
    "compared", "last_year", "total",
]  # fmt: skip

CHANCE = "Dat verschil is groter dan door toeval te verwachten is."


MAYBE_CHANCE = "Dat verschil kan toeval zijn."


TOO_FEW_TO_COMPARE = "Dat zijn er te weinig om van een stijging of daling te spreken."


_SURELY_TIMES = 2
_FOR_PERCENTAGE, _POINTS = 100, 5
"""Rounded counts from which a percentage is given, and to how many points."""
_FRACTIONS = {2: "de helft", 3: "een derde", 4: "een kwart", 5: "een vijfde", 10: "een tiende"}
_AS_LONG = 0.02
"""Difference in length up to which periods count as equally long."""


def total(n: int, subject: str = INCIDENTS) -> str:
    """
    State how many incidents were registered. True of any count.

    Examples
    --------
    >>> total(212), total(1), total(0, "schoorsteenbranden")
    ('In deze periode zijn 212 incidenten geregistreerd.',
     'In deze periode is 1 incident geregistreerd.',
     'In deze periode zijn geen schoorsteenbranden geregistreerd.')
    """
    if n == 0:
        return f"In deze periode zijn geen {subject} geregistreerd."
    verb = "is" if n == 1 else "zijn"
    return f"In deze periode {verb} {counted(n, subject)} geregistreerd."


def compared(n: int, n_before: int, when: str, *, exposure: float = 1.0) -> str:
    """
    State how a count compares with an earlier one, as part of a sentence.

    Written as a percentage up to a doubling, as a factor from there, and without either where
    there was nothing before. Of periods that differ more than 2 % in length, such as February
    and January, it gives how many a day. Of rounded counts it gives what is certain.

    Examples
    --------
    >>> compared(212, 258, "in de 91 dagen ervoor")
    '18% minder dan in de 91 dagen ervoor (258)'
    >>> compared(30, 10, "in de week ervoor"), compared(10, 10, "in de week ervoor")
    ('3,0 keer zoveel als in de week ervoor (10)', 'evenveel als in de week ervoor')
    >>> compared(5, 0, "in de week ervoor"), compared(1001, 1000, "in de week ervoor")
    ('tegen geen enkel in de week ervoor', 'vrijwel evenveel als in de week ervoor (1.000)')
    >>> compared(112, 100, "in de maand ervoor", exposure=28 / 31)
    'per dag 24% meer dan in de maand ervoor (100)'
    >>> compared(Rounded(65), Rounded(10), "in de week ervoor")
    'minstens 4 keer zoveel als in de week ervoor (ongeveer 10)'
    """
    if is_rounded(n, n_before):
        return _roughly(n, n_before, when, per_day=abs(exposure - 1) > _AS_LONG)
    per_day = abs(exposure - 1) > _AS_LONG
    if n == n_before and not per_day:
        return f"evenveel als {when}"
    if n_before == 0:
        return f"tegen geen enkel {when}"
    if n == 0:
        return f"tegen {number(n_before)} {when}"
    ratio = n / (n_before * exposure) if per_day else n / n_before
    ago = f"{when} ({number(n_before)})"
    text = _times(ratio, ago)
    return f"per dag {text}" if per_day else text


def _roughly(n: int, n_before: int, when: str, *, per_day: bool) -> str:
    """Compare rounded counts by what holds however they were rounded."""
    ago = f"{when} ({number(n_before)})"
    least, most = certain_ratio(n, n_before)
    if not per_day and least >= _SURELY_TIMES:
        return f"minstens {number(math.floor(least))} keer zoveel als {ago}"
    if not per_day and most <= 1 / _SURELY_TIMES:
        return f"hooguit {_part(1 / most)} van {ago}"
    vague = any(getattr(one, "below", 0) or getattr(one, "coarse", False) for one in (n, n_before))
    if not per_day and n_before >= _FOR_PERCENTAGE and not vague:
        points = round((n / n_before - 1) * 100 / _POINTS) * _POINTS
        if points == 0:
            return f"ongeveer evenveel als {ago}"
        word = "meer" if points > 0 else "minder"
        return f"ongeveer {percent(abs(points) / 100)} {word} dan {ago}"
    return f"tegen {number(n_before)} {when}"


def _part(times: float) -> str:
    """Name the largest known part that is not below one in so many."""
    return _FRACTIONS[max(one for one in _FRACTIONS if one <= times)]


def certain_ratio(n: int, n_before: int) -> tuple[float, float]:
    """
    Return the smallest and the largest ratio of rounded counts.

    Examples
    --------
    >>> [round(one, 2) for one in certain_ratio(Rounded(65), Rounded(10))]
    [4.36, 11.5]
    """
    low, high = n.reach if isinstance(n, Rounded) else (n, n)
    low_before, high_before = n_before.reach if isinstance(n_before, Rounded) else (n_before,) * 2
    return low / max(high_before, 1), high / low_before if low_before else math.inf


def _times(ratio: float, ago: str) -> str:
    if ratio >= 2:
        return f"{number(ratio, 1 if ratio < 9.95 else 0)} keer zoveel als {ago}"
    change = percent(abs(ratio - 1))
    if change == "0%":
        return f"vrijwel evenveel als {ago}"
    if change == "100%":
        change = "bijna 100%"
    word = "meer" if ratio > 1 else "minder"
    return f"{change} {word} dan {ago}"


def change(
    n: int,
    n_before: int,
    when: str,
    *,
    sure: bool,
    enough: bool,
    tested: bool = True,
    exposure: float = 1.0,
    subject: str = INCIDENTS,
) -> str:
    """
    State the total, its change, and whether that can be chance.

    Examples
    --------
    >>> change(212, 258, "in de 91 dagen ervoor", sure=False, enough=True)
    'In deze periode zijn 212 incidenten geregistreerd, 18% minder dan in de 91 dagen ervoor (258).
     Dat verschil kan toeval zijn.'
    """
    text = f"{total(n, subject)[:-1]}, {compared(n, n_before, when, exposure=exposure)}."
    judged = chance(n, n_before, sure=sure, enough=enough, tested=tested, exposure=exposure)
    return " ".join([text, *judged])


def chance(
    n: int,
    n_before: int,
    *,
    sure: bool,
    enough: bool,
    tested: bool = True,
    exposure: float = 1.0,
) -> list[str]:
    """State whether a difference can be chance; empty without a difference or test."""
    alike = n == n_before and abs(exposure - 1) <= _AS_LONG
    if alike or (enough and not tested):
        return []
    if not enough:
        return [TOO_FEW_TO_COMPARE]
    return [CHANCE if sure else MAYBE_CHANCE]


def band(n: int, low: float, high: float, *, weeks: int = 8) -> str:
    """
    Compare a total with the range of the weeks before.

    True of the prediction interval of `history.band`: without any change, a total lies outside
    it in at most one of twenty periods.

    Examples
    --------
    >>> band(55, 20, 41)
    'De acht weken ervoor lieten er 20 tot en met 41 verwachten: 55 ligt daarboven.'
    >>> band(34, 20, 41)
    'De acht weken ervoor lieten er 20 tot en met 41 verwachten: 34 past daarbij.'
    """
    expected = f"{number(low)} tot en met {number(high)}"
    place = "ligt daarboven" if n > high else "ligt daaronder" if n < low else "past daarbij"
    return f"De {count(weeks)} weken ervoor lieten er {expected} verwachten: {number(n)} {place}."


def last_year(
    n: int,
    n_before: int,
    *,
    sure: bool,
    enough: bool,
    when: str = "in dezelfde periode vorig jaar",
    tested: bool = True,
    exposure: float = 1.0,
) -> str:
    """
    State how the total compares with the same time of last year.

    Examples
    --------
    >>> last_year(212, 150, sure=True, enough=True)
    'Het zijn er 41% meer dan in dezelfde periode vorig jaar (150). Dat verschil is groter dan door
     toeval te verwachten is.'
    """
    text = f"Het zijn er {compared(n, n_before, when, exposure=exposure)}."
    if n_before == 0:
        text = f"{when[:1].upper()}{when[1:]} waren het er geen."
    judged = chance(n, n_before, sure=sure, enough=enough, tested=tested, exposure=exposure)
    return " ".join([text, *judged])
