"""State what the columns of a file were taken for, and which stay unread."""

from collections.abc import Iterable, Mapping

from ipgtools.nl.formats import joined, number, plural


def mapping(columns: dict[str, str]) -> str:
    """State which column was taken for what."""
    pairs = [f"{theirs} → {ours}" for ours, theirs in columns.items()]
    return f"Kolommen: {', '.join(pairs)}"


def dropped(columns: Iterable[str]) -> str:
    """State which columns were not read because they are about persons."""
    return f"Niet overgenomen (persoonsgegevens of vrije tekst): {joined(columns)}"


def not_kept(absent: Iterable[str], personal: Iterable[str]) -> list[str]:
    """
    State which of the columns to keep aren't kept.

    Examples
    --------
    >>> not_kept(["memo"], [])
    ['Let op: keep noemt memo, maar die kolom staat niet in het bestand']
    """
    notes = []
    if absent := list(absent):
        verb = "die kolom staat" if len(absent) == 1 else "die kolommen staan"
        notes.append(f"Let op: keep noemt {joined(absent)}, maar {verb} niet in het bestand")
    if personal := list(personal):
        notes.append(
            f"Let op: keep noemt {joined(personal)}; kolommen over personen worden nooit gelezen"
        )
    return notes


def free_text(columns: Iterable[str]) -> str:
    """State which columns look like free text, and were left out for it."""
    return f"Niet overgenomen (lijkt vrije tekst): {joined(columns)}"


def street_by_values(column: str) -> str:
    """State that a column was recognised as streets by its values."""
    return f"De kolom {column} is gelezen als straat, want er staan straten met huisnummers in"


def addresses(columns: Iterable[str]) -> str:
    """State which columns hold addresses, and were left out for it."""
    return f"Niet overgenomen (straten met huisnummers): {joined(columns)}"


def house_numbers(column: str, n: int, *, kept: bool) -> str:
    """
    State that a street column contained house numbers.

    Examples
    --------
    >>> house_numbers("Straat", 1, kept=True)
    'In de kolom Straat staan huisnummers (1 rij); ze staan nu apart in house_number'
    """
    rows = plural(n, "rij", "rijen")
    if kept:
        return f"In de kolom {column} staan huisnummers ({rows}); ze staan nu apart in house_number"
    return (
        f"In de kolom {column} staan huisnummers ({rows}); alleen de straat is overgenomen. Met "
        f"{column} onder keep blijven ze bewaard, voor gebruik binnen de politie"
    )


def number_by_values(column: str) -> str:
    """State that a column was recognised as incident ids by its values."""
    return (
        f"De kolom {column} is gelezen als incidentnummer, want geen waarde komt bij twee "
        "verschillende rijen voor"
    )


def row_count() -> str:
    """State that a column called id only counts the rows."""
    return "De kolom id telt alleen de rijen en is niet gelezen als incidentnummer"


def renamed(columns: Mapping[str, str]) -> str:
    """
    State which columns go along under another name.

    Examples
    --------
    >>> renamed({"source": "source_file"})
    'Kolommen van het bestand die hier anders heten: source → source_file'
    """
    pairs = ", ".join(f"{theirs} → {ours}" for theirs, ours in columns.items())
    return f"Kolommen van het bestand die hier anders heten: {pairs}"


KINDS_OF_VALUES = {
    "bsn": "BSN",
    "email": "e-mailadres",
    "phone": "telefoonnummer",
    "iban": "rekeningnummer",
    "plate": "kenteken",
}


def personal_values(column: str, kinds: dict[str, int]) -> str:
    """
    Warn that a column seems to hold personal values, without showing any.

    Examples
    --------
    >>> personal_values("ref", {"bsn": 2})
    'Let op: kolom ref lijkt persoonsgegevens te bevatten (BSN: 2). Laat de kolom weg.'
    """
    listed = joined(f"{KINDS_OF_VALUES[kind]}: {number(n)}" for kind, n in kinds.items())
    return (
        f"Let op: kolom {column} lijkt persoonsgegevens te bevatten ({listed}). Laat de kolom weg."
    )


def garbled(column: str) -> str:
    """State that letters of a column went wrong on their way."""
    return (
        f"Let op: in de kolom {column} zijn letters verkeerd omgezet, zoals Ã© waar é hoort te "
        "staan. Ze zijn niet veranderd. Maak de export opnieuw, als UTF-8 of als Excel-bestand"
    )


def code_and_name(column: str) -> str:
    """
    State that one column contained code and name.

    Examples
    --------
    >>> code_and_name("MK")
    'In de kolom MK staan code en omschrijving bij elkaar; ze zijn gesplitst'
    """
    return f"In de kolom {column} staan code en omschrijving bij elkaar; ze zijn gesplitst"
