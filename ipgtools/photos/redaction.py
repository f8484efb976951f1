"""Take words out of mails: their encodings, and what points to a person."""

import re
from collections.abc import Iterable
from contextlib import suppress
from email.header import decode_header
from email.message import Message

from ipgtools.nl import photos as said
from ipgtools.nl import schouw as nl
from ipgtools.photos.errors import FAULTS

__all__ = [
    "LONGEST_TEXT", "clean_caption", "decoded", "encoded", "header", "redact_contacts",
    "redact_file_name", "redact_names",
]  # fmt: skip

LONGEST_TEXT = 1_000_000
"""Letters of a mail that are kept."""
_LONGEST_SUBJECT = 1_000
_LONGEST_NAME = 300
"""Letters of how a mail names its writer; what is longer is no name and no address."""
_EMAIL = re.compile(r"[\w.+'%-]{1,100}@[\w-]+(?:\.[\w-]+)*")
_DATE = (
    r"\d{1,2}[-/.]\d{1,2}[-/.](?:\d{2}|\d{4})(?![./-]?\d)"
    r"|(?:19|20)\d\d[-/.]?[01]\d[-/.]?[0-3]\d(?!\d)|(?:19|20)\d{12}(?!\d)"
)
_PHONE = re.compile(
    rf"(?<!\w)(?<!\d[./:-])(?!{_DATE})"
    r"(?:(?:\+|\(?0)\d?(?:[\s.()/-]*\d){8,}|[1-9]\d{8,}|[1-9]\d{2}[ .]\d{3}[ .]\d{3})(?!\w)"
)
"""Phone numbers, and other numbers of nine digits and more: a BSN is one. No dates."""
_IBAN = re.compile(r"\bNL\d{2}\s?[A-Z]{4}\s?(?:\d{4}\s?){2}\d{2}\b", re.IGNORECASE)
_PLATE = re.compile(
    r"(?<![\w-])(?=[\d-]*[A-Z])(?=[A-Z-]*\d)(?=(?:-?[A-Z\d]){6}(?![\w-]))"
    r"[A-Z\d]{1,3}-[A-Z\d]{1,3}-[A-Z\d]{1,3}(?![\w-])",
    re.IGNORECASE,
)
_MARKS = " ,;:-"
_LEADING = nl.PREPOSITIONS | nl.ARTICLES | {"en", "of"}
"""What no caption ends in once what came behind it is taken out."""
_HIDDEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+"
)  # fmt: skip


def clean_caption(subject: str, *senders: str) -> str:
    """
    Take what points to a person out of the subject of a mail.

    Parameters
    ----------
    subject : str
        As sent.
    *senders : str
        Who wrote it, as mails have it: name, address or both. Their words are taken out, too.

    Returns
    -------
    str
        Without addresses, phone and account numbers, plates, the senders' names and *RE:*.

    Examples
    --------
    >>> clean_caption("RE: FW: Afval bij jan@example.org, bel 06-12345678", "Jan Jansen")
    'Afval bij, bel'
    """
    text = _HIDDEN.sub(" ", subject[:_LONGEST_SUBJECT])
    prefixes = "|".join(nl.SUBJECT_PREFIXES)
    text = re.sub(rf"^(?:\s*(?:{prefixes})\s*:)+", "", text, flags=re.IGNORECASE)
    given = text
    text = redact_names(redact_contacts(_without_marks(text)), senders)
    text = re.sub(r"\s+([,.;:!?)])", r"\1", re.sub(r"[<(\[]\s*[>)\]]", "", text))
    words = " ".join(text.split()).strip(_MARKS).split()
    while text != given and words and words[-1].casefold() in _LEADING:
        words.pop()
    return " ".join(words).strip(_MARKS)[:200]


def redact_names(text: str, senders: Iterable[str], *, instead: str = "") -> str:
    """
    Take the names of persons out of a text.

    Examples
    --------
    >>> redact_names("Foto van Jan van der Berg", ["Jan van der Berg <jan@example.org>"])
    'Foto van '
    """
    for given in senders:
        sender = given[:_LONGEST_NAME]
        local = " ".join(found.partition("@")[0] for found in _EMAIL.findall(sender))
        shown = re.sub(r"<[^<>]*>", "", sender) if "<" in sender else _EMAIL.sub("", sender)
        words = re.findall(r"[^\W\d_]+", f"{shown} {local}")
        own = {word.casefold() for word in words if len(word) > 1}
        telling = own - said.PARTICLES - nl.FUNCTION_WORDS
        if not telling:
            continue
        either = "|".join(map(re.escape, sorted(telling, key=len, reverse=True)))
        between = "|".join(map(re.escape, sorted(said.PARTICLES)))
        name = rf"(?:{either})(?:[\s.,]+(?:(?:{between})\s+)*(?:{either}))*"
        text = re.sub(rf"(?<!\w){name}(?!\w)", instead, text, flags=re.IGNORECASE)
    return text


def redact_file_name(name: str, senders: Iterable[str] = ()) -> str:
    """
    Name a file without what points to a person.

    Examples
    --------
    >>> redact_file_name("post/Klacht Jan Jansen 06-12345678.eml", ["Jan Jansen"])
    'post/Klacht … ….eml'
    """
    stem, dot, end = name.rpartition(".")
    if not dot or "/" in end:
        stem, dot, end = name, "", ""
    stem = _PHONE.sub("…", _EMAIL.sub("…", _without_marks(stem, instead="…")))
    return redact_names(stem, senders, instead="…") + dot + end


def _without_marks(text: str, *, instead: str = "") -> str:
    """Take account numbers and plates out of a text."""
    return _PLATE.sub(instead, _IBAN.sub(instead, text))


def redact_contacts(text: str) -> str:
    """
    Take e-mail addresses and phone numbers out of a text.

    Examples
    --------
    >>> redact_contacts("Lamp stuk, bel 06-12345678 of mail jan@example.org")
    'Lamp stuk, bel of mail'
    """
    found = _PHONE.sub("", _EMAIL.sub("", text))
    return text if found == text else " ".join(found.split())


def decoded(raw: bytes, charset: str) -> str:
    """
    Decode bytes in the encoding that a mail declares.

    Examples
    --------
    >>> decoded("café".encode("cp1252"), "latin-9000")
    'café'
    """
    try:
        return raw.decode(charset, errors="replace")
    except (LookupError, ValueError):
        return raw.decode("cp1252", errors="replace")


def header(message: Message, name: str) -> str:
    """
    Give a line of a mail's head, decoded.

    Examples
    --------
    >>> from email import message_from_bytes
    >>> header(message_from_bytes("Subject: café".encode("cp1252")), "subject")
    'café'
    """
    lines = (line for key, line in message.raw_items() if key.casefold() == name.casefold())
    return encoded(str(next(lines, "")))


def encoded(line: str) -> str:
    """
    Decode encoded words.

    Examples
    --------
    >>> encoded("=?utf-8?q?caf=C3=A9?=")
    'café'
    """
    with suppress(UnicodeEncodeError):
        line = _plain(line.encode("ascii", "surrogateescape"))
    try:
        parts = decode_header(re.sub(r"\r?\n\s", " ", line))
    except FAULTS:
        return line
    return "".join(
        decoded(raw, charset) if charset else _plain(raw) if isinstance(raw, bytes) else raw
        for raw, charset in parts
    )


def _plain(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
