"""A card for each place that stands out: where, what, how much, and what is open there."""

from typing import Any

from ipgtools.briefing import model
from ipgtools.briefing.context import Context, Material, file_of, text_of
from ipgtools.briefing.definition import SlideDefinition
from ipgtools.briefing.slides.places import FOUND, mainly, written
from ipgtools.highlights.places import kind_of
from ipgtools.hotspots.hot_places.places import SHOWN
from ipgtools.nl import formats, kind_names
from ipgtools.nl.slides import place_cards as words
from ipgtools.rounded import is_rounded, whole_or_none

__all__ = ["SLIDE", "card_picture"]

_KINDS = 2


def card_picture(number: int) -> str:
    """Name the picture on the card of a place."""
    return f"plek_{number}"


def _rows(context: Context) -> list[Any]:
    """List the places that have a map of their own."""
    rows = context.tables[FOUND].iloc[:SHOWN].itertuples()
    return [row for row in rows if card_picture(int(row.number)) in context.pictures]


def _title(context: Context) -> str:
    row = context.item
    kind = f"({kind_names.name(kind_of(row))})" if kind_of(row) else mainly(row)
    return words.title_card(
        int(row.number), str(row.name), written(row, "n"), context.facts.subject, kind
    )


def _parts(context: Context) -> tuple[model.Part, ...]:
    row = context.item
    map_ = context.picture(card_picture(int(row.number)), words.ALT.format(name=row.name), FOUND)
    said = [one for one in _said(row, context) if one]
    return map_, model.Sentences(tuple(said), file_of(FOUND))


def _said(row: Any, context: Context) -> list[str]:
    """Say what is known of a place, in the order in which it is asked."""
    previous, last_year = context.facts.previous, context.facts.last_year
    before = written(row, "n_before") if previous is not None else ""
    year = written(row, "n_last_year") if last_year is not None else ""
    kinds = [] if kind_of(row) else list(getattr(row, "kinds", ()) or ())[:_KINDS]
    listed = [(kind_names.name(kind), formats.number(n)) for kind, n in kinds]
    when_before = previous.when if previous is not None else ""
    return [
        words.change(written(row, "n"), before, when_before, year),
        words.what(listed),
        words.when(text_of(row, "when")),
        _repeats(row, context),
        _schouw(row),
        _since(row),
        words.ASK_NEW if text_of(row, "claim") == "new" else words.ASK_LASTING,
    ]


def _repeats(row: Any, context: Context) -> str:
    """Say at how many addresses it happened again, where points tell addresses apart."""
    if context.facts.repeats is None:
        return ""
    n = whole_or_none(getattr(row, "repeat_addresses", None))
    return words.repeats(n) if n and not is_rounded(n) else ""


def _schouw(row: Any) -> str:
    found, still = (whole_or_none(getattr(row, one, None)) for one in ("findings", "open_actions"))
    return words.schouw(found, still or 0) if found else ""


def _since(row: Any) -> str:
    """Say since when there are incidents, where that is known."""
    import pandas as pd

    start = getattr(row, "since", None)
    if start is None or pd.isna(start) or bool(getattr(row, "since_open", True)):
        return ""
    return words.since(formats.date(start))


def _say(context: Context) -> str:
    """Say the title, and when, where that was tested."""
    return " ".join(f"{one.rstrip('.')}." for one in (
        _title(context).removeprefix(f"{int(context.item.number)}. "),
        words.when(text_of(context.item, "when")),
    ) if one)  # fmt: skip


SLIDE = SlideDefinition(
    key="plek",
    order=35,
    title=_title,
    notes=words.NOTES,
    say=_say,
    parts=_parts,
    each=_rows,
    needs=Material(tables=(FOUND,)),
)
