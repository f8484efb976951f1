"""
Draw numbers that depend on seed, subject and row only.

A draw is a hash of these three (SplitMix64), so a row comes out the same whichever rows are
made with it, in whatever order, by whatever version of numpy: a file made in chunks equals
the file made at once, and the sample in the repository can be compared byte by byte.
"""

import hashlib
import itertools
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import numpy as np

__all__ = ["Dice", "uniform"]

T = TypeVar("T")
_BLOCK = 1024
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


def uniform(seed: int, subject: str, rows: Any) -> np.ndarray:
    """
    Draw a number in [0, 1) for each row.

    References
    ----------
    Steele, Lea & Flood (2014), OOPSLA: SplitMix64.

    Examples
    --------
    >>> bool((uniform(1, "a", [3, 4]) == uniform(1, "a", [4, 3])[::-1]).all())
    True
    """
    digest = hashlib.blake2b(f"{seed}/{subject}".encode(), digest_size=8).digest()
    key = np.frombuffer(digest, dtype="<u8")
    z = np.asarray(rows).astype(np.uint64) * _GOLDEN + key
    z ^= z >> np.uint64(30)
    z *= _MIX[0]
    z ^= z >> np.uint64(27)
    z *= _MIX[1]
    z ^= z >> np.uint64(31)
    return (z >> np.uint64(11)) * 2.0**-53


class Dice:
    """
    Draw one number after another for what is made piece by piece.

    Parameters
    ----------
    seed : int
        Of the whole sample.
    subject : str
        What the numbers are for.
    """

    def __init__(self, seed: int, subject: str) -> None:
        self._numbers = self._draw(seed, subject)

    @staticmethod
    def _draw(seed: int, subject: str) -> Iterator[float]:
        for start in itertools.count(0, _BLOCK):
            yield from uniform(seed, subject, np.arange(start, start + _BLOCK)).tolist()

    def number(self, low: float = 0.0, high: float = 1.0) -> float:
        """Draw a number in [low, high)."""
        return low + (high - low) * next(self._numbers)

    def below(self, n: int) -> int:
        """Draw a whole number from 0 up to and without n."""
        return int(self.number() * n)

    def choice(self, of: Sequence[T]) -> T:
        """Draw one of a sequence."""
        return of[self.below(len(of))]
