"""
Open a mail that Outlook saved (``.msg``), within limits.

The format is Microsoft's compound file; the package python-oxmsg reads it. A file whose parts
together claim more bytes than it has is refused before any part is read.
"""

import io
import struct
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from ipgtools import _extras
from ipgtools.photos.errors import FAULTS

__all__ = ["Attached", "Letter", "read"]

_SHORT_NAME, _CONTENT_ID = 0x3704, 0x3712
"""Name of an attachment in eight letters and three, and by what the page of a mail calls it."""
_LETTER, _HEAD, _LESS = "__substg1.0_3701000D", "__properties_version1.0", 8
"""Where a mail in a mail stands; the head of its properties is eight bytes shorter."""
_DEEPEST = 4


@dataclass(frozen=True)
class Attached:
    """An attachment: name and kind as given; its bytes, or the mail that it is."""

    name: str
    kind: str
    data: bytes | None
    cid: str = ""
    letter: "Letter | None" = None


@dataclass(frozen=True)
class Letter:
    """
    A mail of Outlook.

    Parameters
    ----------
    subject, sender : str
        As sent.
    text, html : str
        Its words, plain and as a page; empty where it has none.
    received : datetime or None
        When it was sent, with its zone.
    attachments : tuple of Attached
        In the order of the mail.
    """

    subject: str
    sender: str
    text: str
    html: str
    received: datetime | None
    attachments: tuple[Attached, ...]


def read(raw: bytes, *, most_parts: int) -> Letter:
    """Read a mail."""
    from olefile import OleFileIO
    from olefile.olefile import STGTY_STREAM

    message = _extras.require("oxmsg").Message
    try:
        with OleFileIO(raw) as file:
            sizes = [
                entry.size
                for entry in file.direntries
                if entry is not None and entry.entry_type == STGTY_STREAM
            ]
        if sum(sizes) > len(raw):
            msg = f"parts of {sum(sizes)} bytes in a file of {len(raw)}"
            raise ValueError(msg)
        return _letter(message.load(io.BytesIO(raw)), most_parts, 0)
    except _faults() as cause:
        msg = f"no mail of Outlook: {cause}"
        raise ValueError(msg) from cause


def _letter(message: Any, most_parts: int, depth: int) -> Letter:
    html = ""
    with suppress(*_faults()):
        html = message.html_body or ""
    return Letter(
        subject=message.subject,
        sender=message.sender or "",
        text=message.body or "",
        html=html,
        received=_sent(message),
        attachments=tuple(
            _attached(each, most_parts, depth) for each in message.attachments[:most_parts]
        ),
    )


def _attached(given: Any, most_parts: int, depth: int) -> Attached:
    """Take an attachment; a link has no bytes of its own."""
    try:
        name = given.file_name or given.properties.str_prop_value(_SHORT_NAME) or ""
        kind = (given.mime_type or "").casefold()
        cid = (given.properties.str_prop_value(_CONTENT_ID) or "").strip("<> ")
        inside = next((one for one in given._storage.storages if one.name == _LETTER), None)
        if inside is not None and depth < _DEEPEST:
            return Attached(
                name, kind, None, cid, _letter(_as_whole(inside), most_parts, depth + 1)
            )
        return Attached(name, kind, given.file_bytes, cid)
    except _faults():
        return Attached("", "", None)


def _as_whole(inside: Any) -> Any:
    """Give a mail in a mail the head that a mail of its own has."""
    from dataclasses import replace

    streams = tuple(
        replace(one, bytes_=b"\0" * _LESS + one.bytes_) if one.name == _HEAD else one
        for one in inside.streams
    )
    return _extras.require("oxmsg").Message(replace(inside, streams=streams))


def _faults() -> tuple[type[Exception], ...]:
    """Return what broken mails make the package raise, its own exceptions included."""
    own = _extras.require("oxmsg.domain.model")
    return (*FAULTS, own.UnrecognizedCodePageError, own.UnsupportedEncodingError)


def _sent(message: Any) -> datetime | None:
    with suppress(struct.error, LookupError, ValueError, OverflowError, AttributeError):
        if sent := message.sent_date:
            return sent
    with suppress(LookupError, ValueError, TypeError, AttributeError):
        return parsedate_to_datetime(message.message_headers["Date"])
    return None
