"""The period against the one before and a year ago: the numbers, in all and by kind."""

from typing import Any

from ipgtools.briefing import model
from ipgtools.briefing.context import Context, Material, file_of
from ipgtools.briefing.definition import SlideDefinition
from ipgtools.briefing.facts import MIN_TO_COMPARE, say_band, say_last_year, say_total
from ipgtools.briefing.slides.comparison import TABLE, Row, rows
from ipgtools.nl import briefing as nl
from ipgtools.nl import formats
from ipgtools.nl import rounded as rounded_words
from ipgtools.nl.slides import comparison_table as words
from ipgtools.rounded import is_rounded

__all__ = ["SLIDE"]

_ALIGNED: tuple[model.Align, ...] = ("left", "right", "right", "right", "right", "right")
_OF_ROUNDED = (0, 1, 2, 5)
"""Columns that can be told of rounded counts: no difference and no interval."""


def _is_rounded(shown: list[Row]) -> bool:
    return is_rounded(*(n for row in shown for n in (row.n, row.n_before, row.n_last_year)))


def _notes(context: Context) -> str:
    shown = rows(context.tables[TABLE], context.profile.incidents)
    return words.NOTES_OF_ROUNDED if _is_rounded(shown) else words.NOTES


def _parts(context: Context) -> tuple[model.Part, ...] | None:
    shown = rows(context.tables[TABLE], context.profile.incidents)
    if not shown:
        return None
    facts = context.facts
    said = [one for one in (say_total(facts), say_last_year(facts)[0], say_band(facts)) if one]
    above = [context.spoken(" ".join(said), small=True)] if said else []
    return (*above, _table(shown))


def _table(shown: list[Row]) -> model.Table:
    rounded = _is_rounded(shown)
    unknown = any(None in (row.n, row.n_before, row.n_last_year) for row in shown)
    columns: Any = _OF_ROUNDED if rounded else range(len(words.COLUMNS))
    return model.Table(
        tuple(words.COLUMNS[at] for at in columns),
        tuple(tuple(_cells(row)[at] for at in columns) for row in shown),
        widths=(2.4, 2.0, 2.0, 2.0) if rounded else (3.0, 1.0, 1.3, 1.5, 2.4, 1.4),
        align=_ALIGNED[: len(columns)],
        note=rounded_words.ROUNDED if rounded else nl.NOT_SHOWN_NOTE if unknown else "",
        table=file_of(TABLE),
    )


def _cells(row: Row) -> tuple[str, ...]:
    counts = [
        nl.NOT_SHOWN if n is None else formats.number(n)
        for n in (row.n, row.n_before, row.n_last_year)
    ]
    difference = interval = nl.NOT_SHOWN
    if row.n is not None and row.n_before is not None:
        difference = formats.signed(row.n - row.n_before)
        if row.n + row.n_before >= MIN_TO_COMPARE:
            interval = words.interval_of_change(row.ratio_low, row.ratio_high)
    return (row.label, counts[0], counts[1], difference, interval, counts[2])


SLIDE = SlideDefinition(
    key="vergelijking_tabel",
    order=210,
    title=words.TITLE,
    notes=_notes,
    parts=_parts,
    hidden=True,
    needs=Material(tables=(TABLE,)),
    uses=Material(facts=("previous", "last_year", "band")),
)
