"""Hold, list and write rejected rows: number, reason and original value."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ipgtools import _arrow, nl
from ipgtools.errors import ReadError
from ipgtools.nl import messages
from ipgtools.nl import read_report as words

if TYPE_CHECKING:
    import pandas as pd

    from ipgtools.io.report import ReadReport

__all__ = [
    "cells_of", "lines_of", "no_rejects", "rejected_rows", "require_kind", "require_page",
    "with_reasons", "write_rejected",
]  # fmt: skip


def write_rejected(reports: "Sequence[tuple[str, ReadReport]]", path: str | Path) -> Path:
    """Write the rejected rows of several reports as one table."""
    from ipgtools.io import write

    path = Path(path)
    require_kind(path)
    rows = rejected_rows([report for _, report in reports])
    if path.suffix.lower() == ".csv":
        return write.table(rows, path)
    if not write.fits_sheet(rows):
        msg = f"{len(rows)} rejected rows don't fit a sheet; write a CSV"
        raise ReadError(msg, code="rejected_many", n=nl.number(len(rows)), path=path.name)
    return write.workbook(
        {words.SHEET_REJECTED: rows}, path, notes={words.SHEET_NOTE: words.REJECTED_NOTE}
    )


def require_kind(path: str | Path | None) -> None:
    """Require a name that rejected rows can be written under: ``.xlsx`` or ``.csv``."""
    _require_ending(path, (".xlsx", ".csv"), "rejected_kind")


def require_page(path: str | Path | None) -> None:
    """Require a name that a browser opens a page under: ``.html`` or ``.htm``."""
    _require_ending(path, (".html", ".htm"), "page_kind")


def _require_ending(path: str | Path | None, endings: tuple[str, ...], code: str) -> None:
    if path is not None and Path(path).suffix.lower() not in endings:
        name = Path(path).name
        msg = f"{name} ends in {Path(path).suffix or 'nothing'}, expected {' or '.join(endings)}"
        raise ReadError(msg, code=code, path=name)


def rejected_rows(reports: "Sequence[ReadReport]", *, values: bool = True) -> "pd.DataFrame":
    """Put the rejected rows of reports under each other, for people."""
    import pandas as pd

    parts = []
    for report in reports:
        rows = report.rejected
        if "source" not in rows:
            rows = rows.assign(source=report.source)
        rows = rows.assign(line=lines_of(report))
        rows = rows[list(words.ROW_COLUMNS)].rename(columns=words.ROW_COLUMNS)
        if not values:
            rows = rows.drop(columns=words.ROW_COLUMNS["found"])
        elif report.cells is not None:
            own = {name: f"{name}{words.AS_IT_STOOD}" for name in rows if name in report.cells}
            rows = pd.concat(
                [rows.reset_index(drop=True), report.cells.rename(columns=own)], axis=1
            )
        parts.append(rows)
    filled = [part for part in parts if len(part)] or parts[:1]
    return pd.concat(filled, ignore_index=True)


def lines_of(report: "ReadReport") -> "pd.Series":
    """
    Return the Excel row number of each rejected row.

    Examples
    --------
    >>> from ipgtools.io.report import ReadReport
    >>> rows = no_rejects()
    >>> rows.loc[0] = [3, "x", "", "xy_missing"]
    >>> lines_of(ReadReport("a.csv", 9, 8, rows, (), {"header_line": 2})).tolist()
    [5]
    """
    import pandas as pd

    rows, files = report.rejected, report.details.get("files", {})
    if "source" in rows:
        above = rows["source"].map({one: files[one].get("header_line") for one in files})
    else:
        above = pd.Series(report.details.get("header_line"), index=rows.index)
    return above.astype("Int64") + rows["source_row"].astype("Int64")


def cells_of(
    rows: "pd.DataFrame", rejected: "pd.DataFrame", names: "Iterable[str]"
) -> "pd.DataFrame":
    """Keep the original values of some columns of the rejected rows."""
    import numpy as np
    import pandas as pd

    at = rows.index.get_indexer(rejected["source_row"])
    left_out = np.zeros(len(rows), dtype=bool)
    left_out[at[at >= 0]] = True
    kept = {
        name: _arrow.take(rows[name], left_out) for name in dict.fromkeys(names) if name in rows
    }
    found = pd.DataFrame(kept, index=rows.index[left_out])
    return found.reindex(rejected["source_row"]).reset_index(drop=True)


def with_reasons(rejected: "pd.DataFrame") -> "pd.DataFrame":
    """
    Write out for people why rows were rejected: the one place where a code becomes Dutch.

    Examples
    --------
    >>> rows = no_rejects()
    >>> rows.loc[0] = [3, "x", "", "xy_missing"]
    >>> with_reasons(rows)["reason"].tolist()
    ['geen coördinaten']
    """
    if "reason" in rejected:
        return rejected
    texts = messages.rejections()
    reasons = {code: texts[code] for code in rejected["code"].unique()}
    written = rejected.assign(found=rejected["found"].map(str)).astype({"found": "str"})
    reason = rejected["code"].map(reasons).astype("str")
    written.insert(written.columns.get_loc("code") + 1, "reason", reason)
    return written


def no_rejects() -> "pd.DataFrame":
    """Give an empty table of rejected rows."""
    import pandas as pd

    return pd.DataFrame(
        {
            "source_row": pd.Series(dtype="int64"),
            "column": pd.Series(dtype="str"),
            "found": pd.Series(dtype="str"),
            "code": pd.Series(dtype="str"),
        }
    )
