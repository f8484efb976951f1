"""Keep the former names of arguments working for a release, with a warning."""

import functools
import warnings
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

__all__ = ["renamed"]

_P = ParamSpec("_P")
_R = TypeVar("_R")


def renamed(**names: str) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """
    Let a function take keyword arguments by their former names, too.

    Examples
    --------
    >>> @renamed(on="reference_date")
    ... def day(*, reference_date):
    ...     return reference_date
    >>> with warnings.catch_warnings(action="ignore"):
    ...     day(on="2025-09-01")
    '2025-09-01'
    """

    def around(function: Callable[_P, _R]) -> Callable[_P, _R]:
        @functools.wraps(function)
        def called(*given: Any, **options: Any) -> _R:
            for old in names.keys() & options.keys():
                new = names[old]
                if new in options:
                    msg = f"{function.__name__}() got both {new!r} and its former name {old!r}"
                    raise TypeError(msg)
                msg = f"`{old}` of {function.__name__} is now called `{new}`"
                warnings.warn(msg, DeprecationWarning, stacklevel=2)
                options[new] = options.pop(old)
            return function(*given, **options)

        return called

    return around
