"""Read registered incidents: one row per incident, one point, an interval of time."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools import contracts, schemas
from ipgtools.crs import WORK_CRS
from ipgtools.io import columns as columns_
from ipgtools.io import files, places, rejects, times
from ipgtools.io.report import ReadReport
from ipgtools.nl import reading

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

_YES = {"j", "ja", "y", "yes", "1", "true", "waar", "1.0"}
_NO = {"n", "nee", "no", "0", "false", "onwaar", "0.0"}


def read_incidents(
    path: str | Path,
    *,
    columns: Mapping[str, str] | None = None,
    crs: Any = None,
    work_crs: Any = WORK_CRS,
    layer: str | None = None,
    keep: Sequence[str] = (),
) -> "tuple[gpd.GeoDataFrame, ReadReport]":
    """
    Read incidents from a file of police or municipality.

    Parameters
    ----------
    path : path
        CSV (any common separator, also ``.gz``), Excel, Parquet, GeoPackage, GeoJSON,
        Shapefile (also zipped).
    columns : mapping of str to str, optional
        Contract column to file column, where the names aren't recognised. ``x`` and ``y``,
        ``lon`` and ``lat`` name the coordinates, ``month`` a column that knows the month only.
    crs : anything pyproj understands, optional
        CRS of the coordinates. By default what the file declares; `work_crs` for columns named
        x and y, WGS84 for columns named longitude and latitude.
    work_crs : anything pyproj understands, default EPSG:28992
        Projected CRS in metres of the result.
    layer : str, optional
        Layer or sheet; the first one if not given.
    keep : sequence of str
        Columns with house numbers or free text to keep. Columns about persons are never kept.

    Returns
    -------
    incidents : GeoDataFrame, n_used rows
        INCIDENTS in `work_crs`, then the file's further columns. Local times. An interval that
        knows the month or the day only ends where the next one starts.
    report : ReadReport
        Rows left out with reasons, and what was decided.

    Raises
    ------
    ReadError
        If the file can't be used as a whole: missing, empty, without needed columns, dates in
        no known notation, coordinates that contradict the CRS.
    """
    import pandas as pd

    path = Path(path)
    names = files.header(path, layer=layer)
    known = columns_.recognise(names, columns_.INCIDENTS, source=path.name, given=columns)
    spatial = files.kind(path) == "layered" or _has_geometry(path)
    needed = [] if spatial or {"lon", "lat"} <= set(known) else ["x", "y"]
    if "occurred_from" not in known and "month" not in known:
        needed.insert(0, "occurred_from")
    lacking = {name: columns_.INCIDENTS[name] for name in needed if name not in known}
    if lacking:
        raise columns_.missing(lacking, names, path.name)
    dropped = _unwanted(names, known, keep)
    rows, rejected = files.read(
        path, columns=[name for name in names if name not in dropped], layer=layer
    )
    n_read = len(rows) + len(rejected)
    notes = [reading.mapping(known)] + ([reading.dropped(dropped)] if dropped else [])

    collected = rejects.Rejects(rows.index, rejected)
    if spatial:
        geometry, faults, decision = places.from_geometry(
            rows, ("Point",), crs=crs, work_crs=work_crs, source=path.name
        )
        collected.by_key(faults, "geometry")
    else:
        geometry, faults, decision = places.from_columns(
            rows, known, crs=crs, work_crs=work_crs, source=path.name
        )
        shown = known.get("x") or known["lon"]
        collected.by_key(faults, shown, found=rows[shown])
    notes.append(reading.taken_crs(decision["crs"], reading.CRS_WHY[decision["crs_why"]]))

    table = pd.DataFrame(index=rows.index)
    _put_times(table, rows, known, collected, notes, path.name)
    _put_id(table, rows, known, collected, notes)
    for ours in ("category", "category_label", "street_name", "city"):
        if ours in known:
            table[ours] = _text(rows[known[ours]])
    if "category" in table:
        table["category"] = table["category"].str.upper()
    if "attempt" in known:
        table["attempt"] = _flag(rows[known["attempt"]])
    table["source"] = path.name
    used = set(known.values()) | {rows.geometry.name if spatial else ""}
    further = [name for name in rows.columns if name not in used and name not in table]
    columns_used = {name: table[name] for name in table} | {name: rows[name] for name in further}
    good = collected.good
    del rows, table

    import geopandas as gpd

    if good.all():
        incidents = gpd.GeoDataFrame(columns_used, geometry=geometry, crs=work_crs)
    else:
        kept = {name: columns_used.pop(name)[good] for name in list(columns_used)}
        incidents = gpd.GeoDataFrame(kept, geometry=geometry[good], crs=work_crs)
    incidents.index = pd.RangeIndex(len(incidents))
    incidents = contracts.conform(incidents, schemas.INCIDENTS)
    without = int(incidents["occurred_from"].isna().sum())
    if without:
        notes.append(reading.without_time(without))
    details = {"columns": known, "dropped": dropped, **decision}
    report = ReadReport(path.name, n_read, len(incidents), collected.table(), tuple(notes), details)
    return incidents, report


def _has_geometry(path: Path) -> bool:
    if files.kind(path) != "parquet":
        return False
    import pyarrow.parquet as pq

    return b"geo" in (pq.read_schema(path).metadata or {})


def _unwanted(names: list[str], known: Mapping[str, str], keep: Sequence[str]) -> list[str]:
    personal = columns_.forbidden(names)
    free = [name for name in columns_.left_out(names) if name not in keep]
    return [name for name in names if name in {*personal, *free} - set(known.values())]


def _put_times(
    table: "pd.DataFrame",
    rows: "pd.DataFrame",
    known: Mapping[str, str],
    collected: "rejects.Rejects",
    notes: list[str],
    source: str,
) -> None:
    import pandas as pd

    for ours in ("occurred_from", "occurred_to", "reported_at"):
        if ours not in known:
            continue
        column = rows[known[ours]]
        table[ours], unreadable = times.parse(column, source=source)
        collected.where(unreadable, known[ours], "time_unreadable", found=column)
    if "occurred_from" not in known:
        column = rows[known["month"]]
        begin, unreadable = times.parse(column, source=source)
        collected.where(unreadable, known["month"], "time_unreadable", found=column)
        table["occurred_from"] = begin.dt.to_period("M").dt.start_time.astype("datetime64[s]")
        table["occurred_to"] = table["occurred_from"] + pd.DateOffset(months=1)
        notes.append(reading.months(int(begin.notna().sum())))
    elif "occurred_to" not in known and _days_only(table["occurred_from"]):
        table["occurred_to"] = table["occurred_from"] + pd.Timedelta(days=1)
        notes.append(reading.days_only(int(table["occurred_from"].notna().sum())))
    if "occurred_to" in table:
        reversed_ = table["occurred_to"] < table["occurred_from"]
        shown = known.get("occurred_to", "")
        collected.where(reversed_, shown, "time_reversed", found=rows.get(shown))


def _days_only(begin: "pd.Series") -> bool:
    """Tell whether no time of day is known: all of many times are midnight."""
    known = begin.dropna()
    return bool(len(known) and (known == known.dt.normalize()).all())


def _put_id(
    table: "pd.DataFrame",
    rows: "pd.DataFrame",
    known: Mapping[str, str],
    collected: "rejects.Rejects",
    notes: list[str],
) -> None:
    if "incident_id" not in known:
        table.insert(0, "incident_id", [f"rij-{number}" for number in rows.index])
        notes.append(reading.numbered())
        return
    identifier = _text(rows[known["incident_id"]])
    table.insert(0, "incident_id", identifier)
    collected.where(identifier.isna(), known["incident_id"], "id_missing")
    double = identifier[collected.good].duplicated().reindex(rows.index, fill_value=False)
    collected.where(double, known["incident_id"], "id_double", found=identifier)


def _text(column: "pd.Series") -> "pd.Series":
    text = column.astype("str").str.strip()
    return text.mask(column.isna() | (text == ""))


def _flag(column: "pd.Series") -> "pd.Series":
    plain = column.astype("str").str.strip().str.lower()
    return plain.map(dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False)).astype("boolean")
