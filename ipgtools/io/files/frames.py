"""
Hand over a table in memory as if it were a file: what a query or an earlier read gave.

A `Frame` takes the place of a path, so that the readers recognise, reject and report as they do
for files. Values come out as a Parquet file with the same table would give them.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools.nl.reading import TABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    _Base = Path
else:
    _Base = type(Path())

__all__ = ["Frame", "has_geometry", "is_frame", "names", "read"]

"""Readers are written for paths; a frame is one that no file is at."""


class Frame(_Base):
    """A DataFrame or GeoDataFrame with the name that reports give it."""

    rows: "pd.DataFrame"

    @classmethod
    def of(cls, rows: "pd.DataFrame", number: int = 0) -> "Frame":
        """Make one of a table; several are numbered."""
        made = cls(f"{TABLE} {number}" if number else TABLE)
        made.rows = rows
        return made


def is_frame(given: Any) -> bool:
    """Tell whether a table was given instead of a path, without loading pandas."""
    return hasattr(given, "columns") and hasattr(given, "iloc")


def names(frame: Frame) -> list[str]:
    """Give the columns, those of geometry aside; a named index is a column, too."""
    return [str(name) for name in _whole(frame).columns if str(name) not in _shapes(frame.rows)]


def has_geometry(frame: Frame) -> bool:
    """Tell whether the table has a geometry that is set."""
    return getattr(frame.rows, "_geometry_column_name", None) in frame.rows.columns


def read(frame: Frame, columns: "Sequence[str] | None") -> "pd.DataFrame":
    """Give the rows with the columns that are wanted; the geometry always comes along."""
    import pandas as pd

    rows = _whole(frame)
    shapes = _shapes(frame.rows)
    wanted = [
        at for at, name in enumerate(map(str, rows.columns))
        if name not in shapes and (columns is None or name.strip() in columns)
    ]  # fmt: skip
    table = pd.DataFrame(rows.iloc[:, wanted]).reset_index(drop=True)
    for at in range(len(wanted)):
        table.isetitem(at, _as_stored(table.iloc[:, at]))
    table.columns = [str(name) for name in table.columns]
    if has_geometry(frame):
        import geopandas as gpd

        shape = frame.rows.geometry
        return gpd.GeoDataFrame(table, geometry=shape.array, crs=shape.crs)
    return table


def _whole(frame: Frame) -> "pd.DataFrame":
    """Give the table with its index as columns, where that has a name."""
    rows = frame.rows
    if any(name is not None and name not in rows.columns for name in rows.index.names):
        return rows.reset_index()
    return rows


def _shapes(rows: "pd.DataFrame") -> set[str]:
    return {str(name) for name, kind in rows.dtypes.items() if str(kind) == "geometry"}


def _as_stored(column: "pd.Series") -> "pd.Series":
    """Give a column as Parquet would: text as text, categories as their values."""
    import pandas as pd

    kind = column.dtype
    if isinstance(kind, pd.CategoricalDtype):
        column = column.astype(kind.categories.dtype)
        kind = column.dtype
    if isinstance(kind, pd.ArrowDtype):
        import pyarrow as pa

        table = pa.table({"a": pa.array(column)})
        column = table.to_pandas(ignore_metadata=True)["a"].set_axis(column.index)
        kind = column.dtype
    if isinstance(kind, pd.StringDtype):
        return column.astype("str")
    if pd.api.types.is_object_dtype(kind):
        inferred = pd.api.types.infer_dtype(column, skipna=True)
        if inferred == "string":
            return column.astype("str")
        if inferred in ("datetime", "datetime64"):
            return _times(column)
        if inferred.startswith("mixed"):
            return column.map(str, na_action="ignore").astype("str")
    return column


def _times(column: "pd.Series") -> "pd.Series":
    """Give moments as times; those of several zones, or past the calendar, stay text."""
    import pandas as pd

    try:
        return pd.to_datetime(column)
    except (ValueError, TypeError, OverflowError):
        return column.map(str, na_action="ignore").astype("str")
