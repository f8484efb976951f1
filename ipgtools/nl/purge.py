"""State in Dutch what is past its term, what was removed, and what couldn't be and why."""

import datetime as dt
from collections.abc import Mapping, Sequence

from ipgtools.nl.formats import date, number, plural
from ipgtools.nl.retention import SETS, counted_from, years

__all__ = [
    "BARRED", "DRY", "DRY_ROWS", "HEADING_BRIEFINGS", "HEADING_DATA", "NOTHING", "NO_BRIEFINGS",
    "OUT_OF_REACH", "REASONS", "REMAINS", "REMOVED", "STAYS", "barred", "briefing", "document",
    "heading", "in_file", "left", "looked_again", "no_term", "not_opened", "not_removed",
    "removed", "rows_removed",
]  # fmt: skip

HEADING_DATA = "Gegevens die in ipg.toml staan:"
HEADING_BRIEFINGS = "Briefings in {folder}:"
NO_BRIEFINGS = "  geen"
DRY = "Er is niets verwijderd. Verwijderen gaat met: ipgtools purge --remove"
DRY_ROWS = "Alleen rijen weghalen uit bestanden die ook nieuwere hebben: --remove --rijen"
NOTHING = "Er is niets over de termijn."
STAYS = (
    "Het register blijft altijd: het bewijst wat er verwerkt en verwijderd is (Wpg 32 en 32a), en "
    "zonder de getallen die al gepubliceerd zijn is een volgende publicatie niet te beschermen. "
    "Er staan geen gegevens van personen in."
)
OUT_OF_REACH = (
    "Buiten bereik: reservekopieën, kopieën die u zelf maakte of verstuurde, en wat een schijf na "
    "wissen nog bewaart. Het bronsysteem (BVH) heeft zijn eigen opschoning."
)
REMOVED = "Verwijderd, en nagekeken dat het weg is:"
REMAINS = "Niet verwijderd:"
_DUE = "over de termijn"
BARRED = {
    "link": "is een snelkoppeling (symbolic link); die wordt niet gevolgd",
    "inside": "zit in een ander bestand (zip, werkmap of database); verwijder het daar zelf",
    "server": "staat in een database op een server; daar gelden de regels van die database",
    "missing": "bestaat niet (meer)",
    "folder": "is een map met delen van een tabel; verwijder haar zelf",
    "unreadable": "is niet te lezen, dus niet te beoordelen; kijk met ipgtools check",
}
REASONS = {
    "changed": "is veranderd terwijl ernaar gekeken werd; probeer het opnieuw",
    "there": "was weg, maar staat er weer: een ander programma heeft het teruggezet",
    "other_name": "is weg onder deze naam, maar de inhoud heeft op deze schijf nog een andere naam",
    "kind": "is geen gewoon tekstbestand; vraag een export zonder deze rijen",
    "lines": "heeft rijen van meer dan een regel; vraag een export zonder deze rijen",
    "encoding": "heeft een tekenset waarin niet te zien is waar een regel ophoudt (UTF-16)",
    "malformed": "heeft regels met een ander aantal velden; kijk met ipgtools check",
    "owner": "is van een andere gebruiker; laat die het doen",
    "names": "heeft op deze schijf nog een andere naam, waar de rijen zouden blijven staan",
    "unlike": "liet zich niet controleren na het weghalen; er is niets veranderd",
    "after": "is na het weghalen weer door een ander programma veranderd; kijk het na",
    "unreadable": BARRED["unreadable"],
}


def heading(on: dt.date) -> str:
    """
    State on which day terms are looked at.

    Examples
    --------
    >>> heading(dt.date(2026, 11, 30))
    'Bewaartermijnen op 30 november 2026'
    """
    return f"Bewaartermijnen op {date(on)}"


def not_opened(names: Sequence[str]) -> str:
    """
    State which files weren't looked at, since the module for persons is off.

    Examples
    --------
    >>> not_opened(["antecedenten.csv"])
    '  antecedenten.csv: niet bekeken, want de module voor personen staat uit (persons = false)'
    """
    return (
        f"  {', '.join(names)}: niet bekeken, want de module voor personen staat uit "
        "(persons = false)"
    )


def no_term(name: str, data_set: str, ground: str) -> str:
    """
    State that no term holds for a file.

    Examples
    --------
    >>> no_term("bvh.csv", "incidents", "open data")
    '  bvh.csv (incidenten): geen termijn (open data)'
    """
    return f"  {name} ({SETS[data_set]}): geen termijn ({ground})"


def barred(name: str, data_set: str, reason: str) -> str:
    """
    State why a file can't be judged or removed.

    Examples
    --------
    >>> barred("bvh.csv", "incidents", "missing")
    '  bvh.csv (incidenten): bestaat niet (meer)'
    """
    return f"  {name} ({SETS[data_set]}): {BARRED[reason]}"


def in_file(
    name: str,
    data_set: str,
    *,
    n: int,
    n_due: int,
    n_undated: int,
    oldest: dt.date | None,
    newest: dt.date | None,
    dated_by: Mapping[str, int],
    months: int,
    until: dt.date | None,
) -> str:
    """
    State how old the rows of a file are, and how many are past the term.

    Examples
    --------
    >>> of = {"n": 90, "n_undated": 0, "dated_by": {"reported_at": 90}, "months": 60}
    >>> of |= {"oldest": dt.date(2020, 1, 1), "newest": dt.date(2020, 12, 31)}
    >>> print(in_file("a.csv", "incidents", n_due=90, until=dt.date(2025, 12, 31), **of))
    a.csv (incidenten): 90 rijen van 1 januari 2020 t/m 31 december 2020, geteld vanaf het melden:
    alle over de termijn van 5 jaar
    >>> in_file("a.csv", "incidents", n_due=0, until=dt.date(2025, 12, 31), **of)[-53:]
    'geen over de termijn van 5 jaar, tot 31 december 2025'
    """
    rows = plural(n, "rij", "rijen")
    if oldest is None or newest is None:
        return f"  {name} ({SETS[data_set]}): {rows} zonder datum; niet te beoordelen"
    span = f"van {date(oldest)}" + (f" t/m {date(newest)}" if newest != oldest else "")
    if n_due == n:
        outcome = f"alle {_DUE} van {years(months)}"
    elif n_due:
        outcome = f"{number(n_due)} {_DUE} van {years(months)}; het bestand heeft ook nieuwere"
    else:
        until_ = f", tot {date(until)}" if until is not None else ""
        outcome = f"geen {_DUE} van {years(months)}{until_}"
    undated = f" ({number(n_undated)} zonder datum)" if n_undated else ""
    return (
        f"  {name} ({SETS[data_set]}): {rows}{undated} {span}, {counted_from(dated_by)}: {outcome}"
    )


def document(name: str, data_set: str, since: dt.date, months: int, *, due: bool) -> str:
    """
    State since when a mail, photo or report is here.

    Examples
    --------
    >>> document("a.eml", "photos", dt.date(2026, 1, 2), 60, due=False)
    "  a.eml (e-mails en foto's): hier sinds 2 januari 2026: niet over de termijn van 5 jaar"
    """
    verb = _DUE if due else f"niet {_DUE}"
    return f"  {name} ({SETS[data_set]}): hier sinds {date(since)}: {verb} van {years(months)}"


def briefing(
    name: str, first: dt.date, months: int | None, until: dt.date | None, *, due: bool, n_files: int
) -> str:
    """
    State what a briefing is about, and whether it is past the term.

    Examples
    --------
    >>> first = dt.date(2020, 9, 1)
    >>> briefing("velve", first, 60, dt.date(2025, 9, 1), due=True, n_files=30)
    '  velve: over dagen vanaf 1 september 2020: over de termijn van 5 jaar (30 bestanden)'
    """
    if months is None or until is None:
        return f"  {name}: over dagen vanaf {date(first)}: geen termijn"
    files = plural(n_files, "bestand", "bestanden")
    outcome = f"{_DUE} van {years(months)} ({files})" if due else f"mag blijven tot {date(until)}"
    return f"  {name}: over dagen vanaf {date(first)}: {outcome}"


def left(names: Sequence[str]) -> str:
    """
    State which files in a folder aren't of ipgtools.

    Examples
    --------
    >>> left(["notities.docx"])
    '    niet van ipgtools, blijft staan: notities.docx'
    """
    shown = ", ".join(names[:5]) + (", ..." if len(names) > 5 else "")
    return f"    niet van ipgtools, blijft staan: {shown}"


def removed(path: str, size: int, sha256: str, reason: str = "") -> str:
    """
    State that a file is gone, by what it is known again.

    Examples
    --------
    >>> removed("bvh.csv", 2048, "ab12cd34ef56ab12")
    '  bvh.csv (2.048 bytes, kenmerk ab12cd34ef56)'
    """
    text = f"  {path} ({number(size)} bytes, kenmerk {sha256[:12]})"
    return f"{text}; {REASONS[reason]}" if reason else text


def rows_removed(path: str, n: int, n_left: int) -> str:
    """
    State how many rows were dropped from a file.

    Examples
    --------
    >>> rows_removed("bvh.csv", 3, 87)
    '  bvh.csv: 3 rijen weggehaald, 87 rijen staan er nog, ongewijzigd'
    """
    stay = "rij staat" if n_left == 1 else "rijen staan"
    return (
        f"  {path}: {plural(n, 'rij', 'rijen')} weggehaald, {number(n_left)} {stay} er nog, "
        "ongewijzigd"
    )


def not_removed(path: str, reason: str) -> str:
    """
    State why a file is still there.

    Examples
    --------
    >>> not_removed("bvh.csv", "Permission denied")
    '  bvh.csv: het systeem weigert het (Permission denied)'
    """
    return f"  {path}: {REASONS.get(reason, f'het systeem weigert het ({reason})')}"


def looked_again(n_removed: int, n_due: int) -> str:
    """
    State what a second look found.

    Examples
    --------
    >>> looked_again(31, 0), looked_again(1, 2)
    ('Nagekeken: 31 bestanden zijn weg; er is niets meer over de termijn.',
     'Nagekeken: 1 bestand is weg; van 2 bestanden of mappen is de termijn nog steeds om.')
    """
    verb = "is" if n_removed == 1 else "zijn"
    what = "bestand of map" if n_due == 1 else "bestanden of mappen"
    rest = (
        f"van {number(n_due)} {what} is de termijn nog steeds om."
        if n_due
        else "er is niets meer over de termijn."
    )
    return f"Nagekeken: {plural(n_removed, 'bestand', 'bestanden')} {verb} weg; {rest}"
