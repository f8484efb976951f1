"""What was said last time, and what happened: places, actions and what was to be agreed on."""

from typing import Any

from ipgtools.briefing import model
from ipgtools.briefing.context import Context, file_of
from ipgtools.briefing.definition import SlideDefinition
from ipgtools.briefing.earlier import Earlier, EarlierPlace, action_keys
from ipgtools.briefing.slides.places import FOUND, written
from ipgtools.nl import formats
from ipgtools.nl.slides import debrief as words

__all__ = ["SLIDE"]

_ACTIONS = "acties"
_PLACES, _QUESTIONS = 4, 2
_SAME = 0.2
"""Part of the smaller of two places that lies in the other from which they are the same."""


def _earlier(context: Context) -> list[Earlier]:
    """Return the earlier briefing, if it said anything that can be looked at again."""
    found = context.earlier
    return [found] if found is not None and (found.places or found.actions) else []


def _now(place: EarlierPlace, context: Context) -> Any:
    """Find the place of this briefing that lies where an earlier one did."""
    found = context.tables.get(FOUND)
    if found is None or found.empty or getattr(found, "geometry", None) is None:
        return None
    shared = found.geometry.intersection(place.shape).area
    share = (shared / found.geometry.area.clip(upper=place.shape.area)).reset_index(drop=True)
    best = int(share.argmax())
    return next(found.iloc[[best]].itertuples()) if share[best] >= _SAME else None


def _title(context: Context) -> str:
    said = context.item
    still = sum(_now(place, context) is not None for place in said.places)
    return words.title(still, len(said.places))


def _parts(context: Context) -> tuple[model.Part, ...]:
    said = context.item
    rows = [_row(place, _now(place, context)) for place in said.places[:_PLACES]]
    if (actions := _done(said, context)) is not None:
        rows.append(actions)
    rows += [(question, words.TO_FILL_IN) for question in said.questions[:_QUESTIONS]]
    return (
        model.Table(
            (words.said_then(said.period_text), words.HAPPENED), tuple(rows), widths=(5.0, 3.4),
            lines=3, table=file_of(FOUND) if FOUND in context.tables else None,
        ),
    )  # fmt: skip


def _row(place: EarlierPlace, now: Any) -> tuple[str, str]:
    then = "" if place.n is None else formats.number(place.n)
    if now is None:
        return words.place(place.name, then), words.GONE
    return words.place(place.name, then), words.still(int(now.number), written(now, "n"))


def _done(said: Earlier, context: Context) -> tuple[str, str] | None:
    """Count the actions of then that are open now; nothing where another schouw is told of."""
    now = action_keys(context.tables.get(_ACTIONS))
    days = {key.split()[0] for key in now}
    then = {key for key in said.actions if key.split()[0] in days}
    if not then:
        return None
    return words.actions(len(then)), words.actions_now(len(then & now), len(then))


SLIDE = SlideDefinition(
    key="vorige_keer",
    order=90,
    title=_title,
    notes=words.NOTES,
    parts=_parts,
    each=_earlier,
)
