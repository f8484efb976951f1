"""Tell in Dutch what may be claimed, and how often that is wrong and right."""

from collections.abc import Sequence

from ipgtools.nl.formats import number, percent

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
is, maar niet dat het meer is dan de woningen verklaren. Dat zeggen de plekken en de risicokaart."""
COLUMNS = ("bewering", "als alleen toeval werkt", "vals alarm", "wat is ingeplant", "gevonden")
NOT_MEASURED = "niet gemeten"
_EVEN_WIJK = (
    "negen kwartalen met gelijke kansen en 60 tot 1.000 incidenten: gelijk verdeeld, naar "
    "woningen, half park, op vaste punten per straat; een derde in reeksen"
)
_BASELINE = "hetzelfde, met de adressen of straten die het verklaren"
_CELLS = "vakken met gelijke kansen: weinig incidenten, veel, in reeksen, of cijfers"
_BLOCK = "negen vakken met vijf keer de kans, 250 incidenten op 400 vakken"
_PAIRS = "150 punten, waarvan 30 een tweede binnen 20 m hebben"
_SCATTER = "150 punten, gelijk verspreid over een vierkante kilometer"
_GROUPS = "acht punten bij elkaar op drie plekken, tussen 150 andere"
CLAIMS: dict[str, tuple[str, str, str]] = {
    "total_changed": (
        "Het totaal is gestegen of gedaald",
        "gelijke gemiddelden, 60 tot 1.000 incidenten in vier soorten",
        "40% meer, van 250 naar 350",
    ),
    "kind_changed": (
        "Een soort is gestegen of gedaald",
        "gelijke gemiddelden, 60 tot 1.000 incidenten in vier soorten",
        "een van vier soorten gaat van 50 naar 100",
    ),
    "kind_and_place": (
        "Een soort is gestegen, vooral rond één plek",
        "geen soort stijgt, of een stijgt met 60 over de hele wijk",
        "een soort stijgt met 50 in één vak, onder 300 incidenten",
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
        "60 tot 1.000 incidenten, op elk uur van de week evenveel kans",
        "50 incidenten op vrijdagavond, naast 250 op elk uur",
    ),
    "near_repeats": (
        "Na een incident volgt er vaker nog een, dichtbij en kort erna",
        "40 of 150 incidenten in een jaar, gelijk verspreid of samen op plekken en in seizoenen",
        "op 25 van de 120 incidenten volgt een tweede, binnen 100 m en tien dagen",
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
        "twee perioden van 100 tot 1.500 incidenten, gelijk verdeeld over 100 vakken",
        "30 incidenten extra in één vak, waar er 4 gewoon zijn",
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

    Parameters
    ----------
    rows : sequence of (str, float, int, float, int)
        Key, share of false alarms and the number of maps, share found and the number of maps.

    Returns
    -------
    str
        Markdown.

    Examples
    --------
    >>> print(section([("hot_cells", 0.0125, 400, 0.97, 100)]).splitlines()[-5])
    | Gi\*: hotspot of rustig, *zeker* | vakken met gelijke kansen: weinig incidenten, veel, in
     reeksen, of cijfers | 5 van 400 (1,2%) | negen vakken met vijf keer de kans, 250 incidenten op
     400 vakken | 97 van 100 (97%) |
    """
    lines = [HEADING, "", INTRODUCTION, "", _row(COLUMNS), _row(["---"] * len(COLUMNS))]
    for key, false_alarm, n_maps, power, n_planted in rows:
        claim, null, planted = CLAIMS[key]
        lines.append(
            _row(
                [claim, null, _share(false_alarm, n_maps, 1), planted, _share(power, n_planted, 0)]
            )
        )
    return "\n".join([*lines, "", AFTERWARDS])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _share(value: float, n: int, decimals: int) -> str:
    if value != value:
        return NOT_MEASURED
    return f"{number(round(value * n))} van {number(n)} ({percent(value, decimals)})"
