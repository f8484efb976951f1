"""Write a briefing by the ending of a file's name, and show its slides in a notebook."""

import base64
import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, overload

from ipgtools import _extras
from ipgtools.briefing import model, page, pdf, powerpoint
from ipgtools.errors import IpgError, ReadError

__all__ = ["FORMATS", "Preview", "preview", "save"]

FORMATS = (".pptx", ".html", ".pdf")
_LONGEST = 180
"""Seconds that LibreOffice may take."""


def save(briefing: Any, path: str | os.PathLike[str]) -> Path:
    """
    Write a briefing as slides, as a page or as a PDF of that page.

    Parameters
    ----------
    briefing : Briefing or Run
        From `pipeline.run`, or from `add`.
    path : path
        File to write: ``.pptx`` for PowerPoint, ``.html`` for one page that opens anywhere,
        ``.pdf`` for that page on paper, printed by the Edge, Chrome or Chromium of the computer.
        Its folder is made where it is missing; an older file is replaced by a whole one only.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    ReadError
        If the name ends in something else.
    ArgumentError
        If this is no briefing.
    IpgError
        If there is no browser to print a PDF with.

    Examples
    --------
    >>> import tempfile
    >>> from ipgtools.briefing import Briefing
    >>> mine = Briefing("Velve", "", "Velve", "2025", "politie", "Politie", sample=False)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(mine, f"{folder}/briefing.html").name
    'briefing.html'
    """
    known, path = model.of(briefing), Path(path)
    ending = path.suffix.casefold()
    if ending not in FORMATS:
        msg = f"{path.name} ends in {path.suffix or 'nothing'}; choose from {', '.join(FORMATS)}"
        raise ReadError(msg, code="format_unknown", path=path.name, formats=", ".join(FORMATS))
    path.parent.mkdir(parents=True, exist_ok=True)
    if ending == ".pdf":
        tables = getattr(briefing, "tables", None)
        return pdf.write(page.render(known, tables=tables), path)
    return powerpoint.write(known, path) if ending == ".pptx" else page.write(known, path)


class Preview(Sequence[bytes]):
    """
    Pictures of slides, which a notebook shows below each other.

    Parameters
    ----------
    pictures : sequence of bytes
        PNG.
    """

    def __init__(self, pictures: Sequence[bytes]) -> None:
        self._pictures = tuple(pictures)

    def __len__(self) -> int:
        return len(self._pictures)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._pictures)

    @overload
    def __getitem__(self, at: int) -> bytes: ...
    @overload
    def __getitem__(self, at: slice) -> "Preview": ...
    def __getitem__(self, at: int | slice) -> "bytes | Preview":
        return Preview(self._pictures[at]) if isinstance(at, slice) else self._pictures[at]

    def __repr__(self) -> str:
        return f"Preview of {len(self)} slides"

    def _repr_html_(self) -> str:
        look = "width:100%;max-width:960px;display:block;margin:0 0 12px;border:1px solid #bcc3cb"
        return "".join(
            f'<img alt="dia {at}" style="{look}" '
            f'src="data:image/png;base64,{base64.b64encode(one).decode()}">'
            for at, one in enumerate(self._pictures, start=1)
        )


def preview(briefing: Any, slides: slice | None = None, *, width: int = 1280) -> Preview:
    """
    Draw the slides of a briefing, hidden ones too, to look at in a notebook.

    Parameters
    ----------
    briefing : Briefing or Run
        From `pipeline.run`, or from `add`.
    slides : slice, optional
        Which slides; ``slice(-1, None)`` is the last. All if not given.
    width : int, default 1280
        Of the pictures, in pixels.

    Returns
    -------
    Preview
        The pictures (PNG), which a notebook shows below each other; some seconds.

    Raises
    ------
    IpgError
        If LibreOffice is not on this computer, or can't draw the slides.

    Examples
    --------
    >>> from ipgtools.briefing import Briefing
    >>> mine = Briefing("Velve", "", "Velve", "2025", "politie", "Politie", sample=False)
    >>> preview(mine)  # doctest: +SKIP
    Preview of 1 slides
    """
    known = model.of(briefing)
    every = tuple(replace(slide, hidden=False) for slide in known.slides)  # LibreOffice skips them
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        msg = "LibreOffice is not installed; save the briefing and open it: briefing.save(...)"
        raise IpgError(msg, code="preview_without_office")
    with tempfile.TemporaryDirectory(prefix="ipgtools-") as folder:
        deck = powerpoint.write(replace(known, slides=every), Path(folder) / "briefing.pptx")
        call = [
            office, f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}", "--headless",
            "--convert-to", "pdf", "--outdir", folder, str(deck),
        ]  # fmt: skip
        try:
            subprocess.run(call, check=True, capture_output=True, timeout=_LONGEST)  # noqa: S603
            drawn = deck.with_suffix(".pdf").read_bytes()
        except (OSError, subprocess.SubprocessError) as cause:
            msg = "LibreOffice could not draw the slides; save the briefing and open it"
            raise IpgError(msg, code="preview_failed") from cause
    return Preview(_pages(drawn, width))[slides or slice(None)]


def _pages(pdf: bytes, width: int) -> list[bytes]:
    """Draw the pages of a PDF as PNG."""
    pypdfium2 = _extras.require("pypdfium2")
    drawn = []
    document = pypdfium2.PdfDocument(pdf)
    for at in range(len(document)):
        to, one = io.BytesIO(), document[at]
        one.render(scale=width / one.get_width()).to_pil().save(to, "PNG")
        drawn.append(to.getvalue())
        one.close()
    document.close()
    return drawn
