"""Say in Dutch which photos there are and what became of them."""

from collections.abc import Iterable
from typing import Any

from ipgtools.nl.formats import plural
from ipgtools.nl.schouw import NO_STEP, PHOTO_STATUSES, PHOTO_STEPS


def listed(rows: Iterable[Any]) -> list[str]:
    """
    List photos, each with its status, the day of it and what may follow.

    Parameters
    ----------
    rows : iterable
        With `photo_id`, `status`, `on` and `caption`.

    Returns
    -------
    list of str
        By status, in the order in which they follow each other.

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
    Say that a photo got its next status.

    Examples
    --------
    >>> stepped("0c39", "melding", "op briefing", "status.csv")
    'Foto 0c39 ging van melding naar op briefing (opgeslagen in status.csv)'
    """
    return f"Foto {photo} ging van {before} naar {after} (opgeslagen in {path})"
