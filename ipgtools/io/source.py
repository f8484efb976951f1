"""Open a file as every reader does: recognise its columns, read its rows, report on them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools.io import columns as columns_
from ipgtools.io import files, rejects
from ipgtools.io.report import ReadReport, cells_of
from ipgtools.nl.messages import Message

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Source", "open_source"]


@dataclass
class Source:
    """
    A file that is being read, with all its columns (`names`) and the known ones (`found`).

    `before` holds the rows that were rejected before there was a table.
    """

    path: Path
    names: list[str]
    found: dict[str, str]
    rows: "pd.DataFrame"
    before: "pd.DataFrame" = field(repr=False)

    def __post_init__(self) -> None:
        self.n_read = len(self.rows) + len(self.before)
        self.header_line = self.rows.attrs.get(files.HEADER_LINE)
        self.collected = rejects.Rejects(self.rows.index, self.before)

    def report(
        self, n_used: int, notes: Iterable[Message], details: Mapping[str, Any]
    ) -> ReadReport:
        """Report what became of the rows, with what stood in the known columns of rejected ones."""
        rejected = self.collected.table()
        return ReadReport(
            self.path.name,
            self.n_read,
            n_used,
            rejected,
            tuple(notes),
            {"columns": self.found, "header_line": self.header_line, **details},
            cells_of(self.rows, rejected, self.found.values()),
        )


def open_source(
    path: Path,
    aliases: Mapping[str, tuple[str, ...]],
    *,
    needed: Iterable[str],
    columns: Mapping[str, str] | None,
    layer: str | None,
    any_of: tuple[str, ...] = (),
) -> Source:
    """Recognise the columns of a file and read those; without a needed one it is refused."""
    names = files.header(path, layer=layer)
    found = columns_.recognise(names, aliases, source=path.name, given=columns, any_of=any_of)
    if lacking := {name: aliases[name] for name in needed if name not in found}:
        raise columns_.missing(lacking, names, path.name)
    rows, before = files.read(path, columns=[*dict.fromkeys(found.values())], layer=layer)
    return Source(path, names, found, rows, before)
