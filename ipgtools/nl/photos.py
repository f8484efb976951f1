"""
State in Dutch which photos there are and what became of them.

The words at the top are those that mails are taken apart by.
"""

from collections.abc import Iterable
from typing import Any

from ipgtools.nl.formats import plural
from ipgtools.nl.schouw import NO_STEP, PHOTO_STATUSES, PHOTO_STEPS

__all__ = [
    "BESIDE_WORDS", "CITED_LINES", "COLUMN", "FROM_WORDS", "GREETINGS", "HEAD_WORDS", "OR",
    "PARTICLES", "SUBJECT_WORDS", "attachment", "listed", "stepped",
]  # fmt: skip

FROM_WORDS = ("van", "from", "von", "afzender")
SUBJECT_WORDS = ("onderwerp", "subject", "betreft")
HEAD_WORDS = (
    *FROM_WORDS, *SUBJECT_WORDS, "verzonden", "sent", "datum", "date", "aan", "to", "cc", "bcc",
    "beantwoorden", "reply-to", "gesendet", "an", "betreff",
)  # fmt: skip
"""Prefixes before the colon in the subject of a mail that is answered or forwarded."""
CITED_LINES = (
    r"op\s.{5,200}\sschreef\b.{0,200}:?\s*$", r"on\s.{5,200}\swrote:",
    r"op\s.{5,80}\d{1,2}:\d\d,?\s.{0,120}<[^>]*>\s*:?\s*$",
    r"-{2,40}\s{0,9}(?:oorspronkelijk bericht|original message|forwarded message)",
    r"-{2,40}\s{0,9}doorgestuurd bericht",
    "begin doorgestuurd bericht", "begin forwarded message", "doorgestuurd bericht",
)  # fmt: skip
"""Patterns of the line above a mail that is answered or forwarded."""
GREETINGS = (
    "met vriendelijke groet", "met vriendelijke groeten", "vriendelijke groet",
    "vriendelijke groeten", "met hartelijke groet", "hartelijke groet", "hartelijke groeten",
    "met groet", "groet", "groeten", "groetjes", "grtz", "gr", "mvg", r"m\.v\.g", "hoogachtend",
    "kind regards", "best regards", "regards", "verstuurd vanaf", "verzonden vanaf", "sent from",
    "outlook voor",
)  # fmt: skip
"""How a letter ends; below it is who wrote it."""
BESIDE_WORDS = (
    "tussen", "hoek", "kruising", "richting", "zijstraat", "tegenover", "t/o", "vanaf",
    "ter hoogte van",
)  # fmt: skip
"""What makes two streets in a sentence one place."""
PARTICLES = frozenset({"van", "der", "den", "de", "het", "ten", "ter", "te", "von", "la", "le"})
"""Parts of names that are words of the language, too."""
COLUMN = "foto"
"""Value of the column of files that were refused."""
OR = " of "
"""Between places one of which is meant."""


def listed(rows: Iterable[Any]) -> list[str]:
    """
    List photos, each with its status, the day of it and what may follow.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> photo = SimpleNamespace(photo_id="0c39", status="melding", on=None, caption="Afval")
    >>> print(*listed([photo]), sep=chr(10))
    1 foto
    0c39  melding        -           Afval
    Na 'melding' kan: op briefing of afgesloten.
    """
    order = {status: place for place, status in enumerate(PHOTO_STATUSES)}
    rows = sorted(rows, key=lambda row: order.get(row.status, len(order)))
    width = max(map(len, PHOTO_STATUSES))
    lines = [plural(len(rows), "foto", "foto's")]
    for row in rows:
        day = f"{row.on:%d-%m-%Y}" if row.on is not None and row.on == row.on else "-"
        caption = row.caption if isinstance(row.caption, str) else ""
        lines.append(f"{row.photo_id}  {row.status:{width}}  {day:10}  {caption}".rstrip())
    return lines + [
        f"Na '{status}' kan: {' of '.join(PHOTO_STEPS[status]) or NO_STEP}."
        for status in dict.fromkeys(row.status for row in rows)
    ]


def stepped(photo: str, before: str, after: str, path: str) -> str:
    """
    State that a photo got its next status.

    Examples
    --------
    >>> stepped("0c39", "melding", "op briefing", "status.csv")
    'Foto 0c39 ging van melding naar op briefing (opgeslagen in status.csv)'
    """
    return f"Foto {photo} ging van {before} naar {after} (opgeslagen in {path})"


def attachment(mail: str, number: int, kind: str) -> str:
    """
    Name an attachment without its own name, which may hold that of a person.

    Examples
    --------
    >>> attachment("melding.eml", 2, ".pdf"), attachment("melding.eml", 3, "")
    ('melding.eml, bijlage 2 (pdf)', 'melding.eml, bijlage 3')
    """
    return f"{mail}, bijlage {number}" + (f" ({kind.lstrip('.')})" if kind else "")
