"""Report what reading did: rows used, rows rejected and why, and decisions."""

from ipgtools.io.report.read_report import ReadReport, per_file, write_page
from ipgtools.io.report.rejected import (
    cells_of,
    lines_of,
    no_rejects,
    rejected_rows,
    require_kind,
    require_page,
    with_reasons,
    write_rejected,
)

__all__ = [
    "cells_of",
    "lines_of",
    "no_rejects",
    "per_file",
    "rejected_rows",
    "require_kind",
    "require_page",
    "write_page",
    "with_reasons",
    "write_rejected",
    "ReadReport",
]
