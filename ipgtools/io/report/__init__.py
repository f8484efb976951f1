"""Tell what reading did: which rows were used, which were not and why, and what was decided."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools import _arrow, nl
from ipgtools.errors import ReadError
from ipgtools.nl import read_report as words
from ipgtools.nl import reading

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class ReadReport:
    """
    What became of every row of one source.

    Parameters
    ----------
    source : str
        Name of the file.
    n_read : int
        Rows that the source holds.
    n_used : int
        Rows that stand in the table. ``n_read == n_used + n_rejected``, always.
    rejected : DataFrame, n_rejected rows
        `source_row` (from 1, after the header), `column`, `found` (what stood there, empty
        for personal columns) and `reason` (Dutch).
    notes : tuple of str
        Decisions taken on the whole file, in Dutch.
    details : dict
        The same decisions for a program: `columns` (contract name to source name), `crs`,
        `quality` (of incidents, see `ipgtools.io.quality`), and what else a reader decided.
    cells : DataFrame, optional
        What stood in the rejected rows in the columns that the contract knows, under the file's
        own names, with the index of `rejected`. Other columns are never kept: they may be about
        persons.

    Raises
    ------
    ValueError
        If the numbers don't add up: a fault of the reader, not of the file.
    """

    source: str
    n_read: int
    n_used: int
    rejected: "pd.DataFrame"
    notes: tuple[str, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)
    cells: "pd.DataFrame | None" = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.n_read != self.n_used + self.n_rejected:
            msg = (
                f"{self.source}: {self.n_read} rows read, but {self.n_used} used and "
                f"{self.n_rejected} rejected"
            )
            raise ValueError(msg)

    @property
    def n_rejected(self) -> int:
        """Rows that were left out, each with a reason in `rejected`."""
        return len(self.rejected)

    def reasons(self) -> "pd.DataFrame":
        """
        Count the rejected rows by reason.

        Returns
        -------
        DataFrame, one row per reason
            `reason` and `n`, most frequent first.
        """
        return self.rejected.groupby("reason").size().sort_values(ascending=False, kind="stable") \
            .rename("n").reset_index()  # fmt: skip

    def lines(self) -> list[str]:
        """
        Say it in Dutch, a line a fact.

        Returns
        -------
        list of str
            The totals, what the file was taken for (if it was asked), the reasons, the notes,
            and what the quality asks to look at.
        """
        head = reading.totals(self.source, self.n_read, self.n_used, self.n_rejected)
        reasons = [f"{nl.number(row.n)}: {row.reason}" for row in self.reasons().itertuples()]
        taken = self.details.get("taken", ())
        return [head, *taken, *reasons, *self.notes, *self._quality_lines()]

    def _quality_lines(self) -> list[str]:
        from ipgtools.io import quality

        found = self.details.get("quality")
        if not found:
            return []
        lines = [
            words.quality_line(
                words.indicator(one["key"], hours=found["long_hours"], step=found["step"]),
                one["n"],
                one["share"],
            )
            for one in quality.indicators(found)
            if one["look"] and one["key"] != "missing"
        ]
        names = list(found["counts"])
        if names:
            missing = None if found["sparse"] else found["missing"]
            lines.append(words.months(found["step"], names[0], names[-1], len(names), missing))
        return lines

    def to_html(self, path: str | Path, *, kind: str = "", values: bool = True) -> Path:
        """
        Write the report as a page that needs nothing else.

        Parameters
        ----------
        path : path
            File to write.
        kind : str, optional
            What the file was read as, in Dutch.
        values : bool, default True
            Whether to show what stood in rejected cells, doubtful points and counts by month;
            leave them out for a page that goes to others.

        Returns
        -------
        Path
            The file.
        """
        return write_page([(kind, self)], path, values=values)

    def write_rejected(self, path: str | Path) -> Path:
        """
        Write the rejected rows, each with its reason, for a spreadsheet.

        Of a row there is its number in the source, what was wrong, and what stood in the
        columns that the contract knows; other columns may be about persons and stay out.

        Parameters
        ----------
        path : path
            Ends in ``.xlsx`` (with a sheet that explains) or ``.csv``.

        Returns
        -------
        Path
            The file. No cell of it is a formula.
        """
        return write_rejected([("", self)], path)

    def __repr__(self) -> str:
        return "\n  - ".join(self.lines())

    def _repr_html_(self) -> str:
        from ipgtools.io.report import _page

        return _page.in_notebook(self)


def write_page(
    reports: "Sequence[tuple[str, ReadReport]]", path: str | Path, *, values: bool = True
) -> Path:
    """
    Write several reports as one page.

    Parameters
    ----------
    reports : sequence of (str, ReadReport)
        What each file was read as, in Dutch (may be empty), and its report.
    path : path
        File to write.
    values : bool, default True
        As for `ReadReport.to_html`.

    Returns
    -------
    Path
        The file: no script, nothing is fetched, all text of the files is escaped.
    """
    from ipgtools.io import write
    from ipgtools.io.report import _page

    text = _page.document(reports, values=values)
    with write.whole(path) as temporary:
        temporary.write_text(text, encoding="utf-8")
    return Path(path)


def write_rejected(reports: "Sequence[tuple[str, ReadReport]]", path: str | Path) -> Path:
    """
    Write the rejected rows of several reports as one table.

    Parameters
    ----------
    reports : sequence of (str, ReadReport)
        What each file was read as, and its report.
    path : path
        Ends in ``.xlsx`` or ``.csv``; as for `ReadReport.write_rejected`.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    ReadError
        If the name ends in something else.
    """
    from ipgtools.io import write

    path = Path(path)
    require_kind(path)
    rows = rejected_rows([report for _, report in reports])
    if path.suffix.lower() == ".csv":
        return write.table(rows, path)
    return write.workbook(
        {words.SHEET_REJECTED: rows}, path, notes={words.SHEET_NOTE: words.REJECTED_NOTE}
    )


def require_kind(path: str | Path | None) -> None:
    """
    Require a name that rejected rows can be written under.

    Parameters
    ----------
    path : path or None
        None passes.

    Raises
    ------
    ReadError
        If it ends in neither ``.xlsx`` nor ``.csv``.
    """
    if path is not None and Path(path).suffix.lower() not in (".xlsx", ".csv"):
        name = Path(path).name
        msg = f"{name} ends in {Path(path).suffix or 'nothing'}, expected .xlsx or .csv"
        raise ReadError(msg, code="rejected_kind", path=name)


def rejected_rows(reports: "Sequence[ReadReport]") -> "pd.DataFrame":
    """
    Put the rejected rows of reports under each other, for people.

    Parameters
    ----------
    reports : sequence of ReadReport
        In order.

    Returns
    -------
    DataFrame, one row per rejected row
        "Bestand", "Bronrij", "Kolom", "Gevonden", "Reden", then the cells of the row under the
        names of its file.
    """
    import pandas as pd

    parts = []
    for report in reports:
        rows = report.rejected
        if "source" not in rows:
            rows = rows.assign(source=report.source)
        rows = rows[list(words.ROW_COLUMNS)].rename(columns=words.ROW_COLUMNS)
        if report.cells is not None:
            own = {name: f"{name}{words.AS_IT_STOOD}" for name in rows if name in report.cells}
            rows = pd.concat(
                [rows.reset_index(drop=True), report.cells.rename(columns=own)], axis=1
            )
        parts.append(rows)
    filled = [part for part in parts if len(part)] or parts[:1]
    return pd.concat(filled, ignore_index=True)


def cells_of(
    rows: "pd.DataFrame", rejected: "pd.DataFrame", names: "Iterable[str]"
) -> "pd.DataFrame":
    """
    Keep what stood in some columns of the rejected rows.

    Parameters
    ----------
    rows : DataFrame
        As read, by source row.
    rejected : DataFrame, n_rejected rows
        Of a report.
    names : iterable of str
        The columns to keep: those that the contract knows.

    Returns
    -------
    DataFrame, n_rejected rows
        In the order of `rejected`; empty for rows that were rejected before there was a table.
    """
    import numpy as np
    import pandas as pd

    at = rows.index.get_indexer(rejected["source_row"])
    left_out = np.zeros(len(rows), dtype=bool)
    left_out[at[at >= 0]] = True
    kept = {
        name: _arrow.chosen(rows[name], left_out) for name in dict.fromkeys(names) if name in rows
    }
    found = pd.DataFrame(kept, index=rows.index[left_out])
    return found.reindex(rejected["source_row"]).reset_index(drop=True)


def no_rejects() -> "pd.DataFrame":
    """
    Give an empty table of rejected rows.

    Returns
    -------
    DataFrame, no rows
        With the columns `source_row`, `column`, `found` and `reason`.
    """
    import pandas as pd

    return pd.DataFrame(
        {
            "source_row": pd.Series(dtype="int64"),
            "column": pd.Series(dtype="str"),
            "found": pd.Series(dtype="str"),
            "reason": pd.Series(dtype="str"),
        }
    )
