"""Refuse arguments that people mix up, with a message about what to give instead."""

import functools
import numbers
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from ipgtools.errors import ArgumentError, ContractError

__all__ = ["columns", "grid", "not_swapped", "number", "period", "takes"]

_P = ParamSpec("_P")
_R = TypeVar("_R")


def number(**given: Any) -> None:
    """
    Require numbers, not text that looks like one.

    Examples
    --------
    >>> number(cell_size=100)
    >>> number(cell_size="100")
    Traceback (most recent call last):
    ...
    ipgtools.errors.ArgumentError: `cell_size` is '100', expected a number
    """
    for name, value in given.items():
        if isinstance(value, bool) or not isinstance(value, numbers.Real):
            msg = f"`{name}` is {value!r}, expected a number"
            raise ArgumentError(msg, code="number_expected", name=name, found=repr(value)[:60])


def grid(given: Any) -> None:
    """Require a grid, not the areas that one can be laid over."""
    if not hasattr(given, "locate"):
        found = type(given).__name__
        msg = f"`grid` is a {found}, expected a Grid: ipg.Grid.covering(areas, cell_size=100)"
        raise ArgumentError(msg, code="grid_expected", found=found)


def period(given: Any, name: str = "period") -> None:
    """Require a period."""
    if not hasattr(given, "contains") or not hasattr(given, "start"):
        msg = f"`{name}` is {given!r}, expected for example Period.month('2025-09')"
        raise ArgumentError(msg, code="period_expected", name=name, found=str(given)[:60])


def not_swapped(points: Any, areas: Any) -> None:
    """Require that areas are not given as points and points as areas."""

    def flat(table: Any) -> set[str]:
        return set(table.geom_type.dropna().unique()[:3])

    shapes = getattr(points, "geom_type", None), getattr(areas, "geom_type", None)
    if shapes[0] is None or shapes[1] is None or "area_code" in getattr(areas, "columns", ()):
        return
    if flat(areas) <= {"Point", "MultiPoint"} and flat(points) & {"Polygon", "MultiPolygon"}:
        msg = "points and areas are swapped: points come first, then areas"
        raise ArgumentError(msg, code="arguments_swapped")


def columns(table: Any, names: tuple[str, ...], *, made_by: str, name: str) -> None:
    """Require a table with the columns that a function adds."""
    there = getattr(table, "columns", None)
    if there is None:
        msg = f"`{name}` is a {type(table).__name__}, expected the table of {made_by}"
        raise ArgumentError(
            msg, code="table_expected", name=name, found=type(table).__name__, made_by=made_by
        )
    if lacking := [one for one in names if one not in there]:
        msg = f"`{name}` has no {', '.join(lacking)}; take the table of {made_by}"
        raise ContractError(
            msg, code="made_by", name=name, lacking=", ".join(lacking), made_by=made_by
        )


def takes(*names: str, made_by: str) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Let a function refuse a first argument that is not the table that another one makes."""

    def around(function: Callable[_P, _R]) -> Callable[_P, _R]:
        first = function.__code__.co_varnames[0]

        @functools.wraps(function)
        def called(*given: _P.args, **options: _P.kwargs) -> _R:
            if given or first in options:
                table = given[0] if given else options[first]
                columns(table, names, made_by=made_by, name=first)
            return function(*given, **options)

        return called

    return around
