"""State what to check before using figures, each in one line."""

from collections.abc import Sequence

from ipgtools.nl.formats import joined, number, percent, plural
from ipgtools.nl.sentences.common import share_of

__all__ = [
    "late_reports", "mixed_reporting", "one_incident", "silence", "source_early", "source_late",
    "uncovered",
]  # fmt: skip


def _incidents(n: int) -> str:
    return plural(n, "incident", "incidenten")


def mixed_reporting(n: int, total: int, kinds: Sequence[str]) -> str:
    """
    Warn that reported offences are mixed with those that police find.

    True where `n` of `total` incidents are of kinds that are not on the list of *brengdelicten*.

    Examples
    --------
    >>> mixed_reporting(30, 212, ["Drugshandel", "Wapenhandel"])
    '30 van de 212 incidenten (14%) zijn van soorten die niet als brengdelict gelden (vooral
     Drugshandel en Wapenhandel). Hoeveel daarvan bekend wordt, hangt vaak ook af van waar de
     politie zelf controleert. Bekijk ze apart.'
    """
    mostly = f" (vooral {joined(kinds)})" if kinds else ""
    verb = "is" if n == 1 else "zijn"
    return (
        f"{number(n)} van de {_incidents(total)} ({share_of(n, total)}) {verb} van soorten die "
        f"niet als brengdelict gelden{mostly}. Hoeveel daarvan bekend wordt, hangt vaak ook af "
        "van waar de politie zelf controleert. Bekijk ze apart."
    )


_WHERE = {
    "start": "In het begin van de periode, van {start} tot {end},",
    "middle": "Van {start} tot {end}",
    "end": "Aan het eind van de periode, van {start} tot {end},",
}


def silence(where: str, start: str, end: str, expected: float) -> str:
    """
    Warn that there is nothing in a stretch of time where there should be.

    True where so long a silence is not explained by chance, after correction for the number of
    silences.

    Examples
    --------
    >>> silence("end", "20 januari 2025", "1 februari 2025", 23.1)
    'Aan het eind van de periode, van 20 januari 2025 tot 1 februari 2025, is er geen enkel
     incident, terwijl er ongeveer 23 te verwachten zijn. Vraag na of de uitvoer volledig is.'
    """
    about = max(round(expected), 1)
    return (
        f"{_WHERE[where].format(start=start, end=end)} is er geen enkel incident, terwijl er "
        f"ongeveer {number(about)} te verwachten {'is' if about == 1 else 'zijn'}. Vraag na of de "
        "uitvoer volledig is."
    )


def late_reports(n: int, missing: float, days: int) -> str:
    """
    Warn that reports of the last days are still to come.

    Examples
    --------
    >>> late_reports(20, 9.6, 14)
    'Van de laatste 14 dagen zijn er 20 incidenten bekend; naar schatting komen er nog ongeveer
     10 bij, omdat aangiften later binnenkomen. Vergelijk deze dagen niet met eerdere.'
    """
    verb, more = ("is", "komt") if n == 1 else ("zijn", "komen")
    more = "komt" if round(missing) == 1 else "komen"
    return (
        f"Van de laatste {number(days)} dagen {verb} er {_incidents(n)} bekend; naar schatting "
        f"{more} er nog ongeveer {number(max(round(missing), 1))} bij, omdat aangiften later "
        "binnenkomen. Vergelijk deze dagen niet met eerdere."
    )


def source_late(source: str, first: str) -> str:
    """
    Warn that one of the files starts later than the period.

    Examples
    --------
    >>> source_late("bikes.csv", "3 maart 2025")
    'De bron bikes.csv begint pas op 3 maart 2025, later dan de periode: een stijging kan daardoor
     komen.'
    """
    return (
        f"{_source(source)} begint pas op {first}, later dan de periode: een stijging kan daardoor "
        "komen."
    )


def _source(name: str) -> str:
    return f"De bron {name}" if name else "Een van de bronnen"


def source_early(source: str, last: str) -> str:
    """
    Warn that a file ends before the period does; an empty name is left out.

    Examples
    --------
    >>> source_early("", "3 maart 2025")[:46]
    'Een van de bronnen houdt al op na 3 maart 2025'
    >>> source_early("bikes.csv", "3 maart 2025")
    'De bron bikes.csv houdt al op na 3 maart 2025, eerder dan de periode: een daling kan daardoor
     komen.'
    """
    return (
        f"{_source(source)} houdt al op na {last}, eerder dan de periode: een daling kan daardoor "
        "komen."
    )


def uncovered(names: Sequence[str], n: int, expected: float) -> str:
    """
    Warn that areas have no incidents although their population suggests some.

    True where none at all is not explained by chance and by how much areas differ, after
    correction for the number of areas.

    Examples
    --------
    >>> uncovered(["Velve-Lindenhof"], 1, 12.4)
    'In Velve-Lindenhof is geen enkel incident bekend, terwijl er naar het aantal inwoners ongeveer
     12 te verwachten zijn: mogelijk ontbreekt een deel van het gebied.'
    >>> uncovered(["A", "B", "C"], 5, 61.2)
    'In 5 gebieden (A, B, C en andere) is geen enkel incident bekend, terwijl er naar het aantal
     inwoners samen ongeveer 61 te verwachten zijn: mogelijk ontbreekt een deel van het gebied.'
    """
    listed = f"{', '.join(names)} en andere" if n > len(names) else joined(names)
    where, together = (listed, "") if n == 1 else (f"{number(n)} gebieden ({listed})", "samen ")
    return (
        f"In {where} is geen enkel incident bekend, terwijl er naar het aantal inwoners {together}"
        f"ongeveer {number(max(round(expected), 1))} te verwachten zijn: mogelijk ontbreekt een "
        "deel van het gebied."
    )


def one_incident(name: str, share: float) -> str:
    """
    Warn that one incident makes a place heavy.

    Examples
    --------
    >>> one_incident("E2596N4714", 0.92)
    'E2596N4714 staat hoog door één zwaar incident (92% van het gewicht daar). Dat is geen
     patroon.'
    """
    return (
        f"{name} staat hoog door één zwaar incident ({percent(share)} van het gewicht daar). Dat "
        "is geen patroon."
    )
