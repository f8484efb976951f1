"""
Take residents' photos out of mails and folders, and keep them without anything hidden.

Every picture is opened within limits, turned upright and written anew as a JPEG that
carries no metadata. Place and time come from the camera; without a camera's place the words
of the mail are asked, without its time the name of the file. The text of a mail never stands
in the table, nor does the name of an attachment: they may be about people.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools import contracts, crs, schemas
from ipgtools.errors import ReadError
from ipgtools.nl import photos as said
from ipgtools.nl import schouw as nl
from ipgtools.nl import schouw_notes
from ipgtools.nl.messages import Message, message
from ipgtools.photos import timestamps
from ipgtools.photos.mailboxes import Item, items
from ipgtools.photos.pictures import Region, strip

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ipgtools.io.report import ReadReport

__all__ = ["STATUSES", "read_photos"]

STATUSES = nl.PHOTO_STATUSES
"""The life of an item of the briefing: reported, shown, with justice, a task, closed."""

_ZONE = "Europe/Amsterdam"
_DIGITS = 12


def read_photos(
    path: str | Path,
    out_dir: str | Path,
    *,
    streets: "gpd.GeoDataFrame | None" = None,
    area: Any = None,
    max_pixels: int = 60_000_000,
    max_bytes: int = 30_000_000,
    max_side: int = 2048,
    status: str = nl.STATUS_NEW,
    text_dir: str | Path | None = None,
    addresses: "gpd.GeoDataFrame | None" = None,
    city: str | None = None,
    regions: Mapping[str, Sequence[Region]] | None = None,
) -> "tuple[gpd.GeoDataFrame, ReadReport]":
    """
    Read photos from mails and folders.

    Parameters
    ----------
    path : path
        An ``.eml``, ``.mbox``, ``.msg``, ``.jpg``, ``.png``, ``.heic`` or ``.zip`` file, or a
        folder of them; subfolders are looked into, links are not followed. Mails in mails, zips
        and ``winmail.dat`` are opened.
    out_dir : path
        Where the stripped copies go, named after the hash of the original. It is made.
    streets : GeoDataFrame, optional
        STREETS; photos without a place of their own get it from the words of their mail.
    area : GeoDataFrame or geometry, optional
        Where the photos should be, in the CRS of `streets`, or EPSG:28992 if it declares none.
    max_pixels : int, default 60 million
        Photos of more pixels are not opened.
    max_bytes : int, default 30 million
        Larger files and attachments are not opened; mails may be five times as large.
    max_side : int, default 2048
        Longest side of a copy, in pixels.
    status : str, default "melding"
        Status that the photos get.
    text_dir : path, optional
        Where the text of each mail is kept, under the photo's name, apart from the photos.
        Not kept if not given.
    addresses : GeoDataFrame, optional
        ADDRESSES, in the CRS of `streets`: a house number in a mail becomes a point. Words of
        a mail are looked up in these files only; no service is asked, since the address may
        be the sender's own.
    city : str, optional
        The town that mails are about, where `streets` or `addresses` tell towns apart.
    regions : mapping of str to sequence of (left, top, right, bottom), optional
        What to hide by `photo_id`, in pixels of the copy; see `blur`.

    Returns
    -------
    photos : GeoDataFrame, n_photos rows
        PHOTOS in the CRS of `streets` or `addresses` (EPSG:28992 without), and `place_from` ("gps",
        "words" or missing), `location_text`, `location_score`, `time_from` ("camera", "name" or
        missing; a name mostly holds a day only, which stands at midnight). Times are local; a
        photo without a place has no geometry, with several places in `location_text` if its
        mail names more than one. `caption` is the subject without addresses, phone numbers and
        the sender's name.
    report : ReadReport
        A row is a photo, another attachment, a mail without photo, or another file.
        ``details["photos_outside"]`` lists photos outside `area`, or without it outside the region
        of the CRS (the Netherlands for RD); ``details["photos_doubtful"]`` those whose mail
        names several places.

    Raises
    ------
    ReadError
        If `path` does not exist or a folder is empty, or a region hides nothing or is of a photo
        that isn't there.
    CrsError
        If `streets` or `area` is not in metres, or they differ.
    ValueError
        If `status` is unknown, or `out_dir` or `text_dir` is `path` itself.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from PIL import Image
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     Image.new("RGB", (64, 48), "navy").save(pathlib.Path(folder, "foto.jpg"))
    ...     photos, report = read_photos(pathlib.Path(folder, "foto.jpg"), f"{folder}/kopie")
    >>> photos["status"].tolist(), report.n_used
    (['melding'], 1)
    """
    import pandas as pd

    from ipgtools.io.report import ReadReport, no_rejects

    path, out = Path(path), Path(out_dir)
    beside = [out] if text_dir is None else [out, Path(text_dir)]
    _require(status, path, beside)
    hidden = dict(regions or {})
    rows: list[dict[str, Any]] = []
    refused: list[tuple[int, str, str]] = []
    found: list[Item] = []
    seen: set[str] = set()
    n_read = 0
    for item in items(path, max_bytes=max_bytes, beside=beside):
        n_read += 1
        digest = hashlib.sha256(item.data).hexdigest()
        name, taken, place = _number(digest), None, None
        reason = item.refused or ("photo_double" if digest in seen else "")
        target = out / f"{name}.jpg"
        if not reason:
            reason, taken, place = strip(
                item.data,
                target,
                max_pixels=max_pixels,
                max_side=max_side,
                regions=hidden.pop(name, ()),
            )
        if reason:
            refused.append((n_read, item.label, reason))
            continue
        seen.add(digest)
        received = _local(item.mail.received)
        by_name = None if taken else _by_name(item.name, received)
        rows.append(
            {
                "photo_id": name,
                "taken_at": _local(taken) or by_name,
                "time_from": "camera" if taken else "name" if by_name else None,
                "received_at": received,
                "caption": item.mail.caption or None,
                "status": status,
                "sha256": digest,
                "path": str(target),
                "source": item.source,
                "place": place,
            }
        )
        found.append(item)
        if text_dir is not None and item.mail.text:
            _write(Path(text_dir) / f"{name}.txt", item.mail.text.encode())
    if hidden:
        listed = ", ".join(hidden)
        msg = f"`regions` names photos that aren't there: {listed}"
        raise ReadError(msg, code="photo_region_unknown", photos=listed)
    photos = _table(rows, found, streets, addresses, area, city)
    rejected = no_rejects()
    if refused:
        rejected = pd.DataFrame(refused, columns=["source_row", "found", "code"])
        rejected.insert(1, "column", said.COLUMN)
        rejected = rejected.astype({"column": "str", "found": "str", "code": "str"})
    notes, details = _said(photos, area)
    report = ReadReport(path.name, n_read, len(photos), rejected, tuple(notes), details)
    return photos, report


def _require(status: str, path: Path, beside: list[Path]) -> None:
    if status not in STATUSES:
        msg = f"{status!r} is no status; these are: {', '.join(STATUSES)}"
        raise ValueError(msg)
    if any(folder.resolve() == path.resolve() for folder in beside):
        msg = f"{path} is read: copies and texts need a folder of their own"
        raise ValueError(msg)


def _number(digest: str) -> str:
    """Take twelve digits of a hash, the first in which a spreadsheet sees no number."""
    windows = (digest[at : at + _DIGITS] for at in range(len(digest) - _DIGITS))
    return next((one for one in windows if not re.fullmatch(r"\d+e?\d*", one)), digest)


def _by_name(name: str, received: datetime | None) -> datetime | None:
    """Return the time in the name of a file, unless its mail was sent before."""
    moment = _local(timestamps.from_file_name(name))
    if moment and received and moment > received + timedelta(days=1):
        return None
    return moment


def _local(moment: datetime | None) -> datetime | None:
    from zoneinfo import ZoneInfo

    if moment is None or moment.tzinfo is None:
        return moment
    try:
        return moment.astimezone(ZoneInfo(_ZONE)).replace(tzinfo=None)
    except (OverflowError, ValueError):
        return None


def _table(
    rows: list[dict[str, Any]],
    items_: list[Item],
    streets: "gpd.GeoDataFrame | None",
    addresses: "gpd.GeoDataFrame | None",
    area: Any,
    city: str | None,
) -> "gpd.GeoDataFrame":
    import geopandas as gpd
    import numpy as np
    import pandas as pd
    import shapely

    work: Any = crs.WORK_CRS
    known_streets = addresses if streets is None else streets
    if known_streets is not None:
        work = known_streets.crs
    elif hasattr(area, "crs"):
        work = crs.require(area=area)
    columns = [*schemas.PHOTOS.names, "time_from", "place"]
    table = pd.DataFrame(rows, columns=columns)
    table["time_from"] = table["time_from"].astype("str")
    for column in ("taken_at", "received_at"):
        table[column] = pd.to_datetime(table[column]).astype("datetime64[s]")
    places = table.pop("place")
    given = gpd.GeoSeries(
        [shapely.Point(place) if isinstance(place, tuple) else None for place in places],
        index=table.index,
        crs="EPSG:4326",
    ).to_crs(work)
    finite = np.isfinite(given.x) & np.isfinite(given.y)
    points = given.where(finite)
    known = points.notna()
    table["place_from"] = known.map({True: "gps"}).astype("str")
    table["location_text"] = pd.Series(pd.NA, index=table.index, dtype="str")
    table["location_score"] = np.where(known, 1.0, np.nan)
    if known_streets is not None:
        from ipgtools import geocoder

        shape = geocoder.shape_of(area, known_streets)
        match = geocoder.street_names(known_streets, area=shape, addresses=addresses).best
        asked = table.index[~known]
        places = _places([items_[at] for at in asked], items_, match)
        sure = [one[0] if len(one) == 1 else "" for one in places]
        table.loc[asked, "location_text"] = [
            said.OR.join(one) if len(one) > 1 else pd.NA for one in places
        ]
        phrases = pd.Series(sure, index=asked, dtype="str")
        found = geocoder.geocode(phrases, streets, addresses=addresses, area=area, city=city)
        found = found[found.geometry.notna()]
        points.loc[found.index] = found.geometry
        table.loc[found.index, "place_from"] = "words"
        table.loc[found.index, "location_text"] = found["location_text"]
        table.loc[found.index, "location_score"] = found["location_score"]
    photos = gpd.GeoDataFrame(table, geometry=points, crs=work)
    return contracts.conform(photos, schemas.PHOTOS)


def _places(asked: list[Item], items_: list[Item], match: Any) -> list[list[str]]:
    """Find the places that the mail of each photo names."""
    from collections import Counter

    from ipgtools.photos import locations_in_text

    n_photos = Counter(item.mail for item in items_)
    known = {
        mail: locations_in_text.location_phrases(mail.letters, match, n_photos=n_photos[mail])
        for mail in dict.fromkeys(item.mail for item in asked)
    }
    return [known[item.mail] for item in asked]


def _said(photos: "gpd.GeoDataFrame", area: Any) -> tuple[list[Message], dict[str, Any]]:
    by = photos["place_from"]
    notes = [
        schouw_notes.photos_placed(
            len(photos), int((by == "gps").sum()), int((by == "words").sum())
        )
    ]
    if len(photos):
        notes.append(message("photos_stripped"))
    placed, shape = photos.geometry.notna(), area
    if hasattr(area, "union_all"):
        shape = area.union_all()
    away = placed & ~(_in_use(photos) if area is None else photos.intersects(shape))
    outside = photos.loc[away, "photo_id"].tolist()
    if outside:
        code = "photos_abroad" if area is None else "photos_outside"
        notes.append(message(code, n=len(outside)))
    doubt = photos["place_from"].isna() & photos["location_text"].notna()
    doubtful = photos.loc[doubt, "photo_id"].tolist()
    if doubtful:
        notes.append(message("photos_doubtful", n=len(doubtful)))
    if n := int((photos["time_from"] == "name").sum()):
        notes.append(message("photos_by_name", n=n))
    return notes, {"photos_outside": outside, "photos_doubtful": doubtful}


def _in_use(photos: "gpd.GeoDataFrame") -> "pd.Series":
    """Return which photos lie within the area of use of the CRS."""
    region = photos.crs.area_of_use
    west, south, east, north = region.bounds if region else (-180, -90, 180, 90)
    degrees = photos.geometry.to_crs("EPSG:4326")
    return degrees.x.between(west, east) & degrees.y.between(south, north)


def _write(path: Path, data: bytes) -> None:
    from ipgtools.io.write import atomic

    with atomic(path) as temporary:
        temporary.write_bytes(data)
