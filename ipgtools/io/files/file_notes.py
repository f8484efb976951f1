"""Collect file-level notes: skipped header lines, merged cells, other sheets."""

from pathlib import Path
from typing import TYPE_CHECKING

from ipgtools.io import files
from ipgtools.nl import reading
from ipgtools.nl.messages import Message, message

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["report_file_notes"]


def report_file_notes(path: Path, layer: str | None, rows: "pd.DataFrame") -> list[Message]:
    """Return notes on lines above the header, merged cells and other sheets."""
    notes: list[Message] = []
    if (line := rows.attrs.pop(files.HEADER_LINE, 1)) > 1:
        notes.append(message("header_found", line=line))
    notes += reading.mended(rows.attrs.pop(files.MENDED, {}))
    if rows.attrs.pop(files.CUT_OFF, False):
        notes.append(message("cut_off"))
    if merged := rows.attrs.pop(files.MERGED_CELLS, None):
        notes.append(message("merged_cells", n=merged))
    if formulas := rows.attrs.pop(files.FORMULAS, None):
        notes.append(message("uncomputed", n=formulas))
    for key in files.COUNTED:
        if n := rows.attrs.pop(key, None):
            notes.append(message(f"counted_{key}", n=n))
    if files.kind(path) in {"sheet", "layered"}:
        available, hidden = files.layers(path), files.hidden(path)
        taken = layer or next(iter(available), "")
        if others := [name for name in (*available, *hidden) if name != taken]:
            notes.append(reading.other_sheets(taken, others, hidden))
    return notes
