"""Read numbers the way files write them: decimal commas, thousands dots, pairs, WKT."""

import math
import re
from typing import TYPE_CHECKING

from ipgtools import _arrow
from ipgtools.io.parse.coordinates import degrees

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = [
    "from_binary", "has_thousands", "has_thousands_commas", "numbers", "split_pairs", "srids",
]  # fmt: skip

_SAMPLE = 2_000
_NEEDED = 0.9
_THOUSANDS = r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?"
_FOR_CERTAIN = r"-?\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|-?\d{1,3}(?:\.\d{3})+,\d+"
_NUMBER = r"[-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?"
_WKT = (
    rf"(?i)^(?:SRID=\d+[;|])?\s*POINT\s*(?:(?:Z|M|ZM)\s*)?\(\s*({_NUMBER})\s+({_NUMBER})[^()]*\)$"
)
_PAIR = r"^[(\[]?\s*([-+]?\d+(?:\.\d+)?)(?:\s*[,;|]\s*|\s+)([-+]?\d+(?:\.\d+)?)\s*[)\]]?$"
_SPACED = re.compile(r"[-+]?\d{1,3}(?:[\s\u00a0\u202f]\d{3})+(?:[.,]\d+)?")
_ENGLISH = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+\.\d+")
_AROUND = re.compile(r"^(?:'|[xy]\s*[:=])\s*|\s*(?:m|meters?)\.?$", re.IGNORECASE)
_MULTI = re.compile(
    rf"(?:SRID=\d+[;|])?\s*MULTIPOINT\s*Z?\s*\(\(?\s*({_NUMBER})\s+({_NUMBER})[^(),]*\)?\)",
    re.IGNORECASE,
)
_GEOJSON = re.compile(rf'\{{.*"Point".*\[\s*({_NUMBER})\s*,\s*({_NUMBER})[^\]]*\].*\}}')
_LABELLED = re.compile(rf"x\s*[:=]?\s*({_NUMBER})[\s,;/|]*y\s*[:=]?\s*({_NUMBER})", re.IGNORECASE)
_SLASH = re.compile(rf"({_NUMBER})\s*/\s*({_NUMBER})")
_FOUR = re.compile(r"([-+]?\d+,\d+),([-+]?\d+,\d+)")
_GROUPED = re.compile(r"(\d{1,3}(?:\.\d{3})+(?:,\d+)?)[\s;|]+(\d{1,3}(?:\.\d{3})+(?:,\d+)?)")
_LONGEST, _LONGEST_PAIR = 100, 1_000
"""Letters of a number and of two: longer text is a remark, and is not looked into."""
_HEX = r"(?:0[01])[0-9A-Fa-f]{40,90}"
_SRID = r"(?i)^SRID=(\d+)[;|]"
_COMMAS = r"^[(\[]?\s*([-+]?\d+,\d+)(?:\s*[;|]\s*|\s*,\s+|\s+)([-+]?\d+,\d+)\s*[)\]]?$"


def numbers(column: "pd.Series", *, thousands: bool = False) -> "np.ndarray":
    """Read numbers with a decimal point or comma."""
    import numpy as np
    import pandas as pd

    if pd.api.types.is_numeric_dtype(column):
        return column.to_numpy(dtype=float, na_value=float("nan"))
    text = column.astype("str")
    if not _arrow.is_long(text):
        return _numbers(text, thousands=thousands)
    from ipgtools import _kernels_text

    result, left = np.empty(len(text)), np.empty(len(text), dtype=bool)
    for where, offsets, data, valid in _arrow.buffers(text):
        _kernels_text.decimals(offsets, data, valid, thousands, result[where], left[where])
    if left.any():
        result[left] = _numbers(text[left], thousands=thousands)
    return result


def _numbers(text: "pd.Series", *, thousands: bool) -> "np.ndarray":
    """Read numbers however they are written: all of them by Arrow, or else each by pandas."""
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    values = pc.utf8_trim_whitespace(pa.array(text, type=pa.string(), from_pandas=True))
    if thousands:
        values = pc.replace_substring(values, pattern=".", replacement="")
    values = pc.replace_substring(values, pattern=",", replacement=".")
    try:
        return pc.cast(values, pa.float64()).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:
        plain = pd.Series(values.to_numpy(zero_copy_only=False), dtype="str")
    found = pd.to_numeric(plain, errors="coerce")
    odd = (found.isna() & plain.notna()).to_numpy()
    if odd.any():
        known = {one: _odd(one) for one in text[odd].unique()}
        found[odd] = text[odd].map(known).to_numpy(dtype=float)
    return found.to_numpy(dtype=float, na_value=float("nan"))


def _odd(text: str) -> float:
    """
    Parse a number with units or separators around it; NaN if unparseable.

    Examples
    --------
    >>> _odd("258 000"), _odd("'258000"), _odd("258,000.5"), _odd("6,5 OL"), _odd("258000 m")
    (258000.0, 258000.0, 258000.5, 6.5, 258000.0)
    """
    if len(text) > _LONGEST:
        return math.nan
    plain = _AROUND.sub("", text.strip())
    if _SPACED.fullmatch(plain):
        plain = re.sub(r"\s", "", plain)
    elif _ENGLISH.fullmatch(plain):
        plain = plain.replace(",", "")
    elif (angle := degrees.degrees(text)) is not None:
        return angle
    try:
        return float(plain.replace(",", "."))
    except ValueError:
        return math.nan


def has_thousands(column: "pd.Series", *, large: bool = False) -> bool:
    """
    Return whether dots in a column are thousands separators.

    Examples
    --------
    >>> import pandas as pd
    >>> has_thousands(pd.Series(["258.000,5", "1.258.000"])), has_thousands(pd.Series(["258.000"]))
    (True, False)
    """
    import pandas as pd

    if pd.api.types.is_numeric_dtype(column):
        return False
    sample = _arrow.sample(column, _SAMPLE).astype("str").str.strip()
    if large:  # without a dot a number says nothing, and 0 least of all
        sample = sample[sample.str.contains(r"^-?\d[\d.]*\.\d")]
    if sample.empty or sample.str.fullmatch(_THOUSANDS).mean() < _NEEDED:
        return False
    return large or bool(sample.str.fullmatch(_FOR_CERTAIN).mean() >= _NEEDED)


def has_thousands_commas(column: "pd.Series") -> bool:
    """
    Return whether commas are thousands separators of large numbers: ``258,000``.

    Examples
    --------
    >>> import pandas as pd
    >>> (
    ...     has_thousands_commas(pd.Series(["258,000", "0"])),
    ...     has_thousands_commas(pd.Series(["258000,500"])),
    ... )
    (True, False)
    """
    import pandas as pd

    if pd.api.types.is_numeric_dtype(column):
        return False
    sample = _arrow.sample(column, _SAMPLE).astype("str").str.strip()
    sample = sample[sample.str.contains(r"^-?\d[\d,]*,\d")]
    fits = sample.str.fullmatch(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
    return bool(not sample.empty and fits.mean() >= _NEEDED)


def split_pairs(column: "pd.Series") -> "tuple[pd.Series, pd.Series]":
    """
    Part a column of coordinates in two.

    Examples
    --------
    >>> import pandas as pd
    >>> text = pd.Series(["POINT (6.89 52.22)", "258000,471000", "6,89;52,22"])
    >>> first, second = split_pairs(text)
    >>> first.tolist(), second.tolist()
    (['6.89', '258000', '6,89'], ['52.22', '471000', '52,22'])
    """
    text = column.astype("str").str.strip()
    text = text.mask(column.isna())
    found = text.str.extract(_COMMAS)
    for pattern in (_PAIR, _WKT):
        again = text.str.extract(pattern)
        found = found.fillna(again)
    odd = (found[0].isna() & text.notna()).to_numpy()
    if odd.any():
        known = {one: _odd_pair(one) for one in text[odd].unique()}
        found[0], found[1] = (
            one.where(~odd, text.map({key: two[n] for key, two in known.items()}))
            for n, one in ((0, found[0]), (1, found[1]))
        )
    return found[0], found[1]


def _odd_pair(text: str) -> tuple[str | None, str | None]:
    """
    Read two coordinates that are written in a rarer way.

    Examples
    --------
    >>> _odd_pair("X: 258000 Y: 471000"), _odd_pair("6,9187,52,2217"), _odd_pair("258000 / 471000")
    (('258000', '471000'), ('6,9187', '52,2217'), ('258000', '471000'))
    """
    if len(text) > _LONGEST_PAIR:
        return None, None
    for pattern in (_MULTI, _GEOJSON, _LABELLED, _SLASH, _FOUR, _GROUPED):
        if found := pattern.fullmatch(text):
            return found[1], found[2]
    angles = degrees.pair(text)
    return (repr(angles[0]), repr(angles[1])) if angles else (None, None)


def from_binary(column: "pd.Series") -> "tuple[pd.Series, pd.Series, pd.Series] | None":
    """
    Read points that a database wrote in hexadecimals (WKB or EWKB).

    Examples
    --------
    >>> import pandas as pd
    >>> point = "0101000000000000000000F03F0000000000000040"
    >>> [part.tolist() for part in from_binary(pd.Series([point, None]))]
    [[1.0, nan], [2.0, nan], [0, 0]]
    """
    import pandas as pd

    sample = _arrow.sample(column, _SAMPLE).astype("str").str.strip()
    if sample.empty or sample.str.fullmatch(_HEX).mean() < _NEEDED:
        return None
    import shapely

    text = column.astype("str").str.strip()
    text = text.where(text.str.fullmatch(_HEX).fillna(value=False).astype(bool))
    shapes = shapely.from_wkb(text.astype(object).where(text.notna(), None), on_invalid="ignore")
    srid = shapely.get_srid(shapes)
    return tuple(
        pd.Series(values, index=column.index)
        for values in (
            shapely.get_x(shapes),
            shapely.get_y(shapes),
            srid.clip(min=0),
        )
    )


def srids(column: "pd.Series") -> list[int]:
    """
    List the SRIDs of EWKT points.

    Examples
    --------
    >>> import pandas as pd
    >>> srids(pd.Series(["SRID=28992;POINT(1 2)", "POINT(1 2)", None]))
    [28992]
    """
    sample = _arrow.sample(column, _SAMPLE).astype("str")
    if not sample.str.contains("SRID=", case=False).any():
        return []
    found = column.astype("str").str.strip().str.extract(_SRID)[0].dropna().unique()
    return sorted(int(one) for one in found)
