"""
Find photos in folders and mails.

Mails are hostile until shown otherwise: names of attachments are never used as paths, sizes
are bounded before anything is decoded, and what can't be parsed is refused with a reason.
"""

import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import Message
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path
from typing import Any

from ipgtools.errors import ReadError
from ipgtools.nl import schouw as nl
from ipgtools.photos import outlook, words
from ipgtools.photos.faults import FAULTS

PICTURES = {".jpg", ".jpeg", ".png", ".heic", ".heif"}
MAILS = {".eml", ".mbox", ".msg"}
_MAIL_FACTOR = 5
_MAX_PARTS = 200


@dataclass(frozen=True)
class Item:
    """
    A photo as it came, and the mail around it.

    Parameters
    ----------
    source : str
        The file it came in, below the folder that was read; of a mailbox with the number of
        the mail in it.
    data : bytes
        The photo; empty if it is refused.
    refused : str
        Why, a key of `ipgtools.nl.schouw.REASONS`; empty if it is not.
    subject, text : str
        Of the mail; the subject without what points to a person.
    received : datetime or None
        When the mail was sent, with its zone if it has one.
    """

    source: str
    data: bytes
    refused: str = ""
    subject: str = ""
    text: str = ""
    received: datetime | None = None


def items(path: Path, *, max_bytes: int, beside: Collection[Path] = ()) -> Iterator[Item]:
    """
    Go through a file or folder.

    Parameters
    ----------
    path : Path
        A mail, a mailbox, a picture, or a folder of these. Links are not followed.
    max_bytes : int
        Larger pictures are refused; mails may be five times as large.
    beside : collection of Path
        Folders below `path` that are passed over: those that copies are written to.

    Yields
    ------
    Item
        One for each picture, other attachment, mail without picture, and other file.

    Raises
    ------
    ReadError
        If `path` does not exist, or is a folder without files.
    """
    if not path.exists():
        msg = f"{path} does not exist"
        raise ReadError(msg, code="file_missing", path=str(path))
    files = [path]
    if path.is_dir():
        passed = [folder.resolve() for folder in beside]
        files = sorted(
            file
            for file in path.rglob("*")
            if file.is_file()
            and not file.is_symlink()
            and not file.name.startswith(".")
            and not any(folder in file.resolve().parents for folder in passed)
        )
        if not files:
            msg = f"{path} holds no files"
            raise ReadError(msg, code="photos_none", path=str(path))
    for file in files:
        source = file.name if file == path else file.relative_to(path).as_posix()
        yield from _of_file(file, source, max_bytes)


def _of_file(file: Path, source: str, max_bytes: int) -> Iterator[Item]:
    suffix, size = file.suffix.lower(), file.stat().st_size
    mail = suffix in MAILS
    if not mail and suffix not in PICTURES:
        yield Item(source, b"", "photo_type")
    elif suffix != ".mbox" and size > max_bytes * (_MAIL_FACTOR if mail else 1):
        yield Item(source, b"", "photo_bytes")
    elif suffix == ".msg":
        yield from _of_outlook(source, file.read_bytes(), max_bytes)
    elif suffix == ".eml":
        yield from _of_mail(source, file.read_bytes(), max_bytes)
    elif suffix == ".mbox":
        for number, raw in enumerate(_letters(file, max_bytes * _MAIL_FACTOR), start=1):
            letter = nl.letter(source, number)
            if raw is None:
                yield Item(letter, b"", "photo_bytes")
            else:
                yield from _of_mail(letter, raw, max_bytes)
    else:
        yield Item(source, file.read_bytes())


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
                lines = lines[-1:]
    if any_line:
        yield b"".join(lines) if size <= max_bytes else None


def _of_mail(source: str, raw: bytes, max_bytes: int) -> Iterator[Item]:
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(raw)
        parts = list(islice(message.walk(), _MAX_PARTS + 1))
        around = _around(message, parts)
    except FAULTS:
        yield Item(source, b"", "mail_broken")
        return
    found = False
    for part in parts[:_MAX_PARTS]:
        kind = part.get_content_type()
        named = part.get_filename() is not None
        if part.is_multipart() or not (kind.startswith("image/") or named):
            continue
        found = True
        yield _attachment(source, part, around, max_bytes)
    if len(parts) > _MAX_PARTS:
        yield Item(source, b"", "mail_parts")
    elif not found:
        yield Item(source, b"", "photo_none")


def _of_outlook(source: str, raw: bytes, max_bytes: int) -> Iterator[Item]:
    if not outlook.is_there():
        yield Item(source, b"", "photo_msg")
        return
    try:
        letter = outlook.read(raw, most_parts=_MAX_PARTS + 1)
    except ValueError:
        yield Item(source, b"", "mail_broken")
        return
    text = letter.text or words.of_page(letter.html)
    around = {
        "subject": words.clean_caption(letter.subject, re.sub(r"<[^>]*>", "", letter.sender)),
        "text": text[: words.LONGEST_TEXT],
        "received": letter.received,
    }
    for part in letter.attachments[:_MAX_PARTS]:
        yield _attached(source, part.name, part.kind, part.data, around, max_bytes)
    if len(letter.attachments) > _MAX_PARTS:
        yield Item(source, b"", "mail_parts")
    elif not letter.attachments:
        yield Item(source, b"", "photo_none")


def _attachment(source: str, part: Message, around: dict[str, Any], max_bytes: int) -> Item:
    try:
        name = words.header(part.get_filename() or "")
        data = part.get_payload(decode=True)
    except FAULTS:
        return Item(source, b"", "photo_broken")
    data = data if isinstance(data, bytes) else None
    return _attached(source, name, part.get_content_type(), data, around, max_bytes)


def _attached(
    source: str, name: str, kind: str, data: bytes | None, around: dict[str, Any], max_bytes: int
) -> Item:
    is_picture = kind.startswith("image/") or Path(name).suffix.lower() in PICTURES
    if not is_picture or data is None:
        return Item(source, b"", "photo_attachment")
    if len(data) > max_bytes:
        return Item(source, b"", "photo_bytes")
    return Item(source, data, **around)


def _around(message: Message, parts: list[Message]) -> dict[str, Any]:
    subject = words.header(str(message.get("Subject", "")))
    sender = re.sub(r"<[^>]*>", "", words.header(str(message.get("From", ""))))
    received = None
    with suppress(*FAULTS):
        received = parsedate_to_datetime(str(message.get("Date", "")))
    plain = [part for part in parts if part.get_content_type() == "text/plain"]
    rich = [part for part in parts if part.get_content_type() == "text/html"]
    bodies = [part for part in plain or rich if part.get_filename() is None]
    text = "\n".join(_body(part) for part in bodies)[: words.LONGEST_TEXT]
    return {"subject": words.clean_caption(subject, sender), "text": text, "received": received}


def _body(part: Message) -> str:
    try:
        raw = part.get_payload(decode=True)
        if not isinstance(raw, bytes):
            return ""
        text = words.decoded(raw, part.get_content_charset() or "utf-8")
        if part.get_content_type() == "text/html":
            text = words.of_page(text)
    except FAULTS:
        return ""
    return text
