"""
Hold the fixed Dutch texts of a briefing: titles, headings, speaker notes and lines.

The sentences that are made from numbers are in `ipgtools.nl.sentences`.
"""

from collections.abc import Sequence

from ipgtools.nl.formats import joined, number, plural

__all__ = [
    "APPENDIX", "CONTENTS", "FIGURES_FROM", "HOW_TO_READ", "INTERACTIVE", "LARGE_MAP",
    "MAP_IN_PAGE", "NOT_SHOWN", "NOT_SHOWN_NOTE", "NO_HEADING", "NO_ROWS", "NUMBERS", "REGISTERED",
    "SAMPLE_LINE", "SAMPLE_MARK", "SECRECY", "SHORTENED", "SOURCE", "TABLE", "TO_CONTENTS",
    "chart_alt", "footer", "more", "page", "say", "seconds_of_all", "table_alt", "tables",
]  # fmt: skip

SAMPLE_MARK = "Voorbeeldgegevens"
SAMPLE_LINE = "Voorbeeldgegevens: alle incidenten, personen en meldingen zijn verzonnen."
REGISTERED = (
    "Dit zijn geregistreerde incidenten, niet alle criminaliteit: wat niet gemeld of niet gezien "
    "is, ontbreekt."
)
SECRECY = (
    "Politiegegevens in deze briefing vallen onder de geheimhoudingsplicht (art. 7 Wpg). "
    "Niet verder verspreiden."
)
CONTENTS = "Inhoud"
HOW_TO_READ = "Zo leest u deze dia"
FIGURES_FROM = "Cijfers"
SOURCE = "Bron"
INTERACTIVE = "Open de interactieve kaart"
LARGE_MAP = "Open de kaart op een heel scherm"
MAP_IN_PAGE = "Interactieve kaart"
NUMBERS = "Cijfers bij dit beeld"
TABLE = "Tabel"
APPENDIX = "Naslag"
NO_HEADING = "–"
TO_CONTENTS = "Naar de inhoud"
NO_ROWS = "Geen gegevens."
NOT_SHOWN = "–"
NOT_SHOWN_NOTE = "–: niet bekend, of niet getoond omdat het aantal klein is."
SHORTENED = "Op deze dia ingekort; de volledige tekst:"


def more(n: int, *, table: str | None) -> str:
    """
    State that rows are not on the slide, and where they are.

    Examples
    --------
    >>> more(5, table="tabellen/plekken.csv")
    '(en nog 5, zie tabellen/plekken.csv)'
    """
    return f"(en nog {number(n)}, zie {table})" if table else f"(en nog {number(n)})"


def tables(names: Sequence[str]) -> str:
    """
    State which result tables the numbers on a slide were read from.

    Examples
    --------
    >>> tables(["tabellen/a.csv", "tabellen/b.csv"])
    'Cijfers: tabellen/a.csv en tabellen/b.csv'
    """
    return f"{FIGURES_FROM}: {joined(names)}"


def say(said: str, seconds: int) -> str:
    """
    State what to say with a slide, and how long that takes.

    Examples
    --------
    >>> say("Autokraak steeg van 9 naar 66.", 5)
    'Zeg (5 seconden): Autokraak steeg van 9 naar 66.'
    """
    return f"Zeg ({plural(seconds, 'seconde', 'seconden')}): {said}"


def seconds_of_all(seconds: int) -> str:
    """
    State how long it takes to say all that is shown.

    Examples
    --------
    >>> seconds_of_all(200)
    "Alle getoonde dia's samen: 3 minuten en 20 seconden voorlezen."
    """
    minutes, left = divmod(seconds, 60)
    parts = [plural(minutes, "minuut", "minuten")] if minutes else []
    parts += [plural(left, "seconde", "seconden")] if left or not minutes else []
    return f"Alle getoonde dia's samen: {joined(parts)} voorlezen."


def page(number_: int, of: int) -> str:
    """
    Number the parts of a slide that runs on.

    Examples
    --------
    >>> page(2, 3)
    '(2 van 3)'
    """
    return f"({number_} van {of})"


def chart_alt(
    what: str, categories: Sequence[str], series: Sequence[tuple[str, Sequence[float | None]]]
) -> str:
    """
    Describe a chart to those who can't see it: what it is and its numbers.

    Examples
    --------
    >>> chart_alt("Open acties", ["Politie"], [("open", [3])])
    'Staafgrafiek. Open acties. Politie: open 3.'
    """
    rows = []
    for position, category in enumerate(categories[:12]):
        values = ", ".join(
            f"{name} {'onbekend' if values[position] is None else number(values[position] or 0)}"
            for name, values in series
        )
        rows.append(f"{category}: {values}")
    rest = f" En nog {len(categories) - 12}." if len(categories) > 12 else ""
    return f"Staafgrafiek. {what}. {'; '.join(rows)}.{rest}" if rows else f"Staafgrafiek. {what}."


def table_alt(title: str, n_rows: int, columns: Sequence[str]) -> str:
    """Describe a table to those who can't see it."""
    named = joined([column for column in columns if column])
    return f"Tabel: {title}. {plural(n_rows, 'rij', 'rijen')}; kolommen {named}."


def footer(label: str, period_text: str, source: str) -> str:
    """
    Write the line under every slide.

    Examples
    --------
    >>> footer("Openbaar", "1 t/m 7 mei 2025", "politie")
    'Openbaar  |  1 t/m 7 mei 2025  |  Bron: politie'
    """
    parts = [label, period_text, f"{SOURCE}: {source}" if source else ""]
    return "  |  ".join(part for part in parts if part)
