"""Compile loops, with the result cached on disk where a disk allows it."""

from collections.abc import Callable
from typing import Any, TypeVar, overload

import numba

__all__ = ["jit"]

Function = TypeVar("Function", bound=Callable[..., Any])


@overload
def jit(function: Function) -> Function: ...


@overload
def jit(**options: Any) -> Callable[[Function], Function]: ...


def jit(function: Any = None, **options: Any) -> Any:
    """
    Compile a function without Python objects, for use in threads.

    An installation that is read-only, of a user without a cache folder, has no place for the
    compiled code; it is then compiled anew in each process, which takes seconds.

    Examples
    --------
    >>> @jit
    ... def double(x):
    ...     return 2 * x
    >>> double(4)
    8
    """
    if function is None:
        return lambda later: jit(later, **options)
    try:
        return numba.njit(cache=True, nogil=True, **options)(function)
    except RuntimeError as fault:
        if "no locator" not in str(fault):
            raise
        return numba.njit(nogil=True, **options)(function)
