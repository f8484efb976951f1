"""Read numbers the way files write them: decimal commas, thousands dots, pairs, WKT."""

from typing import TYPE_CHECKING

from ipgtools import _arrow

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

_SAMPLE = 2_000
_NEEDED = 0.9
_THOUSANDS = r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?"
_FOR_CERTAIN = r"-?\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|-?\d{1,3}(?:\.\d{3})+,\d+"
_NUMBER = r"[-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?"
_WKT = rf"^(?:SRID=\d+;)?\s*POINT\s*(?:Z|M|ZM)?\s*\(\s*({_NUMBER})\s+({_NUMBER})[^()]*\)$"
_PAIR = r"^[(\[]?\s*([-+]?\d+(?:\.\d+)?)\s*[,;|\s]\s*([-+]?\d+(?:\.\d+)?)\s*[)\]]?$"
_COMMAS = r"^[(\[]?\s*([-+]?\d+,\d+)\s*(?:[;|\s]|,\s)\s*([-+]?\d+,\d+)\s*[)\]]?$"


def numbers(column: "pd.Series", *, thousands: bool = False) -> "np.ndarray":
    """
    Read numbers with a decimal point or comma.

    Parameters
    ----------
    column : Series, n_rows
        Numbers, or text.
    thousands : bool, default False
        Whether dots part the thousands, as in ``258.000``.

    Returns
    -------
    float array, n_rows
        NaN where there is no number.
    """
    import numpy as np
    import pandas as pd

    if pd.api.types.is_numeric_dtype(column):
        return column.to_numpy(dtype=float, na_value=float("nan"))
    text = column.astype("str")
    if not _arrow.is_long(text):
        return _numbers(text, thousands=thousands)
    from ipgtools import _kernels_text

    result, left = np.empty(len(text)), np.empty(len(text), dtype=bool)
    for where, offsets, data, valid in _arrow.pieces(text):
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
        return pd.to_numeric(plain, errors="coerce").to_numpy(dtype=float, na_value=float("nan"))


def has_thousands(column: "pd.Series", *, large: bool = False) -> bool:
    """
    Tell whether dots in a column part thousands.

    Parameters
    ----------
    column : Series, n_rows
        Numbers, or text.
    large : bool, default False
        Whether the values must be large, so that ``258.000`` can't be 258.

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
    if sample.empty or sample.str.fullmatch(_THOUSANDS).mean() < _NEEDED:
        return False
    return large or bool(sample.str.fullmatch(_FOR_CERTAIN).mean() >= _NEEDED)


def pairs(column: "pd.Series") -> "tuple[pd.Series, pd.Series]":
    """
    Part a column of coordinates in two.

    Parameters
    ----------
    column : Series, n_rows
        ``258000,471000``, ``52,22; 6,89``, ``(6.89 52.22)`` or WKT points.

    Returns
    -------
    first, second : Series of str, n_rows
        As they stand; missing where the text holds no two numbers.

    Examples
    --------
    >>> import pandas as pd
    >>> first, second = pairs(pd.Series(["POINT (6.89 52.22)", "258000,471000", "6,89;52,22"]))
    >>> first.tolist(), second.tolist()
    (['6.89', '258000', '6,89'], ['52.22', '471000', '52,22'])
    """
    text = column.astype("str").str.strip()
    text = text.mask(column.isna())
    found = text.str.extract(_COMMAS)
    for pattern in (_PAIR, _WKT):
        again = text.str.extract(pattern)
        found = found.fillna(again)
    return found[0], found[1]
