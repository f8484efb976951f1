"""
Detect the format of a file by its first bytes, whatever its name.

Exports are often saved under another name than their kind: a web page called .xls, a workbook
called .csv. What a library says of these is of no use to anybody; this says what to do.
"""

from pathlib import Path

from ipgtools.errors import ReadError

__all__ = ["actual_format_error", "require_text_table"]

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ZIP = b"PK\x03\x04"
_GZIP = b"\x1f\x8b"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_LOOK = 64 << 20
_TEXT = {".csv", ".tsv", ".tab", ".txt"}
_BOOKS = {".xlsx", ".xlsm", ".xls", ".ods"}
_PAGES = (b"<html", b"<!doctype html", b"<table", b"<head", b"<meta", b"<?xml")
_RTF = b"{\\rtf"
_CUT = ("end-of-stream", "end of stream", "truncated", "unexpected end", "premature end",
        "unterminated", "failed on dbf")  # fmt: skip
_IN_USE = ("database is locked", "used by another process")
_NO_KIND = "not recognized as being in a supported file format"


def require_text_table(path: Path) -> None:
    """Raise if a file that is called a text table is a workbook, a document or a web page."""
    if path.suffix.lower() not in _TEXT:
        return
    found = actual_format_error(path)
    if found is not None:
        raise found


def actual_format_error(path: Path, cause: Exception | None = None) -> ReadError | None:
    """Make the error for a file whose format is not that of its name."""
    suffix, said = path.suffix.lower(), str(cause or "").lower()
    try:
        with path.open("rb") as stream:
            head = stream.read(4096)
            whole = head + stream.read(_LOOK) if head.startswith(_OLE) else b""
    except OSError:
        return None
    if any(sign in said for sign in _IN_USE) or isinstance(cause, PermissionError):
        msg = f"{path.name} is in use by another program, or may not be read"
        return ReadError(msg, code="file_in_use", path=path.name)
    if "not a gzipped file" in said and not head.startswith(_GZIP):
        msg = f"{path.name} is not packed"
        return ReadError(msg, code="file_not_packed", path=path.name)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    name = path.name
    if _LOCKED in whole or "encrypted" in said:
        msg = f"{name} asks for a password"
        return ReadError(msg, code="file_locked", path=name)
    if start.startswith(_RTF):
        msg = f"{name} is a text document inside"
        return ReadError(msg, code="file_document", path=name, suffix=suffix)
    if start.startswith(_PAGES) and suffix in _TEXT | _BOOKS:
        msg = f"{name} is a web page inside"
        return ReadError(msg, code="file_page", path=name, suffix=suffix)
    if any(sign in said for sign in _CUT) or isinstance(cause, EOFError):
        msg = f"{name} breaks off"
        return ReadError(msg, code="file_cut_off", path=name)
    if _NO_KIND in said:
        kind = "GeoJSON" if "json" in suffix else suffix.lstrip(".")
        msg = f"{name} is no {kind} inside"
        return ReadError(msg, code="file_other_kind", path=name, kind=kind)
    real = _real(head, path)
    if real == ".zip":
        msg = f"{name} breaks off: it is no whole zip"
        return ReadError(msg, code="file_cut_off", path=name)
    if real and real != suffix and suffix in _TEXT | _BOOKS:
        msg = f"{name} is {real} inside"
        return ReadError(msg, code="file_renamed", path=name, suffix=suffix, real=real)
    return None


def _real(head: bytes, path: Path) -> str:
    """Name what the bytes are: the end of a name, ".zip" for a broken one, empty if unknown."""
    import zipfile

    if head.startswith(_OLE):
        return ".xls"
    if head.startswith(b"%PDF"):
        return ".pdf"
    if head.startswith(_ZIP):
        try:
            with zipfile.ZipFile(path) as archive:
                inside = set(archive.namelist())
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            return ".zip"
        if "xl/workbook.xml" in inside:
            return ".xlsx"
        if "word/document.xml" in inside:
            return ".docx"
        return ".ods" if "content.xml" in inside else ""
    signs = head.count(b";") + head.count(b",") + head.count(b"\t")
    printable = b"\x00" not in head and signs >= 2
    return ".csv" if printable and path.suffix.lower() in _BOOKS else ""
