"""
Recognise kinds of incident by code, class and label, and withhold what an audience may not see.

Codes are recognised however they are written ("F 521", "f.521", "F540-1", "1.4.1 Zeden"). A kind
that is sensitive in its code or in its label is sensitive; one that is recognised in neither
leaves only for who may see everything, or if the settings name it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from ipgtools import codes
from ipgtools.nl import privacy as words
from ipgtools.nl.sensitive_kinds import WORDS

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from ipgtools.privacy._profile import Profile

__all__ = [
    "GROUPS", "NOT_AT_A_POINT", "Group", "Selected", "is_known", "is_within", "select",
    "within_groups",
]  # fmt: skip


class Group(NamedTuple):
    """
    Kinds that are sensitive for one reason.

    Parameters
    ----------
    mk : tuple of str
        How their codes begin.
    words : tuple of str
        Words in a label.
    """

    mk: tuple[str, ...]
    words: tuple[str, ...]


GROUPS = {
    "health": Group(("E33",), WORDS["health"]),
    "sexual": Group(("F52",), WORDS["sexual"]),
    "homicide": Group(("F54",), WORDS["homicide"]),
    "domestic": Group((), WORDS["domestic"]),
    "minors": Group(("F5291", "F5292"), WORDS["minors"]),
}
"""Groups of kinds that a profile can withhold: confused persons, sexual offences, homicide,
domestic violence, and what is about children. A class is in a group if one of its codes is."""


NOT_AT_A_POINT = ("health", "sexual", "domestic", "minors")
"""Groups of which no point or place is shown to anyone: it would tell of who lives there."""
_KIND_COLUMNS = ("category", "category_label")


class Selected(NamedTuple):
    """
    Incidents that may be counted for an audience.

    Parameters
    ----------
    incidents : DataFrame
        Them.
    n_withheld : int
        How many sensitive ones were left out; never shown to others than the police.
    unknown : tuple of (str, int)
        Labels (or codes) that were not recognised, with how many incidents of each were left
        out, most first; ``""`` for incidents without any.
    """

    incidents: "pd.DataFrame"
    n_withheld: int
    unknown: tuple[tuple[str, int], ...]


_CODE = re.compile(
    r"(?<![A-Z0-9])([A-Z])[\s.\-_/]*(\d+)((?:[\s.\-_/]*\d+)*)(?![A-Z])", re.IGNORECASE
)
"""A code as it may be written: a letter, digits, and more digits apart from these."""
_FIRST = re.compile(r"\s*(MK\b[\s:.\-]*)?", re.IGNORECASE)
"""What may come before a code that a kind is known by: elsewhere it can be a motorway."""
_CLASS = re.compile(r"(?<![\d.])(\d)\s*\.\s*(\d)\s*\.\s*(\d{1,2})(?!\d)")


class _Kind(NamedTuple):
    """What a code or label is read as: codes and classes in it, its words, and if it is known."""

    mk: tuple[str, ...]
    classes: tuple[str, ...]
    text: str
    known: bool

    def within(self, entry: str) -> bool:
        """Tell whether it belongs to a group, or is a code, class or label that is withheld."""
        if entry in GROUPS:
            group = GROUPS[entry]
            inside = any(code.startswith(group.mk) for code in self.mk if group.mk)
            listed = {mk for one in self.classes for mk in _CODES_OF.get(one, ())}
            by_class = not self.mk and any(code.startswith(group.mk) for code in listed if group.mk)
            return inside or by_class or any(_has(self.text, word) for word in group.words)
        other = _kind(entry)
        return (
            bool(set(other.mk) & set(self.mk))
            or (not other.mk and bool(set(other.classes) & set(self.classes)))
            or (bool(other.text) and other.text == self.text)
        )


def _kind(value: str) -> _Kind:
    """Read a code, a class, a label, or several of these in one text."""
    mk: list[str] = []
    classes: list[str] = []
    text = _words(value)
    start, known = _FIRST.match(value).end(), text in _LABELS  # type: ignore[union-attr]
    for found in _CODE.finditer(value):
        letter, first, rest = found.groups()
        digits = re.sub(r"\D", "", rest)
        whole, short = f"{letter}{first}{digits}".upper(), f"{letter}{first}".upper()
        mk += dict.fromkeys((whole, short))
        of = codes.classes_of(whole) or codes.classes_of(short)
        classes += of
        known |= bool(of) and found.start() == start
    for found in _CLASS.finditer(value):
        of = codes.classes_of(".".join(found.groups()))
        classes += of
        known |= bool(of) and found.start() == start
    if not mk and text in _LABELS:
        classes += _LABELS[text]
    return _Kind(tuple(mk), tuple(dict.fromkeys(classes)), text, known)


def is_known(entry: str) -> bool:
    """
    Tell whether a profile can withhold this: a group, or a code, class or label that is known.

    Examples
    --------
    >>> [is_known(one) for one in ("sexual", "A20", "2.4.1", "Winkeldiefstal", "sexuel")]
    [True, True, True, True, False]
    """
    return entry in GROUPS or _kind(entry).known


def _words(value: str) -> str:
    """Write a label the one way: small letters without accents, single spaces between words."""
    plain = unicodedata.normalize("NFKD", value.casefold())
    return " ".join(re.findall(r"[a-z0-9]+", "".join(c for c in plain if c.isascii())))


def _has(text: str, word: str) -> bool:
    return word[1:] in text if word.startswith("*") else f" {word}" in f" {text}"


_CODES_OF = {code: one.mk for code, one in codes.CLASSES.items()}
_CODES_OF |= {code: (code,) for code in codes.NUISANCE}
_LABELS: dict[str, tuple[str, ...]] = {
    **{_words(one.label): (code,) for code, one in codes.CLASSES.items()},
    **{_words(label): codes.classes_of(mk) for mk, label in codes.MK_LABELS.items()},
}


def select(incidents: "pd.DataFrame", profile: "Profile", *, named: Iterable[str] = ()) -> Selected:
    """
    Leave out the incidents of kinds that an audience may not see, before anything is counted.

    Parameters
    ----------
    incidents : DataFrame, n_incidents
        With `category` and `category_label`, as far as they are there.
    profile : Profile
        Of the audience.
    named : iterable of str
        Codes or labels that may leave though they are not recognised, as the file writes them
        (capitals don't matter); ``"geen soort"`` for incidents without any. A sensitive kind
        stays withheld.

    Returns
    -------
    Selected
        All incidents where the profile withholds nothing.

    Examples
    --------
    >>> import pandas as pd
    >>> from ipgtools.privacy import profile
    >>> table = pd.DataFrame({"category": ["A20", "f 521", "1.4.2", "Burglary", None]})
    >>> found = select(table, profile("partner"))
    >>> found.incidents["category"].tolist(), found.n_withheld, found.unknown
    (['A20'], 2, (('', 1), ('Burglary', 1)))
    """
    import numpy as np

    rule = profile.kinds
    if rule.unknown and not rule.withheld:
        return Selected(incidents, 0, ())
    wanted = {one.strip().casefold() for one in named}
    n = len(incidents)
    sensitive, known, asked, there = (np.zeros(n, dtype=bool) for _ in range(4))
    for at, values, kinds in _read_kinds(incidents, _KIND_COLUMNS):
        for flags, found in (
            (sensitive, [_any_within(one, rule.withheld) for one in kinds]),
            (known, [one.known for one in kinds]),
            (asked, [value.strip().casefold() in wanted for value in values]),
            (there, [bool(value.strip()) for value in values]),
        ):
            np.logical_or(flags, np.array([*found, False])[at], out=flags)  # last: what is missing
    if words.NO_KIND in wanted:
        asked |= ~there
    passed = ~sensitive & (known | asked | rule.unknown)
    if passed.all():
        return Selected(incidents, 0, ())
    unknown = ~sensitive & ~passed
    return Selected(incidents[passed], int(sensitive.sum()), _named(incidents[unknown]))


def within_groups(
    incidents: "pd.DataFrame", entries: Iterable[str], *, columns: Iterable[str] = _KIND_COLUMNS
) -> "np.ndarray":
    """Return which incidents are of a kind of some groups, by code or label."""
    import numpy as np

    entries = tuple(entries)
    inside = np.zeros(len(incidents), dtype=bool)
    for at, _, kinds in _read_kinds(incidents, columns):
        found = [_any_within(one, entries) for one in kinds]
        inside |= np.array([*found, False])[at]  # last: what is missing
    return inside


def is_within(kind: str, entries: Iterable[str]) -> bool:
    """
    Return whether a code or label is of one of some groups.

    Examples
    --------
    >>> is_within("Overlast door verward persoon", NOT_AT_A_POINT), is_within("A20", ["health"])
    (True, False)
    """
    return _any_within(_kind(kind), entries)


def _any_within(kind: _Kind, entries: Iterable[str]) -> bool:
    return any(kind.within(entry) for entry in entries)


def _read_kinds(
    incidents: "pd.DataFrame", columns: Iterable[str]
) -> "Iterator[tuple[np.ndarray, list[str], list[_Kind]]]":
    """Read each column of kinds: which value a row has (-1: none), the values, and their kinds."""
    import pandas as pd

    for column in columns:
        if column in incidents:
            at, found = pd.factorize(incidents[column])
            values = [str(value) for value in found]
            yield at, values, [_kind(value) for value in values]


def _named(incidents: "pd.DataFrame") -> tuple[tuple[str, int], ...]:
    """Count incidents by their label, or by their code where they have none."""
    import pandas as pd

    name = pd.Series("", index=incidents.index, dtype="object")
    for column in ("category", "category_label"):
        if column in incidents:
            given = incidents[column].astype("str").where(incidents[column].notna())
            name = given.where(given.notna() & (given.str.strip() != ""), name)
    counts = name.value_counts()
    ordered = sorted(counts.items(), key=lambda one: (-one[1], str(one[0])))
    return tuple((str(label), int(n)) for label, n in ordered)
