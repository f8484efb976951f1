"""Read cases by their number: a row an action of a partner, and no row about a person."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ipgtools.cases import traces
from ipgtools.contracts import conform
from ipgtools.errors import ReadError
from ipgtools.nl import cases as words
from ipgtools.nl.messages import message
from ipgtools.schemas import CASES

if TYPE_CHECKING:
    import pandas as pd

    from ipgtools.io.report import ReadReport

__all__ = ["COLUMNS", "KINDS", "read_cases"]

KINDS = ("pga", "tbs")
"""Persoonsgerichte aanpak, and terbeschikkingstelling."""
COLUMNS: dict[str, tuple[str, ...]] = {
    "case_number": ("case_number", "zaaknummer", "zaaknr", "zaak", "casusnummer", "casus",
                    "dossiernummer"),
    "kind": ("kind", "soort", "aanpak", "soort zaak"),
    "team": ("team", "basisteam", "wijkteam", "teamnaam"),
    "phase": ("phase", "fase", "stand", "status"),
    "partner": ("partner", "ketenpartner", "organisatie", "actiehouder"),
    "action": ("action", "actie", "afspraak", "taak"),
    "due": ("due", "uiterlijk", "uiterste datum", "deadline", "voor datum", "gereed voor"),
    "done": ("done", "gereed", "gereed op", "afgerond", "gedaan"),
}  # fmt: skip
"""Columns of CASES, and the names that each is known by."""
_NEEDED = ("case_number", "team", "phase")
_OF_CASE = ["kind", "team", "phase"]
_NUMBER = re.compile(r"(?=.*\d)[\w./ -]{1,30}")
_DAY = re.compile(r"(0?[1-9]|[12]\d|3[01])[-./ ]?(0?[1-9]|1[0-2])[-./ ]?(19|20)\d\d"
                  r"|(19|20)\d\d[-./ ]?(0[1-9]|1[0-2])[-./ ]?(0[1-9]|[12]\d|3[01])")  # fmt: skip
"""A number that is a date in full may be one of birth."""
_DATE = r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*"


def read_cases(
    path: str | Path, *, kind: str | None = None, columns: dict[str, str] | None = None
) -> "tuple[pd.DataFrame, ReadReport]":
    """
    Read cases and the actions that partners agreed on.

    Parameters
    ----------
    path : path
        CSV or Excel, a row an action, or a row a case that has none yet. Known by their Dutch
        names: `zaaknummer`, `soort`, `team`, `fase`, `partner`, `actie`, `uiterlijk`, `gereed`.
    kind : {"pga", "tbs"}, optional
        What all cases are, where the file has no column for it.
    columns : dict of str to str, optional
        Contract column to file column, where names aren't recognised.

    Returns
    -------
    cases : DataFrame, n_used rows
        CASES. Other columns of the file are never read.
    report : ReadReport
        What became of every row. It holds no value of a rejected row.

    Raises
    ------
    ReadError
        If a column is about persons or places, a value points at one, a needed column is
        missing, or the file can't be used.
    ValueError
        If `kind` is another value.

    Examples
    --------
    >>> import tempfile
    >>> lines = ["zaaknummer;team;fase;partner;actie;uiterlijk;gereed",
    ...          "PGA-2025-014;Enschede;uitvoering;Reclassering;gesprek plannen;01-11-2025;nee"]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "zaken.csv"
    ...     _ = file.write_text(chr(10).join(lines), encoding="utf-8")
    ...     cases, report = read_cases(file, kind="pga")
    >>> cases.loc[0, ["case_number", "phase"]].tolist(), report.n_rejected
    (['PGA-2025-014', 'uitvoering'], 0)
    """
    import pandas as pd

    from ipgtools.io import columns as columns_
    from ipgtools.io import files, rejects
    from ipgtools.io.parse import dates, text_values
    from ipgtools.io.report import ReadReport

    if kind is not None and kind not in KINDS:
        msg = f"`kind` is {kind!r}, expected one of {KINDS}"
        raise ValueError(msg)
    path = Path(path)
    names = files.header(path)
    _refuse_names(path, names)
    known = columns_.recognise(names, COLUMNS, source=path.name, given=columns)
    needed = [*_NEEDED] if kind else [*_NEEDED, "kind"]
    if lacking := {ours: COLUMNS[ours] for ours in needed if ours not in known}:
        msg = f"{path.name} has no column for {', '.join(lacking)}; it has {', '.join(names)}"
        raise ReadError(
            msg, code="cases_columns", path=path.name, found=", ".join(names),
            columns=", ".join(some[1] for some in lacking.values()),
        )  # fmt: skip
    rows, before = files.read(path, columns=list(known.values()))
    if hasattr(rows, "geometry"):
        raise _refused(path, [words.GEOMETRY])
    text = pd.DataFrame({ours: text_values.text(rows[theirs]) for ours, theirs in known.items()})
    _refuse_values(path, text, known)
    collected = rejects.Rejects(rows.index, before)
    table = pd.DataFrame(index=rows.index)
    for ours in COLUMNS:
        table[ours] = text.get(ours, pd.Series(None, index=rows.index, dtype="str"))
    number = table["case_number"]
    collected.where(number.isna(), known["case_number"], "case_missing")
    odd = number.notna() & ~(number.str.fullmatch(_NUMBER).fillna(value=False).astype(bool))
    collected.where(odd, known["case_number"], "case_odd")
    collected.where(
        number.str.fullmatch(_DAY).fillna(value=False).astype(bool),
        known["case_number"], "case_date",
    )  # fmt: skip
    if kind is not None and "kind" not in known:
        table["kind"] = kind
    else:
        table["kind"] = table["kind"].str.lower().map(words.KIND_NAMES)
        collected.where(table["kind"].isna(), known["kind"], "case_kind")
    collected.where(table["team"].isna(), known["team"], "team_missing")
    collected.where(table["phase"].isna(), known["phase"], "phase_missing")
    table["due"] = pd.Series(pd.NaT, index=rows.index, dtype="datetime64[s]")
    if "due" in known:
        table["due"], faulty = dates.parse(rows[known["due"]], source=path.name)
        collected.where(faulty, known["due"], "time_unreadable")
    done, unclear = _done(table["done"])
    table["done"] = done
    collected.where(unclear, known.get("done", ""), "done_unclear")
    good = collected.good
    differs = table[good].groupby("case_number")[_OF_CASE].transform("nunique").gt(1).any(axis=1)
    differs = differs.reindex(rows.index, fill_value=False)
    collected.where(differs, known["case_number"], "case_differs")
    same = table[collected.good].duplicated().reindex(rows.index, fill_value=False)
    collected.where(same, known["case_number"], "same")
    table["source"] = path.name
    used = conform(table[collected.good].reset_index(drop=True), CASES)
    unread = [name for name in names if name not in known.values()]
    notes = (message("cases_not_read", columns=unread),) if unread else ()
    report = ReadReport(
        path.name, len(rows) + len(before), len(used), collected.table(), notes,
        {"columns": known},
    )  # fmt: skip
    return used, report


def _done(text: "pd.Series") -> "tuple[pd.Series, pd.Series]":
    """Return whether an action is done (an empty cell is not, a date is), and what is neither."""
    from ipgtools.io.parse import text_values

    plain = text.str.lower().str.replace(f"^{_DATE}$", "ja", regex=True).replace("x", "ja")
    found = text_values.flag(plain)
    unclear = found.isna() & text.notna()
    return found.fillna(value=False), unclear


def _refuse_names(path: Path, names: list[str]) -> None:
    if found := traces.in_names(names):
        raise _refused(path, found)


def _refused(path: Path, found: list[str]) -> ReadError:
    msg = f"{path.name} has columns about persons or places: {', '.join(found)}"
    return ReadError(msg, code="cases_about", path=path.name, found=", ".join(found))


def _refuse_values(path: Path, text: "pd.DataFrame", known: dict[str, str]) -> None:
    if not (found := traces.in_values(text)):
        return
    described = words.traces({known[ours]: kinds for ours, kinds in found.items()})
    msg = f"{path.name} holds values about persons or places in {', '.join(found)}"
    raise ReadError(msg, code="cases_values", path=path.name, found=described)
