"""
Print a page as PDF with the browser that is on the computer: Edge, Chrome or Chromium.

Every Windows computer has Edge, so nothing is installed for it, and what is printed is the page
itself: WeasyPrint needs libraries outside Python, typst a second layout. The browser gets a
profile of its own that is removed, and no network.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from ipgtools.briefing.archive import replace_whole
from ipgtools.errors import IpgError

__all__ = ["browser", "write"]

_NAMES = (
    "msedge", "microsoft-edge", "google-chrome", "google-chrome-stable", "chromium",
    "chromium-browser", "chrome",
)  # fmt: skip
_PLACES = (
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
    "C:/Program Files/Microsoft/Edge/Application/msedge.exe",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
_LONGEST = 120
"""Seconds that the browser may take."""


def browser() -> str:
    """
    Find a browser that can print.

    Raises
    ------
    IpgError
        If there is none.
    """
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    found = found or next((place for place in _PLACES if Path(place).is_file()), None)
    if found is None:
        msg = "no Edge, Chrome or Chromium on this computer to print a PDF with"
        raise IpgError(msg, code="pdf_without_browser")
    return found


def write(page: str, path: str | os.PathLike[str]) -> Path:
    """Print a page that needs nothing else, whole or not at all."""
    known, path = browser(), Path(path)
    with tempfile.TemporaryDirectory(prefix="ipgtools-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(page, "utf-8")
        call = [
            known, "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions",
            "--disable-background-networking", "--disable-sync", "--disable-dev-shm-usage",
            "--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer",
            f"--user-data-dir={Path(folder) / 'profile'}", f"--print-to-pdf={target}",
        ]  # fmt: skip
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            call.append("--no-sandbox")  # a browser of the administrator refuses to start in one
        try:
            subprocess.run(  # noqa: S603 - a browser that was found, on a file that was made here
                [*call, source.as_uri()], check=True, capture_output=True, timeout=_LONGEST
            )
            content = target.read_bytes()
        except (OSError, subprocess.SubprocessError) as cause:
            msg = f"{Path(known).name} could not print the page"
            raise IpgError(msg, code="pdf_failed", program=Path(known).name) from cause
    return replace_whole(path, content)
