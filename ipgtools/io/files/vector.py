"""
Read vector files with GDAL, after checking that the format fits the name.

GDAL goes by what a file holds, not by its name: an XML or JSON can tell it to read other files
or fetch something from a network. So only a file that starts as its kind starts is handed over.
"""

import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools.errors import ReadError, unreadable
from ipgtools.io.files import detect_format, geojson_lines, shapefile_sidecars
from ipgtools.io.report import no_rejects

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

__all__ = ["SUFFIXES", "geometry_type", "has_geometry", "layers", "names", "read", "require_sound"]

SUFFIXES = {".gpkg", ".geojson", ".json", ".shp", ".kml", ".gml", ".fgb", ".geojsonl", ".ndjson",
            ".jsonl", ".geojsons"}  # fmt: skip
_JSON = {".geojson", ".json", ".geojsonl", ".ndjson", ".jsonl", ".geojsons"}
_HEAD = 1 << 16
_STARTS = {
    ".gpkg": b"SQLite format 3\x00",
    ".shp": b"\x00\x00\x27\x0a",
    ".fgb": b"fgb",
    ".kml": b"<",
    ".gml": b"<",
}
_NAMES = {".kml": b"kml", ".gml": b"gml"}
_ELSEWHERE = (
    b"OGRVRTDataSource", b"VRTDataset", b"OGRWFSDataSource", b"gdal_streamed_alg", b"WFSDataSource",
    b"OGRCSWDataSource", b"GDAL_WMS", b"GDAL_WMTS",
)  # fmt: skip
"""What makes GDAL look elsewhere."""
_MOST_STEPS = 300
"""Hundred thousands of steps of SQLite in which a view's rows must be counted."""
_DRAWN = {"altitudeMode", "tessellate", "extrude", "visibility", "drawOrder", "icon"}
"""Fields that say how a KML is drawn."""
_BALLOON = "Toelichting"
"""What a description in a KML is called that is a page: all that is known of a place."""
_OF_KML = {"id", "Name", "description", "timestamp", "begin", "end"}
"""Fields that every KML has, filled or not."""


def require_sound(path: Path) -> None:
    """Require that a map file starts as its kind does, and reads nothing but itself."""
    kind = path.suffix.lower()
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    wide = head[:2] in {b"\xff\xfe", b"\xfe\xff"}
    if wide:
        plain = plain.replace(b"\x00", b"").lstrip(b"\xff\xfe")
    started = plain[:1] in {b"{", b"[", b"\x1e"} if kind in _JSON else None
    if started is None:
        started = plain.startswith(_STARTS.get(kind, b"")) or head.startswith(
            _STARTS.get(kind, b"")
        )
    named = _NAMES.get(kind, b"") in plain.lower()
    if not started or not named or any(word in plain for word in _ELSEWHERE):
        said = "GeoJSON" if kind in _JSON else kind.lstrip(".")
        msg = f"{path.name} is no {said} inside"
        raise ReadError(msg, code="file_other_kind", path=path.name, kind=said)
    if kind == ".gpkg":
        _refuse_long_views(path)
    if kind == ".shp":
        shapefile_sidecars.require(path)


def layers(path: Path) -> list[str]:
    """List the layers of a map file."""
    require_sound(path)
    with _gdal() as gdal:
        return [str(name) for name in gdal.list_layers(path)[:, 0]]


def names(path: Path, layer: str | None) -> list[str]:
    """Return the fields of a layer, its geometry aside."""
    require_sound(path)
    if path.suffix.lower() == ".kml":
        rows = _read_kml(path, layer)
        return [name for name in rows.columns if name != "geometry"]
    with _gdal() as gdal:
        found = gdal.read_info(path, layer=layer, encoding=shapefile_sidecars.encoding(path))
    return list(found["fields"])


def read(
    path: Path, layer: str | None, columns: "Sequence[str] | None"
) -> "tuple[pd.DataFrame, pd.DataFrame]":
    """Read a layer unchanged."""
    import geopandas as gpd

    require_sound(path)
    if path.suffix.lower() == ".kml":
        rows = _read_kml(path, layer)
        if columns is not None:
            rows = rows[[name for name in rows.columns if name in {*columns, "geometry"}]]
        return rows, no_rejects()
    with _gdal() as gdal:
        by_line = path.suffix.lower() in _JSON and _is_by_line(gdal, path)
        try:
            rows = gpd.read_file(
                path, layer=layer, columns=columns, encoding=shapefile_sidecars.encoding(path)
            )
        except UnicodeDecodeError:
            rows = gpd.read_file(path, layer=layer, columns=columns, encoding="cp1252")
    return rows, (geojson_lines.invalid_lines(path, len(rows)) if by_line else no_rejects())


def _is_by_line(gdal: Any, path: Path) -> bool:
    return bool(gdal.read_info(path)["driver"] == "GeoJSONSeq")


def has_geometry(path: Path, layer: str | None) -> bool:
    """Return whether a layer has shapes: a GeoPackage may hold plain tables, too."""
    require_sound(path)
    with _gdal() as gdal:
        return any(
            shape is not None for name, shape in gdal.list_layers(path) if layer in {None, name}
        )


def geometry_type(path: Path, layer: str | None) -> str:
    """Name the geometry of a layer."""
    import geopandas as gpd

    require_sound(path)
    with _gdal() as gdal:
        said = str(gdal.read_info(path, layer=layer).get("geometry_type") or "")
    if said not in {"", "Unknown", "Geometry"}:
        return said
    if not said:
        return ""
    with _gdal():
        some = gpd.read_file(path, layer=layer, rows=100)
    if not isinstance(some, gpd.GeoDataFrame):
        return ""
    return next(map(str, some.geometry.geom_type.dropna()), "")


@contextmanager
def _gdal() -> Iterator[Any]:
    """Return GDAL, without network access and with its log muted."""
    import pyogrio

    pyogrio.set_gdal_config_options({"GML_DOWNLOAD_SCHEMA": "NO", "LIBKML_RESOLVE_STYLE": "NO"})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        warnings.simplefilter("ignore", UserWarning)
        yield pyogrio


def _read_kml(path: Path, layer: str | None) -> "pd.DataFrame":
    """Read a KML without the fields that nobody filled."""
    import geopandas as gpd

    with _gdal():
        rows = gpd.read_file(path, layer=layer)
    rows = rows.drop(columns=[name for name in _DRAWN if name in rows])
    empty = [name for name in _OF_KML if name in rows and rows[name].isna().all()]
    rows = rows.drop(columns=empty)
    if (
        "description" in rows
        and rows["description"].astype("str").str.contains("<", na=False).any()
    ):
        rows = rows.rename(columns={"description": _BALLOON})
    if "timestamp" in rows and "begin" not in rows:
        rows = rows.rename(columns={"timestamp": "begin"})
    return rows


def _refuse_long_views(path: Path) -> None:
    """
    Raise if a GeoPackage makes rows without end by a query.

    A layer may be a view, and a view may join a table with itself or call itself. Its rows are
    counted with so many steps as a few million rows of any real view take.
    """
    steps = iter(range(_MOST_STEPS))
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as base:
            views = base.execute(
                "SELECT name FROM sqlite_master WHERE type = 'view' AND name IN "
                "(SELECT table_name FROM gpkg_contents)"
            ).fetchall()
            base.set_progress_handler(lambda: next(steps, None) is None, 100_000)
            for (view,) in views:
                quoted = view.replace('"', '""')
                base.execute(f'SELECT count(*) FROM (SELECT 1 FROM "{quoted}")').fetchone()  # noqa: S608
    except sqlite3.Error as cause:
        if "no such function" in str(cause):
            return
        if "interrupted" in str(cause):
            msg = f"{path.name} makes rows without end by a query; it isn't opened"
            raise ReadError(msg, code="file_other_kind", path=path.name, kind="gpkg") from cause
        other = detect_format.actual_format_error(path, cause)
        raise other or unreadable(path.name, cause) from cause
