"""
Read reports of wijkschouwen into findings and the actions on them.

A report is a table (CSV, Excel, Word, PDF with or without lines), a list that was typed (Word,
PDF, text) with or without a heading for each street, an export of Signalen or Open311 (JSON,
CSV), or text whose columns have run together: from a PDF, or from a scan. From such text the
numbers, cells and misread words are corrected where that is safe; what is lost is marked as
lost, and what was read stands beside what it became.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ipgtools.errors import ReadError
from ipgtools.io import files, limits
from ipgtools.nl import schouw as nl
from ipgtools.nl.messages import message
from ipgtools.periods import as_day
from ipgtools.schouw.assemble import Decisions, assemble
from ipgtools.schouw.formats import (
    pdf_and_images,
    plain_text,
    signalen,
    table_grids,
    table_to_rows,
    tables,
    word,
)
from ipgtools.schouw.geocode_findings import Sources

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ipgtools.io.report import ReadReport

__all__ = ["read_schouw"]

_SHEETS = {".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods"}
_LARGEST_TEXT = 5_000_000


def read_schouw(
    path: str | Path,
    streets: "gpd.GeoDataFrame | None" = None,
    *,
    area: Any = None,
    schouw_id: str | None = None,
    schouw_date: "str | dt.date | pd.Timestamp | None" = None,
    actors: Sequence[str] | None = None,
    words: Collection[str] | Literal["system"] | None = None,
    cutoff: float = 80,
    addresses: "gpd.GeoDataFrame | None" = None,
    city: str | None = None,
    locatieserver: str | None = None,
    cache: str | Path | None = None,
) -> "tuple[gpd.GeoDataFrame, pd.DataFrame, ReadReport]":
    """
    Read the report of a wijkschouw.

    Parameters
    ----------
    path : path
        ``.docx``, ``.pdf``, ``.csv``, ``.tsv``, ``.xlsx``, ``.xls``, ``.ods``, or ``.txt``
        (recognised text). A scan (a PDF without text, ``.png``, ``.jpg``, ``.tif``) is read
        by Tesseract with its Dutch model, if that is installed, also if it lies askew or on its
        side. An export of Signalen or
        Open311 (GeoReport v2) is recognised by its fields, as ``.json``, ``.geojson`` or a
        table; its states, categories and fields become ours by the lists in
        `ipgtools.nl.signalen`, its points have a score of 1, and nothing of the reporter is
        read.
    streets : GeoDataFrame, optional
        STREETS, projected CRS in metres. Without it findings have no points, and misread
        street names stay as they are.
    area : GeoDataFrame or geometry, optional
        Where the schouw was; decides between streets of one name.
    schouw_id : str, optional
        Area and day from the report's heading, or the name of the file, if not given.
    schouw_date : str, date or Timestamp, optional
        As 2025-09-01 or 1-9-2025. Taken from the report if not given.
    actors : sequence of str, optional
        Names of who can act, beside those in `ipgtools.nl.schouw.ACTORS`.
    words : collection of str or "system", optional
        A full Dutch word list. With it short words are corrected, too. "system" takes the list
        of the machine (Debian's package wdutch); that also keeps right words that look like
        others from being mended.
    cutoff : float, default 80
        How alike a street name must be, 0 to 100.
    addresses : GeoDataFrame, optional
        ADDRESSES, in the CRS of `streets`: house numbers become points. Their streets serve
        where `streets` isn't given.
    city : str, optional
        The town; streets of other towns are left out where the files tell.
    locatieserver : str, optional
        Address of a service that is asked about house numbers which our own files don't know:
        `ipgtools.services.locatieserver.BASE` is PDOK's. Then street, number and town of these
        findings leave the computer, and the report says so; it needs `city`. Nothing leaves
        without it.
    cache : path, optional
        A file that keeps its answers, so that nothing is asked twice.

    Returns
    -------
    findings : GeoDataFrame, n_findings rows
        FINDINGS in the CRS of `streets` (without: of `area`, else EPSG:28992). Geometry None
        where the place isn't known. Beside the contract: `street`, `location_kind`,
        `location_precision`, `location_reason`, and the words as they stood (`number_raw`,
        `location_raw`, `description_raw`).
    actions : DataFrame, n_actions rows
        ACTIONS, with `actor_raw`, `task_raw`, `status_raw` and `due_raw`. Actors that share an
        action are joined by " / ". A date of completion is `closed_on` if the action is closed,
        else `due`; a day without a year is the first one after the schouw, and told.
    report : ReadReport
        ``details["repairs"]`` lists every repair (finding_id, column, raw, corrected,
        score); ``details["doubtful"]`` those to look at; ``details["lost"]`` the findings
        that lack text; ``details["unsure_cells"]`` those whose words may stand in the wrong
        column; ``details["unlocated"]`` those without a point.

    Raises
    ------
    ReadError
        If the file is missing, empty, of another kind, or holds no report; if `words` is
        "system" and the machine has no Dutch word list.
    SettingsError
        If `schouw_date` is no date.
    CrsError
        If `streets`, `addresses` or `area` is not in metres, or they differ.
    ServiceError
        If `locatieserver` is no address of a service. One that fails later is told in the
        report; the findings then stay as our own files have them.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"nr": [1], "locatie": "Velveweg 12", "bevinding": "lantaarn kapot",
    ...                      "actie": "repareren", "wie": "gemeente"})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     rows.to_csv(f"{folder}/schouw.csv", index=False)
    ...     findings, actions, report = read_schouw(f"{folder}/schouw.csv")
    >>> findings["category"].tolist(), actions["actor"].tolist(), report.n_used
    (['verlichting'], ['Gemeente'], 1)
    """
    path = Path(path)
    day = None if schouw_date is None else as_day(schouw_date, name="schouw_date")
    sources = Sources(streets, addresses, area, city, locatieserver, cache, cutoff)
    files.require(path)
    names = tuple(dict.fromkeys([*(actors or ()), *nl.ACTORS]))
    suffix = path.suffix.lower()
    if suffix == ".txt":
        made = plain_text.read_plain_text(_text_of(path), path.name, sources, names, words)
    elif suffix == ".pdf" or suffix in pdf_and_images.PICTURES:
        pages = (
            pdf_and_images.read_pdf(path) if suffix == ".pdf" else pdf_and_images.read_picture(path)
        )
        if pages.table is not None:
            made = table_to_rows.rows_of_table(pages.table, pages.form, names)
            if pages.form == "scan":
                plain_text.correct_cells(made, sources, words)
        else:
            made = plain_text.read_plain_text(pages.text, path.name, sources, names, words)
            made.form = pages.form
        made.notes += pages.notes
    elif suffix in signalen.SUFFIXES:
        made = signalen.read_json(path, names)
    elif suffix in _SHEETS:
        header = _header(path)
        if signalen.is_export(header):
            made = signalen.read_table(path, header, names)
        else:
            made = table_to_rows.rows_of_table(tables.read_sheet(path), "table", names)
    elif suffix == ".docx":
        made = _from_document(path, sources, names, words)
    else:
        known = ", ".join(
            [
                ".docx",
                ".pdf",
                ".txt",
                *sorted(pdf_and_images.PICTURES),
                *signalen.SUFFIXES,
                *sorted(_SHEETS),
            ]
        )
        msg = f"{path.name} ends in {suffix or 'nothing'}, expected one of {known}"
        raise ReadError(msg, code="schouw_format", path=path.name, known=known)
    return assemble(
        made,
        sources,
        schouw_id=schouw_id,
        schouw_date=day,
        actors=names,
        source=path.name,
    )


def _header(path: Path) -> list[str]:
    try:
        return files.header(path)
    except ReadError:
        return []


def _text_of(path: Path) -> str:
    limits.require_report(path, path.stat().st_size, _LARGEST_TEXT)
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _from_document(
    path: Path,
    sources: Sources,
    names: Sequence[str],
    words: Collection[str] | Literal["system"] | None,
) -> Decisions:
    found = word.read_document(path)
    try:
        table = table_grids.rows_of_grids(found.above, found.grids, path.name, titles=found.titles)
    except ReadError:
        if not found.above and not found.below:
            raise
        try:
            made = plain_text.read_plain_text(
                "\n".join(found.above + found.below), path.name, sources, names, words
            )
        except ReadError as fault:
            if fault.code != "schouw_no_rows":
                raise
        else:
            made.form = "document_text"
            if found.n_pictures:
                made.notes.append(message("pictures_unread", n=found.n_pictures))
            if found.grids:
                made.notes.append(
                    message("tables_unused", n=len(found.grids), n_rows=sum(map(len, found.grids)))
                )
            return made
        raise
    made = table_to_rows.rows_of_table(table, "document", names)
    if found.n_pictures:
        made.notes.append(message("pictures_unread", n=found.n_pictures))
    if found.below:
        left = sum(line not in found.titles or not tables.street_of(line) for line in found.below)
        made.notes += [message("after_table", n=left)] if left else []
    return made
