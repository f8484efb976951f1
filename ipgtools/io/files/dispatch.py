"""
Open the files analysts have, and hand over their rows unchanged.

Nothing is interpreted here: text files give every value as text, so that postcodes keep
their zeros and bad dates can be shown as they stood. Rows carry their number in the source,
counted from 1 after the header. How paths name what is inside a file is told in `paths`.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ipgtools import errors
from ipgtools.errors import ReadError
from ipgtools.io import columns as columns_
from ipgtools.io import rejects
from ipgtools.io.files import detect_format, raw_values, vector
from ipgtools.io.files.archives import refuse_bomb
from ipgtools.io.files.formats import FORMATS, Format
from ipgtools.io.files.paths import kind, open_path
from ipgtools.io.parse import text_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

_ROW = re.compile(r"(?<=columns, got )(\d+):.*", re.DOTALL)
"""Where a library shows a row in its message; it may be about someone."""
SOURCE_ROW = "source_row"
HEADER_LINE = "header_line"
"""Key in a table's `attrs`: the line that the header stands on, of text and sheets."""
COUNTED = ("hidden_rows", "error_cells", "beside", raw_values.TIMES)
"""Keys in a table's `attrs`: what else was counted (messages `counted_...`)."""
SINCE_1904 = "since_1904"
"""Key in a table's `attrs`: whether its workbook counts days from 1904."""
MERGED_CELLS = "merged_cells"
"""Key in a table's `attrs`: how many cells are merged over several rows."""
FORMULAS = "formulas"
"""Key in a table's `attrs`: how many formulas no program has computed yet."""
MENDED = "mended"
"""Key in a table's `attrs`: how many rows of a text were repaired, and how (`lines`)."""
CUT_OFF = "cut_off"
"""Key in a table's `attrs`: whether a text ends within its last row."""
_MOST_NAMES = 12

__all__ = [
    "COUNTED",
    "CUT_OFF",
    "FORMULAS",
    "HEADER_LINE",
    "MENDED",
    "MERGED_CELLS",
    "SINCE_1904",
    "SOURCE_ROW",
    "choose",
    "geometry_type",
    "has_geometry",
    "header",
    "hidden",
    "layers",
    "read",
]


def choose(
    path: str | Path, layer: str | None, *, fits: Callable[[list[str]], bool] = bool
) -> str | None:
    """Choose the layer or sheet to read."""
    name = Path(path).name
    available = layers(path)
    if layer is not None and available:
        same = [one for one in available if one == layer] or [
            one for one in available if one.casefold() == layer.casefold()
        ]
        if len(same) == 1:
            return same[0]
        available += hidden(path)
        if layer in available:
            return layer
        msg = f"{name} has no layer or sheet {layer!r}; it has {', '.join(available)}"
        raise ReadError(msg, code="layer_missing", path=name, layer=layer, found=_listed(available))
    if len(available) < 2:
        return next(iter(available), None)
    fitting = [one for one in available if _fits(path, one, fits)]
    if len(fitting) > 1:
        msg = f"{name} could be read from {', '.join(fitting)}; say which with `layer`"
        raise ReadError(
            msg, code="layer_doubt", path=name, found=_listed(fitting), first=fitting[0]
        )
    return (fitting or available)[0]


def has_geometry(path: str | Path, *, layer: str | None = None) -> bool:
    """Return whether a file has a geometry."""
    if not (answer := FORMATS[kind(path)].has_geometry):
        return False
    with _opened(path, layer) as (local, inner, _):
        return answer(local, inner)


def geometry_type(path: str | Path, layer: str | None) -> str:
    """Return the type of the shapes in a layer of a map file."""
    with _opened(path, layer) as (local, inner, _):
        return vector.geometry_type(local, inner)


def header(path: str | Path, *, layer: str | None = None) -> list[str]:
    """Return the column names of a file without reading its rows."""
    with _opened(path, layer) as (local, inner, form):
        names = form.names(local, inner)
    names = [str(name).strip() for name in names]
    if form is FORMATS["text"] and len(names) == 1 and max(map(names[0].count, ";\t,")) > 1:
        msg = f"{local.name} has each line in one cell: {names[0]}"
        raise ReadError(msg, code="lines_quoted", path=local.name, found=names[0][:80])
    double = sorted(name for name, n in Counter(names).items() if n > 1)
    if double:
        if columns_.are_values(names):
            raise columns_.no_header(names, local.name)
        found = _listed(double)
        msg = f"{local.name} has more than one column named {found}"
        raise ReadError(msg, code="columns_double", path=local.name, columns=found)
    return names


def layers(path: str | Path) -> list[str]:
    """List the layers or sheets of a file."""
    if not (answer := FORMATS[kind(path)].layers):
        return []
    with _opened(path) as (local, _, _):
        return answer(local)


def hidden(path: str | Path) -> list[str]:
    """List the sheets of a workbook that are hidden; they are read only by their name."""
    if not (answer := FORMATS[kind(path)].hidden):
        return []
    with _opened(path) as (local, _, _):
        return answer(local)


def read(
    path: str | Path, *, columns: "Sequence[str] | None" = None, layer: str | None = None
) -> "tuple[pd.DataFrame, pd.DataFrame]":
    """Read the rows of a file unchanged."""
    import pandas as pd

    with _opened(path, layer) as (local, inner, form):
        rows, rejected = form.read(local, inner, columns)
    rows.columns = [str(name).strip() for name in rows.columns]
    if form.has_lines and (again := text_values.repeats_header(rows)).any():
        collected = rejects.Rejects(rows.index, rejected)
        collected.where(again, "", "header_again")
        rows, rejected = rows[~again], collected.table()
    if rows.empty and rejected.empty:
        msg = f"{local.name} has a header but no rows"
        raise ReadError(msg, code="file_no_rows", path=local.name)
    if form.has_lines:
        rows.attrs.setdefault(HEADER_LINE, 1)
    else:
        rows.attrs.clear()
        every = pd.RangeIndex(1, len(rows) + len(rejected) + 1, name=SOURCE_ROW)
        rows.index = every.difference(rejected["source_row"]) if len(rejected) else every
        rows.index.name = SOURCE_ROW
        rows = raw_values.sanitise(rows)
    return rows, rejected


@contextmanager
def _opened(
    path: str | Path, layer: str | None = None
) -> "Iterator[tuple[Path, str | None, Format]]":
    """Open a file with what reads it; what a library says of it becomes an error for people."""
    form = FORMATS[kind(path)]
    with open_path(path, layer) as (local, inner):
        if form.suffixes:
            refuse_bomb(local)
        try:
            yield local, inner, form
        except ReadError:
            raise
        except Exception as cause:
            raise _unreadable(local, cause) from cause


def _fits(path: str | Path, layer: str, fits: Callable[[list[str]], bool]) -> bool:
    try:
        return fits(header(path, layer=layer))
    except ReadError:
        return False


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_MOST_NAMES]) + (", ..." if len(names) > _MOST_NAMES else "")


def _unreadable(path: Path, cause: Exception) -> ReadError:
    """Make the error for a file that a library can't read."""
    reason = (str(cause).splitlines() or [type(cause).__name__])[0]
    reason = _ROW.sub(r"\1", reason.replace(str(path), path.name))
    other = detect_format.actual_format_error(path, cause)
    return other or errors.unreadable(path.name, ValueError(reason))
