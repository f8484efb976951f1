"""State in Dutch what reading did with persons: ages, outcomes, numbers. It never shows any."""

from collections.abc import Iterable

from ipgtools.nl.formats import joined, number, plural


def on_birth(*, unreadable: int, partial: int, short: int, wrong: int, several: int) -> list[str]:
    """
    State what was decided on dates of birth.

    Examples
    --------
    >>> on_birth(unreadable=0, partial=2, short=0, wrong=1, several=0)[1]
    'Let op: bij 1 rij ligt de geboortedatum na het feit of meer dan 110 jaar ervoor; daar is \
geen leeftijd'
    """
    notes = []
    if partial:
        notes.append(
            f"Bij {plural(partial, 'rij', 'rijen')} is van de geboortedatum alleen jaar of maand "
            "bekend; de leeftijd kan daar een jaar hoger zijn"
        )
    if short:
        notes.append(
            f"Bij {plural(short, 'rij', 'rijen')} heeft de geboortedatum een jaar van twee "
            "cijfers en zou hij na het feit liggen; daar is de vorige eeuw gelezen"
        )
    if unreadable:
        notes.append(
            f"Let op: bij {plural(unreadable, 'rij', 'rijen')} is de geboortedatum niet te lezen; "
            "daar is geen leeftijd"
        )
    if wrong:
        notes.append(
            f"Let op: bij {plural(wrong, 'rij', 'rijen')} ligt de geboortedatum na het feit of "
            "meer dan 110 jaar ervoor; daar is geen leeftijd"
        )
    if several:
        notes.append(
            f"Let op: {plural(several, 'persoon heeft', 'personen hebben')} meer dan een "
            "geboortedatum. Is een nummer aan twee personen gegeven?"
        )
    return notes


def ages_unreadable(n: int) -> str:
    """State how many ages aren't numbers of years."""
    return f"Let op: bij {plural(n, 'rij', 'rijen')} is de leeftijd niet te lezen; die ontbreekt"


def ages_differ(n: int) -> str:
    """State how many given ages contradict the date of birth."""
    return (
        f"Let op: bij {plural(n, 'rij', 'rijen')} is de opgegeven leeftijd een andere dan volgt "
        "uit geboortedatum en pleegdatum; de berekende geldt"
    )


def ages_of_today(column: str) -> str:
    """State that ages seem to be those on the day of the export."""
    return (
        f"Let op: in de kolom {column} is een persoon bij elk feit even oud, ook na jaren. "
        "Het lijkt de leeftijd van nu, niet die bij het feit: minderjarigen kunnen zo volwassen "
        "lijken. Vraag een export met de leeftijd op de pleegdatum of met de geboortedatum"
    )


def lacking(names: Iterable[str]) -> list[str]:
    """
    State what cannot be computed without a column.

    Examples
    --------
    >>> lacking(["pv_id"])
    ['Er is geen kolom met het nummer van het proces-verbaal; elke rij telt als een eigen pv']
    """
    said = {
        "sent_to_om": (
            "Let op: geen kolom zegt of het proces-verbaal is ingezonden aan het OM. Daardoor telt "
            "geen enkel feit mee voor de veelplegers. Noem de kolom in ipg.toml onder "
            '[columns.offences]: sent_to_om = "Naam van de kolom"'
        ),
        "committed_on": (
            "Let op: er is geen kolom met de pleegdatum. Feiten tellen alleen mee in het hele "
            "verleden, en leeftijden zijn niet te berekenen"
        ),
        "pv_id": (
            "Er is geen kolom met het nummer van het proces-verbaal; elke rij telt als een eigen pv"
        ),
    }
    return [said[name] for name in said if name in set(names)]


def flags_unclear(column: str, n: int) -> str:
    """State how many values are neither yes nor no."""
    return (
        f"Let op: in {column} staat bij {plural(n, 'rij', 'rijen')} iets anders dan ja of nee; die "
        "feiten tellen niet mee voor de veelplegers"
    )


def outcomes_read(n: int) -> str:
    """State how many outcomes were written in another way."""
    return (
        f"Bij {plural(n, 'rij', 'rijen')} is de afdoening gelezen als technisch sepot of "
        "vrijspraak, al is zij iets anders geschreven"
    )


def outcomes_unclear(n: int) -> str:
    """State how many outcomes may take a fact out of the count."""
    return (
        f"Let op: bij {plural(n, 'rij', 'rijen')} staat een sepot of vrijspraak zonder dat "
        "duidelijk is of het feit daardoor vervalt; die feiten tellen mee. Alleen technisch sepot "
        "en vrijspraak tellen niet mee"
    )


def writings(n: int) -> str:
    """
    State how many persons have a number that is written in several ways.

    Examples
    --------
    >>> writings(2)[:70]
    'Van 2 personen is het nummer op meer dan een manier geschreven (spatie'
    """
    return (
        f"Van {plural(n, 'persoon', 'personen')} is het nummer op meer dan een manier geschreven "
        "(spaties, hoofdletters, nullen ervoor); dat is gelezen als een en dezelfde persoon"
    )


def one_for_many(n: int, of: int) -> str:
    """State that a large part of the rows has one number."""
    return (
        f"Let op: een persoonsnummer staat bij {number(n)} van de {number(of)} rijen. Staat het "
        "voor onbekende personen? Haal die rijen dan uit het bestand"
    )


def readable_key(name: str) -> str:
    """
    State that others can open the key file, and what to do.

    Examples
    --------
    >>> readable_key("sleutel.txt")
    'Let op: anderen op deze computer kunnen sleutel.txt lezen. Sluit af: chmod 600 sleutel.txt'
    """
    return f"Let op: anderen op deze computer kunnen {name} lezen. Sluit af: chmod 600 {name}"


def facts_per_pv(column: str) -> str:
    """State that facts are numbered anew in each proces-verbaal."""
    return (
        f"{column} begint in elk proces-verbaal opnieuw; een feit is daarom het nummer van het pv "
        "en van het feit samen"
    )


def no_number(column: str) -> str:
    """State that a column with facts in words isn't taken for their number."""
    return f"In {column} staan feiten in woorden; de kolom is niet gelezen als feitnummer"


def facts_differ(n: int) -> str:
    """
    State how many facts have more than one date.

    Examples
    --------
    >>> facts_differ(1)
    'Let op: 1 feit heeft bij een persoon meer dan een pleegdatum en telt daar een keer'
    """
    facts = "feit heeft" if n == 1 else "feiten hebben"
    verb = "telt" if n == 1 else "tellen"
    return (
        f"Let op: {number(n)} {facts} bij een persoon meer dan een pleegdatum en {verb} daar een "
        "keer"
    )


def repeated(n: int) -> str:
    """
    State how many rows repeat a person's part in an offence.

    Examples
    --------
    >>> repeated(1)
    '1 rij herhaalt een persoon bij een feit; voor de veelplegers telt elk feit een keer'
    """
    return (
        f"{plural(n, 'rij herhaalt', 'rijen herhalen')} een persoon bij een feit; voor de "
        "veelplegers telt elk feit een keer"
    )


def same_rows(n: int) -> str:
    """State how many rows without a number of a fact are the same as an earlier one."""
    return (
        f"Let op: {plural(n, 'rij is', 'rijen zijn')} in alles gelijk aan een eerdere rij; zonder "
        "feitnummer tellen ze allemaal mee"
    )


def not_read(columns: Iterable[str]) -> str:
    """
    State which columns were not looked at.

    Examples
    --------
    >>> not_read(["straat", "wijk"])
    'Niet gelezen: straat en wijk. Van antecedenten gaat verder niets mee'
    """
    return f"Niet gelezen: {joined(columns)}. Van antecedenten gaat verder niets mee"


def without_place(n: int) -> str:
    """
    State how many facts have no place that can be used.

    Examples
    --------
    >>> without_place(1)
    'Bij 1 rij is er geen bruikbare plaats; zij telt mee, maar in geen enkele wijk'
    """
    counts = "zij telt" if n == 1 else "ze tellen"
    return (
        f"Bij {plural(n, 'rij', 'rijen')} is er geen bruikbare plaats; {counts} mee, maar in geen "
        "enkele wijk"
    )


def merged(n_files: int, n_double: int) -> str:
    """
    State that files were put together.

    Examples
    --------
    >>> merged(2, 1)
    '2 bestanden samengevoegd; 1 rij staat ook in een later bestand en telt zoals daar'
    """
    files = plural(n_files, "bestand", "bestanden")
    double = plural(n_double, "rij staat", "rijen staan")
    verb = "telt" if n_double == 1 else "tellen"
    return f"{files} samengevoegd; {double} ook in een later bestand en {verb} zoals daar"
