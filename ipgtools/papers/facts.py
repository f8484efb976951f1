"""
Look up the facts that papers state: numbers and defaults in the code, settings, sources.

Nothing is copied here. A name that is no longer in the code raises, and a test looks up all.
"""

import importlib
import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from ipgtools import nl, privacy
from ipgtools.nl.papers import cards as words
from ipgtools.settings import Settings

__all__ = [
    "Audience", "Parameter", "audiences", "function_of", "number", "parameters",
    "smallest_of_persons", "sources", "value", "written",
]  # fmt: skip

_OF_FUNCTION = re.compile(r"(?P<function>[\w.]+)\((?P<parameter>\w*)\)")
_NOT_SHOWN = frozenset(

    {"streets", "addresses", "history", "kind", "before", "last_year", "findings", "actions",
     "on", "among", "covered", "unit", "used", "within", "valid", "places", "columns", "audience",
     "column", "events", "population", "label", "n_units", "lengths", "rule", "outline",
     "data_until", "coarser"}
)  # fmt: skip
"""Parameters that take tables or columns, or a value that depends on them: no one's choice."""
_MOST_LISTED = 8


class Parameter(NamedTuple):
    """
    A parameter of a method, with the value of these settings.

    Parameters
    ----------
    name, label, value : str
        In the code, in Dutch, and as it is.
    setting : str
        The setting that it comes from; empty if it is fixed in the code.
    """

    name: str
    label: str
    value: str
    setting: str


class Audience(NamedTuple):
    """
    How numbers are protected for one audience.

    Parameters
    ----------
    name, label : str
        As in settings, and in words.
    smallest, base : int
        Count of incidents below which it is withheld; multiples that counts are rounded to.
    persons : int or None
        Count of persons below which it is withheld; None where it is never given.
    """

    name: str
    label: str
    smallest: int
    base: int
    persons: int | None

    @property
    def exact(self) -> bool:
        """Whether counts of incidents are shown as they are."""
        return self.smallest <= 1 and self.base <= 1


def audiences(settings: Settings) -> list[Audience]:
    """
    List the audiences with their thresholds, those most used first.

    Examples
    --------
    >>> [one.name for one in audiences(Settings.sample())][0]
    'openbaar'
    """
    return [
        Audience(
            one.name,
            one.label,
            one.incidents.smallest,
            one.incidents.base,
            one.persons.smallest if one.persons.allowed else None,
        )
        for one in privacy.profiles(settings.privacy.profiles).values()
    ]


def smallest_of_persons(settings: Settings) -> int:
    """Return the count of persons below which nobody sees it."""
    return min(one.persons for one in audiences(settings) if one.persons is not None)


def number(where: str, settings: Settings) -> str:
    """
    Write a number of the code or of the settings.

    Examples
    --------
    >>> number("offenders.MANY_ADULT", Settings.sample()), number("areas.rates(per)", None)
    ('10', '1.000')
    """
    return written(value(where, settings))


def value(where: str, settings: Settings) -> Any:
    """Return a constant, a default or a setting."""
    if where.startswith("settings:"):
        found: Any = settings
        for name in where.removeprefix("settings:").split("."):
            found = getattr(found, name)
        return found
    if match := _OF_FUNCTION.fullmatch(where):
        function = function_of(match["function"])
        if not match["parameter"]:
            return function(settings)
        return inspect.signature(function).parameters[match["parameter"]].default
    return _looked_up(where)


def function_of(name: str) -> Callable[..., Any]:
    """
    Give a public function of ipgtools.

    Examples
    --------
    >>> function_of("areas.rates").__name__
    'rates'
    """
    found: Callable[..., Any] = _looked_up(name)
    return found


def _looked_up(name: str) -> Any:
    """Return what a dotted name within ipgtools stands for: module, attribute or key."""
    found: Any = importlib.import_module("ipgtools")
    for part in name.split("."):
        if isinstance(found, Mapping):
            found = found[part]
        elif hasattr(found, part) and not inspect.isfunction(getattr(found, part)):
            found = getattr(found, part)
        elif inspect.ismodule(found) and not hasattr(found, part):
            found = importlib.import_module(f"{found.__name__}.{part}")
        else:
            found = getattr(found, part)
    return found


def parameters(
    functions: Iterable[str],
    settings: Settings,
    *,
    passed: Mapping[str, str],
    at_least: Mapping[str, str],
) -> list[Parameter]:
    """List the choices in some functions, each once, with the value of these settings."""
    found: dict[str, Parameter] = {}
    for function in functions:
        for one in inspect.signature(function_of(function)).parameters.values():
            if one.kind is not one.KEYWORD_ONLY or one.name in _NOT_SHOWN or one.name in found:
                continue
            if one.name not in passed and one.default in (one.empty, None):
                continue
            setting = passed.get(one.name, "")
            chosen = value(f"settings:{setting}", settings) if setting else one.default
            if one.name in at_least:
                chosen = max(chosen, value(at_least[one.name], settings))
            if one.name == "reference_date" and chosen is None:
                text = words.LAST_DAY
            else:
                text = written(chosen)
            found[one.name] = Parameter(one.name, words.PARAMETERS[one.name], text, setting)
    for name, setting in passed.items():
        if name not in found:
            text = written(value(f"settings:{setting}", settings))
            found[name] = Parameter(name, words.PARAMETERS[name], text, setting)
    return list(found.values())


def sources(functions: Iterable[str]) -> list[str]:
    """
    List the references in the docstrings of some functions, each once.

    Examples
    --------
    >>> sources(["smoothing.empirical_bayes"])
    ['Marshall (1991), J. R. Stat. Soc. C 40, 283-294.']
    """
    found = []
    for function in functions:
        text = inspect.getdoc(function_of(function)) or ""
        if match := re.search(r"References\n-+\n(.*?)(?=\n\n\w+\n-+\n|\Z)", text, re.DOTALL):
            found.append(" ".join(match[1].split()))
    return list(dict.fromkeys(found))


def written(found: Any) -> str:
    """
    Write a value of a parameter in Dutch.

    Examples
    --------
    >>> [written(one) for one in (0.05, 1000, True, None, ("scott", "nrd"))]
    ['0,05', '1.000', 'ja', 'uit de gegevens', 'Scott en nrd']
    """
    if found is None:
        return words.FROM_DATA
    if isinstance(found, bool):
        return words.yes_no(yes=found)
    if isinstance(found, int):
        return nl.number(found)
    if isinstance(found, float):
        text = f"{found:.10g}"
        return nl.number(found, len(text.partition(".")[2]))
    if isinstance(found, tuple | list | frozenset | set):
        listed = list(found) if isinstance(found, tuple | list) else sorted(map(str, found))
        if len(listed) > _MOST_LISTED:
            return words.classes(len(listed))
        if not listed:
            return words.VALUES["none"]
        return nl.joined(written(one) for one in listed)
    return words.VALUES.get(found, found) if isinstance(found, str) else nl.date(found)
