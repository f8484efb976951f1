"""State in Dutch what data are used for, how long they may be kept, and what was removed."""

import datetime as dt
from collections.abc import Iterable, Mapping

from ipgtools.nl.formats import date, joined, number, plural

__all__ = [
    "ABOUT_NO_ONE", "DATED_BY", "GENERAL_LAW", "HEADING", "INVENTED", "ONE", "POLICE_LAW", "SETS",
    "STRICTEST", "counted_from", "dated_by_file", "ground_unknown", "how_many", "notices",
    "other_key", "past_free", "past_keep", "undated", "without_purpose", "years",
]  # fmt: skip

ABOUT_NO_ONE = (
    "open data",
    "opendata",
    "openbare data",
    "verzonnen",
    "verzonnen gegevens",
    "geen persoonsgegevens",
)
"""Grounds of data for which no term holds, written just so."""
POLICE_LAW = ("wpg", "wet politiegegevens")
GENERAL_LAW = ("avg", "gdpr", "uavg")
STRICTEST = "Wpg 8"
INVENTED = "verzonnen gegevens"

SETS = {
    "incidents": "incidenten",
    "offences": "antecedenten",
    "photos": "e-mails en foto's",
    "schouw": "schouwverslagen",
}
"""Data sets by the names that settings give them."""
ONE = {
    "incidents": "incident",
    "offences": "antecedent",
    "photos": "e-mail of foto",
    "schouw": "schouwverslag",
}
DATED_BY = {
    "first_processed": "de dag van eerste verwerking",
    "reported_at": "het melden",
    "occurred_from": "de pleegdatum",
    "committed_on": "de pleegdatum",
    "received_at": "de ontvangst",
    "taken_at": "de opname",
    "schouw_date": "de schouw",
    "seen": "de dag waarop dit bestand voor het eerst is gelezen",
}
"""What a term was counted from."""

HEADING = "Let op:"


def years(months: int) -> str:
    """
    Write a term.

    Examples
    --------
    >>> years(12), years(60), years(18)
    ('1 jaar', '5 jaar', '18 maanden')
    """
    if months % 12:
        return plural(months, "maand", "maanden")
    return f"{number(months // 12)} jaar"


def without_purpose(data_set: str, *, purpose: bool, ground: bool) -> str:
    """
    State that purpose or ground is missing, and where to write them.

    Examples
    --------
    >>> print(without_purpose("incidents", purpose=False, ground=False))
    Bij de incidenten staan doel en grondslag niet in ipg.toml. Schrijf onder [purpose.incidents]
    waarvoor ze gebruikt worden (purpose) en op grond waarvan (ground, zoals "Wpg 8"; bij gegevens
    die over niemand gaan "open data"). Tot dan gelden de termijnen van Wpg 8.
    """
    lacking = [name for name, there in (("doel", purpose), ("grondslag", ground)) if not there]
    verb = "staan" if len(lacking) > 1 else "staat"
    until = "" if ground else f" Tot dan gelden de termijnen van {STRICTEST}."
    return (
        f"Bij de {SETS[data_set]} {verb} {joined(lacking)} niet in ipg.toml. Schrijf onder "
        f"[purpose.{data_set}] waarvoor ze gebruikt worden (purpose) en op grond waarvan (ground, "
        f'zoals "Wpg 8"; bij gegevens die over niemand gaan "open data").{until}'
    )


def ground_unknown(data_set: str, text: str) -> str:
    """
    State that a ground isn't recognised.

    Examples
    --------
    >>> print(ground_unknown("incidents", "mag van de chef"))
    De grondslag "mag van de chef" bij de incidenten is niet herkend; de termijnen van Wpg 8 gelden.
    """
    return (
        f'De grondslag "{text}" bij de {SETS[data_set]} is niet herkend; de termijnen van '
        f"{STRICTEST} gelden."
    )


def counted_from(dated_by: Mapping[str, int]) -> str:
    """
    State from which days terms were counted, and for how many rows each.

    Examples
    --------
    >>> counted_from({"reported_at": 1200, "occurred_from": 3})
    'geteld vanaf het melden (1.200 rijen) en de pleegdatum (3)'
    >>> counted_from({"occurred_from": 3})
    'geteld vanaf de pleegdatum'
    """
    named = list(dated_by.items())
    if len(named) == 1:
        return f"geteld vanaf {DATED_BY[named[0][0]]}"
    first, *rest = named
    parts = [f"{DATED_BY[first[0]]} ({plural(first[1], 'rij', 'rijen')})"]
    return f"geteld vanaf {joined([*parts, *(f'{DATED_BY[by]} ({number(n)})' for by, n in rest)])}"


def past_free(
    data_set: str, n: int, total: int, months: int, oldest: dt.date, dated_by: Mapping[str, int]
) -> str:
    """
    State how many rows are past the term of free use.

    Examples
    --------
    >>> print(past_free("incidents", 40, 90, 12, dt.date(2024, 1, 3), {"reported_at": 90}))
    Van de 90 incidenten zijn er 40 langer dan 1 jaar geleden voor het eerst verwerkt, de oudste op
    3 januari 2024 (geteld vanaf het melden). Ze mogen alleen nog worden vergeleken of gecombineerd
    (Wpg 8, tweede en derde lid).
    """
    verb = "is er" if n == 1 else "zijn er"
    return (
        f"Van de {number(total)} {SETS[data_set]} {verb} {number(n)} langer dan {years(months)} "
        f"geleden voor het eerst verwerkt, de oudste op {date(oldest)} ({counted_from(dated_by)})."
        " Ze mogen alleen nog worden vergeleken of gecombineerd (Wpg 8, tweede en derde lid)."
    )


def past_keep(
    data_set: str, n: int, total: int, months: int, oldest: dt.date, dated_by: Mapping[str, int]
) -> str:
    """
    State how many rows should have been removed, and what to do.

    Examples
    --------
    >>> print(past_keep("offences", 1, 90, 60, dt.date(2020, 1, 3), {"committed_on": 90}))
    Bij 1 van de 90 antecedenten is de bewaartermijn van 5 jaar om, de oudste is van 3 januari 2020
    (geteld vanaf de pleegdatum). Ze horen verwijderd te zijn: vraag een export zonder deze rijen,
    of kijk met ipgtools purge.
    """
    return (
        f"Bij {number(n)} van de {number(total)} {SETS[data_set]} is de bewaartermijn van "
        f"{years(months)} om, de oudste is van {date(oldest)} ({counted_from(dated_by)}). Ze "
        "horen verwijderd te zijn: vraag een export zonder deze rijen, of kijk met ipgtools purge."
    )


def undated(data_set: str, n: int) -> str:
    """
    State that the age of rows is unknown.

    Examples
    --------
    >>> undated("offences", 3)
    'Van 3 antecedenten is niet te zeggen wanneer ze voor het eerst zijn verwerkt.'
    """
    verb = "het voor het eerst is" if n == 1 else "ze voor het eerst zijn"
    return f"Van {how_many(data_set, n)} is niet te zeggen wanneer {verb} verwerkt."


def dated_by_file(data_set: str, n: int, since: dt.date, named: dt.date) -> str:
    """
    State that rows without a date count from the day on which their file was first read.

    Examples
    --------
    >>> print(dated_by_file("incidents", 3, dt.date(2026, 11, 30), dt.date(2025, 1, 2)))
    Zonder datum: 3 incidenten. Geteld is vanaf 30 november 2026, toen dit bestand voor het eerst is
    gelezen (een bestand met deze naam is er sinds 2 januari 2025).
    """
    same = f" (een bestand met deze naam is er sinds {date(named)})" if named < since else ""
    return (
        f"Zonder datum: {how_many(data_set, n)}. Geteld is vanaf {date(since)}, toen dit bestand "
        f"voor het eerst is gelezen{same}."
    )


def how_many(data_set: str, n: int) -> str:
    """
    Count rows of a data set.

    Examples
    --------
    >>> how_many("incidents", 1), how_many("photos", 1200)
    ('1 incident', "1.200 e-mails en foto's")
    """
    return plural(n, ONE[data_set], SETS[data_set])


def other_key(since: dt.date, *, known: bool) -> str:
    """
    State that another key is used than last time.

    Examples
    --------
    >>> print(other_key(dt.date(2026, 9, 3), known=False))
    Er wordt een andere sleutel gebruikt dan de vorige keer (die was er sinds 3 september 2026).
    Dezelfde personen hebben nu andere pseudoniemen: leg geen tabellen met personen naast die van
    toen. Was dit niet de bedoeling, noem dan weer het vorige sleutelbestand.
    """
    again = " Deze sleutel is eerder al gebruikt." if known else ""
    return (
        "Er wordt een andere sleutel gebruikt dan de vorige keer (die was er sinds "
        f"{date(since)}).{again} Dezelfde personen hebben nu andere pseudoniemen: leg geen "
        "tabellen met personen naast die van toen. Was dit niet de bedoeling, noem dan weer het "
        "vorige sleutelbestand."
    )


def notices(lines: Iterable[str]) -> list[str]:
    """Head the list of what to look at."""
    listed = list(lines)
    return [HEADING, *(f"  - {line}" for line in listed)] if listed else []
