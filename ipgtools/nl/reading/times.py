"""State what was decided about times."""

from collections.abc import Iterable

from ipgtools.nl.formats import joined, plural


def without_time(n: int) -> str:
    """State how many incidents have no time."""
    who = plural(n, "incident heeft", "incidenten hebben")
    verb = "telt" if n == 1 else "tellen"
    return f"{who} geen begintijd en {verb} in geen enkele periode mee"


def months(n: int) -> str:
    """State that only the month is known."""
    of = plural(n, "incident", "incidenten")
    return f"Van {of} is alleen de maand bekend; dag en uur zijn onbekend"


def unknown_dates(n: int) -> str:
    """State how many offences have no exact date."""
    who = plural(n, "feit heeft", "feiten hebben")
    verb = "telt" if n == 1 else "tellen"
    return f"{who} geen volledige datum en {verb} alleen mee in het hele verleden"


def days_only(n: int) -> str:
    """State that only the day is known."""
    return f"Van {plural(n, 'incident', 'incidenten')} is alleen de dag bekend; het uur is onbekend"


def last_days(n: int) -> str:
    """State that an end without a time of day counts until midnight."""
    of = plural(n, "incident", "incidenten")
    return f"Begin en einde zijn dagen zonder uur; van {of} telt de laatste dag helemaal mee"


def some_days(n: int) -> str:
    """State that some times know the day only, while others know the hour."""
    of = plural(n, "incident", "incidenten")
    return f"Bij {of} staat een dag zonder uur; die dag telt tot middernacht mee"


def clock_not_used(columns: Iterable[str]) -> str:
    """State which columns with a time of day played no part."""
    return (
        f"Niet gebruikt voor de tijd: {joined(columns)}. Horen die erbij, geef dan een kolom met "
        "alleen de dag op als occurred_from onder [columns.incidents]"
    )


def ends_next_day(n: int) -> str:
    """State that ends by the clock were taken to be after midnight."""
    of = plural(n, "incident", "incidenten")
    return f"Bij {of} ligt de eindtijd voor de begintijd; daar is de volgende dag aangehouden"


def put_together(columns: Iterable[str]) -> str:
    """State which columns a time was put together from."""
    return f"De tijd is samengesteld uit de kolommen {joined(columns)}"


def clock_changes(n_never: int, n_twice: int, n_widened: int) -> str:
    """
    State how many incidents lie in a night in which the clock was changed.

    Examples
    --------
    >>> print(clock_changes(1, 2, 1))
    De klok ging een uur vooruit of terug: bij 1 incident staat een tijd die niet bestaat en bij \
2 incidenten een tijd die twee keer voorkomt; zulke tijden blijven zoals ze in het bestand staan. \
Bij 1 incident lag het einde daardoor voor het begin; daar geldt het hele dubbele uur
    """
    never = f"bij {plural(n_never, 'incident', 'incidenten')} staat een tijd die niet bestaat"
    twice = f"bij {plural(n_twice, 'incident', 'incidenten')} een tijd die twee keer voorkomt"
    if not n_never:
        twice = twice.replace(" een tijd", " staat een tijd")
    parts = " en ".join(part for part, n in ((never, n_never), (twice, n_twice)) if n)
    said = (
        f"De klok ging een uur vooruit of terug: {parts}; zulke tijden blijven zoals ze in het "
        "bestand staan"
    )
    if not n_widened:
        return said
    return (
        f"{said}. Bij {plural(n_widened, 'incident', 'incidenten')} lag het einde daardoor voor "
        "het begin; daar geldt het hele dubbele uur"
    )


def converted(columns: Iterable[str], timezone: str) -> str:
    """
    State that times came with a zone and became local times.

    Examples
    --------
    >>> converted(["begin"], "Europe/Amsterdam")
    'De tijden in begin vermelden een tijdzone; ze zijn omgerekend naar de klok van \
Europe/Amsterdam'
    """
    return (
        f"De tijden in {joined(columns)} vermelden een tijdzone; ze zijn omgerekend naar de klok "
        f"van {timezone}"
    )


def never(n: int) -> str:
    """
    State that some dates are placeholders.

    Examples
    --------
    >>> never(2)
    'Niet gebruikt: 2 datums die een systeem invult als er geen is (zoals 31-12-9999 of 01-01-1900)'
    """
    return (
        f"Niet gebruikt: {plural(n, 'datum', 'datums')} die een systeem invult als er geen is "
        "(zoals 31-12-9999 of 01-01-1900)"
    )


def all_reversed(begin: str, end: str) -> str:
    """
    State that two columns of times may have changed places.

    Examples
    --------
    >>> all_reversed("van", "tot")
    'Let op: bijna overal ligt tot voor van. Zijn de kolommen verwisseld, zet dan in ipg.toml \
onder [columns.incidents]: occurred_from = "tot" en occurred_to = "van"'
    """
    return (
        f"Let op: bijna overal ligt {end} voor {begin}. Zijn de kolommen verwisseld, zet dan in "
        f'ipg.toml onder [columns.incidents]: occurred_from = "{end}" en occurred_to = "{begin}"'
    )
