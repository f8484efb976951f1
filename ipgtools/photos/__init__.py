"""
Take residents' photos out of mails and folders, and keep them without anything hidden.

Every picture is opened within limits, turned upright and written anew as a JPEG that
carries no metadata. Place and time come from the camera; without a camera's place the words
of the mail are asked. The text of a mail never stands in the table: it may be about people.
"""

import hashlib
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools import contracts, crs, schemas
from ipgtools.nl import schouw as nl
from ipgtools.photos.mails import items
from ipgtools.photos.pictures import blur, strip
from ipgtools.photos.statuses import add_step, may_become, read_status, with_status
from ipgtools.photos.words import clean_caption

if TYPE_CHECKING:
    import geopandas as gpd

    from ipgtools.io.report import ReadReport

__all__ = [
    "STATUSES", "add_step", "blur", "clean_caption", "may_become", "read_photos", "read_status",
    "with_status",
]  # fmt: skip

STATUSES = nl.PHOTO_STATUSES
"""The life of an item of the briefing: reported, shown, with justice, a task, closed."""

_ZONE = "Europe/Amsterdam"


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
) -> "tuple[gpd.GeoDataFrame, ReadReport]":
    """
    Read photos from mails and folders.

    Parameters
    ----------
    path : path
        An ``.eml``, ``.mbox``, ``.msg``, ``.jpg``, ``.png`` or ``.heic`` file, or a folder of
        them; subfolders are looked into, links are not followed.
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

    Returns
    -------
    photos : GeoDataFrame, n_photos rows
        PHOTOS in the CRS of `streets` or `addresses` (EPSG:28992 without), and `place_from` ("gps",
        "words" or missing), `location_text`, `location_score`. Times are local; a photo
        without a place has no geometry. `caption` is the subject without addresses, phone
        numbers and the sender's name.
    report : ReadReport
        A row is a photo, another attachment, a mail without photo, or another file.
        ``details["photos_outside"]`` lists photos outside `area`.

    Raises
    ------
    ReadError
        If `path` does not exist or a folder is empty.
    CrsError
        If `streets` or `area` is not in metres, or they differ.
    """
    import pandas as pd

    from ipgtools.io.report import ReadReport, no_rejects

    path, out = Path(path), Path(out_dir)
    beside = [out] if text_dir is None else [out, Path(text_dir)]
    rows: list[dict[str, Any]] = []
    refused: list[tuple[int, str, str]] = []
    words: list[str] = []
    seen: set[str] = set()
    n_read = 0
    for item in items(path, max_bytes=max_bytes, beside=beside):
        n_read += 1
        digest = hashlib.sha256(item.data).hexdigest()
        name, taken, place = digest[:12], None, None
        reason = item.refused or ("photo_double" if digest in seen else "")
        target = out / f"{name}.jpg"
        if not reason:
            reason, taken, place = strip(
                item.data, target, max_pixels=max_pixels, max_side=max_side
            )
        if reason:
            refused.append((n_read, item.source, nl.REASONS[reason]))
            continue
        seen.add(digest)
        rows.append(
            {
                "photo_id": name,
                "taken_at": taken,
                "received_at": _local(item.received),
                "caption": item.subject or None,
                "status": status,
                "sha256": digest,
                "path": str(target),
                "source": item.source,
                "place": place,
            }
        )
        words.append(f"{item.subject}\n{item.text}")
        if text_dir is not None and item.text:
            _write(Path(text_dir) / f"{name}.txt", item.text.encode())
    photos = _table(rows, words, streets, addresses, area, city)
    rejected = no_rejects()
    if refused:
        rejected = pd.DataFrame(refused, columns=["source_row", "found", "reason"])
        rejected.insert(1, "column", "photo")
        rejected = rejected.astype({"column": "str", "found": "str", "reason": "str"})
    notes, details = _said(photos, area)
    report = ReadReport(path.name, n_read, len(photos), rejected, tuple(notes), details)
    return photos, report


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
    words: list[str],
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
    columns = [*schemas.PHOTOS.names, "place"]
    table = pd.DataFrame(rows, columns=columns)
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
        from ipgtools import gazetteer

        shape = gazetteer.shape_of(area, known_streets)
        match = gazetteer.street_names(known_streets, area=shape, addresses=addresses).best
        asked = table.index[~known]
        phrases = pd.Series(
            [gazetteer.find_phrase(words[at], match) for at in asked], index=asked, dtype="str"
        )
        found = gazetteer.locate(phrases, streets, addresses=addresses, area=area, city=city)
        found = found[found.geometry.notna()]
        points.loc[found.index] = found.geometry
        table.loc[found.index, "place_from"] = "words"
        table.loc[found.index, "location_text"] = found["location_text"]
        table.loc[found.index, "location_score"] = found["location_score"]
    photos = gpd.GeoDataFrame(table, geometry=points, crs=work)
    return contracts.conform(photos, schemas.PHOTOS)


def _said(photos: "gpd.GeoDataFrame", area: Any) -> tuple[list[str], dict[str, Any]]:
    by = photos["place_from"]
    notes = [
        nl.photos_placed(len(photos), int((by == "gps").sum()), int((by == "words").sum())),
        nl.photos_stripped(),
    ]
    outside: list[str] = []
    if area is not None:
        shape = area.union_all() if hasattr(area, "union_all") else area
        away = photos.geometry.notna() & ~photos.intersects(shape)
        outside = photos.loc[away, "photo_id"].tolist()
        if outside:
            notes.append(nl.photos_outside(len(outside)))
    return notes, {"photos_outside": outside}


def _write(path: Path, data: bytes) -> None:
    from ipgtools.io.write import whole

    with whole(path) as temporary:
        temporary.write_bytes(data)
