"""Write the legend of the interactive map as HTML, with pictures drawn in SVG."""

import html
from dataclasses import dataclass, field

from ipgtools import palette
from ipgtools.nl import maps as words

__all__ = ["Legend", "choose", "dot", "group_sign", "line", "marker", "swatch"]

_SHAPES = {
    "o": '<circle cx="14" cy="14" r="12.5" {outline}/>',
    "s": '<path d="M2.5 2.5h23v23h-23Z" {outline}/>',
    "D": '<path d="M14 .5 27.5 14 14 27.5 .5 14Z" {outline}/>',
    "h": '<path d="M14 .8 26 7.4V20.6L14 27.2 2 20.6V7.4Z" {outline}/>',
    "v": '<path d="M.5 2.5h27L14 28Z" {outline}/>',
    "8": '<path d="M9 1.5h10L26.5 9v10L19 26.5H9L1.5 19V9Z" {outline}/>',
    "p": '<path d="M14 1 27 10.6 22 26.5H6L1 10.6Z" {outline}/>',
}


@dataclass
class Legend:
    """
    What the signs on a map mean.

    Parameters
    ----------
    sections : list of (str, str, list of (str, str), str)
        The layer it belongs to, a heading, lines of a picture (SVG) and a text, and what can be
        chosen (HTML). The page shows a section while its layer is switched on.
    notes : list of str
        Sentences below.
    """

    sections: list[tuple[str, str, list[tuple[str, str]], str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(
        self, layer: str, heading: str, lines: list[tuple[str, str]], choices: str = ""
    ) -> None:
        """Add a section, unless it is empty."""
        if lines or choices:
            self.sections.append((layer, heading, lines, choices))

    def html(self) -> str:
        """Write the legend; every text is escaped."""
        parts = [f"<details open><summary>{html.escape(words.CONTROLS['legend'])}</summary>"]
        for layer, heading, lines, choices in self.sections:
            parts.append(f'<div data-layer="{html.escape(layer)}">')
            parts.append(f"<h2>{html.escape(heading)}</h2>" if heading else "")
            items = [f"<li>{sign}<span>{html.escape(text)}</span></li>" for sign, text in lines]
            parts.append(choices + (f"<ul>{''.join(items)}</ul>" if items else "") + "</div>")
        parts += [f"<p>{html.escape(note)}</p>" for note in self.notes]
        return "".join(parts) + "</details>"


def marker(shape: str, colour: str, *, size: int = 28, number: str = "%n") -> str:
    """Draw a numbered marker; the page replaces ``%n`` by the number."""
    y, letters = (14, 11) if shape == "v" else (18.3, 12.5)
    outline = f'fill="{colour}" stroke="#fff" stroke-width="2"'
    return (
        f'<svg width="{size}" height="{size}" viewBox="0 0 28 28">'
        f"{_SHAPES[shape].format(outline=outline)}"
        f'<text x="14" y="{y}" text-anchor="middle" font-size="{letters}" font-weight="600" '
        f'fill="{palette.text_colour(colour)}">{number}</text></svg>'
    )


def choose(kind: str, name: str, label: str, options: list[tuple[str, str]]) -> str:
    """Write radio buttons (the first is chosen) or check boxes (all are), each with a picture."""
    rows = "".join(
        f'<label><input type="{kind}" name="{name}" value="{at}"'
        f"{' checked' if kind == 'checkbox' or at == 0 else ''}> "
        f"{sign}{' ' if sign else ''}{html.escape(text)}</label>"
        for at, (sign, text) in enumerate(options)
    )
    return f'<fieldset aria-label="{html.escape(label)}">{rows}</fieldset>'


def dot(colour: str) -> str:
    """Draw a point as incidents look."""
    return (
        f'<svg width="16" height="14"><circle cx="8" cy="7" r="5.5" fill="{colour}" '
        'stroke="#5b6673" stroke-width="0.7"/></svg>'
    )


def group_sign() -> str:
    """Draw the sign of several findings together."""
    return (
        '<svg width="24" height="20"><rect x="2" y="1" width="20" height="18" rx="5" '
        f'fill="#fff" stroke="{palette.SCHOUW}" stroke-width="2"/><text x="12" y="15" '
        f'text-anchor="middle" font-size="12" font-weight="600" fill="{palette.SCHOUW}">5</text>'
        "</svg>"
    )


def swatch(fill: str, *, opacity: float, edge: str, dashed: bool = False, width: float = 2) -> str:
    """Draw a square as the cells of a class look."""
    dash = ' stroke-dasharray="3 2"' if dashed else ""
    return (
        '<svg width="24" height="18"><path d="M2 2h20v14h-20Z" '
        f'fill="{fill}" fill-opacity="{opacity}" stroke="{edge}" stroke-width="{width}"{dash}/>'
        "</svg>"
    )


def line(colour: str, width: float) -> str:
    """Draw a line as borders look."""
    return (
        '<svg width="24" height="18"><path d="M1 9H23" '
        f'stroke="{colour}" stroke-width="{width}"/></svg>'
    )
