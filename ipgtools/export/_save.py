"""Write one table or several to a file, in the format that its name ends in."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ipgtools.errors import ReadError
from ipgtools.export import _qgis
from ipgtools.io import geopackage, write

if TYPE_CHECKING:
    import pandas as pd

FORMATS = (".gpkg", ".parquet", ".xlsx", ".csv")


def save(tables: "pd.DataFrame | Mapping[str, pd.DataFrame]", path: str | Path) -> Path:
    """
    Write a result table, or several, to one file.

    Parameters
    ----------
    tables : DataFrame, GeoDataFrame, or mapping of str to these
        A mapping gives each layer of a GeoPackage and each sheet of a workbook its name.
        Geometry keeps its CRS in ``.gpkg`` and ``.parquet``; in ``.csv`` and ``.xlsx``
        points become `x` and `y` in metres and other shapes are left out.
    path : path
        File to write; the ending says the format: ``.gpkg`` (layers with a style for QGIS,
        by what the columns hold; tables without geometry come along), ``.parquet``
        (GeoParquet where there is geometry; one table), ``.xlsx`` (numbers with the
        decimals that fit them) or ``.csv`` (as a Dutch Excel opens it; one table). An
        older file is replaced once all is written.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    ReadError
        If the ending is not one of these, there are several tables and the format holds
        one, or the file can't be written.

    Examples
    --------
    >>> import tempfile
    >>> import geopandas as gpd
    >>> import pandas as pd
    >>> from shapely import box
    >>> shapes = [box(0, 0, 1, 1), box(1, 0, 2, 1)]
    >>> cells = gpd.GeoDataFrame({"n": [3, 8]}, geometry=shapes, crs=28992)
    >>> total = pd.DataFrame({"n": [11]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = save({"cellen": cells, "totaal": total}, f"{folder}/wijk.gpkg")
    ...     int(gpd.read_file(path, layer="cellen")["n"].sum())
    11
    """
    path = Path(path)
    named = dict(tables) if isinstance(tables, Mapping) else {path.stem: tables}
    ending = path.suffix.casefold()
    if ending not in FORMATS:
        msg = f"{path.name} ends in {path.suffix or 'nothing'}; choose from {', '.join(FORMATS)}"
        raise ReadError(msg, code="format_unknown", path=path.name, formats=", ".join(FORMATS))
    if ending in {".csv", ".parquet"} and len(named) != 1:
        msg = f"{ending} holds one table, not {len(named)}; choose .gpkg or .xlsx"
        raise ReadError(msg, code="format_holds_one", path=path.name, n=len(named))
    if ending == ".gpkg":
        return geopackage.write(named, path, style_of=_qgis.style)
    if ending == ".xlsx":
        return write.workbook(
            {name: write.without_geometry(one) for name, one in named.items()}, path
        )
    (table,) = named.values()
    if ending == ".csv":
        return write.table(table, path)
    with write.atomic(path) as temporary:
        table.to_parquet(temporary, index=False)
    return path
