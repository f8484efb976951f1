"""Read wijken and buurten: the shapes that incidents are counted in and drawn on."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools import contracts, schemas
from ipgtools.crs import WORK_CRS
from ipgtools.errors import ReadError
from ipgtools.io import columns as columns_
from ipgtools.io import files, places, rejects
from ipgtools.io.report import ReadReport, cells_of
from ipgtools.nl import reading

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

_PREFIXES = {"BU": "buurt", "WK": "wijk", "GM": "gemeente"}
_YEAR = re.compile(r"(19|20)\d\d$").search
_SENTINEL = -99_000
"""CBS writes numbers below this for unknown."""


def read_areas(
    path: str | Path,
    *,
    level: str | None = None,
    columns: Mapping[str, str] | None = None,
    inhabitants: str | Path | None = None,
    crs: Any = None,
    work_crs: Any = WORK_CRS,
    layer: str | None = None,
) -> "tuple[gpd.GeoDataFrame, ReadReport]":
    """
    Read areas with their inhabitants.

    Parameters
    ----------
    path : path
        GeoPackage, GeoJSON, Shapefile, KML, GeoParquet, each also in a zip; a PostGIS or DuckDB
        table by its URL. A layer can be named behind the file: ``gebieden.gpkg/wijken``.
    level : str, optional
        ``"buurt"``, ``"wijk"``, ``"gemeente"`` or another word. Chooses the layer and the
        columns where a file holds several levels; by default it follows from the codes.
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
    areas : GeoDataFrame, n_used rows
        AREAS in `work_crs`, sorted by code, then the file's further columns.
    report : ReadReport
        Water and double codes are left out, each with its reason.

    Raises
    ------
    ReadError
        If the file can't be used, or has no column with codes.
    """
    with files.opened(path, layer) as (local, inner):
        return _read_areas(local, level, columns, inhabitants, crs, work_crs, inner)


def _read_areas(
    path: Path,
    level: str | None,
    columns: Mapping[str, str] | None,
    inhabitants: str | Path | None,
    crs: Any,
    work_crs: Any,
    layer: str | None,
) -> "tuple[gpd.GeoDataFrame, ReadReport]":
    import geopandas as gpd
    import pandas as pd

    layer = files.choose(
        path,
        layer or _layer_of(path, level),
        fits=lambda names: fits(names, level=level, columns=columns),
    )
    names = files.header(path, layer=layer)
    found = _columns_of(names, level, columns, path.name)
    rows, rejected = files.read(path, layer=layer)
    if not isinstance(rows, gpd.GeoDataFrame):
        msg = f"{path.name} holds no shapes"
        raise ReadError(msg, code="no_geometry", path=path.name)
    n_read = len(rows) + len(rejected)
    notes = [reading.mapping(found)]
    rows, n_collections = _surfaces(rows)
    geometry, faults, decision = places.from_geometry(
        rows, ("Polygon", "MultiPolygon"), crs=crs, work_crs=work_crs, source=path.name
    )
    notes.append(reading.taken_crs(decision["crs"], reading.CRS_WHY[decision["crs_why"]]))
    if n_collections:
        notes.append(reading.repaired(n_collections))
    collected = rejects.Rejects(rows.index, rejected)
    collected.by_key(faults, "geometry")
    if "water" in found:
        collected.where(rows[found["water"]].astype("str").str.upper() == "JA", found["water"],
                        "water")  # fmt: skip
    code = rows[found["area_code"]].astype("str").str.strip()
    code = code.mask(rows[found["area_code"]].isna() | (code == ""))
    collected.where(code.isna(), found["area_code"], "code_missing")
    double = code[collected.good].duplicated().reindex(rows.index, fill_value=False)
    collected.where(double, found["area_code"], "code_double", found=code)

    table = pd.DataFrame({"area_code": code})
    table["area_name"] = (
        rows[found["area_name"]].astype("str").str.strip().fillna(code)
        if "area_name" in found
        else code
    )
    table["level"] = level or _level_of(code)
    if "parent_code" in found:
        table["parent_code"] = rows[found["parent_code"]].astype("str").str.strip()
    for ours in ("inhabitants", "households", "indeling_jaar"):
        if ours in found:
            numbers = pd.to_numeric(rows[found[ours]], errors="coerce")
            table[ours] = numbers.mask(numbers < _SENTINEL).round()
    if inhabitants is not None:
        table["inhabitants"], note = _inhabitants(inhabitants, table)
        notes.append(note)
    used = {*found.values(), rows.geometry.name}
    unwanted = {*columns_.forbidden(names)}
    further = [n for n in rows.columns if n not in used | unwanted and n not in table]
    table = table.join(rows[further])
    good = collected.good
    broken = geometry.notna() & ~geometry.is_valid & good
    if broken.any():
        geometry[broken] = geometry[broken].make_valid(method="structure", keep_collapsed=False)
        notes.append(reading.repaired(int(broken.sum())))
    areas = gpd.GeoDataFrame(table[good], geometry=geometry[good], crs=work_crs)
    areas = areas.sort_values("area_code").reset_index(drop=True)
    areas = contracts.conform(areas, schemas.AREAS)
    details = {"columns": found, "layer": layer, **decision}
    rejected = collected.table()
    left_out = cells_of(rows, rejected, found.values())
    report = ReadReport(path.name, n_read, len(areas), rejected, tuple(notes), details, left_out)
    return areas, report


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
) -> dict[str, str]:
    """Recognise columns; a file with codes of several levels is read at the finest."""
    given = dict(given or {})
    for candidate, spellings in columns_.LEVELS.items():
        mine = columns_.recognise(names, spellings, source=source)
        if level in (None, candidate) and "area_code" in mine and "area_code" not in given:
            given = {**mine, **given}
            break
    found = columns_.recognise(names, columns_.AREAS, source=source, given=given)
    if "area_code" not in found:
        known = {"area_code": (*columns_.AREAS["area_code"], "buurtcode", "wijkcode")}
        raise columns_.missing(known, names, source)
    return found


def fits(
    names: list[str], *, level: str | None = None, columns: Mapping[str, str] | None = None
) -> bool:
    """
    Tell whether a table can be one of areas.

    Parameters
    ----------
    names : list of str
        Its columns.
    level : str, optional
        The level wanted.
    columns : mapping of str to str, optional
        Contract column to file column, where the names aren't recognised.

    Returns
    -------
    bool
        Whether there is a column with codes, or several that could be it.

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


def _level_of(code: "pd.Series") -> "pd.Series":
    return code.str[:2].map(_PREFIXES).fillna("gebied")


def _inhabitants(path: str | Path, table: "pd.DataFrame") -> "tuple[pd.Series, str]":
    with files.opened(path) as (local, layer):
        return _read_inhabitants(local, layer, table)


def _columns_of_inhabitants(
    path: Path, layer: str | None, names: list[str], table: "pd.DataFrame"
) -> dict[str, str]:
    """Recognise columns; of codes of several levels those count that the map has, too."""
    known = {columns_.plain(name) for name in columns_.INHABITANTS["area_code"]}
    counts = {columns_.plain(name) for name in columns_.INHABITANTS["inhabitants"]}
    codes = [name for name in names if columns_.plain(name) in known]
    of_a_year = [name for name in names if columns_.plain(name)[:-4] in counts and _YEAR(name)]
    given = {"inhabitants": of_a_year[0]} if len(of_a_year) == 1 else {}
    wanted = columns_.INHABITANTS
    if len(codes) > 1:
        rows, _ = files.read(path, columns=codes, layer=layer)
        here = set(table["area_code"].dropna())
        shared = {
            name: int(rows[name].astype("str").str.strip().isin(here).sum()) for name in codes
        }
        best = [name for name in codes if shared[name] == max(shared.values())]
        given |= {"area_code": best[0]} if len(best) == 1 else {}
        wanted = {key: wanted[key] for key in ("area_code", "inhabitants")}
    return columns_.recognise(names, wanted, source=path.name, given=given)


def _read_inhabitants(
    path: Path, layer: str | None, table: "pd.DataFrame"
) -> "tuple[pd.Series, str]":
    import pandas as pd

    names = files.header(path, layer=layer)
    found = _columns_of_inhabitants(path, layer, names, table)
    by = next((key for key in ("area_code", "area_name") if key in found), None)
    if by is None or "inhabitants" not in found:
        known = {key: columns_.INHABITANTS[key] for key in ("area_code", "inhabitants")}
        lacking = {key: value for key, value in known.items() if key not in found}
        raise columns_.missing(lacking, names, path.name)
    rows, _ = files.read(path, columns=[found[by], found["inhabitants"]], layer=layer)
    keys = rows[found[by]].astype("str").str.strip()
    values = pd.Series(pd.to_numeric(rows[found["inhabitants"]], errors="coerce").to_numpy(), keys)
    values = values[~values.index.duplicated()].dropna()
    result = table[by].map(values)
    return result, reading.inhabitants(int(result.notna().sum()), int(result.isna().sum()))
