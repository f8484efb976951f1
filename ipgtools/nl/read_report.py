"""State in Dutch what a read report shows: totals, quality, months, columns and rejected rows."""

from collections.abc import Sequence

from ipgtools.nl.formats import MONTHS, joined, number, percent, plural

__all__ = [
    "AS_IT_STOOD", "DOUBTFUL_COLUMNS", "FILE_COLUMNS", "GOOD", "HEADINGS", "INDICATORS", "LOOK",
    "MAPPING_COLUMNS", "MEANINGS", "MONTH_COLUMNS", "NONE_USED", "NOTHING", "NOT_TAKEN",
    "NO_REJECTS", "NUMBERS", "OTHER_FIELDS", "PLACE_COLUMNS", "QUALITY_COLUMNS", "READ",
    "REASON_COLUMNS", "REJECTED", "REJECTED_NOTE", "ROW_COLUMNS", "SHEET_NOTE", "SHEET_REJECTED",
    "SOURCE_ROW_NOTE", "STACKED_REASONS", "STREET_UNKNOWN", "TITLE", "USED", "WHAT_IT_IS",
    "WHY_NOT_TAKEN", "chart_alt", "doubtful", "examples", "in_future", "indicator", "month",
    "months", "quality_line", "small_percent", "stacked_why",
]  # fmt: skip

TITLE = "Leesverslag"
WHAT_IT_IS = (
    "Wat er van elke rij is geworden: gelezen, gebruikt of afgekeurd, en wat daarbij is besloten."
)
HEADINGS = {
    "quality": "Kwaliteit",
    "months": {"month": "Incidenten per maand", "year": "Incidenten per jaar"},
    "columns": "Kolommen",
    "crs": "Coördinaten",
    "notes": "Wat er verder is besloten",
    "rejected": "Afgekeurde rijen",
    "doubtful": "Na te kijken",
}
NONE_USED = (
    "Let op: geen enkele rij is bruikbaar; de redenen staan hieronder. Verbeter dat waar het "
    "bestand vandaan komt, of vraag een nieuwe export"
)
OTHER_FIELDS = (
    "Let op: de meeste rijen hebben een ander aantal velden dan de kop. Misschien is het "
    "scheidingsteken ook in de waarden gebruikt, zoals een komma in getallen. Vraag een export met "
    "puntkomma's"
)
NO_REJECTS = "Er is geen rij afgekeurd."
READ, USED, REJECTED = "gelezen", "gebruikt", "afgekeurd"
QUALITY_COLUMNS = ("Wat", "Aantal", "Aandeel", "", "Wat het betekent")
FILE_COLUMNS = ("Bestand", "Gelezen", "Gebruikt", "Afgekeurd")
REASON_COLUMNS = ("Reden", "Rijen", "Aandeel")
ROW_COLUMNS = {
    "source": "Bestand",
    "source_row": "Bronrij",
    "line": "Rij in Excel",
    "column": "Kolom",
    "found": "Gevonden",
    "reason": "Reden",
}
MAPPING_COLUMNS = ("Kolom in het bestand", "Gelezen als")
PLACE_COLUMNS = ("Straat op dat punt", "Incidenten", "Waarom verdacht")
MONTH_COLUMNS = {"month": ("Maand", "Incidenten"), "year": ("Jaar", "Incidenten")}
GOOD, LOOK, NOTHING = "in orde", "let op", "n.v.t."
NUMBERS = "De aantallen als tabel"
SOURCE_ROW_NOTE = (
    "Bronrij 1 is de eerste rij onder de kop; de rij in Excel is het nummer dat Excel ervoor zet."
)
NOT_TAKEN = "Niet overgenomen"
WHY_NOT_TAKEN = "persoonsgegevens, huisnummers of vrije tekst; alleen de naam staat hier"
STREET_UNKNOWN = "straat onbekend"

MEANINGS = {
    "incident_id": "incidentnummer",
    "category": "code van het soort",
    "category_label": "soort in woorden",
    "occurred_from": "vroegste tijdstip",
    "occurred_to": "laatste tijdstip",
    "month": "maand",
    "reported_at": "tijdstip van melden",
    "first_processed": "dag van eerste verwerking",
    "attempt": "poging",
    "x": "x-coördinaat",
    "y": "y-coördinaat",
    "lon": "lengtegraad",
    "lat": "breedtegraad",
    "xy": "beide coördinaten",
    "street_name": "straat",
    "city": "plaats",
    "time_from": "tijd (begin)",
    "time_to": "tijd (einde)",
    "year": "jaar",
    "month_number": "maand",
    "day": "dag",
    "hour": "uur",
    "minute": "minuut",
    "area_code": "code van het gebied",
    "area_name": "naam van het gebied",
    "parent_code": "code van het grotere gebied",
    "inhabitants": "inwoners",
    "households": "huishoudens",
    "indeling_jaar": "jaar van de indeling",
    "water": "water of land",
    "street_id": "nummer van het straatdeel",
    "kind": "soort straat",
    "nr_van": "huisnummer aan het begin van de lijn",
    "nr_tot": "huisnummer aan het eind van de lijn",
    "nr_soort": "even of oneven huisnummers",
    "nr_van_rechts": "huisnummer aan het begin van de lijn (rechts)",
    "nr_tot_rechts": "huisnummer aan het eind van de lijn (rechts)",
    "nr_soort_rechts": "even of oneven huisnummers (rechts)",
    "address_id": "nummer van het adres",
    "house_number": "huisnummer",
    "house_letter": "huisletter",
    "addition": "toevoeging",
    "postcode": "postcode",
    "person": "persoon (vervangen door een pseudoniem)",
    "offence_id": "feitnummer",
    "pv_id": "nummer van het proces-verbaal",
    "committed_on": "pleegdatum",
    "is_misdrijf": "misdrijf of niet",
    "sent_to_om": "ingezonden aan het OM",
    "outcome": "afdoening",
    "age": "leeftijd",
    "birth_date": "geboortedatum (omgerekend naar leeftijd)",
    "number": "nummer",
    "location": "plaats in woorden",
    "description": "omschrijving",
    "actor": "wie",
    "task": "wat",
    "status": "status",
    "due": "uiterlijk",
    "closed_on": "afgehandeld op",
    "date": "datum",
    "photo_id": "nummer van de foto",
    "on": "dag van de stap",
    "location_text": "plaats in woorden",
}
"""Contract columns in words; a column without words goes by its name."""

INDICATORS = {
    "without_point": (
        "zonder coördinaten",
        "Deze rijen staan op geen kaart en zijn afgekeurd. Zijn ze aan een adres te koppelen?",
    ),
    "stacked": (
        "op punten met verdacht veel incidenten",
        (
            "Vaak een station, bureau of gemeentehuis, of het midden van een straat of postcode: "
            "geen hotspot. Kijk wat er op die punten geregistreerd wordt."
        ),
    ),
    "long": (
        "met een tijdvak langer dan {hours} uur",
        "Ze zeggen weinig over het uur; ze tellen verdeeld over het hele tijdvak.",
    ),
    "without_time": ("zonder begintijd", "Ze tellen in geen enkele periode mee."),
    "without_code": ("zonder code van het soort", "Ze tellen mee, maar niet bij een soort."),
    "unknown_code": (
        "met een code buiten de lijst van politie en CBS",
        (
            "Ze tellen mee; hun soort komt uit de omschrijving, als die er is. Zijn het er veel, "
            "dan heeft het bestand een andere indeling dan MK."
        ),
    ),
    "missing": (
        "zonder incidenten",
        "Ontbreekt een deel van de export? Een vergelijking met die periode klopt dan niet.",
    ),
}
"""What each quality indicator counts, and what it means for who reads on."""

STACKED_REASONS = {
    "streets": "meer straatnamen dan een adres heeft",
    "count": "veel drukker dan de gewone drukke plek",
    "mix": "alle soorten door elkaar, als van de hele stad",
}
_MOST_NAMED = 6
_SHORT = {"maart": "mrt"}


def indicator(key: str, *, hours: float, step: str) -> str:
    """
    Name what an indicator counts.

    Examples
    --------
    >>> indicator("long", hours=24, step="month"), indicator("missing", hours=24, step="month")
    ('met een tijdvak langer dan 24 uur', 'maanden zonder incidenten')
    """
    words = INDICATORS[key][0].format(hours=number(hours))
    if key == "missing":
        return f"{'maanden' if step == 'month' else 'jaren'} {words}"
    return words


def quality_line(words: str, n: int, share: float) -> str:
    """
    Return an indicator in one line.

    Examples
    --------
    >>> quality_line("zonder begintijd", 12, 0.004)
    'Let op: 12 (0,4%) zonder begintijd'
    """
    return f"Let op: {number(n)} ({small_percent(share)}) {words}"


def small_percent(share: float) -> str:
    """
    Write a share so that a small one is not nothing.

    Examples
    --------
    >>> small_percent(0.25), small_percent(0.004), small_percent(0.00001), small_percent(0)
    ('25%', '0,4%', 'minder dan 0,1%', '0%')
    """
    if share == 0:
        return percent(0)
    if share < 0.001:
        return f"minder dan {percent(0.001, 1)}"
    return percent(share, 0 if share >= 0.1 else 1)


def month(name: str, *, short: bool = False) -> str:
    """
    Write a month or year.

    Examples
    --------
    >>> month("2025-09"), month("2025-09", short=True), month("2025")
    ('september 2025', 'sep', '2025')
    """
    year, _, at = name.partition("-")
    if not at:
        return year
    word = MONTHS[int(at) - 1]
    return _SHORT.get(word, word[:3]) if short else f"{word} {year}"


def months(step: str, first: str, last: str, n: int, missing: Sequence[str] | None) -> str:
    """
    State which months there are, and which are missing; None where not informative.

    Examples
    --------
    >>> months("month", "2025-01", "2025-06", 6, ["2025-02"])
    'Van januari 2025 t/m juni 2025: 6 maanden. Zonder incidenten: februari 2025.'
    >>> months("month", "2025-01", "2025-06", 6, None)
    'Van januari 2025 t/m juni 2025: 6 maanden.'
    >>> months("month", "2025-01", "2025-01", 1, [])
    'Alleen januari 2025.'
    """
    if n == 1:
        return f"Alleen {month(first)}."
    units = "maanden" if step == "month" else "jaren"
    span = f"Van {month(first)} t/m {month(last)}: {number(n)} {units}"
    if missing is None:
        return f"{span}."
    if not missing:
        return f"{span}, geen zonder incidenten."
    named = [month(one) for one in missing[:_MOST_NAMED]]
    if len(missing) > _MOST_NAMED:
        named.append(f"nog {number(len(missing) - _MOST_NAMED)} andere")
    return f"{span}. Zonder incidenten: {joined(named)}."


def in_future(last: str) -> str:
    """State that there are incidents that have yet to happen."""
    return (
        f"Let op: het laatste incident is van {last}, en dat is in de toekomst. Kloppen de datums?"
    )


def chart_alt(step: str, most: int, at: str) -> str:
    """State what the bars show to who doesn't see them."""
    unit = "maand" if step == "month" else "jaar"
    return f"Staafjes: incidenten per {unit}; de meeste, {number(most)}, in {month(at)}."


def stacked_why(reasons: str) -> str:
    """
    State why a point is doubted.

    Examples
    --------
    >>> stacked_why("streets, count")
    'meer straatnamen dan een adres heeft; veel drukker dan de gewone drukke plek'
    """
    return "; ".join(STACKED_REASONS[one] for one in reasons.split(", "))


def examples(n_each: int, n_shown: int, n: int) -> str:
    """
    State which of the rejected rows are listed.

    Examples
    --------
    >>> examples(3, 9, 9), examples(3, 9, 40)
    ('', 'Van elke reden de eerste 3 rijen.')
    """
    return "" if n_shown == n else f"Van elke reden de eerste {plural(n_each, 'rij', 'rijen')}."


def doubtful(n: int) -> str:
    """State how many repairs of a schouw a person has to look at."""
    return f"{plural(n, 'verbetering is', 'verbeteringen zijn')} onzeker: kijk ze na in het verslag"


DOUBTFUL_COLUMNS = {
    "finding_id": "Bevinding",
    "column": "Waar",
    "raw": "Er stond",
    "corrected": "Gelezen als",
    "score": "Zekerheid",
}
AS_IT_STOOD = " (zoals het er stond)"
SHEET_REJECTED, SHEET_NOTE = "afgekeurd", "toelichting"
REJECTED_NOTE = (
    "Dit zijn de rijen die niet gebruikt zijn, met de reden.",
    SOURCE_ROW_NOTE,
    "Achter de reden staat wat er in de rij stond, onder de kolomnamen van het bestand.",
    "Kolommen over personen, huisnummers en vrije tekst zijn weggelaten.",
    "Voor een waarde die begint met = + - of @ staat een apostrof: zo wordt het geen formule.",
)
