"""Write files whole or not at all, and Office archives that are alike from run to run."""

import io
import os
import re
import tempfile
import zipfile
from pathlib import Path

__all__ = ["replace_whole", "settled"]

_MOMENT = (2000, 1, 1, 0, 0, 0)
_STAMP = b"2000-01-01T00:00:00Z"


def replace_whole(path: Path, content: bytes) -> Path:
    """Write a file whole or not at all: beside its place first, then into it."""
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path


def settled(raw: bytes, *, language: str) -> bytes:
    """
    Take out of a presentation what differs from run to run, and what is not ours.

    The moments in the archive and in embedded workbooks are fixed; the language of every
    text is Dutch; the picture of an empty slide that the library brings along goes.
    """
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as old,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/thumbnail.jpeg":
                continue
            if name.endswith(".xlsx"):
                content = _settled_workbook(content)
            elif name.endswith((".xml", ".rels")):
                content = _settled_xml(name, content, language)
            new.writestr(_entry(name), content)
    return result.getvalue()


def _settled_xml(name: str, content: bytes, language: str) -> bytes:
    if name == "_rels/.rels":
        content = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", content)
    return content.replace(b'lang="en-US"', f'lang="{language}"'.encode())


def _settled_workbook(content: bytes) -> bytes:
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            piece = old.read(name)
            if name == "docProps/core.xml":
                piece = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", _STAMP, piece)
            new.writestr(_entry(name), piece)
    return result.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=_MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry
