"""Find the briefing before this one in the folder of briefings, and write down what one says."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely

from ipgtools import nl
from ipgtools.briefing import text
from ipgtools.briefing.earlier import Earlier, EarlierPlace, action_keys
from ipgtools.briefing.slides.places import FOUND
from ipgtools.nl import folders
from ipgtools.periods import Period
from ipgtools.pipeline.inputs import Inputs
from ipgtools.rounded import WITHIN, Rounded, whole_or_none

if TYPE_CHECKING:
    from ipgtools.pipeline import Run

__all__ = ["MANIFEST", "find", "told"]

MANIFEST = "manifest.json"


def told(made: "Run") -> dict[str, Any]:
    """Write down what a briefing says that the next one comes back to: released numbers only."""
    places = made.tables.get(FOUND)
    named = [] if places is None or "geometry" not in places else places.itertuples()
    return {
        "places": [
            {
                "name": str(row.name),
                "n": _whole(row.n),
                "within": _whole(getattr(row, f"n{WITHIN}", None)),
                "shape": row.geometry.wkt,
            }
            for row in named
            if row.geometry is not None and not row.geometry.is_empty
        ],
        "questions": [one.to_do for one in made.highlights if one.to_do],
        "actions": sorted(action_keys(made.tables.get("acties"))),
    }


def _whole(value: Any) -> int | None:
    return None if (n := whole_or_none(value)) is None else int(n)


def find(inputs: Inputs) -> Earlier | None:
    """Read the last briefing of this area, for this audience, of a period before this one."""
    folder, audience = inputs.settings.output.folder, inputs.profile.name
    if not folder.is_dir():
        return None
    found = []
    for path in sorted(folder.glob(f"{text.slug(inputs.study.name)}_*_{text.slug(audience)}")):
        kept = _manifest(path / folders.INSIDE / MANIFEST)
        if (period := _period(kept)) is None or kept.get("area", {}).get("code") != (
            inputs.study.code
        ):
            continue
        if period.start < inputs.period.start and period.end < inputs.period.end:
            found.append((period.end, period, kept["told"]))
    if not found:
        return None
    _, period, said = max(found, key=lambda one: one[0])
    try:
        return _earlier(period, said)
    except (KeyError, TypeError, ValueError, shapely.errors.ShapelyError):
        return None


def _manifest(path: Path) -> dict[str, Any]:
    """Read a manifest; empty if it is none."""
    try:
        kept = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) and isinstance(kept.get("told"), dict) else {}


def _period(kept: dict[str, Any]) -> Period | None:
    given = kept.get("settings", {}).get("period", {}) if kept else {}
    try:
        return Period(given["start"], given["end"])
    except (KeyError, TypeError, ValueError):
        return None


def _earlier(period: Period, said: dict[str, Any]) -> Earlier:
    places = tuple(
        EarlierPlace(str(one["name"]), _released(one), shapely.from_wkt(one["shape"]))
        for one in said.get("places", ())
    )
    return Earlier(
        nl.period(period),
        places,
        tuple(map(str, said.get("questions", ()))),
        frozenset(map(str, said.get("actions", ()))),
    )


def _released(place: dict[str, Any]) -> int | None:
    """Read a number as it was released."""
    n, within = place.get("n"), place.get("within")
    if within is None:
        return n
    return Rounded.released(pd.NA if n is None else n, within)
