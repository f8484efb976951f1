"""Words of the slides with photos of residents."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ipgtools.nl.formats import date, plural
from ipgtools.nl.sentences import one

if TYPE_CHECKING:
    import datetime as dt

__all__ = ["MISSING", "NOT_FOR_AUDIENCE", "TITLE", "caption", "moment", "notes", "title_photos"]

TITLE = "Foto's van bewoners"
_NOTES = (
    "De foto's zijn door bewoners gestuurd. Plaats en tijd komen uit de foto of uit de mail; "
    "de overige gegevens in het fotobestand zijn verwijderd."
)
MISSING = "Er zijn geen foto's aangeleverd; er is geen dia met foto's."
NOT_FOR_AUDIENCE = "Foto's van bewoners horen niet in een openbare briefing."
_DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")


def notes(hashes: Sequence[str]) -> str:
    """
    State where photos come from, and which files they are.

    Examples
    --------
    >>> notes(["ab12"]).removeprefix(notes([])).strip()
    "SHA-256 van de foto's als ontvangen: ab12"
    """
    files = f" SHA-256 van de foto's als ontvangen: {', '.join(hashes)}" if hashes else ""
    return f"{_NOTES}{files}"


def title_photos(counts: Sequence[tuple[str, int]]) -> str:
    """
    State how many photos there are, and how many of them are not closed.

    Examples
    --------
    >>> title_photos([("melding", 3), ("afgesloten", 1)]), title_photos([("melding", 5)])
    ("Vier foto's van bewoners, waarvan drie nog open", "Vijf foto's van bewoners, alle nog open")
    >>> title_photos([("opdracht", 1)])
    'Één foto van bewoners, nog open'
    """
    n = sum(n for _, n in counts)
    still = n - sum(n for status, n in counts if status == "afgesloten")
    said = f"{one(n)} foto van bewoners" if n == 1 else f"{one(n)} foto's van bewoners"
    said = f"{said[:1].upper()}{said[1:]}"
    if still == n:
        return f"{said}, nog open" if n == 1 else f"{said}, alle nog open"
    return f"{said}, waarvan {one(still)} nog open"


def moment(time: "dt.datetime") -> str:
    """
    Write a day and hour, as on a street.

    Examples
    --------
    >>> import datetime as dt
    >>> moment(dt.datetime(2025, 11, 20, 19, 41))
    'do 20 november, 19:41'
    """
    day = " ".join(date(time).split()[:2])
    return f"{_DAYS[time.weekday()]} {day}, {time.hour:02d}:{time.minute:02d}"


def caption(what: str, when: str, status: str, days: int | None) -> str:
    """
    State what a photo shows, when, its status, and how long it is open.

    Examples
    --------
    >>> caption("Kapotte lantaarn", "do 20 november, 19:41", "opdracht", 10)
    'Kapotte lantaarn. Do 20 november, 19:41. Status: opdracht, 10 dagen open'
    >>> caption("", "", "melding", None)
    'Status: melding'
    """
    parts = [f"{one[:1].upper()}{one[1:]}" for one in (what, when) if one]
    since = f", {plural(days, 'dag', 'dagen')} open" if days is not None and days > 0 else ""
    return ". ".join([*parts, *([f"Status: {status}{since}"] if status else [])])
