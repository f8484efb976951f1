"""State in Dutch what a file is taken for, why, and how to choose otherwise."""

from collections.abc import Iterable

from ipgtools.nl.formats import joined, plural

__all__ = [
    "BECAUSE", "KINDS", "WORDS", "also", "columns", "exports", "failed", "folder", "not_done",
    "page_written", "rejected_written", "taken", "with_settings",
]  # fmt: skip

KINDS = {
    "incidenten": "incidents",
    "gebieden": "areas",
    "straten": "streets",
    "adressen": "addresses",
    "schouw": "schouw",
    "antecedenten": "offences",
    "fotos": "photos",
}
"""Values of --soort, and what ipgtools calls them."""

WORDS = {
    "incidents": "incidenten",
    "areas": "gebieden",
    "streets": "straten",
    "addresses": "adressen",
    "schouw": "een schouwverslag",
    "offences": "antecedenten",
    "photos": "foto's van bewoners",
}
BECAUSE = {
    "document": "het is een document of scan",
    "scan": "het is een staande, grotendeels witte pagina",
    "picture": "het is een foto",
    "mail": "het is een e-mail",
    "export": "het is een export van meldingen (Signalen of Open311)",
    "text": "het is lopende tekst, zoals een herkend verslag",
    "Polygon": "er staan vlakken in",
    "Line": "er staan lijnen in",
    "Point": "er staan punten in",
    "photo_folder": "in de map staan alleen e-mails en foto's",
    "given": "zo opgegeven met --soort",
}


def columns(names: Iterable[str]) -> str:
    """
    State by which columns a file was recognised.

    Examples
    --------
    >>> columns(["X", "Y", "Begindatum"])
    'de kolommen X, Y en Begindatum horen daarbij'
    """
    listed = list(dict.fromkeys(names))
    if len(listed) == 1:
        return f"de kolom {listed[0]} hoort daarbij"
    return f"de kolommen {joined(listed)} horen daarbij"


def exports(n: int, kind: str = "incidents") -> str:
    """
    State that the files of a folder were put together.

    Examples
    --------
    >>> exports(2, "offences")
    'in de map staan 2 exports van antecedenten, samen een geheel'
    """
    return f"in de map staan {plural(n, 'export', 'exports')} van {WORDS[kind]}, samen een geheel"


def taken(kind: str, why: str) -> str:
    """
    State what a file was taken for.

    Examples
    --------
    >>> taken("areas", BECAUSE["Polygon"])
    'Gelezen als gebieden, want er staan vlakken in'
    """
    return f"Gelezen als {WORDS[kind]}, want {why}"


def also(kinds: Iterable[str]) -> str:
    """
    State what else a file could be, and how to choose.

    Examples
    --------
    >>> also(["schouw"])
    'Het kan ook een schouwverslag zijn; kies dan --soort schouw'
    """
    options = {theirs: ours for ours, theirs in KINDS.items()}
    listed = list(kinds)
    words = joined((WORDS[kind] for kind in listed), "of")
    choices = joined((f"--soort {options[kind]}" for kind in listed), "of")
    return f"Het kan ook {words} zijn; kies dan {choices}"


def with_settings(path: str) -> str:
    """State that settings were found and used."""
    return f"Gelezen met de instellingen uit {path}"


def folder(name: str, n: int) -> str:
    """
    State that a folder holds several kinds of files.

    Examples
    --------
    >>> folder("uitvoer", 3)
    'uitvoer: map met verschillende soorten; elk van de 3 bestanden apart bekeken'
    """
    return f"{name}: map met verschillende soorten; elk van de {n} bestanden apart bekeken"


def failed(name: str, text: str) -> str:
    """State which of several files can't be used."""
    return f"{name}: niet bruikbaar. {text}"


def not_done(n: int, of: int) -> str:
    """
    State how many files can't be used.

    Examples
    --------
    >>> not_done(1, 3)
    '1 van de 3 bestanden is niet bruikbaar.'
    """
    return f"{n} van de {of} bestanden {'is' if n == 1 else 'zijn'} niet bruikbaar."


def page_written(path: str) -> str:
    """State where the page is."""
    return f"Leesverslag opgeslagen in {path}"


def rejected_written(n: int, path: str) -> str:
    """State where the rejected rows are, and what of them."""
    rows = plural(n, "afgekeurde rij", "afgekeurde rijen")
    return (
        f"{rows} opgeslagen in {path}: rijnummer, reden en wat er in de rij stond, zonder kolommen "
        "over personen, huisnummers en vrije tekst"
    )
