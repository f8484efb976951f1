"""Read what lies under a map: water, green, railways and buildings, from files on the computer."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools.crs import WORK_CRS
from ipgtools.errors import ReadError
from ipgtools.nl import base_map as words

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["KINDS", "read_base"]

KINDS = ("green", "water", "railway", "building")
"""What is known, the lowest first."""
_SUFFIXES = (".gpkg", ".geojson", ".json", ".shp", ".fgb", ".gml")
_BY_VALUE: dict[str, dict[str, set[str] | None]] = {
    "building": {"building": None},
    "railway": {"railway": {"rail", "light_rail", "tram"}},
    "water": {
        "waterway": {"riverbank", "river", "canal", "dock"}, "natural": {"water"},
        "landuse": {"reservoir", "basin"},
    },
    "green": {
        "landuse": {
            "forest", "grass", "meadow", "recreation_ground", "village_green", "cemetery",
            "allotments",
        },
        "leisure": {"park", "garden", "pitch", "golf_course", "nature_reserve"},
        "natural": {"wood", "scrub", "heath", "grassland"},
    },
}  # fmt: skip
"""Tags of OpenStreetMap by what they stand for; None for any value."""


def read_base(
    path: str | Path,
    *,
    within: Sequence[float] | None = None,
    crs: Any = None,
    work_crs: Any = WORK_CRS,
) -> "gpd.GeoDataFrame":
    """
    Read water, green, railways and buildings for under a map.

    What a layer is follows from its name (*water*, *groen*, *spoor*, *pand* and the like, as
    TOP10NL, BGT and BAG call them), or else from tags of OpenStreetMap in its columns.

    Parameters
    ----------
    path : path
        A GeoPackage with one or more layers, GeoJSON, Shapefile, FlatGeobuf or GML, or a folder of
        these.
    within : (float, float, float, float), optional
        West, south, east and north in `work_crs`: nothing outside is read.
    crs : anything pyproj understands, optional
        CRS, where a file declares none.
    work_crs : anything pyproj understands, default EPSG:28992
        Projected CRS in metres of the result.

    Returns
    -------
    GeoDataFrame, n_shapes rows
        `kind` ("green", "water", "railway" or "building") and `geometry` in `work_crs`.

    Raises
    ------
    ReadError
        If the file can't be read, or nothing in it is known.

    Examples
    --------
    >>> import tempfile
    >>> import geopandas as gpd
    >>> from shapely import box
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     pond = gpd.GeoDataFrame({"natural": ["water"]}, geometry=[box(0, 0, 9, 9)], crs=28992)
    ...     pond.to_file(f"{folder}/kaart.gpkg")
    ...     read_base(f"{folder}/kaart.gpkg")["kind"].tolist()
    ['water']
    """
    import geopandas as gpd
    import pandas as pd
    import pyogrio

    path = Path(path)
    found, seen = [], []
    for file in sorted(path.iterdir()) if path.is_dir() else [path]:
        if file.suffix.casefold() not in _SUFFIXES:
            continue
        try:
            for layer, _ in pyogrio.list_layers(file):
                seen.append(str(layer))
                found.append(_read(file, layer, within, crs, work_crs))
        except (OSError, ValueError, pyogrio.errors.DataSourceError) as cause:
            msg = f"{file.name} can't be read as a map"
            raise ReadError(msg, code="base_unreadable", path=file.name) from cause
    known = [table for table in found if table is not None]
    if not known:
        msg = f"nothing in {path.name} is water, green, a railway or a building"
        raise ReadError(
            msg, code="base_unknown", path=path.name, found=", ".join(seen) or "-"
        )  # fmt: skip
    whole = pd.concat(known, ignore_index=True)
    return gpd.GeoDataFrame(whole, geometry="geometry", crs=work_crs)


def _read(
    file: Path, layer: str, within: Sequence[float] | None, crs: Any, work_crs: Any
) -> "gpd.GeoDataFrame | None":
    """Read a layer, or give None where nothing in it is known."""
    import geopandas as gpd
    import pyogrio
    import shapely

    info = pyogrio.read_info(file, layer=layer)
    own = info["crs"] or crs or work_crs
    by_name = next((kind for kind in KINDS if _named(layer, file, kind)), None)
    tags = [str(name) for name in info["fields"] if str(name) in words.TAGS]
    if by_name is None and not tags:
        return None
    box = None
    if within is not None:
        corners = gpd.GeoSeries([shapely.box(*within)], crs=work_crs).to_crs(own)
        box = tuple(corners.total_bounds)
    table = pyogrio.read_dataframe(file, layer=layer, columns=tags, bbox=box)
    if table.crs is None:
        table = table.set_crs(own)
    table = table[table.geometry.notna() & ~table.geometry.is_empty].to_crs(work_crs)
    kind = _kinds(table, tags) if by_name is None else [by_name] * len(table)
    shaped = gpd.GeoDataFrame({"kind": kind}, geometry=table.geometry.values, crs=work_crs)
    return shaped[shaped["kind"].notna()]


def _named(layer: str, file: Path, kind: str) -> bool:
    names = {layer.casefold(), file.stem.casefold()}
    return any(word in name for name in names for word in words.NAMES[kind])


def _kinds(table: "gpd.GeoDataFrame", tags: list[str]) -> list[str | None]:
    """Say what each shape is by its tags; the last that fits goes."""
    kinds: list[str | None] = [None] * len(table)
    for kind, wanted in reversed(_BY_VALUE.items()):
        for tag, values in wanted.items():
            if tag in tags:
                has = table[tag].notna() if values is None else table[tag].isin(values)
                kinds = [kind if one else old for one, old in zip(has, kinds, strict=True)]
    return kinds
