"""Read plain values: text as it should be compared, and yes or no."""

from typing import TYPE_CHECKING

from ipgtools import _arrow

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "as_integers", "flag", "is_misdecoded", "is_placeholder", "repeats_header", "street", "text",
]  # fmt: skip

_YES = {"j", "ja", "y", "yes", "1", "true", "waar", "1.0"}
_SAMPLE = 20_000
_LARGEST = 2.0**63
"""Whole numbers from here on are more than an integer holds."""
_GARBLED = (
    "Ã[\x80-\xbf\u20ac\u0178\u0192\u2013-\u203a\u0152\u0153\u0160\u0161\u017d\u017e\u2122]"
    "|â\u20ac[\x80-\xbf\u2013-\u2122]"
)
"""UTF-8 that was read as cp1252: two or three signs where one belongs."""
_NOTHING = {
    "onbekend", "niet bekend", "unknown", "nvt", "n.v.t.", "n.v.t", "niet van toepassing", "n.b.",
    "n/a", "na", "-", "--", "---", "?", "leeg", "null", "none", "nan", "nat", "#n/a", "#n/b",
    "00-00-0000", "0000-00-00", "heden",
}  # fmt: skip
"""Words that stand where nothing is known, in lower case."""
_NO_STREET = {"on or near", "no location", "straat onbekend", "adres onbekend", "geen adres"}
"""Words that stand where a street would, in lower case: no name of one."""
_NO = {"n", "nee", "no", "0", "false", "onwaar", "0.0"}


def text(column: "pd.Series") -> "pd.Series":
    """Give values as text without white space around it; 12.0 and 12 are the same text."""
    column = as_integers(column)
    text = column.astype("str")
    if _arrow.is_bare(text):
        return text
    text = text.str.strip()
    absent = column.isna() | (text == "")
    return text.mask(absent) if absent.any() else text


def street(column: "pd.Series") -> "pd.Series":
    """
    Give names of streets as text; a place holder is no name.

    Examples
    --------
    >>> import pandas as pd
    >>> street(pd.Series(["Leijdsweg ", "On or near ", "No Location", "onbekend"])).tolist()
    ['Leijdsweg', nan, nan, nan]
    """
    names = text(column)
    known = names.dropna().unique()
    empty = [name for name in known if str(name).lower() in _NO_STREET | _NOTHING]
    return names.mask(names.isin(empty)) if empty else names


def is_placeholder(text: "pd.Series") -> "pd.Series":
    """
    Return which values are placeholders for a missing value.

    Examples
    --------
    >>> import pandas as pd
    >>> is_placeholder(pd.Series(["onbekend", "N.v.t.", "13-09-2025", None])).tolist()
    [True, True, False, False]
    """
    return text.str.lower().isin(_NOTHING)


def as_integers(column: "pd.Series") -> "pd.Series":
    """
    Give floats that are whole numbers as integers, and other columns as they are.

    Examples
    --------
    >>> import pandas as pd
    >>> as_integers(pd.Series([12.0, None])).tolist(), as_integers(pd.Series([1e20])).tolist()
    ([12, <NA>], [1e+20])
    """
    import pandas as pd

    if not pd.api.types.is_float_dtype(column):
        return column
    known = column.dropna()
    fits = (known % 1 == 0).all() and (known.abs() < _LARGEST).all()
    return column.round().astype("Int64") if fits else column


def is_misdecoded(column: "pd.Series") -> bool:
    """
    Return whether UTF-8 text was decoded with another encoding.

    Examples
    --------
    >>> import pandas as pd
    >>> (
    ...     is_misdecoded(pd.Series(["CafÃ©straat"])),
    ...     is_misdecoded(pd.Series(["Caféstraat", "SÃO PAULO"])),
    ... )
    (True, False)
    """
    import pandas as pd

    if not (pd.api.types.is_string_dtype(column) or column.dtype == object):
        return False
    sample = column.iloc[:_SAMPLE].astype("str")
    return bool(sample.str.contains(_GARBLED, na=False).any())


def repeats_header(rows: "pd.DataFrame") -> "pd.Series":
    """
    Return which rows repeat the header, as in concatenated exports.

    Examples
    --------
    >>> import pandas as pd
    >>> repeats_header(pd.DataFrame({"x": ["1", "x", "y"], "y": ["2", "y", "y"]})).tolist()
    [False, True, False]
    """
    import pandas as pd

    again = pd.Series(data=False, index=rows.index)
    written = [name for name in rows if rows[name].dtype.kind not in "iufbMm"]
    if len(written) < 2 or len(written) < len(rows.columns) / 2:
        return again
    alike = rows[written[-1]].eq(written[-1]).fillna(value=False).to_numpy(dtype=bool)
    if alike.any():
        left = rows.loc[alike, written].astype("str")
        bare = left.apply(lambda column: column.str.strip(" \ufeff"))
        again[left.index] = bare.eq(bare.columns).all(axis=1)
    return again


def flag(column: "pd.Series") -> "pd.Series":
    """Give yes or no."""
    import numpy as np
    import pandas as pd

    number, distinct = pd.factorize(column.astype("str"))
    plain = pd.Series(distinct).str.strip().str.lower()
    known = plain.map(dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False)).astype("boolean")
    missing = pd.Series([pd.NA], dtype="boolean")
    values = pd.concat([known, missing]).array.take(np.where(number < 0, len(known), number))
    return pd.Series(values, index=column.index)
