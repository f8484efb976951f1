"""
Take a mail's text apart: the letters in it, newest first, without heads and signatures.

What stands below a greeting is about the writer, often with an own address; it says nothing
about where a photo was taken.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from ipgtools.nl import photos as nl
from ipgtools.photos import redaction

__all__ = ["MailContext", "mail_context", "split_letters", "writers"]

_HEAD = re.compile(
    rf"^\W{{0,9}}(?P<key>{'|'.join(nl.HEAD_WORDS)})\s?\*?:\s*\*?\s*(?P<value>.*)$", re.I
)
_CITED = re.compile(rf"^\W{{0,9}}(?:{'|'.join(nl.CITED_LINES)})", re.I)
_GREETING = re.compile(rf"^\W{{0,9}}(?:{'|'.join(nl.GREETINGS)})(?!\w)", re.I)
_LONGEST, _LONGEST_GREETING = 20_000, 7
"""Letters of a mail in which a place is looked for, and words of a line that greets."""
_MOST_WRITERS = 50
_FROM, _SUBJECT = set(nl.FROM_WORDS), set(nl.SUBJECT_WORDS)


@dataclass(frozen=True)
class MailContext:
    """
    Text of a mail around its photos.

    Parameters
    ----------
    caption : str
        The subject, without what points to a person.
    text : str
        As written: it may be about people.
    received : datetime or None
        When it was sent, with its zone if it has one.
    letters : tuple of str
        Where a place may be named: the subject, then what was written, newest first.
    senders : tuple of str
        Who wrote it, and what it answers or forwards, as mails name them.
    """

    caption: str = ""
    text: str = ""
    received: datetime | None = None
    letters: tuple[str, ...] = ()
    senders: tuple[str, ...] = ()


def mail_context(
    subject: str, text: str, senders: Iterable[str], received: datetime | None, outer: MailContext
) -> MailContext:
    """Collect subject, text and writer of a mail."""
    text = text[: redaction.LONGEST_TEXT]
    named = [one for one in (*senders, *writers(text)) if one.strip()]
    all_senders = (*dict.fromkeys((*named, *outer.senders)),)
    apart = split_letters(text[:_LONGEST], all_senders)
    own = [one for one in (subject.strip(), *apart) if one]
    return MailContext(
        redaction.clean_caption(subject, *all_senders) or outer.caption,
        "\n\n".join(one for one in (text, outer.text) if one.strip()),
        received or outer.received,
        (*own, *outer.letters),
        all_senders,
    )


def split_letters(text: str, senders: Iterable[str] = ()) -> list[str]:
    r"""
    Return the letters in a text, newest first.

    Examples
    --------
    >>> split_letters("Weer vies.\nGroet, Jan\nPluimstraat 12\n\nOp 1 sep schreef P:\n> Lamp stuk")
    ['Weer vies.', 'Lamp stuk']
    """
    names = {word for name in senders for word in _words(name)} - nl.PARTICLES
    letters: list[tuple[bool, list[str]]] = [(False, [])]
    signed = in_head = False
    lines = [(raw.lstrip().startswith(">"), _bare(raw)) for raw in text.split("\n")]
    starts = _heads(lines)
    for at, (cited, line) in enumerate(lines):
        above, head = _CITED.match(line), _HEAD.match(line)
        in_head = at in starts or (in_head and head is not None)
        if above or at in starts or (line and cited != letters[-1][0]):
            letters.append((cited, []))
            signed = False
        if head and in_head:
            if _key(head) in _SUBJECT:
                letters[-1][1].append(head["value"])
            continue
        signed = signed or _ends(line, names)
        if not signed and not above:
            letters[-1][1].append(line)
    in_order = sorted(letters, key=lambda letter: letter[0])
    said = ("\n".join(lines).strip() for _, lines in in_order)
    return [letter for letter in said if letter]


def writers(text: str) -> list[str]:
    r"""
    Give who wrote the letters that a mail answers or forwards.

    Examples
    --------
    >>> writers("Zie onder.\nVan: Piet Pietersen <p@example.org>\nLamp stuk")
    ['Piet Pietersen <p@example.org>']
    """
    found = _heads([(False, _bare(raw)) for raw in text.split("\n")]).values()
    return list(islice(found, _MOST_WRITERS))


def _heads(lines: Sequence[tuple[bool, str]]) -> dict[int, str]:
    """Return the lines where a quoted mail's header begins, and its writer."""
    found = {}
    for at, (_, line) in enumerate(lines):
        head = _HEAD.match(line)
        if head and _key(head) in _FROM:
            below = next((after for _, after in lines[at + 1 : at + 3] if after), "")
            if "@" in head["value"] or _HEAD.match(below):
                found[at] = head["value"].strip()
    return found


def _bare(line: str) -> str:
    return re.sub(r"^[>\s]+", "", line)


def _key(head: re.Match[str]) -> str:
    return head["key"].casefold()


def _ends(line: str, names: set[str]) -> bool:
    """Return whether a line is a greeting, a line of dashes or the writer's name."""
    words = _words(line)
    if line.rstrip() == "--" or (words and names.issuperset(words)):
        return True
    return bool(_GREETING.match(line)) and len(words) <= _LONGEST_GREETING


def _words(text: str) -> Sequence[str]:
    return re.findall(r"[^\W\d_]+", re.sub(r"<[^<>]*>", "", text).casefold())
