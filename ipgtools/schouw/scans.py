"""
Read schouw reports from PDF and from pictures.

A PDF with a drawn table gives its cells; one with text alone gives its lines; a scan is read
by Tesseract, if that is installed. Lines go the way of recognised text.
"""

import io
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ipgtools.errors import ReadError
from ipgtools.schouw import packed, tables
from ipgtools.schouw.pages import prepared

PICTURES = {".png", ".jpg", ".jpeg", ".tif", ".tiff"}
LANGUAGE = "nld"
_LARGEST, _MOST_PAGES, _MOST_PIXELS = 200_000_000, 100, 60_000_000
_RESOLUTION, _PATIENCE = 300, 300
_LEAST_LETTERS = 40
_SPECK = re.compile(r"(?<=[ ])[_~]+[ ]")
_BLOCK = "6"
"""Tesseract's mode for one block of text: lines run through the columns, as rows do."""


@dataclass(frozen=True)
class Pages:
    """What a PDF or picture holds: a table, or text, and how it was got."""

    form: str
    table: tables.Table | None = None
    text: str = ""


def read_pdf(path: Path) -> Pages:
    """
    Read a PDF report.

    Parameters
    ----------
    path : Path
        The file; at most 100 pages.

    Returns
    -------
    Pages
        A table if one has the header of a report; else the text; else, of a scan, what
        Tesseract reads.

    Raises
    ------
    ReadError
        If the file is no PDF or too large, or is a scan and Tesseract isn't there.
    """
    import pdfplumber

    _require_size(path)
    if packed.too_much(path):
        msg = f"{path.name} unpacks to more than a report can hold"
        raise ReadError(msg, code="schouw_too_large", path=path.name)
    try:
        with path.open("rb") as stream, pdfplumber.open(stream) as document:
            pages = document.pages
            if len(pages) > _MOST_PAGES:
                msg = f"{path.name} has {len(pages)} pages, more than a report can have"
                raise ReadError(msg, code="schouw_too_large", path=path.name)
            grids = [
                [[_unwrapped(cell) for cell in row] for row in grid]
                for page in pages
                for grid in page.extract_tables()
            ]
            found = _table(grids, path.name)
            if found is not None:
                return Pages("pdf_table", _headed(found, pages))
            text = "\n".join(page.extract_text() or "" for page in pages)
            if sum(letter.isalpha() for letter in text) >= _LEAST_LETTERS:
                return Pages("pdf_text", text=text)
            program = _tesseract(path.name)
            texts = [
                _recognise(page.to_image(resolution=_RESOLUTION).original, program, path.name)
                for page in pages
                if page.width * page.height * (_RESOLUTION / 72) ** 2 <= _MOST_PIXELS
            ]
    except ReadError:
        raise
    except Exception as cause:
        raise _unreadable(path.name, cause, "a PDF") from cause
    return Pages("scan", text="\n".join(texts))


def read_picture(path: Path) -> Pages:
    """
    Read a scanned page.

    Parameters
    ----------
    path : Path
        A PNG, JPEG or TIFF; a TIFF may hold several pages.

    Returns
    -------
    Pages
        What Tesseract reads.

    Raises
    ------
    ReadError
        If the file is no such picture or too large, or Tesseract isn't there.
    """
    _require_size(path)
    program = _tesseract(path.name)
    try:
        texts = [_recognise(picture, program, path.name) for picture in _frames(path)]
    except ReadError:
        raise
    except Exception as cause:
        raise _unreadable(path.name, cause, "a picture") from cause
    return Pages("scan", text="\n".join(texts))


def _frames(path: Path) -> Iterator[Any]:
    from PIL import Image, ImageOps, ImageSequence

    with Image.open(path, formats=("PNG", "JPEG", "TIFF")) as picture:
        for number, frame in enumerate(ImageSequence.Iterator(picture)):
            if number >= _MOST_PAGES or frame.width * frame.height > _MOST_PIXELS:
                msg = f"{path.name} has more pages or pixels than a report can have"
                raise ReadError(msg, code="schouw_too_large", path=path.name)
            yield ImageOps.exif_transpose(frame.convert("L"))


def _tesseract(name: str) -> str:
    """Find Tesseract with its Dutch model."""
    program = shutil.which("tesseract")
    if program is not None:
        known = _run([program, "--list-langs"], b"", name).decode("utf-8", errors="replace")
        if LANGUAGE in known.split():
            return program
    msg = f"{name} is a scan; reading it takes Tesseract with its Dutch model"
    raise ReadError(msg, code="ocr_missing", path=name)


def _recognise(picture: Any, program: str, name: str) -> str:
    written = io.BytesIO()
    prepared(picture.convert("L")).save(written, "PNG", dpi=(_RESOLUTION, _RESOLUTION))
    command = [program, "stdin", "stdout", "-l", LANGUAGE, "--psm", _BLOCK]
    text = _run(command, written.getvalue(), name).decode("utf-8", errors="replace")
    return _SPECK.sub("", text)


def _run(command: list[str], given: bytes, name: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - a program found on the path, no shell, no user text
            command,
            input=given,
            capture_output=True,
            timeout=_PATIENCE,
            check=True,
            cwd=tempfile.gettempdir(),
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.SubprocessError) as cause:
        msg = f"Tesseract could not read {name}: {cause}"
        raise ReadError(msg, code="ocr_failed", path=name) from cause
    return done.stdout


def _table(grids: list[list[list[str]]], name: str) -> tables.Table | None:
    try:
        return tables.of_grids([], grids, name)
    except ReadError:
        return None


def _headed(table: tables.Table, pages: list[Any]) -> tables.Table:
    """Take the lines above the first table of the first page along."""
    first = pages[0].find_tables()
    above = pages[0]
    if first:
        top = min(found.bbox[1] for found in first)
        above = above.crop((*above.bbox[:2], above.bbox[2], max(top, above.bbox[1] + 1)))
    lines = [line.strip() for line in (above.extract_text() or "").splitlines()]
    heading = tuple(line for line in lines if line)
    return tables.Table(heading, table.rows, table.broken, table.columns)


def _unwrapped(cell: str | None) -> str:
    """Join the lines of a cell: a PDF breaks them where they don't fit."""
    text = re.sub(r"(?<=[^\W\d_])-\n(?=[a-z])", "", cell or "")
    return " ".join(text.split())


def _require_size(path: Path) -> None:
    if path.stat().st_size > _LARGEST:
        msg = f"{path.name} is larger than a report can be"
        raise ReadError(msg, code="schouw_too_large", path=path.name)


def _unreadable(name: str, cause: Exception, kind: str) -> ReadError:
    reason = str(cause).splitlines()[0][:200] if str(cause) else type(cause).__name__
    msg = f"{name} can't be read as {kind}: {reason}"
    return ReadError(msg, code="file_unreadable", path=name, reason=reason)
