"""
Read street lines: what the gazetteer looks names up in, and the network analyses measure along.

Of the NWB the house numbers are read on either side. Its fields, as RWS and PDOK publish them,
and as 247 stretches of Wageningen (2020) show: the first number is at the start of the line, the
last at its end, 0 stands for none, and E and O for even and odd.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools import contracts, schemas
from ipgtools.crs import WORK_CRS
from ipgtools.errors import ReadError
from ipgtools.io import columns as columns_
from ipgtools.io import files, merge_files
from ipgtools.io.parse import coordinates, text_values
from ipgtools.io.report import ReadReport
from ipgtools.io.source import open_source
from ipgtools.nl import reading

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["read_streets"]

_ANY_WILL_DO = ("street_id", "kind", "city")
_NUMBERS = ("nr_van", "nr_tot", "nr_van_rechts", "nr_tot_rechts")
_KINDS = ("nr_soort", "nr_soort_rechts")
_SAID = {"e": "even", "even": "even", "o": "oneven", "oneven": "oneven"}


def read_streets(
    path: "files.Given | Sequence[files.Given]",
    *,
    columns: Mapping[str, str] | None = None,
    crs: Any = None,
    work_crs: Any = WORK_CRS,
    layer: str | None = None,
) -> "tuple[gpd.GeoDataFrame, ReadReport]":
    """
    Read street lines, with names and house-number ranges where the file has them.

    Parameters
    ----------
    path : path or GeoDataFrame, or several
        GeoPackage, GeoJSON, Shapefile, KML, GeoParquet, each also in a zip: OpenStreetMap, NWB
        or alike. Several are put together; a street that two of them have is an error.
    columns : mapping of str to str, optional
        Contract column to file column, where the names aren't recognised.
    crs : anything pyproj understands, optional
        CRS, where the file declares none.
    work_crs : anything pyproj understands, default EPSG:28992
        Projected CRS in metres of the result.
    layer : str, optional
        Layer; by default the one with lines and names.

    Returns
    -------
    streets : GeoDataFrame, n_used rows
        STREETS in `work_crs`; `city` where the file names the town. Where it has house
        numbers: `nr_van` and `nr_tot`, the first and the last along the line, and
        `nr_soort` ("even", "oneven", or missing where both occur or it isn't said). Where it
        has them for either side these are the left one's; of the right one `nr_van_rechts`,
        `nr_tot_rechts`, `nr_soort_rechts`.
    report : ReadReport
        Rows left out with reasons.

    Raises
    ------
    ReadError
        If the file can't be used, or has no column with names.

    Examples
    --------
    >>> import geopandas as gpd, shapely
    >>> line = shapely.LineString([(257000, 471000), (257100, 471000)])
    >>> lines = gpd.GeoDataFrame({"straatnaam": ["Velveweg"]}, geometry=[line], crs=28992)
    >>> streets, report = read_streets(lines)
    >>> streets["street_name"].tolist(), report.n_used
    (['Velveweg'], 1)
    """
    parts = []
    for one in files.list_files(path, folders=False):
        with files.open_path(one, layer) as (local, inner):
            parts.append(_read_streets(local, columns, crs, work_crs, inner))
    return merge_files.merge(parts, schemas.STREETS, "street_id")


def _read_streets(
    path: Path, columns: Mapping[str, str] | None, crs: Any, work_crs: Any, layer: str | None
) -> "tuple[gpd.GeoDataFrame, ReadReport]":
    import geopandas as gpd
    import pandas as pd

    layer = _layer_of(path, layer, columns)
    source = open_source(
        path, columns_.STREETS, needed=("street_name",), columns=columns, layer=layer,
        any_of=_ANY_WILL_DO,
    )  # fmt: skip
    rows, found, collected = source.rows, source.found, source.collected
    if not isinstance(rows, gpd.GeoDataFrame):
        msg = f"{path.name} holds no lines"
        raise ReadError(msg, code="no_geometry", path=path.name)
    geometry, faults, decision = coordinates.from_geometry(
        rows, ("LineString", "MultiLineString"), crs=crs, work_crs=work_crs, source=path.name
    )
    collected.by_code(faults, "geometry")
    table = pd.DataFrame(index=rows.index)
    at = rows.index.to_series().astype("str")
    table["street_id"] = text_values.text(rows[found["street_id"]]) if "street_id" in found else at
    table["street_id"] = table["street_id"].fillna(at)
    for ours in ("street_name", "kind", "city"):
        if ours in found:
            table[ours] = text_values.text(rows[found[ours]])
    for ours in _NUMBERS:
        if ours in found:
            numbers = pd.to_numeric(rows[found[ours]], errors="coerce")
            table[ours] = numbers.where(numbers > 0)
    for ours in _KINDS:
        if ours in found:
            table[ours] = text_values.text(rows[found[ours]]).str.lower().map(_SAID).astype("str")
    good = collected.good
    streets = gpd.GeoDataFrame(table[good], geometry=geometry[good], crs=work_crs)
    streets = contracts.conform(streets.reset_index(drop=True), schemas.STREETS)
    notes = reading.mapping(found), reading.taken_crs(decision["crs"], decision["crs_why"])
    return streets, source.report(len(streets), notes, {"layer": layer, **decision})


def _layer_of(path: Path, layer: str | None, given: Mapping[str, str] | None) -> str | None:
    """Choose the layer with lines that have names; hectometre posts have names, too."""
    wanted = {columns_.normalise_name(name) for name in columns_.STREETS["street_name"]}
    wanted |= {columns_.normalise_name(name) for name in (given or {}).values()}

    def named(names: list[str]) -> bool:
        return bool(wanted & {columns_.normalise_name(name) for name in names})

    if layer is None and files.kind(path) == "layered":
        lines = [one for one in files.layers(path) if "Line" in files.geometry_type(path, one)]
        lines = [one for one in lines if named(files.header(path, layer=one))]
        layer = lines[0] if len(lines) == 1 else None
    return files.choose(path, layer, fits=named)
