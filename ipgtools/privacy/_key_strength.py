"""Estimate how hard a key is to guess: what repeats in it, counts on, follows the keyboard."""

import math
from collections.abc import Sequence

__all__ = ["is_weak_key", "key_strength"]

_FEW_BITS = 72
"""Bits of `strength` below which a key can be found by trying. No random key of 32 digits, the
weakest that will do, was below it in 15,000; passwords written four times over are."""
_LONGEST = 256
"""Characters that are looked at; more of them make a key no weaker."""
_SHORTEST_MATCH, _BITS_OF_MATCH = 3, 8
"""Characters from which a repeat counts as one, and the bits that describe one."""
_LAGS = (1, 2, 3, 4)
"""Distances over which steps between characters are compared: ``0102`` counts up by two."""
_KEYBOARD = {sign: at for at, sign in enumerate(b"`1234567890-=qwertyuiop[]asdfghjkl;'zxcvbnm,./")}
_NOT_TYPED = 1000


def is_weak_key(key: bytes) -> bool:
    """
    Decide whether a key is so regular that it can be found by trying.

    Parameters
    ----------
    key : bytes
        Of any length.

    Returns
    -------
    bool
        True if it has few different characters, or repeats, counts up or down, or follows the
        keyboard for most of its length. Words are not recognised.

    Examples
    --------
    >>> is_weak_key(b"12345678" * 4), is_weak_key(b"abcdefghijklmnopqrstuvwxyz0123456789")
    (True, True)
    >>> is_weak_key(b"kraai-fiets-93-zolder-Twente-veertig")
    False
    """
    return key_strength(key) < _FEW_BITS


def key_strength(key: bytes) -> float:
    """
    Estimate how many bits it takes to describe a key.

    A repeat of what came before costs as much as its position; any other character as much as
    the number of different ones. The same is done for the steps between characters, so that
    ``abcd`` and ``0102`` are repeats too, and for steps on the keyboard; the shortest
    description counts.

    References
    ----------
    Ziv & Lempel (1977), IEEE Transactions on Information Theory 23, 337-343.

    Examples
    --------
    >>> (
    ...     round(key_strength(b"12345678" * 4)),
    ...     round(key_strength(b"kraai-fiets-93-zolder-Twente-veertig")),
    ... )
    (16, 143)
    """
    key = key[:_LONGEST]
    typed = [_KEYBOARD.get(one, _NOT_TYPED + one) for one in key.lower()]
    ways = [list(key), *([b - a for a, b in zip(of, of[lag:], strict=False)]
            for of in (list(key), typed) for lag in _LAGS)]  # fmt: skip
    return min(_described(way) for way in ways)


def _described(signs: Sequence[int]) -> float:
    """Give the bits of a description by repeats and single characters."""
    literal = math.log2(max(len(set(signs)), 2))
    bits, at = 0.0, 0
    while at < len(signs):
        longest = max((_common(signs, start, at) for start in range(at)), default=0)
        if longest >= _SHORTEST_MATCH:
            bits, at = bits + min(_BITS_OF_MATCH, longest * literal), at + longest
        else:
            bits, at = bits + literal, at + 1
    return bits


def _common(signs: Sequence[int], one: int, other: int) -> int:
    """Count how far two positions go on alike."""
    n = 0
    while other + n < len(signs) and signs[one + n] == signs[other + n]:
        n += 1
    return n
