"""Words of the card of a place."""

from collections.abc import Sequence

from ipgtools.nl.formats import joined, plural
from ipgtools.nl.slides.places import place_line

__all__ = [
    "ALT", "ASK_LASTING", "ASK_NEW", "NOTES", "change", "repeats", "schouw", "since", "title_card",
    "what", "when",
]  # fmt: skip

NOTES = (
    "Vraag wie de plek kent, wat daar anders is dan elders en wie er al mee bezig is. De cijfers "
    "zeggen waar is geregistreerd, niet waarom en niet door wie."
)
ALT = "Kaart van {name} met de straten eromheen."
ASK_NEW = "Af te spreken: wie gaat kijken wat er veranderd is?"
ASK_LASTING = "Af te spreken: wie zoekt uit wat het hier zo druk maakt?"


def title_card(number_: int, name: str, n: str, subject: str, kinds: str = "") -> str:
    """
    Name a place, its incidents and their main kind.

    Examples
    --------
    >>> title_card(1, "omgeving Leijdsweg", "70", "incidenten", "vooral autokraak")
    '1. Omgeving Leijdsweg: 70 incidenten, vooral autokraak'
    >>> title_card(2, "Heggenes", "", "incidenten"), title_card(3, "plek 3 in A", "6", "ongevallen")
    ('2. Heggenes', 'Plek 3 in A: 6 ongevallen')
    >>> title_card(2, "Heggenes", "6", "incidenten", "(autokraak)")
    '2. Heggenes: 6 incidenten (autokraak)'
    """
    said = place_line(number_, name, n)
    said += f" {subject}" if n else ""
    return f"{said}{' ' if kinds.startswith('(') else ', '}{kinds}" if n and kinds else said


def change(n: str, before: str, when: str, last_year: str) -> str:
    """
    State the incidents of a place now, before and a year ago.

    Examples
    --------
    >>> change("70", "9", "in de drie maanden ervoor", "8")
    'Nu 70; in de drie maanden ervoor 9, vorig jaar 8'
    >>> change("70", "", "", ""), change("", "9", "in de week ervoor", "")
    ('', '')
    """
    parts = [f"{when} {before}"] if before and when else []
    parts += [f"vorig jaar {last_year}"] if last_year else []
    return f"Nu {n}; {', '.join(parts)}" if n and parts else ""


def what(kinds: Sequence[tuple[str, str]]) -> str:
    """
    List the most frequent kinds.

    Examples
    --------
    >>> what([("autokraak", "62"), ("vernieling", "5")]), what([])
    ('Wat: autokraak (62) en vernieling (5)', '')
    """
    return f"Wat: {joined([f'{name} ({n})' for name, n in kinds])}" if kinds else ""


def when(hours: str) -> str:
    """
    State when, where that was tested.

    Examples
    --------
    >>> when("op vrijdagavond (18-24 uur)"), when("")
    ('Wanneer: vrijdagavond (18-24 uur)', '')
    """
    return f"Wanneer: {hours.removeprefix('op ')}" if hours else ""


def repeats(n: int) -> str:
    """
    Count the addresses with more than one incident.

    Examples
    --------
    >>> repeats(1)
    'Op 1 adres gebeurde het vaker'
    """
    return f"Op {plural(n, 'adres', 'adressen')} gebeurde het vaker"


def schouw(n_findings: int, n_open: int) -> str:
    """
    Count what a schouw found there, and what is open of it.

    Examples
    --------
    >>> schouw(2, 3), schouw(1, 0)
    ('Schouw: 2 bevindingen, 3 acties open', 'Schouw: 1 bevinding, geen actie open')
    """
    still = f"{plural(n_open, 'actie', 'acties')} open" if n_open else "geen actie open"
    return f"Schouw: {plural(n_findings, 'bevinding', 'bevindingen')}, {still}"


def since(day: str) -> str:
    """State since when there are incidents."""
    return f"Sinds {day}"
