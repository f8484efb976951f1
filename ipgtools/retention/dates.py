"""Read from a file nothing but the dates of its rows, also of rows that analyses can't use."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ipgtools.errors import ReadError
from ipgtools.io import columns as columns_
from ipgtools.io import files, rejects
from ipgtools.io.files import sheets
from ipgtools.io.incidents import match_columns as incident_columns
from ipgtools.io.incidents import occurrence
from ipgtools.io.offences import ages as partial
from ipgtools.io.parse import dates
from ipgtools.io.report import no_rejects
from ipgtools.retention.ages import DATES

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["RowDates", "of_file"]

_OF_INCIDENTS = (*DATES["incidents"], "occurred_to", "month", *columns_.PARTS)


@dataclass(frozen=True)
class RowDates:
    """
    The dates of the rows of one file.

    Parameters
    ----------
    rows : DataFrame, n_rows
        Columns of `DATES`, as far as the file has them; the index is the number of the row in
        the source, from 1 after the header. Rows in which nothing is written aren't among them.
    n_source : int
        Rows in the source, with those.
    n_malformed : int
        Further rows, in which nothing can be found: they have another number of fields.
    header_line : int or None
        Line number of the header, of text.
    """

    rows: "pd.DataFrame"
    n_source: int
    n_malformed: int
    header_line: int | None


def of_file(path: Path, data_set: str, *, columns: Mapping[str, str] | None = None) -> RowDates:
    """Read the dates of the rows of a file."""
    read = _of_incidents if data_set == "incidents" else _of_offences
    with files.open_path(path) as (local, inner):
        taken = files.choose(local, inner, fits=_fits(data_set, local, columns))
        names = files.header(local, layer=taken)
        return read(local, names, taken, columns)


def _fits(
    data_set: str, local: Path, columns: Mapping[str, str] | None
) -> Callable[[list[str]], bool]:
    if data_set == "incidents":
        return lambda names: incident_columns.fits(names, local, columns)
    return lambda names: "person" in _known(names, local, columns)


def _known(names: list[str], local: Path, columns: Mapping[str, str] | None) -> dict[str, str]:
    return columns_.recognise(
        names, columns_.OFFENCES, source=local.name, given=columns,
        any_of=("birth_date", "incident_id"),
    )  # fmt: skip


def _of_incidents(
    local: Path, names: list[str], layer: str | None, columns: Mapping[str, str] | None
) -> RowDates:
    import pandas as pd

    spatial = files.has_geometry(local, layer=layer)
    known = incident_columns.recognise(names, source=local.name, given=columns, spatial=spatial)
    known = {ours: theirs for ours, theirs in known.items() if ours in _OF_INCIDENTS}
    rows, malformed = files.read(local, layer=layer)
    if rows.attrs.pop(files.SINCE_1904, False):
        for theirs in known.values():
            rows[theirs] = sheets.days_from_1900(rows[theirs])
    table = pd.DataFrame(index=rows.index)
    seen = rejects.Rejects(rows.index, no_rejects())
    occurrence.occurrence_interval(table, rows, known, seen, [], local.name, dates.ZONE)
    return _found(table, rows, len(malformed), DATES["incidents"])


def _of_offences(
    local: Path, names: list[str], layer: str | None, columns: Mapping[str, str] | None
) -> RowDates:
    import pandas as pd

    known = _known(names, local, columns)
    known = {ours: known[ours] for ours in DATES["offences"] if ours in known}
    if not known:
        msg = f"{local.name} has no column with dates"
        raise ReadError(msg, code="rows_undated", path=local.name)
    rows, malformed = files.read(local, layer=layer)
    table = pd.DataFrame(index=rows.index)
    for ours, theirs in known.items():
        whole, _, _ = partial.split(rows[theirs])
        table[ours], _ = dates.parse(whole, source=local.name)
    return _found(table, rows, len(malformed), DATES["offences"])


def _found(
    table: "pd.DataFrame", rows: "pd.DataFrame", n_malformed: int, columns: tuple[str, ...]
) -> RowDates:
    """Keep the columns with dates, of rows that have something in any column."""
    there = rows.notna().any(axis="columns")
    dated = table.loc[there, [name for name in columns if name in table]]
    return RowDates(dated, len(rows), n_malformed, rows.attrs.get(files.HEADER_LINE))
