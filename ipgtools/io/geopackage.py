"""Write tables as the layers of one GeoPackage, with styles in the table that QGIS reads."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ipgtools.io.write import atomic

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["write"]

_STYLES = """
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT(256), f_table_schema TEXT(256),
    f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT,
    styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
    update_time DATETIME DEFAULT CURRENT_TIMESTAMP
)"""
_ADD = """
INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column,
    styleName, styleQML, styleSLD, useAsDefault, description, owner, update_time)
VALUES ('', '', ?, 'geom', ?, ?, '', 1, '', '', '1970-01-01T00:00:00Z')"""
_DATE = "1970-01-01T00:00:00.000Z"
_LISTED = """
INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change)
VALUES ('layer_styles', 'attributes', 'layer_styles', '1970-01-01T00:00:00.000Z')"""


def write(
    tables: "Mapping[str, pd.DataFrame]",
    path: str | Path,
    *,
    style_of: "Callable[[gpd.GeoDataFrame], str] | None" = None,
) -> Path:
    """Write tables as layers and attribute tables of a GeoPackage, whole or not at all."""
    import geopandas as gpd
    import pyogrio

    with atomic(path) as temporary, _one_date():
        temporary.unlink()  # GDAL takes an empty file for a damaged one
        styles = {}
        for at, (name, table) in enumerate(tables.items()):
            flat = _writable(table)
            pyogrio.write_dataframe(
                flat, temporary, layer=name, driver="GPKG", append=at > 0,
                **({"geometry_name": "geom"} if isinstance(flat, gpd.GeoDataFrame) else {}),
            )  # fmt: skip
            if style_of is not None and isinstance(flat, gpd.GeoDataFrame):
                styles[name] = style_of(flat)
        if styles:
            _add_styles(temporary, styles)
    return Path(path)


@contextmanager
def _one_date() -> Iterator[None]:
    """Have GDAL note a fixed time of change, so that the same tables give the same file."""
    import pyogrio

    name = "OGR_CURRENT_DATE"
    before = pyogrio.get_gdal_config_option(name)
    pyogrio.set_gdal_config_options({name: _DATE})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({name: before})


def _add_styles(path: Path, styles: Mapping[str, str]) -> None:
    """Add a default style per layer, in the table that QGIS looks in."""
    with sqlite3.connect(path) as database:
        database.execute(_STYLES)
        database.execute(_LISTED)
        database.executemany(_ADD, [(name, name[:30], qml) for name, qml in styles.items()])
    database.close()


def _writable(table: "pd.DataFrame") -> "pd.DataFrame":
    """Convert columns that a GeoPackage can't hold (lists, objects, categories) to text."""
    import geopandas as gpd
    import pandas as pd

    shape = table.geometry.name if isinstance(table, gpd.GeoDataFrame) else None
    result = table.copy()
    for name in result.columns:
        if name == shape:
            continue
        column = result[name]
        if isinstance(column.dtype, pd.CategoricalDtype | pd.PeriodDtype) or column.dtype == object:
            result[name] = column.map(str, na_action="ignore").astype("str")
    result.columns = [str(name) for name in result.columns]
    return result
