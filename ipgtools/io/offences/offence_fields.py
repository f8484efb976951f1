"""Parse the fields of an offence: number, whether it counts, outcome."""

import re
from typing import TYPE_CHECKING

from ipgtools.errors import ReadError
from ipgtools.io.parse import text_values
from ipgtools.nl.messages import Message, message

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["flag", "note_repeats", "outcome", "require_one_offence_per_number"]

_MISDRIJF = {
    "misdrijf": "ja", "misdrijven": "ja", "m": "ja",
    "overtreding": "nee", "overtredingen": "nee", "o": "nee",
}  # fmt: skip
_SENT = {"ingezonden": "ja", "ingestuurd": "ja", "verzonden": "ja",
         "niet ingezonden": "nee", "niet ingestuurd": "nee", "niet verzonden": "nee"}  # fmt: skip
_WORDS = {"is_misdrijf": _MISDRIJF, "sent_to_om": _SENT}
_DATE = r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*"
_ENDS = {
    ("sepot", "technisch"): "technisch sepot",
    ("sepot", "technische"): "technisch sepot",
    ("technischsepot",): "technisch sepot",
    ("vrijspraak",): "vrijspraak",
    ("vrijgesproken",): "vrijspraak",
}
"""Words of an outcome, in order of the alphabet, that say that a fact doesn't count."""
_MAY_END = re.compile(r"sepot|vrij(?:spraak|spreken|gesproken)")
_POLICY = "beleid"
"""Tells the other sepot, of which there is no doubt that it isn't a technical one."""
_MANY = 0.5
"""
Share of the numbers that come back for a person with another date, from which they may number
something else than facts; and number of different ones by fact from which they don't.
"""


def flag(column: "pd.Series", ours: str, notes: list[Message]) -> "pd.Series":
    """
    Give yes or no, also where the file has other words for it, or the day it was done.

    Examples
    --------
    >>> import pandas as pd
    >>> flag(pd.Series(["Overtreding", "M", "J"]), "is_misdrijf", []).tolist()
    [False, True, True]
    >>> flag(pd.Series(["12-03-2025", "Nee", "?"]), "sent_to_om", []).tolist()
    [True, False, <NA>]
    """
    text = text_values.text(column).str.lower()
    plain = text.map(lambda one: _WORDS[ours].get(one, one), na_action="ignore").astype("str")
    if ours == "sent_to_om":
        plain = plain.str.replace(f"^{_DATE}$", "ja", regex=True)
    found = text_values.flag(plain)
    unclear = int((found.isna() & text.notna()).sum())
    if unclear:
        notes.append(message("flags_unclear", column=str(column.name), n=unclear))
    return found


def outcome(column: "pd.Series", notes: list[Message]) -> "pd.Series":
    """
    Write the two outcomes that take a fact out of the count in one way, and no others.

    Examples
    --------
    >>> import pandas as pd
    >>> said = pd.Series(["Sepot - technisch (02)", "VRIJSPRAAK.", "Boete"])
    >>> outcome(said, []).tolist()
    ['technisch sepot', 'vrijspraak', 'Boete']
    """
    import pandas as pd

    text = text_values.text(column)
    number, distinct = pd.factorize(text)
    read, changed, unclear = [], [], []
    for one in distinct:
        said = re.findall(r"[^\W\d_]+", one.lower())
        ends = _ENDS.get(tuple(sorted(said)))
        read.append(ends or one)
        changed.append(ends not in (None, one.lower().replace("_", " ")))
        joined = " ".join(said)
        unclear.append(ends is None and bool(_MAY_END.search(joined)) and _POLICY not in joined)
    found = pd.Series([*read, None], dtype="str").take(number).set_axis(column.index)
    if n := int(pd.Series([*changed, False]).take(number).sum()):
        notes.append(message("outcomes_read", n=n))
    if n := int(pd.Series([*unclear, False]).take(number).sum()):
        notes.append(message("outcomes_unclear", n=n))
    return found


def require_one_offence_per_number(
    table: "pd.DataFrame", name: str, *, given: bool, source: str, notes: list[Message]
) -> "pd.Series | None":
    """Require that one number identifies one offence of a person."""
    number = table["offence_id"]
    if not given and not number.dropna().str.contains(r"\d").mean() >= _MANY:
        if number.notna().any():
            notes.append(message("no_number", column=name))
        return None
    differ, share = _differ(table)
    if not differ:
        return number
    which = [one for one in ("person", "pv_id", "committed_on", "offence_id") if one in table]
    n_facts = len(table[number.notna()].drop_duplicates(which))
    if share < _MANY or number.nunique() >= _MANY * n_facts:
        notes.append(message("facts_differ", n=differ))
        return number
    if "pv_id" in table:
        both = table.assign(offence_id=table["pv_id"] + "/" + number)
        if _differ(both)[1] < _MANY:
            notes.append(message("facts_per_pv", column=name))
            return both["offence_id"]
    if given:
        notes.append(message("facts_differ", n=differ))
        return number
    msg = f"{source}: `{name}` has one value for facts of different days; it may be no number"
    raise ReadError(msg, code="fact_doubt", path=source, column=name, n=differ)


def note_repeats(table: "pd.DataFrame", notes: list[Message]) -> None:
    """Note how often a person's part in an offence is repeated; no row is dropped."""
    known = table["offence_id"].notna() if "offence_id" in table else table["person"].isna()
    if n := int(table[known].duplicated(["person", "offence_id"]).sum() if known.any() else 0):
        notes.append(message("repeated", n=n))
    others = table[~known].drop(columns="offence_id", errors="ignore")
    if len(others.columns) > 2 and (n := int(others.duplicated().sum())):
        notes.append(message("offences_same_rows", n=n))


def _differ(table: "pd.DataFrame") -> tuple[int, float]:
    """Count facts that have more than one date, and their share in those with several rows."""
    if "committed_on" not in table:
        return 0, 0.0
    rows = table[table["offence_id"].notna() & table["committed_on"].notna()]
    days = rows["committed_on"].dt.normalize().groupby([rows["person"], rows["offence_id"]])
    several = days.size() > 1
    n = int((days.min() != days.max()).sum())
    return n, n / max(int(several.sum()), 1)
