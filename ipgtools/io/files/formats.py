"""The kinds of files that are read, and what reads each: another kind is another entry here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools.io.files import csv_tables, dialect, frames, parquet, sheets, vector
from ipgtools.io.files.sql import tables
from ipgtools.io.report import no_rejects

if TYPE_CHECKING:
    import pandas as pd

    Rows = tuple[pd.DataFrame, pd.DataFrame]

__all__ = ["FORMATS", "PART", "Format"]

PART = parquet.PART


@dataclass(frozen=True)
class Format:
    """
    A kind of file: how names end (none of what is no file), and functions of file and layer.

    `names` are those of columns, `read` gives rows and rejected rows; with `has_lines` it numbers
    rows by the lines of the file. `layers` and `hidden` list layers or sheets.
    """

    names: Callable[[Any, str | None], list[str]]
    read: "Callable[[Any, str | None, Any], Rows]"
    suffixes: set[str] = field(default_factory=set)
    has_geometry: Callable[[Any, str | None], bool] | None = None
    layers: Callable[[Path], list[str]] | None = None
    hidden: Callable[[Path], list[str]] | None = None
    has_lines: bool = False


FORMATS = {
    "text": Format(
        lambda path, _: dialect.sniff(path).names,
        lambda path, _, columns: csv_tables.read(path, columns),
        {".csv", ".tsv", ".tab", ".txt"},
        has_lines=True,
    ),
    "sheet": Format(
        sheets.names,
        sheets.read,
        sheets.SUFFIXES,
        layers=sheets.sheets,
        hidden=sheets.hidden,
        has_lines=True,
    ),
    "parquet": Format(
        lambda path, _: parquet.names(path),
        lambda path, _, columns: (parquet.read(path, columns), no_rejects()),
        parquet.SUFFIXES,
        lambda path, _: parquet.has_geometry(path),
    ),
    "layered": Format(
        vector.names, vector.read, vector.SUFFIXES, vector.has_geometry, layers=vector.layers
    ),
    "database": Format(
        lambda url, _: tables.names(url),
        lambda url, _, columns: (tables.read(url, columns), no_rejects()),
        has_geometry=lambda url, _: tables.has_geometry(url),
    ),
    "frame": Format(
        lambda frame, _: frames.names(frame),
        lambda frame, _, columns: (frames.read(frame, columns), no_rejects()),
        has_geometry=lambda frame, _: frames.has_geometry(frame),
    ),
}
