"""Read coordinates as people and devices write them: in degrees, minutes and seconds."""

import re

__all__ = ["degrees", "pair"]

_PART = r"\d{1,3}(?:[.,]\d+)?"
_ONE = (
    rf"(?P<before>[NSEWOZ])?[\s:]*(?P<degrees>[-+]?{_PART})\s*(?:°|º|graden|d(?![a-z]))?\s*"
    rf"(?:(?P<minutes>{_PART})\s*['′’`]\s*)?(?:(?P<seconds>{_PART})\s*(?:\"|″|”|''|′′)\s*)?"
    r"(?P<after>N\.?B\.?|Z\.?B\.?|O\.?L\.?|W\.?L\.?|[NSEWOZ])?"
)
_DEGREES = re.compile(_ONE, re.IGNORECASE)
_SIGNS = re.compile(r"[°º'′’\"″”NSEWOZ]", re.IGNORECASE)
_GAP = re.compile(r"[\s,;]+")
_SOUTH_OR_WEST = {"s", "z", "w"}
_NORTH_OR_SOUTH = {"n", "s", "z"}
_LONGEST = 100
"""Maximum length of two parseable coordinates."""


def degrees(text: str) -> float | None:
    r"""
    Read one coordinate in degrees.

    Examples
    --------
    >>> degrees("52°13'30\"N"), degrees("6,5 WL"), degrees("E 6.9187"), degrees("6.9")
    (52.225, -6.5, 6.9187, None)
    """
    found = _DEGREES.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if found is None or not _SIGNS.search(text):
        return None
    return _value(found)


def pair(text: str) -> tuple[float, float] | None:
    r"""
    Read two coordinates in degrees, with letters or signs; longitude comes first in the result.

    Examples
    --------
    >>> pair("52°13'30\"N 6°30'O"), pair("N52.5 E6.5"), pair("52.5 6.5")
    ((6.5, 52.225), (6.5, 52.5), None)
    """
    if len(text) > _LONGEST or not _SIGNS.search(text):
        return None
    for gap in _GAP.finditer(text):
        parts = (text[: gap.start()].strip(), text[gap.end() :].strip())
        first, last = (_DEGREES.fullmatch(part) for part in parts)
        if first and last and all(_SIGNS.search(part) for part in parts):
            values = _value(first), _value(last)
            return (values[1], values[0]) if _is_latitude(first) else values
    return None


def _value(found: "re.Match[str]") -> float:
    parts = [found[name] for name in ("degrees", "minutes", "seconds")]
    whole, minutes, seconds = (float(part.replace(",", ".")) if part else 0.0 for part in parts)
    size = abs(whole) + minutes / 60 + seconds / 3600
    negative = whole < 0 or _letter(found) in _SOUTH_OR_WEST
    return -size if negative else size


def _letter(found: "re.Match[str]") -> str:
    return (found["before"] or found["after"] or "")[:1].lower()


def _is_latitude(found: "re.Match[str]") -> bool:
    return _letter(found) in _NORTH_OR_SOUTH
