"""
Open mails and what is attached to them, down to the photos.

A mail in a mail, a zip and what Outlook packs are opened a few layers deep. Every attachment
comes out once: as a photo, or with a reason.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from email import policy
from email.message import Message
from email.parser import BytesParser
from itertools import islice
from typing import Any

from ipgtools import _extras
from ipgtools.nl import photos as said
from ipgtools.photos import (
    archives,
    file_types,
    mail_html,
    mail_text,
    outlook,
    pictures,
    redaction,
    timestamps,
)
from ipgtools.photos.errors import FAULTS
from ipgtools.photos.mail_text import MailContext

__all__ = ["Item", "Origin", "Part", "open_attachment"]

_MAX_PARTS = 200
_DEEPEST = 5
_ALONE = MailContext()
_BY_OUTLOOK = re.compile(r"image\d{3}\.(?:png|jpe?g|gif)", re.IGNORECASE)


@dataclass(frozen=True)
class Item:
    """
    A photo as it came, and the mail around it.

    Parameters
    ----------
    source : str
        The file it came in, below the folder that was read; of a mailbox with the number of
        the mail in it.
    label : str
        The same with the number of the attachment, for a photo that is refused.
    data : bytes
        The photo; empty if it is refused.
    refused : str
        Why, a key of `ipgtools.nl.schouw.REASONS`; empty if it is not.
    name : str
        Its own name, as given; it may be that of a person.
    mail : MailContext
        What the mail around it says.
    """

    source: str
    label: str
    data: bytes = b""
    refused: str = ""
    name: str = ""
    mail: MailContext = _ALONE


@dataclass(frozen=True)
class Part:
    """
    A file or an attachment.

    Parameters
    ----------
    name, declared : str
        Name and kind, as given.
    data : bytes, Message, Letter or None
        What it holds; a mail may be read already.
    shown : (width, height), optional
        How large the page of its mail draws it, 0 if unknown; None if it doesn't.
    """

    name: str
    declared: str
    data: bytes | Message | outlook.Letter | None
    shown: tuple[int, int] | None = None


@dataclass(frozen=True)
class Origin:
    """
    Where something was found.

    Parameters
    ----------
    origin : str
        The file.
    label : str
        The file and the attachments in it that lead there.
    max_bytes : int
        Larger pictures are refused.
    depth : int
        How many files and mails it is packed in.
    mail : MailContext
        What the mail around it says.
    """

    origin: str
    label: str
    max_bytes: int
    depth: int = 0
    mail: MailContext = _ALONE

    @classmethod
    def of(cls, source: str, max_bytes: int) -> "Origin":
        """Begin at a file; what points to a person is taken out of its name."""
        plain = redaction.redact_file_name(source)
        return cls(plain, plain, max_bytes)

    def refuse(self, reason: str) -> Item:
        """Return what is found here, refused."""
        return Item(self.origin, self.label, refused=reason)

    def into(self, number: int, part: Part) -> "Origin":
        """Go into an attachment."""
        label = said.attachment(self.label, number, file_types.suffix_of(part.name))
        return replace(self, label=label, depth=self.depth + 1)

    def within(self, mail: MailContext) -> "Origin":
        """Take a mail around it; its writers aren't named in the name of the file."""
        origin, label = (
            redaction.redact_file_name(one, mail.senders) for one in (self.origin, self.label)
        )
        return replace(self, origin=origin, label=label, mail=mail)


def open_attachment(way: Origin, part: Part, kind: str) -> Iterator[Item]:
    """Return the photos in a file or attachment, and what is refused."""
    if kind == "picture":
        assert isinstance(part.data, bytes)
        yield Item(way.origin, way.label, part.data, name=part.name, mail=way.mail)
    elif way.depth >= _DEEPEST:
        yield way.refuse("mail_parts")
    elif kind == "mail":
        yield from _of_mail(way, part.data)  # type: ignore[arg-type]
    elif kind == "outlook":
        yield from _of_outlook(way, part.data)  # type: ignore[arg-type]
    elif kind == "winmail":
        yield from _of_winmail(way, part.data)  # type: ignore[arg-type]
    else:
        yield from _of_zip(way, part.data)  # type: ignore[arg-type]


def _attached(way: Origin, parts: Iterable[Part]) -> Iterator[Item]:
    """Open attachments, each named by its number if it is refused."""
    for number, part in enumerate(parts, start=1):
        yield from _one(way.into(number, part), part)


def _one(way: Origin, part: Part) -> Iterator[Item]:
    data = part.data
    if isinstance(data, bytes):
        kind = file_types.kind_of(part.name, part.declared, data)
    else:
        kind = {Message: "mail", outlook.Letter: "outlook"}.get(type(data), "")
    if not kind or data is None:
        yield way.refuse(file_types.refusal_reason(part.name, part.declared, "photo_attachment"))
    elif kind == "picture" and len(data) > way.max_bytes:  # type: ignore[arg-type]
        yield way.refuse("photo_bytes")
    elif kind == "picture" and _is_decoration(part):
        yield way.refuse("photo_logo")
    else:
        yield from open_attachment(way, part, kind)


def _is_decoration(part: Part) -> bool:
    """Return whether a picture belongs to the page of a mail, such as a logo."""
    if not isinstance(part.data, bytes):
        return False
    if part.shown is None and not _BY_OUTLOOK.fullmatch(part.name):
        return False
    return pictures.is_decoration(part.data, part.shown or (0, 0))


def _of_winmail(way: Origin, data: bytes) -> Iterator[Item]:
    try:
        inside = archives.of_winmail(data)
    except ValueError:
        inside = []
    if not inside:
        yield way.refuse("photo_winmail")
    yield from _attached(way, (Part(name, "", one) for name, one in inside))


def _of_zip(way: Origin, data: bytes) -> Iterator[Item]:
    any_file, flat = False, replace(way, depth=_DEEPEST)
    try:
        files = archives.of_zip(data, max_bytes=way.max_bytes, most=_MAX_PARTS)
        for number, (name, inside, reason) in enumerate(files, start=1):
            any_file = True
            part = Part(name, "", inside)
            below = flat.into(number, part)
            if reason:
                yield below.refuse(reason)
            else:
                yield from _one(below, part)
    except ValueError:
        any_file = False
    if not any_file:
        yield way.refuse("photo_zip")


def _of_mail(way: Origin, raw: bytes | Message) -> Iterator[Item]:
    try:
        if isinstance(raw, bytes):
            head = raw.removeprefix(codecs.BOM_UTF8).lstrip(b"\r\n")
            raw = BytesParser(policy=policy.compat32).parsebytes(head)
        leaves = list(islice(_leaves(raw), _MAX_PARTS + 1))
        mail, page = _refusal(raw, leaves, way.mail)
        parts = [_part(leaf, page) for leaf in leaves[:_MAX_PARTS] if _is_attached(leaf)]
    except FAULTS:
        yield way.refuse("mail_broken")
        return
    parts += [Part("", "", data, (0, 0)) for data in page.inline]
    yield from _all(way.within(mail), parts, n_left=len(leaves) - _MAX_PARTS)


def _all(way: Origin, parts: list[Part], *, n_left: int) -> Iterator[Item]:
    """Open the attachments of a mail; note if there were more, or none."""
    yield from _attached(way, parts)
    if n_left > 0:
        yield way.refuse("mail_parts")
    elif not parts:
        yield way.refuse("photo_none")


def _leaves(part: Any) -> Iterator[Message]:
    """Return the parts of a mail; a mail within it is one."""
    payload = part.get_payload()
    if part.get_content_type() == "message/rfc822" or not isinstance(payload, list):
        yield part
        return
    for inside in payload:
        yield from _leaves(inside)


def _is_attached(leaf: Message) -> bool:
    kind = leaf.get_content_type()
    return kind.startswith("image/") or kind == "message/rfc822" or leaf.get_filename() is not None


def _part(leaf: Message, page: mail_html.Page) -> Part:
    payload: Any = leaf.get_payload()
    if isinstance(payload, list) and payload:
        return Part("", "", payload[0])
    try:
        name = redaction.encoded(leaf.get_filename() or "")
        data = leaf.get_payload(decode=True)
    except FAULTS:
        return Part("", leaf.get_content_type(), b"")
    shown = page.shown.get(str(leaf.get("Content-ID", "")).strip("<> "))
    return Part(name, leaf.get_content_type(), data if isinstance(data, bytes) else None, shown)


def _refusal(
    message: Message, leaves: list[Message], outer: MailContext
) -> tuple[MailContext, mail_html.Page]:
    """Read the words of a mail, and its page."""
    plain = [leaf for leaf in leaves if leaf.get_filename() is None]
    texts = [_body(leaf) for leaf in plain if leaf.get_content_type() == "text/plain"]
    rich = [mail_html.read(_body(leaf)) for leaf in plain if leaf.get_content_type() == "text/html"]
    page = mail_html.Page(
        "\n".join(one.words for one in rich),
        {cid: size for one in rich for cid, size in one.shown.items()},
        tuple(picture for one in rich for picture in one.inline),
    )
    text = "\n".join(texts)
    sent = (
        redaction.header(message, "Date"),
        redaction.header(message, "Received").rpartition(";")[2],
    )
    received = next(
        (moment for line in sent if (moment := timestamps.from_mail_header(line))), None
    )
    mail = mail_text.mail_context(
        redaction.header(message, "Subject"),
        text if text.strip() else page.words,
        [redaction.header(message, name) for name in ("From", "Reply-To", "Sender")],
        received,
        outer,
    )
    return mail, page


def _body(part: Message) -> str:
    try:
        raw = part.get_payload(decode=True)
    except FAULTS:
        return ""
    charset = part.get_content_charset() or "utf-8"
    return redaction.decoded(raw, charset) if isinstance(raw, bytes) else ""


def _of_outlook(way: Origin, raw: bytes | outlook.Letter) -> Iterator[Item]:
    if not _extras.is_installed("oxmsg"):
        yield way.refuse("photo_msg")
        return
    try:
        letter = outlook.read(raw, most_parts=_MAX_PARTS + 1) if isinstance(raw, bytes) else raw
    except ValueError:
        yield way.refuse("mail_broken")
        return
    page = mail_html.read(letter.html)
    text = letter.text if letter.text.strip() else page.words
    mail = mail_text.mail_context(letter.subject, text, [letter.sender], letter.received, way.mail)
    parts = [
        Part(one.name, one.kind, one.letter or one.data, page.shown.get(one.cid))
        for one in letter.attachments[:_MAX_PARTS]
    ]
    parts += [Part("", "", data, (0, 0)) for data in page.inline]
    yield from _all(way.within(mail), parts, n_left=len(letter.attachments) - _MAX_PARTS)
