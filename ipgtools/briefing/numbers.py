"""Write the released numbers behind a picture as a table, for who can't see it."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ipgtools import nl as formats
from ipgtools.briefing import model
from ipgtools.briefing.context import file_of
from ipgtools.nl import briefing as words
from ipgtools.nl import page_numbers as headings
from ipgtools.rounded import WITHIN, Rounded

__all__ = ["beside"]

_MOST = 60
"""Rows that a reader can go through; what is longer is in the file."""


def beside(tables: Mapping[str, Any]) -> dict[str, model.Table]:
    """Give the tables that a page can show beside a picture, by the name of their file."""
    made = {file_of(name): _table(name, table) for name, table in tables.items()}
    return {name: table for name, table in made.items() if table is not None}


def _table(name: str, table: Any) -> model.Table | None:
    wanted = headings.COLUMNS.get(name, {})
    columns = [column for column in wanted if column in table]
    if len(columns) < 2 or table.empty:
        return None
    rows = tuple(
        tuple(_text(column, row[column], row.get(f"{column}{WITHIN}")) for column in columns)
        for row in table.head(_MOST).to_dict("records")
    )
    notes = []
    if len(table) > _MOST:
        notes.append(words.more(len(table) - _MOST, table=file_of(name)))
    if any(words.NOT_SHOWN in row for row in rows):
        notes.append(words.NOT_SHOWN_NOTE)
    align: tuple[model.Align, ...] = tuple(
        "right" if column in headings.NUMBERS else "left" for column in columns
    )
    return model.Table(
        tuple(wanted[column] for column in columns), rows, align=align, note=" ".join(notes)
    )


def _text(column: str, value: Any, within: Any) -> str:
    if within is not None and not pd.isna(within):
        return formats.number(Rounded.released(value, within))
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return words.NOT_SHOWN if column in headings.NUMBERS else ""
    if isinstance(value, pd.Timestamp):
        return formats.date(value)
    if column in headings.NUMBERS:
        return formats.number(value, 1 if column in headings.WITH_DECIMAL else 0)
    return headings.value(column, value)
