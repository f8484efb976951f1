"""
Find photos in folders and mailboxes.

Mails are hostile until shown otherwise: names of attachments are never used as paths, sizes
are bounded before anything is decoded, and what can't be parsed is refused with a reason.
"""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from ipgtools.errors import ReadError
from ipgtools.nl import schouw as nl
from ipgtools.photos import file_types
from ipgtools.photos.attachments import Item, Origin, Part, open_attachment
from ipgtools.photos.file_types import MAILS, PICTURES

__all__ = ["MAILS", "PICTURES", "Item", "items"]

_MAIL_FACTOR = 5
_START = 16


def items(path: Path, *, max_bytes: int, beside: Collection[Path] = ()) -> Iterator[Item]:
    """Go through a file or folder."""
    if not path.exists():
        msg = f"{path} does not exist"
        raise ReadError(msg, code="file_missing", path=str(path))
    files = [path]
    if path.is_dir():
        whole = path.resolve()
        passed = [one for folder in beside if whole in (one := folder.resolve()).parents]
        files = sorted(
            file
            for file in path.rglob("*")
            if (file.is_file() or file.is_symlink())
            and not file.name.startswith(".")
            and not any(folder in (whole / file.relative_to(path)).parents for folder in passed)
        )
        if not files:
            msg = f"{path} holds no files"
            raise ReadError(msg, code="photos_none", path=str(path))
    for file in files:
        source = file.name if file == path else file.relative_to(path).as_posix()
        if file.is_symlink() and file != path:
            yield Origin.of(source, max_bytes).refuse("photo_link")
            continue
        try:
            yield from _of_file(file, source, max_bytes)
        except OSError:
            yield Origin.of(source, max_bytes).refuse("photo_unopened")


def _of_file(file: Path, source: str, max_bytes: int) -> Iterator[Item]:
    way = Origin.of(source, max_bytes)
    if file.suffix.lower() == ".mbox":
        if not file.stat().st_size:
            yield way.refuse("photo_none")
        for number, raw in enumerate(_letters(file, max_bytes * _MAIL_FACTOR), start=1):
            letter = Origin.of(nl.letter(source, number), max_bytes)
            if raw is None:
                yield letter.refuse("photo_bytes")
            else:
                yield from open_attachment(letter, Part(".eml", "", raw), "mail")
        return
    with file.open("rb") as stream:
        kind = file_types.kind_of(file.name, "", stream.read(_START))
    if not kind:
        yield way.refuse(file_types.refusal_reason(file.name, "", "photo_type"))
    elif file.stat().st_size > max_bytes * (1 if kind == "picture" else _MAIL_FACTOR):
        yield way.refuse("photo_bytes")
    else:
        yield from open_attachment(way, Part(file.name, "", file.read_bytes()), kind)


def _letters(file: Path, max_bytes: int) -> Iterator[bytes | None]:
    """Cut an mbox at its "From " lines, reading line by line; None for a mail too large."""
    lines: list[bytes] = []
    size, any_line = 0, False
    with file.open("rb") as stream:
        while line := stream.readline(1 << 20):
            if line.startswith(b"From ") and (not any_line or not lines or not lines[-1].strip()):
                if any_line:
                    yield b"".join(lines) if size <= max_bytes else None
                lines, size, any_line = [], 0, True
                continue
            any_line = True
            size += len(line)
            if size <= max_bytes:
                lines.append(line[1:] if re.match(rb">+From ", line) else line)
            else:
                lines = [line]
    if any_line:
        yield b"".join(lines) if size <= max_bytes else None
