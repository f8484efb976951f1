"""
Read Parquet and GeoParquet files that may have been made to do harm.

A few hundred bytes of Parquet can stand for a thousand million rows, or for one long text that
a million rows share. So what a file says of itself is weighed against its size before it is
read, and texts that it shares are counted before they are written out.
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from ipgtools.io import limits

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

__all__ = ["PART", "SUFFIXES", "has_geometry", "names", "read"]

SUFFIXES = {".parquet", ".geoparquet", ".pq"}
PART = re.compile(r"([^=./][^=/]*)=([^=/]*)")
"""Name of a folder that holds the rows with one value of a column (Hive's way)."""
_NO_VALUE = "__HIVE_DEFAULT_PARTITION__"
_PER_VALUE = 8
"""Bytes that a value takes in memory at the least."""


def names(path: Path) -> list[str]:
    """
    Return the columns of a file, the geometry of a GeoParquet aside.

    A file in a folder called ``jaar=2025`` has a column ``jaar``, too.
    """
    import pyarrow.parquet as pq

    schema = pq.read_schema(path)
    left = {*_shapes(schema), *_boxes(schema)}
    names = [name for name in schema.names if name not in left]
    return [*names, *(name for name in _parts(path) if name not in schema.names)]


def has_geometry(path: Path) -> bool:
    """Return whether a file is a GeoParquet."""
    import pyarrow.parquet as pq

    return bool(_shapes(pq.read_schema(path)))


def read(path: Path, columns: "Sequence[str] | None") -> "pd.DataFrame":
    """Read a file unchanged."""
    import pandas as pd
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        schema = file.schema_arrow
        shapes = _shapes(schema)
        left = {*shapes[1:], *_boxes(schema)}
        wanted = [
            name for name in schema.names
            if (columns is None or name in columns or name in shapes) and name not in left
        ]  # fmt: skip
        n_values = file.metadata.num_rows * max(len(wanted), 1)
        if n_values < 0 or limits.exceeds_limits(n_values * _PER_VALUE, path.stat().st_size):
            raise limits.limit_error(path)
        shared = _shared_texts(file)
    with pq.ParquetFile(path, read_dictionary=shared) as file:
        table = file.read(columns=wanted)
    rows = _to_pandas(_written_out(table, path), shapes)
    for name, value in _parts(path).items():
        if name not in schema.names and (columns is None or name in columns):
            rows[name] = pd.Series(value, index=rows.index, dtype="str")
    return rows


def _shapes(schema: Any) -> list[str]:
    """Name the columns with geometry, the main one first."""
    import json

    said = (schema.metadata or {}).get(b"geo")
    if said is None:
        return []
    try:
        geo = json.loads(said)
        main, every = geo["primary_column"], list(geo["columns"])
    except (ValueError, KeyError, TypeError):
        return ["geometry"] if "geometry" in schema.names else []
    return sorted((name for name in every if name in schema.names), key=lambda one: one != main)


def _boxes(schema: Any) -> set[str]:
    """Return the bounding-box columns of a GeoParquet."""
    import json

    try:
        every = json.loads((schema.metadata or {}).get(b"geo", b"{}"))["columns"].values()
        return {place[0] for one in every for place in one["covering"]["bbox"].values()}
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        return set()


def _parts(path: Path) -> dict[str, str | None]:
    """
    Return the partition columns in the folder names around a file.

    Examples
    --------
    >>> _parts(Path("delen/jaar=2025/wijk=Twekkelerveld%20Oost/a.parquet"))
    {'jaar': '2025', 'wijk': 'Twekkelerveld Oost'}
    """
    found: dict[str, str | None] = {}
    for folder in path.absolute().parents:
        if not (named := PART.fullmatch(folder.name)):
            break
        value = None if named[2] == _NO_VALUE else unquote(named[2])
        found = {unquote(named[1]): value, **found}
    return found


def _shared_texts(file: Any) -> list[str]:
    """Name the columns of text whose values the file keeps in a list of their own."""
    import pyarrow as pa

    meta = file.metadata
    if not meta.num_row_groups or not meta.num_rows:
        return []
    text_like = {
        field.name for field in file.schema_arrow
        if pa.types.is_string(field.type) or pa.types.is_large_string(field.type)
        or pa.types.is_binary(field.type) or pa.types.is_large_binary(field.type)
    }  # fmt: skip
    group = meta.row_group(0)
    shared = []
    for place in range(group.num_columns):
        column = group.column(place)
        if column.path_in_schema in text_like and column.has_dictionary_page:
            shared.append(column.path_in_schema)
    return shared


def _written_out(table: Any, path: Path) -> Any:
    """Write shared texts out, unless that makes far more of them than the file's size."""
    import pyarrow as pa
    import pyarrow.compute as pc

    size = path.stat().st_size
    total = 0
    for place, field in enumerate(table.schema):
        if not pa.types.is_dictionary(field.type):
            continue
        for chunk in table.column(place).chunks:
            lengths = pc.binary_length(chunk.dictionary)
            longest = pc.max(lengths).as_py() or 0
            if longest * len(chunk) > limits.MUCH:
                total += pc.sum(pc.take(lengths, chunk.indices)).as_py() or 0
        if limits.exceeds_limits(total, size):
            raise limits.limit_error(path)
        kind = field.type.value_type
        if pa.types.is_string(kind):
            kind = pa.large_string()  # as pandas will have it
        column = table.column(place).cast(kind)
        table = table.set_column(place, field.with_type(kind), column)
    return table


def _to_pandas(table: Any, shapes: list[str]) -> "pd.DataFrame":
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    if shapes:
        import geopandas as gpd

        return gpd.GeoDataFrame.from_arrow(table, geometry=shapes[0]).reset_index(drop=True)
    texts = {pa.string(): pd.StringDtype(na_value=np.nan),
             pa.large_string(): pd.StringDtype(na_value=np.nan)}  # fmt: skip
    return table.to_pandas(
        types_mapper=texts.get, ignore_metadata=True, split_blocks=True, self_destruct=True
    )
