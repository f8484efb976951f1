"""Words of the charts, and the lines under every map and chart."""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from ipgtools.nl.finding_categories import CATEGORIES as KINDS
from ipgtools.nl.formats import joined, number, percent, plural
from ipgtools.nl.formats import period as period_text

if TYPE_CHECKING:
    import datetime as dt

    from ipgtools.periods import Period

__all__ = [
    "ALL_DAYS", "BAND", "BY_CHANCE", "CHANGE", "CLUSTERS", "COLUMNS", "COUNTS", "DAYPARTS",
    "DAYS_OF_WEEK", "DENSITY", "EVEN", "FINDINGS", "HOTSPOTS", "HOUR", "INCOMPLETE", "LOCAL",
    "LORENZ_X", "LORENZ_Y", "MEAN", "MONTHS_SHORT", "NORTH", "NO_DATA", "NO_PLACES", "N_INCIDENTS",
    "OTHER", "OTHER_KINDS", "OTHER_PLACES", "PLACES", "PLACE_CLAIMS", "RANKS", "REAL",
    "REGISTERED", "RIPLEY", "RISK", "RISK_CLASSES", "SAMPLE", "STABILITY", "STACKED",
    "STREET_DENSITY", "THIN_PLACES", "TOO_LITTLE", "UNKNOWN_STREET", "WEEKDAYS_SHORT", "WEIGHT",
    "WITHHELD", "below", "below_thin", "between_periods", "both_tops", "category", "class_labels",
    "day", "footer", "grey", "key_to_places", "metres", "not_drawn", "perhaps", "place",
    "places_not_drawn", "ranked", "sources", "span", "step", "top_share",
]  # fmt: skip

SAMPLE = "Voorbeeldgegevens"
TOO_LITTLE = "Te weinig gegevens"
NORTH = "N"
REGISTERED = "Dit zijn geregistreerde incidenten: niet alles wat gebeurt, wordt gemeld"

HOTSPOTS = {
    "title": "Meer of minder dan verwacht",
    "hot_sure": "Hotspot: zeker",
    "hot_possible": "Hotspot: mogelijk",
    "cold_possible": "Rustig: mogelijk",
    "cold_sure": "Rustig: zeker",
    "none": "Geen duidelijke hotspots",
}
CHANGE = {
    "title": "Vergeleken met ervoor",
    "up": "Meer incidenten",
    "down": "Minder incidenten",
    "none": "Geen duidelijke verandering",
}
COUNTS = {
    "title": "Incidenten per vak, ongeveer",
    "few": "5 tot 10",
    "some": "10 tot 20",
    "many": "20 of meer",
    "none": "Geen vak met 5 of meer",
}
DENSITY = "Incidenten per km²"
STREET_DENSITY = "Incidenten per km straat"
RISK = {
    "title": "Vergeleken met wat te verwachten is",
    "sure": "Met rand: zeker",
    "unsure": "Bleek: kan toeval zijn",
}
RISK_CLASSES = [
    "minder dan 0,5 keer zoveel",
    "0,5 tot 0,8 keer zoveel",
    "ongeveer als verwacht",
    "1,25 tot 2 keer zoveel",
    "2 tot 4 keer zoveel",
    "4 keer zoveel of meer",
]
LOCAL = {
    "title": "Vergeleken met de buren",
    "hh": "Veel, en de buren ook",
    "hl": "Veel, maar de buren niet",
    "lh": "Weinig, maar de buren veel",
    "ll": "Weinig, en de buren ook",
    "none": "Niets wat opvalt",
    "unsure": "Mogelijk: valt weg als wij meerekenen dat wij naar veel plekken tegelijk kijken",
    "alone": "Zonder buren: niet te vergelijken",
}
CLUSTERS = {
    "title": "Groepen incidenten, met aantal",
    "cluster": "Incidenten dicht bij elkaar",
    "unsure": "Kan toeval zijn",
    "stacked": "Vooral één punt: controleer de plek",
    "groups": "Groepen die bij elkaar liggen",
    "few_places": "Een groep op één of twee adressen is getekend als vakken van 100 meter",
}
RIPLEY = {
    "x": "Afstand in meter",
    "y": "Incidenten binnen die afstand, keer toeval",
    "real": "Werkelijk",
    "even": "Toeval: gelijk verspreid over het gebied",
    "band": "Wat bij toeval ook voorkomt, alle afstanden samen",
    "above": "Boven de band: meer bij elkaar dan toeval",
    "under": "Onder de band: verder uit elkaar dan toeval",
}
STABILITY = {
    "overlap": "Werkelijk in beide",
    "stable": "Te verwachten als elke plek even druk blijft",
    "random": "Te verwachten als wij plekken loten",
}
RANKS = {
    "count": "Naar aantal",
    "harm": "Naar gewicht",
    "up": "Hoger naar gewicht",
    "same": "Gelijk",
    "down": "Lager naar gewicht",
    "one_incident": "* Alleen hoog door één zwaar incident: dat is geen patroon",
}
PLACE_CLAIMS = {
    "new": "Nieuw of stijgend",
    "busy": "Vaste drukke plek",
    "cluster": "Drukke omgeving (vlek)",
    "list": "Drukste plekken (geen uitspraak over toeval)",
}
OTHER_KINDS = "Overige"
NO_PLACES = "Geen plek springt eruit"
THIN_PLACES = "Dun en grijs: overige plekken"
NO_DATA = "Geen gegevens"
FINDINGS = "Bevindingen van de schouw"
OTHER = "Overig"
PLACES = "Plaats en aantal incidenten"
UNKNOWN_STREET = "straat onbekend"
WEIGHT = "Aantal in dat uur"
HOUR = "Uur van de dag"
N_INCIDENTS = "Aantal incidenten"
INCOMPLETE = "Periode nog niet compleet"
MEAN = "Gemiddelde, alleen complete periodes"
LORENZ_X = "Deel van de plaatsen, drukste eerst"
LORENZ_Y = "Deel van de incidenten"
EVEN = "Als alles gelijk verdeeld was"
REAL = "Werkelijke verdeling"
BY_CHANCE = "Door toeval, met even veel incidenten"
COLUMNS = {
    "n": "Incidenten",
    "per_1000": "Per 1.000 inwoners",
    "per_km2": "Incidenten per km²",
    "inhabitants": "Inwoners",
    "households": "Huishoudens",
    "n_persons": "Personen",
    "n_before": "Incidenten ervoor",
    "n_after": "Incidenten nu",
    "difference": "Verschil",
}
STACKED = "* Opvallend veel op één punt: controleer de plaatsbepaling"
OTHER_PLACES = "Overige plaatsen met herhaling"
MONTHS_SHORT = [
    "jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec",
]  # fmt: skip
DAYPARTS = ["nacht (0-6 uur)", "ochtend (6-12)", "middag (12-18)", "avond (18-24)"]
DAYS_OF_WEEK = ["werkdagen", "weekend"]
ALL_DAYS = "alle dagen"
WITHHELD = "Weinig of geen: niet genoemd"
BAND = "Ergens in dit vlak: niet precies genoemd"


def span(low: float, high: float) -> str:
    """
    Write between which numbers a count is, where there is little room.

    Examples
    --------
    >>> span(20, 40)
    '20–40'
    """
    return f"{number(low)}–{number(high)}"


WEEKDAYS_SHORT = ["ma", "di", "wo", "do", "vr", "za", "zo"]


def step(low: float, high: float) -> str:
    """
    Label a class of numbers in a legend.

    Examples
    --------
    >>> step(1.0, 3.0), step(0.3, 1.5)
    ('1 tot 3', '0,3 tot 1,5')
    """
    decimals = 0 if low == round(low) and high == round(high) else 1
    return f"{number(low, decimals)} tot {number(high, decimals)}"


def category(code: str) -> str:
    """
    Name a kind of finding; one that is not in the list is named by its code.

    Examples
    --------
    >>> category("afval"), category("losse_tegels")
    ('Afval', 'Losse tegels')
    """
    for known, label, *_ in KINDS:
        if known == code:
            return label
    text = str(code).replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def class_labels(ends: Sequence[float], *, whole: bool, decimals: int = 0) -> list[str]:
    """
    Name the classes of a map.

    Examples
    --------
    >>> class_labels([0, 1, 3, 8], whole=True)
    ['0', '1 t/m 2', '3 of meer']
    >>> class_labels([0, 1, 2], whole=True)
    ['0', '1']
    >>> class_labels([0, 2.5, 5, 9], whole=False, decimals=1)
    ['0,0 tot 2,5', '2,5 tot 5,0', '5,0 of meer']
    """
    labels = []
    for low, high in pairwise(ends):
        first = number(low, decimals)
        if whole and high - low <= 1:
            labels.append(first)
        elif high == ends[-1]:
            labels.append(f"{first} of meer")
        elif whole:
            labels.append(f"{first} t/m {number(high - 1)}")
        else:
            labels.append(f"{first} tot {number(high, decimals)}")
    return labels


def metres(length: float) -> str:
    """
    Write the length of a scale bar.

    Examples
    --------
    >>> metres(500), metres(2000), metres(2500)
    ('500 m', '2 km', '2,5 km')
    """
    if length < 1000:
        return f"{number(length)} m"
    return f"{number(length / 1000, 0 if length % 1000 == 0 else 1)} km"


def day(date: "dt.date", *, year: bool = False) -> str:
    r"""
    Write a day under a bar, short.

    Examples
    --------
    >>> import datetime as dt
    >>> day(dt.date(2025, 9, 3)), day(dt.date(2025, 9, 3), year=True)
    ('3 sep', '3 sep\n2025')
    """
    text = f"{date.day} {MONTHS_SHORT[date.month - 1]}"
    return f"{text}\n{date.year}" if year else text


def place(street: str, n: int, *, stacked: bool = False) -> str:
    """
    Name a repeat place in the legend.

    Examples
    --------
    >>> place("Deurningerstraat", 12), place("Van Heek-plein bij het station", 9, stacked=True)
    ('Deurningerstraat: 12', 'Van Heek-plein bij het st…: 9*')
    """
    name = street if len(street) <= 26 else f"{street[:25].rstrip()}…"
    return f"{name}: {number(n)}{'*' if stacked else ''}"


def top_share(places: float, incidents: float, by_chance: float | None = None) -> str:
    r"""
    State how much the busiest places hold, and how much they would by chance.

    Examples
    --------
    >>> top_share(0.2, 0.634)
    'De drukste 20% van de plaatsen\nheeft 63% van de incidenten'
    >>> top_share(0.1, 0.92, 0.838)
    'De drukste 10% van de plaatsen\nheeft 92% van de incidenten;\ndoor toeval zou dat 84% zijn'
    """
    chance = "" if by_chance is None else f";\ndoor toeval zou dat {percent(by_chance)} zijn"
    return (
        f"De drukste {percent(places)} van de plaatsen\n"
        f"heeft {percent(incidents)} van de incidenten{chance}"
    )


def not_drawn(lost: int, outside: int = 0) -> str:
    """
    State how many findings are not on the map, and why.

    Examples
    --------
    >>> not_drawn(1), not_drawn(3, 2), not_drawn(0)
    ('Niet op de kaart: 1 zonder plek', 'Niet op de kaart: 3 zonder plek en 2 erbuiten', '')
    """
    parts = [f"{number(lost)} zonder plek"] if lost else []
    parts += [f"{number(outside)} erbuiten"] if outside else []
    return f"Niet op de kaart: {joined(parts)}" if parts else ""


def places_not_drawn(numbers: Sequence[str]) -> str:
    """
    State which places have no outline.

    Examples
    --------
    >>> places_not_drawn(["2"]), places_not_drawn(["2", "3"])
    ('Niet op de kaart: plek 2', 'Niet op de kaart: plek 2 en 3')
    """
    return f"Niet op de kaart: plek {joined(numbers)}".rstrip()


def key_to_places(numbered: Sequence[tuple[int, str]]) -> str:
    """
    List places by number, for a picture outside a slide.

    Examples
    --------
    >>> key_to_places([(1, "Gronausestraat bij Leijdsweg"), (2, "Oostveenweg")])
    '1: Gronausestraat bij Leijdsweg; 2: Oostveenweg'
    """
    return "; ".join(f"{number}: {name}" for number, name in numbered)


def grey(label: str) -> str:
    """
    Explain what is grey on a map.

    Examples
    --------
    >>> grey("Overige plekken")
    'Grijs: overige plekken'
    """
    return f"Grijs: {label[:1].lower()}{label[1:]}"


def below(low: float, decimals: int = 0) -> str:
    """
    State what a density map leaves blank.

    Examples
    --------
    >>> below(5)
    'Minder dan 5: niet gekleurd'
    """
    return f"Minder dan {number(low, decimals)}: niet gekleurd"


def below_thin(low: float, decimals: int = 0) -> str:
    """
    State what a map of streets leaves thin.

    Examples
    --------
    >>> below_thin(2.5, 1)
    'Dun en grijs: minder dan 2,5'
    """
    return f"Dun en grijs: minder dan {number(low, decimals)}"


def perhaps(label: str) -> str:
    """
    State of a class that it may be chance.

    Examples
    --------
    >>> perhaps("Veel, en de buren ook")
    'Mogelijk: veel, en de buren ook'
    """
    return f"Mogelijk: {label[:1].lower()}{label[1:]}"


def between_periods(before: object, after: object) -> str:
    r"""
    Name two periods that are compared.

    Examples
    --------
    >>> between_periods(2024, 2025)
    '2024\nnaar 2025'
    """
    return f"{before}\nnaar {after}"


def both_tops(top: int) -> str:
    """
    State what is counted where two tops are compared.

    Examples
    --------
    >>> both_tops(10)
    'Plekken in beide top 10’s'
    """
    return f"Plekken in beide top {number(top)}’s"


def ranked(rank: int, name: str, figure: float, *, odd: bool = False) -> str:
    """
    Name a place in a ranking, with its figure.

    Examples
    --------
    >>> ranked(2, "Velve-Lindenhof", 31.0), ranked(1, "City", 1250.5, odd=True)
    ('2. Velve-Lindenhof (31)', '1. City* (1.250,5)')
    """
    shown = number(figure, 0 if figure == round(figure) else 1)
    return f"{number(rank)}. {name}{'*' if odd else ''} ({shown})"


_LAYERS = ("areas", "streets", "findings", "actions", "places", "others", "cells", "density")


def sources(source: str | Mapping[str, str], drawn: Collection[str] | None) -> str:
    """
    Name the sources of what is drawn, each once.

    Examples
    --------
    >>> sources({"incidents": "BVH", "streets": "NWB", "findings": "schouw"}, {"cells", "streets"})
    'BVH, NWB'
    >>> sources("BVH", {"cells"})
    'BVH'
    """
    if isinstance(source, str):
        return source
    named = [
        text
        for layer, text in source.items()
        if text and (drawn is None or layer not in _LAYERS or layer in drawn)
    ]
    return ", ".join(dict.fromkeys(named))


def footer(
    *,
    period: "Period | str | None" = None,
    n: int | str | None = None,
    left_out: Mapping[str, int] | str | None = None,
    source: str = "",
    method: str = "",
    note: str = "",
) -> list[str]:
    """
    Write the lines under a map or chart: what was counted, what not, and how.

    Examples
    --------
    >>> for line in footer(n=1200, left_out={"buiten het gebied": 12}, source="BVH"):
    ...     print(line)
    1.200 incidenten
    Weggelaten: 12 buiten het gebied
    Bron: BVH
    Dit zijn geregistreerde incidenten: niet alles wat gebeurt, wordt gemeld
    >>> footer(n="16 bevindingen", left_out={})
    ['16 bevindingen', 'Niets weggelaten']
    """
    parts = []
    if period is not None and period != "":
        parts.append(f"Periode: {period if isinstance(period, str) else period_text(period)}")
    if n is not None and n != "":
        parts.append(n if isinstance(n, str) else plural(n, "incident", "incidenten"))
    if isinstance(left_out, str):
        parts.append(f"Weggelaten: {left_out}" if left_out else "")
    elif left_out is not None:
        reasons = [f"{number(rows)} {reason}" for reason, rows in left_out.items() if rows]
        parts.append(f"Weggelaten: {joined(reasons)}" if reasons else "Niets weggelaten")
    parts.append(f"Bron: {source}" if source else "")
    parts.append(f"Methode: {method}" if method else "")
    parts.append(note)
    parts.append(REGISTERED if isinstance(n, int) else "")
    return [part.rstrip(". ") for part in parts if part]
