"""Streets where it happens again, and incidents near each other soon after one another."""

from typing import TYPE_CHECKING

from ipgtools.briefing import model
from ipgtools.briefing.context import Context, Material, file_of, filled
from ipgtools.briefing.definition import SlideDefinition
from ipgtools.briefing.facts import MIN_FOR_REPEATS, say_near, say_repeats
from ipgtools.nl import formats, place_names
from ipgtools.nl.slides import repeats as words
from ipgtools.rounded import is_rounded, whole

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SLIDE", "sentences_elsewhere"]

_TABLE = "plekken"
_MOST_PLACES = 6


def sentences_elsewhere(context: Context) -> list[str]:
    """Return what is said of repeats, where that is too little for a slide of its own."""
    said, streets = _sentences(context), _streets(context)
    lonely = len(said) == 1 and (streets is None or streets.empty)
    return said if lonely and "uur_weekdag" in context.pictures else []


def _sentences(context: Context) -> list[str]:
    facts = context.facts
    still = facts.near.still_open if facts.near is not None and facts.near.shown else ""
    said = [say_repeats(facts), say_near(facts), (still, bool(still))]
    found = [one for one, is_finding in said if is_finding]
    return found or [one for one, _ in said if one]


def _streets(context: Context) -> "pd.DataFrame | None":
    """Take the places together by street: a slide names streets, not addresses."""
    import pandas as pd

    table = context.tables.get(_TABLE)
    if table is None or "street_name" not in table:
        return None
    table = table.assign(street_name=table["street_name"].fillna(words.NO_STREET))
    if is_rounded(*table["n"]):  # a row is a street already
        streets = table.set_index("street_name")
    else:
        by_street = table.groupby("street_name", sort=False)
        streets = pd.DataFrame({"n": by_street["n"].sum()})
        if "last" in table:
            streets["last"] = by_street["last"].max()
    return streets.sort_values("n", ascending=False, kind="stable").head(_MOST_PLACES)


def _title(context: Context) -> str:
    repeats, near = context.facts.repeats, context.facts.near
    if near is not None and _titled_by_near(context):
        return words.title_near(near.what, near.metres, near.days)
    if repeats is None or repeats.n_total < MIN_FOR_REPEATS:
        return words.TITLE
    reach = (repeats.low, repeats.high) if repeats.basis == "history" else None
    return words.title_repeats(repeats.n_places, reach, more=repeats.more)


def _titled_by_near(context: Context) -> bool:
    """Tell whether the title says that incidents follow each other."""
    repeats, near = context.facts.repeats, context.facts.near
    return near is not None and near.shown and not (repeats is not None and repeats.more)


def _notes(context: Context) -> str:
    """Say how to read the slide; with the numbers behind its title."""
    said = say_near(context.facts)[0] if _titled_by_near(context) else ""
    return f"{words.NOTES} {said}".strip()


def _is_as_usual(context: Context) -> bool:
    """Tell whether nothing happens again more than by chance."""
    facts = context.facts
    return not (say_repeats(facts)[1] or say_near(facts)[1])


def _parts(context: Context) -> tuple[model.Part, ...] | None:
    said, streets = _sentences(context), _streets(context)
    if _titled_by_near(context):
        said = [one for one in said if one != say_near(context.facts)[0]]
    if (streets is None and not said) or sentences_elsewhere(context):
        return None
    above = [context.spoken(*said)] if said else []
    below = [] if streets is None or streets.empty else [_table(streets, context)]
    return (*above, *below)


def _table(streets: "pd.DataFrame", context: Context) -> model.Table:
    dated = context.days_known and "last" in streets
    rows = [
        (
            place_names.proper(str(row.Index)),
            formats.number(whole(row.n)),
            formats.date(row.last) if dated else "",
        )
        for row in streets.itertuples()
    ]
    shown = filled(rows)
    return model.Table(
        tuple(words.COLUMNS[at] for at in shown),
        tuple(tuple(row[at] for at in shown) for row in rows),
        widths=tuple((3.2, 3.0, 2.4)[at] for at in shown),
        align=tuple(("left", "right", "left")[at] for at in shown),
        share=1.0 if len(shown) > 2 else 0.66,
        table=file_of(_TABLE),
    )


SLIDE = SlideDefinition(
    key="herhaling",
    order=60,
    title=_title,
    notes=_notes,
    say=lambda context: " ".join(_sentences(context)[:2]),
    parts=_parts,
    hidden=_is_as_usual,
    uses=Material(tables=(_TABLE,), facts=("repeats", "near")),
    missing=lambda context: "" if sentences_elsewhere(context) else words.MISSING,
)
