"""Make facts plain, and leave names out that may be of a person."""

import datetime as dt
import math
from pathlib import Path
from typing import Any

__all__ = ["plain"]

_UNNAMED = {
    ".jpg", ".jpeg", ".jpe", ".png", ".heic", ".heif", ".gif", ".bmp", ".tif", ".tiff", ".webp",
    ".eml", ".msg", ".mbox", ".mbx", ".pst",
}  # fmt: skip
"""Photos and mails: people name these after themselves and each other."""
_OURS = ("export", "share")
"""Actions that are about files which ipgtools named itself."""
_LONGEST = 500


def plain(facts: dict[str, Any], action: str) -> dict[str, Any]:
    """
    Give facts as text, numbers, lists and dicts.

    Examples
    --------
    >>> plain({"file": Path("map/incidenten.csv"), "n": 3}, "load")
    {'file': 'incidenten.csv', 'n': 3}
    >>> plain({"files": ["klacht mw. Jansen.eml"]}, "load")
    {'files': ['*.eml']}
    """
    return {str(key): _value(value, named=action in _OURS) for key, value in facts.items()}


def _value(value: Any, *, named: bool) -> Any:
    if isinstance(value, Path):
        value = value.name
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str):
        return _text(value, named=named)
    if isinstance(value, dict):
        return {str(key): _value(one, named=named) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        rows = sorted(value) if isinstance(value, set | frozenset) else value
        return [_value(one, named=named) for one in rows]
    if hasattr(value, "item") and getattr(value, "ndim", 1) == 0:
        return _value(value.item(), named=named)
    msg = f"a fact is a {type(value).__name__}, expected text, a number, a date or a list of these"
    raise TypeError(msg)


def _text(value: str, *, named: bool) -> str:
    suffix = Path(value).suffix.lower()
    if suffix in _UNNAMED and not named:
        return f"*{suffix}"
    return value if len(value) <= _LONGEST else value[:_LONGEST] + "…"
