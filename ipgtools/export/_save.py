"""Write tables, a chart or a map to a file, in the format that its name ends in."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools.errors import ReadError
from ipgtools.export import _qgis
from ipgtools.io import geopackage, write

if TYPE_CHECKING:
    import folium
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["FORMATS", "PICTURES", "save"]

FORMATS = (".gpkg", ".parquet", ".xlsx", ".csv")
PICTURES = (".png", ".pdf", ".svg")


def save(
    tables: "pd.DataFrame | Mapping[str, pd.DataFrame] | Axes | Figure | folium.Map",
    path: str | Path,
) -> Path:
    """
    Write a result table, or several, to one file; or a chart, or a map.

    Parameters
    ----------
    tables : DataFrame, GeoDataFrame, mapping of str to these, Axes, Figure or Map
        A mapping gives each layer of a GeoPackage and each sheet of a workbook its name.
        A chart of `ipgtools.charts` is written as it is shown, to ``.png``, ``.pdf`` or
        ``.svg``; a map of `ipgtools.maps` to ``.html``.
        Geometry keeps its CRS in ``.gpkg`` and ``.parquet``; in ``.csv`` and ``.xlsx``
        points become `x` and `y` in metres and other shapes are left out.
    path : path
        File to write; the ending sets the format: ``.gpkg`` (layers with a style for QGIS,
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

    A chart:

    >>> from ipgtools import charts
    >>> curve = pd.DataFrame({"share_places": [0, 0.2, 1], "share_incidents": [0, 0.6, 1]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(charts.lorenz(curve, title="Weinig plekken"), f"{folder}/kromme.png").name
    'kromme.png'
    """
    path = Path(path)
    if hasattr(tables, "get_figure"):
        return _picture(tables, path)
    if hasattr(tables, "get_root"):
        return _page(tables, path)
    named: dict[str, Any] = dict(tables) if isinstance(tables, Mapping) else {path.stem: tables}
    ending = path.suffix.casefold()
    _require(path, FORMATS)
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


def _require(path: Path, formats: tuple[str, ...]) -> None:
    """Require that a name ends in one of some formats."""
    if path.suffix.casefold() not in formats:
        msg = f"{path.name} ends in {path.suffix or 'nothing'}; choose from {', '.join(formats)}"
        raise ReadError(msg, code="format_unknown", path=path.name, formats=", ".join(formats))


def _picture(drawn: Any, path: Path) -> Path:
    """Write a chart as it is shown, the same for the same chart."""
    _require(path, PICTURES)
    figure = drawn.get_figure(root=True)
    kind = path.suffix.casefold()[1:]
    dateless: dict[str, dict[str, Any]] = {
        "png": {"Software": None},
        "svg": {"Date": None},
        "pdf": {"CreationDate": None},
    }
    with write.atomic(path) as temporary:
        figure.savefig(temporary, format=kind, metadata=dateless[kind])
    return path


def _page(drawn: Any, path: Path) -> Path:
    """Write a map as one page."""
    from ipgtools import maps

    _require(path, (".html",))
    return maps.save(drawn, path)
