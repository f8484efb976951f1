"""Read registered incidents: one row per incident, one point, an interval of time."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ipgtools import _arrow, _garbage, contracts, schemas
from ipgtools._parallel import run_in_background, thread_map
from ipgtools.crs import WORK_CRS
from ipgtools.io import columns as columns_
from ipgtools.io import files, rejects
from ipgtools.io.files import file_notes, sheets
from ipgtools.io.incidents import (
    categories,
    house_numbers,
    merge_files,
    occurrence,
    quality,
)
from ipgtools.io.incidents import (
    duplicates as incidents_duplicates,
)
from ipgtools.io.incidents import extra_columns as further_
from ipgtools.io.incidents import match_columns as incident_columns
from ipgtools.io.parse import coordinates, dates, text_values
from ipgtools.io.parse.coordinates import make_points, precision
from ipgtools.io.report import ReadReport, cells_of
from ipgtools.nl import reading
from ipgtools.nl.messages import Message, message

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np
    import pandas as pd

__all__ = ["read_incidents"]

_PAIRS = (("x", "y"), ("lon", "lat"), ("xy",))
_MANY_WITHOUT_ID = 0.1
"""Share of rows without a number from which having none is how the source works."""


def read_incidents(
    path: "files.Given | Sequence[files.Given]",
    *,
    columns: Mapping[str, str] | None = None,
    crs: Any = None,
    work_crs: Any = WORK_CRS,
    layer: str | None = None,
    keep: Sequence[str] = (),
    duplicates: Literal["reject", "reject_all", "keep"] = "reject",
    timezone: str = dates.ZONE,
) -> "tuple[gpd.GeoDataFrame, ReadReport]":
    """
    Read incidents from a file of police or municipality.

    Parameters
    ----------
    path : path, DataFrame or GeoDataFrame, or several
        CSV (any common separator, also ``.gz``), Excel and OpenDocument sheets, Parquet,
        GeoPackage, GeoJSON, Shapefile, KML, each also in a zip; a PostGIS or DuckDB table by
        its URL. What is inside a file is named behind it: ``export.zip/a.csv``,
        ``boek.xlsx/Blad2``. Several files, or a folder of them, are put together: an incident
        that is in more than one of them counts once, as the last file has it. A table, from a
        query (`pandas.read_sql`) or an earlier read, is read as a file with its rows would be;
        `source` is then "tabel", and rows are numbered from 1 whatever their index.
    columns : mapping of str to str, optional
        Contract column to file column, where the names aren't recognised. ``x`` and ``y``,
        ``lon`` and ``lat`` name the coordinates, ``xy`` a column with both or with WKT;
        ``month`` a column that knows the month only; ``year``, ``month_number``, ``day``,
        ``hour``, ``minute``, ``time_from`` and ``time_to`` columns with parts of a time. An
        empty name says that the file has no such column.
    crs : anything pyproj understands, optional
        CRS of the coordinates. By default what the file declares; `work_crs` for columns named
        x and y, WGS84 for columns named longitude and latitude. RD in decimetres, centimetres
        or millimetres is recognised.
    work_crs : anything pyproj understands, default EPSG:28992
        Projected CRS in metres of the result.
    layer : str, optional
        Layer or sheet; if not given, the one whose columns are those of incidents.
    keep : sequence of str
        Columns with house numbers or free text to keep. Columns about persons are never kept.
        Of a column with streets that holds house numbers, too, the numbers are kept if it is
        named here.
    duplicates : {"reject", "reject_all", "keep"}
        What becomes of a row whose number occurred before in the same file: it is rejected, or
        kept with a number behind its own (``PL1~2``). A row without a number that is the same
        in everything as an earlier one, or as one of a later file, is rejected with
        ``"reject_all"`` only, and counted otherwise.
    timezone : str, default "Europe/Amsterdam"
        Where times that carry a zone become local times.

    Returns
    -------
    incidents : GeoDataFrame, n_used rows
        INCIDENTS in `work_crs`, then `first_processed` where the file says on which day the police
        first processed a row (`retention`), and the file's further columns. `street_name` holds
        no house numbers where these are clear; kept ones are in `house_number`. Local times. An
        interval that knows the month or the day only ends where the next one starts. Rows without
        a number are rejected, unless a tenth of the rows or more has none: then they are called
        ``rij-`` with their number in the source. A column called ``id`` is the number where its
        values allow nothing else (`incidents_duplicates.number_column`).
    report : ReadReport
        Rows left out with reasons, and what was decided.

    Raises
    ------
    ReadError
        If the file can't be used as a whole: missing, empty, without needed columns, dates in
        no known notation, coordinates that contradict the CRS.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"incidentnr": ["1", "2"], "feitcode": ["A20", "A20"],
    ...                      "datum": ["1-9-2025", "2-9-2025"],
    ...                      "x": [257000, 0], "y": [471000, 0]})
    >>> incidents, report = read_incidents(rows)
    >>> incidents["incident_id"].tolist(), report.n_rejected
    (['1'], 1)
    """
    if duplicates not in incidents_duplicates.POLICIES:
        known = ", ".join(incidents_duplicates.POLICIES)
        msg = f"`duplicates` is {duplicates!r}, expected one of {known}"
        raise ValueError(msg)
    paths = files.list_files(path)
    later = incidents_duplicates.Later() if len(paths) > 1 else None

    def read(one: Path) -> "tuple[gpd.GeoDataFrame, ReadReport]":
        with files.open_path(one, layer) as (local, inner):
            taken = files.choose(
                local, inner, fits=lambda names: incident_columns.fits(names, local, columns)
            )
            return _read(local, columns, crs, work_crs, taken, keep, duplicates, timezone, later)

    with _garbage.gc_paused():
        parts = [read(one) for one in reversed(paths)][::-1]
        return quality.attach_quality(*(parts[0] if later is None else merge_files.merge(parts)))


def _read(
    path: Path,
    columns: Mapping[str, str] | None,
    crs: Any,
    work_crs: Any,
    layer: str | None,
    keep: Sequence[str],
    duplicates: str,
    timezone: str,
    later: incidents_duplicates.Later | None,
) -> "tuple[gpd.GeoDataFrame, ReadReport]":
    import pandas as pd

    spatial = files.has_geometry(path, layer=layer)
    rows, rejected, known, dropped, notes, by_values = _recognised(
        path, columns, layer, keep, spatial=spatial
    )
    n_read = len(rows) + len(rejected)
    header_line = rows.attrs.get(files.HEADER_LINE)
    notes += file_notes.report_file_notes(path, layer, rows)

    collected = rejects.Rejects(rows.index, rejected)
    number = text_values.text(rows[known["incident_id"]]) if "incident_id" in known else None
    twins = None if number is None else run_in_background(_arrow.duplicate_candidates, number)
    x, y, points_of, decision = _located(
        rows, known, collected, spatial=spatial, crs=crs, work_crs=work_crs, source=path.name
    )
    notes += reading.on_places(decision)

    table = pd.DataFrame(index=rows.index)
    used = occurrence.occurrence_interval(table, rows, known, collected, notes, path.name, timezone)
    counted = {str(name): n for name, n in table.attrs.items()}
    table.attrs.clear()
    if number is None or twins is None:
        table.insert(
            0, "incident_id", incidents_duplicates.MADE + rows.index.to_series().astype("str")
        )
        notes.append(message("numbered"))
    else:
        _assign_ids(table, number, twins(), known["incident_id"], collected, notes, duplicates)
    categories.assign_category(table, rows, known, notes)
    for ours in ("street_name", "city"):
        if ours in known:
            read = text_values.street if ours == "street_name" else text_values.text
            table[ours] = read(rows[known[ours]])
    if "attempt" in known:
        table["attempt"] = text_values.flag(rows[known["attempt"]])
    used |= {known[ours] for ours in known if ours not in columns_.PARTS}
    used |= {rows.geometry.name} if spatial else set()
    further, left, suspected = further_.choose(rows, known, used, keep, notes)
    placed = house_numbers.separate_house_numbers(
        table, rows, known.get("street_name", ""), further, keep, notes
    )
    if placed.street:
        known = {**known, "street_name": placed.street}
    further, dropped = placed.further, [*dropped, *left, *placed.dropped]
    called = incident_columns.rename_extra_columns(further)
    houses = dict.fromkeys(placed.houses, "house_number")
    if renamed := {name: ours for name, ours in (called | houses).items() if name != ours}:
        notes.append(message("renamed", columns=renamed))
    columns_used = {name: table[name] for name in table}
    columns_used |= {ours: rows[name] for name, ours in called.items()}
    same = incidents_duplicates.reject(
        columns_used,
        x,
        y,
        collected,
        number=known.get("incident_id", ""),
        policy=duplicates,
        source=path.name,
        later=later,
        by_values=by_values,
    )
    if same:
        notes.append(message("same_rows", n=same))
    good = collected.good
    rejected = collected.table()
    hidden = {*suspected, *placed.hidden}
    shown_too = [name for name in further if name not in hidden]
    shown_first = [name for name in known.values() if name not in hidden]
    left_out = cells_of(rows, rejected, [*shown_first, *shown_too])
    del rows, table
    incidents = _of_good_rows(columns_used, points_of, good.to_numpy(), work_crs)
    del columns_used, points_of, x, y
    incidents["source"] = _arrow.constant(path.name, len(incidents))
    incidents = contracts.conform(incidents, schemas.INCIDENTS, distinct=["incident_id"])
    notes += _on_result(incidents)
    details = {
        "columns": known,
        "header_line": header_line,
        "dropped": dropped,
        "personal_values": suspected,
        **decision,
    }
    details |= counted
    report = ReadReport(
        path.name, n_read, len(incidents), rejected, tuple(notes), details, left_out
    )
    return incidents, report


def _recognised(
    path: Path,
    columns: Mapping[str, str] | None,
    layer: str | None,
    keep: Sequence[str],
    *,
    spatial: bool,
) -> "tuple[pd.DataFrame, pd.DataFrame, dict[str, str], list[str], list[Message], bool]":
    """
    Read a file and match its columns by name and by value.

    Gives rows and rejected rows, the columns that are known, those that stay unread, what to
    say of it, and whether the values told which column is the number of the incident.
    """
    names = files.header(path, layer=layer)
    known = incident_columns.recognise(names, source=path.name, given=columns, spatial=spatial)
    dropped = incident_columns.skipped_columns(names, known, keep)
    rows, rejected = files.read(
        path, columns=[name for name in names if name not in dropped], layer=layer
    )
    if rows.attrs.pop(files.SINCE_1904, False):
        for ours in ("occurred_from", "occurred_to", "reported_at", "first_processed"):
            if ours in known:
                rows[known[ours]] = sheets.days_from_1900(rows[known[ours]])
    known = coordinates.coalesce_pairs(rows, categories.code_and_label_columns(rows, known))
    by_values, counts = None, False
    if "incident_id" not in {*known, *(columns or {})}:
        by_values, counts = incidents_duplicates.number_column(rows, path.name)
    if by_values:
        known = {"incident_id": by_values, **known}
    notes = [reading.mapping(known)] + ([message("dropped", columns=dropped)] if dropped else [])
    notes += [message("number_by_values", column=by_values)] if by_values else []
    notes += [message("row_count")] if counts else []
    notes += reading.not_kept(
        [name for name in keep if name not in names], [name for name in keep if name in dropped]
    )
    return rows, rejected, known, dropped, notes, bool(by_values)


def _on_result(incidents: "gpd.GeoDataFrame") -> list[Message]:
    """Note what used incidents lack: times, or distinguishing locations."""
    notes = []
    if without := int(incidents["occurred_from"].isna().sum()):
        notes.append(message("without_time", n=without))
    if precision.all_at_one_point(incidents.geometry):
        notes.append(message("one_place", n=len(incidents)))
    elif step := precision.rounding_step(incidents.geometry):
        notes.append(message("rounded", step=step))
    return notes


def _located(
    rows: "pd.DataFrame",
    known: Mapping[str, str],
    collected: "rejects.Rejects",
    *,
    spatial: bool,
    crs: Any,
    work_crs: Any,
    source: str,
) -> "tuple[np.ndarray, np.ndarray, Callable[[np.ndarray], Any], dict[str, str]]":
    """Give coordinates, what gives the points of good rows, and what was decided on them."""
    import pandas as pd

    if spatial:
        geometry, faults, decision = coordinates.from_geometry(
            rows, ("Point",), crs=crs, work_crs=work_crs, source=source
        )
        collected.by_code(faults, "geometry")
        good = geometry.where(faults.isna())
        return good.x.to_numpy(), good.y.to_numpy(), geometry.array.__getitem__, decision
    x, y, faults, decision = coordinates.coordinates(
        rows, dict(known), crs=crs, work_crs=work_crs, source=source
    )
    points_of = make_points.make_points_in_background(x, y, faults.isna().to_numpy())
    absent = (faults == "xy_missing").to_numpy()
    if absent.any():
        empty = absent.copy()
        for name in rows:
            empty[empty] = pd.isna(_arrow.take(rows[name], empty))
        collected.where(pd.Series(empty, index=rows.index), "", "empty")
    pairs = [[known[one] for one in pair if one in known] for pair in _PAIRS]
    shown = next(pair for pair in pairs if pair)
    for name in reversed(shown[1:]):  # a fault in the second alone is shown there
        alone = coordinates.missing_alone(rows[name], rows[shown[0]], faults)
        collected.by_code(faults.where(alone), name, found=rows[name])
    collected.by_code(faults, shown[0], found=rows[shown[0]])
    return x, y, points_of, decision


def _of_good_rows(
    columns_used: "dict[str, pd.Series]",
    points_of: "Callable[[np.ndarray], Any]",
    good: "np.ndarray",
    work_crs: Any,
) -> "gpd.GeoDataFrame":
    """Make the table; columns are taken out of `columns_used`, so that none is there twice."""
    import geopandas as gpd
    import pandas as pd

    every = bool(good.all())

    def taken(name: str) -> Any:
        column = columns_used.pop(name)
        return column.array if every else _arrow.take(column, good)

    names = list(columns_used)
    kept = dict(zip(names, thread_map(taken, names), strict=True))
    index = pd.RangeIndex(int(good.sum()))
    return gpd.GeoDataFrame(kept, geometry=points_of(good), crs=work_crs, index=index, copy=False)


def _assign_ids(
    table: "pd.DataFrame",
    identifier: "pd.Series",
    twins: "np.ndarray | None",
    name: str,
    collected: "rejects.Rejects",
    notes: list[Message],
    duplicates: str,
) -> None:
    import pandas as pd

    absent = identifier.isna()
    counted = absent[collected.good]
    if counted.any() and counted.mean() >= _MANY_WITHOUT_ID:
        numbers = identifier.index[absent.to_numpy()].to_series().astype("str")
        identifier[absent] = incidents_duplicates.MADE + numbers
        twins = None  # the new numbers could be those of others
        notes.append(message("partly_numbered", n=int(counted.sum())))
    else:
        collected.where(absent, name, "id_missing")
    good = collected.good
    double = pd.Series(
        _arrow.repeated(identifier, good.to_numpy(), among=twins), index=identifier.index
    )
    if double.any():
        if duplicates == "keep":
            some = identifier[good]
            nth = some[some.duplicated(keep=False)].groupby(some).cumcount() + 1
            later = nth[nth > 1]
            identifier = identifier.copy()
            identifier[later.index] = identifier[later.index] + "~" + later.astype("str")
            notes.append(message("kept_doubles", n=len(later)))
            again = identifier[good].duplicated().reindex(identifier.index, fill_value=False)
            double = double & again
        collected.where(double, name, "id_double", found=identifier)
    table.insert(0, "incident_id", identifier)
