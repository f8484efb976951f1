"""The open actions of a schouw that matter most: overdue, in a place that stands out, old."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ipgtools.briefing import model
from ipgtools.briefing.context import Context, file_of, filled, text_of
from ipgtools.briefing.definition import SlideDefinition
from ipgtools.briefing.slides import schouw
from ipgtools.briefing.slides.places import FOUND
from ipgtools.nl import formats
from ipgtools.nl.slides import schouw as schouw_words
from ipgtools.nl.slides import schouw_first as words
from ipgtools.schouw import CATEGORIES

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SLIDE", "first_actions"]

_TABLE = "acties"
_FINDINGS = "bevindingen"
_MOST = 8


def first_actions(context: Context) -> "pd.DataFrame":
    """Rank the open actions, those of one finding together: number, place, what, who."""
    import pandas as pd

    actions = context.tables[_TABLE]
    inside = _in_places(context)
    by_finding = actions.assign(
        inside=actions["finding_id"].isin(inside) if "finding_id" in actions else False,
        overdue=actions["overdue"].fillna(value=False) if "overdue" in actions else False,
        age_days=actions["age_days"].fillna(0) if "age_days" in actions else 0,
        group=actions.get("finding_id", actions.index),
    )
    rows = [
        {
            "number": text_of(one, "number"),
            "place": text_of(one, "location_text"),
            "what": _what(one, actions),
            "who": formats.joined(dict.fromkeys(group["actor"].dropna().astype(str))),
            "overdue": bool(group["overdue"].any()),
            "inside": bool(one.inside),
            "age": float(group["age_days"].max()),
        }
        for _, group in by_finding.groupby("group", sort=False)
        for one in group.head(1).itertuples()
    ]
    ranked = pd.DataFrame(
        rows, columns=["number", "place", "what", "who", "overdue", "inside", "age"]
    )
    order = ["overdue", "inside", "age"]
    return ranked.sort_values(order, ascending=False, kind="stable", ignore_index=True)


def _in_places(context: Context) -> set[str]:
    """List the findings in a place that stands out."""
    found, findings = context.tables.get(FOUND), context.tables.get(_FINDINGS)
    if found is None or findings is None or found.empty or "finding_id" not in findings:
        return set()
    if getattr(found, "geometry", None) is None or getattr(findings, "geometry", None) is None:
        return set()
    there = findings.geometry.intersects(found.geometry.union_all())
    return set(findings.loc[there, "finding_id"])


def _what(row: Any, actions: "pd.DataFrame") -> str:
    """Say what was seen and what is to be done; the kind, where that is withheld."""
    seen = text_of(row, "description") if "description" in actions else ""
    kind = CATEGORIES.get(text_of(row, "category"), ("",))[0] if not seen else ""
    return words.what(seen or kind, text_of(row, "task"))


def _parts(context: Context) -> tuple[model.Part, ...] | None:
    actions = first_actions(context)
    if actions.empty:
        return None
    rows = [
        (one.place, words.marked(one.what, overdue=one.overdue), one.who)
        for one in actions.itertuples()
    ]
    shown = filled(rows)
    table = model.Table(
        tuple(words.COLUMNS[at] for at in shown),
        tuple(tuple(row[at] for at in shown) for row in rows),
        widths=tuple((3.0, 4.8, 2.0)[at] for at in shown),
        table=file_of(_TABLE),
        most=_MOST,
        lines=2,
    )
    return (table,)


def _title(context: Context) -> str:
    found = schouw.state(context)
    said = schouw_words.title_schouw(found.n_open, found.n_actions, found.by_actor)
    return words.dated(said, found.day) if _is_old(context) else said


def _is_old(context: Context) -> bool:
    """Tell whether a schouw is from before the year that ends with the period."""
    import pandas as pd

    actions = context.tables[_TABLE]
    if "schouw_date" not in actions or actions["schouw_date"].isna().all():
        return False
    last = pd.to_datetime(actions["schouw_date"]).max()
    return bool(last < pd.Timestamp(context.last_day) - pd.DateOffset(years=1))


SLIDE = SlideDefinition(
    key="schouw_eerst",
    order=80,
    title=_title,
    notes=words.NOTES,
    parts=_parts,
    needs=replace(schouw.NEEDS, tables=(*schouw.NEEDS.tables, _TABLE)),
)
