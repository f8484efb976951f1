"""Hold the Dutch names and texts of the folder that a briefing is written to."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ipgtools.nl.formats import date, joined

if TYPE_CHECKING:
    import datetime as dt

__all__ = [
    "CONTENTS", "COVER", "DOCUMENTS", "INSIDE", "KEEP", "LAYERS", "PICTURES", "REJECTED", "SHARED",
    "SHEET", "TABLES", "agreed", "cover", "keep", "kept", "lacking", "readers",
]  # fmt: skip

SHARED, INSIDE = "delen", "intern"
"""What may be mailed to the readers of a briefing, and what stays."""
PICTURES, TABLES, REJECTED = "kaarten", "tabellen", "afgekeurd"
COVER, KEEP = "LEES_MIJ.txt", "NIET_DELEN.txt"
LAYERS, SHEET = "lagen", "wijkkaart"
DOCUMENTS = ("briefing", "kaart", "leesverslag", LAYERS, SHEET)
"""How the names of slides, pages and maps begin."""


def kept(existed: bool) -> str:  # noqa: FBT001 - reads as a question
    """
    State what a run that failed left as it was.

    Examples
    --------
    >>> kept(True), kept(False)
    ('De vorige versie staat er nog.', 'Er is niets opgeslagen.')
    """
    return "De vorige versie staat er nog." if existed else "Er is niets opgeslagen."


def readers(given: str, label: str) -> str:
    """
    State who may have what is in the folder that is shared.

    Examples
    --------
    >>> readers("de gemeente", "Alleen voor de gemeente")
    'de gemeente'
    >>> readers("", "Alleen voor de manege")
    'wie genoemd is in: Alleen voor de manege'
    """
    return given or f"wie genoemd is in: {label}"


def cover(
    title: str,
    *,
    label: str,
    readers: str,
    period: str,
    files: Sequence[tuple[str, str]],
    protected: Sequence[str],
    source: str,
    notices: Sequence[str],
) -> list[str]:
    """
    Write the note that goes with what is shared.

    Examples
    --------
    >>> lines = cover("Briefing Velve", label="Openbaar", readers="iedereen", period="mei 2025",
    ...               files=[("a.pptx", "dia's")], protected=[], source="de politie", notices=[])
    >>> lines[0], lines[3], lines[6]
    ('Briefing Velve', 'Periode: mei 2025', "  a.pptx: dia's")
    """
    text = [f"  - {line}" for line in protected] or ["  - niets: dit zijn de volledige cijfers."]
    return [
        title,
        label,
        "",
        f"Periode: {period}",
        f"Deze map mag naar: {readers}.",
        "Erin staat:",
        *(f"  {name}: {what}" for name, what in files),
        "",
        "Beschermd:",
        *text,
        "",
        *notices,
        f"Bron: {source}",
    ]


def agreed(kinds: Sequence[str], purpose: str, ground: str, until: "dt.date") -> list[str]:
    """
    State from what a folder for a partner was made, why, and until when it may be used.

    Examples
    --------
    >>> import datetime as dt
    >>> agreed(["incidenten", "straten"], "aanpak fietsdiefstal", "Wpg 20", dt.date(2026, 3, 1))
    ['Gemaakt van: incidenten en straten.', 'Doel: aanpak fietsdiefstal.', 'Grondslag: Wpg 20.',
     'Te gebruiken tot en met 1 maart 2026; verwijder de map daarna.']
    """
    return [
        f"Gemaakt van: {joined(kinds)}.",
        f"Doel: {purpose.rstrip('.')}.",
        f"Grondslag: {ground.rstrip('.')}.",
        f"Te gebruiken tot en met {date(until)}; verwijder de map daarna.",
    ]


def lacking(names: Sequence[str]) -> str:
    """
    Name what must be given before something is shared.

    Examples
    --------
    >>> lacking(["purpose", "ground"])
    'het doel (--doel) en de grondslag (--grond)'
    """
    known = {"purpose": "het doel (--doel)", "ground": "de grondslag (--grond)"}
    return joined([known[name] for name in names])


CONTENTS = {
    "slides": "de briefing als PowerPoint",
    "page": "dezelfde briefing om in een browser te lezen",
    "printed": "dezelfde briefing om af te drukken",
    "sheet": "wijkkaart: plekken en acties op een A4",
    "map": "kaart om op in te zoomen, in een browser; internet is niet nodig",
    "layers": "de lagen van de kaart, te openen in QGIS",
    "pictures": "kaarten en grafieken los",
    "tables": "de cijfers achter de dia's, te openen in Excel",
}


def keep(shared: str) -> list[str]:
    """Write the note in the folder that stays."""
    return [
        "NIET DELEN",
        "",
        "Deze map blijft binnen de eigen organisatie. Erin staat waar de cijfers vandaan komen:",
        "bestandsnamen, wat er van elke rij is geworden, en welke rijen zijn afgekeurd.",
        "",
        f"Wat u mag versturen staat in de map '{shared}' hiernaast, en nergens anders.",
    ]
