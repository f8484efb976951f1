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

_SHORT_NAME = 0x3704
"""Name of an attachment in eight letters and three, where it has no longer one."""


@dataclass(frozen=True)
class Attached:
    """An attachment: its name and kind as given, and its bytes if it has any of its own."""

    name: str
    kind: str
    data: bytes | None


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


def is_there() -> bool:
    """Tell whether the package that reads such mails is installed."""
    from importlib.util import find_spec

    return find_spec("oxmsg") is not None


def read(raw: bytes, *, most_parts: int) -> Letter:
    """
    Read a mail.

    Parameters
    ----------
    raw : bytes
        The file.
    most_parts : int
        Attachments beyond these aren't looked at.

    Returns
    -------
    Letter
        What it holds. Of a mail attached to it only the name.

    Raises
    ------
    ValueError
        If it can't be read as such a mail.
    """
    from olefile import OleFileIO
    from olefile.olefile import STGTY_STREAM
    from oxmsg import Message

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
        message = Message.load(io.BytesIO(raw))
        html = ""
        with suppress(LookupError, ValueError):
            html = message.html_body or ""
        return Letter(
            subject=message.subject,
            sender=message.sender or "",
            text=message.body or "",
            html=html,
            received=_sent(message),
            attachments=tuple(_attached(each) for each in message.attachments[:most_parts]),
        )
    except (struct.error, OSError, LookupError, AttributeError, TypeError, AssertionError,
            RecursionError, MemoryError, OverflowError) as cause:  # fmt: skip
        msg = f"no mail of Outlook: {cause}"
        raise ValueError(msg) from cause


def _attached(given: Any) -> Attached:
    """Take an attachment; a mail within the mail, or a link, has no bytes of its own."""
    try:
        name = given.file_name or given.properties.str_prop_value(_SHORT_NAME) or ""
        return Attached(name, (given.mime_type or "").casefold(), given.file_bytes)
    except (struct.error, LookupError, ValueError, AttributeError, TypeError, AssertionError):
        return Attached("", "", None)


def _sent(message: Any) -> datetime | None:
    with suppress(struct.error, LookupError, ValueError, OverflowError, AttributeError):
        if sent := message.sent_date:
            return sent
    with suppress(LookupError, ValueError, TypeError, AttributeError):
        return parsedate_to_datetime(message.message_headers["Date"])
    return None
