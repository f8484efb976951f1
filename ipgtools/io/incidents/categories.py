"""
Determine the code column of incidents from the label column by their values.

Exports write code and name in two columns, or both in one ("A20 Diefstal uit woning"), or the
code under a header that promises the name. A code is kept as it stands, known or not.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ipgtools import _arrow
from ipgtools.io import personal_values
from ipgtools.io.columns.normalise import normalise_name
from ipgtools.io.parse import text_values
from ipgtools.nl.messages import Message, message

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["assign_category", "code_and_label_columns"]

_SAMPLE = 2_000
_NEEDED = 0.9
_CODE = r"[A-Z]\d{2,4}|\d\.\d{1,2}\.\d{1,2}"
"""What a code of police (A20, F5295) or of CBS (1.1.1) looks like, known or not."""
_WITH_NAME = rf"^\s*({_CODE})(?:\s*[-–:|/]\s*|\s+)([^\W\d].*)$"


def code_and_label_columns(rows: "pd.DataFrame", known: Mapping[str, str]) -> dict[str, str]:
    """
    Put right which column has the codes and which one their names.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"Soort": ["A20", "F614"]})
    >>> code_and_label_columns(rows, {"category_label": "Soort"})
    {'category': 'Soort'}
    """
    result = dict(known)
    label = result.get("category_label")
    if label is None:
        return result
    if personal_values.free_text(rows[[label]]):
        del result["category_label"]
    elif _share(rows[label], _CODE) >= _NEEDED or (
        "category" not in result and _share(rows[label], _WITH_NAME) >= _NEEDED
    ):
        code = result.pop("category", None)
        if code is not None and _share(rows[code], _CODE) >= _NEEDED:
            return dict(known)
        del result["category_label"]
        result["category"] = label
        named = [code] if code is not None else _described(rows, result)
        result |= {"category_label": named[0]} if len(named) == 1 else {}
    return result


def _described(rows: "pd.DataFrame", known: Mapping[str, str]) -> list[str]:
    """List the label columns of a code column, which hold no free text."""
    free = [str(name) for name in rows if name not in known.values()]
    named = [name for name in free if normalise_name(name) in {"omschrijving", "description"}]
    return [name for name in named if not personal_values.free_text(rows[[name]])]


def assign_category(
    table: "pd.DataFrame", rows: "pd.DataFrame", known: Mapping[str, str], notes: list[Message]
) -> None:
    """Put codes, in capitals, and their names in the table."""
    for ours in ("category", "category_label"):
        if ours in known:
            table[ours] = text_values.text(rows[known[ours]])
    if "category" not in known:
        return
    if _share(table["category"], _WITH_NAME) >= _NEEDED:
        parts = table["category"].str.extract(rf"(?i:{_WITH_NAME})")
        table["category"] = parts[0].fillna(table["category"])
        if "category_label" not in table:
            table["category_label"] = parts[1]
        notes.append(message("code_and_name", column=known["category"]))
    table["category"] = table["category"].str.upper()


def _share(column: "pd.Series", pattern: str) -> float:
    """Return the share of non-missing values that match a pattern."""
    sample = _arrow.sample(column, _SAMPLE).astype("str").str.strip()
    if sample.empty:
        return 0.0
    return float(sample.str.fullmatch(rf"(?i:{pattern.strip('^$')})").mean())
