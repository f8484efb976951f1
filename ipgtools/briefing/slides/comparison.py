"""What changed against the period before: by kind, and over one or two years."""

from typing import TYPE_CHECKING, NamedTuple

from ipgtools.briefing import model
from ipgtools.briefing.context import Context, Material, file_of
from ipgtools.briefing.definition import SlideDefinition
from ipgtools.briefing.facts import (
    say_chance,
    say_last_year,
    say_total,
)
from ipgtools.nl import briefing as nl
from ipgtools.nl import kind_names, methods
from ipgtools.nl.slides import comparison as words
from ipgtools.privacy import Counts
from ipgtools.rounded import FINEST, WITHIN, Rounded, whole_or_none

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SLIDE", "TABLE", "Row", "rows", "rows_of", "title"]

TABLE = "vergelijking"
_TREND = "trend"
_SHOWN_KINDS = 4
_MOST_CHANGED = 4
"""Kinds of which the change is drawn."""
_FEWEST_STEPS, _MOST_STEPS = 6, 26
"""Weeks or months that are drawn, at least and at most."""
_DAYS_OF_MONTH = 20


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
    found = rows_of(shown)
    if len(table) > len(shown) and rule.exact:
        names = ("n", "n_before", "n_last_year")
        rest = [_others(shown[one], rule) if one in shown else None for one in names]
        found.append(Row(methods.OTHER, *rest))
    return found


def rows_of(table: "pd.DataFrame") -> list[Row]:
    """Read the rows of a comparison."""
    return [
        Row(
            row.kind,
            whole_or_none(row.n),
            whole_or_none(getattr(row, "n_before", None)),
            whole_or_none(getattr(row, "n_last_year", None)),
            getattr(row, "ci_low", None),
            getattr(row, "ci_high", None),
        )
        for row in table.itertuples()
    ]


def _others(shown: "pd.Series", rule: Counts) -> int | None:
    """Return what is left of the total: withheld where a part is, or where it is too small."""
    if shown.isna().any():
        return None
    left = int(shown.iloc[0] - shown.iloc[1:].sum())
    return None if rule.small(left) else left


def title(context: Context) -> str:
    """Return the largest change that was proven, or else the total."""
    change = context.facts.previous
    if found := context.titles.get(TABLE):
        return found
    if change is None or not change.comparable:
        return words.TITLE
    said = words.title_change(
        change.n, change.n_before, change.when, enough=change.enough,
        exposure=change.exposure, subject=context.facts.subject,
    )  # fmt: skip
    return words.unclear(said) if change.tested and change.enough and not change.sure else said


def _parts(context: Context) -> tuple[model.Part, ...] | None:
    table = context.tables[TABLE]
    if table.empty:
        return None
    said = _sentences(context)
    above = [context.spoken(" ".join(said))] if said else []
    if TABLE not in context.profile.shown.charts:
        return tuple(above) or None
    trend, shown = _trend(context), _by_change(table)
    if trend is None:
        return (*above, _chart(shown or rows_of(table), context))
    return (*above, *([_chart(shown, context)] if shown else []), trend)


def _by_change(table: "pd.DataFrame") -> list[Row]:
    """Choose the kinds that changed most, the largest change first."""
    found = [row for row in rows_of(table) if row.label not in (methods.TOTAL, methods.OTHER)]
    known = [row for row in found if row.n is not None and row.n_before is not None]
    known.sort(key=lambda row: -abs((row.n or 0) - (row.n_before or 0)))
    return (known or found)[:_MOST_CHANGED]


def _sentences(context: Context) -> list[str]:
    """Say the total, and last year where that differs more than by chance."""
    facts, said_already = context.facts, title(context)
    change, year = facts.previous, facts.last_year
    said = [say_total(facts)]
    if change is not None and change.when in said_already:
        said = [" ".join(say_chance(change))]
    elif change is not None and change.tested and not change.sure:
        said = [say_total(facts)]
    if year is not None and year.sure and year.when not in said_already:
        said.append(say_last_year(facts)[0])
    return [one for one in said if one]


def _chart(shown: list[Row], context: Context) -> model.BarChart:
    """Draw each kind now and before, with a mark where the change is proven."""
    proven = {one.kind: one for one in context.highlights if one.subject == "kind" and one.tested}
    categories = tuple(_label(row, row.label in proven) for row in shown)
    now = model.Series(words.SERIES_NOW, tuple(_drawn(row.n) for row in shown))
    ago = model.Series(words.SERIES_BEFORE, tuple(_drawn(row.n_before) for row in shown))
    alt = nl.chart_alt(title(context), categories, [(one.name, one.values) for one in (now, ago)])
    series = (now, ago) if any(one is not None for one in ago.values) else (now,)
    return model.BarChart(categories, series, alt, file_of(TABLE))


def _label(row: Row, proven: bool) -> str:  # noqa: FBT001
    name = kind_names.name(row.label)
    name = f"{name[:1].upper()}{name[1:]}"
    return words.marked(name, rose=(row.n or 0) > (row.n_before or 0)) if proven else name


def _drawn(n: int | None) -> int | None:
    """Return the height of a bar; none for a count of which only a wide interval is known."""
    vague = isinstance(n, Rounded) and (n.below or n.coarse)
    return None if n is None or vague else int(n)


def _trend(context: Context) -> model.LineChart | None:
    """Draw one or two years of weeks or months, this period in its own colour."""
    import pandas as pd

    table = context.tables.get(_TREND)
    if table is None or len(table[table["complete"]]) < _FEWEST_STEPS:
        return None
    table = table[table["complete"]].tail(_MOST_STEPS)
    within = (table["start"] >= pd.Timestamp(context.first_day)).to_numpy()
    if within.all() or not within.any():
        return None
    shown = table["n"]
    if (reach := f"n{WITHIN}") in table:
        shown = shown.mask((table[reach] > FINEST).fillna(value=False))
    counts = [whole_or_none(n) for n in shown]
    monthly = (table["end"] - table["start"]).dt.days.median() > _DAYS_OF_MONTH
    labels = tuple(words.step(day, monthly=monthly) for day in table["start"])
    series = tuple(
        model.Series(
            name,
            tuple(
                float(n) if inside == chosen and n is not None else None
                for n, inside in zip(counts, within, strict=True)
            ),
        )
        for name, chosen in ((words.SERIES_NOW, True), (words.earlier(monthly=monthly), False))
    )
    alt = words.trend_alt(context.facts.subject, labels[0], labels[-1], monthly=monthly)
    return model.LineChart(labels, series, alt, file_of(_TREND))


SLIDE = SlideDefinition(
    key="vergelijking",
    order=40,
    title=title,
    notes=words.NOTES,
    parts=_parts,
    needs=Material(tables=(TABLE,)),
    uses=Material(tables=(_TREND,), facts=("previous", "last_year")),
    missing=words.MISSING,
)
