"""Find the slides, in the order in which they are shown."""

import functools
import importlib
import pkgutil

from ipgtools.briefing import slides as package
from ipgtools.briefing.definition import SlideDefinition

__all__ = ["pictures", "slides"]


@functools.cache
def slides() -> tuple[SlideDefinition, ...]:
    """
    List the slides that a briefing may have, in order.

    Examples
    --------
    >>> [one.key for one in slides()][:3]
    ['titel', 'wat_valt_op', 'plekken']
    """
    names = [one.name for one in pkgutil.iter_modules(package.__path__)]
    modules = [
        importlib.import_module(f"{package.__name__}.{name}")
        for name in names
        if not name.startswith("_")
    ]
    return tuple(sorted((module.SLIDE for module in modules), key=lambda one: one.order))


def pictures() -> frozenset[str]:
    """
    Name the pictures that a slide shows: these are drawn at its size as well.

    Examples
    --------
    >>> sorted(pictures())
    ['bevindingen', 'plekken', 'uur_weekdag']
    """
    return frozenset(
        name for one in slides() for material in (one.needs, one.uses) for name in material.pictures
    )
