"""
Read a table of a PostgreSQL/PostGIS or DuckDB database, named by a URL.

``postgresql://user@host/db?table=schema.name`` or ``duckdb:///map/file.duckdb?table=name`` (for a
path from where one is: ``duckdb:file.duckdb``). What a URL may say is told in `urls`, how databases
are opened in `engines`.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools.errors import ReadError
from ipgtools.io.files.sql.connections import connect, quote_identifier
from ipgtools.io.files.sql.urls import Source, is_url, parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

SUFFIXES = {".duckdb", ".ddb"}
"""Ends of names of files that are databases: to be named by a URL."""

__all__ = [
    "SUFFIXES",
    "Source",
    "has_geometry",
    "is_url",
    "names",
    "parse",
    "quote_identifier",
    "read",
]


def names(url: str | Path) -> list[str]:
    """Return the columns of a table, geometry aside."""
    source = parse(url)
    with connect(source) as base:
        schema, table = base.chosen(source)
        return [name for name, kind, _ in base.columns(schema, table) if not _is_shape(kind)]


def has_geometry(url: str | Path) -> bool:
    """Return whether a table has a column with geometry."""
    source = parse(url)
    with connect(source) as base:
        return any(_is_shape(kind) for _, kind, _ in base.columns(*base.chosen(source)))


def read(url: str | Path, columns: "Sequence[str] | None") -> "pd.DataFrame":
    """Read a table unchanged."""
    source = parse(url)
    with connect(source) as base:
        schema, table = base.chosen(source)
        every = base.columns(schema, table)
        shape = next((name for name, kind, _ in every if _is_shape(kind)), None)
        wanted = [
            (name, kind, scale) for name, kind, scale in every
            if name == shape or (not _is_shape(kind) and (columns is None or name in columns))
        ]  # fmt: skip
        listed = ", ".join(base.expression(*one) for one in wanted) or "1"
        query = f"SELECT {listed} FROM {quote_identifier(schema)}.{quote_identifier(table)}"  # noqa: S608 - quoted
        got = base.fetch(query)
    return _to_pandas(got, shape)


def _is_shape(kind: str) -> bool:
    return kind in {"geometry", "geography"}


def _to_pandas(table: Any, shape: str | None) -> "pd.DataFrame":
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    kinds = {pa.string(): pd.StringDtype(na_value=np.nan),
             pa.large_string(): pd.StringDtype(na_value=np.nan)}  # fmt: skip
    if shape is None:
        return table.to_pandas(types_mapper=kinds.get, date_as_object=False)
    import geopandas as gpd
    import shapely

    column = table.column(shape).combine_chunks()
    crs = _declared(table.schema.field(shape))
    values = column.storage if isinstance(column, pa.ExtensionArray) else column
    shapes = shapely.from_wkb(values.to_numpy(zero_copy_only=False))
    rows = table.drop_columns([shape])
    rows = rows.to_pandas(types_mapper=kinds.get, date_as_object=False)
    numbers = np.unique(shapely.get_srid(shapes[~shapely.is_missing(shapes)]))
    if len(numbers) > 1:
        msg = f"{shape} holds shapes in several CRS: {', '.join(map(str, numbers))}"
        raise ReadError(msg, code="db_srids", column=shape, found=", ".join(map(str, numbers)))
    if len(numbers) and numbers[0]:
        crs = int(numbers[0])
    return gpd.GeoDataFrame(rows, geometry=shapely.set_srid(shapes, 0), crs=crs)


def _declared(field: Any) -> Any:
    """Return the CRS that a column of geometry declares in Arrow, if it does."""
    import json

    said = getattr(field.type, "__arrow_ext_serialize__", None)
    raw = (field.metadata or {}).get(b"ARROW:extension:metadata") or (said() if said else b"")
    try:
        return json.loads(raw or b"{}").get("crs")
    except (ValueError, AttributeError):
        return None
