"""State in Dutch the entries of the register of processing, and its problems."""

from collections.abc import Mapping
from typing import Any

from ipgtools.nl.formats import joined, number, plural

__all__ = [
    "ACTIONS", "COLUMNS", "CSV_COLUMNS", "CUT_OFF", "KINDS", "NOTHING", "NOTHING_TO_ACKNOWLEDGE",
    "STATES", "UNKNOWN", "WHAT_TO_DO", "acknowledged", "broken", "csv_written", "mark", "more",
    "noted", "problem", "shown", "what", "whole", "why",
]  # fmt: skip

ACTIONS: dict[str, str] = {
    "load": "gelezen",
    "combine": "samengevoegd",
    "consult": "ingezien",
    "change": "gewijzigd",
    "release": "vrijgegeven",
    "share": "gedeeld",
    "export": "opgeslagen",
    "delete": "verwijderd",
    "acknowledge": "afwijking erkend",
}
STATES: dict[str, str] = {"begun": "begonnen", "done": "klaar", "failed": "mislukt"}
UNKNOWN = "onbekend"
"""A user that the system doesn't name."""
CUT_OFF = "niet afgemaakt"
"""State of what was begun and neither done nor failed."""
KINDS: dict[str, str] = {
    "incidents": "incidenten",
    "areas": "gebieden",
    "inhabitants": "inwoners",
    "streets": "straten",
    "addresses": "adressen",
    "schouw": "schouw",
    "offences": "antecedenten",
    "photos": "foto's",
    "photo_status": "stappen van foto's",
}
COLUMNS = ("Nr", "Tijd", "Wie", "Handeling", "Voor wie", "Wat")
CSV_COLUMNS: dict[str, str] = {
    "number": "nummer",
    "time": "tijd_utc",
    "who": "wie",
    "machine": "computer",
    "action": "handeling",
    "state": "stand",
    "of": "hoort_bij",
    "audience": "voor_wie",
    "purpose": "doel",
    "ground": "grond",
    "version": "ipgtools",
    "facts": "wat",
    "hash": "kenmerk",
}


def what(action: str, facts: Mapping[str, Any]) -> str:
    """
    State what an entry is about.

    Examples
    --------
    >>> what("load", {"kind": "incidents", "file": "i.csv", "n_read": 20000, "n_used": 19910})
    'incidenten (i.csv): 20.000 gelezen, 19.910 gebruikt'
    >>> what("export", {"files": ["a.pptx", "b.html"]})
    '2 bestanden'
    >>> what("release", {"reason": "release_few", "area": "WK015301"})
    'WK015301; reden: release_few'
    """
    rest = dict(facts)
    if rest.pop("suffix", None) and "reason" in facts:
        rest = {"suffix": facts["suffix"], **rest}
    text = []
    kind, file = rest.pop("kind", None), rest.pop("file", None)
    if kind is not None:
        named = f" ({file})" if file else ""
        text.append(f"{KINDS.get(kind, str(kind))}{named}{_rows(rest)}")
    elif file is not None:
        text.append(f"{file}{_rows(rest)}")
    if kinds := rest.pop("kinds", None):
        text.append(joined(KINDS.get(one, str(one)) for one in kinds))
    if photo := rest.pop("photo", None):
        text.append(f"foto {photo} van {rest.pop('before', '?')} naar {rest.pop('after', '?')}")
    for name, one, many in _LISTS:
        if values := rest.pop(name, None):
            text.append(f"{plural(len(values), one, many)}")
    if (n := rest.pop("n_rows", None)) is not None:
        text.append(f"tabel {rest.pop('table', '')} van {plural(n, 'rij', 'rijen')}")
    if action == "acknowledge" and (problems := rest.pop("problems", None)):
        text.append(plural(len(problems), "afwijking", "afwijkingen"))
    for name in ("withheld", "files", "tables", "numbers_sha256"):
        rest.pop(name, None)
    if area := rest.pop("area", None):
        text.append(str(area))
    text += [f"{_NAMES.get(name, name)}: {_plain(value)}" for name, value in rest.items()]
    return "; ".join(text)


_LISTS = (
    ("tables", "tabel", "tabellen"),
    ("withheld", "tabel achtergehouden", "tabellen achtergehouden"),
    ("files", "bestand", "bestanden"),
)
_NAMES = {
    "reason": "reden", "suffix": "een bestand", "numbers": "aantallen", "folder": "map",
    "coarser": "grover afgerond", "known": "al te nauwkeurig bekend",
    "differing": "eerdere aantallen die niet meer kloppen",
    "manifest": "kenmerk", "valid_until": "te gebruiken tot en met",
}  # fmt: skip


def _rows(rest: dict[str, Any]) -> str:
    read, used = rest.pop("n_read", None), rest.pop("n_used", None)
    parts = [
        f"{number(n)} {word}"
        for n, word in ((read, "gelezen"), (used, "gebruikt"))
        if n is not None
    ]
    return f": {', '.join(parts)}" if parts else ""


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def why(purpose: str | None, ground: str | None) -> str:
    """
    State why something was done, and by which article.

    Examples
    --------
    >>> why("wijkbriefing", "Wpg 8"), why(None, "Wpg 8"), why(None, None)
    ('doel: wijkbriefing (Wpg 8)', 'grond: Wpg 8', '')
    """
    if not purpose:
        return f"grond: {ground}" if ground else ""
    return f"doel: {purpose}" + (f" ({ground})" if ground else "")


def shown(n: int, total: int, path: str) -> str:
    """
    State how much of the register is shown.

    Examples
    --------
    >>> shown(2, 812, "register.sqlite")
    '2 van de 812 handelingen in het register register.sqlite'
    >>> shown(3, 3, "register.sqlite")
    '3 handelingen in het register register.sqlite'
    """
    if n == total:
        return f"{plural(n, 'handeling', 'handelingen')} in het register {path}"
    return f"{number(n)} van de {number(total)} handelingen in het register {path}"


def whole(n: int) -> str:
    """
    State that the register is as it was written.

    Examples
    --------
    >>> whole(812)
    'Het register klopt: 812 handelingen, niets gewijzigd, weggehaald of tussengevoegd.'
    """
    return (
        f"Het register klopt: {plural(n, 'handeling', 'handelingen')}, niets gewijzigd, weggehaald "
        "of tussengevoegd."
    )


def mark(text: str) -> str:
    """Return the hash of the last entry, and its use."""
    return (
        f"Kenmerk van de laatste handeling: {text}\nSchrijf het buiten deze computer op. Met "
        f"ipgtools audit --verify --known {text} ziet u later of er tot hier iets veranderd is."
    )


def broken(n: int) -> str:
    """
    Head the list of what is wrong.

    Examples
    --------
    >>> broken(1)
    'Het register klopt niet: 1 afwijking.'
    """
    return f"Het register klopt niet: {plural(n, 'afwijking', 'afwijkingen')}."


def noted(n: int) -> str:
    """
    Head the list of what is wrong and was acknowledged.

    Examples
    --------
    >>> noted(2)
    'Het register klopt, op 2 afwijkingen na waar iemand kennis van nam.'
    """
    many = plural(n, "afwijking", "afwijkingen")
    return f"Het register klopt, op {many} na waar iemand kennis van nam."


def more(n: int) -> str:
    """
    State how many are not named.

    Examples
    --------
    >>> more(12)
    'en nog 12 afwijkingen'
    """
    return f"en nog {plural(n, 'afwijking', 'afwijkingen')}"


WHAT_TO_DO = (
    "Er gaat niets naar buiten tot iemand hier kennis van neemt. Bewaar een kopie van het bestand, "
    "meld het aan de privacyfunctionaris, en erken het dan met "
    'ipgtools audit --acknowledge "wat er bekend is en wie het weet".'
)


def problem(kind: str, first: int, last: int, acknowledged: int | None = None) -> str:
    """
    State what is wrong, and at which entry.

    Examples
    --------
    >>> problem("changed", 7, 7)
    'Nummer 7 is gewijzigd nadat het geschreven was.'
    >>> problem("missing", 9, 10, acknowledged=14)
    'De nummers 9 tot en met 10 ontbreken. (erkend in nummer 14)'
    """
    many = first != last
    texts = {
        "changed": f"Nummer {first} is gewijzigd nadat het geschreven was.",
        "missing": (
            f"De nummers {first} tot en met {last} ontbreken."
            if many
            else f"Nummer {first} ontbreekt."
        ),
        "link": (
            f"Nummer {first} en wat erop volgt, sluiten niet op elkaar aan: een van beide is "
            "vervangen."
        ),
        "head": (
            f"Wat het laatste nummer is, is niet meer te zien. Na nummer {first} kan iets "
            "weggehaald of bijgeschreven zijn."
        ),
        "guard": "De regels die wijzigen en weghalen tegenhouden, zijn uit het register gehaald.",
        "numbers": (
            f"De gepubliceerde aantallen zijn gewijzigd na nummer {first}, de laatste vrijgave."
        ),
        "known": (
            "Het opgegeven kenmerk hoort bij geen enkel nummer. Het register is daarna vervangen "
            "of herschreven, of het kenmerk is verkeerd overgenomen."
        ),
    }
    noted = f" (erkend in nummer {acknowledged})" if acknowledged is not None else ""
    return texts[kind] + noted


def acknowledged(entry: int) -> str:
    """State that someone took note of what is wrong."""
    return f"Erkend in nummer {entry}. De afwijkingen blijven te zien met ipgtools audit --verify."


NOTHING_TO_ACKNOWLEDGE = "Het register klopt; er valt niets te erkennen."
NOTHING = "Er staat niets in het register dat hieraan voldoet."


def csv_written(n: int, path: str) -> str:
    """
    State that entries were written to a file.

    Examples
    --------
    >>> csv_written(812, "register.csv")
    '812 handelingen opgeslagen in register.csv'
    """
    return f"{plural(n, 'handeling', 'handelingen')} opgeslagen in {path}"
