"""Say of a table that fits no reader what shows why, and so what to do about it."""

import re
from pathlib import Path

from ipgtools.errors import ReadError
from ipgtools.io import columns, personal_values
from ipgtools.nl import checking as words
from ipgtools.nl.formats import MONTHS

__all__ = ["file_kind_error", "is_summed"]

_LIKE_PERSONS = 2
"""Columns of antecedents that show that a table is one, though the persons aren't recognised."""
_OF_OFFENCES = ("pv_id", "offence_id", "is_misdrijf", "sent_to_om", "outcome", "birth_date")
_TOTALS = {"rijlabels", "kolomlabels", "eindtotaal", "rowlabels", "columnlabels", "grandtotal"}
"""What Excel writes into a pivot table."""
_PERIODS = {one for month in MONTHS for one in (month, month[:3])} | {"mrt"}
_MANY = 2
_SHOWN, _LONGEST = 12, 80


def file_kind_error(path: Path, names: list[str]) -> ReadError:
    """
    Make the error for a table that can't be identified.

    Examples
    --------
    >>> file_kind_error(Path("a.xlsx"), ["Rijlabels", "jan", "feb", "Eindtotaal"]).code
    'table_summed'
    >>> file_kind_error(Path("a.csv"), ["VVI", "Geboortedatum", "PV nummer", "Pleegdatum"]).code
    'columns_missing'
    >>> file_kind_error(Path("a.csv"), ["Geen resultaten gevonden"]).code
    'one_column'
    """
    name = path.name
    if columns.are_values(names):
        return columns.no_header(names, name)
    if is_summed(names):
        msg = f"{name} holds sums, not the rows that were summed"
        return ReadError(msg, code="table_summed", path=name)
    known = columns.recognise(names, columns.INHABITANTS, source=name, any_of=columns.INHABITANTS)
    if {"area_code", "inhabitants"} <= set(known):
        msg = f"{name} holds inhabitants by area, no shapes"
        return ReadError(msg, code="inhabitants_table", path=name)
    of_offences = {ours: columns.OFFENCES[ours] for ours in _OF_OFFENCES}
    like = columns.recognise(names, of_offences, source=name, any_of=of_offences)
    if len(like) >= _LIKE_PERSONS or (
        like and len(columns.personal_columns(names)) > _LIKE_PERSONS
    ):
        return columns.missing({"person": columns.OFFENCES["person"]}, names, name)
    if len(names) == 1:
        shown = "" if personal_values.may_tell(names[0]) else names[0][:_LONGEST]
        msg = f"{name} has one column only: {shown}"
        return ReadError(msg, code="one_column", path=name, found=shown)
    found = ", ".join(names[:_SHOWN])
    msg = f"can't tell what {name} holds; it has {found or 'no columns'}"
    return ReadError(
        msg,
        code="kind_unknown_table" if found else "kind_unknown",
        path=name,
        kinds=", ".join(words.KINDS),
        found=found,
    )


def is_summed(names: list[str]) -> bool:
    """
    Tell whether a table holds sums: columns are periods, or are called as in a pivot table.

    Examples
    --------
    >>> is_summed(["Buurt", "2023", "2024"]), is_summed(["Buurt", "januari", "mrt"])
    (True, True)
    >>> is_summed(["Buurt", "jaar", "maart 2025"])
    False
    """
    plain = [columns.normalise_name(name) for name in names]
    periods = [one for one in plain if one in _PERIODS or re.fullmatch(r"(19|20)\d\d", one)]
    return bool(_TOTALS & set(plain)) or len(periods) >= _MANY
