"""Find the names that are closest to what was typed, for messages and for matching."""

import difflib
import re
import unicodedata
from collections.abc import Iterable

__all__ = ["closest", "plain"]

_LEAST = 0.6
"""Likeness, 0 to 1, from which a name is suggested."""


def plain(text: object) -> str:
    """
    Write a name without capitals, accents and punctuation, to compare it with others.

    Examples
    --------
    >>> plain("Velve-Lindenhof "), plain("Café 't Zônnetje")
    ('velve lindenhof', 'cafe t zonnetje')
    """
    letters = unicodedata.normalize("NFKD", str(text).casefold())
    letters = "".join(one for one in letters if not unicodedata.combining(one))
    return " ".join(re.findall(r"\w+", letters))


def closest(typed: object, known: Iterable[str], *, n: int = 3) -> list[str]:
    """
    Give the known names most like what was typed, the closest first.

    Examples
    --------
    >>> closest("velve lindenhof", ["Stokhorst", "Velve-Lindenhof", "Lonneker"])
    ['Velve-Lindenhof']
    >>> closest("breifing", ["areas", "briefing", "check"])
    ['briefing']
    """
    names: dict[str, str] = {}
    for name in known:
        names.setdefault(plain(name), name)
    given = plain(typed)
    found = difflib.get_close_matches(given, names, n=n, cutoff=_LEAST)
    if len(given) > 3:
        parts = [name for name in names if given in name or (len(name) > 3 and name in given)]
        found += [name for name in sorted(parts, key=len) if name not in found]
    return [names[name] for name in found[:n]]
