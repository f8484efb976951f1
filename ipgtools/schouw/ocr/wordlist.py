"""
Find the Dutch word list of the machine.

Debian's wdutch lists every form of a word; hunspell's dictionary (hunspell-nl) lists stems
only. The first tells which words are none, the second only that some are right.
"""

from functools import lru_cache
from pathlib import Path

from ipgtools.errors import ReadError
from ipgtools.geocoder.string_similarity import normalise_name

__all__ = ["FULL", "STEMS", "system"]

FULL = (Path("/usr/share/dict/dutch"), Path("/usr/share/dict/nederlands"))
STEMS = (Path("/usr/share/hunspell/nl_NL.dic"), Path("/usr/share/hunspell/nl.dic"))


def system(name: str = "system") -> tuple[frozenset[str], bool]:
    """Return the words of the machine's Dutch list."""
    if name != "system":
        msg = f'`words` is {name!r}, expected a collection of words or "system"'
        raise ValueError(msg)
    found = next((path for path in (*FULL, *STEMS) if path.is_file()), None)
    if found is None:
        places = ", ".join(str(path) for path in (*FULL, *STEMS))
        msg = f"no Dutch word list at {places}; install the package wdutch"
        raise ReadError(msg, code="words_missing", places=places)
    return _read(found, found.stat().st_mtime_ns), found in FULL


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int) -> frozenset[str]:
    text = path.read_text(encoding="utf-8", errors="replace")
    words = (line.partition("/")[0].strip() for line in text.splitlines())
    return frozenset(
        word.lower() if word.isascii() and word.isalpha() else normalise_name(word)
        for word in words
        if word
    )
