"""The newest photos of residents that are not closed, without anything but their pixels."""

import io
from typing import TYPE_CHECKING, Any

from ipgtools.briefing import model
from ipgtools.briefing.context import Context, Material, file_of, text_of
from ipgtools.briefing.definition import SlideDefinition
from ipgtools.nl.slides import photos as words
from ipgtools.photos import STATUSES

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SLIDE"]

_TABLE = "fotos"
_MOST_PHOTOS, _ON_SLIDE = 6, 2
_PHOTO_SIDE = 1600


def _pages(context: Context) -> list["pd.DataFrame"]:
    """Put the newest photos two on a slide."""
    shown = _newest(context.tables[_TABLE])
    return [shown.iloc[at : at + _ON_SLIDE] for at in range(0, len(shown), _ON_SLIDE)]


def _title(context: Context) -> str:
    return words.title_photos(_states(context.tables[_TABLE]))


def _parts(context: Context) -> tuple[model.Part, ...]:
    photos = tuple(_photo(row, context) for row in context.item.itertuples())
    return (model.PhotoGrid(photos, file_of(_TABLE)),)


def _is_older(context: Context) -> bool:
    """Tell whether a slide is not the one with the newest photos."""
    first = _newest(context.tables[_TABLE]).head(1)
    return not context.item.head(1).index.equals(first.index)


def _notes(context: Context) -> str:
    """Say how to read the slide; for who may know, which files these are."""
    hashes = context.item.get("sha256", ())
    return words.notes([str(one) for one in hashes])


def _newest(table: "pd.DataFrame") -> "pd.DataFrame":
    shown = table[table["status"] != STATUSES[-1]]
    when = shown["taken_at"].fillna(shown["received_at"])
    newest = when.sort_values(ascending=False, kind="stable", na_position="last")
    return shown.loc[newest.index].head(_MOST_PHOTOS)


def _states(table: "pd.DataFrame") -> tuple[tuple[str, int], ...]:
    """Count the photos by status, in the order of their life."""
    n = table["status"].value_counts()
    return tuple((status, int(n[status])) for status in STATUSES if status in n)


def _photo(row: Any, context: Context) -> model.Picture:
    caption = _caption(row, context)
    return model.Picture(_bare(context.read_photo(row.path)), caption or words.TITLE, caption)


def _caption(row: Any, context: Context) -> str:
    """Say what is seen and where, when, its status, and how long it is open."""
    import pandas as pd

    taken = row.taken_at if pd.notna(row.taken_at) else row.received_at
    when, days = "", None
    if pd.notna(taken):
        when = words.moment(taken)
        days = (pd.Timestamp(context.last_day) - pd.Timestamp(taken).normalize()).days
    return words.caption(text_of(row, "caption"), when, text_of(row, "status"), days)


def _bare(data: bytes) -> bytes:
    """Return a photo upright, not larger than a slide needs, with nothing but its pixels."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data)) as image:
        kind = image.format
        if kind not in ("PNG", "JPEG"):
            msg = f"a photo of a briefing is {kind}, expected PNG or JPEG"
            raise ValueError(msg)
        upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((_PHOTO_SIDE, _PHOTO_SIDE))
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    out = io.BytesIO()
    bare.save(out, kind, **({"quality": 88} if kind == "JPEG" else {}))
    return out.getvalue()


def _missing(context: Context) -> str:
    if len(context.tables.get(_TABLE, ())):
        return ""
    return words.MISSING if context.profile.tables.get("photos") else words.NOT_FOR_AUDIENCE


SLIDE = SlideDefinition(
    key="fotos",
    order=70,
    title=_title,
    notes=_notes,
    parts=_parts,
    hidden=_is_older,
    each=_pages,
    needs=Material(tables=(_TABLE,)),
    missing=_missing,
)
