"""State in Dutch what may be claimed, and its error rates."""

from collections.abc import Sequence

from ipgtools.nl.formats import number, percent

__all__ = [
    "AFTERWARDS", "CLAIMS", "COLUMNS", "HEADING", "INTRODUCTION", "NOT_MEASURED", "section",
    "share",
]  # fmt: skip

HEADING = "## Wat er over toeval gezegd wordt, en waarop dat rust"
INTRODUCTION = """\
Een zin, titel of legenda die over toeval spreekt (*duidelijk*, *zeker*, *springt eruit*, *meer dan
te verwachten*), rust op een toets. Dit zijn ze allemaal; wat er niet bij staat, is een telling.
Van elke toets is nagebootst hoe vaak hij zich vergist en hoe vaak hij iets vindt:

- **vals alarm**: het deel van de kaarten waarop de bewering gedaan wordt terwijl er alleen toeval
  is. Dat mag hooguit 5% zijn, op een paar tienden na die het loten van de kaarten zelf scheelt. De
  toetsen zijn voorzichtig, dus vaak is het minder;
- **gevonden**: het deel van de kaarten waarop de bewering gedaan wordt als er echt iets is, zo
  groot als in de tabel staat. Wat kleiner is, wordt minder vaak gevonden: "niets gevonden" is niet
  "er is niets".

`make calibrate` doet alle proeven over; `make test` doet er van elk een paar, en faalt ook als er
ergens een zin over toeval staat die hier niet bij hoort."""
AFTERWARDS = """\
Gi\\*, Moran, Clark-Evans, Ripley en de groepen vergelijken met een gelijke spreiding over de wijk.
In een echte wijk staan woningen niet gelijk verspreid. Dan zeggen ze terecht dat het ergens drukker
is, maar niet dat het meer is dan de woningen verklaren. Dat zeggen de plekken en de risicokaart.

Plekken zijn hier nagebootst met 199 kaarten van toeval in plaats van 999, zonder stukken straat.
Uitgebreider, ook op echte steden, doet `benchmarks/calibrate_places.py` het."""
COLUMNS = ("bewering", "als alleen toeval werkt", "vals alarm", "wat is ingeplant", "gevonden")
NOT_MEASURED = "niet gemeten"
_EVEN_WIJK = (
    "negen kwartalen met gelijke kansen en 60 tot 1.000 incidenten van vier soorten: gelijk "
    "verdeeld, naar woningen, half park, op vaste punten per straat; een derde in reeksen"
)
_BASELINE = "hetzelfde, met de adressen of straten die het verklaren"
_EVEN_KINDS = (
    "gelijke gemiddelden in twee jaar, 60 tot 1.000 incidenten per kwartaal in vier soorten, in "
    "reeksen van gemiddeld twee"
)
_ANY_HOUR = "los, in reeksen in een nacht, of tot een vijfde op 00:00"
_CELLS = "vakken met gelijke kansen: weinig incidenten, veel, in reeksen, of cijfers"
_BLOCK = "negen vakken met vijf keer de kans, 250 incidenten op 400 vakken"
_PAIRS = "150 punten, waarvan 30 een tweede binnen 20 m hebben"
_SCATTER = "150 punten, gelijk verspreid over een vierkante kilometer"
_GROUPS = "acht punten bij elkaar op drie plekken, tussen 150 andere"
CLAIMS: dict[str, tuple[str, str, str]] = {
    "total_changed": (
        "Het totaal is gestegen of gedaald",
        _EVEN_KINDS,
        "40% meer, van 250 naar 350 losse incidenten",
    ),
    "outside_band": (
        "Het totaal ligt buiten wat de acht weken ervoor lieten verwachten",
        "vier weken na twee jaar met gelijke gemiddelden, 60 tot 1.000 per kwartaal, in reeksen",
        "in vier weken twee keer zoveel losse incidenten als de gewone 77",
    ),
    "kind_changed": (
        "Een soort is gestegen of gedaald",
        _EVEN_KINDS,
        "een van vier soorten gaat van 50 naar 100 losse incidenten",
    ),
    "kind_and_place": (
        "Een soort is gestegen, vooral rond één plek",
        "geen soort stijgt, of een stijgt met 60 over de hele wijk; in reeksen op één plek",
        "een soort stijgt met 60 in één vak, onder 300 incidenten",
    ),
    "new_place": (
        "Nieuw of stijgend: een plek boven het eigen verleden",
        _EVEN_WIJK,
        "10 incidenten extra in één vak, dit kwartaal, naast 250",
    ),
    "busy_places": (
        "Vaste drukke plek: meer dan drie keer wat adressen of straten verklaren",
        _BASELINE,
        "elk kwartaal 10 incidenten extra in één vak, naast 250",
    ),
    "cluster_places": (
        "Vlek: een omgeving met meer dan twee keer wat adressen of straten verklaren",
        _BASELINE,
        "elk kwartaal vijf keer de kans in negen vakken, naast 250",
    ),
    "peak": (
        "Drukke uren",
        f"60 tot 1.000 tijdstippen of tijdvakken tot 8 uur, op elk uur evenveel kans: {_ANY_HOUR}",
        "50 incidenten op vrijdagavond, naast 250 op elk uur",
    ),
    "place_hours": (
        "Drukke uren op een plek",
        f"een tot drie plekken met elk 40 tot 300 incidenten op elk uur: {_ANY_HOUR}",
        "op een van twee plekken is de helft van 80 incidenten op vrijdag- en zaterdagavond",
    ),
    "near_repeats": (
        "Na een incident volgt er vaker nog een, dichtbij en kort erna",
        (
            "66 of 212 incidenten in een jaar en negen gebieden: gelijk verspreid, twee helften "
            "met tegengestelde trend, één seizoen, of op 60 punten"
        ),
        "20 van de 212 incidenten volgen op een ander, binnen 100 m en twee weken",
    ),
    "repeat_places": (
        "Op meer plekken gebeurde het vaker dan past bij hoe druk ze waren",
        "20 tot 250 incidenten na een tot acht keer zoveel, op plekken die even druk blijven",
        "tien van de zestig incidenten komen terug op de plek van een ander",
    ),
    "heaped": (
        "Een tijdstip als 00:00 staat voor onbekend",
        "60 tot 1.000 tijden, de helft op hele uren: op elk uur, of in drukke avonden",
        "50 van de 250 incidenten staan op 00:00",
    ),
    "silence": (
        "Er is een tijd niets geregistreerd, langer dan door toeval",
        "20 tot 250 incidenten in een kwartaal: gelijk verdeeld, in reeksen, of vooral in weekends",
        "de laatste twee weken ontbreken, 100 incidenten",
    ),
    "source_cut": (
        "Een bestand begint later of houdt eerder op",
        "twee of drie bestanden van het hele kwartaal, elk 15 tot 250 incidenten",
        "een van twee bestanden begint 20 dagen later: 60 incidenten, naast 100",
    ),
    "uncovered": (
        "In een gebied is niets geregistreerd waar wel iets te verwachten is",
        "30 gebieden met 500 tot 3.000 inwoners, met cijfers die weinig of veel verschillen",
        "een van 30 gebieden heeft niets, waar 20 gewoon is en cijfers een derde verschillen",
    ),
    "hot_cells": ("Gi\\*: hotspot of rustig, *zeker*", _CELLS, _BLOCK),
    "cells_changed": (
        "Een vak heeft meer of minder dan ervoor",
        (
            "twee jaar met 100 tot 1.500 incidenten per kwartaal, gelijk verdeeld over 100 vakken, "
            "in reeksen van gemiddeld twee"
        ),
        "30 losse incidenten extra in één vak, waar er 4 gewoon zijn",
    ),
    "risk": (
        "Meer of minder dan het aantal inwoners of woningen verklaart",
        "60 tot 800 incidenten bij woningen die bij elkaar staan, overal dezelfde kans",
        "binnen 200 m van een punt vijf keer de kans, 250 incidenten",
    ),
    "neighbours_alike": (
        "Buren lijken op elkaar, of juist niet (Moran, Geary)",
        _CELLS,
        "in de helft van de wijk twee keer de kans, 216 incidenten",
    ),
    "high_together": ("Drukke vakken liggen bij elkaar (G)", _CELLS, _BLOCK),
    "marked_together": (
        "Vakken waar iets is, liggen naast elkaar (join counts)",
        "een tiende, een derde of meer dan de helft van 144 vakken",
        "vakken met twee incidenten of meer; in de helft van de wijk drie keer de kans",
    ),
    "surroundings": ("Een vak lijkt op zijn omgeving of steekt af (lokale Moran)", _CELLS, _BLOCK),
    "nearest": (
        "Incidenten liggen dicht bij elkaar of ver uit elkaar (Clark-Evans)",
        "20 of 150 punten, gelijk verspreid over een vierkante kilometer",
        _PAIRS,
    ),
    "around": (
        "Rond een incident liggen er meer of minder andere (Ripley)",
        "20 of 100 punten, gelijk verspreid over een vierkante kilometer",
        _PAIRS,
    ),
    "more_groups": ("Er zijn meer groepen dan door toeval", _SCATTER, _GROUPS),
    "large_group": ("Een groep is groter dan door toeval", _SCATTER, _GROUPS),
    "interaction": (
        "Wat dicht bij elkaar ligt, volgt elkaar ook sneller op (Mantel, Jacquez)",
        "60 incidenten, gelijk verspreid over 3 km en een jaar",
        "op 20 van de 60 incidenten volgt een tweede, binnen 100 m en tien dagen",
    ),
    "top_changed": (
        "Andere plekken werden de drukste",
        "80 plekken die even druk blijven, terwijl het geheel met 40% stijgt",
        "vijf van de tien drukste plekken worden gewoon, en vijf andere komen ervoor in de plaats",
    ),
}
"""Claim, null and planted effect by key, as a reader without statistics would put them."""


def section(rows: Sequence[tuple[str, float, int, float, int]]) -> str:
    r"""
    Write the table of claims as a section of a page.

    Examples
    --------
    >>> print(section([("hot_cells", 0.0125, 400, 0.97, 100)]).splitlines()[-8])
    | Gi\*: hotspot of rustig, *zeker* | vakken met gelijke kansen: weinig incidenten, veel, in
     reeksen, of cijfers | 5 van 400 (1,2%) | negen vakken met vijf keer de kans, 250 incidenten op
     400 vakken | 97 van 100 (97%) |
    """
    lines = [HEADING, "", INTRODUCTION, "", _row(COLUMNS), _row(["---"] * len(COLUMNS))]
    for key, false_alarm, n_maps, power, n_planted in rows:
        claim, null, planted = CLAIMS[key]
        lines.append(
            _row([claim, null, share(false_alarm, n_maps, 1), planted, share(power, n_planted, 0)])
        )
    return "\n".join([*lines, "", AFTERWARDS])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def share(value: float, n: int, decimals: int) -> str:
    """
    Write a share of simulated maps as a number of them.

    Examples
    --------
    >>> share(0.0175, 400, 1), share(float("nan"), 400, 1)
    ('7 van 400 (1,8%)', 'niet gemeten')
    """
    if value != value:
        return NOT_MEASURED
    return f"{number(round(value * n))} van {number(n)} ({percent(value, decimals)})"
