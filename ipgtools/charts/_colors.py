"""Choose the colours of a chart: those of the palette, or those that were asked for."""

from collections.abc import Mapping, Sequence

import matplotlib as mpl
import numpy as np

from ipgtools import palette
from ipgtools.errors import ArgumentError

__all__ = ["by_class", "edge", "one", "steps"]

_ENDS = (0.15, 0.95)
"""Part of a named colour map that is used: neither white nor black."""


def by_class(colors: Mapping[str, str] | None, default: Mapping[str, str]) -> dict[str, str]:
    """
    Return the colour of each class, with those asked for in place of the palette's.

    Examples
    --------
    >>> by_class({"down": "navy"}, {"up": "#a8490a", "down": "#8dbcec"})
    {'up': '#a8490a', 'down': '#000080'}
    """
    asked = dict(colors or {})
    if unknown := [name for name in asked if name not in default]:
        msg = f"there is no class {unknown[0]!r}; choose from {', '.join(default)}"
        raise ArgumentError(
            msg, code="color_class", found=str(unknown[0]), known=", ".join(default)
        )
    return {name: one(asked.get(name), colour) for name, colour in default.items()}


def steps(colors: str | Sequence[str] | None, n: int, *, skip: int = 0) -> list[str]:
    """
    Return n colours from few to many: of the palette without its first, or those asked for.

    Examples
    --------
    >>> steps(["white", "black"], 3)
    ['#ffffff', '#7f7f7f', '#000000']
    """
    if colors is None:
        return palette.steps(n + skip)[skip:]
    if isinstance(colors, str):
        if colors not in mpl.colormaps:
            msg = f"there is no colour map {colors!r}; for example 'Purples', or a list of colours"
            raise ArgumentError(msg, code="color_map", found=colors)
        return [mpl.colors.to_hex(mpl.colormaps[colors](at)) for at in np.linspace(*_ENDS, n)]
    given = [one(colour, "") for colour in colors]
    if len(given) == n:
        return given
    between = mpl.colors.LinearSegmentedColormap.from_list(
        "own", given * 2 if len(given) == 1 else given
    )
    return [mpl.colors.to_hex(between(at)) for at in np.linspace(0, 1, n)]


def one(color: str | None, default: str) -> str:
    """
    Return the colour that was asked for, as a code, or the default.

    Examples
    --------
    >>> one("navy", "#a8490a"), one(None, "#a8490a")
    ('#000080', '#a8490a')
    """
    if color is None:
        return default
    try:
        return mpl.colors.to_hex(color)
    except ValueError:
        msg = f"{color!r} is no colour; give '#8f3c04' or an English name such as 'navy'"
        raise ArgumentError(msg, code="color_unknown", found=str(color)) from None


def edge(colour: str, kind: str, default: str) -> str:
    """Return the outline of a class: the palette's with its own colour, ink with another."""
    return palette.EDGES[kind] if colour == default else palette.INK
