"""
Open the files analysts have, and hand over their rows unchanged.

Nothing is interpreted here: text files give every value as text, so that postcodes keep
their zeros and bad dates can be shown as they stood. Rows carry their number in the source,
counted from 1 after the header.
"""

import zipfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from ipgtools.errors import ReadError
from ipgtools.io import text
from ipgtools.io.report import no_rejects

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

TEXT = {".csv", ".tsv", ".tab", ".txt"}
SHEETS = {".xlsx", ".xlsm", ".xls", ".ods"}
PARQUET = {".parquet", ".geoparquet", ".pq"}
LAYERED = {".gpkg", ".geojson", ".json", ".shp", ".zip", ".kml", ".gml", ".fgb"}
SOURCE_ROW = "source_row"
HEADER_LINE = "header_line"
"""Key in a table's `attrs`: the line of the file that the header stands on."""


def require(path: Path) -> None:
    """
    Require a file with something in it.

    Parameters
    ----------
    path : Path
        The file.

    Raises
    ------
    ReadError
        If it isn't there, is a folder, or is empty.
    """
    if not path.exists():
        msg = f"{path} does not exist"
        raise ReadError(msg, code="file_missing", path=str(path))
    if path.is_dir():
        msg = f"{path} is a folder, expected a file"
        raise ReadError(msg, code="file_is_folder", path=str(path))
    if path.stat().st_size == 0:
        msg = f"{path} is empty (0 bytes)"
        raise ReadError(msg, code="file_empty", path=path.name)


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
    require(path)
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
    refuse_bomb(path)
    try:
        if opened == "text":
            names = text.shape(path).names
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
    double = sorted(name for name, n in Counter(names).items() if n > 1)
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
    refuse_bomb(path)
    try:
        if opened == "sheet":
            import pandas as pd

            with pd.ExcelFile(path) as book:
                return [str(name) for name in book.sheet_names]
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
            rows, rejected = text.read(path, columns)
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
        rows.attrs.clear()
        rows.index = pd.RangeIndex(1, len(rows) + 1, name=SOURCE_ROW)
    return rows, rejected


def several(path: "str | Path | Sequence[str | Path]") -> list[Path]:
    """
    List the files that are meant: one, several, or those in a folder.

    Parameters
    ----------
    path : path, or sequence of paths
        A folder stands for the files in it that can be read, by name.

    Returns
    -------
    list of Path
        In the order given.

    Raises
    ------
    ReadError
        If a folder holds no file that can be read.
    """
    if not isinstance(path, str | Path):
        return [one for each in path for one in several(each)]
    path = Path(path)
    if not path.is_dir():
        return [path]
    known = TEXT | SHEETS | PARQUET | LAYERED
    inside = sorted(one for one in path.iterdir() if one.is_file() and _suffix(one) in known)
    if not inside:
        msg = f"{path} holds no file that can be read"
        raise ReadError(msg, code="folder_empty", path=str(path), known=", ".join(sorted(known)))
    return inside


def refuse_bomb(path: Path) -> None:
    """
    Raise if a packed file would unpack to far more than it says.

    Parameters
    ----------
    path : Path
        Excel, zip or gz; other files pass.

    Raises
    ------
    ReadError
        If it unpacks to more than `text.MOST_BYTES`, or to more than `text.MUCH` bytes at more
        than `text.MOST_TIMES` its size.
    """
    packed = path.stat().st_size
    with path.open("rb") as stream:
        head = stream.read(4)
    if head == b"PK\x03\x04":
        try:
            with zipfile.ZipFile(path) as archive:
                unpacked = sum(one.file_size for one in archive.infolist())
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            return
        if text.too_much(unpacked, packed):
            raise text.bomb(path)
    elif head[:2] == b"\x1f\x8b":
        text.refuse_gzip_bomb(path)


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
