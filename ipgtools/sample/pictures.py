"""
Draw the photos of the sample, and pack them in e-mails of invented residents.

The pictures are drawings labelled *voorbeeldgegevens*; what is real about them is their form:
JPEG with GPS position, time and orientation in EXIF, attached to MIME mails.
"""

import datetime as dt
import io
from email.message import EmailMessage
from typing import Any, NamedTuple

import numpy as np

from ipgtools.nl import sample as words
from ipgtools.sample import report
from ipgtools.sample.streets import Streets
from ipgtools.sample.town import to_degrees

__all__ = ["PHOTOS", "SIZE", "Photo", "draw", "mails"]

SIZE = (960, 720)


class Photo(NamedTuple):
    """What a photo shows, in which mail, when and where it was taken, how it was held."""

    subject: str
    mail: int
    taken: dt.datetime
    near: tuple[str, str] | None
    orientation: int


PHOTOS = (
    Photo("bank", 0, dt.datetime(2025, 11, 3, 8, 12, 40), ("Pluimstraat", "Slotzichtweg"), 1),
    Photo("afval", 1, dt.datetime(2025, 11, 10, 7, 55, 3), ("Leijdsweg", "Oostveenweg"), 1),
    Photo("container", 1, dt.datetime(2025, 11, 10, 7, 58, 21), ("Velveweg", "Oostveenweg"), 6),
    Photo(
        "graffiti", 2, dt.datetime(2025, 11, 16, 16, 30, 9), ("Pluimstraat", "Gronausevoetpad"), 1
    ),
    Photo("lantaarn", 4, dt.datetime(2025, 11, 20, 19, 41, 55), None, 1),
)
_SENT = (
    dt.datetime(2025, 11, 3, 8, 31, tzinfo=dt.timezone(dt.timedelta(hours=1))),
    dt.datetime(2025, 11, 10, 8, 20, tzinfo=dt.timezone(dt.timedelta(hours=1))),
    dt.datetime(2025, 11, 16, 20, 5, tzinfo=dt.timezone(dt.timedelta(hours=1))),
    dt.datetime(2025, 11, 18, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=1))),
    dt.datetime(2025, 11, 20, 20, 2, tzinfo=dt.timezone(dt.timedelta(hours=1))),
)


def mails(streets: Streets) -> tuple[dict[str, bytes], list[dict[str, Any]]]:
    """Write the mails."""
    written: dict[str, EmailMessage] = {}
    for (name, sender, subject, text), sent in zip(words.MAILS, _SENT, strict=True):
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, words.MAIL_TO, subject
        mail["Date"] = sent
        mail["Message-ID"] = f"<{name.removesuffix('.eml')}@example.org>"
        mail.set_content(text, cte="quoted-printable")
        written[name] = mail
    truth = []
    names = list(written)
    for number, photo in enumerate(PHOTOS, start=1):
        place = _place(streets, photo, number)
        file = f"IMG_{number:04d}.jpg"
        picture = draw(photo.subject, photo.taken, place, photo.orientation)
        mail = written[names[photo.mail]]
        mail.add_attachment(picture, maintype="image", subtype="jpeg", filename=file)
        mail.set_boundary(f"=_ipgtools_{photo.mail + 1:02d}")
        truth.append(
            {
                "mail": names[photo.mail],
                "file": file,
                "subject": photo.subject,
                "taken_at": photo.taken.isoformat(),
                "orientation": photo.orientation,
                **(place or {}),
            }
        )
    return {name: mail.as_bytes() for name, mail in written.items()}, truth


def _place(streets: Streets, photo: Photo, number: int) -> dict[str, float] | None:
    if photo.near is None:
        return None
    x, y = report.corner(streets, *photo.near)
    x, y = x + 6 + number, y + 4
    lon, lat = to_degrees([x], [y])
    return {"x": round(x, 1), "y": round(y, 1), "lon": float(lon[0]), "lat": float(lat[0])}


def draw(
    subject: str, taken: dt.datetime, place: dict[str, float] | None, orientation: int
) -> bytes:
    """Draw a photo."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", SIZE, (196, 214, 226))
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 430, *SIZE), fill=(150, 150, 146))
    pen.rectangle((0, 430, SIZE[0], 446), fill=(110, 110, 108))
    _SCENES[subject](pen)
    small, large = ImageFont.load_default(26), ImageFont.load_default(44)
    pen.rectangle((0, 0, SIZE[0], 64), fill=(255, 255, 255))
    pen.text((20, 6), words.PICTURE_NOTICE.upper(), fill=(20, 20, 20), font=large)
    pen.rectangle((0, SIZE[1] - 48, *SIZE), fill=(255, 255, 255))
    pen.text((20, SIZE[1] - 42), words.PICTURES[subject], fill=(20, 20, 20), font=small)
    if orientation == 6:
        image = image.rotate(90, expand=True)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=80, exif=_exif(image, taken, place, orientation))
    return buffer.getvalue()


def _exif(image: Any, taken: dt.datetime, place: dict[str, float] | None, orientation: int) -> Any:
    from PIL import ExifTags

    exif = image.getexif()
    exif[ExifTags.Base.Make] = "ipgtools"
    exif[ExifTags.Base.Model] = words.PICTURE_NOTICE
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.DateTime] = f"{taken:%Y:%m:%d %H:%M:%S}"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = f"{taken:%Y:%m:%d %H:%M:%S}"
    if place is not None:
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLongitudeRef] = "N", "E"
        gps[ExifTags.GPS.GPSLatitude] = _sexagesimal(place["lat"])
        gps[ExifTags.GPS.GPSLongitude] = _sexagesimal(place["lon"])
    return exif


def _sexagesimal(degrees: float) -> tuple[Any, Any, Any]:
    from PIL.TiffImagePlugin import IFDRational

    whole, minutes = divmod(degrees * 60, 60)
    minute, seconds = divmod(minutes * 60, 60)
    return (
        IFDRational(int(whole)),
        IFDRational(int(minute)),
        IFDRational(round(seconds * 1000), 1000),
    )


def _bench(pen: Any) -> None:
    for x in (300, 600):
        pen.rectangle((x, 430, x + 24, 560), fill=(60, 60, 60))
    pen.rectangle((260, 420, 470, 446), fill=(128, 84, 46))
    pen.polygon([(500, 430), (690, 500), (684, 526), (494, 456)], fill=(128, 84, 46))
    pen.rectangle((260, 350, 660, 374), fill=(128, 84, 46))
    pen.line((380, 330, 430, 400), fill=(40, 30, 20), width=8)


def _litter(pen: Any) -> None:
    for number in range(26):
        x, y = 80 + number * 173 % 800, 470 + number * 97 % 170
        colour = [(214, 64, 48), (240, 240, 236), (52, 108, 168), (226, 178, 40)][number % 4]
        pen.rectangle((x, y, x + 22 + number % 3 * 9, y + 16), fill=colour)


def _graffiti(pen: Any) -> None:
    pen.rectangle((60, 150, 900, 520), fill=(176, 110, 82))
    for row in range(10):
        pen.line((60, 150 + row * 37, 900, 150 + row * 37), fill=(206, 190, 180), width=3)
    angle = np.linspace(0, 6 * np.pi, 160)
    curve = [(170 + 33 * a, 330 + 80 * np.sin(a) + 20 * np.cos(3 * a)) for a in angle.tolist()]
    pen.line(curve, fill=(64, 40, 130), width=16)
    pen.line([(x + 20, y + 30) for x, y in curve], fill=(30, 150, 140), width=9)


def _lamp(pen: Any) -> None:
    pen.rectangle((0, 64, *SIZE), fill=(44, 52, 72))
    pen.rectangle((0, 520, *SIZE), fill=(70, 70, 72))
    pen.line((480, 560, 470, 190), fill=(130, 130, 130), width=18)
    pen.line((470, 190, 600, 170), fill=(130, 130, 130), width=14)
    pen.polygon([(570, 165), (660, 160), (640, 205), (590, 208)], fill=(90, 90, 90))
    pen.line((590, 212, 640, 240), fill=(200, 200, 180), width=5)


def _container(pen: Any) -> None:
    pen.polygon([(260, 420), (620, 380), (650, 560), (280, 590)], fill=(70, 120, 78))
    pen.polygon([(620, 380), (720, 350), (740, 540), (650, 560)], fill=(48, 86, 54))
    for x, y in ((300, 600), (660, 580)):
        pen.ellipse((x, y, x + 46, y + 46), fill=(30, 30, 30))
    for number in range(8):
        x, y = 130 + number * 21, 560 + number * 37 % 70
        pen.rectangle((x, y, x + 30, y + 20), fill=(236, 236, 228))


_SCENES = {
    "bank": _bench,
    "afval": _litter,
    "graffiti": _graffiti,
    "lantaarn": _lamp,
    "container": _container,
}
