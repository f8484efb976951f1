"""
Draw the wijkkaart: what a wijkagent takes along, on one A4.

It holds what the briefing says, shorter: the map of places, what stands out, a line on each place,
and the actions that are open. It is made of released tables only.
"""

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from ipgtools.briefing import model, page, text
from ipgtools.briefing.slides.places import shown_places
from ipgtools.nl import area_sheet as words
from ipgtools.nl import briefing as nl
from ipgtools.privacy import Profile

__all__ = ["render"]

_PLACES, _TOLD, _ACTIONS = 5, 3, 8
_LONGEST = 110
"""Characters of an action; what is longer is in the briefing."""


def render(
    briefing: model.Briefing,
    profile: Profile,
    *,
    told: Sequence[str],
    tables: Mapping[str, Any],
    picture: bytes | None,
    source: str,
) -> str:
    """Draw the wijkkaart as one HTML page that prints on one A4."""
    from ipgtools.maps import place_facts

    shown = shown_places(tables)
    places = [] if shown is None else place_facts(shown[0], profile)[:_PLACES]
    environment = page.environment()
    style = page.style("area_sheet.css")
    return environment.get_template("area_sheet.html").render(
        briefing=briefing,
        nl=nl,
        words=words,
        style=style,
        policy=page.policy(style),
        told=told[:_TOLD],
        places=places,
        actions=_actions(tables.get("acties")),
        picture=None if picture is None else base64.b64encode(picture).decode(),
        source=source,
        notice=nl.SECRECY if profile.notice else "",
    )


def _actions(actions: Any) -> list[tuple[str, str, str]]:
    """List the open actions, overdue ones first, as place, what, and who."""
    if actions is None or actions.empty:
        return []
    table = actions.assign(_late=actions.get("overdue", False))
    table = table.sort_values("_late", ascending=False, kind="stable").head(_ACTIONS)
    rows = []
    for row in table.to_dict("records"):
        place, what, task, actor = (
            text.clean(str(row[name])) if isinstance(row.get(name), str) else ""
            for name in ("location_text", "description", "task", "actor")
        )
        said = ": ".join(part for part in (what, task) if part)
        rows.append((place, _short(said), actor))
    return rows


def _short(said: str) -> str:
    """Cut a text at a word, where it is long."""
    if len(said) <= _LONGEST:
        return said
    return said[:_LONGEST].rsplit(" ", 1)[0].rstrip(",;: ") + "…"
