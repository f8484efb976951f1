"""State in Dutch what was withheld, and why something may not leave."""

from ipgtools.nl.formats import number, plural

__all__ = [
    "CAPTIONS", "COARSER", "HOUSE_NUMBERS", "KINDS", "NO_KIND", "NO_STREET_FILE", "OTHER",
    "OTHER_ACTORS", "PUBLIC_PLACES", "SHARES_ONLY", "WITHOUT_CURVE", "WITHOUT_NUMBERS",
    "WITHOUT_PHOTO_PLACES", "WITHOUT_PLACE_SCORES", "WITHOUT_POINTS", "WITHOUT_SCORES",
    "WITHOUT_SOME_TEXT", "WITHOUT_TEXT", "caption", "day_parts", "few_addresses", "few_households",
    "few_incidents", "few_inhabitants", "most_names", "no_households", "not_at_a_point",
    "not_on_calendar", "rounded", "small", "small_persons", "suppressed", "suppressed_cases",
    "suppressed_persons", "unknown_kinds", "withheld_kinds",
]  # fmt: skip

KINDS = {
    "incidents": "losse incidenten",
    "links": "verbanden tussen incidenten",
    "alerts": "waar herhaling nog te verwachten is",
    "hot_places": "drukke plekken",
    "persons_by_area": "aantallen personen",
    "areas": "aantallen per gebied",
    "places_of_change": "plekken waar het veranderde",
    "comparison": "vergelijking per soort",
    "cells": "vakken op de kaart",
    "places": "plekken met incidenten",
    "streets": "herhaling per straat",
    "findings": "bevindingen van de schouw",
    "compared_findings": "vergelijking van schouwen",
    "actions": "acties",
    "photos": "foto's van bewoners",
    "times": "uren van de week",
    "dayparts": "delen van de week",
    "pairs": "herhaling dichtbij",
    "trend": "aantallen per week of maand",
    "concentration": "spreiding over plekken",
    "busiest_share": "aandeel van de drukste plekken",
    "sources": "gelezen bestanden",
    "facts": "kerncijfers",
    "finding_counts": "bevindingen per soort",
    "action_counts": "acties per uitvoerder",
    "involvement": "aandeel van klassen in opgehelderde incidenten",
    "offenders_at_places": "drukke plekken met bekende veelplegers",
    "offender_flows": "instroom en uitstroom van klassen",
    "co_offending": "samen plegen",
    "networks": "groepen van wie samen pleegden",
    "recurrence": "tijd tot het volgende feit",
    "switching": "soorten na elkaar",
    "age_curve": "leeftijd bij het feit",
    "offence_distances": "afstand tussen feiten na elkaar",
    "offender_concentration": "spreiding over personen",
    "case_phases": "zaken van personen per fase",
    "case_partners": "acties per partner in zaken van personen",
    "case_actions": "wat er in zaken van personen moet gebeuren",
}
"""What each kind of table holds."""


def small(limit: int) -> str:
    """
    Write a number that is withheld because it is small.

    Examples
    --------
    >>> small(5)
    '<5'
    """
    return f"<{limit}"


def suppressed(limit: int) -> str:
    """
    State that small numbers were withheld, not how many: some of them are zero.

    Examples
    --------
    >>> suppressed(5)
    'aantallen onder de 5 weggelaten, ook nul'
    """
    return f"aantallen onder de {limit} weggelaten, ook nul"


def small_persons(limit: int) -> str:
    """State that small numbers of persons were withheld."""
    return f"aantallen personen onder de {limit} weggelaten, ook nul"


def suppressed_persons(limit: int) -> str:
    """State that small numbers of persons, and others that reveal them, were withheld."""
    return (
        f"aantallen personen onder de {limit} weggelaten, en aantallen waaruit die te berekenen "
        "zouden zijn"
    )


def suppressed_cases(limit: int) -> str:
    """State that small numbers of cases, and others that reveal them, were withheld."""
    return (
        f"aantallen zaken onder de {limit} weggelaten, en aantallen waaruit die te berekenen "
        "zouden zijn"
    )


def rounded(base: int) -> str:
    """
    State that numbers were rounded.

    Examples
    --------
    >>> rounded(5)
    'aantallen afgerond op veelvouden van 5; ze tellen dus niet precies op'
    """
    return f"aantallen afgerond op veelvouden van {base}; ze tellen dus niet precies op"


SHARES_ONLY = "van patronen van personen alleen aandelen, in stappen van 5%"
"""What others than the police see of a pattern of persons."""
COARSER = (
    "enkele aantallen nog grover afgerond, omdat er anders kleine aantallen uit te berekenen zijn; "
    "daar staat tussen welke aantallen het ligt, of een hogere grens dan elders"
)


def few_inhabitants(n: int, limit: int) -> str:
    """State that areas were left out because few people live there."""
    return f"{plural(n, 'gebied', 'gebieden')} met minder dan {number(limit)} inwoners weggelaten"


def few_incidents(limit: int) -> str:
    """State that places with few incidents were left out."""
    return f"plekken met minder dan {limit} incidenten weggelaten"


def few_households(limit: int) -> str:
    """State that cells with few households were left out."""
    return f"vakken met minder dan {limit} huishoudens weggelaten"


def no_households() -> str:
    """State that a map of cells needs to know how many households there are."""
    return "kaarten met vakken weggelaten: hoeveel huishoudens er in een vak zijn, is niet bekend"


def few_addresses(limit: int) -> str:
    """State that places with few addresses were left out."""
    return f"plekken met minder dan {limit} adressen weggelaten"


def most_names(limit: int) -> str:
    """State that only the first places are named."""
    return f"alleen de eerste {limit} plekken genoemd"


def day_parts(parts: int) -> str:
    """
    State into which parts of the week times were taken together.

    Examples
    --------
    >>> day_parts(8)
    'tijden samengevoegd tot dagdelen op werkdagen en in het weekend'
    """
    return f"tijden samengevoegd tot {_PARTS[parts]}"


_PARTS = {
    4: "dagdelen",
    8: "dagdelen op werkdagen en in het weekend",
    28: "dagdelen per weekdag",
}


def withheld_kinds() -> str:
    """State that sensitive incidents were left out; never how many."""
    return (
        "gevoelige incidenten (zoals zeden, levensdelicten en verwarde personen) tellen niet mee, "
        "als ze er zijn"
    )


def unknown_kinds(found: list[tuple[str, int]], subject: str) -> list[str]:
    """
    State which incidents were left out because their kind isn't recognised, and what to do.

    For whoever makes the briefing only: the numbers may not leave.

    Examples
    --------
    >>> unknown_kinds([("Burglary", 12)], "incidenten")[0]
    'Weggelaten: 12 incidenten van een soort die niet herkend is: Burglary (12).'
    """
    if not found:
        return []
    total = sum(n for _, n in found)
    shown = [f"{name or NO_KIND} ({number(n)})" for name, n in found[:_MOST_NAMED]]
    if len(found) > _MOST_NAMED:
        more = len(found) - _MOST_NAMED
        shown.append(f"en nog {plural(more, 'soort', 'soorten')}")
    first = ", ".join(f'"{name or NO_KIND}"' for name, _ in found[:_MOST_NAMED])
    kinds = ", ".join(shown)
    return [
        f"Weggelaten: {number(total)} {subject} van een soort die niet herkend is: {kinds}.",
        f"Mag dit publiek ze zien? Zet dan in ipg.toml onder [privacy]: kinds = [{first}]",
        "Dit staat alleen hier, niet in de briefing.",
    ]


_MOST_NAMED = 8
NO_KIND = "geen soort"
"""How settings name incidents of which no kind is known."""
WITHOUT_POINTS = "plekken samengevoegd per straat, zonder punt op de kaart"
PUBLIC_PLACES = "van plaatsen alleen de straat of het kruispunt, uit het stratenbestand"
HOUSE_NUMBERS = (
    "van plaatsen van de schouw alleen straat en huisnummer, met de straat uit het stratenbestand"
)
NO_STREET_FILE = (
    "plaatsen in woorden weggelaten: zonder stratenbestand is niet zeker welke straat er staat"
)
OTHER = "overig"
"""Who acts, where that is somebody who is in no list."""
OTHER_ACTORS = f'wie iets doet en niet in de lijst van uitvoerders staat, is "{OTHER}"'
CAPTIONS = "titels van e-mails bij foto's vervangen door soort en straat"
WITHOUT_TEXT = "omschrijvingen en taken weggelaten"
WITHOUT_SOME_TEXT = "omschrijvingen en taken weggelaten waar een naam, nummer of adres in kan staan"


def not_at_a_point(n: int) -> str:
    """
    State that incidents of kinds that tell of who lives somewhere are no points.

    Examples
    --------
    >>> not_at_a_point(3)
    'van 3 incidenten (zorg, zeden, huiselijk geweld, kinderen) geen punt op de kaart'
    """
    one = "incident" if n == 1 else "incidenten"
    return f"van {n} {one} (zorg, zeden, huiselijk geweld, kinderen) geen punt op de kaart"


WITHOUT_NUMBERS = "alleen klassen, geen aantallen per vak"
WITHOUT_SCORES = "toetswaarden per vak weggelaten; alleen de klassen zijn te zien"
WITHOUT_PLACE_SCORES = "toetswaarden en cijfers per adres van plekken weggelaten"
WITHOUT_PHOTO_PLACES = "precieze plek en herkomst van foto's weggelaten"
WITHOUT_CURVE = "van de spreiding alleen het aandeel van de drukste plekken"
_REPORT = "Melding"
_NO_KIND = "Overig"


def caption(kind: str, place: str) -> str:
    """
    State below a photo what it is about and where, in no words of its sender.

    Examples
    --------
    >>> caption("Afval", "Oostveenweg"), caption("Overig", "")
    ('Afval, Oostveenweg', 'Melding')
    """
    what = _REPORT if kind == _NO_KIND else kind
    return f"{what}, {place}" if place else what


def not_on_calendar(earlier: str) -> str:
    """
    State that a comparison is missing, since its numbers could be subtracted from earlier ones.

    Examples
    --------
    >>> not_on_calendar("previous")
    'De vergelijking met de periode ervoor is weggelaten: samen met eerdere uitgaven zou die te veel
     zeggen.'
    """
    which = "de periode ervoor" if earlier == "previous" else "vorig jaar"
    return (
        f"De vergelijking met {which} is weggelaten: samen met eerdere uitgaven zou die te veel "
        "zeggen."
    )
