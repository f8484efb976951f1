"""Words of the interactive map."""

from ipgtools.nl import kind_names
from ipgtools.nl.charts import PLACE_CLAIMS
from ipgtools.nl.formats import number, plural
from ipgtools.nl.highlights import AROUND, BASELINE

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
}
CONTROLS = {
    "zoom_in": "Inzoomen",
    "zoom_out": "Uitzoomen",
    "layers": "Lagen",
    "close": "Sluiten",
    "legend": "Legenda",
}
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
