"""Say in Dutch for whom a product is and what was withheld."""

from ipgtools.nl.formats import plural

AUDIENCES = {
    "openbaar": "Openbaar",
    "partner": "Alleen voor partners",
    "politie": "Alleen voor politie",
}


def small(limit: int) -> str:
    """
    Write a number that is withheld because it is small.

    Examples
    --------
    >>> small(5)
    '<5'
    """
    return f"<{limit}"


def suppressed(n: int, what: str, limit: int) -> str:
    """Say how many small numbers were withheld."""
    return f"{plural(n, 'aantal', 'aantallen')} onder de {limit} weggelaten ({what})"


def complementary(n: int, what: str) -> str:
    """Say how many further numbers were withheld, so that no sum gives the small ones away."""
    others = plural(n, "ander aantal", "andere aantallen")
    return f"{others} weggelaten, omdat een totaal ze zou verraden ({what})"


def rounded(what: str) -> str:
    """Say that numbers were rounded."""
    return f"aantallen afgerond op vijftallen ({what})"


def withheld(n: int) -> str:
    """Say how many sensitive incidents were left out."""
    sensitive = plural(n, "gevoelig incident", "gevoelige incidenten")
    return f"{sensitive} (zeden, levensdelicten, verwarde personen) weggelaten"


WITHOUT_NUMBERS = "alleen klassen, geen aantallen per vak"
WITHOUT_POINTS = "plekken samengevoegd per straat, zonder punt op de kaart"
PUBLIC_PLACES = "van plaatsen alleen de straat of het kruispunt, uit het stratenbestand"
NO_STREET_FILE = (
    "plaatsen in woorden weggelaten: zonder stratenbestand is niet zeker welke straat er staat"
)
CAPTIONS = "titels van e-mails bij foto's vervangen door soort en straat"
WITHOUT_TEXT = "omschrijvingen en taken weggelaten"
DAYPARTS = "tijden samengevoegd tot dagdelen"
PER_AREA = "per gebied"
PER_KIND = "per soort"
PER_CELL = "vakken op de kaart"
PER_STEP = "per week of maand"
WITHOUT_SCORES = "toetswaarden per vak weggelaten; alleen de klassen zijn te zien"
PLACES = "drukke plekken"
PLACES_WITHOUT_SCORES = "toetswaarden en cijfers per adres van plekken weggelaten"
WITHOUT_PHOTO_PLACES = "precieze plek en herkomst van foto's weggelaten"
_REPORT = "Melding"
_NO_KIND = "Overig"


def caption(kind: str, place: str) -> str:
    """
    Say below a photo what it is about and where, in no words of its sender.

    Examples
    --------
    >>> caption("Afval", "Oostveenweg"), caption("Overig", "")
    ('Afval, Oostveenweg', 'Melding')
    """
    what = _REPORT if kind == _NO_KIND else kind
    return f"{what}, {place}" if place else what
