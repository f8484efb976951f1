"""Headings of the tables beside the pictures of a page."""

from typing import Any

from ipgtools.nl.charts import DAYS_OF_WEEK, category
from ipgtools.nl.formats import WEEKDAYS

__all__ = ["COLUMNS", "NUMBERS", "WITH_DECIMAL", "value"]

_NOW = {"n": "Deze periode", "n_before": "Ervoor", "n_last_year": "Vorig jaar"}
_PLACES = {"number": "Nummer", "name": "Plek"} | _NOW
COLUMNS: dict[str, dict[str, str]] = {
    "drukke_plekken": _PLACES,
    "drukste_plekken": _PLACES,
    "gebieden": {"area_name": "Gebied"} | _NOW | {"per_1000": "Per 1.000 inwoners"},
    "uur_weekdag": {
        "weekday": "Dag", "weekend": "Dag", "daypart": "Dagdeel", "hour": "Uur",
        "weight": "Incidenten",
    },
    "trend": {"start": "Vanaf", "end": "Tot", "n": "Incidenten"},
    "bevindingen": {"number": "Nummer", "location_text": "Plek", "category": "Soort"},
    "vergelijking": {"kind": "Soort"} | _NOW,
    "waar_veranderd": {"name": "Plek", "kind": "Soort", "n": "Deze periode", "n_before": "Eerder"},
}  # fmt: skip
"""What of each table is shown, and under which heading."""

NUMBERS = ("number", "n", "n_before", "n_last_year", "per_1000", "weight", "hour")
WITH_DECIMAL = ("per_1000",)


def value(column: str, found: Any) -> str:
    """
    Write a value of a table that is no number.

    Examples
    --------
    >>> value("weekday", 0), value("weekend", True), value("category", "afval")
    ('maandag', 'weekend', 'Afval')
    """
    if column == "weekday":
        return WEEKDAYS[int(found)]
    if column == "weekend":
        return DAYS_OF_WEEK[int(found)]
    return category(found) if column == "category" else str(found)
