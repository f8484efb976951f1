"""
Render what reading decided: a code with facts becomes a Dutch sentence.

The sentences are in ``messages.toml``, whose top explains how they are written. Code makes,
compares and counts messages by code and facts; text is made where a person reads it.
"""

import string
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ipgtools.nl.formats import joined, number, percent

__all__ = [
    "Message", "asks_for_a_look", "catalogue", "message", "rejections", "section", "templates",
]  # fmt: skip

_FILE = "messages.toml"
_REJECTED, _WARNINGS = "rejected", "warnings"


@dataclass(frozen=True)
class Message:
    """
    A decision that a person is to read: what kind, and what it is about.

    Two messages are equal if code and facts are; the text plays no part in it.

    Parameters
    ----------
    code : str
        Key of the text in ``messages.toml``.
    facts : tuple of (str, value)
        Name and value of each fact, sorted by name: a number, a text, another message, or a
        tuple of these (an enumeration) or of pairs of texts.

    Examples
    --------
    >>> one = message("without_time", n=1200)
    >>> str(one)
    '1.200 incidenten hebben geen begintijd en tellen in geen enkele periode mee'
    >>> one == message("without_time", n=1200), one == message("without_time", n=1)
    (True, False)
    """

    code: str
    facts: tuple[tuple[str, Any], ...] = ()

    def __getitem__(self, name: str) -> Any:
        """Return a fact."""
        return dict(self.facts)[name]

    def __str__(self) -> str:
        return _FORMATTER.vformat(templates()[self.code], (), dict(self.facts))


def message(code: str, /, **facts: Any) -> Message:
    """
    Make a message; lists and mappings among the facts are kept as tuples.

    Examples
    --------
    >>> str(message("dropped", columns=["naam", "adres"]))
    'Niet overgenomen (persoonsgegevens of vrije tekst): naam en adres'
    """
    return Message(code, tuple(sorted((name, _kept(value)) for name, value in facts.items())))


def _kept(value: Any) -> Any:
    """Keep a fact as a value that can't be changed, and compares."""
    if isinstance(value, str | Message):
        return value
    if isinstance(value, Mapping):
        return tuple((str(one), str(other)) for one, other in value.items())
    if isinstance(value, Iterable):
        return tuple(_kept(one) for one in value)
    return value


def asks_for_a_look(note: Message) -> bool:
    """
    Return whether a note warns: its text is among the warnings of ``messages.toml``.

    Examples
    --------
    >>> asks_for_a_look(message("one_place", n=12)), asks_for_a_look(message("row_count"))
    (True, False)
    >>> asks_for_a_look(message("in_file", source="a.csv", note=message("one_place", n=12)))
    True
    """
    return note.code in section(_WARNINGS) or any(
        asks_for_a_look(value) for _, value in note.facts if isinstance(value, Message)
    )


def section(name: str) -> dict[str, str]:
    """Return one part of ``messages.toml``: text by code."""
    return _read()[name]


def rejections() -> dict[str, str]:
    """Return the text of every code that rows are rejected for."""
    return {
        code: text
        for name, texts in _read().items()
        if name.split("_")[0] == _REJECTED
        for code, text in texts.items()
    }


@cache
def templates() -> dict[str, str]:
    """Return every text of ``messages.toml`` by its code."""
    found: dict[str, str] = {}
    for texts in _read().values():
        if twice := set(found) & set(texts):
            msg = f"codes that occur twice in {_FILE}: {', '.join(sorted(twice))}"
            raise ValueError(msg)
        found |= texts
    return found


def _read() -> dict[str, dict[str, str]]:
    return catalogue(_FILE)


@cache
def catalogue(name: str) -> dict[str, dict[str, str]]:
    """Return a file of texts next to this module: text by code, by section."""
    return tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))


class _Formatter(string.Formatter):
    """Fill a text in: numbers and lists in Dutch, ``{n:one|many}`` by the number."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if "|" in format_spec:
            one, many = format_spec.split("|")
            n = len(value) if isinstance(value, tuple) else value
            return one if n == 1 else many
        if format_spec.isdigit():
            return number(value, int(format_spec))
        if format_spec == "%":
            return percent(value)
        return format(value, format_spec) if format_spec else _shown(value)


def _shown(value: Any) -> str:
    """Write a fact."""
    if isinstance(value, str | Message):
        return str(value)
    if isinstance(value, tuple):
        if value and all(isinstance(one, tuple) for one in value):
            return ", ".join(f"{one} → {other}" for one, other in value)
        return joined(map(str, value))  # numbers in it are names, as of findings
    return number(value)


_FORMATTER = _Formatter()
