"""
Read antecedents: who committed what, without anyone being named.

Persons are replaced by keyed pseudonyms before anything else is done with the rows; dates of
birth become ages at the offence; homes are dropped.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools import contracts, privacy, schemas
from ipgtools.crs import WORK_CRS
from ipgtools.errors import ReadError
from ipgtools.io import cells, files, places, rejects, times
from ipgtools.io import columns as columns_
from ipgtools.io.report import ReadReport
from ipgtools.nl import reading

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

_NO = {"n", "nee", "no", "0", "false"}


def read_offences(
    path: str | Path,
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
    path : path
        CSV, sheet or Parquet, also in a zip, or a table in a database by its URL: one row per
        person per offence, or per proces-verbaal.
    key : path or bytes
        The key file that the user keeps, or its content. Without it nothing is read; with the
        same key a person has the same pseudonym in every file.
    columns : mapping of str to str, optional
        Contract column to file column, where the names aren't recognised.
    crs, work_crs : anything pyproj understands
        CRS of the coordinates of the *offences*, and of the result.
    layer : str, optional
        Sheet; if not given, the one with a column for persons.

    Returns
    -------
    offences : GeoDataFrame, n_used rows
        OFFENCES in `work_crs`, and ``is_misdrijf`` where the file says. A place that can't be
        used is left empty. A date without day or month is missing. No further columns.
    report : ReadReport
        Rows left out with reasons; values of personal columns are never shown.

    Raises
    ------
    ReadError
        If the key is missing or short, or the file can't be used as a whole.
    """
    secret = privacy.read_key(key)
    with files.opened(path, layer) as (local, inner):
        taken = files.choose(local, inner, fits=lambda names: _fits(names, local, columns))
        return _read(local, secret, columns, crs, work_crs, taken)


def _read(
    path: Path,
    secret: bytes,
    columns: Mapping[str, str] | None,
    crs: Any,
    work_crs: Any,
    layer: str | None,
) -> "tuple[gpd.GeoDataFrame, ReadReport]":
    import geopandas as gpd
    import numpy as np
    import pandas as pd

    names = files.header(path, layer=layer)
    found = columns_.recognise(names, columns_.OFFENCES, source=path.name, given=columns)
    lacking = {name: columns_.OFFENCES[name] for name in ("person",) if name not in found}
    if lacking:
        raise columns_.missing(lacking, names, path.name)
    dropped = [name for name in columns_.forbidden(names) if name not in found.values()]
    rows, rejected = files.read(path, columns=list(found.values()), layer=layer)
    collected = rejects.Rejects(rows.index, rejected)
    person = cells.text(rows[found["person"]])
    collected.where(person.isna(), "person", "person_missing")
    table = pd.DataFrame({"person": privacy.pseudonyms(person, secret)})
    for ours in ("offence_id", "pv_id", "incident_id", "category", "outcome"):
        if ours in found:
            table[ours] = cells.text(rows[found[ours]])
    notes = [reading.mapping(found)] + ([reading.dropped(dropped)] if dropped else [])
    if "committed_on" in found:
        dates, unreadable = _dates(rows[found["committed_on"]], path.name)
        collected.where(
            unreadable, found["committed_on"], "time_unreadable", found=rows[found["committed_on"]]
        )
        table["committed_on"] = dates
        unknown = int((dates.isna() & collected.good).sum())
        if unknown:
            notes.append(reading.unknown_dates(unknown))
    for ours in ("sent_to_om", "is_misdrijf"):
        if ours in found:
            plain = rows[found[ours]].astype("str").str.strip().str.lower()
            table[ours] = (~plain.isin(_NO)).astype("boolean").mask(rows[found[ours]].isna())
    if "age" in found:
        table["age"] = pd.to_numeric(rows[found["age"]], errors="coerce").astype("float64")
    elif "birth_date" in found and "committed_on" in table:
        born, _ = _dates(rows[found["birth_date"]], path.name)
        table["age"] = _age(born, table["committed_on"])
    details: dict[str, Any] = {"columns": found, "dropped": dropped}
    details["header_line"] = rows.attrs.get(files.HEADER_LINE)
    points = gpd.GeoSeries(np.full(len(rows), None), index=rows.index, crs=work_crs)
    if {"x", "y"} <= set(found) or {"lon", "lat"} <= set(found):
        points, _, decision = places.from_columns(
            rows, found, crs=crs, work_crs=work_crs, source=path.name
        )
        details |= decision
        notes += reading.on_places(decision)
    good = collected.good
    offences = gpd.GeoDataFrame(table[good], geometry=points[good], crs=work_crs)
    offences = contracts.conform(offences.reset_index(drop=True), schemas.OFFENCES)
    report = ReadReport(
        path.name,
        len(rows) + len(rejected),
        len(offences),
        collected.table(),
        tuple(notes),
        details,
    )
    return offences, report


def _fits(names: list[str], path: Path, given: Mapping[str, str] | None) -> bool:
    """Tell whether a sheet can be the one with persons."""
    try:
        found = columns_.recognise(names, columns_.OFFENCES, source=path.name, given=given)
    except ReadError as error:
        return error.code == "columns_doubt"
    return "person" in found


def _dates(column: "pd.Series", source: str) -> "tuple[pd.Series, pd.Series]":
    """Read dates; a year, or a date with 00 for day or month, is a date that isn't known."""
    text = column.astype("str").str.strip()
    partial = text.str.fullmatch(r"\d{4}|00-\d\d-\d{4}|\d\d-00-\d{4}|\d{4}-00-00|\d{4}-\d\d-00")
    partial = partial.fillna(value=False).astype(bool)
    dates, unreadable = times.parse(column.mask(partial), source=source)
    return dates, unreadable & ~partial


def _age(born: "pd.Series", on: "pd.Series") -> "pd.Series":
    """Count birthdays; who is born on 29 February is a year older on 1 March."""
    years = on.dt.year - born.dt.year
    before = (on.dt.month < born.dt.month) | (
        (on.dt.month == born.dt.month) & (on.dt.day < born.dt.day)
    )
    return (years - before.astype(int)).where(on.notna() & born.notna()).astype("float64")
