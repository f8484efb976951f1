"""
Loops over text as Arrow holds it, compiled: the bytes of all values in a row, and offsets.

What a loop doesn't read for certain it leaves to slower code, so that it never has to know
every way of writing. Arrays in, arrays out; see `ipgtools._kernels` for when to import this.
"""

import numpy as np
import numpy.typing as npt

from ipgtools._jit import jit

__all__ = ["LEFT", "MISSING", "among", "bare", "decimals", "marks", "times"]

MISSING = np.iinfo(np.int64).min
"""No value stands there; NaT as numpy has it."""
LEFT = MISSING + 1
"""Something stands there that this loop doesn't read."""
_DAYS = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=np.int64)
_FROM_YEAR, _TO_YEAR = 1700, 2200
_DIGITS = 15
"""Digits that a float holds exactly."""
_TENS = 10.0 ** np.arange(_DIGITS + 1)
_ZERO, _NINE, _MINUS, _POINT, _COMMA, _BLANK, _ASCII = 48, 57, 45, 46, 44, 32, 127


@jit
def times(
    offsets: npt.NDArray[np.int64],
    data: npt.NDArray[np.uint8],
    valid: npt.NDArray[np.bool_],
    signs: npt.NDArray[np.uint8],
    fields: npt.NDArray[np.int8],
    result: npt.NDArray[np.int64],
) -> None:
    """
    Read times that are written in one way to the letter.

    Parameters
    ----------
    offsets : ndarray of int, n_values + 1
        Where each value begins in `data`.
    data : ndarray of bytes
        All values.
    valid : ndarray of bool, n_values or 0
        Which values stand there; all if it is empty.
    signs, fields : ndarray, width
        What stands at each place: a sign, or a digit of year, month, day, hour, minute or
        second (0 to 5; -1 for a sign).
    result : ndarray of int, n_values
        Filled with seconds since 1970, `MISSING` or `LEFT`: of another width, no digit where
        one is due, a day or hour that doesn't exist, a year before 1700 or after 2199.
    """
    width = len(signs)
    read = np.zeros(6, dtype=np.int64)
    for i in range(len(offsets) - 1):
        if len(valid) and not valid[i]:
            result[i] = MISSING
            continue
        result[i] = LEFT
        begin = offsets[i]
        if offsets[i + 1] - begin != width:
            continue
        read[0], read[1], read[2], read[3], read[4], read[5] = 0, 1, 1, 0, 0, 0
        before = -1
        fits = True
        for at in range(width):
            sign, field = data[begin + at], fields[at]
            if field < 0:
                if sign != signs[at]:
                    fits = False
                    break
            else:
                if sign < _ZERO or sign > _NINE:
                    fits = False
                    break
                ahead = read[field] * 10 if field == before else 0
                read[field] = ahead + sign - _ZERO
            before = field
        if not fits:
            continue
        year, month, day = read[0], read[1], read[2]
        if year < _FROM_YEAR or year >= _TO_YEAR or month < 1 or month > 12:
            continue
        leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        if day < 1 or day > _DAYS[month - 1] + leap:
            continue
        if read[3] > 23 or read[4] > 59 or read[5] > 59:
            continue
        # days since 1970-01-01, counted in years that begin on 1 March
        march = year - (month <= 2)
        day_of_year = (153 * (month - 3 if month > 2 else month + 9) + 2) // 5 + day - 1
        days = march * 365 + march // 4 - march // 100 + march // 400 + day_of_year - 719_468
        result[i] = days * 86_400 + read[3] * 3600 + read[4] * 60 + read[5]


@jit
def decimals(
    offsets: npt.NDArray[np.int64],
    data: npt.NDArray[np.uint8],
    valid: npt.NDArray[np.bool_],
    thousands: bool,  # noqa: FBT001
    result: npt.NDArray[np.float64],
    left: npt.NDArray[np.bool_],
) -> None:
    """
    Read plain decimal numbers of at most 15 digits, to the nearest float.

    Parameters
    ----------
    offsets, data, valid
        As for `times`.
    thousands : bool
        Whether dots part the thousands and are passed over.
    result : ndarray of float, n_values
        Filled with numbers, NaN where none is read.
    left : ndarray of bool, n_values
        Filled: whether something stands there that isn't read.
    """
    for i in range(len(offsets) - 1):
        result[i], left[i] = np.nan, False
        if len(valid) and not valid[i]:
            continue
        left[i] = True
        at, end = offsets[i], offsets[i + 1]
        negative = at < end and data[at] == _MINUS
        if negative:
            at += 1
        whole, n_digits, n_behind, behind, fits = 0, 0, 0, False, True
        for k in range(at, end):
            sign = data[k]
            if _ZERO <= sign <= _NINE:
                whole = whole * 10 + (sign - _ZERO)
                n_digits += 1
                n_behind += behind
                if n_digits > _DIGITS:
                    fits = False
                    break
            elif thousands and sign == _POINT:
                continue
            elif (sign in (_POINT, _COMMA)) and not behind and n_digits > 0:
                behind = True
            else:
                fits = False
                break
        if not fits or n_digits == 0 or (behind and n_behind == 0):
            continue
        number = whole / _TENS[n_behind]
        result[i] = -number if negative else number
        left[i] = False


@jit
def marks(
    offsets: npt.NDArray[np.int64],
    data: npt.NDArray[np.uint8],
    valid: npt.NDArray[np.bool_],
    result: npt.NDArray[np.uint64],
) -> None:
    """
    Give every value a mark of 64 bits: the same for the same text, hardly ever otherwise.

    FNV-1a (Fowler, Noll and Vo). A missing value has the mark 0.
    """
    for i in range(len(offsets) - 1):
        mark = np.uint64(0)
        if not len(valid) or valid[i]:
            mark = np.uint64(14695981039346656037)
            for k in range(offsets[i], offsets[i + 1]):
                mark = (mark ^ np.uint64(data[k])) * np.uint64(1099511628211)
        result[i] = mark


@jit
def among(
    offsets: npt.NDArray[np.int64],
    data: npt.NDArray[np.uint8],
    ends: npt.NDArray[np.int64],
    signs: npt.NDArray[np.uint8],
    result: npt.NDArray[np.bool_],
) -> int:
    """
    Find the values that are one of a few words, to the letter.

    Parameters
    ----------
    offsets, data
        As for `times`.
    ends, signs : ndarray
        The words in the same form: where each begins, and the bytes of all.
    result : ndarray of bool, n_values
        Set where a value is one of them.

    Returns
    -------
    int
        How many values are.
    """
    shortest = longest = ends[1] - ends[0]
    for word in range(len(ends) - 1):
        shortest = min(shortest, ends[word + 1] - ends[word])
        longest = max(longest, ends[word + 1] - ends[word])
    found = 0
    for i in range(len(offsets) - 1):
        begin, length = offsets[i], offsets[i + 1] - offsets[i]
        if length < shortest or length > longest:
            continue
        for word in range(len(ends) - 1):
            start = ends[word]
            if ends[word + 1] - start != length or signs[start] != data[begin]:
                continue
            k = 1
            while k < length and signs[start + k] == data[begin + k]:
                k += 1
            if k == length:
                result[i] = True
                found += 1
                break
    return found


@jit
def bare(
    offsets: npt.NDArray[np.int64],
    data: npt.NDArray[np.uint8],
    valid: npt.NDArray[np.bool_],
) -> bool:
    """
    Tell for certain that no value is empty or has white space before or behind it.

    Parameters
    ----------
    offsets, data, valid
        As for `times`.

    Returns
    -------
    bool
        False, too, where a value begins or ends with a sign that isn't ASCII.
    """
    for i in range(len(offsets) - 1):
        if len(valid) and not valid[i]:
            continue
        begin, end = offsets[i], offsets[i + 1]
        if begin == end:
            return False
        first, last = data[begin], data[end - 1]
        if first <= _BLANK or last <= _BLANK or first >= _ASCII or last >= _ASCII:
            return False
    return True
