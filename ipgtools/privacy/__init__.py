"""
Decide what may leave, for whom, and in which form.

Three audiences, from wide to narrow: `openbaar`, `partner`, `politie`. Every table that is
shown or written goes through `release`, which recognises what it is, withholds, rounds or
coarsens, lists what it did, and refuses what may not leave at all. Persons enter as keyed
pseudonyms and never leave.

The rules follow the practice of CBS and police (small numbers hidden, a second number hidden
where a total would give the first away, figures in fives); thresholds stand in `RULES`.
"""

from ipgtools.privacy._gate import Released, release
from ipgtools.privacy._keys import is_weak, one_writing, pseudonyms, read_key
from ipgtools.privacy._rules import AUDIENCES, RULES, Rules, select, strictest, suppress

__all__ = [
    "AUDIENCES",
    "RULES",
    "Released",
    "Rules",
    "is_weak",
    "one_writing",
    "pseudonyms",
    "read_key",
    "release",
    "select",
    "strictest",
    "suppress",
]
