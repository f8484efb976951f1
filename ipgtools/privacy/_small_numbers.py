"""Protect numbers: withhold the small ones, and round the others."""

from typing import TYPE_CHECKING

from ipgtools.privacy._profile import Counts

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["protect_small", "suppress_secondary"]


def protect_small(counts: "pd.Series", rule: Counts) -> "tuple[pd.Series, int]":
    """
    Withhold small numbers, and round the others.

    Examples
    --------
    >>> import pandas as pd
    >>> rule = Counts(smallest=5, base=5, zero=False)
    >>> protect_small(pd.Series([0, 3, 12, 13]), rule)[0].tolist()
    [<NA>, <NA>, 10, 15]
    """
    shown = counts.astype("Int64")
    small = (shown < rule.smallest).fillna(value=False).astype(bool)
    if rule.zero:
        small &= (shown != 0).fillna(value=False).astype(bool)
    shown = shown.mask(small)
    if not rule.exact:
        shown = (shown + rule.base // 2) // rule.base * rule.base
    return shown, int(small.sum())


def suppress_secondary(
    parts: "pd.DataFrame", shown: "pd.DataFrame", rule: Counts
) -> "pd.DataFrame":
    """
    Withhold a further number of each row, where a total would tell the small ones.

    Only numbers that are shown as they are need it. The small ones of a row stay unknown if
    there are several and each of them can still be any small number, given what they add up to;
    otherwise the smallest other number goes too.

    Examples
    --------
    >>> import pandas as pd
    >>> whole = pd.DataFrame({"a": [4], "b": [15], "c": [41]}, dtype="Int64")
    >>> rule = Counts(smallest=5, base=1, zero=True)
    >>> suppress_secondary(whole, whole.where(whole >= 5), rule).iloc[0].tolist()
    [<NA>, <NA>, 41]
    """
    if not rule.exact:
        return shown
    shown = shown.copy()
    for at in shown.index:
        withheld = shown.loc[at].isna()
        small = parts.loc[at][withheld]
        n, total = len(small), int(small.sum())
        most = rule.smallest - 1
        if not n or (n > 1 and total - (n - 1) * most <= 1 and total - (n - 1) >= most):
            continue
        others = parts.loc[at][~withheld & (parts.loc[at] > 0)]
        if len(others):
            shown.loc[at, others.astype("int64").idxmin()] = None
    return shown
