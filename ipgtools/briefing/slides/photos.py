"""The newest photos of residents that are not closed, without anything but their pixels."""

import io
from typing import TYPE_CHECKING, Any

from ipgtools.briefing import model
from ipgtools.briefing.context import Context, Material, file_of, text_of
from ipgtools.briefing.definition import SlideDefinition
from ipgtools.nl import formats
from ipgtools.nl.slides import photos as words
from ipgtools.photos import STATUSES

if TYPE_CHECKING:
    import pandas as pd

_TABLE = "fotos"
_MOST_PHOTOS = 6
_PHOTO_SIDE = 1600


def _parts(context: Context) -> tuple[model.Part, ...] | None:
    table = context.tables[_TABLE]
    states, shown = _states(table), _newest(table)
    if not states and shown.empty:
        return None
    photos = tuple(_photo(row, context) for row in shown.itertuples())
    said = words.photo_states(states, n_shown=len(photos)) if states else ""
    above = [context.spoken(said, small=True)] if said else []
    below = [model.PhotoGrid(photos, file_of(_TABLE))] if photos else []
    return (*above, *below)


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
    caption = _caption(row)
    return model.Picture(_bare(context.read_photo(row.path)), caption or words.TITLE, caption)


def _caption(row: Any) -> str:
    import pandas as pd

    caption = text_of(row, "caption")
    taken = row.taken_at if pd.notna(row.taken_at) else row.received_at
    dated = f"{caption} ({formats.date(taken)})" if pd.notna(taken) else caption
    return words.with_status(dated, text_of(row, "status"))


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
    return words.MISSING if context.profile.tables.get("photos") else words.NOT_FOR_AUDIENCE


SLIDE = SlideDefinition(
    key="fotos",
    order=120,
    title=words.TITLE,
    notes=words.NOTES,
    parts=_parts,
    needs=Material(tables=(_TABLE,)),
    missing=_missing,
)
