"""State what was found in the file itself: its lines, sheets and rows."""

from collections.abc import Collection, Iterable, Mapping

from ipgtools.nl.formats import joined, plural
from ipgtools.nl.messages import Message, message

_SHOWN = 80
"""Signs of a wrong row that are shown."""
TABLE = "tabel"
"""What a table in memory is called, as if it were the name of a file."""


def together(n: int) -> str:
    """
    Note that files were put together.

    Examples
    --------
    >>> together(2)
    '2 bestanden samengevoegd'
    """
    return f"{plural(n, 'bestand', 'bestanden')} samengevoegd"


def numbered() -> str:
    """Note that incident ids were generated."""
    return "Het bestand heeft geen incidentnummers; de rijen zijn genummerd (rij-1, rij-2, ...)"


def fields(n: int, needed: int, text: str = "") -> Message:
    """
    State how many fields a row has, and its content if that may be shown.

    Examples
    --------
    >>> str(fields(2, 5)), str(fields(2, 5, "Totaal;8"))
    ('2 in plaats van 5', '2 in plaats van 5: Totaal;8')
    """
    if text := " ".join(text.split())[:_SHOWN]:
        return message("fields_of", n=n, needed=needed, text=text)
    return message("fields", n=n, needed=needed)


def header_found(line: int) -> str:
    """State that lines above the header were passed over."""
    return f"De kop staat op regel {line}; wat erboven staat is overgeslagen"


def merged_cells(n: int) -> str:
    """State that a cell over several rows counts for each of them."""
    cells = plural(n, "samengevoegde cel telt", "samengevoegde cellen tellen")
    return f"{cells} mee voor elke rij eronder die erbij hoort"


def uncomputed(n: int) -> str:
    """State that formulas have no outcome yet."""
    formulas = plural(n, "formule die nog niet is", "formules die nog niet zijn")
    return (
        f"Let op: het werkblad heeft {formulas} uitgerekend; zulke cellen lezen als leeg of 0. "
        "Open en bewaar het bestand eerst in Excel of LibreOffice"
    )


def other_sheets(taken: str, others: Iterable[str], hidden: Collection[str] = ()) -> str:
    """
    State which sheet or layer was read and which ones weren't.

    Examples
    --------
    >>> other_sheets("Blad1", ["Blad2", "Lijsten"], ["Lijsten"])
    'Gelezen is Blad1; niet gelezen: Blad2 en Lijsten (verborgen)'
    """
    named = (f"{name} (verborgen)" if name in hidden else name for name in others)
    return f"Gelezen is {taken}; niet gelezen: {joined(named)}"


def counted(what: str, n: int) -> str:
    """
    State what was met in the cells of a file.

    Parameters
    ----------
    what : {"hidden_rows", "error_cells", "beside", "times"}
        A key of `io.files.COUNTED`.
    n : int
        How often.

    Examples
    --------
    >>> counted("hidden_rows", 2)[:49]
    'Let op: 2 rijen zijn verborgen, bijvoorbeeld door'
    """
    if what == "hidden_rows":
        rows = plural(n, "rij is", "rijen zijn")
        return (
            f"Let op: {rows} verborgen, bijvoorbeeld door een filter; ze tellen gewoon mee. Horen "
            "ze er niet bij, bewaar dan alleen de zichtbare rijen in een nieuw bestand"
        )
    if what == "error_cells":
        cells = plural(n, "cel geeft", "cellen geven")
        return f"Let op: {cells} een fout zoals #N/B of #DEEL/0!; zulke cellen tellen als leeg"
    if what == "beside":
        return (
            f"Naast {plural(n, 'rij', 'rijen')} staan nog cellen buiten de tabel, bijvoorbeeld "
            "een draaitabel; die zijn niet gelezen"
        )
    times = plural(n, "tijd ligt", "tijden liggen")
    return (
        f"{times} buiten de jaren 1 tot 9999, zoals infinity in een database; die tellen als leeg"
    )


def partly_numbered(n: int) -> str:
    """State that many rows had no number and got one of ours."""
    rows = plural(n, "rij heeft", "rijen hebben")
    return f"{rows} geen incidentnummer; daar is het rijnummer gebruikt (rij-1, rij-2, ...)"


def kept_doubles(n: int) -> str:
    """State that rows with the same number were kept."""
    rows = plural(n, "rij heeft", "rijen hebben")
    return f"{rows} een nummer dat eerder voorkwam; behouden met een volgnummer erachter"


def same_rows(n: int) -> str:
    """State how many rows are the same as an earlier one."""
    rows = plural(n, "rij is", "rijen zijn")
    return (
        f"Let op: {rows} in alles gelijk aan een eerdere rij; zonder nummer tellen ze allemaal "
        'mee. Met duplicates = "reject_all" onder [input] in ipg.toml telt elke rij een keer'
    )


def merged(n_files: int, n_double: int) -> str:
    """State that files were put together."""
    files = plural(n_files, "bestand", "bestanden")
    double = plural(n_double, "incident", "incidenten")
    return f"{files} samengevoegd; {double} in meer dan een bestand geteld als een"


def in_file(source: str, note: str) -> str:
    """State about which of several files a note is."""
    return f"{source}: {note}"


def mended(counts: Mapping[str, int]) -> list[str]:
    """State which rows of a text were repaired, and how."""
    said = {
        "mark": (
            'begint een waarde met een aanhalingsteken dat niet wordt gesloten, zoals in "28 inch; '
            "dat is als teken gelezen"
        ),
        "short": (
            "ontbreken de laatste velden; ze zijn als leeg gelezen, omdat wat er wel staat bij de "
            "andere rijen past"
        ),
    }
    return [f"In {plural(n, 'rij', 'rijen')} {said[what]}" for what, n in counts.items()]


CUT_OFF = (
    "Let op: de laatste rij is niet compleet. Is het bestand helemaal binnengekomen? "
    "Vergelijk het aantal rijen met de bron"
)
