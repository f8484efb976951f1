"""
Read antecedents: who committed what, without anyone being named.

Persons are replaced by keyed pseudonyms before anything else is done with the rows; dates of
birth become ages at the offence; homes are dropped. Nothing that a row says of a person is
shown: not in messages, notes or the table of rejected rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools import contracts, privacy, schemas
from ipgtools.crs import WORK_CRS
from ipgtools.errors import ReadError
from ipgtools.io import columns as columns_
from ipgtools.io import files, personal_values, rejects
from ipgtools.io.files import file_notes
from ipgtools.io.offences import ages, offence_fields
from ipgtools.io.offences import merge_files as offence_files
from ipgtools.io.parse import coordinates, text_values
from ipgtools.io.parse import dates as parse_dates
from ipgtools.io.report import ReadReport
from ipgtools.io.source import open_source
from ipgtools.nl import reading
from ipgtools.nl.messages import Message, message

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["read_offences"]

_NO_PERSON = {"ONBEKEND", "NN", "N.N.", "UNKNOWN", "-", "?", "NVT", "N.V.T.", "NULL", "NONE", "NAN"}
"""What stands where nobody is known; as a number it would be the busiest offender of all."""
_ROUNDED = r"\d(?:[.,]\d+)?[eE]\+?\d+"
_EXACT = 10**15
"""Whole numbers from which a sheet no longer keeps every digit."""
_NUMBERS = ("person", "offence_id", "pv_id", "incident_id")
_ANY_OF = ("birth_date", "incident_id")
_SAFE = r"[\d\s:./+-]*"
"""Signs that a date is written with; anything else may be about someone."""
_BUSY, _MANY_PERSONS = 0.1, 50
"""Share of the rows with one number, among so many persons, that asks for a look."""


def read_offences(
    path: "files.Given | Sequence[files.Given]",
    *,
    key: str | Path | bytes,
    columns: Mapping[str, str] | None = None,
    crs: Any = None,
    work_crs: Any = WORK_CRS,
    layer: str | None = None,
) -> "tuple[gpd.GeoDataFrame, ReadReport]":
    """
    Read offences with the pseudonyms of the persons who took part in them.

    Parameters
    ----------
    path : path, DataFrame, or several
        CSV, sheet or Parquet, also in a zip, or a table in a database by its URL: one row per
        person per offence, or per proces-verbaal. Several files, or a folder of them, are put
        together: a person's part in an offence that a later file has too counts once, as that
        file has it. A table in memory is read as a file with its rows would be.
    key : path or bytes
        The key file that the user keeps, or its content. Without it nothing is read; with the
        same key a person has the same pseudonym in every file, however the number is written.
    columns : mapping of str to str, optional
        Contract column to file column, where the names aren't recognised; an empty name says
        that the file has no such column.
    crs, work_crs : anything pyproj understands
        CRS of the coordinates of the *offences*, and of the result.
    layer : str, optional
        Sheet; if not given, the one with a column for persons.

    Returns
    -------
    offences : GeoDataFrame, n_used rows
        OFFENCES in `work_crs`, and ``is_misdrijf`` where the file says. A place that can't be
        used is left empty. A date without day or month is missing; of a date of birth its last
        possible day counts. `age` is whole years at the offence, from the date of birth where
        there is one. `first_processed` where the file says on which day the police first
        processed a row (`retention`). No further columns.
    report : ReadReport
        Rows left out with reasons, and what was decided; values of personal columns are never
        shown, and `cells` is None.

    Raises
    ------
    ReadError
        If the key is missing, short or weak, or the file can't be used as a whole.

    Examples
    --------
    >>> import secrets
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"persoonsnummer": ["123", "124"], "feitcode": "A20",
    ...                      "pleegdatum": ["1-9-2025", "2-9-2025"], "naar_om": "ja"})
    >>> offences, report = read_offences(rows, key=secrets.token_bytes(32))
    >>> offences["person"].str.len().tolist(), report.n_used
    ([32, 32], 2)
    """
    secret = privacy.read_key(key)
    paths = files.list_files(path)
    later = offence_files.Later() if len(paths) > 1 else None

    def read(one: Path) -> "tuple[gpd.GeoDataFrame, ReadReport]":
        with files.open_path(one, layer) as (local, inner):
            taken = files.choose(local, inner, fits=lambda names: _fits(names, local, columns))
            return _read(local, secret, columns, crs, work_crs, taken, later)

    parts = [read(one) for one in reversed(paths)][::-1]
    offences, report = parts[0] if later is None else offence_files.merge(parts)
    if not isinstance(key, bytes) and privacy.readable_by_others(key):
        report = replace(
            report, messages=(message("readable_key", name=Path(key).name), *report.messages)
        )
    return offences, report


def _read(
    path: Path,
    secret: bytes,
    columns: Mapping[str, str] | None,
    crs: Any,
    work_crs: Any,
    layer: str | None,
    later: offence_files.Later | None,
) -> "tuple[gpd.GeoDataFrame, ReadReport]":
    import geopandas as gpd
    import numpy as np
    import pandas as pd

    source = open_source(
        path, columns_.OFFENCES, needed=("person",), columns=columns, layer=layer, any_of=_ANY_OF
    )
    rows, names, found = source.rows, source.names, source.found
    _require_own_columns(found, path.name)
    dropped = [name for name in columns_.personal_columns(names) if name not in found.values()]
    _require_exact(rows, found, path)
    collected = rejects.Rejects(rows.index, _without_text(source.before))
    _refuse_nobody(rows, found["person"], collected)
    person = text_values.text(rows[found["person"]])
    table = pd.DataFrame({"person": privacy.pseudonyms(person, secret)})
    for ours in ("offence_id", "pv_id", "incident_id", "category"):
        if ours in found:
            table[ours] = text_values.text(rows[found[ours]])
    notes = [reading.mapping(found)] + ([message("dropped", columns=dropped)] if dropped else [])
    left = [name for name in names if name not in {*dropped, *found.values()}]
    notes += [message("offences_not_read", columns=left)] if left else []
    notes += file_notes.report_file_notes(path, layer, rows)
    notes += reading.lacking(set(columns_.OFFENCES) - set(found))
    for ours in ("committed_on", "first_processed"):
        if ours in found:
            _assign_dates(table, rows[found[ours]], ours, collected, path.name)
    if "offence_id" in found:
        table["offence_id"] = offence_fields.require_one_offence_per_number(
            table[collected.good],
            found["offence_id"],
            given="offence_id" in (columns or {}),
            source=path.name,
            notes=notes,
        )
    if later is not None:
        collected.where(later.has(table), "", offence_files.IN_LATER)
        later.add(table[collected.good])
    details: dict[str, Any] = {"columns": found, "dropped": dropped}
    details["header_line"] = source.header_line
    good = collected.good
    rows, table, person = rows[good], table[good], person[good]
    if "committed_on" in table and (unknown := int(table["committed_on"].isna().sum())):
        notes.append(message("unknown_dates", n=unknown))
    if "outcome" in found:
        table["outcome"] = offence_fields.outcome(rows[found["outcome"]], notes)
    for ours in ("sent_to_om", "is_misdrijf"):
        if ours in found:
            table[ours] = offence_fields.flag(rows[found[ours]], ours, notes)
    _assign_ages(table, rows, found, path.name, notes)
    points = gpd.GeoSeries(np.full(len(rows), None), index=rows.index, crs=work_crs)
    if {"x", "y"} <= set(found) or {"lon", "lat"} <= set(found):
        points, _, decision = coordinates.from_columns(
            rows, found, crs=crs, work_crs=work_crs, source=path.name
        )
        details |= decision
        notes += reading.on_places(decision)
        if n := int(points.isna().sum()):
            notes.append(message("offences_without_place", n=n))
    texts = [ours for ours in (*_NUMBERS[1:], "category", "outcome") if ours in table]
    suspected = personal_values.suspects(table[texts].rename(columns=found))
    notes += [reading.personal_values(name, kinds) for name, kinds in suspected.items()]
    details["personal_values"] = suspected
    _look_at_persons(person, table["person"], notes)
    offence_fields.note_repeats(table, notes)
    offences = gpd.GeoDataFrame(table, geometry=points, crs=work_crs)
    offences = contracts.conform(offences.reset_index(drop=True), schemas.OFFENCES)
    left_out = collected.table()
    return offences, ReadReport(
        path.name, source.n_read, len(offences), left_out, tuple(notes), details
    )


def _fits(names: list[str], path: Path, given: Mapping[str, str] | None) -> bool:
    """Return whether a sheet can be the one with persons."""
    try:
        found = columns_.recognise(names, columns_.OFFENCES, source=path.name, given=given)
    except ReadError as error:
        return error.code == "columns_doubt"
    return "person" in found


def _require_own_columns(found: Mapping[str, str], source: str) -> None:
    """Raise if the person column is also mapped to another field: its values would leak."""
    others = [ours for ours, theirs in found.items() if theirs == found["person"]]
    if len(others) > 1:
        name, ours = found["person"], next(one for one in others if one != "person")
        msg = f"{source}: `{name}` is named for the person and for `{ours}`"
        raise ReadError(msg, code="person_twice", path=source, column=name, other=ours)


def _require_exact(rows: "pd.DataFrame", found: Mapping[str, str], path: Path) -> None:
    """Refuse numbers that a sheet rounded: several persons would be one."""
    import pandas as pd

    in_sheet = files.kind(path) == "sheet"
    for name in (found[ours] for ours in _NUMBERS if ours in found):
        column = rows[name]
        if pd.api.types.is_numeric_dtype(column):
            inexact = in_sheet or pd.api.types.is_float_dtype(column)
            wrong = column.abs() >= _EXACT if inexact else pd.Series(dtype=bool)
        else:
            wrong = column.astype("str").str.strip().str.fullmatch(_ROUNDED)
        if n := int(wrong.fillna(value=False).sum()):
            msg = f"{path.name}: {n} values of `{name}` were rounded by a spreadsheet"
            raise ReadError(msg, code="numbers_rounded", path=path.name, column=name, n=n)


def _without_text(rejected: "pd.DataFrame") -> "pd.DataFrame":
    """Keep the number of fields of a row, not their content."""
    import pandas as pd

    kept = [
        reading.fields(one["n"], one["needed"]) if isinstance(one, Message) else ""
        for one in rejected["found"]
    ]
    return rejected.assign(found=pd.Series(kept, index=rejected.index, dtype="object"))


def _refuse_nobody(rows: "pd.DataFrame", name: str, collected: "rejects.Rejects") -> None:
    person = text_values.text(rows[name])
    empty = rows.isna().all(axis="columns") if person.isna().any() else person.isna()
    collected.where(empty & person.isna(), "", "empty")
    collected.where(person.isna(), name, "person_missing")
    collected.where(person.str.upper().isin(_NO_PERSON), name, "person_unknown")


def _assign_dates(
    table: "pd.DataFrame",
    column: "pd.Series",
    ours: str,
    collected: "rejects.Rejects",
    source: str,
) -> None:
    """Add days, of the offences for one; one of which only the year is known isn't known."""
    whole, _, _ = ages.split(column)
    fault: dict[str, Any] = {}
    try:
        dates, unreadable = parse_dates.parse(whole, source=source)
    except ReadError as error:
        if "examples" not in error.facts or _safe(whole).all():
            raise
        fault = {"code": error.code, **error.facts}
    if fault:  # raised here, for the error that was caught shows what stands there
        msg = f"{source}: `{column.name}` holds no dates in a notation that is clear"
        raise ReadError(msg, **fault | {"examples": ages.value_patterns(whole)})
    text = column.astype("str").str.strip()
    shown = text[unreadable].where(_safe(text[unreadable])).reindex(text.index)
    collected.where(unreadable, str(column.name), "time_unreadable", found=shown)
    table[ours] = dates


def _safe(column: "pd.Series") -> "pd.Series":
    """Return which values are part of a date and no id of a person."""
    text = column.astype("str").str.strip()
    signs = text.str.fullmatch(_SAFE).fillna(value=True).astype(bool)
    return signs & ~text.map(personal_values.may_tell, na_action="ignore").fillna(
        value=False
    ).astype(bool)


def _assign_ages(
    table: "pd.DataFrame",
    rows: "pd.DataFrame",
    found: Mapping[str, str],
    source: str,
    notes: list[Message],
) -> None:
    """Add the ages at the offence: counted from the date of birth, else as they were given."""
    dated = "committed_on" in table
    if "birth_date" in found and dated:
        table["age"] = ages.at_offence(
            rows[found["birth_date"]],
            table["committed_on"],
            table["person"],
            source=source,
            notes=notes,
        )
    if "age" not in found:
        return
    given = ages.parse_ages(rows[found["age"]], notes=notes)
    if "age" in table:
        if differ := int(((table["age"] - given).abs() > 1).sum()):
            notes.append(message("ages_differ", n=differ))
        table["age"] = table["age"].fillna(given)
        return
    if dated and ages.is_current_age(given, table["committed_on"], table["person"]):
        notes.append(message("ages_of_today", column=found["age"]))
    table["age"] = given


def _look_at_persons(person: "pd.Series", pseudonym: "pd.Series", notes: list[Message]) -> None:
    """Note identifiers that may merge persons or split one."""
    import pandas as pd

    written = pd.DataFrame({"person": person, "pseudonym": pseudonym}).drop_duplicates()
    per_person = written["pseudonym"].value_counts()
    if n := int((per_person > 1).sum()):
        notes.append(message("writings", n=n))
    n_rows = pseudonym.value_counts()
    if len(n_rows) >= _MANY_PERSONS and n_rows.iloc[0] > _BUSY * len(pseudonym):
        notes.append(message("one_for_many", n=int(n_rows.iloc[0]), total=len(pseudonym)))
