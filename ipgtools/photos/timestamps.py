"""Read a moment from the name of a file, and from the head of a mail."""

import datetime as dt
import re
from email.utils import parsedate_to_datetime

from ipgtools.photos.errors import FAULTS

__all__ = ["from_file_name", "from_mail_header"]

_DAY = r"(?P<year>20\d\d)(?P<by>[-_.]?)(?P<month>\d\d)(?P=by)(?P<day>\d\d)"
_HOURS = r"(?P<hour>\d\d)(?P<to>[-_.:]?)(?P<minute>\d\d)(?P=to)(?P<second>\d\d)"
_NAME = re.compile(
    rf"(?<!\d){_DAY}(?:(?:[-_ T]|\s(?:at|om)\s){_HOURS}(?P<half>\s?[AP]M)?)?(?!\d{{4}})",
    re.IGNORECASE,
)
_UTC_NAMES = ("pxl_",)
"""Cameras that name files by the clock of Greenwich: Google's."""


def from_file_name(name: str) -> dt.datetime | None:
    """
    Read when a photo was taken or sent from its name, as telephones give it.

    Examples
    --------
    >>> from_file_name("IMG-20250901-WA0003.jpg"), from_file_name("IMG_0042.jpg")
    (datetime.datetime(2025, 9, 1, 0, 0), None)
    >>> from_file_name("WhatsApp Image 2025-09-03 at 10.11.12.jpeg")
    datetime.datetime(2025, 9, 3, 10, 11, 12)
    """
    found = _NAME.search(name)
    if not found:
        return None
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    if half := (found["half"] or "").strip().casefold():
        hour = hour % 12 + (12 if half == "pm" else 0)
    zone = dt.UTC if found["hour"] and name.casefold().startswith(_UTC_NAMES) else None
    try:
        return dt.datetime(
            int(found["year"]), int(found["month"]), int(found["day"]), hour, minute, second,
            tzinfo=zone,
        )  # fmt: skip
    except ValueError:
        return None


def from_mail_header(line: str) -> dt.datetime | None:
    """
    Read the date of a mail.

    Examples
    --------
    >>> from_mail_header("Mon, 01 Sep 2025 07:30:00 -0000").isoformat()
    '2025-09-01T07:30:00+00:00'
    """
    try:
        moment = parsedate_to_datetime(line)
    except FAULTS:
        return None
    return moment.replace(tzinfo=dt.UTC) if re.search(r"-0000\b", line) else moment
