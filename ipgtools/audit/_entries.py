"""Convert entries to a table, and format their moments."""

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from ipgtools.audit._file import COLUMNS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["as_facts", "moment", "table", "written"]


def table(rows: list[dict[str, Any]]) -> "pd.DataFrame":
    """Return entries as `Register.entries` has them."""
    import pandas as pd

    found = pd.DataFrame(rows, columns=list(COLUMNS)).drop(columns="previous")
    found["number"] = found["number"].astype("int64")
    found["of"] = pd.to_numeric(found["of"], errors="coerce").astype("Int64")
    found["time"] = pd.to_datetime(found["time"], utc=True, errors="coerce", format="ISO8601")
    found["facts"] = [as_facts(text) for text in found["facts"]]
    return found


def written(moment: dt.datetime) -> str:
    """Write a moment so that texts sort as moments do: UTC, in milliseconds."""
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def moment(day: dt.date | dt.datetime) -> dt.datetime:
    """Return a day or a moment as a moment; without a zone it is local time."""
    if not isinstance(day, dt.datetime):
        day = dt.datetime(day.year, day.month, day.day)
    return day.astimezone()


def as_facts(text: Any) -> dict[str, Any]:
    """Read facts back; what was spoilt is given unchanged."""
    try:
        facts = json.loads(text)
    except (TypeError, ValueError):
        return {"?": str(text)}
    return facts if isinstance(facts, dict) else {"?": str(text)}
