"""
Tell of each kind of setting in a profile when one value is looser than another.

Every field of a profile carries one of these orders; `Free` is for what can't be looser, such
as a label.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any, NamedTuple

__all__ = [
    "FewerColumns", "FewerNames", "Found", "Free", "Higher", "LaterParts", "Looser", "Lower",
    "MoreNames", "No", "Order", "number", "ranked",
]  # fmt: skip


class Looser(NamedTuple):
    """
    A setting of a profile that allows more than that of another.

    Parameters
    ----------
    setting : str
        Its path in the profile, as ``"cells.size"``.
    found : str
        Its value, or what it allows besides.
    expected : str
        The value of the other; empty where that does not allow it at all.
    """

    setting: str
    found: str
    expected: str


Found = Iterable[tuple[str, Any, Any]]
"""Where within a setting, its value and the value that it may have at most; empty if none is."""


@dataclass(frozen=True)
class Order:
    """
    When a value is looser than another.

    Parameters
    ----------
    name : str
        What the stricter value is like.
    looser : callable
        Takes both values, gives where the first is looser.
    """

    name: str
    looser: Callable[[Any, Any], Found]


def number(value: "int | float | str") -> float:
    """
    Read a limit: "all" is no limit, and "never" is reached by no number.

    Examples
    --------
    >>> number(5), number("all"), number("never")
    (5.0, inf, inf)
    """
    return inf if value in ("all", "never") else float(value)


def _if(looser: bool, own: Any, other: Any) -> Found:  # noqa: FBT001
    return [("", own, other)] if looser else []


def _more_names(own: Any, other: Any) -> Found:
    if other == "all":
        return []
    if own == "all":
        return [("", "all", ", ".join(map(str, other)))]
    return [("", name, "") for name in own if name not in other]


def _fewer_names(own: Any, other: Any) -> Found:
    return [("", "", name) for name in other if name not in own]


def _more_columns(own: Mapping[str, Any], other: Mapping[str, Any]) -> Found:
    for table, columns in own.items():
        for column in columns:
            if column not in other.get(table, ()):
                yield table, column, ""


def _earlier_parts(own: Mapping[int, int | str], other: Mapping[int, int | str]) -> Found:
    for parts, n in own.items():
        if parts not in other and n != "never":
            yield str(parts), n, ""
        elif parts in other and number(n) < number(other[parts]):
            yield str(parts), n, other[parts]


def ranked(*values: str) -> Order:
    """Order words, the loosest first."""
    return Order(
        " < ".join(values),
        lambda own, other: _if(values.index(own) < values.index(other), own, other),
    )


Higher = Order("higher", lambda own, other: _if(own < other, own, other))
Lower = Order("lower", lambda own, other: _if(number(own) > number(other), own, other))
No = Order("false", lambda own, other: _if(own and not other, own, other))
FewerNames = Order("fewer names", _more_names)
MoreNames = Order("more names", _fewer_names)
FewerColumns = Order("fewer columns", _more_columns)
LaterParts = Order("fewer parts, from more incidents", _earlier_parts)
Free = Order("free", lambda _own, _other: [])
