"""Import a package of an extra, or say which extra of ipgtools it comes with."""

import importlib
import importlib.util
from typing import Any

from ipgtools.errors import ReadError

__all__ = ["EXTRAS", "is_installed", "require"]

EXTRAS = {
    "adbc_driver_postgresql": ("adbc-driver-postgresql", "database"),
    "duckdb": ("duckdb", "database"),
    "oxmsg": ("python-oxmsg", "photos"),
    "pdfplumber": ("pdfplumber", "ocr"),
    "pillow_heif": ("pillow-heif", "photos"),
    "pypdfium2": ("pypdfium2", "notebooks"),
}
"""By the name it is imported by: the package, and the extra that installs it."""


def is_installed(module: str) -> bool:
    """Return whether a package of an extra can be imported."""
    return importlib.util.find_spec(module) is not None


def require(module: str) -> Any:
    """
    Import a module of a package that comes with an extra.

    Examples
    --------
    >>> require("pdfplumber").__name__
    'pdfplumber'
    """
    package, extra = EXTRAS[module.partition(".")[0]]
    try:
        return importlib.import_module(module)
    except ImportError as cause:
        msg = f"{package} is not installed; run: pip install ipgtools[{extra}]"
        raise ReadError(msg, code="extra_missing", package=package, extra=extra) from cause
