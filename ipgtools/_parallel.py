"""Run work that releases the GIL in threads: Arrow, NumPy, shapely."""

import importlib
from collections.abc import Callable, Iterable
from typing import TypeVar

__all__ = ["load_beside", "run_in_background", "thread_map"]

Given = TypeVar("Given")
Made = TypeVar("Made")


def thread_map(function: Callable[[Given], Made], values: Iterable[Given]) -> list[Made]:
    """
    Call a function with each value, two calls at a time; the results in the order of the values.

    An error of one call is raised once the others have ended.

    Examples
    --------
    >>> thread_map(len, ["a", "bc"])
    [1, 2]
    """
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(max_workers=2) as pair:
        return list(pair.map(function, values))


def run_in_background(function: Callable[..., Made], *given: object) -> Callable[[], Made]:
    """
    Run in a background thread; return a function that waits for the result.

    Examples
    --------
    >>> length = run_in_background(len, "abc")
    >>> length()
    3
    """
    from concurrent.futures import ThreadPoolExecutor

    thread = ThreadPoolExecutor(max_workers=1)
    coming = thread.submit(function, *given)
    thread.shutdown(wait=False)
    return coming.result


def load_beside(*names: str) -> None:
    """
    Begin to load libraries in a thread of its own, while what is done does not need them.

    One that can't be loaded fails where it is needed, not here.

    Examples
    --------
    >>> load_beside("json", "wave")
    """
    run_in_background(lambda: [importlib.import_module(name) for name in names])
