"""Choose the messages on what reading did with a file: those that depend on more than one fact."""

from collections.abc import Collection, Iterable, Mapping

from ipgtools.nl.formats import number, plural
from ipgtools.nl.messages import Message, message, section

__all__ = [
    "REASONS", "TABLE", "clock_changes", "fields", "house_numbers", "lacking", "mapping", "mended",
    "not_kept", "on_birth", "on_places", "other_sheets", "personal_values", "put_areas_together",
    "taken_crs", "totals",
]  # fmt: skip

REASONS = section("rejected")
"""Why rows of the readers in `io` are rejected, by code."""
TABLE = "tabel"
"""What a table in memory is called, as if it were the name of a file."""
_SHOWN = 80
"""Signs of a wrong row that are shown."""


def totals(source: str, n_read: int, n_used: int, n_rejected: int) -> str:
    """
    State how many rows were used.

    Examples
    --------
    >>> totals("a.csv", 1200, 1199, 1)
    'a.csv: 1.200 rijen gelezen, 1.199 gebruikt, 1 afgekeurd'
    """
    return (
        f"{source}: {plural(n_read, 'rij', 'rijen')} gelezen, "
        f"{number(n_used)} gebruikt, {number(n_rejected)} afgekeurd"
    )


def mapping(columns: Mapping[str, str]) -> Message:
    """
    State which column was taken for what.

    Examples
    --------
    >>> str(mapping({"incident_id": "nummer", "x": "X"}))
    'Kolommen: nummer → incident_id, X → x'
    """
    return message("mapping", columns=[(theirs, ours) for ours, theirs in columns.items()])


def not_kept(absent: Collection[str], personal: Collection[str]) -> list[Message]:
    """State which of the columns to keep aren't kept."""
    absent, personal = list(absent), list(personal)
    notes = [message("keep_absent", columns=absent)] if absent else []
    return notes + ([message("keep_personal", columns=personal)] if personal else [])


def house_numbers(column: str, n: int, *, kept: bool) -> Message:
    """State that a street column contained house numbers."""
    if kept:
        return message("house_numbers_kept", column=column, n=n)
    return message("house_numbers_left", column=column, n=n)


def personal_values(column: str, kinds: Mapping[str, int]) -> Message:
    """
    Warn that a column seems to hold personal values, without showing any.

    Examples
    --------
    >>> str(personal_values("ref", {"bsn": 2}))
    'Let op: kolom ref lijkt persoonsgegevens te bevatten (BSN: 2). Laat de kolom weg.'
    """
    counted = [message(f"values_{kind}", n=n) for kind, n in kinds.items()]
    return message("personal_values", column=column, kinds=counted)


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


def mended(counts: Mapping[str, int]) -> list[Message]:
    """State which rows of a text were repaired, and how: by "mark" or "short"."""
    return [message(f"mended_{what}", n=n) for what, n in counts.items()]


def other_sheets(taken: str, others: Iterable[str], hidden: Collection[str] = ()) -> Message:
    """
    State which sheet or layer was read and which ones weren't.

    Examples
    --------
    >>> str(other_sheets("Blad1", ["Blad2", "Lijsten"], ["Lijsten"]))
    'Gelezen is Blad1; niet gelezen: Blad2 en Lijsten (verborgen)'
    """
    named = [message("hidden_sheet", name=one) if one in hidden else one for one in others]
    return message("other_sheets", taken=taken, others=named)


def taken_crs(crs: str, why: str) -> Message:
    """State which CRS the coordinates were taken to be in, and why."""
    return message("taken_crs", crs=crs, why=message(f"crs_{why}"))


def on_places(decision: Mapping[str, str]) -> list[Message]:
    """
    State what was decided about coordinates.

    Examples
    --------
    >>> str(on_places({"crs": "EPSG:28992", "crs_why": "header", "unit": "decimetre"})[1])
    'De coördinaten staan in decimeter en zijn omgerekend naar meters'
    """
    notes = [taken_crs(decision["crs"], decision["crs_why"])]
    if "unit" in decision:
        notes.append(message(f"unit_{decision['unit']}"))
    if "thousands" in decision:
        by_comma = decision["thousands"] == ","
        notes.append(message("thousands_commas") if by_comma else message("thousands_dots"))
    if "swapped" in decision:
        notes.append(message("swapped", how=decision["swapped"]))
    if "abroad" in decision:
        notes.append(message("abroad", n=int(decision["abroad"])))
    return notes


def put_areas_together(
    level: str, n_pieces: int, n_smaller: int, n_areas: int, n_unknown: int
) -> list[Message]:
    """
    State that rows with one code were made into one area.

    Examples
    --------
    >>> print(*put_areas_together("wijk", 0, 7, 2, 1))
    2 wijken zijn samengesteld uit 7 kleinere gebieden; inwoners en huishoudens zijn opgeteld, \
maar van 1 kleiner gebied is het aantal inwoners niet bekend
    """
    if n_pieces:
        return [message("areas_of_parts", n_pieces=n_pieces, n_areas=n_areas)]
    if not n_smaller:
        return []
    name = message(f"level_{level if level in {'wijk', 'gemeente'} else 'gebied'}", n=n_areas)
    if not n_unknown:
        return [message("areas_of_smaller", n_areas=n_areas, level=name, n_smaller=n_smaller)]
    return [
        message(
            "areas_of_smaller_unknown",
            n_areas=n_areas, level=name, n_smaller=n_smaller, n_unknown=n_unknown,
        )
    ]  # fmt: skip


def clock_changes(n_never: int, n_twice: int, n_widened: int) -> Message:
    """
    State how many incidents lie in a night in which the clock was changed.

    Examples
    --------
    >>> print(clock_changes(1, 2, 1))
    De klok ging een uur vooruit of terug: bij 1 incident staat een tijd die niet bestaat en bij \
2 incidenten een tijd die twee keer voorkomt; zulke tijden blijven zoals ze in het bestand staan. \
Bij 1 incident lag het einde daardoor voor het begin; daar geldt het hele dubbele uur
    """
    if not n_twice:
        note = message("clock_never", n_never=n_never)
    elif not n_never:
        note = message("clock_twice", n_twice=n_twice)
    else:
        note = message("clock_both", n_never=n_never, n_twice=n_twice)
    return message("clock_widened", note=note, n=n_widened) if n_widened else note


def on_birth(
    *, unreadable: int, partial: int, short: int, wrong: int, several: int
) -> list[Message]:
    """
    State what was decided on dates of birth.

    Examples
    --------
    >>> print(on_birth(unreadable=0, partial=2, short=0, wrong=1, several=0)[1])
    Let op: bij 1 rij ligt de geboortedatum na het feit of meer dan 110 jaar ervoor; daar is \
geen leeftijd
    """
    counts = {
        "partial": partial, "short": short, "unreadable": unreadable, "wrong": wrong,
        "several": several,
    }  # fmt: skip
    return [message(f"birth_{what}", n=n) for what, n in counts.items() if n]


def lacking(names: Collection[str]) -> list[Message]:
    """State what cannot be computed of offences without a column."""
    listed = ("sent_to_om", "committed_on", "pv_id")
    return [message(f"lacking_{name}") for name in listed if name in names]
