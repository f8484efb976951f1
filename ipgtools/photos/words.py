"""Take words out of mails: their encodings, their pages, and what points to a person."""

import re
from email.header import decode_header
from html.parser import HTMLParser
from typing import Any

from ipgtools.nl import schouw as nl
from ipgtools.photos.faults import FAULTS

LONGEST_TEXT = 20_000
"""Letters of a mail that are kept."""
_LONGEST_SUBJECT = 1_000
_EMAIL = re.compile(r"[\w.+'%-]+@[\w-]+(?:\.[\w-]+)*")
_PHONE = re.compile(r"(?<![\w/-])(?:\+|00)?\d(?:[\s.()/-]*\d){8,}(?!\w)")


def clean_caption(subject: str, sender: str = "") -> str:
    """
    Take what points to a person out of the subject of a mail.

    Parameters
    ----------
    subject : str
        As sent.
    sender : str, optional
        Name of the sender; its words are taken out, too.

    Returns
    -------
    str
        Without addresses, phone numbers, the sender's name and *RE:*.

    Examples
    --------
    >>> clean_caption("RE: FW: Afval bij jan@example.org, bel 06-12345678", "Jan Jansen")
    'Afval bij, bel'
    """
    text = re.sub(
        r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+",
        " ",
        subject[:_LONGEST_SUBJECT],
    )
    prefixes = "|".join(nl.SUBJECT_PREFIXES)
    text = re.sub(rf"^(?:\s*(?:{prefixes})\s*:)+", "", text, flags=re.IGNORECASE)
    text = without_contacts(text)
    for name in re.findall(r"[^\W\d_]{3,}", sender):
        text = re.sub(rf"\b{re.escape(name)}\b", "", text, flags=re.IGNORECASE)
    text = re.sub(r"\s+([,.;:!?)])", r"\1", re.sub(r"[<(\[]\s*[>)\]]", "", text))
    return " ".join(text.split()).strip(" ,;:-")[:200]


def without_contacts(text: str) -> str:
    """
    Take e-mail addresses and phone numbers out of a text.

    Parameters
    ----------
    text : str
        Any text of one line.

    Returns
    -------
    str
        The same text if it holds none.

    Examples
    --------
    >>> without_contacts("Lamp stuk, bel 06-12345678 of mail jan@example.org")
    'Lamp stuk, bel of mail'
    """
    found = _PHONE.sub("", _EMAIL.sub("", text))
    return text if found == text else " ".join(found.split())


def of_page(page: str) -> str:
    """
    Give the words of a page: what its reader sees.

    Parameters
    ----------
    page : str
        HTML.

    Returns
    -------
    str
        Empty if it can't be read.

    Examples
    --------
    >>> of_page("<style>p{}</style><p>Lamp <b>stuk</b></p>")
    'Lamp stuk'
    """
    stripper = _Stripper()
    try:
        stripper.feed(page[: 10 * LONGEST_TEXT])
    except FAULTS:
        return ""
    return " ".join(stripper.texts)


def decoded(raw: bytes, charset: str) -> str:
    """
    Decode what a mail says is in some encoding.

    Parameters
    ----------
    raw : bytes
        The text.
    charset : str
        As the mail names it; of one that nobody knows cp1252 is taken.

    Returns
    -------
    str
        With a sign for what can't be decoded.

    Examples
    --------
    >>> decoded("café".encode("cp1252"), "latin-9000")
    'café'
    """
    try:
        return raw.decode(charset, errors="replace")
    except (LookupError, ValueError):
        return raw.decode("cp1252", errors="replace")


def header(line: str) -> str:
    """
    Decode a line of a mail's head.

    Parameters
    ----------
    line : str
        Such as ``=?utf-8?q?caf=C3=A9?=``.

    Returns
    -------
    str
        The text; the line itself if it can't be decoded.

    Examples
    --------
    >>> header("=?utf-8?q?caf=C3=A9?=")
    'café'
    """
    try:
        parts = decode_header(line)
    except FAULTS:
        return line
    return "".join(
        decoded(raw, charset or "utf-8") if isinstance(raw, bytes) else raw
        for raw, charset in parts
    )


class _Stripper(HTMLParser):
    """Keep the words of HTML and nothing else: no style, no script."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.unseen = False

    def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002 - as it is called
        """Note where what is not for reading begins."""
        self.unseen = tag in {"style", "script"}

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - as it is called
        """Note where it ends."""
        self.unseen = False

    def handle_data(self, data: str) -> None:
        """Keep text."""
        if data.strip() and not self.unseen:
            self.texts.append(data.strip())
