"""Read wijken and buurten: the shapes that incidents are counted in and drawn on."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools import contracts, schemas
from ipgtools.crs import WORK_CRS
from ipgtools.errors import ReadError
from ipgtools.io import columns as columns_
from ipgtools.io import files, merge_files
from ipgtools.io.areas import codes as area_codes
from ipgtools.io.areas import dissolve as area_parts
from ipgtools.io.areas import inhabitants as inhabitants_
from ipgtools.io.parse import coordinates
from ipgtools.io.parse.coordinates import detect_crs
from ipgtools.io.report import ReadReport
from ipgtools.io.source import Source
from ipgtools.nl import reading
from ipgtools.nl.messages import message

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["fits", "read_areas"]

_LEVELS = tuple(columns_.LEVELS)
"""From small to large."""
_WKT = r"\s*(?:SRID=(\d+);)?\s*(?:MULTI)?POLYGON.*"


def read_areas(
    path: "files.Given | Sequence[files.Given]",
    *,
    level: str | None = None,
    columns: Mapping[str, str] | None = None,
    inhabitants: "files.Given | None" = None,
    crs: Any = None,
    work_crs: Any = WORK_CRS,
    layer: str | None = None,
) -> "tuple[gpd.GeoDataFrame, ReadReport]":
    """
    Read areas with their inhabitants.

    Parameters
    ----------
    path : path, DataFrame or GeoDataFrame, or several
        GeoPackage, GeoJSON, Shapefile, KML, GeoParquet, each also in a zip; a PostGIS or DuckDB
        table by its URL; a CSV or sheet with shapes as WKT. A layer can be named behind the
        file: ``gebieden.gpkg/wijken``. Several are put together; an area that two of them have
        is an error.
    level : str, optional
        ``"buurt"``, ``"wijk"``, ``"gemeente"`` or another word. Chooses the layer and the
        columns where a file holds several levels; by default it follows from the codes. Where
        a file has buurten only, wijken and gemeenten are put together from them.
    columns : mapping of str to str, optional
        Contract column to file column, where the names aren't recognised.
    inhabitants : path, optional
        A table with codes (or names) and inhabitants, where the map has none.
    crs : anything pyproj understands, optional
        CRS, where the file declares none.
    work_crs : anything pyproj understands, default EPSG:28992
        Projected CRS in metres of the result.
    layer : str, optional
        Layer; by default the one named after the level, or the only one with codes.

    Returns
    -------
    areas : GeoDataFrame, one row per code
        AREAS in `work_crs`, sorted by code, then the file's further columns. Codes of CBS are
        written as CBS does. Rows that are pieces of one area are put together; inhabitants and
        households of smaller areas are added up.
    report : ReadReport
        Water and rows that say nothing new or contradict an earlier one with their code are
        left out, each with its reason.

    Raises
    ------
    ReadError
        If the file can't be used, or has no column with codes.

    Examples
    --------
    >>> import geopandas as gpd, shapely
    >>> buurt = gpd.GeoDataFrame({"buurtcode": ["BU01530000"], "buurtnaam": ["Centrum"],
    ...     "aantal_inwoners": [3200]}, geometry=[shapely.box(257000, 471000, 258000, 472000)],
    ...     crs=28992)
    >>> areas, report = read_areas(buurt)
    >>> areas[["area_code", "level", "inhabitants"]].values.tolist()
    [['BU01530000', 'buurt', 3200]]
    """
    parts = []
    for one in files.list_files(path, folders=False):
        with files.open_path(one, layer) as (local, inner):
            parts.append(_read_areas(local, level, columns, inhabitants, crs, work_crs, inner))
    areas, report = merge_files.merge(parts, schemas.AREAS, "area_code")
    if len(parts) > 1:
        areas = areas.sort_values("area_code", ignore_index=True)
    return areas, report


def _read_areas(
    path: Path,
    level: str | None,
    columns: Mapping[str, str] | None,
    inhabitants: "files.Given | None",
    crs: Any,
    work_crs: Any,
    layer: str | None,
) -> "tuple[gpd.GeoDataFrame, ReadReport]":
    import geopandas as gpd

    layer = files.choose(
        path,
        layer or _layer_of(path, level),
        fits=lambda names: fits(names, level=level, columns=columns),
    )
    names = files.header(path, layer=layer)
    found, of_level, smaller_name = _columns_of(names, level, columns, path.name)
    rows, rejected = files.read(path, layer=layer)
    source = Source(path, names, found, rows, rejected)
    collected = source.collected
    notes = [reading.mapping(found), *reading.mended(rows.attrs.get(files.MENDED, {}))]
    rows, guessed = _with_shapes(rows, path.name, crs)
    rows, n_collections = _surfaces(rows)
    geometry, faults, decision = coordinates.from_geometry(
        rows, ("Polygon", "MultiPolygon"), crs=guessed or crs, work_crs=work_crs, source=path.name
    )
    if guessed:
        decision["crs_why"] = "values"
    notes.append(reading.taken_crs(decision["crs"], decision["crs_why"]))
    if n_collections:
        notes.append(message("repaired", n=n_collections))
    collected.by_code(faults, "geometry")
    if "water" in found:
        collected.where(rows[found["water"]].astype("str").str.upper() == "JA", found["water"],
                        "water")  # fmt: skip
    table = _table(rows, found, level, of_level)
    collected.where(table["area_code"].isna(), found["area_code"], "code_missing")
    used = {*found.values(), rows.geometry.name}
    unwanted = {*columns_.personal_columns(names)}
    further = [n for n in rows.columns if n not in used | unwanted and n not in table]
    table = table.join(rows[further])
    good = collected.good
    broken = geometry.notna() & ~geometry.is_valid & good
    if broken.any():
        geometry[broken] = geometry[broken].make_valid(method="structure", keep_collapsed=False)
        notes.append(message("repaired", n=int(broken.sum())))
    smaller = _smaller(rows, smaller_name) if smaller_name else None
    double = area_parts.duplicate_rows(
        table[good], geometry[good], None if smaller is None else smaller[good]
    ).reindex(rows.index, fill_value=False)
    collected.where(double, found["area_code"], "code_double", found=table["area_code"])
    good = collected.good
    joined = area_parts.merge_parts(
        table[good], geometry[good], None if smaller is None else smaller[good]
    )
    notes += reading.put_areas_together(
        level or "", joined.n_pieces, joined.n_smaller, joined.n_areas, joined.n_unknown
    )
    table = joined.table
    if inhabitants is not None:
        table["inhabitants"], note = inhabitants_.look_up(inhabitants, table)
        notes.append(note)
    areas = gpd.GeoDataFrame(table, geometry=joined.geometry, crs=work_crs)
    areas = areas.sort_values("area_code").reset_index(drop=True)
    areas = contracts.conform(areas, schemas.AREAS)
    if n_unknown := int(areas["inhabitants"].isna().sum()):
        notes.append(message("without_inhabitants", n=n_unknown, n_areas=len(areas)))
    return areas, source.report(int(good.sum()), notes, {"layer": layer, **decision})


def _table(
    rows: "gpd.GeoDataFrame", found: Mapping[str, str], level: str | None, of_level: str | None
) -> "pd.DataFrame":
    """Make the columns of the contract."""
    import pandas as pd

    code = area_codes.normalise_codes(rows[found["area_code"]], of_level)
    table = pd.DataFrame({"area_code": code})
    named = rows[found["area_name"]].astype("str").str.strip() if "area_name" in found else code
    table["area_name"] = named.fillna(code)
    table["level"] = level or area_codes.level_of(code)
    if "parent_code" in found:
        larger = _LEVELS[_LEVELS.index(of_level) + 1 :] if of_level else ()
        table["parent_code"] = area_codes.normalise_codes(
            rows[found["parent_code"]], next(iter(larger), None)
        )
    for ours in ("inhabitants", "households", "indeling_jaar"):
        if ours in found:
            table[ours] = inhabitants_.parse_counts(rows[found[ours]])
    return table


def _with_shapes(rows: "pd.DataFrame", source: str, crs: Any) -> "tuple[gpd.GeoDataFrame, Any]":
    """Give rows with their shapes, from a column of WKT where the file brings none along."""
    import geopandas as gpd
    import shapely

    if isinstance(rows, gpd.GeoDataFrame):
        return rows, None
    known = {columns_.normalise_name(name) for name in columns_.INCIDENTS["xy"]}
    for name in (name for name in rows if columns_.normalise_name(name) in known):
        text = rows[name].dropna().astype("str")
        if text.empty or not text.str.fullmatch(_WKT, case=False).all():
            continue
        numbers = text.str.extract(_WKT)[0].dropna().unique()
        plain = rows[name].astype("str").str.replace(r"^\s*SRID=\d+;", "", regex=True)
        shapes = shapely.from_wkt(plain.where(rows[name].notna(), None), on_invalid="ignore")
        table = gpd.GeoDataFrame(rows.drop(columns=name), geometry=shapes, crs=None)
        said = f"EPSG:{numbers[0]}" if len(numbers) == 1 else None
        return table, crs or said or detect_crs.crs_of_bounds(table.total_bounds)
    msg = f"{source} holds no shapes"
    raise ReadError(msg, code="no_geometry", path=source)


def _smaller(rows: "pd.DataFrame", name: str) -> "pd.Series":
    """Return the codes of smaller areas; a row without one is a smaller area by itself."""
    code = area_codes.normalise_codes(rows[name], None)
    return code.fillna(rows.index.to_series().astype("str"))


def _surfaces(rows: "gpd.GeoDataFrame") -> "tuple[gpd.GeoDataFrame, int]":
    """Take the polygons out of collections, which clipping leaves behind."""
    import geopandas as gpd
    from shapely import GeometryCollection, MultiPolygon

    def polygons(shape: GeometryCollection) -> Any:
        flat = gpd.GeoSeries([shape]).explode(index_parts=False)
        found = [part for part in flat.explode(index_parts=False) if part.geom_type == "Polygon"]
        return MultiPolygon(found) if found else shape

    mixed = rows.geometry.geom_type == "GeometryCollection"
    if not mixed.any():
        return rows, 0
    geometry = rows.geometry.copy()
    geometry[mixed] = [polygons(shape) for shape in geometry[mixed]]
    return rows.set_geometry(geometry), int(
        (geometry.geom_type != "GeometryCollection")[mixed].sum()
    )


def _layer_of(path: Path, level: str | None) -> str | None:
    """Choose the layer named after the level: `buurten` for buurt."""
    available = files.layers(path) if level else []
    return next((name for name in available if name.lower().startswith(str(level)[:4])), None)


def _columns_of(
    names: list[str], level: str | None, given: Mapping[str, str] | None, source: str
) -> tuple[dict[str, str], str | None, str | None]:
    """
    Recognise columns; a file with codes of several levels is read at the finest.

    Gives, too, the level that the column of codes is of, and the column with codes of smaller
    areas where a larger level than the finest is asked for.
    """
    given = dict(given or {})
    of_level, smaller = None, None
    for candidate, spellings in columns_.LEVELS.items():
        mine = columns_.recognise(names, spellings, source=source)
        if level in (None, candidate) and "area_code" in mine and "area_code" not in given:
            given, of_level = {**mine, **given}, candidate
            break
        smaller = smaller or mine.get("area_code")
    found = columns_.recognise(names, columns_.AREAS, source=source, given=given)
    if "area_code" not in found:
        known = {"area_code": (*columns_.AREAS["area_code"], "buurtcode", "wijkcode")}
        raise columns_.missing(known, names, source)
    return found, of_level, smaller if of_level else None


def fits(
    names: list[str], *, level: str | None = None, columns: Mapping[str, str] | None = None
) -> bool:
    """
    Return whether a table can be one of areas.

    Examples
    --------
    >>> fits(["buurtcode", "buurtnaam"]), fits(["osm_id", "naam"])
    (True, False)
    """
    try:
        _columns_of(names, level, columns, "")
    except ReadError as error:
        return error.code == "columns_doubt"
    return True
