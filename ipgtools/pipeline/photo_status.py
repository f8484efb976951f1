"""Follow the photos of a briefing: which there are, what became of them, what becomes of one."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from ipgtools import _scratch, photos
from ipgtools.audit import Register
from ipgtools.errors import SettingsError
from ipgtools.pipeline import register_entries

if TYPE_CHECKING:
    import pandas as pd

    from ipgtools.settings import Settings

__all__ = ["step", "table"]


def table(settings: "Settings", *, source: str = "ipg.toml") -> "pd.DataFrame":
    """List the photos with their status."""
    with (
        Register.open(settings.privacy.register) as register,
        register_entries.at_end(
            register, "consult", kind="photos", **register_entries.reasons(settings, "photos")
        ) as facts,
    ):
        found = _with_steps(_as_they_came(settings, source), settings.input.photo_status)
        facts.update(n_used=len(found))
    return found


def _with_steps(found: "pd.DataFrame", steps: Path | None) -> "pd.DataFrame":
    if steps is None or not steps.is_file():
        return found.assign(on=found["received_at"])
    taken = photos.read_status(steps)[0]
    days = taken.dropna(subset="on").drop_duplicates("photo_id", keep="last")
    on = found["photo_id"].map(days.set_index("photo_id")["on"])
    return photos.join_status(found, taken).assign(on=on.fillna(found["received_at"]))


def step(
    settings: "Settings",
    photo: str,
    status: str,
    *,
    on: dt.date | None = None,
    source: str = "ipg.toml",
) -> tuple[str, str, Path]:
    """Write down the next step of a photo."""
    path = settings.input.photo_status
    if path is None:
        msg = f"{source} names no `photo_status`"
        raise SettingsError(msg, code="photo_status_not_set", path=source)
    with (
        Register.open(settings.privacy.register) as register,
        register_entries.before_and_after(
            register, "change", kind="photo_status", **register_entries.reasons(settings, "photos")
        ) as facts,
    ):
        found = _as_they_came(settings, source)
        number, before = photos.add_step(path, found, photo, status, reference_date=on)
        facts.update(photo=number, before=before, after=status)
    return number, before, path


def _as_they_came(settings: "Settings", source: str) -> "pd.DataFrame":
    folder = settings.input.photos
    if folder is None:
        msg = f"{source} names no `photos`"
        raise SettingsError(msg, code="photos_not_set", path=source)
    with _scratch.temporary() as copies:
        return photos.read_photos(folder, copies)[0]
