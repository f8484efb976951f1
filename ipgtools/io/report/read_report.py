"""Report what reading did: rows used, rows rejected and why, and decisions."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools import nl
from ipgtools.io.report.rejected import with_reasons, write_rejected
from ipgtools.nl import read_report as words
from ipgtools.nl import reading
from ipgtools.nl.messages import Message

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ReadReport", "per_file", "write_page"]


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
        `source_row` (from 1, after the header), `column`, `found` (what was in the cell, empty
        for personal columns), `code` of the reason and `reason` (Dutch, rendered from the code
        where it isn't given).
    messages : tuple of Message
        Decisions taken on the whole file, by code and facts; `notes` are the same in Dutch.
    details : dict
        The same decisions for a program: `columns` (contract name to source name), `crs`,
        `header_line` (of text and sheets: the line that the header stands on), `quality` (of
        incidents, see `ipgtools.io.incidents.quality`), and what else a reader decided.
    cells : DataFrame, optional
        What stood in the rejected rows, under the file's own names, with the index of
        `rejected`: in the columns that used rows keep, or only in those that the contract
        knows. Columns about persons and free text are never in it, nor are the house numbers of
        incidents.

    Raises
    ------
    ValueError
        If the numbers don't add up: a fault of the reader, not of the file.
    """

    source: str
    n_read: int
    n_used: int
    rejected: "pd.DataFrame"
    messages: tuple[Message, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)
    cells: "pd.DataFrame | None" = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rejected", with_reasons(self.rejected))
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

    @property
    def notes(self) -> tuple[str, ...]:
        """The decisions of `messages` in Dutch."""
        return tuple(map(str, self.messages))

    def reasons(self) -> "pd.DataFrame":
        """
        Count the rejected rows by reason.

        Returns
        -------
        DataFrame, one row per reason
            `code`, `reason` and `n`, most frequent first.
        """
        counts = self.rejected.groupby(["reason", "code"]).size()
        counts = counts.sort_values(ascending=False, kind="stable").rename("n").reset_index()
        return counts[["code", "reason", "n"]]

    def lines(self) -> list[str]:
        """
        Return the report in Dutch, one line a fact.

        Returns
        -------
        list of str
            The totals, what the file was taken for (if it was asked), the reasons, the notes,
            and what the quality asks to look at.
        """
        head = reading.totals(self.source, self.n_read, self.n_used, self.n_rejected)
        reasons = [f"{nl.number(row.n)}: {row.reason}" for row in self.reasons().itertuples()]
        taken = self.details.get("taken", ())
        rest = [*self.notes, *self._quality_lines()]
        return [head, *taken, *self.doubts(), *self._per_file(), *reasons, *rest]

    def doubts(self) -> list[str]:
        """
        Return in Dutch the signs that the source as a whole is wrong.

        Returns
        -------
        list of str
            That no row can be used, most rows have another number of fields, or the last
            incident has yet to happen.
        """
        said = []
        n_other = int((self.rejected["code"] == "columns").sum())
        if 2 * n_other > self.n_read:
            said.append(words.OTHER_FIELDS)
        elif self.n_read and not self.n_used:
            said.append(words.NONE_USED)
        last = self.details.get("quality", {}).get("last")
        if last and dt.date.fromisoformat(last) > dt.date.today():
            said.append(words.in_future(nl.date(dt.date.fromisoformat(last))))
        return said

    def _per_file(self) -> list[str]:
        return [
            reading.totals(name, n_read, n_used, n_rejected)
            for name, n_read, n_used, n_rejected in per_file(self)
        ]

    def _quality_lines(self) -> list[str]:
        from ipgtools.io.incidents import quality

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

        Of a row there is its number in the source and in Excel, what was wrong, and what stood
        in the columns that used rows keep; those about persons, house numbers and free text
        stay out.

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
    """Write several reports as one page."""
    from ipgtools.io import write
    from ipgtools.io.report import _page

    text = _page.document(reports, values=values)
    with write.atomic(path) as temporary:
        temporary.write_text(text, encoding="utf-8")
    return Path(path)


def per_file(report: "ReadReport") -> list[tuple[str, int, int, int]]:
    """Count the rows of each file of a report about several."""
    return [
        (name, one["n_read"], one["n_used"], one["n_read"] - one["n_used"])
        for name, one in report.details.get("files", {}).items()
    ]
