"""Write names of columns so that they can be compared."""

import functools
import re
import unicodedata
from collections.abc import Sequence

__all__ = ["normalise_name", "strip_table_name"]

_FEWEST = 3
"""Columns that must share what stands before their names, for it to be the name of a table."""


@functools.lru_cache(maxsize=50_000)
def normalise_name(name: str) -> str:
    """
    Write a column name in lower case without signs and accents.

    Examples
    --------
    >>> normalise_name("Begin-pleegdatum/tijd"), normalise_name("X-coördinaat")
    ('beginpleegdatumtijd', 'xcoordinaat')
    """
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKD", str(name).casefold()))


def strip_table_name(names: Sequence[str]) -> list[str]:
    """
    Leave out the name of the table that databases and Power BI put before each column.

    Examples
    --------
    >>> strip_table_name(["Incidenten[X]", "Incidenten[Y]", "Incidenten[MK]"])
    ['X', 'Y', 'MK']
    >>> strip_table_name(["dbo.inc.x", "dbo.inc.y", "dbo.inc.mk"]), strip_table_name(["x.1", "x.2"])
    (['x', 'y', 'mk'], ['x.1', 'x.2'])
    """
    texts = [str(name) for name in names]
    if len(texts) < _FEWEST:
        return texts
    first, last = min(texts), max(texts)
    shared = first[: next((n for n, pair in enumerate(zip(first, last, strict=False))
                           if pair[0] != pair[1]), len(first))]  # fmt: skip
    cut = max(shared.rfind("."), shared.rfind("[")) + 1
    bare = [text[cut:].removesuffix("]") for text in texts]
    return bare if cut and all(bare) and len({*bare}) == len(texts) else texts
