"""Words of the interactive map."""

from ipgtools.nl import kind_names
from ipgtools.nl.charts import PLACE_CLAIMS
from ipgtools.nl.formats import number, plural
from ipgtools.nl.highlights import AROUND, BASELINE

__all__ = [
    "ABOUT", "ACTIONS", "CONTROLS", "COUNTED", "COUNTED_ABOUT", "COUNTS", "FINDINGS_IN", "GROUP",
    "GROUP_LEGEND", "IN_WORDS", "KINDS", "LAYERS", "LISTED", "NEW", "NO_ACTIONS", "NO_CHANGE",
    "NO_CLASS", "NO_HOTSPOTS", "NO_SCRIPT", "OFF", "OPEN_ACTIONS", "OTHER_KINDS", "PARTS",
    "PERIOD", "PLACE", "REPEATED", "REPEATED_STREETS", "REPEATS", "REPEAT_ADDRESSES", "SCHOUW",
    "SINCE", "SLIDER", "TITLE", "WHEN", "WINDOWS", "about", "action", "claim", "few", "fewer",
    "finding", "in_words", "incidents", "place", "repeated", "since", "week", "window",
]  # fmt: skip

TITLE = "Kaart"
LAYERS = {
    "places": "Plekken",
    "hotspots": "Hotspots",
    "cold": "Rustige plekken",
    "density": "Dichtheid van incidenten",
    "areas": "Grenzen van de gebieden",
    "streets": "Straten",
    "names": "Namen",
    "findings": "Bevindingen van de schouw",
    "counts": "Aantal per gebied",
    "changes": "Meer of minder dan ervoor",
    "repeats": "Herhaling",
    "windows": "Waar herhaling nog kan",
    "incidents": "Incidenten per soort",
    "base": "Water, groen, spoor en gebouwen",
}
OFF = ("cold", "density", "counts", "changes", "repeats", "windows", "incidents")
"""Layers that start switched off."""
COUNTED = "Incidenten per gebied"
COUNTED_ABOUT = "Incidenten per gebied, ongeveer"
PERIOD = "Welke periode"
NO_CLASS = "Weinig, of niet precies genoemd"
NO_CHANGE = "geen vak met duidelijk meer of minder"
REPEATED = "Meer dan een incident op dezelfde plaats"
REPEATED_STREETS = "Straat met plaatsen waar het vaker gebeurde"
WINDOWS = "Hier kan een volgend incident nog bij horen"
OTHER_KINDS = "Overige soorten"
PARTS = ["nacht (0-6 uur)", "ochtend (6-12 uur)", "middag (12-18 uur)", "avond (18-24 uur)"]
SLIDER = {
    "panel": "Kies week en dagdeel",
    "week": "Week",
    "part": "Dagdeel",
    "all_weeks": "alle weken",
    "all_parts": "alle dagdelen",
    "count": "%n incidenten",
    "one": "%n incident",
    "unknown": "dagdeel niet bekend",
}
CONTROLS = {
    "zoom_in": "Inzoomen",
    "zoom_out": "Uitzoomen",
    "layers": "Lagen",
    "close": "Sluiten",
    "legend": "Legenda",
    "map": "Kaart",
    "print": "Afdrukken op",
}
ABOUT = "Bron en uitleg"
IN_WORDS = "Deze plekken als tabel"
PLACE = "Plek"
GROUP = "%n bevindingen dicht bij elkaar: inzoomen"
GROUP_LEGEND = "Meer bevindingen bij elkaar"
REPEATS = "Herhaling"
REPEAT_ADDRESSES = ("adres met meer incidenten", "adressen met meer incidenten")
NO_SCRIPT = "Deze kaart heeft JavaScript nodig. Open het bestand in Edge, Chrome of Firefox."
NO_HOTSPOTS = "Geen duidelijke hotspots in deze periode"
ACTIONS = "Wie doet wat"
NO_ACTIONS = "Nog geen actie afgesproken"
LISTED = "Een van de drukste plekken (geen uitspraak over toeval)"
NEW = "hoger dan het eigen verleden van deze plek"
COUNTS = {
    "n": "Deze periode",
    "n_before": "De periode ervoor",
    "n_last_year": "Zelfde periode vorig jaar",
}
KINDS = "Meest"
WHEN = "Wanneer"
SINCE = "Incidenten sinds"
SCHOUW = "Schouw"
FINDINGS_IN = ("bevinding", "bevindingen")
OPEN_ACTIONS = ("open actie", "open acties")


def place(number: int | None, name: str) -> str:
    """
    Name a place by its number and its streets.

    Examples
    --------
    >>> place(1, "Gronausestraat bij Leijdsweg"), place(2, ""), place(None, "Leijdsweg")
    ('1. Gronausestraat bij Leijdsweg', 'Plek 2', 'Leijdsweg')
    """
    if number is None:
        return name or "Plek"
    return f"{number}. {name}" if name else f"Plek {number}"


def in_words(n: int) -> str:
    """
    Say what the map shows, for who can't see it.

    Examples
    --------
    >>> in_words(1), in_words(3)
    ('De kaart toont 1 plek, met een nummer.', 'De kaart toont 3 plekken, elk met een nummer.')
    """
    each = "met een nummer" if n == 1 else "elk met een nummer"
    return f"De kaart toont {plural(n, 'plek', 'plekken')}, {each}."


def repeated(name: str, n: float) -> str:
    """
    Write how often it happened at a place or in a street.

    Examples
    --------
    >>> repeated("Molenaarspad", 4), repeated("", 2)
    ('Molenaarspad: 4 incidenten', '2 incidenten')
    """
    said = plural(n, "incident", "incidenten")
    return f"{name}: {said}" if name else said


def window(n: int, until: str) -> str:
    """
    Say until when a next incident would belong to those that were.

    Examples
    --------
    >>> window(2, "13 december 2025")
    '2 plekken waar het pas gebeurde: let op tot en met 13 december 2025'
    """
    where = plural(n, "plek", "plekken")
    return f"{where} waar het pas gebeurde: let op tot en met {until}"


def week(day: str, n: int = 1) -> str:
    """
    Name a week by its Monday, or a spell of more weeks.

    Examples
    --------
    >>> week("3 november 2025"), week("3 november 2025", 2)
    ('week van 3 november 2025', '2 weken vanaf 3 november 2025')
    """
    return f"week van {day}" if n == 1 else f"{n} weken vanaf {day}"


def claim(name: str, baseline: str, kind: str = "") -> str:
    """
    Return the words for the claim of a place.

    Examples
    --------
    >>> claim("new", ""), claim("cluster", "")
    ('Nieuw of stijgend: hoger dan het eigen verleden van deze plek', 'Drukke omgeving (vlek)')
    >>> claim("busy", "addresses", "Diefstal uit/vanaf motorvoertuigen")
    'Vaste drukke plek (autokraak): veel meer dan de adressen daar verklaren'
    """
    known = {"new": NEW, "busy": BASELINE.get(baseline), "cluster": AROUND.get(baseline)}
    reason = known.get(name)
    if name == "list":
        return LISTED
    text = PLACE_CLAIMS[name] + (f" ({kind_names.name(kind)})" if kind else "")
    return f"{text}: {reason}" if reason else text


def since(day: str, *, at_least: bool = False) -> str:
    """
    Write since when a place has incidents; at least, where the file goes back no further.

    Examples
    --------
    >>> since("1 september 2025"), since("1 januari 2024", at_least=True)
    ('1 september 2025', '1 januari 2024 of langer')
    """
    return f"{day} of langer" if at_least else day


def fewer(limit: int) -> str:
    """
    Write a number that is withheld because it is small.

    Examples
    --------
    >>> fewer(5)
    'minder dan 5'
    """
    return f"minder dan {limit}"


def about(n: float) -> str:
    """
    Write a number that was rounded.

    Examples
    --------
    >>> about(70), about(0)
    ('ongeveer 70', '0')
    """
    return f"ongeveer {number(n)}" if n else number(n)


def finding(n: int | None) -> str:
    """
    Name a finding by its number in the report.

    Examples
    --------
    >>> finding(44), finding(None)
    ('Bevinding 44', 'Bevinding')
    """
    return "Bevinding" if n is None else f"Bevinding {n}"


def few(limit: int) -> str:
    """
    Write the number of incidents of a cell that has few.

    Examples
    --------
    >>> few(5)
    'minder dan 5 incidenten'
    """
    return f"minder dan {limit} incidenten"


def incidents(n: float) -> str:
    """
    Write a number of incidents.

    Examples
    --------
    >>> incidents(1), incidents(12)
    ('1 incident', '12 incidenten')
    """
    return plural(n, "incident", "incidenten")


def action(actor: str, task: str, status: str, due: str) -> str:
    """
    Write an action on a finding.

    Examples
    --------
    >>> action("Politie", "verwijderen", "toegewezen", "1 juni 2025")
    'Politie: verwijderen (toegewezen, uiterlijk 1 juni 2025)'
    >>> action("Politie", "", "", "")
    'Politie'
    """
    text = ": ".join(part for part in (actor, task) if part)
    extra = ", ".join(part for part in (status, f"uiterlijk {due}" if due else "") if part)
    return f"{text} ({extra})" if extra else text
