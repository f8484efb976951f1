"""
Open the files analysts have, and hand over their rows unchanged.

Nothing is interpreted here: text files give every value as text, so that postcodes keep
their zeros and bad dates can be shown as they stood. Rows carry their number in the source,
counted from 1 after the header.
"""

import gzip
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools.errors import ReadError
from ipgtools.io.report import no_rejects
from ipgtools.nl.reading import REASONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

TEXT = {".csv", ".tsv", ".tab", ".txt"}
SHEETS = {".xlsx", ".xlsm", ".xls", ".ods"}
PARQUET = {".parquet", ".geoparquet", ".pq"}
LAYERED = {".gpkg", ".geojson", ".json", ".shp", ".zip", ".kml", ".gml", ".fgb"}
SOURCE_ROW = "source_row"
_SEPARATORS = ";\t,|"
_BLOCK = 16 << 20
"""Bytes that are parsed at a time; no value in quotes may be longer."""


def kind(path: str | Path) -> str:
    """
    Name the kind of a file by the end of its name.

    Parameters
    ----------
    path : path
        A ``.gz`` behind the name is looked through.

    Returns
    -------
    {"text", "sheet", "parquet", "layered"}
        How the file is opened.

    Raises
    ------
    ReadError
        If the file isn't there, is empty, or is of no kind that is read.

    """
    path = Path(path)
    if not path.exists():
        msg = f"{path} does not exist"
        raise ReadError(msg, code="file_missing", path=str(path))
    if path.is_dir():
        msg = f"{path} is a folder, expected a file"
        raise ReadError(msg, code="file_is_folder", path=str(path))
    if path.stat().st_size == 0:
        msg = f"{path} is empty (0 bytes)"
        raise ReadError(msg, code="file_empty", path=path.name)
    suffix = _suffix(path)
    for name, suffixes in (
        ("text", TEXT),
        ("sheet", SHEETS),
        ("parquet", PARQUET),
        ("layered", LAYERED),
    ):
        if suffix in suffixes:
            return name
    known = sorted(TEXT | SHEETS | PARQUET | LAYERED)
    msg = f"{path.name} ends in {suffix or 'nothing'}, expected one of {', '.join(known)}"
    raise ReadError(msg, code="file_kind", path=path.name, known=", ".join(known))


def header(path: str | Path, *, layer: str | None = None) -> list[str]:
    """
    Give the column names of a file without reading its rows.

    Parameters
    ----------
    path : path
        Any file that `kind` knows.
    layer : str, optional
        Layer or sheet; the first one if not given.

    Returns
    -------
    list of str
        In the order of the file, without the geometry column.

    Raises
    ------
    ReadError
        If the file can't be opened or has no columns, or a name occurs twice.
    """
    path = Path(path)
    opened = kind(path)
    try:
        if opened == "text":
            names = _text_format(path)["names"]
        elif opened == "sheet":
            import pandas as pd

            names = list(pd.read_excel(path, sheet_name=layer or 0, nrows=0).columns)
        elif opened == "parquet":
            import pyarrow.parquet as pq

            names = [name for name in pq.read_schema(path).names if name != "geometry"]
        else:
            import pyogrio

            names = list(pyogrio.read_info(path, layer=layer)["fields"])
    except ReadError:
        raise
    except Exception as cause:
        raise _unreadable(path, cause) from cause
    names = [str(name).strip() for name in names]
    double = sorted({name for name in names if names.count(name) > 1})
    if double:
        msg = f"{path.name} has more than one column named {', '.join(double)}"
        raise ReadError(msg, code="columns_double", path=path.name, columns=", ".join(double))
    return names


def layers(path: str | Path) -> list[str]:
    """
    List the layers or sheets of a file.

    Parameters
    ----------
    path : path
        Any file that `kind` knows.

    Returns
    -------
    list of str
        Empty for files that hold one table without a name.
    """
    path = Path(path)
    opened = kind(path)
    try:
        if opened == "sheet":
            import pandas as pd

            return [str(name) for name in pd.ExcelFile(path).sheet_names]
        if opened == "layered":
            import pyogrio

            return [str(name) for name in pyogrio.list_layers(path)[:, 0]]
    except Exception as cause:
        raise _unreadable(path, cause) from cause
    return []


def read(
    path: str | Path, *, columns: "Sequence[str] | None" = None, layer: str | None = None
) -> "tuple[pd.DataFrame, pd.DataFrame]":
    """
    Read the rows of a file as they stand.

    Parameters
    ----------
    path : path
        Any file that `kind` knows.
    columns : sequence of str, optional
        Which columns to read; all if not given. A geometry always comes along.
    layer : str, optional
        Layer or sheet; the first one if not given.

    Returns
    -------
    rows : DataFrame or GeoDataFrame, n_rows
        With `source_row` as index. Text files give text; empty fields are missing.
    rejected : DataFrame
        Rows whose number of fields differs from the header's.

    Raises
    ------
    ReadError
        If the file can't be read or holds no rows.
    """
    import pandas as pd

    path = Path(path)
    opened = kind(path)
    rejected = no_rejects()
    try:
        if opened == "text":
            rows, rejected = _read_text(path, columns)
        elif opened == "sheet":
            rows = pd.read_excel(path, sheet_name=layer or 0, usecols=columns)
        elif opened == "parquet":
            rows = _read_parquet(path, columns)
        else:
            import geopandas as gpd

            rows = gpd.read_file(path, layer=layer, columns=columns)
    except ReadError:
        raise
    except Exception as cause:
        raise _unreadable(path, cause) from cause
    rows.columns = [str(name).strip() for name in rows.columns]
    if rows.empty:
        msg = f"{path.name} has a header but no rows"
        raise ReadError(msg, code="file_no_rows", path=path.name)
    if opened != "text":
        rows.index = pd.RangeIndex(1, len(rows) + 1, name=SOURCE_ROW)
    return rows, rejected


def _suffix(path: Path) -> str:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes = suffixes[:-1]
    return suffixes[-1] if suffixes else ""


def _unreadable(path: Path, cause: Exception) -> ReadError:
    reason = str(cause).splitlines()[0][:200] if str(cause) else type(cause).__name__
    return ReadError(
        f"{path.name} can't be read: {reason}",
        code="file_unreadable",
        path=path.name,
        reason=reason,
    )


def _text_format(path: Path) -> dict[str, Any]:
    opener = gzip.open if path.suffix.lower() == ".gz" else open
    with opener(path, "rb") as stream:
        head = stream.read(1 << 20)
    if not head.strip():
        msg = f"{path.name} is empty"
        raise ReadError(msg, code="file_empty", path=path.name)
    encoding = _encoding(head)
    lines = head.decode(encoding, errors="replace").lstrip("\ufeff").strip().splitlines()
    line = lines[0]
    separator = max(_SEPARATORS, key=line.count)
    import csv

    names = next(csv.reader([line], delimiter=separator))
    return {
        "encoding": encoding,
        "separator": separator,
        "names": names,
        "header_only": len(lines) == 1,
    }


def _encoding(head: bytes) -> str:
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if head.startswith(mark):
            return encoding
    try:
        head[: head.rfind(b"\n") + 1 or None].decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _read_text(path: Path, columns: "Sequence[str] | None") -> "tuple[pd.DataFrame, pd.DataFrame]":
    import numpy as np
    import pandas as pd
    import pyarrow as pa
    from pyarrow import csv

    shape = _text_format(path)
    if shape["header_only"]:
        return pd.DataFrame(columns=shape["names"]), no_rejects()
    wrong: list[tuple[int, str]] = []

    def skip(row: csv.InvalidRow) -> str:
        wrong.append(
            (row.number or 0, f"{row.actual_columns} in plaats van {row.expected_columns}")
        )
        return "skip"

    def load(encoding: str, *, threads: bool) -> pa.Table:
        with pa.input_stream(str(path)) as stream:
            return csv.read_csv(
                stream,
                read_options=csv.ReadOptions(
                    use_threads=threads,
                    block_size=_BLOCK,
                    encoding=encoding,
                    column_names=shape["names"],
                    skip_rows_after_names=1,
                ),
                parse_options=csv.ParseOptions(
                    delimiter=shape["separator"],
                    newlines_in_values=True,
                    ignore_empty_lines=False,
                    invalid_row_handler=skip,
                ),
                convert_options=csv.ConvertOptions(
                    include_columns=list(columns) if columns is not None else shape["names"],
                    column_types=dict.fromkeys(shape["names"], pa.string()),
                    strings_can_be_null=True,
                    null_values=[""],
                ),
            )

    try:
        table = load(shape["encoding"], threads=True)
        if wrong:
            wrong.clear()
            table = load(shape["encoding"], threads=False)
    except (UnicodeDecodeError, pa.ArrowInvalid) as fault:
        if "utf" not in str(fault).lower():
            raise
        wrong.clear()
        table = load("cp1252", threads=False)
    numbers = np.array([number - 1 for number, _ in wrong], dtype="int64")
    rows = table.to_pandas(types_mapper={pa.string(): pd.StringDtype(na_value=np.nan)}.get)
    every = pd.RangeIndex(1, len(table) + len(wrong) + 1)
    rows.index = every.difference(numbers) if wrong else every
    rows.index.name = SOURCE_ROW
    rejected = pd.DataFrame(
        {
            "source_row": numbers,
            "column": "",
            "found": [found for _, found in wrong],
            "reason": REASONS["columns"],
        }
    )
    return rows.iloc[: _n_filled(table)], (rejected if wrong else no_rejects())


def _n_filled(table: Any) -> int:
    """Count the rows up to the last that holds anything."""
    n = len(table)
    while n and all(table[name][n - 1].as_py() is None for name in table.column_names):
        n -= 1
    return n


def _read_parquet(path: Path, columns: "Sequence[str] | None") -> "pd.DataFrame":
    import pandas as pd
    import pyarrow.parquet as pq

    schema = pq.read_schema(path)
    wanted = list(columns) if columns is not None else None
    if b"geo" in (schema.metadata or {}):
        import geopandas as gpd

        geometry = ["geometry"] if "geometry" in schema.names else []
        return gpd.read_parquet(path, columns=wanted + geometry if wanted else None)
    return pd.read_parquet(path, columns=wanted)
