"""
Read address files and lists of streets: what the gazetteer finds places with.

Understood are extracts of the BAG as PDOK, NLExtract and municipalities give them, and
OpenStreetMap's addresses. Only the parts of an address are read, nothing that stands beside
them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools import contracts, schemas
from ipgtools.crs import WORK_CRS
from ipgtools.io import columns as columns_
from ipgtools.io import files, merge_files
from ipgtools.io.parse import coordinates, text_values
from ipgtools.io.report import ReadReport
from ipgtools.io.source import open_source
from ipgtools.nl import reading

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["ADDRESSES", "STREET_LIST", "read_addresses", "read_street_list", "street_list"]

_PLACE: dict[str, tuple[str, ...]] = {
    "x": (*columns_.INCIDENTS["x"], "rdx"),
    "y": (*columns_.INCIDENTS["y"], "rdy"),
    "lon": columns_.INCIDENTS["lon"],
    "lat": columns_.INCIDENTS["lat"],
    "xy": ("centroide_rd", "centroide_ll", *columns_.INCIDENTS["xy"]),
}
ADDRESSES: dict[str, tuple[str, ...]] = {
    "address_id": (
        "address_id", "nummeraanduiding", "nummeraanduiding_identificatie", "identificatie",
        "object_id", "osm_id", "id",
    ),
    "street_name": (
        "street_name", "openbare_ruimte_naam", "openbare_ruimte", "straatnaam", "straat",
        "street", "addr:street",
    ),
    "house_number": (
        "house_number", "huisnummer", "huisnr", "hsnr", "hnr", "housenumber", "addr:housenumber",
    ),
    "house_letter": ("house_letter", "huisletter", "hsltr", "letter"),
    "addition": (
        "addition", "huisnummertoevoeging", "huisnummer_toevoeging", "toevoeging",
        "huisnummer_toev", "huisnr_toev", "hsnr_toev", "toev",
    ),
    "postcode": ("postcode", "postal_code", "postcode6", "pc6", "pc", "addr:postcode"),
    "city": ("city", "woonplaats_naam", "woonplaats", "plaatsnaam", "plaats", "addr:city"),
    "status": (
        "status", "nummeraanduidingstatus", "nummeraanduiding_status", "verblijfsobjectstatus",
        "verblijfsobject_status",
    ),
    **_PLACE,
}  # fmt: skip
"""Columns of an address file, by the names that the BAG, PDOK, NLExtract and OSM give them."""
STREET_LIST: dict[str, tuple[str, ...]] = {
    "street_id": columns_.STREETS["street_id"],
    "street_name": (*columns_.STREETS["street_name"], "openbare_ruimte_naam", "straat"),
    "city": ADDRESSES["city"],
    **_PLACE,
}
_ANY_WILL_DO = ("address_id", "status", "xy")
_NUMBER = r"^\s*(\d{1,5})(?:\.0+)?(?!\d)\s*[-/,;]?\s*([A-Za-z](?![A-Za-z]))?\s*[-/,;]?\s*(.*?)\s*$"
_SAME_PLACE = 250.0
"""Points of one address further apart than this, in metres, are two addresses."""
_GONE = r"ingetrokken|niet gerealiseerd|ten onrechte"


def read_addresses(
    path: "files.Given | Sequence[files.Given]",
    *,
    columns: Mapping[str, str] | None = None,
    crs: Any = None,
    work_crs: Any = WORK_CRS,
    layer: str | None = None,
) -> "tuple[gpd.GeoDataFrame, ReadReport]":
    """
    Read addresses with their points.

    Parameters
    ----------
    path : path, DataFrame or GeoDataFrame, or several
        CSV (also ``.gz``), Excel, Parquet, GeoPackage, GeoJSON or Shapefile: an extract of the
        BAG, of OpenStreetMap, or a list alike. Several are put together; an address that two of
        them have is an error.
    columns : mapping of str to str, optional
        Column of `ADDRESSES` to file column, where the names aren't recognised.
    crs : anything pyproj understands, optional
        CRS, where file and column names don't tell.
    work_crs : anything pyproj understands, default EPSG:28992
        Projected CRS in metres of the result.
    layer : str, optional
        Layer or sheet; by default all with streets and house numbers, since the BAG keeps
        moorings and sites beside the dwellings.

    Returns
    -------
    addresses : GeoDataFrame, n_used rows
        ADDRESSES in `work_crs`. A number such as ``12a-2`` in one column is taken apart.
    report : ReadReport
        Rows without street, number or point, addresses withdrawn by the BAG, and addresses
        that occur twice within 250 m are left out, each with its reason. Of several layers
        `rejected` has a column `source`.

    Raises
    ------
    ReadError
        If the file can't be used, or has no column with streets or with house numbers.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"straat": ["Velveweg"], "huisnummer": ["12a"],
    ...                      "x": [257000], "y": [471000]})
    >>> addresses, report = read_addresses(rows)
    >>> addresses[["street_name", "house_number"]].values.tolist()
    [['Velveweg', 12]]
    """
    read = []
    for one in files.list_files(path, folders=False):
        wanted: list[str | None] = _layers_of(one) if layer is None else [layer]
        parts = [_read(one, columns, crs, work_crs, each) for each in wanted]
        read.append(parts[0] if len(parts) == 1 else _concatenate(one.name, wanted, parts))
    return merge_files.merge(read, schemas.ADDRESSES, "address_id")


def _read(
    path: Path, columns: Mapping[str, str] | None, crs: Any, work_crs: Any, layer: str | None
) -> "tuple[gpd.GeoDataFrame, ReadReport]":
    import geopandas as gpd
    import pandas as pd

    source = open_source(
        path, ADDRESSES, needed=("street_name", "house_number"), columns=columns, layer=layer,
        any_of=_ANY_WILL_DO,
    )  # fmt: skip
    rows, found, collected = source.rows, source.found, source.collected
    geometry, faults, decision = _points(rows, found, crs, work_crs, path.name)
    if "status" in found:
        gone = rows[found["status"]].astype("str").str.contains(_GONE, case=False, na=False)
        collected.where(gone, found["status"], "address_withdrawn")
    table = pd.DataFrame({"address_id": _text(rows, found, "address_id")}, index=rows.index)
    table["street_name"] = _text(rows, found, "street_name")
    collected.where(table["street_name"].isna(), found["street_name"], "street_missing")
    written = rows[found["house_number"]].astype("str")
    distinct = written.drop_duplicates()
    parts = distinct.str.extract(_NUMBER).set_axis(distinct.array)
    parts = parts.reindex(written.array).set_axis(rows.index)
    numbers = pd.to_numeric(parts[0]).astype("Int64")
    table["house_number"] = numbers.mask(numbers == 0)
    unread = table["house_number"].isna()
    collected.where(unread, found["house_number"], "number_missing")
    table["house_letter"] = _text(rows, found, "house_letter", instead=parts[1])
    table["addition"] = _text(rows, found, "addition", instead=parts[2])
    table["postcode"] = _text(rows, found, "postcode").str.replace(" ", "").str.upper()
    table["city"] = _text(rows, found, "city")
    collected.by_code(faults, "geometry")
    double = _is_duplicate(table[collected.good], geometry).reindex(rows.index, fill_value=False)
    collected.where(double, found["house_number"], "address_double")
    good = collected.good
    addresses = gpd.GeoDataFrame(table[good], geometry=geometry[good], crs=work_crs)
    addresses = contracts.conform(addresses.reset_index(drop=True), schemas.ADDRESSES)
    notes = (
        reading.mapping(found),
        *reading.mended(rows.attrs.get(files.MENDED, {})),
        reading.taken_crs(decision["crs"], decision["crs_why"]),
    )
    return addresses, source.report(len(addresses), notes, {"layer": layer, **decision})


def read_street_list(
    path: "files.Given",
    *,
    columns: Mapping[str, str] | None = None,
    crs: Any = None,
    work_crs: Any = WORK_CRS,
    layer: str | None = None,
) -> "tuple[gpd.GeoDataFrame, ReadReport]":
    """
    Read a list of street names, with a point for each where it has them.

    For the gazetteer and the reader of schouw reports it does what street lines do, as far
    as names and points go: names are repaired, places are found to the street, not to a corner.

    Parameters
    ----------
    path : path, DataFrame or GeoDataFrame
        CSV, Excel, Parquet, GeoPackage or alike.
    columns : mapping of str to str, optional
        Column of `STREET_LIST` to file column, where the names aren't recognised.
    crs : anything pyproj understands, optional
        CRS, where file and column names don't tell.
    work_crs : anything pyproj understands, default EPSG:28992
        Projected CRS in metres of the result.
    layer : str, optional
        Layer or sheet; the first one if not given.

    Returns
    -------
    streets : GeoDataFrame, n_used rows
        `street_id`, `street_name`, `city`; geometry Point, or None where the list has none or
        no good one.
    report : ReadReport
        Rows without a name are left out; ``details["n_without_point"]`` counts names alone.

    Raises
    ------
    ReadError
        If the file can't be used, or has no column with names.

    Examples
    --------
    >>> import pandas as pd
    >>> names, report = read_street_list(pd.DataFrame({"straat": ["Velveweg", "Leijdsweg"]}))
    >>> names["street_name"].tolist(), report.details["n_without_point"]
    (['Velveweg', 'Leijdsweg'], 2)
    """
    import geopandas as gpd
    import pandas as pd

    source = open_source(
        files.one(path), STREET_LIST, needed=("street_name",), columns=columns, layer=layer,
        any_of=_ANY_WILL_DO,
    )  # fmt: skip
    rows, found, collected = source.rows, source.found, source.collected
    placed = isinstance(rows, gpd.GeoDataFrame) or {"x", "y"} <= set(found)
    decision: dict[str, Any] = {}
    geometry = gpd.GeoSeries([None] * len(rows), index=rows.index, crs=work_crs)
    if placed or {"lon", "lat"} <= set(found) or "xy" in found:
        geometry, faults, decision = _points(rows, found, crs, work_crs, source.path.name)
        geometry[faults.notna()] = None
    table = pd.DataFrame({"street_id": _text(rows, found, "street_id")}, index=rows.index)
    table["street_id"] = table["street_id"].fillna(rows.index.to_series().astype("str"))
    table["street_name"] = _text(rows, found, "street_name")
    table["city"] = _text(rows, found, "city")
    collected.where(table["street_name"].isna(), found["street_name"], "street_missing")
    good = collected.good
    streets = gpd.GeoDataFrame(table[good], geometry=geometry[good], crs=work_crs)
    streets = streets.reset_index(drop=True)
    notes = [reading.mapping(found)]
    if decision:
        notes.append(reading.taken_crs(decision["crs"], decision["crs_why"]))
    bare = int(streets.geometry.isna().sum())
    return streets, source.report(len(streets), notes, {"n_without_point": bare, **decision})


def street_list(names: Sequence[str]) -> dict[str, str]:
    """
    Return whether a table is a list of streets and nothing else.

    Examples
    --------
    >>> street_list(["straat", "plaats"]), street_list(["straat", "datum"])
    ({'street_name': 'straat', 'city': 'plaats'}, {})
    """
    found = columns_.recognise(names, STREET_LIST, source="", any_of=_ANY_WILL_DO)
    return found if "street_name" in found and set(found.values()) == set(names) else {}


def _concatenate(
    name: str, layers: "list[str | None]", parts: "list[tuple[gpd.GeoDataFrame, ReadReport]]"
) -> "tuple[gpd.GeoDataFrame, ReadReport]":
    """Concatenate the addresses of several layers, with the layer of each row."""
    import pandas as pd

    addresses = pd.concat([table for table, _ in parts], ignore_index=True)
    reports = [
        replace(report, source=f"{name}/{layer}")
        for (_, report), layer in zip(parts, layers, strict=True)
    ]
    details = {**reports[0].details, "layer": layers}
    report = replace(merge_files.merge_reports(reports), source=name, details=details)
    return contracts.conform(addresses, schemas.ADDRESSES), report


def _layers_of(path: Path) -> "list[str | None]":
    """Choose the layers that have streets and house numbers; none of a file with one table."""
    available = files.layers(path)
    if len(available) < 2:
        return [None]
    wanted = [
        {columns_.normalise_name(name) for name in ADDRESSES[key]}
        for key in ("street_name", "house_number")
    ]
    found: list[str | None] = []
    for layer in available:
        names = {columns_.normalise_name(name) for name in files.header(path, layer=layer)}
        if all(names & spellings for spellings in wanted):
            found.append(layer)
    return found or [None]


def _points(
    rows: "pd.DataFrame", found: dict[str, str], crs: Any, work_crs: Any, source: str
) -> "tuple[gpd.GeoSeries, pd.Series, dict[str, str]]":
    """Return the points; moorings and sites are polygons in the BAG: a point inside."""
    import geopandas as gpd

    if not isinstance(rows, gpd.GeoDataFrame):
        return coordinates.from_columns(rows, found, crs=crs, work_crs=work_crs, source=source)
    wide = rows.geometry.geom_type.isin(["Polygon", "MultiPolygon", "MultiPoint"])
    if wide.any():
        rows = rows.copy()
        rows.geometry = rows.geometry.where(~wide, rows.geometry.representative_point())
    return coordinates.from_geometry(rows, ("Point",), crs=crs, work_crs=work_crs, source=source)


def _is_duplicate(table: "pd.DataFrame", geometry: "gpd.GeoSeries") -> "pd.Series":
    """Mark repeated addresses; without towns, distant ones of one name differ."""
    import geopandas as gpd
    import pandas as pd

    words = (
        table.drop(columns="address_id")
        .astype("str")
        .fillna("")
        .apply(lambda column: column.str.casefold())
    )
    nth = words.groupby(list(words.columns), sort=False).ngroup()
    first = pd.Series(nth.index, index=nth).groupby(level=0).first()
    at = gpd.GeoSeries(geometry[nth.map(first)].to_numpy(), index=table.index, crs=geometry.crs)
    return nth.duplicated() & geometry[table.index].dwithin(at, _SAME_PLACE)


def _text(
    rows: "pd.DataFrame",
    found: dict[str, str],
    key: str,
    *,
    instead: "pd.Series | None" = None,
) -> "pd.Series":
    """Give a column as trimmed text, empty as missing; fill it from another one."""
    import pandas as pd

    if key in found:
        text = text_values.text(rows[found[key]])
        text = text.str.replace(r"^(\d+)\.0$", r"\1", regex=True)
    else:
        text = pd.Series(pd.NA, index=rows.index, dtype="str")
    if instead is not None:
        text = text.fillna(instead.astype("str").mask(instead.isna() | (instead == "")))
    return text
