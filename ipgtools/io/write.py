"""Write tables and files whole or not at all."""

import datetime as dt
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools.errors import ReadError

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "atomic", "fits_sheet", "harmless", "table", "unwritable", "without_geometry", "workbook",
]  # fmt: skip

_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
"""Rows and columns of a sheet of Excel."""
_WHOLE_FROM = 1_000
"""Numbers of this size are shown without decimals."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@contextmanager
def atomic(path: str | Path) -> Iterator[Path]:
    """Give a temporary name that takes the place of `path` once all is written."""
    path = Path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".", suffix=path.suffix, dir=path.parent)
    except OSError as cause:
        raise unwritable(path, cause) from cause
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o644)
        try:
            temporary.replace(path)
        except OSError as cause:
            raise unwritable(path, cause) from cause
    finally:
        temporary.unlink(missing_ok=True)


def unwritable(path: Path, cause: OSError) -> ReadError:
    """
    Make the error for a file or folder that can't be written.

    Examples
    --------
    >>> str(unwritable(Path("uit/a.csv"), PermissionError(13, "Permission denied")))
    "uit/a.csv can't be written: Permission denied"
    """
    reason = cause.strerror or type(cause).__name__
    msg = f"{path} can't be written: {reason}"
    return ReadError(msg, code="not_written", path=str(path), reason=reason)


def table(rows: "pd.DataFrame", path: str | Path) -> Path:
    """Write a table as a CSV that a Dutch Excel opens as it is."""
    import pandas as pd

    rows = pd.DataFrame(without_geometry(rows))
    for name in rows.columns:
        if pd.api.types.is_string_dtype(rows[name]) or rows[name].dtype == object:
            rows[name] = rows[name].map(harmless, na_action="ignore")
    rows.columns = [harmless(str(name)) for name in rows.columns]
    with atomic(path) as temporary:
        rows.to_csv(temporary, sep=";", decimal=",", index=False, encoding="utf-8-sig",
                    lineterminator="\r\n", float_format=_digits)  # fmt: skip
    return Path(path)


def workbook(
    tables: "Mapping[str, pd.DataFrame]",
    path: str | Path,
    *,
    notes: Mapping[str, Sequence[str]] | None = None,
) -> Path:
    """Write tables as the sheets of an Excel file."""
    import openpyxl
    import pandas as pd

    book = openpyxl.Workbook(write_only=True)
    for title, table in tables.items():
        if not fits_sheet(table):
            msg = f"{table.shape} rows and columns are more than a sheet holds; write a CSV"
            raise ValueError(msg)
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for at, name in enumerate(table.columns, start=1):
            widest = max([len(str(name)), *(len(str(one)) for one in table[name].head(200))])
            sheet.column_dimensions[openpyxl.utils.get_column_letter(at)].width = min(
                max(widest + 2, 8), 60
            )
        if len(table):
            last = openpyxl.utils.get_column_letter(len(table.columns))
            sheet.auto_filter.ref = f"A1:{last}{len(table) + 1}"
        sheet.append([_plain(str(name)) for name in table.columns])
        formats = [_number_format(str(name), table[name]) for name in table.columns]
        for row in pd.DataFrame(table).itertuples(index=False, name=None):
            sheet.append(
                [
                    _cell(sheet, _plain(value), shown)
                    for value, shown in zip(row, formats, strict=True)
                ]
            )
    for title, lines in (notes or {}).items():
        sheet = book.create_sheet(title)
        sheet.column_dimensions["A"].width = 100
        for line in lines:
            sheet.append([_plain(line)])
    with atomic(path) as temporary:
        book.save(temporary)
    return Path(path)


def _number_format(name: str, column: "pd.Series") -> str:
    """Choose how Excel shows the numbers and times of a column; empty for text."""
    import pandas as pd

    if pd.api.types.is_bool_dtype(column):
        return ""
    if pd.api.types.is_integer_dtype(column):
        return "#,##0" if name.startswith("n") else "0"
    if pd.api.types.is_float_dtype(column):
        if name.startswith(("p_", "q_")):
            return "0.0000"
        return "#,##0" if column.abs().max() >= _WHOLE_FROM else "0.00"
    if pd.api.types.is_datetime64_any_dtype(column):
        days_only = bool((column.dropna() == column.dropna().dt.normalize()).all())
        return "dd-mm-yyyy" if days_only else "dd-mm-yyyy hh:mm"
    return ""


def _cell(sheet: Any, value: object, shown: str) -> object:
    """Return a value as a cell with its number format, where it has one."""
    from openpyxl.cell import WriteOnlyCell

    if not shown or value is None:
        return value
    cell = WriteOnlyCell(sheet, value=value)
    cell.number_format = shown
    return cell


def fits_sheet(rows: "pd.DataFrame") -> bool:
    """
    Return whether an Excel sheet can hold a table and its header.

    Examples
    --------
    >>> import pandas as pd
    >>> [fits_sheet(pd.DataFrame(index=range(n))) for n in (1_048_575, 1_048_576)]
    [True, False]
    """
    return len(rows) < _MOST_ROWS and len(rows.columns) <= _MOST_COLUMNS


def _plain(value: object) -> object:
    """Give a value that Excel takes for what it is."""
    import numpy as np
    import pandas as pd
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if isinstance(value, np.generic):
        value = value.item()
    if value is None or pd.isna(value):
        return None
    if isinstance(value, int | float | dt.date):
        return value
    return harmless(ILLEGAL_CHARACTERS_RE.sub("", str(value)))[:32_000]  # type: ignore[index]


def harmless(value: object) -> object:
    """
    Keep a spreadsheet from taking text for a formula.

    Examples
    --------
    >>> harmless("=1+1"), harmless("Pluimstraat"), harmless("-"), harmless(3)
    ("'=1+1", 'Pluimstraat', "'-", 3)
    """
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA):
        return f"'{value}"
    return value


def without_geometry(rows: "pd.DataFrame") -> "pd.DataFrame":
    """Replace points by `x` and `y`, and leave other shapes out."""
    import geopandas as gpd

    if not isinstance(rows, gpd.GeoDataFrame):
        return rows.copy()
    flat = rows.drop(columns=rows.geometry.name)
    kinds = set(rows.geometry.geom_type.dropna())
    if kinds == {"Point"}:
        return flat.assign(x=rows.geometry.x, y=rows.geometry.y)
    return flat


def _digits(value: float) -> str:
    return f"{value:.10g}".replace(".", ",")
