"""Read reports of wijkschouwen into findings and the actions on them."""

from typing import TYPE_CHECKING

from ipgtools._renamed import renamed
from ipgtools.schouw.assemble import n_doubtful
from ipgtools.schouw.comparison import compare
from ipgtools.schouw.parse.classify import CATEGORIES, category, is_open, status
from ipgtools.schouw.read import read_schouw

__all__ = [
    "category",
    "compare",
    "is_open",
    "n_doubtful",
    "read_schouw",
    "status",
    "CATEGORIES",
]

if not TYPE_CHECKING:
    __getattr__ = renamed(__name__, {"doubted": "n_doubtful"})
