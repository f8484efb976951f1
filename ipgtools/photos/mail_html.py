"""
Read what the page of a mail shows: its words, and the pictures in it.

A page is cut at its tags, once: however broken or hostile, reading takes as long as it is.
"""

import base64
import html
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

__all__ = ["Page", "read"]

_LONGEST, _LONG_TAG = 200_000, 2_000
_TAG = re.compile(r"/?[a-z][a-z\d:]*", re.IGNORECASE)
_GIVEN = re.compile(r"(?<![a-z-])([a-z-]+)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)", re.IGNORECASE)
_INLINE = re.compile(r"data:image/[\w.+-]+;base64,([A-Za-z0-9+/=\r\n]+)")
_UNSEEN = {"style", "script", "title"}
_BLOCKS = {
    "p", "div", "br", "li", "tr", "table", "ul", "ol", "hr", "blockquote", "h1", "h2", "h3",
    "h4", "h5", "h6", "pre",
}  # fmt: skip
_MOST_INLINE = 50


@dataclass(frozen=True)
class Page:
    """
    What a page shows.

    Parameters
    ----------
    words : str
        What its reader sees, a line for each block.
    shown : mapping of str to (width, height)
        Pictures of the mail that stand in it, by their Content-ID without brackets, and how
        large they are drawn, in pixels; 0 where the page doesn't say.
    inline : tuple of bytes
        Pictures that are written out in the page itself.
    """

    words: str = ""
    shown: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    inline: tuple[bytes, ...] = ()


def read(page: str) -> Page:
    """
    Read a page.

    Examples
    --------
    >>> read("<style>p{}</style><p>Lamp <b>st</b>uk</p><img src='cid:logo' width=90>")
    Page(words='Lamp stuk', shown={'logo': (90, 0)}, inline=())
    """
    inline: list[bytes] = []
    for found in _INLINE.finditer(page):
        if len(inline) < _MOST_INLINE:
            with suppress(ValueError):
                inline.append(base64.b64decode(found[1]))
    texts: list[str] = []
    shown: dict[str, tuple[int, int]] = {}
    unseen = ""
    first, *pieces = _without_comments(_INLINE.sub("", page)[:_LONGEST]).split("<")
    for piece in [f">{first}", *pieces]:
        tag, closed, words = piece.partition(">")
        named = _TAG.match(tag)
        name = named[0].casefold() if named else ""
        if unseen:
            if name != f"/{unseen}":
                continue
            unseen = ""
        elif name in _UNSEEN:
            unseen = name
            continue
        elif name == "img":
            shown |= _drawn(tag)
        if name.removeprefix("/") in _BLOCKS:
            texts.append("\n")
        seen = words if closed and (named or not tag or tag[0] in "!?") else f"<{piece}"
        texts.append(html.unescape(seen).replace("\n", " "))
    lines = (" ".join(line.split()) for line in "".join(texts).split("\n"))
    return Page("\n".join(line for line in lines if line), shown, tuple(inline))


def _without_comments(page: str) -> str:
    parts, at = [], 0
    while (start := page.find("<!--", at)) >= 0 and (end := page.find("-->", start)) >= 0:
        parts.append(page[at:start])
        at = end + 3
    return "".join([*parts, page[at:]])


def _drawn(tag: str) -> dict[str, tuple[int, int]]:
    """Return the picture of the mail that a tag draws, and how large."""
    given = {key.casefold(): value.strip("\"'") for key, value in _GIVEN.findall(tag[:_LONG_TAG])}
    source = html.unescape(given.get("src", "")).strip()
    if source[:4].casefold() != "cid:":
        return {}
    return {source[4:].strip("<>"): (_pixels(given.get("width")), _pixels(given.get("height")))}


def _pixels(size: str | None) -> int:
    digits = re.fullmatch(r"(\d{1,5})(?:\.\d+)?\s*(?:px)?", (size or "").strip())
    return int(digits[1]) if digits else 0
