"""Choose which unmapped columns to keep and flag columns whose values look personal."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from ipgtools.io import personal_values
from ipgtools.io.parse import text_values
from ipgtools.nl import reading
from ipgtools.nl.messages import Message, message

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["choose"]

_TEXTS = ("incident_id", "category_label", "street_name", "city")
"""Contract columns whose values may be about persons, too."""


def choose(
    rows: "pd.DataFrame",
    known: Mapping[str, str],
    used: Collection[str],
    keep: Collection[str],
    notes: list[Message],
) -> tuple[list[str], list[str], dict[str, dict[str, int]]]:
    """Choose the unmapped columns to keep."""
    further = [name for name in rows.columns if name not in used]
    people = personal_values.people(rows[further])
    if people:
        further = [name for name in further if name not in people]
        notes.append(message("dropped", columns=people))
    written = [name for name in personal_values.free_text(rows[further]) if name not in keep]
    if written:
        further = [name for name in further if name not in written]
        notes.append(message("free_text", columns=written))
    texts = list(dict.fromkeys(known[ours] for ours in _TEXTS if ours in known))
    notes += [
        message("garbled", column=name)
        for name in [*texts, *further]
        if text_values.is_misdecoded(rows[name])
    ]
    suspected = personal_values.suspects(rows[[*texts, *further]])
    notes += [reading.personal_values(name, kinds) for name, kinds in suspected.items()]
    return further, [*people, *written], suspected
