"""Words of the interactive map."""

from ipgtools.nl.formats import plural

TITLE = "Kaart"
LAYERS = {
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
FEW = "minder dan 5 incidenten"


def finding(n: int | None) -> str:
    """
    Name a finding by its number in the report.

    Examples
    --------
    >>> finding(44), finding(None)
    ('Bevinding 44', 'Bevinding')
    """
    return "Bevinding" if n is None else f"Bevinding {n}"


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
