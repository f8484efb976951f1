"""Take residents' photos out of mails and folders, and keep them without anything hidden."""

from typing import TYPE_CHECKING

from ipgtools._renamed import renamed
from ipgtools.photos.pictures import blur
from ipgtools.photos.read import STATUSES, read_photos
from ipgtools.photos.redaction import clean_caption
from ipgtools.photos.status_log import add_step, is_allowed_transition, join_status, read_status

__all__ = [
    "add_step",
    "blur",
    "clean_caption",
    "is_allowed_transition",
    "join_status",
    "read_photos",
    "read_status",
    "STATUSES",
]

if not TYPE_CHECKING:
    __getattr__ = renamed(
        __name__, {"may_become": "is_allowed_transition", "with_status": "join_status"}
    )
