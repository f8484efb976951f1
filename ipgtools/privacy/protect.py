"""
Protect numbers of incidents, and read no more from them than they hold.

Small numbers are withheld; the rest is rounded up or down to a multiple of five by chance,
with a chance that keeps the mean. The draw is keyed by a secret and the definition of the
number (`cell_id`), so that one number is rounded in one way wherever it is shown, and asking
again averages nothing away. What is said of protected numbers is computed from them alone:
`possible_counts` gives what a reader may conclude, and the comparisons hold for every count
within it or say nothing.

Nothing here remembers what was published: `ipgtools.privacy.published_numbers` does.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ipgtools.errors import ReleaseError
from ipgtools.privacy.cell_ids import cell_id, cell_ids

__all__ = [
    "Rule",
    "at_least_times",
    "cell_id",
    "cell_ids",
    "differs",
    "fingerprint",
    "percentage",
    "rate",
    "possible_counts",
    "require_enough",
    "require_secret",
    "shares",
    "round_counts",
]

Z = 2.1
"""A difference is called one from this many standard errors, rounding included."""
CHANGE_FROM = 20
"""At least one of two numbers is this large before a rise or fall is told."""
PERCENTAGE_FROM = 100
PERCENTAGE_STEP = 5
RATE_FROM = 20
RATE_INHABITANTS = 200
_SECRET_BYTES = 32
_FIRST_BITS = 8
"""Bytes of the hash that decide the rounding."""


@dataclass(frozen=True)
class Rule:
    """
    How small numbers are withheld and larger ones rounded.

    Parameters
    ----------
    threshold : int, default 5
        Smaller counts are withheld, zero too; 0 withholds nothing.
    base : int, default 5
        Others are rounded to a multiple of this; 1 leaves them as they are. The threshold is a
        multiple of it, so that the smallest number shown stands for as many counts as others.

    Raises
    ------
    ReleaseError
        If the threshold is negative or no multiple of the base, or the base is below 1.

    Examples
    --------
    >>> Rule()
    Rule(threshold=5, base=5)
    """

    threshold: int = 5
    base: int = 5

    def __post_init__(self) -> None:
        if self.threshold < 0 or self.base < 1 or self.threshold % self.base:
            msg = (
                f"numbers are withheld below {self.threshold} and rounded to {self.base}; "
                "expected a threshold that is a multiple of the base"
            )
            raise ReleaseError(msg, code="rule_invalid", threshold=self.threshold, base=self.base)


def require_secret(secret: bytes) -> None:
    """Raise if a secret is too short to keep numbers unguessable."""
    if not isinstance(secret, bytes) or len(secret) < _SECRET_BYTES:
        found = len(secret) if isinstance(secret, bytes) else 0
        msg = f"the secret has {found} bytes, expected at least {_SECRET_BYTES}"
        raise ReleaseError(msg, code="secret_short", found=found, needed=_SECRET_BYTES)


def fingerprint(secret: bytes) -> str:
    """
    Tell a secret from others without telling what it is.

    Examples
    --------
    >>> fingerprint(b"k" * 32) == fingerprint(b"k" * 32) != fingerprint(b"l" * 32)
    True
    """
    require_secret(secret)
    return hmac.digest(secret, b"ipgtools fingerprint", hashlib.sha256).hex()[:16]


def round_counts(
    counts: pd.Series, cell_ids: pd.Series, secret: bytes, rule: Rule = Rule()
) -> pd.Series:
    """
    Withhold small counts and round the others by chance.

    A count c is rounded to ``low = base * floor(c / base)``, or to the next multiple if
    ``base * u < c - low``: so the mean over draws is c. The draw u in [0, 1) is
    ``HMAC-SHA256(secret, cell_id)``, its first 8 bytes over 2^64.

    Parameters
    ----------
    counts : Series of int, n_cells
        0 or more.
    cell_ids : Series of str, n_cells
        What each number is about, from `cell_id`; on the same index.
    secret : bytes
        At least 32, the same for all releases of an organisation.
    rule : Rule

    Returns
    -------
    Series of Int64, n_cells
        On the index of `counts`; missing where withheld.

    Raises
    ------
    ReleaseError
        If a count is missing, negative or no whole number, the secret is short, or the two
        columns differ in length.

    Notes
    -----
    Random rounding as CBS and Statistics Canada use it, made repeatable. The rounding of a
    number says nothing about the rounding of another, and for a given cell a larger count is
    never shown as a smaller number.

    Examples
    --------
    >>> counts = pd.Series([0, 4, 5, 63, 63])
    >>> ids = pd.Series(["a", "b", "c", "d", "e"])
    >>> round_counts(counts, ids, b"k" * 32).tolist()
    [<NA>, <NA>, 5, 65, 60]
    """
    require_secret(secret)
    n = _whole(counts)
    if len(cell_ids) != len(n):
        msg = f"there are {len(n)} counts and {len(cell_ids)} ids, expected as many"
        raise ReleaseError(msg, code="counts_invalid", found=f"{len(n)}, {len(cell_ids)}")
    left = n % rule.base
    low = n - left
    result = low.copy()
    drawn = np.flatnonzero((n >= rule.threshold) & (left > 0))
    if len(drawn):
        ids = cell_ids.to_numpy()
        digests = b"".join(
            hmac.digest(secret, ids[at].encode(), hashlib.sha256)[:_FIRST_BITS] for at in drawn
        )
        draw = np.frombuffer(digests, dtype=">u8").astype(np.uint64)
        # base * draw < left * 2^64, in whole numbers: draw < ceil(left * 2^64 / base)
        limits = [-(-rest * 2**64 // rule.base) for rest in range(rule.base)]
        up = draw < np.array(limits, dtype=np.uint64)[left[drawn]]
        result[drawn[up]] += rule.base
    table = pd.Series(result, index=counts.index, dtype="Int64", name=counts.name)
    return table.mask(n < rule.threshold)


def possible_counts(shown: pd.Series, rule: Rule = Rule()) -> tuple[pd.Series, pd.Series]:
    """
    Give the counts that a reader can conclude a number stands for.

    Parameters
    ----------
    shown : Series of Int64, n_cells
        From `round_counts`; missing where withheld.
    rule : Rule
        The one they were protected by.

    Returns
    -------
    low, high : Series of int64, n_cells
        The smallest and the largest count, both possible: 0 to 4 for a withheld number, else
        up to 4 either way and not below 5.

    Examples
    --------
    >>> low, high = possible_counts(pd.Series([pd.NA, 5, 65], dtype="Int64"))
    >>> list(zip(low, high))
    [(0, 4), (5, 9), (61, 69)]
    """
    y = shown.astype("Int64")
    gone = y.isna().to_numpy(dtype=bool)
    value = y.fillna(0).to_numpy(dtype=np.int64)
    around = rule.base - 1
    low = np.where(gone, 0, np.maximum(value - around, rule.threshold))
    high = np.where(gone, max(rule.threshold - 1, 0), value + around)
    return pd.Series(low, index=shown.index), pd.Series(high, index=shown.index)


def require_enough(total: Any, *, least: int = 20) -> None:
    """
    Refuse a release about so few incidents that its parts say nothing.

    Parameters
    ----------
    total : int or missing
        The protected total.
    least : int, default 20
        The smallest total about which anything leaves: 20 for the public, 10 for a partner.

    Raises
    ------
    ReleaseError
        If the total is withheld or smaller.

    Examples
    --------
    >>> require_enough(20)
    """
    if pd.isna(total) or total < least:
        about = "withheld" if pd.isna(total) else f"about {total}"
        msg = (
            f"the number of incidents is {about}, expected at least {least}; choose a longer "
            "period or a larger area"
        )
        raise ReleaseError(msg, code="release_too_few", least=least)


def at_least_times(now: Any, before: Any, rule: Rule = Rule()) -> Any:
    """
    Give how many times as many incidents there were at least, whatever the rounding.

    ``floor(low(now) / high(before))``, from `possible_counts`: "van ongeveer 10 naar ongeveer 65,
    minstens 4 keer zoveel". For a fall, swap the two.

    Parameters
    ----------
    now, before : int, missing, or Series of Int64
        Protected numbers.
    rule : Rule

    Returns
    -------
    int or NA, or Series of Int64
        2 or more; missing where less is certain.

    Examples
    --------
    >>> at_least_times(65, 10), at_least_times(15, 10), at_least_times(40, None)
    (4, <NA>, 9)
    """

    def certain(later: npt.NDArray[Any], earlier: npt.NDArray[Any]) -> npt.NDArray[Any]:
        around = rule.base - 1
        least = np.where(np.isnan(later), 0, np.maximum(later - around, rule.threshold))
        most = np.where(np.isnan(earlier), rule.threshold - 1, earlier + around)
        times = np.floor(least / np.maximum(most, 1))
        return np.where(times >= 2, times, np.nan)

    return _compared(certain, now, before, "Int64")


def differs(now: Any, before: Any, rule: Rule = Rule()) -> Any:
    """
    Tell whether two numbers differ by more than chance and rounding make them differ.

    One is at least 20, and ``|y2 - y1| >= 2.1 sqrt(y1 + y2 + 8)``: the variance of two counts
    (Poisson) and of their rounding, 4 each for base 5. A withheld number counts as the largest
    that it can be, 4.

    Parameters
    ----------
    now, before : int, missing, or Series of Int64
        Protected numbers of periods of equal length.
    rule : Rule

    Returns
    -------
    bool, or Series of bool

    Examples
    --------
    >>> differs(65, 10), differs(25, 15), differs(15, None)
    (True, False, False)
    """
    rounding = (rule.base**2 - 1) / 6
    withheld = max(rule.threshold - 1, 0)

    def beyond(later: npt.NDArray[Any], earlier: npt.NDArray[Any]) -> npt.NDArray[Any]:
        y2 = np.where(np.isnan(later), withheld, later)
        y1 = np.where(np.isnan(earlier), withheld, earlier)
        enough = np.maximum(y1, y2) >= CHANGE_FROM
        return enough & (np.abs(y2 - y1) >= Z * np.sqrt(y1 + y2 + 2 * rounding))

    return _compared(beyond, now, before, "bool")


def percentage(now: Any, before: Any) -> Any:
    """
    Give the change in percent, to five points, where the first number is large enough.

    Parameters
    ----------
    now, before : int, missing, or Series of Int64
        Protected numbers.

    Returns
    -------
    int or NA, or Series of Int64
        Missing where the first is below 100 or one is withheld.

    Examples
    --------
    >>> percentage(130, 100), percentage(90, 120), percentage(130, 95)
    (30, -25, <NA>)
    """

    def change(later: npt.NDArray[Any], earlier: npt.NDArray[Any]) -> npt.NDArray[Any]:
        from_ = np.where(earlier >= PERCENTAGE_FROM, earlier, np.nan)
        steps = 100 * (later - from_) / from_ / PERCENTAGE_STEP
        return PERCENTAGE_STEP * np.sign(steps) * np.floor(np.abs(steps) + 0.5)

    return _compared(change, now, before, "Int64")


def shares(shown: pd.Series) -> pd.Series:
    """
    Give each number's part of the sum of the numbers that are shown.

    Not of the published total, which is rounded on its own: shares of these parts add up to 1.

    Examples
    --------
    >>> shares(pd.Series([30, 10, pd.NA], dtype="Int64")).tolist()
    [0.75, 0.25, <NA>]
    """
    y = shown.astype("Int64")
    total = int(y.sum())
    return (y / total if total else y.where(y.isna())).astype("Float64")


def rate(
    shown: pd.Series,
    inhabitants: pd.Series,
    *,
    per: int = 1000,
    alpha: float = 0.05,
    rule: Rule = Rule(),
) -> pd.DataFrame:
    """
    Give rates of protected numbers, with what rounding and chance leave open.

    The interval is the exact Poisson interval (Garwood) of the smallest count that the number
    can stand for, to that of the largest.

    Parameters
    ----------
    shown : Series of Int64, n_areas
        Protected numbers.
    inhabitants : Series of numbers, n_areas
        On the same index.
    per : int, default 1000
        Inhabitants that a rate is about; names the column.
    alpha : float, default 0.05
        One minus the confidence.
    rule : Rule

    Returns
    -------
    DataFrame, n_areas
        ``per_1000``, ``ci_low`` and ``ci_high``, as `ipgtools.areas.rates` names them; NaN
        where there are fewer than 200 inhabitants or the number is below 20.

    Examples
    --------
    >>> rate(pd.Series([40, 15], dtype="Int64"), pd.Series([2000, 2000])).round(1)
       per_1000  ci_low  ci_high
    0      20.0    12.6     29.5
    1       NaN     NaN      NaN
    """
    from scipy import special

    y = shown.astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    people = inhabitants.astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    told = (y >= RATE_FROM) & (people >= RATE_INHABITANTS)
    y = np.where(told, y, np.nan)
    scale = per / np.where(told, people, np.nan)
    around = rule.base - 1
    # chi2(alpha / 2, 2 n) / 2 and chi2(1 - alpha / 2, 2 n + 2) / 2, by their gamma functions
    low = special.gammaincinv(np.maximum(y - around, rule.threshold), alpha / 2)
    high = special.gammainccinv(y + around + 1, alpha / 2)
    columns = {f"per_{per}": y * scale, "ci_low": low * scale, "ci_high": high * scale}
    return pd.DataFrame(columns, index=shown.index)


def _whole(counts: pd.Series) -> npt.NDArray[np.int64]:
    """Give counts as whole numbers, or refuse them."""
    values = counts.astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    wrong = ~((values >= 0) & (values == np.floor(values)))
    if wrong.any():
        found = str(counts[wrong].iloc[0])
        msg = (
            f"{int(wrong.sum())} of {len(values)} counts are missing, negative or no whole number "
            f"(such as {found}); count before protecting, and round weights of hours first"
        )
        raise ReleaseError(msg, code="counts_invalid", found=found)
    return values.astype(np.int64)


def _compared(
    how: Callable[[npt.NDArray[Any], npt.NDArray[Any]], npt.NDArray[Any]],
    now: Any,
    before: Any,
    dtype: Any,
) -> Any:
    """Compare numbers or columns of them; a column comes back on the index of the given one."""
    later, earlier = (_floats(one) for one in (now, before))
    result = how(later, earlier)
    given = next((one for one in (now, before) if isinstance(one, pd.Series)), None)
    if given is not None:
        return pd.Series(pd.array(result, dtype=dtype), index=given.index)
    value = result.item()
    if dtype == "bool":
        return bool(value)
    return pd.NA if np.isnan(value) else int(value)


def _floats(given: Any) -> npt.NDArray[np.float64]:
    """Give protected numbers as floats, NaN where withheld."""
    if isinstance(given, pd.Series):
        return given.astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    return np.asarray(np.nan if pd.isna(given) else float(given))
