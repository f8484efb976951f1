"""
Decide what may leave, for whom, and in which form.

An audience is a profile (`profile`): a file that names the tables and columns that may leave,
the kinds of incident that may not, and how fine numbers, places and times may be. What it does
not name does not leave. Every table that is shown or written goes through `release`, which
recognises what it is, withholds, rounds or coarsens, lists what it did, refuses what may not
leave at all, and writes in the register that it did. `gate` is the form alone, for who protects and
records many tables together (`together`). Persons enter as keyed pseudonyms and never leave.

The rules follow the practice of CBS and police: small numbers hidden, the others in fives.
"""

from typing import TYPE_CHECKING

from ipgtools._renamed import renamed
from ipgtools.privacy._gate import Released
from ipgtools.privacy._gate import release as gate
from ipgtools.privacy._key_strength import is_weak_key
from ipgtools.privacy._keys import (
    fingerprint,
    new_key,
    normalise_identifier,
    pseudonyms,
    read_key,
    readable_by_others,
)
from ipgtools.privacy._logged_release import release
from ipgtools.privacy._profile import Counts, Profile, at_least_as_strict, names, profile, profiles
from ipgtools.privacy._sensitive_kinds import GROUPS, Selected, select
from ipgtools.privacy._stamp import is_as_released, is_auto, released_for, sees_all
from ipgtools.privacy._strictness import Looser
from ipgtools.privacy.provenance import Provenance

__all__ = [
    "GROUPS",
    "Counts",
    "Looser",
    "Profile",
    "Provenance",
    "Released",
    "Selected",
    "at_least_as_strict",
    "fingerprint",
    "gate",
    "is_as_released",
    "is_auto",
    "is_weak_key",
    "names",
    "new_key",
    "normalise_identifier",
    "profile",
    "profiles",
    "pseudonyms",
    "read_key",
    "readable_by_others",
    "release",
    "released_for",
    "sees_all",
    "select",
]

if not TYPE_CHECKING:
    __getattr__ = renamed(
        __name__,
        {
            "is_weak": "is_weak_key",
            "one_writing": "normalise_identifier",
            "protected": "protect_small",
        },
    )
