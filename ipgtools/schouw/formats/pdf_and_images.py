"""
Read schouw reports from PDF and from pictures.

A PDF with a drawn table gives its cells; one with text alone gives its lines; a scan is read
by Tesseract, if that is installed. Lines go the way of recognised text.
"""

import contextlib
import io
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ipgtools import _extras
from ipgtools.errors import ReadError, unreadable
from ipgtools.io import limits
from ipgtools.nl.messages import Message, message
from ipgtools.schouw.formats import pdf_layout, table_grids, tables
from ipgtools.schouw.ocr.deskew import prepare_page

__all__ = ["LANGUAGE", "PICTURES", "Pages", "read_pdf", "read_picture"]

PICTURES = {".png", ".jpg", ".jpeg", ".tif", ".tiff"}
LANGUAGE = "nld"
_MOST_PAGES, _MOST_PIXELS = 100, 60_000_000
_RESOLUTION, _PATIENCE = 300, 300
_LEAST_LETTERS = 40
_SPECK = re.compile(r"(?<=[ ])[_~]+[ ]?")
_BLOCK = "6"
"""Tesseract's mode for one block of text: lines run through the columns, as rows do."""
_WITH_PLACES = ["-c", "tessedit_create_tsv=1"]
_SCRIPT = ["--psm", "0", "-l", "osd"]
"""Tesseract's mode that tells which way is up; its model comes with Debian's package."""
_TURN = re.compile(rb"Rotate: (\d+)\s.*?Orientation confidence: ([\d.]+)", re.DOTALL)
_SURE_TURN, _GLANCE, _READ_WELL, _LEAST_WORD = 2.0, 1800, 60.0, 3
_AIR = 0.75
"""Heights of a line that lie between it and the next one where a text goes on after a break."""


@dataclass(frozen=True)
class Pages:
    """Content of a PDF or image: a table or text, how it was read, and notes."""

    form: str
    table: tables.Table | None = None
    text: str = ""
    notes: tuple[Message, ...] = ()


def read_pdf(path: Path) -> Pages:
    """Read a PDF report."""
    pdfplumber = _extras.require("pdfplumber")
    limits.require_report(path, path.stat().st_size)
    limits.require_pdf(path)
    try:
        with path.open("rb") as stream, pdfplumber.open(stream) as document:
            pages = document.pages
            if len(pages) > _MOST_PAGES:
                raise limits.report_error(path, f"has {len(pages)} pages")
            texts = [_lines(page) for page in pages]
            drawn = [
                at
                for at, (page, text) in enumerate(zip(pages, texts, strict=True))
                if _letters(text) < _LEAST_LETTERS and page.images
            ]
            running = pdf_layout.edges([_filled(text) for text in texts])
            found = _drawn_table(pages, running, path.name) or _placed_table(
                pages, running, path.name
            )
            if found is not None:
                return Pages("pdf_table", found, notes=(*_edges(running), *_unread(drawn)))
            texts = [_without(text, running) for text in texts]
            form = "pdf_text" if sum(map(_letters, texts)) >= _LEAST_LETTERS else "scan"
            if form == "scan":
                drawn = list(range(len(pages)))
            try:
                program = _tesseract(path.name) if drawn else ""
            except ReadError:
                if form == "scan":
                    raise
                return Pages(form, text="\n".join(texts), notes=_unread(drawn))
            notes = _edges(running)
            if any(tables.is_wide(line) for text in texts for line in text.splitlines()):
                notes.append(message("columns_unclear"))
            read = {
                at: _recognise(
                    pages[at].to_image(resolution=_resolution(pages[at])).original,
                    program,
                    path.name,
                )
                for at in drawn
            }
            if form == "scan":
                return _scanned([*read.values()], program, path.name)
            for at, one in read.items():
                texts[at] = one.text
                notes += _said(at, one.turn)
    except ReadError:
        raise
    except Exception as cause:
        raise unreadable(path.name, cause, "read as a PDF") from cause
    return Pages(form, text="\n".join(texts), notes=tuple(notes))


def read_picture(path: Path) -> Pages:
    """Read a scanned page."""
    limits.require_report(path, path.stat().st_size)
    program = _tesseract(path.name)
    try:
        read = [_recognise(picture, program, path.name) for picture in _frames(path)]
    except ReadError:
        raise
    except Exception as cause:
        raise unreadable(path.name, cause, "read as a picture") from cause
    return _scanned(read, program, path.name)


def _frames(path: Path) -> Iterator[Any]:
    from PIL import Image, ImageOps, ImageSequence

    with Image.open(path, formats=("PNG", "JPEG", "TIFF")) as picture:
        for number, frame in enumerate(ImageSequence.Iterator(picture)):
            if number >= _MOST_PAGES or frame.width * frame.height > _MOST_PIXELS:
                raise limits.report_error(path, "has too many pages or pixels")
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


def _recognise(picture: Any, program: str, name: str) -> "_Read":
    """Read a page, with its words at their places if it has the header of a wide table."""
    grey = picture.convert("L")
    turn = _turn(grey, program, name)
    page = prepare_page(grey.rotate(-turn, expand=True) if turn else grey)
    text = _run(_block(program), _png(page), name).decode("utf-8", errors="replace")
    text = _SPECK.sub("", text)
    return _Read(text, turn, page)


@dataclass(frozen=True)
class _Read:
    """What was read of a page, how far it was turned clockwise, and the page as it was read."""

    text: str
    turn: int
    page: Any


def _scanned(read: "list[_Read]", program: str, name: str) -> Pages:
    """Make a table of scanned pages if their words align with header columns."""
    notes = tuple(note for at, one in enumerate(read) for note in _said(at, one.turn))
    text = "\n".join(one.text for one in read)
    if any(map(tables.is_header, text.splitlines())):
        command = [*_block(program), *_WITH_PLACES]
        sheets = [
            pdf_layout.Sheet(_run(command, _png(one.page), name).decode("utf-8", "replace"),
                         max(one.page.size))
            for one in read
        ]  # fmt: skip
        found = _placed_table(sheets, [], name)
        if found is not None:
            return Pages("scan", found, text, notes)
        if any(map(tables.is_wide, text.splitlines())):
            notes = (*notes, message("columns_unclear"))
    return Pages("scan", text=text, notes=notes)


def _turn(grey: Any, program: str, name: str) -> int:
    """
    Return the clockwise rotation of a page in degrees.

    Tesseract's own judgement of the script is asked; where it has none (a page of few words,
    or no model for it) the turn is taken at which most is read well.
    """
    glance = grey.copy()
    glance.thumbnail((_GLANCE, _GLANCE))
    with contextlib.suppress(ReadError):
        said = _TURN.search(_run([program, "stdin", "stdout", *_SCRIPT], _png(glance), name))
        if said and float(said[2]) >= _SURE_TURN:
            return int(said[1]) % 360
    well = {turn: _read_well(glance, turn, program, name) for turn in (0, 90, 180, 270)}
    return max(well, key=lambda turn: (well[turn], -turn))


def _read_well(page: Any, turn: int, program: str, name: str) -> int:
    """Count the letters of the words that are read well at a turn."""
    turned = page.rotate(-turn, expand=True)
    command = [*_block(program), *_WITH_PLACES]
    found = 0
    for line in _run(command, _png(turned), name).decode("utf-8", errors="replace").splitlines():
        *_, sureness, word = line.split("\t") if line.count("\t") == 11 else ("", "")
        with contextlib.suppress(ValueError):
            if len(word) >= _LEAST_WORD and float(sureness) >= _READ_WELL:
                found += sum(letter.isalpha() for letter in word)
    return found


def _block(program: str) -> list[str]:
    return [program, "stdin", "stdout", "-l", LANGUAGE, "--psm", _BLOCK]


def _png(picture: Any) -> bytes:
    written = io.BytesIO()
    picture.save(written, "PNG", dpi=(_RESOLUTION, _RESOLUTION))
    return written.getvalue()


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


def _said(at: int, turn: int) -> list[Message]:
    return [message("page_turned", page=at + 1, degrees=turn)] if turn else []


def _unread(drawn: list[int]) -> tuple[Message, ...]:
    return (message("pages_unread", pages=[at + 1 for at in drawn]),) if drawn else ()


def _resolution(page: Any) -> float:
    """Return the dots per inch at which a page is drawn; of a huge page as many as are read."""
    return float(min(_RESOLUTION, 72 * (_MOST_PIXELS / (page.width * page.height)) ** 0.5))


def _letters(text: str) -> int:
    return sum(letter.isalpha() for letter in text)


def _lines(page: Any) -> str:
    """Return the lines of a page, with an empty one where the page leaves room."""
    out: list[str] = []
    below = None
    for line in page.extract_text_lines(return_chars=False):
        if below is not None and line["top"] - below > _AIR * (line["bottom"] - line["top"]):
            out.append("")
        out.append(line["text"])
        below = line["bottom"]
    return "\n".join(out)


def _drawn_table(pages: list[Any], running: list[str], name: str) -> tables.Table | None:
    """Make a table of the cells that lines are drawn around."""
    drawn: list[list[list[str]]] = []
    titles: list[str] = []
    heading: list[str] = []
    outside: list[str] = []
    for page in pages:
        boxed = sorted(page.find_tables(), key=lambda one: one.bbox[1])
        beside = _beside(page, [one.bbox for one in boxed], running)
        for one in boxed:
            above = [text for top, text in beside if top < one.bbox[1]]
            beside = [each for each in beside if each[0] >= one.bbox[1]]
            (outside if drawn else heading).extend(above)
            titles.append(above[-1] if above else "")
            drawn.append([[_unwrapped(cell) for cell in row] for row in one.extract()])
        outside += [text for _, text in beside]
    try:
        found = table_grids.rows_of_grids([], drawn, name, titles=titles, paged=True)
    except ReadError:
        return None
    unused = [line for line in outside if line not in titles or not tables.street_of(line)]
    notes = [*found.notes, *([message("after_table", n=len(unused))] if unused else [])]
    return replace(found, heading=tuple(heading) + found.heading, notes=tuple(notes))


def _beside(page: Any, boxes: list[Any], running: list[str]) -> list[tuple[float, str]]:
    """Return the lines of a page outside tables, with their height."""
    return [
        (line["top"], line["text"].strip())
        for line in page.extract_text_lines(return_chars=False)
        if not any(top - 1 <= line["top"] and line["bottom"] <= low + 1 for _, top, _, low in boxes)
        and pdf_layout.plain_line(line["text"]) not in running
    ]


def _placed_table(pages: list[Any], running: list[str], name: str) -> tables.Table | None:
    """Make a table of words aligned in columns without ruled lines."""
    found = pdf_layout.table(pages, running)
    if found is None:
        return None
    try:
        made = table_grids.rows_of_grids(found.above, [found.grid], name)
    except ReadError:
        return None
    notes = [*made.notes, message("columns_by_place")]
    notes += [message("after_table", n=found.after)] if found.after else []
    return replace(made, notes=tuple(notes))


def _edges(running: list[str]) -> list[Message]:
    return [message("page_edges", lines=running)] if running else []


def _filled(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _without(text: str, running: list[str]) -> str:
    """Leave running heads and feet out of the text of a page."""
    return "\n".join(
        line for line in text.split("\n") if pdf_layout.plain_line(line) not in running
    )


def _unwrapped(cell: str | None) -> str:
    """Join the lines of a cell: a PDF breaks them where they don't fit, long names in a word."""
    if "\n" in (cell or "") and tables.is_name(whole := "".join(str(cell).split("\n"))):
        return whole
    text = re.sub(r"(?<=[^\W\d_])-\n(?=[a-z])", "", cell or "")
    return " ".join(text.split())
