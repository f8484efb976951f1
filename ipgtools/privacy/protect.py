"""
Protect numbers of incidents, and read no more from them than they hold.

Small numbers are withheld; the rest is rounded up or down to a multiple of five by chance,
with a chance that keeps the mean. The draw is keyed by a secret and the definition of the
number (`cell_id`), so that one number is rounded in one way wherever it is shown, and asking
again averages nothing away. `possible_counts` gives what a reader may conclude.

Nothing here remembers what was published: `ipgtools.privacy.published_numbers` does.
"""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ipgtools.errors import ReleaseError
from ipgtools.privacy.cell_ids import cell_id, cell_ids

__all__ = [
    "Rule",
    "cell_id",
    "cell_ids",
    "fingerprint",
    "possible_counts",
    "require_enough",
    "require_secret",
    "round_counts",
]

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
        multiple of it, so that the smallest number shown covers as many counts as others.

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
    Give the counts that a reader can conclude a number covers.

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
