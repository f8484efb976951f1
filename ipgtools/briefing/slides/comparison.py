"""The period against the one before and a year ago: in all, and by kind."""

from typing import TYPE_CHECKING, Any, NamedTuple

from ipgtools.briefing import model
from ipgtools.briefing.context import Context, Material, file_of
from ipgtools.briefing.definition import SlideDefinition
from ipgtools.briefing.facts import (
    MIN_TO_COMPARE,
    say_band,
    say_chance,
    say_last_year,
    say_total,
)
from ipgtools.nl import briefing as nl
from ipgtools.nl import formats, methods
from ipgtools.nl import rounded as rounded_words
from ipgtools.nl.slides import comparison as words
from ipgtools.privacy import Counts
from ipgtools.rounded import Rounded, is_rounded, whole_or_none

if TYPE_CHECKING:
    import pandas as pd

_TABLE = "vergelijking"
_SHOWN_KINDS = 4
_ALIGNED: tuple[model.Align, ...] = ("left", "right", "right", "right", "right", "right")
_OF_ROUNDED = (0, 1, 2, 5)
"""Columns that can be told of rounded counts: no difference and no interval."""


class Row(NamedTuple):
    """A kind in this period and earlier ones; None where a count is hidden or not known."""

    label: str
    n: int | None
    n_before: int | None = None
    n_last_year: int | None = None
    ratio_low: float | None = None
    ratio_high: float | None = None


def rows(table: "pd.DataFrame", rule: Counts) -> list[Row]:
    """Choose the rows of a slide: the total, the four most frequent kinds, all others together."""
    shown = table.iloc[: 1 + _SHOWN_KINDS]
    found = [
        Row(
            row.kind,
            whole_or_none(row.n),
            whole_or_none(getattr(row, "n_before", None)),
            whole_or_none(getattr(row, "n_last_year", None)),
            getattr(row, "ci_low", None),
            getattr(row, "ci_high", None),
        )
        for row in shown.itertuples()
    ]
    if len(table) > len(shown) and rule.exact:
        names = ("n", "n_before", "n_last_year")
        rest = [_others(shown[one], rule) if one in shown else None for one in names]
        found.append(Row(methods.OTHER, *rest))
    return found


def _others(shown: "pd.Series", rule: Counts) -> int | None:
    """Return what is left of the total: withheld where a part is, or where it is too small."""
    if shown.isna().any():
        return None
    left = int(shown.iloc[0] - shown.iloc[1:].sum())
    return None if rule.small(left) else left


def _is_rounded(shown: list[Row]) -> bool:
    return is_rounded(*(n for row in shown for n in (row.n, row.n_before, row.n_last_year)))


def _title(context: Context) -> str:
    change = context.facts.previous
    if found := context.titles.get(_TABLE):
        return found
    if change is None or not change.comparable:
        return words.TITLE
    return words.title_change(
        change.n, change.n_before, change.when, enough=change.enough,
        exposure=change.exposure, subject=context.facts.subject,
    )  # fmt: skip


def _notes(context: Context) -> str:
    shown = rows(context.tables[_TABLE], context.profile.incidents)
    return words.NOTES_OF_ROUNDED if _is_rounded(shown) else words.NOTES


def _parts(context: Context) -> tuple[model.Part, ...] | None:
    shown = rows(context.tables[_TABLE], context.profile.incidents)
    if not shown:
        return None
    said = _sentences(context)
    above = [context.spoken(" ".join(said))] if said else []
    charts = [_chart(shown, _title(context))] if _TABLE in context.profile.shown.charts else []
    return (*above, *charts, _table(shown))


def _sentences(context: Context) -> list[str]:
    """Say the total and last year; what is in the title already only with its chance."""
    facts, title = context.facts, _title(context)
    said = [say_total(facts), say_last_year(facts)[0]]
    for at, change in enumerate((facts.previous, facts.last_year)):
        if change is not None and change.when in title:
            said[at] = " ".join(say_chance(change))
    return [one for one in (*said, say_band(facts)) if one]


def _chart(shown: list[Row], title: str) -> model.BarChart:
    categories = tuple(row.label for row in shown)
    now = model.Series(words.SERIES_NOW, tuple(_drawn(row.n) for row in shown))
    ago = model.Series(words.SERIES_BEFORE, tuple(_drawn(row.n_before) for row in shown))
    alt = nl.chart_alt(title, categories, [(one.name, one.values) for one in (now, ago)])
    series = (now, ago) if any(one is not None for one in ago.values) else (now,)
    return model.BarChart(categories, series, alt, file_of(_TABLE))


def _drawn(n: int | None) -> int | None:
    """Return the height of a bar; none for a count of which only a wide interval is known."""
    vague = isinstance(n, Rounded) and (n.below or n.coarse)
    return None if n is None or vague else int(n)


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
        table=file_of(_TABLE),
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
    key="vergelijking",
    order=40,
    title=_title,
    notes=_notes,
    parts=_parts,
    needs=Material(tables=(_TABLE,)),
    uses=Material(facts=("previous", "last_year", "band")),
    missing=words.MISSING,
)
