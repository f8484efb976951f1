"""
Keep data of persons no longer than their purpose and the law allow.

The ground of a data set decides its terms (`ground`, `Terms`); `ages` counts the rows that are
past them. When files were first read and which key was last used is remembered in the
register's database (`remembered`). Nothing here refuses or removes anything by itself.
"""

from ipgtools.retention.ages import DATES, SEEN, Ages, Terms, ages, ends_on, first_processed, passed
from ipgtools.retention.grounds import Ground, ground
from ipgtools.retention.purpose import stated_purpose

__all__ = [
    "DATES",
    "SEEN",
    "Ages",
    "Ground",
    "Terms",
    "ages",
    "ends_on",
    "first_processed",
    "ground",
    "passed",
    "stated_purpose",
]
